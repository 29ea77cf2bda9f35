"""One kind of fault in many wordings: what must be reported, and what must not."""

from pathlib import Path

import pytest
import yaml

from tests.papers.checking.sound import found

BANKS = Path(__file__).parent / "phrasings"
HEAD = """\
ỦY BAN NHÂN DÂN
XÃ SÔNG MÂY

Số: 12/KH-UBND

Sông Mây, ngày 05 tháng 02 năm {year}

KẾ HOẠCH
Xây dựng nông thôn mới nâng cao năm {year}

UBND xã Sông Mây lập kế hoạch như sau:

"""
FOOT = """
Nơi nhận:
- UBND huyện;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""
OWN = (
    "time",
    "needs",
    "ownership",
    "reports",
    "roadmaps",
    "degrees",
    "levels",
    "recipients",
    "roles",
    "goals",
    "citations",
)


def cases(kind):
    """Each wording of the banks of time, ownership and reports as a parameter."""
    for name in OWN:
        path = BANKS / f"{name}.yaml"
        bank = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
        for code, wordings in bank.items():
            for number, words in enumerate(wordings.get(kind, []), 1):
                yield pytest.param(code, words, id=f"{name} {code} {number}")


def paper(words):
    """A wording in a small plan; one that begins with a head of its own stands as it is."""
    if words.startswith(("ỦY BAN", "UBND")) and "KẾ HOẠCH" in words[:400]:
        return words
    return HEAD.format(year=2024) + words + ("" if "Nơi nhận" in words else FOOT)


@pytest.mark.parametrize(("code", "words"), list(cases("must")))
def test_the_fault_is_found_however_it_is_worded(code, words):
    text = paper(words)
    hits = found(text, code)
    assert hits
    lines = text.split("\n")
    for hit in hits:
        for (first, last), quote in zip(hit.lines, hit.quotes, strict=True):
            assert quote
            assert quote in "\n".join(lines[first - 1 : last])


@pytest.mark.parametrize(("code", "words"), list(cases("must_not")))
def test_what_is_right_is_left_alone_however_it_is_worded(code, words):
    assert [hit.message for hit in found(paper(words), code)] == []
