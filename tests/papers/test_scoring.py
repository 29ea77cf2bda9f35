"""The scorer counts what a reader would count, and the keys it is given are sound."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.papers.agreement import differences, fold
from tests.papers.scoring import Score, combined, main, misses, read_items, score, table

KEYS = sorted((Path(__file__).parent / "keys").glob("*.json"))
PLANS = Path(
    os.environ.get("DINHLANG_PLANS", Path(__file__).parents[2].parent / "shared" / "plans")
)
ONLY_IN_KEYS = {"must", "also"}


def load(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def answered(value: Any) -> Any:
    """The plan of a reader who gives exactly what the key holds."""
    if isinstance(value, dict):
        if set(value) <= {"value", *ONLY_IN_KEYS}:
            return value["value"]
        return {name: answered(one) for name, one in value.items() if name not in ONLY_IN_KEYS}
    if isinstance(value, list):
        return [answered(one) for one in value]
    return value


def strings(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for field, one in value.items():
            yield from strings(one, field)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one, name)
    elif isinstance(value, str):
        yield name, value


def items(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "lines" in value:
            yield value
        value = [one for field, one in value.items() if field != "also"]
    if isinstance(value, list):
        for one in value:
            yield from items(one)


TARGET = {
    "comparator": ">",
    "value": "99.8",
    "unit": "%",
    "text": "người dân tham gia BHYT",
    "lines": [95, 95],
    "must": True,
}
TASK = {
    "text": "xây dựng mô hình sản xuất thông minh",
    "lead": ["Cán bộ phụ trách nông nghiệp"],
    "partners": ["thôn Tân Thịnh"],
    "deadline": {"start": None, "end": "2024-06-30", "text": "quý 2/2024"},
    "lines": [127, 127],
    "must": True,
}
OUTLINE = [
    {"label": "I", "title": "MỤC ĐÍCH", "level": 1, "lines": [1, 9], "must": True},
    {"label": "1", "title": "Yêu cầu", "level": 2, "lines": [4, 9], "must": True},
]
CRITERION = {
    "number": 6,
    "name": "Văn hóa",
    "level": "advanced",
    "status": "maintain",
    "lines": [77, 79],
    "must": True,
}
REPORT = {
    "from": "Ban phát triển thôn",
    "to": "UBND xã",
    "period": "weekly",
    "due": {"weekday": 4, "time": "14:30"},
    "lines": [135, 135],
    "must": True,
}
BASIS = {
    "number": "103-NQ/ĐU",
    "kind": "Nghị quyết",
    "date": "2023-12-25",
    "lines": [23, 23],
    "must": True,
}
SCHEDULE = {
    "period": "2023-Q4",
    "months": [10, 11, 12],
    "completes": [10, 2, 17],
    "text": "thống kê thu nhập",
    "lines": [107, 109],
    "must": True,
}

# kind, key item, what the reader changes, does it still answer the key
ANSWERS: list[tuple[str, dict[str, Any], dict[str, Any], bool]] = [
    ("targets", TARGET, {}, True),
    ("targets", TARGET, {"value": "99.80"}, True),
    ("targets", TARGET, {"unit": "phần trăm"}, True),
    ("targets", TARGET, {"lines": [95, 97]}, True),
    ("targets", TARGET, {"value": "99"}, False),
    ("targets", TARGET, {"comparator": ">="}, False),
    ("targets", TARGET, {"unit": "hộ"}, False),
    ("targets", TARGET, {"lines": [96, 97]}, False),
    ("targets", {**TARGET, "code": "1.1"}, {"code": "1.2"}, False),
    ("targets", {**TARGET, "also": {"unit": "*"}}, {"unit": None}, True),
    ("targets", {**TARGET, "also": {"lines": [[103, 105]]}}, {"lines": [104, 104]}, True),
    ("targets", {**TARGET, "comparator": "yes", "value": None}, {"text": "tham gia BHYT"}, True),
    ("targets", {**TARGET, "comparator": "yes", "value": None}, {"text": "nước sạch"}, False),
    ("tasks", TASK, {}, True),
    ("tasks", TASK, {"lead": ["CÁN BỘ PHỤ TRÁCH NÔNG NGHIỆP xã"]}, True),
    ("tasks", TASK, {"lead": []}, False),
    ("tasks", TASK, {"partners": ["thôn Tân Thịnh", "Hội Nông dân"]}, False),
    ("tasks", TASK, {"deadline": {"end": "2024-09-30"}}, False),
    ("tasks", TASK, {"deadline": None}, False),
    ("tasks", {**TASK, "deadline": None}, {"deadline": {"end": None, "text": ""}}, True),
    ("criteria", CRITERION, {}, True),
    ("criteria", CRITERION, {"number": None, "name": "Cơ sở vật chất văn hóa"}, True),
    ("criteria", CRITERION, {"number": None, "name": "Y tế"}, False),
    ("criteria", CRITERION, {"number": 16}, False),
    ("criteria", CRITERION, {"level": "ntm"}, False),
    ("criteria", CRITERION, {"status": "to_reach"}, False),
    ("criteria", {**CRITERION, "also": {"status": ["to_reach"]}}, {"status": "to_reach"}, True),
    ("reporting", REPORT, {}, True),
    ("reporting", REPORT, {"to": "Ủy ban nhân dân xã"}, True),
    ("reporting", REPORT, {"due": {"weekday": 4, "time": "14:30", "day": None}}, True),
    ("reporting", REPORT, {"due": {"weekday": 5, "time": "14:30"}}, False),
    ("reporting", REPORT, {"due": None}, False),
    ("reporting", REPORT, {"to": None}, False),
    ("reporting", {**REPORT, "also": {"to": "*"}}, {"to": None}, True),
    ("reporting", REPORT, {"period": "daily"}, False),
    ("legal_bases", BASIS, {"number": "103 - NQ/ĐU"}, True),
    ("legal_bases", BASIS, {"number": "130-NQ/ĐU"}, False),
    ("legal_bases", BASIS, {"date": "2023-12-26"}, False),
    ("legal_bases", {**BASIS, "number": None}, {"number": None, "kind": "NGHỊ QUYẾT"}, True),
    ("legal_bases", {**BASIS, "number": None}, {"number": None, "kind": "Luật"}, False),
    ("schedule", SCHEDULE, {"completes": [2, 10, 17]}, True),
    ("schedule", SCHEDULE, {"completes": [2, 10]}, False),
    ("schedule", SCHEDULE, {"months": [10, 11]}, False),
    ("schedule", SCHEDULE, {"period": "2023-Q3"}, False),
    (
        "duties",
        {"office": "Tổ biên tập", "role": "partner", "lines": [173, 173]},
        {"office": "Tổ biên tập xã"},
        True,
    ),
    (
        "duties",
        {"office": "Tổ biên tập", "role": "partner", "lines": [173, 173]},
        {"office": "Đài truyền thanh"},
        False,
    ),
    (
        "duties",
        {"office": "Tổ biên tập", "role": "partner", "lines": [173, 173]},
        {"role": "lead"},
        False,
    ),
    (
        "villages",
        {"name": "Tân Thịnh", "goal": "smart-village", "lines": [45, 45]},
        {"name": "thôn Tân Thịnh"},
        True,
    ),
    (
        "villages",
        {"name": "Tân Thịnh", "goal": "smart-village", "lines": [45, 45]},
        {"goal": "model-village"},
        False,
    ),
    (
        "movements",
        {"name": "phong trào thi đua “Cao Lộc chung sức”", "lines": [109, 109]},
        {"name": "Cao Lộc chung sức xây dựng nông thôn mới"},
        True,
    ),
    (
        "movements",
        {"name": "phong trào thi đua “Cao Lộc chung sức”", "lines": [109, 109]},
        {"name": "phong trào thi đua 5 không, 3 sạch"},
        False,
    ),
    (
        "groups",
        {"rule": {"at_least": 1, "of": 3}, "targets": ["2.1", "2.2"], "lines": [1, 9]},
        {"rule": {"at_least": 2, "of": 3}},
        False,
    ),
    (
        "groups",
        {"rule": {"at_least": 1, "of": 3}, "targets": ["2.1", "2.2"], "lines": [1, 9]},
        {"targets": ["2.2", "2.1"]},
        True,
    ),
    ("support", {"amount": 1000000, "per": "hộ", "lines": [75, 75]}, {"per": "m"}, False),
    ("quantities", {"value": "3200", "unit": "m2", "lines": [36, 36]}, {"unit": "m²"}, True),
    ("quantities", {"value": "3200", "unit": "m", "lines": [36, 36]}, {"value": "3.2"}, False),
    ("funding-needs", {"amount": 10, "criterion": 2, "lines": [1, 1]}, {"criterion": 5}, False),
    (
        "funding-sources",
        {"amount": 10, "conditional": True, "lines": [1, 1]},
        {"conditional": False},
        False,
    ),
    ("recipients", {"text": "Lãnh đạo UBND huyện"}, {"text": "TT Huyện ủy"}, False),
]


@pytest.mark.parametrize(("kind", "wanted", "changed", "agrees"), ANSWERS)
def test_an_answer_agrees_exactly_when_its_identifying_fields_do(
    kind: str, wanted: dict[str, Any], changed: dict[str, Any], agrees: bool
) -> None:
    read = {**answered(wanted), **changed}
    assert (differences(kind, read, wanted) == []) is agrees


def test_one_read_item_answers_one_key_item_only() -> None:
    key = {"targets": [TARGET, {**TARGET, "value": "80"}]}
    plan = {"targets": [answered(TARGET), answered(TARGET)]}
    assert score(plan, key)["targets"] == Score(found=2, right=1, must=2, hit=1)


def test_pairing_never_gives_away_an_answer_another_key_item_needs() -> None:
    loose = {**TARGET, "also": {"value": "*"}}
    key = {"targets": [loose, TARGET]}
    plan = {"targets": [answered(TARGET), {**answered(TARGET), "value": "5"}]}
    assert score(plan, key)["targets"] == Score(found=2, right=2, must=2, hit=2)


def test_an_optional_item_counts_right_when_read_and_nothing_when_not() -> None:
    key = {"targets": [{**TARGET, "must": False}]}
    assert score({"targets": [answered(TARGET)]}, key)["targets"] == Score(found=1, right=1)
    assert score({"targets": []}, key)["targets"] == Score()


def test_levels_of_an_outline_are_compared_from_its_own_root() -> None:
    deeper = [{**one, "level": one["level"] + 1} for one in answered(OUTLINE)]
    flat = [{**one, "level": 1} for one in answered(OUTLINE)]
    assert score({"outline": deeper}, {"outline": OUTLINE})["outline"].right == 2
    assert score({"outline": flat}, {"outline": OUTLINE})["outline"].right == 1


def test_sections_are_found_inside_sections() -> None:
    first, second = answered(OUTLINE)
    nested = [{**first, "children": [second]}]
    assert score({"outline": nested}, {"outline": OUTLINE})["outline"].hit == 2


def test_document_fields_count_one_by_one_and_unknown_ones_must_stay_unknown() -> None:
    key = {
        "document": {
            "kind": "plan",
            "number": None,
            "place": "Phúc Hòa",
            "title": "Xây dựng xã … năm 2024",
            "signatory": {"authority": "TM. ỦY BAN NHÂN DÂN", "title": "CHỦ TỊCH"},
            "must": ["kind", "title", "authority"],
        }
    }
    plan = {
        "document": {
            "kind": "plan",
            "number": "12/KH-UBND",
            "place": None,
            "title": "Xây dựng xã Phúc Hòa đạt chuẩn năm 2024",
            "signatory": {"authority": "TM. UBND XÃ", "title": "PHÓ CHỦ TỊCH"},
        }
    }
    assert score(plan, key)["document"] == Score(found=5, right=3, must=3, hit=3)
    cut = {"document": {**plan["document"], "title": "Xây dựng xã Phúc Hòa"}}
    assert score(cut, key)["document"] == Score(found=5, right=2, must=3, hit=2)


def test_totals_of_money_are_compared_field_by_field() -> None:
    funding = {
        "stated": {"needs": 23, "sources": 10, "balance": -13},
        "computed": {"needs": 23, "sources": 11, "balance": -12, "usable_balance": -14},
    }
    wrong = copy.deepcopy(funding)
    wrong["computed"]["usable_balance"] = -12
    assert score({"funding": wrong}, {"funding": funding})["funding-totals"].right == 6
    assert score({"funding": {"computed": {"needs": None}}}, {})["funding-totals"] == Score()
    assert score({"funding": {"computed": {"needs": 5}}}, {})["funding-totals"].found == 1


def test_days_and_waves_of_a_campaign_are_counted() -> None:
    wave = {"start": "2023-03-15", "end": "2023-05-15", "lines": [89, 89]}
    key = {"campaign": {"days": 90, "waves": [wave]}}
    assert score({"campaign": key["campaign"]}, key)["campaign"] == Score(2, 2, 2, 2)
    other = {"campaign": {"days": 90, "waves": [{**wave, "end": "2023-05-16"}]}}
    assert score(other, key)["campaign"] == Score(2, 1, 2, 1)
    assert score({"campaign": None}, key)["campaign"] == Score(0, 0, 2, 0)


def test_recipients_of_the_document_stand_in_for_the_list_with_lines() -> None:
    key = {"recipients": [{"text": "Lưu: VT", "lines": [9, 9], "must": True}]}
    assert score({"document": {"recipients": ["- Lưu: VT."]}}, key)["recipients"].hit == 1


def test_misses_name_what_was_missed_and_what_was_wrong_with_the_nearest_answer() -> None:
    plan = {"targets": [{**answered(TARGET), "value": "99"}]}
    missed, wrong = misses(plan, {"targets": [TARGET]})
    assert missed.startswith("targets L95-95 missed:")
    assert "99.8" in missed and "[read: value=99]" in missed
    assert wrong.startswith("targets L95-95 wrong:")
    assert "[key: value=99.8]" in wrong


def test_the_table_has_a_line_a_kind_and_the_sum() -> None:
    scores = {"targets": Score(4, 3, 5, 2), "tasks": Score()}
    lines = table(scores).splitlines()
    assert [line.split()[0] for line in lines] == ["kind", "targets", "tasks", "all"]
    assert "75.0%" in lines[1] and "40.0%" in lines[1]
    assert "–" in lines[2]


def test_scores_of_several_plans_add_up() -> None:
    total = combined([{"tasks": Score(4, 3, 5, 2)}, {"tasks": Score(1, 1, 1, 1)}])
    assert total == {"tasks": Score(5, 4, 6, 3)}


def test_the_command_prints_the_table_and_the_misses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, key = tmp_path / "plan.json", tmp_path / "key.json"
    plan.write_text(json.dumps({"targets": []}), encoding="utf-8")
    key.write_text(json.dumps({"targets": [TARGET]}), encoding="utf-8")
    assert main([str(plan), str(key)]) == 0
    said = capsys.readouterr().out
    assert "targets" in said and "missed:" in said
    assert main([]) == 2


@pytest.mark.parametrize("path", KEYS, ids=lambda path: path.stem)
class TestKey:
    def test_who_answers_as_the_key_does_makes_no_mistake(self, path: Path) -> None:
        key = load(path)
        plan = answered(key)
        title = plan["document"]["title"]
        plan["document"]["title"] = title and title.replace("…", "và những chữ còn lại")
        assert misses(plan, key) == []
        for kind, one in score(plan, key).items():
            assert (one.found, one.hit) == (one.right, one.must), kind

    def test_who_answers_nothing_hits_nothing(self, path: Path) -> None:
        empty = score({}, load(path))
        assert all(one.found == one.right == one.hit == 0 for one in empty.values())
        assert sum(one.must for one in empty.values()) > 50

    def test_lines_run_forward_and_every_item_says_whether_it_must_be_read(
        self, path: Path
    ) -> None:
        for item in items({**load(path), "document": {}}):
            spans = [item["lines"], *(item.get("also") or {}).get("lines", [])]
            assert all(1 <= first <= last for first, last in spans), item
            assert isinstance(item["must"], bool), item

    def test_texts_are_shortened(self, path: Path) -> None:
        for name, text in strings(load(path)):
            if name in {"about", "authority"}:
                continue
            assert all(len(piece.split()) <= 13 for piece in text.split("…")), text

    def test_the_key_repeats_no_sentence_of_the_plan(self, path: Path) -> None:
        source = PLANS / f"{path.stem}.txt"
        if not source.is_file():
            pytest.skip(f"Không thấy kế hoạch {source}; đặt DINHLANG_PLANS để chạy phép thử này.")
        plan = fold(source.read_text(encoding="utf-8")).split()
        runs = {tuple(plan[at : at + 14]) for at in range(len(plan) - 13)}
        key = fold(path.read_text(encoding="utf-8")).split()
        told = {tuple(key[at : at + 14]) for at in range(len(key) - 13)}
        repeated = runs & told
        assert not repeated

    def test_lines_of_the_key_are_lines_of_the_plan(self, path: Path) -> None:
        source = PLANS / f"{path.stem}.txt"
        if not source.is_file():
            pytest.skip(f"Không thấy kế hoạch {source}; đặt DINHLANG_PLANS để chạy phép thử này.")
        text = source.read_text(encoding="utf-8").splitlines()
        for item in items({**load(path), "document": {}}):
            first, last = item["lines"]
            assert last <= len(text) and text[first - 1].strip(), item


def test_reading_an_empty_plan_gives_every_kind_without_items() -> None:
    kinds = read_items({})
    assert len(kinds) == 21
    assert not any(kinds.values())
