"""Places in the paper: from lines and words to the quotes that findings carry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.unwrapped import Lines as WholeLines
from dinhlang.papers.checking.text.unwrapped import lines_of
from dinhlang.papers.plan import Lines, Plan

# Markdown emphasis and heading marks, list bullets and spaces that may stand before the words.
_LEAD = re.compile(r"[\s#*_+•–—-]+")
_CLAUSE_END = re.compile(r"[;!?]|(?<!\d)\.(?=\s|$)|(?<=\d)\.(?=\s+[^\W\d_]|$)")
LONGEST_QUOTE = 160
_LETTERS = re.compile(r"[^\W\d_]+")
_LONGEST_HEAD = 60
_ANY_DIGIT = re.compile(r"[\d²³¹⁰⁴-⁹₀-₉①-⑳]")
_LONGEST_LETTER_HEAD = 20


def has_digit(line: str) -> bool:
    """Whether a digit stands in ``line``, a raised or a circled one too."""
    return _ANY_DIGIT.search(line) is not None


def lead(line: str) -> int:
    """How many characters of list marks, Markdown marks and spaces ``line`` begins with."""
    if line[:1].isalnum():
        return 0
    match = _LEAD.match(line)
    return match.end() if match else 0


def numbered(plan: Plan, lines: Lines | None = None) -> Iterator[tuple[int, str]]:
    """The lines of the paper that are not blank, with their 1-based numbers.

    A line wrapped by the page comes whole, under the number of its first piece within ``lines``.
    """
    whole_lines = lines_of(plan)
    if lines is None:
        return iter(whole_lines.whole)
    text = plan.text
    first, last = max(lines[0], 1), min(lines[1], len(text))
    if last == len(text):
        return iter(whole_lines.behind(first))
    return _within(whole_lines, first, last)


def _within(lines: WholeLines, first: int, last: int) -> Iterator[tuple[int, str]]:
    for number in range(first, last + 1):
        line = lines.text[number - 1]
        if line and not line.isspace() and not lines.carries_on(number, first):
            yield number, lines.joined(number, last)


def words_of(line: str) -> str:
    """The words of a line without its marks, cut at a space where they are long."""
    words = line[lead(line) :].rstrip(" *_#")
    if len(words) <= LONGEST_QUOTE:
        return words
    return words[:LONGEST_QUOTE].rsplit(" ", 1)[0]


def whole(plan: Plan, lines: Lines) -> Place:
    """The place made of ``lines``, quoting the first of them that is not blank."""
    for _, line in numbered(plan, lines):
        return Place(lines=lines, quote=words_of(line))
    return Place(lines=lines)


def at(number: int, quote: str) -> Place:
    """The place of ``quote`` on the line ``number``."""
    return Place(lines=(number, number), quote=quote)


def find(plan: Plan, lines: Lines, pattern: re.Pattern[str]) -> Place | None:
    """The first place within ``lines`` that ``pattern`` finds, with the words found."""
    for number, line in numbered(plan, lines):
        match = pattern.search(line)
        if match:
            return at(number, match[0].strip())
    return None


def locate(plan: Plan, lines: Lines, *patterns: re.Pattern[str]) -> Place:
    """Like ``find`` for the first pattern that is found; otherwise the whole of ``lines``."""
    for pattern in patterns:
        place = find(plan, lines, pattern)
        if place:
            return place
    return whole(plan, lines)


def words_in_lines(plan: Plan) -> list[list[str]]:
    """The words of letters alone of each line of ``numbered(plan)``, made once for all checks."""
    kept = lines_of(plan).kept
    if "words" not in kept:
        kept["words"] = [_LETTERS.findall(line) for _, line in numbered(plan)]
    found: list[list[str]] = kept["words"]
    return found


@dataclass(slots=True, frozen=True)
class Clause:
    """A clause of one line: its line number, its words and where they begin in the line."""

    number: int
    text: str
    start: int


def clauses(
    plan: Plan, lines: Lines | None = None, only: Callable[[str], bool] | None = None
) -> Iterator[Clause]:
    """The paper cut at semicolons and ends of sentences; a dot inside a number cuts nothing.

    ``only`` passes over whole lines, for speed.
    """
    for number, line in numbered(plan, lines):
        if only is None or only(line):
            yield from _cut(number, line)


@lru_cache(maxsize=2048)
def _cut(number: int, line: str) -> tuple[Clause, ...]:
    """The clauses of a line; many checks cut the same lines."""
    out = []
    start = 0
    for mark in _CLAUSE_END.finditer(line):
        if line[start : mark.start()].strip():
            out.append(Clause(number, line[start : mark.start()], start))
        start = mark.end()
    if line[start:].strip():
        out.append(Clause(number, line[start:], start))
    return tuple(out)


def title_line(plan: Plan) -> int | None:
    """The line that names the kind of the paper (KẾ HOẠCH …); None without one, as in a letter."""
    lines = lines_of(plan)
    if lines.title is None:
        found = (n for n, line in numbered(plan, (1, _LONGEST_HEAD)) if _names_kind(line))
        lines.title = next(found, 0)
    return lines.title or None


def _names_kind(line: str) -> bool:
    return _KIND.match(line, lead(line)) is not None


def head(plan: Plan) -> Lines:
    """The lines of the head: down to the title, in a letter the first twenty."""
    return (1, title_line(plan) or min(_LONGEST_LETTER_HEAD, max(len(plan.text), 1)))


def is_plan(plan: Plan) -> bool:
    """Whether the paper gives out work for goals: a letter or a report need not."""
    return plan.document.kind in ("plan", "campaign")


_KIND = re.compile(
    r"(KẾ HOẠCH|CHƯƠNG TRÌNH|PHƯƠNG ÁN|ĐỀ ÁN|BÁO CÁO|QUYẾT ĐỊNH|TỜ TRÌNH|THÔNG BÁO|BIÊN BẢN"
    r"|HƯỚNG DẪN|NGHỊ QUYẾT)\b(?! MỤC TIÊU| MTQG)"
)


def listed(items: Iterable[object], most: int = 6) -> str:
    """``a, b và c``; after ``most`` items the rest is only counted."""
    texts = [str(item) for item in items]
    if len(texts) > most:
        return f"{', '.join(texts[:most])} và {len(texts) - most} chỗ khác"
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} và {texts[-1]}"
