"""Labels of paragraphs: ``Phần II``, ``I.``, ``A.``, ``1.``, ``1/``, ``2.1``, ``Điều 3``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dinhlang.vietnamese import roman

Style = Literal[
    "part", "article", "annex", "roman", "upper", "arabic", "slash", "paren", "dotted", "lower"
]

_WORD = re.compile(
    r"(?P<word>PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|ĐIỀU|Điều|PHỤ LỤC|Phụ lục)\s+(?:thứ\s+|số\s+)?"
    r"(?P<value>[IVXLC]+|\d{1,3}|[A-HĐ]|(?i:nhất|một|hai|ba|tư|bốn|năm|sáu|bảy|"
    r"tám))\b\s*(?:[.:)\-–]+\s*|(?=\s|$)\s*)"
)
_ROMAN = re.compile(r"(?P<value>[IVX]{1,5})\s*[.)/\-–:]+\s*(?=[^\s\d])")
_UPPER = re.compile(r"(?P<value>[A-HĐK])\s*[.)/]\s*(?=[^\s\d.])")
_LOWER = re.compile(r"(?P<value>[a-hđikl])(?:\s*[.)/]\s*(?=[^\s\d.])|[.)]\s+(?=\d))")
_DOTTED = re.compile(
    r"(?P<value>\d{1,2}(?:\.\d{1,2}){1,3})"
    r"(?:(?:\s*[.)/:]\s*|\s+)(?=[^\s\d.,%])|[.)]\s+(?=\d))"  # “2.4. 100% cán bộ”
)
_ARABIC = re.compile(
    r"(?P<value>\d{1,2})(?:\s*(?P<mark>[.)/:])(?:\s*(?=[^\s\d.,/%])|(?<=[.)])\s+(?=\d))"
    r"|(?P<dash>\s?[-–]\s(?=[A-ZÀ-ỸĐ])|[-–]\s(?=\d[\d.,]*%)))"
)
_COMPOUND = re.compile(
    r"(?P<value>(?:[A-HĐa-hđ]|[IVX]{1,5})(?:\.(?:[IVX]{1,5}|\d{1,2})){1,4})(?:\s*[.)/:–-]\s*|\s+)"
    r"(?=[A-ZÀ-ỸĐ“\"])"
)  # I.1, B.III.2, a.1
_SYMBOL = re.compile(r"(?:QĐ|NQ|NĐ|TT|KH|HD|CTr|CT|TB|BC|TTr|KL|CV)\s?-\s?[A-ZĐ]")  # 12/QĐ-UBND
_COMMA_LOWER = re.compile(r"(?P<value>[a-hđ]),\s*(?=[A-ZĐ])")
# “(3), Điện (4)” goes on with a list that a line's end has broken.
_PAREN = re.compile(r"\((?P<value>\d{1,2}|[a-hđ])\)\s*(?=[^\s,;.)])")
_MARKS: dict[str, Style] = {".": "arabic", ":": "arabic", "/": "slash", ")": "paren"}
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ORDINALS = {
    "nhất": 1,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
}
_BARE_ANNEX = re.compile(r"(?P<word>PHỤ LỤC|Phụ lục)\s*(?:[:.]\s*|$)")
_WORD_STYLE: dict[str, Style] = {
    "phần": "part", "chương": "part", "mục": "part", "điều": "article", "phụ lục": "annex",
}  # fmt: skip


@dataclass(slots=True, frozen=True)
class Label:
    """A label: its words, its style, its numbers (``2.1`` is ``(2, 1)``) and where it ends."""

    text: str
    style: Style
    values: tuple[int, ...]
    end: int
    firm: bool = True  # False where it may also be a number inside a wrapped sentence

    @property
    def value(self) -> int:
        """The last of its numbers."""
        return self.values[-1]


def _letter(text: str) -> int:
    plain = text.lower()
    return _LETTERS.index(plain) + 1 if plain in _LETTERS else ord(plain) - 96


def _compound(text: str) -> Label | None:
    """A label of several parts that begins with a numeral or a letter: I.1, B.III.2."""
    match = _COMPOUND.match(text)
    if not match:
        return None
    first, *rest = match["value"].split(".")
    values = [_letter(first) if first.upper() in "ABCDĐEGH" else roman(first) or 0]
    values += [int(part) if part.isdecimal() else roman(part) or 0 for part in rest]
    return Label(match["value"], "dotted", tuple(values), match.end()) if all(values) else None


def _word(match: re.Match[str]) -> Label | None:
    value = match["value"]
    word = _ORDINALS.get(value.lower())
    number = int(value) if value.isdecimal() else word or roman(value) or _letter(value)
    style = _WORD_STYLE[match["word"].lower()]
    rest = match.string[match.end() : match.end() + 40]
    if match["word"] == "Mục" and not rest[:1].isupper():
        return None  # "Mục 2.3 trong Kế hoạch …" is a reference, not a heading
    if word and not re.match(r"(?:PHẦN|Phần|CHƯƠNG|Chương)\s", match.string):
        return None
    shown = match.group().rstrip(" .:)-–")
    return Label(shown, style, (number,), match.end())


def _numbered(text: str) -> Label | None:
    """A label that begins with a figure."""
    match = _DOTTED.match(text)
    if match:
        values = tuple(int(v) for v in match["value"].split("."))
        rest = text[match.end() : match.end() + 1]
        marked = text[match.end("value") : match.end()].strip() != ""
        if marked or rest.isupper() or rest in "“\"'":
            return Label(match["value"], "dotted", values, match.end())
        return None
    match = _ARABIC.match(text)
    if match:
        style = _MARKS[match["mark"] or "."]
        rest = text[match.end() : match.end() + 1]
        if (
            style == "slash"
            and text[match.end("value") + 1 : match.end()] == ""
            and (not rest.isupper() or _SYMBOL.match(text, match.end()))
        ):
            return None
        return Label(match["value"], style, (int(match["value"]),), match.end(), rest.isupper())
    return None


def parse_label(text: str) -> Label | None:
    """The label ``text`` begins with, or None. Dates, thousands and quantities are not labels."""
    if not text:
        return None
    first = text[0]
    if first.isdecimal():
        return _numbered(text)
    if first == "(":
        match = _PAREN.match(text)
        if match:
            value = match["value"]
            number = int(value) if value.isdecimal() else _letter(value)
            return Label(value, "paren" if value.isdecimal() else "lower", (number,), match.end())
        return None
    if first in "PCMĐ":
        match = _WORD.match(text)
        if match:
            found = _word(match)
            if found:
                return found
        match = _BARE_ANNEX.match(text)
        if match:
            return Label(match["word"], "annex", (1,), match.end())
    if first in "IVX" and not text.startswith(("V/v", "V/V")):
        match = _ROMAN.match(text)
        numeral = roman(match["value"]) if match else None
        if match and numeral:
            return Label(match["value"], "roman", (numeral,), match.end())
    if text[1:2] == "." or first in "IVX":
        compound = _compound(text)
        if compound:
            return compound
    if first.isupper():
        match = _UPPER.match(text)
        if match and not text.startswith(("Đ/c", "Đ/C")):
            return Label(match["value"], "upper", (_letter(match["value"]),), match.end())
        return None
    match = _LOWER.match(text) or _COMMA_LOWER.match(text)
    if not match and text[1:2] == ".":
        return _compound(text)
    if match and not text.startswith("đ/c"):
        return Label(match["value"], "lower", (_letter(match["value"]),), match.end())
    return None
