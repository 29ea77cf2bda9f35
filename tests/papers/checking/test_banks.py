"""What the banks of wordings show stays found, and nothing more is wrongly reported."""

import json
import os
from pathlib import Path

from tests.papers.checking.banked import scores

KEPT = Path(__file__).parent / "banks" / "kept.json"


def test_what_was_found_in_the_banks_stays_found():
    now = {each.kind: [each.found, each.wrong] for each in scores()}
    if os.environ.get("DINHLANG_BANKS"):  # Set to write the figures anew.
        KEPT.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert set(now) == set(kept)
    assert {kind: found for kind, (found, _) in now.items() if found < kept[kind][0]} == {}
    assert {kind: wrong for kind, (_, wrong) in now.items() if wrong > kept[kind][1]} == {}
