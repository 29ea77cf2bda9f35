"""Names of the criteria of the national commune sets, and the short names plans use for them.

Source: Quyết định 318/QĐ-TTg 08/3/2022, annex I (base) and annex II (advanced); names of the
ten criteria of Quyết định 51/2025/QĐ-TTg. Names only: no threshold stands here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from dinhlang.vietnamese import fold

_COMMON: dict[int, tuple[str, ...]] = {
    1: ("Quy hoạch",),
    2: ("Giao thông",),
    3: (
        "Thủy lợi và phòng, chống thiên tai",
        "Thủy lợi và phòng chống thiên tai",
        "Thủy lợi",
    ),
    4: ("Điện",),
    7: (
        "Cơ sở hạ tầng thương mại nông thôn",
        "Cơ sở hạ tầng thương mại",
        "Hạ tầng thương mại nông thôn",
        "Hạ tầng thương mại",
        "Dịch vụ thương mại",
        "Thương mại nông thôn",
        "Chợ nông thôn",
    ),
    8: ("Thông tin và truyền thông", "Thông tin truyền thông", "Thông tin, truyền thông"),
    9: ("Nhà ở dân cư", "Nhà ở"),
    10: ("Thu nhập",),
    11: ("Nghèo đa chiều", "Hộ nghèo", "Giảm nghèo"),
    12: ("Lao động có việc làm", "Lao động và việc làm", "Lao động, việc làm", "Lao động"),
    13: (
        "Tổ chức sản xuất và phát triển kinh tế nông thôn",
        "Tổ chức sản xuất và phát triển kinh tế",
        "Hình thức tổ chức sản xuất",
        "Tổ chức sản xuất",
        "Phát triển sản xuất",
    ),
    19: (
        "Quốc phòng và an ninh",
        "Quốc phòng - an ninh",
        "Quốc phòng, an ninh",
        "Quốc phòng an ninh",
        "An ninh, quốc phòng",
        "An ninh quốc phòng",
        "An ninh trật tự",
        "An ninh",
        "Quốc phòng",
    ),
}
_BASE: dict[int, tuple[str, ...]] = {
    5: ("Trường học",),
    6: ("Cơ sở vật chất văn hóa",),
    14: ("Giáo dục và đào tạo", "Giáo dục đào tạo", "Giáo dục - đào tạo", "Giáo dục"),
    15: ("Y tế",),
    16: ("Văn hóa",),
    17: ("Môi trường và an toàn thực phẩm", "Môi trường, an toàn thực phẩm", "Môi trường"),
    18: ("Hệ thống chính trị và tiếp cận pháp luật", "Hệ thống chính trị"),
}
_ADVANCED: dict[int, tuple[str, ...]] = {
    5: ("Giáo dục và đào tạo", "Giáo dục", "Trường học"),
    6: ("Văn hóa", "Cơ sở vật chất văn hóa"),
    14: ("Y tế",),
    15: ("Hành chính công",),
    16: ("Tiếp cận pháp luật",),
    17: ("Môi trường", "Môi trường và an toàn thực phẩm"),
    18: ("Chất lượng môi trường sống", "Chất lượng môi trường"),
}

_TEN: dict[int, tuple[str, ...]] = {
    1: ("Quy hoạch",),
    2: ("Hạ tầng kinh tế - xã hội", "Hạ tầng kinh tế xã hội", "Hạ tầng"),
    3: ("Phát triển kinh tế nông thôn", "Kinh tế nông thôn"),
    4: ("Đào tạo nguồn nhân lực nông thôn", "Đào tạo nguồn nhân lực", "Nguồn nhân lực"),
    5: ("Văn hóa, giáo dục, y tế", "Văn hóa, giáo dục và y tế", "Văn hóa - giáo dục - y tế"),
    6: ("Giảm nghèo và an sinh xã hội", "Giảm nghèo, an sinh xã hội", "Giảm nghèo"),
    7: (
        "Khoa học công nghệ và chuyển đổi số",
        "Khoa học, công nghệ và chuyển đổi số",
        "Chuyển đổi số",
    ),
    8: (
        "Môi trường và cảnh quan nông thôn",
        "Môi trường, cảnh quan nông thôn",
        "Môi trường và cảnh quan",
        "Môi trường",
    ),
    9: (
        "Xây dựng hệ thống chính trị và hành chính công",
        "Hệ thống chính trị và hành chính công",
        "Hệ thống chính trị",
        "Hành chính công",
    ),
    10: (
        "Tiếp cận pháp luật và an ninh, quốc phòng",
        "Tiếp cận pháp luật và quốc phòng, an ninh",
        "Tiếp cận pháp luật",
        "An ninh, quốc phòng",
        "Quốc phòng, an ninh",
        "Quốc phòng và an ninh",
    ),
}

SetName = Literal["ntm", "advanced", "ten"]
_SETS: dict[SetName, dict[int, tuple[str, ...]]] = {
    "ntm": _COMMON | _BASE,
    "advanced": _COMMON | _ADVANCED,
    "ten": _TEN,
}


@cache
def names(of: SetName) -> dict[str, int]:
    """Folded name → number in the set, longest name first."""
    pairs = [(fold(name), number) for number, all_ in _SETS[of].items() for name in all_]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _pattern(of: SetName) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, names(of))) + r")(?!\w)")


def match_name(folded: str, start: int, of: SetName) -> tuple[int, int] | None:
    """The criterion whose name begins at ``start`` of a folded text: ``(number, end)``, or None."""
    match = _pattern(of).match(folded, start)
    return (names(of)[match.group()], match.end()) if match else None


def full_name(number: int, of: SetName) -> str | None:
    """The name of criterion ``number`` as the set has it."""
    all_ = _SETS[of].get(number)
    return all_[0] if all_ else None
