"""Bombs and giants are refused within bounded memory, measured in a process of its own."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.papers.formats.test_bad_files import bomb_pdf, lying_size, packed

MEGABYTES = 150
PROBE = """
import sys
from pathlib import Path
from dinhlang.papers.errors import PaperError
from dinhlang.papers.reading.formats import read_source
import lxml.etree, pypdfium2.raw


def peak():
    # Not ru_maxrss: that of a child begins at what its parent had.
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


before = peak()
try:
    read_source(Path(sys.argv[1]))
    print("read", end=" ")
except PaperError as error:
    print(error.code, end=" ")
print(peak() - before)
"""


PARAGRAPH = b"<w:p><w:r><w:t>" + b"abc def " * 10 + b"</w:t></w:r></w:p>"


def stored(body: bytes) -> bytes:
    """A Word file of a body, not compressed, so that no ratio gives it away."""
    namespace = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    start = b'<w:document xmlns:w="' + namespace + b'"><w:body>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", start + body + b"</w:body></w:document>")
    return out.getvalue()


def probe(path: Path) -> tuple[str, int]:
    """How reading a file ends, and by how many MB the memory of the process grew at most."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(path)], capture_output=True, text=True, check=True
    )
    code, grown = done.stdout.split()
    return code, int(grown)


def test_a_file_of_300_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "to.docx"
    with path.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    code, grown = probe(path)
    assert code == "too-large"
    assert grown < 5


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("novel.docx", stored(PARAGRAPH * 60_000)),
        ("declared.docx", packed(**{"word__document.xml": b"<a>" + b" " * (180 << 20) + b"</a>"})),
        ("lying.docx", lying_size()),
        ("elements.docx", stored(b"<b/>" * (5 << 20))),
        ("allowed.docx", stored(b"<b/>" * 990_000)),
        ("attributes.docx", stored(b'<b c=""/>' * 330_000)),
        ("stream.pdf", bomb_pdf()),
        ("novel.txt", b"abc def\n" * (6 << 20)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bomb_is_refused_within_150_mb(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    code, grown = probe(path)
    assert code in ("too-large", "damaged", "empty")
    assert grown < MEGABYTES
