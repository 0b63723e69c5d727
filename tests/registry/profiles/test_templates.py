"""A template made at run time: its questions are fields everywhere at once, and its answers outlive its versions."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

import resources
from registry import additions, fields, i18n
from registry.access import Role
from registry.app import Registry
from registry.commands import (
    ActivateProfile,
    AddRecord,
    EditRecord,
    ExportRecords,
    SaveProfile,
    Undo,
    WriteLetters,
)
from registry.documents.templates import answer_fields
from registry.errors import Invalid, NotAllowed
from registry.queries import (
    Facets,
    GetHistory,
    GetRecords,
    ListIds,
    PreviewLetter,
    Search,
    VerifyHistory,
)
from tests.registry.post import ANA, BO, CY, PASSWORD, Post
from tests.registry.profiles.asking import answers, choices, found, imported, names, record
from tests.registry.profiles.templates import ANSWERS, GUILD, KEPT, SECOND

# --- values -----------------------------------------------------------------------------------------------------


def test_answers_are_read_kept_and_emptied_like_every_field(answered: Registry) -> None:
    assert answers(record(answered)) == KEPT
    assert answered.execute(EditRecord("people", ANA, {"profile.guild.topics": "", "profile.guild.hours": ""})).value
    left = answers(record(answered))
    assert "profile.guild.hours" not in left
    assert (left["profile.guild.topics"], "profile.guild.topics.2" in left) == ("soil", False)
    assert not answered.execute(EditRecord("people", ANA, {"profile.guild.motto": "Thread by thread"})).value
    assert answered.read(VerifyHistory()).ok


def test_a_bad_answer_is_refused_at_its_field(admin: Registry) -> None:
    for name, text in (("hours", "many"), ("mentoring", "perhaps"), ("since", "2019-13"), ("came_from", "Atlantis")):
        with pytest.raises(Invalid) as wrong:
            admin.execute(EditRecord("people", ANA, {f"profile.guild.{name}": text}))
        assert wrong.value.field == f"profile.guild.{name}"
    with pytest.raises(Invalid, match="is not a field"):
        admin.execute(EditRecord("people", ANA, {"profile.guild.unasked": "x"}))
    with pytest.raises(Invalid, match="is not a field"):
        admin.execute(EditRecord("people", ANA, {"profile.guild.motto.2": "only one"}))


def test_a_new_record_takes_answers(admin: Registry) -> None:
    made = admin.execute(AddRecord("people", {"full_name": "Di New", **ANSWERS})).value
    assert answers(record(admin, made.id)) == KEPT


def test_the_list_shows_and_sorts_them(answered: Registry) -> None:
    answered.execute(EditRecord("people", BO, {"profile.guild.hours": "9", "profile.guild.topics": "solar"}))
    shown = answered.read(GetRecords("people", (ANA, BO), ("full_name", "profile.guild.topics")))
    assert shown[ANA].values == {
        "full_name": "Ana Exemple",
        "profile.guild.topics": "weaving",
        "profile.guild.topics.2": "soil",
    }
    by_hours = ListIds("people", "", sort="profile.guild.hours")
    assert list(answered.read(by_hours))[:2] == [BO, ANA], "nine is less than twelve"
    assert list(answered.read(replace(by_hours, descending=True)))[:2] == [ANA, BO]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("profile.guild.topics:weaving", [ANA]),
        ("profile.guild.topics:Tissage", [ANA]),
        ("profile.guild.topics:solar", []),
        ("profile.guild.hours>9", [ANA]),
        ("profile.guild.hours<9", []),
        ("profile.guild.hours:12", [ANA]),
        ("profile.guild.since:2019", [ANA]),
        ("profile.guild.since>=2020", []),
        ("profile.guild.motto:thread", [ANA]),
        ("profile.guild.craft:reeds", [ANA]),
        ("profile.guild.came_from:PT", [ANA]),
        ("profile.guild.motto:any", [ANA]),
        ("profile.guild.motto:none", [CY, BO]),
        ("-profile.guild.mentoring:yes", [CY, BO]),
        ("profile.guild.mentoring:yes profile.guild.tongues:french", [ANA]),
    ],
)
def test_they_are_searched_for(answered: Registry, query: str, expected: list[int]) -> None:
    assert sorted(found(answered, query)) == sorted(expected)


def test_their_labels_are_words_of_the_query(answered: Registry) -> None:
    answered.execute(EditRecord("people", BO, {"profile.guild.motto": "weaving all day"}))
    assert found(answered, '"thread by thread"') == [], "what people answer is no word of their card"
    assert answered.read(Search("profile.guild.topics:weaving")).total == 1
    with pytest.raises(Invalid, match=r"profile\.guild\.topics"):
        found(answered, "profile.guild.topicz:weaving")


def test_they_are_counted(answered: Registry) -> None:
    answered.execute(EditRecord("people", BO, {"profile.guild.topics": "soil"}))
    (facet,) = answered.read(Facets("people", "", ("profile.guild.topics",)))
    assert [(v.code, v.label, v.count) for v in facet.values if v.code] == [
        ("soil", "Care of the soil", 2),
        ("weaving", "Weaving", 1),
    ]


def test_the_history_names_them(answered: Registry) -> None:
    answered.execute(EditRecord("people", ANA, {"profile.guild.topics": "solar", "profile.guild.motto": ""}))
    page = answered.read(GetHistory(ANA))
    changed = {c.field.name: (c.old, c.new) for c in page.operations[0].changes}
    assert changed == {"profile.guild.topics": ("weaving", "solar"), "profile.guild.motto": ("Thread by thread", "")}
    with additions.in_use(answered.additions()):
        titles = {c.field.title: c.field.show(c.new) for c in page.operations[0].changes if c.new}
    assert titles == {"Topics to pass on": "Solar power"}
    assert {c.field.name for c in page.operations[1].changes} == ANSWERS.keys() - {
        *("profile.guild.topics.2", "profile.guild.motto")  # the second topic's field is the first's; the motto is gone
    }


def test_they_are_undone_deleted_and_erased_with_the_record(answered: Registry) -> None:
    answered.execute(EditRecord("people", ANA, {"profile.guild.topics": "solar", "profile.guild.hours": "1"}))
    answered.execute(Undo())
    assert answers(record(answered)) == KEPT
    assert answered.read(VerifyHistory()).ok


# --- import and export ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_list_is_taken_in_by_the_labels(admin: Registry, tmp_path: Path, language: str) -> None:
    heads = {
        "en": "Full name;Topics to pass on;Hours a month;Mentor since;Craft of the hands",
        "fr": "Nom complet;Sujets à transmettre;Heures par mois;Mentor depuis;Métier des mains",
    }
    path = tmp_path / "list.csv"
    path.write_text(f"{heads[language]}\nEve Imported;Weaving, Énergie solaire;7;2021;Nurse\n", encoding="utf-8")
    assert imported(admin, path)["created"] == 1
    (eve,) = found(admin, "Eve Imported")
    assert answers(record(admin, eve)) == {
        "profile.guild.topics": "weaving",
        "profile.guild.topics.2": "solar",
        "profile.guild.hours": "7",
        "profile.guild.since": "2021",
        "profile.guild.craft": "2221",
    }


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_is_exported_comes_back_the_same(answered: Registry, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"people.{ending}"
    answered.execute(ExportRecords("people", "", path, "a reason"))
    assert imported(answered, path) == {"created": 0, "updated": 0, "unchanged": 3}
    answered.execute(EditRecord("people", ANA, {"profile.guild.topics": "solar", "profile.guild.hours": "99"}))
    assert imported(answered, path)["updated"] == 1
    assert answers(record(answered)) == KEPT


def test_an_export_comes_into_another_post_that_asks_the_same(answered: Registry, tmp_path: Path) -> None:
    from tests.registry import post as posts

    path = tmp_path / "ana.xlsx"
    answered.execute(ExportRecords("people", "", path, "a reason", ids=(ANA,)))
    with posts.cheap_keys():
        other = posts.make(tmp_path / "other")
        with Registry.open(other, "amel", PASSWORD) as there:
            there.execute(SaveProfile(GUILD))
            there.execute(ActivateProfile("guild"))
            there.execute(EditRecord("people", ANA, {"full_name": "Somebody Else", "external_id": "7"}))
            imported(there, path)
            (ana,) = found(there, "Ana Exemple profile.guild.topics:weaving")
            assert answers(record(there, ana)) == KEPT


# --- letters ----------------------------------------------------------------------------------------------------


def test_a_letter_says_them_to_their_author(
    answered: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = resources.path

    def letters(*parts: str) -> Path:
        own = parts[0] == "letters" and parts[1:] != ("salutations.json",)
        return tmp_path.joinpath(*parts) if own else shipped(*parts)

    monkeypatch.setattr(resources, "path", letters)
    _write_letter(letters("letters", "guild-thanks"), "profile.guild.topics")
    answered.execute(EditRecord("people", BO, ANSWERS))
    answered.execute(WriteLetters("Bo", "guild-thanks", tmp_path / "thanks.pdf", "a reason", language="fr"))
    text = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "thanks.pdf").pages)
    assert "Merci pour Tissage, Soin des sols" in " ".join(text.split())
    with additions.in_use(answered.additions()):
        assert "profile.guild.debts" not in answer_fields()
    _write_letter(letters("letters", "guild-debts"), "profile.guild.debts")
    with pytest.raises(Invalid, match=r"profile\.guild\.debts"):
        answered.read(PreviewLetter(ANA, "guild-debts"))


def _write_letter(folder: Path, name: str) -> None:
    folder.mkdir(parents=True)
    about = {"id": folder.name, "purpose": "outreach_news", "title": {"en": "Thanks"}, "languages": ["fr"]}
    (folder / "template.json").write_text(json.dumps(about | {"variables": []}), encoding="utf-8")
    inlines = [{"type": "text", "text": "Merci pour "}, {"type": "field", "name": name}]
    tree = {"version": 1, "blocks": [{"type": "paragraph", "inlines": inlines}]}
    (folder / "fr.json").write_text(json.dumps(tree), encoding="utf-8")


# --- who sees what ----------------------------------------------------------------------------------------------


def test_a_restricted_question_is_unknown_to_whom_may_not_see_it(
    answered: Registry, post: Post, tmp_path: Path
) -> None:
    officer, manager, clerk = (post.open(name) for name in ("otto", "mara", "clara"))
    assert officer.session.role is Role.OUTREACH
    assert answers(record(clerk)) == KEPT
    for reader in (officer, manager):
        assert "profile.guild.debts" not in record(reader).values
        with pytest.raises(Invalid, match="field"):
            found(reader, "profile.guild.debts:none")
        with pytest.raises(Invalid):
            reader.read(Facets("people", "", ("profile.guild.debts",)))
        with pytest.raises(Invalid):
            reader.read(ListIds("people", "", sort="profile.guild.debts"))
        path = tmp_path / f"{reader.session.name}.csv"
        reader.execute(ExportRecords("people", "", path, "a reason"))
        text = path.read_text(encoding="utf-8")
        assert "Thread by thread" in text
        assert "none at all" not in text
        assert "debts" not in text.casefold()
        changes = [c.field.name for o in reader.read(GetHistory(ANA)).operations for c in o.changes]
        assert "profile.guild.motto" in changes
        assert "profile.guild.debts" not in changes
    with pytest.raises(NotAllowed):
        manager.execute(EditRecord("people", ANA, {"profile.guild.motto": "x"}))
    with pytest.raises(NotAllowed):
        clerk.execute(SaveProfile(SECOND))


# --- whose fields they are --------------------------------------------------------------------------------------


def test_nothing_is_left_behind_outside_the_registry(answered: Registry) -> None:
    assert fields.find("people", "profile.guild.motto") is None
    assert additions.current() is additions.NONE
    with pytest.raises(KeyError):
        choices("profile.guild.topics")


def test_two_open_registries_do_not_share_them(answered: Registry, tmp_path: Path, post_template: Path) -> None:
    other = Post(post_template, tmp_path / "second")
    try:
        there = other.open("amel")
        assert answered.additions() is answered.additions()
        assert there.additions() is additions.NONE
        assert found(answered, "profile.guild.topics:weaving") == [ANA]
        with pytest.raises(Invalid):
            found(there, "profile.guild.topics:weaving")
    finally:
        other.close()


def test_readers_in_other_threads_see_what_the_view_has(answered: Registry, post: Post) -> None:
    """Each reader answers from its own view, whatever others save meanwhile."""
    seen: list[object] = []

    def read() -> None:
        for _ in range(15):
            seen.append(record(answered).values.get("profile.guild.hours"))
            seen.append(found(answered, "profile.guild.hours:12"))

    writer = post.open("amel")
    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for template in (SECOND, GUILD, SECOND):
        writer.execute(SaveProfile(template))
    for thread in threads:
        thread.join()
    assert all(value in ("12", [ANA]) for value in seen)
    assert len(seen) == 90
    assert "profile.guild.place" in names(answered), "saved by another"


def test_labels_follow_the_language_in_use(admin: Registry) -> None:
    with additions.in_use(admin.additions()):
        field = fields.by_name("people")["profile.guild.topics"]
        assert (field.title, field.heading, field.show("soil")) == ("Topics to pass on", "Teaching", "Care of the soil")
        with i18n.in_language("fr"):
            assert (field.title, field.heading, field.show("soil")) == (
                "Sujets à transmettre",
                "Enseignement",
                "Soin des sols",
            )
