"""Numbers as Vietnamese papers write them: 3.200 and 0,7 and 01/3 and hai mươi lăm."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

_GROUPED_RE = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_PLAIN_RE = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_ENGLISH_RE = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|,[0-9]{3}\.[0-9]+)")
_SPACED_RE = re.compile(r"[1-9][0-9]{0,2}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?:,[0-9]+)?")
_TOKEN_RE = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_FRACTION_RE = re.compile(r"([0-9]{1,6})\s*/\s*([0-9]{1,6})")
_LONGEST = 40
_EXACT = Context(prec=120)


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """A number found in a text: ``text`` is what stands at ``[start:end]``."""

    start: int
    end: int
    value: Decimal
    text: str


def parse_number(s: str) -> Decimal | None:
    """The value of a number in Vietnamese notation, or None.

    A dot groups thousands where every group has three digits (``3.200``, ``1.234.567,5``); the
    comma is decimal (``0,7``). Where a dot cannot group (``2.5``, ``0.125``) it is taken as a
    decimal point. A single comma is always decimal, so ``1,000`` is one; only several
    comma groups (``1,234,567``) or a comma group before a dot (``1,234.5``) are read the English
    way. A leading sign is allowed; leading zeros are (``03``).
    """
    s = s.strip()
    negative = s[:1] in ("-", "−")
    body = s[1:].lstrip() if s[:1] in ("-", "−", "+") else s
    if len(body) > _LONGEST:
        return None
    if _GROUPED_RE.fullmatch(body):
        plain = body.replace(".", "").replace(",", ".")
    elif _PLAIN_RE.fullmatch(body):
        plain = body.replace(",", ".")
    elif _ENGLISH_RE.fullmatch(body):
        plain = body.replace(",", "")
    elif _SPACED_RE.fullmatch(body):
        plain = re.sub(r"\s", "", body).replace(",", ".")
    else:
        return None
    value = Decimal(plain)
    return -value if negative and value else value


def find_numbers(text: str) -> list[NumberMatch]:
    """Every number that stands by itself or is glued to a unit (``0,7km``), in order.

    Signs are left out: a dash before a number is mostly a bullet or a range. Digits that end a
    word (``m2``, ``TC2``) are not numbers; neither are outline numbers with two dots (``1.2.3``).
    The parts of fractions, dates and document numbers are: callers look those up first. Three or
    more small numbers joined by commas are a list (``7,8,9``); two are one decimal (``17,18``).
    """
    found: list[NumberMatch] = []
    for match in _TOKEN_RE.finditer(text):
        start, token = match.start(), match[0]
        if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
            continue
        value = parse_number(token)
        if value is not None:
            found.append(NumberMatch(start, match.end(), value, token))
        elif "." not in token and len(token) <= _LONGEST:
            for part in re.finditer("[0-9]+", token):
                left, right = start + part.start(), start + part.end()
                found.append(NumberMatch(left, right, Decimal(part[0]), part[0]))
    return found


def format_number(value: Decimal | int, places: int | None = None) -> str:
    """The number as ``3.200`` or ``17,5``: exact, or with ``places`` decimals, halves away from 0.

    Raises ValueError for infinity and NaN.
    """
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError("a finite number is needed")
    with localcontext(_EXACT):
        if places is not None:
            number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        digits = f"{abs(number):f}"
    whole, _, decimals = digits.partition(".")
    if places is None:
        decimals = decimals.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    shown = f"{grouped},{decimals}" if decimals else grouped
    return f"-{shown}" if number < 0 else shown


def parse_fraction(s: str) -> tuple[int, int] | None:
    """``01/3`` as (1, 3): so many out of so many. None where it is no fraction or out of 0."""
    match = _FRACTION_RE.fullmatch(s.strip())
    if not match or not int(match[2]):
        return None
    return int(match[1]), int(match[2])


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ROMAN_RE = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def roman(s: str) -> int | None:
    """The value of a Roman number in capitals (``XIV`` → 14), or None: small letters are labels."""
    s = s.strip()
    if not s or not _ROMAN_RE.fullmatch(s):
        return None
    total = 0
    for value, sign in _ROMAN:
        while s.startswith(sign):
            total += value
            s = s[len(sign) :]
    return total


def to_roman(n: int) -> str:
    """1…3999 in Roman numbers. Raises ValueError outside."""
    if not 0 < n < 4000:
        raise ValueError("Roman numbers go from 1 to 3999")
    out = []
    for value, sign in _ROMAN:
        count, n = divmod(n, value)
        out.append(sign * count)
    return "".join(out)
