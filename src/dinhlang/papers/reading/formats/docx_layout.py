"""The page of a Word document and the type of its text, for the checks of form."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from dinhlang.papers.plan import Layout
from dinhlang.papers.reading.formats.docx_styles import Styles, W, number_of, value

if TYPE_CHECKING:
    from lxml.etree import _Element

Kind = TypeVar("Kind")

_TWIPS_PER_INCH, _TENTHS_PER_INCH = 1440, 254
_DEPTH = 12


def read_layout(body: _Element, styles: Styles, part: _Element | None) -> Layout:
    """Size and margins of the first section; font and size of most letters."""
    section = next(body.iter(W + "sectPr"), None)
    size = None if section is None else section.find(W + "pgSz")
    margins = None if section is None else section.find(W + "pgMar")
    fonts, sizes = _types(body, styles, part)
    return Layout(
        width=_tenths(size, "w"),
        height=_tenths(size, "h"),
        top=_tenths(margins, "top"),
        bottom=_tenths(margins, "bottom"),
        left=_tenths(margins, "left"),
        right=_tenths(margins, "right"),
        font=_most(fonts),
        size=_most(sizes),
    )


def _tenths(element: _Element | None, name: str) -> int | None:
    twips = None if element is None else number_of(element.get(W + name))
    return None if twips is None else round(abs(twips) * _TENTHS_PER_INCH / _TWIPS_PER_INCH)


def _most(letters: Counter[Kind]) -> Kind | None:
    return letters.most_common(1)[0][0] if letters else None


def _types(
    body: _Element, styles: Styles, part: _Element | None
) -> tuple[Counter[str], Counter[int]]:
    """Letters by font and by size in half-points; a run asks itself, its style, the defaults."""
    sizes_of = _StyleSizes(part)
    fonts: Counter[str] = Counter()
    sizes: Counter[int] = Counter()
    for paragraph in body.iter(W + "p"):
        style = value(paragraph.find(W + "pPr"), "pStyle") or styles.default_paragraph
        for run in paragraph.iter(W + "r"):
            letters = sum(len(text.text or "") for text in run.iterchildren(W + "t"))
            if not letters:
                continue
            look = run.find(W + "rPr")
            named = None if look is None else look.find(W + "rFonts")
            font = None if named is None else named.get(W + "ascii")
            font = font or styles.look(style).font or styles.default_font
            half = number_of(value(look, "sz")) or sizes_of.size(style)
            if font:
                fonts[font] += letters
            if half:
                sizes[half] += letters
    return fonts, sizes


class _StyleSizes:
    """Half-points a style asks for, with what it is based on; the defaults behind them all."""

    def __init__(self, part: _Element | None) -> None:
        self._styles: dict[str, _Element] = {}
        self._default: int | None = None
        if part is not None:
            for style in part.iterchildren(W + "style"):
                self._styles[style.get(W + "styleId") or ""] = style
            self._default = number_of(
                value(part.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"), "sz")
            )

    def size(self, key: str | None, depth: int = 0) -> int | None:
        """The size of a style in half-points; None where nothing says one."""
        style = self._styles.get(key or "")
        if style is None or depth > _DEPTH:
            return self._default
        own = number_of(value(style.find(W + "rPr"), "sz"))
        return own or self.size(value(style, "basedOn"), depth + 1)
