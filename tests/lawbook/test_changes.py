"""What a loaded text changes, beside the law without it."""

from __future__ import annotations

from datetime import date

from dinhlang.law.library import shipped
from dinhlang.law.sets import Amendment, CriteriaSet, Territory
from dinhlang.lawbook.changes import changes_of
from dinhlang.lawbook.sheet.compose import compose
from dinhlang.lawbook.sheet.composed import Context
from dinhlang.lawbook.sheet.unfolding import about_of_set, rows_of_set
from tests.lawbook.tables import ABOUT, read, row

REAL = "qd-51-2025/xa-ntm"


def test_completing_a_set_shows_thresholds_and_provenance_old_and_new() -> None:
    library = shipped()
    base = library.sets[REAL]
    rows = rows_of_set(base, library.measures, fill=True)
    for each in rows:
        if each.get("kind") in ("≥", "≤"):
            each["common"] = "9"
        elif not each.get("name"):
            each["kind"] = "Chưa nạp"
            each["name"] = f"Chưa rõ {each['line']}"
    found = compose(rows, about_of_set(base, "complete"), Context(library))
    assert isinstance(found.result, CriteriaSet), [str(p) for p in found.problems]
    changes = changes_of(found.result, library)
    assert changes.before is not None
    assert changes.before.id == REAL
    assert changes.counts == {"added": 10, "changed": 6, "removed": 0, "same": 0}
    water = next(d for d in changes.of("changed") if d.new and "nước sạch" in d.new.name)
    assert water.old is not None
    assert water.new is not None
    assert (water.old.rule, water.new.rule) == ("≥ mức nêu trong quyết định (chưa nạp)", "≥ 9 %")
    assert water.rule_changes
    assert water.provenance_changes
    assert not water.name_changes
    assert water.new.provenance.checked == "approved"


def test_a_new_set_is_held_against_the_one_it_replaces() -> None:
    result = read([row(name="Tỷ lệ nghèo đa chiều", common="≤ 2%")], replaces=REAL).result
    assert isinstance(result, CriteriaSet)
    changes = changes_of(result, shipped())
    assert changes.before is not None
    assert changes.before.id == REAL
    assert changes.counts == {"added": 0, "changed": 1, "removed": 5, "same": 0}


def test_where_nothing_of_the_kind_was_there_everything_is_added() -> None:
    said = {"level": "model-garden", "subject": "household", "valid_from": "01/02/2026"}
    result = read([row(common="Đạt")], **said).result
    assert isinstance(result, CriteriaSet)
    changes = changes_of(result, shipped())
    assert changes.before is None
    assert changes.counts["added"] == 1


def test_a_provincial_amendment_is_held_against_the_law_of_that_province() -> None:
    library = shipped()
    rows = [{"criterion": "6", "number": "6.a", "name": "Tỷ lệ nghèo đa chiều", "common": "≤ 4%"}]
    said = ABOUT | {"mode": "amend", "base": REAL, "valid_from": "01/03/2026"}
    context = Context(library, Territory(code="99", name="An Mẫu"))
    result = compose(rows, said, context).result
    assert isinstance(result, Amendment)
    assert result.valid_from == date(2026, 3, 1)
    changes = changes_of(result, library)
    (changed,) = changes.of("changed")
    assert changed.new is not None
    assert changed.new.rule == "≤ 4 %"
    assert changes.counts == {"added": 0, "changed": 1, "removed": 0, "same": 5}
