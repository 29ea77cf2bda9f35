"""Background jobs of this app."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

PLAN_EVERY = timedelta(hours=1)
"""How often all tasks are looked through for what fell due."""


@task()
def remind() -> None:
    """Write the notices that fell due, put the e-mails of the day into the outbox, send."""
    from .services import delivering, digests, reminders, turns, webhooks

    now = timezone.now()
    if turns.is_due("plan", now):
        reminders.plan_all(now)
        turns.done("plan", now, PLAN_EVERY)
    webhooks.collect(now)
    digests.compose_all(now)
    delivering.send_due(now)
    _forget(now - timedelta(days=1))


@task()
def send() -> None:
    """Send what waits in the outbox."""
    from .services import delivering

    delivering.send_due(timezone.now())


def _forget(before: datetime) -> None:
    """Drop the results of these two jobs: a hundred a day, and nothing to read in them."""
    from django_tasks_db.models import DBTaskResult

    paths = [remind.module_path, send.module_path]
    rows = DBTaskResult.objects.filter(task_path__in=paths, finished_at__lt=before)
    rows.delete()
