"""What the words in a threshold's cell mean: “≥ 95%”, “Đạt”, “UBND cấp tỉnh quy định cụ thể”."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from dinhlang.law.requirements import Operator
from dinhlang.vietnamese import clean_spaces, fold, nfc, parse_number

PhraseKind = Literal[
    "empty", "compare", "number", "between", "reached", "zero", "grade", "province", "ministry",
    "not_loaded", "not_understood",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """What one cell says. ``low`` and ``high`` are in ``unit``; ``within`` is what is said in
    brackets of a part of it (“trong đó ≥ 50% …”), ``about`` the words of that part. ``by_year``
    are the numbers of single years, ``of`` the words after “%” (“số hộ”).
    """

    kind: PhraseKind
    operator: Operator | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    below_high: bool = False
    unit: str = ""
    grade: str = ""
    within: Phrase | None = None
    about: str = ""
    by_year: tuple[tuple[int, Decimal], ...] = ()
    of: str = ""


EMPTY = Phrase("empty")
NOT_UNDERSTOOD = Phrase("not_understood")

_NUMBER = r"[0-9][0-9.,\s\u00a0]*[0-9]|[0-9]"
_BEFORE: tuple[tuple[str, Operator], ...] = (
    (r"≥|>\s*=|=\s*>|từ|tối thiểu|ít nhất|không thấp hơn|không dưới|tối thiểu là|đạt từ", ">="),
    (r"≤|<\s*=|=\s*<|không quá|tối đa|không vượt quá|không lớn hơn|không trên", "<="),
    (r">|trên|lớn hơn|cao hơn|hơn", ">"),
    (r"<|dưới|nhỏ hơn|thấp hơn", "<"),
    (r"=|bằng|đúng", "="),
)
_COMPARE = [
    (re.compile(rf"(?:đạt\s+)?(?:{words})\s*(?P<n>{_NUMBER})\s*(?P<u>.*)", re.I), operator)
    for words, operator in _BEFORE
]
_AFTER: tuple[tuple[str, Operator], ...] = (
    (r"trở lên", ">="),
    (r"trở xuống", "<="),
)
_PLAIN = re.compile(rf"(?:đạt\s+)?(?P<n>{_NUMBER})\s*(?P<u>.*)", re.I)
_RANGE = re.compile(
    rf"(?:từ\s+|đạt\s+từ\s+)?(?P<a>{_NUMBER})\s*(?P<ua>%?)\s*(?:-|–|—|đến|tới)\s*"
    rf"(?P<below>dưới\s+|<\s*)?(?P<b>{_NUMBER})\s*(?P<u>.*)",
    re.I,
)
_WITHIN = re.compile(r"(?P<main>.*?)[\s,;]*\(?\s*trong đó\s*:?\s*(?P<inner>[^)]*)\)?\s*$", re.I)
_INNER = re.compile(r"(?P<op>[≥≤><=]|ít nhất|tối thiểu|không quá|trên|dưới)", re.I)
_HEAD = re.compile(rf"{_INNER.pattern}\s*(?:{_NUMBER})\s*%?", re.I)
_GRADE = re.compile(
    r"(?:đạt\s+)?(?P<g>(?:mức độ|mức|cấp độ|hạng|loại|xếp loại)\s+\S+(?:\s+\S+)?)"
    r"(?:\s+trở lên|\s+hoặc (?:cao|tốt) hơn)?",
    re.I,
)
_YEAR = re.compile(r"(?:năm\s+)?(?P<y>20\d\d)\s*[:\-–]?\s*(?:đạt\s+)?(?P<said>\D*\d.*)", re.I)
_UNIT = re.compile(r"(?:%\s*)?[^\d%:;,()/+=<>≥≤\s][^%:;,()+=<>≥≤]{0,60}|%?")
_NO_UNIT = re.compile(
    r"\b(?:trong|so với|đối với|trừ|ngoại trừ|không|nếu|hoặc|và|liên tục|riêng|theo|khi|của bộ|"
    r"đạt|bình quân|trường hợp|nhưng|tùy|cả)\b|(?<!/)(?<!/ )\bnăm\b|(?<![mM])\d",
    re.I,
)
_MOST_WORDS = 6
"""Of a unit: “triệu đồng/người/năm” is one, a clause is none."""
_LIMITED = re.compile(
    r"[≥≤<>]|\d+(?:[.,]\d+)?\s*%|\b(?:dưới|trên|quá|ít nhất|tối thiểu|tối đa|từ)\s+\d", re.I
)
_FOOTNOTE = re.compile(r"\s*(?:\(\s*\d{1,2}\s*\)|\[\d{1,2}\]|\*+)\s*$")
_REACHED = {"dat", "co", "dat chuan", "dat yeu cau", "dam bao", "bao dam", "hoan thanh"}
_NONE = {"khong", "khong co", "khong con", "0 co"}
_PROVINCE = re.compile(
    r"\b(tinh|thanh pho)\b.*(quy dinh|ban hanh|huong dan|cong bo)|(quy dinh|huong dan).*\btinh\b"
)
_MINISTRY = re.compile(r"(theo )?(quy dinh|huong dan).*\bbo\b|\bbo\b.*(quy dinh|huong dan)")
_NOT_LOADED = {"chua nap", "chua ro", "chua co"}


def parse(cell: str) -> Phrase:
    """What the cell says; ``not_understood`` where that is for a person to say."""
    words = clean_spaces(nfc(cell)).strip(" .;")
    without = _FOOTNOTE.sub("", words)
    if words and not without:
        without = words
    words = without
    if not words:
        return EMPTY
    # A limit beside “tỉnh quy định” is a limit: it is not left to the province alone.
    by_word = None if _LIMITED.search(words) else _by_word(fold(words))
    found = by_word or _compound(words) or _years(words) or _figures(words)
    return _grade(words) if found.kind == "not_understood" else found


def _by_word(key: str) -> Phrase | None:
    if key in _REACHED:
        return Phrase("reached")
    if key in _NONE:
        return Phrase("zero")
    if key in _NOT_LOADED:
        return Phrase("not_loaded")
    if _PROVINCE.search(key):
        return Phrase("province")
    if _MINISTRY.search(key):
        return Phrase("ministry")
    return None


def _compound(words: str) -> Phrase | None:
    """“≥ 80% (trong đó ≥ 50% từ hệ thống cấp nước tập trung)”: two demands in one cell."""
    if (match := _WITHIN.fullmatch(words)) is None:
        return None
    main = _figures(match["main"].strip())
    inner = match["inner"].strip()
    at = _INNER.search(inner)
    if main.kind != "compare" or at is None:
        return NOT_UNDERSTOOD
    # What stands before the sign, or else after the figure, names the part.
    before = inner[: at.start()].strip(" :,")
    figure = _HEAD.match(inner[at.start() :])
    if figure is None:
        return NOT_UNDERSTOOD
    after = inner[at.start() + figure.end() :].strip(" :,")
    part = _figures(figure[0] if not before else inner[at.start() :])
    if part.kind != "compare" or not (before or after) or _INNER.search(after):
        return NOT_UNDERSTOOD
    return replace(main, within=part, about=before or after)


def _years(words: str) -> Phrase | None:
    """“Năm 2026: 70; năm 2027: 75”: a number for each of the years."""
    pieces = [piece.strip() for piece in re.split(r"[;\n]|,\s+(?=(?:năm\s+)?20\d\d)", words)]
    matches = [_YEAR.fullmatch(piece) for piece in pieces if piece]
    if not matches or not all(matches):
        return None
    found = [(int(m["y"]), _figures(m["said"].strip())) for m in matches if m is not None]
    first = found[0][1]
    alike = {(one.kind, one.operator, one.unit) for _, one in found}
    years = [year for year, _ in found]
    if len(alike) > 1 or first.kind not in ("compare", "number") or len(set(years)) < len(years):
        return NOT_UNDERSTOOD
    cases = tuple((year, one.low) for year, one in found if one.low is not None)
    return replace(first, low=None, by_year=cases)


def _figures(words: str) -> Phrase:
    if match := _RANGE.fullmatch(words):
        low, high = _number(match["a"]), _number(match["b"])
        if low is not None and high is not None:
            found = Phrase("between", low=low, high=high, below_high=bool(match["below"]))
            return _with_unit(found, match["u"] or match["ua"])
    for pattern, operator in _COMPARE:
        if match := pattern.fullmatch(words):
            return _compare(match, operator)
    if match := _PLAIN.fullmatch(words):
        for ending, operator in _AFTER:
            if match["u"].rstrip().lower().endswith(ending):
                return _compare(match, operator)
        value = _number(match["n"])
        if value is not None:
            return _with_unit(Phrase("number", low=value), match["u"])
    return NOT_UNDERSTOOD


def _compare(match: re.Match[str], operator: Operator) -> Phrase:
    value = _number(match["n"])
    if value is None:
        return NOT_UNDERSTOOD
    return _with_unit(Phrase("compare", operator=operator, low=value), match["u"])


def _with_unit(found: Phrase, words: str) -> Phrase:
    """The phrase in its unit; not understood where the words behind the number are no unit."""
    unit = _unit(words)
    long = len(unit.split()) > _MOST_WORDS
    if long or not _UNIT.fullmatch(unit) or _NO_UNIT.search(unit):
        return NOT_UNDERSTOOD
    if unit.startswith("%") and unit != "%":
        return replace(found, unit="%", of=unit.removeprefix("%").strip())
    return replace(found, unit=unit)


def _number(digits: str) -> Decimal | None:
    return parse_number(clean_spaces(digits))


def _unit(words: str) -> str:
    return re.sub(r"\s*trở (?:lên|xuống)\s*$", "", words, flags=re.I).strip(" .;,")


def _grade(words: str) -> Phrase:
    if match := _GRADE.fullmatch(words):
        named = re.sub(r"\s+(?:trở|hoặc)(?:\s.*)?$", "", match["g"], flags=re.I)
        return Phrase("grade", grade=clean_spaces(named))
    return NOT_UNDERSTOOD
