"""The real country before and after 1/7/2025, where its lists lie beside the repository."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dinhlang.people.access import Role
from dinhlang.people.models import Grant, User
from dinhlang.places import selectors, tree
from dinhlang.places.importing.lists import Options, check_file, write_checked
from dinhlang.places.map import map_of
from dinhlang.places.models import Boundary, Level, SuccessionPart, Unit

from .conftest import DAY


@pytest.fixture(scope="module")
def real(data_dir: Path, django_db_setup: Any, django_db_blocker: Any) -> Any:
    """The whole country, loaded once for this module and taken away with its transaction."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        for kind, name, options in (
            ("units", "units-before-2025-07.csv", Options(end_day=DAY)),
            ("units", "units-2026.csv", Options(first_day=DAY)),
            ("successions", "succession-2025-07.csv", Options(first_day=DAY)),
            ("boundaries", "communes-2026.geojson", Options()),
        ):
            checked = check_file(kind, data_dir / name, name, options)
            write_checked(None, checked, name)
            if kind == "successions":
                # The list of successions still has the former code of one commune (06970).
                assert {trouble.column for trouble in checked.troubles} == {"new_code"}
                assert len(checked.troubles) == 5
            else:
                assert checked.troubles == []
        yield
        transaction.set_rollback(True)


@pytest.fixture
def whole(real: Any, django_db_blocker: Any) -> Any:
    """Leave to ask the whole country."""
    with django_db_blocker.unblock():
        yield


def test_all_of_it_is_there(whole: None) -> None:
    counts = {
        (level, now): Unit.objects.filter(level=level, valid_to__isnull=now).count()
        for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
        for now in (True, False)
    }
    assert counts == {
        (Level.PROVINCE, True): 34,
        (Level.PROVINCE, False): 63,
        (Level.DISTRICT, True): 0,
        (Level.DISTRICT, False): 696,
        (Level.COMMUNE, True): 3321,
        (Level.COMMUNE, False): 10035,
    }
    assert SuccessionPart.objects.filter(old__level=Level.COMMUNE).count() == 10597 - 5
    assert Boundary.objects.count() == 3319
    assert tree.is_right()


def test_the_provinces_follow_from_their_communes(whole: None) -> None:
    parts = SuccessionPart.objects.filter(old__level=Level.PROVINCE)
    assert parts.count() == 63
    assert not parts.filter(extent="part").exists()


@pytest.mark.parametrize(
    ("asked", "became"),
    [
        ("Phúc Hòa, Tân Yên", "Xã Phúc Hoà"),
        ("Hòa Cư, Cao Lộc", "Xã Công Sơn"),
        ("Sơn Bằng, Hương Sơn", "Xã Hương Sơn"),
        ("Thanh Đình, Việt Trì", "Xã Hy Cương"),
    ],
)
def test_the_communes_of_the_plans_show_what_they_became(
    whole: None, asked: str, became: str
) -> None:
    (old,) = selectors.find(asked).filter(level=Level.COMMUNE)
    history = selectors.history(old)
    assert [(kin.unit.title, kin.whole) for kin in history.became] == [(became, True)]
    (share,) = selectors.became(old, date(2026, 1, 1))
    new = Unit.objects.get(pk=share.unit)
    assert old.pk in {kin.unit.pk for kin in selectors.history(new).came_from}
    assert new.existed_on(DAY) and not old.existed_on(DAY)


def test_a_name_is_found_in_both_spellings(whole: None) -> None:
    found = [set(selectors.find(text)[:5]) for text in ("Phúc Hòa", "Phúc Hoà", "phuc hoa")]
    assert found[0] == found[1] == found[2]


def test_a_commune_has_a_map_with_its_neighbours(whole: None) -> None:
    admin = User.objects.create(username="ban.do", full_name="Bản Đồ")
    Grant.objects.create(user=admin, role=Role.ADMIN)
    unit = selectors.find("Phúc Hòa").filter(valid_to=None, level=Level.COMMUNE)[0]
    drawn = map_of(admin, unit)
    assert drawn is not None
    kinds = [shape.kind for shape in drawn.shapes]
    assert kinds.count("own") == 1
    assert 3 <= kinds.count("near") <= 40
