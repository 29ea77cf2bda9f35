"""What people did on the tasks of plans moves to the room of work: nothing of it is lost.

A task keeps its number where that is free, so that addresses people noted still lead to it.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.management.color import no_style
from django.db import migrations

STATES = {"blocked": "waiting", "cancelled": "dropped"}
UNSAID = {
    "waiting": "Vướng mắc (ghi trước khi có mục “chờ”)",
    "dropped": "Không làm nữa (ghi trước khi có mục “lý do”)",
}


def move(apps: Any, schema_editor: Any) -> None:
    """One task of work for each task of a plan."""
    PlanTask, Task = apps.get_model("plans", "PlanTask"), apps.get_model("work", "Task")
    alias = schema_editor.connection.alias
    taken = set(Task.objects.using(alias).values_list("pk", flat=True))
    rows = PlanTask.objects.using(alias).select_related("plan").order_by("pk")
    for row in list(rows):
        notes = list(row.notes.order_by("at", "pk"))
        task = made(Task, row, notes)
        if row.pk not in taken:
            task.pk = row.pk
            task.save(using=alias, force_insert=True)
        else:
            task.save(using=alias)
        carry(apps, alias, row, task, notes)
        PlanTask.objects.using(alias).filter(pk=row.pk).update(task=task)
    # Rows with numbers of their own were written: the next number must come after them.
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Task]):
            cursor.execute(statement)


def made(Task: Any, row: Any, notes: list[Any]) -> Any:
    """The task of work, not yet saved."""
    state = STATES.get(row.state, row.state)
    plan, item = row.plan, item_of(row)
    criteria = item.get("criteria") or []
    said = {"waiting_for": "", "reason": ""}
    name = {"waiting": "waiting_for", "dropped": "reason"}.get(state)
    if name:
        words = [note.text for note in notes if note.after == row.state and note.text]
        said[name] = (words[-1] if words else UNSAID[state])[:300]
    start, remarks = row.start, ""
    if row.start and row.end and row.end < row.start:
        start, remarks = None, f"Kế hoạch ghi bắt đầu từ {row.start:%d/%m/%Y}, sau cả hạn."
    done = [note.at for note in notes if note.after == "done" and note.before != "done"]
    several = "Hoàn thành các tiêu chí " + ", ".join(map(str, criteria))
    return Task(
        key=uuid4(), place_id=plan.place_id, text=row.text, remarks=remarks,
        criterion=str(criteria[0])[:20] if criteria else "",
        target=several[:300] if len(criteria) > 1 else "",
        start=start, end=row.end, state=state,
        done_at=(done[-1] if done else row.changed) if state == "done" else None,
        origin="plan", origin_ref=f"plan:{plan.pk}:{row.number}", origin_text=plan.title[:300],
        followed={}, revision=len(notes), created=plan.created, created_by_id=plan.created_by_id,
        changed=row.changed, changed_by_id=row.changed_by_id,
        withdrawn_at=(row.changed or plan.created) if row.dropped else None,
        search_key=plan.search_key, **said,
    )  # fmt: skip


def item_of(row: Any) -> dict[str, Any]:
    """What the plan in force says of the task; empty where it has it no more."""
    item = row.plan.items.filter(kind="tasks", number=row.number).first()
    return item.data if item is not None else {}


def carry(apps: Any, alias: str, row: Any, task: Any, notes: list[Any]) -> None:
    """Offices, villages and notes of the task."""
    from dinhlang.vietnamese import fold

    offices = list(row.offices.order_by("pk"))
    Office, Note = apps.get_model("work", "TaskOffice"), apps.get_model("work", "TaskNote")
    Office.objects.using(alias).bulk_create(
        Office(task=task, name=each.name, key=each.key, leads=each.leads) for each in offices
    )
    villages = sorted(row.villages.values_list("pk", flat=True))
    task.villages.set(villages)
    Note.objects.using(alias).bulk_create(
        Note(
            task=task, key=each.key, author_id=each.author_id, at=each.at, text=each.text,
            before=STATES.get(each.before, each.before), after=STATES.get(each.after, each.after),
            changes={}, revision=at,
        )
        for at, each in enumerate(notes, start=1)
    )  # fmt: skip
    # Nobody could change these here until now: they are what the plan says.
    task.followed = {
        "text": task.text, "start": _iso(task.start), "end": _iso(task.end),
        "criterion": task.criterion, "target": task.target, "villages": villages,
        "lead": [each.name for each in offices if each.leads],
        "partners": [each.name for each in offices if not each.leads],
    }  # fmt: skip
    words = [task.text, task.target, task.remarks, task.origin_text]
    task.search_key = fold(" ".join([*filter(None, words), *(each.name for each in offices)]))
    task.search_key = task.search_key[:4000]
    task.save(using=alias, update_fields=["followed", "search_key"])


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_task_of_work")]

    # Backwards nothing is moved: what people did since has no place in the old tables.
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
