"""Alembic's settings, in one place for running and for writing steps."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from sqlalchemy import Connection

from pulse_desktop.storage import migrations


def alembic_on(connection: Connection) -> Config:
    """Alembic working on this connection, inside its transaction."""
    config = Config()
    config.set_main_option("path_separator", "newline")
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("version_locations", str(migrations.VERSIONS))
    config.attributes["connection"] = connection
    return config
