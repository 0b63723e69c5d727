"""Columns are matched by header in five languages, nearly spelled, in part, and by content."""

from __future__ import annotations

import pytest

from registry.fields import ASSOCIATIONS, PEOPLE, of
from registry.i18n import LANGUAGES, translate
from registry.transfer.columns.content import Column
from registry.transfer.columns.mapping import Given, decide_kind, match
from registry.transfer.headings import headers

PHONES = ["+33 1 99 00 12 34", "+33 1 99 00 12 35", "+33 1 99 00 12 36"]
NAMES = ["Ana Exemple", "Bo Modèle", "Cy Patron"]


def column(header: str, *cells: str) -> Column:
    return Column(header, header, cells, len(cells), max(len(cells), 3))


def mapped(*columns: Column, kind: str = PEOPLE) -> dict[str, tuple[str, ...]]:
    return {m.header: m.targets for m in match(kind, columns)}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Surname", "family_name"),
        ("Date of birth", "birth_date"),
        ("Place of birth", "birth_place"),
        ("Nom de famille", "family_name"),
        ("Prénoms", "given_name"),
        ("né(e) le", "birth_date"),
        ("Nationalité", "citizenship"),
        ("Apellidos", "family_name"),
        ("Fecha de nacimiento", "birth_date"),
        ("Correo electrónico", "email"),
        ("Sobrenome", "family_name"),
        ("Data de nascimento", "birth_date"),
        ("Telemóvel", "phone"),
        ("الاسم الكامل", "full_name"),
        ("تاريخ الميلاد", "birth_date"),
        ("رقم الهاتف", "phone"),
        ("BIRTH_DATE", "birth_date"),
        ("  e-Mail *", "email"),
        ("Telephone (private)", "phone"),
        ("Surnme", "family_name"),
        ("Family  name:", "family_name"),
    ],
)
def test_headers_are_known_in_five_languages(header: str, field: str) -> None:
    assert headers.candidates(PEOPLE, header)[0].field == field


@pytest.mark.parametrize("kind", [PEOPLE, ASSOCIATIONS])
def test_every_label_and_canonical_name_finds_its_field(kind: str) -> None:
    for field in of(kind):
        assert headers.candidates(kind, field.name)[0].field == field.name
        if field.key is None:
            for language in LANGUAGES:
                found = headers.candidates(kind, translate(field.label, language))
                assert field.name in {c.field for c in found if c.score == 1.0}


def test_numbered_canonical_names_keep_their_numbers() -> None:
    found = mapped(column("full_name", *NAMES), column("phone.2", *PHONES), column("address.city.3", "Lyon"))
    assert found["phone.2"] == ("phone.2",)
    assert found["address.city.3"] == ("address.city.3",)


def test_a_header_alone_is_not_believed() -> None:
    found = mapped(column("Name", *NAMES), column("Email", "yes", "no", "yes"), column("Fax", *PHONES))
    assert found == {"Name": ("full_name",), "Email": (), "Fax": ()}


def test_a_header_about_a_relative_is_not_guessed_to_be_about_the_person() -> None:
    about_others = (
        "Mother's name",
        "Nom de la mère",
        "Father's phone",
        "Spouse name",
        "Nombre de hijos",
        "Nome da mãe",
        "Name der Mutter",
        "Telefon des Vaters",
        "E-Mail Ehepartner",
    )
    assert [headers.candidates("people", header) for header in about_others] == [()] * len(about_others)
    mails = [f"{name}@example.org" for name in ("ana", "bo", "cy")]
    found = match(
        PEOPLE,
        [Column("Name", "Name", ["A B", "C D", "E F"], 3, 3), Column("Email conjoint", "Email conjoint", mails, 3, 3)],
    )
    assert [one.targets for one in found] == [("full_name",), ()]
    assert headers.candidates("people", "Nom du père")[0].field == "patronymic"
    assert headers.candidates("people", "Nom et nom de jeune fille")[0].field == "birth_name"


def test_how_others_are_reached_is_not_the_persons_own() -> None:
    own = (column("Name", *NAMES), column("Phone", *PHONES), column("Address", "1 rue A", "2 rue B", "3 rue C"))
    mails = [f"{name}@example.org" for name in ("ana", "bo", "cy")]
    others = (
        *(
            column(h, *PHONES)
            for h in ("Emergency contact phone", "Tél. d'urgence", "Teléfono de emergencia", "رقم الطوارئ")
        ),
        *(column(h, *PHONES) for h in ("Employer phone", "School phone", "Telefon des Arbeitgebers")),
        *(column(h, *mails) for h in ("Employer email", "E-mail de l’association")),
        column("Adresse de l'employeur", "12 rue A", "13 rue B", "14 rue C"),
        column("Nom de l'enfant", *NAMES),
    )
    found = mapped(*own, *others)
    assert {other.header: found[other.header] for other in others} == dict.fromkeys((o.header for o in others), ())
    assert mapped(*own, column("Nom de l'employeur", *NAMES))["Nom de l'employeur"] == ("employer",)
    assert mapped(column("Name", "Choir", "School"), column("School phone", *PHONES), kind=ASSOCIATIONS)["School phone"]


def test_content_speaks_where_headers_do_not() -> None:
    found = mapped(
        column("Name", *NAMES),
        column("Xq1", "ana@example.org", "bo@example.org", "cy@example.org"),
        column("Xq2", *PHONES),
        column("Xq3", "F", "M", "F"),
        column("Xq4", "France", "Peru", "Kenya"),
        column("Xq5", "1950-01-02", "1985-03-12", "2001-12-31"),
        column("S/N", "1", "2", "3"),
    )
    assert found == {
        "Name": ("full_name",),
        "Xq1": ("email",),
        "Xq2": ("phone",),
        "Xq3": ("sex",),
        "Xq4": ("address.country",),
        "Xq5": ("birth_date",),
        "S/N": (),
    }


def test_codes_are_occupations_and_sectors_too() -> None:
    columns = (column("Name", *NAMES), column("Occupation", "2221", "7212", "2341"), column("Sector", "52", "01", "79"))
    assert mapped(*columns) == {"Name": ("full_name",), "Occupation": ("occupation",), "Sector": ("sector",)}
    assert mapped(column("Name", *NAMES), column("Occupation", "1", "20017", "300"))["Occupation"] == ()


def test_a_question_of_another_registry_is_nothing_else() -> None:
    asked = "profile.needed_skills.costs"
    assert mapped(column("full_name", *NAMES), column(asked, "travel", "lodging", "travel"))[asked] == ()
    assert mapped(column("full_name", *NAMES), column(asked, "a@example.org", "b@example.org"))[asked] == ()


def test_the_better_of_two_columns_is_the_field() -> None:
    found = mapped(column("Name of the person", *NAMES), column("Full name", *NAMES))
    assert found == {"Name of the person": (), "Full name": ("full_name",)}


def test_repeated_fields_are_numbered_and_their_parts_stay_together() -> None:
    found = mapped(
        column("Name", *NAMES),
        column("Phone", *PHONES),
        column("Mobile", *PHONES),
        column("Organisation", "Choir", "Club", "Choir"),
        column("Role", "Singer", "Chair", "Singer"),
        column("Association", "Circle", "Circle", "Ring"),
        column("Function", "Chair", "Member", "Chair"),
    )
    assert (found["Phone"], found["Mobile"]) == (("phone",), ("phone.2",))
    assert found["Organisation"] == ("association",)
    assert found["Role"] == ("association.role",)
    assert found["Association"] == ("association.2",)
    assert found["Function"] == ("association.role.2",)


def test_a_header_may_name_two_fields() -> None:
    found = mapped(column("Name", *NAMES), column("Country, city", "Peru, Lima", "Kenya, Nairobi"))
    assert found["Country, city"] == ("address.country", "address.city")


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ([column("Name", *NAMES), column("Born", "1980", "1990", "2000")], PEOPLE),
        ([column("Nom", *NAMES), column("Prénom", "Ana", "Bo", "Cy")], PEOPLE),
        (
            [column("Name", "Choir of Lyon", "Youth Association", "Council"), column("Type", "choir", "x", "y")],
            ASSOCIATIONS,
        ),
        (
            [column("Nom", "Amicale du Lac", "Fondation Exemple"), column("Président", "Ana Exemple", "Bo Modèle")],
            ASSOCIATIONS,
        ),
        ([column("Colour", "red", "blue")], None),
    ],
)
def test_the_kind_is_found(columns: list[Column], kind: str | None) -> None:
    assert decide_kind(columns) == kind


def test_a_mapping_decides_over_everything() -> None:
    given = Given({"Name": None, "Colour": "full_name"})
    found = {m.header: m.targets for m in match(PEOPLE, [column("Name", *NAMES), column("Colour", *NAMES)], given)}
    assert found == {"Name": (), "Colour": ("full_name",)}
