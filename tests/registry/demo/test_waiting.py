"""On the day it is made, the demonstration has something for the page Today, and writes to nobody under age."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from registry import dates, setup
from registry.app import Registry
from registry.commands import LoadDemonstration
from registry.demo import waiting
from registry.demo.people import people
from registry.fields import PEOPLE
from registry.queries import GetRecords, GetToday, PrepareLetters


def test_every_matter_of_registrations_papers_and_consents_waits(tmp_path: Path) -> None:
    folder, today = tmp_path / "registry", date.today()
    setup.create(folder, post="LYS", country="FRA", home="XDR", admin="demo", password="demo", demonstration=True)
    with Registry.open(folder, "demo", "demo") as registry:
        registry.execute(LoadDemonstration(PEOPLE, tuple(waiting.situated(people(600, 1), today))))
        waiting.let_consents_run_out(registry, today)
        waits = {section.code: section.count for section in registry.read(GetToday(today))}
        matters = ("expiring", "first_notices", "second_notices", "to_lapse", "documents", "consents")
        assert [code for code in matters if not waits[code]] == []
        assert waits["consents"] == 8
        recipients = registry.read(PrepareLetters("", "annual-forum")).included
        born = registry.read(GetRecords(PEOPLE, tuple(p.id for p in recipients), ("birth_date",)))
        adult = dates.years_later(today, -18)
        assert len(recipients) > 150
        assert [r.number for r in born.values() if dates.earliest(r.values.get("birth_date", "1900")) > adult] == []


def test_only_adults_who_are_registered_here_are_put_into_a_situation() -> None:
    today = date(2026, 11, 26)
    before = list(people(600, 1))
    after = list(waiting.situated(before, today))
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) >= 5
    assert {name for old, new in changed for name in new if new[name] != old.get(name)} <= {
        *("state", "valid_until", "notice.first", "notice.second", "document.expires"),
    }
    for old, _new in changed:
        assert old["state"] in ("active", "expiring", "provisional")
        assert dates.latest(old["birth_date"]) <= date(2008, 11, 26)
