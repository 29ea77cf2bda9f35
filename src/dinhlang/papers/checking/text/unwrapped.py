"""Lines as the writer meant them: what the page or the program wrapped is put together again.

Checks go over the paper line by line; a sentence of a PDF runs over several. ``Lines`` knows which
lines belong together and finds words of the joined text in the paper again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import Any, TypeVar

from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.blocks import blocks_in

T = TypeVar("T")


@dataclass(slots=True)
class Lines:
    """The lines of a paper; ``rest`` are those that carry on, by the line they carry on from."""

    text: tuple[str, ...]
    rest: dict[int, tuple[int, ...]] = field(default_factory=dict)
    head: dict[int, int] = field(default_factory=dict)
    citations: Any = None  # kept here by cited.py, as many checks ask for them
    kept: dict[Any, Any] = field(default_factory=dict, repr=False)  # what else was found
    title: int | None = None  # kept here by places.py: 0 where there is none
    body: list[tuple[int, str]] | None = field(default=None, repr=False)  # by sections.py
    _whole: list[tuple[int, str]] | None = field(default=None, repr=False)
    _behind: dict[int, list[tuple[int, str]]] = field(default_factory=dict, repr=False)

    def joined(self, number: int, last: int) -> str:
        """The line ``number`` and what carries it on down to the line ``last``."""
        line = self.text[number - 1]
        if number not in self.rest and number not in self.head:
            return line
        following = self._after(number, last)
        if not following:
            return line
        words = [line.rstrip(), *(self.text[each - 1].strip() for each in following)]
        return " ".join(words)

    @property
    def whole(self) -> list[tuple[int, str]]:
        """All lines that are not blank, each with what carries it on."""
        if self._whole is None:
            last = len(self.text)
            self._whole = [
                (number, self.joined(number, last))
                for number, line in enumerate(self.text, 1)
                if number not in self.head and line and not line.isspace()
            ]
        return self._whole

    def behind(self, first: int) -> list[tuple[int, str]]:
        """The lines that are not blank from the line ``first`` on, as ``whole``."""
        if first not in self._behind:
            last = len(self.text)
            self._behind[first] = [
                (number, self.joined(number, last))
                for number, line in enumerate(self.text[first - 1 :], first)
                if line and not line.isspace() and not self.carries_on(number, first)
            ]
        return self._behind[first]

    def carries_on(self, number: int, first: int) -> bool:
        """Whether the line belongs to one at or behind ``first``."""
        return self.head.get(number, 0) >= first

    def find(self, number: int, words: str) -> list[tuple[int, str]]:
        """Where ``words`` of the joined line ``number`` stand: line by line; empty if nowhere."""
        start = self.joined(number, len(self.text)).find(words)
        if start < 0 or not words:
            return []
        end, at, out = start + len(words), 0, []
        for each in (number, *self._after(number, len(self.text))):
            raw = self.text[each - 1]
            piece = raw.rstrip() if each == number else raw.strip()
            begin, stop = max(start - at, 0), min(end - at, len(piece))
            if begin < stop and piece[begin:stop].strip():
                out.append((each, piece[begin:stop].strip()))
            at += len(piece) + 1
        return out

    def _after(self, number: int, last: int) -> tuple[int, ...]:
        following = self.rest.get(number)
        if following is None:
            above = self.head.get(number)
            following = tuple(n for n in self.rest.get(above or 0, ()) if n > number)
        return tuple(each for each in following if each <= last)


def lines_of(plan: Plan) -> Lines:
    """The lines of a plan, made once for all checks."""
    global _latest
    text = plan.text
    known, lines = _latest
    if known is not text or len(lines.text) != len(text):
        lines = _lines(tuple(text))
        _latest = text, lines
    return lines


def once(find: Callable[[Plan], Iterable[T]]) -> Callable[[Plan], tuple[T, ...]]:
    """What ``find`` finds in the lines of a plan and in nothing else of it, made once a paper."""

    @wraps(find)
    def found(plan: Plan) -> tuple[T, ...]:
        kept = lines_of(plan).kept
        if find not in kept:
            kept[find] = tuple(find(plan))
        told: tuple[T, ...] = kept[find]
        return told

    return found


@lru_cache(maxsize=4)
def _lines(text: tuple[str, ...]) -> Lines:
    found = Lines(text)
    for block in blocks_in(text):
        if block.is_row or block.column or block.lines[0] == block.lines[1]:
            continue
        numbers = list(dict.fromkeys(line for _, line, _ in block.runs))
        if len(numbers) > 1 and text[numbers[0] - 1].isupper() == text[numbers[1] - 1].isupper():
            found.rest[numbers[0]] = tuple(numbers[1:])
            found.head.update(dict.fromkeys(numbers[1:], numbers[0]))
    return found


# The paper asked for last: comparing all its lines each time would take longer than the checks.
_latest: tuple[list[str], Lines] = ([], Lines(()))
