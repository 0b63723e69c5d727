"""Whether the day or the month comes first in the dates of a column, decided from all its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from registry import dates, vocabularies
from registry.i18n import N_, _, ngettext
from registry.transfer.headings.headers import label_of
from registry.transfer.values.stepping import ColumnStep, each

ORDERS = ("dmy", "mdy")
#: States whose lists write the month first.
MONTH_FIRST = frozenset({"USA", "PHL", "FSM", "MHL", "PLW", "CAN"})
#: Fields whose days lie ahead, so that a year of two digits is one of this century.
AHEAD = frozenset({"document.expires", "valid_until", "available_from", "consular_valid_until", "activity.follow_up"})

ORDER_PROVEN = N_("“{column}”: dates are read day before month, as {count} of its values can only be.")
ORDER_PROVEN_MONTH = N_("“{column}”: dates are read month before day, as {count} of its values can only be.")
ORDER_BORROWED = N_("“{column}”: no date of this column shows the order; it is read day before month like “{other}”.")
ORDER_BORROWED_MONTH = N_(
    "“{column}”: no date of this column shows the order; it is read month before day like “{other}”."
)
ORDER_OF_COUNTRY = N_(
    "“{column}”: no date of this list shows the order; it is read day before month, as usual in {country}. Check it."
)
ORDER_AS_BEFORE = N_("“{column}”: dates are read day before month, as was said when such a list came before.")
ORDER_AS_BEFORE_MONTH = N_("“{column}”: dates are read month before day, as was said when such a list came before.")
ORDER_OPEN = N_(
    "“{column}”: its dates can be read day before month or month before day; they are kept as they are written."
)
ORDER_MIXED = N_(
    "“{column}”: some dates have the day first, some the month; those that can be read both ways are kept as written."
)


#: 12/03/85, 12-Mar-85.
_SHORT_YEAR = re.compile(r"(\d{1,2}([./\s-])(?:\d{1,2}|[^\W\d_]{3,10}\.?)\2)(\d\d)")
_LONGEST = 16
_OUR_DAY = re.compile(r"\d{4}-\d\d-\d\d")
#: Years that people of today write in the Hijri calendars, and those that they write in the Gregorian one.
_OLD_YEAR, _YEAR_OF_TODAY = re.compile(r"(?<!\d)1[34]\d\d(?!\d)"), re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class FullYear(ColumnStep):
    """Writes a year of two digits in full, as a step of `Columns`."""

    slot: int
    ahead: bool

    def fill(self, _cells: Sequence[Sequence[str]], texts: list[Sequence[str]]) -> None:
        """See `ColumnStep`."""
        texts[self.slot] = each(partial(in_full, ahead=self.ahead), texts[self.slot])


def in_full(text: str, *, ahead: bool = False) -> str:
    """12/03/85 as 12/03/1985: the latest such year that is not to come, or `ahead`, one of this century."""
    plain = text.strip()
    found = _SHORT_YEAR.fullmatch(plain) if len(plain) <= _LONGEST else None
    if found is None or not plain.strip("0/.-"):
        return text  # 0/0/00 is no date
    this = date.today().year
    year = this - this % 100 + int(found[3])
    year -= 100 if year > this and not ahead else 0
    return f"{found[1]}{year}"


def short_years(cells: Iterable[str]) -> int:
    """How many cells are dates with a year of two digits."""
    return sum(in_full(cell) is not cell for cell in _parted(cells))


def _parted(cells: Iterable[str]) -> list[str]:
    """The cells that can begin with a day or a month: not those whose first four digits are a year's."""
    return [cell for cell in cells if cell and not cell[:4].isdecimal()]


def told_years(column: str, count: int, *, ahead: bool) -> str:
    """What is said about years of two digits."""
    this = date.today().year
    first = this - this % 100 if ahead else this - 99
    return ngettext(
        "“{column}”: {count} date has a year of two digits, read as one from {first} to {last}.",
        "“{column}”: {count} dates have a year of two digits, read as years from {first} to {last}.",
        count,
        column=column,
        first=first,
        last=first + 99,
    )


def told_calendar(column: str, cells: Iterable[str]) -> list[str]:
    """What is said of years such as 1364 among those of people of today: they may be of another calendar."""
    together = "\n".join(filter(None, cells))
    if not together.isascii():
        together = _DIGIT.sub(lambda digit: str(int(digit[0])), together)
    found = _OLD_YEAR.findall(together)
    if not found or not (_YEAR_OF_TODAY.search(together) or len(found) > together.count("\n")):
        return []
    return [
        ngettext(
            "“{column}”: {count} date is of the year {year}; if it is of another calendar, write it in the Gregorian "
            "one.",
            "“{column}”: {count} dates are of years such as {year}; if they are of another calendar, write them in the "
            "Gregorian one.",
            len(found),
            column=column,
            year=found[0],
        )
    ]


def decide(
    columns: Mapping[str, Sequence[str]],
    called: Mapping[str, str],
    country: str,
    told: Mapping[str, str],
    before: Mapping[str, str],
) -> tuple[dict[str, str], list[str]]:
    """(Header -> order, sentences that say from what) of columns of dates.

    Args:
        columns: header -> its cells.
        called: header -> what the column is called in sentences.
        country: alpha-3 code of the post's country.
        told: header -> order, where somebody said it.
        before: the same, where it was said of such a list before; what cells show counts more.
    """
    said, known = _said(columns, told), _said(columns, before)
    proofs = {header: _proofs(cells) for header, cells in columns.items()}
    sure = {header: order for header, proof in proofs.items() if (order := said.get(header) or _order(proof))}
    proven = {called[header]: order for header, order in sure.items()}
    orders, sentences = dict(said), []
    for header, proof in proofs.items():
        if header in said or not _is_open(proof):
            continue
        order, sentence = _decided(called[header], proof, known.get(header, ""), proven, country)
        sentences.append(sentence)
        if order:
            orders[header] = order
    return orders, sentences


def undecided(columns: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """Column -> a date that can be read in two ways, of those whose own cells do not say which is right."""
    found = {}
    for column, cells in columns.items():
        proof = _proofs(cells)
        if proof.get("either") and not _order(proof):
            found[column] = next(cell.strip() for cell in cells if dates.numeric_order(in_full(cell)) == "either")
    return found


def readings(text: str) -> tuple[str, str]:
    """A date read day first and read month first, in words."""
    first, second = (dates.show(dates.parse(in_full(text), order)) for order in ORDERS)
    return first, second


def usual(country: str) -> str:
    """The order that lists of a country are read in where nothing shows it; "" = to be asked."""
    return "dmy" if country and country not in MONTH_FIRST else ""


def written_anew(cells: Iterable[str]) -> bool:
    """Whether a spreadsheet program wrote a column of our own export in its way: most days are not as we write them."""
    ours = theirs = 0
    for cell in filter(None, cells):
        ours += _OUR_DAY.fullmatch(cell) is not None
        theirs += dates.numeric_order(in_full(cell)) != ""
    return theirs > ours


def _said(columns: Iterable[str], told: Mapping[str, str]) -> dict[str, str]:
    known = {label_of(header).casefold(): header for header in columns}
    return {known[key]: order for header, order in told.items() if (key := label_of(header).casefold()) in known}


def _decided(
    header: str, proof: Mapping[str, int], before: str, sure: Mapping[str, str], country: str
) -> tuple[str, str]:
    order = _order(proof)
    if order:
        return order, _(ORDER_PROVEN if order == "dmy" else ORDER_PROVEN_MONTH, column=header, count=proof[order])
    if proof.get("dmy"):
        return "", _(ORDER_MIXED, column=header)
    if before:
        return before, _(ORDER_AS_BEFORE if before == "dmy" else ORDER_AS_BEFORE_MONTH, column=header)
    if len(set(sure.values())) == 1:
        other, order = next(iter(sure.items()))
        return order, _(ORDER_BORROWED if order == "dmy" else ORDER_BORROWED_MONTH, column=header, other=other)
    if order := usual(country):
        name = vocabularies.get("country").label(country)
        return order, _(ORDER_OF_COUNTRY, column=header, country=name)
    return "", _(ORDER_OPEN, column=header)


def _is_open(proof: Mapping[str, int]) -> bool:
    return bool(proof.get("either") or (proof.get("dmy") and proof.get("mdy")))


def _proofs(cells: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for cell in _parted(cells):
        if proof := dates.numeric_order(in_full(cell)):
            counts[proof] = counts.get(proof, 0) + 1
    return counts


def _order(proof: Mapping[str, int]) -> str:
    """The one order that a column proves; "" = none, or both."""
    found = [order for order in ORDERS if proof.get(order)]
    return found[0] if len(found) == 1 else ""
