"""When a question is shown: always, or with certain answers to an earlier one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from registry import vocabularies
from registry.fields import in_words
from registry.i18n import _
from registry.profiles.definition import DECIDING, Condition, Question
from ui.widgets.inputs import Labelled
from ui.widgets.labels import clear, column
from ui.widgets.wrapping import WrappingLayout


class ConditionBox(QWidget):
    """A menu of the earlier questions, and the answers of the chosen one to tick.

    Signals:
        edited: something was chosen.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._earlier: dict[str, Question] = {}
        self.question = QComboBox()
        self.question.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.question.setMinimumContentsLength(20)
        self.question.activated.connect(lambda _place: self._choose())
        self.answers: dict[str, QCheckBox] = {}
        layout = column(self, spacing=4)
        layout.addWidget(Labelled(_("Shown"), self.question))
        self._ticks = QWidget()
        self._flow = WrappingLayout(self._ticks)
        layout.addWidget(self._ticks)
        self.setFocusProxy(self.question)

    def show_condition(self, condition: Condition | None, earlier: Sequence[Question]) -> None:
        """Show a condition; `earlier` are the questions before this one."""
        self._earlier = {q.code: q for q in earlier if q.kind in DECIDING}
        self.question.clear()
        self.question.addItem(_("Always"), "")
        for code, question in self._earlier.items():
            self.question.addItem(_("When “{question}” is …", question=in_words(question.labels) or code), code)
        if condition is not None and condition.question not in self._earlier:
            self.question.addItem(condition.question, condition.question)
        self.question.setCurrentIndex(max(self.question.findData(condition.question if condition else ""), 0))
        self._offer(condition.values if condition else ())

    def condition(self) -> Condition | None:
        """What is chosen."""
        code = str(self.question.currentData() or "")
        ticked = tuple(value for value, box in self.answers.items() if box.isChecked())
        return Condition(code, ticked) if code else None

    def _choose(self) -> None:
        self._offer(("yes",))
        self.edited.emit()

    def _offer(self, ticked: Sequence[str]) -> None:
        """The answers of the chosen question."""
        clear(self._flow)
        self.answers = {}
        question = self._earlier.get(str(self.question.currentData() or ""))
        if question is not None:
            own = [(c.code, in_words(c.labels)) for c in question.choices]
            for code, words in own or vocabularies.get("yes_no").choices():
                box = QCheckBox(words.replace("&", "&&"))
                box.setChecked(code in ticked)
                box.toggled.connect(lambda _on: self.edited.emit())
                self.answers[code] = box
                self._flow.addWidget(box)
        self._ticks.setVisible(bool(self.answers))
