"""Where a file lies between its check and its writing."""

from __future__ import annotations

from dinhlang.storage import Passing

uploads = Passing("tmp-imports")
