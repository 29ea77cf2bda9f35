"""Support policies with their sums, a policy's list, and what is the matter with each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from dinhlang.people.access import Action, Person, restrict
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold, format_money, format_number

from .. import eligible
from ..models import Beneficiary, Policy, SupportProposal
from . import doubles

PAGE = 50
STATES = (
    ("", "Tất cả"), ("cho", "Chờ kiểm tra"), ("dat", "Đã kiểm tra, chưa chi"), ("chi", "Đã chi"),
    ("vuong", "Còn vướng"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is the matter with a row; ``stops`` its payment or is only to be known.

    ``waits``: nothing is wrong, somebody only has to look at it.
    """

    text: str
    stops: bool = True
    waits: bool = False

    @property
    def is_bad(self) -> bool:
        """Whether it keeps the row from being paid, and not only until somebody looked."""
        return self.stops and not self.waits


@dataclass(frozen=True, slots=True)
class Totals:
    """A policy's list in numbers: rows, quantities (thousandths), đồng; they add up."""

    count: int = 0
    quantity: int = 0
    amount: int = 0
    checked: int = 0
    checked_amount: int = 0
    paid: int = 0
    paid_quantity: int = 0
    paid_amount: int = 0

    @property
    def waiting(self) -> int:
        """Rows whose condition nobody checked and that were not paid."""
        return self.count - self.checked - self.paid

    @property
    def waiting_amount(self) -> int:
        """đồng of the rows that wait."""
        return self.amount - self.checked_amount - self.paid_amount


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """A policy, its numbers, and what of it is over its limits."""

    policy: Policy
    totals: Totals
    over: tuple[str, ...] = ()

    @property
    def left(self) -> int | None:
        """đồng of the policy's total that nobody on the list takes; None without a total."""
        return None if self.policy.total is None else self.policy.total - self.totals.amount


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a policy's list as a page shows it; ``identity`` whole or masked."""

    row: Beneficiary
    identity: str
    troubles: tuple[Trouble, ...] = ()

    @property
    def state(self) -> str:
        """listed, checked or paid."""
        if self.row.paid_on:
            return "paid"
        return "checked" if self.row.checked_on else "listed"

    @property
    def stops(self) -> bool:
        """Whether something keeps it from being paid (that its condition waits does not count)."""
        return any(each.is_bad for each in self.troubles) and not self.row.paid_on

    @property
    def quantity(self) -> str:
        """The quantity as people write it."""
        return quantity_words(self.row.quantity)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows of a list: state, words, village, page."""

    state: str = ""
    text: str = ""
    village: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class PolicySheet:
    """A page of a policy's list."""

    line: PolicyLine
    rows: list[ListRow] = field(default_factory=list)
    found: int = 0
    page: int = 1

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.found // PAGE))


def quantity_words(thousandths: int | None) -> str:
    """“1”, “2,5”; empty for None."""
    return "" if thousandths is None else format_number(_plain(thousandths))


def _plain(thousandths: int) -> Decimal:
    return (Decimal(thousandths) / 1000).normalize() + 0


def policies(user: Person, place: Unit) -> QuerySet[Policy]:
    """The living policies of the place, newest first."""
    rows = Policy.objects.filter(place=place, removed_at=None).select_related("source")
    return restrict(rows, user, Action.VIEW)


def lines(user: Person, place: Unit, year: int | None = None) -> list[PolicyLine]:
    """The place's policies (in force that year) with their numbers."""
    rows = policies(user, place)
    if year is not None:
        rows = rows.filter(Q(year=year) | Q(year__lte=year, last_year__gte=year))
    return with_totals(list(rows))


def with_totals(found: Sequence[Policy]) -> list[PolicyLine]:
    """The policies with their numbers; one question to the database."""
    checked = Q(paid_on=None) & ~Q(checked_on=None)
    paid = ~Q(paid_on=None)
    sums = (
        Beneficiary.objects.filter(policy__in=found, removed_at=None)
        .order_by()
        .values("policy")
        .annotate(
            rows=Count("pk"), all_quantity=Sum("quantity"), all_amount=Sum("amount"),
            checked_rows=Count("pk", filter=checked),
            checked_sum=Sum("amount", filter=checked),
            paid_rows=Count("pk", filter=paid), paid_sum=Sum("amount", filter=paid),
            paid_quantities=Sum("quantity", filter=paid),
        )
    )  # fmt: skip
    by_policy = {
        each["policy"]: Totals(
            count=each["rows"], quantity=each["all_quantity"] or 0,
            amount=each["all_amount"] or 0, checked=each["checked_rows"],
            checked_amount=each["checked_sum"] or 0, paid=each["paid_rows"],
            paid_quantity=each["paid_quantities"] or 0, paid_amount=each["paid_sum"] or 0,
        )
        for each in sums
    }  # fmt: skip
    return [_line(policy, by_policy.get(policy.pk, Totals())) for policy in found]


def _line(policy: Policy, totals: Totals) -> PolicyLine:
    over = []
    if policy.most is not None and totals.quantity > policy.most * 1000:
        more = quantity_words(totals.quantity - policy.most * 1000)
        over.append(f"Danh sách vượt số lượng tối đa {more} {policy.per}.")
    if policy.total is not None and totals.amount > policy.total:
        over.append(
            f"Danh sách vượt tổng tiền tối đa {format_money(totals.amount - policy.total)}."
        )
    return PolicyLine(policy, totals, tuple(over))


def sheet(user: Person, policy: Policy, wanted: Wanted, *, whole_identity: bool) -> PolicySheet:
    """A page of the policy's list. ``whole_identity``: for those who may change it."""
    found = rows_of(policy)
    for word in fold(wanted.text).split():
        # By parts of a number only who sees it whole may search.
        key = "search_key" if whole_identity else "name_key"
        found = found.filter(**{f"{key}__contains": word})
    if wanted.village is not None:
        found = found.filter(village=wanted.village)
    found = _in_state(policy, found, wanted.state)
    count = found.count()
    page = min(max(1, wanted.page), max(1, -(-count // PAGE)))
    rows = list(found[(page - 1) * PAGE : page * PAGE])
    return PolicySheet(
        with_totals([policy])[0], list_rows(policy, rows, whole_identity), count, page
    )


def rows_of(policy: Policy) -> QuerySet[Any]:
    """The living rows of a policy's list, in alphabetical order."""
    return Beneficiary.objects.filter(policy=policy, removed_at=None).select_related("village")


def _in_state(policy: Policy, found: QuerySet[Any], state: str) -> QuerySet[Any]:
    if state == "cho":
        return found.filter(checked_on=None, paid_on=None)
    if state == "dat":
        return found.exclude(checked_on=None).filter(paid_on=None)
    if state == "chi":
        return found.exclude(paid_on=None)
    if state == "vuong":
        return found.filter(paid_on=None).filter(_stopped(policy))
    return found


def _stopped(policy: Policy) -> Q:
    """The rows that ``troubles_of`` calls bad, found without looking at each."""
    groups = set(rows_of(policy).order_by().values_list("group", flat=True).distinct())
    bad = Q(group__in=[each for each in groups if not eligible.is_meant(each, policy.groups)])
    if is_of_households(policy):
        bad |= Q(identity="")
    likely = list(doubles.candidates(policy, rows_of(policy).filter(double_reason="")))
    several = zip(likely, doubles.of_rows(policy, likely), strict=True)
    return bad | Q(pk__in=[row.pk for row, found in several if found])


def is_of_households(policy: Policy) -> bool:
    """Whether households or persons are supported, who have a number to be known by."""
    return fold(policy.per) in ("ho", "nguoi", "ho gia dinh")


def list_rows(
    policy: Policy, rows: Sequence[Beneficiary], whole_identity: bool
) -> list[ListRow]:  # fmt: skip
    """The rows with what is the matter with each."""
    wrong = troubles_of(policy, rows)
    return [
        ListRow(
            row, row.identity if whole_identity else eligible.masked(row.identity),
            tuple(wrong[row.pk]),
        )
        for row in rows
    ]  # fmt: skip


UNCHECKED = "chưa kiểm tra điều kiện kỹ thuật"


def troubles_of(policy: Policy, rows: Sequence[Beneficiary]) -> dict[int, list[Trouble]]:
    """What is the matter with each row; one question to the database for all."""
    twice = doubles.of_rows(policy, rows, now=False)
    found: dict[int, list[Trouble]] = {}
    for row, several in zip(rows, twice, strict=True):
        wrong = []
        if not eligible.is_meant(row.group, policy.groups):
            said = f"“{row.group}” không thuộc đối tượng" if row.group else "chưa ghi đối tượng"
            wrong.append(Trouble(said))
        if policy.technical and row.checked_on is None and row.paid_on is None:
            wrong.append(Trouble(UNCHECKED, waits=True))
        if not row.identity and is_of_households(policy):
            wrong.append(Trouble("chưa có số định danh/CCCD"))
        for each in several[:3]:
            stops = each.now and not row.double_reason
            wrong.append(Trouble(each.words.rstrip("."), stops))
        found[row.pk] = wrong
    return found


def proposals(user: Person, place: Unit) -> list[SupportProposal]:
    """What plans propose and nobody decided on yet."""
    rows = SupportProposal.objects.filter(
        place=place, policy=None, withdrawn_at=None, declined=""
    )  # fmt: skip
    return list(restrict(rows, user, Action.VIEW))


def declined(user: Person, place: Unit) -> list[SupportProposal]:
    """What plans proposed and somebody left aside."""
    rows = SupportProposal.objects.filter(place=place, policy=None, withdrawn_at=None)
    return list(restrict(rows.exclude(declined=""), user, Action.VIEW).select_related("decided_by"))


def years(user: Person, place: Unit) -> list[int]:
    """The years that have policies, newest first."""
    found = policies(user, place).order_by().values_list("year", "last_year").distinct()
    every = {year for first, last in found for year in range(first, (last or first) + 1)}
    return sorted(every, reverse=True)
