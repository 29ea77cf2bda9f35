"""A sound plan of a made-up commune, left alone by every check; faults are planted in it."""

from __future__ import annotations

from pathlib import Path

from dinhlang.papers.checking import check
from dinhlang.papers.plan import Finding
from dinhlang.papers.reading import read

SOUND = (Path(__file__).parent / "sound-plan.txt").read_text(encoding="utf-8")


def planted(*changes: tuple[str, str]) -> str:
    """The sound plan with some words changed; each must stand there, the first is changed."""
    text = SOUND
    for old, new in changes:
        if old not in text:
            raise ValueError(f"not in the sound plan: {old}")
        text = text.replace(old, new, 1)
    return text


def found(text: str, *codes: str) -> list[Finding]:
    """What the checks find in a text read as a file."""
    return check(read(text.encode(), name="ke-hoach.txt"), codes or None)
