"""Registers and workbooks to measure on: invented people, a fixed seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random

from registry import setup, vocabularies
from registry.app import Registry
from registry.commands import LoadDemonstration
from registry.demo.people import people

PASSWORD = "demo"
#: Names a demonstration registry that stands already: making one of a million people takes long.
CROWD = "DIASPORA_CROWD"
#: Columns of the workbook that the benchmarks import: those of the public list of historical people, and more.
COLUMNS = (
    *("external_id", "full_name", "given_name", "family_name", "birth_date", "birth_place", "address.postal_code"),
    *("sex", "occupation", "email"),
)
#: The thirty columns of BENCHMARKS row 1: what an import looks duplicates up by, and what fills many tables.
WHOLE = (
    *("external_id", "full_name", "family_name", "given_name", "native_name", "sex", "birth_date", "birth_place"),
    *("birth_country", "citizenship", "civil_status", "document.type", "document.number", "document.expires", "phone"),
    *("email", "address.house_number", "address.street", "address.city", "address.region", "address.postal_code"),
    *("address.country", "preferred_language", "language", "language.level", "occupation", "employer", "sector"),
    *("education.level", "arrival_year"),
)


def new_registry(folder: Path) -> Path:
    """An empty demonstration registry."""
    setup.create(folder, post="LYS", country="FRA", home="XDR", admin="demo", password=PASSWORD, demonstration=True)
    (folder.parent / "password").write_text(PASSWORD)
    return folder


def rows(count: int, columns: Sequence[str] = COLUMNS, seed: int = 7) -> Iterator[list[str]]:
    """Rows of `columns`; external ids are made up so that each row stands for itself. Another seed: other people."""
    for number, person in enumerate(islice(people(count, seed), count)):
        yield [f"B{number:07d}", *(person.get(column, "") for column in columns[1:])]


def workbook(path: Path, count: int, columns: Sequence[str] = COLUMNS, seed: int = 7) -> Path:
    """An .xlsx of `count` people with every cell as text, kept among the shared strings as Excel keeps it."""
    import xlsxwriter  # type: ignore[import-untyped]

    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("People")
    sheet.write_row(0, 0, columns)
    for index, texts in enumerate(rows(count, columns, seed), 1):
        for column, text in enumerate(texts):
            sheet.write_string(index, column, text)
    book.close()
    return path


def skilled(count: int) -> Iterator[dict[str, str]]:
    """Invented people, each with three skills, languages, a school, and occupations of which some are still text."""
    random = Random(8)

    def lowest(name: str) -> list[str]:
        known = vocabularies.get(name)
        return [code for code in known.codes if not known.children(code)]

    occupations, skills, studies = lowest("isco"), lowest("skill"), lowest("isced_field")
    codes = {name: vocabularies.get(name).codes for name in ("skill_level", "evidence", "willing", "return_intention")}
    forms, generations = vocabularies.get("engagement_form").codes, vocabularies.get("generation").codes
    for person in islice(people(count, 7), count):
        row = {name: text for name, text in person.items() if name.split(".")[0] not in ("skill", "occupation")}
        row |= {"occupation": random.choice(occupations) if random.random() < 0.9 else "Repairs whatever breaks"}
        for place, skill in enumerate(random.sample(skills, 3)):
            end = f".{place + 1}" if place else ""
            row |= {f"skill{end}": skill, f"skill.level{end}": random.choice(codes["skill_level"])}
            row |= {
                f"skill.years{end}": str(random.randrange(40)),
                f"skill.evidence{end}": random.choice(codes["evidence"]),
            }
        row |= {"education.level": str(random.randrange(2, 9)), "education.field": random.choice(studies)}
        row |= {"available_from": f"20{random.randrange(20, 32)}-{random.randrange(1, 13):02}"}
        row |= {"willing": random.choice(codes["willing"]), "engagement_form": random.choice(forms)}
        row |= {"generation": random.choice(generations), "return_intention": random.choice(codes["return_intention"])}
        yield row


def skilled_registry(folder: Path, count: int) -> Path:
    """A registry of `skilled` people."""
    new_registry(folder)
    rows = skilled(count)
    with Registry.open(folder, "demo", PASSWORD) as registry:
        while some := tuple(islice(rows, 10_000)):
            registry.execute(LoadDemonstration("people", some))
    return folder
