"""Text from pictures by tesseract, where it is installed with Vietnamese."""

from __future__ import annotations

import functools
import os
import shutil
import statistics
import subprocess

from dinhlang.papers.errors import Damaged, NoText
from dinhlang.papers.reading.formats.limits import Limits
from dinhlang.papers.reading.formats.rows import Page, Piece

NOTE = "Chữ được nhận dạng từ bản chụp (OCR), có thể sai; hãy đối chiếu với bản gốc."
_SURE = 20.0
_WIDE = 1.6


@functools.cache
def is_available() -> bool:
    """Whether tesseract with the language ``vie`` can be run."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return b"vie" in listed.stdout.split()


def read_picture(picture: bytes, number: int, scale: float, limits: Limits) -> Page:
    """The words on a picture (PGM, PNG or JPEG) as a page; ``scale`` in pixels per point.

    Raises ``NoText`` when the page takes too long, ``Damaged`` when the picture is broken.
    """
    program = shutil.which("tesseract") or "tesseract"
    command = [program, "stdin", "stdout", "-l", "vie", "--psm", "3", "tsv"]
    # One thread: tesseract's own threads make small machines slower.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, env=environment, check=False,
            timeout=limits.ocr_page_seconds,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NoText(
            f"Nhận dạng chữ ở trang {number} quá lâu nên đã dừng.",
            "Hãy gửi tệp Word gốc hoặc bản chụp rõ hơn.",
        ) from error
    if done.returncode != 0:
        raise Damaged("Ảnh bị hỏng, không nhận dạng được chữ.", "Hãy chụp lại rồi gửi lại.")
    return _page(done.stdout.decode("utf-8", errors="replace"), number, scale)


def _page(table: str, number: int, scale: float) -> Page:
    """A page from tesseract's table of words; its origin is the upper left, in pixels."""
    lines: dict[tuple[str, ...], list[tuple[str, float, float, float, float]]] = {}
    width = height = 0.0
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12:
            continue
        left, top, wide, high = (float(cell) / scale for cell in cells[6:10])
        if cells[0] == "1":
            width, height = wide, high
        elif cells[0] == "5" and float(cells[10]) >= _SURE and cells[11].strip():
            word = (cells[11].strip(), left, left + wide, top, top + high)
            lines.setdefault(tuple(cells[1:5]), []).append(word)
    page = Page(number, width, height)
    for words in lines.values():
        page.pieces += _pieces(words, height)
    _level(page.pieces)
    return page


def _level(pieces: list[Piece]) -> None:
    """Gives lines of nearly the usual height that height: it varies with marks and descenders."""
    if not pieces:
        return
    usual = statistics.median(piece.height for piece in pieces)
    for piece in pieces:
        if 0.65 * usual < piece.height < 1.35 * usual:
            middle = (piece.y0 + piece.y1) / 2
            piece.y0, piece.y1 = middle - usual / 2, middle + usual / 2


def _pieces(words: list[tuple[str, float, float, float, float]], height: float) -> list[Piece]:
    """Words of one line, parted at wide gaps; all get the height of the line."""
    top, bottom = min(w[3] for w in words), max(w[4] for w in words)
    groups: list[list[tuple[str, float, float, float, float]]] = []
    for word in words:
        if groups and word[1] - groups[-1][-1][2] <= _WIDE * (bottom - top):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [
        Piece(
            " ".join(w[0] for w in g), g[0][1], g[-1][2], height - bottom, height - top, rough=True
        )
        for g in groups
    ]
