"""Lists in languages that the program does not speak: headings, values, dates and totals, with and without accents."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.app import Registry
from registry.fields import PEOPLE
from registry.transfer.columns.content import Column
from registry.transfer.columns.mapping import match
from registry.transfer.headings import headers
from tests.registry.transfer.importing import plan, records, take_in, write_workbook

#: Of a list in each language: headings -> what they are, a row, and what the record says.
LISTS = {
    "tr": (
        "Sıra No|T.C. Kimlik No|Adı|Soyadı|Baba Adı|Cinsiyeti|Doğum Tarihi|Medeni Hali|Pasaport No|Cep Telefonu|Uyruğu",
        "1|10000000146|Ayşe|Yılmaz|Mehmet|K|12 Şubat 1985|Evli|U12345678|+49 151 23456789|T.C.",
        {"given_name": "Ayşe", "family_name": "Yılmaz", "sex": "female", "birth_date": "1985-02-12",
         "civil_status": "married", "document.number": "U12345678", "citizenship": "TUR"},
        "TOPLAM",
    ),
    "ro": (
        "Nr. crt.|Nume|Prenume|Sex|Data nașterii|Stare civilă|Cetățenia|Țara|Observații",
        "1|Popescu|Ana|F|12 februarie 1985|Căsătorită|română|Italia|sună seara",
        {"given_name": "Ana", "family_name": "Popescu", "sex": "female", "birth_date": "1985-02-12",
         "civil_status": "married", "citizenship": "ROU", "address.country": "ITA", "notes": "sună seara"},
        "Total",
    ),
    "vi": (
        "STT|Họ và tên|Giới tính|Ngày sinh|Quốc tịch|Số hộ chiếu|Tình trạng hôn nhân|Quốc gia",
        "1|Nguyễn Văn An|Nam|ngày 12 tháng 2 năm 1985|Việt Nam|C1234567|Độc thân|Mỹ",
        {"full_name": "Nguyễn Văn An", "sex": "male", "birth_date": "1985-02-12", "citizenship": "VNM",
         "document.number": "C1234567", "civil_status": "single", "address.country": "USA"},
        "Tổng cộng",
    ),
    "fa": (
        "ردیف|نام|نام خانوادگی|نام پدر|جنسیت|تاریخ تولد|وضعیت تأهل|شماره گذرنامه|کشور",
        "1|زهرا|احمدی|علی|زن|1985-02-12|متأهل|A12345678|آلمان",
        {"given_name": "زهرا", "family_name": "احمدی", "patronymic": "علی", "sex": "female", "birth_date": "1985-02-12",
         "civil_status": "married", "document.number": "A12345678", "address.country": "DEU"},
        "جمع کل",
    ),
    "hr": (
        "Redni broj|Prezime|Ime|Spol|Datum rođenja|Državljanstvo|Broj putovnice|Bračno stanje|Država",
        "1|Horvat|Ivana|Ž|12. veljače 1985.|hrvatsko|012345678|udana|Njemačka",
        {"given_name": "Ivana", "family_name": "Horvat", "sex": "female", "birth_date": "1985-02-12",
         "citizenship": "HRV", "document.number": "012345678", "civil_status": "married", "address.country": "DEU"},
        "Ukupno",
    ),
    "sr": (
        "Р.бр.|Презиме|Име|Пол|Датум рођења|Држављанство|Број пасоша|Брачно стање|Држава",
        "1|Јовановић|Милица|Ж|12. фебруар 1985. године|Србија|012345678|Удата|Аустрија",
        {"given_name": "Милица", "family_name": "Јовановић", "sex": "female", "birth_date": "1985-02-12",
         "citizenship": "SRB", "document.number": "012345678", "civil_status": "married", "address.country": "AUT"},
        "Укупно",
    ),
    "sq": (
        "Nr.|Emri|Mbiemri|Emri i babait|Gjinia|Datëlindja|Shtetësia|Gjendja civile|Shteti",
        "1|Arta|Hoxha|Agim|F|12 shkurt 1985|Shqipëri|E martuar|Itali",
        {"given_name": "Arta", "family_name": "Hoxha", "patronymic": "Agim", "sex": "female",
         "birth_date": "1985-02-12", "citizenship": "ALB", "civil_status": "married", "address.country": "ITA"},
        "Gjithsej",
    ),
    "it": (
        "N.|Cognome|Nome|Sesso|Data di nascita|Cittadinanza|Stato civile|Codice fiscale|N. passaporto|CAP",
        "1|Rossi|Anna|F|12 febbraio 1985|Italiana|Coniugata|RSSNNA85B52A662X|YA1234567|00184",
        {"given_name": "Anna", "family_name": "Rossi", "sex": "female", "birth_date": "1985-02-12",
         "citizenship": "ITA", "civil_status": "married", "document.number": "YA1234567"},
        "Totale",
    ),
    "hu": (
        "Sorszám|Név|Neme|Születési idő|Anyja neve|Útlevélszám|Családi állapot|Ország",
        "1|Nagy Anna|nő|1985. február 12.|Kiss Mária|BH123456|házas|Ausztria",
        {"full_name": "Nagy Anna", "sex": "female", "birth_date": "1985-02-12", "document.number": "BH123456",
         "civil_status": "married", "address.country": "AUT"},
        "Összesen",
    ),
    "zh": (
        "序号|姓名|性别|出生日期|国籍|护照号码|婚姻状况|国家",
        "1|王小明|男|1985年2月12日|中国|E12345678|已婚|英国",
        {"full_name": "王小明", "sex": "male", "birth_date": "1985-02-12", "citizenship": "CHN",
         "document.number": "E12345678", "civil_status": "married", "address.country": "GBR"},
        "合计",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", LISTS)
def test_a_list_in_its_language_is_taken_in_as_it_is(registry: Registry, tmp_path: Path, language: str) -> None:
    headings, row, said, total = LISTS[language]
    path = write_workbook(tmp_path / "list.xlsx", List=[headings.split("|"), row.split("|"), [total, "1"]])
    taken = take_in(registry, path).value
    assert (taken.created, taken.skipped) == (1, 1), "the line of totals is nobody"
    (record,) = records(registry)
    assert {name: record.values.get(name) for name in said} == said


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("DOGUM TARIHI", "birth_date"),
        ("Soyadi", "family_name"),
        ("Data nasterii", "birth_date"),
        ("Ho va ten", "full_name"),
        ("Datum rodjenja", "birth_date"),
        ("Drzavljanstvo", "citizenship"),
        ("شماره تلفن", "phone"),
        ("نام خانوادگي", "family_name"),
        ("Telefon numarası (cep)", "phone"),
        ("Ad Soyad / Full name", "full_name"),
        ("Telefoni 2", "phone"),
    ],
)
def test_headings_are_known_with_lost_accents_and_beside_other_languages(heading: str, field: str) -> None:
    assert next((found.field for found in headers.candidates(PEOPLE, heading)), "") == field


def test_a_short_word_of_one_language_says_nothing_within_a_heading_of_another() -> None:
    for heading in ("Ten years here", "Nam", "Ho Chi Minh visit", "Ad campaign", "SM", "Grad student", "Data"):
        assert not [found for found in headers.candidates(PEOPLE, heading) if found.score >= headers.TIDIED], heading


def test_telephones_of_others_are_not_the_persons_own_in_any_language() -> None:
    phones = ["+33 1 99 00 12 34", "+33 1 99 00 12 35", "+33 1 99 00 12 36"]
    for heading in ("Annesinin telefonu", "Telefon soț", "SĐT vợ", "تلفن همسر", "Telefon supruge", "Telefono coniuge"):
        columns = [Column("Name", "Name", ["A B", "C D", "E F"], 3, 3), Column(heading, heading, phones, 3, 3)]
        assert [one.targets for one in match(PEOPLE, columns)] == [("full_name",), ()], heading


@pytest.mark.parametrize(
    ("heading", "letters", "sexes", "is_told"),
    [
        ("Sexo", "HMM", ["male", "female", "female"], True),
        ("Nem", "FNF", ["male", "female", "male"], True),
        ("Sex", "FNF", ["female", None, "female"], False),
        ("Sex", "MFH", ["male", "female", "male"], False),
        ("Cinsiyet", "EKE", ["male", "female", "male"], False),
    ],
)
def test_letters_for_the_sexes_are_read_beside_each_other(
    registry: Registry, tmp_path: Path, heading: str, letters: str, sexes: list[str | None], is_told: bool
) -> None:
    rows = [[name, letter] for name, letter in zip(("Ana Uno", "Bo Dos", "Cy Tres"), letters, strict=True)]
    path = write_workbook(tmp_path / "list.xlsx", List=[["Name", heading], *rows])
    told = [said for said in plan(registry, path).warnings if heading in said]
    assert bool(told) == is_told
    take_in(registry, path)
    assert [record.values.get("sex") for record in records(registry)] == sexes


def test_a_day_that_a_heading_names_is_not_guessed_to_be_that_of_birth() -> None:
    days = ["1950-01-02", "1985-03-12", "2001-12-31"]
    for heading in (
        "Date of the marriage",
        "Data căsătoriei",
        "Evlilik Tarihi",
        "Datum upisa",
        "تاریخ ازدواج",
        "Ngày đến",
    ):
        columns = [Column("Name", "Name", ["A B", "C D", "E F"], 3, 3), Column(heading, heading, days, 3, 3)]
        assert [one.targets for one in match(PEOPLE, columns)] == [("full_name",), ()], heading


def test_numbers_under_an_unknown_heading_are_no_sexes(registry: Registry, tmp_path: Path) -> None:
    rows = [["Ana Uno", "1", "E"], ["Bo Dos", "2", "K"], ["Cy Tres", "1", "E"]]
    path = write_workbook(tmp_path / "list.xlsx", List=[["Name", "Qfoo", "Qbar"], *rows])
    assert [one.targets for one in plan(registry, path).matches] == [("full_name",), (), ()]


@pytest.mark.parametrize(("others", "country"), [(["TC", "Alman"], "TUR"), (["TC", "FR"], "TCA")])
def test_tc_is_turkey_unless_codes_of_countries_stand_beside_it(
    registry: Registry, tmp_path: Path, others: list[str], country: str
) -> None:
    rows = [[f"Ana Uno{text}", text] for text in others]
    take_in(registry, write_workbook(tmp_path / "list.xlsx", List=[["Adı Soyadı", "Uyruğu"], *rows]))
    assert records(registry)[0].values["citizenship"] == country
