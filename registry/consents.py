"""What a person agreed to, from when, until when: which answer counts today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_

from db.models import consent
from db.records import RecordRows, Row
from registry import fields
from registry.drafts import Draft

GIVEN, REFUSED = "given", "refused"
#: Above every digit and dash, so that 2030 counts until its last day.
_AFTER = "~"
#: What is known of an answer beside itself, as long as nothing is.
_UNKNOWN: dict[str, object] = dict.fromkeys(
    ("decided_on", "how", "text_version", "language", "taken_by", "expires", "withdrawn_on")
)
#: The columns that `of_row` reads.
COLUMNS = ("purpose", "channel", "status", *_UNKNOWN)


@dataclass(frozen=True)
class Consent:
    """One answer; what is not known of it is "".

    Attributes:
        purpose, channel: what was asked.
        status: "given" or "refused".
        decided_on, expires, withdrawn_on: partial dates.
        how, language: codes.
        text_version: of the text that was shown.
        taken_by: who took it or was its witness.
    """

    purpose: str
    channel: str
    status: str
    decided_on: str = ""
    how: str = ""
    text_version: str = ""
    language: str = ""
    taken_by: str = ""
    expires: str = ""
    withdrawn_on: str = ""

    @property
    def name(self) -> str:
        """Canonical name of the field that it answers."""
        return f"{fields.CONSENT}.{self.purpose}.{self.channel}"

    @property
    def ran_out(self) -> bool:
        """Whether the day until which it was given has passed."""
        return bool(self.expires) and self.expires + _AFTER < date.today().isoformat()

    @property
    def counts(self) -> bool:
        """Whether it is an answer today; one that ran out has to be asked for again."""
        return not (self.status == GIVEN and self.ran_out)


def counting_of(answers: Sequence[str | None], until: Sequence[object]) -> list[str | None]:
    """The answers of many, by column, None for those that do not count any more."""
    pairs = [*zip(answers, until, strict=True)]
    known = {(said, day): Consent("", "", said or "", expires=str(day or "")).counts for said, day in set(pairs)}
    return [pair[0] if known[pair] else None for pair in pairs]


def of_row(row: Mapping[str, object]) -> Consent:
    """The answer that a row keeps."""
    return Consent(**{column: str(row[column] or "") for column in COLUMNS})


def counting() -> ColumnElement[bool]:
    """The condition `Consent.counts` on rows."""
    until = consent.c.expires.concat(_AFTER)
    return or_(consent.c.status != GIVEN, consent.c.expires.is_(None), until >= date.today().isoformat())


def is_refusal(name: str, value: object) -> bool:
    """Whether a value of a field or group of fields refuses a use of the data, which counts before what was given."""
    return value == REFUSED and name.startswith(f"{fields.CONSENT}.")


def anew(row: Row | None, values: Row) -> Row:
    """Values for a row, without what was known of another answer that they replace."""
    changed = row is not None and "status" in values and values["status"] != row["status"]
    return {**_UNKNOWN, **values} if changed else values


def settle(draft: Draft, existing: RecordRows) -> None:
    """Answers typed into a form: those that count already are no news, the others were given today."""
    for at in [at for at in draft.rows if fields.table_of(at[0]) == fields.CONSENT]:
        values = draft.rows[at]
        before = next((of_row(row) for row in existing.get(at[0], ())), None)
        if before is not None and before.counts and before.status == values["status"]:
            del draft.rows[at]
        elif values["status"] is not None:
            draft.rows[at] = {**_UNKNOWN, **values, "decided_on": date.today().isoformat()}
