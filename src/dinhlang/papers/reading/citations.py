"""Cited documents: number, kind, date, issuer, title, in any of the spellings plans use.

Taken: ``318/QĐ-TTg, ngày 08/3/2022`` (comma), ``36/2022QĐ-UBND`` (slash lost, put back),
``103-NQ/ĐU``, several in one paragraph. A basis without a number (a scheme, a law) is taken only
from the preamble.
"""

from __future__ import annotations

import re

from dinhlang.papers.plan import LegalBasis
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.letters import compile_vi, guard_vi
from dinhlang.papers.reading.paper import Paper
from dinhlang.vietnamese import find_dates

_KINDS = (
    "Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Thông tư liên tịch|Thông tư|Kế hoạch|"
    "Hướng dẫn|Chỉ thị|Công văn|Văn bản hợp nhất|Văn bản|Thông báo|Đề án|Chương trình|Kết luận|"
    "Báo cáo|Tờ trình|Quy định|Luật|Hiến pháp|Công điện|Phương án|QĐ|NQ|NĐ|TT|KH|HD|CV"
)
_SHORT = {
    "QĐ": "Quyết định", "NQ": "Nghị quyết", "NĐ": "Nghị định", "TT": "Thông tư",
    "KH": "Kế hoạch", "HD": "Hướng dẫn", "CV": "Công văn",
}  # fmt: skip
_SYMBOLS = (
    "QĐ|NQ|NĐ|TTLT|TT|KH|HD|CTr|CT|TB|KL|BC|TTr|ĐA|CV|QyĐ|QĐ-|VBHN|SNN|UBND|STC|SKH|VPĐP|BNN|QH|"
    "BCĐ|HĐND|MTTQ|BTV|QC|PA|LN"
)
# Ẫ: the made-up papers of samples are numbered 01/2026/QĐ-MẪU.
_NUMBER = guard_vi(
    rf"(?:(?P<kind>{_KINDS})\s+)?(?:[Ss]ố\s*:?\s*)?"
    rf"(?<![\d/.,])(?P<no>\d{{1,5}})(?P<year>\s?/\s?(?:19|20)\d\d)?\s?(?P<sep>[-/]?)\s?"
    rf"(?P<symbol>(?:{_SYMBOLS})\d{{0,2}}(?:\s?[-/]\s?[A-ZĐẪa-z&]{{1,12}}\d{{0,2}})*)(?![\w])"
)
_BARE = guard_vi(
    r"(?P<kind>QĐ|Quyết định|NQ|Nghị quyết)\s+(?:số\s+)?(?P<no>\d{1,4})(?![\d/%.,-])\s+(?=của|ngày)"
)
_ISSUER = compile_vi(
    r"^[\s,.]*(?:của|do)\s+(?P<issuer>.+?)(?=\s*(?:[;.:]|,\s|$|\s(?:[Vv]ề|[Bb]an hành|[Qq]uy "
    r"định|V/v|v/v|"
    r"[Hh]ướng dẫn|[Pp]hê duyệt|[Ss]ửa đổi|[Tt]hực hiện|[Tt]riển khai|[Cc]ông bố|[Gg]iao|năm|"
    r"thành phố về)\s?))"
)
_DATE_BEHIND_ISSUER = compile_vi(r"^[\s,]*của\s+[A-ZÀ-Ỹ][^;:.]{3,70}$")
_TITLE = compile_vi(
    r"^[\s,.]*(?P<title>(?:V/v|v/v|[Vv]ề|[Bb]an hành|[Qq]uy định|[Hh]ướng dẫn|[Pp]hê duyệt|"
    r"[Ss]ửa đổi|[Tt]hực hiện|[Tt]riển khai).+)$",
    re.S,
)
OPENERS = compile_vi(
    r"(?:Căn cứ|Thực hiện|Xét|Theo|Trên cơ sở|Tiếp tục thực hiện|Thi hành|- Căn cứ)\b"
)
_UNNUMBERED = compile_vi(
    rf"^(?:Căn cứ|Thực hiện|Theo|Xét|Trên cơ sở)\s+(?:vào\s+|nội "
    rf"dung\s+)?(?P<kind>{_KINDS})\s+(?P<title>[^;]+)"
)
_BODY_LAW = compile_vi(
    r"(?P<kind>Luật|Bộ luật)\s+(?P<title>[A-ZÀ-Ỹa-zà-ỹ][^,;.()]{3,60}?)(?=[,;.()]|\s+(?:năm|"
    r"ngày|số|và các|không|có)\b)"
)


def citation_number(match: re.Match[str]) -> str:
    """The number in its regular spelling: no spaces, the lost slash put back."""
    symbol = re.sub(r"\s", "", match["symbol"])
    year = re.sub(r"\s", "", match["year"] or "")
    sep = match["sep"] or "/"
    return f"{match['no']}{year}{sep}{symbol}"


def _read(block: Block, match: re.Match[str], stop: int, preamble: bool) -> LegalBasis:
    text = block.text
    kind = match["kind"]
    end = match.end()
    rest = text[end:stop]
    date = None
    for found in find_dates(rest[:110]):
        named = _DATE_BEHIND_ISSUER.match(rest[: found.start])
        if found.valid and (found.start <= 12 or named):
            date = found.iso
            rest = (rest[: found.start] if named and found.start > 12 else "") + rest[found.end :]
        break
    issuer = _ISSUER.match(rest)
    after = rest[issuer.end() :] if issuer else rest
    title = _TITLE.match(after.rstrip(" ;.,"))
    end_of_date = stop - len(rest)
    return LegalBasis(
        number=citation_number(match), kind=_SHORT.get(kind, kind), date=date,
        issuer=issuer["issuer"].strip() if issuer else None,
        title=title["title"].strip() if title and preamble else None,
        preamble=preamble, lines=block.lines_of(match.start(), end_of_date),
        spans=block.spans(match.start(), end_of_date),
    )  # fmt: skip


def citations_in(block: Block, preamble: bool = False) -> list[LegalBasis]:
    """Every numbered document cited in a block."""
    if not block.has_digit or ("/" not in block.text and "-" not in block.text):
        return []
    matches = [m for m in _NUMBER.finditer(block.text) if _is_citation(block.text, m)]
    out = []
    for at, match in enumerate(matches):
        stop = matches[at + 1].start() if at + 1 < len(matches) else len(block.text)
        cut = block.text.rfind(";", match.end(), stop)
        first = block.text.find(";", match.end(), stop)
        stop = first if first > 0 else (cut if cut > 0 else stop)
        out.append(_read(block, match, stop, preamble))
    return out


def _is_citation(text: str, match: re.Match[str]) -> bool:
    if match["kind"] or match["sep"] or match["year"]:
        return bool(match["sep"] or match["year"])
    return False


def read_citations(paper: Paper) -> list[LegalBasis]:
    """The documents the paper rests on, then those cited in its body; each number once."""
    found_by_key: dict[str, LegalBasis] = {}

    def add(basis: LegalBasis, key: str) -> None:
        known = found_by_key.get(key)
        fuller = known is not None and known.date is None and basis.date is not None
        if known is None or (fuller and not known.preamble):
            found_by_key[key] = basis

    preamble_over = False
    for block in paper.blocks[paper.body :]:
        if block.spot >= paper.outline.foot and block.section < 0:
            continue
        preamble_over = preamble_over or block.section >= 0
        opening = not preamble_over and bool(OPENERS.match(block.text))
        found = citations_in(block, preamble=opening)
        for basis in found:
            add(basis, basis.number or "")
        if found:
            continue
        unnumbered = _UNNUMBERED.match(block.text) if opening else None
        if unnumbered:
            title = unnumbered["title"].strip(" ;.,")
            dates = find_dates(title)
            basis = LegalBasis(
                number=None, kind=_SHORT.get(unnumbered["kind"], unnumbered["kind"]),
                date=dates[-1].iso if dates else None, title=title, lines=block.lines,
                spans=block.spans(unnumbered.start("kind"), len(block.text.rstrip(" ;."))),
            )  # fmt: skip
            add(basis, title)
            continue
        for bare in _BARE.finditer(block.text):
            kind = _SHORT.get(bare["kind"], bare["kind"])
            rest = block.text[bare.end() - 1 :]
            issuer = _ISSUER.match(rest)
            add(
                LegalBasis(
                    number=bare["no"], kind=kind, preamble=opening,
                    issuer=issuer["issuer"].strip() if issuer else None,
                    lines=block.lines_of(*bare.span()), spans=block.spans(*bare.span()),
                ),
                f"{kind} {bare['no']}",
            )  # fmt: skip
    return list(found_by_key.values())
