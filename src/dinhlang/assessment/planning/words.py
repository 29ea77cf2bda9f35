"""A way and its choices in the words of the page."""

from __future__ import annotations

from dataclasses import dataclass

from dinhlang.law.shortest import Branch, Item, Way, Ways
from dinhlang.vietnamese import format_money

from .models import ItemEstimate

KIND_LOOKS = {"work": ("no", "✕"), "fact": ("wait", "?"), "law": ("na", "○")}
FEW = 8
MOST_CHOICES = 12
MOST_ASKED = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a way."""

    item: Item
    tone: str
    icon: str
    price: str


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose, and what it asks."""

    name: str
    asks: str


@dataclass(frozen=True, slots=True)
class Picked:
    """A place of choice: what was taken and what left out."""

    label: str
    taken: list[Option]
    left: list[Option]


@dataclass(frozen=True, slots=True)
class Card:
    """A way as a card: totals, items, choices, and the next best way."""

    title: str
    totals: list[str]
    about: str
    lines: list[Line]
    more: list[Line]
    not_loaded: int
    is_sure: bool
    choices: list[Picked]
    next_words: str
    next_gone: list[Item]
    next_instead: list[Item]


def cards(ways: Ways, estimates: dict[str, ItemEstimate]) -> list[Card]:
    """The cheapest and the fastest way, or one card where they are the same."""
    if ways.cheapest is None or ways.fastest is None:
        return []
    priced = bool(ways.cheapest.items) and len(ways.cheapest.unpriced) < len(ways.cheapest.to_do)
    dated = len(ways.fastest.undated) < len(ways.fastest.to_do)
    if ways.cheapest.keys == ways.fastest.keys:
        title = "Rẻ nhất, cũng là nhanh nhất" if priced and dated else ""
        title = title or ("Rẻ nhất" if priced else "Nhanh nhất" if dated else "Ít mục nhất")
        return [_card(title, ways.cheapest, ways.cheapest_next, estimates)]
    return [
        _card("Rẻ nhất", ways.cheapest, ways.cheapest_next, estimates),
        _card("Nhanh nhất", ways.fastest, ways.fastest_next, estimates),
    ]


def _card(title: str, way: Way, other: Way | None, estimates: dict[str, ItemEstimate]) -> Card:
    lines = [_line(item, estimates) for item in way.to_do]
    count = len(way.to_do)
    totals, lacking = [], []
    if len(way.unpriced) < count:
        totals.append(format_money(way.cost))
    if way.months is not None:
        totals.append(f"{way.months} tháng")
    totals.append(f"{count} mục")
    if count and len(way.unpriced) == len(way.undated) == count:
        lacking.append(
            "Chưa có chi phí và thời gian: ghi ở bảng dưới để biết cách rẻ nhất, nhanh nhất"
        )
    else:
        if way.unpriced:
            lacking.append(f"{_some(len(way.unpriced), count)} chưa có chi phí")
        if way.undated:
            lacking.append(f"{_some(len(way.undated), count)} chưa có thời gian")
    next_words, gone, instead = _next(way, other)
    return Card(
        title=title,
        totals=totals,
        about=" · ".join(lacking),
        lines=lines[:FEW] if len(lines) > FEW + 2 else lines,
        more=lines[FEW:] if len(lines) > FEW + 2 else [],
        not_loaded=len(way.not_loaded),
        is_sure=way.is_sure,
        choices=[
            Picked(
                choice.label,
                [_option(branch) for branch in choice.taken],
                [_option(branch) for branch in choice.left],
            )
            for choice in way.choices[:MOST_CHOICES]
        ],
        next_words=next_words,
        next_gone=gone,
        next_instead=instead,
    )


def _some(part: int, whole: int) -> str:
    return "Các mục" if part == whole else f"{part} mục"


def _line(item: Item, estimates: dict[str, ItemEstimate]) -> Line:
    tone, icon = KIND_LOOKS[item.kind]
    known = estimates.get(item.key)
    said = []
    if known and known.cost is not None:
        said.append(format_money(known.cost))
    if known and known.months is not None:
        said.append(f"{known.months} tháng")
    return Line(item, tone, icon, " · ".join(said))


def _option(branch: Branch) -> Option:
    return Option(branch.name or "Nội dung khác", _asks(branch))


def _asks(branch: Branch) -> str:
    if branch.closed:
        return branch.closed
    work = len(branch.items) - branch.not_loaded
    said = [f"{work} mục"] if work else []
    if branch.not_loaded:
        said.append(f"{branch.not_loaded} ngưỡng chưa nạp")
    if work > branch.unpriced:
        said.append(format_money(branch.cost))
        if branch.unpriced:
            said.append(f"{branch.unpriced} mục chưa có chi phí")
    if branch.months is not None:
        said.append(f"{branch.months} tháng")
    return " · ".join(said) or "đã đủ"


def _next(way: Way, other: Way | None) -> tuple[str, list[Item], list[Item]]:
    """How the next best way differs: in words, what it drops and what it takes instead."""
    if other is None:
        return _no_other(way), [], []
    gone = [item for item in way.items if item.key not in other.keys]
    instead = [item for item in other.items if item.key not in way.keys]
    priced = not other.unpriced and not way.unpriced
    said = []
    if priced and other.cost != way.cost:
        more = other.cost - way.cost
        said.append(f"{'đắt' if more > 0 else 'rẻ'} hơn {format_money(abs(more))}")
    elif not priced and len(other.to_do) != len(way.to_do):
        said.append(f"{len(other.to_do)} mục")
    if other.months is not None and way.months is not None and other.months != way.months:
        later = other.months - way.months
        said.append(f"{'chậm' if later > 0 else 'nhanh'} hơn {abs(later)} tháng")
    words = "Cách kế tiếp" + (f" ({', '.join(said)})" if said else "")
    return words, gone, instead


def _no_other(way: Way) -> str:
    """That all is needed, except what an answer of no would spare."""
    asked = [item.name for item in way.items if item.asks == "presence"]
    if not asked:
        return "Không có cách nào khác: mọi mục trên đều bắt buộc."
    named = ", ".join(f"“{name}”" for name in asked[:MOST_ASKED])
    more = f" và {len(asked) - MOST_ASKED} câu khác" if len(asked) > MOST_ASKED else ""
    return (
        f"Trả lời trước: {named}{more}. Nếu không có thì mục ấy và mục ghi “chỉ khi có” "
        "không cần nữa; các mục còn lại đều bắt buộc."
    )
