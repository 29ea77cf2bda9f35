"""Blocks to outline. Numerals decide the level; markdown marks and fonts do not.

A label continues the list it is the next number of; failing that it joins the list of its own
style, or opens a new list below the last label. Misnumbered lists (``2.1`` then ``2.``, ``a. b.``
then ``C.``) are followed as a reader follows them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dinhlang.papers.plan import Lines, Section
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.labels import Label, Style
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese import fold

# Styles that can only stand under these (or at the top).
_ABOVE: dict[Style, set[Style]] = {
    "annex": set(),
    "part": {"annex"},
    "article": {"part", "annex"},
    "roman": {"part", "article", "annex", "upper"},
}
_KIN: dict[Style, set[Style]] = {
    "arabic": {"dotted", "slash", "paren"},
    "dotted": {"arabic"},
    "slash": {"arabic"},
    "paren": {"arabic"},
    "lower": {"upper"},
    "upper": {"lower"},
}
_TITLE_END = re.compile(r"\s*[:.;]+\s*$")
_SENTENCE = compile_vi(r"(?<=[^\d])[.;]\s+(?=[A-ZÀ-Ỹ])")
_VALUE = re.compile(r"[≥≤%]|\d+ (?:mô hình|hợp tác xã)")
_FOOT = re.compile(r"^(nơi nhận|nơi gửi)\s*:?", re.I)


@dataclass(slots=True)
class Node:
    """One labelled block and what stands under it."""

    label: Label
    title: str
    level: int
    block: Block
    parent: int = -1
    last_line: int = 0
    folded: str = ""
    heads: bool = False  # known to be a heading, whatever its form
    bodies: int = 0  # unlabelled blocks directly under it
    children: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """The labelled blocks in order, as a tree by index; ``-1`` is the paper itself."""

    nodes: list[Node] = field(default_factory=list)
    foot: int = 0  # index of the first block of the foot (Nơi nhận, signature)

    def path(self, block: Block) -> list[Node]:
        """The headings a block stands under, outermost first, its own label included."""
        out: list[Node] = []
        at = block.section
        while at >= 0:
            out.append(self.nodes[at])
            at = self.nodes[at].parent
        return out[::-1]

    def is_heading(self, at: int) -> bool:
        """Whether a labelled block heads something; a bare sentence in a list does not."""
        node = self.nodes[at]
        sentence = node.label.style in ("dotted", "lower", "paren") and node.block.text.endswith(
            (";", ".")
        )
        if (
            node.heads
            or node.children
            or (node.bodies and not (sentence and _VALUE.search(node.title)))
        ):
            return True
        if node.label.style in ("lower", "paren"):
            return False
        if node.label.style in ("part", "article", "annex", "roman", "upper"):
            return True
        titled = len(node.title) < len(node.block.text) - 15
        return titled or (len(node.title) <= 90 and not node.block.text.endswith((".", ";")))

    def sections(self) -> list[Section]:
        """The tree in the form of the plan format."""
        made: list[Section] = []
        top: list[Section] = []
        for at, node in enumerate(self.nodes):
            lines: Lines = (node.block.lines[0], max(node.last_line, node.block.lines[1]))
            span = [node.block.label_span] if node.block.label_span else []
            section = Section(
                label=_shown(node.label), title=node.title, level=node.level, lines=lines,
                spans=span + node.block.spans(0, len(node.title)),
            )  # fmt: skip
            made.append(section)
            if self.is_heading(at):
                (top if node.parent < 0 else made[node.parent].children).append(section)
        return top


def _shown(label: Label) -> str:
    if label.style in ("part", "annex") and not label.text[0].isdecimal():
        return label.text
    return label.text


def title_of(text: str) -> str:
    """The heading in a labelled paragraph: up to a colon when a sentence follows, no end mark."""
    head, colon, rest = text.partition(":")
    if colon and rest.strip() and 0 < len(head) <= 120 and "“" not in head and ". " not in head:
        return head.strip()
    if len(text) > 220:
        first = _SENTENCE.split(text, maxsplit=1)[0]
        text = first if len(first) <= 220 else text[:220].rsplit(" ", 1)[0]
    return _TITLE_END.sub("", text).strip()


def _next(before: Label, new: Label) -> bool:
    """Whether ``new`` is the number after ``before`` in one list of one style."""
    if before.style != new.style:
        return False
    if new.style == "dotted":
        a, b = before.values, new.values
        return len(a) == len(b) and a[:-1] == b[:-1] and b[-1] == a[-1] + 1
    step = new.value - before.value
    letters = new.style in ("lower", "upper")
    return step == 1 or (letters and step == 2 and before.text.lower() in ("d", "đ"))


def _same_list(before: Label, new: Label) -> bool:
    if before.style != new.style:
        return False
    if new.style == "dotted":
        return len(before.values) == len(new.values)
    return True


def _parent_of_dotted(stack: list[Node], new: Label) -> int | None:
    above = new.text.rpartition(".")[0]
    for at in range(len(stack) - 1, -1, -1):
        label = stack[at].label
        if label.text == above and label.style in ("roman", "upper"):
            return at
        if label.style in ("arabic", "dotted", "article") and label.values == new.values[:-1]:
            return at
    return None


def _place(stack: list[Node], new: Label) -> int:
    """How many of ``stack`` stand above ``new``."""
    for at in range(len(stack) - 1, -1, -1):
        if _next(stack[at].label, new):
            return at
    allowed = _ABOVE.get(new.style)
    if allowed is not None:
        for at in range(len(stack) - 1, -1, -1):
            if stack[at].label.style == new.style and new.value > 1:
                return at
        keep = 0
        for node in stack:
            if node.label.style in allowed:
                keep += 1
            else:
                break
        return keep
    if new.style == "dotted":
        parent = _parent_of_dotted(stack, new)
        if parent is not None:
            return parent + 1
    if new.value > 1:
        for at in range(len(stack) - 1, -1, -1):
            label = stack[at].label
            if label.style in _KIN.get(new.style, ()) and label.value + 1 == new.value:
                return at
    for at in range(len(stack) - 1, -1, -1):
        label = stack[at].label
        if _same_list(label, new) and (new.value > 1 or label.value == 1 or new.style == "dotted"):
            return at
    return len(stack)


def find_foot(blocks: list[Block]) -> int:
    """Index of the block the foot begins with: Nơi nhận, or the signature where there is none."""
    for at in range(len(blocks) - 1, -1, -1):
        if _FOOT.match(blocks[at].text):
            # A two-column foot may give the signature first.
            while at > 0 and re.match(r"(TM|KT|TL|TUQ|Q)\s*\.", blocks[at - 1].text):
                at -= 1
            return at
    annexes = [at for at, b in enumerate(blocks) if b.label and b.label.style == "annex"]
    for end in [len(blocks), *annexes]:  # annexes stand behind the signature
        for at in range(end - 1, max(-1, end - 12), -1):
            if re.match(r"(TM|KT|TL|TUQ)\s*\.", blocks[at].text):
                return at
    return len(blocks)


def make_outline(blocks: list[Block], start: int) -> Outline:
    """The outline of ``blocks[start:]``; every block learns the section it stands in."""
    foot = find_foot(blocks)
    outline = Outline(foot=foot)
    stack: list[int] = []
    last_text_line = 0
    in_annex = False
    for at, block in enumerate(blocks):
        if at < start:
            continue
        in_annex = in_annex or (
            at >= foot and block.label is not None and block.label.style == "annex"
        )
        if at >= foot and not in_annex:
            if at == foot:
                _close(outline, stack, last_text_line)
                stack = []
            continue
        if block.label and not block.is_row and not _is_plain(block):
            nodes = outline.nodes
            keep = _place([nodes[i] for i in stack], block.label)
            _close(outline, stack[keep:], block.lines[0] - 1)
            stack = stack[:keep]
            node = Node(
                label=block.label, title=title_of(block.text), level=keep + 1, block=block,
                parent=stack[-1] if stack else -1,
            )  # fmt: skip
            node.folded = fold(node.title)
            nodes.append(node)
            if stack:
                nodes[stack[-1]].children.append(len(nodes) - 1)
            stack.append(len(nodes) - 1)
        block.section = stack[-1] if stack else -1
        if stack and outline.nodes[stack[-1]].block is not block:
            outline.nodes[stack[-1]].bodies += 1
        last_text_line = block.lines[1]
    _close(outline, stack, last_text_line)
    return outline


def _is_plain(block: Block) -> bool:
    """Whether the label belongs to the running text: a wrapped number, a bullet of a list."""
    return not block.text


def _close(outline: Outline, stack: list[int], line: int) -> None:
    for at in stack:
        outline.nodes[at].last_line = line
