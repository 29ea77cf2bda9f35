"""Plans and reviews as official papers, and the sheet of findings for the leader."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import docx
import pytest
from django.test import Client
from pypdfium2 import PdfDocument

from dinhlang.papers.reading import read
from dinhlang.plans.editing.draft import finding_number, plan_of
from dinhlang.plans.models import Plan, Review
from dinhlang.plans.rendering.written import file_name
from dinhlang.plans.services import editing
from tests.plans.living import a_plan, a_review, accepted, an_edit, number_of
from tests.plans.papers import small_plan
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(world: World) -> Plan:
    """A plan of commune A."""
    return a_plan(world.people["leader"], world.places["a"])


@pytest.fixture
def leader(world: World, client: Client) -> Client:
    """A browser in which the leader of commune A is signed in."""
    client.force_login(world.people["leader"])
    return client


def body(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def words(data: bytes) -> str:
    """Everything a Word file says."""
    document = docx.Document(BytesIO(data))
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_a_plan_is_shown_as_the_paper_that_is_signed(plan: Plan, leader: Client) -> None:
    page = leader.get(f"/ke-hoach/{plan.pk}/ban-in").content.decode()
    assert '<article class="official">' in page
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page
    assert "Số: 05/KH-UBND" in page
    assert f"/ke-hoach/{plan.pk}/ban-in.docx" in page


def test_number_day_and_signer_stay_blank_where_the_plan_has_none(
    world: World, leader: Client
) -> None:
    blank = small_plan()
    blank.document.number = blank.document.date = None
    found = a_plan(world.people["leader"], world.places["a"], blank)
    text = words(body(leader.get(f"/ke-hoach/{found.pk}/ban-in.docx")))
    assert "Số: \u00a0" in text
    assert "ngày\u00a0" in text
    assert "Họ và tên" not in text


def test_word_pdf_and_tables_come_as_files_with_a_vietnamese_name(
    plan: Plan, leader: Client
) -> None:
    base = f"/ke-hoach/{plan.pk}/ban-in"
    answer = leader.get(f"{base}.docx")
    name = "Kế hoạch xây dựng nông thôn mới năm 2030 - Xã Làng Mẫu.docx"
    assert name in unquote(answer["Content-Disposition"])
    back = read(body(answer), "a.docx")
    assert [each.amount for each in back.funding.needs] == [4_200_000_000]
    assert body(leader.get(f"{base}.pdf")).startswith(b"%PDF")
    assert body(leader.get(f"{base}.xlsx")).startswith(b"PK")
    assert leader.get(f"{base}.odt").status_code == 404


def test_the_paper_of_a_review_has_its_edits(world: World, leader: Client) -> None:
    review = a_review(world.people["leader"], world.places["a"])
    edit = an_edit(world.people["leader"], review)
    editing.change_item(edit, number_of(review, "tasks"), {"text": "Làm cầu Đình Thượng"})
    assert "Làm cầu Đình Thượng" in leader.get(f"/duyet/{review.pk}/ban-in").content.decode()
    assert "Làm cầu Đình Thượng" in words(body(leader.get(f"/duyet/{review.pk}/ban-in.docx")))


def test_an_earlier_version_is_printed_as_it_was(world: World, plan: Plan, leader: Client) -> None:
    changed = small_plan()
    changed.quantities[0].value = "900"
    person = world.people["leader"]
    accepted(person, a_review(person, world.places["a"], changed, plan), plan)
    assert '<td class="right">900</td>' in _page(leader, plan, "")
    assert '<td class="right">1.200</td>' in _page(leader, plan, "?ban=1")
    assert f"/ke-hoach/{plan.pk}/ban-in.docx?ban=1" in _page(leader, plan, "?ban=1")
    assert leader.get(f"/ke-hoach/{plan.pk}/ban-in?ban=7").status_code == 404


def _page(client: Client, plan: Plan, asked: str) -> str:
    return client.get(f"/ke-hoach/{plan.pk}/ban-in{asked}").content.decode()


def silenced_review(world: World) -> Review:
    """A review whose first finding the officer set aside."""
    officer = world.people["officer"]
    review = a_review(officer, world.places["a"])
    first = plan_of(review.document).findings[0]
    editing.silence(an_edit(officer, review), finding_number(first), "Đã hỏi Văn phòng, đúng")
    return review


def test_the_sheet_says_what_was_found_and_who_set_what_aside(world: World, leader: Client) -> None:
    review = silenced_review(world)
    page = leader.get(f"/duyet/{review.pk}/trinh-lanh-dao").content.decode()
    assert "Đường trục chưa có chủ trì." in page
    assert "còn 1 cảnh báo; 1 điểm đã bỏ qua" in page
    assert "Công Chức Mẫu, " in page and "Đã hỏi Văn phòng, đúng" in page
    data = body(leader.get(f"/duyet/{review.pk}/trinh-lanh-dao.pdf"))
    assert len(PdfDocument(data)) == 1


def test_the_sheet_of_the_accepted_plan_still_knows_who_and_why(
    world: World, leader: Client
) -> None:
    review = silenced_review(world)
    review.refresh_from_db()
    found = accepted(world.people["leader"], review).plan
    text = words(body(leader.get(f"/ke-hoach/{found.pk}/trinh-lanh-dao.docx")))
    assert "Công Chức Mẫu" in text and "Đã hỏi Văn phòng, đúng" in text


def test_a_finding_that_counts_again_is_no_longer_set_aside(world: World, leader: Client) -> None:
    review = silenced_review(world)
    (number,) = Review.objects.get(pk=review.pk).silenced
    editing.unsilence(an_edit(world.people["officer"], review, uuid4()), int(number))
    page = leader.get(f"/duyet/{review.pk}/trinh-lanh-dao").content.decode()
    assert "còn 1 lỗi, 1 cảnh báo." in page
    assert "Đã hỏi Văn phòng" not in page


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("Kế hoạch năm 2026", "xã Làng Mẫu"), "Kế hoạch năm 2026 - xã Làng Mẫu"),
        (('Số 05/KH: "gấp"?', ""), "Số 05 KH gấp"),
        (("a\nb", " "), "a b"),
        (("từ " * 80, ""), ("từ " * 40).strip()[:119].rsplit(" ", 1)[0]),
    ],
)
def test_a_file_name_holds_only_what_every_system_allows(parts: tuple[str, ...], name: str) -> None:
    found = file_name(*parts)
    assert len(found) <= 120
    assert found.startswith(name)
