"""The rows of backups and of the sample commune's entrance."""

from __future__ import annotations

from typing import Any

from dinhlang.web.backup.files import backup_dir
from tests.permissions.table import Page, everybody, managers
from tests.world import World


def archive(world: World) -> list[Any]:
    """A file where archives lie."""
    path = backup_dir() / "dinhlang-2026-03-09-020000-hang-ngay.zip"
    path.write_bytes(b"PK")
    return [path.name]


NEEDS = {
    "an archive": archive,
    "a file that is no archive": lambda world: ["secret"],
    "an account": lambda world: [0],
}
ADMINISTRATORS = managers(403, 403, admin=200)

PAGES = (
    Page("backup:backups", "get", ADMINISTRATORS),
    Page("backup:make", "post", managers(403, 403, admin=302)),
    Page("backup:download", "get", ADMINISTRATORS, "an archive"),
    Page("backup:download", "get", managers(403, 403, admin=404), "a file that is no archive"),
    # Outside “dinhlang run” on one's own machine there is no way in without a password.
    Page("demo:choose", "get", everybody(404)),
    Page("demo:enter", "post", everybody(404), "an account"),
)
