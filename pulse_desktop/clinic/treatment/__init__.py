"""What was done in a visit: notes, cups and needles, their guard, signatures and amendments, aftercare given.

Here belongs the clinical record. Packages and money never belong here.
"""

from pulse_desktop.clinic.treatment.correcting import correct_times
from pulse_desktop.clinic.treatment.counting import count_cups
from pulse_desktop.clinic.treatment.cupping import put_cups_on, take_cups_off
from pulse_desktop.clinic.treatment.drafts import open_note, save_draft
from pulse_desktop.clinic.treatment.exporting import signed_file
from pulse_desktop.clinic.treatment.facts import treatment_facts
from pulse_desktop.clinic.treatment.needling import needles_in, needles_out
from pulse_desktop.clinic.treatment.outcomes import mark_score_in_error, progress_of, record_score, scores_of
from pulse_desktop.clinic.treatment.queries import (
    check_signature,
    last_signed,
    note,
    note_of_visit,
    note_version,
    notes_of,
    signatures,
    unsigned,
)
from pulse_desktop.clinic.treatment.reentry import enter_again, where_it_belongs
from pulse_desktop.clinic.treatment.required import required_parts
from pulse_desktop.clinic.treatment.rules import done_words, longest_for, missing_to_sign, missing_words
from pulse_desktop.clinic.treatment.sheets import sheets_of_visit
from pulse_desktop.clinic.treatment.shorthand import (
    add_favourite,
    my_shorthand,
    remove_favourite,
    remove_group,
    remove_phrase,
    save_group,
    save_phrase,
)
from pulse_desktop.clinic.treatment.signing import amend, sign_note
from pulse_desktop.clinic.treatment.timers import fading_cups, running_timers
from pulse_desktop.clinic.treatment.timing import cup_limits, moments, running_cups, running_needles, stage, warning
from pulse_desktop.clinic.treatment.worklist import owing, to_sign

__all__ = [
    "add_favourite",
    "amend",
    "check_signature",
    "correct_times",
    "count_cups",
    "cup_limits",
    "done_words",
    "enter_again",
    "fading_cups",
    "last_signed",
    "longest_for",
    "mark_score_in_error",
    "missing_to_sign",
    "missing_words",
    "moments",
    "my_shorthand",
    "needles_in",
    "needles_out",
    "note",
    "note_of_visit",
    "note_version",
    "notes_of",
    "open_note",
    "owing",
    "progress_of",
    "put_cups_on",
    "record_score",
    "remove_favourite",
    "remove_group",
    "remove_phrase",
    "required_parts",
    "running_cups",
    "running_needles",
    "running_timers",
    "save_draft",
    "save_group",
    "save_phrase",
    "scores_of",
    "sheets_of_visit",
    "sign_note",
    "signatures",
    "signed_file",
    "stage",
    "take_cups_off",
    "to_sign",
    "treatment_facts",
    "unsigned",
    "warning",
    "where_it_belongs",
]
