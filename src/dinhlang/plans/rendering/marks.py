"""Marks on the paper: which characters belong to which items, cut into runs that do not overlap.

A run that several items share lists them all, findings first, then the narrowest mark.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from .items import Entry

_LATEX = {
    r"\geq": "≥", r"\ge": "≥", r"\leq": "≤", r"\le": "≤", r"\times": "×", r"\approx": "≈",
    r"\%": "%", r"\,": " ", r"\ ": " ",
}  # fmt: skip
_FORMULA = re.compile(r"\$([^$\n]{1,60})\$")
_STARS = re.compile(r"\*{1,3}|^\s*#{1,6}\s+|\\([-+.*_#])")
_SEVERITIES = ("error", "warning", "note")


@dataclass(slots=True)
class Run:
    """Characters ``start:end`` of a line as shown (``text``) and the items they belong to."""

    start: int
    end: int
    text: str
    bold: bool = False
    italic: bool = False
    atomic: bool = False
    ids: list[int] = field(default_factory=list)
    mark: str = ""
    severity: str = ""
    hint: str = ""


@dataclass(slots=True)
class LineMarks:
    """What lies on one line: character ranges, and the items that own the line as a whole."""

    ranges: list[tuple[int, int, Entry]] = field(default_factory=list)
    whole: list[Entry] = field(default_factory=list)


def place(entries: Iterable[Entry], text: list[str]) -> dict[int, LineMarks]:
    """The marks of every line (1-based) that carries any."""
    marks: dict[int, LineMarks] = defaultdict(LineMarks)
    for entry in entries:
        spanned = set()
        for line, start, end in _spans(entry, text):
            if 1 <= line <= len(text) and 0 <= start < end:
                marks[line].ranges.append((start, min(end, len(text[line - 1])), entry))
                spanned.add(line)
        for first, last in entry.places:
            if any(line in spanned for line in range(first, last + 1)):
                continue
            for line in range(max(first, 1), min(last, len(text)) + 1):
                if text[line - 1].strip():
                    marks[line].whole.append(entry)
    return dict(marks)


def _spans(entry: Entry, text: list[str]) -> Iterable[tuple[int, int, int]]:
    yield from entry.spans
    for (first, last), quote in zip(entry.places, entry.quotes, strict=False):
        quote = quote.strip()
        for line in range(max(first, 1), min(last, len(text)) + 1):
            at = text[line - 1].find(quote) if quote else -1
            if at >= 0:
                yield line, at, at + len(quote)
                break


def runs(raw: str, marks: LineMarks | None, start: int = 0, end: int | None = None) -> list[Run]:
    """The runs of ``raw[start:end]``, Markdown's stars and hashes turned into bold and italic."""
    end = len(raw) if end is None else end
    plain = [run for run in _display(raw) if run.start < end and run.end > start]
    cuts = {start, end}
    for first, last, _ in marks.ranges if marks else ():
        cuts.update((first, last))
    found: list[Run] = []
    for run in plain:
        found.extend(_cut(run, sorted(cuts), start, end))
    for run in found:
        _own(run, marks)
    return _join(found)


def _cut(run: Run, cuts: list[int], start: int, end: int) -> Iterable[Run]:
    if run.atomic:
        yield run
        return
    first, last = max(run.start, start), min(run.end, end)
    edges = [first, *(cut for cut in cuts if first < cut < last), last]
    for a, b in pairwise(edges):
        if a < b:
            shown = run.text[a - run.start : b - run.start]
            yield Run(a, b, shown, run.bold, run.italic)


def _own(run: Run, marks: LineMarks | None) -> None:
    if marks is None:
        return
    over = [m for m in marks.ranges if m[0] < run.end and m[1] > run.start]
    findings = sorted(
        (m for m in over if m[2].severity), key=lambda m: _SEVERITIES.index(m[2].severity)
    )
    items = sorted((m for m in over if not m[2].severity), key=lambda m: m[1] - m[0])
    run.ids = list(dict.fromkeys(m[2].id for m in (*findings, *items)))
    run.mark = items[0][2].kind.mark if items else ""
    run.severity = findings[0][2].severity if findings else ""
    if first := next((m[2] for m in (*findings, *items)), None):
        run.hint = f"{first.tags[0].text if first.severity else first.kind.name}: {first.title}"


def _join(found: list[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in found:
        last = joined[-1] if joined else None
        if last and (last.ids, last.bold, last.italic) == (run.ids, run.bold, run.italic):
            last.text += run.text
            last.end = run.end
        else:
            joined.append(run)
    return [run for run in joined if run.text]


def _display(raw: str) -> list[Run]:
    """The line as it is shown: formulas written out, Markdown's marks gone, bold and italic set."""
    shown: list[Run] = []
    at = 0
    for match in _FORMULA.finditer(raw):
        if "\\" not in match[1]:
            continue
        shown.extend(_emphasis(raw, at, match.start()))
        shown.append(Run(*match.span(), _formula(match[1]), atomic=True))
        at = match.end()
    shown.extend(_emphasis(raw, at, len(raw)))
    return shown


def _formula(text: str) -> str:
    for name, sign in _LATEX.items():
        text = text.replace(name, sign)
    return text.replace("{", "").replace("}", "")


def _emphasis(raw: str, start: int, end: int) -> list[Run]:
    tokens = [m for m in _STARS.finditer(raw, start, end) if not _is_bullet(raw, m)]
    bold = italic = False
    if sum(len(m[0]) >= 2 for m in tokens if m[0][0] == "*") % 2:
        # A pair that began on the line before: bold up to the lone mark, not after it.
        first = next(m for m in tokens if m[0][0] == "*" and len(m[0]) >= 2)
        bold = not raw[first.end() : end].strip()
    found: list[Run] = []
    at = start
    for match in tokens:
        found.append(Run(at, match.start(), raw[at : match.start()], bold, italic))
        if match[1]:
            found.append(Run(*match.span(), match[1], bold, italic, atomic=True))
        elif match[0][0] == "*":
            bold ^= len(match[0]) >= 2
            italic ^= len(match[0]) != 2
        at = match.end()
    found.append(Run(at, end, raw[at:end], bold, italic))
    return [run for run in found if run.text]


def _is_bullet(raw: str, match: re.Match[str]) -> bool:
    """Whether a lone star is a list's bullet or a footnote sign, not emphasis."""
    if match[0] != "*":
        return False
    after = raw[match.end() : match.end() + 1]
    starts_line = not raw[: match.start()].strip()
    return (starts_line and after in {" ", "\t", ""}) or raw.count("*") == 1
