"""Arithmetic outside the funding: ratios, parts and wholes, minima, reached and not reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.arithmetic.balance_roles import wrong_remains, wrong_stocks
from dinhlang.papers.checking.arithmetic.balances import wrong_arithmetic
from dinhlang.papers.checking.arithmetic.figures import VILLAGES, Figure, paper_of
from dinhlang.papers.checking.arithmetic.product_scopes import missed_products
from dinhlang.papers.checking.arithmetic.products import wrong_products
from dinhlang.papers.checking.arithmetic.remainders import wrong_remainders
from dinhlang.papers.checking.arithmetic.run_sums import near_sums
from dinhlang.papers.checking.arithmetic.sums import hit_of, wrong_sums
from dinhlang.papers.checking.arithmetic.totals_twice import totals_twice
from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.text.places import at, numbered
from dinhlang.papers.checking.text.sections import every_section
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import find_amounts, format_number, parse_number

_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?"
_OF_WHOLE = VILLAGES | {"hộ", "tiêu", "chỉ", "người", "tuyến", "trường", "nhà", "vườn", "m", "m2"}
_NO_PART = re.compile(
    r"\b(?:ngày|tháng|đường|số|lộ|tỉnh|phố|vượt|kế hoạch|giao|từ|đến|trước|sau)\W*$", re.IGNORECASE
)
_TIMES = re.compile(
    rf"(?<![\d.,x×])(?P<one>{_NUMBER})\s+[^\W\d][^=.;\d]{{0,20}}?\s*[x×*]\s*(?P<other>{_NUMBER})"
    rf"[^=.;\d×]{{0,20}}=\s*(?P<result>{_NUMBER})(?![\d.,])"
)
_MONEY = re.compile(r"\d\s*(?:tỷ|tỉ|triệu|nghìn|ngàn|đồng)\b", re.IGNORECASE)
_DECLARED_SET = re.compile(
    r"\(\s*(?:gồm\s+)?(?P<count>\d{1,2})\s+tiêu chí\s*[,;và]+\s*\d{1,3}\s+chỉ tiêu\s*\)[.,;]?\s*"
    r"(?:cụ thể|trong đó|như sau|gồm)[^:]{0,20}:",
    re.IGNORECASE,
)


@rule(
    code="COUNT-PRODUCT",
    severity="error",
    purpose="Phép nhân viết trong văn bản đúng",
    page="""
## Là gì

Văn bản viết một phép nhân (số lớp × số người) mà kết quả không đúng.

## Vì sao

Số này đi vào chỉ tiêu và dự toán.

## Ví dụ

Bị báo: `3 lớp x 25 người = 85 người`.

Không bị báo: `3 lớp x 25 người = 75 người`; kích thước `3 x 5 m`.

## Cách sửa

Tính lại.
""",
)
def written_product(plan: Plan) -> Iterator[Hit]:
    """Products written out or told that do not come out."""
    told: set[int] = set()
    for hit in (
        *(hit for hit, money in wrong_products(plan) if not money),
        *_times(plan),
        *missed_products(plan, "count"),
    ):
        if not told.intersection(place.lines[0] for place in hit.places):
            told.update(place.lines[0] for place in hit.places)
            yield hit


def _times(plan: Plan) -> Iterator[Hit]:
    for number, line in numbered(plan):
        for match in _TIMES.finditer(line) if "=" in line else ():
            one, other, said = (parse_number(match[name]) for name in ("one", "other", "result"))
            if one is None or other is None or said is None or one * other == said:
                continue
            if find_amounts(line[match.start() :]) and _MONEY.search(line, match.start()):
                continue  # of money: FUND-PRODUCT
            yield Hit(
                message=f"{match['one']} × {match['other']} là {format_number(one * other)}, "
                f"văn bản ghi {match['result']}.",
                places=(at(number, match[0].strip()),),
                advice="Tính lại.",
            )


@rule(
    code="PART-WHOLE",
    severity="error",
    purpose="Các phần “trong đó” không lớn hơn toàn thể",
    page="""
## Là gì

Sau một số tổng có “trong đó” và các phần cùng đơn vị; cộng các phần lại lớn hơn tổng. Hoặc riêng
một phần đã lớn hơn toàn thể: số người trong độ tuổi lao động lớn hơn số nhân khẩu.

## Vì sao

Phần không thể lớn hơn toàn thể: một số ghi sai.

## Ví dụ

Bị báo: `120 hộ, trong đó 80 hộ nghèo, 60 hộ cận nghèo`.

Không bị báo: `120 hộ, trong đó 30 hộ nghèo, 20 hộ cận nghèo`.

## Cách sửa

Soát lại tổng và từng phần.
""",
)
def parts(plan: Plan) -> Iterator[Hit]:
    """Parts introduced by “trong đó” that exceed what they are part of; groups that miss it."""
    told = {w.places[0].lines[0] for w in wrong_sums(plan) if w.code != "PART-WHOLE"}
    for hit in (*_beyond(plan), *_greater(plan)):
        if hit.places[0].lines[0] not in told:
            told.add(hit.places[0].lines[0])
            yield hit
    for wrong in wrong_sums(plan):
        if wrong.code == "PART-WHOLE" and wrong.places[0].lines[0] not in told:
            told.add(wrong.places[0].lines[0])
            yield hit_of(wrong)
    for hit, money in wrong_arithmetic(plan):
        if not money and hit.places[0].lines[0] not in told:
            told.add(hit.places[0].lines[0])
            yield hit
    for hit, noun in wrong_remainders(plan):
        if not noun.startswith("tiêu chí") and hit.places[0].lines[0] not in told:
            told.add(hit.places[0].lines[0])
            yield hit
    apart = [hit for hit, money in (*wrong_remains(plan), *wrong_stocks(plan)) if not money]
    for hit in (*apart, *near_sums(plan, money=False), *totals_twice(plan, money=False)):
        if not told.intersection(place.lines[0] for place in hit.places):
            told.update(place.lines[0] for place in hit.places)
            yield hit


def _beyond(plan: Plan) -> Iterator[Hit]:
    """“13/12 thôn”: more than there are."""
    paper = paper_of(plan)
    for paragraph in paper.paragraphs:
        for figure in paragraph.figures:
            if figure.all is None or figure.value <= figure.all or figure.all < 2:
                continue
            before = paragraph.text[max(0, figure.start - 14) : figure.start]
            if figure.kind not in _OF_WHOLE or _NO_PART.search(before):
                continue
            yield Hit(
                message=f"{format_number(figure.value)}/{format_number(figure.all)}: phần lớn hơn "
                "toàn thể.",
                places=(paper.place(paragraph, figure.start, figure.end),),
                advice="Soát lại hai số.",
            )


_AMONG = re.compile(r"[^.;]{0,40}\btrong (?:đó|số (?:đó|này))\b[^.;]{0,40}", re.IGNORECASE)
_ALL_PEOPLE = re.compile(r"(?:nhân )?khẩu|dân\b")
_SOME_PEOPLE = re.compile(
    r"\b(?:độ tuổi|lao động|từ (?:đủ )?\d+ tuổi|hội viên|đoàn viên|đảng viên|có thẻ|dân tộc)\b",
    re.I,
)
_SOME_HOMES = re.compile(
    r"hộ\s+(?:dân\s+|gia đình\s+)?(?:có|được|đăng ký|dùng|sử dụng|tham gia|nghèo)"
)
_HAS_ALL = re.compile(
    r"\b(?:toàn xã|tổng số|cả xã|toàn thôn|xã có|thôn[^.;,\d]{0,30} có)\W*$", re.I
)
_CHANGED = re.compile(
    r"\b(?:tăng|lên|phấn đấu|cũ|năm|cả nước|huyện|tỉnh|mỗi|thôn)\b", re.IGNORECASE
)


def _greater(plan: Plan) -> Iterator[Hit]:
    """“1.586 nhân khẩu, trong đó 1.702 người trong độ tuổi lao động”: a part above its whole."""
    paper = paper_of(plan)
    for paragraph in paper.paragraphs:
        figures = [f for f in paragraph.figures if f.plain and f.counts]
        if paragraph.block.is_row or len(figures) < 2:
            continue
        for index, whole in enumerate(figures[:-1]):
            part = next((f for f in figures[index + 1 :] if f.like(whole)), None)
            if part is None or part.value <= whole.value or whole.value < 10:
                continue
            if _is_part(paragraph.text, whole, part):
                yield Hit(
                    message=f"Phần ({format_number(part.value)}) lớn hơn toàn thể "
                    f"({format_number(whole.value)}).",
                    places=(
                        paper.place(paragraph, whole.start, whole.end),
                        paper.place(paragraph, part.start, part.end),
                    ),
                    advice="Soát lại hai số.",
                )


def _is_part(text: str, whole: Figure, part: Figure) -> bool:
    """Whether the words make the second a part of the first."""
    between = text[whole.end : part.start]
    if len(between) > 80 or _CHANGED.search(between):
        return False
    if _AMONG.fullmatch(between):
        return True
    if re.search(r"\.\s", between):
        return False
    if _ALL_PEOPLE.match(whole.noun):
        said = f"{between.rsplit(';', 1)[-1]} {text[part.end : part.end + 40]}"
        return bool(_SOME_PEOPLE.search(said))
    told = whole.kind == "hộ" and _HAS_ALL.search(text[: whole.start])
    return bool(told and _SOME_HOMES.match(part.noun))


@rule(
    code="COUNT-SET",
    severity="warning",
    purpose="Bộ tiêu chí công bố bao nhiêu tiêu chí thì kế hoạch nêu đủ",
    page="""
## Là gì

Văn bản ghi bộ tiêu chí có một số tiêu chí rồi “cụ thể:”, nhưng các mục bên dưới ít hơn.

## Vì sao

Tiêu chí không được nêu thì không ai làm.

## Ví dụ

Bị báo: `(14 tiêu chí, 39 chỉ tiêu). Cụ thể:` rồi chỉ có 8 mục.

Không bị báo: `(14 tiêu chí, 39 chỉ tiêu). Cụ thể:` rồi 14 mục.

## Cách sửa

Bổ sung các tiêu chí còn thiếu, hoặc ghi rõ chỉ nêu những tiêu chí cần tập trung.
""",
)
def announced(plan: Plan) -> Iterator[Hit]:
    """Sets announced with more criteria than the sections below them are."""
    for number, line in numbered(plan):
        match = _DECLARED_SET.search(line) if "tiêu chí" in line else None
        if match is None:
            continue
        holding = [s for s in every_section(plan.outline) if s.lines[0] <= number <= s.lines[1]]
        given = len([c for c in holding[-1].children if c.lines[0] > number]) if holding else 0
        if 2 <= given < int(match["count"]):
            yield Hit(
                message=f"Bộ tiêu chí có {match['count']} tiêu chí, bên dưới chỉ có {given} mục.",
                places=(at(number, match[0]),),
                advice="Bổ sung tiêu chí còn thiếu, hoặc ghi rõ chỉ nêu tiêu chí cần tập trung.",
            )
