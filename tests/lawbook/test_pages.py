"""The pages of criteria sets: what they show, what a person does on them, how often they ask."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dinhlang.lawbook import answering, samples, services
from dinhlang.lawbook.importing import read_xlsx
from dinhlang.lawbook.models import LawText, Loading
from dinhlang.people.models import Grant
from tests.lawbook.loaded import a_draft, a_pending, an_approved
from tests.lawbook.tables import PASTED
from tests.lawbook.test_written import WRITTEN
from tests.world import World

pytestmark = pytest.mark.django_db

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", re.IGNORECASE)
EVIL = "\"><script>alert(1)</script>'{{ 7*7 }}"
COUNTS = Path(__file__).parent / "query_counts.json"
REAL = "/bo-tieu-chi/qd-51-2025/xa-ntm"


def browser(house: World, who: str = "admin") -> Client:
    client = Client()
    client.force_login(house.people[who])
    return client


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(words.split())


def test_the_list_says_how_complete_each_set_is_and_how_far_it_was_checked(house: World) -> None:
    shown = text_of(browser(house, "officer"), "/bo-tieu-chi/?ngay=2026-03-01")
    assert "10 tiêu chí · 6/47 chỉ tiêu, 3 đủ mức phải đạt" in shown
    assert "13 chưa nạp" in shown
    assert "Được thay từ 15/02/2026" in shown
    assert "Nạp bộ tiêu chí" not in shown, "an officer reads and does not load"


def test_the_list_goes_by_the_day_that_is_asked(house: World) -> None:
    shown = text_of(browser(house), "/bo-tieu-chi/?ngay=2023-06-01")
    assert "Áp dụng từ 15/02/2026" in shown


def test_a_set_is_read_like_the_law_with_its_lineage(house: World) -> None:
    address = "/bo-tieu-chi/qd-318-2022/xa-ntm"
    shown = text_of(browser(house, "officer"), f"{address}?ngay=2024-06-01")
    assert "Bộ này ghép từ" in shown
    assert "211/QĐ-TTg" in shown
    before = text_of(browser(house, "officer"), f"{address}?ngay=2023-06-01")
    assert "Bộ này ghép từ" not in before
    assert "Tỷ lệ hộ" in before
    assert "≥ " in before
    assert "chưa đối chiếu văn bản" in before


def test_an_overlay_shows_in_its_province_only(house: World) -> None:
    address = "/bo-tieu-chi/qd-318-2022/xa-nang-cao?ngay=2023-06-01"
    client = browser(house, "officer")
    codes = re.findall(r'value="(\d\d)"', client.get(address).content.decode())
    shown = [text_of(client, f"{address}&noi={code}") for code in codes]
    assert any("2581/QĐ-UBND" in words for words in shown)
    assert "2581/QĐ-UBND" not in text_of(client, f"{address}&noi=")


def test_an_unknown_set_is_not_found(house: World) -> None:
    assert browser(house).get("/bo-tieu-chi/khong/co").status_code == 404


def test_the_template_holds_what_is_known_and_leaves_the_rest_empty(house: World) -> None:
    client = browser(house)
    answer = client.get("/bo-tieu-chi/mau.xlsx?cach=complete&bo=qd-51-2025/xa-ntm")
    content = answer.getvalue()
    taken = read_xlsx(content)
    assert {row["criterion"] for row in taken.rows} == {str(n) for n in range(1, 11)}
    assert not any(row.get("g1") for row in taken.rows)
    assert client.get("/bo-tieu-chi/mau.xlsx?cach=khac").status_code == 404


def upload(client: Client, **more: object) -> object:
    said = {"luot": str(uuid4()), "cach": "new", "noi": "ca-nuoc"}
    return client.post("/bo-tieu-chi/nap/gui", said | more)


def test_a_file_is_taken_in_its_fault_is_named_and_mended_and_the_set_is_sent(
    house: World,
) -> None:
    client = browser(house)
    content = samples.workbook()
    file = SimpleUploadedFile("bo.xlsx", content)
    assert upload(client, tep=file).status_code == 302  # type: ignore[attr-defined]
    loading = Loading.objects.get()
    address = f"/bo-tieu-chi/nap/{loading.pk}"
    key = str(uuid4())
    posted = {"luot": key, "dong": "3", "viec": "sua", "g1": "1000"}
    answer = client.post(f"{address}/dong", posted)
    assert answer["Location"] == f"{address}?sua=3#dong-3", "it is still wrong, so it stays open"
    shown = text_of(client, f"{address}?sua=3")
    assert "Còn 1 chỗ phải sửa" in shown
    assert "1.000 % nằm ngoài khoảng từ 0 đến 100" in shown
    client.post(f"{address}/dong", posted | {"luot": str(uuid4()), "g1": "95"})
    shown = text_of(client, address)
    assert "Bảng đã đúng" in shown
    assert "Bộ mới, không thay bộ nào" in shown
    assert "26 chỉ tiêu thêm" in shown
    assert "Vẫn có hiệu lực bên cạnh: Xã NTM 2026–2030 (51/2025/QĐ-TTg)" in shown
    assert "bỏ" not in shown.split("chỉ tiêu thêm")[1].split("Bỏ bản nạp này")[0]
    loading.refresh_from_db()
    answer = client.post(f"{address}/trinh", {"ban": loading.revision})
    text = LawText.objects.get()
    assert answer["Location"] == f"/bo-tieu-chi/ban/{text.pk}"
    assert "không tự duyệt được" in text_of(client, answer["Location"])


def test_the_second_person_sees_what_changes_and_approves_or_returns(house: World) -> None:
    text = a_pending(house.people["admin"])
    client = browser(house, "second")
    assert "Xem và duyệt" in text_of(client, "/bo-tieu-chi/")
    shown = text_of(client, f"/bo-tieu-chi/ban/{text.pk}")
    assert "Bạn là người thứ hai" in shown
    assert "Bộ mới, không thay bộ nào" in shown
    answer = client.post(f"/bo-tieu-chi/ban/{text.pk}/tra-lai", {"ly-do": ""})
    assert answer.status_code == 422
    assert "phải ghi lý do" in answer.content.decode()
    client.post(f"/bo-tieu-chi/ban/{text.pk}/duyet")
    assert "Đã duyệt" in text_of(client, f"/bo-tieu-chi/ban/{text.pk}")
    page = text_of(browser(house, "officer"), "/bo-tieu-chi/qd-07-2026-qd-mau/xa-ntm")
    assert "số liệu mẫu" in page
    assert "quyết định và ngưỡng không có thật" in page


def test_a_real_number_is_shown_as_loaded_from_the_text_by_two_people(house: World) -> None:
    an_approved(
        house.people["office"], house.people["chief"], house.places["province"],
        number="07/2026/QĐ-UBND",
    )  # fmt: skip
    shown = text_of(browser(house, "officer"), "/bo-tieu-chi/qd-07-2026-qd-ubnd-99/xa-ntm")
    assert "nạp từ văn bản, hai người duyệt" in shown
    assert "Quyết định 07/2026/QĐ-UBND" in shown


def test_somebody_alone_is_told_that_a_second_person_is_needed_and_how_to_invite(
    house: World,
) -> None:
    Grant.objects.filter(user=house.people["second"]).delete()
    client = browser(house)
    assert "mời thêm một tài khoản Quản trị" in text_of(client, "/bo-tieu-chi/nap")
    text = a_pending(house.people["admin"])
    shown = text_of(client, f"/bo-tieu-chi/ban/{text.pk}")
    assert "Hiện chưa có ai khác có quyền quản trị toàn hệ thống" in shown
    assert "mời thêm một tài khoản" in shown


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "Chưa có bảng nào"),
        ({"dan": "không phải bảng"}, "không phải bảng"),
        ({"tep": SimpleUploadedFile("a.pdf", b"%PDF")}, "không phải tệp Excel"),
        ({"tep": SimpleUploadedFile("a.xlsx", b"x")}, "Không đọc được tệp Excel"),
        ({"dan": PASTED, "noi": "99999"}, "Không thấy tỉnh"),
    ],
)
def test_what_cannot_be_read_is_refused_on_the_form_and_the_pasted_text_stays(
    house: World, more: dict[str, object], words: str
) -> None:
    answer = upload(browser(house), **more)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    shown = answer.content.decode()  # type: ignore[attr-defined]
    assert words in shown
    if "dan" in more:
        assert str(more["dan"]).split("\t")[0] in shown


def pages(house: World) -> dict[str, str]:
    """Every page, by its name."""
    loading = a_draft(house.people["second"], number=f"05/2026/QĐ-MẪU {EVIL}")
    services.change_row(house.people["second"], loading.pk, uuid4(), 1, {"name": EVIL})
    waiting = a_pending(house.people["second"], number="06/2026/QĐ-MẪU", title=EVIL)
    approved = an_approved(house.people["second"], house.people["admin"])
    return {
        "danh sách": "/bo-tieu-chi/",
        "bộ": REAL,
        "bộ đã nạp": "/bo-tieu-chi/qd-07-2026-qd-mau/xa-ntm",
        "mẫu": "/bo-tieu-chi/mau.xlsx",
        "nạp": "/bo-tieu-chi/nap",
        "bản nạp": f"/bo-tieu-chi/nap/{loading.pk}",
        "sửa dòng": f"/bo-tieu-chi/nap/{loading.pk}?sua=1",
        "chờ duyệt": f"/bo-tieu-chi/ban/{waiting.pk}",
        "đã duyệt": f"/bo-tieu-chi/ban/{approved.pk}",
    }


def test_no_page_asks_more_often_than_before(house: World) -> None:
    client, found = browser(house), {}
    client.get("/bo-tieu-chi/")
    for name, address in pages(house).items():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        found[name] = len(asked)
    if os.environ.get("DINHLANG_QUERY_COUNTS"):  # Set to write the numbers anew.
        COUNTS.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
    kept = json.loads(COUNTS.read_text("utf-8"))
    assert set(found) == set(kept), "a new page needs its number in query_counts.json"
    more = {name: (kept[name], count) for name, count in found.items() if count > kept[name]}
    assert not more, "pages that ask more often than before (was, is)"


def test_lists_do_not_ask_more_for_more_rows(house: World) -> None:
    client = browser(house)

    def queries() -> int:
        client.get("/bo-tieu-chi/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/bo-tieu-chi/")
        return len(asked)

    def more(number: int) -> None:
        a_draft(house.people["second"])
        a_pending(house.people["second"], number=f"1{number}/2026/QĐ-MẪU")
        an_approved(house.people["second"], house.people["admin"], number=f"2{number}/2026/QĐ-MẪU")

    more(1)
    before = queries()
    more(2)
    more(3)
    assert queries() == before


def test_no_page_has_inline_script_or_style_and_markup_in_a_table_stays_text(
    house: World,
) -> None:
    client = browser(house)
    for name, address in pages(house).items():
        answer = client.get(address)
        if name == "mẫu":
            continue
        shown = answer.content.decode()
        assert not INLINE.search(shown), name
        assert "<script>alert" not in shown, name


# --- Questions, files, places


def asked(house: World, client: Client) -> Loading:
    words = (
        "Số tiêu chí\tTên tiêu chí\tTên chỉ tiêu\tNhóm 1\tNhóm 2\tNhóm 3\n"
        "1\tA\tTỷ lệ hộ thử\t≥ 95%\t≥ 90%\t\n"
        "\t\tDuy trì liên tục 3 năm\tĐạt\tĐạt\tĐạt\n"
    )
    upload(client, dan=words)
    return Loading.objects.get()


def test_a_question_is_shown_on_its_row_by_the_line_of_the_file_and_answered_there(
    house: World,
) -> None:
    client = browser(house)
    loading = asked(house, client)
    address = f"/bo-tieu-chi/nap/{loading.pk}"
    shown = text_of(client, address)
    assert "Dòng 2, Nhóm 3 : Ô Nhóm 3 để trống." in shown
    assert "dòng 3 Duy trì liên tục 3 năm" in shown
    said = {"dong": "2", "viec": "tra-loi", "cau": "liên tục 3 năm", "luot": str(uuid4())}
    answer = client.post(f"{address}/dong", said)
    assert answer["Location"] == f"{address}#dong-2"
    shown = text_of(client, address)
    assert "Đã xác nhận: “liên tục 3 năm”" in shown
    client.post(f"{address}/dong", said | {"viec": "hoi-lai", "luot": str(uuid4())})
    assert "Đã xác nhận" not in text_of(client, address)


def test_where_it_holds_has_to_be_chosen_and_a_provinces_paper_for_the_nation_is_told(
    house: World,
) -> None:
    client = browser(house)
    answer = upload(client, dan=PASTED, noi="")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Hãy chọn nơi áp dụng" in answer.content.decode()  # type: ignore[attr-defined]
    loading = a_draft(house.people["admin"], number="08/2026/QĐ-UBND")
    address = f"/bo-tieu-chi/nap/{loading.pk}"
    assert "là văn bản của một tỉnh" in text_of(client, address)
    province = house.places["province"]
    client.post(f"{address}/quyet-dinh", {"noi": str(province.pk), "luot": str(uuid4())})
    loading.refresh_from_db()
    assert loading.place == province
    assert "là văn bản của một tỉnh" not in text_of(client, address)


def test_to_complete_a_national_set_starts_with_the_nation(house: World) -> None:
    page = browser(house).get("/bo-tieu-chi/nap?cach=complete&bo=qd-51-2025/xa-ntm")
    assert '<option value="ca-nuoc" selected>' in page.content.decode()


def test_the_form_of_the_decision_says_of_each_field_what_to_do_there(house: World) -> None:
    client = browser(house)
    upload(client, dan=PASTED)
    page = client.get(f"/bo-tieu-chi/nap/{Loading.objects.get().pk}").content.decode()
    assert "Tên đầy đủ, đúng như trong quyết định." in page
    assert "cách nhau ;" not in page
    assert "trang Hướng dẫn" not in page
    assert "multiple" not in page
    assert "Đánh dấu các bộ hết hiệu lực" in page


def test_the_same_text_again_says_that_nothing_changes_and_offers_no_approval(
    house: World,
) -> None:
    an_approved(house.people["admin"], house.people["second"])
    loading = a_draft(house.people["admin"])
    shown = text_of(browser(house), f"/bo-tieu-chi/nap/{loading.pk}")
    assert "giống hệt bộ đang có" in shown
    assert "Trình duyệt" not in shown
    later = services.change_about(
        house.people["admin"], loading.pk, uuid4(), {"valid_from": "01/03/2026"}
    )
    shown = text_of(browser(house), f"/bo-tieu-chi/nap/{later.pk}")
    assert "Không chỉ tiêu nào thay đổi so với bộ đang có" in shown
    assert "Có hiệu lực từ 01/02/2026 → 01/03/2026" in shown


def test_a_file_written_by_hand_is_taken_in_told_by_line_and_replaced(house: World) -> None:
    client = browser(house)
    wrong = WRITTEN.replace("value: 90", "value: 190")
    upload(client, tep=SimpleUploadedFile("bo.yml", wrong.encode()))
    loading = Loading.objects.get()
    address = f"/bo-tieu-chi/nap/{loading.pk}"
    assert "Dòng 18 : criteria" in text_of(client, address)
    mended = SimpleUploadedFile("bo.yml", WRITTEN.encode())
    answer = client.post(f"{address}/thay-tep", {"tep": mended, "luot": str(uuid4())})
    assert answer.status_code == 302
    shown = text_of(client, address)
    assert "Tệp đã đúng" in shown
    assert "≥ 90 %" in shown


def test_the_second_person_sees_what_was_answered(house: World) -> None:
    admin = house.people["admin"]
    loading = a_draft(admin)
    services.change_row(admin, loading.pk, uuid4(), 1, {"name": "Duy trì liên tục 3 năm"})
    loading = answering.answer(admin, loading.pk, uuid4(), 1, "liên tục 3 năm")
    text = services.send(admin, loading.pk, loading.revision)
    shown = text_of(browser(house, "second"), f"/bo-tieu-chi/ban/{text.pk}")
    assert "Lời văn người nạp cho là đã thể hiện" in shown
    assert "“liên tục 3 năm”" in shown
