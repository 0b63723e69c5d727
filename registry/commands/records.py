"""Changes of records: added, edited, related, coded, erased, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from registry.commands.command import Command

# Results are named in strings: the modules that make them are imported when they are first used.
if TYPE_CHECKING:
    from registry.registration.outcomes import Treated  # noqa: F401
    from registry.undoing import Undone  # noqa: F401


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
class SetField(Command["Treated"]):
    """Write one value into a field of several records, or "" to empty it; those for which it cannot be are left.

    Attributes:
        field: canonical name, one of `registry.several.settable`.
        text: as typed.
    """

    kind: str
    ids: tuple[int, ...]
    field: str
    text: str


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
