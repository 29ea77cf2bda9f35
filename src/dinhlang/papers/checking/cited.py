"""Citations as the paper writes them, each time it does, with the words behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dinhlang.papers.checking.places import numbered
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import find_dates

_KINDS = (
    "Nghị quyết|Nghị định|Quyết định|Thông tư|Kế hoạch|Hướng dẫn|Chỉ thị|Công văn|Văn bản"
    "|Thông báo|Đề án|Chương trình|Kết luận|Báo cáo|Tờ trình|QĐ|NQ|NĐ|TT|KH"
)
_HEADS = "QĐ|NQ|NĐ|TTLT|TT|KH|HD|CTr|CT|TB|KL|BC|TTr|ĐA|CV|SNN|UBND|VPĐP|BNN|BCĐ|QH|VBHN"
CITED = re.compile(
    rf"(?:\b(?P<kind>{_KINDS})\s+)?(?:(?:[Ss]ố)\s*:?\s*)?"
    rf"(?P<number>(?<![\d/.,])(?P<no>\d{{1,5}})(?P<year>\s?/\s?(?:19|20)\d\d)?"
    rf"(?P<sep>\s?[-/]\s?|)(?P<symbol>(?:{_HEADS})\d{{0,2}}(?:\s?[-/]\s?[A-ZĐa-z&]{{1,12}})*))"
    r"(?![\w])"
)
BARE = re.compile(
    r"\b(?P<kind>QĐ|Quyết định|NQ|Nghị quyết|Nghị định|Thông tư|Kế hoạch|Chỉ thị)\s+(?:số\s+)?"
    r"(?P<no>\d{1,4})(?P<year>/(?:19|20)\d\d)?(?![\d/%.,-]|\s*(?:năm|ngày/))(?=\s+(?:của|ngày)\b)"
)
# A quick look: a number, a mark or a year, capitals.
_MAY_CITE = re.compile(r"\d\s?[-/]\s?[A-ZĐ]|\d[A-ZĐ]{2}")
_ISSUER = re.compile(
    r"^[\s,]*(?:của|do)\s+(?P<issuer>[^;:.]{2,90}?)(?=\s*(?:[;,.:]|$|\s(?:[Vv]ề|[Bb]an hành"
    r"|[Qq]uy định|V/v|[Hh]ướng dẫn|[Pp]hê duyệt|[Ss]ửa đổi|[Tt]hực hiện|[Tt]riển khai)\b))"
)
_DAY = re.compile(r"^ngày\s+", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"^\W*S[ốỐ]\s*:")


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation: ``quote`` as written, ``number`` in its regular spelling, ``title`` behind."""

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

    @property
    def organ(self) -> str:
        """The last part of the symbol, which names who issued it: ``TTg``, ``UBND``."""
        return re.split(r"[-/]", self.symbol)[-1]

    @property
    def type(self) -> str:
        """The first part of the symbol, which names the kind: ``QĐ``, ``NQ``."""
        return re.split(r"[-/]", self.symbol)[0]


def citations(plan: Plan) -> Iterator[Cited]:
    """Every numbered document the paper cites, its own number left out."""
    for line, text in numbered(plan):
        if not _MAY_CITE.search(text) or _OWN_NUMBER.match(text):
            continue
        matches = [m for m in CITED.finditer(text) if m["sep"].strip() or m["year"]]
        for index, match in enumerate(matches):
            stop = matches[index + 1].start() if index + 1 < len(matches) else len(text)
            semicolon = text.find(";", match.end(), stop)
            yield _read(line, match, text[match.end() : semicolon if semicolon > 0 else stop])


def _read(line: int, match: re.Match[str], rest: str) -> Cited:
    year = re.sub(r"\s", "", match["year"] or "")
    sep = match["sep"].strip()
    symbol = re.sub(r"\s", "", match["symbol"])
    on, words, comma = None, "", False
    for found in find_dates(rest[:60]):
        if found.valid and found.start <= 12 and found.iso and len(found.iso) == 10:
            on, words = date.fromisoformat(found.iso), _DAY.sub("", found.text)
            comma = rest.lstrip(" ").startswith(",") and rest[: found.start].count(",") == 1
            rest = rest[found.end :]
        break
    issuer = _ISSUER.match(rest)
    title = rest[issuer.end() :] if issuer else rest
    return Cited(
        line=line,
        quote=match["number"].strip(),
        kind=match["kind"] or "",
        number=f"{match['no']}{year}{sep or '/'}{symbol}",
        no=match["no"],
        sep=sep,
        symbol=symbol,
        on=on,
        day_words=words,
        issuer=issuer["issuer"].strip() if issuer else "",
        title=title.strip(" ,.;"),
        comma=comma,
    )


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
