"""The pages of meetings: the list, a new one, and the one screen on which it is held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dinhlang.people.access import Action, can
from dinhlang.places.models import Unit
from dinhlang.vietnamese import format_date
from dinhlang.work.days import BadDay, read_day
from dinhlang.work.views.common import form_key, own_place, person, place_of
from dinhlang.work.views.task_common import number

from . import rendering, selectors, services
from .models import AgendaItem, Meeting
from .services import BadMeeting, Closed, Overtaken, Point, Said

TROUBLES = (BadMeeting, Closed, Overtaken, BadDay)
FIELDS = {"title": "ten", "body": "ban", "where": "dia-diem", "chair": "chu-tri",
          "secretary": "thu-ky", "attendees": "thanh-phan", "absent": "vang"}  # fmt: skip

SENT = FIELDS | {"day": "ngay", "hour": "gio"}


def frame(request: HttpRequest, unit: Unit, **more: Any) -> dict[str, Any]:
    user = person(request)
    return {
        "place": "work", "tab": "meetings", "unit": unit, "on": timezone.localdate(),
        "may_edit": can(user, Action.EDIT, unit), "may_review": can(user, Action.REVIEW, unit),
        "key": uuid4(), **more,
    }  # fmt: skip


def meeting_of(request: HttpRequest, pk: int, action: Action = Action.VIEW) -> Meeting:
    """The meeting; 404 where the person may not do this."""
    rows = Meeting.objects.restrict(person(request), action)
    return cast(Meeting, get_object_or_404(rows.select_related("place__parent"), pk=pk))


def part_of(request: HttpRequest, model: Any, pk: int) -> Any:
    """A point or a decision; 404 where the person may not edit its meeting."""
    rows = model.objects.restrict(person(request), Action.EDIT).select_related("meeting")
    return get_object_or_404(rows, pk=pk)


def to_meeting(pk: int, anchor: str = "") -> HttpResponse:
    return redirect(reverse("meetings:meeting", args=[pk]) + anchor)


def by_script(request: HttpRequest) -> bool:
    """Whether a script asks, which wants figures and not a page."""
    return "application/json" in request.headers.get("Accept", "")


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """To the meetings of the place where the person works."""
    unit = own_place(request)
    return redirect("meetings:place", unit.pk) if unit else redirect("work:home")


@require_safe
@never_cache
def listing(request: HttpRequest, place: int) -> HttpResponse:
    """The meetings of a place."""
    unit = place_of(request, place)
    found = selectors.meetings(person(request), unit)
    return render(request, "meetings/list.html", frame(request, unit, found=found))


# --- Planning -------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest, place: int) -> HttpResponse:
    """A new meeting, with an agenda to tick together."""
    unit, user, on = place_of(request, place, Action.EDIT), person(request), timezone.localdate()
    groups = selectors.suggested(user, unit, on)
    points = [point for _, several in groups for point in several]
    typed, trouble = _typed(request, on), ""
    if request.method == "POST":
        chosen = [
            points[at] for at in map(int, _whole(request.POST.getlist("nd"))) if at < len(points)
        ]
        own = [
            Point(text=line) for line in request.POST.get("them", "").split("\n") if line.strip()
        ]
        try:
            row = services.plan(user, unit, form_key(request), _said(request, on), [*chosen, *own])
        except TROUBLES as bad:
            trouble = str(bad)
        else:
            messages.success(request, "Đã lập cuộc họp.")
            return to_meeting(row.pk)
    numbered = iter(range(len(points)))
    shown = frame(
        request, unit, typed=typed, trouble=trouble, offices=selectors.offices(unit),
        groups=[(title, [(next(numbered), p) for p in several]) for title, several in groups],
        ticked=set(request.POST.getlist("nd")) if request.method == "POST" else None,
    )  # fmt: skip
    return render(request, "meetings/new.html", shown, status=422 if trouble else 200)


def _whole(values: list[str]) -> list[str]:
    return [each for each in values if each.isascii() and each.isdigit() and len(each) < 6]


def _typed(request: HttpRequest, on: date) -> dict[str, str]:
    if request.method == "POST":
        return {name: request.POST.get(sent, "") for name, sent in FIELDS.items()} | {
            "day": request.POST.get("ngay", ""), "hour": request.POST.get("gio", ""),
        }  # fmt: skip
    ahead = on + timedelta(days=3)
    return {
        "title": f"Họp Ban Chỉ đạo nông thôn mới tháng {ahead.month}/{ahead.year}",
        "body": "Ban Chỉ đạo Chương trình xây dựng nông thôn mới xã", "where": "Hội trường UBND xã",
        "day": format_date(ahead), "hour": "8:00",
    }  # fmt: skip


def _said(request: HttpRequest, on: date) -> Said:
    words = {name: request.POST.get(sent, "") for name, sent in FIELDS.items()}
    return Said(**words, at=_at(request, on))


def _at(request: HttpRequest, on: date) -> datetime:
    return moment(request.POST.get("ngay", ""), request.POST.get("gio", ""), on)


def moment(said: str, clock: str, on: date) -> datetime:
    """A day and an hour as typed. Raises ``BadDay``, ``BadMeeting``."""
    day = read_day(said, on)
    if day is None:
        raise BadMeeting("Hãy ghi ngày họp như 25/11/2026.")
    text = clock.strip().lower().replace("giờ", ":").replace("h", ":")
    hour, _, minute = text.replace(" ", "").partition(":")
    try:
        moment = time(int(hour), int(minute or 0))
    except ValueError:
        raise BadMeeting("Hãy ghi giờ họp như 8:00 hoặc 14 giờ 30.") from None
    return timezone.make_aware(datetime.combine(day, moment))


# --- One meeting ----------------------------------------------------------------------------------


@require_safe
@never_cache
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The one screen: agenda, minutes, decisions."""
    return _page(request, meeting_of(request, pk))


def _page(request: HttpRequest, row: Meeting, trouble: str = "", status: int = 200,
          typed: dict[str, Any] | None = None) -> HttpResponse:  # fmt: skip
    user = person(request)
    items, decisions = rendering.items_of(row), selectors.decided(row)
    last = selectors.before(user, row) if row.state != Meeting.State.CLOSED else None
    shown = frame(
        request, row.place, meeting=row, items=items, decisions=decisions, trouble=trouble,
        last=last, before=selectors.decided(last) if last else [],
        offices=selectors.offices(row.place), invitation=rendering.invitation(row),
        typed=typed or {}, is_open=row.state != Meeting.State.CLOSED and row.removed_at is None,
        removed_items=row.items.exclude(removed_at=None),
        removed_decisions=row.decisions.exclude(removed_at=None),
        unmade=sum(each.task_id is None and each.is_task for each in decisions),
        closings=list(row.closings.select_related("closed_by", "reopened_by")),
        is_ahead=timezone.localdate(row.at) > timezone.localdate(),
    )  # fmt: skip
    shown["may_write"] = shown["may_edit"] and shown["is_open"]
    return render(request, "meetings/meeting.html", shown, status=status)


def refused(request: HttpRequest, row: Meeting, bad: Exception, **typed: Any) -> HttpResponse:
    """The page again with what was typed, or the reason for a script.

    ``edited`` is the number of the row whose form was sent; it stands open again, with what one
    typed and, where another changed the rest of it, their words.
    """
    status = 409 if isinstance(bad, Closed | Overtaken) else 422
    if isinstance(bad, Overtaken):
        typed["values"] = bad.whole
    if by_script(request):
        return JsonResponse({"trouble": str(bad)}, status=status)
    return _page(request, meeting_of(request, row.pk), str(bad), status, typed)


def _shown(values: Any) -> dict[str, str]:
    """A meeting's fields, of the row or of a dict, as its form shows them."""
    get = values.get if isinstance(values, dict) else lambda name: getattr(values, name)
    at = timezone.localtime(get("at"))
    words = {name: str(get(name) or "") for name in FIELDS}
    return words | {"day": format_date(at.date()), "hour": f"{at:%H:%M}"}


def _based(request: HttpRequest, on: date) -> dict[str, Any] | None:
    """What the form showed at first, which it sends along; None where it does not."""
    sent = {name: request.POST.get(f"goc-{called}") for name, called in FIELDS.items()}
    if None in sent.values():
        return None
    day, hour = request.POST.get("goc-ngay", ""), request.POST.get("goc-gio", "")
    return {**sent, "at": moment(day, hour, on)}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """What the meeting is: name, time, place, who comes."""
    row, on, trouble = meeting_of(request, pk, Action.EDIT), timezone.localdate(), ""
    typed, status = _shown(row), 200
    if request.method == "POST":
        seen = number(request.POST.get("luot-sua"))
        try:
            values = {name: request.POST.get(sent, "") for name, sent in FIELDS.items()}
            services.change(
                person(request), pk, seen if seen is not None else row.revision,
                values | {"at": _at(request, on)}, _based(request, on),
            )  # fmt: skip
            return to_meeting(pk)
        except TROUBLES as bad:
            status = 409 if isinstance(bad, Closed | Overtaken) else 422
            trouble, typed = str(bad), _typed(request, on)
            if isinstance(bad, Overtaken):
                typed = _shown(bad.whole)
    based = [(f"goc-{SENT[name]}", value) for name, value in _shown(row).items()]
    shown = frame(request, row.place, meeting=row, typed=typed, trouble=trouble, based=based,
                  offices=selectors.offices(row.place))  # fmt: skip
    return render(request, "meetings/change.html", shown, status=status)


@require_POST
def add_point(request: HttpRequest, pk: int) -> HttpResponse:
    """One more point."""
    row, text = meeting_of(request, pk, Action.EDIT), request.POST.get("nd", "")
    try:
        made = services.add_point(person(request), pk, form_key(request), Point(text=text))
    except TROUBLES as bad:
        return refused(request, row, bad, point=text)
    return to_meeting(pk, f"#nd-{made.pk}")


@require_POST
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """The order of the points: all of them, or one moved by one place (``len``, ``xuong``)."""
    row = meeting_of(request, pk, Action.EDIT)
    wanted = [int(each) for each in _whole(request.POST.getlist("thu-tu"))]
    try:
        if not wanted:
            wanted = [each.pk for each in rendering.items_of(row)]
            moved, step = number(request.POST.get("nd")), request.POST.get("huong")
            if moved in wanted:
                at = wanted.index(moved)
                to = max(0, at - 1) if step == "len" else min(len(wanted) - 1, at + 1)
                wanted.insert(to, wanted.pop(at))
        services.order(person(request), pk, wanted)
    except TROUBLES as bad:
        return refused(request, row, bad)
    return JsonResponse({"ok": True}) if by_script(request) else to_meeting(pk, "#mt-noi-dung")


@require_POST
def change_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Reword a point."""
    item: AgendaItem = part_of(request, AgendaItem, pk)
    seen, sent = number(request.POST.get("luot-sua")), request.POST
    values = {"text": sent.get("nd", ""), "presenter": sent.get("trinh-bay", "")}
    base = None
    if "goc-nd" in sent:
        base = {"text": sent["goc-nd"], "presenter": sent.get("goc-trinh-bay", "")}
    try:
        services.change_point(person(request), pk, seen if seen is not None else -1, values, base)
    except TROUBLES as bad:
        return refused(request, item.meeting, bad, edited_point=pk, values=values)
    return to_meeting(item.meeting_id, f"#nd-{pk}")


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """What is said on a point; answers a script with what stands now."""
    item: AgendaItem = part_of(request, AgendaItem, pk)
    text = request.POST.get("ghi", "")
    try:
        now = services.write(person(request), pk, request.POST.get("goc", ""), text)
    except TROUBLES as bad:
        return refused(request, item.meeting, bad)
    if by_script(request):
        at = f"{timezone.localtime():%H:%M}"
        return JsonResponse({"said": now.said, "merged": now.merged, "at": at})
    return to_meeting(item.meeting_id, f"#nd-{pk}")


@require_POST
def open_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to type minutes."""
    row = meeting_of(request, pk, Action.EDIT)
    return verb_done(
        request, row, lambda: services.open_meeting(person(request), pk), "#mt-noi-dung"
    )


def verb_done(
    request: HttpRequest, row: Meeting, verb: Callable[[], object], anchor: str = ""
) -> HttpResponse:
    try:
        verb()
    except TROUBLES as bad:
        return refused(request, row, bad)
    return to_meeting(row.pk, anchor)


def offer_undo(request: HttpRequest, words: str, name: str, pk: int) -> None:
    messages.success(request, words, extra_tags="undo:" + reverse(f"meetings:{name}", args=[pk]))


@require_POST
def remove_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a point out; a message offers to bring it back."""
    item: AgendaItem = part_of(request, AgendaItem, pk)
    answer = verb_done(request, item.meeting, lambda: services.remove_point(person(request), pk))
    if answer.status_code == 302:
        offer_undo(request, f"Đã bỏ nội dung “{item.text[:60]}”.", "point-restore", pk)
    return answer


@require_POST
def restore_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a point back."""
    item: AgendaItem = part_of(request, AgendaItem, pk)
    return verb_done(
        request, item.meeting, lambda: services.restore_point(person(request), pk), f"#nd-{pk}"
    )


@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a meeting; a message offers to bring it back."""
    row = meeting_of(request, pk, Action.EDIT)
    try:
        services.set_aside(person(request), pk)
    except Closed as bad:
        return refused(request, row, bad)
    offer_undo(request, f"Đã xóa “{row.title}”.", "restore", pk)
    return redirect("meetings:place", row.place_id)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a meeting back."""
    row = meeting_of(request, pk, Action.EDIT)
    return verb_done(request, row, lambda: services.take_back(person(request), pk))


@require_POST
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The minutes or the notice as a paper of the place."""
    if kind not in ("bien-ban", "thong-bao"):
        raise Http404
    row = meeting_of(request, pk, Action.EDIT)
    made = services.paper(person(request), row, kind)
    return redirect("drafting:papers:paper", made.pk)
