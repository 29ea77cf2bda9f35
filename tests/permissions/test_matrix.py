"""The permission table holds, and no address of the site is missing from it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from dinhlang.papers.plan import Document, Plan, SourceInfo
from dinhlang.papers.serial import to_json
from dinhlang.plans.models import Reading, State
from dinhlang.plans.trial.visitor import make_owner
from tests.permissions.table import ROWS, Maker, Page, Row, pages
from tests.world import VISITORS, World

pytestmark = pytest.mark.django_db


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """The full names of all addresses, however deep they are nested."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from routes(pattern.url_patterns, inner)
        else:
            yield f"{prefix}{pattern.name or pattern.pattern}"


def test_every_address_of_the_site_has_its_row_and_every_row_its_address() -> None:
    rows = {row.route for row in ROWS} | {page.route for page, _ in pages()}
    assert set(routes(get_resolver().url_patterns)) == rows


def test_the_lists_of_open_addresses_name_only_addresses_that_exist() -> None:
    known = set(routes(get_resolver().url_patterns))
    assert settings.PUBLIC_ROUTES - known == set()
    assert settings.PERSONAL_ROUTES - known == set()
    assert settings.PUBLIC_ROUTES.isdisjoint(settings.PERSONAL_ROUTES)


def browser_of(visitor: str, world: World) -> Client:
    """A browser in which the visitor is signed in, or nobody."""
    client = Client()
    if visitor != "anonymous":
        client.force_login(world.people[visitor])
    return client


def page_name(value: object) -> str:
    if isinstance(value, Page):
        return f"{value.method} {value.route} {value.needs}".strip()
    return ""


@pytest.mark.parametrize(("page", "make"), pages(), ids=page_name)
def test_every_visitor_gets_what_the_table_says(page: Page, make: Maker, world: World) -> None:
    found = {}
    for visitor in VISITORS:
        # What one visitor changes is not there for the next.
        with transaction.atomic():
            path = reverse(page.route, args=make(world))
            answer = getattr(browser_of(visitor, world), page.method)(path, page.data)
            found[visitor] = answer.status_code
            transaction.set_rollback(True)
    assert found == {visitor: page.answers[visitor] for visitor in VISITORS}


def methods_by_route() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for page, _ in pages():
        found.setdefault(page.route, set()).add(page.method)
    return found


@pytest.mark.parametrize(("page", "make"), pages(), ids=page_name)
def test_a_page_takes_no_method_without_a_row(page: Page, make: Maker, world: World) -> None:
    path = reverse(page.route, args=make(world))
    others = {"get", "post", "put", "delete", "patch"} - methods_by_route()[page.route]
    browser = browser_of("admin", world)
    assert {method: getattr(browser, method)(path).status_code for method in others} == (
        dict.fromkeys(others, 405)
    )


POSTED = [(page, make) for page, make in pages() if page.method == "post"]


@pytest.mark.parametrize(("page", "make"), POSTED, ids=page_name)
def test_no_other_site_can_make_a_person_change_anything(
    page: Page, make: Maker, world: World
) -> None:
    browser = browser_of("admin", world)
    browser.handler.enforce_csrf_checks = True
    answer = browser.post(reverse(page.route, args=make(world)), page.data)
    assert answer.status_code == 403


def a_plan() -> str:
    """The JSON of a paper of one line."""
    source = SourceInfo(name="a.txt", reader="text", sha256="0" * 64, text=["KẾ HOẠCH"])
    return json.dumps(to_json(Plan(document=Document(), source=source)))


def client_with_session() -> tuple[Client, str]:
    """A browser that has been here, and the name its readings are filed under."""
    client = Client(enforce_csrf_checks=False)
    session = client.session
    request: Any = RequestFactory().get("/")
    request.session = session
    owner = make_owner(request)
    session.save()
    client.cookies[session_cookie()] = session.session_key
    return client, owner


def session_cookie() -> str:
    return settings.SESSION_COOKIE_NAME


def reading_of(owner: str, state: State) -> Reading:
    """A reading in this state."""
    now = timezone.now()
    return Reading.objects.create(
        owner=owner,
        submission=uuid.uuid4(),
        filename="kế hoạch.txt",
        size=8,
        state=state,
        result=a_plan() if state == State.DONE else "",
        created=now,
        beat=now,
        expires_at=now + timedelta(hours=1),
    )


def address(row: Row, owner: str) -> str:
    """The row's address, with what it needs made for the owner."""
    match row.needs:
        case "nothing":
            return reverse(row.route)
        case "an unknown sample":
            return reverse(row.route, args=["khong-co"])
        case "a queued reading":
            return reverse(row.route, args=[reading_of(owner, State.QUEUED).pk])
        case "a finished reading":
            return reverse(row.route, args=[reading_of(owner, State.DONE).pk])


def name_of(row: Row) -> str:
    return f"{row.method} {row.route} with {row.needs}"


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_a_stranger_and_then_the_owner_get_what_the_table_says(row: Row) -> None:
    owners_browser, owner = client_with_session()
    strangers_browser, _ = client_with_session()
    path = address(row, owner)
    assert getattr(strangers_browser, row.method)(path).status_code == row.stranger
    assert getattr(Client(), row.method)(path).status_code == row.stranger
    assert getattr(owners_browser, row.method)(path).status_code == row.owner


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_an_address_takes_no_other_method(row: Row) -> None:
    browser, owner = client_with_session()
    path = address(row, owner)
    others = {"get", "post", "put", "delete", "patch"} - {row.method}
    assert {getattr(browser, method)(path).status_code for method in others} == {405}


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "post"], ids=name_of)
def test_no_other_site_can_make_a_browser_change_anything(row: Row) -> None:
    browser, owner = client_with_session()
    path = address(row, owner)
    browser.handler.enforce_csrf_checks = True
    before = Reading.objects.values_list("state", "stop_requested").first()
    assert browser.post(path).status_code == 403
    assert Reading.objects.values_list("state", "stop_requested").first() == before
