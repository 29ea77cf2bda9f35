"""The kinds of items a person may correct, each with its place in the plan and its fields."""

from __future__ import annotations

from dataclasses import dataclass

from dinhlang.work import moments

from ..rendering import words
from .fields import Choices, Field


@dataclass(frozen=True, slots=True)
class Kind:
    """A list of items of a plan.

    ``path`` is where it lies in the JSON, ``slug`` the tab it belongs to, ``name`` what one item
    is called, ``title`` the field by which an item is known.
    """

    code: str
    path: tuple[str, ...]
    slug: str
    name: str
    title: str
    fields: tuple[Field, ...]


def _choices(names: dict[str, str]) -> Choices:
    return tuple(names.items())


LEVELS = _choices(words.LEVELS)
STATUSES = _choices(words.STATUSES)
ROLES = _choices(words.ROLES)
PERIODS = _choices(words.PERIODS)
COMPARATORS: Choices = (
    (">=", "≥ từ … trở lên"), ("<=", "≤ không quá"), (">", "> hơn"), ("<", "< dưới"),
    ("=", "= đúng bằng"), ("yes", "Có (không cần số)"),
)  # fmt: skip
WEEKDAYS: Choices = tuple(
    (str(place), name[:1].upper() + name[1:])
    for place, name in enumerate(moments.WEEKDAYS, start=1)
)
SEVERAL = "cách nhau bằng dấu ;"
NUMBERS = "Ví dụ 2, 5, 17"

AT = Field("lines", "Dòng trong văn bản", "at", required=True, help="Ví dụ 57 hoặc 57–60")

KINDS = (
    Kind("criteria", ("criteria",), "tieu-chi", "Tiêu chí", "name", (
        Field("name", "Tên tiêu chí", required=True),
        Field("number", "Số", "whole"),
        Field("level", "Mức", "choice", choices=LEVELS),
        Field("status", "Trạng thái", "choice", choices=STATUSES),
        Field("gaps", "Còn thiếu", "lines", help="Mỗi việc một dòng"),
        AT,
    )),
    Kind("targets", ("targets",), "chi-tieu", "Chỉ tiêu", "text", (
        Field("text", "Chỉ tiêu", "text", required=True),
        Field("comparator", "So sánh", "choice", required=True, choices=COMPARATORS),
        Field("value", "Giá trị", "decimal", help="Ví dụ 95 hoặc 17,5"),
        Field("unit", "Đơn vị"),
        Field("code", "Mã"),
        Field("criterion", "Tiêu chí số", "whole"),
        Field("place", "Nơi áp dụng"),
        Field("year", "Năm", "whole"),
        Field("group", "Thuộc nhóm"),
        Field("exceptions", "Trừ", "words", help=SEVERAL),
        AT,
    )),
    Kind("groups", ("groups",), "chi-tieu", "Nhóm chỉ tiêu", "name", (
        Field("name", "Tên nhóm", required=True),
        Field("rule.at_least", "Ít nhất", "whole", required=True),
        Field("rule.of", "Trong số", "whole"),
        Field("targets", "Gồm", "words", help=SEVERAL),
        AT,
    )),
    Kind("quantities", ("quantities",), "khoi-luong", "Khối lượng", "text", (
        Field("text", "Nội dung", "text", required=True),
        Field("value", "Khối lượng", "decimal", required=True, help="Ví dụ 3.200"),
        Field("unit", "Đơn vị"),
        Field("place", "Nơi làm"),
        AT,
    )),
    Kind("tasks", ("tasks",), "nhiem-vu", "Nhiệm vụ", "text", (
        Field("text", "Nhiệm vụ", "text", required=True),
        Field("lead", "Chủ trì", "words", help=SEVERAL),
        Field("partners", "Phối hợp", "words", help=SEVERAL),
        Field("deadline.start", "Từ ngày", "day", help="Ví dụ 01/03/2024"),
        Field("deadline.end", "Đến ngày", "day", help="Ví dụ 30/06/2024"),
        Field("deadline.text", "Thời hạn theo văn bản"),
        Field("criteria", "Tiêu chí", "whole numbers", help=NUMBERS),
        Field("targets", "Chỉ tiêu", "words", help=SEVERAL),
        Field("places", "Địa bàn", "words", help=SEVERAL),
        AT,
    )),
    Kind("duties", ("duties",), "phan-cong", "Phân công", "office", (
        Field("office", "Cơ quan, đơn vị", required=True),
        Field("role", "Vai trò", "choice", required=True, choices=ROLES),
        Field("text", "Việc", "text", empty=""),
        Field("criteria", "Tiêu chí", "whole numbers", help=NUMBERS),
        AT,
    )),
    Kind("schedule", ("schedule",), "lo-trinh", "Mốc lộ trình", "text", (
        Field("text", "Nội dung", "text", required=True),
        Field("period", "Thời gian", "period", required=True, help="Ví dụ Quý II/2024"),
        Field("months", "Tháng", "whole numbers", help="Ví dụ 5, 6"),
        Field("completes", "Hoàn thành tiêu chí", "whole numbers", help=NUMBERS),
        AT,
    )),
    Kind("waves", ("campaign", "waves"), "lo-trinh", "Đợt cao điểm", "start", (
        Field("start", "Từ ngày", "day", required=True),
        Field("end", "Đến ngày", "day", required=True),
        AT,
    )),
    Kind("needs", ("funding", "needs"), "kinh-phi", "Nhu cầu vốn", "text", (
        Field("text", "Nội dung", "text", required=True),
        Field("amount", "Số tiền", "money", required=True, help="Ví dụ 17,5 tỷ đồng"),
        Field("criterion", "Tiêu chí số", "whole"),
        AT,
    )),
    Kind("sources", ("funding", "sources"), "kinh-phi", "Nguồn vốn", "text", (
        Field("text", "Nội dung", "text", required=True),
        Field("amount", "Số tiền", "money", help="Ví dụ 2 tỷ đồng"),
        Field("conditional", "Có điều kiện (chỉ có khi đạt mục tiêu)", "flag"),
        AT,
    )),
    Kind("support", ("support",), "kinh-phi", "Chính sách hỗ trợ", "text", (
        Field("text", "Nội dung", "text", required=True),
        Field("amount", "Mức hỗ trợ", "money", required=True),
        Field("per", "Tính trên", help="Ví dụ hộ, mét, vườn"),
        Field("basis", "Theo văn bản"),
        AT,
    )),
    Kind("reporting", ("reporting",), "bao-cao", "Chế độ báo cáo", "from", (
        Field("from", "Đơn vị báo cáo"),
        Field("to", "Gửi"),
        Field("period", "Kỳ", "choice", required=True, choices=PERIODS),
        Field("due.weekday", "Thứ", "choice", choices=WEEKDAYS),
        Field("due.day", "Ngày trong tháng", "whole"),
        Field("due.time", "Trước giờ", "time", help="Ví dụ 14:30"),
        Field("channels", "Cách gửi", "words", help=SEVERAL),
        AT,
    )),
    Kind("legal_bases", ("legal_bases",), "can-cu", "Căn cứ", "number", (
        Field("kind", "Loại văn bản"),
        Field("number", "Số, ký hiệu"),
        Field("date", "Ngày", "date"),
        Field("issuer", "Cơ quan"),
        Field("title", "Về việc", "text"),
        Field("preamble", "Là căn cứ ban hành", "flag"),
        AT,
    )),
    Kind("villages", ("villages",), "thon", "Thôn", "name", (
        Field("name", "Tên thôn, khu, bản", required=True),
        Field("goal", "Mục tiêu", "choice", choices=LEVELS),
        Field("status", "Trạng thái", "choice", choices=STATUSES),
        AT,
    )),
    Kind("movements", ("movements",), "phong-trao", "Phong trào", "name", (
        Field("name", "Tên phong trào", "text", required=True),
        AT,
    )),
)  # fmt: skip
BY_CODE = {kind.code: kind for kind in KINDS}

DOCUMENT = Kind("document", ("document",), "chung", "Thông tin chung", "title", (
    Field("title", "Tên văn bản", "text"),
    Field("number", "Số, ký hiệu"),
    Field("date", "Ngày ban hành", "date", help="Ví dụ 30/01/2024"),
    Field("issuer", "Cơ quan ban hành"),
    Field("commune", "Xã"),
    Field("district", "Huyện"),
    Field("province", "Tỉnh"),
    Field("years", "Năm", "whole numbers", help="Ví dụ 2024"),
))  # fmt: skip
STATED = Kind("stated", ("funding", "stated"), "kinh-phi", "Số tổng trong văn bản", "needs", (
    Field("needs", "Tổng nhu cầu", "money"),
    Field("sources", "Tổng nguồn vốn", "money"),
    Field("balance", "Cân đối", "money", help="Âm khi thiếu, ví dụ -13,3 tỷ đồng"),
))  # fmt: skip


def of_tab(slug: str) -> tuple[Kind, ...]:
    """The kinds shown under one tab of the reader."""
    return tuple(kind for kind in KINDS if kind.slug == slug)
