"""The sheet for the leader before signing: what the checks found in a plan, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from dinhlang.papers.plan import Finding, Plan, Section

from .. import layout
from ..tree import Block, Column, Head, Paper, Paragraph, Row, Run, Signature, Table
from ..wording import width
from . import plan as planning
from .words import sentence

SYMBOL = "\u00a0"
"""Instead of a number: the sheet stays in the house."""
ROOM = 144.0
"""Millimetres of a page for title, opening and table, beside head and signature.

LibreOffice sets lines a little higher than Word: so much is left that both keep to one page.
"""
FOR_ASIDE = 0.35
"""Of the room, at most this is held for what was set aside."""
TEXT_LINE, CELL_LINE, CELL_EDGE = 6.6, 5.0, 1.0
"""Heights as Word sets them."""
QUOTED, MOST_PLACES, SHORTEST = 60, 24, 110
COLUMNS = (
    Column(title="TT", share=0.7, align="center"),
    Column(title="Điều phát hiện, chỗ trong văn bản", share=5),
    Column(title="Cần làm; ai bỏ qua, vì sao", share=3.6),
)
SHORT = (
    Column(title="TT", share=0.7, align="center"),
    Column(title="Điều phát hiện; sửa được ngay", share=7.2),
    Column(title="Dòng", share=1.4),
)
_SHORTLY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Silenced:
    """A finding that was set aside; ``who`` and ``day`` are None where it was not noted."""

    finding: Finding
    who: str | None = None
    day: date | None = None
    reason: str = ""


def compose(
    plan: Plan, findings: Sequence[Finding], silenced: Sequence[Silenced], day: date
) -> Paper:
    """The sheet; ``findings`` are those that count, ``day`` is when the plan was checked.

    Errors come first, the gravest before the others. Where not all fit in full they are told more
    shortly; what still does not fit the page is counted in one line with its places.
    """
    blank = [each for each in findings if left_blank(each)]
    heard = sorted((each for each in findings if each not in blank), key=_weight)
    errors = [each for each in heard if each.severity == "error"]
    warnings = [each for each in heard if each.severity == "warning"]
    aside = [each for each in silenced if each.finding.severity != "note"]
    opening = _opening(plan, errors, warnings, aside, day)
    if blank:
        opening += " Số, ngày ban hành còn để trống, văn thư ghi khi ban hành."
    about = f"Kết quả kiểm tra {_name(plan)}"
    head = planning.head(plan)
    tall = _lines(about, bold=True) + _lines(opening) + _issuer_lines(head) - 2
    room = ROOM - TEXT_LINE * tall
    columns, rows = _rows(
        room,
        [_ways(plan, each) for each in errors],
        [_ways(plan, each) for each in warnings],
        [_aside(plan, each) for each in aside],
    )
    blocks: list[Block] = [Paragraph(text=opening)]
    if rows:
        blocks.append(Table(columns=columns, rows=tuple(rows)))
    blocks.append(
        Paragraph(text=(Run("Ý kiến của lãnh đạo: ", bold=True), Run("." * 72)), align="left")
    )
    return Paper(
        head=replace(head, number_words=SYMBOL, number=None, date=None, year=day.year),
        kind="Phiếu trình",
        about=about,
        blocks=tuple(blocks),
        signature=Signature(title="Người trình"),
        end_mark=False,
    )


def left_blank(finding: Finding) -> bool:
    """Whether it only says that number or day are blank, as they are before the paper is signed."""
    return finding.code in ("HEAD-NUMBER", "HEAD-DATE") and "còn để trống" in finding.message


def where(plan: Plan, finding: Finding) -> str:
    """“Mục II.3, dòng 57: “dưới 40%””, as far as it is known."""
    if not finding.lines:
        return "Toàn văn bản"
    first = finding.lines[0]
    section = _section(plan.outline, first[0])
    lines = ", ".join(dict.fromkeys(_line(each) for each in finding.lines[:3]))
    place = f"mục {section}, dòng {lines}" if section else f"dòng {lines}"
    quote = " ".join((finding.quotes[0] if finding.quotes else "").split())
    if len(quote) > QUOTED:
        quote = quote[:QUOTED].rsplit(" ", 1)[0] + "…"
    return place[:1].upper() + place[1:] + (f": “{quote}”" if quote else "")


def _line(lines: tuple[int, int]) -> str:
    return str(lines[0]) if lines[0] == lines[1] else f"{lines[0]}–{lines[1]}"


def _section(sections: Sequence[Section], line: int) -> str:
    for section in sections:
        if section.lines[0] <= line <= section.lines[1]:
            label = section.label.strip(" .)")
            inner = _section(section.children, line)
            return f"{label}.{inner}" if inner else label
    return ""


def _name(plan: Plan) -> str:
    title = plan.document.title or "xây dựng nông thôn mới"
    return f"dự thảo Kế hoạch {title[:1].lower()}{title[1:]}"


def _opening(
    plan: Plan, errors: Sequence[Finding], warnings: Sequence[Finding],
    aside: Sequence[Silenced], day: date,
) -> str:  # fmt: skip
    name = _name(plan)
    name = name[:1].upper() + name[1:]
    checked = f"{name} đã được kiểm tra ngày {day:%d/%m/%Y}"
    kept = f"; {len(aside)} điểm đã bỏ qua" if aside else ""
    if not errors and not warnings:
        return f"{checked}: không còn lỗi hoặc cảnh báo nào{kept}."
    parts = [
        f"{len(found)} {word}" for found, word in ((errors, "lỗi"), (warnings, "cảnh báo")) if found
    ]
    return f"{checked}: còn {', '.join(parts)}{kept}."


@dataclass(frozen=True, slots=True)
class _Line:
    """A row to be, without its number, and the place it stands for."""

    cells: tuple[str, str]
    place: str


_GRAVEST_LAST = ("TEXT", "FORM", "HEAD", "OUTLINE", "CITE", "ANNEX")
_GRAVEST = ("FUND", "CRITERION", "MODEL", "SET", "GAP", "DEADLINE", "TASK", "PRECONDITION")


def _weight(finding: Finding) -> int:
    """The lower the graver: what stops the plan, then what is wrong, then its form."""
    kind = finding.code.partition("-")[0]
    if kind in _GRAVEST:
        return 0
    return 2 if kind in _GRAVEST_LAST else 1


_Ways = tuple[_Line, _Line, _Line]
"""A finding in full, without its quote, and in the fewest words."""


def _ways(plan: Plan, finding: Finding) -> _Ways:
    advice = finding.advice
    fix = f"Sửa “{finding.fix.old}” thành “{finding.fix.new}”." if finding.fix else ""
    if finding.fix is not None and finding.fix.new not in advice:
        advice = f"{fix} {advice}".strip()
    place = _short_place(finding)
    lines = f"dòng {place}" if finding.lines else place
    message = finding.message.rstrip(" .")
    return (
        _Line((_said(plan, finding), advice), place),
        _Line((f"{message} ({lines}).", advice.partition(". ")[0].rstrip(".") + "."), place),
        _Line((f"{_cut(message)} {fix}".rstrip(), place), place),
    )


def _cut(words: str) -> str:
    """The words as a sentence, what is too long broken off."""
    if len(words) <= SHORTEST:
        return f"{words}."
    return words[:SHORTEST].rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def _said(plan: Plan, finding: Finding) -> str:
    return f"{sentence(finding.message)} {where(plan, finding)}"


def _aside(plan: Plan, each: Silenced) -> _Ways:
    day = f", {each.day:%d/%m/%Y}" if each.day else ""
    who = f"{each.who}{day}" if each.who else "Không rõ ai bỏ qua"
    reason = f"{who}: {each.reason}" if each.reason else f"{who}; không ghi lý do"
    place = _short_place(each.finding)
    full = _Line((_said(plan, each.finding), reason), place)
    message = _cut(each.finding.message.rstrip(" ."))
    return full, full, _Line((f"{message} {reason}", place), place)


def _short_place(finding: Finding) -> str:
    return _line(finding.lines[0]) if finding.lines else "toàn văn bản"


def _rows(
    room: float, errors: Sequence[_Ways], warnings: Sequence[_Ways], aside: Sequence[_Ways]
) -> tuple[tuple[Column, ...], list[Row]]:
    """The table whose rows fit the page, each as fully as lets all of them stand on it."""
    left = room - CELL_LINE - CELL_EDGE
    for way, other in ((0, 0), (0, 1), (1, 1), (2, 2)):
        columns = COLUMNS if way < _SHORTLY else SHORT
        grave, less = [each[way] for each in errors], [each[other] for each in warnings]
        silent = [each[way] for each in aside]
        needed = _needed(grave, columns) + _needed(less, columns)
        if needed + min(_needed(silent, columns), room * FOR_ASIDE) <= left:
            break
    return columns, _as_fit(room, left, grave, less, silent, columns)


def _as_fit(
    room: float, left: float, errors: Sequence[_Line], warnings: Sequence[_Line],
    aside: Sequence[_Line], columns: tuple[Column, ...],
) -> list[Row]:  # fmt: skip
    """The rows that fit: errors first, then what was set aside, then warnings."""
    for_aside = min(_needed(aside, columns), room * FOR_ASIDE)
    many_errors = _fitting(errors, columns, left - for_aside - _least(warnings, columns))
    left -= _taken(errors, columns, many_errors)
    many_aside = _fitting(aside, columns, left - _least(warnings, columns))
    left -= _taken(aside, columns, many_aside)
    many_warnings = _fitting(warnings, columns, left)
    return [
        *_group("Lỗi cần sửa trước khi ký", errors, many_errors),
        *_group("Cảnh báo cần xem lại", warnings, many_warnings),
        *_group("Điểm đã bỏ qua", aside, many_aside),
    ]


def _group(title: str, found: Sequence[_Line], many: int) -> Iterator[Row]:
    """A row with the title and the count, the rows that fit, and one that counts the others."""
    if not found:
        return
    yield Row(cells=(f"{title} ({len(found)})",), strong=True, span=len(COLUMNS))
    for at, line in enumerate(found[:many], 1):
        yield Row(cells=(str(at), *line.cells))
    if rest := found[many:]:
        yield Row(cells=("…" if many else "", _others(rest, bool(many)), ""))


def _others(rest: Sequence[_Line], some: bool) -> str:
    places = ", ".join(dict.fromkeys(line.place for line in rest[:MOST_PLACES]))
    more = "…" if len(rest) > MOST_PLACES else ""
    kept = "người trình giữ danh sách đủ"
    return f"{len(rest)} điểm{' khác' if some else ''}, ở dòng {places}{more}; {kept}"


GROUP_ROW = CELL_LINE + CELL_EDGE
REST_ROW = 2 * CELL_LINE + CELL_EDGE


def _needed(found: Sequence[_Line], columns: tuple[Column, ...]) -> float:
    return GROUP_ROW + sum(_height(line, columns) for line in found) if found else 0.0


def _least(found: Sequence[_Line], columns: tuple[Column, ...]) -> float:
    """What a group takes when none of its rows fit."""
    return min(_needed(found, columns), GROUP_ROW + REST_ROW)


def _taken(found: Sequence[_Line], columns: tuple[Column, ...], many: int) -> float:
    rest = REST_ROW if many < len(found) else 0.0
    return _needed(found[:many], columns) + rest if many else _least(found, columns)


def _fitting(found: Sequence[_Line], columns: tuple[Column, ...], room: float) -> int:
    """How many rows fit; the row that counts the others has its place."""
    if _needed(found, columns) <= room:
        return len(found)
    many = 0
    while many < len(found) and _needed(found[: many + 1], columns) + REST_ROW <= room:
        many += 1
    return many


def _height(line: _Line, columns: tuple[Column, ...]) -> float:
    total = sum(column.share for column in columns)
    lines = 1
    for column, words in zip(columns[1:], line.cells, strict=True):
        room = layout.TEXT_WIDTH * column.share / total - 2 * layout.CELL_PADDING
        # Words break at blanks: a little of each line is lost on the way.
        lines = max(lines, ceil(width(words, layout.TABLE) * 1.07 / room))
    return lines * CELL_LINE + CELL_EDGE


def _issuer_lines(head: Head) -> int:
    """Lines of the issuing body, with those of the committee above it."""
    column = layout.HEAD_COLUMNS[0] - 2 * layout.CELL_PADDING

    def rows(words: str, *, bold: bool) -> int:
        # “xã …” is tied together and goes to a line of its own where both do not fit.
        return ceil(width(words.upper(), layout.ISSUER, bold=bold) * 1.08 / column)

    above = rows(head.parent, bold=False) if head.parent else 0
    return max(2, above + sum(rows(each, bold=True) for each in head.issuer))


def _lines(words: str, *, bold: bool = False) -> int:
    size = layout.TITLE if bold else layout.BODY
    return ceil(width(words, size, bold=bold) * 1.05 / layout.TEXT_WIDTH)
