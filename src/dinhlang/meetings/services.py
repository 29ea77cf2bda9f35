"""Planning a meeting, its agenda, typing minutes, deciding, closing; each once, all told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from dinhlang.drafting.papers import services as papers
from dinhlang.drafting.papers.models import Paper
from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import Office, User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import clean_spaces, nfc
from dinhlang.work.models import Origin, Task
from dinhlang.work.said import Said as TaskSaid
from dinhlang.work.services import tasks

from . import rendering
from .merging import merged
from .models import AgendaItem, Decision, Meeting
from .splitting import split

LONGEST = {
    "title": 300, "body": 200, "where": 200, "chair": 160, "secretary": 160,
    "attendees": 20_000, "absent": 20_000, "text": 500, "presenter": 160, "why": 200,
    "lead": 200, "partners": 400, "product": 300, "said": 50_000,
}  # fmt: skip
DECISION_TEXT = 4000
MANY_LINES = frozenset({"attendees", "absent", "said"})
MOST_POINTS = 60
MOST_DECISIONS = 200


class BadMeeting(ValueError):
    """What was sent cannot be; the message is for the user."""


class Closed(Exception):
    """The minutes are closed."""

    def __init__(self) -> None:
        super().__init__("Biên bản cuộc họp này đã chốt nên không sửa được nữa.")


class Overtaken(Exception):
    """Somebody else changed the same since; nothing was written. ``theirs`` is what stands now."""

    def __init__(self, theirs: str, revision: int) -> None:
        self.theirs, self.revision = theirs, revision
        super().__init__("Người khác vừa sửa chỗ này. Nội dung bạn gõ vẫn còn đây, chưa lưu.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a meeting is: ``attendees`` and ``absent`` are offices, one a line."""

    title: str
    at: datetime
    body: str = ""
    where: str = ""
    chair: str = ""
    secretary: str = ""
    attendees: str = ""
    absent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point of the agenda; ``why`` tells why it was proposed, ``task`` is the one it is about."""

    text: str
    why: str = ""
    presenter: str = ""
    task: int | None = None


def tidy(name: str, value: str) -> str:
    """The words as they are kept. Raises ``BadMeeting`` where they are too long."""
    text = "".join(c for c in nfc(value).replace("\r\n", "\n") if c == "\n" or c >= " ")
    if name in MANY_LINES:
        text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    else:
        text = clean_spaces(text)
    longest = LONGEST.get(name, DECISION_TEXT)
    if len(text) > longest:
        raise BadMeeting(f"Dài quá {longest} ký tự, hãy viết gọn lại.")
    return text


def plan(user: User, place: Unit, key: UUID, said: Said, points: Sequence[Point] = ()) -> Meeting:
    """A meeting to come, with its agenda; the same key again is the one planned before.

    Needs ``EDIT`` at the place. Raises ``AccessDenied``, ``BadMeeting``.
    """
    require(user, Action.EDIT, place)
    before: Meeting | None = Meeting.objects.filter(key=key, place=place, created_by=user).first()
    if before is not None:
        return before
    fields = _words(asdict(said) | {"at": None})
    if not fields["title"]:
        raise BadMeeting("Hãy ghi tên cuộc họp.")
    try:
        with transaction.atomic():
            row = Meeting.objects.create(
                key=key, place=place, created_by=user, created=timezone.now(), at=said.at, **fields
            )
            audit.record(user, "lập cuộc họp", row, place, {"lúc": f"{said.at:%Y-%m-%d %H:%M}"})
            for at, point in enumerate(points[:MOST_POINTS]):
                _add_point(row, uuid5(key, str(at)), point, at)
    except IntegrityError:
        # The other click of a double click was quicker by a moment.
        row = Meeting.objects.get(key=key, created_by=user)
    return row


def _words(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: tidy(name, str(value or "")) for name, value in values.items() if name != "at"}


def change(user: User, pk: int, seen: int, values: Mapping[str, Any]) -> Meeting:
    """Change what the meeting is. Raises ``Overtaken`` where somebody else did since ``seen``."""
    with transaction.atomic():
        row = _open(user, pk)
        wanted = _words(values)
        if values.get("at") is not None:
            wanted["at"] = values["at"]
        told = {
            n: [str(getattr(row, n)), str(v)] for n, v in wanted.items() if getattr(row, n) != v
        }
        if not told:
            return row
        if row.revision != seen:
            theirs = "; ".join(f"{before}" for before, _ in told.values() if before)
            raise Overtaken(theirs, row.revision)
        for name, value in wanted.items():
            setattr(row, name, value)
        if not row.title:
            raise BadMeeting("Hãy ghi tên cuộc họp.")
        row.revision += 1
        row.save()
        audit.record(user, "sửa cuộc họp", row, row.place, told)
        return row


def _open(user: User, pk: int) -> Meeting:
    row: Meeting = (
        Meeting.objects.select_for_update(of=("self",)).select_related("place").get(pk=pk)
    )
    require(user, Action.EDIT, row.place)
    if row.state == Meeting.State.CLOSED:
        raise Closed
    return row


# --- The agenda -----------------------------------------------------------------------------------


def add_point(user: User, pk: int, key: UUID, point: Point) -> AgendaItem:
    """One more point at the end; with the same key the one added before."""
    with transaction.atomic():
        row = _open(user, pk)
        before: AgendaItem | None = row.items.filter(key=key).first()
        if before is not None:
            return before
        items = row.items.filter(removed_at=None)
        if items.count() >= MOST_POINTS:
            raise BadMeeting(f"Một cuộc họp ghi tối đa {MOST_POINTS} nội dung.")
        last = row.items.aggregate(last=Max("position"))["last"]
        made = _add_point(row, key, point, 0 if last is None else last + 1)
        audit.record(user, "thêm nội dung họp", row, row.place, {"nội dung": made.text[:200]})
        return made


def _add_point(row: Meeting, key: UUID, point: Point, position: int) -> AgendaItem:
    text = tidy("text", point.text)
    if not text:
        raise BadMeeting("Hãy ghi nội dung.")
    task = Task.objects.filter(pk=point.task, place=row.place).first() if point.task else None
    return AgendaItem.objects.create(
        key=key, meeting=row, position=position, text=text, why=tidy("why", point.why),
        presenter=tidy("presenter", point.presenter), task=task,
    )  # fmt: skip


def order(user: User, pk: int, wanted: Sequence[int]) -> None:
    """Put the points in this order; those not named come behind, as they were."""
    with transaction.atomic():
        row = _open(user, pk)
        items = {each.pk: each for each in row.items.filter(removed_at=None)}
        named = [items[number] for number in dict.fromkeys(wanted) if number in items]
        left = [each for number, each in items.items() if each not in named]
        for position, each in enumerate([*named, *left]):
            if each.position != position:
                AgendaItem.objects.filter(pk=each.pk).update(position=position)
        audit.record(
            user, "xếp lại nội dung họp", row, row.place, {"thứ tự": [i.pk for i in named]}
        )


def change_point(user: User, pk: int, seen: int, text: str, presenter: str) -> AgendaItem:
    """Reword a point. Raises ``Overtaken``, ``Closed``, ``BadMeeting``."""
    with transaction.atomic():
        item = _item(user, pk)
        text, presenter = tidy("text", text), tidy("presenter", presenter)
        if not text:
            raise BadMeeting("Hãy ghi nội dung.")
        if (item.text, item.presenter) == (text, presenter):
            return item
        if item.revision != seen:
            raise Overtaken(item.text, item.revision)
        told = {"nội dung": [item.text, text], "trình bày": [item.presenter, presenter]}
        item.text, item.presenter, item.revision = text, presenter, item.revision + 1
        item.save(update_fields=["text", "presenter", "revision"])
        audit.record(user, "sửa nội dung họp", item.meeting, item.meeting.place, told)
        return item


def remove_point(user: User, pk: int) -> AgendaItem:
    """Take a point out; ``restore_point`` brings it back with what was typed."""
    return _removed(user, pk, timezone.now())


def restore_point(user: User, pk: int) -> AgendaItem:
    """Undo ``remove_point``."""
    return _removed(user, pk, None)


def _removed(user: User, pk: int, when: datetime | None) -> AgendaItem:
    with transaction.atomic():
        item = _item(user, pk)
        if (item.removed_at is None) != (when is None):
            item.removed_at = when
            item.save(update_fields=["removed_at"])
            verb = "bỏ nội dung họp" if when else "lấy lại nội dung họp"
            audit.record(user, verb, item.meeting, item.meeting.place, {"nội dung": item.text})
        return item


def _item(user: User, pk: int) -> AgendaItem:
    item: AgendaItem = AgendaItem.objects.select_related("meeting__place").get(pk=pk)
    item.meeting = _open(user, item.meeting_id)
    item.refresh_from_db(fields=["said", "text", "presenter", "revision", "removed_at"])
    return item


# --- In the meeting -------------------------------------------------------------------------------


def open_meeting(user: User, pk: int) -> Meeting:
    """From now on minutes are typed. Twice is once."""
    with transaction.atomic():
        row = _open(user, pk)
        if row.state == Meeting.State.PLANNED:
            row.state = Meeting.State.HELD
            row.save(update_fields=["state"])
            audit.record(user, "bắt đầu ghi biên bản", row, row.place)
        return row


@dataclass(frozen=True, slots=True)
class Written:
    """What stands now, and whether another person's words were put together with one's own."""

    said: str
    revision: int
    merged: bool = False


def write(user: User, pk: int, base: str, text: str) -> Written:
    """Keep what is said on a point; ``base`` is the text one began with.

    Where another person wrote meanwhile both texts are put together and nothing is lost. Sent
    again nothing changes. Raises ``Closed``, ``BadMeeting``, ``AccessDenied``.
    """
    with transaction.atomic():
        item = _item(user, pk)
        mine, base = tidy("said", text), tidy("said", base)
        now = item.said
        kept = merged(base, now, mine)
        if kept != now:
            tidy("said", kept)
            item.said, item.revision = kept, item.revision + 1
            item.save(update_fields=["said", "revision"])
            audit.record(
                user, "ghi biên bản", item.meeting, item.meeting.place,
                {"nội dung": item.text[:100], "chữ": [len(now), len(kept)]},
            )  # fmt: skip
        return Written(kept, item.revision, kept != mine)


def decide(user: User, pk: int, key: UUID, line: str, item: int | None = None) -> Decision:
    """Write down a decision, taken apart into who, what, until when; the same key is the same one.

    Raises ``Closed``, ``BadMeeting``, ``AccessDenied``.
    """
    with transaction.atomic():
        row = _open(user, pk)
        before: Decision | None = row.decisions.filter(key=key).first()
        if before is not None:
            return before
        if row.decisions.filter(removed_at=None).count() >= MOST_DECISIONS:
            raise BadMeeting(f"Một cuộc họp ghi tối đa {MOST_DECISIONS} kết luận.")
        words = tidy("decision", line)
        if not words:
            raise BadMeeting("Hãy ghi kết luận.")
        titles = Office.objects.filter(place=row.place, closed_on=None)
        parts = split(words, titles.values_list("title", flat=True), timezone.localdate())
        last = row.decisions.aggregate(last=Max("position"))["last"]
        made = Decision.objects.create(
            key=key, meeting=row, item=row.items.filter(pk=item).first() if item else None,
            position=0 if last is None else last + 1, text=parts.text[:DECISION_TEXT],
            lead=parts.lead[:200], partners=parts.partners[:400], end=parts.end,
        )  # fmt: skip
        audit.record(user, "ghi kết luận họp", row, row.place, {"kết luận": words[:300]})
        return made


def change_decision(user: User, pk: int, seen: int, values: Mapping[str, Any]) -> Decision:
    """Change a decision that is no task yet. Raises ``Overtaken``, ``BadMeeting``, ``Closed``."""
    with transaction.atomic():
        row = _decision(user, pk)
        if row.task_id is not None:
            raise BadMeeting("Kết luận này đã thành việc; hãy sửa ở trang của việc.")
        words = {
            name: tidy("decision" if name == "text" else name, str(values[name] or ""))
            for name in ("text", "lead", "partners", "product")
            if name in values
        }
        end: date | None = values.get("end", row.end)
        if "text" in words and not words["text"]:
            raise BadMeeting("Hãy ghi kết luận.")
        wanted: dict[str, Any] = words | {"end": end}
        told = {n: [str(getattr(row, n) or ""), str(v or "")] for n, v in wanted.items()
                if getattr(row, n) != v}  # fmt: skip
        if not told:
            return row
        if row.revision != seen:
            raise Overtaken(row.text, row.revision)
        for name, value in wanted.items():
            setattr(row, name, value)
        row.revision += 1
        row.save()
        audit.record(user, "sửa kết luận họp", row.meeting, row.meeting.place, told)
        return row


def remove_decision(user: User, pk: int) -> Decision:
    """Take a decision out; its task, where it has one, stays. ``restore_decision`` undoes it."""
    return _decision_removed(user, pk, timezone.now())


def restore_decision(user: User, pk: int) -> Decision:
    """Undo ``remove_decision``."""
    return _decision_removed(user, pk, None)


def _decision_removed(user: User, pk: int, when: datetime | None) -> Decision:
    with transaction.atomic():
        row = _decision(user, pk)
        if (row.removed_at is None) != (when is None):
            row.removed_at = when
            row.save(update_fields=["removed_at"])
            verb = "bỏ kết luận họp" if when else "lấy lại kết luận họp"
            audit.record(user, verb, row.meeting, row.meeting.place, {"kết luận": row.text[:300]})
        return row


def _decision(user: User, pk: int) -> Decision:
    row: Decision = Decision.objects.select_related("meeting__place", "item").get(pk=pk)
    row.meeting = _open(user, row.meeting_id)
    row.refresh_from_db(fields=["text", "lead", "partners", "product", "end", "task", "revision",
                                "removed_at"])  # fmt: skip
    return row


def make_task(user: User, pk: int) -> Task:
    """The task of a decision, made once. Raises ``BadMeeting``, ``Closed``, ``AccessDenied``."""
    with transaction.atomic():
        return _task(user, _decision(user, pk))


def _task(user: User, row: Decision) -> Task:
    if row.task is not None:
        return row.task
    meeting, about = row.meeting, row.item.task if row.item else None
    said = TaskSaid(
        text=row.text, product=row.product, end=row.end, lead=[row.lead] if row.lead else [],
        partners=[each for each in row.partners.split(",") if each.strip()],
        criterion_set=about.criterion_set if about else "",
        criterion=about.criterion if about else "",
    )  # fmt: skip
    made = tasks.create(
        user, meeting.place, said, uuid5(row.key, "việc"), origin=Origin.MEETING,
        origin_ref=f"meeting:{meeting.pk}:{row.pk}",
        origin_text=f"Kết luận họp ngày {timezone.localtime(meeting.at):%d/%m/%Y}: {meeting.title}",
    )  # fmt: skip
    row.task = made
    row.save(update_fields=["task"])
    return made


# --- The end --------------------------------------------------------------------------------------


def close(user: User, pk: int) -> Meeting:
    """Close the minutes: they no longer change, and every decision goes out as a task.

    Needs ``REVIEW``. Twice is once. Raises ``AccessDenied``.
    """
    with transaction.atomic():
        row: Meeting = (
            Meeting.objects.select_for_update(of=("self",)).select_related("place").get(pk=pk)
        )
        require(user, Action.REVIEW, row.place)
        if row.state == Meeting.State.CLOSED:
            return row
        left = row.decisions.filter(removed_at=None, task=None).select_related("item__task")
        for decision in left:
            decision.meeting = row
            _task(user, decision)
        row.state, row.closed_at, row.closed_by = Meeting.State.CLOSED, timezone.now(), user
        # Minutes closed on the day itself tell when it ended; later ones leave it to be written.
        if row.at <= row.closed_at and timezone.localdate(row.at) == timezone.localdate():
            row.ended_at = row.closed_at
        row.save(update_fields=["state", "closed_at", "closed_by", "ended_at"])
        audit.record(user, "chốt biên bản họp", row, row.place, {"kết luận": len(left)})
        return row


def set_aside(user: User, pk: int) -> Meeting:
    """Remove a meeting that is not closed; ``take_back`` undoes it."""
    with transaction.atomic():
        row = _open(user, pk)
        if row.removed_at is None:
            row.removed_at = timezone.now()
            row.save(update_fields=["removed_at"])
            audit.record(user, "xóa cuộc họp", row, row.place)
        return row


def take_back(user: User, pk: int) -> Meeting:
    """Undo ``set_aside``."""
    with transaction.atomic():
        row = _open(user, pk)
        if row.removed_at is not None:
            row.removed_at = None
            row.save(update_fields=["removed_at"])
            audit.record(user, "lấy lại cuộc họp", row, row.place)
        return row


def paper(user: User, row: Meeting, kind: str) -> Paper:
    """The minutes (“bien-ban”) or the notice (“thong-bao”) as a paper of the place, begun once.

    What the meeting says goes into its boxes; what somebody wrote there since stays. Raises
    ``AccessDenied``.
    """
    with transaction.atomic():
        on = timezone.localtime(row.at).date()
        made = papers.start(user, row.place, papers.Wish(kind, on), uuid5(row.key, kind))
        if not made.is_finished and not made.revision:
            papers.write(user, made.pk, rendering.boxes(row, kind), made.revision)
            made.refresh_from_db()
        return made
