"""A map as a file: as it is for the post, or as it may be published."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from registry import vocabularies
from registry.commands import WriteHomeMap, WriteMap
from registry.i18n import _, ngettext
from registry.mapping.home import Home
from registry.mapping.world import World
from registry.statistics.suppression import LEAST
from ui.desk import Desk
from ui.dialogs.taking_out import TakingOut
from ui.widgets.files import ask_target
from ui.widgets.inputs import Labelled
from ui.widgets.labels import label


class SaveMapDialog(TakingOut):
    """Asks for the form, whether it is published, the reason and the file."""

    def __init__(self, desk: Desk, shown: World | Home, parent: QWidget | None = None, country: str = "") -> None:
        """`country`: alpha-3 code of the one that is looked at, which can be drawn alone; "" = none."""
        super().__init__(desk, _("Save the map"), parent)
        self._shown, self._country = shown, country
        self.form.addWidget(label(shown.title, wrap=True))
        self.ending = QComboBox()
        self._patterns = {
            ".pdf": _("PDF file (*.pdf)"),
            ".svg": _("Drawing that can be edited (*.svg)"),
            ".png": _("Picture (*.png)"),
        }
        for ending, words in self._patterns.items():
            self.ending.addItem(words, ending)
        self.form.addWidget(Labelled(_("Kind of file"), self.ending))
        name = vocabularies.get("country").label(country) if country else ""
        self.alone = QCheckBox(_("Only {country}, with its cities", country=name))
        self.form.addWidget(self.alone)
        self.alone.setVisible(bool(country))
        self.public = QCheckBox(_("For publication"))
        self.form.addWidget(self.public)
        hint = _("Counts of fewer than {least} people are withheld, and others that would give them away.", least=LEAST)
        self.form.addWidget(label(hint, "quiet", wrap=True))
        self.add_reason(_("Why it is written"))
        self.end_form()
        self.public.toggled.connect(lambda _on: self._count())
        self.alone.toggled.connect(self._without_publication)
        self._count()

    def _count(self) -> None:
        """What is published needs no reason: it tells of nobody."""
        self.show_count(1 if self.public.isChecked() else self._shown.total or 1)

    def _without_publication(self, alone: bool) -> None:
        """Cities are not published: their counts are small."""
        self.public.setChecked(self.public.isChecked() and not alone)
        self.public.setEnabled(not alone)

    def ask_file(self) -> None:
        """Ask where the map shall be written, then write it."""
        ending = str(self.ending.currentData())
        pattern = self._patterns[ending]
        ask_target(self, self.desk.settings, "export", _("Save the map"), [pattern], _("map") + ending, self.write)

    def write(self, path: Path) -> None:
        """Write the map."""
        reason, title = self.reason.text().strip(), _("Drawing the map")
        public = self.public.isChecked()
        if isinstance(self._shown, World):
            asked = replace(self._shown.asked, public=public)
            country = self._country if self.alone.isChecked() else ""
            self.write_file(
                WriteMap(asked, path, reason, country), path, title, lambda made: _said(len(made.countries))
            )
        else:
            home = replace(self._shown.asked, public=public)
            self.write_file(WriteHomeMap(home, path, reason), path, title, lambda made: _said_home(len(made.districts)))


def _said(count: int) -> str:
    return ngettext("{count} country with somebody in it is on the map.", "{count} countries are on the map.", count)


def _said_home(count: int) -> str:
    return ngettext("{count} region is on the map.", "{count} regions are on the map.", count)
