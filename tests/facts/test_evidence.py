"""Evidence: taken by its content, stored once, made harmless, attached to many things."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image

from dinhlang.facts import files, pictures, selectors, services
from dinhlang.facts.models import Evidence, EvidenceLink, FileKind
from dinhlang.facts.selectors import papers
from dinhlang.facts.sniffing import MOST_BYTES, RefusedFile, kind_of
from dinhlang.people.access import AccessDenied
from dinhlang.people.models import AuditLine
from tests.facts.conftest import Enter
from tests.world import World

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **exif: Any) -> bytes:
    """A picture, half red and half blue, with these EXIF tags."""
    made = Image.new("RGB", size, "red")
    made.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    out = BytesIO()
    tags = Image.Exif()
    for tag, value in exif.get("base", {}).items():
        tags[tag] = value
    for ifd, values in exif.get("ifds", {}).items():
        tags.get_ifd(ifd).update(values)
    made.save(out, kind, exif=tags)
    return out.getvalue()


def package(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")
XLSX = package("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, FileKind.PDF),
        (picture("JPEG"), FileKind.JPEG),
        (picture("PNG"), FileKind.PNG),
        (picture("WEBP"), FileKind.WEBP),
        (DOCX, FileKind.DOCX),
        (XLSX, FileKind.XLSX),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, kind: FileKind) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "trống"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "kiểu cũ"),
        (b"MZ\x90\0" + b"\0" * 100, "Không nhận"),
        (b"<html><script>alert(1)</script>", "Không nhận"),
        (package("a.txt"), "Tệp nén"),
        (package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macro"),
        (b"PK\x03\x04" + b"\0" * 50, "hỏng"),
        (b"%PDF-" + b"0" * MOST_BYTES, "25 MB"),
    ],
)
def test_what_is_not_taken_is_refused_with_advice(content: bytes, words: str) -> None:
    with pytest.raises(RefusedFile, match=words):
        kind_of(content)


Add = Callable[..., Evidence]


@pytest.fixture
def add(world: World) -> Add:
    """``add(content, place="a", by="officer")``: the evidence that the file becomes."""

    def take(content: bytes = PDF, name: str = "quyết định.pdf", **more: Any) -> Evidence:
        user = world.people[more.pop("by", "officer")]
        place = world.places[more.pop("place", "a")]
        about = services.About(**more)
        return services.add(user, place, services.Sent(name=name, content=content, about=about))

    return take


def test_a_file_is_stored_once_and_is_one_evidence_of_a_place(add: Add) -> None:
    first, again = add(), add(name="bản khác.pdf")
    elsewhere = add(place="b", by="elsewhere")
    assert first == again
    assert elsewhere != first
    assert elsewhere.sha256 == first.sha256
    assert default_storage.listdir(f"{files.evidence_files.folder}/{first.sha256[:2]}")[1] == [
        first.sha256
    ]
    assert first.title == "quyết định"


def test_a_picture_is_made_anew_upright_and_without_its_metadata(add: Add) -> None:
    given = picture(
        base={0x0112: 6, 0x010F: "Máy ảnh mẫu", 0x013B: "Tên người chụp"},
        ifds={
            0x8769: {0x9003: "2024:05:06 07:08:09"},
            0x8825: {1: "N", 2: (21.0, 22.0, 30.0), 3: "E", 4: (105.0, 15.0, 0.0)},
        },
    )
    row = add(given, "ảnh.jpg")
    assert row.taken_at is not None
    assert row.taken_at.isoformat() == "2024-05-06T07:08:09+07:00"
    assert (row.latitude, row.longitude) == (21_375_000, 105_250_000)
    with files.evidence_files.open_stored(row.sha256) as stored:
        content = stored.read()
    assert b"ng\xc6\xb0\xe1\xbb\x9di" not in content
    with Image.open(BytesIO(content)) as kept:
        assert kept.size == (20, 40)
        assert dict(kept.getexif()) == {}
    assert row.sha256 != row.given_sha256
    assert add(given, "ảnh lần hai.jpg") == row


def test_a_damaged_picture_is_refused(add: Add) -> None:
    with pytest.raises(RefusedFile, match="hỏng"):
        add(picture()[:200], "ảnh.jpg")
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_picture_is_made_smaller(kind: str) -> None:
    made = pictures.make_anew(picture(kind, (5000, 50)), kind_of(picture(kind)))
    with Image.open(BytesIO(made.content)) as kept:
        assert kept.size == (4000, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_colour_mode_are_kept(mode: str) -> None:
    out = BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (9, 9)).save(out, kind)
    made = pictures.make_anew(out.getvalue(), FileKind.JPEG if kind == "JPEG" else FileKind.PNG)
    with Image.open(BytesIO(made.content)) as kept:
        assert kept.size == (9, 9)


def attach(world: World, row: Evidence, by: str = "officer", **target: Any) -> EvidenceLink:
    place = world.places[target.pop("place", "a")]
    return services.attach(world.people[by], row, services.Target(place=place, **target))


def test_one_paper_proves_many_things(add: Add, world: World, enter: Enter) -> None:
    enter("thu_nhap", 50)
    enter("so_tai_nan", 0)
    row = add()
    attach(world, row, measure="thu_nhap", year=2024)
    attach(world, row, measure="so_tai_nan")
    attach(world, row, set_id="qd-318-2022/xa-ntm", number="10")
    again = attach(world, row, measure="thu_nhap", year=2024)
    assert row.links.count() == 3
    assert again.pk in row.links.values_list("pk", flat=True)
    found = selectors.subject(world.places["a"], date(2024, 12, 31))
    assert found.facts["thu_nhap", ""][0].evidence == (row.pk,)
    assert found.facts["so_tai_nan", ""][0].evidence == (row.pk,)


def test_a_paper_of_one_year_does_not_prove_another(add: Add, world: World, enter: Enter) -> None:
    enter("thu_nhap", 50, year=2023)
    attach(world, add(), measure="thu_nhap", year=2024)
    found = selectors.subject(world.places["a"], date(2024, 12, 31))
    assert found.facts["thu_nhap", ""][0].evidence == ()


def test_taken_off_and_set_aside_it_proves_nothing_and_comes_back(
    add: Add, world: World, enter: Enter
) -> None:
    enter("thu_nhap", 50)
    officer, row = world.people["officer"], add()
    link = attach(world, row, measure="thu_nhap")

    def proofs() -> tuple[int, ...]:
        found = selectors.subject(world.places["a"], date(2024, 12, 31))
        return found.facts["thu_nhap", ""][0].evidence

    services.set_aside(officer, row)
    services.set_aside(officer, row)
    assert proofs() == ()
    services.restore(officer, row)
    assert proofs() == (row.pk,)
    services.detach(officer, link)
    services.detach(officer, link)
    assert proofs() == ()
    assert AuditLine.objects.filter(verb="gỡ minh chứng").count() == 1


def test_a_file_set_aside_and_sent_again_is_back(add: Add, world: World) -> None:
    row = add()
    services.set_aside(world.people["officer"], row)
    assert add().set_aside_at is None


def test_nobody_attaches_what_they_do_not_see(add: Add, world: World) -> None:
    row = add(place="b", by="elsewhere")
    with pytest.raises(AccessDenied):
        attach(world, row, measure="thu_nhap")
    with pytest.raises(AccessDenied):
        attach(world, add(), by="elsewhere", measure="thu_nhap")


def test_a_village_head_sees_a_paper_of_the_commune_only_where_it_proves_something_there(
    add: Add, world: World
) -> None:
    row, client = add(), Client()
    client.force_login(world.people["village_head"])
    address = reverse("facts:paper-file", args=[row.pk])
    assert client.get(address).status_code == 404
    attach(world, row, place="a1", measure="thu_nhap")
    assert client.get(address).status_code == 200
    assert client.post(reverse("facts:paper-set-aside", args=[row.pk])).status_code == 403


def test_what_a_paper_says_of_itself_is_kept_and_checked(add: Add, world: World) -> None:
    officer, row = world.people["officer"], add()
    about = services.About(
        title="Quyết định công nhận", number="12/QĐ-UBND", dated=date(2024, 1, 2),
        agency="UBND huyện mẫu", signer="Chủ tịch", valid_to=date(2026, 1, 2),
    )  # fmt: skip
    services.describe(officer, row, about)
    assert [each.pk for each in papers.evidence(
        officer, world.places["a"], papers.Sought("cong nhan 12/qd"), date(2024, 6, 1)
    )] == [row.pk]  # fmt: skip
    with pytest.raises(services.BadEvidence, match="sau ngày ký"):
        wrong = services.About(title="x", dated=date(2024, 1, 2), valid_to=date(2023, 1, 1))
        services.describe(officer, row, wrong)
    with pytest.raises(services.BadEvidence, match="Chưa có tên"):
        services.describe(officer, row, services.About())


def test_papers_that_end_are_found_in_time(add: Add, world: World) -> None:
    today = date(2024, 6, 1)
    add(PDF + b"1", valid_to=today - timedelta(days=1))
    add(PDF + b"2", valid_to=today + timedelta(days=59))
    add(PDF + b"3", valid_to=today + timedelta(days=61))
    officer, place = world.people["officer"], world.places["a"]
    assert papers.ending(officer, place, today) == (1, 1)
    counts = {
        state: papers.evidence(officer, place, papers.Sought(state=state), today).count()
        for state in papers.STATES
    }
    assert counts == {"": 3, "chua-gan": 3, "sap-het-han": 1, "het-han": 1, "da-bo": 0}


def test_a_file_is_given_out_so_that_it_can_do_nothing(add: Add, world: World) -> None:
    client = Client()
    client.force_login(world.people["officer"])
    paper = client.get(reverse("facts:paper-file", args=[add().pk]))
    shown = client.get(reverse("facts:paper-file", args=[add(picture(), "ảnh.html").pk]))
    small = client.get(reverse("facts:paper-thumbnail", args=[add(picture(), "ảnh.html").pk]))
    assert paper["Content-Disposition"].startswith("attachment")
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["Content-Type"] == small["Content-Type"] == "image/jpeg"
    assert "%E1%BA%A3nh.jpg" in shown["Content-Disposition"]
    for answer in (paper, shown, small):
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, max-age=3600"


def test_files_sent_by_form_are_taken_one_by_one(world: World) -> None:
    client, address = Client(), reverse("facts:evidence-upload", args=[world.places["a"].pk])
    client.force_login(world.people["officer"])
    good, bad = BytesIO(PDF), BytesIO(b"MZ\x90")
    good.name, bad.name = "tốt.pdf", "xấu.exe"
    answer = client.post(address, {"tep": [good, bad]})
    assert answer.status_code == 422
    assert "xấu.exe" in answer.content.decode()
    assert [row.filename for row in Evidence.objects.all()] == ["tốt.pdf"]


def test_a_file_sent_from_a_number_proves_it_and_leads_back(world: World) -> None:
    client, place = Client(), world.places["a"]
    client.force_login(world.people["officer"])
    back = reverse("facts:cell", args=[place.pk, "thu_nhap", "2024"])
    file = BytesIO(PDF)
    file.name = "báo cáo.pdf"
    said = {"tep": file, "so-lieu": "thu_nhap", "nam": "2024", "ve": back}
    answer = client.post(reverse("facts:evidence-upload", args=[place.pk]), said)
    assert (answer.status_code, answer["Location"]) == (302, back)
    assert EvidenceLink.objects.get().measure == "thu_nhap"
    assert "báo cáo" in client.get(back).content.decode()


def test_a_form_leads_nowhere_else(world: World) -> None:
    client, place = Client(), world.places["a"]
    client.force_login(world.people["officer"])
    file = BytesIO(PDF)
    file.name = "a.pdf"
    said = {"tep": file, "ve": "https://example.com/"}
    answer = client.post(reverse("facts:evidence-upload", args=[place.pk]), said)
    assert answer["Location"].startswith("/minh-chung/")
