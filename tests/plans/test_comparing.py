"""What a version changed against the one before."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.papers.serial import to_json
from dinhlang.plans.editing import draft
from dinhlang.plans.editing.comparing import Pair, compare, inherit
from dinhlang.plans.editing.kinds import KINDS
from tests.plans.papers import small_plan

WORDS = ("đường trục", "hàng rào", "nhà văn hóa", "rãnh thoát nước", "thôn Đông", "2030", "5 km")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
tasks = st.lists(
    st.builds(
        lambda text, lead, line: {"text": text, "lead": lead, "lines": [line, line], "spans": [],
                                  "partners": [], "criteria": [], "targets": [], "places": [],
                                  "deadline": None},
        texts, st.lists(st.sampled_from(["UBND xã", "Hội Phụ nữ"]), max_size=2),
        st.integers(1, 25)),
    max_size=7,
)  # fmt: skip
villages = st.lists(
    st.builds(lambda name: {"name": name, "goal": None, "status": None, "lines": [1, 1],
                            "spans": []}, texts), max_size=5)  # fmt: skip


def small() -> dict[str, Any]:
    """The small plan as data."""
    found: dict[str, Any] = json.loads(json.dumps(to_json(small_plan())))
    return found


def with_items(found: list[Any], places: list[Any]) -> dict[str, Any]:
    """The small plan with these tasks and villages."""
    return {**small(), "tasks": found, "villages": places}


plans = st.builds(with_items, tasks, villages)


def changes(pairs: list[Pair]) -> Counter[str]:
    """How many of each change."""
    return Counter(pair.change for pair in pairs)


@settings(deadline=None)
@given(plans, plans)
def test_every_item_of_both_versions_appears_exactly_once(old: Any, new: Any) -> None:
    pairs = compare(old, new)
    for kind in KINDS:
        mine = [pair for pair in pairs if pair.kind is kind]
        befores = [id(pair.old) for pair in mine if pair.old is not None]
        afters = [id(pair.new) for pair in mine if pair.new is not None]
        assert sorted(befores) == sorted(id(item) for item in draft.items(old, kind))
        assert sorted(afters) == sorted(id(item) for item in draft.items(new, kind))


@settings(deadline=None)
@given(plans)
def test_a_plan_against_itself_has_only_what_stayed(plan: Any) -> None:
    assert set(changes(compare(plan, json.loads(json.dumps(plan))))) == {"same"}


@settings(deadline=None)
@given(tasks, st.randoms())
def test_another_order_is_no_change(found: list[Any], random: Any) -> None:
    other = json.loads(json.dumps(found))
    random.shuffle(other)
    assert set(changes(compare(with_items(found, []), with_items(other, [])))) == {"same"}


@settings(deadline=None)
@given(tasks, st.data())
def test_an_item_taken_out_is_the_one_that_was_dropped(found: list[Any], data: Any) -> None:
    if not found:
        return
    gone = data.draw(st.integers(0, len(found) - 1))
    left = [item for place, item in enumerate(found) if place != gone]
    pairs = compare(with_items(found, []), with_items(left, []))
    [dropped] = [pair for pair in pairs if pair.change == "dropped"]
    assert dropped.old is not None
    assert dropped.old["text"] == found[gone]["text"]
    assert changes(pairs)["added"] == changes(pairs)["changed"] == 0


@settings(deadline=None)
@given(plans, plans)
def test_inherited_numbers_are_the_old_ones_for_what_matched_and_new_ones_else(
    old: Any, new: Any
) -> None:
    old = draft.numbered(old)
    pairs = compare(old, new)
    kept = {id(p.new): p.old["id"] for p in pairs if p.new and p.old and "id" in p.old}
    wanted = [(kept.get(id(item))) for _, _, item in draft.walk(new)]
    after = inherit(old, new, pairs)
    numbers = [item["id"] for _, _, item in draft.walk(after)]
    assert len(numbers) == len(set(numbers))
    for number, before in zip(numbers, wanted, strict=True):
        assert number == before if before else number >= old["next_id"]


def test_a_reworded_task_and_a_corrected_reading_are_changes_with_their_fields_told() -> None:
    old, new = small(), small()
    new["tasks"][0]["text"] = "hoàn thành đường trục chính của xã"
    new["tasks"][0]["deadline"]["end"] = "2030-09-30"
    new["duties"][0]["office"] = "Một tên khác hẳn"
    pairs = compare(old, new)
    task, duty = (p for p in pairs if p.change == "changed")
    assert [(d.label, d.old, d.new) for d in task.differences] == [
        ("Nhiệm vụ", "hoàn thành đường trục", "hoàn thành đường trục chính của xã"),
        ("Đến ngày", "30/06/2030", "30/09/2030"),
    ]
    assert duty.differences[0].new == "Một tên khác hẳn"
    assert changes(pairs)["added"] == changes(pairs)["dropped"] == 0


def test_lines_that_moved_are_no_difference() -> None:
    old, new = small(), small()
    new["source"]["text"].insert(0, "")
    for _, _, item in draft.walk(new):
        item["lines"] = [line + 1 for line in item["lines"]]
    assert set(changes(compare(old, new))) == {"same"}
