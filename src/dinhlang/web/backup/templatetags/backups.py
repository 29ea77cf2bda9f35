"""The state of backups, for the administration pages of those who look after the whole."""

from __future__ import annotations

from django import template
from django.utils import timezone

from dinhlang.people.access import Action, can
from dinhlang.people.models import User

from ..selectors import Status, status

register = template.Library()


@register.simple_tag
def may_back_up(user: User) -> bool:
    """Whether the person looks after the whole installation."""
    return can(user, Action.MANAGE, None)


@register.simple_tag
def backup_status() -> Status:
    """The state in plain words."""
    return status(timezone.now())
