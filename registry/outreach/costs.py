"""What a campaign is likely to cost: rates for each destination and channel, set by the administrator."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from registry import vocabularies
from registry.errors import Invalid
from registry.i18n import N_
from registry.outreach.reasons import POSTED

#: Settings: the rates, one a line, and the currency they are in.
RATES, CURRENCY = "outreach_rates", "outreach_currency"
#: Instead of a country: post inside the country of the post, post to every other country, and other channels.
HOME, ABROAD = "home", "abroad"
_OTHERS = (HOME, ABROAD, "sms", "email", "phone")

NO_RATE = N_("Line {line}: write a country, or one of {known}, then a colon and an amount, such as “abroad: 1.96”.")


def read_rates(text: str) -> dict[str, Decimal]:
    """Place or channel -> amount for one piece; raises `Invalid` for the first line that cannot be read."""
    rates: dict[str, Decimal] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        name, colon, amount = line.partition(":")
        place = _place(name.strip())
        try:
            rates[place] = Decimal(amount.strip().replace(",", "."))
        except InvalidOperation:
            place = ""
        if not colon or not place or not rates[place].is_finite() or rates[place] < 0:
            raise Invalid(NO_RATE, field=RATES, line=number, known=", ".join(_OTHERS))
    return rates


def estimate(settings: Mapping[str, str], channel: str, places: Mapping[str, int], pieces: int) -> Decimal | None:
    """What so many pieces cost; None where a rate is missing.

    Args:
        places: country -> pieces that go there, for what is posted.
        pieces: messages, or parts of text messages, for all else.
    """
    rates = read_rates(settings.get(RATES, ""))
    if channel not in POSTED:
        return rates[channel] * pieces if channel in rates else None
    total = Decimal(0)
    for country, count in places.items():
        rate = rates.get(country, rates.get(HOME if country == settings.get("country") else ABROAD))
        if rate is None:
            return None
        total += rate * count
    return total


def _place(name: str) -> str:
    if name.casefold() in _OTHERS:
        return name.casefold()
    return vocabularies.get("country").find(name) or ""
