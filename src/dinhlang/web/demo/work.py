"""Work of the sample commune beside its plan: templates, repeats, a file, a hand-over. Made up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from dinhlang.people.models import Office, User
from dinhlang.places.models import Unit
from dinhlang.plans.models import Plan
from dinhlang.plans.services import regimes
from dinhlang.work import sheets, templating
from dinhlang.work.models import Origin, Task, TaskState
from dinhlang.work.said import Said
from dinhlang.work.selectors import worded
from dinhlang.work.services import commitments, covering, importing, templates, wording
from dinhlang.work.services.commitments import Promise, Proposal
from dinhlang.work.services.tasks import break_down, create, remove, tell

from .cast import COMMUNE

ADVANCED = "qd-318-2022/xa-nang-cao"
"""The set whose criteria the first plan names."""
SURVEY, DOSSIER = "khao-sat-so-lieu", "ho-so-minh-chung"
LANDS, CULTURE = "Công chức Địa chính - Xây dựng", "Công chức Văn hóa - Xã hội"
FILE = "viec-quy-IV-cac-thon.xlsx"
FESTIVAL = (
    ("Họp thôn thống nhất nội dung, phần việc từng tổ", -20),
    ("Chuẩn bị sân khấu, âm thanh, cờ, băng rôn", -6),
    ("Tổ chức ngày hội, biểu dương hộ làm tốt", 0),
    ("Công khai thu chi, rút kinh nghiệm", 7),
)
REMOVED = ("Sơn lại cổng chào thôn Bến (trùng với việc của thôn)", "Ghi thử một việc")


def load(units: Mapping[str, Unit], users: Mapping[str, User], today: date) -> None:
    """What people of the commune made of the room of work in a year."""
    place = units[COMMUNE]
    _repeats(users["lanhdao"], place, today)
    _templates(users, place, today)
    _file(users["dieuphoi"], units, today)
    _link(users["dieuphoi"], place, today)
    for text in REMOVED:
        task = create(users["congchuc"], place, Said(text=text), uuid4())
        remove(users["congchuc"], task.pk, uuid4())
    _in_their_time(place, today)
    _hand_over(users, place, today)
    promise = Promise(
        text="Mỗi thôn có ít nhất một tuyến đường hoa trước tết Nguyên đán",
        to_whom="UBND tỉnh An Mẫu", criteria=["17"], due=today + timedelta(days=70),
    )  # fmt: skip
    plan = Plan.objects.filter(place=place).earliest("pk")
    read = Proposal(promise=promise, origin_ref=f"plan:{plan.pk}:0", origin_text=plan.title)
    commitments.propose(users["dieuphoi"], place, f"plan:{plan.pk}:", [read])


def _link(by: User, place: Unit, today: date) -> None:
    """The coordinator linked the plan's tasks by their words; those of others wait for you."""
    laws = worded.Laws.of(place, today)
    rows = worded.unlinked(Task.objects.filter(place=place, origin=Origin.PLAN, removed_at=None))
    found = [each for row in rows.select_related("place") if (each := laws.proposal(row))]
    wanted = {
        each.task.pk: {"criterion_set": each.law.id, "criterion": each.number,
                       "indicator": each.indicator}
        for each in found
        if each.task.state != TaskState.ACCEPTED
    }  # fmt: skip
    if wanted:
        wording.link(by, wanted, uuid4())


def _in_their_time(place: Unit, today: date) -> None:
    """What was due before today and is finished was so on its day, not when this was loaded."""
    finished = (TaskState.DONE, TaskState.ACCEPTED)
    for task in Task.objects.filter(place=place, state__in=finished, end__lt=today):
        assert task.end is not None
        done = timezone.make_aware(datetime.combine(task.end, time(10)))
        accepted = done + timedelta(hours=6) if task.accepted_at else None
        Task.objects.filter(pk=task.pk).update(done_at=done, accepted_at=accepted)
        task.notes.filter(after=TaskState.DONE).update(at=done)
        task.notes.filter(after=TaskState.ACCEPTED).update(at=accepted)


def _repeats(leader: User, place: Unit, today: date) -> None:
    """The plan's rules of reporting, as the leader confirmed them."""
    for plan in Plan.objects.filter(place=place):
        rules = regimes.proposed(plan, today)
        regimes.begin(leader, plan, [each.number for each in rules], today)


def _templates(users: Mapping[str, User], place: Unit, today: date) -> None:
    """A survey and a dossier under way, and a template of the commune's own."""
    by = users["dieuphoi"]
    for code, text, criterion, days, done in (
        (SURVEY, "Khảo sát thu nhập các thôn quý IV", "10", 12, 2),
        (DOSSIER, "Hồ sơ minh chứng tiêu chí 17 năm nay", "17", 38, 1),
    ):
        template, goal = templating.ours()[code], today + timedelta(days=days)
        owner = templates.owner_of(by, place, ADVANCED, criterion)
        rows = templates.propose(by, place, template, goal, owner)
        whole = Said(
            text=text, end=goal, lead=[owner.office] if owner else [],
            criterion_set=ADVANCED, criterion=criterion,
        )  # fmt: skip
        made = templates.apply(by, place, template, whole, rows, uuid4())
        for part in list(made.children.order_by("position", "pk"))[:done]:
            tell(by, part.pk, uuid4(), TaskState.DONE, "Đã gửi bản tổng hợp.")
    _own_template(by, users["lanhdao"], place, today)


def _own_template(by: User, leader: User, place: Unit, today: date) -> None:
    """Last month's festival, kept as a template for the next."""
    day = today - timedelta(days=30)
    whole = create(by, place, Said(text="Ngày hội Đại đoàn kết ở các thôn", end=day), uuid4())
    parts = [
        Said(text=text, end=day + timedelta(days=after), lead=[CULTURE]) for text, after in FESTIVAL
    ]
    for part in break_down(by, whole.pk, parts, uuid4()):
        tell(by, part.pk, uuid4(), TaskState.DONE, done_on=part.end)
    tell(by, whole.pk, uuid4(), TaskState.DONE, done_on=day)
    templates.save(leader, whole, "Ngày hội Đại đoàn kết ở thôn", uuid4())


def _file(by: User, units: Mapping[str, Unit], today: date) -> None:
    """A list that the villages typed in Excel, with states, an order and parts."""
    place = units[COMMUNE]

    def day(days: int) -> date:
        return today + timedelta(days=days)

    rows: list[dict[str, Any]] = [
        {"number": "M1", "text": "Chỉnh trang tuyến đường hoa liên thôn", "lead": LANDS,
         "end": day(30), "villages": "Đình; Chợ"},
        {"text": "Phát quang, làm nền hai bên đường", "lead": LANDS, "parent": "M1",
         "end": day(-4), "state": "Đã xong", "done": day(-5), "villages": "Đình; Chợ"},
        {"number": "M3", "text": "Trồng hoa, gắn biển tự quản", "parent": "M1", "lead": CULTURE,
         "end": day(20), "state": "Đang chờ", "why": "cây giống về đợt 2", "villages": "Đình; Chợ"},
        {"text": "Phân công hộ chăm sóc từng đoạn", "parent": "M1", "after": "M3",
         "end": day(28), "villages": "Đình; Chợ"},
    ]  # fmt: skip
    found = importing.bring_in(by, place, FILE, sheets.workbook(place, rows, {}), uuid4())
    importing.write(by, found.pk)


def _hand_over(users: Mapping[str, User], place: Unit, today: date) -> None:
    """The officer of culture went to another post; her work and a word on each went on."""
    office = Office.objects.get(place=place, title=CULTURE)
    open_ones = Task.objects.filter(
        place=place, offices__name=CULTURE, offices__leads=True, state=TaskState.WAITING
    )
    notes = {task.pk: "Nhà cung cấp hẹn tuần tới, nhớ gọi lại." for task in open_ones}
    covering.hand_over(
        users["dieuphoi"], office, users["vanhoa"], users["vanhoa2"], today,
        "Bàn giao đủ hồ sơ văn hóa, danh sách gia đình văn hóa và chìa khóa nhà văn hóa xã.",
        notes, uuid4(),
    )  # fmt: skip
