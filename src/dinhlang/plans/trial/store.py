"""Where uploaded bytes lie between upload and reading."""

from __future__ import annotations

from dinhlang.storage import Passing

uploads = Passing("tmp-readings")
