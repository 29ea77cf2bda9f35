"""A Word file read back as simple HTML, and turned into PDF where LibreOffice is there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

SECONDS = 90
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


class NoPdf(Exception):
    """The file could not be turned into PDF; the message is for people."""


def program() -> str | None:
    """LibreOffice, where this machine has it."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdf(docx: bytes) -> bytes:
    """The pages of a Word file. Raises ``NoPdf``."""
    found = program()
    if found is None:
        raise NoPdf(
            "Máy chủ này không có LibreOffice nên không đổi được mẫu Word của xã sang PDF. "
            "Hãy tải tệp Word rồi lưu thành PDF."
        )
    with tempfile.TemporaryDirectory(prefix="dinhlang-") as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        (folder / "paper.docx").write_bytes(docx)
        _run(
            [
                found, "--headless", "--norestore", "--nolockcheck", "--nodefault",
                f"-env:UserInstallation={profile.parent.as_uri()}",
                "--convert-to", "pdf", "--outdir", str(folder / "out"), str(folder / "paper.docx"),
            ]
        )  # fmt: skip
        made = folder / "out" / "paper.pdf"
        if not made.is_file():
            raise NoPdf("Không đổi được tệp này sang PDF. Hãy tải tệp Word rồi lưu thành PDF.")
        return made.read_bytes()


def _run(command: list[str]) -> None:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdout=quiet, stderr=quiet, stdin=quiet, start_new_session=True
    )
    try:
        process.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        pass
    finally:
        if process.poll() is None:
            # The program starts others; all of this one's group end with it.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def to_html(docx: bytes) -> str:
    """An ``article`` with the words and tables of a Word file; everything in it is escaped."""
    import docx as word

    document = word.Document(BytesIO(docx))
    inner = "\n".join(_blocks(document))
    return f'<article class="official from-word">{inner}</article>'


def _blocks(holder: Any) -> Iterator[str]:
    for each in holder.iter_inner_content():
        yield _table(each) if hasattr(each, "rows") else _paragraph(each)


def _paragraph(line: Any) -> str:
    words = []
    for run in line.runs:
        text = escape(run.text).replace("\n", "<br>")
        if not text:
            continue
        if run.bold:
            text = f"<b>{text}</b>"
        if run.italic:
            text = f"<i>{text}</i>"
        words.append(text)
    if not words:
        return ""
    align = {1: "center", 2: "right"}.get(line.alignment or 0, "left")
    return f'<p class="{align}">{"".join(words)}</p>'


def _table(table: Any) -> str:
    # A table without lines only sets two columns side by side, as the head of a paper does.
    lined = table.style is not None and "Grid" in (table.style.name or "")
    rows = []
    for row in table.rows:
        seen: list[Any] = []
        cells = []
        for cell in row.cells:
            if cell._tc in seen:
                continue
            seen.append(cell._tc)
            cells.append(f"<td>{''.join(_blocks(cell))}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    kind = "lined" if lined else "bare"
    return f'<div class="scroll"><table class="{kind}"><tbody>{"".join(rows)}</tbody></table></div>'
