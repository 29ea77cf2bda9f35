"""From a file to the plan's JSON: the one place where this app calls the paper reader."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.source import Progress
from dinhlang.papers.serial import dumps


@dataclass(frozen=True, slots=True)
class Extracted:
    """A paper that was read: its JSON text and what a list of readings shows of it."""

    text: str
    title: str
    errors: int
    warnings: int


def extract(path: Path, name: str, progress: Progress) -> Extracted:
    """Read and check the paper at ``path``, known to its user as ``name``.

    Raises ``PaperError`` for a file that cannot be read, and whatever ``progress`` raises.
    """
    # Only the job worker reads papers: the web server need not load the reader at all.
    from dinhlang.papers.checking import check
    from dinhlang.papers.reading import read

    plan = read(path, name=name, progress=_forward(progress))
    progress(0.95, "Đang kiểm tra văn bản")
    if not plan.findings:
        plan.findings = check(plan)
    return Extracted(
        text=dumps(plan),
        title=plan.document.title or "",
        errors=_count(plan, "error"),
        warnings=_count(plan, "warning"),
    )


def _forward(progress: Progress) -> Progress:
    """Progress of reading as nine tenths of the whole, and never back."""
    furthest = 0.0

    def report(share: float, words: str) -> None:
        nonlocal furthest
        furthest = max(furthest, min(share, 1.0) * 0.9)
        progress(furthest, words)

    return report


def _count(plan: Plan, severity: str) -> int:
    return sum(finding.severity == severity for finding in plan.findings)
