"""Needs under one number of two sets are told apart, on pages and in the workbook."""

from __future__ import annotations

from typing import Any

import pytest

from dinhlang.money import criteria, sheets
from dinhlang.money.models import Need
from dinhlang.money.selectors import balance
from dinhlang.work import spoken_sets
from dinhlang.work.spoken_sets import Spoken
from tests.money.books import as_it_goes_out
from tests.money.conftest import MakeNeed
from tests.world import World

pytestmark = pytest.mark.django_db
YEAR, OLD, NEW = 2026, "qd-318-2022/xa-nang-cao", "qd-51-2025/xa-ntm"


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that speaks of the advanced set."""
    told = Spoken("plan:9:", "Kế hoạch nâng cao", (OLD,), {"2": ("Giao thông",)})
    monkeypatch.setattr(spoken_sets, "of_place", lambda user, place: [told])


def titles(world: World) -> dict[str, tuple[str, str]]:
    laws = criteria.Laws.of(world.places["a"], YEAR)
    found = laws.titles(Need.objects.all())
    return {each.text: found[each.pk] for each in Need.objects.all() if each.pk in found}


def made(need: MakeNeed, text: str, **more: Any) -> None:
    row = need(text=text, **{k: v for k, v in more.items() if k != "origin_ref"})
    Need.objects.filter(pk=row.pk).update(year=YEAR, origin_ref=more.get("origin_ref", ""))


def test_a_set_is_named_where_the_year_has_two(world: World, need: MakeNeed, paper: None) -> None:
    made(need, "Rãnh", criterion="2", criterion_name="Giao thông", origin_ref="plan:9:64")
    assert titles(world) == {"Rãnh": (OLD, "2. Giao thông")}
    made(need, "Chợ", criterion="2", criterion_name="Hạ tầng kinh tế - xã hội")
    assert titles(world) == {
        "Rãnh": (OLD, "2. Giao thông (Xã NTM nâng cao 2021–2025)"),
        "Chợ": (NEW, "2. Hạ tầng kinh tế - xã hội (Xã NTM 2026–2030)"),
    }
    groups = balance.by_criterion(balance.sheet(world.places["a"], YEAR), criteria.Laws.of(
        world.places["a"], YEAR).titles(Need.objects.all()))  # fmt: skip
    assert [each.title for each in groups] == [
        "Tiêu chí 2. Giao thông (Xã NTM nâng cao 2021–2025)",
        "Tiêu chí 2. Hạ tầng kinh tế - xã hội (Xã NTM 2026–2030)",
    ]


def test_what_no_set_is_certain_of_says_so(world: World, need: MakeNeed, paper: None) -> None:
    made(need, "Rãnh", criterion="2", criterion_name="Giao thông", origin_ref="plan:8:1")
    made(need, "Chợ", criterion="2")
    found = titles(world)
    assert found["Rãnh"] == ("", "2. Giao thông (chưa rõ bộ tiêu chí)")
    assert found["Chợ"] == (NEW, "2. Hạ tầng kinh tế - xã hội (Xã NTM 2026–2030)")


def test_the_workbook_says_the_name_and_reads_the_number_back(
    world: World, need: MakeNeed, paper: None
) -> None:
    made(need, "Rãnh", criterion="2", criterion_name="Giao thông", origin_ref="plan:9:64")
    made(need, "Chợ", criterion="2", criterion_name="Hạ tầng kinh tế - xã hội")
    lines = sheets.read(as_it_goes_out(world, YEAR))
    assert sorted(boxes["criterion"] for name, _, boxes in lines if name == sheets.NEEDS) == [
        "2. Giao thông (Xã NTM nâng cao 2021–2025)",
        "2. Hạ tầng kinh tế - xã hội (Xã NTM 2026–2030)",
    ]
