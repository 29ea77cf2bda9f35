"""Calendars as RFC 5545 wants them, parsed back by a reader that knows nothing of the writer."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.work.icalendar import Event, calendar, escaped, folded

STAMP = datetime(2024, 6, 1, 8, 30, tzinfo=UTC)


def unfolded(data: bytes) -> list[str]:
    """The content lines: every line ends with CRLF, none is longer than 75 octets."""
    assert data.endswith(b"\r\n")
    raw = data.split(b"\r\n")
    assert raw.pop() == b""
    for line in raw:
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode()  # No letter was cut in two.
    text = b"\r\n".join(raw).decode()
    return text.replace("\r\n ", "").split("\r\n")


def value(text: str) -> str:
    """A TEXT value with its escapes undone."""
    return re.sub(
        r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text, flags=re.DOTALL
    )


def events(data: bytes) -> list[dict[str, str]]:
    """The events by property name, parameters left out."""
    found: list[dict[str, str]] = []
    lines = unfolded(data)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    for line in lines:
        name, _, content = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and not name.startswith(("BEGIN", "END")):
            found[-1][name.partition(";")[0]] = value(content)
    return found


def event(**more: object) -> Event:
    given = {
        "uid": "1@dinhlang", "stamp": STAMP, "sequence": 3, "first": date(2024, 12, 31),
        "last": date(2024, 12, 31), "summary": "Hạn: làm đường",
    }  # fmt: skip
    return Event(**{**given, **more})  # type: ignore[arg-type]


def test_an_event_says_what_is_due_and_on_which_whole_day() -> None:
    data = calendar("Việc của Trần Văn Trúc", [event(url="https://xa.vn/viec/1")])
    lines = unfolded(data)
    assert "VERSION:2.0" in lines
    assert any(line.startswith("PRODID:") for line in lines)
    (found,) = events(data)
    assert found["SUMMARY"] == "Hạn: làm đường"
    assert found["DTSTART"] == "20241231"
    assert found["DTEND"] == "20250101"
    assert found["DTSTAMP"] == "20240601T083000Z"
    assert found["SEQUENCE"] == "3"
    assert found["URL"] == "https://xa.vn/viec/1"
    assert "DTSTART;VALUE=DATE:20241231" in lines


def test_the_moment_is_written_in_universal_time() -> None:
    from zoneinfo import ZoneInfo

    stamp = datetime(2024, 6, 1, 3, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    (found,) = events(calendar("x", [event(stamp=stamp)]))
    assert found["DTSTAMP"] == "20240531T200000Z"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a;b,c\\d", "a\\;b\\,c\\\\d"),
        ("một\nhai\r\nba\rbốn", "một\\nhai\\nba\\nbốn"),
        ("chuông\x07", "chuông"),
        ("BEGIN:VEVENT", "BEGIN:VEVENT"),
    ],
)
def test_signs_that_mean_something_are_escaped(text: str, written: str) -> None:
    assert escaped(text) == written


def test_no_text_can_open_an_event_of_its_own() -> None:
    evil = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:khác"
    found = events(calendar(evil, [event(summary=evil, description=evil, url=f"https://a/{evil}")]))
    assert len(found) == 1


@given(st.text(max_size=400))
def test_any_text_comes_back_as_it_was_but_for_control_signs(text: str) -> None:
    (found,) = events(calendar("lịch", [event(summary=text)]))
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert found["SUMMARY"] == "".join(
        c for c in plain if c in "\n\t" or (c >= " " and c != "\x7f")
    )


@given(st.text(alphabet=st.characters(min_codepoint=32), max_size=300))
def test_folding_never_cuts_a_letter_nor_passes_75_octets(text: str) -> None:
    assert unfolded(folded(text)) == [text]
