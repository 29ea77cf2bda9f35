"""``dinhlang units``: lists come in from the command line with the same checks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dinhlang.cli import main
from dinhlang.places import tree
from dinhlang.places.models import Closure, Unit

pytestmark = pytest.mark.django_db
LIST = "Mã,Tên,Loại,Mã cấp trên\n91,An Mẫu,Tỉnh,\n91001,Hòa Mẫu,Xã,91\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A list of a province and a commune."""
    found = tmp_path / "don-vi.csv"
    found.write_text(LIST, encoding="utf-8")
    return found


def test_a_list_comes_in_and_its_numbers_are_told(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["units", "import", "units", str(path), "--from", "1/7/2025"]) == 0
    assert "2 thêm mới" in capsys.readouterr().out
    assert Unit.objects.get(code="91001").valid_from.year == 2025


def test_numbers_can_be_had_as_json(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["units", "import", "units", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["new"] == 2


def test_wrong_rows_are_told_and_nothing_is_written_unless_they_are_to_be_skipped(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_text(LIST + "91002,,Xã,91\n", encoding="utf-8")
    assert main(["units", "import", "units", str(path)]) == 1
    assert "Dòng 4, cột “Tên”" in capsys.readouterr().err
    assert not Unit.objects.filter(code="91").exists()
    assert main(["units", "import", "units", str(path), "--skip-errors"]) == 0
    assert Unit.objects.filter(code="91001").exists()


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["units"], 2), (["package", "a.csv"], 2), (["units", "khong-co.csv"], 3)],
)
def test_a_wrong_call_is_explained(
    arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["units", "import", *arguments]) == status
    assert capsys.readouterr().err


def test_a_unit_is_found_with_what_it_belongs_to(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["units", "import", "units", str(path)])
    capsys.readouterr()
    assert main(["units", "find", "hoà mẫu"]) == 0
    assert capsys.readouterr().out.strip() == "91001  Xã Hòa Mẫu, tỉnh An Mẫu"


def test_the_tree_is_rebuilt(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["units", "import", "units", str(path)])
    Closure.objects.all().delete()
    assert main(["units", "rebuild"]) == 0
    assert tree.is_right()
