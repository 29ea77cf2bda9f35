"""Sets and verdicts as lines on a terminal, and what the commands about law have in common."""

from __future__ import annotations

import argparse
import shutil
import sys
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from dinhlang.law.errors import LawError
from dinhlang.law.examples import Outcome
from dinhlang.law.explaining import describe, explain
from dinhlang.law.library import Effective, Law, Library, read_library, shipped_texts
from dinhlang.law.provenance import Provenance
from dinhlang.law.sets import CriteriaSet, Indicator
from dinhlang.law.verdicts import Counts, IndicatorVerdict, State
from dinhlang.vietnamese import format_date

MOST_MISSING = 4
"""How many missing things are told for one indicator; JSON tells more."""
SIGNS = {
    State.MET: "✓", State.NOT_MET: "✗", State.UNKNOWN: "?", State.NOT_APPLICABLE: "–",
}  # fmt: skip


def day(words: str) -> date:
    """A day given on the command line: 2023-12-31 or 31/12/2023."""
    try:
        if "/" in words:
            number, month, year = (int(part) for part in words.split("/"))
            return date(year, month, number)
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{words}” không phải là ngày; hãy viết 2023-12-31 hoặc 31/12/2023"
        ) from None


def add_day(parser: argparse.ArgumentParser) -> None:
    """Adds ``--on`` and ``--territory``."""
    parser.add_argument("--on", type=day, metavar="NGÀY", help="ngày áp dụng (mặc định: hôm nay)")
    parser.add_argument(
        "--territory", action="append", default=[], metavar="MÃ",
        help="mã tỉnh, để lấy cả quy định riêng của tỉnh; có thể lặp lại",
    )  # fmt: skip


def library() -> Library:
    """The law that comes with the program; what is wrong in it goes to the error output."""
    found, problems = read_library(shipped_texts())
    for problem in problems:
        print(f"bộ tiêu chí kèm theo: {problem}", file=sys.stderr)
    return found


def law_of(args: argparse.Namespace) -> Law:
    """The law on the day and in the provinces of the command."""
    return library().at(args.on or date.today(), frozenset(args.territory))


def read_texts(paths: list[str]) -> list[tuple[str, str]]:
    """The files meant, with their texts; a folder stands for the YAML files below it.

    Raises ``LawError`` for what is not there or is no text.
    """
    found = []
    for name in paths:
        path = Path(name)
        inside = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
        found += [(str(file), text_of(file)) for file in inside]
    return found


def text_of(path: Path) -> str:
    """The text of a file. Raises ``LawError`` with a sentence where it cannot be had."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise LawError([], f"{path}: không mở được tệp ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise LawError([], f"{path}: tệp không phải là chữ UTF-8") from error


def failed(error: LawError, status: int = 2) -> int:
    """Tells what is wrong; the exit status."""
    print(str(error) if error.problems else error.name, file=sys.stderr)
    return status


def wrapped(text: str, indent: int) -> Iterator[str]:
    """The text within the width of the screen."""
    width = max(72, min(shutil.get_terminal_size((100, 24)).columns, 120))
    lead = " " * indent
    yield from textwrap.wrap(
        text, width, initial_indent=lead, subsequent_indent=lead, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def listed(law: Law) -> Iterator[str]:
    """The sets in force, two lines each."""
    found = law.in_force()
    if not found:
        yield f"Không có bộ tiêu chí nào có hiệu lực ngày {format_date(law.on)}."
    for effective in found:
        made = effective.set
        count = sum(len(criterion.indicators) for criterion in made.criteria)
        place = f", {made.territory.name}" if made.territory else ""
        yield made.id
        amended = f", đã sửa {len(made.lineage) - 1} lần" if len(made.lineage) > 1 else ""
        yield from wrapped(
            f"{made.title}{place}: {made.decision.number or 'chưa rõ số'}, "
            f"{len(made.criteria)} tiêu chí, {count} chỉ tiêu{amended}, "
            f"từ {format_date(made.valid_from)}",
            4,
        )


def shown(effective: Effective, law: Law) -> Iterator[str]:
    """A whole set: its decision, what amended it, and each rule with where it comes from."""
    made = effective.set
    yield made.title
    yield from wrapped(f"{made.decision.number or 'chưa rõ số'} · {made.id}", 2)
    end = f" đến trước {format_date(made.valid_to)}" if made.valid_to else ""
    yield from wrapped(f"Hiệu lực từ {format_date(made.valid_from)}{end}", 2)
    for step in made.lineage[1:]:
        numbers = f": {', '.join(step.numbers)}" if step.numbers else ""
        yield from wrapped(f"Sửa bởi {step.decision} từ {format_date(step.valid_from)}{numbers}", 2)
    if made.note:
        yield from wrapped(made.note, 2)
    yield f"  Dấu nội dung: {effective.hash[:16]}"
    for criterion in made.criteria:
        yield ""
        enough = f" (cần {criterion.at_least} chỉ tiêu)" if criterion.at_least else ""
        yield f"{criterion.number}. {criterion.name}{enough}"
        for indicator in criterion.indicators:
            yield from _rule(indicator, law, made)


def _rule(indicator: Indicator, law: Law, made: CriteriaSet) -> Iterator[str]:
    yield from wrapped(f"{indicator.number} {indicator.name}", 3)
    yield from wrapped(f"→ {describe(indicator.requirement, law, made)}", 6)
    yield from wrapped(f"[{_origin(indicator.provenance)}]", 6)
    if indicator.note:
        yield from wrapped(f"Ghi chú: {indicator.note}", 6)


def _origin(provenance: Provenance) -> str:
    return ": ".join(filter(None, (provenance.words, "; ".join(provenance.sources))))


def board(outcome: Outcome) -> Iterator[str]:
    """The verdict on a unit: how far the whole is, then each indicator with its reason."""
    verdict = outcome.verdict
    yield outcome.example.title
    yield from wrapped(
        f"{outcome.example.subject.name} · {verdict.set.title} · {format_date(verdict.on)}", 2
    )
    counted = (
        f"{_counted(verdict.criteria_counts)} tiêu chí, "
        f"{_counted(verdict.indicator_counts)} chỉ tiêu"
    )
    yield f"  {SIGNS[verdict.state]} {verdict.state.words}: đạt {counted}"
    for criterion in verdict.criteria:
        yield ""
        head = f"{criterion.criterion.number}. {criterion.criterion.name}"
        yield f"{SIGNS[criterion.state]} {head}: {criterion.state.words}"
        for each in criterion.indicators:
            yield from _reason(each, outcome)
    if outcome.differences:
        yield ""
        yield "Khác với kết quả mong đợi:"
        for words in outcome.differences:
            yield from wrapped(words, 2)


def _counted(counts: Counts) -> str:
    return f"{counts.met}/{counts.total}"


def _reason(found: IndicatorVerdict, outcome: Outcome) -> Iterator[str]:
    why = explain(found, outcome.law, outcome.verdict.set)
    yield from wrapped(f"{SIGNS[found.state]} {found.indicator.number} {why.summary}", 3)
    for line in why.lines:
        label = f"{line.label}: " if line.label else ""
        yield from wrapped(f"{SIGNS[line.state]} {label}{line.text}", 6 + 2 * line.depth)
    for words in why.missing[:MOST_MISSING]:
        yield from wrapped(f"còn thiếu: {words}", 6)
    if len(why.missing) > MOST_MISSING:
        yield from wrapped("và những nội dung khác; xem thêm bằng: dinhlang assess … --json", 6)
