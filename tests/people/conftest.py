"""The people and places of these tests."""

from tests.world import forget_attempts, world

__all__ = ["forget_attempts", "world"]
