"""One campaign: how far it is, who is in which state and why, and the next step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QWidget

from registry import vocabularies
from registry.changes import Changes
from registry.commands import MarkPosted, PrepareCampaign, ReadAnswers
from registry.errors import RegistryError
from registry.formats import number
from registry.i18n import N_, _, ngettext
from registry.outreach.answering import AnswersRead
from registry.outreach.campaigns import CampaignPage, CampaignPerson, CampaignView
from registry.outreach.reasons import BASES, EMAIL, PER, POSTED
from registry.queries import CampaignPeople, ListCampaigns
from ui import icons
from ui.desk import Desk
from ui.letters.draft import counted_reasons, reason_words
from ui.outreach.sending_dialogs import PrintDialog, SendDialog, WriteDialog
from ui.outreach.words import STATES, day_words, name_of, reason_of, state_words
from ui.places import LIST_ACTIONS, PAPER, ListAction, Selection, load
from ui.widgets.chips import Chips
from ui.widgets.empty import EmptyState
from ui.widgets.files import ask_file
from ui.widgets.labels import button, column, icon_button, label, row
from ui.widgets.rows import Column, Rows

#: People that are read at once; the others are counted.
_SHOWN = 500
TABLES = N_("Tables (*.xlsx *.ods *.csv)")


class CampaignPanel(QWidget):
    """A campaign in the place of the list.

    Signals:
        closed: back to the list.
        opened: code of another campaign that is to be shown.
    """

    closed = Signal()
    opened = Signal(str)

    def __init__(self, desk: Desk, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._code = desk, code
        self._campaign: CampaignView | None = None
        self._shown = ""
        layout = column(self, margin=16, spacing=12)
        head = row(spacing=8)
        self._back = icon_button("arrow_back", _("Back to the campaigns"), self.closed.emit)
        self._name = label(role="title")
        head.addWidget(self._back)
        head.addWidget(self._name, 1)
        layout.addLayout(head)
        self._facts = label(role="quiet", wrap=True)
        self._answers = label(wrap=True)
        layout.addWidget(self._facts)
        layout.addWidget(self._answers)
        self._steps = row(spacing=8)
        self.steps: dict[str, QPushButton] = {}
        for name, made in self._buttons():
            self.steps[name] = made
            self._steps.addWidget(made)
        self._steps.addStretch(1)
        layout.addLayout(self._steps)
        self.chips = Chips(_("Who is shown"))
        self.chips.chosen.connect(self._choose)
        layout.addWidget(self.chips)
        self._stack = QStackedWidget()
        self.people: Rows[CampaignPerson] = Rows(_("Recipients"), self._columns())
        self.people.activated.connect(lambda _index: self._open_card())
        self._state = EmptyState()
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.people)
        layout.addWidget(self._stack, 1)
        self._more = label(role="small", wrap=True)
        layout.addWidget(self._more)
        self._state.show_state("hourglass_empty", _("Campaign"), _("Loading…"))
        self.ask()

    def _buttons(self) -> Iterator[tuple[str, QPushButton]]:
        yield "print", button(_("Print the letters…"), self._print, "primary", "print")
        yield "send", button(_("Send…"), self._send, "primary", "send")
        yield "write", button(_("Write to a file…"), self._write, icon="file_save")
        yield "posted", button(_("Mark as posted"), self._post, icon="send")
        yield "paper", self._papers()
        yield "answers", button(_("Read answers…"), self._read_answers, icon="upload_file")
        yield "follow", button(_("Write to those who did not answer"), self._follow, icon="redo")

    def _papers(self) -> QPushButton:
        """What is printed beside the letters of the campaign, in a menu."""
        made = button(_("Labels and lists"), icon="table_view")
        menu = QMenu(made)
        for action in LIST_ACTIONS:
            if action.run.startswith(PAPER):
                entry = menu.addAction(icons.icon(action.icon), _(action.label))
                entry.triggered.connect(lambda _checked, action=action: self._write_paper(action))
        made.setMenu(menu)
        return made

    def _columns(self) -> list[Column[CampaignPerson]]:
        return [
            Column(_("Number"), lambda p: p.number, width=150),
            Column(_("Name"), lambda p: p.name),
            Column(_("State"), self._state_of, lambda p: STATES[p.state][2], width=150),
            Column(_("Reason or answer"), lambda p: reason_of(p) or self._meaning(p.answer), width=280),
            Column(_("Language"), _language, width=110),
            Column(_("Code"), lambda p: p.letter, width=90),
            Column(_("Day"), lambda p: day_words(p.on), width=100),
        ]

    def ask(self) -> None:
        """Read it anew."""
        self._desk.read(ListCampaigns(self._code), self._show, self._fail, key="campaign")

    def refresh(self, changes: Changes) -> None:
        """Campaigns changed, or who is in them."""
        if changes.touch("campaigns"):
            self.ask()

    def _show(self, found: tuple[CampaignView, ...]) -> None:
        (campaign,) = found
        self._campaign = campaign
        self._name.setText(f"{campaign.code} · {name_of(campaign)}")
        self._facts.setText(" · ".join(_facts(campaign)))
        words = [
            _("{outcome}: {count}", outcome=self._meaning(code), count=number(n))
            for code, n in campaign.answers.items()
        ]
        self._answers.setText(f"{campaign.question} {' · '.join(words)}".strip())
        self._answers.setVisible(bool(campaign.question or words))
        self._show_steps(campaign)
        states = list(campaign.states)
        if self._shown not in states:
            self._shown = states[0] if states else ""
        chips = []
        for state in states:
            words_of, count = state_words(state, campaign.channel), number(campaign.states[state])
            chips.append((state, _("{outcome}: {count}", outcome=words_of, count=count), *STATES[state][2:]))
        self.chips.show_chips(chips, self._shown)
        self._read_people()

    def _show_steps(self, campaign: CampaignView) -> None:
        states = campaign.states
        by_post, waiting = campaign.channel in POSTED, bool(states.get("prepared"))
        went = any(states.get(state) for state in ("printed", "posted", "delivered"))
        shown = {
            "print": by_post and waiting,
            "send": campaign.channel == EMAIL and waiting,
            "write": not by_post and waiting,
            "posted": by_post and bool(states.get("printed")),
            "paper": by_post and went,
            "answers": went or bool(states.get("answered")),
            "follow": went and not waiting,
        }
        for name, made in self.steps.items():
            made.setVisible(shown[name])

    def _choose(self, state: str) -> None:
        self._shown = state
        self._read_people()

    def _read_people(self) -> None:
        query = CampaignPeople(self._code, self._shown, limit=_SHOWN)
        self._desk.read(query, self._show_people, self._fail, key="campaign people")

    def _show_people(self, page: CampaignPage) -> None:
        self.people.show_things(page.people)
        self._stack.setCurrentWidget(self.people)
        more = page.total - len(page.people)
        self._more.setText(ngettext("and {count} more", "and {count} more", more) if more > 0 else "")
        self._more.setVisible(more > 0)
        if self._campaign is not None and self._shown == "excluded":
            counted = counted_reasons(self._campaign.reasons)
            words = [_("{outcome}: {count}", outcome=reason_words(code), count=number(n)) for code, n in counted]
            self._more.setText(" · ".join(words))
            self._more.setVisible(True)

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentWidget(self._state)
        self._state.show_state(
            "error", _("The campaign cannot be shown"), str(error), [("refresh", _("Try again"), self.ask)]
        )

    def _state_of(self, person: CampaignPerson) -> str:
        return state_words(person.state, self._campaign.channel if self._campaign else "letter")

    def _meaning(self, answer: str) -> str:
        return self._campaign.meanings.get(answer, answer) if self._campaign is not None else answer

    def _open_card(self) -> None:
        if self.people.current is not None and self._campaign is not None:
            self._desk.go(self._campaign.kind, ("open", self.people.current.id))

    # --- steps ------------------------------------------------------------------------------------------------------

    def _print(self) -> None:
        if self._campaign is not None:
            PrintDialog(self._desk, self._campaign, self).open()

    def _write(self) -> None:
        if self._campaign is not None:
            WriteDialog(self._desk, self._campaign, self).open()

    def _send(self) -> None:
        if self._campaign is not None:
            SendDialog(self._desk, self._campaign, self).open()

    def _post(self) -> None:
        self._desk.execute(MarkPosted(self._code), lambda done: self._desk.say(
            ngettext("{count} letter was posted.", "{count} letters were posted.", done.value), "success"
        ))  # fmt: skip

    def _write_paper(self, action: ListAction) -> None:
        if self._campaign is not None:
            states = self._campaign.states
            reached = sum(n for state, n in states.items() if state not in ("prepared", "excluded", "returned"))
            load(action.run)(self._desk, Selection(self._campaign.kind, "", None, reached, self._campaign.code))

    def _read_answers(self) -> None:
        title, patterns = _("Answers, or what was delivered"), (_(TABLES),)
        ask_file(self, self._desk.settings, "answers", title, patterns, self.take_answers)

    def take_answers(self, path: Path) -> None:
        """Read a table of answers."""
        self._desk.execute(ReadAnswers(path), lambda done: self._tell_answers(done.value), title=_("Reading answers"))

    def _tell_answers(self, read: AnswersRead) -> None:
        words = ngettext("{count} answer was written down.", "{count} answers were written down.", read.changed)
        unknown = len(read.unknown)
        if unknown:
            words += " " + ngettext("{count} code is unknown.", "{count} codes are unknown.", unknown)
        self._desk.say(words, "warning" if unknown else "success")

    def _follow(self) -> None:
        campaign = self._campaign
        if campaign is not None:
            command = PrepareCampaign(
                channel=campaign.channel, template=campaign.template, purpose=campaign.purpose, basis=campaign.basis,
                language=campaign.language, per=campaign.per, kind=campaign.kind, title=campaign.title,
                follows=campaign.code,
            )  # fmt: skip
            self._desk.execute(command, lambda done: self.opened.emit(done.value.campaign))


def _facts(campaign: CampaignView) -> Iterator[str]:
    """What a campaign is for, in a few words."""
    yield vocabularies.get("consent_channel").label(campaign.channel)
    yield vocabularies.get("consent_purpose").label(campaign.purpose)
    yield _(BASES[campaign.basis])
    if campaign.per != "person":
        yield _(PER[campaign.per])
    yield _("prepared on {date}", date=day_words(campaign.prepared_on))
    if campaign.officer:
        yield campaign.officer
    if campaign.query:
        yield campaign.query
    if campaign.follows:
        yield _("follows {campaign}", campaign=campaign.follows)
    if campaign.cost:
        yield _("likely cost {amount}", amount=campaign.cost)


def _language(person: CampaignPerson) -> str:
    return vocabularies.get("language").label(person.language) if person.language else ""
