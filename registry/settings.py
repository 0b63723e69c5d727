"""The registry's settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from db.models import setting
from registry import belonging
from registry.commands import ChangeSetting
from registry.context import Context, View
from registry.errors import Invalid
from registry.i18n import LANGUAGES, N_
from registry.outreach import costs
from registry.queries import GetSettings


@dataclass(frozen=True)
class Number:
    """A setting that is a whole number.

    Attributes:
        default: what counts until somebody sets it.
        least, most: between which it lies.
    """

    default: int
    least: int
    most: int


#: Settings that are numbers: rules of registration that a ministry sets, in years, days, years of age; and others.
NUMBERS = {
    "validity_years": Number(5, 1, 50),
    "notice_days": Number(60, 1, 1000),
    "age_of_majority": Number(18, 14, 25),
    # The mail server: its port, and messages a minute.
    "smtp_port": Number(587, 1, 65535),
    "smtp_rate": Number(60, 1, 6000),
}
#: What stands at the head of letters; for letters in one language, also as `home_name.fr`.
NAMED = ("home_name", "post_name")
#: The window of the post's envelopes, and the labels it has: code or measures.
WINDOW, LABEL_SHEET = "window", "label_sheet"
#: Rates of campaigns, and the mail server that sends e-mails.
OUTREACH = (
    *("outreach_rates", "outreach_currency", "smtp_from", "smtp_server", "smtp_security"),
    *("smtp_user", "smtp_password"),
)
#: What is kept in the encrypted registry and shown to nobody, in the history neither.
SECRET = frozenset({"smtp_password"})
#: Settings that an administrator may change; the others are fixed when the registry is made.
CHANGEABLE = (
    *NAMED,
    *(f"{name}.{language}" for name in NAMED for language in LANGUAGES),
    *("post_city", "post_address", "protected", WINDOW, LABEL_SHEET, belonging.SETTING),
    *NUMBERS,
    *OUTREACH,
)
FIXED = N_("This setting cannot be changed.")
NO_SECURITY = N_("Write one of these: {known}.")
NO_ADDRESS = N_("“{text}” is no e-mail address.")
ONE_LINE = N_("Write this in one line.")
#: How the line to the mail server is protected; "none" for a server on this machine.
SECURITIES = ("starttls", "tls", "none")
_ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")
NOT_BETWEEN = N_("Write a whole number from {least} to {most}.")


def get_settings(view: View, _query: GetSettings) -> Mapping[str, str]:
    """All settings by name; passwords are nobody's to read, only whether there is one."""
    return {name: "•" if name in SECRET and text else text for name, text in view.settings.items()}


def number(settings: Mapping[str, str], name: str) -> int:
    """The value of one of `NUMBERS`."""
    return int(settings.get(name) or NUMBERS[name].default)


def change_setting(context: Context, command: ChangeSetting) -> bool:
    """Set one of `CHANGEABLE`; None removes it. Raises `Invalid` for a definition that is no query."""
    if command.name not in CHANGEABLE:
        raise Invalid(FIXED)
    if command.name == belonging.SETTING and command.value:
        belonging.read(command.value)
    if command.name in (WINDOW, LABEL_SHEET) and command.value:
        _require_known(command.name, command.value)
    value = _value(command)
    _check(command.name, value or "")
    row_id = context.connection.execute(select(setting.c.id).where(setting.c.name == command.name)).scalar()
    if row_id is not None:
        return context.transaction.update(setting, row_id, {"value": value})
    context.transaction.insert(setting, [{"name": command.name, "value": value}])
    return True


def _require_known(name: str, value: str) -> None:
    """Raise `Invalid` for a window or a sheet of labels that there is not."""
    from registry.documents.sheets import sheet
    from registry.documents.stationery import window

    if name == WINDOW:
        window(value, "")
    else:
        sheet(value)


def _check(name: str, value: str) -> None:
    """Raise `Invalid` for what a campaign could not use."""
    if name == "outreach_rates":
        costs.read_rates(value)
    elif name == "smtp_security" and value and value not in SECURITIES:
        raise Invalid(NO_SECURITY, field=name, known=", ".join(SECURITIES))
    elif name == "smtp_from" and value and not _ADDRESS.fullmatch(value):
        raise Invalid(NO_ADDRESS, field=name, text=value[:60])
    elif name in OUTREACH and name != "outreach_rates" and value and not value.isprintable():
        raise Invalid(ONE_LINE, field=name)


def _value(command: ChangeSetting) -> str | None:
    """What is kept; raises `Invalid` for a number that cannot be one."""
    bounds = NUMBERS.get(command.name)
    if bounds is None or command.value is None:
        return command.value
    text = command.value.strip()
    # Digits of any script are read; what is kept are those of ASCII.
    if not text.isdecimal() or len(text) > len(str(bounds.most)) or not bounds.least <= int(text) <= bounds.most:
        raise Invalid(NOT_BETWEEN, field=command.name, least=bounds.least, most=bounds.most)
    return str(int(text))
