"""The paper as paragraphs: lines wrapped by the page put together, rows parted into cells.

Checks that read sentences need this: a sentence of a PDF runs over several lines. Every place in
a paragraph still knows its line. What was made last is kept, as many checks ask for the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.places import LONGEST_QUOTE, title_line
from dinhlang.papers.checking.text.unwrapped import lines_of
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.blocks import Block, blocks_in
from dinhlang.papers.reading.outline import make_outline
from dinhlang.vietnamese import fold

_LONGEST_HEAD = 90
_PART_STYLES = frozenset({"part", "article", "annex", "roman", "upper"})
_STOP = re.compile(r"[;!?.](?=\s|$)")


@dataclass(slots=True)
class Paragraph:
    """One paragraph or row behind the title.

    ``above`` are the headings it stands under, outermost first; ``columns`` the heads of the
    columns of its table, ``head`` the same folded; ``annex`` says it stands behind the recipients;
    ``opened`` is the unnumbered line “…:” that opens the list it is an item of.
    """

    block: Block
    above: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    annex: bool = False
    opened: str = ""
    heading: bool = False
    nest: int = -1  # the heading it stands under, as a number
    spot: int = 0
    lead: str = ""  # what opens the list it is an item of, or the heading it stands under
    dated: bool | None = field(default=None, repr=False, compare=False)  # by gap_wording.py
    text: str = field(init=False)  # the words, without bullet, number and doubled spaces
    cells: tuple[str, ...] = field(init=False, repr=False)  # of a row; empty for a paragraph
    _folded: str | None = field(default=None, repr=False)
    _parts: list[tuple[int, int]] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.text, self.cells = self.block.text, self.block.cells

    @property
    def folded(self) -> str:
        """The words folded, as long as ``text``."""
        if self._folded is None:
            folded = fold(self.text)
            if len(folded) != len(self.text):
                folded = "".join((fold(letter) or letter)[:1] for letter in self.text)
            self._folded = folded
        return self._folded

    @property
    def parts(self) -> list[tuple[int, int]]:
        """Where each sentence begins and ends, see ``sentences``."""
        if self._parts is None:
            self._parts = sentences(self.text)
        return self._parts

    @property
    def number(self) -> int:
        """The first line."""
        return self.block.lines[0]

    def said(self, plan: Plan, start: int = 0, end: int | None = None) -> Place:
        """The place of ``text[start:end]``; the quote is its longest stretch within one line."""
        spans = self.block.spans(start, len(self.text) if end is None else end)
        if not spans:
            return Place(lines=self.block.lines)
        _, line, begin, stop = max((b - a, line, a, b) for line, a, b in spans)
        quote = plan.text[line - 1][begin:stop].strip(" -+*•|\t\u00a0")
        if len(quote) > LONGEST_QUOTE:
            quote = quote[:LONGEST_QUOTE].rsplit(" ", 1)[0]
        lines = [each for each, _, _ in spans]
        return Place(lines=(min(lines), max(lines)), quote=quote)


def paragraphs(plan: Plan) -> tuple[Paragraph, ...]:
    """The paragraphs behind the title, without the recipients and the signature."""
    kept = lines_of(plan).kept
    if "paragraphs" not in kept:
        kept["paragraphs"] = _read(tuple(plan.text), title_line(plan) or 0)
    found: tuple[Paragraph, ...] = kept["paragraphs"]
    return found


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends; a semicolon ends one, a dot inside a number does not."""
    out: list[tuple[int, int]] = []
    start = 0
    for mark in _STOP.finditer(text):
        if text[mark.start()] == "." and not _ends(text, mark.start()):
            continue
        if text[start : mark.start()].strip():
            out.append((start, mark.start()))
        start = mark.end()
    if text[start:].strip():
        out.append((start, len(text)))
    return out


def _ends(text: str, dot: int) -> bool:
    """Whether a dot ends a sentence: behind a word of two letters, or a number and a new word."""
    before = text[max(0, dot - 2) : dot]
    if before.isalpha() and len(before) == 2:
        return True
    following = text[dot + 1 :].lstrip()[:1]
    return (
        before[-1:] in '0123456789%)”"' and bool(before) and (not following or following.isalpha())
    )


def _is_capitals(block: Block) -> bool:
    """Whether a paragraph is a heading without a number, told by its capitals alone."""
    text = block.text
    plain = not (block.label or block.bullet or block.is_row or block.column)
    return (
        plain and text.isupper() and " " in text and len(text) <= _LONGEST_HEAD and text[-1] != "."
    )


class _Lists:
    """The lists that are open: how the items of each are set, and the last of them."""

    def __init__(self) -> None:
        self._open: list[tuple[tuple[object, ...], Block]] = []

    def take(self, block: Block) -> None:
        """One block more: it goes on with an open list, or opens one below the last block."""
        label = block.label.style if block.label else ""
        style: tuple[object, ...] = (block.table,) if block.is_row else (block.bullet or "", label)
        if style == ("", "") and _DATED_ITEM.match(block.text):
            style = ("dated",)
        elif style == ("", ""):
            self._open = []
        at = next((i for i, (own, _) in enumerate(self._open) if own == style), len(self._open))
        self._open = [*self._open[:at], (style, block)]

    def lead(self, above: tuple[str, ...]) -> str:
        """What opens the list of the last block taken; failing that the heading above it."""
        last = self._open[-1][1] if self._open else None
        if above and last and last.label and not last.bullet:
            return above[-1]
        opener = self._open[-2][1].text if len(self._open) > 1 else ""
        opens = opener.endswith(":") or (len(opener) <= _LONGEST_HEAD and opener[-1:] not in ".;")
        return opener if opener and opens else (above[-1] if above else "")


# “Khởi công: 15/3/2024” on a line of its own is an item of what stands above.
_DATED_ITEM = re.compile(r"[^:.]{4,60}:\s*(?:từ |trước |trong |ngày |tháng |quý |đến )*\d")


def _read(text: tuple[str, ...], title: int) -> tuple[Paragraph, ...]:
    blocks = blocks_in(text)
    first = next((at for at, b in enumerate(blocks) if b.lines[0] > title), len(blocks))
    outline = make_outline(blocks, first)
    out: list[Paragraph] = []
    capitals: Block | None = None
    lists = _Lists()
    heads: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    opened: tuple[str, tuple[str, ...]] = "", ()
    for at, block in enumerate(blocks[first:], first):
        annex = at >= outline.foot
        if annex and block.section < 0:
            continue
        if block.is_row and block.table not in heads:
            heads[block.table] = block.cells, tuple(fold(cell) for cell in block.cells)
        columns, head = heads.get(block.table, ((), ())) if block.is_row else ((), ())
        path = [node for node in outline.path(block) if node.block is not block]
        above = tuple(node.block.text for node in path)
        nest = block.section
        if _is_capitals(block):
            capitals = block if not all(_is_capitals(each.block) for each in out) else None
        elif block.label and block.label.style in _PART_STYLES:
            capitals = None
        if capitals:
            after = tuple(n.block.text for n in path if n.block.spot > capitals.spot)
            above = (capitals.text, *after) if block is not capitals else ()
            nest = nest if after else -2 - capitals.spot
        item = bool(block.bullet) or block.label is not None
        if not block.is_row and not item:
            opened = (block.text if block.text.endswith(":") else ""), above
        lists.take(block)
        out.append(
            Paragraph(
                block=block,
                above=above,
                head=head,
                columns=columns,
                annex=annex,
                opened=opened[0] if item and opened[1] == above else "",
                heading=block.label is not None and len(path) < len(outline.path(block)),
                nest=nest,
                spot=len(out),
                lead=lists.lead(above),
            )
        )
    return tuple(out)
