"""Lists with a row for each office, skill or telephone of a person: which rows are one person, joined into one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from registry import fields
from registry.fields import PEOPLE, Field
from registry.i18n import N_, _, ngettext
from registry.kinds import clean
from registry.search.folding import fold, name_key
from registry.transfer.columns.mapping import Match
from registry.transfer.headings.consent import refuses
from registry.transfer.headings.headers import NAMES
from registry.transfer.lists.source import Source
from registry.transfer.values.titles import apart

SAID_BEFORE = N_("Row {row} is the same person and says “{text}” here; that counts.")

#: What a row may say besides the name; anything else tells people of one name apart.
_REPEATED = frozenset({"association", "skill", "language"})
_OF_NAME = frozenset({*NAMES[PEOPLE], "title", "patronymic"})
#: Share of rows whose name others have too.
_SHARE = 0.5
#: Values of one kind that a person may have.
_MOST = 60
#: Tables whose rows two rows of a list may add; of two addresses one is wrong, or former.
_CORRECTED = frozenset({"address"})
#: What makes a name that of one person or body, where the list has no reference.
_IDENTITY = ("birth_date", "document.number", "registration_number")
#: Characters that a date of birth, or the number of a document, has at least.
_TELLING = 6


@dataclass
class Joined:
    """A list whose rows belong together.

    Attributes:
        matches: one a column, with further ones for what further rows of a person say.
        columns: the rows, by column; the first of a person says what all of them say.
        same: row number -> a key that all rows of one person have; empty for an ordinary list.
        width: columns of the list itself; those behind hold what further rows say.
        idle: numbers of further rows that say nothing new.
        contradictions: (row number, header, sentence) of what a further row says otherwise than the first.
        named: whether rows are one person by the name alone.
    """

    matches: Sequence[Match]
    columns: Sequence[Sequence[str]]
    same: Mapping[int, str] = field(default_factory=dict)
    width: int = 0
    idle: Collection[int] = ()
    contradictions: Sequence[tuple[int, str, str]] = ()
    named: bool = False

    def summary(self) -> list[str]:
        """What was done."""
        if not self.same:
            return []
        people, rows = len(set(self.same.values())), len(self.same)
        if self.named:
            return [
                ngettext(
                    "Rows with the same name are taken for one person, as the list has a row for each office, skill or "
                    "language: {count} person in {rows} rows.",
                    "Rows with the same name are taken for one person, as the list has a row for each office, skill or "
                    "language: {count} people in {rows} rows.",
                    people,
                    rows=rows,
                )
            ]
        return [
            ngettext(
                "Rows with the same reference, or the same name and date of birth, that differ in what one has several "
                "of, such as skills or telephones, make one record: {count} record from {rows} rows.",
                "Rows with the same reference, or the same name and date of birth, that differ in what one has several "
                "of, such as skills or telephones, make one record: {count} records from {rows} rows.",
                people,
                rows=rows,
            )
        ]


def join(source: Source, decided: Collection[int] = ()) -> Joined:
    """The rows of a list, those of one person told, and what each of them says under a number of its own.

    Args:
        decided: numbers of rows of which the officer said what they are: each of them stands for itself.
    """
    ordinary = Joined(source.matches, source.rows.columns)
    if source.own or source.answers:
        return ordinary
    joining = _Joining(source, decided)
    if not joining.values:
        return ordinary
    keys, named = joining.by_name(), True
    if not keys:
        keys, named = joining.by_identity(), False
    return joining.spread(keys, named=named) if keys else ordinary


class _Joining:
    """The columns of a list by what they say of a person: what one has once, and what one may have several of."""

    def __init__(self, source: Source, decided: Collection[int]) -> None:
        self._source, self._decided = source, decided
        self._rows, self._numbers = source.rows, source.rows.numbers
        #: Table and number in it -> its columns.
        self.values: dict[tuple[str, int], list[Match]] = {}
        self._singles: list[Match] = []
        for match in source.matches:
            if match.targets and (found := fields.find(source.kind, match.targets[0])) is not None:
                described, place = found
                if self._repeats(described):
                    self.values.setdefault((described.group, place), []).append(match)
                else:
                    self._singles.append(match)

    @staticmethod
    def _repeats(described: Field) -> bool:
        return described.repeats and described.table not in _CORRECTED

    def by_name(self) -> list[str]:
        """A key for each row of a list that tells people by nothing but the name; [] if it is no such list."""
        matches = self._source.matches
        if self._source.kind != PEOPLE or not _says_little(matches):
            return []
        named = [m.column for m in matches if m.targets and fields.split(m.targets[0])[0] in _OF_NAME - {"title"}]
        if not named:
            return []
        cells = zip(*[self._rows.columns[c] for c in named], strict=True)
        keys = [name_key(apart(" ".join(map(clean, texts)), usual=True)[1]) for texts in cells]
        counts = Counter(key for key in keys if key)
        repeated = sum(count for count in counts.values() if count > 1)
        if repeated < _SHARE * len(keys) or max(counts.values(), default=0) > _MOST:
            return []
        return self._without_decided(keys)

    def by_identity(self) -> list[str]:
        """A key for each row that is the same person as another and says more of what one may have several of."""
        reference = [m.column for m in self._singles if m.targets == ("external_id",)][:1]
        named = [m.column for m in self._singles if fields.split(m.targets[0])[0] in NAMES[self._source.kind]]
        telling = [m.column for name in _IDENTITY for m in self._source.matches if m.targets == (name,)][:1]
        if not reference and not (named and telling):
            return []
        groups: dict[tuple[str, ...], list[int]] = {}
        for place, key in self._identities(reference, telling, named):
            groups.setdefault(key, []).append(place)
        keys = [""] * len(self._numbers)
        for key, places in groups.items():
            if 1 < len(places) <= _MOST and self._is_one(places, named, by_reference=len(key) == 1):
                for place in places:
                    keys[place] = "\n".join(key)
        keys = self._without_decided(keys)
        return keys if any(keys) else []

    def _identities(
        self, reference: Sequence[int], telling: Sequence[int], named: Sequence[int]
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Place and identity of the rows that have one, but for references that stand there once only."""
        columns = self._rows.columns
        told: Sequence[str] = [""] * len(self._numbers)
        if reference:
            told = list(map(str.strip, columns[reference[0]]))
            again = {text for text, count in Counter(told).items() if text and count > 1}
            yield from ((place, (text,)) for place, text in enumerate(told if again else ()) if text in again)
        if telling and "" in told:
            others = zip(*[columns[c] for c in (telling[0], *named)], strict=True)
            for place, (text, cells) in enumerate(zip(told, others, strict=True)):
                if not text and len(cells[0].strip()) >= _TELLING:
                    yield place, tuple(map(str.strip, cells))

    def _without_decided(self, keys: list[str]) -> list[str]:
        return ["" if n in self._decided else key for n, key in zip(self._numbers, keys, strict=True)]

    def _is_one(self, places: Sequence[int], named: Sequence[int], *, by_reference: bool) -> bool:
        """Whether rows of one reference or identity are one person's that say several things."""
        rows = list(map(self._rows.row, places))
        first = list(map(_key, self._valued(rows[0])))
        if not any(_is_new(value, first) for row in rows[1:] for value in self._valued(row)):
            return False
        if by_reference:
            words = [set(name_key(" ".join(row[c] for c in named)).split()) for row in rows]
            return all(not mine or not words[0] or mine & words[0] for mine in words)
        said = [{_same_text(row[m.column]) for row in rows} - {""} for m in self._singles]
        return all(len(texts) < 2 for texts in said)

    def spread(self, keys: Sequence[str], *, named: bool) -> Joined:
        """The rows of each key as one, which has in columns of its own what the further rows say."""
        width = len(self._rows.columns)
        first: dict[str, int] = {}
        more: dict[str, list[tuple[str, dict[str, str]]]] = {}
        has: dict[str, list[frozenset[str]]] = {}
        texts = [list(row) for row in zip(*self._rows.columns, strict=True)]
        idle: list[int] = []
        against: list[tuple[int, str, str]] = []
        for place, key in enumerate(keys):
            if not key:
                continue
            known = has.setdefault(key, [])
            new = [value for value in self._valued(self._rows.row(place)) if _is_new(value, known)]
            known.extend(map(_key, new))
            if key not in first:
                first[key] = place
                continue
            filled = self._fill(texts[first[key]], first[key], place, against)
            refused = self._refuse(texts[first[key]], texts[place])
            more.setdefault(key, []).extend(new)
            if not (new or filled or refused):
                idle.append(self._numbers[place])
        matches, columns = self._further(width, more.values())
        for row in texts:
            row.extend([""] * (width + len(matches) - len(row)))
        for key, values in more.items():
            met: Counter[str] = Counter()
            for table, said in values:
                for name, text in said.items():
                    texts[first[key]][columns[table, met[table], name]] = text
                met[table] += 1
        same = {number: key for number, key in zip(self._numbers, keys, strict=True) if key}
        columns_of = list(zip(*texts, strict=True))
        return Joined([*self._source.matches, *matches], columns_of, same, width, frozenset(idle), against, named)

    def _valued(self, row: Sequence[str]) -> list[tuple[str, dict[str, str]]]:
        """Table and field -> text of each value that a row of the list has."""
        found = []
        for (table, _place), columns in self.values.items():
            said: dict[str, str] = {}
            for match in columns:
                name = fields.split(match.targets[0])[0]
                said[name] = ", ".join(filter(None, (said.get(name, ""), row[match.column])))
            if any(text.strip() for text in said.values()):
                found.append((table, said))
        return found

    def _fill(self, into: list[str], first: int, place: int, against: list[tuple[int, str, str]]) -> bool:
        """Let the first row say what only a further one says; what that one says otherwise is told."""
        filled = False
        for match in self._singles:
            old, new = into[match.column].strip(), self._rows.columns[match.column][place].strip()
            if new and not old:
                into[match.column] = new
                filled = True
            elif new and _same_text(old) != _same_text(new):
                said = _(SAID_BEFORE, row=self._numbers[first], text=old)
                against.append((self._numbers[place], match.header, said))
        return filled

    def _refuse(self, into: list[str], row: list[str]) -> bool:
        """Let the first row say what a further one refuses: a no to a use of the data counts in whichever row."""
        headers = {match.column: match.header for match in self._source.matches}
        refused = [column for column in self._source.uses if refuses(headers[column], row[column])]
        for column in refused:
            into[column], row[column] = row[column], ""
        return bool(refused)

    def _further(
        self, width: int, more: Collection[list[tuple[str, dict[str, str]]]]
    ) -> tuple[list[Match], dict[tuple[str, int, str], int]]:
        """Columns for the values of further rows, and the place of each by table, number and field."""
        counts = [Counter(table for table, _said in values) for values in more]
        matches: list[Match] = []
        places: dict[tuple[str, int, str], int] = {}
        for table in dict.fromkeys(table for table, _place in self.values):
            mine = {place: columns for (name, place), columns in self.values.items() if name == table}
            one = {fields.split(m.targets[0])[0]: m for columns in reversed(mine.values()) for m in reversed(columns)}
            for number in range(max((count[table] for count in counts), default=0)):
                for name, match in one.items():
                    targets = tuple(fields.numbered(fields.split(t)[0], max(mine) + 1 + number) for t in match.targets)
                    places[table, number, name] = width + len(matches)
                    matches.append(replace(match, column=width + len(matches), targets=targets))
        return matches, places


def _says_little(matches: Sequence[Match]) -> bool:
    """Whether the list has names and what people have several of, and nothing else."""
    heads = {fields.split(t)[0].partition(".")[0] for m in matches for t in m.targets}
    numbered = any(fields.split(t)[1] for m in matches for t in m.targets)
    return bool(heads & _REPEATED) and bool(heads & _OF_NAME) and heads <= _REPEATED | _OF_NAME and not numbered


def _same_text(text: str) -> str:
    return fold(text) or text.strip()


def _is_new(value: tuple[str, dict[str, str]], known: Sequence[frozenset[str]]) -> bool:
    """Whether none of the known values says all of this one, or more."""
    mine = _key(value)
    return not any(mine <= other for other in known)


def _key(value: tuple[str, dict[str, str]]) -> frozenset[str]:
    table, said = value
    return frozenset((table, *(f"{name}\n{_same_text(text)}" for name, text in said.items() if text.strip())))
