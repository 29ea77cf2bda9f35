"""The bars of the timeline: fifty a page with five shapes each."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from ..timeline import BAR, Bar

register = template.Library()


@register.simple_tag
def timeline_bars(bars: Iterable[Bar]) -> SafeString:
    """Each task as a link around its shapes and its words."""
    return mark_safe("".join(_bar(bar) for bar in bars))


def _bar(bar: Bar) -> str:
    entry, critical = bar.entry, " is-critical" if bar.is_critical else ""
    if bar.is_point:
        shape = f'<polygon class="wv-fill-{entry.tone}{critical}" points="{bar.diamond}"></polygon>'
    else:
        shape = _box(f"wv-fill-{entry.tone} wv-whole{critical}", bar.x, bar.y, bar.width, True)
        if bar.done_width:
            shape += _box(f"wv-fill-{entry.tone}", bar.x, bar.y, bar.done_width, True)
    if bar.extra_width:
        shape += _box("wv-late-part", bar.extra_x, bar.y, bar.extra_width, False)
    late = " is-late" if entry.tone == "no" else ""
    words = bar.label + (f" ({bar.mentions})" if bar.mentions else "")
    return (
        f'<a href="{escape(entry.href)}" role="listitem"><title>{escape(entry.told)}</title>{shape}'
        f'<text class="wv-label{critical}{late}" x="{bar.label_x}" y="{bar.label_y}" '
        f'text-anchor="{bar.anchor}">{escape(words)}</text></a>'
    )


def _box(name: str, x: float, y: float, width: float, is_round: bool) -> str:
    corner = ' rx="3"' if is_round else ""
    return f'<rect class="{name}" x="{x}" y="{y}" width="{width}" height="{BAR}"{corner}></rect>'
