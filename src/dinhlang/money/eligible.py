"""What a plan's line about support says of who gets it and for what; shares of an amount. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dinhlang.vietnamese import clean_spaces, fold, nfc, number_words

_GROUPS = (
    ("hộ nghèo", r"\bho ngheo\b"),
    ("hộ cận nghèo", r"\bho can ngheo\b|\bcan ngheo\b"),
    ("hộ mới thoát nghèo", r"\bmoi thoat (?:can )?ngheo\b"),
    ("hộ có thu nhập trung bình, thấp", r"\bthu nhap (?:trung binh|thap)\b|\bmuc song trung binh"),
    ("gia đình thương binh, liệt sĩ", r"\bthuong binh\b|\bliet s[iy]\b"),
    ("người có công", r"\bnguoi co cong\b|\bco cong voi cach mang\b|\bgia dinh chinh sach\b"),
    ("gia đình có người khuyết tật", r"\bkhuyet tat\b|\btan tat\b"),
    ("hộ dân tộc thiểu số", r"\bdan toc thieu so\b|\bdtts\b"),
    ("hộ bảo trợ xã hội", r"\bbao tro xa hoi\b"),
    ("hộ có hoàn cảnh khó khăn", r"\bhoan canh (?:dac biet )?kho khan\b"),
    ("hộ gia đình", r"\bcac ho gia dinh\b|\bmoi ho gia dinh\b"),
    ("hợp tác xã", r"\bhop tac xa\b|\bhtx\b"),
    ("thôn, khu", r"\b(?:cac|moi|cho) (?:thon|khu|xom|ban)\b"),
)  # fmt: skip
_RULES = tuple((name, re.compile(pattern)) for name, pattern in _GROUPS)
_TECHNICAL = re.compile(
    r"(?:theo (?:đúng )?(?:mẫu )?thiết kế|đúng (?:mẫu )?thiết kế|theo quy mô|có dung tích|"
    r"đạt tiêu chuẩn|có diện tích)[^.;]*?"
    r"(?=\s+(?:để|thì|được hưởng|được hỗ trợ|mức hỗ trợ|hưởng)|[.;,]|$)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s*(?:để|thì|và|nên|sẽ)?\s*(?:được )?(?:hưởng chính sách|mức hỗ trợ|hỗ trợ|thưởng)\b",
    re.IGNORECASE,
)


def groups_of(text: str) -> list[str]:
    """The groups that the words name, each once, as they are called in lists."""
    folded = fold(nfc(text))
    found = [
        (match.start(), name) for name, rule in _RULES if (match := rule.search(folded)) is not None
    ]
    names = [name for _, name in sorted(found)]
    # Everybody is meant only where nobody in particular is.
    return [name for name in names if name != "hộ gia đình" or len(names) == 1]


def technical_of(text: str) -> str:
    """The technical condition in the words' own form; empty where none is said."""
    found = [clean_spaces(match[0]) for match in _TECHNICAL.finditer(nfc(text))]
    return max(found, key=lambda words: (_has_figures(words), len(words)), default="")[:300]


def _has_figures(words: str) -> bool:
    return any(letter.isdigit() for letter in words)


def name_of(text: str) -> str:
    """What is supported, short: the label before the colon, else the first words."""
    text = clean_spaces(nfc(text))
    label, colon, _ = text.partition(":")
    if colon and 4 <= len(label) <= 80:
        return label
    words = _ENDS.split(text)[0].rstrip(" ,;")
    return words if 4 <= len(words) <= 120 else text[:120].rstrip(" ,;")


def is_meant(group: str, groups: Iterable[str]) -> bool:
    """Whether somebody of the group is eligible; everybody is where no groups are named."""
    wanted = [fold(each) for each in groups]
    return not wanted or fold(group) in wanted


def share(each: int, thousandths: int) -> int:
    """So many of ``each`` đồng, whole đồng: halves and more are rounded away from nought."""
    whole = each * thousandths
    rounded = (abs(whole) + 500) // 1000
    return rounded if whole >= 0 else -rounded


def masked(identity: str) -> str:
    """An identity number with only its last three digits, as people see who may not change it."""
    return f"•••{identity[-3:]}" if identity else ""


def in_words(amount: int) -> str:
    """The amount as papers spell it out: “Một triệu hai trăm nghìn đồng”."""
    words = f"{_spelt(abs(amount))} đồng"
    words = f"âm {words}" if amount < 0 else words
    return words[:1].upper() + words[1:]


def _spelt(number: int) -> str:
    """The number as accounts spell it: the hundreds of every group are said, also where none are,
    so that “một triệu năm nghìn” can be nothing else."""
    billions, rest = divmod(number, 10**9)
    words = [f"{_spelt(billions)} tỷ"] if billions else []
    for scale, name in ((10**6, " triệu"), (10**3, " nghìn"), (1, "")):
        group, rest = divmod(rest, scale)
        if not group:
            continue
        said = number_words(group)
        if words and group < 100:
            said = f"không trăm {'linh ' if group < 10 else ''}{said}"
        words.append(f"{said}{name}")
    return " ".join(words) or number_words(0)
