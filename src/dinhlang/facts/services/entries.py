"""Entering and confirming numbers: each entry exactly once, nothing overwritten, all told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from dinhlang.law.sets import Measure
from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from .. import catalogue
from ..fields import to_units
from ..models import Observation, Source, State
from ..periods import Period

LONGEST_NOTE = 500


class BadEntry(ValueError):
    """An entry that cannot be; the message is for the user. ``measure`` says which it was."""

    def __init__(self, message: str, measure: str = "") -> None:
        super().__init__(message)
        self.measure = measure


class Conflict(BadEntry):
    """Somebody else entered the same since; the message says who, when and what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is to be entered: one content of a measure for a period, or none to take it back.

    ``key`` is the entry's own number: sent twice it is entered once. ``seen`` is the observation
    its author saw there (0: none); None does not ask.
    """

    measure: str
    period: Period
    sex: str = ""
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    yes: bool | None = None
    grade: str = ""
    valid_to: date | None = None
    source: str = Source.TYPED
    note: str = ""
    key: UUID = field(default_factory=uuid4)
    seen: int | None = None

    @property
    def content(self) -> tuple[object, ...]:
        """What two entries of the same are compared by."""
        numbers = (self.value, self.numerator, self.denominator)
        return (*numbers, self.yes, self.grade, self.valid_to, str(self.source), self.note)

    @property
    def is_blank(self) -> bool:
        """Whether it takes back what is there."""
        return not any(part is not None and part != "" for part in self.content[:5])


def record(user: User | None, place: Unit, entry: Entry) -> Observation:
    """Enter one number as a draft; the earlier one of the same period is superseded, not lost.

    ``user`` is None for the program itself (a command of its operator). Returns what stands
    there now, which is the earlier one where nothing changed. Raises ``AccessDenied``,
    ``BadEntry``, ``Conflict``.
    """
    return record_many(user, place, [entry])[0]


def record_many(user: User | None, place: Unit, entries: Sequence[Entry]) -> list[Observation]:
    """Enter several numbers of one place, all or none. Raises as ``record`` does."""
    measures = catalogue.known()
    entries = [_checked(entry, measures) for entry in entries]
    with transaction.atomic():
        if user is not None:
            require(user, Action.EDIT, place)
        # Whoever else enters numbers of this place waits: two first entries cannot collide.
        Unit.objects.select_for_update(no_key=True).get(pk=place.pk)
        now = timezone.now()
        made: list[Observation] = []
        found = [_enter(user, place, entry, now, made) for entry in entries]
        if made:
            audit.record(
                user, "nhập số liệu", made[0] if len(made) == 1 else place, place,
                {"rows": [_told(each) for each in made[:100]], "count": len(made)},
            )  # fmt: skip
        return found


def _checked(entry: Entry, measures: Mapping[str, Measure]) -> Entry:
    measure = measures.get(entry.measure)
    if measure is None:
        raise BadEntry(f"Chương trình không có số liệu “{entry.measure}”.", entry.measure)
    if len(entry.note) > LONGEST_NOTE:
        raise BadEntry(f"Ghi chú dài quá {LONGEST_NOTE} ký tự.", entry.measure)
    try:
        catalogue.check(
            measure, value=entry.value, numerator=entry.numerator,
            denominator=entry.denominator, yes=entry.yes, grade=entry.grade, sex=entry.sex,
        )  # fmt: skip
        for number in (entry.value, entry.numerator, entry.denominator):
            if number is not None:
                to_units(number)
    except catalogue.BadContent as bad:
        raise BadEntry(str(bad), entry.measure) from None
    except ValidationError as bad:
        raise BadEntry(str(bad.message), entry.measure) from None
    return entry


def _enter(
    user: User | None, place: Unit, entry: Entry, now: datetime, made: list[Observation]
) -> Observation:
    sent: Observation | None = Observation.objects.filter(key=entry.key).first()
    if sent is not None:
        if sent.place_id != place.pk or sent.by != user:
            raise BadEntry("Lần nhập này đã dùng cho chỗ khác. Hãy tải lại trang.", entry.measure)
        return sent
    rows = Observation.objects.select_related("by").filter(place=place, superseded_at=None)
    current: Observation | None = rows.filter(
        measure=entry.measure, sex=entry.sex, start=entry.period.start, end=entry.period.end
    ).first()
    _refuse_conflict(user, entry, current)
    if current is not None and _says_the_same(entry, current):
        return current
    if current is not None:
        current.superseded_at = now
        current.save(update_fields=["superseded_at"])
    row: Observation = Observation.objects.create(
        key=entry.key, place=place, measure=entry.measure, sex=entry.sex,
        period=entry.period.kind, start=entry.period.start, end=entry.period.end,
        value=entry.value, numerator=entry.numerator, denominator=entry.denominator,
        yes=entry.yes, grade=entry.grade, valid_to=entry.valid_to, source=entry.source,
        note=entry.note, by=user, at=now, supersedes=current,
    )  # fmt: skip
    made.append(row)
    return row


def _refuse_conflict(user: User | None, entry: Entry, current: Observation | None) -> None:
    if entry.seen is None or current is None or current.pk == entry.seen or current.by == user:
        return
    moment = timezone.localtime(current.at)
    raise Conflict(
        f"{current.by or 'Chương trình'} vừa nhập số khác lúc {moment:%H:%M %d/%m/%Y}. "
        "Số bạn gõ vẫn còn đây; hãy xem số mới rồi lưu lần nữa nếu vẫn muốn thay.",
        entry.measure,
    )


def _says_the_same(entry: Entry, row: Observation) -> bool:
    numbers = (row.value, row.numerator, row.denominator)
    return entry.content == (*numbers, row.yes, row.grade, row.valid_to, row.source, row.note)


def _told(row: Observation) -> dict[str, object]:
    """What the audit log keeps of an entry."""
    return {
        "observation": row.pk, "measure": row.measure, "sex": row.sex, "period": row.time.code,
        "value": row.value, "numerator": row.numerator, "denominator": row.denominator,
        "yes": row.yes, "grade": row.grade, "supersedes": row.supersedes_id,
    }  # fmt: skip


def confirm(user: User, place: Unit, observations: Iterable[int]) -> list[int]:
    """Confirm these drafts of the place; returns the numbers of those that were confirmed now.

    Only a second person confirms: one's own entries are passed over, and so are those that
    somebody replaced or confirmed meanwhile. Raises ``AccessDenied``.
    """
    with transaction.atomic():
        require(user, Action.REVIEW, place)
        rows = (
            Observation.objects.select_for_update()
            .filter(pk__in=list(observations), place=place)
            .filter(state=State.DRAFT, superseded_at=None)
            .exclude(by=user)
            .order_by("pk")
        )
        now, done = timezone.now(), []
        for row in rows:
            row.state, row.confirmed_by, row.confirmed_at = State.CONFIRMED, user, now
            row.save(update_fields=["state", "confirmed_by", "confirmed_at"])
            done.append(row)
        if done:
            audit.record(
                user, "xác nhận số liệu", done[0] if len(done) == 1 else place, place,
                {"rows": [_told(each) for each in done[:100]], "count": len(done)},
            )  # fmt: skip
        return [row.pk for row in done]
