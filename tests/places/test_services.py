"""Verbs on units keep names, parents, the tree and the audit log right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dinhlang.people.access import AccessDenied, Role
from dinhlang.people.models import AuditLine
from dinhlang.places import selectors, services, tree
from dinhlang.places.models import Closure, Unit
from dinhlang.places.services import NewUnit, NotAllowedHere

from .conftest import DAY, Country

LATER = date(2026, 3, 1)
Person = Callable[..., Any]


def test_a_country_is_made_once(db: None) -> None:
    assert services.ensure_country() == services.ensure_country()
    assert Unit.objects.count() == 1


def test_a_new_village_stands_in_the_tree_and_in_the_log(country: Country, person: Person) -> None:
    user = person(Role.COORDINATOR, country.commune)
    village = services.create_village(user, country.commune, "", "Thôn  Đình Hạ")
    assert (village.kind, village.name, village.valid_from) == ("thôn", "Đình Hạ", DAY)
    assert village in selectors.below(country.province)
    assert [unit.name for unit in selectors.ancestors(village)] == [
        "Việt Nam",
        "An Mẫu",
        "Hoà Đông",
    ]
    line = AuditLine.objects.get()
    assert (line.verb, line.user, line.place) == ("thêm thôn", user, country.commune)
    assert tree.is_right()


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("thôn", "Tân Mẫu", "đã có thôn Tân Mẫu"),
        ("thôn", "  ", "Chưa có tên thôn"),
        ("phố", "Tân Mẫu", "Không có loại “phố”"),
        ("thôn", "a" * 121, "dài quá"),
    ],
)
def test_a_village_is_refused_with_a_reason(
    country: Country, kind: str, name: str, words: str
) -> None:
    with pytest.raises(NotAllowedHere, match=words):
        services.create_village(None, country.commune, kind, name)
    assert country.commune.children.count() == 1


def test_the_same_name_in_the_other_spelling_of_tones_is_the_same_name(country: Country) -> None:
    services.create_village(None, country.commune, "thôn", "Hòa Thuỷ")
    with pytest.raises(services.AlreadyThere):
        services.create_village(None, country.commune, "thôn", "Hoà Thủy")


def test_no_village_joins_a_commune_that_is_no_more(country: Country) -> None:
    with pytest.raises(NotAllowedHere, match="đã kết thúc từ ngày 01/07/2025"):
        services.create_village(None, country.east, "thôn", "Mới")


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICER, Role.PROVINCE])
def test_who_does_not_manage_the_commune_changes_no_village(
    country: Country, person: Person, role: Role
) -> None:
    user = person(role, country.commune)
    for work in (
        lambda: services.create_village(user, country.commune, "thôn", "Mới"),
        lambda: services.rename_unit(user, country.village, "thôn", "Mới", LATER),
        lambda: services.remove_village(user, country.village),
        lambda: services.end_unit(user, country.village, LATER),
        lambda: services.split_unit(
            user, country.village, [NewUnit("thôn", "A"), NewUnit("thôn", "B")], LATER
        ),
    ):
        with pytest.raises(AccessDenied):
            work()
    assert not AuditLine.objects.exists()


def test_a_village_may_not_be_taken_from_another_commune(country: Country, person: Person) -> None:
    user = person(Role.COORDINATOR, country.commune)
    with pytest.raises(AccessDenied):
        services.transfer_unit(user, country.neighbour, country.commune, LATER)


def test_a_name_over_time_is_kept_and_found(country: Country) -> None:
    services.rename_unit(None, country.village, "thôn", "Đoàn Kết", LATER)
    names = [(each.name, each.valid_from, each.valid_to) for each in country.village.names.all()]
    assert names == [("Tân Mẫu", DAY, LATER), ("Đoàn Kết", LATER, None)]
    for text in ("tan mau", "Đoàn Kết"):
        assert [unit.name for unit in selectors.find(text)] == ["Đoàn Kết"]


def test_a_correction_leaves_no_earlier_name(country: Country) -> None:
    services.rename_unit(None, country.village, "thôn", "Tân Mậu", LATER, correction=True)
    assert [each.name for each in country.village.names.all()] == ["Tân Mậu"]
    assert not selectors.find("Tân Mẫu").filter(name="Tân Mẫu").exists()


def test_a_name_cannot_begin_before_the_last_one(country: Country) -> None:
    services.rename_unit(None, country.village, "thôn", "Đoàn Kết", LATER)
    with pytest.raises(NotAllowedHere, match="sau ngày đó"):
        services.rename_unit(None, country.village, "thôn", "Tiền Phong", date(2025, 9, 1))
    country.village.refresh_from_db()
    assert country.village.name == "Đoàn Kết"


def test_a_moved_unit_takes_all_below_it_along(country: Country) -> None:
    second = services.add_unit("province", "tỉnh", "Nhì Mẫu", country.root, code="91")
    services.transfer_unit(None, country.commune, second, LATER)
    assert country.village in selectors.below(second)
    assert country.village not in selectors.below(country.province)
    parents = [(each.parent.name, each.valid_to) for each in country.commune.parents.all()]
    assert parents == [("An Mẫu", LATER), ("Nhì Mẫu", None)]
    assert tree.is_right()


def test_nothing_moves_below_itself(country: Country) -> None:
    with pytest.raises(NotAllowedHere, match="vào chính nó"):
        services.transfer_unit(None, country.province, country.commune, LATER)


def test_merged_villages_end_and_their_successor_remembers_them(country: Country) -> None:
    second = services.create_village(None, country.commune, "thôn", "Hai")
    made = services.merge_units(
        None, [country.village, second], NewUnit("thôn", "Tân Mẫu"), LATER, basis="NQ 01"
    )
    assert list(selectors.villages(country.commune)) == [made]
    history = selectors.history(made)
    assert [(k.unit.name, k.whole, k.kind, k.basis) for k in history.came_from] == [
        ("Hai", True, "Nhập", "NQ 01"),
        ("Tân Mẫu", True, "Nhập", "NQ 01"),
    ]
    second.refresh_from_db()
    assert second.valid_to == LATER
    assert tree.is_right()


def test_a_commune_formed_by_a_merger_gets_the_villages(country: Country) -> None:
    made = services.merge_units(
        None, [country.commune, country.other], NewUnit("xã", "Mẫu Lớn", "90009"), LATER
    )
    assert {unit.name for unit in selectors.villages(made)} == {"Tân Mẫu", "Bến Mẫu"}
    assert country.village in selectors.below(made)
    assert tree.is_right()


@pytest.mark.parametrize(
    ("names", "words"),
    [(["Một"], "ít nhất hai"), (["Một", "Một"], "đã có"), (["Một", ""], "Chưa có tên")],
)
def test_a_split_that_makes_no_sense_changes_nothing(
    country: Country, names: list[str], words: str
) -> None:
    with pytest.raises(NotAllowedHere, match=words):
        news = [NewUnit("thôn", name) for name in names]
        services.split_unit(None, country.village, news, LATER)
    assert list(selectors.villages(country.commune)) == [country.village]


def test_a_split_village_became_its_parts(country: Country) -> None:
    news = [NewUnit("thôn", "Thượng"), NewUnit("thôn", "Hạ")]
    made = services.split_unit(None, country.village, news, LATER)
    became = selectors.history(country.village).became
    assert {(k.unit.name, k.whole) for k in became} == {("Thượng", False), ("Hạ", False)}
    assert set(selectors.villages(country.commune)) == set(made)


def test_villages_of_two_communes_are_not_merged(country: Country) -> None:
    with pytest.raises(NotAllowedHere, match="cùng thuộc một cấp trên"):
        services.merge_units(
            None, [country.village, country.neighbour], NewUnit("thôn", "Chung"), LATER
        )


def test_a_village_that_has_a_history_is_not_taken_back(country: Country) -> None:
    second = services.create_village(None, country.commune, "thôn", "Hai")
    made = services.merge_units(None, [country.village, second], NewUnit("thôn", "Chung"), LATER)
    with pytest.raises(NotAllowedHere, match="không bỏ được"):
        services.remove_village(None, made)
    third = services.create_village(None, country.commune, "thôn", "Nhầm")
    services.remove_village(None, third)
    assert list(selectors.villages(country.commune)) == [made]


def test_the_tree_is_rebuilt_from_the_parents(country: Country) -> None:
    wanted = set(Closure.objects.values_list("ancestor", "descendant", "depth"))
    Closure.objects.filter(depth=1).delete()
    assert not tree.is_right()
    tree.rebuild()
    assert set(Closure.objects.values_list("ancestor", "descendant", "depth")) == wanted
