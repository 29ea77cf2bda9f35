"""What a file is, by its content and never by its name; what is refused, and with what advice."""

from __future__ import annotations

import zipfile
from io import BytesIO

from .models import FileKind

MEGABYTE = 1024 * 1024
MOST_BYTES = 25 * MEGABYTE
MOST_MEMBERS = 5000
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_AVIF = (b"avif", b"avis")
ALLOWED_WORDS = "PDF, ảnh JPEG, PNG, WebP, Word (.docx), Excel (.xlsx)"


class RefusedFile(Exception):
    """A file that is not taken; the message says why and what to do."""


def kind_of(content: bytes) -> FileKind:
    """The kind of the file. Raises ``RefusedFile``."""
    if not content:
        raise RefusedFile("Tệp trống. Hãy kiểm tra lại tệp rồi chọn tệp khác.")
    if len(content) > MOST_BYTES:
        raise RefusedFile(
            f"Tệp lớn hơn {MOST_BYTES // MEGABYTE} MB. Hãy quét lại với độ phân giải thấp hơn, "
            "hoặc tách thành nhiều tệp."
        )
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind.WEBP
    if b"%PDF-" in content[:1024]:
        return FileKind.PDF
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    raise RefusedFile(_advice(content))


def _office(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise RefusedFile("Tệp bị hỏng, không mở được. Hãy lưu lại rồi gửi lần nữa.") from None
    if len(names) > MOST_MEMBERS:
        raise RefusedFile("Tệp có cấu trúc lạ. Hãy xuất ra PDF rồi gửi.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedFile("Tệp có macro. Hãy lưu thành .docx, .xlsx hoặc PDF rồi gửi lại.")
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return FileKind.DOCX
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return FileKind.XLSX
    raise RefusedFile(f"Tệp nén không nhận làm minh chứng. Nhận: {ALLOWED_WORDS}.")


def _advice(content: bytes) -> str:
    brand = content[8:12] if content[4:8] == b"ftyp" else b""
    if brand in _HEIC or brand in _AVIF:
        return (
            "Ảnh HEIC của iPhone chưa nhận được. Trên máy vào Cài đặt → Camera → Định dạng → "
            "“Tương thích nhất” rồi chụp lại, hoặc gửi ảnh qua Zalo để đổi sang JPEG."
        )
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return "Tệp Word, Excel kiểu cũ (.doc, .xls). Hãy lưu thành .docx, .xlsx hoặc PDF."
    return f"Không nhận loại tệp này. Nhận: {ALLOWED_WORDS}."
