"""The law as it stands here: what is shipped, and what was loaded and approved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from dinhlang.law.library import Law, Library, shipped
from dinhlang.law.reading import read_measures, read_set
from dinhlang.law.sets import Amendment, CriteriaSet, Measure, Territory
from dinhlang.law.writing import digest
from dinhlang.people.access import (
    Action,
    allowed_places,
    is_everywhere,
    once,
    roles_allowing,
    today,
)
from dinhlang.people.models import Grant, User
from dinhlang.places.models import Closure, Level, Unit, UnitParent

from . import files
from .models import LawText, Loading, LoadingEdit, Origin, TextKind, TextState
from .sheet.compose import compose
from .sheet.composed import Composed, Context
from .sheet.written import compose_file

MOST_STEPS = 6
"""No unit has more levels above it."""

_last: tuple[tuple[str, ...], Library, Library] | None = None


def library() -> Library:
    """Shipped and approved texts together.

    Kept by the digests of the approved texts, which one small query asks for: a set approved in
    any process is there at once in all of them. A page that only reads asks once.
    """
    global _last
    approved = once("approved law", _approved)
    # Of one id the text that was decided last counts.
    current = {set_id: (pk, digest) for pk, set_id, digest in approved}
    key = tuple(f"{set_id}:{digest}" for set_id, (_, digest) in sorted(current.items()))
    held, base = _last, shipped()
    if held is None or held[0] != key or held[1] is not base:
        rows = LawText.objects.filter(pk__in=[pk for pk, _ in current.values()])
        held = (key, base, _combine(base, list(rows)))
        _last = held
    return held[2]


def _approved() -> list[tuple[int, str, str]]:
    rows = LawText.objects.filter(state=TextState.APPROVED).order_by("decided_at", "pk")
    return list(rows.values_list("pk", "set_id", "digest"))


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


def territory_of(place: Unit | None) -> Territory | None:
    """The province a loaded text holds in, as the law names it; None for the whole country."""
    return Territory(code=place.code, name=place.name) if place is not None else None


def composed(loading: Loading, known: Library | None = None) -> Composed:
    """The draft read against the law as it stands (``known``, where the caller has it already)."""
    context = Context(known or library(), territory_of(loading.place))
    if loading.origin == Origin.YAML:
        return compose_file(words_of(loading), loading.filename, loading.rows, context)
    return compose(loading.rows, loading.about, context)


def words_of(loading: Loading) -> str:
    """The text of a draft that was written by hand."""
    with files.originals.open_stored(loading.original) as file:
        return str(file.read().decode("utf-8-sig"))


def is_law_already(document: CriteriaSet | Amendment, known: Library) -> bool:
    """Whether the very same set or amendment is law here."""
    same = next((one for one in known.documents if one.id == document.id), None)
    return same is not None and digest(same) == digest(document)


def hands(text: LawText) -> set[int]:
    """The people who loaded, corrected or sent the text: none of them may approve it."""
    return {text.loaded_by_id} | (hands_in(text.loading) if text.loading is not None else set())


def hands_in(loading: Loading) -> set[int]:
    """The people who loaded or corrected a draft."""
    edits = LoadingEdit.objects.filter(loading=loading)
    return {loading.created_by_id, *edits.values_list("made_by", flat=True).distinct()}


def deciders(place: Unit | None, without: Collection[int] = ()) -> list[User]:
    """The people who manage at the place and may decide on what others loaded there."""
    managing = [role.value for role in roles_allowing(Action.MANAGE)]
    grants = Grant.objects.on(today()).filter(role__in=managing)
    if place is None:
        grants = grants.filter(place=None)
    else:
        above = Closure.objects.filter(descendant=place).values("ancestor")
        grants = grants.filter(Q(place=None) | Q(place__in=above))
    people = User.objects.filter(pk__in=grants.values("user"), is_active=True)
    return list(people.exclude(pk__in=list(without)))


def loadings(user: User) -> QuerySet[Loading]:
    """The drafts the person may see, last changed first."""
    rows: QuerySet[Loading] = Loading.objects.all().restrict(user, Action.MANAGE)
    return rows.select_related("place", "created_by")


def texts(user: User) -> QuerySet[LawText]:
    """The loaded texts the person may see, newest first, without their contents."""
    rows: QuerySet[LawText] = LawText.objects.all().restrict(user, Action.VIEW)
    return rows.select_related("place", "loaded_by", "decided_by", "loading").defer("data")


def places_to_load(user: User) -> list[Unit]:
    """The provinces for which the person may load a set: those that last and have a code."""
    rows = Unit.objects.filter(level=Level.PROVINCE, valid_to=None).exclude(code="")
    return list(rows.filter(pk__in=allowed_places(user, Action.MANAGE).values("pk")))


def may_load(user: User) -> bool:
    """Whether there is any place for which the person may load a set."""
    return is_everywhere(user, Action.MANAGE) or bool(places_to_load(user))
