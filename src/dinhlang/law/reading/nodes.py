"""YAML as a tree whose every place knows its line: strict, and patient with faults.

Nothing is guessed: a number in quotes is no number, a number without quotes is no text, a key
that is not known or stands twice is a fault. A fault is noted and reading goes on, so that the
author sees all of them at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import TypeVar

import yaml

from dinhlang.law.errors import LawError, Problem
from dinhlang.vietnamese import clean_spaces, nfc

T = TypeVar("T")

SEPARATOR = " › "
LONGEST_TEXT, DEEPEST = 2_000_000, 80
"""Characters in a file, and mappings and lists within each other: far above any real set."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER_RE = re.compile(r"-?\d{1,11}(\.\d{1,4})?")
_DAY_RE = re.compile(r"\d{4}-\d{2}-\d{2}")
_STR, _INT, _FLOAT, _BOOL, _NULL = (
    f"tag:yaml.org,2002:{tag}" for tag in ("str", "int", "float", "bool", "null")
)


Path = tuple[str, ...]


@dataclass(slots=True)
class Reading:
    """What is gathered while one file is read.

    ``sources``: short names of addresses. ``places``: where each object that was read stands, by
    its ``id()``; ``kept`` holds the objects so that no id is used again.
    """

    name: str
    faults: list[tuple[Cell, str]] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    places: dict[int, Cell] = field(default_factory=dict)
    kept: list[object] = field(default_factory=list)

    def problems(self) -> list[Problem]:
        """All faults noted so far."""
        return [cell.problem(message) for cell, message in self.faults]

    def keep(self, made: T, cell: Cell) -> T:
        """``made``, remembered as read at ``cell``."""
        self.kept.append(made)
        self.places[id(made)] = cell
        return made


@dataclass(slots=True)
class Cell:
    """One place in the file: a node of YAML, the way to it, and where faults are noted."""

    node: yaml.Node
    path: Path
    reading: Reading

    @property
    def line(self) -> int:
        """Its line; the first line of the file is 1."""
        return int(self.node.start_mark.line) + 1

    def fault(self, message: str) -> None:
        """Notes a fault at this place."""
        self.reading.faults.append((self, message))

    def problem(self, message: str) -> Problem:
        """A fault at this place, as the author sees it."""
        return Problem(self.line, SEPARATOR.join(self.path), message)

    def holds(self, other: Cell) -> bool:
        """Whether the other place is this one or within it."""
        begin, end = self.node.start_mark, self.node.end_mark
        place = other.node.start_mark
        return bool(begin.index <= place.index < max(end.index, begin.index + 1))

    def is_mapping(self) -> bool:
        """Whether it has keys."""
        return isinstance(self.node, yaml.MappingNode)

    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.node, yaml.SequenceNode)

    def entries(self) -> dict[str, Cell]:
        """The values by their keys; a key that stands twice is a fault."""
        found: dict[str, Cell] = {}
        if not isinstance(self.node, yaml.MappingNode):
            self.fault("Chỗ này phải gồm các dòng “khóa: giá trị”.")
            return found
        for key, value in self.node.value:
            if not isinstance(key, yaml.ScalarNode):
                Cell(key, self.path, self.reading).fault("Khóa phải là một từ.")
                continue
            name = nfc(key.value)
            cell = Cell(value, (*self.path, name), self.reading)
            if name in found:
                first = found[name].line
                Cell(key, (*self.path, name), self.reading).fault(
                    f"Khóa “{name}” đã có ở dòng {first}; chỉ giữ một."
                )
            else:
                found[name] = cell
        return found

    def mapping(
        self, required: Collection[str] = (), optional: Collection[str] = ()
    ) -> dict[str, Cell]:
        """The values by their keys; a missing or unknown key is a fault. None counts as absent."""
        if not self.is_mapping():
            self.fault(f"Chỗ này phải gồm các khóa: {', '.join([*required, *optional])}.")
            return {}
        found: dict[str, Cell] = {}
        for name, cell in self.entries().items():
            if name not in required and name not in optional:
                self._unknown_key(name, cell, [*required, *optional])
            elif cell.node.tag != _NULL:
                found[name] = cell
        for name in required:
            if name not in found:
                self.fault(f"Thiếu khóa “{name}”.")
        return found

    def _unknown_key(self, name: str, cell: Cell, known: Sequence[str]) -> None:
        cell.at_key(self.node).fault(f"Không có khóa “{name}”; {suggestion(name, known)}")

    def at_key(self, parent: yaml.Node) -> Cell:
        """The same place, at the line of its key in ``parent``."""
        for key, value in parent.value:
            if value is self.node:
                return Cell(key, self.path, self.reading)
        return self

    def items(self, least: int = 0) -> list[Cell]:
        """The members of a list; each is named by its number or id, else by its place."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.fault("Chỗ này phải là một danh sách (mỗi mục một dòng bắt đầu bằng “- ”).")
            return []
        if len(self.node.value) < least:
            self.fault("Danh sách này không được để trống.")
        return [
            Cell(node, (*self.path, _label(node) or f"mục {place}"), self.reading)
            for place, node in enumerate(self.node.value, start=1)
        ]

    def text(self, *, empty: bool = False) -> str:
        """A text on one line, composed (NFC); empty only where that is allowed."""
        if not isinstance(self.node, yaml.ScalarNode):
            self.fault("Chỗ này phải là chữ.")
            return ""
        if self.node.tag != _STR and not (empty and self.node.tag == _NULL):
            self.fault(f'Chỗ này phải là chữ; hãy đặt trong dấu ngoặc kép: "{self.node.value}".')
            return str(self.node.value)
        text = clean_spaces(nfc(self.node.value))
        if not text and not empty:
            self.fault("Chỗ này không được để trống.")
        return text

    def texts(self) -> tuple[str, ...]:
        """A list of texts, none twice."""
        found: list[str] = []
        for cell in self.items():
            text = cell.text()
            if text in found:
                cell.fault(f"“{text}” đã có trong danh sách; chỉ giữ một.")
            found.append(text)
        return tuple(found)

    def number(self) -> Decimal | None:
        """An exact number, or None after noting the fault."""
        if isinstance(self.node, yaml.ScalarNode) and self.node.tag in (_INT, _FLOAT):
            if _NUMBER_RE.fullmatch(self.node.value):
                return Decimal(self.node.value)
        elif isinstance(self.node, yaml.ScalarNode) and self.node.style in ("'", '"'):
            self.fault(f"Chỗ này phải là một số; hãy bỏ dấu ngoặc: {self.node.value}.")
            return None
        self.fault(
            f"“{_short(self.node)}” không phải là một số; hãy viết bằng chữ số, phần thập phân "
            "sau dấu chấm: 59.58."
        )
        return None

    def whole(self, least: int = 0) -> int | None:
        """A whole number not below ``least``, or None after noting the fault."""
        number = self.number()
        if number is None:
            return None
        if number != int(number) or number < least:
            self.fault(f"Chỗ này phải là số nguyên từ {least} trở lên.")
            return None
        return int(number)

    def flag(self) -> bool:
        """``true`` or ``false``."""
        if self.node.tag == _BOOL and self.node.value in ("true", "false"):
            return bool(self.node.value == "true")
        self.fault("Chỗ này phải là true hoặc false.")
        return False

    def day(self) -> date | None:
        """A day, or None after noting the fault."""
        value = self.node.value
        if isinstance(value, str) and _DAY_RE.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                self.fault(f"Không có ngày {value} trong lịch.")
                return None
        self.fault(
            f"“{_short(self.node)}” không phải là ngày; hãy viết năm-tháng-ngày: 2022-03-08."
        )
        return None

    def choice(self, known: Sequence[str]) -> str:
        """One of the words; the first of them after noting a fault."""
        value = self.node.value if isinstance(self.node, yaml.ScalarNode) else None
        if value in known:
            return str(value)
        word = _short(self.node)
        self.fault(f"“{word}” không dùng được ở đây; {suggestion(word, known)}")
        return known[0]


def suggestion(word: str, known: Sequence[str]) -> str:
    """What the author may have meant: the nearest known word, or all of them."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"có phải “{near[0]}” không?"
    if len(known) > 20:
        return "hãy xem lại tên."
    return f"các tên dùng được: {', '.join(known)}."


def compose(text: str, reading: Reading) -> Cell:
    """The file as a tree. Raises ``LawError`` where it is no YAML at all."""
    if len(text) > LONGEST_TEXT:
        raise LawError([Problem(0, "", "Tệp quá lớn để là một bộ tiêu chí.")], reading.name)
    try:
        _refuse_tricks(text, reading)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else 0
        message = (
            "Không đọc được dòng này; hãy xem lại khoảng trắng đầu dòng, dấu hai chấm và dấu ngoặc."
        )
        raise LawError([Problem(line, "", message)], reading.name) from error
    if node is None:
        raise LawError([Problem(1, "", "Tệp trống.")], reading.name)
    return Cell(node, (), reading)


def _refuse_tricks(text: str, reading: Reading) -> None:
    """Stops what no set needs and a hostile file uses: references within the file, deep nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = "Không dùng & và * ở đây; hãy viết đủ, hoặc đặt chữ trong dấu ngoặc kép."
            raise LawError([Problem(_line(event), "", message)], reading.name)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            message = "Các phần lồng vào nhau quá sâu."
            raise LawError([Problem(_line(event), "", message)], reading.name)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def known_formats(cell: Cell, formats: Mapping[str, object]) -> str | None:
    """The file's format, or None after noting that it is missing or not known."""
    if not cell.is_mapping():
        cell.fault("Tệp phải bắt đầu bằng các dòng “khóa: giá trị”.")
        return None
    found = cell.entries().get("format")
    if found is None:
        cell.fault(f"Thiếu khóa “format”; hãy ghi ở đầu tệp: {', '.join(formats)}.")
        return None
    word = _short(found.node)
    if word not in formats:
        found.fault(f"Không có dạng tệp “{word}”; {suggestion(word, list(formats))}")
        return None
    return word


def _label(node: yaml.Node) -> str:
    if not isinstance(node, yaml.MappingNode):
        return ""
    for key, value in _scalars(node):
        if key in ("number", "id", "indicator", "criterion"):
            return value
    return ""


def _scalars(node: yaml.MappingNode) -> Iterator[tuple[str, str]]:
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode):
            yield key.value, value.value


def _short(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        return "danh sách" if isinstance(node, yaml.SequenceNode) else "nhóm khóa"
    value = nfc(node.value)
    return value if len(value) <= 40 else f"{value[:39]}…"
