"""Amounts of money in text, in whole đồng and exact: 17,5 tỷ đồng, 350.000 đồng/người."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.numbers import format_number, parse_number
from dinhlang.vietnamese.unicode import clean_spaces, nfc

_SCALES = {"tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "tr": 10**6, "nghìn": 10**3, "ngàn": 10**3}

# Words that make one word with the scale before them: tỷ lệ is a rate, triệu tập a summons.
_NO_SCALE_RE = re.compile(r"\s*(?:lệ|trọng|suất|số|giá|mỉ|phú|tập|hồi|chứng)(?!\w)")
# What is counted in millions without being money: triệu người, tỷ con giống.
_COUNTED_RE = re.compile(
    r"\s*(?:người|dân|con|lượt|cây|hộ|ha|hec-?ta|héc-?ta|tấn|tạ|kg|lít|m|m2|m²|m3|m³|km|kwh"
    r"|khách|cử\s+tri|lao\s+động|sản\s+phẩm|quả|trứng|tài\s+khoản|thuê\s+bao|liều|đồng"
    r"|viên|khối|mét|cái|bản|đoàn\s+viên|hội\s+viên|nông\s+dân|đảng\s+viên|học\s+sinh|công|lần"
    r"|chiếc|tờ|việc\s+làm|doanh\s+nghiệp|năm|giờ|ngày|trẻ|phụ\s+nữ|thanh\s+niên"
    r"|cá|tôm|gia\s+cầm|gia\s+súc|usd|đô\s+la|euro)(?!\w)"
)
# đồng as the head of another word: đồng chí, đồng bộ; but “1,5 tỷ đồng bằng 12%”.
_NO_DONG = (
    r"(?!\s+(?:chí|bộ|bào|hồ|thời|phục|ruộng|lúa|cỏ|ý|thuận|đội|hương|nghiệp|minh|chủ|sự|tình"
    r"|hành|lòng|đều|nhất|loạt|cấp(?!\s+(?:cho|về|từ)\b)|dân(?!\s+(?:góp|đóng)\b)"
    r"|bằng(?!\s+(?:\d|khoảng))|bãi|muối|mía|ngô|màu|mẫu|quản|giám|phạm|tộc)(?!\w))"
)
# One digit first: a search then goes from digit to digit.
_NUMBER = r"[0-9][0-9]*(?:[.,][0-9]+)*"
_AMOUNT_RE = re.compile(
    rf"(?P<number>{_NUMBER})\s{{0,2}}(?P<unit>"
    rf"(?:(?P<scale>t[ỷỉ]|triệu|nghìn|ngàn|tr)(?!\w)(?P<half>\s+rưỡi(?!\w))?"
    rf"(?:(?<=t[ỷỉ])\s+(?P<below>{_NUMBER})\s{{0,2}}triệu(?!\w))?"
    rf"|(?P<short>trđ|trđồng)(?!\w))?"
    rf"(?P<dong>(?:(?<=tr)\.)?\s{{0,2}}(?:đồng(?!\w){_NO_DONG}|đ(?!\w)|vnđ(?!\w)|vnd(?!\w)|₫))?)"
)
_PER_RE = re.compile(
    r"\s?/\s?(?P<per>(?:hộ\s+gia\s+đình|hộ\s+nghèo|mô\s+hình|công\s+trình|vườn\s+mẫu|lao\s+động"
    r"|tiêu\s+chí|thành\s+viên|khu\s+dân\s+cư|chỗ\s+ở|căn\s+nhà|nhà\s+ở|sản\s+phẩm|hợp\s+tác\s+xã"
    r"|học\s+sinh|đơn\s+vị|nhà\s+văn\s+hóa|nhà\s+văn\s+hoá|[^\W\d_]+[23²³]?)"
    r"(?:\s?/\s?(?:[^\W\d_]+[23²³]?))*)"
)
_GROUPED_RE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount found in a text. ``value`` is in whole đồng.

    ``per`` is what follows a slash, in lower case (``hộ``, ``người/năm``); the span covers it.
    ``unit_text`` is the unit as written (``tỷ đồng``, ``triệu``).
    """

    start: int
    end: int
    value: int
    per: str | None
    unit_text: str


def find_amounts(text: str) -> list[Amount]:
    """Every amount of money in the text, in order.

    A number needs a unit: tỷ, triệu, trđ, nghìn đồng, đồng; a lone ``đ`` counts only after a
    number grouped by dots, and nghìn only with đồng or a slash. Left out are rates (tỷ lệ),
    other words (triệu tập, đồng chí), things counted in millions (triệu người), and what does
    not come to whole đồng.
    """
    low = lower(text)
    found: list[Amount] = []
    for match in _AMOUNT_RE.finditer(low):
        if not match["unit"]:
            continue
        amount = _read(text, low, match)
        if amount and (not found or amount.start >= found[-1].end):
            found.append(amount)
    return found


def _read(text: str, low: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    if start and (low[start - 1].isalnum() or low[start - 1] in "_/"):
        return None
    scale_word, dong = match["scale"], match["dong"]
    per_match = _PER_RE.match(low, end)
    if scale_word and not dong:
        if _NO_SCALE_RE.match(low, end) or (not match["half"] and _COUNTED_RE.match(low, end)):
            return None
        if scale_word in ("nghìn", "ngàn") and not per_match:
            return None
    if not scale_word and not match["short"] and not _bare_unit_is_money(match):
        return None
    value = _value(match)
    if value is None:
        return None
    per = None
    if per_match:
        per = re.sub(r"\s*/\s*", "/", clean_spaces(per_match["per"]))
        end = per_match.end()
    unit = text[match.start("unit") : match.end("unit")]
    return Amount(start, end, value, per, clean_spaces(unit))


def _bare_unit_is_money(match: re.Match[str]) -> bool:
    """Whether a number with đồng or đ and no scale is money: ``5 đ`` may be points or a label."""
    dong = (match["dong"] or "").strip()
    if dong.startswith("."):
        return False
    return dong != "đ" or bool(_GROUPED_RE.fullmatch(match["number"]))


def _value(match: re.Match[str]) -> int | None:
    """The amount in whole đồng, or None."""
    number = parse_number(match["number"])
    if number is None:
        return None
    scale = 10**6 if match["short"] else _SCALES.get(match["scale"] or "", 1)
    total = number * scale
    if match["half"]:
        total += Decimal(scale) / 2
    if match["below"]:
        below = parse_number(match["below"])
        if below is None:
            return None
        total += below * 10**6
    return int(total) if total == total.to_integral_value() else None


def parse_money(text: str) -> int | None:
    """The amount, in đồng, that a whole text says: ``17,5 tỷ``, ``350.000 đồng``, ``350.000``.

    A number without a unit is đồng. None where there is anything else, or a rate per something.
    """
    body = clean_spaces(nfc(text)).rstrip(".;")
    negative = body[:1] in ("-", "−")
    body = body[1:].lstrip() if negative else body
    number = parse_number(body) if body[:1].isdigit() else None
    if number is not None:
        value = int(number) if number == number.to_integral_value() else None
    else:
        found = find_amounts(body)
        whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(body))
        value = found[0].value if whole and not found[0].per else None
    return -value if negative and value is not None else value


def format_money(value: int) -> str:
    """The amount exactly, in the largest unit that takes at most three decimals.

    ``17,5 tỷ đồng``, ``1,5 triệu đồng``, ``350.000 đồng``. ``value`` is in đồng.
    """
    size = abs(value)
    for scale, name in ((10**9, "tỷ đồng"), (10**6, "triệu đồng")):
        if size >= scale and size % (scale // 1000) == 0:
            return f"{format_number(Decimal(value) / scale)} {name}"
    return f"{format_number(value)} đồng"
