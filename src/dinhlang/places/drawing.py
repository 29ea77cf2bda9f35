"""From outlines in degrees to the paths of an SVG picture. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

Point = tuple[float, float]
Ring = Sequence[Sequence[float]]
Polygons = Sequence[Sequence[Ring]]

KM_A_DEGREE = 111.32
"""Kilometres of one degree of latitude."""

WIDTH = 640
LEAST_HEIGHT, MOST_HEIGHT = 320, 640
NICE = (0.5, 1, 2, 5, 10, 20, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class Box:
    """West, south, east, north, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def padded(self, share: float) -> Box:
        """The box, wider by that share of its size on each side."""
        wide, high = (self.east - self.west) * share, (self.north - self.south) * share
        return Box(self.west - wide, self.south - high, self.east + wide, self.north + high)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of them."""
    return Box(
        min(box.west for box in boxes),
        min(box.south for box in boxes),
        max(box.east for box in boxes),
        max(box.north for box in boxes),
    )


class Projection:
    """Degrees to pixels: north is up, and a kilometre is as long both ways in the middle."""

    def __init__(self, box: Box) -> None:
        middle = radians((box.south + box.north) / 2)
        self._squeeze = max(cos(middle), 0.2)
        wide = max((box.east - box.west) * self._squeeze, 1e-4)
        high = max(box.north - box.south, 1e-4)
        self.scale = min(WIDTH / wide, MOST_HEIGHT / high)
        self.width = WIDTH
        self.height = round(min(MOST_HEIGHT, max(LEAST_HEIGHT, high * self.scale)))
        # What the picture has to spare is shared out, so that the box stands in the middle.
        self._left = box.west - (self.width - wide * self.scale) / 2 / self.scale / self._squeeze
        self._top = box.north + (self.height - high * self.scale) / 2 / self.scale

    def point(self, east: float, north: float) -> Point:
        """Pixels from the left and from the top."""
        return (
            (east - self._left) * self._squeeze * self.scale,
            (self._top - north) * self.scale,
        )

    def box(self) -> Box:
        """What the whole picture shows, in degrees."""
        return Box(
            self._left,
            self._top - self.height / self.scale,
            self._left + self.width / self.scale / self._squeeze,
            self._top,
        )

    def ruler(self) -> tuple[float, float]:
        """A round number of kilometres, at most a quarter of the picture, and its pixels."""
        pixels = self.scale / KM_A_DEGREE
        fitting = [km for km in NICE if km * pixels <= self.width / 4]
        km = fitting[-1] if fitting else NICE[0]
        return km, round(km * pixels, 1)


def path(polygons: Polygons, projection: Projection) -> str:
    """The ``d`` of an SVG path, in tenths of a pixel."""
    pieces = []
    for polygon in polygons:
        for ring in polygon:
            points = [projection.point(point[0], point[1]) for point in ring[:-1]]
            if points:
                pieces.append("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points) + "Z")
    return "".join(pieces)


def label_point(polygons: Polygons, projection: Projection, least: float = 0.02) -> Point | None:
    """Where to write a name: the middle of the largest part in the picture.

    ``None`` where less than ``least`` of the picture shows it.
    """
    best: tuple[float, Point] | None = None
    for polygon in polygons:
        if not polygon:
            continue
        points = [projection.point(point[0], point[1]) for point in polygon[0]]
        seen = _clip(points, projection.width, projection.height)
        found = _middle(seen)
        if found and (best is None or found[0] > best[0]):
            best = found
    if best is None or best[0] < least * projection.width * projection.height:
        return None
    return best[1]


def _clip(points: Sequence[Point], width: float, height: float) -> list[Point]:
    """The part of a polygon within the picture (Sutherland and Hodgman)."""
    found = list(points)
    for axis, limit, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        given, found = found, []
        for index, here in enumerate(given):
            before = given[index - 1]
            inside = sign * (here[axis] - limit) >= 0
            if inside != (sign * (before[axis] - limit) >= 0):
                share = (limit - before[axis]) / (here[axis] - before[axis])
                found.append(
                    (
                        before[0] + share * (here[0] - before[0]),
                        before[1] + share * (here[1] - before[1]),
                    )
                )
            if inside:
                found.append(here)
    return found


def _middle(points: Sequence[Point]) -> tuple[float, Point] | None:
    """Area and centre of gravity; ``None`` for what has no area."""
    double = across = down = 0.0
    for index, (x, y) in enumerate(points):
        before_x, before_y = points[index - 1]
        cross = before_x * y - x * before_y
        double += cross
        across += (before_x + x) * cross
        down += (before_y + y) * cross
    if abs(double) < 1e-6:
        return None
    return abs(double) / 2, (across / (3 * double), down / (3 * double))
