"""What stands above a decision's table: who issued it, its number, its day, what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dinhlang.law.sets import SetLevel, SubjectLevel
from dinhlang.vietnamese import find_dates, fold

from ..sheet.decision import LEVELS, SUBJECTS
from .headings import plain
from .tidying import clean

_ISSUER = re.compile(
    r"(?P<kind>ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND|THỦ TƯỚNG CHÍNH PHỦ|BỘ)"
    r"(?P<rest>(?:\s+\S+)*)",
    re.I,
)
_SHORT = {"uy ban nhan dan": "UBND", "hoi dong nhan dan": "HĐND"}
_ABOUT = re.compile(r"(?:v/v|về việc)?\s*ban hành\s+(?P<set>(?:tạm thời\s+)?bộ tiêu chí.*)", re.I)
_YEARS = re.compile(r"(20\d\d)\s*[-–—]\s*(20\d\d)")
_LEVELS: tuple[tuple[str, SetLevel, SubjectLevel], ...] = (
    (r"(?<!nong )thon (?:xom |ban )?thong minh", "smart-village", "village"),
    (r"(?:khu dan cu|(?<!nong )thon).*kieu mau", "model-village", "village"),
    (r"vuon mau", "model-garden", "household"),
    (r"xa.*kieu mau", "model", "commune"),
    (r"xa.*nang cao", "advanced", "commune"),
    (r"xa.*hien dai", "modern", "commune"),
    (r"xa.*nong thon moi", "ntm", "commune"),
    (r"(?<!nong )thon.*nong thon moi", "village", "village"),
)


def opening_of(lines: Sequence[str]) -> dict[str, str]:
    """What could be read, by the keys of ``sheet.decision.FIELDS``; the rest is left out."""
    found: dict[str, str] = {}
    for at, line in enumerate(lines):
        if "issuer" not in found and "title" not in found and (said := _issuer(lines, at)):
            found["issuer"] = said
        if "number" not in found and (match := re.match(r"\s*Số:?\s*(\S*[/\-]\S+)", line)):
            found["number"] = match[1].strip(".,;")
        days = [] if "date" in found else find_dates(line)
        if days and days[0].iso and len(days[0].iso) == len("2026-01-05"):
            found["date"] = f"{date.fromisoformat(days[0].iso):%d/%m/%Y}"
        if "title" not in found and plain(line) == "quyet dinh":
            title = next((clean(one) for one in lines[at + 1 : at + 4] if clean(one)), "")
            if title:
                found |= {"title": title} | _of_title(title)
    return found


def _issuer(lines: Sequence[str], at: int) -> str:
    """“ỦY BAN NHÂN DÂN TỈNH AN MẪU” as “UBND tỉnh An Mẫu”; its second line may follow it."""
    words = clean(lines[at])
    match = _ISSUER.fullmatch(words)
    if match is None or len(words) > 90 or not _is_head(words):
        return ""
    rest = match["rest"].strip()
    if not rest and at + 1 < len(lines) and re.match(r"(?:tỉnh|thành phố)\b", lines[at + 1], re.I):
        rest = clean(lines[at + 1])
    kind = _SHORT.get(fold(match["kind"]), match["kind"].capitalize())
    if not rest and kind not in ("Thủ tướng chính phủ",):
        return ""
    named = re.sub(r"^(tỉnh|thành phố)\b", lambda m: m[0].lower(), _titled(rest), flags=re.I)
    said = "Thủ tướng Chính phủ" if kind == "Thủ tướng chính phủ" else kind
    return f"{said} {named}".strip()


def _is_head(words: str) -> bool:
    """Whether the line is a heading in capitals, besides what stands in brackets."""
    letters = [one for one in re.sub(r"\([^)]*\)", "", words) if one.isalpha()]
    return bool(letters) and sum(one.isupper() for one in letters) >= 0.9 * len(letters)


def _titled(words: str) -> str:
    """“TỈNH AN MẪU” as “Tỉnh An Mẫu”; what is not in capitals stays."""
    return " ".join(
        one.capitalize() if one.isupper() and len(one) > 1 else one for one in words.split()
    )


def _of_title(title: str) -> dict[str, str]:
    """The set's own name, what it is for, and its years, as far as the title says them."""
    found: dict[str, str] = {}
    match = _ABOUT.search(title)
    if match is None:
        return found
    name = match["set"].strip(" .")
    found["set_title"] = name[:1].upper() + name[1:]
    words = fold(name)
    levels = [(level, subject) for pattern, level, subject in _LEVELS if re.search(pattern, words)]
    # “xã nông thôn mới, xã nông thôn mới nâng cao”: several sets; which one, a person says.
    if levels and len(re.findall(r"\bxa\b", words)) <= 1:
        found["level"], found["subject"] = LEVELS[levels[0][0]], SUBJECTS[levels[0][1]]
    if years := _YEARS.search(name):
        found["years"] = f"{years[1]} - {years[2]}"
    return found
