"""Demands with a value, and demands to have or not to have a thing."""

from __future__ import annotations

import re

from dinhlang.papers.plan import Comparator, Target
from dinhlang.papers.reading import target_words as words
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.clauses import clause_end, clause_start, strip_filler, subject_before
from dinhlang.papers.reading.mentions import criterion_of, find_criteria
from dinhlang.papers.reading.paper import Paper
from dinhlang.papers.reading.tables import Table, cell, find_cell
from dinhlang.vietnamese.guarded import Guarded

_LABEL_WORDS = 3  # “Cảnh quan: trên 80% số hộ …”: so short a label is no subject


class _Reader:
    """Reads the targets of one block; keeps what was taken so that nothing is read twice."""

    def __init__(self, paper: Paper, block: Block) -> None:
        self.paper, self.block, self.text = paper, block, block.text
        self.taken: list[tuple[int, int]] = []
        self.out: list[Target] = []
        code = words.CODE.search(self.text) if block.has_digit else None
        self.code = (code["code"] or code["bare"] or code["single"]) if code else None
        self.body = code.end() if code else 0
        if code is None and block.label and block.label.style == "dotted":
            self.code = self._label_code()

    def _label_code(self) -> str | None:
        """The label ``1.1`` as the code of an indicator; a heading or a criterion has none."""
        block, label = self.block, self.block.label
        if label is None or len(label.values) != 2 or block.section < 0:
            return None
        node = self.paper.outline.nodes[block.section]
        if node.children or find_criteria(self.paper, block) or words.ACTION.match(self.text):
            return None
        if node.bodies and not (block.has_digit or words.STATE.match(self.text)):
            return None
        listed = self.paper.topics(block) & {"rule", "goal"} or led_in(self.paper, block)
        return label.text if listed else None

    def free(self, start: int, end: int) -> bool:
        return all(end <= a or start >= b for a, b in self.taken)

    def add(
        self,
        start: int,
        end: int,
        sign: Comparator,
        value: str | None,
        unit: str | None,
        about: str,
    ) -> None:
        text = self.text
        a, b = clause_start(text, start), clause_end(text, end)
        year = next((int(m[1] or m[2]) for m in words.YEAR.finditer(text, a, b)), self.paper.year)
        exception = words.EXCEPT.search(text, start)
        near = exception is not None and exception.start() - end < 120
        self.taken.append((start, end))
        self.out.append(
            Target(
                text=about, comparator=sign, value=value, unit=unit,
                code=self.code if not self.out else None,
                criterion=criterion_of(self.paper, self.block), year=year,
                exceptions=_exceptions(exception["list"]) if exception and near else [],
                lines=self.block.lines_of(start, end), spans=self.block.spans(start, end),
            )
        )  # fmt: skip

    def words_for(self, begin: int, stop: int, unit: str = "") -> str:
        """What the number is about: the words before it in its clause, else those behind.

        A counted unit (``02 sản phẩm OCOP được xếp hạng``) begins the words behind.
        """
        start, end = subject_before(self.text, begin)
        before = strip_filler(self.text[max(start, self.body) : max(end, self.body)])
        after = self.text[stop : clause_end(self.text, stop)]
        cut = re.search(r",\s+(?=tỷ lệ|\d|100%)", after)
        behind = strip_filler(after[: cut.start()] if cut else after)
        if before.endswith(words.THAN) and after.lstrip().startswith("so với"):
            return f"{before} {behind}"
        if len(before) >= 5:
            label = ":" in self.text[end:begin] and len(before.split()) <= _LABEL_WORDS
            if label and len(behind.split()) > _LABEL_WORDS:
                return f"{before}: {behind}"
            if unit and words.EACH.fullmatch(before) and behind:
                return f"{before} có {unit} {behind}"
            return before
        return f"{unit} {behind}".strip() if behind else before or unit

    def numbers(self) -> None:
        """Percentages, incomes, counts with a comparator, and counts of units that reach."""
        having = words.HAVING.match(self.text)
        if having and is_indicator(self.paper, self.block, self.code):
            about = self.text[having.start("unit") : clause_end(self.text, having.end())]
            self.add(*having.span(), "=", words.decimal(having["n"]), having["unit"], about)
        for match in words.PERCENT.finditer(self.text):
            self._number(match, "%", match.end())
        if "hu nhập" in self.text:
            for match in words.INCOME.finditer(self.text):
                before = self.text[max(0, match.start() - 12) : match.start()]
                if not before.endswith(("mới ", "đã ", "hiện ")):
                    self._number(match, words.unit_words(match["unit"]), match.end())
        for match in words.COUNT.finditer(self.text):
            self._number(match, words.unit_words(match["unit"]), match.end())
        for match in words.UPWARD.finditer(self.text):
            if self.free(*match.span()) and not self._rates_a_count(match):
                sign: Comparator = ">=" if match["dir"] == "lên" else "<="
                about = self.words_for(*match.span())
                unit = words.unit_words(match["unit"])
                self.add(*match.span(), sign, words.decimal(match["n"]), unit, about)
        if not self.paper.topics(self.block) & {"purpose", "organise", "result"}:
            for match in words.OUT_OF.finditer(self.text):
                if self.free(*match.span()):
                    about = self.text[match.start("unit") : clause_end(self.text, match.end())]
                    self.add(
                        *match.span(),
                        "=",
                        words.decimal(match["n"]),
                        match["unit"],
                        about.strip(" ,;"),
                    )
            for match in words.REACHING.finditer(self.text):
                if (
                    self.free(*match.span())
                    and "đã" not in self.text[max(0, match.start() - 5) : match.end()]
                ):
                    about = self.text[match.start("unit") : clause_end(self.text, match.end())]
                    self.add(
                        *match.span(),
                        "=",
                        words.decimal(match["n"]),
                        match["unit"],
                        about.strip(" ,;"),
                    )

    def _rates_a_count(self, match: re.Match[str]) -> bool:
        """Whether stars say what is counted before: “02 sản phẩm OCOP hạng 3 sao trở lên”."""
        start, _ = subject_before(self.text, match.start())
        return match["unit"] == "sao" and any(start <= b <= match.start() for _, b in self.taken)

    def _number(self, match: re.Match[str], unit: str, unit_end: int) -> None:
        text = self.text
        sign, begin, stop = words.comparator_of(text, match.start("n"), match.end("n"))
        if unit_end > match.end("n"):
            right_sign, _, right_stop = words.comparator_of(text, match.start("n"), unit_end)
            sign, stop = right_sign, max(right_stop, unit_end)
        begin = min(begin, match.start())
        before = text[max(0, begin - 60) : match.start("n")]
        if (not self.code and words.NOT_TARGET.search(before)) or not self.free(begin, stop):
            return
        about = self.words_for(begin, stop, "" if unit == "%" else match["unit"])
        self.add(begin, stop, sign, words.decimal(match["n"]), unit, about)

    def haves(self) -> None:
        """Demands to have or not to have a thing: comparator ``yes``."""
        text = self.text
        if not self.out and is_indicator(self.paper, self.block, self.code):
            end = len(text.rstrip(" .;"))
            self.add(self.body, end, "yes", None, None, text[self.body : end])
            return
        if self.out and self.code:
            return
        topics = self.paper.topics(self.block)
        if topics & {"organise", "funding", "purpose", "missing", "result", "support"}:
            return
        self._clauses(words.NEGATIVE)
        self._clauses(words.NONE_LEFT)
        self._clauses(words.EVERY)
        demands = topics & {"goal", "rule"} or criterion_of(self.paper, self.block) is not None
        if demands and "solution" not in topics:
            self._clauses(words.PRESENT)

    def _clauses(self, pattern: re.Pattern[str] | Guarded) -> None:
        for match in pattern.finditer(self.text):
            what = match["what"].strip(" ,")
            start = match.start("what")
            if self.free(start, start + len(what)):
                self.add(start, start + len(what), "yes", None, None, what)


def _exceptions(text: str) -> list[str]:
    parts = re.split(r",?\s+hoặc\s+|;\s*|,\s+", text)
    return [p.strip(" .,") for p in parts if p.strip(" .,")]


def is_indicator(paper: Paper, block: Block, code: str | None) -> bool:
    """Whether the block is itself an indicator of a list, not a sentence about work."""
    if code:
        return not block.text.endswith(":")
    if block.label and block.label.style not in ("lower", "dotted", "paren"):
        return False
    if block.section < 0 or words.ACTION.match(block.text) or len(block.text) < 8:
        return False
    topics = paper.topics(block)
    if block.text.endswith(":") or topics & {"organise", "missing", "result", "funding"}:
        return False
    above = [n for n in paper.outline.path(block) if n.block is not block]
    if above and above[-1].folded.startswith("linh vuc") and not block.label:
        return True
    if not words.STATE.match(block.text):
        return False
    heads = " ".join(n.folded for n in above[-2:])
    return bool(re.search(r"quy dinh|linh vuc|chi tieu|dieu kien|tieu chi", heads)) or led_in(
        paper, block
    )


def led_in(paper: Paper, block: Block) -> bool:
    """Whether a sentence that opens a list of rules stands above the block."""
    for at in range(block.spot - 1, max(-1, block.spot - 12), -1):
        other = paper.blocks[at]
        if other.section != block.section and not (block.label and at >= block.spot - 8):
            return False
        if other.text.endswith(":"):
            return bool(
                re.search(r"quy dinh|tieu chi|chi tieu|dieu kien|yeu cau", paper.folded(other))
            )
    return False


def read_targets(paper: Paper) -> list[Target]:
    """Every target of the paper, in order."""
    out: list[Target] = []
    for block in paper.content:
        if block.is_row or not block.text:
            continue
        preamble = block.section < 0 and block.spot < paper.body + 12
        if "funding" in paper.topics(block) or (preamble and "Căn cứ" in block.text):
            continue
        reader = _Reader(paper, block)
        if "ít nhất" in block.text.lower() or block.has_digit:
            reader.numbers()
        reader.haves()
        out += sorted(reader.out, key=lambda t: t.spans[0] if t.spans else (t.lines[0], 0, 0))
    for table in paper.tables:
        if "target" in table.roles:
            out += _table(paper, table)
    return sorted(out, key=lambda t: t.lines[0])


def _table(paper: Paper, table: Table) -> list[Target]:
    """``Chỉ tiêu | Đơn vị | Hiện trạng | Kế hoạch 2024``: one target a row."""
    out: list[Target] = []
    year = words.YEAR.search(table.header.cells[table.aim]) or re.search(
        "(20\\d\\d)", table.head[table.aim]
    )
    for row in table.rows:
        text, value = cell(row, table.what), cell(row, table.aim)
        number = re.search(r"\d+(?:[.,]\d+)*", value)
        if not text or not value:
            continue
        unit = cell(row, table.unit) or ("%" if "%" in value else None)
        sign: Comparator = "yes"
        if number:
            sign = words.comparator_of(value, number.start(), number.end())[0]
        out.append(
            Target(
                text=text, comparator=sign, value=words.decimal(number.group()) if number else None,
                unit=words.unit_words(unit) if unit else None, criterion=criterion_of(paper, row),
                year=int(year[1]) if year and year[1] else paper.year, lines=row.lines,
                spans=row.spans(*find_cell(row, table.aim)),
            )
        )  # fmt: skip
    return out
