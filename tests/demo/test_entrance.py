"""One click lets a visitor of this machine in, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from dinhlang.people.models import User
from dinhlang.web.demo.models import DemoAccount

HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}


@pytest.mark.parametrize(
    ("request_of", "status"),
    [
        (HERE, 200),
        (HERE | {"HTTP_HOST": "localhost:8010"}, 200),
        (HERE | {"HTTP_HOST": "localhost"}, 200),
        (HERE | {"REMOTE_ADDR": "::1", "HTTP_HOST": "[::1]:8000"}, 200),
        (HERE | {"REMOTE_ADDR": "192.168.1.9"}, 404),
        (HERE | {"HTTP_HOST": "dinhlang.example.vn"}, 404),
        (HERE | {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}, 404),
        (HERE | {"HTTP_X_REAL_IP": "203.0.113.7"}, 404),
        (HERE | {"HTTP_FORWARDED": "for=203.0.113.7"}, 404),
    ],
)
def test_the_page_is_there_for_this_machine_alone(
    account: DemoAccount, settings: Any, request_of: dict[str, str], status: int
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    browser = Client()
    assert browser.get("/xem-thu", **request_of).status_code == status  # type: ignore[arg-type]
    entered = browser.post("/xem-thu/0", **request_of)  # type: ignore[arg-type]
    assert entered.status_code == (302 if status == 200 else 404)
    assert ("_auth_user_id" in browser.session) is (status == 200)


def test_a_server_has_no_such_page(account: DemoAccount, settings: Any) -> None:
    settings.DEMO = False
    assert Client().get("/xem-thu", **HERE).status_code == 404  # type: ignore[arg-type]


@pytest.mark.django_db
def test_real_data_have_no_such_page(settings: Any) -> None:
    settings.DEMO = True
    User.objects.create(username="dieuphoi", full_name="Người Thật")
    assert Client().get("/xem-thu", **HERE).status_code == 404  # type: ignore[arg-type]
    assert Client().post("/xem-thu/0", **HERE).status_code == 404  # type: ignore[arg-type]


def test_the_front_door_leads_a_newcomer_to_the_choice_and_then_into_the_commune(
    sample: None,
) -> None:
    browser = Client()
    door = browser.get("/", **HERE)  # type: ignore[arg-type]
    assert door["Location"] == "/xem-thu"
    page = browser.get("/xem-thu", **HERE).content.decode()  # type: ignore[arg-type]
    for account in DemoAccount.objects.all():
        assert account.role in page
        assert account.password not in page
    assert browser.post("/xem-thu/0", **HERE)["Location"] == "/"  # type: ignore[arg-type]
    assert browser.session["_auth_user_id"] == str(User.objects.get(username="dieuphoi").pk)
    home = browser.get("/", **HERE)  # type: ignore[arg-type]
    assert home.headers.get("Location") != "/xem-thu"


def test_the_way_on_leads_to_no_other_site(account: DemoAccount) -> None:
    browser = Client()
    for wanted, found in (("/dia-ban", "/dia-ban"), ("https://example.com/", "/"), ("//x.vn", "/")):
        answer = browser.post("/xem-thu/0", {"next": wanted}, **HERE)  # type: ignore[arg-type]
        assert answer["Location"] == found


@pytest.mark.parametrize("address", ["/tai-khoan", "/quan-tri", "/doc-thu/", "/dang-nhap"])
def test_every_page_says_that_the_data_are_samples(account: DemoAccount, address: str) -> None:
    browser = Client()
    if address not in {"/dang-nhap", "/doc-thu/"}:
        browser.force_login(account.user)
    page = browser.get(address, follow=True, **HERE)  # type: ignore[arg-type]
    assert page.status_code == 200
    assert "Dữ liệu mẫu" in page.content.decode()


@pytest.mark.django_db
def test_no_page_says_so_where_the_data_are_real(settings: Any) -> None:
    settings.DEMO = True
    User.objects.create(username="ai", full_name="Người Thật")
    assert "Dữ liệu mẫu" not in Client().get("/doc-thu/").content.decode()
