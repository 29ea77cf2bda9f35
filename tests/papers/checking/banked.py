"""Banks of wordings: short pieces of plans by people who do not know the checks, by kind of fault.

A bank (``banks/<kind>.yaml``) lists ``codes``, any of which tells the fault; pieces that ``must``
be reported; sound pieces that look alike and ``must_not``. What each piece shows is whole in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from dinhlang.papers.checking import check
from dinhlang.papers.reading import read

BANKS = Path(__file__).parent / "banks"
HEAD = """\
ỦY BAN NHÂN DÂN
XÃ SÔNG MÂY

Số: 12/KH-UBND

Sông Mây, ngày 05 tháng 02 năm 2024

KẾ HOẠCH
Xây dựng nông thôn mới nâng cao năm 2024

UBND xã Sông Mây lập kế hoạch như sau:

"""
RECIPIENTS = """
Nơi nhận:
- UBND huyện;
- Lưu: VT.
"""
FOOT = """

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""


@dataclass(frozen=True, slots=True)
class Score:
    """Of a bank: pieces with the fault, those found, sound pieces, those wrongly reported."""

    kind: str
    asked: int
    found: int
    sound: int
    wrong: int


def scores() -> Iterator[Score]:
    """The figures of each bank, by name."""
    for path in sorted(BANKS.glob("*.yaml")):
        bank = yaml.safe_load(path.read_text(encoding="utf-8"))
        codes, must, must_not = set(bank["codes"]), bank["must"], bank["must_not"]
        found = sum(_told(piece, codes, notes=True) for piece in must)
        wrong = sum(_told(piece, codes, notes=False) for piece in must_not)
        yield Score(path.stem, len(must), found, len(must_not), wrong)


def _told(piece: str, codes: set[str], *, notes: bool) -> bool:
    """Whether the piece, set into a small plan, is reported; ``notes``: a note suffices."""
    recipients = "" if "Nơi nhận" in piece else RECIPIENTS
    plan = read(f"{HEAD}{piece}{recipients}{FOOT}".encode(), name="van-ban.txt")
    return any(
        finding.code in codes and (notes or finding.severity != "note") for finding in check(plan)
    )
