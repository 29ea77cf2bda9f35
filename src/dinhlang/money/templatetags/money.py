"""Filters for amounts in đồng, and what a grid writes hundreds of times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from dinhlang.vietnamese import format_money

from ..flowing import Event, Flow
from ..models import Beneficiary
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
def amount_of(events: Iterable[Event]) -> int:
    """The amounts of the events together, đồng."""
    return sum(each.amount for each in events)


@register.filter
def shortage(flow: Flow) -> str:
    """“: thiếu 4 tỷ đồng”, and before it what that hangs on: usable sources without a day.

    Empty where money is never short.
    """
    if flow.short is None:
        return ""
    words, late = f": thiếu {money(flow.short.amount)}", flow.late_sources
    if not late:
        return words
    on_last = (flow.short.day.month, flow.short.day.day) == (12, 31)
    when = "đến ngày ấy mới về" if on_last else "về muộn hơn ngày ấy"
    return f" nếu {len(late)} nguồn chưa ghi ngày ({money(amount_of(late))}) {when}{words}"


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


@register.simple_tag
def village_options(
    villages: Iterable[tuple[str, str]],
    row: Beneficiary | None,
    was: Mapping[str, str] | None,
    locked: object,
) -> SafeString:
    """The villages of a line's box: its own alone where ``locked``; ``was`` is what was typed."""
    own = str(row.village_id or "") if row is not None else ""
    chosen = was.get("village") if was else own or None
    return mark_safe(
        "".join(
            f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
            f"{escape(words) if value else '–'}</option>"
            for value, words in villages
            if not locked or value == own
        )
    )
