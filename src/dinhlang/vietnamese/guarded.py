"""Patterns that look for plain words before they are tried, for speed.

A pattern of many wordings is tried at every letter of a line; that one of the words it cannot do
without stands there at all is known much sooner. Those words are read off the pattern itself, so
that a pattern may be widened without a thought for them. A pattern that takes capitals for small
letters is tried on the small letters first, which is much quicker than comparing both at each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from dinhlang.vietnamese.folding import lower

_PARSER: Any = vars(re)["_parser"]
_MOST_WORDS = 60
_LEAST_LETTERS = 2
_NOT_ESCAPED = re.compile(r"(\\.|\(\?P[<=>]\w+)|[^\\(]+")
_COST = 0.06  # of one word more, in letters of the shortest


class Guarded:
    """A pattern with the words of which one stands in small letters wherever it is found."""

    __slots__ = ("_small", "_words", "pattern")

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self._words: tuple[str, ...] | None = None
        self._small: re.Pattern[str] | None = None

    @property
    def small(self) -> re.Pattern[str]:
        """A pattern that finds in the small letters what this one finds in the text."""
        if self._small is None:
            words, flags = self.pattern.pattern, self.pattern.flags
            if flags & re.IGNORECASE and "(?i" not in words and "À-" not in words:
                low = _NOT_ESCAPED.sub(lambda match: match[1] or match[0].lower(), words)
                self._small = re.compile(low, flags & ~re.IGNORECASE)
            else:
                self._small = self.pattern
        return self._small

    @property
    def words(self) -> tuple[str, ...]:
        """The words; one empty word where the pattern can do without any."""
        if self._words is None:
            found = _needed(_PARSER.parse(self.pattern.pattern, self.pattern.flags))
            self._words = _without_longer(found) if found else ("",)
        return self._words

    def may_be(self, text: str) -> bool:
        """Whether one of the words stands in ``text``."""
        return any_in(self._words or self.words, lower(text))

    def search(self, text: str, *within: int) -> re.Match[str] | None:
        """As ``re.Pattern.search``."""
        low = lower(text)
        for word in self._words or self.words:
            if word in low:
                break
        else:
            return None
        small = self._small or self.small
        if small is self.pattern:
            return small.search(text, *within)
        found = small.search(low, *within)
        return self.pattern.match(text, found.start(), *within[1:]) if found else None

    def finditer(self, text: str, *within: int) -> Iterator[re.Match[str]]:
        """As ``re.Pattern.finditer``."""
        low = lower(text)
        for word in self._words or self.words:
            if word in low:
                break
        else:
            return iter(())
        small = self._small or self.small
        if small is self.pattern:
            return small.finditer(text, *within)
        if small.search(low, *within) is None:
            return iter(())
        return self._again(text, small.finditer(low, *within), *within[1:])

    def _again(
        self, text: str, found: Iterator[re.Match[str]], *end: int
    ) -> Iterator[re.Match[str]]:
        """What was found in the small letters, as it stands in the text."""
        for each in found:
            if match := self.pattern.match(text, each.start(), *end):
                yield match

    def findall(self, text: str) -> list[Any]:
        """As ``re.Pattern.findall``."""
        return self.pattern.findall(text) if self.search(text) else []

    def sub(self, instead: str, text: str) -> str:
        """As ``re.Pattern.sub``."""
        return self.pattern.sub(instead, text) if self.search(text) else text


def any_in(words: Sequence[str], text: str) -> bool:
    """Whether one of the words stands in the text."""
    for word in words:  # noqa: SIM110 - a loop is quicker than any()
        if word in text:
            return True
    return False


def guarded(pattern: str, flags: int = 0) -> Guarded:
    """The pattern, compiled, behind a look for its words."""
    return Guarded(re.compile(pattern, flags))


def _without_longer(words: Sequence[str]) -> tuple[str, ...]:
    """The words without those in which another stands: the shorter one finds both."""
    kept: list[str] = []
    for word in sorted(set(words), key=lambda each: (len(each), each)):
        if not any(each in word for each in kept):
            kept.append(word)
    return tuple(kept)


def _needed(parts: Any) -> Sequence[str] | None:
    """Words of which one stands in whatever the parts in a row match; None where none need be."""
    best: Sequence[str] | None = None
    run = ""
    for operator, argument in [*parts, (None, None)]:
        letter = _letter(str(operator), argument)
        if letter:
            run += letter
            continue
        best, run = _better(best, [run] if run else None), ""
        best = _better(best, _of_part(str(operator), argument))
    return best


def _letter(operator: str, argument: Any) -> str:
    """The one small letter a part matches; empty for any other part."""
    if operator == "LITERAL":
        letters = {chr(argument).lower()}
    elif operator == "IN" and all(str(kind) == "LITERAL" for kind, _ in argument):
        letters = {chr(each).lower() for _, each in argument}
    else:
        return ""
    letter = letters.pop()
    return letter if not letters and len(letter) == 1 else ""


def _of_part(operator: str, argument: Any) -> Sequence[str] | None:
    if operator == "SUBPATTERN":
        return _needed(argument[-1])
    if operator == "ATOMIC_GROUP":
        return _needed(argument)
    if operator in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and argument[0] > 0:
        return _needed(argument[2])
    if operator == "BRANCH":
        ways = [_needed(each) for each in argument[1]]
        if all(ways):
            found = _without_longer([word for way in ways for word in way or ()])
            return found if len(found) <= _MOST_WORDS else None
    return None


def _better(one: Sequence[str] | None, other: Sequence[str] | None) -> Sequence[str] | None:
    """Of two sets of words the one that says more: longer words, fewer of them."""
    found = [each for each in (one, other) if each]
    return max(found, key=_worth, default=None)


def _worth(words: Sequence[str]) -> float:
    shortest = min(len(word.strip()) for word in words)
    return (shortest if shortest >= _LEAST_LETTERS else 0) - _COST * len(words)
