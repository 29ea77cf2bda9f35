"""How the id of a set stands in an address."""

from __future__ import annotations


class LawIdConverter:
    """``<law-id:set_id>``: exactly two parts, decision and file."""

    regex = r"[0-9a-z][0-9a-z._-]*/[0-9a-z][0-9a-z._-]*"

    def to_python(self, value: str) -> str:
        """The id as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The id as it stands."""
        return value
