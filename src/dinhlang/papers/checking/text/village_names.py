"""The villages words name, and who a goal is about: the commune, one village or several."""

from __future__ import annotations

import re

from dinhlang.papers.reading.letters import compile_vi, guard_vi
from dinhlang.vietnamese import fold

VILLAGE = guard_vi(
    r"(?<!mỗi )\b(?:[Tt]hôn|[Kk]hu dân cư|KDC|[Kk]hu|[Bb]ản|[Xx]óm|[ẤấÂ]p|[Bb]uôn|[Kk]hóm|[Ll]àng)"
    r"\s+(?P<name>(?:số\s+)?\d{1,2}\b|[A-ZÀ-Ỹ][a-zà-ỹ]*(?:\s+(?!Thi |Xây |Làm "
    r"|Hoàn )[A-ZÀ-Ỹ][a-zà-ỹ]*){0,3}(?:\s+[1-9](?=\s*[,;:.)](?!\d)|\s+(?:và|đạt|hoàn|được|phải"
    r"|thuộc|có|phấn|là|trong|trước|đến|xong)\b))?)"
)
# “xóm nông thôn mới thông minh Đồng Ao”: the level stands between the word and the name.
_VILLAGE_BEHIND = compile_vi(
    r"\b(?:[Tt]hôn|[Kk]hu dân cư|[Kk]hu|[Bb]ản|[Xx]óm|[Ấấ]p|[Bb]uôn|[Kk]hóm|[Ll]àng)\s+"
    r"(?:(?:chuẩn|nông thôn mới|NTM|thông minh|kiểu mẫu|nâng cao)\s+)+"
    r"(?P<name>[A-ZÀ-Ỹ][a-zà-ỹ]*(?:\s+[A-ZÀ-Ỹ][a-zà-ỹ]*){0,3})"
)
ANY_VILLAGE = compile_vi(
    r"\b(?:thôn|khu dân cư|KDC|khu|bản|xóm|ấp|buôn|khóm|làng)\b(?!\s*(?:mới"
    r"|thông))",
    re.IGNORECASE,
)


def subject_of(words: str) -> tuple[str, str] | None:
    """Who a goal is about: (``xã``, "") or (``thôn``, name); None for several or something else."""
    villages = {match["name"] for match in VILLAGE.finditer(words)}
    villages |= {match["name"] for match in _VILLAGE_BEHIND.finditer(words)} - {"Nông", "Thông"}
    if len(villages) == 1:
        return ("thôn", fold(villages.pop()))
    if villages or ANY_VILLAGE.search(words):
        return None
    return ("xã", "")


def subjects_of(words: str) -> list[tuple[str, str]]:
    """All that a goal is about: the commune, or each of the villages named."""
    several = SEVERAL.search(words)
    if several is not None:
        names = re.split(r",\s+|\s+và\s+", several["names"])
        return [("thôn", fold(ANY_VILLAGE.sub("", each).strip())) for each in names]
    named = sorted(villages_of(words))
    if len(named) > 1:
        return [("thôn", name) for name in named]
    subject = subject_of(words)
    return [subject] if subject else []


_A_VILLAGE = r"(?:thôn|ấp|bản|buôn|xóm|khóm|làng|khu(?: dân cư)?)"
_A_NAME = r"(?:\d{1,2}|[A-ZÀ-ỸĐ][^\W\d_]*(?:\s+(?:[A-ZÀ-ỸĐ][^\W\d_]*|\d{1,2}))*)"
SEVERAL = compile_vi(
    rf"\b(?:[Cc]ác|[Cc]ả|[Hh]ai|[Bb]a|[Bb]ốn|\d{{1,2}})\s+{_A_VILLAGE}\s+"
    rf"(?P<names>{_A_NAME}(?:(?:,|\s+và)\s+(?:{_A_VILLAGE}\s+)?{_A_NAME})+)"
)


def villages_of(words: str) -> frozenset[str]:
    """The villages words name, folded."""
    return frozenset(fold(match["name"]) for match in VILLAGE.finditer(words))
