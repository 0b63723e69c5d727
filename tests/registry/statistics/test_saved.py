"""Statistics under a name: all colleagues see them, their maker changes them, undo takes it back."""

from __future__ import annotations

import pytest

from registry.commands import DeleteStatistics, RenameStatistics, SaveStatistics, Undo
from registry.errors import Invalid, NotAllowed
from registry.fields import ASSOCIATIONS
from registry.queries import CountBy, GetHistory, SavedStatistics
from registry.statistics.presets import PRESETS
from registry.statistics.saved import Saved, named
from tests.registry.post import Post


def kept(registry: object) -> dict[str, Saved]:
    """What was saved here, by name."""
    assert hasattr(registry, "read")
    return {each.name: each for each in registry.read(SavedStatistics()) if each.owner}


def test_colleagues_see_what_one_saved(post: Post) -> None:
    clara, otto = post.open("clara"), post.open("otto")
    assert clara.execute(
        SaveStatistics(" Who came when ", ("arrival_period", "sex"), "state:active", chart="beside")
    ).value
    asked = CountBy(("arrival_period", "sex"), "state:active", everybody=False)
    assert kept(otto) == {
        "Who came when": Saved("Who came when", "Who came when", asked, "beside", "clara", mine=False)
    }
    assert kept(clara)["Who came when"].mine
    assert named(otto.read(SavedStatistics()), "who CAME when").asked == asked
    assert otto.read(asked).dimensions[0].code == "arrival_period"


def test_only_its_maker_changes_it(post: Post) -> None:
    clara, otto, admin = post.open("clara"), post.open("otto"), post.open("amel")
    clara.execute(SaveStatistics("Mine", ("sex",)))
    for command in (SaveStatistics("mine", ("age",)), RenameStatistics("Mine", "His"), DeleteStatistics("Mine")):
        with pytest.raises(NotAllowed, match="clara"):
            otto.execute(command)
    admin.execute(RenameStatistics("mine", "Ours"))
    assert set(kept(otto)) == {"Ours"}


def test_undo_brings_back_what_was_there(post: Post) -> None:
    clara = post.open("clara")
    clara.execute(SaveStatistics("Mine", ("sex",)))
    assert not clara.execute(SaveStatistics("Mine", ("sex",))).value, "nothing was different"
    clara.execute(SaveStatistics("Mine", ("age",)))
    clara.execute(Undo())
    assert kept(clara)["Mine"].asked.by == ("sex",)
    clara.execute(DeleteStatistics("MINE"))
    assert kept(clara) == {}
    clara.execute(Undo())
    assert set(kept(clara)) == {"Mine"}


def test_what_cannot_be_saved_is_told(post: Post) -> None:
    clara = post.open("clara")
    clara.execute(SaveStatistics("Mine", ("sex",)))
    clara.execute(SaveStatistics("Other", ("sex",)))
    for command, words in (
        (SaveStatistics("!!", ("sex",)), "need a name"),
        (SaveStatistics("x" * 81, ("sex",)), "80"),
        (SaveStatistics("A", ("shoe_size",)), "shoe_size"),
        (SaveStatistics("A", ()), "Count by one field"),
        (SaveStatistics("A", ("sex",), "shoe:9"), "shoe"),
        (SaveStatistics("A", ("sex",), chart="pie"), "pie"),
        (RenameStatistics("Mine", "OTHER"), "already"),
        (RenameStatistics("None such", "B"), "None such"),
        (DeleteStatistics("None such"), "None such"),
    ):
        with pytest.raises(Invalid, match=words):
            clara.execute(command)
    with pytest.raises(Invalid, match="age-sex"):
        named(clara.read(SavedStatistics()), "no such")
    assert set(kept(clara)) == {"Mine", "Other"}


def test_what_one_may_not_see_is_not_offered(post: Post) -> None:
    admin = post.open("amel")
    admin.execute(SaveStatistics("Trust", ("trust",)))
    admin.execute(SaveStatistics("Of the trusting", ("sex",), "trust:high"))
    for name in ("clara", "otto"):
        registry = post.open(name)
        sees = registry.session.sees(next(one for one in registry.read(CountBy(("sex",))).dimensions).described)
        assert sees
        trusted = {p.code for p in PRESETS if "trust" in p.by} & {s.code for s in registry.read(SavedStatistics())}
        assert ({"Trust", "Of the trusting"} <= set(kept(registry))) == bool(trusted)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.code)
def test_what_ships_can_be_counted(post: Post, preset: object) -> None:
    admin = post.open("amel")
    found = named(admin.read(SavedStatistics()), getattr(preset, "code", ""))
    table = admin.read(found.asked)
    assert len(table.fields) == len(found.asked.by)
    if found.asked.kind != ASSOCIATIONS:
        assert table.total


def test_the_history_names_it(post: Post) -> None:
    clara, admin = post.open("clara"), post.open("amel")
    clara.execute(SaveStatistics("Mine", ("sex",)))
    assert admin.read(GetHistory()).operations[0].code == "save_statistics"
