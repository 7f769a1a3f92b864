"""On what was measured."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path


def described() -> dict[str, str]:
    """Cores, versions and how busy the machine was."""
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    libraries = {name: version(name) for name in ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "reportlab")}
    return {
        "cores": str(os.cpu_count()), "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(), "load": load, **libraries,
    }  # fmt: skip


def resident_megabytes() -> float:
    """Memory this process holds now, as Linux counts it."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000
