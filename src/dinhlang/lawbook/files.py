"""The files that sets were read from."""

from __future__ import annotations

from dinhlang.storage import Kept

originals = Kept("bo-tieu-chi")
