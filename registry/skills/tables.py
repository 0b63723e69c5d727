"""The counted sheets of the workbook: occupation by country, skill by level, language by level, and two small ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from registry import vocabularies
from registry.i18n import N_, _
from registry.packed import dimensions
from registry.packed.counting import Cells, People
from registry.packed.dimensions import NOT_KNOWN, NOT_KNOWN_LABEL
from registry.skills.people_sheets import Tally, Words
from registry.transfer.export.workbook import Cell, Column, Workbook

OCCUPATIONS_TITLE, SKILL_LEVELS_TITLE = N_("Occupation × country"), N_("Skill × level")
LANGUAGES_TITLE, AVAILABILITY_TITLE = N_("Language × CEFR"), N_("Availability")
GENERATIONS_TITLE = N_("Sex × generation")
CODE, TOTAL, LEVEL = N_("Code"), N_("People"), N_("Level")
_NARROW, _WIDE = 10, 40


class Tables:
    """Writes them; everybody is counted once in a cell, and once in a total.

    Attributes:
        people: those who are counted.
    """

    def __init__(self, book: Workbook, people: People, day: str, footer: str) -> None:
        self._book, self._footer = book, footer
        self._words = Words(day)
        self.people = people

    def occupations(self) -> None:
        """Major groups and what stands below them, by country."""
        country = dimensions.dimension("country")
        totals = self.people.counts(country)
        across = country.in_order(totals)
        depths = [dimensions.dimension(f"occupation.{depth}") for depth in (1, 2, 3, 4)]
        lines: dict[str, tuple[int, Cells]] = {}
        for dimension in depths:
            cells, counts = self.people.crossed(dimension, country), self.people.counts(dimension)
            lines |= {code: (count, cells) for code, count in counts.items() if code not in lines}
        known = depths[0].vocabulary
        head = (Column(_(CODE), _NARROW), Column(_(LEVEL), _NARROW), Column(_("Occupation"), 60))
        self._begin(OCCUPATIONS_TITLE, head, "country", across)
        for code in depths[3].in_order({code: count for code, (count, _cells) in lines.items()}):
            count, cells = lines[code]
            coded = code in known.labels
            label = known.label(code) if coded else depths[3].label_of(code)
            row: list[Cell] = [code if coded else "", known.level(code) if coded else "", label]
            self._book.row([*row, count, *(cells.get((code, c), 0) for c in across)])
        self._end(["", "", _(TOTAL)], totals, across)

    def skill_levels(self, tally: Tally) -> None:
        """Skills by their level."""
        levels = vocabularies.get("skill_level")
        head = (Column(_(CODE), 24), Column(_("Skill"), _WIDE), Column(_("Skill group"), 30))
        names = {code: levels.label(code) for code in levels.codes}
        self._by_level(SKILL_LEVELS_TITLE, head, tally, "skill", names, self._words.skill_group)

    def languages(self, tally: Tally) -> None:
        """Languages by their level."""
        head = (Column(_(CODE), _NARROW), Column(_("Spoken language"), _WIDE))
        names = {code: self._words.cefr[code] for code in vocabularies.get("cefr").codes}
        self._by_level(LANGUAGES_TITLE, head, tally, "language", names)

    def small(self, title: str, down: str, across: str) -> None:
        """Two dimensions of a few groups each."""
        dimension, other = dimensions.dimension(down), dimensions.dimension(across)
        counts, totals = self.people.counts(dimension), self.people.counts(other)
        order, cells = other.in_order(totals), self.people.crossed(dimension, other)
        self._begin(title, [Column(_(dimension.label), _WIDE)], across, order)
        for code in dimension.in_order(counts):
            self._book.row([dimension.label_of(code), counts[code], *(cells.get((code, c), 0) for c in order)])
        self._end([_(TOTAL)], totals, order)

    def _by_level(
        self,
        title: str,
        head: Sequence[Column],
        tally: Tally,
        what: str,
        levels: Mapping[str, str],
        above: Mapping[str | None, str] | None = None,
    ) -> None:
        dimension = dimensions.dimension(what)
        columns = [*head, Column(_(TOTAL), _NARROW), *(Column(label, 14) for label in levels.values())]
        self._book.sheet(_(title), [*columns, Column(_(NOT_KNOWN_LABEL), 14)], footer=self._footer)
        for code in dimension.in_order(tally.people):
            coded = code in dimension.vocabulary.labels
            row: list[Cell] = [code if coded else "", dimension.label_of(code)]
            row += [above[code] if coded else ""] if above is not None else []
            counts = (tally.pairs[code, level] for level in (*levels, NOT_KNOWN))
            self._book.row([*row, tally.people[code], *counts])

    def _begin(self, title: str, head: Iterable[Column], across: str, codes: Sequence[str]) -> None:
        dimension = dimensions.dimension(across)
        listed = [Column(dimension.label_of(code), 14) for code in codes]
        self._book.sheet(_(title), [*head, Column(_(TOTAL), _NARROW), *listed], footer=self._footer)

    def _end(self, head: Sequence[str], totals: Mapping[str, int], order: Sequence[str]) -> None:
        self._book.row([*head, len(self.people), *(totals[code] for code in order)], total=True)
