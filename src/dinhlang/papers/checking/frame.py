"""The frame of the checks: what a check is, where checks are registered, how they are run.

A check is a small pure function from a plan to the places where something is wrong. The
decorator ``rule`` gives it a code, a severity, a purpose and a page of documentation::

    @rule(code="PERCENT-RANGE", severity="error", purpose="Tỷ lệ nằm trong khoảng …", page="…")
    def percent_range(plan: Plan) -> Iterator[Hit]: ...
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dinhlang.papers.checking.text.unwrapped import lines_of
from dinhlang.papers.collecting import without_collecting
from dinhlang.papers.plan import Finding, Fix, Lines, Plan, Severity

CODE = re.compile(r"[A-Z]+(-[A-Z]+)+")


@dataclass(slots=True, frozen=True, kw_only=True)
class Place:
    """Lines of the paper and the words in question, which stand in those lines."""

    lines: Lines
    quote: str = ""


@dataclass(slots=True, frozen=True, kw_only=True)
class Hit:
    """What a check found, before the frame adds its code; ``severity`` overrides the check's."""

    message: str
    places: tuple[Place, ...]
    advice: str = ""
    fix: Fix | None = None
    severity: Severity | None = None


Body = Callable[[Plan], Iterator[Hit]]


@dataclass(slots=True, frozen=True, kw_only=True)
class Check:
    """A check: ``purpose`` is one line, ``page`` Markdown; both Vietnamese, for the user."""

    code: str
    severity: Severity
    purpose: str
    page: str
    body: Body

    def run(self, plan: Plan) -> Iterator[Finding]:
        """The findings of this check, in the order the check meets them."""
        for hit in self.body(plan):
            places = [_settled(plan, place) for place in hit.places]
            yield Finding(
                code=self.code,
                severity=hit.severity or self.severity,
                message=hit.message,
                lines=[place.lines for place in places],
                quotes=[place.quote for place in places],
                advice=hit.advice,
                fix=_settled_fix(plan, hit.fix) if hit.fix else None,
            )


def _settled(plan: Plan, place: Place) -> Place:
    """The place with a quote that stands in its lines: of words wrapped over lines the longest."""
    first, last = place.lines
    raw = "\n".join(plan.text[first - 1 : last])
    if not place.quote or place.quote in raw:
        return place
    found = lines_of(plan).find(first, place.quote)
    if not found:
        return place
    quote = max((words for _, words in found), key=len)
    return Place(lines=(found[0][0], max(found[-1][0], last)), quote=quote)


def _settled_fix(plan: Plan, fix: Fix) -> Fix | None:
    """The mend on the line where its words stand; None where a line break stands within them."""
    if not plan.text or fix.old in plan.text[fix.line - 1]:
        return fix
    found = lines_of(plan).find(fix.line, fix.old)
    if len(found) != 1 or plan.text[found[0][0] - 1].count(fix.old) != 1:
        return None
    return Fix(line=found[0][0], old=fix.old, new=fix.new)


class UnknownCheck(ValueError):
    """A code that no check has."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Không có phép kiểm nào mang mã “{code}”.")
        self.code = code


_checks: dict[str, Check] = {}

registry: Mapping[str, Check] = MappingProxyType(_checks)
"""All checks by their code, read-only, in the order they were registered."""


def rule(*, code: str, severity: Severity, purpose: str, page: str) -> Callable[[Body], Body]:
    """Registers the decorated function as a check; raises ``ValueError`` on a code used twice."""
    if not CODE.fullmatch(code):
        raise ValueError(f"Mã phép kiểm phải như FUND-SUM: {code!r}")
    if code in _checks:
        raise ValueError(f"Mã phép kiểm đã có: {code}")

    def register(body: Body) -> Body:
        _checks[code] = Check(
            code=code, severity=severity, purpose=purpose, page=page.strip(), body=body
        )
        return body

    return register


def check(plan: Plan, codes: Iterable[str] | None = None) -> list[Finding]:
    """What the checks find in ``plan``, by line and then by code; the plan is not changed.

    ``codes`` narrows the run to some checks. Raises ``UnknownCheck`` for a code nobody has.
    """
    chosen = list(registry.values()) if codes is None else [_named(code) for code in codes]
    with without_collecting():
        found = [finding for each in chosen for finding in each.run(plan)]
    found.sort(key=lambda finding: (finding.lines[:1], finding.code, finding.message))
    return found


def _named(code: str) -> Check:
    try:
        return _checks[code]
    except KeyError:
        raise UnknownCheck(code) from None
