"""Plain text and Markdown: the lines of the file, exactly as they are numbered there."""

from __future__ import annotations

import unicodedata

from dinhlang.papers.errors import Damaged, TooLarge
from dinhlang.papers.reading.formats.limits import Limits
from dinhlang.papers.reading.formats.strangers import is_web_page
from dinhlang.papers.reading.source import Progress, SourceLine, SourceText
from dinhlang.vietnamese import decode

_NAMES = (".txt", ".text", ".md", ".markdown")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ALLOWED = frozenset(b"\t\n\x0b\x0c\r\x1a\x1b")
_CONTROLS = bytes(code for code in range(32) if code not in _ALLOWED)
_LEGACY = {
    "tcvn3": "TCVN3 (ABC)",
    "vni": "VNI Windows",
    "viscii": "VISCII",
    "cp1258": "Windows 1258",
}


class TextReader:
    """``.txt`` and ``.md`` in UTF-8, UTF-16 and the encodings used before Unicode."""

    name = "text"
    label = "văn bản thường (.txt, .md)"

    def score(self, head: bytes, name: str) -> float:
        """Anything without control bytes may be text; a name of ours is a further hint."""
        known = name.endswith(_NAMES)
        if is_web_page(head):
            return 0.0
        if not head.startswith(_UTF16) and _looks_binary(head):
            return 0.2 if known else 0.0
        return 0.6 if known else 0.3

    def read(self, data: bytes, name: str, progress: Progress, limits: Limits) -> SourceText:
        """Line *n* of the result is line *n* of the file, in NFC; marks of Markdown are kept.

        Raises ``Damaged`` when the bytes are no text, ``TooLarge`` when they are too many.
        """
        if not data.startswith(_UTF16) and _looks_binary(data):
            raise _not_text()
        if len(data) > 4 * limits.max_chars:
            raise TooLarge(
                "Văn bản quá dài so với một kế hoạch.",
                "Hãy kiểm tra xem có chọn nhầm tệp không, hoặc tách riêng phần kế hoạch.",
            )
        text, encoding = decode(data)
        if (encoding == "latin-1" and _looks_scrambled(text)) or "\x00" in text:
            raise _not_text()
        notes = []
        if encoding.lower() in _LEGACY:
            notes.append(
                f"Tệp dùng bảng mã cũ {_LEGACY[encoding.lower()]}; đã chuyển sang Unicode."
            )
        decomposed = is_decomposed(data, encoding)
        if decomposed:
            notes.append("Tệp dùng Unicode tổ hợp; đã chuyển sang Unicode dựng sẵn.")
        lines = split_lines(text)
        if decomposed:
            _mark_decomposed(lines, data, encoding)
        return SourceText(name=name, reader=self.name, sha256="", lines=lines, notes=notes)


def split_lines(text: str) -> list[SourceLine]:
    r"""Lines between ``\n``, ``\r\n`` or ``\r`` only: a form feed ends no line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\x1a")
    text = unicodedata.normalize("NFC", text)
    if text.endswith("\n"):
        text = text[:-1]
    return [SourceLine(line) for line in text.split("\n")]


def _mark_decomposed(lines: list[SourceLine], data: bytes, encoding: str) -> None:
    """Marks the lines whose letters and marks stand apart in the file."""
    text = data.decode(encoding, errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    for line, raw in zip(lines, text.split("\n"), strict=False):
        line.decomposed = not unicodedata.is_normalized("NFC", raw)


def is_decomposed(data: bytes, encoding: str) -> bool:
    """Whether Unicode bytes hold letters and marks apart (NFD), as files from a Mac do."""
    if not encoding.lower().startswith("utf"):
        return False
    text = data.decode(encoding, errors="replace")
    return not unicodedata.is_normalized("NFC", text)


def _looks_binary(data: bytes) -> bool:
    if b"\x00" in data:
        return True
    sample = data[:65536]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls * 50 > len(sample)


def _looks_scrambled(text: str) -> bool:
    sample = text[:65536]
    odd = sum(1 for char in sample if "\x7f" <= char < "\xa0")
    high = sum(1 for char in sample if char >= "\x80")
    return odd * 100 > len(sample) or high * 3 > len(sample)


def _not_text() -> Damaged:
    return Damaged(
        "Nội dung tệp không phải là chữ, dù tên tệp là của văn bản thường.",
        "Hãy mở tệp bằng phần mềm đã tạo ra nó rồi lưu lại thành .docx hoặc PDF.",
    )
