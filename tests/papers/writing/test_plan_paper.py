"""The Kế hoạch as a paper: annexes, campaign, choices, the body that issues it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dinhlang.papers.plan import (
    Campaign,
    Criterion,
    Deadline,
    Document,
    Duty,
    Funding,
    GroupRule,
    Need,
    Plan,
    Quantity,
    ScheduleEntry,
    Source,
    Target,
    TargetGroup,
    Task,
    Village,
    Wave,
)
from dinhlang.papers.reading import own_tables as own
from dinhlang.papers.reading import read
from dinhlang.papers.writing.composing.plan import compose
from dinhlang.papers.writing.html import to_html
from dinhlang.papers.writing.tree import Annex, Heading, Paragraph, Table, plain
from dinhlang.papers.writing.word import to_docx

LINES = (0, 0)
AT: dict[str, Any] = {"lines": LINES}


def a_plan(issuer: str = "UBND xã Làng Mẫu", **parts: Any) -> Plan:
    document = Document(
        kind="plan", symbol="KH-UBND", issuer=issuer, commune="Làng Mẫu",
        title="Xây dựng nông thôn mới năm 2025", years=[2025],
    )  # fmt: skip
    return Plan(document=document, levels=["ntm"], **parts)


def body(plan: Plan) -> list[str]:
    """The lines of the body, without its tables."""
    return [
        plain(block.text)
        for block in compose(plan).blocks
        if isinstance(block, Heading | Paragraph)
    ]


def tables(annex: Annex) -> list[Table]:
    return [block for block in annex.blocks if isinstance(block, Table)]


def amount(text: str, value: str, place: str | None = None, unit: str = "m") -> Quantity:
    return Quantity(text=text, value=value, unit=unit, place=place, **AT)


HEDGE = [
    amount("trồng hàng rào xanh", "400", "thôn Đình"),
    amount("trồng hàng rào xanh", "300", "thôn Chợ"),
    amount("trồng hàng rào xanh", "700"),
    amount("xây hố rác", "12", "thôn Chợ", "hố"),
]
FULL = a_plan(
    targets=[
        Target(text="tỷ lệ hộ dùng nước sạch", comparator=">=", value="95", unit="%",
               criterion=17, **AT),
    ],
    duties=[Duty(office="Trạm Y tế xã", role="lead", criteria=[17], text="Chủ trì", **AT)],
    schedule=[ScheduleEntry(period="2025-Q1", text="rà soát hộ", completes=[17], **AT)],
    quantities=HEDGE,
    criteria=[Criterion(number=17, name="Môi trường", level="ntm", status="to_reach", **AT)],
    funding=Funding(
        needs=[Need(text="nước sạch", amount=900_000_000, criterion=17, **AT)],
        sources=[
            Source(text="Ngân sách xã", amount=500_000_000, **AT),
            Source(text="Tiền thưởng", amount=300_000_000, conditional=True, **AT),
        ],
    ),
)  # fmt: skip


def test_annexes_come_from_the_data_and_the_body_refers_to_each() -> None:
    paper = compose(FULL)
    assert [annex.title for annex in paper.annexes] == [
        "Chỉ tiêu và đơn vị chủ trì", "Lộ trình thực hiện theo quý",
        "Khối lượng thực hiện theo thôn", "Nhu cầu, nguồn vốn và cân đối kinh phí",
    ]  # fmt: skip
    said = " ".join(body(FULL))
    assert all(f"tại Phụ lục {number} kèm theo" in said for number in ("I", "II", "III", "IV"))


def test_an_annex_without_data_is_left_out() -> None:
    assert compose(a_plan()).annexes == ()
    only = a_plan(schedule=FULL.schedule)
    assert [annex.title for annex in compose(only).annexes] == ["Lộ trình thực hiện theo quý"]
    assert any("tại Phụ lục kèm theo" in line for line in body(only))


def test_a_target_names_the_office_that_leads_its_criterion() -> None:
    (table,) = tables(compose(FULL).annexes[0])
    owner = [column.title for column in table.columns].index(own.OWNER)
    assert table.rows[0].cells[owner] == "Trạm Y tế xã"


def test_a_target_names_the_lead_of_the_task_that_names_it() -> None:
    target = Target(text="camera", comparator="=", value="100", unit="%", code="2.4", **AT)
    task = Task(text="lắp camera (chỉ tiêu 2.4)", lead=["Công an xã"], **AT)
    annex = compose(a_plan(targets=[target], tasks=[task])).annexes[0]
    assert "Công an xã" in tables(annex)[0].rows[0].cells


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("17.2", "hộ phân loại rác", "Trạm Y tế xã"),  # by its code
        (None, "tỷ lệ hộ giữ môi trường sạch", "Trạm Y tế xã"),  # by the criterion's name
        (None, "tỷ lệ hộ dùng nước sạch", ""),
        ("1.2", "hộ phân loại rác", ""),  # the plan has no criterion 1
        (None, "môi trường và thu nhập", ""),  # two are named
    ],
)
def test_a_target_of_no_criterion_takes_the_lead_of_the_one_it_names(
    code: str | None, text: str, found: str
) -> None:
    target = Target(text=text, comparator=">=", value="90", unit="%", code=code, **AT)
    criteria = [*FULL.criteria, Criterion(number=10, name="Thu nhập", level="ntm", **AT)]
    made = replace(FULL, targets=[target], criteria=criteria)
    (table,) = tables(compose(made).annexes[0])
    owner = [column.title for column in table.columns].index(own.OWNER)
    assert table.rows[0].cells[owner] == found


def goal(text: str, when: str) -> Task:
    return Task(text=text, deadline=Deadline(end="2025-12-15", text=when), **AT)


def test_the_goal_stands_among_the_goals_and_is_no_task_of_the_annex() -> None:
    work = Task(text="lắp camera", lead=["Công an xã"], **AT)
    whole = goal("Phấn đấu xã Làng Mẫu đạt chuẩn nông thôn mới", "trước ngày 15/12/2025")
    made = a_plan(tasks=[whole, work])
    assert "Phấn đấu xã Làng Mẫu đạt chuẩn nông thôn mới trước ngày 15/12/2025." in body(made)
    (table,) = tables(compose(made).annexes[0])
    assert [row.cells[1] for row in table.rows] == ["Lắp camera"]
    back = read(to_docx(compose(made)), "a.docx")
    assert [(task.text, task.deadline) for task in back.tasks if not task.lead] == [
        (whole.text, whole.deadline)
    ]


def test_a_goal_that_its_line_does_not_say_whole_is_kept_in_the_annex() -> None:
    work = Task(text="lắp camera", lead=["Công an xã"], **AT)
    made = a_plan(tasks=[goal("xã Làng Mẫu đạt chuẩn nông thôn mới", "15/12/2025"), work])
    (table,) = tables(compose(made).annexes[0])
    assert len(table.rows) == 2
    assert len(read(to_docx(compose(made)), "a.docx").tasks) == 2


def test_amounts_by_village_stand_crossed_and_the_total_is_no_part() -> None:
    (table,) = tables(compose(FULL).annexes[2])
    heads = [column.title for column in table.columns]
    assert heads == ["TT", "Nội dung", "Đơn vị tính", "Thôn Đình", "Thôn Chợ", own.SUM, own.WHOLE]
    assert [row.cells[1:] for row in table.rows] == [
        ("Trồng hàng rào xanh", "m", "400", "300", "700", "700"),
        ("Xây hố rác", "hố", "", "12", "12", ""),
    ]


def test_many_villages_stand_one_below_the_other_with_a_row_of_sums() -> None:
    many = [amount("trồng cây", "10", f"thôn {n}", "cây") for n in range(1, 13)]
    (table,) = tables(compose(a_plan(quantities=many)).annexes[0])
    assert [column.title for column in table.columns] == ["TT", "Địa bàn", "Trồng cây (cây)"]
    assert len(table.rows) == 13
    assert table.rows[-1].cells == ("", own.SUM, "120") and table.rows[-1].strong


def test_money_on_condition_is_counted_nowhere() -> None:
    text = to_html(compose(FULL))
    assert "900 triệu đồng - 500 triệu đồng = 400 triệu đồng (xã còn thiếu 400 triệu đồng)" in text
    assert "(300 triệu đồng) chưa tính vào cân đối" in text
    sources = tables(compose(FULL).annexes[3])[1]
    assert [row.cells for row in sources.rows if row.strong] == [
        ("", own.TOTAL, "500"), (own.CONDITIONAL,),
    ]  # fmt: skip


def test_without_a_need_nothing_is_said_to_be_left_over() -> None:
    plan = a_plan(funding=Funding(sources=FULL.funding.sources))
    assert "thừa" not in to_html(compose(plan)) and "thiếu" not in to_html(compose(plan))


def test_a_campaign_says_its_days_and_each_wave() -> None:
    campaign = Campaign(
        days=90,
        waves=[
            Wave(start="2025-03-10", end="2025-04-30", **AT),
            Wave(start="2025-05-15", end="2025-06-30", **AT),
        ],
    )
    said = body(a_plan(campaign=campaign))
    assert "Đợt cao điểm 90 ngày, chia thành 02 đợt:" in said
    assert "Đợt 2: từ ngày 15/05/2025 đến ngày 30/06/2025." in said


def test_choices_and_the_days_of_villages_are_said() -> None:
    groups = [TargetGroup(name="lĩnh vực nổi trội", rule=GroupRule(at_least=1, of=3),
                          targets=["1.1", "1.2", "1.3"], **AT)]  # fmt: skip
    villages = [
        Village(name="Chợ", goal="smart-village",
                deadline=Deadline(end="2025-09-30", text="trước ngày 30/9/2025"), **AT),
        Village(name="Đông", goal="model-village", **AT),
    ]  # fmt: skip
    tasks = [Task(text="Lắp loa", lead=["Ấp Đông"], **AT)]
    said = body(a_plan(groups=groups, villages=villages, tasks=tasks))
    assert "Lĩnh vực nổi trội: đạt ít nhất 01 trong 03 (1.1; 1.2; 1.3)." in said
    assert "Xây dựng thôn Chợ đạt chuẩn thôn thông minh trước ngày 30/9/2025." in said
    assert "Xây dựng ấp Đông đạt chuẩn khu dân cư nông thôn mới kiểu mẫu." in said


@pytest.mark.parametrize(
    ("issuer", "parent", "lines", "authority", "title"),
    [
        ("UBND xã Làng Mẫu", "", ("Ủy ban nhân dân", "xã Làng Mẫu"), "TM. Ủy ban nhân dân",
         "Chủ tịch"),
        ("BCĐ chương trình MTQG xây dựng NTM xã Làng Mẫu", "Ủy ban nhân dân xã\u00a0Làng\u00a0Mẫu",
         ("Ban Chỉ đạo chương trình MTQG xây dựng nông thôn mới",), "TM. Ban Chỉ đạo",
         "Trưởng ban"),
        ("Ban chỉ đạo", "Ủy ban nhân dân xã\u00a0Làng\u00a0Mẫu", ("Ban Chỉ đạo",),
         "TM. Ban Chỉ đạo", "Trưởng ban"),
    ],
)  # fmt: skip
def test_head_opening_and_signature_are_of_one_body(
    issuer: str, parent: str, lines: tuple[str, ...], authority: str, title: str
) -> None:
    paper = compose(a_plan(issuer))
    assert (paper.head.parent, paper.head.issuer) == (parent, lines)
    assert body(a_plan(issuer))[0].startswith(f"{paper.head.issuer_words} ban hành Kế hoạch")
    assert paper.signature is not None
    assert (paper.signature.authority, paper.signature.title) == (authority, title)


@pytest.mark.parametrize(
    ("office", "text", "shown"),
    [
        ("Trưởng thôn Chợ", ", thôn Đình báo cáo hằng tuần",
         "Trưởng thôn Chợ, thôn Đình báo cáo hằng tuần."),
        ("Công chức Nông nghiệp", "theo dõi chung", "Công chức Nông nghiệp theo dõi chung."),
        ("Công an xã", "Giao Công an xã lắp camera", "Giao Công an xã lắp camera."),
        ("Hội Nông dân", "Vận động hội viên", "Vận động hội viên."),
    ],
)  # fmt: skip
def test_a_duty_is_a_whole_sentence(office: str, text: str, shown: str) -> None:
    assert shown in body(a_plan(duties=[Duty(office=office, role="lead", text=text, **AT)]))


def test_a_long_duty_is_not_cut() -> None:
    text = "Rà soát " + "từng hộ trong thôn, " * 60 + "hướng dẫn"
    duty = replace(FULL.duties[0], text=text)
    assert any(line.endswith("hướng dẫn.") for line in body(a_plan(duties=[duty])))


def test_what_a_target_leaves_out_is_said_once() -> None:
    text = "Không có hộ nghèo (trừ hộ bảo trợ xã hội)"
    targets = [
        Target(text=text, comparator="yes", exceptions=["hộ bảo trợ xã hội"], **AT),
        Target(text="tỷ lệ hộ nghèo", comparator="<", value="1", unit="%",
               exceptions=["hộ già"], **AT),
    ]  # fmt: skip
    (table,) = tables(compose(a_plan(targets=targets)).annexes[0])
    assert [row.cells[-1] for row in table.rows] == ["", "Trừ: hộ già"]
    assert [row.cells[1] for row in table.rows] == [text, "Tỷ lệ hộ nghèo"]
