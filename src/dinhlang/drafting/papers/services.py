"""Making a paper, writing on it, finishing it; bringing in templates and choosing among them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dinhlang.papers.writing import templates
from dinhlang.papers.writing.composing import forms
from dinhlang.people import audit
from dinhlang.people.access import Action, require
from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import nfc

from . import boxes, building, keeping, selectors, stored
from .boxes import Value
from .models import Paper, PaperTemplate, TemplateSwitch
from .periods import period_of

OF_ONE_PAPER = frozenset({"number", "day", "meeting", "work"})
"""Boxes that a new paper made from another does not take over."""
MOST_SAID = 300
"""Letters of a text that an audit line repeats."""


class Finished(Exception):
    """A finished paper stays as it is."""

    def __init__(self) -> None:
        super().__init__("Văn bản này đã hoàn tất nên không sửa được nữa. Hãy soạn một bản mới.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a new paper is to be: its kind, the day it looks at, the set, the period of a report."""

    kind: str
    on: date
    set_id: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did. ``clashes``: boxes another person wrote meanwhile, which were left alone.

    ``troubles`` says by box what cannot stand in it; the other boxes are saved all the same.
    """

    paper: Paper
    clashes: tuple[str, ...] = ()
    by: str = ""
    troubles: Mapping[str, str] = field(default_factory=dict)


def start(user: User, place: Unit, wish: Wish, key: UUID) -> Paper:
    """Begin a paper; with the same key again it gives the one that was begun.

    Raises ``AccessDenied``, and ``KeyError`` for an unknown kind.
    """
    with transaction.atomic():
        require(user, Action.EDIT, place)
        before: Paper | None = Paper.objects.filter(key=key, made_by=user, place=place).first()
        if before is not None:
            return before
        now = timezone.now()
        row = Paper(
            key=key, place=place, kind=wish.kind, about=selectors.TITLES[wish.kind], on=wish.on,
            set_id=wish.set_id if wish.kind in selectors.WITH_SET else "",
            made_by=user, made_at=now, changed_by=user, changed_at=now,
        )  # fmt: skip
        if wish.kind == "bao-cao":
            # The form offers only the kinds of a period.
            period = period_of(wish.period, wish.on)  # type: ignore[arg-type]
            row.period, row.start, row.end = period.kind, period.start, period.end
        row.about = _about(row)
        row.save(force_insert=True)
        audit.record(user, "soạn văn bản", row, place, {"loại": row.get_kind_display()})
        return row


def copy(user: User, pk: UUID, key: UUID, on: date) -> Paper:
    """A new paper of the same kind on the day ``on`` with the words people wrote into this one.

    Numbers come anew from the data. With the same key again it gives the one that was made.
    Raises ``AccessDenied``.
    """
    with transaction.atomic():
        old: Paper = Paper.objects.select_related("place").get(pk=pk)
        made = start(user, old.place, Wish(old.kind, on, old.set_id, old.period), key)
        words = {name: value for name, value in old.texts.items() if name not in OF_ONE_PAPER}
        if not made.revision and words:
            _keep(user, made, words)
        return made


def _about(row: Paper) -> str:
    return building.title_of(selectors.view(row).paper)[:400]


def _open(user: User, pk: UUID) -> Paper:
    row: Paper = Paper.objects.select_for_update(of=("self",)).select_related("place").get(pk=pk)
    require(user, Action.EDIT, row.place)
    if row.is_finished or row.set_aside_at is not None:
        raise Finished
    return row


def write(user: User, pk: UUID, given: Mapping[str, Any], seen: int) -> Saved:
    """Write into boxes. What somebody else wrote after ``seen`` is not written over.

    Raises ``AccessDenied``, ``Finished``.
    """
    with transaction.atomic():
        row = _open(user, pk)
        wanted, troubles = boxes.read(row.kind, given)
        if early := boxes.too_early(wanted, row.start):
            troubles["day"] = early
            del wanted["day"]
        fresh: dict[str, Value] = {}
        clashes: list[str] = []
        for name, value in wanted.items():
            if row.texts.get(name) == value:
                continue
            revision, writer = row.touched.get(name, (0, user.pk))
            if revision > seen and writer != user.pk:
                clashes.append(name)
            else:
                fresh[name] = value
        if fresh:
            _keep(user, row, fresh)
        writers = {row.touched[name][1] for name in clashes}
        by = ", ".join(str(each) for each in User.objects.filter(pk__in=writers))
        return Saved(row, tuple(clashes), by, troubles)


def _keep(user: User, row: Paper, fresh: Mapping[str, Value]) -> None:
    before = {name: row.texts.get(name, "theo số liệu") for name in fresh}
    row.revision += 1
    row.texts |= fresh
    row.touched |= {name: [row.revision, user.pk] for name in fresh}
    _changed(user, row)
    names = {box.name: box.label for box in boxes.BOXES[row.kind]}
    details = {names[name]: [_said(before[name]), _said(fresh[name])] for name in fresh}
    audit.record(user, "sửa văn bản", row, row.place, details)


def _said(value: Value) -> str:
    return (value if isinstance(value, str) else f"{len(value)} dòng")[:MOST_SAID]


def _changed(user: User, row: Paper) -> None:
    row.changed_by, row.changed_at = user, timezone.now()
    row.about = _about(row)
    row.save(update_fields=["texts", "touched", "revision", "about", "changed_by", "changed_at"])


def take_from_data(user: User, pk: UUID, name: str) -> Paper:
    """Let a box say again what the data say. Raises ``AccessDenied``, ``Finished``."""
    with transaction.atomic():
        row = _open(user, pk)
        if name in row.texts:
            row.revision += 1
            before = row.texts.pop(name)
            row.touched[name] = [row.revision, user.pk]
            _changed(user, row)
            label = next(box.label for box in boxes.BOXES[row.kind] if box.name == name)
            audit.record(user, "lấy lại theo số liệu", row, row.place, {label: [_said(before), ""]})
        return row


def finish(user: User, pk: UUID) -> Paper:
    """Keep the paper as it is now, for ever. Twice is once. Raises ``AccessDenied``."""
    with transaction.atomic():
        row: Paper = (
            Paper.objects.select_for_update(of=("self",)).select_related("place").get(pk=pk)
        )
        require(user, Action.EDIT, row.place)
        if row.is_finished:
            return row
        if row.set_aside_at is not None:
            raise Finished
        now = selectors.view(row)
        row.data = json.dumps(
            {
                "format": keeping.FORMAT,
                "source": now.source,
                "values": now.values,
                "paper": keeping.to_data(now.paper),
                "fields": now.built.fields,
            },
            ensure_ascii=False,
        )
        row.template = now.template
        row.finished_by, row.finished_at = user, timezone.now()
        row.save(update_fields=["data", "template", "finished_by", "finished_at"])
        audit.record(user, "hoàn tất văn bản", row, row.place)
        return row


def set_aside(user: User, pk: UUID) -> Paper:
    """Take a draft out of the list; nothing of it is deleted. Raises ``Finished``."""
    with transaction.atomic():
        row = _open(user, pk)
        row.set_aside_at = timezone.now()
        row.save(update_fields=["set_aside_at"])
        audit.record(user, "bỏ văn bản đang soạn", row, row.place)
        return row


# --- Templates ------------------------------------------------------------------------------------


def bring_in(
    user: User, place: Unit, kind: str, filename: str, content: bytes, key: UUID
) -> PaperTemplate:
    """Check a template and use it from now on. With the same key again it gives the first one.

    Raises ``AccessDenied`` without ``REVIEW``, ``BadTemplate`` with reason and place.
    """
    require(user, Action.REVIEW, place)
    before: PaperTemplate | None = PaperTemplate.objects.filter(key=key, made_by=user).first()
    if before is not None:
        return before
    used = templates.check(content, forms.FORMS[kind].fields)
    sha256 = stored.template_files.put(content)
    with transaction.atomic():
        made = PaperTemplate.objects.create(
            place=place, kind=kind, key=key, filename=_filename(filename), sha256=sha256,
            size=len(content), fields=used, made_by=user, made_at=timezone.now(),
        )  # fmt: skip
        audit.record(
            user, "đưa mẫu văn bản vào", made, place,
            {"loại": forms.FORMS[kind].title, "sha256": sha256},
        )  # fmt: skip
        _switch(user, place, kind, made)
        return made


def _filename(given: str) -> str:
    name = nfc(PurePath(given.replace("\\", "/")).name)
    return "".join(c for c in name if c >= " " and c != "\x7f")[-200:] or "mau.docx"


def choose(user: User, place: Unit, kind: str, template: PaperTemplate | None) -> None:
    """Use this template from now on; None goes back to ours. Raises ``AccessDenied``."""
    with transaction.atomic():
        require(user, Action.REVIEW, place)
        if selectors.in_use(place, kind) == template:
            return
        _switch(user, place, kind, template)


def _switch(user: User, place: Unit, kind: str, template: PaperTemplate | None) -> None:
    made = TemplateSwitch.objects.create(
        place=place, kind=kind, template=template, by=user, at=timezone.now()
    )
    audit.record(
        user, "chọn mẫu văn bản", made, place,
        {"loại": forms.FORMS[kind].title, "mẫu": str(template or "mẫu có sẵn")},
    )  # fmt: skip
