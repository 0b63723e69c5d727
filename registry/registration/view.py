"""The dated states of a registration, and what would end with it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from db.models import registration
from registry.context import View
from registry.queries import GetRegistration
from registry.registration import ongoing, persons


@dataclass(frozen=True)
class DatedState:
    """One state of a registration.

    Attributes:
        state: code.
        since: from when it holds, as far as known.
        reason: why, in words; "" = not said.
        officer: sign-in name of who wrote it.
    """

    state: str
    since: str
    reason: str
    officer: str


@dataclass(frozen=True)
class RegistrationView:
    """A registration's past, and what its next step would touch.

    Attributes:
        states: the newest first.
        household: others of the household at the same address, `Name (number)`.
        addresses, jobs, memberships, offices, follow_ups, consents: how many of each are in force.
        spouses: wives, husbands and partners, whose civil status a death changes.
    """

    states: tuple[DatedState, ...]
    household: tuple[str, ...]
    addresses: int
    jobs: int
    memberships: int
    offices: int
    follow_ups: int
    consents: int
    spouses: tuple[str, ...]


def get_registration(view: View, query: GetRegistration) -> RegistrationView:
    """The registration of one person; raises `Invalid` if there is none."""
    rows = persons.whole(view.connection, query.id)
    mine = registration.c.record_id == query.id
    dated = view.connection.execute(select(registration).where(mine).order_by(registration.c.id.desc()))
    return RegistrationView(
        tuple(DatedState(r.state, r.since, r.reason or "", r.officer or "") for r in dated),
        tuple(
            f"{persons.own(found)['full_name']} ({found['record'][0]['number']})"
            for found in persons.household_here(view.connection, rows).values()
        ),
        len(persons.lived_at(rows)),
        len(ongoing.jobs(rows)),
        len(ongoing.memberships(rows)),
        len(ongoing.offices(view.connection, query.id)),
        len(ongoing.open_follow_ups(rows)),
        len(ongoing.consents(rows)),
        ongoing.spouses(view.connection, rows, query.id),
    )
