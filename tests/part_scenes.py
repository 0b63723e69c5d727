"""Pictures of the card of a person of whom everything is written down, part by part."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry.commands import AddRecord
from registry.queries import ListIds
from tests import whole_person
from ui.card.blocks import PARTS
from ui.pages.records import RecordsPage

if TYPE_CHECKING:
    from tests.screenshots import Stage


def part(stage: Stage, place: int, editing: bool) -> QWidget:
    """One part, read or edited."""
    page = stage.page("people")
    assert isinstance(page, RecordsPage)
    registry, texts = page.desk.registry, whole_person.texts()
    found = registry.read(ListIds("people", f"external_id:{texts['external_id']}"))
    page.open_record(found[0] if found else registry.execute(AddRecord("people", texts)).value.id)
    stage.settle()
    page.card.details.index.setCurrentRow(place)
    if editing:
        page.card.edit()
    stage.settle()
    return page.window()


def new(stage: Stage) -> QWidget:
    """The 90-second card, begun; a telephone that cannot be right."""
    page = stage.page("people")
    assert isinstance(page, RecordsPage)
    page.start_new()
    editors = {editor.name: editor for editor in page.card.form.editors()}
    for name, text in (("full_name", "Mirela Vantor"), ("phone", "12"), ("birth_date", "12.3.1985")):
        editors[name].set_value(text, initial=False)
        editors[name].check()
    stage.settle()
    return page.window()


SCENES: tuple[tuple[str, Callable[[Stage], QWidget]], ...] = tuple(
    (f"people-part-{place + 1}{'-edit' if editing else ''}", partial(part, place=place, editing=editing))
    for place in range(len(PARTS["people"]))
    for editing in (False, True)
)
