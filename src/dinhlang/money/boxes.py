"""Needs, sources and movements as typed, in a form or a sheet, read box by box."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import typed
from .models import Need, Source
from .services.fields import NeedSaid, SourceSaid
from .services.movements import Moved


@dataclass(slots=True)
class Form:
    """The boxes as typed, what they say, and what is wrong, all by the name of the box."""

    typed: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, read: Callable[[str], Any]) -> None:
        """Reads one box; its trouble is kept where it cannot be."""
        try:
            self.values[name] = read(self.typed.get(name, ""))
        except typed.BadTyped as bad:
            self.troubles[name] = str(bad)


NEED_BOXES = (
    "text", "amount", "criterion", "component", "village", "task", "due", "is_works", "paper",
    "note",
)  # fmt: skip
SOURCE_BOXES = (
    "text", "kind", "amount", "share_percent", "share_of", "condition", "condition_is_work",
    "expected", "asked_of", "carried_from", "paper", "note",
)  # fmt: skip
MOVE_BOXES = ("need", "source", "step", "amount", "day", "paper", "note", "over_reason")
_DAYS = ("due", "expected")
_MONEY = ("amount", "share_of")
_NUMBERS = ("village", "task", "carried_from")
_FLAGS = ("is_works", "condition_is_work")


def whole(text: object) -> int | None:
    """A whole number as typed; None for anything else."""
    try:
        return int(str(text))
    except ValueError:
        return None


def boxes_of(row: Need | Source) -> dict[str, str]:
    """The boxes of a form that shows this row."""
    names = NEED_BOXES if isinstance(row, Need) else SOURCE_BOXES
    return {name: _shown(name, getattr(row, f"{name}_id" if name in ("village", "task") else name))
            for name in names}  # fmt: skip


def shown_value(name: str, value: Any) -> str:
    """A value as it stands in its box."""
    return _shown(name, value)


def _shown(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in _DAYS or name == "day":
        return f"{value:%d/%m/%Y}"
    if name in _MONEY:
        return typed.shown(value)
    if name in _FLAGS:
        return "1" if value else ""
    if name == "share_percent":
        return format(value.normalize(), "f").replace(".", ",")
    return str(value)


def _read(names: tuple[str, ...], sent: Mapping[str, str], year: int) -> Form:
    form = Form({name: (sent.get(name) or "").strip() for name in names})
    for name in names:
        if name in _MONEY:
            form.take(name, typed.amount)
        elif name in _DAYS:
            form.take(name, lambda words: typed.day(words, year))
        elif name in _NUMBERS:
            form.values[name] = whole(form.typed[name])
        elif name in _FLAGS:
            form.values[name] = bool(form.typed[name])
        elif name == "share_percent":
            form.take(name, typed.percent)
        else:
            form.values[name] = form.typed[name]
    return form


def need_form(sent: Mapping[str, str], year: int) -> Form:
    """What the form of a need says."""
    form = _read(NEED_BOXES, sent, year)
    if form.values.get("amount") is None and "amount" not in form.troubles:
        form.troubles["amount"] = "Hãy ghi số tiền cần."
    return form


def source_form(sent: Mapping[str, str], year: int) -> Form:
    """What the form of a source says."""
    return _read(SOURCE_BOXES, sent, year)


def need_said(form: Form) -> NeedSaid:
    """A form without troubles as what is said of a need."""
    return NeedSaid(**form.values)


def source_said(form: Form) -> SourceSaid:
    """A form without troubles as what is said of a source."""
    return SourceSaid(**form.values)


def move_form(sent: Mapping[str, str], year: int) -> Form:
    """What the form of a movement says."""
    form = Form({name: (sent.get(name) or "").strip() for name in MOVE_BOXES})
    form.take("amount", lambda words: typed.amount(words, negative=True))
    form.take("day", lambda words: typed.day(words, year))
    if not form.values.get("amount") and "amount" not in form.troubles:
        form.troubles["amount"] = "Hãy ghi số tiền."
    if form.values.get("day") is None and "day" not in form.troubles:
        form.troubles["day"] = "Hãy ghi ngày của văn bản, chứng từ."
    form.values["need"] = whole(form.typed["need"])
    if form.values["need"] is None:
        form.troubles["need"] = "Hãy chọn nhu cầu."
    form.values["source"] = whole(form.typed["source"])
    for name in ("step", "paper", "note", "over_reason"):
        form.values[name] = form.typed[name]
    return form


def moved(form: Form) -> Moved:
    """A form without troubles as a movement."""
    return Moved(**form.values)
