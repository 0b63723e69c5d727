"""Terms of a registry's own: a ministry's lists laid over the vocabularies that ship, and words added one by one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.models import term
from registry import vocabularies
from registry.commands import AddTerm, ImportTerms, RemoveTerms
from registry.context import Context, View
from registry.errors import Invalid
from registry.fields import KINDS, of
from registry.i18n import N_, current_language
from registry.kinds import OPEN_CODE, clean
from registry.queries import ListTerms
from registry.search.folding import fold
from registry.vocabularies.vocabulary import Entry, Vocabulary, merged

NOT_EXTENSIBLE = N_(
    "The list “{name}” is fixed. Terms can be added to occupations, skills, sectors and fields of study."
)
NEEDS_LABEL = N_("A term needs a name. Write one.")
KNOWN_ALREADY = N_("“{text}” is in the list already. Choose it there.")
UNKNOWN_PARENT = N_("There is no “{text}” in the list to put the term under. Choose one of its entries.")
#: Longest name of a term.
_LONGEST = 200


@dataclass(frozen=True)
class TermsImported:
    """What a ministry's list came to: new terms, and terms that say something else than before."""

    added: int
    changed: int


@dataclass(frozen=True)
class TermView:
    """One term of the registry's own.

    Attributes:
        vocabulary: name of the list it belongs to.
        label: in the language in use.
        parent: label of the entry above, "" = none.
        source: the file it came from, "" = added by hand.
    """

    vocabulary: str
    code: str
    label: str
    parent: str
    source: str


def extensible() -> tuple[str, ...]:
    """The vocabularies that terms can be added to: those of fields that keep any text until it is coded."""
    return tuple(dict.fromkeys(f.vocabulary for kind in KINDS for f in of(kind) if f.kind is OPEN_CODE))


def with_terms(connection: Connection) -> dict[str, Vocabulary]:
    """The vocabularies to which this registry adds something, by name."""
    entries: dict[str, list[Entry]] = {}
    for row in connection.execute(select(term).order_by(term.c.id)).mappings():
        labels, aliases = json.loads(row["labels"]), tuple(json.loads(row["aliases"]))
        entries.setdefault(row["vocabulary"], []).append(Entry(row["code"], labels, aliases, row["parent"] or ""))
    return {name: merged(vocabularies.shipped(name), added) for name, added in entries.items()}


def list_terms(view: View, query: ListTerms) -> tuple[TermView, ...]:
    """The first terms of the registry's own, by list and name."""
    columns = (term.c.vocabulary, term.c.code, term.c.parent, term.c.source)
    rows = view.connection.execute(select(*columns).order_by(term.c.vocabulary, term.c.id).limit(query.limit))
    found = [
        TermView(
            row.vocabulary,
            row.code,
            vocabularies.get(row.vocabulary).label(row.code),
            vocabularies.get(row.vocabulary).label(row.parent) if row.parent else "",
            row.source or "",
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda t: (t.vocabulary, fold(t.label))))


def import_terms(context: Context, command: ImportTerms) -> TermsImported:
    """Lay a ministry's list over a vocabulary; raises `BadFile` that names the row."""
    from registry.vocabularies.reading import read_entries

    _require_extensible(command.vocabulary)
    known = vocabularies.get(command.vocabulary)
    entries = [
        entry
        for entry in read_entries(command.path, known, command.language, context.progress)
        if not _says_the_same(known, entry)
    ]
    added = sum(entry.code not in known.labels for entry in entries)
    context.note.update(vocabulary=command.vocabulary, terms=len(entries))
    _put(context, command.vocabulary, entries, command.path.name)
    return TermsImported(added, len(entries) - added)


def add_term(context: Context, command: AddTerm) -> str:
    """One more term in the language in use; returns its code."""
    _require_extensible(command.vocabulary)
    known, label = vocabularies.get(command.vocabulary), clean(command.label)[:_LONGEST]
    if not label:
        raise Invalid(NEEDS_LABEL, field="label")
    if known.find(label) is not None:
        raise Invalid(KNOWN_ALREADY, field="label", text=label[:40])
    parent = known.find(clean(command.parent)) if command.parent else ""
    if parent is None:
        raise Invalid(UNKNOWN_PARENT, field="parent", text=command.parent[:40])
    code = f"local-{context.transaction.reserve('term')}"
    labels = {current_language(): label, "en": label}
    _put(context, command.vocabulary, [Entry(code, labels, (), parent)], None)
    return code


def remove_terms(context: Context, command: RemoveTerms) -> int:
    """Take terms out of a list; records that hold one keep its code, which is then to be coded anew."""
    chosen = (term.c.vocabulary == command.vocabulary) & term.c.code.in_(command.codes)
    ids = context.connection.execute(select(term.c.id).where(chosen)).scalars().all()
    context.transaction.delete(term, ids)
    return len(ids)


def _require_extensible(name: str) -> None:
    if name not in extensible():
        raise Invalid(NOT_EXTENSIBLE, field="vocabulary", name=name[:40])


def _says_the_same(known: Vocabulary, entry: Entry) -> bool:
    labels = known.labels.get(entry.code)
    return (
        labels is not None
        and all(labels.get(language) == label for language, label in entry.labels.items())
        and set(entry.aliases) <= set(known.aliases.get(entry.code, ()))
        and (not entry.parent or known.parent(entry.code) == entry.parent)
    )


def _put(context: Context, vocabulary: str, entries: Iterable[Entry], source: str | None) -> None:
    """Write terms in place of those with the same codes: every change has new ids, by which others notice it."""
    listed: Sequence[Entry] = tuple(entries)
    mine = select(term.c.code, term.c.id).where(term.c.vocabulary == vocabulary)
    before = {row.code: row.id for row in context.connection.execute(mine)}
    context.transaction.delete(term, [before[e.code] for e in listed if e.code in before])
    rows: list[dict[str, object]] = [
        {
            "vocabulary": vocabulary,
            "code": entry.code,
            "parent": entry.parent or None,
            "labels": json.dumps(entry.labels, ensure_ascii=False),
            "aliases": json.dumps(entry.aliases, ensure_ascii=False),
            "source": source,
        }
        for entry in listed
    ]
    context.transaction.insert(term, rows)
