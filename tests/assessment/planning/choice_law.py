"""A small law in which there is something to choose, and the numbers of commune A under it."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import cast

from dinhlang.facts.services.attributes import Said, describe_place
from dinhlang.law.library import Library
from dinhlang.law.reading import read_measures, read_set
from dinhlang.law.sets import CriteriaSet
from tests.assessment.small_law import enter
from tests.world import World

SET = "qd-mau-2028/xa-chon"
OTHER = "qd-mau-2033/xa-chon"
DAY = date(2030, 12, 31)
HALL, CLUB, INCOME = "nha_thi_dau", "cau_lac_bo", "thu_nhap|>=60"

MEASURES = """\
format: dinhlang.measures/1
measures:
  - {id: thu_nhap, name: Thu nhập bình quân, kind: amount, unit: triệu đồng/người/năm,
     better: higher, combine: survey_again, office: Cơ quan thống kê}
  - {id: ty_le_nuoc_sach, name: Tỷ lệ hộ dùng nước sạch, kind: rate, unit: "%", better: higher,
     combine: ratio_of_sums, numerator: số hộ dùng nước sạch, denominator: tổng số hộ,
     office: Công chức Địa chính}
  - {id: nha_thi_dau, name: Có nhà thi đấu, kind: yes_no, better: higher, combine: all,
     office: Công chức Văn hóa}
  - {id: cau_lac_bo, name: Có câu lạc bộ, kind: yes_no, better: higher, combine: all,
     office: Công chức Văn hóa}
  - {id: muc_so, name: Mức chuyển đổi số, kind: grade, scale: [Mức 1, Mức 2], better: higher,
     combine: worst, office: Công chức Văn hóa}
  - {id: co_camera, name: Có camera, kind: yes_no, better: higher, combine: all, level: village,
     office: Trưởng thôn}
"""
HEAD = """\
format: dinhlang.criteria/1
id: {id}
title: {title}
short: {short}
level: advanced
subject: commune
valid_from: {since}
{more}
sample: true
decision: {{number: 01/{year}/QĐ-MẪU, issuer: Cơ quan Mẫu, date: {since}, title: Bộ thử,
  checked: sample, sources: [bộ mẫu]}}
criteria:
"""
CRITERIA = """\
  - number: "1"
    name: Văn hóa
    checked: sample
    sources: [bộ mẫu]
    indicators:
      - number: "1.1"
        name: Văn hóa hoặc thu nhập
        checked: sample
        sources: [bộ mẫu]
        requirement:
          any_of:
            - {all_of: [{reached: nha_thi_dau}, {reached: cau_lac_bo}]}
            - {at_least: {measure: thu_nhap, value: 60}}
      - number: "1.2"
        name: Mức chuyển đổi số
        checked: sample
        sources: [bộ mẫu]
        requirement: {grade: {measure: muc_so, at_least: Mức 2}}
  - number: "2"
    name: Nước sạch
    checked: sample
    sources: [bộ mẫu]
    indicators:
      - number: "2.1"
        name: Tỷ lệ hộ dùng nước sạch
        checked: sample
        sources: [bộ mẫu]
        requirement:
          at_least:
            measure: ty_le_nuoc_sach
            value: {by_region: {DBSH: 95, TDMNPB: 90}}
      - number: "2.2"
        name: Thôn có camera
        checked: sample
        sources: [bộ mẫu]
        requirement:
          children: {level: village, part: {reached: co_camera}, operator: ">=", value: 100,
                     counting: percent}
"""
LATER = """\
  - number: "5"
    name: Nước sạch
    checked: sample
    sources: [bộ mẫu]
    indicators:
      - number: "5.1"
        name: Hộ dùng nước sạch
        checked: sample
        sources: [bộ mẫu]
        requirement: {at_least: {measure: ty_le_nuoc_sach, value: 98}}
      - number: "5.2"
        name: Việc do tỉnh quy định
        checked: not_loaded
        requirement: {content_not_loaded: {giver: province}}
"""


@cache
def choice_law() -> Library:
    """Two sets of one level, the later of which takes the place of the other."""
    measures = read_measures(MEASURES, "measures.yaml")
    known = {each.id: each for each in measures}
    first = HEAD.format(
        id=SET, title="Bộ thử có lựa chọn", short="Xã chọn 2028", since="2028-01-01", year=2028,
        more="",
    )  # fmt: skip
    later = HEAD.format(
        id=OTHER, title="Bộ thử sau", short="Xã chọn 2033", since="2033-01-01", year=2033,
        more=f"replaces: [{SET}]",
    )  # fmt: skip
    texts = (first + CRITERIA, later + LATER)
    sets = [cast(CriteriaSet, read_set(text, "mau.yaml", known)) for text in texts]
    return Library(sets, [], measures)


def enter_choices(world: World) -> None:
    """Commune A: 59,5 million, no hall, a club, clean water 92 %, cameras in one village of two."""
    officer, place = world.people["officer"], world.places["a"]
    region = Said(name="region", value="TDMNPB", valid_from=date(2020, 1, 1))
    describe_place(None, place, region)
    enter(officer, place, "thu_nhap", value="51.58")
    enter(officer, place, HALL, yes=False)
    enter(officer, place, CLUB, yes=False)
    enter(officer, place, "muc_so", grade="Mức 2")
    enter(officer, place, "ty_le_nuoc_sach", parts=("920", "1000"))
    enter(None, world.places["a1"], "co_camera", yes=True)
    enter(None, world.places["a2"], "co_camera", yes=False)
