"""Single values: dates, numbers, telephones, vocabularies, texts; each read, kept, shown."""

from __future__ import annotations

import random
from datetime import date
from itertools import product

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import dates, fields, i18n, kinds, numbers, phones, vocabularies
from registry.errors import Invalid
from registry.kinds import Situation, clean
from registry.search.folding import fold

# --- dates --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1985", "1985"),
        ("1985-03", "1985-03"),
        ("1985-3-2", "1985-03-02"),
        ("1985-03-12~", "1985-03-12~"),
        ("1985/03/12", "1985-03-12"),
        ("1985.03.12.", "1985-03-12"),
        ("25/12/1985", "1985-12-25"),
        ("12/25/1985", "1985-12-25"),
        ("05-05-1985", "1985-05-05"),
        ("19850312", "1985-03-12"),
        ("03/1985", "1985-03"),
        ("12 March 1985", "1985-03-12"),
        ("March 12, 1985", "1985-03-12"),
        ("1er août 1985", "1985-08-01"),
        ("12 de marzo de 1985", "1985-03-12"),
        ("12 de março de 1985", "1985-03-12"),
        ("12. März 1985", "1985-03-12"),
        ("12 марта 1985", "1985-03-12"),
        ("juil. 1985", "1985-07"),
        ("déc 1985", "1985-12"),
        ("c. 1985", "1985~"),
        ("vers 1985", "1985~"),
        ("1985 (?)", "1985~"),
        ("29/02/2024", "2024-02-29"),
        ("١٩٨٥-٠٣-١٢", "1985-03-12"),
        ("00/00/1985", "1985"),
        ("1985-03-12 00:00:00", "1985-03-12"),
        ("1985-03-12T00:00:00.000Z", "1985-03-12"),
        ("25/12/1985 0:00", "1985-12-25"),
        ("12 febbraio 1985", "1985-02-12"),
        ("12 SUBAT 1985", "1985-02-12"),
        ("12. veljače 1985.", "1985-02-12"),
        ("12. фебруар 1985. године", "1985-02-12"),
        ("1985. február 12.", "1985-02-12"),
        ("12 marca 1985 r.", "1985-03-12"),
        ("25.12.1985 г.", "1985-12-25"),
        ("ngày 12 tháng 2 năm 1985", "1985-02-12"),
        ("1985年2月12日", "1985-02-12"),
        ("12 آذار 1985", "1985-03-12"),
        ("۱۲ مارس ۱۹۸۵", "1985-03-12"),
    ],
)
def test_dates_as_people_write_them(text: str, kept: str) -> None:
    assert dates.parse(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "12", "29/02/2023", "1985-13", "1985-02-30", "31/31/1985", "0000", "12 Smarch 1985", "jui 1985"),
        *(
            "1985-03-12-01",
            "99999",
            "12/03/85",
            "2024-02-29T00:01",
            "2024-02-29T23:00:00Z",
            "00:00",
            "-1985",
            "1985--03",
            "3 listopada 1985",  # October in Croatian, November in Polish
            "15 مهر 1360",
            "a" * 5000,
        ),
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        dates.parse(text)
    assert len(str(caught.value)) < 200


def test_a_date_that_can_be_read_in_two_ways_needs_an_order() -> None:
    with pytest.raises(Invalid, match="two ways"):
        dates.parse("03/04/1985")
    assert dates.parse("03/04/1985", "dmy") == "1985-04-03"
    assert dates.parse("03/04/1985", "mdy") == "1985-03-04"
    assert dates.parse("25/12/1985", "mdy") == "1985-12-25"
    assert [
        dates.numeric_order(t) for t in ("25/12/1985 0:00", "12/25/1985", "3/4/1985", "5/5/1985", "1985", "31/31/1985")
    ] == [
        "dmy",
        "mdy",
        "either",
        "",
        "",
        "",
    ]
    assert dates.numeric_order("25.12.1985 г.") == "dmy"


@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)), st.booleans())
def test_a_kept_date_reads_back_as_itself_and_can_be_shown(day: date, estimated: bool) -> None:
    for kept in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        kept += "~" if estimated else ""
        assert dates.parse(kept) == kept
        assert str(day.year) in dates.show(kept)
    worded = dates.show(day.isoformat())
    assert dates.parse(worded) == day.isoformat()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_month_shown_is_read(language: str) -> None:
    with i18n.in_language(language):
        for month in range(1, 13):
            kept = f"1985-{month:02d}-17"
            assert dates.parse(dates.show(kept)) == kept


# --- registration numbers -----------------------------------------------------------------------------------


def test_registration_numbers_have_their_form_and_check() -> None:
    number = numbers.registration_number("LYS", "26", 123)
    assert number.rpartition("-")[0] == "LYS-26-000123"
    assert numbers.is_valid(number)
    assert numbers.is_valid(numbers.normal_form(f" {number.lower()} "))
    assert not numbers.is_valid("")
    assert not numbers.is_valid("A")


@pytest.mark.parametrize("between", [" ", "", "–", " - ", "/", "\u2011", "_"])
def test_a_number_is_known_however_its_parts_are_set_apart(between: str) -> None:
    number = numbers.registration_number("LYS", "A", 123)
    assert numbers.normal_form(number.replace("-", between).lower()) == number


@pytest.mark.parametrize("text", ["AB12345678C", "LYS-26-000001-Q", ""])
def test_what_is_no_number_of_ours_keeps_its_signs(text: str) -> None:
    assert numbers.normal_form(text) == text


def test_iso_7064_gives_the_published_check_characters() -> None:
    # ISO/IEC 7064 MOD 37,36, as used by ISAN and GRid: A12425GABC1234002 has the check character M.
    assert numbers.check_character("A12425GABC1234002") == "M"
    assert numbers.is_valid("A1-2425G-ABC1234002-M")


def test_every_single_slip_is_noticed() -> None:
    chance = random.Random(1)
    for _ in range(60):
        number = numbers.registration_number("LYS", "26", chance.randrange(1_000_000)).replace("-", "")
        for place, right in enumerate(number):
            for wrong in numbers._ALPHABET:
                if wrong != right:
                    assert not numbers.is_valid(number[:place] + wrong + number[place + 1 :])


def test_nearly_every_swap_of_neighbours_is_noticed() -> None:
    chance, swapped, unnoticed = random.Random(2), 0, 0
    for _ in range(3000):
        number = numbers.registration_number("LYS", "26", chance.randrange(1_000_000)).replace("-", "")
        for place in range(len(number) - 1):
            one, two = number[place], number[place + 1]
            if one != two:
                swapped += 1
                unnoticed += numbers.is_valid(number[:place] + two + one + number[place + 2 :])
    assert swapped > 10_000
    assert unnoticed / swapped < 1 / 250


# --- telephones ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "region", "kept"),
    [
        ("01 99 00 12 34", "FR", "+33199001234"),
        ("+33 (0)1 99 00 12 34", "GB", "+33199001234"),
        ("0033 1 99 00 12 34", "GB", "+33199001234"),
        ("33199001234", "GB", "+33199001234"),
        ("01 99 00 12 34 poste 12", "FR", "+33199001234"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("(212) 555-2368", "US", "+12125552368"),
    ],
)
def test_telephones_follow_the_habits_of_the_country(text: str, region: str, kept: str) -> None:
    assert phones.read(text, region) == kept
    assert phones.read(phones.show(kept), "ZZ") == kept


@pytest.mark.parametrize("text", ["", "12", "not a number", "81234567", "0" * 30, "+999 12345", "1" * 5000])
def test_what_is_no_telephone_is_refused(text: str) -> None:
    assert phones.read(text, "FR") is None
    with pytest.raises(Invalid) as caught:
        kinds.PHONE.read(text, Situation("FRA"), "")
    assert len(str(caught.value)) < 200


def test_numbers_written_as_usual_are_read_as_the_library_reads_them() -> None:
    """Numbers of every kind of every country, some with digits changed, left out, added or dialled from abroad."""
    chance = random.Random(11)
    ways = [getattr(phonenumbers.PhoneNumberFormat, name) for name in ("E164", "INTERNATIONAL", "NATIONAL")]
    regions = sorted(phonenumbers.SUPPORTED_REGIONS)
    examples = [phonenumbers.example_number_for_type(region, kind) for region in regions for kind in range(11)]
    usual = 0
    for example, way in product(filter(None, examples), ways):
        written = phonenumbers.format_number(example, way)
        own = phonenumbers.region_code_for_number(example) or "ZZ"
        region = own if chance.random() < 0.8 else chance.choice(regions)
        changed = "".join(str(chance.randrange(10)) if c.isdigit() and chance.random() < 0.4 else c for c in written)
        further = chance.choice((changed[:-1], changed + "1", "0" + changed, changed.replace(" ", " (0)", 1)))
        for text in (written, changed, further):
            if (number := phones.usual(text, region)) is not None:
                usual += 1
                assert number == phones.searched(text, region), (text, region)
    assert usual > 2_500


def test_a_number_that_cannot_be_shown_is_shown_as_it_is() -> None:
    assert phones.show("not a number") == "not a number"


# --- vocabularies -------------------------------------------------------------------------------------------

VOCABULARIES = sorted({f.vocabulary for kind in fields.KINDS for f in fields.of(kind) if f.vocabulary})


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_code_is_found_by_itself_and_by_its_label_in_every_language(name: str) -> None:
    vocabulary = vocabularies.get(name)
    assert vocabulary.codes
    wrong = []
    for code in vocabulary.codes:
        assert vocabulary.find(code) == code
        for language in i18n.LANGUAGES:
            label = vocabulary.label(code, language)
            assert label
            found = vocabulary.find(label)
            if name != "language" and found != code and not _lower(vocabulary, found, code, label):
                wrong.append((code, language, label, found))
    assert wrong == []
    assert vocabulary.find("no such value at all") is None
    assert set(dict(vocabulary.choices())) == set(vocabulary.codes) - vocabulary.unoffered


def _lower(vocabulary: vocabularies.Vocabulary, found: str | None, code: str, label: str) -> bool:
    """Whether `label` rightly means another entry than `code`: a lower one of that name, or none of two branches."""
    same = [c for c, labels in vocabulary.labels.items() if fold(label) in map(fold, labels.values())]
    if found is not None:
        return found in same and vocabulary.descends(found, code)
    return any(not vocabulary.descends(a, b) and not vocabulary.descends(b, a) for a in same for b in same if a != b)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("fr", "FRA"),
        ("FRA", "FRA"),
        ("france", "FRA"),
        ("Frankreich", "FRA"),
        ("فرنسا", "FRA"),
        ("Côte d’Ivoire", "CIV"),
        ("cote d'ivoire", "CIV"),
        ("Valdoria", "XDR"),
        ("États-Unis", "USA"),
    ],
)
def test_countries_in_many_tongues(text: str, code: str) -> None:
    assert vocabularies.get("country").find(text) == code


def test_the_invented_country_is_offered_to_nobody() -> None:
    assert vocabularies.DEMONSTRATION_COUNTRY not in dict(vocabularies.get("country").choices())
    assert vocabularies.alpha2("XDR") == "ZZ"
    assert vocabularies.alpha2("FRA") == "FR"


def test_languages_are_kept_as_their_shortest_code() -> None:
    known = vocabularies.get("language")
    assert [known.find(t) for t in ("French", "français", "fr", "FR", "árabe")] == ["fr", "fr", "fr", "fr", "ar"]


# --- texts --------------------------------------------------------------------------------------------------


@given(st.text(max_size=80), st.booleans())
def test_cleaning_is_done_once_and_leaves_nothing_hidden(text: str, lines: bool) -> None:
    plain = clean(text, lines=lines)
    assert clean(plain, lines=lines) == plain
    plain.encode("utf-8")
    assert not any(c in plain for c in "\x00\x1b\u202e\u200b\ufeff\r")
    assert lines or "\n" not in plain


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  a\t b\r\nc ", "a b c"),
        ("e\u0301", "é"),
        ("a\ud800b", "ab"),
        ("\u202eevil", "evil"),
        ("zero\u200bwidth", "zerowidth"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u2028b", "a b"),
    ],
)
def test_texts_are_cleaned(text: str, kept: str) -> None:
    assert clean(text) == kept


def test_line_breaks_stay_in_long_text_only() -> None:
    assert kinds.LONG_TEXT.read("a\r\n\r\n b", Situation(), "") == "a\n\nb"
    assert kinds.TEXT.read("a\r\nb", Situation(), "") == "a b"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (kinds.TEXT, "x" * 501),
        (kinds.NAME, "x" * 301),
        (kinds.LONG_TEXT, "x" * 20_001),
        (kinds.INTEGER, "12.5"),
        (kinds.INTEGER, "-3"),
        (kinds.INTEGER, "1" * 13),
        (kinds.EMAIL, "a@b"),
        (kinds.EMAIL, "a b@example.org"),
        (kinds.EMAIL, "a@example.org, b@example.org"),
        (kinds.EMAIL, "a@example.org\nbcc: x@example.org"),
        (kinds.EMAIL, "x" * 250 + "@example.org"),
    ],
)
def test_what_a_kind_cannot_hold_is_refused(kind: kinds.Kind, text: str) -> None:
    with pytest.raises(Invalid):
        kind.read(text, Situation("FRA"), "")


def test_codes_out_of_the_list_are_refused() -> None:
    with pytest.raises(Invalid, match="not in the list"):
        kinds.CODE.read("purple", Situation(), "sex")
    assert kinds.CODE.read("Female", Situation(), "sex") == "female"
    assert kinds.EMAIL.read("<mailto:a@example.org>".strip("<>"), Situation(), "") == "a@example.org"
    assert kinds.INTEGER.read(" 1 200 ", Situation(), "") == "1200"
