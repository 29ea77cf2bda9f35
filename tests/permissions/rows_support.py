"""The rows of support and contributions: money of the commune, and one page for everybody."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from dinhlang.money.models import (
    Beneficiary,
    Pledge,
    Policy,
    Receipt,
    SupportImport,
    SupportProposal,
)
from dinhlang.money.services import beneficiaries, contributions, policies, publishing
from dinhlang.money.services.support_fields import (
    BeneficiarySaid,
    PledgeSaid,
    PolicySaid,
    ReceiptSaid,
)
from tests.permissions.table import Page, answers, everybody
from tests.world import World


def commune(world: World) -> list[Any]:
    """Commune A."""
    return [world.places["a"].pk]


def policy(world: World) -> Policy:
    """A policy of commune A."""
    said = PolicySaid(name="Hỗ trợ", amount=1000, basis="NQ", year=timezone.localdate().year)
    return policies.add_policy(world.people["officer"], world.places["a"], said, uuid4())


def household(world: World) -> Beneficiary:
    """A household on its list."""
    said = BeneficiarySaid(name="Hộ")
    return beneficiaries.add(world.people["officer"], policy(world).pk, said, uuid4())


def proposal(world: World) -> list[Any]:
    """What a plan of commune A proposes."""
    item = {"id": 1, "text": "Hỗ trợ", "amount": 1000, "per": "hộ"}
    policies.propose(None, world.places["a"], 2026, "plan:1", [item])
    return [SupportProposal.objects.get().pk]


def pledge(world: World) -> Pledge:
    """A promise in commune A."""
    said = PledgeSaid(giver="Nhà", kind="people_cash", amount=1000)
    year = timezone.localdate().year
    return contributions.add_pledge(
        world.people["officer"], world.places["a"], year, said, uuid4()
    )  # fmt: skip


def receipt(world: World) -> Receipt:
    """Something that came."""
    said = ReceiptSaid(giver="Nhà", kind="people_cash", amount=1000, day=timezone.localdate())
    return contributions.give_receipt(
        world.people["officer"], world.places["a"], said, uuid4()
    )  # fmt: skip


def receipt_file(name: str) -> Any:
    """A file of a receipt."""
    return lambda world: [receipt(world).pk, name]


def published(world: World) -> list[Any]:
    """A ledger that everybody may see."""
    day = receipt(world).day
    publishing.publish(world.people["leader"], world.places["a"], day.year, uuid4())
    return commune(world)


def sheet(world: World) -> list[Any]:
    """A file of commune A that waits to be written."""
    user = world.people["officer"]
    made = SupportImport.objects.create(
        submission=uuid4(), place=world.places["a"], kind=SupportImport.Kind.PLEDGES, year=2026,
        filename="a.xlsx", by=user, at=user.created,
    )  # fmt: skip
    return [made.pk]


NEEDS = {
    "commune A": commune,
    "a policy": lambda world: [policy(world).pk],
    "a household": lambda world: [household(world).pk],
    "a proposal": proposal,
    "a pledge": lambda world: [pledge(world).pk],
    "a receipt": lambda world: [receipt(world).pk],
    "a receipt's file": receipt_file("phieu.pdf"),
    "a letter of thanks": receipt_file("cam-on.docx"),
    "no file of a receipt": receipt_file("khac.pdf"),
    "a published ledger": published,
    "a sheet": sheet,
}

SEEN = answers(
    officer=200, leader=200, coordinator=200, province=200, admin=200,
    village_head=404, elsewhere=404,
)  # fmt: skip
NOWHERE = SEEN | {who: 404 for who, status in SEEN.items() if status == 200}


def changed(status: int, above: int = 403) -> dict[str, int]:
    """Those who work in commune A; the province sees and may not, the others see nothing."""
    return (
        SEEN
        | dict.fromkeys(("officer", "leader", "coordinator", "admin"), status)
        | {"province": above}
    )


HERE = everybody(302, 302) | {"nobody": 403, "resident": 403}
"""Who has a place of their own is sent there, the others to the places."""

PAGES = (
    Page("money:support-home", "get", HERE),
    Page("money:policies", "get", SEEN, "commune A"),
    Page("money:policy-new", "get", changed(200), "commune A"),
    Page("money:policy-new", "post", changed(422), "commune A"),
    Page("money:proposal", "post", changed(302), "a proposal", {"ly-do": "hết hạn mức"}),
    Page("money:policy", "get", SEEN, "a policy"),
    Page("money:policy-edit", "get", changed(200), "a policy"),
    Page("money:policy-edit", "post", changed(422), "a policy"),
    Page("money:policy-remove", "post", changed(302), "a policy"),
    Page("money:policy-restore", "post", changed(302), "a policy"),
    Page("money:list-save", "post", changed(302), "a policy"),
    Page("money:list-mark", "post", changed(302), "a policy"),
    Page("money:list-removed", "get", SEEN, "a policy"),
    Page("money:signing-list", "get", SEEN, "a policy"),
    Page("money:list-out", "get", SEEN, "a policy"),
    Page("money:list-template", "get", changed(200), "a policy"),
    Page("money:list-in", "get", changed(200), "a policy"),
    Page("money:list-in", "post", changed(422), "a policy"),
    Page("money:beneficiary", "get", SEEN, "a household"),
    Page("money:beneficiary", "post", changed(302), "a household", {"name": "Hộ khác"}),
    Page("money:beneficiary-remove", "post", changed(302), "a household"),
    Page("money:beneficiary-restore", "post", changed(302), "a household"),
    Page("money:support-import", "get", changed(200, 404), "a sheet"),
    Page("money:support-import-write", "post", changed(302, 404), "a sheet"),
    Page("money:contributions-home", "get", HERE),
    Page("money:contributions", "get", SEEN, "commune A"),
    Page("money:pledge-new", "get", changed(200), "commune A"),
    Page("money:pledge-new", "post", changed(422), "commune A"),
    Page("money:pledges-in", "get", changed(200), "commune A"),
    Page("money:pledges-in", "post", changed(422), "commune A"),
    Page("money:pledges-out", "get", SEEN, "commune A"),
    Page("money:receipts", "get", SEEN, "commune A"),
    Page("money:receipts-out", "get", SEEN, "commune A"),
    Page("money:receipt-new", "get", changed(200), "commune A"),
    Page("money:receipt-new", "post", changed(422), "commune A"),
    Page("money:thank", "post", changed(302), "commune A"),
    Page("money:publish", "get", SEEN, "commune A"),
    Page("money:publish-do", "post", changed(302) | {"officer": 403}, "commune A"),
    Page("money:public", "get", everybody(200), "a published ledger"),
    Page("money:public", "get", everybody(404), "commune A"),
    Page("money:pledge", "get", SEEN, "a pledge"),
    Page("money:pledge", "post", changed(422), "a pledge"),
    Page("money:pledge-remove", "post", changed(302), "a pledge"),
    Page("money:pledge-restore", "post", changed(302), "a pledge"),
    Page("money:receipt", "get", SEEN, "a receipt"),
    Page("money:receipt-cancel", "post", changed(302), "a receipt", {"ly-do": "nhầm"}),
    Page("money:receipt-again", "post", changed(302, 404), "a receipt"),
    Page("money:support-import-undo", "post", changed(302, 404), "a sheet"),
    Page("money:receipt-name", "post", changed(302), "a receipt"),
    Page("money:receipt-file", "get", SEEN, "a receipt's file"),
    Page("money:receipt-file", "get", SEEN, "a letter of thanks"),
    Page("money:receipt-file", "get", NOWHERE, "no file of a receipt"),
)
