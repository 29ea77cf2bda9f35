"""What each criterion still lacks: in lists, in prose, in a column of a table."""

from __future__ import annotations

import re

from dinhlang.papers.plan import Gap
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.criteria_state import MISSING
from dinhlang.papers.reading.mentions import Key, Mention, criterion_of, find_criteria, key_of
from dinhlang.papers.reading.paper import Paper
from dinhlang.papers.reading.tables import cell, find_cell
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.guarded import guarded

# On the words themselves: folded, “sửa chữa” would be “chưa”, “tối thiểu” would be “thiếu”.
_GAP = re.compile(
    r"\bchưa\b|mới (?:đạt|có|được|chiếm)|còn thiếu|\bthiếu\b|không đạt|xuống cấp|"
    r"thấp hơn|không còn phù hợp|còn \d|chỉ đạt|\bvẫn còn\b|\bcòn thấp\b",
    re.I,
)


def read_gaps(paper: Paper) -> dict[Key, list[Gap]]:
    """What each criterion lacks: items under its heading, or behind its name, that say so."""
    out: dict[Key, list[Gap]] = {}
    current: Key | None = None
    section = -2
    missing = _heads_of_gaps(paper)
    for block in paper.content:
        if block.is_row:
            continue
        if block.section not in missing and not _under_missing_lead(paper, block):
            current = None
            continue
        mentions = find_criteria(paper, block)
        head = mentions[0] if mentions and _opens(block, mentions) else None
        if len(mentions) > 1 and head:
            current = None
            continue
        if head:
            current = key_of(head)
            section = block.section
            _inline_gaps(paper, block, head, out)
            continue
        if current is None or (
            block.section != section and block.label is None and not block.bullet
        ):
            continue
        if block.label and block.label.style in ("roman", "part", "upper"):
            current = None
            continue
        if _GAP.search(block.text):
            text = block.text.rstrip(" .;")
            gap = Gap(text=text, lines=block.lines, spans=block.spans(0, len(text)))
            out.setdefault(current, []).append(gap)
    _table_gaps(paper, out)
    _prose_gaps(paper, out)
    return out


def _heads_of_gaps(paper: Paper) -> set[int]:
    """The headings that speak of what lacks, and those below them."""
    found: set[int] = set()
    for at, node in enumerate(paper.outline.nodes):
        said = "ton tai" in node.folded or "han che" in node.folded or MISSING.search(node.folded)
        if said or node.parent in found:
            found.add(at)
    return found


def _opens(block: Block, mentions: list[Mention]) -> bool:
    """Whether the first criterion is what the paragraph is about: ``Tên (TC2): …``"""
    first = mentions[0]
    if first.listed and first.start < 14:
        return True
    label, colon, _ = block.text.partition(":")
    behind = label[first.end :].strip(" )")
    return bool(colon and block.bullet) and len(mentions) == 1 and not behind and len(label) < 100


_BECAUSE = re.compile(
    r"\s*(?:chua dat(?: chuan)?|vuong(?: o)?)?[\s,]*(?:vi|do|boi|o cho|:)?[\s,:]+"
)
_LACKING_PART = re.compile(r";\s*(?P<what>con (?:\d+|thieu)[^;.]*)")
_LACKS = guarded(
    r"\bchưa\b|còn thiếu|\bthiếu\b|mới (?:đạt|được|có|chiếm)|^còn \d|thấp hơn|xuống cấp|"
    r"\bcòn (?:phòng học tạm|nhà tạm|nhiều|nhốt|thấp)|vẫn (?:còn|là)|còn khó khăn|hư hỏng|bị hỏng",
    re.I,
)


def _prose_gaps(paper: Paper, out: dict[Key, list[Gap]]) -> None:
    """``Tiêu chí Giáo dục chưa đạt vì …``, and ``tiêu chí số 9 …: còn 31 nhà tạm; …``"""
    for block in paper.content:
        if block.is_row or "funding" in paper.topics(block):
            continue
        if _told_gaps(paper, block, out):
            continue
        folded, text = paper.folded(block), block.text
        mentions = find_criteria(paper, block)
        for at, mention in enumerate(mentions):
            stop = mentions[at + 1].start if at + 1 < len(mentions) else len(text)
            sentence = re.search(r"\.\s|$", folded[mention.end : stop])
            end = mention.end + (sentence.start() if sentence else 0)
            lacking = _LACKING_PART.search(folded, mention.end, end)
            if lacking and not out.get(key_of(mention)):
                a, b = lacking.span("what")
                gap = Gap(
                    text=text[a:b].strip(" .;"), lines=block.lines_of(a, b), spans=block.spans(a, b)
                )
                out.setdefault(key_of(mention), []).append(gap)
                continue
            end = folded.find(";", mention.end, end) if ";" in folded[mention.end : end] else end
            why = _BECAUSE.match(folded, mention.end, end)
            if not why or end - why.end() < 8 or out.get(key_of(mention)):
                continue
            told = (
                "chua dat" in folded[mention.end : why.end()]
                or "vuong" in folded[mention.end : why.end()]
            )
            lacks = _LACKS.search(text[why.end() : end])
            near = lacks is not None and (
                (at == 0 and mention.start <= 20)
                or lacks.start() < 4
                or told
                or _tells_state(paper, block)
            )
            if (
                lacks
                and near
                and not re.match(
                    r"tiep tuc|thuc hien|duy tri|tap trung|chi dao|huy dong|dau tu|sua|ra soat|"
                    r"phan dau|day manh|tang cuong",
                    folded[why.end() : end],
                )
            ):
                words = text[why.end() : end].rstrip(" .;,")
                gap = Gap(
                    text=words,
                    lines=block.lines_of(why.end(), end),
                    spans=block.spans(why.end(), end),
                )
                out.setdefault(key_of(mention), []).append(gap)


_TOLD = re.compile(
    r"(?:ton tai|han che|kho khan|con thieu|noi dung chua dat|thuc trang|hien trang|vuong "
    r"mac)\s*:\s*"
)


def _told_gaps(paper: Paper, block: Block, out: dict[Key, list[Gap]]) -> bool:
    """``- Tồn tại: …; ….`` under the heading of a criterion."""
    told = _TOLD.match(paper.folded(block))
    number = criterion_of(paper, block) if told else None
    if told is None or number is None:
        return False
    at = told.end()
    known = out.setdefault((None, number), [])
    known.clear()
    for part in re.split(r";\s+|\.\s+", block.text[at:]):
        start = block.text.find(part, at)
        at = start + len(part)
        words = part.rstrip(" .;")
        if len(words) > 4:
            stop = start + len(words)
            lines, spans = block.lines_of(start, stop), block.spans(start, stop)
            known.append(Gap(text=words, lines=lines, spans=spans))
    return True


def _tells_state(paper: Paper, block: Block) -> bool:
    """Whether a paragraph tells how things stand: it begins so, or its part is about results."""
    return bool(MISSING.search(paper.folded(block)[:60])) or "result" in paper.topics(block)


_GAP_COLUMN = r"con thieu|chua dat$|ton tai|han che|vuong mac|noi dung chua|can bo sung|nguyen nhan"


def _table_gaps(paper: Paper, out: dict[Key, list[Gap]]) -> None:
    """A table's column of what each criterion still lacks."""
    for table in paper.tables:
        at = table.column(_GAP_COLUMN)
        if at < 0:
            continue
        for row in table.rows:
            words = cell(row, at).rstrip(" .;")
            mentions = find_criteria(paper, row)
            if mentions and len(words) > 4 and fold(words) not in ("khong", "khong co"):
                gap = Gap(text=words, lines=row.lines, spans=row.spans(*find_cell(row, at)))
                out.setdefault(key_of(mentions[0]), []).append(gap)


def _under_missing_lead(paper: Paper, block: Block) -> bool:
    """Whether a sentence that opens a list of what lacks stands above."""
    for at in range(block.spot, max(-1, block.spot - 40), -1):
        other = paper.blocks[at]
        if other.text.endswith(":") and len(other.text) < 260:
            folded = paper.folded(other)
            if re.search(r"chua dat|con thieu|chua du", folded):
                return True
            if at < block.spot and not re.search(r"chua|con|thieu|tieu chi", folded):
                return False
        if other.label and other.label.style in ("roman", "part"):
            return False
    return False


_ONLY_STATE = re.compile(r"(?:chưa|không) đạt|theo bộ tiêu chí [^,;]*", re.I)


def _inline_gaps(paper: Paper, block: Block, head: Mention, out: dict[Key, list[Gap]]) -> None:
    rest = block.text[head.end :]
    if len(rest.strip(" .:;()0123456789TC")) < 12:
        return
    at = head.end
    for part in re.split(r"(?<=;)\s*", rest):
        text = part.strip(" .:;–-")
        if text.startswith(")"):  # “Giao thông (TC2): …”: the bracket is the name's
            text = text.lstrip(") .:;–-")
        start = block.text.find(text, at)
        at = start + len(text)
        if text and not _ONLY_STATE.fullmatch(text):
            gap = Gap(text=text, lines=block.lines_of(start, at), spans=block.spans(start, at))
            out.setdefault(key_of(head), []).append(gap)
