import argparse
import io
import json

import pytest

from dinhlang.cli import check as command
from dinhlang.papers.errors import EmptyFile, PaperError
from dinhlang.papers.plan import Document, Signatory
from dinhlang.papers.reading import read
from tests.papers.checking.build import paper
from tests.papers.formats.makers import plan_to_docx

SOUND = Document(
    kind="plan", number="1/KH-UBND", symbol="KH-UBND", place="Xuân Thủy", date="2025-01-02",
    signatory=Signatory(title="CHỦ TỊCH"),
)  # fmt: skip
LONG = "x " * 80 + "tỷ lệ hộ dùng nước sạch đạt 104%" + " y" * 80


@pytest.fixture
def call(monkeypatch, capsys, tmp_path):
    """Runs the command on files whose reading is given: a text, or the error reading raises."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, **files):
        papers = {}
        for name, content in files.items():
            path = tmp_path / f"{name}.txt"
            path.write_text("x", encoding="utf-8")
            papers[path.name] = content

        def read(path):
            content = papers[path.name]
            if isinstance(content, Exception):
                raise content
            return paper(content, document=SOUND)

        monkeypatch.setattr(command, "read_file", read)
        parser = argparse.ArgumentParser()
        command.add_parser(parser.add_subparsers())
        status = command.run(parser.parse_args(["check", *arguments]))
        out, err = capsys.readouterr()
        return status, out, err

    return run


def test_an_error_shows_the_line_the_words_why_and_what_to_do(call):
    status, out, _ = call("a.txt", a="KẾ HOẠCH\n- Nước sạch đạt 104% số hộ.")
    assert status == 1
    assert out.splitlines()[:4] == [
        "a.txt:2: lỗi PERCENT-RANGE: Tỷ lệ 104% lớn hơn 100%.",
        "    2 | - Nước sạch đạt 104% số hộ.",
        "      |                 ^^^^",
        "    cách sửa: Sửa số; nếu là so với năm trước hay kế hoạch thì ghi rõ “so với …”.",
    ]
    assert out.splitlines()[-1] == "1 lỗi trong 1 tệp."


def test_a_long_line_is_cut_around_the_words_and_the_marks_stay_under_them(call):
    _, out, _ = call("a.txt", a=LONG)
    shown, marks = out.splitlines()[1:3]
    assert len(shown) < 120
    assert shown[marks.index("^") : marks.rindex("^") + 1] == "104%"


def test_warnings_alone_do_not_fail(call):
    status, out, _ = call("a.txt", a="bảo hiểm y tế đạt 100% trở lên")
    assert status == 0
    assert "cảnh báo PERCENT-RANGE" in out
    assert "sửa được ngay: “100% trở lên” → “100%”" in out


def test_nothing_wrong_says_so(call):
    assert call("a.txt", a="KẾ HOẠCH") == (0, "Không thấy lỗi nào trong 1 tệp.\n", "")


def test_an_unreadable_file_is_told_and_the_others_are_still_checked(call):
    damaged = EmptyFile("Tệp không có nội dung.", "Chọn tệp khác.")
    status, out, _ = call("a.txt", "b.txt", a=damaged, b="nước sạch đạt 104%")
    assert status == 3
    assert "a.txt: không đọc được: Tệp không có nội dung." in out
    assert "cách sửa: Chọn tệp khác." in out
    assert "b.txt:1: lỗi PERCENT-RANGE" in out
    assert out.endswith("1 lỗi trong 1 tệp; 1 tệp không đọc được.\n")


def test_a_missing_file_is_told_without_a_traceback():
    outcome = command.check_file(command.Path("khong-co.txt"))
    assert (outcome.status, outcome.error.message) == (
        3,
        "Không tìm thấy tệp “khong-co.txt”.",
    )


def test_a_folder_without_papers_says_so(call, tmp_path):
    assert call(str(tmp_path)) == (0, "Không có tệp nào để soát.\n", "")


def test_json_is_one_list_with_all_files(call):
    error = PaperError("Hỏng.", "Gửi lại.")
    status, out, _ = call("a.txt", "b.txt", "--json", a="KẾ HOẠCH\nđạt 104% hộ", b=error)
    first, second = json.loads(out)
    assert status == 3
    assert (first["file"], first["error"]) == ("a.txt", None)
    assert first["findings"][0]["lines"] == [[2, 2]]
    assert first["findings"][0]["quotes"] == ["104%"]
    assert second == {
        "file": "b.txt",
        "findings": [],
        "silenced": [],
        "error": {"code": "unreadable", "message": "Hỏng.", "advice": "Gửi lại."},
    }


def test_a_folder_stands_for_the_papers_in_it(tmp_path):
    for name in [
        "b.docx",
        "a.txt",
        "sub/c.PDF",
        ".hidden/d.txt",
        "~$b.docx",
        "README.md",
        "e.xlsx",
    ]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = [path.relative_to(tmp_path).as_posix() for path in command.files([str(tmp_path)])]
    assert found == ["a.txt", "b.docx", "sub/c.PDF"]


def test_only_some_checks_can_be_run(call):
    assert call("a.txt", "--only", "fund-sum,head-date", a="nước sạch đạt 104%")[0] == 0


@pytest.mark.parametrize(
    "arguments", [["a.txt", "--only", "NO-SUCH"], ["--explain", "NO-SUCH"], []]
)
def test_a_wrong_call_is_told_on_the_error_stream(call, arguments):
    status, out, err = call(*arguments, a="KẾ HOẠCH")
    assert (status, out) == (2, "")
    assert err


def test_a_check_can_be_explained_and_all_are_listed(call):
    assert "## Cách sửa" in call("--explain", "fund-sum")[1]
    assert "FUND-SUM" in call("--list")[1]


def test_colour_is_for_terminals_only(call, monkeypatch):
    assert "\x1b[" not in call("a.txt", a="nước sạch đạt 104%")[1]
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert command._painter(terminal)("x", "31") == "\x1b[31mx\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert command._painter(terminal)("x", "31") == "x"


def test_many_places_are_shown_in_part_and_the_rest_by_number():
    text = "\n".join(f"- việc {index}" for index in range(1, 10))
    plan = paper(text)
    finding = command.Finding(
        code="TASK-LEAD",
        severity="note",
        message="Nhiều việc.",
        lines=[(index, index) for index in range(1, 10)],
        quotes=[f"việc {index}" for index in range(1, 10)],
    )
    shown = list(command.report(command.Outcome(file="a.txt", text=plan.text), finding))
    assert "và dòng 6, 7, 8, 9" in shown[-2]


@pytest.fixture
def sarif_run(call):
    """The one run that ``--sarif`` prints for two files: one with findings, one unreadable."""

    def run(**files):
        status, out, _ = call(*(f"{name}.txt" for name in files), "--sarif", **files)
        log = json.loads(out)
        assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
        assert log["$schema"].endswith("sarif-2.1.0.json")
        return status, log["runs"][0]

    return run


def test_sarif_holds_what_its_schema_requires(sarif_run):
    status, run = sarif_run(a="KẾ HOẠCH\n- Bảo hiểm y tế đạt 100% trở lên.")
    assert status == 0
    driver = run["tool"]["driver"]
    assert driver["name"] == "dinhlang"
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(set(ids)) == len(ids)
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        for location in result["locations"]:
            where = location["physicalLocation"]
            assert where["artifactLocation"]["uri"] == "a.txt"
            assert 1 <= where["region"]["startLine"] <= where["region"]["endLine"]


def test_sarif_points_at_the_words_and_offers_the_mend(sarif_run):
    line = "- Bảo hiểm y tế đạt 100% trở lên."
    _, run = sarif_run(a=f"KẾ HOẠCH\n{line}")
    (result,) = [each for each in run["results"] if each["ruleId"] == "PERCENT-RANGE"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "100% trở lên"
    (change,) = result["fixes"][0]["artifactChanges"]
    (mend,) = change["replacements"]
    cut = mend["deletedRegion"]
    mended = line[: cut["startColumn"] - 1] + mend["insertedContent"]["text"]
    assert mended + line[cut["endColumn"] - 1 :] == "- Bảo hiểm y tế đạt 100%."


def test_sarif_tells_an_unreadable_file_as_a_notification(sarif_run):
    status, run = sarif_run(a=PaperError("Hỏng.", "Gửi lại."))
    (invocation,) = run["invocations"]
    assert (status, invocation["executionSuccessful"]) == (3, False)
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "Hỏng. Gửi lại."


def test_mends_are_written_into_a_word_file(tmp_path, capsys):
    path, out = tmp_path / "a.docx", tmp_path / "b.docx"
    path.write_bytes(plan_to_docx(["KẾ HOẠCH", "- Bảo hiểm y tế đạt 100% trở lên."]))
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    command.run(parser.parse_args(["check", str(path), "--fix", "-o", str(out)]))
    assert "Đã ghi 1 chỗ sửa vào" in capsys.readouterr().out
    assert read(out).text[1] == "- Bảo hiểm y tế đạt 100%."


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["a.docx", "--fix"], "Thiếu tệp ghi"),
        (["a.txt", "--fix", "-o", "b.docx"], "một tệp Word"),
        (["a.docx", "--fix", "-o", "a.docx"], "khác tệp gốc"),
        (["a.docx", "b.docx", "--fix", "-o", "c.docx"], "một tệp Word"),
    ],
)
def test_a_wrong_call_of_fix_is_told(call, arguments, told):
    status, _, err = call(*arguments)
    assert status == 2
    assert told in err


LET_STAND = "# đã hỏi huyện\nPERCENT-RANGE | 104% | tính cả người tạm trú\n"


def test_a_place_can_be_let_stand_with_a_reason(call, tmp_path):
    (tmp_path / "bo-qua.ini").write_text(LET_STAND, encoding="utf-8")
    text = "KẾ HOẠCH\n- Nước sạch đạt 104% số hộ.\n- Bảo hiểm đạt 105% dân số."
    status, out, _ = call("a.txt", "--silence", "bo-qua.ini", a=text)
    assert status == 1
    assert "104%" not in out
    assert "105%" in out
    assert out.endswith("1 lỗi trong 1 tệp; 1 chỗ bỏ qua có lý do.\n")


def test_a_place_is_named_by_more_words_than_the_finding_quotes(call, tmp_path):
    line = "PERCENT-RANGE | Nước sạch  đạt 104% số hộ | tính cả người tạm trú\n"
    (tmp_path / "bo-qua.ini").write_text(line, encoding="utf-8")
    text = "KẾ HOẠCH\n- Nước sạch đạt 104% số hộ.\n- Điện đạt 104% số hộ."
    _, out, err = call("a.txt", "--silence", "bo-qua.ini", a=text)
    assert out.endswith("1 lỗi trong 1 tệp; 1 chỗ bỏ qua có lý do.\n")
    assert err == ""


def test_a_line_that_lets_nothing_stand_or_too_much_is_told(call, tmp_path):
    lines = "# ghi chú\nPERCENT-RANGE | 110% | lý do\nPERCENT-RANGE | 104% | lý do\n"
    (tmp_path / "bo-qua.ini").write_text(lines, encoding="utf-8")
    text = "KẾ HOẠCH\n- Nước sạch đạt 104% số hộ.\n- Điện đạt 104% số hộ."
    _, _, err = call("a.txt", "--silence", "bo-qua.ini", a=text)
    assert "bo-qua.ini:2: không chỗ nào khớp “110%”." in err
    assert "bo-qua.ini:3: khớp 2 chỗ" in err


def test_what_is_let_stand_is_told_to_programs_with_its_reason(call, tmp_path):
    (tmp_path / "bo-qua.ini").write_text(LET_STAND, encoding="utf-8")
    arguments = ("a.txt", "--silence", "bo-qua.ini", "--only", "percent-range")
    text = "KẾ HOẠCH\n- Nước sạch đạt 104% số hộ."
    _, out, _ = call(*arguments, "--json", a=text)
    assert json.loads(out)[0]["silenced"][0]["reason"] == "tính cả người tạm trú"
    status, out, _ = call(*arguments, "--sarif", a=text)
    (result,) = json.loads(out)["runs"][0]["results"]
    assert status == 0
    assert result["suppressions"][0]["justification"] == "tính cả người tạm trú"


@pytest.mark.parametrize(
    "line", ["PERCENT-RANGE | 104%", "NO-SUCH | 104% | lý do", "PERCENT-RANGE | | lý do"]
)
def test_nothing_is_let_stand_without_a_check_words_and_a_reason(call, tmp_path, line):
    (tmp_path / "bo-qua.ini").write_text(line, encoding="utf-8")
    status, _, err = call("a.txt", "--silence", "bo-qua.ini", a="KẾ HOẠCH")
    assert status == 2
    assert "bo-qua.ini:1" in err
