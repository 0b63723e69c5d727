"""Invented records into a demonstration registry, in bulk, with their history."""

from __future__ import annotations

from registry import new_rows, writing
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
    values = reader.values([[row.get(name, "") for name in names] for row in command.rows])
    rows, sources = new_rows.of_values(reader, values), [SOURCE] * len(values)
    given = writing.numbers(context.transaction, command.kind, [""] * len(values), context.settings["post"])
    writing.create(context.transaction, command.kind, rows, sources, given)
    return len(values)
