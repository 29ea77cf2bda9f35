"""The guide for writing law files: its examples hold, its lists are complete."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from dinhlang.law.files import check_files
from dinhlang.law.library import shipped
from dinhlang.law.provenance import CHECKED_WORDS
from dinhlang.law.reading.thresholds import KINDS as THRESHOLDS
from dinhlang.law.regions import REGIONS
from dinhlang.law.sets import SetLevel, SubjectLevel

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "law-files.md").read_text("utf-8")
FILES = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)


def test_the_guide_shows_a_set_an_amendment_and_a_case() -> None:
    assert len(FILES) == 3


@pytest.mark.parametrize("text", FILES, ids=[text.splitlines()[0] for text in FILES])
def test_each_file_of_the_guide_passes_the_check(text: str) -> None:
    (file,), _ = check_files([("hướng dẫn", text)], shipped())
    assert file.problems == []


@pytest.mark.parametrize(
    "word",
    [*CHECKED_WORDS, *THRESHOLDS, *REGIONS, *get_args(SetLevel), *get_args(SubjectLevel)],
)
def test_the_guide_names_every_word_that_may_be_used(word: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", GUIDE)
