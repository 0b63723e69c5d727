"""How the cells of a row become texts under names of fields, and what was decided about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from registry import fields
from registry.i18n import ngettext
from registry.search.folding import fold
from registry.transfer.values.addresses import AddressParts
from registry.transfer.values.lost_digits import Zeros
from registry.transfer.values.name_parts import NameParts

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
    _steps: list[Callable[[Sequence[str], list[str]], None]] = field(default_factory=list)
    _values: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    _counted: list[Counted] = field(default_factory=list)

    def texts(self, row: Sequence[str]) -> list[str]:
        """One text a name, from the cells of a row."""
        texts = [""] * len(self.names)
        for column, slot in self._plain:
            texts[slot] = row[column]
        for step in self._steps:
            step(row, texts)
        for slot, known in self._values:
            texts[slot] = known.get(fold(texts[slot]) or texts[slot].strip(), texts[slot])
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

    def step(self, step: Callable[[Sequence[str], list[str]], None]) -> None:
        """Fill texts from a row by a rule."""
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
