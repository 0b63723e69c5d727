"""By what records are counted: the groups of each dimension, their labels, and the query that finds one group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from registry import fields, vocabularies
from registry.access import Session
from registry.errors import Invalid
from registry.fields import ASSOCIATIONS, PEOPLE, Field
from registry.i18n import N_, _
from registry.kinds import INTEGER, NAME, OPEN_CODE, TEXT
from registry.search.folding import fold
from registry.search.tree import Node, Not, Term, all_of
from registry.search.values import BY_CODE
from registry.vocabularies import Vocabulary

#: Groups that no list has: no value at all; a text for which no code was found yet.
NOT_KNOWN, UNCODED = "", "uncoded"
NOW, LATER = "now", "later"
#: In no band of ages: not born yet.
OUTSIDE = "outside"
#: There is a value, whatever it is.
HELD = "held"
#: Decades are told apart from here on.
_FIRST_DECADE = 1960
#: Bands of ages: the first full year of each.
_AGES = (0, 18, 30, 45, 60, 75)

NO_DIMENSION = N_("“{name}” is nothing by which people can be counted.")
YOUNGEST, OLDEST = N_("Under {age}"), N_("{age} and over")
NO_FACET = N_("“{name}” is nothing by which a list can be narrowed.")
NO_LEVEL = N_("“{text}” is not a level of a language. Choose one from A1 to C2, or native.")
NOT_KNOWN_LABEL, UNCODED_LABEL = N_("Not known"), N_("Not coded yet")
AVAILABILITY_LABELS = {NOW: N_("Available now"), LATER: N_("Available later")}
ONLY_SO_FAR = N_("{label}, nothing closer said")
IN_ENGLISH = N_("{label} (in English)")
BY_YEAR = N_("{field}, by year")
FIRST_DECADE, LAST_DECADE = N_("Before {year}"), N_("Since {year}")
MEMBER, NO_MEMBER = N_("Member of an association"), N_("No association known")


@dataclass(frozen=True)
class Dimension:
    """One way to count people or associations.

    Attributes:
        code: name inside the program.
        label: catalogue message; "" = that of the field.
        field: canonical name of the field that is counted.
        kind: whose field it is.
        depth: level of the list that codes are rolled up to; 0 = as they are.
        highest: only the highest of a person's values counts.
        dated: a date, counted as reached or still to come.
        leveled: a least level can be asked for (`language:fr>=B2`).
        banded: a date of birth, counted by age.
        yearly: a date, counted by its year.
        periodic: a date, counted by its decade.
        held: counted by whether there is any value.
        hosted: the field of a query about the host country (`host.dual_citizenship`); `field` is the country.
    """

    code: str
    label: str
    field: str
    kind: str = PEOPLE
    depth: int = 0
    highest: bool = False
    dated: bool = False
    leveled: bool = False
    banded: bool = False
    yearly: bool = False
    periodic: bool = False
    held: bool = False
    hosted: str = ""

    @property
    def title(self) -> str:
        """What it is called, in the current language."""
        if self.yearly:
            return _(BY_YEAR, field=self.described.title)
        return _(self.label) if self.label else self.described.title

    @property
    def described(self) -> Field:
        """The field that is counted."""
        return fields.by_name(self.kind)[self.field]

    @property
    def texts(self) -> bool:
        """Whether it counts what was written, of which every spelling is one group."""
        return not self.described.vocabulary and self.described.kind in (TEXT, NAME) and not self.held

    @property
    def numbers(self) -> bool:
        """Whether it counts years or whole numbers, each a group of its own, in their order."""
        return self.yearly or (self.described.kind is INTEGER and not self.periodic)

    @property
    def closed(self) -> bool:
        """Whether it counts codes of a list and nothing else."""
        return bool(self.described.vocabulary) and self.described.kind is not OPEN_CODE

    @property
    def rolls_up(self) -> bool:
        """Whether a group can hold several values."""
        rolled = self.dated or self.yearly or self.periodic or self.held
        return bool(self.depth) or rolled or self.texts or self.described.kind is OPEN_CODE

    @property
    def vocabulary(self) -> Vocabulary:
        """The list that the groups' codes are from; KeyError for a date."""
        return vocabularies.get("host_value" if self.hosted else self.described.vocabulary)

    @property
    def several(self) -> bool:
        """Whether one person can stand in several groups."""
        return self.described.repeats and not self.highest and not self.held

    def group(self, value: str, today: str) -> str:
        """The group that a kept value belongs to."""
        if self.dated:
            # A year or month counts from its first day on, as in a query.
            return NOW if value <= today + "~" else LATER
        if self.yearly:
            return value[:4]
        if self.periodic:
            return max((decade for decade in self.decades() if int(decade) <= int(value[:4])), key=int)
        if self.held:
            return HELD
        if self.texts:
            return fold(value) or value
        if not self.depth and self.closed:
            return value
        known = self.vocabulary
        if value not in known.labels:
            return UNCODED
        chain = [value, *known.ancestors(value)]
        return chain[max(len(chain) - self.depth, 0)] if self.depth else value

    def node(self, group: str, today: str, least: str = "") -> Node:
        """The query that finds exactly the people of a group; `least` as of `described_groups`."""
        name = self.hosted or self.field
        if self.hosted and group == NOT_KNOWN:
            return Not(Term(name, ":", "any"))
        if self.held and group != NOT_KNOWN:
            return Term(name, ":", "any")
        if group == NOT_KNOWN:
            return Not(Term(f"{name}.level", ">=", least)) if least else Term(name, ":", "none")
        if self.dated:
            return Term(name, "<=" if group == NOW else ">", today)
        if self.banded:
            ends = ((">=", group), ("<", self._next(group)))
            return all_of(Term(name, sign, f"{age}y") for sign, age in ends if age not in ("", "0"))
        if self.periodic:
            ends = ((">=", group), ("<", _following(self.decades(), group)))
            return all_of(Term(name, sign, year) for sign, year in ends if year not in ("", "0"))
        if self.texts or self.numbers or self.hosted:
            return Term(name, ":", group)
        if self.highest:
            return all_of((Term(name, ":", group), Not(Term(name, ">", group))))
        if self.closed:
            return Term(name, ":", f"{group}>={least}" if least else group)
        if group == UNCODED:
            return Term(name, ":", UNCODED)
        return Term(name, ":", (BY_CODE if self._is_whole(group) else BY_CODE * 2) + group)

    def label_of(self, group: str) -> str:
        """A group in the reader's words; a label that only English has says so."""
        if group in (NOT_KNOWN, HELD) and self.held:
            return _(MEMBER if group else NO_MEMBER)
        if group == NOT_KNOWN:
            return _(NOT_KNOWN_LABEL)
        if group == UNCODED:
            return _(UNCODED_LABEL)
        if self.dated:
            return _(AVAILABILITY_LABELS[group])
        if self.banded:
            return self._ages(group)
        if self.periodic:
            return self._years(group)
        if self.texts or self.numbers:
            return group
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
        elif self.banded:
            rank = {band: place for place, band in enumerate(self.bands())}
        elif self.numbers or self.periodic:
            rank = {group: int(group) for group in counts if group.lstrip("-").isdigit()}
        elif self.held:
            rank = {HELD: 0}
        elif self.texts:
            rank = {group: -count for group, count in counts.items()}
        else:
            rank = {code: place for place, code in enumerate(self.vocabulary.codes)}
            if self.vocabulary.by_label:
                rank = {code: -count for code, count in counts.items()}
        return sorted(counts, key=lambda g: (last.get(g, 0), rank.get(g, 0), g))

    def bands(self) -> tuple[str, ...]:
        """The bands of ages, each by its first full year."""
        return tuple(map(str, _AGES))

    def decades(self) -> tuple[str, ...]:
        """The decades of years, each by its first year; 0 = before all others."""
        return ("0", *(str(year) for year in range(_FIRST_DECADE, date.today().year + 1, 10)))

    def _next(self, band: str) -> str:
        """The first year of the next band; "" behind the last."""
        return _following(self.bands(), band)

    def _years(self, decade: str) -> str:
        after = _following(self.decades(), decade)
        if not after:
            return _(LAST_DECADE, year=decade)
        return f"{decade}–{int(after) - 1}" if decade != "0" else _(FIRST_DECADE, year=after)

    def _ages(self, band: str) -> str:
        after = self._next(band)
        if not after:
            return _(OLDEST, age=band)
        return f"{band}–{int(after) - 1}" if band != "0" else _(YOUNGEST, age=after)

    def _is_whole(self, group: str) -> bool:
        """Whether the group stands for its code and all below it, not for the code alone."""
        return bool(self.depth) and self.vocabulary.level(group) == self.depth


def _following(bands: Sequence[str], band: str) -> str:
    """The band after this one; "" behind the last."""
    return dict(pairwise(bands)).get(band, "")


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
#: By what a list is narrowed, beside it, in this order.
FACETS = {
    PEOPLE: (
        Dimension("address.country", "", "address.country"),
        Dimension("address.city", "", "address.city"),
        Dimension("address.region", "", "address.region"),
        Dimension("state", "", "state"),
        Dimension("sex", "", "sex"),
        Dimension("age", N_("Age"), "birth_date", banded=True),
        Dimension("generation", "", "generation"),
        Dimension("occupation", "", "occupation", depth=4),
        Dimension("education", N_("Highest level of education"), "education.level", highest=True),
        Dimension("language", "", "language", leveled=True),
        Dimension("association", "", "association"),
        Dimension("origin_region", "", "origin_region"),
    ),
    ASSOCIATIONS: (
        *(
            Dimension(name, "", name, ASSOCIATIONS)
            for name in ("type", "level", "address.country", "address.city", "located", "sector", "mode", "reach")
        ),
    ),
}


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


def facets(kind: str, session: Session) -> tuple[Dimension, ...]:
    """The facets of a list whose field this user sees."""
    return tuple(d for d in FACETS[kind] if session.sees(d.described))


def facet(kind: str, session: Session, code: str) -> Dimension:
    """A facet, or any other field of codes or texts as one; raises `Invalid` if this user sees none of that name."""
    for known in facets(kind, session):
        if known.code == code:
            return known
    field = fields.by_name(kind).get(code)
    if field is None or not session.sees(field) or not (field.vocabulary or field.kind in (TEXT, NAME)):
        raise Invalid(NO_FACET, name=code[:40])
    return Dimension(code, "", code, kind)
