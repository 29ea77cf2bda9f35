"""What every page knows: who is signed in, as what, and which parts are open to them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from . import selectors
from .access import Action, held_roles
from .models import User
from .roles import ALLOWED


@dataclass
class Who:
    """The signed-in person as the frame around every page shows them."""

    user: User

    @cached_property
    def post(self) -> str:
        """Office and place, or role and place where there is no office."""
        return selectors.post_of(self.user)

    @cached_property
    def actions(self) -> frozenset[Action]:
        """What the person may do somewhere."""
        return frozenset[Action]().union(*(ALLOWED[role] for role in held_roles(self.user)))

    @property
    def works(self) -> bool:
        """Whether more than the public pages is open."""
        return Action.VIEW in self.actions

    @property
    def manages(self) -> bool:
        """Whether the administration is open."""
        return Action.MANAGE in self.actions


def who(request: HttpRequest) -> dict[str, Any]:
    """``who`` for templates; ``None`` for strangers."""
    user = getattr(request, "user", None)
    return {"who": Who(user) if isinstance(user, User) and user.is_authenticated else None}
