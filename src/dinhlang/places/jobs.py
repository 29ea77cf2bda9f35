"""Background jobs of this app."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task


@task()
def check_import(import_id: str) -> None:
    """Check one file; what is found is kept in its ``Import``."""
    from .importing import runs

    runs.run_check(UUID(import_id))


@task()
def write_import(import_id: str, person: int | None) -> None:
    """Write one confirmed file, in the name of the person who confirmed it."""
    from .importing import runs

    runs.run_write(UUID(import_id), person)
