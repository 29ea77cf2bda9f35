"""Server and worker that kill themselves with SIGKILL at a place in the middle that a test names.

``python -m tests.crash.dying PATTERN COUNT worker --batch`` is ``dinhlang worker --batch`` that
dies just before it sends the COUNT-th statement that PATTERN matches. The WSGI ``application``
dies before the n-th statement of a request with ``X-Die-At: n``, and after everything is done
but not yet answered with ``X-Die-At: answer``.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

Ask = Callable[[str], bool]


def die() -> None:
    """The end, without a chance to tidy up."""
    os.kill(os.getpid(), signal.SIGKILL)


def watch(dies_at: Ask) -> Callable[..., Any]:
    """A wrapper of every statement that dies before the one ``dies_at`` says yes to."""

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if dies_at(sql):
            die()
        return execute(sql, params, many, context)

    return wrapper


def counting(count: int, pattern: str = "") -> Ask:
    """Yes to the ``count``-th statement that the pattern matches."""
    left = count

    def ask(sql: str) -> bool:
        nonlocal left
        left -= bool(re.search(pattern, sql))
        return left == 0

    return ask


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The site, dying where the request asks for it."""
    from django.db import connection

    asked = environ.get("HTTP_X_DIE_AT", "")
    with ExitStack() as stack:
        if asked.isdigit():
            stack.enter_context(connection.execute_wrapper(watch(counting(int(asked)))))
        answer: Iterable[bytes] = _site()(environ, start_response)
    if asked == "answer":
        die()
    return answer


def _site() -> Any:
    global _SITE
    if _SITE is None:
        from django.core.wsgi import get_wsgi_application

        _SITE = get_wsgi_application()
    return _SITE


_SITE: Any = None

if __name__ == "__main__":
    from django.db.backends.signals import connection_created

    watching = watch(counting(int(sys.argv[2]), sys.argv[1]))

    def on_connection(connection: Any, **_: Any) -> None:
        """Watches each connection from its start; one that is opened again is watched already."""
        if watching not in connection.execute_wrappers:
            connection.execute_wrappers.append(watching)

    connection_created.connect(on_connection, weak=False)
    from dinhlang.cli import main

    sys.exit(main(sys.argv[3:]))
