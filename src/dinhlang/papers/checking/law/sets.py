"""Sets of criteria: names of another set, numbers of another criterion, how many there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.text.paragraphs import paragraphs
from dinhlang.papers.checking.text.places import at, clauses, listed
from dinhlang.papers.checking.text.sections import body
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.criteria_names import SetName, full_name, names
from dinhlang.vietnamese import fold, parse_words
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import any_in, guarded

_BASE_ONLY = (
    "Cơ sở vật chất văn hóa", "Trường học", "Môi trường và an toàn thực phẩm",
    "Hệ thống chính trị và tiếp cận pháp luật",
)  # fmt: skip
_ADVANCED_ONLY = (
    "Hành chính công", "Tiếp cận pháp luật", "Chất lượng môi trường sống", "Chất lượng môi trường",
)  # fmt: skip
_END = (
    r"(?=\s*(?:[.,;:()*\-–/|“”]|$"
    r"|\s(?:va|trong|la|dat|nam|quy|thang|cua|hoan|chua|da|den|voi|tiep|de|duoc|duy|phai|can|van"
    r"|hien|thi|tu|theo|do|bang|moi|se|dang|xong|nang|giu|thuoc|o|cung|nham|truoc|sau|con"
    r"|giao|chu|phan|thuc|lam|vao|cho|khi|neu|gom|bao|hay|hoac|cong|ban|tai|trinh|cuoi|dau|bi|khong)\b"
    r"|\s(?!co so|co ban|co cau)co\b))"
)
_BASE_WORDS = ("vật chất văn", "trường học", "an toàn thực phẩm", "hệ thống chính trị")
_ADVANCED_WORDS = ("hành chính công", "tiếp cận pháp", "chất lượng môi trường")
_HALF = 3
_MOST_RIGHT = 5
_BARE_NUMBER = re.compile(r"\s*(?:TC|Tiêu chí)?\s*0?\d{1,2}\.?\s*", re.IGNORECASE)
_FORMER = re.compile(
    r"\b(?:cũ|sáp nhập|hợp nhất|khi nhập|trước (?:đây|ngày|khi)|thành phần)\b"
    r"|năm 20[01]\d|năm 202[0-5]"
)
_OTHER_SET = guarded(r"\b(?:trường|công an|chợ|đô thị|thi đua|chuyển đổi số)\b", re.IGNORECASE)
_MAY_NUMBER = guarded(
    r"\(\s*(?:TC|[Tt]iêu chí|số)?\s*(?:số\s*)?\d|[Tt]iêu chí\s*(?:số\s*)?\d|TC\s*\d"
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:(?<!nong )thon|khu dan cu|kdc|ap(?! dung)|xom|buon|khom|vuon|ho gia dinh|huyen)\b"
    r"(?! moi)"
    r"|\bban\b(?! (?:chi dao|quan ly|hanh|nhan dan|phat trien|thuong|chap|co|giam|cong tac|dan))"
)
_MANY = 15
_REPLACED_IN = 2022
_SIZES = {"ntm": 57, "advanced": 75, "ten": 47}
_NATIONAL = re.compile(r"318/QĐ|[Bb]ộ tiêu chí (?:quốc gia )?(?:về )?xã|xã nông thôn mới|xã NTM")
_NAMED_SET = guarded(
    r"51/2025|[Bb]ộ tiêu chí (?:quốc gia|(?:mới|giai đoạn)?[^.;]{0,20}2026)|\b2026\s*[-–]\s*2030"
)
# Nineteen criteria told of the set by its own name, whoever holds them.
_OLD_SET = re.compile(r"/\s*19 tiêu chí\b[^.;]{0,40}\b(?:theo|của|thuộc)\b")
_OF_PROVINCE = re.compile(r"\btỉnh\b", re.IGNORECASE)
_NEAR = 4
_OF_CRITERIA = re.compile(r"(?<![\d/.,])(?P<k>\d{1,2})\s*/\s*(?P<n>\d{1,2})\s+tiêu chí\b")
_COUNT = r"\d{1,2}|mười|mười (?:một|hai|ba|bốn|lăm|sáu|bảy|tám|chín)|hai mươi(?: mốt)?"
_HAS = guarded(
    rf"\b(?:gồm|có|đủ|gồm có|bao gồm|với|rà soát|cả|toàn bộ)\s+(?P<n>{_COUNT})\s+tiêu chí\b"
    r"(?:\s*(?:,|và|với|/|-|–)\s*(?:gồm\s+)?(?P<m>\d{2,3})\s+chỉ tiêu)?",
    re.IGNORECASE,
)
# “19 tiêu chí của Bộ tiêu chí …”, “Bộ 19 tiêu chí”, “cả 19 tiêu chí theo Quyết định …”.
_OF_THE_SET = re.compile(
    rf"\b(?P<n>{_COUNT})\s+tiêu chí\b(?P<m>)(?=\s*,?\s*(?:[^\W\d_]+\s+){{0,4}}"
    r"(?:(?:của|thuộc|theo|trong|tại|ở|nêu tại|quy định tại|ban hành tại|ban hành kèm theo)\s+)+"
    r"(?:[^\W\d_]+\s+){0,3}?(?:[Bb]ộ tiêu chí|Quyết định|QĐ|\d+/(?:20\d\d/)?QĐ))"
    rf"|\b[Bb]ộ\s+(?:gồm\s+|có\s+)?(?P<k>{_COUNT})\s+tiêu chí\b"
)
_EVERY = re.compile(r"\b(?:cả|đủ|toàn bộ|tất cả|trọn)\s+(?:các\s+)?$", re.IGNORECASE)
_STATE_NEXT = re.compile(r"\s+(?:đã |cơ bản )?(?:chưa|đạt|hoàn thành|còn|không)\b", re.IGNORECASE)
_PAIR = guarded(r"\b(?P<n>\d{1,2})\s+tiêu chí\s*(?:,|và|với|/)\s*(?P<m>\d{2,3})\s+chỉ tiêu\b")
_OF_INDICATORS = guarded(r"(?<![\d/.,])(?P<k>\d{1,3})\s*/\s*(?P<m>\d{2,3})\s+chỉ tiêu\b")
_MOST_OF_GROUP = 40
_SET_PERIOD = re.compile(
    r"[Bb]ộ tiêu chí[^.;]{0,90}?giai đoạn\s+(?P<from>20\d\d)\s*[-–]\s*(?P<to>20\d\d)"
)
_HISTORY = guarded(
    r"\b(?:được công nhận|đã đạt|trước đây|năm 201\d|chuẩn bị|khi được|sau khi|sắp|định hướng"
    r"|tiếp cận|dự thảo|chờ|thay thế|cũ)\b",
    re.IGNORECASE,
)


def set_of(plan: Plan) -> SetName:
    """The set the paper carries out."""
    if max(plan.document.years, default=0) >= 2026:
        return "ten"
    return "advanced" if {"advanced", "model"} & set(plan.levels) else "ntm"


@rule(
    code="SET-MIXED",
    severity="error",
    purpose="Tên tiêu chí thuộc một bộ tiêu chí",
    page="""
## Là gì

Danh sách tiêu chí lẫn tên của bộ tiêu chí xã nông thôn mới và bộ xã nông thôn mới nâng cao
2021-2025: hai bộ cùng 19 tiêu chí nhưng các số 5, 6, 14-18 khác tên, khác nội dung. Chỉ lẫn một tên
là cảnh báo; đánh giá theo bộ tiêu chí của giai đoạn khác cũng là cảnh báo.

## Vì sao

Lẫn bộ thì có tiêu chí bị chấm hai lần, có tiêu chí bị bỏ.

## Ví dụ

Bị báo: danh sách có cả `Hệ thống chính trị và tiếp cận pháp luật` (bộ xã) và `Hành chính công`,
`Tiếp cận pháp luật` (bộ nâng cao).

Không bị báo: kế hoạch nêu hai danh sách riêng, mỗi danh sách đủ một bộ.

## Cách sửa

Dùng tên và số của đúng bộ kế hoạch thực hiện.
""",
)
def mixed(plan: Plan) -> Iterator[Hit]:
    """Names that only one of the commune sets has among those of the other; another period."""
    yield from _replaced(plan)
    yield from _other_period(plan)
    if max(plan.document.years, default=0) >= 2026 or not plan.criteria:
        return
    found: dict[str, dict[str, Place]] = {"base": {}, "advanced": {}}
    for number, line in body(plan):
        low = lower(line)
        for kind, only, words in (
            ("base", _BASE_ONLY, _BASE_WORDS),
            ("advanced", _ADVANCED_ONLY, _ADVANCED_WORDS),
        ):
            if not any_in(words, low):
                continue
            for match in _mentions(only).finditer(line):
                name = match["a"] or match["b"] or match["c"]
                shown = "Chất lượng môi trường sống" if name.lower().startswith("chất") else name
                found[kind].setdefault(shown.capitalize(), at(number, name))
    base, advanced = found["base"], found["advanced"]
    if not base or not advanced or (len(base) >= _HALF and len(advanced) >= _HALF):
        return
    aims_higher = set_of(plan) == "advanced"
    odd, right = (base, "nâng cao") if aims_higher else (advanced, "xã nông thôn mới")
    yield Hit(
        message=f"Tên {listed(odd)} không thuộc bộ tiêu chí {right} mà kế hoạch thực hiện.",
        places=tuple(odd.values()),
        advice="Dùng tên và số của đúng bộ kế hoạch thực hiện.",
        severity="warning" if len(odd) == 1 else None,
    )


@cache
def _mentions(only: tuple[str, ...]) -> re.Pattern[str]:
    """A name of ``only`` as a criterion: at the head of a line, behind “tiêu chí”, by number."""
    any_of = "|".join(re.escape(name).replace("hóa", "h(?:óa|oá)") for name in only)
    stop = r"(?!\s+[a-zà-ỹ])"
    return re.compile(
        rf"\btiêu chí\s*(?:số\s*)?(?:\d{{1,2}}\s*)?(?:về\s+|[(:.–-]\s*)?(?P<a>{any_of})(?!\w){stop}"
        rf"|(?<!\w)(?<!chính trị và )(?P<b>{any_of})\s*\((?:TC|tiêu chí)?\s*(?:số\s*)?\d{{1,2}}\)"
        rf"|^[\s#*_+•–-]*(?:(?:TC\s*)?\d{{1,2}}(?:\.\d)?\s*[./)]\s*)?[*_]*(?P<c>{any_of})[*_\s]*(?::|$)",
        re.IGNORECASE,
    )


# The sets before 318/QĐ-TTg, which replaced them from 2022 on.
_REPLACED_SETS = re.compile(r"\b(?:1980|491|342)/QĐ-TTg\b")
_BY_THE_SET = re.compile(
    r"\b(?:đánh giá|chấm|thẩm định|thẩm tra|rà soát|thực hiện|đạt|giữ|xét|áp dụng|đối chiếu)\b",
    re.I,
)


def _replaced(plan: Plan) -> Iterator[Hit]:
    """What is assessed now by a set that was replaced before the years of the plan."""
    if min(plan.document.years, default=0) <= _REPLACED_IN:
        return
    for clause in clauses(plan, only=lambda line: "/QĐ-TTg" in line):
        match = _REPLACED_SETS.search(clause.text)
        if match is None or "tiêu chí" not in clause.text[: match.start()]:
            continue
        past = _HISTORY.search(clause.text) or re.match(r"\W*Căn cứ", clause.text)
        if not past and _BY_THE_SET.search(clause.text[: match.start()]):
            yield Hit(
                message=f"Đánh giá theo Quyết định {match[0]}, đã thay bằng 318/QĐ-TTg ngày "
                "08/3/2022.",
                places=(at(clause.number, clause.text.strip(" -+")),),
                advice="Đánh giá theo bộ tiêu chí của giai đoạn có năm kế hoạch.",
            )


def _other_period(plan: Plan) -> Iterator[Hit]:
    years = plan.document.years
    for clause in clauses(plan, only=lambda line: "tiêu chí" in line.lower()) if years else ():
        match = _SET_PERIOD.search(clause.text)
        if match is None or _HISTORY.search(clause.text):
            continue
        if int(match["to"]) < min(years) or int(match["from"]) > max(years):
            yield Hit(
                message=f"Bộ tiêu chí giai đoạn {match['from']} - {match['to']} không phải của năm "
                f"kế hoạch ({min(years)}).",
                places=(at(clause.number, match[0]),),
                advice="Dùng bộ tiêu chí của giai đoạn có năm kế hoạch.",
                severity="warning",
            )


@dataclass(slots=True, frozen=True)
class _Pair:
    """A criterion told by number and name."""

    line: int
    quote: str
    number: int
    name: str


@cache
def _pair_patterns(of: SetName) -> tuple[re.Pattern[str], re.Pattern[str]]:
    both = set(names(of)) | (set(names("ntm")) | set(names("advanced")) if of != "ten" else set())
    any_of = "|".join(map(re.escape, sorted(both, key=len, reverse=True)))
    return (
        re.compile(
            rf"\b(?:tieu chi|tc)\s*(?:so\s*)?0?(?P<number>\d{{1,2}})(?!\d|\.\d)"
            rf"\s*(?:ve\s+|[:.(–-]\s*(?:ve\s+)?|\s)\s*(?P<name>{any_of})(?!\w){_END}"
        ),
        re.compile(
            rf"(?<!\w)(?P<name>{any_of})\s*\(\s*(?P<word>(?:tieu chi|tc)?\s*(?:so\s*)?)"
            r"0?(?P<number>\d{1,2})\s*\)"
        ),
    )


def _pairs(plan: Plan, of: SetName) -> Iterator[_Pair]:
    forward, behind = _pair_patterns(of)
    for number, line in body(plan):
        if not _MAY_NUMBER.search(line) or (of == "ten" and _FORMER.search(line)):
            continue
        line = " ".join(line.split())  # each letter then keeps its place in the folded text
        folded = fold(line)
        if len(folded) != len(line) or _OTHER_SUBJECT.search(folded):
            continue
        if "tieu chi" in folded or "tc" in folded:
            for match in forward.finditer(folded):
                yield _pair(number, line, match)
        bare = list(behind.finditer(folded))
        for match in bare:
            if match["word"].strip() or len(bare) > 1:
                yield _pair(number, line, match)


def _pairs_in_tables(plan: Plan, of: SetName) -> Iterator[_Pair]:
    """Rows “14 | Y tế | …” of tables in which most rows have the number and name of a criterion."""
    known = {**names("ntm"), **names("advanced")} if of != "ten" else names(of)
    tables: dict[int, list[_Pair]] = {}
    for paragraph in paragraphs(plan):
        cells = paragraph.cells
        if len(cells) < 2 or not _BARE_NUMBER.fullmatch(cells[0]):
            continue
        name = fold(cells[1]).strip(" .")
        if name in known:
            number = int(re.sub(r"\D", "", cells[0]))
            pair = _Pair(paragraph.number, cells[1].strip(), number, name)
            tables.setdefault(paragraph.block.table, []).append(pair)
    own = names(of)
    for pairs in tables.values():
        right = sum(_fits(pair, own, of) for pair in pairs)
        if right >= _MOST_RIGHT and len(pairs) - right <= _HALF:
            yield from pairs


def _pair(number: int, line: str, match: re.Match[str]) -> _Pair:
    quote = line[match.start() : match.end()].strip()
    return _Pair(line=number, quote=quote, number=int(match["number"]), name=match["name"])


@rule(
    code="CRITERION-NUMBER",
    severity="error",
    purpose="Số của tiêu chí đi cùng đúng tên tiêu chí",
    page="""
## Là gì

Số của một tiêu chí đi với tên của tiêu chí khác trong bộ tiêu chí kế hoạch thực hiện. Số đúng của
bộ kia (xã nông thôn mới và nâng cao đánh số khác nhau từ 5, 6, 14 đến 18) là cảnh báo.

## Vì sao

Người được giao không biết phải làm theo số hay theo tên.

## Ví dụ

Bị báo: `tiêu chí số 5 về Y tế`; `Thu nhập (TC11)`.

Không bị báo: `tiêu chí số 10 về Thu nhập`; tiêu chí của thôn, khu dân cư; kế hoạch dùng cách đánh
số riêng của tỉnh.

## Cách sửa

Sửa số hoặc tên cho khớp.
""",
)
def number_and_name(plan: Plan) -> Iterator[Hit]:
    """Criteria told under the number of another; papers that number otherwise are passed."""
    of = set_of(plan)
    table = names(of)
    others = [names(each) for each in ("ntm", "advanced")] if of != "ten" else []
    every = [*_pairs(plan, of), *_pairs_in_tables(plan, of)]
    right = [each for each in every if _fits(each, table, of)]
    wrong = [each for each in every if not _fits(each, table, of)]
    if len(wrong) >= max(len(right), _HALF):
        return
    for each in wrong:
        elsewhere = any(other.get(each.name) == each.number for other in others)
        number = table.get(each.name)
        name = full_name(each.number, of)
        says = (
            f"tiêu chí số {each.number} là {name}" if name else f"không có tiêu chí {each.number}"
        )
        own = f", tên ấy mang số {number}" if number else ""
        yield Hit(
            message=f"“{each.quote}”: {says}{own}.",
            places=(at(each.line, each.quote),),
            advice="Sửa số hoặc tên cho khớp.",
            severity="warning" if elsewhere or not right else None,
        )


def _fits(pair: _Pair, table: dict[str, int], of: SetName) -> bool:
    """Whether number and name are of one criterion, the name perhaps a part of the full one."""
    return table.get(pair.name) == pair.number or pair.name in fold(
        full_name(pair.number, of) or ""
    )


def _may_count(line: str) -> bool:
    low = lower(line)
    return "tiêu chí" in low or "chỉ tiêu" in low


@rule(
    code="SET-SIZE",
    severity="error",
    purpose="Số tiêu chí, chỉ tiêu của bộ tiêu chí nói đúng và nói một cách",
    page="""
## Là gì

Bộ tiêu chí xã 2021-2025 có 19 tiêu chí, bộ 2026-2030 có 10 tiêu chí, 47 chỉ tiêu; văn bản ghi số
khác. Hoặc tổng số chỉ tiêu của một bộ ghi hai số ở hai chỗ. Số chỉ tiêu 57 (xã) và 75 (nâng cao)
chưa đối chiếu văn bản nên chỉ cảnh báo khi hai bộ bị ghi lẫn.

## Vì sao

Sai mẫu số thì tỷ lệ hoàn thành và kết luận đạt chuẩn đều sai.

## Ví dụ

Bị báo: `đạt 16/18 tiêu chí`; chỗ ghi `75 chỉ tiêu`, chỗ ghi `76 chỉ tiêu`.

Không bị báo: `16/19 tiêu chí`; bộ tiêu chí của thôn, khu dân cư, vườn mẫu; `3/4 chỉ tiêu` của một
tiêu chí.

## Cách sửa

Sửa số theo văn bản ban hành bộ tiêu chí.
""",
)
def size(plan: Plan) -> Iterator[Hit]:
    """Sets told with another number of criteria, or with two numbers of indicators."""
    of = set_of(plan)
    totals: dict[str, tuple[int, Place]] = {}
    around = _of_rows(plan) if of == "ten" else {}
    for clause in clauses(plan, only=_may_count):
        text = clause.text
        known = _NAMED_SET.search(text)
        before = of == "ten" and not known and _FORMER.search(f"{text} {around.get(clause.number)}")
        if before or (_other_subject(text) and not (known and _OLD_SET.search(text))):
            continue
        asked = 10 if _is_ten(text, of) else 19
        hit = _wrong_number(plan, text, clause.number, asked)
        if hit:
            yield hit
        for pattern in (_HAS, _PAIR, _OF_INDICATORS):
            match = pattern.search(text)
            if match is None or not match["m"] or int(match["m"]) < _MOST_OF_GROUP:
                continue
            count, place = int(match["m"]), at(clause.number, match[0].strip())
            level = _level(text, of)
            first = totals.setdefault(level, (count, place))
            if first[0] != count:
                yield Hit(
                    message=f"Bộ tiêu chí ghi {count} chỉ tiêu, chỗ khác ghi {first[0]}.",
                    places=(place, first[1]),
                    advice="Sửa số theo văn bản ban hành bộ tiêu chí.",
                )
            elif level == "ten" and count != _SIZES["ten"] and not _OF_PROVINCE.search(text):
                yield Hit(
                    message="Bộ tiêu chí quốc gia 2026 - 2030 (51/2025/QĐ-TTg) có 47 chỉ tiêu, văn "
                    f"bản ghi {count}.",
                    places=(place,),
                    advice="Sửa số theo văn bản ban hành bộ tiêu chí.",
                    severity=None if known or count in _SIZES.values() else "warning",
                )
            elif _swapped(level, count):
                yield Hit(
                    message=f"{count} là số chỉ tiêu của bộ tiêu chí khác (số liệu chưa đối chiếu "
                    "văn bản).",
                    places=(place,),
                    advice="Xem lại số chỉ tiêu của bộ tiêu chí kế hoạch thực hiện.",
                    severity="warning",
                )
            break


def _other_subject(text: str) -> bool:
    """Whether a clause is about villages or other bodies; “địa bàn” is no “bản”."""
    return _OTHER_SUBJECT.search(fold(text.replace("địa bàn", ""))) is not None


def _of_rows(plan: Plan) -> dict[int, str]:
    """What the heads and the line above say of each row: whose results a table shows."""
    return {
        each.number: " ".join((each.lead, *each.columns)) for each in paragraphs(plan) if each.cells
    }


def _is_ten(text: str, of: SetName) -> bool:
    if "51/2025" in text or re.search(r"\b2026\s*[-–]\s*2030", text):
        return True
    if of != "ten":
        return "2026" in text
    return not re.search(r"2021|2025|318/QĐ", text)


def _level(text: str, of: SetName) -> str:
    if _is_ten(text, of):
        return "ten"
    folded = fold(text)
    if "nang cao" in folded:
        return "advanced"
    return "ntm" if re.search(r"bo tieu chi[^.;]*xa (?:nong thon moi|ntm)", folded) else of


def _swapped(level: str, count: int) -> bool:
    """Whether the number of indicators is that of another set."""
    mine = _SIZES.get(level)
    return mine != count and count in _SIZES.values()


def _wrong_number(plan: Plan, text: str, line: int, asked: int) -> Hit | None:
    national = bool(_NATIONAL.search(text))
    known_set = bool(_NAMED_SET.search(text))
    if _OTHER_SET.search(text) and not national:
        return None
    for pattern in (_OF_CRITERIA, _HAS, _OF_THE_SET):
        for match in pattern.finditer(text):
            written = (match["n"] or match["k"]).lower()
            number = int(written) if written.isdecimal() else parse_words(written) or asked
            whole_set = pattern is _OF_CRITERIA and (number >= _MANY or national)
            declared = pattern is _OF_THE_SET or (
                pattern is _HAS and ("bộ tiêu chí" in text.lower() or "318/QĐ" in text)
            )
            # Nineteen are a whole set of the time before: “đến năm 2028 xã đạt đủ 19 tiêu chí”.
            former = asked == 10 and number == 19 and not _HISTORY.search(text)
            declared = declared or (former and match[0].startswith(("đủ", "cả", "toàn bộ")))
            if number == asked or not (whole_set or declared) or number < 8:
                continue
            own_set = not national and not known_set and abs(number - asked) > _NEAR
            own_set = own_set and number not in (10, 19)
            if pattern is _OF_THE_SET:
                every = match[0].startswith(("B", "b")) or _EVERY.search(text[: match.start()])
                own_set = own_set or not (national or known_set) or not (every or number > asked)
            if own_set:
                continue  # a village's set, one of the province or of another matter; some of it
            if _STATE_NEXT.match(text, match.end()):
                continue  # “xã có 13 tiêu chí đạt”: so many of the set
            if number == 20 and plan.document.province == "Hà Tĩnh":
                continue
            return Hit(
                message=f"Bộ tiêu chí có {asked} tiêu chí, văn bản ghi {number}.",
                places=(at(line, match[0].strip()),),
                advice="Sửa số theo văn bản ban hành bộ tiêu chí.",
            )
    return None
