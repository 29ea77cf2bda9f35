"""Who may do what: one row for every address of the site, and for every method it takes.

Rows stand in the modules ``rows_*.py`` beside this one, one a room: ``PAGES`` are the rows for
signed-in people, ``NEEDS`` makes what an address is about. Whoever adds an address adds its row.
The rows of the page that reads without an account are here: it knows only who gave the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from tests.world import World

Method = Literal["get", "post"]
Needs = Literal["nothing", "an unknown sample", "a queued reading", "a finished reading"]


@dataclass(frozen=True, slots=True)
class Row:
    """One address of the page without an account, its one method, and two kinds of visitors.

    ``owner`` is the browser session that gave the paper, ``stranger`` any other one. The numbers
    are the statuses of the answers.
    """

    route: str
    method: Method
    needs: Needs
    owner: int
    stranger: int


@dataclass(frozen=True, slots=True)
class Page:
    """One address with one of its methods, and the status each visitor of ``tests.world`` gets.

    302 for ``anonymous`` means: sent to the sign-in page. ``needs`` names a maker of ``NEEDS`` of
    the same module; ``data`` is what is posted or asked.
    """

    route: str
    method: Method
    answers: Mapping[str, int]
    needs: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def answers(
    *,
    officer: int,
    leader: int,
    coordinator: int,
    province: int,
    admin: int,
    elsewhere: int,
    village_head: int,
    anonymous: int = 302,
    nobody: int = 403,
    resident: int = 403,
) -> dict[str, int]:
    """The statuses, visitor by visitor. Strangers and those without work here get nowhere."""
    return dict(locals())


def everybody(status: int, anonymous: int | None = None) -> dict[str, int]:
    """The same for everybody who is signed in; and for strangers, unless it says otherwise."""
    stranger = status if anonymous is None else anonymous
    signed_in = ("nobody", "resident", "village_head", "officer", "leader", "coordinator")
    who = (*signed_in, "province", "elsewhere", "admin")
    return {"anonymous": stranger} | dict.fromkeys(who, status)


def managers(coordinator: int, elsewhere: int, admin: int | None = None) -> dict[str, int]:
    """For those who manage people: the coordinator of A, the one of B, the administrator."""
    return answers(
        village_head=403,
        officer=403,
        leader=403,
        province=403,
        coordinator=coordinator,
        elsewhere=elsewhere,
        admin=coordinator if admin is None else admin,
    )


ROWS = (
    Row("trial:home", "get", "nothing", owner=200, stranger=200),
    Row("trial:guide", "get", "nothing", owner=200, stranger=200),
    Row("trial:upload", "post", "nothing", owner=422, stranger=422),
    Row("trial:sample", "post", "an unknown sample", owner=404, stranger=404),
    Row("trial:reading", "get", "a queued reading", owner=200, stranger=404),
    Row("trial:reading", "get", "a finished reading", owner=200, stranger=404),
    Row("trial:progress", "get", "a queued reading", owner=200, stranger=404),
    Row("trial:stop", "post", "a queued reading", owner=302, stranger=404),
    Row("trial:delete", "post", "a queued reading", owner=302, stranger=404),
    Row("trial:delete", "post", "a finished reading", owner=302, stranger=404),
    Row("trial:json", "get", "a finished reading", owner=200, stranger=404),
    Row("trial:json", "get", "a queued reading", owner=404, stranger=404),
    Row("trial:xlsx", "get", "a finished reading", owner=200, stranger=404),
    Row("trial:xlsx", "get", "a queued reading", owner=404, stranger=404),
)


Maker = Callable[[World], list[Any]]


def pages() -> list[tuple[Page, Maker]]:
    """All rows for signed-in people, each with what makes the arguments of its address."""
    found: list[tuple[Page, Maker]] = []
    for path in sorted(Path(__file__).parent.glob("rows_*.py")):
        module = import_module(f"tests.permissions.{path.stem}")
        makers: Mapping[str, Maker] = {"": lambda world: []} | module.NEEDS
        found += [(page, makers[page.needs]) for page in module.PAGES]
    return found
