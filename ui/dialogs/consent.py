"""One purpose of consent in full: the answer, by which channels, and what proves it; and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QCompleter, QLineEdit, QWidget

from registry import vocabularies
from registry.changes import Outcome
from registry.commands import RecordConsent, WithdrawConsent
from registry.consents import GIVEN, REFUSED, Consent
from registry.errors import Invalid, RegistryError
from registry.i18n import _, ngettext
from registry.outreach.consent_texts import ConsentText
from registry.queries import ListConsentTexts
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.widgets.choices import CodeBox
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, label, row
from ui.widgets.summary import Banner
from ui.widgets.wrapping import WrappingLayout


class ConsentDialog(Dialog):
    """Begins with what is known of the purpose.

    Attributes:
        channels: channel code -> its check box.
        inputs: name of a part of the command -> its labelled input.
    """

    def __init__(self, desk: Desk, person_id: int, purpose: str, known: Sequence[Consent], parent: QWidget) -> None:
        super().__init__(vocabularies.get("consent_purpose").label(purpose), parent, width=520)
        self._desk, self._person_id, self._purpose = desk, person_id, purpose
        mine = [answer for answer in known if answer.purpose == purpose]
        given = [answer for answer in mine if answer.status == GIVEN]
        shown = next(iter(given or mine), Consent(purpose, "", GIVEN, decided_on=date.today().isoformat()))
        self.status = CodeBox("consent_status", _("Answer"), shown.status)
        self.channels = {code: QCheckBox(words) for code, words in vocabularies.get("consent_channel").choices()}
        for code, box in self.channels.items():
            box.setChecked(any(answer.channel == code and answer.status == shown.status for answer in mine))
        self.inputs = self._make_inputs(shown)
        self._build()
        self.add_cancel()
        self.main = self.add_main(_("Save"))
        self.main.clicked.connect(self._save)
        self._withdrawal.setVisible(bool(given))
        self.status.setFocus()
        desk.read(ListConsentTexts(purpose), self._offer_versions, lambda _error: None, key="consent versions")

    def _make_inputs(self, shown: Consent) -> dict[str, Labelled]:
        words = _("1985, 1985-03 or 1985-03-12")

        def line(name: str, text: str, *, dated: bool = False) -> Labelled:
            made = QLineEdit(text)
            if dated:
                made.setPlaceholderText(words)
            return Labelled(name, made)

        taken_by = shown.taken_by or self._desk.session.name
        return {
            "how": Labelled(_("How it was given"), CodeBox("consent_method", _("How it was given"), shown.how)),
            "on": line(_("On"), shown.decided_on, dated=True),
            "text_version": line(_("Version of the text"), shown.text_version),
            "language": Labelled(_("Language of the text"), CodeBox("language", "", shown.language)),
            "taken_by": line(_("Taken by, or witness"), taken_by),
            "expires": line(_("Valid until (empty: until it is withdrawn)"), shown.expires, dated=True),
        }

    def _offer_versions(self, texts: Sequence[ConsentText]) -> None:
        """The versions that are kept, as they are typed; the newest where none is written yet."""
        line = self.inputs["text_version"].input
        assert isinstance(line, QLineEdit)
        versions = list(dict.fromkeys(text.version for text in texts))
        line.setCompleter(QCompleter(versions, line))
        if versions and not line.text():
            line.setPlaceholderText(versions[0])

    def _build(self) -> None:
        self.body.addWidget(Labelled(_("Answer"), self.status))
        self.body.addWidget(label(_("By"), "quiet"))
        boxes = WrappingLayout()
        for box in self.channels.values():
            boxes.addWidget(box)
        self.body.addLayout(boxes)
        self._no_channel = label(role="danger", wrap=True)
        self._no_channel.hide()
        self.body.addWidget(self._no_channel)
        for pair in (("how", "on"), ("text_version", "language"), ("taken_by", "expires")):
            beside = row(spacing=12)
            for name in pair:
                beside.addWidget(self.inputs[name], 1)
            self.body.addLayout(beside)
        self.withdrawn = Labelled(_("Withdrawn on"), QLineEdit(date.today().isoformat()))
        self._withdrawal = QWidget()
        inside = row(self._withdrawal, spacing=12)
        inside.addWidget(self.withdrawn, 1)
        self.withdraw = button(_("Withdraw"), self._withdraw, "danger")
        inside.addWidget(self.withdraw, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addWidget(self._withdrawal)
        self.trouble = Banner()
        self.body.addWidget(self.trouble)

    def _text(self, name: str) -> str:
        widget = self.inputs[name].input
        if isinstance(widget, CodeBox):
            return widget.code()
        assert isinstance(widget, QLineEdit)
        return widget.text()

    def _save(self) -> None:
        self._begin()
        command = RecordConsent(
            self._person_id,
            self._purpose,
            tuple(code for code, box in self.channels.items() if box.isChecked()),
            self.status.code() or REFUSED,
            **{name: self._text(name) for name in self.inputs},
        )
        self._desk.execute(command, self._saved, self._refused)

    def _withdraw(self) -> None:
        self._begin()
        day = self.withdrawn.input
        assert isinstance(day, QLineEdit)
        command = WithdrawConsent(self._person_id, self._purpose, day.text())
        self._desk.execute(command, self._was_withdrawn, lambda error: self._refused(error, withdrawing=True))

    def _begin(self) -> None:
        self.trouble.say("", "danger")
        self._no_channel.hide()
        for part in (*self.inputs.values(), self.withdrawn):
            part.set_problem("")

    def _saved(self, _outcome: Outcome[bool]) -> None:
        self._desk.say(_("Consent recorded."), "success", (_("Undo"), self._desk.undo))
        self.accept()

    def _was_withdrawn(self, outcome: Outcome[int]) -> None:
        words = ngettext("{count} consent withdrawn.", "{count} consents withdrawn.", outcome.value)
        self._desk.say(words, "success", (_("Undo"), self._desk.undo))
        self.accept()

    def _refused(self, error: RegistryError, *, withdrawing: bool = False) -> None:
        """Show the failure at its input, or below."""
        field = (error.field or "") if isinstance(error, Invalid) else ""
        at = self.withdrawn if withdrawing and field == "on" else self.inputs.get(field)
        if field == "channels":
            self._no_channel.setText(str(error))
            self._no_channel.show()
            next(iter(self.channels.values())).setFocus()
        elif at is None:
            self.trouble.say(str(error), "danger")
        else:
            at.set_problem(str(error))
            at.input.setFocus()
