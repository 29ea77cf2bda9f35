"""Accepting a task with its product, so that the criterion it serves moves by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from dinhlang.facts.models import Evidence, Observation
from dinhlang.facts.services import entries
from dinhlang.facts.services import evidence as papers
from dinhlang.people.access import AccessDenied, Action, restrict
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from ..models import Task, TaskNote, TaskState
from ..said import LABELS, BadTask
from .errors import Clash, Conflict
from .states import has_product, note_text, refuse_before_others
from .writing import Deed, finish, locked, sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """What is handed in with a task.

    ``evidence`` are numbers of files that are there already, ``files`` new ones as sent. ``entry``
    is the number that the task stands for; ``village`` the unit it is of, where not the task's
    place. ``indicator`` names what the files prove, where the task does not say so yet;
    ``criterion`` (set and number) the criterion of it, where the task names none.
    """

    evidence: Sequence[int] = field(default_factory=tuple)
    files: Sequence[papers.Sent] = field(default_factory=tuple)
    entry: entries.Entry | None = None
    village: int | None = None
    indicator: str = ""
    criterion: tuple[str, str] = ("", "")


NOTHING = Product()


def accept(
    user: User,
    task_id: int,
    key: UUID,
    product: Product = NOTHING,
    text: str = "",
    *,
    seen: int | None = None,
) -> TaskNote:
    """Accept a task: its files become evidence of its indicator, its number an observation.

    Where the task names a product or a measure, a file, a number or a word on why there is none
    must come with it; files that officers attached while working count. All or nothing, exactly
    once. Needs ``REVIEW``. Raises ``AccessDenied``, ``BadTask``, ``Conflict``, and what the room of
    facts raises: ``entries.BadEntry``, ``papers.BadEvidence``, ``sniffing.RefusedFile``.
    """
    text = note_text(text)
    with transaction.atomic():
        task = locked(user, task_id, Action.REVIEW)
        if before := sent(user, task_id, key):
            return before
        _refuse(task, seen)
        changes = _serve(task, product)
        _check_given(task, product, text)
        where = _where(task, product)
        observation = _enter(user, where, key, product)
        rows = _files(user, task, key, product)
        for row in rows:
            _attach(user, task, where, row, observation)
        old, now = task.state, timezone.now()
        task.state, task.accepted_at, task.accepted_by = TaskState.ACCEPTED, now, user
        task.done_at = task.done_at or now
        task.waiting_for = task.reason = ""
        note = finish(user, task, Deed(
            key=key, verb="nghiệm thu việc", before=old, text=text, changes=changes,
            evidence=rows[0] if rows else None, observation=observation,
        ))  # fmt: skip
        for at, row in enumerate(rows[1:], start=1):
            # One note holds one file; the others stand beside it.
            finish(user, task, Deed(
                key=uuid5(key, f"note:{at}"), verb="đính kèm tệp", before=task.state,
                changes={}, evidence=row,
            ))  # fmt: skip
        return note


def _refuse(task: Task, seen: int | None) -> None:
    if task.state == TaskState.ACCEPTED:
        raise BadTask("Việc này đã được nghiệm thu.")
    if task.state == TaskState.DROPPED:
        raise BadTask("Việc này đã thôi làm. Muốn nghiệm thu, hãy đổi trạng thái trước.")
    if seen is not None and seen < task.revision:
        since = task.notes.filter(revision__gt=seen).select_related("author").order_by("revision")
        moved = [each for each in since if each.before != each.after]
        if moved:
            clash = Clash(
                "state", LABELS["state"], moved[0].before, task.state, TaskState.ACCEPTED,
                str(moved[-1].author or ""), f"{timezone.localtime(moved[-1].at):%H:%M %d/%m/%Y}",
            )  # fmt: skip
            raise Conflict([clash], {"state": TaskState.ACCEPTED}, task.revision)
    refuse_before_others(task)


def _serve(task: Task, product: Product) -> dict[str, list[str]]:
    """Let the task serve what its files prove, where it does not say so yet; what this changed."""
    wanted = {"indicator": product.indicator[:20]} if product.indicator else {}
    if not task.criterion and all(product.criterion):
        set_id, number = product.criterion
        wanted |= {"criterion_set": set_id[:120], "criterion": number[:20]}
    changes = {}
    for name, value in wanted.items():
        if getattr(task, name) != value:
            changes[name] = [getattr(task, name), value]
            setattr(task, name, value)
    return changes


def _check_given(task: Task, product: Product, text: str) -> None:
    given = product.evidence or product.files or product.entry is not None or text
    if given or not (task.product or task.measure) or has_product(task.notes.all()):
        return
    what = task.product or "số liệu của việc này"
    raise BadTask(
        f"Hãy kèm sản phẩm ({what}), nhập số liệu, hoặc ghi vì sao nghiệm thu khi chưa có.", "note"
    )


def _where(task: Task, product: Product) -> Unit:
    if product.village is None:
        return task.place
    found: Unit | None = task.villages.filter(pk=product.village).first()
    if found is None:
        raise BadTask("Việc này không có thôn đó.", "villages")
    return found


def _enter(user: User, where: Unit, key: UUID, product: Product) -> Observation | None:
    if product.entry is None:
        return None
    return entries.record(user, where, replace(product.entry, key=uuid5(key, "entry")))


def _files(user: User, task: Task, key: UUID, product: Product) -> list[Evidence]:
    wanted = list(dict.fromkeys(product.evidence))
    rows = {
        row.pk: row
        for row in restrict(Evidence.objects.filter(pk__in=wanted, set_aside_at=None), user)
    }
    if len(rows) != len(wanted):
        raise AccessDenied("Không tìm thấy tệp này trong kho minh chứng.")
    found = [rows[pk] for pk in wanted]
    for at, one in enumerate(product.files):
        found.append(papers.add(user, task.place, replace(one, key=uuid5(key, f"file:{at}"))))
    return list({row.pk: row for row in found}.values())


def _attach(
    user: User, task: Task, where: Unit, row: Evidence, observation: Observation | None
) -> None:
    """The file proves the task's indicator, and the number entered with it."""
    if task.criterion_set and task.indicator:
        papers.attach(
            user, row, papers.Target(place=where, set_id=task.criterion_set, number=task.indicator)
        )
    if observation is not None:
        papers.attach(
            user, row,
            papers.Target(place=where, measure=observation.measure, year=observation.end.year,
                          observation=observation),
        )  # fmt: skip


def send_back(user: User, task_id: int, key: UUID, reason: str) -> TaskNote:
    """Give a task that was handed in, or accepted, back to its lead, saying why.

    What its acceptance recorded stays: a number is only ever replaced by a new one. Needs
    ``REVIEW``. Raises ``AccessDenied``, ``BadTask``.
    """
    reason = note_text(reason)
    if not reason:
        raise BadTask("Hãy ghi vì sao trả lại, để người làm biết phải sửa gì.", "note")
    with transaction.atomic():
        task = locked(user, task_id, Action.REVIEW)
        if before := sent(user, task_id, key):
            return before
        if task.state not in (TaskState.DONE, TaskState.ACCEPTED):
            raise BadTask("Chỉ trả lại được việc đã báo xong hoặc đã nghiệm thu.")
        old = task.state
        task.state, task.done_at = TaskState.DOING, None
        task.accepted_at, task.accepted_by = None, None
        return finish(user, task, Deed(
            key=key, verb="trả lại việc", before=old, text=reason, changes={}
        ))  # fmt: skip
