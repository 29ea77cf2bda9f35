"""What the readers of requirements ask of the law of a day; ``library.Law`` is one such."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from .sets import CriteriaSet, Measure


class EffectiveSet(Protocol):
    """A set as it stands on a day, amended, with the hash of that version."""

    @property
    def set(self) -> CriteriaSet:
        """The set with everything applied that amends it."""
        ...

    @property
    def hash(self) -> str:
        """The digest of its content."""
        ...


class LawOfDay(Protocol):
    """All sets and measures as they stand on one day in one place."""

    @property
    def on(self) -> date:
        """The day of the assessment."""
        ...

    @property
    def measures(self) -> Mapping[str, Measure]:
        """What is measured, by id."""
        ...

    def get(self, set_id: str) -> EffectiveSet | None:
        """The set of that id as amended, None where it is not loaded."""
        ...
