"""Everything the result page shows, gathered from one plan."""

from __future__ import annotations

from dataclasses import dataclass

from dinhlang.papers.plan import Plan

from . import items, paper, words
from .items import Entry, Fact, Kind


@dataclass(frozen=True, slots=True)
class Tab:
    """A kind with the number of its cards."""

    kind: Kind
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """The result page: the paper, the cards, the tabs and the summary above them."""

    plan: Plan
    title: str
    subtitle: str
    blocks: list[paper.Block]
    chapters: list[paper.Chapter]
    entries: list[Entry]
    tabs: list[Tab]
    overview: list[Fact]
    severities: dict[str, int]
    notes: list[str]


def page(plan: Plan, entries: list[Entry] | None = None) -> Page:
    """The page of a plan; ``entries`` are its cards where they were already made."""
    entries = items.entries(plan) if entries is None else entries
    counts = {kind.slug: 0 for kind in items.KINDS}
    severities = {"error": 0, "warning": 0, "note": 0}
    for entry in entries:
        counts[entry.kind.slug] += 1
        if entry.severity and entry.silenced is None:
            severities[entry.severity] += 1
    return Page(
        plan=plan,
        title=title(plan),
        subtitle=words.KINDS[plan.document.kind],
        blocks=paper.blocks(plan, entries),
        chapters=paper.chapters(plan),
        entries=entries,
        tabs=[Tab(kind, counts[kind.slug]) for kind in items.KINDS],
        overview=overview(plan),
        severities=severities,
        notes=plan.source.notes if plan.source else [],
    )


def title(plan: Plan) -> str:
    """The paper's own title, or its kind and file name where it has none."""
    document = plan.document
    if document.title:
        return items.sentence(document.title)
    return words.KINDS[document.kind]


def overview(plan: Plan) -> list[Fact]:
    """What the head and the foot of the paper say; what is missing says so."""
    document = plan.document
    missing = "chưa ghi"
    number = document.number or (f"…/{document.symbol}" if document.symbol else missing)
    signed = document.signatory
    parts = [p for p in (signed.authority, signed.title, signed.name) if p] if signed else []
    day = document.date or ""
    place = ", ".join(
        f"{label} {name}"
        for label, name in (("xã", document.commune), ("huyện", document.district),
                            ("tỉnh", document.province))
        if name
    )  # fmt: skip
    facts = [
        Fact("Số, ký hiệu", number, missing=not document.number),
        Fact("Ngày ban hành", words.date(day) + ("" if len(day) == 10 else " (chưa ghi ngày)")
             if day else missing, missing=len(day) != 10),
        Fact("Cơ quan ban hành", document.issuer or missing, missing=not document.issuer),
        Fact("Địa bàn", sentence_case(place) if place else missing, missing=not place),
        Fact("Năm", ", ".join(map(str, document.years)) or missing, missing=not document.years),
        Fact("Người ký", " · ".join(parts) or missing, missing=not parts),
        Fact("Mức phấn đấu", "; ".join(words.LEVELS[level] for level in plan.levels) or missing,
             missing=not plan.levels),
    ]  # fmt: skip
    return facts + _campaign(plan) + _money(plan)


def sentence_case(text: str) -> str:
    """The text with a capital at the start."""
    return text[:1].upper() + text[1:]


def _campaign(plan: Plan) -> list[Fact]:
    campaign = plan.campaign
    if not campaign or not (campaign.days or campaign.waves):
        return []
    parts = [f"{campaign.days} ngày"] if campaign.days else []
    if campaign.waves:
        parts.append(f"{len(campaign.waves)} đợt")
    return [Fact("Phát động", ", ".join(parts))]


def _money(plan: Plan) -> list[Fact]:
    added = plan.funding.computed
    rows = [
        ("Tổng nhu cầu", added.needs),
        ("Tổng nguồn vốn", added.sources),
        ("Cân đối", added.balance),
    ]
    if added.usable_balance != added.balance:
        rows.append(("Cân đối, không kể vốn có điều kiện", added.usable_balance))
    return [Fact(label, words.money(amount)) for label, amount in rows if amount is not None]
