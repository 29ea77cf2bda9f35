"""Targets against what is, what is asked and what is given out: too low, going back, weaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from dinhlang.papers.checking.arithmetic.rates import Rate, Told, rate_subject, rates, same_subject
from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.gaps.lacks import weaker_than_lack
from dinhlang.papers.checking.targets.aims import aims_below
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.checking.text.places import at, clauses, is_plan, numbered
from dinhlang.papers.checking.text.sections import body
from dinhlang.papers.checking.text.target_tables import rows, value
from dinhlang.papers.checking.text.told_parts import names_goals
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold, format_number, parse_number
from dinhlang.vietnamese.guarded import guarded

_FROM_TO = guarded(
    r"\btừ\s+(?P<a>\d[\d.,]*)\s*(?P<unit>%|triệu(?: đồng)?(?:/người(?:/năm)?)?)?\s*"
    r"(?:\([^()]{0,40}\)\s*)?(?:năm \d{4}\s*)?(?P<way>lên|xuống|còn|xuống còn)\s*(?:đạt\s*|còn\s*)?"
    r"(?P<b>\d[\d.,]*)\s*(?P<unit2>%|triệu(?: đồng)?)"
)
_KEEP = re.compile(r"\b(?:duy trì|giữ)\b", re.IGNORECASE)

# What a commune of the sets of 2021-2025 is asked for in every region: see the sets that are
# shipped (318/QĐ-TTg with the guidance of the ministries), only values with a public source.
_ASKED: tuple[tuple[re.Pattern[str], Decimal, str], ...] = (
    (re.compile(r"tuoi(?: va|,)? tieu (?:nuoc )?chu dong"), Decimal(80), "3.1"),
    (re.compile(
        r"(?:thon|ban|ap|xom|khu|khom|buon)[^.;%]{0,12} co nha van hoa|co nha van hoa hoac noi sinh"
    ), Decimal(100), "6.3"),
    (re.compile(r"(?:tre(?: em)? )?(?:6|sau) tuoi (?:duoc )?vao (?:hoc )?lop (?:1|mot)"),
     Decimal(98), "14.1"),
)  # fmt: skip
_NOT_GOAL = guarded(
    r"\b(?:hiện|mới đạt|mới (?:chỉ )?có|đã đạt|chưa|kết quả|năm trước|còn lại)\b", re.IGNORECASE
)
# “≥ 70%”, “từ 95% trở lên”, “tối thiểu 80%” in a cell.
_FLOOR = re.compile(
    r"(?:(?:≥|>=|từ|tối thiểu|ít nhất|đạt ít nhất|không dưới)\s*)(?P<number>\d{1,3}(?:,\d+)?)\s*%"
    r"(?:\s*trở lên)?",
    re.IGNORECASE,
)
_SAME_WORDS, _FEW_WORDS, _ALL = 5, 1, 100
_NUMBERS_ONLY = re.compile(r"[\s\d.,%/–-]*")
_TO_RAISE = re.compile(
    r"\b(?:để|nhằm|bảo đảm|đảm bảo|nâng|đưa|đạt|lên|vận động"
    r"|đến (?:hết |cuối )?(?:tháng|quý|ngày))\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(?<![\d.,/])(?P<number>\d{1,3}(?:[.,]\d+)?)\s*%")
_NONE_LEFT = guarded(
    r"\bkhông (?:có|còn)\s+(?P<what>hộ nghèo|(?:hộ ở )?nhà tạm|nhà dột nát)\b", re.IGNORECASE
)
_SOME_LEFT = guarded(
    r"\b(?:giảm nghèo|hộ nghèo)\b[^.;]{0,80}\bthấp hơn (?:mức )?bình quân\b[^.;]*"
    r"|\b(?:còn|dưới)\s+(?:dưới\s+|không quá\s+)?\d+(?:[.,]\d+)?\s*%?\s+(?:số\s+)?"
    r"(?:hộ nghèo|nhà tạm|nhà dột nát)[^.;]*",
    re.IGNORECASE,
)
_BASE = re.compile(r"\bmức (?:quy định )?của xã\b", re.IGNORECASE)
_GIVEN = re.compile(
    r"\b(?:giao|phân công|nhiệm vụ|xây dựng kế hoạch|chủ trì|vận động)\b", re.IGNORECASE
)


@rule(
    code="TARGET-BACK",
    severity="warning",
    purpose="Mức phấn đấu không kém mức đã đạt",
    page="""
## Là gì

Mức phấn đấu thấp hơn mức hiện có (với hộ nghèo, suy dinh dưỡng …: cao hơn mức hiện có); hoặc “nâng
từ … lên …” mà số sau nhỏ hơn số trước.

## Vì sao

Chỉ tiêu đã đạt rồi thì không thúc đẩy gì; thường là gõ nhầm số hoặc chép của năm trước.

## Ví dụ

Bị báo: `hiện đạt 92%, phấn đấu đạt 90%`; `nâng từ 85% lên 80%`.

Không bị báo: `hiện đạt 92%, duy trì từ 90% trở lên`; `giảm hộ nghèo từ 2,5% xuống 2,1%`.

## Cách sửa

Soát lại hai con số; nếu chỉ cần giữ thì ghi “duy trì”.
""",
)
def back(plan: Plan) -> Iterator[Hit]:
    """Goals behind what is reached already."""
    if not is_plan(plan):
        return
    told: set[tuple[int, str]] = set()
    for number, line in body(plan):
        for match in _FROM_TO.finditer(line) if "từ" in line else ():
            first, last = parse_number(match["a"]), parse_number(match["b"].rstrip(".,"))
            rises = match["way"] == "lên"
            if first is None or last is None or first == last or (last > first) == rises:
                continue
            told.add((number, match["b"]))
            yield Hit(
                message=f"“{match[0]}” đi ngược: {format_number(first)} rồi {format_number(last)}.",
                places=(at(number, match[0]),),
                advice="Soát lại hai con số.",
            )
    yield from _back_in_tables(plan)
    every = rates(plan)
    for now in every:
        if now.told != "now":
            continue
        for goal in every:
            was = goal.year is not None and goal.year < max(plan.document.years, default=0)
            if was or goal.told != "goal" or goal.sentence != now.sentence:
                continue
            if _behind(now, goal):
                yield Hit(
                    message=f"Mức phấn đấu {goal.quote} kém mức hiện có {now.quote}.",
                    places=(at(goal.line, goal.quote), at(now.line, now.quote)),
                    advice="Soát lại hai con số; nếu chỉ cần giữ thì ghi “duy trì”.",
                )
                break


def _back_in_tables(plan: Plan) -> Iterator[Hit]:
    for row in rows(plan):
        now, goal = value(row.now), value(row.goal)
        if now is None or goal is None or now == goal or _unlike(row.now, row.goal):
            continue
        if (goal > now) == row.less_is_better:
            yield Hit(
                message=f"{row.what}: mức phấn đấu {row.goal} kém mức hiện có {row.now}.",
                places=(row.place,),
                advice="Soát lại hai con số; nếu chỉ cần giữ thì ghi “duy trì”.",
            )


def _unlike(one: str, other: str) -> bool:
    """Whether two cells count different things: a share and a number."""
    return ("%" in one) != ("%" in other) and ("%" in one + other)


def _behind(now: Rate, goal: Rate) -> bool:
    if now.unit != goal.unit or now.subject != goal.subject or _KEEP.search(goal.clause):
        return False
    if re.search(
        r"\b(?:tăng|giảm|thêm|xóa|thoát)\s*(?:thêm\s*)?$",
        goal.clause.partition(goal.quote)[0].rstrip(),
    ):
        return False
    return goal.value > now.value if now.less_is_better else goal.value < now.value


@rule(
    code="TARGET-BELOW",
    severity="warning",
    purpose="Mức phấn đấu không thấp hơn mức phải đạt",
    page="""
## Là gì

Mức phấn đấu thấp hơn mức phải đạt ghi trong chính văn bản (cùng câu, cùng đoạn; thu nhập thì ở bất
kỳ chỗ nào), hoặc thấp hơn mức của bộ tiêu chí quốc gia 2021-2025 mà chương trình có nguồn công khai
(3.1 tưới, tiêu chủ động 80%; 6.3 thôn có nhà văn hóa 100%; 14.1 trẻ 6 tuổi vào lớp 1 98%). Mức khác
do tỉnh quy định thì không so.

## Vì sao

Đạt mức phấn đấu rồi vẫn chưa đạt tiêu chí.

## Ví dụ

Bị báo: `yêu cầu ≥ 95%, xã phấn đấu đạt 92%`; `phấn đấu 85% thôn có nhà văn hóa`.

Không bị báo: `yêu cầu ≥ 95%, phấn đấu 96%`; mức hiện có.

## Cách sửa

Nâng mức phấn đấu, hoặc ghi rõ đây là mức của năm trong lộ trình.
""",
)
def below(plan: Plan) -> Iterator[Hit]:
    """Goals below what is asked: by the paper itself, or by the national sets."""
    if not is_plan(plan):
        return
    told = {hit.places[0].lines[0]: hit for hit, task in aims_below(plan) if not task}
    for hit in _below(plan):
        told.pop(hit.places[0].lines[0], None)
        yield hit
    yield from told.values()


def _below(plan: Plan) -> Iterator[Hit]:
    every = rates(plan)
    for need in every:
        if need.told != "need":
            continue
        for goal in every:
            if goal.sentence == need.sentence and goal.told in ("goal", "") and _less(need, goal):
                if goal.told == "" and any(
                    each.told == "now" and each.sentence == need.sentence for each in every
                ):
                    continue
                yield Hit(
                    message=f"Mức phấn đấu {goal.quote}, mức phải đạt {need.quote}.",
                    places=(at(goal.line, goal.quote), at(need.line, need.quote)),
                    advice="Nâng mức phấn đấu, hoặc ghi rõ đây là mức của năm trong lộ trình.",
                )
                break
    for row in rows(plan):
        asked, aimed = value(row.need), value(row.goal)
        if asked is None or aimed is None or _unlike(row.need, row.goal):
            continue
        if aimed != asked and (aimed > asked) == row.less_is_better:
            yield Hit(
                message=f"{row.what}: mức phấn đấu {row.goal}, mức phải đạt {row.need}.",
                places=(row.place,),
                advice="Nâng mức phấn đấu, hoặc ghi rõ đây là mức của năm trong lộ trình.",
            )
    yield from _below_the_sets(plan)


def _less(need: Rate, goal: Rate) -> bool:
    if need.unit != goal.unit or need is goal or _BASE.search(goal.clause):
        return False
    if need.year and goal.year and need.year != goal.year:
        return False
    named = need.unit == "%" and need.subject
    if named and need.subject != goal.subject and not same_subject(need, goal):
        return False
    return goal.value > need.value if need.less_is_better else goal.value < need.value


def _below_the_sets(plan: Plan) -> Iterator[Hit]:
    levels = set(plan.levels)
    if not levels & {"ntm", "advanced", "model"} or max(plan.document.years, default=0) >= 2026:
        return
    for number, line in body(plan):
        if "%" not in line or _NOT_GOAL.search(line):
            continue
        folded = fold(line)
        for pattern, asked, code in _ASKED:
            match = pattern.search(folded)
            shares = [(m[0], parse_number(m["number"])) for m in _SHARE.finditer(line)]
            if match is None or len(shares) != 1 or shares[0][1] is None:
                continue
            if shares[0][1] < asked:
                yield Hit(
                    message=f"Chỉ tiêu {code} của Bộ tiêu chí quốc gia (318/QĐ-TTg) đòi "
                    f"{format_number(asked)}%, văn bản ghi {shares[0][0]}.",
                    places=(at(number, shares[0][0]),),
                    advice="Nâng mức phấn đấu, hoặc ghi rõ đây là mức của năm trong lộ trình.",
                )


@rule(
    code="TASK-WEAKER",
    severity="warning",
    purpose="Việc giao không nhẹ hơn chỉ tiêu nó phục vụ",
    page="""
## Là gì

Chỉ tiêu đòi không có hộ nghèo, việc giao lại chỉ đòi tỷ lệ hộ nghèo thấp hơn bình quân; chỉ tiêu
đòi một tỷ lệ, việc giao (kể cả trong bảng) chỉ đến tỷ lệ thấp hơn; còn thiếu một số công trình,
việc giao chỉ làm một phần.

## Vì sao

Làm xong việc vẫn chưa đạt chỉ tiêu.

## Ví dụ

Bị báo: `Chỉ tiêu 2.1. Không có hộ nghèo`; `giao … giảm nghèo thấp hơn mức bình quân chung của
huyện`.

Không bị báo: việc giao ghi `không còn hộ nghèo`; chỉ tiêu của xã nâng cao là thấp hơn bình quân.

## Cách sửa

Ghi việc đúng mức của chỉ tiêu.
""",
)
def weaker(plan: Plan) -> Iterator[Hit]:
    """Work that leaves some where none may be left, or aims lower than the indicator above it."""
    asked = {
        fold(match["what"]).split()[0]: at(number, match[0])
        for number, line in numbered(plan)
        for match in _NONE_LEFT.finditer(line)
    }
    for number, line in numbered(plan) if asked else ():
        match = _SOME_LEFT.search(line)
        if match is None or not _GIVEN.search(line[: match.start()]):
            continue
        kind = "nha" if re.search(r"nhà (?:tạm|dột)", match[0]) else "ho"
        place = asked.get(kind)
        if place and number > place.lines[0]:
            yield Hit(
                message="Việc giao vẫn để lại một số hộ, chỉ tiêu đòi không còn."
                if kind == "nha" or "bình quân" not in match[0]
                else "Việc giao chỉ giảm hộ nghèo dưới mức bình quân, chỉ tiêu đòi không có hộ "
                "nghèo.",
                places=(at(number, match[0].strip()), place),
                advice="Ghi việc đúng mức của chỉ tiêu.",
            )
    told = {hit.places[0].lines[0]: hit for hit, task in aims_below(plan) if task}
    for hit in _lower_work(plan):
        told.pop(hit.places[0].lines[0], None)
        yield hit
    yield from told.values()
    yield from _part_of_all(plan)
    yield from weaker_than_lack(plan)


def _aims(rate: Rate, goals: set[int]) -> bool:
    """Whether a value is aimed at: told so, among the goals, or “từ 85% trở lên” of its own."""
    if rate.told:
        return rate.told in ("need", "goal")
    return rate.line in goals or "trở lên" in rate.clause


_K_OF_N = guarded(
    r"(?<![\d/.,])(?P<k>\d{1,2})\s*/\s*(?P<n>\d{1,2})\s+"
    r"(?P<of>thôn|xóm|ấp|bản|buôn|khu|khóm|làng)\b",
    re.IGNORECASE,
)
_IS_WORK = re.compile(
    r"\b(?:lắp|làm|xây|trồng|sửa|mở|nâng cấp|cải tạo|cấp|kéo|dựng|phủ|gắn)\b", re.I
)
_STAGE = re.compile(r"\b(?:đã|hiện|mới|còn|thêm|đợt|bước|giai đoạn|trước mắt|năm sau|tiếp)\b", re.I)


def _part_of_all(plan: Plan) -> Iterator[Hit]:
    """Work in some of the villages for a goal of all of them: “5/9 xóm” for “100% số xóm”."""
    found = [
        (clause, match)
        for clause in clauses(plan, only=lambda line: "/" in line)
        if (match := _K_OF_N.search(clause.text)) and int(match["k"]) < int(match["n"])
        and _IS_WORK.search(clause.text) and not _STAGE.search(clause.text)
    ]  # fmt: skip
    goals = _goal_lines(plan) if found else set()
    wholes = [each for each in rates(plan) if each.value == _ALL and each.line in goals]
    for clause, match in found if wholes else ():
        about = rate_subject(clause.text)
        for whole in wholes:
            same = re.search(rf"100\s*%\s*(?:số\s+|các\s+)?{match['of']}\b", whole.clause, re.I)
            if same and clause.number not in goals and len(about & whole.subject) >= _FEW_WORDS:
                yield Hit(
                    message=f"Việc giao chỉ làm ở {match[0]}, chỉ tiêu đòi {whole.quote}.",
                    places=(at(clause.number, match[0]), at(whole.line, whole.quote)),
                    advice="Ghi việc đúng mức của chỉ tiêu.",
                )
                break


def _one_thing(one: Rate, other: Rate) -> bool:
    """Whether a goal is told again among the work, word for word."""
    again = other.told in ("need", "goal") and bool(one.subject)
    year = one.year is None or other.year is None or one.year == other.year
    common = len(one.subject & other.subject)
    return bool(
        again
        and year
        and common >= _SAME_WORDS
        and common >= 0.8 * max(map(len, (one.subject, other.subject)))
    )


def _lower_work(plan: Plan) -> Iterator[Hit]:
    every = [each for each in rates(plan) if each.unit == "%"]
    in_tables = list(_table_rates(plan))
    told: set[tuple[int, str]] = set()
    goals = _goal_lines(plan)
    pairs = [*combinations(every, 2), *((one, other) for one in in_tables for other in every)]
    for one, other in pairs:
        if not _aims(one, goals) or one.line == other.line or (other.line, other.quote) in told:
            continue
        stated = one.line in goals and other.line not in goals and _one_thing(one, other)
        if other.told != "task" and not stated and not (one in in_tables and _serves(other)):
            continue
        if not same_subject(one, other) or one.less_is_better:
            continue
        later = any(
            each.line >= other.line and same_subject(each, one) and each.value >= one.value
            for each in every
        )
        if other.value < one.value and not later:
            told.add((other.line, other.quote))
            yield Hit(
                message=f"Việc giao chỉ đến {other.quote}, chỉ tiêu đòi {one.quote}.",
                places=(at(other.line, other.quote), at(one.line, one.quote)),
                advice="Ghi việc đúng mức của chỉ tiêu.",
            )


def _table_rates(plan: Plan) -> Iterator[Rate]:
    """What tables ask for or aim at in percent, row by row."""
    for paragraph in paragraphs(plan):
        cells = paragraph.cells
        if not cells or cells == paragraph.columns:
            continue
        words = " ".join(cell for cell in cells if not _NUMBERS_ONLY.fullmatch(cell))
        for cell in cells:
            match = _FLOOR.search(cell)
            if match:
                yield _row_rate(paragraph, words, match["number"], match[0].strip(), "need")
    for row in rows(plan):
        percent = "%" in row.goal or "%" in row.unit or "(%)" in row.what
        aimed = value(row.goal) if percent else None
        if aimed is not None and not _FLOOR.search(row.goal):
            number = _row_number(row.goal)
            subject = rate_subject(row.what)
            yield Rate(
                line=row.place.lines[0], quote=number, value=aimed, unit="%", told="goal",
                subject=subject, sentence=-row.place.lines[0], clause=row.what,
            )  # fmt: skip


def _row_number(cell: str) -> str:
    match = re.search(r"\d[\d.,]*\s*%?", cell)
    return match[0].strip() if match else cell


def _row_rate(paragraph: Paragraph, words: str, number: str, quote: str, told: Told) -> Rate:
    return Rate(
        line=paragraph.number, quote=quote, value=parse_number(number) or Decimal(0), unit="%",
        told=told, subject=rate_subject(_FLOOR.sub(" ", words)), sentence=-paragraph.number,
        clause=words,
    )  # fmt: skip


def _goal_lines(plan: Plan) -> set[int]:
    """The lines under headings of goals and targets."""
    return {
        number
        for paragraph in paragraphs(plan)
        if any(map(names_goals, paragraph.above))
        for number in range(paragraph.block.lines[0], paragraph.block.lines[1] + 1)
    }


def _serves(rate: Rate) -> bool:
    """Whether a value stands in a sentence of work: done to raise it, by a month, by somebody."""
    return rate.told in ("goal", "") and bool(_TO_RAISE.search(rate.clause))
