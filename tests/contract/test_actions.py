"""Every command and every question has its place in one table: right, words, handler."""

from __future__ import annotations

import dataclasses
import inspect

import pytest

from registry import commands, i18n, queries
from registry.access import RIGHTS, ROLE_LABELS, SEES, Right, Role
from registry.actions import ACTIONS, ANSWERS, OTHER_LABELS, label
from registry.commands import Command
from registry.queries import Query

#: Rights that no role has by itself, and why.
BY_GRANT = {Right.PROTECTED: "protected values open by a named grant only"}


def described(module: object, parent: type) -> set[type]:
    return {
        found
        for found in vars(module).values()
        if inspect.isclass(found) and issubclass(found, parent) and found is not parent
    }


def test_every_command_is_an_action_and_every_query_has_an_answer() -> None:
    assert described(commands, Command) == set(ACTIONS)
    assert described(queries, Query) == set(ANSWERS)


@pytest.mark.parametrize("operation", [*ACTIONS, *ANSWERS], ids=lambda operation: str(operation.__name__))
def test_what_is_asked_is_frozen_and_explained(operation: type) -> None:
    assert dataclasses.is_dataclass(operation)
    assert operation.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert operation.__doc__
    assert not operation.__doc__.startswith(operation.__name__ + "(")
    for field in dataclasses.fields(operation):
        if field.name == "password" or (operation is commands.SetProtected and field.name == "text"):
            assert not field.repr, "a secret shows in no text"


@pytest.mark.parametrize("operation", [*ACTIONS, *ANSWERS], ids=lambda operation: str(operation.__name__))
def test_a_handler_imports_and_takes_what_it_is_given(operation: type) -> None:
    entry = ACTIONS[operation] if operation in ACTIONS else ANSWERS[operation]
    assert len(inspect.signature(entry.run).parameters) == 2
    assert entry.run.__doc__
    assert isinstance(entry.right, Right)


def test_codes_stand_once_and_have_words_in_every_language() -> None:
    codes = [action.code for action in ACTIONS.values()]
    assert len(set(codes)) == len(codes)
    catalogue = i18n._catalogue("fr")
    for code in (*codes, *OTHER_LABELS):
        assert label(code) != code
        assert catalogue._catalog.get(label(code)), f"not in the French catalogue: {label(code)}"  # type: ignore[attr-defined]


def test_what_cannot_be_undone_changes_no_record_or_says_why() -> None:
    fixed = {action.code for action in ACTIONS.values() if not action.undoable}
    assert fixed == {
        *("erase_record", "open_protected", "export", "save_attachment", "skills", "letters", "load_demonstration"),
        *("add_user", "change_user", "disable_user", "renew_recovery_keys", "set_password"),
        *("make_backup", "keep_backup", "check_backup", "look_at_segment"),
        *("find_duplicates", "compare_changed", "export_duplicates", "write_form", "map", "home_map", "statistics"),
        *("print_campaign", "write_messages", "send_messages", "write_coverage", "write_visits", "report"),
        # What was issued is out, and its serial number is used up.
        *("labels", "envelopes", "registered_mail", "attendance", "certificate", "extract"),
    }
    reading = {action.code for action in ACTIONS.values() if not action.writes}
    assert reading == {
        *("export", "save_attachment", "skills", "make_backup", "keep_backup", "check_backup", "export_duplicates"),
        *("write_form", "map", "home_map", "statistics", "labels", "envelopes", "registered_mail", "attendance"),
        *("extract", "write_coverage", "write_visits", "report"),
    }
    untraced = {action.code for action in ACTIONS.values() if not action.traced}
    assert untraced == {"keep_backup", "look_at_segment", "find_duplicates", "compare_changed", "write_form"}


def test_every_right_is_given_to_somebody_or_comes_by_grant() -> None:
    given = set().union(*RIGHTS.values())
    assert set(Right) - given == set(BY_GRANT)
    assert not given & set(BY_GRANT)


def test_every_right_is_needed_by_something() -> None:
    needed = {action.right for action in ACTIONS.values()} | {answer.right for answer in ANSWERS.values()}
    assert set(Right) - needed == {Right.UNDO_OTHERS}  # asked for by the handler, by whose operation it is


def test_every_role_has_its_row_in_each_table() -> None:
    assert set(RIGHTS) == set(SEES) == set(ROLE_LABELS) == set(Role)


def test_the_presets_are_those_that_were_decided() -> None:
    """SECURITY.md, "Rights"."""
    assert SEES == {Role.CLERK: 2, Role.OUTREACH: 1, Role.MANAGER: 1, Role.ADMINISTRATOR: 2, Role.AUDITOR: -1}
    for role in (Role.OUTREACH, Role.MANAGER, Role.AUDITOR):
        assert not RIGHTS[role] & {Right.EDIT, Right.IMPORT, Right.ERASE, Right.STAFF, Right.SETTINGS}
    for right in (Right.STAFF, Right.SETTINGS, Right.ERASE, Right.UNDO_OTHERS, Right.BACKUP):
        assert [role for role in Role if right in RIGHTS[role]] == [Role.ADMINISTRATOR]
    assert Right.READ not in RIGHTS[Role.AUDITOR]
    assert Right.EXPORT in RIGHTS[Role.MANAGER]
