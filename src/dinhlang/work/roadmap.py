"""The road through a year: quarter, month, task, and the criterion that it completes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from dinhlang.vietnamese import to_roman

from .periods import quarter_of_day
from .selectors.groups import in_parts
from .selectors.lines import Bone
from .selectors.views import number_order

_ONE_SET: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Completed:
    """A criterion whose last task ends here: ``left`` of ``total`` tasks are not finished."""

    number: str
    name: str
    left: int
    total: int

    @property
    def is_done(self) -> bool:
        """Whether every task of it is finished."""
        return self.left == 0


@dataclass(slots=True)
class Stretch:
    """The tasks that end within one month; month 0: those of which only the quarter is known."""

    month: int
    bones: list[Bone] = field(default_factory=list)

    @property
    def label(self) -> str:
        """“Tháng 4”."""
        return f"Tháng {self.month}"


@dataclass
class Quarter:
    """A quarter of the year with its months, and the criteria completed in it.

    Its tasks are counted once, after its months are complete.
    """

    number: int
    year: int
    months: list[Stretch] = field(default_factory=list)
    completes: list[Completed] = field(default_factory=list)

    @property
    def label(self) -> str:
        """“Quý II/2024”."""
        return f"Quý {to_roman(self.number)}/{self.year}"

    @cached_property
    def bones(self) -> list[Bone]:
        """All its tasks, in order."""
        return [bone for month in self.months for bone in month.bones]

    @cached_property
    def total(self) -> int:
        """How many tasks it has, without those dropped."""
        return sum(not bone.is_dropped for bone in self.bones)

    @cached_property
    def done(self) -> int:
        """How many of them are finished."""
        return sum(bone.is_finished for bone in self.bones)

    def late(self, on: date) -> int:
        """How many of them are late."""
        return sum(bone.is_late(on) for bone in self.bones)


@dataclass(slots=True)
class Road:
    """A year: its quarters, what has no day, and for each task the criteria it completes."""

    year: int
    quarters: list[Quarter]
    undated: list[Bone]
    last_of: dict[int, list[Completed]]


def road(
    bones: Iterable[Bone], year: int, names: Mapping[str, str], shorts: Mapping[str, str] = _ONE_SET
) -> Road:
    """The year's road. A task stands in the month of its end.

    The last task of a criterion that ends within the year completes it. Tasks without a day are
    listed apart. ``names``: by number, or by “set|number”, what a criterion is called;
    ``shorts``: what the sets are called, said beside each criterion where there are two.
    """
    rows = [bone for bone in bones if bone.end is None or bone.end.year == year]
    quarters = [Quarter(number, year) for number in (1, 2, 3, 4)]
    months: dict[int, Stretch] = {}
    for bone in rows:
        if bone.end is None:
            continue
        if bone.end.month not in months:
            months[bone.end.month] = Stretch(bone.end.month)
        months[bone.end.month].bones.append(bone)
    for number in sorted(months):
        quarters[(number - 1) // 3].months.append(months[number])
    last_of = _completed(rows, names, shorts)
    for quarter in quarters:
        quarter.completes = [each for bone in quarter.bones for each in last_of.get(bone.pk, ())]
    return Road(year, quarters, [bone for bone in rows if bone.end is None], last_of)


def _completed(
    rows: Sequence[Bone], names: Mapping[str, str], shorts: Mapping[str, str]
) -> dict[int, list[Completed]]:
    sets = [key.rpartition("|") for key in names if "|" in key]
    parts, of = in_parts(rows), defaultdict[tuple[str, str], list[Bone]](list)
    for bone in rows:
        if bone.end is not None and not bone.is_dropped:
            for number in bone.criteria:
                having = [law for law, _, each in sets if each == number]
                law = bone.criterion_set or (having[0] if len(having) == 1 else "")
                # What was divided is completed by its parts.
                if number not in parts.get(bone.pk, ()):
                    of[law, number].append(bone)
    found = defaultdict[int, list[Completed]](list)
    for (law, number), group in of.items():
        last = max(group, key=lambda bone: (bone.end or date.min, bone.pk))
        left = sum(not bone.is_finished for bone in group)
        name = names.get(f"{law}|{number}") or names.get(number, "")
        if len(shorts) > 1:
            of_set = shorts.get(law, law) or "chưa rõ bộ tiêu chí"
            name = f"{name} ({of_set})" if name and law else of_set
        found[last.pk].append(Completed(number, name, left, len(group)))
    for completed in found.values():
        completed.sort(key=lambda each: number_order(each.number))
    return dict(found)


def years(bones: Iterable[Bone], today: date) -> list[int]:
    """The years in which tasks end, and this one."""
    return sorted({bone.end.year for bone in bones if bone.end is not None} | {today.year})


def first_year(bones: Iterable[Bone], today: date) -> int:
    """The year a reader wants first: this one, or the one nearest to it that has work."""
    worked = {bone.end.year for bone in bones if bone.end is not None}
    return min(worked, key=lambda year: (abs(year - today.year), -year), default=today.year)


def first_open(road: Road, today: date) -> int:
    """The quarter a reader wants first: today's; in another year the first with anything in it."""
    if road.year == today.year:
        return quarter_of_day(today)
    return next((quarter.number for quarter in road.quarters if quarter.bones), 1)
