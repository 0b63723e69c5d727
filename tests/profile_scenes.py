"""Scenes of profile templates: their list, the editor, the preview, the card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from registry.profiles.shipped import shipped
from ui.administration.profiles_tab import ProfilesTab
from ui.pages.administration import AdministrationPage
from ui.pages.records import RecordsPage
from ui.profiles.preview import PreviewDialog

if TYPE_CHECKING:
    from tests.screenshots import Stage


def _tab(stage: Stage, registry: str = "full") -> ProfilesTab:
    page = stage.window(registry, "administration").page
    assert isinstance(page, AdministrationPage)
    page.arrive("profiles")
    stage.settle()
    tab = page.tabs["profiles"]
    assert isinstance(tab, ProfilesTab)
    return tab


def profiles(stage: Stage, registry: str = "full") -> QWidget:
    """The list of templates."""
    return _tab(stage, registry).window()


def question(stage: Stage) -> QWidget:
    """The editor at a question that depends on another one."""
    tab = _tab(stage)
    template = shipped()[1]
    editor = tab.add(template)
    editor._show((2, 3))
    stage.settle()
    return editor


def preview(stage: Stage) -> QWidget:
    """The form of the template, tried out."""
    tab = _tab(stage)
    dialog = PreviewDialog(shipped()[1], tab.desk, "FRA", tab.window())
    dialog.open()
    stage.settle()
    return dialog


def card(stage: Stage) -> QWidget:
    """A card with answers."""
    page = stage.page("people")
    assert isinstance(page, RecordsPage)
    page._take_query("profile.diaspora_skills.mentoring:yes profile.diaspora_skills.networks:any")
    stage.settle()
    page.open_record(page.table.records.ids[0])
    stage.settle()
    index = page.card.details.index
    words = dict(next(t for t in shipped()[1].sections if t.code == "mentoring").titles).values()
    index.setCurrentRow(next(place for place in range(index.count()) if index.item(place).text() in words))
    stage.settle()
    return page.window()
