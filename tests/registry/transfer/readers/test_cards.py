"""Contact cards of telephones and mail programs: one card, one row."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from registry.app import Registry
from registry.errors import BadFile
from registry.transfer.readers.table_files import Row, open_table_file
from tests.registry.transfer.importing import counts, records, take_in

OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=89xemple;Ana;;Mme;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ana =C3=89x=
emple
ADR;HOME;ENCODING=QUOTED-PRINTABLE:;;3 rue=
 Exemple;Lyon;;69001;France
TEL;CELL;PREF:+33 6 12 34 56 78
TEL;HOME:01 99 00 12 34
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD
  /2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkI

END:VCARD
"""
NEW = """BEGIN:VCARD
VERSION:4.0
FN:Bo\\, the younger
N:Modèle;Bo;Cy,Dee;Dr.;
BDAY:19850412
GENDER:M
TEL;VALUE=uri;TYPE="voice,work":tel:+33-1-99-00-12-35;ext=5
item1.EMAIL;TYPE=work:bo@example.org
EMAIL:bo.modele@example.org
ADR;TYPE=home:;;1 rue
  Exemple;Lyon;;69001;France
NOTE:first line\\nsecond\\; line
a line that is none
END:VCARD
BEGIN:VCARD
VERSION:3.0
ORG:Club Exemple;Lyon
EMAIL:club@example.org
END:VCARD
BEGIN:VCARD
VERSION:3.0
EMAIL:nobody@example.org
END:VCARD
"""


def cards(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A file of cards."""
    path = tmp_path / "contacts.vcf"
    path.write_text(text.replace("\n", "\r\n"), encoding=encoding, newline="")
    return path


def test_a_card_is_a_person(registry: Registry, tmp_path: Path) -> None:
    result = take_in(registry, cards(tmp_path, OLD + NEW)).value
    assert counts(result) == (3, 0, 0, 0, 0)
    ana, bo, club = (r.values for r in records(registry))
    assert [ana[n] for n in ("full_name", "family_name", "given_name", "title")] == [
        *("Ana Éxemple", "Éxemple", "Ana", "Mme"),
    ]
    assert [ana[n] for n in ("phone", "phone.kind", "phone.2", "phone.kind.2")] == [
        *("+33612345678", "mobile", "+33199001234", "home"),
    ]
    assert ana["address.street"] == "3 rue Exemple"
    assert [bo[n] for n in ("full_name", "patronymic", "birth_date", "sex", "phone", "phone.kind")] == [
        *("Bo, the younger", "Cy Dee", "1985-04-12", "male", "+33199001235", "work"),
    ]
    assert [bo[n] for n in ("email", "email.2", "notes")] == [
        *("bo@example.org", "bo.modele@example.org", "first line\nsecond; line"),
    ]
    assert [bo[f"address.{n}"] for n in ("street", "city", "postal_code", "country", "kind")] == [
        *("1 rue Exemple", "Lyon", "69001", "FRA", "home"),
    ]
    assert club["full_name"] == "Club Exemple, Lyon"
    assert counts(take_in(registry, cards(tmp_path, OLD + NEW)).value) == (0, 0, 3, 0, 0)


APPLE = """BEGIN:VCARD
VERSION:3.0
FN:Ana Exemple
NICKNAME:Nana
TEL;type=WORK;type=FAX:+33 1 99 00 12 34
item1.TEL:+33 1 99 00 12 35
item1.X-ABLabel:_$!<Home>!$_
item2.TEL:+33 1 99 00 12 36
item2.X-ABLabel:Neighbour
item3.X-ABRELATEDNAMES:Bo Exemple
item3.X-ABLabel:_$!<Spouse>!$_
IMPP;X-SERVICE-TYPE=Telegram;type=HOME:x-apple:ana_ex
BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-01
NOTE:Sings
CATEGORIES:Choir,Picnic
X-ABUID:1234:ABPerson
END:VCARD
"""


def test_what_telephones_say_besides(registry: Registry, tmp_path: Path) -> None:
    result = take_in(registry, cards(tmp_path, APPLE)).value
    ana = records(registry)[0]
    assert [ana.values[f"phone.kind{n}"] for n in ("", ".2")] == ["fax", "home"]
    assert (ana.values["relative"], ana.values["relative.kind"]) == ("Bo Exemple", "spouse")
    assert (ana.values["messenger"], ana.values["messenger.service"]) == ("ana_ex", "telegram")
    assert ana.values["notes"] == "Nickname: Nana\nSings\nCategories: Choir,Picnic"
    # Neither a label of one's own nor a birthday without a year is lost, or 1604.
    assert ana.raw == {"phone.kind.3": "Neighbour", "birth_date": "--05-01"}
    assert {problem.column for problem in result.problems} == {"Kind of telephone 3", "Date of birth"}


def test_other_cards_are_no_names_and_accounts_stay_whole(tmp_path: Path) -> None:
    lines = [
        *("RELATED;TYPE=friend:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "RELATED;TYPE=spouse:Bo Exemple"),
        *("IMPP:skype:ana.ex", "IMPP:https://t.me/ana_ex", "IMPP:ana@chat.example:5222"),
        *("TEL:+33199001234", "TEL;TYPE=CELL:"),
    ]
    rows = _rows(cards(tmp_path, "\n".join(["BEGIN:VCARD", "VERSION:4.0", "FN:Ana", *lines, "END:VCARD", ""])))
    assert dict(zip(*rows, strict=True)) == {
        "full_name": "Ana",
        "phone": "+33199001234",
        "relative": "Bo Exemple",
        "relative.kind": "spouse",
        "messenger": "ana.ex",
        "messenger.service": "skype",
        "messenger.2": "https://t.me/ana_ex",
        "messenger.3": "ana@chat.example:5222",
    }


def test_a_long_label_takes_no_time(tmp_path: Path) -> None:
    label = "TEL;X-CUSTOM(" + "," * 100_000 + ":+33199001234"
    started = process_time()
    _rows(cards(tmp_path, f"BEGIN:VCARD\nVERSION:2.1\nFN:Ana\n{label}\nEND:VCARD\n"))
    assert process_time() - started < 2


def test_labels_of_android(tmp_path: Path) -> None:
    label = "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=4D=C3=A8=72=65):+33199001234"
    said = "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Nana;1;;;;;;;;;;;;;"
    rows = _rows(cards(tmp_path, f"BEGIN:VCARD\nVERSION:2.1\nFN:Ana\n{label}\n{said}\nEND:VCARD\n"))
    assert dict(zip(*rows, strict=True)) == {
        "full_name": "Ana",
        "phone": "+33199001234",
        "phone.kind": "Mère",
        "notes": "Nickname: Nana",
    }


def test_what_is_said_of_cards_names_their_fields_in_words(registry: Registry, tmp_path: Path) -> None:
    file = tmp_path / "card.vcf"
    card = "FN:Ana Exemple\nTEL:123\nTEL:0612345678 / 0699887766\nBDAY:03/04/85\nADR:;;;;;;Frankreichh"
    file.write_text(f"BEGIN:VCARD\n{card}\nEND:VCARD\n", encoding="utf-8")
    result = take_in(registry, file).value
    assert sorted(problem.column for problem in result.problems) == ["Country", "Telephone"]
    assert [said.partition(":")[0] for said in result.warnings if "“" in said] == [
        "“Telephone 2”",
        *["“Date of birth”"] * 2,
    ]
    assert result.mapping["birth_date"] == "birth_date"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_cards_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    with open_table_file(cards(tmp_path, NEW, encoding)) as file:
        rows = [row for batch in file.rows(file.sheets[0]) for row in batch.rows]
    assert "Modèle" in rows[1]


def test_a_file_without_a_card_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="empty"):
        open_table_file(cards(tmp_path, "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n"))


def test_a_line_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="characters"):
        open_table_file(cards(tmp_path, "BEGIN:VCARD\nFN:Ana\nNOTE:" + "a" * 600_000 + "\nEND:VCARD\n"))


def test_the_first_values_of_many_are_taken(tmp_path: Path) -> None:
    mails = "".join(f"EMAIL:a{n}@example.org\n" for n in range(300))
    with open_table_file(cards(tmp_path, f"BEGIN:VCARD\nFN:Ana\n{mails}END:VCARD\n")) as file:
        assert file.sheets[0].columns == 10


def _rows(path: Path) -> list[Row]:
    with open_table_file(path) as file:
        return [row for batch in file.rows(file.sheets[0]) for row in batch.rows]


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCARD\nFN:Ana\nBEGIN:VCARD\nFN:Bo\nEND:VCARD\n",
        "BEGIN:VCARD\nFN:Ana\nAGENT:\nBEGIN:VCARD\nFN:Bo\nEND:VCARD\nEND:VCARD\n",
    ],
)
def test_a_card_that_does_not_end_or_holds_another_is_not_lost(tmp_path: Path, text: str) -> None:
    assert sorted(str(row[0]) for row in _rows(cards(tmp_path, text))[1:]) == ["Ana", "Bo"]


@pytest.mark.parametrize(("encoding", "quoted"), [("ISO-8859-1", "=E9"), ("windows-1251", "=E9"), ("zz", "=C3=A9")])
def test_quoted_text_is_read_in_its_own_encoding(tmp_path: Path, encoding: str, quoted: str) -> None:
    name = f"FN;CHARSET={encoding};ENCODING=QUOTED-PRINTABLE:Andr{quoted}"
    read = {"ISO-8859-1": "André", "windows-1251": "Andrй", "zz": "André"}
    assert _rows(cards(tmp_path, f"BEGIN:VCARD\nVERSION:2.1\n{name}\nEND:VCARD\n"))[1] == [read[encoding]]


@pytest.mark.parametrize("folded", ["\n ", ""])
def test_a_large_photo_is_left_out_and_what_follows_is_read(tmp_path: Path, folded: str) -> None:
    photo = "item1.PHOTO;ENCODING=b;TYPE=JPEG:" + folded.join(["A" * 74] * 10_000)
    assert _rows(cards(tmp_path, f"BEGIN:VCARD\nFN:Ana\n{photo}\nTEL:+33612345678\nEND:VCARD\n"))[1] == [
        *("Ana", "+33612345678"),
    ]


def test_a_long_note_is_refused_not_lost(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="characters"):
        open_table_file(cards(tmp_path, "BEGIN:VCARD\nFN:Ana\nNOTE:" + "a" * 40_000 + "\nEND:VCARD\n"))
