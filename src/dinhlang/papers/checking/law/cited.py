"""Citations as the paper writes them, each time it does, with the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dinhlang.papers.checking.text.places import numbered
from dinhlang.papers.checking.text.unwrapped import lines_of
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import find_dates

_KINDS = (
    "Nghị quyết|Nghị định|Quyết định|Thông tư|Kế hoạch|Hướng dẫn|Chỉ thị|Công văn|Văn bản"
    "|Thông báo kết luận|Thông báo|Đề án|Chương trình|Kết luận|Báo cáo|Tờ trình|QĐ|NQ|NĐ|TT|KH"
)
_HEADS = "QĐ|NQ|NĐ|TTLT|TT|KH|HD|CTr|CT|TB|KL|BC|TTr|ĐA|CV|SNN|UBND|VPĐP|BNN|BCĐ|QH|VBHN"
CITED = re.compile(
    rf"(?:\b(?P<kind>{_KINDS})\s+)?(?:(?:[Ss]ố)\s*:?\s*)?"
    rf"(?P<number>(?<![\d/.,])(?P<no>\d{{1,5}})(?P<year>\s?/\s?(?:19|20)\d\d)?"
    rf"(?P<sep>\s?[-/]\s?|)(?P<symbol>(?:{_HEADS})\d{{0,2}}(?:\s?[-/]\s?[A-ZĐa-z&]{{1,12}})*))"
    r"(?![\w])"
)
# A quick look: a number, a mark or a year, capitals.
_MAY_CITE = re.compile(r"\d\s?[-/]\s?[A-ZĐ]|\d[A-ZĐ]{2}")
_PART_END = re.compile(r"[-/]")
_BODY = (
    r"(?:Thủ tướng|Chính phủ|Quốc hội|UBND|[ỦU][ỷy] ban|HĐND|Hội đồng|Bộ|Sở|Ban |Tỉnh|Huyện"
    r"|Thành ủy|Đảng|Chủ tịch|Văn phòng|Mặt trận)"
)
_TITLE_WORDS = (
    r"[Vv]ề|[Bb]an hành|[Qq]uy định|V/v|[Hh]ướng dẫn|[Pp]hê duyệt|[Ss]ửa đổi|[Tt]hực hiện"
    r"|[Tt]riển khai|[Gg]iao|[Cc]ông bố|[Cc]ông nhận|ngày|năm|số|đã|có|là|được"
)
_ISSUER = re.compile(
    rf"(?:của|do)\s+(?P<issuer>[^;:.()]{{2,90}}?)(?=\s*(?:[;,.:()]|$|\s(?:{_TITLE_WORDS})\b))"
)
_ISSUER_BARE = re.compile(
    rf"\(?(?P<issuer>{_BODY}[^;:.(),]{{0,70}}?)\s+ban hành(?=\s+ngày|\s*\)|\s+năm)"
)
_ISSUER_BEFORE = re.compile(
    r"(?P<issuer>(?:UBND|[ỦU][ỷy] ban nhân dân|HĐND|Hội đồng nhân dân|Thủ tướng Chính phủ"
    r"|Đảng ủy|Huyện ủy|Tỉnh ủy)(?:\s+(?:tỉnh|huyện|xã|thị xã|thành phố)(?:\s+[A-ZĐÀ-Ỹ]\w*){0,4})?)"
    r"\s+(?:đã\s+|cũng\s+)?(?:có|ban hành)\s*$"
)
_SKIP = re.compile(r"[\s,(]*(?:(?:được\s+)?(?:ban hành|ký)\s+(?=ngày|năm))?")
_DAY = re.compile(r"^ngày\s+", re.IGNORECASE)
_YEAR = re.compile(r"năm\s+(?P<year>(?:19|20)\d\d)\b")
_OWN_NUMBER = re.compile(r"^\W*S[ốỐ]\s*:")
_LONGEST_TAIL = 4


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation: ``quote`` as written, ``number`` in its regular spelling, ``title`` behind.

    ``before`` are the words of its sentence up to the citation, ``year`` a year told alone.
    """

    line: int
    quote: str
    kind: str
    number: str
    no: str
    sep: str
    symbol: str
    on: date | None
    day_words: str
    issuer: str
    title: str
    comma: bool
    before: str = ""
    year: int | None = None

    @property
    def organ(self) -> str:
        """The last part of the symbol, which names who issued it: ``TTg``, ``UBND``."""
        return _PART_END.split(self.symbol)[-1]

    @property
    def type(self) -> str:
        """The first part of the symbol, which names the kind: ``QĐ``, ``NQ``."""
        return _PART_END.split(self.symbol)[0]

    @property
    def number_year(self) -> int | None:
        """The year within the number: 2022 in ``36/2022/QĐ-UBND``."""
        parts = _PART_END.split(self.number)
        return int(parts[1]) if len(parts) > 2 and parts[1].isdecimal() else None


def citations(plan: Plan) -> Sequence[Cited]:
    """Every numbered document the paper cites, its own number left out."""
    kept = lines_of(plan)
    if kept.citations is None:
        kept.citations = tuple(_citations(plan))
    found: tuple[Cited, ...] = kept.citations
    return found


def _citations(plan: Plan) -> Iterator[Cited]:
    for line, text in numbered(plan):
        if not _MAY_CITE.search(text) or _OWN_NUMBER.match(text):
            continue
        matches = [m for m in CITED.finditer(text) if m["sep"].strip() or m["year"] or m["kind"]]
        for index, match in enumerate(matches):
            stop = matches[index + 1].start() if index + 1 < len(matches) else len(text)
            semicolon = text.find(";", match.end(), stop)
            first = max(text.rfind(";", 0, match.start()), text.rfind(". ", 0, match.start())) + 1
            first = max(first, matches[index - 1].end() if index else 0)
            rest = text[match.end() : semicolon if semicolon > 0 else stop]
            yield _read(line, match, rest, text[first : match.start()])


def _read(line: int, match: re.Match[str], rest: str, before: str) -> Cited:
    written = re.sub(r"\s", "", match["year"] or "")
    sep = match["sep"].strip()
    symbol = re.sub(r"\s", "", match["symbol"])
    tail = _Tail(rest)
    issuer = tail.issuer
    if not issuer:
        earlier = _ISSUER_BEFORE.search(before)
        issuer = earlier["issuer"] if earlier else ""
    return Cited(
        line=line,
        quote=match["number"].strip(),
        kind=match["kind"] or "",
        number=f"{match['no']}{written}{sep or '/'}{symbol}",
        no=match["no"],
        sep=sep,
        symbol=symbol,
        on=tail.on,
        day_words=tail.day_words,
        issuer=issuer,
        title=rest[tail.at :].strip(" ,.;()"),
        comma=tail.comma,
        before=before,
        year=tail.year,
    )


class _Tail:
    """What stands behind a number in any order: its day or year, who issued it."""

    def __init__(self, rest: str) -> None:
        self.on: date | None = None
        self.year: int | None = None
        self.day_words = self.issuer = ""
        self.comma = False
        self.at = 0
        for _ in range(_LONGEST_TAIL):
            if not (self._day(rest) or self._issuer(rest)):
                break

    def _day(self, rest: str) -> bool:
        if self.on or self.year:
            return False
        skip = _SKIP.match(rest, self.at)
        start = skip.end() if skip else self.at
        for found in find_dates(rest[start : start + 40]):
            if not (found.valid and found.start <= 1 and found.iso and len(found.iso) == 10):
                break
            self.on, self.day_words = date.fromisoformat(found.iso), _DAY.sub("", found.text)
            gap = rest[self.at : start]
            self.comma = self.at == 0 and gap.strip() == "," and not self.issuer
            self.at = start + found.end
            return True
        year = _YEAR.match(rest, start)
        if year:
            self.year, self.at = int(year["year"]), year.end()
            self.day_words = year[0]
            return True
        return False

    def _issuer(self, rest: str) -> bool:
        if self.issuer:
            return False
        skip = re.compile(r"[\s,(]*").match(rest, self.at)
        start = skip.end() if skip else self.at
        match = _ISSUER.match(rest, start) or _ISSUER_BARE.match(rest, start)
        if match is None:
            return False
        self.issuer, self.at = match["issuer"].strip(), match.end()
        return True


def issued(plan: Plan) -> tuple[date, date] | None:
    """The first and last day on which the paper may have been issued; None where unsaid."""
    parts = [int(part) for part in (plan.document.date or "").split("-") if part.isdecimal()]
    if len(parts) == 3:
        try:
            day = date(parts[0], parts[1], parts[2])
        except ValueError:
            return None
        return day, day
    if len(parts) == 2 and 1 <= parts[1] <= 12:
        first = date(parts[0], parts[1], 1)
        following = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
        return first, following - timedelta(days=1)
    return (date(parts[0], 1, 1), date(parts[0], 12, 31)) if parts else None


def issued_at_all(plan: Plan) -> tuple[date, date] | None:
    """Like ``issued``; a plan without a date was issued between October before and its end."""
    days = issued(plan)
    years = plan.document.years
    if days is None and years and plan.document.kind in ("plan", "campaign"):
        return date(min(years) - 1, 10, 1), date(max(years), 12, 31)
    return days
