"""The criterion a paragraph or a row of a table is about."""

from __future__ import annotations

import re

from dinhlang.papers.checking.text.paragraphs import Paragraph
from dinhlang.papers.reading.criteria_names import match_name
from dinhlang.vietnamese import fold

TC = re.compile(r"\b(?:TC|[Tt]iêu chí(?: số)?)\s*(?P<n>\d{1,2})\b")
"""A criterion by its number."""
_CRITERION_COLUMN = re.compile(r"(?:so )?(?:tieu chi|tc)(?: so)?$")
_BARE_CRITERION = re.compile(r"\s*(?:TC|[Ss]ố)?\s*(?P<n>1?\d)\s*(?:$|[.:)–-]?\s+[^\W\d_])")


def criterion_at(each: Paragraph) -> int:
    """The criterion a paragraph or row is headed by, by its number or its name; 0 for none."""
    head = each.cells[0] if each.cells else each.text.partition(":")[0][:90]
    number = TC.search(head)
    if number:
        return int(number["n"])
    for head, cell in zip(each.head, each.cells, strict=False):
        if _CRITERION_COLUMN.match(head) and (bare := _BARE_CRITERION.match(cell)):
            return int(bare["n"])
    for text in (head, each.lead):
        name = fold(text).strip(" .:")
        known = match_name(name, 0, "advanced") or match_name(name, 0, "ntm")
        if known and known[1] == len(name):
            return known[0]
    return 0
