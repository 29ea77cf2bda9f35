"""Small papers of our own and what is read from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from textwrap import dedent
from typing import Any

from dinhlang.papers.plan import Item, Lines, Plan, Section, Span
from dinhlang.papers.reading import SourceLine, SourceText, read_source_text

HEAD = """\
ỦY BAN NHÂN DÂN
XÃ ĐỒNG SEN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND
Đồng Sen, ngày 20 tháng 02 năm 2024
KẾ HOẠCH
Xây dựng xã nông thôn mới nâng cao năm 2024
"""
FOOT = """\
Nơi nhận:
- UBND huyện Vân Trì;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""


def source(text: str | Iterable[str]) -> SourceText:
    """The text as a reader would hand it on; a row of a table keeps its cells to the parser."""
    lines = text.split("\n") if isinstance(text, str) else list(text)
    return SourceText(
        name="thu.txt",
        reader="text",
        sha256="0" * 64,
        lines=[SourceLine(line) for line in lines],
    )


def whole(text: str) -> Plan:
    """What is read from a paper given with its head and foot."""
    return read_source_text(source(dedent(text).strip("\n")))


def paper(body: str, *, title: str | None = None, head: str = HEAD, foot: str = FOOT) -> Plan:
    """What is read from ``body`` between a common head and foot; ``title`` replaces the head's."""
    if title is not None:
        head = head.replace("Xây dựng xã nông thôn mới nâng cao năm 2024", title)
    return read_source_text(source(head + dedent(body).strip("\n") + "\n" + foot))


def row(plan: Plan, words: str) -> Lines:
    """The line of the paper, 1-based, that holds ``words``."""
    at = next(number for number, line in enumerate(plan.text, 1) if words in line)
    return (at, at)


def marked(plan: Plan, item: Item) -> list[str]:
    """The characters of the paper that an item's spans mark, span by span."""
    return [plan.text[line - 1][start:end] for line, start, end in item.spans]


def sections(plan: Plan) -> list[tuple[int, str, str]]:
    """The outline from top to bottom: level, label, title."""

    def walk(nodes: list[Section]) -> Iterator[tuple[int, str, str]]:
        for node in nodes:
            yield node.level, node.label, node.title
            yield from walk(node.children)

    return list(walk(plan.outline))


def located(value: Any) -> Iterator[tuple[Any, Lines, list[Span]]]:
    """Everything in a plan that stands somewhere: the thing, its lines, its spans."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            inner = getattr(value, field.name)
            if field.name.endswith("lines") and inner is not None and isinstance(inner, tuple):
                yield value, inner, getattr(value, "spans", [])
            elif field.name != "spans":
                yield from located(inner)
    elif isinstance(value, list):
        for one in value:
            yield from located(one)
