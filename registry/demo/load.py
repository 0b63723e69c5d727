"""Invented records into a demonstration registry, in bulk, with their history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from registry import writing
from registry.commands import LoadDemonstration
from registry.context import Context
from registry.drafts import DraftReader
from registry.errors import NotAllowed
from registry.i18n import N_
from registry.kinds import Situation

ONLY_DEMONSTRATION = N_("Invented people are loaded into demonstration registries only.")
SOURCE = "demonstration"


def load_demonstration(context: Context, command: LoadDemonstration) -> int:
    """Create one record a row; refuses a registry that is not a demonstration."""
    if context.settings.get("demonstration") != "1":
        raise NotAllowed(ONLY_DEMONSTRATION)
    names = sorted({name for row in command.rows for name in row})
    reader = DraftReader(command.kind, names, Situation(context.settings["country"]))
    given = writing.numbers(context.transaction, command.kind, [""] * len(command.rows), context.settings["post"])
    rows = _with_parents(command.rows, given)
    drafts = [reader.draft(reader.values([row.get(name, "") for name in names])) for row in rows]
    sources = [SOURCE] * len(drafts)
    writing.create(context.transaction, command.kind, drafts, sources, given)
    return len(drafts)


def _with_parents(rows: Sequence[Mapping[str, str]], numbers: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """The rows; a parent who is in the same household and among them gets the number by which people are linked."""
    known = {_called(row, "full_name"): number for row, number in zip(rows, numbers, strict=True)}
    for row, number in zip(rows, numbers, strict=True):
        parent = known.get(_called(row, "relative"), number) if row.get("relative.kind") == "parent" else number
        yield row if parent == number else {**row, "relative": f"{row['relative']} ({parent})"}


def _called(row: Mapping[str, str], name: str) -> tuple[str, str]:
    return row.get("household", ""), row.get(name, "")
