"""The attributes a place can have, and what may stand in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dinhlang.law.regions import REGIONS
from dinhlang.vietnamese import parse_number

YES, NO = "yes", "no"
YES_NO = {YES: "Có", NO: "Không"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One attribute. ``choices`` by code; without them it is a whole number from 0.

    ``inherited``: a place without its own has that of what it belongs to.
    """

    name: str
    label: str
    choices: Mapping[str, str] | None = None
    inherited: bool = False
    unit: str = ""
    help: str = ""

    def read(self, text: str) -> str | None:
        """The value as kept, from its code, its words or a number; None where it is neither."""
        text = " ".join(text.split())
        if self.choices is not None:
            words = {label.lower(): code for code, label in self.choices.items()}
            return text if text in self.choices else words.get(text.lower())
        number = parse_number(text)
        if number is None or number < 0 or number != int(number):
            return None
        return str(int(number))

    def words(self, value: str) -> str:
        """The value as a person reads it."""
        if self.choices is not None:
            return self.choices.get(value, value)
        return f"{value} {self.unit}".strip()


def _yes_no(name: str, label: str, help: str = "") -> Attribute:
    return Attribute(name=name, label=label, choices=YES_NO, inherited=True, help=help)


REGION, GROUP = "region", "group"
POPULATION, HOUSEHOLDS = "population", "households"
Kind = Literal["choice", "number"]

ATTRIBUTES: dict[str, Attribute] = {
    each.name: each
    for each in (
        Attribute(
            name=REGION, label="Vùng", choices=REGIONS, inherited=True,
            help="Ngưỡng của nhiều chỉ tiêu 2021–2025 khác nhau theo vùng.",
        ),
        Attribute(
            name=GROUP, label="Nhóm xã",
            choices={"1": "Nhóm 1", "2": "Nhóm 2", "3": "Nhóm 3"}, inherited=True,
            help="Nhóm xã của bộ tiêu chí 2026–2030, theo quyết định của tỉnh.",
        ),
        _yes_no("special_commune", "Xã đặc thù", "Xã đặc biệt khó khăn, xã đảo, xã bãi ngang…"),
        _yes_no("mountainous", "Xã miền núi"),
        _yes_no("ethnic_minority", "Xã vùng đồng bào dân tộc thiểu số"),
        Attribute(name="schools", label="Số trường học", unit="trường"),
        Attribute(
            name=POPULATION, label="Số nhân khẩu", unit="người",
            help="Dùng làm trọng số khi gộp số bình quân của các thôn.",
        ),
        Attribute(
            name=HOUSEHOLDS, label="Số hộ", unit="hộ",
            help="Dùng làm trọng số khi gộp số bình quân theo hộ của các thôn.",
        ),
    )
}  # fmt: skip
"""By the names that requirements use."""


def label_of(name: str) -> str:
    """The attribute's name on screens."""
    found = ATTRIBUTES.get(name)
    return found.label if found else name
