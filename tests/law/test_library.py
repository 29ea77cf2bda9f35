"""What law holds on which day and where, on the sets that are shipped and on made-up ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dinhlang.law.errors import LawError
from dinhlang.law.library import Law, Library, read_library, shipped
from dinhlang.law.requirements import AnyOf, ByYear, Compare, MeetsSet, Reached
from dinhlang.law.sets import Amendment, Change, CriteriaSet, Indicator, Territory
from dinhlang.law.writing import digest

NTM, ADVANCED, MODEL = (
    "qd-318-2022/xa-ntm", "qd-318-2022/xa-nang-cao", "qd-319-2022/xa-kieu-mau",
)  # fmt: skip
HAI_DUONG, PHU_THO = frozenset({"30"}), frozenset({"25"})
BEFORE_211, SINCE_211 = date(2024, 2, 29), date(2024, 3, 1)
BEFORE_51, SINCE_51 = date(2026, 2, 14), date(2026, 2, 15)


def made(law: Law, name: str) -> CriteriaSet:
    found = law.get(name)
    assert found is not None
    return found.set


def indicator(law: Law, name: str, number: str) -> Indicator | None:
    return next(
        (
            each
            for criterion in made(law, name).criteria
            for each in criterion.indicators
            if each.number == number
        ),
        None,
    )


def ids(law: Law, **which: object) -> list[str]:
    return [each.set.id for each in law.in_force(**which)]  # type: ignore[arg-type]


def test_all_that_is_shipped_fits_together() -> None:
    assert shipped().problems() == []


def test_what_is_shipped_is_read_once() -> None:
    assert shipped() is shipped()


def test_a_cooperative_group_counts_since_211_and_not_a_day_before() -> None:
    before = indicator(shipped().at(BEFORE_211), NTM, "13.1")
    since = indicator(shipped().at(SINCE_211), NTM, "13.1")
    assert before is not None and isinstance(before.requirement, Reached)
    assert since is not None and isinstance(since.requirement, AnyOf)
    assert "tổ hợp tác" in since.name.lower()


def test_211_turns_a_rate_into_a_thing_done() -> None:
    before = indicator(shipped().at(BEFORE_211), NTM, "15.4")
    since = indicator(shipped().at(SINCE_211), NTM, "15.4")
    assert before is not None and isinstance(before.requirement, Compare)
    assert since is not None and isinstance(since.requirement, Reached)


def test_211_takes_an_advanced_indicator_away() -> None:
    assert indicator(shipped().at(BEFORE_211), ADVANCED, "12.3") is not None
    assert indicator(shipped().at(SINCE_211), ADVANCED, "12.3") is None


def test_an_amended_set_has_another_hash_and_tells_its_lineage() -> None:
    before, since = (shipped().at(day).get(NTM) for day in (BEFORE_211, SINCE_211))
    assert before is not None and since is not None
    assert before.hash != since.hash
    assert since.hash == digest(since.set)
    first, second = since.set.lineage
    assert first.hash == digest(shipped().sets[NTM])
    assert (second.decision, second.valid_from) == ("211/QĐ-TTg", SINCE_211)
    assert {"13.1", "15.4"} <= set(second.numbers)


def test_the_same_state_of_the_law_is_worked_out_once() -> None:
    assert shipped().at(date(2023, 1, 1)).get(NTM) is shipped().at(date(2023, 12, 31)).get(NTM)


def test_hai_duong_lays_its_income_by_year_over_the_advanced_set() -> None:
    on = date(2023, 12, 31)
    here = indicator(shipped().at(on, HAI_DUONG), ADVANCED, "10")
    assert here is not None and isinstance(here.requirement, Compare)
    threshold = here.requirement.threshold
    assert isinstance(threshold, ByYear)
    assert [year for year, _ in threshold.cases] == [2022, 2023]
    assert here.provenance.checked == "quoted"

    elsewhere = indicator(shipped().at(on, PHU_THO), ADVANCED, "10")
    assert elsewhere is not None and elsewhere.requirement != here.requirement
    too_early = indicator(shipped().at(date(2022, 9, 25), HAI_DUONG), ADVANCED, "10")
    assert too_early == elsewhere


def test_51_replaces_the_sets_of_2022_on_its_day() -> None:
    assert NTM in ids(shipped().at(BEFORE_51))
    assert "qd-51-2025/xa-ntm" not in ids(shipped().at(BEFORE_51))
    now = ids(shipped().at(SINCE_51))
    assert "qd-51-2025/xa-ntm" in now
    assert not {NTM, ADVANCED, MODEL} & set(now)


def test_a_set_out_of_force_can_still_be_asked_for() -> None:
    late = shipped().at(date(2027, 1, 1))
    assert made(late, NTM).lineage[-1].decision == "211/QĐ-TTg"
    assert late.get("qd-khong-co/xa") is None


def test_a_province_sees_its_own_sets_before_the_national_ones_and_no_other_provinces() -> None:
    on = date(2024, 6, 1)
    models = ids(shipped().at(on, PHU_THO), level="model")
    assert models[0] == "qd-2467-2022-phu-tho/xa-kieu-mau"
    assert "qd-2467-2022-phu-tho/xa-kieu-mau" not in ids(shipped().at(on, HAI_DUONG))
    assert ids(shipped().at(on, HAI_DUONG), level="model") == [MODEL]


def test_sets_in_force_can_be_asked_for_by_level_and_subject() -> None:
    law = shipped().at(date(2024, 6, 1), frozenset({"38"}))
    assert {each.set.subject for each in law.in_force(subject="village")} == {"village"}
    assert {each.set.level for each in law.in_force(level="ntm")} == {"ntm"}


def base() -> CriteriaSet:
    return replace(shipped().sets[MODEL], id="qd-1/xa", replaces=(), territory=None)


def test_a_set_stays_replaced_when_its_follower_is_replaced_itself() -> None:
    first = replace(base(), valid_from=date(2020, 1, 1))
    second = replace(first, id="qd-2/xa", replaces=("qd-1/xa",), valid_from=date(2021, 1, 1))
    third = replace(first, id="qd-3/xa", replaces=("qd-2/xa",), valid_from=date(2022, 1, 1))
    library = Library([first, second, third])
    assert [ids(library.at(date(year, 6, 1))) for year in (2019, 2020, 2021, 2022)] == [
        [], ["qd-1/xa"], ["qd-2/xa"], ["qd-3/xa"],
    ]  # fmt: skip


def test_a_set_of_one_province_replaces_another_only_there() -> None:
    own = replace(
        base(), id="qd-2/xa", replaces=("qd-1/xa",), territory=Territory(code="25", name="Tỉnh")
    )
    library = Library([base(), own])
    assert ids(library.at(date(2024, 1, 1), PHU_THO)) == ["qd-2/xa"]
    assert ids(library.at(date(2024, 1, 1), HAI_DUONG)) == ["qd-1/xa"]


def test_the_last_day_is_the_one_before_valid_to() -> None:
    library = Library([replace(base(), valid_to=date(2024, 1, 1))])
    assert ids(library.at(date(2023, 12, 31))) == ["qd-1/xa"]
    assert ids(library.at(date(2024, 1, 1))) == []


def test_a_library_grows_without_changing_the_old_one() -> None:
    old = Library([base()])
    new = old.plus([replace(base(), title="Bản nạp sau"), replace(base(), id="qd-2/xa")])
    assert set(old.sets) == {"qd-1/xa"}
    assert old.sets["qd-1/xa"].title != new.sets["qd-1/xa"].title == "Bản nạp sau"


def test_what_if_a_set_were_different_touches_nothing_else() -> None:
    law = shipped().at(SINCE_211)
    changed = replace(made(law, NTM), title="Thử đổi")
    other = law.instead(changed)
    assert made(other, NTM).title == "Thử đổi"
    assert other.get(NTM) != law.get(NTM)
    assert other.get(ADVANCED) is law.get(ADVANCED)


def overlay(name: str, number: str, code: str) -> Amendment:
    first = shipped().sets["qd-739-2022-bac-giang/linh-vuc-kinh-te"]
    return Amendment(
        id=name, title="Riêng", amends="qd-1/xa", decision=first.decision,
        valid_from=date(2023, 1, 1), changes=(Change(number=number, repeal=True),),
        territory=Territory(code=code, name="Tỉnh"),
    )  # fmt: skip


def test_overlays_of_different_provinces_do_not_meet() -> None:
    number = base().criteria[0].number
    added = replace(base().criteria[0], number="99")
    new = Change(number="99", kind="criterion", add=replace(added, indicators=()))
    rows = [
        replace(overlay(name, number, code), changes=(replace(new, add=replace(
            added, indicators=(replace(added.indicators[0], number="99"),))),))
        for name, code in (("qd-2/xa", "25"), ("qd-3/xa", "30"))
    ]  # fmt: skip
    assert Library([base()], rows).conflicts() == []
    twice = [rows[0], replace(rows[1], territory=rows[0].territory)]
    assert "số này đã có" in Library([base()], twice).conflicts()[0].message


def test_problems_between_files_are_told_by_document_and_number() -> None:
    faulty = Library([base()], [overlay("qd-2/xa", "77", "25")], shipped().shared_measures)
    found = {(problem.path, problem.message) for problem in faulty.problems()}
    assert ("qd-2/xa › 77", "bộ không có chỉ tiêu 77 để sửa.") in found


def test_a_circle_made_by_an_amendment_is_found() -> None:
    number = base().criteria[0].indicators[0].number
    asks = Change(number=number, requirement=MeetsSet(set="qd-2/xa"))
    first = base().criteria[0]
    back = replace(
        first, indicators=(replace(first.indicators[0], requirement=MeetsSet(set="qd-1/xa")),)
    )
    library = Library(
        [base(), replace(base(), id="qd-2/xa", criteria=(back,))],
        [replace(overlay("qd-3/xa", number, "25"), changes=(asks,), territory=None)],
    )
    assert any("thành vòng" in problem.message for problem in library.conflicts())
    assert Library([base(), replace(base(), id="qd-2/xa", criteria=(back,))]).conflicts() == []


def test_files_that_cannot_be_read_leave_the_others_standing() -> None:
    library, problems = read_library([("a/xấu.yaml", "format: lạ\n"), ("measures.yaml", "x: 1\n")])
    assert not library.sets
    assert [problem.path.partition(" › ")[0] for problem in problems] == [
        "a/xấu.yaml", "measures.yaml",
    ]  # fmt: skip


def test_an_amendment_that_does_not_fit_is_refused_when_the_set_is_asked_for() -> None:
    library = Library([base()], [overlay("qd-2/xa", "77", "25")])
    with pytest.raises(LawError):
        library.at(date(2024, 1, 1), PHU_THO).get("qd-1/xa")
    assert library.at(date(2024, 1, 1)).get("qd-1/xa") is not None
