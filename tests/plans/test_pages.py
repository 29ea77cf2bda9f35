"""The pages of plans as a browser asks for them."""

from __future__ import annotations

import json
import os
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from dinhlang.plans.models import Plan, Review, ReviewEdit
from dinhlang.work.models import Task
from dinhlang.work.services import tasks
from tests.plans.living import a_plan, a_review, accepted, number_of, paper_file, task_of
from tests.plans.papers import small_plan
from tests.world import World

pytestmark = pytest.mark.django_db

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", re.IGNORECASE)
EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'{{ 7*7 }}"
COUNTS = Path(__file__).parent / "query_counts.json"


@pytest.fixture
def plan(world: World) -> Plan:
    """A plan of commune A with two versions."""
    leader, place = world.people["leader"], world.places["a"]
    found = a_plan(leader, place)
    changed = small_plan()
    changed.quantities[0].value = "900"
    accepted(leader, a_review(leader, place, changed, found), found)
    return found


@pytest.fixture
def leader(world: World, client: Client) -> Client:
    """A browser in which the leader of commune A is signed in."""
    client.force_login(world.people["leader"])
    return client


def addresses(plan: Plan, review: Review) -> dict[str, str]:
    """Every page of plans, by its name."""
    own = f"/ke-hoach/{plan.pk}"
    parts = ("tieu-chi", "nhiem-vu", "khoi-luong", "kinh-phi", "phan-cong", "lo-trinh", "kiem-tra")
    return {
        "hôm nay": "/", "danh sách": "/ke-hoach/", "tìm": "/ke-hoach/?q=duong",
        "tổng quan": own, "văn bản": f"{own}/van-ban", "phiên bản": f"{own}/phien-ban",
        "so sánh": f"{own}/so-sanh/1/2", "việc": f"/viec/{task_of(plan).pk}",
        "duyệt": f"/duyet/{review.pk}",
        "sửa mục": f"/duyet/{review.pk}/muc/{number_of(review, 'tasks')}",
        "thêm mục": f"/duyet/{review.pk}/them/nhiem-vu",
        "bản in": f"{own}/ban-in", "trình lãnh đạo": f"{own}/trinh-lanh-dao",
        "bản in đang duyệt": f"/duyet/{review.pk}/ban-in",
        "trình lãnh đạo đang duyệt": f"/duyet/{review.pk}/trinh-lanh-dao",
        **{part: f"{own}/{part}" for part in parts},
        **{f"{part}.xlsx": f"{own}/{part}.xlsx" for part in parts},
    }  # fmt: skip


def test_no_page_asks_the_database_more_often_than_it_did(
    world: World, plan: Plan, leader: Client
) -> None:
    review = a_review(world.people["leader"], world.places["a"])
    leader.get("/")  # The session's own bookkeeping is not the page's.
    found = {}
    for name, address in addresses(plan, review).items():
        with CaptureQueriesContext(connection) as queries:
            assert leader.get(address).status_code == 200, name
        found[name] = len(queries)
    if os.environ.get("DINHLANG_QUERY_COUNTS"):  # Set to write the numbers anew.
        COUNTS.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    kept = json.loads(COUNTS.read_text("utf-8"))
    assert set(found) == set(kept), "a new page needs its number in query_counts.json"
    more = {name: (kept[name], count) for name, count in found.items() if count > kept[name]}
    assert not more, "pages that ask more often than before (was, is)"


def test_lists_do_not_ask_more_for_more_rows(world: World, plan: Plan, leader: Client) -> None:
    leader.get("/")

    def queries() -> list[int]:
        counts = []
        for address in ("/", "/ke-hoach/", "/ke-hoach/?q=duong", f"/ke-hoach/{plan.pk}/nhiem-vu"):
            with CaptureQueriesContext(connection) as asked:
                leader.get(address)
            counts.append(len(asked))
        return counts

    before = queries()
    for _ in range(3):
        more = a_plan(world.people["leader"], world.places["a"])
        tasks.tell(world.people["leader"], task_of(more).pk, uuid4(), "doing", "x")
        a_review(world.people["leader"], world.places["a"])
    assert queries() == before


def test_no_page_has_inline_script_or_style_and_markup_in_a_paper_stays_text(
    world: World, leader: Client
) -> None:
    evil = small_plan()
    evil.document.title = EVIL
    evil.tasks[0].text = evil.tasks[0].lead[0] = EVIL
    evil.movements[0].name = EVIL
    review = a_review(world.people["leader"], world.places["a"], evil)
    found = a_plan(world.people["leader"], world.places["a"], evil)
    changed = small_plan()
    accepted(
        world.people["leader"],
        a_review(world.people["leader"], world.places["a"], changed, found),
        found,
    )
    tasks.tell(world.people["leader"], task_of(found).pk, uuid4(), "doing", EVIL)
    for name, address in addresses(found, review).items():
        answer = leader.get(address)
        if "text/html" in answer["Content-Type"]:
            page = answer.content.decode()
            assert not INLINE.search(page.replace("onerror=alert(2)&gt;", "")), name
            assert "<script>alert" not in page
            assert "<img src=x" not in page


def workbook(answer: Any) -> CalamineWorkbook:
    """The workbook an answer carries."""
    return CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))


def test_the_export_has_the_rows_of_the_page_and_says_what_was_left_out(
    world: World, plan: Plan, leader: Client
) -> None:
    tasks.tell(world.people["leader"], task_of(plan).pk, uuid4(), "waiting", "chờ vốn")
    everything = workbook(leader.get(f"/ke-hoach/{plan.pk}/nhiem-vu.xlsx"))
    assert len(everything.get_sheet_by_name("Nhiệm vụ").to_python()) == 4 + 2
    address = f"/ke-hoach/{plan.pk}/nhiem-vu"
    page = leader.get(f"{address}?tt=waiting&q=duong truc").content.decode()
    assert f'href="{address}.xlsx?tt=waiting&amp;q=duong+truc"' in page
    rows = workbook(leader.get(f"{address}.xlsx?tt=waiting&q=duong truc"))
    sheet = rows.get_sheet_by_name("Nhiệm vụ").to_python()
    assert any("trạng thái Đang chờ; có chữ duong truc" in str(row[0]) for row in sheet)
    assert [row[0] for row in sheet[5:]] == ["Hoàn thành đường trục"]


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 2), ("don-vi=cong chuc dia chinh", 1), ("don-vi=khong co", 0), ("tieu-chi=2", 1),
     ("tieu-chi=4", 0), ("tt=open", 2), ("tt=done", 0), ("tt=unfinished", 2), ("tt=late", 0),
     ("thon=1", 0), ("thon=abc", 2), ("q=bằng", 1)],
)  # fmt: skip
def test_tasks_are_filtered_by_office_criterion_village_and_state(
    plan: Plan, leader: Client, query: str, count: int
) -> None:
    page = leader.get(f"/ke-hoach/{plan.pk}/nhiem-vu?{query}").content.decode()
    assert page.count('class="main "') == count


def test_money_is_compared_with_what_its_items_add_up_to(plan: Plan, leader: Client) -> None:
    page = leader.get(f"/ke-hoach/{plan.pk}/kinh-phi").content.decode()
    assert "4,3 tỷ đồng" in page
    assert "không khớp" in page
    assert "−4,2 tỷ đồng" in page


def test_the_original_comes_back_as_a_download_of_the_same_bytes(
    plan: Plan, leader: Client
) -> None:
    answer = leader.get(f"/ke-hoach/{plan.pk}/phien-ban/1/tep")
    assert b"".join(answer.streaming_content) == "KẾ HOẠCH\nnăm 2030".encode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert "no-store" in answer["Cache-Control"]
    assert leader.get(f"/ke-hoach/{plan.pk}/phien-ban/9/tep").status_code == 404


def post(client: Client, review: Review, **fields: Any) -> Any:
    """One edit as the script sends it."""
    given = {"key": str(uuid4()), "seen": "0", **fields}
    return client.post(f"/duyet/{review.pk}/sua", given)


def test_an_edit_answers_with_the_page_after_it_and_the_number_of_its_item(
    world: World, leader: Client
) -> None:
    review = a_review(world.people["officer"], world.places["a"])
    task = number_of(review, "tasks")
    answer = post(leader, review, verb="change", number=task, text="Việc đã sửa")
    assert answer["X-Item"] == str(task)
    page = answer.content.decode()
    assert 'data-revision="1"' in page
    assert "Việc đã sửa" in page


def test_an_edit_that_cannot_be_taken_answers_with_the_form_and_its_troubles(
    world: World, leader: Client
) -> None:
    review = a_review(world.people["officer"], world.places["a"])
    answer = post(leader, review, verb="change", number=number_of(review, "needs"), amount="nhiều")
    assert answer.status_code == 422
    assert "không phải số tiền" in answer.content.decode()
    assert 'value="nhiều"' in answer.content.decode()
    assert post(leader, review, verb="la", number="10").status_code == 404
    assert post(leader, review, verb="drop", number="99999").status_code == 404
    assert post(leader, review, verb="drop", number="x").status_code == 400
    assert not ReviewEdit.objects.exists()


def test_a_conflict_is_told_in_words(world: World, leader: Client) -> None:
    review = a_review(world.people["officer"], world.places["a"])
    other, task = Client(), number_of(review, "tasks")
    other.force_login(world.people["officer"])
    assert post(other, review, verb="drop", number=task).status_code == 200
    assert post(other, review, verb="restore", number=task).status_code == 200
    answer = post(leader, review, verb="change", number=task, text="Khác")
    assert answer.status_code == 409
    assert "Công Chức Mẫu vừa sửa mục này" in answer.json()["message"]


def test_a_paper_of_another_commune_is_warned_of(world: World, leader: Client) -> None:
    stray = small_plan()
    stray.document.commune = "Xa Lạ"
    review = a_review(world.people["leader"], world.places["a"], stray)
    page = leader.get(f"/duyet/{review.pk}").content.decode()
    assert "Văn bản ghi xã Xa Lạ, nhưng đang được đưa vào xã Làng Mẫu." in page


def test_the_same_paper_again_is_proposed_as_a_new_version(
    world: World, plan: Plan, leader: Client
) -> None:
    review = a_review(world.people["leader"], world.places["a"])
    page = leader.get(f"/duyet/{review.pk}").content.decode()
    assert f'name="ke-hoach" value="{plan.pk}" checked' in page
    answer = leader.post(f"/duyet/{review.pk}/nhan", {"seen": "0", "ke-hoach": plan.pk})
    assert answer["Location"] == f"/ke-hoach/{plan.pk}/so-sanh/2/3"


def test_who_may_upload_for_several_communes_chooses_one(world: World, client: Client) -> None:
    client.force_login(world.people["admin"])
    refused = client.post("/ke-hoach/gui", {"tep": paper_file()})
    assert refused.status_code == 422
    assert "Hãy chọn xã" in refused.content.decode()
    sent = client.post("/ke-hoach/gui", {"tep": paper_file(), "xa": world.places["b"].pk})
    assert sent.status_code == 302
    assert Review.objects.get().place == world.places["b"]
    village = client.post("/ke-hoach/gui", {"tep": paper_file(), "xa": world.places["a1"].pk})
    assert village.status_code == 422


def test_a_village_head_reads_the_task_of_the_village_without_a_way_into_the_plan(
    world: World, client: Client
) -> None:
    paper = small_plan()
    paper.tasks[0].places = ["thôn Đình Thượng"]
    found = a_plan(world.people["leader"], world.places["a"], paper)
    client.force_login(world.people["village_head"])
    task = Task.objects.get(villages=world.places["a1"])
    page = client.get(f"/viec/{task.pk}").content.decode()
    assert "Giao công chức địa chính hoàn thành" in page
    assert f"/ke-hoach/{found.pk}" not in page
    assert client.post(f"/viec/{task.pk}/bao", {"tt": "done"}).status_code == 302
    assert client.get(f"/ke-hoach/{found.pk}").status_code == 404
