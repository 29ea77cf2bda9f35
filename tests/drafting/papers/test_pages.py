"""The pages of papers and templates as a browser asks for them."""

from __future__ import annotations

import json
import os
import re
import shutil
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from dinhlang.drafting.models import Draft, Paper, PaperTemplate
from dinhlang.drafting.papers import office_files, services
from dinhlang.papers.writing import templates
from dinhlang.papers.writing.composing.forms import FORMS
from tests.drafting.papers.making import ALL, a_paper, fill, finish, template_file, words_of, write
from tests.plans.living import a_plan
from tests.world import World

pytestmark = pytest.mark.django_db

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", re.IGNORECASE)
EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'{{ 7*7 }}"
COUNTS = Path(__file__).parent / "query_counts.json"
HAS_OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture
def ready(gaps: World) -> World:
    """Commune A with gaps, a plan, offices and one evidence."""
    fill(gaps)
    return gaps


def bring_in(world: World, kind: str, content: bytes) -> PaperTemplate:
    user, place = world.people["leader"], world.places["a"]
    return services.bring_in(user, place, kind, "mẫu xã.docx", content, uuid4())


def addresses(world: World) -> dict[str, str]:
    """Every page, by its name."""
    own = f"/van-ban/{world.places['a'].pk}"
    made = bring_in(world, "thong-bao", FORMS["thong-bao"].template())
    pages = {kind: f"/van-ban/ban/{a_paper(world, kind).pk}" for kind in ALL}
    done = finish(world, a_paper(world, "bao-cao"))
    return {
        **pages, "danh sách": f"{own}/", "lọc": f"{own}/?loai=bao-cao",
        "chọn xã": "/van-ban/?q=lang",
        "mới": f"{own}/moi/bao-cao", "mẫu": f"{own}/mau/", "một mẫu": f"{own}/mau/thong-bao/",
        "xem mẫu có sẵn": f"{own}/mau/bao-cao/xem",
        "xem mẫu của xã": f"{own}/mau/thong-bao/{made.pk}/xem",
        "hoàn tất": f"/van-ban/ban/{done.pk}", "word": f"/van-ban/ban/{done.pk}.docx",
        "pdf": f"/van-ban/ban/{done.pk}.pdf", "excel": f"/van-ban/ban/{done.pk}.xlsx",
    }  # fmt: skip


def test_no_page_asks_the_database_more_often_than_it_did(ready: World, officer: Client) -> None:
    officer.get("/van-ban/")
    found = {}
    for name, address in addresses(ready).items():
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(address).status_code == 200, name
        found[name] = len(queries)
    if os.environ.get("DINHLANG_QUERY_COUNTS"):  # Set to write the numbers anew.
        COUNTS.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    kept = json.loads(COUNTS.read_text("utf-8"))
    assert set(found) == set(kept), "a new page needs its number in query_counts.json"
    more = {name: (kept[name], count) for name, count in found.items() if count > kept[name]}
    assert not more, "pages that ask more often than before (was, is)"


def test_lists_do_not_ask_more_for_more_rows(ready: World, officer: Client) -> None:
    own = f"/van-ban/{ready.places['a'].pk}"
    paper = a_paper(ready, "bao-cao")

    def queries() -> list[int]:
        counts = []
        for address in (f"{own}/", f"{own}/mau/thong-bao/", f"/van-ban/ban/{paper.pk}"):
            officer.get(address)
            with CaptureQueriesContext(connection) as asked:
                officer.get(address)
            counts.append(len(asked))
        return counts

    bring_in(ready, "thong-bao", FORMS["thong-bao"].template())
    before = queries()
    for _ in range(3):
        a_paper(ready, "thong-bao")
        bring_in(ready, "thong-bao", FORMS["thong-bao"].template())
    fill_more(ready)
    assert queries() == before


def fill_more(world: World) -> None:
    """Another plan with its tasks."""
    a_plan(world.people["leader"], world.places["a"])


def test_no_page_has_inline_script_or_style_and_markup_stays_text(
    ready: World, officer: Client
) -> None:
    paper = a_paper(ready, "thong-bao")
    rows = [{"text": EVIL, "lead": EVIL, "due": EVIL}]
    write(ready, paper, about=EVIL, opening=EVIL, resolutions=rows, recipients=EVIL, signer=EVIL)
    pages = {**addresses(ready), "độc": f"/van-ban/ban/{paper.pk}"}
    for name, address in pages.items():
        answer = officer.get(address)
        if "html" not in answer.headers["Content-Type"]:
            continue
        text = answer.content.decode()
        assert "<script>alert" not in text and "<img src=x" not in text, name
        assert not INLINE.search(re.sub(r"<(textarea|input)[^>]*>", "", text.replace(
            "onerror=", ""))), name  # fmt: skip


def test_a_paper_is_begun_written_and_finished_without_a_script(
    ready: World, officer: Client
) -> None:
    own = f"/van-ban/{ready.places['a'].pk}"
    given = {"luot": str(uuid4()), "ngay": "2030-06-20", "ky": "month"}
    for _ in range(2):
        answer = officer.post(f"{own}/moi/bao-cao", given)
        assert answer.status_code == 302
    paper = Paper.objects.get()
    page = officer.get(f"/van-ban/ban/{paper.pk}").content.decode()
    marks = dict(re.findall(r'name="goc\.(\w+)" value="(\w+)"', page))
    sent = {f"goc.{name}": mark for name, mark in marks.items()}
    sent |= {"luot-sua": "0", "o.receiver": "Ủy ban nhân dân tỉnh An Mẫu", "o.number": "12",
             "o.proposals": "Bổ sung vốn\r\n\r\nHướng dẫn thêm"}  # fmt: skip
    assert officer.post(f"/van-ban/ban/{paper.pk}", sent).status_code == 302
    paper.refresh_from_db()
    assert paper.texts == {"number": "12", "proposals": "Bổ sung vốn\nHướng dẫn thêm"}, (
        "what was left as it was shown goes on following the data"
    )
    assert officer.post(f"/van-ban/ban/{paper.pk}/hoan-tat").status_code == 302
    assert "Số: 12/BC-UBND" in officer.get(f"/van-ban/ban/{paper.pk}").content.decode()


def test_a_table_left_as_shown_follows_the_data_and_a_dropped_row_is_dropped(
    ready: World, officer: Client
) -> None:
    paper = a_paper(ready, "ban-chi-dao")
    page = officer.get(f"/van-ban/ban/{paper.pk}").content.decode()
    mark = re.search(r'name="goc\.members" value="(\w+)"', page)
    cells = re.findall(r'name="(o\.members\.\d+\.\w+)" value="([^"]*)"', page)
    assert mark and len(cells) == 18, "four members and two empty rows"
    sent = {"goc.members": mark[1], "bang.members": "1", "luot-sua": "0", **dict(cells)}
    officer.post(f"/van-ban/ban/{paper.pk}", sent)
    paper.refresh_from_db()
    assert paper.texts == {}
    kept = {name: value for name, value in sent.items() if not name.startswith("o.members.1.")}
    officer.post(f"/van-ban/ban/{paper.pk}", kept)
    paper.refresh_from_db()
    assert [row["role"] for row in paper.texts["members"]] == ["Trưởng ban", *["Thành viên"] * 2]


def test_what_was_refused_or_clashed_is_shown_again_with_what_was_typed(
    ready: World, officer: Client
) -> None:
    paper = a_paper(ready, "thong-bao")
    answer = officer.post(f"/van-ban/ban/{paper.pk}", {"o.day": "32/1/2030", "luot-sua": "0"})
    assert answer.status_code == 422
    assert "“32/1/2030” không phải ngày" in answer.content.decode()
    assert 'value="32/1/2030"' in answer.content.decode()
    write(ready, paper, "leader", about="Của lãnh đạo")
    answer = officer.post(f"/van-ban/ban/{paper.pk}", {"o.about": "Của tôi", "luot-sua": "0"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Lãnh Đạo Mẫu vừa sửa: Trích yếu" in text and 'value="Của tôi"' in text


def test_a_script_gets_the_new_sheet_and_what_is_wrong(ready: World, officer: Client) -> None:
    paper = a_paper(ready, "thong-bao")
    given = {"o.about": "Bản mới <b>", "o.day": "x", "luot-sua": "0"}
    answer = officer.post(f"/van-ban/ban/{paper.pk}", given, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 422
    found = answer.json()
    assert "Bản mới &lt;b&gt;" in found["preview"] and found["revision"] == 1
    assert set(found["troubles"]) == {"day"} and found["about"] == "Bản mới <b>"


BAD_STARTS = [
    ("bao-cao", {"ngay": "hôm nay"}), ("bao-cao", {"ky": "thế kỷ"}),
    ("bao-cao", {"bo": "khong/co"}), ("thong-bao", {"ngay": "1899-01-01"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "given"), BAD_STARTS)
def test_a_paper_is_not_begun_with_what_is_not_on_the_form(
    ready: World, officer: Client, kind: str, given: dict[str, str]
) -> None:
    address = f"/van-ban/{ready.places['a'].pk}/moi/{kind}"
    assert officer.post(address, given).status_code == 422
    assert not Paper.objects.exists()


@pytest.mark.parametrize("kind", ALL)
def test_every_kind_comes_as_word_pdf_and_excel(ready: World, officer: Client, kind: str) -> None:
    paper = a_paper(ready, kind)
    word = officer.get(f"/van-ban/ban/{paper.pk}.docx")
    assert "XÃ LÀNG MẪU" in words_of(b"".join(word))
    assert re.search(r'filename="[a-z0-9-]+\.docx"', word.headers["Content-Disposition"])
    assert b"".join(officer.get(f"/van-ban/ban/{paper.pk}.pdf")).startswith(b"%PDF-")
    excel = officer.get(f"/van-ban/ban/{paper.pk}.xlsx")
    if kind in ("thong-bao", "bien-ban"):
        write(ready, paper, resolutions=[{"text": "Một", "lead": "", "due": ""}])
        excel = officer.get(f"/van-ban/ban/{paper.pk}.xlsx")
    if kind == "to-trinh":
        assert excel.status_code == 404
    else:
        book = CalamineWorkbook.from_filelike(BytesIO(b"".join(excel)))
        assert book.get_sheet_by_index(0).to_python()


@pytest.mark.skipif(not HAS_OFFICE, reason="LibreOffice is not on this machine")
@pytest.mark.parametrize("kind", list(FORMS))
def test_every_template_filled_with_examples_opens_in_libreoffice(kind: str) -> None:
    form = FORMS[kind]
    filled = templates.fill(form.template(), templates.examples(form.fields))
    assert office_files.to_pdf(filled).startswith(b"%PDF-")


def test_a_kind_in_the_communes_own_words_comes_from_its_template(
    ready: World, officer: Client
) -> None:
    own = f"/van-ban/{ready.places['a'].pk}/mau/thong-bao/"
    content = BytesIO(template_file("LỜI CỦA XÃ: {{ trich_yeu }}", "{{ so_ky_hieu }}"))
    content.name = "mẫu <của> xã.docx"
    leader = Client()
    leader.force_login(ready.people["leader"])
    assert leader.post(own + "gui", {"tep": content}).status_code == 302
    paper = a_paper(ready, "thong-bao")
    write(ready, paper, about="Họp tháng 6", number="9")
    word = words_of(b"".join(officer.get(f"/van-ban/ban/{paper.pk}.docx")))
    assert word == "LỜI CỦA XÃ: Họp tháng 6\nSố: 09/TB-UBND"
    assert "LỜI CỦA XÃ: Họp tháng 6" in officer.get(f"/van-ban/ban/{paper.pk}").content.decode()
    finish(ready, paper)
    assert leader.post(own + "chon", {}).status_code == 302
    assert "Đang dùng mẫu có sẵn" in officer.get(own).content.decode()
    fresh = a_paper(ready, "thong-bao")
    assert "LỜI CỦA XÃ" not in words_of(b"".join(officer.get(f"/van-ban/ban/{fresh.pk}.docx")))
    kept = words_of(b"".join(officer.get(f"/van-ban/ban/{paper.pk}.docx")))
    assert kept == word, "a finished paper keeps the template it was finished with"
    made = PaperTemplate.objects.get()
    assert leader.post(own + "chon", {"mau": made.pk}).status_code == 302
    page = officer.get(own).content.decode()
    assert "Đang dùng mẫu của xã" in page and "Lãnh Đạo Mẫu chọn lúc" in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (template_file("Nhờ {{ mat_khau }} giúp"), "ở đoạn “Nhờ {{ mat_khau }} giúp”"),
        (b"%PDF-1.7", "không phải Word"),
        (None, "Chưa chọn tệp"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_with_reason_and_place(
    ready: World, content: bytes | None, words: str
) -> None:
    leader = Client()
    leader.force_login(ready.people["leader"])
    given = {}
    if content is not None:
        given["tep"] = BytesIO(content)
        given["tep"].name = "a.docx"
    answer = leader.post(f"/van-ban/{ready.places['a'].pk}/mau/thong-bao/gui", given)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not PaperTemplate.objects.exists()


def test_without_libreoffice_the_page_says_so_and_offers_no_pdf(
    ready: World, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_files, "program", lambda: None)
    bring_in(ready, "thong-bao", template_file("{{ trich_yeu }}"))
    paper = a_paper(ready, "thong-bao")
    page = officer.get(f"/van-ban/ban/{paper.pk}").content.decode()
    assert "không có LibreOffice" in page and f"/van-ban/ban/{paper.pk}.pdf" not in page
    answer = officer.get(f"/van-ban/ban/{paper.pk}.pdf", follow=True)
    assert "không có LibreOffice" in answer.content.decode()


def test_the_yearly_plan_comes_in_the_communes_own_words(
    draft: Draft, world: World, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/soan-van-ban/{world.places['a'].pk}/ke-hoach/{draft.pk}/ban-in"
    ours = words_of(b"".join(officer.get(f"{address}.docx")))
    bring_in(world, "ke-hoach", template_file("LỜI CỦA XÃ: {{ trich_yeu }}"))
    own = words_of(b"".join(officer.get(f"{address}.docx")))
    assert own.startswith("LỜI CỦA XÃ: ") and own.removeprefix("LỜI CỦA XÃ: ") in ours
    monkeypatch.setattr(office_files, "program", lambda: None)
    answer = officer.get(f"{address}.pdf", follow=True)
    assert "không có LibreOffice" in answer.content.decode()


def test_a_template_of_another_commune_is_not_used_or_shown(ready: World, officer: Client) -> None:
    user, place = ready.people["elsewhere"], ready.places["b"]
    content = template_file("CỦA XÃ BÊN {{ trich_yeu }}")
    other = services.bring_in(user, place, "thong-bao", "b.docx", content, uuid4())
    own = f"/van-ban/{ready.places['a'].pk}/mau/thong-bao/"
    assert officer.get(f"{own}{other.pk}.docx").status_code == 404
    assert officer.get(f"{own}{other.pk}/xem").status_code == 404
    leader = Client()
    leader.force_login(ready.people["leader"])
    assert leader.post(own + "chon", {"mau": other.pk}).status_code == 404
    assert "b.docx" not in officer.get(own).content.decode()
