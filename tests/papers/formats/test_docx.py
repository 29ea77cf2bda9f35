"""Word documents: what Word shows is what is read, in reading order."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from dinhlang.papers.reading.formats import read_source
from tests.papers.formats.makers import COUNTRY, MOTTO
from tests.papers.formats.word import level, numbered, p, r, table, word


def texts(body: str, **parts: str) -> list[str]:
    return read_source(word(body, **parts), "a.docx").text


PARAGRAPHS = {
    "runs are joined without blanks": (p(inner=r("Kế ho") + r("ạch")), ["Kế hoạch"]),
    "a soft break starts a line": (
        p(inner="<w:r><w:t>KẾ HOẠCH</w:t><w:br/><w:t>Xây dựng</w:t></w:r>"),
        ["KẾ HOẠCH", "Xây dựng"],
    ),
    "a page break is no line": (
        p(inner='<w:r><w:t>một</w:t><w:br w:type="page"/><w:t> hai</w:t></w:r>'),
        ["một hai"],
    ),
    "a tab is a tab": (p(inner="<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>"), ["a\tb"]),
    "a hyphen that does not break is a hyphen": (
        p(inner="<w:r><w:t>NQ</w:t><w:noBreakHyphen/><w:t>HĐND</w:t></w:r>"),
        ["NQ-HĐND"],
    ),
    "a sign of the Symbol font is its character": (
        p(inner='<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t> 95%</w:t></w:r>'),
        ["≥ 95%"],
    ),
    "hidden text is dropped": (p(inner=r("rõ") + r("ẩn", "<w:vanish/>")), ["rõ"]),
    "what was deleted is dropped and what was inserted is kept": (
        p(inner=f"<w:del><w:r><w:delText>12</w:delText></w:r></w:del><w:ins>{r('15')}</w:ins>"),
        ["15"],
    ),
    "a paragraph whose end was deleted runs into the next": (
        p("đầu ", "<w:rPr><w:del/></w:rPr>") + p("cuối"),
        ["đầu cuối"],
    ),
    "capitals set by formatting are capitals": (p(inner=r("kế hoạch", "<w:caps/>")), ["KẾ HOẠCH"]),
    "text inside links and content controls is read": (
        p(inner=f"<w:hyperlink>{r('một ')}</w:hyperlink>"
                f"<w:sdt><w:sdtContent>{r('hai')}</w:sdtContent></w:sdt>"),
        ["một hai"],
    ),
    "the result of a field is read, its code is not": (
        p(inner='<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText>'
                '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("05/02/2024")
                + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        ["05/02/2024"],
    ),
    "page numbers are dropped": (
        p(inner=f'<w:fldSimple w:instr=" PAGE ">{r("3")}</w:fldSimple>') + p("chữ"),
        ["chữ"],
    ),
    "blank paragraphs are no lines": (p("một") + p("  ") + p("hai"), ["một", "hai"]),
    "decomposed letters are composed": (p("Kế hoạch"), ["Kế hoạch"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), PARAGRAPHS.values(), ids=PARAGRAPHS.keys())
def test_a_paragraph_reads_as_word_shows_it(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_bold_and_centred_come_from_runs_paragraphs_and_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="T"><w:basedOn w:val="Base"/>'
        '<w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
    )
    body = (
        p("đậm giữa", '<w:pStyle w:val="T"/>')
        + p(inner=r("đậm", "<w:b/>") + r(" thường"))
        + p(inner=r("thường", '<w:b w:val="0"/>'), properties='<w:pStyle w:val="T"/>')
    )
    lines = read_source(word(body, styles=styles)).lines
    assert [(line.bold, line.centred) for line in lines] == [
        (True, True), (False, False), (False, True),
    ]  # fmt: skip


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%2.")
    + level(2, "decimal", "%2.%3.")
    + level(3, "lowerLetter", "%4)")
    + level(4, "bullet", "-")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "upperLetter", "%1.")
    + level(1, "bullet", "\uf0b7", "")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
)


def test_automatic_numbers_count_and_restart_as_word_counts_them() -> None:
    body = (
        numbered("Mục đích", 1) + numbered("Một", 1, 1) + numbered("Hai", 1, 1)
        + numbered("Nhỏ", 1, 2) + numbered("Chữ", 1, 3) + numbered("Gạch", 1, 4)
        + numbered("Nội dung", 1) + numbered("Lại từ đầu", 1, 1)
        + numbered("Chữ hoa", 3) + numbered("Chấm", 3, 1)
    )  # fmt: skip
    assert texts(body, numbering=NUMBERING) == [
        "I. Mục đích", "1. Một", "2. Hai", "2.1. Nhỏ", "a) Chữ", "- Gạch",
        "II. Nội dung", "1. Lại từ đầu", "A. Chữ hoa", "• Chấm",
    ]  # fmt: skip


def test_a_list_with_its_own_start_restarts_and_others_go_on() -> None:
    body = (
        numbered("a", 1, 1) + numbered("b", 1, 1) + numbered("c", 2, 1) + numbered("d", 2, 1)
        + numbered("e", 1, 1)
    )  # fmt: skip
    assert texts(body, numbering=NUMBERING) == ["1. a", "2. b", "1. c", "2. d", "3. e"]


def test_numbers_come_from_the_style_where_the_paragraph_has_none() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    off = '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        p("Một", '<w:pStyle w:val="H1"/>') + p("Không số", off) + p("Hai", '<w:pStyle w:val="H1"/>')
    )
    assert texts(body, numbering=NUMBERING, styles=styles) == ["I. Một", "Không số", "II. Hai"]


def test_an_unknown_or_deep_list_adds_nothing() -> None:
    assert texts(numbered("a", 99) + numbered("b", 1, 40), numbering=NUMBERING) == ["a", "b"]


HEAD = [
    [p("UBND HUYỆN MẪU") + p("ỦY BAN NHÂN DÂN XÃ"), p(COUNTRY)],
    [p("Số: 15/KH-UBND"), p("Đồng Mẫu, ngày 05 tháng 02 năm 2024")],
]
HEAD_LINES = [
    "UBND HUYỆN MẪU", "ỦY BAN NHÂN DÂN XÃ", "Số: 15/KH-UBND",
    COUNTRY, "Đồng Mẫu, ngày 05 tháng 02 năm 2024",
]  # fmt: skip


@pytest.mark.parametrize("borders", [True, False])
def test_a_head_in_a_table_reads_left_column_first(borders: bool) -> None:
    source = read_source(word(table(HEAD, borders) + p("KẾ HOẠCH")))
    assert source.text == [*HEAD_LINES, "KẾ HOẠCH"]
    assert {line.kind for line in source.lines} == {"text"}


def test_a_head_laid_out_by_tabs_reads_left_column_first() -> None:
    def tabbed(left: str, right: str) -> str:
        return p(inner=f"<w:r><w:t>{left}</w:t><w:tab/><w:tab/><w:t>{right}</w:t></w:r>")

    body = (
        tabbed("ỦY BAN NHÂN DÂN XÃ", COUNTRY)
        + p("XÃ ĐỒNG MẪU")
        + tabbed("Số: 15/KH-UBND", MOTTO)
        + tabbed("", "Đồng Mẫu, ngày 05 tháng 02 năm 2024")
        + p("KẾ HOẠCH")
    )
    assert texts(body) == [
        "ỦY BAN NHÂN DÂN XÃ", "XÃ ĐỒNG MẪU", "Số: 15/KH-UBND", COUNTRY,
        MOTTO, "Đồng Mẫu, ngày 05 tháng 02 năm 2024", "KẾ HOẠCH",
    ]  # fmt: skip


def test_a_signature_block_reads_recipients_first() -> None:
    foot = [
        [p("Nơi nhận:") + p("- UBND huyện;") + p("- Lưu: VT."), p("TM. ỦY BAN") + p("CHỦ TỊCH")]
    ]
    source = read_source(word(p("Trên đây là kế hoạch.") * 15 + table(foot, borders=False)))
    assert source.text[15:] == [
        "Nơi nhận:",
        "- UBND huyện;",
        "- Lưu: VT.",
        "TM. ỦY BAN",
        "CHỦ TỊCH",
    ]


def test_a_data_table_gives_a_row_a_line_with_its_cells() -> None:
    rows = [["TT", "Nội dung", "Kinh phí"], ["1", p("Đường") + p("trục thôn"), "1.500"]]
    lines = read_source(word(p("Bảng") + table(rows) + table([["a", "b"], ["c", "d"]]))).lines
    assert [(line.kind, line.table, line.cells) for line in lines] == [
        ("text", 0, ()),
        ("row", 1, ("TT", "Nội dung", "Kinh phí")),
        ("row", 1, ("1", "Đường trục thôn", "1.500")),
        ("row", 2, ("a", "b")),
        ("row", 2, ("c", "d")),
    ]
    assert lines[2].text == "1 | Đường trục thôn | 1.500"


def test_merged_cells_are_not_repeated_and_keep_the_columns() -> None:
    document = docx.Document()
    grid = document.add_table(rows=3, cols=3, style="Table Grid")
    for row in range(3):
        for column in range(3):
            grid.cell(row, column).text = f"{row}{column}"
    grid.cell(0, 2).merge(grid.cell(1, 2)).text = "chung"
    grid.cell(2, 0).merge(grid.cell(2, 1)).text = "cộng"
    out = io.BytesIO()
    document.save(out)
    lines = read_source(out.getvalue()).lines
    assert [line.cells for line in lines] == [
        ("00", "01", "chung"), ("10", "11", ""), ("cộng", "", "22"),
    ]  # fmt: skip


def test_a_table_inside_a_cell_is_read_where_it_stands() -> None:
    inner = table([["x", "y"]])
    body = table([["a", f"<w:tc>{p('b')}{inner}</w:tc>", "c"], ["1", "2", "3"]])
    assert read_source(word(body)).lines[0].cells == ("a", "b x | y", "c")


BOX = f"<w:txbxContent>{p('DỰ THẢO')}</w:txbxContent>"
BOXES = {
    "a drawing and its older twin": (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
        f"<wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphic></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    ),
    "a drawing of older Word": f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES.keys())
def test_a_text_box_is_read_once(box: str) -> None:
    source = read_source(word(p(inner=f"<w:r>{box}</w:r>{r('KẾ HOẠCH')}")))
    assert [(line.kind, line.text) for line in source.lines] == [
        ("box", "DỰ THẢO"), ("text", "KẾ HOẠCH"),
    ]  # fmt: skip


def test_the_header_of_the_first_page_comes_first_without_its_page_number() -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        '<w:headerReference w:type="first" r:id="header2"/><w:titlePg/></w:sectPr>'
    )
    page = f'<w:fldSimple w:instr="PAGE">{r("2")}</w:fldSimple>'
    source = read_source(
        word(p("chữ") + section, header1=p("trang sau") + p(inner=page), header2=p("TRANG ĐẦU"))
    )
    assert [(line.kind, line.text) for line in source.lines] == [
        ("header", "TRANG ĐẦU"), ("text", "chữ"),
    ]  # fmt: skip


def test_footnotes_stand_at_the_end_in_the_order_of_the_text() -> None:
    notes = (
        f'<w:footnote w:id="7">{p("hai")}</w:footnote><w:footnote w:id="2">{p("một")}</w:footnote>'
    )
    body = p(inner=r("a") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
             + r(" b") + '<w:r><w:footnoteReference w:id="7"/></w:r>')  # fmt: skip
    lines = read_source(word(body + p("cuối"), footnotes=notes)).lines
    assert [(line.kind, line.text) for line in lines] == [
        ("text", "a b"), ("text", "cuối"), ("note", "[1] một"), ("note", "[2] hai"),
    ]  # fmt: skip


def test_text_in_a_font_from_before_unicode_is_converted() -> None:
    from dinhlang.vietnamese import encode_legacy

    def typed(text: str, font: str) -> str:
        return r(encode_legacy(text, "tcvn3"), f'<w:rFonts w:ascii="{font}"/>')

    body = (
        p(inner=typed("Kế hoạch xây dựng nông thôn mới", ".VnTime"))
        + p(inner=typed("kế hoạch", ".VnTimeH"))
        + p("Chữ Unicode ở giữa")
    )
    source = read_source(word(body))
    assert source.text == ["Kế hoạch xây dựng nông thôn mới", "KẾ HOẠCH", "Chữ Unicode ở giữa"]
    assert any("TCVN3" in note for note in source.notes)


def test_a_document_of_macros_is_just_read() -> None:
    data = io.BytesIO(word(p("chữ")))
    with zipfile.ZipFile(data, "a") as package:
        package.writestr("word/vbaProject.bin", b"\x00" * 64)
    assert read_source(data.getvalue(), "a.docm").text == ["chữ"]


def test_all_text_of_a_document_of_python_docx_comes_back() -> None:
    document = docx.Document()
    document.add_heading("I. MỤC ĐÍCH", 1)
    document.add_paragraph("gạch", style="List Bullet")
    document.add_paragraph("số", style="List Number")
    document.add_paragraph("số nữa", style="List Number")
    out = io.BytesIO()
    document.save(out)
    assert read_source(out.getvalue(), "k.docx").text == [
        "I. MỤC ĐÍCH", "• gạch", "1. số", "2. số nữa",
    ]  # fmt: skip


def test_a_signature_block_laid_out_by_tabs_reads_recipients_first() -> None:
    def tabbed(left: str, right: str) -> str:
        return p(inner=f"<w:r><w:t>{left}</w:t><w:tab/><w:tab/><w:t>{right}</w:t></w:r>")

    body = (
        p("Trên đây là kế hoạch.") * 15
        + tabbed("Nơi nhận:", "TM. ỦY BAN NHÂN DÂN")
        + tabbed("- UBND huyện;", "CHỦ TỊCH")
        + p("- Lưu: VT.")
        + p("Người Ký Mẫu")
        + p("PHỤ LỤC")
        + table([["a", "b"], ["1", "2"]])
    )
    assert texts(body)[15:] == [
        "Nơi nhận:", "- UBND huyện;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH",
        "Người Ký Mẫu", "PHỤ LỤC", "a | b", "1 | 2",
    ]  # fmt: skip


def test_the_strict_form_of_the_standard_is_read_too() -> None:
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word(p("Kế hoạch")))) as given,
        zipfile.ZipFile(out, "w") as package,
    ):
        for name in given.namelist():
            package.writestr(name, given.read(name).replace(usual, strict))
    assert read_source(out.getvalue(), "a.docx").text == ["Kế hoạch"]
