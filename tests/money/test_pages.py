"""The pages of money: what they show, what they save, how often they ask the database."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dinhlang.facts.models import Observation
from dinhlang.money.models import Movement, Need, Source
from dinhlang.money.services import balance
from tests.money.conftest import YEAR, MakeNeed, MakeSource
from tests.money.making import year_of_money
from tests.world import World

pytestmark = pytest.mark.django_db
COUNTS = Path(__file__).parent / "query_counts.json"
PAGES = (
    "overview", "years", "needs", "sources", "requests", "removed", "matrix", "ledger", "flow",
    "debts", "workbook",
)  # fmt: skip


@pytest.fixture
def officer(world: World) -> Client:
    """A browser of the officer of commune A."""
    client = Client()
    client.force_login(world.people["officer"])
    return client


def address(world: World, name: str, query: str = "") -> str:
    return reverse(f"money:{name}", args=[world.places["a"].pk, YEAR]) + query


def shown(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return str(answer.content.decode())


def test_an_empty_year_says_what_to_do_next(officer: Client, world: World) -> None:
    page = shown(officer, address(world, "overview"))
    assert "Chưa có nhu cầu hay nguồn vốn nào" in page
    assert "Thêm nhu cầu" in page


def test_the_first_page_says_stated_against_added_up_and_the_real_gap(
    officer: Client, world: World
) -> None:
    year_of_money(world, YEAR)
    page = shown(officer, address(world, "overview"))
    for words in ("10,3 tỷ đồng", "10,5 tỷ đồng", "lệch", "Còn thiếu", "15 tỷ đồng", "UBND tỉnh",
                  "Nợ đọng xây dựng cơ bản 450 triệu đồng"):  # fmt: skip
        assert words in page


@pytest.mark.parametrize("by", ["tieu-chi", "thon", "viec", "thanh-phan", "khong-co"])
def test_needs_are_grouped_and_found(officer: Client, world: World, by: str) -> None:
    year_of_money(world, YEAR)
    page = shown(officer, address(world, "needs", f"?theo={by}&q=nha"))
    assert "Nhà đa năng" in page
    assert "Mô hình phân loại" not in page


def test_both_regimes_are_told_in_2026(officer: Client, world: World, source: MakeSource) -> None:
    row = source("Vốn chuyển nguồn", carried_from=2025)
    page = shown(officer, reverse("money:source", args=[row.pk]))
    assert "dùng đến hết 31/12/2026" in page
    assert "Thông tư 55/2023/TT-BTC" in page
    assert "Năm 2026 có hai chế độ" in shown(officer, address(world, "overview"))


@pytest.mark.parametrize("view", ["overview", "flow"])
def test_a_shortage_that_hangs_on_sources_without_a_day_says_so_in_its_headline(
    officer: Client, world: World, need: MakeNeed, source: MakeSource, view: str
) -> None:
    need("Làm đường", amount=5 * 10**9, due=date(YEAR, 4, 1))
    source("Vốn xã", amount=5 * 10**9, expected=None)
    page = shown(officer, address(world, view))
    assert "nếu 1 nguồn chưa ghi ngày (5 tỷ đồng) về muộn hơn ngày ấy: thiếu 5 tỷ đồng" in page
    assert "Các nguồn ấy về đủ từ đầu năm thì không thiếu lúc nào trong năm." in page


def test_a_shortage_of_dated_money_has_no_if(
    officer: Client, world: World, need: MakeNeed, source: MakeSource
) -> None:
    need("Làm đường", amount=5 * 10**9, due=date(YEAR, 4, 1))
    source("Vốn xã", amount=10**9, expected=date(YEAR, 2, 1))
    page = shown(officer, address(world, "overview"))
    assert f"Từ ngày 01/04/{YEAR} không đủ tiền: thiếu 4 tỷ đồng</b>, khi" in page
    assert "chưa ghi ngày" not in page


def test_the_shortage_leads_to_a_request_already_filled(officer: Client, world: World) -> None:
    page = shown(officer, address(world, "source-new", "?asked_of=UBND tỉnh&kind=province"))
    assert 'value="UBND tỉnh"' in page


def test_a_movement_refused_stays_as_it_was_typed_and_wants_a_reason(
    officer: Client, world: World, need: MakeNeed, source: MakeSource
) -> None:
    said = {
        "need": need().pk, "source": source().pk, "step": "allocated", "amount": "9 triệu",
        "day": "5/1", "paper": "QĐ 1", "luot": str(uuid4()),
    }  # fmt: skip
    answer = officer.post(address(world, "ledger-add"), said)
    assert answer.status_code == 422
    assert "Lý do ghi vượt" in answer.content.decode()
    assert 'value="9 triệu"' in answer.content.decode()
    assert (
        officer.post(address(world, "ledger-add"), said | {"over_reason": "ứng"}).status_code == 302
    )
    assert (
        officer.post(address(world, "ledger-add"), said | {"over_reason": "ứng"}).status_code == 302
    )
    assert Movement.objects.get().over_reason == "ứng"


def test_the_debt_is_proposed_as_a_number_that_waits_for_a_second_person(
    officer: Client, world: World
) -> None:
    year_of_money(world, YEAR)
    for _ in range(2):
        officer.post(address(world, "debts-propose"), {"luot": str(uuid4())})
    row = Observation.objects.get(superseded_at=None)
    assert (row.measure, row.value, row.state) == ("no_dong_xay_dung_co_ban", 450, "draft")
    assert "450 triệu đồng" in shown(officer, address(world, "debts"))


# The matrix


def send(client: Client, world: World, cells: list[dict[str, Any]], **about: Any) -> Any:
    body = {"step": "planned"} | about | {"cells": cells}
    answer = client.post(
        address(world, "matrix-save"), json.dumps(body), content_type="application/json"
    )
    return answer.json() | {"status": answer.status_code}


def test_each_cell_that_is_sent_gets_its_own_answer_and_the_sums(
    officer: Client, world: World, need: MakeNeed, source: MakeSource
) -> None:
    here, money = need(), source()

    def cell(typed: str, seen: int = 0) -> dict[str, Any]:
        return {"key": str(uuid4()), "need": here.pk, "source": money.pk, "typed": typed,
                "seen": seen}  # fmt: skip

    found = send(officer, world, [cell("7 triệu")])
    assert found["results"][0]["text"] == "7 triệu"
    assert found["rows"][str(here.pk)] == {"used": "7 triệu", "left": "", "over": "1 triệu"}
    assert found["columns"][str(money.pk)] == {"used": "7 triệu", "left": "1 triệu", "over": ""}
    assert (
        "Số tiền ghi như" in send(officer, world, [cell("nhiều", 7_000_000)])["results"][0]["error"]
    )
    late = send(officer, world, [cell("2 triệu")])["results"][0]
    assert (late["seen"], "vừa ghi 7 triệu" in late["error"]) == (7_000_000, True)
    again = send(officer, world, [cell("2", 7_000_000)], unit="trieu")
    assert again["results"][0]["seen"] == 2_000_000
    emptied = send(officer, world, [cell("", 2_000_000)])["results"][0]
    assert (emptied["seen"], emptied["text"]) == (0, "")
    assert Movement.objects.filter(step="planned").count() == 3


def test_a_cell_sent_again_changes_nothing(
    officer: Client, world: World, need: MakeNeed, source: MakeSource
) -> None:
    cell = {"key": str(uuid4()), "need": need().pk, "source": source().pk, "typed": "2 triệu",
            "seen": 0}  # fmt: skip
    first, second = send(officer, world, [cell]), send(officer, world, [cell])
    assert first["results"] == second["results"]
    assert Movement.objects.count() == 1


def test_an_allocation_without_its_paper_is_not_written(
    officer: Client, world: World, need: MakeNeed, source: MakeSource
) -> None:
    cell = {"key": str(uuid4()), "need": need().pk, "source": source().pk, "typed": "2 triệu",
            "seen": 0}  # fmt: skip
    assert send(officer, world, [cell], step="allocated")["status"] == 422
    found = send(officer, world, [cell], step="allocated", paper="QĐ 5", day="20/1")
    assert found["status"] == 200
    assert Movement.objects.get().day == date(YEAR, 1, 20)


@pytest.mark.parametrize("body", ["{", "[]", '{"cells": 5}', '{"cells": [{"key": "x"}]}'])
def test_nonsense_is_refused(officer: Client, world: World, body: str) -> None:
    answer = officer.post(address(world, "matrix-save"), body, content_type="application/json")
    assert answer.status_code == 400


def test_cells_of_another_commune_are_not_written(
    world: World, officer: Client, source: MakeSource
) -> None:
    said = balance.NeedSaid(text="Của xã bên", amount=1_000_000)
    other = balance.add_need(world.people["elsewhere"], world.places["b"], YEAR, said, uuid4())
    cell = {"key": str(uuid4()), "need": other.pk, "source": source().pk, "typed": "1 triệu",
            "seen": 0}  # fmt: skip
    assert "không còn" in send(officer, world, [cell])["results"][0]["error"]
    assert not Movement.objects.exists()


def test_the_page_without_a_script_saves_what_was_changed_and_keeps_what_is_wrong(
    officer: Client, world: World, need: MakeNeed, source: MakeSource
) -> None:
    here, other, money = need(), need("Rãnh"), source()
    said = {"buoc": "planned", "luot": str(uuid4())}
    for row, words in ((here, "2 triệu"), (other, "nhiều")):
        name = f"{row.pk}.{money.pk}"
        said[f"c.{name}"] = words
    answer = officer.post(address(world, "matrix-save"), said)
    assert answer.status_code == 422
    assert 'value="nhiều"' in answer.content.decode()
    assert Movement.objects.get().need == here


# How often the pages ask


def ask(client: Client, world: World) -> dict[str, int]:
    found = {}
    urls = {name: address(world, name) for name in PAGES}
    urls["need"] = Need.objects.get(text__startswith="Nhà đa").get_absolute_url()
    urls["source"] = Source.objects.get(text="Ngân sách xã").get_absolute_url()
    client.get(urls["overview"])
    for name, url in urls.items():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        found[name] = len(asked)
    return found


def test_pages_do_not_ask_more_often_than_they_did(officer: Client, world: World) -> None:
    year_of_money(world, YEAR)
    found, kept = ask(officer, world), json.loads(COUNTS.read_text("utf-8"))
    assert set(found) == set(kept), "a new page needs its number in query_counts.json"
    more = {name: (kept[name], count) for name, count in found.items() if count > kept[name]}
    assert not more, "pages that ask more often than before (was, is)"


def test_pages_do_not_ask_more_for_more_rows(officer: Client, world: World) -> None:
    year_of_money(world, YEAR)
    hall = Need.objects.get(text__startswith="Nhà đa")
    first = {"village": world.places["a2"].pk}
    balance.change_need(world.people["officer"], hall.pk, uuid4(), 0, first)
    before = ask(officer, world)
    money = Source.objects.get(text="Ngân sách xã")
    for number in range(5):
        village = world.places[("a1", "a2")[number % 2]].pk
        said = balance.NeedSaid(text=f"Thêm {number}", amount=1_000_000, criterion=str(number),
                                village=village, is_works=True)  # fmt: skip
        row = balance.add_need(world.people["officer"], world.places["a"], YEAR, said, uuid4())
        more = balance.SourceSaid(text=f"Nguồn {number}", amount=1_000_000, asked_of="UBND tỉnh")
        balance.add_source(world.people["officer"], world.places["a"], YEAR, more, uuid4())
        for need in (row, hall):
            moved = balance.Moved(need=need.pk, source=money.pk, step="planned", amount=1_000,
                                  day=date(YEAR, 1, 5), paper="QĐ 1")  # fmt: skip
            balance.move(world.people["officer"], moved, uuid4())
        done = balance.Moved(need=row.pk, source=None, step="completed", amount=1_000,
                             day=date(YEAR, 1, 5), paper="BB 1")  # fmt: skip
        balance.move(world.people["officer"], done, uuid4())
        balance.change_need(world.people["officer"], hall.pk, uuid4(), 999, {"village": village})
    assert ask(officer, world) == before
