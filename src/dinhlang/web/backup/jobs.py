"""Background jobs: the backups that take too long for a page to wait."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task


@task()
def daily_backup() -> None:
    """Make today's backup; what happened is kept for the administration page."""
    from . import services

    services.back_up_daily(timezone.now())


@task()
def asked_backup(user_id: int) -> None:
    """Make the backup that an administrator asked for."""
    from dinhlang.people.models import User

    from . import services

    services.back_up_on_request(User.objects.get(pk=user_id), timezone.now())
