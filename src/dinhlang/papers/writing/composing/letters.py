"""Submission, minutes, reminder, notice, list of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dinhlang.vietnamese import to_roman

from ..tree import Block, Column, Heading, Paper, Paragraph, Row, Signature, Table
from .office import Office
from .words import sentence

END = ("Lưu: VT",)


def submission(
    office: Office, receiver: str, about: str, reasons: Sequence[str], contents: Sequence[str],
    enclosed: Sequence[str] = (),
) -> Paper:  # fmt: skip
    """A submission (Tờ trình) to the body that decides."""
    blocks: list[Block] = [
        *_part(1, "Sự cần thiết", reasons),
        *_part(2, "Nội dung trình", contents),
        Paragraph(text=f"{office.name} kính trình {receiver} xem xét, quyết định."),
    ]
    if enclosed:
        blocks.append(Paragraph(text="Hồ sơ gửi kèm:"))
        blocks += [Paragraph(marker="-", text=sentence(each)) for each in enclosed]
    return Paper(
        head=office.head("TTr-UBND"),
        kind="Tờ trình",
        about=about,
        addressees=(receiver,),
        blocks=tuple(blocks),
        signature=office.signature,
        recipients=("Như trên", *END),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a meeting decided: what, who, until when."""

    text: str
    lead: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting as it was held."""

    about: str
    opened: str
    closed: str
    where: str
    chair: str
    secretary: str
    present: Sequence[str] = ()
    absent: Sequence[str] = ()
    discussed: Sequence[str] = ()
    resolutions: Sequence[Resolution] = ()


def minutes(office: Office, meeting: Meeting) -> Paper:
    """Minutes (Biên bản), signed by secretary and chair."""
    blocks: list[Block] = [
        Paragraph(text=f"Thời gian bắt đầu: {meeting.opened}."),
        Paragraph(text=f"Địa điểm: {meeting.where}."),
        Paragraph(text=f"Chủ trì: {meeting.chair}. Thư ký: {meeting.secretary}."),
        *_names("Thành phần dự họp", meeting.present),
        *_names("Vắng mặt", meeting.absent),
        *_part(1, "Nội dung", meeting.discussed),
    ]
    if meeting.resolutions:
        blocks += [
            Heading(level=1, label="II.", text="Kết luận"),
            _resolutions(meeting.resolutions),
        ]
    blocks.append(
        Paragraph(
            text=f"Cuộc họp kết thúc vào {meeting.closed}; biên bản đã đọc lại và thống nhất."
        )
    )
    return Paper(
        head=office.head("BB-UBND"),
        kind="Biên bản",
        about=meeting.about,
        blocks=tuple(blocks),
        signature=Signature(title="Chủ trì"),
        also_signs=Signature(title="Thư ký"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Work that is late or soon due."""

    text: str
    lead: str
    due: date
    days: int
    """How many days after its end, negative before it."""

    @property
    def words(self) -> str:
        """“Chậm 5 ngày”, “Đến hạn”, “Còn 3 ngày”."""
        if self.days == 0:
            return "Đến hạn"
        return f"Chậm {self.days} ngày" if self.days > 0 else f"Còn {-self.days} ngày"


def reminder(office: Office, late: Sequence[Late], until: date, coordinator: str = "") -> Paper:
    """A letter (Công văn) that reminds the offices of what they owe.

    Work that nobody leads is listed apart: the ``coordinator`` (an office; may be unknown) is to
    propose, and the chairman to name, who leads it.
    """
    owned, bare = owned_and_bare(late)
    names = tuple(dict.fromkeys(each.lead for each in owned))
    asked = [coordinator] if bare and coordinator and coordinator not in names else []
    blocks: list[Block] = []
    if owned:
        blocks += [
            Paragraph(
                text=f"Qua theo dõi kế hoạch năm {office.year}, các nhiệm vụ sau chưa hoàn thành "
                "đúng tiến độ hoặc sắp đến hạn:"
            ),
            _late(owned, with_lead=True),
            Paragraph(
                text=f"{office.name} đề nghị các đơn vị tập trung hoàn thành, báo cáo kết quả hoặc "
                f"nêu rõ vướng mắc và thời hạn mới trước ngày {until:%d/%m/%Y}."
            ),
        ]
    if bare:
        blocks += [
            Paragraph(text=f"Các nhiệm vụ sau {'còn ' if owned else ''}chưa giao nơi chủ trì:"),
            _late(bare, with_lead=False),
            Paragraph(text=assigning_words(office, coordinator, until)),
        ]
    if not blocks:
        blocks = [
            Paragraph(text=f"{office.name} thông báo: không có nhiệm vụ nào chậm hạn, sắp đến hạn.")
        ]
    return Paper(
        head=office.head("UBND-NTM"),
        kind="",
        about="V/v đôn đốc thực hiện nhiệm vụ xây dựng nông thôn mới",
        addressees=(*names, *asked),
        blocks=tuple(blocks),
        signature=office.signature,
        recipients=("Như trên", "Thường trực Đảng ủy, HĐND", *END),
    )


def owned_and_bare(late: Sequence[Late]) -> tuple[list[Late], list[Late]]:
    """The work somebody leads, and the work nobody does."""
    return [each for each in late if each.lead], [each for each in late if not each.lead]


def assigning_words(office: Office, coordinator: str, until: date) -> str:
    """Who is to say by when who leads the work that nobody leads."""
    chair = f"Chủ tịch {office.name}"
    if coordinator:
        return (
            f"Đề nghị {coordinator} đề xuất nơi chủ trì, trình {chair} giao trước ngày "
            f"{until:%d/%m/%Y}."
        )
    return f"{chair} giao nơi chủ trì các nhiệm vụ này trước ngày {until:%d/%m/%Y}."


def _late(late: Sequence[Late], *, with_lead: bool) -> Table:
    columns = [
        Column(title="TT", share=0.6, align="center"),
        Column(title="Nhiệm vụ", share=4 if with_lead else 6),
        *([Column(title="Chủ trì", share=2)] if with_lead else []),
        Column(title="Thời hạn", share=1.6, align="center"),
        Column(title="Tiến độ", share=1.4, align="center"),
    ]
    rows = []
    for number, each in enumerate(late, 1):
        lead = (each.lead,) if with_lead else ()
        rows.append(Row(cells=(str(number), each.text, *lead, f"{each.due:%d/%m/%Y}", each.words)))
    return Table(columns=tuple(columns), rows=tuple(rows))


def notice(office: Office, about: str, opening: str, resolutions: Sequence[Resolution]) -> Paper:
    """A notice (Thông báo) of what was concluded."""
    return Paper(
        head=office.head("TB-UBND"),
        kind="Thông báo",
        about=about,
        blocks=(
            Paragraph(text=sentence(opening)),
            *([_resolutions(resolutions)] if resolutions else []),
            Paragraph(text="Thông báo để các đơn vị biết và thực hiện."),
        ),
        signature=office.signature,
        recipients=("Các thành viên dự họp", "Các thôn", *END),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One paper of the dossier and the indicator it proves; without a title none is there yet."""

    criterion: str
    indicator: str
    title: str
    number: str = ""
    day: date | None = None
    issuer: str = ""
    name: str = ""
    """What the indicator is called."""

    @property
    def said(self) -> str:
        """The paper's title, “Chưa có” where there is none."""
        return self.title or "Chưa có"

    @property
    def numbered(self) -> str:
        """“15/BC-UBND, 12/11/2026”."""
        day = f"{self.day:%d/%m/%Y}" if self.day else ""
        return ", ".join(part for part in (self.number, day) if part)


def evidence_list(office: Office, programme: str, proofs: Sequence[Proof]) -> Paper:
    """The list of evidence (Danh mục minh chứng), criterion by criterion.

    Nghị định 30/2020/NĐ-CP has no code for a list, so there is no line for number and symbol.
    """
    rows: list[Row] = []
    last = before = ""
    number = 0
    for each in proofs:
        if each.criterion != last:
            rows.append(Row(cells=(each.criterion,), strong=True, span=5))
            last, before = each.criterion, ""
        number += bool(each.title)
        at = str(number) if each.title else ""
        indicator = f"{each.indicator} {each.name}".strip() if each.indicator != before else ""
        before = each.indicator
        rows.append(Row(cells=(at, indicator, each.said, each.numbered, each.issuer)))
    columns = (
        Column(title="TT", share=0.6, align="center"),
        Column(title="Chỉ tiêu", share=2.6),
        Column(title="Tên văn bản, tài liệu", share=2.8),
        Column(title="Số, ngày", share=1.7),
        Column(title="Cơ quan ban hành", share=1.7),
    )
    table = [Table(columns=columns, rows=tuple(rows))] if rows else []
    return Paper(
        head=office.head(""),
        kind="Danh mục",
        about=f"Hồ sơ minh chứng các tiêu chí {programme} năm {office.year}",
        blocks=(*table, Paragraph(text=proofs_words(proofs))),
        signature=office.signature,
        recipients=END,
    )


def proofs_words(proofs: Sequence[Proof]) -> str:
    """How many papers there are, and how many indicators have none."""
    papers = sum(bool(each.title) for each in proofs)
    shown = len({each.indicator for each in proofs if each.title})
    bare = len({each.indicator for each in proofs if not each.title})
    if not papers:
        return f"Chưa có minh chứng nào{f' cho {bare} chỉ tiêu' if bare else ''}."
    words = f"Danh mục có {papers} văn bản, tài liệu của {shown} chỉ tiêu"
    return f"{words}; {bare} chỉ tiêu chưa có minh chứng." if bare else f"{words}."


def _part(number: int, title: str, lines: Sequence[str]) -> list[Block]:
    if not lines:
        return []
    return [
        Heading(level=1, label=f"{to_roman(number)}.", text=title),
        *(Paragraph(marker="-", text=sentence(line)) for line in lines),
    ]


def _names(title: str, names: Sequence[str]) -> list[Block]:
    if not names:
        return []
    return [
        Paragraph(text=f"{title}:"),
        *(Paragraph(marker="-", text=sentence(name)) for name in names),
    ]


def _resolutions(resolutions: Sequence[Resolution]) -> Table:
    return Table(
        columns=(
            Column(title="TT", share=0.6, align="center"),
            Column(title="Nội dung kết luận", share=4.4),
            Column(title="Chủ trì", share=2),
            Column(title="Thời hạn", share=1.6, align="center"),
        ),
        rows=tuple(
            Row(cells=(str(number), each.text, each.lead, each.due))
            for number, each in enumerate(resolutions, 1)
        ),
    )
