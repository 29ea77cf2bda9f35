"""One criterion in full: for every indicator its rule, value, reason, evidence and gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from dinhlang.facts import selectors as facts
from dinhlang.facts.models import Evidence, EvidenceLink
from dinhlang.law.evaluating import evaluate
from dinhlang.law.explaining import Explanation, explain, missing_words
from dinhlang.law.explaining.words import Names
from dinhlang.law.requirements import Children
from dinhlang.law.sets import Applied, Body, CriteriaSet, Criterion, Indicator, Measure
from dinhlang.law.subjects import Subject
from dinhlang.law.verdicts import CriterionVerdict, IndicatorVerdict, Missing, SetVerdict, Verdict
from dinhlang.people.access import restrict
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.work.models import Task
from dinhlang.work.selectors import tasks as work

from .. import contradictions, links, reasons, showing
from ..contradictions import Contradiction
from ..reasons import FactShown
from ..showing import Look, Source
from . import claims as claiming
from .claims import Claim, ClaimedTarget
from .verdicts import Ground, ground

MOST_MISSING = 12
MOST_TASKS = 20


@dataclass(frozen=True, slots=True)
class Gap:
    """One missing thing, who can give it, and where."""

    words: str
    href: str
    link: str


@dataclass(frozen=True, slots=True)
class Used:
    """An observation behind the verdict on the unit itself, and its cell of the entry grid."""

    fact: FactShown
    href: str


@dataclass(frozen=True, slots=True)
class Below:
    """One unit below in the table of a rule over units."""

    name: str
    look: Look
    value: str
    reason: str
    href: str


@dataclass(slots=True)
class IndicatorView:
    """Everything the page says of one indicator."""

    indicator: Indicator
    look: Look
    said: Explanation
    checked: Look
    name_checked: Look
    sources: list[Source]
    facts: list[Used]
    evidence: list[Evidence]
    evidence_href: str
    gaps: list[Gap]
    more_gaps: int
    below: list[Below]
    amended: list[Applied]
    targets: list[ClaimedTarget]
    contradictions: list[Contradiction]


@dataclass(slots=True)
class CriterionView:
    """The page of a criterion; ``before`` and ``after`` are its neighbours in the set."""

    verdict: CriterionVerdict
    whole: SetVerdict
    look: Look
    indicators: list[IndicatorView]
    claim: Claim | None
    owner: str
    contradiction: Contradiction | None
    unplaced: list[ClaimedTarget]
    tasks: list[Task]
    guided_by: Body | None
    before: Criterion | None
    after: Criterion | None

    @property
    def criterion(self) -> Criterion:
        """The criterion itself."""
        return self.verdict.criterion

    @property
    def set(self) -> CriteriaSet:
        """The set it stands in."""
        return self.whole.set

    @property
    def met(self) -> int:
        """How many of its indicators are met."""
        return sum(each.state.value == "met" for each in self.verdict.indicators)


def criterion(
    user: User,
    unit: Unit,
    set_id: str,
    number: str,
    on: date,
    known_at: datetime | None = None,
) -> CriterionView | None:
    """The page, by what is known now or was at ``known_at``.

    None where there is no such set or criterion for such a unit.
    """
    here = ground(unit, on)
    effective = here.effective(set_id)
    if effective is None:
        return None
    subject = facts.subject(unit, on, known_at)
    whole = evaluate(effective, subject, here.law)
    place = next((i for i, c in enumerate(whole.criteria) if c.criterion.number == number), None)
    if place is None:
        return None
    verdict = whole.criteria[place]
    claims = claiming.claims(user, unit, whole.set, on)
    proofs = _evidence(user, unit, set_id, verdict)
    kids = _kids(user, subject)
    measures = here.law.measures
    neighbours = {i: whole.criteria[i].criterion for i in range(len(whole.criteria))}
    claim = claims.criteria.get(number)
    return CriterionView(
        verdict=verdict,
        whole=whole,
        look=showing.state(verdict.state),
        indicators=[
            _indicator(each, here, whole.set, measures, proofs, kids, claims)
            for each in verdict.indicators
        ],
        claim=claim,
        owner=claims.owners.get(number, ""),
        contradiction=contradictions.of_claim(claim, verdict.state),
        unplaced=claims.unplaced.get(number, []),
        tasks=_tasks(user, unit, set_id, claims, number),
        guided_by=verdict.criterion.guided_by,
        before=neighbours.get(place - 1),
        after=neighbours.get(place + 1),
    )


def _tasks(user: User, unit: Unit, set_id: str, claims: claiming.Claims, number: str) -> list[Task]:
    """The live tasks that serve the criterion: those that say so, those whose plan names it.

    A number without its set may be that of another set: then only its plan can tell.
    """
    serving = Q(place=unit, criterion=number, criterion_set=set_id)
    for task in claims.tasks.get(number, ())[:MOST_TASKS]:
        serving |= Q(of_plan__plan=task.plan, of_plan__number=task.number)
    rows = work.live(user).filter(serving).prefetch_related("offices").order_by("end", "pk")
    return list(rows[:MOST_TASKS])


def _evidence(
    user: User, unit: Unit, set_id: str, verdict: CriterionVerdict
) -> dict[str, list[Evidence]]:
    """The papers by indicator: linked to it, or to a number that its verdict was made from."""
    by_number: dict[str, set[int]] = {}
    for indicator in verdict.indicators:
        proofs = by_number.setdefault(indicator.indicator.number, set())
        for node in reasons.nodes(indicator.verdict):
            if node.fact is not None:
                proofs.update(node.fact.evidence)
    linked = EvidenceLink.objects.filter(
        place=unit, set_id=set_id, number__in=list(by_number), removed_at=None
    )
    for number, proof in linked.values_list("number", "evidence_id"):
        by_number[number].add(proof)
    wanted = set[int]().union(*by_number.values())
    if not wanted:
        return {}
    rows = restrict(Evidence.objects.filter(pk__in=wanted, set_aside_at=None), user)
    found = {each.pk: each for each in rows}
    return {
        number: [found[pk] for pk in sorted(proofs) if pk in found]
        for number, proofs in by_number.items()
    }


def _kids(user: User, subject: Subject) -> dict[str, int]:
    """The units below by name, as far as the person may look at their boards."""
    named = {kid.name: kid.id for kids in subject.children.values() for kid in kids}
    numbers = [number for number in named.values() if number is not None]
    if not numbers:
        return {}
    seen = set(restrict(Unit.objects.filter(pk__in=numbers), user).values_list("pk", flat=True))
    return {name: pk for name, pk in named.items() if pk in seen and pk is not None}


def _indicator(
    verdict: IndicatorVerdict,
    here: Ground,
    criteria: CriteriaSet,
    measures: Mapping[str, Measure],
    proofs: Mapping[str, list[Evidence]],
    kids: Mapping[str, int],
    claims: claiming.Claims,
) -> IndicatorView:
    indicator, unit = verdict.indicator, here.unit
    used = reasons.facts_of(verdict, measures)
    missing = list(dict.fromkeys(verdict.verdict.missing))
    return IndicatorView(
        indicator=indicator,
        look=showing.state(verdict.state),
        said=explain(verdict, here.law, criteria),
        checked=showing.checked(indicator.provenance),
        name_checked=showing.checked(indicator.name_provenance),
        sources=showing.sources(indicator.provenance.sources),
        facts=[
            Used(each, links.cell(unit, measures.get(each.measure), each.year))
            for each in used
            if not each.about or each.about.isdigit()
        ],
        evidence=proofs.get(indicator.number, []),
        evidence_href=links.evidence(unit, criteria.id, indicator.number),
        gaps=[_gap(each, here, criteria) for each in missing[:MOST_MISSING]],
        more_gaps=max(len(missing) - MOST_MISSING, 0),
        below=_below(verdict.verdict, here, criteria, measures, kids),
        amended=[step for step in criteria.lineage if _touches(step, indicator.number)],
        targets=claims.targets.get(indicator.number, []),
        contradictions=contradictions.of_targets(verdict, claims, here.law.measures),
    )


def _gap(missing: Missing, here: Ground, criteria: CriteriaSet) -> Gap:
    words = missing_words(missing, Names(here.law, criteria))
    href, link = links.to_give(here.unit, missing, criteria.id, here.law.measures, here.on)
    return Gap(words[:1].upper() + words[1:], href, link)


def _touches(step: Applied, number: str) -> bool:
    return number in step.numbers or number.split(".")[0] in step.numbers


def _below(
    verdict: Verdict,
    here: Ground,
    criteria: CriteriaSet,
    measures: Mapping[str, Measure],
    kids: Mapping[str, int],
) -> list[Below]:
    """The table of units below, where the rule is over them."""
    over = next((n for n in reasons.nodes(verdict) if isinstance(n.requirement, Children)), None)
    if over is None:
        return []
    return [_row(part, here, criteria, measures, kids) for part in over.parts]


def _row(
    part: Verdict,
    here: Ground,
    criteria: CriteriaSet,
    measures: Mapping[str, Measure],
    kids: Mapping[str, int],
) -> Below:
    fact = next((n.fact for n in reasons.nodes(part) if n.fact is not None), None)
    value = reasons.value_of(fact, measures.get(fact.measure)) if fact is not None else ""
    pk = kids.get(part.about)
    return Below(
        name=part.about,
        look=showing.state(part.state),
        value=value,
        reason=explain(part, here.law, criteria).summary,
        href=links.board(pk, here.on) if pk is not None else "",
    )
