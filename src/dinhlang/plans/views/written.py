"""A paper of ours for the browser: as a page, and as Word, PDF or Excel to keep."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import FileResponse, Http404
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from dinhlang.papers.writing.html import to_html
from dinhlang.papers.writing.pdf import to_pdf
from dinhlang.papers.writing.sheet import to_xlsx
from dinhlang.papers.writing.tree import Paper, Table
from dinhlang.papers.writing.word import to_docx

from .common import SAFE_TYPES, XLSX, download

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


def as_file(written: Written, kind: str) -> FileResponse:
    """The paper as “docx”, “pdf” or “xlsx” (its tables); 404 for anything else."""
    match kind:
        case "docx":
            data: bytes | None = to_docx(written.paper)
        case "pdf":
            data = to_pdf(written.paper, timezone.localdate())
        case "xlsx":
            data = to_xlsx(written.paper)
        case _:
            data = None
    if data is None:
        raise Http404
    return download(data, f"{written.name}.{kind}", SAFE_TYPES.get(f".{kind}", XLSX))
