"""Levels and sets: words of another level, criteria of another set, conditions left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.law.level_parts import model_parts, other_communes
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.checking.text.places import (
    at,
    is_plan,
    numbered,
    title_line,
    words_of,
)
from dinhlang.papers.checking.text.sections import body, every_section, title_place
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import parse_words
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import any_in, guarded

_UPPER = r"xã(?! hội| viên|,? (?:thôn|ấp|bản|xóm))|huyện(?! ủy)"
_REACHES = (
    r"đạt|có|được|hoàn thành|về đích|nông thôn mới|NTM|kiểu mẫu|nâng cao|hiện đại|đặc thù|chưa|dưới"
    r"|xây dựng|tổ chức|duy trì|giữ vững"
)
_SHARE_OF_COMMUNES = guarded(
    r"\b(?:tỷ lệ|tỉ lệ)\s+(?:số\s+|các\s+)?xã\s+(?:có|đạt|được|hoàn thành)\b[^.;]{0,120}?"
    r"\d+(?:[.,]\d+)?\s*%"
    r"|\b\d+(?:[.,]\d+)?\s*%\s+(?:tổng\s+)?(?:số\s+|các\s+)?xã\s+"
    r"(?:(?:của|trong)\s+(?:toàn\s+)?(?:huyện|tỉnh)\s+)?(?:có|đạt|được|hoàn thành|trên|về đích)\b"
    r"[^.;]*"
    r"|\b\d{1,3}\s*/\s*\d{1,3}\s+xã\s+(?:có|đạt|được|hoàn thành|về đích)\b[^.;]*"
    r"|\b[Mm]ỗi (?:xã|huyện)\s+(?:có|phải|xây dựng|đạt|duy trì|chọn|hoàn thành)\b[^.;]*"
    r"|\bbình quân\s*(?:mỗi\s+|một\s+|/\s*)?xã\b[^.;]*|\btiêu chí\s*/\s*xã\b[^.;]*"
    r"|\bhuyện\s+(?:có\s+)?(?:thêm\s+)?\d+\s+xã\b[^.;]*"
    rf"|(?<!một )\b(?:tỷ lệ|tỉ lệ|(?:tổng )?(?<!đổi )số(?: lượng)?)\s+(?:số\s+|các\s+)?(?:{_UPPER})"
    rf"(?:,\s*(?:phường|thị trấn))?\s+(?:trong (?:huyện|tỉnh)\s+|trên địa bàn\s+(?:\w+\s+)?)?"
    rf"(?:{_REACHES})\b[^.;|]*"
    rf"|(?<!\d\.)\b(?:\d{{2,3}}|0?[2-9]|hai|ba|bốn|sáu|bảy|tám|chín|mười)\s+(?:{_UPPER})\s+"
    rf"(?:trở lên\s+)?(?:{_REACHES})\b[^.;]*"
    rf"|\bkhông (?:còn|có)\s+(?:{_UPPER})\s+(?:nào\s+)?(?:dưới|đạt dưới|chưa|không)\b[^.;]*"
    rf"|\b(?:tất cả|toàn bộ|mọi|hầu hết|đa số|phần lớn|quá nửa|một nửa)\s+(?:số\s+|các\s+)?"
    rf"(?:{_UPPER})\s+(?:trong (?:huyện|tỉnh|vùng)\s+|trên địa bàn\s+(?:\w+\s+)?|đều\s+)*"
    rf"(?:phải\s+|đều\s+)?(?:{_REACHES})\b[^.;]*",
    re.IGNORECASE,
)
_DISTRICT_GOAL = re.compile(
    r"(?:^[\W\d]*|[.;]\s+)(?:Phấn đấu\s+)?(?:đến (?:hết|cuối) năm \d{4},?\s+)?[Hh]uyện"
    r"(?:\s+[A-ZĐ]\w*){0,3}\s+(?:đạt chuẩn|được công nhận|có thêm|hoàn thành|về đích)\b[^.;]*"
)
_OTHER_COMMUNES = guarded(
    r"\b(?:UBND|Ủy ban nhân dân|Ban Chỉ đạo|BCĐ)[^.;,]{0,30}?\b(?:cấp xã|các xã)\b[^.;,]{0,30}"
    r"|\bcác xã, (?:phường|thị trấn)\b[^.;]{0,30}|\btoàn huyện\s+(?:trồng|phấn đấu|có|xây|làm|ra"
    r" quân|huy động)\b[^.;]*|\bcác địa phương trong (?:huyện|tỉnh)\b[^.;]{0,40}"
    r"|\b(?:tại|ở|nhất là|chỉ đạo|duy trì(?: tốt)?|đảm bảo|bảo đảm"
    r"|đối với|hướng dẫn|đôn đốc|hỗ trợ|của)\s+(?:tất cả\s+)?các\s+xã\b(?!,? phường|[^.;]{0,12}"
    r"\b(?:khác|bạn|lân cận|trong (?:huyện|tỉnh|vùng)|cũ|trước|sáp nhập|giáp)\b)[^.;,]{0,60}",
    re.IGNORECASE,
)
_MAY_BE_DISTRICT = guarded(
    r"(?:các|số|mỗi|một|cấp|quân|lệ|\d|/|còn|có|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s*xã\b"
    r"|[Hh]uyện|địa phương trong",
    re.IGNORECASE,
)
# What must stand in small letters for the costly patterns to find anything.
_SPEAKS_OF_COMMUNES = ("xã", "huyện", "địa phương")
_MAY_SHARE = re.compile(
    r"lệ|[%/]|mỗi|bình quân|huyện|số xã|số các xã|các xã|còn xã|có xã"
    r"|(?:\d|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) xã"
)
# A word of number or share right before “xã”.
_COUNTS_COMMUNES = re.compile(
    r"(?:lệ|số|%|\d|mỗi|quân|các|còn|có|cả|bộ|mọi|nửa|hai|ba|bốn|sáu|bảy|tám|chín|mười|hết|/)\s*"
    r"(?:(?:số|các|một)\s+)*xã\b"
)
_MAY_BE_OTHERS = re.compile(r"các\s+xã|cấp xã|toàn huyện|các địa phương")
_NOT_OURS = re.compile(
    r"\b(?:phối hợp với|học tập|so với|kinh nghiệm|góp phần|cùng|để|đưa|kế hoạch của|báo cáo|gửi)\b"
    r"[^.;]{0,40}$",
    re.IGNORECASE,
)
_FORMER = guarded(
    r"\bxã (?:cũ|trước|thành phần)|sáp nhập|hợp nhất|\bnhập (?:\w+ )?xã|khi nhập|sắp xếp"
    r"|\bxã\b[^.;]{0,40}\bcũ\b|\bđã (?:được )?(?:đạt|công nhận)",
    re.IGNORECASE,
)
_ENUMERATED = 3  # conditions of a paragraph that lists them
_CONDITIONS = (
    (
        "giữ và nâng chất lượng các tiêu chí nâng cao",
        guarded(
            r"(?:nông thôn mới|NTM|xã|tiêu chí|chuẩn|mức độ|bộ)\s+nâng cao"
            r"(?!\s+(?:chất lượng|đời sống|hiệu|nhận thức|thu nhập|năng|trách nhiệm|vai|ý thức|tỷ))"
            r"|NTMNC",
            re.IGNORECASE,
        ),
    ),
    (
        "thu nhập cao hơn 10% so với mức của xã nâng cao",
        guarded(
            r"thu nhập[^.;]{0,160}(?:\b1[0-9](?:,\d+)?\s*%|cao hơn|\d[\d.,]*\s*triệu)"
            r"|(?:\b10\s*%|cao hơn)[^.;]{0,80}thu nhập",
            re.IGNORECASE,
        ),
    ),
    (
        "mô hình thôn thông minh",
        guarded(
            r"\b(?:thôn|khu dân cư|KDC|khu|bản|ấp|xóm|buôn|khóm|làng|xã|mới|NTM|tiêu chí)\b"
            r"[^.;,]{0,40}(?<!điện thoại )thông minh",
            re.IGNORECASE,
        ),
    ),
    (
        "lĩnh vực nổi trội",
        guarded(
            r"nổi trội|kiểu mẫu về\s+[^\W\d_]|(?:ít nhất|một|chọn|đăng ký)[^.;]{0,30}lĩnh vực"
            r"|kiểu mẫu[^.;]{0,60}lĩnh vực|lĩnh vực[^.;]{0,60}kiểu mẫu"
            r"|^\W*(?:\d[\d.]*\s*)?[Ll]ĩnh vực",
            re.IGNORECASE | re.MULTILINE,
        ),
    ),
)
_FOUR = 4
_HAS_CONDITIONS = re.compile(
    r"\b(?:đủ|gồm|có|bảo đảm|đảm bảo|đáp ứng|đạt|cả|theo|thỏa mãn|toàn bộ|hoàn thành)\s+"
    r"(?:cả\s+|đủ\s+)?"
    r"(?P<n>0?\d|một|hai|ba|bốn|năm|sáu)\s+(?:nhóm\s+)?điều kiện\b",
    re.IGNORECASE,
)
_OF_MODEL = re.compile(r"kiểu mẫu|319/QĐ", re.IGNORECASE)
_SMART = re.compile(
    r"\b(?:mô hình\s+)?(?:thôn|KDC|khu dân cư|khu|bản|ấp|xóm|buôn)\s+(?:nông thôn mới\s+|NTM\s+)?"
    r"thông minh\b",
    re.IGNORECASE,
)
_NAMED_VILLAGE = re.compile(
    r"\b(?:[Tt]hôn|[Kk]hu dân cư|[Kk]hu|KDC|[Bb]ản|[Ấấ]p|[Xx]óm|[Bb]uôn)\s+(?:số\s+)?"
    r"(?:[A-ZĐÀ-Ỹ]|\d)"
)
_REACHED_WORDS = guarded(r"\btiêu chí(?:\s+\w+){0,3}\s+đã đạt\b[^.;]*", re.IGNORECASE)
_COUNTED = guarded(r"\b\d{1,2}\s*/\s*\d{1,2}\s+tiêu chí|\bđạt\s+\d{1,2}\s+tiêu chí", re.IGNORECASE)


def _of_commune(plan: Plan) -> bool:
    """Whether a commune issues the paper: a district may well speak of its communes."""
    issuer = (plan.document.issuer or "").lower()
    return bool(plan.document.commune) and not re.search(r"\bhuyện\b|\btỉnh\b", issuer)


@rule(
    code="LEVEL-SCOPE",
    severity="error",
    purpose="Chỉ tiêu và câu chữ đúng cấp của kế hoạch",
    page="""
## Là gì

Kế hoạch của một xã mang chỉ tiêu tính theo số xã (`tỷ lệ xã có …`). Câu chữ của kế hoạch cấp trên
chép xuống (`tại các xã`, `UBND cấp xã`) là cảnh báo.

## Vì sao

Một xã không có tỷ lệ xã; chỉ tiêu không đo được. Câu chữ chép xuống thường kéo theo sai chủ thể.

## Ví dụ

Bị báo: `nâng tỷ lệ xã có đường ô tô đến trung tâm được bê tông 40%`; `đảm bảo 100% tiêu chí tại các
xã đạt chuẩn`.

Không bị báo: `100% thôn có nhà văn hóa`; `cao hơn so với những xã khác`; kế hoạch của huyện.

## Cách sửa

Đổi sang chỉ tiêu của xã: bao nhiêu km, bao nhiêu phần trăm đường.
""",
)
def scope(plan: Plan) -> Iterator[Hit]:
    """Targets and words of a level that has several communes."""
    if not _of_commune(plan) or plan.document.kind in ("letter", "report", "notice"):
        return
    known: set[int] = set()
    for hit in _on_lines(plan):
        known.update(
            row for place in hit.places for row in range(place.lines[0] - 1, place.lines[-1] + 2)
        )
        yield hit
    yield from other_communes(plan, known)


def _on_lines(plan: Plan) -> Iterator[Hit]:
    bases = {row for each in plan.legal_bases if each.preamble for row in range(*each.lines)}
    bases |= {each.lines[1] for each in plan.legal_bases if each.preamble}
    for number, line in body(plan):
        if number in bases:
            continue
        low = lower(line)
        if not any_in(_SPEAKS_OF_COMMUNES, low):
            continue
        if not (_MAY_SHARE.search(low) or _MAY_BE_OTHERS.search(low)):
            continue
        if not _MAY_BE_DISTRICT.search(line) or _FORMER.search(line):
            continue
        share = (_COUNTS_COMMUNES.search(low) or "huyện" in low) and (
            _SHARE_OF_COMMUNES.search(line) or _DISTRICT_GOAL.search(line)
        )
        if share and not _NOT_OURS.search(line[: share.start()]):
            yield Hit(
                message="Chỉ tiêu tính theo số xã, của cấp huyện, trong kế hoạch của một xã.",
                places=(at(number, share[0].strip(" -+.;")),),
                advice="Đổi sang chỉ tiêu của chính xã, ví dụ tỷ lệ km đường.",
            )
            continue
        words = _MAY_BE_OTHERS.search(low) and _OTHER_COMMUNES.search(line)
        quoted = words and "“" in line[max(0, words.start() - 60) : words.start()]
        if words and not quoted and not _NOT_OURS.search(line[: words.start()]):
            yield Hit(
                message="Câu chữ của kế hoạch cấp trên trong kế hoạch của một xã.",
                places=(at(number, words[0].strip()),),
                advice="Viết lại cho xã mình.",
                severity="warning",
            )


@rule(
    code="MODEL-CONDITION",
    severity="error",
    purpose="Kế hoạch kiểu mẫu nêu đủ bốn điều kiện",
    page="""
## Là gì

Kế hoạch xây dựng xã nông thôn mới kiểu mẫu 2021-2025 không nhắc đến một trong bốn điều kiện: đạt
nâng cao; thu nhập cao hơn từ 10%; có thôn thông minh; có lĩnh vực nổi trội. Nêu điều kiện mà không
chọn thôn nào làm thôn thông minh là cảnh báo.

## Vì sao

Thiếu một điều kiện thì không được công nhận (Quyết định 319/QĐ-TTg ngày 08/3/2022).

## Ví dụ

Bị báo: kế hoạch kiểu mẫu có thôn thông minh, có lĩnh vực nổi trội, không có câu nào về mức thu
nhập.

Không bị báo: nêu cả bốn; kế hoạch của một thôn.

## Cách sửa

Thêm điều kiện còn thiếu, cùng mức phải đạt và người chủ trì.
""",
)
def conditions(plan: Plan) -> Iterator[Hit]:
    """A plan for the model level that leaves a condition out, or chooses no smart village."""
    if plan.document.kind != "plan" or not _of_commune(plan):
        return
    found = list(_conditions(plan))
    yield from found
    yield from model_parts(plan, known=any(hit.severity is None for hit in found))


def _conditions(plan: Plan) -> Iterator[Hit]:
    if "model" not in plan.levels:
        return
    if max(plan.document.years, default=0) >= 2026 or not _title_of_model(plan):
        return
    rows = [line for _, line in body(plan) if "Căn cứ" not in line]
    text = "\n".join(rows)
    missing = [name for name, words in _CONDITIONS if not words.search(text)]
    if missing:
        yield Hit(
            message=f"Kế hoạch kiểu mẫu không nêu điều kiện: {'; '.join(missing)}.",
            places=_condition_places(plan),
            advice="Thêm điều kiện còn thiếu, mức phải đạt và người chủ trì.",
        )
    else:
        yield from _other_number(plan)
    smart = [
        (n, m)
        for n, line in body(plan)
        if "thông minh" in lower(line) and (m := _SMART.search(line)) and "Căn cứ" not in line
    ]
    named = any(v.goal == "smart-village" for v in plan.villages)
    if smart and not named and not any(_names(plan, number) for number, _ in smart):
        yield Hit(
            message="Kế hoạch không chọn thôn nào làm thôn thông minh.",
            places=tuple(at(number, match[0]) for number, match in smart),
            advice="Chọn thôn, ghi hạn và người chủ trì.",
            severity="warning",
        )


def _condition_places(plan: Plan) -> tuple[Place, ...]:
    """Where the paper tells the conditions of the model level; without such words its heading."""
    told = [
        at(number, words_of(line))
        for number, line in body(plan)
        if "điều kiện" in line
        and "Căn cứ" not in line
        and (_OF_MODEL.search(line) or _HAS_CONDITIONS.search(line))
    ]
    listed_at = tuple(
        each.said(plan)
        for each in paragraphs(plan)
        if "mẫu" in each.text
        and "Căn cứ" not in each.text
        and sum(words.search(each.text) is not None for _, words in _CONDITIONS) >= _ENUMERATED
    )
    return (*_condition_items(plan), *listed_at[:1], *told[:3]) or (_model_heading(plan),)


def _condition_items(plan: Plan) -> Iterator[Place]:
    """The items of a list of conditions, “2. Điều kiện phải đủ”, with what opens the list."""
    opener: tuple[str, Paragraph | None] = ("", None)
    for each in paragraphs(plan):
        if "điều kiện" in each.text.lower() and "Căn cứ" not in each.text:
            opener = each.text, each
        if each is opener[1] or not any(words.search(each.text) for _, words in _CONDITIONS):
            continue
        if opener[1] and opener[0] in (each.lead, each.opened, *each.above[-1:]):
            yield opener[1].said(plan)
            yield each.said(plan)


def _other_number(plan: Plan) -> Iterator[Hit]:
    """“Đủ 03 điều kiện” of the model level, which has four."""
    for number, line in body(plan):
        if "điều kiện" not in line or "Căn cứ" in line:
            continue
        match = _HAS_CONDITIONS.search(line)
        near = line + " " + " ".join(text for _, text in numbered(plan, (number - 3, number)))
        if match is None or not _OF_MODEL.search(near):
            continue
        written = match["n"].lower()
        count = int(written) if written.isdecimal() else parse_words(written)
        about = line[max(0, match.start() - 60) : match.end() + 30].partition(":")[0]
        if count in (None, _FOUR) or "thông minh" in about or "lĩnh vực" in about:
            continue
        if "chưa đạt" in line or re.search(r"\b(?:đã|mới)\s*$", line[: match.start()]):
            continue  # how many are reached so far
        yield Hit(
            message=f"Xã kiểu mẫu có 4 điều kiện, văn bản ghi {count}.",
            places=(at(number, match[0].strip()),),
            advice="Nêu đủ: giữ chuẩn nâng cao, thu nhập cao hơn 10%, thôn thông minh, lĩnh vực "
            "nổi trội.",
        )


def _names(plan: Plan, number: int) -> bool:
    return _NAMED_VILLAGE.search(plan.text[number - 1]) is not None


def _title_of_model(plan: Plan) -> bool:
    first = title_line(plan) or 1
    rows = " ".join(line for _, line in numbered(plan, (first, first + 4)) if "Căn cứ" not in line)
    return bool(re.search(r"\bxã\b[^;]{0,60}kiểu\s+mẫu", rows, re.IGNORECASE))


def _model_heading(plan: Plan) -> Place:
    for section in every_section(plan.outline):
        if re.search(r"kiểu mẫu", section.title, re.IGNORECASE):
            line = plan.text[section.lines[0] - 1]
            return at(section.lines[0], words_of(line))
    lines = plan.document.lines
    for number, line in numbered(plan, lines) if lines else ():
        if re.search(r"kiểu\s+mẫu", line, re.IGNORECASE):
            return at(number, words_of(line))
    return title_place(plan)


@rule(
    code="STATUS-NONE",
    severity="warning",
    purpose="Kế hoạch ghi tiêu chí nào đã đạt, tiêu chí nào chưa",
    page="""
## Là gì

Kế hoạch nói duy trì “các tiêu chí đã đạt” nhưng không kể tiêu chí nào, cũng không ghi số đã đạt.

## Vì sao

Không biết xuất phát từ đâu thì không biết phải làm thêm gì.

## Ví dụ

Bị báo: `duy trì chất lượng các tiêu chí đã đạt`, không có danh sách.

Không bị báo: `đạt 13/19 tiêu chí`; có danh sách tiêu chí đã đạt.

## Cách sửa

Thêm danh sách tiêu chí đã đạt và chưa đạt đến ngày lập kế hoạch.
""",
)
def no_status(plan: Plan) -> Iterator[Hit]:
    """“The criteria reached” without a list or a number of them."""
    if not is_plan(plan) or plan.document.kind != "plan" or len(plan.criteria) < 5:
        return
    if sum(c.status == "reached" for c in plan.criteria) >= 2:
        return
    rows = list(body(plan))
    if any(_COUNTED.search(line) for _, line in rows):
        return
    places = tuple(
        at(number, match[0].strip())
        for number, line in rows
        if (match := _REACHED_WORDS.search(line))
    )
    if places:
        yield Hit(
            message="Kế hoạch không ghi tiêu chí nào đã đạt.",
            places=places,
            advice="Thêm danh sách tiêu chí đã đạt và chưa đạt.",
        )
