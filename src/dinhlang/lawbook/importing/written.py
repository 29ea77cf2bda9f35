"""A set written by hand: a YAML file of the form in ``docs/law-files.md``, taken in as it is."""

from __future__ import annotations

from dinhlang.law.reading import AMENDMENT, MEASURES, SET
from dinhlang.vietnamese import nfc

from ..sheet.written import about_of_file, rows_of_file
from .reading import Refused, Taken

MOST_BYTES = 2 * 1024 * 1024
LOOKS_LIKE = "dinhlang."


def read_file(content: bytes, name: str) -> Taken:
    """The file's indicators as rows to look at, and what it says of its decision.

    A file with faults is taken in too: they are told line by line on the draft. Raises
    ``Refused`` for what is no such file.
    """
    words = text_of(content)
    return Taken(rows_of_file(words, name), about_of_file(words, name))


def text_of(content: bytes) -> str:
    """The file as text. Raises ``Refused`` where it is too large or not of the form."""
    if not content.strip():
        raise Refused("Tệp trống.", "Hãy kiểm tra lại tệp rồi chọn tệp khác.")
    if len(content) > MOST_BYTES:
        raise Refused(
            f"Tệp YAML lớn hơn {MOST_BYTES // 1024**2} MB.", "Một bộ tiêu chí chỉ vài trăm KB."
        )
    try:
        words = nfc(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused(
            "Tệp YAML không phải chữ UTF-8.", "Hãy lưu lại với bảng mã UTF-8 rồi gửi lại."
        ) from None
    if f"format: {MEASURES}" in words or "format: dinhlang.example/" in words:
        raise Refused(
            "Tệp này là danh mục số liệu hoặc trường hợp tính tay, không phải bộ tiêu chí.",
            "Số liệu riêng của bộ ghi ở khóa “measures” trong tệp của bộ.",
        )
    if SET not in words and AMENDMENT not in words:
        raise Refused(
            "Tệp YAML này không phải bộ tiêu chí.",
            f"Dòng đầu phải là “format: {SET}” (bộ tiêu chí) hoặc “format: {AMENDMENT}” (sửa đổi).",
        )
    return words
