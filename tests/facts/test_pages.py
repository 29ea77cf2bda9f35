"""The pages of numbers: what they show, what they save, how often they ask the database."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from dinhlang.facts import selectors, services, sheets
from dinhlang.facts.models import Observation, PlaceAttribute, SheetImport
from dinhlang.facts.periods import Period
from dinhlang.facts.selectors import grid as grids
from dinhlang.law.library import Library
from dinhlang.law.requirements import AllOf, Reached
from dinhlang.law.sets import CriteriaSet, Criterion, Decision, Indicator
from dinhlang.people.models import AuditLine
from tests.facts.conftest import MEASURES, Enter
from tests.world import World

pytestmark = pytest.mark.django_db
COUNTS = Path(__file__).parent / "query_counts.json"
ALL = f"bo={grids.EVERYTHING}"


def a_set(*measures: str) -> CriteriaSet:
    """A set that asks for these measures."""
    parts = tuple(Reached(measure=name) for name in measures)
    return CriteriaSet(
        id="qd-mau/xa", title="Bộ mẫu", short="Bộ mẫu", level="ntm", subject="commune",
        decision=Decision(number="01/QĐ-MẪU"), valid_from=date(2020, 1, 1), sample=True,
        criteria=(
            Criterion(number="1", name="Một", indicators=(
                Indicator(number="1", name="Một", requirement=AllOf(parts=parts)),
            )),
        ),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def law(monkeypatch: pytest.MonkeyPatch) -> None:
    """A law of one set, which asks for two of the measures."""
    library = Library([a_set("thon_van_hoa", "thu_nhap")], (), MEASURES.values())
    monkeypatch.setattr(grids, "law_for", lambda unit, on: library.at(on))


@pytest.fixture
def officer(world: World) -> Client:
    """A browser of the officer of commune A."""
    client = Client()
    client.force_login(world.people["officer"])
    return client


def page(client: Client, world: World, query: str = "", place: str = "a") -> str:
    answer = client.get(f"{reverse('facts:grid', args=[world.places[place].pk])}?{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_grid_asks_for_what_the_sets_in_force_need(officer: Client, world: World) -> None:
    shown = page(officer, world, "ky=2024")
    assert "Thu nhập bình quân" in shown
    assert "Thôn đạt chuẩn văn hóa" in shown
    assert "Số vụ tai nạn" not in shown
    assert "Số vụ tai nạn" in page(officer, world, f"ky=2024&{ALL}")


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("chu-de=Y tế", "bảo hiểm y tế", "Số vụ tai nạn"),
        ("q=tai nan", "Số vụ tai nạn", "bảo hiểm y tế"),
        ("q=tram y te", "bảo hiểm y tế", "Số vụ tai nạn"),
        ("thieu=1", "bảo hiểm y tế", "Số vụ tai nạn"),
    ],
)
def test_the_grid_is_narrowed(
    officer: Client, world: World, enter: Enter, query: str, there: str, gone: str
) -> None:
    enter("so_tai_nan", 0)
    shown = page(officer, world, f"ky=2024&{ALL}&{query}")
    assert there in shown
    assert gone not in shown


def test_last_period_its_change_and_a_jump_stand_beside_the_number(
    officer: Client, world: World, enter: Enter
) -> None:
    enter("thu_nhap", 50, year=2023)
    enter("thu_nhap", "80,5".replace(",", "."), year=2024)
    shown = page(officer, world, "ky=2024")
    assert "+30,5" in shown
    assert "Tăng 61 % so với kỳ trước" in shown


def test_what_the_villages_make_together_is_shown_and_never_stored(
    officer: Client, world: World, enter: Enter
) -> None:
    for village in ("a1", "a2"):
        enter("so_tai_nan", 2, village)
    shown = page(officer, world, f"ky=2024&{ALL}")
    assert "Gộp từ thôn" in shown
    enter("so_tai_nan", 3)
    assert "khác số của xã" in page(officer, world, f"ky=2024&{ALL}")
    assert Observation.objects.filter(place=world.places["a"]).count() == 1


Send = Callable[..., Any]


@pytest.fixture
def send(officer: Client, world: World) -> Send:
    """``send({"measure": …, "c": …}, …)`` saves as the script does; the results in order."""

    def post(*cells: dict[str, Any], place: str = "a", **more: Any) -> Any:
        base = {"period": "2024", "source": "typed"}
        body = {"cells": [base | {"key": str(uuid4())} | cell for cell in cells]} | more
        address = reverse("facts:save", args=[world.places[place].pk])
        answer = officer.post(address, json.dumps(body), content_type="application/json")
        return answer.json() if answer.status_code == 200 else answer.status_code

    return post


def test_each_line_that_is_sent_gets_its_own_answer(send: Send, enter: Enter) -> None:
    enter("thu_nhap", 50, year=2023)
    found = send(
        {"measure": "thu_nhap", "c": "60"},
        {"measure": "so_tai_nan", "c": "1,5"},
        {"measure": "ty_le_bao_hiem", "a": "90", "b": "120"},
        {"measure": "thon_van_hoa", "c": "có"},
        {"measure": "muc_pho_cap", "c": "2"},
        {"measure": "ty_le_lao_dong", "sex": "male", "c": "70 %"},
    )["results"]
    assert [result.get("error", "") for result in found] == [
        "",
        "Số đếm phải là số nguyên.",
    ] + 4 * [""]
    assert (found[0]["change"], found[0]["warning"]) == ("+10", "")
    assert (found[2]["a"], found[2]["b"], found[2]["c"]) == ("90", "120", "75")
    assert found[3]["c"] == "Đạt"
    assert found[4]["c"] == "Mức độ 2"
    assert Observation.objects.count() == 6
    assert AuditLine.objects.filter(verb="nhập số liệu").count() >= 2


def test_a_line_sent_again_changes_nothing(send: Send) -> None:
    cell = {"measure": "thu_nhap", "c": "60", "key": str(uuid4())}
    first, second = send(cell)["results"], send(cell)["results"]
    assert first == second
    assert Observation.objects.count() == 1


def test_a_conflict_is_told_and_settled_by_saving_again(send: Send, enter: Enter) -> None:
    enter("thu_nhap", 50)
    answer = send({"measure": "thu_nhap", "c": "60", "seen": 0})
    assert answer["results"][0]["conflict"]
    again = send({"measure": "thu_nhap", "c": "60", "seen": answer["mark"]})
    assert again["results"][0]["c"] == "60"


def test_villages_are_saved_from_the_communes_grid_with_their_total(
    send: Send, world: World
) -> None:
    cells = [
        {"measure": "so_tai_nan", "c": "2", "place": world.places[key].pk} for key in ("a1", "a2")
    ]
    assert send(*cells, totals=True)["totals"] == {"so_tai_nan": "4 vụ"}
    assert send({"measure": "so_tai_nan", "c": "1", "place": world.places["b1"].pk}) == 400
    assert Observation.objects.count() == 2


@pytest.mark.parametrize("body", ["{", "[]", '{"cells": 5}', '{"cells": [{"key": "x"}]}'])
def test_nonsense_is_refused(officer: Client, world: World, body: str) -> None:
    address = reverse("facts:save", args=[world.places["a"].pk])
    assert officer.post(address, body, content_type="application/json").status_code == 400


def test_who_only_sees_does_not_save(world: World) -> None:
    client = Client()
    client.force_login(world.people["province"])
    body = json.dumps(
        {"cells": [{"key": str(uuid4()), "measure": "thu_nhap", "period": "2024", "c": "1"}]}
    )
    address = reverse("facts:save", args=[world.places["a"].pk])
    assert client.post(address, body, content_type="application/json").status_code == 403
    assert "disabled" in page(client, world, "ky=2024")


def test_the_page_without_a_script_saves_what_was_changed_and_keeps_what_is_wrong(
    officer: Client, world: World, enter: Enter
) -> None:
    enter("so_tai_nan", 1, by="officer")
    said = {
        "ky": "2024", "bo": grids.EVERYTHING, "luot": str(uuid4()), "moc": "999999",
        "c.thu_nhap": "55,5", "c.so_tai_nan": "1", "a.ty_le_bao_hiem": "9",
        "b.ty_le_bao_hiem": "8", "c.ty_le_bao_hiem": "",
    }  # fmt: skip
    address = reverse("facts:save", args=[world.places["a"].pk])
    answer = officer.post(address, said)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "không được lớn hơn" in shown
    assert 'value="9"' in shown
    assert Observation.objects.count() == 2
    assert officer.post(address, said | {"b.ty_le_bao_hiem": "10"}).status_code == 302
    assert Observation.objects.count() == 3


@pytest.mark.parametrize(("who", "there"), [("officer", True), ("village_head", False)])
def test_a_village_leads_to_its_commune_only_those_who_see_it(
    world: World, who: str, there: bool
) -> None:
    client = Client()
    client.force_login(world.people[who])
    above = f'href="{reverse("facts:grid", args=[world.places["a"].pk])}"'
    assert (above in page(client, world, "ky=2024", "a1")) is there


def test_the_confirming_page_tells_own_entries_from_those_of_others(
    world: World, enter: Enter
) -> None:
    mine, other = enter("thu_nhap", 50), enter("so_tai_nan", 2, "a1", by="officer")
    client, place = Client(), world.places["a"]
    client.force_login(world.people["coordinator"])
    shown = client.get(reverse("facts:waiting", args=[place.pk])).content.decode()
    assert "bạn nhập" in shown
    assert "Thôn Đình Thượng" in shown
    client.post(reverse("facts:confirm", args=[place.pk]), {"so": [mine.pk, other.pk, "x"]})
    states = dict(Observation.objects.values_list("measure", "state"))
    assert states == {"thu_nhap": "draft", "so_tai_nan": "confirmed"}


def test_a_number_is_entered_with_its_last_day_and_shows_its_history(
    officer: Client, world: World, enter: Enter
) -> None:
    enter("thon_van_hoa", False)
    address = reverse("facts:cell", args=[world.places["a"].pk, "thon_van_hoa", "2024"])
    said = {"c": "Đạt", "het-han": "2026-12-31", "ghi-chu": "Theo quyết định", "nguon": "document"}
    assert officer.post(address, said).status_code == 302
    shown = officer.get(address).content.decode()
    for words in (
        "31/12/2026",
        "Theo quyết định",
        "Tổng Hợp Mẫu",
        "Công Chức Mẫu",
        "được thay lúc",
    ):
        assert words in shown
    fact = selectors.subject(world.places["a"], date(2024, 12, 31)).facts["thon_van_hoa", ""][0]
    assert (fact.yes, fact.valid_to, fact.source) == (True, date(2026, 12, 31), "document")
    assert officer.post(address, said | {"het-han": "31/31/2026"}).status_code == 422


def test_what_a_place_is_is_set_on_its_page(world: World) -> None:
    client, place = Client(), world.places["a"]
    client.force_login(world.people["leader"])
    said = {"ten": "region", "gia-tri": "BTB", "tu-ngay": "2021-01-01", "can-cu": "Nghị quyết mẫu"}
    assert client.post(reverse("facts:describe", args=[place.pk]), said).status_code == 302
    shown = client.get(reverse("facts:place", args=[place.pk])).content.decode()
    assert "Bắc Trung Bộ" in shown
    assert "Nghị quyết mẫu" in shown
    row = PlaceAttribute.objects.get()
    client.post(reverse("facts:take-back", args=[row.pk]))
    assert selectors.subject(place, date(2024, 1, 1)).region is None


# The sheet out and in


def filled(world: World, values: dict[str, tuple[str, str, str]], **more: str) -> bytes:
    """The sheet as it goes out, with these boxes filled: number, whole, value."""
    period = Period.of("2024")
    lines = grids.grid(world.places["a"], period, grids.Wanted(set_id=grids.EVERYTHING)).lines
    for line in lines:
        top, bottom, value = values.get(line.key, ("", "", ""))
        line.sent = sheets.Typed(value, top, bottom)
        line.sent_source = more.get("source", "register")
    return sheets.workbook(world.places["a"], period, lines)


def bring(client: Client, world: World, content: bytes, period: str = "2024") -> Any:
    file = BytesIO(content)
    file.name = "số liệu.xlsx"
    address = reverse("facts:upload", args=[world.places["a"].pk])
    return client.post(address, {"tep": file, "ky": period, "luot": str(uuid4())}, follow=True)


def test_the_sheet_goes_out_with_what_is_known(officer: Client, world: World, enter: Enter) -> None:
    enter("ty_le_bao_hiem", (90, 120))
    answer = officer.get(f"{reverse('facts:template', args=[world.places['a'].pk])}?ky=2024&{ALL}")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_name(sheets.SHEET).to_python()
    [row] = [row for row in rows if row[0] == "ty_le_bao_hiem"]
    assert row[4:6] == [90, 120]
    assert {row[2] for row in rows if row[0] == "ty_le_lao_dong"} == {"chung", "nam", "nữ"}


def test_a_sheet_is_shown_first_and_written_once(officer: Client, world: World) -> None:
    sheet = filled(world, {
        "thu_nhap": ("", "", "62,5"), "ty_le_bao_hiem": ("90", "120", ""),
        "ty_le_lao_dong.female": ("", "", "70"), "muc_pho_cap": ("", "", "mức độ 2"),
        "so_tai_nan": ("", "", "1,5"),
    })  # fmt: skip
    shown = bring(officer, world, sheet).content.decode()
    assert "1 dòng cần sửa" in shown
    assert "Số đếm phải là số nguyên." in shown
    assert "4 dòng chưa có số, sẽ ghi mới" in shown
    assert not Observation.objects.exists()
    write = reverse("facts:import-write", args=[SheetImport.objects.get().pk])
    assert officer.post(write).status_code == 302
    assert officer.post(write).status_code == 302
    rows = {(row.measure, row.sex): row for row in Observation.objects.all()}
    assert len(rows) == 4
    assert rows["thu_nhap", ""].source == "register"
    assert rows["ty_le_lao_dong", "female"].value == 70


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"x", "Không mở được tệp"), (b"PK\x03\x04xxxx", "Không mở được tệp")],
)
def test_what_is_no_sheet_is_refused(
    officer: Client, world: World, content: bytes, words: str
) -> None:
    answer = bring(officer, world, content)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_sheet_of_another_period_or_without_numbers_is_refused(
    officer: Client, world: World
) -> None:
    sheet = filled(world, {"thu_nhap": ("", "", "1")})
    assert "của kỳ “Năm 2024”" in bring(officer, world, sheet, "2023").content.decode()
    assert "chưa điền số nào" in bring(officer, world, filled(world, {})).content.decode()


def test_a_sheet_of_a_place_is_not_written_by_others(world: World, officer: Client) -> None:
    bring(officer, world, filled(world, {"thu_nhap": ("", "", "1")}))
    client = Client()
    client.force_login(world.people["elsewhere"])
    pk = SheetImport.objects.get().pk
    assert client.get(reverse("facts:import", args=[pk])).status_code == 404


# How often the pages ask


def addresses(world: World) -> dict[str, str]:
    pk = world.places["a"].pk
    return {
        "số liệu": f"{reverse('facts:grid', args=[pk])}?ky=2024&{ALL}",
        "theo thôn": f"{reverse('facts:villages', args=[pk])}?ky=2024&so=so_tai_nan&so=thu_nhap",
        "một số": reverse("facts:cell", args=[pk, "thu_nhap", "2024"]),
        "chờ xác nhận": reverse("facts:waiting", args=[pk]),
        "đặc điểm": reverse("facts:place", args=[pk]),
        "minh chứng": reverse("facts:evidence", args=[pk]),
        "mẫu": f"{reverse('facts:template', args=[pk])}?ky=2024&{ALL}",
    }


def ask(client: Client, world: World) -> dict[str, int]:
    found = {}
    client.get(addresses(world)["số liệu"])
    for name, address in addresses(world).items():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        found[name] = len(asked)
    return found


def test_pages_do_not_ask_more_often_than_they_did(
    officer: Client, world: World, enter: Enter
) -> None:
    enter("thu_nhap", 50)
    found, kept = ask(officer, world), json.loads(COUNTS.read_text("utf-8"))
    assert set(found) == set(kept), "a new page needs its number in query_counts.json"
    more = {name: (kept[name], count) for name, count in found.items() if count > kept[name]}
    assert not more, "pages that ask more often than before (was, is)"


def test_pages_do_not_ask_more_for_more_rows(officer: Client, world: World, enter: Enter) -> None:
    def write(first: int) -> None:
        for year in range(first, first + 3):
            enter("thu_nhap", year, year=year, by="officer")
            for village in ("a1", "a2"):
                enter("so_tai_nan", year, village, year=year, by="officer")
        for number in range(first, first + 3):
            sent = services.Sent(name=f"{number}.pdf", content=b"%PDF-" + bytes([number % 250]))
            row = services.add(world.people["officer"], world.places["a"], sent)
            target = services.Target(place=world.places["a"], measure="thu_nhap")
            services.attach(world.people["officer"], row, target)

    write(2019)
    before = ask(officer, world)
    write(2022)
    assert ask(officer, world) == before
