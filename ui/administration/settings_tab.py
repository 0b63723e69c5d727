"""Settings: how the post is called and where it stands, as letters say it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from registry import vocabularies
from registry.changes import Changes
from registry.commands import ChangeSetting
from registry.i18n import N_, _
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


class SettingsTab(Tab):
    """A form; saved with its button, each setting an operation of the history."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._kept: Mapping[str, str] = {}
        inside = QWidget()
        form = column(inside, spacing=16)
        form.setContentsMargins(0, 0, 12, 8)
        self._fixed = label(role="quiet", wrap=True)
        form.addWidget(label(_("The post, as letters name it"), "heading"))
        form.addWidget(self._fixed)
        self.lines: dict[str, QLineEdit] = {}
        for name, (words, hint) in _LINES.items():
            line = QLineEdit()
            line.textEdited.connect(self._allow)
            self.lines[name] = line
            form.addWidget(Labelled(_(words), line, _(hint)))
        self.address = QPlainTextEdit()
        self.address.setTabChangesFocus(True)
        self.address.setFixedHeight(92)
        self.address.textChanged.connect(self._allow)
        form.addWidget(Labelled(_("Address"), self.address, _("One line each, as at the foot of a letter.")))
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

    def arrive(self) -> None:
        """Read the settings, unless something unsaved stands here."""
        if not self.changed:
            self.desk.read(GetSettings(), self._show, key="settings tab")

    def refresh(self, changes: Changes) -> None:
        """Settings changed."""
        if changes.touch("settings"):
            self.arrive()

    def _show(self, settings: Mapping[str, str]) -> None:
        self._kept = settings
        countries = vocabularies.get("country")
        words = _(
            "Post {post} in {country}", post=settings.get("post", ""), country=countries.label(settings["country"])
        )
        if "home" in settings:
            words += " · " + _("serves {country}", country=countries.label(settings["home"]))
        self._fixed.setText(words)
        for name, line in self.lines.items():
            line.setText(settings.get(name, ""))
        self.address.setPlainText(settings.get("post_address", ""))
        self._allow()

    @property
    def changed(self) -> dict[str, str]:
        """Name -> text of every setting that is not saved."""
        now = {name: line.text().strip() for name, line in self.lines.items()}
        now["post_address"] = self.address.toPlainText().strip()
        return {name: text for name, text in now.items() if text != self._kept.get(name, "")}

    def _allow(self) -> None:
        self.save_button.setEnabled(bool(self.changed))

    def save(self) -> None:
        """Save what is different."""
        changed = self.changed
        self._kept = {**self._kept, **changed}
        self._allow()
        for place, (name, text) in enumerate(changed.items(), 1):
            command = ChangeSetting(name, text or None)
            last = place == len(changed)
            self.desk.execute(command, (lambda _done: self._say_saved()) if last else None)

    def _say_saved(self) -> None:
        self.desk.say(_("The settings are saved."), "success")
