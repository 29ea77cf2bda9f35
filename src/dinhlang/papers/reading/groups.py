"""The k-of-n rules targets stand under, and the level their headings give them."""

from __future__ import annotations

import re

from dinhlang.papers.plan import GroupRule, Level, Target, TargetGroup
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.header import levels_in
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.papers.reading.paper import Paper
from dinhlang.papers.reading.target_words import AMONG, NUMBER_WORDS


def _number_word(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdecimal() else NUMBER_WORDS.get(text)


def read_groups(paper: Paper, targets: list[Target]) -> list[TargetGroup]:
    """The k-of-n rules and the targets under them; targets learn their group."""
    out: list[TargetGroup] = []
    for block in paper.content:
        if block.is_row or ("trong" not in block.text and "/" not in block.text):
            continue
        for match in AMONG.finditer(block.text):
            k = _number_word(match["k"])
            n = _number_word(match["n"] or match["n2"])
            if (
                k is None
                or (n is not None and k > n)
                or (match["min"] in ("đạt", "chọn", "từ") and n is None and k != 1)
            ):
                continue
            if match["n"] and not re.match(
                r"chỉ tiêu|tiêu chí|nội dung|lĩnh vực|mô hình|điều kiện|yêu cầu", match["what"]
            ):
                continue
            if match["n"] and match["min"] == "đạt":
                continue
            out.append(_group(paper, block, match, k, n, targets))
            inside = {id(t) for t in targets if t.unit == "chỉ tiêu" and _overlaps(t, out[-1])}
            targets[:] = [t for t in targets if id(t) not in inside]
    return out


def _overlaps(target: Target, group: TargetGroup) -> bool:
    return any(
        a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for a in target.spans for b in group.spans
    )


def _group(
    paper: Paper, block: Block, match: re.Match[str], k: int, n: int | None, targets: list[Target]
) -> TargetGroup:
    what = match["what"].strip()
    members, name = _members(paper, block, what, targets)
    listed = re.match(r"[^()]*\(([^()]+)\)", block.text[match.end() :])
    options = re.split(r"[,;]\s*", listed[1]) if listed else []
    if n is None and members:
        n = len(members)
    elif n is None and len(options) > 1:
        n = len([o for o in options if o.strip(" .")])
        members = [o.strip(" .") for o in options if o.strip(" .")]
    return TargetGroup(
        name=name or what, rule=GroupRule(at_least=k, of=n), targets=members,
        lines=block.lines_of(*match.span()), spans=block.spans(*match.span()),
    )  # fmt: skip


_ABOUT = compile_vi(
    r"(?:kiểu mẫu|nổi trội|lĩnh vực)\s+(?:về|trong lĩnh vực|trong)?\s*(?P<name>[A-ZÀ-Ỹ].+)$"
)


_GENERIC = re.compile(r"quy dinh|yeu cau|noi dung|chi tieu|tieu chi|muc tieu|dieu kien|cac ")


def _members(
    paper: Paper, block: Block, what: str, targets: list[Target]
) -> tuple[list[str], str | None]:
    """The codes of the targets a group rule speaks of: those of the sections it stands above."""
    if block.section < 0:
        return [], None
    nodes = paper.outline.nodes
    node = nodes[block.section]
    fields = [nodes[c].title for c in node.children if nodes[c].folded.startswith("linh vuc")]
    if "lĩnh vực" in what and fields:
        for child in node.children:
            _assign(
                nodes[child].block.lines[0], nodes[child].last_line, nodes[child].title, targets
            )
        return fields, "lĩnh vực nổi trội"
    last = node.last_line or block.lines[1]
    inside = [t for t in targets if block.lines[0] <= t.lines[0] <= last and t.code]
    generic = node.parent >= 0 and _GENERIC.match(node.folded)
    title = nodes[node.parent].title if generic else node.title
    about = _ABOUT.search(title)
    name = about["name"].strip() if about else None
    if "chỉ tiêu" in what or "tiêu chí" in what or "nội dung" in what:
        for target in inside:
            target.group = name or title
        return [t.code for t in inside if t.code], name or title
    return [], None


def _assign(first: int, last: int, name: str, targets: list[Target]) -> None:
    for target in targets:
        if first <= target.lines[0] <= last:
            target.group = name


def level_group(paper: Paper, block: Block) -> Level | None:
    """The level whose rules a block stands under, from its headings."""
    for node in reversed(paper.outline.path(block)):
        found = levels_in(node.folded)
        if found:
            return found[0]
    return None
