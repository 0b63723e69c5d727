"""An address being edited, by the rules of its country: order, names and marks of its parts, and hints."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from registry import fields, gazetteer, postal, vocabularies
from registry.gazetteer import City
from registry.i18n import _
from ui.card.editors import FieldEditor


class Destination:
    """Arranges the editors of one address anew whenever its country changes; never refuses anything."""

    def __init__(
        self,
        address: QWidget,
        layout: QVBoxLayout,
        editors: list[FieldEditor],
        always: Callable[[FieldEditor], bool],
        habit: str,
    ) -> None:
        """Keep `editors` in the order in which they stand.

        Args:
            address: what they stand in; the keyboard enters it at its first part.
            always: what is shown without being required.
            habit: the country as long as none is typed.
        """
        self._ordered = editors
        self._address, self._layout, self._always, self._habit = address, layout, always, habit
        self._editors = {fields.split(editor.name)[0]: editor for editor in editors}
        self._arranged = ""
        for editor in editors:
            editor.settled.connect(self.advise)
        if postal.CITY in self._editors:
            self._editors[postal.CITY].city_taken.connect(self._take_city)
        if postal.COUNTRY in self._editors:
            self._editors[postal.COUNTRY].edited.connect(self.arrange)
        self.arrange()
        self.advise()

    def arrange(self) -> None:
        """Show the parts as the country has them; a country that is still being typed changes nothing."""
        country = self._text(postal.COUNTRY) or self._habit
        if country == self._arranged or country not in vocabularies.get("country").labels:
            return
        self._arranged = country
        asked = postal.rules(country)
        parts = [part for part in asked.order if part in self._editors]
        others = [editor for part, editor in self._editors.items() if part not in parts]
        self._ordered[:] = [*(self._editors[part] for part in parts), *others]
        for place, part in enumerate(parts):
            editor = self._editors[part]
            required = part in asked.required
            self._layout.insertWidget(place, editor)
            words = postal.label(part, country)
            editor.set_caption(words, _("{field} (needed for post)", field=words) if required else "")
            editor.setVisible(required or self._always(editor) or bool(editor.text()))
        if postal.REGION in self._editors:
            self._editors[postal.REGION].offer(asked.regions)
        self._address.setFocusProxy(next(editor for editor in self._ordered if not editor.isHidden()))

    def advise(self) -> None:
        """Say at its part what keeps post from arriving; of what is missing only what was passed over."""
        texts = {part: self._text(part) for part in self._editors}
        order = postal.rules(texts.get(postal.COUNTRY, "")).order
        filled = [place for place, part in enumerate(order) if texts.get(part)]
        said = {p.field: p.reason for p in postal.problems(texts)}
        for place, part in enumerate(order):
            if part in self._editors:
                passed = bool(texts.get(part)) or (bool(filled) and place < filled[-1])
                self._editors[part].set_hint(said.get(part, "") if passed else "")

    def _take_city(self, city: City) -> None:
        """The country, and of cities of one name in it the region, if nothing is typed there yet."""
        known = {postal.COUNTRY: city.country}
        if len(gazetteer.named(city.name, city.country)) > 1:
            known[postal.REGION] = city.region
        for part, value in known.items():
            if part in self._editors and value and not self._text(part):
                self._editors[part].set_value(value, initial=False)
                self._editors[part].show()
                self._editors[part].edited.emit()
        self.advise()

    def _text(self, part: str) -> str:
        return self._editors[part].text().strip() if part in self._editors else ""
