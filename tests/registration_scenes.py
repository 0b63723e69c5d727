"""Pictures of a registration's steps and of the page Today; each sets the stage and returns what to draw."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QMenu, QWidget

from registry.commands import ConfirmRegistration, RecordNotice
from registry.queries import ListIds
from ui import places
from ui.pages.records import RecordsPage
from ui.places import Selection
from ui.registration.several import SeveralDialog
from ui.registration.steps import CARD_STEPS
from ui.window import MainWindow

if TYPE_CHECKING:
    from tests.screenshots import Stage


def today(stage: Stage, registry: str = "full", width: int = 0) -> QWidget:
    """The page as a clerk finds it in the morning."""
    window = stage.window(registry, "today")
    if width:
        window.resize(width, window.height())
    stage.settle()
    return window


def _card(stage: Stage) -> RecordsPage:
    """A card with some of its past: noticed, confirmed, noticed again."""
    window = stage.window()
    page = window.page
    assert isinstance(page, RecordsPage)
    registry = window.desk.registry
    ran_out_first = ListIds("people", "valid_until:any household:any address.kind:home", "valid_until")
    chosen = registry.read(ran_out_first)[0]
    registry.execute(RecordNotice((chosen,)))
    registry.execute(ConfirmRegistration((chosen,)))
    page.open_record(chosen)
    stage.settle()
    return page


def step(stage: Stage, place: int) -> QWidget:
    """The dialog of an entry of the card's menu."""
    page = _card(stage)
    page.card._take_step(CARD_STEPS[place])
    stage.settle()
    return page.window().findChildren(QDialog)[-1]


def menu(stage: Stage) -> QWidget:
    """What the menu of a card offers for the registration."""
    page = _card(stage)
    shown = next(m for m in page.card.header._more.menu().findChildren(QMenu))
    shown.popup(page.mapToGlobal(page.rect().center()))
    stage.settle()
    return shown


def states(stage: Stage) -> QWidget:
    """The dated states above the history."""
    page = _card(stage)
    page.card.tabs.setCurrentIndex(page.card.tabs.count() - 1)
    stage.settle()
    return page.window()


def several(stage: Stage, action: str, *, done: bool = False) -> QWidget:
    """The dialog about everybody in a list, or what became of them."""
    window = stage.window()
    assert isinstance(window, MainWindow)
    known = next(a for a in places.LIST_ACTIONS if a.code == action)
    ids = tuple(window.desk.registry.read(ListIds("people", "valid_until<2027")))[:40]
    places.load(known.run)(window.desk, Selection("people", "", ids, len(ids)))
    dialog = window.findChildren(SeveralDialog)[-1]
    if done:
        dialog.main.click()
    stage.settle()
    return dialog


SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "today": today,
    "today-empty": partial(today, registry="empty"),
    "today-narrow": partial(today, width=760),
    "registration-menu": menu,
    "registration-states": states,
    "registration-moved": partial(step, place=1),
    "registration-returned": partial(step, place=2),
    "registration-transferred": partial(step, place=3),
    "registration-untraceable": partial(step, place=4),
    "registration-died": partial(step, place=5),
    "registration-confirm": partial(several, action="confirm"),
    "registration-left": partial(several, action="lapse", done=True),
}
