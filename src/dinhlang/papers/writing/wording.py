"""The fixed words of an official paper, and how wide words are when set."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from PIL import ImageFont

from dinhlang.vietnamese import to_roman

from .tree import Block, Head, Paper, Paragraph, runs

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
FONTS = Path(__file__).parent / "fonts_built"
_MM_PER_PT = 25.4 / 72
_BLANK = "\u00a0"
_FIELD = re.compile(r"(\{\{.*?\}\})")


def capitals(text: str) -> str:
    """The text in capitals; the fields of a template stay as they are."""
    return "".join(
        part if part.startswith("{{") else part.upper() for part in _FIELD.split(text) if part
    )


def number_line(head: Head) -> str:
    """“Số: 05/KH-UBND”, below ten with a nought; room for the number where it is not given.

    Empty for a paper of a kind that has no symbol.
    """
    if head.number_words or not head.symbol:
        return head.number_words
    number = f"{head.number:02d}" if head.number is not None else _BLANK * 8
    return f"Số: {number}/{head.symbol}"


def date_line(head: Head) -> str:
    """“Làng Mẫu, ngày 05 tháng 3 năm 2026”: a nought before days below 10, January, February."""
    if head.date_words:
        return head.date_words
    if head.date is None:
        year = head.year or f"20{_BLANK * 3}"
        return f"{head.place}, ngày{_BLANK * 4} tháng{_BLANK * 4} năm {year}"
    month = f"{head.date.month:02d}" if head.date.month <= 2 else str(head.date.month)
    return f"{head.place}, ngày {head.date.day:02d} tháng {month} năm {head.date.year}"


def base_lines(paper: Paper) -> list[str]:
    """The bases; each ends with a semicolon, the last with a full stop."""
    bases = [base.rstrip(" ;.,") for base in paper.bases]
    return [
        base + (";" if position < len(bases) - 1 else ".") for position, base in enumerate(bases)
    ]


def addressee_lines(paper: Paper) -> list[str]:
    """The names after “Kính gửi:”; several stand each after a dash."""
    names = [name.strip(" -;.") for name in paper.addressees]
    if len(names) < 2:
        return [f"{name}." for name in names]
    return [
        f"- {name}" + (";" if position < len(names) - 1 else ".")
        for position, name in enumerate(names)
    ]


def recipient_lines(paper: Paper) -> list[str]:
    """The lines under “Nơi nhận:”, each after a dash; the last one is what is kept."""
    names = [name.strip(" -;.") for name in paper.recipients]
    return [
        f"- {name}" + (";" if position < len(names) - 1 else ".")
        for position, name in enumerate(names)
    ]


def body(paper: Paper) -> tuple[Block, ...]:
    """The blocks, with “./.” where the paper ends."""
    if not paper.end_mark or (paper.signature is None and not paper.recipients):
        return paper.blocks
    last = paper.blocks[-1] if paper.blocks else None
    if not isinstance(last, Paragraph):
        return (*paper.blocks, Paragraph(text="./."))
    words = runs(last.text)
    ended = (*words[:-1], replace(words[-1], text=words[-1].text.rstrip(" .;") + "./."))
    return (*paper.blocks[:-1], replace(last, text=ended))


_SHORT = 8  # “./.” alone


def kept(paper: Paper) -> list[int]:
    """Which of the blocks of ``body`` stay on the page of the signature, from the end: the last
    paragraph, and what stands before it where it is only the mark of the end."""
    if paper.signature is None and not paper.recipients:
        return []
    blocks = body(paper)
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph):
        return []
    found = [-1]
    if len("".join(run.text for run in runs(last.text))) < _SHORT and len(blocks) > 1:
        found.append(-2)
    return found


def annex_label(paper: Paper, position: int) -> str:
    """“Phụ lục”, and a Roman number where there are several."""
    return "Phụ lục" if len(paper.annexes) == 1 else f"Phụ lục {to_roman(position + 1)}"


def annex_reference(paper: Paper) -> str:
    """The line in brackets under an annex's title; what the office's system gives stays open."""
    head, kind = paper.head, (paper.kind or "Công văn").capitalize()
    if head.annex_words:
        return head.annex_words
    number = f"{head.number:02d}" if head.number is not None else _BLANK * 6
    day = f"{_BLANK * 3}/{_BLANK * 3}/{head.year or '20' + _BLANK * 2}"
    if head.date is not None:
        day = f"{head.date.day:02d}/{head.date.month}/{head.date.year}"
    issuer = head.issuer_words or " ".join(head.issuer)
    return f"(Kèm theo {kind} số {number}/{head.symbol} ngày {day} của {issuer})"


def width(words: str, size: float, *, bold: bool = False) -> float:
    """How wide the words are in mm when set in Tinos (the same in Times New Roman)."""
    return float(_font(bold).getlength(words)) / 100 * size * _MM_PER_PT


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"Tinos_{'700Bold' if bold else '400Regular'}.ttf"), 100)
