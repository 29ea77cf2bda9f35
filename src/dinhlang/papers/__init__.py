"""A plan document: read it, check it, (later) write it. Pure: no Django, no network, no clock."""
