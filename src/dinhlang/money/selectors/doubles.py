"""Who is supported twice: the same identity number, or likely the same household."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from dinhlang.vietnamese import format_date

from ..models import Beneficiary, Policy


@dataclass(frozen=True, slots=True)
class Double:
    """Another row for likely the same household. ``exact``: the same identity number.

    ``now``: in a policy whose years meet this one's; else it was supported at another time, which
    is said but refuses nothing.
    """

    other: Beneficiary
    exact: bool
    now: bool

    @property
    def words(self) -> str:
        """What is the matter, in a sentence."""
        other = self.other
        what = "Trùng số định danh" if self.exact else "Trùng họ tên và thôn"
        where = f"“{other.policy.name}” ({years(other.policy)})"
        paid = f", đã chi ngày {format_date(other.paid_on)}" if other.paid_on else ""
        return f"{what} với “{other.name}” trong {where}{paid}."


def years(policy: Policy) -> str:
    """“2026” or “2026–2028”."""
    last = policy.last_year or policy.year
    return f"{policy.year}–{last}" if last != policy.year else str(policy.year)


def of_rows(policy: Policy, rows: Sequence[Beneficiary], *, now: bool = True) -> list[list[Double]]:
    """For each row its doubles, the surest first; one question to the database for all rows.

    Looked for in the whole commune, in this policy and in others of its kind; with ``now`` only
    in those whose years meet this one's.
    """
    identities = {row.identity for row in rows if row.identity}
    names = {row.name_key for row in rows if row.name_key}
    if not identities and not names:
        return [[] for _ in rows]
    others = list(
        _same_kind(policy, now).filter(Q(identity__in=identities) | Q(name_key__in=names))
    )
    by_identity: dict[str, list[Beneficiary]] = {}
    by_name: dict[tuple[str, int | None], list[Beneficiary]] = {}
    for other in others:
        by_identity.setdefault(other.identity, []).append(other)
        by_name.setdefault((other.name_key, other.village_id), []).append(other)
    return [
        _of_row(
            policy, row,
            {
                other.pk: other
                for other in (
                    *(by_identity.get(row.identity, ()) if row.identity else ()),
                    *by_name.get((row.name_key, row.village_id), ()),
                )
            }.values(),
        )
        for row in rows
    ]  # fmt: skip


def candidates(policy: Policy, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the policy's rows whose number or name comes more than once; few of many."""
    there = _same_kind(policy, now=True).order_by()
    numbers = there.exclude(identity="").values("identity").annotate(count=Count("pk"))
    names = there.values("name_key").annotate(count=Count("pk"))
    return rows.filter(
        Q(identity__in=numbers.filter(count__gt=1).values("identity"))
        | Q(name_key__in=names.filter(count__gt=1).values("name_key"))
    )


def _same_kind(policy: Policy, now: bool) -> QuerySet[Any]:
    found = Beneficiary.objects.filter(
        removed_at=None, policy__removed_at=None, policy__place=policy.place_id,
        policy__kind_key=policy.kind_key,
    )  # fmt: skip
    if now:
        last = policy.last_year or policy.year
        found = found.annotate(until=Coalesce(F("policy__last_year"), F("policy__year")))
        found = found.filter(policy__year__lte=last, until__gte=policy.year)
    return found.select_related("policy").order_by("pk")


def _of_row(policy: Policy, row: Beneficiary, others: Iterable[Beneficiary]) -> list[Double]:
    found = []
    for other in others:
        if other.pk == row.pk:
            continue
        exact = bool(row.identity) and row.identity == other.identity
        # Two numbers that differ are two persons, whatever they are called.
        told_apart = bool(row.identity and other.identity)
        if exact or not told_apart:
            found.append(Double(other, exact, _meet(policy, other.policy)))
    return sorted(found, key=lambda each: (not each.now, not each.exact, each.other.pk))


def _meet(one: Policy, other: Policy) -> bool:
    return one.year <= (other.last_year or other.year) and other.year <= (one.last_year or one.year)
