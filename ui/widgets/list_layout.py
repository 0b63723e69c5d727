"""How somebody's list looks on this computer: columns, widths, order. Names of fields only, nothing that they hold."""

from __future__ import annotations

from collections.abc import Sequence

from registry import fields
from ui.desk import Desk

_DESCENDING = "-"


class ListLayout:
    """What is remembered of one list for the user who is signed in.

    Attributes:
        standard: the columns of somebody who has chosen none.
    """

    def __init__(self, desk: Desk, kind: str, standard: Sequence[str]) -> None:
        self._settings, self._sees = desk.settings, desk.session.sees
        self._kind = kind
        self.standard = tuple(standard)
        self._owner = f"{kind}@{desk.session.name}"

    def available(self) -> tuple[str, ...]:
        """Every field that this user can have as a column."""
        return tuple(f.name for f in fields.of(self._kind) if not f.former and self._sees(f))

    def columns(self) -> list[str]:
        """The columns to show, without those that this registry does not have or this user does not see."""
        available = set(self.available())
        kept = [name for name in self._settings.texts(f"columns.{self._owner}") if name in available]
        return kept or list(self.standard)

    def keep_columns(self, names: Sequence[str]) -> None:
        """Show these from now on."""
        if list(names) != self.columns():
            self._settings.keep(f"columns.{self._owner}", list(names))

    def widths(self) -> dict[str, int]:
        """The widths that were chosen, in pixels."""
        return self._settings.sizes(f"widths.{self._owner}")

    def keep_width(self, name: str, width: int) -> None:
        """Give a column this width from now on."""
        self._settings.keep(f"widths.{self._owner}", {**self.widths(), name: width})

    def sorting(self) -> tuple[str, bool]:
        """By which field the list is sorted, "" = by name, and whether the largest comes first."""
        kept = self._settings.text(f"sort.{self._owner}")
        name = kept.removeprefix(_DESCENDING)
        return (name, kept.startswith(_DESCENDING)) if name in self.columns() else ("", False)

    def keep_sorting(self, name: str, *, descending: bool) -> None:
        """Sort so from now on."""
        self._settings.keep(f"sort.{self._owner}", (_DESCENDING if name and descending else "") + name)

    def forget(self) -> None:
        """As if nothing had been chosen."""
        self._settings.keep(f"columns.{self._owner}", list[str]())
        self._settings.keep(f"widths.{self._owner}", dict[str, int]())
        self._settings.keep(f"sort.{self._owner}", "")
