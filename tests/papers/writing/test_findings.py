"""The sheet for the leader: errors first, who set what aside, never more than a page."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from pypdfium2 import PdfDocument

from dinhlang.papers.checking import check
from dinhlang.papers.plan import Document, Finding, Fix, Plan, Section, Severity
from dinhlang.papers.reading import read
from dinhlang.papers.writing.composing.findings import Silenced, compose, left_blank, where
from dinhlang.papers.writing.pdf import to_pdf
from dinhlang.papers.writing.tree import Heading, Paper, Paragraph, Table, plain
from dinhlang.papers.writing.word import to_docx

DAY = date(2026, 11, 22)
LONG = "Cộng các mục của bảng nhu cầu kinh phí được 7,45 tỷ đồng nhưng văn bản ghi 7,54 tỷ đồng. "


def a_plan() -> Plan:
    document = Document(title="Xây dựng nông thôn mới năm 2026", commune="Làng Mẫu", years=[2026])
    inner = [Section(label="2.", title="Nguồn", level=2, lines=(20, 40))]
    outline = [Section(label="V.", title="Kinh phí", level=1, lines=(10, 40), children=inner)]
    return Plan(document=document, outline=outline)


def found(severity: Severity, message: str = "Tổng không khớp", **more: object) -> Finding:
    given = {"lines": [(25, 25)], "quotes": ["7,54 tỷ đồng"], "advice": "Cộng lại.", **more}
    return Finding(code="FUND-SUM", severity=severity, message=message, **given)  # type: ignore[arg-type]


def said(paper: Paper) -> list[str]:
    """The words of the paper, block by block, the rows of tables apart."""
    words: list[str] = []
    for block in paper.blocks:
        match block:
            case Heading(label=label, text=text):
                words.append(f"{label} {plain(text)}")
            case Paragraph(text=text):
                words.append(plain(text))
            case Table(rows=rows):
                words += [" | ".join(row.cells) for row in rows]
    return words


def test_errors_come_before_warnings_and_notes_are_left_out() -> None:
    findings = [found("warning", "Chậm"), found("note", "Lặt vặt"), found("error", "Sai tổng")]
    words = said(compose(a_plan(), findings, [], DAY))
    assert words[0].endswith("đã được kiểm tra ngày 22/11/2026: còn 1 lỗi, 1 cảnh báo.")
    assert words[1:5] == [
        "Lỗi cần sửa trước khi ký (1)",
        "1 | Sai tổng. Mục V.2, dòng 25: “7,54 tỷ đồng” | Cộng lại.",
        "Cảnh báo cần xem lại (1)",
        "1 | Chậm. Mục V.2, dòng 25: “7,54 tỷ đồng” | Cộng lại.",
    ]
    assert not any("Lặt vặt" in each for each in words)


def test_number_and_day_may_be_blank_before_the_paper_is_signed() -> None:
    findings = [
        Finding(code="HEAD-NUMBER", severity="error", message="Số văn bản còn để trống."),
        Finding(code="HEAD-DATE", severity="error", message="Ngày “31/2” không có trong lịch."),
    ]
    words = said(compose(a_plan(), findings, [], DAY))
    assert words[0].endswith("còn 1 lỗi. Số, ngày ban hành còn để trống, văn thư ghi khi ban hành.")
    assert words[2].startswith("1 | Ngày “31/2” không có trong lịch.")
    assert not words[3].startswith("2 |")


def test_a_certain_mend_is_said() -> None:
    paper = compose(a_plan(), [found("error", fix=Fix(line=25, old="7,54", new="7,45"))], [], DAY)
    assert "Sửa “7,54” thành “7,45”. Cộng lại." in said(paper)[2]


def test_the_gravest_come_first_and_many_are_told_shortly() -> None:
    head = Finding(
        code="HEAD-ISSUER", severity="error", message="Không ghi cơ quan", lines=[(3, 3)]
    )
    rows = said(compose(a_plan(), [head, *[found("error", LONG)] * 9], [], DAY))
    assert rows[1] == "Lỗi cần sửa trước khi ký (10)"
    assert rows[2].startswith("1 | Cộng các mục")
    assert rows[11] == "10 | Không ghi cơ quan. | 3"


def test_what_was_set_aside_stands_with_who_and_why() -> None:
    aside = [
        Silenced(finding=found("error"), who="Công Chức Mẫu", day=DAY, reason="Số đã duyệt"),
        Silenced(finding=found("warning", "Chậm")),
        Silenced(finding=found("note", "Lặt vặt"), who="Công Chức Mẫu"),
    ]
    words = said(compose(a_plan(), [], aside, DAY))
    assert words[0].endswith("không còn lỗi hoặc cảnh báo nào; 2 điểm đã bỏ qua.")
    assert words[1] == "Điểm đã bỏ qua (2)"
    assert words[2].endswith("| Công Chức Mẫu, 22/11/2026: Số đã duyệt")
    assert words[3].endswith("| Không rõ ai bỏ qua; không ghi lý do")


@pytest.mark.parametrize(
    ("lines", "quotes", "words"),
    [
        ([], [], "Toàn văn bản"),
        ([(3, 3)], [], "Dòng 3"),
        ([(12, 14), (3, 3)], ["a  b"], "Mục V, dòng 12–14, 3: “a b”"),
        ([(25, 25)], ["chữ " * 30], "Mục V.2, dòng 25: “" + ("chữ " * 15).strip() + "…”"),
    ],
)
def test_the_place_of_a_finding(
    lines: list[tuple[int, int]], quotes: list[str], words: str
) -> None:
    assert where(a_plan(), found("error", lines=lines, quotes=quotes)) == words


@pytest.mark.parametrize("count", [0, 1, 5, 12, 30, 80])
def test_it_is_one_page_however_much_was_found(count: int) -> None:
    findings = [
        found(severity, LONG * (1 + at % 2), lines=[(at + 1, at + 1)])
        for at in range(count)
        for severity in ("error", "warning")
    ]
    aside = [
        Silenced(finding=found("error", LONG), who="Công Chức Mẫu", day=DAY, reason=LONG)
        for _ in range(count)
    ]
    paper = compose(a_plan(), findings, aside, DAY)
    assert len(PdfDocument(to_pdf(paper, DAY))) == 1
    words = said(paper)
    for title in ("Lỗi cần", "Cảnh báo cần", "Điểm đã bỏ qua") if count else ():
        assert any(title in each for each in words)
    if count == 80:
        told = [each for each in words if "điểm" in each and "ở dòng " in each]
        assert len(told) == 3


def test_the_sheets_of_the_real_plans_are_one_page_with_every_line_named(
    plan_files: list[Path],
) -> None:
    for path in plan_files:
        plan = read(path)
        paper = compose(plan, check(plan), [], DAY)
        assert len(PdfDocument(to_pdf(paper, DAY))) == 1, path.name
        heard = [each for each in check(plan) if not left_blank(each)]
        many = sum(each.severity == "error" for each in heard)
        if many:
            words = said(paper)
            top = words.index(f"Lỗi cần sửa trước khi ký ({many})")
            assert words[top + many].startswith(f"{many} | "), path.name
        document = docx.Document(BytesIO(to_docx(paper)))
        assert any("PHIẾU TRÌNH" in each.text for each in document.paragraphs)


def test_the_sheets_of_the_real_plans_are_one_page_in_libreoffice_too(
    plan_files: list[Path], tmp_path: Path
) -> None:
    """A board under a committee has five lines of head: they count."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not on this machine")
    for path in plan_files:
        plan = read(path)
        sheet = compose(plan, check(plan), [], DAY)
        (tmp_path / f"{path.stem}.docx").write_bytes(to_docx(sheet))
    subprocess.run(
        [program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, tmp_path.glob("*.docx"))],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    pages = {path.stem: len(PdfDocument(tmp_path / f"{path.stem}.pdf")) for path in plan_files}
    assert pages == dict.fromkeys(pages, 1)
