"""Photographs and scans of a paper (``.jpg``, ``.png``, ``.tif``), by OCR."""

from __future__ import annotations

import struct

from dinhlang.papers.errors import NoText, TooLarge
from dinhlang.papers.reading.formats import ocr
from dinhlang.papers.reading.formats.layout import read_pages
from dinhlang.papers.reading.formats.limits import Limits
from dinhlang.papers.reading.source import Progress, SourceText

_PNG = b"\x89PNG\r\n\x1a\n"
_MAGIC = (_PNG, b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM")
_WIDTH = 595.0


class ImageReader:
    """One picture is one page."""

    name = "image"
    label = "ảnh chụp văn bản (.jpg, .png)"

    def score(self, head: bytes, name: str) -> float:
        """By the first bytes only; two letters of a bitmap are not enough without its name."""
        if head.startswith(b"BM"):
            return 0.9 if name.endswith(".bmp") else 0.0
        return 0.9 if head.startswith(_MAGIC) else 0.0

    def read(self, data: bytes, name: str, progress: Progress, limits: Limits) -> SourceText:
        """The recognised lines. Raises ``NoText`` without OCR or without words."""
        width = _check_size(data, limits)
        if not ocr.is_available():
            raise NoText(
                "Tệp là ảnh chụp, không có chữ để đọc.",
                "Hãy gửi tệp Word gốc, hoặc cài bộ nhận dạng chữ tesseract với tiếng Việt (vie).",
            )
        progress(0.1, "Đang nhận dạng chữ trong ảnh")
        page = ocr.read_picture(data, 1, max(1.0, width / _WIDTH), limits)
        lines = read_pages([page])
        if not lines:
            raise NoText("Không nhận ra chữ nào trong ảnh.", "Hãy gửi tệp Word gốc.")
        return SourceText(name=name, reader=self.name, sha256="", lines=lines, notes=[ocr.NOTE])


def _check_size(data: bytes, limits: Limits) -> float:
    """The width in pixels (1,654 where the format does not say it up front)."""
    width, height = 1654, 1
    if data.startswith(_PNG) and len(data) >= 24:
        width, height = struct.unpack_from(">II", data, 16)
    elif data.startswith(b"\xff\xd8"):
        width, height = _jpeg_size(data)
    if width * height > limits.max_pixels:
        raise TooLarge(
            f"Ảnh quá lớn ({width} × {height} điểm ảnh).", "Hãy giảm cỡ ảnh rồi gửi lại."
        )
    return float(max(1, width))


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    return 1654, 1
