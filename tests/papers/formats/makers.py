"""Makes Word and PDF files out of the lines of a plan, as a clerk's Word would hold them."""

from __future__ import annotations

import io
import re

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
"""The first line of the head of every paper, on the right."""

MOTTO = "Độc lập - Tự do - Hạnh phúc"
"""The second."""

_MARKS = re.compile(r"(\*\*\*|\*\*|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*]))")
_HEADING = re.compile(r"^#{1,6}\s+")


def shown(line: str) -> str:
    """A line as it shows on paper: Markdown marks gone, inner spaces single."""
    return " ".join(_MARKS.sub("", _HEADING.sub("", line)).split())


def shown_lines(lines: list[str]) -> list[str]:
    """The lines that hold text, as they show on paper."""
    return [text for text in (shown(line) for line in lines) if text]


def plan_to_docx(lines: list[str]) -> bytes:
    """A Word document with one paragraph a line, A4, first lines indented, justified."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Liberation Serif", Pt(14)
    for line in lines:
        text = shown(line)
        if not text:
            continue
        paragraph = document.add_paragraph()
        layout = paragraph.paragraph_format
        layout.space_after, layout.space_before = Pt(3), Pt(3)
        strong = _HEADING.match(line) is not None or line.startswith("**") or text.isupper()
        paragraph.add_run(text).bold = strong or None
        if text.isupper() and len(text) < 60:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            layout.first_line_indent = Cm(1)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plan_to_pdf(lines: list[str], *, indent: str = "10mm", gap: str = "9pt") -> bytes:
    """A PDF of A4 pages with page numbers; ``indent`` and ``gap`` set how paragraphs differ."""
    out = [
        '#set page(paper: "a4", margin: (left: 3cm, right: 1.5cm, y: 2cm), numbering: "1",',
        "  number-align: top + center)",
        '#set text(font: "Libertinus Serif", size: 14pt, lang: "vi", hyphenate: false)',
        f"#set par(justify: true, leading: 7pt, spacing: {gap},",
        f"  first-line-indent: (amount: {indent}, all: true))",
    ]
    for line in lines:
        text = shown(line)
        if not text:
            continue
        body = f"#{typst_string(text)}"
        if text.isupper() and len(text) < 60:
            out.append(f"#align(center, par(first-line-indent: 0pt)[#strong[{body}]])")
        elif _HEADING.match(line) or line.startswith("**"):
            out.append(f"#par[#strong[{body}]]")
        else:
            out.append(f"#par[{body}]")
    return typst_pdf("\n\n".join(out))


def typst_string(text: str) -> str:
    """A string literal of typst."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", " ")
    return f'"{escaped}"'


def typst_pdf(source: str) -> bytes:
    """The PDF of a typst source; only the fonts inside the wheel are used."""
    import typst

    return typst.compile(source.encode(), format="pdf", ignore_system_fonts=True)


HEAD_AND_FOOT = """
#set page(paper: "a4", margin: (left: 3cm, right: 1.5cm, y: 2cm), numbering: "1",
  number-align: top + center)
#set text(font: "Libertinus Serif", size: 14pt, lang: "vi", hyphenate: false)
#set par(justify: true, leading: 7pt, spacing: 9pt, first-line-indent: (amount: 1cm, all: true))
#grid(columns: (2fr, 3fr), align: center, row-gutter: 4pt,
  text(13pt)[ỦY BAN NHÂN DÂN #linebreak() #strong[XÃ ĐỒNG MẪU]],
  text(13pt)[#strong[CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM] #linebreak()
    #strong[Độc lập - Tự do - Hạnh phúc]],
  text(13pt)[Số: 15/KH-UBND],
  text(13pt)[#emph[Đồng Mẫu, ngày 05 tháng 02 năm 2024]])
#v(12pt)
#align(center)[#par(first-line-indent: 0pt)[#strong[KẾ HOẠCH]]
#par(first-line-indent: 0pt)[#strong[Xây dựng nông thôn mới nâng cao trên địa bàn xã Đồng Mẫu
  và khu dân cư kiểu mẫu năm 2024]]]
#par[Thực hiện chương trình công tác năm, Ủy ban nhân dân xã ban hành kế hoạch xây dựng nông thôn
  mới nâng cao với các nội dung sau đây:]
#par[#strong[I. KINH PHÍ]]
TABLE
#par[Trên đây là kế hoạch của Ủy ban nhân dân xã, đề nghị các thôn thực hiện.]
#v(8pt)
#grid(columns: (1fr, 1fr),
  text(11pt)[#par(first-line-indent: 0pt)[#strong[#emph[Nơi nhận:]]]
   #par(first-line-indent: 0pt)[#"- Ủy ban nhân dân huyện;"]
   #par(first-line-indent: 0pt)[#"- Các thôn, các ngành, đoàn thể và các đơn vị trường học "
    đóng trên địa bàn;]
   #par(first-line-indent: 0pt)[#"- Lưu: VT."]],
  align(center)[#par(first-line-indent: 0pt)[#strong[TM. ỦY BAN NHÂN DÂN]]
   #par(first-line-indent: 0pt)[#strong[CHỦ TỊCH]]
   #v(50pt)
   #par(first-line-indent: 0pt)[#strong[Người Ký Mẫu]]])
"""
"""A whole paper in typst: head and foot in two columns, a place for a table between."""

TABLE = """
#table(columns: (auto, 1fr, auto, auto),
  table.header([TT], [Nội dung], [Kinh phí (đồng)], [Nguồn vốn]),
  [1], [Đường trục thôn, cứng hóa theo tiêu chuẩn kỹ thuật của ngành giao thông, dài 1,2 km],
  [1.500.000.000], table.cell(rowspan: 2)[Ngân sách xã],
  [2], [Nhà văn hóa thôn], [800.000.000],
  table.cell(colspan: 2)[Cộng], [2.300.000.000], [])
"""
"""A ruled table in typst with a cell over two rows and one over two columns."""


def paper_docx(rows: int = 39) -> bytes:
    """A whole paper as Word holds it: head and foot in tables, a table over several pages."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Liberation Serif", Pt(14)

    def fill(cell, lines, size=13, align=ALIGN.CENTER, bold=True):  # type: ignore[no-untyped-def]
        for index, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
            paragraph.alignment = align
            paragraph.paragraph_format.space_after = Pt(0)
            run = paragraph.add_run(line)
            run.bold, run.font.size = bold, Pt(size)

    def add(text, align=ALIGN.JUSTIFY, bold=None):  # type: ignore[no-untyped-def]
        paragraph = document.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(6)
        if align == ALIGN.JUSTIFY:
            paragraph.paragraph_format.first_line_indent = Cm(1.27)
        paragraph.add_run(text).bold = bold

    head = document.add_table(2, 2)
    board = "BCĐ CHƯƠNG TRÌNH MTQG XÂY DỰNG NÔNG THÔN MỚI XÃ ĐỒNG MẪU"
    fill(head.cell(0, 0), ["UBND HUYỆN ĐỒNG BẰNG", board])
    fill(head.cell(0, 1), [COUNTRY, MOTTO])
    fill(head.cell(1, 0), ["Số: 15/KH-BCĐ"], bold=False)
    fill(head.cell(1, 1), ["Đồng Mẫu, ngày      tháng 02 năm 2024"], bold=False)
    add("KẾ HOẠCH", ALIGN.CENTER, True)
    add("Xây dựng nông thôn mới nâng cao và khu dân cư kiểu mẫu trên địa bàn xã Đồng Mẫu năm 2024",
        ALIGN.CENTER, True)  # fmt: skip
    for start in ("I. MỤC TIÊU\n", "", "1. ", "a) ", "- ", "+ "):
        if start.endswith("\n"):
            add(start.strip(), bold=True)
            continue
        add(start + PASSAGE * (3 if not start else 1))
    table = document.add_table(1, 4, style="Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, text in zip(
        table.rows[0].cells, ("TT", "Công việc", "Chủ trì", "Triệu đồng"), strict=True
    ):
        cell.text = text
    for number in range(1, rows + 1):
        work = f"Cứng hóa đường trục thôn số {number} theo quy hoạch đã duyệt của xã"
        texts = (str(number), work, "Công chức địa chính", str(150 * number))
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    total = table.add_row().cells
    total[0].merge(total[2]).text = "Tổng cộng"
    total[3].text = str(75 * rows * (rows + 1))
    add("Trên đây là kế hoạch của ban chỉ đạo. " + PASSAGE)
    foot = document.add_table(1, 2)
    recipients = ["Nơi nhận:", "- UBND huyện (b/c);", "- Văn phòng Điều phối huyện và các phòng "
                  "chuyên môn có liên quan;", "- Lưu: VT."]  # fmt: skip
    fill(foot.cell(0, 0), recipients, 11, ALIGN.LEFT, False)
    fill(foot.cell(0, 1), ["TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "", "", "",
                           "Người Ký Mẫu"], 14)  # fmt: skip
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


PASSAGE = (
    "Giữ vững kết quả của các tiêu chí đã đạt, huy động nguồn lực của nhân dân "
    "để cứng hóa đường trục thôn, chỉnh trang nhà văn hóa. "
)
