"""Small plans for the checks, made by hand."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

from dinhlang.papers.checking import check
from dinhlang.papers.plan import Document, Finding, Lines, Plan, Section, SourceInfo


def paper(text: str = "", **parts: Any) -> Plan:
    """A plan with ``text`` as its paper and ``parts`` as its other fields."""
    lines = dedent(text).strip("\n").split("\n") if text else []
    source = SourceInfo(name="thu.txt", reader="txt", sha256="0" * 64, text=lines)
    return Plan(document=parts.pop("document", Document(kind="plan")), source=source, **parts)


def row(plan: Plan, words: str) -> Lines:
    """The line of ``plan`` that holds ``words``."""
    number = next(i for i, line in enumerate(plan.text, 1) if words in line)
    return (number, number)


def outline(plan_text: str, *labels: str) -> list[Section]:
    """Sections of one level with the given labels, on the lines that begin with them."""
    lines = dedent(plan_text).strip("\n").split("\n")
    sections = []
    at = 0
    for label in labels:
        at = next(i for i, line in enumerate(lines[at:], at + 1) if line.startswith(label))
        title = lines[at - 1][len(label) :].strip(" .)/:")
        sections.append(Section(label=label, title=title, level=1, lines=(at, at)))
    return sections


def codes(plan: Plan, *only: str) -> list[str]:
    """The codes of what is found, in order."""
    return [finding.code for finding in check(plan, only or None)]


def one(plan: Plan, code: str) -> Finding:
    """The only finding with this code."""
    (finding,) = check(plan, [code])
    return finding
