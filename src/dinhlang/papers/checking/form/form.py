"""The form of the paper: its end, its authority, its bases, its page and type.

Source of the demands: Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.text.places import at, lead, numbered, words_of
from dinhlang.papers.checking.text.sections import body, title_place
from dinhlang.papers.checking.text.unwrapped import lines_of
from dinhlang.papers.plan import Fix, Plan
from dinhlang.vietnamese.guarded import guarded

_END_MARK = re.compile(r"\.\s?/\.?[\s*_”\"]*$")
_GLUED = re.compile(r"\b(?:TM|KT|TL|TUQ)\.(?=[A-ZĐỦ])")
_BASIS = re.compile(r"[\s#*_-]*Căn cứ\b")
_PAGE = (2100, 2970)  # tenths of a millimetre, as the margins below
_FONT = "Times New Roman"
_SAME_FONT = frozenset({"times new roman", "tinos", "liberation serif", "times"})
_SIZES = (26, 28)  # half-points
_MARGINS = (
    ("top", "lề trên", 200, 250),
    ("bottom", "lề dưới", 200, 250),
    ("left", "lề trái", 300, 350),
    ("right", "lề phải", 150, 200),
)
_SLACK = 5
_MAY_RECEIVE = guarded(r"[Nn]ơi|NƠI")
_RECIPIENTS = re.compile(r"\b(?:Nơi nhận|NƠI NHẬN|Nơi gửi)\b")
_KEPT = re.compile(r"\bLưu\b|\bLưu:|LƯU", re.IGNORECASE)
_KEPT_AT = re.compile(r"\bVT\b|\bVTLT\b|[Vv]ăn thư|VPĐU|VP Đảng ủy|Văn phòng Đảng ủy")
_ATTACHED = re.compile(r"kèm theo\s+(?:quyết định|công văn|tờ trình)", re.IGNORECASE)
_SHORT, _TOP = 20, 30


@rule(
    code="FORM-END",
    severity="note",
    purpose="Nội dung kết thúc bằng dấu “./.”",
    page="""
## Là gì

Dòng cuối của nội dung không có dấu `./.`.

## Vì sao

Thể thức văn bản hành chính (Nghị định 30/2020/NĐ-CP) kết thúc nội dung bằng dấu ấy: biết văn bản đã
hết.

## Ví dụ

Bị báo: `… tổ chức triển khai thực hiện theo kế hoạch đề ra.`

Không bị báo: `… nghiêm túc triển khai thực hiện./.`

## Cách sửa

Thêm `/.` sau dấu chấm cuối cùng.
""",
)
def end(plan: Plan) -> Iterator[Hit]:
    """A paper whose last line before the recipients lacks the closing mark."""
    if not plan.recipients:
        return
    foot = min(recipient.lines[0] for recipient in plan.recipients)
    rows = [(n, line) for n, line in body(plan) if n < foot and lead(line) < len(line)]
    if not rows or any(_END_MARK.search(line) for _, line in rows[-8:]):
        return
    number, line = rows[-1]
    if " | " in line or re.search(r"\b(?:TM|KT|TL)\.", line) or len(line) < 40:
        return
    quote = words_of(line)
    tail = line.rstrip(" *_")
    fix = None
    if tail.endswith(".") and line.count(tail[-30:]) == 1:
        fix = Fix(line=number, old=tail[-30:], new=f"{tail[-30:]}/.")
    yield Hit(
        message="Nội dung không kết thúc bằng dấu “./.”.",
        places=(at(number, quote),),
        advice="Thêm “/.” sau dấu chấm cuối cùng.",
        fix=fix,
    )


@rule(
    code="FORM-SIGN",
    severity="note",
    purpose="Thẩm quyền ký viết đúng khoảng cách",
    page="""
## Là gì

Sau `TM.`, `KT.`, `TL.` không có dấu cách.

## Vì sao

Thể thức: `KT. CHỦ TỊCH`.

## Ví dụ

Bị báo: `KT.CHỦ TỊCH`.

Không bị báo: `KT. CHỦ TỊCH`.

## Cách sửa

Thêm dấu cách.
""",
)
def sign(plan: Plan) -> Iterator[Hit]:
    """An authority glued to the office."""
    start = max(1, len(plan.text) - 30)
    for number, line in numbered(plan, (start, len(plan.text))):
        match = _GLUED.search(line)
        if match:
            yield Hit(
                message=f"Sau “{match[0]}” thiếu dấu cách.",
                places=(at(number, match[0]),),
                advice=f"Viết “{match[0]} …”.",
                fix=Fix(line=number, old=match[0], new=f"{match[0]} ")
                if line.count(match[0]) == 1
                else None,
            )


@rule(
    code="FORM-RECIPIENTS",
    severity="note",
    purpose="Cuối văn bản có nơi nhận và chỗ lưu",
    page="""
## Là gì

Văn bản không có phần `Nơi nhận` (cảnh báo), hoặc nơi nhận không có dòng `Lưu: VT`, dòng lưu không
ghi văn thư.

## Vì sao

Nơi nhận là thành phần bắt buộc của thể thức (Nghị định 30/2020/NĐ-CP, Phụ lục I); không có nơi nhận
thì không biết gửi cho ai.

## Ví dụ

Bị báo: văn bản kết thúc ngay sau phần ký; nơi nhận không có dòng lưu.

Không bị báo: `Lưu: VT, NTM`; kế hoạch kèm theo quyết định.

## Cách sửa

Thêm phần nơi nhận, dòng cuối là `Lưu: VT`.
""",
)
def recipients(plan: Plan) -> Iterator[Hit]:
    """Papers with nobody to go to, or nowhere to be kept."""
    if plan.document.kind not in ("plan", "campaign") or len(plan.text) < _SHORT:
        return
    listed = [
        (number, line)
        for number, line in numbered(plan)
        if _MAY_RECEIVE.search(line) and _RECIPIENTS.search(line)
    ]
    if not listed:
        if not _ATTACHED.search(" ".join(line for _, line in numbered(plan, (1, _TOP)))):
            yield Hit(
                message="Văn bản không có phần nơi nhận.",
                places=(title_place(plan),),
                advice="Thêm phần nơi nhận, dòng cuối là “Lưu: VT”.",
                severity="warning",
            )
        return
    first = listed[-1][0]
    below = list(numbered(plan, (first, len(plan.text))))
    kept = [(number, line) for number, line in below if _KEPT.search(line)]
    if kept and not any(_KEPT_AT.search(line) for _, line in kept):
        yield Hit(
            message="Dòng lưu không ghi văn thư (VT).",
            places=(at(kept[0][0], words_of(kept[0][1])),),
            advice="Ghi “Lưu: VT, …”.",
        )
    elif not kept:
        yield Hit(
            message="Nơi nhận không có dòng lưu.",
            places=(at(first, words_of(listed[-1][1])),),
            advice="Thêm dòng cuối “Lưu: VT”.",
        )


@rule(
    code="FORM-BASIS",
    severity="note",
    purpose="Mỗi căn cứ kết thúc bằng dấu chấm phẩy",
    page="""
## Là gì

Dòng căn cứ không có dấu chấm phẩy ở cuối (dòng cuối cùng: dấu chấm hoặc chấm phẩy).

## Vì sao

Nghị định 30/2020/NĐ-CP, Phụ lục I: sau mỗi căn cứ xuống dòng, cuối dòng có dấu chấm phẩy, dòng cuối
dấu chấm.

## Ví dụ

Bị báo: `Căn cứ Quyết định số … giai đoạn 2021 - 2025` rồi xuống dòng.

Không bị báo: `Căn cứ Quyết định số … giai đoạn 2021 - 2025;`.

## Cách sửa

Thêm dấu chấm phẩy.
""",
)
def basis(plan: Plan) -> Iterator[Hit]:
    """Bases without a mark at their end: one note for all."""
    rows = [(n, line) for n, line in body(plan) if _BASIS.match(line)]
    if len(rows) < 2 or (plan.source and plan.source.reader == "pdf"):
        return
    bare = [
        (number, line)
        for number, line in rows
        if not re.search(r"[;.,:][\s*_]*$", line) and _ends_here(plan, number)
    ]
    if bare and len(bare) < len(rows):
        yield Hit(
            message=f"{len(bare)} căn cứ thiếu dấu chấm phẩy ở cuối.",
            places=tuple(at(number, words_of(line)) for number, line in bare),
            advice="Thêm dấu chấm phẩy.",
        )


def _ends_here(plan: Plan, number: int) -> bool:
    """Whether the basis is not carried on by the line behind it."""
    number = max((number, *lines_of(plan).rest.get(number, ())))
    following = plan.text[number] if number < len(plan.text) else ""
    return not following.strip() or bool(_BASIS.match(following))


@rule(
    code="FORM-LAYOUT",
    severity="note",
    purpose="Khổ giấy, lề, phông và cỡ chữ theo Nghị định 30/2020/NĐ-CP",
    page="""
## Là gì

Tệp Word có khổ giấy, lề, phông hay cỡ chữ của phần lớn nội dung khác thể thức: A4; lề trên, dưới
20–25 mm, trái 30–35 mm, phải 15–20 mm; Times New Roman; cỡ 13–14.

## Vì sao

Văn thư sẽ trả lại để trình bày lại (Nghị định 30/2020/NĐ-CP, Phụ lục I).

## Ví dụ

Bị báo: lề trái 25 mm; phông Calibri; cỡ chữ 12.

Không bị báo: A4 ngang cho bảng; Tinos, Liberation Serif (cùng kích thước chữ với Times New Roman);
tệp không phải Word.

## Cách sửa

Vào Bố cục trang (Layout) sửa lề; chọn cả văn bản, đổi phông Times New Roman cỡ 14.
""",
)
def layout(plan: Plan) -> Iterator[Hit]:
    """Page, margins, font and size of a Word file outside the demands: one note for all."""
    page = plan.source.layout if plan.source else None
    if page is None:
        return
    faults = []
    if page.width and page.height:
        size = sorted((page.width, page.height))
        if any(abs(side - right) > 20 for side, right in zip(size, _PAGE, strict=True)):
            faults.append(
                f"khổ giấy {_tenths(page.width)} × {_tenths(page.height)} mm (A4: 210 × 297)"
            )
    if not (page.width and page.height and page.width > page.height):
        for name, words, least, most in _MARGINS:
            given = getattr(page, name)
            if given is not None and not least - _SLACK <= given <= most + _SLACK:
                faults.append(f"{words} {_tenths(given)} mm ({least // 10}–{most // 10})")
    if page.font and page.font.lower() not in _SAME_FONT:
        faults.append(f"phông {page.font} ({_FONT})")
    if page.size and not _SIZES[0] <= page.size <= _SIZES[1]:
        faults.append(f"cỡ chữ {_tenths(page.size * 5)} (13–14)")
    if faults:
        yield Hit(
            message=f"Trình bày khác thể thức: {'; '.join(faults)}.",
            places=(title_place(plan),),
            advice="Sửa lề, phông và cỡ chữ theo Nghị định 30/2020/NĐ-CP.",
        )


def _tenths(value: int) -> str:
    """``205`` → ``20,5``."""
    return f"{value / 10:g}".replace(".", ",")


_NUMBERED = re.compile(r"[\s#*_]*(?P<a>\d{1,2})(?:\.(?P<b>\d{1,2}))?[.)]\s*[*_]*\S")


@rule(
    code="OUTLINE-MIX",
    severity="warning",
    purpose="Các mục cùng cấp đánh số cùng một kiểu",
    page="""
## Là gì

Trong một phần, mục đầu đánh số `2.1`, các mục sau đánh số `2`, `3`, `4`.

## Vì sao

Mục “2” trùng số với chính phần đang đứng; viện dẫn không biết mục nào.

## Ví dụ

Bị báo: `2. Duy trì các tiêu chí` rồi `2.1. Quy hoạch`, `2. Giao thông`, `3. Thủy lợi`.

Không bị báo: `2.1`, `2.2`, `2.3`.

## Cách sửa

Đánh số lại: `2.1`, `2.2`, `2.3` …
""",
)
def mix(plan: Plan) -> Iterator[Hit]:
    """A list whose first label has its section's number before it and whose others have not."""
    heads = [
        (number, match["a"], match["b"], line)
        for number, line in body(plan)
        if (match := _NUMBERED.match(line))
    ]
    for (number, a, b, line), (later, c, d, other) in pairwise(heads):
        if b == "1" and d is None and c == "2" and later - number <= 6:
            yield Hit(
                message=f"Mục {a}.1 mà mục sau đánh số {c}.",
                places=(at(number, words_of(line)), at(later, words_of(other))),
                advice=f"Đánh số lại: {a}.1, {a}.2, {a}.3 …",
            )
