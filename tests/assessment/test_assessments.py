"""A self-assessment that was fixed stays as it was, whatever comes later."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from dinhlang.assessment import services
from dinhlang.assessment.models import Assessment
from dinhlang.assessment.selectors import fixed
from dinhlang.lawbook import selectors as lawbook
from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine
from tests.assessment.small_law import DAY, SET, enter, small_law
from tests.world import World

pytestmark = pytest.mark.django_db


def fix(world: World, who: str = "leader", **more: object) -> Assessment:
    given = {"key": uuid4(), "note": "Kỳ IV"} | more
    return services.fix(world.people[who], world.places["a"], SET, DAY, **given)  # type: ignore[arg-type]


def test_what_was_kept_has_rules_values_reasons_and_sources(filled: World) -> None:
    found = fix(filled)
    data = found.document
    assert data["format"] == "dinhlang.assessment/1"
    assert data["set"]["hash"] == found.set_hash
    assert (found.criteria_met, found.criteria_total) == (2, 3)
    roads = data["criteria"][0]["indicators"][0]
    assert roads["state"] == "not_met"
    assert "98 %" in roads["rule"]
    assert roads["facts"][0]["value"] == "11,6/12,4 (93,55 %)"
    assert roads["facts"][0]["by"] == "Công Chức Mẫu"
    assert any(source["addresses"] == ["bộ mẫu"] for source in roads["sources"])
    assert fixed.is_whole(found)


def test_later_numbers_and_a_later_law_change_nothing_of_it(
    filled: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = fix(filled)
    before = found.data
    enter(filled.people["officer"], filled.places["a"], "ty_le_duong_cung_hoa", parts=("12", "12"))
    without = small_law()
    monkeypatch.setattr(lawbook, "library", lambda: type(without)((), (), without.shared_measures))
    found = Assessment.objects.get(pk=found.pk)
    assert found.data == before
    assert [each.look.words for each in fixed.criteria(found)] == ["Chưa đạt", "Đạt", "Đạt"]
    assert fixed.against_today(found, DAY) is None


def test_today_is_set_beside_it(filled: World) -> None:
    found = fix(filled)
    same = fixed.against_today(found, DAY)
    assert same is not None
    assert (same.same_law, same.indicators) == (True, ())
    enter(filled.people["officer"], filled.places["a"], "ty_le_duong_cung_hoa", parts=("12", "12"))
    later = fixed.against_today(found, date(2031, 3, 1))
    assert later is not None
    assert not later.same_law
    changed = {
        each.number: (each.before and each.before.words, each.now and each.now.words)
        for each in later.indicators
    }
    assert changed["2.1"] == ("Chưa đạt", "Đạt")
    assert changed["10"] == ("Đạt", "Chưa đủ số liệu")


def test_sent_twice_it_is_kept_once(filled: World) -> None:
    key = uuid4()
    assert fix(filled, key=key).pk == fix(filled, key=key).pk
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("who", ["officer", "village_head", "province", "elsewhere", "nobody"])
def test_only_who_decides_at_the_place_keeps_one(filled: World, who: str) -> None:
    with pytest.raises(AccessDenied):
        fix(filled, who)
    assert not Assessment.objects.exists()


def test_it_is_written_in_the_log_with_the_hash_of_the_set(filled: World) -> None:
    found = fix(filled)
    line = AuditLine.objects.get(verb="chốt tự đánh giá")
    assert found.set_hash in line.details
    assert found.digest in line.details


def test_there_is_none_by_a_set_for_other_units(filled: World) -> None:
    with pytest.raises(services.NoSuchSet):
        services.fix(
            filled.people["leader"], filled.places["a"], "qd-mau-2028/thon-thu", DAY, uuid4()
        )


def test_what_somebody_changed_in_the_database_shows(filled: World) -> None:
    found = fix(filled)
    Assessment.objects.filter(pk=found.pk).update(data=found.data.replace("93,55", "99,99"))
    assert not fixed.is_whole(Assessment.objects.get(pk=found.pk))
