"""What is said of the decision: number, day, where and how its table is loaded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dinhlang.law.sets import SetLevel, SubjectLevel
from dinhlang.vietnamese import clean_spaces, fold, nfc

from .problems import RowProblem

SAMPLE_WORD = "MAU"
MODES = {
    "new": "Bộ mới",
    "complete": "Nạp đủ bộ đã có",
    "amend": "Sửa đổi, bổ sung bộ đã có",
}
LEVELS: dict[SetLevel, str] = {
    "ntm": "Nông thôn mới",
    "advanced": "Nông thôn mới nâng cao",
    "model": "Nông thôn mới kiểu mẫu",
    "modern": "Nông thôn mới hiện đại",
    "field": "Lĩnh vực nổi trội",
    "model-village": "Khu dân cư, thôn kiểu mẫu",
    "smart-village": "Thôn thông minh",
    "village": "Thôn nông thôn mới",
    "model-garden": "Vườn mẫu",
    "recognition": "Điều kiện công nhận",
    "province": "Cấp tỉnh",
}
SUBJECTS: dict[SubjectLevel, str] = {
    "commune": "Xã",
    "village": "Thôn",
    "household": "Hộ",
    "district": "Huyện",
    "province": "Tỉnh",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing said of the decision; ``needed`` where no set can do without it. ``help`` is said
    in the workbook, and on the page where ``on_page`` says nothing else.
    """

    label: str
    help: str = ""
    needed: bool = False
    choices: Mapping[Any, str] | None = None
    is_day: bool = False
    on_page: str = ""

    @property
    def page_help(self) -> str:
        """What the page says beside the field."""
        return self.on_page or self.help


FIELDS: dict[str, Field] = {
    "number": Field(
        "Số quyết định", "Đúng như trên văn bản. Số liệu mẫu phải có chữ MẪU trong số.", True
    ),
    "issuer": Field("Cơ quan ban hành", "Ví dụ: UBND tỉnh …", True),
    "date": Field("Ngày ban hành", "Ngày/tháng/năm.", True, is_day=True),
    "title": Field("Trích yếu", "Tên quyết định, không kèm số."),
    "valid_from": Field("Có hiệu lực từ ngày", "Ngày/tháng/năm.", True, is_day=True),
    "valid_to": Field(
        "Hết hiệu lực từ ngày", "Để trống nếu quyết định không nói.", is_day=True
    ),
    "mode": Field("Cách nạp", "", True, MODES),
    "base": Field(
        "Bộ gốc", "Mã bộ đã có, khi nạp đủ hoặc sửa đổi bộ đó. Xem danh sách ở trang Hướng dẫn.",
        on_page="Chỉ chọn khi nạp đủ hoặc sửa đổi một bộ đã có.",
    ),
    "replaces": Field(
        "Thay thế bộ", "Mã các bộ hết hiệu lực khi bộ này có hiệu lực; cách nhau ;",
        on_page="Đánh dấu các bộ hết hiệu lực từ ngày bộ này có hiệu lực. Không đánh dấu bộ nào "
        "thì các bộ đang áp dụng vẫn giữ hiệu lực.",
    ),
    "set_title": Field("Tên bộ tiêu chí", "Tên đầy đủ, đúng như trong quyết định.", True),
    "short": Field("Tên ngắn", "Để hiện trên bảng, ví dụ: Xã NTM 2026–2030."),
    "level": Field("Mức", "", True, LEVELS),
    "subject": Field("Áp dụng cho", "", True, SUBJECTS),
    "years": Field("Giai đoạn", "Ví dụ: 2026 - 2030."),
    "criteria": Field("Số tiêu chí theo quyết định", "Để chương trình đối chiếu với bảng."),
    "indicators": Field("Số chỉ tiêu theo quyết định", "Để chương trình đối chiếu với bảng."),
    "link": Field("Địa chỉ văn bản", "Trang đăng quyết định, nếu có."),
    "note": Field("Ghi chú"),
}  # fmt: skip
FROM_BASE = ("set_title", "short", "level", "subject", "years")
"""What a completed or amended set keeps from the one it stands on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said of the decision, understood."""

    number: str
    issuer: str
    signed: date
    title: str
    valid_from: date
    valid_to: date | None
    mode: str
    base: str
    replaces: tuple[str, ...]
    set_title: str
    short: str
    level: SetLevel
    subject: SubjectLevel
    years: tuple[int, int] | None
    criteria: int | None
    indicators: int | None
    link: str
    note: str

    @property
    def sample(self) -> bool:
        """Whether it is made up: its number says so."""
        return is_sample(self.number)


def is_sample(number: str) -> bool:
    """Whether the number is that of a made-up decision: it has the word MẪU in it."""
    return SAMPLE_WORD in re.split(r"[^A-Z0-9]+", fold(number).upper())


def key_of(said: str, choices: Mapping[Any, str]) -> str | None:
    """The key of a choice given as its words or as the key itself."""
    plain = fold(clean_spaces(nfc(said)))
    for key, words in choices.items():
        if plain in (fold(str(key)), fold(words)):
            return str(key)
    return None


def parse_day(said: str) -> date | None:
    """1/7/2025, 01-07-2025 or 2025-07-01; None for anything else."""
    if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", said.strip()):
        day, month, year = map(int, match.groups())
        try:
            return date(year, month, day)
        except ValueError:
            return None
    try:
        return date.fromisoformat(said.strip()[:10])
    except ValueError:
        return None


class AboutReader:
    """Reads what was said; ``problems`` holds what is wrong with it."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self._said = {key: clean_spaces(nfc(str(said.get(key) or ""))) for key in FIELDS}
        self.problems: list[RowProblem] = []

    def read(self) -> About | None:
        """All of it, or None where something needed is missing or wrong."""
        mode = self._choice("mode")
        skipped = FROM_BASE if mode in ("complete", "amend") else ()
        for key, each in FIELDS.items():
            if each.needed and not self._said[key] and key not in skipped:
                what = "Chưa chọn." if each.choices else "Chưa ghi."
                self._tell(key, what, "Hãy chọn một mục." if each.choices else each.help)
        days = {key: self._day(key) for key in ("date", "valid_from", "valid_to")}
        if days["valid_to"] and days["valid_from"] and days["valid_to"] <= days["valid_from"]:
            self._tell("valid_to", "Ngày hết hiệu lực không sau ngày có hiệu lực.", "Xem lại.")
        if mode in ("complete", "amend") and not self._said["base"]:
            self._tell("base", "Chưa chọn bộ gốc.", "Hãy chọn bộ được nạp đủ hoặc sửa đổi.")
        level, subject = self._choice("level"), self._choice("subject")
        years, counts = self._years(), {k: self._whole(k) for k in ("criteria", "indicators")}
        if self.problems:
            return None
        assert days["date"] is not None
        assert days["valid_from"] is not None
        said = self._said
        return About(
            number=said["number"], issuer=said["issuer"], signed=days["date"], title=said["title"],
            valid_from=days["valid_from"], valid_to=days["valid_to"], mode=mode,
            base=said["base"] if mode != "new" else "",
            replaces=tuple(filter(None, re.split(r"[;,\s]+", said["replaces"]))),
            set_title=said["set_title"], short=said["short"] or said["set_title"],
            level=level or "ntm", subject=subject or "commune",  # type: ignore[arg-type]
            years=years, criteria=counts["criteria"], indicators=counts["indicators"],
            link=said["link"], note=said["note"],
        )  # fmt: skip

    def _tell(self, key: str, what: str, advice: str) -> None:
        self.problems.append(RowProblem(0, 0, key, what, advice))

    def _choice(self, key: str) -> str:
        choices = FIELDS[key].choices or {}
        said = self._said[key]
        if not said:
            return ""
        found = key_of(said, choices)
        if found is None:
            listed = ", ".join(choices.values())
            self._tell(key, f"“{said}” không có trong danh sách.", f"Hãy chọn: {listed}.")
        return found or ""

    def _day(self, key: str) -> date | None:
        said = self._said[key]
        if not said:
            return None
        found = parse_day(said)
        if found is None:
            self._tell(key, f"“{said}” không phải ngày.", "Hãy ghi ngày/tháng/năm: 15/02/2026.")
        return found

    def _years(self) -> tuple[int, int] | None:
        said = self._said["years"]
        if not said:
            return None
        found = [int(year) for year in re.findall(r"\d{4}", said)]
        if len(found) != 2 or found[0] > found[1]:
            self._tell("years", f"“{said}” không phải giai đoạn.", "Hãy ghi ví dụ: 2026 - 2030.")
            return None
        return found[0], found[1]

    def _whole(self, key: str) -> int | None:
        said = self._said[key]
        if not said:
            return None
        if not re.fullmatch(r"\d{1,4}", said):
            self._tell(key, f"“{said}” không phải số đếm.", "Hãy ghi một số nguyên.")
            return None
        return int(said)
