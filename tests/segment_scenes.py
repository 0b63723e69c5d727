"""Pictures of segments: the place to open them, the line above the list, saving, what changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from registry.commands import AddToSegment, EditRecord, LookAtSegment, SaveSegment
from registry.queries import ListIds, ListSegments
from ui import places
from ui.pages.records import RecordsPage

if TYPE_CHECKING:
    from tests.screenshots import Stage

_SEGMENTS = (
    ("Nurses in France", "occupation:nurse country:FRA", True),
    ("Families of the choir", "household:any in:Choir", False),
    ("Ready for a short return", "willing:yes engagement_form:any", True),
)


def _prepared(stage: Stage) -> RecordsPage:
    """Some segments, one of which changed since it was looked at."""
    page = stage.page("people")
    assert isinstance(page, RecordsPage)
    registry = page.desk.registry
    if not registry.read(ListSegments(counts=False)):
        found = tuple(registry.read(ListIds("people", "country:FRA sex:female")))
        registry.execute(AddToSegment("people", "Choir", found[:40]))
        for name, query, shared in _SEGMENTS:
            registry.execute(SaveSegment(name, query, shared=shared))
        registry.execute(LookAtSegment(_SEGMENTS[0][0]))
    _change(page)
    return page


def _change(page: RecordsPage) -> None:
    """Somebody becomes a nurse, somebody is none any more."""
    registry = page.desk.registry
    gone = registry.read(ListIds("people", "occupation:nurse country:FRA"))[0]
    new = registry.read(ListIds("people", "country:FRA -occupation:nurse occupation:any"))[1]
    registry.execute(EditRecord("people", gone, {"occupation": "Teacher"}))
    registry.execute(EditRecord("people", new, {"occupation": "Nurse"}))


def segments(stage: Stage) -> QWidget:
    """All segments of the list."""
    page = _prepared(stage)
    page._take_query("sex:female")
    stage.settle()
    return _dialog(stage, page, "segments")


def opened(stage: Stage) -> QWidget:
    """A list that shows a segment."""
    page = _prepared(stage)
    page._take_query(f'in:"{_SEGMENTS[0][0]}"')
    stage.settle()
    return page.window()


def changed(stage: Stage) -> QWidget:
    """Who came and went."""
    page = _prepared(stage)
    page._take_query(f'in:"{_SEGMENTS[0][0]}"')
    stage.settle()
    page.segment.changes.click()
    stage.settle()
    return page.window().findChildren(QDialog)[-1]


def saving(stage: Stage) -> QWidget:
    """A search gets a name."""
    page = _prepared(stage)
    page._take_query("sex:female country:BEL")
    stage.settle()
    return _dialog(stage, page, "save_search")


def many(stage: Stage, code: str) -> QWidget:
    """What is done with all that are found."""
    page = _prepared(stage)
    page._take_query("sex:female country:BEL")
    stage.settle()
    return _dialog(stage, page, code)


def empty(stage: Stage) -> QWidget:
    """No segments yet."""
    page = stage.window("empty").page
    assert isinstance(page, RecordsPage)
    return _dialog(stage, page, "segments")


def _dialog(stage: Stage, page: RecordsPage, code: str) -> QWidget:
    action = next(a for a in places.LIST_ACTIONS if a.code == code)
    places.load(action.run)(page.desk, page.selection())
    stage.settle()
    return page.window().findChildren(QDialog)[-1]


#: Name of the picture -> what sets the stage.
SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "segments": segments,
    "segment-opened": opened,
    "segment-changes": changed,
    "segment-save": saving,
    "segments-empty": empty,
    "many-put-on": partial(many, code="put_on"),
    "many-set-field": partial(many, code="set_field"),
    "many-follow-up": partial(many, code="follow_up"),
}
