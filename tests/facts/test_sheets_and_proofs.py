"""Sheets beside what is known, questions of presence, and papers sent for one indicator."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from dinhlang.facts import services, sheets, texts
from dinhlang.facts.catalogue import BadContent
from dinhlang.facts.models import Evidence, EvidenceLink, Observation, SheetImport
from dinhlang.facts.periods import Period
from dinhlang.facts.selectors import grid as grids
from dinhlang.facts.services import importing
from dinhlang.law.library import shipped
from dinhlang.law.sets import Measure
from tests.facts.conftest import MEASURES, Enter
from tests.facts.filling import fill
from tests.world import World

pytestmark = pytest.mark.django_db
YEAR = Period("year", 2024)
SET = "qd-318-2022/xa-ntm"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
VILLAGE = Measure(
    id="xa_co_lang_nghe", name="Xã có làng nghề", kind="yes_no", better="neither",
    combine="survey_again", topic="Kinh tế",
)  # fmt: skip


@pytest.fixture
def officer(world: World) -> Client:
    """A browser of the officer of commune A."""
    client = Client()
    client.force_login(world.people["officer"])
    return client


@pytest.fixture
def presence(measures: dict[str, Measure], monkeypatch: pytest.MonkeyPatch) -> Measure:
    """A question of presence among the measures."""
    monkeypatch.setitem(MEASURES, VILLAGE.id, VILLAGE)
    return VILLAGE


def template(world: World) -> bytes:
    place = world.places["a"]
    lines = grids.lines_of(place, YEAR, list(MEASURES.values()))
    return sheets.workbook(place, YEAR, lines)


def bring(world: World, values: dict[str, tuple[str, str, str]], wrong: str = "") -> SheetImport:
    content = fill(template(world), values, wrong)
    officer, place = world.people["officer"], world.places["a"]
    return importing.bring_in(officer, place, YEAR, "so-lieu.xlsx", content, uuid4())


@pytest.mark.parametrize(
    ("value", "agrees"),
    [("150", False), ("90", False), ("100", True), ("100 %", True), ("", True), ("99,6", False)],
)
def test_a_rate_beside_its_parts_must_be_theirs(value: str, agrees: bool) -> None:
    typed = texts.Typed(value, "9,2", "9,2")
    if agrees:
        assert "value" not in texts.parse(MEASURES["ty_le_bao_hiem"], typed)
        return
    with pytest.raises(BadContent, match="9,2/9,2 là 100 %"):
        texts.parse(MEASURES["ty_le_bao_hiem"], typed)


@pytest.mark.parametrize("value", ["83,33", "83,3", "83"])
def test_a_rate_may_be_rounded_beside_its_parts(value: str) -> None:
    typed = texts.Typed(value, "100", "120")
    assert texts.parse(MEASURES["ty_le_bao_hiem"], typed)["numerator"] == 100


def test_a_line_of_a_sheet_with_two_different_rates_is_an_error(world: World) -> None:
    found = bring(world, {"ty_le_bao_hiem": ("92", "92", "150")})
    (row,) = importing.rows_of(found)
    assert "Ghi giá trị 150 nhưng 92/92 là 100 %" in row.error


def test_a_code_that_is_none_says_what_to_do(world: World) -> None:
    found = bring(world, {"thu_nhap": ("", "", "60")}, wrong="khong_co_ma")
    bad = next(row for row in importing.rows_of(found) if row.error)
    assert "Hãy chép lại cột Mã số liệu từ tệp mẫu" in bad.error


def test_the_preview_shows_what_would_be_replaced_and_what_stays(
    officer: Client, world: World, enter: Enter
) -> None:
    enter("thu_nhap", 60)
    enter("so_tai_nan", 2)
    found = bring(world, {"thu_nhap": ("", "", "64"), "muc_pho_cap": ("", "", "Mức độ 2")})
    shown = officer.get(reverse("facts:import", args=[found.pk])).content.decode()
    assert "1 dòng sẽ thay số đang có" in shown
    assert "đang có: 60 triệu đồng/người/năm" in shown
    assert "1 dòng chưa có số, sẽ ghi mới" in shown
    assert "1 dòng giống số đang có, không ghi lại" in shown
    assert "Nhập 2 số liệu" in shown
    answer = officer.post(reverse("facts:import-write", args=[found.pk]), follow=True)
    assert "Đã nhập 2 số liệu" in answer.content.decode()
    assert "1 dòng không đổi, không ghi lại" in answer.content.decode()


def test_a_sheet_that_was_not_changed_writes_nothing_and_says_so(
    officer: Client, world: World, enter: Enter
) -> None:
    enter("thu_nhap", "60.5")
    enter("ty_le_bao_hiem", (90, 120))
    before = Observation.objects.count()
    found = bring(world, {})
    shown = officer.get(reverse("facts:import", args=[found.pk])).content.decode()
    assert "không có gì để ghi" in shown
    answer = officer.post(reverse("facts:import-write", args=[found.pk]), follow=True)
    assert "không ghi gì" in answer.content.decode()
    assert SheetImport.objects.get().written == 0
    assert Observation.objects.count() == before


def test_numbers_of_the_sheet_are_numbers(world: World, enter: Enter) -> None:
    enter("thu_nhap", "60.5")
    enter("thu_nhap", 55, year=2023)
    book = CalamineWorkbook.from_filelike(BytesIO(template(world)))
    rows = {row[0]: row for row in book.get_sheet_by_name(sheets.SHEET).to_python()}
    assert (rows["thu_nhap"][6], rows["thu_nhap"][8]) == (60.5, 55)


def test_a_question_of_presence_is_answered_with_there_is_or_there_is_not(
    world: World, presence: Measure
) -> None:
    officer, place = world.people["officer"], world.places["a"]
    (line,) = grids.lines_of(place, YEAR, [presence])
    assert line.choices == ("Có", "Không")
    for said, yes in (("Có", True), ("Không", False), ("không có", False)):
        assert texts.parse(presence, texts.Typed(said)) == {"yes": yes}
    with pytest.raises(BadContent, match="Hãy ghi “Có” hoặc “Không”"):
        texts.parse(presence, texts.Typed("chắc vậy"))
    row = services.record(officer, place, services.Entry(
        measure=presence.id, period=YEAR, yes=False))  # fmt: skip
    assert texts.words(presence, row) == "Không"
    (line,) = grids.lines_of(place, YEAR, [presence])
    assert line.typed.value == "Không"
    (read,) = sheets.read(template(world), YEAR, {presence.id: presence.name})
    assert (read.value, read.error) == ("Không", "")


def test_what_is_to_be_reached_is_still_reached_or_not() -> None:
    assert texts.answers(MEASURES["thon_van_hoa"]) == ("Đạt", "Chưa đạt")


def test_papers_sent_for_an_indicator_are_attached_to_it(officer: Client, world: World) -> None:
    place = world.places["a"]
    address = f"{reverse('facts:evidence', args=[place.pk])}?bo={SET}&so=2.2"
    indicator = next(
        i for c in shipped().sets[SET].criteria for i in c.indicators if i.number == "2.2"
    )
    page = officer.get(address).content.decode()
    assert f"Minh chứng cho chỉ tiêu 2.2 {indicator.name}" in page
    assert 'name="chi-tieu" value="2.2" checked' in page
    sent = {
        "luot": str(uuid4()), "bo": SET, "chi-tieu": "2.2", "ve": address,
        "tep": SimpleUploadedFile("bien-ban.pdf", PDF),
    }  # fmt: skip
    answer = officer.post(reverse("facts:evidence-upload", args=[place.pk]), sent, follow=True)
    assert "Đã thêm minh chứng và gắn vào chỉ tiêu 2.2." in answer.content.decode()
    assert "đã gắn vào chỉ tiêu 2.2" in answer.content.decode()
    link = EvidenceLink.objects.get()
    assert (link.set_id, link.number, link.place) == (SET, "2.2", place)
    paper = officer.get(reverse("facts:paper", args=[Evidence.objects.get().pk]))
    assert f"Chỉ tiêu 2.2 {indicator.name}" in paper.content.decode()


def test_a_file_refused_for_an_indicator_keeps_the_indicator(officer: Client, world: World) -> None:
    place = world.places["a"]
    sent = {
        "luot": str(uuid4()), "bo": SET, "chi-tieu": "2.2",
        "tep": SimpleUploadedFile("x.pdf", b"MZ not a paper"),
    }  # fmt: skip
    answer = officer.post(reverse("facts:evidence-upload", args=[place.pk]), sent)
    assert answer.status_code == 422
    assert "Minh chứng cho chỉ tiêu 2.2" in answer.content.decode()


def test_a_paper_there_already_is_attached_from_the_list(officer: Client, world: World) -> None:
    place = world.places["a"]
    row = services.add(
        world.people["officer"], place, services.Sent(name="co-san.pdf", content=PDF)
    )
    address = f"{reverse('facts:evidence', args=[place.pk])}?bo={SET}&so=2.2"
    assert "Gắn vào chỉ tiêu 2.2" in officer.get(address).content.decode()
    officer.post(
        reverse("facts:paper-attach", args=[row.pk]),
        {"dia-ban": place.pk, "bo": SET, "chi-tieu": "2.2", "ve": address},
    )
    assert EvidenceLink.objects.get().number == "2.2"


@pytest.mark.parametrize("query", [f"bo={SET}&so=99.9", "bo=khong-co&so=1"])
def test_an_indicator_that_is_none_is_told(officer: Client, world: World, query: str) -> None:
    place = world.places["a"]
    page = officer.get(f"{reverse('facts:evidence', args=[place.pk])}?{query}").content.decode()
    assert "Không tìm thấy chỉ tiêu" in page
    set_id, number = (part.split("=")[1] for part in query.split("&"))
    sent = {
        "luot": str(uuid4()), "bo": set_id, "chi-tieu": number,
        "tep": SimpleUploadedFile("a.pdf", PDF),
    }  # fmt: skip
    answer = officer.post(reverse("facts:evidence-upload", args=[place.pk]), sent)
    assert "chưa được gắn vào đâu" in answer.content.decode()
    assert not EvidenceLink.objects.exists()


def test_the_villages_are_asked_first_for_what_a_set_in_force_needs(
    officer: Client, world: World
) -> None:
    place = world.places["a"]
    needed = grids.village_defaults(place, YEAR, grids.village_choices(place))
    assert needed == [], "the small country has no set that asks villages for anything we know"
    page = officer.get(f"{reverse('facts:villages', args=[place.pk])}?ky=2024").content.decode()
    assert "Chưa có bộ tiêu chí nào đang có hiệu lực cho các thôn" in page


def test_of_the_measures_of_villages_those_a_set_asks_for_come_first(
    monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    monkeypatch.setattr("dinhlang.facts.catalogue.known", lambda: dict(shipped().measures))
    place = world.places["a"]
    choices = grids.village_choices(place)
    found = grids.village_defaults(place, Period("year", 2024), choices)
    asked = {each.id for each in found}
    assert {"thon_van_hoa", "thon_thuc_hien_ke_hoach_ntm"} <= asked
    assert "thon_so_do_quy_hoach" not in asked
