"""One field being edited: its label, the input its kind calls for, and what is wrong with what stands there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import copy_context

from PySide6.QtCore import QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QWidget

from registry import links, postal
from registry.errors import Invalid
from registry.fields import Field
from registry.i18n import _
from registry.kinds import Situation, clean
from ui.desk import Desk
from ui.widgets.choices import CodeBox
from ui.widgets.city_line import CityLine
from ui.widgets.inputs import mark_wrong
from ui.widgets.labels import column, label, repolish, row
from ui.widgets.link_line import LinkLine
from ui.widgets.open_code import OpenCodeLine

#: Width of the labels, in logical pixels.
LABEL_WIDTH = 144
_CODED = frozenset({"code", "country", "language"})
#: Fields of plain text that name a city or town; only an address has a country of its own beside it.
_CITIES = frozenset({postal.CITY, "birth_place", "hometown"})
#: Milliseconds without a key after which a value is checked.
_PAUSE = 350


class FieldEditor(QWidget):
    """Edits one value of one field.

    Signals:
        edited: the text changed.
        settled: it was looked at after a pause of typing.
        city_taken: a `City` was taken from those on offer.
    """

    edited = Signal()
    settled = Signal()
    city_taken = Signal(object)

    def __init__(
        self,
        field: Field,
        name: str,
        situation: Callable[[], Situation],
        *,
        labelled: bool = True,
        desk: Desk | None = None,
    ) -> None:
        """Make the input that the field's kind calls for.

        Args:
            name: the canonical name, numbered.
            situation: tells the country whose habits apply.
            desk: where records are looked up that the field may name; without one none are offered.
        """
        super().__init__()
        self.field, self.name, self._desk = field, name, desk
        self._situation = situation
        self._initial = self._hint = self._origin = ""
        # Values are read with the fields as they were when the input was made: a preview asks what nobody keeps yet.
        self._context = copy_context()
        self._hint_role = "warning"
        self._input = self._make_input()
        layout = row(self, spacing=8)
        self._caption = label(field.title, "quiet", wrap=True)
        self._caption.setFixedWidth(LABEL_WIDTH)
        self._caption.setMinimumHeight(32)
        self._caption.setBuddy(self._input)
        layout.addWidget(self._caption, 0, Qt.AlignmentFlag.AlignTop)
        self._caption.setVisible(labelled)
        inside = column(spacing=2)
        inside.addWidget(self._input)
        self._below = label(role="small", wrap=True)
        self._below.hide()
        inside.addWidget(self._below)
        if field.asked is not None and field.asked.required:
            self.set_caption(field.title, _("{field} (wanted by the questionnaire)", field=field.title))
        self._tell("")
        layout.addLayout(inside, 1)
        self.setFocusProxy(self._input)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.check)

    def _make_input(self) -> QLineEdit | QPlainTextEdit | CodeBox:
        field = self.field
        if field.kind.name == "open_code":
            open_line = OpenCodeLine(field.vocabulary, field.title)
            open_line.textChanged.connect(lambda _text: self._changed())
            return open_line
        if field.kind.name in _CODED:
            box = CodeBox(field.vocabulary, field.title)
            box.currentTextChanged.connect(lambda _text: self._changed())
            return box
        if field.kind.name == "long_text":
            area = QPlainTextEdit()
            area.setFixedHeight(96)
            area.setTabChangesFocus(True)
            area.setAccessibleName(field.title)
            area.textChanged.connect(self._changed)
            return area
        line = self._offering() or QLineEdit()
        line.setAccessibleName(field.title)
        if field.kind.name == "partial_date":
            line.setPlaceholderText(_("1985, 1985-03 or 1985-03-12"))
        line.textChanged.connect(lambda _text: self._changed())
        return line

    def _offering(self) -> QLineEdit | None:
        """A line that offers records or cities, where the field may name one and there is a desk to ask."""
        if self._desk is None:
            return None
        if target := links.target(self.field):
            return LinkLine(self._desk, target, self.field.title)
        if self.field.name not in _CITIES:
            return None
        here = self._situation if self.field.name == postal.CITY else Situation
        line = CityLine(self._desk, self.field.title, lambda: here().country)
        line.taken.connect(self.city_taken)
        return line

    def set_caption(self, words: str, needed: str = "") -> None:
        """Call the field otherwise; `needed` puts a mark behind it, and says why on hover and to screen readers."""
        self._caption.setText(f"{words} *" if needed else words)
        self._caption.setToolTip(needed)
        self._input.setAccessibleName(needed or words)

    def offer(self, words: Sequence[str]) -> None:
        """Complete what is typed to one of these; anything else may be typed too."""
        if isinstance(self._input, QLineEdit):
            completer = self._input.completer() or QCompleter(self._input)
            completer.setModel(QStringListModel(list(words), completer))
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self._input.setCompleter(completer)

    def text(self) -> str:
        """What stands there now: a code for coded fields, else the text."""
        if isinstance(self._input, CodeBox):
            return self._input.code()
        if isinstance(self._input, QPlainTextEdit):
            return self._input.toPlainText()
        return self._input.text()

    def set_value(self, value: str, *, raw: bool = False, initial: bool = True) -> None:
        """Show a kept value, or a raw text that the field could not hold.

        Args:
            initial: this is what the record says; False = what the officer typed before.
        """
        if isinstance(self._input, CodeBox):
            self._input.set_code(value)
            if raw or (value and not self._input.code()):
                self._input.setCurrentText(value)
        elif isinstance(self._input, QPlainTextEdit):
            self._input.setPlainText(value)
        elif isinstance(self._input, OpenCodeLine):
            self._input.set_value(value)
        else:
            shown = self.field.show(value) if value and not raw and self.field.kind.name == "phone" else value
            self._input.setText(shown)
        if initial:
            self._initial = self.text()
        self._pause.stop()
        self.set_problem("")
        if raw:
            self.check()

    @property
    def changed(self) -> bool:
        """Whether the officer changed it."""
        return self.text() != self._initial

    def _changed(self) -> None:
        self._hint = ""
        self.set_problem("")
        self._pause.start()
        self.edited.emit()

    def check(self) -> bool:
        """Say what is wrong, or how the value was understood; True if it can be kept."""
        kept = self._context.run(self._check)
        self.settled.emit()
        return kept

    def _check(self) -> bool:
        text = self.text()
        if not text.strip():
            self.set_problem("")
            return True
        try:
            plain = text if self.field.kind.name == "long_text" else clean(text)
            value = self.field.kind.read(plain, self._situation(), self.field.vocabulary)
        except Invalid as problem:
            self.set_problem(str(problem))
            return False
        self._tell(self._understood(text, value))
        return True

    def _understood(self, text: str, value: str) -> str:
        """A date or number in words, where that tells the officer more than what was typed."""
        if self.field.kind.name == "open_code":
            return _("Not in the list; kept as text, to be coded later.") if value == clean(text) else ""
        shown = self.field.show(value) if self.field.kind.name in ("partial_date", "phone") else ""
        return shown if shown and shown != text.strip() and value != text.strip() else ""

    def set_hint(self, sentence: str, role: str = "warning") -> None:
        """Say what to mind about a value that can be kept, until it is changed; "" = nothing."""
        if sentence != self._hint:
            self._hint, self._hint_role = sentence, role
            if not self._input.property("wrong"):
                self._tell("")

    def _tell(self, understood: str) -> None:
        """A hint comes before how the value was understood."""
        self._input.setAccessibleDescription(self._hint or self._origin)
        self._say(self._hint or understood, self._hint_role if self._hint else "small")

    def set_origin(self, sentence: str) -> None:
        """Tell, on hover and to screen readers, where the value comes from."""
        self._origin = sentence
        self.setToolTip(sentence)
        if not self._input.accessibleDescription():
            self._input.setAccessibleDescription(sentence)

    def set_problem(self, sentence: str) -> None:
        """Say what is wrong with the value; "" = nothing."""
        mark_wrong(self._input, bool(sentence))
        self._input.setAccessibleDescription(sentence or self._hint or self._origin)
        if sentence:
            self._say(sentence, "danger")
        else:
            self._tell("")

    def _say(self, sentence: str, role: str) -> None:
        """A sentence below the input; where there is none, what helps to fill it in."""
        sentence, role = (sentence, role) if sentence else (self.field.help, "small")
        self._below.setText(sentence)
        if self._below.property("role") != role:
            self._below.setProperty("role", role)
            repolish(self._below)
        self._below.setVisible(bool(sentence))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for the card at its narrowest."""
        return super().minimumSizeHint().boundedTo(QSize(240, 10_000))
