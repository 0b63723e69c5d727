"""Who may do what: rights by role and fields by sensitivity, denied unless listed here (SECURITY.md, "Rights")."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from registry.fields import Field
from registry.i18n import N_

NO_RIGHT = N_("Your role does not allow this. Ask an administrator.")


class Role(StrEnum):
    """A preset of rights given to a member of staff."""

    CLERK = "clerk"
    OUTREACH = "outreach"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Right(StrEnum):
    """One thing a role may do."""

    READ = "read"
    EDIT = "edit"
    EDIT_OUTREACH = "edit_outreach"
    MERGE = "merge"
    IMPORT = "import"
    EXPORT = "export"
    WRITE_LETTERS = "write_letters"
    KEEP_SEGMENTS = "keep_segments"
    ESTIMATE = "estimate"
    UNDO = "undo"
    UNDO_OTHERS = "undo_others"
    SEE_HISTORY = "see_history"
    CHECK = "check"
    BACKUP = "backup"
    STAFF = "staff"
    SETTINGS = "settings"
    ERASE = "erase"
    OWN_ACCOUNT = "own_account"
    PROTECTED = "protected"


ROLE_LABELS = {
    Role.CLERK: N_("Clerk"),
    Role.OUTREACH: N_("Outreach officer"),
    Role.MANAGER: N_("Manager"),
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.AUDITOR: N_("Auditor"),
}

_EVERYBODY = frozenset({Right.OWN_ACCOUNT, Right.CHECK})

#: The one table of operation rights by role. `PROTECTED` is in no preset: it comes by a named grant.
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CLERK: _EVERYBODY
    | {Right.READ, Right.EDIT, Right.EDIT_OUTREACH, Right.MERGE, Right.IMPORT, Right.EXPORT, Right.KEEP_SEGMENTS}
    | {Right.UNDO, Right.SEE_HISTORY},
    Role.OUTREACH: _EVERYBODY
    | {Right.READ, Right.EDIT_OUTREACH, Right.EXPORT, Right.WRITE_LETTERS, Right.KEEP_SEGMENTS}
    | {Right.UNDO, Right.SEE_HISTORY},
    Role.MANAGER: _EVERYBODY
    | {Right.READ, Right.EXPORT, Right.KEEP_SEGMENTS, Right.ESTIMATE, Right.UNDO, Right.SEE_HISTORY},
    Role.ADMINISTRATOR: frozenset(Right) - {Right.PROTECTED},
    Role.AUDITOR: _EVERYBODY | {Right.SEE_HISTORY},
}

#: The highest sensitivity of fields that a role sees; -1 = no field of any record.
SEES: dict[Role, int] = {
    Role.CLERK: 2,
    Role.OUTREACH: 1,
    Role.MANAGER: 1,
    Role.ADMINISTRATOR: 2,
    Role.AUDITOR: -1,
}

#: Taking data of more people than this out asks for the password again, and for a reason.
CONFIRM_ABOVE = 50


@dataclass(frozen=True)
class Session:
    """Who is signed in.

    Attributes:
        user_id: id of the account, 0 for the program itself.
        name: sign-in name.
        role: preset of rights.
        protected: whether the named grant for protected fields was given.
        recovering: signed in with a recovery key, which only helps staff back to their accounts.
    """

    user_id: int
    name: str
    role: Role
    protected: bool = False
    recovering: bool = False

    def may(self, right: Right) -> bool:
        """Whether this user has `right`."""
        if self.recovering:
            return right in (Right.STAFF, Right.OWN_ACCOUNT)
        return right in RIGHTS[self.role] or (right is Right.PROTECTED and self.protected)

    def sees(self, field: Field) -> bool:
        """Whether this user may see `field` at all; one that may not be seen is absent everywhere."""
        return self.clears(field.sensitivity)

    def clears(self, sensitivity: int) -> bool:
        """Whether this user may see what has this sensitivity."""
        return not self.recovering and sensitivity <= SEES[self.role]

    def edits(self, field: Field) -> bool:
        """Whether this user may change `field`."""
        if not field.editable or not self.sees(field):
            return False
        return self.may(Right.EDIT_OUTREACH if field.outreach else Right.EDIT)
