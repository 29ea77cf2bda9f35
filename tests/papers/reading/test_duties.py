"""What each office is told to do, and the role the verb gives it."""

from __future__ import annotations

import pytest

from tests.papers.reading.build import paper, row


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Chủ trì làm đường hoa ở các thôn.", "lead"),
        ("Tham mưu cho UBND xã về tài chính.", "advise"),
        ("Phối hợp với các thôn làm đường hoa.", "partner"),
        ("Theo dõi, đôn đốc các thôn làm đường.", "follow"),
        ("Kiểm tra các thôn làm đường.", "follow"),
        ("Báo cáo kết quả của các thôn.", "report"),
        ("Vận động nhân dân làm đường hoa.", "deliver"),
        ("Tổ chức cho nhân dân làm đường hoa.", "deliver"),
        ("Theo dõi các thôn; chủ trì làm đường hoa.", "lead"),
    ],
)
def test_the_verb_gives_the_role(words: str, role: str) -> None:
    plan = paper(f"I. TỔ CHỨC THỰC HIỆN\n1. Công an xã\n- {words}\n2. Trạm Y tế xã\n- Họp dân.")
    duty = plan.duties[0]
    assert (duty.office, duty.role) == ("Công an xã", role)
    assert role in duty.roles


def test_what_is_asked_of_a_body_is_a_request() -> None:
    plan = paper(
        "I. TỔ CHỨC THỰC HIỆN\n1. Công an xã: giữ trật tự ở các thôn.\n"
        "2. Đề nghị Ủy ban MTTQ xã\n- Giám sát việc làm đường."
    )
    got = [(duty.office, duty.role) for duty in plan.duties]
    assert got == [("Công an xã", "deliver"), ("Ủy ban MTTQ xã", "request")]


@pytest.mark.parametrize(
    "form",
    [
        "1. Công an xã\n- Giữ trật tự ở các thôn.\n2. Trạm Y tế xã\n- Khám cho người già.",
        "1. Công an xã: giữ trật tự ở các thôn.\n2. Trạm Y tế xã: khám cho người già.",
        "1/ Công an xã: giữ trật tự ở các thôn.\n2/ Trạm Y tế xã: khám cho người già.",
        "a) Công an xã: giữ trật tự ở các thôn.\nb) Trạm Y tế xã: khám cho người già.",
        "- Công an xã giữ trật tự ở các thôn.\n- Trạm Y tế xã tổ chức khám cho người già.",
        "**1. Công an xã**\n-Giữ trật tự ở các thôn.\n**2. Trạm Y tế xã**\n+Khám cho người già.",
    ],
    ids=["headings", "colons", "slashes", "letters", "bullets", "bold and tight bullets"],
)
def test_every_office_has_its_duty_in_any_form_of_list(form: str) -> None:
    duties = paper(f"III. TỔ CHỨC THỰC HIỆN\n{form}").duties
    assert [duty.office for duty in duties] == ["Công an xã", "Trạm Y tế xã"] or [
        duty.office.split(" giữ")[0] for duty in duties
    ] == ["Công an xã", "Trạm Y tế xã"]


def test_a_duty_covers_its_heading_and_all_its_items_and_names_its_criteria() -> None:
    plan = paper(
        "III. TỔ CHỨC THỰC HIỆN\n1. Công an xã\n- Chủ trì tiêu chí số 19.\n- Giúp tiêu chí số 16.\n"
        "2. Trạm Y tế xã\n- Khám cho người già."
    )
    duty = plan.duties[0]
    assert duty.lines == (row(plan, "1. Công an")[0], row(plan, "số 16")[0])
    assert duty.criteria == [19, 16]


def test_reporting_money_and_closing_words_are_no_office() -> None:
    plan = paper(
        "III. TỔ CHỨC THỰC HIỆN\n1. Công an xã\n- Giữ trật tự.\n2. Trạm Y tế xã\n- Khám bệnh.\n"
        "3. Chế độ báo cáo\n- Báo cáo hằng tháng.\n"
        "Trên đây là kế hoạch của xã, đề nghị các thôn thực hiện."
    )
    assert [duty.office for duty in plan.duties] == ["Công an xã", "Trạm Y tế xã"]


def test_a_table_of_criteria_and_who_follows_them_gives_leads() -> None:
    plan = paper(
        "III. PHÂN CÔNG\n| TT | Tiêu chí | Kết quả | Người phụ trách |\n|---|---|---|---|\n"
        "| 1 | Quy hoạch | Đạt | Công chức Địa chính |\n| 4 | Điện | Chưa đạt | Công an xã |"
    )
    got = [(duty.office, duty.role, duty.criteria) for duty in plan.duties]
    assert got == [("Công chức Địa chính", "lead", [1]), ("Công an xã", "lead", [4])]
