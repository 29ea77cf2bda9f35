"""The audit log: who did what, when, to what. Lines are only added, and each seals the one before.

A line's digest is the SHA-256 of its own contents and the digest of the previous line, so that a
line altered, removed or slipped in later breaks the chain at that place. The row ``AuditHead``
holds the count and the last digest, so that a cut-off end shows as well. Whoever can rewrite the
whole database can rewrite the whole chain: the last digest, noted elsewhere now and then, tells.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC
from typing import Any
from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils import timezone

from dinhlang.places.models import Unit

from .models import AuditHead, AuditLine, User

START = "0" * 64
"""What the first line names as its previous digest."""

_request: ContextVar[str] = ContextVar("dinhlang_request", default="")


@contextmanager
def grouped(name: str = "") -> Iterator[str]:
    """Lines recorded inside carry the same request id: one click, one job, one command."""
    token = _request.set(name or str(uuid4()))
    try:
        yield _request.get()
    finally:
        _request.reset(token)


def record(
    user: User | None,
    verb: str,
    target: models.Model | str | None = None,
    place: Unit | None = None,
    details: Mapping[str, Any] | None = None,
) -> AuditLine:
    """Writes one line inside the caller's transaction, which is what makes both true or neither.

    ``user`` is ``None`` for what the program does by itself. ``verb`` is a short phrase in
    Vietnamese (“duyệt kế hoạch”). ``details`` must be JSON; dates and decimals become text.
    Raises ``RuntimeError`` outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An audit line is written in the transaction of what it tells of.")
    head = lock()
    line = _next(head, user, verb, target, place, details)
    line.save(force_insert=True)
    head.save(update_fields=["count", "digest"])
    return line


def record_many(
    user: User | None,
    verb: str,
    targets: Sequence[models.Model],
    place: Unit | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Writes a line for each of the targets, as ``record`` would, quickly.

    Raises ``RuntimeError`` outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An audit line is written in the transaction of what it tells of.")
    if not targets:
        return
    head = lock()
    lines = [_next(head, user, verb, target, place, details) for target in targets]
    AuditLine.objects.bulk_create(lines, batch_size=500)
    head.save(update_fields=["count", "digest"])


def _next(
    head: AuditHead, user: User | None, verb: str, target: models.Model | str | None,
    place: Unit | None, details: Mapping[str, Any] | None,
) -> AuditLine:  # fmt: skip
    """The line behind the last one, which it becomes."""
    line = AuditLine(
        number=head.count + 1,
        at=timezone.now(),
        request=_request.get()[:36],
        user=user,
        user_name=str(user)[:200] if user else "",
        verb=verb[:60],
        place=place,
        details=json.dumps(
            details or {}, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder
        ),
        previous=head.digest,
        **_target(target),
    )
    line.digest = digest_of(line)
    head.count, head.digest = line.number, line.digest
    return line


def lock() -> AuditHead:
    """The end of the log, which no other transaction then adds to until this one is over."""
    AuditHead.objects.get_or_create(pk=1)
    # Writers queue here on PostgreSQL; on SQLite the transaction itself has made them queue.
    return AuditHead.objects.select_for_update().get(pk=1)


def _target(target: models.Model | str | None) -> dict[str, str]:
    if target is None:
        return {}
    if isinstance(target, str):
        return {"target_name": target[:300]}
    return {
        "target_kind": target._meta.label_lower,
        "target_id": str(target.pk),
        "target_name": str(target)[:300],
    }


def digest_of(line: AuditLine) -> str:
    """The SHA-256, in hexadecimal, of the line and of the previous digest it names."""
    contents = [
        line.number,
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        line.request,
        line.user_id,
        line.user_name,
        line.verb,
        line.target_kind,
        line.target_id,
        line.target_name,
        line.place_id,
        line.details,
        line.previous,
    ]
    return hashlib.sha256(json.dumps(contents, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: the number of lines, the last digest, and what is wrong, in words."""

    count: int
    digest: str
    troubles: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was altered, removed or slipped in."""
        return not self.troubles


def verify(most: int = 20) -> Verdict:
    """Recomputes the chain from its first line; reports at most ``most`` troubles."""
    troubles: list[str] = []
    expected, previous, count = 1, START, 0
    for line in AuditLine.objects.order_by("number").iterator(chunk_size=2000):
        count += 1
        if line.number > expected:
            troubles.append(f"{_span(expected, line.number - 1)} đã bị xóa.")
        if digest_of(line) != line.digest:
            troubles.append(f"Dòng {line.number} đã bị sửa sau khi ghi.")
        elif line.number == expected and line.previous != previous:
            troubles.append(f"Dòng {line.number} không nối tiếp dòng trước: bị chèn hoặc bị thay.")
        expected, previous = line.number + 1, line.digest
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    if head.count >= expected:
        troubles.append(f"{_span(expected, head.count)} ở cuối nhật ký đã bị xóa.")
    elif head.count < expected - 1:
        troubles.append(
            f"{_span(head.count + 1, expected - 1)} được thêm vào từ ngoài chương trình."
        )
    elif head.digest != previous:
        troubles.append("Dấu niêm của nhật ký không khớp với dòng cuối.")
    return Verdict(count, previous, tuple(troubles[:most]))


def _span(first: int, last: int) -> str:
    return f"Dòng {first}" if first == last else f"Các dòng từ {first} đến {last}"
