"""Who issues a document, by its symbol and by the words beside it."""

from __future__ import annotations

import re

from dinhlang.vietnamese import fold

# The words of an issuer, folded, and the class of office they name. The first that fits counts.
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("TTg", re.compile(r"thu tuong\b")),
    ("CP", re.compile(r"chinh phu\b")),
    ("QH", re.compile(r"quoc hoi\b|uy ban thuong vu quoc hoi")),
    ("BCĐ", re.compile(r"(?:truong )?ban chi dao|bcd\b")),
    ("ĐU", re.compile(
        r"(?:ban chap hanh |ban thuong vu |thuong truc |bch |btv |tt )?"
        r"(?:dang uy|dang bo|huyen uy|tinh uy|thanh uy|trung uong|thi uy|bo chinh tri)"
    )),
    ("MTTQ", re.compile(r"(?:ban thuong truc )?(?:uy ban |ub )?(?:mat tran|mttq|trung uong mat)")),
    ("HĐND", re.compile(r"(?:thuong truc )?(?:hdnd|hoi dong nhan dan)(?!\s*(?:va|-|,)\s*u)")),
    ("UBND", re.compile(r"ubnd\b|uy ban nhan dan|chu tich (?:ubnd|uy ban|xa|huyen|tinh)")),
    ("SỞ", re.compile(r"so [a-z]")),
    ("BỘ", re.compile(r"bo (?!chinh tri|phan)[a-z]")),
    ("VP", re.compile(r"van phong")),
)  # fmt: skip
_LOCAL = re.compile(r"(?:tinh|huyen|xa|thanh pho|thi xa|dia phuong)(?:\s|$)")
_PARTY = re.compile(r"(?:ĐU|HU|TU|TW|BTV|ĐB)[A-Z]*$")
_MINISTRIES = {
    "nong nghiep va phat trien": ("BNNPTNT", "BNN"), "nong nghiep va ptnt": ("BNNPTNT", "BNN"),
    "nong nghiep va moi truong": ("BNNMT",), "tai chinh": ("BTC",), "y te": ("BYT",),
    "giao duc": ("BGDĐT",), "noi vu": ("BNV",), "tu phap": ("BTP",), "van hoa": ("BVHTTDL",),
    "xay dung": ("BXD",), "giao thong": ("BGTVT",), "cong thuong": ("BCT",),
    "thong tin": ("BTTTT",), "lao dong": ("BLĐTBXH", "LĐTBXH"), "tai nguyen": ("BTNMT",),
    "cong an": ("BCA",), "quoc phong": ("BQP",), "ke hoach": ("BKHĐT",), "khoa hoc": ("BKHCN",),
}  # fmt: skip
_ALL_MINISTRIES = frozenset(code for codes in _MINISTRIES.values() for code in codes)
# Pairs that writers mix without meaning another document.
_NEAR = {("CP", "TTg"), ("VP", "UBND"), ("VP", "HĐND"), ("BCĐ", "UBND"), ("UBND", "BCĐ"),
         ("SỞ", "VP"), ("BỘ", "VP"), ("VP", "SỞ"), ("BCĐ", "VP"), ("UBND", "VP")}  # fmt: skip


def of_words(issuer: str) -> str:
    """The class of office the words name; ``ĐỊA PHƯƠNG`` for “của tỉnh”, empty where unknown."""
    folded = fold(issuer).strip()
    for name, pattern in _WORDS:
        if pattern.match(folded):
            return name
    return "ĐỊA PHƯƠNG" if _LOCAL.match(folded) else ""


def of_symbol(symbol: str) -> str:
    """The class of office a symbol names; of a letter the first part tells, else the last."""
    parts = re.split(r"[-/]", symbol)
    first, last = parts[0], parts[-1]
    if first in ("UBND", "SNN", "BNN", "BCĐ"):
        return {"SNN": "SỞ", "BNN": "BỘ"}.get(first, first)
    if re.match(r"QH\d*$", first) or re.match(r"(?:UBTV)?QH\d*$", last):
        return "QH"
    for name in ("TTg", "CP", "HĐND", "UBND", "BCĐ"):
        if last == name:
            return name
    if last in ("CT", "CTUBND") and len(parts) > 1:
        return "UBND"
    if any(part in ("MTTW", "MTTQ", "MT", "UBMT") for part in parts[1:]):
        return "MTTQ"
    if len(parts) > 1 and _PARTY.match(last):
        return "ĐU"
    return "BỘ" if any(part in _ALL_MINISTRIES for part in parts[1:]) else ""


def contradicts(issuer: str, symbol: str) -> bool:
    """Whether the words and the symbol name two different offices for certain."""
    said, written = of_words(issuer), of_symbol(symbol)
    if not said or not written:
        return False
    if said == "ĐỊA PHƯƠNG":
        return written in ("TTg", "CP", "QH", "BỘ")
    if said != written:
        return (said, written) not in _NEAR
    return said == "BỘ" and _other_ministry(issuer, symbol)


def _other_ministry(issuer: str, symbol: str) -> bool:
    folded = re.sub(r"^bo (?:truong bo )?", "", fold(issuer).strip())
    named = next((codes for words, codes in _MINISTRIES.items() if folded.startswith(words)), None)
    written = [part for part in re.split(r"[-/]", symbol) if part in _ALL_MINISTRIES]
    if named is None or not written:
        return False
    return not any(code in named for code in written)
