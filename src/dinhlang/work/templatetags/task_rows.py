"""The small parts of a task's row: lists have hundreds, and a tag is quicker than a file."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from ..selectors.lines import Line
from ..showing import Look

register = template.Library()


@register.simple_tag
def task_looks(line: Line) -> SafeString:
    """How near its end is, and its state, as marks."""
    near = line.near
    return mark_safe((_mark(near) if near else "") + _mark(line.look))


def _mark(look: Look) -> str:
    return (
        f'<span class="tag {look.tone}"><span aria-hidden="true">{look.icon}</span> '
        f"{escape(look.words)}</span>"
    )


@register.simple_tag
def task_about(line: Line) -> SafeString:
    """What a task is besides its words, in one small line."""
    parts = [("wv-lead", line.lead) if line.leads else ("wv-none", "Chưa giao")]
    if line.partners:
        parts.append(("", f"phối hợp: {atmost(line.partner, 70)}"))
    if line.villages:
        parts.append(("", f"thôn {atmost(line.village, 60)}"))
    if criteria := line.criteria:
        parts.append(("", f"tiêu chí {criteria}"))
    if line.days:
        parts.append(("", line.days))
    if line.parts:
        parts.append(("", f"{line.parts_done}/{line.parts} việc con xong"))
    if line.waiting_for:
        parts.append(("wv-wait", f"chờ {atmost(line.waiting_for, 90)}"))
    if line.reason:
        parts.append(("", f"lý do: {atmost(line.reason, 90)}"))
    return mark_safe("".join(_part(name, words) for name, words in parts))


def _part(name: str, words: str) -> str:
    begin = f'<span class="{name}">' if name else "<span>"
    return f"{begin}{escape(words)}</span>"


@register.filter(is_safe=True)
@stringfilter
def atmost(text: str, most: int) -> str:
    """The text, cut after so many letters; what ``truncatechars`` does, quick where it is short."""
    return text if len(text) <= most else Truncator(text).chars(most)
