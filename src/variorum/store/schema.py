"""The version of a library's schema, and the way from an older one to the newest."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from variorum.errors import StoreError

_FOLDER: Final = Path(__file__).parent / "migrations"


def newest() -> str:
    """The version that this Variorum writes."""
    return ScriptDirectory.from_config(_config()).get_current_head() or "0000"


def version(conn: Connection) -> str | None:
    """The version of the database; None for an empty one."""
    return MigrationContext.configure(conn).get_current_revision()


def refuse_newer(found: str | None, where: str) -> None:
    """Raise `StoreError` for a version that only a newer Variorum knows."""
    if found is not None and found > newest():
        raise StoreError(
            f"{where}: this library was written by a newer Variorum (schema {found}, this one knows {newest()});"
            " upgrade Variorum to open it. Nothing was changed"
        )


def migrate(conn: Connection, to: str = "head") -> None:
    """Bring the database to a version, within the connection's transaction."""
    config = _config()
    config.attributes["connection"] = conn
    command.upgrade(config, to)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config
