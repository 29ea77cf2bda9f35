"""Tasks in from Excel: wrong cells told, others' changes kept, the same file changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from dinhlang.people.access import AccessDenied
from dinhlang.work import sheets
from dinhlang.work.models import Task, TaskState, WorkImport
from dinhlang.work.services import importing
from dinhlang.work.services.importing import CHANGED, NEW, SAME, WRONG
from dinhlang.work.services.tasks import BadTask, Said, change, create, remove
from tests.work.making import a_task
from tests.world import World

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
TITLES = {column.box: column.title for column in sheets.COLUMNS}


@pytest.fixture
def two(world: World) -> list[Task]:
    """Two tasks of commune A."""
    place, user = world.places["a"], world.people["leader"]
    return [
        create(user, place, Said(
            text=f"Việc {n}", lead=["Địa chính", "Kế toán"], partners=["Công an xã"],
            end=date(2030, 2, n), cost=350_000_000, villages=[world.places["a1"].pk],
            remarks="dòng một\ndòng hai",
        ), uuid4())
        for n in (1, 2)
    ]  # fmt: skip


def cells_of(content: bytes, sheet: str = sheets.SHEET) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def filled(rows: list[Mapping[str, Any]]) -> bytes:
    """A file with these lines, the first of them line 2."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    sheet = book.add_worksheet(sheets.SHEET)
    names = [name for name in TITLES if any(name in row for row in rows) or name == "end"]
    for at, name in enumerate(names):
        sheet.write_string(0, at, TITLES[name])
        for line, row in enumerate(rows, 1):
            sheet.write(line, at, row.get(name, ""))
    book.close()
    return out.getvalue()


def lines_of(world: World) -> list[dict[str, Any]]:
    """The lines of the file that is given out."""
    cells = cells_of(importing.workbook(world.people["leader"], world.places["a"], TODAY))
    rows = [dict(zip(TITLES, row, strict=False)) for row in cells[sheets.HEADER + 1 :]]
    days = ("start", "end", "done")
    return [
        {n: (f"{v:%d/%m/%Y}" if n in days and v else v) for n, v in row.items()} for row in rows
    ]


def read(world: World, rows: list[Mapping[str, Any]] | bytes, who: str = "leader") -> WorkImport:
    content = rows if isinstance(rows, bytes) else filled(rows)
    return importing.bring_in(world.people[who], world.places["a"], "v.xlsx", content, uuid4())


def states(found: WorkImport) -> list[str]:
    return [row.state for row in importing.rows_of(found)]


def errors(found: WorkImport) -> list[tuple[str, str]]:
    return [(cell, words) for row in importing.rows_of(found) for cell, words in row.errors]


def test_the_file_given_out_comes_back_and_changes_nothing(world: World, two: list[Task]) -> None:
    content = importing.workbook(world.people["leader"], world.places["a"], TODAY)
    found = read(world, content)
    assert states(found) == [SAME, SAME]
    importing.write(world.people["leader"], found.pk)
    assert [Task.objects.get(pk=each.pk).revision for each in two] == [0, 0]


def test_the_file_hides_its_keys_and_offers_villages_and_offices(
    world: World, two: list[Task]
) -> None:
    content = importing.workbook(world.people["leader"], world.places["a"], TODAY)
    lists = [cell for row in cells_of(content, sheets.LISTS) for cell in row]
    assert world.places["a1"].title in lists and "Địa chính" in lists
    assert cells_of(content)[sheets.HEADER + 1][0] == str(two[0].key)


def test_changed_cells_are_shown_and_then_written(world: World, two: list[Task]) -> None:
    rows = lines_of(world)
    rows[0] |= {"end": "30/6/2030", "lead": "Văn hóa", "cost": "1,5 tỷ", "villages": ""}
    found = read(world, rows)
    assert states(found) == [CHANGED, SAME]
    told = {label: after for label, _, after in importing.rows_of(found)[0].told}
    assert told == {"Hạn": "30/06/2030", "Chủ trì": "Văn hóa", "Kinh phí": "1,5 tỷ đồng",
                    "Thôn": ""}  # fmt: skip
    importing.write(world.people["leader"], found.pk)
    task = Task.objects.get(pk=two[0].pk)
    assert (task.end, task.cost, task.villages.count()) == (date(2030, 6, 30), 1_500_000_000, 0)
    assert task.remarks == "dòng một\ndòng hai"
    assert [each.name for each in task.offices.all()] == ["Văn hóa", "Công an xã"]


def test_the_same_file_twice_makes_its_tasks_once(world: World) -> None:
    content = filled([
        {"text": "Lát vỉa hè", "lead": "Địa chính; Kế toán", "end": "30/6/2030",
         "villages": "Đình Thượng; thôn Đình Hạ", "cost": 2_000_000},
        {"text": "Lát vỉa hè", "end": "30/7/2030"},
    ])  # fmt: skip
    first = read(world, content)
    assert states(first) == [NEW, NEW]
    for _ in range(2):
        done = importing.write(world.people["leader"], first.pk)
        assert done.written == {"new": 2, "changed": 0}
    task = Task.objects.get(end=date(2030, 6, 30))
    assert (task.villages.count(), task.offices.count(), task.cost) == (2, 2, 2_000_000)
    assert states(read(world, content)) == [SAME, SAME]
    assert states(read(world, content, "coordinator")) == [SAME, SAME]
    assert Task.objects.count() == 2


def test_a_line_corrected_in_the_file_corrects_the_task_it_made(world: World) -> None:
    row = {"text": "Lát vỉa hè", "end": "30/6/2030"}
    importing.write(world.people["leader"], read(world, [row]).pk)
    again = read(world, [row | {"end": "31/7/2030"}])
    assert states(again) == [CHANGED]
    importing.write(world.people["leader"], again.pk)
    assert Task.objects.get().end == date(2030, 7, 31)


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        ({"text": "Việc", "end": "31/2/2030"}, "B2", "Hạn"),
        ({"text": "", "lead": "Kế toán"}, "A2", "việc phải làm"),
        ({"text": "Việc", "cost": "nhiều"}, "C2", "Số tiền"),
        ({"text": "Việc", "villages": "Thôn Không Có"}, "B2", "không có thôn"),
        ({"text": "Việc", "criterion": "99. Không có"}, "B2", "không có"),
        ({"text": "Việc", "start": "2/1/2030", "end": "1/1/2030"}, "C2", "trước ngày bắt đầu"),
        ({"text": "Việc", "key": "1f8a0f4e-1c7c-4b3c-9a35-70d5b81b6a12"}, "A2", "Mã này"),
        ({"text": "x" * 4001}, "A2", "dài quá"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_by_its_name(
    world: World, row: dict[str, Any], cell: str, words: str
) -> None:
    found = read(world, [row])
    assert states(found) == [WRONG]
    ((where, what),) = errors(found)
    assert where == cell and words in what


def test_good_lines_are_written_beside_wrong_ones(world: World) -> None:
    found = read(world, [{"text": "Tốt"}, {"text": "Sai", "end": "40/1/2030"}])
    assert importing.write(world.people["leader"], found.pk).written["new"] == 1
    assert Task.objects.get().text == "Tốt"


def test_what_another_changed_since_the_file_was_made_stays(world: World, two: list[Task]) -> None:
    rows = lines_of(world)
    user = world.people["officer"]
    change(user, two[0].pk, uuid4(), 0, {"end": date(2031, 1, 1), "product": "Báo cáo"})
    change(user, two[1].pk, uuid4(), 0, {"product": "Báo cáo"})
    rows[0] |= {"end": "30/6/2030"}
    rows[1] |= {"end": "30/6/2030"}
    found = read(world, rows)
    assert states(found) == [WRONG, CHANGED]
    ((cell, words),) = errors(found)
    assert cell.startswith("K") and "Công Chức Mẫu" in words and "01/01/2031" in words
    importing.write(world.people["leader"], found.pk)
    second = Task.objects.get(pk=two[1].pk)
    assert (second.end, second.product) == (date(2030, 6, 30), "Báo cáo")
    assert Task.objects.get(pk=two[0].pk).end == date(2031, 1, 1)


def test_nothing_is_half_saved(world: World, two: list[Task]) -> None:
    rows = lines_of(world)
    rows[0] |= {"end": "30/6/2030"}
    rows[1] |= {"end": "30/6/2030"}
    found = read(world, [*rows, {"text": "Mới"}])
    change(world.people["officer"], two[1].pk, uuid4(), 0, {"end": date(2031, 1, 1)})
    with pytest.raises(BadTask, match=r"Dòng 3.*Chưa dòng nào"):
        importing.write(world.people["leader"], found.pk)
    assert Task.objects.get(pk=two[0].pk).end == two[0].end
    assert Task.objects.count() == 2
    assert WorkImport.objects.get().done_at is None


def test_finished_removed_doubled_and_alike_are_told(world: World, two: list[Task]) -> None:
    rows = lines_of(world)
    Task.objects.filter(pk=two[0].pk).update(state=TaskState.ACCEPTED)
    remove(world.people["leader"], two[1].pk, uuid4())
    there = a_task(world.places["a"], "Có rồi", end=date(2030, 3, 1))
    rows[0] |= {"end": "30/6/2030"}
    again, alike = rows[0] | {"end": "1/7/2030"}, {"text": "Có rồi", "end": "1/3/2030"}
    found = read(world, [*rows, again, alike])
    words = [what for _, what in errors(found)]
    assert "nghiệm thu" in words[0] and "xóa" in words[1]
    assert "dòng 2" in words[2] and str(there.pk) in words[3]


@pytest.mark.parametrize("who", ["province", "elsewhere", "village_head", "resident"])
def test_others_neither_take_out_nor_bring_in(world: World, who: str) -> None:
    with pytest.raises(AccessDenied):
        importing.workbook(world.people[who], world.places["a"], TODAY)
    with pytest.raises(AccessDenied):
        read(world, [{"text": "Việc"}], who)


@pytest.mark.parametrize("content", [b"", b"khong phai tep", b"PK\x03\x04"])
def test_what_is_no_workbook_is_refused(world: World, content: bytes) -> None:
    with pytest.raises(sheets.BadSheet):
        read(world, content)


def test_reading_and_writing_ask_no_more_for_more_lines(
    world: World, django_assert_max_num_queries: Any
) -> None:
    place, user = world.places["a"], world.people["leader"]
    for number in range(40):
        a_task(place, f"Việc {number}", lead="Kế toán", villages=[world.places["a1"]])
    content = importing.workbook(user, place, TODAY)
    with django_assert_max_num_queries(30):
        read(world, content)


# --- Pages ----------------------------------------------------------------------------------------


def test_a_file_is_sent_seen_and_written(world: World, two: list[Task]) -> None:
    leader = Client()
    leader.force_login(world.people["leader"])
    address = f"/cong-viec/{world.places['a'].pk}/nhap"
    assert "Tải tệp Excel để điền" in leader.get(address).content.decode()
    assert leader.get(f"{address}/mau.xlsx").status_code == 200
    rows = [*lines_of(world), {"text": "Mới <b>"}, {"text": "Sai", "end": "40/1/2030"}]
    rows[0]["end"] = "30/6/2030"
    sent = {"tep": SimpleUploadedFile("viec.xlsx", filled(rows)), "luot": str(uuid4())}
    answer = leader.post(address, sent, follow=True)
    page = answer.content.decode()
    assert "1 việc mới, 1 việc sửa, 1 việc không đổi, 1 dòng sai" in page
    assert "Mới &lt;b&gt;" in page and "30/06/2030" in page
    done = leader.post(answer.request["PATH_INFO"] + "/ghi", follow=True).content.decode()
    assert "Đã thêm 1 việc, sửa 1 việc" in done
    assert Task.objects.filter(text="Mới <b>").exists()


def test_a_page_without_a_file_says_so(world: World) -> None:
    leader = Client()
    leader.force_login(world.people["leader"])
    address = f"/cong-viec/{world.places['a'].pk}/nhap"
    assert leader.post(address).status_code == 422
    broken = {"tep": SimpleUploadedFile("viec.xlsx", b"khong")}
    assert "Không mở được tệp" in leader.post(address, broken).content.decode()
