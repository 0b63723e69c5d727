"""Conditions on partial dates: a year, a month, a day, or so long before or after today."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from operator import ge, gt, le, lt
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from registry import dates
from registry.i18n import LANGUAGES, N_, translate
from registry.search.folding import fold

#: The letters behind a number that stand for years, months, weeks and days, in this order.
UNITS = N_("y m w d")
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
_DISTANCE = re.compile(r"(?P<ahead>\+?)(?P<count>\d{1,5})(?P<unit>[^\W\d_]{1,2})")
#: Above every digit and dash: `1990~` comes after every date in 1990.
_AFTER = "~"
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def dated(column: ColumnElement[Any], operator: str, text: str) -> ColumnElement[bool]:
    """The condition "the date in `column` compares like this"; raises `Invalid` for a text that is no date.

    `2y` is an age and `+2y` lies ahead: `<2y` is less than two years ago, `>2y` more, `:2y` two full years and not
    three. Of a date itself `<` is before and `:` within. A date that is kept as a year or a month counts as its first
    day; `<=`, `>` and `:` take a year or a month that is asked for as a whole.
    """
    distance = _DISTANCE.fullmatch(text.strip())
    unit = _units().get(fold(distance["unit"])) if distance else None
    if distance is None or unit is None:
        return _compared(column, operator, dates.parse(text).rstrip(_AFTER))
    return _distant(column, operator, int(distance["count"]), unit, ahead=bool(distance["ahead"]))


def _distant(column: ColumnElement[Any], operator: str, count: int, unit: int, *, ahead: bool) -> ColumnElement[bool]:
    """So far from today on one side of it; what is nearer than a distance does not lie on the other side."""

    def away(many: int) -> str:
        return _moved(date.today(), many if ahead else -many, unit).isoformat()

    today = _compared(column, ">=" if ahead else "<=", away(0))
    if operator == ":":
        near, far = (">=", "<") if ahead else ("<=", ">")
        return and_(today, _compared(column, near, away(count)), _compared(column, far, away(count + 1)))
    return and_(today, _compared(column, operator if ahead else _MIRRORED[operator], away(count)))


def _compared(column: ColumnElement[Any], operator: str, value: str) -> ColumnElement[bool]:
    if operator == ":":
        return and_(column >= value, column <= value + _AFTER)
    # The first day of a year or a month is where dates begin of which no more is known.
    bound = value + _AFTER if operator in ("<=", ">") else _without_first(value)
    compared: ColumnElement[bool] = _COMPARE[operator](column, bound)
    # As texts, estimated years and months come after their last day: `1985~` after `1985-12-31`.
    early = [value[:length] + _AFTER for length in (4, 7) if length < len(bound.rstrip(_AFTER))]
    if not early:
        return compared
    return or_(compared, column.in_(early)) if operator in ("<", "<=") else and_(compared, column.not_in(early))


def _without_first(value: str) -> str:
    """1985-01-01 and 1985-01 -> 1985; 1985-06-01 -> 1985-06."""
    while value.endswith("-01"):
        value = value.removesuffix("-01")
    return value


def _moved(day: date, by: int, unit: int) -> date:
    """The day so many years (0), months (1), weeks (2) or days (3) later; at most the ends of the calendar."""
    if unit == 0:
        return dates.years_later(day, by)
    if unit == 1:
        years, month = divmod(day.month - 1 + by, 12)
        # By way of the first, which every month has.
        whole = dates.years_later(day.replace(day=1), years).replace(month=month + 1)
        return date.fromisoformat(min(f"{whole:%Y-%m}-{day.day:02d}", dates.latest(f"{whole:%Y-%m}").isoformat()))
    try:
        return day + timedelta(days=by * (7 if unit == 2 else 1))
    except OverflowError:
        return date.max if by > 0 else date.min


@cache
def _units() -> dict[str, int]:
    """The letters of every language: which place of `UNITS` they have."""
    return {
        letter: place
        for language in reversed(LANGUAGES)
        for place, letter in enumerate(translate(UNITS, language).split())
    }
