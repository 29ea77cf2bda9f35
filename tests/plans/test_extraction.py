"""What the page keeps of a paper: the plan and its findings, as reader and checks give them."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from dinhlang.papers.checking import check
from dinhlang.papers.errors import EmptyFile, PaperError, Stopped
from dinhlang.papers.reading import read
from dinhlang.papers.serial import from_json, to_json
from dinhlang.plans.extraction import extract
from dinhlang.plans.trial import samples


def quiet(share: float, words: str) -> None:
    """Progress that nobody watches."""


@pytest.mark.parametrize("sample", samples.ALL, ids=lambda sample: sample.slug)
def test_a_stored_paper_under_a_random_name_gives_the_same_plan_as_the_file_itself(
    sample: samples.Sample, tmp_path: Path
) -> None:
    stored = tmp_path / ("0" * 32)
    shutil.copy(sample.path, stored)
    found = extract(stored, sample.filename, quiet)
    plan = read(sample.path)
    plan.findings = check(plan)
    assert json.loads(found.text) == json.loads(json.dumps(to_json(plan)))
    assert found.errors == sum(f.severity == "error" for f in plan.findings)
    assert found.warnings == sum(f.severity == "warning" for f in plan.findings)
    assert found.title == plan.document.title


def test_the_result_names_the_users_file_and_carries_its_digest(tmp_path: Path) -> None:
    stored = tmp_path / ("0" * 32)
    stored.write_text("KẾ HOẠCH\nNăm 2030", "utf-8")
    source = from_json(json.loads(extract(stored, "kế hoạch.txt", quiet).text)).source
    assert source is not None
    assert source.name == "kế hoạch.txt"
    assert source.sha256 == hashlib.sha256(stored.read_bytes()).hexdigest()


def test_progress_never_goes_back_and_says_something_in_words(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    extract(samples.ALL[0].path, "a.docx", lambda share, words: told.append((share, words)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 and words for share, words in told)


def test_trouble_and_a_stop_pass_through(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.write_bytes(b"  \n")
    with pytest.raises(EmptyFile):
        extract(empty, "a.txt", quiet)

    def stop(share: float, words: str) -> None:
        raise Stopped("")

    with pytest.raises(PaperError) as caught:
        extract(samples.ALL[0].path, "a.docx", stop)
    assert caught.value.code == "stopped"
