"""Signing in and out, the second factor, limits on guessing, and the browsers one is in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dinhlang.people import services, sessions
from dinhlang.people.models import AuditLine, OpenSession
from tests.world import PASSWORD, World


def sign_in(client: Client, name: str, password: str = PASSWORD, **more: str) -> int:
    data = {"login": name, "password": password} | more
    return int(client.post(reverse("account_login"), data).status_code)


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("people:account")).status_code == 200


@pytest.mark.parametrize("name", ["coordinator", "Coordinator", " coordinator ", "th@example.vn"])
def test_a_person_signs_in_by_name_or_mail_whatever_the_case(
    name: str, client: Client, world: World
) -> None:
    world.people["coordinator"].email = "th@example.vn"
    world.people["coordinator"].save()
    assert sign_in(client, name) == 302
    assert is_signed_in(client)
    assert AuditLine.objects.get().verb == "đăng nhập"


def test_a_wrong_password_says_what_to_look_at_and_not_which_half_was_wrong(
    client: Client, world: World
) -> None:
    answers = set()
    for name in ("coordinator", "khong.co"):
        page = client.post(reverse("account_login"), {"login": name, "password": "sai bét rồi"})
        found = re.search(r'class="refused" role="alert">(.*?)</p>', page.content.decode())
        assert found
        answers.add(found.group(1))
    assert len(answers) == 1
    assert "bộ gõ tiếng Việt" in answers.pop()
    assert not is_signed_in(client)


def test_guessing_is_slowed_down_even_with_the_right_password(client: Client, world: World) -> None:
    for _ in range(5):
        sign_in(client, "coordinator", "sai mật khẩu")
    page = client.post(reverse("account_login"), {"login": "coordinator", "password": PASSWORD})
    assert "Hãy đợi vài phút" in page.content.decode()
    assert not is_signed_in(client)
    assert sign_in(Client(REMOTE_ADDR="10.1.1.1"), "leader") == 302


def test_a_locked_account_does_not_come_in_and_is_put_out_at_once(
    client: Client, world: World
) -> None:
    assert sign_in(client, "officer") == 302
    services.switch(world.people["admin"], world.people["officer"], on=False)
    assert not is_signed_in(client)
    assert not is_signed_in_after(client, "officer")


def is_signed_in_after(client: Client, name: str) -> bool:
    sign_in(client, name)
    return is_signed_in(client)


@pytest.mark.parametrize(
    ("name", "more", "seconds"),
    [
        ("officer", {}, 0),
        ("officer", {"remember": "on"}, 60 * 24 * 3600),
        ("village.head", {}, 180 * 24 * 3600),
    ],
)
def test_how_long_a_browser_stays_signed_in(
    name: str, more: dict[str, str], seconds: int, client: Client, world: World
) -> None:
    assert sign_in(client, name, **more) == 302
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["max-age"] or 0) == seconds


def test_where_one_wanted_to_go_is_where_one_comes_after_signing_in(
    client: Client, world: World
) -> None:
    wanted = reverse("people:people")
    answer = client.get(wanted)
    assert answer.status_code == 302
    entrance = answer.headers["Location"]
    assert entrance.startswith(reverse("account_login"))
    answer = client.post(entrance, {"login": "coordinator", "password": PASSWORD, "next": wanted})
    assert answer.headers["Location"] == wanted


def test_no_other_site_can_be_the_place_to_go_after_signing_in(
    client: Client, world: World
) -> None:
    answer = client.post(
        reverse("account_login"),
        {"login": "officer", "password": PASSWORD, "next": "https://ke-gian.example/"},
    )
    assert answer.headers["Location"] == "/"


def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(client: Client, world: World) -> None:
    answer = client.get(reverse("people:places"), headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == reverse("account_login")


def test_signing_out_ends_the_session_and_takes_it_off_the_list(
    client: Client, world: World
) -> None:
    sign_in(client, "officer")
    assert OpenSession.objects.count() == 1
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)
    assert OpenSession.objects.count() == 0


def test_a_person_sees_their_browsers_and_ends_one_of_them(world: World) -> None:
    phone = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130 Zalo"})
    desk = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0"})
    for browser in (phone, desk):
        sign_in(browser, "officer")
    page = desk.get(reverse("people:account")).content.decode()
    assert "Zalo, Android" in page
    assert "Firefox, Windows" in page
    entry = OpenSession.objects.get(device="Zalo, Android")
    assert desk.post(reverse("people:own-session-end", args=[entry.pk])).status_code == 302
    assert not is_signed_in(phone)
    assert is_signed_in(desk)


def test_all_other_browsers_can_be_ended_at_once(world: World) -> None:
    browsers = [Client() for _ in range(3)]
    for browser in browsers:
        sign_in(browser, "officer")
    browsers[0].post(reverse("people:own-sessions-end"))
    assert [is_signed_in(browser) for browser in browsers] == [True, False, False]


def test_a_manager_signs_a_lost_phone_out(client: Client, world: World) -> None:
    phone = Client()
    sign_in(phone, "village.head")
    sign_in(client, "coordinator")
    entry = OpenSession.objects.get(user=world.people["village_head"])
    client.post(reverse("people:session-end", args=[entry.pk]))
    assert not is_signed_in(phone)


def test_an_expired_session_leaves_the_list(client: Client, world: World) -> None:
    sign_in(client, "officer")
    from django.contrib.sessions.models import Session

    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    assert sessions.open_sessions(world.people["officer"]) == []


def test_a_changed_password_puts_every_other_browser_out(world: World) -> None:
    here, there = Client(), Client()
    for browser in (here, there):
        sign_in(browser, "officer")
    new = "nương ngô bãi mía"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), data).status_code == 302
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert AuditLine.objects.first().verb == "đổi mật khẩu"  # type: ignore[union-attr]


def switch_second_factor_on(client: Client) -> None:
    """Asked for the password once more, as always before what is delicate."""
    wanted = reverse("mfa_activate_totp")
    asked = client.get(wanted).headers["Location"]
    answer = client.post(asked, {"password": PASSWORD, "next": wanted})
    assert answer.headers["Location"] == wanted
    secret = re.search(r"<code>([A-Z2-7]+)</code>", client.get(wanted).content.decode())
    assert secret
    answer = client.post(wanted, {"code": code_for(secret.group(1))})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")


def code_for(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_a_second_factor_is_switched_on_asked_for_and_lost_again(
    client: Client, world: World
) -> None:
    sign_in(client, "leader")
    switch_second_factor_on(client)
    other = Client()
    answer = other.post(reverse("account_login"), {"login": "leader", "password": PASSWORD})
    assert answer.headers["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_signed_in(other)
    page = other.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "Mã không đúng" in page
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert other.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
    assert is_signed_in(other)
    services.drop_second_factor(world.people["admin"], world.people["leader"])
    assert sign_in(Client(), "leader") == 302
    assert not Authenticator.objects.exists()


def test_the_second_factor_keeps_a_village_heads_phone_signed_in_as_long(
    client: Client, world: World
) -> None:
    sign_in(client, "village.head")
    switch_second_factor_on(client)
    other = Client()
    sign_in(other, "village.head")
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    other.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert is_signed_in(other)
    cookie = other.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == 180 * 24 * 3600
