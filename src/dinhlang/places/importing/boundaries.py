"""Boundaries from GeoJSON: outlines of current units, known by their codes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

from django.db import transaction

from ..models import Boundary, Unit
from .tables import ImportRefused, Progress, Trouble, no_progress, read_bytes

CODES = ("code", "ma", "ma_xa", "maxa", "ma_dvhc")
MOST_POINTS = 5_000
"""Points of one outline; a simplified commune has some dozens."""
BATCH = 500

Polygons = list[list[list[list[float]]]]


@dataclass(slots=True)
class Outline:
    """The outline of a unit, ready to be written."""

    unit: Unit
    polygons: Polygons

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north, in degrees."""
        points = [point for polygon in self.polygons for ring in polygon for point in ring]
        east, north = [point[0] for point in points], [point[1] for point in points]
        return min(east), min(north), max(east), max(north)


@dataclass(slots=True)
class CheckedBoundaries:
    """A file of boundaries after its check."""

    outlines: list[Outline] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    known: int = 0

    def counts(self) -> dict[str, int]:
        """What writing would do, for the preview."""
        return {"new": len(self.outlines) - self.known, "changed": self.known}


def check_boundaries(path: Path, *, progress: Progress = no_progress) -> CheckedBoundaries:
    """Read a GeoJSON FeatureCollection (WGS 84) and match it to the current units.

    A trouble's row is the number of the feature. Raises ``ImportRefused``.
    """
    features = _features(read_bytes(path))
    units = {unit.code: unit for unit in Unit.objects.current().exclude(code="")}
    bounded = set(Boundary.objects.values_list("unit_id", flat=True))
    found = CheckedBoundaries()
    seen: set[str] = set()
    for number, feature in enumerate(features, 1):
        if number % 500 == 1:
            progress(number / len(features), f"Đang soát hình thứ {number}")
        code = _code(feature)
        if code not in units or code in seen:
            what = f"Mã “{code}” có hai hình." if code in seen else f"Không có đơn vị mã “{code}”."
            advice = "Bỏ một hình." if code in seen else "Nhập danh sách đơn vị trước, hoặc sửa mã."
            found.troubles.append(Trouble(number, "code", what, advice))
            continue
        seen.add(code)
        try:
            outline = Outline(units[code], _polygons(feature.get("geometry")))
        except (ValueError, TypeError, KeyError, IndexError) as error:
            found.troubles.append(
                Trouble(number, "geometry", _said(error), "Xuất lại ranh giới ở hệ tọa độ WGS 84.")
            )
            continue
        found.known += outline.unit.pk in bounded
        found.outlines.append(outline)
    return found


def _said(error: Exception) -> str:
    told = type(error) is ValueError and str(error).endswith(".")
    return str(error) if told else "Hình không đúng dạng Polygon hoặc MultiPolygon."


def _features(data: bytes) -> list[dict[str, Any]]:
    advice = "Hãy chọn tệp GeoJSON gồm các hình của xã, mỗi hình có thuộc tính “code”."
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        raise ImportRefused("Tệp không phải GeoJSON.", advice) from None
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list) or not features:
        raise ImportRefused("Tệp không có hình nào.", advice)
    return [feature if isinstance(feature, dict) else {} for feature in features]


def _code(feature: dict[str, Any]) -> str:
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        return ""
    for name in CODES:
        if name in properties:
            text = str(properties[name]).strip()
            return text.zfill(5) if text.isdigit() and len(text) == 4 else text
    return ""


def _polygons(geometry: Any) -> Polygons:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"Hình kiểu “{kind}” không phải một vùng.")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    cleaned = [[_ring(ring) for ring in polygon] for polygon in polygons]
    points = sum(len(ring) for polygon in cleaned for ring in polygon)
    if not points:
        raise ValueError("Hình không có điểm nào.")
    if points > MOST_POINTS:
        raise ValueError(f"Hình có {points} điểm, quá chi tiết. Hãy giản lược.")
    return cleaned


def _ring(ring: Sequence[Sequence[Any]]) -> list[list[float]]:
    points = [[float(point[0]), float(point[1])] for point in ring]
    for east, north in points:
        if not (isfinite(east) and isfinite(north) and abs(east) <= 180 and abs(north) <= 90):
            raise ValueError("Tọa độ không phải kinh độ, vĩ độ.")
    return points


def write_boundaries(
    checked: CheckedBoundaries, progress: Progress = no_progress
) -> dict[str, int]:
    """Write checked boundaries in one transaction, in place of earlier ones of the same units."""
    with transaction.atomic():
        progress(0.2, "Đang ghi ranh giới")
        numbers = [outline.unit.pk for outline in checked.outlines]
        Boundary.objects.filter(unit__in=numbers).delete()
        rows = []
        for outline in checked.outlines:
            west, south, east, north = outline.box
            rows.append(
                Boundary(
                    unit=outline.unit,
                    west=west,
                    south=south,
                    east=east,
                    north=north,
                    polygons=outline.polygons,
                )
            )
        Boundary.objects.bulk_create(rows, batch_size=BATCH)
    progress(1.0, "Đã ghi xong")
    return checked.counts()
