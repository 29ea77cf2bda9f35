"""What an officer may write on a paper of each kind; everything else comes from the data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from dinhlang.vietnamese import nfc

Shape = Literal["line", "text", "lines", "number", "date", "choice", "table"]
Value = str | list[dict[str, str]]

LONGEST = 20_000
MOST_ROWS = 300
SIGNS = (("chair", "Chủ tịch ký"), ("deputy", "Phó Chủ tịch ký thay (KT.)"))


@dataclass(frozen=True, slots=True)
class Box:
    """One field of the form. ``columns`` of a table: name, heading, share of the width."""

    name: str
    label: str
    shape: Shape = "line"
    help: str = ""
    columns: tuple[tuple[str, str, int], ...] = ()
    choices: tuple[tuple[str, str], ...] = ()


RESOLUTIONS = (("text", "Nội dung kết luận", 5), ("lead", "Chủ trì", 2), ("due", "Thời hạn", 2))
_LINES = "Mỗi dòng một ý."
_SHORT = (
    "GS", "PGS", "TSKH", "TS", "Ts", "ThS", "Ths", "THS", "NCS", "BS", "BSCKI", "BSCKII", "DS",
    "KS", "KTS", "CN", "LS", "CVCC", "NGND", "NGƯT", "NSND", "NSƯT", "TTND", "TTƯT", "AHLĐ",
)  # fmt: skip
_LONG = (
    "phó giáo sư", "giáo sư", "tiến sĩ", "tiến sỹ", "thạc sĩ", "thạc sỹ", "bác sĩ", "bác sỹ",
    "dược sĩ", "kỹ sư", "kĩ sư", "kiến trúc sư", "cử nhân", "luật sư", "nhà giáo", "nghệ nhân",
    "nghệ sĩ", "thầy thuốc", "anh hùng",
)  # fmt: skip
_TITLES = re.compile(
    rf"(?:^|[\s.,(])(?:{'|'.join(_SHORT)})(?=[\s.,)]|$)"
    rf"|(?:^|[.,(]\s*)(?i:{'|'.join(_LONG)})(?=\s)"
)
"""A title before or after a name; short ones as they are written, so that no name is taken."""
FOOT = (
    Box("recipients", "Nơi nhận", "lines", "Mỗi dòng một nơi; dòng cuối là nơi lưu."),
    Box("number", "Số", "number", "Để trống nếu văn thư cấp sau."),
    Box("day", "Ngày ký", "date", "Để trống nếu chưa ký. Ví dụ 22/11/2026."),
    Box("signs", "Người ký", "choice", choices=SIGNS),
    Box("signer", "Họ và tên người ký", help="Để trống được."),
)
BASES = Box("bases", "Căn cứ", "lines", "Mỗi dòng một căn cứ.")
BOXES: dict[str, tuple[Box, ...]] = {
    "bao-cao": (
        Box("receiver", "Kính gửi"),
        Box(
            "work", "Nhiệm vụ trong kỳ", "table",
            "Kết quả lấy từ trạng thái, sản phẩm, số liệu của việc; ghi chú nội bộ không đưa vào. "
            "Sửa được từng ô.",
            (("text", "Nhiệm vụ", 5), ("lead", "Chủ trì", 3), ("state", "Kết quả", 4)),
        ),
        Box("obstacles", "Khó khăn, vướng mắc", "lines", _LINES),
        Box("following", "Nhiệm vụ kỳ sau", "lines", _LINES),
        Box("proposals", "Kiến nghị, đề xuất", "lines", _LINES),
        *FOOT,
    ),
    "phan-cong": (
        BASES,
        Box(
            "charges", "Phân công", "table",
            "Lấy từ phân công và nhiệm vụ của kế hoạch đã nhận. Dòng trống hết sẽ bị bỏ.",
            (("number", "Tiêu chí", 1), ("name", "Tên tiêu chí", 3), ("lead", "Chủ trì", 3),
             ("partners", "Phối hợp", 3), ("due", "Thời hạn", 2)),
        ),
        *FOOT,
    ),
    "ban-chi-dao": (
        BASES,
        Box(
            "members", "Thành viên", "table",
            "Lấy từ danh sách chức vụ của xã và các thôn. Họ tên, chức vụ để trống thì văn bản có "
            "dòng chấm để điền tay.",
            (("name", "Họ và tên", 3), ("office", "Chức vụ, cơ quan", 5), ("role", "Nhiệm vụ", 3)),
        ),
        *FOOT,
    ),
    "cong-van-don-doc": (
        Box(
            "late", "Việc chậm, sắp đến hạn", "table",
            "Bỏ dòng nào thì công văn không nhắc việc ấy. Việc chưa có chủ trì được liệt kê riêng.",
            (("text", "Nhiệm vụ", 5), ("lead", "Chủ trì", 3), ("due", "Thời hạn", 2)),
        ),
        Box("until", "Trả lời trước ngày", "date"),
        *FOOT,
    ),
    "thong-bao": (
        Box("meeting", "Cuộc họp", "choice", "Các cuộc họp đã chốt biên bản, mới nhất trước."),
        Box("about", "Trích yếu"),
        Box("opening", "Câu mở đầu", "text"),
        Box("resolutions", "Kết luận", "table", columns=RESOLUTIONS),
        *FOOT,
    ),
    "to-trinh": (
        Box("receiver", "Kính gửi"),
        Box("about", "Trích yếu"),
        Box("reasons", "Sự cần thiết", "lines", _LINES),
        Box("contents", "Nội dung trình", "lines", _LINES),
        Box("enclosed", "Hồ sơ gửi kèm", "lines", _LINES),
        *FOOT,
    ),
    "bien-ban": (
        Box("about", "Trích yếu"),
        Box("opened", "Bắt đầu", help="Ví dụ 8 giờ 00 ngày 22/11/2026."),
        Box("closed", "Kết thúc", help="Ví dụ 10 giờ 30 cùng ngày."),
        Box("where", "Địa điểm"),
        Box("chair", "Chủ trì"),
        Box("secretary", "Thư ký"),
        Box("present", "Thành phần dự họp", "lines", "Mỗi dòng một người."),
        Box("absent", "Vắng mặt", "lines", "Mỗi dòng một người."),
        Box("discussed", "Nội dung", "lines", _LINES),
        Box("resolutions", "Kết luận", "table", columns=RESOLUTIONS),
        *FOOT[1:3],
    ),
    "danh-muc": FOOT,
}  # fmt: skip


def too_early(texts: Mapping[str, Value], start: date | None) -> str:
    """Why a report cannot be signed on its day; empty where it can, or nothing is said."""
    day = texts.get("day", "")
    if start is None or not isinstance(day, str) or not day or day_of(day) >= start:
        return ""
    return (
        f"Ngày ký: {day} sớm hơn ngày đầu kỳ báo cáo ({start:%d/%m/%Y}). Hãy kiểm tra lại ngày ký "
        "hoặc kỳ."
    )


def read(kind: str, given: Mapping[str, Any]) -> tuple[dict[str, Value], dict[str, str]]:
    """The values of the boxes that were sent, tidied; and what is wrong with the others, in words.

    Boxes of other kinds are left out; a table comes as rows of its columns, empty ones dropped.
    """
    found: dict[str, Value] = {}
    troubles: dict[str, str] = {}
    for box in BOXES[kind]:
        if box.name not in given:
            continue
        try:
            found[box.name] = _value(box, given[box.name])
        except ValueError as error:
            troubles[box.name] = f"{box.label}: {error}"
    return found, troubles


def _value(box: Box, given: Any) -> Value:
    if box.shape == "table":
        return _rows(box, given if isinstance(given, list) else [])
    text = _text(given)
    if box.shape == "lines":
        lines = (_line(line) for line in text.splitlines())
        return "\n".join(line for line in lines if line)
    if box.shape == "text":
        return text
    text = _line(text)
    if box.shape == "date" and text:
        return f"{day_of(text):%d/%m/%Y}"
    if box.shape == "number" and text and not (text.isdecimal() and 0 < int(text) < 100_000):
        raise ValueError("hãy ghi một số nguyên, ví dụ 12.")
    if box.shape == "choice" and box.choices and text not in dict(box.choices):
        raise ValueError("hãy chọn một trong các cách.")
    if box.name == "signer":
        _refuse_titles(text)
    return text


def _rows(box: Box, given: Sequence[Any]) -> list[dict[str, str]]:
    names = [name for name, _, _ in box.columns]
    rows = []
    for each in given[:MOST_ROWS]:
        row = {name: _line(_text(each.get(name, ""))) for name in names}
        if any(row.values()):
            if box.name == "late":
                row["due"] = f"{day_of(row['due']):%d/%m/%Y}"
            rows.append(row)
    return rows


def _refuse_titles(name: str) -> None:
    """Nghị định 30/2020/NĐ-CP, Phụ lục I: no academic or honorary titles before the name."""
    found = _TITLES.search(name)
    if found is not None:
        raise ValueError(
            f"bỏ “{found.group().strip(' ,.')}”; trước họ tên người ký không ghi học hàm, học vị, "
            "danh hiệu (Nghị định 30/2020/NĐ-CP). Ví dụ: Nguyễn Văn Mẫu."
        )


def _text(given: Any) -> str:
    # PostgreSQL keeps no NUL, and no other control sign belongs into a paper.
    text = "".join(c for c in str(given) if c in "\n\t" or (c >= " " and c != "\x7f"))
    return nfc(text.replace("\r\n", "\n")).strip()[:LONGEST]


def _line(text: str) -> str:
    return " ".join(text.split())


def day_of(text: str) -> date:
    """The day written “22/11/2026”. Raises ``ValueError`` with words for the writer."""
    parts = text.split("/")
    try:
        day, month, year = (int(part) for part in parts)
        found = date(year, month, day)
    except ValueError:
        raise ValueError(f"“{text}” không phải ngày. Hãy ghi như 22/11/2026.") from None
    if not 2000 <= found.year <= 2100:
        raise ValueError(f"“{text}” không phải ngày. Hãy ghi như 22/11/2026.")
    return found
