"""What the officer has decided about a mailing so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from registry.commands import PrepareCampaign
from registry.fields import ASSOCIATIONS, PEOPLE, by_name
from registry.i18n import N_, _, current_language
from registry.outreach.reasons import LETTER, REASONS
from registry.queries import PrepareLetters, PreviewLetter

if TYPE_CHECKING:
    from registry.documents.letters import Printing
    from registry.documents.templates import Template
    from registry.outreach.preparing import Person, Recipients

#: Fields of a letter that are none of a record's, or go by another name there.
_LABELS = {"salutation": N_("Salutation"), "city": N_("City"), "address_block": N_("Address")}


@dataclass
class Draft:
    """A mailing before it is printed.

    Attributes:
        query, ids: who was selected; ids None = all that the query finds.
        template: its id.
        language: "auto" = each person's own.
        per: to whom one goes, as of `PER`.
        channel: "letter", or "event" = an invitation.
        purpose, basis: "" = the template's own.
        variables: what the template's variables say, where the officer wrote something.
        printing: how the letters come onto paper; None = the post's envelope window, one side.
        recipients: who gets a letter and who does not; None while that is being found out.
    """

    query: str = ""
    ids: tuple[int, ...] | None = None
    template: str = ""
    language: str = "auto"
    per: str = "person"
    channel: str = LETTER
    purpose: str = ""
    basis: str = ""
    variables: dict[str, str] = field(default_factory=dict)
    printing: Printing | None = None
    recipients: Recipients | None = None

    @property
    def kind(self) -> str:
        """What the query finds."""
        return kind_of(self.per)

    def languages(self, template: Template) -> tuple[str, ...]:
        """The languages in which somebody gets the letter, in the template's order."""
        used = set(self.recipients.languages) if self.recipients is not None else set()
        wanted = used if self.language == "auto" else {self.language}
        return tuple(code for code in template.languages if code in wanted) or template.languages[:1]

    def preparation(self) -> PrepareLetters:
        """The question who gets a letter."""
        return PrepareLetters(
            self.query, self.template, self.purpose, self.language, self.ids,
            channel=self.channel, basis=self.basis, per=self.per, kind=self.kind,
        )  # fmt: skip

    def command(self) -> PrepareCampaign:
        """The campaign as it is prepared without being printed."""
        return PrepareCampaign(
            self.query, self.channel, self.template, self.purpose, self.basis, self.language, self.per, self.kind,
            self.ids, variables=dict(self.variables),
        )  # fmt: skip

    def preview(self, person: Person) -> PreviewLetter:
        """The question how somebody's letter looks."""
        return PreviewLetter(
            person.id, self.template, self.language, dict(self.variables), self.printing, self.per, person.household
        )


def kind_of(per: str) -> str:
    """Whether one goes to people or to associations; `per` as of `PER`."""
    return ASSOCIATIONS if per in ("association", "officer") else PEOPLE


def title_of(template: str) -> str:
    """A template's name in the language in use; its id where it no longer ships."""
    from registry.documents import templates

    if template not in templates.template_ids():
        return template
    titles = templates.template(template).titles
    return titles.get(current_language()) or titles["en"]


def reason_words(code: str) -> str:
    """Why somebody gets no letter."""
    return _(REASONS[code]) if code in REASONS else code


def counted_reasons(reasons: Mapping[str, int]) -> list[tuple[str, int]]:
    """(code, how many), in the order in which the reasons are looked at."""
    return [(code, reasons[code]) for code in REASONS if reasons.get(code)]


def field_words(name: str) -> str:
    """What a field of a letter is called."""
    described = by_name(PEOPLE).get(name)
    return _(_LABELS[name]) if name in _LABELS else described.title if described is not None else name
