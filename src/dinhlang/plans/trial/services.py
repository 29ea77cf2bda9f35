"""What can be done with a reading: start, run, stop, delete, purge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from dinhlang.papers.errors import PaperError

from .. import jobs, running
from ..models import OPEN_STATES, Reading, State
from ..running import NotAccepted, clean_filename
from . import selectors, store
from .samples import Sample

KEPT_FOR = timedelta(hours=2)
"""How long a reading can be seen; everything about it is deleted afterwards."""

OPEN_AT_ONCE = 20
"""How many readings of one session may wait or run at the same time."""


def start_readings(
    owner: str, submission: UUID, uploads: Sequence[UploadedFile[bytes]]
) -> list[Reading]:
    """Take one to ten files of a submission and queue a reading for each.

    The same submission a second time (a double click) gives the readings of the first.
    Raises ``NotAccepted`` where there is no file, too many, or the session waits for too many.
    A file that is too large or empty becomes a failed reading that says so.
    """
    if not uploads:
        raise NotAccepted("Chưa chọn tệp nào. Hãy kéo thả hoặc chọn ít nhất một văn bản.")
    if len(uploads) > settings.UPLOAD_MAX_FILES:
        raise NotAccepted(
            f"Mỗi lần đọc được nhiều nhất {settings.UPLOAD_MAX_FILES} tệp, bạn đã chọn "
            f"{len(uploads)} tệp. Hãy chia thành nhiều lần."
        )
    return _start(owner, submission, [_Given.from_upload(upload) for upload in uploads])


def read_sample(owner: str, submission: UUID, sample: Sample) -> Reading:
    """Queue a reading of a sample, the same way as an uploaded file."""
    given = _Given(sample.path.name, sample.path.stat().st_size, sample.chunks())
    return _start(owner, submission, [given])[0]


@dataclass(slots=True)
class _Given:
    name: str
    size: int
    chunks: Iterable[bytes]

    @classmethod
    def from_upload(cls, upload: UploadedFile[bytes]) -> _Given:
        return cls(clean_filename(upload.name or ""), upload.size or 0, upload.chunks())


def _start(owner: str, submission: UUID, given: list[_Given]) -> list[Reading]:
    purge_expired()
    if before := selectors.readings_of_submission(owner, submission):
        if [(r.filename, r.size) for r in before] == [(file.name, file.size) for file in given]:
            return before
        # A page brought back from history sends its old number with other files.
        submission = uuid4()
    waiting = Reading.objects.filter(owner=owner, state__in=OPEN_STATES).count()
    if waiting + len(given) > OPEN_AT_ONCE:
        raise NotAccepted(
            f"Đang có {waiting} văn bản chờ đọc. Hãy đợi đọc xong, hoặc dừng bớt, rồi gửi tiếp."
        )
    stored = [(file, running.refusal(file.size)) for file in given]
    names = []
    try:
        for file, refusal in stored:
            names.append("" if refusal else store.uploads.put(file.chunks))
        with transaction.atomic():
            # A second after the last moment, so that this very submission is among the expired.
            expiry = timezone.now() + KEPT_FOR + timedelta(seconds=1)
            jobs.purge_readings.using(run_after=expiry).enqueue()
            return [
                _create(owner, submission, position, file, name, refusal)
                for position, ((file, refusal), name) in enumerate(zip(stored, names, strict=True))
            ]
    except IntegrityError:
        _drop_all(names)
        # The other click of a double click was quicker by a moment: its readings are ours.
        return selectors.readings_of_submission(owner, submission)
    except BaseException:
        _drop_all(names)
        raise


def _drop_all(names: Iterable[str]) -> None:
    for name in names:
        store.uploads.drop(name)


def _create(
    owner: str,
    submission: UUID,
    position: int,
    file: _Given,
    stored: str,
    refusal: PaperError | None,
) -> Reading:
    now = timezone.now()
    reading = Reading.objects.create(
        owner=owner,
        submission=submission,
        position=position,
        filename=file.name,
        size=file.size,
        stored=stored,
        state=State.FAILED if refusal else State.QUEUED,
        error_code=refusal.code if refusal else "",
        error_message=refusal.message if refusal else "",
        advice=refusal.advice if refusal else "",
        created=now,
        beat=now,
        expires_at=now + KEPT_FOR,
    )
    if not refusal:
        reading.job = UUID(jobs.read_paper.enqueue(str(reading.pk)).id)
        reading.save(update_fields=["job"])
    return reading


def run_reading(pk: UUID) -> None:
    """Read and check the paper of one queued reading; called by the job worker.

    Leaves the reading done, failed or stopped, and its bytes deleted. A reading that is no longer
    queued (a job delivered twice, stopped, deleted) is left alone.
    """
    reading = running.claim(Reading, pk)
    if reading is None:
        return
    try:
        changes, found = running.outcome(reading, lambda: store.uploads.path_of(reading.stored))
    finally:
        store.uploads.drop(reading.stored)
    running.finish(reading, {**changes, "stored": "", "result": found.text if found else ""})


def stop_reading(reading: Reading) -> None:
    """Stop a reading: at once where it still waits, at its next sign of progress where it runs."""
    if running.stop(reading, stored=""):
        store.uploads.drop(reading.stored)


def delete_reading(reading: Reading) -> None:
    """Delete a reading and its bytes now; a job that still runs notices and stops."""
    Reading.objects.filter(pk=reading.pk).delete()
    store.uploads.drop(reading.stored)


def purge_expired(now: datetime | None = None) -> int:
    """Delete what has outlived ``KEPT_FOR``, fail what has lost its worker.

    Returns how many readings were deleted.
    """
    now = now or timezone.now()
    old = list(Reading.objects.filter(expires_at__lte=now).values_list("pk", "stored"))
    Reading.objects.filter(pk__in=[pk for pk, _ in old]).delete()
    _drop_all(stored for _, stored in old)
    fail_lost(now)
    kept = set(Reading.objects.exclude(stored="").values_list("stored", flat=True))
    store.uploads.sweep((now - KEPT_FOR).timestamp(), kept)
    return len(old)


def fail_lost(now: datetime | None = None) -> int:
    """Fail the readings that have lost their worker. Returns how many there were."""
    count = 0
    for reading in running.lost(Reading, now):
        store.uploads.drop(reading.stored)
        count += Reading.objects.filter(pk=reading.pk, state__in=OPEN_STATES).update(
            stored="",
            **running.failure(
                "lost",
                "Việc đọc bị ngắt giữa chừng do máy chủ dừng.",
                "Hãy gửi lại văn bản; chưa có gì được lưu.",
            ),
        )
    return count
