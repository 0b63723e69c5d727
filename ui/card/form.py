"""A record being edited: every field its user may change, made from the field descriptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QWidget

from registry.fields import CONSENT, Field
from registry.kinds import CODE, Situation
from registry.mrz.finding import begins_mrz, looks_like_mrz
from ui.card.blocks import Block, Section, sections
from ui.card.consents import ConsentMatrix
from ui.card.editors import FieldEditor
from ui.card.groups import GroupEditor
from ui.card.questions import Conditions, Ticks, answers_in
from ui.desk import Desk
from ui.widgets.labels import column, label


class Form(QScrollArea):
    """The inputs of one record.

    Signals:
        edited: something changed.
        zone_typed: the machine readable zone of a document stands in this field, pasted or typed by a reader.
        consent_asked: all about one purpose of consent is wanted.
    """

    edited = Signal()
    zone_typed = Signal(str)
    consent_asked = Signal(str)

    def __init__(self, kind: str, desk: Desk) -> None:
        super().__init__()
        self._kind, self._desk, self._session = kind, desk, desk.session
        self._post_country = ""
        self._singles: list[FieldEditor] = []
        self._groups: list[GroupEditor] = []
        self._consents: list[ConsentMatrix] = []
        self._ticks: list[Ticks] = []
        self._conditions = Conditions(self._answers)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.edited.connect(self._look_for_zone)
        self.edited.connect(lambda: self._conditions.apply())

    def fill(
        self,
        values: Mapping[str, str],
        raw: Mapping[str, str],
        typed: Mapping[str, str],
        *,
        whole: bool,
        post_country: str,
    ) -> None:
        """Make the inputs anew.

        Args:
            values, raw: what the record holds.
            typed: numbered name -> text that the officer typed before and did not save.
            whole: every field; else those that are filled, and those of the 90-second card.
            post_country: alpha-3 code; where telephone numbers belong as long as there is no address.
        """
        self._post_country = post_country
        self._singles, self._groups, self._consents, self._ticks = [], [], [], []
        self._conditions = Conditions(self._answers)
        inside = QWidget()
        layout = column(inside, spacing=8)
        layout.setContentsMargins(20, 4, 20, 20)
        held = {**values, **raw, **{n: t for n, t in typed.items() if t}}
        for section in self._sections():
            here = (b for b in section.blocks if not b.elsewhere(raw))
            blocks = [b for b in here if self._shown(b, held, whole=whole)]
            if blocks:
                layout.addSpacing(12)
                layout.addWidget(label(section.title, "section"))
                for block in blocks:
                    made = self._block(block, values, raw, typed, whole=whole)
                    layout.addWidget(made)
                    self._conditions.add(block.fields[0], made)
        self._conditions.apply()
        layout.addStretch(1)
        self.setWidget(inside)

    def _sections(self) -> tuple[Section, ...]:
        return sections(self._kind, self._session)

    def _shown(self, block: Block, held: Mapping[str, str], *, whole: bool) -> bool:
        if not any(self._session.edits(f) for f in block.fields):
            return False
        return whole or block.minimal or block.count(held) > 0

    def _block(
        self,
        block: Block,
        values: Mapping[str, str],
        raw: Mapping[str, str],
        typed: Mapping[str, str],
        *,
        whole: bool,
    ) -> QWidget:
        editable = self._session.edits(block.fields[0])
        if block.table == CONSENT:
            matrix = ConsentMatrix(block.fields, values, editable=editable)
            matrix.retype(typed)
            matrix.edited.connect(self.edited)
            matrix.details_asked.connect(self.consent_asked)
            self._consents.append(matrix)
            return matrix
        first = block.fields[0]
        if first.asked is not None and first.repeats and first.kind is CODE and not block.count(raw):
            ticks = Ticks(first, values, typed, editable=editable)
            ticks.edited.connect(self.edited)
            self._ticks.append(ticks)
            return ticks
        if block.repeats:
            group = GroupEditor(block, self._situation, self._desk, editable=editable)
            group.fill(values, raw, typed, whole=whole)
            group.edited.connect(self.edited)
            self._groups.append(group)
            return group
        return self._single(block.fields[0], values, raw, typed)

    def _single(
        self, field: Field, values: Mapping[str, str], raw: Mapping[str, str], typed: Mapping[str, str]
    ) -> FieldEditor:
        editor = FieldEditor(field, field.name, self._situation, desk=self._desk)
        editor.set_value(raw.get(field.name, values.get(field.name, "")), raw=field.name in raw)
        if field.name in typed:
            editor.set_value(typed[field.name], initial=False)
        editor.edited.connect(self.edited)
        self._singles.append(editor)
        return editor

    def _situation(self) -> Situation:
        """The habits of the address's country, else of the post's."""
        return Situation(self.text_of("address.country") or self._post_country)

    def editors(self) -> list[FieldEditor]:
        """Every input that is shown, single ones and those of groups."""
        return [*self._singles, *(e for group in self._groups for e in group.editors())]

    def changes(self) -> dict[str, str]:
        """Numbered name -> new text of what the officer changed; "" empties a field."""
        found = {e.name: e.text() for e in self._singles if e.changed}
        for group in self._groups:
            found.update(group.changes())
        for matrix in self._consents:
            found.update(matrix.changes())
        for ticks in self._ticks:
            found.update(ticks.changes())
        return found

    def _answers(self, name: str) -> Sequence[str] | None:
        return answers_in(name, self.editors(), self._ticks)

    def _look_for_zone(self) -> None:
        for editor in self.editors():
            if looks_like_mrz(editor.text()):
                self.zone_typed.emit(editor.name)

    def shows(self, name: str) -> bool:
        """Whether there is an input for the field."""
        return any(e.name == name and not e.isHidden() for e in self.editors())

    def text_of(self, name: str) -> str:
        """What stands in a field; "" if it is not shown."""
        return next((e.text() for e in self.editors() if e.name == name), "")

    def set_hint(self, name: str, sentence: str, role: str = "warning") -> None:
        """Say at a field what to mind about its value."""
        for editor in self.editors():
            if editor.name == name:
                editor.set_hint(sentence, role)

    def set_problem(self, name: str, sentence: str) -> bool:
        """Show what is wrong at its field; False if the field is not shown."""
        for editor in self.editors():
            if editor.name == name:
                editor.set_problem(sentence)
                self.ensureWidgetVisible(editor)
                editor.setFocus()
                return True
        return False

    def first_empty(self) -> str:
        """The first field that is shown and empty, but for the full name, which others make up."""
        shown = (e for e in self.findChildren(FieldEditor) if not e.isHidden())
        return next((e.name for e in shown if not e.text() and e.name != "full_name"), "")

    def focus_field(self, name: str = "") -> None:
        """Begin at a field, by default at the first."""
        editors = self.editors()
        chosen = [e for e in editors if e.name == name] or editors
        if chosen:
            chosen[0].setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, self._keep_visible)  # what was just made has no place yet

    def _keep_visible(self) -> None:
        here = self.focusWidget()
        if here is not None:
            self.ensureWidgetVisible(here)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on to the next field; that of a reader between the lines of a zone does not."""
        plain = not event.modifiers() or event.modifiers() == Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            here = self.focusWidget()
            written = next((e.text() for e in self.editors() if e.focusProxy() is here), "")
            if not isinstance(here, QPlainTextEdit) and not begins_mrz(written):
                self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the parts of an address as they stand."""
        here = self.focusWidget()
        for group in self._groups:
            stop = group.stop_after(here, forward=forward)
            if stop is not None:
                stop.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
                self.ensureWidgetVisible(stop)
                return True
        return super().focusNextPrevChild(forward)
