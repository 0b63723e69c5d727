"""The registry's settings."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from db.models import setting
from registry.commands import ChangeSetting
from registry.context import Context, View
from registry.errors import Invalid
from registry.fields import PEOPLE
from registry.i18n import N_
from registry.queries import GetSettings
from registry.search.names import Names
from registry.search.parser import parse

#: Settings that an administrator may change; the others are fixed when the registry is made.
CHANGEABLE = ("post_name", "post_city", "post_address", "home_name", "protected", "belonging")
FIXED = N_("This setting cannot be changed.")


def get_settings(view: View, _query: GetSettings) -> Mapping[str, str]:
    """All settings by name."""
    return view.settings


def change_setting(context: Context, command: ChangeSetting) -> bool:
    """Set one of `CHANGEABLE`; None removes it. Raises `Invalid` for a definition that is no query."""
    if command.name not in CHANGEABLE:
        raise Invalid(FIXED)
    if command.name == "belonging" and command.value:
        parse(command.value, Names(PEOPLE, context.session))
    row_id = context.connection.execute(select(setting.c.id).where(setting.c.name == command.name)).scalar()
    if row_id is not None:
        return context.transaction.update(setting, row_id, {"value": command.value})
    context.transaction.insert(setting, [{"name": command.name, "value": command.value}])
    return True
