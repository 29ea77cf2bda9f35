"""The state the paper gives a criterion: reached, to reach, to keep, promised."""

from __future__ import annotations

import re

from dinhlang.papers.plan import Status
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.mentions import Mention, find_criteria
from dinhlang.papers.reading.paper import Paper
from dinhlang.vietnamese.guarded import guarded

_REACHED = guarded(
    r"(?:da|duoc cong nhan) dat|da hoan thanh|da co \d+ tieu chi dat|(?:nhung|cac|so) tieu chi "
    r"dat(?! chuan)|(?<!phan dau co )\b\d+(?:/\d+)? tieu chi (?:duoc danh gia )dat\b"
    r"|^nhom (?:tieu chi )?dat"
)
MISSING = guarded(
    r"chua dat|chua du|chua hoan thanh|con thieu|phan dau (?:dat|hoan thanh)|dat them|hoan "
    r"thanh them|dang ky dat"
    r"|khong dat|chua duoc\b|con no\b|con vuong|duoi chuan"
    r"|(?<!khong de )\btut (?:so|hang|chuan)|bi tut"
    r"|phai phan dau|con phai|con lai|phan dau xa dat|can hoan thanh|phai hoan thanh"
)
_KEEP = re.compile(r"duy tri|giu vung|giu chuan|tiep tuc (?:nang|cung)|nang cao chat luong|cung co")
_PROMISE = re.compile(r"cam ket")
_FINISH = re.compile(r"hoan thanh|phan dau|dat chuan")


def status_in(folded: str) -> Status | None:
    if _PROMISE.search(folded):
        return "committed"
    if MISSING.search(folded):
        return "to_reach"
    if _REACHED.search(folded):
        return "reached"
    if _KEEP.search(folded):
        return "maintain"
    return None


def status_of(paper: Paper, mention: Mention) -> Status | None:
    block = mention.block
    folded = paper.folded(block)
    if block.is_row:
        row = folded[mention.end :]
        if re.search(r"chua dat|khong dat|phan dau", row):
            return "to_reach"
        if re.search(r"\bdat\b|da dat|x\b", row[:40]):
            return "reached"
    said = _SAID.match(folded, mention.end)
    if said:
        return "to_reach" if "chua" in said.group() else "reached"
    begin = max(folded.rfind(mark, 0, mention.start) for mark in (". ", "; ", "\n")) + 1
    before = folded[begin : mention.start if mention.lead < 0 else mention.lead]
    own = status_in(before)
    if own is None and _REACHES_N.search(before):
        own = "reached"
    if own is None and (not mention.listed or _alone(paper, mention)):
        own = status_in(folded[mention.end : mention.end + 60])
    if own is None and mention.listed and mention.start < 200:
        own = _status_behind(paper, mention)
    if own:
        return own
    if _PROMISE.search(folded[mention.end : mention.end + 80]):
        return "committed"
    if begin > 1 and (whole := status_in(folded[: mention.start])):
        return whole
    if block.spot and (lead := _lead_in(paper, block)):
        return lead
    for node in reversed(paper.outline.path(block)):
        if node.block is block:
            continue
        status = status_in(node.folded)
        if status:
            return status
    if _FINISH.search(before):
        return "to_reach"
    return None


_SAID = re.compile(r"\W{0,3}(?:da |tu danh gia )?(?:chua dat|dat)(?=\s*(?:[.;,)|]|$))")
_REACHES_N = re.compile(
    r"(?<!phan dau )(?<!phai )(?<!se )(?<!them )\b(?:dat|giu|giu vung) (?:duoc )?(?:\d+|[a-z]+(?: "
    r"[a-z]+)?)(?:/\d+)? tieu chi\W*(?:la|gom|bao gom|:)?\W*$"
)


def _alone(paper: Paper, mention: Mention) -> bool:
    """Whether the mention opens a sentence about itself: ``Tiêu chí Thu nhập chưa đạt, …``"""
    return (
        len([m for m in find_criteria(paper, mention.block) if abs(m.start - mention.start) < 60])
        == 1
    )


def _status_behind(paper: Paper, mention: Mention) -> Status | None:
    """The state said behind a list of criteria: ``Các tiêu chí A, B, C đã đạt, phải giữ.``"""
    listed = [m for m in find_criteria(paper, mention.block) if m.listed]
    if len(listed) < 2:
        return None
    end = max(m.end for m in listed)
    return status_in(paper.folded(mention.block)[end : end + 45])


def _lead_in(paper: Paper, block: Block) -> Status | None:
    """The state a sentence ending in a colon gives the list below it."""
    nodes = paper.outline.nodes
    section = nodes[block.section].parent if block.label and block.section >= 0 else block.section
    for at in range(block.spot - 1, max(-1, block.spot - 40), -1):
        other = paper.blocks[at]
        if other.section != section:
            if block.label and other.section >= 0 and _inside(paper, other.section, section):
                continue
            return None
        if other.text.endswith(":") and (not other.bullet or other.bullet != block.bullet):
            folded = paper.folded(other)
            return status_in(re.split(r"[,.;] ", folded)[-1]) or status_in(folded)
    return None


def _inside(paper: Paper, section: int, outer: int) -> bool:
    while section >= 0 and section != outer:
        section = paper.outline.nodes[section].parent
    return section == outer
