"""A plan (Kế hoạch) out of the plan as data: sections and annexes, nothing typed again.

The body is what a leader reads: aims, choices, totals, who does what. Figures stand in the
annexes (``annexes``), which the body refers to; an annex without data is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from dinhlang.papers.plan import (
    Campaign,
    Criterion,
    Duty,
    LegalBasis,
    Plan,
    ReportRule,
    Support,
    TargetGroup,
    Task,
    Village,
)
from dinhlang.papers.reading import own_tables as own
from dinhlang.papers.reading.own_goals import HEADING as GOALS
from dinhlang.vietnamese import find_amounts, to_roman

from ..tree import Block, Column, Heading, Paper, Paragraph, Row, Table
from . import words
from .annexes import Annexes, annexes, capital, has_amounts, periods
from .balance import balance_lines, money_summary
from .bodies import body_of, head, signature
from .owners import goal_day, goal_words, goals_of_commune, village_words
from .quantities import as_list, has_villages, works

__all__ = ["compose", "head"]


def compose(plan: Plan) -> Paper:
    """The paper that says what the plan says."""
    found = annexes(plan)
    blocks: list[Block] = [Paragraph(text=_opening(plan))]
    number = 0
    for title, part in (
        ("Mục đích, yêu cầu", _purpose(plan)),
        ("Mục tiêu", _goals(plan, found)),
        ("Thời gian tổ chức", _campaign(plan.campaign)),
        (own.BODY_QUANTITIES, _quantities(plan, found)),
        ("Nhiệm vụ", _tasks(plan, found)),
        ("Lộ trình thực hiện", _schedule(plan, found)),
        ("Kinh phí thực hiện", _funding(plan, found)),
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
        signature=signature(plan),
        recipients=tuple(recipient.text for recipient in plan.recipients),
        annexes=tuple(found.kept.values()),
    )


def _kind(plan: Plan) -> str:
    return {"decision": "Quyết định", "report": "Báo cáo"}.get(plan.document.kind, "Kế hoạch")


def _about(plan: Plan) -> str:
    return plan.document.title or f"Xây dựng nông thôn mới xã {plan.document.commune or ''}".strip()


def _kind_words(plan: Plan) -> str:
    about = _about(plan)
    return f"{_kind(plan)} {about[:1].lower()}{about[1:]}"


def _opening(plan: Plan) -> str:
    """“Ủy ban nhân dân xã …, huyện …, tỉnh … ban hành Kế hoạch … như sau:”."""
    document = plan.document
    where = [
        f"{kind} {name}"
        for kind, name in (("huyện", document.district), ("tỉnh", document.province))
        if name
    ]
    who = ", ".join([body_of(plan).words, *where])
    return f"{who} ban hành {_kind_words(plan)} như sau:"


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
        bare = base.issuer and base.title[:1].isupper()  # a name alone would run into the issuer
        parts.append(f"về {base.title}" if bare else base.title)
    return " ".join(parts)


# --- Sections --------------------------------------------------------------------------


def _purpose(plan: Plan) -> list[Block]:
    level = words.LEVELS[plan.levels[0]] if plan.levels else "nông thôn mới"
    if plan.levels[:1] == ["ntm"] and "advanced" in plan.levels:
        level += f", hướng tới xã {words.LEVELS['advanced']}"
    return [
        Paragraph(
            marker="-",
            text=f"Cụ thể hóa nhiệm vụ xây dựng {level} thành việc, người làm và thời hạn.",
        ),
        Paragraph(
            marker="-",
            text=f"Mỗi {'tiêu chí' if plan.criteria else 'nhiệm vụ'} có một đầu mối; kết quả được "
            "chứng minh bằng số liệu và hồ sơ.",
        ),
    ]


class _Numbered:
    """Parts of a section, numbered as they come."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.number = 0

    def part(self, title: str, blocks: list[Block]) -> None:
        """A part with its heading; nothing where it is empty."""
        if blocks:
            self.number += 1
            self.blocks += [Heading(level=2, label=f"{self.number}.", text=title), *blocks]


def _goals(plan: Plan, found: Annexes) -> list[Block]:
    parts = _Numbered()
    parts.part(GOALS, [_goal(task) for task in goals_of_commune(plan)])
    states = (
        ("reached", "Các tiêu chí đã đạt"),
        ("maintain", "Các tiêu chí cần duy trì"),
        ("to_reach", "Các tiêu chí phấn đấu đạt"),
        ("committed", "Các tiêu chí cam kết hoàn thành"),
        (None, "Các tiêu chí thực hiện"),
    )
    for state, title in states:
        criteria = [criterion for criterion in plan.criteria if criterion.status == state]
        parts.part(title, [block for each in criteria for block in _criterion(plan, each)])
    parts.part("Điều kiện của xã kiểu mẫu", _conditions(plan))
    if plan.targets:
        parts.part("Chỉ tiêu", [
            Paragraph(text="Mức phải đạt và đơn vị chủ trì của từng chỉ tiêu nêu tại "
                           f"{found.name('targets')} kèm theo."),
        ])  # fmt: skip
    villages = [village for village in plan.villages if village.goal]
    parts.part("Thôn, khu dân cư", [_village(plan, village) for village in villages])
    parts.part("Lĩnh vực, nhóm chỉ tiêu được chọn", [_group(each) for each in plan.groups])
    return parts.blocks


def _conditions(plan: Plan) -> list[Block]:
    """What a commune of the model level must be, in the words of the plan."""
    lines: list[Block] = []
    for target in plan.targets:
        if target.group != "model":
            continue
        unit = f" {target.unit}" if target.unit and target.unit != "%" else (target.unit or "")
        figure = "" if target.comparator == "yes" else f": {words.figure(target)}{unit}"
        lines.append(Paragraph(marker="-", text=words.sentence(f"{target.text}{figure}")))
    return lines


def _goal(task: Task) -> Paragraph:
    return Paragraph(marker="-", text=goal_words(task))


def _group(group: TargetGroup) -> Paragraph:
    """“Lĩnh vực nổi trội: đạt ít nhất 01 trong 07: …”."""
    rule = group.rule
    of = f" trong {rule.of:02d}" if rule.of is not None else ""
    # Fewer named than there are: these are what the commune has chosen.
    named = len(group.targets)
    chosen = named < rule.of if rule.of is not None else named == rule.at_least
    listed = "; ".join(group.targets)
    if listed:
        listed = f"; xã chọn: {listed}" if chosen else f" ({listed})"
    return Paragraph(
        marker="-", text=f"{capital(group.name)}: đạt ít nhất {rule.at_least:02d}{of}{listed}."
    )


def _village(plan: Plan, village: Village) -> Paragraph:
    level = words.LEVELS[village.goal] if village.goal else ""
    when = words.deadline(goal_day(plan, village))
    said = f"Xây dựng {village_words(plan, village)} đạt chuẩn {level} {words.when(when)}"
    return Paragraph(marker="-", text=words.sentence(said))


def _criterion(plan: Plan, criterion: Criterion) -> list[Block]:
    """The criterion with what it lacks; one of another set than the plan's names its set."""
    name = (
        f"Tiêu chí số {criterion.number} về {criterion.name}"
        if criterion.number
        else f"Tiêu chí {criterion.name}"
    )
    usual = Counter(each.level for each in plan.criteria).most_common(1)[0][0]
    if criterion.level != usual and criterion.level is not None:
        name = f"Tiêu chí {criterion.name} theo Bộ tiêu chí xã {words.LEVELS[criterion.level]}"
    return [
        Paragraph(marker="-", text=f"{name}{':' if criterion.gaps else '.'}"),
        *(Paragraph(marker="+", text=words.sentence(gap.text)) for gap in criterion.gaps),
    ]


def _campaign(campaign: Campaign | None) -> list[Block]:
    """The stated length of the campaign and its waves, each with its days."""
    if campaign is None:
        return []
    waves = campaign.waves
    several = f", chia thành {len(waves):02d} đợt" if len(waves) > 1 else ""
    length = f"Đợt cao điểm {campaign.days} ngày" if campaign.days else "Chiến dịch ra quân"
    if not waves:
        return [Paragraph(text=f"{length}.")]
    lines = [
        Paragraph(
            marker="-",
            text=f"Đợt {number}: từ ngày {words.day(wave.start)} đến ngày {words.day(wave.end)}.",
        )
        for number, wave in enumerate(waves, 1)
    ]
    return [Paragraph(text=f"{length}{several}:"), *lines]


def _quantities(plan: Plan, found: Annexes) -> list[Block]:
    if not plan.quantities:
        return []
    if not has_villages(plan):
        return [as_list(plan)]
    lines: list[Block] = [
        Paragraph(
            marker="-",
            text=f"{work.text}: {words.decimal(str(work.total))} {work.unit or ''}".strip() + ".",
        )
        for work in works(plan)
        if work.total is not None
    ]
    name = found.name("quantities")
    return [*lines, Paragraph(text=f"Khối lượng giao cho từng thôn nêu tại {name} kèm theo.")]


def _tasks(plan: Plan, found: Annexes) -> list[Block]:
    if not plan.tasks:
        return []
    name = found.name("targets")
    return [
        Paragraph(
            text="Nội dung, đơn vị chủ trì, đơn vị phối hợp và thời hạn của từng nhiệm vụ nêu tại "
            f"{name} kèm theo."
        )
    ]


def _schedule(plan: Plan, found: Annexes) -> list[Block]:
    """The criteria each period completes; its steps stand in the annex."""
    if not plan.schedule:
        return []
    lines: list[Block] = []
    names = {each.number: each.name for each in plan.criteria if each.number}
    for period in periods(plan):
        done = [n for e in plan.schedule if e.period == period for n in e.completes]
        if done:
            said = "; ".join(
                f"tiêu chí số {n}{f' về {names[n]}' if n in names else ''}"
                for n in dict.fromkeys(done)
            )
            lines.append(
                Paragraph(marker="-", text=f"{words.quarter_title(period)}: hoàn thành {said}.")
            )
    name = found.name("schedule")
    return [*lines, Paragraph(text=f"Nội dung thực hiện từng quý nêu tại {name} kèm theo.")]


def _funding(plan: Plan, found: Annexes) -> list[Block]:
    funding = plan.funding
    parts = _Numbered()
    if has_amounts(plan):
        lines = [line for line in (money_summary(plan), *balance_lines(plan)) if line]
        blocks: list[Block] = [Paragraph(text=line) for line in lines]
        name = found.name("money")
        blocks.append(Paragraph(text=f"Chi tiết nhu cầu, nguồn vốn nêu tại {name} kèm theo."))
        parts.part("Nhu cầu, nguồn vốn và cân đối", blocks)
    else:
        parts.part(
            "Nguồn vốn huy động",
            [Paragraph(marker="-", text=words.sentence(each.text)) for each in funding.sources],
        )
    parts.part(
        "Chính sách hỗ trợ",
        [
            Paragraph(marker="-", text=words.sentence(_support(each)))
            for each in plan.support
            if not _in_a_duty(plan, each)
        ],
    )
    return parts.blocks


def _in_a_duty(plan: Plan, each: Support) -> bool:
    """Whether the duty of an office, written whole, says the support already."""
    told = " ".join(f"{duty.office} {duty.text}" for duty in plan.duties)
    return _letters(each.text) in _letters(told)


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def _support(each: Support) -> str:
    text = each.text
    if all(amount.value != each.amount for amount in find_amounts(text)):
        per = f"/{each.per}" if each.per else ""
        text += f": hỗ trợ {words.money(each.amount)}{per}"
    return f"{text} (theo {each.basis})" if each.basis and each.basis not in text else text


def _organisation(plan: Plan) -> list[Block]:
    parts = _Numbered()
    told: set[str] = set()
    for duty in plan.duties:
        if _runs_on(duty):
            parts.number += 1
            parts.blocks.append(
                Paragraph(marker=f"{parts.number}.", text=words.sentence(_whole(duty)))
            )
        elif duty.office not in told:
            told.add(duty.office)
            parts.part(_office(duty), [
                Paragraph(marker="-", text=words.sentence(sentence))
                for each in plan.duties
                if each.office == duty.office and not _runs_on(each)
                for sentence in _sentences(each)
            ])  # fmt: skip
    parts.part("Phong trào thi đua", [
        Paragraph(marker="-", text=f"Thực hiện phong trào “{movement.name}”.")
        for movement in plan.movements
    ])  # fmt: skip
    rules = [rule for rule in plan.reporting if rule.from_]
    parts.part(own.TITLES["reporting"], [_reports(rules)] if rules else [])
    return parts.blocks


def _office(duty: Duty) -> str:
    asked = "request" in (duty.role, *duty.roles) and not re.match("đề nghị", duty.office, re.I)
    said = re.match("đề nghị", duty.text, re.IGNORECASE)
    return f"Đề nghị {duty.office}" if asked and not said else duty.office


def _runs_on(duty: Duty) -> bool:
    """Whether the words go on from the office's name, or say it themselves."""
    given = re.match(r"(?:Giao(?: cho)?|Đề nghị|Yêu cầu|Phân công)\s+", duty.text)
    if given and duty.text.startswith(duty.office, given.end()):
        return True
    return bool(duty.text) and (duty.text[0].islower() or not duty.text[0].isalnum())


def _whole(duty: Duty) -> str:
    if duty.text[:1].isupper():
        return duty.text
    space = "" if duty.text[:1] in ",;:." else " "
    return f"{duty.office}{space}{duty.text}"


def _sentences(duty: Duty) -> list[str]:
    """The sentences of a duty, each for a line of its own."""
    text = duty.text or "Thực hiện phần việc được giao"
    return re.split(r"(?<=[^\W\d]{2})\.\s+(?=[A-ZĐÂÁÀƯỨỦ])", text)


def _reports(rules: list[ReportRule]) -> Table:
    return Table(
        columns=(
            Column(title=own.NUMBER, share=0.6, align="center"),
            Column(title=own.SENDER, share=2.4),
            Column(title=own.RECEIVER, share=2.4),
            Column(title=own.RHYTHM, share=1.4),
            Column(title=own.DUE, share=2),
        ),
        rows=tuple(
            Row(
                cells=(
                    str(position),
                    rule.from_ or "",
                    rule.to or "",
                    words.PERIODS[rule.period],
                    "; ".join(
                        part
                        for part in (
                            words.due(rule),
                            f"qua {', '.join(rule.channels)}" if rule.channels else "",
                        )
                        if part
                    ),
                )
            )
            for position, rule in enumerate(rules, 1)
        ),
    )
