"""A plan (Kế hoạch) out of the plan as data: sections and annexes, nothing typed again."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from dinhlang.papers.plan import (
    Criterion,
    Duty,
    Gap,
    LegalBasis,
    Plan,
    ReportRule,
    ScheduleEntry,
    Support,
    Target,
    Task,
)
from dinhlang.vietnamese import find_amounts, format_number, to_roman

from ..tree import (
    Block,
    Column,
    Head,
    Heading,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
)
from . import words


def compose(plan: Plan) -> Paper:
    """The paper that says what the plan says."""
    blocks: list[Block] = [Paragraph(text=_opening(plan))]
    number = 0
    for title, part in (
        ("Mục đích, yêu cầu", _purpose(plan)),
        ("Mục tiêu", _goals(plan)),
        ("Khối lượng thực hiện", _quantities(plan)),
        ("Nhiệm vụ", _tasks(plan)),
        ("Lộ trình thực hiện", _schedule(plan)),
        ("Kinh phí thực hiện", _funding(plan)),
        ("Tổ chức thực hiện", _organisation(plan)),
    ):
        if part:
            number += 1
            blocks += [Heading(level=1, label=f"{to_roman(number)}.", text=title), *part]
    blocks.append(Paragraph(text=f"Trên đây là {_kind_words(plan)}."))
    return Paper(
        head=head(plan),
        kind=_kind(plan),
        about=_about(plan),
        bases=tuple(_basis(base) for base in plan.legal_bases if base.preamble),
        blocks=tuple(blocks),
        signature=_signature(plan),
        recipients=tuple(recipient.text for recipient in plan.recipients),
    )


def head(plan: Plan) -> Head:
    """The head: the issuing body in two lines, number and day where the plan has them."""
    document = plan.document
    issuer = document.issuer or f"Ủy ban nhân dân xã {document.commune or ''}".strip()
    issuer = re.sub(r"^UBND\b", "Ủy ban nhân dân", issuer)
    split = re.match(r"(Ủy ban nhân dân|Hội đồng nhân dân)\s+(.+)", issuer, re.IGNORECASE)
    lines = (split[1], split[2]) if split else (issuer,)
    number = re.match(r"(\d+)/", document.number or "")
    given = document.date if document.date and len(document.date) == 10 else None
    return Head(
        issuer=lines,
        issuer_words=issuer,
        symbol=document.symbol or "KH-UBND",
        place=document.place or document.commune or "…",
        number=int(number[1]) if number else None,
        date=date.fromisoformat(given) if given else None,
        year=document.years[0] if document.years else None,
    )


def _kind(plan: Plan) -> str:
    return {"decision": "Quyết định", "report": "Báo cáo"}.get(plan.document.kind, "Kế hoạch")


def _about(plan: Plan) -> str:
    return plan.document.title or f"Xây dựng nông thôn mới xã {plan.document.commune or ''}".strip()


def _kind_words(plan: Plan) -> str:
    about = _about(plan)
    return f"{_kind(plan)} {about[:1].lower()}{about[1:]}"


def _opening(plan: Plan) -> str:
    document = plan.document
    place = ", ".join(
        f"{kind} {name}"
        for kind, name in (
            ("xã", document.commune),
            ("huyện", document.district),
            ("tỉnh", document.province),
        )
        if name
    )
    return f"Ủy ban nhân dân {place} ban hành {_kind_words(plan)} như sau:"


def _basis(base: LegalBasis) -> str:
    parts = ["Căn cứ", base.kind or "văn bản"]
    if base.number:
        parts += ["số", base.number]
    if base.date:
        found = date.fromisoformat(base.date) if len(base.date) == 10 else None
        if found:
            parts += ["ngày", f"{found.day:02d}/{found.month:02d}/{found.year}"]
    if base.issuer:
        parts += ["của", base.issuer]
    if base.title:
        parts.append(base.title)
    return " ".join(parts)


def _signature(plan: Plan) -> Signature | None:
    found = plan.document.signatory
    if found is None or not (found.title or found.authority):
        return Signature(authority="TM. Ủy ban nhân dân", title="Chủ tịch")
    return Signature(
        authority=found.authority or "", acting_for=found.acting_for or "", title=found.title or ""
    )


_VILLAGE = ("thôn", "khu", "bản", "ấp", "xóm", "buôn", "khóm", "tổ", "kdc")


def _said_elsewhere(plan: Plan, item: Target | Task | Support) -> bool:
    """Whether a duty, a gap or a step of the roadmap, written whole, says it already."""
    start = _letters(item.text)[:30]
    gaps = [gap for criterion in plan.criteria for gap in criterion.gaps]
    others: list[Duty | ScheduleEntry | Gap] = [*plan.duties, *plan.schedule, *gaps]
    return bool(start) and any(
        0 < other.lines[0] <= item.lines[0] <= item.lines[1] <= other.lines[1]
        and start in _letters(other.text)
        for other in others
    )


def _rule_in_a_duty(plan: Plan, rule: ReportRule) -> bool:
    """Whether a duty says when that office reports."""
    return any(
        re.search(r"báo cáo|họp|giao ban", duty.text, re.IGNORECASE)
        and (
            duty.office == rule.from_
            or 0 < duty.lines[0] <= rule.lines[0] <= rule.lines[1] <= duty.lines[1]
        )
        for duty in plan.duties
    )


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


# --- Sections --------------------------------------------------------------------------


def _purpose(plan: Plan) -> list[Block]:
    level = words.LEVELS[plan.levels[0]] if plan.levels else "nông thôn mới"
    return [
        Paragraph(
            marker="-",
            text=f"Cụ thể hóa nhiệm vụ xây dựng {level} thành việc, người làm và thời hạn.",
        ),
        Paragraph(
            marker="-",
            text="Mỗi tiêu chí có một đầu mối; kết quả được chứng minh bằng số liệu và hồ sơ.",
        ),
    ]


def _goals(plan: Plan) -> list[Block]:
    blocks: list[Block] = []
    states = (
        ("reached", "Các tiêu chí đã đạt"),
        ("maintain", "Các tiêu chí cần duy trì"),
        ("to_reach", "Các tiêu chí phấn đấu đạt"),
        ("committed", "Các tiêu chí cam kết hoàn thành"),
        (None, "Các tiêu chí thực hiện"),
    )
    number = 0
    for state, title in states:
        found = [criterion for criterion in plan.criteria if criterion.status == state]
        if found:
            number += 1
            blocks.append(Heading(level=2, label=f"{number}.", text=title))
            for criterion in found:
                blocks += _criterion(criterion)
    targets = [target for target in plan.targets if not _said_elsewhere(plan, target)]
    if targets:
        number += 1
        blocks += [Heading(level=2, label=f"{number}.", text="Chỉ tiêu"), _targets(targets)]
    villages = [village for village in plan.villages if village.goal]
    if villages:
        number += 1
        blocks.append(Heading(level=2, label=f"{number}.", text="Thôn, khu dân cư"))
        for village in villages:
            level = words.LEVELS[village.goal] if village.goal else ""
            name = village.name if village.name.lower().startswith(_VILLAGE) else (
                f"thôn {village.name}"
            )  # fmt: skip
            blocks.append(Paragraph(marker="-", text=f"Xây dựng {name} đạt chuẩn {level}."))
    return blocks


def _criterion(criterion: Criterion) -> list[Block]:
    name = f"Tiêu chí số {criterion.number} về {criterion.name}" if criterion.number else (
        f"Tiêu chí {criterion.name}"
    )  # fmt: skip
    return [
        Paragraph(marker="-", text=f"{name}{':' if criterion.gaps else '.'}"),
        *(Paragraph(marker="+", text=words.sentence(gap.text)) for gap in criterion.gaps),
    ]


def _targets(targets: list[Target]) -> Table:
    rows = []
    for position, target in enumerate(targets, 1):
        text = re.sub(r"\s+", " ", target.text)
        if target.exceptions:
            text += f" (trừ {'; '.join(target.exceptions)})"
        rows.append(
            Row(
                cells=(
                    target.code or str(position),
                    text,
                    target.unit or "",
                    words.aim(target).removesuffix(target.unit or "").strip(),
                )
            )
        )
    return Table(
        columns=(
            Column(title="TT", share=0.6, align="center"),
            Column(title="Chỉ tiêu", share=4),
            Column(title="Đơn vị tính", share=1.4, align="center"),
            Column(title="Mục tiêu", share=1.2, align="center"),
        ),
        rows=tuple(rows),
    )


def _quantities(plan: Plan) -> list[Block]:
    if not plan.quantities:
        return []
    rows = tuple(
        Row(cells=(str(position), each.text, each.unit or "", words.decimal(each.value)))
        for position, each in enumerate(plan.quantities, 1)
    )
    columns = (
        Column(title="TT", share=0.6, align="center"),
        Column(title="Nội dung", share=4),
        Column(title="Đơn vị tính", share=1.2, align="center"),
        Column(title="Khối lượng", share=1.2, align="right"),
    )
    return [Table(columns=columns, rows=rows)]


def _tasks(plan: Plan) -> list[Block]:
    tasks = [task for task in plan.tasks if not _said_elsewhere(plan, task)]
    if not tasks:
        return []
    rows = tuple(_task_row(position, task) for position, task in enumerate(tasks, 1))
    columns = (
        Column(title="TT", share=0.6, align="center"),
        Column(title="Nhiệm vụ", share=4),
        Column(title="Chủ trì", share=1.6),
        Column(title="Phối hợp", share=1.6),
        Column(title="Thời hạn", share=1.3),
    )
    return [Table(columns=columns, rows=rows)]


def _task_row(position: int, task: Task) -> Row:
    return Row(
        cells=(
            str(position),
            task.text,
            "; ".join(task.lead),
            "; ".join(task.partners),
            words.deadline(task.deadline),
        )
    )


def _schedule(plan: Plan) -> list[Block]:
    blocks: list[Block] = []
    periods = sorted({entry.period for entry in plan.schedule})
    for number, period in enumerate(periods, 1):
        blocks.append(
            Heading(level=2, label=f"{number}.", text=words.quarter_title(period)),
        )
        for entry in plan.schedule:
            if entry.period == period:
                months = f"Tháng {','.join(map(str, entry.months))}: " if entry.months else ""
                blocks.append(Paragraph(marker="-", text=f"{months}{entry.text.rstrip(' .;')}."))
    return blocks


def _funding(plan: Plan) -> list[Block]:
    funding = plan.funding
    blocks: list[Block] = []
    number = 0
    if funding.needs:
        number += 1
        blocks.append(Heading(level=2, label=f"{number}.", text="Nhu cầu kinh phí"))
        names = {each.number: each.name for each in plan.criteria if each.number}
        rows = [
            Row(cells=(str(n), _need(need.text, need.criterion, names), _millions(need.amount)))
            for n, need in enumerate(funding.needs, 1)
        ]
        blocks.append(
            _money("Nội dung", "Nhu cầu kinh phí", rows, sum(x.amount for x in funding.needs))
        )
    if funding.sources:
        number += 1
        blocks.append(Heading(level=2, label=f"{number}.", text="Nguồn vốn huy động"))
    if funding.sources and all(source.amount is None for source in funding.sources):
        blocks += [
            Paragraph(marker="-", text=words.sentence(source.text)) for source in funding.sources
        ]
    elif funding.sources:
        rows = [
            Row(
                cells=(
                    str(n),
                    source.text
                    + (" (chỉ có khi xã được công nhận đạt chuẩn)" if source.conditional else ""),
                    _millions(source.amount) if source.amount is not None else "",
                )
            )
            for n, source in enumerate(funding.sources, 1)
        ]
        total = sum(x.amount for x in funding.sources if x.amount is not None)
        blocks.append(_money("Nguồn vốn", "Số tiền", rows, total))
    if funding.needs and any(source.amount is not None for source in funding.sources):
        blocks += _balance(plan)
    support = [each for each in plan.support if not _said_elsewhere(plan, each)]
    if support:
        number += 1
        blocks.append(Heading(level=2, label=f"{number}.", text="Chính sách hỗ trợ"))
        blocks += [Paragraph(marker="-", text=words.sentence(_support(each))) for each in support]
    return blocks


def _support(each: Support) -> str:
    text = each.text
    if all(amount.value != each.amount for amount in find_amounts(text)):
        per = f"/{each.per}" if each.per else ""
        text += f": hỗ trợ {words.money(each.amount)}{per}"
    return f"{text} (theo {each.basis})" if each.basis and each.basis not in text else text


def _need(text: str, criterion: int | None, names: dict[int, str]) -> str:
    if criterion is None or re.search(rf"tiêu chí.*\b{criterion}\b|TC ?{criterion}\b", text):
        return text
    about = f" về {names[criterion]}" if criterion in names else ""
    return f"Tiêu chí số {criterion}{about}: {text}"


def _money(what: str, title: str, rows: list[Row], total: int) -> Table:
    return Table(
        unit="Đơn vị tính: triệu đồng",
        columns=(
            Column(title="TT", share=0.6, align="center"),
            Column(title=what, share=5),
            Column(title=title, share=1.5, align="right"),
        ),
        rows=(*rows, Row(cells=("", "Tổng cộng", _millions(total)), strong=True)),
    )


def _balance(plan: Plan) -> list[Block]:
    needs = sum(need.amount for need in plan.funding.needs)
    sources = sum(each.amount for each in plan.funding.sources if each.amount is not None)
    usable = sum(
        each.amount
        for each in plan.funding.sources
        if each.amount is not None and not each.conditional
    )
    short = needs - sources
    state = "còn thiếu" if short > 0 else "còn thừa"
    if short == 0 and usable == sources:
        return [Paragraph(text="Vốn huy động được đủ cho các nội dung trên.")]
    text = (
        f"Cân đối: {words.money(needs)} - {words.money(sources)} = {words.money(abs(short))} "
        f"(xã {state} {words.money(abs(short))})"
    )
    if usable != sources:
        text += (
            f"; chưa kể nguồn có điều kiện thì còn thiếu {words.money(max(needs - usable, 0))} "
            "trong khi thực hiện"
        )
    return [Paragraph(text=text + ".")]


def _organisation(plan: Plan) -> list[Block]:
    blocks: list[Block] = []
    number = 0
    seen: list[str] = []
    for duty in plan.duties:
        if duty.office not in seen:
            seen.append(duty.office)
    for office in seen:
        number += 1
        blocks.append(Heading(level=2, label=f"{number}.", text=office))
        for duty in plan.duties:
            if duty.office == office:
                blocks += [
                    Paragraph(marker="-", text=words.sentence(part)) for part in _parts(duty)
                ]
    if plan.movements:
        number += 1
        blocks.append(Heading(level=2, label=f"{number}.", text="Phong trào thi đua"))
        for movement in plan.movements:
            blocks.append(Paragraph(marker="-", text=f"Thực hiện phong trào “{movement.name}”."))
    rules = [rule for rule in plan.reporting if rule.from_ and not _rule_in_a_duty(plan, rule)]
    if rules:
        number += 1
        blocks += [Heading(level=2, label=f"{number}.", text="Chế độ báo cáo"), _reports(rules)]
    return blocks


def _parts(duty: Duty) -> list[str]:
    """The sentences of a duty, each for a line of its own."""
    return re.split(
        r"(?<=[^\W\d]{2})[.;]\s+(?=[A-ZĐÂÁÀƯỨỦ])", duty.text or "Thực hiện phần việc được giao"
    )


def _reports(rules: list[ReportRule]) -> Table:
    return Table(
        columns=(
            Column(title="TT", share=0.6, align="center"),
            Column(title="Đơn vị báo cáo", share=2.4),
            Column(title="Nơi nhận", share=2.4),
            Column(title="Kỳ báo cáo", share=1.4),
            Column(title="Thời hạn, hình thức", share=2),
        ),
        rows=tuple(
            Row(
                cells=(
                    str(position),
                    rule.from_ or "",
                    rule.to or "",
                    words.PERIODS[rule.period],
                    "; ".join(part for part in (words.due(rule), ", ".join(rule.channels)) if part),
                )
            )
            for position, rule in enumerate(rules, 1)
        ),
    )


def _millions(amount: int) -> str:
    return format_number(Decimal(amount) / 1_000_000)
