"""Reads the files of the law: YAML by hand into sets, amendments and measures.

Strict: whatever is not understood is a fault, and all faults of a file are told at once, each
with its line and what to do. ``docs/law-files.md`` describes the form.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from dinhlang.law import checking
from dinhlang.law.errors import LawError, Problem
from dinhlang.law.sets import Amendment, CriteriaSet, Measure

from . import sets as files
from .nodes import Cell, Reading, compose, known_formats

SET, AMENDMENT, MEASURES = (
    "dinhlang.criteria/1", "dinhlang.amendment/1", "dinhlang.measures/1",
)  # fmt: skip
_READERS: dict[str, Callable[[Cell], CriteriaSet | Amendment]] = {
    SET: files.criteria_set,
    AMENDMENT: files.amendment,
}


def read_set(
    text: str,
    name: str,
    measures: Mapping[str, Measure] | None = None,
    sets: Mapping[str, Collection[str]] | None = None,
) -> CriteriaSet | Amendment:
    """The set or amendment written in ``text``; ``name`` is the file's, for messages.

    ``measures`` known elsewhere and ``sets`` (each id with the numbers of its criteria and
    indicators, see ``Library.numbers``) are needed to find references to nothing; without them
    those are not looked for. Raises ``LawError`` with everything that is wrong.
    """
    reading = Reading(name)
    root = compose(text, reading)
    kind = known_formats(root, _READERS)
    if kind is None:
        raise LawError(reading.problems(), name)
    read = _READERS[kind](root)
    _finish(reading, checking.check(read, measures, sets))
    return read


def read_measures(text: str, name: str) -> tuple[Measure, ...]:
    """The measures written in ``text``. Raises ``LawError`` with everything that is wrong."""
    reading = Reading(name)
    root = compose(text, reading)
    if known_formats(root, {MEASURES: None}) is None:
        raise LawError(reading.problems(), name)
    read = files.measures(root)
    _finish(reading, checking.check_measures(read))
    return read


def _finish(reading: Reading, faults: Iterable[checking.Fault]) -> None:
    """Adds what makes no sense to what could not be read; raises where there is anything.

    A place that could not be read is not complained of a second time.
    """
    problems = reading.problems()
    for fault in faults:
        cell = next(
            (reading.places[id(each)] for each in fault.at if id(each) in reading.places), None
        )
        if cell is None:
            problems.append(Problem(0, fault.number, fault.message))
        elif not any(cell.holds(unread) for unread, _ in reading.faults):
            problems.append(cell.problem(fault.message))
    if problems:
        raise LawError(problems, reading.name)
