"""One thing under several names, and parts without a name or an owner. Notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from dinhlang.papers.checking.frame import Hit, Place, rule
from dinhlang.papers.checking.law.sets import set_of
from dinhlang.papers.checking.text.likeness import share_found
from dinhlang.papers.checking.text.places import (
    at,
    is_plan,
    lead,
    listed,
    numbered,
    whole,
    words_of,
)
from dinhlang.papers.checking.text.sections import body, every_section
from dinhlang.papers.plan import Plan
from dinhlang.papers.reading.criteria_names import full_name, names
from dinhlang.vietnamese import fold
from dinhlang.vietnamese.guarded import guarded

_QUOTED = guarded(
    r"\b(?:phong trào|cuộc vận động|danh hiệu|mô hình)[^“”.;]{0,40}“(?P<name>[^”]{8,120})”",
    re.IGNORECASE,
)
_COMMITTEE = guarded(
    r"\b(?:BCĐ|Ban [Cc]hỉ đạo|BAN CHỈ ĐẠO)(?P<name>(?:\s+(?:CHƯƠNG TRÌNH|Chương trình|chương trình"
    r"|CTMTQG|MTQG|CTMT|các|xây dựng|XÂY DỰNG|NÔNG THÔN MỚI|nông thôn mới|Nông thôn mới|NTM|GNBV"
    r"|ĐTVM|mục tiêu|quốc gia|giảm nghèo|bền vững|và|mỗi xã một sản phẩm|đô thị văn minh),?)+)"
)
_DISTRICT = re.compile(r"^\s*(?:huyện|tỉnh|thành phố|thị xã|cấp)\b", re.IGNORECASE)
_WAVE_TWO = re.compile(r"\b[Đđ]ợt\s+(?:2|hai|II)\b")
_WAVE_ONE = re.compile(r"\b[Đđ]ợt\s+(?:1|một|I|đầu|nhất)\b")
_CLOSING = re.compile(
    r"^\W*(?:Trên đây|Trong quá trình|Yêu cầu|Đề nghị|Căn cứ kế hoạch này|Kế hoạch này|Nhận được"
    r"|Giao|TM\.|KT\.)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"^\s*(?:[-–+•*]|\d{1,2}(?:\.\d+)*[.)/]|[a-zđA-ZĐ][.)]|[IVX]{1,4}[.)]|Phần|Điều)"
)
_HEAD_OF_LIST = re.compile(r"^\s*(?P<label>[a-zA-Z])[.)]\s")
_CRITERION_HEAD = re.compile(
    r"[\s*_#]*(?P<no>\d{1,2})[.)]\s*[*_]*(?P<name>[^:*_.;]{3,60})[*_]*\s*:"
)
_LEAST_NAMES = 3
_UNCLEAR = re.compile(r"\bchưa có\s+(?:sản phẩm|mô hình)\b[^.;,]{0,40}?\sđược\s[^.;,]{3,60}")
_LONG = 60
_MANY = 5
_MENTIONED = 0.6


@rule(
    code="MOVEMENT-NAME",
    severity="note",
    purpose="Một phong trào mang một tên",
    page="""
## Là gì

Tên một phong trào, cuộc vận động trong ngoặc kép ghi hai cách.

## Vì sao

Người đọc tưởng là hai phong trào; báo cáo kết quả không khớp tên.

## Ví dụ

Bị báo: `“Xây dựng gia đình 5 không, 3 sạch”` ở một chỗ, thêm `3 an toàn` ở chỗ khác.

Không bị báo: hai phong trào khác nhau; cùng một tên ở nhiều chỗ.

## Cách sửa

Dùng tên đầy đủ ở mọi chỗ.
""",
)
def movement(plan: Plan) -> Iterator[Hit]:
    """Quoted names of which one begins with the other."""
    found: dict[str, tuple[str, int]] = {}
    for number, line in body(plan):
        for match in _QUOTED.finditer(line) if "“" in line else ():
            found.setdefault(fold(match["name"]).strip(), (match["name"], number))
    for (one, (shown, first)), (other, (longer, second)) in combinations(found.items(), 2):
        short, long_ = sorted((one, other), key=len)
        if long_.startswith(short) and len(short.split()) >= _LEAST_NAMES:
            yield Hit(
                message=f"Một phong trào ghi hai tên: “{shown}” và “{longer}”.",
                places=(at(second, longer), at(first, shown)),
                advice="Dùng tên đầy đủ ở mọi chỗ.",
            )


@rule(
    code="CRITERION-NAME",
    severity="note",
    purpose="Tiêu chí ghi đúng tên trong bộ tiêu chí",
    page="""
## Là gì

Đề mục của tiêu chí ghi tên tắt hay tên khác tên trong bộ tiêu chí. Cả văn bản một ghi chú.

## Vì sao

Tên tắt có thể lẫn với tên của bộ khác; hồ sơ công nhận dùng tên đầy đủ.

## Ví dụ

Bị báo: `7. Dịch vụ thương mại`, `11. Hộ nghèo`.

Không bị báo: `7. Cơ sở hạ tầng thương mại nông thôn`; câu văn nhắc `tiêu chí thu nhập`.

## Cách sửa

Ghi tên như trong bộ tiêu chí.
""",
)
def short_names(plan: Plan) -> Iterator[Hit]:
    """Heads of criteria, by their number, under another name than the set's: one note."""
    of = set_of(plan)
    tables = [names("ten")] if of == "ten" else [names("ntm"), names("advanced")]
    places = []
    for number, line in body(plan):
        match = _CRITERION_HEAD.match(line)
        if match is None:
            continue
        number_of, mine = int(match["no"]), fold(match["name"]).strip()
        right = full_name(number_of, of)
        short = any(table.get(mine) == number_of for table in tables)
        if right and short and mine.replace(",", "") != fold(right).replace(",", ""):
            places.append(at(number, match["name"].strip()))
    if places:
        yield Hit(
            message=f"{len(places)} tiêu chí ghi tên khác tên trong bộ tiêu chí.",
            places=tuple(places),
            advice="Ghi tên như trong bộ tiêu chí.",
        )


@rule(
    code="COMMITTEE-NAME",
    severity="note",
    purpose="Ban Chỉ đạo của xã mang một tên",
    page="""
## Là gì

Ban Chỉ đạo của xã được gọi bằng từ ba tên khác nhau.

## Vì sao

Không biết là một ban hay nhiều ban; quyết định thành lập chỉ có một tên.

## Ví dụ

Bị báo: `BCĐ Chương trình MTQG xây dựng NTM`, `BCĐ NTM, GNBV`, `Ban Chỉ đạo các CTMTQG` trong một
văn bản.

Không bị báo: tên đầy đủ lần đầu, sau đó là `Ban Chỉ đạo xã`.

## Cách sửa

Dùng tên trong quyết định thành lập; sau đó ghi tắt một kiểu.
""",
)
def committee(plan: Plan) -> Iterator[Hit]:
    """Three or more names of the commune's own steering committee."""
    found: dict[str, Place] = {}
    for number, line in numbered(plan):
        for match in _COMMITTEE.finditer(line):
            if _DISTRICT.match(line[match.end() :]):
                continue
            key = re.sub(r"\bntm\b", "nong thon moi", fold(match["name"])).strip(" ,")
            found.setdefault(key, at(number, match[0].strip(" ,")))
    if len(found) >= _LEAST_NAMES:
        yield Hit(
            message=f"Ban Chỉ đạo của xã có {len(found)} tên: "
            f"{listed(place.quote for place in found.values())}.",
            places=tuple(found.values()),
            advice="Dùng tên trong quyết định thành lập; sau đó ghi tắt một kiểu.",
        )


@rule(
    code="WAVE-LABEL",
    severity="note",
    purpose="Đợt cao điểm nào cũng có tên",
    page="""
## Là gì

Văn bản gọi “Đợt 2” mà không chỗ nào gọi “Đợt 1”.

## Vì sao

Báo cáo theo đợt không biết đợt đầu là từ ngày nào.

## Ví dụ

Bị báo: `từ ngày 15/3 đến 15/5; Đợt 2 từ 01/7 đến 01/8`.

Không bị báo: `Đợt 1: …; Đợt 2: …`.

## Cách sửa

Ghi “Đợt 1” trước ngày của đợt đầu.
""",
)
def wave_label(plan: Plan) -> Iterator[Hit]:
    """A second wave by name and no first."""
    if not is_plan(plan):
        return
    rows = [row for row in body(plan) if "ợt" in row[1]]
    if any(_WAVE_ONE.search(line) for _, line in rows):
        return
    for number, line in rows:
        match = _WAVE_TWO.search(line)
        if match:
            yield Hit(
                message=f"Có “{match[0]}” mà không có đợt 1.",
                places=(at(number, match[0]),),
                advice="Ghi “Đợt 1” trước ngày của đợt đầu.",
            )
            return


@rule(
    code="DUTY-FLOATING",
    severity="note",
    purpose="Đoạn giao việc nào cũng thuộc một nơi",
    page="""
## Là gì

Trong phần tổ chức thực hiện, sau các gạch đầu dòng của một nơi có đoạn văn không gạch đầu dòng,
không đánh số: không biết giao cho ai.

## Vì sao

Không nơi nào nhận việc ấy là của mình.

## Ví dụ

Bị báo: sau mục của các thôn có đoạn `Căn cứ chỉ tiêu, tổ chức rà soát …` đứng riêng.

Không bị báo: câu kết `Trên đây là kế hoạch …`; đoạn mở đầu ngay dưới đề mục.

## Cách sửa

Đưa đoạn ấy vào mục của nơi phải làm.
""",
)
def floating(plan: Plan) -> Iterator[Hit]:
    """Paragraphs behind the dashes of an actor, without a mark of their own: one note."""
    parts = [s for s in plan.outline if "thực hiện" in s.title.lower() and s.children]
    if not parts:
        return
    first, last = parts[-1].lines
    heads = {section.lines[0] for section in every_section(plan.outline)}
    rows = [(n, line) for n, line in body(plan) if first < n <= last]
    places = []
    bulleted = False
    for (_, before), (number, line) in pairwise(rows):
        if number in heads:
            bulleted = False
            continue
        bulleted = bulleted or before[: lead(before)].strip() != ""
        plain = not _ITEM.match(line) and " | " not in line and not line.strip().isupper()
        long_enough = len(line.strip()) > _LONG and not line.strip()[:1].islower()
        if bulleted and plain and long_enough and not _CLOSING.match(line):
            places.append(at(number, words_of(line)))
    if places and number != places[-1].lines[0]:
        yield Hit(
            message=f"{len(places)} đoạn giao việc không thuộc nơi nào.",
            places=tuple(places),
            advice="Đưa đoạn ấy vào mục của nơi phải làm.",
        )


@rule(
    code="QUANTITY-OWNER",
    severity="note",
    purpose="Khối lượng nào cũng có nơi phụ trách",
    page="""
## Là gì

Kế hoạch giao từ năm khối lượng trở lên mà phần lớn không nơi nào được giao phụ trách.

## Vì sao

Khối lượng của chung thì không ai chịu trách nhiệm, không ai báo cáo tiến độ.

## Ví dụ

Bị báo: danh sách `trồng 3.200 m hàng rào`, `cải tạo 35 vườn` …, phần tổ chức thực hiện không nơi
nào nhận việc ấy.

Không bị báo: mỗi khối lượng có nơi chủ trì; bảng có cột người phụ trách.

## Cách sửa

Ghi nơi phụ trách cho từng khối lượng.
""",
)
def quantity_owner(plan: Plan) -> Iterator[Hit]:
    """Amounts of work of which most are nobody's: one note."""
    if not is_plan(plan) or len(plan.quantities) < _MANY:
        return
    owners = [f"{duty.office} {duty.text}" for duty in plan.duties]
    owners += [task.text for task in plan.tasks if task.lead]
    loose = [
        quantity
        for quantity in plan.quantities
        if not quantity.place
        and not any(share_found(quantity.text, words) >= _MENTIONED for words in owners)
    ]
    if len(loose) >= _MANY and len(loose) * 3 >= len(plan.quantities) * 2:
        yield Hit(
            message=f"{len(loose)} khối lượng không ghi nơi phụ trách.",
            places=tuple(dict.fromkeys(whole(plan, quantity.lines) for quantity in loose)),
            advice="Ghi nơi phụ trách cho từng khối lượng.",
        )


@rule(
    code="GAP-UNCLEAR",
    severity="note",
    purpose="Chỗ còn thiếu nói rõ thiếu gì",
    page="""
## Là gì

Chỗ còn thiếu ghi “chưa có sản phẩm … được …”: không rõ chưa có sản phẩm, hay có rồi mà chưa được
giới thiệu, công nhận. Cả văn bản một ghi chú.

## Vì sao

Hai việc phải làm khác hẳn nhau.

## Ví dụ

Bị báo: `Xã chưa có sản phẩm OCOP được giới thiệu trên sàn thương mại điện tử`.

Không bị báo: `Xã có 2 sản phẩm OCOP, chưa sản phẩm nào được giới thiệu`; `chưa có sản phẩm OCOP`.

## Cách sửa

Ghi xã đã có mấy sản phẩm, còn thiếu việc gì.
""",
)
def unclear_gap(plan: Plan) -> Iterator[Hit]:
    """“Has no product that is promoted”: one note for all."""
    places = tuple(
        at(number, match[0])
        for number, line in body(plan)
        if "chưa có" in line and (match := _UNCLEAR.search(line))
    )
    if places:
        yield Hit(
            message=f"{len(places)} chỗ còn thiếu không rõ là chưa có, hay có mà chưa được.",
            places=places,
            advice="Ghi xã đã có mấy sản phẩm, mô hình; còn thiếu việc gì.",
        )


@rule(
    code="OUTLINE-CASE",
    severity="note",
    purpose="Các mục cùng danh sách dùng một kiểu chữ cái",
    page="""
## Là gì

Danh sách đánh `a`, `b` rồi `C`: chữ thường lẫn chữ hoa.

## Vì sao

Mục `C` trông như một phần lớn hơn.

## Ví dụ

Bị báo: `a. …`, `b. …`, `C. …`.

Không bị báo: `A. …` rồi bên trong `a. …`.

## Cách sửa

Dùng một kiểu chữ.
""",
)
def letter_case(plan: Plan) -> Iterator[Hit]:
    """A letter that carries on a list in the other case."""
    marks = [
        (number, match["label"], line)
        for number, line in body(plan)
        if (match := _HEAD_OF_LIST.match(line[lead(line) :])) and match["label"] not in "IVXivx"
    ]
    for (one, first, line), (other, second, text) in pairwise(marks):
        # “c)” then “d)”, or the same letter once more: “c)” then “C)”.
        again = first.lower() == second.lower() and text.lstrip()[1:2] == line.lstrip()[1:2]
        follows = again or ord(second.lower()) - ord(first.lower()) == 1
        if follows and first.islower() != second.islower() and second.lower() != "a":
            yield Hit(
                message=f"Mục {first} rồi đến mục {second}: lẫn chữ thường và chữ hoa.",
                places=(at(other, words_of(text)), at(one, words_of(line))),
                advice="Dùng một kiểu chữ.",
            )
