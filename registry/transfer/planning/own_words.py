"""Workbooks of ours that were edited: a code and the words beside it no longer say the same."""

from __future__ import annotations

from collections.abc import Iterable

from registry import fields, records, vocabularies
from registry.context import View
from registry.i18n import N_, _
from registry.search.folding import fold
from registry.transfer.headings.own_names import NUMBER
from registry.transfer.lists.source import Source
from registry.transfer.planning.lookup import Register
from registry.transfer.planning.plan import CellProblem

DIFFER = N_("The code “{code}” and the words “{words}” beside it say different things; the code counts.")


def settle_words(view: View, source: Source) -> list[CellProblem]:
    """Read what was edited: the words where the code is still that of the record, else the code; returns doubts."""
    names, columns = {m.column: m.targets[0] for m in source.matches if m.targets}, source.rows.columns
    edited: list[tuple[int, int, int]] = []
    for code, words in source.words.items():
        if code in names:
            pairs = set(zip(columns[code], columns[words], strict=True))
            differ = {pair for pair in pairs if _is_edited(source.kind, names[code], *pair, alone=code == words)}
            together = enumerate(zip(columns[code], columns[words], strict=True)) if differ else ()
            edited += [(place, code, words) for place, pair in together if pair in differ]
    number = next((m.column for m in source.matches if m.targets == (NUMBER,)), None)
    if not edited or number is None:
        return []
    kept = kept_texts(view, source.kind, {columns[number][place] for place, *_columns in edited})
    told: list[CellProblem] = []
    for place, code, words in edited:
        name, said_in_words = names[code], columns[words][place]
        now = kept.get(columns[number][place], {}).get(name, "")
        same = now != "" and _mean_the_same(source.kind, name, now, said_in_words.strip())
        if code == words or columns[code][place].strip() in ("", now):
            columns[code][place] = now if same else said_in_words
        elif not same:
            said = _(DIFFER, code=columns[code][place], words=said_in_words)
            told.append(CellProblem(source.rows.numbers[place], name, said))
    return told


def _is_edited(kind: str, name: str, code: str, words: str, *, alone: bool) -> bool:
    """Whether words may mean another code than that beside them; of words alone always, unless they are a code."""
    found, words = fields.find(kind, name), words.strip()
    if alone:
        return found is not None and words != "" and words not in vocabularies.get(found[0].vocabulary).labels
    return not _mean_the_same(kind, name, code.strip(), words)


def _mean_the_same(kind: str, name: str, code: str, words: str) -> bool:
    """Whether words are a code's, in any language, or say nothing."""
    found = fields.find(kind, name)
    if found is None or not words or words == code:
        return True
    known = vocabularies.get(found[0].vocabulary)
    labels = {fold(label) or label for label in known.labels.get(code, {}).values()}
    return (fold(words) or words) in labels or known.find(words) == code


def kept_texts(view: View, kind: str, numbers: Iterable[str]) -> dict[str, dict[str, str]]:
    """Registration number -> what the record holds now, as an export writes it."""
    ids = Register(view.connection, kind).by_number(numbers)
    loaded = records.load(view.connection, view.session, kind, tuple(ids.values()))
    return {number: {**loaded[i].values, **loaded[i].raw} for number, i in ids.items() if i in loaded}
