"""The rows of tasks and their parts: lists have hundreds, and a tag is quicker than a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from ..roadmap import Completed
from ..selectors.lines import Line
from ..showing import Look

register = template.Library()
MOST = 220
"""Letters of a task's words in a list."""
UNHELD = '<span class="tag wait wv-unheld"><span aria-hidden="true">?</span> chưa có ai giữ</span>'
"""Beside a task whose leads nobody holds: it is in nobody's list of their own work."""


@register.simple_tag
def task_list(lines: Iterable[Line]) -> SafeString:
    """Tasks in a list."""
    return mark_safe("".join(_row(line, _what(line, MOST)) for line in lines))


@register.simple_tag
def tasks_on_road(rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """Tasks in the roadmap, each a ``line`` with the criteria that it ``completes``."""
    return mark_safe("".join(_on_road(row["line"], row["completes"]) for row in rows))


def _on_road(line: Line, completes: Sequence[Completed]) -> str:
    what = _what(line, 260)
    if completes:
        named = ", ".join(
            escape(each.number + (f" ({each.name})" if each.name else "")) for each in completes
        )
        what += (
            f'<p class="wv-to"><span aria-hidden="true">→</span> hoàn thành tiêu chí {named}</p>'
        )
    if "," in line.criteria and not line.parts and line.is_live:
        # One line of many criteria: its page divides it.
        what += (
            f'<p class="wv-to"><a href="{escape(line.href)}#viec-nho">'
            "Chia mỗi tiêu chí một việc nhỏ</a></p>"
        )
    return _row(line, what)


@register.simple_tag
def task_what(line: Line) -> SafeString:
    """A task's words, which lead to its page, and what it is besides."""
    return mark_safe(_what(line, MOST))


def _row(line: Line, what: str) -> str:
    return (
        f'<li class="wv-row" id="v{line.pk}"><div class="wv-what">{what}</div>'
        f'<div class="tags">{_looks(line)}</div></li>'
    )


def _what(line: Line, most: int) -> str:
    return (
        f'<a href="{escape(line.href)}">{escape(atmost(line.text, most))}</a>'
        f'<p class="wv-about">{_about(line)}</p>'
    )


@register.simple_tag(takes_context=True)
def own_tasks(context: Mapping[str, Any], lines: Iterable[Line], part: str) -> SafeString:
    """A part of a person's own tasks, each with the taps that move it on.

    ``key`` and ``here`` are those of the page.
    """
    before = (
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{context["csrf_token"]}">'
        f'<input type="hidden" name="luot" value="{context["key"]}">'
    )
    after = f'<input type="hidden" name="ve" value="{escape(context["here"])}">'
    rows = []
    for line in lines:
        if part == "cho-duyet":
            does = (
                f'<p class="wv-steps"><a class="btn q small" href="{escape(line.accept_href)}">'
                "Xem và nghiệm thu</a></p>"
            )
        else:
            does = _steps(line, before, after) if line.steps else ""
        rows.append(
            f'<li class="wv-row wv-own" id="v{line.pk}"><div class="wv-what">{_what(line, MOST)}'
            f'</div><div class="tags">{_looks(line)}</div>{does}</li>'
        )
    return mark_safe("".join(rows))


def _steps(line: Line, before: str, after: str) -> str:
    buttons = "".join(_button(state, words) for state, words in line.steps)
    wait = (
        '<details class="wv-wait-for"><summary class="btn q small">Đang chờ…</summary><div><label>'
        '<span>Chờ ai, chờ việc gì?</span><input name="cho" maxlength="300"></label>'
        '<button class="btn small" type="submit" name="tt" value="waiting">Ghi đang chờ</button>'
        "</div></details>"
    )
    return (
        f'<form class="wv-steps" method="post" action="{escape(line.move_href)}">{before}'
        f'<input type="hidden" name="seen" value="{line.revision}">{after}'
        f"{buttons}{wait if line.may_wait else ''}</form>"
    )


def _button(state: str, words: str) -> str:
    look, sign = ("wv-done", "✓ ") if state == "done" else ("q", "")
    return (
        f'<button class="btn small {look}" type="submit" name="tt" value="{state}">'
        f"{sign}{escape(words)}</button>"
    )


@register.simple_tag
def task_cards(lines: Iterable[Line], may_edit: bool, first: int | None) -> SafeString:
    """Tasks on the board; the one of the number ``first`` is where the keyboard comes in."""
    return mark_safe("".join(_card(line, may_edit, first) for line in lines))


def _card(line: Line, may_edit: bool, first: int | None) -> str:
    product = f' data-product="{escape(line.product)}"' if line.product else ""
    href, about = escape(line.href), [_lead(line, 60)]
    if criteria := line.criteria:
        about.append(_part("", f"TC {criteria}"))
    if line.villages:
        about.append(_part("", atmost(line.village, 40)))
    if line.parts:
        about.append(_part("", f"{line.parts_done}/{line.parts} việc con"))
    waits = near_end = pick = ""
    if line.waiting_for:
        words = escape(f"chờ {atmost(line.waiting_for, 80)}")
        waits = f'<p class="wv-about"><span class="wv-wait" data-told>{words}</span></p>'
    if line.is_unheld:
        waits += f'<p class="tags">{UNHELD}</p>'
    if (near := line.near) and line.end:
        words = escape(f"{line.end:%d/%m} · {near.words}")
        near_end = (
            f'<p class="tags"><span class="tag {near.tone}"><span aria-hidden="true">{near.icon}'
            f"</span> {words}</span></p>"
        )
    if may_edit:
        pick = f'<a class="wv-card-do" href="{href}" data-wv-pick tabindex="-1">Chuyển…</a>'
    return (
        f'<li class="wv-card" id="v{line.pk}" tabindex="{0 if line.pk == first else -1}" '
        f'data-pk="{line.pk}" data-revision="{line.revision}" '
        f'data-waiting="{escape(line.waiting_for)}" data-reason="{escape(line.reason)}" '
        f'data-move="{escape(line.move_href)}" data-accept="{escape(line.accept_href)}"{product}>'
        f'<a href="{href}" draggable="false">{escape(atmost(line.text, 130))}</a>'
        f'<p class="wv-about">{"".join(about)}</p>{waits}{near_end}{pick}</li>'
    )


@register.simple_tag
def task_looks(line: Line) -> SafeString:
    """How near its end is, and its state, as marks."""
    return mark_safe(_looks(line))


def _looks(line: Line) -> str:
    near = line.near
    marks = UNHELD if line.is_unheld else ""
    return marks + (_mark(near) if near else "") + _mark(line.look)


@lru_cache(maxsize=1024)
def _mark(look: Look) -> str:
    return (
        f'<span class="tag {look.tone}"><span aria-hidden="true">{look.icon}</span> '
        f"{escape(look.words)}</span>"
    )


@register.simple_tag
def task_about(line: Line) -> SafeString:
    """What a task is besides its words, in one small line."""
    return mark_safe(_about(line))


def _about(line: Line) -> str:
    parts = [_lead(line)]
    if line.partners:
        parts.append(_part("", f"phối hợp: {atmost(line.partner, 70)}"))
    if line.villages:
        parts.append(_part("", f"thôn {atmost(line.village, 60)}"))
    if criteria := line.criteria:
        parts.append(_part("", f"tiêu chí {criteria}"))
    if days := line.days:
        parts.append(_part("", days))
    if line.parts:
        parts.append(_part("", f"{line.parts_done}/{line.parts} việc con xong"))
    if line.waiting_for:
        parts.append(_part("wv-wait", f"chờ {atmost(line.waiting_for, 90)}"))
    if line.reason:
        parts.append(_part("", f"lý do: {atmost(line.reason, 90)}"))
    return "".join(parts)


def _lead(line: Line, most: int | None = None) -> str:
    if not line.leads:
        return _part("wv-none", "Chưa giao")
    return _part("wv-lead", atmost(line.lead, most) if most else line.lead)


def _part(name: str, words: str) -> str:
    begin = f'<span class="{name}">' if name else "<span>"
    return f"{begin}{escape(words)}</span>"


@register.simple_tag
def chosen_of(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """The options of a box of the filter, words cut after sixty letters."""
    return mark_safe(
        "".join(
            f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
            f"{escape(atmost(words, 60))}</option>"
            for value, words in choices
        )
    )


@register.filter(is_safe=True)
@stringfilter
def atmost(text: str, most: int) -> str:
    """The text, cut after so many letters; what ``truncatechars`` does, quick where it is short."""
    return text if len(text) <= most else Truncator(text).chars(most)
