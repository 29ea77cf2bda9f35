"""A paper with everything a paper can have, for the tests of the writers."""

from __future__ import annotations

from datetime import date

from dinhlang.papers.writing.tree import (
    Annex,
    Column,
    Head,
    Heading,
    Paper,
    Paragraph,
    Row,
    Run,
    Signature,
    Table,
)

COLUMNS = (
    Column(title="TT", share=0.6, align="center"),
    Column(title="Nội dung", share=4),
    Column(title="Số tiền", share=1.4, align="right"),
)


def table(rows: int) -> Table:
    """A table with a group, so many rows, and a total."""
    return Table(
        columns=COLUMNS,
        rows=(
            Row(cells=("Tiêu chí Giao thông", "17.500"), strong=True, span=2),
            *(Row(cells=(str(n), f"Đường trục thôn số {n}", "350")) for n in range(1, rows + 1)),
            Row(cells=("Tổng cộng", "17.500"), strong=True, span=2),
        ),
        unit="Đơn vị tính: triệu đồng",
    )


def paper(rows: int = 60, number: int | None = None, day: date | None = None) -> Paper:
    """A plan of a commune that does not exist, with two annexes, one of them across the page."""
    return Paper(
        head=Head(
            issuer=("Ủy ban nhân dân", "xã Làng Mẫu"),
            issuer_words="Ủy ban nhân dân xã Làng Mẫu",
            symbol="KH-UBND",
            place="Làng Mẫu",
            number=number,
            date=day,
            year=2026,
        ),
        kind="Kế hoạch",
        about="Xây dựng nông thôn mới xã Làng Mẫu năm 2026",
        bases=("Căn cứ Luật Mẫu", "Căn cứ Nghị quyết mẫu của Đảng ủy xã;"),
        blocks=(
            Heading(level=1, label="I.", text="Mục đích"),
            Paragraph(marker="-", text=("Giữ vững ", Run("19 tiêu chí", bold=True))[0]),
            Heading(level=2, label="1.", text="Yêu cầu <chung> & riêng"),
            Heading(level=3, label="a)", text="một nội dung."),
            table(rows),
            Paragraph(text=(Run("Các bộ phận "), Run("nghiêm túc", italic=True), Run(" làm."))),
        ),
        signature=Signature(
            authority="TM. Ủy ban nhân dân", acting_for="KT. Chủ tịch", title="Phó Chủ tịch"
        ),
        recipients=("UBND tỉnh;", "Các thôn", "Lưu: VT."),
        annexes=(
            Annex(title="Khối lượng theo thôn", blocks=(table(rows),), landscape=True),
            Annex(title="Kinh phí", blocks=(table(3),)),
        ),
    )
