"""The sample commune is a commune at work, loaded once, and gone when it is to go."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from dinhlang.assessment.selectors import board as boarding
from dinhlang.assessment.selectors import places
from dinhlang.assessment.selectors.verdicts import ground, verdict_on
from dinhlang.facts.models import Evidence, EvidenceLink
from dinhlang.people import audit
from dinhlang.people.access import Action, Role, allowed_places, can
from dinhlang.people.models import AuditLine, Grant, OfficeHolding, User
from dinhlang.places.models import Unit
from dinhlang.plans.models import Plan
from dinhlang.web.backup import archive, services
from dinhlang.web.demo import clearing, loading, paper
from dinhlang.web.demo.models import DemoAccount
from dinhlang.work.models import (
    Commitment,
    HandOver,
    Repeat,
    Task,
    TaskState,
    TaskTemplate,
    WorkImport,
)


def test_the_plan_is_accepted_its_tasks_are_due_about_now_and_people_have_noted_on_them(
    sample: None, now: datetime
) -> None:
    today = timezone.localdate(now)
    plan = Plan.objects.earliest("pk")
    assert plan.year == today.year
    assert plan.current is not None
    assert plan.current.accepted_by.username == "lanhdao"
    # Lines of the roadmap end with their months; these ends are set around the day.
    leads = [each.lead for each in loading.PROGRESS]
    dated = Task.objects.filter(
        of_plan__plan=plan, offices__name__in=leads, offices__leads=True
    ).distinct()
    unfinished = dated.filter(state__in=["open", "doing", "waiting"])
    assert unfinished.filter(end__lt=today).count() == 1
    assert unfinished.filter(end=today).count() == 1
    assert unfinished.filter(end__gt=today, end__lte=today + timedelta(days=10)).count() == 2
    assert dated.get(end=today).state == TaskState.DOING
    assert set(Task.objects.exclude(notes=None).values_list("notes__author__username")) >= {
        ("vanhoa",), ("congchuc",), ("nongnghiep",),
    }  # fmt: skip


def test_every_role_has_an_account_that_sees_its_own_part(sample: None) -> None:
    assert {Role(role) for role in Grant.objects.values_list("role", flat=True)} == set(Role)
    seen = {
        name: {unit.name for unit in allowed_places(User.objects.get(username=name), Action.VIEW)}
        for name in ("dieuphoi", "truongthon", "captren", "nguoidan")
    }
    villages = {"Đình", "Bến", "Soi", "Chợ"}
    assert seen["dieuphoi"] == {"Làng Mẫu"} | villages
    assert seen["truongthon"] == {"Soi"}
    assert {"An Mẫu", "Làng Mẫu"} | villages <= seen["captren"]
    assert seen["nguoidan"] == set()
    assert can(User.objects.get(username="quantri"), Action.MANAGE, None)
    posts = set(OfficeHolding.objects.values_list("office__title", flat=True))
    assert "Công chức Địa chính - Xây dựng" in posts


def test_the_passwords_that_are_printed_work_and_differ(sample: None) -> None:
    accounts = list(DemoAccount.objects.all())
    assert len(accounts) == 8
    assert len({account.password for account in accounts}) == 8
    assert len({account.role for account in accounts}) == 8
    assert all(account.user.check_password(account.password) for account in accounts)
    others = User.objects.exclude(demo__in=accounts)
    assert others.exists()
    assert not any(user.has_usable_password() for user in others)


def test_every_part_of_work_has_something_to_show(sample: None) -> None:
    place = Unit.objects.get(name="Làng Mẫu", level="commune")
    assert TaskTemplate.objects.filter(place=place).exists()
    assert Repeat.objects.filter(place=place).exists()
    assert Task.objects.filter(place=place, removed_at__isnull=False).count() == 2
    assert Task.objects.filter(origin="template", parent__isnull=False, state="done").exists()
    hand = HandOver.objects.get()
    assert (hand.giver.username, hand.taker.username) == ("vanhoa", "vanhoa2")
    assert hand.tasks and any(each["note"] for each in hand.tasks)
    states = set(Commitment.objects.values_list("state", flat=True))
    assert {"proposed", "kept"} <= states
    brought = WorkImport.objects.get()
    assert brought.written == {"new": 4, "changed": 0}
    whole = Task.objects.get(text__startswith="Chỉnh trang tuyến đường hoa")
    parts = whole.children.order_by("pk")
    assert [task.state for task in parts] == ["done", "waiting", "open"]
    assert parts[2].needs.get().after == parts[1]


def test_what_was_loaded_went_through_the_services_and_the_log_is_whole(sample: None) -> None:
    verbs = set(AuditLine.objects.values_list("verb", flat=True))
    assert {"thêm thôn", "tạo tài khoản", "nhận kế hoạch", "cập nhật việc"} <= verbs
    assert audit.verify().is_whole


def test_the_commune_belongs_to_its_province_since_districts_ended(sample: None) -> None:
    commune = Unit.objects.get(name="Làng Mẫu")
    assert commune.parent == Unit.objects.get(name="An Mẫu")
    assert Unit.objects.get(name="Bình Mẫu").valid_to == date(2025, 7, 1)


def test_loading_twice_changes_nothing(sample: None, now: datetime) -> None:
    before = services.back_up(services.Kind.ASKED, now).manifest
    loading.load(now)
    after = services.back_up(services.Kind.ASKED, now).manifest
    assert (after.tables, after.files) == (before.tables, before.files)
    assert not loading.is_new()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_loaded_where_people_work_already(data_dir: Path, now: datetime) -> None:
    User.objects.create(username="that", full_name="Người Thật")
    assert not loading.is_new()
    with pytest.raises(loading.NotEmpty, match="đã có người dùng"):
        loading.load(now)
    assert not Unit.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_loading_that_breaks_off_leaves_nothing(
    data_dir: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(loading, "_plan", broken)
    with pytest.raises(RuntimeError):
        loading.load(now)
    assert loading.is_new()


def test_clearing_keeps_a_backup_and_leaves_an_empty_house(
    sample: None, data_dir: Path, now: datetime
) -> None:
    assert any((data_dir / "media").rglob("*"))
    path = clearing.clear(now)
    assert archive.verify(path).tables["plans.plan"].rows == 2
    assert not User.objects.exists()
    assert not Unit.objects.exists()
    assert [line.verb for line in AuditLine.objects.all()] == ["làm trống dữ liệu mẫu"]
    assert audit.verify().is_whole
    assert not any(each.is_file() for each in (data_dir / "media").rglob("*"))
    assert not loading.is_new(), "the next start must not load it again"
    with pytest.raises(clearing.NoDemo):
        clearing.clear(now)
    services.restore(path, now)
    assert Plan.objects.count() == 2
    assert clearing.is_loaded()


@pytest.mark.parametrize("year", [2025, 2026, 2031])
def test_the_paper_speaks_of_this_year(year: int) -> None:
    name, content = paper.dated(date(year, 5, 4))
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        text = re.sub(r"<[^>]+>", "", bundle.read("word/document.xml").decode())
    assert name == f"ke-hoach-nang-cao-{year}.docx"
    assert f"Quý IV/{year}" in text
    assert f"31/12/{year - 1}" in text
    assert year == 2025 or "/2025" not in text.replace(f"/{year - 1}", "")
    assert "tháng 02 năm 2022" in text, "law keeps its date"


def test_the_first_board_shows_owners_claims_and_where_plan_and_numbers_disagree(
    sample: None, now: datetime
) -> None:
    today = timezone.localdate(now)
    leader, commune = User.objects.get(username="lanhdao"), Unit.objects.get(name="Làng Mẫu")
    first = ground(commune, today).first(places.levels(leader, commune, today))
    assert first is not None and first.sample
    board = boarding.board(leader, commune, first.id, today)
    assert board is not None
    tiles = {tile.number: tile for tile in board.tiles}
    assert tiles["2"].owner == "Công chức Địa chính - Xây dựng"
    assert [tile.number for tile in board.tiles if tile.shows_claim] != []
    texts = [each.text for _, each in board.contradictions]
    assert f"Kế hoạch {today.year} ghi: đã đạt, số liệu cho thấy chưa đạt." in texts
    assert any("≥ 60 %" in text for text in texts)
    assert board.unconfirmed > 0
    (left,) = board.claims.unmatched
    assert "nông thôn mới nâng cao" in left.text and "không ghép được với bộ này" in left.text


def test_the_older_set_and_the_sets_of_villages_say_something(sample: None, now: datetime) -> None:
    today = timezone.localdate(now)
    commune = Unit.objects.get(name="Làng Mẫu")
    older = verdict_on(ground(commune, today), "qd-318-2022/xa-ntm")
    assert older is not None and older.criteria_counts.met >= 3
    assert not any(
        each.kind in ("region", "group", "attribute")
        for criterion in older.criteria
        for indicator in criterion.indicators
        for each in indicator.verdict.missing
    )
    village = ground(Unit.objects.get(name="Đình"), today)
    sets = {each.level: each for each in village.in_force()}
    assert {"model-village", "smart-village"} <= set(sets)
    assert all(each.sample for each in sets.values())
    for each in sets.values():
        found = verdict_on(village, each.id)
        assert found is not None and found.state.value == "met"


def test_there_are_papers_that_prove_an_indicator_a_number_or_nothing_yet(sample: None) -> None:
    links = EvidenceLink.objects.all()
    assert links.filter(number="2.2").count() == 2
    assert links.exclude(measure="").exists()
    assert Evidence.objects.filter(links=None).count() == 1
    assert Evidence.objects.filter(kind="png").exists()
