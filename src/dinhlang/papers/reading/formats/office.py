"""Older Word files, OpenDocument and RTF: converted to ``.docx`` by LibreOffice, then read."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from dinhlang.papers.errors import Damaged, Encrypted, UnknownFormat
from dinhlang.papers.reading.formats.docx import DocxReader
from dinhlang.papers.reading.formats.limits import Limits
from dinhlang.papers.reading.formats.package import Package
from dinhlang.papers.reading.source import Progress, SourceText

_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR = 512
_WORD = b"\xec\xa5"
_LOCKED = 0x0100
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


class OfficeReader:
    """``.doc``, ``.odt`` and ``.rtf``."""

    name = "office"
    label = "Word đời cũ (.doc), OpenDocument (.odt), RTF"

    def score(self, head: bytes, name: str) -> float:
        """By the first bytes: compound file, OpenDocument text, or RTF."""
        return 0.9 if _kind(head) else 0.0

    def read(self, data: bytes, name: str, progress: Progress, limits: Limits) -> SourceText:
        """The lines of the converted file. Raises ``UnknownFormat`` without LibreOffice."""
        kind = _kind(data[:200])
        _check(data, kind, limits)
        program = shutil.which("soffice") or shutil.which("libreoffice")
        if program is None:
            raise UnknownFormat(
                f"Máy này chưa đọc được tệp .{kind}.",
                "Hãy mở bằng Word, lưu lại thành .docx rồi gửi lại.",
            )
        progress(0.1, f"Đang chuyển tệp .{kind} sang .docx")
        with tempfile.TemporaryDirectory(prefix="dinhlang-") as folder:
            converted = _convert(program, data, kind, Path(folder), limits)
        source = DocxReader().read(converted, name, progress, limits)
        source.reader = self.name
        return source


def _kind(head: bytes) -> str:
    if head.startswith(_CFB):
        return "doc"
    if (
        head.startswith(b"PK\x03\x04")
        and b"mimetypeapplication/vnd.oasis.opendocument.text" in (head[:120])
    ):
        return "odt"
    return "rtf" if head.startswith(b"{\\rtf") else ""


def _check(data: bytes, kind: str, limits: Limits) -> None:
    if kind == "odt":
        package = Package(data, limits)
        if "META-INF/manifest.xml" in package and b"encryption-data" in package.read(
            "META-INF/manifest.xml"
        ):
            raise _locked()
        if "content.xml" in package:
            package.xml("content.xml")
        return
    if kind != "doc":
        return
    if _has_stream(data, "EncryptedPackage"):
        raise _locked()
    for stream, what in (("Workbook", "bảng tính Excel"), ("PowerPoint Document", "PowerPoint")):
        if _has_stream(data, stream) and not _has_stream(data, "WordDocument"):
            raise UnknownFormat(
                f"Tệp này là {what}, không phải văn bản.",
                "Hãy gửi kế hoạch ở dạng Word (.docx) hoặc PDF.",
            )
    if not _has_stream(data, "WordDocument"):
        raise Damaged(
            "Tệp bị hỏng hoặc không phải tệp Word.",
            "Hãy mở bằng Word, lưu lại thành .docx rồi gửi lại.",
        )
    for at in range(_SECTOR, len(data) - 12, _SECTOR):
        if data[at : at + 2] == _WORD:
            if int.from_bytes(data[at + 10 : at + 12], "little") & _LOCKED:
                raise _locked()
            break


def _has_stream(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in data


def _locked() -> Encrypted:
    return Encrypted("Tệp bị khóa bằng mật khẩu.", "Hãy mở tệp, bỏ mật khẩu, lưu lại rồi gửi lại.")


def _convert(program: str, data: bytes, kind: str, folder: Path, limits: Limits) -> bytes:
    """The ``.docx`` that LibreOffice makes, with a profile of its own and no macros or links."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    given = folder / f"paper.{kind}"
    given.write_bytes(data)
    out = folder / "out"
    command = [
        program, "--headless", "--norestore", "--nolockcheck", "--nodefault",
        f"-env:UserInstallation={profile.parent.as_uri()}",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), str(given),
    ]  # fmt: skip
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(timeout=limits.convert_seconds)
    except subprocess.TimeoutExpired:
        pass
    finally:
        _end(process)
    made = out / "paper.docx"
    if not made.is_file():
        raise Damaged(
            f"Không chuyển được tệp .{kind}: tệp bị hỏng hoặc quá phức tạp.",
            "Hãy mở bằng Word, lưu lại thành .docx rồi gửi lại.",
        )
    if made.stat().st_size > limits.max_file:
        raise Damaged("Tệp chuyển đổi quá lớn.", "Hãy lưu lại thành .docx rồi gửi lại.")
    return made.read_bytes()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the office and the processes that it started itself."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
