"""Cited documents in every spelling, several in a paragraph, with and without a number."""

from __future__ import annotations

import pytest

from dinhlang.papers.plan import LegalBasis
from tests.papers.reading.build import marked, paper, row


def cited(line: str) -> list[LegalBasis]:
    return paper(f"{line}\nI. MỤC TIÊU\nNội dung.").legal_bases


@pytest.mark.parametrize(
    ("words", "number", "kind", "date"),
    [
        ("Quyết định số 318/QĐ-TTg ngày 08/3/2022", "318/QĐ-TTg", "Quyết định", "2022-03-08"),
        ("Quyết định số 318/QĐ-TTg, ngày 08/3/2022", "318/QĐ-TTg", "Quyết định", "2022-03-08"),
        ("Quyết định 318/QĐ-TTg ngày 8 tháng 3 năm 2022", "318/QĐ-TTg", "Quyết định", "2022-03-08"),
        ("QĐ số 318/QĐ - TTg ngày 08/03/2022", "318/QĐ-TTg", "Quyết định", "2022-03-08"),
        ("Quyết định số 36/2022/QĐ-UBND", "36/2022/QĐ-UBND", "Quyết định", None),
        ("Quyết định số 36/2022QĐ-UBND", "36/2022/QĐ-UBND", "Quyết định", None),
        ("Nghị quyết số 103-NQ/ĐU ngày 12/01/2024", "103-NQ/ĐU", "Nghị quyết", "2024-01-12"),
        ("Nghị quyết số 25/2021/QH15", "25/2021/QH15", "Nghị quyết", None),
        ("Kế hoạch số 51 -KH/ĐU ngày 17/12/2022", "51-KH/ĐU", "Kế hoạch", "2022-12-17"),
        ("Hướng dẫn số 12/HD-SNN ngày 1/2/2023", "12/HD-SNN", "Hướng dẫn", "2023-02-01"),
        ("Công văn số 901/UBND-NN ngày 01.02.2023", "901/UBND-NN", "Công văn", "2023-02-01"),
        ("Thông báo số 7/TB-VP ngày 1-2-2023", "7/TB-VP", "Thông báo", "2023-02-01"),
        ("Kế hoạch số 51/QĐ-UBND ngày 17/12/2022", "51/QĐ-UBND", "Kế hoạch", "2022-12-17"),
        ("Nghị định số 27/2022/NĐ-CP", "27/2022/NĐ-CP", "Nghị định", None),
    ],
)
def test_number_kind_and_date_are_read_in_any_spelling(
    words: str, number: str, kind: str, date: str | None
) -> None:
    (basis,) = cited(f"Căn cứ {words} của Thủ tướng Chính phủ về bộ tiêu chí;")
    assert (basis.number, basis.kind, basis.date) == (number, kind, date)


def test_issuer_and_title_stand_behind_the_date() -> None:
    (basis,) = cited("Căn cứ Kế hoạch số 9/KH-UBND ngày 05/01/2024 của UBND tỉnh về làm đường;")
    assert (basis.issuer, basis.title) == ("UBND tỉnh", "về làm đường")
    assert basis.preamble


def test_several_in_one_paragraph_are_all_read() -> None:
    found = cited(
        "Thực hiện Kế hoạch số 9/KH-UBND ngày 05/01/2024 của UBND tỉnh; Kế hoạch số 21/KH-UBND, "
        "ngày 30/01/2024 của UBND huyện và Nghị quyết số 03-NQ/ĐU của Đảng ủy xã;"
    )
    assert [one.number for one in found] == ["9/KH-UBND", "21/KH-UBND", "03-NQ/ĐU"]
    assert [one.date for one in found] == ["2024-01-05", "2024-01-30", None]


def test_a_document_cited_twice_is_one_and_keeps_its_date() -> None:
    body = (
        "I. MỤC TIÊU\nTheo Quyết định số 44/QĐ-UBND của tỉnh.\n"
        "Mức chi theo Quyết định số 44/QĐ-UBND ngày 02/02/2023."
    )
    (basis,) = paper(body).legal_bases
    assert (basis.number, basis.date, basis.preamble) == ("44/QĐ-UBND", "2023-02-02", False)


def test_a_citation_in_the_body_is_no_basis() -> None:
    (basis,) = paper("I. MỤC TIÊU\nMức chi theo Nghị quyết số 8/2021/NQ-HĐND.").legal_bases
    assert not basis.preamble


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Căn cứ Luật Tổ chức chính quyền địa phương;", "Luật"),
        ("Căn cứ Đề án phát triển cây ăn quả của xã;", "Đề án"),
        ("- Căn cứ Nghị quyết của Đảng bộ xã nhiệm kỳ này;", "Nghị quyết"),
    ],
)
def test_a_basis_without_a_number_is_taken_from_the_preamble(line: str, kind: str) -> None:
    (basis,) = cited(line)
    assert (basis.number, basis.kind) == (None, kind)


def test_a_number_without_its_suffix_is_read_bare() -> None:
    (basis,) = paper("I. MỤC TIÊU\nGiữ 10 tiêu chí theo QĐ 33 của UBND tỉnh.").legal_bases
    assert (basis.number, basis.kind, basis.issuer) == ("33", "Quyết định", "UBND tỉnh")


def test_a_citation_cut_by_a_page_break_stands_on_both_lines() -> None:
    plan = paper(
        "Căn cứ Kế hoạch phát triển và Quyết định số 44/QĐ-UBND\n\n"
        "ngày 02/02/2023 của UBND tỉnh về cây xanh;\nI. MỤC TIÊU\nNội dung."
    )
    (basis,) = plan.legal_bases
    assert (basis.number, basis.date) == ("44/QĐ-UBND", "2023-02-02")
    assert basis.lines == (row(plan, "44/QĐ")[0], row(plan, "02/02/2023")[0])
    assert marked(plan, basis)[-1] == "ngày 02/02/2023"


@pytest.mark.parametrize(
    "line",
    [
        "Đến nay có 5/5 thôn và 12/19 tiêu chí.", "Ra quân ngày 15/3/2024.", "Trồng 3.200 m cây.",
        "Tỷ lệ 25/30 hộ.", "Đạt 100% KH giao.", "Có 02 HTX và 03 TT học tập.",
    ],
)  # fmt: skip
def test_fractions_dates_and_counts_are_no_citations(line: str) -> None:
    assert paper(f"I. MỤC TIÊU\n{line}").legal_bases == []


@pytest.mark.parametrize("invalid", ["31/02/2023", "45/3/2023"])
def test_a_date_that_does_not_exist_is_unknown(invalid: str) -> None:
    (basis,) = cited(f"Căn cứ Quyết định số 44/QĐ-UBND ngày {invalid} của UBND tỉnh;")
    assert basis.date is None


def test_what_is_marked_is_the_citation() -> None:
    words = "Quyết định số 44/QĐ-UBND"
    plan = paper(f"I. MỤC TIÊU\nMức chi theo {words} ngày 02/02/2023 của tỉnh.")
    assert marked(plan, plan.legal_bases[0]) == [f"{words} ngày 02/02/2023"]
