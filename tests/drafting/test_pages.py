"""The pages of the yearly plan as a browser asks for them, with and without a script."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dinhlang.drafting import fields
from dinhlang.drafting.models import Draft
from dinhlang.people.models import Grant
from dinhlang.plans.models import Review
from tests.drafting.drafts import a_draft, typed
from tests.plans.living import a_plan
from tests.world import World

pytestmark = pytest.mark.django_db

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", re.IGNORECASE)
EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'{{ 7*7 }}"
COUNTS = Path(__file__).parent / "query_counts.json"
SHIPPED = "qd-318-2022/xa-ntm"


def address(draft: Draft, page: str = "") -> str:
    return f"/soan-van-ban/{draft.place_id}/ke-hoach/{draft.pk}{page}"


def everything(draft: Draft, **changed: str) -> dict[str, str]:
    """The whole form as a browser without a script sends it."""
    sent: dict[str, str] = {}
    for sheet, lines in (("r", draft.rows), ("s", draft.sources)):
        for number, item in enumerate(lines):
            for name, value in fields.boxes(sheet, item).items():
                sent[f"was.{sheet}{number}.{name}"] = value
                if value or name not in ("wanted", "conditional"):
                    sent[f"{sheet}{number}.{name}"] = value
    for name, value in changed.items():
        key = name.replace("__", ".")
        sent.pop(key, None)
        if value or not key.endswith((".wanted", ".conditional")):
            sent[key] = value
    return sent


def pages(draft: Draft) -> dict[str, str]:
    """Every page of drafts, by its name."""
    own = f"/soan-van-ban/{draft.place_id}/ke-hoach"
    return {
        "danh sách": f"{own}/", "mới": f"{own}/moi", "bản thảo": address(draft),
        "kiểm tra": address(draft, "/kiem-tra"), "bản in": address(draft, "/ban-in"),
    }  # fmt: skip


def test_no_page_asks_the_database_more_often_than_it_did(gaps: World, officer: Client) -> None:
    last = a_plan(gaps.people["leader"], gaps.places["a"])
    draft = a_draft(gaps, last=last.current)
    officer.get("/")  # The session's own bookkeeping is not the page's.
    found = {}
    for name, page in pages(draft).items():
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(page).status_code == 200, name
        found[name] = len(queries)
    if os.environ.get("DINHLANG_QUERY_COUNTS"):  # Set to write the numbers anew.
        COUNTS.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    kept = json.loads(COUNTS.read_text("utf-8"))
    assert set(found) == set(kept), "a new page needs its number in query_counts.json"
    more = {name: (kept[name], count) for name, count in found.items() if count > kept[name]}
    assert not more, "pages that ask more often than before (was, is)"


def test_the_list_does_not_ask_more_for_more_drafts(gaps: World, officer: Client) -> None:
    page = pages(a_draft(gaps))["danh sách"]
    officer.get("/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            officer.get(page)
        return len(asked)

    before = queries()
    for _ in range(3):
        a_draft(gaps)
    assert queries() == before


def test_markup_in_a_draft_stays_text_and_nothing_is_inline(
    gaps: World, draft: Draft, officer: Client
) -> None:
    person = gaps.people["officer"]
    for name in ("r0.gap", "r0.task", "r0.lead", "r0.partners", "s0.text"):
        assert not typed(person, draft, name, EVIL).troubles
    typed(person, draft, "s0.amount", "1 tỷ")
    for name, page in pages(draft).items():
        shown = officer.get(page).content.decode()
        assert not INLINE.search(shown.replace("onerror=alert(2)&gt;", "")), name
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


# --- Beginning -----------------------------------------------------------------------------------


def begin(client: Client, place: int, **given: Any) -> Any:
    year = timezone.localdate().year + 1
    sent = {
        "nam": year, "bo": SHIPPED, "dat": f"30/11/{year}", "tieu-chi": ["10", "12"],
        "luot": uuid4(),
    }  # fmt: skip
    return client.post(f"/soan-van-ban/{place}/ke-hoach/moi", {**sent, **given})


def test_every_criterion_that_is_not_met_or_not_known_is_ticked(
    world: World, officer: Client
) -> None:
    page = officer.get(
        f"/soan-van-ban/{world.places['a'].pk}/ke-hoach/moi?bo={SHIPPED}&nam=2027"
    ).content.decode()
    assert page.count('name="tieu-chi"') == 19
    assert page.count(" checked>") == 19
    assert "không còn hiệu lực" in page
    assert 'value="30/11/2027"' in page


def test_the_form_makes_a_draft_once_and_leads_to_it(world: World, officer: Client) -> None:
    place, key = world.places["a"].pk, uuid4()
    first, second = (begin(officer, place, luot=key) for _ in range(2))
    assert first["Location"] == second["Location"] == address(Draft.objects.get())
    assert set(Draft.objects.get().goals) == {"10", "12"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"dat": "hôm nào đó"}, "ghi như “30/11/"),
        ({"nam": "năm tới"}, "chọn năm"),
        ({"tieu-chi": []}, "ít nhất một tiêu chí"),
        ({"bo": "qd-0-0000/khong-co"}, "chọn bộ tiêu chí"),
    ],
)
def test_a_form_that_cannot_begin_a_draft_comes_back_as_it_was(
    world: World, officer: Client, given: dict[str, Any], words: str
) -> None:
    answer = begin(officer, world.places["a"].pk, **given)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    if "dat" in given:
        assert 'value="hôm nào đó"' in page
        assert page.count(" checked>") == 2


def test_who_drafts_for_several_communes_chooses_one(world: World, client: Client) -> None:
    person = world.people["officer"]
    Grant.objects.create(user=person, role="officer", place=world.places["b"])
    client.force_login(person)
    page = client.get("/soan-van-ban/ke-hoach/").content.decode()
    for place in ("a", "b"):
        assert f"/soan-van-ban/{world.places[place].pk}/ke-hoach/" in page


# --- The sheet -----------------------------------------------------------------------------------


def save(client: Client, draft: Draft, sent: dict[str, Any], script: bool = True) -> Any:
    headers = {"Accept": "application/json"} if script else {}
    return client.post(address(draft, "/luu"), sent, headers=headers)


def test_a_script_gets_boxes_troubles_and_figures(draft: Draft, officer: Client) -> None:
    sent = {
        "was.r0.cost": "", "r0.cost": "2 tỷ", "was.r1.cost": "", "r1.cost": "đắt",
        "was.s0.amount": "", "s0.amount": "500 triệu",
    }  # fmt: skip
    found = save(officer, draft, sent).json()
    assert found["shown"]["r0.cost"] == "2 tỷ đồng"
    assert list(found["troubles"]) == ["r1.cost"]
    assert found["sums"]["needs"] == "2 tỷ đồng"
    assert found["sums"]["unpriced"] == "1 việc chưa ghi kinh phí"
    assert (found["sums"]["balance_name"], found["lacks"]) == ("Còn thiếu", True)


def test_without_a_script_the_whole_form_is_kept(draft: Draft, officer: Client) -> None:
    sent = everything(draft, r0__cost="2 tỷ", r1__wanted="", r0__due="1/9", s1__conditional="1")
    assert save(officer, draft, sent, script=False)["Location"] == address(draft)
    draft.refresh_from_db()
    assert (draft.rows[0]["cost"], draft.rows[0]["due"]) == (2 * 10**9, "2031-09-01")
    assert not draft.rows[1]["wanted"]
    assert draft.sources[1]["conditional"]
    assert draft.revision == 1


def test_without_a_script_what_cannot_be_kept_comes_back_as_typed(
    draft: Draft, officer: Client
) -> None:
    sent = everything(draft, r0__cost="đắt lắm", r1__cost="2 tỷ")
    answer = save(officer, draft, {**sent, "sau": "dua-vao"}, script=False)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="đắt lắm"' in page
    assert "1 ô chưa lưu được" in page
    assert not Review.objects.exists()
    draft.refresh_from_db()
    assert draft.rows[1]["cost"] == 2 * 10**9


def test_a_button_keeps_what_is_typed_before_it_leads_on(draft: Draft, officer: Client) -> None:
    sent = everything(draft, r0__lead="Công an xã")
    answer = save(officer, draft, {**sent, "sau": "ban-in"}, script=False)
    assert answer["Location"] == address(draft, "/ban-in")
    assert "Công an xã" in officer.get(answer["Location"]).content.decode()
    count = {"so-nguon": len(draft.sources), "sau": "nguon"}
    for _ in range(2):
        answer = save(officer, draft, count, script=False)
    assert answer["Location"] == address(draft, "#nguon-von")
    draft.refresh_from_db()
    assert len(draft.sources) == count["so-nguon"] + 1


def test_a_button_adds_work_for_an_indicator_and_leads_to_its_row(
    draft: Draft, officer: Client
) -> None:
    sent = {"so-viec": len(draft.rows), "chi-tieu": "4", "sau": "viec"}
    answer = save(officer, draft, sent, script=False)
    assert answer["Location"] == address(draft, f"#viec-{len(draft.rows)}")
    assert f'id="viec-{len(draft.rows)}"' in officer.get(address(draft)).content.decode()


def test_filing_twice_leads_to_one_review(draft: Draft, officer: Client) -> None:
    sent = {"sau": "dua-vao", "luot": uuid4()}
    places = {save(officer, draft, sent, script=False)["Location"] for _ in range(2)}
    assert places == {f"/duyet/{Review.objects.get().pk}"}
    page = officer.get(address(draft)).content.decode()
    assert "Đã đưa vào Kế hoạch" in page
    assert "data-draft" not in page and "readonly" in page
    refused = save(officer, draft, {"was.r0.lead": "", "r0.lead": "x"})
    assert refused.status_code == 409
    assert "không còn sửa được" in refused.json()["message"]


def test_a_refused_filing_says_why_on_the_sheet(draft: Draft, officer: Client) -> None:
    sent = everything(draft, r0__wanted="", r1__wanted="")
    answer = save(officer, draft, {**sent, "sau": "dua-vao"}, script=False)
    assert answer["Location"] == address(draft)
    page = officer.get(address(draft)).content.decode()
    assert "Chưa chọn việc nào để đưa vào kế hoạch." in page
    assert not Review.objects.exists()


def test_a_finding_leads_to_its_row(gaps: World, draft: Draft, officer: Client) -> None:
    typed(gaps.people["officer"], draft, "r1.task", "Bảo đảm 120% hộ dân dùng điện an toàn")
    part = officer.get(address(draft, "/kiem-tra")).content.decode()
    assert 'href="#viec-1"' in part
    assert 'id="viec-1"' in officer.get(address(draft)).content.decode()


def test_word_pdf_and_tables_of_a_draft(draft: Draft, officer: Client) -> None:
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")):
        answer = officer.get(address(draft, f"/ban-in.{kind}"))
        assert b"".join(answer.streaming_content).startswith(start)
        name = unquote(answer["Content-Disposition"])
        assert f"Kế hoạch xây dựng nông thôn mới nâng cao năm 2031 - Xã Làng Mẫu.{kind}" in name


def test_a_draft_whose_set_is_gone_still_shows_its_work(
    draft: Draft, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    Draft.objects.update(set_id="qd-0-0000/khong-co")
    answer = officer.get(address(draft))
    assert answer.status_code == 409
    assert draft.rows[0]["task"] in answer.content.decode()
    assert officer.get(address(draft, "/ban-in")).status_code == 404


def test_discarding_is_undone_on_the_page_it_leads_to(draft: Draft, officer: Client) -> None:
    assert officer.post(address(draft, "/bo"))["Location"] == address(draft)
    assert "Bản thảo này đã bỏ" in officer.get(address(draft)).content.decode()
    officer.post(address(draft, "/khoi-phuc"))
    assert "data-draft" in officer.get(address(draft)).content.decode()


def test_plans_lead_to_drafting_for_those_who_may(world: World, client: Client) -> None:
    client.force_login(world.people["officer"])
    assert "/soan-van-ban/ke-hoach/" in client.get("/ke-hoach/").content.decode()
    client.force_login(world.people["province"])
    assert "/soan-van-ban/" not in client.get("/ke-hoach/").content.decode()
