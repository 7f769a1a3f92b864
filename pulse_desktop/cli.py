"""The command line. It works without Qt wherever no window is needed, and says what is wrong in one clear sentence.

Exit codes: 0 done, 1 refused or something is wrong with the clinic, 2 the command itself was not understood.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from pulse_desktop import __version__
from pulse_desktop.basics.problems import Problem
from pulse_desktop.basics.texts import _, sentence

if TYPE_CHECKING:
    from pulse_desktop.outside.seats import Administered

DONE, REFUSED, MISUNDERSTOOD = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of printing the whole usage."""

    def error(self, message: str) -> NoReturn:
        _say(_("{message}. Try: {command} --help").format(message=message[:1].upper() + message[1:], command=self.prog), sys.stderr)
        sys.exit(MISUNDERSTOOD)


def run(arguments: Sequence[str]) -> int:
    """Does what the command line asks; returns the exit code."""
    options = _parser().parse_args(arguments)
    act: Callable[[argparse.Namespace], int] = options.act
    try:
        return act(options)
    except Problem as problem:
        _say(sentence(problem), sys.stderr)
        return REFUSED
    except OSError as error:
        _say(_("{what}: {file}. Nothing was changed.").format(what=error.strerror or _("The file could not be used"), file=error.filename or ""), sys.stderr)
        return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="pulse-desktop", description=_("The day of an acupuncture and cupping clinic in one program."), allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"Pulse Desktop {__version__}")
    parser.add_argument("--data", type=Path, metavar="DIR", help=_("the clinic's folder (default: this computer's own)"))
    parser.add_argument("--practice", action="store_true", help=_("open a throw-away clinic with invented people"))
    parser.set_defaults(act=_open_windows)
    acts = parser.add_subparsers(title=_("without a window"), metavar="COMMAND", parser_class=_Parser)

    tour = acts.add_parser("tour", help=_("do the main job in the real windows and leave pictures and PDFs"), allow_abbrev=False)
    tour.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("where the pictures and PDFs go"))
    tour.set_defaults(act=_tour)

    handout = acts.add_parser("handout", help=_("make the aftercare sheet of a visit"), allow_abbrev=False)
    _asks_who(handout)
    handout.add_argument("--visit", type=int, required=True, metavar="ID", help=_("the visit's number"))
    handout.add_argument("--out", type=Path, required=True, metavar="FILE.pdf", help=_("the file to write"))
    handout.add_argument("--language", choices=("en", "es", "ru", "zh"), help=_("the sheet's language (default: the patient's)"))
    handout.set_defaults(act=_handout)

    check = acts.add_parser("check", help=_("check the clinic's file, its guards and its audit trail"), allow_abbrev=False)
    _asks_who(check)
    check.set_defaults(act=_check)

    verify = acts.add_parser("verify-note", help=_("check a signed note in a file; no clinic is opened"), allow_abbrev=False)
    verify.add_argument("file", type=Path, metavar="FILE", help=_("the file, as saved from a signed note"))
    verify.set_defaults(act=_verify_note)
    _keeps_copies(acts)
    _serves_seats(acts)
    _invents(acts)
    return parser


def _keeps_copies(acts: argparse._SubParsersAction[_Parser]) -> None:
    backup = acts.add_parser("backup", help=_("back the clinic up into one encrypted file, and prove it by opening it"), allow_abbrev=False)
    what = backup.add_mutually_exclusive_group(required=True)
    what.add_argument("--data", type=Path, metavar="DIR", help=_("the clinic's folder"))
    what.add_argument("--check", type=Path, metavar="FILE", help=_("only prove the backup in this file"))
    backup.add_argument("--out", type=Path, metavar="FOLDER", help=_("the folder for the backup, or a file that does not exist yet"))
    _asks_for_password(backup)
    backup.set_defaults(act=_backup, parser=backup)

    restore = acts.add_parser("restore", help=_("bring the clinic back from a backup; what is there is moved aside and kept"), allow_abbrev=False)
    restore.add_argument("--from", type=Path, required=True, metavar="FILE", dest="source", help=_("the backup"))
    _asks_who(restore)
    restore.set_defaults(act=_restore)


def _serves_seats(acts: argparse._SubParsersAction[_Parser]) -> None:
    setup = acts.add_parser("server-setup", help=_("make a clinic on a PostgreSQL server, or only look whether the server is fit"), allow_abbrev=False)
    _asks_for_server(setup)
    setup.add_argument("--check", action="store_true", help=_("only look at the server and say what is to be done"))
    setup.add_argument("--data", type=Path, metavar="DIR", help=_("this computer's folder for the clinic, empty or not there yet"))
    setup.add_argument("--practice", metavar="NAME", help=_("the practice's name"))
    setup.add_argument("--owner", metavar="NAME", help=_("the first owner's first and last name"))
    setup.add_argument("--treats", action="store_true", help=_("the owner is a practitioner as well"))
    setup.add_argument("--office", default="Main office", metavar="NAME", help=_("the first office's name"))
    setup.add_argument("--state", default="NJ", metavar="XX", help=_("the first office's state (default: NJ)"))
    setup.add_argument("--zone", default="America/New_York", metavar="ZONE", help=_("the first office's time zone (default: America/New_York)"))
    setup.set_defaults(act=_server_setup, parser=setup)

    update = acts.add_parser("server-update", help=_("bring the clinic on a server to this version of the program"), allow_abbrev=False)
    _asks_for_server(update)
    update.set_defaults(act=_server_update)

    seat = acts.add_parser("seat-file", help=_("make a file with which one more computer joins the clinic on a server"), allow_abbrev=False)
    _asks_who(seat)
    seat.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("the file to write"))
    seat.set_defaults(act=_seat_file)

    enrol = acts.add_parser("enrol", help=_("make this computer a seat of a clinic on a server, with a seat file and its code"), allow_abbrev=False)
    enrol.add_argument("--data", type=Path, required=True, metavar="DIR", help=_("this computer's folder for the clinic, empty or not there yet"))
    enrol.add_argument("--file", type=Path, required=True, metavar="FILE", help=_("the seat file"))
    enrol.set_defaults(act=_enrol)

    move = acts.add_parser("move", help=_("move the clinic from its file to a server, or back; what was used before is kept"), allow_abbrev=False)
    move.add_argument("--data", type=Path, required=True, metavar="DIR", help=_("the clinic's folder on this computer"))
    move.add_argument("--user", required=True, metavar="NAME", help=_("the owner who moves it, by name"))
    where = move.add_mutually_exclusive_group(required=True)
    where.add_argument("--to-server", action="store_true", help=_("from the file to the server named"))
    where.add_argument("--to-file", action="store_true", help=_("from the server named, where it is, to a file in this folder"))
    _asks_for_server(move)
    move.set_defaults(act=_move)


def _asks_for_server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", required=True, metavar="HOST", help=_("the server's name, as its certificate has it"))
    parser.add_argument("--port", type=_count, default=5432, metavar="N", help=_("the server's port (default: 5432)"))
    parser.add_argument("--ca", type=Path, required=True, metavar="FILE", help=_("the certificate of the authority that signed the server's"))
    parser.add_argument("--admin-user", default="postgres", metavar="NAME", help=_("the server's administrator (default: postgres)"))
    parser.add_argument("--database", default="clinic", metavar="NAME", help=_("the clinic's database (default: clinic)"))


def _invents(acts: argparse._SubParsersAction[_Parser]) -> None:
    demo = acts.add_parser("demo-data", help=_("make a clinic of invented people, of any size"), allow_abbrev=False)
    demo.add_argument("--data", type=Path, required=True, metavar="DIR", help=_("a folder that is empty or not there yet"))
    demo.add_argument("--patients", type=_count, default=1000, metavar="N", help=_("how many patients (default: 1000)"))
    demo.add_argument("--visits", type=_count, metavar="M", help=_("how many visits (default: ten a patient)"))
    demo.add_argument("--seed", type=int, default=1, metavar="S", help=_("the same seed makes the same people and visits"))
    demo.add_argument("--from", dest="source", type=Path, metavar="FOLDER", help=_("take them from patients.csv, appts.csv and notes.csv instead"))
    demo.set_defaults(act=_demo_data)


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 10_000_000:
        raise ValueError(text)
    return number


def _asks_who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help=_("the clinic's folder"))
    _asks_for_password(parser)


def _asks_for_password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--user", required=True, metavar="NAME", help=_("who signs in, by name"))
    parser.add_argument(
        "--password-stdin", action="store_true", required=True, help=_("read the password from standard input (it is never taken as an argument)")
    )


def _open_windows(options: argparse.Namespace) -> int:
    from pulse_desktop.app import open_clinic, open_practice_clinic  # noqa: PLC0415 - Qt only where a window is needed

    if options.practice:
        return open_practice_clinic()
    return open_clinic(options.data or default_folder())


def _tour(options: argparse.Namespace) -> int:
    from pulse_desktop.app import go_on_tour  # noqa: PLC0415 - Qt only where a window is needed

    return go_on_tour(options.out)


def _handout(options: argparse.Namespace) -> int:
    from pulse_desktop.outside import command_line  # noqa: PLC0415 - ReportLab only where something is drawn

    written = command_line.write_handout(options.data, options.user, _password(), options.visit, options.out, options.language)
    _say(_("Written: {file}").format(file=written), sys.stdout)
    return DONE


def _check(options: argparse.Namespace) -> int:
    from pulse_desktop.outside import command_line  # noqa: PLC0415 - SQLAlchemy only where a clinic is opened

    lines, is_sound = command_line.check_clinic(options.data, options.user, _password())
    for line in lines:
        _say(line, sys.stdout)
    return DONE if is_sound else REFUSED


def _verify_note(options: argparse.Namespace) -> int:
    from pulse_desktop.outside import verify_note  # noqa: PLC0415 - only where a signature is checked

    lines, code = verify_note.verify(options.file.read_bytes())
    for line in lines:
        _say(line, sys.stdout)
    return DONE if code == verify_note.INTACT else REFUSED


def _demo_data(options: argparse.Namespace) -> int:
    from pulse_desktop.rehearsal.demo import making  # noqa: PLC0415 - SQLAlchemy only where a clinic is made

    made = making.make(options.data, options.patients, options.visits, options.seed, options.source, tell=lambda words: _say(words, sys.stderr))
    words = _("Made: {patients} invented patients, {visits} visits, in {folder}. Everybody's password is “{password}”; the owner is Vera Adler.")
    _say(words.format(patients=f"{made.patients:,}", visits=f"{made.visits:,}", folder=made.folder, password=made.password), sys.stdout)
    return DONE


def _backup(options: argparse.Namespace) -> int:
    if (options.data is None) is not (options.out is None):
        options.parser.error(_("--out goes with --data, and --check stands alone"))
    from pulse_desktop.outside import keeping_copies  # noqa: PLC0415 - SQLAlchemy only where a clinic is opened

    if options.check is not None:
        line = keeping_copies.check_backup(options.check, options.user, _password())
    else:
        line = keeping_copies.back_up(options.data, options.user, _password(), options.out)
    _say(line, sys.stdout)
    return DONE


def _restore(options: argparse.Namespace) -> int:
    from pulse_desktop.outside import keeping_copies  # noqa: PLC0415 - SQLAlchemy only where a clinic is opened

    for line in keeping_copies.bring_back(options.source, options.data, options.user, _password()):
        _say(line, sys.stdout)
    return DONE


def _server_setup(options: argparse.Namespace) -> int:
    if not options.check and not (options.data and options.practice and options.owner):
        options.parser.error(_("--data, --practice and --owner are needed to make a clinic; --check only looks"))
    from pulse_desktop.outside import seats  # noqa: PLC0415 - SQLAlchemy only where a clinic is made

    server = _administered(options)
    lines, is_fit = seats.look(server)
    for line in lines:
        _say(line, sys.stdout)
    if options.check:
        _say(_("The server is fit for a clinic.") if is_fit else _("The server is not ready for a clinic. Nothing was made."), sys.stdout)
    if options.check or not is_fit:
        return DONE if is_fit else REFUSED
    words = seats.FirstWords(options.practice, options.owner, options.office, options.state, options.zone, treats=options.treats)
    _say(seats.set_up(server, options.data, words, _new_secret(options.owner)), sys.stdout)
    return DONE


def _server_update(options: argparse.Namespace) -> int:
    from pulse_desktop.outside import seats  # noqa: PLC0415 - SQLAlchemy only where a clinic is opened

    _say(seats.update(_administered(options)), sys.stdout)
    return DONE


def _seat_file(options: argparse.Namespace) -> int:
    from pulse_desktop.outside import seats  # noqa: PLC0415 - SQLAlchemy only where a clinic is opened

    for line in seats.bring_a_seat(options.data, options.user, _password(), options.out):
        _say(line, sys.stdout)
    return DONE


def _enrol(options: argparse.Namespace) -> int:
    from pulse_desktop.outside import seats  # noqa: PLC0415 - SQLAlchemy only where it is needed

    _say(seats.join(options.data, options.file, _secret(_("The code of the seat file: "))), sys.stdout)
    return DONE


def _move(options: argparse.Namespace) -> int:
    from pulse_desktop.outside import moving_house, seats  # noqa: PLC0415 - SQLAlchemy only where a clinic is opened

    server = _administered(options)
    lines, is_fit = seats.look(server) if options.to_server else ([], True)
    if is_fit:
        act = moving_house.move_to_server if options.to_server else moving_house.move_to_file
        lines = act(options.data, options.user, _secret(_("Password of {name}: ").format(name=options.user)), server)
    else:
        lines.append(_("The server is not ready for a clinic. Nothing was moved."))
    for line in lines:
        _say(line, sys.stdout)
    return DONE if is_fit else REFUSED


def _administered(options: argparse.Namespace) -> Administered:
    from pulse_desktop.outside.seats import Administered  # noqa: PLC0415 - as where it is used

    password = _secret(_("Password of {name} on the server: ").format(name=options.admin_user))
    return Administered(options.host, options.port, options.database, options.ca, options.admin_user, password)


def _new_secret(name: str) -> str:
    """As `_secret`; at a terminal it is typed twice, since what nobody sees may be mistyped."""
    while True:
        secret = _secret(_("New password of {name}: ").format(name=name))
        if not sys.stdin.isatty() or secret == _secret(_("The same once more: ")):
            return secret
        _say(_("The two passwords differ."), sys.stderr)


def _secret(prompt: str) -> str:
    """A line nobody sees: asked for at a terminal, read from a pipe otherwise; never an argument or the environment."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else _password()


def default_folder() -> Path:
    """Where this computer keeps its clinic: the platform's own data folder."""
    import platformdirs  # noqa: PLC0415 - only when no folder was named

    return Path(platformdirs.user_data_dir("Pulse Desktop", appauthor=False))


def _password() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _say(text: str, where: TextIO) -> None:
    print(text, file=where)
