"""The uploaded Word file with what can be mended for certain, as tracked changes."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from dinhlang.papers.correcting import Corrected, correct_docx
from dinhlang.papers.plan import Fix
from dinhlang.papers.plan import Plan as PaperPlan

from .. import files
from ..editing import draft
from .official import Source, plan_of

WORD = (".docx", ".docm")


def mends(source: Source, plan: PaperPlan | None = None) -> list[Fix]:
    """What the findings that count offer to mend; none where the upload is no Word file."""
    if PurePath(source.filename).suffix.lower() not in WORD or not source.sha256:
        return []
    found = plan_of(source) if plan is None else plan
    heard = (
        each
        for each in found.findings
        if each.fix and str(draft.finding_number(each)) not in source.silenced
    )
    offered: list[Fix] = []
    for each in heard:
        if each.fix and each.fix not in offered:
            offered.append(each.fix)
    return offered


def corrected(source: Source, at: datetime) -> Corrected:
    """The file with those mends, by “Đình Làng” at ``at``.

    Raises ``PaperError`` where the file is no Word file, ``FileNotFoundError`` where its bytes are
    gone.
    """
    plan = plan_of(source)
    with files.originals.open_stored(source.sha256) as stored:
        data = stored.read()
    return correct_docx(data, plan.text, mends(source, plan), at)
