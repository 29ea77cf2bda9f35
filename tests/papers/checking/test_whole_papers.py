"""Checks that look at a whole paper or its file: what is nowhere in it, its page, its letters."""

import io
import unicodedata

import docx
import pytest
from docx.shared import Mm, Pt

from dinhlang.papers.checking import check
from dinhlang.papers.reading import read
from tests.papers.checking.sound import SOUND, found, planted

HEAD = """Số: 15/KH-UBND

Xuân Thủy, ngày 09 tháng 4 năm 2024

KẾ HOẠCH
{title}

UBND xã Xuân Thủy xây dựng kế hoạch như sau:

I. MỤC TIÊU

{goal}

II. TỔ CHỨC THỰC HIỆN

1. Công chức Địa chính

- Chủ trì tham mưu đầu tư hạ tầng, huy động nguồn vốn.

2. Công chức Văn hóa - Xã hội

- Chủ trì tuyên truyền.

3. Các thôn

- Vận động nhân dân; hằng tháng báo cáo UBND xã trước ngày 20.

Nơi nhận:
- Các thôn.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""
YEARLY = "Thực hiện Chương trình xây dựng nông thôn mới năm 2024"
MODEL = "Xây dựng xã Xuân Thủy đạt chuẩn nông thôn mới kiểu mẫu năm 2024"
FOUR = (
    "- Giữ vững 19 tiêu chí nâng cao; thu nhập cao hơn 10% so với mức của xã nâng cao.\n\n"
    "- Thôn Đông đạt thôn thông minh; xã kiểu mẫu về lĩnh vực giáo dục trong quý IV/2024."
)
LIST = "\n\n".join(
    f"- Tiêu chí {name}: giữ vững."
    for name in ("Quy hoạch", "Giao thông", "Thủy lợi", "Điện", "Thu nhập", "Lao động")
)


def paper(title: str = YEARLY, goal: str = "- Giữ vững các tiêu chí.") -> str:
    return HEAD.format(title=title, goal=goal)


@pytest.mark.parametrize(
    ("code", "text", "reported"),
    [
        ("SCHEDULE-NONE", paper(), True),
        ("SCHEDULE-NONE", paper(goal="- Làm xong đường trong tháng 6/2024."), False),
        ("SCHEDULE-NONE", SOUND, False),
        ("FUND-NONE", paper(), True),
        ("FUND-NONE", paper(goal="- Làm đường, kinh phí 2 tỷ đồng."), False),
        ("FUND-NONE", paper(goal="- Thu nhập đạt 60 triệu đồng/người/năm."), True),
        ("STATUS-NONE", paper(goal=f"- Giữ vững các tiêu chí đã đạt.\n\n{LIST}"), True),
        ("STATUS-NONE", paper(goal=f"- Đã đạt 13/19 tiêu chí; giữ vững.\n\n{LIST}"), False),
        ("MODEL-CONDITION", paper(MODEL, FOUR), False),
        ("MODEL-CONDITION", paper(MODEL, FOUR.replace("thu nhập cao hơn 10%", "mức")), True),
        ("MODEL-CONDITION", paper(MODEL, FOUR.replace("Thôn Đông đạt", "Có một")), True),
        ("MODEL-CONDITION", paper(), False),
    ],
)
def test_what_is_nowhere_in_a_paper(code, text, reported):
    assert bool(found(text, code)) is reported


def test_money_in_parts_may_not_exceed_the_whole():
    wrong = planted(
        (
            "- Ngân sách huyện 4 tỷ đồng.",
            "- Ngân sách 4 tỷ đồng, trong đó tỉnh 3 tỷ đồng, huyện 2 tỷ đồng.",
        )
    )
    (hit,) = found(wrong, "PART-WHOLE")
    assert "5 tỷ đồng (3 + 2), toàn thể chỉ có 4 tỷ đồng" in hit.message


def test_a_total_of_a_table_of_villages_is_checked_by_its_own_heading():
    rows = "| Nội dung | Thôn Đông | Thôn Tây | Toàn xã |\n| Trồng cây | 300 | 250 | {} |"
    goal = "- Giữ vững các tiêu chí.\n\n{}"
    (hit,) = found(paper(goal=goal.format(rows.format(650))), "COUNT-TOTAL")
    assert hit.message.startswith("Trồng cây: các thôn cộng lại được 550 (300 + 250)")
    assert found(paper(goal=goal.format(rows.format(550))), "COUNT-TOTAL") == []


def test_a_balance_that_takes_another_sum_than_the_sources_above_give():
    text = "Nguồn vốn:\n- Ngân sách xã: 3 tỷ đồng;\n- Nhân dân: 2 tỷ đồng.\n{}"
    wrong = text.format("Cân đối: 9 tỷ đồng - 4 tỷ đồng = 5 tỷ đồng.")
    right = text.format("Cân đối: 9 tỷ đồng - 5 tỷ đồng = 4 tỷ đồng.")
    assert [hit.quotes for hit in found(wrong, "FUND-BALANCE")][:1] == [
        ["Cân đối: 9 tỷ đồng - 4 tỷ đồng = 5 tỷ đồng"]
    ]
    assert found(right, "FUND-BALANCE") == []


def test_the_lines_in_decomposed_unicode_are_named():
    lines = SOUND.split("\n")
    lines[18] = unicodedata.normalize("NFD", lines[18])
    (hit,) = found("\n".join(lines), "TEXT-UNICODE")
    assert hit.lines == [(19, 19)]
    assert hit.severity == "note"
    assert found(SOUND, "TEXT-UNICODE") == []


def word_file(left=30, font="Times New Roman", size=14, width=210, height=297):
    document = docx.Document()
    (section,) = document.sections
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin, section.right_margin = Mm(left), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(size)
    for line in SOUND.split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return read(out.getvalue(), name="a.docx")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, None),
        ({"font": "Liberation Serif", "size": 13}, None),
        ({"width": 297, "height": 210}, None),
        ({"left": 25}, "lề trái 25 mm (30–35)"),
        ({"font": "Calibri"}, "phông Calibri"),
        ({"size": 12}, "cỡ chữ 12 (13–14)"),
        ({"width": 216, "height": 279}, "khổ giấy"),
    ],
)
def test_the_page_and_type_of_a_word_file(changes, told):
    hits = check(word_file(**changes), ["FORM-LAYOUT"])
    assert [hit.severity for hit in hits] == (["note"] if told else [])
    if told:
        assert told in hits[0].message


def test_a_text_file_has_no_page_to_judge():
    assert found(SOUND, "FORM-LAYOUT") == []
