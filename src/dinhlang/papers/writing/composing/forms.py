"""The kinds of paper that a commune may reword in Word: their fields, and our own template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..templates import Field
from ..tree import Block, Column, Head, Heading, Paper, Paragraph, Row, Run, Signature, Table
from ..word import to_docx
from ..wording import date_line, number_line
from .letters import Late, Meeting, Resolution
from .office import Office

HEAD = (
    Field("co_quan", "Dòng trên của tên cơ quan", "ỦY BAN NHÂN DÂN"),
    Field("dia_phuong", "Dòng dưới của tên cơ quan", "XÃ LÀNG MẪU"),
    Field("ten_co_quan", "Tên cơ quan trong câu", "Ủy ban nhân dân xã Làng Mẫu"),
    Field("so_ky_hieu", "Dòng số, ký hiệu", "Số: 07/TB-UBND"),
    Field("dia_danh_ngay", "Địa danh, ngày tháng", "Làng Mẫu, ngày 22 tháng 11 năm 2026"),
    Field("nam", "Năm", "2026"),
    Field("quyen_han", "Quyền hạn người ký", "TM. ỦY BAN NHÂN DÂN"),
    Field("ky_thay", "Ký thay, để trống khi không có", ""),
    Field("chuc_vu", "Chức vụ người ký", "CHỦ TỊCH"),
    Field("ho_ten", "Họ và tên người ký", ""),
)
RESOLUTION = (
    ("tt", "Số thứ tự", "1"),
    ("noi_dung", "Nội dung", "Hoàn thành đường trục thôn"),
    ("chu_tri", "Chủ trì", "Công chức Địa chính"),
    ("thoi_han", "Thời hạn", "30/11/2026"),
)
LINE = (("dong", "Một dòng", "Xã đã đủ điều kiện."),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One kind: what it is called, its fields, and its paper with fields in the place of values."""

    kind: str
    title: str
    fields: tuple[Field, ...]
    paper: Paper

    def template(self) -> bytes:
        """Our own template, to start from."""
        return to_docx(self.paper)


def shared_values(office: Office, symbol: str) -> dict[str, Any]:
    """The values of ``HEAD``."""
    head, signature = office.head(symbol), office.signature
    return {
        "co_quan": head.issuer[0].upper(),
        "dia_phuong": head.issuer[-1].upper(),
        "ten_co_quan": office.name,
        "so_ky_hieu": number_line(head),
        "dia_danh_ngay": date_line(head),
        "nam": str(office.year),
        "quyen_han": signature.authority.upper(),
        "ky_thay": signature.acting_for.upper(),
        "chuc_vu": signature.title.upper(),
        "ho_ten": signature.name,
    }


def late_values(late: Sequence[Late]) -> list[dict[str, str]]:
    """The rows of the reminder's list."""
    return [
        {
            "tt": str(number),
            "noi_dung": each.text,
            "chu_tri": each.lead,
            "thoi_han": f"{each.due:%d/%m/%Y}",
            "tien_do": each.words,
        }
        for number, each in enumerate(late, 1)
    ]


def resolution_values(resolutions: Sequence[Resolution]) -> list[dict[str, str]]:
    """The rows of what was concluded."""
    return [
        {"tt": str(number), "noi_dung": each.text, "chu_tri": each.lead, "thoi_han": each.due}
        for number, each in enumerate(resolutions, 1)
    ]


def line_values(lines: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a plain list."""
    return [{"dong": line.strip().rstrip(".;") + "."} for line in lines if line.strip()]


def meeting_values(meeting: Meeting) -> dict[str, Any]:
    """The fields of minutes."""
    return {
        "trich_yeu": meeting.about,
        "bat_dau": meeting.opened,
        "ket_thuc": meeting.closed,
        "noi_hop": meeting.where,
        "chu_tri": meeting.chair,
        "thu_ky": meeting.secretary,
        "du_hop": line_values(meeting.present),
        "vang": line_values(meeting.absent),
        "noi_dung": line_values(meeting.discussed),
        "ket_luan": resolution_values(meeting.resolutions),
    }


def _field(name: str) -> str:
    return "{{ " + name + " }}"


_HEAD = Head(
    issuer=(_field("co_quan"), _field("dia_phuong")),
    symbol="",
    place="",
    number_words=_field("so_ky_hieu"),
    date_words=_field("dia_danh_ngay"),
)
_SIGNED = Signature(
    authority=_field("quyen_han"),
    acting_for=_field("ky_thay"),
    title=_field("chuc_vu"),
    name=_field("ho_ten"),
)
_PAPER = Paper(head=_HEAD, kind="", about="", blocks=(), signature=_SIGNED)


def _rows(source: str, columns: tuple[Column, ...], names: Sequence[str]) -> Table:
    """A table whose second row repeats for the list."""
    return Table(
        columns=columns,
        rows=(
            Row(cells=(f"{{%tr for dong in {source} %}}",)),
            Row(cells=tuple(_field(f"dong.{name}") for name in names)),
            Row(cells=("{%tr endfor %}",)),
        ),
    )


def _lines(source: str) -> tuple[Block, ...]:
    """Paragraphs that repeat for the list."""
    return (
        Paragraph(text=f"{{%p for muc in {source} %}}"),
        Paragraph(marker="-", text=_field("muc.dong")),
        Paragraph(text="{%p endfor %}"),
    )


_CONCLUDED = _rows(
    "ket_luan",
    (
        Column(title="TT", share=0.6, align="center"),
        Column(title="Nội dung kết luận", share=4.4),
        Column(title="Chủ trì", share=2),
        Column(title="Thời hạn", share=1.6, align="center"),
    ),
    ("tt", "noi_dung", "chu_tri", "thoi_han"),
)
_LATE = _rows(
    "cong_viec",
    (
        Column(title="TT", share=0.6, align="center"),
        Column(title="Nhiệm vụ", share=4),
        Column(title="Chủ trì", share=2),
        Column(title="Thời hạn", share=1.6, align="center"),
        Column(title="Tiến độ", share=1.4, align="center"),
    ),
    ("tt", "noi_dung", "chu_tri", "thoi_han", "tien_do"),
)
_ABOUT = Field("trich_yeu", "Trích yếu", "Kết luận cuộc họp Ban Chỉ đạo tháng 11")

FORMS = {
    form.kind: form
    for form in (
        Form(
            kind="cong-van-don-doc",
            title="Công văn đôn đốc",
            fields=(
                *HEAD,
                Field("han_tra_loi", "Hạn trả lời", "30/11/2026"),
                Field(
                    "cong_viec",
                    "Việc chậm, sắp đến hạn",
                    columns=(*RESOLUTION, ("tien_do", "Tiến độ", "Chậm 5 ngày")),
                ),
                Field("noi_gui", "Nơi gửi", columns=LINE),
            ),
            paper=replace(
                _PAPER,
                about="V/v đôn đốc thực hiện nhiệm vụ xây dựng nông thôn mới",
                blocks=(
                    Paragraph(text="Kính gửi:", indent=True),
                    *_lines("noi_gui"),
                    Paragraph(
                        text="Qua theo dõi kế hoạch năm {{ nam }}, các nhiệm vụ sau chưa hoàn "
                        "thành đúng tiến độ hoặc sắp đến hạn:"
                    ),
                    _LATE,
                    Paragraph(
                        text="{{ ten_co_quan }} đề nghị các đơn vị tập trung hoàn thành, báo cáo "
                        "kết quả hoặc nêu rõ vướng mắc và thời hạn mới trước ngày "
                        "{{ han_tra_loi }}."
                    ),
                ),
                recipients=("Như trên", "Thường trực Đảng ủy, HĐND", "Lưu: VT"),
            ),
        ),
        Form(
            kind="thong-bao",
            title="Thông báo kết luận",
            fields=(
                *HEAD,
                _ABOUT,
                Field("mo_dau", "Câu mở đầu", "Chủ tịch Ủy ban nhân dân xã kết luận như sau."),
                Field("ket_luan", "Các kết luận", columns=RESOLUTION),
            ),
            paper=replace(
                _PAPER,
                kind="Thông báo",
                about=_field("trich_yeu"),
                blocks=(
                    Paragraph(text=_field("mo_dau")),
                    _CONCLUDED,
                    Paragraph(text="Thông báo để các đơn vị biết và thực hiện."),
                ),
                recipients=("Các thành viên dự họp", "Các thôn", "Lưu: VT"),
            ),
        ),
        Form(
            kind="to-trinh",
            title="Tờ trình",
            fields=(
                *HEAD,
                _ABOUT,
                Field("kinh_gui", "Nơi nhận tờ trình", "Ủy ban nhân dân tỉnh An Mẫu"),
                Field("ly_do", "Sự cần thiết", columns=LINE),
                Field("noi_dung", "Nội dung trình", columns=LINE),
                Field("ho_so", "Hồ sơ gửi kèm", columns=LINE),
            ),
            paper=replace(
                _PAPER,
                kind="Tờ trình",
                about=_field("trich_yeu"),
                blocks=(
                    Paragraph(text="Kính gửi: {{ kinh_gui }}.", align="center", indent=False),
                    Heading(level=1, label="I.", text="Sự cần thiết"),
                    *_lines("ly_do"),
                    Heading(level=1, label="II.", text="Nội dung trình"),
                    *_lines("noi_dung"),
                    Paragraph(
                        text="{{ ten_co_quan }} kính trình {{ kinh_gui }} xem xét, quyết định. "
                        "Hồ sơ gửi kèm gồm:"
                    ),
                    *_lines("ho_so"),
                ),
                recipients=("Như trên", "Lưu: VT"),
                end_mark=False,
            ),
        ),
        Form(
            kind="bien-ban",
            title="Biên bản họp",
            fields=(
                *(field for field in HEAD if field.name not in ("quyen_han", "ky_thay", "chuc_vu")),
                _ABOUT,
                Field("bat_dau", "Bắt đầu", "8 giờ 00 ngày 22/11/2026"),
                Field("ket_thuc", "Kết thúc", "10 giờ 30"),
                Field("noi_hop", "Nơi họp", "Hội trường UBND xã"),
                Field("chu_tri", "Chủ trì", "Chủ tịch UBND xã"),
                Field("thu_ky", "Thư ký", "Công chức Văn phòng"),
                Field("du_hop", "Người dự", columns=LINE),
                Field("vang", "Người vắng", columns=LINE),
                Field("noi_dung", "Nội dung", columns=LINE),
                Field("ket_luan", "Kết luận", columns=RESOLUTION),
            ),
            paper=replace(
                _PAPER,
                kind="Biên bản",
                about=_field("trich_yeu"),
                blocks=(
                    Paragraph(text="Bắt đầu: {{ bat_dau }}, tại {{ noi_hop }}."),
                    Paragraph(text="Chủ trì: {{ chu_tri }}. Thư ký: {{ thu_ky }}."),
                    Paragraph(text=(Run("Thành phần dự họp:", bold=True),)),
                    *_lines("du_hop"),
                    Paragraph(text=(Run("Vắng mặt:", bold=True),)),
                    *_lines("vang"),
                    Heading(level=1, label="I.", text="Nội dung"),
                    *_lines("noi_dung"),
                    Heading(level=1, label="II.", text="Kết luận"),
                    _CONCLUDED,
                    Paragraph(
                        text="Cuộc họp kết thúc vào {{ ket_thuc }}; biên bản đã đọc lại và thống "
                        "nhất."
                    ),
                ),
                signature=Signature(title="Chủ trì", name=_field("ho_ten")),
                also_signs=Signature(title="Thư ký"),
            ),
        ),
    )
}
