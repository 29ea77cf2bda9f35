"""A few papers and a picture of the sample commune, and what they prove. All made up."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date

from dinhlang.facts import services
from dinhlang.people.models import User
from dinhlang.places.models import Unit

from .cast import COMMUNE

SET = "qd-01-2026-qd-mau/xa-ntm"
PAPERS = (
    ("quy-hoach-chung.docx", "Quyết định mẫu phê duyệt quy hoạch chung xã Làng Mẫu", "15/QĐ-MẪU",
     "UBND tỉnh An Mẫu (không có thật)", "Phó Chủ tịch",
     (("quy_hoach_chung_duoc_duyet_cong_bo", ""), ("", "1.1"))),
    ("nghiem-thu-duong-thon.docx", "Biên bản mẫu nghiệm thu đường thôn Đình, 0,7 km", "04/BB-MẪU",
     "UBND xã Làng Mẫu", "Chủ tịch", (("ty_le_duong_thon_cung_hoa", ""), ("", "2.2"))),
    ("tiep-can-phap-luat.docx", "Quyết định mẫu công nhận đạt chuẩn tiếp cận pháp luật",
     "21/QĐ-MẪU", "UBND tỉnh An Mẫu (không có thật)", "Phó Chủ tịch",
     (("dat_chuan_tiep_can_phap_luat", ""),)),
    ("bao-cao-nuoc-sach.docx", "Báo cáo mẫu về nước sạch, chưa gắn vào chỉ tiêu nào", "33/BC-MẪU",
     "UBND xã Làng Mẫu", "Chủ tịch", ()),
)  # fmt: skip
"""File, title, number, agency, who signs (an office), what it proves: a measure or an indicator."""


def load(units: Mapping[str, Unit], users: Mapping[str, User], today: date) -> None:
    """The papers of the commune, all but one attached, and a picture of a road."""
    place, by = units[COMMUNE], users["congchuc"]
    for at, (name, title, number, agency, signer, proved) in enumerate(PAPERS):
        about = services.About(
            title=title, number=number, agency=agency, signer=signer,
            dated=date(today.year, 1, 12 + at) if today >= date(today.year, 2, 1) else None,
        )  # fmt: skip
        sent = services.Sent(name=name, content=_paper(title, number), about=about)
        row = services.add(by, place, sent)
        for measure, indicator in proved:
            target = services.Target(
                place=place, measure=measure, set_id=SET if indicator else "", number=indicator
            )
            services.attach(by, row, target)
    about = services.About(title="Ảnh mẫu: đường thôn Đình sau khi làm xong")
    sent = services.Sent(name="duong-thon-dinh.png", content=_picture(), about=about)
    row = services.add(by, place, sent)
    services.attach(by, row, services.Target(place=place, set_id=SET, number="2.2"))


def _paper(title: str, number: str) -> bytes:
    from docx import Document

    paper = Document()
    paper.add_paragraph(f"Số: {number}")
    paper.add_heading(title, 1)
    paper.add_paragraph("Văn bản này không có thật. Chương trình làm ra để xem thử.")
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _picture() -> bytes:
    """A road between fields under a sky, drawn."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (960, 640), "#cfe6f2")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 300, 960, 640), fill="#8fb573")
    draw.polygon([(430, 300), (530, 300), (820, 640), (140, 640)], fill="#b9b4aa")
    for top in range(330, 640, 62):
        half = 2 + (top - 300) // 40
        draw.rectangle((480 - half, top, 480 + half, top + 26), fill="#f4f1e8")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
