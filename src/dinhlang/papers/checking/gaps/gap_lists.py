"""What a list says is lacking, against all that has a date, by their words alone.

Any list under words of a lack (“chưa đạt”, “tồn tại”, “thiếu hụt”), however it is set; any lines
that have a period, however it is written. An item is taken up where a dated line has its
criterion, its quantity, its village or half of its words. Items are told only where most of their
list is taken up: a roadmap that speaks of other things is no roadmap of this list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from dinhlang.papers.checking.dates.periods_told import TOPICS
from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.gaps.gap_clauses import lacking, says_lack
from dinhlang.papers.checking.gaps.gap_units import (
    Unit,
    amounts_in,
    cell_numbers,
    numbers_in,
    style_of,
    tokens_in,
    units_beside,
)
from dinhlang.papers.checking.text.gap_wording import (
    DATED_ABOVE,
    WORDS,
    is_dated,
    is_period_only,
    lead_end,
    parted,
)
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs, sentences
from dinhlang.papers.checking.text.village_names import villages_of
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.criteria_names import match_name
from dinhlang.vietnamese import fold

_STATED = re.compile(r"\b(?:đã đạt|đã hoàn thành|đã được công nhận|duy trì)\b", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"\W*(?:số |TC |tiêu chí )?(?P<number>\d{1,2})\W*$", re.IGNORECASE)
_ALL_OF_THEM = re.compile(
    r"\b(?:các|tất cả|toàn bộ|những|\d+)\s+(?:tiêu chí|chỉ tiêu|nội dung|hạng mục|tồn tại)"
    r"(?:\s+(?:chưa đạt|còn lại|còn thiếu|còn tồn tại|nêu trên|trên|này|yếu))",
    re.IGNORECASE,
)
_THE_REST = re.compile(
    r"\W*(?:đối với )?(?:các|những) (?:tiêu chí|chỉ tiêu|nội dung|hạng mục) (?:còn lại|khác)", re.I
)
_AIMED = re.compile(
    r"\b(?:hoàn thành|đạt|phấn đấu)\b(?:\s+\S+){0,4}?\s+\d{1,2}\s+tiêu chí\b", re.IGNORECASE
)
_NOT_REACHED = re.compile(r"(?:chưa|không) đạt|chưa|K(?:hông)?|CĐ", re.IGNORECASE)
_REASON = re.compile(r",\s*(?:do|vì|nguyên nhân|bởi)\b.*$", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-ỸĐ][a-zà-ỹđ]+(?:\s+[A-ZÀ-ỸĐ][a-zà-ỹđ]+)+")
_NO_CLAUSE = re.compile(r"\W*(?:Căn cứ|Thực hiện|Theo)\b")
_NO_LACK = re.compile(r"\W*(?:không còn|không để|phấn đấu|xóa)\b", re.IGNORECASE)
_LABEL = re.compile(r"\W*[A-ZĐ]?\d{0,2}\W*")
_LEAST_ITEMS, _LEAST_DATED, _LEAST_TAKEN, _LEAST_TOKENS = 3, 2, 2, 2
_FAR, _HEADING = 40, 90
_HALF, _SOME, _LITTLE = 0.5, 0.34, 0.2


@dataclass(slots=True, frozen=True)
class Item:
    """One thing lacking: its words, what names it, and where it stands."""

    text: str
    tokens: tuple[str, ...]
    numbers: frozenset[str]
    villages: frozenset[str]
    amounts: frozenset[str]
    place: Place
    bare: bool = False  # a criterion by its name or number alone
    names: frozenset[str] = frozenset()
    row: int = -1  # the row of a table of all, whose words are not all lacks


def not_taken_up(plan: Plan) -> Iterator[Item]:
    """Items of a list of what is lacking that nothing dated takes up, where it does most others."""
    every = paragraphs(plan)
    leads = [at for at, each in enumerate(every) if not each.cells and lead_end(each) >= 0]
    leads += [*_tables_of_lacks(every), *_runs_of_lacks(every, set(leads))]
    units: list[Unit] | None = None
    for at in leads:
        spots, items = _items(plan, every, at)
        if len(items) < _LEAST_ITEMS:
            continue
        units = units_beside(every, spots)
        if any(_ALL_OF_THEM.search(unit.text) for unit in units):
            continue
        if any(_THE_REST.match(each.text) for each in every if each.spot not in spots):
            continue
        taken = _taken(units, items)
        aimed = _aimed(every, spots)
        missing = [
            item for item, done in zip(items, taken, strict=True)
            if not done and not (aimed and item.numbers and not item.numbers & aimed)
        ]  # fmt: skip
        done = sum(taken)
        if done >= _LEAST_TAKEN and len(missing) * 2 <= done + 1:
            yield from missing
            return
    yield from _clauses_left(plan, every)


def _clauses_left(plan: Plan, every: tuple[Paragraph, ...]) -> Iterator[Item]:
    """Clauses told as lacking that share no word of weight with anything dated."""
    told = [
        item for each, begin, stop in lacking(every)
        if not _NO_CLAUSE.match(each.text) and not _NO_LACK.match(each.text[begin:stop])
        and (item := _item(plan, each, begin, stop, context=each.text[:begin]))
        and len(item.tokens) >= _LEAST_TOKENS
    ]  # fmt: skip
    if len(told) < _LEAST_ITEMS:
        return
    spots = {each.spot for each, _, _ in lacking(every)}
    units = units_beside(every, spots)
    if any(_ALL_OF_THEM.search(unit.text) for unit in units):
        return
    taken = _taken(units, told)
    words = {pair for unit in units for pair in pairwise(unit.low.split())}
    missing = [
        item for item, done in zip(told, taken, strict=True)
        if not done and not any(pair in words for pair in pairwise(item.tokens))
    ]  # fmt: skip
    if sum(taken) >= _LEAST_TAKEN and len(missing) * 2 <= sum(taken) + 1:
        yield from missing


def _aimed(every: tuple[Paragraph, ...], spots: set[int]) -> set[str]:
    """The criteria a goal counts and names, where it is not for all that lack."""
    found: set[str] = set()
    for each in every:
        if each.spot not in spots and "tiêu chí" in each.text:
            match = _AIMED.search(each.text)
            if match and not _STATED.search(each.text):
                found |= numbers_in(each.text[match.start() :])
    return found if len(found) >= _LEAST_TAKEN else set()


def _tables_of_lacks(every: tuple[Paragraph, ...]) -> list[int]:
    """The first rows of the tables whose own columns say that they list what is lacking."""
    found: list[int] = []
    for at, each in enumerate(every):
        if each.cells and each.cells == each.columns:
            rows = _rows_of(every, at)
            states = sum(_unmet(row) for row in rows)
            if WORDS.search(" ".join(each.head)) or _LEAST_ITEMS <= states < len(rows):
                found.append(at)
    return found


def _runs_of_lacks(every: tuple[Paragraph, ...], known: set[int]) -> Iterator[int]:
    """What stands before a list most items of which tell by themselves what is lacking."""
    run: list[Paragraph] = []
    for each in (*every, None):
        item = each is not None and not each.cells and (each.block.label or each.block.bullet)
        if (
            each
            and item
            and run
            and style_of(each) == style_of(run[0])
            and each.above == run[0].above
        ):
            run.append(each)
            continue
        if len(run) >= _LEAST_ITEMS and run[0].spot and run[0].spot - 1 not in known:
            lacks = sum(says_lack(other.folded) for other in run)
            if lacks >= _LEAST_ITEMS and lacks * 3 >= len(run) * 2:
                yield run[0].spot - 1
        run = [each] if each and item else []


def _items(plan: Plan, every: tuple[Paragraph, ...], at: int) -> tuple[set[int], list[Item]]:
    """The spots a list takes, and its items."""
    lead = every[at]
    spots = {lead.spot}
    items: list[Item] = []
    if lead.cells:
        below = _rows_of(every, at)
        if any(_unmet(row) for row in below):
            below = [row for row in below if _unmet(row)]
            spots.update(row.spot for row in _rows_of(every, at))
    else:
        end = lead_end(lead)
        items += _in_line(plan, lead, end)
        below = _below(every, at)
    base: frozenset[str] = frozenset()
    style: tuple[object, ...] = ()
    for each in below:
        spots.add(each.spot)
        if is_dated(each) or _STATED.search(each.text):
            continue
        if each.cells:
            row = each.spot if _unmet(each) else -1
            items += [replace(item, row=row) for item in _row_item(plan, each)]
            continue
        found = _in_paragraph(plan, each)
        if found and (found[0].numbers or style_of(each) == style):
            base, style = found[0].numbers, style_of(each)
        elif found and base:
            found = [replace(item, numbers=base) for item in found]
        items += [] if _opens(every, each) else found
    return spots, items


def _unmet(row: Paragraph) -> bool:
    """Whether a cell of a row says nothing but that it is not reached."""
    return any(_NOT_REACHED.fullmatch(cell.strip()) for cell in row.cells)


def _opens(every: tuple[Paragraph, ...], each: Paragraph) -> bool:
    """Whether a paragraph is the heading of what follows it."""
    following = every[each.spot + 1] if each.spot + 1 < len(every) else None
    if following is None or following.cells:
        return False
    return each.heading and each.text in following.above


def _rows_of(every: tuple[Paragraph, ...], at: int) -> list[Paragraph]:
    table = every[at].block.table
    return [each for each in every[at + 1 : at + _FAR] if each.block.table == table and each.cells]


def _below(every: tuple[Paragraph, ...], at: int) -> list[Paragraph]:
    """The paragraphs a lead opens: those under its heading, or the list behind its colon."""
    lead = every[at]
    found: list[Paragraph] = []
    style: tuple[object, ...] | None = None
    for each in every[at + 1 : at + 1 + _FAR]:
        if is_dated(each) and not each.cells and is_period_only(each.text[:40].split(":")[0]):
            break
        if lead.heading:
            if lead.text not in each.above:
                break
        else:
            if each.cells and each.cells == each.columns and found and not found[-1].cells:
                break
            own = style_of(each)
            if style is None:
                style = own
            if own != style or (own == ("", "") and not _numbered(each)):
                break
        if lead_end(each) >= 0 and each.heading and not each.block.bullet:
            break
        if DATED_ABOVE.search(each.text[:60]) and (each.heading or not each.block.bullet):
            break
        if not (each.cells and each.cells == each.columns):
            found.append(each)
    return found


def _numbered(each: Paragraph) -> bool:
    return re.match(r"[A-ZĐ]?\d{1,2}[.)]", each.text) is not None


def _in_line(plan: Plan, lead: Paragraph, end: int) -> list[Item]:
    """The items a sentence lists behind its colon: “Chưa đạt 04: Giao thông, Điện, …”."""
    rest = lead.text[end:]
    if len(rest.strip(" .:;")) < _LEAST_ITEMS:
        return []
    out: list[Item] = []
    for begin, last in parted(rest):
        item = _item(plan, lead, end + begin, end + last, numbers=True)
        if item:
            out.append(item)
    return out


def _in_paragraph(plan: Plan, each: Paragraph) -> list[Item]:
    out: list[Item] = []
    base = ""
    for begin, stop in each.parts:
        words = each.text[begin:stop]
        if _LABEL.fullmatch(words):
            continue
        head = words.split(":")[0] if ":" in words[:80] else ""
        base = head or base
        item = _item(plan, each, begin, stop, context=base)
        if item:
            out.append(item)
    return out


def _row_item(plan: Plan, each: Paragraph) -> list[Item]:
    cells = [cell for cell in each.cells if len(cell.strip()) > 3 or cell.strip().isdigit()]
    words = max(cells, key=len, default="")
    if len(words) < 4:
        return []
    column = next((at for at, h in enumerate(each.head) if WORDS.search(h)), -1)
    if 0 <= column < len(each.cells) and len(each.cells[column].strip()) > 3:
        words = each.cells[column]
    start = max(each.text.find(words), 0)
    numbers = cell_numbers(each)
    out: list[Item] = []
    for begin, stop in sentences(words):
        item = _item(plan, each, start + begin, start + stop, context=" | ".join(cells))
        if item:
            out.append(replace(item, numbers=item.numbers | numbers))
    return out


def _item(
    plan: Plan, each: Paragraph, begin: int, stop: int, *, context: str = "", numbers: bool = False
) -> Item | None:
    words = each.text[begin:stop]
    if words.count("(") > words.count(")"):  # cut inside its brackets
        return None
    plain = _REASON.sub("", words)
    told = plain.split(":", 1)[1] if ":" in plain[:80] and len(plain) < 200 else plain
    if not tokens_in(told):
        told = words
    named = numbers_in(f"{context} {words}")
    bare = _BARE_NUMBER.match(words) if numbers else None
    label = re.match(r"\s*(\d{1,2})[.)]\s+(?=[^\W\d])", words) if numbers else None
    if label:
        named |= {label[1]}
    if bare:
        named |= {bare["number"]}
    elif not named and (numbers or ":" in words[:80]):
        named |= _by_name(words if numbers else words.split(":")[0])
    villages = villages_of(words)
    inside = re.search(r"\(([^()]{6,})\)", words)
    tokens = tokens_in(told, villages) or tokens_in(inside[1] if inside else "", villages)
    if not tokens and not bare and not named:
        return None
    return Item(
        text=" ".join(words.strip(" .;:|-").split()),
        tokens=tokens,
        numbers=frozenset(named),
        villages=villages,
        amounts=amounts_in(words[label.end() :] if label else words),
        place=each.said(plan, begin, stop),
        bare=bool(named) and not (inside and tokens) and (numbers or _only_a_name(words)),
        names=frozenset(fold(m[0]) for m in _NAME.finditer(words)),
    )


def _only_a_name(words: str) -> bool:
    """Whether words are a criterion's name and number and nothing else: “Nhà ở dân cư (TC9)”."""
    rest = fold(_NUMBERED.sub(" ", words.split(":")[-1])).strip(" .;,-")
    found = match_name(rest, 0, "advanced") or match_name(rest, 0, "ntm")
    return found is not None and found[1] == len(rest)


_NUMBERED = re.compile(
    r"\((?:TC|tiêu chí|số)?\s*(?:số\s*)?\d{1,2}\)|\bTC\s*\d{1,2}\b", re.IGNORECASE
)


def _by_name(words: str) -> set[str]:
    folded = fold(words).strip(" .")
    name = match_name(folded, 0, "advanced") or match_name(folded, 0, "ntm")
    return {str(name[0])} if name else set()


def _taken(units: list[Unit], items: list[Item]) -> list[bool]:
    """Which items are taken up: by their words, or as a criterion none of whose items is told."""
    told = [any(_covers(unit, item, items) for unit in units) for item in items]
    dated = {number for unit in units for number in unit.numbers}
    out: list[bool] = []
    rows = {item.row for item, done in zip(items, told, strict=True) if done} - {-1}
    for item, done in zip(items, told, strict=True):
        if done or item.row in rows:
            out.append(True)
            continue
        beside = any(
            other_done and other is not item and not other.bare and other.numbers & item.numbers
            for other, other_done in zip(items, told, strict=True)
        )
        whole = not item.numbers and any(_worked_on_whole(unit, item) for unit in units)
        out.append(whole or (bool(item.numbers & dated) and not beside))
    return out


_WHOLE = re.compile(r"\b(?:hoàn thành|đạt|về đích)\b[^.;|]{0,40}\btiêu chí\b", re.IGNORECASE)


def _worked_on_whole(unit: Unit, item: Item) -> bool:
    """Whether a line completes, by its number alone, the criterion an item speaks of."""
    if not unit.numbers or not _WHOLE.search(unit.text):
        return False
    words = [TOPICS.get(int(n), "(?!)") for n in unit.numbers if n.isdigit()]
    return any(re.search(rf"\b(?:{each})", fold(item.text)) for each in words)


def _covers(unit: Unit, item: Item, items: list[Item]) -> bool:
    """Whether a dated line takes up an item."""
    if item.numbers & unit.numbers:
        some = any(token in unit.tokens for token in item.tokens)
        if some or not tokens_in(unit.text):
            return True
    if item.amounts & unit.amounts:
        return True
    same = any(name in (unit.villages if name.isdigit() else unit.folded) for name in item.villages)
    if item.villages and unit.villages and not same:
        return False
    if not item.tokens:
        return any(_works_on(unit, number) for number in item.numbers)
    if item.bare and not unit.numbers and any(_works_on(unit, number) for number in item.numbers):
        return True
    same = same or any(name in unit.folded for name in item.names)
    share = _share(item, unit)
    if share >= _HALF:
        return True
    if same:
        own = item.villages | item.names
        alone = sum(bool((each.villages | each.names) & own) for each in items) == 1
        others = alone and any(_share(each, unit) >= _HALF for each in items if each is not item)
        return (alone and not others) or share >= _LITTLE
    if _head_of(item) in unit.low and len(item.tokens) >= 2:
        return True
    near = any(f"{a} {b}" in unit.low for a, b in pairwise(item.tokens))
    return share >= _SOME and near


def _share(item: Item, unit: Unit) -> float:
    found = sum(token in unit.tokens for token in item.tokens)
    return found / len(item.tokens) if item.tokens else 0.0


def _head_of(item: Item) -> str:
    return " ".join(item.tokens[:2])


def _works_on(unit: Unit, number: str) -> bool:
    """Whether words speak of a criterion without its number: “Thu nhập”, “giảm nghèo”."""
    words = TOPICS.get(int(number)) if number.isdigit() else None
    return words is not None and re.search(rf"\b(?:{words})", unit.folded) is not None
