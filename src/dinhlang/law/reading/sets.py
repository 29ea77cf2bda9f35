"""Sets, amendments and lists of measures, as they stand in a file."""

from __future__ import annotations

from datetime import date
from typing import Any, cast, get_args

from dinhlang.law.provenance import Provenance
from dinhlang.law.requirements import ContentNotLoaded
from dinhlang.law.sets import (
    Amendment,
    Better,
    Body,
    Change,
    Combining,
    CriteriaSet,
    Criterion,
    Decision,
    Declared,
    Indicator,
    Measure,
    MeasureKind,
    RegionRule,
    SetLevel,
    SubjectLevel,
    Territory,
)

from .nodes import Cell
from .requirements import requirement
from .thresholds import note, provenance

_FOUND = ("checked", "sources")
_ABOUT = ("valid_to", "territory", "region_rules", "measures", "declared", "sample", "note")


def criteria_set(cell: Cell) -> CriteriaSet:
    """The set at the root of a file."""
    found = cell.mapping(
        ["format", "id", "title", "short", "level", "subject", "valid_from", "decision",
         "criteria"],
        ["sources", "years", "replaces", "at_least", *_ABOUT],
    )  # fmt: skip
    _short_names(found)
    made = CriteriaSet(
        short=_text(found, "short"),
        level=cast(SetLevel, _choice(found, "level", get_args(SetLevel))),
        subject=cast(SubjectLevel, _choice(found, "subject", get_args(SubjectLevel))),
        years=_years(found),
        replaces=found["replaces"].texts() if "replaces" in found else (),
        at_least=found["at_least"].whole() if "at_least" in found else None,
        criteria=_criteria(found),
        **_document(found),
    )
    return cell.reading.keep(made, cell)


def amendment(cell: Cell) -> Amendment:
    """The amendment at the root of a file."""
    found = cell.mapping(
        ["format", "id", "title", "amends", "decision", "valid_from", "changes"],
        ["sources", *_ABOUT],
    )
    _short_names(found)
    changes = found["changes"].items(least=1) if "changes" in found else []
    made = Amendment(
        amends=_text(found, "amends"),
        changes=tuple(_change(each) for each in changes),
        **_document(found),
    )
    return cell.reading.keep(made, cell)


def measures(cell: Cell) -> tuple[Measure, ...]:
    """The measures of a list of measures."""
    found = cell.mapping(["format", "measures"])
    return _measures(found)


def _short_names(found: dict[str, Cell]) -> None:
    if "sources" in found:
        for name, cell in found["sources"].entries().items():
            cell.reading.sources[name] = cell.text()


def _document(found: dict[str, Cell]) -> dict[str, Any]:
    """What sets and amendments have in common."""
    return {
        "id": _text(found, "id"),
        "title": _text(found, "title"),
        "decision": _decision(found["decision"]) if "decision" in found else Decision(number=""),
        "valid_from": _day(found, "valid_from") or date.min,
        "valid_to": _day(found, "valid_to"),
        "territory": _territory(found["territory"]) if "territory" in found else None,
        "region_rules": _region_rules(found),
        "measures": _measures(found),
        "declared": _declared(found["declared"]) if "declared" in found else None,
        "sample": found["sample"].flag() if "sample" in found else False,
        "note": note(found),
    }


def _criteria(found: dict[str, Cell]) -> tuple[Criterion, ...]:
    cells = found["criteria"].items(least=1) if "criteria" in found else []
    return tuple(_criterion(cell) for cell in cells)


def _criterion(cell: Cell) -> Criterion:
    found = cell.mapping(
        ["number", "name", "indicators"],
        [*_FOUND, "source_note", "group", "guided_by", "at_least", "note"],
    )
    indicators = found["indicators"].items() if "indicators" in found else []
    made = Criterion(
        number=_text(found, "number"),
        name=_text(found, "name"),
        indicators=tuple(_indicator(each) for each in indicators),
        name_provenance=_apart(found, *_FOUND),
        group=_text(found, "group"),
        guided_by=_body(found["guided_by"]) if "guided_by" in found else None,
        at_least=found["at_least"].whole() if "at_least" in found else None,
        note=note(found),
    )
    return cell.reading.keep(made, cell)


_INDICATOR = (
    "name_checked", "name_sources", "name_source_note", "checked", "sources", "source_note",
    "evidence", "assessor", "note",
)  # fmt: skip


def _indicator(cell: Cell, *more: str) -> Indicator:
    found = cell.mapping(["number", "name", "requirement", *more], _INDICATOR)
    made = Indicator(
        number=_text(found, "number"),
        name=_text(found, "name"),
        requirement=requirement(found["requirement"])
        if "requirement" in found
        else ContentNotLoaded(),
        name_provenance=_apart(found, "name_checked", "name_sources", "name_source_note"),
        provenance=_apart(found, *_FOUND),
        assessor=_body(found["assessor"]) if "assessor" in found else None,
        evidence=found["evidence"].texts() if "evidence" in found else (),
        note=note(found),
    )
    return cell.reading.keep(made, cell)


def _change(cell: Cell) -> Change:
    keys = cell.entries() if cell.is_mapping() else {}
    if "add" in keys:
        return _addition(cell)
    kinds = [key for key in ("indicator", "criterion") if key in keys]
    if len(kinds) != 1:
        cell.fault(
            "Mỗi thay đổi phải nói về đúng một chỗ: “indicator: số chỉ tiêu”, "
            "“criterion: số tiêu chí”, hoặc “add” để bổ sung."
        )
        return Change(number="", repeal=True)
    kind = kinds[0]
    found = cell.mapping([kind], ["repeal", "name", "requirement", *_FOUND, "source_note", "note"])
    if kind == "criterion" and "requirement" in found:
        found["requirement"].fault("Yêu cầu đặt ở chỉ tiêu, không đặt ở tiêu chí.")
    made = Change(
        number=_text(found, kind),
        kind="indicator" if kind == "indicator" else "criterion",
        repeal=found["repeal"].flag() if "repeal" in found else False,
        name=found["name"].text() if "name" in found else None,
        requirement=requirement(found["requirement"]) if "requirement" in found else None,
        provenance=_apart(found, *_FOUND),
        note=note(found),
    )
    return cell.reading.keep(made, cell)


def _addition(cell: Cell) -> Change:
    found = cell.mapping(["add"], ["note"])
    inside = found["add"].mapping([], ["indicator", "criterion"]) if "add" in found else {}
    made: Change
    if len(inside) != 1:
        cell.fault("“add” phải gồm đúng một khóa: indicator hoặc criterion.")
        return Change(number="", repeal=True)
    if "criterion" in inside:
        new = _criterion(inside["criterion"])
        made = Change(number=new.number, kind="criterion", add=new, note=note(found))
    else:
        place = inside["indicator"]
        into = place.entries().get("criterion") if place.is_mapping() else None
        made = Change(
            number=into.text() if into else "",
            add=_indicator(place, "criterion"),
            note=note(found),
        )
    return cell.reading.keep(made, cell)


def _decision(cell: Cell) -> Decision:
    found = cell.mapping(["number"], ["issuer", "date", "title", *_FOUND, "note"])
    made = Decision(
        number=found["number"].text(empty=True) if "number" in found else "",
        issuer=_text(found, "issuer"),
        date=_day(found, "date"),
        title=_text(found, "title"),
        provenance=provenance(found),
    )
    return cell.reading.keep(made, cell)


def _body(cell: Cell) -> Body:
    found = cell.mapping(["name"], ["document", *_FOUND, "note"])
    return Body(
        name=_text(found, "name"),
        document=_text(found, "document"),
        provenance=provenance(found),
    )


def _declared(cell: Cell) -> Declared:
    found = cell.mapping([], ["criteria", "indicators", *_FOUND, "note"])
    made = Declared(
        criteria=found["criteria"].whole(1) if "criteria" in found else None,
        indicators=found["indicators"].whole(1) if "indicators" in found else None,
        provenance=provenance(found),
    )
    return cell.reading.keep(made, cell)


def _territory(cell: Cell) -> Territory:
    found = cell.mapping(["code", "name"])
    return Territory(code=_text(found, "code"), name=_text(found, "name"))


def _region_rules(found: dict[str, Cell]) -> tuple[RegionRule, ...]:
    made = []
    for cell in found["region_rules"].items() if "region_rules" in found else ():
        inside = cell.mapping(["attribute", "region"], [*_FOUND, "note"])
        rule = RegionRule(
            attribute=_text(inside, "attribute"),
            region=_text(inside, "region"),
            provenance=provenance(inside),
        )
        made.append(cell.reading.keep(rule, cell))
    return tuple(made)


def _measures(found: dict[str, Cell]) -> tuple[Measure, ...]:
    cells = found["measures"].items() if "measures" in found else []
    return tuple(_measure(cell) for cell in cells)


def _measure(cell: Cell) -> Measure:
    found = cell.mapping(
        ["id", "name", "kind"],
        ["unit", "better", "combine", "scale", "by_sex", "level", "topic", "office", "numerator",
         "denominator", "survey_only"],
    )  # fmt: skip
    kind = cast(MeasureKind, _choice(found, "kind", get_args(MeasureKind)))
    made = Measure(
        id=_text(found, "id"),
        name=_text(found, "name"),
        kind=kind,
        unit=found["unit"].text(empty=True) if "unit" in found else "%" if kind == "rate" else "",
        better=cast(Better, _choice(found, "better", get_args(Better), "neither")),
        combine=cast(Combining, _choice(found, "combine", get_args(Combining), "survey_again")),
        scale=found["scale"].texts() if "scale" in found else (),
        by_sex=found["by_sex"].flag() if "by_sex" in found else False,
        level=cast(SubjectLevel, _choice(found, "level", get_args(SubjectLevel), "commune")),
        topic=_text(found, "topic"),
        office=_text(found, "office"),
        numerator=_text(found, "numerator"),
        denominator=_text(found, "denominator"),
        survey_only=found["survey_only"].flag() if "survey_only" in found else False,
    )
    return cell.reading.keep(made, cell)


def _years(found: dict[str, Cell]) -> tuple[int, int] | None:
    if "years" not in found:
        return None
    cells = found["years"].items()
    years = [cell.whole(1990) for cell in cells]
    if len(years) != 2:
        found["years"].fault("“years” phải gồm hai năm: [năm đầu, năm cuối].")
        return None
    first, last = years
    if first is None or last is None:
        return None
    if last < first:
        found["years"].fault(f"Năm cuối {last} đứng trước năm đầu {first}.")
    return first, last


def _apart(
    found: dict[str, Cell], checked: str, sources: str, words: str = "source_note"
) -> Provenance:
    """Provenance of something whose own ``note`` says other things."""
    return provenance(found, checked, sources, words)


def _text(found: dict[str, Cell], key: str) -> str:
    return found[key].text() if key in found else ""


def _day(found: dict[str, Cell], key: str) -> date | None:
    return found[key].day() if key in found else None


def _choice(found: dict[str, Cell], key: str, known: Any, otherwise: str = "") -> str:
    return found[key].choice(known) if key in found else otherwise or str(known[0])
