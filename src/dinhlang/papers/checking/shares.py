"""Arithmetic outside the funding: ratios, parts and wholes, minima, reached and not reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.likeness import content
from dinhlang.papers.checking.places import at, listed, numbered, whole
from dinhlang.papers.checking.sections import every_section
from dinhlang.papers.checking.sums import hit_of, wrong_sums
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import find_amounts, format_money, format_number, parse_number

_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?"
_WITHIN = re.compile(
    rf"(?P<whole>{_NUMBER})\s+(?P<unit>hộ|km|m|vườn|cây|công trình|thôn|người|cái|tuyến)\b"
    r"(?P<between>[^.;:()\d]{0,40})[,;:(]?\s*trong đó\s*:?\s*(?P<parts>[^.()]+)",
    re.IGNORECASE,
)
# A dot between digits ends no sentence: 1.300 triệu đồng.
_SENTENCE_END = re.compile(r"[()]|(?<!\d)\.|\.(?!\d)")
_CONSISTS_OF = re.compile(r"\(?\s*(?:trong đó|bao gồm|gồm)\s*:?\s*", re.IGNORECASE)
_REACHED_OF = re.compile(
    r"\b(?:đạt|đạt được|hoàn thành)\s+(?P<done>\d{1,2})\s*/\s*(?P<all>\d{1,2})\s+tiêu chí"
    r"(?P<between>[^\n]{0,120}?)\bcòn\s+(?:lại\s+)?(?P<left>\d{1,2})\s+(?:tiêu chí|chỉ tiêu)?",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\bmỗi\s+(?:thôn|khu|bản|ấp|xóm|buôn)\b(?P<what>[^.;]{0,90}?)"
    rf"(?:ít nhất|tối thiểu|từ)\s+(?P<least>{_NUMBER})\s?(?P<unit>m|km|cây|hộ|vườn|tuyến"
    rf"|công trình)\b",
    re.IGNORECASE,
)
_EACH_BEHIND = re.compile(
    r"\bmỗi\s+(?:thôn|khu|bản|ấp|xóm|buôn)\b(?P<what>[^.;]{0,120}?)"
    rf"(?P<least>{_NUMBER})\s?(?P<unit>m|km|cây)\s+trở lên",
    re.IGNORECASE,
)
_EACH_SAME = re.compile(
    rf"\bmỗi\s+(?:thôn|khu|bản|ấp|xóm|buôn)\s+(?:[^\W\d]+\s+){{0,3}}(?P<each>{_NUMBER})\s?"
    rf"(?P<unit>m|km|cây|hộ|vườn|hố|thùng|người)\b[^.;\d]{{0,30}}"
    rf"\b(?:toàn xã|cả\s+\d{{1,2}}\s+(?:thôn|khu|bản|ấp|xóm|buôn))\b[^.;\d]{{0,30}}"
    rf"(?P<total>{_NUMBER})\s?(?P=unit)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"(?<![\d.,x×])(?P<one>{_NUMBER})\s+[^\W\d][^=.;\d]{{0,20}}?\s*[x×*]\s*(?P<other>{_NUMBER})"
    rf"[^=.;\d×]{{0,20}}=\s*(?P<result>{_NUMBER})(?![\d.,])"
)
_UNITS = re.compile(r"\d\s?(?:m|km|cây|hộ|vườn|tuyến|công trình|hố|thùng|người)\b")
_VILLAGES = re.compile(
    r"\b(?:(?P<one>\d{1,2})\s*/\s*(?P<all>\d{1,2})|(?P<count>\d{1,2}))\s+(?:thôn|khu dân cư|khu|bản"
    r"|ấp|xóm|buôn)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"\bTC\s*(?P<number>\d{1,2})\b")
_UNMET = re.compile(r"\bchưa (?:đạt|đủ)|\bcòn lại\b", re.IGNORECASE)
_REACHED = re.compile(r"\bđã đạt\b", re.IGNORECASE)
_MIXED = re.compile(r"\bđã đạt\b.*\bchưa đạt\b|\bchưa đạt\b.*\bđã đạt\b", re.IGNORECASE)
_HEAD_OF_LIST = 240
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
    """Products written out that do not come out."""
    for number, line in numbered(plan):
        for match in _TIMES.finditer(line) if "=" in line else ():
            one, other, said = (parse_number(match[name]) for name in ("one", "other", "result"))
            if one is None or other is None or said is None or one * other == said:
                continue
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

Sau một số tổng có “trong đó” và các phần cùng đơn vị; cộng các phần lại lớn hơn tổng.

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
    for hit in _parts_of_lines(plan):
        if hit.places[0].lines[0] not in told:
            told.add(hit.places[0].lines[0])
            yield hit
    for wrong in wrong_sums(plan):
        if wrong.code == "PART-WHOLE" and wrong.places[0].lines[0] not in told:
            yield hit_of(wrong)


def _parts_of_lines(plan: Plan) -> Iterator[Hit]:
    for number, line in numbered(plan):
        if not re.search(r"trong đó|gồm", line, re.IGNORECASE):
            continue
        for match in _WITHIN.finditer(line):
            all_ = parse_number(match["whole"])
            unit = match["unit"].lower()
            named = re.findall(rf"(?<![\d.,])({_NUMBER})\s+{unit}\b", match["parts"], re.IGNORECASE)
            values = [value for value in map(parse_number, named) if value is not None]
            if all_ is not None and values and sum(values) > all_:
                added = format_number(sum(values, Decimal()))
                yield Hit(
                    message=f"Các phần cộng lại được {added} {unit}, toàn thể chỉ có "
                    f"{match['whole']} {unit}.",
                    places=(at(number, match[0].strip()),),
                    advice="Soát lại tổng và từng phần.",
                )
        yield from _money_parts(number, line)


def _money_parts(number: int, line: str) -> Iterator[Hit]:
    mark = _CONSISTS_OF.search(line)
    if mark is None:
        return
    before = re.split(r";", _SENTENCE_END.split(line[: mark.start()])[-1])[-1]
    behind = _SENTENCE_END.split(line[mark.end() :])[0]
    head, rest = find_amounts(before), find_amounts(behind)
    if not head or len(rest) < 2:
        return
    added = sum(amount.value for amount in rest)
    if added > head[-1].value:
        yield Hit(
            message=f"Các phần cộng lại được {format_money(added)}, toàn thể chỉ có "
            f"{format_money(head[-1].value)}.",
            places=(at(number, line[line.index(before) : mark.end() + len(behind)].strip()),),
            advice="Soát lại tổng và từng phần.",
        )


@rule(
    code="COUNT-PARTITION",
    severity="error",
    purpose="Số tiêu chí đã đạt và chưa đạt cộng lại bằng cả bộ",
    page="""
## Là gì

Văn bản ghi đã đạt bao nhiêu trên tổng số tiêu chí và còn bao nhiêu chưa đạt, cộng lại không bằng
tổng; hoặc một tiêu chí vừa nằm trong danh sách đã đạt vừa nằm trong danh sách chưa đạt.

## Vì sao

Một tiêu chí bị bỏ quên hoặc bị tính hai lần.

## Ví dụ

Bị báo: `đạt 12/19 tiêu chí, còn 6 tiêu chí chưa đạt`.

Không bị báo: `đạt 12/19 tiêu chí, còn 7 tiêu chí chưa đạt`; danh sách 12 và danh sách 7 không
trùng.

## Cách sửa

Soát lại danh sách, sửa số.
""",
)
def partition(plan: Plan) -> Iterator[Hit]:
    """Reached and unmet that do not make the set."""
    for number, line in numbered(plan):
        match = _REACHED_OF.search(line) if "/" in line else None
        if match is None:
            continue
        done, all_, left = int(match["done"]), int(match["all"]), int(match["left"])
        if done <= all_ and done + left != all_:
            yield Hit(
                message=f"Đạt {done}/{all_} thì còn {all_ - done}, văn bản ghi còn {left}.",
                places=(at(number, match[0].strip()),),
                advice="Soát lại số tiêu chí đã đạt và chưa đạt.",
            )
    states = _listed_states(plan)
    both = sorted(states["reached"].keys() & states["unmet"].keys())
    if both:
        yield Hit(
            message=f"Vừa ghi đã đạt, vừa ghi chưa đạt: tiêu chí {listed(both)}.",
            places=tuple(states[kind][number] for number in both for kind in ("reached", "unmet")),
            advice="Giữ tiêu chí này ở một danh sách.",
        )


def _listed_states(plan: Plan) -> dict[str, dict[int, Place]]:
    """Criteria by the lists they stand in: lines of codes under “đã đạt” or “chưa đạt”."""
    found: dict[str, dict[int, Place]] = {"reached": {}, "unmet": {}}
    before = ""
    for number, line in numbered(plan):
        codes = list(_CODE.finditer(line))
        if len(codes) >= 2:
            said = f"{before}\n{line}" if len(before) < _HEAD_OF_LIST else line
            kind = "unmet" if _UNMET.search(said) else "reached" if _REACHED.search(said) else ""
            if kind and not _MIXED.search(line):
                for match in codes:
                    found[kind].setdefault(int(match["number"]), at(number, match[0]))
        before = line
    return found


@rule(
    code="COUNT-MINIMUM",
    severity="error",
    purpose="Mức tối thiểu của mỗi thôn nhân số thôn không vượt tổng của xã",
    page="""
## Là gì

Kế hoạch đòi mỗi thôn làm ít nhất một khối lượng; nhân với số thôn thì vượt khối lượng toàn xã ghi
cho cùng việc ấy.

## Vì sao

Thôn làm đủ mức tối thiểu thì xã đã vượt chỉ tiêu: một trong hai số sai.

## Ví dụ

Bị báo: 5 thôn, `mỗi thôn trồng ít nhất 100 m hàng rào xanh`, toàn xã `trồng hàng rào xanh: 400 m`.

Không bị báo: toàn xã `trồng hàng rào xanh: 3.200 m`.

## Cách sửa

Sửa mức của thôn hoặc tổng của xã.
""",
)
def minimum(plan: Plan) -> Iterator[Hit]:
    """Minima of the villages that exceed the commune's total for the same work."""
    if not any("mỗi " in line.lower() and _UNITS.search(line) for line in plan.text):
        return
    counts = [
        int(match["all"] or match["count"] or 0)
        for _, line in numbered(plan)
        for match in _VILLAGES.finditer(line)
    ]
    villages = max(counts, default=0)
    for number, line in numbered(plan):
        if "mỗi" not in line.lower():
            continue
        same = _each_the_same(number, line, villages)
        if same:
            yield same
            continue
        for match in [*_EACH.finditer(line), *_EACH_BEHIND.finditer(line)]:
            least = parse_number(match["least"])
            hit = _same_line(number, line, match, villages) if least is not None else None
            if hit:
                yield hit
                continue
            topic = set(content(line[: match.start()] + match["what"]))
            for quantity in plan.quantities:
                common = topic & set(content(quantity.text))
                total = parse_number(quantity.value.replace(".", ","))
                unlike = quantity.unit != match["unit"] or quantity.place
                if unlike or len(common) < 2 or total is None or least is None or villages < 2:
                    continue
                if least * villages > total:
                    need = format_number(least * villages)
                    unit = match["unit"]
                    yield Hit(
                        message=f"Mỗi thôn ít nhất {match['least']} {unit}, {villages} thôn là "
                        f"{need} {unit}, toàn xã ghi {format_number(total)} {unit}.",
                        places=(at(number, match[0].strip()), whole(plan, quantity.lines)),
                        advice="Sửa mức của thôn hoặc tổng của xã.",
                    )


def _same_line(number: int, line: str, match: re.Match[str], villages: int) -> Hit | None:
    """A minimum of each village and the total of the commune in one line."""
    unit = match["unit"]
    behind = re.search(
        rf"\btoàn xã\b[^.;\d]{{0,40}}(?P<total>{_NUMBER})\s?{unit}\b", line, re.IGNORECASE
    )
    total = parse_number(behind["total"]) if behind else None
    least = parse_number(match["least"])
    if behind is None or total is None or least is None or least * villages <= total:
        return None
    return Hit(
        message=f"Mỗi thôn ít nhất {match['least']} {unit}, {villages} thôn là "
        f"{format_number(least * villages)} {unit}, toàn xã ghi {behind['total']} {unit}.",
        places=(at(number, match[0].strip()), at(number, behind[0])),
        advice="Sửa mức của thôn hoặc tổng của xã.",
    )


def _each_the_same(number: int, line: str, villages: int) -> Hit | None:
    """“mỗi thôn 500 m, toàn xã 3.200 m” where so many villages make another total."""
    match = _EACH_SAME.search(line)
    each = parse_number(match["each"]) if match else None
    total = parse_number(match["total"]) if match else None
    if match is None or each is None or total is None or villages < 2 or each * villages == total:
        return None
    unit = match["unit"]
    return Hit(
        message=f"Mỗi thôn {match['each']} {unit}, {villages} thôn là "
        f"{format_number(each * villages)} {unit}, toàn xã ghi {match['total']} {unit}.",
        places=(at(number, match[0]),),
        advice="Sửa mức của thôn hoặc tổng của xã.",
    )


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
