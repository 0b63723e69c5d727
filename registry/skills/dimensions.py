"""By what people are counted: the groups of each dimension, their labels, and the query that finds one group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry import fields, vocabularies
from registry.access import Session
from registry.errors import Invalid
from registry.fields import PEOPLE, Field
from registry.i18n import N_, _
from registry.kinds import OPEN_CODE
from registry.search.tree import Node, Not, Term, all_of
from registry.search.values import BY_CODE
from registry.vocabularies import Vocabulary

#: Groups that no list has: no value at all; a text for which no code was found yet.
NOT_KNOWN, UNCODED = "", "uncoded"
NOW, LATER = "now", "later"

NO_DIMENSION = N_("“{name}” is nothing by which people can be counted.")
NO_LEVEL = N_("“{text}” is not a level of a language. Choose one from A1 to C2, or native.")
NOT_KNOWN_LABEL, UNCODED_LABEL = N_("Not known"), N_("Not coded yet")
AVAILABILITY_LABELS = {NOW: N_("Available now"), LATER: N_("Available later")}
ONLY_SO_FAR = N_("{label}, nothing closer said")
IN_ENGLISH = N_("{label} (in English)")


@dataclass(frozen=True)
class Dimension:
    """One way to count people.

    Attributes:
        code: name inside the program.
        label: catalogue message.
        field: canonical name of the field that is counted.
        depth: level of the list that codes are rolled up to; 0 = as they are.
        highest: only the highest of a person's values counts.
        dated: a date, counted as reached or still to come.
        leveled: a least level can be asked for (`language:fr>=B2`).
    """

    code: str
    label: str
    field: str
    depth: int = 0
    highest: bool = False
    dated: bool = False
    leveled: bool = False

    @property
    def described(self) -> Field:
        """The field that is counted."""
        return fields.by_name(PEOPLE)[self.field]

    @property
    def vocabulary(self) -> Vocabulary:
        """The list that the field's codes are from; KeyError for a date."""
        return vocabularies.get(self.described.vocabulary)

    @property
    def several(self) -> bool:
        """Whether one person can stand in several groups."""
        return self.described.repeats and not self.highest

    def group(self, value: str, today: str) -> str:
        """The group that a kept value belongs to."""
        if self.dated:
            # A year or month counts from its first day on, as in a query.
            return NOW if value <= today + "~" else LATER
        if not self.depth and self.described.kind is not OPEN_CODE:
            return value
        known = self.vocabulary
        if value not in known.labels:
            return UNCODED
        chain = [value, *known.ancestors(value)]
        return chain[max(len(chain) - self.depth, 0)] if self.depth else value

    def node(self, group: str, today: str, least: str = "") -> Node:
        """The query that finds exactly the people of a group; `least` as of `described_groups`."""
        name = self.field
        if group == NOT_KNOWN:
            return Not(Term(f"{name}.level", ">=", least)) if least else Term(name, ":", "none")
        if self.dated:
            return Term(name, "<=" if group == NOW else ">", today)
        if self.highest:
            return all_of((Term(name, ":", group), Not(Term(name, ">", group))))
        if self.described.kind is not OPEN_CODE:
            return Term(name, ":", f"{group}>={least}" if least else group)
        if group == UNCODED:
            return Term(name, ":", UNCODED)
        return Term(name, ":", (BY_CODE if self._is_whole(group) else BY_CODE * 2) + group)

    def label_of(self, group: str) -> str:
        """A group in the reader's words; a label that only English has says so."""
        if group == NOT_KNOWN:
            return _(NOT_KNOWN_LABEL)
        if group == UNCODED:
            return _(UNCODED_LABEL)
        if self.dated:
            return _(AVAILABILITY_LABELS[group])
        known = self.vocabulary
        label = known.label(group)
        if not known.is_translated(group):
            label = _(IN_ENGLISH, label=label)
        if self.field == "occupation":
            label = f"{group} {label}"
        return label if self.depth == 0 or self._is_whole(group) else _(ONLY_SO_FAR, label=label)

    def in_order(self, counts: dict[str, int]) -> list[str]:
        """Groups as a table lists them: as their list does or the largest first; what is not known last."""
        last = {UNCODED: 1, NOT_KNOWN: 2}
        if self.dated:
            rank = {NOW: 0, LATER: 1}
        else:
            rank = {code: place for place, code in enumerate(self.vocabulary.codes)}
            if self.vocabulary.by_label:
                rank = {code: -count for code, count in counts.items()}
        return sorted(counts, key=lambda g: (last.get(g, 0), rank.get(g, 0), g))

    def _is_whole(self, group: str) -> bool:
        """Whether the group stands for its code and all below it, not for the code alone."""
        return bool(self.depth) and self.vocabulary.level(group) == self.depth


DIMENSIONS = (
    Dimension("occupation.1", N_("Occupation, major groups"), "occupation", depth=1),
    Dimension("occupation.2", N_("Occupation, sub-major groups"), "occupation", depth=2),
    Dimension("occupation.3", N_("Occupation, minor groups"), "occupation", depth=3),
    Dimension("occupation.4", N_("Occupation, unit groups"), "occupation", depth=4),
    Dimension("skill.group", N_("Skill group"), "skill", depth=1),
    Dimension("skill", N_("Skill"), "skill"),
    Dimension("country", N_("Country"), "address.country"),
    Dimension("education", N_("Highest level of education"), "education.level", highest=True),
    Dimension("language", N_("Spoken language"), "language", leveled=True),
    Dimension("availability", N_("Availability"), "available_from", dated=True),
    Dimension("willing", N_("Willing to contribute"), "willing"),
    Dimension("sex", N_("Sex"), "sex"),
    Dimension("generation", N_("Generation"), "generation"),
)


def dimension(code: str) -> Dimension:
    """The dimension of that code; KeyError is a bug of the caller."""
    return {d.code: d for d in DIMENSIONS}[code]


def offered(session: Session) -> tuple[Dimension, ...]:
    """The dimensions whose field this user sees."""
    return tuple(d for d in DIMENSIONS if session.sees(d.described))


def find(session: Session, code: str) -> Dimension:
    """The dimension of that code; raises `Invalid` if there is none for this user."""
    for dimension in offered(session):
        if dimension.code == code:
            return dimension
    raise Invalid(NO_DIMENSION, name=code[:40])


def levels_from(least: str) -> Sequence[str]:
    """The CEFR levels from `least` on; raises `Invalid` if that is no level."""
    codes = vocabularies.get("cefr").codes
    if least not in codes:
        raise Invalid(NO_LEVEL, text=least[:40])
    return codes[codes.index(least) :]


def today() -> str:
    """Today, as dates are kept."""
    return date.today().isoformat()
