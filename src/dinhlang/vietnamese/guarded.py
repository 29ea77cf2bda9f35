"""Patterns that look for plain words before they are tried, for speed.

A pattern of many wordings is tried at every letter of a line; that one of the words it cannot do
without stands there at all is known much sooner. Those words are read off the pattern itself, so
that a pattern may be widened without a thought for them. Where all that a pattern can find begins
with one of a few words, it is tried where they stand and nowhere else. Otherwise a pattern that
takes capitals for small letters is tried on the small letters first, which is much quicker than
comparing both at each.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dinhlang.vietnamese.folding import lower

_PARSER: Any = vars(re)["_parser"]
_MOST_WORDS = 60
_LEAST_LETTERS = 2
_NOT_ESCAPED = re.compile(r"(\\.|\(\?P[<=>]\w+)|[^\\(]+")
_A_DIGIT, _BEGINNING = "\0d", "\0^"  # as starts of a pattern
_DIGIT = re.compile(r"\d")
_FEW = 3
_MOST_SETS = 3  # of needed words asked one after the other
_MOST_STARTS = 64
_MOST_LETTERS = 6  # of a class at the start, each of which begins a word of its own
_LONG_ENOUGH = 10  # letters of a start
_COST = 0.06  # of one word more, in letters of the shortest


class Guarded:
    """A pattern with the words of which one stands in small letters wherever it is found."""

    __slots__ = ("_anchored", "_begins", "_digits", "_guards", "_small", "_starts", "pattern")

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self._guards: tuple[tuple[str, ...], ...] = ()
        self._starts: tuple[str, ...] = ()
        self._anchored = self._digits = self._begins = False
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
    def guards(self) -> tuple[tuple[str, ...], ...]:
        """Sets of words: one word of each stands in every text the pattern is found in."""
        if not self._guards:
            words, flags = self.pattern.pattern, self.pattern.flags
            parts = _PARSER.parse(words, flags)
            guards = _told_apart(_needed(parts))
            starts = _starts(parts) if "(?m" not in words and not flags & re.MULTILINE else ()
            self._digits, self._begins = _A_DIGIT in starts, _BEGINNING in starts
            self._starts = tuple(word for word in starts if word not in (_A_DIGIT, _BEGINNING))
            self._anchored = bool(starts)
            if guards and len(guards[0]) >= len(starts) > _FEW:
                guards = guards[1:]  # to look where it may begin costs no more
            self._guards = guards or (("",),)
        return self._guards

    @property
    def words(self) -> tuple[str, ...]:
        """Of one of these the pattern cannot do without; one empty word where there are none."""
        found = _told_apart(_needed(_PARSER.parse(self.pattern.pattern, self.pattern.flags)))
        return found[0] if found else ("",)

    def search(self, text: str, *within: int) -> re.Match[str] | None:
        """As ``re.Pattern.search``."""
        low = lower(text)
        for words in self._guards or self.guards:
            for word in words:
                if word in low:
                    break
            else:
                return None
        if self._anchored:
            match, end = self.pattern.match, within[1:]
            for spot in self._spots(low, *within):
                if found := match(text, spot, *end):
                    return found
            return None
        small = self._small or self.small
        if small is self.pattern:
            return small.search(text, *within)
        found = small.search(low, *within)
        return self.pattern.match(text, found.start(), *within[1:]) if found else None

    def finditer(self, text: str, *within: int) -> Iterator[re.Match[str]]:
        """As ``re.Pattern.finditer``."""
        low = lower(text)
        for words in self._guards or self.guards:
            for word in words:
                if word in low:
                    break
            else:
                return iter(())
        if self._anchored:
            return self._at(text, self._spots(low, *within), *within[1:])
        small = self._small or self.small
        if small is self.pattern:
            return small.finditer(text, *within)
        return self._again(text, small.finditer(low, *within), *within[1:])

    def _spots(self, low: str, first: int = 0, end: int = sys.maxsize) -> list[int]:
        """Where the pattern may be found, in order."""
        spots = []
        for word in self._starts:
            if word in low:
                spot = low.find(word, first, end)
                while spot >= 0:
                    spots.append(spot)
                    spot = low.find(word, spot + 1, end)
        if self._digits:
            spots += [digit.start() for digit in _DIGIT.finditer(low, first, end)]
        if self._begins and not first:
            spots.append(0)
        spots.sort()
        return spots

    def _at(self, text: str, spots: list[int], *end: int) -> Iterator[re.Match[str]]:
        """What is found at the spots, each behind the one before."""
        behind = 0
        for spot in spots:
            if spot >= behind and (match := self.pattern.match(text, spot, *end)):
                behind = match.end()
                yield match

    def _again(
        self, text: str, found: Iterator[re.Match[str]], *end: int
    ) -> Iterator[re.Match[str]]:
        """What was found in the small letters, as it stands in the text."""
        for each in found:
            if match := self.pattern.match(text, each.start(), *end):
                yield match

    def match(self, text: str, *within: int) -> re.Match[str] | None:
        """As ``re.Pattern.match``, without a look for the words."""
        return self.pattern.match(text, *within)

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


def _told_apart(every: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """The sets of words that tell most, the best first; of two alike only one."""
    found = sorted({_without_longer(words) for words in every}, key=_worth, reverse=True)
    telling = [words for words in found if min(map(len, words)) >= _LEAST_LETTERS]
    return tuple(telling[:_MOST_SETS])


def _needed(parts: Any) -> list[Sequence[str]]:
    """Sets of words: one of each set stands in whatever the parts in a row match."""
    every: list[Sequence[str]] = []
    run = ""
    for operator, argument in [*parts, (None, None)]:
        letter = _letter(str(operator), argument)
        if letter:
            run += letter
            continue
        if run:
            every.append([run])
        run = ""
        every += _of_part(str(operator), argument)
    return every


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


def _of_part(operator: str, argument: Any) -> list[Sequence[str]]:
    if operator == "SUBPATTERN":
        return _needed(argument[-1])
    if operator == "ATOMIC_GROUP":
        return _needed(argument)
    if operator in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and argument[0] > 0:
        return _needed(argument[2])
    if operator == "BRANCH":
        ways = [max(_needed(each), key=_worth, default=None) for each in argument[1]]
        if all(ways):
            found = _without_longer([word for way in ways for word in way or ()])
            return [found] if len(found) <= _MOST_WORDS else []
    return []


def _worth(words: Sequence[str]) -> float:
    shortest = min(len(word.strip()) for word in words)
    return (shortest if shortest >= _LEAST_LETTERS else 0) - _COST * len(words)


def _starts(parts: Any) -> tuple[str, ...]:
    """Small letters with one of which whatever the parts match begins; none where they are many.

    ``_A_DIGIT`` and ``_BEGINNING`` stand for any digit and for the beginning of the text.
    """
    if not parts.getwidth()[0]:
        return ()
    done, open_ = _begun(parts, [""])
    found = sorted({*done, *open_})
    kept = [word for word in found if not any(word.startswith(e) for e in found if e != word)]
    if len(kept) > _MOST_STARTS or any(_is_common(word) for word in found):
        return ()
    return tuple(kept)


def _is_common(start: str) -> bool:
    """Whether a start stands all over a text: a blank, one letter alone, nothing at all."""
    bare = start.strip()
    return not bare or (len(bare) < _LEAST_LETTERS and bare.isalpha())


def _begun(parts: Any, heads: list[str]) -> tuple[list[str], list[str]]:
    """The heads with what the parts set behind them: those at an end, and those that may go on."""
    done: list[str] = []
    for operator, argument in parts:
        name = str(operator)
        if name == "AT" and str(argument) == "AT_BEGINNING" and heads == [""]:
            return [*done, _BEGINNING], []
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        tails = _tails(name, argument)
        if tails is None:
            return done + heads, []
        ended, open_ = tails
        done += [_joined(head, tail) for head in heads for tail in ended]
        heads = [head + tail for head in heads for tail in open_]
        done += [head for head in heads if len(head) >= _LONG_ENOUGH]
        heads = [head for head in heads if len(head) < _LONG_ENOUGH]
        if not heads or len(done) + len(heads) > 4 * _MOST_STARTS:
            break
    return done, heads


def _joined(head: str, tail: str) -> str:
    """A start with what follows; a digit, any of which may follow, ends it."""
    return head or tail if tail in (_A_DIGIT, _BEGINNING) else head + tail


def _tails(operator: str, argument: Any) -> tuple[list[str], list[str]] | None:
    """What a part begins with: words at an end, words that may go on; None where not known."""
    if operator == "LITERAL":
        return [], [chr(argument).lower()]
    if operator == "IN":
        if all(str(each) == "CATEGORY_DIGIT" for _, each in argument):
            return [_A_DIGIT], []
        if any(str(kind) != "LITERAL" for kind, _ in argument):
            return None
        letters = sorted({chr(each).lower() for _, each in argument})
        return ([], letters) if len(letters) <= _MOST_LETTERS else None
    if operator == "SUBPATTERN":
        return _begun(argument[-1], [""])
    if operator == "ATOMIC_GROUP":
        return _begun(argument, [""])
    if operator == "BRANCH":
        ways = [_begun(way, [""]) for way in argument[1]]
        return [w for way in ways for w in way[0]], [w for way in ways for w in way[1]]
    if operator in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, inner = argument
        done, open_ = _begun(inner, [""])
        if most != 1:
            done, open_ = done + open_, []
        return done, ([*open_, ""] if not least else open_)
    return None
