"""Rows of a decision's table brought into the form of ours: numbers out of names, groups aside."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dinhlang.vietnamese import clean_spaces, nfc, roman

from ..sheet.columns import CASES, Row, text
from .headings import Headed

MOST_CHARACTERS = 2000
_NUMBERED = re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2})+)\s*[.:)]?\s+(?P<rest>\S.*)")
_CRITERION = re.compile(
    r"(?:tiêu chí\s+(?:số\s+)?)?(?P<n>\d{1,2})\s*[.:)\-–]\s*(?P<rest>\D.*)", re.IGNORECASE
)
_DOTTED = re.compile(r"(\d{1,2})(?:\.\d{1,2})+\.?")


def rows_of(table: Headed) -> list[Row]:
    """The table's rows as ours; rows with nothing in them are left out."""
    rows: list[Row] = []
    group = ""
    for number, cells in table.lines:
        row: Row = {key: clean(cells[at]) for key, at in table.places.items() if at < len(cells)}
        row = {key: words for key, words in row.items() if words}
        if not row:
            continue
        if title := _group(row):
            group = title
            continue
        _tidy(row, "criterion_name" in table.places)
        row["line"] = number
        if group:
            row["group"] = group
        rows.append(row)
    return rows


def clean(words: str) -> str:
    """NFC, single spaces, no more characters than a cell needs."""
    return clean_spaces(nfc(words))[:MOST_CHARACTERS]


def _group(row: Row) -> str:
    """The title of a group of criteria that fills a row of its own: “I. QUY HOẠCH”."""
    words = set(row.values())
    if len(words) == 1:
        # One cell over all columns comes as the same words in each of them.
        (title,) = words
        head = re.match(r"([IVXL]+)\s*[.:)\-]?\s+(\D.*)", title)
        if head and roman(head[1]):
            return head[2].strip()
        return ""
    first = text(row, "criterion")
    names = {text(row, key) for key in ("criterion_name", "name")} - {"", first}
    if roman(first.strip(". ")) and len(names) == 1 and len(words) == 2:
        return str(names.pop())
    return ""


def _tidy(row: Row, has_criterion_names: bool) -> None:
    number = text(row, "criterion").strip(". ")
    if match := _DOTTED.fullmatch(number):
        # One column counts both: 1, 1.1, 1.2, 2, …
        row.setdefault("number", number)
        row["criterion"] = match[1]
        if not text(row, "name"):
            row["name"] = row.pop("criterion_name", "")
    elif number and not number.isdigit():
        row.pop("criterion")
    elif number and not has_criterion_names and not _demands(row):
        row["criterion_name"] = row.pop("name", "")
    if (match := _NUMBERED.fullmatch(text(row, "name"))) and not text(row, "number"):
        row["number"], row["name"] = match["n"], match["rest"]
    if match := _CRITERION.fullmatch(text(row, "criterion_name")):
        row.setdefault("criterion", match["n"])
        if row["criterion"] == match["n"]:
            row["criterion_name"] = match["rest"]
    if not text(row, "criterion") and (match := _DOTTED.fullmatch(text(row, "number"))):
        row["criterion"] = match[1]
    for key in [key for key, words in row.items() if not words]:
        row.pop(key)


def _demands(row: Row) -> bool:
    return any(text(row, key) for key in ("common", "kind", *CASES))


def numbered(rows: Iterable[Row]) -> list[Row]:
    """The rows, those without a line given their position."""
    return [row | {"line": row.get("line") or at} for at, row in enumerate(rows, 1)]
