"""Shares and incomes as the paper tells them: what it is about, how much, and as what it is told.

A value is told as what is (``now``), as what the law asks (``need``), as what the paper aims at
(``goal``) or gives out as work (``task``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.checking.text.sections import body
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold, parse_number
from dinhlang.vietnamese.guarded import Guarded, guarded

Told = Literal["now", "need", "goal", "task", ""]

_THINGS = r"thôn|ấp|bản|xóm|buôn|hộ nghèo|hộ cận nghèo|sản phẩm OCOP|hợp tác xã|vườn mẫu"
_TOLD_OF = re.compile(rf"%|triệu|{_THINGS}")
_VALUE = re.compile(
    r"(?<![\d.,/])(?P<number>\d{1,3}(?:[.,]\d+)*)\s*"
    rf"(?:/\d{{1,3}}\s*(?={_THINGS}))?"
    rf"(?P<unit>%|triệu(?:\s+đồng)?|(?:{_THINGS})(?=[\s,.;)]|$)(?!\s+[A-ZĐÀ-Ỹ\d]))"
)
_MAY_TELL = re.compile(rf"\d\s*(?:%|triệu|{_THINGS})")  # any sentence with a value, quickly
_CLAUSE = re.compile(r"[;,()]|:\s|\s[-–]\s")
_SENTENCE = re.compile(r"(?<=[^\W\d_])\.(?=\s|$)|(?<=[%\d)])(?<!\d\.\d)\.(?=\s+\D|$)")
_NOW = guarded(
    r"\b(?:hiện(?: nay| tại| có| trạng| đạt)?|đang|đầu năm|đã đạt|mới đạt|đạt được|kết quả"
    r"|thực hiện được|đến nay|tính đến)\b",
    re.IGNORECASE,
)
_NEED = guarded(
    r"\b(?:yêu cầu|quy định|chỉ tiêu của tỉnh|bộ tiêu chí|theo tiêu chí|phải đạt)\b"
    r"|\b[Cc]hỉ tiêu\s*(?:\d{1,2}(?:\.\d{1,2})*)?\s*[:.]",
    re.IGNORECASE,
)
_LED = re.compile(r"\W*(?:Chỉ tiêu|Yêu cầu|Quy định|Tiêu chí)\s*[\d.]*\s*[:.]", re.IGNORECASE)
_CODE = guarded(r"\bchỉ tiêu\s+(?:số\s+)?(?P<code>\d{1,2}(?:\.\d{1,2})*)\b", re.IGNORECASE)
_GOAL = guarded(
    r"\b(?:phấn đấu|mục tiêu|kế hoạch|chỉ tiêu phấn đấu|đặt ra|sẽ đạt|đăng ký|nâng|tăng|giảm"
    r"|(?:đến )?(?:hết|cuối)(?: năm)?)\b",
    re.IGNORECASE,
)
_TASK = guarded(
    r"\b(?:giao|vận động|việc phải làm|tham mưu|chủ trì|đôn đốc|hướng dẫn|tổ chức)\b|^\W*Các thôn\b"
    r"|^\W*(?:Hội|Đoàn|Trạm|Mặt trận|Công chức|Ban)\b",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[Guarded, Told], ...] = ((_NOW, "now"), (_NEED, "need"), (_GOAL, "goal"))
_WASTE = re.compile(r"(?:chất thải rắn|rác thải|chất thải)(?: sinh hoạt)?", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:năm|/)\s*(?P<year>20\d\d)\b")
_LESS = re.compile(
    r"ngheo|that nghiep|suy dinh duong|te nan|toi pham|tai nan|hao hut|thap coi|con thu ba|bao luc"
    r"|tao hon|bo hoc|nha tam(?!,? (?:hop|va nha))|dot nat|o nhiem|ty suat|vi pham|chet|tu vong"
)
_FEW = 2
_ROLE_TEXT = (
    "hien tai dang dat duoc yeu cau quy dinh muc tieu ke hoach nang giam duy tri cuoi het phan dau"
    " giu vung it hon cao thap ket qua tinh den nay viec lam phai giao van dong tham chu doc thang"
    " huong dan to chuc cong dong trieu nguoi quan binh tieu chi so theo co tinh de cap cac nam"
)
_ROLE_WORDS = frozenset(_ROLE_TEXT.split())


@dataclass(slots=True, frozen=True)
class Rate:
    """One value: ``subject`` are folded words it is about, ``row`` what its line begins with."""

    line: int
    quote: str
    value: Decimal
    unit: str
    told: Told
    subject: frozenset[str]
    sentence: int
    clause: str
    year: int | None = None
    code: str = ""

    @property
    def less_is_better(self) -> bool:
        """Whether a smaller share is the better one, as of poor households."""
        return bool(_LESS.search(" ".join(sorted(self.subject)))) or bool(
            _LESS.search(fold(self.clause))
        )


def rates(plan: Plan) -> tuple[Rate, ...]:
    """The values of the body in order, made once for all checks."""
    year = max(plan.document.years, default=0)
    return _rates(tuple(body(plan)), year)


@lru_cache(maxsize=4)
def _rates(rows: tuple[tuple[int, str], ...], year: int) -> tuple[Rate, ...]:
    out: list[Rate] = []
    for line, text in rows:
        if not _TOLD_OF.search(text):
            continue
        if " | " in text or not _MAY_TELL.search(text):
            continue
        start = 0
        for index, part in enumerate(_SENTENCE.split(text)):
            out += _in_sentence(line, part, line * 100 + index, year)
            start += len(part)
    return tuple(out)


_AGAINST = re.compile(r"\bso với (?:cuối |đầu |cùng kỳ )?(?:năm|kỳ)\b[^,;]{0,20}$")


def _in_sentence(line: int, text: str, number: int, year: int) -> Iterator[Rate]:
    if not _MAY_TELL.search(text):
        return
    subject: frozenset[str] = frozenset()
    told: Told = "need" if _LED.match(text) else ""
    task = bool(_TASK.search(text))
    code = _CODE.search(text)
    before = ""
    for clause in _clauses(text):
        words = rate_subject(clause)
        if len(words - subject) >= 2 or not subject:
            subject = words or subject
        found = list(_VALUE.finditer(clause))
        said = _told(clause if not found else clause[: found[-1].end()], year)
        told = said or told
        if found and _AGAINST.search(before) and len(found[0][0]) >= len(clause.strip()):
            said = told = "now"  # “so với năm 2022 (68,2 triệu đồng)”
        before = clause
        for match in found:
            value = parse_number(match["number"])
            if value is None:
                continue
            mine = _told(clause[: match.end()], year) or _told(clause, year) or told
            yield Rate(
                line=line,
                quote=match[0].strip(),
                value=value,
                unit="%" if match["unit"] == "%" else match["unit"].split()[0],
                told="task" if task and mine in ("", "goal") else mine,
                subject=subject,
                sentence=number,
                clause=clause,
                year=_year(clause),
                code=code["code"] if code else "",
            )


def rate_subject(text: str) -> frozenset[str]:
    """What a value beside these words is about."""
    return frozenset(word for word in content(_plain(text)) if word not in _ROLE_WORDS)


def _plain(text: str) -> str:
    """The words with one name for what has two."""
    return _WASTE.sub("rác", text)


def _clauses(text: str) -> Iterator[str]:
    start = 0
    for mark in _CLAUSE.finditer(text):
        if mark[0] == "," and text[mark.end() : mark.end() + 1].isdecimal():
            continue
        if text[start : mark.start()].strip():
            yield text[start : mark.start()]
        start = mark.end()
    if text[start:].strip():
        yield text[start:]


def _year(clause: str) -> int | None:
    match = _YEAR.search(clause)
    return int(match["year"]) if match else None


def _told(words: str, year: int) -> Told:
    """As what a value behind these words is told; the last of them counts, years by the plan's."""
    found: list[tuple[int, Told]] = []
    for pattern, name in _KINDS:
        found += [(match.start(), name) for match in pattern.finditer(words)]
    years = [(match.start(), int(match["year"])) for match in _YEAR.finditer(words)]
    found += [(start, "now" if named < year else "goal") for start, named in years]
    if not found:
        return ""
    names = {name for _, name in found}
    if "now" in names and any(named < year for _, named in years):
        return "now"
    return max(found)[1]


def same_subject(one: Rate, other: Rate) -> bool:
    """Whether two values are of one thing, by the words around them."""
    if one.unit != other.unit or not one.subject or not other.subject:
        return False
    common = one.subject & other.subject
    if one.code and one.code == other.code and len(common) >= _FEW:
        return True
    smaller = min(len(one.subject), len(other.subject))
    least = max(2, round(smaller * 0.6)) if smaller < 5 else max(3, round(smaller * 0.6))
    return len(common) >= least and len(common) * 2 >= max(len(one.subject), len(other.subject))
