"""What the templates of all kinds share: their head and foot as fields, lists, rows of tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...templates import Field
from ...tree import Block, Column, Head, Paper, Paragraph, Row, Signature, Table
from ...word import to_docx
from ...wording import annex_reference, date_line, number_line
from ..office import Office

Columns = tuple[tuple[str, str, str], ...]

LINE: Columns = (("dong", "Một dòng", "Xã đã đủ điều kiện."),)
SIGNER = (
    Field("quyen_han", "Quyền hạn người ký", "TM. ỦY BAN NHÂN DÂN"),
    Field("ky_thay", "Ký thay, để trống khi không có", ""),
    Field("chuc_vu", "Chức vụ người ký", "CHỦ TỊCH"),
)
RECIPIENTS = (
    Field(
        "noi_nhan",
        "Nơi nhận, trừ dòng lưu",
        columns=(("dong", "Một nơi nhận", "Thường trực Đảng ủy, HĐND"),),
    ),
    Field("luu", "Nơi lưu, sau chữ “Lưu:”", "VT"),
)
MINUTES_HEAD = (
    Field("co_quan", "Dòng trên của tên cơ quan", "ỦY BAN NHÂN DÂN"),
    Field("dia_phuong", "Dòng dưới của tên cơ quan", "XÃ LÀNG MẪU"),
    Field("ten_co_quan", "Tên cơ quan trong câu", "Ủy ban nhân dân xã Làng Mẫu"),
    Field("so_ky_hieu", "Dòng số, ký hiệu", "Số: 07/TB-UBND"),
    Field("dia_danh_ngay", "Địa danh, ngày tháng", "Làng Mẫu, ngày 22 tháng 11 năm 2026"),
    Field("nam", "Năm", "2026"),
    Field("ho_ten", "Họ và tên người ký", ""),
)
HEAD = (*MINUTES_HEAD, *SIGNER, *RECIPIENTS)
ANNEX = Field(
    "kem_theo",
    "Dòng trong ngoặc dưới tên phụ lục",
    "(Kèm theo Quyết định số 07/QĐ-UBND ngày 22/11/2026 của Ủy ban nhân dân xã Làng Mẫu)",
)
BASES = Field("can_cu", "Các căn cứ", columns=LINE)
ABOUT = Field("trich_yeu", "Trích yếu", "Kết luận cuộc họp Ban Chỉ đạo tháng 11")


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


def shared_values(
    office: Office, symbol: str, recipients: Sequence[str] = ("Như trên", "Lưu: VT")
) -> dict[str, Any]:
    """The values of ``HEAD``."""
    head, signature = office.head(symbol), office.signature
    sent = [each.strip(" -;.") for each in recipients if each.strip(" -;.")]
    kept = [each for each in sent if each.lower().startswith("lưu")]
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
        "noi_nhan": [{"dong": each} for each in sent if each not in kept],
        "luu": kept[-1][3:].strip(" :") if kept else "VT",
    }


def annex_value(paper: Paper) -> dict[str, str]:
    """The value of ``ANNEX``."""
    return {"kem_theo": annex_reference(paper)}


def line_values(lines: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a plain list."""
    return [{"dong": line.strip().rstrip(".;") + "."} for line in lines if line.strip()]


def base_values(bases: Sequence[str]) -> list[dict[str, str]]:
    """The rows of ``BASES``; the template sets the semicolons."""
    return [{"dong": base.strip().rstrip(" ;.,")} for base in bases if base.strip()]


def field(name: str) -> str:
    """The field as it stands in a template."""
    return "{{ " + name + " }}"


HEAD_OF_FIELDS = Head(
    issuer=(field("co_quan"), field("dia_phuong")),
    issuer_words=field("ten_co_quan"),
    symbol="",
    place="",
    number_words=field("so_ky_hieu"),
    date_words=field("dia_danh_ngay"),
    annex_words=field("kem_theo"),
)
SIGNED = Signature(
    authority=field("quyen_han"),
    acting_for=field("ky_thay"),
    title=field("chuc_vu"),
    name=field("ho_ten"),
)
SENT = ("{%p for muc in noi_nhan %}", field("muc.dong"), "{%p endfor %}", "Lưu: {{ luu }}")
EVERY_BASE = ("{%p for muc in can_cu %}", field("muc.dong"), "{%p endfor %}")
BLANK = Paper(head=HEAD_OF_FIELDS, kind="", about="", blocks=(), signature=SIGNED, recipients=SENT)


def rows(source: str, columns: tuple[Column, ...], names: Sequence[str]) -> Table:
    """A table whose second row repeats for the list."""
    return Table(
        columns=columns,
        rows=(
            Row(cells=(f"{{%tr for dong in {source} %}}",)),
            Row(cells=tuple(field(f"dong.{name}") for name in names)),
            Row(cells=("{%tr endfor %}",)),
        ),
    )


def lines(source: str) -> tuple[Block, ...]:
    """Paragraphs that repeat for the list."""
    return (
        Paragraph(text=f"{{%p for muc in {source} %}}"),
        Paragraph(marker="-", text=field("muc.dong")),
        Paragraph(text="{%p endfor %}"),
    )


def only_if(name: str, *blocks: Block) -> tuple[Block, ...]:
    """Blocks that are there only where the field or list is not empty."""
    return (
        Paragraph(text=f"{{%p if {name} %}}"), *blocks, Paragraph(text="{%p endif %}"),
    )  # fmt: skip
