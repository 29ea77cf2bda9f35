"""What must be there before it is used: a team before its training, a line before its opening."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.moments import Moment, moments
from dinhlang.papers.checking.things import Thing, things, tokens_of, villages_of
from dinhlang.papers.plan import Plan
from dinhlang.vietnamese import fold
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
_OPENS = guarded(
    r"\b(?:khai trương|khánh thành|ra mắt|vận hành|đưa vào|khai mạc|khai giảng|phát sóng|họp|mở"
    r"|tổ chức|bắt đầu|dạy|học|tiếp nhận)\b",
    re.IGNORECASE,
)
_BY_MEANS = re.compile(
    r"\b(?:dùng|(?<!vào )(?<!đưa )sử dụng|nhờ|trên nền|thông qua|bằng)\s+(?P<what>[^.;:]{6,70})",
    re.IGNORECASE,
)
_BY_THEN = re.compile(r"\b(?:xong|hoàn thành)\W*(?:trong|vào|trước)?\W*$", re.IGNORECASE)
_NAME_LONG, _NAME_SHORT = 5, 2
_FINISHES = 6
_STRONG = 0.75
_ADVICE = "Đưa việc phải làm trước lên trước, hoặc lùi việc sau."


def used_before(plan: Plan) -> Iterator[Hit]:
    """Bodies at work before they are founded, things in use before they are made."""
    dated = [each for each in moments(plan) if each.period.kind != "year"]
    yield from _founded_late(plan, dated)
    yield from _made_late(plan, dated)


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


def _made_late(plan: Plan, dated: list[Moment]) -> Iterator[Hit]:
    made = [each for each in things(plan) if each.kind == "work" and each.step >= _FINISHES]
    for used in dated:
        text = used.paragraph.text
        stop = next((end for begin, end in used.paragraph.parts if begin <= used.end <= end), 0)
        sentence = text[used.start : max(stop, used.end)]
        means = _BY_MEANS.search(sentence) if _OPENS.search(sentence) else None
        wanted = set(tokens_of(means["what"])) if means else set()
        if len(wanted) < _NAME_SHORT:
            continue
        for work in made:
            if _supplies(work, wanted) and work.due and _begins(work) > used.last:
                yield Hit(
                    message=f"Dùng đến {_said(used)} thứ mà {_said(work.moment)} mới làm xong.",
                    places=(used.place(plan), work.moment.place(plan)),
                    advice=_ADVICE,
                )
                return


def _supplies(work: Thing, wanted: set[str]) -> bool:
    have = set(work.tokens) | set(fold(work.moment.words).split())
    return len(wanted & have) >= max(_NAME_SHORT, _STRONG * len(wanted))


def _begins(work: Thing) -> date:
    return work.moment.last if work.moment.due else work.moment.first


def _said(moment: Moment) -> str:
    return " ".join(moment.period.text.split())
