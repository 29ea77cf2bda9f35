"""What can go wrong with a backup, said to the person who asked for it."""


class BackupError(Exception):
    """A backup or restore that did not happen; the message is Vietnamese and says what to do."""


class BadArchive(BackupError):
    """An archive that is not ours, is damaged, or does not hold what its manifest says."""
