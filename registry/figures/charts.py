"""Counts as charts: bars, stacked or beside each other, a pyramid of ages, columns over years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from registry.figures.shapes import Figure
from registry.figures.sheet import PAPER, Sheet, Style, breadth, words_on
from registry.formats import number
from registry.i18n import N_, _, ngettext

#: In the place of a count that is withheld.
WITHHELD = N_("…")
WITHHELD_WORDS = N_("withheld")
#: Joins the keys of a row and a column to the key of what stands for both.
BETWEEN = "\x1f"
#: The key of what is left of many groups.
OTHERS = "\x1fothers"
_LETTERS = "ABCDEFGH"
#: In points: between rows, within a row, the least and the most of a bar; how wide a withheld one is drawn.
_ROW, _BAR, _THIN, _GAP, _HIDDEN = 17.0, 11.0, 7.0, 6.0, 22.0
_LABELS_SHARE = 0.36
_COLUMNS_HEIGHT = 170.0
_PYRAMID_ROW = 15.0


@dataclass(frozen=True)
class Group:
    """How many there are of one sort.

    Attributes:
        key: what a click on it tells.
        label: in the reader's words.
        count: None = withheld.
        aside: those of whom nothing is known, drawn quietly, never among "others".
    """

    key: str
    label: str
    count: int | None
    aside: bool = False

    @property
    def size(self) -> int:
        """The count, so far as it is told."""
        return self.count or 0

    @property
    def told(self) -> str:
        """The count as it is written."""
        return _(WITHHELD) if self.count is None else number(self.count)


@dataclass(frozen=True)
class Crossed:
    """Counts in two directions; pairs that are missing are of nobody."""

    down: tuple[Group, ...]
    across: tuple[Group, ...]
    counts: Mapping[tuple[str, str], int | None]

    def of(self, down: Group, across: Group) -> Group:
        """The count of a pair, as a group of its own."""
        label = _("{row}, {column}", row=down.label, column=across.label)
        count = self.counts.get((down.key, across.key), 0)
        return Group(f"{down.key}{BETWEEN}{across.key}", label, count)


def bars(title: str, groups: Sequence[Group], style: Style = PAPER, most: int = 20) -> Figure:
    """A bar for each group, the count at its end; of many the largest, and how many others there are."""
    shown = _largest(groups, most)
    sheet, left = Sheet(style), _labels_width(style, shown)
    room = style.width - left - breadth("00,000,000", style.size)
    largest = max((group.size for group in shown if group.key != OTHERS), default=0) or 1
    for place, group in enumerate(shown):
        top = place * _ROW
        _row_label(sheet, group, left, top)
        long = max(room * min(group.size / largest, 1), 0.8 if group.count else 0)
        tip = _tip(group)
        if group.count is None:
            sheet.hatched(left, top + 3, _HIDDEN, _BAR, group.key, tip)
            long = _HIDDEN
        else:
            sheet.box(left, top + 3, long, _BAR, _quiet_or(style, group, style.palette.kinds[0]), group.key, tip)
        if group.size > largest:  # the others together: they would press all bars flat
            _broken(sheet, left + long / 2, top)
        sheet.words(left + long + 4, top + _ROW - 5, group.told)
    height = len(shown) * _ROW + 4
    sheet.line(((left, 0), (left, height)), style.palette.quiet)
    return sheet.figure(height, title, _in_words(shown))


def stacked(title: str, table: Crossed, style: Style = PAPER, most: int = 15, *, beside: bool = False) -> Figure:
    """A bar for each row with a part for each column, told apart by a letter too; `beside` = a bar for each part."""
    table = _narrowed(table, most)
    sheet = Sheet(style)
    marks = {
        group.key: (_LETTERS[place], _fill(style, table.across, place)) for place, group in enumerate(table.across)
    }
    top = _legend(sheet, table.across, marks)
    left = _labels_width(style, table.down)
    room = style.width - left - breadth("00,000,000", style.size)
    rows = [[table.of(row, column) for column in table.across] for row in table.down]
    sums = [_sum(parts) if not beside else max((part.size for part in parts), default=0) for parts in rows]
    scale = (room - (_HIDDEN if any(None in (p.count for p in parts) for parts in rows) else 0)) / (
        max(sums, default=0) or 1
    )
    begin = top
    for row, parts in zip(table.down, rows, strict=True):
        _row_label(sheet, row, left, top)
        look = [marks[column.key] for column in table.across]
        draw = _beside if beside else _one_bar
        top = draw(sheet, _Row(row, parts, look), left, top, scale)
    sheet.line(((left, begin), (left, top)), style.palette.quiet)
    return sheet.figure(top + 4, title, " ".join(_row_in_words(row, table) for row in table.down[:8]))


def pyramid(title: str, table: Crossed, style: Style = PAPER) -> Figure:
    """The ages of `table`'s rows, the youngest below, its first two columns to each side; the others are told below."""
    sheet, palette = Sheet(style), style.palette
    ages = [group for group in table.down if not group.aside]
    sides = [group for group in table.across if not group.aside][:2]
    middle = max((breadth(age.label, style.size) for age in ages), default=0) + 16
    number_room = breadth("0,000,000", style.size)
    room = (style.width - middle) / 2 - number_room
    largest = max((table.of(age, side).size for age in ages for side in sides), default=0) or 1
    starts = ((style.width - middle) / 2, (style.width + middle) / 2)
    for side, start, way, place in zip(sides, starts, (-1, 1), range(2), strict=False):
        sheet.words(start + way * room / 2, style.size + 1, side.label, "middle", bold=True, room=room)
        for row, age in enumerate(reversed(ages)):
            part, top = table.of(age, side), _ROW + row * _PYRAMID_ROW
            long = _HIDDEN if part.count is None else room * part.size / largest
            x = start - long if way < 0 else start
            if part.count is None:
                sheet.hatched(x, top + 2, long, _BAR, part.key, _tip(part))
            elif part.count:
                sheet.box(x, top + 2, long, _BAR, palette.kinds[place], part.key, _tip(part))
            sheet.words(start + way * (long + 4), top + _BAR, part.told, "right" if way < 0 else "left")
    for row, age in enumerate(reversed(ages)):
        sheet.words(style.width / 2, _ROW + row * _PYRAMID_ROW + _BAR, age.label, "middle", room=middle)
    height = _ROW + len(ages) * _PYRAMID_ROW + 4
    for start in starts:
        sheet.line(((start, _ROW), (start, height - 4)), palette.quiet)
    height = _left_out(sheet, table, sides, height)
    said = (table.of(age, side) for age in ages for side in sides)
    return sheet.figure(height, title, _in_words([part for part in said if part.count != 0], most=24))


def columns(title: str, groups: Sequence[Group], style: Style = PAPER) -> Figure:
    """A column for each year or period in the order given; those of whom it is not known are told below."""
    sheet, palette = Sheet(style), style.palette
    shown, aside = [g for g in groups if not g.aside], [g for g in groups if g.aside and g.count != 0]
    largest = max((group.size for group in shown), default=0) or 1
    left = breadth(number(largest), style.size) + 8
    step = (style.width - left) / max(len(shown), 1)
    wide, base = min(step * 0.78, 40.0), _COLUMNS_HEIGHT
    for tick in _ticks(largest):
        y = base - (base - 14) * tick / largest
        sheet.line(((left, y), (style.width, y)))
        sheet.words(left - 4, y + style.size / 3, number(tick), "right", colour=palette.quiet)
    every = max(1, -(-max((breadth(g.label, style.size) + 6 for g in shown), default=1) // step))
    for place, group in enumerate(shown):
        centre = left + (place + 0.5) * step
        if group.count is None:
            sheet.hatched(centre - wide / 2, base - _HIDDEN, wide, _HIDDEN, group.key, _tip(group))
            sheet.words(centre, base - _HIDDEN - 3, group.told, "middle")
        elif group.count:
            high = max((base - 14) * group.size / largest, 0.8)
            sheet.box(centre - wide / 2, base - high, wide, high, palette.kinds[0], group.key, _tip(group))
        if place % int(every) == 0:
            sheet.words(centre, base + style.size + 4, group.label, "middle")
    sheet.line(((left, base), (style.width, base)), palette.quiet)
    height = base + style.size + 10
    for group in aside:
        height += style.size + 4
        sheet.words(left, height - 4, _tip(group), room=style.width - left, colour=palette.quiet)
    return sheet.figure(height, title, _in_words([*shown, *aside], most=40))


# --- parts of a chart -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Row:
    """A row with its parts, and letter and colour of each."""

    group: Group
    parts: list[Group]
    look: list[tuple[str, str]]


def _broken(sheet: Sheet, x: float, top: float) -> None:
    """Two strokes across a bar that is not drawn in its whole length."""
    for away in (0, 4):
        sheet.line(((x + away - 2, top + 2 + _BAR + 2), (x + away + 2, top + 2)), sheet.style.palette.quiet, 1.2)


def _one_bar(sheet: Sheet, row: _Row, left: float, top: float, scale: float) -> float:
    """The parts after each other; those that are withheld share one hatched piece at the end."""
    x, size = left, sheet.style.size
    for part, (letter, fill) in zip(row.parts, row.look, strict=True):
        if part.count:
            wide = part.count * scale
            sheet.box(x, top + 3, max(wide - 0.6, 0.4), _BAR, fill, part.key, _tip(part))
            full = f"{letter} {part.told}"
            said = full if breadth(full, size) + 4 < wide else letter if breadth(letter, size) + 2 < wide else ""
            sheet.words(x + wide / 2, top + _ROW - 5, said, "middle", colour=words_on(fill))
            x += wide
    hidden = [part for part in row.parts if part.count is None]
    if hidden:
        tip = "\n".join(map(_tip, hidden))
        sheet.hatched(x, top + 3, _HIDDEN - 4, _BAR, hidden[0].key if len(hidden) == 1 else row.group.key, tip)
        x += _HIDDEN - 4
    sheet.words(x + 4, top + _ROW - 5, row.group.told)
    return top + _ROW


def _beside(sheet: Sheet, row: _Row, left: float, top: float, scale: float) -> float:
    """A thin bar for each part that is of anybody, one under the other, with its letter and count."""
    size = sheet.style.size
    for part, (letter, fill) in zip(row.parts, row.look, strict=True):
        if part.count == 0:
            continue
        wide = _HIDDEN - 4 if part.count is None else max(part.size * scale, 0.8)
        if part.count is None:
            sheet.hatched(left, top + 3, wide, _THIN, part.key, _tip(part))
        else:
            sheet.box(left, top + 3, wide, _THIN, fill, part.key, _tip(part))
        sheet.words(left + wide + 4, top + 3 + _THIN - 0.5, f"{letter} {part.told}")
        top += max(_THIN + 2, size + 1)
    return max(top + _GAP, top)


def _legend(sheet: Sheet, groups: Sequence[Group], marks: Mapping[str, tuple[str, str]]) -> float:
    """Letter, colour and name of each column, in as many lines as they need; where the chart begins below."""
    size, x, y = sheet.style.size, 0.0, 0.0
    for group in groups:
        letter, fill = marks[group.key]
        room = min(breadth(group.label, size), sheet.style.width / 2)
        wide = 16 + room + 14
        if x and x + wide > sheet.style.width:
            x, y = 0.0, y + size + 7
        sheet.box(x, y, 12, size + 3, fill)
        sheet.words(x + 6, y + size, letter, "middle", colour=words_on(fill))
        sheet.words(x + 16, y + size, group.label, room=room + 8)
        x += wide
    return y + size + 12


def _row_label(sheet: Sheet, group: Group, left: float, top: float) -> None:
    colour = sheet.style.palette.quiet if group.aside else ""
    sheet.words(left - 6, top + _ROW - 5, group.label, "right", room=left - 6, colour=colour)


def _left_out(sheet: Sheet, table: Crossed, sides: Sequence[Group], height: float) -> float:
    """Whom the pyramid does not show: the further columns and rows."""
    told = [_tip(group) for group in table.across if group not in sides and group.count != 0]
    told += [_("age not known: {count}", count=g.told) for g in table.down if g.aside and g.count != 0]
    if told:
        words = _("Not shown: {groups}", groups="; ".join(told))
        height += sheet.style.size + 4
        sheet.words(0, height - 4, words, room=sheet.style.width, colour=sheet.style.palette.quiet)
    return height


def _labels_width(style: Style, groups: Iterable[Group]) -> float:
    widest = max((breadth(group.label, style.size) for group in groups), default=0)
    return min(widest + 10, style.width * _LABELS_SHARE)


def _fill(style: Style, groups: Sequence[Group], place: int) -> str:
    return _quiet_or(style, groups[place], style.palette.kinds[place % len(style.palette.kinds)])


def _quiet_or(style: Style, group: Group, fill: str) -> str:
    return style.palette.none if group.aside or group.key == OTHERS else fill


def _ticks(largest: int) -> list[int]:
    """A few round numbers up to the largest."""
    step = next(s for power in range(12) for s in (10**power, 2 * 10**power, 5 * 10**power) if largest / s <= 5)
    return list(range(step, largest + 1, step))


# --- fewer groups -----------------------------------------------------------------------------------------------


def _largest(groups: Sequence[Group], most: int) -> list[Group]:
    """At most so many, in their order: the largest, then the others together, then who stands aside."""
    known = [group for group in groups if not group.aside]
    aside = [group for group in groups if group.aside]
    if len(known) <= most:
        return [*known, *aside]
    kept = set(sorted(known, key=lambda g: -g.size)[: most - 1])
    return [*(g for g in known if g in kept), _others([g for g in known if g not in kept]), *aside]


def _others(groups: Sequence[Group]) -> Group:
    label = ngettext("{count} other", "{count} others", len(groups))
    return Group(OTHERS, label, _together(group.count for group in groups))


def _narrowed(table: Crossed, most: int) -> Crossed:
    """The table with the largest rows and columns, the others together."""
    down = tuple(_largest(table.down, most))
    room = len(_LETTERS) - sum(group.aside for group in table.across)
    across = tuple(_largest(table.across, room))
    rows, columns = _members(table.down, down), _members(table.across, across)
    counts = {
        (row.key, column.key): _together(
            table.counts.get((one.key, other.key), 0) for one in rows[row.key] for other in columns[column.key]
        )
        for row in down
        for column in across
    }
    return replace(table, down=down, across=across, counts=counts)


def _members(groups: Sequence[Group], shown: Sequence[Group]) -> dict[str, list[Group]]:
    """By the key of each group that is shown those that it stands for."""
    keys = {group.key for group in shown}
    return {key: [g for g in groups if (g.key if g.key in keys else OTHERS) == key] for key in keys}


def _together(counts: Iterable[int | None]) -> int | None:
    """The sum, withheld if a part of it is."""
    known = list(counts)
    return None if None in known else sum(count or 0 for count in known)


def _sum(groups: Iterable[Group]) -> int:
    return sum(group.size for group in groups)


# --- in words ---------------------------------------------------------------------------------------------------


def _tip(group: Group) -> str:
    count = _(WITHHELD_WORDS) if group.count is None else number(group.count)
    return _("{label}: {count}", label=group.label, count=count)


def _row_in_words(row: Group, table: Crossed) -> str:
    parts = [replace(column, count=table.of(row, column).count) for column in table.across]
    said = "; ".join(_tip(part) for part in parts if part.count != 0)
    return _("{label}: {count} ({parts}).", label=row.label, count=row.told, parts=said)


def _in_words(groups: Sequence[Group], most: int = 12) -> str:
    """The counts of the first groups as a sentence."""
    said = [_tip(group) for group in groups[:most]]
    if len(groups) > most:
        said.append(_("and more"))
    return "; ".join(said) + "."
