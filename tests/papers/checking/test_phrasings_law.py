"""One fault in many wordings, set into the sound plan; near wordings that must be left alone."""

from pathlib import Path

import pytest
import yaml

from dinhlang.papers.checking import registry
from tests.papers.checking.sound import found, planted

BANKS = Path(__file__).parent / "phrasings"
GROUPS = [
    group
    for name in ("law", "targets")
    for group in yaml.safe_load((BANKS / f"{name}.yaml").read_text(encoding="utf-8"))["groups"]
]
BEHIND = {
    "basis": "của UBND huyện Hải Khê về xây dựng nông thôn mới năm 2024;",
    "purpose": "- Giữ vững các tiêu chí đã đạt, hoàn thành các tiêu chí còn lại.",
    "goal": "- Thôn Đông đạt thôn nông thôn mới kiểu mẫu trong tháng 10/2024.",
    "roadmap": "đề nghị công nhận, trình huyện thẩm tra.",
    "duty": "báo cáo UBND xã trước ngày 20 hằng tháng.",
    "end": "Trần Văn Mẫu",
}


def cases(kind):
    """Every wording of a kind with the codes of its group and the paper it stands in."""
    return [
        pytest.param(
            [code.strip() for code in group["code"].split(",")],
            group.get("at", "purpose"),
            words,
            group.get("with", []),
            id=f"{group['code']}-{number}-{at}",
        )
        for number, group in enumerate(GROUPS)
        for at, words in enumerate(group.get(kind, []))
    ]


def paper(place, words, changes):
    """The sound plan with ``words`` behind a place of it; with ``at: change`` words are changes."""
    if place == "change":
        return planted(*changes, *words)
    anchor = BEHIND[place]
    return planted(*changes, (anchor, f"{anchor}\n\n{words}"))


@pytest.mark.parametrize(("codes", "place", "words", "changes"), cases("must"))
def test_a_fault_is_told_whatever_its_wording(codes, place, words, changes):
    hits = found(paper(place, words, changes), *codes)
    assert hits
    assert all(hit.message and hit.advice and all(hit.quotes) for hit in hits)


@pytest.mark.parametrize(("codes", "place", "words", "changes"), cases("must_not"))
def test_what_is_near_a_fault_is_left_alone(codes, place, words, changes):
    said = found(paper(place, words, changes), *codes)
    assert [hit.message for hit in said] == []


def test_every_group_names_checks_that_there_are():
    named = {code.strip() for group in GROUPS for code in group["code"].split(",")}
    assert named <= set(registry)
