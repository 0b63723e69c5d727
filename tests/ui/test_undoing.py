"""Undo that left records tells so, and takes back the rest once one has read what is overwritten."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from registry.app import Registry
from registry.commands import EditRecord, SetField, Undo
from registry.queries import GetRecords, ListIds
from tests.ui.conftest import CLERK_PASSWORD, Screen
from ui.dialogs.overwriting import OverwriteDialog


def hometowns(screen: Screen, ids: tuple[int, ...]) -> list[str]:
    records = screen.window.desk.registry.read(GetRecords("people", ids, ("hometown",)))
    return [records[i].values.get("hometown", "") for i in ids]


def test_the_rest_of_an_undo_is_taken_back_after_reading_what_goes(screen: Screen) -> None:
    screen.enter()
    desk = screen.window.desk
    ids = tuple(desk.registry.read(ListIds("people"))[:3])
    before = hometowns(screen, ids)
    desk.registry.execute(SetField("people", ids, "hometown", "Examplia"))
    with Registry.open(screen.folder, "clerk", CLERK_PASSWORD) as clerk:
        clerk.execute(EditRecord("people", ids[0], {"hometown": "Elsewhere"}))
        clerk.execute(EditRecord("people", ids[1], {"title": "Dr"}))
    desk.undo()
    screen.settle()
    assert hometowns(screen, ids) == ["Elsewhere", "Examplia", before[2]]
    notices = screen.window.notices
    assert "stay as they are" in notices.text
    notices._act()
    screen.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, OverwriteDialog)
    told = dialog.consequence.text()
    assert "Hometown: “Elsewhere” becomes" in told
    assert "written by clerk" in told
    assert "nothing that was written since is overwritten" in told
    dialog.main.click()
    screen.settle()
    assert hometowns(screen, ids) == before


def test_leaving_the_dialog_changes_nothing(screen: Screen) -> None:
    screen.enter()
    desk = screen.window.desk
    (first, *_rest) = desk.registry.read(ListIds("people"))
    batch = desk.registry.execute(EditRecord("people", first, {"hometown": "Examplia"})).batch
    desk.registry.execute(EditRecord("people", first, {"hometown": "Elsewhere"}))
    left = desk.registry.execute(Undo(batch)).value
    assert left.left
    dialog = OverwriteDialog(desk, left, screen.window)
    dialog.open()
    screen.settle()
    dialog.reject()
    assert hometowns(screen, (first,)) == ["Elsewhere"]
