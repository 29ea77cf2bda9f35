"""What the sample commune promised the province, and who stands in for whom there."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

from dinhlang.people.models import Office, User
from dinhlang.places.models import Unit
from dinhlang.work.models import Task
from dinhlang.work.services import commitments, covering
from dinhlang.work.services.commitments import Promise

from .cast import COMMUNE


def load(units: dict[str, Unit], users: dict[str, User], today: date) -> None:
    """Three commitments (one kept), and an officer who is away next week."""
    commune, leader = units[COMMUNE], users["lanhdao"]
    waste = Task.objects.filter(place=commune, text__icontains="rác").order_by("pk").first()
    drain = Task.objects.filter(place=commune, text__icontains="rãnh").order_by("pk").first()
    rows = (
        Promise(
            text="Hoàn thành tiêu chí số 17 về Môi trường, phân loại rác tại nguồn ở cả bốn thôn",
            to_whom="UBND tỉnh An Mẫu", criteria=["17"], due=today + timedelta(days=26),
            paper="02/CK-UBND", paper_date=today - timedelta(days=200),
            tasks=[waste.pk] if waste else [],
        ),
        Promise(
            text="Xóa hết điểm ngập trên đường trục xã", to_whom="UBND tỉnh An Mẫu",
            criteria=["2"], due=today - timedelta(days=4), paper="02/CK-UBND",
            paper_date=today - timedelta(days=200), tasks=[drain.pk] if drain else [],
        ),
        Promise(
            text="Công khai kết quả lấy ý kiến sự hài lòng của người dân",
            to_whom="Văn phòng điều phối nông thôn mới tỉnh", due=today - timedelta(days=60),
        ),
    )  # fmt: skip
    made = [commitments.add(leader, commune, row, uuid4()) for row in rows]
    commitments.tell(leader, made[2].pk, uuid4(), "kept", "Đã đăng trên cổng thông tin của xã.")
    office = Office.objects.filter(place=commune, title__startswith="Công chức Nông nghiệp").first()
    if office is not None:
        covering.add_stand_in(
            users["dieuphoi"], office, users["congchuc"], today, today + timedelta(days=5),
            "tập huấn ở tỉnh", uuid4(),
        )  # fmt: skip
