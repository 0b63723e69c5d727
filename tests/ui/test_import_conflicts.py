"""The register goes on while a plan lies open: what no longer fits is left and told, also when it is taken back."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from registry.app import Registry
from registry.commands import EditRecord
from registry.queries import GetRecords, ListIds
from tests.ui.conftest import CLERK_PASSWORD, Screen
from tests.ui.test_import import begun, go_on
from ui.importing.flow import ImportFlow

FIRST = "external_id,full_name,occupation\nCLUB-1,Maro Quillon,baker\nCLUB-2,Odile Zembrani,nurse\n"
AGAIN = (
    "external_id,full_name,occupation\nCLUB-1,Maro Quillon,miller\nCLUB-2,Odile Zembrani,doctor\nCLUB-3,Tam Ostervik,\n"
)


def imported(screen: Screen, file: Path, content: str) -> ImportFlow:
    """An import of which the plan is seen."""
    file.write_text(content, encoding="utf-8")
    flow = begun(screen, file)
    go_on(screen, flow)
    return flow


def test_a_record_changed_since_the_plan_is_left_and_told(screen: Screen, tmp_path: Path) -> None:
    go_on(screen, imported(screen, tmp_path / "club.csv", FIRST))
    (maro,) = screen.window.desk.registry.read(ListIds("people", "Quillon"))
    flow = imported(screen, tmp_path / "club again.csv", AGAIN)
    with Registry.open(screen.folder, "clerk", CLERK_PASSWORD) as clerk:
        clerk.execute(EditRecord("people", maro, {"title": "Dr"}))
    go_on(screen, flow)
    assert "1 row was left, as the register changed after the plan was made." in flow.result.sentence
    ((row, reason),) = flow.result.left.things
    assert row == "2"
    assert "was changed after the plan was made" in reason
    assert flow.result.left.isVisible()
    flow.result.save_report(tmp_path / "report.xlsx")
    screen.settle()
    report = load_workbook(tmp_path / "report.xlsx").worksheets[0]
    cells = [line[:4] for line in report.iter_rows(values_only=True)]
    assert (2, "Skipped", "Maro Quillon", reason) in cells
    record = screen.window.desk.registry.read(GetRecords("people", (maro,), ("occupation", "title")))[maro]
    assert "miller" not in str(record.values)


def test_who_was_changed_since_the_import_stays_when_it_is_taken_back(screen: Screen, tmp_path: Path) -> None:
    flow = imported(screen, tmp_path / "club.csv", FIRST)
    go_on(screen, flow)
    (odile,) = screen.window.desk.registry.read(ListIds("people", "Zembrani"))
    with Registry.open(screen.folder, "clerk", CLERK_PASSWORD) as clerk:
        clerk.execute(EditRecord("people", odile, {"title": "Dr"}))
    flow.result.undo()
    screen.settle()
    assert "1 record was changed since and stays as it is." in flow.result.sentence
    (listed,) = flow.result.left.things
    assert listed[1] == "Changed since the import"
    left = screen.window.desk.registry.read(ListIds("people", "Zembrani OR Quillon"))
    assert list(left) == [odile]
    record = screen.window.desk.registry.read(GetRecords("people", (odile,), ("number",)))[odile]
    assert listed[0] == record.values["number"]
