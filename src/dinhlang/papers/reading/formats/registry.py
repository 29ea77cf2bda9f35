"""Which reader takes a file: every reader scores it, the best score reads it."""

from __future__ import annotations

import hashlib
import stat
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Protocol

from dinhlang.papers.errors import (
    Damaged,
    EmptyFile,
    PaperError,
    TooLarge,
    UnknownFormat,
)
from dinhlang.papers.reading.formats.limits import DEFAULT, MEGABYTE, Limits
from dinhlang.papers.reading.formats.strangers import describe_stranger
from dinhlang.papers.reading.source import Progress, SourceText

HEAD = 8192
"""Bytes of the file a reader sees when it scores."""

BROKEN = (
    ValueError,
    LookupError,
    ArithmeticError,
    OSError,
    EOFError,
    RuntimeError,
    SyntaxError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
)
"""What libraries raise on broken bytes (lxml's errors are ``SyntaxError``)."""


class Reader(Protocol):
    """Turns the bytes of one family of formats into a ``SourceText``.

    ``name`` is stable and stored with the plan; ``label`` is shown to the user.
    """

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str: ...

    def score(self, head: bytes, name: str) -> float:
        """0 (not mine) to 1 (surely mine), from the first bytes and then the file name."""
        ...

    def read(self, data: bytes, name: str, progress: Progress, limits: Limits) -> SourceText:
        """The text of the file; any ``PaperError`` where that fails."""
        ...


_readers: list[Reader] = []


def register(reader: Reader) -> None:
    """Adds a reader; one of the same name is replaced, in its place."""
    for index, known in enumerate(_readers):
        if known.name == reader.name:
            _readers[index] = reader
            return
    _readers.append(reader)


def readers() -> tuple[Reader, ...]:
    """The readers in the order in which ties are settled."""
    return tuple(_readers)


def read_source(
    data: bytes | Path,
    name: str | None = None,
    progress: Progress | None = None,
    limits: Limits = DEFAULT,
) -> SourceText:
    """The lines of a paper, from bytes or from a file on disk.

    ``progress`` is called with a share (0…1) and words for the user and may raise ``Stopped``,
    which comes through. Raises a ``PaperError`` for everything that is wrong with the file.
    """
    if isinstance(data, Path):
        name = name or data.name
        data = _load(data, limits)
    name = name or ""
    if len(data) > limits.max_file:
        raise _too_large(len(data), limits)
    if not data:
        raise EmptyFile("Tệp rỗng, không có nội dung nào.", "Hãy kiểm tra và gửi lại đúng tệp.")
    reader = _choose(data, name)
    tell = progress or _silent
    tell(0.0, "Đang mở tệp")
    try:
        source = reader.read(data, name, tell, limits)
    except PaperError:
        raise
    except BROKEN as error:
        raise Damaged(
            f"Tệp bị hỏng, không đọc được theo định dạng {reader.label}.",
            "Hãy mở bằng phần mềm đã tạo ra tệp, lưu lại rồi gửi lại.",
        ) from error
    _check_text(source, limits)
    source.sha256 = hashlib.sha256(data).hexdigest()
    tell(1.0, "Đã đọc xong tệp")
    return source


def _silent(share: float, words: str) -> None:
    """Nobody watches."""


def _load(path: Path, limits: Limits) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnknownFormat(
                f"“{path.name}” không phải là một tệp.", "Hãy chọn tệp văn bản cần đọc."
            )
        if status.st_size > limits.max_file:
            raise _too_large(status.st_size, limits)
        with path.open("rb") as file:
            return file.read(limits.max_file + 1)
    except FileNotFoundError as error:
        raise PaperError(
            f"Không tìm thấy tệp “{path.name}”.", "Hãy kiểm tra lại đường dẫn."
        ) from error
    except OSError as error:
        raise PaperError(
            f"Không mở được tệp “{path.name}”.", "Hãy kiểm tra quyền đọc tệp."
        ) from error


def _too_large(size: int, limits: Limits) -> TooLarge:
    return TooLarge(
        f"Tệp nặng {size / MEGABYTE:.0f} MB, vượt giới hạn {limits.max_file // MEGABYTE} MB.",
        "Hãy nén ảnh trong tệp, hoặc chỉ gửi phần văn bản.",
    )


def _choose(data: bytes, name: str) -> Reader:
    head = data[:HEAD]
    best: Reader | None = None
    best_score = 0.0
    for reader in _readers:
        score = reader.score(head, name.lower())
        if score > best_score:
            best, best_score = reader, score
    if best is None:
        raise describe_stranger(head, name)
    return best


def _check_text(source: SourceText, limits: Limits) -> None:
    if len(source.lines) > limits.max_lines:
        raise TooLarge(
            f"Văn bản dài {len(source.lines):,} dòng, quá dài so với một kế hoạch.".replace(
                ",", "."
            ),
            "Hãy kiểm tra xem có chọn nhầm tệp không, hoặc tách riêng phần kế hoạch.",
        )
    chars = sum(len(line.text) for line in source.lines)
    if chars > limits.max_chars:
        raise TooLarge(
            f"Văn bản dài {chars:,} ký tự, quá dài so với một kế hoạch.".replace(",", "."),
            "Hãy kiểm tra xem có chọn nhầm tệp không, hoặc tách riêng phần kế hoạch.",
        )
    if not any(line.text.strip() for line in source.lines):
        raise EmptyFile(
            "Tệp không có chữ nào, chỉ có khoảng trắng.", "Hãy kiểm tra và gửi lại đúng tệp."
        )
