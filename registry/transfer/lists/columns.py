"""How the cells of a row become texts under names of fields, and what was decided about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from registry import fields
from registry.i18n import ngettext
from registry.search.folding import fold
from registry.transfer.values.addresses import AddressParts
from registry.transfer.values.lost_digits import Zeros
from registry.transfer.values.name_parts import NameParts
from registry.transfer.values.stepping import ColumnStep, RowStep

#: Steps that say in the end what they did.
Counted = AddressParts | NameParts | Zeros


@dataclass
class Columns:
    """How the cells of a row become texts under field names.

    Attributes:
        names: canonical names, numbered; one text each.
        orders: canonical name -> "dmy" or "mdy".
        warnings: sentences about what was decided.
        origins: canonical name -> header of the column it comes from.
        spread: headers of columns whose cells hold several values.
        beside: names whose texts come from further rows of the same person.
    """

    names: list[str] = field(default_factory=list)
    orders: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    origins: dict[str, str] = field(default_factory=dict)
    spread: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    _plain: list[tuple[int, int]] = field(default_factory=list)
    _steps: list[RowStep | ColumnStep] = field(default_factory=list)
    _values: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    _counted: list[Counted] = field(default_factory=list)

    def texts(self, cells: Sequence[Sequence[str]], count: int) -> list[Sequence[str]]:
        """The texts of each name, from the cells of `count` rows by column."""
        texts: list[Sequence[str]] = [[""] * count for _name in self.names]
        for column, slot in self._plain:
            texts[slot] = cells[column]
        for by_column, steps in groupby(self._steps, lambda step: isinstance(step, ColumnStep)):
            if by_column:
                for step in steps:
                    step.fill(cells, texts)  # type: ignore[union-attr]
            else:
                texts = _row_by_row(list(steps), cells, texts)  # type: ignore[arg-type]
        for slot, known in self._values:
            read = {text: known.get(fold(text) or text.strip(), text) for text in set(texts[slot])}
            texts[slot] = [read[text] for text in texts[slot]]
        return texts

    def summary(self) -> list[str]:
        """What was taken apart, once all rows have been read."""
        return [said for each in self._counted if (said := each.summary())]

    def counted(self, step: Counted) -> None:
        """Take cells apart by a step that counts them."""
        self._counted.append(step)
        self._steps.append(step)

    def slot(self, name: str, header: str) -> int:
        """The place of a name's text, a new one if need be."""
        if name not in self.names:
            self.names.append(name)
            self.origins[name] = header
        return self.names.index(name)

    def plain(self, column: int, slot: int) -> None:
        """Take the text of a cell as it is."""
        self._plain.append((column, slot))

    def step(self, step: RowStep | ColumnStep) -> None:
        """Fill texts by a rule."""
        self._steps.append(step)

    def tell_several(self, header: str, count: int) -> None:
        """Say of a column, once, that some of its cells hold several values."""
        if header in self.spread:
            return
        self.spread.add(header)
        self.warnings.append(
            ngettext(
                "“{column}”: {count} cell holds several values; each was taken.",
                "“{column}”: {count} cells hold several values; each was taken.",
                count,
                column=header,
            )
        )

    def recode(self, name: str, known: Mapping[str, str]) -> None:
        """Read other words in place of those that the file uses."""
        for place, own in enumerate(self.names):
            if fields.split(own)[0] == fields.split(name)[0]:
                self._values.append((place, {fold(k) or k.strip(): v for k, v in known.items()}))


def _row_by_row(
    steps: Iterable[RowStep], cells: Sequence[Sequence[str]], texts: Sequence[Sequence[str]]
) -> list[Sequence[str]]:
    """The texts after steps that take one row after the other."""
    rows = list(map(list, zip(*texts, strict=True)))
    for step in steps:
        for row, said in zip(zip(*cells, strict=True), rows, strict=True):
            step(row, said)
    return list(zip(*rows, strict=True))
