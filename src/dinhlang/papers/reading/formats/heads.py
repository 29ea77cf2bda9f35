"""Heads and feet of administrative papers: two columns side by side, read one after the other.

The form is Appendix I of Nghị định 30/2020/NĐ-CP: issuer and number on the left, national
motto, place and date on the right; recipients on the left, signature on the right.
"""

from __future__ import annotations

import re

from dinhlang.papers.reading.source import SourceLine
from dinhlang.vietnamese import fold

MOTTO = re.compile(r"cong hoa xa hoi chu nghia|doc lap - tu do|dang cong san viet nam")
RECIPIENTS = re.compile(r"noi nhan\b")
SIGNATURE = re.compile(r"^(?:tm|kt|tl|tuq|q)\.|chu tich$|truong ban$|bi thu$|ban chi dao$")
PLACE_DATE = re.compile(r"ngay.*thang.*nam")
_GAP = re.compile(r"\t+ *|  {4,}")
_MARK = re.compile(r"[-+–•]|Nơi nhận|Như trên|Lưu")
_HEAD = 12
_FOOT = 30


def is_head_or_foot(texts: list[str]) -> bool:
    """Whether the cells of a small table are those of a head or of a signature block."""
    folded = [fold(text).strip() for text in texts]
    if any(MOTTO.search(text) for text in folded):
        return True
    if any(RECIPIENTS.match(text) for text in folded):
        return True
    return len(folded) <= 6 and any(SIGNATURE.search(text) for text in folded if len(text) < 200)


def part_columns(lines: list[SourceLine]) -> list[SourceLine]:
    """The lines, with heads and feet laid out by tabs or spaces read left column first."""
    lines = _part(lines, _head_range(lines), is_foot=False)
    return _part(lines, _foot_range(lines), is_foot=True)


def _split(line: SourceLine) -> tuple[str, str]:
    left, gap, right = line.text.lstrip(" "), "", ""
    found = _GAP.search(left)
    if found:
        left, gap, right = left[: found.start()], found[0], left[found.end() :]
    return (left.strip(), " ".join(right.split())) if gap else (line.text.strip(), "")


def _head_range(lines: list[SourceLine]) -> tuple[int, int] | None:
    start = next(
        (
            index
            for index, (left, right) in enumerate(map(_split, lines[:_HEAD]))
            if left and right and MOTTO.search(fold(right))
        ),
        None,
    )
    if start is None:
        return None
    end = start + 1
    for later in range(start + 1, min(len(lines), start + 7)):
        _, right = _split(lines[later])
        if lines[later].kind == "row":
            break
        if right:
            end = later + 1
        if PLACE_DATE.search(fold(right)):
            break
    return start, end


def _foot_range(lines: list[SourceLine]) -> tuple[int, int] | None:
    first = max(0, len(lines) - _FOOT)
    for index in range(first, len(lines)):
        left, right = _split(lines[index])
        if right and RECIPIENTS.match(fold(left)) and lines[index].kind != "row":
            annex = (i for i in range(index, len(lines)) if _is_annex(lines[i]))
            return index, next(annex, len(lines))
    return None


def _is_annex(line: SourceLine) -> bool:
    """Whether what follows the signature begins here."""
    return line.kind != "text" or fold(line.text).startswith(("phu luc", "bieu"))


def _part(
    lines: list[SourceLine], where: tuple[int, int] | None, *, is_foot: bool
) -> list[SourceLine]:
    if where is None:
        return lines
    start, end = where
    left: list[SourceLine] = []
    right: list[SourceLine] = []
    for line in lines[start:end]:
        one, two = _split(line)
        if is_foot and one and not two and right and not _MARK.match(one):
            one, two = "", one
        if one:
            left.append(SourceLine(one, line.kind, page=line.page, bold=line.bold))
        if two:
            right.append(SourceLine(two, line.kind, page=line.page, bold=line.bold))
    return lines[:start] + left + right + lines[end:]
