"""The body that issues a plan: its head, how it speaks of itself, who signs for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dinhlang.papers.plan import Plan

from ..tree import Head, Signature

COMMITTEE = "Ủy ban nhân dân"
_UNIT = re.compile(
    r"^(?P<body>.+?)\s+(?P<unit>(?:xã|phường|thị trấn|đặc khu|huyện|thị xã|thành phố|tỉnh|"
    r"(?<!nông )thôn)\s+\S.*)$",
    re.IGNORECASE,
)
_SHORT = (
    (re.compile(r"^(?:UBND|Uỷ ban nhân dân)\b", re.IGNORECASE), COMMITTEE),
    (re.compile(r"^HĐND\b", re.IGNORECASE), "Hội đồng nhân dân"),
    (re.compile(r"^(?:BCĐ|BCD|Ban chỉ đạo)\b", re.IGNORECASE), "Ban Chỉ đạo"),
    (re.compile(r"^(?:BQL|Ban quản lý)\b", re.IGNORECASE), "Ban Quản lý"),
)  # fmt: skip
_BOARD = re.compile(r"Ban (?:Chỉ đạo|Quản lý)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """“Ban Chỉ đạo …” of “xã Sơn Bằng”; ``unit`` is empty where the paper does not say it."""

    name: str
    unit: str

    @property
    def is_board(self) -> bool:
        """Whether it is a board under a people's committee."""
        return bool(_BOARD.match(self.name))

    @property
    def words(self) -> str:
        """The body within a sentence."""
        return f"{self.name} {self.unit}".strip()


def body_of(plan: Plan) -> Body:
    """The issuing body as the paper names it; the committee of the commune where it does not."""
    document = plan.document
    commune = f"xã {document.commune}" if document.commune else ""
    issuer = re.sub(r"\s+", " ", document.issuer or f"{COMMITTEE} {commune}").strip()
    for short, whole in _SHORT:
        issuer = short.sub(whole, issuer)
    issuer = re.sub(r"nông thôn mới|NTM\b", "nông thôn mới", issuer, flags=re.IGNORECASE)
    found = _UNIT.match(issuer)
    if found:
        unit = re.sub(r"^\S+", lambda kind: kind[0].lower(), found["unit"])
        return Body(name=found["body"], unit=unit)
    return Body(name=issuer, unit=commune)


def head(plan: Plan) -> Head:
    """The head: the issuing body in its lines, number and day where the plan has them.

    Above a board stands the committee it belongs to.
    """
    document, body = plan.document, body_of(plan)
    number = re.match(r"(\d+)/", document.number or "")
    given = document.date if document.date and len(document.date) == 10 else None
    # Blanks that tie: where the line is too long it breaks before “xã …”.
    unit = body.unit.replace(" ", "\u00a0")
    parent = f"{COMMITTEE} {unit}" if body.is_board and unit else ""
    lines = (body.name,) if parent or not body.unit else (body.name, body.unit)
    return Head(
        issuer=lines,
        issuer_words=body.words,
        parent=parent,
        symbol=document.symbol or ("KH-BCĐ" if body.is_board else "KH-UBND"),
        place=document.place or document.commune or "…",
        number=int(number[1]) if number else None,
        date=date.fromisoformat(given) if given else None,
        year=document.years[0] if document.years else None,
    )


def signature(plan: Plan) -> Signature:
    """Who signs: as the paper says; else the chair of the committee, or the head of the board."""
    found = plan.document.signatory
    if found is not None and (found.title or found.authority):
        return Signature(
            authority=found.authority or "",
            acting_for=found.acting_for or "",
            title=found.title or "",
        )
    body = body_of(plan)
    if not body.is_board:
        return Signature(authority=f"TM. {COMMITTEE}", title="Chủ tịch")
    name = _BOARD.match(body.name)
    return Signature(authority=f"TM. {name[0] if name else body.name}", title="Trưởng ban")
