"""Where bytes lie: kept for good by their content, or for a short while under a random name."""

from .kept import Kept, digest
from .passing import Passing

__all__ = ["Kept", "Passing", "digest"]
