"""Annexes the paper speaks of and does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.law.cited import issued
from dinhlang.papers.checking.text.places import at, lead, numbered, words_of
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import find_dates, roman, tone_key
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import any_in

_SHEET = (
    r"phụ lục|phụ biểu|biểu mẫu|bảng|biểu|danh sách|danh mục|mẫu|đề cương|lộ trình"
    r"|dự toán|sơ đồ"
)
_ATTACHED = re.compile(
    rf"\b(?P<sheet>{_SHEET})\b"
    r"(?:[^.;(),]|,(?=[^.;()]*(?:kèm theo|đính kèm)\s*(?:[).;]|$))){0,80}?"
    r"\b(?:kèm theo|đính kèm|gửi kèm|kèm)\b(?P<after>[^.;)]{0,60})",
    re.IGNORECASE,
)
_ATTACHED_SHEET = re.compile(
    r"\b(?:kèm theo|đính kèm|gửi kèm|có kèm)(?:\s+(?:kế hoạch|văn bản)\s+này\s+(?:là|gồm|có))?"
    rf"\s*:?\s*(?:các\s+)?(?P<sheet>{_SHEET})\b"
    r"(?P<after>[^.;)]{0,60})",
    re.IGNORECASE,
)
_ANNEX = re.compile(
    r"\b(?:theo|tại|xem|chi tiết|ở|trong|có|như)\s+(?:các\s+)?(?P<sheet>phụ lục|phụ biểu|biểu số)"
    r"(?P<after>[^.;)]{0,60})",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?<!\w)(?:(?:theo|tại|xem|ở|trong|có|như)\s+)?(?P<sheet>phụ lục|phụ biểu|biểu|bảng)\s+"
    r"(?:số\s+)?(?P<number>\d{1,2}|[IVX]{1,4})(?![\w/%]|[.,]\d)(?!\s+(?:thôn|hộ|người|triệu|tin|cột|xã))"
    r"(?:\s+kèm theo)?(?=(?P<after>[^.;,)]{0,60}))",
    re.IGNORECASE,
)
# The annex of another paper: "kèm theo Quyết định số 318/QĐ-TTg", "Phụ lục II Thông tư số 05".
_FOREIGN = re.compile(
    r"\b(?:quyết định|nghị quyết|nghị định|thông tư|công văn|hướng dẫn|đề án|bộ tiêu chí"
    r"|(?:văn bản|kế hoạch)(?=\s+(?:số|\d|của))|chương trình|luật|quy định|chỉ thị)\b(?!\s+này)",
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
    sheets: list[_Sheet] | None = None
    for number, line in numbered(plan):
        if not any_in(_WORDS, lower(line)) or _is_heading(line):
            continue
        sheets = _sheets(plan) if sheets is None else sheets
        for match, wanted in _promised(line):
            # “danh sách theo mẫu tại Phụ lục kèm theo”: the annex is what must be there
            kind = "phụ lục" if "phụ lục" in match[0].lower() else match["sheet"].lower()
            if _present(sheets, wanted, kind):
                continue
            name = f"{kind} {wanted or ''}".strip()
            yield Hit(
                message=f"Văn bản nhắc đến {name} kèm theo, trong tệp không có.",
                places=(at(number, _words(line, match)),),
                advice="Đưa phụ lục vào cùng tệp, hoặc bỏ câu nhắc đến nó.",
            )


def _promised(line: str) -> Iterator[tuple[re.Match[str], str | None]]:
    """The sheets a line speaks of: each numbered one; without any the first unnumbered."""
    numbered_ones = [
        match
        for match in _NUMBERED.finditer(line)
        if not _FOREIGN.search(match["after"])
        and (_OWN_PLAN.search(match["after"]) or not _of_other(line, match.start()))
    ]
    if numbered_ones:
        for each in numbered_ones:
            yield each, each["number"]
        return
    for pattern in (_ATTACHED, _ATTACHED_SHEET, _ANNEX):
        match = pattern.search(line)
        if match and not _FOREIGN.search(match["after"]) and not _FOREIGN.search(match[0]):
            yield match, None
            return


_OWN_PLAN = re.compile(r"\bkế hoạch này\b", re.IGNORECASE)


def _of_other(line: str, start: int) -> bool:
    """Whether the words just before name another paper whose annex this is."""
    return bool(
        re.search(r"(?:theo|tại)\s+(?:mẫu|biểu)[^.;]{0,20}$", line[max(0, start - 40) : start])
    )


def _words(line: str, match: re.Match[str]) -> str:
    """The words that promise the sheet, without what merely follows them."""
    return line[match.start() : match.start("after")].strip()


def _is_heading(line: str) -> bool:
    text = line[lead(line) :].rstrip(" *_")
    if len(text) > _LONGEST_HEADING or text.endswith((")", ".")):
        return False
    return _HEADING.match(text) is not None


@dataclass(slots=True, frozen=True)
class _Sheet:
    """A sheet in the file: its kind in lower case (empty: a bare table), number and line.

    ``behind`` says that it stands behind the recipients.
    """

    kind: str
    number: int | None
    line: int
    behind: bool


def _sheets(plan: Plan) -> list[_Sheet]:
    """The sheets in the file.

    A heading of a sheet counts everywhere; rows of a table only after the recipients, since a
    table within the text is part of the text.
    """
    found: list[_Sheet] = []
    ended, rows = False, 0
    for number, line in numbered(plan):
        ended = ended or _END.match(line) is not None
        if _is_heading(line):
            match = _HEADING.match(line, lead(line))
            if match:
                kind = match["sheet"].lower()
                found.append(_Sheet(kind, _number(match["number"]), number, ended))
        elif ended and line.count(" | ") >= 1:
            rows += 1
    if rows >= _LEAST_ROWS:
        found.append(_Sheet("", None, 0, True))
    return found


def _present(sheets: list[_Sheet], number: str | None, kind: str) -> bool:
    """Whether a sheet is there; a table “Bảng 2” within the text is no annex and no “Biểu 2”."""
    wanted = _number(number)
    if kind.startswith(("phụ", "biểu")):
        sheets = [s for s in sheets if s.behind or s.kind.startswith(("phụ", "biểu", "mẫu"))]
    if wanted is None:
        return bool(sheets)
    return any(
        sheet.number == wanted or (sheet.number is None and len(sheets) == 1) for sheet in sheets
    )


def _number(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdecimal() else roman(text.upper())


@rule(
    code="ANNEX-UNUSED",
    severity="warning",
    purpose="Phụ lục nào cũng được nội dung văn bản nhắc đến",
    page="""
## Là gì

Sau nơi nhận có phụ lục, biểu mà phần nội dung không câu nào nhắc tới.

## Vì sao

Người đọc không biết phụ lục thuộc mục nào, giao cho ai; thường là phụ lục của văn bản khác để sót.

## Ví dụ

Bị báo: nội dung chỉ nhắc `Phụ lục I`, cuối văn bản có cả `PHỤ LỤC II`.

Không bị báo: nội dung ghi `theo các phụ lục kèm theo`.

## Cách sửa

Thêm câu dẫn tới phụ lục ở mục dùng nó, hoặc bỏ phụ lục.
""",
)
def unused(plan: Plan) -> Iterator[Hit]:
    """Annexes behind the recipients that no words of the body speak of."""
    sheets = [s for s in _sheets(plan) if s.behind and s.kind.startswith(("phụ", "biểu"))]
    if not sheets:
        return
    said: set[int] = set()
    for _, line in numbered(plan, (1, sheets[0].line - 1)):
        low = lower(line)
        if not any_in(_WORDS, low) or _is_heading(line):
            continue
        for _, wanted in _promised(line):
            value = _number(wanted)
            if value is None and (len(sheets) == 1 or "các" in low or "phụ lục" not in low):
                return
            if value is not None:
                said.add(value)
        if len(sheets) == 1 and said:
            return
        for match in re.finditer(r"phụ lục\s+(?:số\s+)?(\d{1,2}|[ivx]+)\s*(?:và|,|-)", low):
            said.update(range(1, 20) if "-" in match[0] else ())
    for sheet in sheets:
        if sheet.number is None and len(sheets) > 1:
            continue
        if sheet.number not in said:
            yield Hit(
                message=f"Nội dung văn bản không nhắc đến “{words_of(plan.text[sheet.line - 1])}”.",
                places=(at(sheet.line, words_of(plan.text[sheet.line - 1])),),
                advice="Thêm câu dẫn tới phụ lục ở mục dùng nó, hoặc bỏ phụ lục.",
            )


_BELONGS = re.compile(
    r"\(?\s*(?:ban hành\s+)?kèm theo\s+(?P<kind>kế hoạch|quyết định|báo cáo|tờ trình|công văn)\s+"
    r"(?:số\s*:?\s*)(?P<no>\d{1,5})(?P<year>/20\d\d)?\s?[-/]\s?(?P<symbol>[A-ZĐ]{2,4})"
    r"(?:\s?[-/]\s?(?P<organ>[A-ZĐa-z]+))?(?P<rest>.*)",
    re.IGNORECASE,
)
_COMMUNE = re.compile(r"\bxã\s+(?P<name>[A-ZĐÀ-Ỹ]\w*(?:\s+[A-ZĐÀ-Ỹ]\w*){0,3})")


@rule(
    code="ANNEX-HEAD",
    severity="error",
    purpose="Dòng “kèm theo” của phụ lục đúng số, ngày, cơ quan của văn bản",
    page="""
## Là gì

Dưới tên phụ lục ghi kèm theo một kế hoạch có số, ngày hoặc xã khác với đầu văn bản.

## Vì sao

Phụ lục là của văn bản khác, hoặc để sót khi chép từ văn bản cũ (Nghị định 30/2020/NĐ-CP, Phụ lục
I).

## Ví dụ

Bị báo: đầu văn bản `Số: 15/KH-UBND`, phụ lục `(Kèm theo Kế hoạch số 51/KH-UBND …)`.

Không bị báo: số và ngày để trống; ghi đúng số, ngày.

## Cách sửa

Ghi lại số, ngày theo đầu văn bản, hoặc thay bằng đúng phụ lục.
""",
)
def belongs(plan: Plan) -> Iterator[Hit]:
    """Annexes that name another paper than this one."""
    sheets = [sheet.line for sheet in _sheets(plan) if sheet.behind and sheet.kind]
    for first in sheets:
        for number, line in numbered(plan, (first, first + 4)):
            match = _BELONGS.match(line, lead(line))
            faults = _other_paper(plan, match) if match else []
            if faults:
                yield Hit(
                    message=f"Phụ lục ghi kèm theo văn bản khác: {'; '.join(faults)}.",
                    places=(at(number, words_of(line)),),
                    advice="Ghi lại số, ngày theo đầu văn bản.",
                )


def _other_paper(plan: Plan, match: re.Match[str]) -> list[str]:
    faults = []
    own = re.match(r"(?P<no>\d+)(?:/20\d\d)?[-/](?P<symbol>\w+)", plan.document.number or "")
    if own and (int(own["no"]), own["symbol"]) != (int(match["no"]), match["symbol"]):
        faults.append(f"số {match['no']}/{match['symbol']}, đầu văn bản là {plan.document.number}")
    days = issued(plan)
    found = next((d for d in find_dates(match["rest"]) if d.valid and d.iso), None)
    if days and days[0] == days[1] and found and found.iso and len(found.iso) == len("2024-01-30"):
        day = date.fromisoformat(found.iso)
        if day != days[0]:
            faults.append(f"{found.text}, đầu văn bản là ngày {days[0]:%d/%m/%Y}")
    place = _COMMUNE.search(match["rest"])
    commune = plan.document.commune
    if place and commune and not tone_key(place["name"]).startswith(tone_key(commune)):
        faults.append(f"xã {place['name']}, đầu văn bản là xã {commune}")
    return faults
