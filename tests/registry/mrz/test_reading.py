"""Zones are read as ICAO Doc 9303 means them; the specimens are those of the standard and of issuing states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from registry.errors import Invalid
from registry.mrz.finding import NO_ZONE, UNLIKELY, WRONG_LENGTH, begins_mrz, looks_like_mrz
from registry.mrz.layouts import check_digit
from registry.mrz.reading import NAME_CUT, NAME_DIGIT, OLD_FRENCH_CARD, VISA, Mrz, read
from tests.registry.mrz.making import Zone, lines

TODAY = date(2026, 3, 1)
LAYOUTS = ("TD1", "TD2", "TD3")
WIDTHS = {"TD1": 30, "TD2": 36, "TD3": 44}

TD1 = ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"]
TD2 = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"]
TD3 = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]
LONG = ["I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<"]
ANNA = Mrz("TD1", "I", "UTO", "ERIKSSON", "ANNA MARIA", False, "D23145890", "UTO", "1974-08-12", "F", "2012-04-15",
           "", "")  # fmt: skip
PETER = replace(ANNA, family_name="STEVENSON", given_name="PETER JOHN", document_number="D23145890734",
                birth_date="1934-07-12", sex="M", expires="1995-07-12")  # fmt: skip
ERIKA = replace(ANNA, issuing_state="D", nationality="D", family_name="MUSTERMANN", given_name="ERIKA")

#: ICAO Doc 9303-4, -5, -6 and -11, and specimens of Germany, Belgium, Sweden and the Netherlands.
SPECIMENS = [
    (TD1, ANNA),
    (TD2, replace(ANNA, layout="TD2")),
    (TD3, replace(ANNA, layout="TD3", document_code="P", document_number="L898902C3", personal_number="ZE184226B")),
    (LONG, PETER),
    (["I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<", "D23145890<UTO3407127M95071227349<<<8"], replace(PETER, layout="TD2")),
    (["P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<", "C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4"],
     replace(ERIKA, layout="TD3", document_code="P", document_number="C01X00T47", birth_date="1964-08-12",
             expires="2027-02-28")),
    (["IDD<<LZ6311T475<<<<<<<<<<<<<<<", "8308126<3110315D<<2108<<<<<<<9", "MUSTERMANN<<ERIKA<<<<<<<<<<<<<"],
     replace(ERIKA, document_code="ID", document_number="LZ6311T47", birth_date="1983-08-12", sex="",
             expires="2031-10-31", optional_data="2108")),
    (["IDBEL592211692<1741<<<<<<<<<<<", "9003107F2509301BEL900310244094", "SPECIMEN<<SPECIMEN<<<<<<<<<<<<"],
     replace(ANNA, document_code="ID", issuing_state="BEL", nationality="BEL", family_name="SPECIMEN",
             given_name="SPECIMEN", document_number="592211692174", birth_date="1990-03-10", expires="2025-09-30",
             optional_data="90031024409")),
    (["IDBEL600001795<0152<<<<<<<<<<<", "1301014F2311207BEL130101987398", "SPECIMEN<<SPECIMEN<<<<<<<<<<<<"],
     replace(ANNA, document_code="ID", issuing_state="BEL", nationality="BEL", family_name="SPECIMEN",
             given_name="SPECIMEN", document_number="600001795015", birth_date="2013-01-01", expires="2023-11-20",
             optional_data="13010198739")),
    (["P<NLDDE<BRUIJN<<WILLEKE<LISELOTTE<<<<<<<<<<<", "SPECI20142NLD6503101F2403096999999990<<<<<84"],
     replace(ANNA, layout="TD3", document_code="P", issuing_state="NLD", nationality="NLD", family_name="DE BRUIJN",
             given_name="WILLEKE LISELOTTE", document_number="SPECI2014", birth_date="1965-03-10",
             expires="2024-03-09", personal_number="999999990")),
    (["IDD<<T220001293<<<<<<<<<<<<<<<", "6408125<2010315D<<<<<<<<<<<<<4", "MUSTERMANN<<ERIKA<<<<<<<<<<<<<"],
     replace(ERIKA, document_code="ID", document_number="T22000129", birth_date="1964-08-12", sex="",
             expires="2020-10-31")),
    (["I<SWE59000002<8198703142391<<<", "8703145M1701027SWE<<<<<<<<<<<8", "SPECIMEN<<SVEN<<<<<<<<<<<<<<<<"],
     replace(ANNA, issuing_state="SWE", nationality="SWE", family_name="SPECIMEN", given_name="SVEN",
             document_number="59000002", birth_date="1987-03-14", sex="M", expires="2017-01-02",
             optional_data="198703142391")),
]  # fmt: skip


def plain(found: Mrz) -> Mrz:
    """Without what is said about it."""
    return replace(found, problems=(), corrections=())


def reasons(text: str) -> list[str]:
    return [problem.reason for problem in read(text, TODAY).problems]


@pytest.mark.parametrize(("zone", "says"), SPECIMENS, ids=[f"{says.layout}-{zone[0]}" for zone, says in SPECIMENS])
def test_specimens_are_read_without_a_problem(zone: list[str], says: Mrz) -> None:
    assert read("\n".join(zone), TODAY) == says


@pytest.mark.parametrize("zone", [TD1, TD2, TD3], ids=LAYOUTS)
@pytest.mark.parametrize(
    "spoil",
    [
        "".join,
        lambda rows: "\n".join(rows).lower(),
        lambda rows: "\r\n\r\n".join(rows) + "\r",
        lambda rows: "\n".join(" ".join(row) for row in rows),
        lambda rows: "Passport of Utopia\nAnna Maria Eriksson, F\n" + "\n".join(rows) + "\nPage 1 of 2",
        lambda rows: "PASSPORT " + " ".join(rows) + " page 1",
        lambda rows: "\n".join(row.replace("<<", "«") for row in rows),
        lambda rows: "\n".join(rows).replace("<", "＜"),
        lambda rows: "".join(rows)[:50] + "\n" + "".join(rows)[50:],
    ],
    ids=["run", "small", "spaced-lines", "spaces", "among-lines", "among-words", "quotes", "wide", "broken-elsewhere"],
)
def test_however_it_was_pasted(zone: list[str], spoil: object) -> None:
    assert callable(spoil)
    assert read(spoil(zone), TODAY) == read("\n".join(zone), TODAY)
    assert looks_like_mrz(spoil(zone))


def test_lines_that_end_in_fillers_may_have_lost_them_or_have_too_many() -> None:
    assert read("\n".join(row.rstrip("<") for row in TD3), TODAY).family_name == "ERIKSSON"
    assert read(f"{TD3[0]}<<\n{TD3[1]}", TODAY).given_name == "ANNA MARIA"
    bare = [TD1[0].rstrip("<"), TD1[1], TD1[2].rstrip("<")]
    assert read("\n".join(bare), TODAY) == ANNA


def test_a_reader_is_noticed_at_its_last_character_and_not_before() -> None:
    for zone in (TD1, TD2, TD3, LONG):
        for typed in ("\n".join(zone), "".join(zone)):
            noticed = [end for end in range(len(typed) + 1) if looks_like_mrz(typed[:end])]
            assert noticed == [len(typed)]
        for end in range(1, len(zone)):
            assert begins_mrz("".join(zone[:end]))


@pytest.mark.parametrize(
    "text",
    ["", "Anna Maria Eriksson", "P", "Pension < 1200 per month, then " * 4, "O'BRIEN<", "1" * 90, "<" * 90],
)
def test_other_text_is_no_zone(text: str) -> None:
    assert not looks_like_mrz(text)
    assert not begins_mrz(text)
    with pytest.raises(Invalid):
        read(text, TODAY)


def test_what_is_missing_is_said() -> None:
    with pytest.raises(Invalid) as short:
        read(f"{TD3[0]}\n{TD3[1][1:]}", TODAY)
    assert short.value.message == WRONG_LENGTH
    assert short.value.values == {"line": 2, "count": 43, "width": 44}
    with pytest.raises(Invalid) as unlikely:
        read(f"{TD3[0]}\n{'H4' * 22}", TODAY)
    assert unlikely.value.message == UNLIKELY
    with pytest.raises(Invalid) as nothing:
        read("Anna Maria", TODAY)
    assert nothing.value.message == NO_ZONE


def test_zones_of_other_documents_are_told_by_their_name() -> None:
    with pytest.raises(Invalid) as visa:
        read("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL8988901C4XXX4009078F96121096ZE184226B<<<<<<", TODAY)
    assert visa.value.message == VISA
    with pytest.raises(Invalid) as card:
        read("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<\n8806923102858CORINNE<<<<<<<6512068F6", TODAY)
    assert card.value.message == OLD_FRENCH_CARD


@pytest.mark.parametrize(
    ("birth", "read_as"),
    [
        ("740812", "1974-08-12"), ("260301", "2026-03-01"), ("260302", "1926-03-02"), ("000229", "2000-02-29"),
        ("74<<<<", "1974"), ("7408<<", "1974-08"), ("<<<<<<", ""), ("74<<12", "1974"), ("740000", "1974"),
        ("26<<<<", "2026"), ("2604<<", "1926-04"),
    ],
)  # fmt: skip
def test_a_birth_is_as_exact_as_the_zone_and_never_in_the_future(birth: str, read_as: str) -> None:
    found = read("\n".join(lines("TD3", Zone(birth=birth))), TODAY)
    assert (found.birth_date, found.problems) == (read_as, ())


@pytest.mark.parametrize("birth", ["741312", "740230", "<<0812"])
def test_impossible_births_are_named(birth: str) -> None:
    found = read("\n".join(lines("TD3", Zone(birth=birth))), TODAY)
    assert found.birth_date == ""
    assert [problem.field for problem in found.problems] == ["birth_date"]


@pytest.mark.parametrize(
    ("expiry", "read_as"),
    [("360101", "2036-01-01"), ("950712", "1995-07-12"), ("120415", "2012-04-15"), ("<<<<<<", ""), ("75<<<<", "2075")],
)
def test_an_expiry_lies_within_fifty_years(expiry: str, read_as: str) -> None:
    assert read("\n".join(lines("TD3", Zone(expiry=expiry))), TODAY).expires == read_as


def test_a_name_that_fills_the_zone_is_flagged() -> None:
    long = Zone(family="NILAVADHANANANDA CHAYAPA DEJTHAMRONG KRASUANG")
    found = read("\n".join(lines("TD3", long)), TODAY)
    assert (found.family_name, found.given_name) == ("NILAVADHANANANDA CHAYAPA DEJTHAMRONG KR", "")
    assert found.cut
    assert [(p.field, p.reason) for p in found.problems] == [("family_name", NAME_CUT)]
    both = read("\n".join(lines("TD1", Zone(code="I", given="ANNA MARIA LUISA TERESA"))), TODAY)
    assert [(p.field, p.reason) for p in both.problems] == [("given_name", NAME_CUT)]


def test_one_name_alone_is_the_family_name() -> None:
    found = read("\n".join(lines("TD3", Zone(family="ARKFREITH", given=""))), TODAY)
    assert (found.family_name, found.given_name, found.cut) == ("ARKFREITH", "", False)


def test_a_digit_in_a_name_is_named() -> None:
    assert reasons("\n".join(lines("TD3", Zone(family="ERIKSS0N")))) == [NAME_DIGIT]


def test_wrong_check_digits_are_named_with_their_place() -> None:
    wrong = f"{TD3[0]}\n{TD3[1].replace('L898902C3', 'L898902D3')}"
    found = read(wrong, TODAY)
    assert found.document_number == "L898902D3"
    assert [p.field for p in found.problems] == ["document.number", ""]
    assert "characters 1 to 9 of line 2" in found.problems[0].reason
    assert "date of birth" in reasons(TD3[0] + TD3[1].replace("7408122", "7408123"))[0]
    assert "characters 22 to 27 of line 2" in reasons(TD3[0] + TD3[1].replace("1204159", "1204259"))[0]
    assert "personal number" in reasons(TD3[0] + TD3[1].replace("ZE184226B", "ZE184227B"))[0]
    assert len(reasons(TD3[0] + TD3[1][:-1] + "1")) == 1


@pytest.mark.parametrize(
    ("right", "misread", "said"),
    [
        ("740812", "74O812", ["Character 16 of line 2: “O” was corrected to “0”"]),
        ("740812", "740BI2", ["“B” was corrected to “8”", "“I” was corrected to “1”"]),
        ("7408122", "74O8IZ2", ["“O” was corrected to “0”", "“I” was corrected to “1”", "“Z” was corrected to “2”"]),
        ("7408122", "740812Z", ["Character 20 of line 2: “Z” was corrected to “2”"]),
        ("1204159", "l204159", ["Character 22 of line 2: “L” was corrected to “1”"]),
        ("L898902C36", "L898902C3G", ["Character 10 of line 2: “G” was corrected to “6”"]),
        ("<<<<<10", "<<<<<IO", ["Character 43 of line 2: “I” was", "Character 44 of line 2: “O” was"]),
    ],
)
def test_look_alikes_of_digits_are_corrected_when_the_check_digit_says_so(
    right: str, misread: str, said: list[str]
) -> None:
    found = read(f"{TD3[0]}\n{TD3[1].replace(right, misread)}", TODAY)
    assert plain(found) == read("\n".join(TD3), TODAY)
    assert len(found.corrections) == len(said)
    assert all(sentence.startswith(words) or words in sentence
               for sentence, words in zip(found.corrections, said, strict=True))  # fmt: skip


def test_look_alikes_stay_where_the_check_digit_does_not_confirm_them() -> None:
    found = read(f"{TD3[0]}\n{TD3[1].replace('7408122', '74O8132')}", TODAY)
    assert (found.birth_date, found.corrections) == ("", ())
    assert [p.field for p in found.problems] == ["birth_date", "", "birth_date"]


def test_names_in_another_alphabets_code_are_named() -> None:
    zone = "PNRUSZDRIL7K<<SERGEQ<ANATOL9EVI3<<<<<<<<<<<<\n3919353498RUS7207233M<<<<<<<4151218910003<50"
    found = read(zone, TODAY)
    assert [(p.field, p.reason) for p in found.problems] == [("family_name", NAME_DIGIT), ("given_name", NAME_DIGIT)]
    assert (found.document_number, found.birth_date, found.expires) == ("391935349", "1972-07-23", "")


def test_letters_of_the_number_are_never_turned_into_digits() -> None:
    found = read(f"{TD3[0]}\n{TD3[1].replace('L898902C3', 'L8989O2C3')}", TODAY)
    assert (found.document_number, found.corrections) == ("L8989O2C3", ())
    assert found.problems[0].field == "document.number"


# --- properties -----------------------------------------------------------------------------------------------------

CAPITALS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=6)
CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
DATES = st.dates(date(1930, 1, 1), date(2026, 2, 28))
EXPIRIES = st.dates(date(1980, 1, 1), date(2060, 12, 31))
KINDS = {"TD1": ("I", "ID", "AC", "C"), "TD2": ("I", "ID", "A"), "TD3": ("P", "PD", "PP")}


@st.composite
def zones(draw: st.DrawFn) -> tuple[str, Zone, Mrz]:
    """A layout, what its zone is to say, and how that must be read."""
    layout = draw(st.sampled_from(LAYOUTS))
    longest = {"TD1": 13, "TD2": 13, "TD3": 9}[layout]
    born, expires = draw(DATES), draw(EXPIRIES)
    state = draw(st.sampled_from(["D", "UTO", "SWE", "UNO", "XXB"]))
    zone = Zone(
        code=draw(st.sampled_from(KINDS[layout])),
        issuer=state,
        family=" ".join(draw(st.lists(CAPITALS, min_size=1, max_size=2))),
        given=" ".join(draw(st.lists(CAPITALS, max_size=1))),
        number=draw(st.text(CHARACTERS, min_size=5, max_size=longest)),
        nationality=state,
        birth=f"{born:%y%m%d}",
        sex=draw(st.sampled_from("MF<")),
        expiry=f"{expires:%y%m%d}",
        optional=draw(st.text(CHARACTERS, min_size=1, max_size=9)) if layout == "TD1" else "",
        personal=draw(st.text(CHARACTERS, max_size=14)) if layout == "TD3" else "",
    )
    says = Mrz(layout, zone.code, state, zone.family, zone.given, False, zone.number, state, born.isoformat(),
               zone.sex.strip("<"), expires.isoformat(), zone.optional, zone.personal)  # fmt: skip
    return layout, zone, says


@given(zones(), st.sampled_from(["\n", "", " ", "\n\n"]))
def test_what_was_made_is_read(made: tuple[str, Zone, Mrz], between: str) -> None:
    layout, zone, says = made
    assert read(between.join(lines(layout, zone)), TODAY) == says


def covered(layout: str, run: str) -> list[int]:
    """The places of characters that some check digit covers, and of the check digits."""
    if layout == "TD1":
        return [*range(5, 37), *range(38, 45), *range(48, 60)]
    start = WIDTHS[layout]
    return [start + p for p in (*range(10), *range(13, 20), *range(21, len(run) - start))]


@given(zones(), st.data())
def test_a_changed_character_is_corrected_or_named(made: tuple[str, Zone, Mrz], data: st.DataObject) -> None:
    """Characters whose values differ by tens are one to the check digits: A, K, U, the filler and 0."""
    layout, zone, says = made
    run = "".join(lines(layout, zone))
    place = data.draw(st.sampled_from(covered(layout, run)))
    other = data.draw(st.sampled_from(CHARACTERS + "<"))
    assume(check_digit(other) != check_digit(run[place]))
    found = read(run[:place] + other + run[place + 1 :], TODAY)
    assert found.problems or (found.corrections and plain(found) == says)


@given(st.text(max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    if looks_like_mrz(text):
        assert read(text, TODAY).layout in LAYOUTS
    else:
        begins_mrz(text)
