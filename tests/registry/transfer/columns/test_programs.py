"""Lists as other programs write them: each value in its field, with its kind, and nothing lost without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry import fields
from registry.app import Registry
from registry.fields import PEOPLE
from registry.queries import ReadList
from registry.transfer.columns import programs
from registry.transfer.columns.mapping import Given
from registry.transfer.options import ImportOptions
from tests.registry.transfer.importing import records, take_in, take_in_rows, write_csv


def listed(header: str, *people: dict[str, str]) -> list[list[str]]:
    """A list with these headings, parted by commas, and a row for each person."""
    headings = header.split(",")
    assert all(person.keys() <= {*headings} for person in people)
    return [headings, *([person.get(heading, "") for heading in headings] for person in people)]


GOOGLE = (
    "Name,Given Name,Additional Name,Family Name,Family Name Yomi,Name Prefix,Birthday,Gender,Notes,Group Membership,"
    "E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,"
    "Phone 2 - Value,Address 1 - Type,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,"
    "Address 1 - Postal Code,Address 1 - Country,Organization 1 - Name,Organization 1 - Title,Relation 1 - Type,"
    "Relation 1 - Value"
)


def test_google_contacts(registry: Registry) -> None:
    ana = {
        "Name": "Dr. Ana Exemple",
        "Given Name": "Ana",
        "Family Name": "Exemple",
        "Name Prefix": "Dr.",
        "Birthday": "1984-03-12",
        "Group Membership": "Choir ::: * myContacts",
        "E-mail 1 - Type": "* Home",
        "E-mail 1 - Value": "ana@example.org ::: ana.exemple@example.org",
        "E-mail 2 - Value": "ana@work.example",
        "Phone 1 - Type": "Mobile",
        "Phone 1 - Value": "+33 6 12 34 56 78 ::: +33 6 12 34 56 79",
        "Phone 2 - Type": "Home Fax",
        "Phone 2 - Value": "+33 1 99 00 12 34",
        "Address 1 - Type": "Work",
        "Address 1 - Formatted": "3 rue Exemple\nLyon 69001",
        "Address 1 - Street": "3 rue Exemple",
        "Address 1 - City": "Lyon",
        "Address 1 - PO Box": "BP 12",
        "Address 1 - Postal Code": "69001",
        "Organization 1 - Name": "Atelier Exemple",
        "Organization 1 - Title": "Welder",
        "Relation 1 - Type": "Spouse",
        "Relation 1 - Value": "Bo Exemple",
    }
    result = take_in_rows(registry, listed(GOOGLE, ana))
    said = records(registry)[0].values
    assert [said[f"email{n}"] for n in ("", ".2", ".3")] == [
        *("ana@example.org", "ana@work.example", "ana.exemple@example.org"),
    ]
    assert [said[f"phone{n}"] for n in ("", ".2", ".3")] == ["+33612345678", "+33199001234", "+33612345679"]
    assert (said["phone.kind"], said["phone.kind.2"], said["title"]) == ("mobile", "fax", "Dr.")
    assert [said[f"address.{n}"] for n in ("street", "city", "postal_code", "kind")] == [
        *("3 rue Exemple, BP 12", "Lyon", "69001", "work"),
    ]
    assert (said["employer"], said["relative"], said["relative.kind"]) == ("Atelier Exemple", "Bo Exemple", "spouse")
    assert "Choir" in said["notes"]
    assert not result.problems
    assert any("as Google Contacts writes it" in warning for warning in result.warnings)
    assert any("Family Name Yomi" in warning and "not taken in" in warning for warning in result.warnings)


ENGLISH = (
    "Title,First Name,Middle Name,Last Name,Company,Job Title,Business Street,Business City,Business Postal Code,"
    "Business Country/Region,Home Street,Home Street 2,Home City,Home Postal Code,Home Country/Region,"
    "Other Postal Code,Assistant's Phone,Business Fax,Business Phone,Home Phone,Mobile Phone,Anniversary,Birthday,"
    "Categories,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,Gender,Priority,Spouse"
)
GERMAN = (
    "Anrede,Vorname,Weitere Vornamen,Nachname,Firma,Position,Straße geschäftlich,Ort geschäftlich,"
    "Postleitzahl geschäftlich,Land/Region geschäftlich,Straße privat,Straße privat 2,Ort privat,Postleitzahl privat,"
    "Land/Region privat,Weitere Postleitzahl,Telefon Assistent,Fax geschäftlich,Telefon geschäftlich,Telefon privat,"
    "Mobiltelefon,Jahrestag,Geburtstag,Kategorien,E-Mail-Adresse,E-Mail-Typ,E-Mail: Angezeigter Name,"
    "E-Mail 2: Adresse,Geschlecht,Priorität,Partner"
)
FRENCH = (
    "Titre,Prénom,Deuxième prénom,Nom,Société,Titre (fonction),Rue (bureau),Ville (bureau),Code postal (bureau),"
    "Pays/Région (bureau),Rue (domicile),Rue (domicile) 2,Ville (domicile),Code postal (domicile),"
    "Pays/Région (domicile),Code postal (autre),Téléphone de l'assistant(e),Télécopie (bureau),Téléphone (bureau),"
    "Téléphone (domicile),Tél. mobile,Anniversaire de mariage ou fête,Anniversaire,Catégories,Adresse de messagerie,"
    "Type de messagerie,Nom complet de l'adresse de messagerie,Adresse de messagerie 2,Sexe,Priorité,Conjoint(e)"
)


@pytest.mark.parametrize("header", [ENGLISH, GERMAN, FRENCH])
def test_outlook(registry: Registry, tmp_path: Path, header: str) -> None:
    ana = [
        *("", "Ana", "", "Exemple", "Atelier Exemple", "Welder", "5 rue Modèle", "Lyon", "69002", "France"),
        *("3 rue Exemple", "Bât. B", "Nice", "06000", "France", "", "+33199001299", "+33199001298", "+33199001235"),
        *("+33199001234", "+33612345678", "0/0/00", "13/2/1984", "Choir", "ana@example.org", "SMTP"),
        *("Ana Exemple (ana@example.org)", "ana@work.example", "", "Normal", "Bo Exemple"),
    ]
    bo = ["", "Bo", "", "Modèle", *[""] * 18, "0/0/00", *[""] * 8]
    path = write_csv(tmp_path / "contacts.csv", [header.split(","), ana, bo])
    path.write_bytes(path.read_text("utf-8").encode("cp1252"))
    result = take_in(registry, path).value
    said, other = (record.values for record in records(registry))
    assert [said[f"phone{n}"] for n in ("", ".2", ".3")] == ["+33612345678", "+33199001234", "+33199001235"]
    assert [said[f"phone.kind{n}"] for n in ("", ".2", ".3")] == ["mobile", "home", "work"]
    assert [said[f"address.{n}"] for n in ("street", "city", "postal_code", "kind")] == [
        *("3 rue Exemple, Bât. B", "Nice", "06000", "home"),
    ]
    assert [said[f"address.{n}.2"] for n in ("street", "city", "postal_code", "kind")] == [
        *("5 rue Modèle", "Lyon", "69002", "work"),
    ]
    assert (said["email"], said["email.2"], said["birth_date"]) == ("ana@example.org", "ana@work.example", "1984-02-13")
    assert (said["employer"], "Bo Exemple" in said["notes"], "Choir" in said["notes"]) == (
        "Atelier Exemple",
        True,
        True,
    )
    assert "external_id" not in said
    assert "birth_date" not in other
    assert not result.problems


def test_numbers_of_one_questionnaire_are_no_references(registry: Registry) -> None:
    header = "ID,Start time,Completion time,Email,Name,Last modified time,Full name,City"
    for person in ("Ana Exemple", "Bo Modèle"):
        take_in_rows(registry, listed(header, {"ID": "1", "Email": "anonymous", "Full name": person, "City": "Lyon"}))
    assert [record.values["full_name"] for record in records(registry)] == ["Ana Exemple", "Bo Modèle"]
    assert not any("email" in {**record.values, **record.raw} for record in records(registry))


def test_who_is_anonymous_has_the_address_that_a_question_asked_for(registry: Registry) -> None:
    header = "ID,Heure de début,Heure de fin,Adresse de messagerie,Nom,Nom complet,E-mail"
    ana = {"ID": "1", "Adresse de messagerie": "anonymous", "Nom complet": "Ana Exemple", "E-mail": "ana@example.org"}
    result = take_in_rows(registry, listed(header, ana))
    said = records(registry)[0]
    assert {name: text for name, text in said.values.items() if name.startswith(("email", "messenger"))} == {
        "email": "ana@example.org"
    }
    assert not result.problems


def test_notes_above_the_headings_and_what_a_position_is(registry: Registry) -> None:
    header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    ana = {
        "First Name": "Ana",
        "Last Name": "Exemple",
        "Company": "Atelier",
        "Position": "Guide",
        "URL": "www.a.example",
    }
    take_in_rows(
        registry,
        [["Notes:"], ["When exporting your connection data, you may notice that …"], [""], *listed(header, ana)],
    )
    said = records(registry)[0].values
    assert (said["employer"], said["website"], "association.role" in said) == ("Atelier", "www.a.example", False)
    assert "occupation" in said or "occupation" in records(registry)[0].raw


def test_what_the_officer_says_counts_before_the_program(registry: Registry, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", listed(ENGLISH, {"First Name": "Ana", "Spouse": "Bo Exemple"}))
    take_in(registry, path, Given({"Spouse": "relative"}))
    assert records(registry)[0].values["relative"] == "Bo Exemple"
    again = registry.read(ReadList(path, ImportOptions())).matches
    assert {m.header: (m.targets, m.recalled) for m in again}["Spouse"] == (("relative",), True)


def test_every_program_names_fields_that_are_there() -> None:
    known = [(p.name, name) for p in programs._all() for name in p.texts if fields.find(PEOPLE, name) is None]
    for program in programs._all():
        for _pattern, name in program.columns:
            if name is not None and fields.find(PEOPLE, name.replace("{n}", "2")) is None:
                known.append((program.name, name))
    assert known == []
