"""A list of posts: what taking it in would do, and doing exactly that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from db.models import post
from registry.commands import ImportPosts, SavePost
from registry.context import Context, View
from registry.coverage.found import LeftOut, Line, at
from registry.coverage.planning import CHANGED, NEW, UNCHANGED
from registry.errors import BadFile, Invalid
from registry.i18n import N_
from registry.posts import keeping
from registry.posts.keeping import Post, as_before
from registry.progress import Progress
from registry.queries import PlanPosts
from registry.search.folding import fold
from registry.transfer.readers.cells import texts_of
from registry.transfer.readers.table_files import open_table_file

NOT_POSTS = N_("This file is no list of posts. It has to have the columns code, name, country and city.")
TWICE = N_("The code stands in an earlier row.")

#: What the columns are called, folded.
_HEADINGS = {
    "code": ("code", "post code", "codigo", "abbreviation", "الرمز"),
    "name": ("name", "post", "nom", "poste", "mission", "nombre", "nome", "الاسم"),
    "country": ("country", "pays", "pais", "land", "البلد"),
    "city": ("city", "place", "ville", "ciudad", "cidade", "المدينة"),
    "coordinates": ("coordinates", "latitude and longitude", "coordonnees", "coordenadas"),
    "latitude": ("latitude", "lat", "latitud"),
    "longitude": ("longitude", "lon", "lng", "longitud"),
    "jurisdiction": ("jurisdiction", "consular district", "circonscription", "jurisdiccion", "jurisdicao"),
    "honorary": ("honorary", "honoraire", "honorario", "honorary or career", "kind", "type"),
    "active": ("active", "in service", "actif", "en service", "activo", "ativo"),
}
_NEEDED = frozenset({"code", "name", "country"})
_YES = frozenset({"yes", "y", "true", "1", "x", "oui", "si", "sim", "نعم"})
_NO = frozenset({"no", "n", "false", "0", "non", "nao", "closed", "ferme", "لا"})


@dataclass(frozen=True)
class PlannedPost:
    """One post of a list.

    Attributes:
        row: its number in the file.
        post: as it will be; the id of the one that it changes, else 0.
        action: NEW, CHANGED or UNCHANGED.
    """

    row: int
    post: Post
    action: str


@dataclass(frozen=True)
class PostPlan:
    """What a list of posts holds, compared with what the registry has.

    Attributes:
        name: of the file.
        lines: the posts, in the order of the file.
        left_out: the other rows; why is a sentence each.
    """

    name: str
    lines: tuple[PlannedPost, ...]
    left_out: tuple[LeftOut, ...]

    def count(self, action: str) -> int:
        """How many posts are new, changed or unchanged."""
        return sum(line.action == action for line in self.lines)


def plan_posts(view: View, query: PlanPosts) -> PostPlan:
    """Read a list of posts. Raises `BadFile` if it is none."""
    listed, left_out = _read(query.path, view.progress)
    return _compared(view, query.path.name, listed, left_out)


def import_posts(context: Context, command: ImportPosts) -> PostPlan:
    """Take in the posts of a plan; what the registry has by now decides which of them change anything."""
    plan = command.plan
    now = _compared(context, plan.name, [(line.row, line.post) for line in plan.lines], plan.left_out)
    context.transaction.insert(post, [line.post.columns for line in now.lines if line.action == NEW])
    for line in now.lines:
        if line.action == CHANGED:
            context.transaction.update(post, line.post.id, line.post.columns)
    context.note.update(file=plan.name, posts=len(now.lines))
    return now


def _compared(view: View, name: str, listed: Iterable[tuple[int, Post]], left_out: Sequence[LeftOut]) -> PostPlan:
    known = {one.code: one for one in keeping.kept(view)}
    lines: dict[str, PlannedPost] = {}
    further = list(left_out)
    for row, wanted in listed:
        before = known.get(wanted.code)
        if wanted.code in lines:
            further.append(LeftOut(row, wanted.code, TWICE))
        elif before is None:
            lines[wanted.code] = PlannedPost(row, replace(wanted, id=0), NEW)
        else:
            action = UNCHANGED if as_before(wanted, before) else CHANGED
            lines[wanted.code] = PlannedPost(row, replace(wanted, id=before.id, own=before.own), action)
    return PostPlan(name, tuple(lines.values()), tuple(further))


def _read(path: Path, progress: Progress) -> tuple[list[tuple[int, Post]], list[LeftOut]]:
    listed: list[tuple[int, Post]] = []
    left_out: list[LeftOut] = []
    with open_table_file(path, progress) as file:
        for sheet in file.sheets:
            sample = [(number, texts_of(row)) for number, row in enumerate(sheet.sample, sheet.first_row)]
            head = _head(sample)
            if head is None:
                continue
            first, places = head
            for batch in file.rows(sheet, progress):
                for number, row in enumerate(batch.rows, batch.first_row):
                    if number > first:
                        _take((number, texts_of(row)), places, listed, left_out)
            return listed, left_out
    raise BadFile(NOT_POSTS)


def _head(lines: Iterable[Line]) -> tuple[int, dict[str, int]] | None:
    """The number of the row of headings, and where each column is."""
    for number, texts in lines:
        places: dict[str, int] = {}
        for place, text in enumerate(texts):
            for name, words in _HEADINGS.items():
                if fold(text) in words:
                    places.setdefault(name, place)
        if places.keys() >= _NEEDED:
            return number, places
    return None


def _take(line: Line, places: dict[str, int], listed: list[tuple[int, Post]], left_out: list[LeftOut]) -> None:
    number, texts = line
    row = {name: at(texts, places.get(name)) for name in _HEADINGS}
    if not any(row.values()):
        return
    coordinates = row["coordinates"] or ", ".join(filter(None, (row["latitude"], row["longitude"])))
    honorary = fold(row["honorary"]) in _YES or fold(row["honorary"]).startswith("honor")
    active = fold(row["active"]) not in _NO
    asked = SavePost(row["code"], row["name"], row["country"], row["city"], coordinates, row["jurisdiction"])
    try:
        listed.append((number, keeping.read(replace(asked, honorary=honorary, active=active))))
    except Invalid as problem:
        left_out.append(LeftOut(number, row["code"][:20], str(problem)))
