"""``dinhlang assess FILE --set BỘ --on NGÀY``: a unit's facts from a file held against a set.

Exit status: 0 where it was assessed, whatever came of it; 1 where the file is faulty, 2 for a
wrong call.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from dinhlang.cli._law import board, day, failed, library, text_of
from dinhlang.law import examples
from dinhlang.law.errors import LawError
from dinhlang.law.examples import Outcome
from dinhlang.law.explaining import explain


def add_parser(subparsers: Any) -> None:
    """Adds the command to the parser."""
    parser = subparsers.add_parser(
        "assess",
        help="đánh giá một đơn vị theo một bộ tiêu chí, từ tệp số liệu",
        description="Đánh giá từ tệp số liệu (dạng dinhlang.example/1): đạt, chưa đạt, còn thiếu "
        "số liệu nào và vì sao.",
    )
    parser.add_argument("path", metavar="TỆP", help="tệp số liệu YAML")
    parser.add_argument("--set", metavar="BỘ", help="mã bộ tiêu chí, thay cho mã ghi trong tệp")
    parser.add_argument("--on", type=day, metavar="NGÀY", help="ngày đánh giá, thay cho ngày ghi")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(args: argparse.Namespace) -> int:
    """Assesses the file and prints the board; the exit status."""
    try:
        text = text_of(Path(args.path))
    except LawError as error:
        return failed(error)
    try:
        example = examples.read_example(text, args.path, complete=False)
        outcome = examples.run(example, library(), args.set, args.on)
    except LawError as error:
        return failed(error, 1)
    if args.json:
        print(json.dumps(as_json(outcome), ensure_ascii=False, indent=2))
    else:
        print(*board(outcome), sep="\n")
    return 0


def as_json(outcome: Outcome) -> dict[str, Any]:
    """The verdict with its reasons as plain data; states are met, not_met, unknown, …."""
    verdict = outcome.verdict
    return {
        "unit": outcome.example.subject.name,
        "set": verdict.set.id,
        "hash": verdict.hash,
        "on": verdict.on.isoformat(),
        "state": str(verdict.state),
        "criteria": [
            {
                "number": criterion.criterion.number,
                "name": criterion.criterion.name,
                "state": str(criterion.state),
                "indicators": [_indicator(each, outcome) for each in criterion.indicators],
            }
            for criterion in verdict.criteria
        ],
    }


def _indicator(found: Any, outcome: Outcome) -> dict[str, Any]:
    why = explain(found, outcome.law, outcome.verdict.set)
    return {
        "number": found.indicator.number,
        "name": found.indicator.name,
        "state": str(found.state),
        "rule": why.rule,
        "reason": why.summary,
        "missing": list(why.missing),
        "checked": found.indicator.provenance.checked,
        "sources": list(found.indicator.provenance.sources),
    }
