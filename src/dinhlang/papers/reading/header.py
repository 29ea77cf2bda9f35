"""The head and the foot of a paper: kind, number, place and date, issuer, title, signature."""

from __future__ import annotations

import re
from collections import Counter

from dinhlang.papers.plan import Document, Kind, Level, Recipient, Signatory
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.citations import OPENERS
from dinhlang.papers.reading.letters import compile_vi
from dinhlang.papers.reading.places import find_units, issuer_name, quiet
from dinhlang.vietnamese import find_dates, fold
from dinhlang.vietnamese.guarded import guarded

_KINDS: dict[str, Kind] = {
    "KẾ HOẠCH": "plan", "QUYẾT ĐỊNH": "decision", "BÁO CÁO": "report", "TỜ TRÌNH": "submission",
    "THÔNG BÁO": "notice", "BIÊN BẢN": "minutes", "CÔNG VĂN": "letter", "CHƯƠNG TRÌNH": "plan",
    "PHƯƠNG ÁN": "plan", "ĐỀ ÁN": "other", "HƯỚNG DẪN": "other", "NGHỊ QUYẾT": "other",
    "CHỈ THỊ": "other", "CÔNG ĐIỆN": "letter", "QUY CHẾ": "other", "QUY ĐỊNH": "other",
    "GIẤY MỜI": "other", "KẾT LUẬN": "other", "HỢP ĐỒNG": "other",
}  # fmt: skip
_SYMBOL_KIND: dict[str, Kind] = {
    "KH": "plan", "QĐ": "decision", "BC": "report", "TTr": "submission", "TTR": "submission",
    "TB": "notice", "BB": "minutes", "CV": "letter", "UBND": "letter",
}  # fmt: skip
_KIND_LINE = compile_vi(rf"(?P<kind>{'|'.join(_KINDS)})(?P<rest>\b.*|$)")
_NUMBER = compile_vi(
    r"[Ss]ố\s*[:.]?\s*(?P<no>\d{1,5})?[\s.…_]*(?P<year>/\s*20\d\d)?\s*(?P<sep>[-/])\s*"
    r"(?P<symbol>[A-ZĐ][A-Za-zĐđ]{1,7}(?:\s*[-/]\s*[A-ZĐ][A-Za-zĐđ&]*)*)"
)
_PLACE = compile_vi(r"(?P<place>[A-ZÀ-Ỹ][^,;:\d]{1,45}),\s*(?=ngày|tháng)")
_CAMPAIGN = compile_vi(
    r"phat dong|ra quan|cao diem|\d+ ngay dem|chien dich|dot thi dua|phong trao thi dua"
)
_NATIONAL = compile_vi(r"CỘNG H[OÒ][AÀ] XÃ HỘI|Độc lập\s*-\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM")
_AUTHORITY = compile_vi(r"(?:TM|T/M|TL|TUQ|T\.M)\s*\.?\s*(?P<body>.+)")
_SIGN_TITLE = compile_vi(
    r"(?:KT\s*\.|Q\s*\.|TL\s*\.|PHÓ |CHỦ TỊCH|TRƯỞNG|BÍ THƯ|CHÁNH |GIÁM ĐỐC|CHỦ NHIỆM|THƯ KÝ|"
    r"CHỦ TRÌ|HIỆU TRƯỞNG|NGƯỜI )"
)
_NAME = compile_vi(r"[A-ZÀ-Ỹ][a-zà-ỹ]+(?:\s+[A-ZÀ-Ỹ][a-zà-ỹ]*\.?){1,5}$")
_YEAR = compile_vi(r"(?<!\d)(20\d\d)(?!\d)")
_PERIOD_YEARS = compile_vi(r"giai đoạn\s+20\d\d\s*[-–]\s*20\d\d|(?:đến|định hướng đến) năm 20\d\d")
_FOOT_END = compile_vi(r"(?:TM|T/M|KT|TL|TUQ|Q)\s*\.\s*\S")

HEAD_BLOCKS = 40


def _find_title(blocks: list[Block]) -> tuple[int, Kind | None, str]:
    """Index of the block with the kind in capitals, the kind, and what follows on that line."""
    for at, block in enumerate(blocks[:HEAD_BLOCKS]):
        match = _KIND_LINE.match(block.text)
        if not match or block.label:
            continue
        rest = match["rest"].strip(" :.-–")
        if rest and rest[0].islower() and block.lines[0] == block.lines[1]:
            continue
        return at, _KINDS[match["kind"]], rest
    return -1, None, ""


_LETTER_SUBJECT = compile_vi(r"^\(?(?:V/v|V/V|v/v|Về việc)[:\s]")


def _title_end(blocks: list[Block], at: int, titled: bool = False) -> int:
    """Index behind the last block of the title that begins behind ``at``."""
    end = at + 1
    while end < len(blocks) and end <= at + 4:
        block = blocks[end]
        text = block.text
        if (
            (block.label and block.label.style in ("part", "article", "roman", "upper", "arabic"))
            or (OPENERS.match(text) and (end > at + 1 or titled or text.startswith("Căn cứ")))
            or text.startswith(("Kính gửi", "UBND ", "Ủy ban nhân dân ", "Nơi nhận", "Thời gian"))
            or (len(text) > 320 or (end > at + 1 and text.endswith((";", ":")) and len(text) > 120))
            or text.endswith(("như sau:", "như sau"))
            or (end > at + 1 and text.isupper() and not blocks[end - 1].text.isupper())
            or (end > at + 2 and len(text) > 160)
            or block.bullet
            or (end > at + 1 and re.match(r"(?:Ngày|Hôm nay|Vào hồi|Thời gian)\s", text))
            or (end > at + 1 and len(text) > 90 and text.endswith("."))
        ):
            break
        end += 1
    return end


def _head_lines(blocks: list[Block], stop: int) -> list[str]:
    return [piece.strip() for b in blocks[:stop] for piece in re.split(r"\t|\s{3,}| \| ", b.text)]


def read_head(blocks: list[Block]) -> tuple[Document, int]:
    """The head of the paper and the index of the first block behind it."""
    at, kind, rest = _find_title(blocks)
    document = Document()
    subject = None
    if at < 0:
        end = 0
        while end < min(len(blocks), 25) and not (
            OPENERS.match(blocks[end].text)
            or blocks[end].label
            or blocks[end].text.startswith("Kính gửi")
        ):
            end += 1
        head = blocks[:end]
        for block in blocks[: end + 1]:
            if _LETTER_SUBJECT.match(block.text):
                subject = re.sub(_LETTER_SUBJECT, "", block.text).strip(" )")
        title = subject
    else:
        end = _title_end(blocks, at, titled=len(rest) > 20)
        head = blocks[:at]
        parts = [p for p in [rest, *(b.text for b in blocks[at + 1 : end])] if p]
        parts = [p for p in parts if not re.fullmatch(r"[-–—_\s*]+", p)]
        loud = " ".join(p for p in parts if p.isupper())
        shown = [quiet(loud, blocks)] if loud and parts[0].isupper() else []
        kept = [p for p in parts if not (shown and p.isupper())]
        title = " ".join(shown + kept).strip(" .:") or None
    document.title = title
    _number_and_date(document, blocks[: max(end, 1)] if at < 0 else blocks[:end])
    if kind is None:
        symbol = (document.symbol or "").split("-")[0].split("/")[0]
        kind = _SYMBOL_KIND.get(symbol)
        if kind is None:
            kind = "letter" if any(b.text.startswith("Kính gửi") for b in blocks[:30]) else "other"
        if subject:
            kind = "letter"
    if kind == "plan" and title and _CAMPAIGN.search(fold(title)):
        kind = "campaign"
    document.kind = kind
    if at >= 0 and title:
        document.lines = (blocks[at].lines[0], blocks[max(end - 1, at)].lines[1])
    elif head:
        document.lines = (head[0].lines[0], head[-1].lines[1])
    document.issuer = issuer_name(
        [b for b in head if b.kind in ("text", "box", "header", "row")], blocks, end
    )
    return document, end


def _number_and_date(document: Document, head: list[Block]) -> None:
    for block in head:
        if document.symbol is None:
            match = _NUMBER.search(block.text)
            if match:
                symbol = re.sub(r"\s", "", match["symbol"])
                document.symbol = symbol
                if match["no"]:
                    year = re.sub(r"\s", "", match["year"] or "")
                    document.number = f"{match['no']}{year}{match['sep']}{symbol}"
        if document.date is None:
            place = _PLACE.search(block.text)
            if place:
                dates = find_dates(block.text[place.end() :])
                if dates and dates[0].start <= 2:
                    document.place = place["place"].rsplit("  ", 1)[-1].strip()
                    document.date = dates[0].iso


def complete_head(document: Document, blocks: list[Block], foot: int) -> list[Level]:
    """Years, units and levels, from the whole paper; returns the levels the plan aims at."""
    title = document.title or ""
    stripped = _PERIOD_YEARS.sub(" ", title)
    years = sorted({int(y) for y in _YEAR.findall(stripped)})
    if not years and document.date:
        years = [int(document.date[:4])]
    if not years:
        opening = " ".join(b.text for b in blocks[:25])
        common = Counter(_YEAR.findall(re.sub(r"\d+/20\d\d/|ngày \S+", " ", opening))).most_common(
            1
        )
        years = [int(common[0][0])] if common else []
    document.years = years
    units = find_units(document, blocks)
    head = " ".join(
        [document.issuer or "", *(b.text for b in blocks[:8] if b.text.isupper())]
    ).lower()
    above = re.search(r"huyện|tỉnh|thành phố|thị xã|(?<!cơ )\bsở\b", head)
    of_commune = re.search(r"\bxã\b|phường|thị trấn|đặc khu|thôn|xóm|bản|ấp|buôn", head)
    document.commune = None if above and not of_commune else units.get("commune")
    if document.commune is None and document.place and f"xã {document.place.lower()}" in head:
        document.commune = document.place  # “ĐẢNG ỦY XÃ THẠNH HÒA TÂY”, named nowhere else
    document.district = units.get("district")
    document.province = units.get("province")
    return _levels(document, blocks)


_VILLAGES = "thon|khu dan cu|kdc|khu|ban|ap|buon|xom|lang|to dan pho"
_LEVELS: tuple[tuple[Level, str], ...] = (
    ("smart-village", rf"(?:{_VILLAGES}) (?:ntm |nong thon moi )?thong minh"),
    ("model-village", rf"(?:{_VILLAGES}) (?:dat chuan )?(?:nong thon moi |ntm )?(?:kieu mau|km\b)"),
    ("model", r"(?:xa )?(?:dat chuan )?(?:nong thon moi|ntm) kieu mau|xa kieu mau"),
    ("advanced", r"(?:nong thon moi|ntm) nang cao"),
    ("modern", r"(?:nong thon moi|ntm) hien dai"),
    ("ntm", r"nong thon moi|ntm"),
)  # fmt: skip
_LEVEL_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _LEVELS)
_VILLAGE_NTM = compile_vi(
    r"(?:thon|khu dan cu|kdc|ban|ap|buon|xom) (?:dat chuan )?(?:nong thon moi|ntm)(?! kieu| thong)"
)
_TOWARDS = guarded(
    r"(?:huong toi|phan dau|dang ky|tap trung) (?:\w+ ){0,5}xa (?:dat chuan )?(?:ntm|nong thon "
    r"moi) nang cao"
)
_NAMES_VILLAGE = re.compile(r"(?:thon|khu|ban|ap|buon|xom|kdc|to dan pho) ")
_AIM = compile_vi(
    r"phan dau|dat chuan|hoan thanh|xay dung|dang ky|duoc cong nhan|dat (?:xa|thon|ap|ban|khu|xom)|"
    r"muc tieu"
)


def levels_in(folded: str) -> list[Level]:
    """The levels named in a folded text; a longer name hides the shorter one inside it."""
    found: list[Level] = []
    for name, pattern in _LEVEL_PATTERNS:
        if pattern.search(folded):
            found.append(name)
            folded = pattern.sub(" ", folded)
    return found


def _levels(document: Document, blocks: list[Block]) -> list[Level]:
    """Levels of the title; villages' levels also from goals that aim at them."""
    title = fold(document.title or "")
    found = levels_in(title)
    towards = found == ["ntm"] or not found
    for block in blocks:
        if block.text.isdecimal() or len(block.text) < 20 or OPENERS.match(block.text):
            continue
        folded = fold(block.text)
        if towards and "advanced" not in found and _TOWARDS.search(folded):
            found.append("advanced")
        if "thong minh" not in folded and "kieu mau" not in folded:
            continue
        for level in levels_in(folded):
            of_village = level in ("smart-village", "model-village") and level not in found
            if of_village and _AIM.search(folded) and _NAMES_VILLAGE.search(folded):
                found.append(level)
    return found


def read_foot(blocks: list[Block], foot: int) -> tuple[Signatory | None, list[Recipient]]:
    """Signature block and recipients."""
    recipients: list[Recipient] = []
    signatory = Signatory()
    titles: list[str] = []
    where: list[int] = []
    in_list = False
    for block in blocks[foot:]:
        text = block.text.strip()
        if block.label and block.label.style == "annex":
            break
        for piece in [p.strip() for p in re.split(r"\t+| \| ", text) if p.strip()]:
            listed = re.match(r"(?i:nơi nhận|nơi gửi)\s*:?\s*(?P<rest>.*)", piece)
            if listed:
                in_list = True
                piece = listed["rest"].strip(" -")
                if not piece:
                    continue
            authority = _AUTHORITY.match(piece)
            if authority and not signatory.authority:
                signatory.authority = re.sub(r"^(TM|TL|TUQ)\s*\.\s*", r"\1. ", piece)
                where.append(block.lines[0])
            elif piece.isupper() and (
                _SIGN_TITLE.match(piece) or (signatory.authority and " " in piece)
            ):
                shown = re.sub(r"^(KT|Q|TL)\s*\.\s*", r"\1. ", piece)
                if shown.startswith(("KT.", "Q.")):
                    signatory.acting_for = shown
                titles.append(shown)
                where.append(block.lines[1])
            elif in_list and not block.bullet and _goes_on(recipients, piece):
                last = recipients[-1]  # “- Thôn Bái (Trưởng thôn,” / “Tổ công nghệ số);”
                last.text = f"{last.text} {piece.strip(' ;.')}"
                last.lines = (last.lines[0], block.lines[1])
                last.spans = [*last.spans, *block.spans()]
            elif in_list and (block.bullet or not (titles or signatory.authority)):
                if not piece.isdecimal():
                    recipients += _recipients(block, piece)
            elif (titles or signatory.authority) and not signatory.name and _NAME.match(piece):
                signatory.name = piece
                where.append(block.lines[1])
    if titles:
        signatory.title = titles[-1]
        if signatory.authority is None and len(titles) > 1:
            signatory.authority = titles[0]
    if where:
        signatory.lines = (min(where), max(where))
    has = signatory.authority or signatory.title
    return (signatory if has else None), recipients


def _goes_on(recipients: list[Recipient], piece: str) -> bool:
    """Whether a line without a dash is the rest of the recipient before it."""
    if not recipients or piece.startswith("(") or piece.isupper():
        return False
    last = recipients[-1].text
    return last.endswith((",", " và")) or last.count("(") > last.count(")")


def _recipients(block: Block, piece: str) -> list[Recipient]:
    out = []
    at = 0
    for part in re.split(r";\s*(?:-\s*)?", piece):
        name = part.strip(" .-–")
        if name:
            start = max(block.text.find(name, at), 0)
            at = start + len(name)
            out.append(
                Recipient(
                    text=name,
                    lines=block.lines_of(start, at),
                    spans=block.spans(start, at),
                )
            )
    return out
