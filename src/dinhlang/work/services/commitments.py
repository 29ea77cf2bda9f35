"""Promises to a higher level: made, confirmed, changed, kept or broken, and told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from dinhlang.facts.models import Evidence
from dinhlang.people import audit
from dinhlang.people.access import AccessDenied, Action, require, restrict
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import clean_spaces, fold, nfc

from .. import merging
from ..models import Commitment, CommitmentNote, CommitmentState, Task
from .states import note_text
from .tasks import Clash, Conflict

LABELS = {
    "to_whom": "Cam kết với", "text": "Nội dung", "criterion_set": "Bộ tiêu chí",
    "criteria": "Tiêu chí", "due": "Hạn", "paper": "Văn bản", "paper_date": "Ngày văn bản",
    "tasks": "Việc để thực hiện", "evidence": "Minh chứng",
}  # fmt: skip
LONGEST = {"to_whom": 200, "text": 4000, "criterion_set": 120, "paper": 120}
CLOSED = (CommitmentState.KEPT, CommitmentState.BROKEN, CommitmentState.DECLINED)


class BadCommitment(ValueError):
    """What was said cannot be; the message is for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Everything a person may set of a commitment; ``tasks`` and ``evidence`` are numbers."""

    to_whom: str = ""
    text: str = ""
    criterion_set: str = ""
    criteria: list[str] = field(default_factory=list)
    due: date | None = None
    paper: str = ""
    paper_date: date | None = None
    tasks: list[int] = field(default_factory=list)
    evidence: list[int] = field(default_factory=list)


FIELDS = tuple(each.name for each in fields(Promise))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A promise as a paper says it; ``origin_ref`` names the item it was read from."""

    promise: Promise
    origin_ref: str
    origin_text: str


def add(user: User, place: Unit, promise: Promise, key: UUID) -> Commitment:
    """Make a commitment of the place; the same key again gives the same one.

    Needs ``EDIT``. Raises ``AccessDenied``, ``BadCommitment``.
    """
    plain = _cleaned(promise)
    with transaction.atomic():
        require(user, Action.EDIT, place)
        before: Commitment | None = Commitment.objects.filter(key=key).first()
        if before is not None:
            if before.place_id != place.pk or before.created_by_id != user.pk:
                raise AccessDenied
            return before
        row = Commitment(key=key, place=place, created=timezone.now(), created_by=user)
        _write(row, plain)
        row.save()
        _write_many(user, row, plain)
        audit.record(user, "thêm cam kết", row, place, {"criteria": row.criteria})
        return row


@transaction.atomic
def propose(user: User | None, place: Unit, prefix: str, found: Sequence[Proposal]) -> int:
    """Bring the unconfirmed commitments read from a paper in line with it; returns how many new.

    ``prefix`` begins the ``origin_ref`` of all of this paper. What somebody confirmed or declined
    stays as it is, and is not proposed again when a later version says the same.
    """
    known = {
        row.origin_ref: row
        for row in Commitment.objects.select_for_update(of=("self",)).filter(
            place=place, origin_ref__startswith=prefix
        )
    }
    wanted = {each.origin_ref: each for each in found}
    settled = {
        _same(row.criteria, row.text)
        for row in known.values()
        if row.state != CommitmentState.PROPOSED
    }
    made = 0
    for ref, each in wanted.items():
        plain = _cleaned(each.promise)
        row = known.get(ref)
        if row is None:
            if _same(plain["criteria"], plain["text"]) in settled:
                continue
            row = Commitment(
                place=place, origin_ref=ref, state=CommitmentState.PROPOSED,
                created=timezone.now(), created_by=user,
            )  # fmt: skip
            made += 1
        elif row.state != CommitmentState.PROPOSED or row.revision:
            continue
        row.removed_at, row.origin_text = None, each.origin_text[:300]
        _write(row, plain)
        row.save()
    for ref, row in known.items():
        if ref not in wanted and row.state == CommitmentState.PROPOSED and not row.revision:
            row.removed_at = timezone.now()
            row.save(update_fields=["removed_at"])
    if made:
        audit.record(user, "đề xuất cam kết", place, place, {"số mục": made})
    return made


def _same(criteria: Iterable[str], text: str) -> tuple[str, ...]:
    found = tuple(sorted(criteria))
    return found or (fold(text),)


def confirm(user: User, number: int, key: UUID) -> Commitment:
    """Say that a proposed commitment is one. Raises ``AccessDenied``, ``BadCommitment``."""
    return tell(user, number, key, CommitmentState.OPEN)


def tell(user: User, number: int, key: UUID, state: str, text: str = "") -> Commitment:
    """Give a commitment a state, a remark, or both; sent again with the same key: once.

    BROKEN and DECLINED need the reason in ``text``. Kept and broken are said by those who decide
    (``REVIEW``). Raises ``AccessDenied``, ``BadCommitment``.
    """
    text = note_text(text)
    if state not in CommitmentState.values or state == CommitmentState.PROPOSED:
        raise BadCommitment("Hãy chọn trạng thái của cam kết.")
    with transaction.atomic():
        row = _locked(user, number)
        if _sent(user, row, key):
            return row
        if row.state == state and not text:
            return row
        if row.state != state:
            _check_step(user, row, state, text)
        before = row.state
        row.state = CommitmentState(state)
        if before != state:
            row.reason = text[:300] if state in ("broken", "declined") else ""
            row.revision += 1
        _finish(user, row, key, "cập nhật cam kết", before, {}, text)
        return row


def _check_step(user: User, row: Commitment, state: str, text: str) -> None:
    if CommitmentState(row.state) in CLOSED or state in ("kept", "broken"):
        require(user, Action.REVIEW, row.place)
    if state in ("broken", "declined") and not text:
        raise BadCommitment("Hãy ghi lý do.")
    if state == CommitmentState.OPEN and row.state == CommitmentState.PROPOSED and not row.text:
        raise BadCommitment("Hãy ghi nội dung cam kết.")
    if state == CommitmentState.KEPT and row.state == CommitmentState.PROPOSED:
        raise BadCommitment("Hãy xác nhận cam kết trước.")


def change(user: User, number: int, key: UUID, seen: int, changes: Mapping[str, Any]) -> Commitment:
    """Give fields of a commitment new values, as its author saw it at revision ``seen``.

    What only others changed since stays; a field that both changed to different values raises
    ``Conflict`` and nothing is written. Raises ``AccessDenied``, ``BadCommitment``.
    """
    with transaction.atomic():
        row = _locked(user, number)
        if _sent(user, row, key):
            return row
        now = plain_of(row)
        mine = _cleaned(replace(_promise(row), **changes))
        mine = {name: mine[name] for name in changes}
        base, notes = _base(row, seen, {name: now[name] for name in mine})
        merged = merging.merge(base, mine, {name: now[name] for name in mine})
        if merged.clashes:
            raise Conflict(
                [_clash(name, base, mine, now, notes) for name in merged.clashes],
                mine, row.revision,
            )  # fmt: skip
        if merged.write:
            _write(row, now | merged.write)
            _write_many(user, row, now | merged.write)
            row.revision += 1
            pairs = {name: [now[name], value] for name, value in merged.write.items()}
            _finish(user, row, key, "sửa cam kết", row.state, pairs, "")
        return row


def remove(user: User, number: int, key: UUID) -> Commitment:
    """Delete a commitment; ``restore`` brings it back. Raises ``AccessDenied``."""
    with transaction.atomic():
        row = _locked(user, number)
        if _sent(user, row, key):
            return row
        if row.created_by_id != user.pk:
            require(user, Action.REVIEW, row.place)
        row.removed_at, row.removed_by = timezone.now(), user
        row.revision += 1
        _finish(user, row, key, "xóa cam kết", row.state, {"removed": [False, True]}, "")
        return row


def restore(user: User, number: int) -> Commitment:
    """Bring back a removed commitment. Raises ``AccessDenied``."""
    with transaction.atomic():
        row = _locked(user, number, removed=True)
        if row.removed_at is not None:
            row.removed_at, row.removed_by = None, None
            row.revision += 1
            _finish(user, row, uuid4(), "khôi phục cam kết", row.state,
                    {"removed": [True, False]}, "")  # fmt: skip
        return row


def _locked(user: User, number: int, *, removed: bool = False) -> Commitment:
    rows = Commitment.objects.restrict(user, Action.EDIT).filter(pk=number)
    if not removed:
        rows = rows.filter(removed_at=None)
    if not rows.exists():
        raise AccessDenied
    found: Commitment = (
        Commitment.objects.select_for_update(of=("self",)).select_related("place").get(pk=number)
    )
    return found


def _sent(user: User, row: Commitment, key: UUID) -> bool:
    note = CommitmentNote.objects.filter(key=key).first()
    if note is None:
        return False
    if note.commitment_id != row.pk or note.author_id != user.pk:
        raise BadCommitment("Lần gửi này đã dùng cho việc khác. Hãy tải lại trang rồi làm lại.")
    return True


def _finish(
    user: User, row: Commitment, key: UUID, verb: str, before: str,
    changes: Mapping[str, list[Any]], text: str,
) -> None:  # fmt: skip
    row.changed, row.changed_by = timezone.now(), user
    row.save()
    CommitmentNote.objects.create(
        commitment=row, key=key, author=user, at=row.changed, text=text, before=before,
        after=row.state, changes={**changes, "revision": row.revision},
    )  # fmt: skip
    details: dict[str, Any] = {"fields": sorted(changes), "note": bool(text)}
    if before != row.state:
        details["state"] = [before, row.state]
    audit.record(user, verb, row, row.place, details)


def _base(
    row: Commitment, seen: int, now: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, CommitmentNote]]:
    """The fields as they were at revision ``seen``, told by the notes since."""
    values, notes = dict(now), dict[str, CommitmentNote]()
    since = row.notes.select_related("author").order_by("pk")
    for note in since:
        if note.changes.get("revision", 0) <= seen:
            continue
        for name, pair in note.changes.items():
            if name in now:
                if name not in notes:
                    values[name] = pair[0]
                notes[name] = note
    return values, notes


def _clash(
    name: str, base: Mapping[str, Any], mine: Mapping[str, Any], now: Mapping[str, Any],
    notes: Mapping[str, CommitmentNote],
) -> Clash:  # fmt: skip
    note = notes.get(name)
    return Clash(
        name, LABELS[name], base[name], now[name], mine[name],
        str(note.author) if note and note.author else "",
        f"{timezone.localtime(note.at):%H:%M %d/%m/%Y}" if note else "",
    )  # fmt: skip


def _promise(row: Commitment) -> Promise:
    return Promise(
        to_whom=row.to_whom, text=row.text, criterion_set=row.criterion_set,
        criteria=list(row.criteria), due=row.due, paper=row.paper, paper_date=row.paper_date,
        tasks=sorted(row.tasks.values_list("pk", flat=True)),
        evidence=sorted(row.evidence.values_list("pk", flat=True)),
    )  # fmt: skip


def plain_of(row: Commitment) -> dict[str, Any]:
    """Its fields as history keeps them: days as ISO texts."""
    promise = _promise(row)
    found = {name: getattr(promise, name) for name in FIELDS}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in found.items()
    }


def _cleaned(promise: Promise) -> dict[str, Any]:
    """The fields as they are kept, plain. Raises ``BadCommitment``."""
    found: dict[str, Any] = {}
    for name in ("to_whom", "criterion_set", "paper"):
        found[name] = clean_spaces(nfc(getattr(promise, name)))
    found["text"] = nfc(promise.text).replace("\r\n", "\n").strip()
    if not found["text"]:
        raise BadCommitment("Hãy ghi nội dung cam kết.")
    for name, most in LONGEST.items():
        if len(found[name]) > most:
            raise BadCommitment(f"{LABELS[name]} dài quá {most} ký tự. Hãy rút gọn.")
    numbers = dict.fromkeys(clean_spaces(str(each))[:20] for each in promise.criteria)
    found["criteria"] = [number for number in numbers if number]
    for name in ("due", "paper_date"):
        day: date | None = getattr(promise, name)
        if day is not None and not 1990 <= day.year <= 2100:
            raise BadCommitment(f"{LABELS[name]}: năm {day.year} không thể đúng.")
        found[name] = day.isoformat() if day else None
    for name in ("tasks", "evidence"):
        found[name] = sorted({int(each) for each in getattr(promise, name)})
    return found


def _write(row: Commitment, plain: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in ("due", "paper_date"):
            setattr(row, name, date.fromisoformat(plain[name]) if plain[name] else None)
        elif name not in ("tasks", "evidence"):
            setattr(row, name, plain[name])


def _write_many(user: User, row: Commitment, plain: Mapping[str, Any]) -> None:
    """Link tasks and files. Raises ``BadCommitment`` for those not of the place or not seen."""
    tasks = Task.objects.restrict(user).filter(
        pk__in=plain["tasks"], place=row.place_id, removed_at=None
    )
    kept = set(row.tasks.values_list("pk", flat=True))
    if not set(plain["tasks"]) <= {task.pk for task in tasks} | kept:
        raise BadCommitment("Có việc không thuộc nơi này. Hãy chọn lại.")
    row.tasks.set(plain["tasks"])
    files = restrict(Evidence.objects.filter(pk__in=plain["evidence"]), user)
    kept = set(row.evidence.values_list("pk", flat=True))
    if not set(plain["evidence"]) <= {file.pk for file in files} | kept:
        raise BadCommitment("Có minh chứng không thuộc nơi này. Hãy chọn lại.")
    row.evidence.set(plain["evidence"])
