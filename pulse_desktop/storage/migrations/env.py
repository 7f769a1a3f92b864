"""Alembic's entry: runs the steps on the connection it is handed, inside that connection's transaction."""

from __future__ import annotations

from alembic import context

from pulse_desktop.storage.declared import load_tables
from pulse_desktop.storage.migrations.rendering import render_type

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=load_tables().metadata,
    render_as_batch=True,
    render_item=render_type,
    compare_type=True,
)
context.run_migrations()
