"""Makes the checkout ready to run: system libraries that Qt links to, `.venv`, and every pinned package in it.

Only the standard library, since nothing else is there yet; quick when nothing is to do. Packages come from wherever
this computer's pip and apt are set up to look; no address stands here.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "pulse-setup"
OLDEST = (3, 11)

# What PySide6's wheel links to but does not carry: shared library -> Debian package. Found by adding one at a time to
# a minimal Debian 12 until the windows, Svg, Network and PrintSupport modules all load.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    # windows on X11
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    # printers
    "libcups.so.2": "libcups2",
}


# The server that tests start for themselves; Debian keeps its programs out of PATH.
SERVER = "postgresql"
SERVER_PROGRAMS = "/usr/lib/postgresql"
NO_SYSTEM_SERVER = Path("/etc/postgresql-common/createcluster.conf")


class Hindrance(Exception):
    """What stands in the way, as one sentence for the person at the keyboard."""


def fingerprint() -> str:
    """Changes whenever what must be installed could have changed."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())  # after an upgrade of Python the old .venv is empty
    for name in ("pyproject.toml", "constraints.txt", "tools/bootstrap.py"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def is_ready() -> bool:
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="ascii") == fingerprint()


def venv_works() -> bool:
    """Whether `.venv` has a Python that starts and a pip in it."""
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def known_libraries() -> str:
    """What the dynamic linker can find, as ldconfig lists it."""
    ldconfig = shutil.which("ldconfig") or shutil.which("ldconfig", path="/sbin:/usr/sbin")
    if ldconfig is None:
        return ""
    return subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=False).stdout


def missing_packages() -> list[str]:
    """Debian packages that are needed and not there; none on Windows and macOS, whose wheels carry all they need."""
    if not sys.platform.startswith("linux"):
        return []
    found = known_libraries()
    packages = [package for library, package in LIBRARIES.items() if f"\t{library} " not in found]
    if not venv_works() and importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        packages.append(f"python3.{sys.version_info.minor}-venv")
    # Only tests need it: where it takes somebody's password to install, the program is run without.
    if os.geteuid() == 0 and shutil.which("pg_ctl") is None and not any(Path(SERVER_PROGRAMS).glob("*/bin/pg_ctl")):
        packages.append(SERVER)
    return packages


def as_root() -> list[str]:
    """What to put before a command so that it may change the system."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        raise Hindrance("this needs the rights of root, and there is no sudo")
    return ["sudo"] if sys.stdin.isatty() else ["sudo", "--non-interactive"]


def install_packages(packages: list[str]) -> None:
    """Lets apt install them, without a question."""
    names = " ".join(packages)
    by_hand = f"Please install {names} (or what your system calls them) and run make again."
    if shutil.which("apt-get") is None:
        raise Hindrance(f"Some system libraries are missing, and there is no apt-get to fetch them. {by_hand}")
    try:
        root = as_root()
    except Hindrance as hindrance:
        raise Hindrance(f"Some system libraries are missing; {hindrance}. {by_hand}") from None
    print(f"Installing system libraries: {names}", flush=True)
    # Set behind sudo, which would not hand it on.
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2", "--option", "DPkg::Lock::Timeout=300"]
    subprocess.run([*apt, "update"], check=False)  # a broken third source need not stop us
    if SERVER in packages and not NO_SYSTEM_SERVER.exists():  # tests start servers of their own; the system needs none
        subprocess.run([*root, "mkdir", "--parents", NO_SYSTEM_SERVER.parent], check=False)
        subprocess.run([*root, "tee", NO_SYSTEM_SERVER], input=b"create_main_cluster = false\n", stdout=subprocess.DEVNULL, check=False)
    install = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    if subprocess.run(install, stdout=subprocess.DEVNULL, check=False).returncode != 0:
        raise Hindrance(f"apt-get could not install the system libraries; its message stands above. {by_hand}")


def make_venv() -> None:
    """Makes `.venv`, or keeps one that still works."""
    if venv_works():
        return
    print("Making .venv", flush=True)
    # A process of its own: after apt has brought ensurepip, this one may still believe that it is missing.
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False)
    if made.returncode != 0:
        raise Hindrance("Python could not make .venv; its message stands above.")


def install_python_packages() -> None:
    """The pinned packages, then this project as a link to the checkout."""
    print("Installing Python packages (some 600 MB; a minute or two)", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    pinned = ["--constraint", str(ROOT / "constraints.txt")]
    # The build backend first and pinned like the rest, so that pip need not fetch another one for itself.
    for what in (["hatchling"], ["--no-build-isolation", "--editable", f"{ROOT}[dev]"]):
        if subprocess.run([*pip, *pinned, *what], cwd=ROOT, check=False).returncode != 0:
            raise Hindrance("pip could not install the Python packages; its message stands above. Run make again to go on.")


def main() -> int:
    if sys.version_info < OLDEST:
        print(f"Pulse Desktop needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11")
        return 1
    if is_ready():
        return 0
    try:
        if packages := missing_packages():
            install_packages(packages)
        make_venv()
        install_python_packages()
    except Hindrance as hindrance:
        print(hindrance, file=sys.stderr)
        return 1
    STAMP.write_text(fingerprint(), encoding="ascii")
    print("Ready.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
