"""Loading a criteria set: take in, correct, send, decide. Each verb checks, changes and records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from dinhlang.law.library import Library
from dinhlang.law.sets import Amendment, CriteriaSet
from dinhlang.law.writing import digest, to_data
from dinhlang.people import audit
from dinhlang.people.access import Action, can, require
from dinhlang.people.models import User
from dinhlang.places.models import Level, Unit
from dinhlang.vietnamese import clean_spaces, nfc

from . import files, selectors
from .importing import Taken, read_docx, read_file, read_paste, read_xlsx
from .models import LawText, Loading, LoadingEdit, Origin, Outcome, TextKind, TextState
from .sheet.columns import BY_KEY, Row
from .sheet.decision import FIELDS, key_of
from .sheet.unfolding import about_of_set, rows_of_set

MOST_CHARACTERS = 2000
MOST_ROWS = 3000


class NotAllowedHere(Exception):
    """Something that cannot be done as things stand; the message is for the person."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody brings: a file's name and bytes, or pasted text. ``table``: the how-manieth
    table of a Word file, 0 for the largest.
    """

    origin: Origin
    content: bytes
    filename: str = ""
    table: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """How it is to be loaded, where the file does not say so: ``decision.MODES`` and a set's id."""

    mode: str = ""
    base: str = ""


def check_place(user: User, place: Unit | None) -> None:
    """Raises ``AccessDenied`` without ``MANAGE`` there, ``NotAllowedHere`` where no law can hold:
    a decision holds in the whole country or in a province with an official code.
    """
    require(user, Action.MANAGE, place)
    if place is None:
        return
    if place.level != Level.PROVINCE:
        raise NotAllowedHere("Bộ tiêu chí chỉ áp dụng cho cả nước hoặc cho một tỉnh.")
    if not place.code.isdigit() or len(place.code) != 2:
        raise NotAllowedHere(
            f"{place.title} chưa có mã chính thức hai chữ số, nên chưa nạp được bộ tiêu chí riêng. "
            "Hãy nhập danh sách đơn vị hành chính có mã ở mục Địa bàn."
        )


def load(
    user: User, submission: UUID, place: Unit | None, given: Given, wish: Wish | None = None
) -> Loading:
    """Take a table in as a draft. The same submission again gives the first draft.

    Raises ``AccessDenied``, ``NotAllowedHere``, ``importing.Refused`` where nothing can be read.
    """
    check_place(user, place)
    if (before := _of_submission(user, submission)) is not None:
        return before
    taken = read(given)
    by_hand = given.origin == Origin.YAML
    about = taken.about if by_hand else _about(taken.about, wish or Wish(), place)
    original = files.originals.put(given.content)
    now = timezone.now()
    try:
        with transaction.atomic():
            loading = Loading.objects.create(
                submission=submission, place=place, origin=given.origin,
                filename=nfc(given.filename)[-200:], original=original,
                about=about | {"notes": "\n".join([*taken.notes, about.get("notes", "")]).strip()},
                rows=taken.rows, created_by=user, created=now, changed=now,
            )  # fmt: skip
            audit.record(
                user, "nạp bảng tiêu chí", loading, place,
                {"sha256": original, "rows": len(taken.rows)},
            )  # fmt: skip
    except IntegrityError:
        # The other click of a double click was quicker by a moment: its draft is ours.
        first: Loading = Loading.objects.get(created_by=user, submission=submission)
        return first
    return loading


def load_from_set(user: User, submission: UUID, place: Unit | None, wish: Wish) -> Loading:
    """Begin a draft on the page itself, from a set that is known, without a file."""
    check_place(user, place)
    if (before := _of_submission(user, submission)) is not None:
        return before
    base = selectors.library().sets.get(wish.base)
    if base is None or key_of(wish.mode, {"complete": "", "amend": ""}) is None:
        raise NotAllowedHere("Hãy chọn bộ đã có và cách nạp.")
    rows = rows_of_set(base, selectors.measures(), fill=wish.mode == "complete")
    now = timezone.now()
    with transaction.atomic():
        loading = Loading.objects.create(
            submission=submission, place=place, origin=Origin.PASTE, original="",
            about=about_of_set(base, wish.mode), rows=rows, created_by=user,
            created=now, changed=now,
        )  # fmt: skip
        audit.record(user, "mở bảng tiêu chí để điền", loading, place, {"base": base.id})
    return loading


def _of_submission(user: User, submission: UUID) -> Loading | None:
    found: Loading | None = Loading.objects.filter(created_by=user, submission=submission).first()
    return found


def read(given: Given) -> Taken:
    """What somebody brought, read. Raises ``importing.Refused`` where nothing can be used."""
    if given.origin == Origin.YAML:
        return read_file(given.content, given.filename)
    if given.origin == Origin.XLSX:
        return read_xlsx(given.content)
    if given.origin == Origin.DOCX:
        return read_docx(given.content, given.filename, given.table)
    return read_paste(given.content.decode("utf-8", "replace"))


def _about(said: Mapping[str, str], wish: Wish, place: Unit | None) -> dict[str, str]:
    """What the file says, and for what it leaves out what the chosen set says."""
    found = {key: said[key] for key in FIELDS if said.get(key)}
    told = key_of(found.get("mode", ""), _MODES)
    if told is not None and wish.mode and told != wish.mode:
        found["notes"] = f"Tệp ghi cách nạp là “{_MODES[told]}”, nên đã theo tệp."
    if told is None:
        found["mode"] = wish.mode
        if wish.base and wish.mode != "new":
            found["base"] = wish.base
    elif wish.base and told == wish.mode != "new":
        found.setdefault("base", wish.base)
    mode = key_of(found.get("mode", ""), _MODES) or "new"
    base = selectors.library().sets.get(found.get("base", ""))
    if base is not None and mode in ("complete", "amend"):
        found = about_of_set(base, mode) | found
    return found | {"mode": mode}


_MODES = dict(FIELDS["mode"].choices or {})


def locked(user: User, pk: UUID) -> Loading:
    """The draft, for changing. Raises ``AccessDenied``, ``NotAllowedHere`` where it is closed."""
    loading: Loading = Loading.objects.select_for_update(of=("self",)).get(pk=pk)
    require(user, Action.MANAGE, loading.place)
    return loading


def check_open(loading: Loading) -> None:
    """Raises ``NotAllowedHere`` where the draft was sent or put away."""
    if not loading.is_open:
        raise NotAllowedHere(
            "Bản này đã trình duyệt hoặc đã bỏ nên không sửa được. "
            "Muốn sửa tiếp, hãy rút lại hoặc khôi phục trước."
        )


def change_row(user: User, pk: UUID, key: UUID, row: int, values: Mapping[str, str]) -> Loading:
    """Correct one row (positions from 1). The same ``key`` again changes nothing more.

    Only columns that are given change. Raises ``AccessDenied``, ``NotAllowedHere``.
    """
    with transaction.atomic():
        loading = locked(user, pk)
        if loading.edits.filter(key=key).exists():
            return loading
        check_open(loading)
        check_is_table(loading)
        before = row_at(loading, row)
        after = {name: one for name, one in before.items() if name not in values}
        after |= {name: clean(value) for name, value in values.items() if name in BY_KEY and value}
        if _demands(after) != _demands(before):
            # What was answered, was answered of other words.
            after.pop("answered", None)
        loading.rows[row - 1] = after
        note(user, loading, key, row, before, after, "sửa dòng của bảng tiêu chí")
        return loading


def add_row(user: User, pk: UUID, key: UUID, after: int, values: Mapping[str, str]) -> Loading:
    """Add a row below the one at position ``after`` (0: at the top)."""
    with transaction.atomic():
        loading = locked(user, pk)
        if loading.edits.filter(key=key).exists():
            return loading
        check_open(loading)
        check_is_table(loading)
        if len(loading.rows) >= MOST_ROWS or not 0 <= after <= len(loading.rows):
            raise NotAllowedHere("Không thêm được dòng ở chỗ này.")
        new: Row = {k: clean(v) for k, v in values.items() if k in BY_KEY and v}
        loading.rows.insert(after, new)
        note(user, loading, key, after + 1, None, new, "thêm dòng vào bảng tiêu chí")
        return loading


def drop_row(user: User, pk: UUID, key: UUID, row: int, *, dropped: bool = True) -> Loading:
    """Leave a row out of the set, or take it back in; what stands in it is kept."""
    with transaction.atomic():
        loading = locked(user, pk)
        if loading.edits.filter(key=key).exists():
            return loading
        check_open(loading)
        check_is_table(loading)
        before = row_at(loading, row)
        after = {name: one for name, one in before.items() if name != "dropped"}
        if dropped:
            after["dropped"] = True
        loading.rows[row - 1] = after
        verb = "bỏ dòng của bảng tiêu chí" if dropped else "lấy lại dòng của bảng tiêu chí"
        note(user, loading, key, row, before, after, verb)
        return loading


def change_about(user: User, pk: UUID, key: UUID, values: Mapping[str, str]) -> Loading:
    """Correct what is said of the decision."""
    with transaction.atomic():
        loading = locked(user, pk)
        if loading.edits.filter(key=key).exists():
            return loading
        check_open(loading)
        before = dict(loading.about)
        after = {name: one for name, one in before.items() if name not in values}
        after |= {name: clean(v) for name, v in values.items() if name in FIELDS and v}
        loading.about = after
        note(user, loading, key, 0, before, after, "sửa thông tin quyết định")
        return loading


def _demands(row: Row) -> dict[str, str]:
    """What the row says of its requirement."""
    aside = ("line", "group", "dropped", "answered", "note", "source", "evidence", "guided_by")
    return {name: str(value) for name, value in row.items() if name not in aside and value}


def check_is_table(loading: Loading) -> None:
    """Raises ``NotAllowedHere`` for a file written by hand: it is mended in the file."""
    if loading.origin == Origin.YAML:
        raise NotAllowedHere("Bản này nạp từ tệp viết tay. Hãy sửa trong tệp rồi thay tệp.")


def row_at(loading: Loading, row: int) -> Row:
    """The row at the position. Raises ``NotAllowedHere`` where there is none."""
    if not 1 <= row <= len(loading.rows):
        raise NotAllowedHere("Bảng không có dòng này. Hãy tải lại trang.")
    found: Row = loading.rows[row - 1]
    return found


def clean(value: str) -> str:
    """What was typed: NFC, single spaces, no more than a cell needs."""
    return clean_spaces(nfc(str(value)))[:MOST_CHARACTERS]


def note(
    user: User, loading: Loading, key: UUID, row: int, before: Any, after: Any, verb: str
) -> None:
    """Keeps the edit that was made to the draft, and records it."""
    loading.revision += 1
    loading.changed = timezone.now()
    loading.save(
        update_fields=["rows", "about", "place", "original", "filename", "revision", "changed"]
    )
    LoadingEdit.objects.create(
        loading=loading, key=key, revision=loading.revision, row=row, before=before,
        after=after, made_by=user, at=loading.changed,
    )  # fmt: skip
    audit.record(user, verb, loading, loading.place, {"row": row, "revision": loading.revision})


def set_aside(user: User, pk: UUID) -> Loading:
    """Put a draft away; it can be taken back."""
    return _turn(user, pk, Outcome.OPEN, Outcome.DISCARDED, "bỏ bản nạp bộ tiêu chí")


def take_back(user: User, pk: UUID) -> Loading:
    """Undo ``set_aside``."""
    return _turn(user, pk, Outcome.DISCARDED, Outcome.OPEN, "khôi phục bản nạp bộ tiêu chí")


def _turn(user: User, pk: UUID, before: Outcome, after: Outcome, verb: str) -> Loading:
    with transaction.atomic():
        loading = locked(user, pk)
        if loading.outcome == before:
            loading.outcome, loading.changed = after, timezone.now()
            loading.save(update_fields=["outcome", "changed"])
            audit.record(user, verb, loading, loading.place)
        return loading


def send(user: User, pk: UUID, seen: int) -> LawText:
    """Make a text of the draft and ask for its approval. Sent already, it gives that text.

    Raises ``AccessDenied``; ``NotAllowedHere`` where rows are wrong or somebody edited since
    revision ``seen``.
    """
    with transaction.atomic():
        loading = locked(user, pk)
        pending: LawText | None = loading.texts.filter(state=TextState.PENDING).first()
        if pending is not None:
            return pending
        check_open(loading)
        if loading.revision != seen:
            raise NotAllowedHere(
                "Bảng vừa được sửa thêm ở một cửa sổ khác. Hãy xem lại rồi trình lần nữa."
            )
        library = selectors.library()
        found = selectors.composed(loading, library)
        if found.result is None:
            raise NotAllowedHere(
                f"Bảng còn {len(found.problems)} chỗ phải sửa. Hãy sửa hết rồi trình duyệt."
            )
        if troubles := troubles_with(found.result, library):
            raise NotAllowedHere("Bộ này không khớp với các bộ đang có: " + " ".join(troubles))
        if selectors.is_law_already(found.result, library):
            raise NotAllowedHere(
                "Bản này giống hệt bộ đang có, không đổi gì nên không cần trình duyệt."
            )
        text = _store(user, loading, found.result)
        loading.outcome, loading.changed = Outcome.SENT, timezone.now()
        loading.save(update_fields=["outcome", "changed"])
        audit.record(user, "trình duyệt bộ tiêu chí", text, text.place, {"digest": text.digest})
        return text


def _store(user: User, loading: Loading, result: CriteriaSet | Amendment) -> LawText:
    made: LawText = LawText.objects.create(
        set_id=result.id,
        kind=TextKind.SET if isinstance(result, CriteriaSet) else TextKind.AMENDMENT,
        digest=digest(result),
        data=json.dumps(to_data(result), ensure_ascii=False, default=_plain),
        title=result.title[:400],
        number=result.decision.number[:80],
        place=loading.place,
        valid_from=result.valid_from,
        sample=result.sample,
        loading=loading,
        loaded_by=user,
        loaded_at=timezone.now(),
    )
    return made


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def troubles_with(document: CriteriaSet | Amendment, library: Library) -> list[str]:
    """What would not fit together if the document were law: only what is not so already."""
    before = {str(problem) for problem in library.problems()}
    more = library.plus(
        [document] if isinstance(document, CriteriaSet) else [],
        [document] if isinstance(document, Amendment) else [],
    )
    return [str(problem) for problem in more.problems() if str(problem) not in before]


def _text(user: User, pk: int) -> LawText:
    text: LawText = LawText.objects.select_for_update(of=("self",)).get(pk=pk)
    require(user, Action.MANAGE, text.place)
    return text


def may_decide(user: User, text: LawText) -> str:
    """Why the person may not decide on the text, empty where they may."""
    if not can(user, Action.MANAGE, text.place):
        return "Chỉ người có quyền quản trị ở địa bàn áp dụng mới duyệt được."
    if user.pk in selectors.hands(text):
        return (
            "Bạn đã nạp hoặc sửa bản này nên không tự duyệt được. "
            "Cần một người thứ hai đối chiếu với văn bản rồi duyệt."
        )
    return ""


def approve(user: User, pk: int) -> LawText:
    """Make the text law here, from its date. Approved already, nothing changes.

    Raises ``AccessDenied``; ``NotAllowedHere`` for whoever had a hand in it, where it waits no
    longer, or where it no longer fits the rest.
    """
    with transaction.atomic():
        text = _text(user, pk)
        if text.state == TextState.APPROVED:
            return text
        _waits(text)
        if refused := may_decide(user, text):
            raise NotAllowedHere(refused)
        document = selectors.read_text(text)
        if troubles := troubles_with(document, selectors.library()):
            raise NotAllowedHere(
                "Từ lúc trình, các bộ khác đã thay đổi nên bản này không còn khớp: "
                + " ".join(troubles)
                + " Hãy trả lại để người nạp sửa."
            )
        _decide(user, text, TextState.APPROVED, "")
        audit.record(
            user, "duyệt bộ tiêu chí", text, text.place,
            {"digest": text.digest, "valid_from": text.valid_from},
        )  # fmt: skip
        return text


def send_back(user: User, pk: int, reason: str) -> LawText:
    """Return the text to whoever sent it, with a reason; the draft is open again."""
    with transaction.atomic():
        text = _text(user, pk)
        if text.state == TextState.RETURNED:
            return text
        _waits(text)
        if refused := may_decide(user, text):
            raise NotAllowedHere(refused)
        if not reason.strip():
            raise NotAllowedHere("Trả lại phải ghi lý do để người nạp biết cần sửa gì.")
        _decide(user, text, TextState.RETURNED, clean(reason))
        _reopen(text)
        audit.record(user, "trả lại bộ tiêu chí", text, text.place, {"reason": text.reason})
        return text


def withdraw(user: User, pk: int, reason: str) -> LawText:
    """Take a text out: one that waits goes back to its draft, an approved one is law no longer.

    Verdicts that were fixed by it keep its digest, and the text stays to be read. A reason is
    needed for an approved one. Raises ``AccessDenied``, ``NotAllowedHere``.
    """
    with transaction.atomic():
        text = _text(user, pk)
        if text.state == TextState.WITHDRAWN:
            return text
        if text.state == TextState.RETURNED:
            raise NotAllowedHere("Bản này đã bị trả lại.")
        was_law = text.state == TextState.APPROVED
        if was_law and not reason.strip():
            raise NotAllowedHere("Rút một bộ đã duyệt phải ghi lý do.")
        text.state, text.reason = TextState.WITHDRAWN, clean(reason)
        text.withdrawn_by, text.withdrawn_at = user, timezone.now()
        text.save(update_fields=["state", "reason", "withdrawn_by", "withdrawn_at"])
        _reopen(text)
        verb = "rút bộ tiêu chí đã duyệt" if was_law else "rút lại bản trình duyệt"
        audit.record(user, verb, text, text.place, {"reason": text.reason})
        return text


def _waits(text: LawText) -> None:
    if text.state != TextState.PENDING:
        raise NotAllowedHere(f"Bản này không còn chờ duyệt ({text.get_state_display()}).")


def _decide(user: User, text: LawText, state: TextState, reason: str) -> None:
    text.state, text.reason = state, reason
    text.decided_by, text.decided_at = user, timezone.now()
    text.save(update_fields=["state", "reason", "decided_by", "decided_at"])


def _reopen(text: LawText) -> None:
    if text.loading is not None and text.loading.outcome == Outcome.SENT:
        text.loading.outcome, text.loading.changed = Outcome.OPEN, timezone.now()
        text.loading.save(update_fields=["outcome", "changed"])
