"""The reader's page of a document whose items have numbers of their own."""

from __future__ import annotations

from collections.abc import Mapping

from ..editing import draft
from ..editing.draft import Data
from . import items
from .page import Page, page

STATED_FIRST = 3
"""The card number of the first stated total; the next two follow."""


def page_of(data: Data, silenced: Mapping[str, str]) -> Page:
    """The page of the document; findings set aside keep their reason and do not count."""
    plan = draft.plan_of(data)
    numbers = draft.numbers(data)
    numbers.update({("stated", at): STATED_FIRST + at for at in range(3)})
    for at, finding in enumerate(plan.findings):
        numbers["findings", at] = draft.finding_number(finding)
    cards = items.entries(plan, numbers)
    for card in cards:
        if card.severity:
            card.silenced = silenced.get(str(card.id))
    return page(plan, cards)


def edited_number(number: int) -> int:
    """The number of the item that is edited behind a card: the totals are one part."""
    return draft.STATED_ID if STATED_FIRST <= number < STATED_FIRST + 3 else number
