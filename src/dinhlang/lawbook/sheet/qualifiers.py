"""Words of a row that no part of what was made of it accounts for: shown, and asked.

A threshold that holds “nếu có”, “cả nam và nữ” or “ít nhất 01 trong 03” is another threshold
without these words. Where the requirement has no part for them, somebody has to say that it does
express them, or say it in the table; until then nothing goes to approval.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from dinhlang.law.regions import REGIONS
from dinhlang.law.requirements import (
    AllOf,
    AnyOf,
    AtLeastOf,
    BothSexes,
    ByAttribute,
    ByGroup,
    ByRegion,
    ByYear,
    Children,
    Compare,
    Consecutive,
    ContentNotLoaded,
    Fallback,
    FromMeasure,
    Grade,
    IfPresent,
    MeetsCriterion,
    MeetsSet,
    Reached,
    Recognised,
    RelativeTo,
    Requirement,
    ThisYear,
    Threshold,
    Trend,
    Value,
)
from dinhlang.law.walking import thresholds, walk, walk_threshold
from dinhlang.vietnamese import clean_spaces, fold, nfc, parse_number

from .columns import BY_KEY, GROUPS, Row, text
from .lifting import CELLS
from .rich import amounts_of

_LONGEST = 70
_FOUND = Callable[["_Tree"], bool]


@dataclass(frozen=True, slots=True)
class Question:
    """Words that nothing accounts for; ``column`` is where they could be said. ``answer`` is what
    is kept when somebody says that the requirement does express them; empty: it has to be mended.
    """

    column: str
    what: str
    advice: str
    answer: str = ""


class _Tree:
    """What stands in a requirement."""

    def __init__(self, requirement: Requirement) -> None:
        self.nodes = list(walk(requirement))
        self.thresholds: list[Threshold] = [
            each for node in self.nodes for top in thresholds(node) for each in walk_threshold(top)
        ]

    def has(self, *kinds: type[object]) -> bool:
        """Whether a node or threshold of one of the kinds is in it."""
        return any(isinstance(one, kinds) for one in (*self.nodes, *self.thresholds))

    @property
    def excepts(self) -> bool:
        """Whether anything is left out of what is counted."""
        return any(isinstance(node, Compare) and node.exceptions for node in self.nodes)

    def amounts(self) -> set[Decimal]:
        """Every number in it."""
        found = {one.amount for one in self.thresholds if isinstance(one, Value)}
        for one in self.thresholds:
            if isinstance(one, RelativeTo | FromMeasure):
                found |= {one.factor, abs(one.factor - 1) * 100, one.factor * 100}
        for node in self.nodes:
            found |= set(amounts_of(node))
        return found


@dataclass(frozen=True, slots=True)
class _Family:
    """Words of one kind, the parts of a requirement that can hold them, and what to do else."""

    pattern: re.Pattern[str]
    told_by: _FOUND
    column: str
    advice: str
    cells_only: bool = False


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.I)


_LISTS = (AllOf, AnyOf, AtLeastOf)
_K = r"(?:\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy)"
_K_OF_N = _words(
    rf"{_K}\s+trong(?:\s+số)?\s+(?:tổng số\s+)?(?:{_K}|các|những)\b"
    rf"|{_K}\s*/\s*{_K}\s+(?:nội dung|tiêu chí|chỉ tiêu|lĩnh vực|mô hình|yêu cầu)"
)
_FAMILIES = (
    _Family(
        _words(r"nếu có\b"), lambda t: t.has(IfPresent), "if_present",
        "Hãy ghi ở cột “Nếu có” thứ phải có thì mới xét.",
    ),
    _Family(
        _words(r"(?:cả )?nam (?:và|lẫn) nữ|riêng (?:nam|nữ)\b"), lambda t: t.has(BothSexes),
        "both_sexes", "Hãy ghi x ở cột “Áp dụng cả nam và nữ”.",
    ),
    _Family(
        _K_OF_N, lambda t: t.has(AtLeastOf, AnyOf), "parts",
        "Hãy chọn kiểu “Ít nhất k nội dung” và ghi từng nội dung.",
    ),
    _Family(
        _words(r"(?:ngoại )?trừ\b|không (?:tính|kể|bao gồm)\b"), lambda t: t.excepts, "exceptions",
        "Hãy ghi trường hợp được trừ ở cột “Ngoại lệ”.",
    ),
    _Family(
        _words(r"liên tục|liên tiếp|\d+ năm liền"), lambda t: t.has(Consecutive, Trend), "years",
        "Hãy ghi số năm ở cột “Liên tục mấy năm”.",
    ),
    _Family(
        _words(r"(?:hằng|hàng|từng|mỗi) năm\b|theo năm\b|(?<!giai đoạn )năm 20\d\d"),
        lambda t: t.has(ByYear, ThisYear, Consecutive, Trend), "years",
        "Hãy ghi ngưỡng từng năm (Năm 2026: 70; năm 2027: 75), hoặc “hằng năm” ở cột “Liên tục "
        "mấy năm”.",
    ),
    _Family(
        _words(r"so với\b|(?:cao|thấp|lớn|nhỏ) hơn\b(?!\s*(?:hoặc )?(?:bằng )?\d)"),
        lambda t: t.has(RelativeTo, FromMeasure, Trend), "against",
        "Hãy chọn kiểu “So với mức của bộ khác” hoặc “So với số liệu khác”.",
    ),
    _Family(
        _words(r"đối với\b"), lambda t: t.has(ByAttribute), "common",
        "Hãy ghi ngưỡng riêng ở cột của nhóm hoặc vùng, hoặc tách thành chỉ tiêu khác.",
    ),
    _Family(
        _words(
            r"riêng (?:đối với|với|vùng|xã|thôn|các|khu vực|tỉnh|huyện|nhóm|hộ|trường hợp|năm|"
            r"nội dung|tại|ở|miền|đồng bằng)\b"
        ),
        lambda t: False, "common",
        "Hãy ghi ngưỡng riêng ở cột của nhóm hoặc vùng, hoặc tách thành chỉ tiêu khác.",
    ),
    _Family(
        _words(r"trong đó\b"), lambda t: t.has(*_LISTS), "common",
        "Hãy ghi phần trong đó kèm số ở ô ngưỡng, hoặc tách thành chỉ tiêu khác.",
    ),
    _Family(
        _words(r"(?:nếu|trường hợp|khi|nơi) không (?:có|còn)\b"), lambda t: t.has(Fallback),
        "parts", "Hãy chọn kiểu “Xét lần lượt các nội dung” và ghi từng nội dung.",
    ),
    _Family(
        _words(
            r"(?<=[,;.(] )trường hợp\b(?! không có)|(?<=\()trường hợp\b"
            r"|nếu\b(?! có\b)(?! không (?:có|còn)\b)|trừ khi\b"
        ),
        lambda t: t.has(Fallback), "note",
        "Hãy tách thành chỉ tiêu khác, hoặc ghi ở cột phù hợp.",
    ),
    _Family(
        _words(r"hoặc\b|và\b(?! nữ)|nhưng\b|đồng thời\b"),
        lambda t: t.has(*_LISTS, Fallback), "common",
        "Hãy tách thành chỉ tiêu khác, hoặc chọn kiểu nhiều nội dung.", cells_only=True,
    ),
)  # fmt: skip
_FIGURE = re.compile(
    r"(?:[≥≤<>=]|\b(?:từ|ít nhất|tối thiểu|không quá|tối đa|dưới|trên|đạt))\s*"
    r"(?P<a>\d[\d.,]*)(?![\d/])|(?<![\d/])(?P<b>\d[\d.,]*)\s*%",
    re.I,
)
_USED: dict[str, tuple[type[object], ...]] = {
    "other": (RelativeTo, MeetsSet, MeetsCriterion),
    "other_number": (RelativeTo, MeetsCriterion),
    "against": (FromMeasure,),
    "years": (Consecutive, Trend, ThisYear),
    "children": (Children,),
    "parts": (*_LISTS, Fallback),
    "both_sexes": (BothSexes,),
    "if_present": (IfPresent,),
}
_JUDGED = (Reached, Recognised, MeetsSet, MeetsCriterion)


def questions(
    row: Row, read: Row, requirement: Requirement, of_percent: Iterable[str]
) -> list[Question]:
    """What has to be answered of the row. ``read`` is it with its words in their columns,
    ``of_percent`` the words that stood after “%”.
    """
    if isinstance(requirement, ContentNotLoaded):
        return []
    tree, answered = _Tree(requirement), set(row.get("answered") or ())
    found = [
        *_qualifiers(row, tree),
        *_of_percent(row, of_percent, tree),
        *_figures(row, tree),
        *_empty(tree),
        *_unused(read, tree),
    ]
    return [one for one in found if not one.answer or one.answer not in answered]


def _qualifiers(row: Row, tree: _Tree) -> Iterator[Question]:
    for family in _FAMILIES:
        if family.told_by(tree):
            continue
        keys = CELLS if family.cells_only else ("name", *CELLS, "unit", "parts")
        for key in dict.fromkeys(keys):
            words = clean_spaces(nfc(text(row, key)))
            if key == "unit" and tree.has(Grade):
                continue
            if match := family.pattern.search(words):
                yield _asked(_around(words, match), family.column, family.advice)
                break


def of_criterion(name: str, answered: Iterable[str]) -> list[Question]:
    """“Đạt ít nhất 02 trong 03 chỉ tiêu” in the name of a criterion that says no number."""
    match = _K_OF_N.search(clean_spaces(nfc(name)))
    if match is None:
        return []
    advice = "Hãy ghi số ấy ở cột “Số chỉ tiêu cần đạt”."
    asked = _asked(_around(clean_spaces(nfc(name)), match), "at_least", advice)
    return [] if asked.answer in answered else [asked]


def left_open(requirement: Requirement) -> list[str]:
    """What is told of regions that the row says nothing of."""
    for one in _Tree(requirement).thresholds:
        if isinstance(one, ByRegion) and len(one.cases) < len(REGIONS):
            missing = [name for key, name in REGIONS.items() if key not in dict(one.cases)]
            return [f"ô để trống: chưa nạp ngưỡng của {', '.join(missing)}"]
    return []


def _around(words: str, match: re.Match[str]) -> str:
    """The words with what follows them, up to a sign that ends the thought."""
    rest = re.split(r"[.;()]", words[match.start() :])[0].strip(" ,")
    if len(rest) > _LONGEST:
        rest = rest[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return rest or match[0]


def _asked(words: str, column: str, advice: str) -> Question:
    return Question(column, f"Yêu cầu đọc được chưa thể hiện “{words}”.", advice, words)


def _of_percent(row: Row, words: Iterable[str], tree: _Tree) -> Iterator[Question]:
    """“80% số hộ nghèo” of an indicator that speaks of all households."""
    name = fold(text(row, "name"))
    for each in dict.fromkeys(words):
        thing = re.sub(r"^(?:tong )?so ", "", fold(each))
        if not tree.has(Children) and not re.search(rf"\b{re.escape(thing)}\b", name):
            yield _asked(f"% {each}", "unit", "Hãy ghi rõ tỷ lệ của cái gì trong tên chỉ tiêu.")


def _figures(row: Row, tree: _Tree) -> Iterator[Question]:
    """Numbers in the indicator's words that the requirement does not ask for."""
    if all(isinstance(node, (*_JUDGED, IfPresent)) for node in tree.nodes):
        return  # Whoever judges it reads the words whole.
    amounts = tree.amounts()
    words = clean_spaces(nfc(text(row, "name")))
    for match in _FIGURE.finditer(words):
        number = parse_number((match["a"] or match["b"]).strip(".,"))
        if number is not None and number not in amounts:
            yield _asked(
                _around(words, match), "common", "Hãy ghi số này ở ô ngưỡng, nếu là mức phải đạt."
            )


def _empty(tree: _Tree) -> Iterator[Question]:
    """A group without a number between others that have one."""
    missing: set[str] = set()
    for threshold in tree.thresholds:
        if isinstance(threshold, ByGroup):
            have = {group for group, _ in threshold.cases}
            missing |= {key for key, group in GROUPS.items() if group not in have}
    for key in sorted(missing):
        heading = BY_KEY[key].heading
        yield Question(
            key, f"Ô {heading} để trống.",
            "Hãy ghi ngưỡng; hoặc xác nhận là quyết định không nói, khi đó "
            f"{heading.lower()} là “chưa nạp”.",
            empty_words(key),
        )  # fmt: skip


def empty_words(key: str) -> str:
    """What is answered of a cell that the decision leaves empty."""
    return f"{BY_KEY[key].heading} để trống"


def _unused(row: Row, tree: _Tree) -> Iterator[Question]:
    """Columns that were filled and that the kind of requirement has no use for."""
    for key, kinds in _USED.items():
        said = fold(text(row, key))
        if said and said not in ("khong", "0", "false") and not tree.has(*kinds):
            yield _no_use(key)
    if text(row, "exceptions") and not tree.excepts:
        yield _no_use("exceptions")


def _no_use(key: str) -> Question:
    return Question(
        key, f"Cột “{BY_KEY[key].heading}” đã ghi nhưng kiểu yêu cầu này không dùng đến.",
        "Hãy xóa ô đó, hoặc chọn kiểu yêu cầu khác.",
    )  # fmt: skip
