"""The bytes of templates."""

from __future__ import annotations

from dinhlang.storage import Kept

template_files = Kept("mau-van-ban")
