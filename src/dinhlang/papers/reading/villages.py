"""Villages and residential areas by name, with the goal the plan sets them; movements."""

from __future__ import annotations

import re

from dinhlang.papers.plan import Level, Movement, Status, Village
from dinhlang.papers.reading.blocks import Block
from dinhlang.papers.reading.citations import OPENERS
from dinhlang.papers.reading.letters import compile_vi, guard_vi
from dinhlang.papers.reading.paper import Paper
from dinhlang.papers.reading.tables import find_cell
from dinhlang.vietnamese import fold, tone_key

_CAP = r"[A-ZÀ-Ỹ][a-zà-ỹ']*"
_KINDS = (
    r"[Tt]hôn|THÔN|[Kk]hu dân cư|KDC|[Kk]hu phố|[Kk]hu|[Bb]ản|[Ấấ]p|[Bb]uôn|[Xx]óm|[Kk]hóm|"
    r"[Ll]àng|"
    r"[Tt]ổ dân phố|TDP|[Pp]hum|[Ss]óc|[Tt]ổ"
)
_KIND = rf"(?:{_KINDS})"
_VILLAGE = guard_vi(
    rf"\b(?P<kind>{_KINDS})\s+(?:(?:NTM|nông thôn mới)\s+)?(?:kiểu mẫu\s+|thông minh\s+)?"
    rf"(?P<name>{_CAP}(?:\s+{_CAP}){{0,3}}(?:\s+\d{{1,2}})?|"
    rf"(?:số\s+)?\d{{1,2}}[A-Z]?)(?![\w%])(?!\s*(?:/|km|m\b|hộ|tiêu chí|tuyến|triệu|tỷ|nghìn|"
    rf"người|%|[.,]\d))"
)
_MORE = compile_vi(
    rf"\s*(?:,|và|"
    rf";)\s*(?P<place>(?:{_KIND}\s+)?(?P<name>{_CAP}(?:\s+{_CAP}){{0,3}}(?:\s+\d{{1,2}})?|"
    rf"\d{{1,2}}[A-Z]?))(?![\w%])"
)
_LISTED = guard_vi(
    rf"\d\d?\s+(?P<kind>{_KIND})\s*(?::|,?\s*(?:gồm|bao gồm|là)\s*:?)\s*"
    rf"(?P<name>{_CAP}(?:\s+{_CAP}){{0,3}})(?=\s*(?:,|và\s))"
)
_NOT_NAME_TEXT = (
    "thôn nông ntm các về đạt trưởng ban căn thực mới ubnd đối tỷ tổ hội phát công tiêu bí "
    "chi đảng lưu đã tăng tiếp chủ xây phong tuyên quyết đường kế tập có không phối "
    "tham giao nhà văn nghiêm phân trong thường vận người hoàn mỗi năm trên duy"
)
_OF_SOCIETIES = frozenset(
    ["nông", "phụ", "cựu", "liên", "người", "khuyến", "chữ", "đồng", "lhpn", "ccb", "nd"]
)
_NOT_NAME = frozenset(_NOT_NAME_TEXT.split())
_NEVER_SECOND = frozenset(
    [
        "về",
        "đạt",
        "năm",
        "đã",
        "trong",
        "được",
        "là",
        "và",
        "có",
        "tiếp",
        "xây",
        "thực",
        "trưởng",
        "ban",
        "bí",
        "theo",
        "chi",
    ]
)
_ONE_NUMBER_KINDS = {
    "khu",
    "ấp",
    "bản",
    "buôn",
    "xóm",
    "khóm",
    "tổ dân phố",
    "tdp",
    "kdc",
    "thôn",
    "khu dân cư",
    "khu phố",
}


def _names(text: str) -> list[tuple[int, int, str]]:
    """Villages in a text: start, end, name without its kind (``Tân Thịnh``), ``khu 1`` with it."""
    out: list[tuple[int, int, str]] = []
    at = 0
    found = sorted([*_VILLAGE.finditer(text), *_LISTED.finditer(text)], key=lambda m: m.start())
    for match in found:
        if match.start() < at:  # already taken as a member of the list before it
            continue
        name = _good(match["name"])
        kind = match["kind"].lower()
        if not name or (
            name[-1].isdecimal() and name.isdecimal() and kind not in _ONE_NUMBER_KINDS
        ):
            continue
        if kind == "tổ" or (kind == "làng" and name.lower().startswith("nghề")):
            continue
        numbered = bool(re.match(r"(?:số\s+)?\d", name))
        stop = match.start("name") + len(name)
        start = match.start("name") if match.re is _LISTED.pattern else match.start()
        out.append((start, stop, f"{kind} {name}" if numbered else name))
        at = stop
        while True:
            more = _MORE.match(text, at)
            if not more:
                break
            extra = _good(more["name"])
            if not extra or (extra.isdecimal() != name.isdecimal()):
                break
            at = more.start("name") + len(extra)
            out.append((more.start("place"), at, f"{kind} {extra}" if extra.isdecimal() else extra))
    return out


def _good(name: str) -> str:
    first, second = (*name.split(), "")[:2]
    if first == "Hội" and second and second.lower() not in _OF_SOCIETIES:
        return name  # ấp Hội Phú is a village, Hội Phụ nữ is none
    if first.lower() in _NOT_NAME or (len(first) > 2 and first.isupper()):
        return ""
    words: list[str] = []
    for word in name.split():
        if words and word.lower() in _NEVER_SECOND:
            break
        words.append(word)
    return " ".join(words)


def places_in(text: str) -> list[str]:
    """The villages a text names, kind and name as they stand: ``thôn Tân Thịnh``."""
    out = []
    for start, end, name in _names(text):
        if _other_body(text, start):
            continue  # Hợp tác xã Làng Mẫu is no place
        words = text[start:end]
        shown = (
            words
            if any(
                words.lower().startswith(k.lower())
                for k in ("thôn", "khu", "bản", "ấp", "buôn", "xóm", "KDC", "khóm", "tổ")
            )
            else name
        )
        if shown not in out:
            out.append(shown)
    return out


_REACHES_NTM = re.compile(
    r"(?:dat chuan|dat|tro thanh) "
    r"(?:(?:thon|ban|ap|buon|xom|khu dan cu|khu|kdc) )?(?:nong thon moi|ntm)"
)


def _own_goal(piece: str, behind: str) -> str:
    """Of a sentence with two goals, the words up to the first goal behind the village."""
    if "thong minh" not in piece or "kieu mau" not in piece:
        return piece
    first = re.search("thong minh|kieu mau", behind)
    return f"nong thon moi {first[0]}" if first else piece


def _goal(folded: str) -> Level | None:
    if "thong minh" in folded:
        return "smart-village"
    if re.search(r"kieu mau|kdc km|kieu mau\b", folded):
        return "model-village"
    if "hien dai" in folded and re.search(r"nong thon moi|ntm", folded):
        return "modern"
    if _REACHES_NTM.search(folded):
        return "village"
    return None


def _status(folded: str) -> Status | None:
    if re.search(r"da (?:duoc cong nhan|dat)|duy tri|giu vung", folded):
        return "reached"
    if re.search(r"phan dau|xay dung|dang ky|hoan thanh|dat chuan|dat thon", folded):
        return "to_reach"
    return None


def read_villages(paper: Paper) -> list[Village]:
    """Each village once, where its goal is said if it is said anywhere."""
    best: dict[str, tuple[int, Village]] = {}
    titles = [b for b in paper.blocks[: paper.body] if paper.village_plan]
    for block in [*titles, *paper.content]:
        if OPENERS.match(block.text) and block.section < 0:
            continue
        for start, end, name in _names(block.text):
            if _other_body(block.text, start):
                continue
            piece = clause_of(block, start, end)
            folded = fold(piece)
            goal = _goal(_own_goal(folded, fold(block.text[end : end + 160])))
            village = Village(
                name=name, goal=goal, status=_status(folded) if goal else None,
                lines=block.lines_of(start, end), spans=block.spans(start, end),
            )  # fmt: skip
            rank = (2 if goal and goal != "village" else 1 if goal else 0) + (
                1 if "goal" in paper.topics(block) and goal else 0
            )
            key = tone_key(name)
            known = best.get(key)
            if known is None or rank > known[0]:
                best[key] = (rank, village)
    for village in _heads_of_columns(paper, set(best)):
        best.setdefault(tone_key(village.name), (0, village))
    return sorted((v for _, v in best.values()), key=lambda v: v.lines)


_HEAD_NAME = compile_vi(rf"{_CAP}(?:\s+{_CAP}){{1,3}}")


def _heads_of_columns(paper: Paper, known: set[str]) -> list[Village]:
    """Names that head columns beside the name of a village: they are villages as well."""
    out: list[Village] = []
    for table in paper.tables:
        names = [
            (at, head)
            for at, head in enumerate(table.header.cells)
            if _HEAD_NAME.fullmatch(head) and _good(head) == head
        ]
        if any(tone_key(name) in known for _, name in names):
            for at, name in names:
                spans = table.header.spans(*find_cell(table.header, at))
                out.append(Village(name=name, lines=table.header.lines, spans=spans))
    return out


_BODY = compile_vi(
    r"(?:(?:Hợp tác xã|HTX|Công ty|Trường|Quỹ|Nhà máy|ngoại trừ|trừ)\s+(?:\S+\s+){0,2}|\b(?:xã|"
    r"huyện|tỉnh|phường)\s+)$",
    re.I,
)


def _other_body(text: str, at: int) -> bool:
    """Whether the name is part of a cooperative's or a school's, or the village is left out."""
    quoted = text.count("“", 0, at) > text.count("”", 0, at) or text.count('"', 0, at) % 2 == 1
    return quoted or bool(_BODY.search(text[max(0, at - 30) : at]))


def clause_of(block: Block, start: int, end: int) -> str:
    """The clause of a block that a village stands in."""
    a = max(block.text.rfind(mark, 0, start) for mark in (". ", "; ", ".\n")) + 1
    b = min(
        (x for x in (block.text.find(mark, end) for mark in (". ", "; ")) if x >= 0),
        default=len(block.text),
    )
    return block.text[a:b]


_MOVEMENT = guard_vi(
    r"(?P<lead>[Pp]hong trào(?: thi đua)?|[Cc]uộc vận động|[Tt]hi đua|[Cc]hiến dịch|[Mm]ô hình|"
    r"[Cc]ông việc đột phá năm \d{4}|[Pp]hong trào, cuộc vận "
    r"động)\s*:?\s*[“\"«'‘]\s*(?P<name>[^”\"»’]{6,160})[”\"»’]"
)
_NEXT_QUOTED = compile_vi(
    r"\s*[;,]?\s*(?:và\s+)?(?:phong trào\s+|cuộc vận động\s+)?[“\"«](?P<name>[^”\"»]{6,160})[”\"»]"
)
_BARE = guard_vi(
    r"(?:[Pp]hong trào(?: thi đua)?|[Cc]uộc vận động)\s+(?P<name>(?:[Tt]oàn dân|[Xx]ây dựng gia "
    r"đình|[Cc]ả nước|[Cc]hung sức|[Nn]ông dân|[Tt]uổi trẻ|[Ss]ản xuất|[Hh]iến đất|[Nn]gày|"
    r"[Xx]ây dựng nông|[Tt]ết trồng)[^,;.:“”\"()…]{3,110})"
)
_CUT = compile_vi(
    r"\s+(?:ở|gắn với|trên địa bàn|được|theo|tại|năm|giai đoạn|của|do|;|nhằm|để|trong|cho|với|"
    r"đến|và chiến)\b.*$"
)


def read_movements(paper: Paper) -> list[Movement]:
    """Movements, quoted or not; each name once."""
    out: list[Movement] = []
    seen: list[str] = []

    def add(block: Block, start: int, end: int, name: str) -> None:
        key = re.sub(r"^phong trào (?:thi đua )?", "", tone_key(name)).strip(" .")
        if key in seen or len(key) < 6:
            return
        seen.append(key)
        out.append(
            Movement(
                name=name.strip(" *."),
                lines=block.lines_of(start, end),
                spans=block.spans(start, end),
            )
        )

    for block in paper.content:
        text = block.text
        if (
            "hong trào" not in text
            and "vận động" not in text
            and "thi đua" not in text
            and "đột phá" not in text
            and "hiến dịch" not in text
            and "“" not in text
        ):
            continue
        covered = 0
        for match in _MOVEMENT.finditer(text):
            if match["lead"].lower() == "mô hình":
                continue
            add(block, match.start("name"), match.end("name"), match["name"])
            covered = match.end()
            while more := _NEXT_QUOTED.match(text, covered):
                add(block, more.start("name"), more.end("name"), more["name"])
                covered = more.end()
        for match in re.finditer(r"[“\"](?P<name>Phong trào [^”\"]{6,120})[”\"]", text):
            add(block, match.start("name"), match.end("name"), match["name"])
        for match in _BARE.finditer(text):
            name = _CUT.sub("", match["name"]).strip()
            if len(name) > 8:
                add(block, match.start("name"), match.start("name") + len(name), name)
    return out
