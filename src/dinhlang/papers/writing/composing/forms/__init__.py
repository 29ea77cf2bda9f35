"""The kinds of paper that a commune may reword in Word: their fields, and our own template."""

from __future__ import annotations

from .base import HEAD, LINE, Form, annex_value, base_values, line_values, shared_values
from .letters import FORMS as LETTERS
from .letters import late_values, meeting_values, resolution_values
from .plan import FORM as PLAN
from .plan import plan_values
from .tables import FORMS as TABLES
from .tables import charge_values, member_values, proof_values, report_values

FORMS: dict[str, Form] = {form.kind: form for form in (*TABLES, *LETTERS, PLAN)}

__all__ = [
    "FORMS",
    "HEAD",
    "LINE",
    "Form",
    "annex_value",
    "base_values",
    "charge_values",
    "late_values",
    "line_values",
    "meeting_values",
    "member_values",
    "plan_values",
    "proof_values",
    "report_values",
    "resolution_values",
    "shared_values",
]
