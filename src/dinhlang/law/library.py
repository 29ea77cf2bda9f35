"""All law that is known, and what of it holds on a day at a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType

from . import checking
from .amending import amended, in_order
from .errors import LawError, Problem
from .reading import read_measures, read_set
from .references import circles
from .sets import Amendment, CriteriaSet, Measure, SetLevel, SubjectLevel, Territory
from .walking import numbers
from .writing import digest

NOWHERE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Effective:
    """A set as it stands on a day at a place. ``hash``: of its content, however it came about."""

    set: CriteriaSet
    hash: str


class Library:
    """Sets, amendments and measures. Never changed; ``plus`` makes a larger one."""

    def __init__(
        self,
        sets: Iterable[CriteriaSet] = (),
        amendments: Iterable[Amendment] = (),
        measures: Iterable[Measure] = (),
    ) -> None:
        self.sets: Mapping[str, CriteriaSet] = MappingProxyType({each.id: each for each in sets})
        self.amendments = tuple({each.id: each for each in in_order(amendments)}.values())
        self.shared_measures = tuple({each.id: each for each in measures}.values())
        own = [measure for document in self.documents for measure in document.measures]
        self.measures: Mapping[str, Measure] = MappingProxyType(
            {each.id: each for each in (*own, *self.shared_measures)}
        )
        self._made: dict[tuple[str, ...], Effective] = {}

    @property
    def documents(self) -> tuple[CriteriaSet | Amendment, ...]:
        """All sets, then all amendments."""
        return (*self.sets.values(), *self.amendments)

    def plus(
        self,
        sets: Iterable[CriteriaSet] = (),
        amendments: Iterable[Amendment] = (),
        measures: Iterable[Measure] = (),
    ) -> Library:
        """This library and more; a new document stands before an old one of the same id."""
        return Library(
            (*self.sets.values(), *sets),
            (*self.amendments, *amendments),
            (*self.shared_measures, *measures),
        )

    def at(self, on: date, territories: frozenset[str] = NOWHERE) -> Law:
        """The law on a day for a unit in the provinces with these official codes."""
        return Law(self, on, territories)

    @property
    def numbers(self) -> dict[str, frozenset[str]]:
        """The numbers of criteria and indicators of every set, those added later as well."""
        found = {name: numbers(each) for name, each in self.sets.items()}
        for amendment in self.amendments:
            found[amendment.amends] = found.get(amendment.amends, frozenset()) | numbers(amendment)
        return found

    def problems(self) -> list[Problem]:
        """What does not fit together: references to nothing, and all ``conflicts``.

        Files are checked one by one when they are read; this is what only shows between them.
        """
        known, shared = self.numbers, {each.id: each for each in self.shared_measures}
        return [
            Problem(0, " › ".join(filter(None, (document.id, fault.number))), fault.message)
            for document in self.documents
            for fault in checking.check(document, shared, known)
        ] + self.conflicts()

    def conflicts(self) -> list[Problem]:
        """Impossible amendments, measures that are two things, sets that ask in a circle."""
        found = dict.fromkeys(
            problem
            for name in dict.fromkeys(each.amends for each in self.amendments)
            for problem in self._amending_problems(name)
        )
        found.update((problem, None) for problem in self._measure_problems())
        for circle in circles(self.sets, self.amendments):
            message = f"các bộ đòi hỏi lẫn nhau thành vòng: {' → '.join(circle)}."
            found.update((Problem(0, name, message), None) for name in circle)
        return list(found)

    def _measure_problems(self) -> Iterator[Problem]:
        """A measure entered once serves all sets: one id cannot mean two things."""
        known = {each.id: (each, "số liệu dùng chung") for each in self.shared_measures}
        for document in self.documents:
            for measure in document.measures:
                other, place = known.setdefault(measure.id, (measure, document.id))
                if other != measure:
                    message = (
                        f"số liệu “{measure.id}” đã có ở {place} với nội dung khác; hãy dùng "
                        "số liệu ấy, hoặc đặt mã khác."
                    )
                    yield Problem(0, document.id, message)

    def _amending_problems(self, name: str) -> Iterator[Problem]:
        """Of one set, at each place that has rules of its own, on each day when one begins."""
        rows = [each for each in self.amendments if each.amends == name]
        places = {each.territory.code for each in rows if each.territory is not None}
        for codes in [NOWHERE, *(frozenset([code]) for code in sorted(places))]:
            for day in sorted(
                {each.valid_from for each in rows if _reaches(each.territory, codes)}
            ):
                try:
                    self.effective(name, day, codes)
                except LawError as error:
                    yield from error.problems

    def effective(self, name: str, on: date, territories: frozenset[str]) -> Effective | None:
        """The set with what amends it on that day at that place; worked out once each."""
        base = self.sets.get(name)
        if base is None:
            return None
        applied = [
            each
            for each in self.amendments
            if each.amends == name
            and _is_in_force(each, on)
            and _reaches(each.territory, territories)
        ]
        key = (name, *(each.id for each in applied))
        if key not in self._made:
            made = amended(base, applied)
            self._made[key] = Effective(made, digest(made))
        return self._made[key]


class Law:
    """The law on one day at one place."""

    def __init__(
        self,
        library: Library,
        on: date,
        territories: frozenset[str] = NOWHERE,
        instead: Mapping[str, Effective] | None = None,
    ) -> None:
        self.library = library
        self.on = on
        self.territories = territories
        self._instead = dict(instead or {})

    @property
    def measures(self) -> Mapping[str, Measure]:
        """All measures by their ids."""
        return self.library.measures

    def get(self, name: str) -> Effective | None:
        """The set with all that amends it here and today, in force itself or not; None: unknown.

        Raises ``LawError`` where an amendment does not fit the set.
        """
        if name in self._instead:
            return self._instead[name]
        return self.library.effective(name, self.on, self.territories)

    def in_force(
        self, level: SetLevel | None = None, subject: SubjectLevel | None = None
    ) -> list[Effective]:
        """The sets in force, the place's own before the national ones of the same level.

        A set is left out once a set that replaces it has begun here.
        """
        here = [
            each for each in self.library.sets.values()
            if each.valid_from <= self.on and _reaches(each.territory, self.territories)
        ]  # fmt: skip
        replaced = {name for each in here for name in each.replaces}
        found = [
            each
            for each in here
            if each.id not in replaced
            and _is_in_force(each, self.on)
            and level in (None, each.level)
            and subject in (None, each.subject)
        ]
        found.sort(key=lambda each: (each.territory is None, -each.valid_from.toordinal(), each.id))
        return [each for each in (self.get(one.id) for one in found) if each is not None]

    def instead(self, changed: CriteriaSet) -> Law:
        """The same law with one set as given, whatever amends it: to ask what would be."""
        made = Effective(changed, digest(changed))
        return Law(self.library, self.on, self.territories, {**self._instead, changed.id: made})


@cache
def shipped() -> Library:
    """The law that comes with the program. Raises ``LawError`` with all that is wrong in it."""
    library, problems = read_library(shipped_texts())
    if problems:
        raise LawError(problems, "bộ tiêu chí kèm theo")
    return library


def read_library(texts: Iterable[tuple[str, str]]) -> tuple[Library, list[Problem]]:
    """The library of files (name and text) as far as they can be read, and what is wrong.

    A file named ``measures.yaml`` holds shared measures; all others are sets and amendments.
    """
    documents: list[CriteriaSet | Amendment] = []
    measures: list[Measure] = []
    problems: list[Problem] = []
    for name, text in texts:
        try:
            if name.rpartition("/")[2] == "measures.yaml":
                measures += read_measures(text, name)
            else:
                documents.append(read_set(text, name))
        except LawError as error:
            problems += [
                Problem(each.line, " › ".join(filter(None, (name, each.path))), each.message)
                for each in error.problems
            ]
    library = Library(
        [each for each in documents if isinstance(each, CriteriaSet)],
        [each for each in documents if isinstance(each, Amendment)],
        measures,
    )
    return library, problems


def shipped_texts() -> list[tuple[str, str]]:
    """The files that come with the program: name below ``sets/`` and text, measures first."""
    root = resources.files(__package__) / "sets"
    found = []
    for folder in sorted(root.iterdir(), key=lambda each: each.name):
        if folder.name.endswith(".yaml"):
            found.append((folder.name, folder.read_text("utf-8")))
        elif folder.is_dir():
            found += [
                (f"{folder.name}/{file.name}", file.read_text("utf-8"))
                for file in sorted(folder.iterdir(), key=lambda each: each.name)
                if file.name.endswith(".yaml")
            ]
    return found


def _is_in_force(document: CriteriaSet | Amendment, on: date) -> bool:
    return document.valid_from <= on and (document.valid_to is None or on < document.valid_to)


def _reaches(territory: Territory | None, territories: frozenset[str]) -> bool:
    return territory is None or territory.code in territories
