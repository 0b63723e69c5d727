"""Columns of names beside each other: what one lacks, another is."""

from __future__ import annotations

import pytest

from registry.app import Registry
from tests.registry.transfer.importing import counts, records, take_in_rows


@pytest.mark.parametrize(
    ("headings", "parts"),
    [
        (["Surname", "Name"], ("Exemple", "Ana")),
        (["Name", "Vorname"], ("Exemple", "Ana")),
        (["اللقب", "الاسم"], ("Exemple", "Ana")),
        (["الاسم العائلي", "الاسم الشخصي"], ("Exemple", "Ana")),
        (["Surname", "Other Names"], ("Exemple", "Ana")),
        (["Apellidos", "Nombre"], ("Exemple", "Ana")),
    ],
)
def test_a_bare_name_beside_one_part_is_the_other(
    registry: Registry, headings: list[str], parts: tuple[str, str]
) -> None:
    take_in_rows(registry, [headings, ["Exemple", "Ana"], ["Specimen", "Bo"]])
    found = records(registry)[0].values
    assert (found["family_name"], found["given_name"], found["full_name"]) == (*parts, "Ana Exemple")


def test_a_bare_name_that_holds_the_surname_is_the_full_one(registry: Registry) -> None:
    take_in_rows(registry, [["Name", "Surname"], ["Ana Exemple", "Exemple"], ["Bo Specimen", "Specimen"]])
    found = records(registry)[0].values
    assert (found["full_name"], found["family_name"], found.get("given_name")) == ("Ana Exemple", "Exemple", None)


@pytest.mark.parametrize(
    "headings",
    [
        ["Primer apellido", "Segundo apellido", "Primer nombre", "Segundo nombre"],
        ["Apellido paterno", "Apellido materno", "Nombres", "Segundo nombre"],
    ],
)
def test_second_surnames_and_given_names_go_behind_the_first(registry: Registry, headings: list[str]) -> None:
    listed = [headings, ["Exemple", "Ruiz", "Ana", "Luz"], ["Specimen", "", "Bo", ""]]
    take_in_rows(registry, listed)
    assert [(r.values["family_name"], r.values["given_name"]) for r in records(registry)] == [
        ("Exemple Ruiz", "Ana Luz"),
        ("Specimen", "Bo"),
    ]
    assert counts(take_in_rows(registry, listed)) == (0, 0, 2, 0, 0)
