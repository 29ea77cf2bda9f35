"""Files that no reader takes: what they are, and what the user can do instead."""

from __future__ import annotations

from dinhlang.papers.errors import PaperError, UnknownFormat

ADVICE = "Hệ thống đọc được tệp Word (.docx), PDF, và văn bản thường (.txt, .md)."

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "một chương trình máy tính (.exe)"),
    (b"\x7fELF", "một chương trình máy tính"),
    (b"Rar!", "một tệp nén .rar"),
    (b"7z\xbc\xaf", "một tệp nén .7z"),
    (b"\x1f\x8b", "một tệp nén .gz"),
    (b"GIF8", "một ảnh GIF"),
    (b"RIFF", "một tệp âm thanh hoặc hình ảnh"),
    (b"ID3", "một tệp âm thanh"),
    (b"SQLite format 3", "một cơ sở dữ liệu"),
)
_PARTS: tuple[tuple[str, str], ...] = (
    ("xl/workbook", "một bảng tính Excel"),
    ("ppt/presentation", "một bài trình chiếu PowerPoint"),
    ("AndroidManifest", "một ứng dụng điện thoại"),
)


def describe_stranger(head: bytes, name: str) -> PaperError:
    """The error for bytes that no reader takes, naming the format where it is known."""
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return UnknownFormat(f"Tệp này là {what}, không phải văn bản.", ADVICE)
    if head[4:8] == b"ftyp":
        return UnknownFormat("Tệp này là phim hoặc ảnh điện thoại, không phải văn bản.", ADVICE)
    if is_web_page(head):
        return UnknownFormat(
            "Tệp này là trang web (HTML), dù tên tệp có thể là .doc.",
            "Hãy mở bằng Word, lưu lại thành .docx rồi gửi lại.",
        )
    return UnknownFormat("Không nhận ra định dạng của tệp.", ADVICE)


def is_web_page(head: bytes) -> bool:
    """Whether it begins as HTML, as what some offices' software saves under the name ``.doc``."""
    start = head[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return start.startswith((b"<!doctype html", b"<html", b"mime-version:"))


def describe_package(entries: list[str]) -> PaperError:
    """The error for a zip file that is no Word document, from the names in it."""
    for prefix, what in _PARTS:
        if any(entry.startswith(prefix) for entry in entries):
            return UnknownFormat(
                f"Tệp này là {what}, không phải văn bản.",
                "Hãy gửi kế hoạch ở dạng Word (.docx) hoặc PDF.",
            )
    return UnknownFormat(
        "Tệp này là một tệp nén (.zip), không phải văn bản.",
        "Hãy giải nén rồi gửi riêng tệp kế hoạch.",
    )
