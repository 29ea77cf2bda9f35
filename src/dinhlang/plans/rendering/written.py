"""A paper of ours with the name of its files, and as a page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from dinhlang.papers.writing.html import to_html
from dinhlang.papers.writing.tree import Paper, Table

FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Written:
    """A paper and what its files are called, without the ending."""

    paper: Paper
    name: str

    @property
    def html(self) -> SafeString:
        """The paper as an ``article``; the writer escapes everything in it."""
        return mark_safe(to_html(self.paper))

    @property
    def has_tables(self) -> bool:
        """Whether there is anything for a workbook."""
        blocks = [*self.paper.blocks, *(each for a in self.paper.annexes for each in a.blocks)]
        return any(isinstance(block, Table) for block in blocks)


def file_name(*parts: str) -> str:
    """The words as a file name, with their marks; what no system allows is left out."""
    words = " - ".join(part.strip() for part in parts if part.strip())
    clean = " ".join(FORBIDDEN.sub(" ", words).split())
    if len(clean) > LONGEST_NAME:
        clean = clean[:LONGEST_NAME].rsplit(" ", 1)[0]
    return clean.strip(" .-")
