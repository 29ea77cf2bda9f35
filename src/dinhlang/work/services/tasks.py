"""Make, change, tell, remove tasks: each exactly once, nothing overwritten in silence, all told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import AccessDenied, Action, restrict
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from .. import merging, said
from ..models import Origin, Repeat, Task, TaskNote, TaskState
from ..said import LABELS, BadTask, Plain, Said
from .accepting import accept, send_back
from .errors import Clash, Conflict
from .states import tell
from .writing import (
    Deed,
    base_of,
    fill_search_key,
    finish,
    hold_links,
    locked,
    may_make_here,
    sent,
    values_of,
    villages,
    write,
)

__all__ = [
    "BadTask",
    "Clash",
    "Conflict",
    "Said",
    "accept",
    "break_down",
    "change",
    "create",
    "remove",
    "restore",
    "send_back",
    "tell",
]

DEEPEST = 4
MOST_PARTS = 60


def create(
    user: User | None,
    place: Unit,
    said: Said,
    key: UUID,
    *,
    origin: Origin = Origin.OWN,
    origin_ref: str = "",
    origin_text: str = "",
    parent: Task | None = None,
    carried_from: Task | None = None,
    series: Repeat | None = None,
) -> Task:
    """Make a task of the place; sent again with the same key it is the task made before.

    ``user`` is None for the program itself. Needs ``EDIT`` at the place, or at all the villages
    that the task names. Raises ``AccessDenied`` and ``BadTask``.
    """
    plain = said.plain()
    _check(plain)
    if before := made_before(user, place, key):
        return before
    if user is not None and not may_make_here(user, place, plain["villages"]):
        raise AccessDenied
    if parent is not None:
        check_parent(place, parent)
    row = Task(
        key=key, place=place, origin=origin, origin_ref=origin_ref[:80],
        origin_text=origin_text[:300], parent=parent, carried_from=carried_from, series=series,
        created=timezone.now(), created_by=user,
    )  # fmt: skip
    try:
        with transaction.atomic():
            if plain["after"]:
                hold_links(place.pk)
            if parent is not None:
                row.position = parent.children.count()
            first = {name: value for name, value in plain.items() if not isinstance(value, list)}
            write(user, row, first)
            row.save(force_insert=True)
            write(user, row, {n: v for n, v in plain.items() if isinstance(v, list)})
            fill_search_key(row)
            row.save(update_fields=["search_key"])
            audit.record(
                user, "thêm việc", row, place, {"origin": row.origin, "ref": row.origin_ref}
            )
    except IntegrityError:
        # The other click of a double click was quicker by a moment.
        if found := made_before(user, place, key):
            return found
        raise
    return row


def made_before(user: User | None, place: Unit, key: UUID) -> Task | None:
    """The task that this form made before. Raises ``BadTask`` where it was for another."""
    found: Task | None = Task.objects.select_related("place").filter(key=key).first()
    if found is not None and (found.place_id != place.pk or found.created_by != user):
        raise BadTask("Lần gửi này đã dùng cho việc khác. Hãy tải lại trang rồi làm lại.")
    return found


def _check(plain: Plain) -> None:
    said.check_together(plain)


def check_parent(place: Unit, parent: Task) -> None:
    """Raises ``BadTask`` where the task is gone or parts of it would lie too deep."""
    if parent.place_id != place.pk or parent.removed_at is not None:
        raise BadTask("Việc lớn không còn ở đây. Hãy tải lại trang.")
    depth, above = 1, parent.parent
    while above is not None:
        depth, above = depth + 1, above.parent
    if depth >= DEEPEST:
        raise BadTask(f"Việc chia nhỏ nhiều nhất {DEEPEST} bậc.")


def change(
    user: User, task_id: int, key: UUID, seen_revision: int, changes: Mapping[str, Any]
) -> Task:
    """Give fields of a task new values, as its author saw it at ``seen_revision``.

    Fields that only others changed since stay as they are now; a field that both changed to
    different values raises ``Conflict`` and nothing is written. Raises ``AccessDenied``,
    ``BadTask``.
    """
    mine = said.cleaned(changes)
    with transaction.atomic():
        if "after" in mine:
            hold_links(_place_of(task_id))
        task = locked(user, task_id)
        if sent(user, task_id, key):
            return task
        now = values_of(task, mine.keys())
        base = base_of(task, now, seen_revision)
        merged = merging.merge(base.values, mine, now)
        if merged.clashes:
            clashes = [
                base.clash(name, LABELS[name], mine[name], now[name]) for name in merged.clashes
            ]
            chosen = {each.field: each.mine for each in clashes}
            raise Conflict(clashes, merged.write | chosen, task.revision)
        if merged.write:
            _refuse_finished(task)
            _keep_reach(user, task, merged.write)
            apply(user, task, Deed(key=key, verb="sửa việc", before=task.state, changes={
                name: [now[name], value] for name, value in merged.write.items()
            }))  # fmt: skip
        return task


def _place_of(task_id: int) -> int:
    place: int | None = Task.objects.filter(pk=task_id).values_list("place", flat=True).first()
    if place is None:
        raise AccessDenied
    return place


def apply(user: User | None, task: Task, deed: Deed) -> TaskNote:
    """Write the later values of the deed's changes into the locked task. Raises ``BadTask``."""
    wanted = {name: pair[1] for name, pair in deed.changes.items()}
    said.check_together(values_of(task, said.DAYS) | wanted)
    write(user, task, wanted)
    return finish(user, task, deed)


def _refuse_finished(task: Task) -> None:
    if task.state == TaskState.ACCEPTED:
        raise BadTask("Việc đã nghiệm thu nên không sửa được. Muốn sửa, hãy trả lại việc trước.")


def _keep_reach(user: User, task: Task, wanted: Plain) -> None:
    """A village head must not push a task out of their own reach, or pull it over other villages.

    Raises ``BadTask``.
    """
    if "villages" not in wanted:
        return
    villages(task.place, wanted["villages"])
    if not may_make_here(user, task.place, wanted["villages"]):
        raise BadTask("Bạn chỉ đổi được trong các thôn mình phụ trách.", "villages")


def break_down(user: User, task_id: int, saids: Sequence[Said], key: UUID) -> list[Task]:
    """Make smaller tasks of a task, in this order; they have its villages where they name none.

    Sent again with the same key they are those made before. Raises ``AccessDenied``, ``BadTask``.
    """
    if not 1 <= len(saids) <= MOST_PARTS:
        raise BadTask(f"Mỗi lần chia thành từ 1 đến {MOST_PARTS} việc nhỏ.")
    with transaction.atomic():
        if any(one.after for one in saids):
            hold_links(_place_of(task_id))
        parent = locked(user, task_id)
        _refuse_finished(parent)
        above = values_of(parent, ("villages", "criterion_set", "criterion"))
        made = []
        for at, one in enumerate(saids):
            mine = one.plain()
            for name, value in above.items():
                mine[name] = mine[name] or value
            made.append(
                create(
                    user,
                    parent.place,
                    _as_said(mine),
                    uuid5(key, str(at)),
                    origin=Origin(parent.origin),
                    origin_text=parent.origin_text,
                    parent=parent,
                )
            )
        return made


def _as_said(plain: Plain) -> Said:
    return Said(**plain)


def remove(user: User, task_id: int, key: UUID) -> Task:
    """Delete a task and the smaller ones it is made of; ``restore`` brings all back.

    Who decides at the place may, and who made it. Raises ``AccessDenied``.
    """
    with transaction.atomic():
        if note := sent(user, task_id, key):
            return note.task
        task = locked(user, task_id)
        decides = restrict(Task.objects.filter(pk=task_id), user, Action.REVIEW).exists()
        if not decides and task.created_by_id != user.pk:
            raise AccessDenied("Chỉ người tạo việc, hoặc lãnh đạo, cán bộ tổng hợp mới xóa được.")
        now = timezone.now()
        for row in [task, *_inside(task)]:
            row.removed_at, row.removed_by = now, user
            mark = key if row is task else uuid5(key, str(row.pk))
            finish(user, row, Deed(key=mark, verb="xóa việc", before=row.state,
                                   changes={"removed": [False, True]}))  # fmt: skip
        return task


def restore(user: User, task_id: int) -> Task:
    """Bring back a removed task with all that went with it; one that is there stays as it is.

    Who removed it may, and who decides at the place. Raises ``AccessDenied``.
    """
    with transaction.atomic():
        if not Task.objects.restrict(user, Action.EDIT).filter(pk=task_id).exists():
            raise AccessDenied
        task: Task = (
            Task.objects.select_for_update(of=("self",)).select_related("place").get(pk=task_id)
        )
        then = task.removed_at
        if then is None:
            return task
        decides = restrict(Task.objects.filter(pk=task_id), user, Action.REVIEW).exists()
        if not decides and task.removed_by_id != user.pk:
            raise AccessDenied
        for row in [task, *_inside(task, removed_at=then)]:
            row.removed_at, row.removed_by = None, None
            finish(user, row, Deed(key=uuid4(), verb="khôi phục việc", before=row.state,
                                   changes={"removed": [True, False]}))  # fmt: skip
        return task


def _inside(task: Task, **wanted: Any) -> list[Task]:
    """The tasks it is made of, at all depths; those that are there unless asked otherwise."""
    wanted = wanted or {"removed_at": None}
    found: list[Task] = []
    layer = [task.pk]
    while layer:
        rows = list(
            Task.objects.select_for_update(of=("self",))
            .select_related("place")
            .filter(parent__in=layer, **wanted)
        )
        found += rows
        layer = [row.pk for row in rows]
    return found
