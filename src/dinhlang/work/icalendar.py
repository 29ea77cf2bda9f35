"""A calendar in the form of RFC 5545, which phones and office programs subscribe to. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Dinh Lang//Cong viec//VI"
LONGEST_LINE = 75
"""Octets of a line without its end, RFC 5545, 3.1."""


@dataclass(frozen=True, slots=True)
class Event:
    """A day on which something is due.

    ``uid`` never changes; ``stamp`` is when it was changed last, ``sequence`` how often. ``first``
    and ``last`` are days, both included.
    """

    uid: str
    stamp: datetime
    sequence: int
    first: date
    last: date
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """The calendar of these events, UTF-8, lines ended by CRLF and folded."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def _event(event: Event) -> list[str]:
    stamp = f"{event.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}",
        # The end of an event that takes whole days is the day after it (RFC 5545, 3.6.1).
        f"DTEND;VALUE=DATE:{event.last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(event.summary)}",
    ]
    if event.description:
        lines.append(f"DESCRIPTION:{escaped(event.description)}")
    if event.location:
        lines.append(f"LOCATION:{escaped(event.location)}")
    if event.url:
        lines.append(f"URL:{_without_breaks(event.url)}")
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def escaped(text: str) -> str:
    """The text as a value of type TEXT, RFC 5545, 3.3.11; other control signs are left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in plain if c in "\n\t" or (c >= " " and c != "\x7f"))
    kept = kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return kept.replace("\n", "\\n")


def _without_breaks(text: str) -> str:
    return "".join(c for c in text if c > " " and c != "\x7f")


def folded(line: str) -> bytes:
    """The line cut so that no part is longer than 75 octets, never within a letter."""
    parts, part, room = list[bytes](), b"", LONGEST_LINE
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > room:
            parts.append(part)
            part, room = b"", LONGEST_LINE - 1
        part += octets
    parts.append(part)
    return b"\r\n ".join(parts) + b"\r\n"
