"""Tasks written straight into the tables, for tests and figures of what shows them."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from dinhlang.people.offices import office_key
from dinhlang.places.models import Unit
from dinhlang.vietnamese import fold
from dinhlang.work.models import Task, TaskLink, TaskNote, TaskOffice, TaskState

NOON = time(12)


def moment(day: date) -> datetime:
    """Noon of the day, in Vietnam."""
    return timezone.make_aware(datetime.combine(day, NOON))


def a_task(
    place: Unit,
    text: str = "Làm đường trục thôn",
    *,
    lead: str | Sequence[str] = "",
    partners: Sequence[str] = (),
    villages: Sequence[Unit] = (),
    after: Sequence[Task] = (),
    **more: Any,
) -> Task:
    """A task of the place; ``more`` are fields of the table."""
    state = more.get("state", TaskState.OPEN)
    if state in (TaskState.DONE, TaskState.ACCEPTED):
        more.setdefault("done_at", moment(more.get("end") or date(2024, 6, 1)))
    if state == TaskState.ACCEPTED:
        more.setdefault("accepted_at", more["done_at"])
    leads = [lead] if isinstance(lead, str) and lead else list(lead)
    words = fold(" ".join([text, more.get("product", ""), *leads, *partners]))
    task = Task.objects.create(
        place=place, text=text, created=moment(date(2024, 1, 2)), search_key=words, **more
    )
    for leads_it, names in ((True, leads), (False, partners)):
        for name in names:
            TaskOffice.objects.create(task=task, name=name, key=office_key(name), leads=leads_it)
    task.villages.set(villages)
    for other in after:
        TaskLink.objects.create(task=task, after=other)
    return task


OFFICES = (
    "Công chức Địa chính - Xây dựng - Môi trường", "Công chức Tài chính - Kế toán",
    "Công chức Văn hóa - Xã hội", "Văn phòng HĐND - UBND xã", "Công chức Tư pháp - Hộ tịch",
    "Ủy ban Mặt trận Tổ quốc xã", "Hội Liên hiệp Phụ nữ xã", "Đoàn TNCS Hồ Chí Minh xã",
    "Hội Nông dân xã", "Công an xã", "Ban Chỉ huy quân sự xã", "Trạm Y tế xã",
    "Hội đồng giáo dục xã", "Hợp tác xã dịch vụ nông nghiệp", "Đài Truyền thanh xã",
    "Ban Phát triển thôn", "Cán bộ tổng hợp nông thôn mới",
)  # fmt: skip
WORDS = (
    "Mở rộng đường trục thôn", "Lắp đèn chiếu sáng ngõ xóm", "Kiên cố hóa kênh mương nội đồng",
    "Rà soát hộ nghèo, hộ cận nghèo", "Hoàn thiện hồ sơ minh chứng tiêu chí",
    "Trồng hàng rào xanh hai bên đường", "Phân loại rác thải tại hộ gia đình",
    "Lắp dụng cụ thể thao ngoài trời", "Gắn biển địa chỉ số cho các hộ",
    "Lấy ý kiến sự hài lòng của người dân", "Giải phóng mặt bằng khu trường học",
    "Đào tạo nghề cho lao động nông thôn", "Xây dựng mô hình kinh tế hiệu quả",
)  # fmt: skip


def a_commune_of_work(place: Unit, villages: Sequence[Unit], count: int, on: date) -> None:
    """A commune with so many tasks over two years around the day, as offices would leave them.

    Every tenth stands in a chain of dependencies, every eighth is a part of another one.
    """
    chance = random.Random(count)
    rows, leads = [], []
    for number in range(count):
        end = on + timedelta(days=chance.randint(-400, 330))
        start = end - timedelta(days=chance.choice((5, 20, 45, 90)))
        rows.append(_row(chance, place, number, start, end, on))
    keys = [row.key for row in Task.objects.bulk_create(rows, batch_size=500)]
    known = {task.key: task for task in Task.objects.filter(place=place)}
    made = [known[key] for key in keys]
    for number, task in enumerate(made):
        lead = chance.randrange(len(OFFICES))
        leads.append((task, OFFICES[lead], True))
        leads.append((task, OFFICES[(lead + 1 + number % 5) % len(OFFICES)], False))
    TaskOffice.objects.bulk_create(
        [TaskOffice(task=t, name=n, key=office_key(n), leads=is_lead) for t, n, is_lead in leads],
        batch_size=500,
    )
    through: Any = Task.villages.through
    through.objects.bulk_create(
        [
            through(task=task, unit=villages[number % len(villages)])
            for number, task in enumerate(made)
            if villages and number % 3
        ],
        batch_size=500,
    )
    by_end = sorted(made, key=lambda task: (task.end or on, task.pk))
    TaskLink.objects.bulk_create(
        [
            TaskLink(task=after, after=before)
            for at, (before, after) in enumerate(zip(by_end, by_end[7:], strict=False))
            if at % 10 == 0
        ],
        batch_size=500,
    )
    for at, task in enumerate(made[1:], start=1):
        if at % 8 == 0:
            task.parent = made[at - at % 40]
            if task.parent.pk == task.pk:
                task.parent = None
    Task.objects.bulk_update([t for t in made if t.parent_id], ["parent"], batch_size=500)


def _row(chance: random.Random, place: Unit, number: int, start: date, end: date, on: date) -> Task:
    past = end < on
    states = (
        (TaskState.ACCEPTED, TaskState.ACCEPTED, TaskState.DONE, TaskState.DOING, TaskState.OPEN)
        if past
        else (TaskState.OPEN, TaskState.OPEN, TaskState.DOING, TaskState.WAITING, TaskState.DROPPED)
    )
    state = chance.choice(states)
    text = f"{WORDS[number % len(WORDS)]}, đợt {number // len(WORDS) + 1}"
    done = moment(end + timedelta(days=chance.choice((-5, -1, 0, 3, 12))))
    finished = state in (TaskState.DONE, TaskState.ACCEPTED)
    return Task(
        place=place, text=text, start=start, end=end, state=state, created=moment(start),
        criterion=str(number % 19 + 1), criterion_set="qd-318-2022/xa-ntm",
        search_key=fold(text), done_at=done if finished else None,
        accepted_at=done if state == TaskState.ACCEPTED else None,
        waiting_for="UBND xã bố trí vốn" if state == TaskState.WAITING else "",
        reason="Trùng với việc khác" if state == TaskState.DROPPED else "",
    )  # fmt: skip


def a_note(task: Task, user: Any, before: str, after: str, on: date) -> TaskNote:
    """Somebody moved the task on that day."""
    return TaskNote.objects.create(
        task=task, key=uuid.uuid4(), author=user, at=moment(on), before=before, after=after
    )
