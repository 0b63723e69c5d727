"""Which of the automatic backups are kept: the newest of each of the last days, weeks and months that have one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime

DAYS, WEEKS, MONTHS = 7, 4, 12

_PERIODS: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
    (DAYS, lambda moment: moment.date()),
    (WEEKS, lambda moment: moment.isocalendar()[:2]),
    (MONTHS, lambda moment: (moment.year, moment.month)),
)


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """Those of the moments, in local time, whose backups stay; the newest is always among them.

    Only periods that have a backup count, so that a closed office or a clock that was wrong thins nothing out.
    """
    newest_first = sorted(moments, reverse=True)
    found: set[datetime] = set()
    for most, period_of in _PERIODS:
        newest: dict[Hashable, datetime] = {}
        for moment in newest_first:
            newest.setdefault(period_of(moment), moment)
        found.update(list(newest.values())[:most])
    return found
