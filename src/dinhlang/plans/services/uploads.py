"""Uploads of signed-in people: taken in, read in the background, stopped, set aside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from dinhlang.papers.errors import PaperError
from dinhlang.people import audit
from dinhlang.people.access import AccessDenied, Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from .. import files, jobs, running
from ..editing.draft import Data, numbered
from ..models import OPEN_STATES, Outcome, Plan, Review, State
from ..running import NotAccepted, clean_filename
from . import carrying
from .carrying import Kept
from .editing import count

OPEN_AT_ONCE = 20
"""How many uploads of one person may wait or be read at the same time."""


def upload(
    user: User,
    place: Unit,
    submission: UUID,
    uploads: Sequence[UploadedFile[bytes]],
    plan: Plan | None = None,
) -> list[Review]:
    """Take one to ten papers of a place and queue each for reading.

    With ``plan`` they are new versions of it. The same submission a second time (a double click)
    gives the reviews of the first. Raises ``AccessDenied`` without ``EDIT`` at the place, and
    ``NotAccepted`` with words where there is no file, too many, or too many wait.
    A file that is too large or empty becomes a failed review that says so.
    """
    require(user, Action.EDIT, place)
    if plan is not None and plan.place_id != place.pk:
        raise AccessDenied
    if not uploads:
        raise NotAccepted("Chưa chọn tệp nào. Hãy kéo thả hoặc chọn ít nhất một văn bản.")
    if len(uploads) > settings.UPLOAD_MAX_FILES:
        raise NotAccepted(
            f"Mỗi lần đưa được nhiều nhất {settings.UPLOAD_MAX_FILES} tệp, bạn đã chọn "
            f"{len(uploads)} tệp. Hãy chia thành nhiều lần."
        )
    if before := _of_submission(user, submission):
        return before
    waiting = Review.objects.filter(created_by=user, state__in=OPEN_STATES).count()
    if waiting + len(uploads) > OPEN_AT_ONCE:
        raise NotAccepted(f"Đang có {waiting} văn bản chờ đọc. Hãy đợi đọc xong rồi gửi tiếp.")
    stored = []
    for given in uploads:
        refused = running.refusal(given.size or 0)
        stored.append((given, refused, "" if refused else files.originals.put(given.chunks())))
    try:
        with transaction.atomic():
            return [
                _create(user, place, submission, position, one, plan)
                for position, one in enumerate(stored)
            ]
    except IntegrityError:
        # The other click of a double click was quicker by a moment: its reviews are ours.
        return _of_submission(user, submission)


def _of_submission(user: User, submission: UUID) -> list[Review]:
    return list(Review.objects.filter(created_by=user, submission=submission).order_by("position"))


def _create(
    user: User,
    place: Unit,
    submission: UUID,
    position: int,
    one: tuple[UploadedFile[bytes], PaperError | None, str],
    plan: Plan | None,
) -> Review:
    given, refused, sha256 = one
    now = timezone.now()
    changes = running.failure(refused.code, refused.message, refused.advice) if refused else {}
    review = Review.objects.create(
        place=place,
        plan=plan,
        created_by=user,
        submission=submission,
        position=position,
        filename=clean_filename(given.name or ""),
        size=given.size or 0,
        sha256=sha256,
        created=now,
        beat=now,
        **changes,
    )
    if not refused:
        review.job = UUID(jobs.read_upload.enqueue(str(review.pk)).id)
        review.save(update_fields=["job"])
    audit.record(user, "gửi văn bản kế hoạch", review, place, {"sha256": sha256})
    return review


def run(pk: UUID) -> None:
    """Read and check the paper of one queued review; called by the job worker."""
    review = running.claim(Review, pk)
    if review is None:
        return
    with ExitStack() as stack:

        def path() -> Path:
            return stack.enter_context(files.originals.local(review.sha256))

        changes, found = running.outcome(review, path)
    if found is None:
        running.finish(review, {**changes, "data": ""})
        return
    data = numbered(json.loads(found.text))
    before = review.plan.current if review.plan else None
    kept = carrying.bring(before, data) if before else None
    with transaction.atomic():
        if not running.finish(review, {**changes, "data": _data(kept.data if kept else data)}):
            return
        if kept:
            _keep(review, kept)


def _keep(review: Review, kept: Kept) -> None:
    """Writes what was kept of the version before into the review that has just been read."""
    review.refresh_from_db()
    carrying.record(review, kept, review.created_by)
    review.errors, review.warnings = count(kept.data, review.silenced)
    review.title = kept.data["document"].get("title") or ""
    review.save(update_fields=["data", "silenced", "revision", "errors", "warnings", "title"])
    audit.record(
        review.created_by, "giữ chỗ đã sửa từ bản trước", review, review.place,
        {"corrections": len(kept.carried), "silenced": len(kept.silenced)},
    )  # fmt: skip


def _data(data: Data) -> str:
    return json.dumps(data, ensure_ascii=False)


def stop(user: User, review: Review) -> None:
    """Stop reading. Raises ``AccessDenied`` without ``EDIT``."""
    require(user, Action.EDIT, review.place)
    with transaction.atomic():
        running.stop(review)
        audit.record(user, "dừng đọc văn bản", review, review.place)


def read_again(user: User, review: Review) -> None:
    """Queue a failed or stopped paper once more; nothing happens in any other state.

    Raises ``AccessDenied`` without ``EDIT``.
    """
    require(user, Action.EDIT, review.place)
    with transaction.atomic():
        rows = Review.objects.filter(
            pk=review.pk, state__in=(State.FAILED, State.STOPPED), outcome=Outcome.OPEN
        )
        if not review.sha256 or not rows.update(
            state=State.QUEUED, progress=0, message="", error_code="", error_message="", advice="",
            stop_requested=False, beat=timezone.now(),
        ):  # fmt: skip
            return
        job = UUID(jobs.read_upload.enqueue(str(review.pk)).id)
        Review.objects.filter(pk=review.pk).update(job=job)
        audit.record(user, "đọc lại văn bản", review, review.place)


def set_aside(user: User, review: Review) -> None:
    """Discard a review that was not accepted; it can be taken back.

    Raises ``AccessDenied`` without ``EDIT``.
    """
    _decide(user, review, Outcome.OPEN, Outcome.DISCARDED, "bỏ văn bản đang duyệt")


def take_back(user: User, review: Review) -> None:
    """Undo ``set_aside``. Raises ``AccessDenied`` without ``EDIT``."""
    _decide(user, review, Outcome.DISCARDED, Outcome.OPEN, "khôi phục văn bản đã bỏ")


def _decide(user: User, review: Review, before: Outcome, after: Outcome, verb: str) -> None:
    require(user, Action.EDIT, review.place)
    closed = timezone.now() if after != Outcome.OPEN else None
    with transaction.atomic():
        rows = Review.objects.filter(pk=review.pk, outcome=before)
        if rows.update(outcome=after, closed=closed):
            running.stop(review)
            audit.record(user, verb, review, review.place)


def fail_lost(now: datetime | None = None) -> int:
    """Fail the reviews that have lost their worker; the file is kept. Returns how many."""
    count = 0
    for review in running.lost(Review, now):
        count += Review.objects.filter(pk=review.pk, state__in=OPEN_STATES).update(
            **running.failure(
                "lost",
                "Việc đọc bị ngắt giữa chừng do máy chủ dừng.",
                "Tệp vẫn còn; bấm “Đọc lại” để đọc tiếp.",
            )
        )
    return count
