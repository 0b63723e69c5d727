"""Lists as consulates keep them: what a heading says besides a field, and what stands beside a column."""

from __future__ import annotations

import pytest

from registry.app import Registry
from registry.transfer.columns.mapping import Given
from registry.transfer.values import countries
from tests.registry.transfer.importing import counts, records, take_in_rows


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
    assert countries.named_in(heading) == country


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
        "phone": "+351912345678",
        "phone.kind": "mobile",
    }


HERE = [["ID", "Nom", "Prénom", "Adresse", "CP", "Ville"], ["X1", "Exemple", "Ana", "3 rue Neuve", "69001", "Lyon"]]
AT_HOME = [
    ["ID", "Nom", "Prénom", "Adresse au pays d'origine", "Tél"],
    ["X1", "Exemple", "Ana", "7 Oak Road", "0612345678"],
]


def test_an_address_at_home_is_kept_as_one_and_stands_for_no_other(registry: Registry) -> None:
    told = take_in_rows(registry, AT_HOME).warnings
    assert any("in the home country, to which no letters go" in said for said in told)
    assert counts(take_in_rows(registry, HERE)) == (0, 1, 0, 0, 0)
    assert counts(take_in_rows(registry, AT_HOME)) == counts(take_in_rows(registry, HERE)) == (0, 0, 1, 0, 0)
    changed = [*HERE[:1], ["X1", "Exemple", "Ana", "9 rue Neuve", "69002", "Lyon"]]
    assert counts(take_in_rows(registry, changed)) == (0, 1, 0, 0, 0)
    found = records(registry)[0].values
    assert [found.get(f"address.{part}") for part in ("street", "kind", "city")] == ["7 Oak Road", "home_country", None]
    assert [found.get(f"address.{part}.2") for part in ("street", "kind", "city")] == ["9 rue Neuve", None, "Lyon"]
    assert found["phone"] == "+33612345678"


def test_a_town_at_home_alone_is_where_somebody_comes_from(registry: Registry) -> None:
    take_in_rows(registry, [["Name", "Village / District of origin", "City"], ["Ana Exemple", "Tamra", "Lyon"]])
    found = records(registry)[0].values
    assert (found["hometown"], found["address.city"]) == ("Tamra", "Lyon")
    assert "address.district" not in found


@pytest.mark.parametrize(
    ("heading", "home", "there"),
    [
        ("Adresse au Maroc", "MAR", True),
        ("Permanent address (India)", "IND", True),
        ("Adresse au bled", "", True),
        ("العنوان بتونس", "TUN", True),
        ("Heimatadresse", "TUR", True),
        ("العنوان في الوطن", "", True),
        ("Adresse en France", "MAR", False),
        ("Home address", "IND", False),
        ("Address", "", False),
    ],
)
def test_which_headings_are_about_home(heading: str, home: str, there: bool) -> None:
    assert countries.is_at_home(heading, home) == there


@pytest.mark.parametrize("days", [["1364/12/21", "25/12/1979"], ["۱۳۶۴/۱۲/۲۱", "۱۳۵۸/۱۰/۰۴"]])
def test_years_that_may_be_of_another_calendar_are_told(registry: Registry, days: list[str]) -> None:
    listed = [["Name", "Day"], ["Ana Exemple", days[0]], ["Bo Exemple", days[1]]]
    warnings = take_in_rows(registry, listed, Given({"Day": "birth_date"})).warnings
    assert any("1364; if" in said or "such as 1364; if" in said for said in warnings)


def test_years_of_people_of_the_past_are_not_told(registry: Registry) -> None:
    listed = [["Name", "Born"], ["Ana Exemple", "1722-03-19"], ["Bo Exemple", "1450-01-02"]]
    assert not any("calendar" in said for said in take_in_rows(registry, listed).warnings)


def test_what_stands_above_two_columns_says_whose_and_where_they_are(registry: Registry) -> None:
    take_in_rows(
        registry,
        [
            ["Nom", "Prénom", "Adresse", "", "Adresse au pays", "", "Contact d'urgence", ""],
            ["", "", "Rue", "Ville", "Rue", "Ville", "Nom", "Tél"],
            ["Exemple", "Ana", "3 rue Neuve", "Lyon", "7 Oak Road", "Tamra", "Bo Modèle", "06 12 34 56 78"],
            ["Specimen", "Di", "5 rue Neuve", "Nice", "", "", "", ""],
        ],
    )
    found = records(registry)[0].values
    assert [found[f"address.{part}"] for part in ("street", "city")] == ["3 rue Neuve", "Lyon"]
    assert [found[f"address.{part}.2"] for part in ("street", "city", "kind")] == [
        "7 Oak Road",
        "Tamra",
        "home_country",
    ]
    assert "phone" not in found


def test_headings_say_what_kind_of_telephone_and_address(registry: Registry) -> None:
    header = ["Nom", "Tél. (bureau)", "Portable", "Phone (home country)", "Tél", "Home street", "Home city"]
    numbers = ["+33199001234", "+33612345678", "+33199001235", "+33199001236"]
    take_in_rows(registry, [header, ["Ana Exemple", *numbers, "3 rue Neuve", "Lyon"], ["Bo Modèle", *[""] * 6]])
    ana, bo = (record.values for record in records(registry))
    kinds = [ana.get(f"phone.kind{place}") for place in ("", ".2", ".3", ".4")]
    assert kinds == ["work", "mobile", None, None]
    assert [ana[f"phone{place}"] for place in ("", ".2", ".3", ".4")] == numbers
    assert ana["address.kind"] == "home"
    assert not {"phone.kind", "address.kind"} & bo.keys()


@pytest.mark.parametrize("none", ["0/0/00", "00.00.0000", "0000-00-00"])
def test_dates_of_zeros_are_none(registry: Registry, none: str) -> None:
    result = take_in_rows(registry, [["Name", "Date of birth"], ["Ana Exemple", none], ["Bo Modèle", "13/2/84"]])
    assert [record.values.get("birth_date") for record in records(registry)] == [None, "1984-02-13"]
    assert not result.problems
    result = take_in_rows(registry, [["Name", "Born"], ["Cy Patron", none]])
    assert "phone" not in records(registry)[2].values
    assert not result.problems


def test_times_and_counts_are_no_telephones_and_no_sex(registry: Registry) -> None:
    header = ["Name", "Joined", "Children with them", "IP address"]
    seen = ["03/12/2024 06:01:00 PM", "03/12/2024 07:30:00 PM", "03/13/2024 07:30:00 PM"]
    rows = [
        [name, time, count, "192.0.2.1"] for name, time, count in zip(("Ana", "Bo", "Cy"), seen, "021", strict=True)
    ]
    take_in_rows(registry, [header, *rows])
    assert all({"phone", "sex", "address.street"}.isdisjoint(record.values) for record in records(registry))


@pytest.mark.parametrize(
    "header",
    [
        ["Name", "Work address", "Work city", "Work postcode", "Home address", "Home city", "Home postcode"],
        ["Nom", "Adresse bureau", "Ville (bureau)", "Code postal bureau", "Adresse", "Ville", "CP"],
    ],
)
def test_an_address_at_work_stands_behind_the_one_at_home(registry: Registry, header: list[str]) -> None:
    row = ["Ana Exemple", "5 rue Modèle", "Bron", "69500", "3 rue Neuve", "Lyon", "69001"]
    take_in_rows(registry, [header, row, ["Bo Modèle", "", "", "", "4 rue Neuve", "Nice", "06000"]])
    found = records(registry)[0].values
    assert [found[f"address.{part}"] for part in ("street", "city", "postal_code")] == row[4:]
    assert [found[f"address.{part}.2"] for part in ("street", "city", "postal_code", "kind")] == [*row[1:4], "work"]
    assert not {"occupation", "external_id", "employer"} & found.keys()


def test_an_address_at_work_alone_is_the_one_that_there_is(registry: Registry) -> None:
    take_in_rows(registry, [["Name", "Office address", "City"], ["Ana Exemple", "5 rue Modèle", "Bron"]])
    found = records(registry)[0].values
    assert (found["address.street"], found["address.city"], found["address.kind"]) == ("5 rue Modèle", "Bron", "work")


@pytest.mark.parametrize("heading", ["Work e-mail address", "Business email address", "Office e-mail"])
def test_an_address_of_mail_at_work_is_no_place(registry: Registry, heading: str) -> None:
    take_in_rows(registry, [["Name", "City", heading], ["Ana Exemple", "Lyon", "ana@example.org"]])
    assert records(registry)[0].values["email"] == "ana@example.org"


@pytest.mark.parametrize(
    ("heading", "country"),
    [
        *(("Indirizzo in Italia", "ITA"), ("Adresa din România", "ROU"), ("Türkiye'deki adresi", "TUR")),
        *(("آدرس در ایران", "IRN"), ("Địa chỉ ở Việt Nam", "VNM"), ("Adresa në Shqipëri", "ALB")),
        *(("Adresa u Srbiji", "SRB"), ("Адреса у Србији", "SRB"), ("Magyarországi cím", "HUN")),
    ],
)
def test_a_country_in_a_heading_is_home_to_its_own_people_only(heading: str, country: str) -> None:
    assert countries.is_at_home(heading, country)
    assert not countries.is_at_home(heading, "TUN")


def test_an_address_of_the_house_is_none_in_the_home_country() -> None:
    assert not countries.is_at_home("Otthoni cím", "HUN")
