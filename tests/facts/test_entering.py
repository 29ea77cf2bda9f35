"""Entering numbers: exactly once, nothing lost, nothing impossible."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from dinhlang.facts import services
from dinhlang.facts.fields import NumberTooFine, from_units, to_units
from dinhlang.facts.models import Observation
from dinhlang.facts.periods import BadPeriod, Period
from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine
from tests.facts.conftest import Enter
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_number_is_kept_exactly_to_the_sixth_decimal(enter: Enter) -> None:
    kept = enter("thu_nhap", "0.000001")
    kept.refresh_from_db()
    assert kept.value == Decimal("0.000001")
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM facts_observation")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("number", ["0", "17.5", "-3.25", "9223372036854.775807", "0.1"])
def test_millionths_lead_back_to_the_same_number(number: str) -> None:
    assert from_units(to_units(number)) == Decimal(number)


@pytest.mark.parametrize("number", ["0.0000001", "9223372036855", "NaN", "chín"])
def test_a_number_that_does_not_fit_is_refused_in_words(number: str) -> None:
    with pytest.raises(NumberTooFine):
        to_units(number)


def test_a_number_too_large_is_told_to_the_one_who_typed_it(enter: Enter) -> None:
    with pytest.raises(services.BadEntry, match="quá lớn"):
        enter("thu_nhap", "9999999999999999")
    assert not Observation.objects.exists()


def test_the_same_entry_sent_twice_is_entered_once(enter: Enter) -> None:
    key = uuid4()
    first, second = enter("thu_nhap", 50, key=key), enter("thu_nhap", 50, key=key)
    assert first == second
    assert Observation.objects.count() == 1
    assert AuditLine.objects.filter(verb="nhập số liệu").count() == 1


def test_an_entry_that_says_the_same_adds_nothing(enter: Enter) -> None:
    assert enter("thu_nhap", 50) == enter("thu_nhap", "50.0")
    assert Observation.objects.count() == 1


def test_a_correction_supersedes_and_keeps_what_was(enter: Enter) -> None:
    old, new = enter("thu_nhap", 50), enter("thu_nhap", 60)
    old.refresh_from_db()
    assert new.supersedes == old
    assert old.superseded_at == new.at
    assert old.value == 50
    assert list(Observation.objects.filter(superseded_at=None)) == [new]


def test_periods_do_not_supersede_each_other(enter: Enter) -> None:
    enter("thu_nhap", 50, period="2024")
    enter("thu_nhap", 13, period="2024-Q1")
    enter("thu_nhap", 48, period="2023")
    assert Observation.objects.filter(superseded_at=None).count() == 3


def test_an_entry_on_top_of_what_another_person_just_entered_is_refused(enter: Enter) -> None:
    seen = enter("thu_nhap", 50)
    enter("thu_nhap", 55, by="officer")
    with pytest.raises(services.Conflict, match="Công Chức Mẫu"):
        enter("thu_nhap", 60, seen=seen.pk)
    newest = enter("thu_nhap", 61, seen=Observation.objects.latest("pk").pk)
    assert newest.value == 61


def test_a_key_of_another_entry_opens_nothing(enter: Enter) -> None:
    key = uuid4()
    enter("thu_nhap", 50, key=key)
    with pytest.raises(services.BadEntry, match="tải lại"):
        enter("thu_nhap", 70, key=key, by="officer")


BAD: list[tuple[str, Any, dict[str, Any], str]] = [
    ("ty_le_bao_hiem", 101, {}, "từ 0 đến 100"),
    ("ty_le_bao_hiem", -1, {}, "từ 0 đến 100"),
    ("ty_le_bao_hiem", (11, 10), {}, "không được lớn hơn"),
    ("ty_le_bao_hiem", (-1, 10), {}, "nhỏ hơn 0"),
    ("ty_le_bao_hiem", None, {"numerator": Decimal(5)}, "Còn thiếu số người"),
    ("ty_le_bao_hiem", True, {}, "có/chưa"),
    ("ty_le_bao_hiem", 90, {"sex": "male"}, "nam, nữ"),
    ("so_tai_nan", "1.5", {}, "số nguyên"),
    ("so_tai_nan", -1, {}, "nhỏ hơn 0"),
    ("thu_nhap", (1, 2), {}, "hai phần"),
    ("thon_van_hoa", 1, {}, "không ghi bằng số"),
    ("muc_pho_cap", "Mức độ 9", {}, "không có trong thang"),
    ("khong_co", 1, {}, "không có số liệu"),
]


@pytest.mark.parametrize(("measure", "content", "more", "words"), BAD)
def test_what_cannot_be_is_refused_in_words(
    enter: Enter, measure: str, content: Any, more: dict[str, Any], words: str
) -> None:
    with pytest.raises(services.BadEntry, match=words) as refused:
        enter(measure, content, **more)
    assert refused.value.measure == measure
    assert not Observation.objects.exists()


def test_of_several_numbers_all_are_entered_or_none(world: World) -> None:
    period = Period.of("2024")
    good = services.Entry(measure="thu_nhap", period=period, value=Decimal(1))
    bad = services.Entry(measure="so_tai_nan", period=period, value=Decimal("0.5"))
    with pytest.raises(services.BadEntry):
        services.record_many(world.people["coordinator"], world.places["a"], [good, bad])
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("person", "place", "may"),
    [
        ("officer", "a", True), ("officer", "a1", True), ("officer", "b", False),
        ("village_head", "a1", True), ("village_head", "a", False), ("village_head", "a2", False),
        ("province", "a", False), ("resident", "a", False), ("nobody", "a", False),
        ("elsewhere", "a", False), ("admin", "c", True),
    ],
)  # fmt: skip
def test_numbers_are_entered_by_those_who_work_there(
    enter: Enter, person: str, place: str, may: bool
) -> None:
    if may:
        assert enter("thu_nhap", 1, place, by=person).by is not None
    else:
        with pytest.raises(AccessDenied):
            enter("thu_nhap", 1, place, by=person)


def test_a_second_person_confirms_and_nobody_their_own(enter: Enter, world: World) -> None:
    mine, theirs = enter("thu_nhap", 50), enter("so_tai_nan", 0, by="officer")
    place, me = world.places["a"], world.people["coordinator"]
    assert services.confirm(me, place, [mine.pk, theirs.pk]) == [theirs.pk]
    assert services.confirm(me, place, [theirs.pk]) == []
    theirs.refresh_from_db()
    assert (theirs.state, theirs.confirmed_by) == ("confirmed", me)
    assert AuditLine.objects.filter(verb="xác nhận số liệu").count() == 1


def test_an_officer_does_not_confirm(enter: Enter, world: World) -> None:
    row = enter("thu_nhap", 50)
    with pytest.raises(AccessDenied):
        services.confirm(world.people["officer"], world.places["a"], [row.pk])


def test_what_was_replaced_meanwhile_is_not_confirmed(enter: Enter, world: World) -> None:
    old = enter("thu_nhap", 50, by="officer")
    enter("thu_nhap", 60, by="officer")
    assert services.confirm(world.people["leader"], world.places["a"], [old.pk]) == []


def test_a_correction_of_a_confirmed_number_waits_again(enter: Enter, world: World) -> None:
    old = enter("thu_nhap", 50, by="officer")
    services.confirm(world.people["leader"], world.places["a"], [old.pk])
    assert enter("thu_nhap", 60, by="officer").state == "draft"


def test_what_was_entered_is_neither_changed_nor_deleted(enter: Enter) -> None:
    row = enter("thu_nhap", 50)
    row.value = Decimal(70)
    with pytest.raises(RuntimeError, match="không sửa"):
        row.save()
    with pytest.raises(RuntimeError, match="không sửa"):
        row.save(update_fields=["value"])
    with pytest.raises(RuntimeError, match="không sửa"):
        row.delete()


def test_the_database_itself_keeps_one_current_number_a_period(enter: Enter, world: World) -> None:
    row = enter("thu_nhap", 50)
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.create(
            place=row.place, measure=row.measure, period=row.period, start=row.start,
            end=row.end, value=Decimal(3), at=timezone.now(),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "first", "last", "label", "before"),
    [
        ("2024", "2024-01-01", "2024-12-31", "Năm 2024", "2023"),
        ("2024-H1", "2024-01-01", "2024-06-30", "6 tháng đầu năm 2024", "2023-H2"),
        ("2024-Q4", "2024-10-01", "2024-12-31", "Quý IV/2024", "2024-Q3"),
        ("2024-M02", "2024-02-01", "2024-02-29", "Tháng 2/2024", "2024-M01"),
        ("2024-M12", "2024-12-01", "2024-12-31", "Tháng 12/2024", "2024-M11"),
    ],
)
def test_a_period_has_its_days_and_its_words(
    code: str, first: str, last: str, label: str, before: str
) -> None:
    period = Period.of(code)
    assert (str(period.start), str(period.end)) == (first, last)
    assert (period.code, period.label, period.before.code) == (code, label, before)
    assert period.before.after == period


@pytest.mark.parametrize("code", ["", "24", "2024-Q5", "2024-M13", "2024-X1", "1800", "2024-Q0"])
def test_what_names_no_period_is_refused(code: str) -> None:
    with pytest.raises(BadPeriod):
        Period.of(code)
