"""Cited documents: title and day, told one way, amended since, in force, of what period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.law.cited import Cited, citations, issued_at_all
from dinhlang.papers.checking.law.issuers import of_words
from dinhlang.papers.checking.law.register import Known, key, register
from dinhlang.papers.checking.text.places import at, numbered
from dinhlang.papers.plan import Fix, Plan
from dinhlang.vietnamese import fold

_SECTION = re.compile(
    r"\b(?:mục|điểm|khoản|phần)\s+[\dIVXa-zđ][\d.a-zđ]*\s+(?:[^.;]{0,30}\s)?(?:trong|của|tại)\s+"
    r"(?:Kế hoạch|Quyết định|Nghị quyết|Đề án|Hướng dẫn|Công văn|Văn bản)\s+số\s+[\w/-]+"
)
_PERIOD = re.compile(r"giai đoạn\s+(\d{4})\s*[-–]\s*(\d{4})")
_SAYS_TITLE = re.compile(r"(?:ve|ban hanh|quy dinh|v/v|phe duyet|huong dan|sua doi)\b")
_TITLE_BEFORE = re.compile(
    r"(?P<title>(?:[Bb]ộ tiêu chí|[Qq]uy định|[Cc]hương trình)\s[^;.]{12,150}?)\s*,?\s*"
    r"(?:\(?(?:được\s+)?ban hành\s+)?(?:kèm\s+)?(?:theo|tại|\()\s*(?:các\s+)?$"
)
_PERIOD_FOLDED = re.compile(r"giai doan (\d{4}) ?[-–] ?(\d{4})")
_LEAST_TITLE = 25
_SAME_TITLE = 0.8


def _ntm(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\bntm\b", "nong thon moi", fold(text)))


def _province(plan: Plan) -> str | None:
    return plan.document.province


@rule(
    code="CITE-TITLE",
    severity="error",
    purpose="Trích yếu và ngày của văn bản viện dẫn đúng với văn bản mang số ấy",
    page="""
## Là gì

Văn bản viện dẫn có trong sổ của chương trình (có nguồn công khai), nhưng kế hoạch ghi trích yếu
hoặc ngày ban hành khác.

## Vì sao

Ghi sai tên bộ tiêu chí là lập kế hoạch theo bộ tiêu chí khác; ghi sai ngày thì không tra được.

## Ví dụ

Bị báo: `Quyết định số 318/QĐ-TTg … về Bộ tiêu chí quốc gia về thôn nông thôn mới` (đúng ra là xã);
`Quyết định số 318/QĐ-TTg ngày 08/3/2021`.

Không bị báo: cách viết tắt `Bộ tiêu chí quốc gia về xã NTM`; viện dẫn không ghi trích yếu; số không
có trong sổ.

## Cách sửa

Chép lại trích yếu và ngày từ văn bản gốc.
""",
)
def title(plan: Plan) -> Iterator[Hit]:
    """Titles that lack what the title of that number always holds; dates that differ."""
    for cited in citations(plan):
        known = register().find(cited.number, _province(plan))
        if known is None or not known.certain:
            continue
        yield from _title_fault(plan, cited, known)
        if known.on is None or (
            cited.on in (None, known.on) and cited.year in (None, known.on.year)
        ):
            continue
        right = f"{known.on.day:02}/{known.on.month}/{known.on.year}"
        fix = None
        if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", cited.day_words):
            fix = Fix(line=cited.line, old=cited.day_words, new=right)
        yield Hit(
            message=f"{cited.number} ban hành ngày {right}, văn bản ghi {cited.day_words}.",
            places=(at(cited.line, cited.day_words),),
            advice=f"Sửa thành ngày {right}.",
            fix=fix,
        )


def _title_fault(plan: Plan, cited: Cited, known: Known) -> Iterator[Hit]:
    earlier = _TITLE_BEFORE.search(cited.before)
    written, behind = (cited.title, True) if _says_title(cited.title) else ("", False)
    if not behind and earlier:
        written = earlier["title"]
    words = _ntm(written)
    if not _wrong_title(words, known, whole=behind):
        return
    line = plan.text[cited.line - 1]
    start = line.find(written[:40])
    quote = line[start : start + 120] if start >= 0 else cited.quote
    if len(line) > start + 120 and start >= 0:
        quote = quote.rsplit(" ", 1)[0]
    yield Hit(
        message=f"Trích yếu không đúng với {known.number}: {known.title}.",
        places=(at(cited.line, quote),),
        advice="Chép lại trích yếu từ văn bản gốc.",
    )


def _says_title(text: str) -> bool:
    return bool(_SAYS_TITLE.match(_ntm(text)))


def _wrong_title(words: str, known: Known, whole: bool) -> bool:
    """Whether words of a title cannot be of ``known``: ``whole`` means the title stands behind."""
    if len(words) < _LEAST_TITLE:
        return False
    if known.about and not all(re.search(rf"\b{each}\b", words) for each in known.about):
        return whole or "kieu mau" in known.about or "thon nong thon moi" in words
    if "nang cao" not in words and any(each in words for each in known.never):
        return True
    period = _PERIOD_FOLDED.search(words)
    if known.period and period and len(_PERIOD_FOLDED.findall(words)) == 1:
        return not int(period[1]) <= known.period[1] or int(period[2]) < known.period[0]
    return False


@rule(
    code="CITE-TWICE",
    severity="error",
    purpose="Một văn bản được viện dẫn một cách ở mọi chỗ",
    page="""
## Là gì

Cùng một số văn bản được ghi hai ngày ban hành trong cùng một năm, hoặc cùng số và ngày mà hai ký
hiệu khác nhau; trong bài nhắc lại một căn cứ mà hai chữ số của số văn bản đổi chỗ.

## Vì sao

Một trong hai chỗ sai; người đọc không biết chỗ nào.

## Ví dụ

Bị báo: `Quyết định số 2516/QĐ-UBND ngày 23/9/2022` ở một chỗ, `ngày 20/9/2022` ở chỗ khác; căn cứ
ghi `35/2022/QĐ-UBND`, trong bài ghi `53/2022/QĐ-UBND`.

Không bị báo: kế hoạch cùng số của hai năm; cùng số của hai cơ quan khác nhau.

## Cách sửa

Xem lại văn bản gốc, ghi thống nhất.
""",
)
def twice(plan: Plan) -> Iterator[Hit]:
    """Citations of one document that contradict one another."""
    seen: set[tuple[str, str]] = set()
    bases = {line for each in plan.legal_bases if each.preamble for line in each.lines}
    for one, other in combinations(citations(plan), 2):
        if one.on is None or other.on is None:
            continue
        fault = _contradiction(one, other)
        if fault and not fault[1] and one.line in bases and other.line in bases:
            continue  # two decisions of one day, one after the other, may well be alike
        pair = (one.quote + one.day_words, other.quote + other.day_words)
        if fault and pair not in seen:
            seen.add(pair)
            yield Hit(
                message=fault[0],
                places=(at(one.line, one.quote), at(other.line, other.quote)),
                advice="Xem lại văn bản gốc, ghi thống nhất ở mọi chỗ.",
                severity=None if fault[1] else "warning",
            )
    yield from _digits_swapped(plan)


def _digits_swapped(plan: Plan) -> Iterator[Hit]:
    """Numbers without a day, known nowhere, that are a cited one's but for two digits, the year."""
    every = citations(plan)
    full = [each for each in every if each.on]
    known = {key(each.number) for each in full}
    for each in every:
        if each.on or key(each.number) in known or register().find(each.number, _province(plan)):
            continue
        for other in full:
            year = other.on.year if other.on else None
            if each.symbol != other.symbol or each.year not in (None, year):
                continue
            if not _same_office(each.issuer, other.issuer):
                continue
            years = each.number_year, other.number_year
            swapped = each.no != other.no and sorted(each.no) == sorted(other.no)
            other_year = each.no == other.no and all(years)  # “35/2023” for “35/2022”
            vague = not each.issuer and each.type not in ("QĐ", "NQ", "NĐ", "TT")
            if (swapped and years[0] == years[1]) or other_year:
                yield Hit(
                    message=f"{each.quote} không có ở chỗ khác, nơi ghi {other.quote}.",
                    places=(at(each.line, each.quote), at(other.line, other.quote)),
                    advice="Xem lại văn bản gốc, ghi thống nhất ở mọi chỗ.",
                    severity="warning" if other_year or vague else None,
                )
                break


def _contradiction(one: Cited, other: Cited) -> tuple[str, bool] | None:
    """What two citations of one document tell differently, and whether that is certain."""
    if one.on is None or other.on is None:
        return None
    same_number = key(one.number) == key(other.number)
    issuers = _same_office(one.issuer, other.issuer)
    titles = _same_words(one.title, other.title)
    both_days = f"{one.day_words} và {other.day_words}"
    if same_number and one.on != other.on and issuers:
        if one.on.year == other.on.year or titles >= _SAME_TITLE:
            return f"{one.number} được ghi hai ngày: {both_days}.", True
    elif same_number and one.on == other.on and not issuers:
        return f"{one.number} được ghi của {one.issuer} và của {other.issuer}.", True
    elif one.on != other.on or not issuers or one.type != other.type:
        return None
    elif one.no == other.no and not same_number:
        return (
            f"Văn bản số {one.no} ngày {one.day_words} được ghi hai ký hiệu: {one.quote} và "
            f"{other.quote}.",
            True,
        )
    elif not same_number and one.issuer and titles >= _SAME_TITLE:
        return f"Một văn bản được ghi hai số: {one.quote} và {other.quote}.", False
    return None


def _same_words(one: str, other: str) -> float:
    left, right = set(fold(one).split()), set(fold(other).split())
    return len(left & right) / len(left | right) if len(left) > 3 and right else 0.0


_LEVEL = re.compile(r"\b(tinh|huyen|xa|thanh pho|thi xa|phuong)\b\s*(?P<name>.*)")


def _same_office(one: str, other: str) -> bool:
    """Whether two names of an issuer may mean one office; unsaid may be any."""
    if not one or not other:
        return True
    kinds = {of_words(one), of_words(other)} - {"", "ĐỊA PHƯƠNG"}
    if len(kinds) > 1:
        return False
    left, right = _LEVEL.search(fold(one)), _LEVEL.search(fold(other))
    if left is None or right is None:
        return bool(kinds) or fold(one) == fold(other)
    names = left["name"].strip(), right["name"].strip()
    return left[1] == right[1] and (not all(names) or names[0] == names[1])


@rule(
    code="CITE-AMENDED",
    severity="warning",
    purpose="Văn bản đã sửa đổi, thay thế được viện dẫn kèm văn bản sửa đổi",
    page="""
## Là gì

Kế hoạch dựa vào một văn bản mà đến ngày ban hành kế hoạch đã được sửa đổi hoặc thay thế, nhưng
không nhắc tới văn bản sửa đổi.

## Vì sao

Ngưỡng của một số chỉ tiêu có thể đã khác.

## Ví dụ

Bị báo: kế hoạch tháng 6/2024 căn cứ `Quyết định số 318/QĐ-TTg` mà không nhắc 211/QĐ-TTg.

Không bị báo: kế hoạch năm 2023 (chưa sửa đổi); kế hoạch có nhắc cả 211/QĐ-TTg.

## Cách sửa

Thêm “được sửa đổi, bổ sung tại Quyết định số …” và soát lại các chỉ tiêu bị sửa.
""",
)
def amended(plan: Plan) -> Iterator[Hit]:
    """Documents amended or replaced by the day of the paper, cited without the later one."""
    days = issued_at_all(plan)
    if days is None:
        return
    every = list(citations(plan))
    numbers = {key(cited.number) for cited in every}
    told: set[str] = set()
    for cited in every:
        known = register().find(cited.number, _province(plan))
        if known is None or known.number in told:
            continue
        told.add(known.number)
        later = [*known.amended_by, *([known.replaced_by] if known.replaced_by else [])]
        missing = [e for e in later if e.on and e.on <= days[0] and key(e.number) not in numbers]
        if missing:
            names = ", ".join(each.number for each in missing)
            yield Hit(
                message=f"{known.number} đã được sửa đổi tại {names}, kế hoạch không nhắc tới.",
                places=(at(cited.line, cited.quote),),
                advice=f"Viện dẫn thêm {names} và soát lại các chỉ tiêu bị sửa.",
            )


@rule(
    code="CITE-FUTURE",
    severity="error",
    purpose="Văn bản viện dẫn có trước kế hoạch và đang có hiệu lực",
    page="""
## Là gì

Văn bản viện dẫn ghi ngày sau ngày của kế hoạch, hoặc đến ngày của kế hoạch chưa có hiệu lực.

## Vì sao

Không thể căn cứ vào văn bản chưa có; một trong hai ngày ghi sai.

## Ví dụ

Bị báo: kế hoạch ngày 15/01/2024 căn cứ văn bản `ngày 20/02/2024`; kế hoạch ngày 10/01/2026 căn cứ
`51/2025/QĐ-TTg` (có hiệu lực từ 15/02/2026).

Không bị báo: văn bản cùng ngày với kế hoạch; kế hoạch chưa ghi ngày.

## Cách sửa

Soát lại hai ngày; văn bản chưa có hiệu lực thì ghi “chuẩn bị thực hiện” thay cho “căn cứ”.
""",
)
def future(plan: Plan) -> Iterator[Hit]:
    """Citations dated behind the paper, or of documents not in force on its day."""
    days = issued_at_all(plan)
    if days is None:
        return
    last = days[1]
    told: set[str] = set()
    for cited in citations(plan):
        if key(cited.number) in told:
            continue
        known = register().find(cited.number, _province(plan))
        if cited.on and cited.on > last:
            told.add(key(cited.number))
            yield Hit(
                message=f"{cited.quote} ghi ngày {cited.day_words}, sau ngày của kế hoạch "
                f"({last.day}/{last.month}/{last.year}).",
                places=(at(cited.line, cited.quote),),
                advice="Soát lại ngày của văn bản viện dẫn và ngày của kế hoạch.",
            )
        elif _later_year(cited, last):
            told.add(key(cited.number))
            yield Hit(
                message=f"{cited.quote} là văn bản của năm sau ngày của kế hoạch "
                f"({last.day}/{last.month}/{last.year}).",
                places=(at(cited.line, cited.quote),),
                advice="Soát lại năm của văn bản viện dẫn và ngày của kế hoạch.",
            )
        elif known and known.certain and known.in_force and known.in_force > last:
            told.add(key(cited.number))
            starts = known.in_force
            yield Hit(
                message=f"{known.number} có hiệu lực từ {starts.day}/{starts.month}/{starts.year}, "
                "sau ngày của kế hoạch.",
                places=(at(cited.line, cited.quote),),
                advice="Lùi ngày kế hoạch, hoặc ghi rõ đây là bước chuẩn bị.",
                severity="warning",
            )


def _later_year(cited: Cited, last: date) -> bool:
    """Whether a year told alone, or in the number, is behind the paper's."""
    years = [year for year in (cited.year, cited.number_year) if year]
    return cited.on is None and any(year > last.year for year in years)


@rule(
    code="CITE-PERIOD",
    severity="note",
    purpose="Văn bản làm căn cứ còn trong giai đoạn của nó",
    page="""
## Là gì

Một căn cứ ở phần mở đầu thuộc giai đoạn đã kết thúc trước năm kế hoạch.

## Vì sao

Đề án, chương trình hết giai đoạn thường đã có văn bản mới thay thế.

## Ví dụ

Bị báo: kế hoạch năm 2023 căn cứ đề án `giai đoạn 2019 - 2020`.

Không bị báo: kế hoạch năm 2023 căn cứ chương trình `giai đoạn 2021 - 2025`.

## Cách sửa

Tìm văn bản của giai đoạn mới; nếu vẫn dùng thì ghi rõ phần còn hiệu lực.
""",
)
def period(plan: Plan) -> Iterator[Hit]:
    """Bases whose own period ended before the plan's year; sets of criteria anywhere."""
    years = plan.document.years
    if not years:
        return
    told: set[int] = set()
    for basis in plan.legal_bases:
        for line, text in numbered(plan, basis.lines) if basis.preamble else ():
            match = _PERIOD.search(text)
            if match and int(match[2]) < min(years) and line not in told:
                told.add(line)
                yield Hit(
                    message=f"Căn cứ thuộc giai đoạn đã kết thúc năm {match[2]}.",
                    places=(at(line, match[0]),),
                    advice="Xem đã có văn bản của giai đoạn mới chưa.",
                )
                break
    every = list(citations(plan))
    current = any((r := register().find(c.number)) and _in_period(r, years) for c in every)
    for cited in every:
        match = _PERIOD.search(cited.title)
        known = register().find(cited.number, _province(plan))
        ended = int(match[2]) if match else None
        if ended is None and known and known.period and "tieu chi" in known.about and not current:
            ended = known.period[1]
        of_set = "tieu chi" in fold(cited.title) or (known and "tieu chi" in known.about)
        if ended and ended < min(years) and of_set and cited.line not in told:
            told.add(cited.line)
            yield Hit(
                message=f"{cited.quote} là bộ tiêu chí của giai đoạn kết thúc năm {ended}, kế "
                f"hoạch của năm {min(years)}.",
                places=(at(cited.line, cited.quote),),
                advice="Dùng bộ tiêu chí của giai đoạn có năm kế hoạch.",
                severity="warning",
            )


def _in_period(known: Known, years: list[int]) -> bool:
    """Whether a set of criteria holds in the years of the plan."""
    if known.period is None or "tieu chi" not in " ".join(known.about):
        return False
    return known.period[0] <= min(years) <= known.period[1]


@rule(
    code="CITE-SECTION",
    severity="note",
    purpose="Nội dung giao việc nằm ngay trong kế hoạch",
    page="""
## Là gì

Kế hoạch giao thực hiện một mục của văn bản khác mà không chép nội dung mục ấy.

## Vì sao

Người nhận không có văn bản kia thì không biết phải làm gì.

## Ví dụ

Bị báo: `thực hiện mục 2.3 trong Kế hoạch số 51-KH/ĐU`.

Không bị báo: `thực hiện Kế hoạch số 51-KH/ĐU`.

## Cách sửa

Chép nội dung của mục ấy vào kế hoạch, hoặc gửi kèm văn bản.
""",
)
def section(plan: Plan) -> Iterator[Hit]:
    """Work that stands in a section of another paper."""
    for line, text in numbered(plan):
        match = _SECTION.search(text) if " số " in text else None
        if match:
            yield Hit(
                message="Nội dung phải làm nằm ở văn bản khác.",
                places=(at(line, match[0]),),
                advice="Chép nội dung của mục ấy vào kế hoạch, hoặc gửi kèm văn bản.",
            )
