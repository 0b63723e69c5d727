"""How letters go out, what they are for, and what they rest on; the letter's own where nothing is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from registry import vocabularies
from registry.documents import templates
from registry.fields import PEOPLE
from registry.i18n import N_, _
from registry.outreach.reasons import BASES, CONSENT, EVENT, LETTER, TASK, VITAL
from ui.letters.draft import Draft
from ui.widgets.inputs import Labelled
from ui.widgets.labels import column, label

#: Channel -> catalogue message.
_CHANNELS = {LETTER: N_("Letter"), EVENT: N_("Invitation to an event")}
#: What a campaign rests on, and how it goes out -> who gets it.
_RULES = {
    (CONSENT, LETTER): N_("Only people who agreed to letters for: {purpose}."),
    (CONSENT, EVENT): N_("Only people who agreed to be invited to events for: {purpose}."),
    (TASK, LETTER): N_("A task of the consulate: everybody gets it who did not refuse letters for: {purpose}."),
    (TASK, EVENT): N_(
        "A task of the consulate: everybody gets it who did not refuse invitations to events for: {purpose}."
    ),
}
_IN_A_CRISIS = N_("A vital interest in a crisis: everybody gets it who can be reached, also without consent.")
_TO_BODIES = N_("Associations get it without being asked; who is to be contacted individually is left out.")


class Grounds(QWidget):
    """Three choices, and the sentence that says who gets a letter by them.

    Signals:
        changed: the draft has others now.
    """

    changed = Signal()

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        layout = column(self, spacing=12)
        self._rule = label(role="small", wrap=True)
        layout.addWidget(self._rule)
        self.channel, self.purpose, self.basis = QComboBox(), QComboBox(), QComboBox()
        for name, box in ((_("How"), self.channel), (_("Purpose"), self.purpose), (_("Rests on"), self.basis)):
            narrow(box)
            layout.addWidget(Labelled(name, box))
            box.activated.connect(self._choose)

    def show_draft(self) -> None:
        """Show what is decided."""
        draft, letter = self._draft, templates.template(self._draft.template)
        purposes = vocabularies.get("consent_purpose")
        _offer(self.channel, {code: _(words) for code, words in _CHANNELS.items()}, draft.channel)
        own = _("{choice} (the letter’s own)", choice=purposes.label(letter.purpose))
        _offer(self.purpose, {"": own} | dict(purposes.choices()), draft.purpose)
        own = _("{choice} (the letter’s own)", choice=_(BASES[letter.basis]))
        _offer(self.basis, {"": own} | {code: _(words) for code, words in BASES.items()}, draft.basis)
        basis = draft.basis or letter.basis
        rule = _TO_BODIES if draft.kind != PEOPLE else _IN_A_CRISIS if basis == VITAL else _RULES[basis, draft.channel]
        self._rule.setText(_(rule, purpose=purposes.label(draft.purpose or letter.purpose)))

    def _choose(self) -> None:
        draft = self._draft
        draft.channel = self.channel.currentData()
        draft.purpose, draft.basis = self.purpose.currentData(), self.basis.currentData()
        self.show_draft()
        self.changed.emit()


def narrow(box: QComboBox) -> None:
    """As narrow as its column: a long choice is cut in the line, and whole in the list."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)


def _offer(box: QComboBox, choices: dict[str, str], chosen: str) -> None:
    box.clear()
    for code, words in choices.items():
        box.addItem(words, code)
    box.setCurrentIndex(max(0, box.findData(chosen)))
