"""The original papers."""

from __future__ import annotations

from dinhlang.storage import Kept

originals = Kept("ban-goc")
