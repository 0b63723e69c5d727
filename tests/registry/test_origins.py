"""Every value of a record tells where it comes from, when it was last changed and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from registry import commands as c
from registry.app import Registry
from registry.errors import Invalid
from registry.origins import Origin
from registry.queries import FieldOrigins, GetRecord, PlanImport
from registry.transfer.options import ImportOptions
from tests.registry.post import ANA, BO, CY, Post


def origins(registry: Registry, record_id: int = BO) -> Mapping[str, Origin]:
    return registry.read(FieldOrigins(record_id))


def told(registry: Registry, name: str, record_id: int = BO) -> tuple[str, str, str]:
    found = origins(registry, record_id)[name]
    return found.operation, found.user, found.source


def test_every_value_that_is_shown_has_an_origin(post: Post) -> None:
    for user in ("clara", "mara"):
        registry = post.open(user)
        for record_id in (ANA, BO, CY):
            shown = registry.read(GetRecord("people", record_id))
            assert set(shown.values) | set(shown.raw) <= set(origins(registry, record_id))


def test_what_was_typed_tells_the_officer_and_the_last_change_counts(post: Post) -> None:
    clara, petra = post.open("clara"), post.open("petra")
    made = told(clara, "full_name")
    clara.execute(c.EditRecord("people", BO, {"title": "Dr", "phone": "+33 1 99 00 77 77"}))
    petra.execute(c.EditRecord("people", BO, {"title": "Professor"}))
    assert told(clara, "title") == ("edit_record", "petra", "")
    assert told(clara, "phone")[:2] == ("edit_record", "clara")
    assert told(clara, "full_name") == made
    assert "petra" in origins(clara)["title"].sentence
    assert origins(clara)["title"].time > origins(clara)["phone"].time


def test_values_keep_their_own_origin_when_one_before_them_goes(post: Post) -> None:
    clara = post.open("clara")
    clara.execute(c.EditRecord("people", BO, {"skill": "Luthier", "skill.2": "Welding"}))
    post.open("petra").execute(c.EditRecord("people", BO, {"skill.level.2": "3"}))
    clara.execute(c.EditRecord("people", BO, {"skill": "", "skill.level": ""}))
    assert "skill.2" not in clara.read(GetRecord("people", BO)).values
    assert told(clara, "skill")[1] == "clara"
    assert told(clara, "skill.level")[1] == "petra"


def test_consents_and_unread_values_have_theirs(post: Post, tmp_path: Path) -> None:
    clara = post.open("clara")
    clara.execute(c.EditRecord("people", BO, {"consent.outreach_news.letter": "refused"}))
    assert told(clara, "consent.outreach_news.letter")[:2] == ("edit_record", "clara")
    _import(clara, tmp_path, "full_name,birth_date\nEva Vondra,1.2.1985\nJan Vondra,31.2.1985\n")
    made = clara.read(GetRecord("people", 6))
    assert made.raw == {"birth_date": "31.2.1985"}
    assert told(clara, "birth_date", 6) == ("import", "clara", "list.csv, row 3")


def test_a_list_tells_file_and_row_and_one_that_changed_a_record_its_file(post: Post, tmp_path: Path) -> None:
    clara = post.open("clara")
    _import(clara, tmp_path, "external_id,full_name\nZ1,Jan Vondra\nZ2,Eva Vondra\n")
    assert told(clara, "full_name", 6) == ("import", "clara", "list.csv, row 3")
    _import(clara, tmp_path, "external_id,full_name,birth_place\nZ2,Eva Vondra,Zwolle\n")
    assert told(clara, "birth_place", 6) == ("import", "clara", "list.csv")
    assert told(clara, "full_name", 6) == ("import", "clara", "list.csv, row 3")
    assert origins(clara, 6)["full_name"].sentence.startswith("list.csv, row 3 · Import · ")


def test_a_taken_back_change_tells_who_took_it_back(post: Post) -> None:
    clara = post.open("clara")
    clara.execute(c.EditRecord("people", BO, {"title": "Dr"}))
    clara.execute(c.EditRecord("people", BO, {"title": "Professor"}))
    clara.execute(c.Undo())
    assert told(clara, "title")[:2] == ("undo", "clara")
    clara.execute(c.DeleteRecords("people", (BO,)))
    with pytest.raises(Invalid):
        origins(clara)
    clara.execute(c.Undo())
    assert told(clara, "full_name")[:2] == ("undo", "clara")


def test_nothing_is_told_of_fields_that_are_not_seen(post: Post) -> None:
    assert "notes" in origins(post.open("clara"), ANA)
    assert "notes" not in origins(post.open("otto"), ANA)
    assert not origins(post.open("aude"), ANA)


def _import(registry: Registry, folder: Path, text: str) -> None:
    source = folder / "list.csv"
    source.write_text(text)
    registry.execute(c.ImportRecords(registry.read(PlanImport(source, ImportOptions()))))
