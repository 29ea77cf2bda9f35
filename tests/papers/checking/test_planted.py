"""Each check on a sound plan with one fault planted, and with something that only looks like it."""

from pathlib import Path

import pytest
import yaml

from dinhlang.papers.checking import registry
from tests.papers.checking.sound import SOUND, found, planted

CASES = yaml.safe_load((Path(__file__).parent / "planted.yaml").read_text(encoding="utf-8"))


def table(kind):
    """The cases of a kind as parameters: the code and the changes to the sound plan."""
    return [
        pytest.param(
            case["code"],
            [(change["old"], change["new"]) for change in case["changes"]],
            id=f"{case['code']} {number}",
        )
        for number, case in enumerate(CASES[kind])
    ]


def test_a_sound_plan_is_left_alone():
    assert [(each.code, each.message) for each in found(SOUND) if each.severity != "note"] == []


@pytest.mark.parametrize(("code", "changes"), table("must"))
def test_a_planted_fault_is_found_with_words_that_stand_there(code, changes):
    text = planted(*changes)
    hits = found(text, code)
    assert hits
    lines = text.split("\n")
    for hit in hits:
        assert hit.message
        assert hit.advice
        for (first, last), quote in zip(hit.lines, hit.quotes, strict=True):
            assert quote
            assert quote in "\n".join(lines[first - 1 : last])
        if hit.fix:
            assert lines[hit.fix.line - 1].count(hit.fix.old) >= 1


@pytest.mark.parametrize(("code", "changes"), table("must_not"))
def test_what_only_looks_like_a_fault_is_left_alone(code, changes):
    hits = [each.message for each in found(planted(*changes), code) if each.severity != "note"]
    noted = code.startswith(("TEXT-", "FORM-")) and found(planted(*changes), code)
    assert (hits, noted or []) == ([], [])


def test_every_check_has_a_page_with_both_kinds_of_example():
    for check in registry.values():
        assert "Bị báo:" in check.page, check.code
        assert "Không bị báo:" in check.page, check.code
