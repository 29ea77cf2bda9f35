"""What the reader promises of any text: it never fails, and every item stands where it says."""

from __future__ import annotations

import json
import random
import time
import unicodedata
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from dinhlang.papers.plan import Item, Plan
from dinhlang.papers.reading import SourceLine, SourceText, read, read_source_text
from dinhlang.papers.serial import from_json, schema, to_json
from tests.papers.reading.build import located, source

PAPERS = Path(__file__).resolve().parents[1]
ROOT = PAPERS.parents[1]
OWN = sorted([*(ROOT / "samples").glob("*.txt"), *(PAPERS / "unseen").glob("*.txt")])
LINES = [read(path).text for path in OWN]
VALIDATOR = Draft202012Validator(schema())

WORDS = [
    "KẾ HOẠCH", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Căn cứ ", "Quyết định số ",
    "12/QĐ-UBND ", "36/2022QĐ-UBND", "ngày 08/3/2022", "Phụ lục", "Phần thứ hai", "Điều 3. ",
    "I. ", "II/ ", "A. ", "a) ", "1. ", "2.1 ", "(1) ", "- ", "+", "•", "**", "# ", "_", "`", "|",
    "| a | b |", "|---|---|", "\t", "\u00a0", "      ", "$\\geq 90\\%$", "≥", "<=", "&gt;", "<br>",
    "Tiêu chí ", "tiêu chí số ", "tiêu chí số 2, 5 và 19 ", "Giao thông", "(TC10)", "đã đạt",
    "chưa đạt", "tối thiểu ", "ít nhất ", "02 trong 05 ", "chỉ tiêu ", "trở lên", "25%", "99,8%",
    "3.200 m ", "0,7km", "17,5 tỷ đồng", "1 triệu đồng/ hộ", "Tổng ", "nguồn vốn ", "kinh phí ",
    "còn thiếu ", "A - B = ", "hỗ trợ ", "Giao ", "Công chức ", "UBND xã ", "Công an xã ",
    "chủ trì, phối hợp với ", "trước ngày 30/6/2024", "31/02/2024", "quý II/2024", "Quý 3 năm 2024",
    "Tháng 5,6/2024: ", "từ ngày 01/3 đến 01/5/2024", "90 ngày đêm ", "đợt 1 ", "báo cáo ",
    "hằng tuần ", "thứ Năm", "14 giờ 30", "thôn Tân ", "KDC 3", "phong trào “Chung tay”", ".", ";",
    ":", ", ", "./.", "…", "“", "”", "(", ")", "0", "00", "999999999999999999", "İ", "ß", "ﬁ", "²",
    "e\u0301", "\u0301", "\u200b", "\ufeff", "\x00", "\x0c", "\u2028", "\U0001f33e", "Đ", "đ/c ",
]  # fmt: skip
pieces = st.lists(st.sampled_from(WORDS), max_size=12).map("".join)
any_line = st.text(max_size=40) | pieces
any_text = st.lists(any_line, max_size=25)
cells = st.lists(any_line, min_size=1, max_size=5).map(tuple)
rows = st.builds(
    lambda cells, table: SourceLine(" | ".join(cells), kind="row", cells=cells, table=table),
    cells,
    st.integers(0, 2),
)
kinds = st.sampled_from(["text", "header", "footer", "box", "note"])
any_source = st.lists(rows | st.builds(SourceLine, text=any_line, kind=kinds), max_size=20)


def assert_sound(plan: Plan) -> None:
    """Lines lie in the paper, spans in their lines, the JSON fits the schema and comes back."""
    text = plan.text
    for thing, (first, last), spans in located(plan):
        assert 1 <= first <= last <= len(text), thing
        if not isinstance(thing, Item):
            continue
        for line, start, end in spans:
            assert first <= line <= last, thing
            assert 0 <= start < end <= len(text[line - 1]), thing
    data = json.loads(json.dumps(to_json(plan)))
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []
    assert from_json(data) == plan


def mutated(lines: list[str], seed: int) -> list[str]:
    """The lines shuffled in part, some lost, doubled, cut, joined, or with their spaces changed."""
    dice = random.Random(seed)
    out = list(lines)
    start = dice.randrange(len(out))
    part = out[start : start + dice.randrange(2, 30)]
    dice.shuffle(part)
    out[start : start + len(part)] = part
    for _ in range(dice.randrange(1, 12)):
        at = dice.randrange(len(out))
        line = out[at]
        cut = dice.randrange(len(line) + 1)
        change = dice.choice(["lose", "double", "cut", "join", "spaces", "mark", "word", "upper"])
        if change == "lose" and len(out) > 5:
            del out[at]
        elif change == "double":
            out.insert(at, line)
        elif change == "cut":
            out[at : at + 1] = [line[:cut], line[cut:]]
        elif change == "join" and at + 1 < len(out):
            out[at : at + 2] = [f"{line} {out[at + 1]}"]
        elif change == "spaces":
            out[at] = line.replace(" ", dice.choice(["\u00a0", "\t", "  ", ""]))
        elif change == "mark":
            out[at] = f"**{line}**"
        elif change == "upper":
            out[at] = line.upper()
        else:
            out[at] = line[:cut] + dice.choice(WORDS) + line[cut:]
    return out


def simplified(line: str) -> str:
    """The line without what the reader takes away or writes otherwise."""
    kept = unicodedata.normalize("NFC", line)
    return "".join(sign for sign in kept if sign.isalnum())


@settings(max_examples=150, deadline=None)
@given(any_text)
def test_any_text_is_read_and_every_item_stands_in_it(lines: list[str]) -> None:
    assert_sound(read_source_text(source(lines)))


@settings(max_examples=100, deadline=None)
@given(any_source)
def test_any_mixture_of_lines_rows_and_boxes_is_read(lines: list[SourceLine]) -> None:
    text = SourceText(name="thu", reader="thu", sha256="0" * 64, lines=lines)
    assert_sound(read_source_text(text))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(LINES), st.integers(0, 10**6))
def test_a_paper_with_its_lines_shuffled_cut_and_lost_is_read(lines: list[str], seed: int) -> None:
    assert_sound(read_source_text(source(mutated(lines, seed))))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_a_whole_paper_of_our_own_is_sound(path: Path) -> None:
    assert_sound(read(path))


def test_the_real_plans_are_sound(plan_files: list[Path]) -> None:
    for path in plan_files:
        assert_sound(read(path))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_what_is_quoted_is_part_of_the_marked_characters(path: Path) -> None:
    """Names and words taken whole stand, letter for letter, in the lines the item points to."""
    plan = read(path)
    taken = [
        *((one, one.name) for one in plan.villages + plan.movements),
        *((one, one.text) for one in plan.recipients),
        *((one, one.title) for one in sections_of(plan)),
        *((gap, gap.text) for one in plan.criteria for gap in one.gaps),
    ]
    for item, words in taken:
        first, last = item.lines
        stands = simplified("".join(plan.text[first - 1 : last])).casefold()
        for word in words.split():
            assert simplified(word).casefold() in stands, (item, word)


def sections_of(plan: Plan) -> list[Any]:
    return [thing for thing, _, _ in located(plan.outline)]


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_reading_twice_gives_the_same_plan(path: Path) -> None:
    assert to_json(read(path)) == to_json(read(path))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_the_text_kept_with_the_plan_is_the_text_that_was_read(path: Path) -> None:
    plan = read(path)
    assert plan.source is not None
    lines = plan.source.text
    again = read_source_text(source(lines))
    again.source = plan.source
    assert again == plan


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n", "---", "|", "**", ".", "0", "\u00a0"])
def test_a_text_with_nothing_in_it_gives_an_empty_plan(text: str) -> None:
    plan = read_source_text(source(text))
    empty = {"document", "funding", "source", "campaign"}
    assert all(not getattr(plan, field.name) for field in fields(plan) if field.name not in empty)
    assert plan.document.kind == "other"
    assert plan.document.title is None


def test_ten_times_the_text_takes_less_than_twenty_times_as_long() -> None:
    lines = max(LINES, key=len)
    one, ten = source(lines), source(lines * 10)
    read_source_text(one)  # compiles what is compiled once

    def seconds(text: SourceText) -> float:
        begin = time.process_time()
        read_source_text(text)
        return time.process_time() - begin

    best = min(seconds(one) for _ in range(5))
    assert min(seconds(ten) for _ in range(2)) < 20 * best


@pytest.mark.parametrize(
    "words",
    [
        "tiêu chí số 1", "Tiêu chí Y tế, Thu nhập; ", "a) ", "1.1 ", "(", "- ", " ", "99,8%(1) ",
        "thôn An, ", "trồng 30 cây, ", "Giao UBND xã chủ trì, phối hợp với ", "Tổng 5 tỷ đồng, ",
        "từ ngày 01/3 đến ngày 01/4/2024 ", "1 triệu đồng/hộ; ", "“phong trào ", "hỗ trợ 10% ",
        "Có ít nhất 2 trong 3 chỉ tiêu ", "12/QĐ-UBND ngày 08/3/2022 của UBND tỉnh; ",
        "báo cáo UBND xã hằng tuần; ",
    ],
)  # fmt: skip
def test_a_very_long_paragraph_is_read_without_exploding(words: str) -> None:
    """Four times the words take at most about four times four as long, not two to the power."""

    def seconds(length: int) -> float:
        text = source(["KẾ HOẠCH", "I. NỘI DUNG", "- " + words * (length // len(words))])
        begin = time.process_time()
        assert_sound(read_source_text(text))
        return time.process_time() - begin

    seconds(100)
    assert seconds(4000) < 30 * max(seconds(1000), 0.02)
