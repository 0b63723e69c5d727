"""A record's own row: one value a field, the survivor's unless it has none or the other's was chosen."""

from __future__ import annotations

from collections.abc import Collection

from db.models import METADATA, kept_columns
from db.records import RecordRows, Row
from db.store import Transaction
from registry import fields
from registry.additions import remembered
from registry.fields import PEOPLE
from registry.merging.trace import Trace
from registry.writing import derived

#: Columns that say something only together: the first of a set that is filled tells whose the set is.
_TOGETHER = (
    ("full_name", "family_name", "given_name", "patronymic", "name_order"),
    ("native_name", "native_script"),
    ("state", "registered_on", "valid_until", "first_notice", "second_notice", "died_on"),
    ("members", "members_women", "members_youth", "members_counted", "members_on"),
    ("contact_person", "contact_role"),
)
#: What somebody is called; a name that the record loses stays as another name.
_CALLED = {PEOPLE: ("full_name", "native_name"), fields.ASSOCIATIONS: ("name", "native_name", "acronym")}


@remembered
def units(kind: str) -> tuple[tuple[str, ...], ...]:
    """The columns of the own row, those together that are chosen together."""
    table = METADATA.tables["person" if kind == PEOPLE else "association"]
    columns = [c for c in kept_columns(table) if c != "id"]
    together = [tuple(c for c in some if c in columns) for some in _TOGETHER if some[0] in columns]
    together += [(column, beside) for column, beside in fields.written(table.name).items()]
    together += [("parent", "parent_id")] if "parent_id" in columns else []
    of = {column: some for some in together for column in some}
    return tuple(dict.fromkeys(of.get(column, (column,)) for column in columns))


def unite_own(
    transaction: Transaction,
    kind: str,
    mine: RecordRows,
    theirs: RecordRows,
    taken: Collection[str],
    trace: Trace,
) -> None:
    """Fill what is empty, take what was chosen, and keep names that would be lost."""
    table = METADATA.tables["person" if kind == PEOPLE else "association"]
    row, other = mine[table.name][0], theirs[table.name][0]
    described = fields.by_name(kind)
    chosen = {described[name].column for name in taken if described[name].table == table.name}
    values: Row = {}
    for unit in units(kind):
        empty = all(row[c] is None for c in unit)
        if empty or chosen.intersection(unit):
            values |= {c: other[c] for c in unit if other[c] != row[c]}
    trace.own = {c: [row[c], v] for c, v in values.items()}
    after = {**row, **values}
    if values:
        transaction.update(table, int(str(row["id"])), values | derived(kind, after))
    _unite_names(transaction, kind, after, (row, other), mine, theirs, trace)


def _unite_names(
    transaction: Transaction,
    kind: str,
    after: Row,
    rows: tuple[Row, Row],
    mine: RecordRows,
    theirs: RecordRows,
    trace: Trace,
) -> None:
    """Another name is what the record was called and is not; what it is called is none any more."""
    table = METADATA.tables["other_name"]
    called = {str(after[c]).casefold() for c in (*_CALLED[kind], "birth_name") if after.get(c)}
    gone = [int(str(row["id"])) for row in mine.get(table.name, ()) if str(row["name"]).casefold() in called]
    transaction.delete(table, gone)
    if gone:
        trace.gave_way[table.name] = gone
    for some in (mine, theirs):
        some[table.name] = [row for row in some.get(table.name, ()) if str(row["name"]).casefold() not in called]
    known = called | {str(row["name"]).casefold() for some in (mine, theirs) for row in some[table.name]}
    lost = {text.casefold(): text for row in rows for c in _CALLED[kind] if (text := str(row[c] or ""))}
    texts = [text for folded, text in lost.items() if folded not in known]
    made = transaction.insert(table, [{"record_id": after["id"], "name": text} for text in texts])
    if texts:
        trace.added[table.name] = list(made)
