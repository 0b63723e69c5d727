"""The button above a list for its columns: chosen, kept as views under a name, or the standard ones."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from registry.access import Right
from registry.commands import DeleteListView, SaveListView
from registry.i18n import _
from registry.list_views import ListView
from registry.queries import ListViews
from ui import icons
from ui.desk import Desk
from ui.dialogs.columns import ColumnsDialog
from ui.segments.naming import NameDialog
from ui.widgets import labels
from ui.widgets.record_table import RecordTable


class ViewsButton(QToolButton):
    """Columns of one list, and this user's views of it.

    Attributes:
        menu_shown: what the button opens.
    """

    def __init__(self, desk: Desk, table: RecordTable) -> None:
        super().__init__()
        self._desk, self._table = desk, table
        labels.as_icon(self, "view_column", _("Columns and views"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_shown = QMenu(self)
        self.menu_shown.setToolTipsVisible(True)
        self.menu_shown.aboutToShow.connect(self._fill)
        self.setMenu(self.menu_shown)

    def _fill(self) -> None:
        menu = self.menu_shown
        menu.clear()
        menu.addAction(icons.icon("view_column"), _("Choose columns…")).triggered.connect(self.choose)
        menu.addAction(_("Standard columns")).triggered.connect(self._table.show_standard)
        views = self._desk.registry.read(ListViews(self._table.records.kind))
        may_keep = self._desk.may(Right.KEEP_SEGMENTS)
        if views or may_keep:
            menu.addSeparator()
        for view in views:
            menu.addAction(self._entry(view))
        if may_keep:
            menu.addAction(icons.icon("add"), _("Save as a view…")).triggered.connect(self.save)
        if views and may_keep:
            going = menu.addMenu(icons.icon("delete"), _("Delete a view"))
            for view in views:
                going.addAction(_plain(view.name)).triggered.connect(partial(self._delete, view.name))

    def _entry(self, view: ListView) -> QAction:
        made = QAction(_plain(view.name), self.menu_shown)
        made.setCheckable(True)
        here = (self._table.shown_columns(), *self._table.sorting)
        made.setChecked(here == (view.columns, view.sort, view.descending))
        made.triggered.connect(partial(self.show_view, view))
        return made

    def choose(self) -> None:
        """Ask for the columns and their order."""
        table = self._table
        kind, standard = table.records.kind, table.kept.standard
        dialog = ColumnsDialog(kind, table.kept.available(), table.shown_columns(), standard, self.window())
        dialog.chosen.connect(table.set_columns)
        dialog.open()

    def show_view(self, view: ListView, _checked: bool = False) -> None:
        """Show the list in one of the views."""
        self._table.set_columns(view.columns)
        self._table.sort_by(view.sort, descending=view.descending)

    def save(self) -> None:
        """Ask for a name for what the list shows now."""
        table = self._table
        dialog = NameDialog(self._desk, _("Save as a view"), _("Save"), self.window())
        dialog.explanation.setText(_("Columns and order of the list as it is now, for you alone."))
        dialog.shared.hide()
        name, descending = table.sorting
        dialog.command = lambda text, _shared: SaveListView(
            table.records.kind, text, table.shown_columns(), name, descending
        )
        dialog.on_done = self._saved
        dialog.open()

    def _saved(self, name: str) -> None:
        self._desk.say(_("Saved as “{name}”.", name=name), "success", (_("Undo"), self._desk.undo))

    def _delete(self, name: str, _checked: bool = False) -> None:
        said = _("The view “{name}” is deleted.", name=name)
        self._desk.execute(
            DeleteListView(self._table.records.kind, name),
            lambda _outcome: self._desk.say(said, "notice", (_("Undo"), self._desk.undo)),
        )


def _plain(name: str) -> str:
    """A name in which no letter becomes a key of the menu."""
    return name.replace("&", "&&")
