"""Annexes the paper speaks of and does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.places import at, lead, numbered
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import roman

_SHEET = (
    r"phụ lục|phụ biểu|biểu mẫu|bảng|biểu|danh sách|danh mục|mẫu|đề cương|lộ trình"
    r"|dự toán|sơ đồ"
)
_ATTACHED = re.compile(
    rf"\b(?P<sheet>{_SHEET})\b[^.;()]{{0,80}}?\b(?:kèm theo|đính kèm|gửi kèm|kèm)\b"
    r"(?P<after>[^.;)]{0,60})",
    re.IGNORECASE,
)
_ATTACHED_SHEET = re.compile(
    rf"\b(?:kèm theo|đính kèm|gửi kèm|có kèm)\s*:?\s*(?P<sheet>{_SHEET})\b"
    r"(?P<after>[^.;)]{0,60})",
    re.IGNORECASE,
)
_BEFORE_ANNEX = r"\b(?:theo|tại|xem|chi tiết|ở|trong|có)\s+(?P<sheet>phụ lục|phụ biểu|biểu số)"
_ANNEX = re.compile(_BEFORE_ANNEX + r"(?P<after>[^.;)]{0,60})", re.IGNORECASE)
_NUMBERED = re.compile(
    _BEFORE_ANNEX
    + r"\s+(?:số\s+)?(?P<number>\d{1,2}|[IVX]{1,4})\b(?:\s+kèm theo)?(?P<after>[^.;)]{0,60})",
    re.IGNORECASE,
)
# The annex of another paper: "kèm theo Quyết định số 318/QĐ-TTg", "Phụ lục II Thông tư số 05".
_FOREIGN = re.compile(
    r"\b(?:quyết định|nghị quyết|nghị định|thông tư|công văn|văn bản|hướng dẫn|kế hoạch|đề án"
    r"|bộ tiêu chí|chương trình|luật|quy định|chỉ thị)\b(?!\s+này)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?P<sheet>PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu|BIỂU|Biểu|BẢNG|Bảng|DANH SÁCH|Danh sách"
    r"|DANH MỤC|Danh mục|MẪU|Mẫu|ĐỀ CƯƠNG|LỘ TRÌNH|DỰ TOÁN|SƠ ĐỒ|BIỂU MẪU)\b"
    r"(?:\s+(?:số\s+|SỐ\s+)?(?P<number>\d{1,2}|[IVX]{1,4})\b)?"
)
_WORDS = ("kèm", "phụ lục", "phụ biểu", "biểu số")
_LONGEST_HEADING = 120
_END = re.compile(r"[*_#\s]*Nơi nhận\b", re.IGNORECASE)
_LEAST_ROWS = 2


@rule(
    code="ANNEX-MISSING",
    severity="error",
    purpose="Phụ lục, bảng biểu nói “kèm theo” có trong văn bản",
    page="""
## Là gì

Văn bản dẫn tới một phụ lục hay một bảng “kèm theo”, nhưng trong tệp không có.

## Vì sao

Chỉ tiêu giao cho từng thôn, danh mục công trình, dự toán thường nằm ở đó. Thiếu phụ lục thì không
chia được việc, không theo dõi được.

## Ví dụ

Bị báo: `(Có biểu giao chỉ tiêu cho các thôn kèm theo)` mà cuối văn bản không có biểu nào.

Không bị báo: có đề mục `PHỤ LỤC` hoặc bảng sau nơi nhận; phụ lục của văn bản khác:
`ban hành kèm theo Quyết định số …`.

## Cách sửa

Đưa phụ lục vào cùng tệp với kế hoạch, hoặc bỏ câu nhắc đến nó.
""",
)
def missing(plan: Plan) -> Iterator[Hit]:
    """A sheet said to be attached that is not in the file."""
    sheets: list[tuple[str, int | None]] | None = None
    for number, line in numbered(plan):
        low = line.lower()
        if not any(word in low for word in _WORDS) or _is_heading(line):
            continue
        for pattern in (_NUMBERED, _ATTACHED, _ATTACHED_SHEET, _ANNEX):
            match = pattern.search(line)
            if match is None or _FOREIGN.search(match["after"]) or _FOREIGN.search(match[0]):
                continue
            wanted = match.groupdict().get("number")
            sheets = _sheets(plan) if sheets is None else sheets
            if _present(sheets, match["sheet"], wanted):
                continue
            name = f"{match['sheet'].lower()} {wanted or ''}".strip()
            yield Hit(
                message=f"Văn bản nhắc đến {name} kèm theo, trong tệp không có.",
                places=(at(number, _words(line, match)),),
                advice="Đưa phụ lục vào cùng tệp, hoặc bỏ câu nhắc đến nó.",
            )
            break


def _words(line: str, match: re.Match[str]) -> str:
    """The words that promise the sheet, without what merely follows them."""
    return line[match.start() : match.start("after")].strip()


def _is_heading(line: str) -> bool:
    text = line[lead(line) :].rstrip(" *_")
    if len(text) > _LONGEST_HEADING or text.endswith((")", ".")):
        return False
    return _HEADING.match(text) is not None


def _sheets(plan: Plan) -> list[tuple[str, int | None]]:
    """The sheets in the file: kind in lower case and number; ``("", None)`` is a bare table.

    A heading of a sheet counts everywhere; rows of a table only after the recipients, since a
    table within the text is part of the text.
    """
    found: list[tuple[str, int | None]] = []
    ended, rows = False, 0
    for _, line in numbered(plan):
        ended = ended or _END.match(line) is not None
        if _is_heading(line):
            match = _HEADING.match(line, lead(line))
            if match:
                found.append((match["sheet"].lower(), _number(match["number"])))
        elif ended and line.count(" | ") >= 1:
            rows += 1
    if rows >= _LEAST_ROWS:
        found.append(("", None))
    return found


def _present(sheets: list[tuple[str, int | None]], sheet: str, number: str | None) -> bool:
    wanted = _number(number)
    if wanted is None:
        return bool(sheets)
    return any(have == wanted or (have is None and len(sheets) == 1) for _, have in sheets)


def _number(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdecimal() else roman(text.upper())
