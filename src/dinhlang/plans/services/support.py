"""From an accepted plan to the room of money: the support it speaks of, as proposals."""

from __future__ import annotations

from django.utils import timezone

from dinhlang.money.services.policies import propose
from dinhlang.people.models import User

from ..editing.draft import Data
from ..models import Plan, PlanVersion


def propose_support(user: User, plan: Plan, version: PlanVersion, data: Data) -> None:
    """Offer the plan's support items; an officer makes policies of them or leaves them aside."""
    year = plan.year or timezone.localdate().year
    name = f"{plan.title} (phiên bản {version.number})"
    propose(user, plan.place, year, f"plan:{plan.pk}", data.get("support") or [], name)
