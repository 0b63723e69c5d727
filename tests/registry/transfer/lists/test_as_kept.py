"""Lists as consulates keep them: what a heading says besides a field, and what stands beside a column."""

from __future__ import annotations

import pytest

from registry.app import Registry
from registry.transfer.lists import homeland
from tests.registry.transfer.importing import records, take_in_rows


def test_a_heading_names_the_country_of_its_telephones(registry: Registry) -> None:
    listed = [
        ["Nom", "Téléphone", "Tél. Sénégal", "Contact number (UAE)", "Tel No"],
        ["Ana Exemple", "06 12 34 56 78", "77 123 45 67", "050 123 4567", "01 23 45 67 89"],
    ]
    result = take_in_rows(registry, listed)
    found = records(registry)[0].values
    assert [found[f"phone{n}"] for n in ("", ".2", ".3", ".4")] == [
        "+33612345678",
        "+221771234567",
        "+971501234567",
        "+33123456789",
    ]
    assert any("read as numbers of Senegal, which the heading names" in said for said in result.warnings)


def test_lists_in_polish_and_ukrainian_are_read(registry: Registry) -> None:
    take_in_rows(
        registry,
        [
            ["Nazwisko", "Imię", "Data urodzenia", "Obywatelstwo", "Stan cywilny", "Zgoda na przetwarzanie danych"],
            ["Kowalska", "Anna", "12.03.1985", "polskie, brytyjskie", "mężatka", "tak"],
            ["Żółć", "Grażyna", "25.12.1960", "polskie", "wdowa", "nie"],
        ],
    )
    take_in_rows(
        registry,
        [
            ["ПІБ", "Дата народження", "Стать", "Громадянство", "Згода на обробку персональних даних"],
            ["Зразкова Олена Іванівна", "12.03.1985", "ж", "українка", "так"],
            ["Зразко Андрій Петрович", "25.12.1979", "ч", "Україна", "ні"],
        ],
    )
    names = ("family_name", "birth_date", "citizenship", "citizenship.2", "civil_status", "sex", "patronymic")
    assert [[r.values.get(name) for name in names] for r in records(registry)] == [
        ["Kowalska", "1985-03-12", "POL", "GBR", "married", None, None],
        ["Зразкова", "1985-03-12", "UKR", None, None, "female", "Іванівна"],
    ]


@pytest.mark.parametrize(
    ("heading", "country"),
    [
        ("Тел. в Україні", "UKR"),
        ("Телефон в Германии", "DEU"),
        ("Contact Number (Phil)", "PHL"),
        ("Numéro marocain", "MAR"),
        ("هاتف في لبنان", "LBN"),
        ("Tel. de casa", ""),
        ("Tel No", ""),
        ("Phone (NO)", "NOR"),
        ("Phone France / Mali", ""),
        ("Tél. (DOM)", ""),
        ("Tel. (PER)", ""),
        ("Téléphone Guinée-Bissau", "GNB"),
    ],
)
def test_the_country_that_a_heading_names(heading: str, country: str) -> None:
    assert homeland.named_in(heading) == country


def test_a_consular_card_is_the_registration(registry: Registry) -> None:
    listed = [["Nom", "Date de délivrance carte consulaire", "Valable jusqu'au"], ["Ana", "2020-02-01", "2025-01-31"]]
    take_in_rows(registry, listed)
    assert records(registry)[0].values["valid_until"] == "2025-01-31"


def test_a_whole_name_goes_before_its_parts(registry: Registry) -> None:
    listed = [
        ["Full Name (as in passport)", "Surname", "Given Name", "Father Name"],
        ["NAMOONA RAVI", "NAMOONA", "RAVI", "Ram"],
    ]
    take_in_rows(registry, listed)
    assert records(registry)[0].values["full_name"] == "NAMOONA RAVI"


@pytest.mark.parametrize("heading", ["Date of Birth (E.C.)", "Hijri date of birth", "تاريخ الميلاد الهجري"])
def test_days_of_another_calendar_are_left_out(registry: Registry, heading: str) -> None:
    take_in_rows(registry, [["Name", heading, "Date of birth"], ["Ana Exemple", "05/07/1978", "14/03/1986"]])
    assert records(registry)[0].values["birth_date"] == "1986-03-14"


def test_years_of_another_calendar_are_no_births(registry: Registry) -> None:
    result = take_in_rows(registry, [["Name", "Date of birth"], ["Ana Exemple", "1402/07/05"], ["Bo", "1399/01/31"]])
    assert [r.values.get("birth_date") for r in records(registry)] == [None, None]
    assert any("not taken in: Date of birth" in said for said in result.warnings)


def test_what_stands_beside_a_document_is_about_it(registry: Registry) -> None:
    listed = [
        [
            "Name",
            "Passport No.",
            "Place of Issue",
            "Valid Until",
            "City",
            "Province",
            "ZIP",
            "Registration valid until",
        ],
        ["Ana Exemple", "P123", "Manila", "2030-01-02", "Roma", "RM", "00184", "2029-05-06"],
    ]
    take_in_rows(registry, listed)
    found = records(registry)[0].values
    assert (found["document.issuer"], found["document.expires"]) == ("Manila", "2030-01-02")
    assert (found["valid_until"], found["address.region"]) == ("2029-05-06", "RM")
    assert "origin_region" not in found


def test_a_province_by_itself_is_where_somebody_comes_from(registry: Registry) -> None:
    take_in_rows(registry, [["Name", "City", "Province"], ["Ana Exemple", "Lyon", "Cebu"]])
    assert records(registry)[0].values["origin_region"] == "Cebu"


def test_other_numbers_are_no_telephones_beside_those(registry: Registry) -> None:
    listed = [
        ["Nome completo", "Celular/WhatsApp", "Título de eleitor", "Tipo sanguíneo", "Grupo de sangue"],
        ["Ana Exemplo", "+351 912 345 678", "0123 4567 8901", "O+", "O+"],
        ["Bo Exemplo", "+351 912 345 679", "0123 4567 8902", "AB-", "AB-"],
    ]
    take_in_rows(registry, listed)
    found = records(registry)[0].values
    assert "title" not in found
    assert {name: said for name, said in found.items() if name.partition(".")[0] in ("phone", "association")} == {
        "phone": "+351912345678"
    }
