"""Decisions (Quyết định): who is in charge of each criterion, who sits on the committee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..tree import Annex, Block, Column, Paper, Paragraph, Row, Run, Table
from .office import Office

SYMBOL = "QĐ-UBND"
TO_FILL = "…………………"


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A criterion and who answers for it."""

    number: str
    name: str
    lead: str
    partners: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A seat of the committee: who has it, by which office, and what it is there.

    A name or office that is empty is left as a line to be filled in by hand.
    """

    office: str
    role: str
    name: str = ""


def assignment(
    office: Office, charges: Sequence[Charge], programme: str, bases: Sequence[str] = ()
) -> Paper:
    """The decision that gives each criterion to somebody; the list is its annex."""
    what = f"phân công phụ trách các tiêu chí {programme} năm {office.year}"
    articles = (
        f"Phân công các cơ quan, cá nhân phụ trách {len(charges)} tiêu chí {programme} năm "
        f"{office.year} theo danh sách kèm theo Quyết định này.",
        "Người phụ trách tiêu chí lập danh mục việc phải làm, theo dõi số liệu và minh chứng của "
        "tiêu chí, báo cáo tiến độ đúng kỳ; cơ quan phối hợp cung cấp số liệu thuộc phần mình.",
        "Quyết định này có hiệu lực kể từ ngày ký. Các cơ quan, cá nhân có tên trong danh sách và "
        "trưởng các thôn chịu trách nhiệm thi hành.",
    )
    return _decision(office, f"Về việc {what}", articles, bases, Annex(
        title="Danh sách phân công phụ trách tiêu chí",
        blocks=(_charges(charges),),
    ))  # fmt: skip


def committee(
    office: Office, members: Sequence[Member], programme: str, bases: Sequence[str] = ()
) -> Paper:
    """The decision that sets up the steering committee; its members are the annex."""
    what = f"thành lập Ban Chỉ đạo {programme} {office.place}"
    articles = (
        f"Thành lập Ban Chỉ đạo {programme} {office.place} gồm {len(members)} thành viên theo danh "
        "sách kèm theo Quyết định này.",
        "Ban Chỉ đạo giúp Ủy ban nhân dân chỉ đạo việc lập và thực hiện kế hoạch, kiểm tra từng "
        "tiêu chí, họp định kỳ và khi cần; thành viên làm việc theo chế độ kiêm nhiệm.",
        "Quyết định này có hiệu lực kể từ ngày ký. Các cơ quan liên quan và các thành viên có tên "
        "trong danh sách chịu trách nhiệm thi hành.",
    )
    table = Table(
        columns=(
            Column(title="TT", share=0.6, align="center"),
            Column(title="Họ và tên", share=2.6),
            Column(title="Chức vụ, cơ quan", share=3.2),
            Column(title="Nhiệm vụ trong Ban Chỉ đạo", share=2),
        ),
        rows=tuple(
            Row(cells=(str(number), member.name or TO_FILL, member.office or TO_FILL, member.role))
            for number, member in enumerate(members, 1)
        ),
    )
    annex = Annex(title="Danh sách thành viên Ban Chỉ đạo", blocks=(table,))
    return _decision(office, f"Về việc {what}", articles, bases, annex)


def _decision(
    office: Office, about: str, articles: Sequence[str], bases: Sequence[str], annex: Annex
) -> Paper:
    blocks: tuple[Block, ...] = tuple(
        Paragraph(text=(Run(f"Điều {number}. ", bold=True), Run(words)))
        for number, words in enumerate(articles, 1)
    )
    return Paper(
        head=office.head(SYMBOL),
        kind="Quyết định",
        about=about,
        authority=f"{office.name}",
        bases=(
            *bases,
            "Xét đề nghị của công chức tổng hợp chương trình xây dựng nông thôn mới",
        ),
        resolves="Quyết định:",
        blocks=blocks,
        signature=office.signature,
        recipients=("Như Điều 3", "Thường trực Đảng ủy, HĐND", "Lưu: VT"),
        annexes=(annex,),
    )


def _charges(charges: Sequence[Charge]) -> Table:
    columns = [
        Column(title="Tiêu chí", share=0.8, align="center"),
        Column(title="Tên tiêu chí", share=2.6),
        Column(title="Chủ trì", share=2),
        Column(title="Phối hợp", share=2),
    ]
    dated = any(each.due for each in charges)
    if dated:
        columns.append(Column(title="Thời hạn", share=1.3, align="center"))
    rows = []
    for each in charges:
        cells = (each.number, each.name, each.lead, each.partners)
        rows.append(Row(cells=(*cells, each.due) if dated else cells))
    return Table(columns=tuple(columns), rows=tuple(rows))
