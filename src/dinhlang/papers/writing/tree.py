"""An official paper as a tree, before it is Word, PDF or HTML.

Number, date and name of the signer may stay None: the office's own system gives them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Align = Literal["left", "right", "center", "justify"]


@dataclass(frozen=True, slots=True)
class Run:
    """Letters set in one way."""

    text: str
    bold: bool = False
    italic: bool = False


Text = str | tuple[Run, ...]
"""Plain words, or runs."""


def runs(text: Text) -> tuple[Run, ...]:
    """The text as runs."""
    return (Run(text),) if isinstance(text, str) else text


def plain(text: Text) -> str:
    """The text without its setting."""
    return text if isinstance(text, str) else "".join(run.text for run in text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading. Level 1 “I. TÊN” and “Phần” in bold capitals, 2 “1. Tên” bold, 3 “a) tên”."""

    level: Literal[1, 2, 3]
    label: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Words. ``marker`` is a bullet (“-”, “+”) that stands before them."""

    text: Text
    marker: str = ""
    align: Align = "justify"
    indent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; ``share`` is its part of the width."""

    title: str
    share: float = 1.0
    align: Align = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Cells of a row. ``strong``: a total or a group; ``span``: the first cell takes so many."""

    cells: tuple[str, ...]
    strong: bool = False
    span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose head repeats on each page. ``unit`` stands right above it, in italics."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Who issues the paper, its number, place and day.

    ``parent`` may be empty; ``symbol`` is “KH-UBND” (or, of a letter, “UBND-VP”). ``issuer`` are
    the lines at the head, in capitals, ``issuer_words`` the same within a sentence.
    ``number_words`` and ``date_words`` stand instead of the lines made of number and date,
    ``annex_words`` instead of the line in brackets under the title of an annex.
    """

    issuer: tuple[str, ...]
    symbol: str
    place: str
    issuer_words: str = ""
    parent: str = ""
    number: int | None = None
    date: date | None = None
    year: int | None = None
    number_words: str = ""
    date_words: str = ""
    annex_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """“TM. ỦY BAN NHÂN DÂN” / “KT. CHỦ TỊCH” / “PHÓ CHỦ TỊCH”, and the name if it is given."""

    title: str
    authority: str = ""
    acting_for: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """“Phụ lục I”: its title and what it holds; on pages of its own."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper. ``kind``: “KẾ HOẠCH”; empty for a letter, whose ``about`` is “V/v …”.

    ``authority`` stands in capitals above the bases of a decision, ``resolves`` (“QUYẾT ĐỊNH:”)
    below them.
    ``also_signs``: minutes have two signatures, the secretary's left.
    """

    head: Head
    kind: str
    about: str
    blocks: tuple[Block, ...]
    bases: tuple[str, ...] = ()
    authority: str = ""
    resolves: str = ""
    addressees: tuple[str, ...] = ()
    signature: Signature | None = None
    also_signs: Signature | None = None
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = field(default=())
    end_mark: bool = True
