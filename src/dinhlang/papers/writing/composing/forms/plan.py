"""The yearly plan as a template: its parts as lists, so that each table keeps its own rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dinhlang.papers.plan import Plan
from dinhlang.papers.reading import own_tables as own

from ...templates import Field
from ...tree import Block, Column, Heading, Paragraph, Run, Table, plain
from ...wording import date_line, number_line
from .. import words as said
from ..annexes import capital as _capital
from ..annexes import millions
from ..plan import compose
from .base import BASES, BLANK, EVERY_BASE, HEAD, LINE, Form, base_values, field, lines, only_if
from .base import rows as repeated

_NUMBER = ("tt", "Số thứ tự", "1")
_SUM = (_NUMBER, ("noi_dung", "Nội dung", "Đường trục thôn"), ("so_tien", "Triệu đồng", "1.250"))
_TABLES: dict[str, tuple[str, tuple[tuple[str, str, str], ...]]] = {
    "chi_tieu": (
        "Chỉ tiêu",
        (_NUMBER, ("noi_dung", "Chỉ tiêu", "Tỷ lệ hộ dùng nước sạch"),
         ("don_vi", "Đơn vị tính", "%"), ("muc_tieu", "Mục tiêu", "≥ 95")),
    ),
    "khoi_luong": (
        "Khối lượng",
        (_NUMBER, ("noi_dung", "Nội dung", "Đường trục thôn"), ("don_vi", "Đơn vị tính", "km"),
         ("so_luong", "Khối lượng", "2,4")),
    ),
    "nhiem_vu": (
        "Nhiệm vụ",
        (_NUMBER, ("noi_dung", "Nhiệm vụ", "Hoàn thành đường trục thôn"),
         ("chu_tri", "Chủ trì", "Công chức Địa chính"), ("phoi_hop", "Phối hợp", "Các thôn"),
         ("thoi_han", "Thời hạn", "trước ngày 30/11/2026")),
    ),
    "nhu_cau": ("Nhu cầu kinh phí", _SUM),
    "nguon_von": ("Nguồn vốn", _SUM),
    "bao_cao": (
        "Chế độ báo cáo",
        (_NUMBER, ("don_vi", "Đơn vị báo cáo", "Các thôn"), ("noi_nhan", "Nơi nhận", "UBND xã"),
         ("ky", "Kỳ báo cáo", "hằng tháng"), ("thoi_han", "Thời hạn", "trước ngày 25")),
    ),
}  # fmt: skip
_STEP = (("ky", "Kỳ", "Quý I/2026"), ("noi_dung", "Nội dung", "Giải phóng mặt bằng"))
_DUTY = (("don_vi", "Đơn vị", "Công chức Địa chính"), ("noi_dung", "Nhiệm vụ", "Phụ trách đường"))
_LISTS = {
    "muc_dich": "Mục đích, yêu cầu", "muc_tieu": "Mục tiêu, tiêu chí", "kinh_phi": "Cân đối vốn",
    "thoi_gian": "Thời gian tổ chức, các đợt",
}  # fmt: skip
_PARTS = {
    "Mục đích, yêu cầu": "muc_dich",
    "Mục tiêu": "muc_tieu",
    "Thời gian tổ chức": "thoi_gian",
    "Kinh phí thực hiện": "kinh_phi",
    "Tổ chức thực hiện": "to_chuc",
}


def plan_values(plan: Plan) -> dict[str, Any]:
    """The fields of the plan, out of the paper that says it all; number and day as it has them."""
    paper = compose(plan)
    head, signature = paper.head, paper.signature
    sent = [each for each in paper.recipients if not each.lower().startswith("lưu")]
    values: dict[str, Any] = {
        "co_quan": (head.parent or head.issuer[0]).upper(),
        "dia_phuong": head.issuer[-1].upper() if len(head.issuer) > 1 or head.parent else "",
        "ten_co_quan": head.issuer_words,
        "so_ky_hieu": number_line(head),
        "dia_danh_ngay": date_line(head),
        "nam": str(head.year or ""),
        "quyen_han": signature.authority.upper() if signature else "",
        "ky_thay": signature.acting_for.upper() if signature else "",
        "chuc_vu": signature.title.upper() if signature else "",
        "ho_ten": signature.name if signature else "",
        "noi_nhan": [{"dong": each.strip(" -;.")} for each in sent],
        "luu": "VT",
        "trich_yeu": paper.about,
        "can_cu": base_values(paper.bases),
        **{name: [] for name in (*_LISTS, *_TABLES, "lo_trinh", "to_chuc")},
    }
    first = paper.blocks[0] if paper.blocks else None
    values["mo_dau"] = plain(first.text) if isinstance(first, Paragraph) else ""
    _sort(values, paper.blocks[1:-1])
    _rows(values, plan)
    return values


def _sort(values: dict[str, Any], blocks: tuple[Block, ...]) -> None:
    """The lines of the body; what it says of annexes is left out, a template has none."""
    part = under = ""
    for block in blocks:
        if isinstance(block, Heading):
            title = plain(block.text)
            part, under = (title, "") if block.level == 1 else (part, title)
        elif not isinstance(block, Table) and "Phụ lục" not in plain(block.text):
            whole = block.marker[:1].isdecimal()  # a duty that names its office itself
            _line(values, part, "" if whole else under, plain(block.text))


def _line(values: dict[str, Any], part: str, under: str, words: str) -> None:
    name = _PARTS.get(part)
    if name == "to_chuc":
        values[name].append({"don_vi": under, "noi_dung": words})
    elif name is not None:
        values[name].append({"dong": words})


def _rows(values: dict[str, Any], plan: Plan) -> None:
    """The rows of the tables, each with the cells its columns ask for."""
    for target in plan.targets:
        _row(values, "chi_tieu", _capital(target.text), target.unit or "", said.figure(target))
    for each in plan.quantities:
        name = f"{_capital(each.text)}: {each.place}" if each.place else _capital(each.text)
        _row(values, "khoi_luong", name, each.unit or "", said.decimal(each.value))
    for task in plan.tasks:
        lead, partners = "; ".join(task.lead), "; ".join(task.partners)
        _row(values, "nhiem_vu", _capital(task.text), lead, partners, said.deadline(task.deadline))
    for need in plan.funding.needs:
        _row(values, "nhu_cau", _capital(need.text), millions(need.amount))
    for source in sorted(plan.funding.sources, key=lambda source: source.conditional):
        words = _capital(source.text)
        words += " (có điều kiện, chưa tính vào tổng)" if source.conditional else ""
        _row(values, "nguon_von", words, millions(source.amount))
    _total(values, "nhu_cau", [need.amount for need in plan.funding.needs])
    sure = [source.amount for source in plan.funding.sources if not source.conditional]
    _total(values, "nguon_von", [amount for amount in sure if amount is not None])
    for rule in plan.reporting:
        if rule.from_:
            when = "; ".join(filter(None, (said.due(rule), ", ".join(rule.channels))))
            _row(values, "bao_cao", rule.from_, rule.to or "", said.PERIODS[rule.period], when)
    for entry in sorted(plan.schedule, key=lambda entry: entry.period):
        months = f"Tháng {', '.join(map(str, entry.months))}: " if entry.months else ""
        step = f"{months}{entry.text if months else _capital(entry.text)}"
        values["lo_trinh"].append({"ky": said.quarter_title(entry.period), "noi_dung": step})


def _row(values: dict[str, Any], name: str, *cells: str) -> None:
    keys = [key for key, _, _ in _TABLES[name][1]]
    numbered = (str(len(values[name]) + 1), *cells)
    values[name].append(dict(zip(keys, numbered, strict=True)))


def _total(values: dict[str, Any], name: str, amounts: list[int]) -> None:
    if amounts:
        total = {"tt": "", "noi_dung": own.TOTAL, "so_tien": millions(sum(amounts))}
        values[name].append(total)


def _table(name: str) -> Table:
    columns = _TABLES[name][1]
    wide = {"noi_dung": 4.0, "chu_tri": 2.0, "phoi_hop": 2.0, "don_vi": 1.5, "noi_nhan": 2.0}
    return repeated(
        name,
        tuple(
            Column(
                title="TT" if key == "tt" else title,
                share=0.6 if key == "tt" else wide.get(key, 1.5),
                align="center" if key == "tt" else "right" if key == "so_tien" else "left",
            )
            for key, title, _ in columns
        ),
        [key for key, _, _ in columns],
    )


def _part(number: str, title: str, *blocks: Block) -> tuple[Block, ...]:
    return (Heading(level=1, label=number, text=title), *blocks)


def _said(title: str) -> Paragraph:
    return Paragraph(text=(Run(title, bold=True),))


FORM = Form(
    kind="ke-hoach",
    title="Kế hoạch năm",
    fields=(
        *HEAD,
        Field("trich_yeu", "Trích yếu", "Xây dựng nông thôn mới nâng cao xã Làng Mẫu năm 2026"),
        BASES,
        Field("mo_dau", "Câu mở đầu", "Ủy ban nhân dân xã ban hành kế hoạch như sau:"),
        *(Field(name, label, columns=LINE) for name, label in _LISTS.items()),
        *(Field(name, label, columns=columns) for name, (label, columns) in _TABLES.items()),
        Field("lo_trinh", "Lộ trình", columns=_STEP),
        Field("to_chuc", "Phân công", columns=_DUTY),
    ),
    paper=replace(
        BLANK,
        kind="Kế hoạch",
        about=field("trich_yeu"),
        bases=(*EVERY_BASE, "Xét tình hình thực tế của địa phương"),
        blocks=(
            Paragraph(text=field("mo_dau")),
            *only_if("muc_dich", *_part("I.", "Mục đích, yêu cầu", *lines("muc_dich"))),
            *_part("II.", "Mục tiêu", *lines("muc_tieu")),
            *only_if("chi_tieu", _table("chi_tieu")),
            *only_if("thoi_gian", _said("Thời gian tổ chức"), *lines("thoi_gian")),
            *only_if("khoi_luong", _said("Khối lượng thực hiện"), _table("khoi_luong")),
            *_part("III.", "Nhiệm vụ", *only_if("nhiem_vu", _table("nhiem_vu"))),
            *only_if(
                "lo_trinh",
                _said("Lộ trình thực hiện"),
                repeated(
                    "lo_trinh",
                    (Column(title="Kỳ", share=1.4), Column(title="Nội dung", share=5)),
                    ("ky", "noi_dung"),
                ),
            ),
            *_part(
                "IV.",
                "Kinh phí thực hiện",
                *only_if("nhu_cau", _said("Nhu cầu, triệu đồng"), _table("nhu_cau")),
                *only_if("nguon_von", _said("Nguồn vốn, triệu đồng"), _table("nguon_von")),
                *lines("kinh_phi"),
            ),
            *_part(
                "V.",
                "Tổ chức thực hiện",
                *only_if(
                    "to_chuc",
                    repeated(
                        "to_chuc",
                        (Column(title="Đơn vị", share=2), Column(title="Nhiệm vụ", share=5)),
                        ("don_vi", "noi_dung"),
                    ),
                ),
                *only_if("bao_cao", _said("Chế độ báo cáo"), _table("bao_cao")),
            ),
            Paragraph(text="Trên đây là Kế hoạch của {{ ten_co_quan }}."),
        ),
    ),
)
