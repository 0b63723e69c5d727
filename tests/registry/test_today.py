"""What waits on a day: each section finds what its list finds, the most urgent first, by the reader's rights."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from db import engine as store
from db.models import consent
from db.store import Transaction
from registry import dates, setup, today
from registry.app import Registry
from registry.commands import AddRecord, AddUser, ChangeSetting, EditRecord, LoadDemonstration, MakeBackup
from registry.demo.people import people
from registry.queries import GetToday, ListIds, Search
from registry.today import FEW, TodaySection
from tests.days import day

PASSWORD = "vellum-harbour-42"


def ago(days: int) -> str:
    return day(-days)


def born(years: int, days: int) -> str:
    """The birthday of somebody who becomes so old in so many days."""
    return dates.years_later(date.today() + timedelta(days=days), -years).isoformat()


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    folder = tmp_path / "registry"
    setup.create(folder, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    with Registry.open(folder, "demo", "demo") as opened:
        yield opened


def add(registry: Registry, name: str, texts: dict[str, str]) -> int:
    return registry.execute(AddRecord("people", {"full_name": name, "registered_on": "2015", **texts})).value.id


def sections(registry: Registry, ahead: int = 0) -> dict[str, TodaySection]:
    """Of the day so many days ahead."""
    asked = GetToday(date.today() + timedelta(days=ahead))
    return {section.code: section for section in registry.read(asked)}


def waiting(registry: Registry, code: str, ahead: int = 0) -> list[tuple[str, str]]:
    return [(row.name, row.words) for row in sections(registry, ahead)[code].rows]


def words(day: str) -> str:
    return dates.show(day)


def test_an_empty_registry_has_every_section_with_nothing_in_it(registry: Registry) -> None:
    found = sections(registry)
    assert list(found) == [s.code for s in today.SECTIONS if s.empty]
    assert {section.count for section in found.values()} == {0}
    assert all(section.title and section.icon and section.empty for section in found.values())


def test_expiring_registrations_within_ninety_days(registry: Registry) -> None:
    add(registry, "Late", {"valid_until": ago(-90)})
    add(registry, "Soon", {"valid_until": ago(-1), "state": "expiring"})
    add(registry, "Later", {"valid_until": ago(-91)})
    add(registry, "Past", {"valid_until": ago(1)})
    add(registry, "Gone", {"valid_until": ago(-1), "state": "transferred"})
    assert waiting(registry, "expiring") == [
        ("Soon", f"valid until {words(ago(-1))}"),
        ("Late", f"valid until {words(ago(-90))}"),
    ]


def test_notices_due_and_what_can_lapse(registry: Registry) -> None:
    rows = {
        "Ran out": {"valid_until": ago(2)},
        "First fresh": {"valid_until": ago(70), "notice.first": ago(59)},
        "First old": {"valid_until": ago(70), "notice.first": ago(60)},
        "Both fresh": {"valid_until": ago(130), "notice.first": ago(120), "notice.second": ago(59)},
        "Both old": {"valid_until": ago(130), "notice.first": ago(121), "notice.second": ago(60)},
        "Lapsed": {"valid_until": ago(130), "state": "lapsed"},
    }
    registry.execute(LoadDemonstration("people", tuple({"full_name": n, **texts} for n, texts in rows.items())))
    assert waiting(registry, "first_notices") == [("Ran out", f"ran out on {words(ago(2))}")]
    assert waiting(registry, "second_notices") == [("First old", f"first notice of {words(ago(60))}")]
    assert waiting(registry, "to_lapse") == [("Both old", f"second notice of {words(ago(60))}")]
    registry.execute(ChangeSetting("notice_days", "30"))
    assert {name for name, _words in waiting(registry, "second_notices")} == {"First fresh", "First old"}


def test_follow_ups_and_concerns_of_the_row_that_owes_them(registry: Registry) -> None:
    done = {"activity": "call", "activity.follow_up": ago(9), "activity.followed_up": ago(8)}
    open_too = {"activity.2": "visit", "activity.follow_up.2": ago(3)}
    add(registry, "Done", done)
    add(registry, "Open beside done", done | open_too)
    add(registry, "Ahead", {"activity": "call", "activity.follow_up": ago(-1)})
    answered = {"activity": "concern", "activity.date": ago(40), "activity.answered_on": ago(30)}
    add(registry, "Answered", answered)
    add(registry, "Asked again", answered | {"activity.2": "concern", "activity.date.2": ago(12)})
    add(registry, "Only called", {"activity": "call", "activity.date": ago(50)})
    assert waiting(registry, "follow_ups") == [("Open beside done", f"due on {words(ago(3))}")]
    assert waiting(registry, "concerns") == [("Asked again", "12 days waiting")]
    assert waiting(registry, "concerns", -11) == [("Asked again", "1 day waiting")]


def test_associations_wait_in_sections_of_their_own(registry: Registry) -> None:
    club = {"name": "Club of Examples", "activity": "concern", "activity.date": ago(5), "activity.follow_up": ago(1)}
    registry.execute(AddRecord("associations", club))
    found = sections(registry)
    assert found["association_concerns"].kind == found["association_follow_ups"].kind == "associations"
    assert waiting(registry, "association_concerns") == [("Club of Examples", "5 days waiting")]
    assert (found["concerns"].count, found["follow_ups"].count) == (0, 0)


def test_returned_addresses_that_have_not_ended(registry: Registry) -> None:
    returned = {"address.city": "Lyon", "address.country": "FRA", "address.state": "returned"}
    add(registry, "Back", returned)
    add(registry, "Long ago", returned | {"address.to": ago(9)})
    add(registry, "Untraceable", returned | {"state": "untraceable"})
    assert waiting(registry, "returned_addresses") == [("Back", "")]


def test_minors_who_come_of_age_by_the_registrys_setting(registry: Registry) -> None:
    add(registry, "Today", {"birth_date": born(18, 0)})
    add(registry, "In time", {"birth_date": born(18, 60)})
    add(registry, "Yesterday", {"birth_date": born(18, -1)})
    add(registry, "Too young", {"birth_date": born(18, 62)})
    add(registry, "Grown", {"birth_date": born(21, 10)})
    assert [name for name, _words in waiting(registry, "coming_of_age")] == ["Today", "In time"]
    assert waiting(registry, "coming_of_age")[0][1] == f"of age on {words(ago(0))}"
    registry.execute(ChangeSetting("age_of_majority", "21"))
    assert [name for name, _words in waiting(registry, "coming_of_age")] == ["Grown"]


def test_documents_that_expire_soon_not_those_that_expired_long_ago(registry: Registry) -> None:
    old = {"document.number": "A1", "document.expires": "2001-05-06"}
    add(registry, "Renewed", old | {"document.number.2": "A2", "document.expires.2": ago(-2000)})
    add(registry, "Due", old | {"document.number.2": "A3", "document.expires.2": ago(-20)})
    assert waiting(registry, "documents") == [("Due", f"expires on {words(ago(-20))}")]


def test_consents_to_renew(registry: Registry) -> None:
    news = {"consent.outreach_news.letter": "given"}
    ids = [add(registry, name, news) for name in ("Soon", "Later", "Refused meanwhile")]
    ends = dict(zip(ids, (ago(-59), ago(-61), ago(-5)), strict=True))
    with store.writing(registry._engine) as connection:
        transaction = Transaction(connection)
        for row in connection.execute(consent.select()).mappings().all():
            transaction.update(consent, row["id"], {"expires": ends[row["record_id"]]})
        transaction.finish(user_id=1, operation="edit_record", note={})
    registry.execute(EditRecord("people", ids[2], {"consent.outreach_news.letter": "refused"}))
    assert waiting(registry, "consents") == [("Soon", f"until {words(ago(-59))}")]
    assert list(registry.read(ListIds("people", f"consent.expires>{ago(-60)}"))) == [ids[1]]


def test_each_section_counts_what_its_list_finds(registry: Registry) -> None:
    registry.execute(LoadDemonstration("people", tuple(people(400, 3))))
    found = sections(registry)
    assert sum(section.count > 0 for section in found.values()) >= 4
    for section in (section for section in found.values() if section.kind):
        ids = registry.read(ListIds(section.kind, section.query))
        assert section.count == len(ids), section.code
        assert {row.id for row in section.rows} <= set(ids)
        assert len(section.rows) == min(FEW, len(ids)), section.code
        assert section.count == registry.read(Search(section.query, section.kind)).total


def test_who_does_not_see_documents_has_no_such_section(registry: Registry) -> None:
    add(registry, "Due", {"document.number": "A3", "document.expires": ago(-20)})
    registry.execute(AddUser("mara", "manager", PASSWORD))
    with Registry.open(registry.folder, "mara", PASSWORD) as manager:
        assert "documents" not in sections(manager)
        assert "expiring" in sections(manager)
    assert "documents" in sections(registry)


def test_an_old_backup_waits_and_a_recent_one_is_told(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (sections(registry)["backups"].count, sections(registry)["backups"].empty) == (0, "No backup yet.")
    registry.execute(MakeBackup(registry.folder.with_name("one.drbackup")))
    assert sections(registry)["backups"].empty == "Last backup today."
    monkeypatch.setattr("registry.backups.TOO_OLD", -1)
    old = sections(registry)["backups"]
    assert (old.count, old.query, [(row.id, row.name) for row in old.rows]) == (1, "", [(0, "Last backup today")])


def test_one_who_waits_twice_is_named_once(registry: Registry) -> None:
    twice = {"activity": "call", "activity.follow_up": ago(4), "activity.2": "call", "activity.follow_up.2": ago(3)}
    add(registry, "Twice", twice)
    section = sections(registry)["follow_ups"]
    assert section.count == 1
    assert [row.words for row in section.rows] == [f"due on {words(ago(4))}"]
