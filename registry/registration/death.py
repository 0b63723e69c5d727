"""A death: the registration ends, what was going on closes, and nothing is sent any more."""

from __future__ import annotations

from db.models import METADATA
from db.records import Row
from registry import possible
from registry.commands import RecordDeath
from registry.context import Context
from registry.i18n import N_, _
from registry.kinds import clean
from registry.registration import ongoing, persons, states
from registry.registration.leaving import withdraw_consents
from registry.registration.outcomes import Followed

CIVIL_STATUS = N_("Civil status of {name}")


def record_death(context: Context, command: RecordDeath) -> Followed:
    """Write down the death; relations stay, and another person's civil status is only named."""
    rows = persons.living(context.connection, command.id)
    mine = persons.own(rows)
    died_on = possible.day(command.died_on, "died_on", mine["birth_date"])
    transaction = context.transaction
    ending = {
        "job": ongoing.jobs(rows, died_on),
        "membership": ongoing.memberships(rows, died_on),
        "officer": ongoing.offices(context.connection, command.id, died_on),
    }
    for name, found in ending.items():
        for row in found:
            transaction.update(METADATA.tables[name], int(str(row["id"])), {"until": died_on})
    follow_ups = ongoing.open_follow_ups(rows)
    for row in follow_ups:
        transaction.update(METADATA.tables["activity"], int(str(row["id"])), {"followed_up": died_on})
    withdraw_consents(context, rows, died_on)
    ended: Row = {"state": states.DECEASED, "died_on": died_on}
    ended |= {"valid_until": None, "first_notice": None, "second_notice": None}
    states.write(transaction, mine, ended, reason=clean(command.source) or None)
    couple = ongoing.spouses(context.connection, rows, command.id)
    closed = sum(map(len, ending.values())) + len(follow_ups)
    return Followed(1, closed, tuple(_(CIVIL_STATUS, name=name) for name in couple))
