"""A plan written as a paper and read back is the same plan.

The five real plans lie outside the repository (``DINHLANG_PLANS`` or ``../shared/plans``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.papers.plan import (
    Criterion,
    Deadline,
    Document,
    Duty,
    Funding,
    Gap,
    Need,
    Plan,
    Quantity,
    ScheduleEntry,
    Source,
    Target,
    Task,
)
from dinhlang.papers.reading import read
from dinhlang.papers.writing.composing.plan import compose
from dinhlang.papers.writing.word import to_docx

START = 20
KEYS: dict[str, Callable[[Any], Any]] = {
    "legal_bases": lambda x: (x.number, x.date),
    "criteria": lambda x: (x.number, x.status),
    "targets": lambda x: (x.comparator, x.value, x.text[:START]),
    "quantities": lambda x: (x.value, x.unit),
    "tasks": lambda x: (x.text[:START], tuple(x.lead), tuple(x.partners)),
    "duties": lambda x: (x.office, x.role),
    "schedule": lambda x: (x.period, x.text[:START]),
    "reporting": lambda x: (x.from_, x.to, x.period),
    "villages": lambda x: (x.name, x.goal),
    "support": lambda x: x.amount,
    "movements": lambda x: x.name.lower(),
    "recipients": lambda x: x.text,
    "needs": lambda x: (x.criterion, x.amount),
    "sources": lambda x: (x.amount, x.conditional),
}
SAME_AT_LEAST = 0.98
"""Of all items of the five plans, as the reader first read them."""


def again(plan: Plan) -> Plan:
    """The plan, written and read."""
    return read(to_docx(compose(plan)), "ke-hoach.docx")


def items(plan: Plan) -> Counter[Any]:
    """Every item of a plan by what counts in it."""
    found: Counter[Any] = Counter()
    for kind, key in KEYS.items():
        where = plan.funding if kind in ("needs", "sources") else plan
        for item in getattr(where, kind):
            if kind != "legal_bases" or item.preamble:
                found[(kind, key(item))] += 1
    return found


def test_the_five_plans_come_back_as_they_were(plan_files: list[Path]) -> None:
    wanted = lost = added = 0
    for path in plan_files:
        first = read(path)
        before, after = items(first), items(again(first))
        wanted += before.total()
        lost += (before - after).total()
        added += (after - before).total()
    assert 1 - lost / wanted >= SAME_AT_LEAST, f"{lost} of {wanted} lost"
    assert added / wanted <= 1 - SAME_AT_LEAST, f"{added} beside {wanted}"


def test_what_was_written_once_is_stable(plan_files: list[Path]) -> None:
    for path in plan_files:
        once = again(read(path))
        assert items(again(once)) == items(once), path.name


def test_title_level_years_and_totals_come_back(plan_files: list[Path]) -> None:
    for path in plan_files:
        first = read(path)
        second = again(first)
        assert second.document.title == first.document.title
        assert second.document.commune == first.document.commune
        assert set(second.document.years) >= set(first.document.years[:1])
        assert second.funding.computed == first.funding.computed


def a_plan(**parts: Any) -> Plan:
    """A plan of a commune that does not exist."""
    document = Document(
        kind="plan",
        symbol="KH-UBND",
        issuer="UBND xã Làng Mẫu",
        commune="Làng Mẫu",
        title="Xây dựng nông thôn mới năm 2026",
        years=[2026],
    )
    return Plan(document=document, levels=["ntm"], **parts)


LINES = (0, 0)
NAMES = {1: "Quy hoạch", 4: "Điện", 9: "Nhà ở dân cư", 10: "Thu nhập", 12: "Lao động"}
OFFICES = ("Công an xã", "Trạm Y tế xã", "Công chức Tài chính - Kế toán", "Hội Nông dân xã")
WORKS = (
    "rà soát hộ chưa có nhà kiên cố",
    "lập danh sách hộ vay vốn",
    "mở lớp dạy nghề cho lao động nông thôn",
    "kiểm tra hành lang lưới điện",
)
statuses = st.sampled_from(["reached", "to_reach", "maintain"])
criteria = st.lists(
    st.builds(
        lambda number, status, gaps: Criterion(
            number=number, name=NAMES[number], status=status, level="ntm", lines=LINES,
            gaps=[Gap(text=WORKS[0] + " trong xã", lines=LINES)] if gaps and status == "to_reach"
            else [],
        ),
        st.sampled_from(sorted(NAMES)), statuses, st.booleans(),
    ),
    unique_by=lambda criterion: criterion.number,
)  # fmt: skip
targets = st.lists(
    st.builds(
        lambda name, comparator, value: Target(
            text=name, comparator=comparator, value=str(value), unit="%", lines=LINES
        ),
        st.sampled_from(("Tỷ lệ hộ dùng nước sạch", "Tỷ lệ lao động qua đào tạo")),
        st.sampled_from((">=", "<=", ">", "<")),
        st.integers(1, 100),
    ),
    unique_by=lambda target: target.text,
)
tasks = st.lists(
    st.builds(
        lambda text, lead, month: Task(
            text=text, lead=[lead], lines=LINES,
            deadline=Deadline(start="2026-01-01", end=f"2026-{month:02d}-28",
                              text=f"Trước 28/{month}/2026"),
        ),
        st.sampled_from(WORKS), st.sampled_from(OFFICES), st.integers(3, 12),
    ),
    unique_by=lambda task: task.text,
)  # fmt: skip
quantities = st.lists(
    st.builds(
        lambda text, value, unit: Quantity(text=text, value=str(value), unit=unit, lines=LINES),
        st.sampled_from(("Mở rộng đường thôn", "Trồng hàng rào xanh")),
        st.integers(1, 9999),
        st.sampled_from(("m", "km")),
    ),
    unique_by=lambda quantity: quantity.text,
)
amounts = st.integers(1, 90_000).map(lambda millions: millions * 1_000_000)
needs = st.lists(
    st.builds(
        lambda criterion, amount: Need(
            text="đầu tư theo danh mục", criterion=criterion, amount=amount, lines=LINES
        ),
        st.sampled_from((4, 9, 12)),
        amounts,
    ),
    unique_by=lambda need: need.criterion,
)
sources = st.lists(
    st.builds(
        lambda text, amount: Source(text=text, amount=amount, lines=LINES),
        st.sampled_from(("Ngân sách xã", "Ngân sách tỉnh", "Nhân dân đóng góp")),
        amounts,
    ),
    unique_by=lambda source: source.text,
)
duties = st.lists(
    st.builds(
        lambda office, text: Duty(office=office, role="lead", text=f"Chủ trì {text}", lines=LINES),
        st.sampled_from(OFFICES),
        st.sampled_from(WORKS),
    ),
    unique_by=lambda duty: duty.office,
)
schedule = st.lists(
    st.builds(
        lambda quarter, text: ScheduleEntry(period=f"2026-Q{quarter}", text=text, lines=LINES),
        st.integers(1, 4),
        st.sampled_from(WORKS),
    ),
    unique_by=lambda entry: entry.period,
)


@settings(max_examples=25, deadline=None)
@given(criteria, targets, tasks, quantities, st.builds(Funding, needs=needs, sources=sources))
def test_any_drafted_plan_comes_back(
    criteria: list[Criterion],
    targets: list[Target],
    tasks: list[Task],
    quantities: list[Quantity],
    funding: Funding,
) -> None:
    numbers = {criterion.number for criterion in criteria}
    funding.needs = [need for need in funding.needs if need.criterion in numbers]
    made = a_plan(
        criteria=criteria, targets=targets, tasks=tasks, quantities=quantities, funding=funding
    )
    assert items(again(made)) == items(made)


@settings(max_examples=15, deadline=None)
@given(duties, schedule)
def test_duties_and_the_roadmap_come_back(
    duties: list[Duty], schedule: list[ScheduleEntry]
) -> None:
    made = a_plan(duties=duties, schedule=schedule)
    back = again(made)
    assert {d.office for d in back.duties} >= {d.office for d in duties}
    assert {KEYS["schedule"](e) for e in back.schedule} == {KEYS["schedule"](e) for e in schedule}
