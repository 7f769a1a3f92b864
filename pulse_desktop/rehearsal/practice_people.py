"""The practice clinic's 120 patients: the ones of today's board by name, the rest made from lists, the same every time."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pulse_desktop.clinic.patients.values import PatientDraft

NUMBER_OF_PATIENTS = 120
_SEED = 20261124


@dataclass(frozen=True, slots=True)
class Invented:
    """A patient and what the safety questions found: (condition key, days since onset, days until its end, detail, regions)."""

    draft: PatientDraft
    conditions: tuple[tuple[str, int, int | None, str, tuple[str, ...]], ...] = ()


def _cast(first: str, last: str, born: str, phone: str, language: str = "en", **more: object) -> PatientDraft:
    draft = PatientDraft(
        first, last, phone, date.fromisoformat(born), language=language, city="Clifton", state="NJ", zip_code="07011"
    )
    return replace(draft, **more)  # type: ignore[arg-type]


CAST: tuple[Invented, ...] = (
    Invented(
        _cast(
            "María",
            "Alvarez",
            "1984-03-12",
            "(973) 555-0142",
            "es",
            preferred_name="Mari",
            pronouns="she/her",
            phone_note="Mobile, best after 3 PM",
            voicemail_ok=True,
            text_ok=True,
            email="m.alvarez@example.com",
            street="48 Clinton Ave",
            emergency_name="Luis Alvarez",
            emergency_relation="husband",
            emergency_phone="(973) 555-0188",
            allergies="Latex, adhesive tape",
            medications="Lisinopril 10 mg",
        ),
        (("broken_skin", 12, 7, "stitches", ("flank_r",)),),
    ),
    Invented(_cast("Luis", "Alvarez", "1981-06-02", "(973) 555-0188", "es")),
    Invented(_cast("Dani", "Alvarez-Kim", "2001-11-30", "(718) 555-0119")),
    Invented(_cast("Thomas", "Becker", "1975-08-20", "(973) 555-0101")),
    Invented(_cast("Lin", "Chen", "1990-02-14", "(973) 555-0102", "zh", native_name="陈琳")),
    Invented(_cast("Надежда", "Волкова", "1968-10-05", "(973) 555-0103", "ru", text_ok=True)),
    Invented(_cast("Priya", "Nair", "1994-01-27", "(973) 555-0104")),
    Invented(_cast("Samuel", "Ortiz", "1959-05-09", "(973) 555-0105", "es")),
    Invented(_cast("Grace", "O’Neill", "1987-07-18", "(973) 555-0106", allergies="Nickel")),
    Invented(_cast("Wei-Ling", "Chen", "1972-12-01", "(973) 555-0107", "zh", native_name="陈蔚玲")),
    Invented(_cast("Denise", "Walker", "1993-04-22", "(973) 555-0108"), (("pregnancy", 120, 150, "", ()),)),
    Invented(_cast("Jie", "Huang", "1985-09-30", "(973) 555-0109", "zh", native_name="黄杰")),
    Invented(_cast("Sergei", "Kuznetsov", "1970-03-03", "(973) 555-0111", "ru")),
    Invented(_cast("Ana Lucía", "Torres", "1991-06-16", "(973) 555-0112", "es")),
    Invented(_cast("Ольга", "Петренко", "1979-11-11", "(973) 555-0113", "ru")),
    Invented(_cast("Robert", "Kaplan", "1962-02-28", "(973) 555-0114")),
    Invented(_cast("Ming", "Zhao", "1988-08-08", "(973) 555-0115", "zh", native_name="赵明")),
    Invented(_cast("Elena", "Castillo", "1996-05-25", "(973) 555-0116", "es")),
    Invented(_cast("Leah", "Goldberg", "1983-09-12", "(973) 555-0117")),
    Invented(_cast("Qiang", "Wu", "1977-01-19", "(973) 555-0118", "zh", native_name="吴强")),
    Invented(_cast("Игорь", "Соколов", "1965-07-07", "(973) 555-0120", "ru")),
    Invented(_cast("José", "Ramírez", "1979-05-09", "(973) 555-0121", "es", text_ok=True)),
    Invented(_cast("Hannah", "Weiss", "1990-10-21", "(973) 555-0122")),
    Invented(_cast("Ines", "Carvalho", "1982-03-29", "(973) 555-0123")),
    Invented(_cast("Brigitte", "Fontaine", "1958-12-12", "(973) 555-0124")),
    Invented(_cast("Лев", "Орлов", "1974-04-04", "(973) 555-0125", "ru")),
    Invented(_cast("Mei", "Tan", "1999-02-02", "(973) 555-0126", "zh")),
    Invented(_cast("Юлия", "Мороз", "1986-06-06", "(973) 555-0127", "ru")),
    Invented(_cast("Hugo", "Lindqvist", "1969-09-09", "(973) 555-0128")),
    Invented(
        _cast("Sofia", "Marchetti", "1992-07-01", "(718) 555-0129", city="Brooklyn", state="NY", zip_code="11249")
    ),
    Invented(_cast("Karen", "Larsen", "1967-11-23", "(718) 555-0130", city="Brooklyn", state="NY", zip_code="11211")),
    Invented(
        _cast(
            "Jing",
            "He",
            "1995-03-17",
            "(718) 555-0131",
            "zh",
            native_name="何静",
            city="Brooklyn",
            state="NY",
            zip_code="11249",
        )
    ),
    Invented(_cast("Caleb", "Price", "1980-08-30", "(718) 555-0132", city="Brooklyn", state="NY", zip_code="11222")),
    Invented(
        _cast("Isabel", "Núñez", "1973-10-10", "(718) 555-0133", "es", city="Brooklyn", state="NY", zip_code="11249")
    ),
    Invented(_cast("Aisha", "Rahman", "1997-12-24", "(718) 555-0134", city="Brooklyn", state="NY", zip_code="11206")),
    Invented(_cast("Jin", "Park", "1989-05-15", "(718) 555-0135", city="Brooklyn", state="NY", zip_code="11249")),
    Invented(_cast("Eva", "Novak", "1964-01-08", "(973) 555-0136")),
    Invented(_cast("Dmitri", "Volkov", "1971-04-18", "(973) 555-0137", "ru")),
    Invented(_cast("Andre", "Silva", "1985-05-05", "(718) 555-0138", city="Brooklyn", state="NY", zip_code="11249")),
)

_NAMES: dict[str, tuple[str, str]] = {
    "en": (
        "Amelia Benjamin Clara Daniel Eleanor Felix Georgia Henry Ivy Julian Naomi Oscar Paula Quentin Rose Simon",
        "Abbott Bishop Callahan Dunn Ellery Forsyth Greer Holloway Ingram Jensen Kessler Lowell Mercer Norwood",
    ),
    "es": (
        "Alejandra Beatriz Carlos Diego Esteban Fernanda Gabriela Héctor Irene Joaquín Lucía Mateo Noemí Óscar",
        "Aguilar Benítez Cárdenas Domínguez Espinoza Fuentes Gutiérrez Herrera Ibáñez Jiménez Lozano Muñoz Peña",
    ),
    "ru": (
        "Алексей Борис Виктор Галина Дмитрий Евгения Зоя Ирина Кирилл Лариса Михаил Наталья Павел Раиса Светлана",
        "Антоненко Беляк Воронько Гончар Демченко Ершко Зайченко Ильченко Ковальчук Лысенко Мельник Шевчук",
    ),
    "zh": (
        "Bo:博 Fang:芳 Hui:慧 Jun:军 Lan:兰 Min:敏 Na:娜 Ping:平 Rui:瑞 Tao:涛 Xia:霞 Yan:燕 Yu:宇 Zhen:珍",
        "Cai:蔡 Deng:邓 Feng:冯 Guo:郭 Jiang:江 Liang:梁 Ma:马 Peng:彭 Shen:沈 Tang:唐 Xu:徐 Yang:杨 Zhou:周",
    ),
}


def invented_patients() -> tuple[Invented, ...]:
    """All 120, the cast first."""
    dice = random.Random(_SEED)  # noqa: S311 - invented people, the same each time
    languages = [language for language in _NAMES for _ in range(2 if language == "en" else 1)]
    made: dict[str, Invented] = {}
    while len(made) < NUMBER_OF_PATIENTS - len(CAST):
        person = _made_up(dice, dice.choice(languages), len(made))
        made.setdefault(f"{person.draft.first_name} {person.draft.last_name}", person)
    return CAST + tuple(made.values())


def _made_up(dice: random.Random, language: str, at: int) -> Invented:
    first, _, first_native = dice.choice(_NAMES[language][0].split()).partition(":")
    last, _, last_native = dice.choice(_NAMES[language][1].split()).partition(":")
    born = date(1942, 1, 1) + timedelta(days=dice.randrange(24_000))
    in_brooklyn = dice.random() < 0.3
    draft = PatientDraft(
        first,
        last,
        f"({'718' if in_brooklyn else '973'}) 555-{200 + at:04}",
        born,
        native_name=last_native + first_native,
        language=language,
        text_ok=dice.random() < 0.5,
        voicemail_ok=True,
        street=f"{dice.randrange(10, 400)} {dice.choice(('Main St', 'Lexington Ave', 'Van Houten Ave', 'Berry St', 'Grove St'))}",
        city="Brooklyn" if in_brooklyn else "Clifton",
        state="NY" if in_brooklyn else "NJ",
        zip_code="11249" if in_brooklyn else "07013",
    )
    return Invented(draft, (("anticoagulant", 400, None, "", ()),) if dice.random() < 0.04 else ())
