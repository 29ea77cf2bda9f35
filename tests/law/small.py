"""A law of a few measures and sets, small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from dinhlang.law.requirements import Compare, NotLoaded, Operator, Reached, Requirement, Value
from dinhlang.law.sets import CriteriaSet, Criterion, Decision, Indicator, Measure
from dinhlang.law.subjects import Fact, Subject, subject_of

ON = date(2024, 12, 31)
MEASURES = {
    each.id: each
    for each in (
        Measure(
            id="duong_thon", name="Tỷ lệ đường thôn được cứng hóa", kind="rate", unit="%",
            numerator="Số km đường thôn được cứng hóa", denominator="Tổng số km đường thôn",
            office="Công chức Địa chính",
        ),
        Measure(
            id="ho_ngheo", name="Tỷ lệ hộ nghèo", kind="rate", unit="%", better="lower",
            numerator="Số hộ nghèo", denominator="Tổng số hộ",
        ),
        Measure(id="so_ngheo", name="Số hộ nghèo", kind="count", unit="hộ", better="lower"),
        Measure(id="bao_tro", name="Số hộ nghèo bảo trợ xã hội", kind="count", unit="hộ"),
        Measure(
            id="thu_nhap", name="Thu nhập bình quân", kind="amount", unit="triệu đồng/người/năm",
            survey_only=True, office="Cơ quan thống kê",
        ),
        Measure(id="cua_huyen", name="Thu nhập bình quân của huyện", kind="amount"),
        Measure(
            id="bhyt", name="Tỷ lệ tham gia bảo hiểm y tế", kind="rate", unit="%", by_sex=True,
            numerator="Số người tham gia", denominator="Tổng số người",
        ),
        Measure(id="co_cho", name="Có chợ", kind="yes_no"),
        Measure(id="cho_chuan", name="Chợ đạt chuẩn", kind="yes_no"),
        Measure(id="cua_hang", name="Có cửa hàng đạt chuẩn", kind="yes_no", office="Phòng A"),
        Measure(id="cong_nhan", name="Được công nhận", kind="yes_no"),
        Measure(
            id="xoa_mu", name="Xóa mù chữ", kind="grade",
            scale=("Mức độ 1", "Mức độ 2", "Mức độ 3"),
        ),
        Measure(id="vu_viec", name="Số vụ phạm tội", kind="count", unit="vụ", better="lower"),
        Measure(id="diem", name="Điểm đánh giá", kind="amount", unit="điểm"),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Effective:
    """A set in force."""

    set: CriteriaSet
    hash: str = "bam"


@dataclass(frozen=True)
class SmallLaw:
    """The sets by id, on a day."""

    sets: Mapping[str, Effective] = field(default_factory=dict)
    on: date = ON
    measures: Mapping[str, Measure] = field(default_factory=lambda: MEASURES)

    def get(self, set_id: str) -> Effective | None:
        """The set of that id."""
        return self.sets.get(set_id)


def small_law(*sets: CriteriaSet, on: date = ON) -> SmallLaw:
    """The law that these sets make."""
    return SmallLaw({each.id: Effective(each) for each in sets}, on)


def small_set(*requirements: Requirement, id: str = "mau/xa", **more: Any) -> CriteriaSet:
    """A set with criterion n and indicator n.1 for the n-th requirement."""
    criteria = tuple(
        Criterion(
            number=str(n),
            name=f"Tiêu chí {n}",
            indicators=(Indicator(number=f"{n}.1", name="Chỉ tiêu", requirement=each),),
        )
        for n, each in enumerate(requirements, 1)
    )
    about: dict[str, Any] = {
        "title": "Bộ mẫu",
        "short": "Xã mẫu",
        "level": "ntm",
        "subject": "commune",
        "decision": Decision(number="01/QĐ-MẪU"),
        "valid_from": date(2021, 1, 1),
        "criteria": criteria,
    }
    return CriteriaSet(id=id, **(about | more))


def fact(measure: str, said: object, year: int = 2024, **more: Any) -> Fact:
    """A fact from what it says: True, “Mức độ 1”, (11, 12) or a number."""
    content: dict[str, Any]
    if isinstance(said, bool):
        content = {"yes": said}
    elif isinstance(said, tuple):
        top, bottom = said
        content = {"numerator": Decimal(str(top)), "denominator": Decimal(str(bottom))}
    elif isinstance(said, str) and not said[0].isdigit():
        content = {"grade": said}
    else:
        content = {"value": Decimal(str(said))}
    more.setdefault("source", "survey" if MEASURES[measure].survey_only else "report")
    return Fact(measure=measure, year=year, **(content | more))


def unit(*facts: Fact, **about: Any) -> Subject:
    """A unit with these facts."""
    return subject_of(list(facts), **about)


def villages(*answers: bool | None, measure: str = "co_cho") -> dict[str, tuple[Subject, ...]]:
    """Villages that say yes, no or nothing."""
    return {
        "village": tuple(
            unit(*([] if said is None else [fact(measure, said)]), name=f"Thôn {n}")
            for n, said in enumerate(answers, 1)
        )
    }


def at(measure: str, operator: Operator, limit: object, **more: Any) -> Compare:
    """A comparison; ``None``: its threshold is for the province to set."""
    threshold = NotLoaded(giver="province") if limit is None else Value(amount=Decimal(str(limit)))
    return Compare(measure=measure, operator=operator, threshold=threshold, **more)


def yes(measure: str) -> Reached:
    """That it is reached."""
    return Reached(measure=measure)


def num(amount: object) -> Value:
    """A known threshold."""
    return Value(amount=Decimal(str(amount)))
