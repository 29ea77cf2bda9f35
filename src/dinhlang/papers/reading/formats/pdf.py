"""PDF files: the text layer by pypdfium2, else the picture of each page by OCR."""

from __future__ import annotations

import re
import threading
import unicodedata
from typing import TYPE_CHECKING

from dinhlang.papers.errors import Damaged, EmptyFile, Encrypted, NoText, TooLarge
from dinhlang.papers.reading.formats import ocr
from dinhlang.papers.reading.formats.layout import read_pages
from dinhlang.papers.reading.formats.limits import Limits
from dinhlang.papers.reading.formats.pdf_guard import check_streams
from dinhlang.papers.reading.formats.rows import Page
from dinhlang.papers.reading.source import Progress, SourceLine, SourceText
from dinhlang.vietnamese import convert_legacy, detect_legacy

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_UNICODE = re.compile("[\u1ea0-\u1ef9]")
_PASSWORD = 4
_SCAN_DPI = 250
_FEW_LETTERS = 200
_MOST_OF_PAGE = 0.5

LOCK = threading.RLock()
"""PDFium keeps global state: one thread at a time in the whole process."""


class PdfReader:
    """Reads PDF files page by page."""

    name = "pdf"
    label = "PDF"

    def score(self, head: bytes, name: str) -> float:
        """The mark ``%PDF-`` may stand after some rubbish, within the first kilobyte."""
        if b"%PDF-" in head[:1024]:
            return 0.95
        return 0.25 if name.endswith(".pdf") else 0.0

    def read(self, data: bytes, name: str, progress: Progress, limits: Limits) -> SourceText:
        """The lines with their pages; OCR for files that are pictures only.

        Raises ``Encrypted``, ``Damaged``, ``NoText``, ``EmptyFile`` or ``TooLarge``.
        """
        if b"%PDF-" not in data[:1024]:
            raise Damaged(
                "Tên tệp là .pdf nhưng nội dung không phải PDF.",
                "Hãy xuất lại tệp PDF từ phần mềm soạn thảo rồi gửi lại.",
            )
        check_streams(data)
        pages = self._pages(data, progress, limits)
        scans = [page for page in pages if _is_scan(page)]
        if not scans and not any(page.letters for page in pages):
            scans = pages
        notes = self._recognise(data, pages, scans, progress, limits) if scans else []
        lines = read_pages(pages)
        notes += _to_unicode(lines)
        if scans and not lines:
            raise NoText(
                "Tệp PDF là bản chụp (scan) và không nhận ra chữ nào.",
                "Hãy gửi tệp Word gốc hoặc bản chụp rõ hơn.",
            )
        return SourceText(name=name, reader=self.name, sha256="", lines=lines, notes=notes)

    def _pages(self, data: bytes, progress: Progress, limits: Limits) -> list[Page]:
        from dinhlang.papers.reading.formats.pdf_page import read_page

        pages: list[Page] = []
        chars = 0
        with LOCK:
            document = open_pdf(data)
            try:
                total = len(document)
                if total == 0:
                    raise EmptyFile("Tệp PDF không có trang nào.", "Hãy gửi lại đúng tệp.")
                if total > limits.max_pages:
                    raise _too_long(f"{total} trang")
                for index in range(total):
                    progress(0.05 + 0.35 * index / total, f"Đang đọc trang {index + 1}/{total}")
                    page = read_page(document, index, limits.max_chars - chars)
                    if page is None:
                        raise _too_long("quá nhiều chữ")
                    chars += sum(len(piece.text) for piece in page.pieces)
                    pages.append(page)
            finally:
                document.close()
        return pages

    def _recognise(
        self,
        data: bytes,
        pages: list[Page],
        scans: list[Page],
        progress: Progress,
        limits: Limits,
    ) -> list[str]:
        """Puts the recognised words in place of the scanned pages; returns what to say of it."""
        total = len(scans)
        if not ocr.is_available():
            if total == len(pages):
                raise NoText(
                    "Tệp PDF là bản chụp (scan), không có chữ để đọc.",
                    "Hãy gửi tệp Word gốc, hoặc cài bộ nhận dạng chữ tesseract với tiếng Việt.",
                )
            numbers = ", ".join(str(page.number) for page in scans)
            return [f"Trang {numbers} là ảnh chụp, không đọc được chữ trên đó."]
        if total > limits.max_ocr_pages:
            raise _too_long(f"{total} trang bản chụp")
        with LOCK:
            document = open_pdf(data)
        try:
            for done, page in enumerate(scans):
                progress(0.4 + 0.55 * done / total, f"Đang nhận dạng trang {done + 1}/{total}")
                with LOCK:
                    picture, scale = render(document, page.number - 1, limits)
                pages[page.number - 1] = ocr.read_picture(picture, page.number, scale, limits)
        finally:
            with LOCK:
                document.close()
        return [ocr.NOTE]


def open_pdf(data: bytes) -> PdfDocument:
    """The open document. Raises ``Encrypted`` or ``Damaged``."""
    import pypdfium2 as pdfium

    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise Encrypted(
                "Tệp PDF bị khóa bằng mật khẩu.", "Hãy gỡ mật khẩu hoặc in lại ra PDF rồi gửi lại."
            ) from error
        raise Damaged(
            "Tệp PDF bị hỏng hoặc bị cắt ngang.",
            "Hãy xuất lại tệp PDF từ phần mềm soạn thảo rồi gửi lại.",
        ) from error


def render(document: PdfDocument, index: int, limits: Limits) -> tuple[bytes, float]:
    """A page as a grey picture (PGM) and its scale in pixels per point."""
    page = document[index]
    try:
        width, height = page.get_size()
        scale = _SCAN_DPI / 72
        if width * height * scale * scale > limits.max_pixels / 4:
            scale = (limits.max_pixels / 4 / max(1.0, width * height)) ** 0.5
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            pixels = bytes(bitmap.buffer)
            if bitmap.stride != bitmap.width:
                pixels = b"".join(
                    pixels[at : at + bitmap.width]
                    for at in range(0, bitmap.stride * bitmap.height, bitmap.stride)
                )
            return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + pixels, scale
        finally:
            bitmap.close()
    finally:
        page.close()


def _is_scan(page: Page) -> bool:
    """A picture over most of the page; the text of a digital seal or a header may lie on it."""
    return page.picture > _MOST_OF_PAGE and page.letters < _FEW_LETTERS


def _too_long(what: str) -> TooLarge:
    return TooLarge(
        f"Tệp PDF có {what}, quá dài so với một kế hoạch.",
        "Hãy tách riêng phần kế hoạch rồi gửi lại.",
    )


def _to_unicode(lines: list[SourceLine]) -> list[str]:
    """Puts every line into NFC, out of a legacy encoding where the whole text is in one."""
    text = "\n".join(line.text for line in lines)
    # Letters of Unicode's own Vietnamese block settle it, and quickly.
    legacy = None if _UNICODE.search(text) else detect_legacy(text)
    notes = []
    if legacy:
        notes.append("Tệp PDF dùng phông cũ (TCVN3 hoặc VNI); đã chuyển sang Unicode.")
    elif not unicodedata.is_normalized("NFC", text):
        notes.append("Tệp dùng Unicode tổ hợp; đã chuyển sang Unicode dựng sẵn.")
    for line in lines:
        line.text = _clean(line.text, legacy)
        if line.cells:
            line.cells = tuple(_clean(cell, legacy) for cell in line.cells)
            line.text = " | ".join(line.cells)
    return notes


def _clean(text: str, legacy: str | None) -> str:
    if legacy:
        text = convert_legacy(text, legacy)
    return unicodedata.normalize("NFC", text)
