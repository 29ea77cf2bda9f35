"""Every file of ``law/refused`` is refused, with the message and on the line it says itself."""

from __future__ import annotations

from pathlib import Path

import pytest

import dinhlang.law
from dinhlang.law.files import check_files
from dinhlang.law.library import shipped

FOLDER = Path(dinhlang.law.__file__).parent / "refused"
FILES = sorted(FOLDER.glob("*.yaml"))
MARK = "# ← dòng này"


def test_there_are_many_refused_files() -> None:
    assert len(FILES) >= 40


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_faulty_file_is_refused_with_its_message_on_its_line(path: Path) -> None:
    text = path.read_text("utf-8")
    first, *lines = text.splitlines()
    assert first.startswith("# mong đợi: ")
    message = first.removeprefix("# mong đợi: ")
    marked = [at for at, line in enumerate(lines, start=2) if line.endswith(MARK)]

    (file,), _ = check_files([(path.name, text)], shipped())

    found = [each for each in file.problems if message in each.message]
    assert found, "\n".join(map(str, file.problems))
    if marked:
        assert [each.line for each in found] == marked
    # A fault is told once, and nothing else is complained of.
    assert len(file.problems) == len(found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_problem_says_what_and_ends_as_a_sentence(path: Path) -> None:
    (file,), _ = check_files([(path.name, path.read_text("utf-8"))], shipped())
    for problem in file.problems:
        assert problem.message[-1] in ".?”)", problem.message
        assert len(problem.message) > 15
