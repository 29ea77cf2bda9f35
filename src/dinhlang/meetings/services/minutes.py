"""In the meeting: minutes are typed, nothing anybody typed is lost; papers are made of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid5

from django.db import transaction
from django.utils import timezone

from dinhlang.drafting.papers import services as papers
from dinhlang.drafting.papers.models import Paper
from dinhlang.people import audit
from dinhlang.people.models import User

from .. import rendering
from ..merging import merged
from ..models import Meeting
from .common import item_of, opened, tidy


def open_meeting(user: User, pk: int) -> Meeting:
    """From now on minutes are typed. Twice is once."""
    with transaction.atomic():
        row = opened(user, pk)
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
        item = item_of(user, pk)
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
