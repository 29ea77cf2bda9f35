"""A row becomes a line and a row again, and two databases agree on a table's fingerprint."""

from __future__ import annotations

import json
from datetime import UTC
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.web.backup.rows import Fingerprint, _plain, row_from

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
FIELDS: dict[models.Field[Any, Any], st.SearchStrategy[Any]] = {
    models.IntegerField(): st.integers(),
    models.TextField(): TEXT,
    models.BooleanField(): st.booleans(),
    models.DecimalField(max_digits=18, decimal_places=3): st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**14), max_value=10**14
    ),
    models.DateField(): st.dates(),
    models.TimeField(): st.times(),
    models.DateTimeField(): st.datetimes(timezones=st.just(UTC)),
    models.DurationField(): st.timedeltas(),
    models.UUIDField(): st.uuids(),
    models.BinaryField(): st.binary(),
    models.JSONField(): JSON.filter(lambda value: value is not None),
}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: type(field).__name__)
def test_every_kind_of_value_survives_its_line(field: models.Field[Any, Any]) -> None:
    field.attname = field.name = "value"

    @given(FIELDS[field] | st.none() if not isinstance(field, models.JSONField) else FIELDS[field])
    def survives(value: Any) -> None:
        line = json.dumps([_plain(value)], ensure_ascii=False)
        back = row_from(line, [field])["value"]
        assert bytes(back) == value if isinstance(value, bytes) else back == value

    survives()


def test_a_decimal_keeps_its_places() -> None:
    field = models.DecimalField(max_digits=8, decimal_places=2)
    field.attname = "value"
    assert str(row_from('["17.50"]', [field])["value"]) == "17.50"
    assert _plain(Decimal("17.50")) == "17.50"


@pytest.mark.parametrize("line", ["{}", "[1, 2]", "[", '"x"'])
def test_a_line_of_another_shape_is_refused(line: str) -> None:
    field = models.IntegerField()
    field.attname = "value"
    with pytest.raises(ValueError):
        row_from(line, [field])


@given(st.lists(JSON, max_size=6), st.randoms())
def test_a_fingerprint_does_not_depend_on_the_order_of_rows(rows: list[Any], chance: Any) -> None:
    shuffled = rows[:]
    chance.shuffle(shuffled)
    first, second = Fingerprint(), Fingerprint()
    for row in rows:
        first.add(json.dumps([row]))
    for row in shuffled:
        second.add(json.dumps([row], ensure_ascii=False))
    assert (first.rows, first.checksum) == (second.rows, second.checksum)


def test_a_fingerprint_sees_one_changed_letter_and_a_row_that_came_twice() -> None:
    prints = set()
    for rows in (['["Đình"]'], ['["Dình"]'], ['["Đình"]', '["Đình"]'], []):
        found = Fingerprint()
        for row in rows:
            found.add(row)
        prints.add((found.rows, found.checksum))
    assert len(prints) == 4
