"""Pictures of links between records: connections of both kinds of card, choosing a record, likely duplicates."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from registry.commands import AddRecord, EditRecord, Relate
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.queries import GetRecord, GetRelated, ListIds, Search
from ui.card.connections import Connections
from ui.dialogs.family import HouseholdDialog, RelateDialog
from ui.pages.records import RecordsPage
from ui.widgets.link_line import LinkLine
from ui.window import MainWindow

if TYPE_CHECKING:
    from registry.app import Registry
    from registry.related import Related
    from tests.screenshots import Stage

Shown = TypeVar("Shown", bound=QDialog)

_UMBRELLA = "Federation of Valdorian Associations in France"


def connections(stage: Stage, kind: str) -> QWidget:
    """The tab of a card on which every group has something."""
    page, person, body = _page(stage, kind)
    page.open_record(person if kind == PEOPLE else body)
    stage.settle()
    page.card.tabs.setCurrentIndex(1)
    stage.settle()
    return page.window()


def choosing(stage: Stage) -> QWidget:
    """A person being chosen while an association is edited; the offers are drawn alone."""
    page, _person, body = _page(stage, ASSOCIATIONS)
    page.open_record(body)
    stage.settle()
    page.card.edit("officer")
    editor = next(e for e in page.card.form.editors() if e.name == "officer")
    line = editor._input
    assert isinstance(line, LinkLine)
    page.card.form.focus_field("officer")
    _type(stage, line, "abu")
    return line.popup()


def relate(stage: Stage) -> QWidget:
    """The dialog that relates two people."""
    dialog = _dialog(stage, Connections._relate, RelateDialog)
    _type(stage, dialog.relative, "abu")
    dialog.relative.setText(dialog.relative.offers()[0])
    dialog.relative.popup().hide()
    dialog.kind.set_code("sibling")
    return dialog


def household(stage: Stage) -> QWidget:
    """The dialog of a household."""
    return _dialog(stage, Connections._house, HouseholdDialog)


def similar(stage: Stage) -> QWidget:
    """A new person who is registered already: shown beside the fields, and asked about before saving."""
    page, person, _body = _page(stage, PEOPLE)
    record = page.desk.registry.read(GetRecord(PEOPLE, person))
    page.start_new()
    editors = {editor.name: editor for editor in page.card.form.editors()}
    editors["full_name"].set_value(record.name, initial=False)
    editors["birth_date"].set_value(record.values["birth_date"], initial=False)
    page.card.similar._ask()
    stage.settle()
    page.card.save()
    stage.settle()
    return page.window()


def _dialog(stage: Stage, ask: Callable[[Connections], None], kind: type[Shown]) -> Shown:
    page = _shown_page(connections(stage, PEOPLE))
    ask(page.card.tabs.connections)
    stage.settle()
    dialog = page.window().findChildren(kind)[-1]
    assert isinstance(dialog, kind)
    return dialog


def _shown_page(window: QWidget) -> RecordsPage:
    assert isinstance(window, MainWindow)
    assert isinstance(window.page, RecordsPage)
    return window.page


def _type(stage: Stage, line: QLineEdit, text: str) -> None:
    line.setText(text)
    line.textEdited.emit(text)
    QTest.qWait(200)
    stage.settle()


def _page(stage: Stage, kind: str) -> tuple[RecordsPage, int, int]:
    page = stage.page(kind)
    assert isinstance(page, RecordsPage)
    person, body = _linked(page.desk.registry)
    stage.settle()
    return page, person, body


def _linked(registry: Registry) -> tuple[int, int]:
    """Somebody with family, household and an office, and that association; linked when first asked for."""
    known = registry.read(Search(f'"{_UMBRELLA}"', ASSOCIATIONS)).results
    if not known:
        registry.execute(AddRecord(ASSOCIATIONS, {"name": _UMBRELLA, "acronym": "FVAF", "type": "umbrella"}))
    people = registry.read(ListIds(PEOPLE, "household:any association:any birth_date:any"))
    person = next(i for i in people if len(_group(registry, i, "household")) > 2)
    body = next(one.id for one in _group(registry, person, "associations"))
    if known:
        return person, body
    family = [one.id for one in _group(registry, person, "household")]
    for relative, kind in zip(family, ("spouse", "child", "child"), strict=False):
        registry.execute(Relate(person, relative, kind))
    little = {"relative.2": "Little One", "relative.kind.2": "child", "relative.dependant.2": "yes"}
    place = len(_group(registry, person, "relatives"))
    texts = {name.replace(".2", f".{place + 1}"): text for name, text in little.items()}
    registry.execute(EditRecord(PEOPLE, person, {**texts, f"relative.citizenship.{place + 1}": "FRA"}))
    number = registry.read(GetRecord(PEOPLE, person)).number
    office = {"officer.2": number, "officer.role.2": "treasurer", "officer.from.2": "2021", "officer.signs.2": "yes"}
    past = {"officer.3": "Ilva Otterlake", "officer.role.3": "president", "officer.to.3": "2019-06"}
    names = [registry.read(GetRecord(ASSOCIATIONS, i)).name for i in registry.read(ListIds(ASSOCIATIONS))[:2]]
    bonds = {"parent": _UMBRELLA, "partner": names[0], "partner.2": "A Town Library"}
    registry.execute(EditRecord(ASSOCIATIONS, body, {**office, **past, **bonds}))
    branch = {"name": "Youth section of the choir and dance circle", "type": "youth"}
    own = registry.read(GetRecord(ASSOCIATIONS, body)).name
    registry.execute(AddRecord(ASSOCIATIONS, {**branch, "parent": own}))
    registry.execute(AddRecord(ASSOCIATIONS, {"name": "Lyon youth section", "type": "youth", "parent": branch["name"]}))
    return person, body


def _group(registry: Registry, record_id: int, code: str) -> tuple[Related, ...]:
    groups = registry.read(GetRelated(PEOPLE, record_id))
    return next(group.rows for group in groups if group.code == code)


#: Name of the picture -> what sets the stage.
SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "people-connections": lambda stage: connections(stage, PEOPLE),
    "people-similar": similar,
    "association-connections": lambda stage: connections(stage, ASSOCIATIONS),
    "association-choosing": choosing,
    "relate": relate,
    "household": household,
}
