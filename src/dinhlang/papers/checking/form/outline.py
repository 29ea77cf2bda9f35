"""The outline: labels that jump or come twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from dinhlang.papers.checking.counts.ordinals import ordinal_gaps, ordinal_repeats
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.text.lists import Entry, runs
from dinhlang.papers.checking.text.places import at, lead, numbered, whole, words_of
from dinhlang.papers.plan import Plan, Section, Severity
from dinhlang.vietnamese import roman, to_roman

Style = Literal["roman", "letter", "number"]

_TAIL = re.compile(r"([^\W_]+)[\s.):/-]*$")
_ROMAN = re.compile(r"[IVXLC]+")
# Lists run a, b, c, d, đ, e, g, h … in official papers and a, b, c, d, e, f, g … in others.
_ALPHABETS = ("abcdđeghiklmnopqrstuvxy", "abcdefghijklmnopqrstuvwxyz", "abcdeghiklmnopqrstuvxy")
_FURTHEST = 40
_LEAST_PARTS = 3
_SECOND = 2
_MOST_MISSING = 3
_ORDINALS = {
    "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10,
}  # fmt: skip
_ORDINAL = re.compile(rf"Phần thứ (?P<ordinal>{'|'.join(_ORDINALS)})\b", re.IGNORECASE)


@dataclass(slots=True, frozen=True)
class _Step:
    """A heading and its label: the words before the last part, its style and the part itself."""

    section: Section
    style: Style
    mark: str
    prefix: str = ""

    @property
    def line(self) -> int:
        return self.section.lines[0]

    @property
    def label(self) -> str:
        return self.section.label.strip().rstrip(".):/")


def _siblings(sections: list[Section]) -> Iterator[list[Section]]:
    if sections:
        yield sections
    for section in sections:
        yield from _siblings(section.children)


def _steps(siblings: list[Section]) -> list[_Step]:
    marks = [_TAIL.search(section.label) for section in siblings]
    texts = [match[1] if match else "" for match in marks]
    romans = _reads_as_roman(texts)
    steps = []
    for section, match, text in zip(siblings, marks, texts, strict=True):
        if not match:
            continue
        prefix = section.label[: match.start()].strip()
        if text.isdecimal():
            steps.append(_Step(section, "number", text, prefix))
        elif romans and _ROMAN.fullmatch(text):
            steps.append(_Step(section, "roman", text, prefix))
        elif len(text) == 1 and text.isalpha():
            steps.append(_Step(section, "letter", text.lower(), prefix))
    return steps


def _reads_as_roman(texts: list[str]) -> bool:
    """Whether I, V, C … among these labels are numerals: A, B, C are letters, I, II are not."""
    upper = [text for text in texts if text.isalpha() and text.isupper()]
    upper = [text for text in upper if len(text) == 1 or _ROMAN.fullmatch(text)]  # not “PHỤ LỤC”
    return bool(upper) and all(_ROMAN.fullmatch(text) for text in upper) and upper[0] != "C"


def _value(step: _Step) -> int:
    if step.style == "number":
        return int(step.mark)
    return roman(step.mark) or 0


def _skipped(before: _Step, after: _Step) -> list[str]:
    """The labels that should stand between two neighbours; empty where nothing is missing."""
    if before.style == "letter":
        gaps: list[str] = []
        for letters in _ALPHABETS:
            if before.mark in letters and after.mark in letters:
                gaps.append(letters[letters.index(before.mark) + 1 : letters.index(after.mark)])
        shortest: str = min(gaps, key=len, default="")
        return list(shortest)
    first, last = _value(before), _value(after)
    if last - first > _FURTHEST:
        return []
    between = range(first + 1, last)
    if before.style == "roman":
        return [to_roman(value) for value in between]
    return [str(value) for value in between]


def _written(plan: Plan, labels: list[str], first: int, last: int) -> bool:
    """Whether one of ``labels`` begins a line in between after all: then nothing was left out."""
    wanted = re.compile(
        rf"(?:[\w.]+\.)?(?:{'|'.join(map(re.escape, labels))})\s*[.):/–-]", re.IGNORECASE
    )
    return any(wanted.match(line, lead(line)) for _, line in numbered(plan, (first, last)))


def _numbers_a_criterion(plan: Plan, step: _Step) -> bool:
    """Whether the label is the number of a criterion the heading names, as in “15. Y tế”."""
    title = step.section.title.lower()
    return step.style == "number" and any(
        criterion.number == int(step.mark) and criterion.name.lower() in title
        for criterion in plan.criteria
    )


def _heading(plan: Plan, step: _Step) -> Place:
    text = plan.text[step.line - 1] if 0 < step.line <= len(plan.text) else ""
    return at(step.line, words_of(text)) if text else whole(plan, (step.line, step.line))


def _pairs(plan: Plan) -> Iterator[tuple[_Step, _Step]]:
    """Neighbours of one style under one parent."""
    for siblings in _siblings(plan.outline):
        steps = _steps(siblings)
        for style in ("roman", "letter", "number"):
            run = [step for step in steps if step.style == style]
            yield from pairwise(run)


@rule(
    code="OUTLINE-GAP",
    severity="warning",
    purpose="Các đề mục đánh số liên tục, không nhảy số",
    page="""
## Là gì

Trong các đề mục cùng cấp có số bị bỏ qua: I, II, IV; 1, 2, 4; a, b, d. Nhảy số La Mã (phần lớn của
văn bản) là lỗi; nhảy số hoặc chữ ở mục nhỏ, nhảy số của bảng, biểu là cảnh báo.

## Vì sao

Nhảy số thường do bỏ sót hoặc cắt mất một phần, hoặc một phần bị đánh nhầm cấp. Người đọc viện dẫn
“mục III” sẽ không tìm thấy.

## Ví dụ

Bị báo: `I. MỤC ĐÍCH`, `II. NỘI DUNG`, `IV. TỔ CHỨC THỰC HIỆN`.

Không bị báo: `a.`, `b.`, `C.` (liên tục, chỉ khác chữ hoa); mỗi phần bắt đầu lại từ 1; `d)`,
`đ)`, `e)`; danh sách tiêu chí mang số của chính tiêu chí: `11. Nghèo đa chiều`, `15. Y tế`.

## Cách sửa

Thêm phần còn thiếu, hoặc đánh số lại các phần sau.
""",
)
def gap(plan: Plan) -> Iterator[Hit]:
    """Neighbouring headings, or lines of a list, whose labels leave something out."""
    yield from _ordinals(plan)
    yield from ordinal_gaps(plan)
    yield from _first(plan)
    yield from _captions(plan)
    told: set[int] = set()
    for before, after in _pairs(plan):
        if before.prefix != after.prefix:
            continue
        missing = _skipped(before, after)
        if not missing or _written(plan, missing, before.line + 1, after.line - 1):
            continue
        if _numbers_a_criterion(plan, before) and _numbers_a_criterion(plan, after):
            continue
        severity: Severity = "error" if before.style == "roman" else "warning"
        spaced = f"{after.prefix} " if after.prefix[-1:].isalpha() else after.prefix
        names = ", ".join(spaced + label for label in missing)
        told.add(after.line)
        yield Hit(
            message=f"Đề mục nhảy từ {before.label} sang {after.label}, thiếu {names}.",
            places=(_heading(plan, after), _heading(plan, before)),
            advice=f"Thêm mục {names}, hoặc đánh số lại từ mục {after.label}.",
            severity=severity,
        )
    yield from _list_gaps(plan, told)


_CAPTION = re.compile(
    r"[\s*_#]*(?P<kind>Biểu|Bảng|Phụ biểu|Hình)\s+(?:số\s+)?(?P<number>\d{1,2})\s*[.:)–-]\s*\S",
    re.IGNORECASE,
)


def _captions(plan: Plan) -> Iterator[Hit]:
    """Tables whose numbers leave one out: “Biểu 3 …”, then “Biểu 5 …”."""
    kinds: dict[str, list[tuple[int, int, str]]] = {}
    for row, line in numbered(plan):
        match = _CAPTION.match(line)
        if match:
            seen = (int(match["number"]), row, words_of(line))
            kinds.setdefault(match["kind"].capitalize(), []).append(seen)
    for kind, found in kinds.items():
        given = {number for number, _, _ in found}
        for (before, row, words), (after, other, more) in pairwise(found):
            if after - before not in (2, 3) or given.intersection(range(before + 1, after)):
                continue
            names = ", ".join(f"{kind} {number}" for number in range(before + 1, after))
            yield Hit(
                message=f"{kind} {before} rồi đến {kind} {after}, thiếu {names}.",
                places=(at(other, more), at(row, words)),
                advice=f"Thêm {names}, hoặc đánh số lại.",
                severity="warning",
            )


def _first(plan: Plan) -> Iterator[Hit]:
    """Parts that begin at II: the first was lost or never labelled."""
    steps = [step for step in _steps(plan.outline) if step.style == "roman"]
    if len(steps) < _LEAST_PARTS or _value(steps[0]) != _SECOND:
        return
    if any(_value(after) != _value(before) + 1 for before, after in pairwise(steps)):
        return
    if not _written(plan, ["I"], 1, steps[0].line - 1):
        yield Hit(
            message="Phần đầu tiên đánh số II, không có phần I.",
            places=(_heading(plan, steps[0]),),
            advice="Đánh số lại từ I, hoặc thêm phần còn thiếu.",
        )


def _list_gaps(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Gaps of lists; those whose line stands in ``told`` were told as headings."""
    for run in runs(plan):
        for before, after in pairwise(run):
            if after.line in told:
                continue
            missing = _missing_entries(before, after)
            if not missing or _written(plan, missing, before.line + 1, after.line - 1):
                continue
            if _criteria_between(plan, before, after):
                continue
            names = ", ".join(f"{after.prefix}{label}" for label in missing)
            yield Hit(
                message=f"Danh sách nhảy từ {before.shown} sang {after.shown}, thiếu {names}.",
                places=(_row(plan, after), _row(plan, before)),
                advice=f"Thêm mục {names}, hoặc đánh số lại từ mục {after.shown}.",
            )


def _missing_entries(before: Entry, after: Entry) -> list[str]:
    """The labels between two lines of a list; more than three are two lists, not a gap."""
    if after.value - before.value <= 1 or after.value - before.value > _MOST_MISSING + 1:
        return []
    if before.shown.isalpha() and len(before.shown) == 1 and not before.prefix:
        section = Section(label="", title="", level=1, lines=(before.line, before.line))
        left = _Step(section, "letter", before.shown.lower())
        return _skipped(left, _Step(section, "letter", after.shown.lower()))
    return [str(value) for value in range(before.value + 1, after.value)]


def _criteria_between(plan: Plan, before: Entry, after: Entry) -> bool:
    """Whether the numbers are those of criteria or indicators, which may leave some out."""
    rows = (plan.text[entry.line - 1].lower() for entry in (before, after))
    if all(re.match(r"\W*[\d.]+\W*(?:chỉ tiêu|tỷ lệ|tỉ lệ)", row) for row in rows):
        return True
    numbers = {(c.lines[0], c.number) for c in plan.criteria}
    return (before.line, before.value) in numbers and (after.line, after.value) in numbers


def _row(plan: Plan, entry: Entry) -> Place:
    return at(entry.line, words_of(plan.text[entry.line - 1]))


def _ordinals(plan: Plan) -> Iterator[Hit]:
    """“Phần thứ tư” followed by “Phần thứ sáu”."""
    heads = [
        (number, match[0], _ORDINALS[match["ordinal"].lower()])
        for number, line in numbered(plan)
        if (match := _ORDINAL.match(line, lead(line)))
    ]
    for (before, words, one), (after, more, other) in pairwise(heads):
        if other > one + 1:
            yield Hit(
                message=f"Đề mục nhảy từ {words} sang {more}.",
                places=(at(after, more), at(before, words)),
                advice="Thêm phần còn thiếu, hoặc đánh số lại.",
                severity="error",
            )


@rule(
    code="OUTLINE-DUP",
    severity="warning",
    purpose="Hai đề mục cùng cấp không mang cùng một số",
    page="""
## Là gì

Hai đề mục đứng liền nhau, cùng cấp, trong cùng một phần lại mang một số.

## Vì sao

Viện dẫn “mục 2” không biết là mục nào; thường một trong hai bị đánh nhầm số hoặc nhầm cấp.

## Ví dụ

Bị báo: `1. Mục tiêu`, `2. Nhiệm vụ`, `2. Giải pháp`.

Không bị báo: mục 1 của phần I và mục 1 của phần II.

## Cách sửa

Đánh số lại đề mục sau.
""",
)
def duplicate(plan: Plan) -> Iterator[Hit]:
    """Neighbouring headings with the same label under the same parent."""
    told: set[int] = set()
    for before, after in _pairs(plan):
        if (before.prefix, before.mark) != (after.prefix, after.mark) or before.line == after.line:
            continue
        told.add(after.line)
        yield Hit(
            message=f"Hai đề mục cùng mang số {after.label}.",
            places=(_heading(plan, after), _heading(plan, before)),
            advice="Đánh số lại đề mục sau và các đề mục tiếp theo.",
        )
    for run in runs(plan):
        for one, other in pairwise(run):
            if one.shown.lower() == other.shown.lower() and other.line not in told:
                yield Hit(
                    message=f"Hai mục trong danh sách cùng mang số {other.shown}.",
                    places=(_row(plan, other), _row(plan, one)),
                    advice="Đánh số lại mục sau và các mục tiếp theo.",
                )
    yield from ordinal_repeats(plan)
