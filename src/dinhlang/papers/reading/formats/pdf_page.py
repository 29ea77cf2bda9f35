"""One page of a PDF as pieces of text with places, and the ruled tables on it."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING

import pypdfium2.raw as raw

from dinhlang.papers.reading.formats.pdf_tables import Edge, read_tables
from dinhlang.papers.reading.formats.rows import Char, Page, Piece
from dinhlang.papers.reading.formats.symbols import plain

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_WIDE = 0.8
_PATHS = 20_000
_SEGMENTS = 2_000
_STRAIGHT = 1.2
_HYPHEN = 2
_SPECIAL = {9: " ", 0xA0: " "}
_NO_CHAR = frozenset((0, 13, 0xAD, 0xFEFF, 0xFFFE, 0xFFFF))


def read_page(document: PdfDocument, index: int, max_chars: int) -> Page | None:
    """The page, or None where it holds more than ``max_chars`` characters."""
    page = document[index]
    try:
        width, height = page.get_size()
        text = raw.FPDFText_LoadPage(page.raw)
        if not text:
            return Page(index + 1, width, height)
        try:
            count = raw.FPDFText_CountChars(text)
            if count > max_chars:
                return None
            chars = _chars(text, max(0, count))
            out = Page(index + 1, width, height)
            rest = read_tables(chars, _edges(page), out)
            out.pieces = _pieces(text, rest)
            out.picture = _largest_picture(page) / max(1.0, width * height)
            return out
        finally:
            raw.FPDFText_ClosePage(text)
    finally:
        page.close()


def _chars(text: raw.FPDF_TEXTPAGE, count: int) -> list[Char]:
    """Characters in the order of the file; ``\\n`` where PDFium sees a line end."""
    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    code_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    out: list[Char] = []
    for index in range(count):
        code = code_of(text, index)
        if code in _NO_CHAR or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        box_of(text, index, pointer)
        char = _SPECIAL.get(code) or chr(code)
        if code == _HYPHEN and out:
            # A hyphen that ends a line has no box of its own.
            last = out[-1]
            width = 0.33 * (last.y1 - last.y0)
            out.append(Char("-", last.x1, last.x1 + width, last.y0, last.y1, last.index))
            continue
        out.append(Char(char, box.left, box.right, box.bottom, box.top, index))
    return out


def _pieces(text: raw.FPDF_TEXTPAGE, chars: list[Char]) -> list[Piece]:
    pieces: list[Piece] = []
    run: list[Char] = []
    last: Char | None = None
    for char in chars:
        if char.text == "\n":
            _close(text, run, pieces)
            last = None
            continue
        if char.text.isspace():
            if run:
                run.append(char)
            continue
        if last is not None and _breaks(last, char):
            _close(text, run, pieces)
        elif last is not None and run[-1] is not last and _is_guess(text, last, run[-1], char):
            run.pop()
        run.append(char)
        last = char
    _close(text, run, pieces)
    return pieces


def _is_guess(text: raw.FPDF_TEXTPAGE, last: Char, blank: Char, char: Char) -> bool:
    """Whether a blank is PDFium's own guess, and the letters stand close together."""
    if char.x0 - last.x1 > 0.06 * (char.y1 - char.y0):
        return False
    return bool(raw.FPDFText_IsGenerated(text, blank.index) == 1)


def _breaks(last: Char, char: Char) -> bool:
    height = max(last.y1 - last.y0, char.y1 - char.y0, 1.0)
    if char.x0 - last.x1 > _WIDE * height or char.x1 < last.x0 - height:
        return True
    apart = abs((char.y0 + char.y1) - (last.y0 + last.y1)) / 2
    return apart > 0.6 * height


def _close(text: raw.FPDF_TEXTPAGE, run: list[Char], pieces: list[Piece]) -> None:
    words = " ".join("".join([char.text for char in run]).split())
    solid = [char for char in run if not char.text.isspace()]
    spaced = bool(run) and run[-1].text == " "
    run.clear()
    if not words or not solid:
        return
    baseline, size = _type(text, solid[len(solid) // 2])
    pieces.append(
        Piece(
            plain(words),
            min(char.x0 for char in solid),
            max(char.x1 for char in solid),
            baseline - 0.22 * size,
            baseline + 0.78 * size,
            _is_bold(text, solid[0].index) and _is_bold(text, solid[-1].index),
            spaced,
        )
    )


def _type(text: raw.FPDF_TEXTPAGE, char: Char) -> tuple[float, float]:
    """The baseline and the size of type of a character, in points.

    Boxes won't do: for some fonts PDFium's box is that of the letter, not of the font.
    """
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    if not raw.FPDFText_GetCharOrigin(text, char.index, x, y):
        return char.y0, max(1.0, char.y1 - char.y0)
    size = raw.FPDFText_GetFontSize(text, char.index)
    if raw.FPDFText_GetMatrix(text, char.index, matrix):
        size *= math.hypot(matrix.c, matrix.d)
    return y.value, size if 1.0 < size < 400.0 else max(1.0, char.y1 - char.y0)


def _is_bold(text: raw.FPDF_TEXTPAGE, index: int) -> bool:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, 128, ctypes.byref(flags))
    return b"bold" in name.value.lower() or bool(flags.value & (1 << 18))


def _largest_picture(page: PdfPage) -> float:
    """The area of the largest picture on the page, in square points; forms are looked into."""
    items = (
        raw.FPDFPage_GetObject(page.raw, index)
        for index in range(min(raw.FPDFPage_CountObjects(page.raw), _PATHS))
    )
    return max((_picture_area(item) for item in items), default=0.0)


def _picture_area(item: raw.FPDF_PAGEOBJECT) -> float:
    if raw.FPDFPageObj_GetType(item) not in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
        return 0.0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_FORM:
        inner = (
            raw.FPDFFormObj_GetObject(item, index)
            for index in range(min(raw.FPDFFormObj_CountObjects(item), 100))
        )
        if not any(raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_IMAGE for one in inner):
            return 0.0
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return 0.0
    return float(abs(right.value - left.value) * abs(top.value - bottom.value))


def _edges(page: PdfPage) -> list[Edge]:
    """The straight level and upright lines drawn on the page, ruled or as thin boxes."""
    edges: list[Edge] = []
    total = min(raw.FPDFPage_CountObjects(page.raw), _PATHS)
    for index in range(total):
        item = raw.FPDFPage_GetObject(page.raw, index)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_PATH:
            _path_edges(item, edges)
            if len(edges) > _PATHS:
                break
    return edges


def _path_edges(item: raw.FPDF_PAGEOBJECT, edges: list[Edge]) -> None:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    last: tuple[float, float] | None = None
    first: tuple[float, float] | None = None
    for index in range(min(raw.FPDFPath_CountSegments(item), _SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        here = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            _add_edge(last, here, edges)
        if raw.FPDFPathSegment_GetClose(segment) and first is not None:
            _add_edge(here, first, edges)
        last = here


def _add_edge(one: tuple[float, float], two: tuple[float, float], edges: list[Edge]) -> None:
    across, up = abs(one[0] - two[0]), abs(one[1] - two[1])
    if up <= _STRAIGHT < across:
        edges.append(Edge(False, (one[1] + two[1]) / 2, *sorted((one[0], two[0]))))
    elif across <= _STRAIGHT < up:
        edges.append(Edge(True, (one[0] + two[0]) / 2, *sorted((one[1], two[1]))))
