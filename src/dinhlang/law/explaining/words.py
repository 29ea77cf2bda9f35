"""The small words: numbers with units, names of measures, sets and givers, what is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil

from dinhlang.vietnamese import format_number

from ..protocols import LawOfDay
from ..regions import REGIONS
from ..requirements import Reached, Recognised
from ..sets import CriteriaSet, Measure
from ..subjects import Fact, Sex
from ..verdicts import Missing

SEXES: dict[Sex, str] = {"": "", "male": "nam", "female": "nữ"}
LEVELS = {"village": "thôn", "commune": "xã", "district": "huyện", "province": "tỉnh"}
SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
GIVERS = {
    "province": "UBND cấp tỉnh",
    "ministry": "bộ quản lý ngành",
    "decision": "văn bản ban hành bộ tiêu chí",
    "unit": "phần thông tin của đơn vị",
}
ATTRIBUTES = {
    "special_commune": "xã đặc thù",
    "mountainous": "xã miền núi",
    "ethnic_minority": "xã vùng đồng bào dân tộc thiểu số",
    "schools": "số trường học",
    "population": "số nhân khẩu",
    "households": "số hộ",
}
SETTING = {
    "province": "UBND cấp tỉnh quy định",
    "ministry": "bộ quản lý ngành quy định",
    "decision": "nêu trong quyết định",
}
CASES = {"yes": "có", "no": "không"}
FACT_SOURCES = {
    "register": "sổ theo dõi",
    "typed": "nhập trực tiếp",
    "report": "báo cáo",
    "survey": "điều tra",
    "document": "văn bản",
    "plan": "kế hoạch",
}
_COUNTED = (
    "hộ", "người", "thôn", "xóm", "khu", "bản", "ấp", "trường", "lớp", "nhà", "trẻ em", "cháu",
    "học sinh", "công trình", "mô hình", "sản phẩm", "hợp tác xã", "tổ hợp tác", "cơ sở", "vụ",
    "ý kiến", "thuê bao", "lao động", "làng nghề", "doanh nghiệp", "điểm", "đám tang", "chợ",
    "xã", "huyện", "trạm",
)  # fmt: skip
_MEASURED = {"km", "m", "ha", "m2", "m3", "lít", "tấn", "kg"}


@dataclass(frozen=True, slots=True)
class Names:
    """Where names are looked up: the law of the day, and the set that is being read."""

    law: LawOfDay
    set: CriteriaSet | None = None

    def measure(self, measure: str) -> Measure | None:
        """The measure of that id."""
        found = self.law.measures.get(measure)
        if found is None and self.set is not None:
            found = next((own for own in self.set.measures if own.id == measure), None)
        return found

    def of(self, measure: str) -> str:
        """Its name; the id where it is not known."""
        found = self.measure(measure)
        return found.name if found else measure.replace("_", " ")

    def unit(self, measure: str) -> str:
        """Its unit; a rate without one is in per cent."""
        found = self.measure(measure)
        if found is None:
            return ""
        return found.unit or ("%" if found.kind == "rate" else "")

    def set_name(self, set_id: str) -> str:
        """The short name of a set; the id where it is not loaded."""
        found = self.law.get(set_id)
        return found.set.short if found else set_id


@lru_cache(maxsize=16384)
def number_words(number: Fraction | Decimal | int, apart_from: Fraction | None = None) -> str:
    """The number with up to two decimals, exact where four suffice.

    Rounded it never reads like ``apart_from`` unless it is the same: 94,996 is not 95.
    """
    top, bottom = number.as_integer_ratio()
    for places in range(5):
        if (10**places) % bottom == 0:
            return format_number(Decimal(top * 10**places // bottom).scaleb(-places))
    for places in (2, 3, 4, 6, 9):
        shown = _rounded(top, bottom, places)
        if shown != 0 and (apart_from is None or Fraction(shown) != apart_from):
            break
    return format_number(shown)


def _rounded(top: int, bottom: int, places: int) -> Decimal:
    # Halves go away from zero, as on paper.
    whole = (2 * abs(top) * 10**places + bottom) // (2 * bottom)
    return Decimal(whole if top >= 0 else -whole).scaleb(-places)


def with_unit(number: str, unit: str) -> str:
    """“95 %”, “59,58 triệu đồng/người/năm”."""
    return f"{number} {unit}" if unit else number


def part_unit(part_name: str) -> tuple[str, bool] | None:
    """The unit in the name of a rate's part and whether it is counted whole.

    “Số km đường thôn được cứng hóa” → (“km”, False); “Số hộ có …” → (“hộ”, True);
    “Diện tích tưới (ha)” → (“ha”, False). None where the name tells none.
    """
    in_brackets = re.search(r"\((\w+)\)\s*$", part_name)
    if in_brackets and in_brackets[1] in _MEASURED:
        return in_brackets[1], False
    after = re.match(r"(?:Tổng )?[Ss]ố (?:lượng )?(.+)", part_name)
    if after is None:
        return None
    said = f"{after[1]} "
    for unit in sorted(_MEASURED):
        if said.startswith(f"{unit} "):
            return unit, False
    return next(((noun, True) for noun in _COUNTED if said.startswith(f"{noun} ")), None)


def amount_lacking(fact: Fact, limit: Fraction, measure: Measure, operator: str) -> str:
    """How much a rate in parts lacks (or has too much) in what is counted: “0,18 km”, “12 hộ”.

    Empty where the fact has no parts or their unit is not known. The base is taken as it is.
    """
    if fact.numerator is None or not fact.denominator or fact.value is not None:
        return ""
    unit = part_unit(measure.numerator)
    if unit is None:
        return ""
    needed = limit * Fraction(fact.denominator) / 100
    gap = abs(needed - Fraction(fact.numerator))
    name, whole = unit
    if whole:
        # Strictly more than the threshold needs one more than what just reaches it.
        more = int(gap) + 1 if operator in (">", "<") else ceil(gap)
        return with_unit(number_words(more), name)
    return with_unit(number_words(Fraction(ceil(gap * 100), 100)), name)


def attribute_words(name: str) -> str:
    """An attribute of a unit in words."""
    return ATTRIBUTES.get(name, name.replace("_", " "))


def giver_words(missing: Missing) -> str:
    """Who can give what is missing; empty where that is not known."""
    return GIVERS.get(missing.giver, missing.giver)


def missing_words(missing: Missing, names: Names, *, with_giver: bool = True) -> str:
    """What exactly is missing and who can give it, as one phrase without a full stop."""
    said = _what_is_missing(missing, names)
    giver = giver_words(missing)
    if not giver or not with_giver:
        return said
    if missing.kind in ("fact", "fact_of_year", "expired", "survey"):
        return f"{said}; nơi có: {giver}"
    if missing.kind in ("threshold", "content"):
        about = (SETTING.get(missing.giver, giver), _note(missing))
        return f"{said} ({'; '.join(filter(None, about))})"
    return said if missing.kind == "set" else f"{said}; nơi ghi: {giver}"


def _what_is_missing(missing: Missing, names: Names) -> str:
    about = ", ".join(
        each
        for each in (
            SEXES[missing.sex],
            f"năm {missing.year}" if missing.year and missing.kind != "threshold" else "",
        )
        if each
    )
    name = f"“{names.of(missing.what)}”" + (f" ({about})" if about else "")
    match missing.kind:
        case "fact" | "fact_of_year":
            return f"chưa có số liệu {name}"
        case "expired":
            return f"{name} đã hết hiệu lực, cần giấy tờ còn giá trị"
        case "survey":
            return f"{name} phải lấy từ điều tra, chưa có kết quả điều tra"
        case "threshold":
            return f"chưa nạp ngưỡng{_which_threshold(missing)}"
        case "content":
            return "chưa nạp nội dung"
        case "region":
            return "chưa ghi đơn vị thuộc vùng nào"
        case "group":
            return "chưa ghi đơn vị thuộc nhóm nào"
        case "attribute":
            return f"chưa ghi “{attribute_words(missing.what)}” của đơn vị"
        case "set":
            return f"chưa nạp bộ tiêu chí {names.set_name(missing.what)}"
        case "children":
            return f"chưa có {LEVELS.get(missing.what, 'đơn vị')} nào để xét"


def _which_threshold(missing: Missing) -> str:
    """The case of a threshold that is missing: a year, a region, a group, an attribute."""
    what = missing.what
    if missing.year is not None:
        return f" của năm {missing.year}"
    if what in REGIONS:
        return f" của vùng {REGIONS[what]}"
    if "=" in what:
        name, _, value = what.partition("=")
        return f" khi {attribute_words(name)}: {CASES.get(value, value)}"
    return f" của nhóm {what}" if what.isdigit() else ""


def _note(missing: Missing) -> str:
    """What the law file adds about a threshold or text that is not loaded."""
    is_note = missing.kind == "content" or not _which_threshold(missing)
    return missing.what.strip().rstrip(".") if is_note else ""


_RECOGNISED = "được công nhận "


def standard_of(node: Reached | Recognised, names: Names) -> str:
    """What a unit is recognised as, without “được công nhận” where the measure's name has it."""
    said = getattr(node, "standard", "") or names.of(node.measure)
    bare = said.lower().startswith(_RECOGNISED) and said[len(_RECOGNISED) :]
    return bare or said


def recognised(node: Recognised, names: Names) -> str:
    """“được công nhận thôn thông minh”."""
    return _RECOGNISED + standard_of(node, names)
