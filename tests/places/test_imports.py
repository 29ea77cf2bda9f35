"""Lists come in whole or not at all, and say which rows are wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from dinhlang.people.models import AuditLine
from dinhlang.places import selectors, tree
from dinhlang.places.importing import samples
from dinhlang.places.importing.lists import Options, check_file, write_checked
from dinhlang.places.importing.tables import ImportRefused, parse_day
from dinhlang.places.models import Boundary, Closure, Succession, SuccessionPart, Unit, UnitName

from .conftest import DAY, Country

pytestmark = pytest.mark.django_db
Write = Callable[..., Path]

BEFORE = """code,name,kind,parent_code
01,Mẫu Một,Tỉnh,
02,Mẫu Hai,Tỉnh,
001,Bình,Huyện,01
002,Lạc,Huyện,02
00001,Hòa A,Xã,001
00002,Hòa B,Xã,001
00003,Lạc C,Thị trấn,002
"""
AFTER = """code,name,kind,parent_code
01,Mẫu Một,Tỉnh,
00001,Hoà A,Xã,01
00003,Lạc,Phường,01
"""
ARROWS = """old_code,new_code,extent,main_part
00001,00001,whole,
00002,00001,part,main
00002,00003,part,
00003,00003,whole,
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """``write(text)``: a file with this text, in UTF-8."""

    def make(text: str | bytes, name: str = "a.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return make


def bring(kind: str, path: Path, **options: Any) -> dict[str, int]:
    """Check and write a file without a wrong row."""
    checked = check_file(kind, path, path.name, Options(**options))
    assert checked.troubles == []
    return write_checked(None, checked, path.name)


@pytest.fixture
def before_and_after(write: Write) -> None:
    """Two provinces that became one on 1/7/2025."""
    bring("units", write(BEFORE), end_day=DAY)
    bring("units", write(AFTER), first_day=DAY)
    bring("successions", write(ARROWS), first_day=DAY)


def test_two_lists_and_their_successions_make_a_history(before_and_after: None) -> None:
    assert tree.is_right()
    new = Unit.objects.get(code="00001", valid_from=DAY)
    history = selectors.history(new)
    assert [(k.unit.name, k.whole, k.main) for k in history.came_from] == [
        ("Hòa A", True, False),
        ("Hòa B", False, True),
    ]
    assert history.came_from[0].kind == "Nhập và điều chỉnh"
    old = Unit.objects.get(code="00002")
    assert old.valid_to == DAY
    assert {k.unit.name for k in selectors.history(old).became} == {"Hoà A", "Lạc"}


def test_provinces_follow_from_their_communes(before_and_after: None) -> None:
    new = Unit.objects.get(code="01", valid_from=DAY)
    history = selectors.history(new)
    assert [(k.unit.name, k.whole) for k in history.came_from] == [
        ("Mẫu Hai", True),
        ("Mẫu Một", True),
    ]


def test_the_same_lists_again_change_nothing(before_and_after: None, write: Write) -> None:
    counts = [each.objects.count() for each in (Unit, UnitName, Closure, SuccessionPart)]
    assert bring("units", write(BEFORE), end_day=DAY)["same"] == 7
    assert bring("units", write(AFTER), first_day=DAY)["same"] == 3
    assert bring("successions", write(ARROWS), first_day=DAY)["same"] == 4
    assert counts == [each.objects.count() for each in (Unit, UnitName, Closure, SuccessionPart)]


def test_a_later_list_renames_and_moves_what_is_known(write: Write) -> None:
    bring("units", write(BEFORE))
    later = date(2026, 4, 1)
    changed = "Mã;Tên;Loại;Mã cấp trên\n1;Mẫu Một;Thành phố;\n3;Lạc Mới;Thị trấn;001\n"
    done = bring("units", write(changed), first_day=later)
    assert (done["renamed"], done["moved"], done["new"]) == (2, 1, 0)
    moved = Unit.objects.get(code="00003")
    assert [each.name for each in moved.names.all()] == ["Lạc C", "Lạc Mới"]
    assert moved.parent is not None and moved.parent.code == "001"
    assert tree.is_right()


def test_another_spelling_of_tones_is_no_other_name(write: Write) -> None:
    bring("units", write(BEFORE))
    again = BEFORE.replace("Hòa", "Hoà")
    assert bring("units", write(again), first_day=DAY)["renamed"] == 0


def test_a_list_may_replace_all_that_was(write: Write) -> None:
    bring("units", write(BEFORE))
    done = bring("units", write(AFTER), first_day=DAY, replaces=True)
    assert (done["new"], done["ended"]) == (3, 7)
    assert {unit.code for unit in Unit.objects.current().exclude(code="VN")} == {
        "01",
        "00001",
        "00003",
    }
    bring("successions", write(ARROWS), first_day=DAY)
    assert Succession.objects.count() == 3


UNIT_TROUBLES: Sequence[tuple[str, str, str]] = (
    ("01,,Tỉnh,", "name", "Chưa có tên"),
    ("01,Mẫu,Vùng,", "kind", "Không có loại “vùng”"),
    ("01,Mẫu,,", "kind", "Chưa có loại"),
    (",Mẫu,Tỉnh,", "code", "Chưa có mã"),
    ("x1,Mẫu,Tỉnh,", "code", "không phải mã số"),
    ("00009,Mẫu,Xã,", "parent_code", "Không có đơn vị cấp trên"),
    ("00009,Mẫu,Xã,77", "parent_code", "Không có đơn vị cấp trên mã “77”"),
    ("009,Mẫu,Huyện,", "parent_code", "phải thuộc một cấp trên"),
    (",Mẫu,Thôn,99", "parent_code", "phải thuộc một xã"),
)


@pytest.mark.parametrize(("line", "column", "words"), UNIT_TROUBLES)
def test_a_wrong_row_is_named_by_row_and_column(
    write: Write, line: str, column: str, words: str
) -> None:
    path = write(f"code,name,kind,parent_code\n99,Đúng,Tỉnh,\n{line}\n")
    (trouble,) = check_file("units", path, "a.csv", Options()).troubles
    assert (trouble.row, trouble.column) == (3, column)
    assert words in trouble.what
    assert trouble.advice


def test_a_row_below_a_wrong_row_points_to_it(write: Write) -> None:
    path = write("Mã,Tên,Loại,Mã cấp trên\n1,Mẫu,Tỉnh,\n1,Mẫu,Tỉnh,\n00005,Hòa,Xã,09\n")
    troubles = check_file("units", path, "a.csv", Options()).troubles
    assert [(t.row, t.column) for t in troubles] == [(3, "Mã"), (4, "Mã cấp trên")]
    assert "Trùng với dòng 2" in troubles[0].what


def test_a_wrong_day_says_how_to_write_it(write: Write) -> None:
    path = write("Mã,Tên,Loại,Mã cấp trên,Từ ngày\n1,Mẫu,Tỉnh,,hôm nay\n")
    (trouble,) = check_file("units", path, "a.csv", Options()).troubles
    assert trouble.column == "Từ ngày"
    assert "01/07/2025" in trouble.advice


def test_an_old_list_without_an_end_collides_with_the_new_one(write: Write) -> None:
    bring("units", write(AFTER), first_day=DAY)
    troubles = check_file("units", write(BEFORE), "a.csv", Options()).troubles
    assert {trouble.row for trouble in troubles} >= {2, 6, 8}
    assert "ngày kết thúc" in troubles[0].advice


SUCCESSION_TROUBLES: Sequence[tuple[str, str, str]] = (
    ("77777,00001,whole,", "old_code", "Không có đơn vị mã “77777” trước ngày"),
    ("00001,77777,whole,", "new_code", "Không có đơn vị mã “77777” từ ngày"),
    ("00001,00001,nửa,", "extent", "Không hiểu phạm vi"),
    ("00001,00001,whole,hơi", "main_part", "Không hiểu “hơi”"),
    ("00003,00003,whole,\n00003,00003,whole,", "old_code", "Trùng với dòng 2"),
    ("00003,00003,whole,\n00003,00001,part,", "extent", "đã chuyển toàn bộ"),
    ("00002,00003,part,x\n00002,00001,part,x", "main_part", "hơn một phần chính"),
)


@pytest.mark.parametrize(("lines", "column", "words"), SUCCESSION_TROUBLES)
def test_a_wrong_succession_is_named_by_row_and_column(
    write: Write, lines: str, column: str, words: str
) -> None:
    bring("units", write(BEFORE), end_day=DAY)
    bring("units", write(AFTER), first_day=DAY)
    path = write(f"old_code,new_code,extent,main_part\n{lines}\n")
    (trouble,) = check_file("successions", path, "a.csv", Options(first_day=DAY)).troubles
    assert (trouble.row, trouble.column) == (lines.count("\n") + 2, column)
    assert words in trouble.what


def test_a_missing_code_is_met_with_the_likely_one(write: Write) -> None:
    bring("units", write(BEFORE), end_day=DAY)
    bring("units", write(AFTER.replace("00001,Hoà A", "00009,Hoà A")), first_day=DAY)
    path = write(ARROWS)
    troubles = check_file("successions", path, "a.csv", Options(first_day=DAY)).troubles
    assert "Có phải xã Hoà A, mã 00009?" in troubles[0].advice


def test_a_succession_without_a_day_is_refused(write: Write) -> None:
    troubles = check_file("successions", write(ARROWS), "a.csv", Options()).troubles
    assert {trouble.what for trouble in troubles} == {"Chưa biết từ ngày nào."}


def test_villages_follow_their_commune_and_those_of_a_divided_one_wait(write: Write) -> None:
    bring("units", write(BEFORE))
    villages = "Tên,Mã cấp trên\nThôn Một,00001\nThôn Hai,00002\nKhu 3,00003\n"
    assert bring("units", write(villages))["village"] == 3
    bring("units", write(AFTER), first_day=DAY, replaces=True)
    done = bring("successions", write(ARROWS), first_day=DAY)
    assert (done["villages_moved"], done["villages_left"]) == (2, 1)
    village = Unit.objects.get(name="Một")
    assert village.parent == Unit.objects.get(code="00001", valid_from=DAY)
    assert [each.valid_to for each in village.parents.all()] == [DAY, None]
    assert tree.is_right()


def test_the_same_villages_again_change_nothing(country: Country, write: Write) -> None:
    villages = "Tên,Mã cấp trên\nThôn Tân Mẫu,89001\nThôn Hai,89001\n"
    assert bring("units", write(villages))["same"] == 1
    assert bring("units", write(villages))["same"] == 2


def test_an_import_leaves_a_line_in_the_log(write: Write) -> None:
    bring("units", write(BEFORE))
    line = AuditLine.objects.get()
    assert (line.verb, line.target_name) == ("nhập danh sách đơn vị", "a.csv")
    assert json.loads(line.details)["new"] == 7


def test_what_fails_half_way_leaves_nothing(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(units: object) -> int:
        raise RuntimeError("power cut")

    monkeypatch.setattr(tree, "add", fail)
    path = write(BEFORE)
    monkeypatch.setattr("dinhlang.places.services.ensure_country", lambda: Unit(pk=0))
    checked = check_file("units", path, "a.csv", Options())
    with pytest.raises(RuntimeError):
        write_checked(None, checked, "a.csv")
    assert not Unit.objects.filter(code="00001").exists()
    assert not AuditLine.objects.exists()


def excel(rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook with these cells, numbers as numbers."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
    return out.getvalue()


def test_a_workbook_under_a_title_and_without_its_zeros_is_understood(write: Write) -> None:
    path = write(
        excel(
            [
                ["DANH MỤC ĐƠN VỊ HÀNH CHÍNH"],
                [],
                ["STT", "Mã số", "Tên đơn vị hành chính", "Mã cấp trên"],
                [1, 1, "Tỉnh Mẫu Một", ""],
                [2, 2, "Huyện Bình", 1],
                [3, 7, "Xã Hòa A", 2],
            ]
        ),
        "a.xlsx",
    )
    bring("units", path)
    unit = Unit.objects.get(code="00007")
    assert (unit.title, unit.parent and unit.parent.code) == ("Xã Hòa A", "002")


@pytest.mark.parametrize("kind", samples.NAMES)
def test_the_samples_we_offer_can_be_read(write: Write, kind: str) -> None:
    bring("units", write(samples.workbook("don-vi")))
    path = write(samples.workbook(kind))
    given = "successions" if kind == "sap-xep" else "units"
    troubles = check_file(given, path, "mau.xlsx", Options()).troubles
    assert {trouble.column for trouble in troubles} <= {"Mã cũ"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Tệp trống"),
        (b"\n\n", "không có dòng nào"),
        ("Tên\nA\n".encode(), "Không thấy cột “Mã cấp trên”"),
        (b"PK\x03\x04 not a workbook", "Không đọc được tệp Excel"),
        (b"\x89PNG\r\n\0\0\0\0", "không phải tệp bảng"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(write: Write, data: bytes, words: str) -> None:
    with pytest.raises(ImportRefused, match=words):
        check_file("units", write(data), "a.bin", Options())


def test_a_csv_of_old_excel_in_windows_1258_is_read(write: Write) -> None:
    text = "Mã;Tên;Loại;Mã cấp trên\n01;Bắc Mẫu;Tỉnh;\n02;Đông Mẫu;Tỉnh;\n"
    bring("units", write(text.encode("utf-16")))
    assert Unit.objects.filter(name="Đông Mẫu").exists()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None),
        ("1/7/2025", DAY),
        ("01-07-2025", DAY),
        ("01.07.2025", DAY),
        ("2025-07-01", DAY),
        ("2025-07-01 00:00:00", DAY),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert parse_day(text) == day


def square(code: str, west: float, kind: str = "Polygon") -> dict[str, Any]:
    """A square of a tenth of a degree."""
    ring = [[west, 21.0], [west + 0.1, 21.0], [west + 0.1, 21.1], [west, 21.1], [west, 21.0]]
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": kind, "coordinates": [ring]},
    }


def shapes(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def test_boundaries_are_matched_by_code_and_replaced_when_they_come_again(
    country: Country, write: Write
) -> None:
    path = write(shapes(square("89001", 105.0), square("90002", 105.1)), "a.geojson")
    assert bring("boundaries", path) == {"new": 2, "changed": 0, "skipped": 0}
    assert Boundary.objects.get(unit=country.commune).east == pytest.approx(105.1)
    assert bring("boundaries", path) == {"new": 0, "changed": 2, "skipped": 0}


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        (square("77777", 105.0), "Không có đơn vị mã “77777”"),
        (square("89001", 600000.0), "không phải kinh độ, vĩ độ"),
        (square("89001", 105.0, "Point"), "không phải một vùng"),
        ({"properties": {"code": "89001"}, "geometry": None}, "không đúng dạng"),
        ({}, "Không có đơn vị mã “”"),
    ],
)
def test_a_wrong_shape_is_named(
    country: Country, write: Write, feature: dict[str, Any], words: str
) -> None:
    path = write(shapes(feature), "a.geojson")
    (trouble,) = check_file("boundaries", path, "a.geojson", Options()).troubles
    assert trouble.row == 1
    assert words in trouble.what


@pytest.mark.parametrize("text", ["{}", "[]", "no json", '{"features": []}'])
def test_a_file_without_shapes_is_refused(write: Write, text: str) -> None:
    with pytest.raises(ImportRefused):
        check_file("boundaries", write(text, "a.geojson"), "a.geojson", Options())
