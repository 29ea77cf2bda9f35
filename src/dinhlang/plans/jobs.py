"""Background jobs of this app."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task


@task()
def read_paper(reading_id: str) -> None:
    """Read one queued paper; everything a user may see of it is kept in its ``Reading``."""
    from .trial import services

    services.run_reading(UUID(reading_id))


@task()
def purge_readings() -> None:
    """Delete what has expired; queued with each submission for the moment it expires."""
    from .trial import services

    services.purge_expired()


@task()
def read_upload(review_id: str) -> None:
    """Read one uploaded paper of a signed-in person."""
    from .services import uploads

    uploads.run(UUID(review_id))
