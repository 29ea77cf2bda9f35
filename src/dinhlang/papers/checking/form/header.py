"""Head and foot of the paper: number, date, place, issuer, signature.

Source of the demands: Nghị định 30/2020/NĐ-CP, Điều 8 and Phụ lục I (thể thức văn bản hành chính).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.text.places import (
    at,
    find,
    head,
    lead,
    numbered,
    title_line,
    whole,
    words_of,
)
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.source import WAITING
from dinhlang.vietnamese import find_dates

_NUMBER_LINE = re.compile(r"\bS[ốỐ]\s*:.*", re.IGNORECASE)
_NUMBER_GIVEN = re.compile(r"\bS[ốỐ]\s*:?\s*\d", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"\bngày\b.{0,25}?\btháng\b.{0,25}?\bnăm\b[\s.…_]*(?:\d{4})?", re.IGNORECASE
)
_DATE_GIVEN = re.compile(r"\bngày\s*\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}", re.IGNORECASE)
_NO_ZERO = re.compile(
    r"\bngày\s+[1-9]\s+tháng\s+\d{1,2}\b|\bngày\s+\d{1,2}\s+tháng\s+[12]\b(?=\s+năm)"
)
_PLACE_GIVEN = re.compile(r"[^\W\d_][^,]{1,40},\s*ngày\b", re.IGNORECASE)
_ISSUER = re.compile(
    r"\b(?:[UỦ][YỶ] BAN|UBND|BAN CHỈ ĐẠO|BCĐ|BAN QUẢN LÝ|BQL|ĐẢNG [UỦ][YỶ]|ĐẢNG BỘ|HUYỆN [UỦ][YỶ]"
    r"|HĐND|HỘI ĐỒNG|VĂN PHÒNG|MẶT TRẬN|HỘI|ĐOÀN|SỞ|PHÒNG|TRƯỜNG|CHI BỘ|BAN)\b"
)
_ORGAN_IN_SYMBOL = re.compile(r"[-/]\s*(?:UBND|BCĐ|BQL|ĐU|HU|HĐND|VP|MTTQ|MT|BCH|BPT|[A-ZĐ]{2,})")
_SIGNATURE = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|Q)\s*\.\s*\S.*|(?:PHÓ )?(?:CHỦ TỊCH|TRƯỞNG BAN|BÍ THƯ|GIÁM ĐỐC|CHỦ NHIỆM)"
    r"|TRƯỞNG THÔN|CHÁNH VĂN PHÒNG|CHỦ TRÌ|THƯ KÝ)\W*"
)


_ATTACHED = re.compile(
    r"\(?\s*(?:ban hành\s+)?kèm theo\s+(?:quyết định|công văn|tờ trình|nghị quyết)", re.IGNORECASE
)


def _attached(plan: Plan) -> bool:
    """Whether the paper is attached to another, which carries number, date and signature."""
    title = title_line(plan)
    if title is None:
        return False
    below = numbered(plan, (title, title + 5))
    return any(_ATTACHED.match(line[lead(line) :].lstrip("(")) for _, line in below)


def _waits(plan: Plan) -> bool:
    """Whether this program wrote the paper: it leaves number and day to the clerk on purpose."""
    return plan.source is not None and WAITING in plan.source.notes


def _title(plan: Plan) -> Place:
    """Where something of the head is missing: at the title, without one at the first line."""
    first = title_line(plan)
    if first is None:
        first = next((number for number, _ in numbered(plan)), 1)
    return whole(plan, (first, first))


@rule(
    code="HEAD-NUMBER",
    severity="error",
    purpose="Văn bản có số và ký hiệu",
    page="""
## Là gì

Đầu văn bản không có số, hoặc dòng “Số:” còn để trống chỗ của số.

## Vì sao

Văn bản hành chính phải có số và ký hiệu (Nghị định 30/2020/NĐ-CP, Phụ lục I). Không có số thì nơi
khác không viện dẫn được, hồ sơ xét công nhận không nhận, và khó biết đây là bản chính hay bản dự
thảo.

## Ví dụ

Bị báo: văn bản bắt đầu ngay từ chữ KẾ HOẠCH (lỗi); `Số: /KH-UBND`, chỗ của số còn chờ văn thư (cảnh
báo).

Không bị báo: `Số: 15/KH-UBND`; `Số: 01/KH- BCĐ`; kế hoạch `(Kèm theo Quyết định số …)`. Văn bản do
chương trình soạn để trống chỗ của số cho văn thư: chỉ ghi chú.

## Cách sửa

Ghi số do văn thư cấp: `Số: 15/KH-UBND`. Nếu là bản dự thảo thì bổ sung khi ban hành.
""",
)
def number(plan: Plan) -> Iterator[Hit]:
    """A paper without number, with a blank for it, or with the symbol of another kind."""
    yield from _other_kind(plan)
    if plan.document.number or _attached(plan):
        return
    if find(plan, head(plan), _NUMBER_GIVEN):
        return
    advice = "Ghi số do văn thư cấp, ví dụ “Số: 15/KH-UBND”; nếu là dự thảo thì ghi khi ban hành."
    blank = find(plan, head(plan), _NUMBER_LINE)
    if blank and _waits(plan):
        yield Hit(
            message="Số văn bản còn để trống, chờ văn thư.",
            places=(blank,),
            advice="Văn thư ghi số khi ban hành.",
            severity="note",
        )
    elif blank:
        # The line waits for the clerk: most plans go about so until the day they are signed.
        yield Hit(
            message="Số văn bản còn để trống.",
            places=(blank,),
            advice=advice,
            severity="warning",
        )
    else:
        yield Hit(
            message="Đầu văn bản không có số và ký hiệu.",
            places=(_title(plan),),
            advice=advice,
        )


_KIND_SYMBOLS = {
    "KẾ HOẠCH": "KH", "QUYẾT ĐỊNH": "QĐ", "BÁO CÁO": "BC", "TỜ TRÌNH": "TTr", "THÔNG BÁO": "TB",
    "HƯỚNG DẪN": "HD", "NGHỊ QUYẾT": "NQ", "CHƯƠNG TRÌNH": "CTr",
}  # fmt: skip


def _other_kind(plan: Plan) -> Iterator[Hit]:
    """The symbol of a decision on a plan."""
    first = title_line(plan)
    symbol = re.split(r"[-/]", plan.document.symbol or "")[0]
    if first is None or symbol not in _KIND_SYMBOLS.values():
        return
    words = plan.text[first - 1][lead(plan.text[first - 1]) :]
    kind = next((name for name in _KIND_SYMBOLS if words.startswith(name)), None)
    written = find(plan, head(plan), _NUMBER_LINE)
    if kind and written and _KIND_SYMBOLS[kind] != symbol:
        yield Hit(
            message=f"Văn bản là {kind.capitalize()}, ký hiệu ghi {symbol}.",
            places=(written,),
            advice=f"Ký hiệu của {kind.lower()} là {_KIND_SYMBOLS[kind]}.",
        )


@rule(
    code="HEAD-DATE",
    severity="error",
    purpose="Văn bản ghi đủ ngày, tháng, năm ban hành",
    page="""
## Là gì

Đầu văn bản không có ngày ban hành, hoặc chỗ của ngày (hay tháng) còn để trống.

## Vì sao

Thời hạn, hiệu lực và thứ tự các văn bản tính từ ngày ban hành. Thiếu ngày thì các văn bản sau
không căn cứ vào kế hoạch này được.

## Ví dụ

Bị báo: `Xuân Thủy, ngày     tháng 03 năm 2024`; văn bản không có dòng địa danh và ngày tháng.

Không bị báo: `Xuân Thủy, ngày 09 tháng 3 năm 2024`. Văn bản do chương trình soạn để trống ngày cho
văn thư: chỉ ghi chú.

## Cách sửa

Ghi đủ ngày, tháng, năm khi ban hành.
""",
)
def date(plan: Plan) -> Iterator[Hit]:
    """A paper whose date is missing or lacks its day."""
    known = plan.document.date or ""
    if len(known) == len("2024-01-30") or _attached(plan):
        bare = find(plan, head(plan), _NO_ZERO) if known else None
        if bare:
            yield Hit(
                message=f"“{bare.quote}”: ngày dưới 10 và tháng 1, 2 viết thêm số 0 ở trước.",
                places=(bare,),
                advice="Ghi hai chữ số, ví dụ “ngày 08 tháng 5”, “ngày 12 tháng 01”.",
                severity="note",
            )
        return
    top = head(plan)
    advice = "Ghi đủ ngày, tháng, năm khi ban hành, ví dụ “ngày 09 tháng 3 năm 2024”."
    given = find(plan, top, _DATE_GIVEN)
    if given:
        # A real date the reader missed is the reader's fault, not the paper's.
        if not any(found.valid for found in find_dates(given.quote)):
            yield Hit(
                message=f"Ngày ban hành “{given.quote}” không có trong lịch.",
                places=(given,),
                advice="Soát lại ngày và tháng.",
            )
        return
    written = find(plan, top, _DATE_LINE)
    if written:
        missing = {7: "ngày", 4: "ngày và tháng"}.get(len(known), "ngày, tháng, năm")
        if _waits(plan):
            yield Hit(
                message=f"Ngày ban hành còn để trống ({missing}), chờ văn thư.",
                places=(written,),
                advice="Văn thư ghi ngày khi ban hành.",
                severity="note",
            )
            return
        yield Hit(
            message=f"Ngày ban hành còn để trống: chưa ghi {missing}.",
            places=(written,),
            advice=advice,
        )
    else:
        yield Hit(
            message="Đầu văn bản không có địa danh và ngày, tháng, năm ban hành.",
            places=(_title(plan),),
            advice=advice,
        )


@rule(
    code="HEAD-PLACE",
    severity="error",
    purpose="Trước ngày ban hành có địa danh",
    page="""
## Là gì

Dòng ngày tháng ở đầu văn bản không có địa danh đứng trước.

## Vì sao

Địa danh là một phần của thể thức (Nghị định 30/2020/NĐ-CP, Phụ lục I): tên xã nơi cơ quan ban hành
đóng trụ sở. Văn bản không có cả dòng ngày tháng thì phép kiểm HEAD-DATE báo chung.

## Ví dụ

Bị báo: `ngày 09 tháng 3 năm 2024`.

Không bị báo: `Xuân Thủy, ngày 09 tháng 3 năm 2024`.

## Cách sửa

Ghi tên xã trước ngày tháng, sau tên xã có dấu phẩy.
""",
)
def place(plan: Plan) -> Iterator[Hit]:
    """A dated paper that does not say where it was issued."""
    if plan.document.place or _attached(plan):
        return
    top = head(plan)
    if not plan.document.date and not find(plan, top, _DATE_GIVEN):
        return
    written = find(plan, top, _DATE_LINE)
    if written is None or find(plan, top, _PLACE_GIVEN):
        return
    commune = plan.document.commune or "tên xã"
    yield Hit(
        message="Trước ngày ban hành không có địa danh.",
        places=(written,),
        advice=f"Ghi địa danh trước ngày: “{commune}, {written.quote}”.",
    )


@rule(
    code="HEAD-ISSUER",
    severity="error",
    purpose="Đầu văn bản cho biết cơ quan ban hành",
    page="""
## Là gì

Phía trên tên văn bản không có tên cơ quan ban hành, ký hiệu văn bản cũng không cho biết.

## Vì sao

Người nhận phải biết ai ban hành: Ủy ban nhân dân hay Ban Chỉ đạo. Kế hoạch của Ban Chỉ đạo không
giao việc cho các cơ quan như kế hoạch của Ủy ban nhân dân.

## Ví dụ

Bị báo: văn bản bắt đầu ngay từ chữ KẾ HOẠCH, không có tên cơ quan, không có số và ký hiệu.

Không bị báo: có dòng `ỦY BAN NHÂN DÂN XÃ XUÂN THỦY`, hoặc ký hiệu `/KH-UBND`.

## Cách sửa

Ghi tên cơ quan ban hành ở góc trái phía trên, cơ quan cấp trên (nếu có) ở dòng trên nó.
""",
)
def issuer(plan: Plan) -> Iterator[Hit]:
    """A paper whose head names no office, neither by name nor in the symbol."""
    document = plan.document
    symbol = f"/{document.symbol or ''} {document.number or ''}"
    if _ORGAN_IN_SYMBOL.search(symbol):
        return
    title = title_line(plan)
    above = (1, title - 1) if title else head(plan)
    if any(_ISSUER.search(line) for _, line in numbered(plan, above)):
        return
    known = f" (trong văn bản là {document.issuer})" if document.issuer else ""
    yield Hit(
        message=f"Đầu văn bản không ghi cơ quan ban hành{known}.",
        places=(_title(plan),),
        advice="Ghi tên cơ quan ban hành ở đầu văn bản, ví dụ “ỦY BAN NHÂN DÂN XÃ …”.",
    )


@rule(
    code="HEAD-SIGNATURE",
    severity="error",
    purpose="Cuối văn bản có chức vụ người ký",
    page="""
## Là gì

Cuối văn bản không có phần ký: không có “TM. …”, không có chức vụ người ký.

## Vì sao

Văn bản không có người ký thì không có hiệu lực, không ai chịu trách nhiệm về nội dung.

## Ví dụ

Bị báo: văn bản kết thúc ở dòng `- Lưu: VT.`.

Không bị báo: sau nơi nhận có `TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`; hoặc `KT. CHỦ TỊCH`,
`PHÓ CHỦ TỊCH`.

## Cách sửa

Thêm thẩm quyền ký, chức vụ và họ tên người ký ở cuối văn bản.
""",
)
def signature(plan: Plan) -> Iterator[Hit]:
    """A paper that nobody signs, or that another office signs than the one that issues it."""
    yield from _other_signer(plan)
    signatory = plan.document.signatory
    if _attached(plan) or (signatory and (signatory.title or signatory.authority)):
        return
    last = None
    foot = max((each.lines[1] for each in plan.recipients), default=len(plan.text))
    for row, line in numbered(plan):
        if _SIGNATURE.fullmatch(line[lead(line) :].rstrip(" *_")):
            return
        last = (row, line) if row <= foot or last is None else last
    if last:
        # The signature stands beside the recipients, in the column to their right.
        beside = [(each.lines[0] - 1,) * 2 for each in plan.recipients if each.lines[0] <= last[0]]
        yield Hit(
            message="Cuối văn bản không có chức vụ và họ tên người ký.",
            places=(at(last[0], words_of(last[1])), *(whole(plan, rows) for rows in beside[:1])),
            advice="Thêm thẩm quyền ký (TM. …), chức vụ và họ tên người ký.",
        )


_SIGNS = {
    "BCĐ": re.compile(r"BAN CHỈ ĐẠO|BCĐ", re.IGNORECASE),
    "BQL": re.compile(r"BAN QUẢN LÝ|BQL", re.IGNORECASE),
    "HĐND": re.compile(r"HỘI ĐỒNG NHÂN DÂN|HĐND", re.IGNORECASE),
    "UBND": re.compile(r"[ỦU][ỶY] BAN NHÂN DÂN|UBND", re.IGNORECASE),
    "ĐU": re.compile(r"ĐẢNG [ỦU][ỶY]|BAN THƯỜNG VỤ|BAN CHẤP HÀNH", re.IGNORECASE),
    "MTTQ": re.compile(r"MẶT TRẬN|MTTQ", re.IGNORECASE),
}


def _other_signer(plan: Plan) -> Iterator[Hit]:
    """“TM. BAN CHỈ ĐẠO” under a paper of the People's Committee, and the other way round."""
    signatory = plan.document.signatory
    symbol = plan.document.symbol or ""
    if signatory is None or not signatory.authority or not signatory.lines:
        return
    signs = next((o for o, words in _SIGNS.items() if words.search(signatory.authority)), "")
    organ = re.split(r"[-/]", symbol)[-1]
    if signs and organ in _SIGNS and organ != signs:
        yield Hit(
            message=f"Ký hiệu {symbol} mà ký {signatory.authority}.",
            places=(whole(plan, signatory.lines),),
            advice="Ký hiệu và thẩm quyền ký phải của cùng một cơ quan.",
            severity="warning",
        )
