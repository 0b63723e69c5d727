"""Cities are found by any of their names; every capital is there."""

from __future__ import annotations

import json
import time
import zoneinfo

import pytest

import resources
from registry import gazetteer, vocabularies

#: The capital of each member and observer state of the United Nations, by its ISO code, as people write it.
CAPITALS = """
AFG Kabul|ALB Tirana|DZA Algiers|AND Andorra la Vella|AGO Luanda|ATG Saint John's|ARG Buenos Aires|ARM Yerevan
AUS Canberra|AUT Vienna|AZE Baku|BHS Nassau|BHR Manama|BGD Dhaka|BRB Bridgetown|BLR Minsk|BEL Brussels|BLZ Belmopan
BEN Porto-Novo|BTN Thimphu|BOL Sucre|BIH Sarajevo|BWA Gaborone|BRA Brasília|BRN Bandar Seri Begawan|BGR Sofia
BFA Ouagadougou|BDI Gitega|CPV Praia|KHM Phnom Penh|CMR Yaoundé|CAN Ottawa|CAF Bangui|TCD N'Djamena|CHL Santiago
CHN Beijing|COL Bogotá|COM Moroni|COG Brazzaville|COD Kinshasa|CRI San José|CIV Yamoussoukro|HRV Zagreb|CUB Havana
CYP Nicosia|CZE Prague|DNK Copenhagen|DJI Djibouti|DMA Roseau|DOM Santo Domingo|ECU Quito|EGY Cairo|SLV San Salvador
GNQ Malabo|ERI Asmara|EST Tallinn|SWZ Mbabane|ETH Addis Ababa|FJI Suva|FIN Helsinki|FRA Paris|GAB Libreville
GMB Banjul|GEO Tbilisi|DEU Berlin|GHA Accra|GRC Athens|GRD Saint George's|GTM Guatemala City|GIN Conakry|GNB Bissau
GUY Georgetown|HTI Port-au-Prince|VAT Vatican City|HND Tegucigalpa|HUN Budapest|ISL Reykjavík|IND New Delhi
IDN Jakarta|IRN Tehran|IRQ Baghdad|IRL Dublin|ISR Jerusalem|ITA Rome|JAM Kingston|JPN Tokyo|JOR Amman|KAZ Astana
KEN Nairobi|KIR Tarawa|PRK Pyongyang|KOR Seoul|KWT Kuwait City|KGZ Bishkek|LAO Vientiane|LVA Riga|LBN Beirut
LSO Maseru|LBR Monrovia|LBY Tripoli|LIE Vaduz|LTU Vilnius|LUX Luxembourg|MDG Antananarivo|MWI Lilongwe
MYS Kuala Lumpur|MDV Malé|MLI Bamako|MLT Valletta|MHL Majuro|MRT Nouakchott|MUS Port Louis|MEX Mexico City
FSM Palikir|MDA Chișinău|MCO Monaco|MNG Ulaanbaatar|MNE Podgorica|MAR Rabat|MOZ Maputo|MMR Naypyidaw|NAM Windhoek
NRU Yaren|NPL Kathmandu|NLD Amsterdam|NZL Wellington|NIC Managua|NER Niamey|NGA Abuja|MKD Skopje|NOR Oslo|OMN Muscat
PAK Islamabad|PLW Ngerulmud|PSE Ramallah|PAN Panama City|PNG Port Moresby|PRY Asunción|PER Lima|PHL Manila
POL Warsaw|PRT Lisbon|QAT Doha|ROU Bucharest|RUS Moscow|RWA Kigali|KNA Basseterre|LCA Castries|VCT Kingstown
WSM Apia|SMR San Marino|STP São Tomé|SAU Riyadh|SEN Dakar|SRB Belgrade|SYC Victoria|SLE Freetown|SGP Singapore
SVK Bratislava|SVN Ljubljana|SLB Honiara|SOM Mogadishu|ZAF Pretoria|SSD Juba|ESP Madrid|LKA Colombo|SDN Khartoum
SUR Paramaribo|SWE Stockholm|CHE Bern|SYR Damascus|TJK Dushanbe|TZA Dodoma|THA Bangkok|TLS Dili|TGO Lomé
TON Nuku'alofa|TTO Port of Spain|TUN Tunis|TUR Ankara|TKM Ashgabat|TUV Funafuti|UGA Kampala|UKR Kyiv|ARE Abu Dhabi
GBR London|USA Washington|URY Montevideo|UZB Tashkent|VUT Port Vila|VEN Caracas|VNM Hanoi|YEM Sanaa|ZMB Lusaka
ZWE Harare
"""


def test_every_capital_is_there() -> None:
    capitals = [line.split(" ", 1) for line in CAPITALS.replace("\n", "|").split("|") if line]
    assert len(capitals) == 195
    missing = [(country, name) for country, name in capitals if gazetteer.find(name, country) is None]
    assert missing == []


def test_every_country_that_is_lived_in_has_a_city() -> None:
    country = vocabularies.get("country")
    uninhabited = {"ATA", "ATF", "BES", "BVT", "HMD", "UMI"}
    there = {line.split(b"\t")[2].decode() for line in gazetteer._world().cities}
    assert set(dict(country.choices())) - there <= uninhabited
    assert there <= set(dict(country.choices()))


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("الرباط", "Rabat", "MAR"),
        ("Rabat", "Rabat", "MAR"),
        ("رباط", "Rabat", "MAR"),
        ("Москва", "Moscow", "RUS"),
        ("Moscou", "Moscow", "RUS"),
        ("አዲስ አበባ", "Addis Ababa", "ETH"),
        ("თბილისი", "Tbilisi", "GEO"),
        ("Αθήνα", "Athens", "GRC"),
        ("東京", "Tokyo", "JPN"),
        ("서울", "Seoul", "KOR"),
        ("ירושלים", "Jerusalem", "ISR"),
        ("ZURICH", "Zürich", "CHE"),
        ("Köln", "Köln", "DEU"),
        ("Cologne", "Köln", "DEU"),
        ("São Paulo", "São Paulo", "BRA"),
        ("sao paulo", "São Paulo", "BRA"),
    ],
)
def test_a_city_is_found_in_any_script(text: str, name: str, country: str) -> None:
    found = gazetteer.find(text)
    assert found is not None
    assert (found.name, found.country) == (name, country)


def test_a_city_has_its_place_and_its_time() -> None:
    rabat = gazetteer.by_id(2538475)
    assert rabat == gazetteer.find("Rabat", "MAR")
    assert rabat is not None
    assert rabat.region == "Rabat-Salé-Kénitra"
    assert (round(rabat.latitude, 1), round(rabat.longitude, 1)) == (34.0, -6.8)
    assert rabat.population > 500_000
    assert rabat.time_zone == "Africa/Casablanca"
    assert gazetteer.by_id(1) is None


def test_the_country_decides_between_namesakes() -> None:
    named = [gazetteer.find("Rabat", country) for country in ("", "MAR", "MLT", "FRA")]
    assert [city and city.country for city in named] == ["MAR", "MAR", "MLT", None]


@pytest.mark.parametrize("text", ["", "  ", "no such town", "\t", "Rabat\t", "\n1", "\x00"])
def test_what_names_no_city(text: str) -> None:
    found = gazetteer.find(text)
    assert found is None or text.strip() == found.name


def test_type_ahead() -> None:
    assert gazetteer.suggest("rab")[0].name == "Rabat"
    assert [city.name for city in gazetteer.suggest("sal", "MAR")] == ["Salé", "Salé Al Jadida"]
    assert "Moscow" in [city.name for city in gazetteer.suggest("Моск")]
    assert gazetteer.suggest("北")[0].name == "Beijing"
    assert len(gazetteer.suggest("san", limit=5)) == 5
    assert gazetteer.suggest("a") == gazetteer.suggest("") == gazetteer.suggest("zzzzz") == []


def test_every_time_zone_is_known() -> None:
    zones = {line.rsplit(b"\t", 1)[1].decode() for line in gazetteer._world().cities}
    assert zones - zoneinfo.available_timezones() == set()


def test_looking_up_takes_less_than_a_millisecond() -> None:
    gazetteer.find("Rabat")
    spent = []
    for name in ("Rabat", "Moscow", "London", "Springfield", "no such town") * 4:
        began = time.process_time()
        gazetteer.find(name)
        spent.append(time.process_time() - began)
    assert sorted(spent)[len(spent) // 2] < 0.001


def test_the_source_is_named() -> None:
    told = json.loads(resources.path("gazetteer", "source.json").read_text(encoding="utf-8"))
    assert "GeoNames" in told["licence"]
    assert "CC BY 4.0" in told["licence"]
    assert told["source"]
    assert told["version"]
