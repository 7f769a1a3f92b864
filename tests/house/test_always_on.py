"""The failures that are always on, each shown turning red, beside neighbours that must stay green."""

from __future__ import annotations

import pytest

GOOD_AND_BAD = """
import logging, threading, time
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

log = logging.getLogger("pulse_desktop.somewhere")
kept = []
release = threading.Event()

def test_good_log(expect_log):
    expect_log("backup is late")
    log.warning("the backup is late by 3 h")

def test_good_information():
    log.info("all is well")

def test_good_thread():
    threading.Thread(target=time.sleep, args=(0.05,), name="pulse-short").start()

def test_good_window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    timer = QTimer(window)
    timer.start(1000)
    window.show()

def test_good_part_of_a_window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    label = QLabel("part", window)
    label.setVisible(True)
    window.show()

def test_good_closed_dialog(qtbot):
    dialog = QDialog()
    dialog.show()
    dialog.deleteLater()

def test_bad_log():
    log.warning("nobody announced this")

def test_bad_log_that_never_came(expect_log):
    expect_log("backup is late")

def test_bad_slot(qtbot):
    button = QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(lambda: 1 / 0)
    button.click()

def test_bad_qt_warning(qtbot):
    qWarning("QPainter::begin: Paint device returned engine == 0")

def test_bad_thread():
    threading.Thread(target=release.wait, name="nameless").start()

def test_bad_daemon_of_ours():
    threading.Thread(target=release.wait, name="pulse-write_0", daemon=True).start()

def test_bad_window(qtbot):
    kept.append(QLabel("left open"))
    kept[-1].show()

def test_bad_hidden_dialog(qtbot):
    kept.append(QDialog())

def test_bad_timer(qtbot):
    timer = QTimer()
    timer.start(1000)
    kept.append(timer)

def test_bad_stray_window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    label = QLabel("for a moment a window of its own")
    label.setVisible(True)
    label.setParent(window)

def test_last_lets_the_threads_go():
    release.set()
"""


def test_each_always_on_failure_turns_red(pytester: pytest.Pytester, request: pytest.FixtureRequest) -> None:
    pytester.makeconftest('pytest_plugins = ["tests.always_on"]\n\nimport tests.always_on\ntests.always_on.THREAD_GRACE = 0.3\n')
    pytester.makepyfile(GOOD_AND_BAD)
    ours = request.config
    pytester.makeini(
        f"[pytest]\nqt_api = {ours.getini('qt_api')}\nqt_log_level_fail = {ours.getini('qt_log_level_fail')}\n"
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "--tb=line", "-rA")
    red = {line.split("::")[1].split(" ")[0] for line in result.outlines if line.startswith(("FAILED", "ERROR "))}
    meant = {line.split("(")[0].removeprefix("def ") for line in GOOD_AND_BAD.splitlines() if line.startswith("def test_bad")}
    assert red == meant
    result.stdout.fnmatch_lines(["*nobody announced this*", "*was expected and never came*", "*threads still running*: nameless*"])
