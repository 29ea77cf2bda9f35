"""``dinhlang law`` and ``dinhlang assess``: sets and verdicts in a terminal, honest exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from dinhlang.cli import main

Call = Callable[..., tuple[int, str, str]]
SET = """\
format: dinhlang.criteria/1
id: qd-mau/xa
title: Bộ tiêu chí làm mẫu
short: Bộ mẫu
level: ntm
subject: commune
valid_from: 2026-03-01
decision: {number: 01/QĐ-MẪU, checked: sample}
sample: true
criteria:
  - number: "1"
    name: Thu nhập
    indicators:
      - number: "1"
        name: Thu nhập bình quân
        checked: sample
        requirement: {at_least: {measure: thu_nhap_binh_quan, value: 70}}
"""
FACTS = """\
format: dinhlang.example/1
title: Một xã làm mẫu
unit: {name: Xã Mẫu, region: DBSH, territory: "30"}
facts:
  - {measure: thu_nhap_binh_quan, value: 67.5, year: 2023}
"""


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("COLUMNS", "110")

    def run(*words: str) -> tuple[int, str, str]:
        status = main(words)
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "so-lieu.yaml"
    path.write_text(FACTS, "utf-8")
    return path


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_list_holds_what_is_in_force_on_the_day_at_the_place(call: Call) -> None:
    status, out, _ = call("law", "list", "--on", "01/05/2024", "--territory", "25")
    assert status == 0
    assert "qd-2467-2022-phu-tho/xa-kieu-mau" in out
    assert "318/QĐ-TTg, 19 tiêu chí, 57 chỉ tiêu, đã sửa 1 lần" in one_line(out)
    assert "qd-51-2025/xa-ntm" not in out
    _, nothing, _ = call("law", "list", "--on", "2010-01-01")
    assert nothing == "Không có bộ tiêu chí nào có hiệu lực ngày 01/01/2010.\n"


def test_a_set_is_shown_as_amended_with_its_rules_and_where_they_come_from(call: Call) -> None:
    status, out, _ = call("law", "show", "qd-318-2022/xa-ntm", "--on", "2024-05-01")
    assert status == 0
    assert "Sửa bởi 211/QĐ-TTg từ 01/03/2024" in out
    assert "→ ≥ 80 %" in out
    assert "[có nguồn: https://" in out
    assert "[chưa đối chiếu văn bản]" in out
    assert "(chưa nạp)" in out


def test_a_set_that_is_not_there_is_told_with_the_nearest_name(call: Call) -> None:
    status, _, err = call("law", "show", "qd-318-2022/xa-nmt")
    assert status == 2
    assert "có phải “qd-318-2022/xa-ntm” không?" in err


def test_check_names_file_line_and_what_to_do(call: Call, tmp_path: Path) -> None:
    good, bad = tmp_path / "tot.yaml", tmp_path / "xau.yaml"
    good.write_text(SET, "utf-8")
    bad.write_text(
        SET.replace("qd-mau/xa", "qd-mau/khac").replace(
            "thu_nhap_binh_quan", "thu_nhap_binh_quang"
        ),
        "utf-8",
    )
    status, out, _ = call("law", "check", str(good))
    assert (status, out) == (0, "Không thấy lỗi nào trong 1 tệp.\n")
    status, out, _ = call("law", "check", str(tmp_path))
    assert status == 1
    assert f"{bad}:17: " in out
    assert "có phải “thu_nhap_binh_quan” không?" in out
    assert out.endswith("1 chỗ phải sửa trong 2 tệp.\n")


def test_files_checked_together_know_each_other(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SET, "utf-8")
    (tmp_path / "b.yaml").write_text(
        SET.replace("qd-mau/xa", "qd-mau/hai").replace(
            "{at_least: {measure: thu_nhap_binh_quan, value: 70}}",
            '{meets_criterion: {set: qd-mau/xa, number: "1"}}',
        ),
        "utf-8",
    )
    assert call("law", "check", str(tmp_path))[0] == 0
    status, out, _ = call("law", "check", str(tmp_path / "b.yaml"))
    assert status == 1
    assert "Không có bộ tiêu chí “qd-mau/xa”" in out


def test_two_files_with_one_id_are_told(call: Call, tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(SET, "utf-8")
    status, out, _ = call("law", "check", str(tmp_path))
    assert status == 1
    assert f"Mã “qd-mau/xa” đã dùng trong {tmp_path / 'a.yaml'}." in out


@pytest.mark.parametrize("way", ["check", "try"])
def test_a_file_that_is_not_there_or_no_text_is_a_wrong_call(
    call: Call, tmp_path: Path, way: str
) -> None:
    picture = tmp_path / "anh.yaml"
    picture.write_bytes(b"\x89PNG\xff")
    assert call("law", way, str(tmp_path / "khong-co.yaml"))[0] == 2
    status, _, err = call("law", way, str(picture))
    assert status == 2
    assert "không phải là chữ UTF-8" in err


def test_the_shipped_files_pass_their_own_check(call: Call) -> None:
    with resources.as_file(resources.files("dinhlang.law") / "sets") as folder:
        status, out, _ = call("law", "check", str(folder))
    assert status == 0, out


def test_a_case_is_tried_with_its_reasons(call: Call, facts: Path) -> None:
    text = FACTS + "set: qd-318-2022/xa-nang-cao\non: 2023-12-31\nexpect: {state: met}\n"
    facts.write_text(text, "utf-8")
    status, out, _ = call("law", "try", str(facts))
    assert status == 1
    assert "Khác với kết quả mong đợi:" in out
    assert "mong đợi “Đạt”, kết quả “Chưa đạt”" in out
    facts.write_text(text.replace("met}", "not_met}"), "utf-8")
    assert call("law", "try", str(facts))[0] == 0


def test_assess_prints_the_board_with_reasons_and_what_is_missing(call: Call, facts: Path) -> None:
    status, out, _ = call(
        "assess", str(facts), "--set", "qd-318-2022/xa-nang-cao", "--on", "31/12/2023"
    )
    assert status == 0
    flat = one_line(out)
    assert "Xã Mẫu" in flat and "đạt 0/19 tiêu chí" in flat
    assert "✗ 10. Thu nhập: Chưa đạt" in flat
    assert "còn thiếu: " in flat


def test_assess_gives_the_same_as_json(call: Call, facts: Path) -> None:
    status, out, _ = call(
        "assess", str(facts), "--set", "qd-318-2022/xa-nang-cao", "--on", "2023-12-31", "--json"
    )
    board = json.loads(out)
    assert status == 0
    assert (board["unit"], board["on"], board["state"]) == ("Xã Mẫu", "2023-12-31", "not_met")
    assert len(board["hash"]) == 64
    (income,) = next(each for each in board["criteria"] if each["number"] == "10")["indicators"]
    assert income["state"] == "not_met"
    assert income["checked"] == "quoted" and income["sources"]
    assert "68" in income["rule"]


def test_assess_without_a_day_or_set_says_what_is_missing(call: Call, facts: Path) -> None:
    status, _, err = call("assess", str(facts), "--set", "qd-318-2022/xa-ntm")
    assert status == 1
    assert "Thiếu ngày đánh giá" in err
    status, _, err = call("assess", str(facts), "--on", "2023-12-31")
    assert status == 1
    assert "Không có bộ tiêu chí" in err
    assert call("assess", str(facts.with_name("khong-co.yaml")))[0] == 2


def test_a_day_that_is_none_is_refused(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call("law", "list", "--on", "31/02/2024")
    assert "không phải là ngày" in capsys.readouterr().err


def test_the_list_without_a_day_is_that_of_today(call: Call) -> None:
    today = date.today().isoformat()
    assert call("law", "list")[1] == call("law", "list", "--on", today)[1]
