"""Declared counts against what is listed: criteria, groups of targets, waves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from dinhlang.papers.checking.arithmetic.sums import hit_of, wrong_sums
from dinhlang.papers.checking.counts.count_announced import wrong_announced
from dinhlang.papers.checking.counts.count_facts import wrong_facts
from dinhlang.papers.checking.counts.count_lists import wrong_lists
from dinhlang.papers.checking.counts.count_named import wrong_named_lists
from dinhlang.papers.checking.counts.state_tables import wrong_states
from dinhlang.papers.checking.dates.duration import waves_of
from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.law.choices import wrong_choices
from dinhlang.papers.checking.text.places import at, listed, locate, numbered, words_of
from dinhlang.papers.plan import Lines, Plan, TargetGroup
from dinhlang.vietnamese import parse_words

_NOUN = (
    r"tiêu chí|chỉ tiêu|lĩnh vực|nội dung|nhiệm vụ|giải pháp|nhóm(?:\s+[^\W\d_]+){0,3}|hạng mục"
    r"|công trình|tuyến đường|mô hình|thôn|khu dân cư|khu|KDC|bản|xóm|ấp|bước|đợt|giai đoạn"
)
# "gồm 12 tiêu chí sau:", "thực hiện 5 nhiệm vụ sau đây:", "gồm: 03 nội dung".
_DECLARED = re.compile(
    rf"\b(?:gồm(?:\s+có)?|bao gồm|cụ thể|là|thực hiện|hoàn thành|đạt)\s*:?\s*(?:các\s+)?"
    rf"(?P<count>\d{{1,3}})\s+(?P<noun>{_NOUN})\b(?P<rest>[^.:;\d]{{0,40}}?)"
    rf"\s*(?:\bsau(?:\s+đây)?\b\s*[:.]?|:)(?P<tail>.*)",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"\d\s+(?:{_NOUN})\b", re.IGNORECASE)
_CODE = re.compile(
    r"\b(?:TC|tiêu chí số|tiêu chí)\s*(?P<number>\d{1,2})\b(?!\s*tiêu chí)", re.IGNORECASE
)
_MARK = re.compile(
    r"\s*(?:[*_#]*)(?P<mark>[-–+•]|\d{1,2}(?:\.\d{1,2})*\s*[./)]|[a-zđ]\s*[.)])\s*(?=\S)"
)
_WAVES = re.compile(
    r"\b(?:chia(?:\s+(?:thành|làm|ra))?|gồm|trong|theo)\s+(?P<count>\d{1,2}|hai|ba|bốn|năm)\s+đợt\b",
    re.IGNORECASE,
)
_HEAD_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_ITEM = 140


@rule(
    code="COUNT-LIST",
    severity="error",
    purpose="Số lượng công bố bằng số mục liệt kê",
    page="""
## Là gì

Văn bản nói có một số tiêu chí, nội dung, thôn … (bằng số hay bằng chữ) rồi liệt kê trong câu, ở các
dòng dưới hay trong bảng, nhưng số liệt kê khác số đã nói; hoặc một tiêu chí có mặt hai lần.

## Vì sao

Người đọc không biết tin con số hay tin danh sách. Với tiêu chí, thừa hay thiếu một là kết luận đạt
hay chưa đạt đã khác.

## Ví dụ

Bị báo: `gồm 3 tiêu chí sau: Điện (TC4); Y tế (TC14)`; `02 thôn (thôn Đông, thôn Tây, thôn Nam)`.

Không bị báo: `gồm 2 tiêu chí sau: Điện (TC4); Y tế (TC14)`; `03 trường học`; `5 tuyến (mỗi thôn 1
tuyến)`; danh sách kết thúc bằng dấu ba chấm hoặc “v.v.”.

## Cách sửa

Sửa con số, hoặc thêm (bớt) mục trong danh sách.
""",
)
def listed_count(plan: Plan) -> Iterator[Hit]:
    """A declared count that the list behind it does not have."""
    told: set[int] = set()
    for hit in (
        *_listed_in_lines(plan),
        *wrong_lists(plan),
        *wrong_announced(plan),
        *wrong_facts(plan),
        *wrong_states(plan),
        *wrong_named_lists(plan),
    ):
        line = hit.places[0].lines[0]
        if line not in told or hit.message.startswith("Danh sách nêu hai lần"):
            yield hit
        if not hit.message.startswith("Danh sách nêu hai lần"):
            told.add(line)


def _listed_in_lines(plan: Plan) -> Iterator[Hit]:
    for number, line in numbered(plan):
        if not _COUNTED.search(line):
            continue
        match = _DECLARED.search(line)
        if match:
            yield from _against_list(plan, number, line, match)


def _against_list(plan: Plan, number: int, line: str, match: re.Match[str]) -> Iterator[Hit]:
    tail = match["tail"].strip(" *_")
    if tail:
        items, row, text = _inline(tail), number, tail
    else:
        items, row, text = _below(plan, number, line)
    if len(items) < 2 or _open_ended(text):
        return
    declared, noun = int(match["count"]), match["noun"].lower()
    head = line[match.start("count") : match.end("noun")]
    places = [at(number, head)]
    if row != number:
        places.append(at(row, words_of(plan.text[row - 1])))
    codes = [found["number"] for found in map(_CODE.search, items) if found]
    if noun == "tiêu chí" and len(codes) == len(items):
        yield from _repeated(codes, tuple(places))
        items = list(dict.fromkeys(codes))
    if len(items) != declared:
        yield Hit(
            message=f"Văn bản nói có {declared} {noun}, danh sách có {len(items)}.",
            places=tuple(places),
            advice=f"Sửa số {declared} thành {len(items)}, hoặc soát lại danh sách.",
        )


def _repeated(codes: list[str], places: tuple[Place, ...]) -> Iterator[Hit]:
    twice = [code for code, times in Counter(codes).items() if times > 1]
    if twice:
        yield Hit(
            message=f"Danh sách nêu hai lần tiêu chí {listed(twice)}.",
            places=places,
            advice="Bỏ tên bị lặp, hoặc thay bằng tiêu chí đúng.",
        )


def _open_ended(text: str) -> bool:
    """Whether the list says itself that it is not complete."""
    return bool(re.search(r"…|\.\.\.|v\.\s?v|\bvà các\b|\bcác tiêu chí còn lại\b", text))


def _inline(text: str) -> list[str]:
    """The items of a list within one line; empty where it is a sentence rather than a list."""
    text = re.sub(r"\([^()]*[;,][^()]*\)", "", text).rstrip(" .;")
    if ";" in text:
        return [item for item in text.split(";") if item.strip()]
    items = [item for item in re.split(r",|\bvà\b", text) if item.strip()]
    first_words = {word[0].lower() for word in map(_HEAD_WORD.search, items) if word}
    return items if len(first_words) == 1 else []


def _below(plan: Plan, number: int, line: str) -> tuple[list[str], int, str]:
    """The list under a line: one line of items, or lines under the same kind of mark.

    Returns the items, the line the list begins on and all its text.
    """
    rows = list(numbered(plan, (number + 1, min(number + 80, len(plan.text)))))
    if not rows:
        return [], number, ""
    first, text = rows[0]
    kind = _kind(text)
    if kind is None:
        return _inline(text) if ";" in text else [], first, text
    if kind == _kind(line):
        return [], first, text
    items: list[str] = []
    for index, (_, row) in enumerate(rows):
        row_kind = _kind(row)
        if row_kind != kind:
            # Other text with more items behind it belongs to the item above: where the list
            # ends is then not certain.
            if any(_kind(later) == kind for _, later in rows[index + 1 : index + 4]):
                return [], first, ""
            break
        items.append(row)
    if any(len(item) > _LONGEST_ITEM for item in items) and kind in "-+":
        return [], first, ""
    return items, first, "\n".join(items)


def _kind(line: str) -> str | None:
    """What a line begins with: ``-``, ``+``, ``a``, ``1`` or ``1.`` (for 2.1); None for words."""
    match = _MARK.match(line)
    if match is None:
        return None
    mark = match["mark"]
    if mark in "-–•":
        return "-"
    if mark == "+":
        return "+"
    if mark[0].isdigit():
        return "1" + "." * mark.rstrip("./) ").count(".")
    return "a"


@rule(
    code="COUNT-GROUP",
    severity="error",
    purpose="Số chỉ tiêu của một nhóm bằng số công bố",
    page="""
## Là gì

Nhóm chỉ tiêu “đạt ít nhất k trong n” có số chỉ tiêu liệt kê khác n, hoặc k lớn hơn n; hoặc số
chỉ tiêu của các tiêu chí cộng lại khác tổng số chỉ tiêu đã nêu.

## Vì sao

Đạt hay không đạt nhóm được chấm theo k và n. Thiếu một chỉ tiêu trong danh sách là bớt của xã một
lựa chọn; k lớn hơn n thì không bao giờ đạt.

## Ví dụ

Bị báo: `Đạt tối thiểu 02/3 chỉ tiêu`, phía dưới chỉ có 2 chỉ tiêu; `Đạt tối thiểu 04/3 chỉ tiêu`.

Không bị báo: `Đạt tối thiểu 01/3 chỉ tiêu`, phía dưới có 2.1, 2.2, 2.3.

## Cách sửa

Sửa số công bố, hoặc bổ sung chỉ tiêu còn thiếu.
""",
)
def group_count(plan: Plan) -> Iterator[Hit]:
    """A k-of-n group whose members are not n, or whose k is above n."""
    yield from wrong_choices(plan, {group.lines[0] for group in plan.groups if group.targets})
    yield from (hit_of(each) for each in wrong_sums(plan) if each.code == "COUNT-GROUP")
    for group in plan.groups:
        of, at_least = group.rule.of, group.rule.at_least
        rule_words = re.compile(rf"\b0?{at_least}\s*(?:/|trong(?: số)?)\s*0?{of}\b[^.;:]*")
        if of is not None and at_least > of:
            yield Hit(
                message=f"Nhóm “{group.name}” đòi {at_least} chỉ tiêu trong khi chỉ có {of}.",
                places=(locate(plan, group.lines, rule_words),),
                advice="Sửa lại số chỉ tiêu phải đạt.",
            )
        members = list(dict.fromkeys(group.targets)) or _members_below(plan, group)
        if of is not None and not members:
            members = _dashes_below(plan, group)
            if 2 <= len(members) != of:
                yield _listed_other(plan, group, of, len(members), rule_words)
            continue
        coded = all(re.fullmatch(r"\d{1,2}(?:\.\d{1,2})+", member) for member in members)
        if of is not None and coded and len(members) >= 2 and len(members) != of:
            yield Hit(
                message=f"Nhóm “{group.name}” nói có {of} chỉ tiêu, liệt kê {len(members)} "
                f"({listed(members)}).",
                places=(locate(plan, group.lines, rule_words),),
                advice=f"Sửa số {of} hoặc soát lại danh sách chỉ tiêu.",
            )


def _listed_other(
    plan: Plan, group: TargetGroup, of: int, given: int, words: re.Pattern[str]
) -> Hit:
    return Hit(
        message=f"Nhóm “{group.name}” nói có {of} chỉ tiêu, liệt kê {given}.",
        places=(locate(plan, group.lines, words),),
        advice=f"Sửa số {of} hoặc soát lại danh sách chỉ tiêu.",
    )


def _dashes_below(plan: Plan, group: TargetGroup) -> list[str]:
    """The items under dashes below the line of a group that ends in a colon."""
    number = group.lines[0]
    row = plan.text[number - 1] if 0 < number <= len(plan.text) else ""
    if not row.rstrip(" *_").endswith(":"):
        return []
    items, _, text = _below(plan, number, row)
    return [] if _open_ended(text) or not items or _kind(items[0]) not in ("-", "+") else items


def _members_below(plan: Plan, group: TargetGroup) -> list[str]:
    """The labels 2.1, 2.2 … listed under the line of a group whose members were not read."""
    number = group.lines[0]
    if not 0 < number <= len(plan.text) or not plan.text[number - 1].rstrip(" *_").endswith(":"):
        return []
    items, _, _ = _below(plan, number, plan.text[number - 1])
    labels = [match["mark"].rstrip(".) ") for match in map(_MARK.match, items) if match]
    return [label for label in dict.fromkeys(labels) if label[:1].isalnum()]


@rule(
    code="COUNT-WAVE",
    severity="error",
    purpose="Số đợt cao điểm công bố bằng số đợt có ngày",
    page="""
## Là gì

Văn bản nói phong trào chia thành một số đợt, nhưng số đợt có ngày bắt đầu và ngày kết thúc lại
khác.

## Vì sao

Thôn không biết có đợt nữa hay không, lịch ra quân và báo cáo không lập được.

## Ví dụ

Bị báo: `chia thành 03 đợt`, phía sau chỉ có ngày của hai đợt.

Không bị báo: `chia thành 02 đợt: từ 01/3/2024 đến 30/4/2024 và từ 01/9/2024 đến 31/10/2024`.

## Cách sửa

Ghi ngày của đợt còn thiếu, hoặc sửa số đợt.
""",
)
def wave_count(plan: Plan) -> Iterator[Hit]:
    """A campaign with more or fewer dated waves than it announces."""
    campaign = plan.campaign
    if campaign is None or not campaign.waves:
        return
    dated = len(waves_of(campaign))
    for number, line in numbered(plan, _campaign_lines(plan)):
        match = _WAVES.search(line)
        if match is None:
            continue
        count = match["count"].lower()
        declared = int(count) if count.isdecimal() else parse_words(count)
        if declared is not None and declared != dated:
            yield Hit(
                message=f"Văn bản nói có {declared} đợt, có ngày của {dated} đợt.",
                places=(at(number, match[0]),),
                advice="Ghi ngày bắt đầu và kết thúc của từng đợt, hoặc sửa số đợt.",
            )
        return


def _campaign_lines(plan: Plan) -> Lines:
    rows = [line for wave in plan.campaign.waves for line in wave.lines] if plan.campaign else []
    if plan.campaign and plan.campaign.lines:
        rows += plan.campaign.lines
    return (min(rows), max(rows)) if rows else (1, 0)
