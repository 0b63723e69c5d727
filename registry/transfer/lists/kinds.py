"""What stands under "Home phone" is a telephone at home, what under "Business city" an address of work."""

from __future__ import annotations

from registry import fields
from registry.postal import KIND
from registry.transfer.headings.kinds import ADDRESS_KINDS, PHONE_KINDS, kind_named
from registry.transfer.lists.columns import Columns
from registry.transfer.values.stepping import Said

_PHONE, _PHONE_KIND = "phone", "phone.kind"


def mark(columns: Columns) -> None:
    """Say of each telephone and each address whose headings name just one kind that it is of that kind."""
    groups: dict[str, tuple[str, list[str]]] = {}
    for name in columns.names:
        head, place = fields.split(name)
        if head == _PHONE:
            groups[fields.numbered(_PHONE_KIND, place)] = (PHONE_KINDS, [name])
        elif head.partition(".")[0] == KIND.partition(".")[0]:
            groups.setdefault(fields.numbered(KIND, place), (ADDRESS_KINDS, []))[1].append(name)
    for kind, (words, names) in groups.items():
        code = kind_named(words, (columns.origins[name] for name in names))
        if code and kind not in columns.names:
            parts = tuple(map(columns.names.index, names))
            columns.step(Said(parts, columns.slot(kind, columns.origins[names[0]]), code))
