"""Parts of the paper that checks point at: the part on organisation, the roadmap's heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.places import numbered, title_line, whole
from dinhlang.papers.checking.text.unwrapped import lines_of
from dinhlang.papers.plan import Plan, Section

_ORGANISATION = re.compile(r"\btổ chức thực hiện\b|\bphân công\b|\btrách nhiệm\b", re.IGNORECASE)
_RECIPIENTS = re.compile(r"[*_#\s]*Nơi nhận\b", re.IGNORECASE)


def every_section(sections: list[Section]) -> Iterator[Section]:
    """All sections, outer before inner, in the order of the paper."""
    for section in sections:
        yield section
        yield from every_section(section.children)


def organisation(plan: Plan) -> Place:
    """The heading of the part on organisation; without one the first duty, then the title."""
    for section in reversed(plan.outline):
        if _ORGANISATION.search(section.title):
            return whole(plan, (section.lines[0], section.lines[0]))
    if plan.duties:
        first = plan.duties[0].lines[0]
        return whole(plan, (first, first))
    return title_place(plan)


def title_place(plan: Plan) -> Place:
    """The line that names the paper; without one the first line with words."""
    first = title_line(plan)
    if first is None:
        first = next((number for number, _ in numbered(plan)), 1)
    return whole(plan, (first, first))


def body(plan: Plan) -> Iterator[tuple[int, str]]:
    """The lines behind the title down to the recipients."""
    lines = lines_of(plan)
    if lines.body is None:
        lines.body = list(_body(plan))
    return iter(lines.body)


def _body(plan: Plan) -> Iterator[tuple[int, str]]:
    title = title_line(plan) or 0
    for number, line in numbered(plan):
        if number <= title:
            continue
        if "nhận" in line and _RECIPIENTS.match(line):
            return
        yield number, line
