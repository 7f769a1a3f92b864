"""Writes the next step from what the tables declare: python -m pulse_desktop.storage.migrations.make "first tables".

Read what it wrote before committing: Alembic sees structure, not meaning.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from secrets import token_bytes

from alembic import command

from pulse_desktop.storage import migrations
from pulse_desktop.storage.engine import open_engine, writing
from pulse_desktop.storage.migrations import head, known_versions
from pulse_desktop.storage.migrations.settings import alembic_on
from pulse_desktop.storage.migrations.splitting import by_table


def make(subject: str) -> Path:
    """Writes the step that leads from the newest one to the declared tables; returns its file."""
    number = f"{int(head()) + 1:04d}" if known_versions() else "0001"
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "empty.db", token_bytes(32))
        with writing(engine).begin() as connection:
            config = alembic_on(connection)
            if known_versions():
                command.upgrade(config, "head")
            command.revision(config, subject, autogenerate=True, rev_id=number)
        engine.dispose()
    step = next(migrations.VERSIONS.glob(f"{number}_*.py"))
    step.write_text(by_table(step.read_text("utf-8")), "utf-8")
    for tidying in (("check", "--fix", "--quiet"), ("format", "--quiet")):
        subprocess.run([sys.executable, "-m", "ruff", *tidying, str(step)], check=False)  # noqa: S603 - our own tool and file
    return step


if __name__ == "__main__":
    if len(sys.argv) != 2 or not re.fullmatch(r"[\w ]{3,60}", sys.argv[1]):
        sys.exit('usage: python -m pulse_desktop.storage.migrations.make "first tables"')
    sys.stdout.write(f"{make(sys.argv[1])}\n")
