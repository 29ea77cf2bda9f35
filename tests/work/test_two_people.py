"""Two people change one thing: the second sees what the first saved, and nothing is lost.

Every form for editing is opened by both, as it stands on its page. The first saves; the second,
who still has the old form, changes another field (both stay) or the same one (shown, not written).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from dinhlang.money.models import Movement, Need, Receipt, Source
from dinhlang.money.services import balance, contributions, movements
from dinhlang.money.services.movements import Moved
from dinhlang.money.services.trouble import BadRow
from dinhlang.work.said import Said
from dinhlang.work.services import commitments, tasks
from dinhlang.work.services.commitments import Promise
from tests.meetings.making import a_meeting, decided, held, point
from tests.money.giving import a_household, a_pledge, a_policy, a_receipt
from tests.world import World

pytestmark = pytest.mark.django_db
YEAR = 2026


class Forms(HTMLParser):
    """The forms of a page: each address with the names and values that it would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._fields: dict[str, str] | None = None
        self._name = self._kind = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._fields = {}
            self.forms.append((said.get("action", ""), self._fields))
        if self._fields is None:
            return
        name = said.get("name", "")
        if tag == "input" and name and said.get("type") not in ("submit", "file"):
            if said.get("type") not in ("checkbox", "radio") or "checked" in said:
                self._fields[name] = said.get("value", "on")
        elif tag in ("textarea", "select") and name:
            self._name, self._kind = name, tag
            self._fields.setdefault(name, "")
        elif tag == "option" and self._kind == "select" and "selected" in said:
            self._fields[self._name] = said.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._fields is not None and self._kind == "textarea":
            self._fields[self._name] += data

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "select"):
            self._name = self._kind = ""
        if tag == "form":
            self._fields = None


def form_of(client: Client, page: str, names: str) -> tuple[str, dict[str, str]]:
    """The form of the page that has this field: where it goes and what it sends."""
    answer = client.get(page)
    assert answer.status_code == 200
    reader = Forms()
    reader.feed(answer.content.decode())
    for action, fields in reader.forms:
        if names in fields:
            return action or page.split("?")[0], fields
    raise AssertionError(f"no form with {names} on {page}")


@dataclass(frozen=True)
class Case:
    """``pages`` of the two fields; ``kept`` gives both as the row has them."""

    pages: tuple[str, str]
    fields: tuple[str, str]
    kept: Callable[[], tuple[Any, Any]]
    words: tuple[str, str, str] = ("Bản thứ nhất", "Bản thứ hai", "Chỗ khác")


def of_row(row: Any, *names: str) -> Callable[[], tuple[Any, Any]]:
    def kept() -> tuple[Any, Any]:
        row.refresh_from_db()
        one, two = (getattr(row, name) for name in names)
        return one, two

    return kept


def task(w: World) -> Case:
    row = tasks.create(w.people["officer"], w.places["a"], Said(text="Một"), uuid4())
    pages = (f"/viec/{row.pk}?sua=viec", f"/viec/{row.pk}?sua=san-pham")
    return Case(pages, ("viec", "san-pham"), of_row(row, "text", "product"))


def commitment(w: World) -> Case:
    said = Promise(text="Đường hoa", to_whom="UBND tỉnh", due=date(2099, 1, 1), paper="KH 1")
    row = commitments.add(w.people["leader"], w.places["a"], said, uuid4())
    page = f"/cam-ket/{w.places['a'].pk}/{row.pk}"
    return Case((page, page), ("noi-dung", "voi"), of_row(row, "text", "to_whom"))


def meeting(w: World) -> Case:
    row = a_meeting(w, where="Hội trường")
    page = f"/hop/cuoc/{row.pk}/sua"
    return Case((page, page), ("dia-diem", "chu-tri"), of_row(row, "where", "chair"))


def agenda(w: World) -> Case:
    item = point(a_meeting(w))
    page = f"/hop/cuoc/{item.meeting_id}"
    return Case((page, page), ("goc-nd:nd", "goc-nd:trinh-bay"), of_row(item, "text", "presenter"))


def conclusion(w: World) -> Case:
    row = decided(w, held(w))
    page = f"/hop/cuoc/{row.meeting_id}"
    return Case((page, page), ("goc-kl:kl", "goc-kl:san-pham"), of_row(row, "text", "product"))


def need(w: World) -> Case:
    said = balance.NeedSaid(text="Đường thôn", amount=6_000_000)
    row = balance.add_need(w.people["officer"], w.places["a"], YEAR, said, uuid4())
    page = f"/kinh-phi/nhu-cau/{row.pk}/sua"
    return Case((page, page), ("text", "paper"), of_row(row, "text", "paper"))


def source(w: World) -> Case:
    said = balance.SourceSaid(text="Ngân sách xã", amount=6_000_000)
    row = balance.add_source(w.people["officer"], w.places["a"], YEAR, said, uuid4())
    page = f"/kinh-phi/nguon/{row.pk}/sua"
    return Case((page, page), ("text", "paper"), of_row(row, "text", "paper"))


def policy(w: World) -> Case:
    row = a_policy(w)
    page = f"/ho-tro/chinh-sach/{row.pk}/sua"
    return Case((page, page), ("name", "basis"), of_row(row, "name", "basis"))


def household(w: World) -> Case:
    row = a_household(w, a_policy(w))
    page = f"/ho-tro/nguoi/{row.pk}"
    return Case((page, page), ("name", "note"), of_row(row, "name", "note"))


def pledge(w: World) -> Case:
    row = a_pledge(w)
    page = f"/dong-gop/dang-ky/{row.pk}"
    return Case((page, page), ("purpose", "note"), of_row(row, "purpose", "note"))


CASES = (task, commitment, meeting, agenda, conclusion, need, source, policy, household, pledge)


def browsers(w: World) -> tuple[Client, Client]:
    made = Client(), Client()
    for client, who in zip(made, ("officer", "leader"), strict=True):
        client.force_login(w.people[who])
    return made


def opened(client: Client, page: str, field: str) -> tuple[str, dict[str, str], str]:
    mark, _, name = field.rpartition(":")
    action, fields = form_of(client, page, mark or name)
    return action, fields, name


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_what_only_one_of_them_changed_stays(world: World, make: Callable[[World], Case]) -> None:
    case, (one, two) = make(world), browsers(world)
    mine, _, other = case.words
    theirs = opened(two, case.pages[1], case.fields[1])
    action, fields, name = opened(one, case.pages[0], case.fields[0])
    assert one.post(action, fields | {name: mine}).status_code == 302
    action, fields, name = theirs
    assert two.post(action, fields | {name: other}).status_code == 302
    assert case.kept() == (mine, other)


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_what_both_changed_is_shown_and_not_written_over(
    world: World, make: Callable[[World], Case]
) -> None:
    case, (one, two) = make(world), browsers(world)
    mine, again, _ = case.words
    action, fields, name = opened(two, case.pages[0], case.fields[0])
    own, sent, field = opened(one, case.pages[0], case.fields[0])
    assert one.post(own, sent | {field: mine}).status_code == 302
    answer = two.post(action, fields | {name: again})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert mine in page and again in page
    assert case.kept()[0] == mine


def test_minutes_of_two_are_put_together(world: World) -> None:
    item, (one, two) = point(held(world)), browsers(world)
    page = f"/hop/cuoc/{item.meeting_id}"
    forms = [form_of(client, page, "ghi") for client in (one, two)]
    for client, (action, fields), words in zip((one, two), forms, ("Một", "Hai"), strict=True):
        assert client.post(action, fields | {"ghi": words}).status_code == 302
    item.refresh_from_db()
    assert set(item.said.split("\n")) == {"Một", "Hai"}


def test_an_allocation_that_another_changed_is_not_written_over(world: World) -> None:
    need(world), source(world)
    row, user = Need.objects.get(), world.people["officer"]
    said = Moved(need=row.pk, source=Source.objects.get().pk, step="planned", amount=5,
                 day=date(YEAR, 1, 5), paper="QĐ 1")  # fmt: skip
    movements.set_cell(user, said, 0, uuid4())
    with pytest.raises(balance.Conflict):
        movements.set_cell(world.people["leader"], replace(said, amount=7), 0, uuid4())
    assert sum(Movement.objects.values_list("amount", flat=True)) == 5


def test_entries_and_receipts_are_never_changed_and_taken_back_once(world: World) -> None:
    row, user = a_receipt(world), world.people["officer"]
    contributions.cancel_receipt(user, row.pk, "nhầm", row.day, uuid4())
    with pytest.raises(BadRow, match="đã được hủy"):
        contributions.cancel_receipt(world.people["leader"], row.pk, "trùng", row.day, uuid4())
    assert Receipt.objects.count() == 2
