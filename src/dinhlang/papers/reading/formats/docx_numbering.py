"""Automatic numbering of Word: the label that Word shows before a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dinhlang.papers.reading.formats.docx_styles import W, number_of, value
from dinhlang.papers.reading.formats.symbols import bullet

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(slots=True)
class _Level:
    """One level of a list as ``numbering.xml`` describes it."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"
    restart: int | None = None
    font: str = ""
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    """What a ``numId`` points at: shared levels, and its own overrides."""

    abstract: str
    overrides: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts paragraphs as Word does: one counter per level of an abstract list."""

    def __init__(self, root: _Element | None) -> None:
        self._abstracts: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        links: dict[str, str] = {}
        styled: dict[str, str] = {}
        for element in root.iterchildren(W + "abstractNum"):
            key = element.get(W + "abstractNumId") or ""
            levels = (_read_level(level) for level in element.iterchildren(W + "lvl"))
            self._abstracts[key] = dict(levels)
            if link := value(element, "numStyleLink"):
                links[key] = link
            if link := value(element, "styleLink"):
                styled[link] = key
        for element in root.iterchildren(W + "num"):
            abstract = value(element, "abstractNumId") or ""
            abstract = styled.get(links.get(abstract, ""), abstract)
            entry = _List(abstract)
            for override in element.iterchildren(W + "lvlOverride"):
                _read_override(override, entry)
            self._lists[element.get(W + "numId") or ""] = entry

    def level_of_style(self, number: str, style: str) -> int:
        """The level tied to a paragraph style (0 where none is)."""
        entry = self._lists.get(number)
        levels = self._abstracts.get(entry.abstract, {}) if entry else {}
        return next((index for index, level in levels.items() if level.style == style), 0)

    def next_label(self, number: str, index: int) -> str:
        """The label with the space that follows it, as ``1.2. ``; empty where there is none.

        Counts, so it is called once for every numbered paragraph, in order.
        """
        entry = self._lists.get(number)
        if entry is None or not 0 <= index < _LEVELS:
            return ""
        level = self._level(entry, index)
        if level is None:
            return ""
        counts = self._counts.setdefault(entry.abstract, [None] * _LEVELS)
        self._step(number, entry, index, counts)
        if level.format == "none" and not level.text:
            return ""
        if level.format == "bullet":
            label = bullet(level.text, level.font)
        else:
            label = _PLACE.sub(
                lambda m: self._part(entry, int(m[1]) - 1, level, counts), level.text
            )
        if not label.strip():
            return ""
        return label if level.suffix == "nothing" else label.rstrip() + " "

    def _step(self, number: str, entry: _List, index: int, counts: list[int | None]) -> None:
        begun = counts[index]
        own_start = entry.starts.get(index)
        if own_start is not None and (number, index) not in self._begun:
            begun = None
        self._begun.add((number, index))
        if begun is None:
            level = self._level(entry, index)
            start = own_start if own_start is not None else (level.start if level else 1)
            counts[index] = start
        else:
            counts[index] = begun + 1
        for deeper in range(index + 1, _LEVELS):
            level = self._level(entry, deeper)
            restart = level.restart if level else None
            if restart is None or (restart > 0 and index < restart):
                counts[deeper] = None

    def _part(self, entry: _List, index: int, shown: _Level, counts: list[int | None]) -> str:
        level = self._level(entry, index)
        count = counts[index]
        if count is None:
            count = entry.starts.get(index, level.start if level else 1)
            counts[index] = count
        style = "decimal" if shown.legal or level is None else level.format
        return format_count(count, style)

    def _level(self, entry: _List, index: int) -> _Level | None:
        return entry.overrides.get(index) or self._abstracts.get(entry.abstract, {}).get(index)


def format_count(count: int, style: str) -> str:
    """A count in a number format of Word; unknown formats are decimal."""
    if style == "none":
        return ""
    if style == "decimalZero":
        return f"{count:02d}"
    if style in ("upperRoman", "lowerRoman") and 0 < count < 4000:
        roman = _to_roman(count)
        return roman if style == "upperRoman" else roman.lower()
    if style in ("upperLetter", "lowerLetter") and 0 < count <= 780:
        # Word goes a … z, aa, bb … and knows no đ here.
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    return str(count)


def _to_roman(count: int) -> str:
    out = []
    for size, letters in _ROMAN:
        times, count = divmod(count, size)
        out.append(letters * times)
    return "".join(out)


def _read_level(element: _Element) -> tuple[int, _Level]:
    fonts = element.find(f"{W}rPr/{W}rFonts")
    start = number_of(value(element, "start"))
    level = _Level(
        format=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        start=1 if start is None else start,
        suffix=value(element, "suff") or "tab",
        restart=number_of(value(element, "lvlRestart")),
        font="" if fonts is None else fonts.get(W + "ascii") or "",
        legal=element.find(W + "isLgl") is not None,
        style=value(element, "pStyle"),
    )
    return number_of(element.get(W + "ilvl")) or 0, level


def _read_override(element: _Element, entry: _List) -> None:
    index = number_of(element.get(W + "ilvl")) or 0
    start = number_of(value(element, "startOverride"))
    if start is not None:
        entry.starts[index] = start
    level = element.find(W + "lvl")
    if level is not None:
        entry.overrides[index] = _read_level(level)[1]
