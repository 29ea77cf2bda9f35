"""Which measure an indicator means: one that is known, or a new one made from its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dinhlang.law.sets import Better, Combining, Measure, MeasureKind, SubjectLevel
from dinhlang.vietnamese import fold

Need = Literal["number", "yes_no", "grade", "count"]
FITTING: dict[Need, frozenset[MeasureKind]] = {
    "number": frozenset({"rate", "amount", "count"}),
    "yes_no": frozenset({"yes_no"}),
    "grade": frozenset({"grade"}),
    "count": frozenset({"count"}),
}
KIND_WORDS: dict[MeasureKind, str] = {
    "rate": "tỷ lệ %",
    "amount": "số đo",
    "count": "số đếm",
    "yes_no": "đạt hoặc chưa đạt",
    "grade": "mức độ",
}
LONGEST_ID = 60
_ID = re.compile(r"[a-z][a-z0-9_]*")


class DoesNotFit(Exception):
    """The measure that was chosen cannot serve here; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an indicator needs a measure for: ``given`` is what stands in the column of codes."""

    need: Need
    name: str
    unit: str = ""
    given: str = ""
    better: Better = "neither"
    scale: tuple[str, ...] = ()
    by_sex: bool = False
    topic: str = ""
    level: SubjectLevel = "commune"
    hint: str = ""


@dataclass
class Measures:
    """Known measures by id, and those this table brings with it."""

    known: Mapping[str, Measure]
    created: dict[str, Measure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_name: dict[str, list[Measure]] = {}
        for one in self.known.values():
            self._by_name.setdefault(fold(one.name), []).append(one)

    def find(self, wanted: Wanted) -> str:
        """The id of the measure: the one named, the one that the indicator had before
        (``hint``), one of the same name, or a new one.

        Raises ``DoesNotFit`` where the one named is of another kind or unit.
        """
        if wanted.given:
            return self._named(wanted)
        for one in self._like(wanted):
            if not _misfit(one, wanted):
                return one.id
        return self._create(wanted)

    def knows(self, name: str) -> bool:
        """Whether a measure of this name is known."""
        return fold(name) in self._by_name

    def named(self, name: str) -> list[Measure]:
        """The known measures of that name."""
        return self._by_name.get(fold(name), [])

    def is_rate(self, name: str, code: str = "") -> bool:
        """Whether a known measure of this name, or of this code, is a percentage."""
        given = self.known.get(code.split(" ")[0]) if code else None
        found = [given] if given is not None else self.named(name)
        return any(one.kind == "rate" for one in found)

    def _named(self, wanted: Wanted) -> str:
        # The list on the sheet of instructions shows “ma – tên”: the code is what comes first.
        code = re.split(r"\s+[-–—]\s+|\s", wanted.given.strip(), maxsplit=1)[0]
        one = self.known.get(code) or self.created.get(code)
        if one is not None:
            if trouble := _misfit(one, wanted):
                raise DoesNotFit(f"Số liệu “{one.name}” ({one.id}) {trouble}")
            return one.id
        if same := [m for m in self._by_name.get(fold(wanted.given), ()) if not _misfit(m, wanted)]:
            return same[0].id
        return self._create(wanted, code if _ID.fullmatch(code) else "")

    def _like(self, wanted: Wanted) -> list[Measure]:
        hinted = self.known.get(wanted.hint)
        found = [hinted] if hinted is not None else []
        found += self._by_name.get(fold(wanted.name), [])
        return [*found, *(m for m in self.created.values() if fold(m.name) == fold(wanted.name))]

    def _create(self, wanted: Wanted, code: str = "") -> str:
        base = code or slug(wanted.name) or "so_lieu"
        taken = self.known.keys() | self.created.keys()
        free = next(
            name for name in (base, *(f"{base}_{n}" for n in range(2, 10_000))) if name not in taken
        )
        kind = _kind(wanted)
        self.created[free] = Measure(
            id=free,
            name=wanted.name,
            kind=kind,
            unit="%" if kind == "rate" else wanted.unit if kind in ("amount", "count") else "",
            better=wanted.better,
            combine=_combining(kind),
            scale=wanted.scale,
            by_sex=wanted.by_sex,
            level=wanted.level,
            topic=wanted.topic,
        )
        return free


def slug(name: str) -> str:
    """A measure's id made of a name: lower-case ASCII with underscores, cut at a word."""
    words = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")
    if len(words) > LONGEST_ID:
        words = words[:LONGEST_ID].rsplit("_", 1)[0]
    return words if words[:1].isalpha() else f"so_lieu_{words}".rstrip("_")


def _kind(wanted: Wanted) -> MeasureKind:
    if wanted.need == "number":
        return "rate" if wanted.unit == "%" else "amount"
    return wanted.need


def _combining(kind: MeasureKind) -> Combining:
    by_kind: dict[MeasureKind, Combining] = {
        "rate": "ratio_of_sums",
        "count": "sum",
        "yes_no": "all",
        "grade": "worst",
    }
    return by_kind.get(kind, "survey_again")


def _misfit(one: Measure, wanted: Wanted) -> str:
    """Why the measure cannot serve, empty where it can."""
    if one.kind not in FITTING[wanted.need]:
        words = KIND_WORDS[one.kind]
        return f"là loại “{words}”, không hợp với yêu cầu của dòng này."
    if wanted.need == "number" and wanted.unit and fold(one.unit) != fold(wanted.unit):
        return f"tính bằng “{one.unit or 'không đơn vị'}”, còn dòng này ghi “{wanted.unit}”."
    if wanted.by_sex and not one.by_sex:
        return "không nhập riêng cho nam và nữ."
    if wanted.need == "grade" and wanted.scale and wanted.scale != one.scale:
        return "có thang mức độ khác."
    return ""
