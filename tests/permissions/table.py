"""Who may do what: one row for every address of the site.

``owner`` is the browser session that gave the paper, ``stranger`` any other one. The numbers are
the statuses of the answers. Whoever adds an address adds its row here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Needs = Literal["nothing", "an unknown sample", "a queued reading", "a finished reading"]


@dataclass(frozen=True, slots=True)
class Row:
    """One address, the one method it takes, and what the two kinds of visitors get."""

    route: str
    method: Literal["get", "post"]
    needs: Needs
    owner: int
    stranger: int


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
