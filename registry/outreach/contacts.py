"""Where each record can be reached by a channel, for everybody at once: the first address or number that is usable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Connection, Integer, and_, case, func, literal, or_, select

from db.models import address, email, phone
from db.records import among
from registry.documents.addresses import Address, is_postable
from registry.outreach.reasons import EMAIL, POSTED, SMS
from registry.packed.columns import numbers_in
from registry.postal import POSTAL_CODE, alpha2, rules
from registry.whereabouts import lived_at

Numbers = npt.NDArray[Any]

#: Above so many records a whole table is read: faster than asking an index for each.
FEW = 20_000
#: What an address can be: one that serves, one from which post came back, one as text that has to be read, one that
#: serves where no postcode is asked for, and none.
_SERVES, _BACK, _TEXT, _NO_CODE, _NOT = 1, 2, 3, 4, 0
_UNUSABLE = ("wrong", "unreachable")


@dataclass(frozen=True)
class Contacts:
    """What was found, by record id.

    Attributes:
        row: id of the row that serves; 0 = none.
        back: whether there is an address, but mail came back from it.
        country: number of the destination in `countries`, of post only.
    """

    row: Numbers
    back: Numbers
    country: Numbers
    countries: tuple[str, ...]


def read_contacts(connection: Connection, channel: str, ids: Sequence[int] | None, size: int) -> Contacts:
    """The contacts of these records.

    Args:
        channel: a code of the vocabulary of channels.
        ids: records; None = all, which is read in one go.
        size: one more than the largest record id.
    """
    if channel in POSTED:
        return _addresses(connection, ids, size)
    table, serves = (email, _usable_email()) if channel == EMAIL else (phone, _usable_number(channel))
    owners, rows = _columns(connection, table, [table.c.record_id, table.c.id], serves, ids)
    found = np.zeros(size, np.int64)
    found[owners[::-1]] = rows[::-1]  # of several the first stays
    nobody = np.zeros(size, np.bool_)
    return Contacts(found, nobody, np.zeros(size, np.uint8), ("",))


def serves(row: Any) -> bool:
    """Whether post arrives at an address at which somebody lives."""
    return row.state != "returned" and is_postable(address_of(row))


def address_of(row: Any) -> Address:
    """The parts of a row of the table of addresses."""
    names = ("street", "house_number", "district", "city", "region", "postal_code", "country", "raw")
    return Address(**{name: getattr(row, name) or "" for name in names})


def _addresses(connection: Connection, ids: Sequence[int] | None, size: int) -> Contacts:
    country = func.substr(func.coalesce(address.c.country, "").concat("   "), 1, 3)
    asked = [address.c.record_id, address.c.id, _what(), country]
    owners, rows, what, where = _columns(connection, address, asked, lived_at(), ids)
    found, back, number = np.zeros(size, np.int64), np.zeros(size, np.bool_), np.zeros(size, np.uint16)
    packed, numbers = np.unique(where, return_inverse=True)
    countries = tuple(code.tobytes().decode().strip(" ,") for code in packed)
    reached = np.array([bool(alpha2(code)) for code in countries], np.bool_)
    asking = np.array([_asks_postcode(code) for code in countries], np.bool_)
    what[(what == _NO_CODE) & ~asking[numbers]] = _SERVES
    what[~reached[numbers]] = _NOT
    for place in np.flatnonzero(what == _TEXT).tolist():
        row = connection.execute(select(address).where(address.c.id == int(rows[place]))).one()
        what[place] = _SERVES if is_postable(address_of(row)) else _NOT
    back[owners[what == _BACK]] = True
    serves = np.flatnonzero(what == _SERVES)[::-1]
    found[owners[serves]] = rows[serves]
    number[owners[serves]] = numbers[serves]
    return Contacts(found, back & (found == 0), number, countries or ("",))


def _what() -> ColumnElement[int]:
    """What an address is at which somebody lives: `is_postable` but for the country, as a condition on rows."""
    lines = or_(_filled(address.c.street), _filled(address.c.house_number))
    place = or_(_filled(address.c.city), _filled(address.c.region))
    text = and_(~lines, ~_filled(address.c.city))
    return case(
        (and_(text, ~_filled(address.c.raw)), literal(_NOT)),
        (address.c.state == "returned", literal(_BACK)),
        (text, literal(_TEXT)),
        (and_(lines, place, _filled(address.c.postal_code)), literal(_SERVES)),
        (and_(lines, place), literal(_NO_CODE)),
        else_=literal(_NOT),
    )


def _filled(column: ColumnElement[Any]) -> ColumnElement[bool]:
    return func.coalesce(column, "") != ""


def _asks_postcode(country: str) -> bool:
    """Whether nothing arrives in that country without a postcode."""
    return bool(alpha2(country)) and POSTAL_CODE in rules(alpha2(country)).required


def _usable_email() -> ColumnElement[bool]:
    return func.coalesce(email.c.state, "").not_in(_UNUSABLE)


def _usable_number(channel: str) -> ColumnElement[bool]:
    works = and_(phone.c.e164.is_not(None), func.coalesce(phone.c.state, "").not_in(_UNUSABLE))
    kind, sms = func.coalesce(phone.c.kind, ""), func.coalesce(phone.c.sms, "")
    if channel != SMS:
        return and_(works, kind != "fax")
    return and_(works, or_(sms == "yes", and_(sms != "no", kind.not_in(("home", "fax")))))


def _columns(
    connection: Connection,
    table: Any,
    columns: Sequence[ColumnElement[Any]],
    condition: ColumnElement[bool],
    ids: Sequence[int] | None,
) -> list[Numbers]:
    """Columns of rows in order of their ids, each as an array."""
    chosen = select(*(column.label(f"c{place}") for place, column in enumerate(columns))).where(condition)
    if ids is not None:
        chosen = chosen.where(among(table.c.record_id, ids))
    return in_columns(connection, chosen.order_by(table.c.id))


def in_columns(connection: Connection, chosen: Any) -> list[Numbers]:
    """What a statement answers, a column at a time: as one text each, since a million rows would cost ten times that.

    Columns are whole numbers, or texts of exactly three characters, which come as numbers too: their bytes.
    """
    rows = chosen.subquery()
    texts = [func.group_concat(column, ",") for column in rows.c]
    found = connection.execute(select(*texts)).one()
    return [_array(text, column) for text, column in zip(found, rows.c, strict=True)]


def _array(text: str | None, column: ColumnElement[Any]) -> Numbers:
    if isinstance(column.type, Integer):
        return numbers_in(text)
    return np.frombuffer(f"{text},".encode("ascii", "replace") if text is not None else b"", "<u4")


def as_mask(ids: Iterable[int] | Numbers, size: int) -> npt.NDArray[np.bool_]:
    """Which record ids these are."""
    mask = np.zeros(size, np.bool_)
    mask[np.asarray(ids if isinstance(ids, np.ndarray) else list(ids), np.int64)] = True
    return mask
