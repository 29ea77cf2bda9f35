"""The law as it stands here: what is shipped, and what was loaded and approved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from dinhlang.law.library import Law, Library, shipped
from dinhlang.law.reading import read_measures, read_set
from dinhlang.law.sets import Amendment, CriteriaSet, Measure
from dinhlang.places.models import Closure, Level, Unit, UnitParent

from .models import LawText, TextKind, TextState

MOST_STEPS = 6
"""No unit has more levels above it."""

_last: tuple[tuple[str, ...], Library] | None = None


def library() -> Library:
    """Shipped and approved texts together.

    Kept by the digests of the approved texts, which one small query asks for: a set approved in
    any process is there at once in all of them.
    """
    global _last
    approved = list(
        LawText.objects.filter(state=TextState.APPROVED)
        .order_by("decided_at", "pk")
        .values_list("pk", "set_id", "digest")
    )
    # Of one id the text that was decided last counts.
    current = {set_id: (pk, digest) for pk, set_id, digest in approved}
    key = tuple(f"{set_id}:{digest}" for set_id, (_, digest) in sorted(current.items()))
    held = _last
    if held is None or held[0] != key:
        rows = LawText.objects.filter(pk__in=[pk for pk, _ in current.values()])
        held = (key, _combine(shipped(), list(rows)))
        _last = held
    return held[1]


def _combine(base: Library, texts: list[LawText]) -> Library:
    if not texts:
        return base
    documents = [read_text(text) for text in texts if text.kind != TextKind.MEASURES]
    lists = [text for text in texts if text.kind == TextKind.MEASURES]
    return base.plus(
        [each for each in documents if isinstance(each, CriteriaSet)],
        [each for each in documents if isinstance(each, Amendment)],
        [each for text in lists for each in read_measures(text.data, text.set_id)],
    )


def read_text(text: LawText) -> CriteriaSet | Amendment:
    """The set or amendment in a loaded text."""
    return read_set(text.data, text.set_id)


def law(on: date, territories: frozenset[str] = frozenset()) -> Law:
    """The law of a day for those provinces (official codes); none: the national one alone."""
    return library().at(on, territories)


def law_for(unit: Unit, on: date) -> Law:
    """The law for a unit on a day: the national one, and that of the provinces it belongs to."""
    return law(on, territories(unit, on))


def territories(unit: Unit, on: date) -> frozenset[str]:
    """The official codes of the province the unit belonged to on that day.

    Parents over time decide; where none is noted for the day, the last ones.
    """
    here: Unit | None = unit
    for _ in range(MOST_STEPS):
        if here is None:
            break
        if here.level == Level.PROVINCE:
            return frozenset({here.code} - {""})
        holding = (
            UnitParent.objects.filter(
                Q(valid_to=None) | Q(valid_to__gt=on), unit=here, valid_from__lte=on
            )
            .select_related("parent")
            .order_by("-valid_from")
            .first()
        )
        here = holding.parent if holding else here.parent
    above = Closure.objects.filter(descendant=unit, ancestor__level=Level.PROVINCE)
    return frozenset(above.values_list("ancestor__code", flat=True)) - {""}


def measures() -> Mapping[str, Measure]:
    """All measures by id: the shared ones, and those that loaded sets brought with them."""
    return library().measures
