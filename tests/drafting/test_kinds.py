"""A plan for a higher level and a campaign are begun from the data, changed, and filed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dinhlang.drafting import parts, selectors, services
from dinhlang.drafting.beginning import reports_of, works_left
from dinhlang.drafting.models import Draft, Kind
from dinhlang.drafting.services import BadStart, Change, Start
from dinhlang.papers.plan import Document, Due, Plan, ReportRule
from dinhlang.people.models import AuditLine, User
from dinhlang.places.models import Unit
from dinhlang.places.selectors import villages
from dinhlang.plans.editing.draft import plan_of
from dinhlang.plans.models import Review
from dinhlang.plans.services import uploads
from dinhlang.work.models import Task
from tests.assessment.small_law import SET
from tests.demo.conftest import data_dir, now, sample
from tests.drafting.drafts import a_draft, typed
from tests.papers.writing.test_round_trip import items
from tests.world import World

__all__ = ["data_dir", "now", "sample"]
pytestmark = pytest.mark.django_db
MODEL_SET = "qd-319-2022/xa-kieu-mau"


def campaign(world: World, **given: Any) -> Draft:
    """A campaign of commune A in two waves."""
    waves = ((date(2031, 3, 1), date(2031, 3, 31)), (date(2031, 7, 1), date(2031, 7, 29)))
    wanted: dict[str, Any] = {
        "kind": Kind.CAMPAIGN, "waves": waves, "until": waves[-1][1], "goals": frozenset(),
    }  # fmt: skip
    return a_draft(world, **{**wanted, **given})


def fresh(draft: Draft) -> Draft:
    rows = Draft.objects.select_related("place__parent", "last", "changed_by")
    found: Draft = rows.get(pk=draft.pk)
    return found


# --- A campaign ----------------------------------------------------------------------------------


@pytest.fixture
def drive(gaps: World) -> Draft:
    return campaign(gaps)


def test_a_campaign_begins_with_its_waves_villages_and_reports(drive: Draft) -> None:
    assert [wave["start"] for wave in drive.details["waves"]] == ["2031-03-01", "2031-07-01"]
    assert len(parts.village_names(drive)) == len(drive.details["villages_of"]) > 1
    daily, weekly = drive.details["reports"]
    assert (daily["period"], daily["time"]) == ("daily", "")  # no plan names a time: it stays open
    assert weekly["period"] == "weekly"
    assert [row["task"] for row in drive.rows][-1] == "Ra quân ở các thôn"
    assert AuditLine.objects.filter(verb="soạn kế hoạch chiến dịch").count() == 1


def test_the_time_of_the_daily_report_is_that_of_the_last_plan() -> None:
    rule = ReportRule(
        from_="Ban Phát triển thôn", to="Ban Chỉ đạo xã", period="daily", due=Due(time="17:00"),
        lines=(1, 1),
    )  # fmt: skip
    daily, _ = reports_of([], Plan(document=Document(), reporting=[rule]))
    assert (daily["sender"], daily["time"]) == ("Ban Phát triển thôn", "17:00")


@pytest.mark.parametrize(
    ("waves", "words"),
    [
        ((), "đợt 1"),
        (((date(2031, 3, 2), date(2031, 3, 1)),), "phải sau ngày bắt đầu"),
        (((date(2031, 12, 2), date(2032, 1, 1)),), "trong năm 2031"),
    ],
)
def test_waves_that_cannot_be_are_refused_in_words(gaps: World, waves: Any, words: str) -> None:
    with pytest.raises(BadStart, match=words):
        campaign(gaps, waves=waves, until=date(2031, 7, 29))
    assert not Draft.objects.exists()


def test_amounts_typed_by_village_stand_in_the_plan(world: World, drive: Draft) -> None:
    user = world.people["officer"]
    services.add_line(user, drive.pk, "q", 0)
    services.add_line(user, drive.pk, "q", 0)  # the other click of a double click
    for name, value in (
        ("q0.text", "Trồng hàng rào xanh"), ("q0.unit", "m"), ("q0.p0", "1.200"), ("q0.p1", "0,5"),
        ("b0.time", "16h30"), ("w1.end", "30/7"),
    ):  # fmt: skip
        was = "29/07/2031" if name == "w1.end" else ""
        assert not typed(user, drive, name, value, was).troubles, name
    drive = fresh(drive)
    assert len(drive.details["works"]) == 1
    made = selectors.plan(selectors.ground(drive))
    assert [(each.value, each.place) for each in made.quantities] == [
        ("1200", parts.village_names(drive)[0]), ("0.5", parts.village_names(drive)[1]),
    ]  # fmt: skip
    assert made.campaign is not None and made.campaign.days == 61
    due = made.reporting[0].due
    assert due is not None and due.time == "16:30"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("q0.p0", "nhiều", "bằng số"),
        ("q0.p99", "3", "đã cũ"),
        ("b0.time", "25:00", "16:30"),
        ("b1.weekday", "hôm sau", "thứ Năm"),
        ("w0.start", "1/3/2030", "trong năm 2031"),
        ("v0.wanted", "1", "đã cũ"),  # a campaign has no such sheet
    ],
)
def test_what_cannot_be_typed_is_told(
    world: World, drive: Draft, name: str, value: str, words: str
) -> None:
    user = world.people["officer"]
    services.add_line(user, drive.pk, "q", 0)
    assert words in typed(user, drive, name, value).troubles[name]


def test_a_wave_that_ends_before_it_begins_is_told_and_left_out(world: World, drive: Draft) -> None:
    typed(world.people["officer"], drive, "w0.end", "1/2", "31/03/2031")
    drive = fresh(drive)
    assert [each.code for each in parts.asked(drive)] == ["WAVE-ORDER"]
    assert len(parts.waves_of(drive)) == 1


def test_work_of_no_indicator_can_be_added_to_a_campaign(world: World, drive: Draft) -> None:
    many = len(drive.rows)
    assert services.add_row(world.people["officer"], drive.pk, "", many) == many
    drive = fresh(drive)
    assert len(drive.wanted) == many  # without words it is no work yet
    typed(world.people["officer"], drive, f"r{many}.task", "Dọn kênh")
    assert len(fresh(drive).wanted) == many + 1


# --- A higher level ------------------------------------------------------------------------------


@pytest.fixture
def higher(gaps: World) -> Draft:
    return a_draft(gaps, kind=Kind.MODEL)


def test_an_advanced_plan_has_the_gaps_and_the_villages_to_choose(higher: Draft) -> None:
    assert [row["indicator"] for row in higher.rows] == ["2.1", "4"]
    assert {row["goal"] for row in higher.details["villages"]} == {"smart-village", "model-village"}
    assert not any(row["wanted"] for row in higher.details["villages"])
    assert "MODEL-VILLAGE" in [each.code for each in parts.asked(higher)]


def test_a_village_that_is_chosen_has_its_goal_its_day_and_its_work(
    world: World, higher: Draft
) -> None:
    user = world.people["officer"]
    assert not typed(user, higher, "v0.wanted", "1").troubles
    assert typed(user, higher, "v0.due", "1/12/2031", "01/10/2031").troubles
    higher = fresh(higher)
    made = selectors.plan(selectors.ground(higher))
    (village,) = made.villages
    assert (village.name, village.goal) == (higher.details["villages"][0]["name"], "smart-village")
    assert any(task.text.startswith("Xây dựng thôn") for task in made.tasks)
    assert parts.asked(higher) == []


def test_a_set_of_the_first_level_is_no_higher_level(world: World) -> None:
    start = Start(
        year=2027, set_id="qd-318-2022/xa-ntm", on=date(2026, 11, 1), until=date(2027, 11, 30),
        goals=frozenset({"2"}), kind=Kind.MODEL,
    )  # fmt: skip
    with pytest.raises(BadStart, match="nâng cao, kiểu mẫu"):
        services.begin(world.people["officer"], world.places["a"], uuid4(), start)


@pytest.fixture
def model(world: World) -> Draft:
    start = Start(
        year=2027, set_id=MODEL_SET, on=date(2026, 11, 1), until=date(2027, 11, 30),
        goals=frozenset(), kind=Kind.MODEL,
    )  # fmt: skip
    return services.begin(world.people["officer"], world.places["a"], uuid4(), start)


def test_every_condition_of_the_model_level_is_taken_in(model: Draft) -> None:
    assert [row["indicator"] for row in model.rows] == ["1", "2", "3", "4"]
    assert all(row["lead"] for row in model.rows)


def test_a_choice_is_asked_for_until_it_is_made(world: World, model: Draft) -> None:
    assert "GROUP-CHOICE" in [each.code for each in parts.asked(model)]
    assert selectors.plan(selectors.ground(fresh(model))).groups[0].targets == []
    typed(world.people["officer"], model, "c0.text", "Sản xuất")
    model = fresh(model)
    assert "GROUP-CHOICE" not in [each.code for each in parts.asked(model)]
    assert selectors.plan(selectors.ground(model)).groups[0].targets == ["Sản xuất"]


# --- Pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "words"), [
    ("cap-do", "Phấn đấu đạt ngày"), ("chien-dich", "Đợt 1: từ ngày"), ("nam", "Tiêu chí phấn đấu"),
])  # fmt: skip
def test_each_kind_has_its_first_page(gaps: World, officer: Client, name: str, words: str) -> None:
    page = officer.get(reverse("drafting:new", args=[gaps.places["a"].pk]), {"loai": name})
    assert words in page.content.decode()
    assert page.content.decode().count('aria-current="page"') >= 1


def test_a_campaign_is_begun_in_the_form(gaps: World, officer: Client) -> None:
    year = timezone.localdate().year + 1
    asked = {"loai": "chien-dich", "nam": year, "bo": SET, "luot": uuid4(), "tu-1": "1/3"}
    address = reverse("drafting:new", args=[gaps.places["a"].pk])
    bad = officer.post(address, asked)
    assert bad.status_code == 422 and "Ngày của đợt 1" in bad.content.decode()
    assert officer.post(address, {**asked, "den-1": "30/3"}).status_code == 302
    assert Draft.objects.get().details["waves"] == [
        {"start": f"{year}-03-01", "end": f"{year}-03-30"}
    ]


@pytest.mark.parametrize("kind", ["drive", "higher", "model"])
def test_the_sheet_of_each_kind_opens_and_prints(
    request: pytest.FixtureRequest, officer: Client, kind: str
) -> None:
    draft = request.getfixturevalue(kind)
    address = [draft.place_id, draft.pk]
    assert officer.get(reverse("drafting:draft", args=address)).status_code == 200
    assert "KẾ HOẠCH" in officer.get(reverse("drafting:paper", args=address)).content.decode()


def test_lines_are_added_to_a_campaign_by_its_buttons(officer: Client, drive: Draft) -> None:
    address = reverse("drafting:save", args=[drive.place_id, drive.pk])
    officer.post(address, {"sau": "dot", "so-dot": "2"})
    officer.post(address, {"sau": "khoi-luong", "so-khoi-luong": "0"})
    drive = fresh(drive)
    assert len(drive.details["waves"]) == 3 and len(drive.details["works"]) == 1


# --- The sample commune ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Kind.MODEL, Kind.CAMPAIGN])
def test_the_sample_commune_files_it_without_errors_and_reads_back_the_same(
    sample: None, now: datetime, kind: Kind
) -> None:
    place = Unit.objects.get(name="Làng Mẫu", level="commune")
    user, today = User.objects.get(username="dieuphoi"), timezone.localdate(now)
    year = today.year + 1
    begin = selectors.beginning(user, place, today, year, "", kind)
    assert begin.chosen is not None
    waves = ((date(year, 3, 1), date(year, 4, 29)),) if kind == Kind.CAMPAIGN else ()
    start = Start(
        year=year, set_id=MODEL_SET if kind == Kind.MODEL else begin.chosen.id, on=today,
        until=waves[0][1] if waves else date(year, 11, 30), goals=frozenset(), last=begin.last,
        kind=kind, waves=waves,
    )  # fmt: skip
    draft = services.begin(user, place, uuid4(), start)
    if kind == Kind.MODEL:
        boxes = [Change("v1.wanted", "1", ""), Change("c0.text", "Sản xuất", "")]
        assert not services.save(user, draft.pk, boxes).troubles
    else:
        assert draft.details["works"]
    draft = fresh(draft)
    here = selectors.ground(draft)
    found = selectors.checked(here)
    assert [each.finding.message for each in found if each.finding.severity == "error"] == []
    review = services.file(user, draft.pk, uuid4())
    uploads.run(review.pk)
    review = Review.objects.get(pk=review.pk)
    assert items(plan_of(review.document)) == items(selectors.plan(here))


def test_an_amount_whose_work_is_done_is_left_out(sample: None, now: datetime) -> None:
    place = Unit.objects.get(name="Làng Mẫu", level="commune")
    user, units = User.objects.get(username="dieuphoi"), list(villages(place))
    before = {row["text"]: row for row in works_left(user, place, units)}
    (soi,) = [at for at, unit in enumerate(units) if unit.name == "Soi"]
    drain = next(row for text, row in before.items() if "thôn Soi" in text)
    assert drain[f"p{soi}"] is not None and drain["whole"] is None
    Task.objects.filter(of_plan__isnull=False).update(state="accepted")
    assert len(works_left(user, place, units)) < len(before)
