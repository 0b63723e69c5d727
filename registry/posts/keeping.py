"""The posts: written down, changed, removed; one of them is the registry's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select

from db.models import post
from registry import gazetteer
from registry.commands import RemovePosts, SavePost
from registry.context import Context, View
from registry.coverage.estimates import city_of, country_of
from registry.errors import Invalid
from registry.i18n import N_
from registry.kinds import clean
from registry.posts import jurisdiction
from registry.queries import ListPosts

BAD_CODE = N_("A post's code has two to six letters or digits, such as LYS.")
NEEDS_NAME = N_("A post needs a name, such as “Consulate General in Lyon”.")
NEEDS_PLACE = N_("Say in which city the post stands, or write its latitude and longitude.")
NO_COORDINATES = N_("“{text}” is no latitude and longitude. Write degrees with a comma between, such as 45.76, 4.84.")
TAKEN = N_("There is a post with the code {code} already. Change that one, or take another code.")
GONE = N_("This post is not there any more.")

_CODE = re.compile(r"[A-Z0-9]{2,6}")
_COORDINATES = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
_LONGEST = 200


@dataclass(frozen=True)
class Post:
    """An embassy or a consulate.

    Attributes:
        id: 0 while it is not kept.
        country: alpha-3 code.
        city_id: GeoNames' number; None = only the coordinates are known.
        latitude, longitude: degrees (WGS 84).
        areas: whom it serves: alpha-3 of countries, ISO 3166-2 of regions, numbers of cities.
        honorary: else it is a career post.
        active: whether it is in service.
        own: whether it is the one whose registry this is.
    """

    id: int
    code: str
    name: str
    country: str
    city_id: int | None
    latitude: float
    longitude: float
    areas: tuple[str, ...]
    honorary: bool
    active: bool
    own: bool = False

    @property
    def city(self) -> str:
        """The city's name; "" = not known."""
        found = gazetteer.by_id(self.city_id) if self.city_id else None
        return found.name if found is not None else ""

    @property
    def own_coordinates(self) -> str:
        """Latitude and longitude where they are not those of the city, else ""."""
        city = gazetteer.by_id(self.city_id) if self.city_id else None
        if city is not None and (city.latitude, city.longitude) == (self.latitude, self.longitude):
            return ""
        return f"{self.latitude}, {self.longitude}"

    @property
    def columns(self) -> dict[str, object]:
        """What is kept of it."""
        names = ("code", "name", "country", "city_id", "latitude", "longitude", "honorary", "active")
        return {name: getattr(self, name) for name in names} | {"jurisdiction": " ".join(self.areas)}


def kept(view: View) -> tuple[Post, ...]:
    """Every post of the registry."""
    own = view.settings.get("post", "")
    rows = view.connection.execute(select(post).order_by(post.c.id)).mappings()
    names = ("id", "code", "name", "country", "city_id", "latitude", "longitude", "honorary", "active")
    return tuple(
        Post(**{name: row[name] for name in names}, areas=tuple(row["jurisdiction"].split()), own=row["code"] == own)
        for row in rows
    )


def list_posts(view: View, _query: ListPosts) -> tuple[Post, ...]:
    """Every post, the registry's own first, then by country and name."""
    return tuple(sorted(kept(view), key=lambda one: (not one.own, one.country, one.name, one.code)))


def save_post(context: Context, command: SavePost) -> int:
    """Write one down, or change one. Raises `Invalid` at the field that is wrong."""
    wanted = read(command)
    before = {one.id: one for one in kept(context)}
    if command.id is not None and command.id not in before:
        raise Invalid(GONE)
    if any(one.code == wanted.code and one.id != command.id for one in before.values()):
        raise Invalid(TAKEN, field="code", code=wanted.code)
    if command.id is None:
        return context.transaction.insert(post, [wanted.columns])[0]
    context.transaction.update(post, command.id, wanted.columns)
    return command.id


def remove_posts(context: Context, command: RemovePosts) -> int:
    """Take them out; those that are gone already are left alone."""
    ids = context.connection.execute(select(post.c.id).where(post.c.id.in_(command.ids))).scalars().all()
    context.transaction.delete(post, ids)
    return len(ids)


def read(command: SavePost) -> Post:
    """The post that a command describes; raises `Invalid` at the field that is wrong."""
    code, name = clean(command.code).upper(), clean(command.name)[:_LONGEST]
    if not _CODE.fullmatch(code):
        raise Invalid(BAD_CODE, field="code")
    if not name:
        raise Invalid(NEEDS_NAME, field="name")
    country = country_of(command.country)
    city = city_of(command.city, country) if command.city.strip() else None
    there = _degrees(command.coordinates) or (None if city is None else (city.latitude, city.longitude))
    if there is None:
        raise Invalid(NEEDS_PLACE, field="city")
    number = city.id if city is not None else None
    areas = jurisdiction.read(command.jurisdiction, country)
    return Post(command.id or 0, code, name, country, number, *there, areas, command.honorary, command.active)


def in_service(posts: Iterable[Post]) -> tuple[Post, ...]:
    """Those that people can go to."""
    return tuple(one for one in posts if one.active)


def as_before(one: Post, other: Post) -> bool:
    """Whether two say the same but for what only the registry knows."""
    return replace(one, id=other.id, own=other.own) == other


def _degrees(text: str) -> tuple[float, float] | None:
    if not text.strip():
        return None
    found = _COORDINATES.fullmatch(text)
    latitude, longitude = (float(found[1]), float(found[2])) if found else (91.0, 0.0)
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise Invalid(NO_COORDINATES, field="coordinates", text=clean(text)[:40])
    return latitude, longitude
