"""Posts: embassies and consulates, where they stand and whom they serve."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QLineEdit, QStackedWidget, QWidget

from registry import vocabularies
from registry.changes import Changes, Outcome
from registry.commands import RemovePosts, SavePost
from registry.errors import Invalid, RegistryError
from registry.i18n import _
from registry.posts import jurisdiction
from registry.posts.keeping import Post
from registry.queries import GetSettings, ListPosts
from ui.administration.tab import Tab
from ui.desk import Desk
from ui.dialogs.base import Dialog
from ui.mapping.taking_in import TakingInPosts
from ui.widgets.choices import CodeBox
from ui.widgets.city_line import CityLine
from ui.widgets.empty import EmptyState
from ui.widgets.files import ask_file
from ui.widgets.inputs import Labelled
from ui.widgets.labels import button, column, label, row
from ui.widgets.rows import Column, Rows
from ui.widgets.summary import Banner


class PostsTab(Tab):
    """The posts, the registry's own first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        layout = column(self, spacing=12)
        layout.setContentsMargins(0, 16, 0, 0)
        explanation = _(
            "Distances, visits and jurisdictions on the map are counted from the posts that are in service."
        )
        layout.addWidget(label(explanation, "quiet", wrap=True))
        head = row(spacing=8)
        self._change = button(_("Change…"), self.change, icon="edit")
        self._remove = button(_("Remove"), self.remove, icon="delete")
        head.addWidget(button(_("Add…"), self.add, "primary", "add"))
        head.addWidget(self._change)
        head.addWidget(self._remove)
        head.addStretch(1)
        head.addWidget(button(_("Import…"), self.choose, icon="upload_file"))
        layout.addLayout(head)
        self.missing = Banner()
        layout.addWidget(self.missing)
        self._stack, self._state = QStackedWidget(), EmptyState()
        self.table: Rows[Post] = Rows(_("Posts"), _columns())
        self.table.chosen.connect(self._allow)
        self.table.activated.connect(lambda _index: self.change())
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.table)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(self.table)
        self._own = {"post": "", "country": "", "post_name": "", "post_city": ""}
        self._state.show_state("hourglass_empty", _("Posts"), _("Loading…"))
        self._allow()

    def arrive(self) -> None:
        """Read the posts."""
        self.desk.read(GetSettings(), self._know, key="own post")
        self.desk.read(ListPosts(), self._show, self._fail, key="posts")

    def refresh(self, changes: Changes) -> None:
        """Posts changed."""
        if changes.touch("posts") or changes.touch("settings"):
            self.arrive()

    def _know(self, settings: object) -> None:
        if isinstance(settings, dict):
            self._own = {name: settings.get(name, "") for name in self._own}
        self._tell_missing()

    def _show(self, posts: tuple[Post, ...]) -> None:
        self.table.show_things(posts)
        self._stack.setCurrentWidget(self.table if posts else self._state)
        if not posts:
            self._state.show_state(
                "home_work",
                _("No posts yet"),
                _("Write down the embassies and consulates, this registry's own among them, or take a list in."),
                [("upload_file", _("Import…"), self.choose), ("add", _("Add…"), self.add)],
            )
        self._tell_missing()
        self._allow()

    def _tell_missing(self) -> None:
        """Say that the registry's own post is not among them."""
        posts = self.table.things
        absent = bool(posts) and bool(self._own["post"]) and not any(one.own for one in posts)
        said = _("The registry's own post, {code}, is not among them. Add it.", code=self._own["post"])
        self.missing.say(said if absent else "", "warning")

    def _fail(self, error: RegistryError) -> None:
        self._stack.setCurrentWidget(self._state)
        self._state.show_state("error", _("Posts"), str(error), [("refresh", _("Try again"), self.arrive)])

    def _allow(self) -> None:
        for each in (self._change, self._remove):
            each.setEnabled(self.table.current is not None)

    def add(self) -> PostDialog:
        """Ask for a new one; the registry's own if it is not there yet."""
        dialog = self._open(None)
        if not any(one.own for one in self.table.things):
            dialog.propose(self._own)
        return dialog

    def change(self) -> PostDialog | None:
        """Put the chosen one right."""
        return self._open(self.table.current) if self.table.current is not None else None

    def _open(self, one: Post | None) -> PostDialog:
        dialog = PostDialog(self.desk, one, self.window())
        dialog.open()
        return dialog

    def remove(self) -> None:
        """Take the chosen one out."""
        if self.table.current is not None:
            self.desk.execute(RemovePosts((self.table.current.id,)), self._removed)

    def _removed(self, _outcome: Outcome[int]) -> None:
        self.desk.say(_("The post is removed."), "notice", (_("Undo"), self.desk.undo))

    def choose(self) -> None:
        """Ask for a list of posts."""
        patterns = [_("Lists ({endings})", endings="*.csv *.xlsx *.xls *.ods")]
        ask_file(self, self.desk.settings, "posts", _("Import posts"), patterns, self._take)

    def _take(self, path: Path) -> None:
        self.take(path)

    def take(self, path: Path) -> TakingInPosts:
        """Show what a list would bring."""
        dialog = TakingInPosts(self.desk, path, self.window())
        dialog.open()
        return dialog


class PostDialog(Dialog):
    """One post."""

    def __init__(self, desk: Desk, one: Post | None, parent: QWidget | None = None) -> None:
        super().__init__(_("Post"), parent)
        self._desk, self._id = desk, one.id if one is not None else None
        self.code = QLineEdit(one.code if one else "")
        self.name = QLineEdit(one.name if one else "")
        self.country = CodeBox("country", _("Country"), one.country if one else "")
        self.city = CityLine(desk, _("City"), self.country.code)
        self.coordinates = QLineEdit(one.own_coordinates if one else "")
        self.areas = QLineEdit(jurisdiction.written(one.areas) if one else "")
        self.honorary, self.active = QCheckBox(_("Honorary")), QCheckBox(_("In service"))
        self.honorary.setChecked(one is not None and one.honorary)
        self.active.setChecked(one is None or one.active)
        if one is not None:
            self.city.setText(one.city)
        here = _("Only where no city tells: 45.76, 4.84.")
        served = _("Countries, regions and cities with semicolons between: Switzerland; Bavaria; Lyon.")
        self._inputs = {
            "code": Labelled(_("Code"), self.code),
            "name": Labelled(_("Name"), self.name),
            "country": Labelled(_("Country"), self.country),
            "city": Labelled(_("City"), self.city),
            "coordinates": Labelled(_("Latitude and longitude"), self.coordinates, here),
            "jurisdiction": Labelled(_("Jurisdiction"), self.areas, served),
        }
        for each in (*self._inputs.values(), self.honorary, self.active):
            self.body.addWidget(each)
        self.trouble = Banner()
        self.body.addWidget(self.trouble)
        self.add_cancel()
        self._save = self.add_main(_("Save"))
        self._save.clicked.connect(self.save)
        self.code.setFocus()

    def propose(self, own: dict[str, str]) -> None:
        """Fill in what the settings say of the registry's own post."""
        self.code.setText(own["post"])
        self.name.setText(own["post_name"])
        self.country.set_code(own["country"])
        self.city.setText(own["post_city"])

    def save(self) -> None:
        """Write it down."""
        self._save.setEnabled(False)
        for each in self._inputs.values():
            each.set_problem("")
        self.trouble.say("", "danger")
        command = SavePost(
            self.code.text(),
            self.name.text(),
            self.country.code(),
            self.city.text(),
            self.coordinates.text(),
            self.areas.text(),
            self.honorary.isChecked(),
            self.active.isChecked(),
            self._id,
        )
        self._desk.execute(command, self._done, self._fail)

    def _done(self, _outcome: Outcome[int]) -> None:
        self.accept()

    def _fail(self, error: RegistryError) -> None:
        self._save.setEnabled(True)
        at = self._inputs.get(error.field or "") if isinstance(error, Invalid) else None
        if at is None:
            self.trouble.say(str(error), "danger")
        else:
            at.set_problem(str(error))
            at.input.setFocus()


def _columns() -> list[Column[Post]]:
    country = vocabularies.get("country").label
    return [
        Column(_("Code"), lambda one: one.code, lambda one: "stars" if one.own else "", width=90),
        Column(_("Name"), lambda one: one.name),
        Column(_("Place"), lambda one: ", ".join(filter(None, (one.city, country(one.country)))), width=200),
        Column(_("Jurisdiction"), lambda one: jurisdiction.written(one.areas)),
        Column(_("Kind"), lambda one: _("Honorary") if one.honorary else _("Career"), width=100),
        Column(_("In service"), lambda one: _("Yes") if one.active else _("No"), width=90),
    ]
