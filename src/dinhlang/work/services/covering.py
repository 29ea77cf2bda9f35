"""Leave, hand-over, delegation: work changes hands and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people import services as people
from dinhlang.people.access import AccessDenied, Action, can, require
from dinhlang.people.models import Grant, Office, OfficeHolding, User
from dinhlang.people.offices import office_key
from dinhlang.people.roles import GIVABLE, Role
from dinhlang.vietnamese import clean_spaces, format_date, nfc

from ..models import HandOver, StandIn, Task
from ..said import LABELS, BadTask
from ..selectors import covering as looking
from . import notices
from .errors import Clash, Conflict
from .states import note_text
from .tasks import apply
from .writing import Deed, locked, sent, values_of

LONGEST_LEAVE = 400


class BadCover(ValueError):
    """What was said cannot be; the message is for the user."""


def add_stand_in(
    user: User,
    office: Office,
    person: User,
    first: date,
    last: date,
    reason: str,
    key: UUID,
) -> StandIn:
    """Have a person do an office's work from ``first`` to ``last``, both included.

    Who may not change anything at the place is given a role there for just those days. The
    holder of the office may say so, and who decides at the place; giving a role needs ``MANAGE``.
    Raises ``AccessDenied``, ``BadCover``.
    """
    reason = clean_spaces(nfc(reason))
    _check_leave(first, last, reason)
    with transaction.atomic():
        before: StandIn | None = StandIn.objects.filter(key=key).first()
        if before is not None:
            if before.office_id != office.pk or before.by_id != user.pk:
                raise AccessDenied
            return before
        _require_decides(user, office)
        if not person.is_active or office.closed_on is not None:
            raise BadCover("Chức vụ này đã thôi dùng, hoặc người này không còn tài khoản.")
        if not looking.may_stand_in(person, office):
            raise BadCover("Chỉ giao được cho người có vai trò hoặc chức vụ ở địa bàn này.")
        if OfficeHolding.objects.filter(user=person, office=office).on(first).exists():
            raise BadCover("Người này đang giữ chính chức vụ ấy.")
        twin = StandIn.objects.filter(
            office=office, person=person, ended_at=None, first__lte=last, last__gte=first
        )
        if twin.exists():
            raise BadCover("Người này đã được giao làm thay trong những ngày ấy.")
        row: StandIn = StandIn.objects.create(
            key=key, office=office, person=person, first=first, last=last, reason=reason,
            grant=_role_for(user, office, person, first, last), by=user, at=timezone.now(),
        )  # fmt: skip
        audit.record(
            user, "giao làm thay", row, office.place,
            {"chức vụ": office.title, "từ ngày": format_date(first), "đến hết ngày":
             format_date(last), "lý do": reason},
        )  # fmt: skip
        notices.tell_people(
            [person],
            f"stand-in:{row.pk}",
            f"Bạn làm thay {office.title} từ {first:%d/%m/%Y} đến hết {last:%d/%m/%Y}: {reason}",
            place=office.place,
            address="/viec/",
        )
        return row


def _check_leave(first: date, last: date, reason: str) -> None:
    if last < first:
        raise BadCover("Ngày cuối phải từ ngày đầu trở đi.")
    if (last - first).days >= LONGEST_LEAVE:
        raise BadCover("Làm thay nhiều nhất 400 ngày; lâu hơn thì hãy bàn giao chức vụ.")
    if last < timezone.localdate():
        raise BadCover("Những ngày này đã qua.")
    if not reason:
        raise BadCover("Hãy ghi lý do, ví dụ: nghỉ phép, đi học.")
    if len(reason) > 200:
        raise BadCover("Lý do dài quá 200 ký tự.")


def _require_decides(user: User, office: Office) -> None:
    """Raises ``AccessDenied`` for who neither holds the office nor decides at its place."""
    holds = OfficeHolding.objects.filter(user=user, office=office).on(timezone.localdate())
    if holds.exists():
        require(user, Action.VIEW, office.place)
    else:
        require(user, Action.REVIEW, office.place)


def _role_for(user: User, office: Office, person: User, first: date, last: date) -> Grant | None:
    """A role for those days where the person could not do the work; None where they can."""
    enough = all(can(person, Action.EDIT, office.place, day) for day in (first, last))
    if enough:
        return None
    role = Role.VILLAGE_HEAD if office.place.level == "village" else Role.OFFICER
    able = {r for g in Grant.objects.filter(user=user).on(timezone.localdate())
            for r in GIVABLE.get(Role(g.role), frozenset())}  # fmt: skip
    if not can(user, Action.MANAGE, office.place) or role not in able:
        raise BadCover(
            f"{person} chưa có quyền ở {office.place.full_name}. Hãy nhờ cán bộ tổng hợp "
            "hoặc người quản trị giao làm thay, hoặc chọn người khác."
        )
    grant = Grant(user=person, role=role.value, place=office.place, start=first, end=last)
    grant.full_clean()
    grant.save()
    audit.record(
        user, "cấp quyền", person, office.place,
        {"vai trò": role.label, "từ ngày": format_date(first),
         "đến hết ngày": format_date(last), "lý do": "làm thay"},
    )  # fmt: skip
    return grant


def end_stand_in(user: User, number: int) -> StandIn:
    """End it from now on; the role given for it ends too. Raises ``AccessDenied``."""
    with transaction.atomic():
        row: StandIn = (
            StandIn.objects.select_for_update(of=("self",))
            .select_related("office__place", "grant", "person")
            .get(pk=number)
        )
        _require_decides(user, row.office)
        if row.ended_at is not None:
            return row
        row.ended_at, row.ended_by = timezone.now(), user
        grant = row.grant
        if grant is not None:
            yesterday = timezone.localdate() - timedelta(days=1)
            if grant.start is not None and grant.start > yesterday:
                row.grant = None
                row.save(update_fields=["grant"])
                grant.delete()
            elif grant.end is None or grant.end > yesterday:
                grant.end = yesterday
                grant.save(update_fields=["end"])
        row.save(update_fields=["ended_at", "ended_by"])
        audit.record(user, "thôi làm thay", row, row.office.place, {"chức vụ": row.office.title})
        return row


def resume_stand_in(user: User, number: int) -> StandIn:
    """Undo ``end_stand_in``: the person goes on until the last day, with the role it needs.

    Raises ``AccessDenied``, ``BadCover`` where the days are over.
    """
    with transaction.atomic():
        row: StandIn = (
            StandIn.objects.select_for_update(of=("self",))
            .select_related("office__place", "grant", "person")
            .get(pk=number)
        )
        _require_decides(user, row.office)
        if row.ended_at is None:
            return row
        today = timezone.localdate()
        if row.last < today or row.office.closed_on is not None or not row.person.is_active:
            raise BadCover("Những ngày làm thay này đã qua, hoặc người ấy không còn tài khoản.")
        row.ended_at, row.ended_by = None, None
        if row.grant is not None:
            row.grant.end = row.last
            row.grant.save(update_fields=["end"])
        else:
            row.grant = _role_for(user, row.office, row.person, max(row.first, today), row.last)
        row.save(update_fields=["ended_at", "ended_by", "grant"])
        audit.record(user, "lại làm thay", row, row.office.place, {"chức vụ": row.office.title})
        return row


def hand_over(
    user: User,
    office: Office,
    giver: User | None,
    taker: User,
    day: date,
    note: str,
    notes: Mapping[int, str],
    key: UUID,
) -> HandOver:
    """Pass an office from one person to another: the taker holds it from ``day`` on.

    What the office has unfinished is kept as it stood, each with a note for the successor, which
    also goes into the task's own history. Holdings are closed and opened in the same transaction.
    Needs ``MANAGE`` at the place. Raises ``AccessDenied``, ``BadCover``, ``BadTask``.
    """
    note = note_text(note)
    with transaction.atomic():
        before: HandOver | None = HandOver.objects.filter(key=key).first()
        if before is not None:
            if before.office_id != office.pk or before.by_id != user.pk:
                raise AccessDenied
            return before
        require(user, Action.MANAGE, office.place)
        Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
        holding = _check_hand_over(office, giver, taker, day)
        tasks = looking.unfinished(office)
        now = timezone.now()
        row: HandOver = HandOver.objects.create(
            key=key, office=office, giver=giver, taker=taker, day=day, note=note, by=user, at=now,
            tasks=[_kept(task, notes.get(task.pk, "")) for task in tasks],
        )  # fmt: skip
        for task in tasks:
            _note(user, office, giver, taker, task, notes.get(task.pk, ""), key)
        if holding is not None:
            _close(holding, day)
        people.appoint(user, taker, office, start=day)
        audit.record(
            user, "bàn giao chức vụ", office, office.place,
            {"bên giao": str(giver or ""), "bên nhận": str(taker), "từ ngày": format_date(day),
             "số việc": len(tasks)},
        )  # fmt: skip
        told = f"Bạn nhận bàn giao {office.title} từ {day:%d/%m/%Y}, {len(tasks)} việc chưa xong."
        notices.tell_people(
            [taker], f"hand-over:{row.pk}", told, place=office.place,
            address=f"/ban-giao/{office.place_id}/{row.pk}",
        )  # fmt: skip
        return row


def _check_hand_over(
    office: Office, giver: User | None, taker: User, day: date
) -> OfficeHolding | None:
    today = timezone.localdate()
    if office.closed_on is not None or not taker.is_active:
        raise BadCover("Chức vụ này đã thôi dùng, hoặc người nhận không còn tài khoản.")
    if not today - timedelta(days=366) <= day <= today + timedelta(days=366):
        raise BadCover("Ngày nhận phải trong vòng một năm trước hoặc sau hôm nay.")
    if giver == taker:
        raise BadCover("Bên giao và bên nhận là một người.")
    open_ended = Q(end=None) | Q(end__gte=day)
    if OfficeHolding.objects.filter(open_ended, user=taker, office=office).exists():
        raise BadCover("Bên nhận đang giữ chức vụ này rồi.")
    if not looking.may_stand_in(taker, office):
        raise BadCover("Người nhận chưa có vai trò ở địa bàn này. Hãy cấp quyền trước.")
    if giver is None:
        return None
    found = OfficeHolding.objects.filter(open_ended, user=giver, office=office).first()
    if found is None:
        raise BadCover("Bên giao không còn giữ chức vụ này.")
    return found


def _kept(task: Task, note: str) -> dict[str, Any]:
    return {
        "number": task.pk, "text": task.text, "state": task.state,
        "end": task.end.isoformat() if task.end else None, "note": note_text(note)[:1000],
    }  # fmt: skip


def _note(
    user: User, office: Office, giver: User | None, taker: User, task: Task, note: str, key: UUID
) -> None:
    who = f"{giver} bàn giao cho {taker}" if giver else f"{taker} nhận"
    text = f"Bàn giao {office.title}: {who}." + (f"\n{note_text(note)}" if note.strip() else "")
    deed = Deed(key=uuid5(key, str(task.pk)), verb="bàn giao việc", before=task.state,
                text=text[:4000], changes={})  # fmt: skip
    apply(user, task, deed)


def _close(holding: OfficeHolding, day: date) -> None:
    """The giver's last day is the one before; a holding that would have none goes."""
    last = day - timedelta(days=1)
    if holding.start is not None and holding.start > last:
        holding.delete()
        return
    holding.end = last
    holding.save(update_fields=["end"])


def delegate(
    user: User, task_id: int, key: UUID, seen: int, to: str, reason: str, *, keep: bool = True
) -> Task:
    """Pass a task to another office, which then leads it; ``keep``: who led goes on as partner.

    Everything else of the task stays. Needs ``EDIT``. Sent again with the same key it does nothing
    more. Raises ``AccessDenied``, ``BadTask``, and ``Conflict`` where somebody else changed who
    leads it meanwhile.
    """
    reason, to = note_text(reason), clean_spaces(nfc(to))
    with transaction.atomic():
        task = locked(user, task_id)
        if sent(user, task_id, key):
            return task
        if not office_key(to):
            raise BadTask("Hãy chọn cơ quan nhận việc.", "lead")
        if not reason:
            raise BadTask("Hãy ghi lý do chuyển việc.", "note")
        if not task.is_unfinished:
            raise BadTask("Chỉ chuyển được việc chưa xong.")
        _refuse_overtaken(task, seen)
        now = values_of(task, ("lead", "partners"))
        wanted = _offices(now, to, keep)
        if wanted["lead"] == now["lead"]:
            raise BadTask("Cơ quan này đang chủ trì việc này rồi.", "lead")
        changes = {name: [now[name], wanted[name]] for name in wanted if wanted[name] != now[name]}
        deed = Deed(key=key, verb="chuyển việc", before=task.state, text=reason, changes=changes)
        apply(user, task, deed)
        return task


def _refuse_overtaken(task: Task, seen: int) -> None:
    """Raises ``Conflict`` where somebody changed who leads the task since revision ``seen``."""
    for note in task.notes.filter(revision__gt=seen).select_related("author").order_by("revision"):
        if "lead" in note.changes:
            before, now = note.changes["lead"]
            clash = Clash(
                "lead", LABELS["lead"], before, now, now, str(note.author or ""),
                f"{timezone.localtime(note.at):%H:%M %d/%m/%Y}",
            )  # fmt: skip
            raise Conflict([clash], {}, task.revision)


def _offices(now: Mapping[str, Any], to: str, keep: bool) -> dict[str, list[str]]:
    target = office_key(to)
    partners = [name for name in now["partners"] if office_key(name) != target]
    if keep:
        known = {office_key(name) for name in partners}
        partners += [name for name in now["lead"] if office_key(name) not in known | {target}]
    return {"lead": [to], "partners": partners}
