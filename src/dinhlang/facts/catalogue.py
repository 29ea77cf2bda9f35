"""The measures that are known, and how a content must look in each."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from dinhlang.law.sets import Measure
from dinhlang.lawbook import selectors as lawbook


class BadContent(ValueError):
    """A content that the measure cannot have; the message is for the user."""


def known() -> Mapping[str, Measure]:
    """All measures by id: those of the program and those of the sets loaded here."""
    return lawbook.measures()


def check(
    measure: Measure,
    *,
    value: Decimal | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    yes: bool | None = None,
    grade: str = "",
    sex: str = "",
) -> None:
    """Raises ``BadContent`` where the measure cannot have this content; it may be empty."""
    if sex and not measure.by_sex:
        raise BadContent("Số liệu này không ghi riêng nam, nữ.")
    numbers = value is not None or numerator is not None or denominator is not None
    if yes is not None and measure.kind != "yes_no":
        raise BadContent("Số liệu này không phải loại có/chưa.")
    if grade and measure.kind != "grade":
        raise BadContent("Số liệu này không ghi theo mức.")
    if grade and grade not in measure.scale:
        raise BadContent(f"“{grade}” không có trong thang: {', '.join(measure.scale)}.")
    if numbers and measure.kind in ("yes_no", "grade"):
        raise BadContent("Số liệu này không ghi bằng số.")
    if numerator is not None or denominator is not None:
        _check_parts(measure, numerator, denominator)
    if value is not None:
        _check_value(measure, value)


def _check_parts(measure: Measure, numerator: Decimal | None, denominator: Decimal | None) -> None:
    if measure.kind != "rate":
        raise BadContent("Chỉ tỷ lệ mới ghi bằng hai phần.")
    first, second = measure.numerator or "số đạt", measure.denominator or "tổng số"
    if numerator is None:
        raise BadContent(f"Còn thiếu {first}.")
    if denominator is None:
        raise BadContent(f"Còn thiếu {second}.")
    if numerator < 0 or denominator < 0:
        raise BadContent("Số không được nhỏ hơn 0.")
    if numerator > denominator:
        raise BadContent(f"{first[:1].upper()}{first[1:]} không được lớn hơn {second}.")


def _check_value(measure: Measure, value: Decimal) -> None:
    match measure.kind:
        case "rate":
            if not 0 <= value <= 100:
                raise BadContent("Tỷ lệ phải từ 0 đến 100 %.")
        case "count":
            if value < 0:
                raise BadContent("Số đếm không được nhỏ hơn 0.")
            if value != value.to_integral_value():
                raise BadContent("Số đếm phải là số nguyên.")
