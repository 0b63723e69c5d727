"""Each field is described once and whole: its column, its words, its vocabulary; and no column is forgotten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, inspect

from db.models import METADATA, record_column
from registry import fields, i18n, vocabularies
from registry.access import Role, Session
from registry.fields import ASSOCIATIONS, KINDS, PEOPLE, Field
from registry.search.folding import fold
from registry.search.names import Names
from tests.db.register import make

DESCRIBED = [(kind, field) for kind in KINDS for field in fields.of(kind)]
NAMES = [f"{kind}:{field.name}" for kind, field in DESCRIBED]

#: Columns that no field describes, and why.
TECHNICAL = {
    "record": {"kind": "which list of fields", "uuid": "for exchange", "subject": "for the history",
               "version": "for conflicts", "source": "told at the creation, shown apart"},
    "phone": {"raw": "how the number was written: kept with it"},
    "email": {"folded": "for finding"},
    "address": {"raw": "an address as one text, for exchange"},
    "person": {"name_key": "for finding", "sort_key": "for lists"},
    "association": {"name_key": "for finding"},
        "consent": {"purpose": "in the field's key", "channel": "in the field's key",
                **dict.fromkeys(("decided_on", "how", "text_version", "language", "taken_by", "expires",
                                 "withdrawn_on"), "written with the answer")},
    "registration": dict.fromkeys(("state", "since", "reason", "officer"), "the states in their order"),
    "attachment": dict.fromkeys(("kind", "title", "media_type", "content", "added_on", "officer"), "files"),
    "profile_answer": dict.fromkeys(("profile", "question", "version", "answer", "written"), "described at run time"),
    "raw_value": {"field": "stands for any field", "text": "stands for any field"},
    "sealed": {"row_key": "sealed", "field": "sealed", "ciphertext": "protected values stand apart from fields"},
    "certificate": dict.fromkeys(("serial", "issued_on", "name", "valid_until", "prints", "officer"), "certificates"),
    "campaign_recipient": dict.fromkeys(("campaign_id", "state", "reason", "language", "written_to", "contact_id",
                                         "printed_on", "posted_on", "closed_on", "answer"), "what was sent"),
    "segment_member": {"segment_id": "fixed lists"},
    "duplicate_verdict": dict.fromkeys(("other_id", "verdict", "basis", "decided_by", "decided_on"),
                                       "what was said of two records, not of one"),
    "merged_record": dict.fromkeys(("kind", "number", "external_id", "uuid", "subject", "source", "name", "merged_on",
                                    "officer", "trace"), "what the record was before it became part of this one"),
}  # fmt: skip

#: Columns that follow from a described one beside them: links, and texts as they were written.
BESIDE = {
    table.name: {c.name for c in table.columns if c.info.get("link")} | set(fields.written(table.name).values())
    for table in METADATA.tables.values()
}

#: Words that two fields of one kind share, and why: whoever reads a header looks at the column's content too.
SHARED = {
    (PEOPLE, "state"): "a registration's state, and in address lists a state of the country",
    (PEOPLE, "etat"): "the same in French",
    (PEOPLE, "estado"): "the same in Spanish and Portuguese",
    (PEOPLE, "suburb"): "a part of a town, and the town's name in some registers",
    (ASSOCIATIONS, "suburb"): "a part of a town, and the town's name in some registers",
    (ASSOCIATIONS, "registration number"): "ours, and that of the country's register",
    (ASSOCIATIONS, "sede id"): "identifies a mission and abbreviates its name in one public list",
    (ASSOCIATIONS, "activity"): "what an association does, and what happened between it and the office",
    (ASSOCIATIONS, "activite"): "what an association does, and what happened between it and the office",
    (ASSOCIATIONS, "objet"): "what an association is for, and what a contact was about",
    (ASSOCIATIONS, "szavazohely cime"): "a polling place is named by its address",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = make(tmp_path_factory.mktemp("schema") / "registry.db")
    yield made
    made.dispose()


@pytest.mark.parametrize(("kind", "field"), DESCRIBED, ids=NAMES)
def test_a_field_has_its_column_in_models_and_in_a_migrated_file(engine: Engine, kind: str, field: Field) -> None:
    table = METADATA.tables[field.table]
    assert field.column in table.c
    assert field.column in {c["name"] for c in inspect(engine).get_columns(field.table)}
    assert record_column(table) == ("id" if field.table in fields.SINGLE else "record_id")
    if field.key is not None:
        assert {"purpose", "channel"} <= set(table.c.keys())


def test_every_column_of_a_record_is_described() -> None:
    described = {(field.table, field.column) for _, field in DESCRIBED}
    for table in METADATA.tables.values():
        if record_column(table) is None:
            continue
        columns = {c.name for c in table.columns} - {"id", "record_id"} - BESIDE[table.name]
        columns -= TECHNICAL.get(table.name, {}).keys()
        assert {c for c in columns if (table.name, c) not in described} == set(), table.name


def test_what_is_technical_exists_and_is_not_described() -> None:
    described = {(field.table, field.column) for _, field in DESCRIBED}
    calculated = {(field.table, field.column) for _, field in DESCRIBED if not field.editable}
    for name, columns in TECHNICAL.items():
        assert columns.keys() <= set(METADATA.tables[name].c.keys())
        assert not described & {(name, column) for column in columns}
    for table in METADATA.tables.values():
        for column in table.columns:
            if column.info.get("derived"):
                assert column.name in TECHNICAL[table.name] or (table.name, column.name) in calculated


@pytest.mark.parametrize("kind", KINDS)
def test_names_are_canonical_and_stand_once(kind: str) -> None:
    names = [field.name for field in fields.of(kind)]
    assert len(set(names)) == len(names)
    places = [(f.table, f.column, f.key) for f in fields.of(kind)]
    assert len(set(places)) == len(places)
    for name in names:
        assert name == name.lower()
        assert all(part.isidentifier() for part in name.split("."))
        assert fields.find(kind, name) == (fields.by_name(kind)[name], 0)
        for place in (1, 8):
            found = fields.find(kind, fields.numbered(name, place))
            assert (found is not None) == fields.by_name(kind)[name].repeats
            assert found in (None, (fields.by_name(kind)[name], place))
    assert fields.find(kind, "no_such_field") is None


@pytest.mark.parametrize(("kind", "field"), DESCRIBED, ids=NAMES)
def test_a_field_has_its_vocabulary_exactly_when_it_is_coded(kind: str, field: Field) -> None:
    coded = field.kind.name in ("code", "open_code", "country", "language")
    assert bool(field.vocabulary) == coded
    if coded:
        codes = vocabularies.get(field.vocabulary).codes
        assert codes
        assert field.show(codes[0])
    if field.kind.name in ("country", "language"):
        assert field.vocabulary == field.kind.name


@pytest.mark.parametrize(("kind", "field"), DESCRIBED, ids=NAMES)
def test_a_label_is_in_the_catalogue_and_translated(kind: str, field: Field) -> None:
    catalogue = i18n._catalogue("fr")
    for message in (field.label, field.section):
        assert catalogue._catalog.get(message), f"not in the French catalogue: {message}"  # type: ignore[attr-defined]
    for language in i18n.LANGUAGES:
        with i18n.in_language(language):
            assert field.title
            assert "{" not in field.title


@pytest.mark.parametrize(("kind", "field"), DESCRIBED, ids=NAMES)
def test_a_field_says_how_sensitive_it_is_and_where_it_is_searched(kind: str, field: Field) -> None:
    assert field.sensitivity in (0, 1, 2)
    assert field.index in ("", "name", "contact", "place", "other")
    assert not (field.sensitivity == 2 and field.index), "what not everybody may see is not in the index of all"


@pytest.mark.parametrize(("kind", "field"), DESCRIBED, ids=NAMES)
def test_aliases_are_lower_case_and_stand_once(kind: str, field: Field) -> None:
    assert [a for a in field.aliases if a != a.lower() or a != " ".join(a.split()) or not a] == []
    assert len(set(field.aliases)) == len(field.aliases)


def shared_words(kind: str) -> dict[str, set[str]]:
    """Folded words that name two fields of a kind or more."""
    meant: dict[str, set[str]] = defaultdict(set)
    for field in fields.of(kind):
        labels = [] if field.key else [i18n.translate(field.label, language) for language in i18n.LANGUAGES]
        for word in (field.name, *labels, *field.aliases):
            meant[fold(word.replace("_", " ").replace(".", " "))].add(field.name)
    return {word: names for word, names in meant.items() if len(names) > 1}


@pytest.mark.parametrize("kind", KINDS)
def test_no_word_names_two_fields_but_for_a_reason(kind: str) -> None:
    assert {(kind, word): names for word, names in shared_words(kind).items() if (kind, word) not in SHARED} == {}


#: What a word means first in a query that names two fields: what people at a counter mean by it. The other field is
#: reached by its canonical name and by the words that it shares with none.
FIRST = {
    **dict.fromkeys([(PEOPLE, "state"), (PEOPLE, "état"), (PEOPLE, "estado")], "state"),
    **dict.fromkeys([(PEOPLE, "suburb"), (ASSOCIATIONS, "suburb")], "address.district"),
    (ASSOCIATIONS, "registration number"): "registration_number",
    (ASSOCIATIONS, "sede_id"): "external_id",
    **dict.fromkeys([(ASSOCIATIONS, "activity"), (ASSOCIATIONS, "activité")], "activity"),
    (ASSOCIATIONS, "objet"): "activity.subject",
    (ASSOCIATIONS, "szavazóhely címe"): "name",
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_fields_have_the_same_first_name(kind: str) -> None:
    names = Names(kind, Session(1, "anybody", Role.ADMINISTRATOR))
    assert {word for known, word in SHARED if known == kind} == {fold(word) for known, word in FIRST if known == kind}
    for (known, word), first in FIRST.items():
        if known == kind:
            assert [field.name for field in names.find(word)] == [first], word
    for field in fields.of(kind):
        own = [field.name, *field.titles, *field.aliases]
        for word in own:
            found = names.find(word)
            assert field in found or (kind, fold(word)) in SHARED, f"{word} is {found[0].name}, not {field.name}"
        alone = [word for word in own if names.find(word) == (field,) and (kind, fold(word)) not in SHARED]
        assert alone, f"nothing but a word that means another field leads to {field.name}"


def test_no_reason_is_left_over() -> None:
    assert {(kind, word) for kind in KINDS for word in shared_words(kind)} >= SHARED.keys()


def test_the_fields_named_in_the_command_line_are_there() -> None:
    people = (
        *("number", "external_id", "full_name", "family_name", "given_name", "patronymic", "birth_name", "native_name"),
        *("former_name", "title", "sex", "birth_date", "birth_place", "birth_country", "citizenship", "origin_region"),
        *("hometown", "civil_status", "household", "state", "registered_on", "valid_until", "last_confirmed"),
        *("document.type", "document.number", "document.expires", "phone", "email", "address.house_number"),
        *("address.street", "address.district", "address.city", "address.region", "address.postal_code"),
        *("address.country", "preferred_language", "preferred_channel", "language", "language.level", "occupation"),
        *("employer", "skill", "skill.level", "association", "departure_year", "notes"),
    )
    associations = ("name", "acronym", "type", "level", "founded", "registration_number", "members", "sector")
    assert [name for name in people if name not in fields.by_name(PEOPLE)] == []
    assert [name for name in associations if name not in fields.by_name(ASSOCIATIONS)] == []
    purposes, channels = (vocabularies.get(f"consent_{part}").codes for part in ("purpose", "channel"))
    wanted = {f"consent.{purpose}.{channel}" for purpose in purposes for channel in channels}
    assert wanted == {name for name in fields.by_name(PEOPLE) if name.startswith("consent.")}
