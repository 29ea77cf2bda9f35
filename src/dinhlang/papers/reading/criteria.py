"""Criteria the paper speaks of: by number, code, short or long name; their state; their gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dinhlang.papers.plan import Criterion, Gap, Level, Status
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.criteria_names import full_name, match_name
from dinhlang.papers.reading.paper import Paper
from dinhlang.papers.reading.tables import cell, find_cell
from dinhlang.vietnamese import fold

_ANCHOR = re.compile(r"(?<!bo )(?<!\w)(?:tieu chi|tieu(?= so \d)|tc(?= ?\d))")
_NUMBERS = re.compile(
    r"\s*(?:so |thu )?(?P<list>(?:\d{1,2})(?:\s*(?:,|va|;)\s*(?:so )?\d{1,2}(?![\d%.,/]\d))*)(?![\d%/]|[.,]\d)\s*[.:)\-–]?\s*"
)
_LINK = re.compile(r"\s*(?:[:.\-–]\s*|ve\s+|la\s+|so\s+(?=[a-z]))*")
_CODE = re.compile(r"\s*\(\s*(?:tc|tieu chi|tieu chi so|so)?\s*(\d{1,2})\s*\)")
_NUMBER_NAME = re.compile(r"[\s,;]*(?:va |tieu chi )*(?:so )?(\d{1,2})\s*\(\s*(?:ve )?")
_SEPARATOR = re.compile(r"\s*(?:[,;]|va|\(tc \d+\))\s*(?:tieu chi\s+)?(?:so\s+)?")
_FREE_NAME = re.compile(r"(?P<name>[^:;.()\d]{3,60}?)\s*(?=[:;(]|$)")
_NUMBER_IN_LIST = re.compile(r"(\d{1,2})\s*[.\-–:]?\s+")

_REACHED = re.compile(
    r"(?:da|duoc cong nhan) dat|da hoan thanh|da co \d+ tieu chi dat|(?:nhung|cac|so) tieu chi dat(?! chuan)"
)
_MISSING = re.compile(
    r"chua dat|chua du|chua hoan thanh|con thieu|phan dau (?:dat|hoan thanh)|dat them|hoan thanh them|dang ky dat"
    r"|khong dat|phai phan dau|con phai|con lai|phan dau xa dat|can hoan thanh|phai hoan thanh"
)
_KEEP = re.compile(r"duy tri|giu vung|giu chuan|tiep tuc (?:nang|cung)|nang cao chat luong|cung co")
_PROMISE = re.compile(r"cam ket")
_FINISH = re.compile(r"hoan thanh|phan dau|dat chuan")
_GAP = re.compile(
    r"\bchua\b|moi dat|con thieu|\bthieu\b|khong dat|xuong cap|chua dat|thap hon|khong con phu hop|con \d|chi dat"
)


@dataclass(slots=True)
class Mention:
    """A criterion named in a block: ``block.text[start:end]``."""

    block: Block
    start: int
    end: int
    number: int | None
    name: str
    listed: bool = False  # named in a list or as a heading, not in passing
    lead: int = -1  # where the list it stands in begins
    level: Level | None = None  # where the name belongs to another set than the paper's


def _name_at(paper: Paper, block: Block, at: int) -> tuple[int, int] | None:
    return match_name(paper.folded(block), at, paper.criteria_set)


def _after_anchor(paper: Paper, block: Block, at: int) -> list[Mention]:
    """The criteria named behind the words “tiêu chí” that end at ``at``."""
    folded, text = paper.folded(block), block.text
    bracketed = _NUMBER_NAME.match(folded, at)
    if bracketed and _name_at(paper, block, bracketed.end()):
        return _number_name_list(paper, block, at)
    numbers = _NUMBERS.match(folded, at)
    if numbers:
        values = [int(v) for v in re.findall(r"\d+", numbers["list"])]
        values = [v for v in values if 1 <= v <= 19]
        if not values:
            return []
        link = _LINK.match(folded, numbers.end())
        name = _name_at(paper, block, link.end() if link else numbers.end())
        if name and len(values) == 1:
            start = link.end() if link else numbers.end()
            return [Mention(block, at, name[1], values[0], text[start : name[1]])]
        own = [
            Mention(block, at, numbers.end("list"), v, full_name(v, paper.criteria_set) or "")
            for v in values
        ]
        return own
    link = _LINK.match(folded, at)
    start = link.end() if link else at
    found = _name_list(paper, block, start)
    if not found and paper.village_plan and text[start : start + 1].isupper():
        free = _FREE_NAME.match(text, start)
        if free:
            found = [Mention(block, start, free.end("name"), None, free["name"].strip(), True)]
    return found


def _number_name_list(paper: Paper, block: Block, at: int) -> list[Mention]:
    """``số 1 (Quy hoạch), số 4 (…)``."""
    folded, text = paper.folded(block), block.text
    out: list[Mention] = []
    while match := _NUMBER_NAME.match(folded, at):
        name = _name_at(paper, block, match.end())
        if not name:
            break
        end = name[1] + (1 if text[name[1] : name[1] + 1] == ")" else 0)
        out.append(Mention(block, at, end, int(match[1]), text[match.end() : name[1]], True))
        at = end
    return out


def _other_set(paper: Paper, folded: str, at: int) -> tuple[int, int] | None:
    """A criterion only the advanced set has, named in a plan of the base set."""
    if paper.criteria_set != "ntm" or paper.village_plan:
        return None
    return match_name(folded, at, "advanced")


def _name_list(paper: Paper, block: Block, start: int) -> list[Mention]:
    folded, text = paper.folded(block), block.text
    out: list[Mention] = []
    while True:
        leading = _NUMBER_IN_LIST.match(folded, start)
        begin = leading.end() if leading and _name_at(paper, block, leading.end()) else start
        name = _name_at(paper, block, begin)
        level: Level | None = None
        if not name and not out and (name := _other_set(paper, folded, begin)):
            level = "advanced"
        if not name:
            break
        number, end = name
        code = _CODE.match(folded, end)
        if code and 1 <= int(code[1]) <= 19:
            number = int(code[1])
        elif begin != start and leading:
            number = int(leading[1])
        known = None if paper.village_plan and not code and begin == start else number
        stop = code.end() if code else end
        out.append(Mention(block, begin, stop, known, text[begin:end], level=level))
        separator = _SEPARATOR.match(folded, stop)
        if not separator:
            break
        start = separator.end()
    if len(out) > 1 and text[out[-1].end : out[-1].end + 1] == ":" and len(text) - out[-1].end > 40:
        # “Trường học; Giáo dục: …” heads one paragraph: one criterion with both names.
        first = out[0]
        first.end, first.name = out[-1].end, text[first.start : out[-1].end]
        out = [first]
    if len(out) > 1:
        for mention in out:
            mention.listed, mention.lead = True, out[0].start
    return out


def find_criteria(paper: Paper, block: Block) -> list[Mention]:
    """Every criterion named in a block, in order."""
    known: list[Mention] | None = paper.mentions.get(block.spot)
    if known is None:
        known = paper.mentions[block.spot] = _find(paper, block)
    return known


def _find(paper: Paper, block: Block) -> list[Mention]:
    folded = paper.folded(block)
    out: list[Mention] = []
    at = 0
    while True:
        anchor = _ANCHOR.search(folded, at)
        if not anchor:
            break
        found = _after_anchor(paper, block, anchor.end())
        for mention in found:
            if anchor.start() <= 2 and not block.is_row:
                mention.listed = True
        out += found
        at = max([anchor.end()] + [m.end for m in found])
    if len(out) > 1 and folded.count("tieu chi") >= len(out) > 3:
        for mention in out:
            mention.listed = True
    if not out and (numbers := _BARE_NUMBERS.match(folded)):
        out += _bare_numbers(paper, block, numbers)
    heading = _heading(paper, block) if not out else None
    if heading:
        out.append(heading)
    return out


_BARE_NUMBERS = re.compile(r"(?:bao )?(?:gom|la)?\W*(?P<list>so \d{1,2}(?:(?:\s*,|\s+va|\s*;)\s*so \d{1,2}){1,18})\W*$")


def _bare_numbers(paper: Paper, block: Block, match: re.Match[str]) -> list[Mention]:
    """``Gồm: số 1, số 4 và số 19.`` below a heading that speaks of criteria."""
    if not any("tieu chi" in n.folded for n in paper.outline.path(block)):
        return []
    start = match.start("list")
    out: list[Mention] = []
    for number in re.finditer(r"so (\d{1,2})", match["list"]):
        value = int(number[1])
        name = full_name(value, paper.criteria_set) or ""
        out.append(Mention(block, start + number.start(), start + number.end(), value, name, True))
    return out


def _heading(paper: Paper, block: Block) -> Mention | None:
    """``4. Điện: …`` or ``- Nhà ở dân cư: …`` under a heading that speaks of criteria."""
    if block.is_row:
        return _row_mention(paper, block)
    if not block.text or not (block.label or block.bullet):
        return None
    name = _name_at(paper, block, 0)
    if not name:
        return None
    rest = block.text[name[1] : name[1] + 2].strip()
    if rest and rest[0] not in ":.(;,-–":
        return None
    node = paper.outline.nodes[block.section] if block.section >= 0 else None
    above = " ".join(
        n.folded for n in paper.outline.path(block) if n is not node or not block.label
    )
    if "tieu chi" not in above:
        return None
    number = name[0]
    return Mention(block, 0, name[1], number, block.text[: name[1]], listed=True)


def _row_mention(paper: Paper, block: Block) -> Mention | None:
    """A row ``2 | Giao thông | …``: the first cell that is exactly a criterion's name."""
    folded = paper.folded(block)
    at = 0
    number: int | None = None
    for words in block.cells[:3]:
        start = block.text.find(words, at) if words else at
        if words.strip(".").isdigit():
            number = int(words.strip("."))
        elif words:
            bare = re.match(
                r"(?:tieu chi\s*)?(?:so\s*)?(?P<n>\d{1,2})?\s*[.:\-–]?\s*(?:ve\s+)?", folded[start:]
            )
            begin = start + (bare.end() if bare else 0)
            name = match_name(folded, begin, paper.criteria_set)
            if name and name[1] - start >= len(words) - 8:
                given = int(bare["n"]) if bare and bare["n"] else number
                use = given if given == name[0] else name[0]
                return Mention(block, begin, name[1], use, block.text[begin : name[1]], listed=True)
        at = start + len(words)
    return None


def _status_in(folded: str) -> Status | None:
    if _PROMISE.search(folded):
        return "committed"
    if _MISSING.search(folded):
        return "to_reach"
    if _REACHED.search(folded):
        return "reached"
    if _KEEP.search(folded):
        return "maintain"
    return None


def _status(paper: Paper, mention: Mention) -> Status | None:
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
    own = _status_in(before)
    if own is None and _REACHES_N.search(before):
        own = "reached"
    if own is None and (not mention.listed or _alone(paper, mention)):
        own = _status_in(folded[mention.end : mention.end + 60])
    if own is None and mention.listed and mention.start < 200:
        own = _status_behind(paper, mention)
    if own:
        return own
    if _PROMISE.search(folded[mention.end : mention.end + 80]):
        return "committed"
    if begin > 1 and (whole := _status_in(folded[: mention.start])):
        return whole
    if block.spot and (lead := _lead_in(paper, block)):
        return lead
    for node in reversed(paper.outline.path(block)):
        if node.block is block:
            continue
        status = _status_in(node.folded)
        if status:
            return status
    if _FINISH.search(before):
        return "to_reach"
    return None


_SAID = re.compile(r"\W{0,3}(?:da |tu danh gia )?(?:chua dat|dat)(?=\s*(?:[.;,)|]|$))")
_REACHES_N = re.compile(
    r"(?<!phan dau )(?<!phai )(?<!se )(?<!them )\bdat (?:duoc )?(?:\d+|[a-z]+(?: [a-z]+)?)(?:/\d+)? tieu chi\W*(?:la|gom|:)?\W*$"
)


def _alone(paper: Paper, mention: Mention) -> bool:
    """Whether the mention opens a sentence about itself: ``Tiêu chí Thu nhập chưa đạt, …``"""
    return len([m for m in find_criteria(paper, mention.block) if abs(m.start - mention.start) < 60]) == 1


def _status_behind(paper: Paper, mention: Mention) -> Status | None:
    """The state said behind a list of criteria: ``Các tiêu chí A, B, C đã đạt, phải giữ.``"""
    listed = [m for m in find_criteria(paper, mention.block) if m.listed]
    if len(listed) < 2:
        return None
    end = max(m.end for m in listed)
    return _status_in(paper.folded(mention.block)[end : end + 45])


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
            return _status_in(re.split(r"[,.;] ", folded)[-1]) or _status_in(folded)
    return None


def _inside(paper: Paper, section: int, outer: int) -> bool:
    while section >= 0 and section != outer:
        section = paper.outline.nodes[section].parent
    return section == outer


_RANK: dict[Status | None, int] = {
    "committed": 4,
    "to_reach": 3,
    "reached": 2,
    "maintain": 1,
    None: 0,
}


Weight = tuple[bool, bool, bool, bool, int]


def _weight(paper: Paper, mention: Mention, status: Status | None) -> Weight:
    """How well a mention states the criterion: not in passing, with a state, in a list."""
    topics = paper.topics(mention.block)
    in_passing = bool(topics & {"organise", "roadmap", "funding", "support"})
    rank = _RANK[status]
    return (not in_passing, rank >= 3, rank > 0, mention.listed, rank)


Key = tuple[Level | None, int | str]


def _key(mention: Mention) -> Key:
    return mention.level, mention.number if mention.number is not None else fold(mention.name)


def read_criteria(paper: Paper, level: Level | None) -> list[Criterion]:
    """One entry a criterion, in the order of the paper, with its state and its gaps."""
    best: dict[Key, tuple[Weight, Mention, Status | None]] = {}
    promised: set[Key] = set()
    for block in paper.content:
        for mention in find_criteria(paper, block):
            key = _key(mention)
            status = _status(paper, mention)
            if status == "committed":
                promised.add(key)
            weight = _weight(paper, mention, status)
            known = best.get(key)
            if known is None or weight > known[0]:
                best[key] = (weight, mention, status)
    gaps = _read_gaps(paper)
    out: list[Criterion] = []
    for key, (_, mention, status) in best.items():
        if mention.number is None and status is None and not gaps.get(key):
            continue
        out.append(
            Criterion(
                number=mention.number, name=mention.name.strip(" .:*"),
                level=mention.level or level,
                status="committed" if key in promised else status,
                gaps=gaps.get(key, []),
                lines=mention.block.lines_of(mention.start, mention.end),
                spans=mention.block.spans(mention.start, mention.end),
            )
        )  # fmt: skip
    return sorted(out, key=lambda c: (c.lines, c.spans[0] if c.spans else (0, 0, 0)))


def _read_gaps(paper: Paper) -> dict[Key, list[Gap]]:
    """What each criterion lacks: items under its heading, or behind its name, that say so."""
    out: dict[Key, list[Gap]] = {}
    current: Key | None = None
    section = -2
    for block in paper.content:
        if block.is_row:
            continue
        path = paper.outline.path(block)
        missing = any(
            _MISSING.search(n.folded) or "ton tai" in n.folded or "han che" in n.folded
            for n in path
        )
        if not missing and not _under_missing_lead(paper, block):
            current = None
            continue
        mentions = find_criteria(paper, block)
        head = mentions[0] if mentions and mentions[0].listed and mentions[0].start < 14 else None
        if len(mentions) > 1 and head:
            current = None
            continue
        if head:
            current = _key(head)
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
        if _GAP.search(paper.folded(block)):
            text = block.text.rstrip(" .;")
            gap = Gap(text=text, lines=block.lines, spans=block.spans(0, len(text)))
            out.setdefault(current, []).append(gap)
    _table_gaps(paper, out)
    _prose_gaps(paper, out)
    return out


_BECAUSE = re.compile(
    r"\s*(?:chua dat(?: chuan)?|vuong(?: o)?)?[\s,]*(?:vi|do|boi|o cho|:)?[\s,:]+"
)
_LACKING_PART = re.compile(r";\s*(?P<what>con (?:\d+|thieu)[^;.]*)")
_LACKS = re.compile(r"\bchua\b|con thieu|\bthieu\b|moi (?:dat|duoc|co|chiem)|^con \d|thap hon|xuong cap")


def _prose_gaps(paper: Paper, out: dict[Key, list[Gap]]) -> None:
    """``Tiêu chí Giáo dục chưa đạt vì …``, and ``tiêu chí số 9 …: còn 31 nhà tạm; …``"""
    for block in paper.content:
        if block.is_row or "funding" in paper.topics(block):
            continue
        folded, text = paper.folded(block), block.text
        mentions = find_criteria(paper, block)
        for at, mention in enumerate(mentions):
            stop = mentions[at + 1].start if at + 1 < len(mentions) else len(text)
            sentence = re.search(r"\.\s|$", folded[mention.end : stop])
            end = mention.end + (sentence.start() if sentence else 0)
            lacking = _LACKING_PART.search(folded, mention.end, end)
            if lacking and not out.get(_key(mention)):
                a, b = lacking.span("what")
                gap = Gap(text=text[a:b].strip(" .;"), lines=block.lines_of(a, b), spans=block.spans(a, b))
                out.setdefault(_key(mention), []).append(gap)
                continue
            end = folded.find(";", mention.end, end) if ";" in folded[mention.end : end] else end
            why = _BECAUSE.match(folded, mention.end, end)
            if not why or end - why.end() < 8 or out.get(_key(mention)):
                continue
            told = "chua dat" in folded[mention.end : why.end()] or "vuong" in folded[mention.end : why.end()]
            lacks = _LACKS.search(folded[why.end() : end])
            near = lacks is not None and (lacks.start() < 4 or told or _tells_state(paper, block))
            if lacks and near and not re.match(r"tiep tuc|thuc hien|duy tri|tap trung", folded[why.end() : end]):
                words = text[why.end() : end].rstrip(" .;,")
                gap = Gap(
                    text=words, lines=block.lines_of(why.end(), end), spans=block.spans(why.end(), end)
                )
                out.setdefault(_key(mention), []).append(gap)


def _tells_state(paper: Paper, block: Block) -> bool:
    """Whether a paragraph tells how things stand: it begins so, or its part is about results."""
    return bool(_MISSING.search(paper.folded(block)[:60])) or "result" in paper.topics(block)


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
                out.setdefault(_key(mentions[0]), []).append(gap)


def _under_missing_lead(paper: Paper, block: Block) -> bool:
    """Whether a sentence that opens a list of what lacks stands above."""
    for at in range(block.spot, max(-1, block.spot - 40), -1):
        other = paper.blocks[at]
        folded = paper.folded(other)
        if other.text.endswith(":") and len(other.text) < 260:
            if re.search(r"chua dat|con thieu|chua du", folded):
                return True
            if at < block.spot and not re.search(r"chua|con|thieu|tieu chi", folded):
                return False
        if other.label and other.label.style in ("roman", "part"):
            return False
    return False


def _inline_gaps(paper: Paper, block: Block, head: Mention, out: dict[Key, list[Gap]]) -> None:
    rest = block.text[head.end :]
    if len(rest.strip(" .:;()0123456789TC")) < 12:
        return
    at = head.end
    for part in re.split(r"(?<=;)\s*", rest):
        text = part.strip(" .:;–-")
        start = block.text.find(text, at)
        at = start + len(text)
        if text:
            gap = Gap(text=text, lines=block.lines_of(start, at), spans=block.spans(start, at))
            out.setdefault(_key(head), []).append(gap)


def criterion_of(paper: Paper, block: Block) -> int | None:
    """The criterion a block is about: named at its head, or by the heading it stands under."""
    known = paper.criterion_at.get(block.spot)
    if known is not None:
        return known or None
    number = _criterion_of(paper, block)
    paper.criterion_at[block.spot] = number or 0
    return number


def _criterion_of(paper: Paper, block: Block) -> int | None:
    mentions = find_criteria(paper, block)
    if len(mentions) == 1:
        return mentions[0].number
    if mentions and mentions[0].start <= 12 and not (len(mentions) > 1 and mentions[1].start < 60):
        return mentions[0].number
    if mentions:
        return None
    for node in reversed(paper.outline.path(block)):
        if node.block is block:
            continue
        above = find_criteria(paper, node.block)
        if above and above[0].start <= 12:
            return above[0].number
    if not block.label and not block.bullet and block.spot:
        before = paper.blocks[block.spot - 1]
        if before.section == block.section and before.bullet and not before.is_row:
            return criterion_of(paper, before)
    return None
