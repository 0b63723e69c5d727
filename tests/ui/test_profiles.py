"""Profile templates in the window: made there, and at once on the card, in the list, its filters and the import."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu

from registry import additions, fields
from registry.app import Registry
from registry.commands import ActivateProfile, EditRecord, SaveProfile
from registry.profiles.shipped import shipped
from registry.queries import GetRecord, ListIds
from tests.registry.profiles.templates import GUILD, SECOND
from tests.ui.conftest import CLERK_PASSWORD, PEOPLE, Screen
from ui.administration.profiles_tab import ProfilesTab
from ui.card.editors import FieldEditor
from ui.card.questions import Ticks
from ui.importing.intake import choices
from ui.pages.administration import AdministrationPage
from ui.profiles.editor import TemplateEditor
from ui.profiles.preview import PreviewDialog
from ui.widgets.record_model import title


def use(folder: Path, template: object = GUILD) -> int:
    """Put the guild's questionnaire to use; the id of the first person."""
    with Registry.open(folder, "demo", "demo") as registry:
        registry.execute(SaveProfile(template))  # type: ignore[arg-type]
        registry.execute(ActivateProfile("guild"))
        return registry.read(ListIds("people"))[0]


def profiles(screen: Screen) -> ProfilesTab:
    """The tab, at which the administrator arrives."""
    page = screen.enter(place="administration").page
    assert isinstance(page, AdministrationPage)
    page.arrive("profiles")
    screen.settle()
    tab = page.tabs["profiles"]
    assert isinstance(tab, ProfilesTab)
    return tab


def typed(line: object, text: str) -> None:
    assert isinstance(line, QLineEdit)
    QApplication.processEvents()
    assert line.isVisible()
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def editors(screen: Screen) -> dict[str, FieldEditor]:
    return {e.name: e for e in screen.page.card.form.editors()}


def ticks(screen: Screen) -> Ticks:
    return next(t for t in screen.page.card.form._ticks if t.field.name == "profile.guild.topics")


def test_a_questionnaire_is_made_with_the_keyboard_and_stands_on_the_card(screen: Screen) -> None:
    tab = profiles(screen)
    editor = tab.add()
    screen.settle()
    typed(editor.head.titles.inputs["en"], "Boat builders")
    typed(editor.head.titles.inputs["fr"], "Constructeurs de bateaux")
    assert editor.template.name == "boat_builders"
    editor.add_section()
    typed(editor.section.titles.inputs["en"], "Boats")
    editor.add_question()
    typed(editor.question.labels.inputs["en"], "Builds boats")
    assert editor.template.sections[0].questions[0].code == "builds_boats"
    editor.question.kind.setCurrentIndex(editor.question.kind.findData("yes_no"))
    editor.question.kind.activated.emit(0)
    editor.add_question()
    typed(editor.question.labels.inputs["en"], "Kinds of boat")
    typed(editor.question.labels.inputs["fr"], "Types de bateau")
    form = editor.question
    form.kind.setCurrentIndex(form.kind.findData("choice"))
    form.kind.activated.emit(0)
    form.several.setChecked(True)
    for words in ("Canoe", "Dhow"):
        form.choices.add()
        line = [e for e in form.choices.table.findChildren(QLineEdit) if e.isVisible()][-1]
        QTest.keyClicks(line, words)
        QTest.keyClick(line, Qt.Key.Key_Return)
        QApplication.processEvents()
    form.condition.question.setCurrentIndex(1)
    form.condition.question.activated.emit(1)
    assert [c.code for c in editor.template.sections[0].questions[1].choices] == ["canoe", "dhow"]
    editor.save_button.click()
    screen.settle()
    (view,) = tab.table.things
    assert (view.template.name, view.active, view.template.version) == ("boat_builders", True, 1)
    assert title("people", "profile.boat_builders.kinds_of_boat") == "Kinds of boat"

    screen.window.show_place("people")
    screen.settle()
    page = screen.page
    page.open_record(page.table.records.ids[0])
    screen.settle()
    page.card.edit("profile.boat_builders.builds_boats")
    shown = [label.text() for label in page.card.form.findChildren(QLabel)]
    assert "Boats" in shown
    builds = editors(screen)["profile.boat_builders.builds_boats"]
    boats = page.card.form._ticks[0]
    assert boats.isHidden()
    builds.set_value("yes", initial=False)
    assert not boats.isHidden()
    boats.boxes["dhow"].click()
    page.card.save()
    screen.settle()
    read = page.card.reading.findChildren(QLabel)
    assert [label.text() for label in read if label.text() == "Dhow"] == ["Dhow"]
    kept = screen.window.desk.registry.read(GetRecord("people", page.card.record_id)).values
    assert kept["profile.boat_builders.kinds_of_boat"] == "dhow"


def test_a_question_is_a_column_a_filter_and_a_field_of_the_import(screen: Screen) -> None:
    first = use(screen.folder)
    with Registry.open(screen.folder, "demo", "demo") as registry:
        registry.execute(EditRecord("people", first, {"profile.guild.topics": "solar", "profile.guild.motto": "Sun"}))
    screen.enter()
    page = screen.page
    assert {"profile.guild.topics", "profile.guild.motto"} <= set(page.table.kept.available())
    page.table.set_columns(["full_name", "profile.guild.topics"])
    page._take_query("profile.guild.topics:solar")
    screen.settle()
    assert list(page.table.records.ids) == [first]
    assert page.table.records.texts([0])[0][1] == "Solar power"
    assert page.table.records.headerData(1, Qt.Orientation.Horizontal) == "Topics to pass on"
    chip = page.filters._chips[0]
    assert "Topics to pass on" in chip.text()
    assert "Solar power" in chip.text()
    page._take_query("")
    screen.settle()
    page.filters._asked.click()
    menu = page.filters._questions
    answers = next(a for a in menu.actions() if a.text() == "Topics to pass on").menu()
    assert isinstance(answers, QMenu)
    answers.aboutToShow.emit()
    screen.settle()
    assert [a.text() for a in answers.actions()] == ["Solar power\t1", f"Not known\t{PEOPLE - 1}"]
    answers.actions()[0].trigger()
    menu.close()
    screen.settle()
    assert list(page.table.records.ids) == [first]
    offered = dict(choices("people", screen.window.desk.session))
    assert offered["profile.guild.topics.2"] == "Topics to pass on 2"


def test_ticked_answers_are_saved_in_their_order_and_taken_back(screen: Screen) -> None:
    first = use(screen.folder)
    with Registry.open(screen.folder, "demo", "demo") as registry:
        both = {"profile.guild.topics": "weaving", "profile.guild.topics.2": "soil", "profile.guild.mentoring": "yes"}
        registry.execute(EditRecord("people", first, both))
    screen.enter()
    card = screen.page.card
    screen.page.open_record(first)
    screen.settle()
    card.edit("profile.guild.topics")
    assert ticks(screen).codes() == ["weaving", "soil"]
    assert not card.is_dirty()
    ticks(screen).boxes["weaving"].click()
    ticks(screen).boxes["solar"].click()
    assert card.form.changes() == {"profile.guild.topics": "soil", "profile.guild.topics.2": "solar"}
    card._show_whole()
    assert ticks(screen).codes() == ["soil", "solar"], "what was ticked is not lost when all fields are shown"
    mentoring = editors(screen)["profile.guild.mentoring"]
    mentoring.set_value("no", initial=False)
    card.form.edited.emit()
    assert not ticks(screen).isHidden(), "an answer that would be saved is seen"
    for code in ("soil", "solar"):
        ticks(screen).boxes[code].click()
    assert ticks(screen).isHidden()
    card.save()
    screen.settle()
    values = screen.window.desk.registry.read(GetRecord("people", first)).values
    assert [name for name in values if name.startswith("profile.guild.topics")] == []


def test_a_new_version_shows_earlier_answers_and_asks_the_new_questions(screen: Screen) -> None:
    first = use(screen.folder)
    with Registry.open(screen.folder, "demo", "demo") as registry:
        registry.execute(EditRecord("people", first, {"profile.guild.hours": "12"}))
    screen.enter()
    page = screen.page
    page.open_record(first)
    screen.settle()
    screen.window.desk.execute(SaveProfile(SECOND))
    screen.settle()
    screen.settle()
    index = page.card.details.index

    read: list[str] = []
    for row in range(index.count()):
        index.setCurrentRow(row)
        read += [label.text() for label in page.card.reading.findChildren(QLabel)]
    assert read[read.index("Earlier answers") : read.index("Earlier answers") + 3] == [
        "Earlier answers",
        "Hours a month",
        "12",
    ]
    page.card.edit("profile.guild.place")
    assert "profile.guild.place" in editors(screen)
    assert "profile.guild.hours" not in editors(screen)
    assert "profile.guild.hours" not in page.table.kept.available()


def test_restricted_questions_are_not_shown_to_whom_may_not_see_them(screen: Screen) -> None:
    use(screen.folder)
    window = screen.enter("outreach", CLERK_PASSWORD)
    assert "profile.guild.debts" not in screen.page.table.kept.available()
    assert "profile.guild.motto" in screen.page.table.kept.available()
    assert window.desk.session.name == "outreach"


def test_fields_end_with_the_sign_in(screen: Screen) -> None:
    use(screen.folder)
    window = screen.enter()
    assert fields.find("people", "profile.guild.motto") is not None
    window.desk.close()
    assert additions.current() is additions.NONE
    screen.program.window = None


def test_what_is_wrong_is_said_where_it_is(screen: Screen) -> None:
    tab = profiles(screen)
    editor = tab.add(SECOND)
    screen.settle()
    editor._show((0, 1))
    editor.question.labels.inputs["en"].clear()
    editor.question.labels.inputs["fr"].clear()
    editor._take()
    editor._show(())
    editor.save_button.click()
    assert editor.outline.path == (0, 1)
    assert "Section 1, question 2" in editor._trouble.text
    assert editor.save_button.isEnabled()
    editor.reject()
    assert editor.isVisible(), "changes are not lost at once"
    editor.reject()
    assert not editor.isVisible()
    assert tab.table.things == ()


def test_parts_are_moved_and_removed(screen: Screen) -> None:
    editor = profiles(screen).add(GUILD)
    screen.settle()
    editor._show((0, 4))
    editor.outline.setFocus()
    QTest.keyClick(editor.outline.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert editor.outline.path == (1, 0)
    assert [q.code for q in editor.template.sections[1].questions][:2] == ["tongues", "motto"]
    editor.outline.setFocus()
    QTest.keyClick(editor.outline.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert editor.template == GUILD
    QTest.keyClick(editor.outline.tree, Qt.Key.Key_Delete)
    assert "tongues" not in [q.code for q in editor.template.questions]
    first = editor.outline.tree.topLevelItem(1)
    assert first is not None
    editor.outline.tree.setCurrentItem(first)
    assert list(editor.outline.path) == [0]
    editor.move_part(1)
    assert [s.code for s in editor.template.sections] == ["workshop", "teaching"]
    editor.template = GUILD
    editor.reject()


def test_a_language_can_be_added(screen: Screen) -> None:
    editor = profiles(screen).add(GUILD)
    screen.settle()
    editor.add_language("pt")
    typed(editor.head.titles.inputs["pt"], "Questionario")
    editor._show((0, 0))
    typed(editor.question.labels.inputs["pt"], "Seria mentor")
    assert dict(editor.template.titles)["pt"] == "Questionario"
    assert editor.template.languages == ("en", "fr", "pt")
    editor._warned = True
    editor.reject()


def test_a_saved_question_keeps_its_code_and_kind(screen: Screen) -> None:
    use(screen.folder)
    tab = profiles(screen)
    editor = tab.edit()
    assert isinstance(editor, TemplateEditor)
    screen.settle()
    assert not editor.head.code.isEnabled()
    editor._show((0, 1))
    form = editor.question
    assert not form.kind.isEnabled()
    assert not form.code.isEnabled()
    typed(form.labels.inputs["en"], "Subjects")
    assert editor.template.sections[0].questions[1].code == "topics"
    editor.save_button.click()
    screen.settle()
    assert tab.table.things[0].template.version == 2
    tab.turn()
    screen.settle()
    assert not tab.table.things[0].active


def test_the_preview_is_the_form_and_keeps_nothing(screen: Screen) -> None:
    dialog = PreviewDialog(GUILD, profiles(screen).desk, "FRA")
    screen.bot.addWidget(dialog)
    dialog.show()
    form = dialog.form
    names = [e.name for e in form.editors()]
    assert {"profile.guild.mentoring", "profile.guild.motto"} <= set(names)
    assert all(name.startswith("profile.guild.") for name in names)
    mentoring = next(e for e in form.editors() if e.name == "profile.guild.mentoring")
    assert form._ticks[0].isHidden()
    mentoring.set_value("yes", initial=False)
    assert not form._ticks[0].isHidden()
    hours = next(e for e in form.editors() if e.name == "profile.guild.hours")
    hours.set_value("many", initial=False)
    assert not hours.check()
    assert fields.find("people", "profile.guild.motto") is None


def test_a_template_goes_to_a_file_and_comes_back(screen: Screen, tmp_path: Path) -> None:
    use(screen.folder)
    tab = profiles(screen)
    path = tmp_path / "guild.json"
    tab.save(tab.table.things[0], path)
    document = json.loads(path.read_text(encoding="utf-8"))
    document["name"] = "copied"
    path.write_text(json.dumps(document), encoding="utf-8")
    tab.load(path)
    editor = next(w for w in QApplication.topLevelWidgets() if isinstance(w, TemplateEditor) and w.isVisible())
    assert [q.code for q in editor.template.questions] == [q.code for q in GUILD.questions]
    editor.save(use=False)
    screen.settle()
    assert [(v.template.name, v.active) for v in tab.table.things] == [("copied", False), ("guild", True)]
    path.write_text("{", encoding="utf-8")
    tab.load(path)
    assert "guild.json" in screen.window.notices.text


@pytest.mark.parametrize("name", ["association_mapping", "diaspora_skills"])
def test_a_shipped_template_is_added(screen: Screen, name: str) -> None:
    tab = profiles(screen)
    template = next(t for t in shipped() if t.name == name)
    editor = tab.add(template)
    editor.save_button.click()
    screen.settle()
    assert [(v.template.name, v.active) for v in tab.table.things] == [(name, True)]
    tab._offer()
    words = dict(template.titles)["en"]
    assert not next(a for a in tab.add_menu.actions() if a.text() == words).isEnabled()
