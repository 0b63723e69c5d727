"""Addresses by the rules of their destination (examples after the UPU's country sheets)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.documents.addresses import Address, address_lines, country_line, is_postable, names_for, post_order
from registry.postal import alpha2

CASES = [
    (Address("Wilshire Boulevard", "3731", "", "Los Angeles", "California", "90010", "USA"),
     ["N", "3731 Wilshire Boulevard", "LOS ANGELES CA 90010", "VEREINIGTE STAATEN"]),
    (Address("Lindenstraße", "12", "", "Hamburg", "", "22765", "DEU"), ["N", "Lindenstraße 12", "22765 HAMBURG"]),
    (Address("rue de la Paix", "5 bis", "", "Lyon", "", "69002", "FRA"),
     ["N", "5 bis rue de la Paix", "69002 LYON", "FRANKREICH"]),
    (Address("千代田1-1", "", "", "千代田区", "東京都", "100-8111", "JPN"),
     ["〒100-8111", "東京都", "千代田区千代田1-1", "N", "JAPAN"]),
    (Address("1-1 Chiyoda", "", "", "Chiyoda-ku", "Tokyo", "100-8111", "JPN"),
     ["N", "1-1 Chiyoda", "Chiyoda-ku, TOKYO", "100-8111", "JAPAN"]),
    (Address("Avenida Paulista", "1578", "Bela Vista", "São Paulo", "São Paulo", "01310-200", "BRA"),
     ["N", "Avenida Paulista 1578", "Bela Vista", "SÃO PAULO-SP", "01310-200", "BRASILIEN"]),
    (Address("Fő utca", "23", "", "Budapest", "", "1055", "HUN"), ["N", "BUDAPEST", "FŐ UTCA 23", "1055", "UNGARN"]),
    (Address("Downing Street", "10", "", "London", "", "SW1A 2AA", "GBR"),
     ["N", "10 Downing Street", "LONDON", "SW1A 2AA", "VEREINIGTES KÖNIGREICH"]),
    (Address("Sheikh Zayed Road", "5", "", "Dubai", "Dubai", "", "ARE"),
     ["N", "5 Sheikh Zayed Road", "Dubai", "VEREINIGTE ARABISCHE EMIRATE"]),
    (Address("شارع الشيخ زايد", "", "", "دبي", "إمارة دبيّ", "", "ARE"),
     ["N", "شارع الشيخ زايد", "دبي", "إمارة دبيّ", "VEREINIGTE ARABISCHE EMIRATE"]),
    (Address("Bole Road", "12", "Bole", "Addis Ababa", "", "1000", "ETH"),
     ["N", "Bole Road 12", "Bole", "1000 ADDIS ABABA", "ÄTHIOPIEN"]),
    (Address("中关村大街1号", "", "海淀区", "北京市", "北京", "100080", "CHN"),
     ["100080", "北京市海淀区", "中关村大街1号", "N", "CHINA"]),
    (Address("세종대로 110", "", "중구", "서울", "서울특별시", "04524", "KOR"),
     ["서울특별시 중구", "세종대로 110", "N", "04524", "SÜDKOREA"]),
    (Address("Orchard Road", "5", "", "Singapore", "", "238823", "SGP"),
     ["N", "5 Orchard Road", "SINGAPORE 238823", "SINGAPUR"]),
    (Address("MG Road", "5", "Shivaji Nagar", "Bengaluru", "Karnataka", "560001", "IND"),
     ["N", "5 MG Road", "Shivaji Nagar", "BENGALURU 560001", "Karnataka", "INDIEN"]),
    (Address("Bahnhofstrasse", "1", "", "Zürich", "", "8001", "CHE"),
     ["N", "Bahnhofstrasse 1", "8001 ZÜRICH", "SCHWEIZ"]),
]  # fmt: skip


@pytest.mark.parametrize(("address", "expected"), CASES, ids=[case[0].country for case in CASES])
def test_layout_follows_the_destination(address: Address, expected: list[str]) -> None:
    assert address_lines(address, ["N"], posting_country="DEU", language="de") == expected
    assert is_postable(address)


def test_no_filled_part_is_dropped_anywhere() -> None:
    from babel.core import get_global

    for code, two in get_global("territory_aliases").items():
        if len(code) != 3 or not code.isalpha() or len(two) != 1:
            continue
        address = Address("Qstreet", "77", "Qdistrict", "Qcity", "Qregion", "QPOST", code)
        shown = "\n".join(address_lines(address, ["Qname"], posting_country="DEU", language="de")).casefold()
        for part in ("qstreet", "77", "qdistrict", "qcity", "qpost", "qname"):
            assert part in shown, (code, part, shown)
        # A region is no part of the address where the postcode implies it: then it is in no layout.
        told = "\n".join(
            address_lines(replace(address, postal_code=""), ["Qname"], posting_country="DEU", language="de")
        )
        assert "qregion" in told.casefold(), (code, told)


def test_a_region_that_the_postcode_implies_is_not_written() -> None:
    address = Address("rue Grande-Ourse", "7", "", "Lyon", "Auvergne-Rhône-Alpes", "69009", "FRA")
    assert address_lines(address, ["N"], posting_country="FRA", language="fr") == [
        "N",
        "7 rue Grande-Ourse",
        "69009 LYON",
    ]


@pytest.mark.parametrize(
    ("posted_in", "language", "line"),
    [("CHE", "fr", "ÉTATS-UNIS"), ("CHE", "en", "VEREINIGTE STAATEN"), ("FRA", "en", "ÉTATS-UNIS"),
     ("GBR", "fr", "UNITED STATES"), ("BRA", "en", "ESTADOS UNIDOS")],
)  # fmt: skip
def test_country_line_speaks_the_language_of_the_posting_country(posted_in: str, language: str, line: str) -> None:
    address = Address("Main Street", "1", "", "Boston", "MA", "02101", "USA")
    assert address_lines(address, ["N"], posting_country=posted_in, language=language)[-1] == line


@pytest.mark.parametrize(
    ("destination", "origin", "line"),
    [("DE", "GR", "ΓΕΡΜΑΝΙΑ"), ("IT", "TR", "İTALYA"), ("DE", "JP", "ドイツ"), ("FR", "GE", "საფრანგეთი")],
)
def test_capitals_are_those_of_the_language(destination: str, origin: str, line: str) -> None:
    assert country_line(destination, origin, "en") == line


def test_a_code_of_the_country_before_the_postcode_is_for_mail_from_abroad() -> None:
    address = Address("Mäkelänkatu", "25", "", "Helsinki", "", "00550", "FIN")
    assert address_lines(address, ["N"], posting_country="FIN", language="fi")[-1] == "00550 HELSINKI"
    written = Address("Ilica", "1", "", "Zagreb", "", "HR-10000", "HRV")
    assert address_lines(written, ["N"], posting_country="DEU", language="de")[-2] == "HR-10000 ZAGREB"


@pytest.mark.parametrize(
    ("country", "city", "full", "native", "names"),
    [
        ("RUS", "Москва", "Olga Shcherbakova", "Ольга Щербакова", ["Ольга Щербакова"]),
        ("RUS", "Moskva", "Olga Shcherbakova", "Ольга Щербакова", ["Olga Shcherbakova", "Ольга Щербакова"]),
        ("DEU", "Bonn", "Olga Shcherbakova", "Ольга Щербакова", ["Olga Shcherbakova"]),
        ("EGY", "القاهرة", "Muhammad Ali", "محمد علي", ["محمد علي"]),
        ("JPN", "千代田区", "Yamada Taro", "山田太郎", ["山田太郎"]),
        ("FRA", "Lyon", "Ana Marković", "", ["Ana Marković"]),
        ("GRC", "Αθήνα", "", "Ελένη Παππά", ["Ελένη Παππά"]),
    ],
)
def test_a_name_stands_in_its_own_script_where_that_is_read(
    country: str, city: str, full: str, native: str, names: list[str]
) -> None:
    assert names_for(Address("1", city=city, country=country), full, native) == names


def test_mail_is_sorted_by_country_and_postcode_the_own_country_first() -> None:
    places = [("FRA", "69002"), ("DEU", "20095"), ("GBR", "EC1Y 8SY"), ("DEU", "01067"), ("FRA", "06000")]
    addresses = [Address("Street", city="City", country=country, postal_code=code) for country, code in places]
    ordered = sorted(addresses, key=lambda address: post_order(address, "FRA"))
    assert [(a.country, a.postal_code) for a in ordered] == [
        ("FRA", "06000"), ("FRA", "69002"), ("DEU", "01067"), ("DEU", "20095"), ("GBR", "EC1Y 8SY"),
    ]  # fmt: skip


def test_domestic_mail_has_no_country_line() -> None:
    address = Address("Main Street", "1", "", "Boston", "MA", "02101", "USA")
    lines = address_lines(address, ["N"], posting_country="USA", language="en")
    assert lines == ["N", "1 Main Street", "BOSTON MA 02101"]


@pytest.mark.parametrize(
    "address",
    [
        Address(),
        Address(country="DEU"),
        Address(street="Lindenstraße", country="DEU"),
        Address(street="Lindenstraße", city="Hamburg", country="DEU"),
        Address(street="Lindenstraße", city="Hamburg", postal_code="22765"),
        Address(raw="Hamburg", country="DEU"),
    ],
)
def test_incomplete_addresses_are_laid_out_but_not_postable(address: Address) -> None:
    assert address_lines(address, ["N"], posting_country="FRA", language="fr")[0] == "N"
    assert not is_postable(address)


def test_an_address_known_only_as_it_came_keeps_its_lines() -> None:
    address = Address(country="DEU", raw="Postfach 12\n20095  Hamburg\n")
    lines = address_lines(address, ["A", "B"], posting_country="FRA", language="fr")
    assert lines == ["A", "B", "Postfach 12", "20095 Hamburg", "ALLEMAGNE"]
    assert is_postable(address)


def test_country_codes() -> None:
    assert (alpha2("FRA"), alpha2("fr"), alpha2("XKX"), alpha2(""), alpha2("ZZZ")) == ("FR", "FR", "XK", "", "")
