"""What can be done with a reading: start, run, stop, delete, purge."""

from __future__ import annotations

import logging
import time
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dinhlang.papers.errors import EmptyFile, PaperError, Stopped, TooLarge

from . import jobs, selectors, store
from .extraction import Extracted, extract
from .models import OPEN_STATES, Reading, State
from .samples import Sample

logger = logging.getLogger(__name__)

KEPT_FOR = timedelta(hours=2)
"""How long a reading can be seen; everything about it is deleted afterwards."""

SILENT_FOR = timedelta(minutes=15)
"""A running reading that has said nothing for so long has lost its worker."""

OPEN_AT_ONCE = 20
"""How many readings of one session may wait or run at the same time."""

WRITE_EVERY = 0.3
"""Seconds between two writes of progress, which are also the moments a stop is noticed."""


class NotAccepted(Exception):
    """A submission that was refused whole; the message is for the user."""


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

    def refusal(self) -> PaperError | None:
        """Why this file is not even taken in."""
        limit = settings.UPLOAD_MAX_BYTES
        if self.size > limit:
            return TooLarge(
                f"Tệp lớn hơn {limit // 1024**2} MB.",
                "Một bản kế hoạch thường dưới 5 MB. Hãy xuất lại từ Word, hoặc giảm cỡ ảnh quét.",
            )
        if self.size == 0:
            return EmptyFile(
                "Tệp trống, không có nội dung nào.", "Hãy kiểm tra lại tệp rồi chọn tệp khác."
            )
        return None


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
    stored = [(file, file.refusal()) for file in given]
    names = []
    try:
        for file, refusal in stored:
            names.append("" if refusal else store.put(file.chunks))
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
        store.drop(name)


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


def clean_filename(name: str) -> str:
    """The bare file name, NFC, without control characters, at most 200 characters."""
    bare = PurePath(name.replace("\\", "/")).name
    kept = "".join(c for c in bare if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    text = unicodedata.normalize("NFC", kept).strip()
    if len(text) > 200:
        suffix = PurePath(text).suffix[:10]
        text = text[: 200 - len(suffix)] + suffix
    return text if text.strip(".") else "van-ban"


def run_reading(pk: UUID) -> None:
    """Read and check the paper of one queued reading; called by the job worker.

    Leaves the reading done, failed or stopped, and its bytes deleted. A reading that is no longer
    queued (a job delivered twice, stopped, deleted) is left alone.
    """
    now = timezone.now()
    claimed = Reading.objects.filter(pk=pk, state=State.QUEUED).update(
        state=State.RUNNING, message="Đang mở văn bản", beat=now
    )
    if not claimed:
        return
    reading = Reading.objects.get(pk=pk)
    changes: dict[str, object]
    try:
        changes = _read(reading)
    except Stopped:
        changes = {"state": State.STOPPED, "message": "Đã dừng theo yêu cầu"}
    except PaperError as error:
        changes = _failure(error.code, error.message, error.advice)
    except Exception:
        logger.exception("reading %s failed", pk)
        changes = _failure(
            "internal",
            "Chương trình gặp lỗi khi đọc văn bản này.",
            "Hãy thử lưu lại văn bản dưới dạng .docx rồi đọc lại. Nếu vẫn lỗi, báo cho người "
            "quản trị kèm tên tệp và thời điểm đọc.",
        )
    finally:
        store.drop(reading.stored)
    Reading.objects.filter(pk=pk, state=State.RUNNING).update(
        stored="", beat=timezone.now(), **changes
    )


def _failure(code: str, message: str, advice: str) -> dict[str, object]:
    return {
        "state": State.FAILED,
        "error_code": code,
        "error_message": message,
        "advice": advice,
        "message": "",
    }


def _read(reading: Reading) -> dict[str, object]:
    started = time.perf_counter()
    path: Path = store.path_of(reading.stored)
    found: Extracted = extract(path, reading.filename, _Reporter(reading.pk).report)
    return {
        "state": State.DONE,
        "progress": 100,
        "message": "",
        "result": found.text,
        "errors": found.errors,
        "warnings": found.warnings,
        "title": found.title,
        "milliseconds": round((time.perf_counter() - started) * 1000),
    }


class _Reporter:
    """Writes progress to the row, not too often, and notices that somebody wants to stop."""

    def __init__(self, pk: UUID) -> None:
        self.pk = pk
        self.last = 0.0

    def report(self, share: float, words: str) -> None:
        moment = time.monotonic()
        if moment - self.last < WRITE_EVERY:
            return
        self.last = moment
        alive = Reading.objects.filter(
            pk=self.pk, state=State.RUNNING, stop_requested=False
        ).update(
            progress=min(99, max(0, int(share * 100))),
            message=words[:200],
            beat=timezone.now(),
        )
        if not alive:
            raise Stopped("Đã dừng theo yêu cầu.")


def stop_reading(reading: Reading) -> None:
    """Stop a reading: at once where it still waits, at its next sign of progress where it runs."""
    waiting = Reading.objects.filter(pk=reading.pk, state=State.QUEUED).update(
        state=State.STOPPED, stored="", message="Đã dừng theo yêu cầu"
    )
    if waiting:
        store.drop(reading.stored)
    else:
        Reading.objects.filter(pk=reading.pk, state=State.RUNNING).update(
            stop_requested=True, message="Đang dừng…"
        )


def delete_reading(reading: Reading) -> None:
    """Delete a reading and its bytes now; a job that still runs notices and stops."""
    Reading.objects.filter(pk=reading.pk).delete()
    store.drop(reading.stored)


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
    store.sweep((now - KEPT_FOR).timestamp(), kept)
    return len(old)


def fail_lost(now: datetime | None = None) -> int:
    """Fail the readings whose job has failed, or which have been silent for ``SILENT_FOR``.

    That is what a killed worker leaves. Returns how many there were.
    """
    dead = DBTaskResult.objects.failed().values("id")
    silent = Q(state=State.RUNNING, beat__lt=(now or timezone.now()) - SILENT_FOR)
    lost = Reading.objects.filter(silent | Q(state__in=OPEN_STATES, job__in=dead))
    count = 0
    for pk, stored in list(lost.values_list("pk", "stored")):
        store.drop(stored)
        count += Reading.objects.filter(pk=pk, state__in=OPEN_STATES).update(
            stored="",
            **_failure(
                "lost",
                "Việc đọc bị ngắt giữa chừng do máy chủ dừng.",
                "Hãy gửi lại văn bản; chưa có gì được lưu.",
            ),
        )
    return count
