"""The registry's settings."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from db.models import setting
from registry.commands import ChangeSetting
from registry.context import Context, View
from registry.errors import Invalid
from registry.i18n import N_
from registry.queries import GetSettings

#: Settings that an administrator may change; the others are fixed when the registry is made.
CHANGEABLE = ("post_name", "post_city", "post_address", "home_name", "protected")
FIXED = N_("This setting cannot be changed.")


def get_settings(view: View, _query: GetSettings) -> Mapping[str, str]:
    """All settings by name."""
    return view.settings


def change_setting(context: Context, command: ChangeSetting) -> bool:
    """Set one of `CHANGEABLE`; None removes it."""
    if command.name not in CHANGEABLE:
        raise Invalid(FIXED)
    row_id = context.connection.execute(select(setting.c.id).where(setting.c.name == command.name)).scalar()
    if row_id is not None:
        return context.transaction.update(setting, row_id, {"value": command.value})
    context.transaction.insert(setting, [{"name": command.name, "value": command.value}])
    return True
