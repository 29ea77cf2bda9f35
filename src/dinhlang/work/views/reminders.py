"""Nhắc việc of a place: the rule, what was sent, ready texts, addresses of other programs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.people.access import Action, can
from dinhlang.people.selectors import post_of
from dinhlang.places.models import Unit

from ..models import Webhook
from ..reminding import BadRule, Rule, read_days
from ..selectors import reminders as looking
from ..services import reminders as doing
from ..services import webhooks
from . import common
from .common import person
from .task_common import number


def _frame(request: HttpRequest, unit: Unit, part: str, **more: Any) -> dict[str, Any]:
    user = person(request)
    return {
        "place": "work",
        "tab": "reminders",
        "part": part,
        "unit": unit,
        "may_review": can(user, Action.REVIEW, unit),
        "may_manage": can(user, Action.MANAGE, unit),
        "email_ready": settings.EMAIL_READY,
        "here": request.get_full_path(),
        **more,
    }


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """To the reminders of the place looked at last or worked at, else to the choice."""
    unit = common.own_place(request)
    return redirect("work:reminders", unit.pk) if unit else redirect("work:choose")


@require_safe
@never_cache
def rules(request: HttpRequest, place: int) -> HttpResponse:
    """When the place's tasks are spoken of, and to whom."""
    return _rules(request, common.place_of(request, place))


def _rules(
    request: HttpRequest, unit: Unit, typed: dict[str, Any] | None = None, trouble: str = "",
    at: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    row = looking.row_of_rule(unit)
    rule = doing.as_rule(row) if row else Rule()
    shown = _frame(
        request, unit, "rules",
        row=row, rule=rule, seen=row.revision if row else 0,
        typed=typed or _typed(rule), trouble=trouble, trouble_at=at, key=uuid4(),
        hooks=looking.hooks_of(unit), events=list(webhooks.EVENTS.items()),
        loopback=settings.WEBHOOK_LOOPBACK,
    )  # fmt: skip
    for hook in shown["hooks"]:
        hook.told = [webhooks.EVENTS[event] for event in hook.events if event in webhooks.EVENTS]
    return render(request, "work/reminders.html", shown, status=status)


def _typed(rule: Rule) -> dict[str, Any]:
    return {
        "is_on": rule.is_on,
        "before": ", ".join(str(day) for day in rule.before),
        "on_day": rule.on_day,
        "after": str(rule.after_every or ""),
        "to_partners": rule.to_partners,
        "to_villages": rule.to_villages,
        "escalate": "" if rule.escalate_after is None else str(rule.escalate_after),
    }


@require_POST
def save_rule(request: HttpRequest, place: int) -> HttpResponse:
    """Keep how the place speaks of its tasks."""
    unit = common.place_of(request, place, Action.REVIEW)
    sent = request.POST
    typed = {
        "is_on": sent.get("bat") == "1", "before": sent.get("truoc", ""),
        "on_day": sent.get("dung-ngay") == "1", "after": sent.get("sau", ""),
        "to_partners": sent.get("phoi-hop") == "1", "to_villages": sent.get("thon") == "1",
        "escalate": sent.get("lanh-dao", ""),
    }  # fmt: skip
    try:
        rule = Rule(
            is_on=bool(typed["is_on"]), before=read_days(str(typed["before"])),
            on_day=bool(typed["on_day"]), after_every=_days(typed["after"], "after") or 0,
            to_partners=bool(typed["to_partners"]), to_villages=bool(typed["to_villages"]),
            escalate_after=_days(typed["escalate"], "escalate"),
        )  # fmt: skip
        doing.save_rule(person(request), unit, number(sent.get("seen")) or 0, rule)
    except BadRule as bad:
        return _rules(request, unit, typed, str(bad), bad.field, 422)
    except doing.Changed as changed:
        return _rules(request, unit, typed, str(changed), "", 409)
    messages.success(request, "Đã lưu cách nhắc việc.")
    return redirect("work:reminders", unit.pk)


def _days(text: object, field: str) -> int | None:
    """A number of days, None for an empty box. Raises ``BadRule``."""
    said = str(text).strip()
    if not said:
        return None
    found = number(said)
    if found is None or found < 1:
        raise BadRule(f"“{said[:20]}” không phải số ngày. Để trống nếu không dùng.", field)
    return found


@require_safe
@never_cache
def sent(request: HttpRequest, place: int) -> HttpResponse:
    """Who was told how much in the last two weeks."""
    unit = common.place_of(request, place)
    rows = looking.sent_of(unit, timezone.localdate())
    return render(request, "work/reminders_sent.html", _frame(request, unit, "sent", rows=rows))


@require_safe
@never_cache
def texts(request: HttpRequest, place: int) -> HttpResponse:
    """Ready texts to paste into a chat group."""
    unit, user, day = common.place_of(request, place), person(request), timezone.localdate()
    by = request.GET.get("nhom", "")
    if by not in {code for code, _ in looking.GROUPINGS}:
        by = looking.GROUPINGS[0][0]
    office = post_of(user, day)
    shown = _frame(
        request, unit, "texts", by=by, day=day, groupings=looking.GROUPINGS,
        groups=looking.texts(user, unit, by, day, office), ahead=looking.AHEAD,
    )  # fmt: skip
    return render(request, "work/reminders_texts.html", shown)


@require_POST
def add_hook(request: HttpRequest, place: int) -> HttpResponse:
    """Have another program told."""
    unit = common.place_of(request, place, Action.MANAGE)
    address, events = request.POST.get("dia-chi", ""), request.POST.getlist("su-kien")
    try:
        webhooks.add(person(request), unit, common.form_key(request), address, events)
    except webhooks.BadWebhook as bad:
        typed = _typed(doing.rule_of(unit)) | {"address": address, "events": events}
        return _rules(request, unit, typed, str(bad), "hook", 422)
    messages.success(request, "Đã thêm webhook. Lấy khóa ở dưới để bên nhận kiểm tra chữ ký.")
    return redirect(reverse("work:reminders", args=[unit.pk]) + "#webhook")


SAID = {
    "dung": "Đã tạm dừng webhook.",
    "bat": "Đã bật lại webhook.",
    "doi-khoa": "Đã đổi khóa webhook; khóa cũ không còn dùng được.",
    "thu": "Đã xếp tin thử vào hàng gửi; kết quả hiện ở đây sau ít giây.",
    "khoi-phuc": "Đã khôi phục webhook.",
}


@require_POST
def change_hook(request: HttpRequest, hook: int, verb: str) -> HttpResponse:
    """Stop, start, test, remove a webhook, give it a new secret, bring it back."""
    user = person(request)
    match verb:
        case "dung":
            row: Webhook = webhooks.stop(user, hook)
        case "bat":
            row = webhooks.start(user, hook)
        case "doi-khoa":
            row = webhooks.renew_secret(user, hook)
        case "thu":
            found = webhooks.ask_for_test(user, hook, common.form_key(request)).hook
            assert found is not None
            row = found
        case "xoa":
            row = webhooks.remove(user, hook)
        case _:
            row = webhooks.bring_back(user, hook)
    if verb == "xoa":
        undo = reverse("work:hook-change", args=[row.pk, "khoi-phuc"])
        messages.success(request, f"Đã xóa webhook {row.address}.", extra_tags=f"undo:{undo}")
    else:
        messages.success(request, SAID[verb])
    return redirect(reverse("work:reminders", args=[row.place_id]) + "#webhook")


@require_safe
@never_cache
def hook_secret(request: HttpRequest, hook: int) -> HttpResponse:
    """The secret with which the receiver checks signatures; for those who manage the place."""
    rows = Webhook.objects.restrict(person(request), Action.MANAGE).filter(removed_at=None)
    row = get_object_or_404(rows.select_related("place"), pk=hook)
    shown = _frame(request, row.place, "rules", hook=row, secret=webhooks.secret_of(row))
    return render(request, "work/hook_secret.html", shown)
