"""Query text to tree.

    query  = group , { "OR" , group }          OR in capitals, in every language
    group  = item , { item }                   all of them
    item   = { "-" } , ( "(" query ")" | term | phrase | word )
    term   = field , operator , value          without spaces between them
    operator = ":" | ">=" | "<=" | ">" | "<"
    value  = word | phrase , [ operator , word ]
    phrase = '"' … '"'                         a quotation mark inside is doubled
    word   = anything without space, bracket or quotation mark

What stands before an operator is a field if it has a letter: `10:30` and `+33:1` are words.
"""

from __future__ import annotations

import re
from typing import NoReturn, Protocol

from registry.errors import Invalid
from registry.i18n import N_
from registry.search.tree import EVERYBODY, Node, Phrase, Term, Word, all_of, any_of, opposite

OPERATOR = re.compile(r">=|<=|:|>|<")
_SPACE = re.compile(r"\s*")
_BARE = re.compile(r"[^\s()\"]+")
_PHRASE = re.compile(r'"((?:[^"]|"")*)"')
#: Halves of characters, which no store takes; each becomes the sign for an unknown character.
HALF_SIGN = re.compile("[\ud800-\udfff]")

#: A longer or deeper query is a mistake, and would exceed what the store takes in one statement.
MOST_ITEMS = 100
MOST_DEPTH = 20

UNKNOWN_FIELD = N_("“{word}” at position {position} is not a field. Did you mean “{suggestion}”?")
NO_VALUE = N_("At position {position} a value is missing after “{word}”. Write it without a space in between.")
OPEN_QUOTE = N_("The quotation mark at position {position} is not closed. Add another one after the phrase.")
OPEN_BRACKET = N_("The bracket at position {position} is not closed. Add “)” where it ends.")
EXTRA_BRACKET = N_("The bracket at position {position} closes nothing. Remove it, or add “(” before.")
EMPTY_BRACKET = N_("There is nothing in the bracket at position {position}. Write words in it, or remove it.")
LONELY_OR = N_("“OR” at position {position} needs words before and after it.")
TOO_LONG = N_("This query has more than {limit} parts. Shorten it.")
TOO_DEEP = N_("The bracket at position {position} is too deep inside others. Simplify the query.")


class FieldWords(Protocol):
    """Which words name a field."""

    def knows(self, word: str) -> bool:
        """Whether `word` names a field."""

    def nearest(self, word: str) -> str:
        """The word most like `word` that does."""


def parse(text: str, names: FieldWords) -> Node:
    """The tree of a query; raises `Invalid` with the position (from 1) of what is wrong."""
    return _Parser(HALF_SIGN.sub("\ufffd", text), names).whole()


def plain_words(text: str) -> Node:
    """Every word of `text` as a word, whatever signs it has; raises `Invalid` if there are too many."""
    words = HALF_SIGN.sub("\ufffd", text).split()
    if len(words) > MOST_ITEMS:
        raise Invalid(TOO_LONG, limit=MOST_ITEMS)
    return all_of(Word(word) for word in words)


class _Parser:
    def __init__(self, text: str, names: FieldWords) -> None:
        self._text = text
        self._names = names
        self._at = 0
        self._items = 0
        self._brackets: list[int] = []

    def whole(self) -> Node:
        tree = self._either()
        if self._at < len(self._text):
            self._fail(EXTRA_BRACKET, self._at)
        return tree

    def _either(self) -> Node:
        """Groups with OR between them, up to a closing bracket or the end."""
        groups = [self._group()]
        while (at := self._or_ahead()) is not None:
            self._at += 2
            groups.append(self._group())
            if EVERYBODY in groups:
                self._fail(LONELY_OR, at)
        return any_of(groups)

    def _group(self) -> Node:
        items: list[Node] = []
        while self._or_ahead() is None and self._ahead() not in ("", ")"):
            item = self._item()
            if item is not None:
                items.append(item)
            self._items += 1
            if self._items > MOST_ITEMS:
                raise Invalid(TOO_LONG, limit=MOST_ITEMS)
        return all_of(items)

    def _item(self) -> Node | None:
        """One item; None for a dash or an empty phrase that says nothing."""
        minuses = 0
        while self._ahead(skip=not minuses) == "-":
            minuses += 1
            self._at += 1
        sign = self._ahead(skip=False)
        if sign == "(":
            item: Node | None = self._bracket()
        elif sign == '"':
            phrase = self._phrase()
            item = Phrase(phrase) if phrase.strip() else None
        elif not sign or sign == ")" or sign.isspace():
            item = None
        else:
            item = self._word_or_term()
        return opposite(item) if item is not None and minuses % 2 else item

    def _bracket(self) -> Node:
        at = self._at
        if len(self._brackets) >= MOST_DEPTH:
            self._fail(TOO_DEEP, at)
        self._brackets.append(at)
        self._at += 1
        inside = self._either()
        if self._ahead() != ")":
            self._fail(OPEN_BRACKET, at)
        if inside == EVERYBODY:
            self._fail(EMPTY_BRACKET, at)
        self._brackets.pop()
        self._at += 1
        return inside

    def _phrase(self) -> str:
        match = _PHRASE.match(self._text, self._at)
        if match is None:
            self._fail(OPEN_QUOTE, self._at)
        self._at = match.end()
        return match[1].replace('""', '"')

    def _word_or_term(self) -> Node:
        at = self._at
        bare = self._bare()
        operator = OPERATOR.search(bare)
        if operator is None or not any(c.isalpha() for c in bare[: operator.start()]):
            return Word(bare)
        name, value = bare[: operator.start()], bare[operator.end() :]
        if not self._names.knows(name):
            self._fail(UNKNOWN_FIELD, at, word=name, suggestion=self._names.nearest(name))
        if not value and self._ahead(skip=False) == '"':
            value = self._phrase()
            if OPERATOR.match(self._text, self._at):
                value += self._bare()  # skill:"civil engineering">=3
        if not value.strip():
            self._fail(NO_VALUE, self._at, word=bare)
        return Term(name, operator[0], value, at + 1)

    def _bare(self) -> str:
        match = _BARE.match(self._text, self._at)
        assert match is not None
        self._at = match.end()
        return match[0]

    def _or_ahead(self) -> int | None:
        """Where the word OR stands if it comes next."""
        self._ahead()
        match = _BARE.match(self._text, self._at)
        return self._at if match is not None and match[0] == "OR" else None

    def _ahead(self, *, skip: bool = True) -> str:
        """The next sign, behind spaces when `skip`; "" at the end."""
        if skip:
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
        return self._text[self._at : self._at + 1]

    @staticmethod
    def _fail(message: str, at: int, **values: str) -> NoReturn:
        raise Invalid(message, field=None, position=at + 1, **values)
