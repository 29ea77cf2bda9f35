"""What a line about a source says, and what people type."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dinhlang.money import programme, typed
from dinhlang.money.models import SourceKind
from dinhlang.money.recognising import asked_of, is_works, kind_of, recognise


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ngân sách trung ương hỗ trợ", "central_investment"),
        ("NSTW, vốn sự nghiệp", "central_recurrent"),
        ("Ngân sách tỉnh", "province"),
        ("Vốn ngân sách tỉnh, huyện", "province"),
        ("Ngân sách huyện hỗ trợ xã", "district"),
        ("Ngân sách xã", "commune"),
        ("Ngân sách xã từ đấu giá đất", "land"),
        ("Vốn lồng ghép các chương trình", "integrated"),
        ("Vốn tín dụng ưu đãi", "credit"),
        ("Doanh nghiệp, nhân dân đóng góp", "enterprise"),
        ("Nhân dân đóng góp, tài trợ", "people_cash"),
        ("Nhân dân đóng góp ngày công", "people_labour"),
        ("Nhân dân hiến đất làm đường", "people_land"),
        ("Quỹ khác", "other"),
    ],
)
def test_the_kind_is_recognised_from_the_words(text: str, kind: str) -> None:
    assert kind_of(text) == kind
    assert kind in SourceKind.values


def test_a_share_of_an_auction_is_read_with_its_whole_where_it_is_exact() -> None:
    found = recognise("Tiền đấu giá đất, xã hưởng 15% của 60 tỷ là 9 tỷ", 9 * 10**9)
    assert (found.percent, found.whole) == (Decimal(15), 60 * 10**9)
    assert (found.condition, found.is_work) == ("đấu giá xong", True)
    rounded = recognise("đấu giá đất theo tỷ lệ 15% là 8 tỷ", 8 * 10**9)
    assert (rounded.percent, rounded.whole) == (Decimal(15), None)


def test_a_condition_keeps_the_words_of_the_paper() -> None:
    found = recognise("Thưởng khi khu dân cư đạt chuẩn kiểu mẫu", None, conditional=True)
    assert (found.condition, found.is_work) == ("khu dân cư đạt chuẩn kiểu mẫu", False)
    assert recognise("Tiền thưởng", None, conditional=True).condition == "được công nhận đạt chuẩn"


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("Mở rộng đường thôn, xây rãnh", True),
        ("Xây nhà đa năng", True),
        ("Xây dựng mô hình phân loại rác", False),
        ("Lắp đặt dụng cụ thể thao", False),
        ("Tập huấn cho nông dân", False),
        ("Bồi dưỡng cán bộ", False),
    ],
)
def test_construction_is_told_from_the_rest(text: str, works: bool) -> None:
    assert is_works(text) is works


def test_to_whom_a_shortage_is_put_is_read() -> None:
    text = "Còn thiếu 3 tỷ. UBND xã đề nghị UBND tỉnh, Sở Tài chính xem xét hỗ trợ."
    assert asked_of(text) == "UBND tỉnh, Sở Tài chính"
    assert asked_of("Các thôn đề nghị bà con góp công") == ""


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("17,5 tỷ", 17_500_000_000), ("17,5 ty", 17_500_000_000), ("350 triệu", 350_000_000),
        ("350tr", 350_000_000), ("2.000.000", 2_000_000), ("2.000.000 đồng", 2_000_000),
        ("0", 0), ("", None),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_type_them(words: str, amount: int | None) -> None:
    assert typed.amount(words) == amount


@pytest.mark.parametrize("words", ["nhiều", "5", "-2 tỷ", "200.000 tỷ", "1 tỷ 2 triệu 3"])
def test_what_is_no_amount_is_refused(words: str) -> None:
    with pytest.raises(typed.BadTyped):
        typed.amount(words)


@pytest.mark.parametrize("value", [0, 1_000, 17_500_000_000, 350_123_456, 10**14])
def test_an_amount_in_its_box_is_read_back_as_it_was(value: int) -> None:
    assert typed.amount(typed.shown(value)) == value


def test_days_and_shares_are_read() -> None:
    assert typed.day("30/6", 2026) == date(2026, 6, 30)
    assert typed.day("1.2.27", 2026) == date(2027, 2, 1)
    assert typed.percent("12,5 %") == Decimal("12.5")
    for words in ("31/2", "hôm qua"):
        with pytest.raises(typed.BadTyped):
            typed.day(words, 2026)
    with pytest.raises(typed.BadTyped):
        typed.percent("120")


def test_both_regimes_stand_side_by_side_in_2026() -> None:
    assert programme.regime_of(2026) is programme.NEW
    carried = programme.regime_of(2026, 2025)
    assert (carried, carried.spent_by) == (programme.OLD, date(2026, 12, 31))
    assert [len([c for c in programme.NEW.components if c.part == p])
            for p in ("Hợp phần 1", "Hợp phần 2")] == [10, 5]  # fmt: skip
    assert programme.OLD.components == ()
    assert "chưa đối chiếu văn bản" in programme.REPORT_ROWS_FROM.words


def test_every_kind_of_source_has_its_row_in_the_report() -> None:
    top = [kind for row in programme.REPORT_ROWS if not row.depth for kind in row.kinds]
    assert sorted(top) == sorted(SourceKind.values)
