"""The criteria of a plan, one entry each, with their state and what they lack."""

from __future__ import annotations

from dinhlang.papers.plan import Criterion, Level, Status
from dinhlang.papers.reading.criteria_state import status_of
from dinhlang.papers.reading.gaps import read_gaps
from dinhlang.papers.reading.mentions import Key, Mention, find_criteria, key_of
from dinhlang.papers.reading.paper import Paper

_RANK: dict[Status | None, int] = {
    "committed": 4,
    "to_reach": 3,
    "reached": 2,
    "maintain": 1,
    None: 0,
}


Weight = tuple[bool, bool, bool, bool, int]


def _weight(paper: Paper, mention: Mention, status: Status | None) -> Weight:
    """How well a mention states the criterion: not in passing, with a state, in a list."""
    topics = paper.topics(mention.block)
    in_passing = bool(topics & {"organise", "roadmap", "funding", "support"})
    rank = _RANK[status]
    return (not in_passing, rank >= 3, rank > 0, mention.listed, rank)


def read_criteria(paper: Paper, level: Level | None) -> list[Criterion]:
    """One entry a criterion, in the order of the paper, with its state and its gaps."""
    best: dict[Key, tuple[Weight, Mention, Status | None]] = {}
    promised: set[Key] = set()
    for block in paper.content:
        for mention in find_criteria(paper, block):
            key = key_of(mention)
            status = status_of(paper, mention)
            if status == "committed":
                promised.add(key)
            weight = _weight(paper, mention, status)
            known = best.get(key)
            if known is None or weight > known[0]:
                best[key] = (weight, mention, status)
    gaps = read_gaps(paper)
    out: list[Criterion] = []
    for key, (_, mention, status) in best.items():
        if mention.number is None and status is None and not gaps.get(key):
            continue
        out.append(
            Criterion(
                number=mention.number, name=mention.name.strip(" .:*"),
                level=mention.level or level,
                status="committed" if key in promised else status,
                gaps=gaps.get(key, []),
                lines=mention.block.lines_of(mention.start, mention.end),
                spans=mention.block.spans(mention.start, mention.end),
            )
        )  # fmt: skip
    return sorted(out, key=lambda c: (c.lines, c.spans[0] if c.spans else (0, 0, 0)))
