"""A task's acceptance brings its product: the criterion it serves moves by itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dinhlang.assessment.selectors.verdicts import verdict
from dinhlang.facts.models import Evidence, EvidenceLink, Observation
from dinhlang.facts.periods import Period
from dinhlang.facts.services import entries
from dinhlang.facts.services import evidence as papers
from dinhlang.law.verdicts import State
from dinhlang.lawbook import selectors as lawbook
from dinhlang.people.access import AccessDenied
from dinhlang.work.models import Task, TaskState
from dinhlang.work.services import tasks
from dinhlang.work.services.accepting import Product
from dinhlang.work.services.tasks import BadTask, Conflict, Said
from tests.assessment.small_law import DAY, SET, enter_all, small_law
from tests.world import World

PDF = b"%PDF-1.7\n%%EOF"
ROADS = "ty_le_duong_cung_hoa"


@pytest.fixture
def filled(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Commune A where all is met but the roads, under the small law."""
    monkeypatch.setattr(lawbook, "library", small_law)
    places = world.places
    enter_all(world.people["officer"], places["a"], [places["a1"], places["a2"]])
    return world


def a_task(world: World, **more: Any) -> Task:
    """A task that serves indicator 2.1, told to be done by the officer."""
    said = Said(**{
        "text": "Đổ bê tông đường thôn", "criterion_set": SET, "criterion": "2",
        "indicator": "2.1", "measure": ROADS, "product": "Biên bản nghiệm thu",
        "end": date(2030, 12, 31), **more,
    })  # fmt: skip
    task = tasks.create(world.people["officer"], world.places["a"], said, uuid4())
    tasks.tell(world.people["officer"], task.pk, uuid4(), "done", "Đã bàn giao")
    return task


def state_of_roads(world: World) -> State:
    """The state of criterion 2 on the board."""
    found = verdict(world.places["a"], SET, DAY)
    assert found is not None
    return next(each.state for each in found.criteria if each.criterion.number == "2")


def entry(value: str) -> entries.Entry:
    """The share of hardened roads in 2030."""
    return entries.Entry(measure=ROADS, period=Period.of("2030"), value=Decimal(value))


def test_the_criterion_moves_when_the_task_that_serves_it_is_accepted(filled: World) -> None:
    task, leader = a_task(filled), filled.people["leader"]
    assert state_of_roads(filled) == State.NOT_MET
    key = uuid4()
    sent = papers.Sent(name="bien-ban.pdf", content=PDF)
    product = Product(files=[sent], entry=entry("99"))
    notes = [tasks.accept(leader, task.pk, key, product) for _ in range(2)]
    assert notes[0] == notes[1]
    assert state_of_roads(filled) == State.MET
    task.refresh_from_db()
    assert (task.state, task.accepted_by) == (TaskState.ACCEPTED, leader)
    links = EvidenceLink.objects.filter(evidence__title="bien-ban").order_by("pk")
    assert [(link.set_id, link.number, link.measure, link.year) for link in links] == [
        (SET, "2.1", "", 0), ("", "", ROADS, 2030),
    ]  # fmt: skip
    assert notes[0].observation == Observation.objects.get(measure=ROADS, superseded_at=None)
    assert notes[0].evidence == Evidence.objects.get(title="bien-ban")


def test_a_number_of_a_village_is_entered_there(filled: World) -> None:
    village = filled.places["a1"]
    task = a_task(filled, villages=[village.pk], measure="thon_sach_dep", indicator="2.2")
    one = entries.Entry(measure="thon_sach_dep", period=Period.of("2030"), yes=True)
    note = tasks.accept(
        filled.people["leader"], task.pk, uuid4(), Product(entry=one, village=village.pk)
    )
    assert note.observation is not None
    assert note.observation.place == village
    with pytest.raises(BadTask):
        tasks.accept(
            filled.people["leader"],
            a_task(filled).pk,
            uuid4(),
            Product(entry=one, village=village.pk),
        )


def test_a_task_with_a_product_is_not_accepted_with_nothing(filled: World) -> None:
    task, leader = a_task(filled), filled.people["leader"]
    with pytest.raises(BadTask, match="sản phẩm"):
        tasks.accept(leader, task.pk, uuid4())
    tasks.accept(leader, task.pk, uuid4(), text="Biên bản nộp sau, đã xem tại chỗ")
    assert Task.objects.get(pk=task.pk).state == TaskState.ACCEPTED


def test_what_the_officer_attached_while_working_counts(filled: World) -> None:
    officer, place = filled.people["officer"], filled.places["a"]
    said = Said(text="Lập hồ sơ", product="Hồ sơ")
    task = tasks.create(officer, place, said, uuid4())
    paper = papers.add(officer, place, papers.Sent(name="ho-so.pdf", content=PDF))
    with pytest.raises(BadTask, match="Hồ sơ"):
        tasks.tell(officer, task.pk, uuid4(), "done")
    tasks.tell(officer, task.pk, uuid4(), "doing", evidence=paper.pk)
    tasks.tell(officer, task.pk, uuid4(), "done")
    tasks.accept(filled.people["coordinator"], task.pk, uuid4())
    assert Task.objects.get(pk=task.pk).state == TaskState.ACCEPTED


def test_nothing_is_kept_of_an_acceptance_whose_number_cannot_be(filled: World) -> None:
    task = a_task(filled)
    sent = papers.Sent(name="moi.pdf", content=PDF + b" ")
    with pytest.raises(entries.BadEntry):
        tasks.accept(
            filled.people["leader"], task.pk, uuid4(), Product(files=[sent], entry=entry("140"))
        )
    assert not Evidence.objects.filter(title="moi").exists()
    assert Task.objects.get(pk=task.pk).state == TaskState.DONE


def test_only_who_decides_accepts_and_sends_back(filled: World) -> None:
    task = a_task(filled)
    for who in ("officer", "province", "elsewhere", "village_head"):
        with pytest.raises(AccessDenied):
            tasks.accept(filled.people[who], task.pk, uuid4(), text="x")
        with pytest.raises(AccessDenied):
            tasks.send_back(filled.people[who], task.pk, uuid4(), "x")


def test_a_task_sent_back_is_worked_on_again_and_says_why(filled: World) -> None:
    task, leader = a_task(filled), filled.people["leader"]
    with pytest.raises(BadTask):
        tasks.send_back(leader, task.pk, uuid4(), " ")
    key = uuid4()
    for _ in range(2):
        tasks.send_back(leader, task.pk, key, "Thiếu chữ ký")
    task.refresh_from_db()
    assert (task.state, task.done_at) == (TaskState.DOING, None)
    assert task.notes.filter(text="Thiếu chữ ký").count() == 1
    tasks.accept(leader, task.pk, uuid4(), text="đủ")
    tasks.send_back(leader, task.pk, uuid4(), "Xem lại")
    task.refresh_from_db()
    assert (task.state, task.accepted_by) == (TaskState.DOING, None)


def test_an_accepted_task_stays_as_it_is(filled: World) -> None:
    task, leader = a_task(filled), filled.people["leader"]
    tasks.accept(leader, task.pk, uuid4(), text="đủ")
    with pytest.raises(BadTask, match="đã được nghiệm thu"):
        tasks.accept(leader, task.pk, uuid4(), text="lần nữa")
    with pytest.raises(BadTask, match="nghiệm thu"):
        tasks.tell(leader, task.pk, uuid4(), "doing")
    with pytest.raises(BadTask, match="nghiệm thu"):
        tasks.change(leader, task.pk, uuid4(), 99, {"text": "Khác"})


def test_a_task_taken_back_meanwhile_is_not_accepted_unseen(filled: World) -> None:
    task = a_task(filled)
    tasks.tell(filled.people["officer"], task.pk, uuid4(), "doing", "Còn thiếu")
    with pytest.raises(Conflict):
        tasks.accept(filled.people["leader"], task.pk, uuid4(), text="đủ", seen=1)
    assert Task.objects.get(pk=task.pk).state == TaskState.DOING


def test_the_page_of_acceptance_takes_files_a_number_and_the_indicator(
    filled: World, client: Client
) -> None:
    task = a_task(filled, indicator="")
    client.force_login(filled.people["leader"])
    address = f"/viec/{task.pk}/nghiem-thu"
    page = client.get(address).content.decode()
    for words in ("Biên bản nghiệm thu", "Tỷ lệ đường thôn được cứng hóa", "2.1", "2.2"):
        assert words in page
    form = {
        "luot": str(uuid4()), "seen": 1, "chi-tieu": "2.1", "so-lieu": ROADS, "c": "99,5",
        "ky": "2030", "ghi-chu": "",
    }  # fmt: skip
    wrong = client.post(address, form | {"c": "nhiều"})
    assert wrong.status_code == 422
    assert 'value="nhiều"' in wrong.content.decode()
    for _ in range(2):
        file = SimpleUploadedFile("bien-ban.pdf", PDF)
        assert client.post(address, form | {"tep": file}).status_code == 302
    assert state_of_roads(filled) == State.MET
    assert EvidenceLink.objects.filter(set_id=SET, number="2.1").count() == 1
    after = client.get(f"/viec/{task.pk}").content.decode()
    assert "99,5 %" in after
    assert "chờ xác nhận" in after


def test_a_task_without_a_criterion_is_given_one_when_it_is_accepted(
    filled: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = a_task(filled, indicator="", criterion="", criterion_set="", measure="")
    client.force_login(filled.people["leader"])
    form = {
        "luot": str(uuid4()), "seen": 1, "tieu-chi": f"{SET}|2|2.1", "ghi-chu": "",
        "tep": SimpleUploadedFile("anh.pdf", PDF),
    }  # fmt: skip
    assert client.post(f"/viec/{task.pk}/nghiem-thu", form).status_code == 302
    task.refresh_from_db()
    assert (task.criterion_set, task.criterion, task.indicator) == (SET, "2", "2.1")
    assert EvidenceLink.objects.get(set_id=SET).number == "2.1"
    assert task.notes.first().changes["criterion"] == ["", "2"]
