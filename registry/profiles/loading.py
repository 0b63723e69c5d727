"""The templates that a registry has, and what they add to its fields."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from db.models import profile
from registry import additions
from registry.additions import Additions

#: A version never changes: which there are, and which are active, says everything.
_VERSIONS = select(profile.c.id, profile.c.active).order_by(profile.c.id)


class Templates:
    """The templates of one open registry, read again whenever others are there or active than before."""

    def __init__(self) -> None:
        self._known: tuple[list[tuple[int, bool]], Additions] = ([], additions.NONE)

    def read(self, connection: Connection) -> Additions:
        """What the templates add, as this connection sees them; the same object as long as nothing changed."""
        # Several threads may come here at once: each makes a whole pair and puts it in place with one assignment.
        versions = [(row.id, row.active) for row in connection.execute(_VERSIONS)]
        known, made = self._known
        if versions != known:
            made = _additions(connection)
            self._known = versions, made
        return made


def _additions(connection: Connection) -> Additions:
    from registry.profiles.exchanging import from_json
    from registry.profiles.fields import Version
    from registry.profiles.fields import additions as added_by

    rows = connection.execute(select(profile.c.active, profile.c.definition)).all()
    if not rows:
        return additions.NONE
    return added_by([Version(from_json(json.loads(row.definition)), row.active) for row in rows])
