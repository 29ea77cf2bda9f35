import zipfile
from io import BytesIO

import pytest

from dinhlang.papers.checking import check
from dinhlang.papers.plan import Document, Signatory
from dinhlang.papers.reading import read
from dinhlang.papers.writing.composing.findings import left_blank
from dinhlang.papers.writing.tree import Head, Paper, Paragraph, Signature
from dinhlang.papers.writing.word import to_docx
from tests.papers.checking.build import codes, one, paper
from tests.papers.formats.makers import plan_to_docx

GOOD = """
    ỦY BAN NHÂN DÂN XÃ XUÂN THỦY
    Số: 15/KH-UBND
    Xuân Thủy, ngày 09 tháng 3 năm 2024
    KẾ HOẠCH
    Xây dựng nông thôn mới năm 2024
    TM. ỦY BAN NHÂN DÂN
    CHỦ TỊCH
"""
KNOWN = {
    "kind": "plan", "number": "15/KH-UBND", "symbol": "KH-UBND", "place": "Xuân Thủy",
    "date": "2024-03-09", "signatory": Signatory(title="CHỦ TỊCH"),
}  # fmt: skip
HEAD = ("HEAD-NUMBER", "HEAD-DATE", "HEAD-PLACE", "HEAD-ISSUER", "HEAD-SIGNATURE")


def known(**changes):
    return Document(**{**KNOWN, **changes})


def test_a_paper_in_good_form_has_no_findings():
    assert codes(paper(GOOD, document=known()), *HEAD) == []


def test_a_paper_whose_head_the_reader_missed_is_not_blamed():
    assert codes(paper(GOOD), *HEAD) == []


@pytest.mark.parametrize(
    ("written", "message", "quote"),
    [
        ("Số: /KH-UBND", "Số văn bản còn để trống.", "Số: /KH-UBND"),
        ("Số:      /KH-UBND", "Số văn bản còn để trống.", "Số:      /KH-UBND"),
        ("Số: ……/KH-BCĐ", "Số văn bản còn để trống.", "Số: ……/KH-BCĐ"),
        ("", "Đầu văn bản không có số và ký hiệu.", "KẾ HOẠCH"),
    ],
)
def test_a_number_missing_or_blank_is_reported_where_it_should_stand(written, message, quote):
    plan = paper(GOOD.replace("Số: 15/KH-UBND", written), document=known(number=None, symbol=None))
    found = one(plan, "HEAD-NUMBER")
    severity = "warning" if written else "error"
    assert (found.severity, found.message, found.quotes) == (severity, message, [quote])


@pytest.mark.parametrize("written", ["Số: 01/KH- BCĐ", "Số : 15 /KH-UBND", "**Số: 7/KH-UBND**"])
def test_a_number_with_odd_spaces_is_a_number(written):
    plan = paper(GOOD.replace("Số: 15/KH-UBND", written), document=known(number=None))
    assert codes(plan, "HEAD-NUMBER") == []


@pytest.mark.parametrize(
    ("written", "date", "missing"),
    [
        ("Xuân Thủy, ngày..... tháng 03 năm 2024", "2024-03", "chưa ghi ngày."),
        ("Xuân Thủy, ngày tháng 03 năm 2024", "2024-03", "chưa ghi ngày."),
        ("Xuân Thủy, ngày     tháng     năm 2024", "2024", "chưa ghi ngày và tháng."),
        ("Xuân Thủy, ngày … tháng … năm …", None, "chưa ghi ngày, tháng, năm."),
    ],
)
def test_a_blank_in_the_date_is_named(written, date, missing):
    text = GOOD.replace("Xuân Thủy, ngày 09 tháng 3 năm 2024", written)
    found = one(paper(text, document=known(date=date)), "HEAD-DATE")
    assert found.severity == "error"
    assert found.message.endswith(missing)
    assert found.quotes[0] in written


def test_a_head_without_any_date_line_is_reported_once():
    text = GOOD.replace("Xuân Thủy, ngày 09 tháng 3 năm 2024", "")
    plan = paper(text, document=known(date=None, place=None))
    assert codes(plan, "HEAD-DATE", "HEAD-PLACE") == ["HEAD-DATE"]
    assert "địa danh" in one(plan, "HEAD-DATE").message


def test_a_letter_has_its_date_below_the_number():
    text = """
        UBND HUYỆN NẬM PHA
        Số: 137/VPĐP-KH
        V/v đôn đốc tiến độ
        Nậm Pha, ngày 08 tháng 7 năm 2024
        Kính gửi: UBND các xã
        TM. VĂN PHÒNG
    """
    plan = paper(text, document=Document(kind="letter", number="137/VPĐP-KH", symbol="VPĐP-KH"))
    assert codes(plan, *HEAD) == []


def test_a_date_that_no_calendar_has_is_reported():
    text = GOOD.replace("09 tháng 3", "31 tháng 02")
    found = one(paper(text, document=known(date=None)), "HEAD-DATE")
    assert found.quotes == ["ngày 31 tháng 02 năm 2024"]
    assert "không có trong lịch" in found.message


def test_a_date_in_the_body_is_not_the_date_of_the_paper():
    text = (
        GOOD.replace("Xuân Thủy, ngày 09 tháng 3 năm 2024", "")
        + "\n    Họp ngày 01 tháng 4 năm 2024."
    )
    assert codes(paper(text, document=known(date=None, place=None)), "HEAD-DATE") == ["HEAD-DATE"]


def test_a_date_without_place_asks_for_the_place():
    text = GOOD.replace("Xuân Thủy, ngày", "ngày")
    found = one(paper(text, document=known(place=None)), "HEAD-PLACE")
    assert "ngày 09 tháng 3 năm 2024" in found.advice


@pytest.mark.parametrize(
    ("head", "symbol", "reported"),
    [
        ("ỦY BAN NHÂN DÂN XÃ XUÂN THỦY", None, False),
        ("UỶ BAN NHÂN DÂN", None, False),
        ("BCĐ CHƯƠNG TRÌNH MTQG", None, False),
        ("", "KH-UBND", False),
        ("", None, True),
        ("Ủy ban họp ngày hôm nay", None, True),
    ],
)
def test_the_issuer_is_known_from_the_head_or_the_symbol(head, symbol, reported):
    text = GOOD.replace("ỦY BAN NHÂN DÂN XÃ XUÂN THỦY", head).replace("Số: 15/KH-UBND", "")
    plan = paper(text, document=known(number=None, symbol=symbol, issuer="UBND xã Xuân Thủy"))
    found = check(plan, ["HEAD-ISSUER"])
    assert bool(found) is reported
    assert all("UBND xã Xuân Thủy" in each.message for each in found)


@pytest.mark.parametrize("last", ["- Lưu: VT.", "Nơi nhận:"])
def test_a_paper_nobody_signs_is_reported_on_its_last_line(last):
    text = GOOD.replace("TM. ỦY BAN NHÂN DÂN", "").replace("CHỦ TỊCH", last)
    found = one(paper(text, document=known(signatory=None)), "HEAD-SIGNATURE")
    assert found.severity == "error"
    assert found.quotes[0] in last


@pytest.mark.parametrize(
    "foot", ["**KT.CHỦ TỊCH**", "TRƯỞNG BAN", "TM. BAN CHỈ ĐẠO", "**TM. ỦY BAN NHÂN DÂN"]
)
def test_a_signature_the_reader_missed_is_not_missing(foot):
    text = GOOD.replace("TM. ỦY BAN NHÂN DÂN", "").replace("CHỦ TỊCH", foot)
    assert codes(paper(text, document=known(signatory=None)), "HEAD-SIGNATURE") == []


def test_a_signature_without_the_name_is_left_to_the_signer():
    plan = paper(GOOD, document=known(signatory=Signatory(title="CHỦ TỊCH", name=None)))
    assert codes(plan, "HEAD-SIGNATURE") == []


def filed():
    """The plan this program writes, read back from its Word file."""
    paper = Paper(
        head=Head(
            issuer=("ỦY BAN NHÂN DÂN", "XÃ XUÂN THỦY"),
            symbol="KH-UBND",
            place="Xuân Thủy",
            year=2024,
        ),
        kind="Kế hoạch",
        about="Xây dựng nông thôn mới năm 2024",
        blocks=(Paragraph(text="Ủy ban nhân dân xã xây dựng kế hoạch như sau:"),),
        signature=Signature(title="CHỦ TỊCH"),
    )
    return read(to_docx(paper), name="ke-hoach.docx")


def test_number_and_day_that_this_program_leaves_to_the_clerk_are_only_noted():
    found = {each.code: each for each in check(filed(), ["HEAD-NUMBER", "HEAD-DATE"])}
    assert {each.severity for each in found.values()} == {"note"}
    assert set(found) == {"HEAD-NUMBER", "HEAD-DATE"}
    assert all(each.message.endswith("chờ văn thư.") for each in found.values())
    assert all(left_blank(each) for each in found.values())


def test_the_same_blanks_are_told_louder_in_a_paper_of_somebody_else():
    plan = filed()
    plan.source.notes = []
    told = {each.code: each.severity for each in check(plan, ["HEAD-NUMBER", "HEAD-DATE"])}
    assert told == {"HEAD-NUMBER": "warning", "HEAD-DATE": "error"}


def test_a_word_file_whose_properties_are_broken_is_read_all_the_same():
    data = BytesIO()
    paper = plan_to_docx(["KẾ HOẠCH", "Xây dựng nông thôn mới."])
    with zipfile.ZipFile(BytesIO(paper)) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<broken" if name == "docProps/core.xml" else old.read(name))
    assert read(data.getvalue(), name="a.docx").text[0] == "KẾ HOẠCH"
