"""Runs every benchmark, shows what it prints and keeps it in ``docs/benchmarks.md``."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE.parent / "docs" / "benchmarks.md"
HEAD = """# Figures

Kept by `make bench`, which prints them: do not edit. What to reach stands beside each figure.
Times move with the machine; ratios to a reference on the same data, in the same run, do not.

{machine}
"""


def main() -> int:
    """The worst status of the benchmarks."""
    parts = [HEAD.format(machine=machine())]
    worst = 0
    for path in sorted(HERE.glob("bench_*.py")):
        about = first_paragraph(path)
        print(f"── {path.name}: {about}", flush=True)
        done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True)
        print(done.stdout, done.stderr, sep="", flush=True)
        worst = max(worst, done.returncode)
        name = f"{HERE.name}/{path.name}"
        command = f"`make bench`, or `.venv/bin/python {name}`"
        body = done.stdout.rstrip() or "(không có số liệu)"
        parts.append(f"## {about}\n\n{command}\n\n```\n{body}\n```\n")
    RESULTS.write_text("\n".join(parts), encoding="utf-8")
    return worst


def machine() -> str:
    """What the figures were measured on."""
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}."


def first_paragraph(path: Path) -> str:
    """The first line of a benchmark's docstring."""
    return path.read_text(encoding="utf-8").split(chr(34) * 3)[1].strip().split("\n")[0]


if __name__ == "__main__":
    sys.exit(main())
