"""A list of estimates, a row each: country, perhaps a city, year, number of people, source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from registry.coverage.estimates import city_of, country_of, number_of, sex_of, year_of
from registry.coverage.found import NO_FIGURE, Figure, Found, LeftOut, Line, at, says_nothing
from registry.errors import Invalid
from registry.i18n import N_
from registry.kinds import clean
from registry.search.folding import fold

NO_SOURCE = N_("No source is named.")

#: What the columns are called, folded, in the languages of lists that come in.
_HEADINGS = {
    "country": ("country", "country or area", "host country", "pays", "pais", "iso3", "iso", "land", "الدولة", "البلد"),
    "city": ("city", "town", "place", "ville", "ciudad", "cidade", "commune", "stadt", "المدينة"),
    "year": ("year", "annee", "ano", "jahr", "date", "السنة"),
    "population": (
        *("population", "people", "number", "estimate", "estimated", "nationals", "persons", "total", "count", "stock"),
        *("effectif", "nombre", "estimation", "personnes", "ressortissants", "poblacion", "numero", "personas"),
        *("populacao", "estimativa", "pessoas", "العدد", "عدد السكان"),
    ),
    "source": ("source", "fuente", "fonte", "quelle", "المصدر"),
    "sex": ("sex", "gender", "sexe", "genre", "sexo", "genero", "الجنس"),
    "note": ("note", "notes", "remark", "remarks", "remarque", "remarques", "nota", "notas", "observations"),
}
_NEEDED = frozenset({"country", "year", "population"})


@dataclass(frozen=True)
class PlainList:
    """Where the columns of a list are.

    Attributes:
        first: number of the first row below the headings.
        places: place by name of the column.
        source: of rows that name none; "" = such rows are left out.
    """

    first: int
    places: dict[str, int]
    source: str

    def take(self, lines: Iterator[Line], found: Found) -> None:
        """Read the rows."""
        for number, texts in lines:
            if number < self.first or not any(text.strip() for text in texts):
                continue
            row = {name: at(texts, place) for name, place in self.places.items()}
            about = ", ".join(filter(None, (row["country"], row.get("city", ""), row["year"])))[:80]
            if says_nothing(row["population"]):
                found.left_out.append(LeftOut(number, about, NO_FIGURE))
                continue
            try:
                figure = self._figure(number, row)
            except Invalid as problem:
                found.left_out.append(LeftOut(number, about, str(problem)))
                continue
            found.figures.append(figure)

    def _figure(self, number: int, row: dict[str, str]) -> Figure:
        country = country_of(row["country"])
        source = clean(row.get("source", "")) or self.source
        if not source:
            raise Invalid(NO_SOURCE)
        city = city_of(row["city"], country).id if row.get("city") else 0
        sex, people = sex_of(row.get("sex", "")), number_of(row["population"])
        return Figure(number, country, city, year_of(row["year"]), source, sex, people, clean(row.get("note", "")))


def list_of(lines: Sequence[Line], source: str) -> PlainList | None:
    """Where the columns of such a list are, by its first rows; None if it is none."""
    for number, texts in lines:
        places: dict[str, int] = {}
        for place, text in enumerate(texts):
            for name, words in _HEADINGS.items():
                if fold(text) in words:
                    places.setdefault(name, place)
        if places.keys() >= _NEEDED:
            return PlainList(number + 1, places, source)
    return None
