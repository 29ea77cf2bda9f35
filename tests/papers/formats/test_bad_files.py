"""Files that cannot be read: each is refused with words that say what is wrong and what to do."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

import pytest

from dinhlang.papers.errors import (
    Damaged,
    Encrypted,
    NoText,
    PaperError,
    TooLarge,
    UnknownFormat,
)
from dinhlang.papers.reading.formats import Limits, ocr, read_source
from tests.papers.formats.makers import typst_pdf
from tests.papers.formats.word import p, word

DOCX = word(p("Kế hoạch"))
PDF = typst_pdf("Kế hoạch xây dựng nông thôn mới")
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else None
            package.writestr(name.replace("__", "/"), data, kind)
    return out.getvalue()


def compound(*streams: str, first_sector: bytes = b"") -> bytes:
    """The outside of an OLE compound file, as old Word and locked new Word write it."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\x00") for name in streams)
    return CFB.ljust(512, b"\x00") + first_sector.ljust(512, b"\x00") + names


def many_entries(count: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for number in range(count):
            package.writestr(f"word/{number}", b"")
    return out.getvalue()


def lying_size() -> bytes:
    """A part that unpacks to 64 MB and declares 100 bytes."""
    data = bytearray(packed(**{"word__document.xml": b"<a>" + b" " * (64 << 20) + b"</a>"}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(signature)
        struct.pack_into("<I", data, at + offset, 100)
    return bytes(data)


def locked_zip() -> bytes:
    data = bytearray(DOCX)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(signature), bytes(data)):
            struct.pack_into("<H", data, found.start() + offset, 1)
    return bytes(data)


def bomb_pdf() -> bytes:
    """A page whose stream unpacks to 80 MB."""
    stream = zlib.compress(b" " * (80 << 20), 9)
    head = f"5 0 obj<</Filter/FlateDecode/Length {len(stream)}>>stream\n".encode()
    return b"%PDF-1.5\n" + head + stream + b"\nendstream endobj\n"


def locked_pdf() -> bytes:
    """A PDF that asks for a password: its key is one that no empty password opens."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</Filter/Standard/V 2/R 3/Length 128/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32
        + b">>>",
    ]  # fmt: skip
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % x for x in places)
    out += (
        b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF" % start
    )
    return bytes(out)


ENTITIES = (
    b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b"<w:document xmlns:w='x'>&b;</w:document>"
)
EMPTY_BODY = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:body/></w:document>"
)
LOCKED_DOC = compound("WordDocument", first_sector=b"\xec\xa5" + b"\x00" * 8 + b"\x00\x01")

CASES: dict[str, tuple[bytes, str, type[PaperError], str]] = {
    "a locked docx": (compound("EncryptedPackage"), "a.docx", Encrypted, "mật khẩu"),
    "a locked doc": (LOCKED_DOC, "a.doc", Encrypted, "mật khẩu"),
    "a docx with a locked zip": (locked_zip(), "a.docx", Encrypted, "mật khẩu"),
    "a locked pdf": (locked_pdf(), "a.pdf", Encrypted, "mật khẩu"),
    "a docx cut short": (DOCX[: len(DOCX) // 2], "a.docx", Damaged, "bị cắt ngang"),
    "a docx without its text": (
        packed(**{"word__styles.xml": b"<a/>"}), "a.docx", Damaged, "thiếu phần nội dung"),
    "a docx without a body": (
        packed(**{"word__document.xml": b"<a/>"}), "a.docx", Damaged, "thiếu phần nội dung"),
    "a docx of broken xml": (
        packed(**{"word__document.xml": b"<a><b></a>"}), "a.docx", Damaged, "bị lỗi"),
    "a docx of entities": (
        packed(**{"word__document.xml": ENTITIES}), "a.docx", Damaged, "không an toàn"),
    "a docx that is a bomb": (
        packed(**{"word__document.xml": b"<a>" + b" " * (30 << 20) + b"</a>"}),
        "a.docx", TooLarge, "quá nhiều dữ liệu"),
    "a docx that lies about its size": (lying_size(), "a.docx", Damaged, "không mở được"),
    "a docx of too many elements": (
        packed(**{"word__document.xml": b"<a>" + b"<b/>" * 900_000 * 2 + b"</a>"}),
        "a.docx", TooLarge, "quá nhiều dữ liệu"),
    "a docx of too many parts": (many_entries(5_001), "a.docx", TooLarge, "quá nhiều dữ liệu"),
    "binary data named docx": (bytes(range(256)) * 9, "a.docx", Damaged, "không phải tệp Word"),
    "a spreadsheet": (
        packed(**{"xl__workbook.xml": b"<a/>"}), "a.docx", UnknownFormat, "bảng tính Excel"),
    "an old spreadsheet": (compound("Workbook"), "a.doc", UnknownFormat, "bảng tính Excel"),
    "a compound file of something else": (
        compound("Khác"), "a.doc", Damaged, "không phải tệp Word"),
    "a presentation": (
        packed(**{"ppt__presentation.xml": b"<a/>"}), "a.pptx", UnknownFormat, "PowerPoint"),
    "a web page named doc": (
        b"<html><body>KE HOACH</body></html>", "a.doc", UnknownFormat, "trang web"),
    "a locked odt": (
        packed(**{"mimetype": b"application/vnd.oasis.opendocument.text",
                  "META-INF__manifest.xml": b"<m><encryption-data/></m>"}),
        "a.odt", Encrypted, "mật khẩu"),
    "a docx of pictures only": (
        packed(**{"word__document.xml": EMPTY_BODY, "word__media__1.jpg": b"x"}),
        "a.docx", NoText, "ảnh chụp"),
    "a zip file": (packed(**{"anh.jpg": b"x"}), "a.zip", UnknownFormat, "tệp nén"),
    "a program": (b"MZ\x90\x00" + b"\x00" * 99, "a.docx.exe", UnknownFormat, "chương trình"),
    "another packed file": (b"Rar!\x1a\x07\x00" + b"\x00" * 99, "a.rar", UnknownFormat, ".rar"),
    "a film": (b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 99, "a.mp4", UnknownFormat, "phim"),
    "bytes of nothing known": (b"\x00\x01\x02\x03" * 99, "a", UnknownFormat, "định dạng"),
    "a pdf cut short": (PDF[:600], "a.pdf", Damaged, "bị hỏng"),
    "another file named pdf": (b"\x00\x01" * 99, "a.pdf", Damaged, "không phải PDF"),
    "a pdf that is a bomb": (bomb_pdf(), "a.pdf", TooLarge, "quá nhiều dữ liệu"),
    "a picture of giants": (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 60_000, 60_000) + b"\x08" * 9,
        "a.png", TooLarge, "Ảnh quá lớn"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "name", "error", "words"), CASES.values(), ids=CASES.keys())
def test_a_bad_file_is_refused_in_words(
    data: bytes, name: str, error: type[PaperError], words: str
) -> None:
    with pytest.raises(error) as caught:
        read_source(data, name)
    assert words in caught.value.message
    assert caught.value.message.endswith(".")
    assert caught.value.advice.startswith(("Hãy", "Nếu", "Hệ thống"))


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    data = typst_pdf("#pagebreak() ".join("chữ " for _ in range(6)))
    with pytest.raises(TooLarge, match="6 trang"):
        read_source(data, "a.pdf", limits=Limits(max_pages=5))


def test_a_pdf_of_too_many_letters_is_refused() -> None:
    with pytest.raises(TooLarge, match="quá nhiều chữ"):
        read_source(PDF, "a.pdf", limits=Limits(max_chars=10))


@pytest.mark.parametrize("name", ["scan.pdf", "scan.png"])
def test_a_scan_without_ocr_says_what_to_send(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    data = typst_pdf("#rect(width: 90%, height: 90%)") if name.endswith("pdf") else SMALL_PNG
    with pytest.raises(NoText) as caught:
        read_source(data, name)
    assert "tệp Word gốc" in caught.value.advice


SMALL_PNG = (
    b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
)
