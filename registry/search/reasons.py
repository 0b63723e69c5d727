"""Why a record was found, where what a list shows of it does not tell: another name, spelling, script or field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TypeAlias, TypeGuard

from rapidfuzz import fuzz

from db import records as rows_of
from db.models import METADATA
from registry import fields, kinds, records
from registry.context import View
from registry.fields import PEOPLE, Field
from registry.i18n import N_, _
from registry.queries import MatchReasons
from registry.records import Record
from registry.search import words
from registry.search.conditions import fits
from registry.search.folding import digits, fold
from registry.search.names import Names
from registry.search.parser import parse
from registry.search.readings import Token, script_of, words_of
from registry.search.tree import And, Node, Not, Or, Phrase, Term, Word

OTHER_SPELLING = N_("Another spelling of the name")
OTHER_SCRIPT = N_("The name in another script")
#: In this order a field is named: a name says more than a town.
_ORDER = ("name", "contact", "other", "place")
#: More would not be read.
_MOST_NOTES = 2
_TEXTS = (kinds.TEXT, kinds.NAME, kinds.PHONE, kinds.EMAIL, kinds.OPEN_CODE)
#: A word that sounds less like every name (0..100) was not found by any of them.
_SOUNDS_LIKE = 50

#: What was asked for: words, or the text behind a field.
Wanted: TypeAlias = str | Term


@dataclass(frozen=True)
class _Page:
    """One page of what was found, and what was asked.

    Attributes:
        asked: for each part of the query its alternatives, of which one made it fit.
        shown: the fields that are read in the list.
        searched: the fields in which words are looked for, and those that the query names, in the order of naming.
    """

    kind: str
    names: Names
    asked: Sequence[Sequence[Wanted]]
    shown: tuple[str, ...]
    searched: tuple[Field, ...]

    @property
    def name(self) -> str:
        """The field that a record is called by."""
        return "full_name" if self.kind == PEOPLE else "name"


def match_reasons(view: View, query: MatchReasons) -> Mapping[int, str]:
    """A note for each record of a page that needs one; a field that the user does not see gives none."""
    names = Names(query.kind, view.session)
    asked = [[_as_words(names, wanted) for wanted in part] for part in _asked(parse(query.query, names))]
    if not asked or not query.ids:
        return {}
    page = _Page(query.kind, names, asked, query.shown, _searched(view, names, asked))
    load = partial(records.load, view.connection, view.session, query.kind)
    first = load(query.ids, (page.name, "number", *query.shown))
    open_ids = [i for i, record in first.items() if any(_is_hidden(page, record, part) for part in asked)]
    whole = load(open_ids, tuple(f.name for f in page.searched))
    written = _written(view, page, open_ids)
    found = {i: _notes(page, record, written.get(i, ())) for i, record in whole.items()}
    return {i: " · ".join(notes[:_MOST_NOTES]) for i, notes in found.items() if notes}


def _asked(tree: Node) -> list[list[Wanted]]:
    """What each record found has, part by part; of a choice its alternatives."""
    items = tree.items if isinstance(tree, And) else (tree,)
    found: list[list[Wanted]] = []
    for numeric, run in groupby(items, key=_is_numeric):
        if numeric:  # a telephone number may be written in groups
            found.append([" ".join(item.text for item in run if isinstance(item, Word))])
        else:
            found += [leaves for item in run if (leaves := list(_leaves(item)))]
    return found


def _as_words(names: Names, wanted: Wanted) -> Wanted:
    """What is asked of the name is looked for in all names."""
    asks_name = isinstance(wanted, Term) and any(f.name in ("full_name", "name") for f in names.find(wanted.field))
    return wanted.value if asks_name and isinstance(wanted, Term) else wanted


def _is_numeric(item: Node) -> bool:
    return isinstance(item, Word) and item.text.strip("+")[:1].isdecimal()


def _leaves(node: Node) -> Iterator[Wanted]:
    match node:
        case Word(text) | Phrase(text):
            yield text
        case Term(operator=":"):
            yield node
        case And(items) | Or(items):
            for item in items:
                yield from _leaves(item)
        case Not() | Term():
            return


def _searched(view: View, names: Names, asked: Sequence[Sequence[Wanted]]) -> tuple[Field, ...]:
    """The fields to look into: a query that names them all needs no others."""
    terms = [wanted for part in asked for wanted in part if isinstance(wanted, Term)]
    found = [field for term in terms for field in names.find(term.field) if _is_text(names.kind, field)]
    if any(isinstance(wanted, str) for part in asked for wanted in part):
        indexed = [f for f in fields.of(names.kind) if f.index]
        found += sorted(indexed, key=lambda f: _ORDER.index(f.index))
    own = [f for f in fields.of(names.kind) if f.name in ("full_name", "name", "number")]
    return tuple(f for f in dict.fromkeys((*own, *found)) if view.session.sees(f))


def _is_text(kind: str, field: Field) -> bool:
    """Whether it is on the card, and one cannot know from the query what stands there; of a code one can."""
    return field.kind in _TEXTS and field.name in fields.by_name(kind)


def _is_hidden(page: _Page, record: Record, part: Sequence[Wanted]) -> bool:
    """Whether what is shown of the record does not have any of these alternatives."""
    return not any(_is_shown(page, record, wanted) for wanted in part)


def _is_shown(page: _Page, record: Record, wanted: Wanted) -> bool:
    if isinstance(wanted, Term):
        named = page.names.find(wanted.field)
        texts = [f for f in named if _is_text(page.kind, f)]
        return not texts or any(f.name in (page.name, *page.shown) for f in texts)
    if any(_has(record.show(name), wanted) for name in ("number", *page.shown)):
        return True
    return _has(record.name, wanted) and not _is_foreign(record.name, wanted)


def _written(view: View, page: _Page, ids: Sequence[int]) -> dict[int, list[tuple[Field, str]]]:
    """What was written where a code was found for it: the search knows it, the card shows the code's words."""
    described = [f for f in page.searched if f.written]
    rows = rows_of.load(view.connection, ids, [METADATA.tables[name] for name in {f.table for f in described}])
    return {
        i: [(f, str(row[f.written])) for f in described for row in found.get(f.table, ()) if row[f.written]]
        for i, found in rows.items()
    }


def _notes(page: _Page, record: Record, written: Sequence[tuple[Field, str]]) -> list[str]:
    notes = []
    for part in page.asked:
        if _is_hidden(page, record, part):
            found = [note for wanted in part if (note := _note(page, record, written, wanted))]
            # Close names are looked for where a word must fit, not where it is one of several.
            notes += found[:1] or [_by_sound(page, record, text) for text in part if len(part) == 1 and _is_name(text)]
    return [note for note in dict.fromkeys(notes) if note]


def _is_name(wanted: Wanted) -> TypeGuard[str]:
    return isinstance(wanted, str) and words.is_of_a_name(wanted)


def _note(page: _Page, record: Record, written: Sequence[tuple[Field, str]], wanted: Wanted) -> str:
    """The field in which a word is found, or what was asked for of a field."""
    text = wanted.value if isinstance(wanted, Term) else wanted
    looked_into = page.names.find(wanted.field) if isinstance(wanted, Term) else page.searched
    if isinstance(wanted, str) and _has(record.name, text):
        return _(OTHER_SCRIPT)
    for field in looked_into:
        texts = (*_values(record, field), *(each for its, each in written if its is field))
        if found := next((value for value in texts if _has(value, text, field)), ""):
            return _("{field}: {value}", field=field.title, value=found)
    return ""


def _values(record: Record, field: Field) -> Iterator[str]:
    place = 0
    while (name := fields.numbered(field.name, place)) in record.values or name in record.raw:
        yield record.show(name)
        place += 1


def _has(value: str, text: str, field: Field | None = None) -> bool:
    """Whether `text` is found in a value, as the search finds it."""
    if (field is not None and field.kind is kinds.PHONE) or (field is None and value.startswith("+")):
        core = digits(text).lstrip("0")
        return bool(core) and core in digits(value)
    plain = value.replace("-", "")
    return fits(value, text) or (bool(fold(text)) and fold(plain).startswith(fold(text.replace("-", ""))))


def _is_foreign(name: str, text: str) -> bool:
    """Whether the words of the name that are meant stand in another script than what was typed."""
    asked = script_of(text)
    meant = [word for word in name.split() if any(fold(word).startswith(part) for part in fold(text).split())]
    return bool(meant) and all(script_of(word) != asked for word in meant)


def _by_sound(page: _Page, record: Record, text: str) -> str:
    """The name that sounds most like a word."""
    own = fields.by_name(page.kind)[page.name]
    listed = [own, *(f for f in page.searched if f.index == "name" and f is not own)]
    heard = [(_likeness(value, text), -n, f, value) for n, f in enumerate(listed) for value in _values(record, f)]
    score, _place, field, value = max(heard, default=(0.0, 0, own, ""), key=lambda each: each[:2])
    if score < _SOUNDS_LIKE:
        return ""
    if field is not own:
        return _("{field}: {value}", field=field.title, value=value)
    return _(OTHER_SCRIPT if script_of(value) != script_of(text) else OTHER_SPELLING)


def _likeness(name: str, text: str) -> float:
    """How much the nearest words of a name sound like what was asked, 0..100."""
    asked, theirs = list(_tokens(text)), list(_tokens(name))
    if not asked or not theirs:
        return 0.0
    each = (max(fuzz.ratio(a.reading, b.reading) for b in theirs) for a in asked)
    return sum(each) / len(asked)


def _tokens(text: str) -> Iterator[Token]:
    return (part for word in words_of(text) for part in word)
