"""Pieces of text with places on a page, and the rows that they make.

Places are in points with the origin at the lower left.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dinhlang.papers.reading.formats.heads import RECIPIENTS
from dinhlang.vietnamese import fold

_SHORT = 3


@dataclass(slots=True)
class Char:
    """One character with its box; ``index`` is its place in the page's text."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    index: int


@dataclass(slots=True)
class Piece:
    """A run of text on one line, without wide gaps."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    bold: bool = False
    spaced: bool = False
    """Whether a blank stands at its end in the file."""

    rough: bool = False
    """Whether its place was measured on a picture, to within some points."""

    @property
    def height(self) -> float:
        return self.y1 - self.y0


@dataclass(slots=True)
class Row:
    """One visual line of a page: its pieces from left to right."""

    pieces: list[Piece]
    page: int
    x0: float = 0.0
    x1: float = 0.0
    y: float = 0.0
    height: float = 0.0
    text: str = ""
    bold: bool = False

    def __post_init__(self) -> None:
        self.pieces.sort(key=lambda piece: piece.x0)
        self.x0 = self.pieces[0].x0
        self.x1 = max(piece.x1 for piece in self.pieces)
        biggest = max(self.pieces, key=lambda piece: len(piece.text))
        self.y, self.height = biggest.y0, biggest.height
        self.text = " ".join(piece.text for piece in self.pieces)
        self.bold = all(piece.bold for piece in self.pieces)


@dataclass(slots=True)
class GridRow:
    """One row of a ruled table; ``columns`` are the places of its vertical lines."""

    cells: tuple[str, ...]
    page: int
    top: float
    table: int
    columns: tuple[float, ...] = ()


@dataclass(slots=True)
class Page:
    """What stands on one page."""

    number: int
    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    grid: list[GridRow] = field(default_factory=list)
    picture: float = 0.0
    """The share of the page that its largest picture covers, 0…1."""

    @property
    def letters(self) -> int:
        """How many letters and digits stand on it."""
        texts = [p.text for p in self.pieces] + [c for row in self.grid for c in row.cells]
        return sum(char.isalnum() for text in texts for char in text)


def group_rows(page: Page) -> list[Row]:
    """The pieces of a page in rows, top to bottom; small raised text stays in its row."""
    rows: list[list[Piece]] = []
    for piece in sorted(_without_doubles(page.pieces), key=lambda p: -(p.y0 + p.y1)):
        middle = (piece.y0 + piece.y1) / 2
        for row in rows[-3:]:
            mate = row[0]
            apart = abs((mate.y0 + mate.y1) / 2 - middle)
            if apart < 0.45 * min(mate.height, piece.height) + 0.5 and not _clash(row, piece):
                row.append(piece)
                break
        else:
            rows.append([piece])
    return [Row(row, page.number) for row in rows]


def _without_doubles(pieces: list[Piece]) -> list[Piece]:
    """Without what is drawn a second time in its place, as for make-believe bold."""
    kept: list[Piece] = []
    same: dict[str, list[Piece]] = {}
    for piece in pieces:
        same.setdefault(piece.text, []).append(piece)
    for piece in pieces:
        others = pieces if len(piece.text) <= _SHORT else same[piece.text]
        if not any(_repeats(piece, other) for other in others):
            kept.append(piece)
        else:
            same[piece.text].remove(piece)
            piece.text = ""
    return kept


def _repeats(piece: Piece, other: Piece) -> bool:
    return (
        other is not piece
        and abs(other.y0 - piece.y0) < 2
        and other.x0 - 2 < piece.x0
        and piece.x1 < other.x1 + 2
        and piece.text in other.text
    )


def _clash(row: list[Piece], piece: Piece) -> bool:
    """Whether another text stands in the place of this one already."""
    return any(p.x0 < piece.x1 - 2 and piece.x0 < p.x1 - 2 for p in row)


def has_recipients(rows: list[Row]) -> bool:
    """Whether one of the rows opens the list of recipients."""
    return any(RECIPIENTS.match(fold(row.pieces[0].text).lstrip(" */")) for row in rows)


def first_word(row: Row) -> float:
    """The width of the first word of a row in points, from the share of its letters."""
    piece = row.pieces[0]
    word = piece.text.split(" ", 1)[0]
    return (piece.x1 - piece.x0) * len(word) / max(1, len(piece.text))
