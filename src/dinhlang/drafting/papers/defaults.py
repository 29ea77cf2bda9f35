"""What stands in each box before anybody writes: said from the data, so that nobody retypes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from .boxes import BOXES, Value, day_of
from .gathering import Source
from .gathering.work import said_with

ANSWER_DAYS = 7
SENT = {
    "bao-cao": ("Như trên", "Thường trực Đảng ủy, HĐND", "Lưu: VT"),
    "phan-cong": ("Như Điều 3", "Thường trực Đảng ủy, HĐND", "Lưu: VT"),
    "ban-chi-dao": ("Như Điều 3", "Thường trực Đảng ủy, HĐND", "Lưu: VT"),
    "cong-van-don-doc": ("Như trên", "Thường trực Đảng ủy, HĐND", "Lưu: VT"),
    "thong-bao": ("Các thành viên dự họp", "Các thôn", "Lưu: VT"),
    "to-trinh": ("Như trên", "Lưu: VT"),
    "danh-muc": ("Lưu: VT",),
}


def values(kind: str, on: date, source: Source, texts: Mapping[str, Value]) -> dict[str, Value]:
    """The value of each box: what was written, else what the data say."""
    said = _BY_KIND[kind](on, source) if kind in _BY_KIND else {}
    said |= {"recipients": "\n".join(SENT.get(kind, ())), "signs": "chair"}
    found: dict[str, Value] = {}
    for box in BOXES[kind]:
        empty: Value = [] if box.shape == "table" else ""
        found[box.name] = texts.get(box.name, said.get(box.name, empty))
    return found


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _report(on: date, source: Source) -> dict[str, Any]:
    return {
        "receiver": source["above"],
        "work": source["work"],
        "obstacles": _lines(*source["blocked"]),
        "following": _lines(*source["following"]),
    }


def _bases(source: Source) -> str:
    return _lines(*(f"Căn cứ {each}" for each in (*source["decisions"], *source["plans"])))


def _assignment(on: date, source: Source) -> dict[str, Any]:
    return {"bases": _bases(source), "charges": source["charges"]}


def _committee(on: date, source: Source) -> dict[str, Any]:
    return {"bases": _bases(source), "members": source["members"]}


def _reminder(on: date, source: Source) -> dict[str, Any]:
    return {"late": source["late"], "until": f"{on + timedelta(days=ANSWER_DAYS):%d/%m/%Y}"}


def _notice(on: date, source: Source) -> dict[str, Any]:
    if not source["minutes"]:
        return {"about": "Kết luận cuộc họp về xây dựng nông thôn mới"}
    who = f"{source['chair']} kết luận" if source["chair"] else "Chủ trì cuộc họp kết luận"
    return {
        "meeting": source["meeting"],
        "about": f"Kết luận {_lower(source['minutes'])}",
        "opening": f"Tại cuộc họp ngày {source['held']}, {who} như sau",
        "resolutions": source["resolutions"],
    }


def _standing(source: Source) -> str:
    counts = source.get("counts")
    if not counts:
        return ""
    missing = [
        f"{each['number']} ({each['name']})" for each in source["criteria"] if not each["met"]
    ]
    words = f"Theo {source['set']}, xã đạt {counts['now']}/{counts['total']} tiêu chí"
    return f"{words}; chưa đủ điều kiện: {', '.join(missing)}" if missing else words


def _submission(on: date, source: Source) -> dict[str, Any]:
    lack = source["lack"]
    ask = f"Xem xét, hỗ trợ phần kinh phí còn thiếu {lack}" if lack else ""
    return {
        "receiver": source["above"],
        "about": f"Về việc hỗ trợ kinh phí thực hiện chương trình {source['programme']} năm "
        f"{on.year}" if lack else "",
        "reasons": _lines(_standing(source), source["need"]),
        "contents": ask,
        "enclosed": _lines(*source["plans"]),
    }  # fmt: skip


def _minutes(on: date, source: Source) -> dict[str, Any]:
    late = [
        f"{_when(on, each['due'])}: {said_with(each['text'], each['lead'], each['due'])}"
        for each in source["late"]
    ]
    return {
        "about": "Họp Ban Chỉ đạo chương trình mục tiêu quốc gia xây dựng nông thôn mới",
        "opened": f"8 giờ 00 ngày {on:%d/%m/%Y}",
        "where": f"Trụ sở Ủy ban nhân dân {source['place']}",
        "present": _lines(*source["present"]),
        "discussed": _lines(
            _standing(source),
            *late,
        ),
    }


def _when(on: date, due: str) -> str:
    return "Việc chậm" if day_of(due) < on else "Việc sắp đến hạn"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


_BY_KIND = {
    "bao-cao": _report,
    "phan-cong": _assignment,
    "ban-chi-dao": _committee,
    "cong-van-don-doc": _reminder,
    "thong-bao": _notice,
    "to-trinh": _submission,
    "bien-ban": _minutes,
}
