"""Reminder, notice, submission, minutes as templates: fields, values, our own papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ...templates import Field
from ...tree import Column, Heading, Paragraph, Run, Signature
from ..letters import Late, Meeting, Resolution
from .base import (
    ABOUT,
    BLANK,
    HEAD,
    LINE,
    MINUTES_HEAD,
    Form,
    field,
    line_values,
    lines,
    only_if,
    rows,
)

RESOLUTION = (
    ("tt", "Số thứ tự", "1"),
    ("noi_dung", "Nội dung", "Hoàn thành đường trục thôn"),
    ("chu_tri", "Chủ trì", "Công chức Địa chính"),
    ("thoi_han", "Thời hạn", "30/11/2026"),
)


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


_CONCLUDED = rows(
    "ket_luan",
    (
        Column(title="TT", share=0.6, align="center"),
        Column(title="Nội dung kết luận", share=4.4),
        Column(title="Chủ trì", share=2),
        Column(title="Thời hạn", share=1.6, align="center"),
    ),
    ("tt", "noi_dung", "chu_tri", "thoi_han"),
)
_BARE = rows(
    "chua_giao",
    (
        Column(title="TT", share=0.6, align="center"),
        Column(title="Nhiệm vụ", share=6),
        Column(title="Thời hạn", share=1.6, align="center"),
        Column(title="Tiến độ", share=1.4, align="center"),
    ),
    ("tt", "noi_dung", "thoi_han", "tien_do"),
)
_LATE = rows(
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
FORMS = (
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
            Field(
                "chua_giao",
                "Việc chưa giao nơi chủ trì",
                columns=(*RESOLUTION, ("tien_do", "Tiến độ", "Còn 8 ngày")),
            ),
            Field(
                "giao_viec",
                "Ai giao nơi chủ trì",
                "Chủ tịch Ủy ban nhân dân xã giao nơi chủ trì các nhiệm vụ này.",
            ),
            Field("noi_gui", "Nơi gửi", columns=LINE),
        ),
        paper=replace(
            BLANK,
            about="V/v đôn đốc thực hiện nhiệm vụ xây dựng nông thôn mới",
            blocks=(
                Paragraph(text="Kính gửi:", indent=True),
                *lines("noi_gui"),
                *only_if(
                    "cong_viec",
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
                *only_if(
                    "chua_giao",
                    Paragraph(text="Các nhiệm vụ sau chưa giao nơi chủ trì:"),
                    _BARE,
                    Paragraph(text=field("giao_viec")),
                ),
            ),
        ),
    ),
    Form(
        kind="thong-bao",
        title="Thông báo kết luận",
        fields=(
            *HEAD,
            ABOUT,
            Field("mo_dau", "Câu mở đầu", "Chủ tịch Ủy ban nhân dân xã kết luận như sau."),
            Field("ket_luan", "Các kết luận", columns=RESOLUTION),
        ),
        paper=replace(
            BLANK,
            kind="Thông báo",
            about=field("trich_yeu"),
            blocks=(
                Paragraph(text=field("mo_dau")),
                *only_if("ket_luan", _CONCLUDED),
                Paragraph(text="Thông báo để các đơn vị biết và thực hiện."),
            ),
        ),
    ),
    Form(
        kind="to-trinh",
        title="Tờ trình",
        fields=(
            *HEAD,
            ABOUT,
            Field("kinh_gui", "Nơi nhận tờ trình", "Ủy ban nhân dân tỉnh An Mẫu"),
            Field("ly_do", "Sự cần thiết", columns=LINE),
            Field("noi_dung", "Nội dung trình", columns=LINE),
            Field("ho_so", "Hồ sơ gửi kèm", columns=LINE),
        ),
        paper=replace(
            BLANK,
            kind="Tờ trình",
            about=field("trich_yeu"),
            blocks=(
                Paragraph(text="Kính gửi: {{ kinh_gui }}.", align="center", indent=False),
                Heading(level=1, label="I.", text="Sự cần thiết"),
                *lines("ly_do"),
                Heading(level=1, label="II.", text="Nội dung trình"),
                *lines("noi_dung"),
                Paragraph(
                    text="{{ ten_co_quan }} kính trình {{ kinh_gui }} xem xét, quyết định. "
                    "Hồ sơ gửi kèm gồm:"
                ),
                *lines("ho_so"),
            ),
            end_mark=False,
        ),
    ),
    Form(
        kind="bien-ban",
        title="Biên bản họp",
        fields=(
            *MINUTES_HEAD,
            ABOUT,
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
            BLANK,
            kind="Biên bản",
            about=field("trich_yeu"),
            blocks=(
                Paragraph(text="Bắt đầu: {{ bat_dau }}, tại {{ noi_hop }}."),
                Paragraph(text="Chủ trì: {{ chu_tri }}. Thư ký: {{ thu_ky }}."),
                Paragraph(text=(Run("Thành phần dự họp:", bold=True),)),
                *lines("du_hop"),
                Paragraph(text=(Run("Vắng mặt:", bold=True),)),
                *lines("vang"),
                Heading(level=1, label="I.", text="Nội dung"),
                *lines("noi_dung"),
                Heading(level=1, label="II.", text="Kết luận"),
                *only_if("ket_luan", _CONCLUDED),
                Paragraph(
                    text="Cuộc họp kết thúc vào {{ ket_thuc }}; biên bản đã đọc lại và thống nhất."
                ),
            ),
            signature=Signature(title="Chủ trì", name=field("ho_ten")),
            also_signs=Signature(title="Thư ký"),
            recipients=(),
        ),
    ),
)
