"""What people read or hear before they agree: versions by language, never changed once they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from db.models import consent_text
from registry import vocabularies
from registry.commands import SaveConsentText
from registry.context import Context, View
from registry.errors import Invalid
from registry.i18n import N_
from registry.kinds import NOT_IN_LIST, TEXT, Situation
from registry.queries import ListConsentTexts

NOTHING_WRITTEN = N_("Write the text that people are shown.")
NO_VERSION = N_("Give the version a short name, such as 2026-1.")
KEPT = N_(
    "Version {version} is kept with another text, on which people may have agreed. Give the new text another name."
)


@dataclass(frozen=True)
class ConsentText:
    """One text.

    Attributes:
        purpose, language: codes.
        written_on: the day on which it was kept.
    """

    purpose: str
    version: str
    language: str
    text: str
    written_on: str


def save_consent_text(context: Context, command: SaveConsentText) -> bool:
    """Keep a text; False if it is kept already."""
    codes = {name: vocabularies.get(vocabulary).find(getattr(command, name)) for name, vocabulary in _LISTS.items()}
    for name, code in codes.items():
        if code is None:
            raise Invalid(NOT_IN_LIST, field=name, text=getattr(command, name)[:40])
    version = " ".join(command.version.split())
    text = TEXT.read(command.text, Situation(), "") if command.text.strip() else ""
    if not text:
        raise Invalid(NOTHING_WRITTEN, field="text")
    if not version or len(version) > _LONGEST:
        raise Invalid(NO_VERSION, field="version")
    found = text_of(context, str(codes["purpose"]), version, str(codes["language"]))
    if found is not None:
        if found.text != text:
            raise Invalid(KEPT, field="version", version=version)
        return False
    row: dict[str, object] = {**codes, "version": version, "text": text, "written_on": date.today().isoformat()}
    context.transaction.insert(consent_text, [row])
    return True


def list_consent_texts(view: View, query: ListConsentTexts) -> tuple[ConsentText, ...]:
    """The texts that are kept, newest first."""
    chosen = select(consent_text).order_by(consent_text.c.id.desc())
    if query.purpose:
        chosen = chosen.where(consent_text.c.purpose == query.purpose)
    return tuple(_of_row(row) for row in view.connection.execute(chosen))


def text_of(view: View, purpose: str, version: str, language: str) -> ConsentText | None:
    """The text on which somebody agreed; None if that version is not kept."""
    here = (consent_text.c.purpose == purpose) & (consent_text.c.version == version)
    row = view.connection.execute(select(consent_text).where(here, consent_text.c.language == language)).first()
    return _of_row(row) if row is not None else None


def _of_row(row: object) -> ConsentText:
    names = ("purpose", "version", "language", "text", "written_on")
    return ConsentText(**{name: getattr(row, name) for name in names})


_LISTS = {"purpose": "consent_purpose", "language": "language"}
_LONGEST = 40
