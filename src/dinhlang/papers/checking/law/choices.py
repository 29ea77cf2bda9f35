"""k of n: what must be chosen and is not, and declared numbers that the list does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dinhlang.papers.checking.frame import Hit, rule
from dinhlang.papers.checking.law.level_parts import wide_choices
from dinhlang.papers.checking.text.paragraphs import paragraphs
from dinhlang.papers.checking.text.places import at, numbered, whole
from dinhlang.papers.checking.text.sections import body
from dinhlang.papers.checking.text.told_parts import names_goals
from dinhlang.papers.checking.text.unwrapped import once
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import parse_words
from dinhlang.vietnamese.guarded import any_in, guarded

_COUNT = r"\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám"
_NOUN = (
    r"lĩnh vực|chỉ tiêu|nội dung|mô hình|điều kiện|yêu cầu|tiêu chuẩn|nhiệm vụ|hạng mục|giải pháp"
    r"|tiêu chí thành phần|phần việc|sản phẩm|tiêu mục"
)
_LEAST = r"ít nhất|tối thiểu|từ|chọn|lựa chọn|đăng ký|đạt|hoàn thành|thực hiện|phải đạt"
_OF = guarded(
    rf"\b(?P<lead>{_LEAST})\s+(?:được\s+|đạt\s+)?(?:ít nhất\s+|tối thiểu\s+)?(?P<k>{_COUNT})\s*"
    rf"(?:/\s*(?P<n>\d{{1,2}})\s+(?P<what>{_NOUN})"
    rf"|(?:(?:{_NOUN})\s+)?(?:nổi trội\s+)?trong\s+(?:số\s+|tổng số\s+)?(?:các\s+)?"
    rf"(?:(?P<n2>{_COUNT})\s+)?(?P<what2>{_NOUN}))\b(?P<rest>[^.]*)",
    re.IGNORECASE,
)
_OTHER_WAYS = guarded(
    # “từ 02 nội dung trở lên trong 05 nội dung”, “3 trên 5 điều kiện”, “một hoặc một số lĩnh vực”
    rf"\b(?P<lead>từ|ít nhất|tối thiểu|đạt|bảo đảm|đảm bảo|hoàn thành|có|đủ)\s+(?P<k>{_COUNT})\s+"
    rf"(?:(?:{_NOUN})\s+(?:trở lên\s+)?(?:trong|trên)(?:\s+(?:tổng\s+)?số)?|trên|trở lên trong)\s+"
    rf"(?P<n>{_COUNT})\s+(?P<what>{_NOUN})\b(?P<rest>[^.]*)"
    rf"|\b(?:một|1|01)\s+hoặc\s+(?:một số|nhiều|vài)\s+(?P<what3>{_NOUN})\b(?P<rest3>[^.]*)"
    rf"|\btheo\s+(?P<k4>một|1|01|hai|2|02)\s+trong\s+(?:số\s+)?(?:các|những)\s+(?P<what4>{_NOUN})\b"
    r"(?P<rest4>[^.]*)",
    re.IGNORECASE,
)
_ONE_FIELD = guarded(
    r"\b(?:ít nhất|tối thiểu)\s+(?P<k>\d{1,2}|một|hai)\s+(?P<what>lĩnh vực)\s+nổi trội(?:\s+nhất)?"
    r"\s*[(:](?P<rest>[^.]*)",
    re.IGNORECASE,
)
_DONE = re.compile(r"\b(?:đã|hiện|(?<!thôn )mới|kết quả)\b[^.;]{0,30}$", re.IGNORECASE)
_FIRM = ("ít nhất", "tối thiểu", "chọn", "lựa chọn", "đăng ký", "phải đạt", "từ")
_OPEN = re.compile(r"…|\.\.\.|v\.\s?v|trong đó có|như\b|theo (?:quy định|hướng dẫn)")
_CHOICE = guarded(
    r"\b(?:lựa chọn|chọn|đăng ký)\b[^.;]{0,60}\b(?:chỉ tiêu|lĩnh vực|nội dung|mô hình|\d\.\d)"
    r"|kiểu mẫu về\s+(?!ít|một|tối thiểu|các|lĩnh vực (?:nổi|do|theo))[^\W\d_]"
    r"|\blĩnh vực nổi trội\s*(?:là|về|:)"
    r"|\b(?:về|trong) lĩnh vực\s+(?!nổi|phụ|được|này|mình|của|có|ngành|cụ thể|đã|trên)[^\W\d_]",
    re.IGNORECASE,
)
_CHOOSES = re.compile(
    r"(?:[;,.:(]|xã|thôn|ấp|bản|xóm|buôn|khu|đã|sẽ|thống nhất|quyết định|[A-ZĐÀ-Ỹ]\w+|này"
    r"|năm \d{4})\s+(?:lựa chọn|chọn|đăng ký|chốt)\s+"
    r"(?!ít nhất|tối thiểu|một trong|một số|\d+\s*(?:trong|/)|trong|cho)"
)
# “Lĩnh vực cụ thể UBND xã sẽ đăng ký sau”, “Việc chọn lĩnh vực sẽ dựa trên …” choose nothing yet.
_PUT_OFF = re.compile(
    r"\bviệc (?:lựa )?chọn\b[^.;]{0,40}\bsẽ\b[^.;]*"
    r"|\b(?:lựa chọn|chọn|đăng ký|xác định|quyết định|thông báo|công bố|chốt)\s+sau\b"
    r"|\bsẽ\s+(?:được\s+)?(?:lựa chọn|chọn|đăng ký|xác định|chốt)\s+(?:khi|vào|trong|theo|ở|tại)\b",
    re.IGNORECASE,
)
# “tham mưu đăng ký lĩnh vực nổi trội.” is somebody's duty and names none.
_ONLY_DUTY = re.compile(r"\s*(?:nổi trội|kiểu mẫu)?\s*(?:[.;,)]|$|với\b|trước\b|cho\b)")
_MAY_CHOOSE = guarded(
    rf"\d\s*/\s*\d+\s+(?:{_NOUN})|\st(?:rong|rên)\s[^.;]{{0,30}}(?:{_NOUN})|nổi trội"
    r"|một hoặc (?:một số|nhiều|vài)"
)
_FEW = 12


@dataclass(slots=True, frozen=True)
class _Choice:
    """Words that ask for ``k`` of ``n`` things on a line, and what is listed behind them.

    ``tail`` is all that follows on the line.
    """

    line: int
    quote: str
    k: int
    n: int | None
    what: str
    rest: str
    tail: str = ""


@rule(
    code="GROUP-CHOICE",
    severity="warning",
    purpose="Nhóm “ít nhất k trong n” thì chọn rõ làm cái nào",
    page="""
## Là gì

Kế hoạch ghi phải đạt ít nhất k trong n chỉ tiêu hay lĩnh vực mà không nói xã chọn cái nào.

## Vì sao

Không chọn thì làm tất cả hoặc không làm gì; hồ sơ công nhận phải ghi rõ.

## Ví dụ

Bị báo: `Đạt ít nhất một trong các lĩnh vực nổi trội` rồi kể bảy lĩnh vực.

Không bị báo: `xã chọn lĩnh vực văn hóa`; `đạt kiểu mẫu về lĩnh vực giáo dục`; các công nghệ để chọn
trong cùng một câu.

## Cách sửa

Ghi chỉ tiêu, lĩnh vực xã chọn và lý do.
""",
)
def choice(plan: Plan) -> Iterator[Hit]:
    """Groups of which some suffice with none chosen, spread over lines or told in one."""
    told: set[int] = set()
    groups = [
        group
        for group in plan.groups
        if (group.rule.of is None or group.rule.at_least < group.rule.of)
        and _spread(plan, group.lines)
    ]
    for group in groups:
        told.add(group.lines[0])
        noun = _noun_of(plan, group.lines[0])
        if group.rule.of is None and not noun:
            continue  # “twice a week in each wave” is no choice
        if any(_CHOOSES.search(line) for _, line in numbered(plan, group.lines)):
            continue
        if re.search(r"\b(?:đã|hiện|mới) đạt\b", plan.text[group.lines[0] - 1], re.IGNORECASE):
            continue
        if not _chosen(plan, group.lines, noun, group.rule.at_least):
            of = f" trong {group.rule.of}" if group.rule.of else ""
            yield Hit(
                message=f"Nhóm “{group.name}” đòi đạt {group.rule.at_least}{of}, kế hoạch không "
                "chọn cái nào.",
                places=(whole(plan, (group.lines[0], group.lines[0])),),
                advice="Ghi chỉ tiêu, lĩnh vực xã chọn và lý do.",
            )
    for each in _choices(plan):
        if each.line in told or (each.n is not None and each.k >= each.n):
            continue
        told.add(each.line)
        told_here = _PUT_OFF.sub(" ", f"{each.rest}{each.tail}")
        if _CHOOSES.search(told_here) or _named(each.k, each.what).search(each.tail):
            continue
        if _CHOICE.search(_PUT_OFF.sub(" ", each.tail)) or _chosen(
            plan, (each.line, each.line), each.what, each.k
        ):
            continue
        yield Hit(
            message=f"Văn bản đòi đạt {each.k}{f' trong {each.n}' if each.n else ''} {each.what}, "
            "không chọn cái nào.",
            places=(at(each.line, each.quote),),
            advice=f"Ghi {each.what} xã chọn và lý do.",
        )
    yield from wide_choices(plan, told)


def _noun_of(plan: Plan, number: int) -> str:
    match = re.search(_NOUN, plan.text[number - 1]) if 0 < number <= len(plan.text) else None
    return match[0] if match else ""


def _chosen(plan: Plan, lines: tuple[int, int], noun: str, k: int) -> bool:
    """Whether the paper says elsewhere which it chooses; of contents, which contents."""
    named = _named(k, noun)
    for number, words in numbered(plan):
        line = _PUT_OFF.sub(" ", words) if "ẽ" in words or "sau" in words else words
        low = line.lower()
        if noun not in low and not any_in(("chọn", "lĩnh vực", "đăng ký", "mẫu về"), low):
            continue
        if lines[0] <= number <= lines[1] or _only_heads(line):
            continue
        if named.search(line):
            return True
        for match in _CHOICE.finditer(line):
            words = match[0].lower()
            if words.endswith("lĩnh vực") and _ONLY_DUTY.match(line, match.end()):
                continue
            if noun in words or (noun == "chỉ tiêu" and re.search(r"\d\.\d", words)):
                return True
            if noun == "lĩnh vực" and "kiểu mẫu về" in words:
                return True
    return False


@cache
def _named(k: int, noun: str) -> re.Pattern[str]:
    """“hai mô hình: …”, “02 mô hình ghi ở Phụ lục”, “hai mô hình xã chọn”: as many, and told."""
    word = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám")[k] if 0 < k < 9 else str(k)
    return re.compile(
        rf"(?<![\d/.,])\b(?:0?{k}|{word})\s+{noun}\b(?! trong| trên|/)[^.;:]{{0,40}}?"
        r"(?::|\bgồm\b|\blà\b|\b(?:ghi|nêu|kể|kê) (?:ở|tại|trong)|\bchọn\b)",
        re.IGNORECASE,
    )


def _may_choose(line: str) -> bool:
    named = "/" in line or "trong" in line or "nổi trội" in line or " trên " in line
    named = named or "hoặc" in line
    return named and _MAY_CHOOSE.search(line) is not None


def _goal_lines(plan: Plan) -> set[int]:
    """The lines under headings of goals and targets."""
    return {
        number
        for paragraph in paragraphs(plan)
        if any(map(names_goals, paragraph.above))
        for number in range(paragraph.block.lines[0], paragraph.block.lines[1] + 1)
    }


@once
def _choices(plan: Plan) -> Iterator[_Choice]:
    goals: set[int] | None = None
    for number, line in body(plan):
        if not _may_choose(line):
            continue
        goals = _goal_lines(plan) if goals is None else goals
        for pattern in (_OF, _ONE_FIELD, _OTHER_WAYS):
            for match in pattern.finditer(line):
                found = _read(number, line, match, number in goals)
                if found:
                    yield found


def _read(number: int, line: str, match: re.Match[str], aims: bool = False) -> _Choice | None:
    """The choice a match tells; ``aims`` where the line stands among the goals."""
    parts = match.groupdict()
    other = parts.get("what3") or parts.get("what4")
    k, n = _number(parts["k"] or parts.get("k4")), _number(parts.get("n") or parts.get("n2"))
    if parts.get("what3"):
        k = 1
    what = (parts.get("what") or parts.get("what2") or other or "").lower()
    lead = (parts.get("lead") or "ít nhất").lower()
    at_k = max(match.start("k"), match.start())
    inner = re.search(r"ít nhất|tối thiểu|phải", line[:at_k][-24:])
    firm = lead in _FIRM or inner is not None or bool(other) or aims or what == "lĩnh vực"
    if k is None or _DONE.search(line[: match.start()]) or (n is not None and n > _FEW):
        return None
    if not firm and (parts.get("n") is None or what == "chỉ tiêu"):
        return None
    rest = parts.get("rest") or parts.get("rest3") or parts.get("rest4") or ""
    quote = line[match.start() : match.end() - len(rest)].strip(" :(")
    return _Choice(number, quote, k, n, what, rest, line[match.end() :])


def _number(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdecimal() else parse_words(text.lower())


def wrong_choices(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """More asked for than there are, or other than listed behind; lines in ``told`` are passed."""
    for each in _choices(plan):
        if each.n is None or each.line in told:
            continue
        if each.k > each.n:
            yield Hit(
                message=f"“{each.quote}”: chỉ có {each.n} {each.what}.",
                places=(at(each.line, each.quote),),
                advice=f"Sửa lại số {each.what} phải đạt.",
            )
            continue
        items = _items(each.rest)
        if len(items) >= 2 and len(items) != each.n and not _OPEN.search(each.rest):
            yield Hit(
                message=f"Văn bản nói có {each.n} {each.what}, liệt kê {len(items)}.",
                places=(at(each.line, each.quote),),
                advice=f"Sửa số {each.n} hoặc soát lại danh sách {each.what}.",
            )


_NO_ITEM = re.compile(
    r"\s*(?:hoàn thành|xong|trước|trong|thực hiện|đạt|bảo đảm|do|để|chậm nhất|thời gian)\b", re.I
)


def _items(rest: str) -> list[str]:
    """The things listed behind a colon: parted by semicolons, else by commas."""
    match = re.match(r"[^:.;,]{0,30}:(?P<list>.+)", rest)
    if match is None:
        return []
    listed = match["list"].strip(" .;")
    if listed.split(";")[0].count(",") > 1:  # “a, b, c; Phòng Kinh tế theo dõi”
        listed = listed.split(";")[0]
    parts = listed.split(";") if ";" in listed else re.split(r",|\svà\s", listed)
    return [part for part in parts if part.strip() and not _NO_ITEM.match(part)]


def _only_heads(line: str) -> bool:
    """Whether “kiểu mẫu về …” stands in a heading that names the field and not the indicator."""
    return bool(re.match(r"[\s#*_]*\d+[.)]\s*Xây dựng xã\b", line)) or "Căn cứ" in line


def _spread(plan: Plan, lines: tuple[int, int]) -> bool:
    """Whether the members stand on lines of their own below the rule."""
    row = plan.text[lines[0] - 1].rstrip(" *_") if 0 < lines[0] <= len(plan.text) else ""
    return lines[1] > lines[0] or row.endswith(":") or len(row) < 80
