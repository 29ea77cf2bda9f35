"""PDF files: columns, paragraphs, tables, page furniture."""

from __future__ import annotations

import threading

import pytest

from dinhlang.papers.reading.formats import read_source
from tests.papers.formats.makers import COUNTRY, HEAD_AND_FOOT, MOTTO, TABLE, typst_pdf

PAGE = """
#set page(paper: "a4", margin: (left: 3cm, right: 1.5cm, y: 2cm))
#set text(font: "Libertinus Serif", size: 14pt, lang: "vi", hyphenate: false)
#set par(justify: true, leading: 7pt, spacing: 9pt, first-line-indent: (amount: 1cm, all: true))
"""
LONG = (
    "Giữ vững kết quả của các tiêu chí đã đạt, huy động nguồn lực của nhân dân "
    "để cứng hóa đường trục thôn, chỉnh trang nhà văn hóa và trồng cây xanh ở khu dân cư. "
)


def lines_of(source: str) -> list[str]:
    return read_source(typst_pdf(PAGE + source), "a.pdf").text


def test_a_whole_paper_reads_in_the_order_of_its_parts() -> None:
    source = read_source(typst_pdf(HEAD_AND_FOOT.replace("TABLE", TABLE)), "a.pdf")
    assert source.text == [
        "ỦY BAN NHÂN DÂN",
        "XÃ ĐỒNG MẪU",
        "Số: 15/KH-UBND",
        COUNTRY,
        MOTTO,
        "Đồng Mẫu, ngày 05 tháng 02 năm 2024",
        "KẾ HOẠCH",
        "Xây dựng nông thôn mới nâng cao trên địa bàn xã Đồng Mẫu và khu dân cư kiểu mẫu năm 2024",
        "Thực hiện chương trình công tác năm, Ủy ban nhân dân xã ban hành kế hoạch xây dựng nông "
        "thôn mới nâng cao với các nội dung sau đây:",
        "I. KINH PHÍ",
        "TT | Nội dung | Kinh phí (đồng) | Nguồn vốn",
        "1 | Đường trục thôn, cứng hóa theo tiêu chuẩn kỹ thuật của ngành giao thông, dài 1,2 km | "
        "1.500.000.000 | Ngân sách xã",
        "2 | Nhà văn hóa thôn | 800.000.000 | ",
        "Cộng |  | 2.300.000.000 | ",
        "Trên đây là kế hoạch của Ủy ban nhân dân xã, đề nghị các thôn thực hiện.",
        "Nơi nhận:",
        "- Ủy ban nhân dân huyện;",
        "- Các thôn, các ngành, đoàn thể và các đơn vị trường học đóng trên địa bàn;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Người Ký Mẫu",
    ]
    title = source.text.index("KẾ HOẠCH")
    assert source.lines[title].bold
    assert source.lines[title].centred
    assert [line.table for line in source.lines if line.kind == "row"] == [1, 1, 1, 1]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_paragraph_cut_by_page_breaks_is_one_line(count: int) -> None:
    long = (LONG * 9 * count).strip()
    text = lines_of(
        f"#par[Mở đầu ngắn.]\n\n#par[{long}]\n\n#par[- Kết thúc.]".replace("- ", '#"- "')
    )
    assert text == ["Mở đầu ngắn.", long, "- Kết thúc."]


def test_page_numbers_headers_and_footers_are_dropped() -> None:
    furniture = (
        "#set page(header: [UBND xã Đồng Mẫu #h(1fr) Kế hoạch 2024], "
        "footer: context [Trang #counter(page).display() / 3])\n"
    )
    text = lines_of(
        furniture + "\n\n#pagebreak()\n\n".join("Trang có chữ riêng " + c for c in "abc")
    )
    assert text == [f"Trang có chữ riêng {c}" for c in "abc"]


def test_every_line_knows_its_page() -> None:
    source = read_source(typst_pdf(PAGE + "một\n\nhai #pagebreak() ba"), "a.pdf")
    assert [(line.page, line.text) for line in source.lines] == [(1, "một"), (1, "hai"), (2, "ba")]


def test_a_table_over_two_pages_is_one_table_with_one_header() -> None:
    rows = ", ".join(f"[{n}], [Việc số {n} của thôn], [{n}00.000]" for n in range(1, 61))
    source = read_source(
        typst_pdf(f"{PAGE}#table(columns: 3, table.header([TT], [Việc], [Đồng]), {rows})"), "a.pdf"
    )
    assert {line.kind for line in source.lines} == {"row"}
    assert {line.table for line in source.lines} == {1}
    assert [line.cells[0] for line in source.lines] == ["TT", *(str(n) for n in range(1, 61))]
    assert {line.page for line in source.lines} == {1, 2}


def test_two_tables_are_two_and_text_between_them_stays_between() -> None:
    two = "#table(columns: 2, [a], [b], [1], [2])\n\nGiữa hai bảng.\n\n"
    source = read_source(typst_pdf(PAGE + two + two), "a.pdf")
    assert [(line.table, line.text) for line in source.lines] == [
        (1, "a | b"), (1, "1 | 2"), (0, "Giữa hai bảng."),
        (2, "a | b"), (2, "1 | 2"), (0, "Giữa hai bảng."),
    ]  # fmt: skip


def test_a_framed_box_and_underlines_are_no_tables() -> None:
    text = lines_of("#rect(width: 100%)[Nội dung trong khung]\n\n#underline[Gạch dưới] chữ")
    assert text == ["Nội dung trong khung", "Gạch dưới chữ"]


def test_list_items_that_wrap_are_whole_with_hanging_indents() -> None:
    items = [f"{mark} {LONG.strip()}" for mark in ("a)", "b)", "c)")]
    body = "\n\n".join(
        f'#par(hanging-indent: 1cm, first-line-indent: 0pt)[#"{item}"]' for item in items
    )
    assert lines_of(body) == items


def test_a_number_of_a_document_cut_by_a_line_break_stays_whole() -> None:
    for words in range(6, 30):
        text = (
            "chữ " * words + "Nghị quyết số 103/2023/NQ-HĐND của Hội đồng nhân dân " + LONG.strip()
        )
        assert lines_of(f'#par[#"{text}"]') == [text]


def test_footnotes_stand_at_the_end_as_notes() -> None:
    source = read_source(
        typst_pdf(PAGE + f"Chỉ tiêu#footnote[Theo quy định của tỉnh.] về đường.\n\n{LONG}"), "a.pdf"
    )
    assert [line.kind for line in source.lines] == ["text", "text", "note"]
    assert "Theo quy định của tỉnh." in source.lines[-1].text


def test_several_threads_may_read_at_once() -> None:
    data = typst_pdf(PAGE + "\n\n#pagebreak()\n\n".join(LONG for _ in range(4)))
    expected = read_source(data, "a.pdf").text
    found: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: found.append(read_source(data, "a.pdf").text))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4
