"""The rows of a query: a condition on a field, words as they are written, or a group of which one must hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from registry import kinds
from registry.fields import CONSENT, Field
from registry.i18n import N_, _
from registry.search.building import Choice, Condition, Part, Written
from registry.search.conditions import ANYTHING, NOTHING
from registry.search.folding import fold
from registry.search.names import Names, asked
from registry.search.values import RANKED
from ui.building.value_box import ValueBox
from ui.widgets.labels import button, column, icon_button, indented, label, row

#: How a field is compared; the last two have no value beside them.
_COMPARISONS = {
    ":": N_("is"),
    "<": N_("< less than"),
    "<=": N_("≤ at most"),
    ">": N_("> more than"),
    ">=": N_("≥ at least"),
}
_NONE, _ANY = "none", "any"
_WITHOUT_VALUE = {_NONE: N_("is not written down"), _ANY: N_("is written down")}


class FieldBox(QComboBox):
    """All fields that this user sees; one types any part of a name."""

    def __init__(self, names: Names) -> None:
        super().__init__()
        self._names = names
        self.setAccessibleName(_("Field"))
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.setMaxVisibleItems(14)
        seen = [f for f in asked(names.kind) if names.session.sees(f) and not f.former]
        alone = [(f.title, names.shortest(f)) for f in seen if not (f.table == CONSENT and f.key)]
        consents = [(_("Consent"), CONSENT)] if len(alone) < len(seen) else []
        for title, word in sorted([*alone, *consents], key=lambda each: fold(each[0])):
            self.addItem(title, word)
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        line = self.lineEdit()
        if isinstance(line, QLineEdit):
            line.setAccessibleName(_("Field"))
            line.setPlaceholderText(_("Type part of a field’s name"))
        self.setCurrentIndex(-1)

    def choose(self, word: str) -> None:
        """Show the field that a word names; one that the list has not, such as one consent, joins it."""
        known = self._names.find(word)
        shortest = CONSENT if len(known) > 1 else self._names.shortest(known[0]) if known else ""
        if self.findData(shortest) < 0 and known:
            self.addItem(known[0].title, shortest)
        self.setCurrentIndex(self.findData(shortest) if known else -1)
        line = self.lineEdit()
        if isinstance(line, QLineEdit):
            line.setCursorPosition(0)  # of a long name the beginning is seen

    def word(self) -> str:
        """The word of the field chosen; "" while what is typed is none."""
        place = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
        return str(self.itemData(place)) if place >= 0 else ""


class ConditionRow(QWidget):
    """One condition.

    Signals:
        edited: something in it changed.
        removed: the officer takes it out.
    """

    edited = Signal()
    removed = Signal()

    def __init__(self, names: Names, condition: Condition) -> None:
        super().__init__()
        self._names, self._word = names, condition.word
        self.field = FieldBox(names)
        self.field.choose(condition.word)
        self.negated = QCheckBox(_("not"))
        self.negated.setAccessibleName(_("The condition must not hold"))
        self.negated.setChecked(condition.negated)
        self.comparison = QComboBox()
        self.comparison.setAccessibleName(_("Comparison"))
        self.comparison.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.comparison.setMinimumContentsLength(12)
        self._layout: QHBoxLayout = row(self, spacing=8)
        self._layout.addWidget(self.field, 4)
        self._layout.addWidget(self.negated)
        self._layout.addWidget(self.comparison, 2)
        self.value = ValueBox(names.kind, (), "", ":")
        self._layout.addWidget(self.value, 5)
        self._out = icon_button("close", _("Take this condition out"), self.removed.emit)
        self._layout.addWidget(self._out)
        self._compare(condition.operator, condition.value)
        self.field.currentTextChanged.connect(self._choose_field)
        self.comparison.activated.connect(lambda _place: self._choose_comparison())
        self.negated.toggled.connect(lambda _on: self.edited.emit())
        self.setFocusProxy(self.field)

    @property
    def controls(self) -> list[QWidget]:
        """What takes the keyboard, in order."""
        return [self.field, self.negated, self.comparison, *self.value.controls, self._out]

    def part(self) -> Condition:
        """The condition as it stands."""
        chosen = str(self.comparison.currentData())
        if chosen in _WITHOUT_VALUE:
            return Condition(self._word, ":", chosen, self.negated.isChecked())
        return Condition(self._word, chosen, self.value.value(), self.negated.isChecked())

    def _choose_field(self) -> None:
        word = self.field.word()
        if word != self._word:
            self._word = word
            self._compare(":", "")
            self.edited.emit()

    def _compare(self, operator: str, value: str) -> None:
        """Offer the comparisons that the field has, and choose one."""
        known = self._names.find(self._word)
        folded = fold(value)
        empty = _NONE if folded in NOTHING else _ANY if folded in ANYTHING else ""
        self.comparison.clear()
        for sign, words in _COMPARISONS.items():
            if sign in (":", operator) or (known and _has_order(known[0])):
                self.comparison.addItem(_(words), sign)
        for sign, words in _WITHOUT_VALUE.items():
            self.comparison.addItem(_(words), sign)
        self.comparison.setCurrentIndex(self.comparison.findData(empty if empty and operator == ":" else operator))
        self._show_value("" if empty and operator == ":" else value)

    def _choose_comparison(self) -> None:
        self._show_value(self.value.value())
        self.edited.emit()

    def _show_value(self, value: str) -> None:
        chosen = str(self.comparison.currentData())
        box = ValueBox(self._names.kind, self._names.find(self._word), value, chosen)
        keeps_its_room = box.sizePolicy()
        keeps_its_room.setRetainSizeWhenHidden(True)
        box.setSizePolicy(keeps_its_room)
        box.edited.connect(self.edited)
        self._layout.replaceWidget(self.value, box)
        self.value.hide()
        self.value.deleteLater()
        self.value = box
        box.setVisible(chosen not in _WITHOUT_VALUE)
        _order(self.controls)


class WrittenRow(QWidget):
    """Words to look for, and parts of a query that rows cannot show."""

    edited = Signal()
    removed = Signal()

    def __init__(self, written: Written) -> None:
        super().__init__()
        self.line = QLineEdit(written.text)
        self.line.setAccessibleName(_("Words, or a part of the search as it is written"))
        self.line.setPlaceholderText(_("Names, numbers, places"))
        self.line.textChanged.connect(lambda _text: self.edited.emit())
        layout = row(self, spacing=8)
        layout.addWidget(label(_("Words")))
        layout.addWidget(self.line, 1)
        out = icon_button("close", _("Take these words out"), self.removed.emit)
        layout.addWidget(out)
        self.controls: list[QWidget] = [self.line, out]
        self.setFocusProxy(self.line)

    def part(self) -> Written:
        """The words as they stand."""
        return Written(self.line.text())


class ChoiceRow(QWidget):
    """A group of rows of which one must hold at least."""

    edited = Signal()
    removed = Signal()

    def __init__(self, names: Names, choice: Choice) -> None:
        super().__init__()
        outer = column(self, spacing=8)
        head = row(spacing=8)
        head.addWidget(label(_("At least one of these:"), "quiet"), 1)
        self._out = icon_button("close", _("Take this group out"), self.removed.emit)
        head.addWidget(self._out)
        outer.addLayout(head)
        self.rows = Rows(names, choice.parts or (Condition("", ":", ""),))
        self.rows.edited.connect(self.edited)
        inside = QWidget()
        below = column(inside, spacing=8)
        below.addWidget(self.rows)
        self._more = button(_("Or another condition"), self._add, "link", "add")
        below.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        outer.addLayout(indented(inside, 24))
        self.setFocusProxy(self.rows.shown[0])

    @property
    def controls(self) -> list[QWidget]:
        """What takes the keyboard, in order."""
        return [self._out, *(control for shown in self.rows.shown for control in shown.controls), self._more]

    def part(self) -> Choice:
        """The group as it stands."""
        return Choice(tuple(part for part in self.rows.parts() if not isinstance(part, Choice)))

    def _add(self) -> None:
        self.rows.add(Condition("", ":", ""))


class Rows(QWidget):
    """Rows under each other.

    Signals:
        edited: one was changed, added or taken out.
    """

    edited = Signal()

    def __init__(self, names: Names, parts: tuple[Part, ...]) -> None:
        super().__init__()
        self._names = names
        self.shown: list[ConditionRow | WrittenRow | ChoiceRow] = []
        self._layout: QVBoxLayout = column(self, spacing=8)
        for part in parts:
            self._show(part)

    def parts(self) -> tuple[Part, ...]:
        """What they say now."""
        return tuple(shown.part() for shown in self.shown)

    def add(self, part: Part) -> None:
        """Put a row at the end and the keyboard into it."""
        made = self._show(part)
        made.setFocus()
        self.edited.emit()

    def _show(self, part: Part) -> ConditionRow | WrittenRow | ChoiceRow:
        made = _row(self._names, part)
        before = self.shown[-1].controls[-1:] if self.shown else []
        self.shown.append(made)
        self._layout.addWidget(made)
        _order([*before, *made.controls])
        made.edited.connect(self.edited)
        made.removed.connect(self._taking_out(made))
        return made

    def _taking_out(self, made: ConditionRow | WrittenRow | ChoiceRow) -> Callable[[], None]:
        def take_out() -> None:
            place = self.shown.index(made)
            self.shown.remove(made)
            made.hide()
            made.deleteLater()
            if self.shown:
                self.shown[min(place, len(self.shown) - 1)].setFocus()
            self.edited.emit()

        return take_out


def _order(controls: Sequence[QWidget]) -> None:
    """Let the tabulator key go through these one after the other, wherever they were added."""
    for one, following in pairwise(controls):
        QWidget.setTabOrder(one, following)


def _row(names: Names, part: Part) -> ConditionRow | WrittenRow | ChoiceRow:
    match part:
        case Condition():
            return ConditionRow(names, part)
        case Written():
            return WrittenRow(part)
        case Choice():
            return ChoiceRow(names, part)


def _has_order(field: Field) -> bool:
    return field.kind in (kinds.PARTIAL_DATE, kinds.INTEGER) or field.vocabulary in RANKED
