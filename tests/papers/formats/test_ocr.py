"""Scans through tesseract, and pages of both kinds in one file."""

from __future__ import annotations

import struct
import zlib

import pypdfium2 as pdfium
import pytest

from dinhlang.papers.errors import NoText
from dinhlang.papers.reading.formats import Limits, ocr, read_source
from dinhlang.papers.reading.formats.layout import read_pages
from dinhlang.vietnamese import fold
from tests.papers.formats.makers import HEAD_AND_FOOT, typst_pdf

PAPER = HEAD_AND_FOOT.replace("TABLE", "")


def png(data: bytes, page: int = 0, dpi: int = 200) -> bytes:
    """A page of a PDF as a grey PNG, written by hand."""
    document = pdfium.PdfDocument(data)
    bitmap = document[page].render(scale=dpi / 72, grayscale=True)
    rows = bytes(bitmap.buffer)
    lines = b"".join(
        b"\x00" + rows[at : at + bitmap.width]
        for at in range(0, bitmap.stride * bitmap.height, bitmap.stride)
    )

    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + crc

    head = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines, 6))
        + chunk(b"IEND", b"")
    )  # fmt: skip


def scan(picture: bytes) -> bytes:
    """A PDF whose one page is a picture."""
    return typst_pdf(f'#set page(paper: "a4", margin: 0pt)\n#image({typst_bytes(picture)})')


def typst_bytes(data: bytes) -> str:
    """Bytes as a typst expression."""
    return f"bytes(({', '.join(map(str, data))}))"


WORDS = ("15/kh-ubnd", "doc lap - tu do", "ke hoach", "nong thon moi nang cao", "noi nhan")


def test_a_photographed_paper_is_recognised_or_asked_for_in_word() -> None:
    picture = png(typst_pdf(PAPER))
    if not ocr.is_available():
        with pytest.raises(NoText):
            read_source(picture, "a.png")
        return
    source = read_source(picture, "a.png")
    text = fold("\n".join(source.text))
    assert [word for word in WORDS if word not in text] == []
    assert source.notes == [ocr.NOTE]
    assert source.reader == "image"


def test_a_scanned_pdf_is_recognised_with_its_pages_told() -> None:
    data = scan(png(typst_pdf(PAPER), dpi=150))
    if not ocr.is_available():
        with pytest.raises(NoText):
            read_source(data, "a.pdf")
        return
    told: list[str] = []
    source = read_source(data, "a.pdf", lambda share, words: told.append(words))
    assert [word for word in WORDS if word not in fold("\n".join(source.text))] == []
    assert source.notes == [ocr.NOTE]
    assert "Đang nhận dạng trang 1/1" in told


TSV = "\n".join([
    "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext",
    "1\t1\t0\t0\t0\t0\t0\t0\t1240\t1754\t-1\t",
    "5\t1\t1\t1\t1\t1\t200\t100\t60\t30\t96\tUBND",
    "5\t1\t1\t1\t1\t2\t270\t100\t40\t30\t96\tXÃ",
    "5\t1\t1\t1\t1\t3\t600\t100\t200\t30\t95\tCỘNG",
    "5\t1\t1\t1\t1\t4\t810\t100\t200\t30\t3\trác",
    "5\t1\t1\t1\t2\t1\t200\t200\t80\t30\t90\tchữ",
    "not a row",
])  # fmt: skip


def test_words_of_tesseract_become_pieces_parted_at_wide_gaps() -> None:
    page = ocr._page(TSV, 3, 2.0)
    assert (page.number, page.width, page.height) == (3, 620.0, 877.0)
    assert [piece.text for piece in page.pieces] == ["UBND XÃ", "CỘNG", "chữ"]
    assert page.pieces[0].x0 == 100.0
    assert page.pieces[0].y1 == 877.0 - 50.0
    assert [line.page for line in read_pages([page])] == [3, 3]


def test_too_many_scanned_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: True)
    data = typst_pdf("#rect(width: 90%, height: 80%)" * 3)
    with pytest.raises(Exception, match="trang bản chụp"):
        read_source(data, "a.pdf", limits=Limits(max_ocr_pages=1))


def test_a_scanned_page_among_others_is_named_where_it_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    picture = typst_bytes(png(typst_pdf("chữ trong ảnh"), dpi=30))
    data = typst_pdf(f"Trang có chữ #pagebreak() #image({picture}, width: 100%)")
    source = read_source(data, "a.pdf")
    assert source.text == ["Trang có chữ"]
    assert source.notes == ["Trang 2 là ảnh chụp, không đọc được chữ trên đó."]
