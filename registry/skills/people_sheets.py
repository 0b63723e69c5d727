"""The sheets People and Skills: their columns, what each means, and the cell it has of a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from registry import dates, fields, vocabularies
from registry.access import Session
from registry.context import Context
from registry.fields import PEOPLE
from registry.i18n import N_, _
from registry.packed import dimensions
from registry.packed.dimensions import NOT_KNOWN, UNCODED, UNCODED_LABEL
from registry.skills.profiles import Profile, profiles, skills
from registry.transfer.export.workbook import Cell, Column, Workbook
from registry.transfer.headings.own_names import GROUP, INVENTORY_NUMBER, OTHER_OCCUPATIONS, SKILL_CODE

PEOPLE_TITLE, SKILLS_TITLE = N_("People"), N_("Skills")
NUMBER, NAME, SEX, COUNTRY = INVENTORY_NUMBER, N_("Name"), N_("Sex"), N_("Country")
#: A cell of a workbook holds so many characters (ECMA-376 part 1, 18.18.37).
_MOST = 32_767
_AVAILABILITY = dimensions.dimension("availability")


@dataclass(frozen=True)
class Shown:
    """One column of the workbook.

    Attributes:
        label, meaning: catalogue messages: its heading, and what the data dictionary says.
        field: canonical name of the field it shows; who may not see that gets no such column.
        cells: what it holds of each `Profile`, or of each row of a skill, in `Words`.
        width: in characters.
        several: whether several values stand in a cell.
    """

    label: str
    meaning: str
    field: str
    cells: Callable[..., list[Cell]]
    width: int = 16
    several: bool = False

    @property
    def column(self) -> Column:
        """As the writer of workbooks takes it."""
        coded = bool(fields.by_name(PEOPLE)[self.field].vocabulary)
        return Column(_(self.label), self.width, repeating=coded and not self.several)


class _Looked(dict[str | None, str]):
    """Answers looked up once for each value; nothing is "" without looking."""

    def __init__(self, look: Callable[[str], str]) -> None:
        super().__init__({None: "", "": ""})
        self._look = look

    def __missing__(self, value: str | None) -> str:
        answer = self[value] = self._look(value or "")
        return answer


class Words:
    """The words that the cells are written in.

    Attributes:
        day: today, as dates are kept.
        occupation_code, skill_code: of a kept value the code, "" where it is still text.
        occupation_group, skill_group: label of what stands at the top of the list above a code.
        cefr: a level of a language as everybody writes it, B2; a first language in words.
        available: of a kept date: now, later.
        from_day: of a kept date: in words.
        others: of a kept value its label; a text that is no code is its own label.
    """

    def __init__(self, day: str) -> None:
        self.day = day
        self.sex, self.state, self.country, self.isco = map(_labels, ("sex", "state", "country", "isco"))
        self.occupation_code, self.skill_code = _codes("isco"), _codes("skill")
        self.occupation_group, self.skill_group = _groups("isco"), _groups("skill")
        self.isced_level, self.isced_field = map(_labels, ("isced_level", "isced_field"))
        self.skill, self.evidence, self.language = map(_labels, ("skill", "evidence", "language"))
        self.generation, self.willing = map(_labels, ("generation", "willing"))
        self.engagement_form, self.return_intention = map(_labels, ("engagement_form", "return_intention"))
        native = vocabularies.get("cefr").label("native")
        self.cefr = _Looked(lambda level: native if level == "native" else level)
        self.available = _Looked(lambda value: _AVAILABILITY.label_of(_AVAILABILITY.group(value, day)))
        self.available[None] = _AVAILABILITY.label_of(NOT_KNOWN)
        self.from_day = _Looked(dates.show)


def _labels(vocabulary: str) -> _Looked:
    return _Looked(vocabularies.get(vocabulary).label)


def _codes(vocabulary: str) -> _Looked:
    known = vocabularies.get(vocabulary).labels
    return _Looked(lambda value: value if value in known else "")


def _groups(vocabulary: str) -> _Looked:
    known = vocabularies.get(vocabulary)
    uncoded = _(UNCODED_LABEL)
    return _Looked(lambda v: known.label([v, *known.ancestors(v)][-1]) if v in known.labels else uncoded)


def _year(profile: Profile) -> Cell:
    year = (profile.person.birth_date or "")[:4]
    return int(year) if year.isdecimal() else ""


def _day(profile: Profile, words: Words) -> Cell:
    """A whole date as such, a month or a year as text: 1985 is not 1 January 1985."""
    value = profile.person.available_from
    if not value:
        return ""
    return date.fromisoformat(value) if len(value) == 10 else words.from_day[value]


def _others(profile: Profile, words: Words) -> str:
    return _joined([words.isco[code] for code in profile.occupations[1:]])


def _skills(profile: Profile, words: Words) -> str:
    return _joined([_leveled(words.skill[s.skill], s.level) for s in profile.skills])


def _languages(profile: Profile, words: Words) -> str:
    return _joined([_leveled(words.language[s.language], words.cefr[s.level]) for s in profile.languages])


def _leveled(label: str, level: str | None) -> str:
    return f"{label} ({level})" if level else label


def _joined(parts: Sequence[str]) -> str:
    return "; ".join(parts)[:_MOST]


def _phone(profile: Profile) -> str:
    return str(profile.phones[0].e164 or profile.phones[0].raw) if profile.phones else ""


# fmt: off
PEOPLE_COLUMNS = (
    Shown(NUMBER, N_("Registration number; finds the person in the registry and in the other sheet"),
          "number", lambda people, _w: [p.number for p in people], 18),
    Shown(NAME, N_("Full name"), "full_name", lambda people, _w: [p.person.full_name for p in people], 30),
    Shown(N_("Name in own script"), N_("The name as its bearer writes it"),
          "native_name", lambda people, _w: [p.person.native_name or "" for p in people], 24),
    Shown(SEX, N_("Sex"), "sex", lambda people, w: [w.sex[p.person.sex] for p in people], 12),
    Shown(N_("Year of birth"), N_("A number; empty when no year is known"), "birth_date",
          lambda people, _w: [_year(p) for p in people], 12),
    Shown(N_("State"), N_("State of the registration"), "state",
          lambda people, w: [w.state[p.person.state] for p in people], 14),
    Shown(N_("Country code"), N_("Country of the first address that has not ended"),
          "address.country", lambda people, _w: [p.country for p in people], 10),
    Shown(COUNTRY, N_("Name of that country"),
          "address.country", lambda people, w: [w.country[p.country] for p in people], 20),
    Shown(N_("City"), N_("City of that address"),
          "address.city", lambda people, _w: [p.city for p in people], 20),
    Shown(N_("Occupation code"), N_("Occupation of today, else the last one; empty while it is still text"),
          "occupation", lambda people, w: [w.occupation_code[p.occupation] for p in people], 12),
    Shown(N_("Occupation"), N_("Its title, or the text as it was written"),
          "occupation", lambda people, w: [w.isco[p.occupation] for p in people], 34),
    Shown(GROUP, N_("Major group of that occupation"), "occupation",
          lambda people, w: [w.occupation_group[p.occupation] for p in people], 38),
    Shown(OTHER_OCCUPATIONS, N_("Further occupations, of today and before"),
          "occupation", lambda people, w: [_others(p, w) for p in people], 24, several=True),
    Shown(N_("Trained for"), N_("Occupation that the person was trained for"),
          "trained_occupation", lambda people, w: [w.isco[p.person.trained_occupation] for p in people], 34),
    Shown(N_("Level of education"), N_("The highest level written down"), "education.level",
          lambda people, w: [w.isced_level[p.school_level] for p in people], 34),
    Shown(N_("Field of study"), N_("Field of that education"), "education.field",
          lambda people, w: [w.isced_field[p.school_field] for p in people], 34),
    Shown(N_("Skills"), N_("Skills with their level from 1 to 4, the best first"), "skill",
          lambda people, w: [_skills(p, w) for p in people], 50, several=True),
    Shown(N_("Languages"), N_("Spoken languages with their level"), "language",
          lambda people, w: [_languages(p, w) for p in people], 34, several=True),
    Shown(N_("Generation"), N_("Generation of migration"),
          "generation", lambda people, w: [w.generation[p.person.generation] for p in people], 18),
    Shown(N_("Availability"), N_("Available now, later, or not known, on the day of the workbook"),
          "available_from", lambda people, w: [w.available[p.person.available_from] for p in people], 16),
    Shown(N_("Available from"), N_("A date; text when only the month or the year is known"),
          "available_from", lambda people, w: [_day(p, w) for p in people], 14),
    Shown(N_("Weeks a year"), N_("How many weeks a year the person could give"), "weeks_a_year",
          lambda people, _w: ["" if p.person.weeks_a_year is None else p.person.weeks_a_year for p in people], 10),
    Shown(N_("Willing to contribute"), N_("Whether the person wants to contribute"),
          "willing", lambda people, w: [w.willing[p.person.willing] for p in people], 16),
    Shown(N_("Forms of engagement"), N_("What the person is ready for"), "engagement_form",

          lambda people, w: [_joined([w.engagement_form[row.form] for row in p.forms]) for p in people],
          34, several=True),
    Shown(N_("Intention to return"), N_("Whether and when the person means to return"),
          "return_intention", lambda people, w: [w.return_intention[p.person.return_intention] for p in people], 20),
    Shown(N_("Telephone"), N_("The first telephone number, in international form where it could be read"),
          "phone", lambda people, _w: [_phone(p) for p in people], 18),
    Shown(N_("E-mail"), N_("The first e-mail address"), "email",
          lambda people, _w: [p.emails[0].address if p.emails else "" for p in people], 28),
)

#: What the sheet of skills repeats of the person, so that it can be counted by it.
REPEATED = (NUMBER, NAME, SEX, COUNTRY, GROUP)
SKILL_COLUMNS = (
    Shown(SKILL_CODE, N_("Empty while the skill is still text"),
          "skill", lambda skills, w: [w.skill_code[s.skill] for s in skills], 20),
    Shown(N_("Skill"), N_("Its name, or the text as it was written"),
          "skill", lambda skills, w: [w.skill[s.skill] for s in skills], 34),
    Shown(N_("Skill group"), N_("The group that the skill belongs to"),
          "skill", lambda skills, w: [w.skill_group[s.skill] for s in skills], 28),
    Shown(N_("Level"), N_("A number from 1 to 4"), "skill.level",
          lambda skills, _w: [int(s.level) if s.level else "" for s in skills], 8),
    Shown(N_("Years of practice"), N_("A number"), "skill.years",
          lambda skills, _w: ["" if s.years is None else s.years for s in skills], 10),
    Shown(N_("Evidence"), N_("By what the skill is known"),
          "skill.evidence", lambda skills, w: [w.evidence[s.evidence] for s in skills], 20),
)
# fmt: on


def seen(columns: Sequence[Shown], session: Session) -> tuple[Shown, ...]:
    """The columns of fields that this user sees."""
    known = fields.by_name(PEOPLE)
    return tuple(c for c in columns if session.sees(known[c.field]))


class Tally:
    """People by something they have and the level at which they have it, each once in a pair."""

    def __init__(self, vocabulary: str) -> None:
        self._known = vocabularies.get(vocabulary).labels
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.people: Counter[str] = Counter()

    def note(self, held: Iterable[tuple[str, str | None]]) -> None:
        """What one person has; nothing at all is "not known", a text "not coded yet"."""
        pairs = {(code if code in self._known else UNCODED, level or NOT_KNOWN) for code, level in held}
        self.pairs.update(pairs)
        self.people.update({code for code, _level in pairs} or (NOT_KNOWN,))


@dataclass(frozen=True)
class Written:
    """What the sheets of people came to: lines of skills, and who has what at which level."""

    skills: int
    skill: Tally
    language: Tally


def write_people(context: Context, book: Workbook, ids: Sequence[int], day: str, footer: str) -> Written:
    """The sheets People and Skills."""
    columns, words = seen(PEOPLE_COLUMNS, context.session), Words(day)
    repeated = [place for place, column in enumerate(columns) if column.label in REPEATED]
    total, message = 2 * len(ids), _("Writing the workbook")
    book.sheet(_(PEOPLE_TITLE), [column.column for column in columns], footer=footer)
    heads: dict[int, tuple[Cell, ...]] = {}
    skill, language = Tally("skill"), Tally("language")
    done = 0
    for people in profiles(context.connection, ids, day):
        context.progress.step(done, total, message)
        cells = [column.cells(people, words) for column in columns]
        book.rows(zip(*cells, strict=True))
        heads |= zip([p.id for p in people], zip(*[cells[place] for place in repeated], strict=True), strict=True)
        for profile in people:
            skill.note([(s.skill, s.level) for s in profile.skills])
            language.note([(s.language, s.level) for s in profile.languages])
        done += len(people)
    own = seen(SKILL_COLUMNS, context.session)
    book.sheet(_(SKILLS_TITLE), [*(columns[p].column for p in repeated), *(c.column for c in own)], footer=footer)
    done = 0
    for held in skills(context.connection, ids):
        context.progress.step(min(len(ids) + done // 3, total), total, message)
        cells = [column.cells(held, words) for column in own]
        book.rows((*heads[row[0]], *of_skill) for row, *of_skill in zip(held, *cells, strict=True))
        done += len(held)
    return Written(done, skill, language)
