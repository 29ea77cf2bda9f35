"""Which column of a found table is which, by the words at its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dinhlang.vietnamese import fold

from ..sheet.columns import CASES, COLUMNS

Line = tuple[int, list[str]]
"""A row of a table: its number as Excel counts, and its cells."""

HEADING_WITHIN = 20
"""The headings are looked for in so many rows: papers like to put a title above them."""


def plain(words: str) -> str:
    """Words for comparing headings: no marks, no signs, single spaces."""
    return re.sub(r"[^a-z0-9]+", " ", fold(words)).strip()


_EXACT: dict[str, str] = {}
_BEGINS: list[tuple[str, str]] = []
for _column in COLUMNS:
    for _words in (_column.heading, *_column.others):
        _EXACT.setdefault(plain(_words), _column.key)
        # “Nhóm 1 (xã ven đô)”, “Chỉ tiêu chung cả nước”: longer words of the same beginning.
        if len(plain(_words)) >= 6:
            _BEGINS.append((plain(_words), _column.key))
_BEGINS.sort(key=lambda pair: -len(pair[0]))
_EITHER = "chi tieu"
"""“Chỉ tiêu” heads the names in one decision and the thresholds in another."""


@dataclass(frozen=True, slots=True)
class Headed:
    """A table whose columns are known: the place of each key, and the rows below the headings."""

    places: dict[str, int]
    lines: list[Line]

    @property
    def score(self) -> int:
        """How much of a table of criteria it is: its rows, and its columns first."""
        return len(self.places) * 1000 + len(self.lines)


def headed(lines: Sequence[Line]) -> Headed | None:
    """The table with its columns, or None where it is no table of criteria."""
    best: tuple[int, dict[str, int]] | None = None
    words: set[str] = set()
    for at, (_, cells) in enumerate(lines[:HEADING_WITHIN]):
        places = _places(cells)
        if _is_enough(places) and (best is None or len(places) > len(best[1])):
            best, words = (at, places), set(map(plain, cells))
        if at + 1 < len(lines):
            # A heading over several columns (“Chỉ tiêu theo vùng”) has its parts in the next row.
            both = _places(_stacked(cells, lines[at + 1][1]))
            if _is_enough(both) and (best is None or len(both) > len(best[1])):
                best = (at + 1, both)
                words = set(map(plain, [*cells, *lines[at + 1][1]]))
    if best is None:
        return None
    # The headings come once more at the top of a new page.
    below = [line for line in lines[best[0] + 1 :] if not set(map(plain, line[1])) <= words | {""}]
    return Headed(best[1], [line for line in below if not _is_numbering(line[1])])


def _is_enough(places: dict[str, int]) -> bool:
    told = {"common", "kind", *CASES} & places.keys()
    return bool(told) and bool({"name", "criterion_name"} & places.keys())


def _stacked(above: list[str], below: list[str]) -> list[str]:
    """The two rows as one: where the lower one has a heading of its own, that counts."""
    width = max(len(above), len(below))
    upper = above + [""] * (width - len(above))
    lower = below + [""] * (width - len(below))
    return [low if low and _key(low) else high for high, low in zip(upper, lower, strict=True)]


def _key(heading: str) -> str | None:
    words = plain(heading)
    if words in _EXACT:
        return _EXACT[words]
    return next((key for begin, key in _BEGINS if words.startswith(f"{begin} ")), None)


def _places(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    either: int | None = None
    for at, cell in enumerate(cells):
        if plain(cell) == _EITHER:
            either = at if either is None else either
        elif (key := _key(cell)) and key not in found:
            found[key] = at
    if either is not None:
        free = "common" if "name" in found else "name"
        found.setdefault(free, either)
    return found


def _is_numbering(cells: Sequence[str]) -> bool:
    """The row (1) (2) (3) … below the headings."""
    found = [cell.strip("() ") for cell in cells if cell.strip()]
    return len(found) >= 3 and all(one.isdigit() for one in found) and found == [
        str(n) for n in range(int(found[0]), int(found[0]) + len(found))
    ]  # fmt: skip
