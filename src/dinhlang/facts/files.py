"""The bytes of evidence."""

from __future__ import annotations

from dinhlang.storage import Kept

evidence_files = Kept("minh-chung")
