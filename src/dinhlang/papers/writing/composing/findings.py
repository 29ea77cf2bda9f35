"""The sheet for the leader before signing: what the checks found in a plan, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from dinhlang.papers.plan import Finding, Plan, Section

from .. import layout
from ..tree import Block, Column, Heading, Paper, Paragraph, Row, Run, Signature, Table
from ..wording import width
from . import plan as planning
from .words import sentence

SYMBOL = "\u00a0"
"""Instead of a number: the sheet stays in the house."""
ROOM = 165.0
"""Millimetres for headings and tables beside head, opening and signature."""
FOR_ASIDE = 0.3
"""Of the room, at most this is held for what was set aside."""
LINE, HEADING, TABLE_HEAD, REST = 5.1, 9.0, 6.5, 14.5
QUOTED, MOST_PLACES = 60, 24
COLUMNS = (
    Column(title="TT", share=0.5, align="center"),
    Column(title="Điều phát hiện, chỗ trong văn bản", share=5),
    Column(title="Cần làm", share=3.6),
)
ASIDE = (
    Column(title="TT", share=0.5, align="center"),
    Column(title="Điều phát hiện, chỗ trong văn bản", share=5),
    Column(title="Người bỏ qua, lý do", share=3.6),
)


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

    Errors come first. What does not fit the page is counted in one line with its places.
    """
    blank = [each for each in findings if left_blank(each)]
    errors = [each for each in findings if each.severity == "error" and each not in blank]
    warnings = [each for each in findings if each.severity == "warning"]
    aside = [each for each in silenced if each.finding.severity != "note"]
    opening = _opening(plan, errors, warnings, aside, day)
    if blank:
        opening += " Số, ngày ban hành còn để trống, văn thư ghi khi ban hành."
    blocks: list[Block] = [Paragraph(text=opening)]
    kept = _Room(ROOM * FOR_ASIDE)
    last = list(kept.section(3, "Điểm đã bỏ qua", ASIDE, [_aside(plan, each) for each in aside]))
    room = _Room(ROOM - (kept.height - max(kept.left, 0.0) if last else 0.0))
    number = 0
    for title, found in (
        ("Lỗi cần sửa trước khi ký", errors),
        ("Cảnh báo cần xem lại", warnings),
    ):
        if found:
            number += 1
            # What is left for warnings is at least the line that counts them.
            room.held = HEADING + REST if warnings and found is errors else 0.0
            blocks += room.section(number, title, COLUMNS, [_row(plan, each) for each in found])
    if last:
        blocks += [Heading(level=2, label=f"{number + 1}.", text="Điểm đã bỏ qua"), *last[1:]]
    blocks.append(
        Paragraph(text=(Run("Ý kiến của lãnh đạo: ", bold=True), Run("." * 72)), align="left")
    )
    head = replace(planning.head(plan), number_words=SYMBOL, number=None, date=None)
    return Paper(
        head=replace(head, year=day.year, date_words=""),
        kind="Phiếu trình",
        about=f"Kết quả kiểm tra {_name(plan)}",
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


def _row(plan: Plan, finding: Finding) -> _Line:
    advice = finding.advice
    if finding.fix is not None and finding.fix.new not in advice:
        fix = f"Sửa “{finding.fix.old}” thành “{finding.fix.new}”."
        advice = f"{fix} {advice}".strip()
    return _Line((_said(plan, finding), advice), _short_place(finding))


def _said(plan: Plan, finding: Finding) -> str:
    return f"{sentence(finding.message)} {where(plan, finding)}"


def _aside(plan: Plan, each: Silenced) -> _Line:
    day = f", {each.day:%d/%m/%Y}" if each.day else ""
    who = f"{each.who}{day}" if each.who else "Không rõ ai bỏ qua"
    reason = f"{who}: {each.reason}" if each.reason else f"{who}; không ghi lý do"
    return _Line((_said(plan, each.finding), reason), _short_place(each.finding))


def _short_place(finding: Finding) -> str:
    return _line(finding.lines[0]) if finding.lines else "toàn văn bản"


class _Room:
    """The millimetres that are left on the page; ``held`` are kept for what comes after."""

    def __init__(self, height: float) -> None:
        self.height = self.left = height
        self.held = 0.0

    def section(
        self, number: int, title: str, columns: tuple[Column, ...], found: Sequence[_Line]
    ) -> Iterator[Block]:
        """A heading, the rows that fit, and a line that counts the others."""
        if not found:
            return
        yield Heading(level=2, label=f"{number}.", text=title)
        self.left -= HEADING
        heights = [self._height(columns, line.cells) for line in found]
        room = self.left - self.held - TABLE_HEAD
        many = len(found) if sum(heights) <= room else _fitting(heights, room - REST)
        if many:
            self.left -= TABLE_HEAD + sum(heights[:many])
            rows = [Row(cells=(str(at), *line.cells)) for at, line in enumerate(found[:many], 1)]
            yield Table(columns=columns, rows=tuple(rows))
        if rest := found[many:]:
            self.left -= REST
            places = ", ".join(dict.fromkeys(line.place for line in rest[:MOST_PLACES]))
            more = "…" if len(rest) > MOST_PLACES else ""
            other = " khác" if many else ""
            yield Paragraph(
                marker="-",
                text=f"{len(rest)} điểm{other}, ở dòng: {places}{more} "
                "(xem từng điểm trong chương trình, trang Kiểm tra).",
            )

    def _height(self, columns: tuple[Column, ...], cells: Sequence[str]) -> float:
        total = sum(column.share for column in columns)
        lines = 1
        for column, words in zip(columns[1:], cells, strict=True):
            room = layout.TEXT_WIDTH * column.share / total - 2 * layout.CELL_PADDING
            # Words break at blanks: a little of each line is lost on the way.
            lines = max(lines, ceil(width(words, layout.TABLE) * 1.07 / room))
        return lines * LINE + layout.CELL_PADDING


def _fitting(heights: Sequence[float], room: float) -> int:
    many = 0
    for tall in heights:
        if tall > room:
            break
        room -= tall
        many += 1
    return many
