"""Parts told beside their total, in running words and in lists: do they give it?

Any group of like figures beside a stated total is added up, whatever the wording: behind an
opener (“gồm”, “trong đó”, a colon, a bracket), before a closing total (“…, tổng cộng 40 hố”), or
line by line under a head or above a foot. Where the parts need not be all there are (“trong đó”),
only parts greater than the whole are wrong.
"""

from __future__ import annotations

from functools import lru_cache

from dinhlang.papers.checking.arithmetic.figures import Paper, paper_of
from dinhlang.papers.checking.arithmetic.sum_model import Sum, hit_of
from dinhlang.papers.checking.arithmetic.sums_apart import apart
from dinhlang.papers.checking.arithmetic.sums_inline import inline
from dinhlang.papers.checking.arithmetic.sums_lists import lists, loose
from dinhlang.papers.checking.arithmetic.sums_unopened import unopened
from dinhlang.papers.plan import Plan

__all__ = ["Sum", "all_sums", "hit_of", "right_sums", "sums_in", "wrong_sums"]


def wrong_sums(plan: Plan) -> list[Sum]:
    """The sums of the paper's prose and lists that do not come out."""
    return [each for each in _sums(paper_of(plan)) if not each.fits]


def all_sums(plan: Plan) -> tuple[Sum, ...]:
    """All totals with their parts that prose and lists hold, right or wrong."""
    return _sums(paper_of(plan))


def right_sums(plan: Plan) -> set[tuple[int, int]]:
    """The lines and values (money in đồng) of totals that prose or list do not contradict."""
    return {
        (each.places[0].lines[0], int(each.stated.value))
        for each in _sums(paper_of(plan))
        if each.fits
    }


def sums_in(paper: Paper) -> tuple[Sum, ...]:
    """The same of a paper whose paragraphs are known."""
    return _sums(paper)


@lru_cache(maxsize=4)
def _sums(paper: Paper) -> tuple[Sum, ...]:
    found: list[Sum] = []
    for at, paragraph in enumerate(paper.paragraphs):
        if not paragraph.block.is_row:
            own = [*inline(paper, paragraph)]
            told = {each.places[0] for each in own}
            own += [each for each in apart(paper, at) if each.places[0] not in told]
            found += own
            if len(paragraph.figures) > 2:
                found += unopened(paper, paragraph, own)
            found += lists(paper, at)
            found += loose(paper, at)
    return tuple(found)
