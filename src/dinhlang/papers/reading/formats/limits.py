"""How much of a file the readers take before they refuse it."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on a file given by a user; sizes in bytes, times in seconds.

    ``max_file`` is the file as given, ``max_unpacked`` everything packed in it together,
    ``max_part`` one XML part of it, ``max_nodes`` all XML that is held at once (a tree takes
    about 120 bytes a node, and an attribute counts as two nodes).
    ``max_chars`` and ``max_lines`` are far above any paper of a commune: the longest plans
    have 150,000 characters.
    """

    max_file: int = 50 * MEGABYTE
    max_unpacked: int = 200 * MEGABYTE
    max_part: int = 24 * MEGABYTE
    max_nodes: int = 1_000_000
    max_entries: int = 5_000
    max_ratio: int = 250
    max_lines: int = 20_000
    max_chars: int = 2_000_000
    max_pages: int = 500
    max_ocr_pages: int = 60
    max_pixels: int = 80_000_000
    convert_seconds: float = 90.0
    ocr_page_seconds: float = 60.0


DEFAULT = Limits()
