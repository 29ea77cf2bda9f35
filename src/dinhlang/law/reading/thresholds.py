"""Thresholds and provenance, as they stand in a file."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import cast, get_args

from dinhlang.law.provenance import CHECKED_WORDS, Checked, Provenance
from dinhlang.law.requirements import (
    ByAttribute,
    ByGroup,
    ByRegion,
    ByYear,
    FromMeasure,
    Giver,
    NotLoaded,
    RelativeTo,
    Threshold,
    Value,
)

from .nodes import Cell

GIVERS = get_args(Giver)


def provenance(
    found: dict[str, Cell], checked: str = "checked", sources: str = "sources", note: str = "note"
) -> Provenance:
    """How far something is checked, from its keys; what is not said is not loaded.

    Where it claims to have been read somewhere, the place must be given.
    """
    word: Checked = "not_loaded"
    if checked in found:
        word = cast(Checked, found[checked].choice(list(CHECKED_WORDS)))
    listed = _sources(found[sources]) if sources in found else ()
    if word == "sourced" and not any("://" in source for source in listed):
        found[checked].fault(
            f"Ghi “sourced” thì phải có địa chỉ công khai đã đọc trong “{sources}” (http…); "
            "nếu chưa đọc văn bản, hãy ghi “unverified”."
        )
    if word in ("quoted", "approved") and not listed:
        found[checked].fault(f"Ghi “{word}” thì phải ghi tên văn bản trong “{sources}”.")
    words = found[note].text(empty=True) if note in found else ""
    return Provenance(checked=word, sources=listed, note=words)


def _sources(cell: Cell) -> tuple[str, ...]:
    known = cell.reading.sources
    return tuple(known.get(source, source) for source in cell.texts())


def threshold(cell: Cell) -> Threshold:
    """A number, or the cases it depends on."""
    if not cell.is_mapping():
        amount = cell.number()
        return cell.reading.keep(Value(amount=Decimal(0) if amount is None else amount), cell)
    kinds = [key for key in cell.entries() if key in KINDS]
    if len(kinds) != 1:
        cell.fault(f"Ngưỡng phải là một số, hoặc đúng một trong các khóa: {', '.join(KINDS)}.")
        return NotLoaded()
    made = KINDS[kinds[0]](cell)
    return cell.reading.keep(made, cell)


def _value(cell: Cell) -> Threshold:
    found = cell.mapping(["value"], ["checked", "sources", "note"])
    amount = found["value"].number() if "value" in found else None
    own = provenance(found) if set(found) & {"checked", "sources", "note"} else None
    return Value(amount=Decimal(0) if amount is None else amount, provenance=own)


def _not_loaded(cell: Cell) -> Threshold:
    found = cell.mapping(["not_loaded"])
    inner = found["not_loaded"].mapping([], ["giver", "note"]) if found else {}
    return NotLoaded(giver=giver(inner), note=note(inner))


def _cases(cell: Cell, key: str) -> tuple[tuple[str, Threshold], ...]:
    cell.mapping([key])
    inside = cell.entries()[key].entries()
    if not inside:
        cell.fault("Phải có ít nhất một trường hợp.")
    return tuple((name, threshold(case)) for name, case in inside.items())


def _by_region(cell: Cell) -> Threshold:
    return ByRegion(cases=_cases(cell, "by_region"))


def _by_group(cell: Cell) -> Threshold:
    return ByGroup(cases=_cases(cell, "by_group"))


def _by_year(cell: Cell) -> Threshold:
    cases = []
    for name, case in _cases(cell, "by_year"):
        if name.isdecimal() and 1990 <= int(name) <= 2100:
            cases.append((int(name), case))
        else:
            cell.fault(f"“{name}” không phải là năm.")
    return ByYear(cases=tuple(cases))


def _by_attribute(cell: Cell) -> Threshold:
    inside = cell.mapping(["by_attribute"])
    found = inside["by_attribute"].mapping(["attribute", "cases"], ["otherwise"]) if inside else {}
    cases = found["cases"].entries() if "cases" in found else {}
    return ByAttribute(
        attribute=found["attribute"].text() if "attribute" in found else "",
        cases=tuple((name, threshold(case)) for name, case in cases.items()),
        otherwise=threshold(found["otherwise"]) if "otherwise" in found else None,
    )


def _factor(found: dict[str, Cell]) -> Decimal:
    number = found["factor"].number() if "factor" in found else Decimal(1)
    if number is not None and number <= 0:
        found["factor"].fault("Hệ số phải lớn hơn 0.")
    return Decimal(1) if number is None else number


def _relative_to(cell: Cell) -> Threshold:
    inside = cell.mapping(["relative_to"])
    found = inside["relative_to"].mapping(["set", "indicator"], ["factor"]) if inside else {}
    return RelativeTo(
        set=found["set"].text() if "set" in found else "",
        indicator=found["indicator"].text() if "indicator" in found else "",
        factor=_factor(found),
    )


def _from_measure(cell: Cell) -> Threshold:
    inside = cell.mapping(["from_measure"])
    found = inside["from_measure"].mapping(["measure"], ["factor"]) if inside else {}
    measure = found["measure"].text() if "measure" in found else ""
    return FromMeasure(measure=measure, factor=_factor(found))


KINDS: dict[str, Callable[[Cell], Threshold]] = {
    "value": _value,
    "not_loaded": _not_loaded,
    "by_region": _by_region,
    "by_group": _by_group,
    "by_year": _by_year,
    "by_attribute": _by_attribute,
    "relative_to": _relative_to,
    "from_measure": _from_measure,
}


def giver(found: dict[str, Cell]) -> Giver:
    """Who gives what is not loaded; the decision itself where nothing is said."""
    return cast(Giver, found["giver"].choice(GIVERS)) if "giver" in found else "decision"


def note(found: dict[str, Cell]) -> str:
    """The note, empty where there is none."""
    return found["note"].text(empty=True) if "note" in found else ""
