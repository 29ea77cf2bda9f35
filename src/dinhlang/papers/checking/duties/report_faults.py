"""Faults of reports read sentence by sentence, whatever office is named in whatever way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from dinhlang.papers.checking.duties.report_rules import Told, told
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.checking.text.bodies import bodies_in, name_of
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.guarded import any_in

_PART = re.compile(
    r"\b(?:thanh vien|uy vien|thuong truc|truong ban|to giup viec|chi hoi|chi doan"
    r"|bo phan giup viec"
    r"|cong chuc|can bo|hoi vien|doan vien|to truong)\b"
)
_CHAIN = re.compile(
    r"\b(?:để tổng hợp|tổng hợp|sau đó|bản sao|đồng gửi|xem xét|đồng kính gửi|trình"
    r"|làm cơ sở|cùng gửi|đồng gởi)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:định kỳ|theo quy định|thường xuyên|đúng kỳ|theo yêu cầu|đúng quy định|kịp thời gian)\b",
    re.IGNORECASE,
)
_WHEN_NEEDED = re.compile(r"\b(?:khi |nếu |đột xuất|phát sinh|kết thúc|sau khi)", re.IGNORECASE)
_ONE_OFF = re.compile(
    r"\b(?:(?<!tháng )(?<!tuần )(?<!quý )một lần|sơ kết|tổng kết|rà soát|danh sách|kế hoạch"
    r"|hồ sơ)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\bmột lần\b", re.IGNORECASE)
_LOOSE = re.compile(
    r"\b(?:giám sát|giải ngân|báo cáo tài chính|chuyên đề|phản biện|sự cố|dịch bệnh|thu nhập"
    r"|môi trường)\b",
    re.IGNORECASE,
)
# What is reported, or when, follows at once: nobody is named.
_REPORTS = re.compile(
    r"\bbáo cáo\s*(?:kết quả|tiến độ|tình hình|số liệu|công tác|việc|định kỳ|trước|vào|h[àằ]ng"
    r"|đầy đủ"
    r"|theo|bằng|[,.;]|$)",
    re.IGNORECASE,
)
_PERIODIC = frozenset({"weekly", "monthly", "quarterly", "half-yearly", "yearly"})
_MANY = 2


def place_of(plan: Plan, each: Told) -> Place:
    """The sentence in the paper."""
    return each.paragraph.said(plan, each.start, each.end)


def self_told(plan: Plan, known: set[int]) -> Iterator[Hit]:
    """Bodies told to report to themselves; ``known`` lines are told already."""
    for each in told(plan):
        if each.kind != "báo cáo" or len(each.who) != 1 or not each.sends:
            continue
        if set(_rows(each)) & known:
            continue
        sender, receivers = next(iter(each.who)), each.sends[0][0]
        if receivers != {sender} or sender.endswith(".?"):
            continue
        key = sender.split(".")[0]
        if (
            key in ("thon", "truong", "htx", "doanthe", "bannganh", "ubnd", "hdnd")
            and not each.named
        ):
            continue  # many of them, or a heading over other senders
        if _parts(each, key) or _ONLY_TO.match(each.words):
            continue
        known.update(_rows(each))
        yield Hit(
            message=f"{name_of(key)} được giao báo cáo về chính mình.",
            places=(place_of(plan, each),),
            advice="Ghi đúng nơi nhận báo cáo, thường là cơ quan cấp trên.",
        )


# “Báo cáo UBND xã tình hình giải ngân”: to whom, and by whom is said above or nowhere.
_ONLY_TO = re.compile(r"\W*(?:định kỳ\s+|tổng hợp,?\s+)*báo cáo\s", re.IGNORECASE)


def _parts(each: Told, key: str) -> bool:
    """Whether the sender is only a part of the body that receives."""
    words = fold(each.words[: each.sends[0][1]])
    above = fold(each.paragraph.above[-1]) if each.paragraph.above and not each.named else ""
    receiver = fold(each.words[each.sends[0][1] : each.sends[0][2]])
    sender = f"{above} {words}"
    if each.paragraph.cells:
        return _PART.search(fold(each.words)) is not None and key in ("bcd", "bql", "ubnd")
    if key in ("bcd", "bql", "ubnd", "du", "phunu", "nongdan", "ccb", "doan", "mttq", "thon"):
        return (
            _PART.search(sender) is not None
            or _PART.search(receiver) is not None
            or re.search(r"chu tich|pho|truong", receiver) is not None
        )
    return False


def _rows(each: Told) -> range:
    first, last = each.paragraph.block.lines_of(each.start, each.end)
    return range(first, last + 1)


def receivers_told(plan: Plan, known: set[int]) -> Iterator[Hit]:
    """Reports sent to two bodies: in one sentence, or in two places; reports sent to nobody."""
    reports = [each for each in told(plan) if each.kind == "báo cáo"]
    for each in reports:
        if known & set(_rows(each)) or each.paragraph.cells:
            continue
        for sent, again in pairwise(each.sends):
            if sent[0] & again[0] or _passed_on(each, sent, again):
                continue
            known.update(_rows(each))
            yield Hit(
                message="Một báo cáo mà có hai nơi nhận.",
                places=(place_of(plan, each),),
                advice="Giữ một nơi nhận; nơi kia ghi “đồng gửi” nếu cần.",
            )
            break
        else:
            if _sent_to_both(each):
                known.update(_rows(each))
                yield Hit(
                    message="Một báo cáo mà có hai nơi nhận.",
                    places=(place_of(plan, each),),
                    advice="Giữ một nơi nhận; nơi kia ghi “đồng gửi” nếu cần.",
                )
    for one, other in combinations(reports, 2):
        if _elsewhere(one, other) and not known & {*_rows(one), *_rows(other)}:
            known.update((*_rows(one), *_rows(other)))
            yield Hit(
                message="Cùng một báo cáo, hai chỗ ghi hai nơi nhận.",
                places=(place_of(plan, one), place_of(plan, other)),
                advice="Giữ một nơi nhận ở mọi chỗ.",
                severity="warning",
            )
    yield from _to_nobody(plan, reports, known)


_BOTH = re.compile(
    r"\b(?P<to>cho|về|đến|lên|tới|với)\s+(?P<one>[^,;:]{3,70}?),?\s+(?:và|vừa|đồng thời)\s+"
    r"(?P=to)\s+(?P<two>[^,;:]{3,70})",
    re.IGNORECASE,
)


def _sent_to_both(each: Told) -> bool:
    """Whether a report goes “cho A và cho B”, two bodies of the commune, neither a copy."""
    match = _BOTH.search(each.words)
    if match is None or re.search(r"\b(?:đồng gửi|bản sao|sau đó|cùng gửi)\b", each.words, re.I):
        return False
    one, two = bodies_in(match["one"])[:1], bodies_in(match["two"])[:1]
    return bool(one and two) and one != two and {level for _, level in (*one, *two)} == {"xa"}


def _passed_on(
    each: Told, one: tuple[frozenset[str], int, int], other: tuple[frozenset[str], int, int]
) -> bool:
    """Whether the second sending is another step: put together, a copy, by somebody else."""
    between = each.words[one[2] : other[1]]
    if _CHAIN.search(each.words[one[1] : other[2]]):
        return True
    return bool(bodies_in(between)) or len(between) > 90


def _elsewhere(one: Told, other: Told) -> bool:
    if one.start == other.start and one.paragraph is other.paragraph:
        return False
    if not one.to or not other.to or (one.paragraph is other.paragraph and not other.named):
        return False
    if one.who != other.who or not one.who or one.to & other.to:
        return False
    if one.periods != other.periods or len(one.periods) != 1 or one.periods & {"daily", "yearly"}:
        return False
    levels = {each.split(".")[1] for each in one.to | other.to}
    return levels == {"xa"} and not _LOOSE.search(one.words) and not _LOOSE.search(other.words)


def _to_nobody(plan: Plan, reports: list[Told], known: set[int]) -> Iterator[Hit]:
    for each in reports:
        if each.to or each.channel or not each.named or not each.periods & _PERIODIC:
            continue
        if not each.dated or known & set(_rows(each)) or each.paragraph.cells:
            continue
        verb = _REPORTS.search(each.words)
        if verb is None:
            continue
        around = each.paragraph.text[max(0, each.start - 120) : each.end + 120]
        if re.search(
            r"\b(?:gửi|về|cho|lên|nộp|với)\s+(?:UBND|Ủy ban|Ban|Văn|công|đ/c|đồng"
            r"|Đảng)",
            around,
        ):
            continue
        if _WHEN_NEEDED.search(each.words) or any(k.startswith(("ubnd", "bcd.")) for k in each.who):
            continue
        yield Hit(
            message="Giao báo cáo mà không ghi gửi cho ai.",
            places=(place_of(plan, each),),
            advice="Ghi nơi nhận báo cáo.",
            severity="warning",
        )


# Loose words that tie no period to a report, and the words that make a report wait for an event.
_LOOSE_WORDS = re.compile(
    r"\b(?:định kỳ|theo (?:đúng )?(?:quy định|định kỳ|yêu cầu|kế hoạch|hướng dẫn|chế độ)"
    r"|thường xuyên"
    r"|đúng (?:kỳ|hạn|quy định|thời gian|thời hạn|chế độ|tiến độ)|đều đặn|kịp thời"
    r"|đầy đủ|khi đến kỳ"
    r"|khi (?:có |được )?yêu cầu|khi cần(?: thiết)?|chế độ (?:thông tin,? )?báo cáo"
    r"|nghiêm (?:túc|chế độ)|sớm)\b",
    re.IGNORECASE,
)
_ON_DEMAND = re.compile(
    r"\bkhi (?:có |được |huyện |xã |cấp trên )*(?:yêu cầu|cần)\b", re.IGNORECASE
)
_EVENT = re.compile(
    r"\b(?:khi |nếu |đột xuất|vướng mắc|khó khăn|phát sinh|vi phạm|kết thúc|sau khi|sự cố"
    r"|dịch bệnh|vấn đề)",
    re.IGNORECASE,
)
_REGULARLY = re.compile(
    r"\b(?:định kỳ|theo quy định|theo yêu cầu|thường xuyên|chế độ (?:thông tin,? )?báo cáo)\b",
    re.IGNORECASE,
)
# “báo cáo định kỳ”, “thực hiện chế độ báo cáo”: a rule by its own words, whoever receives it.
_RULE = re.compile(
    r"\b(?:định kỳ|thường xuyên|kịp thời|đầy đủ)[\w\s,]{0,40}?\bbáo cáo\b(?! viên)"
    r"|\bbáo cáo\b(?! viên)[^,;:]{0,60}?\b(?:định kỳ|thường xuyên"
    r"|theo (?:đúng )?(?:quy định|chế độ)"
    r"|đúng (?:kỳ|hạn|quy định|thời gian|thời hạn)|khi (?:có |được )?yêu cầu|đầy đủ|đều đặn)\b"
    r"|\b(?:thực hiện|chấp hành|duy trì|bảo đảm|tuân thủ)\b[^,;]{0,20}?\bchế độ (?:thông tin,? )?"
    r"báo cáo\b",
    re.IGNORECASE,
)
_NO_RULE = re.compile(
    r"\b(?:theo (?:tinh thần )?báo cáo|báo cáo (?:số|của|nghiên cứu|kinh tế|viên)|kèm báo cáo"
    r"|qua báo cáo|mẫu báo cáo|nội dung báo cáo)\b",
    re.IGNORECASE,
)
_ONLY_HEADING = re.compile(r"\W*(?:chế độ|công tác|thông tin)\s[^,;]{0,70}$", re.IGNORECASE)
_EVERYBODY = frozenset({"bannganh", "doanthe"})


def dated_rows(plan: Plan) -> set[int]:
    """The lines of reports whose own sentence dates them, in brackets or otherwise."""
    return {
        row for each in told(plan) if each.kind == "báo cáo" and each.dated and each.periods
        for row in _rows(each)
    }  # fmt: skip


def loosely_told(plan: Plan, known: set[int]) -> Iterator[Place]:
    """Reports with no period, or with a period and no day that a report of theirs names."""
    reports = [each for each in told(plan) if each.kind == "báo cáo"]
    dated = [each for each in reports if each.dated and each.periods]
    for each in reports:
        if known & set(_rows(each)) or each.dated or each.channel:
            continue
        if each.who & {"ubnd.xa", "chutich.xa"}:
            continue  # when the commune reports upwards, those above say
        if _is_loose(each, dated):
            known.update(_rows(each))
            yield place_of(plan, each)


def _is_loose(each: Told, dated: list[Told]) -> bool:
    if each.paragraph.heading and _ONLY_HEADING.match(each.words):
        return False
    of_reports = any(any_in(("bao cao", "noi gui", "ben gui"), h) for h in each.paragraph.head)
    if each.paragraph.cells and of_reports and not each.periods:
        return bool(each.to)  # a column asks for the rule of every office
    rule = _RULE.search(each.words)
    if not each.to and (rule is None or _NO_RULE.search(each.words)):
        return False
    once = _ONE_OFF.search(_TIMES.sub(" ", each.words) if each.periods else each.words)
    if _waits(each.words) or (once and rule is None):
        return False
    if each.periods & _PERIODIC:
        return bool(each.who) and not any(_covers(one, each) for one in dated)
    if each.periods:
        return False
    asked = any("bao cao" in fold(above) for above in each.paragraph.above)
    bare = not dated and bool(each.who)  # no report of the paper has a period and a day
    bare = bare or (_OF_WORK.search(each.words) is not None and _uncovered(each, dated))
    return asked or rule is not None or bare or _LOOSE_WORDS.search(each.words) is not None


# “Các cơ quan chủ trì báo cáo Chủ tịch UBND xã về tiến độ.”
_OF_WORK = re.compile(r"\bbáo cáo\b.*\b(?:tiến độ|kết quả|tình hình)\b", re.IGNORECASE)
_MANY_OFFICES = frozenset({"bannganh", "doanthe", "thon", "truong"})


def _uncovered(each: Told, dated: list[Told]) -> bool:
    """Whether many offices report on their work and no dated rule is theirs or everybody's."""
    kinds = {key.split(".")[0] for key in each.who}
    if not kinds or not kinds <= _MANY_OFFICES or not each.to or each.paragraph.cells:
        return False
    return not any(
        not one.who or one.who & each.who or {key.split(".")[0] for key in one.who} & _EVERYBODY
        for one in dated
    )


def _waits(words: str) -> bool:
    """Whether a report waits for something to happen; “khi có yêu cầu” is no event."""
    left = _ON_DEMAND.sub(" ", words)
    return _EVENT.search(left) is not None and _REGULARLY.search(left) is None


def _covers(rule: Told, each: Told) -> bool:
    """Whether a dated rule is told of this report too: of its sender, of all, or of nobody."""
    if not rule.periods & each.periods:
        return False
    kinds = {key.split(".")[0] for key in rule.who}
    return not rule.who or bool(rule.who & each.who) or bool(kinds & _EVERYBODY)
