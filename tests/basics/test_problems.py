"""Problems carry keys, never a patient's data; their sentences are filled in where they are shown."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from pulse_desktop.basics import log, texts
from pulse_desktop.basics.problems import NeedsConsent, Outdated, Refusal, reason_in


def test_a_sentence_takes_names_only_where_it_is_shown() -> None:
    texts.register_sentences({"test_taken": "{room} is taken by {patient}."})
    problem = Refusal("test_taken", "starts", room="Room 2", patient_id=7)
    assert "Alvarez" not in repr(problem) + str(problem)
    assert texts.sentence(problem, {"patient": "María Alvarez"}) == "Room 2 is taken by María Alvarez."
    assert texts.sentence(problem) == "Room 2 is taken by …."


def test_a_key_has_one_sentence() -> None:
    texts.register_sentences({"test_once": "One."})
    with pytest.raises(ValueError, match="two sentences"):
        texts.register_sentences({"test_once": "Another."})


def test_an_unknown_problem_still_says_that_nothing_was_lost() -> None:
    assert "Nothing was changed" in texts.sentence(Refusal("never_heard_of"))


def test_a_yes_carries_its_reason() -> None:
    question = NeedsConsent("relative", reason_needed=True)
    assert reason_in(question.agreed("INR seen: 2.1"), "relative") == "INR seen: 2.1"
    assert reason_in(question.agreed(), "relative") == ""
    assert reason_in(frozenset(), "relative") is None
    assert Outdated("note", 3).row_id == 3


def test_p1_the_log_names_places_in_the_code_and_no_values(tmp_path: Path) -> None:
    log.log_to(tmp_path)
    logger = logging.getLogger("pulse_desktop")
    handler = logger.handlers[-1]
    try:
        int("María Alvarez")
    except ValueError:
        logger.info("something failed", exc_info=True)
    finally:
        logger.removeHandler(handler)
        handler.close()
    written = (tmp_path / "pulse.log").read_text(encoding="utf-8")
    assert "Alvarez" not in written
    line = json.loads(written.splitlines()[-1])
    assert line["error"] == "ValueError"
    assert "test_problems.py" in line["trace"][0]
