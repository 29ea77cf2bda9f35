"""The tables of this app."""

from .balance import PEOPLE, Movement, Need, Source, SourceKind, Step
from .support import Beneficiary, Pledge, Policy, Receipt

__all__ = [
    "PEOPLE",
    "Beneficiary",
    "Movement",
    "Need",
    "Pledge",
    "Policy",
    "Receipt",
    "Source",
    "SourceKind",
    "Step",
]
