"""A table from an Excel or CSV file: columns known by their headings, rows by their numbers."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dinhlang.vietnamese import clean_spaces, decode, fold, nfc

MOST_BYTES = 60 * 1024 * 1024
MOST_UNPACKED = 300 * 1024 * 1024
MOST_ROWS = 200_000
MOST_CHARACTERS = 500
HEADING_WITHIN = 10
"""The headings are looked for in so many rows: papers like to put a title above them."""

Progress = Callable[[float, str], None]


def no_progress(share: float, words: str) -> None:
    """For callers that nobody watches."""


class ImportRefused(Exception):
    """A file of which no row can be used; what is wrong, and what to do."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong in a row. ``row`` is the number the person sees in Excel; 0: all the file."""

    row: int
    column: str
    what: str
    advice: str

    def as_json(self) -> dict[str, Any]:
        """For keeping with the import."""
        return asdict(self)

    def __str__(self) -> str:
        where = f"Dòng {self.row}" if self.row else "Cả tệp"
        column = f", cột “{self.column}”" if self.column else ""
        return f"{where}{column}: {self.what} {self.advice}".strip()


@dataclass(frozen=True, slots=True)
class Column:
    """A column we know: its key, and the headings it may have (the first is the one we show)."""

    key: str
    headings: tuple[str, ...]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file and its cells as text, by key; absent columns are empty."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file and the heading each key has there."""

    headings: Mapping[str, str]
    rows: Sequence[Row]

    def heading(self, key: str) -> str:
        """How the file calls this column."""
        return self.headings.get(key, key)


def read_table(path: Path, name: str, columns: Sequence[Column]) -> Table:
    """The table in a file, by content and not by the name it came with.

    Only the first sheet of a workbook. Raises ``ImportRefused``.
    """
    data = read_bytes(path)
    lines = _workbook(data) if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")) else _csv(data, name)
    numbered = [(number, line) for number, line in enumerate(lines, 1) if any(line)]
    if not numbered:
        raise ImportRefused("Tệp không có dòng nào.", "Hãy kiểm tra lại tệp rồi chọn tệp khác.")
    if len(numbered) > MOST_ROWS:
        raise ImportRefused(
            f"Tệp có hơn {MOST_ROWS:,} dòng.".replace(",", "."), "Hãy chia thành nhiều tệp."
        )
    return _headed(numbered, columns)


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises ``ImportRefused`` where it is empty, too large or not there."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise ImportRefused(
                f"Tệp lớn hơn {MOST_BYTES // 1024**2} MB.", "Hãy chia thành nhiều tệp."
            )
        data = path.read_bytes()
    except OSError as error:
        raise ImportRefused(f"Không mở được tệp ({error.strerror}).") from None
    if not data:
        raise ImportRefused("Tệp trống.", "Hãy kiểm tra lại tệp rồi chọn tệp khác.")
    return data


def _workbook(data: bytes) -> Iterator[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    advice = "Hãy mở bằng Excel, lưu lại thành .xlsx hoặc .csv (UTF-8) rồi gửi lại."
    try:
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                    raise ImportRefused("Tệp Excel lớn bất thường khi mở ra.", advice)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            sheet = book.get_sheet_by_index(0)
            rows = sheet.to_python(skip_empty_area=False)
    except PasswordError:
        raise ImportRefused("Tệp bị khóa bằng mật khẩu.", "Hãy bỏ mật khẩu rồi gửi lại.") from None
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, IndexError) as error:
        raise ImportRefused("Không đọc được tệp Excel này.", advice) from error
    for row in rows:
        yield [_cell(value) for value in row]


def _cell(value: object) -> str:
    """A cell as a person would read it: 24.0 is 24, a date is 01/07/2025."""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    return clean(str(value))


def clean(text: str) -> str:
    """NFC, single spaces, no more characters than a cell needs."""
    return clean_spaces(nfc(text))[:MOST_CHARACTERS]


def _csv(data: bytes, name: str) -> Iterator[list[str]]:
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ImportRefused(
            f"“{name}” không phải tệp bảng.", "Hãy chọn tệp Excel (.xlsx) hoặc .csv."
        )
    text, _ = decode(data)
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",;\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            yield [clean(cell) for cell in row]
    except csv.Error as error:
        raise ImportRefused(
            "Tệp .csv bị hỏng: có dấu ngoặc kép không khép lại, hoặc một ô dài bất thường.",
            "Hãy mở bằng Excel, lưu lại rồi gửi lại.",
        ) from error


def _headed(lines: Sequence[tuple[int, list[str]]], columns: Sequence[Column]) -> Table:
    """The table under the first row that holds all required headings."""
    missing: list[Column] = list(columns)
    for index, (_, line) in enumerate(lines[:HEADING_WITHIN]):
        places = _places(line, columns)
        lacking = [column for column in columns if column.required and column.key not in places]
        if not lacking:
            headings = {key: line[place] for key, place in places.items()}
            rows = [
                Row(number, {key: cells[at] for key, at in places.items() if at < len(cells)})
                for number, cells in lines[index + 1 :]
            ]
            return Table(headings, [row for row in rows if any(row.cells.values())])
        if len(lacking) < len(missing):
            missing = lacking
    wanted = ", ".join(f"“{column.headings[0]}”" for column in missing if column.required)
    raise ImportRefused(
        f"Không thấy cột {wanted}.",
        "Dòng đầu của bảng phải là tên cột. Có thể tải tệp mẫu về để điền.",
    )


def _places(line: Sequence[str], columns: Iterable[Column]) -> dict[str, int]:
    said = [_plain(cell) for cell in line]
    found: dict[str, int] = {}
    for column in columns:
        for heading in map(_plain, column.headings):
            if heading in said and said.index(heading) not in found.values():
                found[column.key] = said.index(heading)
                break
    return found


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(heading)).strip()


def parse_day(text: str) -> date | None:
    """1/7/2025, 01-07-2025 or 2025-07-01; ``None`` for an empty text.

    Raises ``ValueError`` for anything else.
    """
    if not text:
        return None
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        day, month, year = map(int, match.groups())
        return date(year, month, day)
    return date.fromisoformat(text[:10])
