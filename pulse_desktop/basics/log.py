"""The log: one rotating file beside the clinic, no patient data, no key, nothing on stderr for people to puzzle over."""

from __future__ import annotations

import json
import logging
import logging.handlers
from pathlib import Path


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "room": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = type(record.exc_info[1]).__name__
            line["trace"] = _places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _places(error: BaseException) -> list[str]:
    """Where an error came from, as file:line function; never values, which could be a patient's."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places


def log_to(folder: Path) -> None:
    """Write the program's log into `folder` (five files of at most 500 kB)."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "pulse.log", maxBytes=500_000, backupCount=4, encoding="utf-8"
    )
    handler.setFormatter(_JsonLines())
    root = logging.getLogger("pulse_desktop")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    root.propagate = True
