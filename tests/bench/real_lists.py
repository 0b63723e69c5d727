"""Public lists as others keep them: what the import makes of each, against what their `README` asks of a good one.

`DIASPORA_LISTS` names a folder with the lists and an `expected.json` that says of each file its sheet, the row of
headings and the number of records. Without it a small invented list stands for them.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registry.app import Registry
from registry.commands import ImportRecords
from registry.queries import GetRecords, ListIds, PlanImport
from registry.transfer.options import ImportOptions
from registry.transfer.planning.plan import Plan
from tests.bench.registers import PASSWORD, new_registry
from tests.bench.rows import Row, row

LISTS = "DIASPORA_LISTS"
_UK_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")


@dataclass(frozen=True)
class Taken:
    """A list that was taken in."""

    plan: Plan
    records: list[dict[str, str]]

    def all(self, name: str) -> list[str]:
        """Every value of a field, whatever its number; what could not be read too."""
        return [v for r in self.records for k, v in r.items() if re.fullmatch(rf"{re.escape(name)}(?:\.\d+)?", k)]

    def with_field(self, name: str) -> int:
        """How many records have the field."""
        return sum(name in record for record in self.records)

    @property
    def text(self) -> str:
        """All values."""
        return "\n".join(v for record in self.records for v in record.values())

    def told(self, word: str) -> bool:
        """Whether a sentence about the list has the word."""
        return any(word in sentence for sentence in self.plan.warnings)


Check = Callable[[Taken], bool]


def _none(values: Iterable[str], pattern: str) -> bool:
    return not any(re.search(pattern, value) for value in values)


def _mapped(**columns: str) -> Check:
    return lambda t: {h: t.plan.mapping.get(h) for h in columns} == columns


#: What the lists' README asks beyond sheet, header and number of records.
CHECKS: Mapping[str, Mapping[str, Check]] = {
    "fr_associations_paris18.xlsx": {
        "columns": _mapped(Nom="name", Type="description", Adresse="address.street"),
        "postcode out of the address": lambda t: t.all("address.postal_code").count("75018") >= 30,
        "none left in the street": lambda t: _none(t.all("address.street"), r"\b75018\b"),
        "city out of the address": lambda t: t.all("address.city").count("Paris") >= 15,
        "no further column": lambda t: not t.plan.unmapped,
    },
    "en_ngos_nigeria.xlsx": {
        "repeated names told": lambda t: t.plan.review >= 9,
        "serial number is no reference": lambda t: t.plan.unmapped == ["S/N"],
    },
    "es_missions_argentina.csv": {
        "columns": _mapped(sede_desc_castellano="name", pais_iso_2="address.country", titular_cargo="contact_role"),
        "spaces collapsed": lambda t: "  " not in t.text,
        "several telephones": lambda t: t.with_field("phone.2") > 100 and "//" not in "".join(t.all("phone")),
        "telephones read": lambda t: sum(p.column.startswith(("tel", "cel")) for p in t.plan.problems) <= 20,
        "heads, but not empty ones": lambda t: 100 < t.with_field("contact_person") < 164,
        "closed mission told": lambda t: "Inactivo" in t.text,
    },
    "en_public_bodies_uk_2012.xls": {
        "two people a row": lambda t: t.with_field("officer.2") > 150,
        "vacant is nobody": lambda t: _none([*t.all("contact_person"), *t.all("officer")], "(?i)^vacant"),
        "lost zero": lambda t: "+442070353049" in t.all("phone"),
        "or between telephones": lambda t: t.with_field("phone.2") >= 4,
        "no-break spaces": lambda t: "\u00a0" not in t.text,
        "postcodes": lambda t: sum(bool(_UK_POSTCODE.search(v)) for v in t.all("address.postal_code")) > 200,
    },
    "ru_deputies_kyrgyzstan.xlsx": {
        "parts of names, or told": lambda t: t.with_field("patronymic") > 90 or t.told("ФИО"),
        "faction": lambda t: t.with_field("association") == 119,
    },
    "es_deputies_argentina.csv": {
        "quotes": lambda t: 'Ernesto "Pipi"' in t.text,
        "day first": lambda t: "2025-12-10" in t.all("association.from"),
        "no other order": lambda t: _none(t.all("association.from"), r"-10-12$"),
    },
    "en_ministers_australia.csv": {
        "one person, many offices": lambda t: 200 <= len(t.records) <= 273,
        "no office lost": lambda t: len(t.all("association.role")) >= 1060,
        "titles apart": lambda t: _none(t.all("full_name"), r"\b(?:Hon|Senator|Dr)\b"),
        "day first": lambda t: t.told("day before month"),
    },
    "hu_missions_polling.csv": {
        "countries": lambda t: _none(t.all("address.country"), r"[a-z]"),
        "cities": lambda t: t.with_field("address.city") == 151,
        "no wrong date": lambda t: _none(t.plan.mapping.values(), r"\.(?:from|to|date)$"),
    },
    "en_loksabha2_india.xls": {
        "titles apart": lambda t: _none(t.all("full_name"), r"^(?:Shri|Smt|Dr|Maulana|Seth|Lala)\b"),
        "titles kept": lambda t: "Shri" in t.all("title"),
        "spaces": lambda t: _none(t.all("full_name"), r"\s$|\s\s"),
    },
    "en_group_members_uk_a.xlsx": {
        "line of the template": lambda t: not re.search("Add more", t.text),
        "parties": lambda t: t.with_field("association") == 20,
    },
    "en_senators_kenya_2013.csv": {
        "names joined": lambda t: t.records[0]["full_name"] == "Hassan Omar Hassan",
        "empty columns": lambda t: not t.plan.unmapped,
    },
    "en_legislators_western_cape.csv": {
        "roles apart": lambda t: {"Role", "Role (2)", "Role (3)"} <= t.plan.mapping.keys(),
        "short form of two telephones": lambda t: {"+27214871601", "+27214871602"} <= set(t.all("phone")),
    },
    "sk_mps_slovakia.csv": {
        "citizenship": lambda t: t.all("citizenship").count("SVK") > 150 and _none(t.all("citizenship"), "^slov"),
        "titles": lambda t: "MUDr., PhD." in t.all("title"),
        "births": lambda t: t.with_field("birth_date") > 100,
    },
}
_INVENTED = {"file": "invented.csv", "sheet": None, "header_row": 2, "records": 2}


def main(small: bool = False) -> list[Row]:
    """A line a list: how many demands are met, of how many; those that are not, on the error output."""
    folder = os.environ.get(LISTS)
    with tempfile.TemporaryDirectory() as place:
        if small or not folder:
            wanted: list[dict[str, Any]] = [_INVENTED]
            lists = Path(place)
            with (lists / "invented.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([["A list", ""], ["Name", "City"], ["Ana Exemple", "Lyon"], ["Bo", "Nice"]])
        else:
            lists = Path(folder)
            wanted = json.loads((lists / "expected.json").read_text("utf-8"))
        return [_compared(lists, expected, Path(place, f"registry{n}")) for n, expected in enumerate(wanted)]


def _compared(lists: Path, expected: Mapping[str, Any], folder: Path) -> Row:
    name = str(expected["file"])
    taken = take_in(lists / name, folder)
    checks: dict[str, Check] = {
        "sheet": lambda t: t.plan.sheet == (expected["sheet"] or ""),
        "header": lambda t: t.plan.header_row == expected["header_row"],
        "records": lambda t: t.plan.counts["created"] + t.plan.counts["updated"] == expected["records"],
        **CHECKS.get(name, {}),
    }
    met = {what: check(taken) for what, check in checks.items()}
    for what in (what for what, good in met.items() if not good):
        print(f"{name}: {what}: not as asked", file=sys.stderr)
    return row(f"{name}, demands met (peer: all)", sum(met.values()), len(met), "1.0")


def take_in(path: Path, folder: Path) -> Taken:
    """Import a list into a new registry."""
    with Registry.open(new_registry(folder), "demo", PASSWORD) as registry:
        plan = registry.read(PlanImport(path, ImportOptions()))
        registry.execute(ImportRecords(plan))
        ids = tuple(sorted(registry.read(ListIds(plan.kind))))
        found = registry.read(GetRecords(plan.kind, ids)).values()
        return Taken(plan, [dict(r.values) | dict(r.raw) for r in found])
