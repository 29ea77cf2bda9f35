"""What the services of meetings share: what may be said and is refused, rows held for a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.vietnamese import clean_spaces, nfc

from ..merging import fields
from ..models import AgendaItem, Meeting

LONGEST = {
    "title": 300, "body": 200, "where": 200, "chair": 160, "secretary": 160,
    "attendees": 20_000, "absent": 20_000, "text": 500, "presenter": 160, "why": 200,
    "lead": 200, "partners": 400, "product": 300, "said": 50_000,
}  # fmt: skip
DECISION_TEXT = 4000
MANY_LINES = frozenset({"attendees", "absent", "said"})
LABELS = {
    "title": "tên cuộc họp", "body": "ban, hội đồng", "where": "địa điểm", "chair": "chủ trì",
    "secretary": "thư ký", "attendees": "thành phần", "absent": "vắng mặt", "at": "thời gian",
    "text": "nội dung", "presenter": "trình bày", "lead": "chủ trì", "partners": "phối hợp",
    "product": "sản phẩm", "end": "hạn",
}  # fmt: skip
MOST_POINTS = 60
MOST_DECISIONS = 200


class BadMeeting(ValueError):
    """What was sent cannot be; the message is for the user."""


class Closed(Exception):
    """The minutes are closed."""

    def __init__(self) -> None:
        super().__init__("Biên bản cuộc họp này đã chốt nên không sửa được nữa.")


class Overtaken(Exception):
    """Somebody else changed the same since; nothing was written.

    ``theirs`` is what stands now in the fields that both changed; ``whole`` the form again: one's
    own words in these, theirs in what only they changed.
    """

    def __init__(self, theirs: Mapping[str, Any], whole: Mapping[str, Any]) -> None:
        self.theirs, self.whole = dict(theirs), dict(whole)
        both = "; ".join(f"{LABELS.get(name, name)} – {_words(v)}" for name, v in theirs.items())
        super().__init__(
            "Người khác vừa sửa chỗ này. Nội dung bạn gõ vẫn còn đây, chưa lưu. "
            f"Bản kia: {both}. Bấm Lưu lần nữa để ghi bản của bạn."
        )


def _words(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value) if value not in (None, "") else "để trống"


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


def opened(user: User, pk: int) -> Meeting:
    row: Meeting = (
        Meeting.objects.select_for_update(of=("self",)).select_related("place").get(pk=pk)
    )
    require(user, Action.EDIT, row.place)
    if row.state == Meeting.State.CLOSED:
        raise Closed
    return row


def item_of(user: User, pk: int) -> AgendaItem:
    item: AgendaItem = AgendaItem.objects.select_related("meeting__place").get(pk=pk)
    item.meeting = opened(user, item.meeting_id)
    item.refresh_from_db(fields=["said", "text", "presenter", "revision", "removed_at"])
    return item


def changed(
    row: Any, mine: Mapping[str, Any], seen: int, base: Mapping[str, Any] | None
) -> dict[str, Any]:
    """What to write of one's own values so that nothing another wrote since is lost.

    ``base`` is what the form showed, ``seen`` its revision. Raises ``Overtaken`` where both changed
    the same to different values.
    """
    now = {name: getattr(row, name) for name in mine}
    if base is None:
        base = now if row.revision == seen else dict.fromkeys(mine)
    write, clashes = fields(base, mine, now)
    if clashes:
        theirs = {name: now[name] for name in clashes}
        raise Overtaken(theirs, {**now, **write, **{name: mine[name] for name in clashes}})
    return write
