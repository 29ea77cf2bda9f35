"""The plan's pages as tables: criteria, tasks, quantities, money, duties, roadmap, findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from dinhlang.papers import plan as model
from dinhlang.papers.plan import Plan
from dinhlang.work.models import TaskState
from dinhlang.work.moments import Standing, distance, standing

from .editing import draft
from .editing.draft import Data
from .models import PlanTask
from .rendering import words
from .rendering.items import deadline, sentence
from .tables import Cell, Column, Row, Table, day, figure

STATUS_TONES = {
    "reached": ("ok", "✓"), "maintain": ("ok", "✓"),
    "to_reach": ("wait", "→"), "committed": ("wait", "→"),
}  # fmt: skip
STATE_TONES = {
    TaskState.OPEN: ("na", "○"), TaskState.DOING: ("wait", "◐"), TaskState.WAITING: ("no", "!"),
    TaskState.DONE: ("ok", "✓"), TaskState.ACCEPTED: ("ok", "✓✓"), TaskState.DROPPED: ("na", "–"),
}  # fmt: skip
SEVERITY_TONES = {"error": ("no", "✕"), "warning": ("wait", "!"), "note": ("na", "i")}
MAIN = "main"


@dataclass
class Source:
    """What the tables are made from: the version's data, its tasks' rows, and the day."""

    data: Data
    today: date
    tasks: Sequence[PlanTask] = ()
    silenced: Mapping[str, str] = field(default_factory=dict)
    task_href: Callable[[int], str] = str
    line_href: Callable[[int], str] = str

    @cached_property
    def plan(self) -> Plan:
        """The version as classes."""
        return draft.plan_of(self.data)

    @cached_property
    def by_number(self) -> dict[int, PlanTask]:
        """The tasks' rows by the number of their item."""
        return {row.number: row for row in self.tasks}

    @cached_property
    def numbers(self) -> dict[tuple[str, int], int]:
        """The number of each item by its list and index."""
        return draft.numbers(self.data)

    def progress(self, kind: str, index: int) -> Cell:
        """How far the task is that this item has become; empty where it has become none."""
        row = self.by_number.get(self.numbers.get((kind, index), 0))
        if row is None:
            return Cell("")
        state = TaskState(row.task.state)
        tone, icon = STATE_TONES[state]
        return Cell(state.label, tone=tone, icon=icon, href=self.task_href(row.task.pk))

    def row(self, kind: str, index: int, item: model.Item, *cells: Cell, group: str = "") -> Row:
        """A row of an item, which leads to its line in the paper."""
        line = item.lines[0]
        number = self.numbers.get((kind, index), 0)
        return Row(cells, number, line, group, self.line_href(number) if number else "")


def _tone(text: str, tones: tuple[str, str] | None) -> Cell:
    tone, icon = tones or ("", "")
    return Cell(text, tone=tone, icon=icon)


def _named(plan: Plan) -> dict[int, str]:
    return {c.number: f"{c.number}. {c.name}" for c in plan.criteria if c.number is not None}


def _criteria_of(plan: Plan, numbers: Iterable[int | None]) -> Cell:
    names = _named(plan)
    return Cell("; ".join(names.get(n, str(n)) for n in numbers if n is not None))


def criteria(source: Source) -> list[Table]:
    """Criteria with what they lack, and targets with their groups."""
    plan = source.plan
    rows = [
        source.row(
            "criteria", at, c,
            Cell(str(c.number or ""), c.number), Cell(c.name),
            Cell(words.LEVELS[c.level] if c.level else ""),
            _tone(words.STATUSES[c.status], STATUS_TONES[c.status]) if c.status else Cell(""),
            Cell("; ".join(sentence(g.text) for g in c.gaps)),
        )
        for at, c in enumerate(plan.criteria)
    ]  # fmt: skip
    found = Table(
        "Tiêu chí",
        (Column("Số", 6), Column("Tiêu chí", 34, MAIN), Column("Mức", 24),
         Column("Trạng thái", 16), Column("Còn thiếu", 60)),
        tuple(rows), "Kế hoạch không nêu tiêu chí nào.",
    )  # fmt: skip
    return [found, _targets(source)]


def _targets(source: Source) -> Table:
    plan = source.plan
    rows = [
        source.row(
            "targets", at, t,
            Cell(t.code or ""), Cell(sentence(t.text)),
            Cell(words.demand(t)), _criteria_of(plan, [t.criterion]),
            Cell(t.place or ""), Cell(str(t.year or ""), t.year), Cell(t.group or ""),
        )
        for at, t in enumerate(plan.targets)
    ]  # fmt: skip
    for at, g in enumerate(plan.groups):
        rule = f"Ít nhất {g.rule.at_least}" + (f" trong {g.rule.of}" if g.rule.of else "")
        rows.append(
            source.row("groups", at, g, Cell("nhóm"), Cell(g.name), Cell(rule),
                       Cell(""), Cell(""), Cell(""), Cell("; ".join(g.targets)))
        )  # fmt: skip
    return Table(
        "Chỉ tiêu",
        (Column("Mã", 8), Column("Chỉ tiêu", 60, MAIN), Column("Mức đặt ra", 18),
         Column("Tiêu chí", 24), Column("Nơi áp dụng", 18), Column("Năm", 7),
         Column("Nhóm", 24)),
        tuple(rows), "Kế hoạch không đặt chỉ tiêu bằng số nào.",
    )  # fmt: skip


def tasks(source: Source) -> list[Table]:
    """Tasks with who leads, until when, and how far they are, the nearest end first."""
    items = {source.numbers[("tasks", at)]: item for at, item in enumerate(source.plan.tasks)}
    rows = [
        _task(source, task, items[task.number]) for task in source.tasks if task.number in items
    ]
    return [
        Table(
            "Nhiệm vụ",
            (Column("Nhiệm vụ", 60, MAIN), Column("Chủ trì", 30), Column("Phối hợp", 26),
             Column("Thời hạn trong văn bản", 24), Column("Hạn cuối", 12), Column("Tiêu chí", 24),
             Column("Địa bàn", 18), Column("Trạng thái", 16)),
            tuple(rows), "Không có nhiệm vụ nào khớp.",
        )
    ]  # fmt: skip


def _task(source: Source, row: PlanTask, item: model.Task) -> Row:
    task = row.task
    near = standing(task.start, task.end, source.today) if task.is_unfinished else None
    until = day(task.end)
    if task.end and near in (Standing.LATE, Standing.TODAY, Standing.SOON):
        tone = "no" if near == Standing.LATE else "wait"
        until = Cell(f"{task.end:%d/%m/%Y}, {distance(task.end, source.today)}", task.end, tone)
    return Row(
        (
            Cell(sentence(item.text), href=source.task_href(task.pk)),
            Cell("; ".join(item.lead)) if item.lead else Cell("chưa giao", missing=True),
            Cell("; ".join(item.partners)),
            Cell(item.deadline.text if item.deadline else ""),
            until,
            _criteria_of(source.plan, item.criteria),
            Cell("; ".join(item.places)),
            _tone(TaskState(task.state).label, STATE_TONES[TaskState(task.state)]),
        ),
        row.number,
        item.lines[0],
        href=source.task_href(task.pk),
    )


def quantities(source: Source) -> list[Table]:
    """Amounts of work with their places."""
    rows = [
        source.row("quantities", at, q, Cell(sentence(q.text)),
                   figure(words.number(q.value), q.value), Cell(q.unit or ""), Cell(q.place or ""))
        for at, q in enumerate(source.plan.quantities)
    ]  # fmt: skip
    columns = (Column("Nội dung", 60, MAIN), Column("Khối lượng", 14, "number"),
               Column("Đơn vị", 14), Column("Nơi làm", 24))  # fmt: skip
    return [Table("Khối lượng", columns, tuple(rows), "Kế hoạch không nêu khối lượng công việc.")]


def _money(amount: int | None) -> Cell:
    return Cell(words.money(amount), amount) if amount is not None else Cell("")


def money(source: Source) -> list[Table]:
    """Needs, sources, the balance stated beside the balance added up, and support policies."""
    plan, columns = source.plan, (Column("Nội dung", 60, MAIN), Column("Số tiền", 24, "money"))
    needs = [
        source.row("needs", at, n, Cell(sentence(n.text)), _money(n.amount),
                   _criteria_of(plan, [n.criterion]))
        for at, n in enumerate(plan.funding.needs)
    ]  # fmt: skip
    sources = [
        source.row("sources", at, s, Cell(sentence(s.text)),
                   _money(s.amount) if s.amount is not None else Cell("không nêu số", missing=True),
                   _tone("có điều kiện", ("wait", "!")) if s.conditional else Cell(""))
        for at, s in enumerate(plan.funding.sources)
    ]  # fmt: skip
    support = [
        source.row("support", at, p, Cell(sentence(p.text)), _money(p.amount), Cell(p.per or ""),
                   Cell(p.basis or ""))
        for at, p in enumerate(plan.support)
    ]  # fmt: skip
    return [
        _balance(plan.funding),
        Table("Nhu cầu", (*columns, Column("Tiêu chí", 24)), tuple(needs), "Không nêu nhu cầu."),
        Table("Nguồn vốn", (*columns, Column("Ghi chú", 16)), tuple(sources), "Không nêu nguồn."),
        Table("Hỗ trợ", (*columns, Column("Tính trên", 14), Column("Theo văn bản", 22)),
              tuple(support), "Không nêu chính sách hỗ trợ."),
    ]  # fmt: skip


def _balance(funding: model.Funding) -> Table:
    said, added = funding.stated, funding.computed
    rows = []
    for name, stated, computed, lines in (
        ("Tổng nhu cầu", said.needs, added.needs, said.needs_lines),
        ("Tổng nguồn vốn", said.sources, added.sources, said.sources_lines),
        ("Cân đối", said.balance, added.balance, said.balance_lines),
        ("Cân đối, không kể vốn có điều kiện", None, added.usable_balance, None),
    ):
        if stated is None and computed is None:
            continue
        alike = stated is None or computed is None or stated == computed
        verdict = Cell("") if stated is None else (
            Cell("khớp", tone="ok", icon="✓") if alike and computed is not None
            else Cell("" if alike else "không khớp", tone="" if alike else "no", icon="≠")
        )  # fmt: skip
        rows.append(
            Row((Cell(name), _money(stated), _money(computed), verdict),
                line=lines[0] if lines else 0)
        )  # fmt: skip
    columns = (Column("Khoản", 36, MAIN), Column("Văn bản ghi", 24, "money"),
               Column("Cộng từ các mục", 24, "money"), Column("So sánh", 14))  # fmt: skip
    return Table("Cân đối", columns, tuple(rows), "Kế hoạch không nêu kinh phí.")


def duties(source: Source) -> list[Table]:
    """What each office is told to do, and who reports to whom."""
    plan = source.plan
    work = [
        source.row("duties", at, d, Cell(d.office), Cell(words.ROLES[d.role]),
                   Cell(sentence(d.text)), _criteria_of(plan, d.criteria))
        for at, d in enumerate(plan.duties)
    ]  # fmt: skip
    reports = [
        source.row("reporting", at, r, Cell(r.from_ or "chưa rõ", missing=not r.from_),
                   Cell(r.to or ""), Cell(words.PERIODS[r.period]), Cell(words.due(r.due)),
                   Cell(", ".join(r.channels)))
        for at, r in enumerate(plan.reporting)
    ]  # fmt: skip
    return [
        Table("Phân công", (Column("Cơ quan, đơn vị", 36, MAIN), Column("Vai trò", 18),
              Column("Việc", 70), Column("Tiêu chí", 24)), tuple(work),
              "Kế hoạch không phân công cho cơ quan, đơn vị nào."),
        Table("Chế độ báo cáo", (Column("Đơn vị báo cáo", 36, MAIN), Column("Gửi", 30),
              Column("Kỳ", 14), Column("Hạn", 24), Column("Cách gửi", 20)), tuple(reports),
              "Kế hoạch không quy định chế độ báo cáo."),
    ]  # fmt: skip


def quarter_of(iso: str) -> str:
    """The quarter of a period or an ISO date, ``Quý II/2024``; the year where no month is told."""
    year, _, rest = iso.partition("-")
    if rest[:1] in ("Q", "H"):
        return words.period(iso)
    if not rest:
        return f"Năm {year}"
    return words.period(f"{year}-Q{(int(rest[:2]) - 1) // 3 + 1}")


def roadmap(source: Source) -> list[Table]:
    """The roadmap by quarter: its entries, the waves, and the tasks that end in it."""
    plan = source.plan
    rows: list[tuple[str, Row]] = []
    for at, s in enumerate(plan.schedule):
        when = words.period(s.period) + (
            f" (tháng {', '.join(map(str, s.months))})" * bool(s.months)
        )
        rows.append((_order(s.period), source.row(
            "schedule", at, s, Cell(when), Cell("Lộ trình"), Cell(sentence(s.text)),
            _criteria_of(plan, s.completes), source.progress("schedule", at),
            group=quarter_of(s.period))))  # fmt: skip
    for at, w in enumerate(plan.campaign.waves if plan.campaign else ()):
        when = f"{words.date(w.start)} – {words.date(w.end)}"
        rows.append((_order(w.start), source.row(
            "waves", at, w, Cell(when), Cell("Đợt cao điểm"), Cell(f"Đợt {at + 1}"), Cell(""),
            Cell(""), group=quarter_of(w.start))))  # fmt: skip
    for at, t in enumerate(plan.tasks):
        if t.deadline and t.deadline.end:
            rows.append((_order(t.deadline.end), source.row(
                "tasks", at, t, Cell(deadline(t.deadline)), Cell("Nhiệm vụ"),
                Cell(sentence(t.text)), _criteria_of(plan, t.criteria),
                source.progress("tasks", at),
                group=quarter_of(t.deadline.end))))  # fmt: skip
    ordered = tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))
    columns = (Column("Thời gian", 24), Column("Loại", 14), Column("Nội dung", 70, MAIN),
               Column("Hoàn thành tiêu chí", 26), Column("Trạng thái", 16))  # fmt: skip
    return [Table("Lộ trình", columns, ordered, "Kế hoạch không có lộ trình.")]


def _order(code: str) -> str:
    """A key that puts a period behind the days and months it spans: quarters at their end."""
    year, _, rest = code.partition("-")
    if rest.startswith("Q"):
        return f"{year}-{int(rest[1:]) * 3:02}-40"
    if rest.startswith("H"):
        return f"{year}-{int(rest[1:]) * 6:02}-50"
    return f"{year}-{rest}" if rest else f"{year}-99"


def findings(source: Source) -> list[Table]:
    """What the checks found, and what was set aside with the reason."""
    rows = []
    for f in source.plan.findings:
        number = draft.finding_number(f)
        aside = source.silenced.get(str(number))
        state = Cell("Cần xem", tone="wait", icon="!") if aside is None else Cell(
            f"Bỏ qua: {aside}" if aside else "Bỏ qua", tone="na", icon="–")  # fmt: skip
        rows.append(
            Row(
                (_tone(words.SEVERITIES[f.severity], SEVERITY_TONES[f.severity]), Cell(f.message),
                 Cell(f.advice), Cell(f.code), state),
                number, f.lines[0][0] if f.lines else 0, href=source.line_href(number),
            )
        )  # fmt: skip
    columns = (Column("Mức", 12), Column("Nội dung", 70, MAIN), Column("Cách sửa", 50),
               Column("Mã", 18), Column("Xử lý", 30))  # fmt: skip
    return [Table("Kiểm tra", columns, tuple(rows), "Không phát hiện lỗi nào.")]


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the plan."""

    slug: str
    name: str
    build: Callable[[Source], list[Table]]


SECTIONS = (
    Section("tieu-chi", "Tiêu chí, chỉ tiêu", criteria),
    Section("nhiem-vu", "Nhiệm vụ", tasks),
    Section("khoi-luong", "Khối lượng", quantities),
    Section("kinh-phi", "Kinh phí", money),
    Section("phan-cong", "Phân công", duties),
    Section("lo-trinh", "Lộ trình", roadmap),
    Section("kiem-tra", "Kiểm tra", findings),
)
BY_SLUG = {section.slug: section for section in SECTIONS}
