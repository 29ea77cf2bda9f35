"""The roadmap of a real plan stands in the view as it stands in the paper."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dinhlang.plans.models import Review
from dinhlang.plans.services import plans as accepting
from dinhlang.plans.services import uploads
from tests.work.viewing import cells
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def thach_loi(world: World, plans_dir: Path, client: Client) -> Client:
    """A browser of commune A's leader, who accepted the plan of Thạch Lỗi."""
    leader, name = world.people["leader"], "thach-loi-2023.txt"
    given = SimpleUploadedFile(name, (plans_dir / name).read_bytes())
    (review,) = uploads.upload(leader, world.places["a"], uuid4(), [given])
    uploads.run(review.pk)
    review = Review.objects.get(pk=review.pk)
    accepting.accept(leader, review.pk, review.revision)
    client.force_login(leader)
    return client


def test_quarters_months_and_completed_criteria_are_those_of_the_paper(
    world: World, thach_loi: Client
) -> None:
    own = f"/cong-viec/{world.places['a'].pk}"
    found: dict[str, dict[str, list[str]]] = {}
    for row in cells(thach_loi, f"{own}/lo-trinh.xlsx?nam=2023")[3:]:
        if str(row[0]).startswith("Quý"):
            found[str(row[0]).split("/")[0]] = quarter = {}
        elif str(row[0]).startswith("Tháng"):
            quarter.setdefault(str(row[0]), []).append(str(row[6]))
    assert list(found) == ["Quý I", "Quý II", "Quý III", "Quý IV"]
    assert list(found["Quý II"]) == ["Tháng 4", "Tháng 6"]
    completed = {
        name: [
            int(each.split(".")[0])
            for cells_of in quarter.values()
            for cell in cells_of
            for each in cell.split("; ")
            if each
        ]
        for name, quarter in found.items()
    }
    assert completed == {
        "Quý I": [], "Quý II": [5], "Quý III": [6, 8, 13], "Quý IV": [2, 10, 17],
    }  # fmt: skip
    body = thach_loi.get(f"{own}/lo-trinh?nam=2023").content.decode()
    assert "hoàn thành tiêu chí 6 (Văn hóa), 8 (" in body
