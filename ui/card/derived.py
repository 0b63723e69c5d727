"""What a card says without its being written down: it follows from other fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from registry import elections
from registry.field_list.abilities import ELECTIONS
from registry.fields import PEOPLE
from registry.i18n import _
from registry.settings import number

if TYPE_CHECKING:
    from registry.records import Record


def derived(record: Record, settings: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Section of the card -> caption and words."""
    if record.kind != PEOPLE:
        return {}
    may_vote = elections.voter_eligibility(
        record.values, settings.get("home"), number(settings, "age_of_majority"), date.today()
    )
    reasons = ", ".join(_(elections.REASONS[code]) for code in may_vote.missing)
    words = _("Yes") if may_vote.eligible else _("No: {reasons}", reasons=reasons)
    return {ELECTIONS: (_("May vote"), words)}
