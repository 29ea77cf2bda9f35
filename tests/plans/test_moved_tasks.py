"""Tasks of plans kept before the room of work was built: nothing people did on them is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.work.models import Task, TaskNote, TaskState

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("plans", "0003_living_plans")]
MOMENT = datetime(2030, 6, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def older(transactional_db: None) -> Iterator[Any]:
    """The tables as they were before; brought forward again whatever happens."""
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    executor.migrate(BEFORE)
    yield MigrationExecutor(connection).loader.project_state(BEFORE).apps
    forward = MigrationExecutor(connection)
    forward.migrate(latest)


def forward() -> None:
    """The migrations that move the tasks."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


class Old:
    """A plan of a commune with a village, as it was kept, and a person who worked on it."""

    def __init__(self, apps: Any) -> None:
        self.apps = apps
        self.commune = self.place("commune", "xã", "Làng Mẫu", None)
        self.village = self.place("village", "thôn", "Đình Thượng", self.commune)
        self.person = User.objects.create(username="cu", full_name="Người Cũ")
        self.plan = apps.get_model("plans", "Plan").objects.create(
            place_id=self.commune.pk, year=2030, last_year=2030, title="Kế hoạch năm 2030",
            search_key="", sort_key="", created_by_id=self.person.pk, created=MOMENT,
        )  # fmt: skip

    def place(self, level: str, kind: str, name: str, above: Unit | None) -> Unit:
        unit = Unit(level=level, kind=kind, name=name, parent=above)
        unit.fill_keys()
        unit.save()
        return unit

    def task(self, number: int, **more: Any) -> Any:
        return self.apps.get_model("plans", "PlanTask").objects.create(
            plan=self.plan, number=number, **{"text": f"Việc {number}", **more}
        )

    def note(self, task: Any, before: str, after: str, text: str, days: int = 0) -> Any:
        return self.apps.get_model("plans", "TaskNote").objects.create(
            task=task, key=uuid4(), author_id=self.person.pk, at=MOMENT + timedelta(days=days),
            text=text, before=before, after=after,
        )  # fmt: skip


def test_everything_people_did_on_a_task_moves_with_it(older: Any) -> None:
    old = Old(older)
    task = old.task(
        12, start=date(2030, 3, 1), end=date(2030, 6, 30), state="blocked", changed=MOMENT,
        changed_by_id=old.person.pk,
    )  # fmt: skip
    task.villages.add(old.village.pk)
    older.get_model("plans", "PlanItem").objects.create(
        plan=old.plan, kind="tasks", number=12, title="", search_key="",
        data={"criteria": [2, 17]},
    )  # fmt: skip
    for name, leads in (("Công chức Địa chính", True), ("Công an xã", False)):
        older.get_model("plans", "TaskOffice").objects.create(
            task=task, name=name, key=name.lower(), leads=leads
        )
    old.note(task, "open", "doing", "bắt đầu")
    kept = old.note(task, "doing", "blocked", "chờ mặt bằng", days=1)
    forward()
    moved = Task.objects.get()
    assert moved.pk == task.pk, "addresses that people noted lead to it"
    assert (moved.text, moved.start, moved.end) == ("Việc 12", date(2030, 3, 1), date(2030, 6, 30))
    assert (moved.state, moved.waiting_for) == (TaskState.WAITING, "chờ mặt bằng")
    assert (moved.criterion, moved.target) == ("2", "Hoàn thành các tiêu chí 2, 17")
    assert (moved.changed, moved.changed_by, moved.place) == (MOMENT, old.person, old.commune)
    assert moved.origin_ref == f"plan:{old.plan.pk}:12"
    assert (moved.of_plan.plan_id, moved.of_plan.number) == (old.plan.pk, 12)
    assert [(o.name, o.key, o.leads) for o in moved.offices.all()] == [
        ("Công chức Địa chính", "công chức địa chính", True), ("Công an xã", "công an xã", False),
    ]  # fmt: skip
    assert list(moved.villages.all()) == [old.village]
    notes = moved.notes.order_by("at")
    assert [(n.text, n.before, n.after, n.revision) for n in notes] == [
        ("bắt đầu", "open", "doing", 1), ("chờ mặt bằng", "doing", "waiting", 2),
    ]  # fmt: skip
    assert notes[1].key == kept.key
    assert moved.revision == 2


STATES = {
    "open": ("open", {}),
    "doing": ("doing", {}),
    "done": ("done", {"done_at": MOMENT}),
    "blocked": ("waiting", {"waiting_for": "Vướng mắc (ghi trước khi có mục “chờ”)"}),
    "cancelled": ("dropped", {"reason": "Không làm nữa (ghi trước khi có mục “lý do”)"}),
}
"""What each state became, and what is said with it where nobody had said anything."""


def test_states_have_their_new_names_and_odd_rows_are_kept(older: Any) -> None:
    old = Old(older)
    for number, state in enumerate(STATES):
        old.task(number, state=state, changed=MOMENT)
    old.task(10, dropped=True)
    old.task(11, start=date(2030, 7, 1), end=date(2030, 6, 1))
    forward()
    moved = {row.of_plan.number: row for row in Task.objects.select_related("of_plan")}
    for number, (after, says) in enumerate(STATES.values()):
        assert moved[number].state == after
        assert {name: getattr(moved[number], name) for name in says} == says
    assert moved[10].withdrawn_at is not None
    assert (moved[11].start, moved[11].end) == (None, date(2030, 6, 1))
    assert "01/07/2030" in moved[11].remarks
    made = Task.objects.create(place=old.commune, text="Mới", created=MOMENT)
    assert made.pk not in {row.pk for row in moved.values()}
    assert not TaskNote.objects.exists()
