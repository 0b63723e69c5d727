"""Duplicates of what changed are found without anybody asking, in calm moments, and the queue's count follows."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest

from registry.app import Registry
from registry.commands import AddRecord, ChangeUser, EditRecord, FindDuplicates
from registry.matching import changed, following, running
from registry.progress import Progress
from registry.queries import ListDuplicates, ListUsers, ReviewDuplicates
from tests.ui.conftest import CLERK_PASSWORD, Screen
from ui.desk import Notice
from ui.pages.quality import QualityPage
from ui.pages.today import TodayPage
from ui.sign_in import SignIn
from ui.window import MainWindow

MIRA = {"full_name": "Mira Contrived", "birth_date": "1985-03-04", "phone": "01 99 00 55 66", "sex": "female"}


@pytest.fixture
def looked(screen: Screen) -> Screen:
    """Somebody has looked for duplicates among all."""
    with Registry.open(screen.folder, "demo", "demo") as registry:
        registry.execute(FindDuplicates())
        registry.execute(FindDuplicates("associations"))
    return screen


def calm(window: MainWindow) -> None:
    """Nobody has touched anything for a long time."""
    window.quiet_look._calm._last = time.time() - 2 * 86_400
    window.quiet_look._calm.look()


def add(screen: Screen, count: int = 1) -> None:
    """At the counter, through the window's own door."""
    for _time in range(count):
        screen.window.desk.execute(AddRecord("people", MIRA))
    screen.settle()


def groups_of_mira(screen: Screen) -> int:
    found = screen.window.desk.registry.read(ReviewDuplicates())
    return sum("Mira Contrived" in [one.name for one in group.records] for group in found.groups)


def test_who_was_added_is_compared_in_a_calm_moment_and_today_follows(looked: Screen) -> None:
    window = looked.enter(place="today")
    page = window.page
    assert isinstance(page, TodayPage)
    before = page.sections["duplicates"]._section.count if "duplicates" in page.sections else 0
    notices: list[Notice] = []
    window.desk.noticed.connect(notices.append)
    add(looked, 2)
    assert window.quiet_look.waits
    assert groups_of_mira(looked) == 0
    calm(window)
    assert all(task.quiet and not task.title for task in window.desk.runner.tasks), "nobody is told"
    looked.settle()
    assert groups_of_mira(looked) == 1
    assert page.sections["duplicates"]._section.count == before + 1
    assert not window.quiet_look.waits
    assert notices == []


def test_the_queue_that_is_shown_follows_without_losing_its_place(looked: Screen) -> None:
    page = looked.enter(place="quality").page
    assert isinstance(page, QualityPage)
    page.arrive("duplicates")
    add(looked, 2)
    calm(looked.window)
    looked.settle()
    tab = page.duplicates
    place = next(n for n, group in enumerate(tab._groups) if "Mira Contrived" in [r.name for r in group.records])
    tab.queue.setCurrentRow(place)
    looked.settle()
    shown = tab.comparison.ids
    add(looked)
    calm(looked.window)
    looked.settle()
    assert set(tab.comparison.ids) > set(shown), "the third has joined the group that is looked at"
    calm(looked.window)
    looked.settle()


def test_a_card_that_is_shown_says_who_was_found(looked: Screen) -> None:
    page = looked.enter().page
    add(looked, 2)
    found = looked.page.desk.registry.read(ReviewDuplicates())
    newest = max(looked.page.table.records.ids)
    looked.page.open_record(newest)
    looked.settle()
    assert page is looked.page
    assert not looked.page.card.same.compare.isVisible()
    calm(looked.window)
    looked.settle()
    assert looked.page.card.same.compare.isVisible()
    assert looked.page.desk.registry.read(ReviewDuplicates()).count == found.count + 1


def test_many_changes_are_compared_part_by_part_as_long_as_it_is_calm(
    looked: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "MOST", 2)
    parts: list[int] = []
    whole = changed.compare

    def compare(connection: object, kind: str, ids: list[int], progress: Progress) -> None:
        parts.append(len(ids))
        whole(connection, kind, ids, progress)  # type: ignore[arg-type]

    monkeypatch.setattr(changed, "compare", compare)
    window = looked.enter()
    add(looked, 5)
    calm(window)
    looked.settle()
    assert parts == [2, 2, 1]
    parts.clear()
    add(looked, 3)
    calm(window)
    window.quiet_look._calm._last = time.time()  # somebody begins to work
    looked.settle()
    assert parts == [2]
    assert window.quiet_look.waits
    calm(window)
    looked.settle()
    assert parts == [2, 1]


def test_it_makes_way_for_what_the_officer_writes_and_goes_on_later(
    looked: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = looked.enter()
    add(looked, 2)
    hold_up(monkeypatch)
    calm(window)
    (quiet,) = window.desk.runner.tasks
    looked.bot.waitUntil(lambda: quiet.progress.message == "held up")
    started = time.monotonic()
    done: list[object] = []
    window.desk.execute(AddRecord("people", {"full_name": "Bo Feigned"}), done.append)
    looked.settle()
    assert done
    assert time.monotonic() - started < 10
    assert window.quiet_look.waits, "it was stopped, and waits for the next calm"
    assert groups_of_mira(looked) == 0


def hold_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparing goes on until it is stopped."""

    def compare(_connection: object, _kind: str, _ids: list[int], progress: Progress) -> None:
        while True:
            progress.step(0, 0, "held up")
            time.sleep(0.01)

    monkeypatch.setattr(changed, "compare", compare)


@pytest.mark.parametrize("how", ["lock", "sign_out", "rebuild"])
def test_signing_out_stops_it(looked: Screen, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    window = looked.enter()
    add(looked, 2)
    hold_up(monkeypatch)
    calm(window)
    (quiet,) = window.desk.runner.tasks
    looked.bot.waitUntil(lambda: quiet.progress.message == "held up")
    window._leave(how)
    assert quiet.future.done()
    assert not window.quiet_look.waits
    assert isinstance(looked.program.window, MainWindow if how == "rebuild" else SignIn)


def test_it_waits_while_something_else_is_written(looked: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    window = looked.enter()
    release: list[Callable[[], None]] = []

    def run(context: object, command: object) -> running.Duplicates:
        while not release:
            time.sleep(0.01)
        return running.Duplicates(0, 0, 0, 0.0)

    monkeypatch.setattr(running, "find_duplicates", run)
    from registry import operation

    operation.function.cache_clear()
    window.desk.execute(FindDuplicates(), title="Looking")
    calm(window)
    assert [task.quiet for task in window.desk.runner.tasks] == [False]
    assert window.quiet_look.waits
    release.append(lambda: None)
    looked.settle()
    operation.function.cache_clear()


def test_what_another_program_changed_is_looked_at_too_and_nothing_is_written_twice(looked: Screen) -> None:
    window = looked.enter()
    window.quiet_look._calm.stop()
    with Registry.open(looked.folder, "clerk", CLERK_PASSWORD) as other:
        for _time in range(2):
            other.execute(AddRecord("people", MIRA))
    looked.bot.waitUntil(lambda: window.quiet_look.waits, timeout=5_000)
    calm(window)
    looked.settle()
    assert groups_of_mira(looked) == 1
    version = window.desk.registry.data_version()
    window.quiet_look.look()
    looked.settle()
    assert window.desk.registry.data_version() == version, "other windows are not woken for nothing"


def test_who_may_not_look_gets_none(looked: Screen) -> None:
    window = looked.enter("outreach", CLERK_PASSWORD)
    window.desk.execute(EditRecord("people", 300, {"preferred_channel": "email"}), None, lambda _error: None)
    looked.settle()
    assert not window.quiet_look.waits


def test_a_role_that_was_taken_away_meanwhile_ends_it_without_a_word(looked: Screen) -> None:
    window = looked.enter("clerk", CLERK_PASSWORD)
    notices: list[Notice] = []
    window.desk.noticed.connect(notices.append)
    add(looked, 2)
    with Registry.open(looked.folder, "demo", "demo") as registry:
        (user,) = (one for one in registry.read(ListUsers()) if one.name == "clerk")
        registry.execute(ChangeUser(user.name, role="outreach"))
    calm(window)
    looked.settle()
    assert notices == []
    assert groups_of_mira_as(looked) == 0


def groups_of_mira_as(screen: Screen) -> int:
    with Registry.open(screen.folder, "demo", "demo") as registry:
        return sum("Mira Contrived" in (p.one.name, p.other.name) for p in registry.read(ListDuplicates()))


def test_a_small_register_is_compared_whole_where_nobody_looked_and_a_large_one_not(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "FEW", 20)
    page = screen.enter(place="quality").page
    assert isinstance(page, QualityPage)
    page.arrive("duplicates")
    add(screen, 2)
    calm(screen.window)
    screen.settle()
    assert groups_of_mira(screen) == 0
    assert "Nobody has looked for duplicates yet" in page.duplicates._state.accessibleName()
    monkeypatch.setattr(running, "FEW", 5_000)
    calm(screen.window)
    screen.settle()
    QTest.qWait(1)
    assert groups_of_mira(screen) == 1
    assert page.duplicates.queue.isVisible()
