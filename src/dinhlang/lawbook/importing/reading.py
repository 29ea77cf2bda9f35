"""Files and pasted blocks read into rows and into what is said of the decision."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dinhlang.papers.errors import PaperError
from dinhlang.papers.reading.formats.registry import read_source
from dinhlang.vietnamese import nfc

from ..sheet.columns import Row
from ..sheet.decision import FIELDS
from .headings import Headed, Line, headed, plain
from .opening import opening_of
from .tidying import clean, rows_of

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 2000
MOST_PASTED = 1_000_000
DECISION_SHEET = "Quyết định"
TABLE_SHEET = "Tiêu chí"
_ADVICE = "Hãy mở bằng Excel, lưu lại thành .xlsx rồi gửi lại."
_WANTED = (
    "Cần có cột tên chỉ tiêu và ít nhất một cột ngưỡng (Chỉ tiêu chung, Nhóm 1, tên vùng…). "
    "Có thể tải bảng mẫu về để điền."
)


class Refused(Exception):
    """A file of which nothing can be used; what is wrong, and what to do."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(f"{message} {advice}".strip())
        self.message, self.advice = message, advice


@dataclass(slots=True)
class Taken:
    """What was read: the rows, what is said of the decision, and words on how it was read."""

    rows: list[Row]
    about: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_xlsx(content: bytes) -> Taken:
    """The table and the decision of a filled workbook; any workbook with a table of criteria.

    Raises ``Refused``.
    """
    sheets = _sheets(content)
    decision = next((s for name, s in sheets.items() if plain(name) == plain(DECISION_SHEET)), [])
    named = [s for name, s in sheets.items() if plain(name) == plain(TABLE_SHEET)]
    others = [s for s in sheets.values() if s is not decision]
    tables = [t for t in map(headed, named or others) if t is not None]
    if not tables:
        raise Refused("Không thấy bảng tiêu chí trong tệp Excel.", _WANTED)
    return _taken(max(tables, key=lambda table: table.score), _about(decision))


def _sheets(content: bytes) -> dict[str, list[Line]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    _check_size(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                raise Refused("Tệp Excel lớn bất thường khi mở ra.", _ADVICE)
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return {
                name: [
                    (number, [_cell(value) for value in row])
                    for number, row in enumerate(
                        book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1
                    )
                    if any(value != "" for value in row)
                ]
                for name in book.sheet_names
            }
    except PasswordError:
        raise Refused("Tệp bị khóa bằng mật khẩu.", "Hãy bỏ mật khẩu rồi gửi lại.") from None
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError, IndexError) as error:
        raise Refused("Không đọc được tệp Excel này.", _ADVICE) from error


def _check_size(content: bytes) -> None:
    if not content:
        raise Refused("Tệp trống.", "Hãy kiểm tra lại tệp rồi chọn tệp khác.")
    if len(content) > MOST_BYTES:
        raise Refused(f"Tệp lớn hơn {MOST_BYTES // 1024**2} MB.", "Hãy chỉ giữ phần bảng.")


def _cell(value: object) -> str:
    """A cell as a person would read it: 24.0 is 24, 0.95 is 0,95, a date is 01/07/2025."""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float):
        # A comma: a point before three digits would group thousands.
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def _about(lines: Sequence[Line]) -> dict[str, str]:
    """What stands beside the labels of the decision's sheet."""
    labels = {plain(each.label): key for key, each in FIELDS.items()}
    found = {}
    for _, cells in lines:
        key = labels.get(plain(cells[0])) if cells else None
        value = clean(cells[1]) if len(cells) > 1 else ""
        if key and value:
            found[key] = value
    return found


def read_docx(content: bytes, name: str, which: int = 0) -> Taken:
    """The table of criteria of a decision in Word: the ``which``-th, else the largest one.

    Raises ``Refused``.
    """
    _check_size(content)
    opening = _opening(content, name)
    tables = list(_docx_tables(content))
    found = [(number, headed(lines)) for number, lines in enumerate(tables, 1)]
    usable = [(number, table) for number, table in found if table is not None]
    if which:
        usable = [(number, table) for number, table in usable if number == which]
    if not usable:
        which_words = f"Bảng thứ {which} của văn bản không phải" if which else "Không thấy"
        raise Refused(f"{which_words} bảng tiêu chí.", _WANTED)
    number, table = max(usable, key=lambda pair: pair[1].score)
    taken = _taken(_continued(number, table, tables), opening)
    if "set_title" in opening:
        taken.notes.append(
            "Tên bộ, mức, giai đoạn được đọc từ phần đầu văn bản. Hãy xem lại ở mục Quyết định."
        )
    if len(tables) > 1:
        taken.notes.append(
            f"Văn bản có {len(tables)} bảng; đã đọc bảng thứ {number}. "
            "Muốn đọc bảng khác, hãy nạp lại và ghi số thứ tự của bảng."
        )
    return taken


def _opening(content: bytes, name: str) -> dict[str, str]:
    """Number and day at the head of the paper. The careful reader of papers opens it first: what
    is hostile ends there.
    """
    if not content.startswith(b"PK"):
        raise Refused(
            "Tệp không phải tệp Word (.docx).", "Hãy mở bằng Word, lưu lại thành .docx rồi gửi lại."
        )
    try:
        source = read_source(content, name)
    except PaperError as error:
        raise Refused(error.message, error.advice) from error
    return opening_of([line.text for line in source.lines[:60] if line.kind != "row"])


def _docx_tables(content: bytes) -> Iterator[list[Line]]:
    """The tables of a Word file; a cell over several columns or rows stands in each of them."""
    from docx import Document

    try:
        document = Document(io.BytesIO(content))
        for table in document.tables:
            yield [
                (number, [cell.text for cell in row.cells])
                for number, row in enumerate(table.rows[:MOST_ROWS], 1)
            ]
    except (KeyError, ValueError, AttributeError, IndexError, zipfile.BadZipFile) as error:
        raise Refused(
            "Không đọc được bảng trong tệp Word này.",
            "Hãy chép bảng từ Word rồi dán vào ô dán bảng.",
        ) from error


def _continued(number: int, table: Headed, tables: list[list[Line]]) -> Headed:
    """The table and those right after it that go on without headings of their own."""
    lines = list(table.lines)
    width = max((len(cells) for _, cells in lines), default=0)
    for following in tables[number:]:
        again = headed(following)
        same = again is not None and again.places == table.places
        if not same and (again is not None or {len(cells) for _, cells in following} != {width}):
            break
        lines += again.lines if again is not None else following
    return Headed(table.places, lines)


def read_paste(words: str) -> Taken:
    """A block of cells copied from Word or Excel. Raises ``Refused``."""
    if len(words) > MOST_PASTED:
        raise Refused("Bảng dán vào quá dài.", "Hãy nạp bằng tệp Excel hoặc Word.")
    try:
        # A cell with several lines comes in quotation marks.
        cells = list(csv.reader(io.StringIO(nfc(words)), delimiter="\t"))
    except csv.Error:
        cells = [line.split("\t") for line in nfc(words).splitlines()]
    lines = [(number, row) for number, row in enumerate(cells, 1) if any(c.strip() for c in row)]
    if not lines:
        raise Refused("Chưa dán gì.", "Hãy chép cả bảng, kể cả dòng tiêu đề cột, rồi dán vào ô.")
    if max(len(row) for _, row in lines) < 2:
        raise Refused(
            "Nội dung dán vào không phải bảng.",
            "Hãy chọn các ô của bảng trong Word hoặc Excel, chép rồi dán lại.",
        )
    table = headed(lines)
    if table is None:
        raise Refused("Không thấy dòng tiêu đề cột của bảng tiêu chí.", _WANTED)
    return _taken(table, {})


def _taken(table: Headed, about: dict[str, Any]) -> Taken:
    if len(table.lines) > MOST_ROWS:
        raise Refused(f"Bảng có hơn {MOST_ROWS} dòng.", "Hãy kiểm tra lại tệp.")
    rows = rows_of(table)
    if not rows:
        raise Refused("Bảng chỉ có tiêu đề, chưa có dòng nào.", "Hãy điền bảng rồi nạp lại.")
    return Taken(rows, about)
