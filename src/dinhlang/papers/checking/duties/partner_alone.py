"""Indicators and parts of the work that have a partner and no lead while their like have both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dinhlang.papers.checking.duties.vague_leads import without_lead
from dinhlang.papers.checking.frame import Hit, Place
from dinhlang.papers.checking.text.bodies import bodies_in
from dinhlang.papers.checking.text.likeness import content
from dinhlang.papers.checking.text.paragraphs import Paragraph, paragraphs
from dinhlang.papers.checking.text.told_parts import tells_what_was
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.offices import office_at
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import any_in, guarded

_NOUN = r"(?P<noun>chỉ tiêu|điều kiện|nội dung|nhóm việc|nhóm|mục|phần việc|lĩnh vực)"
_ROLE = guarded(
    rf"\b(?P<verb>chủ trì|phụ trách|chịu trách nhiệm|đảm nhận|phối hợp|tham gia)\b[^.;]{{0,60}}?\b"
    rf"(?:các\s+)?{_NOUN}\s+(?P<what>[^.;:,(]{{1,60}}"
    r"(?:,\s*(?:\d{1,2}|(?:chỉ tiêu|mục)\s+\d{1,2}))*"
    r"(?:\s+và\s+(?:\w+\s+\w+\s+)?\d{1,2})?)",
    re.IGNORECASE,
)
_OWNS = frozenset({"chủ trì", "phụ trách", "chịu trách nhiệm", "đảm nhận"})
_NUMBERS = re.compile(r"\d{1,2}(?:\.\d{1,2})?")
_MARKED = re.compile(r"^(?P<what>[^()]{4,70})\((?P<who>[^()]{6,90})\)\W*$")
_ENDS = re.compile(r"\b(?:đồng thời|gồm|theo|trong|tại|ở|với|của|trước|xong|cho)\b", re.IGNORECASE)
_LEAST = 2
_SAME = 0.6
_ADVICE = "Ghi một nơi chủ trì; nơi kia “phối hợp”."


@dataclass(slots=True, frozen=True)
class _Part:
    noun: str
    key: frozenset[str]
    owned: bool
    place: Place


def alone(plan: Plan) -> Iterator[Hit]:
    """Parts of the work told only of a partner, where their like are told of a lead."""
    parts = [part for each in paragraphs(plan) for part in _parts(plan, each)]
    for part in parts:
        led = [other for other in parts if other.owned and other.noun == part.noun]
        if part.owned or len(led) < _LEAST or any(_same(part.key, other.key) for other in led):
            continue
        yield Hit(
            message=f"{part.noun.capitalize()} này chỉ có nơi phối hợp, không nơi nào chủ trì.",
            places=(part.place,),
            advice=_ADVICE,
            severity="error",
        )
    yield from _headings(plan)


def _parts(plan: Plan, each: Paragraph) -> Iterator[_Part]:
    low = lower(each.text)
    if each.cells or tells_what_was(each.above) or not any_in(("chủ trì", "phối hợp"), low):
        return
    for begin, stop in each.parts:
        words = each.text[begin:stop]
        for match in _ROLE.finditer(words):
            owned = match["verb"].lower() in _OWNS
            if not owned and any(verb in words[: match.start()].lower() for verb in _OWNS):
                owned = True  # “A chủ trì, B phối hợp thực hiện chỉ tiêu 5”
            place = each.said(plan, begin + match.start(), begin + match.end())
            for key in _keys(match["what"]):
                yield _Part(match["noun"].lower(), key, owned, place)


def _keys(what: str) -> Iterator[frozenset[str]]:
    """The parts words name: each number of “1, 3 và 4”, or the words of the name."""
    numbers = _NUMBERS.findall(what)
    if what.strip()[:1].isdigit():
        yield from (frozenset({number}) for number in numbers)
        return
    name = [word for word in content(_ENDS.split(what, maxsplit=1)[0])]
    if len(name) >= _LEAST:
        yield frozenset(name)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME * min(len(one), len(other))


_ITEM = re.compile(r"^(?P<what>[^:]{4,80}):\s*(?P<who>[^.;]{6,120})")
_LEADS = re.compile(r"\b(?:chủ trì|đầu mối|chịu trách nhiệm|phụ trách|thực hiện|tham mưu)\b", re.I)


def _items(plan: Plan) -> Iterator[Hit]:
    """“Lắp đèn: A phối hợp với B” among items that each name who leads."""
    groups: dict[int, list[tuple[Paragraph, str]]] = {}
    for each in paragraphs(plan):
        match = _ITEM.match(each.text) if not each.cells and ":" in each.text else None
        if match and bodies_in(match["who"][:30]) and not bodies_in(match["what"][:30]):
            groups.setdefault(each.nest, []).append((each, match["who"]))
    for group in groups.values():
        led = [each for each, who in group if "chủ trì" in who]
        for each, who in group:
            alone_there = "phối hợp với" in who and not _LEADS.search(each.text)
            if len(led) >= _LEAST and alone_there:
                yield Hit(
                    message="Việc này chỉ có nơi phối hợp, không nơi nào chủ trì.",
                    places=(each.said(plan),),
                    advice=_ADVICE,
                )


def _headings(plan: Plan) -> Iterator[Hit]:
    """“5. Giảm nghèo (A phối hợp với B)” among headings that each name who leads."""
    groups: dict[tuple[str, ...], list[tuple[Paragraph, re.Match[str]]]] = {}
    for each in paragraphs(plan):
        match = _MARKED.match(each.text) if each.block.label and not each.cells else None
        if match:
            groups.setdefault(each.above, []).append((each, match))
    yield from _items(plan)
    for group in groups.values():
        led = [each for each, match in group if "chủ trì" in match["who"].lower()]
        for each, match in group:
            who = fold(match["who"])
            if len(led) < _LEAST or "chu tri" in who or not re.search(r"phoi hop|tham gia", who):
                continue
            yield Hit(
                message=f"“{match['what'].strip()}” chỉ có nơi phối hợp, không nơi nào chủ trì.",
                places=(each.said(plan),),
                advice=_ADVICE,
                severity="error",
            )


_GIVEN = guarded(r"\b(?:[Gg]iao|[Pp]hân công)\s+(?:cho\s+)?")
_PARTNER_VERB = re.compile(r"\s*(?:phối hợp|tham gia|hỗ trợ)\b", re.IGNORECASE)
_OWN_VERB = re.compile(
    r"\b(?:chủ trì|tham mưu|chịu trách nhiệm|đầu mối|hoàn thành(?! tốt))\b", re.IGNORECASE
)


def partners_only(plan: Plan) -> Iterator[Hit]:
    """Work nobody leads: given to one who takes part, told of partners alone, an empty cell."""
    advice = "Đổi thành “chủ trì, phối hợp với …”, hoặc ghi nơi chủ trì."
    for each in paragraphs(plan):
        if each.cells:
            if without_lead(each):
                yield Hit(
                    message="Việc này chỉ có nơi phối hợp, ô chủ trì để trống.",
                    places=(each.said(plan),),
                    advice=advice,
                )
            continue
        for begin, stop in each.parts:
            words = each.text[begin:stop]
            if "phối hợp" not in words and "tham gia" not in words and "hỗ trợ" not in words:
                continue
            end = _given_to_partner(each.text, begin, stop) or _all_partners(each, begin, stop)
            if end:
                yield Hit(
                    message="Người được giao việc chỉ “phối hợp”, không ai chủ trì.",
                    places=(each.said(plan, begin, end),),
                    advice=advice,
                )


def _given_to_partner(text: str, begin: int, stop: int) -> int:
    """Where “Giao A phối hợp” ends; 0 where the words give A work of its own, or say who leads."""
    for given in _GIVEN.finditer(text, begin, stop):
        office = office_at(text, given.end())
        if office is None or office.end > stop:
            continue
        verb = _PARTNER_VERB.match(text, office.end)
        if verb and not _OWN_VERB.search(text, begin, stop):
            return verb.end()
    return 0


def _all_partners(each: Paragraph, begin: int, stop: int) -> int:
    """Where two bodies are told to take part and none to lead; 0 elsewhere."""
    words = each.text[begin:stop]
    ends = [m.end() for m in re.finditer(r"\bphối hợp(?=\s*(?:[,;]|$|và\b))", words)]
    if len(ends) < 2 or _OWN_VERB.search(words) or _OWN_VERB.search(each.text):
        return 0
    parts = re.split(r"\bphối hợp\b", words)
    return stop if all(bodies_in(part) for part in parts[:2]) else 0
