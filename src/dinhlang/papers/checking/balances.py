"""Needs, sources and what is lacking, told in running words or one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from dinhlang.papers.checking.figures import MONEY, Figure, Paper, Paragraph, paper_of
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import format_money, format_number, parse_number
from dinhlang.vietnamese.guarded import guarded

_NEED = re.compile(
    r"\bnhu cầu\b|\btổng (?:mức|chi|chi phí|dự toán|kinh phí)\b|\bkinh phí (?:cần|thực hiện)\b"
    r"|\bcần (?:có|chi|huy động)?\s*$|\bdự toán\b",
    re.IGNORECASE,
)
_HAVE = re.compile(
    r"\bnguồn\b|\bhuy động\b|\bbố trí\b|\bđã có\b|\bcân đối được\b|\bđáp ứng\b|\bhiện có\b"
    r"|\bkhả năng\b|\bđã cấp\b|\bđược giao\b|\btổng thu\b",
    re.IGNORECASE,
)
_LACK = re.compile(
    r"\b(?:thiếu(?: hụt)?|hụt|chưa có nguồn|chưa cân đối(?: được)?|còn phải (?:huy động|vận động"
    r"|bổ sung)|cần bổ sung|huy động thêm|xin bổ sung|chưa bố trí(?: được)?)\b[^;.\d]{0,40}$",
    re.IGNORECASE,
)
_SPARE = re.compile(r"\b(?:thừa|dư|kết dư|còn dư)\b[^;.\d]{0,20}$", re.IGNORECASE)
_ENOUGH = guarded(
    r"\b(?:cân đối (?:đủ|được)|(?:bảo đảm|đảm bảo) (?:cân đối|đủ)|đủ (?:nhu cầu|nguồn|vốn|chi|để)"
    r"|thu đủ chi|đáp ứng (?:đủ|được)|bằng nhu cầu|không thiếu)\b(?! (?:phần|một phần))",
    re.IGNORECASE,
)
_WHOLE_NEED = re.compile(
    r"(?:tổng\s+)?(?:nhu cầu|kinh phí|dự toán|mức đầu tư|chi phí)\b(?![^.;:\d]*nguồn)",
    re.IGNORECASE,
)
_EARLY = 80
_AROUND = 12
_OF_ONE = re.compile(r"\b(?:của|cho) (?:công trình|hạng mục|tuyến|trạm|trường|tiêu chí)\b", re.I)
_WINDOW = 4


_Side = tuple[Paragraph, Figure]


def wrong_balances(plan: Plan) -> Iterator[Hit]:
    """Balances that are not what the needs and sources beside them leave."""
    paper = paper_of(plan)
    paragraphs = [each for each in paper.paragraphs if not each.block.is_row]
    for at, paragraph in enumerate(paragraphs):
        gap = _gap(paragraph)
        if gap is None:
            continue
        figure, lacking = gap
        whole = _both(paragraph, figure) or _above(paragraphs, at)
        if whole is None:
            continue
        (need_in, need), (have_in, have) = whole
        right = int(need.value - have.value) * (1 if lacking else -1)
        if right == figure.value or right > figure.value * 5:
            continue  # of another year
        if right < 0:
            said = f"nguồn {'nhỏ' if not lacking else 'lớn'} hơn nhu cầu"
        else:
            said = f"{'thiếu' if lacking else 'thừa'} {format_money(right)}"
        yield Hit(
            message=f"Nhu cầu {format_money(int(need.value))}, nguồn "
            f"{format_money(int(have.value))} thì {said}, văn bản ghi "
            f"{format_money(int(figure.value))}.",
            places=(
                paper.place(paragraph, figure.start, figure.end),
                paper.place(need_in, need.start, need.end),
                paper.place(have_in, have.start, have.end),
            ),
            advice="Tính lại nhu cầu trừ nguồn vốn, sửa ở mọi chỗ nhắc đến số này.",
        )


def wrong_enough(plan: Plan) -> Iterator[Hit]:
    """“Nguồn 4.200 triệu đồng, cân đối đủ nhu cầu” where the paper needs 4.500."""
    paper = paper_of(plan)
    paragraphs = [each for each in paper.paragraphs if not each.block.is_row]
    for at, paragraph in enumerate(paragraphs):
        said = _ENOUGH.search(paragraph.text)
        if said is None or re.search(r"\b(?:chưa|không)\s+$", paragraph.text[: said.start()]):
            continue
        have = _all_sources(paragraph, said.start())
        need = None
        for owner in reversed(paragraphs[max(0, at - _AROUND) : at + 1]):
            need = need or _whole_need(owner)
        if have is None or need is None or not have[1].value < need[1].value < 2 * have[1].value:
            continue
        lack = format_money(int(need[1].value - have[1].value))
        yield Hit(
            message=f"Nguồn {format_money(int(have[1].value))} chưa đủ nhu cầu "
            f"{format_money(int(need[1].value))}, còn thiếu {lack}.",
            places=(
                paper.place(have[0], have[1].start, have[1].end),
                paper.place(need[0], need[1].start, need[1].end),
            ),
            advice="Soát lại nhu cầu và nguồn vốn; nếu còn thiếu thì ghi số thiếu và cách bù.",
        )


def _whole_need(paragraph: Paragraph) -> _Side | None:
    """The whole need a paragraph begins with: “Tổng nhu cầu vốn năm 2025 là 4.500 triệu đồng”."""
    figures = _money(paragraph)
    if not figures or figures[0].start > _EARLY:
        return None
    return (paragraph, figures[0]) if _WHOLE_NEED.match(paragraph.text) else None


def _all_sources(paragraph: Paragraph, stop: int) -> _Side | None:
    """The total of the sources that a paragraph tells last before ``stop``."""
    figures = [f for f in _money(paragraph) if f.end <= stop]
    if not figures or not re.search(r"nguồn|ngân sách|huy động|vốn", paragraph.text, re.I):
        return None
    last = figures[-1]
    before = paragraph.text[figures[-2].end if len(figures) > 1 else 0 : last.start]
    total = re.search(r"\b(?:tổng|cộng)\b", before, re.IGNORECASE)
    return (paragraph, last) if total or (len(figures) == 1 and _HAVE.search(before)) else None


def _money(paragraph: Paragraph) -> list[Figure]:
    return [f for f in paragraph.figures if f.kind == MONEY and f.per is None]


def _before(paragraph: Paragraph, figures: Sequence[Figure], at: int) -> str:
    start = figures[at - 1].end if at else 0
    return paragraph.text[max(start, figures[at].start - 90) : figures[at].start]


def _gap(paragraph: Paragraph) -> tuple[Figure, bool] | None:
    """The only figure that says what lacks (True) or is to spare (False)."""
    figures = _money(paragraph)
    found = []
    for at, figure in enumerate(figures):
        before = _before(paragraph, figures, at)
        if _OF_ONE.search(paragraph.text[figure.end : figure.end + 30]):
            continue
        if _LACK.search(before):
            found.append((figure, True))
        elif _SPARE.search(before):
            found.append((figure, False))
    values = {figure.value for figure, _ in found}
    return found[0] if len(values) == 1 and found else None


def _both(paragraph: Paragraph, gap: Figure) -> tuple[_Side, _Side] | None:
    """The need and the source that stand in the paragraph of the balance itself."""
    figures = [f for f in _money(paragraph) if f is not gap]
    if len(figures) != 2 or figures[-1].end > gap.start:
        return None
    needs = [f for at, f in enumerate(figures) if _is_need(_before(paragraph, figures, at))]
    haves = [f for at, f in enumerate(figures) if _is_have(_before(paragraph, figures, at))]
    if len(needs) == len(haves) == 1 and needs[0] is not haves[0]:
        return (paragraph, needs[0]), (paragraph, haves[0])
    return None


def _is_need(before: str) -> bool:
    need, have = _last(_NEED, before), _last(_HAVE, before)
    return need >= 0 and need > have


def _is_have(before: str) -> bool:
    need, have = _last(_NEED, before), _last(_HAVE, before)
    return have >= 0 and have > need


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _above(paragraphs: Sequence[Paragraph], at: int) -> tuple[_Side, _Side] | None:
    """The need and the source in paragraphs of their own right above the balance."""
    if len(_money(paragraphs[at])) != 1:
        return None
    need: _Side | None = None
    have: _Side | None = None
    for paragraph in reversed(paragraphs[max(0, at - _WINDOW) : at]):
        figures = _money(paragraph)
        if not figures:
            continue
        if len(figures) != 1 or paragraph.mark != paragraphs[at].mark or not paragraph.mark:
            break
        before = paragraph.text[: figures[0].start]
        if need is None and _is_need(before):
            need = (paragraph, figures[0])
        elif have is None and _is_have(before):
            have = (paragraph, figures[0])
        else:
            break
    return (need, have) if need and have else None


_SIGN = re.compile(r"[^\d=;+]{0,30}?\s*(?P<sign>[-–+])\s*[^\d=;+–-]{0,30}")
_EQUALS = re.compile(r"[^\d;=]{0,30}=[^\d;=]{0,12}")
_RAW = re.compile(r"\d[\d.,]*\d|\d")


def written_right(plan: Plan, first: int, last: int) -> bool:
    """Whether some sum written out in the lines comes out: “14,95 - 14,05 = 0,9 tỷ đồng”."""
    paper = paper_of(plan)
    for paragraph in paper.paragraphs:
        above, below = paragraph.block.lines
        if below < first or above > last or "=" not in paragraph.text:
            continue
        for one, other, result in zip(
            paragraph.figures, paragraph.figures[1:], paragraph.figures[2:], strict=False
        ):
            text = paragraph.text
            sign = _SIGN.fullmatch(text[one.end : other.start])
            if not sign or not _EQUALS.fullmatch(text[other.end : result.start]):
                continue
            values = _like(text, [one, other, result])
            if values and abs(values[0] - values[1]) == values[2] and sign["sign"] != "+":
                return True
    return False


def wrong_arithmetic(plan: Plan) -> Iterator[tuple[Hit, bool]]:
    """“30,8 - 29,5 = 1,5”, also with words between, each with whether it is of money."""
    paper = paper_of(plan)
    for paragraph in paper.paragraphs:
        if "=" not in paragraph.text or paragraph.block.is_row:
            continue
        text = paragraph.text
        chain: list[Figure] = []
        signs: list[str] = []
        for one, other in pairwise(paragraph.figures):
            between = text[one.end : other.start]
            sign = _SIGN.fullmatch(between)
            if sign and one.per is None and other.per is None:
                if not chain or chain[-1] is not one:
                    chain, signs = [one], ["+"]
                chain.append(other)
                signs.append(sign["sign"])
            elif chain and chain[-1] is one and _EQUALS.fullmatch(between):
                hit = _wrong_chain(paper, paragraph, [*chain, other], signs)
                if hit:
                    yield hit, _of_money(text, [*chain, other])
                chain = []


def _of_money(text: str, chain: Sequence[Figure]) -> bool:
    if any(f.kind == MONEY for f in chain):
        return True
    bare = not any(f.kind for f in chain)
    return bare and bool(re.search(r"cân đối|kinh phí|vốn|nguồn|nhu cầu|đồng", text, re.I))


def _wrong_chain(
    paper: Paper, paragraph: Paragraph, figures: Sequence[Figure], signs: Sequence[str]
) -> Hit | None:
    *chain, result = figures
    values = _like(paragraph.text, figures)
    if values is None:
        return None
    *terms, said = values
    right = sum(
        (value if sign == "+" else -value for sign, value in zip(signs, terms, strict=True)),
        Decimal(),
    )
    if abs(right) == said:
        return None
    return Hit(
        message=f"Phép tính cho {format_number(abs(right))}, văn bản ghi {format_number(said)}.",
        places=(paper.place(paragraph, chain[0].start, result.end),),
        advice="Tính lại và sửa số sai.",
    )


def _like(text: str, figures: Sequence[Figure]) -> list[Decimal] | None:
    """The values in one unit; as written where some stand bare; None where they are unlike."""
    kinds = {f.kind for f in figures}
    if len(kinds) == 1 and not any(f.all for f in figures):
        if kinds == {MONEY}:
            units = {re.sub(r"[\d.,\s]", "", text[f.start : f.end]) for f in figures}
            if len(units) == 1:
                return _written(text, figures)
        return [f.value for f in figures]
    if len(kinds - {""}) != 1 or any(f.all for f in figures):
        return None
    return _written(text, figures)


def _written(text: str, figures: Sequence[Figure]) -> list[Decimal] | None:
    numbers = [_RAW.match(text, f.start) for f in figures]
    values = [parse_number(number[0]) if number else None for number in numbers]
    known = [value for value in values if value is not None]
    return known if len(known) == len(figures) else None
