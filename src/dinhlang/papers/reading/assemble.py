"""From the text of a paper to the plan: the order in which its parts are read."""

from __future__ import annotations

import re

from dinhlang.papers.collecting import without_collecting
from dinhlang.papers.plan import Document, Funding, Level, Plan, SourceInfo, Target, Task, Village
from dinhlang.papers.reading.blocks import Block, make_blocks
from dinhlang.papers.reading.citations import read_citations
from dinhlang.papers.reading.criteria import read_criteria
from dinhlang.papers.reading.criteria_names import SetName
from dinhlang.papers.reading.duties import name_offices, read_duties
from dinhlang.papers.reading.funding import compute, read_funding
from dinhlang.papers.reading.groups import level_group, read_groups
from dinhlang.papers.reading.header import complete_head, read_foot, read_head
from dinhlang.papers.reading.outline import find_foot, make_outline
from dinhlang.papers.reading.own_goals import read_goals
from dinhlang.papers.reading.own_reading import Own, read_own
from dinhlang.papers.reading.own_tables import own_tables
from dinhlang.papers.reading.paper import Paper
from dinhlang.papers.reading.quantities import read_quantities
from dinhlang.papers.reading.reporting import read_reporting
from dinhlang.papers.reading.schedule import read_campaign, read_schedule
from dinhlang.papers.reading.source import SourceText
from dinhlang.papers.reading.support import read_support
from dinhlang.papers.reading.table_finding import make_tables
from dinhlang.papers.reading.targets import read_targets
from dinhlang.papers.reading.tasks import read_tasks
from dinhlang.papers.reading.village_days import set_days
from dinhlang.papers.reading.villages import read_movements, read_villages
from dinhlang.vietnamese import fold


@without_collecting()
def read_source_text(source: SourceText) -> Plan:
    """The plan in a paper's text. Never raises on odd text: what is not there stays empty."""
    blocks = make_blocks(source)
    document, body = read_head(blocks)
    foot = find_foot(blocks)
    levels = complete_head(document, blocks, foot)
    outline = make_outline(blocks, body)
    signatory, recipients = read_foot(blocks, foot)
    document.signatory = signatory
    document.recipients = [r.text for r in recipients]
    paper = Paper(blocks=blocks, outline=outline, document=document, levels=levels, body=body)
    level, paper.criteria_set = _criteria_level(document, levels, blocks)
    paper.village_plan = level in ("village", "model-village", "smart-village")

    own = _take_own(paper)
    name_offices(paper)
    villages = read_villages(paper)
    set_days(paper, villages)
    targets, groups = own.targets, own.groups
    if not own.kinds & {"targets", "groups"}:
        targets = read_targets(paper)
        groups = read_groups(paper, targets)
        _finish_targets(paper, targets, villages)
    schedule = own.schedule if "schedule" in own.kinds else read_schedule(paper)
    scheduled = {line for entry in schedule for line in range(entry.lines[0], entry.lines[1] + 1)}
    return Plan(
        document=document,
        levels=levels,
        legal_bases=read_citations(paper),
        outline=outline.sections(),
        criteria=read_criteria(paper, level),
        targets=targets,
        groups=groups,
        quantities=own.quantities if "quantities" in own.kinds else read_quantities(paper, targets),
        tasks=_tasks(paper, own, read_tasks(paper, targets, scheduled)),
        duties=read_duties(paper),
        schedule=schedule,
        campaign=read_campaign(paper),
        funding=_funding(own, read_funding(paper)),
        support=read_support(paper),
        reporting=own.reporting if "reporting" in own.kinds else read_reporting(paper),
        villages=villages,
        movements=read_movements(paper),
        recipients=recipients,
        source=SourceInfo(
            name=source.name,
            reader=source.reader,
            sha256=source.sha256,
            text=source.text,
            notes=list(source.notes),
            decomposed=[at for at, line in enumerate(source.lines, 1) if line.decomposed],
            layout=source.layout,
        ),
    )


def _take_own(paper: Paper) -> Own:
    """What our own tables say; other readers do not see their rows."""
    tables = make_tables(paper)
    ours = own_tables(tables)
    of_ours = {id(each.table) for each in ours}
    paper.tables = [table for table in tables if id(table) not in of_ours]
    paper.own_rows = {
        row.spot
        for each in ours
        for row in (each.table.header, *each.table.rows)
        if row is not each.table.header or each.kind != "quantities"  # it names villages
    }
    return read_own(paper, ours)


_ALIKE = 40


def _tasks(paper: Paper, own: Own, told: list[Task]) -> list[Task]:
    """The tasks of our table, and work the text gives somebody that the table does not have."""
    if "tasks" not in own.kinds:
        return told
    known = " ".join(_letters(task.text) for task in own.tasks)
    goals = [each for each in read_goals(paper.content, paper.year) if _is_new(each, known)]
    known += " ".join(_letters(goal.text) for goal in goals)
    more = [task for task in told if task.lead and _letters(task.text)[:_ALIKE] not in known]
    return sorted([*goals, *own.tasks, *more], key=lambda task: task.lines)


def _is_new(goal: Task, known: str) -> bool:
    """Whether no row of the table says the goal, with “Phấn đấu” before it or without."""
    return re.sub(r"^phan dau ", "", _letters(goal.text)) not in known


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()


def _funding(own: Own, told: Funding) -> Funding:
    """The money of our tables with the totals the text states."""
    if not own.kinds & {"needs", "sources"}:
        return told
    told.needs = own.needs
    told.sources = own.sources
    compute(told)
    return told


_OF_NINETEEN = re.compile(r"19 tieu chi|\(tc ?1[1-9]\)|tieu chi (?:so )?1[1-9]\b")


def _criteria_level(
    document: Document, levels: list[Level], blocks: list[Block]
) -> tuple[Level | None, SetName]:
    """The level the plan's criteria belong to, and the set their names and numbers come from."""
    if levels and levels[0] in ("model-village", "village", "smart-village") and len(levels) == 1:
        return levels[0], "ntm"
    year = max(document.years, default=0)
    text = " ".join(fold(b.text) for b in blocks[:60])
    ten = "51/2025" in text or "10 tieu chi" in text or not _OF_NINETEEN.search(text)
    if year >= 2026 and ten:
        return ("modern" if "modern" in levels and "ntm" not in levels else "ntm"), "ten"
    if "advanced" in levels or "model" in levels:
        return "advanced", "advanced"
    if "ntm" in levels:
        return "ntm", "ntm"
    if "nang cao" in text and "19 tieu chi" in text:
        return "advanced", "advanced"
    return None, "ntm"


def _finish_targets(paper: Paper, targets: list[Target], villages: list[Village]) -> None:
    """Targets under a village level get that level as group, and the village where it is one."""
    smart = [v for v in villages if v.goal == "smart-village"]
    by_line = {b.lines[0]: b for b in paper.content}
    for target in targets:
        block = by_line.get(target.lines[0])
        if block is None:
            continue
        if target.group is None:
            level = level_group(paper, block)
            if level in ("smart-village", "model-village", "model"):
                target.group = level
        if target.group == "smart-village" and len(smart) == 1 and target.place is None:
            target.place = f"thôn {smart[0].name}"
