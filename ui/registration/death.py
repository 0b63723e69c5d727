"""The dialog of a death: names what ends with it before it is written down."""

from __future__ import annotations

from registry import kinds
from registry.commands import Command, RecordDeath
from registry.i18n import N_, _, ngettext
from registry.registration.outcomes import Followed
from registry.registration.view import RegistrationView
from ui.registration.step import StepDialog, input_of

_SOURCE = input_of("source", kinds.TEXT, N_("Known from"))


class DeathDialog(StepDialog):
    """Somebody died."""

    title, main_words, done_words = N_("Died"), N_("Write down the death"), N_("The death is written down.")

    def ask(self) -> None:
        """The day and the source."""
        self.add_field("died_on")
        self.add(_SOURCE)

    def show_view(self, view: RegistrationView) -> None:
        """What ends, what stops, what stays."""
        ending = [
            ngettext("{count} job", "{count} jobs", view.jobs) if view.jobs else "",
            ngettext("{count} membership", "{count} memberships", view.memberships) if view.memberships else "",
            ngettext("{count} office", "{count} offices", view.offices) if view.offices else "",
            ngettext("{count} follow-up", "{count} follow-ups", view.follow_ups) if view.follow_ups else "",
        ]
        ends = ", ".join(filter(None, ending))
        couple = ", ".join(view.spouses)
        self.say(
            _("The registration ends, and nothing is sent any more: consents count as withdrawn."),
            _("These end on that day: {things}.", things=ends) if ends else "",
            _("Relations stay."),
            _("The civil status of {name} is not changed. Look at that card afterwards.", name=couple)
            if couple
            else "",
        )

    def command(self) -> Command[Followed]:
        """The death as typed."""
        return RecordDeath(self.record_id, self.text("died_on"), self.text("source"))
