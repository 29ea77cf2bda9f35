"""Official papers of 20 pages: Word and PDF, time and memory.

Reference: python-docx and Typst alone on as many plain paragraphs, in the same run.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import typst

from dinhlang.papers.writing.pdf import to_pdf
from dinhlang.papers.writing.tree import (
    Block,
    Column,
    Head,
    Heading,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
)
from dinhlang.papers.writing.word import to_docx

DAY = date(2026, 11, 22)
SENTENCE = "Rà soát, hoàn thiện hồ sơ minh chứng và số liệu của từng chỉ tiêu theo kế hoạch. " * 3
TIMES = 5


def paper(parts: int = 26) -> Paper:
    """Headings, paragraphs and tables of about 20 pages."""
    blocks: list[Block] = []
    for number in range(1, parts + 1):
        blocks.append(Heading(level=2, label=f"{number}.", text="Nhiệm vụ"))
        blocks += [Paragraph(marker="-", text=SENTENCE) for _ in range(4)]
        rows = tuple(Row(cells=(str(n), SENTENCE[:90], "1.234,5")) for n in range(1, 10))
        columns = (Column(title="TT", share=0.5), Column(title="Nội dung", share=4),
                   Column(title="Số tiền", align="right"))  # fmt: skip
        blocks.append(Table(columns=columns, rows=rows))
    head = Head(issuer=("Ủy ban nhân dân", "xã Làng Mẫu"), symbol="KH-UBND", place="Làng Mẫu")
    return Paper(
        head=head, kind="Kế hoạch", about="Xây dựng nông thôn mới năm 2026", blocks=tuple(blocks),
        signature=Signature(authority="TM. Ủy ban nhân dân", title="Chủ tịch"),
        recipients=("Lưu: VT",),
    )  # fmt: skip


def plain_docx(lines: int) -> bytes:
    """As many paragraphs by python-docx alone."""
    document, out = docx.Document(), BytesIO()
    for _ in range(lines):
        document.add_paragraph(SENTENCE)
    document.save(out)
    return out.getvalue()


def plain_pdf(lines: int) -> bytes:
    """As many paragraphs by Typst alone."""
    return typst.compile((SENTENCE + "\n\n").encode() * lines, format="pdf")


def median(work: Callable[[], bytes]) -> tuple[float, bytes]:
    """Milliseconds in the middle of several runs (Typst keeps what it set), and what was made."""
    spent, made = [], b""
    for _ in range(TIMES):
        begun = time.perf_counter()
        made = work()
        spent.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent), made


def alone(kind: str) -> tuple[float, float]:
    """Milliseconds and megabytes of a process that writes one such paper, its start left out."""
    done = subprocess.run(
        [sys.executable, __file__, kind], capture_output=True, text=True, check=True
    )
    spent, memory = done.stdout.split()
    return float(spent), float(memory)


def write_once(kind: str) -> None:
    """Writes one paper and prints what it took."""
    made = paper()
    begun = time.perf_counter()
    if kind == "docx":
        to_docx(made)
    else:
        to_pdf(made, DAY)
    spent = (time.perf_counter() - begun) * 1000
    print(spent, peak())


def peak() -> float:
    """The most megabytes this process held (that of getrusage is its parent's as well)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Prints the figures."""
    if len(sys.argv) > 1:
        write_once(sys.argv[1])
        return
    made = paper()
    word, _ = median(lambda: to_docx(made))
    pdf, data = median(lambda: to_pdf(made, DAY))
    pages = len(pypdfium2.PdfDocument(data))
    lines = sum(len(b.rows) if isinstance(b, Table) else 1 for b in made.blocks)
    plain_word, _ = median(lambda: plain_docx(lines))
    plain_set, _ = median(lambda: plain_pdf(lines))
    cold = [alone(kind) for kind in ("docx", "pdf")]
    print(f"pages {pages}, paragraphs and rows {lines}")
    print(f"Word  {word:7.0f} ms   (to reach ≤ 1000; python-docx alone {plain_word:.0f} ms)")
    print(f"PDF   {pdf:7.0f} ms   (to reach ≤ 1000; Typst alone {plain_set:.0f} ms)")
    for kind, (spent, memory) in zip(("Word", "PDF"), cold, strict=True):
        print(f"{kind} in a fresh process: {spent:.0f} ms, {memory:.0f} MB (to reach ≤ 200 MB)")


if __name__ == "__main__":
    main()
