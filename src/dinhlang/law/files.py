"""Checks files of the law together, as their author sees them: what is wrong, on which line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from . import examples
from .errors import LawError, Problem
from .library import Library
from .reading import read_measures, read_set
from .reading.examples import EXAMPLE
from .reading.nodes import Reading, compose, known_formats
from .sets import Amendment, CriteriaSet, Measure

_FORMATS = ("dinhlang.criteria/1", "dinhlang.amendment/1", "dinhlang.measures/1", EXAMPLE)


@dataclass(slots=True)
class Checked:
    """One file: its kind (a format), what was read of it, and its problems by line."""

    name: str
    text: str
    kind: str = ""
    document: CriteriaSet | Amendment | None = None
    measures: tuple[Measure, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def check_files(texts: Iterable[tuple[str, str]], known: Library) -> tuple[list[Checked], Library]:
    """Every file (name and text) held against the others and against what is known already.

    A file with the id of a known set stands in its place. Returns the files in their order and
    the library with all of them that could be read. Cases are run and their differences told.
    """
    files = [Checked(name, text) for name, text in texts]
    for file in files:
        _first_look(file)
    documents = [file.document for file in files if file.document is not None]
    library = known.plus(
        [each for each in documents if isinstance(each, CriteriaSet)],
        [each for each in documents if isinstance(each, Amendment)],
        [measure for file in files for measure in file.measures],
    )
    _same_id_twice(files)
    for file in files:
        _second_look(file, library)
    _between(files, [each for each in library.conflicts() if each not in known.conflicts()])
    for file in files:
        file.problems.sort()
    return files, library


def _first_look(file: Checked) -> None:
    """Reads the file by itself."""
    try:
        reading = Reading(file.name)
        kind = known_formats(compose(file.text, reading), dict.fromkeys(_FORMATS))
        if kind is None:
            raise LawError(reading.problems(), file.name)
        file.kind = kind
        if kind == "dinhlang.measures/1":
            file.measures = read_measures(file.text, file.name)
        elif kind != EXAMPLE:
            file.document = read_set(file.text, file.name)
    except LawError as error:
        file.problems += error.problems


def _second_look(file: Checked, library: Library) -> None:
    """Follows its references, now that all files are known."""
    try:
        if file.kind == EXAMPLE:
            example = examples.read_example(file.text, file.name)
            differences = examples.run(example, library).differences
            file.problems += [Problem(0, "expect", words) for words in differences]
        elif file.document is not None:
            read_set(file.text, file.name, library.measures, library.numbers)
    except LawError as error:
        file.problems += error.problems


def _between(files: Sequence[Checked], conflicts: Iterable[Problem]) -> None:
    """Tells each conflict at the file it is about; else at the first, which brought it in.

    A file with faults of its own is mended first: its conflicts may only follow from them.
    """
    documents = {file.document.id: file for file in files if file.document is not None}
    faulty = {file.name for file in files if file.problems}
    for problem in conflicts:
        about = problem.path.partition(" › ")[0]
        file = documents.get(about, next(iter(documents.values())))
        told = any(problem.message == each.message for each in file.problems)
        if file.name not in faulty and not told:
            file.problems.append(problem)


def _same_id_twice(files: Sequence[Checked]) -> None:
    seen: dict[str, str] = {}
    for file in files:
        if file.document is None:
            continue
        name = file.document.id
        if name in seen:
            file.problems.append(Problem(0, "id", f"Mã “{name}” đã dùng trong {seen[name]}."))
        seen.setdefault(name, file.name)
