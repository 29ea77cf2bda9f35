"""A small law of the years around 2030, made for these tests: one set, what amends and follows it.

The plan of ``tests.plans.papers`` is of 2030 and of the level of this set.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, cast

from dinhlang.facts.models import Observation
from dinhlang.facts.periods import Period
from dinhlang.facts.services.entries import Entry, record_many
from dinhlang.law.library import Library
from dinhlang.law.reading import read_measures, read_set
from dinhlang.law.sets import Amendment, CriteriaSet
from dinhlang.people.models import User
from dinhlang.places.models import Unit

SET = "qd-mau-2028/xa-thu"
NEXT = "qd-mau-2033/xa-thu"
VILLAGES = "qd-mau-2028/thon-thu"
DAY = date(2030, 12, 31)

MEASURES = """\
format: dinhlang.measures/1
measures:
  - {id: ty_le_duong_cung_hoa, name: Tỷ lệ đường thôn được cứng hóa, kind: rate, unit: "%",
     better: higher, combine: ratio_of_sums, topic: Giao thông, office: Công chức Địa chính,
     numerator: số km đã cứng hóa, denominator: tổng số km}
  - {id: thon_sach_dep, name: Thôn có đường sạch đẹp, kind: yes_no, better: higher,
     combine: survey_again, level: village, topic: Giao thông, office: Trưởng thôn}
  - {id: dien_an_toan, name: Hệ thống điện đạt chuẩn, kind: yes_no, better: higher,
     combine: survey_again, topic: Điện, office: Công ty Điện lực}
  - {id: thu_nhap, name: Thu nhập bình quân đầu người, kind: amount,
     unit: triệu đồng/người/năm, better: higher, combine: survey_again, topic: Kinh tế,
     office: Cơ quan thống kê}
"""
DECISION = """\
decision: {number: 01/2028/QĐ-MẪU, issuer: Cơ quan Mẫu, date: 2028-01-01, title: Bộ thử,
  checked: sample, sources: [bộ mẫu]}
"""
TEXTS = (
    f"""\
format: dinhlang.criteria/1
id: {SET}
title: Bộ tiêu chí thử về xã nâng cao
short: Xã thử 2028–2032
level: advanced
subject: commune
years: [2028, 2032]
valid_from: 2028-01-01
sample: true
{DECISION}
criteria:
  - number: "2"
    name: Giao thông
    checked: sample
    sources: [bộ mẫu]
    guided_by: {{name: Sở Mẫu, checked: sample, sources: [bộ mẫu]}}
    indicators:
      - {{number: "2.1", name: Tỷ lệ cứng hóa đường thôn, checked: sample, sources: [bộ mẫu],
         requirement: {{at_least: {{measure: ty_le_duong_cung_hoa, value: 98}}}}}}
      - number: "2.2"
        name: Thôn có đường sạch đẹp
        checked: unverified
        requirement:
          children: {{level: village, part: {{reached: thon_sach_dep}}, operator: ">=",
                     value: 80, counting: percent}}
  - number: "4"
    name: Điện
    checked: sample
    sources: [bộ mẫu]
    indicators:
      - {{number: "4", name: Hệ thống điện đạt chuẩn, checked: sample, sources: [bộ mẫu],
         requirement: {{reached: dien_an_toan}}}}
  - number: "10"
    name: Thu nhập
    checked: sample
    sources: [bộ mẫu]
    indicators:
      - number: "10"
        name: Thu nhập bình quân đầu người
        checked: sample
        sources: [bộ mẫu]
        requirement:
          at_least:
            measure: thu_nhap
            value: {{by_year: {{2030: 60}}}}
""",
    f"""\
format: dinhlang.criteria/1
id: {NEXT}
title: Bộ tiêu chí thử sau
short: Xã thử 2033
level: advanced
subject: commune
valid_from: 2033-03-01
replaces: [{SET}]
sample: true
{DECISION}
criteria:
  - number: "1"
    name: Điện
    checked: sample
    sources: [bộ mẫu]
    indicators:
      - {{number: "1", name: Hệ thống điện đạt chuẩn, checked: sample, sources: [bộ mẫu],
         requirement: {{reached: dien_an_toan}}}}
""",
    f"""\
format: dinhlang.criteria/1
id: {VILLAGES}
title: Bộ tiêu chí thử về thôn kiểu mẫu
short: Thôn thử 2028
level: model-village
subject: village
valid_from: 2028-01-01
sample: true
{DECISION}
criteria:
  - number: "1"
    name: Đường làng
    checked: sample
    sources: [bộ mẫu]
    indicators:
      - {{number: "1", name: Thôn có đường sạch đẹp, checked: sample, sources: [bộ mẫu],
         requirement: {{reached: thon_sach_dep}}}}
""",
)
AMENDMENT = f"""\
format: dinhlang.amendment/1
id: qd-mau-2031/xa-thu
title: Sửa bộ thử
amends: {SET}
valid_from: 2031-01-01
sample: true
decision: {{number: 02/2031/QĐ-MẪU, issuer: Cơ quan Mẫu, date: 2031-01-01, title: Sửa bộ thử,
  checked: sample, sources: [bộ mẫu]}}
changes:
  - indicator: "4"
    checked: sample
    sources: [bộ mẫu]
    requirement: {{all_of: [{{reached: dien_an_toan}},
                          {{at_least: {{measure: ty_le_duong_cung_hoa, value: 50}}}}]}}
"""


@cache
def small_law() -> Library:
    """The sets above, and an amendment from 2031 on."""
    measures = read_measures(MEASURES, "measures.yaml")
    known = {each.id: each for each in measures}
    sets = [cast(CriteriaSet, read_set(text, "mau.yaml", known)) for text in TEXTS]
    amendment = cast(Amendment, read_set(AMENDMENT, "sua.yaml", known))
    return Library(sets, [amendment], measures)


def enter(
    user: User | None, place: Unit, measure: str, year: int = 2030, **content: Any
) -> Observation:
    """One number of a place; ``parts=(num, den)`` for a rate."""
    if "parts" in content:
        top, bottom = content.pop("parts")
        content |= {"numerator": Decimal(top), "denominator": Decimal(bottom)}
    if "value" in content:
        content["value"] = Decimal(content["value"])
    entry = Entry(measure=measure, period=Period("year", year), source="report", **content)
    return record_many(user, place, [entry])[0]


def enter_all(user: User | None, place: Unit, villages: Iterable[Unit] = ()) -> None:
    """Numbers of 2030 with which the place meets everything but the roads (93,5 % of 98)."""
    enter(user, place, "ty_le_duong_cung_hoa", parts=("11.6", "12.4"))
    enter(user, place, "dien_an_toan", yes=True)
    enter(user, place, "thu_nhap", value="66")
    for village in villages:
        enter(None, village, "thon_sach_dep", yes=True)
