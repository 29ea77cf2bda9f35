"""An indicator that papers are looked at for, by its set and number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from dinhlang.lawbook.selectors import library
from dinhlang.places.models import Unit

from ..models import EvidenceLink


@dataclass(frozen=True, slots=True)
class Asked:
    """One indicator of one set, with the words people know it by."""

    set_id: str
    set_short: str
    number: str
    name: str
    criterion: str

    @property
    def words(self) -> str:
        """“2.2 Tỷ lệ đường thôn được cứng hóa”."""
        return f"{self.number} {self.name}"

    @property
    def query(self) -> str:
        """How addresses name it."""
        return urlencode({"bo": self.set_id, "so": self.number})


def asked(set_id: str, number: str) -> Asked | None:
    """The indicator; None where there is no such set or no such number in it."""
    found = library().sets.get(set_id)
    if found is None:
        return None
    for criterion in found.criteria:
        for each in criterion.indicators:
            if each.number == number:
                return Asked(set_id, found.short, number, each.name, criterion.number)
    return None


def proving(unit: Unit, about: Asked, papers: Iterable[int]) -> set[int]:
    """Which of these papers are attached to the indicator at the place."""
    links = EvidenceLink.objects.filter(
        place=unit, set_id=about.set_id, number=about.number, removed_at=None,
        evidence__in=list(papers),
    )  # fmt: skip
    return set(links.values_list("evidence_id", flat=True))
