"""The text of a paper as a reader extracted it: lines, and what each line was in the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from dinhlang.papers.plan import Layout

MADE_HERE = "dinhlang"
"""The identifier among the properties of a Word file that this program wrote."""

WAITING = "Văn bản do chương trình soạn; số và ngày ban hành để trống, chờ văn thư."
"""The note a paper of this program is read with."""

LineKind = Literal["text", "row", "header", "footer", "box", "note"]

Progress = Callable[[float, str], None]
"""Called with a share done (0…1) and words for the user; may raise ``Stopped``."""


@dataclass(slots=True)
class SourceLine:
    """One line. ``text`` is NFC, otherwise as it stands; ``cells`` only for a row of a table.

    ``heading`` is the heading level of the file's own style (Word, Markdown), a hint only.
    ``table`` numbers the table a row belongs to, from 1.
    """

    text: str
    kind: LineKind = "text"
    cells: tuple[str, ...] = ()
    table: int = 0
    page: int = 0
    bold: bool = False
    centred: bool = False
    decomposed: bool = False


@dataclass(slots=True)
class SourceText:
    """A paper as lines, in reading order; line numbers are 1-based indexes into ``lines``."""

    name: str
    reader: str
    sha256: str
    lines: list[SourceLine] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    layout: Layout | None = None

    @property
    def text(self) -> list[str]:
        """The bare lines."""
        return [line.text for line in self.lines]
