"""Everything dated, as words to hold against what is lacking: numbers, amounts, places, tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dinhlang.papers.checking.dates.things import criteria_in
from dinhlang.papers.checking.text.gap_wording import (
    DATED_ABOVE,
    PLACE,
    is_dated,
    is_period_only,
    periods_led,
)
from dinhlang.papers.checking.text.paragraphs import Paragraph
from dinhlang.papers.checking.text.village_names import villages_of
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import guarded

_LEAST_DATED, _HEADING = 2, 90
_PROCEDURE = re.compile(
    r"^\W*(?:(?:lập|hoàn thiện|hoàn tất|hoàn chỉnh|đủ|nộp|trình|gửi|tổng hợp|chuẩn bị)"
    r"\s+(?:bộ )?hồ sơ\b(?!\s+(?:sức|y|bệnh|OCOP|điện|thiết|đất|học|hộ)\b)|hồ sơ\b"
    r"|tự (?:đánh giá|chấm)|chấm điểm|thẩm tra|thẩm định|phục vụ|tổng kết"
    r"|sơ kết|lấy ý kiến|kiểm tra lại|đề nghị|trình (?:huyện|tỉnh|thẩm)|báo cáo)",
    re.IGNORECASE,
)


_QUANTITY = guarded(
    r"(?<![\d.,/])(?P<value>\d[\d.,]*)\s*(?P<unit>(?!thôn|bản|ấp|buôn|xã|tiêu|chỉ|lần|năm|tháng"
    r"|ngày|quý|khu|xóm|triệu|tỷ|đồng|bước|đợt|lớp|buổi|người|nội|hạng|mục)[a-zđà-ỹ]+[2²]?)",
    re.IGNORECASE,
)


_MEASURED = guarded(
    r"(?<![\d.,/])\d[\d.,]*\s*(?P<unit>km|m2|m|ha|hộ|nhà|phòng)\s+(?P<what>[^\W\d_]{2,})",
    re.IGNORECASE,
)
_SYLLABLE = re.compile(r"[^\W\d_]+|[A-Z]\d+")


_CRITERION_HEAD = re.compile(r"\b(?:tieu chi|tc|chi tieu)\b")


_INDICATOR = guarded(r"\b(?:chỉ tiêu|CT|nội dung)\s*(?:số\s*)?(?P<n>\d{1,2}\.\d{1,2})\b", re.I)


@dataclass(slots=True, frozen=True)
class Unit:
    """One dated stretch of words: its syllables and neighbours, what it names."""

    text: str
    low: str
    folded: str
    tokens: frozenset[str]
    numbers: frozenset[str]
    villages: frozenset[str]
    amounts: frozenset[str]
    kinds: frozenset[str]


def style_of(each: Paragraph) -> tuple[object, ...]:
    """What a paragraph is set with: its table, its bullet, the style of its number."""
    if each.cells:
        return ("row", each.block.table)
    label = each.block.label
    return (each.block.bullet or "", label.style if label else "")


def cell_numbers(each: Paragraph) -> frozenset[str]:
    """The criteria that bare numbers of a row name, as the head of their column says."""
    found: set[str] = set()
    for at, cell in enumerate(each.cells):
        if at >= len(each.head) or not _CRITERION_HEAD.search(each.head[at]):
            continue
        bare = re.match(r"\W*(?:số )?(\d{1,2})(?:\W+[^\W\d]|\W*$)", cell)
        if bare:
            found.add(bare[1])
        elif re.fullmatch(r"\W*\d{1,2}(?:\s*[,;]\s*\d{1,2})+\W*", cell):
            found.update(re.findall(r"\d{1,2}", cell))
    return frozenset(found)


def numbers_in(words: str) -> set[str]:
    """The criteria and indicators words name, by their numbers."""
    found = {str(number) for number in criteria_in(words)}
    return found | {match["n"] for match in _INDICATOR.finditer(words)}


_PHRASES = guarded(
    r"\b(?:yêu cầu|xuống cấp|tỷ lệ|mô hình|sản phẩm|nội dung|tiêu chí|chỉ tiêu|phấn đấu|hoàn thành"
    r"|thực hiện|tiếp tục|xây dựng|sửa chữa|lắp đặt|hệ thống|hư hỏng|hỏng|bộ phận|quy định|mức"
    r"|nguồn|công trình|số lượng|lượng|định mức)\b",
    re.IGNORECASE,
)


_IDLE_WORDS = (
    "cấp và của các cho đến từ theo tại trên trong năm là có được những một mọi này đó với để "
    "chưa đạt còn xã số ở thì mà khi hoặc về thôn ấp bản buôn xóm khu khóm người hai ba bốn "
    "tổng mới cộng dùng hơn loại khác việc chung toàn đầy đủ nhiều thiếu tuyến đoạn phải đã "
    "km m ha tc rất cao mặt dài dưới trở lên làm mua bị tháng quý ngày trước sau hết vẫn quá "
    "chỗ tốt kém thấp chuẩn vào chật hẹp nứt vỡ hư cũ nát lầy lội xấu yếu mượn nhờ sập gãy"
)


_IDLE = frozenset(_IDLE_WORDS.split())


_SHORT_FORMS = {"bhyt": "bảo hiểm y tế", "bhxh": "bảo hiểm xã hội", "gtnt": "giao thông nông thôn"}


def _spelt(words: str) -> str:
    """The words in small letters, what is commonly shortened written out."""
    low = lower(words)
    for short, whole in _SHORT_FORMS.items():
        if short in low:
            low = low.replace(short, whole)
    return low


def tokens_in(words: str, villages: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The syllables that name a thing: no idle words, no brackets, no village."""
    plain = PLACE.sub(" ", words) if villages else words
    found = _SYLLABLE.findall(_PHRASES.sub(" ", _spelt(re.sub(r"\([^()]*\)", " ", plain))))
    return tuple(dict.fromkeys(word for word in found if word not in _IDLE))


def amounts_in(words: str) -> frozenset[str]:
    """The quantities words tell, each with the word of its unit."""
    out: set[str] = set()
    for match in _QUANTITY.finditer(words):
        plain = match["value"].rstrip(".,").lstrip("0")
        if plain:
            out.add(f"{plain} {match['unit'].lower()}")
    return frozenset(out)


def kinds_in(words: str) -> frozenset[str]:
    """What words count or measure: “km đường”, “hộ nghèo”, whatever the number."""
    return frozenset(
        f"{match['unit']} {match['what']}".lower()
        for match in _MEASURED.finditer(words)
        if match["what"].lower() not in _IDLE
    )


def units_beside(every: tuple[Paragraph, ...], spots: set[int]) -> list[Unit]:
    """All that is dated or stands below it, sentence by sentence; nothing where that is little."""
    out: list[Unit] = []
    dated = 0
    open_style: tuple[object, ...] | None = None
    head: Paragraph | None = None
    periods: dict[int, bool] = {}
    for each in every:
        if each.spot in spots:
            head = None
            continue
        if each.cells:
            if each.cells == each.columns and not is_dated(each):
                periods[each.block.table] = DATED_ABOVE.search(" ".join(each.columns)) is not None
                continue
            marked = _grid_row(each)
            if marked is not None:
                dated += marked
                if marked:
                    out += _units_of(each)
                continue
            if is_dated(each) or periods.get(each.block.table):
                dated += 1
                out += _units_of(each)
            continue
        if is_dated(each):
            dated += max(1, periods_led(each))
            if not (head and head.heading and head.text in each.above):
                head, open_style = each, style_of(each)
            out += _units_of(each)
        elif head is not None:
            if (
                (head.heading and head.text in each.above)
                or (head.nest == each.nest >= 0 and not each.block.label and not each.block.bullet)
                or (each.nest == head.nest and style_of(each) != open_style)
            ):
                out += _units_of(each)
            else:
                head = None
    return out if dated >= _LEAST_DATED else []


def _grid_row(each: Paragraph) -> bool | None:
    """Whether a row of a table with periods for columns has a mark; None for other tables."""
    at = [i for i, head in enumerate(each.columns) if is_period_only(head)]
    if len(at) < _LEAST_DATED:
        return None
    return any(each.cells[i].strip() for i in at if i < len(each.cells))


def _units_of(each: Paragraph) -> Iterator[Unit]:
    if each.cells:
        row = " | ".join(each.cells)
        yield _unit(row, numbers_in(row) | cell_numbers(each))
        return
    above = each.above[-1] if each.above and len(each.above[-1]) < _HEADING else ""
    for begin, stop in each.parts:
        words = each.text[begin:stop]
        if not _PROCEDURE.match(re.sub(r"^[^:]{0,40}:", "", words)):
            yield _unit(f"{above}: {words}", numbers_in(words) or numbers_in(above))


def _unit(words: str, numbers: set[str]) -> Unit:
    low = _spelt(words)
    return Unit(
        text=words,
        low=" ".join(_SYLLABLE.findall(low)),
        folded=fold(words),
        tokens=frozenset(_SYLLABLE.findall(low)),
        numbers=frozenset(numbers),
        villages=villages_of(words),
        amounts=amounts_in(words),
        kinds=kinds_in(words),
    )
