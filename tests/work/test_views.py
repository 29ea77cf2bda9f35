"""The views of work as a browser asks for them."""

from __future__ import annotations

import json
import os
import re
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from dinhlang.people.models import Office
from dinhlang.work.models import Task, TaskState
from tests.work.making import a_commune_of_work, a_note, a_task
from tests.work.viewing import LAND, ago, cells, leader, officer, page, texts, today
from tests.world import World

__all__ = ["leader", "officer"]

pytestmark = pytest.mark.django_db

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", re.IGNORECASE)
EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'{{ 7*7 }}"
COUNTS = Path(__file__).parent / "query_counts_views.json"
LISTS = ("co-quan", "thon", "tieu-chi", "bang", "lich", "thoi-gian", "lo-trinh", "lanh-dao")


# The filter, the same everywhere


@pytest.fixture
def some(world: World) -> World:
    """Four tasks that differ in everything."""
    place, first, second = (world.places[key] for key in ("a", "a1", "a2"))
    a_task(place, "Làm đường bê tông", lead=LAND, villages=[first], criterion="2", end=ago(5))
    a_task(
        place, "Lắp đèn đường", lead="Công an xã", partners=[LAND], villages=[second],
        criterion="2", end=ago(-5), state="doing",
    )  # fmt: skip
    a_task(place, "Rà soát hộ nghèo", lead="Công chức Văn hóa - Xã hội", criterion="11",
           end=ago(-400), state="accepted", done_at=timezone.now())  # fmt: skip
    a_task(place, "Trồng hoa", villages=[first, second])
    return world


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", {"Làm đường bê tông", "Lắp đèn đường", "Rà soát hộ nghèo", "Trồng hoa"}),
        ("?q=duong+den", {"Lắp đèn đường"}),
        ("?co-quan=cong+chuc+dia+chinh+xay+dung", {"Làm đường bê tông", "Lắp đèn đường"}),
        ("?co-quan=chua-giao", {"Trồng hoa"}),
        ("?thon={a1}", {"Làm đường bê tông", "Trồng hoa"}),
        ("?tieu-chi=2", {"Làm đường bê tông", "Lắp đèn đường"}),
        ("?tieu-chi=khong", {"Trồng hoa"}),
        ("?tt=late", {"Làm đường bê tông"}),
        ("?tt=unfinished", {"Làm đường bê tông", "Lắp đèn đường", "Trồng hoa"}),
        ("?tt=accepted", {"Rà soát hộ nghèo"}),
        ("?tieu-chi=2&tt=doing&thon={a2}", {"Lắp đèn đường"}),
        ("?tt=nonsense&thon=x&ky=y", None),
    ],
)
def test_every_list_leaves_the_same_tasks_for_the_same_filter(
    some: World, leader: Client, query: str, wanted: set[str] | None
) -> None:
    wanted = wanted or {"Làm đường bê tông", "Lắp đèn đường", "Rà soát hộ nghèo", "Trồng hoa"}
    query = query.format(a1=some.places["a1"].pk, a2=some.places["a2"].pk)
    place = some.places["a"].pk
    for view in ("co-quan", "thon", "tieu-chi", "bang"):
        assert texts(cells(leader, f"/cong-viec/{place}/{view}.xlsx{query}")) == wanted, view
        body = page(leader, some, view, query)
        assert {text for text in wanted if text in body} == wanted, view


def test_the_period_keeps_what_has_a_day_in_it(some: World, leader: Client) -> None:
    place = some.places["a"].pk
    year = ago(-400).year
    found = texts(cells(leader, f"/cong-viec/{place}/co-quan.xlsx?ky={year}"))
    assert "Rà soát hộ nghèo" in found
    assert "Trồng hoa" not in found


def test_a_task_that_lists_several_criteria_is_found_under_each(
    world: World, leader: Client
) -> None:
    place = world.places["a"]
    a_task(place, "Thống kê thu nhập", criterion="10", target="Hoàn thành các tiêu chí 10, 2, 17")
    for number, wanted in (("2", 1), ("10", 1), ("17", 1), ("1", 0), ("7", 0), ("khong", 0)):
        found = texts(cells(leader, f"/cong-viec/{place.pk}/bang.xlsx?tieu-chi={number}"))
        assert len(found) == wanted, number
    answer = leader.get(f"/cong-viec/{place.pk}/tieu-chi")
    totals = {each["group"].key: each["group"].total for each in answer.context["groups"]}
    assert totals == {"2": 1, "10": 1, "17": 1}


def test_the_filter_goes_along_from_view_to_view(some: World, leader: Client) -> None:
    body = page(leader, some, "co-quan", "?q=duong&tt=late")
    assert f"/cong-viec/{some.places['a'].pk}/bang?q=duong&amp;tt=late" in body


def test_a_village_shows_what_is_its_own_or_names_it(some: World) -> None:
    browser = Client()
    browser.force_login(some.people["village_head"])
    address = f"/cong-viec/{some.places['a1'].pk}"
    found = texts(cells(browser, f"{address}/bang.xlsx"))
    assert found == {"Làm đường bê tông", "Trồng hoa"}
    assert browser.get(f"{address}/lanh-dao").status_code == 200


def test_nobody_sees_the_work_of_another_commune(some: World) -> None:
    a_task(some.places["b"], "việc xã bên")
    browser = Client()
    browser.force_login(some.people["elsewhere"])
    assert texts(cells(browser, f"/cong-viec/{some.places['b'].pk}/bang.xlsx")) == {"việc xã bên"}
    assert browser.get(f"/cong-viec/{some.places['a'].pk}/bang").status_code == 404


# Groups


def test_offices_have_counts_and_what_nobody_leads_stands_first(
    some: World, leader: Client
) -> None:
    Office.objects.create(place=some.places["a"], title="Đài Truyền thanh")
    answer = leader.get(f"/cong-viec/{some.places['a'].pk}/co-quan")
    found = [each["group"] for each in answer.context["groups"]]
    assert found[0].name == "Chưa giao cho ai"
    by_name = {group.name: group for group in found}
    land = by_name[LAND]
    assert (land.total, land.done, land.late(today()), land.helping) == (1, 0, 1, 1)
    assert found[-1].name == "Đài Truyền thanh"
    assert "chưa có việc" in answer.content.decode()


def test_criteria_without_work_are_seen(world: World, leader: Client) -> None:
    a_task(world.places["a"], "Làm đường", criterion="2", criterion_set="qd-318-2022/xa-ntm")
    answer = leader.get(f"/cong-viec/{world.places['a'].pk}/tieu-chi")
    found = {each["group"].key: each["group"] for each in answer.context["groups"]}
    assert len(found) == 19
    assert found["2"].total == 1
    assert found["17"].total == 0
    assert found["2"].name.startswith("Tiêu chí 2. ")


def test_a_long_list_opens_one_group_at_a_time_by_pages(world: World, leader: Client) -> None:
    place = world.places["a"]
    for number in range(130):
        a_task(place, f"việc {number:03}", lead=LAND, end=ago(number))
    body = page(leader, world, "co-quan")
    assert "việc 001" not in body
    body = page(leader, world, "co-quan", "?nhom=cong+chuc+dia+chinh+xay+dung")
    assert body.count('class="wv-row"') == 60
    assert "Trang 1/3" in body
    body = page(leader, world, "co-quan", "?nhom=cong+chuc+dia+chinh+xay+dung&trang=3")
    assert body.count('class="wv-row"') == 10


# Calendar


def test_the_calendar_shows_a_task_on_the_day_it_ends(world: World, leader: Client) -> None:
    task = a_task(
        world.places["a"], "Nộp báo cáo quý", end=date(2024, 2, 29), start=date(2024, 1, 1)
    )
    answer = leader.get(f"/cong-viec/{world.places['a'].pk}/lich?thang=2024-02")
    days = {day.day: day for week in answer.context["weeks"] for day in week}
    assert [line.pk for line in days[date(2024, 2, 29)].lines] == [task.pk]
    assert min(days) == date(2024, 1, 29)
    assert max(days) == date(2024, 3, 3)
    assert not days[date(2024, 1, 31)].is_inside
    answer = leader.get(f"/cong-viec/{world.places['a'].pk}/lich?tuan=2024-02-28")
    assert [day.day.day for day in answer.context["weeks"][0]] == [26, 27, 28, 29, 1, 2, 3]


@pytest.mark.parametrize("query", ["?thang=2024-13", "?thang=x", "?tuan=0001-01-01", "?tuan=x"])
def test_a_month_that_is_none_is_this_one(world: World, leader: Client, query: str) -> None:
    body = page(leader, world, "lich", query)
    assert f"Tháng {today().month}/{today().year}" in body


# Timeline and roadmap


def test_the_timeline_draws_bars_arrows_today_and_the_chain(world: World, leader: Client) -> None:
    place = world.places["a"]
    start = date(today().year, 1, 1)
    first = a_task(place, "Đo đạc", start=start, end=start + timedelta(days=30), state="doing")
    then = a_task(
        place, "Giải phóng mặt bằng", start=start + timedelta(days=40),
        end=start + timedelta(days=60), after=[first],
    )  # fmt: skip
    body = page(leader, world, "thoi-gian")
    assert body.count('<svg class="wv-sheet"') == 1
    assert "data-wv-today" in body
    assert "wv-arrow is-critical" in body
    assert f'href="/viec/{then.pk}"' in body
    assert "Chuỗi việc quyết định ngày xong" in body


def test_numbers_of_the_drawing_have_points_not_commas(world: World, leader: Client) -> None:
    a_task(world.places["a"], start=date(today().year, 3, 7), end=date(today().year, 5, 3))
    body = page(leader, world, "thoi-gian")
    assert re.findall(r'\b(?:x|y|width|x1|points|d)="[^"]*\d,\d', body) == []


def test_the_roadmap_goes_out_as_word_and_excel_with_all_of_the_year(
    world: World, leader: Client
) -> None:
    place, year = world.places["a"], today().year
    a_task(place, "Nhà đa năng", lead=LAND, end=date(year, 6, 30), criterion="5",
           criterion_set="qd-318-2022/xa-nang-cao")  # fmt: skip
    a_task(place, "Lắp wifi", end=date(year, 8, 15), criterion="8", state="done")
    body = page(leader, world, "lo-trinh")
    assert "hoàn thành tiêu chí 5 (Giáo dục)" in body
    rows = cells(leader, f"/cong-viec/{place.pk}/lo-trinh.xlsx")
    flat = [str(cell) for row in rows for cell in row]
    assert f"Quý II/{year}: 0/1 việc xong" in flat
    assert "5. Giáo dục" in flat
    answer = leader.get(f"/cong-viec/{place.pk}/lo-trinh.docx")
    paper = Document(BytesIO(b"".join(answer.streaming_content)))
    words = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "Nhà đa năng" in words
    assert "Hoàn thành TC 5" in words


# The leader's page


def test_the_leader_sees_what_is_late_will_be_late_waits_and_who_is_idle(
    world: World, leader: Client
) -> None:
    place = world.places["a"]
    Office.objects.create(place=place, title="Đài Truyền thanh")
    late = a_task(place, "Đo đạc", lead=LAND, start=ago(60), end=ago(12), state="doing")
    coming = a_task(
        place, "Giải phóng mặt bằng", lead=LAND, start=ago(11), end=ago(-5), after=[late],
        state="doing",
    )  # fmt: skip
    waiting = a_task(
        place, "Xin xi măng", lead=LAND, end=ago(-90), state="waiting", waiting_for="UBND tỉnh"
    )
    a_note(waiting, world.people["leader"], "doing", "waiting", ago(9))
    handed = a_task(place, "Sổ theo dõi", lead=LAND, end=ago(4), state="done")
    answer = leader.get(f"/cong-viec/{place.pk}/lanh-dao")
    found = answer.context["page"]
    assert [(row.line.pk, row.days) for row in found.late] == [(late.pk, 12)]
    assert [row.line.pk for row in found.coming] == [coming.pk]
    assert "“Đo đạc” đang chậm 12 ngày" in found.coming[0].expected.words
    assert [(row.whom, row.days) for row in found.waiting] == [("UBND tỉnh", 9)]
    assert [(row.line.pk, row.days) for row in found.handed_in] == [(handed.pk, 4)]
    assert found.idle == ["Đài Truyền thanh"]
    body = answer.content.decode()
    assert "đang chậm 12 ngày" in body
    rows = cells(leader, f"/cong-viec/{place.pk}/lanh-dao.xlsx")
    assert any("đang chậm 12 ngày" in str(cell) for row in rows for cell in row)


def test_an_empty_commune_has_an_empty_page_that_says_so(world: World, leader: Client) -> None:
    for view in LISTS:
        page(leader, world, view)
    assert "Không có việc nào quá hạn." in page(leader, world, "lanh-dao")


# All pages


def addresses(world: World) -> dict[str, str]:
    own = f"/cong-viec/{world.places['a'].pk}"
    return {
        "việc của tôi": "/viec/",
        "chọn": "/cong-viec/chon",
        **{view: f"{own}/{view}" for view in LISTS},
        "cơ quan, một nhóm": f"{own}/co-quan?nhom=cong+an+xa",
        "bảng, một cột": f"{own}/bang?cot=open",
        "lịch tuần": f"{own}/lich?tuan={today()}",
        "tiến độ quý này": f"{own}/thoi-gian?ky=quy-nay",
        **{f"{view}.xlsx": f"{own}/{view}.xlsx" for view in LISTS},
        "lo-trinh.docx": f"{own}/lo-trinh.docx",
        "cua-toi.xlsx": "/viec/cua-toi.xlsx",
    }


def counted(browser: Client, world: World) -> dict[str, int]:
    browser.get("/viec/")  # The session's own bookkeeping is not the page's.
    browser.get(f"/cong-viec/{world.places['a'].pk}/bang")
    found = {}
    for name, address in addresses(world).items():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200, name
        found[name] = len(queries)
    return found


def test_no_page_asks_the_database_more_often_than_it_did_however_many_tasks_there_are(
    world: World, officer: Client
) -> None:
    place, villages = world.places["a"], [world.places["a1"], world.places["a2"]]
    a_task(place, lead=LAND, end=ago(1), state="waiting", waiting_for="vốn")
    a_task(place, lead=LAND, end=ago(-9), state="doing", start=ago(9), villages=villages)
    a_commune_of_work(place, villages, 60, today())
    # Whatever day this runs on: each stretch of time shown has work of every kind before counting.
    before = a_task(place, "việc trước", lead=LAND, end=today(), villages=villages)
    a_task(place, "việc sau", lead=[LAND], partners=["Công an xã"], end=today(), after=[before])
    a_task(place, "việc của nơi chưa có ai giữ", lead="Công an xã", end=today(), villages=villages)
    found = counted(officer, world)
    a_commune_of_work(place, villages, 240, today())
    for number in range(20):
        a_task(place, f"thêm {number}", lead=LAND, end=ago(number - 10), villages=villages)
    more = counted(officer, world)
    assert {name: more[name] - found[name] for name in found if more[name] > found[name]} == {}
    if os.environ.get("DINHLANG_QUERY_COUNTS"):  # Set to write the numbers anew.
        COUNTS.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    kept = json.loads(COUNTS.read_text("utf-8"))
    assert set(found) == set(kept), "a new page needs its number in query_counts_views.json"
    assert {name: count for name, count in found.items() if count > kept[name]} == {}


def test_no_words_of_a_task_become_part_of_a_page(world: World, officer: Client) -> None:
    place = world.places["a"]
    for state in TaskState.values:
        a_task(
            place, EVIL, lead=[EVIL, LAND], partners=[f"{EVIL} 2"], product=EVIL, target=EVIL,
            state=state, waiting_for=EVIL, reason=EVIL, origin_text=EVIL, end=today(),
            start=ago(3), criterion="2",
        )  # fmt: skip
    for name, address in addresses(world).items():
        answer = officer.get(address)
        if "html" not in answer["Content-Type"]:
            continue
        body = answer.content.decode()
        assert "<script>" not in body, name
        assert "<img" not in body.replace('<img src="/static', ""), name
        assert "7*7" in body or name in {"chọn", "cơ quan, một nhóm", "lo-trinh"}, name


def test_no_page_has_a_script_or_style_within_it(some: World, officer: Client) -> None:
    for name, address in addresses(some).items():
        answer = officer.get(address)
        if "html" in answer["Content-Type"]:
            assert not INLINE.search(answer.content.decode()), name


def test_words_that_look_like_formulas_stay_words_in_excel(world: World, leader: Client) -> None:
    a_task(world.places["a"], "=1+1", lead="@office", end=today())
    found = texts(cells(leader, f"/cong-viec/{world.places['a'].pk}/bang.xlsx"))
    assert found == {"=1+1"}


def test_the_place_looked_at_last_is_remembered(world: World) -> None:
    browser = Client()
    browser.force_login(world.people["admin"])
    assert browser.get("/cong-viec/").url == "/cong-viec/chon"
    page(browser, world, "bang")
    assert browser.get("/cong-viec/").url == f"/cong-viec/{world.places['a'].pk}/bang"


def test_removed_and_withdrawn_tasks_are_in_no_view(world: World, leader: Client) -> None:
    place = world.places["a"]
    a_task(place, "việc bị xóa đi", end=today(), removed_at=timezone.now())
    a_task(place, "việc bị rút lại", end=today(), withdrawn_at=timezone.now())
    for view in LISTS:
        body = page(leader, world, view)
        assert "việc bị xóa đi" not in body, view
        assert "việc bị rút lại" not in body, view
    assert Task.objects.count() == 2


def test_criteria_of_two_sets_are_told_apart(world: World, leader: Client) -> None:
    place = world.places["a"]
    old, new = "qd-318-2022/xa-nang-cao", "qd-51-2025/xa-ntm"
    a_task(place, "Rãnh thoát nước", criterion="2", criterion_set=old)
    a_task(place, "Đèn đường", criterion="2", criterion_set=old)
    a_task(place, "Chợ xã", criterion="2", criterion_set=new)
    answer = leader.get(f"/cong-viec/{place.pk}/tieu-chi")
    groups = {each["group"].key: each["group"] for each in answer.context["groups"]}
    roads, goods = groups[f"{old}|2"], groups[f"{new}|2"]
    assert (roads.name, roads.total) == ("Tiêu chí 2. Giao thông", 2)
    assert (goods.name, goods.total) == ("Tiêu chí 2. Hạ tầng kinh tế - xã hội", 1)
    assert len(groups) == 29 and [each.head for each in groups.values() if each.head] == [
        "Xã NTM nâng cao 2021–2025", "Xã NTM 2026–2030",
    ]  # fmt: skip
    found = texts(cells(leader, f"/cong-viec/{place.pk}/bang.xlsx?tieu-chi={old}%7C2"))
    assert found == {"Rãnh thoát nước", "Đèn đường"}
    choices = dict(answer.context["choices"].criteria)
    assert choices[f"{new}|2"] == "2. Hạ tầng kinh tế - xã hội (Xã NTM 2026–2030)"


def test_a_number_without_its_set_is_not_named_after_another_set(
    world: World, leader: Client
) -> None:
    a_task(world.places["a"], "Thống kê thu nhập", criterion="10")
    answer = leader.get(f"/cong-viec/{world.places['a'].pk}/tieu-chi")
    assert [each["group"].name for each in answer.context["groups"]] == ["Tiêu chí 10"]


def test_a_task_of_several_criteria_that_was_divided_counts_under_its_parts(
    world: World, leader: Client
) -> None:
    place, law = world.places["a"], "qd-318-2022/xa-ntm"
    whole = a_task(place, "Hoàn thành ba tiêu chí", criterion="3", criterion_set=law,
                   target="Hoàn thành các tiêu chí 3, 4, 7")  # fmt: skip
    for number in ("3", "4"):
        a_task(place, f"Tiêu chí {number}", criterion=number, criterion_set=law, parent=whole)
    answer = leader.get(f"/cong-viec/{place.pk}/tieu-chi")
    found = {each["group"].key: [bone.pk == whole.pk for bone in each["group"].bones]
             for each in answer.context["groups"]}  # fmt: skip
    assert found["3"] == found["4"] == [False] and found["7"] == [True]
    a_task(place, "Tiêu chí 7", criterion="7", criterion_set=law, parent=whole)
    answer = leader.get(f"/cong-viec/{place.pk}/tieu-chi")
    groups = {each["group"].key: each["group"] for each in answer.context["groups"]}
    assert [bone.pk for bone in groups["nhieu-tieu-chi"].bones] == [whole.pk]
    assert answer.context["total"] == 4
