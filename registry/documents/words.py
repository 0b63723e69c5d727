"""A paragraph cut into words that are shaped and never broken, with the direction of each part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from bidi import algorithm  # type: ignore[import-untyped]

from registry.documents.fonts import Piece, shape_word, space_in


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text looks; the size is in points."""

    size: float = 10.5
    bold: bool = False
    italic: bool = False
    underline: bool = False


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one style."""

    text: str
    style: Style = PLAIN


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A shaped piece of known style and direction; width in points, odd levels run from right to left.

    Attributes:
        opens: what follows without a space may stand a little apart in a justified line.
        joins: what follows on the line is set with it, as one: writing without spaces between words.
    """

    piece: Piece
    style: Style
    level: int
    width: float
    space: bool = False
    opens: bool = False
    joins: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """What stands together on a line, in logical order, and how the next word follows.

    Attributes:
        width: in points, without the spaces.
        spaces: what follows it before the next word; a line may also end without.
        full: the width with the spaces.
        above, below: the fonts' height over and depth under the baseline, in points.
        directed: some of it runs from right to left.
        ends_line: a line break was written after it.
    """

    items: tuple[Item, ...]
    width: float
    spaces: tuple[Item, ...]
    full: float
    above: float
    below: float
    directed: bool
    ends_line: bool


_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_IDEOGRAPH = (
    "\u2e80-\u2fff\u3041-\u30fe\u3105-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff10-\uff19\uff21-\uff5a\U00020000-\U0003ffff"
)
_OPENING, _CLOSING = (
    "「『（【〈《〔［",
    "、。」』）】〉》〕］，．！？：；々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ",
)
_IDEOGRAPHS = re.compile(f"[{_IDEOGRAPH}]")
_KANA = re.compile("[\u3041-\u30ff]")
#: A line break; breaking spaces; an ideograph with its punctuation; other text up to one of these.
_PARTS = re.compile(rf"\n| +|[{_OPENING}]*[{_IDEOGRAPH}][{_CLOSING}]*|[^ \n{_IDEOGRAPH}{_OPENING}]+|[{_OPENING}]+")
#: Scripts that put no space between words: Thai, Lao, Burmese, Khmer.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff"
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]{{2,}}")
#: Tells readers of PDF, which see glyphs from left to right, that a sign beside a number belongs to the words.
_MARK_TO_RIGHT = "\u200f"
#: The level of what runs from left to right as if it were embedded so, and the space that readers of PDF take for a
#: part of a number (UAX 9, W4).
_EMBEDDED, _SPACE_INSIDE = 4, "\u00a0"
_AFTER_HYPHEN = re.compile(r"(?<=[^\W\d_]{2}[-\u2010\u2013])(?=[^\W\d_])")
#: A telephone number as it is dialled: with a plus or a nought in front, its groups apart.
_TELEPHONE = re.compile(r"(?<!\d)(?:\(?\+\d|0)[\d .()/\u00a0-]{5,}\d")
#: What the short way cannot break lines at.
_NOT_PLAIN = re.compile(rf"[{_IDEOGRAPH}{_OPENING}{_UNSPACED}\n]|  |[^\W\d_]{{2}}[-\u2010\u2013][^\W\d_]")


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left (UAX 9, P2 and P3)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def words_of(spans: Sequence[Span], right_to_left: bool, width: float) -> list[Word]:
    """The words of a paragraph of cleaned text, none wider than `width` points."""
    text = "".join(span.text for span in spans)
    if right_to_left or _NOT_PLAIN.search(text) or _RIGHT_TO_LEFT.search(text):
        words = list(_mixed_words(text, spans, right_to_left))
    else:
        words = _plain_words(spans)
    if any(word.width > width for word in words):
        return [part for word in words for part in _fitting(word, width)]
    return words


def _plain_words(spans: Sequence[Span]) -> list[Word]:
    """Words of left-to-right text with single spaces between them: the short way for most letters."""
    words: list[Word] = []
    held: list[tuple[str, Style]] = []
    for span in spans:
        style = span.style
        first, middle, last = _split(span.text, style)
        if middle is not None:
            words.append(_styled_word(_together((*held, (first, style))), True) if held else _plain_word(first, style))
            words += middle
            held = []
        if last:
            held.append((last, style))
    words.append(_styled_word(_together(held), False))
    return words


def _together(parts: Sequence[tuple[str, Style]]) -> tuple[tuple[str, Style], ...]:
    """The parts of a word, those of one style as one: letters are shaped by their neighbours."""
    alike = groupby(parts, key=lambda part: part[1])
    return tuple([("".join([text for text, _style in some]), style) for style, some in alike])


@lru_cache(maxsize=512)
def _split(text: str, style: Style) -> tuple[str, tuple[Word, ...] | None, str]:
    """The first word, those that stand whole between spaces, and the last; without a space only a last one."""
    first, *others = text.split(" ")
    if not others:
        return "", None, first
    return first, tuple([_plain_word(part, style) for part in others[:-1]]), others[-1]


@lru_cache(maxsize=2048)
def _plain_word(text: str, style: Style) -> Word:
    return _styled_word(((text, style),), True)


def _styled_word(parts: tuple[tuple[str, Style], ...], spaced: bool) -> Word:
    """A left-to-right word that changes its style inside, and the space after it in the last one's."""
    items = tuple(item for text, style in parts for item in _items(text, style, 0, False))
    return _word(items, (_space_after(items, parts[-1][1], 0),) if spaced else ())


@lru_cache(maxsize=10_000)
def _word(items: tuple[Item, ...], spaces: tuple[Item, ...] = (), ends_line: bool = False) -> Word:
    width = sum(item.width for item in items)
    full = width + sum(space.width for space in spaces)
    every = items + spaces[:1]
    above = max((item.piece.face.ascent * item.style.size for item in every), default=0.0) / 1000
    below = max((-item.piece.face.descent * item.style.size for item in every), default=0.0) / 1000
    return Word(items, width, spaces, full, above, below, any(item.level for item in every), ends_line)


@lru_cache(maxsize=10_000)
def _items(text: str, style: Style, level: int, japanese: bool) -> tuple[Item, ...]:
    """A text of one style and direction, shaped; the same text is the same items, and so the same word."""
    if not text:
        return ()
    pieces = shape_word(text, style.bold, style.italic, bool(level % 2), japanese)
    if level % 2 and not _RIGHT_TO_LEFT.search(text):
        pieces = tuple([_belonging_right(piece) for piece in pieces])
    return tuple(Item(piece, style, level, piece.width * style.size / 1000) for piece in pieces)


@lru_cache(maxsize=256)
def _belonging_right(piece: Piece) -> Piece:
    """The piece, its text marked as part of what runs from right to left."""
    *before, last = piece.glyphs
    return replace(piece, glyphs=(*before, replace(last, text=last.text + _MARK_TO_RIGHT)))


def _space_after(items: tuple[Item, ...], style: Style, level: int) -> Item:
    face = items[-1].piece.face if items else shape_word("x", style.bold, style.italic, False, False)[0].face
    piece = space_in(face)
    if level == _EMBEDDED:
        piece = replace(piece, glyphs=(replace(piece.glyphs[0], text=_SPACE_INSIDE),))
    return Item(piece, style, level, piece.width * style.size / 1000, True)


def _mixed_words(text: str, spans: Sequence[Span], right_to_left: bool) -> Iterator[Word]:
    """Words of a paragraph of several styles, scripts or directions."""
    styles = [span.style for span in spans for _character in span.text]
    levels = _levels(text, right_to_left)
    japanese = bool(_KANA.search(text))
    held: tuple[Item, ...] | None = None
    for start, end in _parts(text):
        first = text[start]
        if first == "\n":
            yield _word(held or (), ends_line=True)
            held = None
        elif first == " ":
            space = _space_after(held or (), styles[start], levels[start])
            yield _word(held or (), (space,) * (end - start))
            held = None
        else:
            if held is not None:
                yield _word(_opening(held, first) if held else held)
            held = tuple(
                item
                for (style, level), each in groupby(range(start, end), key=lambda at: (styles[at], levels[at]))
                for item in _items("".join(text[at] for at in each), style, level, japanese)
            )
    yield _word(held or ())


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every part of the text between two places where a line may end."""
    for match in _PARTS.finditer(text):
        start = match.start()
        for cut in _cuts(text, match.start(), match.end()):
            yield start, cut
            start = cut
        yield start, match.end()


@lru_cache(maxsize=10_000)
def _opening(items: tuple[Item, ...], following: str) -> tuple[Item, ...]:
    """A word that the next one, beginning so, follows without a space."""
    last = items[-1]
    both = _text(last.piece)[-1:] + following
    if _UNSPACED_RUN.fullmatch(both):
        last = replace(last, joins=True)
    elif _IDEOGRAPHS.search(both):
        last = replace(last, opens=True)
    return (*items[:-1], last)


def joined(items: list[Item]) -> list[Item]:
    """The items of a line, those that are set as one shaped together."""
    made: list[Item] = []
    held: list[Item] = []
    for place, item in enumerate(items, 1):
        held.append(item)
        if item.joins and place < len(items):
            continue
        if len(held) > 1 and len({(each.style, each.level, each.piece.face) for each in held}) == 1:
            text = "".join([_text(each.piece) for each in held])
            made += _items(text, item.style, item.level, False)
        else:
            made += held
        held = []
    return made


def _text(piece: Piece) -> str:
    return piece.spoken or "".join([glyph.text for glyph in piece.glyphs])


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Where a line may end inside a part of the text: after hyphens, and between words that have no spaces."""
    cuts = [cut.start() for cut in _AFTER_HYPHEN.finditer(text, start, end)]
    for run in _UNSPACED_RUN.finditer(text, start, end):
        cuts += [run.start() + cut for cut in _between_words(run.group())]
    return sorted(cuts)


@lru_cache(maxsize=256)
def _between_words(text: str) -> tuple[int, ...]:
    """Where a line may end in text of one script without spaces (ICU's dictionaries)."""
    from icu4py.breakers import LineBreaker

    return tuple([start for start, _end in LineBreaker(text, "und").segments() if start])


def _levels(text: str, right_to_left: bool) -> list[int]:
    """The embedding level of every character (UAX 9)."""
    base = int(right_to_left)
    if not base and not _RIGHT_TO_LEFT.search(text):
        return [0] * len(text)
    levels: list[int] = []
    for line in text.split("\n"):
        levels += _line_levels(line, base)
        levels.append(base)
    return levels[: len(text)]


@lru_cache(maxsize=1024)
def _line_levels(text: str, base: int) -> tuple[int, ...]:
    shown = list(text)
    for at, character in enumerate(shown):
        if character in "\u200c\u200d":  # the algorithm would remove a joiner: it takes its neighbour's place
            shown[at] = shown[at - 1] if at else " "
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels("".join(shown), storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    levels = [character["level"] for character in storage["chars"]]
    for number in _TELEPHONE.finditer(text):
        # The algorithm takes each group for a number of its own, and sets them from right to left.
        if any(levels[number.start() : number.end()]):
            levels[number.start() : number.end()] = [_EMBEDDED] * len(number.group())
    return tuple(levels)


def _fitting(word: Word, width: float) -> Iterator[Word]:
    """The word itself, or where it is wider than a line, parts that fit, cut between clusters."""
    if word.width <= width:
        yield word
        return
    held: list[Item] = []
    used = 0.0
    for item in word.items:
        for part in _cut(item, width, width - used):
            if used + part.width > width and held:
                yield _word(tuple(held))
                held, used = [], 0.0
            held.append(part)
            used += part.width
    yield _word(tuple(held), word.spaces, word.ends_line)


def _cut(item: Item, width: float, room: float) -> Iterator[Item]:
    """The item in parts no wider than a line, the first no wider than what is left of one."""
    if item.width <= room:
        yield item
        return
    unit = item.style.size / 1000
    glyphs = item.piece.glyphs[::-1] if item.level % 2 else item.piece.glyphs
    text, used = "", 0.0
    for glyph in glyphs:
        if glyph.text and text and used + glyph.advance * unit > room * 0.97 and not _sticks(glyph.text):
            yield from _items(text, item.style, item.level, False)
            text, used, room = "", 0.0, width
        text += glyph.text
        used += glyph.advance * unit
    yield from _items(text, item.style, item.level, False)


def _sticks(text: str) -> bool:
    """Whether a cluster belongs to the one before it."""
    return unicodedata.category(text[0])[0] == "M" or text[0] in "\u200c\u200d"
