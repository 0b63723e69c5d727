"""The dialog in which a condition is put together from menus."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QStackedWidget, QWidget

from registry.documents.flat import Begin
from registry.documents.templates import Variable
from registry.documents.tree import COMPARING, Test
from registry.i18n import _
from ui.dialogs.base import Dialog
from ui.templates.words import TESTS, offered_fields, vocabulary_of
from ui.widgets.choices import CodeBox
from ui.widgets.inputs import Labelled
from ui.widgets.labels import label


def usual_conditions() -> list[tuple[str, Begin]]:
    """(words, condition) of what letters ask most often."""
    return [
        (_("The recipient is a woman"), Begin("sex", "equals", ("female",))),
        (_("The recipient is a man"), Begin("sex", "equals", ("male",))),
        (_("The registration has expired"), Begin("valid_until", "past")),
        (_("The registration is in force"), Begin("valid_until", "ahead")),
        (_("A telephone number is known"), Begin("phone", "filled")),
        (_("No e-mail address is known"), Begin("email", "empty")),
        (_("The recipient belongs to an association"), Begin("association", "filled")),
    ]


class ConditionDialog(Dialog):
    """Field, test and value, each from a menu.

    Signals:
        decided: the `Begin` that was put together.
    """

    decided = Signal(object)

    def __init__(self, variables: Iterable[Variable], parent: QWidget | None = None) -> None:
        super().__init__(_("Text under a condition"), parent)
        self.body.addWidget(label(_("What is marked is printed only for recipients of whom this is true."), wrap=True))
        self.field, self.test = QComboBox(), QComboBox()
        for heading, some in offered_fields(variables):
            for name, words in some:
                self.field.addItem(f"{words} ({heading})", name)
        for code, words in TESTS.items():
            self.test.addItem(_(words), code)
        self.field.setMaxVisibleItems(16)
        self.body.addWidget(Labelled(_("Field"), self.field))
        self.body.addWidget(Labelled(_("Condition"), self.test))
        self.text = QLineEdit()
        self._values = QStackedWidget()
        self._values.addWidget(self.text)
        self._asked = Labelled(_("Value"), self._values)
        self._values.setAccessibleName(_("Value"))
        self.text.setAccessibleName(_("Value"))
        self.body.addWidget(self._asked)
        self.add_cancel()
        self.add_main(_("Put in")).clicked.connect(self._decide)
        self.field.currentIndexChanged.connect(lambda _place: self._ask_value())
        self.test.currentIndexChanged.connect(lambda _place: self._ask_value())
        self._ask_value()

    def _ask_value(self) -> None:
        """A value from the field's list, or typed; none where the test compares with nothing."""
        vocabulary = vocabulary_of(str(self.field.currentData()))
        before = self._values.widget(1)
        if before is not None:
            self._values.removeWidget(before)
            before.deleteLater()
        if vocabulary:
            self._values.addWidget(CodeBox(vocabulary, _("Value")))
            self._values.setCurrentIndex(1)
        self._asked.setVisible(self.test.currentData() in COMPARING)
        self._asked.set_hint("" if vocabulary else _("Several values with commas between them."))
        self._asked.set_problem("")

    def _given(self) -> tuple[str, ...]:
        box = self._values.currentWidget()
        if isinstance(box, CodeBox):
            return (box.code(),) if box.code() else ()
        return tuple(value for each in self.text.text().split(",") if (value := each.strip()))

    def _decide(self) -> None:
        test: Test = self.test.currentData()
        values = self._given() if test in COMPARING else ()
        if test in COMPARING and not values:
            self._asked.set_problem(_("Choose or write what the field is compared with."))
            return
        if test == "equals" and len(values) > 1:
            test = "in"
        self.decided.emit(Begin(str(self.field.currentData()), test, values))
        self.accept()
