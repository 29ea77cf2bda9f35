"""What tests of the views of work share: browsers, pages, files."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from dinhlang.people.models import Office, OfficeHolding
from tests.world import World

LAND = "Công chức Địa chính - Xây dựng"


def today() -> date:
    return timezone.localdate()


def ago(days: int) -> date:
    return today() - timedelta(days=days)


@pytest.fixture
def leader(world: World, client: Client) -> Client:
    """A browser in which the leader of commune A is signed in."""
    client.force_login(world.people["leader"])
    return client


@pytest.fixture
def officer(world: World) -> Client:
    """A browser of the land officer of commune A, who holds the office."""
    office = Office.objects.create(place=world.places["a"], title=LAND)
    OfficeHolding.objects.create(user=world.people["officer"], office=office)
    browser = Client()
    browser.force_login(world.people["officer"])
    return browser


def page(browser: Client, world: World, view: str, query: str = "") -> str:
    answer = browser.get(f"/cong-viec/{world.places['a'].pk}/{view}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def cells(browser: Client, address: str) -> list[list[Any]]:
    """The first sheet of an xlsx answer."""
    answer = browser.get(address)
    assert answer.status_code == 200
    data = b"".join(answer.streaming_content)
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


def texts(rows: list[list[Any]]) -> set[str]:
    return {row[1] for row in rows if len(row) > 1 and row[1]} - {"Việc", ""}
