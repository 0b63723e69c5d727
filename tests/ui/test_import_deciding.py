"""What an officer decides of a list before it is taken in: how dates are read, further sheets, unknown texts."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from registry.queries import GetRecords, ListIds
from registry.transfer.options import LEAVE_OUT, SOMEBODY_NEW
from tests.registry.transfer.importing import write_workbook
from tests.ui.conftest import PEOPLE, Screen
from tests.ui.test_import import begun, go_on, people, press
from ui.importing.changes_panel import ChangesPanel
from ui.importing.flow import ImportFlow


def test_dates_that_can_be_read_in_two_ways_are_asked_for(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "club.csv"
    file.write_text("Name;Born;Town\nMaro Quillon;03/04/1985;Lyon\nTam Ostervik;05/06/1990;Brest\n", encoding="utf-8")
    flow = begun(screen, file)
    assert list(flow.columns.orders) == ["Born"]
    box = flow.columns.orders["Born"]
    assert [box.itemText(i) for i in range(3)] == [
        *("03/04/1985: day or month first?", "03/04/1985 is 3 Apr 1985", "03/04/1985 is 4 Mar 1985"),
    ]
    assert "Say how their dates are read" in flow.columns._banner.text
    box.choose("mdy")
    assert flow.columns._banner.text == ""
    go_on(screen, flow)
    plan = flow.intake.plan
    assert plan is not None
    assert "1985-03-04" in {value for entry in plan.entries for value in entry.values}


def test_the_order_of_dates_is_not_asked_for_twice(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "club.csv"
    file.write_text("Name;Born;Town\nMaro Quillon;03/04/1985;Lyon\nTam Ostervik;05/06/1990;Brest\n", encoding="utf-8")
    flow = begun(screen, file)
    flow.columns.orders["Born"].choose("mdy")
    go_on(screen, flow)
    flow.advance()
    screen.settle()
    file.write_text("Name;Town;Born\nOdile Zembrani;Lyon;07/08/1985\n", encoding="utf-8")
    flow = begun(screen, file)
    assert flow.columns.orders["Born"].order == "mdy"
    assert flow.columns._banner.text == ""


def test_a_column_that_is_no_date_is_not_asked_how_it_is_read(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "club.csv"
    file.write_text("Name;Born\nMaro Quillon;03/04/1985\nTam Ostervik;05/06/1990\n", encoding="utf-8")
    flow = begun(screen, file)
    flow.columns.orders["Born"].choose("mdy")
    flow.columns.boxes["Born"].choose("occupation")
    assert flow.columns.orders["Born"].isHidden()
    assert flow.intake.orders == {}


def test_a_further_sheet_is_joined_and_left_out(screen: Screen, tmp_path: Path) -> None:
    numbered = [["ID", "Name", "Town"], [1, "Maro Quillon", "Lyon"], [2, "Odile Zembrani", "Brest"]]
    skills = [["ID", "Skill"], [1, "Cooking"], [1, "Welding"], [7, "Sewing"]]
    jobs = [["ID", "Employer"], [1, "Atelier A"], [2, "Atelier B"]]
    file = write_workbook(tmp_path / "book.xlsx", People=numbered, Skills=skills, Jobs=jobs)
    flow = begun(screen, file)
    boxes = flow.columns.sheets.boxes
    assert {name: box.isChecked() for name, box in boxes.items()} == {"Skills": True, "Jobs": False}
    assert "Skills: Skill" in flow.columns.boxes
    said = " ".join(part.text() for part in flow.columns.sheets.findChildren(QLabel))
    assert "about nobody in the list" in said
    assert "only counts its own rows" in said
    boxes["Jobs"].click()
    screen.settle()
    assert flow.columns.sheets.boxes["Jobs"].isChecked()
    assert "Jobs: Employer" in flow.columns.boxes
    flow.columns.sheets.boxes["Skills"].click()
    screen.settle()
    assert "Skills: Skill" not in flow.columns.boxes
    flow.advance()
    screen.settle()
    plan = flow.intake.plan
    assert plan is not None
    assert "employer" in plan.names
    assert "skill" not in plan.names
    assert plan.counts["created"] == 2


def test_sheets_with_the_same_headings_are_one_list_until_one_is_left_out(screen: Screen, tmp_path: Path) -> None:
    lyon = [["Name", "City"], ["Ana Exemple", "Lyon"], ["Bo Modèle", "Lyon"], ["Ed Tercero", "Lyon"]]
    paris = [["Name", "City"], ["Cy Patron", "Paris"], ["Di Invented", "Paris"]]
    flow = begun(screen, write_workbook(tmp_path / "book.xlsx", Lyon=lyon, Paris=paris, Nice=lyon))
    boxes = flow.columns.sheets.boxes
    assert {name: box.isChecked() for name, box in boxes.items()} == {"Paris": True, "Nice": False}
    assert boxes["Paris"].text() == "Take in also the sheet “Paris”, which has the same headings: 2 rows"
    said = " ".join(part.text() for part in flow.columns.sheets.findChildren(QLabel))
    assert "so that it may be another version of it" in said
    assert flow.intake.options().given.sheets == {"Paris": "", "Nice": None}
    boxes["Paris"].click()
    screen.settle()
    assert flow.intake.options().given.sheets == {"Paris": None, "Nice": None}
    flow.columns.sheets.boxes["Paris"].click()
    screen.settle()
    flow.advance()
    screen.settle()
    assert flow.intake.plan is not None
    assert flow.intake.plan.counts["created"] == 5


def test_a_text_is_decided_once_for_all_its_rows(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("Name;Country\nMaro Quillon;Frankreichh\nOdile Zembrani;Frankreichh\nTam Ostervik;\n", "utf-8")
    flow = begun(screen, file)
    go_on(screen, flow)
    check = flow.check
    check.show_outcome("texts")
    panel = check.texts
    assert [(one.text, one.rows) for one in panel.table.things] == [("Frankreichh", 2)]
    assert panel.question.line is not None
    panel.question.line.setText("France")
    panel.decide()
    assert flow.check.main_words == "Work it out with 1 decision"
    go_on(screen, flow)
    assert (flow.current, flow.check.main_words) == (2, "Import 3 rows")
    assert [(one.text, panel._read_as(one)) for one in panel.table.things] == [("Frankreichh", "France")]
    assert flow.intake.plan is not None
    assert not flow.intake.plan.problems


def test_spellings_of_one_thing_are_decided_at_once_and_each_otherwise(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    towns = ["Krasnoyarsk", "Krasnoyarsk", "Krasnojarsk", "KRASNOYARSK", "Krasnoyarks"]
    file.write_text(
        "Name;Town\n" + "".join(f"Maro Quillon {n};{t}\n" for n, t in zip("ABCDE", towns, strict=True)), "utf-8"
    )
    flow = begun(screen, file)
    go_on(screen, flow)
    panel = flow.check.texts
    flow.check.show_outcome("texts")
    assert {one.text for one in panel.table.things} == {"Krasnojarsk", "KRASNOYARSK", "Krasnoyarks"}
    assert "(nearly the same letters)" in {panel._read_as(one)[-25:] for one in panel.table.things}
    panel.decide_alike()
    panel.table.choose(next(n for n, one in enumerate(panel.table.things) if one.text == "Krasnojarsk"))
    panel.leave()
    go_on(screen, flow)
    plan = flow.intake.plan
    assert plan is not None
    place = plan.names.index("address.city")
    assert [entry.values[place] for entry in plan.entries] == [
        *["Krasnoyarsk"] * 2,
        "Krasnojarsk",
        *["Krasnoyarsk"] * 2,
    ]
    assert panel.table.things[-1].text != "Krasnojarsk"
    assert len(panel.table.things) == 3


def test_who_decides_row_by_row_stays_among_the_rows_that_were_chosen(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "club.csv"
    file.write_text(
        "Name;Town\nMaro Quillon;Lyon\nTotal;1\nOdile Zembrani;Lyon\nTam Ostervik;Brest\n", encoding="utf-8"
    )
    flow = begun(screen, file)
    go_on(screen, flow)
    check = flow.check
    check.chips.choose("created")
    check.table.choose(1)
    press(check, "Leave this row out (L)")
    go_on(screen, flow)
    assert [row.name for row in check.table.things] == ["Maro Quillon", "Tam Ostervik"]
    assert check.table.current is not None
    assert check.table.current.name == "Tam Ostervik"
    assert check.chips.words["skipped"] == "Skipped: 2"


def alike(screen: Screen, tmp_path: Path) -> tuple[ImportFlow, dict[int, str]]:
    """The plan of a list of which the first three rows look like records; id -> number of those."""
    registry = screen.enter().desk.registry
    ids = tuple(registry.read(ListIds("people"))[:3])
    read = registry.read(GetRecords("people", ids, ("number", "full_name", "birth_date")))
    known = [read[i].values for i in ids]
    lines = [f"{values['full_name']};{values['birth_date']};Dr" for values in known]
    file = tmp_path / "club.csv"
    file.write_text("\n".join(["Name;Born;Title", *lines, "Maro Quillon;1985-03-12;"]), encoding="utf-8")
    flow = begun(screen, file)
    go_on(screen, flow)
    return flow, {i: read[i].values["number"] for i in ids}


def test_rows_are_decided_one_after_the_other_by_keys_and_the_plan_is_worked_out_once(
    screen: Screen, tmp_path: Path
) -> None:
    flow, known = alike(screen, tmp_path)
    (same, number), *_others = known.items()
    check, plan = flow.check, flow.intake.plan
    assert plan is not None
    check.chips.choose("review")
    check.table.setFocus()
    for key in (Qt.Key.Key_M, Qt.Key.Key_N, Qt.Key.Key_L):
        screen.press(key)
    assert flow.intake.plan is plan
    assert flow.intake.rows == {2: same, 3: SOMEBODY_NEW, 4: LEAVE_OUT}
    shown = [(row.outcome, row.reason) for row in check.table.things]
    assert shown == [
        ("updated", f"You said that this is record {number}; its empty fields are filled."),
        ("created", "You said that this is somebody new."),
        ("skipped", "You left this row out."),
    ]
    counts = {"created": "Created: 2", "updated": "Updated: 1", "skipped": "Skipped: 1", "review": "To review: 0"}
    assert check.chips.words.items() >= {**counts, "decided": "Decided by you: 3"}.items()
    assert check.main_words == "Work it out with 3 decisions"
    go_on(screen, flow)
    assert (flow.current, check.main_words) == (2, "Import 3 rows")
    assert [(row.outcome, row.reason) for row in check.table.things[:3]] == shown
    del counts["review"]
    assert check.chips.words.items() >= counts.items()
    go_on(screen, flow)
    assert people(screen) == PEOPLE + 2


def test_however_much_is_told_of_a_row_what_can_be_decided_is_in_sight(screen: Screen, tmp_path: Path) -> None:
    flow, _known = alike(screen, tmp_path)
    flow.check.chips.choose("review")
    current = flow.check.table.current
    assert current is not None
    panel = ChangesPanel()
    screen.bot.addWidget(panel)
    panel.resize(300, 220)
    panel.show_row(current, "It says much. " * 200, [], decided=False, may=True)
    screen.bot.waitUntil(lambda: panel.findChildren(QLabel)[-1].isVisible())
    panel.grab()
    decisions = panel.findChildren(QPushButton)
    assert len(decisions) == 3
    for each in decisions:
        assert each.visibleRegion().boundingRect() == each.rect()


def test_of_a_row_like_another_row_it_is_said_that_it_is_somebody_new(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "club.csv"
    file.write_text("Name;Born;Town\nMaro Quillon;1985-03-12;Lyon\nMaro Quillon;1985-03-12;Brest\n", encoding="utf-8")
    flow = begun(screen, file)
    go_on(screen, flow)
    flow.check.chips.choose("review")
    flow.check.table.setFocus()
    screen.press(Qt.Key.Key_M)
    assert not flow.intake.pending
    screen.press(Qt.Key.Key_N)
    go_on(screen, flow)
    assert flow.intake.plan is not None
    assert (flow.intake.plan.counts["created"], flow.intake.plan.review, flow.intake.plan.pairs) == (2, 0, [])


def test_a_decision_is_taken_back_before_and_after_the_plan_has_it(screen: Screen, tmp_path: Path) -> None:
    flow, _known = alike(screen, tmp_path)
    check = flow.check
    found = list(check.table.things)
    check.table.choose(0)
    for key in (Qt.Key.Key_N, Qt.Key.Key_Up, Qt.Key.Key_A):
        screen.press(key)
    assert (list(check.table.things), check.main_words) == (found, "Import 4 rows")
    screen.press(Qt.Key.Key_L)
    go_on(screen, flow)
    assert check.main_words == "Import 3 rows"
    check.chips.choose("decided")
    check.table.setFocus()
    screen.press(Qt.Key.Key_A)
    assert (list(check.table.things), check.main_words) == (found[:1], "Work it out again")
    screen.press(Qt.Key.Key_M)
    go_on(screen, flow)
    assert check.main_words == "Import 4 rows"
    assert check.chips.words["updated"] == "Updated: 1"


def test_what_was_decided_stays_when_others_are_shown_and_on_the_way_back(screen: Screen, tmp_path: Path) -> None:
    flow, _known = alike(screen, tmp_path)
    check = flow.check
    check.chips.choose("review")
    press(check, "It is somebody new (N)")
    check.chips.choose("review")
    assert [row.row for row in check.table.things] == [3, 4]
    check.wanted.setText("you said")
    check.chips.choose("created")
    screen.bot.waitUntil(lambda: [row.row for row in check.table.things] == [2])
    flow.result.save_report(tmp_path / "report.xlsx")
    screen.settle()
    report = load_workbook(tmp_path / "report.xlsx").worksheets[0]
    assert "You said that this is somebody new." in [line[3] for line in report.iter_rows(values_only=True)]
    flow._back.click()
    go_on(screen, flow)
    assert flow.intake.plan is not None
    assert flow.intake.plan.entries[0].reason == "You said that this is somebody new."
    assert check.chips.words["decided"] == "Decided by you: 1"
    assert check.main_words == "Import 4 rows"


def test_texts_and_rows_are_worked_out_together(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("Name;Country\nMaro Quillon;Frankreichh\nOdile Zembrani;Frankreichh\n", "utf-8")
    flow = begun(screen, file)
    go_on(screen, flow)
    check = flow.check
    check.table.choose(1)
    press(check, "Leave this row out (L)")
    check.chips.choose("texts")
    assert check.texts.question.line is not None
    check.texts.question.line.setText("France")
    check.texts.decide()
    assert check.chips.words["texts"] == "Texts decided: 1"
    assert check.main_words == "Work it out with 2 decisions"
    go_on(screen, flow)
    assert (flow.current, check.main_words) == (2, "Import 1 row")
    assert flow.intake.plan is not None
    assert not flow.intake.plan.problems


def test_the_keyboard_goes_down_the_columns_before_it_goes_on(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "club.csv"
    file.write_text("Name;Born;Town\nMaro Quillon;03/04/1985;Lyon\nTam Ostervik;05/06/1990;Brest\n", encoding="utf-8")
    flow = begun(screen, file)
    boxes, reached = flow.columns.boxes, []
    for _time in range(4):
        screen.press(Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [boxes["Name"], boxes["Born"], flow.columns.orders["Born"], boxes["Town"]]
    screen.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is flow._leave
