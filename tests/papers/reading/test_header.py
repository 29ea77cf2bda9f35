"""Head and foot: kind, number, place, date, issuer, title, signature, recipients."""

from __future__ import annotations

import pytest

from dinhlang.papers.plan import Plan
from tests.papers.reading.build import FOOT, HEAD, marked, paper, whole

BODY = "I. MỤC TIÊU\nNội dung."


def headed(**changes: str) -> Plan:
    head = HEAD
    for old, new in changes.items():
        head = head.replace(
            {
                "number": "Số: 15/KH-UBND",
                "date": "ngày 20 tháng 02 năm 2024",
                "kind": "KẾ HOẠCH",
                "issuer": "ỦY BAN NHÂN DÂN\nXÃ ĐỒNG SEN",
            }[old],
            new,
        )
    return paper(BODY, head=head)  # fmt: skip


def test_a_common_head_is_read_whole() -> None:
    document = paper(BODY).document
    assert (document.kind, document.number, document.symbol) == ("plan", "15/KH-UBND", "KH-UBND")
    assert (document.place, document.date, document.years) == ("Đồng Sen", "2024-02-20", [2024])
    assert (document.issuer, document.commune) == ("UBND xã Đồng Sen", "Đồng Sen")
    assert document.title == "Xây dựng xã nông thôn mới nâng cao năm 2024"


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 15/KH-UBND", "15/KH-UBND", "KH-UBND"),
        ("Số 15/KH-UBND", "15/KH-UBND", "KH-UBND"),
        ("Số:15 /KH - UBND", "15/KH-UBND", "KH-UBND"),
        ("Số: 07-KH/ĐU", "07-KH/ĐU", "KH/ĐU"),
        ("Số: 15/2024/QĐ-UBND", "15/2024/QĐ-UBND", "QĐ-UBND"),
        ("Số:      /KH-UBND", None, "KH-UBND"),
        ("Số: ...../KH-UBND", None, "KH-UBND"),
        ("Số: - KH- BCĐ", None, "KH-BCĐ"),
        ("**Số: 15/KH-UBND**", "15/KH-UBND", "KH-UBND"),
    ],
)
def test_the_number_is_read_and_a_blank_one_is_unknown(
    line: str, number: str | None, symbol: str
) -> None:
    document = headed(number=line).document
    assert (document.number, document.symbol) == (number, symbol)


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("ngày 20 tháng 02 năm 2024", "2024-02-20"),
        ("ngày 5 tháng 3 năm 2024", "2024-03-05"),
        ("ngày     tháng 3 năm 2024", "2024-03"),
        ("ngày ... tháng 3 năm 2024", "2024-03"),
        ("ngày   tháng   năm 2024", "2024"),
        ("ngày 31 tháng 02 năm 2024", None),
    ],
)
def test_the_date_keeps_what_is_written_and_no_more(words: str, date: str | None) -> None:
    assert headed(date=words).document.date == date


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("KẾ HOẠCH", "plan"), ("QUYẾT ĐỊNH", "decision"), ("BÁO CÁO", "report"),
        ("TỜ TRÌNH", "submission"), ("THÔNG BÁO", "notice"), ("BIÊN BẢN", "minutes"),
        ("PHƯƠNG ÁN", "plan"), ("NGHỊ QUYẾT", "other"), ("**KẾ HOẠCH**", "plan"),
    ],
)  # fmt: skip
def test_the_word_in_capitals_gives_the_kind(word: str, kind: str) -> None:
    assert headed(kind=word).document.kind == kind


def test_a_plan_to_launch_a_push_is_a_campaign() -> None:
    plan = paper(BODY, title="Phát động 60 ngày cao điểm xây dựng nông thôn mới năm 2024")
    assert plan.document.kind == "campaign"


def test_a_letter_is_known_by_its_subject_and_whom_it_addresses() -> None:
    plan = whole(
        """
        UBND XÃ ĐỒNG SEN
        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
        Độc lập - Tự do - Hạnh phúc
        Số: 88/UBND
        V/v rà soát tiêu chí số 17
        Đồng Sen, ngày 04 tháng 6 năm 2024
        Kính gửi: Trưởng các thôn.
        Đề nghị Trưởng các thôn rà soát số hộ có nhà tiêu.
        """
    )
    assert plan.document.kind == "letter"
    assert plan.document.title == "rà soát tiêu chí số 17"


def test_kind_and_title_may_stand_on_one_line_and_run_over_several() -> None:
    head = HEAD.replace(
        "KẾ HOẠCH\nXây dựng xã nông thôn mới nâng cao năm 2024",
        "KẾ HOẠCH XÂY DỰNG NÔNG THÔN MỚI\nTRÊN ĐỊA BÀN XÃ ĐỒNG SEN NĂM 2024",
    )
    title = paper(BODY, head=head).document.title or ""
    assert title.upper() == "XÂY DỰNG NÔNG THÔN MỚI TRÊN ĐỊA BÀN XÃ ĐỒNG SEN NĂM 2024"


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("Xây dựng nông thôn mới năm 2024", [2024]),
        ("Xây dựng nông thôn mới năm 2024 và năm 2025", [2024, 2025]),
        ("Xây dựng nông thôn mới năm 2024, giai đoạn 2021-2025", [2024]),
        ("Xây dựng nông thôn mới", [2024]),
    ],
)
def test_the_years_are_those_of_the_title_without_the_programmes_period(
    title: str, years: list[int]
) -> None:
    assert paper(BODY, title=title).document.years == years


@pytest.mark.parametrize(
    "issuer",
    [
        "ỦY BAN NHÂN DÂN\nXÃ ĐỒNG SEN", "UỶ BAN NHÂN DÂN\nXÃ ĐỒNG SEN", "UBND XÃ ĐỒNG SEN",
        "**ỦY BAN NHÂN DÂN**\n**XÃ ĐỒNG SEN**", "ỦY BAN NHÂN DÂN XÃ ĐỒNG SEN",
        "UBND HUYỆN VÂN TRÌ\nUBND XÃ ĐỒNG SEN",
    ],
)  # fmt: skip
def test_the_issuer_is_read_in_any_spelling_of_the_head(issuer: str) -> None:
    assert headed(issuer=issuer).document.issuer == "UBND xã Đồng Sen"


def test_a_head_in_two_columns_gives_the_same_as_one_line_after_another() -> None:
    head = (
        "ỦY BAN NHÂN DÂN\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "XÃ ĐỒNG SEN\t\tĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 15/KH-UBND\t\tĐồng Sen, ngày 20 tháng 02 năm 2024\n"
        "KẾ HOẠCH\nXây dựng xã nông thôn mới nâng cao năm 2024\n"
    )
    two, one = paper(BODY, head=head).document, paper(BODY).document
    for name in ("kind", "number", "issuer", "place", "date", "title", "commune", "years"):
        assert getattr(two, name) == getattr(one, name), name


@pytest.mark.parametrize(
    ("title", "levels"),
    [
        ("Xây dựng xã nông thôn mới năm 2024", ["ntm"]),
        ("Xây dựng xã NTM nâng cao năm 2024", ["advanced"]),
        ("Xây dựng xã nông thôn mới kiểu mẫu năm 2024", ["model"]),
        ("Xây dựng nông thôn mới hiện đại năm 2026", ["modern"]),
        ("Xây dựng khu dân cư nông thôn mới kiểu mẫu năm 2024", ["model-village"]),
        ("Xây dựng thôn thông minh năm 2024", ["smart-village"]),
        ("Xây dựng xã NTM kiểu mẫu, thôn thông minh năm 2024", ["model", "smart-village"]),
        ("Làm thủy lợi mùa khô năm 2024", []),
    ],
)  # fmt: skip
def test_the_levels_a_plan_aims_at_are_in_its_title(title: str, levels: list[str]) -> None:
    assert sorted(paper(BODY, title=title).levels) == sorted(levels)


def test_the_signature_tells_who_signs_for_whom() -> None:
    foot = FOOT.replace("CHỦ TỊCH", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nTrần Văn Mẫu")
    signatory = paper(BODY, foot=foot).document.signatory
    assert signatory is not None
    assert signatory.authority == "TM. ỦY BAN NHÂN DÂN"
    assert signatory.acting_for == "KT. CHỦ TỊCH"
    assert (signatory.title, signatory.name) == ("PHÓ CHỦ TỊCH", "Trần Văn Mẫu")


def test_marks_around_the_signature_are_no_part_of_the_name() -> None:
    foot = "**Nơi nhận:**\n- Lưu: VT.\n**TM. ỦY BAN NHÂN DÂN**\n**CHỦ TỊCH**\n***Trần Văn Mẫu***"
    signatory = paper(BODY, foot=foot).document.signatory
    assert signatory is not None
    assert (signatory.title, signatory.name) == ("CHỦ TỊCH", "Trần Văn Mẫu")


def test_a_paper_without_a_signature_has_no_signatory() -> None:
    plan = paper(BODY, foot="Nơi nhận:\n- Lưu: VT.")
    assert plan.document.signatory is None
    assert plan.document.recipients == ["Lưu: VT"]


@pytest.mark.parametrize("end", ["./.", ".", "", " ./."])
def test_the_end_of_the_text_may_be_marked_or_not(end: str) -> None:
    plan = paper(f"{BODY}\nTrên đây là kế hoạch của xã{end}")
    assert plan.document.recipients == ["UBND huyện Vân Trì", "Lưu: VT"]
    assert plan.outline[0].lines[1] == len(plan.text) - len(FOOT.split("\n"))


def test_a_foot_laid_out_as_a_table_in_capitals() -> None:
    plan = paper(BODY, foot="| NƠI NHẬN | CHỦ TỊCH |\n| - Các ấp; | (đã ký) |\n| - Lưu: VT. | |")
    assert plan.document.recipients == ["Các ấp", "Lưu: VT"]


def test_recipients_are_listed_one_by_one_with_their_places() -> None:
    listed = "- UBND huyện (b/c);\n-Các thôn; Trạm Y tế;\n- Lưu: VT, ĐC."
    foot = f"Nơi nhận:\n{listed}\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
    plan = paper(BODY, foot=foot)
    names = ["UBND huyện (b/c)", "Các thôn", "Trạm Y tế", "Lưu: VT, ĐC"]
    assert [one.text for one in plan.recipients] == names
    assert [marked(plan, one) for one in plan.recipients] == [[name] for name in names]


def test_a_paper_without_a_head_still_has_its_kind_and_body() -> None:
    plan = whole("KẾ HOẠCH\nXây dựng nông thôn mới nâng cao năm 2024\nI. MỤC TIÊU\nNội dung.")
    document = plan.document
    assert (document.kind, document.number, document.date) == ("plan", None, None)
    assert [section.label for section in plan.outline] == ["I"]
