"""A real CUPS of our own on a private socket, with printers that print to a file, run out of paper, stop, or are slow."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

CUPSD = shutil.which("cupsd") or "/usr/sbin/cupsd"
LPADMIN = shutil.which("lpadmin") or "/usr/sbin/lpadmin"
SERVER_BIN = Path("/usr/lib/cups")

_BACKENDS = {
    # Takes the job and writes it to a file, as a printer would put it on paper.
    "good": 'exec cat "${6:--}" > "$PULSE_OUT"',
    # Tells that the tray is empty and waits, as printers do.
    "empty": 'echo "STATE: +media-empty-error" >&2; sleep 60',
    "stuck": 'echo "STATE: +media-jam-error" >&2; sleep 60',
    "slow": "sleep 60",
}


class PrintSystem:
    """One cupsd, its queues named after their behaviour. `CUPS_SERVER` must point at `socket`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "cups.sock"
        self.paper = folder / "paper.pdf"
        self._settle()
        self._process = subprocess.Popen(
            [CUPSD, "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + 10
        while not self.socket.exists() and time.monotonic() < until:
            time.sleep(0.05)

    @staticmethod
    def is_possible() -> bool:
        return os.geteuid() == 0 and all(Path(path).exists() for path in (CUPSD, LPADMIN, SERVER_BIN))

    def add(self, name: str) -> None:
        self.run(LPADMIN, "-p", name, "-v", f"{name}:/", "-m", "raw", "-E")

    def run(self, *command: str) -> None:
        environment = {**os.environ, "CUPS_SERVER": str(self.socket), "LC_ALL": "C"}
        subprocess.run(command, check=True, capture_output=True, env=environment, timeout=20)

    def waiting(self) -> str:
        environment = {**os.environ, "CUPS_SERVER": str(self.socket), "LC_ALL": "C"}
        return subprocess.run(("lpstat", "-o"), check=False, capture_output=True, env=environment, timeout=20, text=True).stdout

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)

    def _settle(self) -> None:
        for name in ("spool", "cache", "state", "bin/backend", "tmp"):
            (self.folder / name).mkdir(parents=True)
        for name in ("filter", "cgi-bin", "daemon", "notifier", "monitor", "driver"):
            (self.folder / "bin" / name).symlink_to(SERVER_BIN / name)
        for name, script in _BACKENDS.items():
            backend = self.folder / "bin/backend" / name
            backend.write_text(f'#!/bin/sh\nPULSE_OUT="{self.paper}"\nif [ $# -eq 0 ]; then exit 0; fi\n{script}\n')
            backend.chmod(0o700)  # CUPS runs a backend only its owner may read as its owner
        (self.folder / "cupsd.conf").write_text(
            f"Listen {self.socket}\nBrowsing Off\nDefaultAuthType None\nLogLevel none\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n"
            "<Policy default>\n<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n"
        )
        (self.folder / "cups-files.conf").write_text(
            f"ServerRoot {self.folder}\nServerBin {self.folder}/bin\nRequestRoot {self.folder}/spool\nCacheDir {self.folder}/cache\n"
            f"StateDir {self.folder}/state\nTempDir {self.folder}/tmp\nAccessLog {self.folder}/access.log\nErrorLog {self.folder}/error.log\n"
            f"PageLog {self.folder}/page.log\nFatalErrors none\n"
        )
