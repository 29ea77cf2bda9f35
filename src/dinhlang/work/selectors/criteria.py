"""The names of the criteria that tasks serve."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from dinhlang.lawbook import selectors as lawbook

from ..models import Task


def names(sets: Iterable[str]) -> dict[str, str]:
    """Number and name of the criteria of these sets; of one number the first set's name."""
    known, found = lawbook.library().sets, dict[str, str]()
    for each in sets:
        for criterion in known[each].criteria if each in known else ():
            found.setdefault(criterion.number, criterion.name)
    return found


def names_at(rows: QuerySet[Task]) -> dict[str, str]:
    """The names of the criteria that the tasks serve, by the set most of them name."""
    used = rows.order_by().exclude(criterion_set="").values_list("criterion_set")
    counted = used.annotate(times=Count("pk")).order_by("-times", "criterion_set")
    return names(each for each, _ in counted)
