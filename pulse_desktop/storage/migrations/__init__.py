"""Steps from one schema to the next: Alembic scripts, forward only, tried on a copy that is swapped in when proved.

What belongs here: one script a step, and what runs them. What never does: a way back (the copy kept before each
step is the way back), or knowledge of what the tables mean.

The program asks here which schema it knows (`HEAD`) without importing Alembic.
"""

from __future__ import annotations

from pathlib import Path

VERSIONS = Path(__file__).parent / "versions"


def known_versions() -> tuple[str, ...]:
    """The numbers of all steps, oldest first, from their file names (0001_first_tables.py)."""
    return tuple(sorted(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*_*.py")))


def head() -> str:
    """The newest schema this program knows; "0000" before the first step was written."""
    return (known_versions() or ("0000",))[-1]
