"""What people type in the fields of an item, and what it becomes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.plans.editing.fields import BadValue, Field, parse, shown, told
from dinhlang.plans.editing.kinds import BY_CODE, KINDS


def field(kind: str, required: bool = False) -> Field:
    return Field("x", "Trường", kind, required)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("line", "  Đường  trục\nxã ", "Đường trục xã"),
        ("whole", "12", 12),
        ("decimal", "3.200", "3200"),
        ("decimal", "17,5", "17.5"),
        ("money", "17,5 tỷ đồng", 17_500_000_000),
        ("money", "350.000", 350_000),
        ("date", "30/6/2024", "2024-06-30"),
        ("date", "6/2024", "2024-06"),
        ("date", "năm 2024", "2024"),
        ("day", "01-03-2024", "2024-03-01"),
        ("period", "Quý II/2024", "2024-Q2"),
        ("period", "quý 2 năm 2024", "2024-Q2"),
        ("period", "Tháng 5/2024", "2024-05"),
        ("period", "6 tháng đầu năm 2024", "2024-H1"),
        ("period", "2024", "2024"),
        ("time", "14h30", "14:30"),
        ("time", "9 giờ", "09:00"),
        ("words", "UBND xã; Hội Phụ nữ;", ["UBND xã", "Hội Phụ nữ"]),
        ("whole numbers", "2, 5; 17", [2, 5, 17]),
        ("lines", "một\n\nhai ", ["một", "hai"]),
        ("at", "57", [57, 57]),
        ("at", "57–60", [57, 60]),
        ("flag", "1", True),
        ("flag", "", False),
        ("line", "  ", None),
        ("words", "", []),
    ],
)
def test_what_is_typed_becomes_a_value(kind: str, typed: str, value: Any) -> None:
    assert parse(field(kind), typed) == value


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("whole", "mười hai", "Hãy ghi bằng chữ số"),
        ("decimal", "nhiều", "không phải một số"),
        ("money", "vài tỷ", "không phải số tiền"),
        ("date", "31/2/2024", "không phải ngày"),
        ("day", "6/2024", "thiếu ngày hoặc tháng"),
        ("period", "mùa thu", "không phải kỳ"),
        ("time", "25:00", "không phải giờ"),
        ("at", "dưới cùng", "không phải số dòng"),
        ("at", "60-57", "Dòng cuối phải từ dòng đầu"),
        ("choice", "lạ", "hãy chọn một mục"),
    ],
)
def test_what_cannot_be_read_is_refused_with_words_that_help(
    kind: str, typed: str, words: str
) -> None:
    with pytest.raises(BadValue, match=words):
        parse(field(kind), typed)


def test_a_required_field_asks_for_its_value() -> None:
    with pytest.raises(BadValue, match="Hãy ghi trường"):
        parse(field("line", required=True), " ")


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "whole": st.integers(0, 999_999),
    "decimal": st.decimals(0, 10**9, places=3).map(
        lambda d: format(d.normalize(), "f") if d else "0"
    ),
    "money": st.integers(0, 10**15),
    "date": st.dates().map(lambda d: f"{d.year:04}-{d.month:02}-{d.day:02}")
    | st.integers(1900, 2100).map(str),
    "day": st.dates().map(lambda d: f"{d.year:04}-{d.month:02}-{d.day:02}"),
    "period": st.tuples(st.integers(1990, 2099), st.sampled_from(
        ["", "-Q1", "-Q4", "-01", "-12", "-H1", "-H2"])).map(lambda p: f"{p[0]}{p[1]}"),
    "time": st.times().map(lambda t: f"{t.hour:02}:{t.minute:02}"),
    "whole numbers": st.lists(st.integers(1, 99), max_size=5),
    "at": st.tuples(st.integers(1, 500), st.integers(0, 20)).map(lambda p: [p[0], p[0] + p[1]]),
}  # fmt: skip


@pytest.mark.parametrize("kind", VALUES)
@given(data=st.data())
def test_a_value_survives_being_shown_and_typed_again(kind: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    assert parse(field(kind), shown(field(kind), value)) == value


def test_a_comparison_tells_choices_and_flags_in_words() -> None:
    role = next(f for f in BY_CODE["duties"].fields if f.name == "role")
    assert told(role, "advise") == "Tham mưu"
    assert told(field("flag"), True) == "có"


def test_no_kind_has_two_fields_of_one_name_and_each_ends_with_its_lines() -> None:
    for kind in KINDS:
        names = [f.slug for f in kind.fields]
        assert len(names) == len(set(names))
        assert names[-1] == "lines"
