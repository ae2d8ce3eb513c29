"""The library that lasts, on SQLite or PostgreSQL behind `ports.Store`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.errors import MissingDependencyError

if TYPE_CHECKING:
    from variorum.ports import Store

__all__ = ["open_store"]


def open_store(url: str = "") -> Store:
    """The library at ``url``: a path, ``sqlite:///PATH`` or ``postgresql://USER@HOST/NAME``; made if there is none.
    Empty is ``library.db`` in the user's data folder.

    One written by an older Variorum is brought up to date after a backup. Raises `errors.StoreError` for one written
    by a newer one or that cannot be opened, `errors.MissingDependencyError` where the packages are not installed.
    """
    try:
        from variorum.store.sql import SqlStore
    except ModuleNotFoundError as exc:
        raise MissingDependencyError(
            f"a library needs {exc.name}, which is not installed: pip install 'variorum[library]'"
        ) from exc
    return SqlStore.open(url)
