"""Criteria reached and not reached: together the whole set, each in one list only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from dinhlang.papers.checking.arithmetic.figures import (
    Figure,
    Paper,
    Paragraph,
    paper_of,
    sentences,
)
from dinhlang.papers.checking.arithmetic.remainders import wrong_remainders
from dinhlang.papers.checking.arithmetic.sums import hit_of, wrong_sums
from dinhlang.papers.checking.counts.count_facts import wrong_named_states
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.text.places import at, listed, numbered
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import guarded

_REACHED_OF = guarded(
    r"\b(?:đạt|đạt được|hoàn thành)\s+(?P<done>\d{1,2})\s*/\s*(?P<all>\d{1,2})\s+tiêu chí"
    r"(?P<between>[^\n]{0,120}?)\bcòn\s+(?:lại\s+)?(?P<left>\d{1,2})\s+(?:tiêu chí|chỉ tiêu)?",
    re.IGNORECASE,
)
_STILL = re.compile(r"[^.;\d]{0,16}[,;]\s*(?:và\s+)?còn\s+(?:lại\s+)?", re.IGNORECASE)
_UNMET_NOUN = re.compile(r"(?:chỉ tiêu|tiêu chí)(?: chưa đạt)?$")
_CODES = guarded(
    r"\bTC\s*(?P<code>\d{1,2})\b|\((?:TC|tiêu chí|tiêu chí số|số)?\s*(?P<bare>\d{1,2})\)",
    re.IGNORECASE,
)
_UNMET = re.compile(r"\bchưa (?:đạt|đủ|hoàn thành)|\bcòn lại\b", re.IGNORECASE)
_REACHED = re.compile(
    r"\b(?:đã|được công nhận|hiện) đạt\b|\bđạt(?: được)? \d{1,2}(?:/\d{1,2})? tiêu chí"
    r"|\bđã hoàn thành\b|\btiêu chí đạt\b|^\W*đạt\b",
    re.IGNORECASE,
)
_GOAL = re.compile(
    r"\b(?:phấn đấu|thêm|nâng|đưa|lên|mục tiêu|sẽ|hết năm|cuối năm|tăng|ít nhất|tối thiểu"
    r"|giữ vững)\b",
    re.I,
)
_MORE = re.compile(r"\bthêm\s*$", re.IGNORECASE)
_RAISED = re.compile(r"\b(?:nâng|lên|tổng số|đạt|có|là|thành)\b[^.;\d]{0,40}$", re.IGNORECASE)
_ONE = r"(?:(?:tiêu chí|TC)\s*)?(?:số\s*)?\d{1,2}(?![\d/%]|[.,]\d)(?:\s*\([^()\d]{3,60}\))?"
# “1, 4, 5, 7”, “số 2, số 3 và số 8”, “số 2 (Giao thông), số 6 (Văn hóa)”
_RUN = guarded(
    rf"(?P<open>[:(]|\b(?:gồm|là|số|tiêu chí|chí:))\s*(?:(?:gồm|là)\s*)?(?:các\s+)?"
    rf"(?P<list>{_ONE}(?:\s*(?:[,;]|,?\s*và\b)\s*{_ONE})+)(?=\s*(?:[).;:,]|$|và\s))",
    re.IGNORECASE,
)
_OF_RUN = re.compile(
    r"(?:^|[\s,;(])(?:số\s*)?(\d{1,2})(?=\s*(?:[,;(]|$|và\b))|\b(?:TC|số)\s?(\d{1,2})"
)
_STILL_TO_DO = re.compile(
    r"\bcòn\s+(?:lại\s+)?\d{1,2}\s+tiêu chí\b|phải (?:thực hiện|hoàn thành|làm)", re.IGNORECASE
)
_REACHED_BARE = re.compile(
    r"\b(?:đạt|hoàn thành)\s+(?:được\s+)?\d{1,2}(?:/\d{1,2})?\s+tiêu chí", re.IGNORECASE
)
_SETS = (19, 10)
_HEAD_OF_LIST = 240
_FAR = 14
_NAMED_NEAR = 2  # paragraphs that the word “tiêu chí” reaches
_FRONT = 30  # letters before a list that the line above speaks for


@dataclass(slots=True)
class _States:
    """Criteria by the lists they stand in, and how many are told to be reached and unmet."""

    codes: dict[str, dict[int, Place]] = field(default_factory=lambda: {"reached": {}, "unmet": {}})
    told: dict[str, list[tuple[int, Place, int]]] = field(
        default_factory=lambda: {"reached": [], "unmet": []}
    )
    all: set[int] = field(default_factory=set)
    every: set[Decimal] = field(default_factory=set)  # all numbers of criteria told


@rule(
    code="COUNT-PARTITION",
    severity="error",
    purpose="Số tiêu chí đã đạt và chưa đạt cộng lại bằng cả bộ",
    page="""
## Là gì

Văn bản ghi đã đạt bao nhiêu trên tổng số tiêu chí và còn bao nhiêu chưa đạt, cộng lại không bằng
tổng; hoặc một tiêu chí nằm trong cả hai danh sách, hoặc không nằm trong danh sách nào; hoặc số đã
đạt cộng số đạt thêm không bằng mục tiêu.

## Vì sao

Một tiêu chí bị bỏ quên hoặc bị tính hai lần.

## Ví dụ

Bị báo: `đạt 12/19 tiêu chí, còn 6 tiêu chí chưa đạt`; đã đạt 13, đạt thêm 2, `nâng tổng số lên
16/19`.

Không bị báo: `đạt 12/19 tiêu chí, còn 7 tiêu chí chưa đạt`; danh sách 12 và danh sách 7 không
trùng.

## Cách sửa

Soát lại danh sách, sửa số.
""",
)
def partition(plan: Plan) -> Iterator[Hit]:
    """Reached and unmet that do not make the set."""
    lines: set[int] = set()
    sums = (hit_of(each) for each in wrong_sums(plan) if each.code == "COUNT-PARTITION")
    for hit in (*_in_lines(plan), *_rests(plan), *_remainders(plan), *sums):
        if hit.places[0].lines[0] not in lines:
            lines.add(hit.places[0].lines[0])
            yield hit
    paper = paper_of(plan)
    states = _states(paper, max(plan.document.years, default=0))
    for hit in (*_two_counts(states), *_raised(paper, states)):
        if not lines.intersection(place.lines[0] for place in hit.places):
            lines.update(place.lines[0] for place in hit.places)
            yield hit
    both = list(_lists(states))
    yield from both
    lines.update(place.lines[0] for hit in both for place in hit.places)
    for hit in wrong_named_states(plan):
        if not lines.intersection(place.lines[0] for place in hit.places):
            yield hit


def _in_lines(plan: Plan) -> Iterator[Hit]:
    """“đạt 12/19 tiêu chí, còn 6 tiêu chí”."""
    for number, line in numbered(plan):
        match = _REACHED_OF.search(line) if "/" in line else None
        if match is None or re.search(r"\bthêm\b|\bphấn đấu\b", match["between"]):
            continue
        done, all_, left = int(match["done"]), int(match["all"]), int(match["left"])
        if done <= all_ and done + left != all_:
            yield Hit(
                message=f"Đạt {done}/{all_} thì còn {all_ - done}, văn bản ghi còn {left}.",
                places=(at(number, match[0].strip()),),
                advice="Soát lại số tiêu chí đã đạt và chưa đạt.",
            )


def _rests(plan: Plan) -> Iterator[Hit]:
    """“xã đạt 35/47, còn 11 chỉ tiêu chưa đạt”: the fraction may be of criteria or indicators."""
    paper = paper_of(plan)
    for paragraph in paper.paragraphs:
        for one, left in pairwise(paragraph.figures):
            between = paragraph.text[one.end : left.start]
            if one.all is None or one.value > one.all or left.all is not None:
                continue
            if not _STILL.fullmatch(between) or not _UNMET_NOUN.match(left.noun):
                continue
            if one.kind and not one.noun.startswith(left.noun[:8]):
                continue
            if one.value + left.value != one.all:
                yield Hit(
                    message=f"Đạt {one.value}/{one.all} thì còn {one.all - one.value}, văn bản ghi "
                    f"còn {left.value}.",
                    places=(paper.place(paragraph, one.start, left.end),),
                    advice="Soát lại số đã đạt và chưa đạt.",
                )


def _remainders(plan: Plan) -> Iterator[Hit]:
    for hit, noun in wrong_remainders(plan):
        if noun.startswith("tiêu chí"):
            yield hit


def _states(paper: Paper, year: int) -> _States:
    out = _States()
    before = ""
    named = -_FAR
    rows: list[Paragraph] = []
    for order, paragraph in enumerate(paper.paragraphs):
        if paragraph.block.is_row:
            rows.append(paragraph)
            continue
        if rows:
            _of_rows(paper, rows, before, out)
            before, rows = "", []
        for figure in paragraph.figures:
            if figure.noun.startswith("tiêu chí"):
                _count(paper, paragraph, figure, out, order, year)
        _codes(paper, paragraph, before, out)
        named = order if "tiêu chí" in lower(paragraph.text) else named
        _runs(paper, paragraph, before, out, of_criteria=order - named <= _NAMED_NEAR)
        before = paragraph.text if not _items_go_on(paragraph, before) else before
    return out


def _items_go_on(paragraph: Paragraph, before: str) -> bool:
    """Whether a line is no new head: what stands above it may speak for the next line too."""
    return bool(before) and "đạt" in before and bool(_RUN.search(f": {paragraph.text}"))


def _count(
    paper: Paper, paragraph: Paragraph, figure: Figure, out: _States, order: int, year: int
) -> None:
    """Takes “đã đạt 13 tiêu chí”, “còn 6/19 tiêu chí chưa đạt” up."""
    out.every.add(figure.value)
    if figure.all is not None and figure.all in _SETS:
        out.all.add(int(figure.all))
    elif figure.all is None and figure.value in _SETS:
        out.all.add(int(figure.value))
    start, end = next(((a, b) for a, b in sentences(paragraph) if a <= figure.start < b), (0, 0))
    near = paragraph.text[max(start, figure.start - 45) : min(end, figure.end + 30)]
    near = (
        re.split(r"[;,](?!\d)", near[: figure.start - max(start, figure.start - 45)])[-1]
        + (re.split(r"[;,:(]", near[figure.start - max(start, figure.start - 45) :])[0])
    )
    past = re.search(r"năm (20\d\d)", near)
    if past and int(past[1]) < year:  # “đến hết năm 2024” in a plan for 2025 is no goal
        near = re.sub(r"(?:hết|cuối) năm", "", near)
    goal = _GOAL.search(near)
    if goal or figure.value in _SETS or "chỉ tiêu" in near:
        return
    unmet, reached = bool(_UNMET.search(near)), bool(_REACHED.search(near))
    kind = "unmet" if unmet else "reached" if reached else ""
    rest = any(
        f.all is not None and f.value + figure.value == f.all and start <= f.start < figure.start
        for f in paragraph.figures
    )
    if kind and not (unmet and rest):  # the rest of a goal: “cuối năm đạt 17/19, 2 còn lại”
        place = paper.place(paragraph, figure.start, figure.end)
        out.told[kind].append((int(figure.value), place, order))


def _codes(paper: Paper, paragraph: Paragraph, before: str, out: _States) -> None:
    """Takes a line of criteria with their numbers up, by what it or the line above says."""
    text = paragraph.text
    if not paragraph.block.has_digit or ("(" not in text and "TC" not in text):
        return
    codes = list(_CODES.finditer(text))
    if len(codes) < 2 or re.search(r"\bthêm\b", text[: codes[0].start()]):
        return
    own = text[: codes[0].start()]
    said = own if _UNMET.search(own) or _REACHED.search(own) else ""
    if not said and len(before) < _HEAD_OF_LIST:
        said = f"{before} {own}"
    unmet, reached = bool(_UNMET.search(said)), bool(_REACHED.search(said))
    if unmet == reached and not unmet:
        return
    if unmet and re.search(r"\bđã đạt\b", said):
        return
    if re.search(r"\bđã đạt\b.*\bchưa đạt\b|\bchưa đạt\b.*\bđã đạt\b", text, re.IGNORECASE):
        return
    found = out.codes["unmet" if unmet else "reached"]
    for match in codes:
        number = int(match["code"] or match["bare"])
        if 1 <= number <= max(_SETS):
            found.setdefault(number, paper.place(paragraph, match.start(), match.end()))


def _runs(
    paper: Paper, paragraph: Paragraph, before: str, out: _States, *, of_criteria: bool
) -> None:
    """Takes lists of bare numbers up, by what stands before them, or by the line above.

    “đạt 06 tiêu chí (1, 4, 5, 7); còn 02 tiêu chí chưa đạt (2, 3)”; “Chưa đạt (số): 2, 5, 10”.
    """
    text = paragraph.text
    above = before if len(before) < _HEAD_OF_LIST else ""
    if not paragraph.block.has_digit or not of_criteria:
        return
    done = 0
    for match in _RUN.finditer(text):
        said = text[done : match.start("list")]
        done = match.end()
        behind = re.split(r"[;.,(]", text[match.end() : match.end() + 40])[0]
        kind = _state_of(said, behind) or (_state_of(above, "") if match.start() < _FRONT else "")
        if not kind or _GOAL.search(said) or re.search(r"chủ trì", said, re.IGNORECASE):
            continue
        found = out.codes[kind]
        for number in (int(one or other) for one, other in _OF_RUN.findall(match["list"])):
            if 1 <= number <= max(_SETS):
                found.setdefault(number, paper.place(paragraph, match.start("list"), match.end()))


def _state_of(said: str, behind: str) -> str:
    if _UNMET.search(said) or _STILL_TO_DO.search(f"{said}|{behind}"):
        return "unmet"
    return "reached" if _REACHED.search(said) or _REACHED_BARE.search(said) else ""


def _of_rows(paper: Paper, rows: list[Paragraph], above: str, out: _States) -> None:
    """Takes a table of criteria by their numbers up, by the line above it."""
    kind = _state_of(above, "") if "tiêu chí" in lower(above) else ""
    told = [(row, row.block.cells[0].strip(" .")) for row in rows]
    numbers = [(row, int(cell)) for row, cell in told if cell.isdigit() and int(cell) <= _SETS[0]]
    in_order = [number for _, number in numbers] == list(range(1, len(numbers) + 1))
    if not kind or len(numbers) < 3 or in_order or _GOAL.search(above):
        return  # numbers in a row are those of the rows
    for row, number in numbers:
        out.codes[kind].setdefault(number, paper.place(row, 0, min(40, len(row.text))))


def _set_size(states: _States) -> int | None:
    return states.all.copy().pop() if len(states.all) == 1 else None


def _two_counts(states: _States) -> Iterator[Hit]:
    """One number of criteria reached and one not reached, in different places."""
    whole = _set_size(states)
    reached = {value for value, _, _ in states.told["reached"]}
    unmet = {value for value, _, _ in states.told["unmet"]}
    if whole is None or len(reached) != 1 or len(unmet) != 1:
        return
    done, left = reached.pop(), unmet.pop()
    first, second = states.told["reached"][0], states.told["unmet"][0]
    if done + left in (whole, *_SETS, *states.every) or abs(first[2] - second[2]) > _FAR:
        return
    yield Hit(
        message=f"Đã đạt {done}, chưa đạt {left}, cộng lại {done + left}; bộ có {whole} tiêu chí.",
        places=(second[1], first[1]),
        advice="Soát lại số tiêu chí đã đạt và chưa đạt.",
    )


def _raised(paper: Paper, states: _States) -> Iterator[Hit]:
    """“hoàn thành thêm 2 tiêu chí, … có 9/10 tiêu chí” where 6 are reached."""
    reached = {value for value, _, _ in states.told["reached"]}
    if len(reached) != 1:
        return
    done = reached.pop()
    for paragraph in paper.paragraphs:
        figures = [f for f in paragraph.figures if _counts_criteria(paragraph.text, f)]
        for one, other in pairwise(figures):
            between = paragraph.text[one.end : other.start]
            if one.all is not None or not _MORE.search(paragraph.text[: one.start]):
                continue
            if len(between) > 200 or not _RAISED.search(between) or _MORE.search(between):
                continue
            if re.search(r"\bgiữ\b|\bcòn\b|\bmỗi\b|\bđó\b", between) or other.value <= one.value:
                continue
            if done + one.value != other.value:
                yield Hit(
                    message=f"Đã đạt {done}, thêm {one.value} là {done + one.value}, "
                    f"văn bản ghi {other.value} tiêu chí.",
                    places=(
                        paper.place(paragraph, other.start, other.end),
                        paper.place(paragraph, one.start, one.end),
                        states.told["reached"][0][1],
                    ),
                    advice="Soát lại số tiêu chí đã đạt, đạt thêm và mục tiêu.",
                )


def _counts_criteria(text: str, figure: Figure) -> bool:
    if figure.noun.startswith("tiêu chí"):
        return True
    return figure.all is not None and figure.all in _SETS and not figure.kind


def _lists(states: _States) -> Iterator[Hit]:
    """Criteria in both lists, and those in neither where the lists hold nearly all."""
    reached, unmet = states.codes["reached"], states.codes["unmet"]
    both = sorted(reached.keys() & unmet.keys())
    if both:
        yield Hit(
            message=f"Vừa ghi đã đạt, vừa ghi chưa đạt: tiêu chí {listed(both)}.",
            places=tuple(
                states.codes[kind][number] for number in both for kind in ("reached", "unmet")
            ),
            advice="Giữ tiêu chí này ở một danh sách.",
        )
    whole = _set_size(states)
    if whole is None or not reached or not unmet:
        return
    bare = sorted(set(range(1, whole + 1)) - reached.keys() - unmet.keys())
    if bare and len(bare) <= 2 and max(*reached, *unmet) <= whole:
        yield Hit(
            message=f"Không danh sách nào nêu tiêu chí {listed(bare)}.",
            places=(next(iter(reached.values())), next(iter(unmet.values()))),
            advice="Thêm tiêu chí này vào danh sách đã đạt hoặc chưa đạt.",
        )
