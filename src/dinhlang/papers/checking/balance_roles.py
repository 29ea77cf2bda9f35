"""What each amount of a balance is: what is needed, what is there, what lacks or is to spare.

The clause before a figure gives its part, whatever is balanced: money, land, metres of road,
seedlings. What lacks is then the need less what is there, wherever the three stand near each
other: in a sentence, in sentences behind each other, or one a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dinhlang.papers.checking.figures import (
    MONEY,
    PERCENT,
    TIMES,
    Figure,
    Paper,
    Paragraph,
    paper_of,
)
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.sum_model import shown
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese.folding import lower

NEED, HAVE, LACK, SPARE = "need", "have", "lack", "spare"
# Over small letters.
_LACK = re.compile(
    r"\b(?:còn thiếu|thiếu hụt|thiếu|hụt|chưa có nguồn|chưa cân đối|chưa bố trí|chưa giải ngân"
    r"|chưa thực hiện|chưa thu|chưa có|chưa làm|chưa đạt|còn phải|còn lại|phải (?:bổ sung|vận động"
    r"|huy động) thêm|cần (?:bổ sung|vận động|huy động|hỗ trợ|xin)(?: thêm)?|huy động thêm"
    r"|(?:mua|trồng|làm|xây|lắp|vận động|cấp|tuyển|đào tạo) (?:thêm|bổ sung)|bổ sung thêm"
    r"|(?:đề nghị|xin)(?: [^\W\d_]+){0,4} (?:hỗ trợ|bổ sung)(?: thêm)?|chênh lệch|khoảng trống)\b"
)
_SPARE = re.compile(r"\b(?:còn thừa|thừa|còn dư|kết dư|dư|vượt nhu cầu|dôi dư)\b")
_NEED = re.compile(
    r"\b(?:nhu cầu|cần(?! bổ sung)|phải có|tổng mức đầu tư|được giao|giao vốn|kế hoạch vốn"
    r"|kế hoạch giao|tổng dự toán|cần có|chỉ tiêu|(?<!còn )phải)\b"
)
_HAVE = re.compile(
    r"\b(?:nguồn|đã|hiện có|sẵn có|huy động|bố trí|cân đối được|đáp ứng|khả năng|vận động được"
    r"|tổng thu|có sẵn|thực có|mới có|chỉ có)\b"
)
_WEAK_NEED = re.compile(
    r"\b(?:tổng kinh phí|kinh phí|dự toán|tổng mức|tổng chi(?: phí)?|chi phí|tổng vốn|tổng số"
    r"|tổng cộng|kế hoạch)\b"
)
_LACK_BEHIND = re.compile(r"\s*(?:còn thiếu|thiếu hụt|chưa có nguồn|chưa bố trí|còn hụt)\b")
_CLAUSE = re.compile(r"[;,.:(](?=\s)|(?<=\s)(?:và|còn|nên|mà|trong khi)(?=\s)")
_REACH = 5
_LEAST = 2
_SPAN = 170


@dataclass(slots=True, frozen=True)
class Told:
    """A figure with its part in a balance."""

    paragraph: Paragraph
    figure: Figure
    role: str
    at: int


def role_of(words: str) -> str:
    """The part that the words before a figure give it; “” where they give none."""
    low = lower(words)
    if _SPARE.search(low) and not _LACK.search(low):
        return SPARE
    if _LACK.search(low):
        return LACK
    need, have = _NEED.search(low), _HAVE.search(low)
    if need and (have is None or need.start() <= have.start()):
        return NEED
    if have:
        return HAVE
    return NEED if _WEAK_NEED.search(low) else ""


def clause_before(text: str, start: int, since: int) -> str:
    """The words that name a figure: back to the figure before it, or the clause before that."""
    words = text[max(since, start - _SPAN) : start]
    cut = [m.start() for m in re.finditer(r"[;.](?=\s)", words)]
    return words[cut[-1] + 1 :] if cut else words


def told_in(paper: Paper) -> list[Told]:
    """The figures that have a part in some balance, in order."""
    out = []
    for at, paragraph in enumerate(paper.paragraphs):
        if paragraph.block.is_row:
            continue
        ends: dict[str, int] = {}
        for figure in paragraph.figures:
            if figure.per or figure.all is not None or figure.kind in (PERCENT, ""):
                continue
            if figure.kind in TIMES:
                continue
            since = ends.get(figure.kind, 0)
            role = role_of(clause_before(paragraph.text, figure.start, since))
            if _LACK_BEHIND.match(lower(paragraph.text[figure.end : figure.end + 30])):
                role = LACK
            ends[figure.kind] = figure.end
            out.append(Told(paragraph, figure, role, at))
    return out


def wrong_remains(plan: Plan) -> Iterator[tuple[Hit, bool]]:
    """What lacks or is to spare and is not need less means; each with whether it is of money."""
    yield from _remains(paper_of(plan))


@lru_cache(maxsize=4)
def _remains(paper: Paper) -> tuple[tuple[Hit, bool], ...]:
    told = told_in(paper)
    if not any(each.role in (LACK, SPARE) for each in told):
        return ()
    found = []
    for index, one in enumerate(told):
        if one.role in (LACK, SPARE):
            hit = _judge(paper, told, index)
            if hit:
                found.append((hit, one.figure.kind == MONEY))
    return tuple(found)


def right_remains(plan: Plan) -> set[int]:
    """The lines whose lack or rest the figures before it give."""
    told = told_in(paper_of(plan))
    lines: set[int] = set()
    for index, one in enumerate(told):
        if one.role not in (LACK, SPARE):
            continue
        near = [e for e in told[max(0, index - 9) : index] if e.figure.kind == one.figure.kind]
        needs = [at for at, each in enumerate(near) if each.role == NEED]
        if not needs:
            continue
        need, behind = near[needs[-1]].figure.value, near[needs[-1] + 1 :]
        means = {each.figure.value for each in behind if each.role == HAVE}
        means.add(sum((each.figure.value for each in behind), Decimal()))
        if any(abs(need - each) == one.figure.value for each in means):
            first, last = one.paragraph.block.lines
            lines.update(range(first, last + 1))
    return lines


def _judge(paper: Paper, told: Sequence[Told], index: int) -> Hit | None:
    one = told[index]
    near = [
        each
        for each in told[max(0, index - 9) : index]
        if each.figure.kind == one.figure.kind and _near(paper, each, one)
    ]
    # A balance before it ends the search.
    for at in range(len(near) - 1, -1, -1):
        if near[at].role in (LACK, SPARE):
            near = near[at + 1 :]
            break
    needs = [each for each in near if each.role == NEED]
    if not needs:
        near = _behind(paper, told, index)
        needs = [each for each in near if each.role == NEED]
    if not needs:
        return None
    need = needs[-1] if len({n.figure.value for n in needs}) > 1 else needs[0]
    behind = near[near.index(need) + 1 :]
    haves = [each for each in behind if each.role == HAVE]
    haves = haves or [each for each in near[: near.index(need)] if each.role == HAVE][-1:]
    if not haves or not _same_noun([need, *haves, one]):
        return None
    said = one.figure.value
    if _explained(said, [each.figure.value for each in near]):
        return None
    have = haves[0] if len(haves) == 1 else None
    amount = have.figure.value if have else sum((h.figure.value for h in haves), Decimal())
    if len(behind) > len(haves) and len(haves) > 1:
        return None
    right = need.figure.value - amount
    right = right if one.role == LACK else -right
    more = Decimal()
    for each in told[index + 1 : index + 5]:
        if each.at == one.at and each.figure.kind == one.figure.kind:
            more += each.figure.value
            if said + more == right:
                return None  # “số còn lại từ tỉnh 2 tỷ đồng và nhân dân 0,8 tỷ đồng”
    if right <= 0 or not right / 3 < said < right * 3:
        return None
    kind = one.figure.kind if not one.figure.counts else one.figure.noun.split()[0]
    verb = "thiếu" if one.role == LACK else "thừa"
    return Hit(
        message=f"Cần {shown(need.figure.value, kind)}, đã có {shown(amount, kind)} thì còn {verb} "
        f"{shown(right, kind)}, văn bản ghi {shown(said, kind)}.",
        places=tuple(
            paper.place(each.paragraph, each.figure.start, each.figure.end)
            for each in (one, need, *haves)
        ),
        advice="Tính lại số còn thiếu (thừa), sửa ở mọi chỗ nhắc đến số này.",
    )


def _behind(paper: Paper, told: Sequence[Told], index: int) -> list[Told]:
    """The need and the means in the lines below, where what lacks stands first."""
    one = told[index]
    out = []
    for each in told[index + 1 : index + 4]:
        if each.at - one.at > _LEAST or each.role not in (NEED, HAVE):
            break
        if each.figure.kind == one.figure.kind:
            out.append(each)
    return out if [each.role for each in out] in ([NEED, HAVE], [HAVE, NEED]) else []


def _near(paper: Paper, each: Told, one: Told) -> bool:
    if each.at == one.at:
        return True
    if one.at - each.at > _REACH:
        return False
    between = paper.paragraphs[each.at + 1 : one.at + 1]
    return not any(p.depth < min(each.paragraph.depth, 4) or p.block.is_row for p in between)


def _same_noun(all_: Sequence[Told]) -> bool:
    """Whether counted things bear one noun where they name it."""
    nouns = {" ".join(t.figure.noun.split()[:2]) for t in all_ if t.figure.counts}
    long_ones = {noun for noun in nouns if " " in noun}
    return len(long_ones) <= 1


def _explained(said: Decimal, values: Sequence[Decimal]) -> bool:
    """Whether some figures before give the balance in any way."""
    if said in values:
        return True
    total = sum(values, Decimal())
    for index, one in enumerate(values):
        rest = Decimal()
        for other in values[index + 1 :]:
            rest += other
            if abs(one - rest) == said or abs(one - other) == said:
                return True
        before = sum(values[:index], Decimal())
        if abs(one - before) == said or abs(2 * one - total) == said:
            return True
    return False
