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

from dinhlang.papers.checking.arithmetic.figures import (
    MONEY,
    PERCENT,
    TIMES,
    Figure,
    Paper,
    Paragraph,
    paper_of,
)
from dinhlang.papers.checking.arithmetic.sum_model import shown
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.unwrapped import once
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import any_in, guarded

NEED, HAVE, LACK, SPARE = "need", "have", "lack", "spare"
# Over small letters.
_LACK = re.compile(
    r"\b(?:còn thiếu|thiếu hụt|thiếu|hụt|chưa có nguồn|chưa cân đối|chưa bố trí|chưa giải ngân"
    r"|chưa thực hiện|chưa thu|chưa có|chưa làm|chưa đạt|còn phải|còn lại|phải (?:bổ sung|vận động"
    r"|huy động) thêm|phải (?:mua|xin|vay)"
    r"|cần (?:bổ sung|vận động|huy động|hỗ trợ|xin)(?: thêm)?|huy động thêm"
    r"|(?:mua|trồng|làm|xây|lắp|vận động|cấp|tuyển|đào tạo) (?:thêm|bổ sung)|bổ sung thêm"
    r"|(?:đề nghị|xin)(?: [^\W\d_]+){0,4} (?:hỗ trợ|bổ sung)(?: thêm)?|chênh lệch|khoảng trống)\b"
)
_SPARE = re.compile(r"\b(?:còn thừa|thừa|còn dư|kết dư|dư|vượt nhu cầu|dôi dư)\b")
_NEED = guarded(
    r"\b(?:nhu cầu|cần(?! bổ sung)|phải có|tổng mức đầu tư|được giao|giao vốn|kế hoạch vốn"
    r"|kế hoạch giao|tổng dự toán|cần có|chỉ tiêu|(?<!còn )phải|(?:cộng|tổng) chi)\b"
)
_HAVE = re.compile(
    r"\b(?:nguồn|đã|hiện có|sẵn có|huy động|bố trí|cân đối được|đáp ứng|khả năng|vận động được"
    r"|(?:tổng|cộng) thu|có sẵn|thực có|mới có|chỉ có|trong kho|thu được"
    r"|đối ứng|ủng hộ|tài trợ|đóng góp"
    r"|(?<!tổng )góp|(?:tỉnh|huyện|trung ương|nhà nước) (?:cấp|hỗ trợ)"
    r"|(?:làm|trồng|sửa|xây|cấp) được)\b"
)
_WHOLE = re.compile(
    r"\b(?:trong|tổng|tổng số|toàn xã có|cả xã có|xã có|chỉ tiêu|kế hoạch)\s+(?:số\s+|trồng\s+)?$"
)
_LISTS = re.compile(r"[^.]*?(?:,|;|\bvà\b)[^.]*")
_TOTALS = re.compile(r"\b(?:tổng|cộng)\b[^,;.]*$")
_OPENS = re.compile(r"[^,;.]{0,30}(?:\bgồm\b|\btrong đó\b|:|\()")
_VERB_WORDS = (
    "sẽ làm xong trong đã được còn chưa phải cần thì để cho và của ở tại từ do nữa tiếp thêm này"
    " trước sau vào với bằng theo là mới cũng đang hoàn thực"
)
_VERBS = frozenset(_VERB_WORDS.split())
_WEAK_NEED = re.compile(
    r"\b(?:tổng kinh phí|kinh phí|dự toán|tổng mức|tổng chi(?: phí)?|chi phí|tổng vốn|tổng số"
    r"|tổng cộng|kế hoạch)\b"
)
_LACK_BEHIND = re.compile(
    r"\s*(?:còn thiếu|thiếu hụt|chưa có nguồn|chưa bố trí|còn hụt)\b"
    r"|[^.;,\d]{0,25}\b(?:(?:cho|mới|để|là) đủ|nữa)\b"
)
_SURE_LACK = re.compile(r"\b(?:thiếu|hụt|chưa (?:có nguồn|cân đối|bố trí))")
_WHOLE_NEED = re.compile(r"\b(?:nhu cầu|tổng(?: mức| dự toán| kinh phí| chi phí| số)?|dự toán)\b")
_CLAUSE = re.compile(r"[;,.:(](?=\s)|(?<=\s)(?:và|còn|nên|mà|trong khi)(?=\s)")
_FOOT = re.compile(r"(?:tổng|cộng)\b")
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
    lack = _LACK.search(low)
    if lack:
        whole = None if _SURE_LACK.search(low) else _WHOLE_NEED.search(low, 0, lack.start())
        return NEED if whole else LACK  # “nhu cầu cho các tiêu chí còn lại”
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
        last: dict[str, tuple[Figure, str]] = {}
        for figure in paragraph.figures:
            if figure.per or figure.all is not None or figure.kind in (PERCENT, ""):
                continue
            if figure.kind in TIMES:
                continue
            since = ends.get(figure.kind, 0)
            role = role_of(clause_before(paragraph.text, figure.start, since))
            if _LACK_BEHIND.match(lower(paragraph.text[figure.end : figure.end + 30])):
                role = LACK
            before = last.get(figure.kind)
            if (
                not role
                and before
                and _LISTS.fullmatch(paragraph.text[before[0].end : figure.start])
            ):
                role = before[1] if before[1] == HAVE else ""
            ends[figure.kind] = figure.end
            last[figure.kind] = figure, role
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
        near = _behind(paper, told, index) or near
        needs = [each for each in near if each.role == NEED or _is_whole(each, near)]
    if not needs:
        return None
    need = needs[-1] if len({n.figure.value for n in needs}) > 1 else needs[0]
    behind = near[near.index(need) + 1 :]
    haves: Sequence[Told] = [each for each in behind if each.role == HAVE]
    haves = haves or [each for each in near[: near.index(need)] if each.role == HAVE]
    if not haves and len(behind) == 1 and not behind[0].role:
        haves = behind
    if not haves or not _same_noun([need, *haves, one]):
        return None
    if len(behind) > len(haves) and len(haves) > 1:
        return None
    said, haves = one.figure.value, _proper(haves)
    amount = sum((h.figure.value for h in haves), Decimal())
    right = need.figure.value - amount
    right = right if one.role == LACK else -right
    opposite = right == -said and need.role == NEED
    if not opposite and _explained(said, [each.figure.value for each in near]):
        return None
    more = Decimal()
    for each in told[index + 1 : index + 5]:
        if each.at == one.at and each.figure.kind == one.figure.kind:
            more += each.figure.value
            if said + more == right:
                return None  # “số còn lại từ tỉnh 2 tỷ đồng và nhân dân 0,8 tỷ đồng”
    if not opposite and not right / 3 < said < right * 3:
        return None
    kind = one.figure.kind if not one.figure.counts else one.figure.noun.split()[0]
    verb = "thiếu" if (one.role == LACK) is (right > 0) else "thừa"
    said_as = ("thiếu " if one.role == LACK else "thừa ") if opposite else ""
    return Hit(
        message=f"Cần {shown(need.figure.value, kind)}, đã có {shown(amount, kind)} thì còn {verb} "
        f"{shown(abs(right), kind)}, văn bản ghi {said_as}{shown(said, kind)}.",
        places=tuple(
            paper.place(each.paragraph, each.figure.start, each.figure.end)
            for each in (one, need, *haves)
        ),
        advice="Tính lại số còn thiếu (thừa), sửa ở mọi chỗ nhắc đến số này.",
    )


# Over small letters: what was at the beginning, what came, what went, what is at the end.
_STOCK = (
    ("start", re.compile(r"\bđầu (?:năm|kỳ|quý|tháng)\b|\b(?:năm|kỳ|quý) trước (?:chuyển|còn)")),
    ("end", re.compile(r"\bcuối (?:năm|kỳ|quý|tháng)\b|\bchuyển (?:sang )?(?:năm|kỳ|quý) sau\b")),
    ("more", re.compile(r"\b(?:thu|nhập|tăng|phát sinh|bổ sung|nhận|thêm)\b")),
    ("less", re.compile(r"\b(?:chi|xuất|giảm|thoát|giải ngân|thanh lý|chuyển đi)\b")),
)
_BEGINNINGS = (
    *("đầu năm", "đầu kỳ", "đầu quý", "đầu tháng"), *("trước chuyển", "trước còn"),
)  # fmt: skip
_PIECE_END = re.compile(r"[;,.](?=\s)")
_MOST_LINES = 8


@once
def wrong_stocks(plan: Plan) -> Iterator[tuple[Hit, bool]]:
    """“Dư đầu năm 46, thu 180, chi 205, dư cuối năm 31”; each with whether it is of money."""
    paper = paper_of(plan)
    if not any(any_in(_BEGINNINGS, lower(each.text)) for each in paper.paragraphs):
        return
    flows: list[tuple[str, Paragraph, Figure]] = []
    begun = 0
    for at, paragraph in enumerate(paper.paragraphs):
        if paragraph.block.is_row or not paragraph.figures or len(paragraph.text) > 2 * _SPAN:
            continue
        since = 0
        for figure in paragraph.figures:
            words = _PIECE_END.split(lower(paragraph.text[since : figure.start]))[-1]
            since = figure.end
            side = next((name for name, said in _STOCK if said.search(words)), "")
            if side == "start":
                flows, begun = [(side, paragraph, figure)], at
            elif flows and (at - begun > _MOST_LINES or not side or not _flows(flows, figure)):
                flows = [] if side in ("", "end") else flows
            elif flows:
                flows.append((side, paragraph, figure))
            if flows and side == "end":
                hit = _stock(paper, flows)
                if hit:
                    yield hit, figure.kind in (MONEY, "")
                flows = []


def _flows(flows: Sequence[tuple[str, Paragraph, Figure]], figure: Figure) -> bool:
    return figure.kind == flows[0][2].kind and not figure.per and figure.all is None


def _stock(paper: Paper, flows: Sequence[tuple[str, Paragraph, Figure]]) -> Hit | None:
    (_, _, start), *between, (_, _, end) = flows
    if {side for side, _, _ in between} != {"more", "less"}:
        return None
    signed = [each.value if side == "more" else -each.value for side, _, each in between]
    right = start.value + sum(signed, Decimal())
    if right == end.value or right < 0:
        return None
    places = [paper.place(p, f.start, f.end) for _, p, f in (flows[-1], *flows[:-1])]
    return Hit(
        message=f"Số đầu kỳ cộng thu trừ chi là {shown(right, end.kind)}, văn bản ghi "
        f"{shown(end.value, end.kind)}.",
        places=tuple(places),
        advice="Tính lại số cuối kỳ, hoặc soát lại số đầu kỳ, số tăng và số giảm.",
    )


def _is_whole(each: Told, near: Sequence[Told]) -> bool:
    """Whether a figure without a part of its own is the whole the others lie in."""
    low = lower(each.paragraph.text[max(0, each.figure.start - 40) : each.figure.start])
    most = max(other.figure.value for other in near)
    return not each.role and each.figure.value == most and bool(_WHOLE.search(low))


def _proper(haves: Sequence[Told]) -> Sequence[Told]:
    """The means without those that only part them, or that are parts of their total."""
    for index, each in enumerate(haves):
        text = each.paragraph.text
        if index and _TOTALS.search(lower(text[: each.figure.start])[-60:]):
            return [each]
        if index + 1 < len(haves) and _OPENS.match(lower(text[each.figure.end :])):
            return [each]
    return haves


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
    if _FOOT.match(lower(each.paragraph.text)) and one.at - each.at <= 2 * _REACH:
        return True
    if one.at - each.at > _REACH:
        return False
    between = paper.paragraphs[each.at + 1 : one.at + 1]
    return not any(p.depth < min(each.paragraph.depth, 4) or p.block.is_row for p in between)


def _same_noun(all_: Sequence[Told]) -> bool:
    """Whether counted things bear one noun where they name it."""
    nouns = [t.figure.noun.split()[1:2] for t in all_ if t.figure.counts]
    return len({noun[0] for noun in nouns if noun and noun[0] not in _VERBS}) <= 1


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
