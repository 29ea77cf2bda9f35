"""Numbered and lettered lists of the running text, which no heading of the outline shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dinhlang.papers.checking.text.paragraphs import paragraphs
from dinhlang.papers.checking.text.places import lead, numbered
from dinhlang.papers.checking.text.sections import every_section
from dinhlang.papers.plan import Plan, Section
from dinhlang.papers.reading.labels import Label, parse_label
from dinhlang.vietnamese import roman

_STEP = re.compile(
    r"(?P<word>Bước|Nhiệm vụ|Giai đoạn|Đợt|Nội dung|Giải pháp|Mục tiêu|Phần việc|Khâu)\s+"
    r"(?:số\s+|thứ\s+)?(?P<value>\d{1,2}|[IVX]{1,4}|một|hai|ba|bốn|năm|sáu|nhất|tư)\b"
    r"\s*(?:[:.,(–-]|$)",
    re.IGNORECASE,
)
_WORDS = {"một": 1, "nhất": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6}
_STYLES = frozenset({"arabic", "slash", "paren", "dotted", "lower"})
_FOOT = re.compile(r"[*_#\s]*Nơi nhận\b", re.IGNORECASE)
_CRITERION = re.compile(r"tiêu chí|\bTC\b|^(?:giao thông|thủy lợi|điện|trường học)", re.IGNORECASE)
_FARTHEST = 60
_NEAR = 4


@dataclass(slots=True, frozen=True)
class Entry:
    """One line of a list: ``shown`` is its label, ``value`` its place, ``prefix`` before it."""

    line: int
    shown: str
    value: int
    prefix: str = ""


def runs(plan: Plan) -> Iterator[list[Entry]]:
    """The lists in the order they end; headings of the outline end the lists above them."""
    heads = {section.lines[0] for section in every_section(plan.outline)}
    firsts = {section.children[0].lines[0] for section in every_section(plan.outline)
              if section.children}  # fmt: skip
    rows = {each.number for each in paragraphs(plan) if each.cells}
    codes = {target.code for target in plan.targets if target.code}
    own = [each for each in every_section(plan.outline) if not _CRITERION.search(each.title)]
    open_: dict[str, list[Entry]] = {}
    for number, line in numbered(plan):
        if _FOOT.match(line):
            break
        text = line[lead(line) :]
        step = _STEP.match(text)
        if step:
            yield from _take(open_, f"word {step['word'].lower()}", _step(number, step))
            continue
        label = parse_label(text)
        if number in heads and label and number in firsts and _carries_on(open_, number, label):
            # “1.” and “2.” read as sentences, “4.” as a heading: one list all the same.
            open_[_key(label)].append(_entry(number, label))
            yield open_.pop(_key(label))
        if number in heads:
            kept = _key(label) if label and label.style in ("lower", "dotted") else ""
            for key in [key for key in open_ if not key.startswith("word") and key != kept]:
                yield open_.pop(key)
        elif " | " in line or "\t" in line.strip() or number in rows:
            continue
        if label is None or label.style not in _STYLES or not label.firm:
            continue
        code = label.text in codes and not _within_own(own, number, label)
        if label.style == "dotted" and (code or len(label.values) > 3):
            continue
        yield from _take(open_, _key(label), _entry(number, label))
    yield from open_.values()


def _within_own(own: list[Section], number: int, label: Label) -> bool:
    """Whether 2.1 stands under a heading 2 that is of no criterion: then it numbers a line."""
    head = str(label.values[0]) if len(label.values) == 2 else ""
    return any(
        section.label == head and section.lines[0] < number <= section.lines[1] for section in own
    )


def _carries_on(open_: dict[str, list[Entry]], number: int, label: Label) -> bool:
    """Whether a heading is the next but one or so of a list open just above it."""
    run = open_.get(_key(label)) if label.style in _STYLES else None
    if not run or number - run[-1].line > _NEAR:
        return False
    return 0 < label.value - run[-1].value <= _NEAR


def _take(open_: dict[str, list[Entry]], key: str, entry: Entry) -> Iterator[list[Entry]]:
    run = open_.get(key)
    fresh = run is None or entry.value == 1 or entry.line - run[-1].line > _FARTHEST
    if run is not None and fresh:
        yield run
    if run is None or fresh:
        open_[key] = [entry]
    else:
        run.append(entry)


def _key(label: Label) -> str:
    if label.style == "dotted":
        return f"dotted {label.values[:-1]}"
    return label.style


def _entry(number: int, label: Label) -> Entry:
    prefix = label.text.rpartition(".")[0] + "." if label.style == "dotted" else ""
    return Entry(line=number, shown=label.text, value=label.value, prefix=prefix)


def _step(number: int, match: re.Match[str]) -> Entry:
    written = match["value"]
    value = int(written) if written.isdecimal() else _WORDS.get(written.lower())
    return Entry(
        line=number,
        shown=f"{match['word']} {written}",
        value=value or roman(written) or 0,
        prefix=f"{match['word']} ",
    )
