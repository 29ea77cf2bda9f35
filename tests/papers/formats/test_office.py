"""Older office files through LibreOffice, and what is said where it is not installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from dinhlang.papers.errors import PaperError, Stopped, UnknownFormat
from dinhlang.papers.reading.formats import Limits, office, read_source
from tests.papers.formats.makers import COUNTRY, MOTTO, paper_docx, plan_to_docx, shown_lines

LINES = ["KẾ HOẠCH", "Xây dựng nông thôn mới nâng cao năm 2024", "- Đạt chuẩn 05 tiêu chí còn lại."]
RTF = (
    r"{\rtf1\ansi\uc1{\fonttbl{\f0 Times New Roman;}}\f0 "
    r"K\u7870? HO\u7840?CH\par - \u272?\u7841?t chu\u7849?n.\par}"
)
INSTALLED = shutil.which("soffice") or shutil.which("libreoffice")


def converted(kind: str, folder: Path, data: bytes) -> bytes:
    """A Word file as LibreOffice itself writes it in another format."""
    given = folder / "paper.docx"
    given.write_bytes(data)
    subprocess.run(
        [str(INSTALLED), "--headless", f"-env:UserInstallation={(folder / 'own').as_uri()}",
         "--convert-to", kind, "--outdir", str(folder), str(given)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / f"paper.{kind}").read_bytes()


@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_an_older_file_is_read_through_libreoffice_or_refused(kind: str, tmp_path: Path) -> None:
    if INSTALLED is None:
        with pytest.raises(UnknownFormat, match=r"lưu lại thành \.docx"):
            read_source(RTF.encode(), "a.rtf")
        return
    source = read_source(converted(kind, tmp_path, plan_to_docx(LINES)), f"a.{kind}")
    assert source.text == LINES
    assert source.reader == "office"


def test_without_libreoffice_the_user_is_told_to_save_as_docx(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    with pytest.raises(UnknownFormat) as caught:
        read_source(RTF.encode(), "a.rtf")
    assert "lưu lại thành .docx" in caught.value.advice
    assert ".rtf" in caught.value.message


SLOW = "#!/bin/sh\ntail -f /dev/null\n"
"""Stands in for an office that never ends."""


@pytest.mark.parametrize("ending", ["too slow", "fails"])
def test_nothing_is_left_on_disk_when_the_conversion_fails(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text(SLOW if ending == "too slow" else "#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setattr(office.shutil, "which", lambda name: str(program))
    with pytest.raises(PaperError, match="Không chuyển được"):
        read_source(RTF.encode(), "a.rtf", limits=Limits(convert_seconds=0.3))
    assert list(scratch.iterdir()) == []


def test_stopping_before_the_conversion_comes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda name: "/bin/true")

    def stop(share: float, words: str) -> None:
        if share > 0:
            raise Stopped("Đã dừng theo yêu cầu.")

    with pytest.raises(Stopped):
        read_source(RTF.encode(), "a.rtf", stop)


def test_a_word_file_and_its_pdf_hold_the_same_lines(tmp_path: Path) -> None:
    data = paper_docx()
    word = read_source(data, "a.docx")
    assert word.text[:6] == [
        "UBND HUYỆN ĐỒNG BẰNG",
        "BCĐ CHƯƠNG TRÌNH MTQG XÂY DỰNG NÔNG THÔN MỚI XÃ ĐỒNG MẪU",
        "Số: 15/KH-BCĐ",
        COUNTRY,
        MOTTO,
        "Đồng Mẫu, ngày      tháng 02 năm 2024",
    ]
    assert word.text[-2:] == ["PHÓ TRƯỞNG BAN", "Người Ký Mẫu"]
    if INSTALLED is not None:
        pdf = read_source(converted("pdf", tmp_path, data), "a.pdf")
        assert shown_lines(pdf.text) == shown_lines(word.text)
        assert [line.kind for line in pdf.lines] == [line.kind for line in word.lines]
        assert max(line.page for line in pdf.lines) > 2
