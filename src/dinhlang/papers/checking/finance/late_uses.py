"""Money that recognition brings, wherever the paper counts on it for the way there.

Two facts make the fault: money whose coming hangs on the recognition (a reward for it, a grant
paid on it, in whatever order the words stand), and that it is counted on: it stands among the
sources, or the sentence pays work, a building, a contractor with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dinhlang.papers.checking.arithmetic.figures import MONEY, Figure, Paper, Paragraph, paper_of
from dinhlang.papers.checking.frame import Place
from dinhlang.papers.checking.text.grids import Grid, Row, grids_in
from dinhlang.papers.checking.text.places import at
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese.folding import lower

# All over small letters.
_REACHED = (
    r"(?:công nhận|đạt chuẩn|về đích|danh hiệu|đón bằng|bằng công nhận|đón nhận|hoàn thành"
    r"(?: đủ| cả| toàn bộ| hết| các)? ?(?:\d+(?:/\d+)? )?tiêu chí|đủ (?:\d+(?:/\d+)? )?tiêu chí"
    r"|đạt (?:các |đủ |được )?tiêu chí"
    r"|đạt (?:xã |danh |mức )?(?:nông thôn mới|ntm|nâng cao|kiểu mẫu|\d+/\d+))"
)
_COMES = (
    r"(?:cấp|giải ngân|hỗ trợ|nhận|chuyển(?: về)?|tặng|trao|thưởng|chi trả|rót|phân bổ|bổ sung"
    r"|được hưởng|phúc lợi|bố trí|có|về|đầu tư)"
)
_WHEN = (
    r"(?:khi|sau khi|ngay sau|nếu|nhân dịp|sau|nhân|lúc|ngay khi|chỉ có khi|điều kiện(?: là)?:?"
    r"|với điều kiện|phụ thuộc(?: vào)?|trên cơ sở|căn cứ|theo kết quả|chờ|tùy|dịp)"
)
_LATE = re.compile(
    rf"\bthưởng\b[^.;|]{{0,70}}?\b{_REACHED}"
    rf"|\b(?:thưởng|phúc lợi)\b[^.;|]{{0,24}}\b(?:nông thôn mới|ntm|nâng cao|kiểu mẫu|về đích)\b"
    rf"|\b{_COMES}\b[^.;|]{{0,70}}?\b{_WHEN}\b[^.;|]{{0,50}}?\b{_REACHED}"
    rf"|\b{_WHEN}\b[^.;|]{{0,50}}?\b{_REACHED}[^.;|]{{0,60}}?\b(?:mới|thì|sẽ) (?:được )?{_COMES}\b"
    rf"|\b{_WHEN}\b[^.;|]{{0,50}}?\b{_REACHED}[^.;|]{{0,40}}?\b(?:được|nhận|có)\b[^.;|]{{0,16}}?"
    r"\b(?:hỗ trợ|thưởng|cấp|tặng|trao|tiền)\b"
    r"|\b(?:tặng|trao)\s+(?:cho )?(?:các )?(?:xã|thôn|ấp|bản|khu|trường)\b"
    rf"[^.;|]{{0,20}}?\b{_REACHED}"
    rf"|\b{_REACHED}[^.;|]{{0,40}}?\b(?:mới|xong thì|rồi mới) (?:được )?{_COMES}\b"
    rf"|\b(?:hỗ trợ|cấp|giải ngân|vốn|nguồn|ngân sách|kinh phí|tiền)\b[^.;|]{{0,60}}?"
    rf"\b(?:sau công nhận|có quyết định (?:công nhận|đạt))"
)
_LATE_CELL = re.compile(rf"\b{_WHEN}\b[^.;|]{{0,40}}?\b{_REACHED}")
_MAY_BE = re.compile(rf"{_REACHED}|thưởng|phúc lợi|sau công nhận|quyết định đạt")
_NOT_COUNTED = re.compile(
    r"\b(?:không|chưa|chẳng)\s+(?:được\s+)?(?:tính|đưa|cân đối|dùng|sử dụng|gồm|bao gồm|kể|cộng"
    r"|trông|dựa|đặt|lấy|phụ thuộc)\b|\bngoài (?:nguồn|số|kế hoạch)\b"
    r"|\b(?:năm sau|năm tiếp theo|sau này)\b|\bduy tu\b"
    r"|\bbảo trì\b|\btái đầu tư\b|\btrả nợ\b|\bđã (?:nhận|được nhận|cấp|được cấp|chuyển về|về tài)"
    r"|\bứng (?:trước|vốn)\b|\bnguồn khác\b"
)
_PAYS_OUT = re.compile(
    r"\b(?:ngân sách xã|xã|ubnd xã|quỹ[^.;]{0,20})\s+(?:chi|trích|dành|thưởng|khen)\b"
    r"|\b(?:chi|trích|dành|mức)\b[^.;|]{0,44}\b(?:khen thưởng|thưởng cho|để thưởng)\b"
    r"|\bthưởng\s+(?:cho\s+)?(?:các|mỗi|từng|\d+)\s+(?:thôn|ấp|bản|xóm|khu|hộ|tập thể|cá nhân|tổ)"
    r"|\bthi đua\b|\btổ chức lễ\b|\b(?:chi|phí|cho|phục vụ) lễ\b"
    r"|\bthưởng \d[\d.,]*\s*(?:triệu|đồng)[^.;]*"
    r"\bcho (?:mỗi|từng|các)\b|\bkinh phí (?:khen )?thưởng\b|/(?:thôn|ấp|bản|hộ|khu)\b"
)
_USED = re.compile(
    r"\b(?:lấy từ|lấy|từ nguồn|từ khoản|từ tiền|bằng nguồn|bằng tiền|bằng khoản|đưa vào|cân đối"
    r"|bố trí vào|bố trí cho|dùng (?:ngay |luôn |trước )?(?:để|cho|vào|làm|tiền|khoản|nguồn|phần)"
    r"|bù (?:từ|bằng)|từ (?:mức|số|phần|khoản|nguồn|tiền) thưởng|tính (?:vào|cả|khoản|luôn)"
    r"|sử dụng|chi trả|được chi|chi bằng|trông vào"
    r"|trông chờ|dựa vào|trang trải|thanh toán|đối ứng|khởi công|mua sắm|tính vào|ghi vào|gộp"
    r"|để (?:đổ|làm|xây|mua|hoàn thành|đạt|thi công|đầu tư|nâng cấp|lắp|sửa|trả|chi|bù|bê tông"
    r"|cứng hóa|hoàn thiện)|bù (?:vào|phần|cho)|cho (?:công trình|việc|các hạng mục|phần thiếu))\b"
)
_THIS_MONEY = re.compile(
    r"\b(?:dùng|lấy|sử dụng|cân đối|chi|đưa)\b[^.;]{0,12}\b(?:tiền|khoản|nguồn|vốn|kinh phí)\s+"
    r"(?:[^\W\d_]+\s+)?(?:này|ấy|đó|trên)\b[^.;]{0,70}\b(?:xây|làm|lắp|mua|sửa|đổ|thi công|đạt)\b"
)
_WORK = re.compile(
    r"\b(?:xây|làm|đổ|lắp|mua|sửa|nâng cấp|cứng hóa|bê tông|thi công|khởi công|đầu tư|công trình"
    r"|hoàn thành tiêu chí|đạt tiêu chí|đạt chuẩn|trang thiết bị|hạng mục|tiêu chí|đối ứng)\b"
)
_SOURCE = re.compile(
    r"nguồn|huy động|ngân sách|vốn|đóng góp|dân góp|xã hội h|doanh nghiệp|nhân dân|tiền của|con em"
    r"|lồng ghép|ủng hộ|quỹ"
)
_HEAD = re.compile(r"nguồn|vốn|kinh phí|cân đối|huy động|tài chính")
_SPLIT = re.compile(r"(?<=[^\d\s])\.\s+(?=[^\s\d])|(?<=\d)\.\s+(?=[^\W\d_])")
_YEAR = re.compile(r"\bnăm (20\d\d)\b")
_OPEN_END = re.compile(r"[.;:!?)]\s*$")


@dataclass(slots=True, frozen=True)
class Counted:
    """Late money that is counted on: where, and whether beyond doubt."""

    place: Place
    sure: bool


def counted_on(plan: Plan) -> Iterator[Counted]:
    """Money of the recognition among the sources, or paying for work."""
    if not _MAY_BE.search(lower("\n".join(plan.text))):
        return
    paper = paper_of(plan)
    year = (plan.document.date or "")[:4]
    paragraphs = paper.paragraphs
    for index, paragraph in enumerate(paragraphs):
        if paragraph.block.is_row or not _MAY_BE.search(lower(paragraph.text)):
            continue
        scope = _joined(paragraphs, index)
        text = " ".join(each.text for each in scope)
        low = lower(text)
        if not _LATE.search(low):
            continue
        for start, end in _sentences(low):
            found = _in_sentence(low, start, end, scope, paragraphs, index, year)
            if found is None:
                continue
            (first, last), sure = found
            spot = _spot(paper, scope, first, last)
            if spot:
                yield Counted(spot, sure)
    for grid in grids_in(tuple(plan.text)):
        for row in _rows(plan, grid, year):
            yield Counted(at(row.number, row.label), True)


def _joined(paragraphs: Sequence[Paragraph], index: int) -> list[Paragraph]:
    """A paragraph with what a capital letter cut off from it."""
    out = [paragraphs[index]]
    for other in paragraphs[index + 1 : index + 3]:
        if (
            _OPEN_END.search(out[-1].text)
            or other.mark
            or other.block.is_row
            or other.block.heading
        ):
            break
        out.append(other)
    before = paragraphs[index - 1] if index else None
    if (
        before
        and not paragraphs[index].mark
        and not _OPEN_END.search(before.text)
        and not before.block.is_row
        and len(before.text) > 60
    ):
        out.insert(0, before)
    return out


def _sentences(low: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SPLIT.finditer(low):
        yield start, match.start() + 1
        start = match.end()
    yield start, len(low)


def _in_sentence(
    low: str,
    start: int,
    end: int,
    scope: Sequence[Paragraph],
    paragraphs: Sequence[Paragraph],
    index: int,
    year: str,
) -> tuple[tuple[int, int], bool] | None:
    words = low[start:end]
    late = _LATE.search(words)
    if late is None or _NOT_COUNTED.search(low[start : end + 120].split("\n")[0]):
        return None
    if _PAYS_OUT.search(words) or _other_year(words, year):
        return None
    span = (start + late.start(), start + late.end())
    amounts = _amounts(scope)
    own = [f for f in amounts if start <= f[0] < end]
    listed = _among_sources(words, own, start, late) or _after_whole(low, start, own, amounts)
    if listed or _item(paragraphs, index, own):
        return span, True
    if _USED.search(words) and _WORK.search(low[: span[0]] + low[span[1] :]):
        return span, bool(own)
    if own and _THIS_MONEY.search(low[end : end + 160]):
        return span, True
    return None


def _other_year(words: str, year: str) -> bool:
    years = _YEAR.findall(words)
    if not year or not years:
        return False
    return all(each < year for each in years) or any(each > year for each in years)


def _amounts(scope: Sequence[Paragraph]) -> list[tuple[int, Figure]]:
    out, base = [], 0
    for paragraph in scope:
        out += [(base + f.start, f) for f in paragraph.figures if f.kind == MONEY]
        base += len(paragraph.text) + 1
    return out


def _among_sources(
    words: str, own: Sequence[tuple[int, Figure]], start: int, late: re.Match[str]
) -> bool:
    """Whether the sentence tells sources with amounts, the late one among them."""
    if len(own) < 2 or not re.search(r"nguồn|vốn|kinh phí|gồm|cân đối|huy động", words):
        return False
    rest = words[: late.start()] + " " + words[late.end() :]
    named = len(_SOURCE.findall(rest))
    near = any(
        abs(spot - start - late.end()) < 60 or late.start() - 60 < spot - start < late.end()
        for spot, _ in own
    )
    parts = len(own) > 2 and re.search(r"\b(?:gồm|trong đó)\b", words)
    return near and named >= (1 if parts else 2)


def _after_whole(
    low: str,
    start: int,
    own: Sequence[tuple[int, Figure]],
    amounts: Sequence[tuple[int, Figure]],
) -> bool:
    """“Vốn: 3.000 triệu đồng. Trong đó có 800 triệu đồng là …”; sources numbered in one line."""
    before = [spot for spot, _ in amounts if spot < start]
    if len(own) != 1 or not before or not re.search(r"nguồn|vốn|kinh phí", low[:start]):
        return False
    if re.match(r"\s*(?:\d+[.)]\s*)?(?:trong đó|gồm)\b", low[start:]):
        return True
    return len(amounts) > 2 and len(_SOURCE.findall(low)) >= 3 and ":" in low[: before[0]]


def _item(paragraphs: Sequence[Paragraph], index: int, own: Sequence[tuple[int, Figure]]) -> bool:
    """Whether it is an item with an amount among items of sources."""
    paragraph = paragraphs[index]
    if len(own) != 1 or not paragraph.mark or len(paragraph.text) > 260:
        return False
    beside = 0
    head = ""
    for step in (-1, 1):
        for distance in range(1, 6):
            where = index + step * distance
            if not 0 <= where < len(paragraphs):
                break
            other = paragraphs[where]
            if other.mark != paragraph.mark:
                if step < 0:
                    head = lower(other.text)
                break
            low = lower(other.text)
            if any(f.kind == MONEY for f in other.figures) and _SOURCE.search(low):
                beside += 1
    return beside >= 1 and bool(_HEAD.search(head))


def _spot(paper: Paper, scope: Sequence[Paragraph], first: int, last: int) -> Place | None:
    base = 0
    for paragraph in scope:
        length = len(paragraph.text)
        if base <= first < base + length:
            return paper.place(paragraph, first - base, min(last - base, length))
        base += length + 1
    return None


def _rows(plan: Plan, grid: Grid, year: str) -> Iterator[Row]:
    """Rows of a table of sources whose words or notes say that they come late."""
    heads = lower(grid.caption + " " + " ".join(c.text for r in grid.heads for c in r.cells))
    sources = [row for row in grid.rows if _SOURCE.search(lower(row.label))]
    if len(sources) < 2 and not ("nguồn" in heads and sources):
        return
    for row in grid.rows:
        if row.foot or not row.values:
            continue
        words = " ".join(lower(plan.text[row.number - 1]).replace("|", " ").split())
        if (_LATE.search(words) or _LATE_CELL.search(words)) and not (
            _NOT_COUNTED.search(words) or _PAYS_OUT.search(words) or _other_year(words, year)
        ):
            yield row
