"""Drafts of commune A under the small law, begun on the last day of 2030 for the year after."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from dinhlang.drafting import services
from dinhlang.drafting.models import Draft
from dinhlang.drafting.services import Change, Saved, Start
from dinhlang.people.models import User
from tests.assessment.small_law import DAY, SET, enter, enter_all
from tests.world import World

UNTIL = date(2031, 11, 30)
GOALS = frozenset({"2", "4", "10"})


def enter_gaps(world: World) -> None:
    """Numbers by which the roads are not met (93,5 % of 98) and nothing is known of electricity."""
    officer, places = world.people["officer"], world.places
    enter(officer, places["a"], "ty_le_duong_cung_hoa", parts=("11.6", "12.4"))
    enter(officer, places["a"], "thu_nhap", value="66")
    for village in ("a1", "a2"):
        enter(None, places[village], "thon_sach_dep", yes=True)


def start(**given: Any) -> Start:
    """What the plan is to be."""
    wanted: dict[str, Any] = {
        "year": 2031, "set_id": SET, "on": DAY, "until": UNTIL, "goals": GOALS,
    }  # fmt: skip
    return Start(**{**wanted, **given})


def a_draft(world: World, who: str = "officer", key: UUID | None = None, **given: Any) -> Draft:
    """A draft of commune A."""
    user, place = world.people[who], world.places["a"]
    return services.begin(user, place, key or uuid4(), start(**given))


def typed(user: User, draft: Draft, name: str, value: str, was: str = "") -> Saved:
    """One box typed by a person who saw ``was`` in it."""
    return services.save(user, draft.pk, [Change(name, value, was)])


__all__ = ["GOALS", "UNTIL", "a_draft", "enter_all", "enter_gaps", "start", "typed"]
