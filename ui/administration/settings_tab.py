"""Settings: how the post is called and where it stands, as letters say it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from registry import settings, vocabularies
from registry.changes import Changes, Outcome
from registry.commands import ChangeSetting
from registry.documents.sheets import EXAMPLE
from registry.documents.stationery import WINDOWS
from registry.errors import RegistryError
from registry.i18n import LANGUAGES, N_, _
from registry.queries import GetSettings
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, column, label, row

_LINES = {
    "home_name": (N_("Name of the home state"), N_("As it stands at the head of letters.")),
    "post_name": (N_("Name of the post"), N_("For example: Consulate General in Lyon.")),
    "post_city": (N_("City"), N_("Where letters are dated.")),
    "belonging": (
        N_("Who counts"),
        N_("A query that says who belongs, such as connection:citizen. Counts begin with it; empty: everybody."),
    ),
}
_OUTREACH = {
    "outreach_currency": (N_("Currency"), N_("Of the rates, such as EUR.")),
    "smtp_from": (N_("E-mail address of the post"), N_("E-mails of campaigns come from it.")),
    "smtp_server": (N_("Mail server"), N_("Empty: e-mails are written to files only.")),
    "smtp_port": (N_("Port of the mail server"), N_("587 with starttls, 465 with tls.")),
    "smtp_security": (N_("Protection of the line"), N_("starttls, tls, or none for a server on this machine.")),
    "smtp_user": (N_("Name at the mail server"), N_("Empty: it asks for none.")),
    "smtp_password": (N_("Password at the mail server"), N_("Kept in the encrypted registry, and shown to nobody.")),
    "smtp_rate": (N_("E-mails a minute"), N_("As many as the server allows.")),
}
_NUMBERS = {
    "validity_years": (N_("Validity of a registration, in years"), N_("From its confirmation on.")),
    "notice_days": (
        N_("Days between two notices"),
        N_("From the first to the second, and from the second until a registration can lapse."),
    ),
    "age_of_majority": (N_("Age of majority"), N_("From which somebody is of age, and may vote.")),
}


class SettingsTab(Tab):
    """A form; saved with its button, each setting an operation of the history."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._kept: Mapping[str, str] = {}
        self._saving: set[str] = set()
        self._refused = False
        inside = QWidget()
        form = column(inside, spacing=16)
        form.setContentsMargins(0, 0, 12, 8)
        self._fixed = label(role="quiet", wrap=True)
        form.addWidget(label(_("The post, as letters name it"), "heading"))
        form.addWidget(self._fixed)
        self.lines: dict[str, QLineEdit] = {}
        for name, (words, hint) in _LINES.items():
            form.addWidget(Labelled(_(words), self._line(name), _(hint)))
            if name in settings.NAMED:
                form.addLayout(self._by_language(name))
        self.address = QPlainTextEdit()
        self.address.setTabChangesFocus(True)
        self.address.setFixedHeight(92)
        self.address.textChanged.connect(self._allow)
        form.addWidget(Labelled(_("Address"), self.address, _("One line each, as at the foot of a letter.")))
        form.addSpacing(8)
        self._add_paper(form)
        form.addSpacing(8)
        form.addWidget(label(_("Rules of registration"), "heading"))
        self.numbers: dict[str, Labelled] = {}
        for name, (words, hint) in _NUMBERS.items():
            line = self._line(name)
            line.setMaximumWidth(120)
            self.numbers[name] = Labelled(_(words), line, _(hint))
            form.addWidget(self.numbers[name])
        self._add_campaigns(form)
        buttons = row(spacing=8)
        self.save_button = button(_("Save"), self.save, "primary", "save")
        self.save_button.setAutoDefault(True)
        buttons.addWidget(self.save_button)
        buttons.addStretch(1)
        form.addLayout(buttons)
        form.addStretch(1)
        inside.setMaximumWidth(560)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        layout = column(self, spacing=0)
        layout.setContentsMargins(0, 16, 0, 0)
        layout.addWidget(area)
        self.setFocusProxy(self.lines["home_name"])
        self._allow()

    def _add_campaigns(self, form: QVBoxLayout) -> None:
        """What campaigns cost, and the mail server that sends them."""
        form.addSpacing(8)
        form.addWidget(label(_("Campaigns"), "heading"))
        self.rates = QPlainTextEdit()
        self.rates.setTabChangesFocus(True)
        self.rates.setFixedHeight(76)
        self.rates.textChanged.connect(self._allow)
        hint = _("One a line: home: 1.39, abroad: 1.96, a country: 2.10, sms: 0.07")
        self.numbers["outreach_rates"] = Labelled(_("What a letter or message costs"), self.rates, hint)
        form.addWidget(self.numbers["outreach_rates"])
        for name, (words, hint) in _OUTREACH.items():
            self.numbers[name] = Labelled(_(words), self._line(name), _(hint))
            form.addWidget(self.numbers[name])
        self.lines["smtp_password"].setEchoMode(QLineEdit.EchoMode.Password)

    def _add_paper(self, form: QVBoxLayout) -> None:
        """The post's envelopes and labels."""
        form.addWidget(label(_("Envelopes and labels"), "heading"))
        self.window_box = QComboBox()
        self.window_box.addItem(_("As is usual in this country"), "")
        for code, known in WINDOWS.items():
            self.window_box.addItem(_(known.title), code)
        self.window_box.currentIndexChanged.connect(self._allow)
        hint = _("Where the address stands on letters.")
        form.addWidget(Labelled(_("Window of the envelopes"), self.window_box, hint))
        hint = _("A maker’s code such as L7160, or measures in millimetres such as {example}.", example=EXAMPLE)
        self.labels = Labelled(_("Sheet of labels"), self._line(settings.LABEL_SHEET), hint)
        form.addWidget(self.labels)

    def _line(self, name: str) -> QLineEdit:
        line = self.lines[name] = QLineEdit()
        line.textEdited.connect(self._allow)
        return line

    def _by_language(self, name: str) -> QHBoxLayout:
        """The same name for letters in one language; left empty, the one above counts."""
        beside = row(spacing=12)
        for code in LANGUAGES:
            title = _("In letters in {language}", language=vocabularies.get("language").label(code))
            beside.addWidget(Labelled(title, self._line(f"{name}.{code}")))
        return beside

    def arrive(self) -> None:
        """Read the settings, unless something unsaved stands here."""
        if not self.changed:
            self.desk.read(GetSettings(), self._show, key="settings tab")

    def refresh(self, changes: Changes) -> None:
        """Settings changed."""
        if changes.touch("settings"):
            self.arrive()

    def _show(self, kept: Mapping[str, str]) -> None:
        self._kept = kept
        countries = vocabularies.get("country")
        words = _("Post {post} in {country}", post=kept.get("post", ""), country=countries.label(kept["country"]))
        if "home" in kept:
            words += " · " + _("serves {country}", country=countries.label(kept["home"]))
        self._fixed.setText(words)
        for name, line in self.lines.items():
            line.setText(self._text(name))
        self.address.setPlainText(kept.get("post_address", ""))
        self.rates.setPlainText(kept.get("outreach_rates", ""))
        self.window_box.setCurrentIndex(max(self.window_box.findData(kept.get(settings.WINDOW, "")), 0))
        self._allow()

    @property
    def changed(self) -> dict[str, str]:
        """Name -> text of every setting that is not saved."""
        now = {name: line.text().strip() for name, line in self.lines.items()}
        now["post_address"] = self.address.toPlainText().strip()
        now["outreach_rates"] = self.rates.toPlainText().strip()
        now[settings.WINDOW] = str(self.window_box.currentData())
        return {name: text for name, text in now.items() if text != self._text(name)}

    def _text(self, name: str) -> str:
        """What is kept; of a number that nobody has set, what counts until then."""
        if name in settings.NUMBERS and self._kept:
            return str(settings.number(self._kept, name))
        return self._kept.get(name, "")

    def _allow(self) -> None:
        self.save_button.setEnabled(bool(self.changed) and not self._saving)

    def save(self) -> None:
        """Save what is different; what cannot be kept is said at its line, and the rest is saved."""
        for line in (*self.numbers.values(), self.labels):
            line.set_problem("")
        self._saving, self._refused = set(self.changed), False
        for name, text in self.changed.items():
            self.desk.execute(
                ChangeSetting(name, text or None), partial(self._keep, name, text), partial(self._say, name)
            )
        self._allow()

    def _keep(self, name: str, text: str, _outcome: Outcome[bool]) -> None:
        self._kept = {**self._kept, name: text}
        self._settle(name)

    def _say(self, name: str, error: RegistryError) -> None:
        """What is wrong with a setting."""
        self._refused = True
        if name in self.numbers:
            self.numbers[name].set_problem(str(error))
            self.numbers[name].input.setFocus()
        elif name == settings.LABEL_SHEET:
            self.labels.set_problem(str(error))
            self.lines[name].setFocus()
        else:
            self.desk.fail(error)
        self._settle(name)

    def _settle(self, name: str) -> None:
        self._saving.discard(name)
        self._allow()
        if not self._saving and not self._refused:
            self._say_saved()

    def _say_saved(self) -> None:
        self.desk.say(_("The settings are saved."), "success")
