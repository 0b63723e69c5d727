"""Who may be written to: consent for the purpose and channel, a postable address, and nothing that forbids it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db import records as rows_of
from db.models import sealed
from registry import records
from registry.access import Session
from registry.documents.addresses import Address, is_postable
from registry.fields import PEOPLE, numbered
from registry.i18n import N_
from registry.records import Record
from registry.registration.states import DECEASED, RETURNED, UNTRACEABLE

LETTER = "letter"

#: Why somebody gets no letter: code -> catalogue message, in the order in which they are looked at.
REASONS = {
    "deceased": N_("Deceased"),
    "untraceable": N_("Untraceable"),
    "gone": N_("No longer with this post"),
    "returned": N_("Returned home"),
    "individually": N_("To be contacted individually"),
    "refused": N_("Refused for this purpose and channel"),
    "no_consent": N_("No consent for this purpose and channel"),
    "no_address": N_("No postable address"),
}
_GONE = frozenset({"transferred", "erased"})
_NEEDED = (
    *("number", "full_name", "native_name", "family_name", "given_name", "title", "sex", "state", "name_order"),
    *("preferred_language", "language", "language.level", "association", "address.house_number", "address.street"),
    *("address.district", "address.city", "address.region", "address.postal_code", "address.country", "address.to"),
)


@dataclass(frozen=True)
class Recipient:
    """One person who gets a letter.

    Attributes:
        language: in which.
        record: the fields a letter can use.
        address: where to.
    """

    record: Record
    language: str
    address: Address


@dataclass(frozen=True)
class Excluded:
    """One person who gets none, and the code of the reason."""

    record: Record
    reason: str


def sort_out(
    connection: Connection,
    session: Session,
    ids: Sequence[int],
    purpose: str,
    language: str,
    languages: Sequence[str],
    more: Iterable[str] = (),
) -> Iterator[Recipient | Excluded]:
    """Each selected person as a recipient or as excluded, in the order of `ids`.

    Args:
        purpose: consent purpose.
        language: "auto" = each person's own, else one for all.
        languages: those the template has, the fallback first.
        more: canonical names of other fields that the letter says.
    """
    consent = f"consent.{purpose}.{LETTER}"
    wanted = [*_NEEDED, consent, *more]
    for some in rows_of.slices(ids):
        alone = to_be_contacted_alone(connection, some)
        for record in records.load(connection, session, PEOPLE, some, wanted).values():
            address = current_address(record.values)
            reason = _reason(record.values, consent, record.id in alone, address)
            if reason:
                yield Excluded(record, reason)
            else:
                yield Recipient(record, language_of(record.values, language, languages), address)


def current_address(values: Mapping[str, str]) -> Address:
    """The first address that has not ended and says something; an empty one if there is none."""
    place = 1
    while any(_at(values, f"address.{part}", place) for part in _PARTS):
        if not _at(values, "address.to", place):
            return Address(**{part: _at(values, f"address.{part}", place) for part in _PARTS})
        place += 1
    return Address()


def language_of(values: Mapping[str, str], language: str, languages: Sequence[str]) -> str:
    """The language somebody is written to in: preferred, else the best spoken, of those the template has.

    Args:
        language, languages: as for `sort_out`.
    """
    if language != "auto":
        return language if language in languages else languages[0]
    wanted, place = [values.get("preferred_language", "")], 1
    spoken: list[tuple[str, str]] = []
    while said := _at(values, "language", place):
        spoken.append((_at(values, "language.level", place), said))
        place += 1
    wanted += [code for _level, code in sorted(spoken, key=lambda s: s[0], reverse=True)]  # A1 … C2, then "native"
    return next((code for code in wanted if code in languages), languages[0])


_PARTS = ("street", "house_number", "district", "city", "region", "postal_code", "country")


def _at(values: Mapping[str, str], name: str, place: int) -> str:
    return values.get(numbered(name, place - 1), "")


def _reason(values: Mapping[str, str], consent: str, alone: bool, address: Address) -> str:
    state = values.get("state", "")
    if state in (DECEASED, UNTRACEABLE):
        return state
    if state in _GONE:
        return "gone"
    # Who went home stays reachable, where that was agreed to.
    if state == RETURNED and values.get(consent) != "given":
        return "returned"
    if alone:
        return "individually"
    if values.get(consent) != "given":
        return "refused" if values.get(consent) == "refused" else "no_consent"
    return "" if is_postable(address) else "no_address"


def to_be_contacted_alone(connection: Connection, ids: Sequence[int]) -> set[int]:
    """Those with sealed safe-contact instructions; what they say stays sealed, and the reason shown is neutral."""
    found = select(sealed.c.record_id).where(sealed.c.record_id.in_(ids), sealed.c.field == "safe_contact")
    return set(connection.execute(found).scalars())
