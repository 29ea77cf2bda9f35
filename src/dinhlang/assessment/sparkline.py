"""A line of the last months, small enough to stand beside a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 132, 36, 4


@dataclass(frozen=True, slots=True)
class Line:
    """Points in the units of the drawing (``WIDTH`` × ``HEIGHT``), and the last one's dot.

    All text: the page's language writes decimals with a comma, a drawing does not.
    """

    points: str
    area: str
    x: str
    y: str
    width: int = WIDTH
    height: int = HEIGHT


def sparkline(values: Sequence[int], highest: int) -> Line | None:
    """A line through the values, 0 at the foot and ``highest`` at the top; None below two."""
    if len(values) < 2 or highest <= 0:
        return None
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    tall = HEIGHT - 2 * MARGIN
    at = [
        (round(MARGIN + i * step, 1), round(MARGIN + tall * (1 - min(v, highest) / highest), 1))
        for i, v in enumerate(values)
    ]
    points = " ".join(f"{x:g},{y:g}" for x, y in at)
    foot = HEIGHT - 1
    area = f"{at[0][0]:g},{foot} {points} {at[-1][0]:g},{foot}"
    return Line(points, area, f"{at[-1][0]:g}", f"{at[-1][1]:g}")
