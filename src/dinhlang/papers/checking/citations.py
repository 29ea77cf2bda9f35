"""Citations: their form, their suffix, title and date, whether they hold on the paper's day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from dinhlang.papers.checking.cited import BARE, Cited, citations, issued
from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.places import at, numbered
from dinhlang.papers.checking.register import Known, key, register
from dinhlang.papers.plan import Fix, Plan
from dinhlang.vietnamese import fold

_PROVINCE = re.compile(r"\b(?:trên\s+)?địa bàn\s+(?:tỉnh|thành phố)\b|\btỉnh\s+[A-ZĐÀ-Ỹ]")
_TYPES = {
    "Quyết định": "QĐ", "Nghị quyết": "NQ", "Nghị định": "NĐ", "Thông tư": "TT",
    "Kế hoạch": "KH", "Hướng dẫn": "HD", "Chỉ thị": "CT", "Thông báo": "TB",
}  # fmt: skip
_ISSUERS = {
    "TTg": re.compile(r"thu tuong"),
    "CP": re.compile(r"chinh phu"),
    "UBND": re.compile(r"ubnd|uy ban nhan dan|chu tich"),
    "HĐND": re.compile(r"hdnd|hoi dong nhan dan"),
}
_SECTION = re.compile(
    r"\b(?:mục|điểm|khoản|phần)\s+[\dIVXa-zđ][\d.a-zđ]*\s+(?:[^.;]{0,30}\s)?(?:trong|của|tại)\s+"
    r"(?:Kế hoạch|Quyết định|Nghị quyết|Đề án|Hướng dẫn|Công văn|Văn bản)\s+số\s+[\w/-]+"
)
_PERIOD = re.compile(r"giai đoạn\s+(\d{4})\s*[-–]\s*(\d{4})")


def _ntm(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\bntm\b", "nong thon moi", fold(text)))


def _province(plan: Plan) -> str | None:
    return plan.document.province


@rule(
    code="CITE-FORM",
    severity="warning",
    purpose="Viện dẫn văn bản đủ số, năm, ký hiệu, đúng cách viết",
    page="""
## Là gì

Số và ký hiệu của văn bản viện dẫn viết thiếu: thiếu dấu gạch chéo trước ký hiệu, chỉ có số mà không
có ký hiệu. Dấu phẩy thừa giữa số và ngày chỉ là một ghi chú chung cho cả văn bản.

## Vì sao

Một số như “33” có ở mọi tỉnh, mọi năm; người đọc không tìm được văn bản gốc. Lần viện dẫn đầu phải
có tên loại, số, ký hiệu, ngày, cơ quan ban hành, trích yếu (Nghị định 30/2020/NĐ-CP).

## Ví dụ

Bị báo: `Quyết định số 36/2022QĐ-UBND`; `theo QĐ 33 của UBND tỉnh`.

Không bị báo: `Quyết định số 36/2022/QĐ-UBND ngày 09/12/2022`; `Nghị quyết số 20-NQ/ĐU`.

## Cách sửa

Ghi đủ: `Quyết định số 33/2014/QĐ-UBND ngày 31/7/2014 của UBND tỉnh`. Thiếu gạch chéo thì phép kiểm
đề nghị luôn chỗ sửa.
""",
)
def form(plan: Plan) -> Iterator[Hit]:
    """Numbers with a slash lost, or without symbol; one note for commas before the date."""
    commas = []
    for cited in citations(plan):
        if not cited.sep:
            yield Hit(
                message=f"Số văn bản {cited.quote} thiếu dấu gạch chéo.",
                places=(at(cited.line, cited.quote),),
                advice=f"Ghi {cited.number}.",
                fix=Fix(line=cited.line, old=cited.quote, new=cited.number),
            )
        elif cited.comma:
            commas.append(at(cited.line, cited.quote))
    for line, text in numbered(plan):
        for match in BARE.finditer(text):
            yield Hit(
                message=f"Viện dẫn “{match[0]}” thiếu ký hiệu{'' if match['year'] else ' và năm'}.",
                places=(at(line, match[0]),),
                advice="Ghi đủ số, ký hiệu, ngày ban hành và cơ quan ban hành.",
            )
    if commas:
        yield Hit(
            message=f"{len(commas)} chỗ có dấu phẩy thừa giữa số văn bản và ngày ban hành.",
            places=tuple(commas),
            advice="Viết liền: “số … ngày …”.",
            severity="note",
        )


@rule(
    code="CITE-SUFFIX",
    severity="error",
    purpose="Ký hiệu văn bản đúng với cơ quan ban hành và tên loại",
    page="""
## Là gì

Ký hiệu của văn bản viện dẫn không khớp với cơ quan ban hành hay phạm vi ghi bên cạnh: `QĐ-TTg` cho
quyết định của tỉnh, `QĐ-UBND` cho văn bản của Thủ tướng; hoặc tên loại không khớp ký hiệu.

## Vì sao

Sai ký hiệu là dẫn sang một văn bản khác, của cơ quan khác.

## Ví dụ

Bị báo: `Quyết định số 741/QĐ-TTg … trên địa bàn tỉnh Bắc Giang`; `Nghị quyết số 12/QĐ-UBND`.

Không bị báo: `Quyết định số 741/QĐ-UBND … trên địa bàn tỉnh Bắc Giang`; `318/QĐ-TTg của
Thủ tướng`; `Văn bản số 1619/SNN-VPĐP`.

## Cách sửa

Xem lại văn bản gốc, ghi đúng ký hiệu.
""",
)
def suffix(plan: Plan) -> Iterator[Hit]:
    """Symbols that contradict the issuer, the scope or the kind said beside them."""
    for cited in citations(plan):
        wrong = _suffix_fault(plan, cited)
        if wrong:
            message, right = wrong
            known = register().find(right, _province(plan)) if right else None
            same = known is not None and (cited.on is None or known.on == cited.on)
            yield Hit(
                message=message,
                places=(at(cited.line, cited.quote),),
                advice="Xem lại văn bản gốc, ghi đúng ký hiệu"
                + (f" ({right})." if right and same else "."),
                fix=Fix(line=cited.line, old=cited.quote, new=right) if right and same else None,
            )


def _suffix_fault(plan: Plan, cited: Cited) -> tuple[str, str] | None:
    known = register().find(cited.number, _province(plan))
    issuer, organ = fold(cited.issuer), cited.organ
    expected = _ISSUERS.get(organ)
    if expected and issuer and not expected.search(issuer):
        others = [each for each, pattern in _ISSUERS.items() if pattern.search(issuer)]
        if others and not (organ == "TTg" and "CP" in others):
            right = f"{cited.number.rpartition(organ)[0]}{others[0]}"
            return f"{cited.quote} mang ký hiệu {organ} nhưng ghi là của {cited.issuer}.", right
    if organ in ("TTg", "CP") and not issuer and not known and _PROVINCE.search(cited.title):
        right = f"{cited.number.rpartition(organ)[0]}UBND"
        return (
            f"{cited.quote} mang ký hiệu của {'Thủ tướng' if organ == 'TTg' else 'Chính phủ'} "
            "nhưng quy định trên địa bàn một tỉnh.",
            right,
        )
    kind = _TYPES.get(cited.kind)
    if kind and cited.type in _TYPES.values() and cited.type != kind:
        return f"{cited.kind} mà ký hiệu là {cited.type} ({cited.quote}).", ""
    return None


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
        if cited.on and known.on and cited.on != known.on:
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
    words = _ntm(cited.title)
    says_title = re.match(r"(?:ve|ban hanh|quy dinh|v/v|phe duyet|huong dan|sua doi)\b", words)
    if not says_title or len(words) < 25:
        return
    missing = [each for each in known.about if not re.search(rf"\b{each}\b", words)]
    if not missing:
        return
    line = plan.text[cited.line - 1]
    start = line.find(cited.title[:40])
    quote = line[start : start + 120] if start >= 0 else cited.quote
    if len(line) > start + 120 and start >= 0:
        quote = quote.rsplit(" ", 1)[0]
    yield Hit(
        message=f"Trích yếu không đúng với {known.number}: {known.title}.",
        places=(at(cited.line, quote),),
        advice="Chép lại trích yếu từ văn bản gốc.",
    )


@rule(
    code="CITE-TWICE",
    severity="error",
    purpose="Một văn bản được viện dẫn một cách ở mọi chỗ",
    page="""
## Là gì

Cùng một số văn bản được ghi hai ngày ban hành trong cùng một năm, hoặc cùng số và ngày mà hai ký
hiệu khác nhau.

## Vì sao

Một trong hai chỗ sai; người đọc không biết chỗ nào.

## Ví dụ

Bị báo: `Quyết định số 2516/QĐ-UBND ngày 23/9/2022` ở một chỗ, `ngày 20/9/2022` ở chỗ khác.

Không bị báo: kế hoạch cùng số của hai năm; cùng số của hai cơ quan khác nhau.

## Cách sửa

Xem lại văn bản gốc, ghi thống nhất.
""",
)
def twice(plan: Plan) -> Iterator[Hit]:
    """Citations of one document that contradict one another."""
    seen: set[tuple[str, str]] = set()
    for one, other in combinations(citations(plan), 2):
        if one.no != other.no or one.on is None or other.on is None:
            continue
        two_issuers = one.issuer and other.issuer and fold(one.issuer) != fold(other.issuer)
        same_number = key(one.number) == key(other.number)
        fault = ""
        if same_number and one.on != other.on and one.on.year == other.on.year and not two_issuers:
            fault = f"{one.number} được ghi hai ngày: {one.day_words} và {other.day_words}."
        elif not same_number and one.on == other.on and one.type == other.type and not two_issuers:
            fault = f"Văn bản số {one.no} ngày {one.day_words} được ghi hai ký hiệu: "
            fault += f"{one.quote} và {other.quote}."
        pair = (one.quote + one.day_words, other.quote + other.day_words)
        if fault and pair not in seen:
            seen.add(pair)
            yield Hit(
                message=fault,
                places=(at(one.line, one.quote), at(other.line, other.quote)),
                advice="Xem lại văn bản gốc, ghi thống nhất ở mọi chỗ.",
            )


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
    days = issued(plan)
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
    days = issued(plan)
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
    """Bases of the preamble whose own period ended before the plan's year."""
    years = plan.document.years
    if not years:
        return
    for basis in plan.legal_bases:
        if not basis.preamble:
            continue
        for line, text in numbered(plan, basis.lines):
            match = _PERIOD.search(text)
            if match and int(match[2]) < min(years):
                yield Hit(
                    message=f"Căn cứ thuộc giai đoạn đã kết thúc năm {match[2]}.",
                    places=(at(line, match[0]),),
                    advice="Xem đã có văn bản của giai đoạn mới chưa.",
                )
                break


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
