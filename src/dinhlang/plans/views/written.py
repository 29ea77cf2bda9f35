"""A paper of ours as Word, PDF or Excel to keep."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.utils import timezone

from dinhlang.papers.writing.pdf import to_pdf
from dinhlang.papers.writing.sheet import to_xlsx
from dinhlang.papers.writing.word import to_docx

from ..rendering.written import Written
from .common import SAFE_TYPES, XLSX, download


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
