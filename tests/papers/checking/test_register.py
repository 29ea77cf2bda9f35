"""The register of documents: what it holds, how a number is found in it."""

from datetime import date

import pytest

from dinhlang.law.library import shipped
from dinhlang.papers.checking.law.register import from_library, key, register


def test_every_decision_that_is_shipped_stands_in_the_register_with_its_day():
    for known in from_library(shipped()):
        mine = register().find(known.number, known.province)
        assert mine is not None, known.number
        assert mine.on == known.on
        assert mine.certain == known.certain


@pytest.mark.parametrize(
    "written", ["318/QĐ-TTg", "318/ QĐ - TTg", "318-QĐ/TTg", "0318/qđ-ttg", "318/QĐ–TTg"]
)
def test_a_number_is_found_however_it_is_written(written):
    assert register().find(written.replace("–", "-")) is not None


def test_a_number_of_one_province_says_nothing_in_another():
    assert register().find("741/QĐ-UBND", "Bắc Giang").on == date(2022, 7, 26)
    assert register().find("741/QĐ-UBND", "Hà Tĩnh") is None
    assert register().find("741/QĐ-UBND") is None


def test_what_is_only_quoted_is_not_certain():
    assert register().find("318/QĐ-TTg").certain
    assert not register().find("1494/QĐ-UBND", "Lạng Sơn").certain


def test_every_number_stands_once_for_each_province():
    numbers = [(key(known.number), known.province) for known in register()]
    assert len(set(numbers)) == len(numbers)
