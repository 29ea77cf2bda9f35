"""The drawing of a year's money: bars of what comes and is due, a line of what is left. Pure.

Coordinates are texts: the page's language writes decimals with a comma, a drawing does not.
"""

from __future__ import annotations

from dataclasses import dataclass

from .flowing import Flow, Span


@dataclass(frozen=True, slots=True)
class Sheet:
    """What it is drawn on: its size, its margins, and what stands before a month's number."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    month: str = ""

    @property
    def axis(self) -> int:
        """Where the words of the scale end."""
        return self.left - 8

    @property
    def foot(self) -> int:
        """Where the drawing ends and the names of the months begin."""
        return self.height - self.bottom

    def slot(self, count: int) -> float:
        """The width of one of so many months."""
        return (self.width - self.left - self.right) / count


WIDE = Sheet(960, 320, 64, 16, 24, 34, "T")
NARROW = Sheet(280, 260, 38, 6, 24, 30)
"""As wide as a card on the narrowest phone, so that the words on it are as tall as those around."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle with its words; ``tone`` is usable, conditional or due."""

    tone: str
    x: str
    y: str
    width: str
    height: str
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale: where, and its words (tỷ or triệu đồng)."""

    y: str
    label: str
    is_zero: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """The balance at the end of a month."""

    x: str
    y: str
    label: str
    is_short: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything the template draws."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    names: tuple[tuple[str, str], ...]
    line: str
    line_with: str
    dots: tuple[Dot, ...]
    short_x: str
    short_end: str
    unit: str
    sheet: Sheet


def chart(flow: Flow, money: object = str, sheet: Sheet = WIDE) -> Chart | None:
    """The drawing of the year by month; None where nothing moves. ``money`` words an amount."""
    spans = flow.months
    highest = max(max(s.comes + s.conditional, s.balance_with, s.balance, 0) for s in spans)
    lowest = min(min(-s.due, s.balance, s.balance_with, 0) for s in spans)
    if highest == lowest:
        return None
    step = _step(highest - lowest)
    top, foot = -(-highest // step) * step, lowest // step * step
    tall = sheet.foot - sheet.top

    def y(value: int) -> float:
        return sheet.top + tall * (top - value) / (top - foot)

    slot = sheet.slot(len(spans))
    middle = [sheet.left + slot * (at + 0.5) for at in range(len(spans))]
    words = money if callable(money) else str
    unit, size = ("tỷ đồng", 10**9) if top - foot >= 2 * 10**9 else ("triệu đồng", 10**6)
    short = flow.short
    return Chart(
        bars=tuple(
            bar
            for x, span in zip(middle, spans, strict=True)
            for bar in _bars(x, span, slot, y, words)
        ),
        ticks=tuple(
            Tick(_n(y(value)), _scale(value, size), value == 0)
            for value in range(foot, top + 1, step)
        ),
        names=tuple((_n(x), f"{sheet.month}{at}") for at, x in enumerate(middle, 1)),
        line=_steps([y(s.balance) for s in spans], sheet),
        line_with=_steps([y(s.balance_with) for s in spans], sheet),
        dots=tuple(
            Dot(_n(sheet.left + slot * (at + 1)), _n(y(s.balance)), f"Cuối {s.name.lower()}: còn "
                f"{words(s.balance)}", s.balance < 0)
            for at, s in enumerate(spans)
        ),
        short_x=_n(middle[short.day.month - 1]) if short else "",
        short_end="end" if short and short.day.month > len(spans) / 2 else "start",
        unit=unit,
        sheet=sheet,
    )  # fmt: skip


def _bars(x: float, span: Span, slot: float, y: object, words: object) -> list[Bar]:
    assert callable(y) and callable(words)
    wide = slot * 0.3
    zero = y(0)
    found = []
    if span.comes:
        found.append(
            ("usable", x - wide, y(span.comes), zero, f"{span.name}: có {words(span.comes)}")
        )
    if span.conditional:
        found.append(
            ("conditional", x - wide, y(span.comes + span.conditional), y(span.comes),
             f"{span.name}: có điều kiện {words(span.conditional)}")
        )  # fmt: skip
    if span.due:
        found.append(("due", x, zero, y(-span.due), f"{span.name}: cần {words(span.due)}"))
    return [
        Bar(tone, _n(left), _n(top), _n(wide), _n(max(foot - top, 1)), label)
        for tone, left, top, foot, label in found
    ]


def _steps(levels: list[float], sheet: Sheet) -> str:
    """A line that changes in the middle of each month."""
    points, slot = [], sheet.slot(len(levels))
    for at, level in enumerate(levels):
        points.append(f"{_n(sheet.left + slot * at + (slot / 2 if at else 0))},{_n(level)}")
        points.append(f"{_n(sheet.left + slot * (at + 1) + slot / 2)},{_n(level)}")
    points[-1] = f"{_n(sheet.width - sheet.right)},{_n(levels[-1])}"
    return " ".join(points)


def _step(size: int) -> int:
    """A round step that gives four to eight lines."""
    step = 10**6
    for factor in (2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10**4, 2 * 10**4, 5 * 10**4):
        if size / step <= 7:
            break
        step = factor * 10**6
    while size / step > 8:
        step *= 10
    return step


def _scale(value: int, size: int) -> str:
    words = f"{value / size:.1f}".rstrip("0").rstrip(".")
    return ("0" if words in ("-0", "") else words).replace(".", ",").replace("-", "−")


def _n(value: float) -> str:
    return f"{value:.1f}"
