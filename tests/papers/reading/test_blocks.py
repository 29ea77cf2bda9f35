"""Lines become paragraphs: marks and odd spaces gone, cut sentences joined, columns kept."""

from __future__ import annotations

import unicodedata

import pytest

from dinhlang.papers.reading import read
from dinhlang.papers.reading.blocks import Block, make_blocks
from dinhlang.papers.serial import to_json
from tests.papers.reading.build import FOOT, HEAD, source


def blocks(*lines: str) -> list[Block]:
    return make_blocks(source(lines))


def texts(*lines: str) -> list[str]:
    return [block.text for block in blocks(*lines)]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (r"Đạt $\geq 90\%$ số hộ", "Đạt ≥ 90% số hộ"),
        (r"Đạt $\ge$ 90% số hộ", "Đạt ≥ 90% số hộ"),
        (r"Còn $\leq 5\%$ số hộ", "Còn ≤ 5% số hộ"),
        ("Đạt >= 90% số hộ", "Đạt ≥ 90% số hộ"),
        ("Còn &lt;= 5% số hộ".replace("&lt;=", "&le;"), "Còn ≤ 5% số hộ"),
        ("Đạt &gt; 90% số hộ", "Đạt > 90% số hộ"),
        ("Trồng\u00a0hàng\u00a0\u00a0rào", "Trồng hàng rào"),
        ("Trồng\u2009hàng\u3000rào", "Trồng hàng rào"),
        ("Trồng   hàng  rào", "Trồng hàng rào"),
        ("  Trồng hàng rào  ", "Trồng hàng rào"),
        ("**Trồng** hàng *rào*", "Trồng hàng rào"),
        ("**Trồng hàng rào:**", "Trồng hàng rào:"),
        ("__Trồng__ hàng rào", "Trồng hàng rào"),
        ("### Trồng hàng rào", "Trồng hàng rào"),
        ("Trồng<br>hàng rào", "Trồng hàng rào"),
        ("cột ten_cot của biểu", "cột ten_cot của biểu"),
    ],
)
def test_marks_comparators_and_odd_spaces_are_made_plain(raw: str, clean: str) -> None:
    assert texts(raw) == [clean]


def test_a_tab_inside_a_sentence_far_from_head_and_foot_is_a_space() -> None:
    filler = ["Câu văn thường."] * 60
    assert texts(*filler, "Trồng\thàng rào", *filler)[60] == "Trồng hàng rào"


@pytest.mark.parametrize(
    ("label", "amount"),
    [
        ("Nhu cầu vốn:", "5.600 triệu đồng"),
        ("Tuyến Đồng Sen", "1.150 m;"),
        ("- Tỷ lệ đạt:", "88%"),
        ("Diện tích", "12,5 ha"),
        ("Cộng", "2.350"),
    ],
)
@pytest.mark.parametrize("gap", ["     ", "\t", "               "])
def test_words_and_their_amount_behind_a_gap_are_one_line(label, amount, gap) -> None:
    (block,) = blocks(f"{label}{gap}{amount}")
    assert f"{block.bullet} {block.text}".strip() == f"{label} {amount}"


def test_a_line_that_begins_with_the_amount_of_the_line_before_goes_on_with_it() -> None:
    first = (
        "Đào tạo nghề: mở 5 lớp với 172 lao động tham gia, gồm: may công nghiệp 35 người; trồng nấm"
    )
    assert texts(first, "30 người; nấu ăn 32 người.") == [f"{first} 30 người; nấu ăn 32 người."]
    assert len(texts(first, "30. Nấu ăn 32 người.")) == 2
    assert len(texts(f"{first}.", "30 người học nấu ăn.")) == 2


@pytest.mark.parametrize("mark", ["-", "–", "—", "+", "•", "▪", "●", "*"])
@pytest.mark.parametrize("space", ["", " ", "\u00a0", "   "])
def test_a_bullet_is_taken_off_with_or_without_a_space_behind_it(mark: str, space: str) -> None:
    if mark == "*" and space != " ":
        space = " "  # a star without a space is bold in Markdown
    (block,) = blocks(f"{mark}{space}Đối với các hộ")
    assert (block.bullet, block.text) == (mark, "Đối với các hộ")


def test_a_minus_before_a_number_is_no_bullet() -> None:
    (block,) = blocks("-5 độ vào mùa đông")
    assert (block.bullet, block.text) == ("", "-5 độ vào mùa đông")


def test_a_bullet_may_carry_a_label() -> None:
    (block,) = blocks("- a) Đường xã")
    assert block.label is not None
    assert (block.bullet, block.label.text, block.text) == ("-", "a", "Đường xã")


def test_a_label_in_bold_or_behind_a_markdown_heading_is_a_label() -> None:
    for raw in ("**I. MỤC TIÊU**", "**I.** MỤC TIÊU", "## I. MỤC TIÊU", "*I. MỤC TIÊU*"):
        (block,) = blocks(raw)
        assert block.label is not None, raw
        assert (block.label.text, block.text) == ("I", "MỤC TIÊU"), raw


@pytest.mark.parametrize("between", [[], [""], ["", ""]])
def test_a_sentence_cut_by_a_page_break_is_joined(between: list[str]) -> None:
    first, second = "Mở rộng đường trục từ ngã ba chợ cũ về", "đến cống Chùa, dài 0,7km."
    (block,) = blocks(first, *between, second)
    assert block.text == f"{first} {second}"
    assert block.lines == (1, 2 + len(between))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Mở rộng đường trục xã từ ngã ba chợ cũ về cống.", "đến cống Chùa"),
        ("Mở rộng đường trục xã từ ngã ba chợ cũ về cống;", "đến cống Chùa"),
        ("Mở rộng đường trục xã từ ngã ba chợ cũ về:", "đến cống Chùa"),
        ("Mở rộng đường trục xã từ ngã ba chợ cũ về", "- đến cống Chùa"),
        ("Mở rộng đường trục xã từ ngã ba chợ cũ về", "Trồng cây hai bên đường"),
        ("Mở rộng đường trục xã từ ngã ba chợ cũ về", "2. Trồng cây hai bên đường"),
    ],
)
def test_sentences_that_end_or_begin_anew_stay_apart(first: str, second: str) -> None:
    assert len(blocks(first, second)) == 2


def test_text_wrapped_by_hand_is_joined_to_paragraphs() -> None:
    lines = [
        "Xã tập trung làm đường, xây nhà văn hóa, trồng cây xanh và thu gom",
        "rác thải trên toàn địa bàn; vận động nhân dân góp công, góp của và",
        "hiến đất mở đường trước mùa mưa.",
    ]
    made = texts(*lines * 6)
    assert made == [" ".join(lines)] * 6


def test_every_character_of_a_joined_paragraph_knows_its_line_and_column() -> None:
    first, second = "- Mở  **rộng** đường trục từ ngã ba chợ về", "đến cống Chùa"
    (block,) = blocks(first, second)
    lines = [first, second]
    for word in ("Mở", "rộng", "ngã ba", "về", "đến", "Chùa"):
        at = block.text.index(word)
        ((line, start, end),) = block.spans(at, at + len(word))
        assert lines[line - 1][start:end] == word
    at = block.text.index("về đến")
    assert block.lines_of(at, at + 6) == (1, 2)
    assert [lines[n - 1][a:b] for n, a, b in block.spans(at, at + 6)] == ["về", "đến"]


def test_a_row_with_bars_is_a_row_of_cells_and_ruling_lines_vanish() -> None:
    made = blocks("| TT | Hạng mục |", "|----|:---:|", "| 1 | Đường xã |", "", "===", "Hết bảng.")
    assert [block.cells for block in made] == [("TT", "Hạng mục"), ("1", "Đường xã"), ()]
    assert [block.table for block in made[:2]] == [1, 1]


def test_a_padded_row_with_a_bar_near_the_end_is_a_row_not_the_foot_in_columns() -> None:
    made = blocks(
        "   Bộ phận                             | Việc chính",
        "   Công chức Tài chính - Kế toán       | Báo cáo ngày 20 hằng tháng",
        "   TỔNG CỘNG                           | 5.000",
    )
    assert [block.cells for block in made] == [
        ("Bộ phận", "Việc chính"),
        ("Công chức Tài chính - Kế toán", "Báo cáo ngày 20 hằng tháng"),
        ("TỔNG CỘNG", "5.000"),
    ]


def test_bars_part_cells_whatever_gaps_pad_them_and_a_ruling_with_crosses_is_no_row() -> None:
    made = blocks(
        " TC | Tên tiêu chí         | Cơ quan chủ trì     | Cơ quan phối hợp",
        " ---+----------------------+---------------------+-----------------",
        " 13 | Tổ chức sản xuất     | Công chức Địa chính | Hội Nông dân xã",
        " 14 | Y tế                 |                     | Trạm Y tế xã",
    )
    assert [block.cells for block in made] == [
        ("TC", "Tên tiêu chí", "Cơ quan chủ trì", "Cơ quan phối hợp"),
        ("13", "Tổ chức sản xuất", "Công chức Địa chính", "Hội Nông dân xã"),
        ("14", "Y tế", "", "Trạm Y tế xã"),
    ]
    assert len({block.table for block in made}) == 1


def test_rows_set_with_blanks_keep_their_groups_and_what_carries_them_on() -> None:
    made = blocks(
        "TT   Chỉ tiêu                              Mức phải đạt      Chủ trì",
        "Tiêu chí 1. Thương mại điện tử",
        "1.1  Nông sản của thôn bán trên sàn        01 sản phẩm       Hội Nông dân xã",
        "1.2  Cơ sở kinh doanh nhận thanh toán      Tăng so với       Hội LHPN xã",
        "     không dùng tiền mặt                   Năm 2024",
        "Tiêu chí 2. An ninh, trật tự",
        "2.1  Tiếp nhận tin báo qua nhóm            Có                Các bộ phận có",
        "                                                             liên quan",
    )
    assert [block.cells for block in made[1:]] == [
        ("Tiêu chí 1. Thương mại điện tử", "", "", ""),
        ("1.1", "Nông sản của thôn bán trên sàn", "01 sản phẩm", "Hội Nông dân xã"),
        (
            "1.2",
            "Cơ sở kinh doanh nhận thanh toán không dùng tiền mặt",
            "Tăng so với Năm 2024",
            "Hội LHPN xã",
        ),
        ("Tiêu chí 2. An ninh, trật tự", "", "", ""),
        ("2.1", "Tiếp nhận tin báo qua nhóm", "Có", "Các bộ phận có liên quan"),
    ]


def test_rows_set_with_blanks_may_be_parted_by_blank_lines() -> None:
    made = blocks(
        "Nội dung               Đầu mối                  Cùng thực hiện            Hoàn thành",
        "",
        "Cổng cáp quang         Công chức Văn hóa -      Doanh nghiệp viễn         Tháng 7/2024",
        "xóm 3, xóm 4           Xã hội                   thông trên địa bàn",
        "",
        "Nhật ký điện tử        -                        Hội Nông dân xã           Tháng 8/2024",
        "vùng hành tím",
        "",
        "Đoàn Thanh niên xã còn hỗ trợ Tổ công nghệ số cộng đồng thôn.",
    )
    assert [block.cells for block in made[1:]] == [
        (
            "Cổng cáp quang xóm 3, xóm 4",
            "Công chức Văn hóa - Xã hội",
            "Doanh nghiệp viễn thông trên địa bàn",
            "Tháng 7/2024",
        ),
        ("Nhật ký điện tử vùng hành tím", "-", "Hội Nông dân xã", "Tháng 8/2024"),
        (),
    ]


def test_two_tables_with_a_gap_between_them_are_two() -> None:
    made = blocks("| TT | Tên |", "| 1 | Đường |", "", "| TT | Tên |", "| 1 | Cầu |")
    assert [block.table for block in made] == [1, 1, 2, 2]


def test_a_head_set_in_columns_by_tabs_or_wide_gaps_is_read_column_by_column() -> None:
    for gap in ("\t", "\t\t", " " * 12):
        assert texts(f"XÃ ĐỒNG SEN{gap}Độc lập - Tự do - Hạnh phúc") == [
            "XÃ ĐỒNG SEN",
            "Độc lập - Tự do - Hạnh phúc",
        ]


def test_a_label_alone_on_its_line_takes_the_next_line_as_title() -> None:
    (block,) = blocks("Phần thứ hai", "NHIỆM VỤ TRỌNG TÂM")
    assert block.label is not None
    assert (block.label.value, block.text, block.lines) == (2, "NHIỆM VỤ TRỌNG TÂM", (1, 2))


def test_blank_lines_and_page_numbers_do_not_shift_line_numbers() -> None:
    made = blocks("", "Câu thứ nhất.", "", "", "Câu thứ hai.")
    assert [block.lines for block in made] == [(2, 2), (5, 5)]


def test_a_paper_in_decomposed_unicode_reads_like_the_same_paper_composed() -> None:
    body = "I. MỤC TIÊU\n- Trồng hàng rào xanh: 3.200 m tại thôn Tân Thịnh.\n"
    text = HEAD + body + FOOT
    composed = to_json(read(text.encode(), name="a.txt"))
    decomposed = to_json(read(unicodedata.normalize("NFD", text).encode(), name="a.txt"))
    assert decomposed["source"]["text"] == composed["source"]["text"]
    for part in set(composed) - {"source"}:
        assert decomposed[part] == composed[part], part
    assert composed["quantities"][0]["value"] == "3200"
