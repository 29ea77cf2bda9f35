"""The words that open a list of what is lacking, and the words that date a line."""

from __future__ import annotations

import re
from functools import lru_cache

from dinhlang.papers.checking.text.paragraphs import Paragraph, sentences
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese.guarded import any_in, guarded

WORDS = guarded(
    r"chua dat|\bton tai\b|han che|thieu hut|con thieu|phan thieu|(?:noi dung|diem|mat|khau|cho)"
    r" yeu|yeu kem|phai phan dau|chua hoan thanh|can khac phuc|can cung co"
    r"|(?:noi dung|hang muc|diem|phan) can (?:lam|dau tu|hoan thien|nang|sua)\b|can xu ly"
    r"|can bo sung|chua dap ung"
    r"|bat cap|con no\b|no tieu chi|chua xong|diem nghen|con yeu|con vuong|chua dam bao"
    r"|chua bao dam|con lai (?:phai|can)|phai (?:lam|hoan thanh) (?:tiep|them)|con dang do"
    r"|ton dong|chua lam duoc|con bo ngo|chua giai quyet|thieu sot|chua hoan thien|chua thuc hien"
    r"|khiem khuyet|chua vung|dang do|con no|chua trien khai|can tap trung (?:khac|thao|xu)"
    r"|(?:hang muc|viec|phan viec|noi dung|tieu chi) con lai|vuong mac|lo hong"
    r"|\bcon (?:may|nhung|cac|\d+) (?:viec|noi dung|hang muc|tieu chi)|khoang trong|phai bu dap"
    r"|\b(?:viec|phan|muc) ton\b"
)
"""Folded words of a heading or lead above a list of what is lacking."""
PLACE = compile_vi(
    r"\b(?:[Tt]hôn|[Kk]hu dân cư|KDC|[Kk]hu|[Bb]ản|[Xx]óm|[Ấấ]p|[Bb]uôn|[Kk]hóm|[Ll]àng"
    r"|[Tt]ổ dân phố)\s+(?:\d{1,2}|[A-ZÀ-ỸĐ]\S*(?:\s+[A-ZÀ-ỸĐ]\S*)*)"
    r"(?:\s*(?:,|và)\s*[A-ZÀ-ỸĐ]\S*(?:\s+[A-ZÀ-ỸĐ]\S*)*)*"
)
"""A village with its name."""
_NO_LEAD = re.compile(
    r"\b(?:giai phap|nhiem vu|phan cong|lo trinh|tien do|phan ky|cac moc|ke hoach)\b"
)
DATED_ABOVE = re.compile(
    r"\b(?:lộ trình|tiến độ|phân kỳ|mốc|lịch|thời gian|tháng|quý|kỳ|thời điểm|bố trí theo"
    r"|thời hạn|hạn|giai đoạn|đợt|tuần|khi nào|bao giờ)\b",
    re.IGNORECASE,
)
"""Words of a heading or column that dates what stands below."""
_ORDINALS = r"(?:thứ )?(?:một|nhất|hai|nhì|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười)(?: là|,|:)(?=\s)"
_ORDINAL = re.compile(rf"(?:^|[\s,;:.]){_ORDINALS}", re.IGNORECASE)
# A quick look: a number, or a word that may name a time of the year.
_MAY_BE_DATED = re.compile(r"\d|uý|háng|năm|kỳ|ước|đợt|tết", re.IGNORECASE)
_STEP = r"(?:I{1,3}|IV|VI{0,3}|\d{1,2}|một|hai|ba|bốn|tư|nhất|đầu|cuối)"
_PERIOD = guarded(
    rf"\b(?:tháng\s+(?:\d|giêng|chạp|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|T\.?\s?\d{{1,2}}\b"
    rf"|quý\s+{_STEP}\b|Q\s?[1-4]\b|tuần\s+{_STEP}\b|(?:đợt|giai đoạn|chặng|kỳ|bước|vòng)"
    rf"\s+{_STEP}\b"
    r"|(?:sáu|6|06|ba|3|03|chín|9|09|hai|2|02|bốn|4|04) tháng (?:đầu|cuối|giữa|tiếp)|đầu năm"
    r"|giữa năm|cuối năm|nửa (?:đầu|cuối|sau)|\d{1,2}\s?[/.]\s?\d{1,2}(?:\s?[/.]\s?20\d\d)?\b"
    r"|\d{1,2}\s*[-–]\s*\d{1,2}\s?/\s?20\d\d|\d{1,2}\s?/\s?20\d\d|hết năm|tết)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"\W*(?:[A-ZĐ]?\d{1,2}(?:\.\d+)*[.)]\s*)?(?:(?:trong|từ|đến|tới|trước|hết|vào|sang|chậm nhất"
    r"|xong|hoàn thành|khoảng|sau|ngày|mốc|thời gian|hạn|cả|dịp|đầu|giữa|cuối|các|những|riêng|bước"
    r"|là|\d{1,2}|-|–|:|\(|tiếp theo|còn lại)\s*)*",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^[^:;.]{0,40}:\s*")
_BARE_MONTHS = re.compile(r"\W*\d{1,2}(?:\s*(?:[-–,]|và|đến)\s*\d{1,2})*\W*$")
_DUE = guarded(
    r"\b(?:xong|hoàn thành|trước|trong|vào|đến hết|hết|chậm nhất|hạn|từ|thời gian)"
    r"[\s:]+(?:trong |trước |ngày )*$",
    re.IGNORECASE,
)
# “xã chưa đạt tiêu chí số 4 (…), tiêu chí số 6 (…)”; “chưa đạt là Giao thông (2), Điện (4)”.
_NAMED_NEXT = re.compile(
    r"\s(?:la|gom|do la)?\s*(?P<list>(?:(?:tieu chi|tc)\s*(?:so\s*)?\d{1,2}\b"
    r"|[^,;.:()]{3,60}\((?:so |tc )?\d)"
    r"[^.;]*?,\s*(?:(?:tieu chi|tc|so)\s*(?:so\s*)?\d|[^,;.:()]{3,60}\((?:so |tc )?\d))"
)
# “… chưa đạt là Trường học (thiếu 04 phòng), Y tế (bảo hiểm 91%) và Nhà ở (6 nhà tạm)”.
_NAMES_NEXT = re.compile(
    r"[^.;:,()]{0,20}?\b(?:la|gom|do la)\s+(?=[^.;:,()]{3,60}\([^()]{4,}\)[,;]?\s)"
)
_LEAST_NAMES = 3
_SHORT = 60


_STOP = re.compile(r"[.;]\s")
_OPENS = (":", "(", "tieu chi", "tc")  # without one of these a long paragraph opens no list


def lead_end(each: Paragraph) -> int:
    """Where a paragraph that opens a list of what is lacking ends its lead; -1 for no lead.

    A heading, or a short line, ends behind its last letter, a sentence behind its colon.
    """
    folded = each.folded
    if folded.startswith(("can cu", "thuc hien")):
        return -1
    if len(folded) > 2 * _SHORT and not any_in(_OPENS, folded):
        return -1
    found = WORDS.search(folded)
    if found is None:
        return -1
    colon = folded.find(":", found.end())
    dot = _STOP.search(folded[found.end() :])
    if colon >= 0 and (dot is None or colon < found.end() + dot.start()):
        if colon - found.end() > 2 * _SHORT or _NO_LEAD.search(folded[: found.end()]):
            return -1
        return colon + 1
    named = _NAMES_NEXT.match(folded, found.end())
    if named and len(parted(each.text[named.end() :])) >= _LEAST_NAMES:
        return named.end()
    listed = _NAMED_NEXT.search(folded, found.start())
    if listed and listed.start() - found.end() < _SHORT // 2:
        return listed.start("list")
    whole = len(folded) <= 2 * _SHORT and (
        each.heading or folded.isupper() or not each.block.bullet
    )
    if whole and ":" not in folded and not _NO_LEAD.search(folded):
        return len(folded)
    return -1


_PARTS = r",(?!\d)|\s+và(?=\s+(?:số |TC )?\d)|(?<=\))\s+và(?=\s)"


def parted(rest: str) -> list[tuple[int, int]]:
    """Where each item of a list in a line begins and ends: by ordinals, semicolons or commas."""
    marks = list(_ORDINAL.finditer(rest))
    if len(marks) > 1:
        ends = [mark.start() for mark in marks[1:]] + [len(rest)]
        return [(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    whole = re.sub(r"\([^()]*\)", lambda m: re.sub("[,;]", " ", m[0]), rest)
    if rest.count("(") == rest.count(")") and len(re.findall(_PARTS, whole)) > 1:
        rest = whole  # what a bracket lists is told of the one item before it
    by = r";" if ";" in rest else _PARTS
    out: list[tuple[int, int]] = []
    at = 0
    for match in re.finditer(by, rest):
        out.append((at, match.start()))
        at = match.end()
    out.append((at, len(rest)))
    return [(a, b) for a, b in out if rest[a:b].strip(" .,;:")]


def is_dated(each: Paragraph) -> bool:
    """Whether a paragraph or row has a period, however it is written."""
    if each.dated is None:
        each.dated = _is_dated(each)
    return each.dated


def _is_dated(each: Paragraph) -> bool:
    if each.cells:
        if any(is_period_only(cell) for cell in each.cells if len(cell) < _SHORT):
            return True
        dated = [at for at, head in enumerate(each.columns) if DATED_ABOVE.search(head[:20])]
        return (
            any(at < len(each.cells) and _BARE_MONTHS.match(each.cells[at]) for at in dated)
            and each.cells != each.columns
        )
    return _dated(each.text)


@lru_cache(maxsize=2048)
def _dated(text: str) -> bool:
    if not _MAY_BE_DATED.search(text):
        return False
    found = _PERIOD.search(text)
    if found is None:
        return False
    led = _LEADING.match(text)
    if led is not None and led.end() >= found.start():
        return True
    if _led(text) > 1:
        return True
    return any(_DUE.search(text[: m.start()]) for m in _PERIOD.finditer(text))


def periods_led(each: Paragraph) -> int:
    """How many sentences of a paragraph begin with a period, or end with one that is a limit."""
    return _led(each.text)


def _led(text: str) -> int:
    found = 0
    for begin, stop in sentences(text):
        words = text[begin:stop]
        period = _PERIOD.search(words)
        if period is None:
            continue
        head = _HEAD.match(words)
        led = _LEADING.match(words, head.end() if head else 0)
        headed = led is not None and led.end() >= period.start()
        found += headed or any(_DUE.search(words[: m.start()]) for m in _PERIOD.finditer(words))
    return found


def is_period_only(words: str) -> bool:
    """Whether words are nothing but a period: “Quý I”, “02-3/2024”, “Tháng 5 (đợt 1)”."""
    found = _PERIOD.search(words)
    if found is None:
        return False
    led = _LEADING.match(words)
    rest = re.sub(
        r"20\d\d|năm|tháng|quý|ngày|đến|tới|và|từ|tuần|[IVT\d\W]", "", words[found.end() :]
    )
    return led is not None and led.end() >= found.start() and len(rest) < 3
