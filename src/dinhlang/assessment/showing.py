"""How states and provenance look: word, tone and icon together, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from dinhlang.law.provenance import Checked, Provenance
from dinhlang.law.verdicts import State

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Look:
    """A word with its tone (class of ``base.css``) and its icon."""

    words: str
    tone: str
    icon: str


STATES = {
    State.MET: Look(State.MET.words, "ok", "✓"),
    State.NOT_MET: Look(State.NOT_MET.words, "no", "✕"),
    State.UNKNOWN: Look(State.UNKNOWN.words, "wait", "?"),
    State.NOT_APPLICABLE: Look(State.NOT_APPLICABLE.words, "na", "–"),
}
CHECKED_TONES: dict[Checked, str] = {
    "sourced": "ok",
    "approved": "ok",
    "quoted": "na",
    "unverified": "wait",
    "sample": "wait",
    "not_loaded": "no",
}
CHECKED_ICONS: dict[Checked, str] = {
    "sourced": "✓",
    "approved": "✓",
    "quoted": "“",
    "unverified": "!",
    "sample": "!",
    "not_loaded": "○",
}


def state(found: State | str) -> Look:
    """How a state looks."""
    return STATES[State(found)]


def checked(provenance: Provenance) -> Look:
    """How far something was checked."""
    found = provenance.checked
    return Look(provenance.words, CHECKED_TONES[found], CHECKED_ICONS[found])


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read: ``href`` only for a public address."""

    words: str
    href: str = ""


def sources(given: tuple[str, ...]) -> list[Source]:
    """The sources with short words; an address is shown by its host."""
    found = []
    for each in given:
        if each.startswith(("https://", "http://")):
            found.append(Source(each.split("/")[2].removeprefix("www."), each))
        else:
            found.append(Source(each))
    return found
