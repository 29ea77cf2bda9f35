"""Contents as people type and read them: “17,5”, “96/120”, “Đạt”, “Mức độ 2”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from dinhlang.law.sets import Measure
from dinhlang.vietnamese import clean_spaces, fold, format_number, nfc, parse_number

from .catalogue import BadContent

YES, NO = "Đạt", "Chưa đạt"
THERE, ABSENT = "Có", "Không"
"""Answers where the question is whether there is something, which is neither good nor bad."""
_YES = {"dat", "co", "x", "1", "roi", "da", "yes", "y", "v", "✓", "✔", "da dat", "da co"}
_NO = {"chua", "chua dat", "khong", "khong dat", "0", "ko", "no", "n", "chua co", "✗", "khong co"}
_PARTS = re.compile(r"([^/]+)/([^/]+)")
JUMP = Fraction(3, 10)
"""A change beyond this share of the last number deserves a second look."""


class Content(Protocol):
    """What observations and facts have in common."""

    @property
    def value(self) -> Decimal | None:
        """A plain number."""

    @property
    def numerator(self) -> Decimal | None:
        """The first part of a rate."""

    @property
    def denominator(self) -> Decimal | None:
        """The second part."""

    @property
    def yes(self) -> bool | None:
        """Reached or not."""

    @property
    def grade(self) -> str | None:
        """A grade by its words."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the boxes of one line: both parts of a rate, and the value."""

    value: str = ""
    numerator: str = ""
    denominator: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return not (self.value.strip() or self.numerator.strip() or self.denominator.strip())


def answers(measure: Measure) -> tuple[str, str]:
    """Yes and no in the words that fit the question: “Đạt” and “Chưa đạt”, or “Có” and “Không”."""
    return (THERE, ABSENT) if measure.better == "neither" else (YES, NO)


def parse(measure: Measure, typed: Typed) -> dict[str, Any]:
    """The content that was typed, as ``services.Entry`` takes it; empty where nothing was.

    Raises ``BadContent``.
    """
    top, bottom = (clean_spaces(nfc(text)) for text in (typed.numerator, typed.denominator))
    text = clean_spaces(nfc(typed.value))
    if top or bottom:
        parts = {"numerator": _number(top), "denominator": _number(bottom)}
        _agrees(text, parts["numerator"], parts["denominator"])
        return parts
    if not text:
        return {}
    if measure.kind == "yes_no":
        return {"yes": _yes(measure, text)}
    if measure.kind == "grade":
        return {"grade": _grade(measure, text)}
    both = _PARTS.fullmatch(text) if measure.kind == "rate" else None
    if both:
        return {"numerator": _number(both[1]), "denominator": _number(both[2])}
    return {"value": _number(text.removesuffix("%").removesuffix(measure.unit))}


def _agrees(text: str, top: Decimal | None, bottom: Decimal | None) -> None:
    """Raises ``BadContent`` where a rate stands beside its parts and is another.

    One of the two would be thrown away, and nobody could know which was meant.
    """
    if not text or top is None or not bottom:
        return
    said = _number(text.removesuffix("%"))
    if said is None:
        return
    exponent = said.as_tuple().exponent
    half = Fraction(1, 2 * 10 ** max(-exponent, 0)) if isinstance(exponent, int) else Fraction(0)
    rate = Fraction(top) * 100 / Fraction(bottom)
    if abs(Fraction(said) - rate) > half:
        shown = format_number(
            (Decimal(rate.numerator) / Decimal(rate.denominator)).quantize(Decimal("0.01"))
        )
        raise BadContent(
            f"Ghi giá trị {text[:40]} nhưng {format_number(top)}/{format_number(bottom)} là "
            f"{shown} %. Hãy sửa cho khớp, hoặc chỉ để lại một trong hai."
        )


def _number(text: str) -> Decimal | None:
    if not text.strip():
        return None
    number = parse_number(text.strip())
    if number is None:
        raise BadContent(f"“{text.strip()[:40]}” không phải là một số. Ví dụ: 17,5 hoặc 3.200.")
    return number


def _yes(measure: Measure, text: str) -> bool:
    key = fold(text)
    if key in _YES:
        return True
    if key in _NO:
        return False
    yes, no = answers(measure)
    raise BadContent(f"“{text[:40]}” chưa rõ. Hãy ghi “{yes}” hoặc “{no}”.")


def _grade(measure: Measure, text: str) -> str:
    """The grade by its words, whatever the case, or by a number only it has in it (“2”)."""
    key = fold(text)
    same = [grade for grade in measure.scale if fold(grade) == key]
    ending = [grade for grade in measure.scale if key.isdigit() and fold(grade).split()[-1] == key]
    found = same or ending
    if len(found) != 1:
        raise BadContent(f"“{text[:40]}” không có trong thang: {', '.join(measure.scale)}.")
    return found[0]


def typed_of(content: Content | None, measure: Measure | None = None) -> Typed:
    """What the boxes show of a content; for a rate in parts the value is its percentage.

    ``measure``: whose content it is, for the words of yes and no.
    """
    if content is None:
        return Typed()
    if content.numerator is not None and content.denominator is not None:
        return Typed(
            percent(content), format_number(content.numerator), format_number(content.denominator)
        )
    if content.value is not None:
        return Typed(format_number(content.value))
    if content.yes is not None:
        yes, no = answers(measure) if measure is not None else (YES, NO)
        return Typed(yes if content.yes else no)
    return Typed(content.grade or "")


def percent(content: Content) -> str:
    """A rate in parts as “83,33”; empty where its base is empty."""
    if content.numerator is None or not content.denominator:
        return ""
    rate = Decimal(content.numerator) * 100 / Decimal(content.denominator)
    return format_number(rate.quantize(Decimal("0.01")))


def words(measure: Measure, content: Content | None) -> str:
    """The content on one line: “96/120 (80 %)”, “52,5 triệu đồng/người/năm”, “Đạt”."""
    if content is None:
        return ""
    typed = typed_of(content, measure)
    if typed.numerator:
        rate = f" ({typed.value} %)" if typed.value else " (không có đối tượng)"
        return f"{typed.numerator}/{typed.denominator}{rate}"
    if content.value is not None and measure.unit:
        return f"{typed.value} {measure.unit}"
    return typed.value


def number_of(content: Content | None) -> Fraction | None:
    """The number to compare by; None where there is none."""
    if content is None:
        return None
    if content.value is not None:
        return Fraction(content.value)
    if content.numerator is None or not content.denominator:
        return None
    return Fraction(content.numerator) * 100 / Fraction(content.denominator)


def change(now: Content | None, before: Content | None) -> str:
    """By how much it moved since: “+3,5”, “−2”; “không đổi”; empty where that says nothing."""
    first, last = number_of(before), number_of(now)
    if first is None or last is None:
        return ""
    moved = last - first
    if not moved:
        return "không đổi"
    number = Decimal(moved.numerator) / Decimal(moved.denominator)
    shown = format_number(abs(number).quantize(Decimal("0.01")))
    return f"{'+' if moved > 0 else '−'}{shown}"


def jump(now: Content | None, before: Content | None) -> str:
    """A gentle word where it moved by more than 30 % against last time; else nothing."""
    first, last = number_of(before), number_of(now)
    if not first or last is None or abs(last - first) <= abs(first) * JUMP:
        return ""
    way = "Tăng" if last > first else "Giảm"
    share = abs(last - first) * 100 / abs(first)
    return f"{way} {format_number(round(share))} % so với kỳ trước, hãy xem lại có đúng không."
