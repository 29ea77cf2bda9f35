"""What is done to a draft besides its cells: questions answered, its place, its file."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from dinhlang.people.models import User
from dinhlang.places.models import Unit
from dinhlang.vietnamese import nfc

from . import files
from .importing import Refused, read_file
from .models import Loading, Origin
from .services import NotAllowedHere, check_open, check_place, locked, note, row_at
from .sheet.columns import GROUPS, KINDS
from .sheet.qualifiers import empty_words


def answer(
    user: User, pk: UUID, key: UUID, row: int, words: str, *, expressed: bool = True
) -> Loading:
    """Say of a row that its requirement does express the words; or, take that back.

    Of an empty cell it says that the decision leaves it open: then that is written there.
    Raises ``AccessDenied``; ``NotAllowedHere`` where the draft is closed or the row is not there.
    """
    with transaction.atomic():
        loading = locked(user, pk)
        if loading.edits.filter(key=key).exists():
            return loading
        check_open(loading)
        before = row_at(loading, row)
        kept = [one for one in before.get("answered") or () if one != nfc(words)]
        after = {name: one for name, one in before.items() if name != "answered"}
        blank = next((k for k in GROUPS if words == empty_words(k) and not before.get(k)), "")
        if expressed and blank and loading.origin != Origin.YAML:
            after[blank] = KINDS["not_loaded"]
        elif expressed and words:
            kept.append(nfc(words)[:200])
        if kept:
            after["answered"] = kept
        loading.rows[row - 1] = after
        verb = "xác nhận yêu cầu đã thể hiện lời văn" if expressed else "hỏi lại lời văn"
        note(user, loading, key, row, before, after, verb)
        return loading


def change_place(user: User, pk: UUID, key: UUID, place: Unit | None) -> Loading:
    """Say where the decision holds; the person has to manage there too.

    Raises ``AccessDenied``, ``NotAllowedHere``.
    """
    check_place(user, place)
    with transaction.atomic():
        loading = locked(user, pk)
        if loading.edits.filter(key=key).exists() or loading.place == place:
            return loading
        check_open(loading)
        before, loading.place = loading.place, place
        said = [{"place": one.pk if one else None} for one in (before, place)]
        note(user, loading, key, 0, said[0], said[1], "đổi nơi áp dụng của bản nạp")
        return loading


def replace_file(user: User, pk: UUID, key: UUID, content: bytes, filename: str) -> Loading:
    """Take in the mended file of a draft that was written by hand; the one before is kept.

    Raises ``AccessDenied``, ``NotAllowedHere``, ``importing.Refused``.
    """
    with transaction.atomic():
        loading = locked(user, pk)
        if loading.edits.filter(key=key).exists():
            return loading
        check_open(loading)
        if loading.origin != Origin.YAML:
            raise NotAllowedHere("Chỉ bản nạp từ tệp viết tay mới thay được tệp.")
        taken = read_file(content, filename)
        before = {"original": loading.original, "filename": loading.filename}
        loading.original = files.originals.put(content)
        loading.filename = nfc(filename)[-200:] or loading.filename
        answered = {
            (one.get("number"), one.get("name")): one.get("answered") for one in loading.rows
        }
        for one in taken.rows:
            if said := answered.get((one.get("number"), one.get("name"))):
                one["answered"] = said
        loading.rows, loading.about = taken.rows, taken.about or loading.about
        after = {"original": loading.original, "filename": loading.filename}
        note(user, loading, key, 0, before, after, "thay tệp của bản nạp")
        return loading


__all__ = ["Refused", "answer", "change_place", "replace_file"]
