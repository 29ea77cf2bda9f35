"""What stands on the pages: everybody's own, in Vietnamese, and nothing of anybody else's."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from dinhlang.cli import main
from dinhlang.people import services
from dinhlang.people.access import Action, Role, can, today
from dinhlang.people.models import AuditLine, Grant, Invitation, User
from tests.world import World

GOOD = "ruộng bậc thang 12"


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.people[who])
    return client


def words(page: bytes) -> str:
    """The text of a page as a person reads it."""
    text = re.sub(r"<(script|style|datalist)\b.*?</\1>", " ", page.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def names_on(page: bytes, world: World) -> set[str]:
    text = words(page)
    return {who for who, person in world.people.items() if person.full_name in text}


def test_the_list_shows_the_people_of_ones_places_and_hides_the_others(world: World) -> None:
    page = signed_in(world, "coordinator").get(reverse("people:people")).content
    assert names_on(page, world) == {
        *("leader", "coordinator", "officer", "village_head", "resident"),
    }
    page = signed_in(world, "elsewhere").get(reverse("people:people")).content
    assert names_on(page, world) == {"elsewhere"}
    page = signed_in(world, "admin").get(reverse("people:people")).content
    assert names_on(page, world) == set(world.people)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tim=truong+thon", {"village_head"}),
        ("tim=village.head", {"village_head"}),
        ("tim=khong+co+ai", set[str]()),
        ("loc=da-khoa", {"officer"}),
        ("loc=dang-dung&tim=cong+chuc", set[str]()),
    ],
)
def test_people_are_found_by_name_and_state(query: str, found: set[str], world: World) -> None:
    services.switch(world.people["admin"], world.people["officer"], on=False)
    client = signed_in(world, "coordinator")
    page = client.get(f"{reverse('people:people')}?{query}").content
    assert names_on(page, world) - {"coordinator"} == found


def test_the_log_shows_what_happened_in_ones_places_and_hides_the_rest(world: World) -> None:
    admin = world.people["admin"]
    services.create_office(admin, world.places["a"], "Chức của A")
    services.create_office(admin, world.places["b1"], "Chức của B")
    for who, seen, hidden in (
        ("coordinator", "Chức của A", "Chức của B"),
        ("elsewhere", "Chức của B", "Chức của A"),
    ):
        text = words(signed_in(world, who).get(reverse("people:log")).content)
        assert seen in text
        assert hidden not in text
    text = words(signed_in(world, "admin").get(reverse("people:log")).content)
    assert "Chức của A" in text and "Chức của B" in text


def test_the_log_is_narrowed_by_person_verb_day_and_click_and_taken_out_as_shown(
    world: World,
) -> None:
    admin = world.people["admin"]
    client = signed_in(world, "admin")
    client.post(
        reverse("people:invite"),
        {"full_name": "Mới Đến", "username": "moi.den", "role": "officer", "place": "Làng Mẫu"},
    )
    services.create_office(admin, world.places["a"], "Văn phòng")
    made = AuditLine.objects.get(verb="tạo tài khoản")
    assert made.request and AuditLine.objects.filter(request=made.request).count() == 3
    tomorrow = f"{today() + timedelta(days=1):%d/%m/%Y}"
    for query, count in (
        ("", 4),
        (f"nguoi={admin.pk}", 4),
        (f"nguoi={world.people['officer'].pk}", 0),
        ("viec=thêm chức vụ", 1),
        (f"luot={made.request}", 3),
        ("tim=Mới Đến", 3),
        (f"tu={tomorrow}", 0),
        (f"den={tomorrow}", 4),
        ("tu=hôm kia", 4),
    ):
        page = client.get(f"{reverse('people:log')}?{query}").content.decode()
        assert page.count("<tr>") - (1 if count else 0) == count, query
    answer = client.get(f"{reverse('people:log-xlsx')}?viec=thêm chức vụ")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer)))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows] == ["Việc", "thêm chức vụ"]
    assert rows[1][4] == "Văn phòng"
    assert AuditLine.objects.first().verb == "xuất nhật ký"  # type: ignore[union-attr]


def test_a_cell_of_the_taken_out_log_is_never_a_formula(world: World) -> None:
    services.create_office(world.people["admin"], world.places["a"], "=1+1")
    answer = signed_in(world, "admin").get(reverse("people:log-xlsx"))
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer))).get_sheet_by_index(0)
    assert "=1+1" in [row[4] for row in rows.to_python()]


def test_the_check_button_tells_the_state_of_the_log(world: World) -> None:
    client = signed_in(world, "admin")
    services.create_office(world.people["admin"], world.places["a"], "Văn phòng")
    assert "Nguyên vẹn" in words(client.post(reverse("people:log-verify")).content)


def test_the_link_is_shown_once_and_leads_to_a_password_and_in(world: World) -> None:
    answer = signed_in(world, "coordinator").post(
        reverse("people:invite"),
        {
            "full_name": "Trưởng Thôn Hạ",
            "username": "thon.ha",
            "role": "village_head",
            "place": "thôn đình hạ",
            "title": "Trưởng thôn",
        },
    )
    found = re.search(r"http://testserver(/loi-moi/[\w-]+)", answer.content.decode())
    assert found
    path = found.group(1)
    person = User.objects.get(username="thon.ha")
    assert (
        path
        not in signed_in(world, "coordinator")
        .get(reverse("people:person", args=[person.pk]))
        .content.decode()
    )
    browser = Client()
    assert "thon.ha" in words(browser.get(path).content)
    page = browser.post(path, {"password": GOOD, "again": "khác hẳn đi"})
    assert "khác nhau" in words(page.content)
    assert "Đã đặt mật khẩu" in words(browser.post(path, {"password": GOOD, "again": GOOD}).content)
    assert browser.get(path).status_code == 404
    browser.post(reverse("account_login"), {"login": "thon.ha", "password": GOOD})
    page = browser.get(reverse("people:account")).content
    assert "Trưởng thôn, thôn Đình Hạ" in words(page)


@pytest.mark.parametrize(
    ("typed", "who", "place"),
    [
        ("Làng Mẫu", "coordinator", "a"),
        ("xã lang mau", "coordinator", "a"),
        ("thôn Đình Thượng", "coordinator", "a1"),
        ("Thôn Đình Thượng, xã Làng Mẫu #{a1}", "coordinator", "a1"),
        ("Làng Bên", "coordinator", ""),
        ("Xã Làng Bên #{b}", "coordinator", ""),
        ("Làng Bên", "admin", "b"),
        ("Xứ Không Có", "admin", ""),
    ],
)
def test_a_place_is_found_as_it_is_typed_but_only_within_ones_own(
    typed: str, who: str, place: str, world: World
) -> None:
    numbers = {key: unit.pk for key, unit in world.places.items()}
    answer = signed_in(world, who).post(
        reverse("people:office-add"),
        {"title": "Văn thư", "place": typed.format_map(numbers)},
    )
    made = AuditLine.objects.filter(verb="thêm chức vụ").first()
    assert (made.place if made else None) == world.places.get(place)
    assert answer.status_code == (302 if place else 422)


def test_suggestions_of_places_stay_within_ones_own(world: World) -> None:
    client = signed_in(world, "coordinator")
    page = client.get(reverse("people:places"), {"place": "lang"}).content.decode()
    assert "Làng Mẫu" in page
    assert "Làng Bên" not in page


def test_two_places_of_one_name_are_told_apart(world: World) -> None:
    world.add_place("b2", "village", "thôn", "Đình Thượng", "b")
    answer = signed_in(world, "admin").post(
        reverse("people:office-add"), {"title": "Trưởng thôn", "place": "Đình Thượng"}
    )
    text = words(answer.content)
    assert "xã Làng Mẫu" in text and "xã Làng Bên" in text
    assert not AuditLine.objects.exists()


def test_a_role_without_its_place_or_with_days_upside_down_is_refused(world: World) -> None:
    client = signed_in(world, "admin")
    path = reverse("people:grant", args=[world.people["nobody"].pk])
    page = client.post(path, {"role": "officer"})
    assert (page.status_code, "chọn địa bàn" in words(page.content)) == (422, True)
    data = {"role": "officer", "place": "Làng Bên", "start": "02/01/2026", "end": "01/01/2026"}
    page = client.post(path, data)
    assert (page.status_code, "từ ngày đầu trở đi" in words(page.content)) == (422, True)
    assert not Grant.objects.filter(user=world.people["nobody"]).exists()
    client.post(path, data | {"end": "31/12/2099"})
    assert can(world.people["nobody"], Action.EDIT, world.places["b1"])


def test_the_frame_says_who_is_signed_in_as_what_and_where(world: World) -> None:
    services.appoint(
        world.people["coordinator"],
        world.people["officer"],
        services.create_office(
            world.people["coordinator"], world.places["a"], "Công chức Tư pháp - Hộ tịch"
        ),
    )
    page = words(signed_in(world, "officer").get(reverse("people:account")).content)
    assert "Công Chức Mẫu Công chức Tư pháp - Hộ tịch, xã Làng Mẫu Đăng xuất" in page
    assert "Quản trị" not in page
    assert "Quản trị" in words(signed_in(world, "coordinator").get(reverse("people:admin")).content)


def test_a_resident_sees_public_pages_and_their_own_account_only(world: World) -> None:
    client = signed_in(world, "resident")
    assert client.get(reverse("trial:home")).status_code == 200
    assert client.get(reverse("people:account")).status_code == 200
    page = client.get(reverse("people:people"))
    assert page.status_code == 403
    assert "chưa được giao việc" in words(page.content)


ENGLISH = re.compile(
    r"\b(the|your|you|sign|password|username|login|logout|log|email address|please|must|is|are|this"
    r"|enter|valid|field|required|code|and|or|with|from|submit|cancel|remember|account)\b",
    re.I,
)


def routes_in_words() -> list[tuple[str, str]]:
    signed_out = ["account_login", "account_signup", "account_inactive", "people:first-run"]
    own = [
        *("account_change_password", "account_reauthenticate", "mfa_index", "people:account"),
        *("people:admin", "people:people", "people:invite", "people:offices", "people:log"),
    ]
    return [("", name) for name in signed_out] + [("admin", name) for name in own]


@pytest.mark.parametrize(("who", "route"), routes_in_words())
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_english_is_left_on_a_page_nor_in_its_errors(
    who: str, route: str, method: str, world: World
) -> None:
    client = signed_in(world, who) if who else Client()
    answer = getattr(client, method)(reverse(route), follow=True)
    text = words(answer.content)
    assert ENGLISH.findall(text) == []


@pytest.mark.parametrize(
    ("route", "data"),
    [
        (
            "people:invite",
            {"username": "Ế", "email": "x", "start": "y", "role": "vua", "full_name": "1"},
        ),
        ("people:office-add", {"title": "x" * 200, "place": "y" * 300}),
        ("people:account-edit", {"full_name": "x" * 200, "email": "y"}),
        (
            "account_change_password",
            {"oldpassword": "sai", "password1": "12345678", "password2": "khác"},
        ),
    ],
)
def test_errors_are_said_in_vietnamese(route: str, data: dict[str, str], world: World) -> None:
    page = signed_in(world, "admin").post(reverse(route), data)
    troubles = re.findall(r'class="trouble"[^>]*>(.*?)</p>', page.content.decode())
    assert troubles
    assert [text for text in troubles if ENGLISH.search(unescape(text))] == []


def test_the_first_visitor_of_an_empty_installation_becomes_administrator_and_no_second(
    db: None,
) -> None:
    client = Client()
    answer = client.get(reverse("people:admin"))
    assert answer.headers["Location"] == reverse("people:first-run")
    data = {"full_name": "Người Đầu", "username": "quantri", "password": GOOD, "again": GOOD}
    answer = client.post(reverse("people:first-run"), data)
    assert answer.headers["Location"] == reverse("people:admin")
    page = words(client.get(reverse("people:admin")).content)
    assert "Nhập địa bàn Chưa có" in page
    assert "Mời các chức danh Chưa có ai" in page
    stranger = Client()
    stranger.post(reverse("people:first-run"), data | {"username": "kethu"})
    assert User.objects.count() == 1
    assert stranger.get(reverse("people:admin")).status_code == 302


def test_where_others_reach_the_server_the_first_comer_is_sent_to_the_command(
    db: None, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.ALLOWED_HOSTS = ["langmau.example.vn", "testserver"]  # type: ignore[attr-defined]
    client = Client()
    page = client.post(reverse("people:first-run"), {"username": "kethu"})
    assert "dinhlang admin quantri" in words(page.content)
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_operator_makes_an_administrator_and_lets_them_in_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["admin", "quantri"]) == 2
    assert "Chưa có tài khoản" in capsys.readouterr().err
    assert main(["admin", "quantri", "--name", "Người Đầu"]) == 0
    first = urlsplit(capsys.readouterr().out.split()[-1]).path
    made = User.objects.get()
    assert made.grants.get().role == Role.ADMIN.value
    assert main(["admin", "quantri"]) == 0
    second = urlsplit(capsys.readouterr().out.split()[-1]).path
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert Invitation.objects.count() == 2


def test_no_secret_stands_in_the_session_table_or_the_log(world: World) -> None:
    client = signed_in(world, "coordinator")
    path = reverse("people:person-link", args=[world.people["officer"].pk])
    found = re.search(r"/loi-moi/(\S+)</textarea>", client.post(path).content.decode())
    assert found
    for row in AuditLine.objects.values():
        assert found.group(1) not in str(row)
    for session in Session.objects.all():
        assert found.group(1) not in str(session.get_decoded())
    assert settings.SESSION_COOKIE_HTTPONLY


@pytest.mark.parametrize("route", ["people:people", "people:offices", "people:log", "people:admin"])
def test_a_list_asks_as_many_questions_for_thirty_people_as_for_ten(
    route: str, world: World
) -> None:
    def questions() -> int:
        client = signed_in(world, "admin")
        client.get(reverse(route))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(route)).status_code == 200
        return len(asked)

    def invite(number: int) -> None:
        services.invite(
            world.people["admin"],
            username=f"nguoi.{number}",
            full_name=f"Người Thứ {number}",
            role=Role.OFFICER,
            place=world.places["a"],
            title=f"Chức {number}",
        )

    for number in range(10):
        invite(number)
    before = questions()
    for number in range(10, 30):
        invite(number)
    assert questions() == before <= MOST_QUESTIONS[route]


MOST_QUESTIONS = {"people:people": 14, "people:offices": 16, "people:log": 16, "people:admin": 30}
"""What the lists ask the database today; more is a reason to look why."""
