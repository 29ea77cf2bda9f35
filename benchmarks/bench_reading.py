"""How long papers take: opening the file, understanding its text, checking the plan.

Prints milliseconds (the best of five rounds) for each sample, and for each real plan where they
lie beside the repository. The last column is a ratio that travels between machines: the whole
divided by the time that splitting the same text into words takes with one regular expression.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

from dinhlang.papers.checking import check
from dinhlang.papers.reading import read_source_text
from dinhlang.papers.reading.formats import read_source

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
PLANS = Path(os.environ.get("DINHLANG_PLANS") or ROOT.parent / "shared" / "plans")
ROUNDS = 5
WORD = re.compile(r"\w+")
COLUMNS = "{:<34}{:>8}{:>9}{:>9}{:>9}{:>9}{:>9}"

T = TypeVar("T")


def main() -> int:
    """Prints the table; 1 where there is nothing to read."""
    papers = [
        path for path in sorted(SAMPLES.glob("*")) if path.suffix in {".docx", ".pdf", ".txt"}
    ]
    papers += sorted(PLANS.glob("*.txt"))
    if not papers:
        print(f"nothing to read in {SAMPLES} or {PLANS}", file=sys.stderr)
        return 1
    print("best of", ROUNDS, "in ms; ratio to splitting the text into words")
    print(COLUMNS.format("paper", "letters", "open", "read", "check", "whole", "ratio"))
    for path in papers:
        print(row(path))
    plans = [path for path in papers if path.suffix == ".txt"]
    print(f"median of the plain texts: {median_of(plans) * 1000:.1f} ms (to reach: ≤ 50 ms)")
    print(
        f"memory of one process that reads and checks one: {memory_of(plans[-1]):.0f} MB (≤ 80 MB)"
    )
    return 0


def median_of(papers: list[Path]) -> float:
    """Seconds to open, read and check a paper: the median over papers of the median of rounds."""
    middles = []
    for path in papers:
        rounds = []
        for _ in range(ROUNDS):
            start = perf_counter()
            check(read_source_text(read_source(path)))
            rounds.append(perf_counter() - start)
        middles.append(median(rounds))
    return median(middles)


def memory_of(path: Path) -> float:
    """The most memory (MB resident) a fresh process needs to read and check one paper."""
    code = (
        "import resource, sys; from pathlib import Path; from dinhlang.papers.reading import read; "
        "from dinhlang.papers.checking import check; check(read(Path(sys.argv[1]))); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    # A child starts with its parent's peak: a small shell stands between.
    command = ["sh", "-c", 'exec "$0" -c "$1" "$2"', sys.executable, code, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


def row(path: Path) -> str:
    """One paper's figures."""
    source, opening = timed(lambda: read_source(path))
    plan, reading = timed(lambda: read_source_text(source))
    _, checking = timed(lambda: check(plan))
    text = "\n".join(source.text)
    _, splitting = timed(lambda: WORD.findall(text))
    whole = opening + reading + checking
    figures = (f"{part * 1000:.1f}" for part in (opening, reading, checking, whole))
    return COLUMNS.format(path.name, len(text), *figures, f"{whole / splitting:.0f}×")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """The result, and the shortest of some rounds in seconds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = perf_counter()
        result = work()
        best = min(best, perf_counter() - start)
    return result, best


if __name__ == "__main__":
    sys.exit(main())
