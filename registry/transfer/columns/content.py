"""What the cells of a column look like: the second witness, beside its header, of what the column holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from registry import dates, vocabularies
from registry.errors import Invalid
from registry.search.folding import fold
from registry.transfer.values.date_orders import in_full

#: Cells looked at; spread over the whole column, so that a tidy start does not hide a messy rest.
SAMPLE = 400

_EMAIL = re.compile(r"\S+@\S+\.\w{2,}")
#: Not “1.jpg”, nor a device as “ee.example.org:aBcD”.
_URL = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|int|info|edu|[a-z]{2})(?!\w|:[^\s\d])(?:/\S*)?"
)
_PHONE = re.compile(r"[+(]?\d[\d\s().\-/\u00a0\u2011]{5,}\d(?:\D.*)?")
#: Latitude and longitude, and height and accuracy as telephones measure them.
_PLACE = re.compile(r"-?\d{1,2}\.\d+[\s,;]+-?\d{1,3}\.\d+(?:[\s,;]+-?\d+(?:\.\d+)?){0,2}")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
#: "03/12/2024 06:01:00 PM": a time of day, in whatever order its date is.
_TIME = re.compile(r"\d:[0-5]\d")
_WORD = re.compile(r"[^\W\d_]+(?:['’`.-][^\W\d_]*)*\.?")
_FLAGS = frozenset(
    re.split(
        r"\|",
        "yes|no|y|n|true|false|si|sí|oui|non|ja|nein|да|нет|نعم|لا|active|inactive|activo|"
        "inactivo|actif|inactif|open|closed|x|✓|✗|0|1",
    )
)
#: Beginnings of folded words that stand in names of organisations and hardly in names of people.
_ORGANISATION = re.compile(
    r"\b(?:associa|asocia|associac|assoc|fundac|fundaci|fondation|foundation|federa|initiative|council|"
    r"ministr|ministerio|ministere|ministry|embass|embaj|ambass|consul|konsul|kozul|konzul|nagykovetseg|"
    r"institut|societ|sociedad|society|club|comite|committee|commission|agenc|authority|centre|center|"
    r"centro|universit|school|ecole|escuela|college|network|reseau|trust|union|ligue|league|ltd|limited|"
    r"inc|gmbh|verein|e v|partnership|board|office|oficina|bureau|service|church|eglise|iglesia|mosque|"
    r"organi[sz]a|group|grupo|groupe|company|collecti|amicale|jardin|theatre|museum|musee|delegacion|"
    r"representac|mission|ngo|international|development|jamiat|rabita|obshchestv|soyuz|fond|tsentr|"
    r"support|empower|youth|women|children|health|tribunal|forces|bank|fund|corporation)\w*"
)


@dataclass(frozen=True)
class Column:
    """A column's header and cells below it.

    Attributes:
        name: unique among the columns.
        header: as written; "" = none.
        cells: a sample of the filled cells, trimmed, in order.
        filled: how many cells are filled.
        rows: how many rows the list has.
        repeat: of which repeat of a questionnaire it is a question; "" = of none.
        at_home: whether its heading says that its places are in the country that people come from.
    """

    name: str
    header: str
    cells: Sequence[str]
    filled: int
    rows: int
    repeat: str = ""
    at_home: bool = False

    @cached_property
    def emails(self) -> float:
        """Share of cells that hold an e-mail address."""
        return self._share(lambda text: bool(_EMAIL.search(text)))

    @cached_property
    def urls(self) -> float:
        """Share of cells that hold a web address."""
        return self._share(lambda text: bool(_URL.match(text)) and "@" not in text)

    @cached_property
    def phones(self) -> float:
        """Share of cells that look like a telephone number of seven digits or more."""
        return self._share(_is_phone)

    @cached_property
    def phone_marks(self) -> float:
        """Share of cells that are telephone numbers beyond doubt: with +, 00, or groups of digits."""
        return self._share(lambda text: _is_phone(text) and (text[0] in "+(" or text.startswith("00") or " " in text))

    @cached_property
    def international(self) -> float:
        """Share of cells that are telephone numbers with + or 00, or an area in brackets."""
        return self._share(lambda text: _is_phone(text) and text.startswith(("+", "(", "00")))

    @cached_property
    def dates(self) -> float:
        """Share of cells that are dates, whatever their order."""
        return self._share(_is_date)

    @cached_property
    def full_dates(self) -> float:
        """Share of cells that are dates to the day, not bare years."""
        return self._share(lambda text: len(in_full(text)) > 7 and _is_date(text))

    @cached_property
    def years(self) -> list[int]:
        """The years of the cells that are dates."""
        found = []
        for text in self.cells:
            try:
                found.append(int(dates.parse(in_full(text), "dmy")[:4]))
            except Invalid:
                continue
        return found

    @cached_property
    def numbers(self) -> float:
        """Share of cells that are bare numbers."""
        return self._share(lambda text: bool(_NUMBER.fullmatch(text)))

    @cached_property
    def with_digits(self) -> float:
        """Share of cells that have a digit."""
        return self._share(lambda text: any(map(str.isdigit, text)))

    @cached_property
    def distinct(self) -> float:
        """Different cells among all."""
        return len(self._counts) / len(self.cells) if self.cells else 0.0

    @cached_property
    def length(self) -> float:
        """Mean number of characters."""
        return sum(map(len, self.cells)) / len(self.cells) if self.cells else 0.0

    @cached_property
    def is_flag(self) -> bool:
        """Whether the cells only say yes or no."""
        return bool(self.cells) and all(map(_is_flag, self._counts))

    def in_vocabulary(self, name: str, parts: Callable[[str], list[str]] = lambda text: [text]) -> float:
        """Share of cells that a vocabulary knows; of those that hold several values, all of them."""
        vocabulary = vocabularies.get(name)
        return self._share(lambda text: all(vocabulary.find(part) is not None for part in parts(text)))

    def is_of_vocabulary(self, name: str, least: float) -> bool:
        """Whether a vocabulary knows this share of the cells at least; sooner told than how large it is."""
        vocabulary, known = vocabularies.get(name), len(self.cells)
        for text, count in self._counts.items():
            known -= 0 if vocabulary.find(text) is not None else count
            if known / len(self.cells) < least:
                return False
        return bool(self.cells)

    @cached_property
    def names(self) -> float:
        """Share of cells that could be a person's name: one to seven words, no digits."""
        return self._share(_is_name)

    @cached_property
    def organisations(self) -> float:
        """Share of cells with a word that names of organisations have."""
        return self._share(lambda text: bool(_ORGANISATION.search(fold(text))))

    @cached_property
    def _counts(self) -> Counter[str]:
        """How often each cell stands there."""
        return Counter(self.cells)

    def _share(self, test: Callable[[str], bool]) -> float:
        if not self.cells:
            return 0.0
        return sum(count for text, count in self._counts.items() if test(text)) / len(self.cells)


def _is_flag(text: str) -> bool:
    return text.casefold() in _FLAGS or vocabularies.get("yes_no").find(text) is not None


def _is_phone(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    apart = _TIME.search(text) or _PLACE.fullmatch(text) or not text.strip("0/.- ")
    return bool(_PHONE.match(text)) and 7 <= digits <= 40 and not apart and not _is_date(text)


def _is_date(text: str) -> bool:
    if not any(c.isdigit() for c in text) or len(text) > 40:
        return False
    try:
        dates.parse(in_full(text), "dmy")
    except Invalid:
        return False
    return True


def _is_name(text: str) -> bool:
    if len(text) > 80 or any(c.isdigit() for c in text):
        return False
    return 1 <= len(_WORD.findall(text)) <= 8
