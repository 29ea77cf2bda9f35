"""Levels read by paragraph: conditions of the model level, choices, other communes, the new set.

A page wraps sentences; what is told here stands on several lines, so whole paragraphs are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import parse_words
from dinhlang.vietnamese.guarded import guarded

_MODEL = re.compile(r"kiểu mẫu", re.IGNORECASE)
_TELLS = guarded(
    r"\b(?:điều kiện|cam kết|bảo đảm|đảm bảo|yêu cầu|phải|tiêu chuẩn|đăng ký|phấn đấu|gồm|quy định"
    r"|nội dung|là xã|đáp ứng|thỏa mãn|cần)\b|:",
    re.IGNORECASE,
)
_OF_VILLAGE = guarded(
    r"\b(?:thôn|khu dân cư|vườn|hộ|ấp|bản|xóm|tuyến đường|khu) (?:nông thôn mới |NTM )?kiểu mẫu",
    re.IGNORECASE,
)
_TELLS = guarded(
    r"\b(?:điều kiện|cam kết|bảo đảm|đảm bảo|yêu cầu|phải|tiêu chuẩn|đăng ký|phấn đấu|gồm|quy định"
    r"|nội dung|là xã|đáp ứng|thỏa mãn|cần)\b|:",
    re.IGNORECASE,
)
_OF_VILLAGE = guarded(
    r"\b(?:thôn|khu dân cư|vườn|hộ|ấp|bản|xóm|tuyến đường|khu) (?:nông thôn mới |NTM )?kiểu mẫu",
    re.IGNORECASE,
)
_CONDITIONS = (
    ("đã đạt và giữ chuẩn nâng cao", guarded(
        r"(?:xã|chuẩn|mới|NTM|công nhận|duy trì|giữ|tiêu chí|mức độ|danh hiệu)\s+"
        r"(?:đạt\s+|chuẩn\s+|vững\s+)?(?:nông thôn mới\s+|NTM\s+)?nâng cao(?! (?:chất|đời|hiệu|thu"
        r"|nhận|năng|ý))", re.IGNORECASE)),
    ("thu nhập cao hơn 10% so với mức của xã nâng cao", guarded(r"thu nhập", re.IGNORECASE)),
    ("mô hình thôn thông minh", guarded(
        r"(?:thôn|khu dân cư|ấp|bản|xóm|khu|buôn|khóm|KDC|làng|mới|NTM)[^.;,]{0,25}thông minh",
        re.IGNORECASE)),
    ("lĩnh vực nổi trội", guarded(
        r"lĩnh vực|nổi trội|kiểu mẫu (?:về|trên)\s+\w|tiêu chí kiểu mẫu về", re.IGNORECASE)),
)  # fmt: skip
# “cao hơn 10% so với mức của xã nâng cao” tells of income and not of the advanced level.
_COMPARED = guarded(
    r"\b(?:so với|mức (?:của|áp dụng)|hơn (?:mức )?(?:của )?|mức)[^.;\n()]{0,110}?nâng cao", re.I
)
_ENUMERATES = re.compile(
    r"\b(?:điều kiện|cam kết|nội dung|phải|bảo đảm|đảm bảo|yêu cầu|gồm|tiêu chuẩn)\b|\(1\)|a\)",
    re.I,
)
_RUN = 6


def model_parts(plan: Plan, known: bool) -> Iterator[Hit]:
    """A passage that tells the conditions of the model level and leaves some out of the paper."""
    if known or not plan.document.commune or max(plan.document.years, default=0) >= 2026:
        return
    every = paragraphs(plan)
    for at, each in enumerate(every):
        if not _MODEL.search(each.text) or each.text.startswith("Căn cứ"):
            continue
        if each.cells and (each.cells != each.columns or "iều kiện" not in each.text):
            continue
        if _OF_VILLAGE.search(each.text) or not _TELLS.search(each.text):
            continue
        block = _passage(every, at)
        own = _COMPARED.sub(" ", block)
        told = [name for name, words in _CONDITIONS if words.search(own)]
        if len(told) < 2 or "xã" not in block:
            continue
        others = " \n ".join(e.text for i, e in enumerate(every) if not at <= i < at + _RUN)
        near = " \n ".join(e.text for e in every[max(0, at - 3) : at + _RUN])
        near = _COMPARED.sub(" ", near)
        missing = [
            name
            for index, (name, words) in enumerate(_CONDITIONS)
            if name not in told and not words.search(near if index == 0 else others)
        ]
        counted = len(block) > len(each.text) or _ENUMERATES.search(block)
        if not missing or len(missing) + len(told) < len(_CONDITIONS) - 1 or not counted:
            continue
        if missing == [_CONDITIONS[0][0]] and len(told) < len(_CONDITIONS) - 1:
            continue
        yield Hit(
            message=f"Điều kiện của xã kiểu mẫu được kể mà thiếu: {'; '.join(missing)}.",
            places=(each.said(plan),),
            advice="Thêm điều kiện còn thiếu, mức phải đạt và người chủ trì.",
            severity="warning",
        )
        return


def _passage(every: tuple[Paragraph, ...], at: int) -> str:
    """A paragraph, with the items of its list behind it where it ends in a colon."""
    text = every[at].text
    if not text.rstrip().endswith((":", "sau", "gồm")) and not every[at].cells:
        return text
    items = []
    for each in every[at + 1 : at + 1 + _RUN]:
        items.append(" ".join(each.cells) if each.cells else each.text)
        if not each.cells and each.text.rstrip().endswith("."):
            following = every[at + 1 + len(items)] if at + 1 + len(items) < len(every) else None
            if following is None or following.block.bullet != each.block.bullet:
                break
    return " \n ".join([text, *items])


_COUNT = r"\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám"
_NOUN = (
    r"nhóm(?: (?:dịch vụ|nội dung|tiêu chí|chỉ tiêu|giải pháp|lĩnh vực))?|lĩnh vực|chỉ tiêu"
    r"|nội dung|mô hình|điều kiện|yêu cầu|tiêu chuẩn|hạng mục|dịch vụ|tiêu chí thành phần"
    r"|phần việc|sản phẩm|ứng dụng|tiện ích|hoạt động|mặt|phương án|loại hình|tiểu tiêu chí|nhánh"
    r"|tiêu chí|công trình|thành phần|tiêu mục"
)
_K_OF_N = guarded(
    rf"(?<![\d/.,])\b(?P<k>{_COUNT})\s*(?:(?:{_NOUN})\s+)?(?:nổi trội\s+)?(?:trở lên\s+)?"
    rf"(?:/\s*|(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?)(?:(?P<n>{_COUNT})\s+|(?:các|những)\s+)"
    rf"(?P<what>{_NOUN})\b",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"\b(?:ít nhất|tối thiểu|phải|cần|chọn|đăng ký|bảo đảm|đảm bảo|đủ|yêu cầu|từ|điều kiện"
    r"|bắt buộc|quy định)\b[^.;]{0,50}$",
    re.IGNORECASE,
)
_REACHED = re.compile(
    r"\b(?:đã|hiện|(?<!thôn )mới|kết quả|còn|thiếu|chưa|nâng|duy trì|giữ)\b[^.;]{0,40}$"
    r"|tiêu chí (?:số )?\d+[^.;]{0,40}$",
    re.IGNORECASE,
)
_CHOSEN = re.compile(
    r"\b(?:lựa chọn|chọn|đăng ký|chốt|thống nhất (?:làm|chọn|thực hiện)|ưu tiên|tập trung"
    r"|xác định|quyết định|làm trước)\s+(?:thực hiện\s+|làm\s+|xây dựng\s+|vào\s+|là\s+)?"
    r"(?!ít nhất|tối thiểu|một|hai|ba|\d|trong|cho|đủ|từ|các|những|đạt|thôn|ấp|xã|khu dân cư|xóm"
    r"|bản|buôn|danh hiệu|chuẩn|nông thôn|hoàn thành|xây dựng|về đích|phấn đấu|với)\w"
    r"|\b(?:chọn|đăng ký|ưu tiên|làm)\s+(?:thực hiện\s+)?(?:\d+|một|hai|ba|bốn)\s+[^.;,]{0,30}:"
    r"|\bkiểu mẫu về (?:lĩnh vực )?(?!một|ít|lĩnh)\w|\blĩnh vực (?:nổi trội )?(?:là|về)\b"
    r"|\b(?:lĩnh vực|nội dung|nhóm|mô hình|chỉ tiêu)[^.;]{0,12}(?:được chọn|đã chọn|xã chọn)",
    re.IGNORECASE,
)


def wide_choices(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """“Hai trong bốn nhóm dịch vụ” with none chosen, over line ends and of any kind of thing."""
    every = paragraphs(plan)
    for at, each in enumerate(every):
        text = each.text
        if "/" not in text and "trong" not in text and "trên" not in text:
            continue
        if each.text.startswith("Căn cứ"):
            continue
        for match in _K_OF_N.finditer(text):
            k, n = _number(match["k"]), _number(match["n"])
            before = text[: match.start()]
            if k is None or (n is not None and not k < n <= 12) or _REACHED.search(before[-60:]):
                continue
            slash = "/" in match[0]
            if not _FIRM.search(before[-70:]) and (slash or match["what"].lower() == "chỉ tiêu"):
                continue
            if not _FIRM.search(before[-70:]) and not re.search(
                r"\b(?:đạt|có|hoàn thành|thực hiện|làm|theo|triển khai|đáp ứng|xây dựng)\s*$",
                before,
            ):
                continue
            place = each.said(plan, match.start(), match.end())
            if told & set(range(place.lines[0] - 1, place.lines[-1] + 2)):
                continue
            near = " . ".join(
                e.text if i != at else text[: match.start()] + " . " + text[match.end() :]
                for i, e in enumerate(every[max(0, at - 6) : at + 9], max(0, at - 6))
            )
            if _CHOSEN.search(near):
                continue
            told.update(range(place.lines[0], place.lines[-1] + 1))
            of = f" trong {n}" if n else ""
            yield Hit(
                message=f"Văn bản đòi đạt {k}{of} {match['what']}, không chọn cái nào.",
                places=(place,),
                advice=f"Ghi {match['what']} xã chọn và lý do.",
            )


def _number(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdecimal() else parse_words(text.lower())


_OTHERS = re.compile(
    r"\b(?:UBND|Ủy ban nhân dân|Chủ tịch UBND|Đảng ủy|Đảng uỷ|Ban Chỉ đạo|BCĐ|HĐND|Ban Quản lý|BQL"
    r"|MTTQ|Hội \w+ \w+|lãnh đạo|Công an|cán bộ|công chức)\s+(?:của\s+)?"
    r"(?:các|tất cả các|từng|\d+|\d+/\d+|mỗi)\s+xã\b[^.;,]{0,40}"
    r"|\b(?:các|từng|mỗi|\d+) xã(?:,| và) (?:phường|thị trấn)\b[^.;,]{0,30}"
    r"|\bxã, (?:phường, )?thị trấn\b[^.;,]{0,30}"
    r"|\b(?:giao|yêu cầu|đề nghị|chỉ đạo|đôn đốc|hướng dẫn|phân bổ (?:vốn )?cho|hỗ trợ|kiểm tra)\s+"
    r"(?:các|từng|mỗi|\d+)\s+xã\b[^.;,]{0,40}"
    r"|(?:^|[.;]\s+)\W*(?:Các|Từng|Mỗi) xã\s+(?:tiếp tục|căn cứ|rà soát|xây dựng|tổ chức|chủ động"
    r"|có|báo cáo|lập|bố trí|phải|đăng ký|chưa|đã|còn|phấn đấu|hoàn thành|huy động|tự|gửi"
    r"|triển khai)"
    r"\b[^.;,]{0,50}",
)
_COUNTED = re.compile(
    r"\b(?:thêm|có|còn|gồm|cho|tại|ở|đưa|công nhận|đạt|phấn đấu|chọn|hỗ trợ|toàn huyện)\s+"
    r"(?:(?:ít nhất|thêm|khoảng|từ)\s+)*(?:0?[2-9]|[1-9]\d|hai|ba|bốn|sáu|bảy|tám|chín|mười)\s+xã\b"
    r"(?! (?:cũ|thành phần|trước|bạn|lân cận|giáp|liền kề|khác|sáp|hợp|viên|hội))[^.;]{0,60}"
    r"|\b(?:(?<!đổi )số|tổng số|số lượng|tỷ lệ|tỉ lệ|bình quân)\s+(?:các\s+)?xã\b"
    r"(?! (?:viên|đội|hội))[^.;|]{0,60}"
    r"|\b(?:tiêu chí|mô hình|sản phẩm|triệu đồng|km|tỷ đồng|thôn|vườn)\s*/\s*xã\b[^.;|]{0,40}"
    r"|\b0?1 xã\s+(?:đạt|được|về đích|nâng cao|nông thôn mới|kiểu mẫu|hoàn thành|trở lên)"
    r"[^.;]{0,60}"
    r"|\b(?:toàn )?[Hh]uyện\s+(?:có|đạt|phấn đấu|được công nhận|hoàn thành|giữ vững)\s[^.;]{0,70}"
    r"(?:xã|nông thôn mới|NTM|tiêu chí)\b",
)
# A share of communes is a target of the level above, even where a commune “góp phần”.
_SHARE_OF_COMMUNES = re.compile(
    r"\b\d[\d,]*\s*%\s+(?:tổng\s+)?(?:số\s+)?xã\s+(?:đạt|được|trong|của|trên|nông)[^.;]{0,60}"
)
_NOT_OURS = re.compile(
    r"\b(?:phối hợp|học tập|tham quan|so với|kinh nghiệm|góp phần|cùng với|kế hoạch của|liên|với"
    r"|giáp|cũ|sáp nhập|hợp nhất|nhập|trên cơ sở|đứng thứ|hạng|một trong|sắp xếp|để|đưa|như|của)\b"
    r"[^.;]{0,45}$|[“\"][^”\"]*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\b(?:khác|bạn|lân cận|giáp|liền kề|cũ|sáp nhập|hợp nhất|trong (?:vùng|cụm|khu vực)|thành phần"
    r"|trước đây)\b",
    re.IGNORECASE,
)


# What none of them can do without.
_BEFORE_XA = (
    *("hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười"),
    *("số", "các", "lượng", "lệ", "quân"),
)
_MAY_BE_OTHERS = re.compile(r"xã(?:,|(?<=ác\sxã)|(?<=ừng\sxã)|(?<=ỗi\sxã)|(?<=\d\sxã))")
_MAY_BE_COUNTED = re.compile(
    rf"xã\b(?:(?<=[/\d]xã)|(?<=[/\d]\sxã)|{'|'.join(rf'(?<={each} xã)' for each in _BEFORE_XA)})"
)


_BASIS = re.compile(r"Căn cứ|Thực hiện (?:Kế|Quyết|Nghị)")


def other_communes(plan: Plan, known: set[int]) -> Iterator[Hit]:
    """Words of a level with several communes, read over line ends; ``known`` lines are told."""
    for each in paragraphs(plan):
        text = each.text
        if "xã" not in text or each.annex or _BASIS.match(text):
            continue
        for may_be, pattern, firm in (
            ("%" in text, _SHARE_OF_COMMUNES, True),
            ("uyện" in text or _MAY_BE_COUNTED.search(text), _COUNTED, True),
            (_MAY_BE_OTHERS.search(text), _OTHERS, False),
        ):
            for match in pattern.finditer(text) if may_be else ():
                ours = pattern is _SHARE_OF_COMMUNES or not _NOT_OURS.search(text[: match.start()])
                if not ours or _BEHIND.search(match[0]):
                    continue
                place = each.said(plan, match.start(), match.end())
                rows = set(range(place.lines[0], place.lines[-1] + 1))
                if rows & known:
                    continue
                known |= rows
                yield Hit(
                    message="Chỉ tiêu tính theo số xã, của cấp huyện, trong kế hoạch của một xã."
                    if firm
                    else "Câu chữ của kế hoạch cấp trên trong kế hoạch của một xã.",
                    places=(place,),
                    advice="Đổi sang chỉ tiêu của chính xã, ví dụ tỷ lệ km đường."
                    if firm
                    else "Viết lại cho xã mình.",
                    severity="warning",
                )


_NEW_LEVEL = re.compile(
    r"(?:xã|nông thôn mới|NTM|chuẩn)\s+(?:nông thôn mới\s+|NTM\s+)?(?P<level>nâng cao|kiểu mẫu)"
    r"(?! (?:chất|đời|hiệu|thu|nhận|năng))",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"2021\s*[-–]\s*2025|318/QĐ|319/QĐ|\b(?:cũ|đã|trước|từng|không (?:có|còn)|bỏ|thay)\b", re.I
)


def new_set_level(plan: Plan, known: set[int]) -> Iterator[Hit]:
    """The advanced or model level aimed at by the decision of 2025, which has neither."""
    if not plan.document.commune:
        return
    for each in paragraphs(plan):
        of_set = any("51/2025" in head for head in (*each.above, each.opened))
        if not of_set and "51/2025" not in each.text:
            continue
        for begin, stop in each.parts:
            words = each.text[begin:stop]
            match = _NEW_LEVEL.search(words) if of_set or "51/2025" in words else None
            if match is None or _BEFORE.search(words):
                continue
            place = each.said(plan, begin + match.start(), begin + match.end())
            if set(range(place.lines[0], place.lines[-1] + 1)) & known:
                continue
            yield Hit(
                message="Bộ tiêu chí 2026 - 2030 (51/2025/QĐ-TTg) không có cấp độ xã "
                f"{match['level'].lower()}.",
                places=(place,),
                advice="Ghi xã nông thôn mới hoặc xã nông thôn mới hiện đại; theo quy định riêng "
                "của tỉnh thì ghi văn bản của tỉnh.",
                severity="warning",
            )
