"""What reports, submissions, notices and minutes tell of work, money and meetings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from dinhlang.drafting.models import Paper
from dinhlang.drafting.papers import selectors, services
from dinhlang.drafting.papers.gathering import plans
from dinhlang.meetings import services as meetings
from dinhlang.meetings.models import Meeting
from dinhlang.money.models import Movement, Need, Source
from dinhlang.money.selectors import balance
from dinhlang.money.services import balance as ledger
from dinhlang.papers.writing.html import to_html
from dinhlang.people.models import Office, OfficeHolding
from dinhlang.vietnamese import format_money
from dinhlang.work.models import Task, TaskNote, TaskOffice, TaskState
from tests.drafting.papers.making import ON, a_paper, fill, write
from tests.meetings.making import a_meeting, decided
from tests.world import World

pytestmark = pytest.mark.django_db
TODAY = date(2030, 6, 20)
"""A Thursday."""


@pytest.fixture
def ready(gaps: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Commune A with gaps, a plan, offices and one evidence, on 20 June 2030."""
    fill(gaps)
    real: Callable[..., date] = timezone.localdate
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None, tz=None: TODAY if value is None else real(value)
    )
    return gaps


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def a_task(world: World, text: str, end: date | None, **more: Any) -> Task:
    """A task of commune A; ``lead`` is who leads it."""
    lead = more.pop("lead", "")
    task: Task = Task.objects.create(
        place=world.places["a"], text=text, end=end, created=noon(date(2030, 1, 2)), **more
    )
    if lead:
        TaskOffice.objects.create(task=task, name=lead, key=lead, leads=True)
    return task


def a_note(task: Task, day: date, text: str = "", **more: Any) -> TaskNote:
    said = {"before": task.state, "after": task.state} | more
    note: TaskNote = TaskNote.objects.create(
        task=task, key=uuid4(), at=noon(day), text=text, **said
    )
    return note


def view(paper: Paper) -> selectors.View:
    return selectors.view(Paper.objects.get(pk=paper.pk))


def shown(paper: Paper) -> str:
    return to_html(view(paper).paper)


def told(paper: Paper) -> dict[str, str]:
    """The result of each task of a report, by its words."""
    return {each["text"]: each["state"] for each in view(paper).source["work"]}


def test_a_task_is_late_by_today_and_not_by_the_end_of_a_period_that_is_not_over(
    ready: World,
) -> None:
    a_task(ready, "Đã quá hạn", date(2030, 6, 17))
    a_task(ready, "Chưa đến hạn", date(2030, 6, 27))
    found = told(a_paper(ready, "bao-cao", period="month"))
    assert found["Đã quá hạn"] == "Chưa làm, chậm 3 ngày"
    assert found["Chưa đến hạn"] == "Chưa làm"


def test_a_week_tells_what_moved_was_due_or_is_late_and_no_older_finished_work(
    ready: World,
) -> None:
    done = {"state": TaskState.DONE}
    a_task(ready, "Xong tuần này", date(2030, 6, 30), done_at=noon(date(2030, 6, 18)), **done)
    a_task(ready, "Xong từ tháng 3", date(2030, 6, 18), done_at=noon(date(2030, 3, 1)), **done)
    a_task(ready, "Chạy cả năm", date(2030, 12, 31), start=date(2030, 1, 1))
    a_task(ready, "Quá hạn từ tháng 5", date(2030, 5, 31))
    a_task(ready, "Đến hạn thứ Sáu", date(2030, 6, 21))
    a_task(ready, "Đến hạn tuần sau", date(2030, 6, 26))
    waiting = a_task(ready, "Mới chuyển sang chờ", date(2030, 12, 1), state=TaskState.WAITING)
    a_note(waiting, date(2030, 6, 19), before=TaskState.OPEN, after=TaskState.WAITING)
    paper = a_paper(ready, "bao-cao", period="week")
    assert set(told(paper)) == {
        "Xong tuần này", "Quá hạn từ tháng 5", "Đến hạn thứ Sáu", "Mới chuyển sang chờ",
    }  # fmt: skip
    assert view(paper).source["following"] == [
        "Đến hạn tuần sau (hạn 26/06/2030)",
        "Hoàn thành đường trục (Công chức địa chính, hạn 30/06/2030)",
    ]
    assert "Chạy cả năm" in told(a_paper(ready, "bao-cao", period="month"))


def test_internal_notes_are_neither_results_nor_hindrances(ready: World) -> None:
    task = a_task(
        ready, "Lắp wifi", date(2030, 6, 30), state=TaskState.WAITING,
        waiting_for="Thiết bị về\nđợt 2",
    )  # fmt: skip
    a_note(task, date(2030, 6, 10), before=TaskState.OPEN, after=TaskState.WAITING)
    a_note(
        task, date(2030, 6, 18),
        "Bàn giao Công chức Văn hóa: Người Giao bàn giao cho Người Nhận.\nNhớ gọi lại.",
    )  # fmt: skip
    done = a_task(
        ready, "Phát quang", date(2030, 6, 15), state=TaskState.DONE,
        done_at=noon(date(2030, 6, 14)),
    )  # fmt: skip
    a_note(done, date(2030, 6, 14), "Tệp Excel “viec.xlsx”", before=TaskState.OPEN)
    dropped = a_task(
        ready, "Sơn cổng", date(2030, 6, 29), state=TaskState.DROPPED, reason="trùng việc của thôn"
    )
    a_note(dropped, date(2030, 6, 12), before=TaskState.OPEN, after=TaskState.DROPPED)
    paper = a_paper(ready, "bao-cao", period="month")
    said = shown(paper)
    for words in ("Bàn giao", "Người Nhận", "gọi lại", "Tệp Excel"):
        assert words not in said
    assert view(paper).source["blocked"] == [
        "Sơn cổng (không làm nữa: trùng việc của thôn)",
        "Lắp wifi (đang chờ: thiết bị về đợt 2)",
    ]


def test_a_hindrance_that_names_a_person_of_the_commune_keeps_the_name_inside(
    ready: World,
) -> None:
    officer = ready.people["officer"]
    OfficeHolding.objects.create(
        user=officer, office=Office.objects.filter(place=ready.places["a"])[0]
    )
    a_task(
        ready, "Lắp wifi", date(2030, 6, 30), state=TaskState.WAITING,
        waiting_for=f"chờ {officer.full_name} ký",
    )  # fmt: skip
    found = view(a_paper(ready, "bao-cao", period="month")).source["blocked"]
    assert found == ["Lắp wifi (đang chờ)"]


def test_a_result_is_the_product_or_the_paper_that_was_accepted(ready: World) -> None:
    done = {"state": TaskState.ACCEPTED, "done_at": noon(date(2030, 6, 3)),
            "accepted_at": noon(date(2030, 6, 4))}  # fmt: skip
    a_task(ready, "Soạn phiếu", date(2030, 6, 5), product="Mẫu phiếu", **done)
    proved = a_task(ready, "Đo đường", date(2030, 6, 5), product="Biên bản", **done)
    evidence = ready.places["a"].evidence.get()
    a_note(proved, date(2030, 6, 4), "xong nhé", evidence=evidence)
    found = told(a_paper(ready, "bao-cao", period="month"))
    assert found["Soạn phiếu"] == "Đã nghiệm thu: Mẫu phiếu"
    assert found["Đo đường"] == ("Đã nghiệm thu: Báo cáo đường thôn số 15/BC-UBND ngày 02/05/2030")


def test_the_officer_edits_the_results_of_a_report(ready: World) -> None:
    a_task(ready, "Đo đường", date(2030, 6, 25), state=TaskState.DOING, lead="Địa chính")
    paper = a_paper(ready, "bao-cao", period="month")
    rows = [dict(row) for row in view(paper).source["work"]]
    assert {"text": "Đo đường", "lead": "Địa chính", "state": "Đang làm"} in rows
    write(ready, paper, work=[{**row, "state": "Đạt 80% khối lượng"} for row in rows])
    assert "Đạt 80% khối lượng" in shown(paper)


def test_tasks_are_compared_with_the_last_period(ready: World) -> None:
    state = TaskState.DONE
    a_task(ready, "Một", date(2030, 5, 20), state=state, done_at=noon(date(2030, 5, 15)))
    a_task(ready, "Hai", date(2030, 5, 25), state=state, done_at=noon(date(2030, 6, 3)))
    a_task(ready, "Ba", date(2030, 6, 15))
    tally = view(a_paper(ready, "bao-cao", period="month")).source["tally"]
    assert {name: tally[name] for name in ("done", "done_before", "late", "late_before")} == {
        "done": 2, "done_before": 1, "late": 1, "late_before": 1,
    }  # fmt: skip
    said = shown(a_paper(ready, "bao-cao", period="month"))
    assert "tăng 1 nhiệm vụ so với kỳ trước; có 1 nhiệm vụ chậm hạn, bằng kỳ trước" in said


def test_a_quantity_is_accepted_with_the_task_that_was_made_of_it(ready: World) -> None:
    quantity = view(a_paper(ready, "bao-cao")).source["amounts"][0]
    assert quantity["now"] in (None, "0")
    link = Task.objects.filter(of_plan__isnull=False, target__startswith="Khối lượng").first()
    assert link is not None, "the quantity of the small plan is a task"
    link.state, link.accepted_at = TaskState.ACCEPTED, noon(date(2030, 6, 1))
    link.done_at = link.accepted_at
    link.save()
    quantity = view(a_paper(ready, "bao-cao")).source["amounts"][0]
    assert (quantity["before"], quantity["now"]) == ("0", "1200")
    said = shown(a_paper(ready, "bao-cao"))
    assert "Khối lượng đã nghiệm thu" in said and "100,0%" in said


# --- Money ----------------------------------------------------------------------------------------


def a_ledger(world: World) -> tuple[Need, Source]:
    """Beside what the plan brought: a work, a source, and a reward that is not there yet."""
    user, place = world.people["officer"], world.places["a"]
    need = ledger.add_need(
        user, place, 2030,
        ledger.NeedSaid(text="Rãnh thoát nước", amount=900_000_000, is_works=True), uuid4(),
    )  # fmt: skip
    source = ledger.add_source(
        user, place, 2030,
        ledger.SourceSaid(text="Vốn chương trình", amount=600_000_000, kind="province"), uuid4(),
    )  # fmt: skip
    ledger.add_source(
        user, place, 2030,
        ledger.SourceSaid(
            text="Thưởng đạt chuẩn", amount=400_000_000, kind="province",
            condition="xã được công nhận",
        ), uuid4(),
    )  # fmt: skip
    return need, source


def move(pair: tuple[Need, Source], step: str, amount: int, day: date) -> None:
    need, source = pair
    Movement.objects.create(
        need=need, source=None if step == "completed" else source, step=step, amount=amount,
        day=day, paper="QĐ 1", at=noon(day),
    )  # fmt: skip


def test_a_submission_asks_for_what_the_ledger_says_is_missing(ready: World) -> None:
    a_ledger(ready)
    found = balance.sheet(ready.places["a"], 2030)
    assert found.conditional == 1_900_000_000, "the small plan's own source waits for something"
    said = shown(a_paper(ready, "to-trinh"))
    assert f"Nhu cầu kinh phí năm 2030 là {format_money(found.need)}" in said
    assert f"nguồn vốn dùng được {format_money(found.usable)}" in said
    lack = format_money(-found.usable_balance)
    assert f"còn thiếu {lack}" in said and f"phần kinh phí còn thiếu {lack}" in said
    assert "có điều kiện, chưa tính: 1,9 tỷ đồng" in said


def test_a_submission_of_a_year_without_a_ledger_asks_for_nothing(ready: World) -> None:
    paper = a_paper(ready, "to-trinh", on=date(2034, 6, 20))
    assert "còn thiếu" not in shown(paper)


def test_a_report_carries_the_ledger_beside_the_last_period(ready: World) -> None:
    pair = a_ledger(ready)
    move(pair, "allocated", 500_000_000, date(2030, 4, 1))
    move(pair, "disbursed", 100_000_000, date(2030, 5, 3))
    move(pair, "disbursed", 150_000_000, date(2030, 6, 3))
    move(pair, "disbursed", 50_000_000, date(2030, 6, 28))
    move(pair, "settled", 80_000_000, date(2030, 6, 5))
    move(pair, "completed", 300_000_000, date(2030, 6, 2))
    paper = a_paper(ready, "bao-cao", period="month")
    found = view(paper).source["ledger"]
    [fund] = [each for each in found["funds"] if each["name"] == "Vốn chương trình"]
    assert fund == {
        "name": "Vốn chương trình", "amount": 600_000_000, "allocated": 500_000_000,
        "disbursed": 250_000_000, "settled": 80_000_000, "before": 100_000_000,
    }  # fmt: skip
    assert [each["name"] for each in found["conditional"]] == ["Ngân sách xã", "Thưởng đạt chuẩn"]
    assert (found["debt"], found["debt_before"]) == (50_000_000, 0)
    said = shown(paper)
    for words in (
        "giải ngân 250 triệu đồng, tăng 150 triệu đồng so với kỳ trước",
        "quyết toán 80 triệu đồng", "Tổng nguồn dùng được", "Tổng nguồn có điều kiện, chưa tính",
        "Nợ đọng xây dựng cơ bản: 50 triệu đồng, tăng 50 triệu đồng so với kỳ trước",
    ):  # fmt: skip
        assert words in said
    assert "chưa được theo dõi" not in said


def test_no_page_says_that_what_is_kept_is_not_followed(ready: World, officer: Client) -> None:
    paper = a_paper(ready, "bao-cao")
    page = officer.get(f"/van-ban/ban/{paper.pk}").content.decode()
    assert "chưa được theo dõi" not in page and "lấy từ sổ ở mục Kinh phí" in page


# --- Meetings and minutes -------------------------------------------------------------------------


def closed(world: World, title: str, day: date, line: str) -> Meeting:
    row = a_meeting(world, title=title, at=noon(day), chair="Chủ tịch UBND xã")
    meetings.open_meeting(world.people["officer"], row.pk)
    decided(world, row, line)
    return meetings.close(world.people["leader"], row.pk, "Bài thử ở ngày khác")


def test_a_notice_takes_a_closed_meeting_and_another_may_be_chosen(
    ready: World, officer: Client
) -> None:
    first = closed(ready, "Họp tháng 5", date(2030, 5, 7), "Kế toán gửi đối chiếu vốn")
    closed(ready, "Họp tháng 6", date(2030, 6, 7), "Địa chính đo lại đường")
    a_meeting(ready, title="Họp chưa chốt", at=noon(date(2030, 6, 15)))
    paper = a_paper(ready, "thong-bao")
    said = shown(paper)
    assert "Tại cuộc họp ngày 07/06/2030, Chủ tịch UBND xã kết luận" in said
    assert "Đo lại đường" in said and "đối chiếu vốn" not in said
    page = officer.get(f"/van-ban/ban/{paper.pk}").content.decode()
    assert "Họp tháng 5, ngày 07/05/2030" in page and "Họp chưa chốt" not in page
    write(ready, paper, meeting=f"hop:{first.pk}")
    assert "ửi đối chiếu vốn" in shown(paper) and "07/05/2030" in shown(paper)


def test_meetings_of_another_commune_are_not_offered(ready: World) -> None:
    row = closed(ready, "Họp tháng 5", date(2030, 5, 7), "Kế toán gửi đối chiếu vốn")
    Meeting.objects.filter(pk=row.pk).update(place=ready.places["b"])
    paper = a_paper(ready, "thong-bao")
    write(ready, paper, meeting=f"hop:{row.pk}")
    assert view(paper).source["meetings"] == [] and "đối chiếu vốn" not in shown(paper)


def test_minutes_list_late_work_line_by_line_and_count_no_offices_as_persons(
    ready: World,
) -> None:
    a_task(ready, "Không ai chủ trì", date(2030, 6, 17))
    a_task(ready, "Đo đường", date(2030, 6, 25), lead="Công chức địa chính")
    paper = a_paper(ready, "bien-ban")
    lines = str(view(paper).values["discussed"]).splitlines()
    assert "Việc chậm: Không ai chủ trì (hạn 17/06/2030)" in lines
    assert "Việc sắp đến hạn: Đo đường (Công chức địa chính, hạn 25/06/2030)" in lines
    said = shown(paper)
    assert "(, hạn" not in said and " người, gồm" not in said
    assert "Thành phần dự họp:" in said


def test_a_set_is_cited_by_its_title_and_decision(ready: World) -> None:
    line = str(view(a_paper(ready, "bien-ban")).values["discussed"]).splitlines()[0]
    assert "ban hành theo Quyết định số" in line and "(mẫu)" not in line


def test_a_letter_urges_no_work_upon_nobody(ready: World) -> None:
    a_task(ready, "Không ai chủ trì", date(2030, 6, 17))
    a_task(ready, "Đo đường", date(2030, 6, 17), lead="Công chức địa chính")
    Office.objects.create(place=ready.places["a"], title="Cán bộ tổng hợp nông thôn mới")
    said = shown(a_paper(ready, "cong-van-don-doc"))
    owned, bare = said.split("chưa giao nơi chủ trì")
    assert "Không ai chủ trì" in bare and "Không ai chủ trì" not in owned
    assert "Đo đường" in owned
    assert "Đề nghị Cán bộ tổng hợp nông thôn mới đề xuất nơi chủ trì, trình Chủ tịch" in bare
    assert "Cán bộ tổng hợp nông thôn mới" in owned, "it is among those addressed"


def test_an_assignment_does_not_mix_criteria_of_two_sets() -> None:
    def plan(*names: str) -> dict[str, Any]:
        return {"criteria": [{"number": at, "name": name} for at, name in enumerate(names, 1)]}

    new = plan("Quy hoạch", "Hạ tầng", "Kinh tế", "Lao động", "Văn hóa")
    old = plan("Quy hoạch", "Giao thông", "Thủy lợi", "Điện", "Giáo dục", "Văn hóa")
    work = {"criteria": [{"number": 2, "name": "Hạ tầng"}]}
    assert plans._of_one_set([work, new, old]) == [new, work]
    assert plans._of_one_set([old]) == [old]


# --- Signing --------------------------------------------------------------------------------------

TITLES = (
    "TS. Nguyễn Văn Mẫu", "ThS. Nguyễn Văn Mẫu", "PGS.TS Nguyễn Văn Mẫu", "TS Nguyễn Văn Mẫu",
    "Nguyễn Văn Mẫu, ThS", "Tiến sĩ Nguyễn Văn Mẫu", "thạc sỹ Nguyễn Văn Mẫu",
    "Kỹ sư Nguyễn Văn Mẫu", "NGƯT Nguyễn Văn Mẫu",
)  # fmt: skip


@pytest.mark.parametrize("name", TITLES)
def test_a_signer_has_no_titles(ready: World, name: str) -> None:
    paper = a_paper(ready, "thong-bao")
    saved = write(ready, paper, signer=name)
    assert "không ghi học hàm, học vị" in saved.troubles["signer"]
    assert "signer" not in Paper.objects.get(pk=paper.pk).texts


@pytest.mark.parametrize("name", ["Nguyễn Văn Mẫu", "Ông Ích Mẫu", "Lê Thị Tiến", "Bùi Kỹ", ""])
def test_a_plain_name_signs(ready: World, name: str) -> None:
    assert not write(ready, a_paper(ready, "thong-bao"), signer=name).troubles


def test_a_report_is_not_signed_before_its_period_begins(ready: World) -> None:
    paper = a_paper(ready, "bao-cao", period="month")
    saved = write(ready, paper, day="31/5/2030", number="3")
    assert "sớm hơn ngày đầu kỳ báo cáo (01/06/2030)" in saved.troubles["day"]
    assert Paper.objects.get(pk=paper.pk).texts == {"number": "3"}
    assert not write(ready, paper, day="1/6/2030").troubles


def test_a_copy_takes_over_neither_number_nor_day(ready: World) -> None:
    paper = a_paper(ready, "bao-cao", period="month")
    write(ready, paper, day="20/6/2030", number="3", proposals="Thêm vốn")
    made = services.copy(ready.people["officer"], paper.pk, uuid4(), date(2030, 7, 20))
    assert made.texts == {"proposals": "Thêm vốn"}


REFUSED_DAYS = {"": "Chưa có ngày", "hôm nay": "không phải ngày", "2030-06-21": "chưa đến"}


@pytest.mark.parametrize("given", list(REFUSED_DAYS))
def test_a_list_of_evidence_takes_no_empty_or_future_day(
    ready: World, officer: Client, given: str
) -> None:
    address = f"/van-ban/{ready.places['a'].pk}/moi/danh-muc"
    answer = officer.post(address, {"ngay": given, "luot": str(uuid4())})
    assert answer.status_code == 422
    assert REFUSED_DAYS[given] in answer.content.decode()
    assert not Paper.objects.exists()
    assert officer.post(address, {"ngay": ON.isoformat(), "luot": str(uuid4())}).status_code == 302
