"""The pages of the board: what they show, where they lead, how often they ask the database."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from dinhlang.assessment import services
from dinhlang.assessment.models import Assessment
from dinhlang.facts.models import Observation
from tests.assessment.small_law import DAY, NEXT, SET, VILLAGES, enter_all
from tests.plans.living import a_plan
from tests.web.test_house_rules import INLINE
from tests.world import World

pytestmark = pytest.mark.django_db
COUNTS = Path(__file__).parent / "query_counts.json"
ON = f"?ngay={DAY.isoformat()}"


def text(answer: Any) -> str:
    """What the page shows, without its marks."""
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(plain.split())


def of_set(world: World, place: str = "a", set_id: str = SET) -> str:
    return f"/tieu-chi/{world.places[place].pk}/{set_id}/"


@pytest.fixture
def fixed(filled: World) -> Assessment:
    return services.fix(filled.people["leader"], filled.places["a"], SET, DAY, uuid4(), "Kỳ IV")


def addresses(world: World, found: Assessment) -> dict[str, str]:
    """Every page by its name."""
    place, own = world.places["a"].pk, of_set(world)
    return {
        "bắt đầu": f"/tieu-chi/{place}/{ON}",
        "chọn": "/tieu-chi/chon",
        "bảng": f"{own}{ON}",
        "bảng.xlsx": f"{own}bang.xlsx{ON}",
        "tiêu chí": f"{own}2/{ON}",
        "các thôn": f"/tieu-chi/bang/{place}/{ON}",
        "các thôn.xlsx": f"/tieu-chi/bang/{place}.xlsx{ON}",
        "các bản chốt": f"/tieu-chi/{place}/ban-chot/",
        "bản chốt": f"/tieu-chi/ban-chot/{found.pk}",
        "bản chốt.xlsx": f"/tieu-chi/ban-chot/{found.pk}.xlsx",
    }


def asked(client: Client, address: str) -> int:
    """How many queries the page makes when it is opened a second time."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        assert answer.status_code in (200, 302), address
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[arg-type]
    return len(queries)


@pytest.mark.usefixtures("private_folder")
def test_no_page_asks_the_database_more_often_than_before(
    filled: World, fixed: Assessment, leader: Client
) -> None:
    a_plan(filled.people["leader"], filled.places["a"])
    found = {name: asked(leader, at) for name, at in addresses(filled, fixed).items()}
    if os.environ.get("DINHLANG_QUERY_COUNTS"):  # Set to write the numbers anew.
        COUNTS.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    kept = json.loads(COUNTS.read_text("utf-8"))
    assert set(found) == set(kept), "a new page needs its number in query_counts.json"
    more = {name: (kept[name], count) for name, count in found.items() if count > kept[name]}
    assert not more, "pages that ask more often than before (was, is)"


def test_the_table_of_a_province_does_not_ask_more_for_more_communes(
    filled: World, client: Client
) -> None:
    client.force_login(filled.people["province"])
    address = f"/tieu-chi/bang/{filled.places['province'].pk}/{ON}"
    before = asked(client, address)
    for number in range(4):
        place = filled.add_place(f"x{number}", "commune", "xã", f"Thêm {number}", "province")
        enter_all(None, place)
    assert asked(client, address) == before


def test_the_board_shows_counts_tiles_and_reasons(filled: World, leader: Client) -> None:
    shown = text(leader.get(of_set(filled) + ON))
    assert "2 /3 tiêu chí" in shown
    assert "3/4 chỉ tiêu" in shown
    assert "✕ Chưa đạt 1/2" in shown
    assert "98 %" in shown
    assert "không phải quy định của cơ quan nào" in shown
    assert "Xã thử 2033" in shown


def test_a_place_leads_to_the_set_in_force_and_then_to_the_one_looked_at_last(
    filled: World, leader: Client
) -> None:
    place = filled.places["a"].pk
    assert leader.get(f"/tieu-chi/{place}/{ON}").headers["Location"] == of_set(filled) + ON
    leader.get(of_set(filled, set_id=NEXT) + ON)
    again = leader.get(f"/tieu-chi/{place}/{ON}").headers["Location"]
    assert again == of_set(filled, set_id=NEXT) + ON
    chosen = leader.get(f"/tieu-chi/{place}/?bo={SET}&ngay=2030-06-30").headers["Location"]
    assert chosen == of_set(filled) + "?ngay=2030-06-30"


def test_the_way_in_leads_to_where_the_person_works_then_to_the_place_looked_at_last(
    filled: World, client: Client
) -> None:
    places = filled.places
    ways = {"leader": "a", "village_head": "a1", "elsewhere": "b"}
    for who, place in ways.items():
        client.force_login(filled.people[who])
        assert client.get("/tieu-chi/").headers["Location"] == f"/tieu-chi/{places[place].pk}/"
    client.force_login(filled.people["province"])
    first = client.get("/tieu-chi/").headers["Location"]
    assert first == f"/tieu-chi/bang/{places['province'].pk}/"
    client.get(of_set(filled, "b") + ON)
    assert client.get("/tieu-chi/").headers["Location"] == f"/tieu-chi/{places['b'].pk}/"
    client.force_login(filled.people["admin"])
    assert client.get("/tieu-chi/").headers["Location"] == "/tieu-chi/chon"


def test_places_are_found_by_name_and_only_those_one_may_see(filled: World, client: Client) -> None:
    client.force_login(filled.people["province"])
    assert "Xã Làng Mẫu" in text(client.get("/tieu-chi/chon?q=lang mau"))
    assert "Xã Làng Xa" not in text(client.get("/tieu-chi/chon?q=lang xa"))
    assert "Không có nơi nào" in text(client.get("/tieu-chi/chon?q=lang xa"))


def test_a_day_that_is_none_is_today(filled: World, leader: Client) -> None:
    today = f"{timezone.localdate():%Y-%m-%d}"
    for asked_for in ("", "hôm nay", "2030-13-45", "0001-01-01", "9999-12-31"):
        shown = leader.get(of_set(filled), {"ngay": asked_for}).content.decode()
        assert f'value="{today}"' in shown


def test_a_unit_without_any_set_says_so(world: World, leader: Client) -> None:
    shown = text(leader.get(f"/tieu-chi/{world.places['a1'].pk}/?ngay=2019-01-01"))
    assert "Chưa có bộ tiêu chí nào cho thôn, khu ở đây" in shown


def test_the_trend_comes_by_itself_or_as_a_page(filled: World, leader: Client) -> None:
    address = of_set(filled) + "xu-huong" + ON
    part = leader.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "<polyline" in part
    whole = leader.get(address).content.decode()
    assert "<html" in whole
    assert "31/12/2030" in whole


def test_fixing_leads_to_what_was_kept_and_twice_to_the_same(filled: World, leader: Client) -> None:
    form = {"luot": str(uuid4()), "ghi-chu": "Đã họp <b>thống nhất</b>"}
    address = of_set(filled) + "chot" + ON
    first, second = (leader.post(address, form).headers["Location"] for _ in range(2))
    assert first == second
    shown = leader.get(first)
    assert "2 /3 tiêu chí" in text(shown)
    assert "<b>thống nhất</b>" not in shown.content.decode()
    assert "Đã họp" in text(leader.get(f"/tieu-chi/{filled.places['a'].pk}/ban-chot/"))


def test_who_may_not_decide_sees_no_button_to_fix(filled: World, client: Client) -> None:
    for who, sees in (("leader", True), ("officer", False), ("province", False)):
        client.force_login(filled.people[who])
        page = client.get(of_set(filled) + ON).content.decode()
        assert ('action="' + of_set(filled) + "chot" in page) is sees


def sheet(answer: Any, name: str) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    return book.get_sheet_by_name(name).to_python()


def test_the_board_is_taken_out_as_it_stands(filled: World, leader: Client) -> None:
    answer = leader.get(of_set(filled) + "bang.xlsx" + ON)
    rows = sheet(answer, "Chỉ tiêu")
    assert rows[0][0] == "Xã Làng Mẫu: Xã thử 2028–2032"
    named = {row[1]: row for row in rows}
    assert named["2.1"][3] == "Chưa đạt"
    assert named["4"][3] == "Đạt"
    assert "bo-tieu-chi" not in answer.headers["Content-Disposition"]
    assert "tieu-chi-lang-mau" in answer.headers["Content-Disposition"]


def test_the_table_is_taken_out_with_the_rows_that_are_shown(filled: World, client: Client) -> None:
    client.force_login(filled.people["province"])
    address = f"/tieu-chi/bang/{filled.places['province'].pk}.xlsx{ON}&q=mau"
    rows = sheet(client.get(address), "Bảng tiêu chí")
    units = [row[0] for row in rows if str(row[0]).startswith("Xã ")]
    assert units == ["Xã Làng Mẫu"]


def test_the_table_leads_to_boards_and_says_states_in_words(filled: World, client: Client) -> None:
    client.force_login(filled.people["province"])
    page = client.get(f"/tieu-chi/bang/{filled.places['province'].pk}/{ON}")
    assert of_set(filled) + "2/" + ON in page.content.decode()
    assert "Giao thông: Chưa đạt" in page.content.decode()


def test_a_village_head_reads_the_board_of_the_village(filled: World, client: Client) -> None:
    client.force_login(filled.people["village_head"])
    shown = text(client.get(of_set(filled, "a1", VILLAGES) + ON))
    assert "1 /1 tiêu chí" in shown
    assert client.get(of_set(filled, "a2", VILLAGES) + ON).status_code == 404
    assert client.get(of_set(filled) + ON).status_code == 404


@pytest.mark.parametrize("what", INLINE)
def test_no_page_holds_what_the_content_security_policy_forbids(
    what: str, filled: World, fixed: Assessment, leader: Client
) -> None:
    for name, address in addresses(filled, fixed).items():
        if name.endswith(".xlsx") or name == "bắt đầu":
            continue
        assert not INLINE[what].search(leader.get(address).content.decode()), name


@pytest.fixture
def later(filled: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Half a year after the day of the board; all numbers came in after that day."""
    Observation.objects.update(at=datetime(2031, 2, 1, 3, tzinfo=UTC))
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2031, 7, 1))
    return filled


def test_a_past_day_offers_what_is_known_today_and_what_was_known_then(
    later: World, leader: Client
) -> None:
    now = leader.get(of_set(later) + ON).content.decode()
    assert "✓</span> theo số liệu biết đến hôm nay" in now
    assert "<b>3/5</b> chỉ tiêu" in now or "<b>3/4</b> chỉ tiêu" in now
    then = leader.get(of_set(later) + ON + "&biet=ngay-ay").content.decode()
    assert "✓</span> như đã biết ngày 31/12/2030" in then
    assert "Đạt <b>0/" in then
    assert "2/?ngay=2030-12-31&amp;biet=ngay-ay" in then, "the criterion is asked the same way"
    assert "Bản chốt dùng số liệu biết đến lúc bấm chốt" in then
    criterion = leader.get(of_set(later) + "4/" + ON + "&biet=ngay-ay").content.decode()
    assert "như đã biết ngày ấy" in criterion
    assert "Chưa đủ số liệu" in criterion


def test_the_trend_says_by_what_was_known_and_leads_to_the_same_board(
    later: World, leader: Client
) -> None:
    address = of_set(later) + "xu-huong" + ON
    now = leader.get(address).content.decode()
    assert "✓</span> theo số liệu biết đến hôm nay" in now
    then = leader.get(address + "&biet=ngay-ay").content.decode()
    assert "✓</span> mỗi ngày như đã biết ngày ấy" in then
    assert "?ngay=2030-11-30&amp;biet=ngay-ay" in then


def test_an_impossible_day_is_told(filled: World, leader: Client) -> None:
    shown = text(leader.get(of_set(filled), {"ngay": "2026-02-30"}))
    assert "“2026-02-30” không phải là ngày xem được" in shown
    assert "không phải là ngày" not in text(leader.get(of_set(filled)))


def test_the_board_and_the_fixing_name_numbers_that_wait(filled: World, leader: Client) -> None:
    shown = text(leader.get(of_set(filled) + ON))
    assert shown.count("4 chỉ tiêu dựa trên số chưa xác nhận") == 2


def test_a_criterion_that_is_not_there_says_what_there_is(filled: World, leader: Client) -> None:
    answer = leader.get(of_set(filled) + "99/" + ON)
    assert answer.status_code == 404
    assert "Bộ này không có tiêu chí số 99" in text(answer)
    assert "đọc một văn bản" not in text(answer)
    other = leader.get(f"/tieu-chi/{filled.places['a'].pk}/qd-khong/co/1/")
    assert other.status_code == 404
    assert "Không có bộ tiêu chí này" in text(other)
