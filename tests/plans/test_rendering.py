"""The paper's layout, its marks, and the cards."""

from __future__ import annotations

from pathlib import Path

import pytest

from dinhlang.papers.plan import Document, Finding, Movement, Plan, SourceInfo, Target
from dinhlang.papers.reading import read
from dinhlang.plans.rendering import items, marks, paper, words
from dinhlang.plans.rendering.page import overview, page
from dinhlang.plans.rendering.paper import Block, Piece
from tests.plans.papers import TEXT, small_plan


def plan_of(*lines: str, **more: object) -> Plan:
    """A plan of these lines."""
    source = SourceInfo(name="a.txt", reader="text", sha256="0", text=list(lines))
    return Plan(document=Document(), source=source, **more)  # type: ignore[arg-type]


def laid_out(plan: Plan) -> list[Block]:
    return paper.blocks(plan, items.entries(plan))


def shown(piece: Piece) -> str:
    return "".join(run.text for run in piece.runs)


def pieces(blocks: list[Block]) -> list[Piece]:
    """Every piece of the paper, in order."""
    found = []
    for block in blocks:
        found += [*block.pieces, *block.right, *(c for row in block.rows for c in row.cells)]
    return found


def test_the_head_stands_in_two_columns_whose_lines_keep_their_numbers() -> None:
    head = laid_out(small_plan())[0]
    assert head.shape == "head"
    assert [(p.number, shown(p)) for p in head.pieces] == [
        (1, "ỦY BAN NHÂN DÂN"), (2, "XÃ LÀNG MẪU"), (3, "Số: 05/KH-UBND"),
    ]  # fmt: skip
    assert [p.number for p in head.right] == [1, 2, 3]
    assert shown(head.right[2]) == "Làng Mẫu, ngày 03 tháng 02 năm 2030"


BLANK = "\u00a0" * 4


def test_a_day_left_blank_for_the_office_stays_one_line_of_the_head() -> None:
    date_line = f"Làng Mẫu, ngày{BLANK} tháng{BLANK} năm 2027"
    number = f"Số: {BLANK}{BLANK}/KH-UBND"
    blocks = laid_out(
        plan_of("UBND XÃ LÀNG MẪU", number, "Độc lập - Tự do - Hạnh phúc", date_line, "KẾ HOẠCH")
    )
    told = [shown(piece) for piece in pieces(blocks)]
    assert date_line in told and number in told


def test_the_title_is_the_kind_and_the_lines_of_the_title() -> None:
    title = laid_out(small_plan())[1]
    assert (title.shape, [shown(p) for p in title.pieces]) == (
        "title", ["KẾ HOẠCH", "Xây dựng nông thôn mới năm 2030"],
    )  # fmt: skip


def test_the_signature_stands_beside_the_recipients() -> None:
    foot = laid_out(small_plan())[-1]
    assert foot.shape == "foot"
    assert [shown(p) for p in foot.pieces] == ["Nơi nhận:", "- Lưu: VT."]
    assert [(shown(p), p.style) for p in foot.right] == [
        ("TM. ỦY BAN NHÂN DÂN", "strong"), ("CHỦ TỊCH", "strong"), ("Họ và tên", "name"),
    ]  # fmt: skip


def test_rows_become_one_table_and_a_total_spans_its_empty_cells() -> None:
    [table] = [block for block in laid_out(small_plan()) if block.shape == "table"]
    assert [[shown(c).strip() for c in row.cells] for row in table.rows] == [
        ["TT", "Nội dung", "Kinh phí"], ["1", "Đường trục", "4,2 tỷ đồng"], ["Tổng cộng", "4,3"],
    ]  # fmt: skip
    assert [(row.head, row.wide, row.is_total) for row in table.rows] == [
        (True, 1, False), (False, 1, False), (False, 2, True),
    ]  # fmt: skip


def test_headings_and_bases_are_told_from_paragraphs() -> None:
    styles = {p.number: p.style for p in pieces(laid_out(small_plan()))}
    assert (styles[8], styles[9], styles[10]) == ("basis", "heading-1", "para")


def test_a_paper_without_a_head_or_a_foot_is_just_its_lines() -> None:
    blocks = laid_out(plan_of("Một dòng.", "", "Hai dòng."))
    assert [block.shape for block in blocks] == ["line", "line"]


def test_a_plan_without_text_has_an_empty_paper() -> None:
    assert laid_out(Plan(document=Document())) == []


def test_every_line_of_the_real_plans_is_on_the_paper_once_with_all_its_words(
    plan_files: list[Path],
) -> None:
    samples = sorted((Path(__file__).resolve().parents[2] / "samples").glob("*.txt"))
    for file in [*plan_files, *samples]:
        plan = read(file)
        seen: dict[int, str] = {}
        for piece in pieces(laid_out(plan)):
            seen[piece.number] = seen.get(piece.number, "") + shown(piece)
        for number, line in enumerate(plan.text, start=1):
            if line.strip(" *#_\\|-"):
                assert letters(seen[number]) == letters(line), (file.name, number)


def letters(text: str) -> str:
    """The letters and digits of a line, without names of formula signs."""
    for sign in (r"\geq", r"\leq", r"\ge", r"\le", r"\times"):
        text = text.replace(sign, "")
    return "".join(c for c in text if c.isalnum())


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("plain", [("plain", False, False)]),
        ("## KẾ HOẠCH", [("KẾ HOẠCH", False, False)]),
        ("**Đậm** thường", [("Đậm", True, False), (" thường", False, False)]),
        ("8. *Điện*: có", [("8. ", False, False), ("Điện", False, True), (": có", False, False)]),
        ("**TM. ỦY BAN", [("TM. ỦY BAN", True, False)]),
        ("CHỦ TỊCH**", [("CHỦ TỊCH", True, False)]),
        ("* mục có dấu sao", [("* mục có dấu sao", False, False)]),
        (r"1\. mục \- gạch", [("1. mục - gạch", False, False)]),
        (r"đạt $\geq 25\%$ trở lên", [("đạt ≥ 25% trở lên", False, False)]),
        ("giá 5$ và 6$ mỗi kg", [("giá 5$ và 6$ mỗi kg", False, False)]),
    ],
)  # fmt: skip
def test_markdown_and_formulas_are_shown_as_word_would(
    raw: str, expected: list[tuple[str, bool, bool]]
) -> None:
    assert [(r.text, r.bold, r.italic) for r in marks.runs(raw, None)] == expected


def overlapping() -> tuple[Plan, list[items.Entry]]:
    """A movement over a whole clause, a target within it, and a finding across its edge."""
    plan = plan_of(
        "Phong trào đạt từ 95% trở lên",
        movements=[Movement(name="m", lines=(1, 1), spans=[(1, 0, 21)])],
        targets=[Target(text="t", comparator=">=", value="95", lines=(1, 1), spans=[(1, 11, 21)])],
        findings=[
            Finding(code="F", severity="warning", message="f", lines=[(1, 1)], quotes=["95% trở"])
        ],
    )
    return plan, items.entries(plan)


def test_overlapping_marks_are_cut_into_runs_that_know_all_their_items() -> None:
    plan, entries = overlapping()
    ids = {entry.kind.slug: entry.id for entry in entries}
    found = marks.runs(plan.text[0], marks.place(entries, plan.text)[1])
    assert "".join(run.text for run in found) == plan.text[0]
    assert [(run.text, run.ids, run.mark, run.severity) for run in found] == [
        ("Phong trào ", [ids["phong-trao"]], "place", ""),
        ("đạt từ ", [ids["chi-tieu"], ids["phong-trao"]], "target", ""),
        ("95%", [ids["loi"], ids["chi-tieu"], ids["phong-trao"]], "target", "warning"),
        (" trở", [ids["loi"]], "", "warning"),
        (" lên", [], "", ""),
    ]


def test_a_mark_tells_on_hover_what_it_is_and_a_finding_comes_first() -> None:
    plan, entries = overlapping()
    found = marks.runs(plan.text[0], marks.place(entries, plan.text)[1])
    assert [run.hint for run in found] == [
        "Phong trào: M", "Chỉ tiêu: T", "Cảnh báo: f", "Cảnh báo: f", "",
    ]  # fmt: skip


def test_an_item_without_characters_owns_its_whole_lines() -> None:
    plan = plan_of("a", "", "b", movements=[Movement(name="m", lines=(1, 3))])
    placed = marks.place(items.entries(plan), plan.text)
    assert sorted(placed) == [1, 3]
    piece = pieces(laid_out(plan))[0]
    assert (piece.bar, piece.whole) == ("place", [1])


@pytest.mark.parametrize("span", [(9, 0, 2), (1, 5, 3), (1, -1, 2), (0, 0, 1)])
def test_a_mark_outside_the_text_falls_back_to_the_line(span: tuple[int, int, int]) -> None:
    plan = plan_of("abc", movements=[Movement(name="m", lines=(1, 1), spans=[span])])
    placed = marks.place(items.entries(plan), plan.text)
    assert [entry.title for entry in placed[1].whole] == ["M"]


def test_every_kind_of_item_becomes_a_card_in_the_order_of_the_paper() -> None:
    entries = items.entries(small_plan())
    assert {entry.kind.slug for entry in entries} == {kind.slug for kind in items.KINDS}
    assert [entry.id for entry in entries] == list(range(1, len(entries) + 1))
    starts = [entry.places[0][0] for entry in entries]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("places", "told"),
    [
        ([(57, 57)], "dòng 57"),
        ([(71, 71), (67, 67), (68, 70)], "dòng 67–71"),
        ([(9, 9), (3, 4), (3, 3)], "dòng 3–4, 9"),
        ([(1, 1), (3, 3), (5, 5), (7, 7)], "dòng 1, 3, 5…"),
        ([], "cả văn bản"),
    ],
)
def test_a_card_names_its_lines_shortly(places: list[tuple[int, int]], told: str) -> None:
    assert items.Entry(items.KINDS[0], "x", places).where == told


def card(slug: str, title: str) -> items.Entry:
    [found] = [
        entry
        for entry in items.entries(small_plan())
        if entry.kind.slug == slug and entry.title.startswith(title)
    ]
    return found


@pytest.mark.parametrize(
    ("slug", "title", "tags", "facts"),
    [
        ("tieu-chi", "2. Giao", ["Phấn đấu đạt"], {"Còn thiếu": "Đường trục chưa xong"}),
        ("chi-tieu", "Tỷ lệ", ["≥ 95 %"], {"Tiêu chí": "2 Giao thông"}),
        ("chi-tieu", "Kinh tế", ["Ít nhất 1 trong 3"], {"Gồm": "2.1; 2.2"}),
        ("khoi-luong", "Hàng rào", ["1.200 m"], {"Nơi làm": "thôn Đông"}),
        ("nhiem-vu", "Hoàn", ["đến 30/06/2030"], {"Chủ trì": "Công chức địa chính"}),
        ("nhiem-vu", "=2", [], {"Chủ trì": "chưa giao"}),
        ("phan-cong", "Công", ["Thực hiện"], {}),
        ("lo-trinh", "Xong", ["Quý II/2030"], {"Hoàn thành tiêu chí": "2 Giao thông"}),
        ("lo-trinh", "Đợt 1", ["01/03/2030 – 30/03/2030"], {"Cả đợt phát động": "30 ngày"}),
        ("kinh-phi", "Đường", ["4,2 tỷ đồng"], {"Loại": "Nhu cầu"}),
        ("kinh-phi", "Ngân", ["1,5 tỷ đồng", "có điều kiện"], {"Loại": "Nguồn vốn"}),
        ("kinh-phi", "Tổng", ["4,3 tỷ đồng"], {"Cộng từ các mục": "4,2 tỷ đồng"}),
        ("kinh-phi", "Hỗ trợ", ["1 triệu đồng/hộ"], {"Loại": "Chính sách hỗ trợ"}),
        ("bao-cao", "Các", ["Hằng tuần"], {"Hạn": "trước 14:30 thứ Năm", "Gửi": "UBND xã"}),
        ("can-cu", "Kế hoạch 01", ["02/01/2030"], {}),
        ("thon", "Đông", [], {"Mục tiêu": "Thôn, khu dân cư kiểu mẫu"}),
        ("phong-trao", "Xanh", [], {}),
        ("loi", "Cộng", ["Lỗi"], {"Thay": "“4,3” bằng “4,2”"}),
    ],
)
def test_a_card_says_what_matters_in_vietnamese(
    slug: str, title: str, tags: list[str], facts: dict[str, str]
) -> None:
    found = card(slug, title)
    assert [tag.text for tag in found.tags] == tags
    told = {fact.label: fact.value for fact in found.facts}
    assert facts.items() <= told.items()


def test_the_overview_says_what_the_paper_left_out() -> None:
    told = {fact.label: (fact.value, fact.missing) for fact in overview(plan_of("KẾ HOẠCH"))}
    assert told["Số, ký hiệu"] == ("chưa ghi", True)
    assert told["Người ký"] == ("chưa ghi", True)
    told = {fact.label: (fact.value, fact.missing) for fact in overview(small_plan())}
    assert told["Ngày ban hành"] == ("03/02/2030", False)
    assert told["Cân đối"] == ("−2,7 tỷ đồng", False)


def test_the_tabs_count_what_the_cards_are() -> None:
    shown_page = page(small_plan())
    assert sum(tab.count for tab in shown_page.tabs) == len(shown_page.entries)
    assert shown_page.severities == {"error": 1, "warning": 1, "note": 0}
    assert [(c.label, c.line) for c in shown_page.chapters] == [("I", 9), ("II", 13)]
    assert len(TEXT) == len(shown_page.plan.text)


@pytest.mark.parametrize(
    ("iso", "told"),
    [("2024-01-30", "30/01/2024"), ("2024-03", "tháng 3/2024"), ("2024", "năm 2024"), (None, "")],
)
def test_dates_are_written_as_vietnamese_write_them(iso: str | None, told: str) -> None:
    assert words.date(iso) == told


@pytest.mark.parametrize(
    ("code", "told"),
    [("2023-Q2", "Quý II/2023"), ("2023-05", "Tháng 5/2023"), ("2023", "Năm 2023"),
     ("2023-H1", "6 tháng đầu năm 2023")],
)  # fmt: skip
def test_periods_are_written_as_vietnamese_write_them(code: str, told: str) -> None:
    assert words.period(code) == told
