"""The hand-made keys: well formed, true to the lines they cite, and no copies of the plans.

The keys stand in ``keys/`` (real plans, which lie outside the repository: ``DINHLANG_PLANS`` or
``../shared/plans``) and in ``unseen/``, ``heldout/``, ``fresh/``, ``third/`` and ``fourth/``:
papers of our own, beside their keys. All but the first of these were written by others and first
read when the reader stood.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

from dinhlang.papers import plan as form

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PLANS = Path(os.environ.get("DINHLANG_PLANS") or ROOT.parent / "shared" / "plans")
HOMES = ("fourth", "fresh", "heldout", "third", "unseen")
REAL = sorted((HERE / "keys").glob("*.json"))
UNSEEN = sorted(path for home in HOMES for path in (HERE / home).glob("*.json"))

LONGEST_RUN = 13
KINDS: dict[str, type] = {
    "legal_bases": form.LegalBasis,
    "outline": form.Section,
    "criteria": form.Criterion,
    "targets": form.Target,
    "groups": form.TargetGroup,
    "quantities": form.Quantity,
    "tasks": form.Task,
    "duties": form.Duty,
    "schedule": form.ScheduleEntry,
    "support": form.Support,
    "reporting": form.ReportRule,
    "villages": form.Village,
    "movements": form.Movement,
    "recipients": form.Recipient,
    "funding.needs": form.Need,
    "funding.sources": form.Source,
    "campaign.waves": form.Wave,
    "criteria.gaps": form.Gap,
}
WORDS: dict[tuple[str, str], tuple[Any, ...]] = {
    ("criteria", "level"): (*get_args(form.Level), None),
    ("criteria", "status"): (*get_args(form.Status), None),
    ("targets", "comparator"): get_args(form.Comparator),
    ("duties", "role"): get_args(form.Role),
    ("reporting", "period"): get_args(form.Period),
    ("villages", "goal"): (*get_args(form.Level), None),
}
TOP = {field.name for field in dataclasses.fields(form.Plan)} - {"findings", "source"}
DOCUMENT = {field.name for field in dataclasses.fields(form.Document)} | {
    "authority",
    "signer_title",
}
FOR_SCORING = {"must", "also"}

Item = dict[str, Any]
everywhere = pytest.mark.parametrize("path", REAL + UNSEEN, ids=lambda path: path.stem)
real = pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)


def test_every_one_of_the_five_plans_has_a_key() -> None:
    names = {path.stem for path in REAL}
    assert names == {
        "hoa-cu-2024", "phuc-hoa-2024", "son-bang-2023", "thach-loi-2023", "thanh-dinh-2024",
    }  # fmt: skip


def test_every_unseen_paper_has_a_key_and_every_key_its_paper() -> None:
    papers = sorted(path for home in HOMES for path in (HERE / home).glob("*.txt"))
    assert [path.with_suffix(".txt") for path in UNSEEN] == papers


@everywhere
def test_a_key_is_a_plan_of_the_known_format_with_known_kinds_only(path: Path) -> None:
    key = load(path)
    assert key["format"] == form.FORMAT
    assert set(key) - {"about", "format"} <= TOP
    assert {"document", "legal_bases", "outline", "recipients"} <= set(key)


@real
def test_a_key_of_a_real_plan_speaks_of_every_kind(path: Path) -> None:
    assert set(load(path)) - {"about", "format"} == TOP


@everywhere
def test_the_document_asks_only_for_fields_a_document_has(path: Path) -> None:
    document = load(path)["document"]
    assert document["kind"] in get_args(form.Kind)
    assert set(document) <= DOCUMENT | FOR_SCORING
    assert set(document["must"]) <= DOCUMENT
    assert set(document.get("also", {})) <= DOCUMENT


@everywhere
def test_every_item_has_lines_a_must_and_only_known_fields(path: Path) -> None:
    wrong = []
    for kind, item in items(load(path)):
        fields = {field.name.rstrip("_") for field in dataclasses.fields(KINDS[kind])}
        also = item.get("also", {})
        well = (
            "lines" in item
            and isinstance(item.get("must"), bool)
            and set(item) <= fields | FOR_SCORING
            and set(also) <= fields
            and all(value == "*" or isinstance(value, list) for value in also.values())
        )
        if not well:
            wrong.append((kind, item))
    assert not wrong


@everywhere
def test_roles_levels_comparators_and_periods_are_words_of_the_format(path: Path) -> None:
    key = load(path)
    wrong = [level for level in key.get("levels", []) if level["value"] not in get_args(form.Level)]
    for kind, item in items(key):
        for name in item:
            allowed = WORDS.get((kind, name))
            others = item.get("also", {}).get(name, [])
            said = [item[name], *([] if others == "*" else others)]
            if allowed and not set(said) <= set(allowed):
                wrong.append((kind, name, said))
    assert not wrong


@everywhere
def test_a_target_has_a_decimal_value_or_asks_for_a_thing_to_have(path: Path) -> None:
    wrong = []
    for item in load(path).get("targets", []):
        may_be = {item["comparator"], *item.get("also", {}).get("comparator", [])}
        if item["value"] is None:
            well = "yes" in may_be
        else:
            decimal = re.fullmatch(r"\d+(\.\d+)?", item["value"])
            well = item["comparator"] != "yes" and decimal is not None
        if not well:
            wrong.append(item)
    assert not wrong


@everywhere
def test_lines_lie_within_the_paper(path: Path) -> None:
    length = len(paper(path))
    key = load(path)
    cited = [key["document"]["lines"], *(lines for _, item in items(key) for lines in places(item))]
    assert not [lines for lines in cited if not 1 <= lines[0] <= lines[1] <= length]


@everywhere
def test_a_value_stands_on_the_lines_it_is_cited_from(path: Path) -> None:
    text = paper(path)
    wrong = []
    for kind, item in items(load(path)):
        if kind not in ("targets", "quantities") or item["value"] is None:
            continue
        first, last = item["lines"]
        if Decimal(item["value"]) not in numbers(" ".join(text[first - 1 : last])):
            wrong.append((kind, item["lines"], item["value"]))
    assert not wrong


@everywhere
def test_a_heading_stands_on_the_first_of_its_lines(path: Path) -> None:
    text = paper(path)
    wrong = []
    for item in load(path)["outline"]:
        said = words(" ".join(text[item["lines"][0] - 1 : item["lines"][0] + 1]))
        title = words(item["title"])
        if not set(words(item["label"])) <= set(said) or len(set(title) - set(said)) > 1:
            wrong.append((item["lines"], item["label"], item["title"]))
    assert not wrong


@everywhere
def test_the_number_of_a_cited_document_stands_on_its_line(path: Path) -> None:
    text = paper(path)
    wrong = []
    for item in load(path)["legal_bases"]:
        first, last = item["lines"]
        digits = re.match(r"\d*", item["number"] or "")
        if digits and digits[0] not in " ".join(text[first - 1 : last]):
            wrong.append((item["lines"], item["number"]))
    assert not wrong


@everywhere
def test_a_recipient_stands_on_its_line(path: Path) -> None:
    text = paper(path)
    wrong = []
    for item in load(path)["recipients"]:
        first, last = item["lines"]
        if not set(words(item["text"])) <= set(words(" ".join(text[first - 1 : last]))):
            wrong.append((item["lines"], item["text"]))
    assert not wrong


@real
def test_no_text_of_a_key_repeats_a_long_run_of_the_plan(path: Path) -> None:
    copied = runs(words(" ".join(paper(path))))
    assert not [text for text in texts(load(path)) if runs(words(text)) & copied]


@pytest.mark.parametrize("path", UNSEEN, ids=lambda path: path.stem)
def test_an_unseen_paper_has_its_own_sentences(path: Path) -> None:
    if not PLANS.is_dir():
        pytest.skip(f"the five plans are not there: {PLANS}")
    own = runs(words(NATIONAL_HEAD.sub("", " ".join(paper(path)))))
    for plan in sorted(PLANS.glob("*.txt")):
        assert not own & runs(words(" ".join(read(plan)))), plan.name


@everywhere
def test_no_key_names_a_person(path: Path) -> None:
    assert not [text for text in texts(load(path)) for _ in names(text)]


@real
def test_no_key_holds_the_name_in_the_signature(path: Path) -> None:
    capitalised = re.compile(r"(?:[^\W\d_][^\W\d_]+ ?){2,4}")
    foot = [line.strip(" *\t") for line in paper(path)[-15:]]
    signers = [line for line in foot if capitalised.fullmatch(line) and line.istitle()]
    assert not [name for name in signers for text in texts(load(path)) if name in text]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Giao Nguyễn Văn Mẫu thực hiện", True),
        ("Trần Thị Ví Dụ", True),
        ("Đoàn TNCS Hồ Chí Minh xã", False),
        ("Trưởng Công an xã", False),
        ("UBND xã Lê Lợi", False),
    ],
)
def test_a_person_is_told_from_an_office_and_a_place(text: str, found: bool) -> None:
    assert any(names(text)) is found


@pytest.mark.parametrize(
    ("text", "value"),
    [("3.200 m", "3200"), ("0,7km", "0.7"), ("03 KDC", "3"), ("ít nhất một mô hình", "1"),
     (r"$\geq 90\%$", "90"), ("17,5 tỷ", "17.5"), ("1000m2", "1000")],
)  # fmt: skip
def test_numbers_are_read_as_the_papers_write_them(text: str, value: str) -> None:
    assert Decimal(value) in numbers(text)


# Reading keys and papers


def load(path: Path) -> Item:
    key = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(key, dict)
    return key


def paper(path: Path) -> list[str]:
    """The lines of the paper a key belongs to; skips the test where the plans are not there."""
    beside = path.with_suffix(".txt")
    plan = beside if beside.exists() else PLANS / beside.name
    if not plan.exists():
        pytest.skip(f"the plan of this key is not there: {plan}")
    return read(plan)


def read(plan: Path) -> list[str]:
    return unicodedata.normalize("NFC", plan.read_text(encoding="utf-8-sig")).split("\n")


def items(key: Item) -> Iterator[tuple[str, Item]]:
    """Every item with the name of its kind."""
    for kind in KINDS:
        outer, _, inner = kind.partition(".")
        held = key.get(outer) or []
        for owner in [held] if isinstance(held, dict) else held:
            if not inner:
                yield kind, owner
            else:
                for item in owner.get(inner, []):
                    yield kind, item


def places(item: Item) -> list[list[int]]:
    others = item.get("also", {}).get("lines", [])
    return [item["lines"], *([] if others == "*" else others)]


def texts(value: Any) -> Iterator[str]:
    """Every string in a key."""
    if isinstance(value, str):
        yield unicodedata.normalize("NFC", value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


NATIONAL_HEAD = re.compile(r"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\s+Độc lập . Tự do . Hạnh phúc")
"""The head that Nghị định 30/2020/NĐ-CP gives every official paper, not anybody's sentence."""


def runs(said: list[str]) -> set[tuple[str, ...]]:
    """Every run of one word more than may be copied."""
    size = LONGEST_RUN + 1
    return {tuple(said[start : start + size]) for start in range(len(said) - size + 1)}


SAID = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}


def numbers(text: str) -> set[Decimal]:
    """The numbers of a text, in digits the Vietnamese way (1.250,5) or as a word."""
    found = {Decimal(SAID[word]) for word in words(text) if word in SAID}
    for digits in re.findall(r"\d+(?:[.,]\d+)*", text):
        whole, _, part = digits.partition(",")
        if re.fullmatch(r"\d{1,3}(\.\d{3})*", whole) or "," in digits:
            whole = whole.replace(".", "")
        found.update(Decimal(one) for one in re.split(r"[.,]", digits))
        if re.fullmatch(r"\d+(\.\d+)?", whole) and part.isdigit() | (not part):
            found.add(Decimal(f"{whole}.{part}" if part else whole))
    return found


FAMILY = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Đào|Lương"
)
PERSON = re.compile(rf"\b(?:{FAMILY})(?: [^\W\d_][^\W\d_]+){{2,3}}")
NOT_PERSONS = ("Hồ Chí Minh",)


def names(text: str) -> Iterator[str]:
    """What looks like a full name: a family name and two or three capitalised words."""
    for match in PERSON.finditer(text):
        parts = match[0].split()
        while len(parts) > 3 and not parts[-1].istitle():
            parts.pop()
        name = " ".join(parts)
        if name.istitle() and not name.startswith(NOT_PERSONS):
            yield name
