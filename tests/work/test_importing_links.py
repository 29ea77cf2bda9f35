"""States, what comes first and what is a part of what: in from Excel, from here and elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from dinhlang.places.models import Unit
from dinhlang.work import sheets
from dinhlang.work.models import Task, TaskLink, TaskState
from dinhlang.work.services import importing
from dinhlang.work.services.importing import CHANGED, NEW, SAME, WRONG
from dinhlang.work.services.parts import move_under
from dinhlang.work.services.tasks import BadTask, Conflict, Said, accept, create, tell
from dinhlang.work.services.undoing import undo
from tests.work.making import a_task
from tests.work.test_importing import TODAY, errors, filled, lines_of, read, states
from tests.world import World

pytestmark = pytest.mark.django_db
Rows = list[Mapping[str, Any]]


def bring(world: World, rows: Rows | bytes, place: str = "a", who: str = "leader") -> Any:
    """The file read and written at the place."""
    content = rows if isinstance(rows, bytes) else filled(rows)
    user = world.people[who]
    found = importing.bring_in(user, world.places[place], "v.xlsx", content, uuid4())
    importing.write(user, found.pk)
    found.refresh_from_db()
    return found


def shape(place: Unit) -> dict[str, tuple[Any, ...]]:
    """The tasks of a place by their words, with states, links and what each is a part of."""
    rows = Task.objects.filter(place=place).select_related("parent").prefetch_related("offices")
    return {
        task.text: (
            task.state, task.waiting_for, task.reason, task.product, task.start, task.end,
            task.cost, task.remarks, sorted(each.name for each in task.offices.all()),
            timezone.localdate(task.done_at) if task.done_at else None,
            sorted(link.after.text for link in task.needs.select_related("after")),
            task.parent.text if task.parent else None,
        )
        for task in rows
    }  # fmt: skip


@pytest.fixture
def year(world: World) -> dict[str, Task]:
    """A year's work of commune A: a road with three parts one after the other, and three alone."""
    place, user = world.places["a"], world.people["leader"]

    def one(text: str, **more: Any) -> Task:
        parent = more.pop("parent", None)
        said = Said(text=text, lead=["Địa chính", "Kế toán"], end=date(2026, 6, 30), **more)
        return create(user, place, said, uuid4(), parent=parent)

    road = one("Làm đường trục xã", cost=17_500_000_000, remarks="dòng một\ndòng hai")
    design = one("Thiết kế; dự toán", parent=road, product="Hồ sơ")
    build = one("Thi công", parent=road, after=[design.pk])
    hand = one("Bàn giao", parent=road, after=[build.pk])
    survey = one("Rà soát hộ nghèo", start=date(2026, 1, 2))
    wait, drop = one("Gắn biển số nhà", after=[survey.pk, design.pk]), one("Họp dân")
    for task in (design, survey):
        tell(user, task.pk, uuid4(), "done", "Đã giao", done_on=date(2026, 3, 5))
    accept(user, survey.pk, uuid4(), text="Đủ")
    tell(user, build.pk, uuid4(), "doing")
    tell(user, wait.pk, uuid4(), "waiting", waiting_for="UBND xã bố trí vốn")
    tell(user, drop.pk, uuid4(), "dropped", reason="Trùng với họp thôn")
    return {"road": road, "design": design, "build": build, "hand": hand, "survey": survey,
            "wait": wait, "drop": drop}  # fmt: skip


def everything(world: World) -> bytes:
    user, place = world.people["leader"], world.places["a"]
    return importing.workbook(user, place, TODAY, everything=True)


def test_a_year_taken_out_and_brought_into_another_commune_stands_there_the_same(
    world: World, year: dict[str, Task]
) -> None:
    content, other = everything(world), world.places["b"]
    found = bring(world, content, "b", "elsewhere")
    assert states(found) == [NEW] * 7 and found.written == {"new": 7, "changed": 0}
    assert shape(other) == shape(world.places["a"])
    assert shape(other)["Rà soát hộ nghèo"][9] == date(2026, 3, 5)
    # Sent again there, it changes nothing; sent again here, neither.
    before = {task.pk: task.revision for task in Task.objects.all()}
    assert set(states(bring(world, content, "b", "elsewhere"))) == {SAME}
    assert set(states(bring(world, content))) == {SAME}
    assert {task.pk: task.revision for task in Task.objects.all()} == before


def test_states_links_and_parts_changed_in_excel_come_back(
    world: World, year: dict[str, Task]
) -> None:
    rows = {row["text"]: row for row in lines_of(world)}
    rows["Thi công"] |= {"state": "Đã xong", "done": "20/11/2026"}
    rows["Bàn giao"] |= {"after": f"{year['wait'].pk}; M1", "parent": ""}
    rows["Gắn biển số nhà"] |= {"state": "Đang làm", "why": "", "after": ""}
    new = {"number": "M1", "text": "Kiểm tra", "parent": str(year["road"].pk), "state": "đang làm"}
    found = bring(world, [*rows.values(), new])
    assert sorted(states(found)) == sorted([SAME, SAME, CHANGED, CHANGED, CHANGED, NEW])
    told = {row.label: dict((n, a) for n, _, a in row.told) for row in importing.rows_of(found)}
    assert told["Thi công"] == {"Trạng thái": "Đã xong", "Ngày xong": "20/11/2026"}
    assert told["Kiểm tra"] == {"Trạng thái": "Đang làm", "Thuộc việc": "Làm đường trục xã"}
    now = shape(world.places["a"])
    assert now["Thi công"][0] == "done" and now["Thi công"][9] == date(2026, 11, 20)
    assert now["Bàn giao"][10:] == (["Gắn biển số nhà", "Kiểm tra"], None)
    assert now["Gắn biển số nhà"][:2] == ("doing", "") and now["Gắn biển số nhà"][10] == []
    assert now["Kiểm tra"][0] == "doing" and now["Kiểm tra"][11] == "Làm đường trục xã"


def test_lines_name_each_other_by_number_line_and_words(world: World) -> None:
    there = a_task(world.places["a"], "Có từ trước")
    bring(world, [
        {"number": 1, "text": "Một"},
        {"number": 2, "text": "Hai", "after": "sau việc số 1"},
        {"number": "Ba", "text": "Ba", "after": "dòng 2; Hai"},
        {"text": "Bốn", "after": "có từ trước; 1, 2", "parent": "Ba"},
        {"text": "Năm", "after": str(there.pk) if there.pk > 2 else "Có từ trước"},
    ])  # fmt: skip
    found = {text: (each[10], each[11]) for text, each in shape(world.places["a"]).items()}
    assert found == {
        "Có từ trước": ([], None), "Một": ([], None), "Hai": (["Một"], None),
        "Ba": (["Hai", "Một"], None), "Bốn": (["Có từ trước", "Hai", "Một"], "Ba"),
        "Năm": (["Có từ trước"], None),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "cell", "words"),
    [
        ([{"text": "Việc", "state": "Gần xong"}], "C2", "Trạng thái ghi một trong"),
        ([{"text": "Việc", "state": "Đang chờ"}], None, "Hãy ghi chờ ai"),
        ([{"text": "Việc", "state": "Không làm nữa", "why": ""}], "D2", "lý do"),
        ([{"text": "Việc", "state": "Đang làm", "why": "vốn"}], "D2", "Chỉ ghi ô này khi"),
        ([{"text": "Việc", "state": "Đã xong", "done": "1/1/2030"}], "D2", "sau hôm nay"),
        ([{"text": "Việc", "state": "Đang làm", "done": "1/1/2026"}], "D2", "khi việc đã xong"),
        ([{"text": "Việc", "after": "số 98765"}], "C2", "Không có việc số 98765"),
        ([{"text": "Việc", "after": "Chưa có"}], "C2", "Không có việc “Chưa có”"),
        ([{"text": "Việc", "parent": "dòng 9"}], "C2", "Dòng 9 của tệp không có"),
        ([{"text": "Việc", "parent": "dòng 2"}], "C2", "chính nó"),
        ([{"text": "Việc", "after": "dòng 3"}, {"text": "Sai", "end": "40/1/2030"}], "C2",
         "Dòng 3 của tệp chưa đúng"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_by_its_cell(
    world: World, rows: Rows, cell: str | None, words: str
) -> None:
    found = importing.rows_of(read(world, rows))[0]
    ((where, what),) = found.errors
    assert found.state == WRONG and words in what
    assert where == (cell or "dòng 2")


def test_circles_are_refused_with_all_their_lines_and_what_hangs_on_them(world: World) -> None:
    found = read(world, [
        {"text": "Một", "after": "Ba"}, {"text": "Hai", "after": "Một"},
        {"text": "Ba", "parent": "Hai", "after": ""}, {"text": "Bốn", "after": "Ba"},
        {"text": "Năm"},
    ])  # fmt: skip
    # “Hai” waits for its part “Ba” and for “Một”, which waits for “Ba”: no circle yet.
    assert states(found) == [NEW] * 5
    found = read(world, [
        {"text": "Một", "after": "Hai"}, {"text": "Hai", "after": "Một"},
        {"text": "Ba", "after": "Hai"}, {"text": "Bốn"},
    ])  # fmt: skip
    assert states(found) == [WRONG, WRONG, WRONG, NEW]
    told = [words for _, words in errors(found)]
    assert "thành vòng" in told[0] and "“Hai”" in told[0] and "thành vòng" in told[1]
    assert "Dòng 3 của tệp chưa đúng" in told[2] or "Dòng 2 của tệp" in told[2]
    importing.write(world.people["leader"], found.pk)
    assert [task.text for task in Task.objects.all()] == ["Bốn"]


def test_a_circle_with_tasks_that_are_there_is_refused(world: World, year: dict[str, Task]) -> None:
    rows = {row["text"]: row for row in lines_of(world)}
    rows["Thiết kế; dự toán"] |= {"after": str(year["hand"].pk)}
    found = read(world, list(rows.values()))
    ((_, words),) = errors(found)
    assert "thành vòng" in words and "“Thi công”" in words
    assert TaskLink.objects.filter(task=year["design"]).count() == 0


def test_nothing_is_finished_before_what_it_waits_for(world: World) -> None:
    a_task(world.places["a"], "Chưa xong")
    rows: Rows = [
        {"text": "Một", "state": "Đã xong", "after": "Chưa xong"},
        {"text": "Lớn", "state": "Đã xong"}, {"text": "Nhỏ", "parent": "Lớn"},
        {"text": "Trước", "state": "Đã xong", "after": "Sau cùng"},
        {"text": "Sau cùng", "state": "Đã xong"},
    ]  # fmt: skip
    found = read(world, rows)
    # A part of a line that is refused is refused with it.
    assert states(found) == [WRONG, WRONG, WRONG, NEW, NEW]
    told = [words for _, words in errors(found)]
    assert "phải xong trước “Chưa xong”" in told[0] and "“Nhỏ”" in told[1]
    importing.write(world.people["leader"], found.pk)
    assert set(Task.objects.filter(state="done").values_list("text", flat=True)) == {
        "Trước", "Sau cùng"
    }  # fmt: skip


def test_parts_go_four_steps_deep_and_no_further(world: World) -> None:
    rows: Rows = [{"text": "0"}] + [{"text": f"v{n}", "parent": f"dòng {n + 1}"} for n in (1, 2, 3)]
    assert states(read(world, rows)) == [NEW] * 4
    rows = [*rows, {"text": "v4", "parent": "v3"}]
    assert states(read(world, rows))[-1] == WRONG


def test_only_who_decides_brings_in_what_was_accepted(world: World) -> None:
    rows: Rows = [{"text": "Việc", "state": "Đã nghiệm thu", "done": "1/2/2026"}]
    ((_, words),) = errors(read(world, rows, "officer"))
    assert "Chỉ lãnh đạo" in words
    bring(world, rows)
    task = Task.objects.get()
    assert task.state == TaskState.ACCEPTED and task.accepted_by == world.people["leader"]
    assert task.done_at is not None and timezone.localdate(task.done_at) == date(2026, 2, 1)


def test_no_task_that_is_there_is_accepted_by_a_file(world: World, year: dict[str, Task]) -> None:
    rows = {row["text"]: row for row in lines_of(world)}
    rows["Thiết kế; dự toán"] |= {"state": "Đã nghiệm thu"}
    ((_, words),) = errors(read(world, list(rows.values())))
    assert "nghiệm thu ở trang của việc" in words


def test_a_state_others_changed_since_stays_and_is_told(
    world: World, year: dict[str, Task]
) -> None:
    rows = {row["text"]: row for row in lines_of(world)}
    rows["Thi công"] |= {"state": "Đang chờ", "why": "vật liệu"}
    rows["Gắn biển số nhà"] |= {"end": "1/9/2026"}
    tell(world.people["officer"], year["build"].pk, uuid4(), "done")
    tell(world.people["officer"], year["wait"].pk, uuid4(), "doing")
    found = read(world, list(rows.values()))
    ((_, words),) = errors(found)
    assert "Công Chức Mẫu đã sửa Trạng thái thành “Đã xong”" in words
    importing.write(world.people["leader"], found.pk)
    wait = Task.objects.get(pk=year["wait"].pk)
    assert (wait.state, wait.end) == ("doing", date(2026, 9, 1))


def test_a_file_sent_again_after_work_went_on_asks_for_nothing(world: World) -> None:
    rows: Rows = [{"text": "Một"}, {"text": "Hai", "state": "Đang làm", "after": "Một"}]
    bring(world, rows)
    two = Task.objects.get(text="Hai")
    TaskLink.objects.filter(task=two).delete()
    tell(world.people["officer"], two.pk, uuid4(), "done")
    assert Task.objects.get(text="Hai").state == "done"
    # What it said is what it saw: the officer's state is not overwritten.
    assert states(read(world, rows))[0] == SAME
    bring(world, rows)
    assert Task.objects.get(text="Hai").state == "done"


def test_a_file_without_keys_sent_again_asks_no_more_for_more_lines(
    world: World, django_assert_max_num_queries: Any
) -> None:
    rows: Rows = [{"text": f"Việc {n}", "state": "Đang làm"} for n in range(30)]
    bring(world, rows)
    with django_assert_max_num_queries(30):
        assert set(states(read(world, rows))) == {SAME}


def test_a_refused_step_leaves_nothing_half_saved(world: World) -> None:
    there = a_task(world.places["a"], "Có từ trước", state="done")
    found = read(world, [{"text": "Một"}, {"text": "Hai", "state": "xong", "after": "Có từ trước"}])
    Task.objects.filter(pk=there.pk).update(state="doing")
    with pytest.raises(BadTask, match=r"Dòng 3.*phải xong trước.*Chưa dòng nào"):
        importing.write(world.people["leader"], found.pk)
    assert Task.objects.count() == 1 and not TaskLink.objects.exists()


# --- A list taken out of a view -------------------------------------------------------------------


def test_a_list_of_a_view_changed_in_excel_comes_back(
    world: World, year: dict[str, Task], client: Client
) -> None:
    client.force_login(world.people["leader"])
    place = world.places["a"]
    answer = client.get(f"/cong-viec/{place.pk}/co-quan.xlsx")
    content = b"".join(answer.streaming_content)
    found = read(world, content)
    # Each task stands under both of its offices, and is one line here.
    assert errors(found) == []
    assert states(found) == [SAME] * 7
    given = sheets.read(content).lines
    rows = [dict(line.boxes) for line in given if line.boxes["text"] == "Thi công"]
    for row in rows:
        row |= {"state": "Đã xong", "end": "1/7/2026"}
    bring(world, rows)
    build = Task.objects.get(pk=year["build"].pk)
    assert (build.state, build.end, build.parent_id) == ("done", date(2026, 7, 1), year["road"].pk)
    assert build.needs.count() == 1


# --- A task put under another ---------------------------------------------------------------------


def test_a_task_moves_under_another_once_and_back(world: World, year: dict[str, Task]) -> None:
    user, key, task = world.people["officer"], uuid4(), year["drop"]
    for _ in range(2):
        move_under(user, task.pk, year["road"].pk, key, 1)
    task.refresh_from_db()
    assert (task.parent_id, task.revision) == (year["road"].pk, 2)
    with pytest.raises(Conflict, match="Công Chức Mẫu"):
        move_under(world.people["leader"], task.pk, year["wait"].pk, uuid4(), 1)
    undo(user, task.notes.get(key=key).pk, uuid4())
    task.refresh_from_db()
    assert task.parent_id is None


def test_a_task_moves_neither_into_itself_nor_too_deep(world: World, year: dict[str, Task]) -> None:
    user = world.people["leader"]
    with pytest.raises(BadTask, match="vòng"):
        move_under(user, year["road"].pk, year["hand"].pk, uuid4(), 0)
    with pytest.raises(BadTask, match="đã nghiệm thu"):
        move_under(user, year["drop"].pk, year["survey"].pk, uuid4(), 1)
    deep, place = year["hand"], world.places["a"]
    for name in ("ba", "bốn"):
        deep = a_task(place, name, parent=deep)
    with pytest.raises(BadTask, match="4 bậc"):
        move_under(user, year["drop"].pk, deep.pk, uuid4(), 1)
