"""The pages as a browser asks for them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dinhlang.papers.plan import Document, Finding, Movement, Plan, SourceInfo
from dinhlang.papers.serial import to_json
from dinhlang.plans.models import Reading, State
from dinhlang.plans.trial import services
from tests.plans.papers import small_plan

pytestmark = pytest.mark.django_db

EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'{{ 7*7 }}"
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", re.IGNORECASE)


def send(client: Client, *names: str, **more: Any) -> Any:
    """Upload small files under these names."""
    files = [SimpleUploadedFile(name, b"KE HOACH") for name in names]
    return client.post("/doc-thu/gui", {"tep": files, **more.pop("data", {})}, **more)


def text_of(answer: Any) -> str:
    return answer.content.decode()


def test_the_first_page_offers_a_place_to_drop_and_says_what_happens_to_the_file(
    client: Client,
) -> None:
    page = text_of(client.get("/doc-thu/"))
    assert "Kéo thả văn bản vào đây" in page
    assert "Chưa có văn bản nào." in page
    assert "tự xóa sau 2 giờ" in page


def test_the_first_page_starts_the_session_so_that_a_first_double_click_is_in_one(
    client: Client,
) -> None:
    client.get("/doc-thu/")
    first = client.cookies["dinhlang_phien"].value
    send(client, "a.txt")
    assert client.cookies["dinhlang_phien"].value == first


def test_the_samples_are_offered_and_read_like_any_paper(
    client: Client, quick_reader: None
) -> None:
    assert 'action="/doc-thu/mau/nang-cao"' in text_of(client.get("/doc-thu/"))
    answer = client.post("/doc-thu/mau/nang-cao", {"luot": str(uuid4())})
    assert answer.status_code == 302
    services.run_reading(Reading.objects.get().pk)
    assert "Xây dựng nông thôn mới" in text_of(client.get(answer["Location"]))


def test_one_file_leads_to_its_own_page_and_several_lead_to_the_list(client: Client) -> None:
    one = send(client, "a.txt")
    assert one["Location"] == f"/doc-thu/{Reading.objects.get().pk}"
    several = send(client, "a.txt", "b.txt")["Location"]
    assert re.fullmatch(r"/doc-thu/\?luot=[0-9a-f-]{36}#da-doc", several)
    assert text_of(client.get("/doc-thu/")).count('class="reading queued"') == 3


def test_a_double_submit_makes_one_reading(client: Client) -> None:
    data = {"luot": str(uuid4())}
    first, second = send(client, "a.txt", data=data), send(client, "a.txt", data=data)
    assert first["Location"] == second["Location"]
    assert Reading.objects.count() == 1


def test_no_file_is_refused_with_words_on_the_page_and_in_the_fragment(client: Client) -> None:
    whole = client.post("/doc-thu/gui")
    assert whole.status_code == 422
    assert "Chưa chọn tệp nào" in text_of(whole)
    fragment = client.post("/doc-thu/gui", headers={"HX-Request": "true"})
    assert fragment.status_code == 422
    assert text_of(fragment).lstrip().startswith('<div id="tu-choi"')


def test_an_eleventh_file_is_refused_with_words(client: Client) -> None:
    answer = send(client, *[f"{n}.txt" for n in range(11)])
    assert answer.status_code == 422
    assert "nhiều nhất 10 tệp" in text_of(answer)
    assert not Reading.objects.exists()


def test_a_body_that_is_far_too_large_is_refused_before_it_is_received(
    client: Client, settings: Any
) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    answer = client.post("/doc-thu/gui", {"tep": SimpleUploadedFile("a.txt", b"x" * 3 * 1024**2)})
    assert answer.status_code == 413
    assert not Reading.objects.exists()


def test_a_waiting_paper_shows_progress_that_asks_again(client: Client) -> None:
    address = send(client, "a.txt")["Location"]
    page = text_of(client.get(address))
    assert f'hx-get="{address}/tien-do?mot"' in page
    assert "every 500ms" in page
    assert "Dừng" in page


def test_progress_opens_the_paper_once_it_is_read(client: Client, done: Reading) -> None:
    asked = {"headers": {"HX-Request": "true"}}
    alone = client.get(f"/doc-thu/{done.pk}/tien-do?mot", **asked)
    assert alone["HX-Redirect"] == f"/doc-thu/{done.pk}"
    listed = client.get(f"/doc-thu/{done.pk}/tien-do", **asked)
    assert "hx-trigger" not in text_of(listed)
    assert f'href="/doc-thu/{done.pk}"' in text_of(listed)


def test_progress_of_a_failed_reading_loads_its_page_anew(client: Client) -> None:
    address = send(client, "a.txt")["Location"]
    Reading.objects.update(state=State.FAILED, error_message="Tệp hỏng.")
    asked = client.get(f"{address}/tien-do?mot", headers={"HX-Request": "true"})
    assert asked["HX-Redirect"] == address


def test_stop_and_delete_do_what_they_say(client: Client) -> None:
    address = send(client, "a.txt")["Location"]
    client.post(f"{address}/dung")
    assert "Đã dừng theo yêu cầu" in text_of(client.get(address))
    assert client.post(f"{address}/xoa")["Location"] == "/doc-thu/"
    assert client.get(address).status_code == 404


def test_a_failure_shows_what_is_wrong_what_to_do_and_a_way_to_try_again(client: Client) -> None:
    address = send(client, "a.txt")["Location"]
    Reading.objects.update(
        state=State.FAILED, error_message="Tệp có mật khẩu.", advice="Hãy bỏ mật khẩu."
    )
    page = text_of(client.get(address))
    for words in ("Tệp có mật khẩu.", "Hãy bỏ mật khẩu.", "Chưa có gì được lưu", "Kéo thả"):
        assert words in page


def test_the_result_shows_the_paper_beside_its_items(client: Client, done: Reading) -> None:
    page = text_of(client.get(f"/doc-thu/{done.pk}"))
    assert '<mark class="m-money" data-i="' in page
    assert 'data-line="17"' in page
    assert "FUND-SUM" in page
    assert re.search(r'data-tab="kinh-phi"[^>]*>.*?Kinh phí <span class="n">4</span>', page)


def test_another_session_gets_nothing_of_a_reading(client: Client, done: Reading) -> None:
    stranger = Client()
    send(stranger, "mine.txt")
    for path in ("", "/tien-do", "/ke-hoach.json", "/ke-hoach.xlsx"):
        assert stranger.get(f"/doc-thu/{done.pk}{path}").status_code == 404
    for path in ("/dung", "/xoa"):
        assert stranger.post(f"/doc-thu/{done.pk}{path}").status_code == 404
    assert "kế hoạch.txt" not in text_of(stranger.get("/doc-thu/"))
    assert client.get(f"/doc-thu/{done.pk}").status_code == 200


def test_the_not_found_page_explains_that_results_expire(client: Client) -> None:
    answer = client.get(f"/doc-thu/{uuid4()}")
    assert answer.status_code == 404
    assert "tự xóa sau 2 giờ" in text_of(answer)


def evil_plan() -> Plan:
    """A plan whose every visible text tries to be markup."""
    return Plan(
        document=Document(title=EVIL, issuer=EVIL, number=EVIL),
        movements=[
            Movement(name=EVIL, lines=(2, 2), spans=[(2, 0, 9)]),
            Movement(name=EVIL, lines=(3, 3)),
        ],
        findings=[
            Finding(
                code="X", severity="error", message=EVIL, advice=EVIL, lines=[(1, 1)], quotes=[EVIL]
            )
        ],
        source=SourceInfo(
            name=EVIL,
            reader="text",
            sha256="0",
            text=[EVIL, EVIL, EVIL, f"a | {EVIL} | b"],
            notes=[EVIL],
        ),
    )


def test_markup_in_a_paper_or_a_file_name_stays_text(client: Client) -> None:
    address = send(client, f"a{EVIL}.txt")["Location"]
    assert "<script>alert" not in text_of(client.get("/doc-thu/"))
    Reading.objects.update(
        state=State.DONE, result=json.dumps(to_json(evil_plan())), filename=EVIL, title=EVIL
    )
    for path in ("/doc-thu/", address, f"{address}/tien-do"):
        page = text_of(client.get(path))
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert "{{ 7*7 }}" in page


def test_no_page_has_inline_script_or_style(client: Client, done: Reading) -> None:
    send(client, "b.txt")
    waiting = Reading.objects.exclude(pk=done.pk).get()
    for path in (
        "/",
        "/doc-thu/huong-dan",
        f"/doc-thu/{done.pk}",
        f"/doc-thu/{waiting.pk}",
        "/khong-co",
    ):
        assert not INLINE.search(text_of(client.get(path))), path


def test_the_json_is_what_was_stored_byte_for_byte(client: Client, done: Reading) -> None:
    answer = client.get(f"/doc-thu/{done.pk}/ke-hoach.json")
    data = b"".join(answer.streaming_content)
    assert data.decode() == done.result
    assert json.loads(data) == json.loads(json.dumps(to_json(small_plan())))
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''k%E1%BA%BF")


def test_downloads_exist_only_once_the_paper_is_read(client: Client) -> None:
    address = send(client, "a.txt")["Location"]
    assert client.get(f"{address}/ke-hoach.json").status_code == 404
    assert client.get(f"{address}/ke-hoach.xlsx").status_code == 404


def test_results_are_not_kept_by_caches(client: Client, done: Reading) -> None:
    for path in ("", "/tien-do", "/ke-hoach.json", "/ke-hoach.xlsx"):
        assert "no-store" in client.get(f"/doc-thu/{done.pk}{path}")["Cache-Control"]


def test_a_request_without_its_token_is_refused_in_vietnamese() -> None:
    answer = send(Client(enforce_csrf_checks=True), "a.txt")
    assert answer.status_code == 403
    assert "Trang này đã cũ" in text_of(answer)
    assert not Reading.objects.exists()


def test_pages_ask_the_database_a_fixed_number_of_times(
    client: Client, done: Reading, upload: Callable[..., Any]
) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(path)
        return len(caught)

    few = queries("/")
    send(client, *[f"{n}.txt" for n in range(8)])
    assert queries("/") == few <= 3
    assert queries(f"/doc-thu/{done.pk}") <= 2
