"""A commune with numbers and papers of every kind, to look at its pages."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image

from dinhlang.facts import services
from dinhlang.facts.periods import Period
from tests.world import World

ROAD = "ty_le_duong_xa_cung_hoa"


def show(world: World) -> None:
    """Enters numbers of two years in commune A and its villages, some confirmed, with papers."""
    officer, leader, place = world.people["officer"], world.people["leader"], world.places["a"]

    def enter(measure: str, year: int, at: str = "a", **content: Any) -> Any:
        entry = services.Entry(measure=measure, period=Period.of(str(year)), **content)
        return services.record(officer, world.places[at], entry)

    def parts(top: str, bottom: str) -> dict[str, Decimal]:
        return {"numerator": Decimal(top), "denominator": Decimal(bottom)}

    enter(ROAD, 2023, **parts("12.5", "20"))
    enter(ROAD, 2024, **parts("17.8", "20"))
    confirmed = enter(ROAD, 2024, note="Đã đo lại đoạn qua chợ", **parts("18.5", "20"))
    services.confirm(leader, place, [confirmed.pk])
    for village, (top, bottom) in {"a1": ("9", "9.8"), "a2": ("8.6", "10.2")}.items():
        enter(ROAD, 2024, village, **parts(top, bottom))
    enter("ty_le_duong_thon_cung_hoa", 2023, value=Decimal(48))
    enter("ty_le_duong_thon_cung_hoa", 2024, value=Decimal("71.5"))
    today = timezone.localdate()
    about = services.About(
        title="Biên bản nghiệm thu đường trục xã", number="05/BB-NT", dated=date(2024, 9, 12),
        agency="UBND xã Làng Mẫu", signer="Chủ tịch UBND xã", valid_to=today + timedelta(days=30),
    )  # fmt: skip
    sent = services.Sent(name="nghiem-thu.pdf", content=b"%PDF-1.7\n%%EOF", about=about)
    paper = services.add(officer, place, sent)
    out = BytesIO()
    photo = Image.new("RGB", (900, 600), "#8fb996")
    photo.paste("#c9b79c", (300, 0, 600, 600))
    photo.save(out, "JPEG")
    seen = services.Sent(name="Đường trục xã sau khi đổ bê tông.jpg", content=out.getvalue())
    picture = services.add(officer, place, seen)
    for row in (paper, picture):
        services.attach(officer, row, services.Target(place=place, measure=ROAD, year=2024))
    said = services.Said(
        name="region", value="TDMNPB", valid_from=date(2021, 1, 1), paper="Theo danh mục vùng"
    )
    services.describe_place(leader, place, said)
