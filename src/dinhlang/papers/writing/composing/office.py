"""What all papers of a commune's committee share: head, signature, where copies go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..tree import Head, Signature

COMMITTEE = "Ủy ban nhân dân"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The issuing body: “xã Làng Mẫu”; its number, day and signer where they are given.

    ``deputy``: a deputy signs for the chair. ``parent`` stands above it on papers of a committee
    that is not the highest of its level (Ban Chỉ đạo).
    """

    place: str
    year: int
    number: int | None = None
    day: date | None = None
    deputy: bool = False
    signer: str = ""

    @property
    def name(self) -> str:
        """“Ủy ban nhân dân xã Làng Mẫu”."""
        return f"{COMMITTEE} {self.place}"

    @property
    def locality(self) -> str:
        """“Làng Mẫu”: what stands before the day."""
        return self.place.split(" ", 1)[-1]

    def head(self, symbol: str) -> Head:
        """The head with that symbol (“BC-UBND”)."""
        return Head(
            issuer=(COMMITTEE, self.place),
            issuer_words=self.name,
            symbol=symbol,
            place=self.locality,
            number=self.number,
            date=self.day,
            year=self.year,
        )

    @property
    def signature(self) -> Signature:
        """TM. ỦY BAN NHÂN DÂN, signed by the chair or, for the chair, by a deputy."""
        if self.deputy:
            return Signature(
                authority=f"TM. {COMMITTEE}",
                acting_for="KT. Chủ tịch",
                title="Phó Chủ tịch",
                name=self.signer,
            )
        return Signature(authority=f"TM. {COMMITTEE}", title="Chủ tịch", name=self.signer)
