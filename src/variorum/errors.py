"""Every error that Variorum raises on purpose.

    VariorumError
    ├── UsageError            the call cannot be meant: a missing path, an unknown format      (exit code 2)
    │   └── NotFoundError          what is asked for is not in the library                          (exit code 2)
    ├── StoreError            the database cannot be opened, read or written
    ├── NothingReadableError       not one of the inputs gave an article                             (exit code 3)
    ├── InputError            one input cannot be read; runs turn it into a `Problem` and go on
    ├── VocabularyError       a data file of words breaks its own rules
    ├── WorkerError           a process that shared the work has died
    └── MissingDependencyError     a package is needed; the message names the install command  (exit code 2)

A message says what was wrong, where, and what to do.
"""

from __future__ import annotations


class VariorumError(Exception):
    """Base of all errors raised on purpose."""


class UsageError(VariorumError):
    """The call cannot be meant as it stands."""


class NotFoundError(UsageError):
    """What is asked for is not in the library."""


class StoreError(VariorumError):
    """The database of a library cannot be opened, read or written."""


class NothingReadableError(VariorumError):
    """Not one of the inputs gave an article."""


class InputError(VariorumError):
    """One input cannot be read. ``source`` names it."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class VocabularyError(VariorumError):
    """A data file of words breaks its own rules."""


class WorkerError(VariorumError):
    """A process that shared the work has died."""


class MissingDependencyError(VariorumError):
    """A part that is not installed is needed."""
