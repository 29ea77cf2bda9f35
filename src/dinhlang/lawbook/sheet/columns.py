"""The columns of the table, how people call them, and the kinds of requirement they choose from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dinhlang.law.regions import REGIONS

GROUPS = {"g1": "1", "g2": "2", "g3": "3"}
"""Keys of the columns by commune group, with the group they stand for."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in a row, its heading, others it may have in a decision, its width.

    ``help`` is said on the sheet of instructions; beside the field on the page stands ``on_page``.
    """

    key: str
    heading: str
    others: tuple[str, ...] = ()
    width: int = 14
    help: str = ""
    on_page: str = ""

    @property
    def page_help(self) -> str:
        """What is said beside the field of the page, where what the sheet says would not fit."""
        return self.on_page


CRITERION = (
    Column(
        "criterion", "Số tiêu chí",
        ("số tiêu chí", "tiêu chí số", "tt", "stt", "số tt", "số thứ tự"), 9,
        "Số của tiêu chí, ví dụ 3. Để trống nếu như dòng trên.",
    ),
    Column(
        "criterion_name", "Tên tiêu chí", ("tên tiêu chí", "tiêu chí"), 24,
        "Đúng như quyết định. Để trống nếu như dòng trên.",
    ),
    Column(
        "at_least", "Số chỉ tiêu cần đạt",
        ("số chỉ tiêu cần đạt", "số chỉ tiêu tối thiểu", "cần đạt ít nhất"), 10,
        "Chỉ ghi khi không cần đạt mọi chỉ tiêu của tiêu chí, ví dụ 4 (trong 6 chỉ tiêu).",
    ),
)  # fmt: skip
INDICATOR = (
    Column(
        "number", "Số chỉ tiêu", ("số chỉ tiêu", "số hiệu chỉ tiêu", "mã chỉ tiêu"), 9,
        "Ví dụ 3.1. Tiêu chí chỉ có một chỉ tiêu thì ghi số của tiêu chí.",
    ),
    Column(
        "name", "Tên chỉ tiêu",
        ("tên chỉ tiêu", "nội dung tiêu chí", "nội dung chỉ tiêu", "nội dung", "chỉ tiêu"), 48,
        "Đúng như quyết định.",
    ),
    Column(
        "unit", "Đơn vị", ("đơn vị", "đơn vị tính", "đvt"), 12,
        "Ví dụ %, triệu đồng/người/năm, km. Với kiểu “Mức độ”: ghi các mức từ thấp đến cao, "
        "cách nhau bằng dấu <.",
    ),
    Column(
        "kind", "Kiểu yêu cầu", ("kiểu yêu cầu", "kiểu", "loại yêu cầu"), 20,
        "Chọn trong danh sách. Để trống nếu ô ngưỡng đã ghi đủ, ví dụ “≥ 95%” hoặc “Đạt”.",
    ),
)  # fmt: skip
COMMON = Column(
    "common", "Ngưỡng chung",
    ("ngưỡng chung", "chỉ tiêu chung", "mức đạt", "yêu cầu", "mức yêu cầu", "ngưỡng",
     "mức đạt chuẩn", "chỉ tiêu phải đạt", "chỉ tiêu"),
    16, "Ngưỡng dùng cho mọi xã không có ngưỡng riêng ở các cột sau. Khoảng thì ghi 70 - 90.",
)  # fmt: skip
BY_GROUP = tuple(
    Column(
        key, f"Nhóm {group}", (f"nhóm {group}", f"xã nhóm {group}", f"các xã nhóm {group}"), 12,
        f"Ngưỡng của xã thuộc nhóm {group}.",
    )
    for key, group in GROUPS.items()
)  # fmt: skip
_SHORT = {
    "TDMNPB": ("tdmnpb", "trung du mnpb", "miền núi phía bắc"),
    "DBSH": ("đbsh", "đb sông hồng"),
    "BTB": ("btb",),
    "DHNTB": ("dhntb", "dh nam trung bộ", "nam trung bộ"),
    "TN": ("tn",),
    "DNB": ("đnb",),
    "DBSCL": ("đbscl", "đb sông cửu long"),
}
BY_REGION = tuple(
    Column(
        key, name, (name.lower(), name.replace("miền núi", "và miền núi").lower(), *_SHORT[key]),
        12, f"Ngưỡng của vùng {name}.",
    )
    for key, name in REGIONS.items()
)  # fmt: skip
SHAPE = (
    Column(
        "other", "Bộ tiêu chí khác", ("bộ tiêu chí khác", "bộ được so", "mã bộ khác"), 26,
        "Bộ phải đạt, hoặc bộ được so mức. Chọn mã ở danh sách “Mã bộ tiêu chí”.",
        on_page="Bộ phải đạt, hoặc bộ được so mức.",
    ),
    Column(
        "other_number", "Số ở bộ khác", ("số ở bộ khác", "chỉ tiêu của bộ khác"), 10,
        "Số tiêu chí, chỉ tiêu của bộ khác, ví dụ 10 hoặc 13.1. Để trống: cả bộ.",
        on_page="Ví dụ 10 hoặc 13.1. Để trống: cả bộ.",
    ),
    Column(
        "against", "So với số liệu", ("so với số liệu", "so với"), 24,
        "Tên hoặc mã số liệu được so, ví dụ “Bình quân chung của huyện”.",
        on_page="Ví dụ “Bình quân chung của huyện”.",
    ),
    Column(
        "years", "Liên tục mấy năm", ("liên tục mấy năm", "số năm liên tục"), 11,
        "Ghi 3 nếu phải đạt 3 năm liên tục; “3 trước” nếu tính đến năm trước năm xét; “hằng năm” "
        "nếu mỗi năm phải làm lại.",
        on_page="Ví dụ 3; “3 trước” nếu tính đến năm trước năm xét; “hằng năm”.",
    ),
    Column(
        "children", "Tính trên số", ("tính trên số", "cấp bên dưới"), 11,
        "Ghi thôn, xã hoặc huyện nếu ngưỡng là số hay tỷ lệ thôn, xã, huyện bên dưới phải đạt.",
    ),
    Column(
        "parts", "Các nội dung", ("các nội dung", "gồm các nội dung", "nội dung thành phần"), 36,
        "Với kiểu nhiều nội dung: cách nhau bằng dấu chấm phẩy, ví dụ “Có chợ đạt chuẩn (nếu có "
        "chợ); Có cửa hàng tiện lợi”. Mỗi nội dung có thể kèm ngưỡng: “Tỷ lệ hộ nghèo ≤ 2%”.",
        on_page="Cách nhau bằng dấu chấm phẩy. Có thể kèm ngưỡng (≤ 2%), kèm (nếu có chợ).",
    ),
)  # fmt: skip
"""What only the richer kinds of requirement need."""
FURTHER = (
    Column(
        "both_sexes", "Áp dụng cả nam và nữ", ("áp dụng cả nam và nữ", "cả nam và nữ"), 11,
        "Ghi x nếu phải đạt riêng cho nam và cho nữ.",
    ),
    Column(
        "if_present", "Nếu có", ("nếu có", "chỉ áp dụng khi có"), 18,
        "Ghi thứ phải có thì mới xét, ví dụ “bãi chôn lấp trên địa bàn”. Không có thì không xét.",
    ),
    Column(
        "exceptions", "Ngoại lệ", ("ngoại lệ", "không tính", "trường hợp được trừ"), 24,
        "Các trường hợp được trừ ra, cách nhau bằng dấu chấm phẩy.",
    ),
    Column(
        "measure", "Mã số liệu", ("mã số liệu", "số liệu"), 26,
        "Chọn mã có sẵn ở trang Hướng dẫn để dùng chung số liệu đã nhập. "
        "Để trống thì chương trình tìm theo tên, không có thì lập mã mới.",
    ),
    Column(
        "guided_by", "Cơ quan hướng dẫn",
        ("cơ quan hướng dẫn", "đơn vị hướng dẫn", "cơ quan phụ trách", "đơn vị phụ trách"), 22,
        "Bộ, sở hướng dẫn và đánh giá tiêu chí này.",
    ),
    Column(
        "evidence", "Minh chứng", ("minh chứng", "hồ sơ minh chứng", "tài liệu minh chứng"), 26,
        "Giấy tờ được nhận làm minh chứng, cách nhau bằng dấu chấm phẩy.",
    ),
    Column(
        "source", "Nguồn (điều, phụ lục, trang)",
        ("nguồn", "nguồn điều phụ lục trang", "căn cứ"), 22,
        "Chỗ đọc được trong quyết định, ví dụ “Phụ lục I, trang 3”.",
    ),
    Column("note", "Ghi chú", ("ghi chú",), 26, "Điều cần nói thêm."),
)  # fmt: skip
COLUMNS = (*CRITERION, *INDICATOR, COMMON, *BY_GROUP, *BY_REGION, *SHAPE, *FURTHER)
BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}
CASES = (*(c.key for c in BY_GROUP), *(c.key for c in BY_REGION))
"""Keys of the columns that hold a threshold of their own."""

KINDS = {
    "reached": "Đạt",
    ">=": "≥",
    "<=": "≤",
    ">": ">",
    "<": "<",
    "=": "=",
    "zero": "= 0 (không có)",
    "between": "Trong khoảng",
    "grade": "Mức độ",
    "recognised": "Được công nhận",
    "falling": "Giảm liên tục",
    "rising": "Tăng liên tục",
    "set": "Đạt bộ tiêu chí khác",
    "set_again": "Đạt bộ tiêu chí khác, xét lại",
    "relative": "So với mức của bộ khác",
    "against": "So với số liệu khác",
    "at_least_of": "Ít nhất k nội dung",
    "any_of": "Một trong các nội dung",
    "all_of": "Đủ các nội dung",
    "fallback": "Xét lần lượt các nội dung",
    "province": "Theo quy định của tỉnh",
    "ministry": "Theo hướng dẫn của bộ",
    "not_loaded": "Chưa nạp",
    "kept": "Giữ như bộ gốc",
    "repealed": "Bãi bỏ",
}
"""What an indicator may demand, as the drop-down says it."""
LIST_KINDS = frozenset({"at_least_of", "any_of", "all_of", "fallback"})
"""Those that are made of several contents."""

Row = dict[str, Any]
"""A row as people wrote it: texts by column key; ``line`` is its number in the file, counted as
Excel does; ``dropped`` says that somebody left it out; ``answered`` holds the words of which
somebody said that the requirement expresses them (``qualifiers``)."""


def text(row: Mapping[str, Any], key: str) -> str:
    """A cell's words, empty where there are none."""
    return str(row.get(key) or "").strip()


def listed(words: str) -> list[str]:
    """Things written in one cell, with semicolons between them."""
    return [part.strip() for part in re.split(r"[;\n]", words) if part.strip()]
