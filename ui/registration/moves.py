"""Dialogs of somebody who goes elsewhere: a move, a return home, a transfer, and nobody knows where."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox

from registry import kinds
from registry.commands import Command, MarkUntraceable, MovePerson, ReturnPerson, TransferPerson
from registry.i18n import N_, _, ngettext
from registry.registration.moving import elsewhere
from registry.registration.outcomes import Followed
from registry.registration.view import RegistrationView
from ui.registration.step import SINCE, StepDialog, input_of
from ui.widgets.labels import label

_ADDRESS = ("address.house_number", "address.street", "address.postal_code", "address.city", "address.region")
_POST = input_of("post", kinds.TEXT, N_("To the post"))
_REASON = input_of("reason", kinds.TEXT, N_("How it is known"))


class MoveDialog(StepDialog):
    """Somebody moved.

    Attributes:
        household: whether those at the same address moved too.
    """

    title, main_words, done_words = N_("Moved"), N_("Write down the move"), N_("The move is written down.")

    def ask(self) -> None:
        """The new address, the day, the household."""
        for name in (*_ADDRESS, "address.country", "consular_district"):
            self.add_field(name)
        self.add(SINCE, date.today().isoformat())
        self.household, self._names = QCheckBox(), label(role="small", wrap=True)
        for part in (self.household, self._names):
            self.body.addWidget(part)
            part.hide()
        self.editors["address.country"].edited.connect(self._advise)
        self._ends = ""

    def show_view(self, view: RegistrationView) -> None:
        """The present address ends; others of the household may come along."""
        self._ends = ngettext(
            "The present address ends on that day.", "The {count} present addresses end on that day.", view.addresses
        )
        if not view.addresses:
            self._ends = _("No present address is written down that would end.")
        if view.household:
            count = len(view.household)
            words = ngettext("So did {count} other of the household", "So did {count} others of the household", count)
            self.household.setText(words)
            self.household.show()
            self._names.setText(", ".join(view.household))
            self._names.show()
        self._advise()

    def _advise(self) -> None:
        abroad = elsewhere(self.editors["address.country"].text(), self.settings) if self.settings else ""
        self.say(self._ends, _("The new one is written down as declared."), abroad)

    def command(self) -> Command[Followed]:
        """The move as typed."""
        texts = {name: self.text(name) for name in self.editors if name != "since"}
        return MovePerson(self.record_id, texts, self.text("since"), self.household.isChecked())


class ReturnDialog(StepDialog):
    """Somebody went home for good.

    Attributes:
        reachable: whether consents stay.
    """

    title, main_words, done_words = N_("Returned home"), N_("Write down the return"), N_("The return is written down.")

    def ask(self) -> None:
        """The day, whether to stay in touch, the address at home."""
        self.add(SINCE, date.today().isoformat())
        self.reachable = QCheckBox(_("Stays reachable: consents remain in force"))
        self.reachable.setChecked(True)
        self.body.addWidget(self.reachable)
        for name in _ADDRESS:
            self.add_field(name)

    def show_view(self, view: RegistrationView) -> None:
        """Addresses abroad end."""
        self.say(
            _("The address above is the one at home, if it is known. Addresses abroad end on that day."),
            ngettext("{count} consent is given.", "{count} consents are given.", view.consents),
            _("Letters go only to who agreed to them and has an address at home."),
        )

    def command(self) -> Command[Followed]:
        """The return as typed."""
        texts = {name: text for name in _ADDRESS if (text := self.text(name))}
        return ReturnPerson(self.record_id, self.text("since"), self.reachable.isChecked(), texts)


class TransferDialog(StepDialog):
    """Another post takes the registration over."""

    title, main_words, done_words = (
        N_("Transferred to another post"),
        N_("Write down the transfer"),
        N_("The transfer is written down."),
    )

    def ask(self) -> None:
        """The post and the day."""
        self.add(_POST)
        self.add(SINCE, date.today().isoformat())

    def show_view(self, view: RegistrationView) -> None:
        """The card stays, letters stop."""
        self.say(
            _("The card stays here, with the state “Transferred to another post”."),
            _("No letters go out from here any more."),
            ngettext("{count} follow-up is still open.", "{count} follow-ups are still open.", view.follow_ups)
            if view.follow_ups
            else "",
        )

    def command(self) -> Command[Followed]:
        """The transfer as typed."""
        return TransferPerson(self.record_id, self.text("post"), self.text("since"))


class UntraceableDialog(StepDialog):
    """Nobody knows where somebody lives."""

    title, main_words, done_words = N_("Untraceable"), N_("Mark as untraceable"), N_("Marked as untraceable.")

    def ask(self) -> None:
        """How that is known."""
        self.add(_REASON)

    def show_view(self, view: RegistrationView) -> None:
        """The address is marked, letters stop."""
        address = _("The present address is marked as one from which mail comes back.") if view.addresses else ""
        self.say(address, _("No letters go out until the registration is confirmed again."))

    def command(self) -> Command[Followed]:
        """The reason as typed."""
        return MarkUntraceable(self.record_id, self.text("reason"))
