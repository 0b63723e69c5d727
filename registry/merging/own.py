"""A record's own row: one value a field, the survivor's unless it has none or the other's was chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterator

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
    lost = list(_lost_names(kind, after, (row, other), mine, theirs))
    name = METADATA.tables["other_name"]
    made = transaction.insert(name, [{"record_id": row["id"], "name": text} for text in lost])
    if lost:
        trace.added[name.name] = list(made)


def _lost_names(kind: str, after: Row, rows: tuple[Row, Row], mine: RecordRows, theirs: RecordRows) -> Iterator[str]:
    """What the two were called and the record that stays is not."""
    known = {str(after[c]).casefold() for c in (*_CALLED[kind], "birth_name") if after.get(c)}
    known |= {str(row["name"]).casefold() for some in (mine, theirs) for row in some.get("other_name", ())}
    for row in rows:
        for column in _CALLED[kind]:
            text = str(row[column] or "")
            if text and text.casefold() not in known:
                known.add(text.casefold())
                yield text
