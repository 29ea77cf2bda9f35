"""gunicorn's threaded worker, with a cure for two of its waits."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from gunicorn.workers.gthread import ThreadWorker


class Worker(ThreadWorker):  # type: ignore[misc]
    """Closes connections aside, and arranges its memory before it serves.

    After an answer that ends a connection, gunicorn waits up to 2 seconds for the client to hang
    up, and does so in the thread that accepts everybody: one phone on a bad network, or one
    careless script, holds up the whole site. Here a few threads of their own do that waiting.
    """

    def init_process(self) -> None:
        """Starts serving; returns when the worker stops."""
        self.closers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="closer")
        super().init_process()

    def load_wsgi(self) -> None:
        """Loads the site whole: the first visitor does not wait for it piece by piece."""
        super().load_wsgi()
        # Not at the top: this module is read before Django is set up.
        from dinhlang.web.memory import arrange

        arrange()

    def finish_request(self, conn: Any, fs: Future[Any]) -> None:
        """What gunicorn does after each answer, with a patient close handed over."""
        close = conn.close

        def close_aside(graceful: bool = False) -> None:
            if graceful:
                self.closers.submit(close, graceful=True)
            else:
                close()

        conn.close = close_aside
        try:
            super().finish_request(conn, fs)
        finally:
            del conn.close
