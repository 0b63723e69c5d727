"""One value for a field of all the marked records."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from registry.commands import Command, SetField
from registry.fields import Field
from registry.i18n import _, ngettext
from registry.kinds import Situation
from registry.registration.outcomes import Treated
from registry.several import settable
from ui.card.editors import LABEL_WIDTH, FieldEditor
from ui.desk import Desk
from ui.dialogs.treating import TreatingDialog, Treatment
from ui.places import Selection
from ui.widgets.labels import indented, label, row


class SetFieldDialog(TreatingDialog):
    """Which field, and what it is to hold; says in one sentence what becomes of how many.

    Attributes:
        field: the fields that can be set.
        value: the editor of the one that is chosen.
        empty: whether the field is emptied, which nobody asks for by typing nothing.
    """

    def __init__(self, desk: Desk, selection: Selection, parent: QWidget) -> None:
        super().__init__(
            desk, Treatment(_("Set a field"), _("Set"), "", self._command, _told, _left), selection, parent
        )
        self._fields = settable(selection.kind, desk.session)
        self.field = QComboBox()
        self.field.setAccessibleName(_("Field"))
        self.field.setMaxVisibleItems(16)
        for field in self._fields:
            self.field.addItem(field.title)
        line = row(spacing=8)
        caption = label(_("Field"), "quiet")
        caption.setFixedWidth(LABEL_WIDTH)
        caption.setBuddy(self.field)
        line.addWidget(caption)
        line.addWidget(self.field, 1)
        self.inputs.addLayout(line)
        self._place = QVBoxLayout()
        self.inputs.addLayout(self._place)
        self.value = self._editor(self._fields[0])
        self.empty = QCheckBox(_("Empty the field"))
        self.empty.toggled.connect(self._tell)
        self.inputs.addLayout(indented(self.empty, LABEL_WIDTH + 8))
        self.field.currentIndexChanged.connect(self._choose)
        self._tell()
        self.field.setFocus()

    @property
    def chosen(self) -> Field:
        """The field that is set."""
        return self._fields[self.field.currentIndex()]

    def _editor(self, field: Field) -> FieldEditor:
        made = FieldEditor(field, field.name, Situation, desk=self._desk)
        made.edited.connect(self._tell)
        self._place.addWidget(made)
        return made

    def _choose(self, _place: int) -> None:
        self.value.hide()
        self.value.deleteLater()
        self.value = self._editor(self.chosen)
        self._tell()

    def _tell(self) -> None:
        count, title = self._selection.count, self.chosen.title
        self.value.setEnabled(not self.empty.isChecked())
        self.main.setEnabled(self.empty.isChecked() or bool(self.value.text().strip()))
        if not self.empty.isChecked():
            said = ngettext(
                "“{field}” of {count} record gets this value, whatever it holds now.",
                "“{field}” of {count} records gets this value, whatever it holds now.",
                count,
                field=title,
            )
        else:
            said = ngettext(
                "“{field}” of {count} record is emptied.",
                "“{field}” of {count} records is emptied.",
                count,
                field=title,
            )
        self.sentence.setText(said)

    def _command(self, ids: tuple[int, ...]) -> Command[Treated]:
        text = "" if self.empty.isChecked() else self.value.text()
        return SetField(self._selection.kind, ids, self.chosen.name, text)

    def refused_at(self, field: str) -> FieldEditor | None:
        """What was typed may be nothing that the field can hold."""
        return self.value if field == self.chosen.name else None


def set_field(desk: Desk, selection: Selection) -> None:
    """From the menu of a list."""
    if desk.window is not None:
        SetFieldDialog(desk, selection, desk.window).open()


def _told(count: int) -> str:
    return ngettext("{count} record changed.", "{count} records changed.", count)


def _left(count: int) -> str:
    return ngettext("{count} record was left:", "{count} records were left:", count)
