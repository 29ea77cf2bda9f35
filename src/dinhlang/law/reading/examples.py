"""Hand-worked cases, as they stand in a file: facts of a unit, and what must come of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import cast, get_args

from dinhlang.law.errors import LawError
from dinhlang.law.regions import REGIONS
from dinhlang.law.subjects import Fact, Sex, Source, Subject, subject_of
from dinhlang.law.verdicts import State

from .nodes import Cell, Reading, compose, known_formats

EXAMPLE = "dinhlang.example/1"
_STATES = tuple(str(state) for state in State)
_CONTENTS = ("value", "parts", "yes", "grade")
_CHILD_LEVELS = ("village", "commune", "district", "household")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What must come of an indicator: its state, and words that its reasons must hold."""

    number: str
    state: State | None = None
    words: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What must come of a case; None and empty: nothing is said of it."""

    state: State | None = None
    criteria: tuple[Expected, ...] = ()
    indicators: tuple[Expected, ...] = ()
    criteria_counts: dict[str, int] = field(default_factory=dict)
    indicator_counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A unit with its facts; ``set``, ``on`` and ``expect`` may be left out of a file of facts.

    ``territories``: official codes of its provinces. ``facts``: all that are given, those of
    units below as well, each with its line.
    """

    title: str
    subject: Subject
    set: str = ""
    on: date | None = None
    territories: frozenset[str] = frozenset()
    expect: Expectation | None = None
    sources: tuple[str, ...] = ()
    note: str = ""
    facts: tuple[tuple[int, Fact], ...] = ()


def read_example(text: str, name: str, *, complete: bool = True) -> Example:
    """The case written in ``text``; ``complete``: with set, day and what is expected.

    Raises ``LawError`` with everything that is wrong.
    """
    reading = Reading(name)
    root = compose(text, reading)
    if known_formats(root, {EXAMPLE: None}) is None:
        raise LawError(reading.problems(), name)
    run = ["set", "on", "expect"]
    found = root.mapping(
        ["format", "title", "unit", *(run if complete else [])],
        ["facts", "children", "sources", "note", *([] if complete else run)],
    )
    facts: list[tuple[int, Fact]] = []
    made = Example(
        title=_text(found, "title"),
        subject=_unit(found, facts),
        set=_text(found, "set"),
        on=found["on"].day() if "on" in found else None,
        territories=_territories(found),
        expect=_expectation(found["expect"]) if "expect" in found else None,
        sources=found["sources"].texts() if "sources" in found else (),
        note=_text(found, "note"),
        facts=tuple(facts),
    )
    if reading.faults:
        raise LawError(reading.problems(), name)
    return made


def _text(found: dict[str, Cell], key: str) -> str:
    return found[key].text() if key in found else ""


_UNIT = ("region", "group", "attributes", "territory")


def _unit(found: dict[str, Cell], facts: list[tuple[int, Fact]]) -> Subject:
    about = found["unit"].mapping(["name"], _UNIT) if "unit" in found else {}
    return _subject({**about, **{key: found[key] for key in ("facts", "children") if key in found}},
                    facts, None)  # fmt: skip


def _subject(
    found: dict[str, Cell], facts: list[tuple[int, Fact]], above: Subject | None
) -> Subject:
    """A unit; one below another lies in the same region and group unless it says otherwise."""
    region = found["region"].choice(tuple(REGIONS)) if "region" in found else None
    attributes = found["attributes"].entries() if "attributes" in found else {}
    own: list[Fact] = []
    for cell in found["facts"].items() if "facts" in found else ():
        own.append(_fact(cell))
        facts.append((cell.line, own[-1]))
    alone = subject_of(
        own,
        name=_text(found, "name"),
        region=region or (above.region if above else None),
        group=_text(found, "group") or (above.group if above else None),
        attributes={name: cell.text() for name, cell in attributes.items()},
    )
    children: dict[str, tuple[Subject, ...]] = {}
    for level, cell in (found["children"].entries() if "children" in found else {}).items():
        if level not in _CHILD_LEVELS:
            cell.fault(f"Không có cấp “{level}”; các cấp: {', '.join(_CHILD_LEVELS)}.")
        children[level] = tuple(
            _subject(each.mapping(["name"], [*_UNIT, "facts", "children"]), facts, alone)
            for each in cell.items(least=1)
        )
    return Subject(
        name=alone.name,
        region=alone.region,
        group=alone.group,
        attributes=alone.attributes,
        facts=alone.facts,
        children=children,
    )


def _fact(cell: Cell) -> Fact:
    found = cell.mapping(
        ["measure", "year"],
        [*_CONTENTS, "sex", "valid_to", "period_end", "source", "confirmed"],
    )
    given = [key for key in _CONTENTS if key in found]
    if len(given) != 1:
        cell.fault(
            "Mỗi số liệu có đúng một nội dung: value, parts [tử số, mẫu số], yes hoặc grade."
        )
    parts = _parts(found["parts"]) if "parts" in found else (None, None)
    sexes, sources = get_args(Sex)[1:], get_args(Source)
    return Fact(
        measure=_text(found, "measure"),
        year=(found["year"].whole(1990) if "year" in found else None) or 1990,
        sex=cast(Sex, found["sex"].choice(sexes)) if "sex" in found else "",
        value=found["value"].number() if "value" in found else None,
        numerator=parts[0],
        denominator=parts[1],
        yes=found["yes"].flag() if "yes" in found else None,
        grade=found["grade"].text() if "grade" in found else None,
        source=cast(Source, found["source"].choice(sources)) if "source" in found else "typed",
        confirmed=found["confirmed"].flag() if "confirmed" in found else True,
        period_end=found["period_end"].day() if "period_end" in found else None,
        valid_to=found["valid_to"].day() if "valid_to" in found else None,
    )


def _parts(cell: Cell) -> tuple[Decimal | None, Decimal | None]:
    numbers = [each.number() for each in cell.items()]
    if len(numbers) != 2:
        cell.fault("“parts” gồm hai số: [tử số, mẫu số].")
        return None, None
    numerator, denominator = numbers
    if numerator is not None and denominator is not None and not 0 <= numerator <= denominator:
        cell.fault(f"Tử số {numerator} phải từ 0 đến mẫu số {denominator}.")
    return numerator, denominator


def _territories(found: dict[str, Cell]) -> frozenset[str]:
    about = found["unit"].entries() if "unit" in found and found["unit"].is_mapping() else {}
    if "territory" not in about:
        return frozenset()
    cell = about["territory"]
    return frozenset(cell.texts()) if cell.is_list() else frozenset([cell.text()])


def _expectation(cell: Cell) -> Expectation:
    found = cell.mapping([], ["state", "criteria", "indicators", "counts", "indicator_counts"])
    if not found:
        cell.fault("Phải ghi ít nhất một kết quả mong đợi.")
    criteria = found["criteria"].entries() if "criteria" in found else {}
    indicators = found["indicators"].entries() if "indicators" in found else {}
    return Expectation(
        state=_state(found["state"]) if "state" in found else None,
        criteria=tuple(_expected(number, each) for number, each in criteria.items()),
        indicators=tuple(_expected(number, each) for number, each in indicators.items()),
        criteria_counts=_counts(found["counts"]) if "counts" in found else {},
        indicator_counts=_counts(found["indicator_counts"]) if "indicator_counts" in found else {},
    )


def _expected(number: str, cell: Cell) -> Expected:
    if not cell.is_mapping():
        return Expected(number=number, state=_state(cell), line=cell.line)
    found = cell.mapping([], ["state", "reason"])
    words: tuple[str, ...] = ()
    if "reason" in found:
        reason = found["reason"]
        words = reason.texts() if reason.is_list() else (reason.text(),)
    state = _state(found["state"]) if "state" in found else None
    return Expected(number=number, state=state, words=words, line=cell.line)


def _state(cell: Cell) -> State:
    return State(cell.choice(_STATES))


def _counts(cell: Cell) -> dict[str, int]:
    return {name: each.whole() or 0 for name, each in cell.mapping([], _STATES).items()}
