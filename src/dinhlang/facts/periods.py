"""The time a number speaks of: a year, a half, a quarter or a month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Self

from dinhlang.vietnamese import to_roman

Kind = Literal["year", "half", "quarter", "month"]

KINDS: dict[Kind, str] = {
    "year": "Năm",
    "half": "6 tháng",
    "quarter": "Quý",
    "month": "Tháng",
}
_MONTHS: dict[Kind, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_LETTERS: dict[str, Kind] = {"": "year", "H": "half", "Q": "quarter", "M": "month"}
_CODE = re.compile(r"(\d{4})(?:-([HQM])(\d{1,2}))?")
FIRST_YEAR, LAST_YEAR = 1990, 2100


class BadPeriod(ValueError):
    """A text that names no period; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period by its kind, its year and its number in the year (0 for a whole year)."""

    kind: Kind
    year: int
    number: int = 0

    @classmethod
    def of(cls, code: str) -> Self:
        """The period of a code: “2024”, “2024-H1”, “2024-Q3”, “2024-M05”. Raises ``BadPeriod``."""
        match = _CODE.fullmatch(code.strip())
        if match is None:
            raise BadPeriod(f"“{code[:20]}” không phải là một kỳ số liệu.")
        kind, year, number = _LETTERS[match[2] or ""], int(match[1]), int(match[3] or 0)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise BadPeriod(f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.")
        if kind != "year" and not 1 <= number <= 12 // _MONTHS[kind]:
            raise BadPeriod(f"“{code[:20]}” không phải là một kỳ số liệu.")
        return cls(kind, year, number)

    @classmethod
    def spanning(cls, kind: Kind, end: date) -> Self:
        """The period of a kind that holds that day."""
        return cls(kind, end.year, 0 if kind == "year" else (end.month - 1) // _MONTHS[kind] + 1)

    @property
    def code(self) -> str:
        """As ``of`` reads it."""
        match self.kind:
            case "year":
                return f"{self.year}"
            case "half":
                return f"{self.year}-H{self.number}"
            case "quarter":
                return f"{self.year}-Q{self.number}"
            case _:
                return f"{self.year}-M{self.number:02}"

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, (max(self.number, 1) - 1) * _MONTHS[self.kind] + 1, 1)

    @property
    def end(self) -> date:
        """The last day."""
        month = self.start.month + _MONTHS[self.kind]
        after = date(self.year + 1, 1, 1) if month > 12 else date(self.year, month, 1)
        return after - timedelta(days=1)

    @property
    def label(self) -> str:
        """“Năm 2024”, “6 tháng đầu năm 2024”, “Quý III/2024”, “Tháng 5/2024”."""
        match self.kind:
            case "year":
                return f"Năm {self.year}"
            case "half":
                return f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}"
            case "quarter":
                return f"Quý {to_roman(self.number)}/{self.year}"
            case _:
                return f"Tháng {self.number}/{self.year}"

    @property
    def before(self) -> Period:
        """The period of the same kind just before."""
        return Period.spanning(self.kind, self.start - timedelta(days=1))

    @property
    def after(self) -> Period:
        """The period of the same kind just after."""
        return Period.spanning(self.kind, self.end + timedelta(days=1))
