"""Papers without a fault, by somebody who does not know the checks: no error may be told in them.

They are full of what looks like a fault: parts that are not all parts, shares of other wholes,
milestones before the end, leads of parts of a thing, lists in which one item holds two.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dinhlang.papers.checking import check
from dinhlang.papers.reading import read

SOUND = Path(__file__).parents[1] / "sound"
PAPERS = sorted(SOUND.glob("*.txt"))


def test_there_are_enough_of_them() -> None:
    assert len(PAPERS) >= 8


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_no_error_is_told_in_a_sound_paper(path: Path) -> None:
    errors = [each for each in check(read(path)) if each.severity == "error"]
    assert [(each.lines, each.code, each.message) for each in errors] == []
