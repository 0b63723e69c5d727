"""A record being edited: every field its user may change, part by part, each part made when it is first looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QScrollArea, QToolButton, QWidget

from registry import fields
from registry.fields import CONSENT, Field
from registry.i18n import _
from registry.kinds import CODE, Situation
from registry.mrz.finding import begins_mrz, looks_like_mrz
from ui.card.blocks import Block, Part, Section, parts, sections
from ui.card.consents import ConsentCell, ConsentMatrix
from ui.card.editors import FieldEditor
from ui.card.groups import GroupEditor
from ui.card.questions import Conditions, Ticks, answers_in
from ui.desk import Desk
from ui.widgets.labels import column, label

Texts = Mapping[str, str]
Inputs = FieldEditor | GroupEditor | ConsentMatrix | Ticks


class Form(QScrollArea):
    """The inputs of one record.

    Signals:
        edited: something changed.
        zone_typed: the machine readable zone of a document stands in this field, pasted or typed by a reader.
        part_shown: place of the part that is shown now.
        left: the keyboard goes beyond the last input (True) or before the first.
        consent_asked: all about one purpose of consent is wanted.
    """

    edited = Signal()
    zone_typed = Signal(str)
    part_shown = Signal(int)
    left = Signal(bool)
    consent_asked = Signal(str)

    def __init__(self, kind: str, desk: Desk) -> None:
        super().__init__()
        self._kind, self._desk, self._session = kind, desk, desk.session
        self._post_country = ""
        self._whole = False
        self._values: Texts = {}
        self._raw: Texts = {}
        self._typed: Texts = {}
        self._parts: tuple[Part, ...] = ()
        self._place = 0
        self._inside = column(spacing=0)
        self._begin()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.edited.connect(self._look_for_zone)
        self.edited.connect(lambda: self._conditions.apply())

    def _begin(self) -> None:
        self._pages: dict[int, QWidget] = {}
        self._stops: dict[int, list[Inputs]] = {}
        self._singles: list[FieldEditor] = []
        self._groups: list[GroupEditor] = []
        self._consents: list[ConsentMatrix] = []
        self._ticks: list[Ticks] = []
        self._conditions = Conditions(self._answers)

    def fill(self, values: Texts, raw: Texts, typed: Texts, *, whole: bool, post_country: str, place: int = 0) -> None:
        """Make the inputs anew.

        Args:
            values, raw: what the record holds.
            typed: numbered name -> text that the officer typed before and did not save.
            whole: all parts with every field; else the one part of the 90-second card, and what was typed besides.
            post_country: alpha-3 code; where telephone numbers belong as long as there is no address.
            place: of the part to begin with.
        """
        self._begin()
        self._values, self._raw, self._typed = values, raw, typed
        self._whole, self._post_country = whole, post_country
        self._parts = self._divided() if whole else (self._first_part(),)
        inside = QWidget()
        self._inside = column(inside, spacing=0)
        self.show_part(min(place, len(self._parts) - 1))
        self.setWidget(inside)

    def _divided(self) -> tuple[Part, ...]:
        return parts(self._kind, self._session)

    def _first_part(self) -> Part:
        held = {**self._values, **{n: t for n, t in self._typed.items() if t}}

        def shown(block: Block) -> bool:
            return not block.elsewhere(self._raw) and (block.minimal or block.count(held) > 0)

        chosen = (Section(s.title, tuple(filter(shown, s.blocks))) for s in sections(self._kind, self._session))
        return Part("", tuple(section for section in chosen if section.blocks))

    # --- parts --------------------------------------------------------------------------------------------------

    def show_part(self, place: int) -> None:
        """Bring a part to the front; what was typed in the others stays."""
        if place not in self._pages:
            self._pages[place] = self._make(place)
            self._inside.addWidget(self._pages[place])
        for other, page in self._pages.items():
            page.setVisible(other == place)
        self._place = place
        self.verticalScrollBar().setValue(0)
        self.part_shown.emit(place)

    def _make(self, place: int) -> QWidget:
        made = QWidget()
        layout = column(made, spacing=4)
        layout.setContentsMargins(20, 0, 20, 8)
        stops = self._stops.setdefault(place, [])
        for section in self._parts[place].sections:
            here = (b for b in section.blocks if not b.elsewhere(self._raw))
            blocks = [b for b in here if any(self._session.edits(f) for f in b.fields)]
            if blocks:
                layout.addSpacing(8)
                layout.addWidget(label(section.title, "section"))
                for block in blocks:
                    stops.append(self._block(block))
                    layout.addWidget(stops[-1])
                    self._conditions.add(block.fields[0], stops[-1])
        self._conditions.apply()
        if not stops:
            layout.addSpacing(12)
            layout.addWidget(label(_("Your role changes nothing here."), "quiet", wrap=True))
        layout.addStretch(1)
        return made

    def _block(self, block: Block) -> Inputs:
        editable = self._session.edits(block.fields[0])
        if block.table == CONSENT:
            matrix = ConsentMatrix(block.fields, self._values, editable=editable)
            matrix.retype(self._typed)
            matrix.edited.connect(self.edited)
            matrix.details_asked.connect(self.consent_asked)
            self._consents.append(matrix)
            return matrix
        first = block.fields[0]
        if first.asked is not None and first.repeats and first.kind is CODE and not block.count(self._raw):
            ticks = Ticks(first, self._values, self._typed, editable=editable)
            ticks.edited.connect(self.edited)
            self._ticks.append(ticks)
            return ticks
        if block.repeats:
            group = GroupEditor(block, self._situation, self._desk, editable=editable)
            group.fill(self._values, self._raw, self._typed, whole=self._whole)
            group.edited.connect(self.edited)
            self._groups.append(group)
            return group
        return self._single(block.fields[0])

    def _single(self, field: Field) -> FieldEditor:
        editor = FieldEditor(field, field.name, self._situation, desk=self._desk)
        raw = field.name in self._raw
        editor.set_value(self._raw.get(field.name, self._values.get(field.name, "")), raw=raw)
        if field.name in self._typed:
            editor.set_value(self._typed[field.name], initial=False)
        editor.edited.connect(self.edited)
        self._singles.append(editor)
        return editor

    def _situation(self) -> Situation:
        """The habits of the address's country, else of the post's."""
        return Situation(self.text_of("address.country") or self._post_country)

    # --- what stands there --------------------------------------------------------------------------------------

    def editors(self) -> list[FieldEditor]:
        """Every input that was made, single ones and those of groups."""
        return [*self._singles, *(e for group in self._groups for e in group.editors())]

    def changes(self) -> dict[str, str]:
        """Numbered name -> new text of what the officer changed, in all parts; "" empties a field."""
        made = {name for place in self._pages for name in self._parts[place].names}
        found = {name: text for name, text in self._typed.items() if fields.split(name)[0] not in made}
        found.update((e.name, e.text()) for e in self._singles if e.changed)
        for group in self._groups:
            found.update(group.changes())
        for matrix in self._consents:
            found.update(matrix.changes())
        for ticks in self._ticks:
            found.update(ticks.changes())
        return found

    def _answers(self, name: str) -> Sequence[str] | None:
        """What stands in a field, shown or not; None = this card does not have it."""
        made = answers_in(name, self.editors(), self._ticks)
        if made is not None or not any(name in part.names for part in self._parts):
            return made
        texts = {**self._values, **self._raw, **self._typed}
        return [text for numbered, text in texts.items() if fields.split(numbered)[0] == name]

    def _look_for_zone(self) -> None:
        for editor in self.editors():
            if looks_like_mrz(editor.text()):
                self.zone_typed.emit(editor.name)

    def shows(self, name: str) -> bool:
        """Whether there is an input for the field."""
        return any(e.name == name and not e.isHidden() for e in self.editors())

    def text_of(self, name: str) -> str:
        """What stands in a field, shown or not."""
        made = next((e.text() for e in self.editors() if e.name == name), None)
        known = (texts[name] for texts in (self._typed, self._raw, self._values) if name in texts)
        return made if made is not None else next(known, "")

    def set_hint(self, name: str, sentence: str, role: str = "warning") -> None:
        """Say at a field what to mind about its value."""
        for editor in self.editors():
            if editor.name == name:
                editor.set_hint(sentence, role)

    def set_problem(self, name: str, sentence: str) -> bool:
        """Show what is wrong at its field, in whichever part it is; False if this card has no input for it."""
        editor = self._reach(name)
        if editor is None:
            return False
        editor.set_problem(sentence)
        self._focus(editor)
        return True

    def _reach(self, name: str) -> FieldEditor | None:
        """The input of a field, its part brought to the front, its value opened."""
        head = fields.split(name)[0]
        place = next((place for place, part in enumerate(self._parts) if head in part.names), None)
        if place is None:
            return None
        if place != self._place:
            self.show_part(place)
        for stop in self._stops[place]:
            if isinstance(stop, GroupEditor) and stop.holds(head):
                return stop.reach(name)
            if isinstance(stop, FieldEditor) and stop.name == name:
                return stop
        return None

    def first_empty(self) -> str:
        """The first field that is shown and empty, but for the full name, which others make up."""
        shown = (e for e in self._pages[self._place].findChildren(FieldEditor) if not e.isHidden())
        return next((e.name for e in shown if not e.text() and e.name != "full_name"), "")

    def show_origins(self, origins: Texts) -> None:
        """Tell of each input where its value comes from: numbered canonical name -> sentence."""
        for editor in self.editors():
            if self._values.get(editor.name) or self._raw.get(editor.name):
                editor.set_origin(origins.get(editor.name, ""))

    # --- keyboard -----------------------------------------------------------------------------------------------

    def focus_field(self, name: str = "") -> None:
        """Begin at a field, by default at the first of the part; of a field without an input, at its part."""
        editor = self._reach(name) if name else None
        stops = self._chain()
        if editor is not None:
            self._focus(editor)
        elif stops:
            self._focus(stops[0])

    def _focus(self, stop: QWidget) -> None:
        stop.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._keep_visible)  # what was just made has no place yet

    def _keep_visible(self) -> None:
        here = self.focusWidget()
        if here is not None:
            self.ensureWidgetVisible(here)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on to the next input; that of a reader between the lines of a zone does not."""
        plain = not event.modifiers() or event.modifiers() == Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            here = self.focusWidget()
            written = next((e.text() for e in self.editors() if e.focusProxy() is here), "")
            if not isinstance(here, QPlainTextEdit) and not begins_mrz(written):
                self._go(forward=True, inputs_only=True)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the fields as they stand: the parts of an address change places."""
        self._go(forward=forward, inputs_only=False)
        return True

    def _chain(self) -> list[QWidget]:
        """What the keyboard can reach in this part, in the order in which it stands."""
        found: list[QWidget | None] = []
        for stop in self._stops.get(self._place, ()):
            if stop.isHidden():
                continue  # a question whose condition is not met
            if isinstance(stop, FieldEditor):
                found.append(stop.focusProxy())
            else:
                found.extend(stop.stops())
        return [stop for stop in found if stop is not None and stop.isEnabled()]

    def _go(self, *, forward: bool, inputs_only: bool) -> None:
        here, chain = self.focusWidget(), self._chain()
        place = chain.index(here) if here in chain else -1 if forward else len(chain)
        ahead = chain[place + 1 :] if forward else chain[:place][::-1]
        goal = next((s for s in ahead if not (inputs_only and _passed(s))), None)
        if goal is None:
            self.left.emit(forward)
            return
        goal.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        self.ensureWidgetVisible(goal)


def _passed(stop: QWidget) -> bool:
    """Whether Enter goes past it: what adds, opens or removes a value is no input."""
    return isinstance(stop, QPushButton | QToolButton) and not isinstance(stop, ConsentCell)
