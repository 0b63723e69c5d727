"""What whole columns decide: the order of dates, cells with several values, cells that make one value together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from registry import fields
from registry.fields import ASSOCIATIONS, PEOPLE, Field
from registry.kinds import EMAIL, LONG_TEXT, PARTIAL_DATE, PHONE, clean
from registry.postal import COUNTRY, POSTAL_CODE
from registry.search.folding import fold
from registry.transfer.columns.mapping import Given, Match
from registry.transfer.headings import headers
from registry.transfer.lists import at_home, kinds, officers, refusals
from registry.transfer.lists.columns import Columns
from registry.transfer.lists.joining import Joined
from registry.transfer.lists.rows import values_of
from registry.transfer.lists.source import Source
from registry.transfer.readers.cells import BETWEEN
from registry.transfer.values import (
    addresses,
    births,
    date_orders,
    lost_digits,
    name_parts,
    nationalities,
    sexes,
    titles,
)
from registry.transfer.values.addresses import AddressParts
from registry.transfer.values.lost_digits import Zeros
from registry.transfer.values.name_parts import NameParts
from registry.transfer.values.several import citizenships, one_each, splitter
from registry.transfer.values.stepping import ColumnStep

#: Fields of which a second column is a second surname or given name.
_PARTS_OF_NAMES = ("family_name", "given_name")
#: Values that one cell may hold at most.
_MOST = 12
#: Values that a reader tells apart; further ones stand in the last, which then is text.
_MOST_APART = 19
#: Words in a header that say which part of a name the column holds.
_GIVEN = frozenset({"given", "first", "forename", "prenom", "prenoms", "nombre", "nome", "vorname", "imya", "meno"})
_FAMILY = frozenset({"family", "last", "surname", "nom", "apellido", "sobrenome", "apelido", "nachname", "priezvisko"})


def prepare(source: Source, joined: Joined, given: Given, countries: tuple[str, str, str]) -> Columns:
    """Decide for all columns of a list.

    Args:
        joined: the rows, those of one person told.
        given: what a mapping file or the officer says.
        countries: alpha-3 codes of the post's country, of that whose habits the list follows, of that where its people
            come from; "" = not known.
    """
    country, home, origin = countries
    kind, matches, cells = source.kind, joined.matches, joined.columns
    columns, shared = Columns(), _shared(matches)
    if source.own:
        return _of_own(source, columns, shared, cells, given)
    for target, sources in shared.items():
        described = fields.find(kind, target)
        assert described is not None
        before = len(columns.names)
        if len(sources) > 1:
            _join(columns, target, described[0], sources)
        elif {*sources[0].targets} == {births.DATE, births.PLACE}:
            _births(columns, sources[0], cells[sources[0].column])
        elif len(sources[0].targets) > 1:
            _in_order(columns, sources[0])
        elif target == births.PLACE and births.are_in(sources[0].header, values_of(cells[sources[0].column])):
            columns.step(births.BirthPlaces(sources[0].column, columns.slot(target, sources[0].header)))
            columns.warnings.extend(births.told_places(sources[0].header, cells[sources[0].column]))
        else:
            apart = source.answers or sources[0].column in source.repeated
            _single(columns, target, described[0], sources[0], cells[sources[0].column], apart=apart)
        if joined.width and sources[0].column >= joined.width:
            columns.beside.update(columns.names[before:])
    if kind == ASSOCIATIONS:
        officers.of_offices(columns, matches, cells)
    if kind == PEOPLE:
        at_home.mark(columns, origin)
        kinds.mark(columns)
    if not source.answers:
        _apart(columns, shared, cells, home)
    _digits(columns, shared, cells, home)
    _date_orders(kind, columns, {t: m for m in matches for t in m.targets}, cells, country, (given.dates, source.dates))
    _adjectives(columns, shared, cells)
    refusals.refuse(columns, source.uses, matches, cells)
    _recode(columns, source, shared, cells)
    return columns


def _shared(matches: Sequence[Match]) -> dict[str, list[Match]]:
    """Canonical name -> the columns that hold it, first of what they hold."""
    shared: dict[str, list[Match]] = {}
    for found in matches:
        for target in found.targets[:1]:
            shared.setdefault(target, []).append(found)
    return shared


def _of_own(
    source: Source,
    columns: Columns,
    shared: Mapping[str, Sequence[Match]],
    cells: Sequence[Sequence[str]],
    given: Given,
) -> Columns:
    """Decide for the columns of an export of ours: cells are taken as they are."""
    for target, sources in shared.items():
        if len(sources[0].targets) > 1:
            _in_order(columns, sources[0])
        elif len(sources) == 1:
            columns.plain(sources[0].column, columns.slot(target, sources[0].header))
        else:
            columns.step(_Added([m.column for m in sources], columns.slot(target, sources[0].header)))
    for name, column in source.kept.items():
        columns.plain(column, columns.slot(name, name))
    dated = {target: sources[0] for target, sources in shared.items() if _is_dated(source.kind, target)}
    anew = {n: m for n, m in dated.items() if given.dates or date_orders.written_anew(cells[m.column])}
    # Without the habits of a country: what the file does not show stays as it may have been exported.
    _date_orders(source.kind, columns, anew, cells, "", (given.dates, source.dates))
    for name, known in source.texts.items():
        columns.recode(name, known)
    return columns


@dataclass(frozen=True)
class _Added:
    """Puts what further columns say behind what stands in the field's own."""

    columns: Sequence[int]
    slot: int

    def __call__(self, row: Sequence[str], texts: list[str]) -> None:
        texts[self.slot] = "\n".join(text for column in self.columns if (text := row[column]).strip())


def _digits(columns: Columns, shared: Mapping[str, Sequence[Match]], cells: Sequence[Sequence[str]], home: str) -> None:
    """Give back what a spreadsheet program took from numbers that are none."""
    for target, (source, *_more) in shared.items():
        head, place = fields.split(target)
        if head not in lost_digits.DIGITS:
            continue
        texts = cells[source.column]
        slot = columns.slot(target, source.header)
        for step in lost_digits.steps(target, slot, texts):
            columns.step(step)
        if said := lost_digits.told(target, source.heading, texts):
            columns.warnings.append(said)
        if head == POSTAL_CODE:
            country = fields.numbered(COUNTRY, place)
            at = columns.names.index(country) if country in columns.names else -1
            usual = lost_digits.usual_country(map(lost_digits.restored, texts), home)
            if at >= 0 or lost_digits.short_codes(texts, usual):
                columns.counted(Zeros(slot, at, usual, source.heading))


def _adjectives(columns: Columns, shared: Mapping[str, Sequence[Match]], cells: Sequence[Sequence[str]]) -> None:
    for target, (source, *_more) in shared.items():
        if fields.split(target)[0] in ("citizenship", "relative.citizenship"):
            texts = cells[source.column]
            parts = {text: citizenships(text) for text in set(values_of(texts)) if text}
            if found := nationalities.read(part for said in parts.values() for part in said):
                columns.recode(target, found)
                adjectives = {text for text, said in parts.items() if not found.keys().isdisjoint(map(clean, said))}
                count = sum(text in adjectives for text in values_of(texts))
                columns.warnings.append(nationalities.told(source.heading, found, count))


def _recode(
    columns: Columns, source: Source, shared: Mapping[str, Sequence[Match]], cells: Sequence[Sequence[str]]
) -> None:
    """What somebody said of texts, then what one letter for a sex means beside the other one."""
    for name, known in source.texts.items():
        columns.recode(name, known)
    for found in shared.get("sex", ()):
        if letters := sexes.read(found.header, cells[found.column]):
            columns.recode("sex", letters)
            columns.warnings.append(sexes.told(found.heading, letters))


def _apart(columns: Columns, shared: Mapping[str, Sequence[Match]], cells: Sequence[Sequence[str]], home: str) -> None:
    """What one cell says of several fields: titles and parts of a name, postcode and city of an address."""
    name = shared.get("full_name", ())
    if len(name) == 1:
        _names_apart(columns, name[0], cells[name[0].column])
    for street, (source, *_more) in shared.items():
        if parts := addresses.needed(columns.names, street):
            slots = {fields.split(part)[0]: columns.slot(part, source.header) for part in parts}
            columns.counted(AddressParts(columns.slot(street, source.header), slots, home, source.heading))


def _names_apart(columns: Columns, source: Match, cells: Sequence[str]) -> None:
    header = source.header
    slot = columns.slot("full_name", header)
    if "title" not in columns.names:
        usual, found = titles.look(cells)
        if found:
            columns.step(titles.TitleParts(slot, columns.slot("title", header), usual))
            columns.warnings.append(titles.told(source.heading, found))
    if parts := name_parts.needed(header, cells, columns.names):
        by_comma, names = parts
        slots = [columns.slot(name, header) for name in names]
        columns.counted(NameParts(slot, slots, by_comma, source.heading))


def _single(
    columns: Columns, target: str, described: Field, source: Match, texts: Sequence[str], *, apart: bool
) -> None:
    if apart and BETWEEN in "".join(texts):
        _taken_apart(columns, target, described, source, texts)
        return
    parts = splitter(described)
    plain = parts is None or one_each(described, texts)
    read = {text: parts(text) for text in set(texts) if text} if parts and not plain else {}
    most = min(_MOST, max(map(len, read.values()), default=1))
    slot = columns.slot(target, source.header)
    if plain or (most < 2 and described.kind not in (PHONE, EMAIL)):
        columns.plain(source.column, slot)
        if described.name == "contact_person":
            columns.step(lambda _row, texts: texts.__setitem__(slot, officers.somebody(texts[slot])))
        elif described.name == "notes" and "notes" not in headers.named_by(PEOPLE, source.header):
            _join(columns, target, described, [source])
        return
    columns.step(_Spread(read, source.column, [slot], columns, target, source.header, most))
    if most > 1:
        several = {text for text, said in read.items() if len(said) > 1}
        columns.tell_several(source.heading, sum(text in several for text in texts))


def _taken_apart(columns: Columns, target: str, described: Field, source: Match, texts: Sequence[str]) -> None:
    """Cells whose values the reader told apart: each has its number, the empty ones too, as in the columns beside."""
    slot = columns.slot(target, source.header)
    if described.repeats:
        most = min(_MOST_APART, max(text.count(BETWEEN) + 1 for text in texts))
        read = {text: _values(text) for text in set(texts)}
        columns.step(_Spread(read, source.column, [slot], columns, target, source.header, most))
    else:
        columns.step(lambda row, texts: texts.__setitem__(slot, "; ".join(filter(None, _values(row[source.column])))))


def _values(cell: str) -> list[str]:
    return cell.split(BETWEEN)


class _Spread(ColumnStep):
    """Puts the values of one cell under a name and further numbers of it."""

    def __init__(
        self,
        read: Mapping[str, list[str]],
        column: int,
        slots: list[int],
        columns: Columns,
        target: str,
        header: str,
        most: int,
    ) -> None:
        """`read`: text of a cell -> the values in it."""
        self._column, self._slots = column, slots
        head, place = fields.split(target)
        self._wanted = [(head, place + 50 * i) for i in range(1, most)]
        for name, number in self._wanted:
            # Far numbers keep clear of the other columns' own; drafts close the gaps.
            slots.append(columns.slot(fields.numbered(name, number), header))
        self._read = {text: self._apart(values) for text, values in read.items()}
        self._read[""] = self._apart([])

    def fill(self, cells: Sequence[Sequence[str]], texts: list[Sequence[str]]) -> None:
        """See `ColumnStep`."""
        parts = map(self._read.__getitem__, cells[self._column])
        for slot, said in zip(self._slots, zip(*parts, strict=True), strict=False):
            texts[slot] = said

    def _apart(self, parts: list[str]) -> list[str]:
        """A part for each slot."""
        last = len(self._slots) - 1
        if len(parts) > len(self._slots):
            parts = [*parts[:last], "; ".join(parts[last:])]
        return [*parts, *[""] * (len(self._slots) - len(parts))]


def _births(columns: Columns, source: Match, texts: Sequence[str]) -> None:
    """Date and place of birth in one cell; what is not parted stands as the date, where it is told as none."""
    date, place = (columns.slot(name, source.header) for name in (births.DATE, births.PLACE))
    columns.step(births.BirthParts(source.column, date, place))
    parted = {text for text in set(texts) if births.apart(text)[1]}
    columns.warnings.append(births.told(source.heading, sum(text in parted for text in texts)))


def _in_order(columns: Columns, source: Match) -> None:
    """ "Peru, Lima" under "Country, city": each part to its own field."""
    slots = [columns.slot(target, source.header) for target in source.targets]

    def step(row: Sequence[str], texts: list[str]) -> None:
        for slot, part in zip(slots, row[source.column].split(",", len(slots) - 1), strict=False):
            texts[slot] = part.strip()

    columns.step(step)


def _join(columns: Columns, target: str, described: Field, sources: Sequence[Match]) -> None:
    """Several columns that make one value."""
    slot = columns.slot(target, " + ".join(s.header for s in sources))
    ordered = _as_name(sources)
    if described.name == "contact_person" and ordered is None:

        def people(row: Sequence[str], texts: list[str]) -> None:
            named = [(officers.somebody(row[s.column]), s.header) for s in sources]
            texts[slot] = "; ".join(f"{name} ({header})" for name, header in named if name)

        columns.step(people)
        return
    between = " " if ordered or target in _PARTS_OF_NAMES else "\n" if described.kind is LONG_TEXT else ", "
    headed = described.kind is LONG_TEXT

    def step(row: Sequence[str], texts: list[str]) -> None:
        cells = [(s.header, clean(row[s.column].replace(BETWEEN, "; "), lines=headed)) for s in ordered or sources]
        texts[slot] = between.join(f"{header}: {text}" if headed else text for header, text in cells if text)

    columns.step(step)


def _as_name(sources: Sequence[Match]) -> list[Match] | None:
    """The columns in the order given name, family name, if their headers say which is which."""
    words = [set(fold(s.header.replace("_", " ")).split()) for s in sources]
    given = [s for s, said in zip(sources, words, strict=True) if said & _GIVEN]
    family = [s for s, said in zip(sources, words, strict=True) if said & _FAMILY and s not in given]
    return [*given, *family] if given and family and len(given) + len(family) == len(sources) else None


def _is_dated(kind: str, name: str) -> bool:
    described = fields.find(kind, name)
    return described is not None and described[0].kind is PARTIAL_DATE


def _date_orders(
    kind: str,
    columns: Columns,
    matches: Mapping[str, Match],
    cells: Sequence[Sequence[str]],
    country: str,
    told: tuple[Mapping[str, str], Mapping[str, str]],
) -> None:
    """Decide per column whether the day or the month comes first, and write years in full."""
    dated: dict[str, list[str]] = {}
    called = {found.header: found.heading for found in matches.values()}
    for name, found in matches.items():
        if _is_dated(kind, name):
            # Further rows of a person have stood in the first column too.
            dated.setdefault(found.header, []).append(name)
    for header, names in dated.items():
        head = fields.split(names[0])[0]
        names += [
            n for n, at in columns.origins.items() if at == header and fields.split(n)[0] == head and n not in names
        ]
    texts = {header: values_of(cells[matches[names[0]].column]) for header, names in dated.items()}
    texts |= {h: births.dates_of(texts[h]) for h, names in dated.items() if births.PLACE in matches[names[0]].targets}
    for header, names in dated.items():
        columns.warnings.extend(date_orders.told_calendar(header, texts[header]))
        if short := date_orders.short_years(texts[header]):
            ahead = fields.split(names[0])[0] in date_orders.AHEAD
            for name in names:
                columns.step(date_orders.FullYear(columns.slot(name, header), ahead))
            columns.warnings.append(date_orders.told_years(called[header], short, ahead=ahead))
    orders, sentences = date_orders.decide(texts, called, country, *told)
    columns.warnings.extend(sentences)
    columns.orders.update({name: order for header, order in orders.items() for name in dated[header]})
