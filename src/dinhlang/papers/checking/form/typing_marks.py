"""Marks of typing: quotes and brackets left open, sentences left off, odd spaces. Notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.text.places import at, numbered, words_of
from dinhlang.papers.checking.text.sections import body
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese.guarded import any_in

_PAIRS = (("“", "”", "ngoặc kép"), ("(", ")", "ngoặc đơn"), ("[", "]", "ngoặc vuông"))
_LIST_MARK = re.compile(r"^[\s*_#-]*(?:[a-zđA-ZĐ]|\d{1,2}|[ivxIVX]{1,4})\)")
_LEFT_OFF = re.compile(
    r"\b(?:và|của|các|những|để|theo|với|trong|bằng|về|từ|do|hoặc|cho|tại|là|được|nhằm|như|gồm"
    r"|một số|đối với)\s*[*_]*$"
)
_CUT = re.compile(r"[,–-]\s*[*_]*$")
_NEW_ITEM = re.compile(r"^\s*(?:[-–+•*]\s|[IVX]{1,4}[.)]|\d{1,2}(?:\.\d+)*[.)/]\s|[a-zđ][.)]\s)")
_TWO_MARKS = re.compile(r"(?<![.…])(?:,,|;;|,\.|;\.(?!\s*/)|\.;|:;|,;)(?!\.)|\s+[,;](?=\s|$)")
# What must stand in a line for those to find anything, or a blank of another kind.
_MARKS_MEET = (" ,", " ;", ",,", ".,", ":,", ";,", ",;", ".;", ":;", ";;", ",.", ";.")
_LEAST = 20
_LONGEST_END = 60
# Several in a row keep a blank open, as for the number of the paper.
_NO_BREAK = re.compile("(?<!\u00a0)\u00a0(?!\u00a0)|[\u200b\ufeff]")
_ODD_BLANKS = ("\u00a0", "\u200b", "\ufeff")
_LEAST_ODD = 5


@rule(
    code="TEXT-QUOTE",
    severity="note",
    purpose="Dấu ngoặc mở ra thì có đóng lại",
    page="""
## Là gì

Trong một đoạn có dấu ngoặc kép, ngoặc đơn mở mà không đóng, hoặc đóng mà không mở; hai dấu câu gõ
liền nhau; dấu câu đứng sau dấu cách.

## Vì sao

Không biết tên phong trào, phần chú thích kết thúc ở đâu.

## Ví dụ

Bị báo: `phong trào “Toàn dân đoàn kết xây dựng đời sống văn hóa.`; `(có biểu kèm theo`.

Không bị báo: `a) Giữ vững`; ngoặc mở ở dòng này, đóng ở dòng sau của cùng đoạn.

## Cách sửa

Thêm dấu còn thiếu, bỏ dấu thừa.
""",
)
def quotes(plan: Plan) -> Iterator[Hit]:
    """Paragraphs whose quotes or brackets do not pair; marks typed twice."""
    rows = list(body(plan))
    for index, (number, line) in enumerate(rows):
        following = rows[index + 1][1] if index + 1 < len(rows) else ""
        text = _LIST_MARK.sub("", line)
        for first, last, name in _PAIRS:
            opened, closed = text.count(first), text.count(last)
            if opened == closed or " | " in line or (opened and last in following.split(first)[0]):
                continue
            before = rows[index - 1][1] if index else ""
            if closed > opened and first in before and before.count(first) > before.count(last):
                continue
            if closed > opened and first == "(" and re.search(r"(?:^|\s)[\wđ]\)", text):
                continue
            if "…" in text[text.rfind(first) :] and opened > closed:
                continue  # words that were cut short
            mark = first if opened > closed else last
            where = text.rfind(first) if opened > closed else text.find(last)
            quote = text[max(0, where - 30) : where + 40].strip()
            yield Hit(
                message=f"Dấu {name} {mark} không có dấu đi cặp.",
                places=(at(number, quote),),
                advice="Thêm dấu còn thiếu.",
            )
            break
    twice = [
        at(number, line[max(0, match.start() - 20) : match.end()].strip())
        for number, line in rows
        if (any_in(_MARKS_MEET, line) or not line.isprintable())
        and " | " not in line
        and (match := _TWO_MARKS.search(line))
        and match[0] != ".;"
    ]
    if twice:
        yield Hit(
            message=f"{len(twice)} chỗ dấu câu gõ thừa hoặc đứng sau dấu cách.",
            places=tuple(twice),
            advice="Bỏ dấu thừa; trước dấu phẩy, chấm phẩy không có dấu cách.",
        )


@rule(
    code="TEXT-UNFINISHED",
    severity="note",
    purpose="Câu nào cũng viết hết",
    page="""
## Là gì

Một đoạn dừng ở từ nối (`và`, `của`, `để`) hay dấu phẩy, đoạn sau đã sang mục khác.

## Vì sao

Phần bị bỏ dở có thể là một việc phải làm.

## Ví dụ

Bị báo: `- Vận động nhân dân đóng góp ngày công và` rồi đến mục khác.

Không bị báo: câu viết tiếp ở dòng sau.

## Cách sửa

Viết nốt câu, hoặc bỏ từ thừa ở cuối.
""",
)
def unfinished(plan: Plan) -> Iterator[Hit]:
    """Lines that end on a word that joins, with another item behind them."""
    rows = list(body(plan))
    for (number, line), (_, following) in pairwise(rows):
        text = line.rstrip(" *_")
        if len(text) < _LEAST or " | " in line or text.isupper():
            continue
        tail = max(0, len(text) - _LONGEST_END)
        ends = _LEFT_OFF.search(text, tail) or (len(text) > 2 * _LEAST and _CUT.search(text, tail))
        if ends and (_NEW_ITEM.match(following) or following.strip().isupper()):
            yield Hit(
                message="Câu bị bỏ dở.",
                places=(at(number, text[-60:].strip()),),
                advice="Viết nốt câu, hoặc bỏ từ thừa ở cuối.",
            )


@rule(
    code="TEXT-SPACE",
    severity="note",
    purpose="Khoảng cách gõ bằng dấu cách thường",
    page="""
## Là gì

Văn bản dùng nhiều dấu cách không ngắt. Khi đọc, chương trình đã đổi thành dấu cách thường.

## Vì sao

Tìm chữ không ra, căn lề lệch khi đổi phông hay khổ giấy.

## Ví dụ

Bị báo: tệp có hàng chục dấu cách không ngắt chép từ trang mạng.

Không bị báo: một vài dấu cách thừa; khoảng trống ở phần đầu và phần ký.

## Cách sửa

Dùng chức năng tìm và thay thế của Word để đổi thành dấu cách thường.
""",
)
def spaces(plan: Plan) -> Iterator[Hit]:
    """No-break spaces within the text: one note for all."""
    if plan.source is None or plan.source.reader == "pdf":
        return
    if not any_in(_ODD_BLANKS, "\n".join(plan.text)):
        return
    places = []
    odd = 0
    for number, line in numbered(plan):
        found = len(_NO_BREAK.findall(line.strip(" \t")))
        if found:
            odd += found
            places.append(at(number, words_of(line)))
    if odd >= _LEAST_ODD:
        yield Hit(
            message=f"{odd} dấu cách không ngắt.",
            places=tuple(places),
            advice="Đổi thành dấu cách thường.",
        )
