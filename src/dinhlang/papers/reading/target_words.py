"""Patterns of demands: comparators in words and signs, units, codes, exceptions."""

from __future__ import annotations

import re
from decimal import Decimal

from dinhlang.papers.plan import Comparator
from dinhlang.papers.reading.letters import compile_vi, guard_vi
from dinhlang.vietnamese import parse_number

THAN = ("cao", "cao hơn", "thấp", "thấp hơn")
"""Words that “so với …” behind the number belongs to."""
EACH = compile_vi(r"(?:[Mm]ỗi|[Mm]ột|[Cc]ác|[Tt]oàn) \w+")
NUMBER_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7}
_NUMBER = r"\d\d*(?:[.,]\d+)*"  # one digit first: a search goes from digit to digit
_LEFT = re.compile(
    r"(?:(?P<ge>≥|tối thiểu|ít nhất|không dưới|không thấp hơn|không ít hơn|thấp nhất)|"
    r"(?P<le>≤|không quá|không vượt quá|tối đa|nhiều nhất)|(?P<gt>>|trên|hơn|vượt)|(?P<lt><|dưới)|"
    r"(?P<plain>=|đạt|là|còn|lên|bằng|xuống|từ))"
    r"(?:\s+(?:là|đạt|từ|khoảng|mức|được|còn|lên|tới|đến|có))*\s*:?\s*$",
    re.I,
)
_RIGHT = re.compile(r"\s*(?:trở\s+(?P<up>lên)|trở\s+(?P<down>xuống))")
# “từ 35% số vườn trở lên”: the noun stands between.
_RIGHT_FAR = re.compile(r"\s+[^\d,;.()]{2,30}?\s+trở\s+(?:(?P<up>lên)|(?P<down>xuống))")
PERCENT = re.compile(rf"(?P<n>{_NUMBER})\s*(?:%|phần trăm)(?!\s*[-–]\s*\d)")
_MONEY_UNIT = r"triệu(?: đồng)?(?:\s*/\s*(?:người|khẩu|hộ|lao động))?(?:\s*/\s*năm)?"
_UNIT = (
    rf"{_MONEY_UNIT}|sao|mô hình|hợp tác xã|HTX|sản phẩm(?: OCOP)?|hoạt động|tuyến đường|đoạn "
    rf"đường|tuyến|"
    r"dịch vụ|câu lạc bộ|điểm|hạng mục|tổ chức|chủ thể|cơ sở|tổ hợp tác|giờ|lít|m2/người|m2|m²|"
    r"m|km|xã|thôn|"
    r"khu dân cư|KDC|khu|trường|người|vùng|lần|năm|chuỗi|cây|hộ|nhà|cuộc|lớp|buổi|công trình|"
    r"nội dung|"
    r"tiêu chí|chỉ tiêu|lĩnh vực|camera|đội|tổ|nhóm|bản|ấp|buôn|khóm|mã|hố rác|hố|thủ tục|thửa|"
    r"vườn|phút|thành viên|ngày|hội viên|bồn hoa|bồn|giống|ca"
)
_COUNTED = r"(?:\d+(?:[.,]\d+)*|một|hai|ba|bốn|năm)"
COUNT = guard_vi(
    r"(?P<cmp>≥|≤|>|<|tối thiểu|ít nhất|không dưới|không thấp hơn|không ít hơn|không quá|tối đa|"
    r"trên|dưới)"
    rf"(?:\s+(?:là|có|từ|đạt|khoảng))*\s*(?P<n>{_COUNTED})\s*(?:trong số (?:các "
    rf")?)?(?P<unit>{_UNIT})(?![\w/])",
    re.I,
)
UPWARD = guard_vi(rf"(?P<n>{_COUNTED})\s*(?P<unit>{_UNIT})\s+trở\s+(?P<dir>lên|xuống)")
INCOME = guard_vi(
    r"(?:đạt|trên|từ|≥|>|là|lên|tối thiểu|ít nhất|bằng|không dưới|không thấp hơn)"
    r"(?:\s+(?:từ|trên|khoảng|mức|là|đạt|tối thiểu|ít nhất))*\s*"
    rf"(?P<n>{_NUMBER})\s*(?P<unit>{_MONEY_UNIT})",
    re.I,
)
REACHING = guard_vi(
    r"(?<![\d/.,])(?P<n>\d{1,3})\s+(?P<unit>trường|KDC|khu dân cư|khu|thôn|bản|ấp|buôn|khóm|xóm|"
    r"sản phẩm|"
    r"hợp tác xã|vườn|cơ sở)(?:\s+(?:học|mẫu))?\s+(?:được công nhận\s+)?đạt\s+(?:chuẩn|tiêu "
    r"chuẩn|hạng|từ)"
)
OUT_OF = guard_vi(
    r"(?<![\d/.,])(?P<n>\d{1,2})/\d{1,2}\s+(?P<unit>thôn|khu dân cư|KDC|khu|bản|ấp|buôn|khóm|"
    r"xóm|trường)\s+(?:có|đạt|được)\b"
)
HAVING = compile_vi(rf"^Có\s+(?:đủ\s+)?(?P<n>\d{{1,3}})\s+(?P<unit>{_UNIT})(?!\w)")
CODE = compile_vi(
    r"(?:^|(?<=[.:;]\s))(?:(?:Chỉ tiêu|Tiêu chí|Nội "
    r"dung)\s*(?:số\s*)?(?P<code>\d{1,2}\.\d{1,2}[a-z]?|[A-Z]{1,3}\d{1,2})"
    r"|(?P<bare>[A-Z]{2}\d{1,2}(?=[.:]))|(?P<one>Chỉ "
    r"tiêu\s+(?P<single>\d{1,2})(?=\s*[.:])))\s*[.:)\-–]?\s*"
)
EXCEPT = guard_vi(
    r"\(?\s*(?:trừ|ngoại trừ|không tính|không bao gồm)\s+(?P<list>[^()]+?)\s*(?:\)|$|;)"
)
YEAR = re.compile(r"[Nn]ăm (20\d\d)|/(20\d\d)\b")
NOT_TARGET = guard_vi(
    r"(?:mới (?:đạt|có|chỉ|được|chiếm)|hiện (?:nay )?đạt|đã đạt|kết quả (?:đạt|là)|thực hiện "
    r"được|số thực hiện|hỗ trợ|theo tỷ lệ|trích|lãi suất|chiếm|"
    r"được hưởng|điều tiết|đối ứng)\s*[^,;.]{0,30}$",
    re.I,
)
AMONG = guard_vi(
    r"(?:[Đđ]ạt |[Cc]ó |[Cc]họn |[Đđ]áp ứng )?(?P<min>tối thiểu|ít nhất|đạt|chọn|"
    r"từ)\s*:?\s*(?:từ\s+)?"
    r"(?P<k>\d{1,2}|một|hai|ba|bốn|năm)\s*"
    r"(?:/\s*(?P<n>\d{1,2})|(?:[a-zà-ỹ]+\s+){0,4}?(?:trở lên\s+)?(?:trong(?: số| tổng số)?|/)\s*"
    r"(?P<n2>\d{1,2}|hai|ba|bốn|năm|sáu|bảy)|(?:[a-zà-ỹ]+\s+){0,2}trong(?: số)?(?: các)?)\s+"
    r"(?P<what>[^,;.:()]{2,60})"
)
STATE = compile_vi(
    r"^(?:Có|Không có|Không còn|Không để|Tỷ lệ|Tỉ lệ|100%|Đạt|Được|Mỗi|Tối thiểu|Ít nhất|Công khai|"
    r"Hoàn thành \d|Thu nhập|Tất cả|Toàn bộ|Hệ thống .{3,60} đạt|"
    r"Các .{3,80} (?:được|đạt|đảm bảo|bảo đảm)|Trong \d+ năm|Trung tâm|Không|Nhà|Chi bộ .* đạt|"
    r"≥)(?!\w)"
)
ACTION = compile_vi(
    r"^(?:Tiếp tục|Tăng cường|Đẩy mạnh|Tuyên truyền|Tập trung|Xây dựng|Hoàn thiện|Duy trì|Nâng cao|"
    r"Tổ chức|Thực hiện|Triển khai|Huy động|Phối hợp|Chỉ đạo|Rà soát|Từng bước|Vận động|Khuyến "
    r"khích|"
    r"Phát huy|Giao|Căn cứ|Phấn đấu|Đầu tư|Bố trí|Nhà nước|Thời gian|Kinh phí)(?!\w)"
)
NEGATIVE = guard_vi(
    r"(?:^|[,;.:(]\s*|KDC |và |trong năm |năm \d{4},? )"
    r"(?P<what>[Kk]hông (?:có|còn|để xảy ra|xảy ra|phát sinh)\s(?!cấp |gì |ai )[^;.()]{4,160})"
)
NONE_LEFT = compile_vi(r"^(?P<what>[^:;.]{3,40}:\s*không còn)(?![\w])")
PRESENT = guard_vi(
    r"(?:^|[;:(]\s*)(?P<what>[Cc]ó (?!ít nhất|tối thiểu|≥|\d|thể |kế hoạch|liên quan|hiệu quả|"
    r"trách nhiệm|giải pháp|biện pháp|"
    r"lộ trình|phương án|chủ |phân công|văn bản|bảng |danh sách|phụ lục|biểu "
    r")[^;:()]{8,130}?)(?=[;:()]|\.\s|\.$|,\s+có |$)"
)
EVERY = guard_vi(
    r"(?P<what>[Mm]ỗi (?:thôn|khu|bản|ấp|buôn|xóm|xã|khóm|KDC) (?:đều )?(?:phải )?có (?!ít nhất|"
    r"tối thiểu|\d)[^;.()]{5,90})"
)


def decimal(text: str) -> str | None:
    """The number as a plain decimal string (``99.8``), number words too."""
    word = NUMBER_WORDS.get(text.lower())
    value = Decimal(word) if word else parse_number(text)
    if value is None:
        return None
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def unit_words(text: str) -> str:
    """The unit without spaces around ``/``."""
    return re.sub(r"\s*/\s*", "/", text)


def comparator_of(text: str, start: int, end: int) -> tuple[Comparator, int, int]:
    """The comparator of the number ``text[start:end]`` and the stretch it and the number fill."""
    right = _RIGHT.match(text, end)
    window = text[max(0, start - 34) : start]
    left = _LEFT.search(window)
    begin = start - (len(window) - left.start()) if left else start
    if right is None and left and window[left.start() :].lower().startswith(("từ", "đạt từ")):
        far = _RIGHT_FAR.match(text, end)
        if far:
            return (">=" if far["up"] else "<="), begin, end
    if right:
        return (">=" if right["up"] else "<="), begin, right.end()
    if left:
        for name, sign in (("ge", ">="), ("le", "<="), ("gt", ">"), ("lt", "<")):
            if left[name]:
                return sign, begin, end  # type: ignore[return-value]
    return "=", begin, end
