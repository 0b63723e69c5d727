"""Who may do what: every operation by every role, every restricted field on every surface, read from one table."""

from __future__ import annotations

import dataclasses
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from registry import commands as c
from registry import fields
from registry import queries as q
from registry.access import NO_RIGHT, RIGHTS, SEES, Right, Role
from registry.actions import ACTIONS, ANSWERS
from registry.app import Registry
from registry.errors import Invalid, NotAllowed, RegistryError
from registry.fields import PEOPLE
from registry.search.names import Names
from registry.transfer.options import ImportOptions
from tests.registry import post as posts
from tests.registry.operations import BEYOND_THE_RIGHT, COMMANDS, OPERATIONS, QUERIES, Desk
from tests.registry.post import ANA, BO, PASSWORD, RESTRICTED, RESTRICTED_CODES, SEALED, STAFF, Post

SEES_NOT = [role for role in Role if SEES[role] < 2]
READS_NOT_ALL = [role for role in SEES_NOT if Right.READ in RIGHTS[role]]


def somebody(role: Role) -> str:
    return next(name for name, theirs in STAFF.items() if theirs == role)


@pytest.fixture(scope="module")
def desk(post_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("desk")
    made = Desk(folder, None)
    with Registry.open(post_template, "amel", PASSWORD) as admin:
        made.plan = admin.read(q.PlanImport(made.source, ImportOptions()))
    return made


@pytest.fixture(scope="module")
def signed_in(post_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Role, Registry]]:
    """One registry a role, of which only allowed operations change anything."""
    with posts.cheap_keys():
        made = {role: Post(post_template, tmp_path_factory.mktemp("role") / "post") for role in Role}
        yield {role: copy.open(somebody(role)) for role, copy in made.items()}
        for copy in made.values():
            copy.close()


def test_every_operation_is_tried() -> None:
    assert set(COMMANDS) == set(ACTIONS)
    assert set(QUERIES) == set(ANSWERS)


def state(registry: Registry) -> object:
    """What anybody may read of the state of a registry."""
    lines = registry.read(q.Check()).lines
    return dict(registry.read(q.GetSettings())), [(line.code, line.ok, line.count) for line in lines]


def carry_out(registry: Registry, operation: type, desk: Desk) -> None:
    if operation in COMMANDS:
        registry.execute(COMMANDS[operation](desk))
    else:
        registry.read(QUERIES[operation](desk))


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: str(operation.__name__))
@pytest.mark.parametrize("role", Role)
def test_every_operation_by_every_role(
    signed_in: dict[Role, Registry], desk: Desk, role: Role, operation: type
) -> None:
    registry = signed_in[role]
    right = (ACTIONS[operation] if operation in ACTIONS else ANSWERS[operation]).right
    if right in RIGHTS[role]:
        try:
            carry_out(registry, operation, desk)
        except RegistryError as refused:
            answer = operation, type(refused), refused.message
            assert answer in BEYOND_THE_RIGHT
    else:
        before = state(registry)
        with pytest.raises(NotAllowed) as caught:
            carry_out(registry, operation, desk)
        assert caught.value.message == NO_RIGHT
        assert caught.value.exit_status == 3
        assert state(registry) == before


def test_without_the_check_the_matrix_would_turn_red(post: Post, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    manager = post.open("mara")
    monkeypatch.setattr("registry.access.Session.may", lambda *_: True)
    assert manager.execute(COMMANDS[c.AddRecord](desk)).value.number


def test_protected_values_are_in_no_preset_and_come_by_grant(post: Post) -> None:
    for name in ("amel", "clara", "otto", "mara", "aude"):
        for command in (c.SetProtected(ANA, "safe_contact", "x"), c.OpenProtected(ANA, "reason")):
            registry = post.open(name)
            registry.confirm(PASSWORD)
            with pytest.raises(NotAllowed):
                registry.execute(command)
    petra = post.open("petra")
    petra.confirm(PASSWORD)
    assert petra.execute(c.OpenProtected(ANA, "reason")).value == {"safe_contact": SEALED}


# --- fields -------------------------------------------------------------------------------------------------


def marks(answer: object) -> list[str]:
    """The restricted values that can be read in an answer, whatever its shape."""
    return [value for value in (*RESTRICTED.values(), SEALED) if value in repr(answer)]


def test_the_restricted_fields_are_those_that_are_tried() -> None:
    assert {f.name for f in fields.of(PEOPLE) if f.sensitivity >= 2} == {*RESTRICTED, *RESTRICTED_CODES}


def test_who_may_see_a_restricted_field_does(post: Post) -> None:
    for name in ("clara", "amel"):
        record = post.open(name).read(q.GetRecord("people", ANA))
        assert {n: record.values[n] for n in RESTRICTED if n != "notes"} == {
            n: v for n, v in RESTRICTED.items() if n != "notes"
        }


Surface = Callable[[Registry, str, Path], object]


def _exported(registry: Registry, name: str, folder: Path) -> str:
    text = ""
    for columns in ((), ("full_name",)):
        path = folder / f"{name}{len(columns)}.csv"
        registry.execute(c.ExportRecords("people", "", path, "test", columns=columns))
        text += path.read_text(encoding="utf-8")
    return text


def _history(registry: Registry, _name: str, _folder: Path) -> object:
    return [registry.read(q.GetHistory(i)) for i in (None, ANA)]


def _letters(registry: Registry, _name: str, folder: Path) -> object:
    from pypdf import PdfReader

    path = folder / "letters.pdf"
    try:
        registry.execute(c.WriteLetters("Exemple", "annual-forum", path, "test"))
    except RegistryError as refused:
        return str(refused)
    return [page.extract_text() for page in PdfReader(path).pages]


def _skills(registry: Registry, name: str, folder: Path) -> object:
    path = folder / f"{name}.xlsx"
    registry.execute(c.WriteSkillsWorkbook("", path, "test"))
    with zipfile.ZipFile(path) as book:
        return "".join(book.read(part).decode() for part in book.namelist())


SURFACES: dict[str, Surface] = {
    "record": lambda r, _n, _f: r.read(q.GetRecord("people", ANA)),
    "records": lambda r, _n, _f: r.read(q.GetRecords("people", (ANA, BO))),
    "column asked for": lambda r, n, _f: r.read(q.GetRecords("people", (ANA,), (n, f"{n}.2"))),
    "history": _history,
    "export": _exported,
    "skills workbook": _skills,
    "letters": _letters,
    "search": lambda r, n, _f: [r.read(q.Search(f'"{RESTRICTED[n]}"', plain=plain)) for plain in (False, True)],
    "list": lambda r, n, _f: r.read(q.ListIds("people", f'"{RESTRICTED[n]}"')),
    "activities": lambda r, _n, _f: r.read(q.ListActivities("people", ANA)),
}


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("role", READS_NOT_ALL)
@pytest.mark.parametrize("name", RESTRICTED)
def test_a_restricted_field_is_absent_from_every_surface(
    signed_in_fresh: dict[Role, Registry], tmp_path: Path, name: str, role: Role, surface: str
) -> None:
    answer = SURFACES[surface](signed_in_fresh[role], name, tmp_path)
    if surface in ("search", "list"):
        assert "total=1" not in repr(answer)
        assert answer in ([], _empty_list(answer)) or "total=0" in repr(answer)
    else:
        assert marks(answer) == []


def _empty_list(answer: object) -> object:
    return answer if not len(answer) else None  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def signed_in_fresh(post_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Role, Registry]]:
    """Everybody in one registry in which a clerk has just exported by a restricted value."""
    made = Post(post_template, tmp_path_factory.mktemp("fields") / "post")
    query = f"document.number:{RESTRICTED['document.number']}"
    made.open("clara").execute(c.ExportRecords("people", query, made.folder.parent / "one.csv", "a check"))
    yield {role: made.open(somebody(role)) for role in Role}
    made.close()


def test_the_marks_can_be_found(signed_in_fresh: dict[Role, Registry], tmp_path: Path) -> None:
    """The same surfaces show the values to a clerk: the tests above look where something is."""
    clerk = signed_in_fresh[Role.CLERK]
    for surface in ("record", "records", "history", "export", "activities"):
        assert marks(SURFACES[surface](clerk, "notes", tmp_path)), surface
    assert marks(clerk.read(q.GetHistory()))  # the query of the export


@pytest.mark.parametrize("role", READS_NOT_ALL)
def test_restricted_codes_are_absent_by_their_names(
    signed_in_fresh: dict[Role, Registry], tmp_path: Path, role: Role
) -> None:
    clerk, registry = signed_in_fresh[Role.CLERK], signed_in_fresh[role]
    assert clerk.read(q.GetRecord("people", ANA)).values.keys() >= RESTRICTED_CODES.keys()
    assert not registry.read(q.GetRecord("people", ANA)).values.keys() & RESTRICTED_CODES.keys()
    headers = _exported(registry, "codes", tmp_path).splitlines()[0].split(",")
    assert not set(headers) & RESTRICTED_CODES.keys()
    assert [ch.field.name for o in registry.read(q.GetHistory(ANA)).operations for ch in o.changes
            if ch.field.name in RESTRICTED_CODES and not ch.hidden] == []  # fmt: skip


@pytest.mark.parametrize("role", READS_NOT_ALL)
@pytest.mark.parametrize("name", [*RESTRICTED, *RESTRICTED_CODES])
def test_a_restricted_field_is_no_word_of_a_query_and_no_column(
    signed_in_fresh: dict[Role, Registry], tmp_path: Path, name: str, role: Role
) -> None:
    registry = signed_in_fresh[role]
    asked: list[Callable[[], object]] = [
        lambda: registry.read(q.ListIds("people", f"{name}:{(RESTRICTED | RESTRICTED_CODES)[name]}")),
        lambda: registry.read(q.Search(f"{name}:any")),
        lambda: registry.read(q.ListIds("people", "", sort=name)),
        lambda: registry.read(q.Facets("people", "", (name,))),
        lambda: registry.execute(c.ExportRecords("people", "", tmp_path / "x.csv", "r", columns=(name,))),
        lambda: registry.execute(c.EditRecord("people", ANA, {name: "x"})),
    ]
    for ask in asked:
        with pytest.raises((Invalid, NotAllowed)) as caught:
            ask()
        assert marks(str(caught.value)) == []
        known = fields.by_name(PEOPLE)[name]
        if caught.value.message != NO_RIGHT:
            assert known.title not in str(caught.value)
    names = Names(PEOPLE, registry.session)
    assert not names.knows(name)
    assert fields.by_name(PEOPLE)[name].title not in names.nearest(name)


def test_the_auditor_sees_who_when_what_and_field_names_never_values(
    signed_in_fresh: dict[Role, Registry],
) -> None:
    auditor = signed_in_fresh[Role.AUDITOR]
    of_one = auditor.read(q.GetHistory(ANA)).operations
    assert {o.user for o in of_one} == {"amel", "clara", "petra"}
    assert {change.field.name for o in of_one for change in o.changes} >= {"notes", "title", "full_name"}
    assert all((change.old, change.new, change.hidden) == ("", "", True) for o in of_one for change in o.changes)
    everything = auditor.read(q.GetHistory()).operations
    assert all(o.note is None for o in everything)
    for answer in (of_one, everything):
        assert marks([dataclasses.replace(o, changes=()) for o in answer]) == []


def test_a_reason_is_shown_to_managers_and_a_query_only_to_who_sees_all_or_asked(
    signed_in_fresh: dict[Role, Registry], tmp_path: Path
) -> None:
    manager = signed_in_fresh[Role.MANAGER]
    manager.execute(c.ExportRecords("people", "city:Lyon", tmp_path / "m.csv", "my own"))
    notes = [o.note for o in manager.read(q.GetHistory()).operations if o.code == "export" and o.note]
    by_reason = {str(note["reason"]): note for note in notes}
    assert by_reason["my own"]["query"] == "city:Lyon"
    assert "query" not in by_reason["a check"]


def test_raw_text_of_a_restricted_field_is_restricted(post: Post, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = [f"Fay Person {year},203{year}-05-17" for year in range(9)]
    path.write_text(
        "\n".join(["Full name,Passport expiry", *rows, "Eve Imported,sometime whispered"]), encoding="utf-8"
    )
    clerk = post.open("clara")
    plan = clerk.read(q.PlanImport(path, ImportOptions()))
    clerk.execute(c.ImportRecords(plan))
    found = clerk.read(q.Search("Eve")).results[0].id
    assert "whispered" in repr(clerk.read(q.GetRecord("people", found)))
    for name in ("mara", "otto"):
        registry = post.open(name)
        assert "whispered" not in repr(registry.read(q.GetRecord("people", found)))
        assert "whispered" not in repr(registry.read(q.GetHistory(found)))
        assert "whispered" not in _exported(registry, name, tmp_path)
        assert registry.read(q.Search("whispered")).total == 0


def test_an_outreach_officer_writes_consents_and_nothing_else(post: Post) -> None:
    officer = post.open("otto")
    assert officer.execute(c.EditRecord("people", BO, {"consent.elections.letter": "given"})).value
    for name in ("full_name", "phone", "address.city", "state"):
        with pytest.raises(NotAllowed, match="does not allow changing"):
            officer.execute(c.EditRecord("people", BO, {name: "x"}))
    with pytest.raises(Invalid, match="is not a field"):
        officer.execute(c.EditRecord("people", BO, {"notes": "x"}))
    with pytest.raises(NotAllowed):
        post.open("clara").execute(c.EditRecord("people", BO, {"number": "x"}))
