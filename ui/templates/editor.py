"""The editor of a template: its languages, the text of one of them, and beside it a real letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QTabBar, QWidget

from registry import vocabularies
from registry.commands import AddTemplateFile, SaveTemplate
from registry.documents.layout import direction_of
from registry.documents.templates import Template
from registry.documents.tree import Paragraph, Tree
from registry.errors import RegistryError
from registry.formats import day
from registry.i18n import _, current_language
from registry.queries import GetTemplate, GetTemplateFile, TemplateVersions
from ui.desk import Desk
from ui.templates.chips import Part
from ui.templates.details import DetailsDialog
from ui.templates.toolbar import Toolbar
from ui.templates.trying import Trying
from ui.templates.words import part_words
from ui.templates.writing import Writing
from ui.widgets.files import ask_file, ask_target
from ui.widgets.labels import button, column, label, row
from ui.widgets.summary import Banner

#: Languages that are offered first: those in which templates ship.
_OFFERED = ("en", "fr", "es", "pt", "ar", "ru", "zh", "de", "it", "hi", "fa", "tr")
_PAUSE = 300  # milliseconds without a key after which what was typed is read


class TemplateEditor(QWidget):
    """Works on a template of its own until it is saved as a new version.

    Attributes:
        template: as it stands.

    Signals:
        closed: the officer is done with it.
    """

    closed = Signal()

    def __init__(self, desk: Desk, template: Template, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.template = self._saved = template
        self._language = template.languages[0] if template.trees else current_language()
        if not template.trees:
            self.template = replace(template, trees={self._language: Tree((Paragraph(()),))})
        self.writing = Writing(self._words)
        self.toolbar = Toolbar(desk, self.writing)
        self.trying = Trying(desk)
        self.trouble = Banner()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._read)
        desk.runner.closed.connect(self._pause.stop)
        self._build()
        self.toolbar.files_asked.connect(self._ask_file)
        self.writing.textChanged.connect(self._pause.start)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.save, context=here)

    def _build(self) -> None:
        layout = column(self, spacing=12)
        head = row(spacing=8)
        self._title = label("", "title")
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head.addWidget(self._title, 1)
        self.details = button(_("Details…"), self._ask_details, icon="settings")
        self.word = button(_("To Word…"), self._ask_target, icon="file_save")
        if self.template.kind == "block":
            self.word.hide()  # what comes from Word becomes a letter
        self.earlier = button(_("Versions"), icon="history")
        versions = QMenu(self.earlier)
        versions.aboutToShow.connect(partial(self._fill_versions, versions))
        self.earlier.setMenu(versions)
        self.earlier.setVisible(self.template.version > 0)
        self.done = button(_("Close"), self.leave)
        self.keep = button(_("Save"), self.save, "primary", "save")
        for widget in (self.word, self.earlier, self.details, self.done, self.keep):
            head.addWidget(widget)
        layout.addLayout(head)
        layout.addLayout(self._languages())
        layout.addWidget(self.trouble)
        left = QWidget()
        inside = column(left, spacing=8)
        inside.addWidget(self.toolbar)
        inside.addWidget(self.writing, 1)
        beside = row(spacing=16)
        beside.addWidget(left, 2)
        beside.addWidget(self.trying, 1)
        layout.addLayout(beside, 1)

    def _languages(self) -> QHBoxLayout:
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Languages of the letter"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.currentChanged.connect(self._turn_to)
        self.add_language = button(_("Add a language"), role="link", icon="add")
        menu = QMenu(self.add_language)
        menu.aboutToShow.connect(lambda: self._fill_languages(menu))
        self.add_language.setMenu(menu)
        self._fallback = label("", "quiet")
        self._fallback.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        made = row(spacing=8)
        made.addWidget(self.tabs)
        made.addWidget(self.add_language)
        made.addWidget(self._fallback, 1)
        return made

    def begin(self) -> None:
        """Show the template."""
        self._show_tabs()
        self._show_text()
        self.trying.begin()
        self.writing.setFocus()

    def stop(self) -> None:
        """It goes away: nothing is read or drawn any more."""
        self._pause.stop()
        self.trying.stop()

    @property
    def changed(self) -> bool:
        """Whether something would be lost."""
        self._read()
        return self.template != self._saved

    def _words(self, part: Part) -> str:
        return part_words(part, self.template.variables)

    def _show_tabs(self) -> None:
        titles = self.template.titles
        self._title.setText(titles.get(current_language()) or next(iter(titles.values()), "") or self.template.id)
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for code in self.template.languages:
            self.tabs.setTabData(self.tabs.addTab(vocabularies.get("language").label(code)), code)
        self.tabs.setCurrentIndex(list(self.template.languages).index(self._language))
        self.tabs.blockSignals(False)
        first = vocabularies.get("language").label(self.template.languages[0])
        self._fallback.setText(_("Whose language is missing gets it in: {language}", language=first))

    def _show_text(self) -> None:
        self.toolbar.variables = self.template.variables
        self.writing.blockSignals(True)
        self.writing.show_tree(self.template.trees[self._language], rtl=direction_of(self._language) == "rtl")
        self.writing.blockSignals(False)
        self.toolbar.follow()
        self.trying.show_letter(self.template, self._language)

    def _turn_to(self, place: int) -> None:
        if place < 0:
            return
        self._read()
        self._language = str(self.tabs.tabData(place))
        self._show_text()

    def _fill_languages(self, menu: QMenu) -> None:
        menu.clear()
        for code in _OFFERED:
            if code not in self.template.trees:
                words = vocabularies.get("language").label(code)
                menu.addAction(words, partial(self._add_language, code))

    def _add_language(self, code: str) -> None:
        """A language more begins with the text of the one that is shown: fields and conditions stay."""
        self._read()
        trees = {**self.template.trees, code: self.template.trees[self._language]}
        self.template, self._language = replace(self.template, trees=trees), code
        self._show_tabs()
        self._show_text()

    def _read(self) -> None:
        """Take over what was typed, and show it as a letter."""
        self._pause.stop()
        tree = self.writing.tree()
        if tree != self.template.trees[self._language]:
            self.template = replace(self.template, trees={**self.template.trees, self._language: tree})
            self.trying.show_letter(self.template, self._language)

    def _fill_versions(self, menu: QMenu) -> None:
        menu.clear()
        asked = TemplateVersions(self.template.id, self.template.kind)
        for version, saved_on, officer in self._desk.registry.read(asked):
            when = day(date.fromisoformat(saved_on))
            words = _("{version}, {day}, {officer}", version=version, day=when, officer=officer)
            menu.addAction(words, partial(self._bring_back, version))

    def _bring_back(self, version: int) -> None:
        """Show the text of an earlier version; it counts again when it is saved."""
        query = GetTemplate(self.template.id, self.template.kind, version)
        self._desk.read(query, self._show_earlier, key="template-version")

    def _show_earlier(self, template: Template) -> None:
        if self._language not in template.trees:
            self._language = template.languages[0]
        self._use_details(template)

    def _ask_details(self) -> None:
        self._read()
        dialog = DetailsDialog(self.template, self._language, self)
        dialog.decided.connect(self._use_details)
        dialog.open()

    def _use_details(self, template: Template) -> None:
        self.template = template
        self._show_tabs()
        self._show_text()

    def _ask_file(self) -> None:
        patterns = [_("Pictures and PDF files (*.png *.jpg *.jpeg *.webp *.pdf)")]
        ask_file(self, self._desk.settings, "templates", _("Picture or enclosure"), patterns, self._add_file)

    def _add_file(self, path: Path) -> None:
        def say(name: str) -> None:
            self._desk.say(_("“{name}” can be put in now.", name=name), "success")

        self._desk.execute(AddTemplateFile(path), lambda outcome: say(outcome.value))

    def _ask_target(self) -> None:
        name, patterns = f"{self.template.id}.docx", [_("Word documents (*.docx)")]
        ask_target(self, self._desk.settings, "templates", _("Letter for Word"), patterns, name, self.write_to)

    def write_to(self, path: Path) -> None:
        """Write the text that is shown for Word, as it stands here, saved or not."""
        from registry.documents.docx.writing import save_template

        self._read()
        try:
            save_template(path, self.template, self._language, self._file)
        except RegistryError as error:
            self._refuse(error)
            return
        self.trouble.say("", "danger")
        self._desk.say(_("“{name}” was saved.", name=path.name), "success")

    def _file(self, name: str) -> bytes:
        return self._desk.registry.read(GetTemplateFile(name))

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Keep it as a new version."""
        self._read()
        template = self.template

        def saved(version: int) -> None:
            self._saved = template
            self.earlier.show()
            self.trouble.say("", "danger")
            words = _("Saved as version {version}.", version=version) if version else _("Nothing was changed.")
            self._desk.say(words, "success")
            if then is not None:
                then()

        self._desk.execute(SaveTemplate(template), lambda outcome: saved(outcome.value), self._refuse)

    def _refuse(self, error: RegistryError) -> None:
        self.trouble.say(str(error), "danger")

    def leave(self) -> None:
        """Back to the list; what was changed is saved first if the officer wants it."""
        if not self.changed:
            self.closed.emit()
            return
        from ui.templates.leaving import LeavingDialog

        dialog = LeavingDialog(self)
        dialog.saving.connect(lambda: self.save(self.closed.emit))
        dialog.dropping.connect(self.closed)
        dialog.open()
