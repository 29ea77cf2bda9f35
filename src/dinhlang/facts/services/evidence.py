"""Evidence: take in a file, say what it is, attach it to what it proves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePath
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.access import AccessDenied, Action, require, restrict
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.storage import digest
from dinhlang.vietnamese import clean_spaces, nfc

from .. import catalogue, files, pictures, sniffing
from ..models import Evidence, EvidenceLink, Observation

LIMITS = {"title": 300, "number": 60, "agency": 200, "signer": 160}


class BadEvidence(ValueError):
    """What was said of a paper cannot be; the message is for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a paper says of itself. ``signer`` is an office, not a person's name."""

    title: str = ""
    number: str = ""
    dated: date | None = None
    agency: str = ""
    signer: str = ""
    valid_to: date | None = None

    def cleaned(self, default_title: str = "") -> dict[str, Any]:
        """As kept. Raises ``BadEvidence``."""
        found: dict[str, Any] = {"dated": self.dated, "valid_to": self.valid_to}
        for name, longest in LIMITS.items():
            text = clean_spaces(nfc(getattr(self, name)))
            if len(text) > longest:
                raise BadEvidence(f"Nội dung dài quá {longest} ký tự. Hãy rút gọn.")
            found[name] = text
        found["title"] = found["title"] or default_title
        if not found["title"]:
            raise BadEvidence("Chưa có tên hoặc trích yếu của minh chứng.")
        if self.dated and self.valid_to and self.valid_to < self.dated:
            raise BadEvidence("Ngày hết hiệu lực phải sau ngày ký.")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is proved at a place: a measure (of a year, or 0: every year), or an indicator."""

    place: Unit
    measure: str = ""
    year: int = 0
    observation: Observation | None = None
    set_id: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file as sent. ``key`` as in ``Entry``."""

    name: str
    content: bytes
    about: About = field(default_factory=About)
    key: UUID = field(default_factory=uuid4)


def add(user: User | None, place: Unit, sent: Sent) -> Evidence:
    """Take in a file as evidence of a place; a file it has already is the evidence it was.

    Raises ``AccessDenied``, ``sniffing.RefusedFile`` and ``BadEvidence``.
    """
    if user is not None:
        require(user, Action.EDIT, place)
    name = clean_spaces(nfc(PurePath(sent.name.replace("\\", "/")).name))[:200] or "minh-chung"
    about = sent.about.cleaned(PurePath(name).stem)
    given = digest(sent.content)
    if before := _again(user, place, sent.key, given):
        return before
    kind = sniffing.kind_of(sent.content)
    picture = pictures.Picture(sent.content)
    if kind.value in ("jpeg", "png", "webp"):
        picture = pictures.make_anew(sent.content, kind)
    row = Evidence(
        key=sent.key, place=place, filename=name, kind=kind, size=len(picture.content),
        sha256=files.evidence_files.put(picture.content), given_sha256=given,
        taken_at=picture.taken_at,
        latitude=picture.latitude, longitude=picture.longitude, by=user, at=timezone.now(),
        **about,
    )  # fmt: skip
    row.fill_key()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            audit.record(user, "thêm minh chứng", row, place, {"file": name, "sha256": row.sha256})
    except IntegrityError:
        # The same file came in twice at the same moment.
        found = _again(user, place, sent.key, given)
        if found is None:
            raise
        return found
    return row


def _again(user: User | None, place: Unit, key: UUID, given: str) -> Evidence | None:
    """The evidence this very file is already; one set aside comes back."""
    rows = Evidence.objects.filter(place=place)
    found: Evidence | None = rows.filter(key=key).first() or rows.filter(given_sha256=given).first()
    if found is not None and found.set_aside_at is not None:
        restore(user, found)
        found.refresh_from_db()
    return found


def describe(user: User, evidence: Evidence, about: About) -> Evidence:
    """Say what a paper is: its number, date, agency. Raises ``AccessDenied``, ``BadEvidence``."""
    said = about.cleaned()
    with transaction.atomic():
        require(user, Action.EDIT, evidence.place)
        row: Evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
        before = {name: getattr(row, name) for name in said}
        if before == said:
            return evidence
        for name, value in said.items():
            setattr(row, name, value)
        row.fill_key()
        row.save(update_fields=[*said, "search_key"])
        audit.record(
            user, "sửa thông tin minh chứng", row, row.place,
            {"before": before, "after": said},
        )  # fmt: skip
        return row


def attach(user: User | None, evidence: Evidence, target: Target) -> EvidenceLink:
    """Let an evidence prove something; what it proves already stays as it is.

    Raises ``AccessDenied`` (one must see the evidence and may enter numbers at the place),
    ``BadEvidence``.
    """
    if not (target.measure or target.number):
        raise BadEvidence("Hãy chọn số liệu hoặc chỉ tiêu mà minh chứng này chứng minh.")
    if target.measure and target.measure not in catalogue.known():
        raise BadEvidence(f"Chương trình không có số liệu “{target.measure}”.")
    with transaction.atomic():
        if user is not None:
            require(user, Action.EDIT, target.place)
            if not restrict(Evidence.objects.filter(pk=evidence.pk), user).exists():
                raise AccessDenied
        Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
        same = {
            "evidence": evidence, "place": target.place, "measure": target.measure,
            "year": target.year, "set_id": target.set_id, "number": target.number,
        }  # fmt: skip
        before: EvidenceLink | None = EvidenceLink.objects.filter(removed_at=None, **same).first()
        if before is not None:
            return before
        link: EvidenceLink = EvidenceLink.objects.create(
            observation=target.observation, by=user, at=timezone.now(), **same
        )
        audit.record(user, "gắn minh chứng", evidence, target.place, _told(link))
        return link


def detach(user: User, link: EvidenceLink) -> None:
    """Take an evidence off what it proved; the file stays. Raises ``AccessDenied``."""
    with transaction.atomic():
        row = (
            EvidenceLink.objects.select_for_update(of=("self",))
            .select_related("place", "evidence")
            .get(pk=link.pk)
        )
        require(user, Action.EDIT, row.place)
        if row.removed_at is not None:
            return
        row.removed_at, row.removed_by = timezone.now(), user
        row.save(update_fields=["removed_at", "removed_by"])
        audit.record(user, "gỡ minh chứng", row.evidence, row.place, _told(row))


def set_aside(user: User, evidence: Evidence) -> None:
    """Take an evidence out of the lists, and off all it proved; it can be brought back."""
    with transaction.atomic():
        require(user, Action.EDIT, evidence.place)
        row = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
        if row.set_aside_at is not None:
            return
        now = timezone.now()
        row.set_aside_at, row.set_aside_by = now, user
        row.save(update_fields=["set_aside_at", "set_aside_by"])
        _end_links(row, user, now)
        audit.record(user, "bỏ minh chứng", row, evidence.place)


def _end_links(row: Evidence, user: User, now: datetime) -> None:
    row.links.filter(removed_at=None).update(removed_at=now, removed_by=user)


def restore(user: User | None, evidence: Evidence) -> None:
    """Bring back an evidence that was set aside, with what it proved then."""
    with transaction.atomic():
        if user is not None:
            require(user, Action.EDIT, evidence.place)
        row = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
        then = row.set_aside_at
        if then is None:
            return
        row.set_aside_at, row.set_aside_by = None, None
        row.save(update_fields=["set_aside_at", "set_aside_by"])
        row.links.filter(removed_at=then).update(removed_at=None, removed_by=None)
        audit.record(user, "khôi phục minh chứng", row, evidence.place)


def _told(link: EvidenceLink) -> dict[str, object]:
    return {
        "measure": link.measure, "year": link.year, "set": link.set_id, "number": link.number
    }  # fmt: skip
