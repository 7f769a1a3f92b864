"""Set up once for all tests: the always-on failures, Hypothesis without a stop-watch, no display."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ["tests.always_on", "tests.practice_fixtures", "pytester"]

# Two busy cores make a single example slow without anything being wrong, so no deadline; on CI the same examples every
# time, so that a change is judged and not luck.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
