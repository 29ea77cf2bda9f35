"""The shortest way to the standard: real sets, a hundred items with choices, against trying all.

The reference tries every set of items of a problem small enough for that.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import combinations
from time import perf_counter

from dinhlang.law.evaluating import evaluate
from dinhlang.law.library import Law, Library, shipped
from dinhlang.law.requirements import AtLeastOf, Reached
from dinhlang.law.sets import CriteriaSet, Criterion, Decision, Indicator, Measure
from dinhlang.law.shortest import Item, Ways, shortest
from dinhlang.law.shortest_items import with_done
from dinhlang.law.subjects import Subject
from dinhlang.law.verdicts import State

DAY = date(2024, 12, 31)
REPEATS = 5


def main() -> None:
    """Prints the figures."""
    law = shipped().at(DAY, frozenset({"25"}))
    unit = Subject(region="TDMNPB")
    for name in ("qd-318-2022/xa-nang-cao", "qd-2467-2022-phu-tho/xa-kieu-mau"):
        _print(f"{name}, chưa có số liệu", *_timed(partial(_of, law, name, unit)))
    for count in (30, 100):
        big, costs, months = _overlapping(count)
        known = big.get("mau/lua-chon")
        assert known is not None
        work = partial(shortest, known, Subject(), big, costs, months, seconds=60.0)
        found, seconds = _timed(work)
        _print(f"{count} mục, lựa chọn chồng nhau", found, seconds)
    _reference()


def _of(law: Law, name: str, unit: Subject) -> Ways:
    effective = law.get(name)
    assert effective is not None
    return shortest(effective, unit, law)


def _timed(work: Callable[[], Ways]) -> tuple[Ways, float]:
    """The answer, and the middle of the times."""
    times = []
    for _ in range(REPEATS):
        began = perf_counter()
        found = work()
        times.append(perf_counter() - began)
    return found, sorted(times)[REPEATS // 2]


def _print(what: str, found: Ways, seconds: float) -> None:
    goal = "≤ 1 s" if len(found.items) < 100 else "≤ 5 s"
    print(f"{what}: {len(found.items)} mục, {seconds * 1000:,.0f} ms (cần {goal})")


def _overlapping(count: int, size: int = 9) -> tuple[Law, dict[str, int], dict[str, int]]:
    """A set in which every third item begins a choice of two of the next nine."""
    names = [f"viec_{n}" for n in range(count)]
    indicators = tuple(
        Indicator(
            number=f"1.{n}",
            name=f"Chỉ tiêu {n}",
            requirement=AtLeastOf(
                count=2, parts=tuple(Reached(measure=name) for name in names[n : n + size])
            ),
        )
        for n in range(0, count - size + 1, 3)
    )
    made = CriteriaSet(
        id="mau/lua-chon",
        title="Bộ để đo",
        short="Bộ để đo",
        level="ntm",
        subject="commune",
        decision=Decision(number="1/QĐ-MẪU"),
        valid_from=date(2022, 1, 1),
        criteria=(Criterion(number="1", name="Thử", indicators=indicators),),
        sample=True,
    )
    measures = [Measure(id=name, name=name, kind="yes_no") for name in names]
    costs = {name: (n * 7919 % 97 + 3) * 1_000_000 for n, name in enumerate(names)}
    months = {name: n * 31 % 17 + 1 for n, name in enumerate(names)}
    return Library([made], (), measures).at(DAY), costs, months


def _reference() -> None:
    """The same small problem by HiGHS and by trying every set of items."""
    law, costs, months = _overlapping(14, 5)
    effective = law.get("mau/lua-chon")
    assert effective is not None
    found, seconds = _timed(lambda: shortest(effective, Subject(), law, costs, months))
    began = perf_counter()
    best = _by_trying(found.items, law, costs)
    tried = perf_counter() - began
    assert found.cheapest is not None
    same = "giống nhau" if found.cheapest.cost == best else "KHÁC NHAU"
    print(
        f"14 mục: {seconds * 1000:,.0f} ms; thử mọi tổ hợp (2^14) {tried * 1000:,.0f} ms, "
        f"gấp {tried / seconds:,.0f} lần, kết quả {same}"
    )


def _by_trying(items: tuple[Item, ...], law: Law, costs: dict[str, int]) -> int:
    effective = law.get("mau/lua-chon")
    assert effective is not None
    best = sum(costs.values())
    for size in range(len(items) + 1):
        for chosen in combinations(items, size):
            cost = sum(costs[item.key] for item in chosen)
            if cost < best:
                done = with_done(Subject(), chosen, law)
                if evaluate(effective, done, law).state is State.MET:
                    best = cost
    return best


if __name__ == "__main__":
    main()
