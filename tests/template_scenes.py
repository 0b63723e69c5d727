"""Pictures of letter templates: the list, the editor with a real letter, a condition, the details."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from ui.pages.outreach import OutreachPage
from ui.templates.condition import ConditionDialog
from ui.templates.details import DetailsDialog

if TYPE_CHECKING:
    from tests.screenshots import Stage


def listed(stage: Stage) -> QWidget:
    """The letters that ship and a copy."""
    return _shown(stage).window()


def _shown(stage: Stage) -> OutreachPage:
    page = stage.page("outreach")
    assert isinstance(page, OutreachPage)
    page.arrive("templates")
    stage.settle()
    return page


def _edited(stage: Stage) -> OutreachPage:
    page = _shown(stage)
    names = [view.id for view in page.templates.table.things]
    page.templates.table.choose(names.index("annual-forum"))
    page.templates.open_button.click()
    stage.settle()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, DetailsDialog) and w.isVisible())
    dialog._decide()
    stage.settle()
    return page


def editor(stage: Stage) -> QWidget:
    """A copy of the invitation, with a real letter beside it."""
    page = _edited(stage)
    assert page.templates.editor is not None
    page.templates.editor.trying.draw()
    stage.settle()
    return page.window()


def condition(stage: Stage) -> QWidget:
    """A condition, put together from menus."""
    page = _edited(stage)
    dialog = ConditionDialog(page.templates.editor.template.variables if page.templates.editor else (), page.window())
    dialog.field.setCurrentIndex(dialog.field.findData("sex"))
    dialog.test.setCurrentIndex(dialog.test.findData("equals"))
    dialog.open()
    return dialog


def details(stage: Stage) -> QWidget:
    """Title, purpose and what is asked before printing."""
    page = _edited(stage)
    assert page.templates.editor is not None
    dialog = DetailsDialog(page.templates.editor.template, "en", page.window())
    dialog.open()
    return dialog


#: Name of the picture -> what brings the stage there.
SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "templates": listed,
    "templates-editor": editor,
    "templates-condition": condition,
    "templates-details": details,
}
