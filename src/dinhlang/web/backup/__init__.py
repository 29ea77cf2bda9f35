"""Backup and restore: one archive with every row and every file, the same for both databases.

``archive`` writes and reads the archive back, ``restoring`` puts one in the place of what is
there, ``services`` are the verbs, ``schedule`` makes one a day. The reasons are in
``docs/decisions/0009-own-portable-backup.md``.
"""
