"""Tables that a plain text sets with tabs or with blanks: a line of heads, and rows below it.

With tabs, a row ends where it has as many as the line of heads, however many lines that took; an
empty cell at the end may have lost its tab, and the next row then tells by its number. With
blanks, each piece belongs to the head it stands under.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dinhlang.papers.reading.source import SourceLine

_HEAD = re.compile(r"\s*[^\d\s-][^\t]{0,60}")
_OPENS = re.compile(r"\d{1,3}\.?\t|\t")
# What the first head of a table set with blanks says; other lines with gaps are no heads.
_FIRST_HEAD = re.compile(
    r"(?:STT|Stt|Số TT|TT|TC|Mã|Quý|Tháng|Ngày|Kỳ|Đợt|Tuần|Thời (?:gian|hạn|điểm)|Giai đoạn)"
    r"\b\.?.{0,20}"
    r"|(?:Tên |Các )?(?:Thôn|Ấp|Xóm|Bản|Buôn|Khu|Khóm|Làng|Đơn vị|Cơ quan|Bộ phận|Nơi|Người"
    r"|Hạng mục|Nội dung|Công việc|Công trình|Việc|Phần việc|Nhiệm vụ|Chỉ tiêu|Tiêu chí|Nguồn"
    r"|Lĩnh vực|Khoản|Tuyến|Sản phẩm|Mô hình|Khối lượng|Đầu mối|Điểm)\b.{0,30}"
)
_MOST_LINES = 6
_LEAST_TABS = 2
_LEAST_BELOW = 2


@dataclass(slots=True, frozen=True)
class TabRow:
    """One row: its first and last line (1-based) and the number of its table.

    ``pieces`` are the cells of each of its lines, where blanks part them.
    """

    first: int
    last: int
    cells: tuple[str, ...]
    table: int
    pieces: tuple[tuple[int, tuple[str, ...]], ...] = ()


def find_tab_rows(lines: list[SourceLine], first: int, last: int) -> dict[int, TabRow]:
    """The rows between two lines (1-based, both included) by the line each begins on."""
    out: dict[int, TabRow] = {}
    at = first
    table = 0
    while at <= last:
        tabs = _heads(lines, at)
        rows = (
            _rows(lines, at, last, tabs, table + 1)
            if tabs
            else _spaced_rows(lines, at, last, table + 1)
        )
        if len(rows) < 2:
            at += 1
            continue
        table += 1
        out.update((row.first, row) for row in rows)
        at = rows[-1].last + 1
    return out


_GAP = re.compile(r"\s{2,}")
_RULED = re.compile(r"[-–—_=+.]{3,}")
_BARRED = re.compile(r"\|.*\||\s\|\s")
_COUNTED = re.compile(r"(?:STT|Stt|Số TT|TT|TC|Mã(?: số)?)\.?")
_GROUP = re.compile(
    r"(?:[IVX]{1,4}|[A-Z]|\d{1,2})[.)]?\s+[^\W\d_]|(?:Tiêu chí|Nhóm|Mục|Phần|Lĩnh vực|Nội dung)\s"
)
_PIECE = re.compile(r"\S+(?:\s\S+)*")


def _pieces(text: str) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), m.group()) for m in _PIECE.finditer(text)]


def _spaced_rows(lines: list[SourceLine], at: int, last: int, table: int) -> list[TabRow]:
    """The rows below a line of heads parted by two blanks or more."""
    line = lines[at - 1]
    if line.cells or line.kind != "text" or ("|" in line.text and _BARRED.search(line.text)):
        return []  # cells between bars need no gaps to be told apart
    text = line.text.strip()
    if not ("  " in text or (not text.isprintable() and _GAP.search(text))):
        return []
    heads = _pieces(line.text)
    named = len(heads) > _LEAST_TABS and all(_HEAD.fullmatch(words) for _, _, words in heads)
    if not named or not (_FIRST_HEAD.fullmatch(heads[0][2]) or _aligned(lines, at, heads)):
        return []
    out = [TabRow(at, at, tuple(words for _, _, words in heads), table)]
    if at < last and not lines[at].text.strip():
        return _apart(lines, at, last, heads, out)
    ruled = False
    for number in range(at + 1, last + 1):
        pieces = _pieces(lines[number - 1].text)
        ruled = ruled or (len(pieces) == 1 and _RULED.fullmatch(pieces[0][2]) is not None)
        if len(out) == 1 and not ruled and _under_heads(pieces):
            cells = _under(heads, pieces)
            if cells is not None and not lines[number - 1].cells:
                out[0] = _joined(out[0], number, cells)  # “Kinh phí” / “(triệu đồng)”
                continue
        if len(pieces) == 1 and _RULED.fullmatch(pieces[0][2]):
            continue  # a line drawn below the heads
        if not pieces or lines[number - 1].cells:
            break
        below = lines[number] if number < last else None
        if len(pieces) == 1 and below and _heads_rows(heads, pieces[0], below):
            out.append(TabRow(number, number, (pieces[0][2], *[""] * (len(heads) - 1)), table))
            continue
        cells = _under(heads, pieces)
        if cells is None or (len(pieces) < 2 and len(out) < 2):
            break
        if _goes_on(heads, pieces, cells, out):
            out[-1] = _joined(out[-1], number, cells)
        elif len(pieces) < 2:
            break
        else:
            out.append(TabRow(number, number, cells, table))
    return out


def _apart(
    lines: list[SourceLine],
    at: int,
    last: int,
    heads: list[tuple[int, int, str]],
    out: list[TabRow],
) -> list[TabRow]:
    """The rows below a line of heads where a blank line parts each from the next.

    A row has as many lines as stand together; lines that fill every column are rows of their own.
    """
    new = False
    for number in range(at + 1, last + 1):
        pieces = _pieces(lines[number - 1].text)
        if not pieces:
            if new:
                break  # two blank lines
            new = True
            continue
        cells = None if lines[number - 1].cells else _under(heads, pieces)
        if cells is None or (new and (len(pieces) < _LEAST_BELOW or not cells[0])):
            break
        if new or all(cells):
            out.append(TabRow(number, number, cells, out[0].table))
        else:
            out[-1] = _joined(out[-1], number, cells)
        new = False
    return out


def _goes_on(
    heads: list[tuple[int, int, str]],
    pieces: list[tuple[int, int, str]],
    cells: tuple[str, ...],
    out: list[TabRow],
) -> bool:
    """Whether a line carries the row above on: no number of its own, or nothing but the rest."""
    if cells[0] or len(out) < 2:
        return False
    alone = len(pieces) < 2 and pieces[0][0] >= heads[1][0] - 2
    small = all(cell[:1].islower() or not cell for cell in cells)
    counted = _COUNTED.fullmatch(heads[0][2]) and out[-1].cells[0] and not all(cells[1:])
    return alone or small or bool(counted)


def _heads_rows(
    heads: list[tuple[int, int, str]], piece: tuple[int, int, str], below: SourceLine
) -> bool:
    """Whether a line of one piece names the rows that follow: “Tiêu chí 1. Hạ tầng số”."""
    start, _, words = piece
    if start >= heads[1][0] or not _GROUP.match(words) or words[-1] in ".;" or below.cells:
        return False
    pieces = _pieces(below.text)
    return len(pieces) > 1 and bool((_under(heads, pieces) or ("",))[0])


def _under_heads(pieces: list[tuple[int, int, str]]) -> bool:
    """Whether a line only carries on heads: each piece in brackets or in small letters."""
    return bool(pieces) and all(words[:1] == "(" or words[:1].islower() for _, _, words in pieces)


def _aligned(lines: list[SourceLine], at: int, heads: list[tuple[int, int, str]]) -> bool:
    """Whether the next lines are parted as the heads are, each piece beginning below a head."""
    starts = [start for start, _, _ in heads]
    below = [_pieces(line.text) for line in lines[at : at + _LEAST_BELOW]]
    return len(below) == _LEAST_BELOW and all(
        len(pieces) == len(heads)
        and all(abs(piece[0] - start) <= 1 for piece, start in zip(pieces, starts, strict=True))
        for pieces in below
    )


def _joined(before: TabRow, number: int, cells: tuple[str, ...]) -> TabRow:
    """A row carried on by the line ``number``."""
    joined = tuple(f"{a} {b}".strip() for a, b in zip(before.cells, cells, strict=True))
    pieces = before.pieces or ((before.first, before.cells),)
    return TabRow(before.first, number, joined, before.table, (*pieces, (number, cells)))


def _under(
    heads: list[tuple[int, int, str]], pieces: list[tuple[int, int, str]]
) -> tuple[str, ...] | None:
    """The pieces of a line by the head each stands under; None where two meet under one."""
    cells = [""] * len(heads)
    for start, end, words in pieces:
        far = [max(0, start - b, a - end) for a, b, _ in heads]
        column = far.index(min(far))
        if cells[column]:
            return None
        cells[column] = words
    return tuple(cells)


def _heads(lines: list[SourceLine], at: int) -> int:
    """How many tabs a line of heads has; 0 where the line is none."""
    line = lines[at - 1]
    cells = line.text.strip().split("\t")
    if line.cells or line.kind != "text" or len(cells) <= _LEAST_TABS or "|" in line.text:
        return 0
    return len(cells) - 1 if all(_HEAD.fullmatch(cell) for cell in cells) else 0


def _rows(lines: list[SourceLine], at: int, last: int, tabs: int, table: int) -> list[TabRow]:
    heads = lines[at - 1].text.strip().split("\t")
    out = [TabRow(at, at, tuple(h.strip() for h in heads), table)]
    at += 1
    while at <= last and (found := _row(lines, at, last, tabs)):
        end, cells = found
        out.append(TabRow(at, end, cells, table))
        at = end + 1
    return out


def _row(
    lines: list[SourceLine], at: int, last: int, tabs: int
) -> tuple[int, tuple[str, ...]] | None:
    """The last line and the cells of the row that begins on a line."""
    words = lines[at - 1].text
    if "\t" not in words:
        return None
    end = at
    while words.count("\t") < tabs:
        following = lines[end].text if end < last else ""
        if not following.strip() or _OPENS.match(following) or end - at >= _MOST_LINES:
            break
        words += " " + following
        end += 1
    given = words.count("\t")
    if given > tabs or given < 1:
        return None
    cells = [" ".join(cell.split()) for cell in words.split("\t")]
    return end, tuple(cells + [""] * (tabs + 1 - len(cells)))


_COLUMNS = re.compile(r"\t+|\s{4,}")
# “Số:        /KH-UBND”, “ngày      tháng 9”: the gap is a blank to be filled, not a column.
_BLANK_TO_FILL = re.compile(r"(?:Số\s*:?|ngày|tháng)\s*$")
_ONLY_MARK = re.compile(r"[-–—+•*o]|\(?(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[a-zđA-ZĐ])\s*[.)/]?")
_VALUE = re.compile(r"\d[\d.,]*\s*(?:%|[^\W\d_]+[23²]?(?:\s[^\W\d_]+){0,2})?\s*[.;,]?")
_PARTNER_SLOT = re.compile(r"\s*(?:(?:đơn vị|cơ quan) )?(?:phối hợp|chủ trì|thời (?:gian|hạn))\s*:")
_BLANK_BEFORE = re.compile(r"/|tháng|năm\b")


def columns_of(raw: str) -> list[tuple[int, str]]:
    """The pieces of a line set in columns by tabs or wide gaps, with the column each begins at."""
    out: list[tuple[int, str]] = []
    at = 0
    for match in _COLUMNS.finditer(raw):
        if _BLANK_TO_FILL.search(raw[at : match.start()]) or _BLANK_BEFORE.match(raw, match.end()):
            continue
        if _ONLY_MARK.fullmatch(raw[at : match.start()].strip()):
            continue  # a bullet or a number stays with its words
        if raw[at : match.start()].strip():
            out.append((at, raw[at : match.start()]))
        at = match.end()
    if raw[at:].strip():
        out.append((at, raw[at:]))
    if all(_VALUE.fullmatch(piece.strip()) for _, piece in out[1:]):
        return []  # “Nhu cầu vốn:        5.600 triệu đồng” is one line
    if any(_PARTNER_SLOT.match(piece) for _, piece in out[1:]):
        return []  # “chủ trì: Trạm Y tế xã;      phối hợp: Hội Nông dân xã”
    return out
