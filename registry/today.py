"""What waits at the post on a day: one section a matter, each with the query that finds all of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func, null, select

from db.models import METADATA, association, record, record_column
from registry import dates, fields
from registry.access import Right
from registry.context import View
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.formats import percent
from registry.i18n import N_, _, ngettext
from registry.queries import GetToday, ReviewDuplicates
from registry.registration.renewal import EXPIRES_WITHIN
from registry.search.conditions import Conditions, own_table
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.tree import And, Term
from registry.settings import number

#: Records that a section names; the list has the rest.
FEW = 5
#: So many rows that wait may belong to one record on average, for each to be named once.
_OFTEN = 10
#: Days ahead: documents that run out, consents to be asked for again, birthdays that make adults.
_DOCUMENTS, _CONSENTS, _BIRTHDAYS = 90, 60, 60
_HERE = "(state:provisional OR state:active OR state:expiring)"


@dataclass(frozen=True)
class TodayRow:
    """One record that waits.

    Attributes:
        id: 0 = no record.
        words: since when or until when, in the reader's words; "" = not known.
    """

    id: int
    name: str
    number: str
    words: str


@dataclass(frozen=True)
class TodaySection:
    """One matter of the day.

    Attributes:
        code, title, icon: of its `Section`.
        empty: what is said when nothing waits, in the reader's words.
        count: how many records wait.
        rows: the most urgent first.
        kind, query: which list shows them all; "" = there is none.
        place: code of the place where it is dealt with, which is told the section and the record; "" = their card.
    """

    count: int
    rows: tuple[TodayRow, ...]
    kind: str = ""
    query: str = ""
    place: str = ""
    code: str = ""
    title: str = ""
    icon: str = ""
    empty: str = ""


@dataclass(frozen=True)
class Day:
    """A day, and the registry's rules that make other days of it.

    Attributes:
        of_age: years of age.
        words: name -> day, for queries.
    """

    today: date
    of_age: int
    words: Mapping[str, str]


Answer = Callable[[View, Day], TodaySection | None]
When = Callable[[str, Day], str]


def get_today(view: View, query: GetToday) -> tuple[TodaySection, ...]:
    """Every section that this user may see, in the order of `SECTIONS`."""
    day = _day(query.today, view.settings)
    answered = ((section, section.answer(view, day)) for section in SECTIONS)
    return tuple(
        replace(found, code=section.code, title=section.title, icon=section.icon, empty=found.empty or _(section.empty))
        for section, found in answered
        if found is not None and (found.count or section.empty)
    )


def _day(today: date, settings: Mapping[str, str]) -> Day:
    def shifted(days: int, years: int = 0) -> str:
        return dates.years_later(today + timedelta(days=days), -years).isoformat()

    of_age = number(settings, "age_of_majority")
    words = {
        "today": shifted(0),
        "expiring": shifted(EXPIRES_WITHIN),
        "documents": shifted(_DOCUMENTS),
        "consents": shifted(_CONSENTS),
        "noticed": shifted(-number(settings, "notice_days")),
        "adult": shifted(0, of_age),
        "soon_adult": shifted(_BIRTHDAYS, of_age),
    }
    return Day(today, of_age, words)


# --- what is found by a query -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """Answers a section by a query of the search box.

    Attributes:
        kind: "people" or "associations".
        about: terms about fields of one table, `{named}` days to be filled in: what a row is like that waits.
        rest: further terms about the record.
        on: the column of that table with the date which is shown and sorted by; "" = none.
        when: that date in words.
        needs: canonical name of a field without which the section is absent.
    """

    kind: str
    about: str
    rest: str
    on: str
    when: When
    needs: str

    def __call__(self, view: View, day: Day) -> TodaySection | None:
        """The records that wait; None if this user may not see what makes them wait."""
        if not view.session.sees(fields.by_name(self.kind)[self.needs]):
            return None
        about, rest = self.about.format(**day.words), self.rest.format(**day.words)
        waiting, owner = self._waiting(Conditions(view, Names(self.kind, view.session)), about, rest)
        # Not the column itself: its index would be walked from end to end for the sake of its order.
        counted = waiting.with_only_columns(func.count(distinct(owner + 0)))
        count = view.connection.execute(counted).scalar_one()
        rows = self._urgent(view, waiting, day) if count else ()
        return TodaySection(count, rows, self.kind, f"{about} {rest}".strip())

    def _waiting(self, conditions: Conditions, about: str, rest: str) -> tuple[Select[Any], ColumnElement[Any]]:
        """The rows that wait, as record id and date; and whose they are."""
        tree = parse(about, conditions.names)
        terms = [t for t in (tree.items if isinstance(tree, And) else (tree,)) if isinstance(t, Term)]
        table, own = METADATA.tables[conditions.field(terms[0]).table], own_table(self.kind)
        owner = table.c[record_column(table) or "id"]
        date_of = table.c[self.on] if self.on else null()
        waiting = select(owner.label("id"), date_of.label("on")).where(conditions.row_like(terms))
        if table is not own:
            # Of the few associations the ids are known at once; reading people's own rows is what takes time.
            bodies = select(association.c.id)
            waiting = waiting.where(owner.not_in(bodies) if self.kind == PEOPLE else owner.in_(bodies))
        if rest:
            waiting = waiting if table is own else waiting.join_from(table, own, own.c.id == owner)
            waiting = waiting.where(conditions.of(parse(rest, conditions.names)))
        return waiting, owner

    def _urgent(self, view: View, waiting: Select[Any], day: Day) -> tuple[TodayRow, ...]:
        """The records with the earliest dates, each once."""
        own = own_table(self.kind)
        on, record_id = waiting.selected_columns["on"], waiting.selected_columns["id"]
        # Without a date none is more urgent, and the first ones found will do.
        ordered = waiting.order_by(on, record_id) if self.on else waiting
        first = ordered.limit(FEW * _OFTEN).subquery()
        name = own.c.full_name if self.kind == PEOPLE else own.c.name
        named = select(own.c.id, name.label("name"), record.c.number, first.c.on)
        joined = named.join_from(first, own, own.c.id == first.c.id).join(record, record.c.id == own.c.id)
        rows: dict[int, TodayRow] = {}
        for found in view.connection.execute(joined.order_by(first.c.on, own.c.id)):
            words = self.when(found.on, day) if found.on else ""
            rows.setdefault(found.id, TodayRow(found.id, found.name, found.number, words))
        return tuple(rows.values())[:FEW]


def _dated(message: str) -> When:
    return lambda on, _day: _(message, date=dates.show(on))


def _waiting(on: str, day: Day) -> str:
    waited = max((day.today - dates.earliest(on)).days, 0)
    return ngettext("{count} day waiting", "{count} days waiting", waited)


def _comes_of_age(on: str, day: Day) -> str:
    birthday = dates.years_later(dates.earliest(on), day.of_age)
    return _("of age on {date}", date=dates.show(birthday.isoformat()))


def _last_backup(view: View, _day: Day) -> TodaySection:
    """Waits when the last backup is too old or failed, so that today's work would be lost with the disk."""
    from registry.backups import age, age_words

    found = age(view.connection)
    if found.ok:
        return TodaySection(0, (), empty=age_words(found) + ".")
    lines = [age_words(found), *([str(found.failure)] if found.failure is not None else [])]
    return TodaySection(1, tuple(TodayRow(0, line, "", "") for line in lines), place="administration")


def _duplicates(kind: str) -> Answer:
    """The likeliest, for those who may say what they are."""

    def answer(view: View, _day: Day) -> TodaySection | None:
        from registry.matching.groups import review_duplicates

        if not view.session.may(Right.EDIT):
            return None
        found = review_duplicates(view, ReviewDuplicates(kind, FEW))
        rows = (
            TodayRow(group.ids[0], " / ".join(one.name for one in group.records), "", percent(group.likelihood))
            for group in found.groups
        )
        return TodaySection(found.count, tuple(rows), place="quality")

    return answer


# --- the sections -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Section:
    """One matter that the page shows.

    Attributes:
        code: name inside the program.
        title: catalogue message.
        icon: file in resources/icons.
        empty: what is said when nothing waits, a catalogue message; "" = nothing, the section is absent then.
        answer: finds what waits; None = this user may not see it.
    """

    code: str
    title: str
    icon: str
    empty: str
    answer: Answer


#: The page, from top to bottom: a line here is a section there.
SECTIONS: tuple[Section, ...] = (
    Section("backups", N_("Backup"), "save", N_("The last backup is recent."), _last_backup),
    Section("concerns", N_("Concerns without an answer"), "contact_mail", N_("Every concern has its answer."),
            Found(PEOPLE, "activity.answered_on:none", "", "date", _waiting, "activity")),
    Section("association_concerns", N_("Concerns of associations without an answer"), "contact_mail", "",
            Found(ASSOCIATIONS, "activity.answered_on:none", "", "date", _waiting, "activity")),
    Section("follow_ups", N_("Follow-ups due"), "event", N_("No follow-up is due."),
            Found(PEOPLE, "activity.follow_up<={today}", "", "follow_up",
                  _dated(N_("due on {date}")), "activity.follow_up")),
    Section("association_follow_ups", N_("Follow-ups due with associations"), "event", "",
            Found(ASSOCIATIONS, "activity.follow_up<={today}", "", "follow_up",
                  _dated(N_("due on {date}")), "activity.follow_up")),
    Section("expiring", N_("Registrations that expire soon"), "schedule",
            N_("No registration expires in the next 90 days."),
            Found(PEOPLE, "valid_until>={today} valid_until<={expiring}", _HERE, "valid_until",
                  _dated(N_("valid until {date}")), "valid_until")),
    Section("first_notices", N_("First notice due"), "mail", N_("No first notice is due."),
            Found(PEOPLE, "valid_until<{today}", "notice.first:none " + _HERE, "valid_until",
                  _dated(N_("ran out on {date}")), "valid_until")),
    Section("second_notices", N_("Second notice due"), "mail", N_("No second notice is due."),
            Found(PEOPLE, "notice.first<={noticed}", "notice.second:none " + _HERE, "first_notice",
                  _dated(N_("first notice of {date}")), "notice.first")),
    Section("to_lapse", N_("Registrations that can lapse"), "hourglass_empty",
            N_("No registration has had both notices long enough ago."),
            Found(PEOPLE, "notice.second<={noticed}", "valid_until<{today} " + _HERE, "second_notice",
                  _dated(N_("second notice of {date}")), "notice.second")),
    Section("returned_addresses", N_("Addresses from which mail came back"), "home_work",
            N_("No address is marked as one from which mail came back."),
            Found(PEOPLE, "address.state:returned", _HERE, "", _dated(""), "address.state")),
    Section("coming_of_age", N_("Coming of age"), "person", N_("Nobody comes of age in the next 60 days."),
            Found(PEOPLE, "birth_date>={adult} birth_date<={soon_adult}", _HERE, "birth_date", _comes_of_age,
                  "birth_date")),
    Section("documents", N_("Documents that expire soon"), "badge", N_("No document expires in the next 90 days."),
            Found(PEOPLE, "document.expires>={today} document.expires<={documents}", _HERE, "expires",
                  _dated(N_("expires on {date}")), "document.expires")),
    Section("duplicates", N_("Duplicates to review"), "content_copy", N_("No duplicates wait for review."),
            _duplicates(PEOPLE)),
    Section("association_duplicates", N_("Duplicates among associations to review"), "content_copy", "",
            _duplicates(ASSOCIATIONS)),
    Section("consents", N_("Consents to renew"), "fact_check", N_("No consent expires in the next 60 days."),
            Found(PEOPLE, "consent.expires<={consents}", _HERE, "expires",
                  _dated(N_("until {date}")), "consent.outreach_news.letter")),
)  # fmt: skip
