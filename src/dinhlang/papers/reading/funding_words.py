"""Words that tell costs, sources, totals and balances apart.

Patterns are on folded text unless they say so.
"""

from __future__ import annotations

import re
from typing import Literal

State = Literal["needs", "sources", "balance"]


# “tại nguồn”, “nguồn gốc”, “nguồn nước” are no money.
NGUON = r"(?<!tai )(?<!bat )(?<!dau )(?<!xuat )nguon(?! goc| nuoc| nhan luc| thai| cung| luc lao)"


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words))


BALANCE = _any(
    "con thieu",
    "thieu hut",
    "thieu von",
    "so thieu",
    "chua can doi",
    "con thua",
    "can doi [a-z] ?-",
    r"\bthieu (?=\d)",
    r"phan (?:con )?thieu",
    r"so thieu",
    "nhu vay thua",
    "thieu so voi",
    "so voi nhu cau",
    "chua co nguon",
    "chua bo tri duoc",
)
# On the text itself: folded, “cộng” and “cồng” are one.
TOTAL = re.compile(
    r"^\W*(?:tổng|cộng)\b|\btổng (?:cộng|số|kinh phí|nguồn|vốn|nhu cầu|mức|dự toán|giá trị|các)"
    r"|^\W*(?:khái toán|dự toán|cộng)|\bsố vốn (?:dự kiến )?(?:huy động|cần)",
    re.I,
)
LIST_FOLLOWS = re.compile(
    r"\s*(?:đồng)?,?\s*(?:trong đó|gồm|bao gồm|cụ thể|chia ra|chia theo|phân ra|"
    r"như sau)\b[^;]{0,30}:?"
)
SOURCE_WORDS = _any(
    r"\bvon\b",
    NGUON,
    "ngan sach",
    "dong gop",
    "tai tro",
    "tin dung",
    "xa hoi hoa",
    "doanh nghiep",
    r"\bvay\b",
    "dau gia",
    "huy dong",
    "thuong",
    "long ghep",
    "doi ung",
    "nhan dan",
    "ung ho",
    "dau tu cong",
    r"\bquy\b",
)
NEED_WORDS = _any(
    "kinh phi",
    "nhu cau",
    "chi phi",
    "tieu chi",
    "xay",
    "mua sam",
    "lap dat",
    "nang cap",
    "mo rong",
    "cai tao",
    "sua chua",
    "lam",
    "du toan",
    "cong trinh",
    "mo hinh",
    "ho tro",
    "tap huan",
    "tuyen truyen",
    "duong",
    "nha",
    "ranh",
    "he thong",
)
SOURCE_HEAD = _any(
    "nguon von",
    "nguon kinh phi",
    "huy dong",
    "nguon luc",
    "co cau nguon",
    "co cau von",
    "nguon$",
    "nguon thuc hien",
    "lay o dau",
)
NEED_HEAD = _any(
    "nhu cau",
    "kinh phi thuc hien",
    "du toan",
    "khai toan",
    "tong kinh phi",
    "chi phi",
    "noi dung chi",
    "tong nguon von thuc hien",
    "tong muc dau tu",
    r"\bcan co\b",
    r"\bcan chi\b",
)
SOURCE_LEAD = _any(
    "nguon von huy dong",
    "huy dong duoc",
    "co cau nguon",
    "nguon von (?:gom|bao gom)",
    "tu cac nguon",
    "nguon kinh phi(?! thuc hien)",
    "chia theo nguon",
    "lay o dau",
    "lay tu dau",
    "du kien can doi",
    "kha nang can doi",
    "so tien da co",
    r"^\W*nguon(?: von)?\b",
    "tong (?:cong )?(?:cac )?nguon",
    "cac nguon von",
    "du kien huy dong",
)
NEED_LEAD = _any(
    "nhu cau",
    "kinh phi (?:thuc hien|de|toi thieu)",
    "du kien tong",
    "tong muc",
    "chi tiet",
    "noi dung chi",
    "khai toan",
    r"\bcan co\b",
    r"\bcan chi\b",
    "so tien can",
    "tong kinh phi",
    "du toan(?! nam)(?! nguon)",
)
CONDITION = _any(
    r"khi (?:\w+ ){0,4}(?:dat chuan|duoc cong nhan|hoan thanh|dat)",
    r"sau khi (?:\w+ ){0,5}(?:cong nhan|dat chuan|dat|hoan thanh)",
    "thuong (?:khi|sau|cho|neu)",
    "tien thuong",
    "thuong cong trinh",
    r"neu (?:\w+ ){0,3}(?:dat|duoc cong nhan)",
)
