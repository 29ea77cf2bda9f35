"""A set written by hand comes in through the same door and is held to the same rules."""

from __future__ import annotations

from uuid import uuid4

import pytest

from dinhlang.law.library import shipped
from dinhlang.law.sets import CriteriaSet
from dinhlang.law.writing import digest, to_yaml
from dinhlang.lawbook import answering, files, sample_set, selectors, services
from dinhlang.lawbook.importing import Refused, read_xlsx
from dinhlang.lawbook.models import LawText, Loading, Origin
from dinhlang.lawbook.sheet.compose import compose
from dinhlang.lawbook.sheet.composed import Context
from dinhlang.people.models import AuditLine
from tests.world import World

WRITTEN = """format: dinhlang.criteria/1
id: qd-03-2026-mau/xa-ntm
title: Bộ viết tay thử
short: Viết tay thử
level: ntm
subject: commune
valid_from: 2026-02-01
decision: {number: 03/2026/QĐ-MẪU, issuer: UBND tỉnh An Mẫu, date: 2026-01-05, checked: sample}
sample: true
criteria:
  - number: "1"
    name: Y tế
    checked: sample
    indicators:
      - number: "1.1"
        name: Tỷ lệ người dân tham gia bảo hiểm y tế
        checked: sample
        requirement: {at_least: {measure: ty_le_bao_hiem_y_te, value: 90}}
"""
REAL = WRITTEN.replace("03/2026/QĐ-MẪU", "03/2026/QĐ-UBND").replace("sample: true\n", "")


def given(words: str, name: str = "bo.yaml") -> services.Given:
    return services.Given(Origin.YAML, words.encode(), name)


def a_file(house: World, words: str = WRITTEN) -> Loading:
    return services.load(house.people["admin"], uuid4(), None, given(words))


def test_a_table_and_the_file_of_the_same_set_give_the_same_law(house: World) -> None:
    taken = read_xlsx(sample_set.workbook())
    table = compose(taken.rows, taken.about, Context(shipped())).result
    assert isinstance(table, CriteriaSet)
    found = selectors.composed(a_file(house, to_yaml(table)))
    assert [str(problem) for problem in found.problems] == []
    assert found.result is not None
    assert digest(found.result) == digest(table)


def test_a_file_is_shown_sent_and_approved_by_a_second_person(house: World) -> None:
    loading = a_file(house)
    assert loading.about["number"] == "03/2026/QĐ-MẪU"
    assert [one["number"] for one in loading.rows] == ["1.1"]
    text = services.send(house.people["admin"], loading.pk, loading.revision)
    with pytest.raises(services.NotAllowedHere, match="không tự duyệt"):
        services.approve(house.people["admin"], text.pk)
    services.approve(house.people["second"], text.pk)
    assert "qd-03-2026-mau/xa-ntm" in selectors.library().sets


FAULTS: tuple[tuple[str, str, int, str], ...] = (
    ("value: 90", "value: 190", 18, "lớn hơn mức cao nhất"),
    ("ty_le_bao_hiem_y_te", "ty_le_bao_hiem_y", 18, "có phải “ty_le_bao_hiem_y_te” không"),
    ("short:", "shrot:", 4, "Không có khóa “shrot”"),
    ('number: "1.1"', 'number: "1"\n      - number: "1"', 15, "Thiếu khóa “name”"),
    ("sample: true", "sample: true\nnote: *x", 10, ""),
)


@pytest.mark.parametrize(("old", "new", "line", "words"), FAULTS)
def test_faults_of_a_file_are_told_with_their_line_in_it(
    house: World, old: str, new: str, line: int, words: str
) -> None:
    found = selectors.composed(a_file(house, WRITTEN.replace(old, new)))
    assert found.result is None
    told = [p for p in found.problems if p.line == line and words in p.what]
    assert told, [str(problem) for problem in found.problems]


HERE: tuple[tuple[str, str, str], ...] = (
    ("sample: true", "sample: true\nterritory: {code: '25', name: Phú Thọ}", "tỉnh Phú Thọ"),
    ("qd-03-2026-mau/xa-ntm", "qd-318-2022/xa-ntm", "đã là của 318/QĐ-TTg"),
    ("sample: true\ncriteria:", "criteria:", "phải ghi sample: true"),
)


@pytest.mark.parametrize(("old", "new", "words"), HERE)
def test_a_file_has_to_fit_where_it_is_loaded_and_what_is_there(
    house: World, old: str, new: str, words: str
) -> None:
    found = selectors.composed(a_file(house, WRITTEN.replace(old, new)))
    assert found.result is None
    assert any(words in problem.what for problem in found.problems), found.problems


def test_made_up_numbers_never_stand_under_a_real_decision(house: World) -> None:
    found = selectors.composed(a_file(house, REAL))
    assert any("số làm mẫu" in problem.what for problem in found.problems)


def test_words_that_the_tree_does_not_hold_are_asked_of_a_file_too(house: World) -> None:
    words = WRITTEN.replace("bảo hiểm y tế\n", "bảo hiểm y tế (áp dụng đạt cho cả nam và nữ)\n")
    loading = a_file(house, words)
    (problem,) = selectors.composed(loading).problems
    assert (problem.row, problem.answer) == (1, "cả nam và nữ")
    admin = house.people["admin"]
    loading = answering.answer(admin, loading.pk, uuid4(), 1, problem.answer)
    assert selectors.composed(loading).result is not None
    loading = answering.replace_file(admin, loading.pk, uuid4(), (words + "\n").encode(), "b.yaml")
    assert selectors.composed(loading).result is not None, "the answer holds for the same words"


def test_a_mended_file_takes_the_place_of_the_one_before_which_is_kept(house: World) -> None:
    admin, key = house.people["admin"], uuid4()
    loading = a_file(house, WRITTEN.replace("value: 90", "value: 190"))
    before = loading.original
    for _ in range(2):
        loading = answering.replace_file(admin, loading.pk, key, WRITTEN.encode(), "sua.yaml")
    assert selectors.composed(loading).result is not None
    assert files.originals.exists(before)
    assert loading.edits.count() == 1
    assert AuditLine.objects.filter(verb="thay tệp của bản nạp").count() == 1


REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"", "Tệp trống"),
    (b"a: 1", "không phải bộ tiêu chí"),
    (b"format: dinhlang.measures/1", "danh mục số liệu"),
    (b"\xff\xfe\x00", "UTF-8"),
    (b"format: dinhlang.criteria/1\n" + b"#" * (2 * 1024 * 1024), "lớn hơn 2 MB"),
)


@pytest.mark.parametrize(("content", "words"), REFUSED)
def test_what_is_no_set_is_refused_and_nothing_is_kept(
    house: World, content: bytes, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        services.load(
            house.people["admin"], uuid4(), None, services.Given(Origin.YAML, content, "a.yaml")
        )
    assert not Loading.objects.exists()


@pytest.mark.parametrize(
    "evil", ["!!python/object/apply:os.system ['true']", "&a [*a]", "{" * 200, "[" * 500]
)
def test_a_hostile_file_is_faults_and_never_runs(house: World, evil: str) -> None:
    found = selectors.composed(a_file(house, WRITTEN + f"note: {evil}\n"))
    assert found.result is None
    assert found.problems


def test_rows_of_a_file_are_mended_in_the_file(house: World) -> None:
    loading, admin = a_file(house), house.people["admin"]
    with pytest.raises(services.NotAllowedHere, match="Hãy sửa trong tệp"):
        services.change_row(admin, loading.pk, uuid4(), 1, {"common": "≥ 5%"})


# --- Answers, place, nothing new


def a_table(house: World, name: str) -> Loading:
    admin = house.people["admin"]
    words = f"Số tiêu chí\tTên tiêu chí\tTên chỉ tiêu\tNhóm 1\tNhóm 2\tNhóm 3\n1\tA\t{name}\n"
    paste = services.Given(Origin.PASTE, words.encode())
    return services.load(admin, uuid4(), None, paste)


def test_an_answer_is_kept_once_and_falls_when_the_words_change(house: World) -> None:
    admin, key = house.people["admin"], uuid4()
    loading = a_table(house, "Duy trì liên tục 3 năm\tĐạt\tĐạt\tĐạt")
    for _ in range(2):
        loading = answering.answer(admin, loading.pk, key, 1, "liên tục 3 năm")
    assert loading.rows[0]["answered"] == ["liên tục 3 năm"]
    assert selectors.composed(loading).of_row(1) == []
    kept = services.change_row(admin, loading.pk, uuid4(), 1, {"note": "đã xem"})
    assert kept.rows[0]["answered"] == ["liên tục 3 năm"]
    changed = services.change_row(admin, loading.pk, uuid4(), 1, {"name": "Giữ liên tục 5 năm"})
    assert "answered" not in changed.rows[0]
    verbs = AuditLine.objects.filter(verb="xác nhận yêu cầu đã thể hiện lời văn")
    assert verbs.count() == 1


def test_an_answer_can_be_taken_back(house: World) -> None:
    admin = house.people["admin"]
    loading = a_table(house, "Duy trì liên tục 3 năm\tĐạt\tĐạt\tĐạt")
    answering.answer(admin, loading.pk, uuid4(), 1, "liên tục 3 năm")
    loading = answering.answer(admin, loading.pk, uuid4(), 1, "liên tục 3 năm", expressed=False)
    assert selectors.composed(loading).of_row(1)


def test_an_empty_group_that_the_decision_leaves_open_is_written_as_not_loaded(
    house: World,
) -> None:
    loading = a_table(house, "Tỷ lệ hộ thử\t≥ 95%\t≥ 90%\t")
    loading = answering.answer(house.people["admin"], loading.pk, uuid4(), 1, "Nhóm 3 để trống")
    assert loading.rows[0]["g3"] == "Chưa nạp"
    assert selectors.composed(loading).of_row(1) == []


def test_where_it_holds_can_be_mended_by_who_manages_there(house: World) -> None:
    admin, province = house.people["admin"], house.places["province"]
    loading = a_file(house)
    assert answering.change_place(admin, loading.pk, uuid4(), province).place == province
    with pytest.raises(services.NotAllowedHere):
        answering.change_place(admin, loading.pk, uuid4(), house.places["a"])
    assert AuditLine.objects.filter(verb="đổi nơi áp dụng của bản nạp").count() == 1


def test_the_very_same_text_is_not_sent_a_second_time(house: World) -> None:
    admin, second = house.people["admin"], house.people["second"]
    first = a_file(house)
    services.approve(second, services.send(admin, first.pk, 0).pk)
    again = a_file(house)
    with pytest.raises(services.NotAllowedHere, match="giống hệt"):
        services.send(admin, again.pk, again.revision)
    assert LawText.objects.count() == 1
