"""Stages of one thing dated in the wrong order, whatever the trade and wherever each is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dinhlang.papers.checking.dates.events import Event, events
from dinhlang.papers.checking.dates.orders import AMENDED
from dinhlang.papers.checking.dates.stages import Stage, names_of, stages
from dinhlang.papers.checking.dates.things import criteria_in
from dinhlang.papers.checking.frame import Hit
from dinhlang.papers.checking.text.village_names import villages_of
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.offices import office_at
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.folding import lower
from dinhlang.vietnamese.guarded import guarded

_AGAIN = re.compile(
    r"\b(?:lại|bổ sung|định kỳ|h[àằ]ng (?:tháng|quý|năm|tuần)|tiếp tục|thường xuyên|năm sau|duy trì"
    r"|nhân rộng|mở rộng (?:mô hình|diện tích|thêm|ra)|còn lại|tiếp theo"
    r"|giai đoạn (?:2|II|sau)|đợt (?:2|3|II|hai|ba|cuối)|lần (?:2|hai)"
    r"|công trình khác|cuối năm|6 tháng cuối năm|bảo hành|rút kinh nghiệm)\b",
    re.IGNORECASE,
)
_FIRST_OF = guarded(r"\b(?:đầu tiên|thứ nhất|trước tiên|thí điểm|làm điểm|làm mẫu)\b", re.I)
_PART = guarded(
    r"\b(?:giai đoạn|đợt|bước|lần|phần|kỳ|tuyến|đoạn|lớp|khóa|vòng|nhóm|số)\s*(?:thứ\s*)?"
    r"(?P<n>\d+|[IVX]+|một|hai|ba|nhất|đầu|cuối)\b",
    re.IGNORECASE,
)
_SYLLABLE = re.compile(r"[^\W\d_]+|\d+")
# Who does it, and words of any work: they name no thing.
_NOISE = guarded(
    r"\b(?:TC\s?\d+|UBND|HĐND|MTTQ|ủy ban (?:nhân dân|mặt trận)|hội đồng nhân dân|ban (?:chỉ đạo"
    r"|quản lý)"
    r"|công chức|cán bộ|trưởng (?:các )?(?:thôn|ấp|bản|xóm|buôn|khu)|hội (?:nông dân|phụ nữ"
    r"|cựu chiến binh)|đoàn thanh niên|tổ chức|phối hợp|chủ trì|thực hiện|triển khai|hoàn thành"
    r"|tiêu chí(?: số)?|chỉ tiêu|nội dung|nói trên|nêu trên|chính thức|đồng loạt|toàn bộ"
    r"|tiến hành|bắt đầu|dự kiến"
    r"|huyện|tỉnh|xã|người dân|nhân dân)\b",
    re.IGNORECASE,
)
_VERBS = guarded(
    r"\b(?:khảo sát|thiết kế|dự toán|phê duyệt|thông qua|chấp thuận|khởi công|động thổ|thi công"
    r"|xây dựng|xây|lắp đặt|lắp|cải tạo|nâng cấp|sửa chữa|nghiệm thu|bàn giao|đưa|vào sử dụng"
    r"|vận hành|khánh thành|quyết toán|họp|thống nhất|mức|thu|đóng góp|huy động|vận động|rà soát"
    r"|bình xét|lập|danh sách|đăng ký|hỗ trợ|cấp|trao|mua sắm|mua|tập huấn|đào tạo|hướng dẫn"
    r"|sử dụng"
    r"|thành lập|kiện toàn|ra mắt|hoạt động|trồng|thu hoạch|nộp|gửi|trình|thẩm tra|thẩm định"
    r"|công nhận|công bố|chấm điểm|chấm|khen thưởng|đề nghị|hồ sơ đề nghị|đánh giá|làm|lấy ý kiến"
    r"|kiểm tra|triển khai|bàn|giao|phát động|ban hành|hội nghị|góp ý|thảo luận|ký)\b",
    re.IGNORECASE,
)
_IDLE_WORDS = (
    "và của các cho đến từ theo tại trên trong năm là có được những một mọi này đó với để chưa đã"
    " còn ở thì mà khi hoặc về tháng quý ngày trước sau hết vào đầu cuối giữa bước đợt kỳ thôn ấp"
    " bản xóm buôn khu km m ha phải sẽ cùng xong đều chỉ việc số tất cả"
)
_IDLE = frozenset(_IDLE_WORDS.split())
_LEAST, _MOST, _HALF = 2, 0.6, 0.5
_UNTIL = re.compile(
    r"\b(?:sau khi|khi đã|trên cơ sở|căn cứ(?: vào)?|dựa (?:trên|vào)|chỉ khi|khi có|chờ"
    r"|theo kết quả)"
    r"\s+(?P<what>[^.;,]{8,90})",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?<![\d.,/])(?P<n>\d{1,4}(?:[.,]\d+)?)\s+(?P<what>(?!tháng|ngày|năm|thôn|ấp|bản|xóm|buôn"
    r"|khu|xã"
    r"|người|tiêu|chỉ|tỷ|triệu|đồng|lần|kỳ|bộ|lớp|buổi|đợt|giờ|nội|hộ\b)[^\W\d_]+)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"]([^”\"]{4,60})[”\"]")
_PAPER = re.compile(
    r"\b(?:quy chế|quy ước|hương ước|đề án|quy hoạch|phương án|nghị quyết|kế hoạch|quy định|mức thu"
    r"|danh mục|dự toán)\b",
    re.IGNORECASE,
)
_BY_THEN = re.compile(r",\s*(?:xong|hoàn thành)\W*(?:trong|vào)?\W*$", re.IGNORECASE)
_ADVICE = "Đưa bước phải làm trước lên trước, hoặc lùi bước sau."


@dataclass(slots=True, frozen=True)
class _Done:
    event: Event
    words: str
    stages: dict[str, Stage]
    tokens: frozenset[str]
    villages: frozenset[str]
    parts: frozenset[str]
    amounts: frozenset[str]
    quoted: frozenset[str]
    names: frozenset[str]


def stages_out_of_order(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """A stage dated behind a later stage of the same thing; ``told`` lines are known."""
    done = [each for event in events(plan) if (each := _done(event))]
    seen: set[int] = set()
    late: set[int] = set()
    for before in done:
        if _told(plan, before, told | seen) or _AGAIN.search(before.words):
            continue
        if _open(before.event):
            continue
        for after in done:
            if after is before or _FIRST_OF.search(after.words):
                continue
            pair = _later_stage(before, after)
            if pair is None or not _behind(before.event, after.event, pair[0], pair[1]):
                continue
            if not (_one_thing(before, after) or _told_of_one(before, after, pair)):
                continue
            if pair[0].chain == "recognition" and AMENDED.search(before.words):
                continue  # what the district found is mended before the province has it
            if pair[0].chain == "body" and _BY_THEN.search(before.words):
                continue  # “thành lập 9 tổ, xong trong tháng 8”: some may well be there before
            seen.add(before.event.paragraph.number)
            late.add(after.event.paragraph.number)
            yield Hit(
                message=f"{_capital(pair[0].name)} ({before.event.said}) sau {pair[1].name} "
                f"({after.event.said}), mà đó là bước phải có trước.",
                places=tuple(dict.fromkeys((before.event.place(plan), after.event.place(plan)))),
                advice=_ADVICE,
                severity="warning",
            )
            break
    known = told | seen | late
    yield from _hangs_on_later(plan, done, known)
    yield from _comes_too_late(plan, known)


def _behind(before: Event, after: Event, first: Stage, then: Stage) -> bool:
    """Whether what must be first begins behind the other, or what is accepted is still built."""
    if before.begin > after.last:
        return True
    built = first.chain == "build" and (first.name, then.name) in _ENDS_FIRST
    exact = before.kind in ("range", "months") and after.kind in ("day", "until")
    return built and exact and before.begin < before.last and before.last > after.last


_ENDS_FIRST = {("thi công", "nghiệm thu"), ("thi công", "quyết toán")}


def _told(plan: Plan, done: _Done, told: set[int]) -> bool:
    lines = done.event.place(plan).lines
    return not told.isdisjoint(range(lines[0], lines[1] + 1))


def _done(event: Event) -> _Done | None:
    if event.kind == "year":
        return None
    for words in (event.words, event.behind):
        found = _stages_said(words)
        if found:
            tokens = frozenset(_tokens(_PART.sub(" ", words)))
            build = found.get("build")
            if not tokens and build and build.name != "hoàn thành" and not event.paragraph.cells:
                found = {"build": build}  # “xây 04 phòng học; khởi công tháng 4”
                words = f"{event.paragraph.text[: event.start][-_LONGEST_CONTEXT:]} {words}"
                tokens = frozenset(_tokens(_PART.sub(" ", words)))
            parts = frozenset(fold(m[0]) for m in _PART.finditer(words))
            amounts = frozenset(
                f"{m['n'].lstrip('0')} {m['what'].lower()}" for m in _AMOUNT.finditer(words)
            )
            quoted = frozenset(fold(m) for m in _QUOTED.findall(words))
            names = names_of(words)
            return _Done(
                event, words, found, tokens, villages_of(words), parts, amounts, quoted, names
            )
    return None


def _stages_said(words: str) -> dict[str, Stage]:
    """The stages words say; what stands before a colon names the thing, where more is said."""
    colon = words.find(":")
    behind = stages(words[colon + 1 :]) if 0 < colon < _LONGEST_HEAD else {}
    shifted = {
        chain: replace(each, start=each.start + colon + 1, end=each.end + colon + 1)
        for chain, each in behind.items()
    }
    return shifted or stages(words)


def _tokens(words: str) -> set[str]:
    found = _SYLLABLE.findall(lower(_VERBS.sub(" ", _NOISE.sub(" ", words))))
    return {word.lstrip("0") for word in found if word not in _IDLE}


def _open(event: Event) -> bool:
    return event.due and (event.last.month, event.last.day) == (12, 31)


def _later_stage(before: _Done, after: _Done) -> tuple[Stage, Stage] | None:
    """The two stages of one chain that stand in the wrong order."""
    for chain, first in before.stages.items():
        second = after.stages.get(chain)
        if second is None or first.rank >= second.rank:
            continue
        if chain == "paper" and not (_PAPER.search(before.words) and _PAPER.search(after.words)):
            continue
        return first, second
    return None


def _one_thing(one: _Done, other: _Done) -> bool:
    """Whether two events are about one thing: its village, and most of the words of either."""
    if one.villages and other.villages and not one.villages & other.villages:
        return False
    numbers = [set(criteria_in(each.words)) for each in (one, other)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return False
    if one.parts and other.parts and one.parts != other.parts and not _same_list(one, other):
        return False
    if one.amounts & other.amounts or one.quoted & other.quoted:
        return True
    if one.names and other.names and not one.names & other.names:
        return False
    common = one.tokens & other.tokens
    few = min(len(one.tokens), len(other.tokens))
    if one.event.paragraph.spot == other.event.paragraph.spot and common and few <= _LEAST:
        return True
    if len(common) >= _LEAST and len(common) >= _MOST * few:
        return True
    return len(common) > _LEAST and len(common) >= _HALF * few


def _same_list(one: _Done, other: _Done) -> bool:
    left, right = one.event.paragraph, other.event.paragraph
    return left.above == right.above and bool(left.above) and not left.cells and not right.cells


# Chains whose words are of one trade alone, so that what stands above may say of what they are.
_OF_ONE = frozenset({"build", "list", "class", "crop", "product", "contest", "body"})
_NO_THING = re.compile(
    r"\b(?:lộ trình|tiến độ|nhiệm vụ|phân công|giải pháp|kế hoạch|công việc|nội dung|mục tiêu|các"
    r"|thời gian|quý|tháng|giai đoạn|bước|những|phần việc|lịch|mốc|tổ chức thực hiện|danh mục"
    r"|trọng tâm|chủ yếu|cụ thể|chung|năm \d+|trình tự|dự kiến|như sau|hạng mục)\b",
    re.IGNORECASE,
)
# One thing that is built, held, founded or grown.
_THING = re.compile(
    r"\b(?:công trình|dự án|nhà|đường|cầu|chợ|trường|trạm|sân|kênh|mương|kè|cống|rãnh|đập|bể|giếng"
    r"|lớp|mô hình|hợp tác xã|tổ|đội|câu lạc bộ|cuộc thi|hội thi|phong trào|sản phẩm|vườn|vùng"
    r"|hệ thống|đèn|camera|loa|wifi|nước|điện|nghĩa trang|bãi|điểm|cổng|tường|hồ|ao|chuồng|quỹ"
    r"|thư viện|hỗ trợ|bò|dê|cây|lúa|chè|bưởi|cà phê)\b",
    re.IGNORECASE,
)


def _told_of_one(one: _Done, other: _Done, pair: tuple[Stage, Stage]) -> bool:
    """Whether what stands above two steps, or before the colon of their paragraph, is their thing.

    No step may name a place of its own, and not both a thing of their own.
    """
    if pair[0].chain not in _OF_ONE:
        return False
    left, right = one.event.paragraph, other.event.paragraph
    if left.spot == right.spot and not left.cells:
        first, then = (_object(each, stage) for each, stage in zip((one, other), pair, strict=True))
        if (first and first <= other.tokens) or (then and then <= one.tokens):
            return True  # “khánh thành sân thể thao …; việc nghiệm thu sân …”
        head, colon, _ = left.text.partition(":")
        if any(":" in each.words.removeprefix(f"{head}:") for each in (one, other)):
            return False  # “nhà văn hóa: bàn giao 10/8; dụng cụ thể thao: lắp trước 18/8”
        heads = [head if colon else "", left.lead, *reversed(left.above)]
    else:
        same = left.lead == right.lead and bool(left.cells) == bool(right.cells)
        heads = [left.lead, *reversed(left.above)] if same else []
    head = next((each for each in heads if _tokens(_NO_THING.sub(" ", each))), "")
    tokens = _tokens(_NO_THING.sub(" ", head))
    if len(tokens) < _LEAST or len(head) > _LONGEST_HEAD or not _THING.search(head):
        return False
    if office_at(head, 0) or criteria_in(head):
        return False
    if pair[0].chain == "body" and not _FOUNDED.search(head):
        return False
    if (one.villages | other.villages) - villages_of(head) or one.names ^ other.names:
        return False
    if one.parts and other.parts and one.parts != other.parts:
        return False
    objects = [
        _object(each, stage) - tokens for each, stage in zip((one, other), pair, strict=True)
    ]
    if left.spot == right.spot:
        return not all(objects) or bool(objects[0] & objects[1])
    return min(map(len, objects)) < _LEAST


_LONGEST_HEAD, _LONGEST_CONTEXT = 110, 200
_OBJECT_ENDS = re.compile(r"[,;:.(]|\s(?:trong|vào|trước|từ|đến|ngày|tháng|quý|cho|xong|do)\s")
_FOUNDED = re.compile(r"\b(?:thành lập|lập|kiện toàn)\b", re.IGNORECASE)


def _object(done: _Done, stage: Stage) -> set[str]:
    """What the verb of a stage is done to: the words behind it, to the end of the clause."""
    return _tokens(_OBJECT_ENDS.split(done.words[stage.end :], maxsplit=1)[0])


_BEFORE_THAT = re.compile(r"\btrước khi\s+(?P<what>[^.;,]{5,70})", re.IGNORECASE)


def _comes_too_late(plan: Plan, told: set[int]) -> Iterator[Hit]:
    """Work that must be there “trước khi …”, by its own words, dated behind that."""
    every = [each for each in events(plan) if each.kind != "year"]
    for each in every:
        match = _BEFORE_THAT.search(each.words)
        number = each.paragraph.number
        wanted = _words_in(match["what"]) if match else set()
        if match is None or number in told or len(wanted) < _LEAST or _open(each):
            continue
        for other in every:
            near = other.paragraph.spot == each.paragraph.spot
            if other is each or each.begin <= other.last or len(wanted) <= _LEAST - near:
                continue
            if wanted <= _words_in(f"{other.words} {other.behind}") and match[0] not in other.words:
                told.add(number)
                yield Hit(
                    message=f"Việc này ({each.said}) phải có trước khi {match['what'].strip()}, mà "
                    f"việc đó {other.said}.",
                    places=tuple(dict.fromkeys((each.place(plan), other.place(plan)))),
                    advice=_ADVICE,
                    severity="warning",
                )
                break


def _words_in(words: str) -> set[str]:
    return {word for word in _SYLLABLE.findall(lower(words)) if word not in _HELPING}


def _hangs_on_later(plan: Plan, done: list[_Done], told: set[int]) -> Iterator[Hit]:
    """Work that waits for something, by its own words, which is dated behind it."""
    for each in done:
        number = each.event.paragraph.number
        match = _UNTIL.search(f"{each.event.words} {each.event.behind}")
        if match is None or _told(plan, each, told):
            continue
        wanted = _words_in(match["what"])
        if len(wanted) < _LEAST:
            continue
        for other in done:
            if other.event is each.event or other.event.begin <= each.event.last:
                continue
            have = set(_SYLLABLE.findall(lower(f"{other.words} {other.event.words}")))
            if _UNTIL.search(other.words) or _open(other.event):
                continue
            if len(wanted & have) >= max(_LEAST, _MOST * len(wanted)):
                told.add(number)
                yield Hit(
                    message=f"Việc này ({each.event.said}) chờ “{match['what'].strip()[:70]}” mà "
                    f"việc đó {other.event.said} mới có.",
                    places=tuple(dict.fromkeys((each.event.place(plan), other.event.place(plan)))),
                    advice=_ADVICE,
                    severity="warning",
                )
                break


_HELPING_WORDS = (
    "và của các cho đến từ theo tại trên trong năm là có được những một đã xã khi mà ở đó này"
)
_HELPING = frozenset(_HELPING_WORDS.split())


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
