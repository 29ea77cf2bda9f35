"""Targets told by words of degree where those beside them are told in figures.

No wording of a target is needed here: things stand beside each other (rows, items, parts of a
sentence), most have a figure, and one has “theo khả năng”, “tăng đáng kể”, “đạt khá” or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import guarded

# What is no figure of a target: years, days, numbers of criteria and of documents. Over small
# letters.
_NOT_VALUE = re.compile(
    r"(?:năm|quý|tháng|giai đoạn|ngày|kỳ|/)\s*[\divx/.\s–-]*20[0-4]\d|\b20[0-4]\d\b"
    r"|(?:ngày|tháng|quý|trước)\s+\d{1,2}(?:\s*[/-]\s*\d{1,2})?|\d+(?:/\d+)?/(?:qđ|nq|kh|tt|nđ)\S*"
    r"|\b(?:tiêu chí|chỉ tiêu|mục|phụ lục|biểu|điều|khoản|nội dung|lớp|loại|mức độ|cấp độ|hạng"
    r"|khóa|bước|vòng|nhóm|phần)"
    r"\s+(?:số\s+)?\d[\d.]*|\bsố \d[\d.]*(?:, \d[\d.]*)*|\b\d+ tuổi|\b\d sao"
    r"|[“\"][^”\"]{1,60}[”\"]|\b\d+ (?:không|sạch|có|tốt|an toàn)\b"
)
_NUMBER_WORD = (
    r"hai|ba|bốn|sáu|bảy|tám|chín|mười|trăm|nghìn|ngàn|triệu|mươi|một (?!số|cách|bước|phần|vài)"
    r"|năm (?=mô hình|tuyến|hộ|thôn|sản phẩm|vườn|lớp|đội|điểm|hợp tác|căn|ha\b|km\b)"
)
# Over small letters.
_VALUE = re.compile(
    rf"\d|\b(?:{_NUMBER_WORD})\b|\b(?:toàn bộ|toàn thể|tất cả|mọi|mỗi|cả|100%|không (?:còn"
    r"|có|để|phát sinh|xảy ra|vượt|tăng)|gấp (?:đôi|rưỡi|ba)|một nửa|quá nửa|phân nửa|tuyệt đối"
    r"|bình quân (?:chung|của|toàn|huyện|tỉnh|cả)|bộ tiêu chí|chỉ tiêu[^.;,]{0,20} giao"
    r"|(?:huyện|tỉnh|cấp trên|ubnd \w+) giao|(?:quy định|hướng dẫn|mức) (?:của|tại|trong)|phụ lục"
    r"|biểu|như sau|sau đây|kèm theo)\b"
)
_SUBJECT = (
    r"tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tốc độ|độ che phủ|diện tích|sản lượng|năng suất|doanh thu"
    r"|giá trị|quy mô|mật độ|mức (?:thu nhập|sống|hưởng|độ|đóng góp|giảm|tăng)|thu nhập"
    r"|số (?:lượng|hộ|người|thôn|ấp|bản|xóm|lượt|buổi|tuyến|mô hình|sản phẩm|hợp tác xã|HTX"
    r"|lao động|giao dịch|hồ sơ|km|cây|vườn|điểm|bóng|camera|lớp|thành viên|hội viên|câu lạc bộ"
    r"|doanh nghiệp|cơ sở|trang trại|ngày công|thuê bao|trẻ|vụ|học sinh|trường|gia đình|công trình)"
    r"|chiều dài|tổng (?:sản lượng|đàn|diện tích|số|thu|giá trị)|thu ngân sách|huy động|nguồn thu"
    r"|chỉ số|điểm (?:số|hài lòng)|hộ (?:nghèo|cận nghèo)|ngày công|công lao động|mức (?=hài)"
)
_MEASURED = re.compile(rf"\b(?:{_SUBJECT})\b", re.IGNORECASE)
_BEGINS = re.compile(
    r"\W*(?:(?:phấn đấu|tiếp tục|từng bước|duy trì|giữ vững|giữ|nâng cao|nâng|tăng|giảm|bảo đảm"
    r"|đảm bảo|đưa|đến cuối năm|cuối năm|về|có|để|riêng|chỉ tiêu|phát triển|mở rộng)[,\s]+){0,3}"
    rf"(?:{_SUBJECT})\b",
    re.IGNORECASE,
)
_DEGREE = (
    r"đáng kể|rõ rệt|rõ nét|mạnh(?: mẽ)?|hợp lý|phù hợp|tương đối|tích cực|cần thiết|ổn định"
    r"|khá|cao|tốt|thấp|nhiều|đủ|vừa phải|cho phép|trung bình khá|an toàn|nhất định|cao nhất"
    r"|thấp nhất|nhanh|bền vững|cơ bản|khả quan|theo yêu cầu|yêu cầu|theo quy định|quy định"
    r"|đề ra|chung|kế hoạch|như năm trước"
)
# Words that stand where a figure should.
_VAGUE = guarded(
    r"\b(?:theo (?:chỉ đạo|khả năng|điều kiện|tình hình|thực tế|nhu cầu|sức dân"
    r"|mức (?:chung|quy định)|yêu cầu|quy định|kế hoạch|tiến độ|lộ trình chung)"
    r"|t(?:ùy|uỳ) (?:theo|thuộc|điều|tình|khả)"
    r"|đạt và vượt (?:mức |chỉ tiêu )?(?:quy định|đề ra|kế hoạch|được giao)"
    rf"|(?:ở |đạt |giữ )?mức (?:độ )?(?:{_DEGREE})\b|đạt (?:kết quả |tỷ lệ |tỉ lệ |chỉ tiêu )?"
    rf"(?:ở )?(?:{_DEGREE})\b|(?:kết quả|tỷ lệ|tỉ lệ) (?:{_DEGREE})\b"
    r"|(?:tăng|giảm|nâng|mở rộng|phát triển|cải thiện|chuyển biến|tiến bộ|hạ|rút|bổ sung|vượt"
    r"|hơn|cao|thấp|nhiều|ít)[^,.;]{0,30}?\s(?:dần|lên|thêm|hơn(?: nữa)?|đáng kể|rõ rệt|rõ nét"
    r"|mạnh(?: mẽ)?|khá|nhanh|nhiều|đều|so với|hằng năm|hàng năm|qua các năm|tối đa|tối thiểu"
    r"|cao nhất|thấp nhất|từng (?:bước|năm)|tích cực|hợp lý|(?:năm|kỳ) trước)\b"
    r"|ngày (?:càng|một) \w+|(?:tăng|giảm) (?:đều )?(?:qua|theo) (?:từng|các|mỗi) \w+"
    r"|(?:từng bước|không ngừng|tiếp tục) (?:được )?(?:tăng|giảm|nâng|mở"
    r"|cải thiện|phát triển)|(?:cơ bản|hầu hết|phần lớn|đa số|đại đa số|phần đông|tối đa|tối"
    r" thiểu theo|càng (?:nhiều|cao|sớm)|nhiều nhất|cao nhất|khá trở lên|tốt trở lên|trung bình trở"
    r" lên|xấp xỉ|tương đương|bằng hoặc|không thấp hơn|cao hơn|thấp hơn|nhiều hơn|ít hơn)\b"
    r"|(?:như|bằng|giữ) (?:mức )?(?:năm|kỳ|mức) (?:trước|cũ|ngoái|hiện)\b"
    r"|một (?:số|vài|phần)\b|vài\b"
    r"|phấn đấu (?:ở mức |đạt )?(?:cao|tốt|khá|tăng|giảm|vượt)\b)|…|\.{3,}|_{3,}",
    re.IGNORECASE,
)
# Movements of degree that need no measured subject to be a target without a figure.
_STRONG = guarded(
    r"\b(?:tăng|giảm|mở rộng|nâng|cải thiện|phát triển|nhân rộng|huy động|trồng|thu hút)\b"
    r"[^,.;:]{0,60}?\b(?:đáng kể|rõ rệt|rõ nét|càng nhiều càng tốt|theo khả năng|tối đa|nhiều hơn"
    r"|so với (?:năm|kỳ|cùng kỳ|trước|hiện)|khá cao|ở mức (?:khá|cao|hợp lý|phù hợp))"
    r"|\b(?:lắp|làm|bê tông|cứng hóa|trồng|xây|có|ở|tại) [^,.;:]{0,30}?(?:hầu hết|phần lớn|đa số)"
    r" (?:các |số )?(?:tuyến|đường|hộ|ngõ|điểm|nhà)\b"
    r"|\bở mức (?:hợp lý|khá|cao|phù hợp|tốt|thấp|cho phép)|\bđạt kết quả (?:tốt|khá|cao)"
    r"|\bđạt (?:ở mức |tỷ lệ |tỉ lệ )?(?:cao nhất|tối đa|khá cao|cao)(?: có thể)?\W*$"
    r"|\b(?:thêm|xây dựng|làm|lắp|trồng|có|mở|phát triển|ra mắt|sửa|thành lập)\s+(?:được\s+|mới\s+"
    r"|thêm\s+)?(?:một số|vài|nhiều|một vài)\s+(?:mô hình|tuyến|cây|sản phẩm|vườn|hợp tác xã|hộ"
    r"|lớp|điểm|câu lạc bộ|công trình|nhà|đoạn|km|camera|bóng|tổ hợp tác|ha)",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"\W*(?:(?:phấn đấu|cơ bản|bảo đảm|đảm bảo|duy trì)\s+)?(?:đạt|có|x|hoàn thành|không|đạt chuẩn"
    r"|đạt yêu cầu|bảo đảm|đảm bảo)?\W*",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\W*\d[\d.,]*\s*\S{0,8}\W*$"  # “… tăng nhiều nhất, 55 hộ”
    r"|\W*(?:đạt|từ|lên|còn|cụ thể|ít nhất|trên|dưới|khoảng|tối thiểu|phấn đấu|tức|bằng|trong đó"
    r"|tương ứng|xuống|đến|gồm|là)\b[^,]*\d",
    re.IGNORECASE,
)
_NOT_AIM = guarded(
    r"\b(?:chưa|vẫn|hiện nay|hiện tại|do|nguyên nhân|còn (?:cao|thấp|chậm|nhiều|ít)|khó khăn"
    r"|hạn chế|tham mưu|tổng hợp|thống kê|theo dõi|báo cáo|rà soát|đánh giá|tuyên truyền|hướng dẫn"
    r"|kiểm tra|phối hợp|lập|chủ trì|căn cứ|kết quả thực hiện|đã (?:đạt|có|được|tăng|giảm)"
    r"|biện pháp|kinh phí)\b|^\W*(?:cần|phải)\b",
    re.IGNORECASE,
)
_OTHER_PART = re.compile(
    r"ton tai|han che|kho khan|ket qua|thuc trang|hien trang|danh gia|nguyen nhan|to chuc thuc hien"
    r"|phan cong|kinh phi|nguon von|giai phap|can cu|quan diem|yeu cau|bai hoc|tinh hinh"
)
_GOAL_COLUMN = re.compile(
    r"muc tieu|ke hoach|phan dau|muc (?:phai )?dat|gia tri|dang ky|can dat|cuoi nam|nam 20\d\d"
    r"|chi tieu nam|ket qua (?:can|phai)|^muc\b|so luong|khoi luong|^kh\b|thuc hien nam|con so"
    r"|dau ra|dat duoc|se dat|nam nay"
)
_NO_GOAL_COLUMN = re.compile(
    r"thoi (?:gian|han)|han\b|ngay|hoan thanh|phu trach|chu tri|kinh phi|von|ghi chu|hien|truoc"
    r"|phoi hop|noi dung|nguoi|nhiem vu"
)
_KEPT = re.compile(r"(?:tiếp tục )?(?:duy trì|giữ vững|giữ nguyên|giữ)(?: đạt)?\W*", re.IGNORECASE)
_UNIT = re.compile(r"\bdvt\b|don vi(?: tinh)?$|^dv tinh")
_UNITS = re.compile(
    r"(?:%|‰|km|m|m2|m²|m3|ha|hộ|người|triệu(?: đồng)?(?:/.*)?|tỷ(?: đồng)?|đồng|tuyến|mô hình"
    r"|sản phẩm|cây|lớp|buổi|điểm|thôn|tấn|tạ|con|vườn|nhà|căn|cái|mắt|bóng|lượt|công|bộ|tr\.?đ"
    r"|công trình|HTX|tổ|đội|trường|em|trẻ|hồ sơ|lao động|vụ|ngày công)(?:\s*/.*)?",
    re.IGNORECASE,
)
_PIECE = re.compile(r"(?:(?! và )(?:[^,;.]|[,.](?=\S)))+")
_DIGIT = re.compile(r"\d")
_TWO_NUMBERS = re.compile(r"\d\D+\d")
_LONGEST_ITEM = 170
_FEW_CELLS = 2  # a row of one cell heads those below it
_SHORT = 16  # words of a value behind a colon
_NEAR = 5  # paragraphs on either side that count as its neighbours


def vague_values(plan: Plan, told: set[int]) -> Iterator[Place]:
    """Places of targets without a figure among neighbours that have one; ``told`` are known."""
    every = paragraphs(plan)
    figures = [not each.cells and each.block.has_digit and _has_figure(each.text) for each in every]
    if not any(figures) and not any(each.cells for each in every):
        return
    yield from _in_tables(every, plan, told)
    for at, each in enumerate(every):
        if each.cells or each.annex or each.number in told or _elsewhere(each):
            continue
        text = each.text
        near = len(text) < _LONGEST_ITEM and sum(
            figures[other]
            for other in range(max(0, at - _NEAR), min(len(every), at + _NEAR + 1))
            if other != at and len(every[other].text) < _LONGEST_ITEM
        )
        if near and _open_item(text, near):
            yield each.said(plan, 0, len(text.rstrip(" .;")))
            continue
        yield from _in_prose(plan, each)


def _elsewhere(each: Paragraph) -> bool:
    return any(map(_is_other_part, each.above[-2:]))


@lru_cache(maxsize=1024)
def _is_other_part(head: str) -> bool:
    return _OTHER_PART.search(fold(head)) is not None


def _has_figure(text: str) -> bool:
    return _DIGIT.search(text) is not None and _DIGIT.search(_without_dates(text)) is not None


@lru_cache(maxsize=1024)
def _without_dates(text: str) -> str:
    return _NOT_VALUE.sub(" ", lower(text))


def _valued(text: str) -> bool:
    return _VALUE.search(_without_dates(text) if _DIGIT.search(text) else lower(text)) is not None


def _open_item(text: str, near: int) -> bool:
    """Whether an item gives no figure: a vague value behind its colon, or a measured thing."""
    if _valued(text) or _NOT_AIM.search(text):
        return False
    what, colon, value = text.rstrip(" .;").rpartition(":")
    if colon and len(value.split()) <= _SHORT and value.strip():
        if _MEASURED.match(what.strip()) and _VERDICT.fullmatch(value):
            return near >= 1
        if _VAGUE.search(value) and (_MEASURED.search(text) or near > 1):
            return True
    if _BEGINS.match(text) and _VAGUE.search(text):
        return True
    return near > 1 and _STRONG.search(text) is not None


def _in_prose(plan: Plan, each: Paragraph) -> Iterator[Place]:
    """Parts of a sentence, or of several joined by semicolons: two with figures, one without."""
    text = each.text
    if not each.block.has_digit or not _TWO_NUMBERS.search(text):
        return
    if not (_VAGUE.search(text) or _STRONG.search(text)):
        return
    spans = [(m.start(), m.end()) for m in _PIECE.finditer(text)]
    with_figure = [_has_figure(text[begin:end]) for begin, end in spans]
    if sum(with_figure) < 2:
        return
    for at, (begin, end) in enumerate(spans):
        words = text[begin:end]
        value = words.rpartition(":")[2] if at == 0 else words
        if with_figure[at] or _valued(value) or _NOT_AIM.search(value):
            continue
        behind = text[end + 1 : spans[at + 1][1]] if at + 1 < len(spans) else ""
        if text[end : end + 1] == "," and _BEHIND.match(behind):
            continue
        if at and "đạt" in value and text[begin - 1] == "," and not _MEASURED.search(value):
            # “tỷ lệ lao động có bằng cấp, chứng chỉ đạt theo quy định”
            last = text[slice(*spans[at - 1])]
            if not (with_figure[at - 1] or _VAGUE.search(last) or _valued(last)):
                value = f"{last},{value}" if _MEASURED.search(last) else value
        measured = _MEASURED.search(value) or re.match(
            r"\W*(?:người dân|hộ|các hộ|trẻ|lao động|học sinh|nhà ở|đường|chất thải|rác)\b",
            value,
            re.IGNORECASE,
        )
        same = range(text.rfind(". ", 0, begin) + 1, (text.find(". ", end) + 1 or len(text)) + 1)
        if (measured and _VAGUE.search(value)) or (
            _STRONG.search(value) and _has_figure(text[same.start : same.stop])
        ):
            start = max(0, end - len(value.lstrip()))
            yield each.said(plan, start, end)


def _in_tables(every: tuple[Paragraph, ...], plan: Plan, told: set[int]) -> Iterator[Place]:
    """Rows whose cell of the goal has no figure while most of the column has."""
    tables: dict[int, list[Paragraph]] = {}
    for each in every:
        if each.cells and each.cells != each.columns and len(each.cells) == len(each.columns):
            tables.setdefault(each.block.table, []).append(each)
    for body in tables.values():
        head = body[0].head
        unit = next((at for at, words in enumerate(head) if _UNIT.search(words)), -1)
        for at, words in enumerate(head):
            if at in (0, unit) or not _GOAL_COLUMN.search(words) or _NO_GOAL_COLUMN.search(words):
                continue
            cells = [each.cells[at] for each in body if sum(map(bool, each.cells)) > 1]
            if sum(_has_figure(cell) for cell in cells) * 2 < len(cells):
                continue
            for each in body:
                if each.number not in told and _open_cell(each, at, unit):
                    told.add(each.number)
                    yield each.said(plan)


def _open_cell(each: Paragraph, at: int, unit: int) -> bool:
    cell = each.cells[at].strip()
    if _has_figure(cell) or _valued(cell) or sum(map(bool, each.cells)) < _FEW_CELLS:
        return False
    if _KEPT.fullmatch(cell) and any(re.search(r"\d", other) for other in each.cells[1:at]):
        return False
    measured = unit >= 0 and _UNITS.fullmatch(each.cells[unit].strip()) is not None
    names = " ".join(each.cells[:at])
    rate = re.search(r"\b(?:tỷ lệ|tỉ lệ|thu nhập bình quân|số hộ|diện tích)\b|%", names, re.I)
    if not cell or cell in "-–x/":
        return bool(measured and not cell)
    return bool(measured or rate or _VAGUE.search(cell) or re.match(r"theo|phấn đấu", cell, re.I))
