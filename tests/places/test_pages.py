"""The pages show what each person may see, with a number of queries that does not grow."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dinhlang.people.access import Role
from dinhlang.places import services
from dinhlang.places.models import Boundary, Import, Level, Unit

from .conftest import DAY, Country

pytestmark = pytest.mark.django_db
Person = Callable[..., Any]
COUNTS = json.loads((Path(__file__).parent / "query_counts.json").read_text())


def browser(user: Any) -> Client:
    """A browser in which the person is signed in."""
    client = Client()
    client.force_login(user)
    return client


def text_of(client: Client, path: str, **asked: str) -> str:
    """The page's text. Fails unless it is there."""
    answer = client.get(path, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def page_of(unit: Unit) -> str:
    return reverse("places:unit", args=[unit.pk])


def outline(unit: Unit, west: float) -> None:
    """A square of a tenth of a degree."""
    ring = [[west, 21.0], [west + 0.1, 21.0], [west + 0.1, 21.1], [west, 21.1], [west, 21.0]]
    Boundary.objects.create(
        unit=unit, west=west, south=21.0, east=west + 0.1, north=21.1, polygons=[[ring]]
    )


def test_a_commune_shows_what_it_came_from_and_how_much_of_it(
    country: Country, person: Person
) -> None:
    page = text_of(browser(person(Role.OFFICER, country.commune)), page_of(country.commune))
    assert "Được lập từ" in page
    for words in ("Xã Hòa Đông", "Xã Hòa Tây", "Xã Hòa Giữa", "toàn bộ", "phần lớn"):
        assert words in page
    assert page_of(country.east) in page
    assert "Thôn Tân Mẫu" in page


def test_a_past_commune_shows_what_it_became(country: Country, person: Person) -> None:
    page = text_of(browser(person(Role.OFFICER, country.commune)), page_of(country.divided))
    assert "Đã trở thành" in page
    assert "đến hết 30/06/2025" in page
    assert page_of(country.commune) in page
    assert "Phường Tây Mẫu" in page
    assert page_of(country.other) not in page


def test_a_past_district_shows_where_it_now_lies(country: Country, person: Person) -> None:
    page = text_of(browser(person(Role.ADMIN)), page_of(country.district))
    assert "Địa bàn này nay thuộc" in page
    assert page_of(country.commune) in page
    assert page_of(country.other) in page


def test_the_map_shows_the_unit_among_its_neighbours(country: Country, person: Person) -> None:
    outline(country.commune, 105.0)
    outline(country.other, 105.1)
    client = browser(person(Role.OFFICER, country.commune))
    page = text_of(client, page_of(country.commune))
    assert '<path class="own"' in page
    assert '<path class="near"' in page
    assert "<title>Phường Tây Mẫu</title>" in page
    assert page_of(country.other) not in page
    past = text_of(client, page_of(country.east))
    assert "hình là địa bàn nay thuộc xã Hoà Đông" in past
    assert "style=" not in page


def test_a_village_head_finds_the_own_village_and_no_other(
    country: Country, person: Person
) -> None:
    client = browser(person(Role.VILLAGE_HEAD, country.village))
    page = text_of(client, reverse("places:home"))
    assert "Thôn Tân Mẫu" in page
    assert "Khu Bến Mẫu" not in page
    assert "Khu Bến Mẫu" not in text_of(client, reverse("places:home"), q="mau")
    assert client.get(page_of(country.neighbour)).status_code == 404


def test_the_list_of_an_earlier_day_has_its_districts(country: Country, person: Person) -> None:
    client = browser(person(Role.ADMIN))
    before = text_of(client, reverse("places:home"), ngay="2025-06-30", cap="district")
    after = text_of(client, reverse("places:home"), ngay="2025-07-01", cap="district")
    assert "Huyện Bình Mẫu" in before
    assert "Huyện Bình Mẫu" not in after


@pytest.mark.parametrize("asked", [{"ngay": "x"}, {"cap": "x"}, {"trang": "x"}, {"q": "'\"<b>"}])
def test_a_senseless_question_gets_a_page(
    country: Country, person: Person, asked: dict[str, str]
) -> None:
    page = text_of(browser(person(Role.ADMIN)), reverse("places:home"), **asked)
    assert "<b>" not in page.split("<main")[1].split("</form>")[0]


def test_villages_are_added_renamed_merged_split_and_taken_back(
    country: Country, person: Person
) -> None:
    client = browser(person(Role.COORDINATOR, country.commune))
    back = reverse("places:villages", args=[country.commune.pk])

    def post(route: str, pk: int, **said: Any) -> None:
        answer = client.post(reverse(f"places:{route}", args=[pk]), said)
        assert (answer.status_code, answer.headers["Location"]) == (302, back)

    def names() -> list[str]:
        rows = Unit.objects.filter(parent=country.commune, valid_to=None)
        return [unit.title for unit in rows.order_by("sort_key")]

    commune = country.commune.pk
    post("village-add", commune, loai="thôn", ten="Hai")
    post("village-add", commune, loai="thôn", ten="Hai")
    assert names() == ["Thôn Hai", "Thôn Tân Mẫu"]
    second = Unit.objects.get(name="Hai")
    post("village-rename", second.pk, loai="khu", ten="Ba", ngay="2026-01-01")
    both = [country.village.pk, second.pk]
    post("village-merge", commune, thon=both, loai="thôn", ten="Chung", ngay="2026-02-01")
    merged = Unit.objects.get(name="Chung")
    post("village-split", merged.pk, ten="Trên\nDưới\n", ngay="2026-03-01")
    assert names() == ["Thôn Dưới", "Thôn Trên"]
    post("village-add", commune, loai="thôn", ten="Nhầm")
    post("village-remove", Unit.objects.get(name="Nhầm").pk)
    assert names() == ["Thôn Dưới", "Thôn Trên"]


def test_a_refused_change_keeps_what_was_typed(country: Country, person: Person) -> None:
    client = browser(person(Role.COORDINATOR, country.commune))
    said = {"loai": "thôn", "ten": "Tên Dài Đã Gõ", "ngay": "", "thon": [country.village.pk]}
    answer = client.post(reverse("places:village-merge", args=[country.commune.pk]), said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Tên Dài Đã Gõ" in page
    assert "Chưa chọn ngày" in page


def test_a_village_of_a_divided_commune_is_sent_where_it_belongs(
    country: Country, person: Person
) -> None:
    left = services.add_unit(Level.VILLAGE, "thôn", "Còn Lại", country.divided)
    client = browser(person(Role.ADMIN))
    page = text_of(client, reverse("places:villages", args=[country.divided.pk]))
    assert "Phường Tây Mẫu" in page
    client.post(reverse("places:village-move", args=[left.pk]), {"xa": country.other.pk})
    left.refresh_from_db()
    assert left.parent == country.other
    assert left.parents.last().valid_from == DAY


def test_a_list_is_uploaded_looked_at_and_confirmed(
    country: Country, person: Person, settings: Any
) -> None:
    from dinhlang.places.importing import runs

    admin = person(Role.ADMIN)
    client = browser(admin)
    form = client.get(reverse("places:imports"))
    file = SimpleUploadedFile(
        "xã mới.csv", "Tên,Mã cấp trên,Mã\nXã Mới,90,90007\nXã,90,9\n".encode()
    )
    said = {"loai": "units", "tep": file, "luot": form.context["form"]["luot"].value()}
    answer = client.post(reverse("places:import-upload"), said)
    found = Import.objects.get()
    assert answer.headers["Location"] == reverse("places:import", args=[found.pk])
    assert "Đang chờ soát" in text_of(client, answer.headers["Location"])
    runs.run_check(found.pk)
    page = text_of(client, answer.headers["Location"])
    assert "xã Mới" in page
    assert "Bỏ qua các dòng lỗi" in page
    confirm = reverse("places:import-confirm", args=[found.pk])
    assert client.post(confirm).status_code == 422
    assert client.post(confirm, {"bo_qua_loi": "1"}).status_code == 302
    runs.run_write(found.pk, admin.pk)
    assert "Đã nhập" in text_of(client, answer.headers["Location"])
    assert Unit.objects.filter(code="90007").exists()


def test_a_sample_is_an_excel_file(person: Person) -> None:
    answer = browser(person(Role.ADMIN)).get(reverse("places:import-sample", args=["thon"]))
    assert answer.content.startswith(b"PK")
    assert "mau-thon.xlsx" in answer.headers["Content-Disposition"]


def crowd(country: Country) -> None:
    """Twenty more communes and villages."""
    for number in range(20):
        services.add_unit(
            Level.COMMUNE, "xã", f"Đông {number}", country.province, code=f"9{number:04}"
        )
        services.add_unit(Level.VILLAGE, "thôn", f"Thôn {number}", country.commune)


@pytest.mark.parametrize("many", [False, True], ids=["few units", "many units"])
@pytest.mark.parametrize("page", COUNTS)
def test_a_page_asks_the_database_no_more_than_it_did(
    country: Country, person: Person, page: str, many: bool
) -> None:
    if many:
        crowd(country)
    user = person(Role.COORDINATOR, country.commune)
    paths = {
        "list": reverse("places:home"),
        "search": reverse("places:home") + "?q=hoa",
        "commune": page_of(country.commune),
        "past commune": page_of(country.divided),
        "villages": reverse("places:villages", args=[country.commune.pk]),
    }
    client = browser(user)
    client.get(paths[page])
    with CaptureQueriesContext(connection) as queries:
        assert client.get(paths[page]).status_code == 200
    # Those of the frame around the page (who is signed in) are others' to count.
    heads = [query["sql"].partition(" WHERE ")[0] for query in queries]
    asked = [head for head in heads if 'FROM "places_' in head]
    assert len(asked) <= COUNTS[page], "\n".join(asked)
