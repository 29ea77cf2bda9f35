"""The pages of the shortest way, of what if, and of two sets."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from dinhlang.assessment.planning import selectors
from dinhlang.assessment.planning.models import ItemEstimate
from dinhlang.law.shortest import TooSlow
from tests.assessment.planning.choice_law import CLUB, DAY, HALL, INCOME, OTHER, SET
from tests.assessment.small_law import VILLAGES, enter
from tests.web.test_house_rules import INLINE
from tests.world import World

pytestmark = pytest.mark.django_db
COUNTS = Path(__file__).parent / "query_counts.json"
ON = f"?ngay={DAY.isoformat()}"


def text(answer: Any) -> str:
    """What the page shows, without its marks."""
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(plain.split())


def address(world: World, page: str, place: str = "a", set_id: str = SET) -> str:
    return f"/tieu-chi/{world.places[place].pk}/{set_id}/{page}"


def form(*rows: tuple[str, str, str], key: str = "") -> dict[str, Any]:
    """What the browser sends for rows of (item, cost, months)."""
    return {
        "luot": key or str(uuid4()),
        "muc": [row[0] for row in rows],
        "ten": [f"Tên {row[0]}" for row in rows],
        "chi-phi": [row[1] for row in rows],
        "thang": [row[2] for row in rows],
        "chi-phi-cu": [""] * len(rows),
        "thang-cu": [""] * len(rows),
    }


def card(answer: Any, number: int) -> str:
    """The words of one of the two ways."""
    found = re.findall(r'<section class="card way".*?</section>', answer.content.decode(), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[number]).split())


# --- The shortest way -----------------------------------------------------------------------------


def test_without_estimates_the_way_with_the_fewest_items_is_shown(
    chosen: World, leader: Client
) -> None:
    shown = leader.get(address(chosen, f"duong-ngan-nhat/{ON}"))
    assert "Ít mục nhất" in text(shown)
    assert "Cần thêm 8,42 triệu đồng/người/năm" in card(shown, 0)
    assert "Đình Hạ: Có camera" in card(shown, 0)
    assert "Xong các mục này thì cả bộ đạt" in card(shown, 0)
    assert "Có nhà thi đấu; Có câu lạc bộ" in card(shown, 0)
    assert 'class="card way' in shown.content.decode()


def test_costs_and_months_saved_split_the_cheapest_from_the_fastest(
    chosen: World, leader: Client
) -> None:
    village = f"don-vi-{chosen.places['a2'].pk}|co_camera"
    rows = ((HALL, "2 tỷ", "3"), (CLUB, "0,1 tỷ", "2"), (INCOME, "500 triệu", "24"),
            (village, "50 triệu", "1"))  # fmt: skip
    saved = leader.post(address(chosen, f"duong-ngan-nhat/luu{ON}"), form(*rows))
    assert saved.status_code == 302
    shown = leader.get(saved["Location"].split("#")[0])
    assert "Đã lưu" in text(shown)
    assert "550 triệu đồng" in card(shown, 0)
    assert "24 tháng" in card(shown, 0)
    assert "2,15 tỷ đồng" in card(shown, 1)
    assert "3 tháng" in card(shown, 1)
    assert "Cách kế tiếp (đắt hơn 1,6 tỷ đồng, nhanh hơn 21 tháng)" in card(shown, 0)


def test_what_cannot_be_read_is_said_beside_it_and_nothing_typed_is_lost(
    chosen: World, leader: Client
) -> None:
    rows = ((HALL, "rất nhiều", "3"), (INCOME, "500 triệu", ""))
    answer = leader.post(address(chosen, f"duong-ngan-nhat/luu{ON}"), form(*rows))
    assert answer.status_code == 422
    assert "Chi phí ghi như" in text(answer)
    assert 'value="rất nhiều"' in answer.content.decode()
    assert 'value="500 triệu"' in answer.content.decode()
    assert not ItemEstimate.objects.exists()


def test_a_set_that_is_met_says_so(chosen: World, leader: Client) -> None:
    officer = chosen.people["officer"]
    enter(officer, chosen.places["a"], "thu_nhap", value="61")
    enter(None, chosen.places["a2"], "co_camera", yes=True)
    shown = text(leader.get(address(chosen, f"duong-ngan-nhat/{ON}")))
    assert "đã đạt mọi yêu cầu" in shown
    assert "Các mục còn thiếu" not in shown


def test_a_search_that_takes_too_long_is_told_in_words(
    chosen: World, leader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*args: object) -> None:
        raise TooSlow(5.0)

    monkeypatch.setattr(selectors, "shortest", slow)
    shown = leader.get(address(chosen, f"duong-ngan-nhat/{ON}"))
    assert shown.status_code == 200
    assert "Chưa tìm xong cách ngắn nhất trong 5,0 giây" in text(shown)


def test_a_threshold_that_is_not_loaded_is_no_item_to_price(chosen: World, leader: Client) -> None:
    shown = leader.get(address(chosen, "duong-ngan-nhat/?ngay=2033-12-31", set_id=OTHER))
    assert "Ngưỡng chưa nạp: 1" in text(shown)
    assert "Chưa thể nói chắc: 1 ngưỡng chưa nạp" in text(shown)
    names = re.findall(r'name="muc" value="([^"]+)"', shown.content.decode())
    assert names == ["ty_le_nuoc_sach|&gt;=98"]


def test_the_workbook_has_the_items_and_both_ways(chosen: World, leader: Client) -> None:
    answer = leader.get(address(chosen, f"duong-ngan-nhat/bang.xlsx{ON}"))
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert book.sheet_names == ["Các mục còn thiếu", "Rẻ nhất", "Nhanh nhất"]
    cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert "Thu nhập bình quân" in cells


def test_who_only_looks_on_sees_no_fields(chosen: World, client: Client) -> None:
    client.force_login(chosen.people["province"])
    shown = client.get(address(chosen, f"duong-ngan-nhat/{ON}")).content.decode()
    assert 'name="chi-phi"' not in shown
    assert "Lưu và tính lại" not in shown


# --- What if --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "Chưa thay đổi gì"),
        ("&s-thu_nhap=60", "Tốt lên: 1 chỉ tiêu"),
        ("&s-thu_nhap=59,9", "Không chỉ tiêu nào đổi kết quả"),
        ("&s-nha_thi_dau=co&s-cau_lac_bo=co", "Tốt lên: 1 chỉ tiêu"),
        ("&s-muc_so=M%E1%BB%A9c 1", "Xấu đi: 1 chỉ tiêu"),
        ("&t-co_camera=co", "Tốt lên: 1 chỉ tiêu"),
        ("&t-co_camera=khong", "Không chỉ tiêu nào đổi kết quả"),
        ("", "Có camera: ở mọi thôn hiện: 1 trong 2 đạt"),
        ("&d-region=DBSH", "Xấu đi: 1 chỉ tiêu"),
        ("&n-2.1=93", "Xấu đi: 1 chỉ tiêu"),
        ("&n-2.1=92", "Không chỉ tiêu nào đổi kết quả"),
        ("&s-ty_le_nuoc_sach=101", "1 ô chưa đọc được"),
        ("&ngay-thu=2029-12-31", "Thử tại ngày 31/12/2029"),
    ],
)
def test_what_is_typed_flips_what_depends_on_it(
    chosen: World, leader: Client, query: str, expected: str
) -> None:
    shown = leader.get(address(chosen, f"thu/{ON}{query}"))
    assert shown.status_code == 200
    assert expected in text(shown)


def test_a_script_gets_the_result_alone(chosen: World, leader: Client) -> None:
    answer = leader.get(
        address(chosen, f"thu/{ON}&s-thu_nhap=60"),
        headers={"HX-Request": "true", "HX-Target": "ket-qua"},
    )
    assert answer.content.decode().lstrip().startswith('<section id="ket-qua"')
    assert "<html" not in answer.content.decode()


def test_trying_stores_nothing(chosen: World, leader: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        leader.get(address(chosen, f"thu/{ON}&s-thu_nhap=60&n-2.1=10"))
    changing = [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert not [sql for sql in changing if "session" not in sql]


# --- Two sets -------------------------------------------------------------------------------------


def test_two_sets_are_shown_side_by_side_with_the_state_under_each(
    chosen: World, leader: Client
) -> None:
    shown = text(leader.get(address(chosen, f"so-sanh/{ON}")))
    assert "Xã chọn 2033" in shown
    assert "▲ Chặt hơn" in shown
    assert "đã đạt, sang bộ kia chưa đạt" in shown
    assert "? Chưa thể nói" in shown
    assert "− Không còn" in shown


def test_the_comparison_is_filtered_by_what_changed(chosen: World, leader: Client) -> None:
    shown = leader.get(address(chosen, f"so-sanh/{ON}&voi={OTHER}&loc=stricter"))
    assert shown.content.decode().count("compare-pair") == 1
    assert "Hộ dùng nước sạch" in text(shown)


def test_the_comparison_leaves_as_a_workbook(chosen: World, leader: Client) -> None:
    answer = leader.get(address(chosen, f"so-sanh/bang.xlsx{ON}&voi={OTHER}"))
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert "Chặt hơn" in cells


# --- All of them ----------------------------------------------------------------------------------

PAGES = {
    "đường ngắn nhất": "duong-ngan-nhat/",
    "đường ngắn nhất.xlsx": "duong-ngan-nhat/bang.xlsx",
    "thử": "thu/",
    "so sánh": "so-sanh/",
}


def asked(client: Client, at: str) -> int:
    """How many queries the page makes when it is opened a second time."""
    client.get(at)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(at)
        assert answer.status_code == 200, at
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return len(queries)


def test_no_page_asks_the_database_more_often_than_before(chosen: World, leader: Client) -> None:
    kept = json.loads(COUNTS.read_text(encoding="utf-8"))
    found = {name: asked(leader, address(chosen, f"{page}{ON}")) for name, page in PAGES.items()}
    assert {name: count for name, count in found.items() if count > kept.get(name, 0)} == {}


@pytest.mark.parametrize("page", ["duong-ngan-nhat/", "thu/", "so-sanh/"])
def test_no_page_has_anything_inline(chosen: World, leader: Client, page: str) -> None:
    shown = leader.get(address(chosen, f"{page}{ON}")).content.decode()
    for what, pattern in INLINE.items():
        assert not re.search(pattern, shown), what


@pytest.mark.parametrize("page", ["duong-ngan-nhat/", "thu/", "so-sanh/"])
def test_a_set_that_is_not_there_is_not_found(chosen: World, leader: Client, page: str) -> None:
    assert leader.get(address(chosen, page, set_id="qd-khong/co")).status_code == 404


@pytest.mark.parametrize("page", ["duong-ngan-nhat/", "thu/", "so-sanh/"])
def test_a_village_has_the_same_pages_by_its_own_sets(
    filled: World, leader: Client, page: str
) -> None:
    shown = leader.get(address(filled, f"{page}{ON}", "a1", VILLAGES))
    assert shown.status_code == 200
    assert "Thôn Đình Thượng" in text(shown)
