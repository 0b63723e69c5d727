"""Pictures of lists: why records were found, and the menu of columns and views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from registry.commands import EditRecord, SaveListView, SetField, Undo
from registry.queries import ListIds, ListViews
from ui.dialogs.overwriting import OverwriteDialog
from ui.pages.list_views import ViewsButton
from ui.pages.records import RecordsPage

if TYPE_CHECKING:
    from tests.screenshots import Stage


def reasons(stage: Stage) -> QWidget:
    """A quiet line under the names that do not tell why they were found."""
    window = stage.window()
    window.search.setText("garsia OR mary OR nurse")
    window.search._search()
    stage.settle()
    QTest.qWait(400)
    stage.settle()
    return window


def views(stage: Stage) -> QWidget:
    """The menu of the button for columns, with views."""
    window = stage.window()
    columns = ("full_name", "number", "document.number", "document.expires", "phone")
    registry = window.desk.registry
    registry.execute(SaveListView("people", "Passports that lapse", columns, "document.expires"))
    registry.execute(SaveListView("people", "Counter", ("full_name", "birth_date", "phone")))
    stage.settle()
    button = window.findChildren(ViewsButton)[0]
    button.show_view(registry.read(ListViews("people"))[-1])
    stage.settle()
    button.menu_shown.popup(button.mapToGlobal(QPoint(0, button.height())))
    QTest.qWait(100)
    return button.menu_shown


def columns(stage: Stage) -> QWidget:
    """Every field as a column to choose."""
    window = stage.window()
    window.findChildren(ViewsButton)[0].choose()
    stage.settle()
    return window.findChildren(QDialog)[-1]


def filter_menu(stage: Stage) -> QWidget:
    """What a filter offers."""
    page = stage.window().page
    assert isinstance(page, RecordsPage)
    page.filters._offers["address.country"].click()
    stage.settle()
    return next(menu for menu in page.filters.findChildren(QMenu) if menu.isVisible())


def overwriting(stage: Stage) -> QWidget:
    """What taking back the rest of an undo would overwrite."""
    window = stage.window()
    registry = window.desk.registry
    ids = tuple(registry.read(ListIds("people"))[:4])
    batch = registry.execute(SetField("people", ids, "hometown", "Marenne")).batch
    registry.execute(EditRecord("people", ids[0], {"hometown": "Port Clair"}))
    registry.execute(EditRecord("people", ids[1], {"title": "Dr"}))
    dialog = OverwriteDialog(window.desk, registry.execute(Undo(batch)).value, window)
    dialog.open()
    stage.settle()
    return dialog


SCENES = (
    ("people-columns", columns),
    ("filter-menu", filter_menu),
    ("list-reasons", reasons),
    ("list-views", views),
    ("undo-rest", overwriting),
)
