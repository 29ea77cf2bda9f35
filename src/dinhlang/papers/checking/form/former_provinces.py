"""Provinces that are no more since 01/7/2025, and which each became a part of.

Source: Nghị quyết 202/2025/QH15, Điều 1 (names that another name took the place of).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.places import at, numbered
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.letters import compile_vi

NOW = {
    "Hà Giang": "Tuyên Quang", "Yên Bái": "Lào Cai", "Bắc Kạn": "Thái Nguyên",
    "Vĩnh Phúc": "Phú Thọ", "Hòa Bình": "Phú Thọ", "Bắc Giang": "Bắc Ninh",
    "Thái Bình": "Hưng Yên", "Hải Dương": "thành phố Hải Phòng", "Hà Nam": "Ninh Bình",
    "Nam Định": "Ninh Bình", "Quảng Bình": "Quảng Trị", "Quảng Nam": "thành phố Đà Nẵng",
    "Kon Tum": "Quảng Ngãi", "Bình Định": "Gia Lai", "Ninh Thuận": "Khánh Hòa",
    "Phú Yên": "Đắk Lắk", "Đắk Nông": "Lâm Đồng", "Bình Thuận": "Lâm Đồng",
    "Bình Phước": "Đồng Nai", "Long An": "Tây Ninh", "Bình Dương": "Thành phố Hồ Chí Minh",
    "Bà Rịa - Vũng Tàu": "Thành phố Hồ Chí Minh", "Tiền Giang": "Đồng Tháp",
    "Bến Tre": "Vĩnh Long", "Trà Vinh": "Vĩnh Long", "Sóc Trăng": "thành phố Cần Thơ",
    "Hậu Giang": "thành phố Cần Thơ", "Bạc Liêu": "Cà Mau", "Kiên Giang": "An Giang",
}  # fmt: skip
_BODY = compile_vi(
    r"\b(?:UBND|[ỦU][ỷy] ban nhân dân|HĐND|Hội đồng nhân dân|Sở [^.;,]{3,45}?|[Tt]ỉnh ủy"
    r"|Văn phòng Điều phối[^.;,]{0,40}?|Ban Chỉ đạo[^.;,]{0,60}?|Chủ tịch UBND)\s+tỉnh\s+"
    rf"(?P<name>{'|'.join(map(re.escape, NOW))})(?!\w)"
)
_OF_BEFORE = re.compile(
    r"\b(?:cũ|trước (?:đây|khi)|sáp nhập|hợp nhất|khi nhập|(?:đã|từng) ban hành|Căn cứ"
    r"|giai đoạn 2021|20[012][0-4]|(?:đã|từng) (?:được )?công nhận|[Qq]uyết định công nhận)\b"
)


def former_provinces(plan: Plan) -> Iterator[Hit]:
    """Bodies of a province that another took the place of, in a paper since then."""
    bases = {row for each in plan.legal_bases for row in range(each.lines[0], each.lines[1] + 1)}
    for number, line in numbered(plan):
        if "tỉnh" not in line or number in bases or _OF_BEFORE.search(line):
            continue
        for match in _BODY.finditer(line):
            yield Hit(
                message=f"Từ 01/7/2025 tỉnh {match['name']} đã nhập vào {NOW[match['name']]}: "
                f"{match[0]}.",
                places=(at(number, match[0]),),
                advice=f"Ghi cơ quan của {NOW[match['name']]}, hoặc thêm chữ “cũ”.",
            )
