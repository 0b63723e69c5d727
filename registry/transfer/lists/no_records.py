"""Rows of a list that are no records: the header or the head of a page again, totals, remarks below the list."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from registry.i18n import N_
from registry.search.folding import fold
from registry.transfer.headings.heading_rows import filled_cells
from registry.transfer.lists.rows import Rows

TOTALS = N_("a line of totals")
REMARK = N_("a remark below the list, not a record")
HEADER_AGAIN = N_("the header again")
PAGE_HEAD = N_("the head of a page, which stands above the headings too")

_TOTAL = re.compile(
    r"(?:grand |sub ?|sous |page )?(?:totals?|totaux|sum|somme|suma|soma|summe|insgesamt|itogo|vsego|spolu|osszesen|"
    r"razem|razom|(?:genel )?toplam|tong cong|(?:al)?mjmwa|(?:al)?ijmaly|jma kl|totale|totali|gjithsej|ukupno|"
    r"sveukupno|svega|total general|kl tadad|jmlh|jumlah|kabuuan)\b.*"
)
#: In its own script: folded it reads as people are called, 何吉.
_CHINESE_TOTAL = re.compile("(?:合|总|總)[计計]")
_REMARK = re.compile(
    r"(?:add|insert|note|notes|nota|source|sources|fuente|fonte|quelle|page|please|updated|as of|as at|end of|"
    r"prepared|generated|copyright|legend|legende|leyenda|ajouter|mis a jour|voir|actualizado|stand)\b.*"
)
#: Signs around a line such as "*** END OF REPORT ***".
_SIGNS = re.compile(r"[*=#_~-]{3}")
_DIGITS = re.compile(r"\d+")
#: What a text has in small letters that names a total, before it is folded.
_STEMS = (
    *("tot", "sum", "som", "insges", "itogo", "vsego", "spolu", "ossz", "razem", "toplam", "ukup", "svega", "gjith"),
    *("jumlah", "kabuuan"),
)
#: Rows by which the column is chosen that tells soonest that no row is the header again.
_FIRST = 500


def drop_others(
    rows: Rows, names: Sequence[str], identified: Sequence[int], above: Collection[Sequence[str]] = ()
) -> None:
    """Take out of `rows` what is no record: the header again, the head of a page, totals, remarks below the list.

    Args:
        identified: columns that are mapped.
        above: the rows above the headings, which a report prints on each of its pages.
    """
    rows.leave_out(dict.fromkeys((rows.numbers[place] for place in _page_heads(rows, above)), PAGE_HEAD))
    labels = [name.casefold() for name in names]
    last = _last_record(rows, identified)
    remarks = _perhaps_remarks(rows, last) if len(identified) > 1 else range(len(rows.numbers))
    reasons: dict[int, str] = {}
    for place in sorted({*_perhaps_headers(rows, labels), *_perhaps_totals(rows), *remarks}):
        gap = rows.numbers[place] - 1 in rows.blank
        if reason := _no_record(rows.row(place), labels, identified, after=place > last, gap=gap):
            reasons[rows.numbers[place]] = reason
    rows.leave_out(reasons)


def _page_heads(rows: Rows, above: Collection[Sequence[str]]) -> Iterator[int]:
    """Rows that say what one above the headings says, but for the numbers: "Page 2 of 9"."""
    heads = {head for head in map(_unnumbered, above) if any(map(str.isalpha, "".join(head)))}
    parts = {part for head in heads for part in head}
    found: set[int] = set()
    for texts in rows.columns if heads else ():
        again = {text for text in set(texts) if text and _DIGITS.sub("0", text.strip()) in parts}
        found.update(place for place, text in enumerate(texts) if text in again)
    yield from (place for place in sorted(found) if _unnumbered(rows.row(place)) in heads)


def _unnumbered(row: Sequence[str]) -> tuple[str, ...]:
    """The filled cells of a row with their numbers left out."""
    return tuple(_DIGITS.sub("0", text.strip()) for text in row if text.strip())


def _last_record(rows: Rows, identified: Sequence[int]) -> int:
    """The last row that fills more than one cell; below it only a lone name can be a record."""
    count = len(rows.numbers)
    if len(identified) < 2:
        return count
    return next((place for place in range(count - 1, -1, -1) if filled_cells(rows.row(place)) > 1), -1)


def _perhaps_remarks(rows: Rows, last: int) -> Iterator[int]:
    """Rows below the last record, or below a blank row."""
    yield from range(last + 1, len(rows.numbers))
    if rows.blank:
        yield from (place for place, number in enumerate(rows.numbers) if number - 1 in rows.blank)


def _perhaps_headers(rows: Rows, labels: Sequence[str]) -> Collection[int]:
    """Rows whose cells say nothing but what stands above them, each looked at as far as it does."""
    found: Collection[int] = range(len(rows.numbers))
    for column in sorted(range(len(labels)), key=lambda place: len(set(rows.columns[place][:_FIRST]))):
        texts = rows.columns[column]
        again = {text for text in set(texts) if _plain(text) in labels[column]}
        found = [place for place in found if texts[place] in again] if again else ()
        if not found:
            break
    return found


def _perhaps_totals(rows: Rows) -> Iterator[int]:
    """Rows whose first filled cell may name a total."""
    places: Sequence[int] = range(len(rows.numbers))
    for texts in rows.columns:
        here = texts if len(places) == len(texts) else [texts[place] for place in places]
        named = _naming_totals(set(here))
        if named:
            yield from (place for place, text in zip(places, here, strict=True) if text in named)
        places = [place for place, text in zip(places, here, strict=True) if not text or text.isspace()]
        if not places:
            break


def _naming_totals(texts: Collection[str]) -> set[str]:
    """Which of some texts may name a total: nearly none, and folding all of them would take long."""
    named = {text for text in texts if not text.isascii() and _names_total(text)}
    if _has_stem("\n".join(filter(str.isascii, texts))):
        named |= {text for text in texts if text.isascii() and _has_stem(text)}
    return named


def _names_total(text: str) -> bool:
    return bool(_TOTAL.fullmatch(fold(text)) or _CHINESE_TOTAL.match(text.strip()))


def _has_stem(text: str) -> bool:
    plain = text.replace("'", "").lower()
    return any(stem in plain for stem in _STEMS)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _no_record(row: Sequence[str], labels: Sequence[str], identified: Sequence[int], *, after: bool, gap: bool) -> str:
    filled = [stripped for text in row if (stripped := text.strip())]
    if len(filled) > 1 and all(_plain(text) in labels[i] for i, text in enumerate(row) if text.strip()) and any(labels):
        return HEADER_AGAIN
    first = fold(filled[0])
    sparse = len(filled) <= max(1, len(identified) // 2)
    if _names_total(filled[0]) and (sparse or any(text.strip().isdigit() for text in filled[1:])):
        return TOTALS
    if len(filled) == 1 and (after or gap or len(identified) < 2):
        sentence = len(filled[0].split()) > 2 and not _is_titled(filled[0])
        if (
            len(filled[0]) > 150
            or _SIGNS.match(filled[0])
            or (sentence and (_REMARK.fullmatch(first) or (after and gap)))
        ):
            return REMARK
    return ""


def _is_titled(text: str) -> bool:
    """Whether most words begin with a capital, as in names."""
    words = [w for w in text.split() if w[0].isalpha()]
    cased = [w for w in words if w[0].lower() != w[0].upper()]
    return not cased or sum(w[0].isupper() for w in cased) >= 0.6 * len(cased)
