"""Names of administrative units and villages in running text."""

from __future__ import annotations

import re
from collections import Counter

from dinhlang.papers.plan import Document
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.letters import compile_vi, guard_vi
from dinhlang.vietnamese import tone_key

_CAP = r"[A-ZÀ-Ỹ][a-zà-ỹ']*"
_NAME = rf"{_CAP}(?:[\s-]+{_CAP}){{0,3}}"
_KINDS = (
    "[Xx]ã|[Tt]hị trấn|[Pp]hường|[Đđ]ặc khu|[Hh]uyện|[Hh]uyện ủy|[Hh]uyện uỷ|[Tt]hị xã|"
    r"[Tt]hành phố|[Tt]hành ủy|TP\.?|TX\.?|[Qq]uận|[Tt]ỉnh|[Tt]ỉnh ủy"
)
_UNIT = guard_vi(rf"\b(?P<kind>{_KINDS})\s+(?P<name>{_NAME})(?!\w)")
_LEVEL = {
    "xã": "commune", "thị trấn": "commune", "phường": "commune", "đặc khu": "commune",
    "huyện": "district", "huyện ủy": "district", "huyện uỷ": "district", "thị xã": "district",
    "quận": "district", "thành phố": "city", "thành ủy": "city", "tp": "city", "tp.": "city",
    "tx": "district", "tx.": "district", "tỉnh": "province", "tỉnh ủy": "province",
}  # fmt: skip
_CENTRAL = {"hà nội", "hồ chí minh", "hải phòng", "đà nẵng", "cần thơ", "huế"}
_NOT_NAMES_TEXT = (
    "nông ntm ban hội đảng tiêu kế thông chương quyết về đoàn quy bộ trung các công văn ủy uỷ "
    "mặt tổ phòng đạt căn trong đã có việc là theo khu thực tập với để chủ hđnd ubnd bcđ nghị "
    "năm độc thường phối lãnh sở chính từ qua lưu tuyên số kính viet đài trạm địa tư tài hợp "
    "htx bưu phát xây giai"
)
_NOT_NAMES = frozenset(_NOT_NAMES_TEXT.split()) | {"thường trực"}


def _valid(name: str) -> bool:
    first = name.split()[0]
    return first.lower() not in _NOT_NAMES and not (len(first) > 1 and first.isupper())


def _trim_name(name: str) -> str:
    words = re.split(r"\s+", name)
    kept: list[str] = []
    for word in words:
        if kept and word.lower() in (
            "về",
            "năm",
            "giai",
            "phó",
            "chủ",
            "trưởng",
            "ban",
            "căn",
            "theo",
            "theo",
            "thực",
            "và",
            "là",
        ):
            break
        kept.append(word)
    return " ".join(kept)


def _proper(upper: str, blocks: list[Block]) -> str:
    """An upper-case name in the case the paper's running text gives it."""
    if not upper.isupper():
        return upper
    pattern = re.compile(re.escape(upper), re.I)
    for block in blocks:
        for match in pattern.finditer(block.text):
            if not match.group().isupper() and match.group()[0].isupper():
                return match.group()
    return " ".join(w.capitalize() for w in upper.split())


def quiet(text: str, blocks: list[Block]) -> str:
    """A title in capitals as a sentence: names of units in the case the paper gives them."""
    words = text.capitalize()
    for match in re.finditer(r"\b(XÃ|HUYỆN|TỈNH|THÔN|BẢN|ẤP|BUÔN)\s+((?:\S+\s?){1,4})", text):
        name = match[2].split()
        for size in range(len(name), 0, -1):
            upper = " ".join(name[:size]).strip(" ,.")
            proper = _proper(upper, blocks)
            if proper != " ".join(w.capitalize() for w in upper.split()) or size == 1:
                continue
            words = re.sub(re.escape(upper), proper, words, flags=re.I)
            break
    return re.sub(r"\bntm\b", "NTM", words)


def find_units(document: Document, blocks: list[Block]) -> dict[str, str]:
    """The commune, district and province the paper is of, by what it says most and where."""
    counts: dict[str, Counter[str]] = {
        "commune": Counter(),
        "district": Counter(),
        "province": Counter(),
    }
    spelled: dict[str, str] = {}
    for weight, text in _places(document, blocks):
        for match in _UNIT.finditer(text):
            name = _trim_name(match["name"])
            if not name or not _valid(name):
                continue
            level = _LEVEL[match["kind"].lower()]
            if level == "city":
                level = (
                    "province" if tone_key(name) in {tone_key(c) for c in _CENTRAL} else "district"
                )
            key = tone_key(name)
            spelled.setdefault(key, name)
            counts[level][key] += weight
    if document.place and document.issuer and re.search(r"\bxã\b|thị trấn|phường", document.issuer):
        key = tone_key(document.place)
        spelled.setdefault(key, document.place)
        counts["commune"][key] += 8
    out = {}
    for level, counter in counts.items():
        if counter:
            out[level] = spelled[counter.most_common(1)[0][0]]
    return out


def _places(document: Document, blocks: list[Block]) -> list[tuple[int, str]]:
    out = [(1, b.text) for b in blocks]
    if document.issuer:
        out.append((10, document.issuer))
    if document.title:
        out.append((4, document.title))
    return out


_BODY = compile_vi(
    r"^(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|BAN CHỈ ĐẠO|BCĐ|BAN QUẢN LÝ|BQL|ĐẢNG ỦY|ĐẢNG UỶ|"
    r"ĐẢNG BỘ|HỘI ĐỒNG|"
    r"ỦY BAN MTTQ|UBMTTQ|MẶT TRẬN|ỦY BAN MẶT TRẬN|BAN PHÁT TRIỂN|VĂN PHÒNG|PHÒNG|SỞ|TỔ|BAN|HỘI|"
    r"ĐOÀN|XÃ|HUYỆN|TỈNH|THÀNH PHỐ|THỊ|PHƯỜNG|THÔN|CHI)\b"
)
_REST = compile_vi(
    r"^(?:NTM|NÔNG THÔN|CÁC|CHƯƠNG TRÌNH|CTMTQG|MTQG|MỤC TIÊU|QUỐC GIA|XÂY DỰNG|VÀ|GIẢM NGHÈO"
    r"|ĐÔ THỊ|VĂN MINH|CHUYỂN ĐỔI|BỀN VỮNG|MỖI)\b"
)
_SKIP = compile_vi(r"CỘNG H|ĐỘC LẬP|Độc lập|^\*|ĐẢNG CỘNG SẢN|^Số|^-+$")
_SELF = compile_vi(
    r"^(?P<who>(?:UBND|[Ủủ]y ban nhân dân|[Uu]ỷ ban nhân dân|Ban [Cc]hỉ đạo|BCĐ|BQL|Ban [Qq]uản "
    r"lý|Ban [Pp]hát triển)[^.;:]{0,120}?)\s+"
    r"(?:xây dựng|ban hành|lập|báo cáo|đề nghị|trình|thông báo|yêu cầu|quyết định|kính)\s"
)
_UNIT_START = compile_vi(
    r"^(XÃ|HUYỆN|TỈNH|THÀNH PHỐ|THỊ TRẤN|THỊ XÃ|PHƯỜNG|THÔN|QUẬN|ĐẶC KHU)\s+(\S.*)$"
)
_ABBREVIATIONS = ("BCĐ", "MTQG", "UBND", "HĐND", "NTM", "MTTQ", "BQL", "XD", "VN", "CTMTQG")


def _soften(body: str) -> str:
    """``ỦY BAN NHÂN DÂN`` → ``UBND``; other capitals to running case, abbreviations kept."""
    body = re.sub(r"^(ỦY|UỶ) BAN NHÂN DÂN", "UBND", body)
    words = []
    for at, word in enumerate(body.split()):
        keep = word in _ABBREVIATIONS or (
            word.isupper()
            and len(word) <= 4
            and not re.search(
                r"[AEIOUYĂÂÊÔƠƯÁÀẢÃẠẤẦẨẪẬẮẰẲẴẶÉÈẺẼẸẾỀỂỄỆÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÍÌỈĨỊÝỲỶỸỴ]", word
            )
        )
        words.append(word if keep else (word.capitalize() if at == 0 else word.lower()))
    text = " ".join(words)
    return re.sub(r"xây dựng nông thôn mới", "xây dựng NTM", text) if "MTQG" in text else text


def issuer_name(head: list[Block], blocks: list[Block], end: int) -> str | None:
    """The issuing body, ``UBND xã Thanh Đình``: from the head, else from who writes the plan."""
    lines = [
        piece.strip()
        for block in head
        for piece in re.split(r"\t|\s{3,}| \| ", block.text)
        if piece.strip() and not _SKIP.search(piece)
    ]
    capitals: list[str] = []
    for line in lines:
        name = re.split(r"\s+CỘNG H", line)[0]
        if line.isupper() and _BODY.match(line):
            capitals.append(name)
        elif line.isupper() and capitals and _REST.match(line):
            capitals[-1] += f" {name}"  # “BAN CHỈ ĐẠO XÂY DỰNG” / “NTM XÃ DIỄN LƯƠNG”
    from_head = _join_issuer(capitals, blocks)
    if from_head:
        return from_head
    for block in blocks[end : end + 14]:
        match = _SELF.match(block.text)
        if match:
            who = re.sub(r"^[Ủủ]y ban nhân dân|^[Uu]ỷ ban nhân dân", "UBND", match["who"]).strip(
                " ,"
            )
            return _with_name(who, blocks)
    for block in blocks[-12:]:
        match = re.match(r"TM\s*\.\s*((?:ỦY|UỶ) BAN NHÂN DÂN|UBND)(.*)", block.text)
        if match:
            return _with_name(f"UBND {match[2].strip().lower() or 'xã'}".strip(), blocks)
    return None


def _join_issuer(capitals: list[str], blocks: list[Block]) -> str | None:
    bodies: list[str] = []
    for line in capitals:
        unit = _UNIT_START.match(line)
        if unit and bodies:
            bodies[-1] += f" {unit[1].lower()} {_proper(unit[2], blocks)}"
        elif not unit:
            inner = re.match(
                r"^(.*?)\s+(XÃ|HUYỆN|TỈNH|THÀNH PHỐ|THỊ TRẤN|THỊ XÃ|PHƯỜNG|(?<!NÔNG )THÔN)"
                r"\s+(.+)$",
                line,
            )
            if inner:
                bodies.append(f"{_soften(inner[1])} {inner[2].lower()} {_proper(inner[3], blocks)}")
            else:
                bodies.append(_soften(line))
    return bodies[-1] if bodies else None


def _with_name(who: str, blocks: list[Block]) -> str:
    """``UBND xã`` with the commune's name put behind it, where the paper names one commune most."""
    if not re.search(r"(?:xã|thị trấn|phường)$", who):
        return who
    counter: Counter[str] = Counter()
    for block in blocks:
        for match in _UNIT.finditer(block.text):
            name = _trim_name(match["name"])
            if name and _valid(name) and _LEVEL[match["kind"].lower()] == "commune":
                counter[name] += 1
    return f"{who} {counter.most_common(1)[0][0]}" if counter else who
