"""A database held by somebody else: nothing typed is lost, and sent again it is saved once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from dinhlang.work.models import TaskNote
from tests.work.making import a_task
from tests.world import World

pytestmark = pytest.mark.django_db
KEY = "6f1f6a1e-7d0c-4a37-9d0f-0e7b8d1c1a11"


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A database that somebody else holds for longer than one waits."""

    def locked(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("dinhlang.work.services.states.finish", locked)
    return monkeypatch


def typed(world: World) -> tuple[int, dict[str, str]]:
    task = a_task(world.places["a"])
    return task.pk, {"luot": KEY, "tt": "doing", "ghi-chu": "Đã cắm mốc\nđến nhà văn hóa"}


def test_what_was_typed_stands_on_the_page_and_is_sent_again(
    world: World, client: Client, held: pytest.MonkeyPatch
) -> None:
    pk, said = typed(world)
    client.force_login(world.people["leader"])
    answer = client.post(f"/viec/{pk}/bao", said)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    page = answer.content.decode()
    assert "Đã cắm mốc\nđến nhà văn hóa" in page
    assert f'name="luot" value="{KEY}"' in page
    assert f'action="/viec/{pk}/bao"' in page
    held.undo()
    assert client.post(f"/viec/{pk}/bao", said).status_code < 400
    assert client.post(f"/viec/{pk}/bao", said).status_code < 400
    assert TaskNote.objects.filter(task=pk, key=KEY).count() == 1


def test_the_way_back_leads_to_the_page_of_the_form_and_to_no_other_host(
    world: World, client: Client, held: pytest.MonkeyPatch
) -> None:
    pk, said = typed(world)
    client.force_login(world.people["leader"])
    for came_from, back in (
        (f"http://testserver/viec/{pk}", f"http://testserver/viec/{pk}"),
        ("https://elsewhere.example/viec/1", "/"),
        ("", "/"),
    ):
        answer = client.post(f"/viec/{pk}/bao", said, headers={"Referer": came_from})
        assert f'<a href="{back}">Trở lại, không gửi</a>' in answer.content.decode()


def test_files_are_named_that_are_to_be_chosen_again(
    world: World, client: Client, held: pytest.MonkeyPatch
) -> None:
    pk, said = typed(world)
    client.force_login(world.people["leader"])
    files = [SimpleUploadedFile(f"mốc {at}.pdf", b"%PDF-1.4") for at in (1, 2)]
    answer = client.post(f"/viec/{pk}/bao", {**said, "tep": files})
    assert "(mốc 1.pdf, mốc 2.pdf)" in answer.content.decode()


def test_a_program_that_asks_is_told_in_a_few_words(
    world: World, client: Client, held: pytest.MonkeyPatch
) -> None:
    pk, said = typed(world)
    client.force_login(world.people["leader"])
    answer = client.post(f"/viec/{pk}/bao", said, headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert "Hãy thử lại" in answer.json()["message"]


def test_another_error_of_the_database_is_no_busy_one(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise OperationalError("no such table: x")

    monkeypatch.setattr("dinhlang.work.services.states.finish", broken)
    pk, said = typed(world)
    client.force_login(world.people["leader"])
    with pytest.raises(OperationalError):
        client.post(f"/viec/{pk}/bao", said)
