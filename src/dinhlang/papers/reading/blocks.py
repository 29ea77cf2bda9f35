"""Lines to blocks: one block is one logical paragraph, with its bullet and its label taken off.

Undone here: markdown marks, LaTeX comparators, odd spaces, sentences cut by a page break or by
hard line wraps. Every character of a block still knows the line and column it came from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from dinhlang.papers.plan import Lines, Span
from dinhlang.papers.reading.bar_rows import Run, carries_on, in_cells, is_layout, is_outer
from dinhlang.papers.reading.bar_rows import split_row as _split
from dinhlang.papers.reading.labels import Label, parse_label
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.papers.reading.source import SourceLine, SourceText
from dinhlang.papers.reading.tab_rows import TabRow, columns_of, find_tab_rows
from dinhlang.vietnamese.guarded import any_in

_LATEX = {
    "\\geq": "≥", "\\ge": "≥", "\\geqslant": "≥", "\\leq": "≤", "\\le": "≤", "\\leqslant": "≤",
    "\\%": "%", "\\times": "×", "\\gt": ">", "\\lt": "<", ">=": "≥", "<=": "≤", "=>": "≥",
    "&gt;": ">", "&lt;": "<", "&ge;": "≥", "&le;": "≤", "&nbsp;": " ", "<br>": " ",
}  # fmt: skip
_SPACE = r"\s\u00a0\u2000-\u200f\u202f\u3000\ufeff\u00ad"
_NOISE = re.compile(
    r"\\(?:geqslant|leqslant|geq|leq|ge|le|gt|lt|times|%)(?![a-z])|[<>]=|=>"
    r"|&(?:gt|lt|ge|le|nbsp);|<br\s*/?>|\$|\*+|`+|(?<!\w)__?|__?(?!\w)"
    rf"|[{_SPACE}]+(?=[,;:](?:\s|$)|\.(?:\s|$))|[{_SPACE}]{{2,}}|(?! )[{_SPACE}]"
)
# Without these, unprinted letters, and blanks doubled or before a mark, a line holds no noise.
_ODD = re.compile(r"[\\<>=&$*`_]")
_DOUBLED = ("  ", " ,", " ;", " :", " .")
_BULLET = compile_vi(r"(?:[-–—−+•●▪■□◦·*►➢✓❖]|o(?=\s+[A-ZÀ-Ỹ]))\s*(?=\S)")
_DIGIT = re.compile(r"\d")
_HEADING_MARK = compile_vi(r"^\s*#{1,6}\s*")
_RULE = compile_vi(r"^[\s|:\-–—_=*.+]*$")
_PAGE_NUMBER = re.compile(r"^\s*(?:-\s*|Trang\s+)?(\d{1,3})(?:\s*-)?\s*$")
_PIPES = compile_vi(r"^\s*\|?.*\S\s*\|\s*\S?.*$")
_ENDS = (".", ";", ":", "!", "?", "…")
_OPENERS = (
    "Căn cứ", "Thực hiện", "Theo ", "Xét ", "Để ", "UBND", "Ủy ban", "Uỷ ban", "Nơi nhận", "TM.",
    "KT.", "TL.", "Số:", "Trên đây", "Kính gửi", "Độc lập", "CỘNG", "Điều ", "Phụ lục", "Quý ",
    "Tháng ", "Tiêu chí ", "Chỉ tiêu ", "Tỷ lệ ", "Có ", "Không ", "Các ", "Lưu:",
)  # fmt: skip


# Words a line cannot end a sentence with, and what they wait for.
_WANTS_NUMBER = re.compile(
    r"(?<=\s)(?:quý|tháng|ngày|năm|số|trước|đến|từ|tiêu chí|giai đoạn|khoảng|thêm|hơn|gần"
    r"|(?:tại|theo|ở|của|xem) (?:Phụ lục|phụ lục|Biểu|biểu|Mục|mục|Phần|phần|Điều|điều|khoản))$"
)
_HANGS = re.compile(
    r"(?<=\s)(?:thứ|và|của|với|cho|tại|về|các|những|theo|Ban|để|do|bằng|gồm|là|thôn|xã|huyện|tỉnh"
    r"|bản|ấp|xóm|buôn|Hội|Ủy|Công|Đảng|Văn|Trạm|Mặt|Chủ|Phó|trong|trước|đến|từ|hoặc|được|một"
    r"|[-–&])$|(?<=\w),$"
)
_FIRST_HALF = re.compile(
    r"(?:Văn phòng|Tài chính|Văn h[oó][aá]|Địa chính|Tư pháp|Lao động|Nông nghiệp|Xây dựng|Đô thị"
    r"|Kinh tế|Kế hoạch|Thương binh)$",
    re.IGNORECASE,
)
_SECOND_HALF = re.compile(
    r"[-–]\s*(?:Thống kê|Kế toán|Xã hội|Xây dựng|Nông nghiệp|Môi trường|Hộ tịch|Thương binh|Hạ tầng"
    r"|Ngân sách|Đô thị|Tài chính|Đầu tư|Nông thôn)\b",
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(r"(?<!\d)20\d\d$")
_YEAR_FIRST = re.compile(r"[-–]\s*20\d\d(?!\d)")
# “TC số 6 - phối hợp: …” begins anew, however the line before ends.
_NEW_ENTRY = re.compile(r"(?:TC|Tiêu chí|Nhiệm vụ)\s*(?:số\s*)?\d{1,2}\s*(?:[-–]\s|:\s|\.\s)")
_LOWER_WORD = re.compile(r"(?=[^\W\d_A-Z]{2})[a-zà-ỹđ]")
_FULL_LINE = 70
_AMOUNT_FIRST = re.compile(r"\d[\d.,]*(?:\s[a-zà-ỹđ]|\s?%)")
_NUMBER_FIRST = re.compile(r"(?:\d|[IVX]{1,5}\b)")


@dataclass(slots=True)
class Block:
    """A logical paragraph. ``text`` is clean: no bullet, no label, single spaces."""

    text: str
    lines: Lines
    runs: list[Run]
    bullet: str = ""
    label: Label | None = None
    heading: bool = False
    cells: tuple[str, ...] = ()
    table: int = 0
    kind: str = "text"
    section: int = -1  # index into Outline.sections, set by the outline
    spot: int = 0  # its place in the list of blocks
    column: bool = False  # a piece of a line set in columns
    label_span: Span | None = None
    _digit: bool | None = None

    @property
    def has_digit(self) -> bool:
        """Whether a digit stands in it: without one there is no number, date or amount."""
        if self._digit is None:
            self._digit = _DIGIT.search(self.text) is not None
        return self._digit

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return bool(self.cells)

    def spans(self, start: int = 0, end: int | None = None) -> list[Span]:
        """The places in the paper of ``text[start:end]``, one per line it touches."""
        end = len(self.text) if end is None else end
        out: list[Span] = []
        first = max(0, bisect_right(self.runs, (start, 1 << 30, 0)) - 1)
        for at, (position, line, column) in enumerate(self.runs[first:], first):
            if position >= end:
                break
            stop = len(self.text)
            if at + 1 < len(self.runs):  # the space that joins two lines stands in neither
                stop = self.runs[at + 1][0] - (self.runs[at + 1][1] != line)
            a, b = max(start, position), min(end, stop)
            if a >= b:
                continue
            span = (line, column + a - position, column + b - position)
            if out and out[-1][0] == line:
                out[-1] = (line, out[-1][1], span[2])
            else:
                out.append(span)
        return out

    def lines_of(self, start: int, end: int) -> Lines:
        """The lines ``text[start:end]`` stands in."""
        spans = self.spans(start, end)
        lines = [line for line, _, _ in spans]  # a cell may end above the cell before it
        return (min(lines), max(lines)) if spans else self.lines


def clean_line(raw: str, number: int) -> tuple[str, list[Run]]:
    """The line without marks and doubled spaces, and where each run of it came from."""
    pieces: list[str] = []
    runs: list[Run] = []
    at = length = 0
    head = _HEADING_MARK.match(raw)
    at = head.end() if head else len(raw) - len(raw.lstrip())
    noisy = not raw.isprintable() or _ODD.search(raw) or any_in(_DOUBLED, raw)
    for match in _NOISE.finditer(raw, at) if noisy else ():
        if match.start() > at:
            piece = raw[at : match.start()]
            runs.append((length, number, at))
            pieces.append(piece)
            length += len(piece)
        token = match.group()
        new = _LATEX.get(token, "")
        if token.isspace() or (token and ord(token[0]) in (0xA0, 0x3000)) or new == " ":
            before_mark = raw[match.end() : match.end() + 1] in (",", ";", ":", ".")
            spaced = length and not (pieces and pieces[-1].endswith(" "))
            new = " " if spaced and not before_mark else ""
        elif token[0] == "*" and not "".join(pieces).strip() and token == "*":
            rest = raw[match.end() : match.end() + 1]
            new = "*" if rest.isspace() else ""
        if new:
            runs.append((length, number, match.start()))
            pieces.append(new)
            length += len(new)
        at = match.end()
    if at < len(raw):
        runs.append((length, number, at))
        pieces.append(raw[at:])
    return "".join(pieces), runs


def _cut(text: str, runs: list[Run], start: int) -> tuple[str, list[Run]]:
    if not start:
        return text, runs
    out: list[Run] = []
    for at, (position, line, column) in enumerate(runs):
        stop = runs[at + 1][0] if at + 1 < len(runs) else len(text)
        if stop <= start:
            continue
        shift = max(0, start - position)
        out.append((position + shift - start, line, column + shift))
    return text[start:], out


def _wrap_width(lines: list[str]) -> int:
    """The width a hard-wrapped text was wrapped at, or 0 where lines are whole paragraphs."""
    lengths = sorted(len(line) for line in lines if line.strip())
    if len(lengths) < 12:
        return 0
    widest = lengths[int(len(lengths) * 0.97) - 1]
    if not 50 <= widest <= 125:
        return 0
    full = sum(1 for n in lengths if n >= widest * 0.82)
    return widest if full >= len(lengths) * 0.3 else 0


def _mark(block: Block) -> None:
    """Take the bullet and the label off the front of a block."""
    bullet = _BULLET.match(block.text)
    if bullet and not re.match(r"[-–−]?\d", block.text):
        block.bullet = block.text[0]
        block.text, block.runs = _cut(block.text, block.runs, bullet.end())
    label = parse_label(block.text)
    if label:
        line, column = block.runs[0][1], block.runs[0][2]
        block.label_span = (line, column, column + len(label.text))
        block.label = label
        block.text, block.runs = _cut(block.text, block.runs, label.end)


def _continues(before: Block, text: str, gap: int, width: int, before_raw: int) -> bool:
    """Whether ``text`` is the rest of the sentence that ``before`` breaks off."""
    last = before.text[-1:]
    if not last or before.is_row or not text or _NEW_ENTRY.match(text):
        return False
    if _BULLET.match(text):
        return gap == 0 and before_raw >= _FULL_LINE and _is_half(before.text, text)
    label = parse_label(text)
    if gap == 0 and _WANTS_NUMBER.search(before.text) and _NUMBER_FIRST.match(text):
        return before_raw >= _FULL_LINE or not (label and label.firm)  # “… trong quý” / “III/2024”
    opening = text[1:2] if text[0] == "(" else text[0]
    lower = opening.islower() or text[0] in "),%;" or (text[0].isdecimal() and gap == 0)
    if label and not (text[0].isdecimal() and width and not label.firm):
        return False
    cut = gap == 0 and before_raw >= _FULL_LINE and not label
    if cut and (_HANGS.search(before.text) or last == "," or _is_open(before)):
        return True  # “… thuộc huyện” / “Lam Sơn”; “… 34 ấp (Tân Mỹ” / “12 ấp, Mỹ Đông 11 ấp)”
    if cut and last not in _ENDS and (text[0] == "(" or _counts_on(before.text, text)):
        return True  # “… trước khi khai giảng” / “(05/9/2024)”; “… trồng nấm” / “30 người; …”
    if cut and last == ";" and before_raw > _FULL_LINE + 9 and _LOWER_WORD.match(text):
        return True  # “… ngân sách xã 1,5 tỷ đồng;” / “doanh nghiệp 0,6 tỷ đồng”
    listed = last == ";" and before.bullet and _LOWER_WORD.match(text)
    if gap == 0 and listed and before_raw >= max(_FULL_LINE, width * 0.72):
        return True  # “- …; nộp hồ sơ ngày 16/9;” / “được công nhận …”
    if gap == 0 and width:
        if before.text.isupper() != text.isupper() or text.startswith(_OPENERS):
            return text[0].islower() and last not in ".;:"
        return before_raw >= width * 0.72 and not (last in ".;:" and before_raw < width * 0.9)
    if last in _ENDS:
        return False
    if lower and not text[0].isdecimal():
        return gap <= 2 and (len(before.text) > 25 or gap == 0)
    if gap == 0 or len(before.text) < 100 or text.startswith(_OPENERS) or gap > 2:
        return False
    # A name cut in two by a page break: "… tỉnh Lạng" / "Son giai đoạn …"
    tail = before.text.rsplit(" ", 1)[-1]
    return tail[:1].isupper() and tail[1:].islower() and text[0].isupper() and " " in text


def _is_half(before: str, text: str) -> bool:
    """Whether a dash that begins a line joins two halves: “Văn phòng” / “- Thống kê”."""
    return bool(
        (_FIRST_HALF.search(before) and _SECOND_HALF.match(text))
        or (_YEAR_LAST.search(before) and _YEAR_FIRST.match(text))
    )


def _counts_on(before: str, text: str) -> bool:
    """Whether a line begins with the amount of what the line before ends with."""
    return bool(before[-1].isalpha() and not before.isupper() and _AMOUNT_FIRST.match(text))


def _is_open(block: Block) -> bool:
    """Whether the last bracket of a block is open still."""
    return block.text.rfind("(") > block.text.rfind(")")


HEAD_LINES, FOOT_LINES = 22, 45
_GAPS = re.compile(r"\t|(?<=\S) {2,}(?=\S)")
_RECIPIENTS = re.compile(r"\W*(?:Nơi nhận|NƠI NHẬN)\s*:?")
_FOOT_HEIGHT = 14


def _clean(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(clean_line(cell, 0)[0].strip() for cell in cells)


class _Builder:
    """Takes the lines one by one and grows the list of blocks."""

    def __init__(self, source: SourceText) -> None:
        self.lines = source.lines
        self.width = _wrap_width([line.text for line in source.lines if line.kind == "text"])
        self.foot_from = len(source.lines) - FOOT_LINES
        self.tab_rows = find_tab_rows(source.lines, 1, len(source.lines))
        self.in_row = 0  # the last line of the row of tabs being read
        self.blocks: list[Block] = []
        self.gap = self.raw_length = self.table = self.tab_table = self.page = 0
        self.columns_to = 0  # the last line of a foot set in columns
        self.outer = True  # whether bars stand outside the columns of the table being read

    def take(self, number: int, line: SourceLine) -> None:
        """One line of the paper, 1-based."""
        raw = line.text
        if number <= self.in_row:
            return
        if number in self.tab_rows:
            self._tab_row(self.tab_rows[number])
        elif not raw.strip() or _RULE.match(raw):
            self.gap += 1 if not raw.strip() else 0
        elif self._set_in_columns(number, line):
            self.gap = self.raw_length = 0
        elif not self._is_page_number(raw):
            self._words(number, line)

    def _set_in_columns(self, number: int, line: SourceLine) -> bool:
        """Head and foot laid out by tabs, wide gaps or a table of two cells."""
        raw = line.text
        if number > HEAD_LINES and _RECIPIENTS.match(raw):
            self.columns_to = number + _FOOT_HEIGHT  # annexes may follow the foot
        if self.foot_from >= number > max(HEAD_LINES, self.columns_to):
            return False
        if not line.cells and "|" not in raw and ("\t" in raw or "    " in raw):
            pieces = columns_of(raw)
            if len(pieces) > 1:
                self.blocks += [_column(piece, number, at, line.kind) for at, piece in pieces]
                return True
        cells = line.cells or (_split(raw, outer=True) if "|" in raw else ())
        if len(cells) == 2 and is_layout(cells):
            self.blocks += _layout_row(raw, number, line.kind)
            return True
        return False

    def _tab_row(self, row: TabRow) -> None:
        """A row set with tabs, over one line or several."""
        text, runs = "", []
        told: dict[int, tuple[str, list[Run]]] = {}
        for number in range(row.first, row.last + 1):
            # As long as before, so that every place stays; and no name runs over into a cell.
            barred = _GAPS.sub(lambda gap: "|".ljust(len(gap[0])), self.lines[number - 1].text)
            words, own = told[number] = clean_line(barred, number)
            shift = len(text) + 1 if text else 0
            text = f"{text} {words}" if text else words
            runs += [(shift + at, line, column) for at, line, column in own]
        cells = _clean(row.cells)
        if row.pieces:
            text, runs, cells = in_cells([(told[at], _clean(own)) for at, own in row.pieces])
        same = self.blocks and self.blocks[-1].is_row and self.tab_table == row.table
        if not same:
            self.table, self.tab_table = self.table + 1, row.table
        block = Block(text.rstrip(), (row.first, row.last), runs, cells=cells, table=self.table)
        block.kind = "row"
        self.blocks.append(block)
        self.in_row, self.gap, self.raw_length = row.last, 0, 0

    def _is_page_number(self, raw: str) -> bool:
        """A number alone on its line that goes on from the page before."""
        match = _PAGE_NUMBER.match(raw)
        if match is None:
            return False
        number = int(match[1])
        if self.page < number <= self.page + 2 and (self.page or number <= 2):
            self.page = number
            return True
        return False

    def _words(self, number: int, line: SourceLine) -> None:
        text, runs = clean_line(line.text, number)
        text = text.rstrip()
        if not text:
            return
        if (line.cells or "|" in line.text) and self._row(number, line, text, runs):
            return
        heading = bool(_HEADING_MARK.match(line.text))
        before = self.blocks[-1] if self.blocks else None
        if before is not None and not heading and self._goes_on(before, line, text):
            start = len(before.text) + 1
            before.text += " " + text
            before.runs += [(start + p, n, c) for p, n, c in runs]
            before.lines = (before.lines[0], number)
        else:
            block = Block(text, (number, number), runs, heading=heading, kind=line.kind)
            _mark(block)
            self.blocks.append(block)
        self.gap, self.raw_length = 0, len(line.text.rstrip())

    def _row(self, number: int, line: SourceLine, text: str, runs: list[Run]) -> bool:
        """A row of cells, or what carries on the row above; False where the line is neither."""
        above = self.blocks[-1] if self.blocks and self.blocks[-1].is_row and not self.gap else None
        cells = line.cells
        if not cells:
            self.outer = self.outer if above else is_outer(line.text)
            width = len(above.cells) if above else 0
            told = _split(line.text, outer=self.outer, width=width)
            marked = "*" in line.text or "`" in line.text
            cells = _clean(told) if marked else told
        if not cells:
            return False
        self.gap = self.raw_length = 0
        if above and not line.cells and carries_on(above.cells, cells):
            whole = [((above.text, above.runs), above.cells), ((text, runs), cells)]
            above.text, above.runs, above.cells = in_cells(whole)
            above.lines = (above.lines[0], number)
            return True
        self.table = line.table or (self.table if above else self.table + 1)
        row = Block(text, (number, number), runs, cells=cells, table=self.table, kind="row")
        self.blocks.append(row)
        return True

    def _goes_on(self, before: Block, line: SourceLine, text: str) -> bool:
        if before.column or line.kind != before.kind:
            return False
        return _continues(before, text, self.gap, self.width, self.raw_length)


def make_blocks(source: SourceText) -> list[Block]:
    """The paper as blocks, in order. Blank lines and ruling lines vanish; rows stay rows."""
    builder = _Builder(source)
    for number, line in enumerate(source.lines, 1):
        builder.take(number, line)
    blocks = _title_bare_labels(builder.blocks)
    for spot, block in enumerate(blocks):
        block.spot = spot
    if all(line.kind == "text" and not line.cells for line in source.lines):
        _keep(tuple(source.text), blocks)
    return blocks


# The blocks of the last papers by their bare lines, so that the checks need not make them again.
_kept: dict[tuple[str, ...], list[Block]] = {}
_MOST_KEPT = 4


def _keep(text: tuple[str, ...], blocks: list[Block]) -> None:
    _kept.pop(text, None)
    while len(_kept) >= _MOST_KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[text] = blocks


def blocks_in(text: tuple[str, ...]) -> list[Block]:
    """The blocks of a paper with these bare lines; those the reading made, where it made some."""
    known = _kept.get(text)
    if known is not None:
        return known
    lines = [SourceLine(line) for line in text]
    return make_blocks(SourceText(name="", reader="", sha256="", lines=lines))


def _column(piece: str, number: int, at: int, kind: str) -> Block:
    text, runs = clean_line(piece, number)
    block = Block(
        text.rstrip(),
        (number, number),
        [(p, n, c + at) for p, n, c in runs],
        kind=kind,
        column=True,
    )
    _mark(block)
    return block


def _layout_row(raw: str, number: int, kind: str) -> list[Block]:
    out: list[Block] = []
    at = 0
    for piece in re.split(r"(\|)", raw):
        if piece.strip() and piece != "|":
            out.append(_column(piece, number, at, kind))
        at += len(piece)
    return out


def _title_bare_labels(blocks: list[Block]) -> list[Block]:
    """A label alone on its line (``Phần thứ hai``, ``Phụ lục``) takes the next line as title."""
    out: list[Block] = []
    for block in blocks:
        before = out[-1] if out else None
        if (
            before is not None
            and before.label
            and not before.text
            and not block.label
            and not block.bullet
            and not block.is_row
        ):
            before.text, before.runs = block.text, block.runs
            before.lines = (before.lines[0], block.lines[1])
        else:
            out.append(block)
    return out
