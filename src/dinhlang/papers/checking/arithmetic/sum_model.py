"""A total with its parts: whether they fit, and what is said where they do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dinhlang.papers.checking.arithmetic.figures import AREA, LENGTH, MONEY, PERCENT, Figure
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.vietnamese import format_money, format_number, parse_number

WITHIN = re.compile(r"\btrong (?:đó|số (?:đó|này))\b|\btính riêng\b", re.IGNORECASE)
TOTAL_WORD = (
    r"tổng(?: số| cộng| kinh phí| nguồn vốn| vốn| mức| nhu cầu| chi phí| giá trị| dự toán"
    r"| khối lượng| diện tích| chiều dài)?|cộng(?! đồng| tác| hòa| hoà)|tất cả|cả thảy|toàn xã"
    r"|cả xã|cộng chung|toàn bộ|tính chung|gộp lại|cả năm|cả kỳ"
)
TOTAL = re.compile(rf"(?<![^\W_])(?:{TOTAL_WORD})(?![^\W_])", re.IGNORECASE)
FOOT = re.compile(rf"[(\s=>→⇒*]*(?:{TOTAL_WORD}|cộng lại)(?![^\W_])", re.IGNORECASE)
TOTAL_MONEY = re.compile(r"\b(?:tổng|cộng|nguồn|nhu cầu|dự toán|huy động)\b", re.IGNORECASE)
COST = re.compile(rf"{TOTAL_MONEY.pattern}|\b(?:kinh phí|vốn|chi phí|cần)\b", re.IGNORECASE)
COMPLEMENT = re.compile(r"\b(?:còn lại|số còn|chưa|không|ngoài)\b", re.IGNORECASE)
PLACE_WORD = compile_vi(
    r"\b(?i:thôn|ấp|bản|xóm|khu|buôn|khóm|sóc|tổ|KDC)\s+[A-ZÀ-Ỹ\d]|\bcác (?:thôn|ấp|bản|xóm|khu)"
    r"|\b(?:thôn|ấp|bản|xóm|khu) (?:còn lại|khác)",
)
SOURCE = re.compile(
    r"ngân sách|\bns|vốn|nhân dân|người dân|dân |doanh nghiệp|xã hội h|lồng ghép|đóng góp|hỗ trợ"
    r"|tín dụng|đấu giá|tài trợ|nguồn|vận động|con em|mạnh thường quân|hợp tác xã|khác",
    re.IGNORECASE,
)
_CAPITAL = compile_vi(r"(?<![\w/])[A-ZÀ-Ỹ][^\W\d_]*")
_PEOPLES = re.compile(
    r"\b(?:Kinh|Tày|Nùng|Dao|Thái|Mường|Mông|H.Mông|Hmông|Khmer|Khơ Me|Hoa|Chăm|Ê Đê|Ê-đê|Ba Na"
    r"|Gia Rai|Xơ Đăng|M.Nông|Mnông|Sán \w+|Hà Nhì|Lô Lô|Giáy|La \w+|Cơ \w+|Bru\w*|Raglai|Thổ"
    r"|Công giáo|Phật giáo|Tin lành|Cao Đài|Hòa Hảo|VietGAP|OCOP|NTM|BHYT|BHXH|UBND|HTX)\b"
)


def names_places(words: str) -> bool:
    """Whether words name a place: a capital behind no label, that is no people or religion."""
    return bool(PLACE_WORD.search(words) or _CAPITAL.search(_PEOPLES.sub("", words)))


def near(added: Decimal, stated: Decimal, share: str = "0.8") -> bool:
    """Whether a sum is so near the total that its parts were meant to be all there are."""
    return stated * Decimal(share) <= added


def slipped(added: Decimal, stated: Decimal) -> bool:
    """Whether two numbers differ as a slip of the pen makes them: a digit, or two changed over."""
    one, other = f"{added.normalize():f}", f"{stated.normalize():f}"
    if len(one) != len(other) or len(one) < 3:
        return len(one) == 2 and one[::-1] == other
    unlike = [
        index for index, pair in enumerate(zip(one, other, strict=True)) if len(set(pair)) > 1
    ]
    if len(unlike) == 1:
        return unlike[0] > 0
    return len(unlike) == 2 and sorted(one) == sorted(other)


OTHER_MATTER = re.compile(
    r"\bso với\b|\btăng\b(?! cường)|\bgiảm\b(?! nghèo)|\bnâng\b(?! cao| cấp)|\blên\b"
    r"|\bmỗi\b|\bbình quân\b|\bmức\b|\btối đa\b|\bkhông quá\b|\bhạn mức\b"
    r"|\bthiếu\b(?! nhi)|\bhụt\b|\bthừa\b|\blũy kế\b",
    re.IGNORECASE,
)
OTHER_TIME = re.compile(
    r"\b(?:năm|quý|tháng|kỳ|giai đoạn) ?(?:trước|\0|19|20|đầu)|\bso với\b|\btăng\b(?! cường)"
    r"|\bgiảm\b(?! nghèo)|\bnâng\b(?! cao| cấp)|\blên\b|\bmỗi\b|\bbình quân\b|\bmức\b"
    r"|\btối đa\b|\bkhông quá\b|\bhạn mức\b",
    re.IGNORECASE,
)
_MOST_VALUES = 24
_FAR = Decimal("2.2")  # farther apart two numbers speak of different matters
LETTERS = re.compile(r"[^\W\d_]{2,}")
ROUGH = re.compile(
    r"\b(?:khoảng|gần|hơn|trên|xấp xỉ|trên dưới|chừng|ít nhất|tối thiểu|dưới|không quá)\s*$", re.I
)
_LONG_NOUNS = frozenset(
    [
        "công",
        "mô",
        "hợp",
        "lao",
        "sản",
        "hạng",
        "học",
        "cán",
        "đại",
        "nhà",
        "tuyến",
        "hố",
        "thùng",
        "chỉ",
    ]
)


@dataclass(slots=True, frozen=True)
class Sum:
    """A total with its parts: their places, the total's first, and whether they fit."""

    kind: str
    unit: str
    stated: Figure
    parts: tuple[Figure, ...]
    places: tuple[Place, ...]
    village: bool
    over: bool
    fits: bool
    named: bool = False
    doubt: bool = False  # whether the parts may be some of them only

    @property
    def code(self) -> str:
        """The check that tells it: of money, of villages' shares, or of parts and wholes."""
        if self.stated.noun.startswith("tiêu chí"):
            return "COUNT-PARTITION"
        if self.stated.noun.startswith("chỉ tiêu"):
            return "COUNT-GROUP" if len(self.parts) > 2 else "COUNT-PARTITION"
        if self.kind == MONEY and (self.named or not self.over):
            return "FUND-SUM"
        return "COUNT-TOTAL" if self.village and not self.over else "PART-WHOLE"

    @property
    def added(self) -> Decimal:
        """What the parts give."""
        return sum((part.value for part in self.parts), Decimal())


def shown(value: Decimal, kind: str) -> str:
    """A value for the reader in the unit its figures have."""
    if kind == MONEY:
        return format_money(int(value))
    if kind == LENGTH:
        return (
            f"{format_number(value / 1000)} km"
            if abs(value) >= 1000
            else (f"{format_number(value)} m")
        )
    if kind == AREA:
        return (
            f"{format_number(value / 10_000)} ha"
            if abs(value) >= 10_000
            else (f"{format_number(value)} m2")
        )
    return f"{format_number(value)}{kind and ('' if kind == PERCENT else ' ')}{kind}"


def hit_of(wrong: Sum) -> Hit:
    """What a check says of a wrong sum."""
    right, said = shown(wrong.added, wrong.unit), shown(wrong.stated.value, wrong.unit)
    terms = " + ".join(format_number(_scaled(part, wrong)) for part in wrong.parts)
    if wrong.over:
        message = f"Các phần cộng lại được {right} ({terms}), toàn thể chỉ có {said}."
    else:
        message = f"Cộng các phần được {right} ({terms}), văn bản ghi {said}."
    return Hit(
        message=message,
        places=wrong.places,
        advice=f"Sửa tổng thành {right}, hoặc soát lại từng phần.",
        severity="warning" if wrong.doubt else None,
    )


def _scaled(part: Figure, wrong: Sum) -> Decimal:
    size = abs(wrong.added)
    if wrong.unit == PERCENT:
        return part.value
    if wrong.kind == MONEY:
        return part.value / (10**9 if size >= 10**9 else 10**6 if size >= 10**6 else 1)
    if wrong.kind == LENGTH and size >= 1000:
        return part.value / 1000
    if wrong.kind == AREA and size >= 10_000:
        return part.value / 10_000
    return part.value


def make_sum(
    total: Figure,
    parts: Sequence[Figure],
    places: Sequence[Place],
    *,
    complete: bool,
    rough: bool,
    within: bool,
    village: bool,
    named: bool,
    doubt: bool = False,
) -> Sum:
    over = _compare(total.value, [part.value for part in parts], complete, rough)
    return Sum(
        kind=total.kind, unit=_unit(total), stated=total, parts=tuple(parts),
        places=tuple(dict.fromkeys(places)), village=village,
        over=bool(over) and (within or (total.kind == MONEY and not named)), fits=over is None,
        named=named, doubt=doubt,
    )  # fmt: skip


def _unit(head: Figure) -> str:
    if head.counts and head.noun:
        return " ".join(head.noun.split()[: 2 if head.kind in _LONG_NOUNS else 1])
    return head.kind


def _compare(
    stated: Decimal, values: Sequence[Decimal], complete: bool, rough: bool
) -> bool | None:
    """None where the parts fit; else whether they are more than the whole."""
    added = sum(values, Decimal())
    if added == stated:
        return None
    slack = abs(stated) * (Decimal("0.05") if rough else Decimal("0.0005"))
    if abs(added - stated) <= slack:
        return None
    if added > stated * _FAR or added * _FAR < stated or gives(values, stated):
        return None
    if added > stated:
        return True
    return False if complete and not (rough and added < stated) else None


def gives(values: Sequence[Decimal], total: Decimal) -> bool:
    """Whether values in a row add up to the total, parts told beside their own sum left out.

    Parts may stand behind their sum or before it, and have parts of their own.
    """
    return len(values) <= _MOST_VALUES and total in _sums(tuple(values))


@lru_cache(maxsize=1024)
def _sums(values: tuple[Decimal, ...]) -> frozenset[Decimal]:
    """What the values may add up to."""
    if not values:
        return frozenset((Decimal(),))
    first = values[0]
    found = {first + rest for rest in _sums(values[1:])}
    for end in range(3, len(values) + 1):
        if first in _sums(values[1:end]):
            found.update(first + rest for rest in _sums(values[end:]))
        if values[end - 1] in _sums(values[: end - 1]):
            found.update(values[end - 1] + rest for rest in _sums(values[end:]))
    return frozenset(found)


def unit_size(text: str, total: Figure) -> Decimal:
    """How much one is in the unit an amount is written in: a million for “4.100 triệu đồng”."""
    raw = re.match(r"[\d.,]*\d", text[total.start :])
    number = parse_number(raw[0]) if raw else None
    return total.value / number if number else Decimal()
