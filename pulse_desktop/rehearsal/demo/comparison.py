"""The clinic in three CSV files (patients, appts, notes) with which programs are compared.

patients.csv  id,first,last,sex,dob,phone,email,street,city,zip
appts.csv     id,patient,provider,start,end,service,status
notes.csv     id,patient,provider,time,text

Providers and services are numbers there; a visit's length is its service's. Patients' times may overlap in these files:
the second of two such visits becomes a squeeze-in.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from pulse_desktop.basics.problems import Refusal
from pulse_desktop.basics.texts import N_, register_sentences
from pulse_desktop.clinic.patients.values import PatientDraft
from pulse_desktop.clinic.practice.values import ServiceDraft, Stretch
from pulse_desktop.rehearsal import practice_data as practice
from pulse_desktop.rehearsal.demo.invented import TEMPLATES
from pulse_desktop.rehearsal.demo.values import COMING, DONE, Lineup, Plan

PATIENTS, VISITS, NOTES = "patients.csv", "appts.csv", "notes.csv"
_Line = Mapping[str, str]
T = TypeVar("T")

register_sentences(
    {
        "comparison_missing": N_(
            "{file} is not in this folder. Nothing was made. The folder needs patients.csv, appts.csv and notes.csv."
        ),
        "comparison_unread": N_("Line {line} of {file} cannot be read. Nothing was made. Make the files anew."),
    }
)


class Comparison:
    """Patients, visits and notes read from a folder."""

    def __init__(self, folder: Path, today: date) -> None:
        """Raises Refusal("comparison_missing")."""
        for name in (PATIENTS, VISITS, NOTES):
            if not (folder / name).is_file():
                raise Refusal("comparison_missing", file=name)
        self._folder = folder
        self.today = today

    @cached_property
    def lineup(self) -> Lineup:
        """A practitioner for each provider, a service for each number."""
        providers = sorted({plan.staff for plan in self._plans})
        lengths = {plan.service: minutes for plan, minutes in zip(self._plans, self._lengths, strict=True)}
        services = tuple(_service(number, lengths.get(number, 30)) for number in range(max(lengths, default=0) + 1))
        staff = tuple(("Provider", f"Number {at + 1}") for at in range(max(providers, default=0) + 1))
        first = self._plans[0].day if self._plans else self.today
        last = max(
            (plan.minute + minutes for plan, minutes in zip(self._plans, self._lengths, strict=True)), default=18 * 60
        )
        opens = min((plan.minute for plan in self._plans), default=8 * 60)
        return Lineup(
            (practice.CLIFTON,),
            services,
            staff,
            (0,) * len(staff),
            opens,
            last,
            first - timedelta(days=30),
            practice.ZONE,
        )

    def patients(self) -> Sequence[PatientDraft]:
        """Everybody, in the order of the file."""
        return list(self._read(PATIENTS, _patient))

    def days(self) -> Iterable[Sequence[Plan]]:
        """The visits with their notes, by day."""
        for _day, plans in groupby(self._plans, key=lambda plan: plan.day):
            yield tuple(plans)

    @cached_property
    def _patient_numbers(self) -> Mapping[str, int]:
        return {number: at for at, number in enumerate(self._read(PATIENTS, lambda line: line["id"]))}

    @cached_property
    def _plans(self) -> list[Plan]:
        texts = dict(self._read(NOTES, lambda line: ((line["patient"], line["provider"], line["time"]), line["text"])))
        plans = self._read(
            VISITS, lambda line: self._plan(line, texts.get((line["patient"], line["provider"], line["start"]), ""))
        )
        return sorted(plans, key=lambda plan: (plan.day, plan.minute, plan.staff))

    @cached_property
    def _lengths(self) -> list[int]:
        """Minutes of each plan: those of its service."""
        known: dict[int, int] = {}
        for service, minutes in self._read(VISITS, _length):
            known.setdefault(service, minutes)
        return [known[plan.service] for plan in self._plans]

    def _plan(self, line: _Line, text: str) -> Plan:
        starts = datetime.fromisoformat(line["start"])
        fate = DONE if line["status"] == "done" else COMING
        note = int(line["id"]) % TEMPLATES if text and fate == DONE else -1
        patient = self._patient_numbers[line["patient"]]
        return Plan(
            patient,
            int(line["provider"]) - 1,
            starts.date(),
            starts.hour * 60 + starts.minute,
            int(line["service"]) - 1,
            fate,
            note,
            text,
        )

    def _read(self, name: str, make: Callable[[_Line], T]) -> Iterator[T]:
        """What `make` makes of each line. Raises Refusal("comparison_unread")."""
        with (self._folder / name).open(encoding="utf-8", newline="") as file:
            for number, line in enumerate(csv.DictReader(file), 2):
                try:
                    made = make(line)
                except (ValueError, KeyError, TypeError):
                    raise Refusal("comparison_unread", file=name, line=number) from None
                yield made


def _service(number: int, minutes: int) -> ServiceDraft:
    return ServiceDraft(
        f"Service {number + 1}", ("acupuncture",), (Stretch(minutes, hands_on=True),), 100 * (60 + minutes)
    )


def _length(line: _Line) -> tuple[int, int]:
    lasts = datetime.fromisoformat(line["end"]) - datetime.fromisoformat(line["start"])
    return int(line["service"]) - 1, int(lasts.total_seconds()) // 60


def _patient(line: _Line) -> PatientDraft:
    return PatientDraft(
        line["first"], line["last"], line["phone"], date.fromisoformat(line["dob"]), sex={"f": "female", "m": "male"}.get(line["sex"], ""),
        email=line["email"], street=line["street"], city=line["city"], zip_code=line["zip"],
    )  # fmt: skip
