"""A plan's document while it is corrected."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from dinhlang.papers.checking import check
from dinhlang.papers.reading import read
from dinhlang.papers.serial import to_json
from dinhlang.plans.editing import draft
from tests.plans.papers import small_plan


@pytest.fixture
def data() -> dict[str, Any]:
    """The small plan with its items numbered."""
    return draft.numbered(json.loads(json.dumps(to_json(small_plan()))))


def number(data: dict[str, Any], kind: str, index: int = 0) -> int:
    """The number of an item."""
    return draft.numbers(data)[kind, index]


def test_every_item_has_a_number_of_its_own(data: dict[str, Any]) -> None:
    numbers = [item["id"] for _, _, item in draft.walk(data)]
    assert len(numbers) == len(set(numbers)) > 15
    assert min(numbers) >= draft.FIRST
    assert draft.numbered(data) == data


def test_a_change_touches_its_fields_only_and_not_the_given_document(data: dict[str, Any]) -> None:
    before = copy.deepcopy(data)
    after = draft.changed(data, number(data, "needs"), {"amount": "5 tỷ"})
    assert data == before
    assert after["funding"]["needs"][0]["amount"] == 5_000_000_000
    after["funding"]["needs"][0]["amount"] = data["funding"]["needs"][0]["amount"]
    assert after == before


def test_sums_and_findings_follow_the_items(data: dict[str, Any]) -> None:
    more, need = draft.added(data, "needs", {"text": "Rãnh", "amount": "1 tỷ", "lines": "17"})
    wrong = draft.rechecked(more)
    assert wrong["funding"]["computed"]["needs"] == 5_200_000_000
    assert any(f["code"] == "FUND-SUM" for f in wrong["findings"])
    mended = draft.rechecked(draft.changed(wrong, need, {"amount": "100 triệu"}))
    assert mended["funding"]["computed"]["needs"] == 4_300_000_000
    assert not any(f["code"] == "FUND-SUM" for f in mended["findings"])


def test_all_troubles_of_a_form_are_told_at_once(data: dict[str, Any]) -> None:
    with pytest.raises(draft.Refused) as refused:
        draft.changed(
            data, number(data, "tasks"), {"text": "", "deadline-end": "mai", "lines": "9999"}
        )
    assert set(refused.value.troubles) == {"text", "deadline-end", "lines"}
    assert "Văn bản chỉ có 25 dòng." in refused.value.troubles["lines"]


def test_a_target_needs_a_value_unless_it_is_a_thing_to_have(data: dict[str, Any]) -> None:
    item = number(data, "targets")
    with pytest.raises(draft.Refused, match="Hãy ghi giá trị"):
        draft.changed(data, item, {"value": ""})
    after = draft.changed(data, item, {"value": "", "comparator": "yes"})
    assert after["targets"][0]["value"] is None


def test_nested_fields_are_made_and_unmade(data: dict[str, Any]) -> None:
    item = number(data, "tasks", 1)
    after = draft.changed(data, item, {"deadline-end": "30/6/2030"})
    assert after["tasks"][1]["deadline"] == {"end": "2030-06-30", "text": ""}
    again = draft.changed(after, item, {"deadline-end": ""})
    assert again["tasks"][1]["deadline"] is None


def test_gaps_that_stay_keep_their_lines(data: dict[str, Any]) -> None:
    after = draft.changed(
        data, number(data, "criteria", 1), {"gaps": "đường trục chưa xong\nthiếu đèn"}
    )
    first, second = after["criteria"][1]["gaps"]
    assert first == data["criteria"][1]["gaps"][0]
    assert (second["text"], second["lines"]) == ("thiếu đèn", [10, 10])


def test_words_marked_in_the_paper_mark_the_added_item(data: dict[str, Any]) -> None:
    after, new = draft.added(
        data, "quantities",
        {"text": "hàng rào", "value": "1200", "lines": "11", "quote": "1.200 m"},
    )  # fmt: skip
    _, item = draft.find(after, new)
    assert item["spans"] == [[11, 6, 13]]
    draft.plan_of(after)


@pytest.mark.parametrize("code", [kind.code for kind in draft.KINDS])
def test_an_item_of_every_kind_can_be_added_and_makes_a_sound_plan(
    data: dict[str, Any], code: str
) -> None:
    kind = draft.BY_CODE[code]
    samples = {"whole": "3", "decimal": "5", "money": "2 tỷ", "day": "1/3/2030", "at": "3",
               "period": "Quý I/2030"}  # fmt: skip
    values = {
        field.slug: field.choices[-1][0] if field.choices else samples.get(field.kind, "chữ")
        for field in kind.fields
        if field.required
    }
    after, new = draft.added(data, code, values)
    assert draft.find(after, new)[0].kind is kind
    assert draft.rechecked(after)["next_id"] == new + 1


def test_a_dropped_item_comes_back_where_it_was_and_only_once(data: dict[str, Any]) -> None:
    item = number(data, "criteria")
    after, place, gone = draft.dropped(data, item)
    with pytest.raises(draft.NoSuchItem):
        draft.find(after, item)
    back = draft.restored(after, place.kind.code, place.index, gone)
    assert back == data
    assert draft.restored(back, place.kind.code, place.index, gone) == data


def test_a_number_is_not_given_twice_even_when_the_last_item_was_dropped(
    data: dict[str, Any],
) -> None:
    after, first = draft.added(data, "movements", {"name": "Một", "lines": "1"})
    after, _, _ = draft.dropped(after, first)
    _, second = draft.added(after, "movements", {"name": "Hai", "lines": "1"})
    assert second > first


def test_a_form_sent_back_untouched_changes_nothing_in_any_real_plan(
    plan_files: list[Path],
) -> None:
    for path in plan_files:
        plan = read(path)
        plan.findings = check(plan)
        data = draft.numbered(json.loads(json.dumps(to_json(plan))))
        assert draft.rechecked(data) == data, path.name
        for kind, _, item in draft.walk(data):
            values = {field.slug: typed for field, typed in draft.form(kind, item)}
            assert draft.changed(data, item["id"], values) == data, (path.name, kind.code)
