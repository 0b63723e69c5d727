"""What leaves the registry for a campaign: letters for the press, messages to a file or over a mail server."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from registry.access import CONFIRM_ABOVE
from registry.changes import Outcome
from registry.commands import PrintCampaign, SendMessages, WriteMessages
from registry.errors import RegistryError
from registry.i18n import N_, _, ngettext
from registry.outreach.campaigns import CampaignView
from registry.outreach.printing import LettersResult
from registry.outreach.sending import Sent
from registry.outreach.writing import ENDINGS, MessagesWritten
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.dialogs.taking_out import TakingOut
from ui.paper.press import PressChoice
from ui.widgets.files import ask_target
from ui.widgets.inputs import Labelled
from ui.widgets.labels import label
from ui.widgets.summary import Banner

_FORMATS = {
    ".mbox": (N_("Mailbox, one file for a mail program (.mbox)"), N_("Mailbox (*.mbox)")),
    ".zip": (N_("Drafts, a file each (.zip of .eml)"), N_("Archive (*.zip)")),
    ".csv": (N_("CSV, for a gateway or a mail merge (.csv)"), N_("CSV file (*.csv)")),
    ".xlsx": (N_("Excel workbook (.xlsx)"), N_("Excel workbook (*.xlsx)")),
    ".vcf": (N_("Contact cards, for address books and telephones (.vcf)"), N_("Contact cards (*.vcf)")),
}


class PrintDialog(TakingOut):
    """Prints the letters that wait, after a look at who may still get one."""

    def __init__(self, desk: Desk, campaign: CampaignView, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Print the letters"), parent)
        self._campaign = campaign
        waiting = campaign.states.get("prepared", 0)
        text = ngettext("{count} letter waits to be printed.", "{count} letters wait to be printed.", waiting)
        self.form.addWidget(label(text, "heading", wrap=True))
        text = _("Everybody is looked at anew: who withdrew or died since gets none, and it is kept why.")
        self.form.addWidget(label(text, wrap=True))
        self.press = PressChoice()
        self.form.addWidget(self.press)
        self.add_reason(_("Why these letters are printed"))
        self.end_form()
        self.show_count(waiting)

    def ask_file(self) -> None:
        """Ask where the file goes; its name says nothing of the campaign."""
        title, patterns = _("Save the letters"), (self.press.pattern,)
        ask_target(self, self.desk.settings, "letters", title, patterns, self.press.file_name, self.print_to)

    def print_to(self, path: Path) -> None:
        """Write the letters."""
        reason = self.reason.text().strip()
        command = PrintCampaign(self._campaign.code, path, reason, printing=self.press.printing)
        self.write_file(command, path, _("Printing letters"), _letters_said)


class WriteDialog(TakingOut):
    """Writes messages, or a list to call, to a file."""

    def __init__(self, desk: Desk, campaign: CampaignView, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Write to a file"), parent)
        self._campaign = campaign
        self.format = QComboBox()
        for ending in ENDINGS[campaign.channel]:
            self.format.addItem(_(_FORMATS[ending][0]), ending)
        self.form.addWidget(Labelled(_("File"), self.format))
        self.add_reason(_("Why it is written"))
        self.end_form()
        self.show_count(campaign.states.get("prepared", 0))

    def ask_file(self) -> None:
        """Ask where the file goes."""
        ending = self.format.currentData()
        pattern = _(_FORMATS[ending][1])
        ask_target(
            self, self.desk.settings, "messages", _("Write to a file"), (pattern,), f"list{ending}", self.write_to
        )

    def write_to(self, path: Path) -> None:
        """Write the file."""
        command = WriteMessages(self._campaign.code, path, self.reason.text().strip())
        self.write_file(command, path, _("Writing messages"), _messages_said)


class SendDialog(Dialog):
    """Sends e-mails a few at a time until none waits, somebody stops it, or the server breaks off."""

    def __init__(self, desk: Desk, campaign: CampaignView, parent: QWidget | None = None) -> None:
        super().__init__(_("Send e-mails"), parent, width=520)
        self._desk, self._campaign = desk, campaign
        self._left, self._sent, self._failed = campaign.states.get("prepared", 0), 0, 0
        self._running = False
        self._state = label(ngettext("{count} message waits.", "{count} messages wait.", self._left), wrap=True)
        self.body.addWidget(self._state)
        self.reason = QLineEdit()
        self.reason.textChanged.connect(self._allow)
        self._why = Labelled(_("Why they are sent"), self.reason)
        self.body.addWidget(self._why)
        self._why.setVisible(self._left > CONFIRM_ABOVE)
        self._trouble = Banner()
        self.body.addWidget(self._trouble)
        self._leave = self.add_cancel(_("Close"))
        self.main = self.add_main(_("Send"))
        self.main.clicked.connect(self.send)
        self._allow()

    def _allow(self) -> None:
        explained = self._left <= CONFIRM_ABOVE or bool(self.reason.text().strip())
        self.main.setEnabled(explained and self._left > 0)

    def send(self) -> None:
        """Begin, or stop after the messages that are on their way."""
        self._running = not self._running
        self._trouble.say("", "danger")
        self.main.setText(_("Pause") if self._running else _("Send"))
        if self._running:
            self._next()

    def _next(self) -> None:
        command = SendMessages(self._campaign.code, self.reason.text().strip())
        self._desk.execute(command, self._done, self._fail)

    def _done(self, outcome: Outcome[Sent]) -> None:
        some = outcome.value
        self._sent, self._failed, self._left = self._sent + some.sent, self._failed + some.failed, some.left
        words = ngettext("{count} message was sent.", "{count} messages were sent.", self._sent)
        if self._failed:
            words += " " + ngettext("{count} could not be delivered.", "{count} could not be delivered.", self._failed)
        if self._left:
            words += " " + ngettext("{count} message waits.", "{count} messages wait.", self._left)
        self._state.setText(words)
        if self._running and self._left and (some.sent or some.failed):
            self._next()
        else:
            self._end()

    def _fail(self, error: RegistryError) -> None:
        self._trouble.say(str(error), "danger")
        self._end()

    def _end(self) -> None:
        self._running = False
        self.main.setText(_("Send"))
        self._allow()

    def reject(self) -> None:
        """Leaving stops it: what waits is sent another time."""
        self._running = False
        super().reject()


def _letters_said(result: LettersResult) -> str:
    return ngettext(
        "{count} letter was printed. The campaign is {campaign}.",
        "{count} letters were printed. The campaign is {campaign}.",
        result.letters,
        campaign=result.campaign,
    )


def _messages_said(result: MessagesWritten) -> str:
    words = ngettext("{count} message was written.", "{count} messages were written.", result.messages)
    if result.parts > result.messages:
        words += " " + ngettext("{count} part is paid for.", "{count} parts are paid for.", result.parts)
    return words
