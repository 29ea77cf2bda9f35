"""Which criterion the words of a task name: by its number, by its name, by what it is about. Pure.

A number (“TC2”, “tiêu chí số 8”, “chỉ tiêu 8.1”) and a name after “tiêu chí” are certain, and so is
a name of three syllables or more wherever it stands. A shorter name in running words (“thu nhập”)
is only a proposal: people decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dinhlang.law.sets import CriteriaSet
from dinhlang.vietnamese import new_tone, nfc

_NUMBERS = r"\d{1,2}(?:\s*(?:,|và|;)\s*\d{1,2}(?![\d.,/%]))*"
_NUMBERED = re.compile(rf"(?:\btc\s?|\btiêu chí\s+(?:số\s+)?)({_NUMBERS})(?![\d.,]*\d|\s*%)")
_INDICATOR = re.compile(r"\bchỉ tiêu\s+(?:số\s+)?(\d{1,2}\.\d{1,2})\b")
_LIST = re.compile(r"\b(?:các )?tiêu chí\s*(?:số\s+|về\s+|là\s+)?:?\s*$")
_CERTAIN = 3
"""From so many syllables a name says by itself that the criterion is meant."""


@dataclass(frozen=True, slots=True)
class Named:
    """A criterion that the words name: ``why`` are those words; ``sure`` as the module says."""

    number: str
    name: str
    why: str
    sure: bool
    indicator: str = ""


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """The words in lower case with one placement of the tone mark, and without other signs.

    Diacritics stay: “điện” is not “diện”.
    """
    lower = new_tone(nfc(text).lower())
    return " ".join(re.sub(r"[^\w.,;/%:]+", " ", lower).split())


def bare(text: str) -> str:
    """Words alone, without any sign, to look for phrases in."""
    return " ".join(re.sub(r"[^\w]+", " ", plain(text)).split())


def holds(words: str, phrase: str) -> bool:
    """Whether the phrase stands in the words as whole syllables; both are ``bare``."""
    return f" {phrase} " in f" {words} "


def named(text: str, names: Mapping[str, Sequence[str]]) -> list[Named]:
    """The criteria that the words name, the certain ones first, each once.

    ``names``: by number what the criterion is called, in the law and in the paper.
    """
    found: dict[str, Named] = {}
    said = plain(text)
    for match in _INDICATOR.finditer(said):
        number = match[1].partition(".")[0]
        if number in names:
            found.setdefault(number, _made(number, names, match[0], True, match[1]))
    for match in _NUMBERED.finditer(said):
        for number in re.findall(r"\d+", match[1]):
            if number in names:
                found.setdefault(number, _made(number, names, match[0], True))
    words = bare(text)
    for number, called in names.items():
        if number not in found and (one := _by_name(words, number, called, names)):
            found[number] = one
    return sorted(_whole(found.values(), words), key=lambda each: not each.sure)


def _made(
    number: str, names: Mapping[str, Sequence[str]], why: str, sure: bool, indicator: str = ""
) -> Named:
    return Named(number, names[number][0], why.strip(), sure, indicator)


def _by_name(
    words: str, number: str, called: Sequence[str], names: Mapping[str, Sequence[str]]
) -> Named | None:
    unsure = None
    for name in called:
        phrase = bare(name)
        if not phrase or not holds(words, phrase):
            continue
        before = f" {words} ".split(f" {phrase} ")[:-1]
        after_word = any(_LIST.search(f"{part} ") for part in before)
        if after_word or len(phrase.split()) >= _CERTAIN:
            why = f"tiêu chí {name}" if after_word else name
            return _made(number, names, why, True)
        if len(phrase.split()) > 1:
            unsure = _made(number, names, name, False)
    return unsure


def _whole(found: Iterable[Named], words: str) -> list[Named]:
    """Without short names that stand only inside a longer one that was found."""
    rows = list(found)
    long = sorted((bare(each.name) for each in rows), key=len, reverse=True)
    kept = []
    for each in rows:
        rest, own = f" {words} ", bare(each.name)
        for other in long:
            if other != own and holds(other, own):
                rest = rest.replace(f" {other} ", "  ")
        if holds(" ".join(rest.split()), own) or not holds(words, own):
            kept.append(each)
    return kept


def names_of(law: CriteriaSet, more: Mapping[str, Sequence[str]] | None = None) -> dict[
    str, list[str]
]:  # fmt: skip
    """By number the names of the set's criteria, then those that a paper gives them."""
    return {
        each.number: [each.name, *(more or {}).get(each.number, ())]
        for each in law.criteria
        if each.number.isdigit()
    }
