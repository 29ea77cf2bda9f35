"""How well the papers are read, measured against the keys made by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from dinhlang.papers.reading import read
from dinhlang.papers.serial import to_json
from tests.papers.scoring import Score, combined, misses, score, table

HERE = Path(__file__).resolve().parent
UNSEEN = sorted((HERE / "unseen").glob("*.json"))
KEPT_APART = ("heldout", "fresh", "third", "fourth")

PRECISION, RECALL = 0.95, 0.90
"""What every kind of item must reach over the real plans and over the papers of our own."""

COUNTED = 5
"""A kind with fewer items that must be read says nothing about shares."""

KEPT_APART_PRECISION, KEPT_APART_RECALL = 0.85, 0.80
"""The floor over papers kept apart for measuring, in other forms, all kinds together.

It stands below the marks above because these papers are there to surprise. It may be raised when
the reader grows better; to lower it is to admit that the reader grew worse.
"""

Measured = tuple[dict[str, Score], str]


def measure(papers: Sequence[Path], keys: Sequence[Path]) -> Measured:
    """The scores over all papers, and the table with every miss for whoever has to mend it."""
    scores, report = [], []
    for path, key_path in zip(papers, keys, strict=True):
        plan = to_json(read(path))
        key = json.loads(key_path.read_text(encoding="utf-8"))
        scores.append(score(plan, key))
        report += [path.name, *(f"  {line}" for line in misses(plan, key))]
    total = combined(scores)
    return total, "\n".join(["", table(total), *report])


def beside(key: Path) -> Path:
    """The paper a key of our own belongs to, whatever its format."""
    (found,) = (path for path in key.parent.glob(f"{key.stem}.*") if path.suffix != ".json")
    return found


@pytest.fixture(scope="module")
def real(plan_files: list[Path]) -> Measured:
    return measure(plan_files, [HERE / "keys" / f"{path.stem}.json" for path in plan_files])


def too_low(scores: dict[str, Score]) -> list[str]:
    return [
        f"{kind}: precision {one.precision:.1%}, recall {one.recall:.1%}"
        for kind, one in scores.items()
        if one.must >= COUNTED and (one.precision < PRECISION or one.recall < RECALL)
    ]


def test_every_kind_of_item_of_the_real_plans_is_read_well(real: Measured) -> None:
    scores, report = real
    assert not too_low(scores), report


def test_every_kind_of_item_of_papers_in_other_forms_is_read_well() -> None:
    scores, report = measure([beside(key) for key in UNSEEN], UNSEEN)
    assert not too_low(scores), report


@pytest.mark.parametrize("home", KEPT_APART)
def test_papers_kept_apart_for_measuring_are_read_above_the_floor(home: str) -> None:
    keys = sorted((HERE / home).glob("*.json"))
    assert keys, home
    scores, report = measure([beside(key) for key in keys], keys)
    everything = sum(scores.values(), Score())
    assert everything.precision >= KEPT_APART_PRECISION, report
    assert everything.recall >= KEPT_APART_RECALL, report


def test_a_kind_that_is_read_badly_is_named_with_its_figures() -> None:
    bad, rare = Score(found=10, right=5, must=8, hit=8), Score(found=4, right=0, must=4, hit=0)
    assert too_low({"tasks": bad, "support": rare}) == ["tasks: precision 50.0%, recall 100.0%"]
