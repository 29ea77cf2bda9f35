"""Whether a decision fits the law that is known: its base, its place, and that it is new."""

from __future__ import annotations

import re
from collections.abc import Callable

from dinhlang.law.sets import CriteriaSet
from dinhlang.vietnamese import fold

from .composed import Context, code_of
from .decision import About
from .naming import new_id

Tell = Callable[[str, str, str], None]
"""Called with the field's key, what is wrong, and what to do."""


def fit(about: About, context: Context, tell: Tell) -> CriteriaSet | None:
    """The base that the decision completes or amends; None for a new set, or where it is wrong."""
    if not about.base:
        _is_new(about, context, tell)
        return None
    base = context.base(about.base, about.mode, about.valid_from)
    if base is None:
        tell("base", f"Không có bộ “{about.base}”.", "Hãy chọn bộ khác.")
        return None
    if about.mode == "complete" and fold(base.decision.number) != fold(about.number):
        tell(
            "number",
            f"Bộ “{base.short}” là của {base.decision.number}, không phải {about.number}.",
            "Nạp đủ một bộ phải theo đúng quyết định của bộ đó; nếu là quyết định khác, "
            "hãy chọn “Bộ mới” hoặc “Sửa đổi, bổ sung bộ đã có”.",
        )
    own = context.territory
    if about.mode == "complete" and code_of(base.territory) != code_of(own):
        holds = f"tỉnh {base.territory.name}" if base.territory else "cả nước"
        here = f"tỉnh {own.name}" if own else "cả nước"
        tell(
            "mode", f"Bộ gốc áp dụng cho {holds}, còn bản này nạp cho {here}.",
            f"Hãy đổi “Áp dụng ở” thành {holds}; hoặc chọn “Bộ mới” nếu {here} có "
            "quyết định riêng.",
        )  # fmt: skip
    return base


def _is_new(about: About, context: Context, tell: Tell) -> None:
    """A decision that is known already is completed, not loaded a second time beside."""
    mine = new_id(about, context.territory)
    if (one := twin(about.number, mine, about.level, about.subject, context)) is not None:
        tell(
            "mode", f"Đã có bộ “{one.short}” của quyết định này.",
            "Hãy chọn “Nạp đủ bộ đã có” và chọn bộ đó làm bộ gốc.",
        )  # fmt: skip


def twin(number: str, own: str, level: str, subject: str, context: Context) -> CriteriaSet | None:
    """Another known set (id not ``own``) of the same decision, for the same units and place."""
    for one in context.library.sets.values():
        same = fold(one.decision.number) == fold(number) and one.id != own
        alike = (one.level, one.subject, code_of(one.territory)) == (
            level, subject, code_of(context.territory),
        )  # fmt: skip
        if same and alike and level != "field":
            return one
    return None


def of_a_province(number: str, issuer: str) -> bool:
    """Whether who signed it rules in a province only: “…/QĐ-UBND”, “UBND tỉnh …”."""
    said = fold(issuer)
    words = r"\b(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan)\b.*\b(?:tinh|thanh pho|tp)\b"
    return bool(re.search(r"-(?:UBND|HĐND)\b", number) or re.search(words, said))
