"""Texts that no entry of their vocabulary fits: listed once each, with what they may mean, and coded everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from db.models import METADATA
from registry import fields, vocabularies
from registry.commands import CodeValue
from registry.context import Context, View
from registry.errors import Invalid, NotAllowed
from registry.fields import Field
from registry.i18n import N_, _
from registry.kinds import OPEN_CODE
from registry.queries import UncodedValues
from registry.search.conditions import of_key
from registry.vocabularies import Suggestion

NOT_OPEN = N_("“{field}” is not a field whose texts are coded.")
NO_CODE = N_("“{text}” is not in the list of this field. Choose one of its values.")
NOBODY_HAS_IT = N_("Nobody has “{text}” any more. It may have been coded or changed meanwhile.")
MAY_NOT = N_("Your role does not allow changing the field “{field}”.")

#: Suggestions for one text.
_SUGGESTED = 5


@dataclass(frozen=True)
class UncodedValue:
    """One text of one field.

    Attributes:
        field: canonical name.
        text: as it was written.
        count: how many rows hold it.
        suggestions: entries that it may mean, the likeliest first.
    """

    field: str
    text: str
    count: int
    suggestions: tuple[Suggestion, ...]


def open_fields(kind: str) -> tuple[Field, ...]:
    """The fields that keep a code where there is one, else the text."""
    return tuple(f for f in fields.of(kind) if f.kind is OPEN_CODE)


def uncoded_values(view: View, query: UncodedValues) -> tuple[UncodedValue, ...]:
    """Every text that waits for a code, the commonest first, of the fields that this user sees."""
    found: list[UncodedValue] = []
    for field in open_fields(query.kind):
        if view.session.sees(field):
            known = vocabularies.get(field.vocabulary)
            found.extend(
                UncodedValue(field.name, text, count, tuple(suggested(known, text)))
                for text, count in _counts(view, field)
                if text not in known.labels
            )
    return tuple(sorted(found, key=lambda value: (-value.count, value.text)))[: query.limit]


def code_value(context: Context, command: CodeValue) -> int:
    """Give a code to every row that holds a text; the text stays beside it. Returns how many rows there were."""
    field = fields.by_name(command.kind).get(command.field)
    if field is None or field.kind is not OPEN_CODE or not context.session.sees(field):
        raise Invalid(NOT_OPEN, field=command.field)
    if not context.session.edits(field):
        raise NotAllowed(MAY_NOT, field=field.title)
    code = vocabularies.get(field.vocabulary).find(command.code)
    if code is None:
        raise Invalid(NO_CODE, field=command.field, text=command.code[:40])
    table = METADATA.tables[field.table]
    holding = select(table.c.id).where(table.c[field.column] == command.text, of_key(field))
    rows = context.connection.execute(holding).scalars().all()
    if not rows:
        raise Invalid(NOBODY_HAS_IT, field=command.field, text=command.text[:40])
    for place, row_id in enumerate(rows):
        context.progress.step(place, len(rows), _("Coding values"))
        context.transaction.update(table, row_id, {field.column: code, field.written: command.text})
    return len(rows)


def _counts(view: View, field: Field) -> list[tuple[str, int]]:
    column = METADATA.tables[field.table].c[field.column]
    counted = select(column, func.count()).where(column.is_not(None), of_key(field)).group_by(column)
    return [(str(text), int(count)) for text, count in view.connection.execute(counted)]


def suggested(known: vocabularies.Vocabulary, text: str) -> list[Suggestion]:
    """The entries that a text may mean: the whole of it, else its longest word, else one that is nearly spelled so."""
    longest = max(text.split(), key=len, default="")
    found = known.suggest(text, _SUGGESTED) or known.suggest(longest, _SUGGESTED)
    return found or known.misspelled(text, _SUGGESTED)
