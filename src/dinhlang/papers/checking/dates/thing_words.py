"""The words by which dated things are told: levels, criteria, parts, steps, what is no thing."""

from __future__ import annotations

import re

from dinhlang.vietnamese.guarded import guarded

LEVEL = guarded(
    r"\b(?:nông thôn mới|NTM|chuẩn|khu dân cư|thôn|ấp|bản|buôn|xóm|khóm|khu|xã)"
    r"\s+(?:văn minh\s+|văn hóa\s+)?(?P<level>kiểu mẫu"
    r"|nâng cao"
    r"|hiện đại|thông minh)\b"
    r"|\b(?:đạt|chuẩn|xã|thôn|ấp|bản|buôn|xóm|khóm|làng|khu)\s+(?:chuẩn\s+)?(?:nông thôn mới"
    r"|NTM)\b"
    r"(?!\s+(?:kiểu mẫu|nâng cao|hiện đại|thông minh))",
    re.IGNORECASE,
)
REACH = guarded(
    r"\b(?:đạt|công nhận|về đích|hoàn thành|ra mắt|xây dựng thành công|cán đích"
    r"|trở thành)\b",
    re.I,
)
PAPERWORK = guarded(
    r"\b(?:hồ sơ|kế hoạch|đề án|phương án|đăng ký|đề nghị"
    r"|(?<!lộ )(?<!công )(?<!chương )(?<!quy )(?<!quá )trình|tự đánh giá"
    r"|rà soát|thẩm tra|thẩm định|khởi công|phát động|triển khai|hài lòng|công bố|đón|lễ|duy trì"
    r"|giữ vững|sơ kết"
    r"|tổng kết|kiểm tra|đã|báo cáo|họp|kinh phí|nguồn|tập huấn|đánh giá|nếu|đủ điều kiện)\b",
    re.IGNORECASE,
)
OTHER_SUBJECT = re.compile(
    r"\b(?:OCOP|sản phẩm|(?<!môi )(?<!thị )(?<!hội )trường|hộ nghèo|gia đình|hợp tác xã|HTX|vườn"
    r"|tuyến đường|cơ quan"
    r"|mô hình(?!\s+(?:xã|thôn|xóm|ấp|bản|buôn|khu|khóm|làng)\b)"
    r"|chuẩn quốc gia|làng nghề|danh hiệu|y tế|tiếp cận pháp luật|tiêu chí|chỉ tiêu)\b",
    re.IGNORECASE,
)
CRITERION = guarded(
    r"\b(?:tiêu chí|TC)\s*(?:\(\s*)?(?:(?:gồm|là)\s+|:\s*)?(?:số\s*)?(?P<list>\d{1,2}(?:\s*(?:,|và"
    r"|;)\s*(?:số\s*)?\d{1,2})*)(?!\s*(?:/|tiêu chí|chỉ tiêu)|\d)",
    re.I,
)
PART_OF = guarded(
    r"\b(?:giai đoạn|đợt|bước|lần|phần|chặng|kỳ|hạng mục|phân kỳ|tuyến|đoạn|lớp|khóa"
    r"|vòng)\s*(?:thứ\s*)?(?P<n>\d+|[IVX]+|một|hai|ba|nhất|đầu|cuối|còn lại)\b|\b\d{1,3}\s*%",
    re.IGNORECASE,
)
DUE_WORDS = re.compile(
    r"\b(?:hoàn thành|hoàn thiện|hoàn tất|xong|kết thúc|đạt|về đích|bàn giao|đưa vào"
    r"|khánh thành|chấm dứt|cán đích|dứt điểm|phải có|nộp|gửi|trình)\b",
    re.IGNORECASE,
)
# Who does it: “Phụ trách: Chi hội Phụ nữ.” says nothing about what.
SLOT = re.compile(
    r"\b(?:đơn vị |cơ quan |người )?(?:phụ trách|cùng làm|cùng thực hiện|chủ trì|phối hợp"
    r"|thực hiện"
    r"|chịu trách nhiệm|tham gia|đầu mối)\s*:[^.;]*[.;]?",
    re.IGNORECASE,
)
EVENT = guarded(
    r"\b(?P<event>tổng kết|sơ kết|lễ (?:công bố|phát động|ra quân|đón|khánh thành|khởi công)"
    r"|phát động|khởi công"
    r"|đại hội|hội thi|ngày hội|công bố|ra mắt|hội nghị triển khai|ra quân)\b",
    re.IGNORECASE,
)
# Syllables of steps and times: they say nothing about which thing it is.
_STEP_WORDS_TEXT = (
    "khởi công xong thi nghiệm thu đưa vào sử dụng khánh thành kết thúc tháng quý ngày trước chậm"
    " nhất cuối đầu giữa hết thời gian hạn đợt tập trung khẩn trương cùng cấp phối hợp chủ trì giao"
    " phụ trách tham mưu ubnd chức ban bắt triển khai mục tiêu nhiệm vụ công trình hàng hằng thêm"
    " phải sẽ được trên giai đoạn bộ này kế hoạch ủy uỷ vận động mỗi các những thuộc nội dung việc"
    " phát triển quản lý chỉ đạo hoàn thiện thành"
)
STEP_WORDS = frozenset(_STEP_WORDS_TEXT.split())
SYLLABLE = re.compile(r"[^\W\d_]+")
