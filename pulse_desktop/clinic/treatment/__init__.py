"""What was done in a visit: notes, cups and needles, their guard, signatures and amendments, aftercare given.

Here belongs the clinical record. Packages and money never belong here.
"""

from pulse_desktop.clinic.treatment.cupping import put_cups_on, take_cups_off
from pulse_desktop.clinic.treatment.drafts import open_note, save_draft
from pulse_desktop.clinic.treatment.facts import treatment_facts
from pulse_desktop.clinic.treatment.needling import needles_in, needles_out
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

__all__ = [
    "add_favourite",
    "amend",
    "check_signature",
    "done_words",
    "fading_cups",
    "last_signed",
    "longest_for",
    "missing_to_sign",
    "missing_words",
    "my_shorthand",
    "needles_in",
    "needles_out",
    "note",
    "note_of_visit",
    "note_version",
    "notes_of",
    "open_note",
    "put_cups_on",
    "remove_favourite",
    "remove_group",
    "remove_phrase",
    "running_timers",
    "save_draft",
    "save_group",
    "save_phrase",
    "sheets_of_visit",
    "sign_note",
    "signatures",
    "take_cups_off",
    "treatment_facts",
    "unsigned",
]
