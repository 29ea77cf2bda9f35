"""Work that nobody leads while its like are led: items of a list, rows of a table, criteria."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from dinhlang.papers.checking.dates.text_units import Row, Unit, rows, units
from dinhlang.papers.checking.dates.things import criteria_in
from dinhlang.papers.checking.duties.roles import names_office, offices, roles
from dinhlang.papers.checking.duties.two_roles import criteria_of
from dinhlang.papers.checking.duties.work_items import LATER, Item, groups, status_of
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.checking.text.told_parts import tells_what_was
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.criteria_names import full_name, match_name, names
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import any_in, guarded

_ADVICE = "Ghi một nơi chủ trì; các nơi khác “phối hợp”."
_SAID = {
    "partner": "chỉ có nơi phối hợp, không nơi nào chủ trì",
    "later": "chưa có nơi chủ trì",
    "all": "giao cho tất cả, không nơi nào chủ trì",
    "none": "không ghi nơi chủ trì",
}
_WHO = re.compile(
    r"chu tri|chiu trach nhiem|dau moi|phu trach|giao cho|nguoi (?:lam|thuc hien|chiu|phu)|don vi"
    r"|co quan|bo phan|phan cong|noi (?:lam|thuc hien)|ai lam|can bo|thuc hien"
)
_NOT_WHO = re.compile(
    r"phoi hop|tham gia|cung lam|giam sat|theo doi|kiem tra|ho tro|thu huong|cung cap|tinh\b|luong"
    r"|noi dung|nhiem vu|cong viec|thoi|tien do|von\b|kinh phi"
)
_BLANK = re.compile(r"^[\s\-–—_/]*$")
_OPEN = re.compile(
    r"^[\s.…?_]*[.…?][\s.…?_]*$|^\W*(?:chưa|sau|chờ|đang (?:xem|bàn|chờ)|bố trí sau)\b", re.I
)
_TOTAL = re.compile(r"^(?:tong|cong|i+|iv|v)\b")
_SLOT = re.compile(r"\b(?:chủ trì|phụ trách|đầu mối|chịu trách nhiệm)\s*:", re.IGNORECASE)
_NOBODY = ("all", "later")
_LEAST, _MANY = 2, 3
_SHARE = 0.6


def nobody_has(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Items and rows without a lead beside others with one; ``told`` lines are known."""
    for group in groups(plan):
        for item in _bare(plan, group):
            if item.place.lines[0] in told:
                continue
            told.add(item.place.lines[0])
            yield Hit(
                message=f"“{item.head.strip(' .,:')[:60]}” {_SAID[item.status]}.",
                places=(item.place, *item.partners),
                advice=_ADVICE,
                severity="warning" if item.status == "none" else "error",
            )
    for row, said in _rows_without(plan):
        if row.place.lines[0] not in told:
            told.add(row.place.lines[0])
            yield Hit(
                message=f"Việc này {_SAID[said]}.", places=(row.place,), advice=_ADVICE,
                severity="warning" if said == "none" else "error",
            )  # fmt: skip
    yield from _said_open(plan, told)


def _bare(plan: Plan, group: list[Item]) -> Iterator[Item]:
    owned = [item for item in group if item.status == "led"]
    bare = not owned and all(_is_criterion(item) for item in group)
    if bare and sum(item.status == "owned" for item in group) >= _MANY:
        owned = [item for item in group if item.status == "owned"]
        group = [item for item in group if item.status in ("owned", "all", "later")]
    if not owned:
        return
    group = [_without_slot(group, item) for item in group]
    pair = len(group) == _LEAST and all(_is_criterion(item) for item in group)
    for item in group:
        if item.status in ("owned", "led") or (
            len(owned) < _LEAST and not pair and item.status != "later"
        ):
            continue
        if item.status == "none" and not (
            (_is_criterion(item) or all(_SLOT.search(each.text) for each in owned))
            and len(owned) == len(group) - 1
            and len(owned) >= _MANY
        ):
            continue
        if len(owned) * 2 < len(group) or _led_elsewhere(plan, item):
            continue
        yield item


_LEADS = guarded(
    r"\b(?:chủ trì|đầu mối|phụ trách|chịu trách nhiệm|đảm nhận|giao|phân công|do)\b", re.IGNORECASE
)
_TAKE_PART = re.compile(
    r"(?:^|\. )[^.:;]{6,120}?\s(?:cùng\s+)?phối hợp(?:\s+(?:thực hiện|triển khai|làm))?(?:\.\s|$)"
)


def _without_slot(group: list[Item], item: Item) -> Item:
    """An item that only says who takes part, where all beside it have a slot “Chủ trì: …”."""
    others = [each for each in group if each is not item]
    slots = len(others) >= _LEAST and all(_SLOT.search(each.text) for each in others)
    if item.status != "owned" or not slots or _LEADS.search(item.text):
        return item
    return replace(item, status="partner") if _TAKE_PART.search(item.text) else item


def _is_criterion(item: Item) -> bool:
    return bool(criteria_in(item.head)) or re.search(r"\b\d{1,2}\.\d{1,2}\b", item.head) is not None


def _led_elsewhere(plan: Plan, item: Item) -> bool:
    """Whether another place of the paper says who leads what an item names."""
    numbers, words = set(criteria_in(item.head)), set(content(item.head))
    for role in roles(plan):
        if numbers and numbers & _criteria(role.what, role.criterion_cell):
            return (
                True  # in its own paragraph too: “A: chủ trì tiêu chí 13, 17; tiêu chí 17 có B …”
            )
        if role.spot == item.spot:
            continue
        have = set(content(role.what))
        if not numbers and words and len(words & have) >= _SHARE * len(words):
            return True
    return False


def _criteria(words: str, cell: bool) -> set[int]:
    found = set(criteria_in(words))
    return found | {n for n in criteria_of(words, cell=cell) if isinstance(n, int)}


_OPEN_WORDS = ("chưa ", " sau", "?", "...", "…", "để trống", "chờ ")


def _said_open(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Words that say outright that a piece of work has no lead yet."""
    for unit in units(plan):
        low = lower(unit.text)
        if not any_in(_OPEN_WORDS, low):
            continue
        if tells_what_was(unit.first.above) or _WAS.search(unit.text):
            continue
        match = LATER.search(unit.text)
        if match and _MATTER.search(unit.text):
            place = unit.said(plan, match.start(), match.end())
            if place.lines[0] not in told and unit.first.number not in told:
                told.add(place.lines[0])
                yield Hit(
                    message="Việc này chưa có nơi chủ trì.", places=(place,), advice=_ADVICE,
                    severity="warning",
                )  # fmt: skip


_WAS = guarded(
    r"\b(?:năm 20(?:1\d|2[0-3])|tồn tại|hạn chế|khắc phục|tình trạng|tránh|nếu|không để)\b", re.I
)
_MATTER = re.compile(r"tiêu chí|chỉ tiêu|chủ trì|đầu mối|phụ trách|chịu trách nhiệm", re.IGNORECASE)


def _rows_without(plan: Plan) -> Iterator[tuple[Row, str]]:
    tables: dict[int, list[Row]] = {}
    for row in rows(plan):
        tables.setdefault(row.table, []).append(row)
    for table in tables.values():
        column = _who_column(table)
        if column < 0:
            continue
        filled = sum(column < len(row.cells) and bool(offices(row.cells[column])) for row in table)
        blanks = [
            row for row in table if column < len(row.cells) and _BLANK.match(row.cells[column])
        ]
        for row in table:
            if column >= len(row.cells) or filled < _LEAST:
                continue
            cell = row.cells[column]
            others = [c for at, c in enumerate(row.cells) if at != column and content(c)]
            if not others or _TOTAL.match(fold(others[0])):
                continue
            if _OPEN.match(cell):
                yield row, "later"
            elif (
                cell and not offices(cell) and status_of(f"{others[0]}: {cell}") in ("all", "later")
            ):
                yield row, "all"
            elif re.match(r"\W*(?:phối hợp|tham gia|hỗ trợ)\b", cell, re.IGNORECASE):
                yield row, "partner"
            elif (
                _BLANK.match(cell)
                and filled >= _MANY
                and len(blanks) == 1
                and not (
                    any("tieu chi" in name for name in row.head)  # CRITERION-LEAD tells it
                )
            ):
                yield row, "none"


def _who_column(table: list[Row]) -> int:
    """The column that says who does the work: by its head, else by what stands in it."""
    head = table[0].head
    best, share = -1, 0.0
    for at in range(max(len(row.cells) for row in table)):
        name = head[at] if at < len(head) else ""
        if _NOT_WHO.search(name):
            continue
        cells = [row.cells[at] for row in table if at < len(row.cells) and row.cells[at].strip()]
        named = sum(bool(offices(cell)) for cell in cells)
        part = named / len(cells) if cells else 0.0
        least = 0.5 if _WHO.search(name) else 0.75
        if named >= _LEAST and part >= least and (part > share or "chu tri" in name):
            best, share = at, 2.0 if "chu tri" in name else part
    return best


_DECLARED = re.compile(
    r"\b(?:về đích|đạt|chưa đạt|chưa hoàn thành|phấn đấu|hoàn thiện|hoàn thành|còn (?:lại|thiếu)?"
    r"|đạt thêm|đăng ký|trọng tâm|tập trung|cần|phải|tiếp tục|nâng chất|rà soát|thực hiện"
    r"|giao|phân công|gồm)\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"\b[Tt](?:iêu chí|IÊU CHÍ)\b(?P<gap>[^:;.()]{0,60}[:(]|[^\d:;.()]{0,30})\s*(?:gồm"
    r"|là)?\s*(?:các )?"
    r"(?P<list>(?:(?:tiêu chí|TC)?\s*(?:số\s*)?\d{1,2}(?![\d.]|\s*%)(?:\s*\([^()]*\))?\s*(?:,|;"
    r"|và)\s*){2,}"
    r"(?:tiêu chí|TC)?\s*(?:số\s*)?\d{1,2}(?![\d]|[.,]\d|\s*%))",
    re.IGNORECASE,
)
_WHOLE_SET = re.compile(
    r"\b(?:trong|cả|đủ|toàn bộ|tất cả|các|gồm|có|thực hiện|giữ vững|duy trì|phân công"
    r"|giao)\s+(?P<n>1\d|10)"
    r"\s*(?:/\s*1\d\s*)?tiêu chí\b",
    re.IGNORECASE,
)
_REST = guarded(
    r"tiêu chí (?:còn lại|khác|được (?:giao|phân công)|phụ trách|theo lĩnh vực|thuộc lĩnh vực"
    r"|của ngành)"
    r"|từng tiêu chí|theo (?:chức năng|lĩnh vực) phụ trách|phụ trách tiêu chí theo",
    re.IGNORECASE,
)
_NUMBER = r"\d{1,2}(?!\d|\.\d|\s*%)"
_CHAIN = guarded(
    r"\b(?:chủ trì|phụ trách|chịu trách nhiệm|đảm nhận"
    r"|đầu mối)\s+(?:chính\s+)?(?:về\s+)?(?:các\s+)?"
    r"(?:tiêu chí\s*)?(?:số\s*)?(?P<list>" + _NUMBER + r"(?:\s*(?:,"
    r"|và)\s*(?:số\s*)?" + _NUMBER + r")*)",
    re.IGNORECASE,
)


def criteria_given(plan: Plan) -> set[int]:
    """Criteria handed to somebody, by number or by name: led, in charge of, “giao cho A”."""
    found = set(numbers_given(plan))
    for role in roles(plan):
        if role.who <= _NO_ONE:
            continue
        found |= _criteria(role.what, role.criterion_cell)
        found |= {n for piece in re.split(r",| và ", role.what) for n in criteria_in(piece)}
    led = {role.spot for role in roles(plan) if not role.table}
    for unit in units(plan):
        if unit.first.spot in led and "phối hợp" not in unit.text.partition(":")[0]:
            head = unit.text.partition(":")[0]
            found |= {int(m[1]) for m in _NUMBERED_HEAD.finditer(head) if 0 < int(m[1]) < _OVER}
        match = _GIVEN_TO.match(unit.text) if "tiêu chí" in lower(unit.text) else None
        if match and names_office(match["who"]):
            found |= set(criteria_in(match["what"]))
    return found


_OVER = 20  # criteria of the largest set, and one
# “Giao thông (số 2): … A chủ trì”, “Tiêu chí 3: …”
_NUMBERED_HEAD = re.compile(
    r"(?:\(\s*(?:tiêu chí\s*|TC\s*)?(?:số\s*)?|^\W*(?:Tiêu chí"
    r"|TC)\s*(?:số\s*)?)(\d{1,2})\b(?![.,/%]\d)"
)
_GIVEN_TO = re.compile(
    r"(?P<what>[^:;.]*?\btiêu chí\b[^:;.]{1,90}?),?\s+(?:giao(?: cho)?|do|phân công(?: cho)?)\s+"
    r"(?P<who>[^,;.]{3,60})",
    re.IGNORECASE,
)


def declared_without_lead(plan: Plan) -> Iterator[Hit]:
    """Criteria of a list the paper gives that no office leads, while most of the list is led."""
    led = _led(plan)
    named = next(_named_without_lead(plan, led), None)
    if named:
        yield named
        return
    text = " ".join(unit.text for unit in units(plan))
    if len(led) < _LEAST or _REST.search(text):
        return
    for unit in units(plan):
        if "tiêu chí" not in lower(unit.text) or tells_what_was(unit.first.above):
            continue
        for begin, end, wanted in _declared(unit.text):
            missing = sorted(wanted - led)
            if not missing or len(missing) > max(1, 0.4 * len(wanted)) or len(wanted) < _MANY:
                continue
            missing = [number for number in missing if not _named_elsewhere(plan, number)]
            if missing:
                told = ", ".join(map(str, missing))
                yield Hit(
                    message=f"Tiêu chí {told} không giao cho nơi nào chủ trì.",
                    places=(unit.said(plan, begin, end), *_beside(plan, missing)),
                    advice=_ADVICE,
                )
                return


def _beside(plan: Plan, numbers: list[int]) -> Iterator[Place]:
    """Where somebody only takes part in one of the criteria."""
    for unit in units(plan):
        if "phối hợp" in unit.text and set(criteria_in(unit.text)) & set(numbers):
            yield unit.said(plan)


def _declared(text: str) -> Iterator[tuple[int, int, set[int]]]:
    for match in _LIST.finditer(text):
        before = text[max(0, match.start() - 80) : match.end()]
        given = re.search(r"\b(?:chủ trì|phụ trách|đã đạt)\b", before)
        if not _DECLARED.search(before) or (given and "chưa đạt" not in before):
            continue
        numbers = re.findall(r"\d+", re.sub(r"\([^()]*\)", "", match["list"]))
        yield match.start(), match.end(), {int(n) for n in numbers if 0 < int(n) < 20}
    for match in _WHOLE_SET.finditer(text):
        yield match.start(), match.end(), set(range(1, int(match["n"]) + 1))


_ONLY_PARTNER = re.compile(r"\W*(?:PH\b|phối hợp|tham gia|hỗ trợ)", re.IGNORECASE)
_NO_ONE = frozenset({"bannganh", "doanthe"})
_NUMBERS = re.compile(
    r"\W*(?:(?:các\s+)?(?:tiêu chí|TC)\s*)?(?:số\s*)?"
    r"(?P<list>\d{1,2}(?:\s*(?:,|;|và)\s*(?:số\s*)?\d{1,2})*)"
    r"\s*(?:\([^()]*\)\s*)?[.;,]?\s*",
    re.IGNORECASE,
)
_OF_LEADS = guarded(
    r"\b(?:chủ trì|phụ trách|chịu trách nhiệm|đảm nhận|phân công|giao)\b", re.IGNORECASE
)


def numbers_given(plan: Plan) -> Iterator[int]:
    """Criteria given by bare number: “Chủ trì tiêu chí:” / “- Trạm Y tế: số 14, 15”, or a table."""
    for unit in units(plan):
        what, colon, rest = unit.text.partition(":")
        match = _NUMBERS.fullmatch(rest) if colon else None
        if match is None:
            continue
        heads = (*unit.first.above[-1:], unit.first.opened)
        led = any("iêu chí" in head and _OF_LEADS.search(head) for head in heads)
        if led and names_office(what):
            yield from map(int, re.findall(r"\d+", match["list"]))
    for row in rows(plan):
        at = next((i for i, head in enumerate(row.head) if re.search(r"tieu chi|\btc\b", head)), -1)
        match = _NUMBERS.fullmatch(row.cells[at]) if 0 <= at < len(row.cells) else None
        who = [
            cell for i, cell in enumerate(row.cells)
            if i != at and i < len(row.head) and _WHO.search(row.head[i])
            and not _NOT_WHO.search(row.head[i])
        ]  # fmt: skip
        if match and any(offices(cell) - _NO_ONE and not _ONLY_PARTNER.match(cell) for cell in who):
            yield from map(int, re.findall(r"\d+", match["list"]))


_OF_NAMES = re.compile(
    r"\btiêu chí\b(?P<said>[^:;.()]{0,70}?)(?::|\b(?:gồm|là|là các tiêu chí))[\s:]+"
    r"(?P<list>[A-ZĐÀ-Ỹ][^:.]{10,300})"
)
_LACKING = re.compile(
    r"\b(?:chưa đạt|còn lại|chưa hoàn thành|phải hoàn thành|còn thiếu|cần đạt|đăng ký|phấn đấu)\b"
)


def _named_lists(plan: Plan) -> Iterator[tuple[Unit, dict[int, str]]]:
    """Criteria told as lacking by their names: in one sentence, or as items of one heading."""
    items: dict[tuple[str, ...], tuple[Unit, dict[int, str]]] = {}
    for unit in units(plan):
        for match in _OF_NAMES.finditer(unit.text) if "iêu chí" in unit.text else ():
            around = unit.text[max(0, match.start() - 60) : match.end("said")]
            pieces = re.split(r"\s*[,;]\s*|\s+và\s+(?=[A-ZĐÀ-Ỹ])", match["list"])
            found = {n: piece for piece in pieces if (n := _number_of(piece)) is not None}
            if _LACKING.search(around) and len(found) >= _MANY:
                yield unit, found
        above = unit.first.above
        number = _number_of(re.sub(r"^\W*[Tt]iêu chí\s+(?:về\s+)?", "", unit.text))
        head = lower(above[-1]) if above else ""
        if number is not None and "tiêu chí" in head and _LACKING.search(head):
            items.setdefault(above, (unit, {}))[1][number] = unit.text
    yield from items.values()


def _number_of(words: str) -> int | None:
    """The number of the criterion that words begin with by name."""
    folded = fold(words.strip())
    known = match_name(folded, 0, "advanced") or match_name(folded, 0, "ntm")
    if known is None or re.match(r"\s*\w", folded[known[1] :]):
        return None
    return known[0]


def _named_without_lead(plan: Plan, led: set[int]) -> Iterator[Hit]:
    """A criterion told by name as lacking that no office is named with, where others have one."""
    for unit, wanted in _named_lists(plan):
        missing = [n for n in wanted if n not in led and not _office_beside(plan, n, unit)]
        if len(wanted) < _MANY or not missing or len(missing) > max(1, 0.4 * len(wanted)):
            continue
        if any(_takes_rest(each.text) for each in units(plan) if each.first is not unit.first):
            return
        names_ = ", ".join(full_name(n, "advanced") or str(n) for n in missing)
        yield Hit(
            message=f"Tiêu chí {names_} không giao cho nơi nào chủ trì.",
            places=(unit.said(plan),), advice=_ADVICE,
        )  # fmt: skip


def _takes_rest(words: str) -> bool:
    """Whether somebody is given whatever criteria are left, or each those of its field."""
    return _REST.search(words) is not None and bool(
        offices(words) or re.search(r"thành viên|công chức|đơn vị|ngành|bộ phận", words)
    )


def _office_beside(plan: Plan, number: int, told: Unit) -> bool:
    """Whether some line names an office and a criterion by a name of it, not as a partner."""
    called = {name for of in _SETS for name, n in names(of).items() if n == number}
    texts = [
        (unit.text, unit.first.above[-1:]) for unit in units(plan) if unit.first is not told.first
    ]
    texts += [(" | ".join(row.cells), ()) for row in rows(plan)]
    for text, above in texts:
        folded = fold(text)
        if any(re.search(rf"\b{re.escape(name)}\b", folded) for name in called):
            own = text.split("phối hợp")[0]
            if offices(own) or (above and names_office(above[0]) and own == text):
                return True
    return False


_SETS: tuple[Literal["ntm", "advanced"], ...] = ("ntm", "advanced")


def _led(plan: Plan) -> set[int]:
    """Every criterion that somebody leads, has charge of, or is named beside."""
    found: set[int] = criteria_given(plan)
    for role in roles(plan):
        found |= _criteria(role.what, role.criterion_cell)
    for unit in units(plan):
        if names_office(unit.text):  # “Công chức Địa chính: tiêu chí 1, 2; phối hợp với …”
            found |= set(criteria_in(unit.text.partition("phối hợp")[0]))
        for match in _CHAIN.finditer(unit.text):
            found |= {int(n) for n in re.findall(r"\d+", match["list"])}
    for group in groups(plan):
        for item in group:
            if item.status == "owned":
                found |= set(criteria_in(item.head))
    for row in rows(plan):
        if any(offices(cell) for cell in row.cells):
            found |= {
                int(n)
                for n in re.findall(r"(?<![\d.,/])\d{1,2}(?![\d,/%])", " ".join(row.cells[:2]))
            }
    return {number for number in found if 0 < number < 20}


def _named_elsewhere(plan: Plan, number: int) -> bool:
    """Whether somebody leads work that the name of a criterion tells: “nâng cao thu nhập”."""
    called = {fold(name) for of in ("ntm", "advanced") if (name := full_name(number, of))}
    called |= {name for of in ("ntm", "advanced") for name, n in names(of).items() if n == number}
    for unit in units(plan):
        if status_of(unit.text) in ("owned", "led") or unit.first.above:
            folded = fold(unit.text)
            if any(name in folded for name in called):
                return True
    return False
