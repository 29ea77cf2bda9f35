"""What a giver gets: the receipt on A5 and the letter of thanks."""

from __future__ import annotations

from datetime import date

from dinhlang.papers.writing.composing.office import Office
from dinhlang.papers.writing.slip import Slip
from dinhlang.papers.writing.tree import Paper, Paragraph
from dinhlang.vietnamese import format_date, format_long_date, format_money, format_number

from .. import eligible
from ..models import Receipt
from ..selectors.contributions import gift_words
from ..selectors.support import quantity_words


def slip(row: Receipt) -> Slip:
    """The receipt; one that takes another back says which and why."""
    place = row.place
    lines = [("Họ và tên người đóng góp", row.giver)]
    if row.village:
        lines.append(("Địa chỉ", f"{row.village.title}, {place.full_name}"))
    lines.append(("Nội dung", row.purpose or "Đóng góp xây dựng nông thôn mới"))
    lines += _what(row)
    note = ""
    if row.cancels is not None:
        lines.append(("Lý do hủy", row.reason))
        note = (
            f"Phiếu này hủy phiếu thu số {row.cancels.number}/{row.cancels.year} "
            f"ngày {format_date(row.cancels.day)}."
        )
    return Slip(
        issuer=("Ủy ban nhân dân", place.title),
        title="Phiếu hủy phiếu thu" if row.cancels_id else "Phiếu thu đóng góp",
        number=f"Số: {row.number:03d}/{row.year}",
        day=format_long_date(row.day)[:1].upper() + format_long_date(row.day)[1:],
        lines=tuple(lines),
        signers=("Người đóng góp", "Người lập phiếu", "Người nhận (thủ quỹ)", "Chủ tịch"),
        place=f"{place.name}, {format_long_date(row.day)}",
        note=note,
    )


def _what(row: Receipt) -> list[tuple[str, str]]:
    amount = abs(row.amount)
    if row.quantity is None:
        return [
            ("Số tiền", f"{format_number(amount)} đồng"),
            ("Bằng chữ", eligible.in_words(amount)),
        ]
    found = [(row.get_kind_display(), f"{quantity_words(abs(row.quantity))} {row.unit}")]
    if row.price:
        found.append(("Đơn giá quy đổi", f"{format_money(row.price)}/{row.unit}"))
        found.append(
            ("Giá trị quy đổi", f"{format_number(amount)} đồng ({eligible.in_words(amount)})")
        )
    return found


def thanks(row: Receipt, on: date) -> Paper:
    """The letter of thanks, to be signed by the chair."""
    office = Office(place=row.place.full_name, year=on.year, day=on)
    gift = gift_words(row.kind, row.amount, row.quantity, row.unit)
    purpose = row.purpose or "xây dựng nông thôn mới"
    purpose = purpose[:1].lower() + purpose[1:]
    return Paper(
        head=office.head("TCO-UBND"),
        kind="Thư cảm ơn",
        about="Về việc đóng góp xây dựng nông thôn mới",
        addressees=(row.giver,),
        blocks=(
            Paragraph(
                text=f"{office.name} trân trọng cảm ơn {row.giver} đã đóng góp {gift} cho "
                f"{purpose}, ghi tại phiếu thu số {row.number:03d}/{row.year} ngày "
                f"{format_date(row.day)}."
            ),
            Paragraph(
                text="Sự chung tay ấy giúp thôn, xã có thêm nguồn lực và thêm niềm tin để làm "
                "tốt hơn cho mọi nhà. Khoản đóng góp được ghi sổ đầy đủ, dùng đúng mục đích và "
                "công khai để bà con cùng biết, cùng giám sát."
            ),
            Paragraph(
                text=f"Kính chúc {row.giver} mạnh khỏe, bình an và tiếp tục đồng hành cùng quê "
                "hương."
            ),
        ),
        signature=office.signature,
    )
