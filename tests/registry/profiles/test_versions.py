"""Versions of a template: its answers outlive them, and every step can be taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from registry import additions, fields
from registry.app import Registry
from registry.commands import ActivateProfile, EditRecord, ExportRecords, RetireProfile, SaveProfile, Undo
from registry.errors import Conflict, Invalid, NotAllowed
from registry.profiles.definition import Choice
from registry.queries import GetProfile, ListProfiles, VerifyHistory
from tests.registry.post import ANA, Post
from tests.registry.profiles.asking import answers, choices, found, imported, names, record
from tests.registry.profiles.templates import ANSWERS, GUILD, HOURS, KEPT, SECOND, TOPICS, words


def test_answers_outlive_a_new_version(answered: Registry, tmp_path: Path) -> None:
    assert answered.execute(SaveProfile(SECOND)).value == 2
    assert answered.read(GetProfile("guild")).version == 2
    assert answered.read(GetProfile("guild", 1)) == replace(GUILD, version=1)
    assert answers(record(answered)) == KEPT, "the question about hours is gone, its answer is not"
    assert "profile.guild.hours" not in names(answered)
    with additions.in_use(answered.additions()):
        known = fields.by_name("people")
        assert known["profile.guild.hours"].former
        assert known["profile.guild.hours"].heading == "Earlier answers"
        assert known["profile.guild.topics"].title == "Themes to pass on"
        assert known["profile.guild.topics"].show("weaving") == "Weaving"
        assert [code for code, _ in choices("profile.guild.topics")] == ["soil", "solar"]
    with pytest.raises(NotAllowed):
        answered.execute(EditRecord("people", ANA, {"profile.guild.hours": "3"}))
    assert found(answered, "profile.guild.hours:12") == [ANA]
    path = tmp_path / "people.csv"
    answered.execute(ExportRecords("people", "", path, "a reason"))
    assert "profile.guild.hours" in path.read_text(encoding="utf-8")
    assert imported(answered, path) == {"created": 0, "updated": 0, "unchanged": 3}


def test_an_answer_given_anew_is_one_to_the_new_version(answered: Registry) -> None:
    answered.execute(SaveProfile(SECOND))
    answered.execute(EditRecord("people", ANA, {"profile.guild.topics": "solar"}))
    answered.execute(Undo())
    assert answers(record(answered)) == KEPT
    answered.execute(EditRecord("people", ANA, {"profile.guild.place": "the old mill"}))
    assert record(answered).values["profile.guild.place"] == "the old mill"


def test_a_retired_template_asks_nothing_and_loses_nothing(answered: Registry) -> None:
    assert answered.execute(RetireProfile("guild")).value
    assert not answered.execute(RetireProfile("guild")).value
    assert names(answered) == []
    assert answers(record(answered)) == KEPT
    assert answered.execute(ActivateProfile("guild")).value
    assert len(names(answered)) == len(list(GUILD.questions))


def test_what_is_saved_put_to_use_and_out_of_use_can_be_undone(post: Post) -> None:
    registry = post.open("amel")
    registry.execute(SaveProfile(GUILD))
    assert names(registry) == []
    registry.execute(ActivateProfile("guild"))
    assert "profile.guild.hours" in names(registry)
    registry.execute(SaveProfile(SECOND))
    assert "profile.guild.place" in names(registry)
    registry.execute(Undo())
    assert "profile.guild.hours" in names(registry)
    undone = registry.execute(Undo())
    assert names(registry) == []
    registry.execute(Undo(undone.batch))
    assert "profile.guild.hours" in names(registry)
    assert registry.execute(SaveProfile(SECOND)).value == 3, "a number that was given once is not given again"
    with pytest.raises(Conflict):
        registry.execute(Undo(undone.value.undoes, force=False))
    assert registry.read(VerifyHistory()).ok


def test_a_question_keeps_its_kind_of_answer(admin: Registry) -> None:
    section = GUILD.sections[0]
    changes = (
        replace(HOURS, kind="text"),
        replace(TOPICS, several=False),
    )
    for changed in changes:
        questions = tuple(changed if q.code == changed.code else q for q in section.questions)
        with pytest.raises(Invalid, match="another code") as wrong:
            admin.execute(SaveProfile(replace(GUILD, sections=(replace(section, questions=questions),))))
        assert wrong.value.field in ("1.3", "1.2")
    with pytest.raises(Invalid, match="other records"):
        admin.execute(SaveProfile(replace(GUILD, kind="associations")))
    longer = replace(TOPICS, choices=(*TOPICS.choices, Choice("bees", words("Bees", "Abeilles"))))
    questions = tuple(longer if q.code == "topics" else q for q in section.questions)
    assert admin.execute(SaveProfile(replace(GUILD, sections=(replace(section, questions=questions),)))).value == 2


def test_the_administration_lists_them(answered: Registry) -> None:
    (listed,) = answered.read(ListProfiles())
    assert (listed.template.name, listed.template.version, listed.active) == ("guild", 1, True)
    assert listed.answers == len(ANSWERS)
    answered.execute(SaveProfile(SECOND))
    (listed,) = answered.read(ListProfiles())
    assert (listed.template.version, listed.active) == (2, True)
    for command in (ActivateProfile("nothing"), RetireProfile("nothing")):
        with pytest.raises(Invalid, match="no profile template"):
            answered.execute(command)
    with pytest.raises(Invalid, match="no profile template"):
        answered.read(GetProfile("guild", 9))
