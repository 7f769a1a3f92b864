"""The stops of the tour, in the order of a day."""

from __future__ import annotations

from pulse_desktop.gui.tour.tour import Stop, Tour


def front_desk_signs_in(tour: Tour) -> None:
    """The front desk signs in; a wrong password is refused in words."""
    tour.enter()
    desk = tour.desk
    desk.sees("Who is at this seat?")
    tour.picture("sign-in")
    desk.presses("Mina Kaya")
    desk.types("not the password at all")
    desk.keys("Return")
    desk.sees("password")
    tour.sign_in("Mina Kaya")
    desk.sees("María Alvarez")
    tour.picture("today")


def new_caller_is_booked(tour: Tour) -> None:
    """A new caller is registered and booked."""
    desk = tour.desk
    desk.starts_task()
    desk.keys("Ctrl+B")
    desk.sees("First openings")
    desk.types("Nora Whitfield")
    desk.sees("New patient")
    desk.keys("Return")
    desk.types("9735550166")
    tour.picture("new-caller")
    desk.keys("Ctrl+Return")
    desk.sees("Nora Whitfield")
    desk.sees("Undo:")


def follow_up_is_asked_for(tour: Tour) -> None:
    """A known patient wants Thursday after 5 in Brooklyn."""
    desk = tour.desk
    desk.starts_task()
    desk.keys("Ctrl+K")
    desk.types("ramirez thu after 5 brooklyn")
    desk.sees("Book José Ramírez")
    tour.picture("palette")
    desk.keys("Return")
    desk.sees("Undo:")


def patient_arrives(tour: Tour) -> None:
    """A patient arrives, then goes into a room; Enter does the next step and Ctrl+Z takes it back."""
    desk = tour.desk
    desk.starts_task()
    desk.presses("12:00 Priya Nair")
    desk.keys("Return")
    desk.sees("Undo: arrived P. Nair")
    tour.picture("arrived")
    desk.keys("Ctrl+Z")
    desk.sees("12:00 Priya Nair, First visit 75, Lin Hua, New, Enter: Arrived")
    desk.presses("10:30 Grace O’Neill")
    desk.keys("Return")
    desk.sees("Room 4, since 10:42")


def calendar_is_looked_at(tour: Tour) -> None:
    """The calendar's day with the booking panel beside it; a room that is taken is refused and others are offered."""
    desk = tour.desk
    desk.starts_task()
    desk.presses("Calendar")
    desk.sees("María Alvarez, Acupuncture 60 + cupping 15, Lin Hua, Room 2")
    tour.picture("calendar")
    desk.keys("Ctrl+B")
    desk.sees("First openings")
    desk.types("ortiz")
    desk.sees("May 9, 1959")
    desk.keys("Return")
    desk.types_into("Ask", "today 2:30, okafor, room 2")
    desk.sees("Book 2:30 PM")
    desk.keys("Ctrl+Return")
    desk.sees("Room 2 is taken")
    tour.picture("booking-refused")
    desk.keys("Escape")


def patient_file_is_opened(tour: Tour) -> None:
    """A patient's file, found by typing."""
    desk = tour.desk
    desk.starts_task()
    desk.keys("Ctrl+K")
    desk.types("alvarez")
    desk.sees("María Alvarez")
    desk.keys("Return")
    desk.sees("Upcoming visits")
    tour.picture("patient-file")


def package_is_sold(tour: Tour) -> None:
    """Ten visits are sold and paid by card; the receipt is saved as a file."""
    desk = tour.desk
    desk.starts_task()
    desk.presses("Packages")
    desk.sees("Ten visits")
    tour.picture("packages")
    desk.keys("Down", "F7")
    desk.sees("Sell a package")
    desk.types("ramirez")
    desk.sees("May 9, 1979")
    desk.keys("Return", "Ctrl+Return")
    desk.sees("Receipt R-")
    desk.sees("Page 1 of 1")
    tour.picture("receipt")
    tour.save_paper("receipt.pdf")


def note_is_written(tour: Tour) -> None:
    """The practitioner writes the note: words, pain, cups on the body map with their timer."""
    tour.enter()
    tour.sign_in("Dana Petrov")
    desk = tour.desk
    desk.starts_task()
    desk.presses("10:30 Grace O’Neill")
    desk.keys("F6")
    desk.sees("Complaint")
    desk.types_into("Complaint", "Shoulders tight since the move, worse on the left")
    desk.clicks_at(tour.center_of("Pain before: not said yet"))
    desk.keys("6")
    for site in ("upper trapezius l", "upper trapezius r", "L3 l", "L3 r"):
        desk.keys("Alt+U")
        desk.types(site)
        desk.keys("Return")
    desk.sees("4 cups")
    desk.keys("F4")
    desk.sees("Cups on, 00:0")
    tour.pass_minutes(6)
    desk.sees("Cups on, 06:0")
    desk.sees("Draft saved")
    tour.picture("note")


def note_is_signed(tour: Tour) -> None:
    """Cups off, pain after, response, adverse events, count; then the password signs."""
    desk = tour.desk
    desk.starts_task()
    desk.keys("F4")
    desk.sees("Cups off since")
    desk.types_into("Cups counted out", "4")
    desk.keys("Return")
    desk.clicks_at(tour.center_of("Pain after: not said yet"))
    desk.keys("3")
    desk.types_into("Response", "Turns the head further, no pain at rest")
    desk.clicks_at(tour.first_of("Adverse events: nothing chosen"))
    tour.picture("note-before-signing")
    desk.keys("Ctrl+Return")
    desk.sees("password")
    desk.types(tour.password)
    desk.keys("Return")
    desk.sees("Signed by")
    tour.picture("note-signed")


def cups_are_stopped(tour: Tour) -> None:
    """A pregnant patient: cups do not go on without a practitioner's reason."""
    tour.enter()
    tour.sign_in("Ruth Okafor")
    desk = tour.desk
    desk.starts_task()
    desk.presses("11:15 Denise Walker")
    desk.keys("F6")
    desk.sees("Complaint")
    desk.keys("Alt+U")
    desk.types("upper trapezius l")
    desk.keys("Return")
    desk.sees("45 mm cup, left")
    desk.keys("F4")
    desk.sees("regnan")
    tour.picture("cups-stopped")
    desk.keys("Escape")


def visit_is_checked_out(tour: Tour) -> None:
    """Check-out: the session, the next visit, the receipt; the aftercare sheet in two languages."""
    tour.enter()
    tour.sign_in("Mina Kaya")
    desk = tour.desk
    desk.starts_task()
    desk.presses("10:30 Grace O’Neill")
    desk.keys("Return")
    desk.keys("F8")
    desk.sees("Next visit")
    desk.sees("covered")
    tour.picture("checkout")
    desk.keys("Return", "Ctrl+Return")
    desk.sees("After your treatment")
    tour.picture("aftercare-sheet")
    tour.save_paper("aftercare-en.pdf")


def sheet_in_other_languages(tour: Tour) -> None:
    """Sheets of earlier visits in Spanish, Russian and Chinese, each from the patient's own language."""
    desk = tour.desk
    desk.starts_task()
    desk.keys("Escape", "Escape")
    for patient, title, name in (
        ("9:00 Elena Castillo", "Después de su tratamiento", "aftercare-es.pdf"),
        ("9:00 Wu Qiang", "治疗后须知", "aftercare-zh.pdf"),
    ):
        desk.presses(patient)
        desk.keys("F9")
        desk.sees(title)
        tour.picture(name.removesuffix(".pdf"))
        tour.save_paper(name)


def seat_is_locked(tour: Tour) -> None:
    """The seat is locked: timers go on, no name is shown; the password brings everything back."""
    desk = tour.desk
    desk.starts_task()
    desk.keys("Ctrl+L")
    desk.sees("Room 2")
    desk.sees_no("Alvarez")
    tour.picture("locked")
    desk.types(tour.password)
    desk.keys("Return")
    desk.sees("María Alvarez")


def owner_looks_at_the_settings(tour: Tour) -> None:
    """The owner's settings: people with licences, services, and what awaits a practitioner's approval."""
    tour.enter()
    tour.sign_in("Vera Adler")
    desk = tour.desk
    desk.starts_task()
    desk.presses("Settings")
    desk.sees("Clinic and offices")
    desk.presses("People and roles")
    desk.sees("Lin Hua, L.Ac.")
    tour.picture("settings-people")
    desk.presses("Aftercare sheet")
    desk.sees("to be approved")
    tour.picture("settings-aftercare")


def note_in_use(tour: Tour) -> None:
    """The note of a patient with a course behind her: last visit beside today's, six cups on, what is barred."""
    tour.enter()
    tour.sign_in("Lin Hua")
    desk = tour.desk
    desk.starts_task()
    desk.presses("10:00 María Alvarez")
    desk.keys("F6")
    desk.sees("Draft saved")
    desk.sees("stitches")
    tour.picture("note-in-use")


def hands_are_drawn(tour: Tour) -> None:
    """What else was done stands on the same map: moxa, gua sha and tuina, typed beside it; a code is found while typing."""
    desk = tour.desk
    desk.starts_task()
    for words, seen in (("gua sha T4 to T8 b", "gua sha, left"), ("tuina gluteus medius b", "tuina, rolling"), ("moxa cv4 box 10", "moxa, box")):
        desk.keys("Alt+O")
        desk.types(words)
        desk.keys("Return")
        desk.sees(seen)
    tour.picture("note-hands")
    desk.types_into("Diagnosis code", "sciatica left")
    tour.picture("note-code")
    desk.keys("Escape", "Ctrl+Z")


def course_is_looked_at(tour: Tour) -> None:
    """Pain and a measure over the course, with the change that matters; then the whole chart as a paper."""
    desk = tour.desk
    desk.starts_task()
    desk.keys("Ctrl+K")
    desk.types("alvarez")
    desk.sees("Alvarez")
    desk.keys("Return")
    desk.sees("Upcoming visits")
    desk.clicks_at(tour.first_of("Parts of the file: Summary"))
    desk.walks_to("Progress", by="Right", most=8)
    desk.sees("Enter score")
    tour.picture("progress")
    desk.keys("Ctrl+P")
    desk.sees("page 1 of")
    tour.picture("chart")
    tour.save_paper("chart.pdf")
    desk.keys("Escape")


def notes_to_sign_are_looked_at(tour: Tour) -> None:
    """The practitioner's own notes that wait for a signature, the oldest first, with what each still needs."""
    desk = tour.desk
    desk.starts_task()
    desk.presses("notes to sign")
    desk.sees("To sign")
    tour.picture("notes-to-sign")
    desk.keys("Escape")


def night_and_large_text(tour: Tour) -> None:
    """The same screens in the dark palette, in high contrast and with text twice as large."""
    for palette, scale, name in (("dark", 1.0, "dark"), ("high-contrast", 1.0, "high-contrast"), ("light", 2.0, "large-text")):
        tour.enter(palette, scale)
        tour.sign_in("Lin Hua")
        tour.desk.sees("María Alvarez")
        tour.picture(f"today-{name}")
        if palette == "dark":
            tour.desk.presses("10:00 María Alvarez")
            tour.desk.keys("F6")
            tour.desk.sees("Copy forward Ctrl+D")
            tour.picture("note-dark")


STOPS: tuple[Stop, ...] = (
    front_desk_signs_in,
    new_caller_is_booked,
    follow_up_is_asked_for,
    patient_arrives,
    calendar_is_looked_at,
    patient_file_is_opened,
    package_is_sold,
    note_is_written,
    note_is_signed,
    cups_are_stopped,
    visit_is_checked_out,
    sheet_in_other_languages,
    seat_is_locked,
    owner_looks_at_the_settings,
    note_in_use,
    hands_are_drawn,
    course_is_looked_at,
    notes_to_sign_are_looked_at,
    night_and_large_text,
)
