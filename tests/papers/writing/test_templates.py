"""Word templates that a commune changes: filled, and refused where they would do more."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO

import docx
import pytest

from dinhlang.papers.writing import templates
from dinhlang.papers.writing.composing import forms, letters
from dinhlang.papers.writing.composing.office import Office
from dinhlang.papers.writing.composing.plan import compose
from dinhlang.papers.writing.templates import BadTemplate
from dinhlang.papers.writing.tree import Table
from tests.plans.papers import small_plan

OFFICE = Office(place="xã Làng Mẫu", year=2026, day=date(2026, 11, 22), number=9)


def word_file(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def words(data: bytes) -> str:
    document = docx.Document(BytesIO(data))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


@pytest.mark.parametrize("kind", list(forms.FORMS))
def test_our_own_templates_use_only_known_fields_and_fill(kind: str) -> None:
    form = forms.FORMS[kind]
    assert templates.check(form.template(), form.fields)
    filled = words(templates.fill(form.template(), templates.examples(form.fields)))
    assert "{{" not in filled and "{%" not in filled
    assert "XÃ LÀNG MẪU" in filled


@pytest.mark.parametrize("kind", list(forms.FORMS))
def test_every_field_has_words_for_the_list_of_fields(kind: str) -> None:
    for field in forms.FORMS[kind].fields:
        assert field.label and all(label for _, label, _ in field.columns)


def test_a_reminder_lists_the_work_row_by_row() -> None:
    late = [letters.Late(text="Lắp <wifi>", lead="Văn hóa & TT", due=date(2026, 11, 17), days=5)]
    values = forms.shared_values(OFFICE, "UBND-NTM") | {
        "han_tra_loi": "30/11/2026",
        "cong_viec": forms.late_values(late * 3),
        "chua_giao": forms.late_values(late),
        "giao_viec": "Chủ tịch giao nơi chủ trì.",
        "noi_gui": forms.line_values(["Công chức Văn hóa"]),
    }
    made = templates.fill(forms.FORMS["cong-van-don-doc"].template(), values)
    table = docx.Document(BytesIO(made)).tables[1]
    assert [row.cells[1].text for row in table.rows] == ["Nhiệm vụ", *["Lắp <wifi>"] * 3]
    assert table.rows[1].cells[2].text == "Văn hóa & TT"
    bare = docx.Document(BytesIO(made)).tables[2]
    assert [cell.text for cell in bare.rows[0].cells] == ["TT", "Nhiệm vụ", "Thời hạn", "Tiến độ"]
    assert "Số: 09/UBND-NTM" in words(made)


def test_what_a_commune_rewords_is_kept() -> None:
    own = word_file("Nhờ {{ ten_co_quan }} báo gấp giúp.", "{{ so_ky_hieu }}")
    form = forms.FORMS["thong-bao"]
    assert templates.check(own, form.fields) == ["ten_co_quan", "so_ky_hieu"]
    filled = words(templates.fill(own, templates.examples(form.fields)))
    assert filled == "Nhờ Ủy ban nhân dân xã Làng Mẫu báo gấp giúp.\nSố: 07/TB-UBND"


REFUSED = {
    "an unknown field": ("{{ ten_xa_khac }}", "Không có trường “ten_xa_khac”"),
    "a misspelt brace": ("{{ nam }", "viết sai dấu ngoặc"),
    "a call": ("{{ nam.upper() }}", "không được dùng"),
    "a way into the program": ("{{ nam.__class__ }}", "Không có cột “__class__”"),
    "an index": ("{{ nam[0] }}", "không được dùng"),
    "a sum": ("{{ 9**9**9 }}", "không được dùng"),
    "an unknown list": ("{% for x in viec_la %}{% endfor %}", "Không có danh sách “viec_la”"),
    "an unknown column": (
        "{% for x in ket_luan %}{{ x.mat_khau }}{% endfor %}", "Không có cột “mat_khau”",
    ),
    "an import": ("{% import 'a' as b %}", "không được dùng"),
    "a setting": ("{% set a = nam %}", "không được dùng"),
    "a list written out": ("{{ ket_luan }}", "là danh sách"),
    "a loop in a loop": (
        "{% for a in ket_luan %}{% for b in ket_luan %}{% endfor %}{% endfor %}",
        "nằm trong vòng lặp khác",
    ),
    "a row after its loop": (
        "{% for a in ket_luan %}{{ a.tt }}{% endfor %}{{ a.tt }}", "Không có cột “tt”",
    ),
    "a loop without its end": ("{%p for a in ket_luan %}", "sai dấu ngoặc hoặc lệnh"),
    "a row command outside a table": (
        "{%tr for a in ket_luan %}{{ a.tt }}{%tr endfor %}", "không được|sai|sai chỗ",
    ),
    "a filter": ("{{ nam|attr('x') }}", "không được dùng"),
}  # fmt: skip


@pytest.mark.parametrize("name", list(REFUSED))
def test_a_template_that_would_do_more_is_refused(name: str) -> None:
    text, message = REFUSED[name]
    with pytest.raises(BadTemplate, match=message):
        templates.check(word_file(text), forms.FORMS["thong-bao"].fields)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04rubbish"])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadTemplate, match="không phải Word"):
        templates.check(data, forms.FORMS["thong-bao"].fields)


def test_the_place_of_a_fault_is_told() -> None:
    own = word_file("Dòng lành {{ nam }}.", "Nhờ {{ ten_xa_khac }} giúp.", "{{ so_ky_hieu }}")
    with pytest.raises(BadTemplate, match=re.escape("ở đoạn “Nhờ {{ ten_xa_khac }} giúp.”")):
        templates.check(own, forms.FORMS["thong-bao"].fields)
    with pytest.raises(BadTemplate, match=re.escape("Chỗ “Năm {{ nam }”")):
        templates.check(word_file("Lành.", "Năm {{ nam }"), forms.FORMS["thong-bao"].fields)


def test_heads_feet_and_properties_are_checked_as_the_body_is() -> None:
    for spoil in ("header", "footer", "title"):
        document = docx.Document()
        if spoil == "title":
            document.core_properties.title = "{{ la_lung }}"
        else:
            getattr(document.sections[0], spoil).paragraphs[0].text = "{{ la_lung }}"
        out = BytesIO()
        document.save(out)
        with pytest.raises(BadTemplate, match="la_lung"):
            templates.check(out.getvalue(), forms.FORMS["thong-bao"].fields)


def test_a_template_that_fetches_from_elsewhere_is_refused() -> None:
    document = docx.Document()
    document.part.relate_to(
        "http://example.org/a.png",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image",
        is_external=True,
    )
    out = BytesIO()
    document.save(out)
    with pytest.raises(BadTemplate, match="nằm ở nơi khác"):
        templates.check(out.getvalue(), forms.FORMS["thong-bao"].fields)


def test_a_template_with_embedded_files_is_refused() -> None:
    out = BytesIO(word_file("{{ nam }}"))
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(BadTemplate, match="macro"):
        templates.check(out.getvalue(), forms.FORMS["thong-bao"].fields)


def test_a_plan_keeps_all_its_rows_in_the_communes_template() -> None:
    plan = small_plan()
    values = forms.plan_values(plan)
    made = words(templates.fill(forms.FORMS["ke-hoach"].template(), values))
    assert [row["noi_dung"] for row in values["khoi_luong"]] == ["Hàng rào xanh: thôn Đông"]
    assert values["nhu_cau"][-1] == {"tt": "", "noi_dung": "Tổng cộng", "so_tien": "4.200"}
    for said in (
        "Tỷ lệ cứng hóa", "Hàng rào xanh", "1.200", "Công chức địa chính", "Quý II/2030",
        "4.200", "Xanh sạch", "thứ Năm hằng tuần", "Số: 05/KH-UBND",
        "Căn cứ Kế hoạch số 01/KH-UBND ngày 02/01/2030;",
    ):  # fmt: skip
        assert said in made, said
    composed = compose(plan)
    cells = [
        cell
        for block in composed.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
        if len(cell) > 3
    ]
    assert [cell for cell in cells if cell not in made] == []


@pytest.mark.parametrize("kind", list(forms.FORMS))
def test_a_list_that_is_empty_leaves_no_table_without_rows(kind: str) -> None:
    form = forms.FORMS[kind]
    values = templates.examples(form.fields)
    empty = {name: [] if isinstance(value, list) else value for name, value in values.items()}
    found = docx.Document(BytesIO(templates.fill(form.template(), empty)))
    bare = [table for table in found.tables if table.style.name == "Table Grid"]
    # What is a list by its nature says by its empty table that there is nothing.
    nature = {"phan-cong", "ban-chi-dao", "danh-muc"}
    assert len(bare) == (1 if kind in nature else 0)
