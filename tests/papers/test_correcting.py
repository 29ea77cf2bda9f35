"""Mends written into a Word file as tracked changes: the words, their formatting, the rest."""

import io
import shutil
import subprocess
import unicodedata
import zipfile
from datetime import UTC, datetime

import pytest
from lxml import etree

from dinhlang.papers.checking import check
from dinhlang.papers.correcting import AUTHOR, W, correct_docx
from dinhlang.papers.errors import PaperError
from dinhlang.papers.plan import Fix
from dinhlang.papers.reading import read
from tests.papers.formats.makers import plan_to_docx
from tests.papers.formats.word import p, r, table, word

NOON = datetime(2025, 3, 9, 12, 0, tzinfo=UTC)
OLD, NEW = "tổng nguồn 10,3 tỷ đồng", "tổng nguồn 10,5 tỷ đồng"
FIX = Fix(line=1, old="10,3 tỷ", new="10,5 tỷ")


def corrected(data, *fixes):
    done = correct_docx(data, read(data, name="a.docx").text, fixes, NOON)
    with zipfile.ZipFile(io.BytesIO(done.data)) as package:
        assert package.testzip() is None
        return done, etree.fromstring(package.read("word/document.xml"))


def texts(root, tag):
    return ["".join(each.itertext()) for each in root.iter(W + tag)]


def as_accepted(root):
    """The text of each paragraph once every change is accepted."""
    return [
        "".join(t.text or "" for t in paragraph.iter(W + "t")) for paragraph in root.iter(W + "p")
    ]


def as_rejected(root):
    """The text of each paragraph once every change is rejected."""
    return [
        "".join(
            t.text or ""
            for t in paragraph.iter(W + "t", W + "delText")
            if not any(above.tag == W + "ins" for above in t.iterancestors())
        )
        for paragraph in root.iter(W + "p")
    ]


BOLD = "<w:b/>"
CASES = {
    "in one run": p(inner=r(OLD)),
    "at the start of a run": p(inner=r("tổng nguồn ") + r("10,3 tỷ đồng", BOLD)),
    "over three runs": p(inner=r("tổng nguồn 10") + r(",", BOLD) + r("3 tỷ đồng")),
    "letter by letter": p(inner="".join(r(letter) for letter in OLD)),
    "in a cell of a table": table([["Tổng", OLD], ["x", "y"]]),
    "in decomposed Unicode": p(inner=r(unicodedata.normalize("NFD", OLD))),
    "behind a tab": p(inner="<w:r><w:t>Tổng:</w:t><w:tab/><w:t>10,3 tỷ</w:t></w:r>"),
}


@pytest.mark.parametrize("body", CASES.values(), ids=CASES.keys())
def test_the_wrong_words_are_struck_and_the_right_ones_stand_behind(body):
    before = etree.fromstring(zipfile.ZipFile(io.BytesIO(word(body))).read("word/document.xml"))
    done, root = corrected(word(body), FIX)
    assert (done.applied, done.left) == ((FIX,), ())
    assert "".join(texts(root, "del")) == "10,3"
    assert texts(root, "ins") == ["10,5"]
    assert "".join(as_rejected(root)) == "".join(as_accepted(before))
    assert "10,5 tỷ" in unicodedata.normalize("NFC", "".join(as_accepted(root)))
    assert "10,3" not in "".join(as_accepted(root))


def test_a_change_says_who_and_when_and_has_a_number_of_its_own():
    fixes = [FIX, Fix(line=1, old="đồng", new="đồng Việt Nam")]
    _, root = corrected(word(p(inner=r(OLD))), *fixes)
    marks = [*root.iter(W + "ins"), *root.iter(W + "del")]
    assert {mark.get(W + "author") for mark in marks} == {AUTHOR}
    assert {mark.get(W + "date") for mark in marks} == {"2025-03-09T12:00:00Z"}
    assert len({mark.get(W + "id") for mark in marks}) == len(marks) == 3


def test_what_is_put_in_looks_like_what_it_replaces():
    _, root = corrected(word(p(inner=r("tổng nguồn ") + r("10,3 tỷ", BOLD))), FIX)
    (inserted,) = root.iter(W + "ins")
    assert inserted.find(f"{W}r/{W}rPr/{W}b") is not None


def test_only_something_put_in_strikes_nothing():
    fix = Fix(line=1, old="hết.", new="hết./.")
    _, root = corrected(word(p(inner=r("đã hết."))), fix)
    assert as_accepted(root) == ["đã hết./."]


def test_the_same_line_twice_is_mended_where_it_is_meant():
    body = p(inner=r(OLD)) + p(inner=r("giữa")) + p(inner=r(OLD))
    _, root = corrected(word(body), Fix(line=3, old="10,3 tỷ", new="10,5 tỷ"))
    assert as_accepted(root) == [OLD, "giữa", NEW]


@pytest.mark.parametrize(
    "fix",
    [
        Fix(line=1, old="không có", new="x"),
        Fix(line=9, old="10,3 tỷ", new="10,5 tỷ"),
        Fix(line=1, old="n", new="m"),
    ],
)
def test_a_mend_without_one_sure_place_is_left_out_and_told(fix):
    done, root = corrected(word(p(inner=r(OLD))), fix)
    assert (done.applied, done.left) == ((), (fix,))
    assert as_accepted(root) == [OLD]


def test_every_other_part_of_the_file_stays_as_it_was():
    data = plan_to_docx(["KẾ HOẠCH", OLD])
    done, _ = corrected(data, Fix(line=2, old="10,3 tỷ", new="10,5 tỷ"))
    before, after = (zipfile.ZipFile(io.BytesIO(each)) for each in (data, done.data))
    assert before.namelist() == after.namelist()
    same = [name for name in before.namelist() if before.read(name) == after.read(name)]
    assert set(before.namelist()) - set(same) == {"word/document.xml"}


def test_a_file_that_is_no_word_file_is_told():
    with pytest.raises(PaperError):
        correct_docx(b"PK\x03\x04 nothing", [], [], NOON)


def test_a_corrected_paper_read_again_has_the_mend_and_not_the_fault(plans_dir):
    lines = (plans_dir / "thach-loi-2023.txt").read_text(encoding="utf-8").split("\n")
    data = plan_to_docx(lines)
    plan = read(data, name="a.docx")
    (found,) = check(plan, ["FUND-SUM"])
    done = correct_docx(data, plan.text, [found.fix], NOON)
    again = read(done.data, name="b.docx")
    assert check(again, ["FUND-SUM"]) == []
    assert again.funding.stated.sources == 10_500_000_000


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not here")
def test_libreoffice_opens_the_corrected_file(tmp_path):
    data = plan_to_docx(["KẾ HOẠCH", OLD, "Phân đầu đạt chuẩn."])
    fixes = [
        Fix(line=2, old="10,3 tỷ", new="10,5 tỷ"),
        Fix(line=3, old="Phân đầu", new="Phấn đấu"),
    ]
    done = correct_docx(data, read(data, name="a.docx").text, fixes, NOON)
    (tmp_path / "a.docx").write_bytes(done.data)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", tmp_path, "a.docx"]
    subprocess.run(command, check=True, cwd=tmp_path, capture_output=True, timeout=120)
    text = (tmp_path / "a.txt").read_text(encoding="utf-8-sig")
    assert "10,5" in text
    assert "Phấn đấu" in text
