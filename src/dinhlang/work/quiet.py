"""When a person may be disturbed: quiet hours and the hour of the digest. The clock is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Hours:
    """A person's hours, all in the time zone of the moments given to the methods.

    Quiet is from ``quiet_from`` until before ``quiet_to``, over midnight where it is the later;
    equal hours mean none.
    """

    quiet_from: time = time(21, 0)
    quiet_to: time = time(6, 30)
    digest_at: time = time(7, 0)

    def is_quiet(self, at: time) -> bool:
        """Whether nothing may be sent at this time of day."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= at < self.quiet_to
        return at >= self.quiet_from or at < self.quiet_to

    def digest(self) -> time:
        """The time of day of the digest: the wanted one, or the end of the quiet hours."""
        return self.quiet_to if self.is_quiet(self.digest_at) else self.digest_at

    def next_allowed(self, now: datetime) -> datetime:
        """``now`` where that is not quiet, else the end of these quiet hours."""
        if not self.is_quiet(now.time()):
            return now
        end = now.replace(
            hour=self.quiet_to.hour, minute=self.quiet_to.minute, second=0, microsecond=0
        )
        return end if end > now else end + timedelta(days=1)
