"""The offices of a place: members of its committee, and the body above it."""

from __future__ import annotations

from dinhlang.people.models import Office
from dinhlang.places.models import Level, Unit
from dinhlang.vietnamese import fold


def above(place: Unit) -> str:
    """“Ủy ban nhân dân tỉnh An Mẫu”: to whom the place reports; empty where nothing is above."""
    parent = place.parent
    if parent is None or parent.level == Level.COUNTRY:
        return ""
    return f"Ủy ban nhân dân {parent.full_name}"


def members(place: Unit) -> list[dict[str, str]]:
    """The seats of a committee: the open offices of the place and its villages, with likely roles.

    Names are left to be filled in; so are the head and deputy where no office of the place is one.
    """
    found = _ranked(place)
    roles = {role for _, _, role in found}
    if found:
        found += [(rank, "", role) for rank, role in enumerate(HEADS) if role not in roles]
    return [
        {"name": "", "office": title, "role": role} for _, title, role in sorted(found, key=_order)
    ]


def titles(place: Unit) -> list[str]:
    """The offices of the place, then those of its villages."""
    return [title for _, title, _ in sorted(_ranked(place), key=_order)]


def coordinator(place: Unit) -> str:
    """The office that coordinates the programme at the place; empty where there is none."""
    return next((title for _, title, role in _ranked(place) if role == SECRETARY), "")


HEADS = ("Trưởng ban", "Phó Trưởng ban")
SECRETARY = "Thành viên, thư ký"


def _ranked(place: Unit) -> list[tuple[int, str, str]]:
    rows = (
        Office.objects.filter(closed_on=None, place__valid_to=None)
        .filter(place__in=[place.pk, *place.children.values_list("pk", flat=True)])
        .select_related("place")
        .order_by("title")
    )
    found = []
    for office in rows:
        own = office.place_id == place.pk
        title = office.title if own else _in_village(office.title, office.place)
        rank, role = _role(fold(office.title)) if own else (4, "Thành viên")
        found.append((rank, title, role))
    return found


def _in_village(title: str, village: Unit) -> str:
    """“Trưởng thôn Soi”, “Bí thư chi bộ, thôn Soi”."""
    ends = fold(title).endswith(fold(village.kind))
    return f"{title} {village.name}" if ends else f"{title}, {village.full_name}"


def _order(row: tuple[int, str, str]) -> tuple[int, str]:
    return row[0], fold(row[1])


def _role(title: str) -> tuple[int, str]:
    heads = "chu tich ubnd" in title or "chu tich uy ban nhan dan" in title
    if heads and "pho " not in title:
        return 0, HEADS[0]
    if heads:
        return 1, HEADS[1]
    if "tong hop" in title and "nong thon moi" in title:
        return 2, SECRETARY
    return 3, "Thành viên"
