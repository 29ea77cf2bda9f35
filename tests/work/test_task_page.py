"""The page of a task in the browser's stead: every part edited, told, accepted, conflicts."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dinhlang.people.models import Office
from dinhlang.work.models import Task, TaskNote
from dinhlang.work.services import tasks
from dinhlang.work.services.tasks import Said
from tests.world import World

COUNTS = Path(__file__).parent / "query_counts_task.json"
PARTS = ("viec", "co-quan", "thoi-gian", "thon", "san-pham", "tieu-chi", "so-lieu", "kinh-phi",
         "lam-sau", "ghi-chu")  # fmt: skip


@pytest.fixture
def task(world: World) -> Task:
    """A task of commune A."""
    said = Said(text="Đo đạc tuyến đường", lead=["Công chức Địa chính"], end=date(2026, 6, 30))
    return tasks.create(world.people["leader"], world.places["a"], said, uuid4())


def client_of(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.people[who])
    return client


@pytest.fixture
def leader(world: World) -> Client:
    """The leader's browser."""
    return client_of(world, "leader")


def sent(task: Task, part: str, **more: Any) -> dict[str, Any]:
    """A form of one part as the page sends it."""
    task.refresh_from_db()
    return {"luot": str(uuid4()), "seen": task.revision, "muc": part, **more}


def test_every_part_opens_in_place_with_and_without_a_script(leader: Client, task: Task) -> None:
    for part in PARTS:
        whole = leader.get(f"/viec/{task.pk}?sua={part}")
        assert whole.status_code == 200
        assert f'name="muc" value="{part}"' in whole.content.decode(), part
        alone = leader.get(f"/viec/{task.pk}/muc/{part}").content.decode()
        assert f'name="muc" value="{part}"' in alone
        assert "<html" not in alone
    assert leader.get(f"/viec/{task.pk}/muc/khong-co").status_code == 404


def test_parts_are_saved_as_people_type_them(world: World, leader: Client, task: Task) -> None:
    Office.objects.create(place=world.places["a"], title="Công chức Tài chính")
    first = tasks.create(
        world.people["leader"], world.places["a"], Said(text="Lập dự toán"), uuid4()
    )
    year = timezone.localdate().year
    for part, values in {
        "viec": {"viec": "Đo đạc và cắm mốc"},
        "thoi-gian": {"bat-dau": f"1/3/{year}", "han": f"30/6/{year}"},
        "co-quan": {"chu-tri": ["Công chức Tài chính", ""], "phoi-hop": ["Công an xã", ""]},
        "thon": {"thon": [world.places["a1"].pk]},
        "san-pham": {"san-pham": "Bản vẽ"},
        "tieu-chi": {"tieu-chi": "bo-nao-do|2|2.1", "muc-tieu": "100%"},
        "kinh-phi": {"kinh-phi": "17,5 triệu"},
        "lam-sau": {"lam-sau": [first.pk]},
        "ghi-chu": {"ghi-chu": "Gấp"},
    }.items():
        answer = leader.post(f"/viec/{task.pk}/sua", sent(task, part, **values))
        assert answer.status_code == 302, part
        assert answer["Location"].endswith(f"#muc-{part}")
    task.refresh_from_db()
    assert task.text == "Đo đạc và cắm mốc"
    assert (task.start, task.end) == (date(year, 3, 1), date(year, 6, 30))
    assert [o.name for o in task.offices.all()] == ["Công chức Tài chính", "Công an xã"]
    assert (task.criterion_set, task.criterion, task.indicator) == ("bo-nao-do", "2", "2.1")
    assert (task.cost, task.product, task.remarks) == (17_500_000, "Bản vẽ", "Gấp")
    assert task.needs.get().after == first
    page = leader.get(f"/viec/{task.pk}").content.decode()
    for words in ("Bản vẽ", "17,5 triệu đồng", "Đình Thượng", "Lập dự toán", "Còn phải xong trước"):
        assert words in page


@pytest.mark.parametrize(
    ("part", "values", "says"),
    [
        ("viec", {"viec": "  "}, "Hãy ghi việc phải làm"),
        ("thoi-gian", {"han": "31/2"}, "không phải là một ngày"),
        ("thoi-gian", {"bat-dau": "2/3/2026", "han": "1/3/2026"}, "không thể trước ngày"),
        ("kinh-phi", {"kinh-phi": "nhiều"}, "Số tiền ghi như"),
    ],
)
def test_what_cannot_be_is_said_beside_the_form_and_what_was_typed_stays(
    leader: Client, task: Task, part: str, values: dict[str, str], says: str
) -> None:
    answer = leader.post(f"/viec/{task.pk}/sua", sent(task, part, **values))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    for typed in values.values():
        assert typed.strip() in page
    assert task.notes.count() == 0


def test_two_people_choose_between_their_values_and_lose_none(
    world: World, leader: Client, task: Task
) -> None:
    stale = sent(task, "thoi-gian", **{"bat-dau": "1/6/2026", "han": "15/7/2026"})
    officer = world.people["officer"]
    tasks.change(officer, task.pk, uuid4(), 0, {"end": date(2026, 7, 31)})
    answer = leader.post(f"/viec/{task.pk}/sua", stale)
    page = answer.content.decode()
    assert answer.status_code == 409
    for words in ("Công Chức Mẫu", "31/07/2026", "15/07/2026", "30/06/2026", "Bắt đầu"):
        assert words in page
    task.refresh_from_db()
    assert task.end == date(2026, 7, 31)
    mine = '{"start": "2026-06-01", "end": "2026-07-15"}'
    chosen = {"luot": str(uuid4()), "seen": 1, "mine": mine, "lay-end": "theirs"}
    assert leader.post(f"/viec/{task.pk}/chon", chosen).status_code == 302
    task.refresh_from_db()
    assert (task.start, task.end) == (date(2026, 6, 1), date(2026, 7, 31))
    again = {"luot": str(uuid4()), "seen": 2, "mine": mine, "lay-end": "mine"}
    leader.post(f"/viec/{task.pk}/chon", again)
    task.refresh_from_db()
    assert task.end == date(2026, 7, 15)


@pytest.mark.parametrize("mine", ["", "[]", '{"place": 1}', '{"end": {"a": 1}}', '{"villages": 5}'])
def test_a_choice_made_up_by_hand_changes_nothing(leader: Client, task: Task, mine: str) -> None:
    answer = leader.post(f"/viec/{task.pk}/chon", {"luot": str(uuid4()), "seen": 0, "mine": mine})
    assert answer.status_code in (404, 422)
    assert task.notes.count() == 0


def test_a_state_is_told_twice_and_noted_once_and_taken_back(leader: Client, task: Task) -> None:
    form = {"luot": str(uuid4()), "seen": 0, "tt": "waiting", "cho": "Sở Tài chính"}
    for _ in range(2):
        assert leader.post(f"/viec/{task.pk}/bao", form).status_code == 302
    note = TaskNote.objects.get()
    page = leader.get(f"/viec/{task.pk}").content.decode()
    assert "Sở Tài chính" in page
    assert f"/viec/hoan-tac/{note.pk}" in page
    for _ in range(2):
        leader.post(f"/viec/hoan-tac/{note.pk}")
    task.refresh_from_db()
    assert (task.state, task.waiting_for, task.notes.count()) == ("open", "", 2)


def test_a_change_somebody_built_on_is_not_undone(world: World, leader: Client, task: Task) -> None:
    leader.post(f"/viec/{task.pk}/sua", sent(task, "san-pham", **{"san-pham": "Bản vẽ"}))
    note = TaskNote.objects.get()
    tasks.change(world.people["officer"], task.pk, uuid4(), 1, {"product": "Sơ đồ"})
    page = leader.post(f"/viec/hoan-tac/{note.pk}", follow=True).content.decode()
    assert "Không hoàn tác" in page
    task.refresh_from_db()
    assert task.product == "Sơ đồ"


def test_a_state_refused_keeps_what_was_typed(leader: Client, task: Task) -> None:
    form = {"luot": str(uuid4()), "tt": "waiting", "ghi-chu": "", "ly-do": "vì mưa"}
    answer = leader.post(f"/viec/{task.pk}/bao", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Hãy ghi đang chờ ai" in page
    assert "vì mưa" in page


def test_a_task_is_broken_down_with_sums(leader: Client, task: Task) -> None:
    form = {
        "luot": str(uuid4()), "nho-viec": ["Cắm mốc", "Vẽ", ""],
        "nho-chu-tri": ["Công an xã", "", ""],
        "nho-han": ["1/5/2026", "", ""], "nho-tien": ["2 triệu", "1,5 triệu", ""],
    }  # fmt: skip
    for _ in range(2):
        assert leader.post(f"/viec/{task.pk}/chia-nho", form).status_code == 302
    first, _second = task.children.order_by("position")
    leader.post(f"/viec/{first.pk}/bao", {"luot": str(uuid4()), "tt": "done"})
    page = leader.get(f"/viec/{task.pk}").content.decode()
    assert "1/2 xong · 50% · 3,5 triệu đồng" in page
    wrong = leader.post(f"/viec/{task.pk}/chia-nho", form | {"luot": "", "nho-han": ["x", "", ""]})
    assert wrong.status_code == 422
    assert 'value="Cắm mốc"' in wrong.content.decode()


def test_a_removed_task_is_brought_back_by_the_message_or_from_the_list(
    world: World, leader: Client, task: Task
) -> None:
    answer = leader.post(f"/viec/{task.pk}/xoa", {"luot": str(uuid4())}, follow=True)
    page = answer.content.decode()
    assert f'action="/viec/{task.pk}/khoi-phuc"' in page
    assert "Hoàn tác" in page
    listed = leader.get(f"/cong-viec/{world.places['a'].pk}/da-xoa").content.decode()
    assert "Đo đạc tuyến đường" in listed
    assert leader.post(f"/viec/{task.pk}/khoi-phuc").status_code == 302
    task.refresh_from_db()
    assert task.removed_at is None


def test_a_task_is_added_from_anywhere_once(world: World, leader: Client) -> None:
    address = f"/cong-viec/{world.places['a'].pk}/them"
    assert leader.get(f"{address}?han=30/6/2026&chu-tri=Công an xã").status_code == 200
    form = {
        "luot": str(uuid4()), "viec": "Tuần tra", "chu-tri": ["Công an xã", ""],
        "han": "30/6/2026", "nguon": "Công văn số 12/UBND", "kinh-phi": "",
    }  # fmt: skip
    for _ in range(2):
        assert leader.post(address, form).status_code == 302
    made = Task.objects.get(text="Tuần tra")
    assert (made.origin, made.origin_text) == ("dispatch", "Công văn số 12/UBND")
    wrong = leader.post(address, form | {"luot": str(uuid4()), "han": "ngày mai"})
    assert wrong.status_code == 422
    assert "Tuần tra" in wrong.content.decode()


def test_a_village_head_adds_only_for_the_own_village(world: World) -> None:
    head, place = client_of(world, "village_head"), world.places["a"]
    # The commune itself is not open to the head; its village is.
    village = world.places["a1"]
    assert head.get(f"/cong-viec/{place.pk}/them").status_code == 404
    form = {"luot": str(uuid4()), "viec": "Dọn đường"}
    assert head.post(f"/cong-viec/{village.pk}/them", form).status_code == 302
    assert Task.objects.get(text="Dọn đường").place == village


def test_who_only_sees_gets_no_forms(world: World, task: Task) -> None:
    province = client_of(world, "province")
    page = province.get(f"/viec/{task.pk}").content.decode()
    assert "Bạn chỉ xem được việc này." in page
    assert "/sua" not in page
    assert province.get(f"/viec/{task.pk}/muc/viec").status_code == 404
    assert province.post(f"/viec/{task.pk}/sua", sent(task, "viec", viec="x")).status_code == 404


def test_no_page_of_a_task_asks_more_often_than_it_did_nor_with_more_rows(
    world: World, leader: Client, task: Task
) -> None:
    person, place = world.people["leader"], world.places["a"]

    def grow(count: int) -> None:
        saids = [Said(text=f"Nhỏ {at}", cost=1_000_000) for at in range(count)]
        tasks.break_down(person, task.pk, saids, uuid4())
        before = [tasks.create(person, place, Said(text=f"Trước {at}"), uuid4()).pk
                  for at in range(count)]  # fmt: skip
        for name in ("Công an xã", "Đoàn xã")[:count]:
            task.refresh_from_db()
            now = [row.after_id for row in task.needs.all()]
            tasks.change(person, task.pk, uuid4(), task.revision, {
                "partners": [name], "after": [*now, *before], "villages": [world.places["a1"].pk],
            })  # fmt: skip
            tasks.tell(person, task.pk, uuid4(), "open", "ghi thêm")

    addresses = {
        "việc": f"/viec/{task.pk}",
        **{f"sửa {part}": f"/viec/{task.pk}/muc/{part}" for part in PARTS},
        "tìm việc": f"/viec/{task.pk}/viec-khac?q=truoc",
        "nghiệm thu": f"/viec/{task.pk}/nghiem-thu",
        "thêm": f"/cong-viec/{place.pk}/them",
        "đã xóa": f"/cong-viec/{place.pk}/da-xoa",
    }
    for address in ("/", addresses["thêm"]):
        leader.get(address)  # What the session keeps is not the page's.
    found: list[dict[str, int]] = []
    for count in (1, 8):
        grow(count)
        counts = {}
        for name, address in addresses.items():
            with CaptureQueriesContext(connection) as queries:
                assert leader.get(address).status_code == 200, name
            counts[name] = len(queries)
        found.append(counts)
    assert found[0] == found[1], "a count that grows with the rows"
    if os.environ.get("DINHLANG_QUERY_COUNTS"):  # Set to write the numbers anew.
        COUNTS.write_text(json.dumps(found[1], ensure_ascii=False, indent=2) + "\n", "utf-8")
    kept = json.loads(COUNTS.read_text("utf-8"))
    assert set(found[1]) == set(kept), "a new page needs its number in query_counts_task.json"
    more = {name: (kept[name], n) for name, n in found[1].items() if n > kept[name]}
    assert not more, "pages that ask more often than before (was, is)"
