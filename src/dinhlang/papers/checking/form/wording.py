"""The wording: misspelt, doubled and lost words, marks of other programs. Notes only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from operator import eq

from dinhlang.papers.checking.form.spelling import is_word, misspelt
from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.text.places import (
    at,
    lead,
    listed,
    numbered,
    title_line,
    words_in_lines,
    words_of,
)
from dinhlang.papers.checking.text.sections import body, title_place
from dinhlang.papers.plan import Fix, Plan
from dinhlang.vietnamese.folding import lower

# What is typed wrongly again and again, what must follow it, what is meant. Only where nothing
# else can be meant.
_GOAL = r"(?=\s+(?:xã|đạt|thấp|hồ|đến|năm|hoàn|đưa))"
_TYPOS = (
    ("phân đầu", "", "phấn đấu"),
    ("phần đầu", _GOAL, "phấn đấu"),
    ("phấn đầu", "", "phấn đấu"),
    ("phân đấu", "", "phấn đấu"),
    ("phần đấu", _GOAL, "phấn đấu"),
    ("tập chung", "", "tập trung"),
    ("trú trọng", "", "chú trọng"),
    ("tuyên tryền", "", "tuyên truyền"),
    ("kiểm mẫu", "", "kiểu mẫu"),
    ("chuyên dịch cơ cấu", "", "chuyển dịch cơ cấu"),
    ("cây, con thể mạnh", "", "cây, con thế mạnh"),
    ("đòi rừng", "", "đồi rừng"),
    ("hàng rao", "", "hàng rào"),
    ("sẽ phát", r"(?=\s*(?:,|đảm bảo))", "phát sẻ"),
    ("sẻ phát", r"(?=\s*(?:,|đảm bảo))", "phát sẻ"),
    ("điem dân cư", "", "điểm dân cư"),
    ("hướng dân", r"(?=,? (?:đánh|các|thực|lập))", "hướng dẫn"),
    ("các nhân", r"(?=\s+(?:gắn|có|đạt|tiêu|trong))", "cá nhân"),
    ("globgap", "", "GlobalGAP"),
    ("xữ lý", "", "xử lý"),
    ("sữ dụng", "", "sử dụng"),
    ("sửa chửa", "", "sửa chữa"),
    ("vận đông nhân dân", "", "vận động nhân dân"),
    ("thục hiện", "", "thực hiện"),
    ("chỉ tiệu", "", "chỉ tiêu"),
    ("tiêu chi", r"(?=\s+(?:số|xã|nông))", "tiêu chí"),
    ("tồ chức", "", "tổ chức"),
    ("nông thông mới", "", "nông thôn mới"),
    ("nông thôn mơi", "", "nông thôn mới"),
    ("đảm bào", "", "đảm bảo"),
    ("bảo đàm", "", "bảo đảm"),
    ("cũng cố", "", "củng cố"),
    ("giử gìn", "", "giữ gìn"),
    ("giải phóng mặt bàng", "", "giải phóng mặt bằng"),
)
_WORD = re.compile(r"[^\W\d_]+")
_COMPILED = tuple(
    (wrong, re.compile(rf"\b{wrong}\b{ahead}", re.IGNORECASE), right)
    for wrong, ahead, right in _TYPOS
)
_SYLLABLES = {wrong: frozenset(_WORD.findall(wrong)) for wrong, _, _ in _TYPOS}
_LOST = (
    (re.compile(r"\btiêu số (?=\d)"), "tiêu chí số "),
    (
        re.compile(
            r"(?:(?<=của )|(?<=thành )|(?<=các )|(?<=đạt )|(?<=trì )|(?<=vững )|(?<=hiện ))"
            r"tiêu (?=\d{1,2}\b)"
        ),
        "tiêu chí ",
    ),
    (re.compile(r"\btiêu chí số (?=[A-ZĐ])"), None),
    (
        re.compile(
            r"\b(?:các|từng|những) tiêu (?!ch[íiu]|mục\b(?! trong)|biểu|dùng|thụ|đề|cực|hao|úng"
            r"|thoát|hủy|huỷ|diệt|độc|điểm|tốn|hóa|ngữ|thủ|khiển|sọ|xanh)(?=[^\W\d_])"
        ),
        None,
    ),
    (re.compile(r"\bkinh tế\s*[-–]\s*hội\b(?! đồng| nghị)"), "kinh tế - xã hội"),
    (re.compile(r"\bkế hoạch phát triển - xã hội\b"), "kế hoạch phát triển kinh tế - xã hội"),
    (re.compile(r"\bcơ chế, chính (?=khuyến|hỗ)"), "cơ chế, chính sách "),
    (re.compile(r"\bnhững hoạt (?=liên quan)"), "những hoạt động "),
    (re.compile(r"\bkhu dân (?=NTM|nông thôn mới)"), "khu dân cư "),
    (re.compile(r"\bcó hiệu quả Căn cứ (?=Nghị)"), "có hiệu quả "),
)
_MAY_LACK = re.compile(
    r"tiêu số|tiêu \d|chí số [A-ZĐ]|(?:ác|ừng|ững) tiêu [^c]|tế\s*[-–]\s*hội|triển - xã"
    r"|chính (?:khu|hỗ)|hoạt liên|dân (?:NTM|nông)|quả Căn"
)
_DOUBLED = re.compile(r"\b(?P<word>[^\W\d_]{2,}) {1,2}(?i:(?P=word))\b(?!\s*[-–])")
_DOUBLED_PAIR = re.compile(r"\b(?P<pair>[^\W\d_]{2,} [^\W\d_]{2,}) (?P=pair)\b")
# Words that Vietnamese doubles on purpose.
_DOUBLED_WORDS = (
    "tiêu năm xanh ngày dần nhà người nơi đời luôn thường mãi hay ai đâu chung riêng từ "
    "hằng hàng nho vành"
    " đều đo mau dài cao sớm tối trắng hồng vàng xa gần lâu nhanh song chầm khăng"
)
_REDUPLICATED = frozenset(_DOUBLED_WORDS.split())
_MARKUP = re.compile(r"^\s*\*{3,}\s|\\\\|\$\\[a-z]+|&nbsp;|\*\*\s*$")
_BROKEN_BOLD = re.compile(r"^\*\*\* ")
_KNOWN_WORDS = (
    "UBND HĐND MTTQ BCĐ BQL NTM KDC OCOP HTX BHYT BHXH VPĐP MTQG TNCS LHPN THCS THPT PTTH CCB ĐU HU"
    " UBMTTQ XDNTM ANTT ANCT TTATXH KTXH GTNT QPAN PCTT TKCN PCCC GPMB VSMT ATTP GDĐT BGDĐT TTHC"
    " CTMTQG ĐPNTM TNMT NNPTNT PTNT LĐTBXH TBXH VHTT VHXH NVH TDTT KHKT CNTT KT TC XD MT VT GNBV"
    " TBCTMT BTCB ĐTVM HSNTM TTg CP QĐ NQ KH BC TW HSMT PHHS NLĐ ĐBKK DTTS SXKD GCN QSDĐ ATGT CBCC"
    " DVC VNEID VIETGAP GLOBALGAP HACCP IOT THTG CSVC UBQLĐT BTXH CCVC TTHTCĐ NSTW NSĐP "
    "NSNN BTV BCH"
    " XHCN CHXHCN VNPT THTT ĐVHC BBT TTYT TYT CSGT BVTV HTXNN HTXDV TNHH MTV PTDTBT TTBVHT VBHN NSX"
    " WIFI ASXH TTCN GRDP GDP ISO FTTH HDPE PVC BTXM THDL HĐQT BKHĐT BNN BNNPTNT BNNMT BTC BYT MNPT"
    " TTVH NSH SNN SXNN QLDA TTKN KHCN QPTD UBKT ĐTN HND HPN TTPVHCC PVHCC DVNN TTTT STTTT"
)
_KNOWN = frozenset(_KNOWN_WORDS.split())
_CAPITALS = re.compile(r"[A-ZĐ](?<![\w/-].)[A-ZĐ]{4,9}(?![\w/-])")
_SHORT_OFFICE = 12
_LABEL = re.compile(r"^[a-zđ][.)]")
_RECIPIENTS = re.compile(r"[*_#\s]*Nơi nhận\b", re.IGNORECASE)
_ENDED = re.compile(r"[.;:!?)\]”\"*_|…,]\s*$")


@rule(
    code="TEXT-NOISE",
    severity="note",
    purpose="Không có chữ gõ sai, gõ lặp, rơi chữ",
    page="""
## Là gì

Chữ gõ sai hay gặp (`phân đầu`, `tập chung`, `trú trọng`), chữ gõ hai lần, chữ bị rơi (`tiêu số
17`).

## Vì sao

Không đổi nghĩa nhưng làm văn bản thiếu trang trọng; máy tìm chữ không ra.

## Ví dụ

Bị báo: `phân đầu xã đạt chuẩn`; `thành lập các các Đoàn`; `hoàn thành tiêu số 17`.

Không bị báo: `ngày ngày`, `luôn luôn`; `phần đầu của văn bản`.

## Cách sửa

Sửa theo đề nghị; phép kiểm ghi sẵn chữ đúng.
""",
)
def noise(plan: Plan) -> Iterator[Hit]:
    """Words typed wrongly, twice or not at all; each with its mend where that is certain."""
    told: set[tuple[int, str]] = set()
    for hit in (*_noise(plan), *misspelt(plan)):
        place = hit.places[0]
        words = place.quote.lower()
        if not any(number == place.lines[0] and words in said for number, said in told):
            told.add((place.lines[0], words))
            yield hit


def _noise(plan: Plan) -> Iterator[Hit]:
    met = {word.lower() for word in set().union(*words_in_lines(plan))}
    active = [each for each in _COMPILED if met >= _SYLLABLES[each[0]]]
    if active:
        said = "\n".join(plan.text).lower()
        active = [each for each in active if each[0] in said]
    for (number, line), words_of_line in zip(numbered(plan), words_in_lines(plan), strict=True):
        for wrong, pattern, right in active:
            for match in pattern.finditer(line) if wrong in lower(line) else ():
                better = right[0].upper() + right[1:] if match[0][0].isupper() else right
                yield _mend(number, line, match[0], better, "gõ sai")
        for pattern, words in _LOST if _MAY_LACK.search(line) else ():
            for match in pattern.finditer(line):
                if words is None:
                    quote = line[match.start() : match.start() + 30].rsplit(" ", 1)[0]
                    yield Hit(
                        message=f"Có chữ bị rơi ở “{quote}”.",
                        places=(at(number, quote),),
                        advice="Điền chữ còn thiếu.",
                    )
                else:
                    yield _mend(number, line, match[0].strip(), words.strip(), "rơi chữ")
        for match in _DOUBLED.finditer(line) if _stutters(words_of_line) else ():
            word, again = match["word"], match[0].split()[-1]
            name = word[0].isupper() and (again[0].isupper() or match.start() > lead(line) + 4)
            if word.lower() not in _REDUPLICATED and not name and again[0].islower():
                yield _mend(number, line, match[0], word, "gõ hai lần")
        for match in _DOUBLED_PAIR.finditer(line) if _stutters_by_two(words_of_line) else ():
            if is_word(match["pair"]):
                yield _mend(number, line, match[0], match["pair"], "gõ hai lần")


def _stutters_by_two(words: list[str]) -> bool:
    return any(map(eq, words, words[2:])) and any(
        one and other for one, other in pairwise(map(eq, words, words[2:]))
    )


def _stutters(words: list[str]) -> bool:
    if any(map(eq, words, words[1:])):
        return True
    first = words[:2]
    return len(first) > 1 and first[0].lower() == first[1]  # “Các các”


def _mend(number: int, line: str, old: str, new: str, what: str) -> Hit:
    return Hit(
        message=f"“{old}”: {what}.",
        places=(at(number, old),),
        advice=f"Sửa thành “{new}”.",
        fix=Fix(line=number, old=old, new=new) if line.count(old) == 1 else None,
    )


@rule(
    code="TEXT-UNICODE",
    severity="note",
    purpose="Chữ dùng Unicode dựng sẵn",
    page="""
## Là gì

Một số dòng của tệp dùng Unicode tổ hợp: chữ và dấu là hai ký tự. Khi đọc, chương trình đã đổi sang
Unicode dựng sẵn.

## Vì sao

Nhìn giống nhau nhưng tìm chữ không ra; Nghị định 30/2020/NĐ-CP đòi bảng mã Unicode theo TCVN
6909:2001 (dựng sẵn).

## Ví dụ

Bị báo: tệp soạn trên máy Mac hoặc chép từ nguồn dùng Unicode tổ hợp.

Không bị báo: tệp dùng Unicode dựng sẵn.

## Cách sửa

Đổi bảng mã cả văn bản sang Unicode dựng sẵn.
""",
)
def unicode(plan: Plan) -> Iterator[Hit]:
    """Lines that were in decomposed Unicode in the file."""
    lines = plan.source.decomposed if plan.source else []
    places = tuple(
        at(number, words_of(plan.text[number - 1])) for number in lines if number <= len(plan.text)
    )
    elsewhere = any("Unicode tổ hợp" in note for note in (plan.source.notes if plan.source else ()))
    if places or elsewhere:
        places = places or (title_place(plan),)
        yield Hit(
            message=f"{len(lines)} dòng dùng Unicode tổ hợp."
            if lines
            else "Tệp có chữ dùng Unicode tổ hợp.",
            places=places,
            advice="Đổi bảng mã cả văn bản sang Unicode dựng sẵn.",
        )


@rule(
    code="TEXT-MARKUP",
    severity="note",
    purpose="Không sót ký hiệu định dạng của chương trình khác",
    page="""
## Là gì

Trong văn bản sót ký hiệu đậm, nghiêng hay công thức của chương trình khác (`***`, `\\geq`).

## Vì sao

In ra thành rác.

## Ví dụ

Bị báo: `*** Các hạng mục còn thiếu:**`.

Không bị báo: tệp Markdown viết đúng: `**1. Mục tiêu**`.

## Cách sửa

Xóa ký hiệu, định dạng lại bằng Word.
""",
)
def markup(plan: Plan) -> Iterator[Hit]:
    """Broken marks of emphasis: one note for all."""
    places = [
        at(number, words_of(line))
        for number, line in numbered(plan)
        if _BROKEN_BOLD.match(line) and line.count("**") == 2 and not line.rstrip().endswith("***")
    ]
    if places:
        yield Hit(
            message="Sót ký hiệu định dạng.",
            places=tuple(places),
            advice="Xóa ký hiệu, định dạng lại bằng Word.",
        )


@rule(
    code="TEXT-BREAK",
    severity="note",
    purpose="Câu không bị ngắt giữa chừng",
    page="""
## Là gì

Một câu bị cắt thành hai đoạn, thường ở chỗ sang trang.

## Vì sao

Máy đọc dễ hiểu thành hai việc.

## Ví dụ

Bị báo: đoạn dừng ở `cảnh quan môi`, đoạn sau bắt đầu bằng `trường nông thôn`.

Không bị báo: mục liệt kê viết thường đầu dòng.

## Cách sửa

Nối hai đoạn lại.
""",
)
def broken(plan: Plan) -> Iterator[Hit]:
    """Paragraphs that go on after a blank line: one note for all."""
    if plan.source is None or plan.source.reader != "text":
        return
    places = []
    first = (title_line(plan) or 0) + 1
    for number, line in enumerate(plan.text[first - 1 :], first):
        if not line.strip():
            continue
        if _RECIPIENTS.match(line):
            break
        blank = number >= 3 and not plan.text[number - 2].strip()
        before = plan.text[number - 3] if blank else ""
        if (
            blank
            and len(before) > 60
            and line[0].islower()
            and not _LABEL.match(line)
            and not _ENDED.search(before)
        ):
            places.append(at(number - 2, before.rstrip()[-60:].lstrip()))
    if places:
        yield Hit(
            message=f"{len(places)} câu bị cắt thành hai đoạn.",
            places=tuple(places),
            advice="Nối hai đoạn lại.",
        )


@rule(
    code="TEXT-ABBREVIATION",
    severity="note",
    purpose="Chữ viết tắt lạ được giải thích",
    page="""
## Là gì

Chữ viết tắt không thông dụng, trong văn bản không giải thích.

## Vì sao

Người ngoài xã không hiểu; có khi là gõ nhầm.

## Ví dụ

Bị báo: `Hội đồng QHTXVNN`.

Không bị báo: UBND, HĐND, HTX …; chữ viết tắt có giải thích trong ngoặc.

## Cách sửa

Viết đầy đủ ở lần đầu: `Hội đồng quản trị hợp tác xã dịch vụ nông nghiệp (HĐQT HTX DVNN)`.
""",
)
def abbreviation(plan: Plan) -> Iterator[Hit]:
    """Unknown capitals that no brackets explain: one note for all."""
    places = []
    for number, line in body(plan):
        if not _CAPITALS.search(line):
            continue
        letters = [each for each in line if each.isalpha()]
        capitals = sum(each.isupper() for each in letters)
        if capitals > _SHORT_OFFICE and capitals * 2 > len(letters):
            continue
        for match in _CAPITALS.finditer(line):
            around = line[max(0, match.start() - 1) : match.end() + 2]
            vowels = sum(letter in "AEIOUYĂÂÊÔƠƯ" for letter in match[0])
            if match[0] not in _KNOWN and "(" not in around and vowels <= 1:
                places.append(at(number, match[0]))
    words = [place.quote for place in places]
    if places:
        yield Hit(
            message=f"Chữ viết tắt không giải thích: {listed(dict.fromkeys(words))}.",
            places=tuple(places),
            advice="Viết đầy đủ ở lần đầu.",
        )


@rule(
    code="TEXT-REPEATED",
    severity="note",
    purpose="Một câu không viết hai lần",
    page="""
## Là gì

Cùng một câu, từ sáu chữ trở lên, đứng ở hai dòng.

## Vì sao

Khi sửa chỗ này dễ quên chỗ kia.

## Ví dụ

Bị báo: cùng câu `Xây dựng thôn Đông đạt thôn thông minh vào tháng 10/2024.` ở mục tiêu và ở nhiệm
vụ.

Không bị báo: đề mục lặp lại; câu ngắn.

## Cách sửa

Giữ một chỗ, chỗ kia dẫn tới.
""",
)
def repeated(plan: Plan) -> Iterator[Hit]:
    """Sentences that stand twice."""
    seen: dict[str, int] = {}
    for number, line in body(plan):
        words = line[lead(line) :].strip()
        if len(words.split()) < 8 or "|" in words or words.endswith(":"):
            continue
        first = seen.setdefault(words, number)
        if first != number:
            yield Hit(
                message=f"Câu này đã có ở dòng {first}.",
                places=(at(number, words_of(line)), at(first, words_of(line))),
                advice="Giữ một chỗ.",
            )
