"""The letter of one recipient: names and address, what its fields say, and who sends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from registry import records
from registry.context import View
from registry.documents.addresses import Address, address_lines, names_for
from registry.documents.letters import Letter, Printing, Sender, letter_pdf
from registry.documents.pictures import files_of
from registry.documents.templates import Template
from registry.documents.tree import missing as missing_fields
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import N_, translate
from registry.outreach.codes import letter_code
from registry.outreach.letter_values import letter_values
from registry.outreach.recipients import Recipient, current_address, language_of
from registry.outreach.salutations import association_salutation, household_salutation
from registry.postal import alpha2
from registry.records import Record
from registry.settings import WINDOW
from registry.vocabularies import get as vocabulary

#: More names than this do not stand above an address.
_MOST_NAMES = 3


@dataclass(frozen=True)
class LettersPreview:
    """One letter as the PDF will be, and the fields that this recipient leaves empty."""

    pdf: bytes
    language: str
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Addressee:
    """Who opens the letter, besides the recipient.

    Attributes:
        guardian: name of a minor's guardian.
        household: the fields of others of the household who get this letter too.
        contact: the fields of who acts for an association.
    """

    guardian: str = ""
    household: tuple[Mapping[str, str], ...] = ()
    contact: Mapping[str, str] | None = None


ALONE = Addressee()


def one_letter(
    view: View,
    letter_template: Template,
    record_id: int,
    language: str,
    variables: Mapping[str, str],
    printing: Printing | None = None,
    addressee: Addressee = ALONE,
) -> LettersPreview:
    """A letter as it would be printed for one person or association; 0 = for nobody, with every value empty."""
    kind = records.kinds_of(view.connection, [record_id]).get(record_id, PEOPLE)
    found = records.load(view.connection, view.session, kind, [record_id])
    if record_id and record_id not in found:
        raise Invalid(records.NO_RECORD)
    record = found.get(record_id) or Record(PEOPLE, 0, "", 0, "", {"full_name": ""}, {})
    language = language_of(record.values, language, letter_template.languages)
    person = Recipient(record, language, current_address(record.values))
    # A code that no letter has stands where the letter will have its own.
    letter = letter_of(view, person, letter_template, addressee, code=letter_code(0, view.settings["post"]))
    pdf = letter_pdf(
        letter,
        template=letter_template,
        sender=sender_of(view, letter_template.languages),
        day=date.today(),
        variables=variables,
        images=files_of(view, letter_template),
        printing=printing_of(view, printing),
    )
    empty = missing_fields(letter_template.trees[language], letter.values).intersection(letter.values)
    return LettersPreview(pdf, language, empty)


def letter_of(
    view: View, person: Recipient, letter_template: Template, addressee: Addressee = ALONE, code: str = ""
) -> Letter:
    """What the press prints for a recipient; `code` as of `codes.letter_code`."""
    values, address = _said(person.record), person.address
    country = view.settings["country"]
    names = _names(values, addressee, address)
    lines = tuple(address_lines(address, names, posting_country=country, language=person.language))
    said = letter_values(
        values,
        number=person.record.number,
        city=address.city,
        address_lines=lines,
        used=letter_template.fields,
        language=person.language,
        country=alpha2(country),
        day=date.today(),
    )
    if person.record.kind == ASSOCIATIONS:
        said["salutation"] = association_salutation(person.record.name, addressee.contact, person.language)
        said["association"] = person.record.name
    elif addressee.household:
        said["salutation"] = household_salutation((values, *addressee.household), person.language)
    elif addressee.guardian:
        said["salutation"] = household_salutation(({"full_name": addressee.guardian},), person.language)
    return Letter(person.language, lines, said, code)


def _said(record: Record) -> Mapping[str, str]:
    return record.values if record.kind == PEOPLE else {**record.values, "full_name": record.name}


def _names(values: Mapping[str, str], addressee: Addressee, address: Address) -> list[str]:
    """The lines above the address: a minor's guardian first, an association before who acts for it."""
    own = names_for(address, values["full_name"], values.get("native_name", ""))
    if addressee.guardian:
        return [addressee.guardian, *own]
    if addressee.contact is not None:
        return [*own, addressee.contact.get("full_name", "")]
    return [*own, *(member.get("full_name", "") for member in addressee.household)][:_MOST_NAMES]


def printing_of(view: View, asked: Printing | None) -> Printing:
    """As it was asked for, with the post's own envelope window where nothing else was said."""
    printing = asked or Printing()
    return replace(printing, window=printing.window or view.settings.get(WINDOW, ""))


def sender_of(view: View, languages: Sequence[str]) -> Sender:
    """The post as letters name it in each of their languages; until somebody names it, by its code."""
    settings = view.settings
    homes, posts = {}, {}
    for language in languages:
        state = vocabulary("country").label(settings["home"], language) if "home" in settings else ""
        homes[language] = settings.get(f"home_name.{language}") or settings.get("home_name") or state
        post = translate(N_("Consulate {code}"), language, code=settings["post"])
        posts[language] = settings.get(f"post_name.{language}") or settings.get("post_name") or post
    return Sender(
        homes[languages[0]],
        posts[languages[0]],
        settings["country"],
        city=settings.get("post_city", ""),
        address_lines=tuple(settings.get("post_address", "").splitlines()),
        home_names=homes,
        post_names=posts,
    )
