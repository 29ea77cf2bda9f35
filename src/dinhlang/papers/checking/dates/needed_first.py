"""What must be there before it is used: a team before its training, a line before its opening."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dinhlang.papers.checking.dates.events import Event, events
from dinhlang.papers.checking.dates.moments import Moment, moments, year_of
from dinhlang.papers.checking.dates.own_periods import periods_in
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.paragraphs import paragraphs
from dinhlang.papers.checking.text.village_names import villages_of
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import guarded

_FOUNDS = re.compile(
    r"\b(?:thành lập|lập(?= (?:tổ|đội|ban|nhóm|câu lạc bộ|hợp tác xã|quỹ)\b))\s+(?:mới\s+|được\s+)?"
    r"(?:(?:\d+|các|mỗi \w+ (?:một|01)|một)\s+)?"
    r"(?P<what>(?P<kind>tổ|đội|ban|nhóm|câu lạc bộ|CLB|hợp tác xã|HTX|hội|quỹ|mô hình)\b"
    r"[^,;.:()]{0,60})",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(
    r"\s(?:của|ở|tại|trong|với|cho|gồm|mỗi|trước|xong|các|từ|hai|ba|thôn|ấp|bản|xóm|buôn|khu|theo|và"
    r"|có|là|vào|\d\S*)(?:\s|$)",
    re.IGNORECASE,
)
_USES_IT = re.compile(
    r"\b(?:tập huấn|bồi dưỡng|đào tạo|hoạt động|ra quân|đi vào|vận hành|họp|trang bị|hướng dẫn"
    r"|tuyên truyền|kiểm tra|thu gom|gom|ra mắt|đi từng|giao việc|triển khai|cấp phát|trao)\b",
    re.IGNORECASE,
)
_OBJECT_ENDS = re.compile(
    r"[,;:.(]|\s(?:cho|của|ở|tại|trong|từ|để|vào|trước|xong|theo|do|và|mỗi|đoạn|thôn|ấp|bản|xóm"
    r"|được|đã|mới|cấp|này)(?:\s|$)",
    re.IGNORECASE,
)
_MAKES = guarded(
    r"\b(?:mua(?: sắm)?|cấp phát|trang bị|lắp(?: đặt)?|dựng|xây(?: dựng)?|mở rộng|đào|đắp"
    r"|đổ(?: bê tông)?|cứng hóa|làm(?: nền)?|kéo|khoan|san|cải tạo|nâng cấp|in(?: và dán)?|dán"
    r"|thành lập|đặt|chọn|soạn|ban hành|cấp|ươm|may|đóng)\s+(?:xong\s+)?"
    r"(?P<what>(?:\d[\d.,]*\s*)?[^\W\d_][^.;]{3,70})",
    re.IGNORECASE,
)
_NO_MAKING = re.compile(
    r"\b(?:duy trì|bổ sung|(?:làm|lắp|mua|trồng|xây|cấp) thêm|còn lại|tiếp tục"
    r"|kiểm tra|sửa|bảo dưỡng|thay|đợt (?:2|hai|II)|mở rộng (?:mô hình|diện)|nhân rộng|duy tu"
    r"|cuối năm|năm sau)\b",
    re.IGNORECASE,
)
_BY_MEANS = re.compile(
    r"\b(?:dùng|(?<!vào )(?<!đưa )sử dụng|nhờ|trên nền|thông qua|bằng|với đủ|có đủ|kèm)\s+"
    r"(?P<what>[^.;:]{4,70})",
    re.IGNORECASE,
)
# What is planted, set up or painted on something stays there: no widening afterwards.
_PUT_ON = re.compile(
    r"\b(?:trồng|lắp|dựng|gắn|sơn|kẻ|treo|cắm|vẽ|lát|đổ bê tông)\b[^.;:]{0,60}?"
    r"\b(?:trên|lên|dọc|ven|hai bên|cạnh|quanh)\s+(?:theo\s+|hai bên\s+|các\s+|tuyến\s+)*"
    r"(?P<what>[^.;:]{3,70})",
    re.IGNORECASE,
)
_THERE = guarded(
    r"\b(?:đã|vừa|mới)\s+(?:được\s+)?(?:mở rộng|xây|làm|lắp|mua|cấp|dựng|đào|trồng|lập|in"
    r"|nâng cấp|cải tạo|thành lập)\s+(?P<what>[^.;:]{4,60})"
    r"|(?P<before>(?:[^\W\d_]+\s+){2,4})(?:được|đã|vừa|mới)\s+(?:được\s+)?(?:cấp|mua|xây|làm|lắp"
    r"|mở rộng|dựng|trang bị|nâng cấp|cải tạo)\b",
    re.IGNORECASE,
)
_FOR_THAT = re.compile(
    r"\s(?:để(?: kịp)?|nhằm|kịp)\s+(?:phục vụ|kịp|cho|đón|chuẩn bị|trình|dùng|sử dụng|tổ chức"
    r"|thẩm|làm|đưa|nộp|khai|mở)",
    re.IGNORECASE,
)
_FIRST_THIS = guarded(
    r"\b(?:phải|cần)\s+(?P<first>[^.;]{5,60}?)\s*(?:xong|trước)\b[^.;]{0,40}?"
    r"(?:rồi |sau đó )?mới(?: được)?\s+(?P<then>[^.;]{5,60})",
    re.IGNORECASE,
)
_IDLE_WORDS = "các những một mọi toàn bộ đủ lại thêm hộ xã km ha mét cái chiếc cuốn là có với"
_IDLE = frozenset(_IDLE_WORDS.split())
_LONGEST_NAME = 7
_BY_THEN = re.compile(r"\b(?:xong|hoàn thành)\W*(?:trong|vào|trước)?\W*$", re.IGNORECASE)
_NAME_LONG, _NAME_SHORT = 5, 2
_ADVICE = "Đưa việc phải làm trước lên trước, hoặc lùi việc sau."


def used_before(plan: Plan) -> Iterator[Hit]:
    """Bodies at work before they are founded, things in use before they are made."""
    dated = [each for each in moments(plan) if each.period.kind != "year"]
    yield from _founded_late(plan, dated)
    yield from _used_late(plan)
    yield from _purpose_first(plan)
    yield from _by_its_own_rule(plan)


def _founded_late(plan: Plan, dated: list[Moment]) -> Iterator[Hit]:
    for found in dated:
        match = _FOUNDS.search(found.words)
        name = _name(match["what"]) if match else ""
        if match is None or not name or found.due or _BY_THEN.search(found.words):
            continue
        for used in dated:
            if used is found or found.first <= used.last or not _USES_IT.search(used.words):
                continue
            if _FOUNDS.search(used.words) or not _meant(name, match["kind"], found, used):
                continue
            yield Hit(
                message=f"Thành lập {match['what'].strip()[:60].strip()} ({_said(found)}) sau khi "
                f"đã giao việc, tập huấn ({_said(used)}).",
                places=(found.place(plan), used.place(plan)),
                advice=_ADVICE,
            )
            break


def _name(what: str) -> str:
    """The name of what is founded, folded, its first words: “to cong nghe so cong dong”."""
    head = _NAME_ENDS.split(what, maxsplit=1)[0]
    words = fold(head).split()[:_NAME_LONG]
    return " ".join(words) if len(words) >= _NAME_SHORT else ""


def _meant(name: str, kind: str, found: Moment, used: Moment) -> bool:
    """Whether other words speak of the founded body: by its name, or “tổ” in the same item."""
    one, other = villages_of(found.words), villages_of(used.words)
    if one and other and one.isdisjoint(other):
        return False
    said = fold(used.words)
    if name in said:
        return True
    near = used.paragraph.spot == found.paragraph.spot
    bare = re.search(rf"\b(?:cho|các|của|với)\s+(?:\d+\s+)?{fold(kind)}\b", said)
    return near and bare is not None


def _used_late(plan: Plan) -> Iterator[Hit]:
    """Things put to use, planted on, hung up, before what they need is bought or made."""
    every = [each for each in events(plan) if each.kind != "year"]
    made = [(each, found) for each in every if (found := _made(each))]
    for used in every if made else ():
        wants = list(_wanted(used.words)) or list(_wanted(used.behind))
        for work, (things, places) in made if wants else ():
            if work is used or work.begin <= used.last or _is_open(work):
                continue
            if any(_answers(want, things, used, places) for want in wants):
                yield Hit(
                    message=f"Dùng đến ({used.said}) thứ mà sau đó ({work.said}) mới có.",
                    places=tuple(dict.fromkeys((used.place(plan), work.place(plan)))),
                    advice=_ADVICE,
                    severity="warning",
                )
                break


def _made(event: Event) -> tuple[list[tuple[str, ...]], frozenset[str]] | None:
    """What an event makes, buys or widens, word by word, and the villages it names."""
    words = event.words if _MAKES.search(event.words) else event.behind
    if _NO_MAKING.search(words):
        return None
    found = [_words_of(match["what"]) for match in _MAKES.finditer(words)]
    found = [each for each in found if each]
    return (found, villages_of(words)) if found else None


def _wanted(words: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """What words use, word by word, and whether they say that it is there already."""
    for pattern in (_BY_MEANS, _PUT_ON):
        for match in pattern.finditer(words):
            yield _words_of(match["what"]), False
    for match in _THERE.finditer(words):
        # what stands before “đã xây” is its last name: “rác vào bể chứa”
        before = match["before"] or " ".join(words[: match.start()].split()[-_NAME_SHORT:])
        told = _words_of(match["what"] or "")
        yield told or _words_of(_OBJECT_ENDS.split(f"{before} ")[-1] or before), True


def _words_of(what: str) -> tuple[str, ...]:
    head = _OBJECT_ENDS.split(what, maxsplit=1)[0]
    found = re.findall(r"[^\W\d_]+", lower(head))
    return tuple(word for word in found if word not in _IDLE)[:_LONGEST_NAME]


def _answers(
    want: tuple[tuple[str, ...], bool],
    things: list[tuple[str, ...]],
    used: Event,
    places: frozenset[str],
) -> bool:
    """Whether what is wanted is what is made: neighbouring words in common, the same village."""
    wanted, there = want
    own = villages_of(used.words)
    if own != places and own and places:
        return False
    pairs = set(pairwise(wanted))
    for thing in things:
        common = pairs & set(pairwise(thing))
        whole = len(common) in (len(pairs), len(thing) - 1)
        if len(common) >= _NAME_SHORT or (common and (there or whole)):
            return True
    return False


def _purpose_first(plan: Plan) -> Iterator[Hit]:
    """One sentence: this is done by a day, for the sake of what is held before that day."""
    year = year_of(plan)
    for each in paragraphs(plan):
        if each.cells or not each.block.has_digit:
            continue
        for begin, stop in each.parts:
            match = _FOR_THAT.search(each.text[begin:stop])
            if match is None:
                continue
            at = begin + match.start()
            found = [p for p in periods_in(each.text, year) if begin <= p.start < stop]
            first = [p for p in found if p.end <= at + 1]
            then = [p for p in found if p.start > at]
            if len(first) != 1 or len(then) != 1 or "year" in (first[0].kind, then[0].kind):
                continue
            start = first[0].last if first[0].kind == "until" else first[0].first
            if start and then[0].last and start > then[0].last:
                yield Hit(
                    message=f"Việc {first[0].text} mới xong là để cho việc {then[0].text}.",
                    places=(each.said(plan, begin, stop),),
                    advice=_ADVICE,
                    severity="warning",
                )


def _by_its_own_rule(plan: Plan) -> Iterator[Hit]:
    """“phải làm xong rãnh mới đổ mặt đường”, and the dates say the other way round."""
    for each in paragraphs(plan):
        match = _FIRST_THIS.search(each.text) if "mới" in each.text and not each.cells else None
        if match is None:
            continue
        first, then = (set(_words_of(match[name])) for name in ("first", "then"))
        dated = [(e, set(re.findall(r"\w+", lower(e.words)))) for e in events(plan)]
        for before, words in dated:
            if len(first & words) < _NAME_SHORT or len(first & words) <= len(then & words):
                continue
            for after, other in dated:
                said = len(then & other) >= _NAME_SHORT and len(then & other) > len(first & other)
                if said and "year" not in (before.kind, after.kind) and before.begin > after.last:
                    yield Hit(
                        message=f"Văn bản đòi làm trước nhưng ghi {before.said}, sau {after.said}.",
                        places=tuple(dict.fromkeys((before.place(plan), after.place(plan)))),
                        advice=_ADVICE,
                        severity="warning",
                    )
                    return


def _is_open(event: Event) -> bool:
    return event.due and (event.last.month, event.last.day) == (12, 31)


def _said(moment: Moment) -> str:
    return " ".join(moment.period.text.split())
