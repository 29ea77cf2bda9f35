"""Faults of arithmetic and counting in many wordings, each with near ones that are sound."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from dinhlang.papers.checking import check
from dinhlang.papers.reading import read

BANK = Path(__file__).parent / "phrasings"
AREAS = (
    "sums", "ratios", "remainders", "products", "tables", "counts", "conflicts", "conditional",
    "mixed", "groups", "told", "balances", "twice", "unopened", "products_apart",
    "balances_apart",
    "conditional_uses", "runs", "reckoning", "count_facts", "share_facts",
    "share_bases", "count_named", "running_totals", "grid_formulas", "table_groups", "bases",
    "announced", "wholes",
)  # fmt: skip
CODES = (
    "FUND-SUM", "FUND-BALANCE", "FUND-CONDITIONAL", "FUND-SHARE", "FUND-PRODUCT", "COUNT-LIST",
    "COUNT-TOTAL", "COUNT-PARTITION", "COUNT-PRODUCT", "COUNT-MINIMUM", "PART-WHOLE",
    "RATIO-VALUE", "PERCENT-RANGE", "TARGET-CONFLICT",
)  # fmt: skip
FRAME = "KẾ HOẠCH\nXây dựng nông thôn mới năm 2025\n\nI. NỘI DUNG\n\n{}\n\nII. TỔ CHỨC THỰC HIỆN\n"


@cache
def bank(area):
    return yaml.safe_load((BANK / f"{area}.yaml").read_text(encoding="utf-8"))


def table(kind):
    return [
        pytest.param(case, id=f"{area} {number}")
        for area in AREAS
        for number, case in enumerate(bank(area)[kind], 1)
    ]


def findings(text, codes):
    paper = FRAME.format(text.strip())
    return paper.split("\n"), check(read(paper.encode(), name="ke-hoach.txt"), codes)


@pytest.mark.parametrize("case", table("must"))
def test_a_fault_is_found_whatever_its_wording(case):
    lines, found = findings(case["text"], {*CODES, *case["codes"]})
    told = [each for each in found if each.code in case["codes"]]
    assert told, case["text"]
    for each in told:
        assert each.message
        assert each.advice
        for (first, last), quote in zip(each.lines, each.quotes, strict=True):
            assert quote
            assert quote in "\n".join(lines[first - 1 : last])


@pytest.mark.parametrize("case", table("must_not"))
def test_what_only_looks_like_the_fault_is_left_alone(case):
    _, found = findings(case, CODES)
    assert [(each.code, each.message) for each in found if each.severity == "error"] == []


@pytest.mark.parametrize("area", AREAS)
def test_each_area_has_wordings_enough(area):
    assert len(bank(area)["must"]) >= 8
    assert len(bank(area)["must_not"]) >= 10
