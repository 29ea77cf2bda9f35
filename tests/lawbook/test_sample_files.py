"""The samples that lie beside the program are read, and say that they are samples."""

from __future__ import annotations

from pathlib import Path

from dinhlang.law.library import shipped
from dinhlang.law.sets import CriteriaSet
from dinhlang.lawbook import sample_set
from dinhlang.lawbook.importing import read_docx, read_xlsx
from dinhlang.lawbook.sheet.compose import compose
from dinhlang.lawbook.sheet.composed import Context

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def test_the_workbook_beside_the_program_is_the_one_the_program_makes() -> None:
    taken = read_xlsx((SAMPLES / sample_set.FILENAME).read_bytes())
    assert taken.about == sample_set.ABOUT
    known = [{k: v for k, v in row.items() if k != "line"} for row in taken.rows]
    written = [row for row in sample_set.rows()]
    assert [row["name"] for row in known] == [row["name"] for row in written]
    found = compose(taken.rows, taken.about, Context(shipped()))
    assert [str(problem) for problem in found.problems] == []
    assert isinstance(found.result, CriteriaSet)
    assert found.result.sample


def test_the_decision_in_word_says_the_same_as_the_workbook() -> None:
    taken = read_docx((SAMPLES / "bo-tieu-chi-mau.docx").read_bytes(), "bo-tieu-chi-mau.docx")
    assert taken.about["number"] == sample_set.NUMBER
    assert taken.about["date"] == sample_set.ABOUT["date"]
    found = compose(taken.rows, sample_set.ABOUT | taken.about, Context(shipped()))
    assert [str(problem) for problem in found.problems] == []
    assert isinstance(found.result, CriteriaSet)
    assert (len(found.result.criteria), len(found.made)) == (10, 26)
