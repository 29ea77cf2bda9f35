"""Citations: their form, and their symbol against who issued them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.law.cited import Cited, citations
from dinhlang.papers.checking.law.issuers import contradicts, of_words
from dinhlang.papers.checking.law.register import register
from dinhlang.papers.checking.text.places import at, numbered
from dinhlang.papers.plan import Fix, Plan
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.guarded import guarded

_PROVINCE = re.compile(r"\b(?:trên\s+)?địa bàn\s+(?:tỉnh|thành phố)\b|\btỉnh\s+[A-ZĐÀ-Ỹ]")
_OWN_ACT = re.compile(r"(?:về|ban hành|quy định|phê duyệt|v/v|giao|công bố)\b", re.IGNORECASE)
_CARRIES_OUT = re.compile(
    r"\b(?:thực hiện|triển khai|theo|cụ thể hóa|thi hành)\s+(?:các\s+)?$", re.IGNORECASE
)
_TYPES = {
    "Quyết định": "QĐ", "QĐ": "QĐ", "Nghị quyết": "NQ", "NQ": "NQ", "Nghị định": "NĐ",
    "Thông tư": "TT", "Kế hoạch": "KH", "Hướng dẫn": "HD", "Chỉ thị": "CT", "Thông báo": "TB",
    "Tờ trình": "TTr", "Báo cáo": "BC", "Chương trình": "CTr",
}  # fmt: skip
_NAMED_TYPES = frozenset(_TYPES.values())
_LETTERS = ("Công văn",)
_LETTER_NOT = frozenset({"QĐ", "NQ", "NĐ", "TT", "CT", "KH", "BC", "TTr"})
_KIND = (
    r"\b(?P<kind>QĐ|Quyết định|NQ|Nghị quyết|Nghị định|Thông tư|Chỉ thị|Kế hoạch|Công văn"
    r"|Hướng dẫn|Thông báo)\s+"
)
_NOT_OLD_PARTY = r"(?!\s+(?:của\s+)?(?:Bộ Chính trị|Ban Bí thư|Trung ương|BCH Trung ương|TW))"
_BARE = re.compile(
    _KIND + r"(?:số\s*:?\s*)?(?P<no>\d{1,4})(?P<year>/(?:19|20)\d\d)?"
    r"(?![\d/%.,-]|\s*(?:năm|ngày/))" + _NOT_OLD_PARTY + r"(?=,?\s+(?:của|ngày|do)\b"
    r"|\s+(?:HĐND|UBND|TTg|Thủ tướng)\b)"
)
_LAW_KINDS = ("QĐ", "Quyết định", "NQ", "Nghị quyết", "Nghị định", "Thông tư")
_NUMBERED_ONLY = ("Kế hoạch", "Công văn", "Hướng dẫn", "Thông báo", "Chỉ thị")
_GLUED = re.compile(
    r"(?<![\w.])(?P<no>\d{1,4}(?:\s?/\s?20\d\d)?)(?:\s?[-/]\s?)?"
    r"(?P<type>QĐ|NQ|NĐ|KH|TB|BC|TTr|HD|CTr)"
    r"(?P<organ>TTg|UBND|HĐND|BCĐ|CP|ĐU|HU|TU)(?![\w-])"
)
_NO_TYPE = re.compile(
    r"\b(?P<kind>QĐ|Quyết định|NQ|Nghị quyết|Nghị định|Kế hoạch|Chỉ thị|Thông báo)\s+(?:số\s+)?"
    r"(?P<quote>\d{1,4}(?:/20\d\d)?/(?:TTg|UBND|HĐND|CP|BCĐ|ĐU|HU|TU))(?![\w/-])"
)
_BLANK = re.compile(
    r"\b(?:Quyết định|Nghị quyết|Kế hoạch|Công văn|Thông báo|Hướng dẫn|QĐ|NQ|KH)\s+số\s*:?"
    r"[\s.…_]*(?<!\d)(?P<quote>/(?:20\d\d/)?(?:QĐ|NQ|KH|TB|HD|UBND)\s?-\s?[A-ZĐ]\w*)"
)
# “35/2022 QĐ-UBND”, “số 45 KH-UBND”: a blank where the mark should be; “số QĐ-UBND”: no number.
_BLANK_FOR_MARK = guarded(
    r"\bsố\s*:?\s*(?P<quote>(?P<no>\d{1,4}(?:/20\d\d)?)\s+(?P<symbol>(?:QĐ|NQ|NĐ|TT|KH|CT|TB|HD|BC)"
    r"\s?[-–/]\s?[A-ZĐ]\w*))"
)
_NO_NUMBER = re.compile(
    r"\b(?:Quyết định|Nghị quyết|Kế hoạch|Nghị định|Thông tư|Chỉ thị)\s+số\s*:?\s*"
    r"(?P<quote>(?:QĐ|NQ|KH|NĐ|TT|CT)\s?[-–]\s?[A-ZĐ]\w*)"
)
# “Căn cứ Công văn của UBND tỉnh về việc …”: a basis that nobody can look up.
_NO_NUMBER_AT_ALL = re.compile(
    r"\s*(?:[-+*–]\s*)?(?:Căn cứ|Thực hiện)\s+(?P<quote>(?:Quyết định|Công văn|Kế hoạch|Thông báo"
    r"|Hướng dẫn)\s+của\s+(?:UBND|Ủy ban nhân dân|Sở|Bộ|Thủ tướng|HĐND|Hội đồng nhân dân"
    r"|Chủ tịch)\b)"
)
_TWO_SLASHES = re.compile(r"\d{1,4}\s?(?://|/\s*/)\s?(?:20\d\d|[A-ZĐ]{2})[\w/-]*")
_MAY_LACK = guarded(r"\b(?:QĐ|NQ|Quyết định|Nghị quyết|Nghị định|Thông tư|Chỉ thị|Kế hoạch"
                       r"|Công văn|Hướng dẫn|Thông báo)\b|//")  # fmt: skip


def _province(plan: Plan) -> str | None:
    return plan.document.province


@rule(
    code="CITE-FORM",
    severity="warning",
    purpose="Viện dẫn văn bản đủ số, năm, ký hiệu, đúng cách viết",
    page="""
## Là gì

Số và ký hiệu của văn bản viện dẫn viết thiếu: thiếu dấu gạch chéo hay gạch nối, chỉ có số mà không
có ký hiệu, chỗ của số còn để trống, căn cứ không ghi số nào, năm trong số khác năm của ngày. Dấu
phẩy thừa giữa số và ngày chỉ là một ghi chú chung cho cả văn bản.

## Vì sao

Một số như “33” có ở mọi tỉnh, mọi năm; người đọc không tìm được văn bản gốc. Lần viện dẫn đầu phải
có tên loại, số, ký hiệu, ngày, cơ quan ban hành, trích yếu (Nghị định 30/2020/NĐ-CP).

## Ví dụ

Bị báo: `Quyết định số 36/2022QĐ-UBND`; `theo QĐ 33 của UBND tỉnh`; `Quyết định số 318/QĐTTg`;
`Quyết định số …/QĐ-UBND`; `Quyết định số 36/2021/QĐ-UBND ngày 09/12/2022`.

Không bị báo: `Quyết định số 36/2022/QĐ-UBND ngày 09/12/2022`; `Nghị quyết số 20-NQ/ĐU`.

## Cách sửa

Ghi đủ: `Quyết định số 33/2014/QĐ-UBND ngày 31/7/2014 của UBND tỉnh`. Thiếu gạch chéo thì phép kiểm
đề nghị luôn chỗ sửa.
""",
)
def form(plan: Plan) -> Iterator[Hit]:
    """Numbers with a mark, their symbol or themselves left out; one note for commas."""
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
        if _needs_year(cited):
            yield Hit(
                message=f"Số văn bản {cited.quote} thiếu năm.",
                places=(at(cited.line, cited.quote),),
                advice="Nghị định, thông tư mang năm trong số: "
                f"{cited.no}/{cited.on.year if cited.on else 'năm'}/{cited.symbol}.",
            )
        of_year = _with_year(plan, cited)
        if of_year:
            yield Hit(
                message=f"Số văn bản {cited.quote} thiếu năm.",
                places=(at(cited.line, cited.quote),),
                advice=f"Ghi {of_year}.",
                fix=Fix(line=cited.line, old=cited.quote, new=of_year),
            )
        other_year = cited.on is not None and cited.number_year not in (None, cited.on.year)
        # Of a document of the register the day is told by CITE-TITLE.
        if other_year and register().find(cited.number, _province(plan)) is None:
            yield Hit(
                message=f"Số văn bản {cited.quote} mang năm {cited.number_year}, ngày ban hành ghi "
                f"{cited.day_words}.",
                places=(at(cited.line, cited.quote),),
                advice="Xem lại văn bản gốc: năm trong số là năm ban hành.",
            )
    whole = {cited.no for cited in citations(plan) if cited.sep}
    for line, text in numbered(plan):
        if _MAY_LACK.search(text):
            yield from _incomplete(line, text, whole)
            yield from _numberless(plan, line, text)
    if commas:
        yield Hit(
            message=f"{len(commas)} chỗ có dấu phẩy thừa giữa số văn bản và ngày ban hành.",
            places=tuple(commas),
            advice="Viết liền: “số … ngày …”.",
            severity="note",
        )


def _numberless(plan: Plan, line: int, text: str) -> Iterator[Hit]:
    """A basis without any number, neither on its line nor on those that go on with it."""
    match = _NO_NUMBER_AT_ALL.match(text)
    if match is None:
        return
    passage = text
    for more in plan.text[line : line + 2]:
        if passage.rstrip().endswith((";", ".")) or not more.strip():
            break
        passage += " " + more
    if not re.search(r"\bsố\b\s*:?\s*\d|\d/", passage):
        yield Hit(
            message=f"Viện dẫn “{match['quote']} …” không có số, ngày.",
            places=(at(line, match["quote"]),),
            advice="Ghi đủ số, ký hiệu, ngày ban hành và cơ quan ban hành.",
        )


def _needs_year(cited: Cited) -> bool:
    """Whether documents of this kind carry the year in their number, and this one does not."""
    of_law = cited.type == "NĐ" or (cited.type == "TT" and cited.organ.startswith("B"))
    return of_law and cited.number_year is None and not cited.number.startswith("0/")


def _with_year(plan: Plan, cited: Cited) -> str:
    """The number of a document known with its year that is cited without it; else empty.

    Known to the register, or cited with its year elsewhere in the paper.
    """
    if cited.number_year is not None or _needs_year(cited):
        return ""
    if cited.on is None:
        told = {
            other.number for other in citations(plan)
            if (other.no, other.symbol) == (cited.no, cited.symbol) and other.number_year
        }  # fmt: skip
        alone = not any(each.number == cited.number and each.on for each in citations(plan))
        return told.pop() if len(told) == 1 and alone else ""
    right = f"{cited.no}/{cited.on.year}/{cited.symbol}"
    known = register().find(right, _province(plan))
    own = register().find(cited.number, _province(plan))
    return known.number if known and not own and known.on == cited.on else ""


def _incomplete(line: int, text: str, whole: set[str]) -> Iterator[Hit]:
    """Numbers without symbol, with half a symbol, with two slashes, or not there at all.

    Of what is cited in full somewhere (``whole``) it is only a note.
    """
    advice = "Ghi đủ số, ký hiệu, ngày ban hành và cơ quan ban hành."
    for match in _BARE.finditer(text):
        if match["kind"] in _NUMBERED_ONLY and " số" not in match[0]:
            continue
        yield Hit(
            message=f"Viện dẫn “{match[0]}” thiếu ký hiệu{'' if match['year'] else ' và năm'}.",
            places=(at(line, match[0]),),
            advice=advice,
            severity="note" if match["no"] in whole else None,
        )
    for match in _GLUED.finditer(text):
        bare = re.sub(r"\s", "", match["no"])
        right = f"{bare}/{match['type']}-{match['organ']}"
        yield Hit(
            message=f"Ký hiệu {match[0]} thiếu dấu gạch nối.",
            places=(at(line, match[0]),),
            advice=f"Ghi {right}.",
            fix=Fix(line=line, old=match[0], new=right) if text.count(match[0]) == 1 else None,
        )
    for match in _NO_TYPE.finditer(text):
        yield Hit(
            message=f"Ký hiệu {match['quote']} không có tên loại văn bản.",
            places=(at(line, match["quote"]),),
            advice=f"Ghi đủ ký hiệu, ví dụ {match['quote'].rpartition('/')[0]}/"
            f"{_TYPES[match['kind']]}-{match['quote'].rpartition('/')[2]}.",
        )
    for match in _BLANK.finditer(text):
        yield Hit(
            message="Số của văn bản viện dẫn còn để trống.",
            places=(at(line, match[0].strip()),),
            advice=advice,
        )
    for match in _BLANK_FOR_MARK.finditer(text):
        right = f"{match['no']}/{match['symbol'].replace(' ', '')}"
        yield Hit(
            message=f"Số văn bản {match['quote']} thiếu dấu gạch chéo.",
            places=(at(line, match["quote"]),),
            advice=f"Ghi {right}.",
            fix=Fix(line=line, old=match["quote"], new=right)
            if text.count(match["quote"]) == 1
            else None,
        )
    for match in _NO_NUMBER.finditer(text):
        yield Hit(
            message=f"Văn bản {match['quote']} được viện dẫn không có số.",
            places=(at(line, match[0]),),
            advice=advice,
        )
    for match in _TWO_SLASHES.finditer(text):
        yield Hit(
            message=f"Số văn bản {match[0]} có hai dấu gạch chéo liền nhau.",
            places=(at(line, match[0]),),
            advice="Bỏ một dấu gạch chéo.",
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
    organ = cited.organ
    if cited.issuer and contradicts(cited.issuer, cited.symbol):
        said = of_words(cited.issuer)
        right = ""
        if said in ("TTg", "CP", "UBND", "HĐND") and len(re.split(r"[-/]", cited.symbol)) > 1:
            right = f"{cited.number.rpartition(organ)[0]}{said}"
        return f"{cited.quote} mang ký hiệu {organ} nhưng ghi là của {cited.issuer}.", right
    if organ in ("TTg", "CP") and not cited.issuer and not known and _of_province(cited):
        right = f"{cited.number.rpartition(organ)[0]}UBND"
        return (
            f"{cited.quote} mang ký hiệu của {'Thủ tướng' if organ == 'TTg' else 'Chính phủ'} "
            "nhưng quy định trên địa bàn một tỉnh.",
            right,
        )
    kind = _TYPES.get(cited.kind)
    if kind and cited.type in _NAMED_TYPES and cited.type != kind:
        return f"{cited.kind} mà ký hiệu là {cited.type} ({cited.quote}).", ""
    if cited.kind in _LETTERS and cited.type in _LETTER_NOT:
        return f"{cited.kind} mà ký hiệu là {cited.type} ({cited.quote}).", ""
    return _other_symbol(cited) if known is None else None


def _of_province(cited: Cited) -> bool:
    """Whether the title behind is an act of a province, not one that carries out another."""
    if _CARRIES_OUT.search(cited.before) and not re.search(r"Căn cứ\s*$", cited.before):
        earlier = re.search(r"\d/?[A-ZĐ]|Kế hoạch|Nghị quyết", cited.before)
        if earlier:
            return False
    title = cited.title
    return bool(_OWN_ACT.match(title)) and bool(_PROVINCE.search(title))


def _other_symbol(cited: Cited) -> tuple[str, str] | None:
    """A national decision known by number and day that stands under another office's symbol."""
    if cited.on is None or not re.search(r"nong thon moi|ntm|bo tieu chi", fold(cited.title)):
        return None
    for known in register():
        same = known.number.partition("/")[0] == cited.no and known.on == cited.on
        if same and known.number.endswith("/" + cited.symbol):
            continue  # only the year is missing: told by CITE-FORM
        if same and known.province is None and known.certain:
            return f"{cited.quote}: văn bản số {cited.no} ngày ấy là {known.number}.", known.number
    return None
