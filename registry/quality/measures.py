"""What makes a record worse than it could be, and how many of its hundred points each costs."""

from __future__ import annotations

from dataclasses import dataclass

from registry import fields
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.i18n import N_, _

COMPLETE, CONFIRMED, CONTACTS, CODED, SINGLE = "complete", "confirmed", "contacts", "coded", "single"
PARTS = {
    COMPLETE: N_("Complete"),
    CONFIRMED: N_("Confirmed"),
    CONTACTS: N_("Contacts that work"),
    CODED: N_("Coded"),
    SINGLE: N_("Entered once"),
}
#: The measure that no query finds: what comparing records found, and nobody has said anything of.
DOUBLE = "double"

_WITHOUT = N_("Without: {field}")
_TO_BE_CODED = N_("Still text: {field}")


@dataclass(frozen=True)
class Measure:
    """One thing that costs a record points.

    Attributes:
        code: name inside the program and in `--json`.
        part: to which part of the score it belongs.
        points: how many of a hundred a record loses by it.
        query: finds the records that lose them; "" = it is no query that does.
        label: what is the matter, a catalogue message; "" = that the field named `code` is missing or still text.
    """

    code: str
    part: str
    points: int
    query: str = ""
    label: str = ""

    def title(self, kind: str) -> str:
        """What is the matter, in the reader's words."""
        if self.label:
            return _(self.label)
        name = self.code.removesuffix(".uncoded")
        return _(_WITHOUT if name == self.code else _TO_BE_CODED, field=fields.by_name(kind)[name].title)


def _without(**points: int) -> tuple[Measure, ...]:
    """Fields that a complete record has; `__` stands for the point in a name."""
    names = {name.replace("__", "."): count for name, count in points.items()}
    return tuple(Measure(name, COMPLETE, count, f"{name}:none") for name, count in names.items())


def _uncoded(**points: int) -> tuple[Measure, ...]:
    names = {name.replace("__", "."): count for name, count in points.items()}
    return tuple(Measure(f"{name}.uncoded", CODED, count, f"{name}:uncoded") for name, count in names.items())


_UNREACHED = Measure("contact", COMPLETE, 8, "phone:none email:none", N_("Neither a telephone nor an e-mail address"))
_WRONG = tuple(
    Measure(f"{name}.state", CONTACTS, 5, query, label)
    for name, query, label in (
        ("phone", "phone.state:wrong OR phone.state:unreachable", N_("A telephone that is wrong or not answered")),
        ("email", "email.state:wrong OR email.state:unreachable", N_("An e-mail address that is wrong or unreachable")),
        ("address", "address.state:returned", N_("An address from which mail came back")),
    )
)
_DOUBLE = Measure(DOUBLE, SINGLE, 5, "", N_("Perhaps entered twice: waits for review"))

#: Of each kind a hundred points in all; ages of confirmation stand in one band each and count once.
MEASURES = {
    PEOPLE: (
        *_without(birth_date=6, address__country=6, citizenship=5, occupation=5, address__city=4, education__level=4),
        *_without(sex=3, language=3, preferred_language=3, arrival_year=3),
        _UNREACHED,
        Measure("confirmed.never", CONFIRMED, 20, "last_confirmed:none", N_("Never confirmed")),
        Measure("confirmed.5", CONFIRMED, 20, "last_confirmed>=5y", N_("Confirmed five years ago or more")),
        Measure("confirmed.2", CONFIRMED, 12, "last_confirmed>=2y last_confirmed<5y",
                N_("Confirmed two to five years ago")),
        Measure("confirmed.1", CONFIRMED, 6, "last_confirmed>=1y last_confirmed<2y",
                N_("Confirmed one to two years ago")),
        *_WRONG,
        *_uncoded(occupation=4, skill=2, trained_occupation=1, education__field=1, sector=1, engagement_sector=1),
        _DOUBLE,
    ),
    ASSOCIATIONS: (
        *_without(type=10, address__country=10, level=8, sector=8, members=6, address__city=6),
        Measure("officers", COMPLETE, 4, "contact_person:none officer:none", N_("Nobody who acts for it")),
        _UNREACHED,
        Measure("confirmed.never", CONFIRMED, 10, "consular_valid_until:none", N_("Not in the consular register")),
        Measure("confirmed.ended", CONFIRMED, 10, "consular_valid_until<0d", N_("Consular registration has ended")),
        *_WRONG,
        *_uncoded(sector=6, officer__role=4),
        _DOUBLE,
    ),
}  # fmt: skip
#: Of whom the office no longer keeps the record current: nothing of theirs needs to be put right.
GONE = {PEOPLE: "-state:deceased -state:transferred -state:returned -state:erased", ASSOCIATIONS: ""}
#: Measures of which a record has at most one.
_BANDS = CONFIRMED


def points_of(kind: str, part: str) -> int:
    """How many of a hundred points a part holds."""
    found = [measure.points for measure in MEASURES[kind] if measure.part == part]
    return max(found) if part == _BANDS else sum(found)
