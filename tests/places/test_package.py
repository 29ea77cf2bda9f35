"""The optional package's data files are read by path; here a tiny imitation of them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dinhlang.places import selectors, tree
from dinhlang.places.importing import package
from dinhlang.places.importing.lists import import_package
from dinhlang.places.importing.tables import ImportRefused
from dinhlang.places.models import Unit

pytestmark = pytest.mark.django_db

OLD = "provinceKey districtKey wardKey province district ward provinceCode districtCode wardCode"
NEW = "provinceKey wardKey province ward provinceCode wardCode"
OLD_ROWS = [
    ("tinha", "huyenb", "xac", "Tỉnh A", "Huyện B", "Xã C", "01", "001", "00001"),
    ("tinha", "huyenb", "xad", "Tỉnh A", "Huyện B", "Xã D", "01", "001", "00002"),
    ("tinha", "huyendao", None, "Tỉnh A", "Huyện Đảo", None, "01", "002", None),
]
NEW_ROWS = [
    ("tinha", "xac", "Tỉnh A", "Xã C", "01", "00001"),
    ("tinha", "xae", "Tỉnh A", "Xã E", "01", "00005"),
    ("tinha", "dackhudao", "Tỉnh A", "Đặc khu Đảo", "01", "00009"),
]
ARROWS = {
    "DICT_PROVINCE_WARD_NO_DIVIDED": {
        "tinha": {"xac": ["tinha_huyenb_xac"], "dackhudao": ["tinha_huyendao_"]}
    },
    "DICT_PROVINCE_WARD_DIVIDED": {
        "tinha": {
            "tinha_huyenb_xad": [
                {"newWardKey": "xac", "isDefaultNewWard": True},
                {"newWardKey": "xae", "isDefaultNewWard": False},
            ]
        }
    },
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder like the package's ``data``."""
    with closing(sqlite3.connect(tmp_path / "dataset.db")) as database:
        for name, columns, rows in (
            ("admin_units_legacy", OLD, OLD_ROWS),
            ("admin_units", NEW, NEW_ROWS),
        ):
            database.execute(f"CREATE TABLE {name} ({columns.replace(' ', ', ')})")
            marks = ", ".join("?" * len(columns.split()))
            database.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
        database.commit()
    (tmp_path / "converter_2025.json").write_text(json.dumps(ARROWS), encoding="utf-8")
    return tmp_path


def test_the_package_gives_both_lists_and_what_became_of_what(folder: Path) -> None:
    assert import_package(None, folder) == {"new": 9, "same": 0, "successions": 4}
    assert tree.is_right()
    old = Unit.objects.get(code="00002")
    became = [(kin.unit.title, kin.whole, kin.main) for kin in selectors.history(old).became]
    assert became == [("Xã C", False, True), ("Xã E", False, False)]


def test_an_island_district_without_communes_becomes_a_special_zone(folder: Path) -> None:
    import_package(None, folder)
    zone = Unit.objects.get(code="00009")
    assert [kin.unit.title for kin in selectors.history(zone).came_from] == ["Huyện Đảo"]


def test_the_package_again_changes_nothing(folder: Path) -> None:
    import_package(None, folder)
    assert import_package(None, folder) == {"new": 0, "same": 9, "successions": 0}


def test_without_the_package_the_way_to_get_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "_folder", lambda: None)
    with pytest.raises(ImportRefused, match="pip install"):
        import_package(None)


def test_data_of_another_form_are_refused_and_nothing_is_kept(folder: Path) -> None:
    (folder / "converter_2025.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ImportRefused, match="không đúng dạng"):
        import_package(None, folder)
    assert not Unit.objects.exists()
