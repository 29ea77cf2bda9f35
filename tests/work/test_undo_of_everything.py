"""Every act of work, meetings and money that destroys is taken back, and all stands as before."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import date
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from dinhlang.meetings.models import AgendaItem, Decision, Meeting
from dinhlang.meetings.services import closing, deciding, planning
from dinhlang.money.models import (
    Beneficiary,
    LedgerPublication,
    Movement,
    Need,
    Pledge,
    Policy,
    Receipt,
    RowChange,
    Source,
    SupportProposal,
)
from dinhlang.money.services import (
    beneficiaries,
    contributions,
    movements,
    policies,
    rows,
    support_importing,
    undoing,
)
from dinhlang.money.services import importing as money_importing
from dinhlang.money.services import publishing as publication
from dinhlang.money.services.fields import NeedSaid, SourceSaid
from dinhlang.money.services.movements import Moved
from dinhlang.money.support_sheets import BENEFICIARIES
from dinhlang.people.models import AuditLine, Grant, OfficeHolding
from dinhlang.work.models import Commitment, Repeat, StandIn, Task, TaskState, TaskTemplate
from dinhlang.work.said import Said
from dinhlang.work.services import (
    accepting,
    bulk,
    carrying,
    commitments,
    covering,
    importing,
    parts,
    repeats,
    states,
    tasks,
    templates,
    undoing_import,
)
from dinhlang.work.services import undoing as of_task
from dinhlang.work.services.commitments import Promise
from tests.meetings.making import a_meeting, decided, held, point
from tests.money.books import book
from tests.money.giving import a_household, a_pledge, a_policy, a_receipt, check, pay
from tests.money.test_support_sheets import a_file
from tests.work.making import a_task
from tests.work.people import LAND, staff_of
from tests.work.test_importing import filled, lines_of
from tests.world import World

pytestmark = pytest.mark.django_db
SOON = date(2099, 5, 1)
YEAR = 2026
Steps = Iterator[Callable[[], object]]
"""Three times: what to look at, then (the act done) to go on, then (it taken back) the end."""


def look(*models: Any) -> dict[str, list[Any]]:
    """What stands: the rows that were not removed, without how often they were changed."""
    found: dict[str, list[Any]] = {}
    moving = {"revision", "changed", "changed_by", "at", "by", "offered", "given", "done_at"}
    for model in models:
        names = [f.attname for f in model._meta.concrete_fields if f.name not in moving]
        live = model.objects.order_by("pk")
        if "removed_at" in names:
            live = live.filter(removed_at=None)
        found[model.__name__] = list(live.values(*names))
    return found


def offices_of(task: Task) -> list[tuple[str, bool]]:
    return list(task.offices.order_by("pk").values_list("name", "leads"))


def removed_task(w: World) -> Steps:
    user, task = w.people["leader"], a_task(w.places["a"], "Một")
    yield lambda: look(Task)
    tasks.remove(user, task.pk, uuid4())
    yield lambda: None
    tasks.restore(user, task.pk)


def rewritten_task(w: World) -> Steps:
    user = w.people["leader"]
    task = tasks.create(user, w.places["a"], Said(text="Một"), uuid4())
    key = uuid4()
    yield lambda: look(Task)
    tasks.change(user, task.pk, key, 0, {"text": "Hai"})
    yield lambda: None
    of_task.undo(user, task.notes.get(key=key).pk, uuid4())


def dropped_task(w: World) -> Steps:
    user, task, key = w.people["leader"], a_task(w.places["a"], "Một"), uuid4()
    yield lambda: look(Task)
    states.tell(user, task.pk, key, TaskState.DROPPED, reason="thôi")
    yield lambda: None
    of_task.undo(user, task.notes.get(key=key).pk, uuid4())


def moved_part(w: World) -> Steps:
    user, place = w.people["leader"], w.places["a"]
    part, whole, key = a_task(place, "Phần"), a_task(place, "Cả"), uuid4()
    yield lambda: list(Task.objects.order_by("pk").values_list("pk", "parent"))
    parts.move_under(user, part.pk, whole.pk, key, 0)
    yield lambda: None
    of_task.undo(user, part.notes.get(key=key).pk, uuid4())


def removed_many(w: World) -> Steps:
    user, key = w.people["leader"], uuid4()
    pks = [a_task(w.places["a"], text).pk for text in ("Một", "Hai")]
    yield lambda: look(Task)
    bulk.act(user, pks, "xoa", None, key)
    yield lambda: None
    bulk.undo_all(user, pks, key)


def carried_many(w: World) -> Steps:
    user, key = w.people["leader"], uuid4()
    pks = [a_task(w.places["a"], text, state=TaskState.DOING).pk for text in ("Một", "Hai")]
    yield lambda: look(Task)
    bulk.act(user, pks, "chuyen-ky", SOON, key)
    yield lambda: None
    bulk.undo_all(user, pks, key)


def carried(w: World) -> Steps:
    user, key, task = w.people["leader"], uuid4(), a_task(w.places["a"], "Một")
    yield lambda: look(Task)
    carrying.carry(user, [(task.pk, SOON)], key)
    yield lambda: None
    carrying.take_back(user, task.pk, key)


def accepted(w: World) -> Steps:
    user, task = w.people["leader"], a_task(w.places["a"], "Một", state=TaskState.DOING)
    yield lambda: list(Task.objects.values_list("state", flat=True))
    accepting.accept(user, task.pk, uuid4(), text="xong")
    yield lambda: None
    accepting.send_back(user, task.pk, uuid4(), "xem lại")


def delegated(w: World) -> Steps:
    staff, user, key = staff_of(w), w.people["leader"], uuid4()
    task = tasks.create(user, staff.place, Said(text="Một", lead=[LAND]), uuid4())
    yield lambda: offices_of(task)
    covering.delegate(user, task.pk, key, 0, staff.culture.title, "bận")
    yield lambda: None
    of_task.undo(user, task.notes.get(key=key).pk, uuid4())


def ended_stand_in(w: World) -> Steps:
    staff, user = staff_of(w), w.people["coordinator"]
    row = covering.add_stand_in(
        user, staff.land, staff.other, date.today(), date.today(), "ốm", uuid4()
    )
    yield lambda: look(StandIn, Grant, OfficeHolding)
    covering.end_stand_in(user, row.pk)
    yield lambda: None
    covering.resume_stand_in(user, row.pk)


def removed_commitment(w: World) -> Steps:
    user = w.people["leader"]
    promise = Promise(text="Mỗi thôn một tuyến đường hoa", to_whom="UBND tỉnh", due=SOON)
    row = commitments.add(user, w.places["a"], promise, uuid4())
    yield lambda: look(Commitment)
    commitments.remove(user, row.pk, uuid4())
    yield lambda: None
    commitments.restore(user, row.pk)


def ended_repeat(w: World) -> Steps:
    user = w.people["leader"]
    row = repeats.begin(user, w.places["a"], Said(text="Báo cáo {kỳ}"), uuid4(), every="month",
                        on=25, first=SOON)  # fmt: skip
    yield lambda: look(Repeat)
    repeats.end(user, row.pk)
    yield lambda: None
    repeats.resume(user, row.pk)


def removed_template(w: World) -> Steps:
    user, whole = w.people["leader"], a_task(w.places["a"], "Cả")
    tasks.break_down(user, whole.pk, [Said(text="Phần")], uuid4())
    row = templates.save(user, whole, "Mẫu", uuid4())
    yield lambda: look(TaskTemplate)
    templates.remove(user, row.pk)
    yield lambda: None
    templates.remove(user, row.pk, back=True)


def imported_work(w: World) -> Steps:
    user, place = w.people["leader"], w.places["a"]
    tasks.create(user, place, Said(text="Đã có", lead=[LAND], end=SOON), uuid4())
    lines = lines_of(w)
    lines[0] |= {"text": "Đã có, sửa", "end": "01/06/2099"}
    lines.append({"text": "Việc mới", "end": "01/07/2099"})
    found = importing.bring_in(user, place, "viec.xlsx", filled(lines), uuid4())
    yield lambda: look(Task)
    importing.write(user, found.pk)
    yield lambda: None
    told = undoing_import.undo_write(user, found.pk)
    assert (told.lines, told.stay) == (2, [])


def removed_point(w: World) -> Steps:
    user, item = w.people["officer"], point(a_meeting(w))
    yield lambda: look(AgendaItem)
    planning.remove_point(user, item.pk)
    yield lambda: None
    planning.restore_point(user, item.pk)


def removed_decision(w: World) -> Steps:
    user, row = w.people["officer"], decided(w, held(w))
    yield lambda: look(Decision)
    deciding.remove_decision(user, row.pk)
    yield lambda: None
    deciding.restore_decision(user, row.pk)


def removed_meeting(w: World) -> Steps:
    user, row = w.people["officer"], a_meeting(w)
    yield lambda: look(Meeting)
    planning.set_aside(user, row.pk)
    yield lambda: None
    planning.take_back(user, row.pk)


def closed_meeting(w: World) -> Steps:
    user, row = w.people["leader"], held(w)
    decided(w, row, "Dọn đường")
    yield lambda: look(Meeting, Decision, Task)
    closing.close(user, row.pk)
    yield lambda: None
    closing.undo_close(user, row.pk)


def reopened_meeting(w: World) -> Steps:
    user, row = w.people["leader"], held(w)
    decided(w, row, "Dọn đường")
    closing.close(user, row.pk)
    yield lambda: (
        list(Meeting.objects.values_list("state")),
        list(Task.objects.filter(removed_at=None).values_list("pk", "text", "state")),
    )
    closing.reopen(user, row.pk, "thử", keep=False)
    yield lambda: None
    closing.close(user, row.pk)


def a_need(w: World, **more: Any) -> Need:
    said = NeedSaid(**({"text": "Đường thôn", "amount": 6_000_000} | more))
    return rows.add_need(w.people["officer"], w.places["a"], YEAR, said, uuid4())


def removed_money(w: World) -> Steps:
    user, need = w.people["officer"], a_need(w)
    source = rows.add_source(user, w.places["a"], YEAR, SourceSaid(text="Xã", amount=1), uuid4())
    yield lambda: look(Need, Source)
    rows.remove(user, Need, need.pk, uuid4())
    rows.remove(user, Source, source.pk, uuid4())
    yield lambda: None
    rows.restore(user, Need, need.pk, uuid4())
    rows.restore(user, Source, source.pk, uuid4())


def taken_from_paper(w: World) -> Steps:
    user, need = w.people["officer"], a_need(w)
    Need.objects.filter(pk=need.pk).update(offered={"text": "Lời của văn bản"}, given={"text": "a"})
    yield lambda: (look(Need), Need.objects.get().offered)
    rows.settle(user, Need, need.pk, uuid4(), {"text": True})
    yield lambda: None
    undoing.undo_change(user, need.history.latest("pk").pk, uuid4())


def condition_taken_back(w: World) -> Steps:
    user = w.people["officer"]
    said = SourceSaid(text="Tỉnh", amount=5, condition="đạt chuẩn")
    row = rows.add_source(user, w.places["a"], YEAR, said, uuid4())
    rows.meet_condition(user, row.pk, uuid4(), date(2026, 1, 5), "QĐ 1")
    yield lambda: look(Source)
    rows.meet_condition(user, row.pk, uuid4(), None)
    yield lambda: None
    undoing.undo_change(user, row.history.latest("pk").pk, uuid4())


def counter_entry(w: World) -> Steps:
    user, need = w.people["officer"], a_need(w)
    source = rows.add_source(user, w.places["a"], YEAR, SourceSaid(text="Xã", amount=9), uuid4())
    said = Moved(need=need.pk, source=source.pk, step="planned", amount=7, day=date(YEAR, 1, 5),
                 paper="QĐ 1")  # fmt: skip
    row = movements.move(user, said, uuid4())
    yield lambda: sum(Movement.objects.values_list("amount", flat=True))
    counter = movements.undo_move(user, row.pk, uuid4(), "nhầm")
    yield lambda: None
    undoing.redo_move(user, counter.pk, uuid4())


def imported_money(w: World) -> Steps:
    user, place, need = w.people["officer"], w.places["a"], a_need(w)
    content = book(
        needs=[{"key": str(need.key), "text": need.text, "amount": "9 triệu"},
               {"text": "Đèn đường", "amount": "85 triệu"}],
        sources=[{"text": "Doanh nghiệp", "kind": "Doanh nghiệp, nhà tài trợ", "amount": "1 tỷ"}],
        ledger=[{"day": "5/1/2026", "step": "Dự kiến", "need": "Đèn đường",
                 "source": "Doanh nghiệp", "amount": "10 triệu", "paper": "QĐ 1"}],
    )  # fmt: skip
    found = money_importing.bring_in(user, place, YEAR, "a.xlsx", content, uuid4())
    yield lambda: (look(Need, Source), sum(Movement.objects.values_list("amount", flat=True)))
    money_importing.write(user, found.pk)
    assert Movement.objects.exists()
    yield lambda: None
    taken = undoing.undo_import(user, found.pk)
    assert (taken.lines, taken.stay) == (4, [])


def removed_policy(w: World) -> Steps:
    user, row = w.people["officer"], a_policy(w)
    yield lambda: look(Policy)
    policies.remove_policy(user, row.pk, uuid4())
    yield lambda: None
    policies.restore_policy(user, row.pk, uuid4())


def declined_proposal(w: World) -> Steps:
    user = w.people["officer"]
    row = SupportProposal.objects.create(
        place=w.places["a"], origin_ref="plan:1:1", text="bể lọc", amount=1, year=YEAR,
        at=timezone.now(),
    )  # fmt: skip
    yield lambda: look(SupportProposal)
    policies.decline(user, row.pk, "hết hạn mức")
    yield lambda: None
    policies.reopen(user, row.pk)


def removed_household(w: World) -> Steps:
    user, row = w.people["officer"], a_household(w, a_policy(w))
    yield lambda: look(Beneficiary)
    beneficiaries.remove(user, row.pk, uuid4())
    yield lambda: None
    beneficiaries.restore(user, row.pk, uuid4())


def unchecked_unpaid(w: World) -> Steps:
    user, policy = w.people["officer"], a_policy(w)
    row = a_household(w, policy)
    check(w, policy, [row], date(2026, 6, 1))
    pay(w, policy, [row], date(2026, 6, 1))
    yield lambda: look(Beneficiary)
    beneficiaries.unpay(user, policy.pk, [row.pk], uuid4())
    beneficiaries.uncheck(user, policy.pk, [row.pk], uuid4())
    yield lambda: None
    check(w, policy, [row], date(2026, 6, 1))
    pay(w, policy, [row], date(2026, 6, 1))


def removed_pledge(w: World) -> Steps:
    user, row = w.people["officer"], a_pledge(w)
    yield lambda: look(Pledge)
    contributions.remove_pledge(user, row.pk, uuid4())
    yield lambda: None
    contributions.restore_pledge(user, row.pk, uuid4())


def cancelled_receipt(w: World) -> Steps:
    user, row = w.people["officer"], a_receipt(w)
    yield lambda: sum(Receipt.objects.values_list("amount", flat=True))
    counter = contributions.cancel_receipt(user, row.pk, "nhầm", row.day, uuid4())
    yield lambda: None
    undoing.give_again(user, counter.pk, uuid4())


def imported_list(w: World) -> Steps:
    user, policy = w.people["officer"], a_policy(w)
    content = a_file(BENEFICIARIES, [{"name": "Lê Thị Ba", "village": "Đình Thượng"}])
    found = support_importing.bring_in_list(user, policy, "a.xlsx", content, uuid4())
    yield lambda: look(Beneficiary)
    support_importing.write(user, found.pk)
    assert Beneficiary.objects.exists()
    yield lambda: None
    assert undoing.undo_support_import(user, found.pk).lines == 1


def ledger_withdrawn(w: World) -> Steps:
    user, place = w.people["leader"], w.places["a"]
    a_receipt(w)
    publication.publish(user, place, YEAR, uuid4())
    yield lambda: _shown(place)
    publication.withdraw(user, place, YEAR)
    yield lambda: None
    publication.publish(user, place, YEAR, uuid4())


def _shown(place: Any) -> Any:
    found = LedgerPublication.objects.filter(place=place, withdrawn_at=None)
    return list(found.values_list("data__total", flat=True))


CASES: dict[str, Callable[[World], Steps]] = {
    "work.tasks.remove": removed_task,
    "work.tasks.change": rewritten_task,
    "work.states.tell": dropped_task,
    "work.parts.move_under": moved_part,
    "work.bulk.act": removed_many,
    "work.bulk.act, chuyen-ky": carried_many,
    "work.carrying.carry": carried,
    "work.accepting.accept": accepted,
    "work.covering.delegate": delegated,
    "work.covering.end_stand_in": ended_stand_in,
    "work.commitments.remove": removed_commitment,
    "work.repeats.end": ended_repeat,
    "work.templates.remove": removed_template,
    "work.importing.write": imported_work,
    "meetings.planning.remove_point": removed_point,
    "meetings.deciding.remove_decision": removed_decision,
    "meetings.planning.set_aside": removed_meeting,
    "meetings.closing.close": closed_meeting,
    "meetings.closing.reopen": reopened_meeting,
    "money.rows.remove": removed_money,
    "money.rows.settle": taken_from_paper,
    "money.rows.meet_condition": condition_taken_back,
    "money.movements.undo_move": counter_entry,
    "money.importing.write": imported_money,
    "money.policies.remove_policy": removed_policy,
    "money.policies.decline": declined_proposal,
    "money.beneficiaries.remove": removed_household,
    "money.beneficiaries.unpay": unchecked_unpaid,
    "money.beneficiaries.uncheck": unchecked_unpaid,
    "money.contributions.remove_pledge": removed_pledge,
    "money.contributions.cancel_receipt": cancelled_receipt,
    "money.support_importing.write": imported_list,
    "money.publishing.withdraw": ledger_withdrawn,
}
ELSEWHERE = {
    "money.policies.reopen": "is itself the way back of decline",
    "work.writing.write": "the common hand of the verbs above; no act of its own",
    "work.webhooks.remove": "tests/work/test_webhooks.py: bring_back",
    "work.webhooks.stop": "start",
    "work.feeds.end": "a secret address that was withdrawn must not work again; a new one is made",
    "work.feeds.renew": "as above",
    "work.webhooks.renew_secret": "as above",
    "work.splitting.split": "tests/work/test_splitting.py: put_together",
    "work.covering.hand_over": "two people confirmed it on paper; another hand-over gives it back",
}
"""Those whose way back is proved, or refused for a reason, in another place."""
DESTROYS = re.compile(
    r"^(?:remove|end|close|reopen|stop|withdraw|cancel|decline|uncheck|unpay|settle|write|set_aside"
    r"|carry|act|delegate|hand_over|split|accept|renew)(?:_|$)|^undo_move$|^move_under$"
)


@pytest.mark.parametrize("name", CASES)
def test_what_was_destroyed_stands_as_before(world: World, name: str) -> None:
    steps = CASES[name](world)
    seen = next(steps)
    before = seen()
    lines = AuditLine.objects.count()
    next(steps)
    assert seen() != before, "nothing was destroyed"
    done = AuditLine.objects.count()
    assert done > lines
    assert next(steps, None) is None
    assert seen() == before
    assert AuditLine.objects.count() > done, "taking back is told as well"


def modules() -> Iterator[tuple[str, ModuleType]]:
    """The services of the three rooms."""
    for room in ("work", "meetings", "money"):
        package = importlib.import_module(f"dinhlang.{room}.services")
        for each in pkgutil.iter_modules(package.__path__):
            yield (
                f"{room}.{each.name}",
                importlib.import_module(f"dinhlang.{room}.services.{each.name}"),
            )


def test_no_service_that_destroys_is_missing_from_the_table() -> None:
    listed = {name.split(",")[0] for name in CASES} | set(ELSEWHERE)
    found = set()
    for name, module in modules():
        for verb, thing in vars(module).items():
            of_module = inspect.isfunction(thing) and thing.__module__ == module.__name__
            first = next(iter(inspect.signature(thing).parameters), "") if of_module else ""
            if of_module and DESTROYS.match(verb) and first == "user":
                found.add(f"{name}.{verb}")
    found.discard("meetings.minutes.write")  # What two people type is put together; nothing goes.
    assert found <= listed, found - listed


def test_a_line_that_somebody_changed_since_stays_and_is_told(world: World) -> None:
    user, place = world.people["leader"], world.places["a"]
    found = importing.bring_in(
        user, place, "viec.xlsx", filled([{"text": "Mới", "end": "01/07/2099"}]), uuid4()
    )
    importing.write(user, found.pk)
    task = Task.objects.get()
    tasks.change(world.people["officer"], task.pk, uuid4(), 0, {"product": "Biên bản"})
    told = undoing_import.undo_write(user, found.pk)
    assert told.lines == 0
    assert "giữ lại" in told.stay[0]
    assert Task.objects.get().removed_at is None


def test_a_row_of_money_changed_since_is_not_set_back(world: World) -> None:
    user, need = world.people["officer"], a_need(world)
    with pytest.raises(rows.BadRow, match="vừa được thêm"):
        undoing.undo_change(user, need.history.get().pk, uuid4())
    rows.change_need(user, need.pk, uuid4(), 0, {"text": "Một"})
    first = RowChange.objects.latest("pk")
    rows.change_need(user, need.pk, uuid4(), 1, {"text": "Hai"})
    with pytest.raises(rows.BadRow, match="sửa tiếp"):
        undoing.undo_change(user, first.pk, uuid4())
    assert Need.objects.get().text == "Hai"
