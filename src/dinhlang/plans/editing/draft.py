"""A plan's JSON while people correct it: items known by number, changed, added, dropped, undone.

An item's number (``id``) is given once and never again in the same plan, so that an edit, a note
or a next version means the same item. Every function here returns a new document and leaves the
one it was given as it is.
"""

from __future__ import annotations

import copy
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dinhlang.papers.checking import check
from dinhlang.papers.plan import ComputedFunding, Finding, Funding, Plan
from dinhlang.papers.serial import from_json, to_json

from . import fields
from .fields import BadValue, Field
from .kinds import BY_CODE, DOCUMENT, KINDS, STATED, Kind

Data = dict[str, Any]
Item = dict[str, Any]
Values = Mapping[str, str]

FIRST = 10
"""The first number of an item; those below belong to the parts every plan has."""

DOCUMENT_ID, STATED_ID = 1, 2
PARTS = {DOCUMENT_ID: DOCUMENT, STATED_ID: STATED}


class NoSuchItem(Exception):
    """The item is not in the plan: somebody dropped it meanwhile."""

    def __init__(self) -> None:
        super().__init__("Mục này không còn trong kế hoạch. Có thể người khác vừa bỏ nó.")


class Refused(Exception):
    """Values that cannot be taken: ``troubles`` says by field name what is wrong."""

    def __init__(self, troubles: dict[str, str]) -> None:
        super().__init__(" ".join(troubles.values()))
        self.troubles = troubles


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item is: its kind and its index in the kind's list."""

    kind: Kind
    index: int


def numbered(data: Data, first: int = FIRST) -> Data:
    """The document with a number on every item that has none, and on no two the same."""
    data = copy.deepcopy(data)
    following = max(first, int(data.get("next_id") or first))
    for _, _, item in walk(data):
        following = max(following, int(item.get("id") or 0) + 1)
    for _, _, item in walk(data):
        if not item.get("id"):
            item["id"] = following
            following += 1
    data["next_id"] = following
    return data


def walk(data: Data) -> Iterator[tuple[Kind, int, Item]]:
    """Every item with its kind and index, kind by kind, in the order of the lists."""
    for kind in KINDS:
        for index, item in enumerate(items(data, kind)):
            yield kind, index, item


def items(data: Data, kind: Kind) -> list[Item]:
    """The kind's list; an empty one where the plan has no such part."""
    found: Any = data
    for part in kind.path:
        found = (found or {}).get(part)
    return found if isinstance(found, list) else []


def numbers(data: Data) -> dict[tuple[str, int], int]:
    """The number of each item by its kind's code and index."""
    return {(kind.code, index): int(item["id"]) for kind, index, item in walk(data)}


def find(data: Data, number: int) -> tuple[Place, Item]:
    """The item of this number. Raises ``NoSuchItem``."""
    for kind, index, item in walk(data):
        if item.get("id") == number:
            return Place(kind, index), item
    raise NoSuchItem


def part(data: Data, number: int) -> tuple[Kind, Item]:
    """The item of this number, or the part of the plan that is edited like one."""
    if kind := PARTS.get(number):
        found: Any = data
        for name in kind.path:
            found = found.get(name) or {}
        return kind, found
    place, item = find(data, number)
    return place.kind, item


def changed(data: Data, number: int, values: Values) -> Data:
    """The document with the item's fields as typed.

    Fields that ``values`` does not name stay. Raises ``NoSuchItem`` and ``Refused``.
    """
    data = copy.deepcopy(data)
    kind, item = part(data, number)
    before = item.get("lines")
    _fill(data, kind, item, values)
    if kind.fields[-1].name == "lines" and item.get("lines") != before:
        item["spans"] = []
    _respan(data, item, values.get("quote", ""))
    return data


def added(data: Data, code: str, values: Values) -> tuple[Data, int]:
    """The document with one more item, and that item's number. Raises ``Refused``."""
    kind = BY_CODE.get(code)
    if kind is None:
        raise Refused({"loai": "Hãy chọn loại mục."})
    data = numbered(data)
    number = int(data["next_id"])
    item: Item = {**_blank(kind), "id": number, "spans": []}
    _fill(data, kind, item, {**{f.slug: "" for f in kind.fields}, **values})
    _respan(data, item, values.get("quote", ""))
    list_of(data, kind).append(item)
    data["next_id"] = number + 1
    return data, number


def dropped(data: Data, number: int) -> tuple[Data, Place, Item]:
    """The document without the item, with where it was and what it was. Raises ``NoSuchItem``."""
    data = copy.deepcopy(data)
    place, item = find(data, number)
    items(data, place.kind).pop(place.index)
    return data, place, item


def restored(data: Data, code: str, index: int, item: Item) -> Data:
    """The document with a dropped item back at its place; unchanged where it is there already."""
    data = copy.deepcopy(data)
    kind = BY_CODE[code]
    if all(other.get("id") != item["id"] for other in items(data, kind)):
        list_of(data, kind).insert(index, copy.deepcopy(item))
    return data


def rechecked(data: Data) -> Data:
    """The document with sums and findings made anew from its items."""
    plan = from_json(data)
    plan.funding.computed = add_up(plan.funding)
    plan.findings = []
    findings = check(plan)
    plan.findings = findings
    fresh = to_json(plan)
    data = copy.deepcopy(data)
    data.setdefault("funding", {})["computed"] = fresh["funding"]["computed"]
    data["findings"] = fresh["findings"]
    return data


def add_up(funding: Funding) -> ComputedFunding:
    """The totals of needs and sources, đồng; None where nothing can be added."""
    needs = sum(n.amount for n in funding.needs) if funding.needs else None
    known = [(s.amount, s.conditional) for s in funding.sources if s.amount is not None]
    sources = sum(amount for amount, _ in known) if known else None
    if needs is None or sources is None:
        return ComputedFunding(needs=needs, sources=sources)
    usable = sum(amount for amount, conditional in known if not conditional)
    return ComputedFunding(
        needs=needs, sources=sources, balance=sources - needs, usable_balance=usable - needs
    )


def finding_number(finding: Finding) -> int:
    """A number for a finding that stays while it is the same: code, lines and quoted words."""
    words = f"{finding.code} {finding.lines} {finding.quotes} {finding.message}"
    return 1_000_000_000 + zlib.crc32(words.encode())


def plan_of(data: Data) -> Plan:
    """The plan as classes; numbers of items are left out."""
    return from_json(data)


def form(kind: Kind, item: Mapping[str, Any]) -> list[tuple[Field, str]]:
    """Each field with its value as typed."""
    return [(field, fields.shown(field, _value(field, item))) for field in kind.fields]


def _value(field: Field, item: Mapping[str, Any]) -> Any:
    value = fields.read(item, field.name)
    if field.kind == "lines" and value:
        return [entry["text"] for entry in value]
    return value


def _blank(kind: Kind) -> Item:
    """An item with what its class needs beyond the fields of the form."""
    return {"roles": []} if kind.code == "duties" else {}


def list_of(data: Data, kind: Kind) -> list[Item]:
    """The kind's list itself, made where the plan has no such part yet."""
    holder = data
    for name in kind.path[:-1]:
        if not isinstance(holder.get(name), dict):
            holder[name] = {"days": None, "waves": [], "lines": None} if name == "campaign" else {}
        holder = holder[name]
    found: list[Item] = holder.setdefault(kind.path[-1], [])
    return found


def _fill(data: Data, kind: Kind, item: Item, values: Values) -> None:
    troubles: dict[str, str] = {}
    for field in kind.fields:
        typed = values.get(field.slug)
        # What nobody touched stays as the paper has it, down to its blanks.
        if typed is None or (typed and typed == fields.shown(field, _value(field, item))):
            continue
        try:
            value = fields.parse(field, typed)
            _check_lines(data, field, value)
            _write(item, field, value)
        except BadValue as bad:
            troubles[field.slug] = str(bad)
    needs_value = kind.code == "targets" and item.get("comparator") != "yes"
    if needs_value and not troubles and item.get("value") is None:
        troubles["value"] = "Hãy ghi giá trị, hoặc chọn so sánh “Có”."
    if kind.code == "waves" and not troubles and item["start"] > item["end"]:
        troubles["end"] = "Ngày cuối phải từ ngày đầu trở đi."
    if kind.code == "duties" and not troubles and item["role"] not in item.get("roles", []):
        item["roles"] = [item["role"]]
    if troubles:
        raise Refused(troubles)


def _check_lines(data: Data, field: Field, value: Any) -> None:
    if field.kind == "at":
        count = len((data.get("source") or {}).get("text") or [])
        if value[1] > count:
            raise BadValue(f"Văn bản chỉ có {count} dòng.")


def _write(item: Item, field: Field, value: Any) -> None:
    if field.kind == "lines":
        before = {gap["text"]: gap for gap in item.get(field.name) or []}
        lines = item.get("lines") or [1, 1]
        value = [before.get(text) or {"text": text, "lines": lines, "spans": []} for text in value]
    if field.name == "due.weekday" and value is not None:
        value = int(value)
    head, _, tail = field.name.partition(".")
    if not tail:
        item[head] = value
        return
    inner = dict(item.get(head) or {})
    inner[tail] = value
    if head == "deadline":
        inner["text"] = inner.get("text") or ""
    item[head] = inner if any(v not in (None, "") for v in inner.values()) else None


def _respan(data: Data, item: Item, quote: str) -> None:
    """Marks the quoted words on the item's first line that has them."""
    quote = re.sub(r"\s+", " ", quote).strip()
    if not quote or not item.get("lines"):
        return
    text = (data.get("source") or {}).get("text") or []
    first, last = item["lines"]
    for line in range(first, min(last, len(text)) + 1):
        at = text[line - 1].find(quote)
        if at >= 0:
            item["spans"] = [[line, at, at + len(quote)]]
            return
