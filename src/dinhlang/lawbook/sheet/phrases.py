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
    brackets of a part of it (“trong đó ≥ 50% …”), ``about`` the words of that part.
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
_GRADE = re.compile(r"(?P<g>(?:mức độ|mức|cấp độ|hạng|loại|xếp loại)\s+\S+(?:\s+\S+)?)", re.I)
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
    found = _by_word(fold(words)) or _compound(words) or _figures(words)
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
    part = _figures(inner[at.start() :])
    # What stands before the sign, or else after the figure, names the part.
    before, after = inner[: at.start()].strip(" :,"), part.unit
    about = before or after.removeprefix("%").strip()
    if part.kind != "compare" or not about:
        return NOT_UNDERSTOOD
    percent = "%" if after.startswith("%") else ("" if not before else after)
    return replace(main, within=replace(part, unit=percent), about=about)


def _figures(words: str) -> Phrase:
    if match := _RANGE.fullmatch(words):
        low, high = _number(match["a"]), _number(match["b"])
        if low is not None and high is not None:
            return Phrase(
                "between",
                low=low,
                high=high,
                below_high=bool(match["below"]),
                unit=_unit(match["u"] or match["ua"]),
            )
    for pattern, operator in _COMPARE:
        if match := pattern.fullmatch(words):
            return _compare(match, operator)
    if match := _PLAIN.fullmatch(words):
        for ending, operator in _AFTER:
            if match["u"].rstrip().lower().endswith(ending):
                found = _compare(match, operator)
                return replace(found, unit=_unit(match["u"]))
        value = _number(match["n"])
        if value is not None:
            return Phrase("number", low=value, unit=_unit(match["u"]))
    return NOT_UNDERSTOOD


def _compare(match: re.Match[str], operator: Operator) -> Phrase:
    value = _number(match["n"])
    if value is None:
        return NOT_UNDERSTOOD
    return Phrase("compare", operator=operator, low=value, unit=_unit(match["u"]))


def _number(digits: str) -> Decimal | None:
    return parse_number(clean_spaces(digits))


def _unit(words: str) -> str:
    return re.sub(r"\s*trở (?:lên|xuống)\s*$", "", words, flags=re.I).strip(" .;,")


def _grade(words: str) -> Phrase:
    if match := _GRADE.match(words):
        named = re.sub(r"\s+(?:trở|hoặc)(?:\s.*)?$", "", match["g"], flags=re.I)
        return Phrase("grade", grade=clean_spaces(named))
    return NOT_UNDERSTOOD
