"""Many units at once: tables from objects and from rows, exact numbers, what is asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from dinhlang.law.compiling import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    STATES,
    UNKNOWN,
    Rows,
    compile_set,
    table_of,
    table_of_rows,
)
from dinhlang.law.compiling.tables import texts
from dinhlang.law.evaluating import evaluate
from dinhlang.law.requirements import (
    BothSexes,
    ByRegion,
    Children,
    Compare,
    Consecutive,
    Exception_,
    Grade,
    IfPresent,
    MeetsSet,
    Recognised,
    Requirement,
    Trend,
)
from dinhlang.law.subjects import Fact, Subject

from .small import ON, Effective, at, fact, num, small_law, small_set, unit, villages, yes

MILLION = 10**6


def rows_of(units: list[Subject]) -> Rows:
    """The observations of the units as a database gives them."""

    def millionths(number: Decimal | None) -> int | None:
        return None if number is None else int(number * MILLION)

    found: list[tuple[Any, ...]] = []
    for place, subject in enumerate(units):
        for facts in subject.facts.values():
            found += [
                (
                    place, each.measure, each.sex, each.year, millionths(each.value),
                    millionths(each.numerator), millionths(each.denominator), each.yes,
                    each.grade or "", each.source, each.valid_to and each.valid_to.isoformat(),
                )
                for each in facts
            ]  # fmt: skip
    return Rows(*([list(column) for column in zip(*found, strict=True)] or [[]] * 11))


def codes(requirement: Requirement, units: list[Subject], **about: Any) -> list[int]:
    """The codes of one requirement; both tables must give the same, and so must one by one."""
    made = small_set(requirement)
    law = small_law(made)
    program = compile_set(Effective(made), law)
    found = program.run(table_of(units)).indicators[0].tolist()
    below = {}
    if any(subject.children for subject in units):
        kids = [(n, kid) for n, each in enumerate(units) for kid in each.children["village"]]
        parents = np.array([n for n, _ in kids], dtype=np.int64)
        only = [kid for _, kid in kids]
        below["village"] = (table_of_rows(len(only), rows_of(only)), parents)
    table = table_of_rows(
        len(units),
        rows_of(units),
        regions=texts(subject.region for subject in units),
        below=below,
    )
    assert program.run(table).indicators[0].tolist() == found
    alone = [evaluate(Effective(made), subject, law) for subject in units]
    assert [STATES[code] for code in found] == [
        verdict.criteria[0].indicators[0].state for verdict in alone
    ]
    return found


def test_each_unit_gets_its_own_answer() -> None:
    units = [unit(fact("duong_thon", said)) for said in ((95, 100), ("94.9", 100), (0, 0), 99)]
    units.append(unit())
    assert codes(at("duong_thon", ">=", 95), units) == [
        MET,
        NOT_MET,
        NOT_APPLICABLE,
        MET,
        UNKNOWN,
    ]


CASES: list[tuple[Requirement, list[Fact]]] = [
    (Grade(measure="xoa_mu", at_least="Mức độ 2"), [fact("xoa_mu", "Mức độ 2")]),
    (Recognised(measure="cong_nhan", standard="A"),
     [fact("cong_nhan", True, valid_to=date(2024, 1, 1))]),
    (Trend(measure="vu_viec", direction="falling", years=2),
     [fact("vu_viec", n, y) for n, y in ((3, 2022), (2, 2023), (1, 2024))]),
    (Consecutive(years=2, part=yes("co_cho")),
     [fact("co_cho", True), fact("co_cho", False, 2023)]),
    (Consecutive(years=1, part=yes("co_cho"), before=True),
     [fact("co_cho", False), fact("co_cho", True, 2023)]),
    (BothSexes(part=at("bhyt", ">=", 90)),
     [fact("bhyt", 91, sex="male"), fact("bhyt", (9, 10), sex="female")]),
    (IfPresent(measure="so_ngheo", part=yes("co_cho")),
     [fact("so_ngheo", 0), fact("co_cho", False)]),
    (at("thu_nhap", ">=", 64), [fact("thu_nhap", 70, source="report")]),
    (Compare(measure="ho_ngheo", operator="<=", threshold=num(1),
             exceptions=(Exception_(measure="bao_tro", text="x"),)),
     [fact("ho_ngheo", (15, 1005)), fact("bao_tro", 5)]),
    (Compare(measure="diem", operator=">=", threshold=ByRegion(cases=(("BTB", num(5)),))),
     [fact("diem", 5)]),
]  # fmt: skip


@pytest.mark.parametrize(("requirement", "facts"), CASES)
def test_rows_of_a_database_and_objects_make_the_same_table(
    requirement: Requirement, facts: list[Fact]
) -> None:
    units = [unit(*facts, region="BTB"), unit(), unit(*facts[:1], region="TN")]
    codes(requirement, units)


def test_units_below_are_counted_for_the_unit_above() -> None:
    units = [
        unit(children=villages(True, True)),
        unit(children=villages(True, False)),
        unit(children=villages(True, None)),
        unit(children={"village": ()}),
    ]
    requirement = Children(level="village", part=yes("co_cho"), operator=">=", threshold=num(100))
    assert codes(requirement, units) == [MET, NOT_MET, UNKNOWN, UNKNOWN]


@pytest.mark.parametrize("power", [3, 12, 17, 30])
def test_numbers_too_large_for_a_machine_word_stay_exact(power: int) -> None:
    base = Decimal(10) ** power
    requirement = at("duong_thon", ">=", "66.6666666666666666666666666666666666")
    below = Fact(measure="duong_thon", year=2024, numerator=base * 2 - 1, denominator=base * 3)
    above = Fact(measure="duong_thon", year=2024, numerator=base * 2, denominator=base * 3)
    made = small_set(requirement)
    law = small_law(made)
    found = compile_set(Effective(made), law).run(table_of([unit(below), unit(above)]))
    assert found.indicators[0].tolist()[1] == MET
    for place, each in enumerate((below, above)):
        alone = evaluate(Effective(made), unit(each), law)
        assert STATES[found.indicators[0, place]] is alone.criteria[0].state


def test_no_units_and_no_facts_give_no_answers() -> None:
    made = small_set(yes("co_cho"))
    program = compile_set(Effective(made), small_law(made))
    assert program.run(table_of([])).indicators.shape == (1, 0)
    assert program.run(table_of_rows(2, rows_of([]))).whole.tolist() == [UNKNOWN, UNKNOWN]


def test_a_program_tells_what_its_tables_must_contain() -> None:
    other = small_set(at("diem", ">=", 5), id="mau/khac")
    made = small_set(
        Trend(measure="vu_viec", direction="falling", years=2),
        Consecutive(years=3, part=yes("co_cho")),
        Children(level="village", part=yes("cua_hang"), operator=">=", threshold=num(1)),
        MeetsSet(set="mau/khac", recognition="cong_nhan"),
    )
    needs = compile_set(Effective(made), small_law(made, other)).needs
    assert needs.measures == {"vu_viec", "co_cho", "diem", "cong_nhan"}
    assert needs.earlier == {"vu_viec": ON.year - 2, "co_cho": ON.year - 2}
    assert needs.below["village"].measures == {"cua_hang"}


def test_states_are_found_by_number() -> None:
    made = small_set(yes("co_cho"), yes("cho_chuan"))
    found = compile_set(Effective(made), small_law(made)).run(
        table_of([unit(fact("cho_chuan", False))])
    )
    assert found.criterion("2").tolist() == [NOT_MET]
    assert found.indicator("1.1").tolist() == [UNKNOWN]
    assert found.state(0) is STATES[NOT_MET]
