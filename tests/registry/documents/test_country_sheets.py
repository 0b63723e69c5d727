"""Addresses of 30 countries, laid out as in the sheets that the Universal Postal Union publishes for each.

The sheets: https://www.upu.int/en/postal-solutions/programmes-services/addressing-solutions, one PDF a country
(…/PostalEntitiesFiles/addressingUnit/deuEn.pdf for Germany). They name the position of the postcode, what stands in
capitals and what separates number and street; the addresses below are written by these, without the names of people.
Where a sheet puts two spaces between postcode and city we print one, which sorting machines read as well.
"""

from __future__ import annotations

import pytest

from registry.documents.addresses import Address, address_lines, is_postable

#: Street, house number, district, city, region, postcode, country -> the lines under the name, without the country.
SHEETS = [
    (("Charles-de-Gaulle-Straße", "20", "", "Bonn", "", "53113", "DEU"), ["Charles-de-Gaulle-Straße 20", "53113 BONN"]),
    (("Pazmaniteng.", "24-9", "", "Wien", "", "1020", "AUT"), ["Pazmaniteng. 24-9", "1020 WIEN"]),
    (("Viktoriastrasse", "21", "", "Bern", "", "3030", "CHE"), ["Viktoriastrasse 21", "3030 BERN"]),
    (("rue Pasteur", "27", "", "Cabourg", "", "14390", "FRA"), ["27 rue Pasteur", "14390 CABOURG"]),
    (("rue du Diamant", "215", "", "Verviers", "", "4800", "BEL"), ["rue du Diamant 215", "4800 VERVIERS"]),
    (("route de Longwy", "71", "", "Pétange", "", "4750", "LUX"), ["71 route de Longwy", "L-4750 PÉTANGE"]),
    (("Prinses Beatrixlaan", "23", "", "’s-Gravenhage", "", "2595 AK", "NLD"),
     ["Prinses Beatrixlaan 23", "2595 AK ’S-GRAVENHAGE"]),
    (("Featherstone Street", "49", "", "London", "", "EC1Y 8SY", "GBR"),
     ["49 Featherstone Street", "LONDON", "EC1Y 8SY"]),
    (("Via Cappuccini", "14", "", "Milano", "MI", "20122", "ITA"), ["Via Cappuccini 14", "20122 MILANO MI"]),
    (("Calle Aduana", "29", "", "Madrid", "", "28070", "ESP"), ["Calle Aduana, 29", "28070 MADRID"]),
    (("Calle Mayor", "3", "", "Gandía", "Valencia", "46700", "ESP"), ["Calle Mayor, 3", "46700 GANDÍA"]),
    (("Av. Fontes Pereira de Melo", "40", "", "Lisboa", "", "1050-123", "PRT"),
     ["Av. Fontes Pereira de Melo, 40", "1050-123 LISBOA"]),
    (("Mäkelänkatu", "25 B 13", "", "Helsinki", "", "00550", "FIN"), ["Mäkelänkatu 25 B 13", "FI-00550 HELSINKI"]),
    (("Kaldnesgata", "3", "", "Oslo", "", "0105", "NOR"), ["Kaldnesgata 3", "0105 OSLO"]),
    (("Kastanievej", "15, 2.", "", "Skanderborg", "", "8660", "DNK"), ["Kastanievej 15, 2.", "8660 SKANDERBORG"]),
    (("ul. Bagatela", "14", "", "Warszawa", "", "00-585", "POL"), ["ul. Bagatela 14", "00-585 WARSZAWA"]),
    (("Fiktív utca", "82", "", "Budapest", "", "1022", "HUN"), ["BUDAPEST", "FIKTÍV UTCA 82", "1022"]),
    (("Cigaletova", "15", "", "Ljubljana", "", "1500", "SVN"), ["Cigaletova 15", "SI-1500 LJUBLJANA"]),
    (("ul. Lesnaya", "d. 5", "", "pos. Lesnoe", "Voronezhskaya oblast", "394000", "RUS"),
     ["UL. LESNAYA, D. 5", "POS. LESNOE", "Voronezhskaya oblast", "394000"]),
    (("vul. Lisova", "2", "", "s. Ivanivka", "Poltavska oblast", "38264", "UKR"),
     ["vul. Lisova, 2", "S. IVANIVKA", "Poltavska oblast", "38264"]),
    (("Larkspur Dr Apt 23", "455", "", "California Springs", "CA", "92926-4601", "USA"),
     ["455 Larkspur Dr Apt 23", "CALIFORNIA SPRINGS CA 92926-4601"]),
    (("Main Street NW", "10-123 1/2", "", "Montreal", "QC", "H3Z 2Y7", "CAN"),
     ["10-123 1/2 MAIN STREET NW", "MONTREAL QC H3Z 2Y7"]),
    (("Boulevard das Flores", "255", "", "Salvador", "BA", "40301-110", "BRA"),
     ["Boulevard das Flores 255", "SALVADOR-BA", "40301-110"]),
    (("Broadway Av", "200", "", "West Beach", "SA", "5024", "AUS"), ["200 Broadway Av", "WEST BEACH SA 5024"]),
    (("Vogel Street", "43", "Roslyn", "Palmerston North", "", "4414", "NZL"),
     ["43 Vogel Street", "Roslyn", "PALMERSTON NORTH 4414"]),
    (("Sandilands Road", "16", "", "Singapore", "", "546080", "SGP"), ["16 Sandilands Road", "SINGAPORE 546080"]),
    (("Dilkusha Commercial Area", "5", "", "Dhaka", "", "1000", "BGD"),
     ["5 Dilkusha Commercial Area", "DHAKA - 1000"]),
    (("Jacob Maré Street", "497", "", "Pretoria", "", "0001", "ZAF"), ["497 Jacob Maré Street", "PRETORIA", "0001"]),
    (("rue de l’Indépendance", "2", "", "Alger", "", "16000", "DZA"), ["2 rue de l’Indépendance", "16000 ALGER"]),
    (("霞が関1-3-2", "", "", "千代田区", "東京都", "100-8798", "JPN"),
     ["〒100-8798", "東京都", "千代田区霞が関1-3-2", "N"]),
    (("Jalan Dato Onn", "10", "", "Kuala Lumpur", "", "50480", "MYS"), ["10 Jalan Dato Onn", "50480 KUALA LUMPUR"]),
    (("Bole Road", "12", "", "Addis Ababa", "", "1000", "ETH"), ["Bole Road 12", "1000 ADDIS ABABA"]),
]  # fmt: skip
#: Where the name stands last.
_NAME_LAST = frozenset({"JPN"})


@pytest.mark.parametrize(("parts", "lines"), SHEETS, ids=[parts[-1] for parts, _lines in SHEETS])
def test_the_lines_of_the_countrys_sheet(parts: tuple[str, ...], lines: list[str]) -> None:
    address = Address(*parts)
    posted_in = "ISL"
    said = address_lines(address, ["N"], posting_country=posted_in, language="en")
    expected = lines if address.country in _NAME_LAST else ["N", *lines]
    assert said[:-1] == expected
    assert said[-1] == said[-1].upper()
    assert is_postable(address)


def test_thirty_countries_are_looked_at() -> None:
    assert len({parts[-1] for parts, _lines in SHEETS}) >= 30
