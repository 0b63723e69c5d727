"""What a registry adds to what ships: fields of its profile templates, terms of its own, templates of letters."""

from __future__ import annotations

import json

from sqlalchemy import Connection, func, select

from db.models import profile, template, term
from registry import additions
from registry.additions import Additions

#: A version never changes: which there are, and which are active, says everything. Nor does a term.
_VERSION = func.json_array(profile.c.id, profile.c.active)
_LETTER = func.json_array(template.c.id, template.c.active)
#: Asked before every answer, and so in one statement.
_STATE = select(
    select(func.count(term.c.id)).scalar_subquery(),
    select(func.max(term.c.id)).scalar_subquery(),
    select(func.group_concat(_VERSION)).scalar_subquery(),
    select(func.group_concat(_LETTER)).scalar_subquery(),
)
_UNREAD = (0, None, None, None)


class Templates:
    """The templates of one open registry, read again whenever others are there or active than before."""

    def __init__(self) -> None:
        self._known: tuple[tuple[object, ...], Additions] = (_UNREAD, additions.NONE)

    def read(self, connection: Connection) -> Additions:
        """What the templates add, as this connection sees them; the same object as long as nothing changed."""
        # Several threads may come here at once: each makes a whole pair and puts it in place with one assignment.
        versions = tuple(connection.execute(_STATE).one())
        known, made = self._known
        if versions != known:
            made = _additions(connection)
            self._known = versions, made
        return made


def _additions(connection: Connection) -> Additions:
    from registry.profiles.exchanging import from_json
    from registry.profiles.fields import Version
    from registry.profiles.fields import additions as added_by
    from registry.vocabularies.terms import with_terms

    rows = connection.execute(select(profile.c.active, profile.c.definition)).all()
    by_templates = added_by([Version(from_json(json.loads(row.definition)), row.active) for row in rows])
    letters = {
        (row.kind, row.name): (row.version, row.definition)
        for row in connection.execute(select(template).where(template.c.active))
    }
    return Additions(by_templates.fields, {**with_terms(connection), **by_templates.vocabularies}, letters)
