"""A closed list of codes: labels, other words, a hierarchy; what a text names and what a beginning may become."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from registry.i18n import current_language
from registry.search.folding import fold
from registry.vocabularies.suggesting import Suggestion, Terms, key, suggested

#: A code with its label after it or before it: "2221 Nursing professionals", "Nursing professionals (2221)".
_WITH_LABEL = (
    re.compile(r"(?P<code>[^\s:;,–—]+)[\s:;,–—-]+(?P<label>\S.*)"),
    re.compile(r"(?P<label>\S.*?)\s*[(\[](?P<code>[^\s()\[\]]+)[)\]]"),
)


#: Letters of the shortest codes.
_SHORT_CODE = 2
#: Per cent of letters in which a misspelled word agrees with the right one.
_NEAR = 82


@dataclass(frozen=True)
class Entry:
    """One code as a file or a ministry's list gives it.

    Attributes:
        code: as it is stored.
        labels: language -> label.
        aliases: other ways to write it, in any language.
        parent: code of the entry above, "" at the top.
        inverse: of a relation, the code that the other side sees.
        offered: whether it may be chosen for a new value.
    """

    code: str
    labels: dict[str, str]
    aliases: tuple[str, ...] = ()
    parent: str = ""
    inverse: str = ""
    offered: bool = True


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of codes.

    Attributes:
        name: as fields name it.
        labels: code -> language -> label; English is always there.
        aliases: code -> other ways to write it, in any language.
        parents: code -> the code above it; the top has none.
        inverses: of relations: code -> what the other side sees.
        unoffered: codes that are recognised but not chosen for new values.
        by_label: whether it is offered in the order of its labels.
        more: further words for searching, read when first needed, the best first.
        elsewhere: words of other languages and what each names, read when a text is nothing else; never suggested.
    """

    name: str
    labels: dict[str, dict[str, str]]
    aliases: dict[str, tuple[str, ...]]
    parents: dict[str, str] = field(default_factory=dict)
    inverses: dict[str, str] = field(default_factory=dict)
    unoffered: frozenset[str] = frozenset()
    by_label: bool = False
    more: Callable[[], tuple[Terms, ...]] = tuple
    elsewhere: Callable[[], Mapping[str, str]] = dict

    @classmethod
    def of(
        cls,
        name: str,
        entries: Iterable[Entry],
        *,
        by_label: bool = False,
        more: Callable[[], tuple[Terms, ...]] = tuple,
        elsewhere: Callable[[], Mapping[str, str]] = dict,
    ) -> Vocabulary:
        """A vocabulary of these entries, in their order."""
        listed = list(entries)
        return cls(
            name,
            {e.code: e.labels for e in listed},
            {e.code: e.aliases for e in listed},
            {e.code: e.parent for e in listed if e.parent},
            {e.code: e.inverse for e in listed if e.inverse},
            frozenset(e.code for e in listed if not e.offered),
            by_label,
            more,
            elsewhere,
        )

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes in the vocabulary's own order."""
        return tuple(self.labels)

    def label(self, code: str, language: str = "") -> str:
        """The label of `code` in `language` (default: the one in use), else in English, in any, else the code."""
        labels = self.labels.get(code, {})
        return labels.get(language or current_language()) or labels.get("en") or next(iter(labels.values()), code)

    def is_translated(self, code: str, language: str = "") -> bool:
        """Whether `label` is in `language` itself and not English in its place."""
        return (language or current_language()) in self.labels.get(code, {})

    def choices(self) -> list[tuple[str, str]]:
        """(code, label) of what may be chosen: by label, or in the vocabulary's own order."""
        offered = [(code, self.label(code)) for code in self.labels if code not in self.unoffered]
        return sorted(offered, key=lambda choice: fold(choice[1])) if self.by_label else offered

    # --- hierarchy ------------------------------------------------------------------------------------------

    def parent(self, code: str) -> str:
        """The code above `code`, "" at the top."""
        return self.parents.get(code, "")

    def children(self, code: str = "") -> tuple[str, ...]:
        """The codes right below `code`, in the vocabulary's order; of "" the top ones."""
        return self._children.get(code, ())

    def level(self, code: str) -> int:
        """How deep `code` stands: 1 at the top."""
        return 1 + sum(1 for _ in self.ancestors(code))

    def ancestors(self, code: str) -> Iterable[str]:
        """The codes above `code`, the nearest first."""
        while code := self.parent(code):
            yield code

    def descends(self, code: str, ancestor: str) -> bool:
        """Whether `code` is `ancestor` or stands below it."""
        return code == ancestor or ancestor in self.ancestors(code)

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        below: dict[str, list[str]] = {}
        for code in self.labels:
            below.setdefault(self.parent(code), []).append(code)
        return {code: tuple(codes) for code, codes in below.items()}

    # --- words ----------------------------------------------------------------------------------------------

    def find(self, text: str) -> str | None:
        """The code that `text` names without doubt, None otherwise.

        A code, a label in any language, an alias, or a code with its label. A code goes before a label, a label before
        an alias. A word of several codes names the lowest where the others stand above it. What is no word here may be
        one of another language; in letters with accents it may be so although it reads like a code of two letters.
        """
        word = key(text)
        if len(word) <= _SHORT_CODE and not text.isascii() and (code := self._elsewhere.get(word)):
            return code  # Mỹ is no Malaysia
        if code := self._codes.get(word):
            return code  # before any word is looked at: most of what a program asks for is a code
        code = self._index[word] if word in self._index else self._further.get(word)
        return code or self._with_label(text) or (None if self.knows(word) else self._elsewhere.get(word))

    def knows(self, word: str) -> bool:
        """Whether a word, as `key` gives it, stands in the list itself, even for several codes."""
        return word in self._index or word in self._further

    @cached_property
    def _elsewhere(self) -> Mapping[str, str]:
        return self.elsewhere()

    def suggest(self, text: str, limit: int = 8, start: str = "") -> list[Suggestion]:
        """At most `limit` entries that `text` may mean, the best first; only codes that begin with `start`."""
        found = suggested(text, self._tiers, lambda code: code.startswith(start) and code not in self.unoffered, limit)
        return [
            Suggestion(code, label, "" if word in (label, code) else word)
            for code, word in found
            for label in (self.label(code),)
        ]

    def misspelled(self, text: str, limit: int = 5) -> list[Suggestion]:
        """At most `limit` entries of which a word is nearly spelled like `text`, the nearest first."""
        from rapidfuzz import fuzz, process

        near = process.extract(key(text), list(self._index), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=3 * limit)
        codes = dict.fromkeys(code for word, _score, _place in near if (code := self._index[word]))
        return [Suggestion(code, self.label(code), "") for code in list(codes)[:limit]]

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {key(code): code for code in self.labels}

    @cached_property
    def _tiers(self) -> tuple[Terms, ...]:
        # The lowest codes first: of equal labels the most specific is met first.
        codes = sorted(self.labels, key=self.level, reverse=True) if self.parents else self.labels
        return (
            Terms.of((code, word) for code in codes for word in dict.fromkeys((code, *self.labels[code].values()))),
            Terms.of((code, word) for code in codes for word in self.aliases.get(code, ())),
            *self.more(),
        )

    @cached_property
    def _index(self) -> dict[str, str | None]:
        """Words and what they name; None = more than one."""
        index: dict[str, str | None] = dict(self._codes)
        labels, aliases, *_more = self._tiers
        for terms in (labels, aliases):
            self._add(index, terms)
        return index

    @cached_property
    def _further(self) -> dict[str, str | None]:
        index: dict[str, str | None] = {}
        for terms in self._tiers[2:]:
            self._add(index, terms)
        return index

    def _add(self, index: dict[str, str | None], terms: Terms) -> None:
        """Take in the words that no better word took."""
        named: dict[str, str] = {}
        several: dict[str, list[str]] = {}
        for word, code in zip(terms.keys, terms.codes, strict=True):
            if named.setdefault(word, code) != code:
                several.setdefault(word, [named[word]]).append(code)
        for word, code in named.items():
            index.setdefault(word, self._lowest(several[word]) if word in several else code)

    def _lowest(self, codes: list[str]) -> str | None:
        """The code that all others stand above; what is offered counts before what is not."""
        rivals = [code for code in codes if code not in self.unoffered] or codes
        lowest = max(rivals, key=self.level)
        return lowest if all(self.descends(lowest, code) for code in rivals) else None

    def _with_label(self, text: str) -> str | None:
        for pattern in _WITH_LABEL:
            if parts := pattern.fullmatch(text.strip()):
                word = key(parts["code"])
                code = self._index.get(word)
                if code and word == key(code) and key(parts["label"]) in self._words[code]:
                    return code
        return None

    @cached_property
    def _words(self) -> dict[str, set[str]]:
        words: dict[str, set[str]] = {}
        for terms in self._tiers:
            for word, code in zip(terms.keys, terms.codes, strict=True):
                words.setdefault(code, set()).add(word)
        return words


def merged(vocabulary: Vocabulary, entries: Iterable[Entry]) -> Vocabulary:
    """`vocabulary` with more entries: new codes at the end, more labels and aliases for the known ones."""
    labels, aliases = dict(vocabulary.labels), dict(vocabulary.aliases)
    parents, inverses = dict(vocabulary.parents), dict(vocabulary.inverses)
    unoffered = set(vocabulary.unoffered)
    for entry in entries:
        labels[entry.code] = labels.get(entry.code, {}) | entry.labels
        aliases[entry.code] = tuple(dict.fromkeys((*aliases.get(entry.code, ()), *entry.aliases)))
        parents |= {entry.code: entry.parent} if entry.parent else {}
        inverses |= {entry.code: entry.inverse} if entry.inverse else {}
        (unoffered.discard if entry.offered else unoffered.add)(entry.code)
    return replace(
        vocabulary, labels=labels, aliases=aliases, parents=parents, inverses=inverses, unoffered=frozenset(unoffered)
    )
