"""The public lists end to end: kind, sheet, header row, number of records, columns; and a list of thousands."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from registry.app import Registry
from registry.commands import ImportRecords, Undo
from registry.queries import ListIds, VerifyHistory
from tests.conftest import TEST_DATA
from tests.registry.transfer.importing import counts, plan, records, take_in

_LISTS = TEST_DATA / "real" / "lists"
_MATCHING = TEST_DATA / "matching"
_EXPECTED: list[dict[str, Any]] = (
    json.loads((_LISTS / "expected.json").read_text("utf-8")) if (_LISTS / "expected.json").is_file() else []
)
#: File -> kind and header -> field: what `expected.json` says, in canonical names.
_FIELDS: dict[str, tuple[str, dict[str, str]]] = {
    "fr_associations_paris18.xlsx": (
        "associations",
        {"Nom": "name", "Type": "description", "Adresse": "address.street"},
    ),
    "en_ngos_nigeria.xlsx": ("associations", {"NGO NAMES": "name"}),
    "es_missions_argentina.csv": (
        "associations",
        {
            "sede_desc_castellano": "name",
            "sede_desc_ingles": "native_name",
            "pais_iso_2": "address.country",
            "ciudad_castellano": "address.city",
            "titular_apellido": "contact_person",
            "titular_nombre": "contact_person",
            "titular_cargo": "contact_role",
            "direccion": "address.street",
            "codigo_postal": "address.postal_code",
            "telefono_principal": "phone",
            "telefonos_adicionales": "phone.2",
            "celular_guardia": "phone.3",
            "celulares_adicionales": "phone.4",
            "correo_electronico": "email",
            "correos_electronicos_adicionales": "email.2",
            "sitio_web": "website",
        },
    ),
    "en_public_bodies_uk_2012.xls": (
        "associations",
        {
            "Name": "name",
            "Department": "parent",
            "Classification": "type",
            "Address": "address.street",
            "Phone": "phone",
            "email": "email",
            "Website": "website",
            "Chair": "contact_person",
            "Chief Executive / Secretary": "contact_person",
        },
    ),
    "ru_deputies_kyrgyzstan.xlsx": (
        "people",
        {
            "Идентификационный номер": "external_id",
            "ФИО Депутата": "full_name",
            "Фракция": "association",
            "Ссылка на страницу депутата": "website",
        },
    ),
    "es_deputies_argentina.csv": (
        "people",
        {
            "Apellido": "family_name",
            "Nombre": "given_name",
            "Distrito": "origin_region",
            "IniciaMandato": "association.from",
            "FinalizaMandato": "association.to",
            "Bloque": "association",
        },
    ),
    "en_ministers_australia.csv": (
        "people",
        {"Name": "full_name", "From": "association.from", "To": "association.to", "Ministers": "association.role"},
    ),
    "hu_missions_polling.csv": (
        "associations",
        {"Ország, település": "address.country, address.city", "Szavazóhely címe": "name"},
    ),
    "en_loksabha2_india.xls": (
        "people",
        {
            "Member Name": "full_name",
            "Gender": "sex",
            "State Name": "origin_region",
            "Constituency Name": "hometown",
            "Party Name": "association",
        },
    ),
    "en_group_members_uk_a.xlsx": (
        "people",
        {"Name": "full_name", "Party": "association", "Role (e.g. Chair, Officer, Treasurer)": "association.role"},
    ),
    "en_senators_kenya_2013.csv": (
        "people",
        {
            "County Code": "external_id",
            "County Name": "origin_region",
            "Full Names A": "given_name",
            "Full Names B": "family_name",
            "Party/Independent Candidate": "association",
        },
    ),
    "en_legislators_western_cape.csv": (
        "people",
        {
            "legal_name": "full_name",
            "Phone": "phone",
            "Email 1": "email",
            "Email 2": "email.2",
            "Organisation": "association",
            "Role": "association.role",
            "Organsiation": "association.2",
            "Organsiation (9)": "association.10",
            "Organisation (2)": "association.11",
            "Role 1": "association.role.11",
        },
    ),
    "sk_mps_slovakia.csv": (
        "people",
        {
            "given_name": "given_name",
            "family_name": "family_name",
            "title": "title",
            "list": "association",
            "born_on": "birth_date",
            "nationality": "citizenship",
            "municipality": "address.city",
            "region": "origin_region",
            "email": "email",
        },
    ),
}
_HISTORICAL = {
    "rec_id": "external_id",
    "full_name": "full_name",
    "first_name": "given_name",
    "surname": "family_name",
    "dob": "birth_date",
    "birth_place": "birth_place",
    "postcode_fake": "address.postal_code",
    "gender": "sex",
    "occupation": "occupation",
}
_OTHERS = {
    "diaspora_synth_a.csv": {"passport_no": "document.number", "address": "address.street", "birth_date": "birth_date"},
    "febrl1.csv": {"date_of_birth": "birth_date", "suburb": "address.city", "state": "address.region"},
    "fake1000_a.csv": {
        "first_name": "given_name",
        "surname": "family_name",
        "dob": "birth_date",
        "city": "address.city",
    },
}


@pytest.mark.parametrize("expected", _EXPECTED, ids=lambda expected: str(expected["file"]))
def test_a_real_list_is_taken_in_without_help(registry: Registry, expected: dict[str, Any]) -> None:
    path = _LISTS / expected["file"]
    kind, columns = _FIELDS[expected["file"]]
    found = plan(registry, path)
    assert (found.kind, found.sheet, found.header_row) == (kind, expected["sheet"] or "", expected["header_row"])
    assert {header: found.mapping.get(header) for header in columns} == columns
    outcome = registry.execute(ImportRecords(found))
    created, updated, *rest = counts(outcome.value)
    # A list of terms of office has a row for each; the first of a person makes the record.
    assert (created + updated, rest[0]) == (expected["records"], 0)
    assert not updated or expected["file"] == "en_ministers_australia.csv"
    assert outcome.value.rejected == 0
    assert not registry.read(VerifyHistory()).problems
    again = take_in(registry, path).value
    assert counts(again)[:3] == (0, 0, expected["records"])


@pytest.mark.parametrize(
    "path", [p for p in [_LISTS / "es_deputies_argentina.csv"] if p.is_file()], ids=lambda p: "deputies"
)
def test_dates_of_a_real_list_are_read_day_first(registry: Registry, path: Path) -> None:
    take_in(registry, path)
    first = records(registry)[0].values
    assert (first["association.from"], first["association.to"]) == ("2025-12-10", "2029-12-09")


@pytest.mark.parametrize(
    "path", [p for p in [_MATCHING / "historical_a.csv"] if p.is_file()], ids=lambda p: "historical"
)
def test_thousands_of_people(registry: Registry, path: Path, tmp_path: Path) -> None:
    some = tmp_path / path.name
    with path.open(encoding="utf-8") as lines:
        some.write_text("".join(islice(lines, 5_001)), encoding="utf-8")
    found = plan(registry, some)
    assert found.mapping == _HISTORICAL
    assert found.unmapped == ["first_and_surname"]
    outcome = registry.execute(ImportRecords(found))
    assert counts(outcome.value) == (4_997, 0, 0, 0, 3)
    assert counts(take_in(registry, some).value) == (0, 0, 4_997, 0, 3)
    registry.execute(Undo(outcome.batch))
    assert len(registry.read(ListIds("people"))) == 0


@pytest.mark.parametrize("path", [p for n in _OTHERS if (p := _MATCHING / n).is_file()], ids=lambda p: str(p.stem))
def test_other_lists_of_people(registry: Registry, path: Path) -> None:
    found = plan(registry, path)
    assert found.kind == "people"
    assert {h: found.mapping.get(h) for h in _OTHERS[path.name]} == _OTHERS[path.name]
    assert (
        len([p for p in found.problems if p.column in ("date_of_birth", "birth_date", "dob")]) < len(found.entries) / 50
    )
    assert not [header for header in found.unmapped if header != "first_and_surname"]
