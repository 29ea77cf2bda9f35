"""The register of documents that plans cite: what is known of a number, and how well.

Made of ``register.yaml`` beside this module, which holds every decision behind the criteria sets
that are shipped (a test compares it with ``from_library(shipped())``; loading all sets only to
check a paper would take longer than checking it). A document of a province is known in that
province only: the same number stands on other papers elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from dinhlang.law.provenance import Checked
from dinhlang.vietnamese import fold

if TYPE_CHECKING:
    from dinhlang.law.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A document that amends or replaces another, ``on`` its day where that is known."""

    number: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A document: ``about`` are folded words its title always holds, ``never`` those
    it never does; ``province`` None: all."""

    number: str
    issuer: str
    title: str
    on: date | None = None
    in_force: date | None = None
    province: str | None = None
    about: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    period: tuple[int, int] | None = None
    checked: Checked = "unverified"
    amended_by: tuple[Later, ...] = ()
    replaced_by: Later | None = None

    @property
    def certain(self) -> bool:
        """Whether a citation that says otherwise may be called wrong."""
        return self.checked in ("sourced", "approved")


class Register:
    """Documents by their number."""

    def __init__(self, documents: Iterable[Known]) -> None:
        self._by_number: dict[str, list[Known]] = {}
        for known in documents:
            self._by_number.setdefault(key(known.number), []).append(known)

    def find(self, number: str, province: str | None = None) -> Known | None:
        """The document cited as ``number`` in a paper of ``province``; None where unknown."""
        for known in self._by_number.get(key(number), ()):
            if known.province is None or fold(known.province) == fold(province or ""):
                return known
        return None

    def __iter__(self) -> Iterator[Known]:
        for documents in self._by_number.values():
            yield from documents


@lru_cache(maxsize=2048)
def key(number: str) -> str:
    """A number without what writers vary: spaces, case, leading zeros, the kind of dash."""
    plain = re.sub(r"\s", "", fold(number)).replace("-", "/").lower()
    return re.sub(r"^0+", "", plain)


@cache
def register() -> Register:
    """The register in force, read once."""
    # Here and not above: what does not check citations need not load them.
    from importlib import resources

    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = resources.files(__package__).joinpath("register.yaml").read_text("utf-8")
    return Register(_documents(yaml.load(text, Loader=loader)))


def _documents(data: Mapping[str, Any]) -> Iterator[Known]:
    if data.get("format") != "dinhlang.register/1":
        raise ValueError("register.yaml: format phải là dinhlang.register/1")
    for row in data["documents"]:
        period = row.get("period")
        replaced = row.get("replaced_by")
        yield Known(
            number=row["number"],
            issuer=row["issuer"],
            title=row["title"],
            on=row.get("date"),
            in_force=row.get("in_force"),
            province=row.get("province"),
            about=tuple(fold(words) for words in row.get("about", ())),
            never=tuple(fold(words) for words in row.get("never", ())),
            period=(period[0], period[1]) if period else None,
            checked=row["checked"],
            amended_by=tuple(_later(each) for each in row.get("amended_by", ())),
            replaced_by=_later(replaced) if replaced else None,
        )


def _later(row: Mapping[str, Any]) -> Later:
    return Later(number=row["number"], on=row.get("date"))


def from_library(library: Library) -> Iterator[Known]:
    """The decisions behind the sets and amendments of ``library``, samples left out."""
    territories = {name: each.territory for name, each in library.sets.items()}
    for each in library.documents:
        decision = each.decision
        if each.sample or not decision.number:
            continue
        amends = getattr(each, "amends", "")
        territory = each.territory or territories.get(amends)
        yield Known(
            number=decision.number,
            issuer=decision.issuer,
            title=decision.title,
            on=decision.date,
            in_force=each.valid_from,
            province=territory.name if territory else None,
            period=getattr(each, "years", None),
            checked=decision.provenance.checked,
        )
