"""What happened, for those who may know: who, when, what, and which values went from what to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Select, func, select

from db import history as chain
from db import verify
from db.models import METADATA, history_content, history_entry, record, user_account
from db.trail import Row, RowKey, Trail, parse
from registry import fields, links
from registry.access import SEES, Role
from registry.additions import remembered
from registry.context import View
from registry.errors import Invalid
from registry.fields import PEOPLE, Field
from registry.i18n import N_, _
from registry.queries import GetHistory, VerifyHistory

#: The sensitivity that sees every field of a record's card.
_ALL = 2
#: The store counts in 64 bits.
_MOST_ENTRIES = 2**63 - 1
GONE = N_("somebody who is not in the register any more")
BAD_ANCHOR = N_("This is not an anchor of a registry's history. Choose a file that was written by “anchor”.")

OTHER_ANCHOR = N_("This anchor is of another registry. Choose the one that was written for this registry.")


@dataclass(frozen=True)
class FieldChange:
    """One value that changed: its field, and the kept values before and after ("" = empty).

    Attributes:
        hidden: the reader may know that the field changed, never from what to what.
    """

    field: Field
    old: str
    new: str
    hidden: bool = False


@dataclass(frozen=True)
class Operation:
    """One operation of the history.

    Attributes:
        time: microseconds since 1970-01-01 UTC.
        code: of the action; `registry.actions.label` has its words.
        user: sign-in name.
        records: how many records it touched.
        changes: values changed in the one record asked for.
        note: reason, query and counts, for those who see values.
    """

    batch: int
    time: int
    code: str
    user: str
    records: int
    undoes: int | None
    changes: tuple[FieldChange, ...] = ()
    note: Mapping[str, object] | None = None


@dataclass(frozen=True)
class HistoryPage:
    """Operations, newest first, and whether older ones follow."""

    operations: tuple[Operation, ...]
    more: bool


@dataclass(frozen=True)
class Verification:
    """The result of a verification.

    Attributes:
        entries: how many entries the history has.
        head: (sequence, chain value) of the last one, to be kept outside.
        problems: (code, number): "chain", "content", "order" with a sequence, "rows" with a record id, "anchor".
        anchored: whether an anchor was given; without one, a cut tail or an older file cannot be told.
    """

    entries: int
    head: tuple[int, str]
    problems: tuple[tuple[str, int], ...]
    anchored: bool

    @property
    def ok(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.problems


def get_history(view: View, query: GetHistory) -> HistoryPage:
    """A page of operations, of the register or of one record."""
    heads = _heads().order_by(history_entry.c.batch.desc()).limit(query.limit + 1)
    if query.before:
        heads = heads.where(history_entry.c.batch < query.before)
    past = _Past()
    if query.record_id is not None:
        past = _past_of(view, query.record_id)
        heads = heads.where(history_entry.c.batch.in_(list(past.trails)))
    rows = view.connection.execute(heads).mappings().all()
    sizes = _sizes(view, [r["batch"] for r in rows[: query.limit]])
    operations = [
        Operation(
            row["batch"],
            row["time"],
            row["operation"],
            row["name"] or "",
            sizes.get(row["batch"], 0),
            row["undoes"],
            _field_changes(view, past, past.trails[row["batch"]]) if row["batch"] in past.trails else (),
            _note(view, row["content"], row["user_id"]),
        )
        for row in rows[: query.limit]
    ]
    return HistoryPage(tuple(operations), len(rows) > query.limit)


def verify_history(view: View, query: VerifyHistory) -> Verification:
    """Walk the whole chain, compare the register with it, and with an anchor if there is one."""
    sequence, value = chain.head(view.connection)
    problems = list(verify.problems(view.connection))
    if query.anchor is not None:
        problems.extend(_anchor_problems(view, query.anchor))
    return Verification(sequence, (sequence, value.hex()), tuple(problems), query.anchor is not None)


def _anchor_problems(view: View, anchor: Mapping[str, object]) -> list[tuple[str, int]]:
    sequence, head, registry_id = anchor.get("sequence"), anchor.get("head"), anchor.get("registry")
    if not isinstance(sequence, int) or not isinstance(head, str) or not isinstance(registry_id, str):
        raise Invalid(BAD_ANCHOR)
    if not 0 < sequence <= _MOST_ENTRIES:
        raise Invalid(BAD_ANCHOR)
    if registry_id != view.settings["registry_id"]:
        raise Invalid(OTHER_ANCHOR)
    found = view.connection.execute(select(history_entry.c.chain).where(history_entry.c.sequence == sequence)).scalar()
    return [] if found is not None and found.hex() == head else [("anchor", sequence)]


def _heads() -> Select[tuple[object, ...]]:
    """The entry that stands for each operation, with its user and its note."""
    columns = [history_entry.c[c] for c in ("batch", "time", "operation", "undoes", "user_id")]
    note = history_entry.alias()
    follows = (note.c.sequence == history_entry.c.sequence + 1) & (note.c.batch == history_entry.c.batch)
    joined = (
        history_entry.join(note, follows, isouter=True)
        .join(history_content, note.c.sequence == history_content.c.sequence, isouter=True)
        .join(user_account, history_entry.c.user_id == user_account.c.id, isouter=True)
    )
    own = history_entry.c.sequence == history_entry.c.batch
    return select(*columns, user_account.c.name, history_content.c.content).select_from(joined).where(own)


@dataclass(frozen=True)
class _Past:
    """What happened to one record.

    Attributes:
        trails: what each operation did, by batch.
        gone: the last values of its rows that were removed.
    """

    kind: str = ""
    trails: Mapping[int, Trail] = field(default_factory=dict)
    gone: Mapping[RowKey, Row] = field(default_factory=dict)


def _past_of(view: View, record_id: int) -> _Past:
    found = view.connection.execute(select(record.c.kind, record.c.subject).where(record.c.id == record_id)).first()
    if found is None:
        return _Past()
    rows = view.connection.execute(
        select(history_entry.c.batch, history_content.c.content)
        .join(history_content, history_entry.c.sequence == history_content.c.sequence)
        .where(history_entry.c.subject == found.subject)
    )
    trails = {row.batch: parse(row.content)[1] for row in rows}
    gone = {key: row for trail in trails.values() for key, row in trail.deleted.items()}
    return _Past(found.kind, trails, gone)


def _sizes(view: View, batches: list[int]) -> dict[int, int]:
    """How many records each operation touched."""
    counted = (
        select(history_entry.c.batch, func.count())
        .where(history_entry.c.batch.in_(batches), history_entry.c.subject >= chain.FIRST_RECORD_SUBJECT)
        .group_by(history_entry.c.batch)
    )
    return {row[0]: row[1] for row in view.connection.execute(counted)}


def _note(view: View, content: bytes | None, user_id: int) -> Mapping[str, object] | None:
    """Reason and query can name people: only for those who see personal fields, a query for those who see all."""
    sees = SEES[view.session.role]
    if content is None or sees < 1:
        return None
    note = parse(content)[0]
    # By id: the name of a closed account can be given again.
    if sees < _ALL and user_id != view.session.user_id:
        return {word: value for word, value in note.items() if word != "query"}
    return note


def _field_changes(view: View, past: _Past, trail: Trail) -> tuple[FieldChange, ...]:
    found: list[FieldChange] = []
    for key, pairs in trail.changed.items():
        row = _live_row(view, *key) or past.gone.get(key, {}) if key[0] in fields.KEYED else {}
        before = _worded(view, key[0], {column: old for column, (old, _new) in pairs.items()})
        after = _worded(view, key[0], {column: new for column, (_old, new) in pairs.items()})
        for column in {**before, **after}:
            found.extend(_change(view, past.kind, key[0], column, row, before.get(column), after.get(column)))
    for (table, _row_id), row in trail.deleted.items():
        for column, old in _worded(view, table, row).items():
            found.extend(_change(view, past.kind, table, column, row, old, None))
    return (*found, *_added(view, past.kind, trail))


def _added(view: View, kind: str, trail: Trail) -> list[FieldChange]:
    """Rows that came: their fields with the values of today, for the history keeps no second copy."""
    found: list[FieldChange] = []
    for name, row_id in trail.created:
        row = _live_row(view, name, row_id)
        for column, value in _worded(view, name, row).items():
            if value is not None:
                found.extend(_change(view, kind, name, column, row, None, value))
    return found


def _worded(view: View, table: str, row: Mapping[str, object]) -> Mapping[str, object]:
    """A row's values; where they link to a person, with what that person is called today."""
    link = links.of_table(table)
    if link is None or link.kind != PEOPLE or row.get(link.id) is None:
        return row
    to = int(str(row[link.id]))
    return {**row, link.text: links.names(view.connection, [to]).get(to) or _(GONE)}


def _live_row(view: View, name: str, row_id: int) -> Mapping[str, object]:
    """The row as it is now; empty if it is gone."""
    table = METADATA.tables[name]
    row = view.connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
    return {} if row is None else dict(row)


def _change(
    view: View, kind: str, table: str, column: str, row: Mapping[str, object], old: object, new: object
) -> list[FieldChange]:
    if table in fields.KEYED and not row:
        return []
    described = _described(kind).get((fields.group_of(table, row), column))
    if described is None:
        return []
    if view.session.role is Role.AUDITOR:
        return [FieldChange(described, "", "", hidden=True)]
    if not view.session.sees(described):
        return []
    return [FieldChange(described, "" if old is None else str(old), "" if new is None else str(new))]


@remembered
def _described(kind: str) -> dict[tuple[str, str], Field]:
    """(Group of rows, column) -> field."""
    return {(f.group, f.column): f for f in fields.of(kind)}
