"""How far a value of the law has been checked, and where it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Checked = Literal["sourced", "quoted", "unverified", "approved", "sample", "not_loaded"]
"""``sourced``: read at a public address, which is given. ``quoted``: read in a commune's plan
that quotes the decision. ``unverified``: believed right, not compared with the decision.
``approved``: loaded by a user from the decision and approved by a second person. ``sample``:
made up, to try the program. ``not_loaded``: not known here."""

CHECKED_WORDS: dict[Checked, str] = {
    "sourced": "có nguồn",
    "quoted": "theo kế hoạch của xã trích lại",
    "unverified": "chưa đối chiếu văn bản",
    "approved": "nạp từ văn bản, hai người duyệt",
    "sample": "số liệu mẫu",
    "not_loaded": "chưa nạp",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where something comes from: ``sources`` are addresses or names of papers."""

    checked: Checked = "not_loaded"
    sources: tuple[str, ...] = ()
    note: str = ""

    @property
    def words(self) -> str:
        """How far it is checked, in Vietnamese."""
        return CHECKED_WORDS[self.checked]


NOT_LOADED = Provenance()
