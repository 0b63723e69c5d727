"""A campaign of e-mails, text messages or calls: to whom, what it rests on, and what it says in each language."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from registry import vocabularies
from registry.changes import Outcome
from registry.commands import PrepareCampaign
from registry.documents import templates
from registry.errors import Invalid, RegistryError
from registry.fields import PEOPLE
from registry.i18n import LANGUAGES, N_, _, ngettext
from registry.outreach.answering import question_of
from registry.outreach.messages import FIELDS
from registry.outreach.preparing import Prepared, Recipients
from registry.outreach.reasons import BASES, EMAIL, PHONE, SMS
from registry.outreach.sms import length_of
from registry.queries import PrepareLetters
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.letters.draft import counted_reasons, reason_words, title_of
from ui.widgets.choices import CodeBox
from ui.widgets.inputs import Labelled
from ui.widgets.labels import label
from ui.widgets.query_line import QueryLine
from ui.widgets.summary import Banner

_CHANNELS = {
    EMAIL: N_("E-mail"),
    SMS: N_("Text message"),
    PHONE: N_("A list of people to call or to visit"),
}
_HINT = N_("Fields stand in double braces: {fields}. A language that is left empty gets the text of the first one.")


class MessageDialog(Dialog):
    """Asks, and prepares the campaign.

    Signals:
        prepared: code of the campaign.
    """

    prepared = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Messages or a list to call"), parent, width=640)
        self._desk = desk
        self.channel = QComboBox()
        for code, words in _CHANNELS.items():
            self.channel.addItem(_(words), code)
        self.channel.currentIndexChanged.connect(self._choose)
        self.title = QLineEdit()
        self._line = QueryLine(desk, lambda: PEOPLE)
        self._line.box.setPlaceholderText(_("Everybody"))
        self._line.box.searched.connect(lambda _text: self._count())
        self._who = Labelled(_("To whom"), self._line)
        self.purpose = CodeBox("consent_purpose", _("Purpose"), "outreach_news")
        self.purpose.currentIndexChanged.connect(lambda _place: self._count())
        self.basis = QComboBox()
        for code, words in BASES.items():
            self.basis.addItem(_(words), code)
        self.basis.currentIndexChanged.connect(lambda _place: self._count())
        for words, part in ((_("How"), self.channel), (_("Name"), self.title)):
            self.body.addWidget(Labelled(words, part))
        self.body.addWidget(self._who)
        for words, part in ((_("Purpose"), self.purpose), (_("Rests on"), self.basis)):
            self.body.addWidget(Labelled(words, part))
        self._found = label(role="quiet", wrap=True)
        self.body.addWidget(self._found)
        self._add_texts()
        self._trouble = Banner()
        self.body.addWidget(self._trouble)
        self.add_cancel()
        self.main = self.add_main(_("Prepare"))
        self.main.clicked.connect(self.prepare)
        self._choose()
        self._line.box.show_query("")

    def _add_texts(self) -> None:
        self.letter = QComboBox()
        self.letter.addItem(_("A text of its own"), "")
        for name in templates.template_ids():
            self.letter.addItem(title_of(name), name)
        self.letter.currentIndexChanged.connect(self._choose)
        self._letter = Labelled(_("What it says"), self.letter)
        self.body.addWidget(self._letter)
        self.subjects: dict[str, QLineEdit] = {}
        self.texts: dict[str, QPlainTextEdit] = {}
        self._parts: list[tuple[Labelled, Labelled]] = []
        for code in LANGUAGES:
            language = vocabularies.get("language").label(code)
            subject, text = QLineEdit(), QPlainTextEdit()
            text.setTabChangesFocus(True)
            text.setFixedHeight(76)
            self.subjects[code], self.texts[code] = subject, text
            parts = (
                Labelled(_("Subject, in {language}", language=language), subject),
                Labelled(_("Text, in {language}", language=language), text),
            )
            text.textChanged.connect(partial(self._tell_length, code, parts[1]))
            self._parts.append(parts)
            for part in parts:
                self.body.addWidget(part)
        self._fields = label(_(_HINT, fields=", ".join("{{" + name + "}}" for name in FIELDS)), "small", wrap=True)
        self.body.addWidget(self._fields)
        self.question, self.answers = QLineEdit(), QLineEdit()
        self._question = Labelled(_("Question of a poll"), self.question, _("Left empty if nothing is asked."))
        self._answers = Labelled(_("Answers"), self.answers, _("A code and what it means: 1=Yes, 2=No"))
        self.body.addWidget(self._question)
        self.body.addWidget(self._answers)

    def _choose(self) -> None:
        channel = self.channel.currentData()
        own = not self.letter.currentData()
        self._letter.setVisible(channel == EMAIL)
        for code, (subject, text) in zip(self.texts, self._parts, strict=True):
            subject.setVisible(channel == EMAIL and own)
            text.setVisible(channel == SMS or (channel == EMAIL and own))
            self._tell_length(code, text)
        self._fields.setVisible(channel != PHONE and (own or channel == SMS))
        self._count()

    def _tell_length(self, code: str, part: Labelled) -> None:
        """How many text messages it is, as it stands here: names that are put in make it longer."""
        length = length_of(self.texts[code].toPlainText().strip())
        part.set_hint("")
        if self.channel.currentData() == SMS and length.parts:
            words = ngettext("{count} message", "{count} messages", length.parts)
            part.set_hint(_("{alphabet}: {places} places, {messages}", alphabet=length.alphabet,
                            places=length.places, messages=words))  # fmt: skip

    def _count(self) -> None:
        query = PrepareLetters(
            self._line.box.text(), "", self.purpose.code(), channel=self.channel.currentData(),
            basis=self.basis.currentData(),
        )  # fmt: skip
        self._desk.read(query, self._show, self._refuse, key="messages")

    def _show(self, found: Recipients) -> None:
        self._who.set_problem("")
        words = [ngettext("{count} recipient", "{count} recipients", found.letters)]
        words += [
            _("{outcome}: {count}", outcome=reason_words(code), count=n) for code, n in counted_reasons(found.reasons)
        ]
        self._found.setText(" · ".join(words))
        self.main.setEnabled(bool(found.letters))

    def _refuse(self, error: RegistryError) -> None:
        self._who.set_problem(str(error))
        self.main.setEnabled(False)

    def command(self) -> PrepareCampaign:
        """What was asked for; raises `Invalid` for a poll that is none."""
        channel = self.channel.currentData()
        letter = self.letter.currentData() if channel == EMAIL else ""
        texts = {f"text.{code}": text.toPlainText().strip() for code, text in self.texts.items()}
        texts |= {f"subject.{code}": line.text().strip() for code, line in self.subjects.items()}
        return PrepareCampaign(
            self._line.box.text(), channel, letter, self.purpose.code(), self.basis.currentData(),
            title=self.title.text(), variables={} if letter or channel == PHONE else texts,
            question=question_of(self.question.text(), self.answers.text()),
        )  # fmt: skip

    def prepare(self) -> None:
        """Prepare the campaign."""
        for part in (self._question, self._answers):
            part.set_problem("")
        try:
            command = self.command()
        except Invalid as wrong:
            (self._question if wrong.field == "question" else self._answers).set_problem(str(wrong))
            return
        self.main.setEnabled(False)
        self._desk.execute(command, self._done, self._fail)

    def _done(self, outcome: Outcome[Prepared]) -> None:
        self.prepared.emit(outcome.value.campaign)
        self.accept()

    def _fail(self, error: RegistryError) -> None:
        self.main.setEnabled(True)
        self._trouble.say(str(error), "danger")
