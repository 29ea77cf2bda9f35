"""Filters for amounts in đồng."""

from __future__ import annotations

from typing import Any

from django import template

from dinhlang.vietnamese import format_money

from ..typed import shown

register = template.Library()
register.filter("typed", shown)


@register.filter
def money(value: int | None) -> str:
    """“17,5 tỷ đồng”, with a true minus; “chưa rõ” for None."""
    if value is None:
        return "chưa rõ"
    return format_money(value).replace("-", "−", 1)


@register.filter
def short(value: int | None) -> str:
    """“17,5 tỷ”; “–” for None and for 0, so that a table of money stays calm."""
    return shown(value).replace("-", "−", 1) if value else "–"


@register.filter
def without_sign(value: int) -> int:
    """The amount whatever its sign."""
    return abs(value)


@register.filter
def percent_of(part: int, whole: int) -> int:
    """A share in whole percent, cut at 100; 0 of nothing."""
    return max(0, min(100, part * 100 // whole)) if whole else 0


@register.filter
def of(found: Any, key: Any) -> Any:
    """What is under a key, or the attribute of that name; nothing of nothing."""
    return found.get(key) if isinstance(found, dict) else getattr(found, str(key), None)


@register.filter
def typed_or_blank(value: int) -> str:
    """An amount as it stands in a box of the matrix: empty for 0."""
    return shown(value) if value else ""
