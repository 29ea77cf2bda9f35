"""Templates of work: the steps that a criterion or a kind of work usually needs, and their days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Any

import yaml

SET = "qd-318-2022/xa-ntm"
"""The set whose numbers our templates of criteria have."""
MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class Step:
    """A step: it ends ``before`` days before the goal, takes ``days`` and comes after the steps
    with these numbers (from 1). ``lead`` is a word by which the office is usually called.
    """

    text: str
    product: str = ""
    lead: str = ""
    before: int = 0
    days: int = 1
    after: tuple[int, ...] = ()

    def span(self, goal: date) -> tuple[date, date]:
        """Its first and last day; an end on a weekend moves to the Friday before."""
        end = goal - timedelta(days=self.before)
        end -= timedelta(days=max(0, end.isoweekday() - 5))
        return end - timedelta(days=max(self.days, 1) - 1), end


@dataclass(frozen=True, slots=True)
class Template:
    """A template: ``code`` names it in addresses, ``criterion`` is empty for a general kind."""

    code: str
    name: str
    steps: tuple[Step, ...]
    criterion: str = ""
    criterion_set: str = ""

    @property
    def title(self) -> str:
        """Its name as that of a task: ours for a criterion say which one."""
        own = self.code.startswith("tieu-chi-")
        return f"Tiêu chí {self.criterion}: {self.name}" if own else self.name

    @property
    def length(self) -> int:
        """Days from the start of the first step to the goal."""
        return max((step.before + step.days for step in self.steps), default=0)


def steps_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Steps from their plain form. Raises ``ValueError`` where one comes after itself or later."""
    found = []
    for at, row in enumerate(rows, 1):
        step = Step(**{**row, "after": tuple(row.get("after") or ())})
        if not step.text or any(not 1 <= each < at for each in step.after):
            raise ValueError(f"step {at}: {step.text}")
        found.append(step)
    return tuple(found)


def plain(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Steps as JSON keeps them."""
    return [{**asdict(step), "after": list(step.after)} for step in steps]


@cache
def ours() -> dict[str, Template]:
    """The templates that come with the program, by code: general kinds first."""
    found: dict[str, Template] = {}
    folder = resources.files("dinhlang.work") / "templates_data"
    for name in ("kinds.yaml", "commune_2021_2025.yaml"):
        for row in yaml.safe_load((folder / name).read_text("utf-8")):
            criterion = row.get("criterion", "")
            found[row["id"]] = Template(
                row["id"], row["name"], steps_of(row["steps"]), criterion,
                SET if criterion else "",
            )  # fmt: skip
    return found
