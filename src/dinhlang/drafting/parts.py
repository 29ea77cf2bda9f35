"""What only one kind of draft has: lines of its sheets, what they make of the plan, what is open.

``details`` of a draft holds: of a model plan ``choices`` and ``villages`` and ``recognition``; of a
campaign ``waves``, ``works`` (amounts ``p0`` … by the order of ``villages_of``) and ``reports``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

from dinhlang.assessment.selectors import verdicts
from dinhlang.law.library import Law
from dinhlang.law.verdicts import SetVerdict
from dinhlang.papers import drafting_campaign as campaign
from dinhlang.papers import drafting_model as higher
from dinhlang.papers.drafting import Proposal, Wish
from dinhlang.papers.plan import Finding
from dinhlang.papers.plan import Plan as PaperPlan
from dinhlang.papers.writing.composing.words import LEVELS, PERIODS
from dinhlang.vietnamese import format_date

from . import fields
from .models import Draft, Kind

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """A box: its name in the form, its column, what is kept, what is typed, and its trouble."""

    name: str
    field: fields.Field
    was: str
    value: str
    trouble: str = ""


@dataclass(slots=True)
class Line:
    """A line of a sheet: its number in the draft, its boxes as shown, and troubles by box."""

    sheet: str
    number: int
    columns: Sequence[fields.Field]
    item: Row
    name: str = ""
    troubles: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def boxes(self) -> dict[str, str]:
        """Every box by its field's name, as kept."""
        return {each.name: fields.shown(each, self.item.get(each.name)) for each in self.columns}

    def cells(self) -> list[Cell]:
        """The boxes in the order of the columns."""
        kept = self.boxes
        return [
            Cell(
                f"{self.sheet}{self.number}.{each.name}",
                each,
                kept[each.name],
                self.typed.get(each.name, kept[each.name]),
                self.troubles.get(each.name, ""),
            )
            for each in self.columns
        ]


@dataclass(slots=True)
class Block:
    """Lines under one heading; ``note`` is said beside it."""

    title: str
    lines: list[Line]
    note: str = ""


# --- Sheets --------------------------------------------------------------------------------------


def blocks(draft: Draft) -> dict[str, list[Block]]:
    """The sheets that only this kind of draft has, by what they hold."""
    if draft.kind == Kind.MODEL:
        return {"choices": _choices(draft), "villages": _villages(draft)}
    if draft.kind == Kind.CAMPAIGN:
        return {
            "waves": [Block("", _lines(draft, "w", fields.WAVE))],
            "works": [Block("", _lines(draft, "q", work_columns(draft)))],
            "reports": [Block("", _reports(draft))],
        }
    return {}


def lines_of(draft: Draft) -> list[Line]:
    """All lines of these sheets."""
    return [line for several in blocks(draft).values() for block in several for line in block.lines]


def _lines(draft: Draft, sheet: str, columns: Sequence[fields.Field]) -> list[Line]:
    rows = draft.details.get(fields.KEPT_IN[sheet], [])
    return [Line(sheet, at, columns, row) for at, row in enumerate(rows)]


def work_columns(draft: Draft) -> list[fields.Field]:
    """Words, unit, a column a village, the whole commune."""
    text, unit, whole = fields.WORK
    parts = [fields.part_of(at, name) for at, name in enumerate(village_names(draft))]
    return [text, unit, *parts, whole]


def village_names(draft: Draft) -> list[str]:
    """The villages of a campaign as heads of columns: “Thôn Chợ”."""
    return [_called(each).capitalize()[:1] + _called(each)[1:] for each in _places(draft)]


def _places(draft: Draft) -> list[Row]:
    found: list[Row] = draft.details.get("villages_of", [])
    return found


def _called(village: Mapping[str, Any]) -> str:
    return f"{village['kind']} {village['name']}"


def _choices(draft: Draft) -> list[Block]:
    found: list[Block] = []
    every = _lines(draft, "c", fields.CHOICE)
    for _, several in groupby(every, key=lambda line: line.item["indicator"]):
        lines = list(several)
        group = lines[0].item
        for line in lines:
            # A field of the law is only chosen; one that is not loaded is written.
            line.columns = fields.CHOICE[:1] if line.item["of_law"] else fields.CHOICE[1:]
        of = f" trong {group['of']}" if group["of"] else ""
        title = f"Chọn ít nhất {group['at_least']}{of} {group['name']}"
        listed = all(line.item["of_law"] for line in lines)
        note = "" if listed else "Danh mục của tỉnh chưa nạp đủ: ghi tên lĩnh vực xã chọn."
        found.append(Block(title, lines, note))
    return found


def _villages(draft: Draft) -> list[Block]:
    found = []
    every = _lines(draft, "v", fields.VILLAGE)
    for goal, several in groupby(every, key=lambda line: str(line.item["goal"])):
        lines = list(several)
        for line in lines:
            line.name = _called(line.item).capitalize()[:1] + _called(line.item)[1:]
        words = LEVELS[goal]  # type: ignore[index]
        found.append(Block(words[:1].upper() + words[1:], lines))
    return found


def _reports(draft: Draft) -> list[Line]:
    lines = _lines(draft, "b", fields.REPORT)
    for line in lines:
        words = PERIODS[line.item["period"]]
        line.name = words[:1].upper() + words[1:]
        if line.item["period"] == "daily":
            line.columns = [each for each in fields.REPORT if each.name != "weekday"]
    return lines


# --- The plan ------------------------------------------------------------------------------------


def plan_of_model(
    draft: Draft, law: Law, verdict: SetVerdict, wish: Wish, proposals: Sequence[Proposal],
    last: PaperPlan | None,
) -> PaperPlan:  # fmt: skip
    """The plan for a higher level with what was chosen."""
    recognition = draft.details.get("recognition") or ""
    here = verdicts.ground(draft.place, draft.on)
    asked = verdicts.verdict_on(here, recognition, draft.created) if recognition else None
    chosen: list[higher.Chosen] = []
    for _, several in groupby(draft.details.get("choices", []), key=lambda row: row["indicator"]):
        rows = list(several)
        first = rows[0]
        group = higher.Group(
            indicator=first["indicator"], name=first["name"], at_least=first["at_least"],
            of=first["of"],
        )  # fmt: skip
        chosen.append(higher.Chosen(group=group, names=tuple(names_chosen(rows))))
    villages = [
        higher.VillageGoal(
            kind=row["kind"], name=row["name"], goal=row["goal"], lead=row["lead"],
            due=date.fromisoformat(row["due"]),
        )
        for row in draft.details.get("villages", [])
        if row["wanted"]
    ]  # fmt: skip
    parts = higher.Parts(choices=chosen, villages=villages, recognition=asked)
    return higher.draft_model(verdict, law, wish, proposals, parts, last)


def names_chosen(rows: Sequence[Row]) -> list[str]:
    """What was chosen of a group: fields of the law that are marked, others that are written."""
    return [row["text"] for row in rows if row["text"] and (row["wanted"] or not row["of_law"])]


def waves_of(draft: Draft) -> list[campaign.Span]:
    """The waves whose end is not before their start, in the order of time."""
    found = [
        (date.fromisoformat(row["start"]), date.fromisoformat(row["end"]))
        for row in draft.details.get("waves", [])
        if row["start"] and row["end"]
    ]
    return sorted((start, end) for start, end in found if end >= start)


def plan_of_campaign(
    draft: Draft, level: str, wish: Wish, proposals: Sequence[Proposal], last: PaperPlan | None
) -> PaperPlan:
    """The plan of the campaign; works without an amount are left out."""
    names = village_names(draft)
    works = []
    for row in draft.details.get("works", []):
        parts = [
            (name, Decimal(row[f"p{at}"]))
            for at, name in enumerate(names)
            if row.get(f"p{at}") is not None
        ]
        whole = Decimal(row["whole"]) if row.get("whole") is not None else None
        if row["text"] and (parts or whole is not None):
            works.append(
                campaign.Work(text=row["text"], unit=row["unit"], parts=parts, whole=whole)
            )
    reports = [
        campaign.Report(
            sender=row["sender"], receiver=row["receiver"], period=row["period"],
            time=row["time"] or "", weekday=row["weekday"],
        )
        for row in draft.details.get("reports", [])
        if row["wanted"]
    ]  # fmt: skip
    given = [each for each in proposals if each.wanted and each.task]
    return campaign.draft_campaign(wish, level, waves_of(draft), works, given, reports, last)


# --- What is still to be said --------------------------------------------------------------------


def asked(draft: Draft) -> list[Finding]:
    """What the officer has not chosen or not put right yet; nothing is chosen for them."""
    if draft.kind == Kind.MODEL:
        return [*_unchosen(draft), *_without_village(draft)]
    return _wrong_waves(draft) if draft.kind == Kind.CAMPAIGN else []


def _unchosen(draft: Draft) -> list[Finding]:
    found = []
    for _, several in groupby(draft.details.get("choices", []), key=lambda row: row["indicator"]):
        rows = list(several)
        first, many = rows[0], len(names_chosen(rows))
        if many < first["at_least"]:
            of = f" trong {first['of']}" if first["of"] else ""
            message = f"Phải chọn ít nhất {first['at_least']}{of} {first['name']}; mới chọn {many}."
            found.append(Finding(code="GROUP-CHOICE", severity="warning", message=message,
                                 advice="Chọn ở phần Lĩnh vực được chọn."))  # fmt: skip
    return found


def _without_village(draft: Draft) -> list[Finding]:
    rows = draft.details.get("villages", [])
    if not rows or any(row["wanted"] for row in rows):
        return []
    return [Finding(
        code="MODEL-VILLAGE", severity="warning",
        message="Chưa chọn thôn nào làm thôn kiểu mẫu, thôn thông minh.",
        advice="Chọn ở phần Thôn, khu dân cư, nếu năm nay có thôn phấn đấu đạt.",
    )]  # fmt: skip


def _wrong_waves(draft: Draft) -> list[Finding]:
    found = []
    for number, row in enumerate(draft.details.get("waves", []), 1):
        if row["start"] and row["end"] and row["end"] < row["start"]:
            end = format_date(date.fromisoformat(row["end"]))
            found.append(Finding(
                code="WAVE-ORDER", severity="error",
                message=f"Đợt {number} kết thúc ngày {end}, trước ngày bắt đầu; chưa đưa vào "
                "văn bản.",
                advice="Sửa ngày ở phần Thời gian.",
            ))  # fmt: skip
    for before, after in pairwise(waves_of(draft)):
        if after[0] <= before[1]:
            found.append(Finding(
                code="WAVE-ORDER", severity="error",
                message=f"Hai đợt trùng ngày {format_date(after[0])}.",
                advice="Sửa ngày ở phần Thời gian.",
            ))  # fmt: skip
    return found
