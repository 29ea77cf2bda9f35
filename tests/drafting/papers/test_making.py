"""Papers filled from data: what they say, what officers write on them, and what stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from dinhlang.drafting.models import Paper
from dinhlang.drafting.papers import gathering, keeping, selectors, services
from dinhlang.drafting.papers.periods import before, following, period_of
from dinhlang.drafting.papers.services import Finished, Wish
from dinhlang.papers.writing.html import to_html
from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine, Office
from dinhlang.work.models import Task
from dinhlang.work.services import tasks
from tests.assessment.small_law import SET, enter
from tests.drafting.papers.making import ALL, ON, a_paper, fill, finish, write
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(gaps: World) -> World:
    """Commune A with gaps, a plan, offices and one evidence."""
    fill(gaps)
    return gaps


def shown(paper: Paper) -> str:
    return to_html(selectors.view(Paper.objects.get(pk=paper.pk)).paper)


PERIODS: list[tuple[Any, date, date, date]] = [
    ("week", date(2026, 11, 22), date(2026, 11, 16), date(2026, 11, 22)),
    ("month", date(2024, 2, 9), date(2024, 2, 1), date(2024, 2, 29)),
    ("quarter", date(2026, 11, 22), date(2026, 10, 1), date(2026, 12, 31)),
    ("half-year", date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30)),
    ("year", date(2026, 1, 1), date(2026, 1, 1), date(2026, 12, 31)),
]


@pytest.mark.parametrize(("kind", "day", "start", "end"), PERIODS)
def test_a_period_is_known_by_its_kind_and_a_day_in_it(
    kind: Any, day: date, start: date, end: date
) -> None:
    found = period_of(kind, day)
    assert (found.start, found.end) == (start, end)
    assert before(following(found)) == found.end
    assert following(found).start == date.fromordinal(end.toordinal() + 1)


@pytest.mark.parametrize("kind", ALL)
def test_every_kind_is_filled_from_data_and_kept_as_it_was(ready: World, kind: str) -> None:
    paper = a_paper(ready, kind)
    now = shown(paper)
    assert "XÃ LÀNG MẪU" in now
    assert paper.about != paper.get_kind_display()
    kept = finish(ready, paper)
    assert to_html(selectors.view(kept).paper) == now
    Task.objects.update(state="done", text="đổi hết")
    enter(ready.people["officer"], ready.places["a"], "thu_nhap", value="1")
    assert shown(paper) == now, "a finished paper changed with the data"


@pytest.mark.parametrize("kind", ALL)
def test_every_kind_can_be_made_where_nothing_is_known(gaps: World, kind: str) -> None:
    elsewhere = gaps.places["b"]
    wish = Wish(kind, date(2031, 3, 3), SET if kind in selectors.WITH_SET else "", "week")
    paper = services.start(gaps.people["elsewhere"], elsewhere, wish, uuid4())
    assert "XÃ LÀNG BÊN" in shown(paper)


def test_a_tree_of_a_paper_comes_back_from_json_alike(ready: World) -> None:
    for kind in ALL:
        tree = selectors.view(a_paper(ready, kind)).paper
        assert keeping.from_data(keeping.to_data(tree)) == tree


def test_a_report_tells_criteria_tasks_and_what_the_plan_holds(ready: World) -> None:
    task = Task.objects.get(end=date(2030, 6, 30))
    tasks.tell(ready.people["officer"], task.pk, uuid4(), "waiting", "Chờ mặt bằng")
    Task.objects.filter(pk=task.pk).update(start=date(2030, 6, 1))
    said = shown(a_paper(ready, "bao-cao"))
    assert "quý II năm 2030" in said
    assert "Giao thông" in said
    assert "93,5484" in said or "thiếu" in said
    assert "Hoàn thành đường trục" in said
    assert "Hàng rào xanh (thôn Đông)" in said and "1.200" in said
    assert "Nguồn vốn và giải ngân" in said and "1.500" in said
    assert "(đang chờ: chờ mặt bằng)" in said


def test_the_state_of_a_task_is_the_one_it_had_when_the_period_ended(ready: World) -> None:
    task = Task.objects.get(end=date(2030, 6, 30))
    tasks.tell(ready.people["officer"], task.pk, uuid4(), "done", "Xong hết")
    # The note was written today, years from 2030 either way: before the period it counts, after
    # it the state from before the note does.
    later = timezone.now().replace(year=2031)
    task.notes.update(at=later)
    Task.objects.filter(pk=task.pk).update(done_at=later)
    source = selectors.view(a_paper(ready, "bao-cao")).source
    assert [each["state"] for each in source["work"] if "đường trục" in each["text"]] == [
        "Chưa làm"
    ]


def test_a_report_is_compared_with_the_last_one_of_its_kind(ready: World) -> None:
    first = finish(ready, a_paper(ready, "bao-cao", on=date(2030, 2, 2)))
    told = {each["number"]: each["now"] for each in first.document["source"]["criteria"]}
    enter(ready.people["officer"], ready.places["a"], "dien_an_toan", yes=True)
    # Of another kind of period, and not finished: neither counts.
    finish(ready, a_paper(ready, "bao-cao", on=date(2030, 3, 3), period="month"))
    a_paper(ready, "bao-cao", on=date(2030, 2, 3))
    source = selectors.view(a_paper(ready, "bao-cao", on=ON)).source
    assert {each["number"]: each["before"] for each in source["criteria"]} == told
    assert source["before"].startswith("báo cáo kỳ trước, đến hết ngày 31/03/2030")


def test_without_an_earlier_report_the_comparison_is_with_what_was_known_then(
    ready: World,
) -> None:
    source = selectors.view(a_paper(ready, "bao-cao")).source
    assert source["before"] == "số liệu đã biết hết ngày 31/03/2030"


def test_charges_come_from_the_plan_and_those_without_a_lead_stay_empty(ready: World) -> None:
    rows = selectors.view(a_paper(ready, "phan-cong")).values["charges"]
    assert [(row["number"], row["name"], row["lead"]) for row in rows] == [  # type: ignore[index]
        ("2", "Giao thông", "Công chức địa chính"),
        ("4", "Điện", ""),
    ]
    said = shown(a_paper(ready, "phan-cong"))
    assert "nông thôn mới nâng cao" in said
    assert "Căn cứ Kế hoạch số 05/KH-UBND ngày 03/02/2030" in said


def test_members_are_the_offices_of_the_commune_and_its_villages_only(ready: World) -> None:
    rows = selectors.view(a_paper(ready, "ban-chi-dao")).values["members"]
    assert rows == [
        {"name": "", "office": "Chủ tịch UBND xã", "role": "Trưởng ban"},
        {"name": "", "office": "Phó Chủ tịch UBND xã", "role": "Phó Trưởng ban"},
        {"name": "", "office": "Công chức địa chính", "role": "Thành viên"},
        {"name": "", "office": "Trưởng thôn Đình Thượng", "role": "Thành viên"},
    ]


def test_a_committee_without_a_deputy_has_a_row_for_one_and_lines_for_names(ready: World) -> None:
    Office.objects.filter(title__startswith="Phó").delete()
    paper = a_paper(ready, "ban-chi-dao")
    rows = selectors.view(paper).values["members"]
    assert {"name": "", "office": "", "role": "Phó Trưởng ban"} in rows
    assert "…………………" in shown(paper)
    filled = [{**rows[0], "name": "Người Mẫu"}, *rows[1:]]  # type: ignore[dict-item]
    write(ready, paper, members=filled)
    assert "Người Mẫu" in shown(paper)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2030, 6, 10), None),
        (date(2030, 6, 20), "Còn 10 ngày"),
        (date(2030, 6, 30), "Đến hạn"),
        (date(2030, 7, 5), "Chậm 5 ngày"),
    ],
)
def test_a_reminder_names_what_is_late_or_soon_due(
    ready: World, on: date, words: str | None
) -> None:
    said = shown(a_paper(ready, "cong-van-don-doc", on=on))
    assert ("đường trục" in said) == (words is not None)
    assert words is None or words in said


def test_a_notice_takes_over_what_the_last_finished_minutes_concluded(ready: World) -> None:
    minutes = a_paper(ready, "bien-ban")
    rows = [{"text": "Xong đường trục", "lead": "Địa chính", "due": "30/6"}]
    write(ready, minutes, resolutions=rows, chair="Chủ tịch UBND xã")
    assert "Xong đường trục" not in shown(a_paper(ready, "thong-bao"))
    finish(ready, minutes)
    said = shown(a_paper(ready, "thong-bao"))
    assert "Xong đường trục" in said
    assert "Tại cuộc họp ngày 20/06/2030, Chủ tịch UBND xã kết luận như sau." in said


def test_the_list_of_evidence_follows_the_set_and_names_what_is_bare(ready: World) -> None:
    view = selectors.view(a_paper(ready, "danh-muc"))
    rows = [(each["indicator"], each["title"]) for each in view.source["proofs"]]
    assert [row for row in rows if row[1]] == [("2.1", "Báo cáo đường thôn")]
    assert "2.1" not in view.source["bare"] and view.source["bare"]
    assert [number for number, title in rows if not title] == view.source["bare"]
    said = to_html(view.paper)
    assert "15/BC-UBND, 02/05/2030" in said
    assert said.count('<td class="left">Chưa có</td>') == len(view.source["bare"])
    assert "Số:" not in said and "./." in said, "a list has no code of its own, and it ends"


def test_number_day_and_signer_are_blank_until_given(ready: World) -> None:
    paper = a_paper(ready, "thong-bao")
    assert "tháng" in shown(paper) and "KT. CHỦ TỊCH" not in shown(paper)
    write(
        ready, paper, number="7", day="5/7/2030", signs="deputy", signer="Người Mẫu",
        recipients="Các thôn\nLưu: VT, NTM",
    )  # fmt: skip
    said = shown(paper)
    for words in ("Số: 07/TB-UBND", "ngày 05 tháng 7 năm 2030", "KT. CHỦ TỊCH", "Người Mẫu",
                  "Lưu: VT, NTM."):  # fmt: skip
        assert words in said


def test_what_nobody_wrote_follows_the_data_and_what_was_written_stays(ready: World) -> None:
    paper = a_paper(ready, "cong-van-don-doc")
    write(ready, paper, until="25/6/2030")
    Task.objects.update(text="Tên việc mới")
    said = shown(paper)
    assert "Tên việc mới" in said and "25/06/2030" in said
    services.take_from_data(ready.people["officer"], paper.pk, "until")
    assert "27/06/2030" in shown(paper)


def test_what_cannot_stand_in_a_box_is_told_and_the_rest_is_saved(ready: World) -> None:
    paper = a_paper(ready, "thong-bao")
    saved = write(ready, paper, day="31/2/2030", number="0", about="Việc mới")
    assert set(saved.troubles) == {"day", "number"}
    assert "“31/2/2030” không phải ngày" in saved.troubles["day"]
    paper.refresh_from_db()
    assert paper.texts == {"about": "Việc mới"}
    assert paper.about == "Việc mới"


def test_nobody_writes_over_what_another_wrote_meanwhile(ready: World) -> None:
    paper = a_paper(ready, "thong-bao")
    write(ready, paper, about="Bản một")
    saved = write(ready, paper, "leader", seen=0, about="Bản hai", opening="Mở đầu")
    assert saved.clashes == ("about",) and saved.by == "Công Chức Mẫu"
    paper.refresh_from_db()
    assert paper.texts == {"about": "Bản một", "opening": "Mở đầu"}
    saved = write(ready, paper, "leader", seen=paper.revision, about="Bản hai")
    assert not saved.clashes
    paper.refresh_from_db()
    assert paper.texts["about"] == "Bản hai"


def test_a_form_sent_twice_begins_one_paper_and_saves_once(ready: World) -> None:
    key, user, place = uuid4(), ready.people["officer"], ready.places["a"]
    made = [services.start(user, place, Wish("thong-bao", ON), key) for _ in range(2)]
    assert made[0].pk == made[1].pk and Paper.objects.count() == 1
    for _ in range(2):
        write(ready, made[0], about="Một lần")
    made[0].refresh_from_db()
    assert made[0].revision == 1
    for _ in range(2):
        services.finish(user, made[0].pk)
    verbs = AuditLine.objects.filter(target_id=str(made[0].pk)).values_list("verb", flat=True)
    assert sorted(verbs) == ["hoàn tất văn bản", "soạn văn bản", "sửa văn bản"]


def test_a_finished_or_dropped_paper_takes_no_more(ready: World) -> None:
    finished, dropped = a_paper(ready, "thong-bao"), a_paper(ready, "thong-bao")
    finish(ready, finished)
    services.set_aside(ready.people["officer"], dropped.pk)
    for paper in (finished, dropped):
        with pytest.raises(Finished):
            write(ready, paper, about="x")
        with pytest.raises(Finished):
            services.take_from_data(ready.people["officer"], paper.pk, "about")
    with pytest.raises(Finished):
        services.set_aside(ready.people["officer"], finished.pk)
    with pytest.raises(Finished):
        services.finish(ready.people["officer"], dropped.pk)
    assert list(selectors.papers(ready.people["officer"], ready.places["a"])) == [finished]


def test_a_finished_paper_is_copied_once_with_its_words_and_new_numbers(ready: World) -> None:
    officer, later, key = ready.people["officer"], date(2030, 9, 20), uuid4()
    paper = a_paper(ready, "to-trinh")
    write(ready, paper, about="Xin bổ sung vốn đường thôn")
    finish(ready, paper)
    made = [services.copy(officer, paper.pk, key, later) for _ in range(2)]
    assert made[0] == made[1] != paper
    assert made[0].on == later and not made[0].is_finished
    assert "Xin bổ sung vốn đường thôn" in shown(made[0])
    with pytest.raises(AccessDenied):
        services.copy(ready.people["province"], paper.pk, uuid4(), later)


@pytest.mark.parametrize("who", ["village_head", "province", "elsewhere", "resident", "nobody"])
def test_only_those_who_work_at_the_commune_write(ready: World, who: str) -> None:
    paper = a_paper(ready, "thong-bao")
    user = ready.people[who]
    with pytest.raises(AccessDenied):
        services.start(user, ready.places["a"], Wish("thong-bao", ON), uuid4())
    with pytest.raises(AccessDenied):
        services.write(user, paper.pk, {"about": "x"}, 0)
    with pytest.raises(AccessDenied):
        services.finish(user, paper.pk)
    with pytest.raises(AccessDenied):
        services.set_aside(user, paper.pk)


def test_numbers_of_a_plan_are_told_exactly(ready: World) -> None:
    source = gathering.gather(a_paper(ready, "bao-cao"))
    assert Decimal(source["amounts"][0]["planned"]) == 1200
    assert Decimal(source["money"][0]["planned"]) == 1_500_000_000
