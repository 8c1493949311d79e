"""What litcheck raises.

LitcheckError                  everything below; its message says what to do
 └─ UnusableError              the command or its input cannot be used: exit status 2
     ├─ UnreadableDocument     a file cannot be read as what it claims to be (LC001)
     │   └─ ForbiddenFile      … since it names a file outside of its project, which is never read
     ├─ UnusableIndex          a directory is not a litcheck index, or is damaged
     ├─ UnusableDatabase       the DuckDB file cannot be opened, read or written
     │   └─ DatabaseInUse      … now, because another process has it; a run that could not be stored is kept as JSON
     ├─ UnusableCache          the file named as the cache is none, or is damaged; only `litcheck cache` minds
     └─ UnusableSettings       a setting has a value that means nothing
"""

from __future__ import annotations


class LitcheckError(Exception):
    """Base of every error that litcheck raises on purpose. The message is for a person and says what to do."""


class UnusableError(LitcheckError):
    """The command or its input cannot be used. Ends a command with exit status 2."""


class UnreadableDocument(UnusableError):
    """A file cannot be read as what it claims to be."""


class ForbiddenFile(UnreadableDocument):
    """A document names a file that is never read for it: outside of its project, by an absolute path or at an address."""


class UnusableIndex(UnusableError):
    """A directory is not an index, is damaged, or is of a version that this program does not read."""


class UnusableDatabase(UnusableError):
    """The database cannot be opened, read or written."""


class DatabaseInUse(UnusableDatabase):
    """Another process has the database open; it can be used again when that process is done."""


class UnusableCache(UnusableError):
    """The file named as the cache is none, is damaged, or cannot be used now. Runs work without; only its upkeep minds."""


class UnusableSettings(UnusableError):
    """A setting has a value that means nothing."""
