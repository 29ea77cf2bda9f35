"""Styles of a Word document: what a style, and those it is based on, say about text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEPTH = 12
_OFF = frozenset(("0", "false", "off", "none"))


@dataclass(slots=True)
class Look:
    """What we need of formatting; None where a style is silent."""

    bold: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    centred: bool | None = None
    number: str | None = None
    level: int | None = None
    bordered: bool | None = None
    font: str | None = None

    def over(self, base: Look) -> Look:
        """This look where it speaks, ``base`` where it is silent."""
        return Look(
            *(
                getattr(base, name) if getattr(self, name) is None else getattr(self, name)
                for name in self.__slots__
            )
        )


PLAIN = Look()


class Styles:
    """The styles part; unknown or missing styles have no say."""

    def __init__(self, root: _Element | None) -> None:
        self._elements: dict[str, _Element] = {}
        self._looks: dict[str, Look] = {}
        self.default_paragraph = ""
        self.default_font: str | None = None
        if root is None:
            return
        for style in root.iterchildren(W + "style"):
            key = style.get(W + "styleId") or ""
            self._elements[key] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self.default_paragraph = key
        fonts = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
        self.default_font = None if fonts is None else fonts.get(W + "ascii")

    def look(self, key: str | None, depth: int = 0) -> Look:
        """The look of a style with everything it inherits."""
        if not key or key not in self._elements or depth > _DEPTH:
            return PLAIN
        if key not in self._looks:
            style = self._elements[key]
            based = style.find(W + "basedOn")
            base = PLAIN if based is None else self.look(based.get(W + "val"), depth + 1)
            self._looks[key] = _own_look(style).over(base)
        return self._looks[key]


def flag(properties: _Element | None, tag: str) -> bool | None:
    """An on/off property: True, False, or None where it isn't set."""
    found = None if properties is None else properties.find(W + tag)
    if found is None:
        return None
    return (found.get(W + "val") or "1") not in _OFF


def value(parent: _Element | None, tag: str) -> str | None:
    """The ``w:val`` of a child, or None."""
    found = None if parent is None else parent.find(W + tag)
    return None if found is None else found.get(W + "val")


def number_of(text: str | None) -> int | None:
    """A whole number as Word writes it, or None where it is none."""
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def has_borders(borders: _Element | None) -> bool | None:
    """Whether any side of a table or cell has a visible line; None where nothing is said."""
    if borders is None or len(borders) == 0:
        return None
    return any(side.get(W + "val") not in ("none", "nil", None) for side in borders)


def _own_look(style: _Element) -> Look:
    run = style.find(W + "rPr")
    paragraph = style.find(W + "pPr")
    numbering = None if paragraph is None else paragraph.find(W + "numPr")
    align = value(paragraph, "jc")
    fonts = None if run is None else run.find(W + "rFonts")
    return Look(
        bold=flag(run, "b"),
        caps=flag(run, "caps"),
        hidden=flag(run, "vanish"),
        centred=None if align is None else align == "center",
        number=value(numbering, "numId"),
        level=number_of(value(numbering, "ilvl")),
        bordered=has_borders(style.find(f"{W}tblPr/{W}tblBorders")),
        font=None if fonts is None else fonts.get(W + "ascii"),
    )
