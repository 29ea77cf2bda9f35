"""An import from the file's arrival to its end: check, show, confirm, write; stop at any time.

Checking and writing are background jobs. Writing is one transaction together with the state it
ends in: a process killed in the middle leaves the places as they were.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from .. import gate, jobs
from ..models import Import, ImportState
from ..services import MANAGE, NotAllowedHere
from . import store
from .lists import Checked, Options, check_file, write_checked
from .successions import CheckedSuccessions
from .tables import MOST_BYTES, ImportRefused
from .units import CheckedUnits

logger = logging.getLogger(__name__)

SILENT_FOR = timedelta(minutes=15)
KEPT_FOR = timedelta(days=2)
"""How long a checked file waits for somebody to confirm it."""
WRITE_EVERY = 0.3
TROUBLES_SHOWN = 200
ROWS_SHOWN = 12


class Stopped(Exception):
    """Somebody asked for the import to stop."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it came: its name, its size in bytes, its contents."""

    name: str
    size: int
    chunks: Iterable[bytes]


def start_import(user: Any, submission: UUID, kind: str, given: Given, options: Options) -> Import:
    """Take a file in and queue its check. The same submission again gives the first import.

    Raises ``AccessDenied`` for who does not manage everything, ``NotAllowedHere`` for a file too
    large or empty.
    """
    gate.require(user, MANAGE, None)
    if before := Import.objects.filter(submission=submission).first():
        return before
    if not given.size:
        raise NotAllowedHere("Tệp trống. Hãy kiểm tra lại tệp rồi chọn tệp khác.")
    if given.size > MOST_BYTES:
        raise NotAllowedHere(f"Tệp lớn hơn {MOST_BYTES // 1024**2} MB. Hãy chia thành nhiều tệp.")
    purge_old()
    stored = store.uploads.put(given.chunks)
    now = timezone.now()
    try:
        with transaction.atomic():
            found = Import.objects.create(
                submission=submission,
                kind=kind,
                filename=given.name,
                stored=stored,
                first_day=options.first_day,
                end_day=options.end_day,
                replaces=options.replaces,
                message="Đang chờ soát",
                person=getattr(user, "pk", None),
                person_name=str(user)[:150],
                created=now,
                beat=now,
            )
            found.job = UUID(jobs.check_import.enqueue(str(found.pk)).id)
            found.save(update_fields=["job"])
    except IntegrityError:
        store.uploads.drop(stored)
        # The other click of a double click was quicker by a moment: its import is ours.
        return Import.objects.get(submission=submission)
    except BaseException:
        store.uploads.drop(stored)
        raise
    return found


def options_of(found: Import) -> Options:
    """What the person said about the file."""
    return Options(found.first_day, found.end_day, found.replaces)


def run_check(pk: UUID) -> None:
    """Check the file of an import; called by the job worker."""
    found = Import.objects.filter(pk=pk, state=ImportState.CHECKING).first()
    if found is None:
        return
    try:
        checked = _check(found)
        changes = {"state": ImportState.CHECKED, "message": "", "preview": preview_of(checked)}
    except Exception as error:
        changes = _ending(found, error)
    _close(found, ImportState.CHECKING, changes)


def _check(found: Import) -> Checked:
    path = store.uploads.path_of(found.stored)
    report = _Reporter(found).report
    return check_file(found.kind, path, found.filename, options_of(found), report)


def preview_of(checked: Checked) -> dict[str, Any]:
    """What a person sees before confirming: counts, some rows, the rows that are wrong."""
    return {
        "counts": checked.counts(),
        "usable": _usable(checked),
        "rows": _first_rows(checked),
        "troubles": [trouble.as_json() for trouble in checked.troubles[:TROUBLES_SHOWN]],
        "trouble_count": len(checked.troubles),
    }


def _usable(checked: Checked) -> int:
    if isinstance(checked, CheckedUnits | CheckedSuccessions):
        return len(checked.lines)
    return len(checked.outlines)


def _first_rows(checked: Checked) -> list[list[str]]:
    if isinstance(checked, CheckedUnits):
        return [
            [line.code, f"{line.kind} {line.name}", line.parent_code, _doing(line)]
            for line in checked.lines[:ROWS_SHOWN]
        ]
    if isinstance(checked, CheckedSuccessions):
        return [
            [
                f"{line.old.title} ({line.old.code})",
                f"{line.new.title} ({line.new.code})",
                "toàn bộ" if line.whole else "một phần",
                f"{line.day:%d/%m/%Y}",
            ]
            for line in checked.lines[:ROWS_SHOWN]
        ]
    return [[outline.unit.code, outline.unit.title] for outline in checked.outlines[:ROWS_SHOWN]]


def _doing(line: Any) -> str:
    if line.known is None:
        return "thêm mới"
    done = [
        words
        for words, holds in (
            ("đổi tên", line.renamed),
            ("chuyển cấp trên", line.moved),
            ("kết thúc", line.ended),
        )
        if holds
    ]
    return ", ".join(done) or "đã có, giữ nguyên"


def confirm_import(user: Any, found: Import, *, skip_errors: bool = False) -> Import:
    """Queue the writing of a checked import; a second click finds it queued already.

    Raises ``AccessDenied``; ``NotAllowedHere`` where rows are wrong and nobody said to skip them,
    or no row can be written.
    """
    gate.require(user, MANAGE, None)
    if found.state == ImportState.CHECKED:
        if found.preview.get("trouble_count") and not skip_errors:
            raise NotAllowedHere(
                "Danh sách còn dòng lỗi. Hãy sửa tệp rồi gửi lại, hoặc chọn bỏ qua các dòng lỗi."
            )
        if not found.preview.get("usable"):
            raise NotAllowedHere("Không có dòng nào nhập được. Hãy sửa tệp rồi gửi lại.")
    with transaction.atomic():
        claimed = Import.objects.filter(pk=found.pk, state=ImportState.CHECKED).update(
            state=ImportState.WRITING,
            skip_errors=skip_errors,
            progress=0,
            message="Đang chờ nhập",
            beat=timezone.now(),
        )
        if claimed:
            job = jobs.write_import.enqueue(str(found.pk), getattr(user, "pk", None))
            Import.objects.filter(pk=found.pk).update(job=UUID(job.id))
    found.refresh_from_db()
    return found


def run_write(pk: UUID, person: int | None) -> None:
    """Write a confirmed import; called by the job worker."""
    found = Import.objects.filter(pk=pk, state=ImportState.WRITING).first()
    if found is None:
        return
    user = gate.person(person)
    try:
        if user is None:
            raise NotAllowedHere("Tài khoản đã xác nhận việc nhập này không còn nữa.")
        gate.require(user, MANAGE, None)
        checked = _check(found)
        if checked.troubles and not found.skip_errors:
            raise ImportRefused(
                "Địa bàn đã thay đổi từ lúc soát tệp, nên có dòng không còn khớp.",
                "Chưa nhập gì. Hãy gửi lại tệp để soát lại.",
            )
        _Reporter(found).report(0.99, "Đang ghi vào cơ sở dữ liệu")
        with transaction.atomic():
            summary = write_checked(user, checked, found.filename)
            alive = Import.objects.filter(
                pk=pk, state=ImportState.WRITING, stop_requested=False
            ).update(
                state=ImportState.DONE,
                progress=100,
                message="",
                summary=summary,
                stored="",
                beat=timezone.now(),
            )
            if not alive:
                raise Stopped
        store.uploads.drop(found.stored)
    except Exception as error:
        _close(found, ImportState.WRITING, _ending(found, error))


def _ending(found: Import, error: Exception) -> dict[str, Any]:
    """How an import ends that could not go on."""
    if isinstance(error, Stopped):
        return {"state": ImportState.STOPPED, "message": "Đã dừng theo yêu cầu, chưa nhập gì."}
    if isinstance(error, ImportRefused):
        message, advice = error.message, error.advice
    elif isinstance(error, NotAllowedHere):
        message, advice = str(error), "Chưa nhập gì. Hãy sửa tệp rồi gửi lại."
    else:
        logger.exception("import %s failed", found.pk)
        message = "Chương trình gặp lỗi khi nhập tệp này. Chưa nhập gì."
        advice = "Hãy thử lại; nếu vẫn lỗi, báo cho người quản trị kèm tên tệp và thời điểm."
    return {"state": ImportState.FAILED, "message": message[:300], "advice": advice[:300]}


def _close(found: Import, state: ImportState, changes: dict[str, Any]) -> None:
    keeps = changes["state"] == ImportState.CHECKED
    if not keeps:
        store.uploads.drop(found.stored)
        changes["stored"] = ""
    Import.objects.filter(pk=found.pk, state=state).update(beat=timezone.now(), **changes)


class _Reporter:
    """Writes progress to the row, not too often, and notices that somebody wants to stop."""

    def __init__(self, found: Import) -> None:
        self.found = found
        self.last = 0.0

    def report(self, share: float, words: str) -> None:
        moment = time.monotonic()
        if moment - self.last < WRITE_EVERY and share < 0.99:
            return
        self.last = moment
        alive = Import.objects.filter(
            pk=self.found.pk, state=self.found.state, stop_requested=False
        ).update(
            progress=min(99, max(0, int(share * 100))), message=words[:300], beat=timezone.now()
        )
        if not alive:
            raise Stopped


def stop_import(user: Any, found: Import) -> None:
    """Stop an import: at once where it waits for a person, at its next step where it runs.

    Raises ``AccessDenied``. Nothing that was written is taken back.
    """
    gate.require(user, MANAGE, None)
    waiting = Import.objects.filter(pk=found.pk, state=ImportState.CHECKED).update(
        state=ImportState.STOPPED, stored="", message="Đã bỏ, chưa nhập gì."
    )
    if waiting:
        store.uploads.drop(found.stored)
        return
    open_states = (ImportState.CHECKING, ImportState.WRITING)
    Import.objects.filter(pk=found.pk, state__in=open_states).update(
        stop_requested=True, message="Đang dừng…"
    )


def fail_lost(now: datetime | None = None) -> int:
    """Fail the imports whose job is gone, as a killed worker leaves them; returns how many."""
    dead = DBTaskResult.objects.failed().values("id")
    silent = Q(beat__lt=(now or timezone.now()) - SILENT_FOR)
    open_states = (ImportState.CHECKING, ImportState.WRITING)
    count = 0
    for found in Import.objects.filter(silent | Q(job__in=dead), state__in=open_states):
        store.uploads.drop(found.stored)
        count += Import.objects.filter(pk=found.pk, state__in=open_states).update(
            state=ImportState.FAILED,
            stored="",
            message="Việc nhập bị ngắt giữa chừng do máy chủ dừng. Chưa nhập gì.",
            advice="Hãy gửi lại tệp.",
        )
    return count


def purge_old(now: datetime | None = None) -> None:
    """Drop the files that nobody confirmed in ``KEPT_FOR``."""
    limit = (now or timezone.now()) - KEPT_FOR
    for found in Import.objects.filter(state=ImportState.CHECKED, beat__lt=limit):
        store.uploads.drop(found.stored)
        Import.objects.filter(pk=found.pk, state=ImportState.CHECKED).update(
            state=ImportState.STOPPED, stored="", message="Quá hai ngày không ai xác nhận."
        )
