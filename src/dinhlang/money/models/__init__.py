"""The tables of this app."""

from .balance import PEOPLE, Movement, Need, Source, SourceKind, Step
from .history import MoneyImport, RowChange, StatedTotals
from .support import Beneficiary, Pledge, Policy, Receipt
from .support_history import LedgerPublication, SupportChange, SupportImport, SupportProposal

__all__ = [
    "PEOPLE",
    "Beneficiary",
    "LedgerPublication",
    "MoneyImport",
    "Movement",
    "Need",
    "Pledge",
    "Policy",
    "Receipt",
    "RowChange",
    "Source",
    "SourceKind",
    "StatedTotals",
    "Step",
    "SupportChange",
    "SupportImport",
    "SupportProposal",
]
