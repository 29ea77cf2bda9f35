"""How long the pages of work take to answer for 2,000 tasks, on SQLite and on PostgreSQL.

A commune of eight villages with 2,000 tasks over two years, as offices would leave them: parts,
dependencies, late, waiting, accepted. To reach: 100 milliseconds at the 95th percentile for every
page. The reference is an empty page of the same site, answered in the same run.
"""

from __future__ import annotations

import sys
import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pages

if TYPE_CHECKING:
    from django.test import Client

    from dinhlang.people.models import User
    from dinhlang.places.models import Unit

COUNT = 2000
NOTES, PROMISES, NOTICES = 40, 40, 300
LEAD = "Công chức Địa chính - Xây dựng - Môi trường"


def seed() -> None:
    """Writes the commune, its work, and the officer who looks at it."""
    from django.utils import timezone

    from dinhlang.people.models import Grant, Office, OfficeHolding, User
    from tests.work.making import OFFICES, a_commune_of_work

    names = ("Đông", "Đoài", "Thượng", "Hạ", "Trung", "Bến", "Chợ", "Soi")
    commune, villages = pages.a_commune(*names)
    viewer = User.objects.create(username="xem", full_name="Người Xem")
    Grant.objects.create(user=viewer, role="leader", place=commune)
    for title in OFFICES:
        office = Office.objects.create(place=commune, title=title)
        if title == LEAD:
            OfficeHolding.objects.create(user=viewer, office=office)
    on = timezone.localdate()
    a_commune_of_work(commune, villages, COUNT, on)
    _around(commune, viewer, on)


def _around(place: Unit, viewer: User, on: date) -> None:
    """A task with a long history, promises to the province, and what one person was told."""
    from dinhlang.work.models import Commitment, Notice, Task
    from tests.work.making import a_note, moment

    with_parts = Task.objects.filter(parent=None, children__isnull=False).order_by("pk")[0]
    for number in range(NOTES):
        day = on - timedelta(days=NOTES - number)
        a_note(with_parts, viewer, "doing", "waiting" if number % 3 == 0 else "doing", day)
    Commitment.objects.bulk_create(
        [
            Commitment(
                place=place, to_whom="Ủy ban nhân dân tỉnh", text=f"Hoàn thành tiêu chí {number}",
                criteria=[str(number % 19 + 1)], due=on + timedelta(days=number * 9 - 90),
                created=moment(on),
            )
            for number in range(PROMISES)
        ]
    )  # fmt: skip
    tasks = list(Task.objects.filter(place=place)[:NOTICES])
    Notice.objects.bulk_create(
        [
            Notice(
                key=str(uuid.uuid4()), user=viewer, place=place, kind="late", task=task,
                text=f"Quá hạn: {task.text}", day=on, at=moment(on - timedelta(days=number // 5)),
                read_at=moment(on) if number > NOTICES // 3 else None,
            )
            for number, task in enumerate(tasks)
        ]
    )  # fmt: skip


def addresses() -> tuple[Client, dict[str, str]]:
    """Who looks, and every page of work by its name."""
    from django.db.models import Count
    from django.test import Client
    from django.utils import timezone

    from dinhlang.people.models import User
    from dinhlang.places.models import Level, Unit
    from dinhlang.work.models import Commitment, Task

    client = Client()
    client.force_login(User.objects.get(username="xem"))
    place, on = Unit.objects.get(level=Level.COMMUNE).pk, timezone.localdate()
    own = f"/cong-viec/{place}"
    key = "cong+chuc+dia+chinh+xay+dung+moi+truong"
    noted = Task.objects.annotate(notes_count=Count("notes")).order_by("-notes_count", "pk")[0].pk
    village = f"v{Unit.objects.filter(level=Level.VILLAGE)[0].pk}"
    several = "&".join(f"v={pk}" for pk in Task.objects.values_list("pk", flat=True)[:50])
    return client, {
        "an empty page": "/cong-viec/chon?q=khongconoinao",
        "today": "/",
        "my work": "/viec/",
        "by office": f"{own}/co-quan",
        "one office of them": f"{own}/co-quan?nhom={key}",
        "by village": f"{own}/thon",
        "one village of them": f"{own}/thon?nhom={village}",
        "by criterion": f"{own}/tieu-chi",
        "work nobody holds": f"{own}/co-quan?co-quan=chua-ai-giu",
        "the board": f"{own}/bang",
        "the month": f"{own}/lich",
        "the week": f"{own}/lich?tuan={on}",
        "the timeline": f"{own}/thoi-gian",
        "the timeline of a year": f"{own}/thoi-gian?ky={on.year}",
        "the roadmap": f"{own}/lo-trinh",
        "a quarter of the roadmap": f"{own}/lo-trinh?quy={(on.month + 2) // 3}",
        "the leader's page": f"{own}/lanh-dao",
        "all that is late": f"{own}/lanh-dao?du=late",
        "all that will be late": f"{own}/lanh-dao?du=coming",
        "filtered": f"{own}/bang?q=duong&tt=unfinished&ky=nam-nay",
        "a task": f"/viec/{noted}",
        "a task's other tasks": f"/viec/{noted}/viec-khac?q=duong",
        "accepting a task": f"/viec/{noted}/nghiem-thu",
        "giving a task away": f"/viec/{noted}/giao-cho",
        "adding a task": f"{own}/them",
        "many at once": f"{own}/nhieu?{several}",
        "bringing in a sheet": f"{own}/nhap",
        "criteria by words": f"{own}/loi-viec",
        "templates": f"{own}/mau",
        "repeated tasks": f"{own}/dinh-ky",
        "removed tasks": f"{own}/da-xoa",
        "notices": "/thong-bao/",
        "unread notices": "/thong-bao/so",
        "own reminders": "/nhac-viec/cua-toi",
        "reminders": f"/nhac-viec/{place}",
        "reminders sent": f"/nhac-viec/{place}/da-nhac",
        "reminders for Zalo": f"/nhac-viec/{place}/zalo",
        "stand-ins": f"/lam-thay/{place}",
        "commitments": f"/cam-ket/{place}",
        "meetings": f"/hop/{place}",
        "a meeting to plan": f"/hop/{place}/moi",
        "a commitment": f"/cam-ket/{place}/{Commitment.objects.all()[0].pk}",
    }


if __name__ == "__main__":
    sys.exit(pages.main(__file__, seed, addresses))
