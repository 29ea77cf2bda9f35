"""The paper against its own head: another commune's name, another year, another level."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.law.level_parts import new_set_level
from dinhlang.papers.checking.text.places import at, clauses, find, head, lead, numbered, title_line
from dinhlang.papers.checking.text.sections import body, every_section
from dinhlang.papers.plan import Level, Plan, Section
from dinhlang.papers.reading.header import levels_in
from dinhlang.papers.reading.letters import compile_vi, guard_vi
from dinhlang.vietnamese import fold, tone_key
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import any_in, guarded

_CAP = r"[A-ZÀ-Ỹ][a-zà-ỹ']*"
_NAME = rf"(?P<name>{_CAP}(?:[\s-]+{_CAP}){{1,3}})"
_OWN = compile_vi(
    r"(?P<who>UBND|[ỦU][ỷy] ban nhân dân|HĐND|Hội đồng nhân dân|Đảng ủy|Đảng uỷ|Đảng bộ|Công an"
    r"|Trạm [Yy] tế|Mặt trận Tổ quốc|MTTQ|Ban [Cc]hỉ (?:đạo|huy)[^.;,]{0,60}?|Ban [Qq]uản lý"
    r"[^.;,]{0,40}?|Đoàn [Tt]hanh niên|Hội [^.;,]{4,22}?|[Nn]hân dân|địa bàn|Văn phòng[^.;,]{0,20}?"
    rf"|toàn)\s+xã\s+{_NAME}(?!\w)"
)
_SUBJECT = compile_vi(
    rf"(?:^[\W\d]*|[,:;]\s+)[Xx]ã\s+{_NAME}\s+"
    r"(?:phấn đấu|đạt|được công nhận|hoàn thành|giữ vững|quyết tâm|đăng ký|tổ chức)\b"
)
# Its ground and its people: “trong xã …”, “đưa xã …”, “người dân xã …”.
_GROUND = guard_vi(
    r"\b(?i:trong|đưa|toàn|khắp|người dân|bà con|cán bộ(?:, công chức)?|cử tri|các thôn|các hộ"
    r"|xây dựng|tại trung tâm|trung tâm|dân số|diện tích(?: tự nhiên)?(?: của)?)\s+xã\s+"
    rf"{_NAME}(?!\w)"
)
# Words of two cells, and “Hợp tác xã Chè Khe Lau”.
_TWO_CELLS = re.compile(r"\s{3}|\||\btác xã\b")
_NEIGHBOURS = re.compile(
    r"\b(?:từ xã|với|huyện|tiếp|ranh|nối|qua|đường|tuyến|kênh|hồ|sông|suối|chợ|hợp tác xã|công ty"
    r"|trường|thăm|mua|bán|liên kết|so với|như|mô hình|cụm|khu công nghiệp|nhà máy)\b",
    re.IGNORECASE,
)
# Bodies above the commune, by district and by province.
_SUPERIOR = compile_vi(
    r"\b(?P<body>UBND|[ỦU][ỷy] ban nhân dân|HĐND|Hội đồng nhân dân|Ban Chỉ đạo[^.;,]{0,60}?"
    r"|Phòng [^.;,]{3,40}?|Văn phòng Điều phối[^.;,]{0,30}?|Sở [^.;,]{3,40}?|Công an"
    rf"|MTTQ(?: Việt Nam)?|Mặt trận Tổ quốc(?: Việt Nam)?)\s+(?P<level>huyện|tỉnh)\s+{_NAME}(?!\w)"
)
_MERGED_FROM = 2025
_SIGNED = re.compile(r"TM\s*\.\s*(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND)\s+XÃ\s+(?P<name>[^|\t]+)")
_OTHERS = re.compile(
    r"\b(?:phối hợp|học tập|kinh nghiệm|tham quan|giáp|liên xã|sáp nhập|hợp nhất|nhập|tách|cũ|đi"
    r"|sang|lân cận|kết nghĩa|bạn|quỹ tín dụng|trước đây|các xã|xâm canh|khu vực)\b",
    re.IGNORECASE,
)
_OLD = re.compile(
    r"\b(?:sáp nhập|hợp nhất|cũ|trước đây|thành lập trên cơ sở|nhập)\b", re.IGNORECASE
)
_OLD_SAID = ("nhập", "hợp nhất", "cũ", "trước đây", "thành lập trên")
_COMMUNE = compile_vi(rf"\b[Xx]ã\s+{_NAME}")
_OF_COMMUNE = compile_vi(rf"\bcủa (?:UBND )?xã\s+{_NAME}")
_NAMED_COMMUNE = compile_vi(r"[Xx]ã\s+[A-ZÀ-Ỹ]")
_NOT_NAMES = frozenset(
    ["nong", "hoi", "dang", "ban", "mat", "doan", "tieu", "ke", "chuong", "quyet", "bo", "chu"]
)
_CLOSING = re.compile(r"^\W*(?:Trên đây là|Kế hoạch này)\b", re.IGNORECASE)
_OPENING = guarded(
    r"\b(?:xây dựng|ban hành|lập)\s+[Kk]ế hoạch\b[^.;]*\b(?:như sau|sau đây|cụ thể)", re.IGNORECASE
)
_GOAL_HEAD = re.compile(
    r"\b(?:mục tiêu|nhiệm vụ|lộ trình|kinh phí|nhu cầu|giải pháp|kế hoạch|tổ chức thực hiện"
    r"|chỉ tiêu|tiến độ)\b",
    re.IGNORECASE,
)
_NOT_PLAN_YEAR = re.compile(
    r"\b(?:kết quả|đánh giá|tình hình|thực trạng|hiện trạng|chuyển sang|giai đoạn|định hướng"
    r"|đến (?:hết\s+)?năm|so với|đã đạt|hết năm|tồn tại|năm trước)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:kết quả|đánh giá|tình hình|thực trạng|hiện trạng|việc thực hiện)\b"
    r"(?!.*(?:mục tiêu|nhiệm vụ))",
    re.IGNORECASE,
)
_LONGEST_TITLE = 120
_YEAR = re.compile(r"(?<![\d/])(?P<year>20\d\d)(?!\d)")
_AIM = guarded(r"\b(?:phấn đấu|đạt chuẩn|được công nhận|công nhận|hoàn thành)\b", re.IGNORECASE)
_LATER = guarded(
    r"\b(?:hướng tới|tiền đề|tiếp theo|định hướng|giai đoạn|làm cơ sở|từng bước|tiến tới|sau năm"
    r"|giữ vững|duy trì|năm trước|đã được|đã công nhận|đã đạt)\b",
    re.IGNORECASE,
)
_VILLAGE = guarded(
    r"\b(?:(?<!nông )thôn|khu dân cư|khu|bản|ấp|xóm|buôn|KDC|khóm|vườn|hộ)\b", re.IGNORECASE
)
_LEVEL_NAMES: dict[Level, str] = {
    "ntm": "nông thôn mới", "advanced": "nông thôn mới nâng cao",
    "model": "nông thôn mới kiểu mẫu", "modern": "nông thôn mới hiện đại",
}  # fmt: skip
_COMMUNE_LEVELS: tuple[Level, ...] = ("model", "advanced", "modern")
_TEN_FROM = 2026
_NEW_SET = re.compile(r"51/2025|2026\s*[-–]\s*2030|\bbộ tiêu chí mới\b", re.IGNORECASE)
_OF_BEFORE = re.compile(
    r"\b(?:cũ|trước|đã|từng|giai đoạn 2021|318|319|sáp nhập|hợp nhất|khi nhập|của tỉnh|UBND tỉnh"
    r"|20[12][0-5])\b(?!/QĐ-TTg)",
    re.IGNORECASE,
)
_ADVICE = "Văn bản có chỗ chép từ văn bản khác: sửa lại, rồi soát cả phần xung quanh."


@rule(
    code="PLACE-NAME",
    severity="warning",
    purpose="Xã mang một tên ở mọi chỗ của văn bản",
    page="""
## Là gì

Cơ quan, địa bàn, người ký của xã mang tên một xã khác; cấp trên khi ghi huyện (tỉnh) này, khi ghi
huyện (tỉnh) khác. Ở địa danh, câu mở đầu, câu kết, phần ký là lỗi.

## Vì sao

Văn bản chép từ xã khác: ngoài cái tên, con số và mốc thời gian cũng có thể là của xã kia.

## Ví dụ

Bị báo: đầu văn bản là xã Xuân Thủy, bên dưới `UBND xã Xuân Thịnh xây dựng kế hoạch`.

Không bị báo: `phối hợp với UBND xã Xuân Thịnh`; `xã Xuân Thịnh cũ`; Thủy và Thuỷ.

## Cách sửa

Sửa tên, rồi soát lại cả đoạn.
""",
)
def other_commune(plan: Plan) -> Iterator[Hit]:
    """Own bodies, own ground and own signature under the name of another commune."""
    commune = _own_commune(plan)
    if not commune:
        return
    yield from _head_and_foot(plan, commune)
    yield from _two_superiors(plan)
    old = _old_communes(plan)
    foot = min((r.lines[0] for r in plan.recipients), default=len(plan.text) + 1)
    for clause in clauses(plan, only=lambda line: _NAMED_COMMUNE.search(line) is not None):
        for pattern in (_OWN, _SUBJECT, _GROUND):
            match = pattern.search(clause.text)
            if match is None or not _other(match["name"], commune) or _key(match["name"]) in old:
                continue
            if (
                _TWO_CELLS.search(match[0])
                or _OTHERS.search(clause.text)
                or (pattern is _GROUND and _NEIGHBOURS.search(_without(clause.text, match)))
            ):
                continue
            if clause.number >= foot and (match.groupdict().get("who") or "").startswith("U"):
                continue
            firm = _OPENING.search(clause.text) or _CLOSING.match(clause.text)
            yield Hit(
                message=f"Văn bản của xã {commune} mà ghi xã {match['name']}.",
                places=(at(clause.number, match[0].strip(" ,:;-")),),
                advice=_ADVICE,
                severity="error" if firm else None,
            )
            break


def _without(text: str, match: re.Match[str]) -> str:
    """The words without the name, which may be “Sông Mai”."""
    return text[: match.start("name")] + text[match.end("name") :]


def _own_commune(plan: Plan) -> str | None:
    """The commune of the body that issues the paper, else the one the paper is read as of."""
    match = _COMMUNE.search(plan.document.issuer or "")
    return match["name"] if match else plan.document.commune


def _head_and_foot(plan: Plan, commune: str) -> Iterator[Hit]:
    place = plan.document.place
    of_commune = re.search(r"\bxã\b", (plan.document.issuer or "").lower())
    if place and of_commune and _other(place, commune):
        where = find(plan, head(plan), re.compile(re.escape(place) + r"\s*,"))
        if where:
            yield Hit(
                message=f"Địa danh ghi {place}, cơ quan ban hành ở xã {commune}.",
                places=(where,),
                advice=_ADVICE,
                severity="error",
            )
    for number, line in numbered(plan):
        signed = _SIGNED.search(line)
        if signed and not _key(signed["name"]).startswith(_key(commune)):
            yield Hit(
                message=f"Phần ký là của xã {signed['name'].strip().title()}, văn bản của xã "
                f"{commune}.",
                places=(at(number, signed[0].strip()),),
                advice=_ADVICE,
                severity="error",
            )
    for number, line in body(plan):
        if _CLOSING.match(line):
            match = _OF_COMMUNE.search(line)
            if match and _other(match["name"], commune) and not _OWN.search(line):
                yield Hit(
                    message=f"Câu kết ghi xã {match['name']}, văn bản của xã {commune}.",
                    places=(at(number, match[0]),),
                    advice=_ADVICE,
                    severity="error",
                )


def _two_superiors(plan: Plan) -> Iterator[Hit]:
    """Bodies of two districts, or of two provinces, above one commune."""
    if max(plan.document.years, default=0) >= _MERGED_FROM:
        return  # provinces were merged: acts of the former one are cited beside the new name
    told: dict[str, dict[str, list[Place]]] = {"huyện": {}, "tỉnh": {}}
    for clause in clauses(plan, only=lambda line: "huyện" in line or "tỉnh" in line):
        for match in _SUPERIOR.finditer(clause.text):
            names, name = told[match["level"]], _key(match["name"])
            if _OTHERS.search(clause.text) or "trước khi" in clause.text:
                continue
            same = next((each for each in names if each in name or name in each), name)
            names.setdefault(same, []).append(at(clause.number, match[0]))
    for level, names in told.items():
        if len(names) != 2:
            continue
        few, many = sorted(names.values(), key=len)
        own = plan.document.district if level == "huyện" else plan.document.province
        if own and _key(own) in names:
            many = names[_key(own)]
            few = next(places for places in names.values() if places is not many)
        yield Hit(
            message=f"Cấp trên của xã ghi hai {level}: “{few[0].quote}” và “{many[0].quote}”.",
            places=(*few, many[0]),
            advice=_ADVICE,
        )


def _key(name: str) -> str:
    return " ".join(tone_key(name).lower().split())


def _other(name: str, commune: str) -> bool:
    first = fold(name).split()[0]
    mine, theirs = _key(commune), _key(name)
    return first not in _NOT_NAMES and mine not in theirs and theirs not in mine


def _old_communes(plan: Plan) -> set[str]:
    """Communes the paper names as merged into its own, or as former ones."""
    return {
        _key(match["name"])
        for _, line in numbered(plan)
        if any_in(_OLD_SAID, lower(line)) and _OLD.search(line)
        for match in _COMMUNE.finditer(line)
    }


@rule(
    code="TITLE-YEAR",
    severity="error",
    purpose="Năm ở đề mục, câu mở đầu, câu kết là năm của kế hoạch",
    page="""
## Là gì

Tên kế hoạch ghi một năm; đề mục mục tiêu, lộ trình, kinh phí, câu mở đầu hay câu kết ghi năm khác.

## Vì sao

Văn bản chép từ năm trước; mốc thời gian bên dưới có thể cũng là của năm trước.

## Ví dụ

Bị báo: kế hoạch năm 2024, đề mục `II. MỤC TIÊU NĂM 2023`; `Trên đây là kế hoạch … năm 2023`.

Không bị báo: `Kết quả năm 2023`; `mục tiêu năm 2024 và định hướng đến năm 2025`.

## Cách sửa

Sửa năm, rồi soát lại các mốc bên dưới.
""",
)
def other_year(plan: Plan) -> Iterator[Hit]:
    """Headings of goals, the opening and the closing with a year that is not the plan's."""
    years = plan.document.years
    if len(years) != 1 or not _YEAR.search(plan.document.title or ""):
        return
    every = list(_own_words(plan))
    plain = {_YEAR.sub(" ", words) for _, words in every if str(years[0]) in words}
    for number, words in every:
        named = {int(m["year"]) for m in _YEAR.finditer(words)}
        if named and min(named) > years[0] and _YEAR.sub(" ", words) in plain:
            continue  # “1. Mục tiêu năm 2024”, “2. Mục tiêu năm 2025”
        if named and years[0] not in named and not _NOT_PLAN_YEAR.search(words):
            yield Hit(
                message=f"Kế hoạch năm {years[0]} mà ghi năm {min(named)}.",
                places=(at(number, words),),
                advice="Sửa năm, rồi soát lại các mốc bên dưới.",
            )


def _of_goals(sections: list[Section]) -> Iterator[Section]:
    """Headings that stand under none that tells what was done before."""
    for section in sections:
        if not _PAST.search(section.title):
            yield section
            yield from _of_goals(section.children)


def _own_words(plan: Plan) -> Iterator[tuple[int, str]]:
    """What the paper says of itself: headings of goals, opening, first clause of the closing."""
    for section in _of_goals(plan.outline):
        if _GOAL_HEAD.search(section.title) and len(section.title) <= _LONGEST_TITLE:
            line = plan.text[section.lines[0] - 1]
            words = section.title if section.title in line else line[lead(line) :].strip()
            yield section.lines[0], words
    for number, line in body(plan):
        if _CLOSING.match(line):
            yield number, re.split(r"[,;.]", line[lead(line) :])[0].strip()
            return
        opening = _OPENING.search(line) if number <= (title_line(plan) or 0) + 30 else None
        if opening:
            yield number, opening[0]


@rule(
    code="TITLE-LEVEL",
    severity="error",
    purpose="Cấp độ nông thôn mới ở tên kế hoạch và ở nội dung là một",
    page="""
## Là gì

Tên kế hoạch là nâng cao mà câu mở đầu, đề mục, câu kết ghi kiểu mẫu (hay ngược lại). Mục tiêu của
xã ở cấp độ khác là cảnh báo. Từ năm 2026: cấp độ mà Bộ tiêu chí 2026 - 2030 không có.

## Vì sao

Hai cấp độ có hai bộ tiêu chí; không biết kế hoạch thực hiện bộ nào.

## Ví dụ

Bị báo: kế hoạch xây dựng xã nâng cao, `Trên đây là kế hoạch xây dựng nông thôn mới kiểu mẫu`.

Không bị báo: `làm tiền đề để năm sau đạt kiểu mẫu`; mục tiêu của một thôn.

## Cách sửa

Dùng một cấp độ ở mọi chỗ.
""",
)
def other_level(plan: Plan) -> Iterator[Hit]:
    """The opening, headings, the closing, or goals of the commune at another level."""
    if plan.document.kind not in ("plan", "campaign") or not plan.document.commune:
        return
    if max(plan.document.years, default=0) >= _TEN_FROM:
        yield from _no_such_level(plan)
    else:
        yield from new_set_level(plan, set())
    own = [level for level in levels_in(fold(plan.document.title or "")) if level != "ntm"]
    own = [level for level in own if level in _COMMUNE_LEVELS]
    if len(own) != 1:
        return
    heads = {section.lines[0] for section in every_section(plan.outline)}
    for number, words in _own_words(plan):
        found = _level_of(words)
        if own[0] == "model" and number in heads:
            continue  # the advanced level is itself a condition of the model level
        if found and found != own[0] and not _LATER.search(words):
            yield _hit(own[0], found, number, words, firm=True)
    goals = [
        (clause.number, clause.text, level)
        for clause in clauses(plan, only=_names_level)
        if (level := _level_of(clause.text)) and _is_goal(plan, clause.text)
    ]
    if any(level == own[0] for _, _, level in goals):
        goals = [each for each in goals if each[2] == "model"]
    for number, words, level in goals:
        if level != own[0]:
            yield _hit(own[0], level, number, words.strip(" -+"), firm=False)


def _no_such_level(plan: Plan) -> Iterator[Hit]:
    """The advanced or model level told of the set of 2026-2030, which has neither."""
    for clause in clauses(plan, only=lambda line: "nâng cao" in line or "kiểu mẫu" in line):
        level = _level_of(clause.text)
        if level not in ("advanced", "model") or _OF_BEFORE.search(clause.text):
            continue
        of_the_set = bool(_NEW_SET.search(clause.text))
        if of_the_set or _is_goal(plan, clause.text):
            yield Hit(
                message="Bộ tiêu chí 2026 - 2030 (51/2025/QĐ-TTg) không có cấp độ xã "
                f"{_LEVEL_NAMES[level]}.",
                places=(at(clause.number, clause.text.strip(" -+")),),
                advice="Ghi xã nông thôn mới hoặc xã nông thôn mới hiện đại; theo quy định riêng "
                "của tỉnh thì ghi văn bản của tỉnh.",
                severity=None if of_the_set else "warning",
            )


def _names_level(line: str) -> bool:
    return ("mẫu" in line or "nâng cao" in line or "hiện đại" in line) and bool(_AIM.search(line))


def _level_of(words: str) -> Level | None:
    found = [level for level in levels_in(fold(words)) if level in _COMMUNE_LEVELS]
    return found[0] if len(found) == 1 and not _VILLAGE.search(words) else None


def _is_goal(plan: Plan, words: str) -> bool:
    """Whether a clause sets the commune's own goal for the years of the plan."""
    years = [int(match[0]) for match in re.finditer(r"(?<!\d)20\d\d(?!\d)", words)]
    last = max(plan.document.years, default=0)
    mine = re.search(r"\b[Xx]ã\b", words) and _AIM.search(words)
    return bool(mine) and not _LATER.search(words) and all(year == last for year in years)


def _hit(own: Level, found: Level, number: int, words: str, *, firm: bool) -> Hit:
    return Hit(
        message=f"Kế hoạch xây dựng xã {_LEVEL_NAMES[own]} mà ghi {_LEVEL_NAMES[found]}.",
        places=(at(number, words),),
        advice="Dùng một cấp độ ở mọi chỗ.",
        severity=None if firm else "warning",
    )
