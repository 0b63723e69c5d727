"""First step: which letter, and who gets it; everybody who is left out stands there with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from registry import vocabularies
from registry.documents import templates
from registry.errors import RegistryError
from registry.fields import PEOPLE
from registry.formats import number
from registry.i18n import N_, _, ngettext
from registry.outreach.reasons import PER
from ui.desk import Desk
from ui.letters.draft import Draft, counted_reasons, kind_of, reason_words, title_of
from ui.letters.grounds import Grounds, narrow
from ui.segments.choosing import segment_button
from ui.widgets.chips import Chips
from ui.widgets.empty import EmptyState
from ui.widgets.flow import Step
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, column, label, row
from ui.widgets.query_line import QueryLine
from ui.widgets.rows import Column, Rows

if TYPE_CHECKING:
    from registry.outreach.preparing import Person, Recipients

_INCLUDED = "included"


class RecipientsStep(Step):
    """Template and selection; the count is live."""

    title = N_("Recipients")
    main = N_("Continue")

    def __init__(self, desk: Desk, draft: Draft) -> None:
        super().__init__()
        self._desk, self._draft = desk, draft
        self._shown = _INCLUDED
        outer = row(self, spacing=24)
        inside = QWidget()
        inside.setContentsMargins(0, 0, 12, 0)  # beside the scroll bar
        self._fill_side(column(inside, spacing=12))
        side = QScrollArea()
        side.setWidgetResizable(True)
        side.setFixedWidth(316)
        side.setWidget(inside)
        outer.addWidget(side)
        right = column(spacing=12)
        self._chips = Chips(_("Who is shown"))
        self._chips.chosen.connect(self._show_group)
        right.addWidget(self._chips)
        self._stack = QStackedWidget()
        self._people: Rows[Person] = Rows(_("Recipients"), self._columns())
        self._state = EmptyState()
        self._stack.addWidget(self._people)
        self._stack.addWidget(self._state)
        right.addWidget(self._stack, 1)
        outer.addLayout(right, 1)

    def _fill_side(self, layout: QVBoxLayout) -> None:
        self._template = QComboBox()
        for name in templates.template_ids():
            self._template.addItem(title_of(name), name)
        self._template.setCurrentIndex(max(0, self._template.findData(self._draft.template)))
        self._draft.template = self._template.currentData()
        self._template.currentIndexChanged.connect(self._choose_template)
        layout.addWidget(Labelled(_("Letter"), self._template))
        self._per = QComboBox()
        narrow(self._template)
        narrow(self._per)
        self._per.activated.connect(self._choose_per)
        layout.addWidget(Labelled(_("Goes to"), self._per))
        self._line = QueryLine(self._desk, lambda: self._draft.kind)
        self._search = self._line.box
        self._search.setAccessibleName(_("Whom to write to"))
        self._search.searched.connect(self._choose_query)
        self._search.left.connect(lambda: self._people.setFocus())
        self._who = Labelled(_("Whom to write to"), self._line)
        layout.addWidget(self._who)
        self._segments = segment_button(self._desk, lambda: self._draft.kind, self._line.take, self)
        layout.addWidget(self._segments)
        self._marked = button("", self._forget_marked, "chip-on", "close")
        layout.addWidget(self._marked)
        self._count = label(role="title")
        self._selected = label(role="quiet", wrap=True)
        layout.addWidget(self._count)
        layout.addWidget(self._selected)
        self.grounds = Grounds(self._draft)
        self.grounds.changed.connect(self._ask)
        layout.addWidget(self.grounds)
        layout.addStretch(1)

    def _columns(self) -> list[Column[Person]]:
        return [
            Column(_("Number"), lambda p: p.number, width=150),
            Column(_("Name"), lambda p: p.name),
            Column(_("Language or reason"), _outcome, lambda p: "block" if p.reason else "mail", width=330),
        ]

    @property
    def ready(self) -> bool:
        """Somebody gets a letter."""
        return self._draft.recipients is not None and bool(self._draft.recipients.included)

    def enter(self) -> None:
        """Show what is decided, and find out who that is."""
        self._search.show_query(self._draft.query)
        self._show_kind()
        self._show_marked()
        self._ask()
        self._search.setFocus()

    def _show_kind(self) -> None:
        """People are asked for in other words than associations."""
        self.grounds.show_draft()
        people = self._draft.kind == PEOPLE
        self._search.setPlaceholderText(_("Everybody") if people else _("All associations"))
        hint = _("The same language as in the search box: country:FRA skill:nurse")
        self._who.set_hint(hint if people else _("The same language as in the search box: country:FRA"))

    def _show_marked(self) -> None:
        ids = self._draft.ids
        self._per.clear()
        for code, words in PER.items():
            # Those that were marked are people, or they are associations.
            if ids is None or kind_of(code) == self._draft.kind:
                self._per.addItem(_(words), code)
        self._per.setCurrentIndex(self._per.findData(self._draft.per))
        self._marked.setVisible(ids is not None)
        self._who.setVisible(ids is None)
        self._segments.setVisible(ids is None)
        if ids is not None:
            words = ngettext("{count} marked person", "{count} marked people", len(ids))
            if self._draft.kind != PEOPLE:
                words = ngettext("{count} marked association", "{count} marked associations", len(ids))
            self._marked.setText(words)
            self._marked.setToolTip(_("Write to a selection by search instead"))

    def _forget_marked(self) -> None:
        self._draft.ids = None
        self.enter()

    def _choose_template(self) -> None:
        self._draft.template = self._template.currentData()
        self._draft.variables.clear()
        # What was chosen for another letter must not widen who gets this one.
        self._draft.purpose = self._draft.basis = ""
        self.enter()

    def _choose_per(self) -> None:
        per = self._per.currentData()
        if kind_of(per) != self._draft.kind:
            self._draft.language = "auto"
        self._draft.per = per
        self._show_kind()
        self._ask()

    def _choose_query(self, text: str) -> None:
        self._draft.query = text
        self._ask()

    def _ask(self) -> None:
        self._draft.recipients = None
        self._desk.read(self._draft.preparation(), self._show, self._fail, title=_("Counting"), key="recipients")
        self.ready_changed.emit()

    def _fail(self, error: RegistryError) -> None:
        self._who.set_problem(str(error))
        self._search.set_problem(str(error))
        self._count.setText("")
        self._selected.setText("")
        self._chips.show_chips(())
        self._stack.setCurrentWidget(self._state)
        self._state.show_state("help", _("This selection cannot be read"), str(error))

    def _show(self, recipients: Recipients) -> None:
        self._draft.recipients = recipients
        self._who.set_problem("")
        self._search.set_problem("")
        self._count.setText(ngettext("{count} letter", "{count} letters", recipients.letters))
        self._selected.setText(_found_words(self._draft.kind, recipients))
        self._show_chips(recipients)
        self._show_group(self._shown)
        self.ready_changed.emit()

    def _show_chips(self, recipients: Recipients) -> None:
        reasons = counted_reasons(recipients.reasons)
        if self._shown not in (_INCLUDED, *(code for code, _count in reasons)):
            self._shown = _INCLUDED
        chips = [(_INCLUDED, _("Get a letter: {count}", count=number(recipients.letters)), "mail", "accent_text")]
        for code, count in reasons:
            words = _("{outcome}: {count}", outcome=reason_words(code), count=number(count))
            chips.append((code, words, "block", "warning"))
        self._chips.show_chips(chips, self._shown)

    def _show_group(self, code: str) -> None:
        self._shown = code
        recipients = self._draft.recipients
        if recipients is None:
            return
        people = recipients.included if code == _INCLUDED else [p for p in recipients.excluded if p.reason == code]
        self._people.show_things(people)
        self._stack.setCurrentWidget(self._people if people else self._state)
        if not people and recipients.selected:
            text = _("The reasons above say why. Consent and addresses are kept on each person’s card.")
            self._state.show_state("group_off", _("Nobody here may get this letter"), text)
        elif not people:
            self._state.show_state("search", _("Nobody found"), _("Write another selection, or leave it empty."))


def _found_words(kind: str, recipients: Recipients) -> str:
    """How many the query found, and how many of them get none."""
    found = ngettext("{count} person found.", "{count} people found.", recipients.selected)
    if kind != PEOPLE:
        found = ngettext("{count} association found.", "{count} associations found.", recipients.selected)
    left_out = recipients.selected - recipients.letters
    none = ngettext("{count} of them gets none.", "{count} of them get none.", left_out)
    return f"{found} {none}" if left_out else found


def _outcome(person: Person) -> str:
    return reason_words(person.reason) if person.reason else vocabularies.get("language").label(person.language)
