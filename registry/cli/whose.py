"""Whose: records named one by one, or by a query."""

from __future__ import annotations

from collections.abc import Sequence

from registry.cli.state import SignedIn
from registry.errors import Invalid
from registry.i18n import N_
from registry.queries import FindByNumber, ListIds

WHOSE = N_("Say which records: their numbers, or --query.")
NOT_BOTH = N_("Name records by their numbers or by --query, not by both.")
MIXED = N_("These are numbers of people and of associations. Name one or the other.")


def records_of(
    signed_in: SignedIn, numbers: Sequence[str], query: str | None, kind: str
) -> tuple[str, tuple[int, ...]]:
    """Kind and ids of the records; raises `Invalid` for none and for both kinds at once.

    Args:
        kind: what the query finds.
    """
    if numbers and query is not None:
        raise Invalid(NOT_BOTH)
    if query is not None:
        return kind, tuple(signed_in.registry.read(ListIds(kind, query.strip())))
    found = [signed_in.registry.read(FindByNumber(number)) for number in numbers]
    if not found:
        raise Invalid(WHOSE)
    if len({kind for kind, _id in found}) > 1:
        raise Invalid(MIXED)
    return found[0][0], tuple(record_id for _kind, record_id in found)
