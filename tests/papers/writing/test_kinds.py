"""Every kind of paper, in Word and PDF, and read back where the reader knows the kind."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest

from dinhlang.papers.reading import read
from dinhlang.papers.writing.composing import decisions, letters, report
from dinhlang.papers.writing.composing.office import Office
from dinhlang.papers.writing.html import to_html
from dinhlang.papers.writing.pdf import to_pdf
from dinhlang.papers.writing.tree import Paper
from dinhlang.papers.writing.word import to_docx

DAY = date(2026, 11, 22)
OFFICE = Office(place="xã Làng Mẫu", year=2026, number=7, day=DAY)
NTM = "nông thôn mới"


def a_report(kind: report.Kind = "month", start: date = date(2026, 11, 1)) -> Paper:
    return report.report(
        OFFICE,
        report.Contents(
            period=report.Period(kind=kind, start=start, end=date(2026, 11, 30)),
            reached=(14, 15, 19),
            criteria=(
                report.CriterionLine(
                    number="2", name="Giao thông", before="Chưa đạt", now="Đạt", note=""
                ),
            ),
            amounts=(
                report.Amount(
                    name="Đường thôn", unit="km", planned=Decimal("0.8"), before=Decimal("0.2"),
                    now=Decimal("0.7"),
                ),
            ),
            money=(
                report.Amount(
                    name="Ngân sách xã", unit="triệu đồng", planned=None, before=Decimal(0),
                    now=Decimal(350),
                ),
            ),
            work=(report.Work(text="Lắp wifi", lead="Văn hóa", state="Chậm 5 ngày"),),
            obstacles=("chưa bố trí được vốn",),
            following=("hoàn thành tiêu chí 8",),
        ),
        receiver="Ủy ban nhân dân tỉnh An Mẫu",
    )  # fmt: skip


LATE = (
    letters.Late(text="Lắp wifi", lead="Công chức Văn hóa", due=date(2026, 11, 17), days=5),
    letters.Late(text="Đo đất", lead="Công chức Địa chính", due=date(2026, 11, 25), days=-3),
)
RESOLUTIONS = (letters.Resolution(text="Đổ bê tông 0,7 km", lead="Thôn Bến", due="30/11/2026"),)
KINDS: dict[str, Paper] = {
    "quyết định phân công": decisions.assignment(
        OFFICE,
        [decisions.Charge(number="2", name="Giao thông", lead="Công chức Địa chính")],
        NTM,
        ["Căn cứ Luật Tổ chức chính quyền địa phương"],
    ),
    "quyết định ban chỉ đạo": decisions.committee(
        OFFICE, [decisions.Member(office="Chủ tịch UBND xã", role="Trưởng ban")], NTM
    ),
    "báo cáo": a_report(),
    "tờ trình": letters.submission(
        OFFICE, "Ủy ban nhân dân tỉnh An Mẫu", "Về việc công nhận xã", ["xã đã đạt đủ"],
        ["công nhận"], ["Hồ sơ minh chứng"],
    ),
    "biên bản": letters.minutes(
        OFFICE,
        letters.Meeting(
            about="Họp Ban Chỉ đạo", opened="8 giờ 00 ngày 22/11/2026", closed="10 giờ 00",
            where="Hội trường xã", chair="Chủ tịch UBND xã", secretary="Công chức Văn phòng",
            present=["Trưởng các thôn"], discussed=["Tiến độ tháng 11"], resolutions=RESOLUTIONS,
        ),
    ),
    "công văn đôn đốc": letters.reminder(OFFICE, LATE, date(2026, 11, 30)),
    "thông báo": letters.notice(OFFICE, "Kết luận cuộc họp", "Chủ tịch kết luận", RESOLUTIONS),
    "danh mục minh chứng": letters.evidence_list(
        OFFICE, NTM,
        [letters.Proof(criterion="Tiêu chí 2. Giao thông", indicator="2.1", title="Sổ đường thôn",
                       number="12/BC-UBND", day=DAY, issuer="UBND xã")],
    ),
}  # fmt: skip


def words(made: Paper) -> str:
    """Everything a PDF of the paper says, spaces evened out."""
    document = pypdfium2.PdfDocument(to_pdf(made, DAY))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.mark.parametrize("name", list(KINDS))
def test_each_kind_is_a_word_file_that_opens_again(name: str) -> None:
    made = docx.Document(BytesIO(to_docx(KINDS[name])))
    assert made.tables[0].rows[0].cells[0].text.startswith("ỦY BAN NHÂN DÂN\nXÃ LÀNG MẪU")


@pytest.mark.parametrize("name", list(KINDS))
def test_each_kind_says_the_same_in_pdf_and_html(name: str) -> None:
    shown, printed = to_html(KINDS[name]), words(KINDS[name])
    for wanted in (KINDS[name].about, KINDS[name].kind.upper()):
        assert wanted in shown and wanted in printed


@pytest.mark.parametrize("name", list(KINDS))
def test_libreoffice_opens_each_kind(name: str, tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not on this machine")
    (tmp_path / "a.docx").write_bytes(to_docx(KINDS[name]))
    subprocess.run(
        [program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    text = " ".join(" ".join(p.get_textpage().get_text_range() for p in document).split())
    assert KINDS[name].about.split()[-1] in text and "LÀNG MẪU" in text


@pytest.mark.parametrize(
    ("kind", "start", "said"),
    [
        ("week", date(2026, 11, 24), "tuần từ 24/11 đến 30/11/2026"),
        ("month", date(2026, 11, 1), "tháng 11 năm 2026"),
        ("quarter", date(2026, 10, 1), "quý IV năm 2026"),
        ("half-year", date(2026, 7, 1), "6 tháng cuối năm 2026"),
        ("year", date(2026, 1, 1), "năm 2026"),
    ],
)
def test_a_report_names_its_period(kind: report.Kind, start: date, said: str) -> None:
    assert a_report(kind, start).about.endswith(said)


def test_a_report_compares_with_the_period_before() -> None:
    said = words(a_report())
    assert "đạt 15/19 tiêu chí, tăng 1 tiêu chí so với kỳ trước" in said
    assert "0,8 0,2 0,7 0,5 87,5%" in said
    assert "0 350 350 –" in said


def test_a_report_of_nothing_says_so() -> None:
    period = report.Period(kind="week", start=date(2026, 11, 16), end=DAY)
    empty = report.report(OFFICE, report.Contents(period=period))
    assert "Trong kỳ không có số liệu mới." in words(empty)


def test_a_reminder_goes_to_each_office_once_and_counts_the_days() -> None:
    made = letters.reminder(OFFICE, (*LATE, LATE[0]), date(2026, 11, 30))
    assert made.addressees == ("Công chức Văn hóa", "Công chức Địa chính")
    assert "Chậm 5 ngày" in words(made) and "Còn 3 ngày" in words(made)


def test_work_that_nobody_leads_is_urged_upon_nobody() -> None:
    bare = letters.Late(text="Đo nước", lead="", due=date(2026, 11, 20), days=2)
    made = letters.reminder(OFFICE, (LATE[0], bare), date(2026, 11, 30), "Cán bộ tổng hợp")
    assert made.addressees == ("Công chức Văn hóa", "Cán bộ tổng hợp")
    before, after = words(made).split("chưa giao nơi chủ trì:")
    assert "Đo nước" in after and "Đo nước" not in before
    assert "Cán bộ tổng hợp đề xuất nơi chủ trì, trình Chủ tịch Ủy ban nhân dân" in after
    alone = letters.reminder(OFFICE, (bare,), date(2026, 11, 30))
    assert alone.addressees == ()
    assert "Chủ tịch Ủy ban nhân dân xã Làng Mẫu giao nơi chủ trì" in words(alone)


def test_an_assignment_without_dates_has_no_column_for_them() -> None:
    charge = decisions.Charge(number="2", name="Giao thông", lead="Địa chính")
    dated = decisions.Charge(number="4", name="Điện", lead="Địa chính", due="31/08/2026")
    assert "Thời hạn" not in words(decisions.assignment(OFFICE, [charge], NTM))
    assert "Thời hạn" in words(decisions.assignment(OFFICE, [charge, dated], NTM))


def test_names_of_a_committee_are_lines_to_be_filled() -> None:
    said = words(KINDS["quyết định ban chỉ đạo"])
    assert "1 ………………… Chủ tịch UBND xã Trưởng ban" in said


def test_a_list_of_evidence_has_no_code_names_what_is_bare_and_ends() -> None:
    proof = letters.Proof(criterion="2. Giao thông", indicator="2.1", title="Sổ đường thôn")
    bare = letters.Proof(criterion="2. Giao thông", indicator="2.2", title="", name="Đường xóm")
    said = words(letters.evidence_list(OFFICE, NTM, [proof, bare]))
    assert "Số:" not in said
    assert "2.2 Đường xóm Chưa có" in said
    assert "1 văn bản, tài liệu của 1 chỉ tiêu; 1 chỉ tiêu chưa có minh chứng./." in said


def test_offices_at_a_meeting_are_not_counted_as_persons() -> None:
    said = words(KINDS["biên bản"])
    assert "Thành phần dự họp: - Trưởng các thôn." in said and " người, gồm" not in said


MILLION = 1_000_000


def test_a_report_adds_up_the_sources_by_whether_they_can_be_counted_on() -> None:
    funds = [
        report.Fund(name="Xã", amount=900 * MILLION, allocated=500 * MILLION,
                    disbursed=300 * MILLION, settled=100 * MILLION, before=200 * MILLION),
        report.Fund(name="Dân góp", amount=None, disbursed=50 * MILLION),
    ]  # fmt: skip
    reward = report.Fund(name="Thưởng", amount=400 * MILLION)
    ledger = report.Ledger(
        year=2026, need=1_500 * MILLION, usable=900 * MILLION, funds=funds, conditional=[reward],
        debt=20 * MILLION, debt_before=50 * MILLION,
    )  # fmt: skip
    period = report.Period(kind="month", start=date(2026, 11, 1), end=date(2026, 11, 30))
    said = words(report.report(OFFICE, report.Contents(period=period, ledger=ledger)))
    for wanted in (
        "nguồn vốn dùng được 900 triệu đồng; còn thiếu 600 triệu đồng.",
        "Nguồn có điều kiện, chưa tính: 400 triệu đồng.",
        "giải ngân 350 triệu đồng, tăng 150 triệu đồng so với kỳ trước; quyết toán 100",
        "Nợ đọng xây dựng cơ bản: 20 triệu đồng, giảm 30 triệu đồng so với kỳ trước.",
        "1 Xã 900 500 200 300 100 33,3% 100",
        "Tổng nguồn dùng được 900 500 200 350 150 38,9% 100",
    ):
        assert wanted in said, wanted


@pytest.mark.parametrize(
    ("need", "usable", "said"),
    [
        (0, 5 * MILLION, "Nguồn vốn dùng được năm 2026 là 5 triệu đồng"),
        (5 * MILLION, 5 * MILLION, "nguồn đủ cho nhu cầu"),
        (5 * MILLION, 4 * MILLION, "còn thiếu 1 triệu đồng"),
    ],
)
def test_without_a_need_nothing_is_said_of_surplus(need: int, usable: int, said: str) -> None:
    found = report.need_words(2026, need, usable)
    assert said in found
    assert need or ("thiếu" not in found and "đủ" not in found and "thừa" not in found)


def test_tasks_stand_beside_the_last_period() -> None:
    tally = report.Tally(year=2026, total=20, done=12, done_before=9, late=0, late_before=2)
    assert report.tally_words(tally, None) == (
        "Đến hết kỳ báo cáo, đã hoàn thành 12/20 nhiệm vụ có hạn trong năm 2026, tăng 3 nhiệm vụ "
        "so với kỳ trước; không có nhiệm vụ nào chậm hạn, giảm 2 nhiệm vụ so với kỳ trước."
    )


def test_a_deputy_signs_for_the_chair() -> None:
    office = Office(place="xã Làng Mẫu", year=2026, deputy=True)
    made = letters.notice(office, "A", "B", RESOLUTIONS)
    assert "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in words(made)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("quyết định phân công", "decision"),
        ("báo cáo", "report"),
        ("tờ trình", "submission"),
        ("biên bản", "minutes"),
        ("thông báo", "notice"),
        ("công văn đôn đốc", "letter"),
    ],
)
def test_the_reader_knows_what_kind_was_written(name: str, kind: str) -> None:
    back = read(to_docx(KINDS[name]), "a.docx")
    assert back.document.kind == kind
    assert back.document.date == "2026-11-22"
    assert back.document.commune == "Làng Mẫu"
