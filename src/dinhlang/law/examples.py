"""Runs the hand-worked cases beside the sets: facts in, verdict and reason out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources

from .checking import KIND_WORDS
from .errors import LawError, Problem
from .evaluating import evaluate
from .explaining import Explanation, explain
from .library import Law, Library
from .reading.examples import Example, Expected, read_example
from .sets import Measure
from .subjects import Fact
from .verdicts import Counts, IndicatorVerdict, SetVerdict, State

__all__ = ["Example", "Outcome", "read_example", "run", "shipped_examples"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case; ``differences``: where that is not what was expected, in Vietnamese."""

    example: Example
    law: Law
    verdict: SetVerdict
    differences: tuple[str, ...]

    def explained(self, number: str) -> Explanation | None:
        """The reasons for an indicator; None where the set has no such number."""
        found = _indicators(self.verdict).get(number)
        return None if found is None else explain(found, self.law, self.verdict.set)


def run(
    example: Example, library: Library, set_id: str | None = None, on: date | None = None
) -> Outcome:
    """Holds a case against its set, or the set and day given instead.

    Raises ``LawError`` where the set is not known, no day is given, or a fact is of a measure
    that does not exist or of another kind.
    """
    name, day = set_id or example.set, on or example.on
    if day is None:
        raise LawError([Problem(0, "on", "Thiếu ngày đánh giá.")], example.title)
    law = library.at(day, example.territories)
    effective = law.get(name)
    if effective is None:
        raise LawError([Problem(0, "set", f"Không có bộ tiêu chí “{name}”.")], example.title)
    faults = [
        Problem(line, "facts", message)
        for line, fact in example.facts
        for message in _fact_faults(fact, law)
    ]
    if faults:
        raise LawError(faults, example.title)
    verdict = evaluate(effective, example.subject, law)
    return Outcome(example, law, verdict, tuple(_differences(example, verdict, law)))


def shipped_examples() -> list[tuple[str, str]]:
    """The cases that come with the program: name below ``sets/`` and text."""
    root = resources.files(__package__) / "sets"
    found = []
    for folder in sorted(root.iterdir(), key=lambda each: each.name):
        examples = folder / "examples"
        for file in examples.iterdir() if examples.is_dir() else ():
            if file.name.endswith(".yaml"):
                found.append((f"{folder.name}/examples/{file.name}", file.read_text("utf-8")))
    return sorted(found)


def _fact_faults(fact: Fact, law: Law) -> Iterator[str]:
    measure = law.measures.get(fact.measure)
    if measure is None:
        yield f"Không có số liệu “{fact.measure}”."
        return
    if not _fits(fact, measure):
        yield f"Số liệu “{measure.id}” là {KIND_WORDS[measure.kind]}; nội dung ghi không khớp."
    if fact.grade is not None and measure.scale and fact.grade not in measure.scale:
        yield f"“{fact.grade}” không có trong thang: {', '.join(measure.scale)}."
    if fact.sex and not measure.by_sex:
        yield f"Số liệu “{measure.id}” không tách nam, nữ."


def _fits(fact: Fact, measure: Measure) -> bool:
    match measure.kind:
        case "yes_no":
            return fact.yes is not None
        case "grade":
            return fact.grade is not None
        case "rate":
            return fact.value is not None or fact.denominator is not None
    return fact.value is not None


def _differences(example: Example, verdict: SetVerdict, law: Law) -> Iterator[str]:
    expect = example.expect
    if expect is None:
        return
    if expect.state is not None and verdict.state is not expect.state:
        yield f"cả bộ: {_instead(expect.state, verdict.state)}"
    criteria = {each.criterion.number: each.state for each in verdict.criteria}
    for wanted in expect.criteria:
        yield from _state_difference("tiêu chí", wanted, criteria.get(wanted.number))
    found = _indicators(verdict)
    for wanted in expect.indicators:
        there = found.get(wanted.number)
        yield from _state_difference("chỉ tiêu", wanted, None if there is None else there.state)
        if there is not None and wanted.words:
            said = "\n".join(_said(explain(there, law, verdict.set)))
            for words in wanted.words:
                if words.casefold() not in said.casefold():
                    yield (
                        f"chỉ tiêu {wanted.number} (dòng {wanted.line}): "
                        f"lý do không có “{words}” mà là: {said}"
                    )
    yield from _count_differences("tiêu chí", expect.criteria_counts, verdict.criteria_counts)
    yield from _count_differences("chỉ tiêu", expect.indicator_counts, verdict.indicator_counts)


def _state_difference(what: str, wanted: Expected, state: State | None) -> Iterator[str]:
    if state is None:
        yield f"{what} {wanted.number} (dòng {wanted.line}): bộ không có {what} này"
    elif wanted.state is not None and state is not wanted.state:
        yield f"{what} {wanted.number} (dòng {wanted.line}): {_instead(wanted.state, state)}"


def _instead(wanted: State, state: State) -> str:
    return f"mong đợi “{wanted.words}”, kết quả “{state.words}”"


def _count_differences(what: str, wanted: dict[str, int], counts: Counts) -> Iterator[str]:
    for name, number in wanted.items():
        found = getattr(counts, name)
        if found != number:
            yield f"số {what} “{State(name).words}”: mong đợi {number}, kết quả {found}"


def _said(explanation: Explanation) -> Iterable[str]:
    """Everything an explanation says."""
    yield explanation.summary
    yield from (f"{line.label} {line.text}" for line in explanation.lines)
    yield from explanation.missing
    yield explanation.rule
    yield explanation.path
    yield from explanation.lineage


def _indicators(verdict: SetVerdict) -> dict[str, IndicatorVerdict]:
    return {
        each.indicator.number: each
        for criterion in verdict.criteria
        for each in criterion.indicators
    }
