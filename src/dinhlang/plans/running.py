"""Reading a paper in the background: claiming the row, telling its progress, naming its end.

It serves every model that is a ``PaperJob``; who may start one, where the bytes lie and what is
kept of the result is decided by the services of each.
"""

from __future__ import annotations

import logging
import time
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Model, Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dinhlang.papers.errors import EmptyFile, PaperError, Stopped, TooLarge

from .extraction import Extracted, extract
from .models.base import OPEN_STATES, PaperJob, State

logger = logging.getLogger(__name__)

SILENT_FOR = timedelta(minutes=15)
"""A running row that has said nothing for so long has lost its worker."""

WRITE_EVERY = 0.3
"""Seconds between two writes of progress, which are also the moments a stop is noticed."""

Row = TypeVar("Row", bound=PaperJob)
Changes = dict[str, Any]


class NotAccepted(Exception):
    """A submission that was refused whole; the message is for the user."""


def refusal(size: int) -> PaperError | None:
    """Why a file of this many bytes is not even taken in; None where it is."""
    limit = settings.UPLOAD_MAX_BYTES
    if size > limit:
        return TooLarge(
            f"Tệp lớn hơn {limit // 1024**2} MB.",
            "Một bản kế hoạch thường dưới 5 MB. Hãy xuất lại từ Word, hoặc giảm cỡ ảnh quét.",
        )
    if size == 0:
        return EmptyFile(
            "Tệp trống, không có nội dung nào.", "Hãy kiểm tra lại tệp rồi chọn tệp khác."
        )
    return None


def clean_filename(name: str) -> str:
    """The bare file name, NFC, without control characters, at most 200 characters."""
    bare = PurePath(name.replace("\\", "/")).name
    kept = "".join(c for c in bare if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    text = unicodedata.normalize("NFC", kept).strip()
    if len(text) > 200:
        suffix = PurePath(text).suffix[:10]
        text = text[: 200 - len(suffix)] + suffix
    return text if text.strip(".") else "van-ban"


def claim(model: type[Row], pk: UUID) -> Row | None:
    """The queued row, now running and ours.

    None where it is no longer queued: a job delivered twice, stopped, deleted.
    """
    claimed = (
        manager(model)
        .filter(pk=pk, state=State.QUEUED)
        .update(state=State.RUNNING, message="Đang mở văn bản", beat=timezone.now())
    )
    return manager(model).get(pk=pk) if claimed else None


def outcome(row: PaperJob, path: Callable[[], Path]) -> tuple[Changes, Extracted | None]:
    """Read the paper of a claimed row; what to write on the row, and what was read if it was.

    Raises nothing: whatever goes wrong becomes words for the user.
    """
    started = time.perf_counter()
    try:
        found = extract(path(), row.filename, Reporter(type(row), row.pk).report)
    except Stopped:
        return {"state": State.STOPPED, "message": "Đã dừng theo yêu cầu"}, None
    except PaperError as error:
        return failure(error.code, error.message, error.advice), None
    except Exception:
        logger.exception("reading %s failed", row.pk)
        return failure(
            "internal",
            "Chương trình gặp lỗi khi đọc văn bản này.",
            "Hãy thử lưu lại văn bản dưới dạng .docx rồi đọc lại. Nếu vẫn lỗi, báo cho người "
            "quản trị kèm tên tệp và thời điểm đọc.",
        ), None
    changes: Changes = {
        "state": State.DONE,
        "progress": 100,
        "message": "",
        "errors": found.errors,
        "warnings": found.warnings,
        "title": found.title,
        "milliseconds": round((time.perf_counter() - started) * 1000),
    }
    return changes, found


def finish(row: PaperJob, changes: Changes) -> int:
    """Write the end on the row where it still runs; returns 1 where it did, else 0."""
    rows = manager(type(row)).filter(pk=row.pk, state=State.RUNNING)
    return int(rows.update(beat=timezone.now(), **changes))


def failure(code: str, message: str, advice: str) -> Changes:
    """The changes that make a row a failed one, with words for the user."""
    return {
        "state": State.FAILED,
        "error_code": code,
        "error_message": message,
        "advice": advice,
        "message": "",
    }


class Reporter:
    """Writes progress to the row, not too often, and notices that somebody wants to stop."""

    def __init__(self, model: type[PaperJob], pk: UUID) -> None:
        self.model = model
        self.pk = pk
        self.last = 0.0

    def report(self, share: float, words: str) -> None:
        """Tell the share done (0…1) in words; raises ``Stopped`` where nobody wants it any more."""
        moment = time.monotonic()
        if moment - self.last < WRITE_EVERY:
            return
        self.last = moment
        alive = (
            manager(self.model)
            .filter(pk=self.pk, state=State.RUNNING, stop_requested=False)
            .update(
                progress=min(99, max(0, int(share * 100))),
                message=words[:200],
                beat=timezone.now(),
            )
        )
        if not alive:
            raise Stopped("Đã dừng theo yêu cầu.")


def stop(row: PaperJob, **changes: Any) -> bool:
    """Stop at once where it still waits (returns True), else at its next sign of progress."""
    rows = manager(type(row)).filter(pk=row.pk)
    if rows.filter(state=State.QUEUED).update(
        state=State.STOPPED, message="Đã dừng theo yêu cầu", **changes
    ):
        return True
    rows.filter(state=State.RUNNING).update(stop_requested=True, message="Đang dừng…")
    return False


def lost(model: type[Row], now: datetime | None = None) -> list[Row]:
    """The open rows whose job has failed, or which have been silent for ``SILENT_FOR``.

    That is what a killed worker leaves.
    """
    dead = DBTaskResult.objects.failed().values("id")
    silent = Q(state=State.RUNNING, beat__lt=(now or timezone.now()) - SILENT_FOR)
    return list(manager(model).filter(silent | Q(state__in=OPEN_STATES, job__in=dead)))


def manager(model: type[Model]) -> Any:
    """The model's own manager, which the type checker does not see on an abstract class."""
    return model._default_manager
