"""What the map and its plans stand on beside people: official estimates of their number, and the posts."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, Text, UniqueConstraint

from db.models.schema import registry_rows

#: How many people a source says there are: in a country (`city_id` 0) or a city of the gazetteer; `sex` "" = both.
estimate = registry_rows(
    "estimate",
    Column("country", Text, nullable=False),
    Column("city_id", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("sex", Text, nullable=False),
    Column("population", Integer, nullable=False),
    Column("note", Text),
    UniqueConstraint("country", "city_id", "year", "source", "sex"),
)

#: Embassies and consulates, the registry's own among them. `jurisdiction` lists codes with spaces between: alpha-3 of
#: countries, ISO 3166-2 of regions, numbers of cities in the gazetteer.
post = registry_rows(
    "post",
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("country", Text, nullable=False),
    Column("city_id", Integer),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("jurisdiction", Text, nullable=False),
    Column("honorary", Boolean(create_constraint=False), nullable=False),
    Column("active", Boolean(create_constraint=False), nullable=False),
)
