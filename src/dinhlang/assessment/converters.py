"""How a criteria set stands in an address: ``qd-318-2022/xa-ntm``, decision and file."""

from __future__ import annotations


class SetConverter:
    """``<criteria-set:set_id>``: exactly two parts, so that what follows is never swallowed."""

    regex = r"[0-9a-z][0-9a-z._-]*/[0-9a-z][0-9a-z._-]*"

    def to_python(self, value: str) -> str:
        """The id as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The id as it stands."""
        return value
