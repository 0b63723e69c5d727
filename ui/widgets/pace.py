"""How fast work goes, and how long it will still take, in words."""

from __future__ import annotations

from registry.formats import number
from registry.i18n import _, ngettext

#: Seconds after which a pace says anything, and from which on minutes are told.
_TELLING, _MINUTES = 1.0, 90


class Pace:
    """Follows what work reports; each of its parts, such as reading and writing, has a pace of its own."""

    def __init__(self) -> None:
        self._part = ("", 0)
        self._began, self._first = 0.0, 0

    def words(self, message: str, done: int, total: int, now: float) -> str:
        """What is to be shown; "" where nothing is known.

        Args:
            message: what is being done.
            now: seconds of a clock that never goes back.
        """
        if (message, total) != self._part or done < self._first:
            self._part, self._began, self._first = (message, total), now, done
        if not total:
            return ""
        told = _("{done} of {total}", done=number(min(done, total)), total=number(total))
        seconds, made = now - self._began, done - self._first
        if seconds < _TELLING or made <= 0 or done >= total:
            return told
        rate = made / seconds
        fast = _("{count} a second", count=number(round(rate))) if rate >= 1 else ""
        return " · ".join(filter(None, (told, fast, _left((total - done) / rate))))


def _left(seconds: float) -> str:
    if seconds >= _MINUTES:
        return ngettext("about {count} minute left", "about {count} minutes left", round(seconds / 60))
    return ngettext("about {count} second left", "about {count} seconds left", max(1, round(seconds)))
