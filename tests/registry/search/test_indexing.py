"""What is computed of records by column is what their rows say, one record after the other."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import pytest

from db.batches import by_column
from db.records import RecordRows, Row
from registry import fields
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.search.collation import collated
from registry.search.folding import digits, fold, name_key, native, searchable_each
from registry.search.indexing import keys, name_entries, text_entries
from registry.search.readings import joined, spelled, words_of

GIVEN = (*("Ana", "Zoé", "Đorđe", "İpek", "O'Brian", "O`Neill", "Jean-Luc", "دانا", "יהודה", "Олександр", "김", "山田"),
         *("Νίκος", "ማርያም", "देवी", "ﬁlip", "x", "🙂", "Ana Maria", "Þóra  ", "e\u0301ve"))  # fmt: skip
FAMILY = (*("Petit", "Ørnasek", "Bar-Tavas", "al-Banna", "d’Arc", "محمّد", "כהן־לוי", "Đorđević", "민수", "太郎", "Жук"),
          *("Straße", "Παπαδόπουλος", "อันต์", "Nguyễn", "(?)", "2nd", "ŁĄCZ/NOWAK"))  # fmt: skip
UNDIVIDED = ("김민수", "司马相如", "欧阳修", "남궁민수", "王", "李小龍", "דוד", "🙂🙂", "Ana")
PLACES = (*("Lyon", "Saint-Étienne", "Port Étoile", "Étoile", "São  Paulo", "São \n Paulo", "القاهرة", "東京都"),
          *("NT", "0800", "AB-12"))  # fmt: skip
NUMBERS = ("B0000001", "ab-12", "AB12", "12 - 34", "---", "Ñ-1", "LYS-26-000001-W", "ab\n7", "７-8")
NUMBER_OF_RECORDS = 400


class Register(NamedTuple):
    kind: str
    records: Sequence[tuple[int, RecordRows]]


def searchable(text: str) -> str:
    """The words of one text, and those in its own script where these are others."""
    folded, own = fold(text), native(text)
    return f"{folded} {own}" if own and own != folded else folded


def _some(chance: random.Random, values: Sequence[str], *, often: float = 0.6) -> str | None:
    return chance.choice(values) if chance.random() < often else None


def _own(chance: random.Random, kind: str) -> Row:
    given, family = _some(chance, GIVEN), _some(chance, FAMILY)
    whole = " ".join(filter(None, (given, family))) or chance.choice(UNDIVIDED)
    shared = {"native_name": _some(chance, (*UNDIVIDED, *GIVEN)), "external_id": _some(chance, NUMBERS)}
    if kind == ASSOCIATIONS:
        website = _some(chance, ("https://www.example.org/étoile",))
        return {"name": whole, "acronym": _some(chance, ("AFÉ", "A.F.E.", whole)), "website": website, **shared}
    born = {"birth_name": _some(chance, FAMILY, often=0.2), "birth_place": _some(chance, PLACES)}
    return {"full_name": whole, "given_name": given, "family_name": family, **shared, **born}


def _record(chance: random.Random, kind: str) -> RecordRows:
    """A record whose tables have no row or some, in which a text stands often inside another."""
    rows: RecordRows = {"record": [{"number": f"LYS-26-{chance.randrange(10**6):06}-W"}]}
    rows["person" if kind == PEOPLE else "association"] = [_own(chance, kind)]
    for _ in range(chance.choice((0, 1, 1, 3))):
        phone = chance.choice(("+33 1 99 00 12 34", "0199001234", "home", "٠١٢", "١-2"))
        rows.setdefault("phone", []).append({"raw": phone, "e164": _some(chance, ("+33199001234",))})
        address: Row = {
            "city": _some(chance, PLACES),
            "district": _some(chance, PLACES),
            "country": _some(chance, ("FRA",)),
        }
        rows.setdefault("address", []).append(address | {"postal_code": _some(chance, PLACES)})
    for _ in range(chance.choice((0, 0, 2))):
        rows.setdefault("other_name", []).append({"name": _some(chance, (*FAMILY, *UNDIVIDED)), "kind": "former"})
        rows.setdefault("email", []).append({"address": "office@example.org"})
        if kind == PEOPLE:
            job: Row = {"occupation": _some(chance, ("2221", "2250")), "employer": _some(chance, PLACES)}
            rows.setdefault("job", []).append(job | {"occupation_text": _some(chance, ("Veterinarian", "vet"))})
    for _ in range(chance.choice((0, 0, 0, 2))):
        merged: Row = {"number": chance.choice(NUMBERS), "external_id": _some(chance, NUMBERS)}
        rows.setdefault("merged_record", []).append(merged)
    return rows


@pytest.fixture(scope="module", params=(PEOPLE, ASSOCIATIONS))
def register(request: pytest.FixtureRequest) -> Register:
    chance = random.Random(request.param)
    ids = sorted(chance.sample(range(1, 200_000), NUMBER_OF_RECORDS))
    return Register(request.param, [(i, _record(chance, request.param)) for i in ids])


def _said(kind: str, rows: RecordRows) -> Iterator[tuple[str, str]]:
    """Column of the index and words, for each thing that a record says, in the order of the card."""
    indexed = [field for field in fields.of(kind) if field.index]
    for table in dict.fromkeys(field.table for field in indexed):
        if table == "phone":
            for row in rows.get(table, ()):
                yield from (("contact", digits(str(row[column] or ""))) for column in ("e164", "raw"))
            continue
        for field in (field for field in indexed if field.table == table):
            for row in rows.get(table, ()):
                if (value := row.get(field.column)) is not None:
                    yield field.index, searchable(field.show(str(value)) if field.vocabulary else str(value))
            for row in rows.get(table, ()) if field.written else ():
                yield field.index, searchable(str(row.get(field.written) or ""))
    own = rows["person" if kind == PEOPLE else "association"][0]
    for number in (rows["record"][0]["number"], own["external_id"]):
        yield "other", _compact(number)
    for merged in rows.get("merged_record", ()):
        for number in (merged["number"], merged["external_id"]):
            yield from (("other", searchable(str(number or ""))), ("other", _compact(number)))


def _compact(number: object) -> str:
    return " ".join(str(number or "").replace("-", "").casefold().split())


def _alone(texts: Sequence[str]) -> str:
    """Each text once, without those that another one contains as words."""
    listed = list(dict.fromkeys(filter(None, texts)))
    return " ".join(t for t in listed if not any(f" {t} " in f" {other} " for other in listed if other != t))


def test_the_index_of_words_holds_what_each_record_says(register: Register) -> None:
    found = text_entries(register.kind, by_column(register.records))
    for (record_id, rows), entry in zip(register.records, found, strict=True):
        said = list(_said(register.kind, rows))
        columns = (_alone([t for column, t in said if column == c]) for c in ("name", "contact", "place", "other"))
        assert entry == (record_id, *columns)


def _called(kind: str, rows: RecordRows) -> Iterator[str]:
    own: Mapping[str, object] = rows["person" if kind == PEOPLE else "association"][0]
    columns = ("full_name", "native_name") if kind == PEOPLE else ("name", "acronym", "native_name")
    yield from (str(own[c]) for c in columns if own[c])
    if own.get("birth_name"):
        yield " ".join(str(own[c]) for c in ("given_name", "birth_name") if own[c])
    yield from (str(row["name"]) for row in rows.get("other_name", ()) if row["name"])


def test_the_index_of_names_holds_the_words_of_each_name(register: Register) -> None:
    found = name_entries(register.kind, by_column(register.records))
    for (record_id, rows), entry in zip(register.records, found, strict=True):
        read = [words_of(name) for name in dict.fromkeys(_called(register.kind, rows))]
        named = [tuple((*w, joined(w)) if len(w) > 1 else w for w in words) for words in read if words]
        spelled_out = [tuple(chain.from_iterable(map(spelled, texts))) for texts in entry.names]
        assert (entry.id, [*filter(None, spelled_out)]) == (record_id, named)


def test_records_say_the_same_alone_and_among_others(register: Register) -> None:
    for computed in (text_entries, name_entries):
        each = [computed(register.kind, by_column([record]))[0] for record in register.records]
        assert computed(register.kind, by_column(register.records)) == each


def test_the_keys_of_names_are_those_of_each_row(register: Register) -> None:
    table = "person" if register.kind == PEOPLE else "association"
    (part,) = by_column(register.records).of(table)
    own = [rows[table][0] for _id, rows in register.records]
    expected: dict[str, list[str]] = {"name_key": [name_key(str(r.get("full_name") or r.get("name"))) for r in own]}
    if register.kind == PEOPLE:
        words = (f"{r['family_name']} {r['given_name'] or ''}" if r["family_name"] else r["full_name"] for r in own)
        expected["sort_key"] = [collated(str(w)) or str(r["full_name"]) for w, r in zip(words, own, strict=True)]
    assert keys(register.kind, part.columns) == expected


def test_a_text_is_read_word_by_word_as_it_is_read_at_once() -> None:
    chance = random.Random(6)
    pieces = [*GIVEN, *FAMILY, *UNDIVIDED, *PLACES, *NUMBERS, "", "\u0301x", "½ ㎏", "ʻʼ", "\x85", "كـتاب"]
    for _ in range(2_000):
        text = " ".join(chance.choices(pieces, k=chance.randrange(5)))
        if text.isascii():
            assert (
                fold(text)
                == searchable_each([text])[0][1:-1]
                == " ".join(re.findall("[a-z0-9]+", text.lower().replace("'", "")))
            )
        else:
            # A space of another kind stands between words as well, but is taken for a part of one.
            at_once = text.replace(" ", "\u2003")
            assert fold(text) == fold(at_once), text
            assert native(text) == native(at_once), text
            assert collated(text) == collated(at_once), text
        assert words_of(text) == words_of.__wrapped__(text.replace(" ", "\t"))
