"""Profile templates: a ministry's own questionnaires, their versions and whether they are in use."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from registry import formats
from registry.changes import Changes, Outcome
from registry.commands import ActivateProfile, RetireProfile
from registry.errors import RegistryError
from registry.fields import PEOPLE, in_words
from registry.i18n import _
from registry.profiles import exchanging
from registry.profiles.definition import Template
from registry.profiles.keeping import ProfileView
from registry.profiles.shipped import shipped
from registry.queries import GetSettings, ListProfiles
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.profiles.editor import TemplateEditor
from ui.profiles.preview import PreviewDialog
from ui.widgets.empty import EmptyState
from ui.widgets.files import ask_file, ask_target
from ui.widgets.labels import button, column, label
from ui.widgets.rows import Column, Rows
from ui.widgets.wrapping import WrappingLayout


class ProfilesTab(Tab):
    """The templates, and what can be done with the chosen one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = column(self, spacing=12)
        layout.setContentsMargins(0, 16, 0, 0)
        words = _("The questions of a template in use stand on every card, and are columns, filters and import fields.")
        layout.addWidget(label(words, "quiet", wrap=True))
        layout.addWidget(self._head())
        self._stack = QStackedWidget()
        self._state = EmptyState()
        self.table: Rows[ProfileView] = Rows(_("Profile templates"), _columns())
        self.table.chosen.connect(self._allow)
        self.table.doubleClicked.connect(lambda _index: self.edit())
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.table)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)
        self._state.show_state("hourglass_empty", _("Profile templates"), _("Loading…"))
        self._allow()

    def _head(self) -> QWidget:
        self.add_button = button(_("Add a template"), role="primary", icon="add")
        self.add_button.setProperty("menu", "true")
        self.add_menu = QMenu(self.add_button)
        self.add_menu.aboutToShow.connect(self._offer)
        self.add_button.setMenu(self.add_menu)
        self._edit = button(_("Edit…"), self.edit, icon="edit")
        self._turn = button(_("Use"), self.turn, icon="check_circle")
        self._preview = button(_("Preview…"), self.preview, icon="visibility")
        self._save = button(_("Save as file…"), self.ask_target, icon="file_save")
        head = QWidget()
        wrapping = WrappingLayout(head)
        for each in (self.add_button, self._edit, self._turn, self._preview, self._save):
            wrapping.addWidget(each)
        return head

    def _offer(self) -> None:
        """What a template can begin with."""
        self.add_menu.clear()
        self.add_menu.addAction(_("Empty template…")).triggered.connect(lambda: self.add())
        self.add_menu.addAction(_("From a file…")).triggered.connect(lambda: self.ask_source())
        self.add_menu.addSection(_("Shipped templates"))
        known = {view.template.name for view in self.table.things}
        for template in shipped():
            action = self.add_menu.addAction(in_words(template.titles))
            action.setEnabled(template.name not in known)
            action.triggered.connect(lambda _checked=False, chosen=template: self.add(chosen))

    # --- showing ------------------------------------------------------------------------------------------------

    def arrive(self) -> None:
        """Read the templates."""
        self.desk.read(ListProfiles(), self._show, self._fail, key="profiles")

    def refresh(self, changes: Changes) -> None:
        """Templates were saved, put to use or out of use."""
        if changes.touch("profiles"):
            self.arrive()

    def _show(self, views: tuple[ProfileView, ...]) -> None:
        chosen = self.table.current
        self.table.show_things(views)
        if views:
            names = [view.template.name for view in views]
            self._stack.setCurrentWidget(self.table)
            self.table.choose(
                names.index(chosen.template.name) if chosen is not None and chosen.template.name in names else 0
            )
        else:
            self._stack.setCurrentWidget(self._state)
            actions = [
                ("description", in_words(template.titles), lambda chosen=template: self.add(chosen))
                for template in shipped()
            ]
            self._state.show_state(
                "fact_check",
                _("No questionnaire of your own yet"),
                _("Begin with one that ships with the program, adapt it to your ministry, and put it to use."),
                [*actions, ("add", _("Empty template…"), self.add)],
            )
        self._allow()

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentWidget(self._state)
        again = [("refresh", _("Try again"), self.arrive)]
        self._state.show_state("error", _("The templates cannot be shown"), str(error), again)

    def _allow(self) -> None:
        view = self.table.current
        for each in (self._edit, self._turn, self._preview, self._save):
            each.setEnabled(view is not None)
        self._turn.setText(_("Take out of use") if view is not None and view.active else _("Use"))

    # --- doing --------------------------------------------------------------------------------------------------

    def add(self, template: Template | None = None) -> TemplateEditor:
        """Edit a new template, empty or made by somebody."""
        known = {view.template.name: view for view in self.table.things}
        begun = template or Template("", PEOPLE, (), ())
        return self._open(begun, known.get(begun.name))

    def edit(self) -> TemplateEditor | None:
        """Edit the chosen template."""
        view = self.table.current
        return self._open(view.template, view) if view is not None else None

    def _open(self, template: Template, view: ProfileView | None) -> TemplateEditor:
        saved = view.template if view is not None else None
        editor = TemplateEditor(self.desk, template, saved, self.window(), active=view is not None and view.active)
        editor.open()
        return editor

    def turn(self) -> None:
        """Ask the questions from now on, or no longer."""
        view = self.table.current
        if view is not None:
            name = view.template.name
            command = RetireProfile(name) if view.active else ActivateProfile(name)
            self.desk.execute(command, lambda outcome: self._turned(view, outcome))

    def _turned(self, view: ProfileView, _outcome: Outcome[bool]) -> None:
        name = in_words(view.template.titles)
        said = (
            _("“{name}” is out of use. What was answered stays on the cards.", name=name)
            if view.active
            else _("“{name}” is in use: its questions stand on every card.", name=name)
        )
        self.desk.say(said, "success", (_("Undo"), self.desk.undo))

    def preview(self) -> None:
        """Show the chosen template's questions as on the card."""
        view = self.table.current
        if view is not None:
            self.desk.read(GetSettings(), lambda settings: self._show_form(view, settings.get("country", "")))

    def _show_form(self, view: ProfileView, country: str) -> None:
        PreviewDialog(view.template, self.desk, country, self.window()).open()

    def ask_source(self) -> None:
        """Ask for the file of a template."""
        pattern = [_("Profile template (*.json)")]
        ask_file(self, self.desk.settings, "profiles", _("Open a profile template"), pattern, self.load)

    def load(self, path: Path) -> None:
        """Edit the template in a file."""
        try:
            self.add(exchanging.load(path))
        except RegistryError as error:
            self.desk.fail(error)

    def ask_target(self) -> None:
        """Ask where the chosen template shall be written."""
        view = self.table.current
        if view is not None:
            name, pattern = f"{view.template.name}.json", [_("Profile template (*.json)")]
            title = _("Save the profile template")
            ask_target(self, self.desk.settings, "profiles", title, pattern, name, lambda path: self.save(view, path))

    def save(self, view: ProfileView, path: Path) -> None:
        """Write a template to a file."""
        try:
            exchanging.save(view.template, path)
        except RegistryError as error:
            self.desk.fail(error)
            return
        self.desk.say(_("“{name}” was saved.", name=path.name), "success")


def _columns() -> list[Column[ProfileView]]:
    return [
        Column(_("Questionnaire"), lambda v: in_words(v.template.titles), lambda _view: "description"),
        Column(_("Asks about"), lambda v: _("People") if v.template.kind == PEOPLE else _("Associations"), width=130),
        Column(
            _("State"),
            lambda v: _("In use") if v.active else _("Not in use"),
            role=lambda v: "success" if v.active else "quiet",
            width=110,
        ),
        Column(_("Version"), lambda v: formats.number(v.template.version), width=80, number=True),
        Column(_("Questions"), lambda v: formats.number(len(list(v.template.questions))), width=90, number=True),
        Column(_("Answers"), lambda v: formats.number(v.answers), width=90, number=True),
        Column(_("Languages"), lambda v: " ".join(v.template.languages), width=110),
    ]
