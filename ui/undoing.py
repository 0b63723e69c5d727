"""Undo in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry import actions
from registry.i18n import _, ngettext

if TYPE_CHECKING:
    from registry.undoing import Undone
    from ui.desk import Desk


def undo_label(code: str) -> str:
    """What the menu calls the undo of an operation."""
    return _("Undo: {operation}", operation=_(actions.label(code)))


def say_undone(desk: Desk, undone: Undone) -> None:
    """Tell what was taken back, how much of it, and what was left."""
    text = ngettext(
        "Taken back: {operation} ({count} record)",
        "Taken back: {operation} ({count} records)",
        undone.records,
        operation=_(actions.label(undone.operation)),
    )
    if undone.left:
        text += ". " + ngettext(
            "{count} record was changed since and stays as it is.",
            "{count} records were changed since and stay as they are.",
            len(undone.left),
        )
    if undone.erased:
        text += (" " if undone.left else ". ") + ngettext(
            "{count} person has been erased since.", "{count} people have been erased since.", undone.erased
        )
    rest = (_("Take back the rest…"), lambda: ask_rest(desk, undone))
    desk.say(text, "warning" if undone.left else "notice", rest if undone.left else None)


def ask_rest(desk: Desk, undone: Undone) -> None:
    """Tell what would be overwritten, and take back what was left if that is wanted."""
    from ui.dialogs.overwriting import OverwriteDialog

    OverwriteDialog(desk, undone, desk.window).open()
