"""The uploaded Word file with certain mends as tracked changes."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.plans.editing.draft import finding_number, plan_of
from dinhlang.plans.models import Review
from dinhlang.plans.services import editing, uploads
from tests.plans.living import a_review, accepted, an_edit
from tests.world import World

pytestmark = pytest.mark.django_db
WORDS = "Tỷ lệ hộ dùng nước sạch đạt 100% trở lên"


def word_file() -> SimpleUploadedFile:
    paper = docx.Document()
    for line in (
        "KẾ HOẠCH",
        "Xây dựng nông thôn mới năm 2030",
        "I. MỤC TIÊU",
        f"1. {WORDS}.",
        "2. Tỷ lệ hộ có bảo hiểm y tế đạt 95%.",
    ):
        paper.add_paragraph(line)
    out = BytesIO()
    paper.save(out)
    return SimpleUploadedFile("kế hoạch.docx", out.getvalue())


def of_word(user: User, place: Unit) -> Review:
    """A Word file that was really read."""
    [review] = uploads.upload(user, place, uuid4(), [word_file()], None)
    uploads.run(review.pk)
    review.refresh_from_db()
    return review


def marked(data: bytes) -> str:
    return ZipFile(BytesIO(data)).read("word/document.xml").decode()


def test_the_word_file_comes_back_with_what_is_certain_as_tracked_changes(
    world: World, client: Client
) -> None:
    review = of_word(world.people["officer"], world.places["a"])
    client.force_login(world.people["officer"])
    page = client.get(f"/duyet/{review.pk}").content.decode()
    assert f"/duyet/{review.pk}/ban-sua.docx" in page
    assert "Tải bản Word đã sửa 1 chỗ" in page
    answer = client.get(f"/duyet/{review.pk}/ban-sua.docx")
    xml = marked(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert "w:del " in xml
    assert "trở lên" in xml  # what was struck can still be read


def test_what_was_set_aside_is_not_mended(world: World, client: Client) -> None:
    officer = world.people["officer"]
    review = of_word(officer, world.places["a"])
    offered = next(each for each in plan_of(review.document).findings if each.fix)
    editing.silence(an_edit(officer, review), finding_number(offered), "Đúng như vậy")
    client.force_login(officer)
    assert "ban-sua.docx" not in client.get(f"/duyet/{review.pk}").content.decode()
    assert client.get(f"/duyet/{review.pk}/ban-sua.docx").status_code == 404


def test_a_plan_offers_it_among_its_checks(world: World, client: Client) -> None:
    leader = world.people["leader"]
    version = accepted(leader, of_word(leader, world.places["a"]))
    client.force_login(leader)
    base = f"/ke-hoach/{version.plan_id}"
    assert f"{base}/ban-sua.docx" in client.get(f"{base}/kiem-tra").content.decode()
    assert client.get(f"{base}/ban-sua.docx").status_code == 200


def test_a_plan_from_another_kind_of_file_offers_none(world: World, client: Client) -> None:
    review = a_review(world.people["officer"], world.places["a"])
    client.force_login(world.people["officer"])
    assert "ban-sua.docx" not in client.get(f"/duyet/{review.pk}").content.decode()
    assert client.get(f"/duyet/{review.pk}/ban-sua.docx").status_code == 404


def test_a_finding_says_why_it_is_told(world: World, client: Client) -> None:
    review = of_word(world.people["officer"], world.places["a"])
    client.force_login(world.people["officer"])
    page = client.get(f"/duyet/{review.pk}").content.decode()
    assert "Vì sao báo" in page


def test_a_finding_is_not_set_aside_without_a_reason(world: World, client: Client) -> None:
    officer = world.people["officer"]
    review = of_word(officer, world.places["a"])
    number = finding_number(plan_of(review.document).findings[0])
    client.force_login(officer)
    sent = {"verb": "silence", "number": number, "reason": " ", "seen": 0, "key": str(uuid4())}
    answer = client.post(f"/duyet/{review.pk}/sua", sent)
    assert answer.status_code == 400
    assert "Hãy ghi lý do" in answer.json()["message"]
    assert Review.objects.get(pk=review.pk).silenced == {}
