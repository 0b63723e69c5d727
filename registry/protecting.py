"""Protected values (level 3): sealed under the compartment's key, opened one person at a time."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from db.models import sealed
from db.sealed import open_sealed, seal
from registry import records
from registry.commands import OpenProtected, SetProtected
from registry.context import REASON, Context
from registry.errors import Invalid, NotAllowed
from registry.i18n import N_
from registry.kinds import clean

#: Protected fields and their labels. They stand apart from fields.py: no list, export or letter has them.
PROTECTED_FIELDS = {
    "safe_contact": N_("Safe-contact instructions"),
    "legal_status": N_("Legal status"),
}
OFF = N_("Protected values are switched off in this registry. An administrator can switch them on.")
UNKNOWN = N_("“{name}” is not a protected field.")
SWITCH = "protected"


def set_protected(context: Context, command: SetProtected) -> bool:
    """Seal a text as a row of its own; "" removes the row."""
    _require_on(context)
    if command.name not in PROTECTED_FIELDS:
        raise Invalid(UNKNOWN, name=command.name[:40])
    if command.id not in records.kinds_of(context.connection, [command.id]):
        raise Invalid(records.NO_RECORD)
    mine = (sealed.c.record_id == command.id) & (sealed.c.field == command.name)
    before = context.connection.execute(select(sealed.c.id).where(mine)).scalars().all()
    context.transaction.delete(sealed, before)
    text = clean(command.text, lines=True)
    if text:
        row_key = secrets.token_bytes(16)
        keys, identity = context.unlocked.compartment_keys, registry_id(context)
        ciphertext = seal(keys, identity, command.name, row_key, text.encode())
        row: dict[str, object] = {"record_id": command.id, "row_key": row_key, "field": command.name}
        context.transaction.insert(sealed, [row | {"ciphertext": ciphertext}])
    return bool(text or before)


def open_protected(context: Context, command: OpenProtected) -> Mapping[str, str]:
    """Open what is sealed of one person; asks for password and reason, and is kept in the history."""
    _require_on(context)
    if not context.confirmed:
        raise NotAllowed(N_("Type your password again to open protected values."))
    if not command.reason.strip():
        raise Invalid(REASON)
    context.note.update({"reason": command.reason, "record": command.id})
    rows = context.connection.execute(select(sealed).where(sealed.c.record_id == command.id)).mappings().all()
    keys, identity = context.unlocked.compartment_keys, registry_id(context)
    opened: dict[str, list[str]] = {}
    for row in rows:
        text = open_sealed(keys, identity, row["field"], row["row_key"], row["ciphertext"]).decode()
        opened.setdefault(row["field"], []).append(text)
    # Merged records bring what was sealed of each, unread; whoever opens it decides what holds.
    return {name: "\n\n".join(texts) for name, texts in opened.items()}


def _require_on(context: Context) -> None:
    if context.settings.get(SWITCH) != "on":
        raise NotAllowed(OFF)


def registry_id(context: Context) -> bytes:
    """What sealed values of this registry are bound to."""
    return UUID(context.settings["registry_id"]).bytes
