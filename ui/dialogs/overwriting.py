"""Taking back the rest of an operation: says which values that were written since would be overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry import actions, formats
from registry.changes import Outcome
from registry.commands import Undo
from registry.errors import Invalid, RegistryError
from registry.history import Operation
from registry.i18n import _, ngettext
from registry.progress import Progress
from registry.queries import FindByNumber, GetHistory
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.labels import label
from ui.widgets.summary import Banner

if TYPE_CHECKING:
    from registry.undoing import Undone

#: So many records are told one by one.
_TOLD = 8


class OverwriteDialog(Dialog):
    """Takes back what an undo left, once somebody has read what goes with it.

    Attributes:
        consequence: what is overwritten, record by record.
    """

    def __init__(self, desk: Desk, undone: Undone, parent: QWidget | None) -> None:
        super().__init__(_("Take back the rest"), parent, width=560)
        self._desk, self._undone = desk, undone
        said = ngettext(
            "{count} record was changed after “{operation}”. There too, what that changed gets its old value.",
            "{count} records were changed after “{operation}”. There too, what that changed gets its old value.",
            len(undone.left),
            operation=_(actions.label(undone.operation)),
        )
        self.body.addWidget(label(said, wrap=True))
        self.consequence = label(_("One moment…"), "warning", wrap=True, selectable=True)
        self.body.addWidget(self.consequence)
        self._trouble = Banner()
        self.body.addWidget(self._trouble)
        self.add_cancel()
        self.main = self.add_main(_("Take back the rest"), danger=True)
        self.main.setEnabled(False)
        self.main.clicked.connect(self._take_back)
        desk.runner.call(self._consequences, self._tell, self._fail)

    def _consequences(self, _progress: Progress) -> list[str]:
        """What becomes of each record; asked on a reader."""
        lines = []
        for number in self._undone.left[:_TOLD]:
            try:
                _kind, record_id = self._desk.registry.read(FindByNumber(number))
            except Invalid:
                lines.append(_("{number}: was deleted since and stays deleted.", number=number))
                continue
            page = self._desk.registry.read(GetHistory(record_id))
            lines += told(number, page.operations, self._undone.undoes, whole=not page.more)
        return lines

    def _tell(self, lines: list[str]) -> None:
        more = len(self._undone.left) - _TOLD
        if more > 0:
            lines.append(ngettext("… and {count} more record", "… and {count} more records", more))
        self.consequence.setText("\n".join(lines))
        self.main.setEnabled(True)

    def _take_back(self) -> None:
        from ui.undoing import say_undone

        def done(outcome: Outcome[Undone]) -> None:
            self.accept()
            say_undone(self._desk, outcome.value)

        self.main.setEnabled(False)
        self._desk.execute(Undo(self._undone.undoes, force=True), done, self._fail, title=_("Undoing"))

    def _fail(self, error: RegistryError) -> None:
        self._trouble.say(str(error), "danger")


def told(number: str, operations: tuple[Operation, ...], batch: int, *, whole: bool) -> list[str]:
    """What of a record goes when `batch` is taken back, from its history, newest first, as far as it was read."""
    mine = next((o for o in operations if o.batch == batch), None)
    since = [o for o in operations if o.batch > batch]
    if mine is None or (whole and operations[-1] is mine):
        return [_("{number}: was made by it, and is removed with everything that was written since.", number=number)]
    lines = []
    for change in mine.changes:
        later = next(((o, c) for o in since for c in o.changes if c.field == change.field), None)
        if later is not None:
            operation, now = later
            now_said, old_said = (now.field.show(value) if value else "—" for value in (now.new, change.old))
            said = _("{field}: “{now}” becomes “{old}”", field=change.field.title, now=now_said, old=old_said)
            what = change.field.title if change.hidden or now.hidden else said
            by = _("written by {user} on {date}", user=operation.user, date=formats.moment(operation.time))
            lines.append(_("{field}: {value}", field=number, value=f"{what} ({by})"))
    return lines or [_("{number}: nothing that was written since is overwritten.", number=number)]
