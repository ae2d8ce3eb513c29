"""Called by Alembic; the connection comes from `schema`."""

from __future__ import annotations

from alembic import context

from variorum.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
