"""Rows asked for by many numbers, which stand in the query itself."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from dinhlang.people.among import Among
from dinhlang.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> list[int]:
    return [User.objects.create(username=f"nguoi{at}", full_name=f"Người {at}").pk for at in "abc"]


def test_rows_of_these_numbers_are_found_and_no_others(three: list[int]) -> None:
    first, second, _ = three
    found = User.objects.filter(Among("pk", [second, first, second, 0]))
    assert sorted(found.values_list("pk", flat=True)) == [first, second]


def test_a_thousand_numbers_are_no_thousand_values_beside_the_query(three: list[int]) -> None:
    with CaptureQueriesContext(connection) as asked:
        wanted = range(three[0], three[0] + 2000)
        assert User.objects.filter(Among("pk", wanted), pk=three[0]).exists()
    assert f"{wanted[-2]}, {wanted[-1]}" in asked[0]["sql"]


def test_among_no_numbers_there_is_nobody_and_nobody_is_asked_for(three: list[int]) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert not User.objects.filter(Among("pk", [])).exists()
    assert not asked.captured_queries
    either = User.objects.filter(Q(Among("pk", [])) | Q(pk=three[2]))
    assert list(either.values_list("pk", flat=True)) == [three[2]]


def test_what_is_no_number_never_reaches_the_query() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        Among("pk", ["1) OR (1=1"])  # type: ignore[list-item]
