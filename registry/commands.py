"""Every change and every taking-out of data, as a frozen command. What each needs and does: actions.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.backups import BackupChecked, BackupMade  # noqa: F401
    from registry.outreach.campaigns import LettersResult  # noqa: F401
    from registry.profiles.definition import Template
    from registry.registration.outcomes import Followed, Treated  # noqa: F401
    from registry.skills.workbook import SkillsWorkbook  # noqa: F401
    from registry.transfer.apply import ImportResult  # noqa: F401
    from registry.transfer.plan import Plan
    from registry.undoing import Undone  # noqa: F401
    from registry.vocabularies.terms import TermsImported  # noqa: F401

Result = TypeVar("Result", covariant=True)


class Command(Generic[Result]):
    """Something to do; `Registry.execute` gives back a `Result`."""


@dataclass(frozen=True)
class RecordAdded:
    """The new record's id and registration number."""

    id: int
    number: str


@dataclass(frozen=True)
class AddRecord(Command[RecordAdded]):
    """Add one person or association.

    Attributes:
        kind: "people" or "associations".
        texts: canonical field name -> text, as typed.
    """

    kind: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class EditRecord(Command[bool]):
    """Change fields of one record; the result is False if nothing was different.

    Attributes:
        version: the version that was read; another one now means `Conflict`. None = do not ask.
        texts: canonical field name -> new text; "" empties the field.
    """

    kind: str
    id: int
    texts: Mapping[str, str]
    version: int | None = None


@dataclass(frozen=True)
class DeleteRecords(Command[int]):
    """Remove records; can be undone. The result is their number."""

    kind: str
    ids: tuple[int, ...]


@dataclass(frozen=True)
class Relate(Command[bool]):
    """Write down that `relative_id` is a relative of `id`, once for both; False if it is known already.

    Attributes:
        kind: what the relative is to the person, as a code or word of the vocabulary "relation".
    """

    id: int
    relative_id: int
    kind: str


@dataclass(frozen=True)
class SetHousehold(Command[int]):
    """Put people into one household; "" moves them out of theirs. The result is how many it changed."""

    ids: tuple[int, ...]
    name: str


@dataclass(frozen=True)
class AddAttachment(Command[int]):
    """Keep a file inside the register; a new photo or signature takes the place of the old one. The result is its id.

    Attributes:
        kind: code or word of the vocabulary "attachment".
        path: where the file stands now; not kept.
        title: what it is called; may be empty for photo and signature.
    """

    id: int
    kind: str
    path: Path
    title: str = ""


@dataclass(frozen=True)
class RemoveAttachment(Command[bool]):
    """Remove one file of a record; can be undone."""

    attachment_id: int


@dataclass(frozen=True)
class SaveAttachment(Command[int]):
    """Write a copy of a file outside the register; leaves a trace. The result is its size in bytes."""

    attachment_id: int
    path: Path


@dataclass(frozen=True)
class LogActivity(Command[int]):
    """Write down one dealing with one or more records; the result is how many.

    Attributes:
        kind: "people" or "associations".
        texts: names of activity fields -> text; without a date it was today, without a member of staff oneself.
    """

    kind: str
    ids: tuple[int, ...]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class CompleteFollowUp(Command[bool]):
    """Write down that a follow-up was done; False if it was already. "" as the day means today."""

    activity_id: int
    on: str = ""


@dataclass(frozen=True)
class AnswerConcern(Command[bool]):
    """Write down when a concern was answered and by whom; "" means today, and oneself."""

    activity_id: int
    on: str = ""
    by: str = ""


@dataclass(frozen=True)
class RecordConsent(Command[bool]):
    """Write down an answer for one purpose by some channels, in place of those before; False if all was known.

    Attributes:
        purpose, channels, how, language: codes or words of their vocabularies.
        status: "given" or "refused".
        on: partial date of the answer; "" = not known.
        text_version: which version of the text was shown.
        taken_by: who took it, or witnessed it; "" = oneself.
        expires: partial date until the end of which it counts; "" = until it is withdrawn.
    """

    id: int
    purpose: str
    channels: tuple[str, ...]
    status: str
    how: str = ""
    on: str = ""
    text_version: str = ""
    language: str = ""
    taken_by: str = ""
    expires: str = ""


@dataclass(frozen=True)
class WithdrawConsent(Command[int]):
    """Refuse from a day on what was given, for one purpose or ("") for all; the result is how many it were."""

    id: int
    purpose: str = ""
    on: str = ""


@dataclass(frozen=True)
class EraseRecord(Command[bool]):
    """Remove one record and all that the history holds of it, for good."""

    id: int
    reason: str = ""


@dataclass(frozen=True)
class ConfirmRegistration(Command["Treated"]):
    """Confirm registrations today: active again, valid anew, notices cleared.

    Attributes:
        until: a day until which they are valid; "" = by the registry's setting `validity_years`.
    """

    ids: tuple[int, ...]
    until: str = ""


@dataclass(frozen=True)
class RecordNotice(Command["Treated"]):
    """Write down that the next notice went out: the first, and `notice_days` later the second."""

    ids: tuple[int, ...]


@dataclass(frozen=True)
class LapseRegistrations(Command["Treated"]):
    """Let registrations lapse that ran out and were given two notices; others are left, and it is said why."""

    ids: tuple[int, ...]


@dataclass(frozen=True)
class MovePerson(Command["Followed"]):
    """Close somebody's address and write down the new one.

    Attributes:
        texts: canonical names of address fields, and `consular_district` -> text, as typed.
        since: the day of the move.
        household: also those of the household who live at the same address.
    """

    id: int
    texts: Mapping[str, str]
    since: str
    household: bool = False


@dataclass(frozen=True)
class TransferPerson(Command["Followed"]):
    """Hand a registration over to another post, from a day on."""

    id: int
    post: str
    since: str


@dataclass(frozen=True)
class ReturnPerson(Command["Followed"]):
    """Somebody went home for good: addresses abroad end on that day.

    Attributes:
        since: the day of the return.
        reachable: consents stay as they are; False = the person is not to be written to any more.
        texts: the address at home, as of `MovePerson`; may be empty.
    """

    id: int
    since: str
    reachable: bool = True
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RecordDeath(Command["Followed"]):
    """Somebody died: what was going on ends on that day, and nothing is sent any more.

    Attributes:
        died_on: the day, or what is known of it.
        source: from where that is known.
    """

    id: int
    died_on: str
    source: str = ""


@dataclass(frozen=True)
class MarkUntraceable(Command["Followed"]):
    """Nobody knows where somebody lives: the address counts as one from which mail comes back."""

    id: int
    reason: str


@dataclass(frozen=True)
class SetProtected(Command[bool]):
    """Seal a protected value; "" removes it."""

    id: int
    name: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class OpenProtected(Command[Mapping[str, str]]):
    """Open the protected values of one person; leaves a trace."""

    id: int
    reason: str


@dataclass(frozen=True)
class Undo(Command["Undone"]):
    """Take one operation back.

    Attributes:
        batch: its number; None = this user's last one that can be undone.
        force: also records changed since.
    """

    batch: int | None = None
    force: bool = False


@dataclass(frozen=True)
class ImportRecords(Command["ImportResult"]):
    """Carry out a plan, exactly."""

    plan: Plan


@dataclass(frozen=True)
class ExportRecords(Command[int]):
    """Write records to a file; the result is their number.

    Attributes:
        query: query language; "" = all.
        ids: only these, when not None.
        columns: canonical names in order; () = all that have a value.
        reason: why the data leaves the registry.
    """

    kind: str
    query: str
    path: Path
    reason: str
    ids: tuple[int, ...] | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class WriteSkillsWorkbook(Command["SkillsWorkbook"]):
    """Write the skills inventory to a workbook, without those who refused it.

    Attributes:
        query: query language; "" = everybody, or everybody of the preset.
        reason: why the data leaves the registry.
        preset: code of a selection that ships; "" = none.
    """

    query: str
    path: Path
    reason: str
    preset: str = ""


@dataclass(frozen=True)
class WriteLetters(Command["LettersResult"]):
    """Write one letter a recipient to one PDF and record the campaign.

    Attributes:
        purpose: consent purpose; "" = the template's own.
        language: "auto" = each person's own, else a code.
        variables: what the template's variables say instead of their defaults.
    """

    query: str
    template: str
    path: Path
    reason: str
    purpose: str = ""
    language: str = "auto"
    ids: tuple[int, ...] | None = None
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AddUser(Command[int]):
    """Give a member of staff an account; the result is its id."""

    name: str
    role: str
    password: str = field(repr=False)
    protected: bool = False


@dataclass(frozen=True)
class ChangeUser(Command[bool]):
    """Change role or grant of an account; None leaves it as it is."""

    name: str
    role: str | None = None
    protected: bool | None = None


@dataclass(frozen=True)
class DisableUser(Command[bool]):
    """Close an account for good: its key slot goes, and the registry is keyed anew for all others."""

    name: str


@dataclass(frozen=True)
class SetPassword(Command[bool]):
    """Set one's own password or, as administrator, another's."""

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class RenewRecoveryKeys(Command[tuple[str, ...]]):
    """Make new recovery keys; the printed ones open nothing any more."""


@dataclass(frozen=True)
class ChangeSetting(Command[bool]):
    """Set one setting of the registry."""

    name: str
    value: str | None


@dataclass(frozen=True)
class ImportTerms(Command["TermsImported"]):
    """Lay a ministry's own list, a CSV file or workbook, over a vocabulary.

    Attributes:
        vocabulary: name of the list: "isco", "skill" …
        language: of a plain column of labels; "" = told by the file's name, else English.
    """

    vocabulary: str
    path: Path
    language: str = ""


@dataclass(frozen=True)
class AddTerm(Command[str]):
    """Add one term to a vocabulary; the result is its code.

    Attributes:
        label: in the language in use.
        parent: code or label of the entry above; "" = none.
    """

    vocabulary: str
    label: str
    parent: str = ""


@dataclass(frozen=True)
class RemoveTerms(Command[int]):
    """Take terms of the registry's own out of a vocabulary."""

    vocabulary: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class CodeValue(Command[int]):
    """Give a code to every record that holds a text which waits for one; the result is the number of values.

    Attributes:
        field: canonical name of the field.
        text: as it was written.
        code: the entry of the field's vocabulary.
    """

    kind: str
    field: str
    text: str
    code: str


@dataclass(frozen=True)
class SetHostFact(Command[bool]):
    """Write down what holds in a host country.

    Attributes:
        country, topic, value: codes or labels; "" as the value removes what was known.
        source: where it is known from.
        as_of: partial date on which it held.
    """

    country: str
    topic: str
    value: str
    source: str = ""
    as_of: str = ""


@dataclass(frozen=True)
class MakeBackup(Command["BackupMade"]):
    """Write one encrypted file from which the registry can be restored, and verify it."""

    path: Path


@dataclass(frozen=True)
class KeepBackup(Command[bool]):
    """Make the day's automatic backup; False if there is one already, or somebody else is writing."""


@dataclass(frozen=True)
class CheckBackup(Command["BackupChecked"]):
    """Unpack and open a backup of this registry with one's own key, look at everything, and throw the copy away."""

    path: Path


@dataclass(frozen=True)
class SaveProfile(Command[int]):
    """Keep a profile template as a new version; the result is its number. A template in use stays in use."""

    template: Template


@dataclass(frozen=True)
class ActivateProfile(Command[bool]):
    """Ask the questions of a profile template's newest version from now on."""

    name: str


@dataclass(frozen=True)
class RetireProfile(Command[bool]):
    """Ask the questions of a profile template no longer; its answers stay."""

    name: str


@dataclass(frozen=True)
class LoadDemonstration(Command[int]):
    """Put invented records into a demonstration registry, in bulk; the result is their number.

    Attributes:
        rows: records, each canonical field name -> text.
    """

    kind: str
    rows: tuple[Mapping[str, str], ...]
