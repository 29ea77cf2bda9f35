"""Which items to do: exact minimisation over a ``Problem`` with HiGHS.

The items and the inner goals become yes/no variables; what is to be made small is given as a list
of levels, the first counting most. Each level is solved to the end (no gap) and then held fixed.
Weights are whole numbers; what HiGHS answers is only a set of items: it is checked against the
goal and its weights are added up again in whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import gcd
from time import monotonic
from typing import Any

import highspy
import numpy as np

from .shortest_goals import (
    Closed,
    Done,
    Enough,
    Goal,
    Keep,
    Problem,
    Take,
    allowed,
    is_met,
    keys_of,
    simplified,
    walk,
)

SECONDS = 5.0
LARGEST = 3 * 10**13
"""The largest sum of weights of a level, their common divisor taken out, that is searched: up to
here the tests find HiGHS' double precision exact to the last đồng."""


class SolverError(Exception):
    """The search did not come to its end; the message is for the user."""


class TooSlow(SolverError):
    """The time ran out."""

    def __init__(self, seconds: float) -> None:
        shown = f"{seconds:.1f}".replace(".", ",")
        super().__init__(
            f"Chưa tìm xong cách ngắn nhất trong {shown} giây. Hãy bớt mục cần tính "
            "(ví dụ nhập số liệu của các thôn), rồi tính lại."
        )


@dataclass(frozen=True, slots=True)
class Total:
    """Make small: the sum of the weights of the items done."""

    weights: Mapping[str, int]

    def of(self, chosen: Iterable[str]) -> int:
        """The sum for these items."""
        return sum(self.weights.get(key, 0) for key in chosen)


@dataclass(frozen=True, slots=True)
class Latest:
    """Make small: the largest weight of the items done (they run side by side)."""

    weights: Mapping[str, int]

    def of(self, chosen: Iterable[str]) -> int:
        """The largest for these items; 0 where there is none."""
        return max((self.weights.get(key, 0) for key in chosen), default=0)


Level = Total | Latest
Progress = Callable[[float, str], None]


def solve(
    problem: Problem,
    levels: Sequence[Level],
    without: Iterable[frozenset[str]] = (),
    seconds: float = SECONDS,
) -> frozenset[str] | None:
    """The best set of items that meets the goal, or None where no set does.

    ``without``: sets that the answer must not contain as a whole. No item of the answer can be
    left out where the last level counts every item. Raises ``SolverError``.
    """
    goal = simplified(problem.goal)
    banned = [frozenset(cut) for cut in without]
    if isinstance(goal, Closed) or frozenset() in banned:
        return None
    if isinstance(goal, Done):
        return frozenset()
    only = _only_way(problem, goal)
    if only is not None:
        return None if any(cut <= only for cut in banned) else only
    model = _Model(problem, goal, banned, monotonic() + seconds, seconds)
    best: frozenset[str] | None = None
    for level in levels:
        found = model.minimise(level)
        if found is None:
            if best is None:
                return None
            raise SolverError(
                "Bộ giải không giữ được kết quả bước trước. Hãy báo cho người quản trị."
            )
        best = found
        model.hold(level, level.of(found))
    if best is None:
        raise ValueError("at least one level is needed")
    if not (is_met(problem, best, goal) and allowed(problem, best)):
        raise SolverError(
            "Kết quả của bộ giải không qua được bước kiểm lại. Hãy báo cho người quản trị."
        )
    return best


def _only_way(problem: Problem, goal: Goal) -> frozenset[str] | None:
    """All items of a goal in which nothing is to be chosen; None where something is."""
    keys = keys_of(goal)
    if any(key in problem.stronger for key in keys):
        return None
    for at in walk(goal):
        if isinstance(at, Keep | Closed) or (isinstance(at, Enough) and at.is_choice):
            return None
    return keys if allowed(problem, keys) else None


class _Model:
    """The rows and columns of one problem in HiGHS."""

    def __init__(
        self,
        problem: Problem,
        goal: Goal,
        without: Iterable[frozenset[str]],
        until: float,
        seconds: float,
    ) -> None:
        self.until, self.seconds = until, seconds
        self.highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in (
            ("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0),
            ("mip_feasibility_tolerance", 1e-9), ("primal_feasibility_tolerance", 1e-9),
            ("random_seed", 1),
        ):  # fmt: skip
            self.highs.setOptionValue(name, value)
        doers = {key: sorted(problem.doers(key)) for key in sorted(keys_of(goal))}
        mentioned = frozenset(key for found in doers.values() for key in found)
        self.items = {key: self._variable() for key in sorted(mentioned)}
        self.goals: dict[int, int] = {}
        for at in walk(goal):
            self.goals[id(at)] = self._variable()
        self._row({self.goals[id(goal)]: 1}, low=1)
        for at in walk(goal):
            self._goal(at, doers)
        for one, other in sorted(problem.conflicts):
            if one in self.items and other in self.items:
                self._row({self.items[one]: 1, self.items[other]: 1}, high=1)
        for cut in without:
            if cut <= mentioned:
                self._row({self.items[key]: 1 for key in cut}, high=len(cut) - 1)

    def minimise(self, level: Level) -> frozenset[str] | None:
        """The items that make the level smallest within what is held; None where none do."""
        weights = {key: level.weights.get(key, 0) for key in self.items}
        unit = gcd(*weights.values()) or 1
        scaled = {key: weight // unit for key, weight in weights.items()}
        if any(weight < 0 for weight in scaled.values()) or sum(scaled.values()) > LARGEST:
            raise SolverError(
                "Chi phí hay số tháng nhập vào quá lớn hoặc là số âm. "
                "Hãy ghi chi phí chẵn nghìn đồng."
            )
        if isinstance(level, Latest):
            self._costs({self._latest(scaled): 1})
        else:
            self._costs({self.items[key]: weight for key, weight in scaled.items()})
        return self._run()

    def hold(self, level: Level, value: int) -> None:
        """No later answer may be worse than this in the level."""
        weights = {key: level.weights.get(key, 0) for key in self.items}
        if isinstance(level, Latest):
            for key, weight in weights.items():
                if weight > value:
                    self.highs.changeColBounds(self.items[key], 0.0, 0.0)
            return
        unit = gcd(*weights.values()) or 1
        used = {self.items[key]: weight // unit for key, weight in weights.items() if weight}
        if used:
            self._row(used, high=value // unit)

    def _latest(self, weights: Mapping[str, int]) -> int:
        column = self._variable(high=max(weights.values(), default=0))
        for key, weight in weights.items():
            if weight:
                self._row({column: 1, self.items[key]: -weight}, low=0)
        return column

    def _goal(self, at: Goal, doers: Mapping[str, Sequence[str]]) -> None:
        own = self.goals[id(at)]
        match at:
            case Take():
                self._row({own: -1} | {self.items[key]: 1 for key in doers[at.key]}, low=0)
            case Keep():
                for key in sorted(at.against):
                    if key in self.items:
                        self._row({own: 1, self.items[key]: 1}, high=1)
            case Enough():
                self._enough(own, at)
            case Closed():
                self.highs.changeColBounds(own, 0.0, 0.0)
            case Done():
                pass

    def _enough(self, own: int, at: Enough) -> None:
        if sum(at.weights) == at.need:
            for part in at.parts:
                self._row({self.goals[id(part)]: 1, own: -1}, low=0)
            return
        row: dict[int, int] = {own: -at.need}
        for part, weight in zip(at.parts, at.weights, strict=True):
            column = self.goals[id(part)]
            row[column] = row.get(column, 0) + weight
        self._row(row, low=0)

    def _variable(self, high: int = 1) -> int:
        column = int(self.highs.getNumCol())
        self.highs.addVar(0.0, float(high))
        self.highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        return column

    def _row(
        self, values: Mapping[int, int], low: int | None = None, high: int | None = None
    ) -> None:
        columns = np.fromiter(values, dtype=np.int32, count=len(values))
        numbers = np.fromiter(values.values(), dtype=np.float64, count=len(values))
        self.highs.addRow(
            -highspy.kHighsInf if low is None else float(low),
            highspy.kHighsInf if high is None else float(high),
            len(values), columns, numbers,
        )  # fmt: skip

    def _costs(self, costs: Mapping[int, int]) -> None:
        count = int(self.highs.getNumCol())
        values = np.zeros(count)
        for column, cost in costs.items():
            values[column] = float(cost)
        self.highs.changeColsCost(count, np.arange(count, dtype=np.int32), values)

    def _run(self) -> frozenset[str] | None:
        left = self.until - monotonic()
        if left <= 0:
            raise TooSlow(self.seconds)
        self.highs.setOptionValue("time_limit", float(self.highs.getRunTime()) + left)
        self.highs.run()
        status = self.highs.getModelStatus()
        statuses = highspy.HighsModelStatus
        if status == statuses.kInfeasible:
            return None
        if status == statuses.kTimeLimit:
            raise TooSlow(self.seconds)
        if status != statuses.kOptimal:
            name = self.highs.modelStatusToString(status)
            raise SolverError(f"Bộ giải dừng giữa chừng (trạng thái: {name}). Hãy thử tính lại.")
        values = self.highs.getSolution().col_value
        return frozenset(key for key, column in self.items.items() if values[column] > 0.5)
