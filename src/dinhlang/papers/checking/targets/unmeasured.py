"""Targets that nobody can measure: rates and numbers to be raised without saying to what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.targets.vague_values import vague_values
from dinhlang.papers.checking.text.likeness import content, share_found
from dinhlang.papers.checking.text.paragraphs import paragraphs
from dinhlang.papers.checking.text.places import at, clauses, is_plan, locate
from dinhlang.papers.checking.text.sections import body
from dinhlang.papers.checking.text.target_tables import Row, rows
from dinhlang.papers.plan import Plan, Target
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.guarded import any_in, guarded

_SUBJECT = (
    r"tỷ lệ|tỉ lệ|độ che phủ|diện tích|số (?:hộ|lượng|thôn|người|lượt|giao dịch|hồ sơ|sản phẩm"
    r"|hội viên|thành viên|lao động|vụ)"
    r"|mức thu nhập|thu nhập bình quân(?: đầu người)?"
)
_RAISE = guarded(
    rf"\b(?:nâng(?: cao| dần)?|tăng(?: dần| thêm| mạnh| tối đa)?"
    rf"|giảm(?: dần| thêm| mạnh| tối đa| tối thiểu)?"
    rf"|duy trì và nâng cao|mở rộng|giữ(?: vững)?)\s+(?:các\s+|một số\s+)?(?:{_SUBJECT})\b[^.;]*"
    r"|\b(?:tăng thêm|có thêm|phát triển thêm)\s+(?:các\s+|một số\s+|nhiều\s+)?"
    r"(?:tiêu chí|chỉ tiêu|mô hình|sản phẩm|hợp tác xã)\b[^.;]*",
    re.IGNORECASE,
)
_WELL = (
    r"khá|cao|tốt|thấp|hợp lý|ổn định|tương đối|đáng kể|rõ rệt|tích cực|cần thiết|phù hợp|đề ra"
    r"|(?:theo\s+)?yêu cầu(?:\s+(?:chung|đề ra|đặt ra))?|cao nhất(?: có thể)?|tối đa"
)
_ADVERB = r"(?:\s+(?:khá|mạnh|nhanh|đều|cao|dần|thêm|đáng kể|rõ rệt|tích cực|hơn|sâu|hẳn|lên)){0,2}"
_MOVES = guarded(
    rf"(?:{_SUBJECT})\b[^.;]{{0,90}}?\b(?:ngày càng (?:tăng|giảm|cao|nâng)|ở mức (?:{_WELL})"
    rf"|(?:tăng|giảm|cải thiện|nâng|cao|thấp){_ADVERB} so với|cao hơn (?:mức |kỳ |so với )?năm"
    r"|thấp hơn (?:mức |kỳ )?năm|(?:tăng|giảm|nhiều|ít) hơn|tăng lên"
    r"|tăng (?:hằng|hàng|qua các) năm|giảm (?:dần|mạnh)"
    rf"|tăng (?:dần|khá|mạnh|nhanh)|đạt (?:ở )?(?:mức |tỷ lệ |tỉ lệ |kết quả )?(?:{_WELL})"
    r"|có (?:bước )?(?:chuyển biến|tiến bộ|cải thiện)|ngày một (?:tăng|giảm|cao|nhiều|ít))\b[^.;]*"
    r"|\bđạt (?:tỷ lệ|tỉ lệ|mức) (?:khá|cao|tốt|tối đa|cao nhất)\b[^.;]*",
    re.IGNORECASE,
)
# What an item of a list of targets may be about for it to need a figure, and what it says of it.
_MEASURED = re.compile(
    r"(?:(?:phấn đấu|tiếp tục|từng bước|duy trì|giữ vững|nâng cao|nâng|tăng|giảm|bảo đảm|đảm bảo"
    r"|đưa|đến cuối năm|cuối năm|có|để)[,\s]+){0,3}(?:tỷ lệ|tỉ lệ|tốc độ|mức (?:thu nhập|tăng|giảm)"
    r"|mức độ hài lòng|thu nhập bình quân"
    r"|(?:giá trị|doanh thu|năng suất|sản lượng|diện tích|độ che phủ)(?: sản phẩm| sản xuất)?|"
    r"số (?:lượng|hộ|người|thôn|ấp|bản|xóm|buôn|tuyến|mô hình"
    r"|sản phẩm|hợp tác xã|lao động|giao dịch|hồ sơ)|phần lớn|đa số|hầu hết|đại bộ phận"
    r"|(?:hộ|người|trẻ|thôn|ấp|lao động)\b[^.;:]{0,50}\b(?:tăng|giảm))\b",
    re.IGNORECASE,
)
_AIMED = re.compile(
    r"\b(?:đạt|tăng|giảm|nâng|cao hơn|thấp hơn|cải thiện|duy trì|giữ|vượt|phấn đấu|mở rộng"
    r"|chuyển biến|có|được|tham gia|sử dụng|ở mức)\b",
    re.IGNORECASE,
)
_TARGETS = re.compile(r"\b(?:muc tieu|chi tieu|muc phan dau|ket qua phai dat)\b")
_IN_GENERAL = re.compile(
    r"\b(?:chung|tong quat|muc dich|ket qua thuc hien|hien trang|thuc trang)\b"
)
_WORDED = re.compile(
    r"\b(?:toàn bộ|tất cả|mọi|từng|không (?:còn|có|để|phát sinh|vượt|tăng)|gấp (?:đôi|rưỡi|\w+ lần)"
    r"|một nửa|quá nửa|phần (?:ba|tư|năm)|giao|bộ tiêu chí|theo tiêu chí|theo chuẩn|đạt chuẩn"
    r"|trung bình|theo (?:lộ trình|kế hoạch|phụ lục|biểu)|phụ lục|biểu số|như sau|sau đây"
    r"|[^\W\d_]+ mươi|mười|trăm)\b",
    re.IGNORECASE,
)
_BLANK = re.compile(
    r"\b(?:đạt|từ|trên|dưới|còn|lên|là)\s*(?:[…_]+|\.{2,})[\s.…_]*%?(?:\s*trở lên)?|[…_]{1,}\s*%"
    r"|\.{3,}\s*%"
)
_MOST = re.compile(
    r"\b(?:đa số|phần lớn|hầu hết|nhiều)\s+(?:các\s+)?(?:số\s+)?"
    r"(?:hộ|người dân|thôn|tuyến|đường|trẻ)\b[^.;]{0,40}\b(?:có|được|đạt|sử dụng|tham gia)\b[^.;]*",
    re.IGNORECASE,
)
_TIMES = guarded(
    r"(?:năm|quý|tháng|giai đoạn|ngày|kỳ|/)\s*[\dIVX/.\s–-]*20\d\d"
    r"|\b(?:mức độ|cấp độ|loại|nhóm|hạng|lớp|khối)\s+\d+|\d\s+sao\b"
    r"|\b(?:tiêu chí|chỉ tiêu)\s+(?:số\s+)?\d[\d.]*|\b\d+\s+(?:tuổi|tháng|lần|năm)\b|dưới \d+ tuổi"
    r"|[“\"][^”\"]{1,60}[”\"]|\b\d+ (?:không|sạch|có|tốt|an toàn)\b",
    re.IGNORECASE,
)
_HAS_VALUE = re.compile(
    r"\d|bình quân (?:chung|của|toàn|huyện|tỉnh|xã|cả)|quy định"
    r"|chỉ tiêu (?:được |huyện |tỉnh )?giao"
)
_RATE = re.compile(r"^\s*(?:Tỷ lệ|Tỉ lệ|Mức|Số)\b", re.IGNORECASE)
_NOT_A_GOAL = re.compile(
    r"\b(?:tham mưu|tổng hợp|thống kê|theo dõi|báo cáo|rà soát|đánh giá|nguyên nhân|do|hiện nay"
    r"|kết quả|năm qua|vẫn còn|vận động|hướng dẫn|còn (?:chậm|thấp|cao)|chưa)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_WHERE = (
    (_RAISE, ("nâng", "tăng", "giảm", "giữ", "duy trì", "thêm", "mở rộng")),
    (_MOVES, ("tỷ lệ", "tỉ lệ", "thu nhập", "số ", "diện tích", "độ che phủ")),
    (_MOST, ("đa số", "phần lớn", "hầu hết", "nhiều")),
)
_IS_RATE = re.compile(r"\W*(?:Tỷ lệ|Tỉ lệ|Thu nhập|Độ che phủ|Số(?!\s*\d))\b", re.I)
_NO_NUMBER_NEEDED = re.compile(
    r"\b(?:đạt|có|không|duy trì|giữ|hoàn thành|theo quy định)\b|bình quân", re.IGNORECASE
)
_VAGUE_CELL = re.compile(
    r"\b(?:tăng|giảm|nâng|cao|khá|tốt|mạnh|cải thiện|theo yêu cầu|phấn đấu|nhiều|đa số|phần lớn"
    r"|hầu hết)\b|…|\.{2,}|_{2,}",
    re.IGNORECASE,
)
_ALONE_YEAR = re.compile(r"(?<!\d)20[12]\d(?!\d)")
_MEASURES = re.compile(r"%|đồng|\bkm\b|\bha\b|\b(?:hộ|người|mô hình|sản phẩm|m)\b", re.IGNORECASE)
_KNOWN_ENOUGH = 0.75


@rule(
    code="TARGET-NOVALUE",
    severity="warning",
    purpose="Chỉ tiêu tỷ lệ có con số",
    page="""
## Là gì

Kế hoạch đặt mục tiêu nâng, giảm một tỷ lệ, hoặc đạt một chỉ tiêu tỷ lệ, mà không ghi đến bao nhiêu.
Cả văn bản chỉ có một cảnh báo.

## Vì sao

Không có số thì không đo được, không chấm được.

## Ví dụ

Bị báo: `nâng tỷ lệ cứng hóa đường thôn`; `Chỉ tiêu 6.3. Tỷ lệ thôn có nhà văn hóa` không có mức.

Không bị báo: `nâng tỷ lệ cứng hóa đường thôn lên 85%`; `giảm tỷ lệ hộ nghèo thấp hơn bình quân
huyện`.

## Cách sửa

Ghi mức hiện nay và mức phải đạt.
""",
)
def no_value(plan: Plan) -> Iterator[Hit]:
    """Rates to be raised, and indicators that are rates, without a value: one warning for all."""
    if not is_plan(plan):
        return
    places: list[Place] = []
    valued = [target.text for target in plan.targets if target.value and not _is_now(plan, target)]
    year = max(plan.document.years, default=0)
    for clause in clauses(plan, only=_may_raise):
        found = _open(clause.text)
        if found and not _known(found, valued) and not _was(clause.text, found, year):
            places.append(at(clause.number, found.strip(" ,-+")))
    places += _blanks(plan)
    told = {place.lines[0] for place in places}
    places += [place for place in _items(plan, valued) if place.lines[0] not in told]
    places += [row.place for row in rows(plan) if _open_cell(row)]
    for target in plan.targets:
        if target.comparator == "yes" and target.code and _RATE.match(target.text):
            place = locate(plan, target.lines, re.compile(re.escape(target.text)))
            if not re.search(r"\d+(?:[.,]\d+)?\s*%", place.quote):
                places.append(place)
    known = {row for place in places for row in range(place.lines[0], place.lines[-1] + 1)}
    places += list(vague_values(plan, known))
    if places:
        yield Hit(
            message=f"{len(places)} chỉ tiêu không ghi mức phải đạt.",
            places=tuple(dict.fromkeys(places)),
            advice="Ghi mức hiện nay và mức phải đạt.",
        )


_NOW = guarded(r"\b(?:mới (?:có|đạt|được)|hiện (?:nay|có|đạt|mới)|đến nay|năm trước)\b", re.I)


def _is_now(plan: Plan, target: Target) -> bool:
    """Whether a value is told of what is, not of what is aimed at."""
    first, last = target.lines
    return any(_NOW.search(line) for line in plan.text[first - 1 : last])


def _was(text: str, found: str, year: int) -> bool:
    """Whether words tell what a year before the plan's came to: “Năm 2023 số hộ nghèo giảm”."""
    told = [int(each) for each in _ALONE_YEAR.findall(text.partition(found)[0])]
    return bool(told) and max(told) < year


def _may_raise(line: str) -> bool:
    low = line.lower()
    return any_in(
        ("tỷ lệ", "tỉ lệ", "tăng", "nâng", "giảm", "đa số", "phần lớn", "hầu hết", "…",
         "nhiều hộ", "độ che phủ", "...", "cao hơn", "thấp hơn", "diện tích"),
        low,
    ) and not low.lstrip(" *_-").startswith("căn cứ")  # fmt: skip


def _open(text: str) -> str:
    """The words of a clause that raise something without a value; empty where it has one."""
    low = text.lower()
    for pattern, words in _WHERE:
        match = pattern.search(text) if any_in(words, low) else None
        if match is None or _NOT_A_GOAL.search(text[: match.start()]):
            continue
        if not _HAS_VALUE.search(_TIMES.sub(" ", match[0])):
            return match[0]
    return ""


def _items(plan: Plan, valued: list[str]) -> Iterator[Place]:
    """Items under a heading of targets that speak of a measure and give it no figure."""
    for paragraph in paragraphs(plan):
        if paragraph.heading or paragraph.cells or not _MEASURED.match(paragraph.text):
            continue
        heads = fold(" / ".join(paragraph.above))
        if not _TARGETS.search(heads) or _IN_GENERAL.search(heads):
            continue
        words = paragraph.text.rstrip(" .;")
        behind = words.partition(":")[2]
        if ":" in words and not _AIMED.search(behind):
            continue
        bare = _TIMES.sub(" ", words)
        if _HAS_VALUE.search(bare) or _WORDED.search(bare) or not _AIMED.search(bare):
            continue
        if not _known(words, valued):
            yield paragraph.said(plan, 0, len(words))


def _open_cell(row: Row) -> bool:
    """Whether the cell of the goal gives no figure where its row is measured in figures."""
    goal = _TIMES.sub(" ", _ALONE_YEAR.sub(" ", row.goal))
    if re.search(r"\d", goal) or not row.goal or _WORDED.search(goal):
        return False
    measured = bool(_IS_RATE.match(row.what)) or bool(_MEASURES.search(row.unit))
    measured = measured or bool(re.search(r"\d", row.now) and _VAGUE_CELL.search(goal))
    if not measured:
        return False
    return bool(_VAGUE_CELL.search(goal)) or not _NO_NUMBER_NEEDED.search(goal)


def _blanks(plan: Plan) -> Iterator[Place]:
    """Rates whose value is a row of dots."""
    for number, line in body(plan):
        blank = _BLANK.search(line) if "%" in line or "…" in line else None
        if blank and re.search(_SUBJECT, line[: blank.start()], re.IGNORECASE):
            quote = line[max(0, blank.start() - 50) : blank.end()].partition(" ")[2]
            yield at(number, quote.strip(" -"))


def _known(words: str, valued: list[str]) -> bool:
    """Whether the paper gives the same thing a value somewhere."""
    subject = re.sub(r"\b(?:tăng|giảm|nâng|giữ|so với|ngày càng)\b", " ", words)
    if len(content(subject)) < 2:
        return False
    return any(
        share_found(subject, text) >= _KNOWN_ENOUGH and len(set(content(fold(text)))) >= 2
        for text in valued
    )
