"""Link tasks to the criteria that their words name, many at once, and take all of it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from dinhlang.people.access import AccessDenied, Action
from dinhlang.people.models import User

from ..models import Task
from ..said import BadTask
from .bulk import MOST, Outcome
from .errors import Conflict
from .tasks import change


def link(user: User, wanted: Mapping[int, Mapping[str, Any]], key: UUID) -> list[Outcome]:
    """Give each task the fields of its criterion; sent again nothing more is done.

    ``wanted``: by number of the task ``criterion_set``, ``criterion``, ``indicator``, ``target``.
    ``bulk.undo_all`` with the same key takes it back. Raises ``BadTask`` where none or too many.
    """
    if not 1 <= len(wanted) <= MOST:
        raise BadTask(f"Hãy chọn từ 1 đến {MOST} việc.")
    rows = Task.objects.restrict(user, Action.EDIT).filter(pk__in=list(wanted), removed_at=None)
    found = []
    for task in rows.order_by("pk"):
        try:
            with transaction.atomic():
                change(user, task.pk, uuid5(key, str(task.pk)), task.revision, wanted[task.pk])
        except (AccessDenied, BadTask, Conflict) as bad:
            found.append(Outcome(task, str(bad) or "Bạn không được sửa việc này."))
        else:
            found.append(Outcome(task))
    return found
