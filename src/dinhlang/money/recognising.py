"""What a line about a source of money says: its kind, its share, what it waits for. Pure.

The kinds are the codes of ``models.SourceKind``; where nothing is recognised it is ``other``, and
a person chooses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from dinhlang.vietnamese import clean_spaces, find_amounts, fold, nfc, parse_number

_KINDS = (
    ("land", r"dau gia|quyen su dung dat|tien su dung dat|khai thac quy dat|thu tu dat"),
    ("integrated", r"long ghep"),
    ("credit", r"tin dung|vay von|von vay|ngan hang chinh sach"),
    ("people_labour", r"ngay cong|hien cong|gop cong"),
    ("people_land", r"hien dat|gop dat"),
    ("people_kind", r"vat tu|hien vat|vat lieu|cay giong"),
    ("central_recurrent", r"(?:trung uong|\bnstw\b).*(?:su nghiep|thuong xuyen)"),
    ("central_investment", r"trung uong|\bnstw\b|dau tu cong"),
    ("province", r"\btinh\b|thanh pho truc thuoc"),
    ("district", r"\bhuyen\b|\bthi xa\b"),
    ("people_cash", r"nhan dan|nguoi dan|\bdan gop|dong gop|cong dong|\bho dan\b|xa hoi hoa"),
    ("enterprise", r"doanh nghiep|nha tai tro|tai tro|ung ho|hop tac xa|manh thuong quan"),
    ("commune", r"ngan sach xa|\bxa\b|ngan sach dia phuong"),
)
_IN_KIND = ("people_labour", "people_land", "people_kind")
_RULES = tuple((code, re.compile(pattern)) for code, pattern in _KINDS)
_WORKS = re.compile(
    r"\b(?:xay(?! dung (?:mo hinh|ke hoach|quy|phong trao))|lam duong|mo rong duong|nang cap|"
    r"cai tao|sua chua|be tong|ranh|cong trinh|kien co|nha da nang|nha van hoa|cau qua|kenh|"
    r"duong (?:truc|xa|thon|xom|ngo|lien|giao thong)|san the thao|tram y te)\b"
)
_NOT_WORKS = re.compile(r"^(?:mua sam|lap dat|tap huan|tuyen truyen|ho tro (?!mo rong|xay))")
_SHARE = re.compile(
    r"(?:ty le|ti le|bang|huong|duoc|tuong ung|=)?\s*(\d{1,3}(?:[.,]\d+)?)\s*%", re.IGNORECASE
)
_CONDITION = re.compile(
    r"(?:(?:chỉ có |được )?(?:sau |trước )?khi|nếu|với điều kiện)\s+[^.;()]{4,140}", re.IGNORECASE
)
_ASKED = re.compile(
    r"(?:đề nghị|kiến nghị|đề xuất|xin)\s+((?:[^.;()]{0,10}?)(?:(?:Huyện|Tỉnh|Thành|Thị) ủy|UBND|"
    r"Ủy ban nhân dân|HĐND|Sở|Chính phủ|Bộ)[^.;()]*?)\s+(?:quan tâm|xem xét|hỗ trợ|bố trí|cấp|"
    r"bổ sung|cho )"
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised in a line about a source.

    ``percent`` of ``whole`` (đồng, where the line says or implies it) is a share of an auction;
    ``condition`` is in the line's own words, ``is_work`` where it is work with a day of its own.
    """

    kind: str
    percent: Decimal | None = None
    whole: int | None = None
    condition: str = ""
    is_work: bool = False


def kind_of(text: str) -> str:
    """The kind of source that the words name first; ``other`` where none is named."""
    folded = fold(nfc(text))
    # An auction, a loan or integrated money says more than whose budget it goes through.
    for code, rule in _RULES[:3]:
        if rule.search(folded):
            return code
    found = [
        (match.start(), at, code)
        for at, (code, rule) in enumerate(_RULES[3:])
        if (match := rule.search(folded))
    ]
    if not found:
        return "other"
    first = min(found)[2]
    in_kind = [code for _, _, code in found if code in _IN_KIND]
    if first == "people_cash" and in_kind and not re.search(r"\btien\b", folded):
        return in_kind[0]
    return first


def recognise(text: str, amount: int | None = None, conditional: bool = False) -> Recognised:
    """What a line about a source of ``amount`` đồng says.

    ``conditional``: the reader of the paper found that it comes only after the paper's own goal.
    """
    text = clean_spaces(nfc(text))
    kind = kind_of(text)
    if kind != "land":
        return Recognised(kind, condition=condition_of(text, conditional))
    percent = share_of(text)
    whole = whole_of(text, percent, amount)
    condition = condition_of(text, conditional)
    return Recognised(kind, percent, whole, condition or "đấu giá xong", not condition)


def share_of(text: str) -> Decimal | None:
    """The percentage in the line; None where there is none, or one beyond 100."""
    match = _SHARE.search(fold(nfc(text)))
    number = parse_number(match[1]) if match else None
    return number if number is not None and 0 < number <= 100 else None


def whole_of(text: str, percent: Decimal | None, amount: int | None) -> int | None:
    """What an auction brings altogether, đồng: where the line says it, or it follows exactly."""
    for found in find_amounts(text):
        if amount is None or found.value <= amount or found.per is not None or percent is None:
            continue
        if share_amount(percent, found.value) == amount:
            return found.value
    if percent is None or amount is None:
        return None
    whole = Decimal(amount) * 100 / percent
    return int(whole) if whole == whole.to_integral_value() else None


def share_amount(percent: Decimal, whole: int) -> int:
    """So many percent of an amount, whole đồng (what is less than one is left out)."""
    return int(Decimal(whole) * percent / 100)


def condition_of(text: str, conditional: bool) -> str:
    """The condition in the line's own words; words of ours where it only is known that one is."""
    if not conditional:
        return ""
    match = _CONDITION.search(text)
    if match is None:
        return "được công nhận đạt chuẩn"
    words = re.split(r"\s+\d", match[0])[0]
    words = re.sub(r"^(?:chỉ có |được )?(?:sau )?khi\s+", "", words, flags=re.IGNORECASE)
    return clean_spaces(words).rstrip(" ,:-")[:300]


def is_works(text: str) -> bool:
    """Whether a need is construction, which can leave outstanding debt."""
    folded = fold(nfc(text))
    return bool(_WORKS.search(folded)) and not _NOT_WORKS.match(folded)


def asked_of(text: str) -> str:
    """The body that a shortage is put to (“Huyện ủy, UBND huyện”); empty where none is."""
    match = _ASKED.search(clean_spaces(nfc(text)))
    return clean_spaces(match[1]).strip(" ,")[:200] if match else ""
