"""The small country of the world's tests, and a few measures of every kind."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from dinhlang.facts import catalogue, services
from dinhlang.facts.models import Observation
from dinhlang.facts.periods import Period
from dinhlang.law.sets import Measure
from tests.world import World, forget_attempts, world

__all__ = ["forget_attempts", "world"]

MEASURES = {
    each.id: each
    for each in (
        Measure(
            id="ty_le_bao_hiem", name="Tỷ lệ người tham gia bảo hiểm y tế", kind="rate", unit="%",
            better="higher", combine="ratio_of_sums", topic="Y tế", office="Trạm Y tế",
            numerator="số người có thẻ", denominator="số người",
        ),
        Measure(
            id="thu_nhap", name="Thu nhập bình quân", kind="amount", better="higher",
            unit="triệu đồng/người/năm", combine="mean_by_weight", topic="Kinh tế",
        ),
        Measure(
            id="so_tai_nan", name="Số vụ tai nạn", kind="count", unit="vụ", better="lower",
            combine="sum", topic="An ninh",
        ),
        Measure(
            id="thon_van_hoa", name="Thôn đạt chuẩn văn hóa", kind="yes_no", better="higher",
            combine="all", topic="Văn hóa",
        ),
        Measure(
            id="muc_pho_cap", name="Phổ cập giáo dục", kind="grade", better="higher",
            combine="worst", scale=("Mức độ 1", "Mức độ 2", "Mức độ 3"), topic="Giáo dục",
        ),
        Measure(
            id="ty_le_lao_dong", name="Tỷ lệ lao động qua đào tạo", kind="rate", unit="%",
            better="higher", combine="worst", by_sex=True, topic="Lao động",
        ),
        Measure(
            id="su_hai_long", name="Tỷ lệ người dân hài lòng", kind="rate", unit="%",
            better="higher", combine="survey_again", survey_only=True, topic="Chính quyền",
        ),
    )
}  # fmt: skip


@pytest.fixture(autouse=True)
def measures(monkeypatch: pytest.MonkeyPatch) -> dict[str, Measure]:
    """The measures of these tests, in place of those of the law."""
    monkeypatch.setattr(catalogue, "known", lambda: MEASURES)
    return MEASURES


Enter = Callable[..., Observation]


@pytest.fixture
def enter(world: World) -> Enter:
    """``enter("thu_nhap", 50, place="a1", year=2024)``: what the coordinator of A enters."""

    def write(measure: str, content: Any = None, place: str = "a", **more: Any) -> Observation:
        period = Period.of(str(more.pop("period", more.pop("year", 2024))))
        user = world.people[more.pop("by", "coordinator")]
        match content:
            case bool():
                more["yes"] = content
            case (top, bottom):
                more |= {"numerator": Decimal(top), "denominator": Decimal(bottom)}
            case str() if content[0].isalpha():
                more["grade"] = content
            case None:
                pass
            case _:
                more["value"] = Decimal(str(content))
        entry = services.Entry(measure=measure, period=period, **more)
        return services.record(user, world.places[place], entry)

    return write
