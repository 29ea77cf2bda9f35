"""What was promised and what came: by pledge, kind, purpose and village; the ledger of receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce

from dinhlang.people.access import Action, Person, restrict
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold, format_date, format_money

from ..models import Pledge, Receipt, Source, SourceKind
from .support import quantity_words

PAGE = 50
STATES = (
    ("", "Tất cả"), ("tre", "Quá hẹn"), ("thieu", "Chưa đủ"), ("du", "Đã đủ"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PledgeRow:
    """A pledge and what came of it, đồng (and, of labour, land, materials, thousandths)."""

    row: Pledge
    came: int
    came_quantity: int
    today: date

    @property
    def in_kind(self) -> bool:
        """Whether it is counted in a quantity, not in money."""
        return self.row.quantity is not None

    @property
    def done(self) -> bool:
        """Whether all of it came. What has no stated price is counted by its quantity."""
        if self.in_kind:
            return self.came_quantity >= (self.row.quantity or 0)
        return self.came >= self.row.amount

    @property
    def left(self) -> int:
        """đồng still to come; never less than nought."""
        return max(0, self.row.amount - self.came)

    @property
    def late(self) -> bool:
        """Whether its day is over and not all of it came."""
        return bool(self.row.due and self.row.due < self.today and not self.done)

    @property
    def days_late(self) -> int:
        """Since how many days."""
        return (self.today - self.row.due).days if self.row.due and self.late else 0

    @property
    def state(self) -> str:
        """late, done, part or open."""
        if self.done:
            return "done"
        if self.late:
            return "late"
        return "part" if self.came or self.came_quantity else "open"

    @property
    def promised_words(self) -> str:
        """“2 triệu đồng”, “10 ngày công”."""
        return gift_words(self.row.kind, self.row.amount, self.row.quantity, self.row.unit)

    @property
    def came_words(self) -> str:
        """What came, in the same words."""
        if self.in_kind:
            return f"{quantity_words(self.came_quantity)} {self.row.unit}"
        return format_money(self.came)


@dataclass(frozen=True, slots=True)
class Sum_:
    """One line of a summary: đồng promised and come, and how many receipts."""

    name: str
    promised: int
    came: int
    count: int = 0
    quantities: tuple[str, ...] = ()

    @property
    def percent(self) -> int:
        """Of what was promised, how much came, whole percent up to 100; 0 where nothing was."""
        return min(100, self.came * 100 // self.promised) if self.promised > 0 else 0


@dataclass(frozen=True, slots=True)
class Summary:
    """A year's contributions; each list adds up to ``promised`` and ``came``."""

    promised: int
    came: int
    pledges: int
    receipts: int
    late: int
    by_kind: list[Sum_] = field(default_factory=list)
    by_village: list[Sum_] = field(default_factory=list)
    by_purpose: list[Sum_] = field(default_factory=list)

    @property
    def percent(self) -> int:
        """Of what was promised, how much came."""
        return min(100, self.came * 100 // self.promised) if self.promised > 0 else 0


def gift_words(kind: str, amount: int, quantity: int | None, unit: str) -> str:
    """“2 triệu đồng”, “10 ngày công”, “150 m2”."""
    if quantity is None:
        return format_money(amount)
    return f"{quantity_words(quantity)} {unit}"


def pledges(user: Person, place: Unit, year: int) -> QuerySet[Any]:
    """The living pledges of the year, each with what came of it."""
    rows = with_came(Pledge.objects.filter(place=place, year=year, removed_at=None))
    found: QuerySet[Any] = restrict(rows, user, Action.VIEW).select_related("village")
    return found


def with_came(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Pledges, each with what came of it: ``came`` đồng, ``came_quantity`` thousandths."""
    found: QuerySet[Any] = rows.annotate(came=_came("amount"), came_quantity=_came("quantity"))
    return found


def _came(field: str) -> Any:
    rows = Receipt.objects.filter(pledge=OuterRef("pk")).order_by().values("pledge")
    sums = rows.annotate(sum=Sum(field)).values("sum")
    return Coalesce(Subquery(sums, output_field=BigIntegerField()), 0)


_DONE = Q(quantity=None, came__gte=F("amount")) | Q(
    quantity__isnull=False, came_quantity__gte=F("quantity")
)
"""All of it came: what is counted in a quantity, by that; as ``PledgeRow.done`` says it."""


def late_pledges(user: Person, place: Unit, year: int, today: date) -> QuerySet[Any]:
    """The pledges whose day is over and not all of which came."""
    return pledges(user, place, year).filter(due__lt=today).exclude(_DONE)


def late_of(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Those of the pledges whose day is over and not all of which came."""
    return with_came(rows).filter(due__lt=today).exclude(_DONE)


def found_pledges(
    user: Person, place: Unit, year: int, today: date, *, state: str = "", text: str = "",
    village: int | None = None,
) -> QuerySet[Any]:  # fmt: skip
    """The year's pledges: late ones first, then by the day they are due, those that came last."""
    rows = pledges(user, place, year)
    for word in fold(text).split():
        rows = rows.filter(search_key__contains=word)
    if village is not None:
        rows = rows.filter(village=village)
    if state == "tre":
        rows = rows.filter(due__lt=today).exclude(_DONE)
    elif state == "thieu":
        rows = rows.exclude(_DONE)
    elif state == "du":
        rows = rows.filter(_DONE)
    done = Case(When(_DONE, then=1), default=0, output_field=IntegerField())
    return rows.order_by(done, F("due").asc(nulls_last=True), "pk")


def pledge_rows(
    user: Person, place: Unit, year: int, today: date, **wanted: Any
) -> list[PledgeRow]:  # fmt: skip
    """``found_pledges``, all of them, as rows."""
    return [row_of(each, today) for each in found_pledges(user, place, year, today, **wanted)]


def row_of(pledge: Any, today: date) -> PledgeRow:
    """A pledge of ``pledges`` with what came of it."""
    return PledgeRow(pledge, pledge.came, pledge.came_quantity, today)


def receipts(user: Person, place: Unit, year: int) -> QuerySet[Any]:
    """The ledger of the year, the last number first."""
    rows = Receipt.objects.filter(place=place, year=year).select_related(
        "village", "pledge", "source", "cancels", "cancelled_by", "by"
    )
    return restrict(rows, user, Action.VIEW).order_by("-number")


def narrowed(
    rows: QuerySet[Any], *, text: str = "", kind: str = "", village: int | None = None,
    thanks: bool = False,
) -> QuerySet[Any]:  # fmt: skip
    """Receipts by words, kind, village, or those whose giver was not thanked yet."""
    for word in fold(text).split():
        if word.isdecimal():
            rows = rows.filter(Q(number=int(word)) | Q(search_key__contains=word))
        else:
            rows = rows.filter(search_key__contains=word)
    if kind:
        rows = rows.filter(kind=kind)
    if village is not None:
        rows = rows.filter(village=village)
    if thanks:
        rows = rows.filter(thanked_on=None, cancels=None, cancelled_by=None)
    return rows


def summary(user: Person, place: Unit, year: int, today: date) -> Summary:
    """The year in numbers: what was promised in it and what came in it."""
    promised = restrict(
        Pledge.objects.filter(place=place, year=year, removed_at=None), user, Action.VIEW
    )
    came = restrict(Receipt.objects.filter(place=place, year=year), user, Action.VIEW)
    return sums_of(promised, came, late_pledges(user, place, year, today).count())


def sums_of(promised: QuerySet[Any], came: QuerySet[Any], late: int) -> Summary:
    """These pledges and receipts in numbers; ``late`` pledges are counted by the caller."""
    totals = promised.order_by().aggregate(sum=Sum("amount"), count=Count("pk"))
    arrived = came.order_by().aggregate(
        sum=Sum("amount"),
        count=Count("pk", filter=Q(cancels=None, cancelled_by=None)),
    )
    labels = dict(SourceKind.choices)
    return Summary(
        totals["sum"] or 0, arrived["sum"] or 0, totals["count"], arrived["count"], late,
        _by(promised, came, "kind", lambda key: labels.get(key, key), quantities=True),
        _by(promised, came, "village__name", lambda key: key or "Không theo thôn"),
        _by(promised, came, "purpose", lambda key: key or "Không ghi mục đích"),
    )  # fmt: skip


def _by(
    promised: QuerySet[Any], came: QuerySet[Any], key: str, name: Any, *, quantities: bool = False
) -> list[Sum_]:
    one = {
        each[key]: each["sum"] or 0
        for each in promised.order_by().values(key).annotate(sum=Sum("amount"))
    }
    other = {
        each[key]: (each["sum"] or 0, each["count"])
        for each in came.order_by()
        .values(key)
        .annotate(sum=Sum("amount"), count=Count("pk", filter=Q(cancels=None, cancelled_by=None)))
    }
    counted = _quantities(came) if quantities else {}
    # By village and purpose None and "" mean the same: nothing was written.
    found: dict[str, Sum_] = {}
    for value in dict.fromkeys([*one, *other]):
        words = str(name(value))
        old = found.get(words, Sum_(words, 0, 0))
        sum_, count = other.get(value, (0, 0))
        found[words] = Sum_(
            words, old.promised + one.get(value, 0), old.came + sum_, old.count + count,
            tuple(counted.get(value, ())),
        )  # fmt: skip
    return sorted(found.values(), key=lambda each: (-max(each.promised, each.came), each.name))


def _quantities(came: QuerySet[Any]) -> dict[str, list[str]]:
    """What came of each kind in its own units: “120 ngày công”."""
    rows = came.exclude(quantity=None).order_by().values("kind", "unit")
    found: dict[str, list[str]] = {}
    for each in rows.annotate(sum=Sum("quantity")):
        if each["sum"]:
            found.setdefault(each["kind"], []).append(
                f"{quantity_words(each['sum'])} {each['unit']}"
            )
    return {kind: sorted(words) for kind, words in found.items()}


# --- For the balance ------------------------------------------------------------------------------


def came_by_source(place: Unit, year: int) -> dict[int, int]:
    """What came of each source of the year, đồng, by the source's pk: its receipts' sum."""
    rows = Receipt.objects.filter(place=place, source__year=year).exclude(source=None)
    sums = rows.order_by().values("source").annotate(sum=Sum("amount"))
    return {each["source"]: each["sum"] or 0 for each in sums}


def came_by_kind(place: Unit, year: int) -> dict[str, int]:
    """What people gave in the year by the kind of source, đồng."""
    rows = Receipt.objects.filter(place=place, year=year).order_by()
    return {
        each["kind"]: each["sum"] or 0 for each in rows.values("kind").annotate(sum=Sum("amount"))
    }


def promised_by_kind(place: Unit, year: int) -> dict[str, int]:
    """What was promised for the year by the kind of source, đồng."""
    rows = Pledge.objects.filter(place=place, year=year, removed_at=None).order_by()
    return {
        each["kind"]: each["sum"] or 0 for each in rows.values("kind").annotate(sum=Sum("amount"))
    }


def sources(place: Unit, year: int) -> QuerySet[Any]:
    """The sources of the year that receipts can count for."""
    kinds = [kind.value for kind in Pledge.KINDS]
    return Source.objects.filter(
        place=place, year=year, kind__in=kinds, removed_at=None, withdrawn_at=None
    ).order_by("kind", "pk")


# --- Text to paste --------------------------------------------------------------------------------


def reminders(user: Person, place: Unit, year: int, today: date) -> list[tuple[str, str]]:
    """For each village with late pledges a text to paste into its group; nobody is named."""
    rows = late_pledges(user, place, year, today).order_by()
    groups = rows.values("village__kind", "village__name", "purpose").annotate(
        count=Count("pk"), first=Min("due")
    )
    by_village: dict[str, list[dict[str, Any]]] = {}
    for each in groups:
        name = f"{each['village__kind']} {each['village__name']}"
        by_village.setdefault(name if each["village__name"] else place.full_name, []).append(each)
    return [(name, _reminder(name, several)) for name, several in sorted(by_village.items())]


def _reminder(name: str, several: Sequence[dict[str, Any]]) -> str:
    purposes = sorted({each["purpose"] for each in several if each["purpose"]})
    about = f" ({'; '.join(purposes[:3])})" if purposes else ""
    count = sum(each["count"] for each in several)
    first = min(each["first"] for each in several)
    return (
        f"Kính gửi bà con {name}: hiện còn {count} khoản đăng ký đóng góp xây dựng nông "
        f"thôn mới{about} đã đến hẹn từ ngày {format_date(first)} mà xã chưa nhận được. Mong các "
        "gia đình thu xếp gửi về trưởng thôn hoặc bộ phận tài chính xã; nếu đã nộp hoặc cần lùi "
        "hẹn, xin báo lại để xã ghi sổ cho đúng. Trân trọng cảm ơn bà con."
    )


def personal_reminder(each: PledgeRow) -> str:
    """A text to send to the giver alone."""
    due = f" (hẹn ngày {format_date(each.row.due)})" if each.row.due else ""
    purpose, begun = each.row.purpose, each.state == "part" or each.came > 0
    came = f"đã nhận {each.came_words}" if begun else "chưa nhận được"
    what = "phần còn lại" if begun else "phần đóng góp"
    about = f" cho {purpose[:1].lower()}{purpose[1:]}" if purpose else ""
    return (
        f"Kính gửi {each.row.giver}: gia đình đã đăng ký đóng góp {each.promised_words}{about}"
        f"{due}; xã {came}. Khi thuận tiện, mời gia đình gửi {what} về trưởng thôn hoặc bộ phận "
        "tài chính xã. Trân trọng cảm ơn."
    )
