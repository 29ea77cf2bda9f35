"""Movements of money: only added, each with a paper and a day; undone by a counter-entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from dinhlang.people import audit
from dinhlang.people.models import User
from dinhlang.vietnamese import format_date, format_money

from ..models import Movement, Need, Source, Step
from ..programme import LAST_DAY_OF_OLD_MONEY, LAST_OLD_YEAR
from ..typed import LARGEST
from .rows import locked
from .trouble import BadRow, Conflict, Difference, TooMuch

HAPPENED = (Step.DISBURSED, Step.SETTLED, Step.COMPLETED)
"""Steps that tell of what has happened: not of a day to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A movement as said: đồng, negative takes back. ``source`` (pk) is None for COMPLETED."""

    need: int
    source: int | None
    step: str
    amount: int
    day: date
    paper: str
    note: str = ""
    over_reason: str = ""


def move(user: User, said: Moved, key: UUID) -> Movement:
    """Write a movement; sent again with the same key it is the one of the first time.

    Raises ``AccessDenied``, ``BadRow``; ``TooMuch`` where more is written than the source, the
    need or the step before has, and no reason is given.
    """
    with transaction.atomic():
        need = locked(user, Need, said.need)
        before: Movement | None = Movement.objects.filter(key=key).first()
        if before is not None:
            if before.need_id != need.pk:
                raise BadRow("Biểu mẫu này đã dùng ở nơi khác. Hãy tải lại trang.")
            return before
        return _add(user, need, said, key)


def _add(
    user: User, need: Need, said: Moved, key: UUID, undoes: Movement | None = None
) -> Movement:
    source = _source(need, said.source)
    _check(need, source, said)
    reason = " ".join(said.over_reason.split())[:300]
    too_much = _too_much(need, source, said)
    if too_much and not reason:
        raise TooMuch(f"{too_much} Nếu vẫn ghi, hãy nêu lý do.", "over_reason")
    row: Movement = Movement.objects.create(
        key=key, need=need, source=source, step=said.step, amount=said.amount, day=said.day,
        paper=" ".join(said.paper.split()), note=" ".join(said.note.split())[:300],
        over_reason=reason if too_much else "", undoes=undoes, by=user, at=timezone.now(),
    )  # fmt: skip
    audit.record(
        user, "hủy khoản ghi sổ" if undoes else "ghi sổ kinh phí", row, need.place,
        {"need": need.pk, "source": source and source.pk, "step": said.step,
         "amount": said.amount, "day": said.day, "paper": row.paper, "over": too_much},
    )  # fmt: skip
    return row


def _source(need: Need, pk: int | None) -> Source | None:
    if pk is None:
        return None
    found: Source | None = Source.objects.filter(pk=pk, place=need.place_id).first()
    if found is None:
        raise BadRow("Không có nguồn này.", "source")
    return found


def _check(need: Need, source: Source | None, said: Moved) -> None:
    if said.step not in Step.values:
        raise BadRow("Hãy chọn bước.", "step")
    if not said.amount or abs(said.amount) > LARGEST:
        raise BadRow("Hãy ghi số tiền.", "amount")
    if need.removed_at is not None:
        raise BadRow("Nhu cầu này đã bị xóa.", "need")
    if said.step == Step.COMPLETED:
        if source is not None:
            raise BadRow("Khối lượng hoàn thành không ghi theo nguồn.", "source")
        if not need.is_works:
            raise BadRow("Chỉ công trình xây dựng mới ghi khối lượng hoàn thành.", "step")
    elif source is None:
        raise BadRow("Hãy chọn nguồn.", "source")
    elif source.removed_at is not None:
        raise BadRow("Nguồn này đã bị xóa.", "source")
    elif source.year != need.year:
        raise BadRow(
            f"Nguồn của năm {source.year}, nhu cầu của năm {need.year}. Vốn chuyển sang năm sau "
            "ghi thành một nguồn của năm sau (chuyển nguồn).",
            "source",
        )
    if not said.paper.strip():
        raise BadRow("Hãy ghi văn bản, chứng từ.", "paper")
    if len(said.paper) > 200:
        raise BadRow("Văn bản dài quá 200 chữ cái.", "paper")
    if said.step in HAPPENED and said.day > timezone.localdate():
        raise BadRow("Khoản đã xảy ra không thể ghi ngày ở sau hôm nay.", "day")
    if _sum(need=need, source=source, step=said.step) + said.amount < 0:
        raise BadRow("Không rút quá số đã ghi.", "amount")


def _sum(**which: object) -> int:
    return Movement.objects.filter(**which).aggregate(sum=Sum("amount"))["sum"] or 0


def _too_much(need: Need, source: Source | None, said: Moved) -> str:
    """What is exceeded by the movement, in words; empty where nothing is."""
    if source is None:
        return ""
    here = dict(
        Movement.objects.filter(need=need, source=source)
        .values_list("step")
        .annotate(sum=Sum("amount"))
        .order_by()
    )
    if said.amount < 0:
        return _below(here, said)
    here[said.step] = here.get(said.step, 0) + said.amount
    if said.step == Step.ALLOCATED:
        return _over_source(need, source, said.amount)
    if said.step == Step.DISBURSED:
        if not source.is_usable:
            return f"Nguồn “{source.text[:80]}” chưa có: {source.condition or 'mới đề nghị'}."
        if (source.carried_from or source.year) <= LAST_OLD_YEAR < source.year and (
            said.day > LAST_DAY_OF_OLD_MONEY
        ):
            return f"Vốn chuyển nguồn chỉ dùng đến {format_date(LAST_DAY_OF_OLD_MONEY)}."
        return _over_step(here, Step.DISBURSED, Step.ALLOCATED)
    if said.step == Step.SETTLED:
        return _over_step(here, Step.SETTLED, Step.DISBURSED)
    return ""


def _over_source(need: Need, source: Source, amount: int) -> str:
    if not source.is_usable:
        return f"Nguồn “{source.text[:80]}” chưa có: {source.condition or 'mới đề nghị'}."
    of_source = _sum(source=source, step=Step.ALLOCATED) + amount
    if source.amount is not None and of_source > source.amount:
        return (
            f"Nguồn “{source.text[:80]}” có {format_money(source.amount)}, phân bổ thế này là "
            f"{format_money(of_source)}: vượt {format_money(of_source - source.amount)}."
        )
    of_need = _sum(need=need, step=Step.ALLOCATED) + amount
    if of_need > need.amount:
        return (
            f"Nhu cầu là {format_money(need.amount)}, phân bổ thế này là {format_money(of_need)}: "
            f"vượt {format_money(of_need - need.amount)}."
        )
    return ""


def _over_step(here: dict[str, int], step: Step, before: Step) -> str:
    more = here.get(step, 0) - here.get(before, 0)
    if more <= 0:
        return ""
    return f"{step.label} vượt {before.label.lower()} {format_money(more)}."


def _below(here: dict[str, int], said: Moved) -> str:
    """What stays above the step that is lowered."""
    left = here.get(said.step, 0) + said.amount
    following = {Step.ALLOCATED: Step.DISBURSED, Step.DISBURSED: Step.SETTLED}.get(Step(said.step))
    if following is None or here.get(following, 0) <= left:
        return ""
    return (
        f"{following.label} {format_money(here[following])}, nhiều hơn phần còn lại "
        f"{format_money(left)}."
    )


def undo_move(user: User, movement_id: int, key: UUID, reason: str) -> Movement:
    """Write the counter-entry of a movement; undone already, it gives that entry.

    Raises ``AccessDenied``, ``BadRow``.
    """
    with transaction.atomic():
        pk = Movement.objects.values_list("need", flat=True).get(pk=movement_id)
        need = locked(user, Need, pk)
        row = Movement.objects.select_related("undone_by").get(pk=movement_id)
        done: Movement | None = Movement.objects.filter(Q(key=key) | Q(undoes=row)).first()
        if done is not None:
            return done
        reason = " ".join(reason.split())[:200]
        if not reason:
            raise BadRow("Hãy ghi lý do hủy khoản này.", "reason")
        if row.undoes_id is not None:
            raise BadRow("Đây là bút toán đảo. Hãy ghi lại khoản mới nếu cần.")
        said = Moved(
            need=need.pk, source=row.source_id, step=row.step, amount=-row.amount,
            day=min(row.day, timezone.localdate()) if row.step in HAPPENED else row.day,
            paper=row.paper, note=f"Hủy: {reason}", over_reason=reason,
        )  # fmt: skip
        return _add(user, need, said, key, undoes=row)


def set_cell(user: User, said: Moved, seen: int, key: UUID) -> Movement | None:
    """Bring what a source gives a need at a step to ``said.amount``, by a movement of the rest.

    ``seen`` is what the person saw there. Returns None where it is so already. Raises as
    ``move`` does, and ``Conflict`` where it is neither what was seen nor what is wanted.
    """
    with transaction.atomic():
        need = locked(user, Need, said.need)
        before: Movement | None = Movement.objects.filter(key=key).first()
        if before is not None:
            return before
        now = _sum(need=need, source=said.source, step=said.step)
        if now == said.amount:
            return None
        if now != seen:
            last = (
                Movement.objects.filter(need=need, source=said.source, step=said.step)
                .select_related("by")
                .last()
            )
            difference = Difference("amount", "Số tiền", seen, now, said.amount)
            raise Conflict([difference], now, str(last.by if last else ""))
        if said.amount < 0:
            raise BadRow("Số tiền không âm.", "amount")
        rest = Moved(
            need=said.need, source=said.source, step=said.step, amount=said.amount - now,
            day=said.day, paper=said.paper, note=said.note, over_reason=said.over_reason,
        )  # fmt: skip
        return _add(user, need, rest, key)
