"""What waits in the demonstration on the day it is made: registrations to see to, papers and consents that run out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from registry import dates
from registry.app import Registry
from registry.commands import RecordConsent
from registry.fields import PEOPLE
from registry.queries import ListIds
from registry.registration.states import HERE

#: One in so many of those who may is in one of the situations, one after the other.
_EVERY = 25
#: Canonical name -> days from today: expiring soon, first notice due, second notice due, both long ago, a paper.
_SITUATIONS: tuple[Mapping[str, int], ...] = (
    {"valid_until": 30},
    {"valid_until": -8},
    {"valid_until": -20, "notice.first": -75},
    {"valid_until": -40, "notice.first": -150, "notice.second": -70},
    {"document.expires": 45},
)
_CONSENTS, _ASKED_AGAIN = 8, 20
_OF_AGE = 18


def situated(rows: Iterable[Mapping[str, str]], today: date) -> Iterator[Mapping[str, str]]:
    """The same people, some adults among them in a situation that the page Today is about."""
    met = 0
    for row in rows:
        if row["state"] not in HERE or "valid_until" not in row or not _is_of_age(row, today):
            yield row
            continue
        met += 1
        chosen = _SITUATIONS[met // _EVERY % len(_SITUATIONS)] if met % _EVERY == 0 else {}
        if "document.expires" in chosen and "document.type" not in row:
            chosen = _SITUATIONS[0]
        days = {name: (today + timedelta(days=ahead)).isoformat() for name, ahead in chosen.items()}
        yield {**row, **days, **({"state": "expiring"} if "valid_until" in days else {})}


def let_consents_run_out(registry: Registry, today: date) -> None:
    """Write down until when some people's consent to news by letter counts."""
    given = registry.read(ListIds(PEOPLE, "consent.outreach_news.letter:given state:active"))
    asked = dates.years_later(today, -2).isoformat()
    for place, record_id in enumerate(given[:_CONSENTS]):
        until = (today + timedelta(days=_ASKED_AGAIN + 4 * place)).isoformat()
        answer = RecordConsent(record_id, "outreach_news", ("letter",), "given", how="signed", on=asked, expires=until)
        registry.execute(answer)


def _is_of_age(row: Mapping[str, str], today: date) -> bool:
    born = row.get("birth_date", "")
    return born != "" and dates.latest(born) <= dates.years_later(today, -_OF_AGE)
