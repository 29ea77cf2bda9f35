"""Templates of work: days counted back, leads proposed, made at once and once, one's own kept."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from dinhlang.lawbook import selectors as lawbook
from dinhlang.people.access import AccessDenied
from dinhlang.people.models import Office
from dinhlang.work import templating
from dinhlang.work.models import Origin, Task, TaskTemplate
from dinhlang.work.services import templates
from dinhlang.work.services.tasks import BadTask, Said, break_down, change, create
from dinhlang.work.templating import Step, offered
from tests.work.making import a_task
from tests.world import World

pytestmark = pytest.mark.django_db
GOAL = date(2030, 6, 28)  # a Friday
OURS = templating.ours()


def test_ours_cover_every_criterion_of_the_commune_set_by_its_name() -> None:
    law = lawbook.library().sets[templating.SET]
    named = {each.criterion: each.name for each in OURS.values() if each.criterion}
    assert {n: name.lower() for n, name in named.items()} == {
        each.number: each.name.lower() for each in law.criteria
    }
    assert len([each for each in OURS.values() if each.is_kind]) >= 7


NEW_SET = {
    "1": {"Quy hoạch"},
    "2": {"Giao thông", "Điện", "Thủy lợi và phòng, chống thiên tai", "Cơ sở vật chất văn hóa"},
    "3": {"Thu nhập", "Tổ chức sản xuất và phát triển kinh tế nông thôn", "Sản phẩm OCOP"},
    "4": {"Lao động"},
    "5": {"Trường học", "Giáo dục và đào tạo", "Y tế", "Văn hóa"},
    "6": {"Nghèo đa chiều", "An sinh xã hội", "Nhà ở dân cư"},
    "7": {"Chuyển đổi số", "Thông tin và truyền thông"},
    "8": {"Môi trường và an toàn thực phẩm", "Nước sạch", "Cảnh quan nông thôn"},
    "9": {"Hệ thống chính trị và tiếp cận pháp luật", "Hành chính công"},
    "10": {"Hệ thống chính trị và tiếp cận pháp luật", "Quốc phòng và an ninh"},
}


def test_each_criterion_of_the_set_in_force_has_templates_by_what_it_is_about() -> None:
    law = lawbook.library().sets["qd-51-2025/xa-ntm"]
    found = {each.number: {one.name for one in each.templates} for each in offered(law)}
    assert found.keys() == NEW_SET.keys()
    assert all(NEW_SET[number] <= found[number] for number in NEW_SET)
    assert not any(each.general for each in offered(law))
    advanced = lawbook.library().sets["qd-318-2022/xa-nang-cao"]
    assert "Nước sạch" in [each.name for each in templating.for_criterion(advanced, "18")]
    assert templating.for_criterion(advanced, "99") == ()


def test_no_criterion_of_any_loaded_set_is_without_a_template() -> None:
    for law in lawbook.library().sets.values():
        rows = offered(law)
        assert [each.number for each in rows] == [each.number for each in law.criteria]
        for each in rows:
            assert each.templates
            if each.general:
                assert [one.code for one in each.templates] == [templating.DOSSIER]


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("tieu-chi-1", "1", "Tiêu chí 1. Quy hoạch"),
        ("tieu-chi-2", "2", "Tiêu chí 2. Hạ tầng kinh tế - xã hội: Giao thông"),
        ("ho-so-minh-chung", "4",
         "Lập hồ sơ minh chứng tiêu chí 4. Đào tạo nguồn nhân lực nông thôn"),
        ("dau-tu-cong-trinh", "2", "Đầu tư một công trình"),
        ("tieu-chi-2", "", "Giao thông"),
    ],
)  # fmt: skip
def test_a_task_is_called_after_the_criterion_it_is_made_for(
    code: str, number: str, text: str
) -> None:
    law = lawbook.library().sets["qd-51-2025/xa-ntm"]
    assert templating.task_text(OURS[code], law, number) == text


@pytest.mark.parametrize(
    ("goal", "shift"),
    [
        (date(2030, 12, 31), None),
        # The first step would have ended on the Friday of the week before the year.
        (date(2030, 6, 28), (3, 157)),
    ],
)
def test_a_chain_that_should_have_begun_moves_to_begin_today(
    goal: date, shift: tuple[int, int] | None
) -> None:
    today = date(2030, 6, 3)
    template = templating.Template("x", "Mẫu", (
        Step("Một", before=180, days=10), Step("Hai", before=120, days=20, after=(1,)),
        Step("Ba", before=60, days=10, after=(2,)), Step("Bốn", before=0, days=20, after=(3,)),
    ))  # fmt: skip
    found = templating.shift(template, goal, today)
    if shift is None:
        assert found is None
        return
    assert found is not None
    first = min(step.span(found.goal)[0] for step in template.steps)
    assert today <= first <= date(2030, 6, 6)
    assert (found.first, found.days) == (first, (found.last - goal).days)
    assert (found.past, found.late) == shift


@pytest.mark.parametrize("code", sorted(OURS))
def test_a_step_of_ours_begins_when_those_before_it_have_ended(code: str) -> None:
    steps = OURS[code].steps
    for step in steps:
        for number in step.after:
            first = steps[number - 1]
            assert step.before + step.days <= first.before


@pytest.mark.parametrize(
    ("before", "days", "start", "end"),
    [
        (0, 1, GOAL, GOAL),
        (5, 3, date(2030, 6, 19), date(2030, 6, 21)),  # a Sunday moves to its Friday
        (6, 1, date(2030, 6, 21), date(2030, 6, 21)),
        (7, 7, date(2030, 6, 15), date(2030, 6, 21)),
    ],
)
def test_days_are_counted_back_from_the_goal(
    before: int, days: int, start: date, end: date
) -> None:
    assert Step("Việc", before=before, days=days).span(GOAL) == (start, end)


@pytest.mark.parametrize("after", [[1], [2], [0]])
def test_a_step_cannot_come_after_itself_or_a_later_one(after: list[int]) -> None:
    with pytest.raises(ValueError, match="step 1"):
        templating.steps_of([{"text": "Một", "after": after}, {"text": "Hai"}])


def proposed(world: World, code: str = "dau-tu-cong-trinh") -> list[templates.Proposed]:
    return templates.propose(world.people["leader"], world.places["a"], OURS[code], GOAL)


def test_leads_are_the_offices_of_the_place_and_those_that_led_before(world: World) -> None:
    place = world.places["a"]
    Office.objects.create(place=place, title="Công chức Địa chính - Xây dựng")
    rows = proposed(world)
    assert rows[0].lead == "Công chức Địa chính - Xây dựng"
    assert {row.lead for row in rows} == {"Công chức Địa chính - Xây dựng", ""}
    a_task(place, "Cũ", lead="Hội Phụ nữ", criterion="11")
    plain = templating.Template("x", "Mẫu", (Step("Việc"),), "11")
    user = world.people["leader"]
    owner = templates.owner_of(user, place, templating.SET, "11")
    found = templates.propose(user, place, plain, GOAL, owner)
    assert (found[0].lead, found[0].why) == (
        "Hội Phụ nữ",
        "chủ trì nhiều việc của tiêu chí 11 nhất",
    )


def test_the_whole_chain_is_made_once(world: World) -> None:
    place, user, key = world.places["a"], world.people["officer"], uuid4()
    template, rows = OURS["dau-tu-cong-trinh"], proposed(world)
    whole = Said(text="Nhà văn hóa", end=GOAL, villages=[world.places["a1"].pk])
    for _ in range(2):
        made = templates.apply(user, place, template, whole, rows, key)
    parts = list(made.children.order_by("position"))
    assert [each.text for each in parts] == [step.text for step in template.steps]
    assert made.origin == Origin.TEMPLATE and "Đầu tư" in made.origin_text
    seventh = {link.after.text for link in parts[6].needs.all()}
    assert seventh == {parts[4].text, parts[5].text}
    assert {each.villages.get() for each in parts} == {world.places["a1"]}
    assert Task.objects.count() == 10


def test_a_step_left_out_hands_on_those_before_it(world: World) -> None:
    rows = proposed(world)
    rows[7].wanted = False
    made = templates.apply(
        world.people["leader"], world.places["a"], OURS["dau-tu-cong-trinh"],
        Said(text="Cầu", end=GOAL), rows, uuid4(),
    )  # fmt: skip
    last = made.children.get(text=rows[8].text)
    assert [link.after.text for link in last.needs.all()] == [rows[6].text]


def test_nothing_is_half_made(world: World) -> None:
    rows = proposed(world)
    rows[3].start, rows[3].end = rows[3].end, rows[3].start
    with pytest.raises(BadTask, match="Bước 4"):
        templates.apply(
            world.people["leader"], world.places["a"], OURS["dau-tu-cong-trinh"],
            Said(text="Cầu"), rows, uuid4(),
        )  # fmt: skip
    for row in rows:
        row.wanted = False
    with pytest.raises(BadTask, match="ít nhất một bước"):
        templates.apply(
            world.people["leader"], world.places["a"], OURS["dau-tu-cong-trinh"],
            Said(text="Cầu"), rows, uuid4(),
        )  # fmt: skip
    assert not Task.objects.exists()


@pytest.fixture
def road(world: World) -> Task:
    """A road of commune A in two parts, told in the wrong order."""
    user = world.people["leader"]
    task = create(user, world.places["a"], Said(text="Làm đường", end=GOAL), uuid4())
    last, first = break_down(user, task.pk, [
        Said(text="Thi công", start=date(2030, 6, 10), end=date(2030, 6, 20)),
        Said(text="Đo đạc", lead=["Địa chính"], start=date(2030, 6, 18), end=date(2030, 6, 27)),
    ], uuid4())  # fmt: skip
    change(user, last.pk, uuid4(), 0, {"after": [first.pk]})
    return task


def test_a_task_kept_is_a_template_with_its_order_and_days(world: World, road: Task) -> None:
    user, key = world.people["leader"], uuid4()
    row = templates.save(user, road, "", key)
    assert templates.save(user, road, "", key) == row
    template = templates.find(user, world.places["a"], f"rieng-{row.pk}")
    assert template is not None and template.name == "Làm đường"
    assert template.steps == (
        Step("Đo đạc", "", "Địa chính", 1, 10),
        Step("Thi công", "", "", 8, 11, (1,)),
    )
    assert templates.find(user, world.places["b"], f"rieng-{row.pk}") is None


def test_a_task_without_parts_is_not_kept(world: World) -> None:
    task = a_task(world.places["a"])
    with pytest.raises(BadTask, match="chưa chia nhỏ"):
        templates.save(world.people["leader"], task, "", uuid4())


def test_others_neither_make_nor_keep(world: World, road: Task) -> None:
    for who in ("province", "elsewhere", "village_head", "resident"):
        with pytest.raises(AccessDenied):
            templates.apply(
                world.people[who], world.places["a"], OURS["dau-tu-cong-trinh"],
                Said(text="Cầu"), proposed(world), uuid4(),
            )  # fmt: skip
        with pytest.raises(AccessDenied):
            templates.save(world.people[who], road, "", uuid4())


# --- Pages ----------------------------------------------------------------------------------------


@pytest.fixture
def leader(world: World) -> Client:
    client = Client()
    client.force_login(world.people["leader"])
    return client


def test_a_template_is_chosen_dated_changed_and_made(world: World, leader: Client) -> None:
    address = f"/cong-viec/{world.places['a'].pk}/mau"
    assert "Lập hồ sơ minh chứng một tiêu chí" in leader.get(address).content.decode()
    address += "/ho-so-minh-chung"
    assert "Phải xong ngày nào" in leader.get(address).content.decode()
    assert leader.get(f"{address}?han=31/2/2030").status_code == 422
    assert 'value="21/06/2030"' in leader.get(f"{address}?han=28/6/2030").content.decode()
    sent = {"viec": "Hồ sơ tiêu chí 2", "han": "28/6/2030", "luot": str(uuid4()),
            "chon-1": "on", "viec-1": "Phân công", "han-1": "1/6/2030",
            "chon-4": "on", "viec-4": "Viết báo cáo", "han-4": "không rõ"}  # fmt: skip
    answer = leader.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Bước 4" in page and "Phân công" in page
    leader.post(address, sent | {"han-4": "20/6/2030"})
    task = Task.objects.get(text="Hồ sơ tiêu chí 2")
    assert task.end == GOAL
    report = task.children.get(text="Viết báo cáo")
    assert [link.after.text for link in report.needs.all()] == ["Phân công"]


def test_one_s_own_is_kept_taken_away_and_brought_back(
    world: World, leader: Client, road: Task
) -> None:
    assert "Lưu làm mẫu" in leader.get(f"/viec/{road.pk}").content.decode()
    sent = {"ten": "Đường thôn", "luot": str(uuid4())}
    page = leader.post(f"/viec/{road.pk}/luu-mau", sent, follow=True).content.decode()
    assert "Đường thôn" in page and "2 bước" in page
    row = TaskTemplate.objects.get()
    leader.post(f"/cong-viec/mau/{row.pk}/xoa")
    address = f"/cong-viec/{world.places['a'].pk}/mau"
    assert leader.get(f"{address}/rieng-{row.pk}").status_code == 404
    leader.post(f"/cong-viec/mau/{row.pk}/khoi-phuc")
    assert leader.get(f"{address}/rieng-{row.pk}").status_code == 200
    assert leader.get(f"{address}/khong-co").status_code == 404


def test_the_steps_of_a_goal_too_near_begin_today_unless_kept(world: World, leader: Client) -> None:
    address = f"/cong-viec/{world.places['a'].pk}/mau/dau-tu-cong-trinh"
    today = timezone.localdate()
    goal = today + timedelta(days=30)
    page = leader.get(f"{address}?han={goal:%d/%m/%Y}").content.decode()
    assert "Dời cả chuỗi, bắt đầu từ nay" in page and "hạn đã qua" not in page
    starts = [datetime.strptime(each, "%d/%m/%Y").date()
              for each in re.findall(r'name="bat-dau-\d+" value="([^"]+)"', page)]  # fmt: skip
    assert today <= min(starts) <= today + timedelta(days=3)
    kept = leader.get(f"{address}?han={goal:%d/%m/%Y}&ngay=giu").content.decode()
    assert "hạn đã qua" in kept and f'value="{goal:%d/%m/%Y}"' in kept
    far = leader.get(f"{address}?han={today + timedelta(days=900):%d/%m/%Y}").content.decode()
    assert "Dời cả chuỗi" not in far


def test_the_list_shows_a_set_s_criteria_and_leads_to_them(world: World, leader: Client) -> None:
    address = f"/cong-viec/{world.places['a'].pk}/mau"
    page = leader.get(f"{address}?bo=qd-51-2025/xa-ntm").content.decode()
    assert "2. Hạ tầng kinh tế - xã hội" in page
    link = f"{address}/tieu-chi-2?tieu-chi=qd-51-2025%2Fxa-ntm%7C2%7C"
    assert f'href="{link}"' in page
    chosen = leader.get(link).content.decode()
    assert '<option value="qd-51-2025/xa-ntm|2|" selected>' in chosen
    sent = {"viec": "Đường", "tieu-chi": "qd-51-2025/xa-ntm|2|", "luot": str(uuid4()),
            "chon-1": "on", "viec-1": "Đo", "han-1": "1/6/2030"}  # fmt: skip
    leader.post(f"{address}/tieu-chi-2", sent)
    task = Task.objects.get(text="Đường")
    assert (task.criterion_set, task.criterion) == ("qd-51-2025/xa-ntm", "2")
