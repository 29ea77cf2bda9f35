"""The sample plan with this year's dates, so that what is due is due about now."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

from dinhlang.plans.trial.samples import folder

SAMPLE = "ke-hoach-nang-cao-2025.docx"
WRITTEN_FOR = 2025
WITHOUT_DISTRICTS = 2026
"""The first whole year without districts, whose part the province has taken."""
_DISTRICT = re.compile(r"huyện( Bình Mẫu)?")
_YEAR = re.compile(rf"(?<![0-9]){WRITTEN_FOR}(?![0-9])|(?<![0-9]){WRITTEN_FOR - 1}(?![0-9])")


def dated(today: date) -> tuple[str, bytes]:
    """Name and bytes of the sample as if written for the year of ``today``.

    From 2026 on it knows no districts any more.
    """
    from docx import Document

    paper = Document(str(folder() / SAMPLE))
    ahead = today.year - WRITTEN_FOR
    for paragraph in _paragraphs(paper):
        for run in paragraph.runs:
            if _YEAR.search(run.text):
                run.text = _YEAR.sub(lambda found: str(int(found[0]) + ahead), run.text)
            if today.year >= WITHOUT_DISTRICTS and "huyện" in run.text:
                run.text = _DISTRICT.sub("tỉnh", run.text)
    out = io.BytesIO()
    paper.save(out)
    return SAMPLE.replace(str(WRITTEN_FOR), str(today.year)), out.getvalue()


def _paragraphs(paper: Any) -> list[Any]:
    found = list(paper.paragraphs)
    for table in paper.tables:
        for row in table.rows:
            for cell in row.cells:
                found.extend(cell.paragraphs)
    return found
