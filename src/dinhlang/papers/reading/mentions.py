"""Criteria named in a paragraph or a row: by number, by code, by short or long name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dinhlang.papers.plan import Level
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.criteria_names import SetName, full_name, match_name
from dinhlang.papers.reading.paper import Paper
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.guarded import guarded

_ANCHOR = guarded(r"(?<!bo )(?<!\w)(?:tieu chi|tieu(?= so \d)|tc(?= ?\d))")
_NUMBERS = re.compile(
    r"\s*(?:so |thu )?(?P<list>(?:\d{1,2})(?:\s*(?:,|va|;)\s*(?:so "
    r")?\d{1,2}(?![\d%.,/]\d))*)(?![\d%/]|[.,]\d)\s*[.:)\-–]?\s*"
)
_LINK = re.compile(
    r"(?:\s*(?:chua dat|da dat|con lai|dat chuan|sau|tren)?[\s,]*(?:gom|bao gom|la|do la|cu the "
    r"la|nhu sau)"
    r"\s*:?\s*)?\s*(?:[:.\-–]\s*|ve\s+|la\s+|so\s+(?=[a-z]))*"
)
_CODE = re.compile(r"\s*\(\s*(?:tc|tieu chi|tieu chi so|so)?\s*(\d{1,2})\s*\)")
_NUMBER_NAME = re.compile(r"[\s,;]*(?:va |tieu chi )*(?:so )?(\d{1,2})\s*\(\s*(?:ve )?")
_SAID_OF_ALL = re.compile(r"[^.;:()\d]{1,40}:\s*")
_SEPARATOR = re.compile(r"\s*(?:[,;]|va|\(tc \d+\))\s*(?:tieu chi\s+)?(?:so\s+)?")
_FREE_NAME = re.compile(r"(?P<name>[^:;.()\d]{3,60}?)\s*(?=[:;(]|$)")
_NUMBER_IN_LIST = re.compile(r"(?:so )?(\d{1,2})\s*[.\-–:]?\s+")
# “13 tiêu chí đã đạt: số 1, 3, 4 và 7.”: the bare numbers of those counted before.
_LIST_BEHIND = re.compile(
    r"[^.;:()\d]{0,60}?(?::|\bla|\bgom)\s*:?\s*(?:cac )?(?:tieu chi )?"
    r"(?P<list>(?:so )?\d{1,2}(?:\s*(?:,|va|;)\s*(?:so )?\d{1,2}(?!\d|[.,/]\d))+)"
    r"(?=\s*(?:[.;,()]|$))"
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
        start = link.end() if link else numbers.end()
        name = _name_at(paper, block, start)
        if len(values) == 1 and not name:
            name = _of_any_set(folded, start, values[0])
        if name and len(values) == 1:
            return [Mention(block, at, name[1], values[0], text[start : name[1]])]
        own = [
            Mention(block, at, numbers.end("list"), v, full_name(v, paper.criteria_set) or "")
            for v in values
        ]
        return own
    listed = _LIST_BEHIND.match(folded, at)
    values = [int(v) for v in re.findall(r"\d+", listed["list"])] if listed else []
    if listed and values and all(1 <= v <= 19 for v in values):
        begin, end = listed.span("list")
        return [
            Mention(block, begin, end, v, full_name(v, paper.criteria_set) or "", True, begin)
            for v in values
        ]
    link = _LINK.match(folded, at)
    start = link.end() if link else at
    found = _name_list(paper, block, start)
    colon = None if found else _SAID_OF_ALL.match(folded, at)
    if colon:  # “Các tiêu chí chưa đạt: số 2 Giao thông, số 6 …”
        named = _name_list(paper, block, colon.end())
        found = named if len(named) > 1 else []
    if not found and paper.village_plan and text[start : start + 1].isupper():
        free = _FREE_NAME.match(text, start)
        if free:
            found = [Mention(block, start, free.end("name"), None, free["name"].strip(), True)]
    return found


def _of_any_set(folded: str, at: int, number: int) -> tuple[int, int] | None:
    """The name at a place where another set knows it under that very number."""
    sets: tuple[SetName, ...] = ("advanced", "ntm", "ten")
    found = (match_name(folded, at, each) for each in sets)
    return next((name for name in found if name and name[0] == number), None)


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


_BARE_NUMBERS = re.compile(
    r"(?:bao )?(?:gom|la)?\W*(?P<list>so \d{1,2}(?:(?:\s*,|\s+va|\s*;)\s*so \d{1,2}){1,18})\W*$"
)


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
    if rest and rest[0] not in ":.(;-–":
        return None
    node = paper.outline.nodes[block.section] if block.section >= 0 else None
    above = " ".join(
        n.folded for n in paper.outline.path(block) if n is not node or not block.label
    )
    if "tieu chi" not in above or "linh vuc" in above:
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
        if words.strip(".").isdecimal():
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


Key = tuple[Level | None, int | str]


def key_of(mention: Mention) -> Key:
    return mention.level, mention.number if mention.number is not None else fold(mention.name)


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
