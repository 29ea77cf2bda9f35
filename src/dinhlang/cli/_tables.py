"""A plan as tables on a terminal: what was read, kind by kind, with the line numbers."""

from __future__ import annotations

import shutil
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

from dinhlang.papers.plan import Deadline, Lines, Plan, ReportRule, Section, Target
from dinhlang.vietnamese import format_money, format_number, parse_number

LEVELS = {
    "ntm": "nông thôn mới", "advanced": "nâng cao", "model": "kiểu mẫu", "modern": "hiện đại",
    "smart-village": "thôn thông minh", "model-village": "thôn kiểu mẫu", "village": "thôn NTM",
}  # fmt: skip
STATUSES = {
    "reached": "đã đạt", "to_reach": "phấn đấu đạt", "maintain": "duy trì", "committed": "cam kết",
}  # fmt: skip
ROLES = {
    "lead": "chủ trì", "advise": "tham mưu", "deliver": "thực hiện", "partner": "phối hợp",
    "follow": "theo dõi", "report": "báo cáo", "request": "đề nghị",
}  # fmt: skip
PERIODS = {
    "daily": "hằng ngày", "weekly": "hằng tuần", "monthly": "hằng tháng", "quarterly": "hằng quý",
    "half-yearly": "6 tháng", "yearly": "hằng năm", "ad-hoc": "đột xuất", "unstated": "định kỳ",
}  # fmt: skip
KINDS = {
    "plan": "Kế hoạch", "campaign": "Kế hoạch phát động", "report": "Báo cáo",
    "decision": "Quyết định", "submission": "Tờ trình", "letter": "Công văn",
    "notice": "Thông báo", "minutes": "Biên bản", "other": "Văn bản",
}  # fmt: skip
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "yes": "có"}


def lines_text(lines: Lines | None) -> str:
    """``12`` or ``12–14``."""
    if lines is None:
        return ""
    return str(lines[0]) if lines[0] == lines[1] else f"{lines[0]}–{lines[1]}"


def day_text(iso: str | None) -> str:
    """``30/06/2024`` from ``2024-06-30``; a month or a year the same way; a dash for unknown."""
    return "/".join(reversed(iso.split("-"))) if iso else "—"


def target_text(target: Target) -> str:
    """``≥ 25 %``, ``có``."""
    number = parse_number(target.value.replace(".", ",")) if target.value else None
    value = format_number(number) if number is not None else ""
    return " ".join(p for p in (_SIGNS[target.comparator], value, target.unit or "") if p)


def deadline_text(deadline: Deadline | None) -> str:
    """The end of a deadline, with its start where it has one."""
    if deadline is None:
        return "—"
    start = f"{day_text(deadline.start)} – " if deadline.start else ""
    return start + day_text(deadline.end)


def due_text(rule: ReportRule) -> str:
    """``hằng tuần, 14:30 thứ Năm``."""
    words = [PERIODS[rule.period]]
    if rule.due:
        if rule.due.weekday:
            words.append(_WEEKDAYS[rule.due.weekday - 1])
        if rule.due.day:
            words.append(f"ngày {rule.due.day}")
        if rule.due.time:
            words.append(f"trước {rule.due.time}")
    return ", ".join(words)


def tables(plan: Plan, name: str) -> Iterator[str]:
    """The lines to print for one plan."""
    width = max(72, min(shutil.get_terminal_size((110, 24)).columns, 160))
    yield f"── {name} " + "─" * max(0, width - 4 - len(name))
    yield from _head(plan)
    for title, header, rows in _kinds(plan):
        if rows:
            yield ""
            yield f"{title} ({len(rows)})"
            yield from _table(header, rows, width)
    yield from _money(plan)
    if plan.findings:
        yield ""
        yield f"Phát hiện ({len(plan.findings)})"
        for finding in plan.findings:
            where = ", ".join(lines_text(lines) for lines in finding.lines)
            yield f"  {finding.code} (dòng {where}): {finding.message}"
    yield ""


def _head(plan: Plan) -> Iterator[str]:
    document = plan.document
    place = ", ".join(
        f"{kind} {unit}"
        for kind, unit in (
            ("xã", document.commune), ("huyện", document.district), ("tỉnh", document.province),
        )
        if unit
    )  # fmt: skip
    levels = ", ".join(LEVELS[level] for level in plan.levels)
    for label, value in (
        ("Loại", KINDS[document.kind]),
        ("Số", document.number or (document.symbol and f"…/{document.symbol}") or "chưa ghi"),
        ("Ngày", day_text(document.date)), ("Cơ quan", document.issuer), ("Tên", document.title),
        ("Địa bàn", place), ("Năm", ", ".join(map(str, document.years))), ("Mức", levels),
        ("Ký", document.signatory.title if document.signatory else None),
    ):  # fmt: skip
        if value:
            yield f"{label:>9}: {value}"
    for note in plan.source.notes if plan.source else []:
        yield f"  Ghi chú: {note}"


Rows = list[Sequence[str]]


Kind = tuple[str, Sequence[str], Rows]


def _kinds(plan: Plan) -> Iterator[Kind]:
    yield from _demands(plan)
    yield from _work(plan)
    yield from _rules(plan)


def _demands(plan: Plan) -> Iterator[Kind]:
    yield (
        "Căn cứ",
        ("Số", "Loại", "Ngày", "Dòng"),
        [
            (b.number or "—", b.kind or "—", day_text(b.date), lines_text(b.lines))
            for b in plan.legal_bases
        ],
    )
    yield "Bố cục", ("Mục", "Dòng"), list(_outline(plan.outline, 0))
    yield "Tiêu chí", ("Số", "Tên", "Mức", "Trạng thái", "Còn thiếu", "Dòng"), [
        (
            str(c.number or "—"), c.name, LEVELS[c.level] if c.level else "—",
            STATUSES[c.status] if c.status else "—", "; ".join(g.text for g in c.gaps) or "—",
            lines_text(c.lines),
        )
        for c in plan.criteria
    ]  # fmt: skip
    yield (
        "Chỉ tiêu",
        ("Mã", "Nội dung", "Yêu cầu", "Tiêu chí", "Dòng"),
        [
            (t.code or "—", t.text, target_text(t), str(t.criterion or "—"), lines_text(t.lines))
            for t in plan.targets
        ],
    )
    yield "Nhóm chỉ tiêu", ("Nhóm", "Quy tắc", "Gồm", "Dòng"), [
        (
            g.name, f"ít nhất {g.rule.at_least}/{g.rule.of or '?'}", ", ".join(g.targets) or "—",
            lines_text(g.lines),
        )
        for g in plan.groups
    ]  # fmt: skip


def _work(plan: Plan) -> Iterator[Kind]:
    yield (
        "Khối lượng",
        ("Nội dung", "Số lượng", "Nơi", "Dòng"),
        [
            (q.text, f"{_plain(q.value)} {q.unit or ''}", q.place or "—", lines_text(q.lines))
            for q in plan.quantities
        ],
    )
    yield "Nhiệm vụ", ("Việc", "Chủ trì", "Phối hợp", "Hạn", "Dòng"), [
        (
            t.text, ", ".join(t.lead) or "—", ", ".join(t.partners) or "—",
            deadline_text(t.deadline), lines_text(t.lines),
        )
        for t in plan.tasks
    ]  # fmt: skip
    yield (
        "Phân công",
        ("Cơ quan", "Vai trò", "Tiêu chí", "Dòng"),
        [
            (d.office, ROLES[d.role], ", ".join(map(str, d.criteria)) or "—", lines_text(d.lines))
            for d in plan.duties
        ],
    )
    yield (
        "Lộ trình",
        ("Kỳ", "Việc", "Xong tiêu chí", "Dòng"),
        [
            (s.period, s.text, ", ".join(map(str, s.completes)) or "—", lines_text(s.lines))
            for s in plan.schedule
        ],
    )


def _rules(plan: Plan) -> Iterator[Kind]:
    if plan.campaign:
        yield (
            "Các đợt",
            ("Từ", "Đến", "Dòng"),
            [
                (day_text(w.start), day_text(w.end), lines_text(w.lines))
                for w in plan.campaign.waves
            ],
        )
    yield (
        "Chính sách hỗ trợ",
        ("Nội dung", "Mức", "Căn cứ", "Dòng"),
        [
            (
                s.text,
                f"{format_money(s.amount)}/{s.per or '?'}",
                s.basis or "—",
                lines_text(s.lines),
            )
            for s in plan.support
        ],
    )
    yield (
        "Chế độ báo cáo",
        ("Ai", "Gửi", "Khi nào", "Kênh", "Dòng"),
        [
            (
                r.from_ or "—",
                r.to or "—",
                due_text(r),
                ", ".join(r.channels) or "—",
                lines_text(r.lines),
            )
            for r in plan.reporting
        ],
    )
    yield (
        "Thôn",
        ("Tên", "Mục tiêu", "Dòng"),
        [(v.name, LEVELS[v.goal] if v.goal else "—", lines_text(v.lines)) for v in plan.villages],
    )
    yield "Phong trào", ("Tên", "Dòng"), [(m.name, lines_text(m.lines)) for m in plan.movements]


def _outline(sections: Sequence[Section], depth: int) -> Iterator[Sequence[str]]:
    for section in sections:
        yield (f"{'  ' * depth}{section.label}. {section.title}", lines_text(section.lines))
        yield from _outline(section.children, depth + 1)


def _plain(value: str) -> str:
    number = parse_number(value.replace(".", ","))
    return format_number(number) if number is not None else value


def _money(plan: Plan) -> Iterator[str]:
    funding = plan.funding
    if not (funding.needs or funding.sources):
        return
    yield ""
    yield "Kinh phí"
    for need in funding.needs:
        criterion = f" (tiêu chí {need.criterion})" if need.criterion else ""
        where = lines_text(need.lines)
        yield f"  cần   {format_money(need.amount):>18}  {need.text}{criterion}  · {where}"
    for source in funding.sources:
        amount = format_money(source.amount) if source.amount is not None else "chưa ghi số"
        condition = " — có điều kiện" if source.conditional else ""
        yield f"  nguồn {amount:>18}  {source.text}{condition}  · {lines_text(source.lines)}"
    for label, stated, computed in (
        ("Tổng nhu cầu", funding.stated.needs, funding.computed.needs),
        ("Tổng nguồn", funding.stated.sources, funding.computed.sources),
        ("Cân đối", funding.stated.balance, funding.computed.balance),
        ("Cân đối không kể nguồn có điều kiện", None, funding.computed.usable_balance),
    ):
        said = f"văn bản ghi {format_money(stated)}" if stated is not None else ""
        sums = f"cộng được {format_money(computed)}" if computed is not None else ""
        if said or sums:
            yield f"  {label}: {'; '.join(p for p in (said, sums) if p)}"


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 1 for c in text)


def _table(header: Sequence[str], rows: Rows, width: int) -> Iterator[str]:
    """Columns fitted to the screen; long words wrap inside their column."""
    count = len(header)
    natural = [max(_width(r[i]) for r in (header, *rows)) for i in range(count)]
    room = width - 2 * count
    widths = list(natural)
    while sum(widths) > room and max(widths) > 14:
        widths[max(range(count), key=widths.__getitem__)] -= 1
    yield "  " + "  ".join(h.ljust(w) for h, w in zip(header, widths, strict=True)).rstrip()
    yield "  " + "  ".join("─" * w for w in widths)
    for row in rows:
        cells = [textwrap.wrap(c, w) or [""] for c, w in zip(row, widths, strict=True)]
        for at in range(max(map(len, cells))):
            parts = [
                (c[at] if at < len(c) else "").ljust(w) for c, w in zip(cells, widths, strict=True)
            ]
            yield "  " + "  ".join(parts).rstrip()
