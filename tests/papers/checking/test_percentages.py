import pytest

from dinhlang.papers.checking import check
from dinhlang.papers.plan import Fix
from tests.papers.checking.build import paper


@pytest.mark.parametrize(
    ("line", "severity", "quote"),
    [
        ("tỷ lệ hộ dùng nước sạch đạt 105%", "error", "105%"),
        ("tỷ lệ hộ dùng nước sạch đạt 105,5 % số hộ", "error", "105,5 %"),
        ("Tỷ lệ thôn có tổ tự quản: 1000%.", "error", "1000%"),
        (r"sử dụng định danh điện tử: $\geq 250\%$", "error", r"250\%"),
        ("hộ có điện đạt trên 100%", "error", "trên 100%"),
        ("hộ có điện đạt > 100%", "error", "> 100%"),
        ("tham gia bảo hiểm y tế đạt 100% trở lên", "warning", "100% trở lên"),
        ("tham gia bảo hiểm y tế đạt từ 100% trở lên", "warning", "từ 100% trở lên"),
        (r"tỷ lệ hộ có điện $\geq 100\%$", "warning", r"\geq 100\%"),
        ("tỷ lệ hộ có điện ≥ 100%", "warning", "≥ 100%"),
        ("Tỷ lệ trẻ đến lớp (%) | 96 | 103", "error", "103"),
        ("đợt 1 đạt 50%, đợt 2 đạt 30%, đợt 3 đạt 25%", "error", None),
    ],
)
def test_a_share_that_cannot_be_is_reported(line, severity, quote):
    (found,) = check(paper(line), ["PERCENT-RANGE"])
    assert (found.severity, found.quotes) == (severity, [quote or line])


@pytest.mark.parametrize(
    "line",
    [
        "100% hộ có điện",
        "đạt 100%.",
        "đạt từ 95% trở lên",
        "đạt trên 99,8%",
        r"$\geq 25\%$",
        "từ 90% đến 100% số hộ",
        "đạt 19/19 tiêu chí (100%)",
        "thu ngân sách vượt 120% dự toán huyện giao",
        "thu nhập bằng 115% so với năm trước",
        "thu nhập đạt 115% kế hoạch",
        "giá trị sản xuất tăng 150%",
        "hộ có thu nhập dưới 150% chuẩn nghèo",
        "đạt 130 thuê bao, mật độ thuê bao đạt 130%",
        "1.000 m, đạt 50%",
        "giảm còn 0,5%",
        "Tỷ lệ trẻ đến lớp (%) | 96 | 100",
        "Tỷ lệ thu so với dự toán (%) | 96 | 103",
        "đợt 1 đạt 50%, đợt 2 đạt 30%, đợt 3 đạt 20%",
        "đợt 1 đạt 40%, đợt 2 đạt 75%, đợt 3 đạt 100%",
    ],
)
def test_shares_and_comparisons_that_can_be_are_left_alone(line):
    assert check(paper(line), ["PERCENT-RANGE"]) == []


def test_the_words_or_more_after_a_hundred_are_struck_out():
    (found,) = check(paper("nước sạch đạt 100% trở lên; điện đạt 98%"), ["PERCENT-RANGE"])
    assert found.fix == Fix(line=1, old="100% trở lên", new="100%")
