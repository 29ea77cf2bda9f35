"""The sample commune drafts next year's plan: no errors, and the same when it is read back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from dinhlang.drafting import selectors, services
from dinhlang.drafting.models import Draft
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.plans.editing.draft import plan_of
from dinhlang.plans.models import Review
from dinhlang.plans.services import uploads
from tests.demo.conftest import data_dir, now, sample
from tests.papers.writing.test_round_trip import items

__all__ = ["data_dir", "now", "sample"]


@pytest.fixture
def drafted(sample: None, now: datetime) -> Draft:
    """The plan of the year after next year's first day, from every gap there is."""
    place = Unit.objects.get(name="Làng Mẫu", level="commune")
    user, today = User.objects.get(username="dieuphoi"), timezone.localdate(now)
    begin = selectors.beginning(user, place, today, today.year + 1, "")
    assert begin.chosen is not None and begin.last is not None
    start = services.Start(
        year=begin.year,
        set_id=begin.chosen.id,
        on=today,
        until=date(begin.year, 11, 30),
        goals=frozenset(each.number for each in begin.choices if each.is_proposed),
        last=begin.last,
    )
    return services.begin(user, place, uuid4(), start)


def test_it_proposes_owned_and_dated_work_for_what_is_lacking(drafted: Draft) -> None:
    assert len(drafted.rows) >= 3
    assert all(row["lead"].startswith("Công chức") for row in drafted.rows)
    assert all(row["due"] < drafted.until.isoformat() for row in drafted.rows)


def test_it_has_no_errors_and_reads_back_the_same(drafted: Draft) -> None:
    user = drafted.created_by
    box = services.Change("r0.cost", "1,5 tỷ", "")
    assert not services.save(user, drafted.pk, [box]).troubles
    drafted = Draft.objects.select_related("place__parent", "last").get(pk=drafted.pk)
    here = selectors.ground(drafted)
    found = selectors.checked(here)
    errors = [each.finding.message for each in found if each.finding.severity == "error"]
    assert errors == []
    assert "CITE-FORM" not in [each.finding.code for each in found]
    review = services.file(user, drafted.pk, uuid4())
    uploads.run(review.pk)
    review = Review.objects.get(pk=review.pk)
    assert items(plan_of(review.document)) == items(selectors.plan(here))
