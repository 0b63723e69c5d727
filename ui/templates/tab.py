"""The letters that ship and the registry's own: looked at, copied, changed, taken in from Word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from registry import vocabularies
from registry.changes import Changes
from registry.commands import ImportTemplate, RetireTemplate
from registry.documents.importing import TemplateImported
from registry.documents.keeping import TemplateView
from registry.documents.templates import Kind, Template, ids_of
from registry.errors import RegistryError
from registry.formats import day
from registry.i18n import _, current_language
from registry.queries import GetTemplate, ListTemplates
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.templates.details import DetailsDialog
from ui.templates.editor import TemplateEditor
from ui.templates.importing import ImportDialog, result_words
from ui.widgets.empty import EmptyState
from ui.widgets.files import ask_file
from ui.widgets.labels import button, column, row
from ui.widgets.rows import Column, Rows


class TemplatesTab(Tab):
    """The list; the editor takes its place while a template is worked on.

    Signals:
        working: whether a template is being worked on.
    """

    working = Signal(bool)

    kinds = frozenset({"templates"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.editor: TemplateEditor | None = None
        self._arriving = False
        self._stack = QStackedWidget()
        column(self, spacing=0).addWidget(self._stack)
        self._stack.addWidget(self._list())

    def _list(self) -> QWidget:
        holder = QWidget()
        layout = column(holder, spacing=12)
        layout.setContentsMargins(0, 12, 0, 0)
        head = row(spacing=8)
        self.kind = QTabBar()
        self.kind.setAccessibleName(_("Templates"))
        self.kind.setExpanding(False)
        for words in (_("Letters"), _("Blocks")):
            self.kind.addTab(words)
        self.kind.currentChanged.connect(lambda _place: self._ask())
        head.addWidget(self.kind)
        head.addStretch(1)
        self.open_button = button(_("Edit…"), self._open, icon="edit")
        self.retire_button = button(_("Take out of use"), self._retire, icon="block")
        self.word_button = button(_("From Word…"), self._ask_word, icon="upload_file")
        self.new_button = button(_("New template"), self._new, "primary", "add")
        for widget in (self.open_button, self.retire_button, self.word_button, self.new_button):
            head.addWidget(widget)
        layout.addLayout(head)
        self.table: Rows[TemplateView] = Rows(_("Templates"), _columns())
        self.table.chosen.connect(self._follow)
        self.table.activated.connect(lambda _index: self._open())
        self._state = EmptyState()
        self._inside = QStackedWidget()
        self._inside.addWidget(self._state)
        self._inside.addWidget(self.table)
        layout.addWidget(self._inside, 1)
        self._state.show_state("hourglass_empty", _("Templates"), _("Loading…"))
        self.setFocusProxy(self.table)
        return holder

    @property
    def _kind(self) -> str:
        return ("letter", "block")[self.kind.currentIndex()]

    def arrive(self) -> None:
        """Show the list."""
        self._arriving = True
        self._ask()

    def refresh(self, changes: Changes) -> None:
        """Templates changed."""
        if changes.touch("templates"):
            self._ask()

    def may_leave(self) -> bool:
        """A template that was changed stays open."""
        if self.editor is None or not self.editor.changed:
            return True
        self.editor.leave()
        return False

    def _ask(self) -> None:
        self.desk.read(ListTemplates(self._kind), self._show, self._fail, key="templates")

    def _show(self, found: tuple[TemplateView, ...]) -> None:
        self.table.show_things(found)
        self._inside.setCurrentWidget(self.table)
        if found:
            self.table.choose(0)
        self._follow()
        if self._arriving and self.editor is None:
            self.table.setFocus()
        self._arriving = False

    def _fail(self, error: RegistryError) -> None:
        self._inside.setCurrentWidget(self._state)
        again = [("refresh", _("Try again"), self._ask)]
        self._state.show_state("error", _("The templates cannot be shown"), str(error), again)

    def _follow(self) -> None:
        """What can be done with the chosen one."""
        chosen = self.table.current
        copies = chosen is not None and chosen.ships and chosen.kind == "letter"
        self.open_button.setText(_("Copy and change…") if copies else _("Edit…"))
        self.open_button.setEnabled(chosen is not None)
        self.retire_button.setEnabled(chosen is not None and not chosen.ships)
        self.word_button.setVisible(self._kind == "letter")

    def _open(self) -> None:
        chosen = self.table.current
        if chosen is None:
            return
        copies = chosen.ships and chosen.kind == "letter"
        show = self._copy if copies else self._edit
        self.desk.read(GetTemplate(chosen.id, chosen.kind), show, key="template")

    def _copy(self, template: Template) -> None:
        title = template.titles.get(current_language()) or template.id
        titles = {**template.titles, current_language(): _("{title} (copy)", title=title)}
        self._ask_details(replace(template, id=_free(f"{template.id}-copy"), titles=titles))

    def _new(self) -> None:
        block = self._kind == "block"
        name = _free("block") if block else _free("letter")
        kind: Kind = "block" if block else "letter"
        self._ask_details(Template(name, "" if block else "outreach_news", {}, (), {}, kind=kind))

    def _ask_details(self, template: Template) -> None:
        language = template.languages[0] if template.trees else current_language()
        dialog = DetailsDialog(template, language, self, new=True)
        dialog.decided.connect(self._edit)
        dialog.open()

    def _edit(self, template: Template) -> None:
        self._close()
        self.editor = TemplateEditor(self.desk, template)
        self.editor.closed.connect(self._close)
        self._stack.addWidget(self.editor)
        self._stack.setCurrentWidget(self.editor)
        self.working.emit(True)
        self.editor.begin()

    def _close(self) -> None:
        if self.editor is None:
            return
        editor, self.editor = self.editor, None
        editor.stop()
        self._stack.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        self.working.emit(False)
        self.table.setFocus()

    def _retire(self) -> None:
        chosen = self.table.current
        if chosen is not None:
            said = _("“{title}” is offered no longer.", title=chosen.title)
            undo = (_("Undo"), self.desk.undo)
            self.desk.execute(RetireTemplate(chosen.id, chosen.kind), lambda _outcome: self.desk.say(said, action=undo))

    def _ask_word(self) -> None:
        patterns = [_("Word documents (*.docx)")]
        ask_file(self, self.desk.settings, "templates", _("Letter from Word"), patterns, self._ask_import)

    def _ask_import(self, path: Path) -> None:
        dialog = ImportDialog(path, _free("letter"), self)
        dialog.decided.connect(self._import)
        dialog.open()

    def _import(self, command: ImportTemplate) -> None:
        self.desk.execute(command, lambda outcome: self._imported(outcome.value), title=_("Reading the document"))

    def _imported(self, result: TemplateImported) -> None:
        def show(template: Template) -> None:
            self._edit(template)
            if self.editor is not None:
                self.editor.trouble.say(result_words(result), "warning" if result.lost or result.unknown else "success")

        self.desk.read(GetTemplate(result.name), show, key="template")


def _free(name: str) -> str:
    """The name, or with a number behind it if it is taken."""
    taken = {*ids_of("letter"), *ids_of("block")}
    number, found = 2, name
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    return found


def _columns() -> list[Column[TemplateView]]:
    return [
        Column(_("Template"), lambda t: t.title, lambda _t: "description"),
        Column(_("Name"), lambda t: t.id, width=170),
        Column(_("Purpose"), lambda t: vocabularies.get("consent_purpose").label(t.purpose) if t.purpose else ""),
        Column(_("Languages"), lambda t: ", ".join(t.languages), width=150),
        Column(_("Version"), _version, width=190),
    ]


def _version(view: TemplateView) -> str:
    if view.ships:
        return _("ships with the program")
    when = day(date.fromisoformat(view.saved_on))
    return _("{version}, {day}, {officer}", version=view.version, day=when, officer=view.officer)
