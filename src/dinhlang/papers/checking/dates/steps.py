"""The steps of work and of recognition: the words that say them, in the order they are taken."""

from __future__ import annotations

import re

from dinhlang.vietnamese.guarded import guarded

# The steps to recognition, in the order they are taken.
_RECOGNITION = (
    ("lấy ý kiến hài lòng", r"hài lòng"),
    (
        "lập hồ sơ",
        r"(?:lập|hoàn thiện|hoàn chỉnh|chuẩn bị|hoàn tất|làm|xây dựng)\s+"
        r"(?:(?:xong|đủ|bộ|đầy đủ|các)\s+)*hồ sơ"
        r"|hồ sơ\s+(?:\S+\s+){0,9}?(?:hoàn thiện|hoàn thành|hoàn chỉnh|hoàn tất|xong)",
    ),
    (
        "nộp hồ sơ",
        r"(?:trình|nộp|gửi|chuyển)\s+(?:bộ\s+)?hồ sơ"
        r"|hồ sơ\s+(?:\S+\s+){0,7}?(?:trình|nộp|gửi)\b"
        r"|(?:(?<!giải )trình|đề nghị)\s+(?:\S+\s+){0,7}?(?:thẩm tra|thẩm định|công nhận)"
        r"|(?:trình|nộp)\s+(?:lên\s+)?(?:UBND|cấp)\s+(?:huyện|tỉnh|trên)",
    ),
    ("thẩm tra", r"thẩm tra"),
    ("thẩm định", r"thẩm định"),
    ("công nhận", r"công nhận"),
    (
        "công bố",
        r"(?:lễ\s+)?công bố\s+(?:\S+\s+){0,4}?"
        r"(?:quyết định|công nhận|đạt chuẩn|danh hiệu|nông thôn mới|NTM)"
        r"|lễ (?:công bố|đón)|đón\s+(?:nhận\s+)?bằng",
    ),
)
# The steps of a piece of work, likewise; equal numbers may be taken in any order.
_WORK = (
    (0, "khảo sát", r"khảo sát|đo đạc|kiểm đếm|điều tra|rà soát"),
    (
        1,
        "thiết kế, dự toán",
        r"(?:lập|làm|xây dựng|hoàn thành|hoàn thiện)\s+(?:xong\s+)?(?:hồ sơ\s+)?"
        r"(?:thiết kế|dự toán|dự án|phương án|báo cáo kinh tế|thủ tục|đầu tư)|thiết kế",
    ),
    (
        2,
        "phê duyệt",
        r"phê duyệt|thẩm định\s+(?:dự toán|thiết kế|dự án|phương án|báo cáo kinh tế"
        r"|hồ sơ (?:thiết kế|xây|công trình|dự án))"
        r"|(?:báo cáo kinh tế|thiết kế|dự toán|dự án|phương án)[^,;]{0,60}?\b(?:thẩm định|duyệt)",
    ),
    (
        3,
        "chọn nhà thầu",
        r"đấu thầu|(?:lựa\s+)?chọn\s+(?:nhà thầu|đơn vị thi công)|chỉ định thầu|ký hợp đồng",
    ),
    (
        3,
        "giải phóng mặt bằng",
        r"giải phóng mặt bằng|giải tỏa|GPMB|(?:bàn giao|thu hồi|giao)\s+(?:mặt bằng|đất)|cắm mốc",
    ),
    (
        5,
        "khởi công",
        r"khởi công|động thổ|(?:bắt đầu|triển khai|tiến hành|tổ chức)\s+"
        r"(?:thi công|xây dựng|làm)|thi công",
    ),
    (6, "hoàn thành", r"hoàn thành|hoàn thiện|hoàn tất|xong"),
    (7, "nghiệm thu", r"nghiệm thu"),
    (
        8,
        "đưa vào sử dụng",
        r"bàn giao(?!\s+mặt bằng)|thông xe|đóng điện"
        r"|đưa\s+vào\s+(?:sử dụng|khai thác|vận hành|hoạt động)"
        r"|khánh thành",
    ),
    (9, "quyết toán", r"quyết toán"),
)
RECOGNITION = tuple((name, guarded(rf"\b(?:{p})", re.IGNORECASE)) for name, p in _RECOGNITION)
"""The name of each step to recognition and its words; its rank is its place."""
WORK = tuple((rank, name, guarded(rf"\b(?:{p})\b", re.IGNORECASE)) for rank, name, p in _WORK)
"""Rank, name and words of each step of a piece of work."""
PAIRS = tuple(
    (name, guarded(rf"\b(?:{first})", re.I), then, guarded(rf"\b(?:{second})", re.I))
    for name, first, then, second in (
        (
            "cấp giống",
            r"(?:cấp|mua|nhận|phát|ươm|chuẩn bị)\s+(?:\S+\s+){0,2}?giống",
            "trồng, nuôi",
            r"trồng|thả nuôi|thả giống|xuống giống",
        ),
        (
            "rà soát, lập danh sách",
            r"rà soát|khảo sát|bình xét|(?:lập|chốt) danh sách|thống kê|điều tra",
            "hỗ trợ",
            r"hỗ trợ|cấp phát|trao|chi trả|xóa|xoá|sửa chữa|di dời|khởi công",
        ),
        (
            "họp dân",
            r"họp (?:dân|thôn|bản|ấp|xóm)|lấy ý kiến (?:nhân dân|cộng đồng)",
            "làm",
            r"khởi công|thi công|phê duyệt|thu tiền|đóng góp",
        ),
        (
            "mua sắm",
            r"mua sắm|đặt mua|mua|đấu thầu",
            "lắp đặt, cấp phát",
            r"lắp đặt|lắp|cấp (?:phát|cho|\d)|trao|phát|tặng|treo|gắn|dán|giao",
        ),
        (
            "tuyển sinh",
            r"tuyển sinh|chọn học viên|đăng ký học|danh sách học viên",
            "mở lớp",
            r"khai giảng|mở lớp|bế giảng|giảng dạy",
        ),
        ("thành lập", r"thành lập|kiện toàn", "hoạt động", r"ra mắt|tập huấn|họp|ra quân"),
        (
            "chấm điểm, kiểm tra",
            r"chấm điểm|phúc tra|bình chọn|thẩm định",
            "công nhận, khen thưởng",
            r"công nhận|trao giải|khen thưởng|trao thưởng",
        ),
        ("tập huấn", r"tập huấn|đào tạo", "vận hành", r"vận hành|đưa vào sử dụng"),
    )
)
"""What must be there first, and what needs it, where both are about one thing."""
GENERAL = frozenset({"hoàn thành", "khởi công"})
"""Steps that any work has: another step named beside them says more."""
ANY = (*(p for _, p in RECOGNITION), *(p for *_, p in WORK))
"""The words of every step."""
