"""What checks keep for a paper does not outlive a correction of what they were made from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dinhlang.papers.checking import check
from dinhlang.papers.checking.dates.things import things
from dinhlang.papers.reading import read

PAPER = Path(__file__).with_name("sound-plan.txt")


def test_corrected_criteria_are_seen_though_the_words_stay() -> None:
    plan = read(PAPER)
    before = things(plan)
    named = next(each for each in plan.criteria if each.name)
    renamed = [
        replace(each, name="Tên khác hẳn") if each is named else each for each in plan.criteria
    ]
    corrected = replace(plan, criteria=renamed)
    assert things(corrected) is not before
    assert things(plan) == before


def test_the_same_paper_read_again_says_the_same() -> None:
    first, second = check(read(PAPER)), check(read(PAPER))
    assert first == second
