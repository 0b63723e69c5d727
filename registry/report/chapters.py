"""The chapters of the report, in the language in use: only what the register really holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce

from sqlalchemy import select

from db.models import campaign
from registry import belonging, vocabularies
from registry.coverage.comparing import coverage
from registry.engagement.associations import Sort, map_associations
from registry.engagement.concerns import list_concerns
from registry.engagement.ways import CHANNELS, consented
from registry.errors import NotAllowed
from registry.fields import PEOPLE, by_name
from registry.figures import charts
from registry.figures.charts import WITHHELD, Group
from registry.formats import number, share, tenths
from registry.i18n import _, ngettext
from registry.mapping.figure import value_of, world_figure
from registry.mapping.world import world_map
from registry.packed.columns import many
from registry.packed.dimensions import NOT_KNOWN, UNCODED
from registry.packed.finding import Finding
from registry.packed.store import Columns
from registry.quality.overview import data_quality
from registry.queries import Coverage, DataQuality, ListConcerns, MapAssociations, WorldMap
from registry.report.material import Material, largest, with_shares
from registry.report.parts import Chapter, Data, Paragraph, Part, Picture, Table, Value
from registry.search.tree import EVERYBODY
from registry.statistics.counting import RESTRICTED
from registry.statistics.suppression import LEAST, withheld
from registry.statistics.writing import SEVERAL_MEANS, WITHHELD_MEANS

_MOST_PLACES = 15
#: The map's words need more room than the page has: it is drawn so wide, and made to fit.
_MAP_WIDTH = 560.0


def chapters(made_of: Material) -> Iterator[Chapter]:
    """All of them, in their order."""
    written = (
        (_("Location and size"), _location(made_of)),
        (_("Organisations"), _organisations(made_of)),
        (_("Initiatives"), _initiatives(made_of)),
        (_("Demographics and skills"), _demographics(made_of)),
        (_("Attachment and willingness to contribute"), _willingness(made_of)),
        (_("Method and quality of the data"), _method(made_of)),
    )
    for place, (title, parts) in enumerate(written, 1):
        made_of.view.progress.step(place - 1, len(written), "")
        found = tuple(parts)
        yield Chapter(title, found or (Paragraph(_("The register holds nothing on this yet.")),))


def _location(made_of: Material) -> Iterator[Part]:
    asked = WorldMap(everybody=made_of.everybody, public=made_of.public)
    world = world_map(made_of.view, asked)
    countries = made_of.count("address.country")
    if countries is None or not largest(countries, 1):
        return
    known = [row for row in countries.rows if row.code != NOT_KNOWN]
    most = reduce(lambda said, label: _("{row}, {column}", row=said, column=label), largest(countries, 3))
    yield Paragraph(
        ngettext("People who count live in {count} country.", "People who count live in {count} countries.", len(known))
        + " "
        + _("Most of them live in: {list}.", list=most)
    )
    rows = tuple((c.label, c.count, value_of(world, c)) for c in world.countries)
    figure = world_figure(world, _MAP_WIDTH, heading=False)
    yield Picture(world.title, figure, Data((_("Country"), _("People"), _("Shaded by")), rows))
    columns = Columns(made_of.view)
    yield with_shares(_("People by country"), countries, columns)
    cities = made_of.count("address.city")
    if cities is not None:
        yield with_shares(_("The cities with the most people"), cities, columns, _MOST_PLACES)
    yield from _covered(made_of, {row.code: row.count for row in countries.rows})
    yield from made_of.charts("arrival_period", "registered_on")


def _covered(made_of: Material, published: dict[str, int | None]) -> Iterator[Part]:
    """Registered beside estimated, with year and source of each."""
    table = coverage(made_of.view, Coverage(everybody=made_of.everybody))
    rows: list[tuple[Value, ...]] = []
    for row in table.rows:
        if row.estimate is None:
            continue
        registered = published.get(row.country, 0)
        part = _(WITHHELD) if registered is None else share(row.share) if row.share is not None else ""
        source = f"{row.estimate.source}, {row.estimate.year}"
        rows.append((row.label, registered, row.estimate.population, part, source))
    if not rows:
        yield Paragraph(_("No official estimates have been entered: how many are not registered cannot be said."))
        return
    # A share of all would tell a withheld count that is part of it.
    if table.share is not None and not any(row[1] is None for row in rows):
        yield Paragraph(
            _(
                "Where there is an official estimate, {share} of those estimated are registered.",
                share=share(table.share),
            )
        )
    head = (_("Country"), _("Registered"), _("Estimated"), _("Share registered"), _("Source, year"))
    yield Table(_("Registered people beside official estimates, the largest gap first"), Data(head, tuple(rows)))


def _organisations(made_of: Material) -> Iterator[Part]:
    found = map_associations(made_of.view, MapAssociations(made_of.everybody))
    if not found.total:
        return
    said = ngettext(
        "{count} association or institution is in the register.",
        "{count} associations and institutions are in the register.",
        found.total,
    )
    yield Paragraph(said)
    for name in ("type", "level", "sector"):
        yield _sorted_by(made_of, found.titles[name], found.sorts[name])
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (sort.label, sort.count, sort.members) for sort in found.sorts["address.country"]
    )
    head = (_("Country"), _("Associations"), _("Members, as they say"))
    yield Table(_("Associations by country"), Data(head, rows), _MOST_PLACES)
    reach = made_of.count("address.country", "membership")
    if reach is not None:
        yield made_of.picture(reach)
    countries = made_of.count("address.country")
    told = {row.code: row.count for row in countries.rows} if countries is not None else {}
    without = tuple((place.label, told.get(place.country)) for place in found.without if not place.city)
    if without:
        caption = _("Countries with people and without an association")
        yield Table(caption, Data((_("Country"), _("People")), without), _MOST_PLACES)


def _sorted_by(made_of: Material, title: str, sorts: Sequence[Sort]) -> Picture:
    """Associations by type, level or sector: a count of bodies tells of no person, and none is withheld."""
    groups = [Group(s.code, s.label, s.count, s.code in (NOT_KNOWN, UNCODED)) for s in sorts]
    caption = _("Associations by {field}", field=title)
    rows: tuple[tuple[Value, ...], ...] = tuple((s.label, s.count, s.members) for s in sorts)
    data = Data((title, _("Associations"), _("Members, as they say")), rows)
    return Picture(caption, charts.bars(caption, groups, made_of.style), data)


def _initiatives(made_of: Material) -> Iterator[Part]:
    yield from _campaigns(made_of)
    yield from made_of.charts("activity", "activity.service", "contribution")
    yield from _concerns(made_of)


def _campaigns(made_of: Material) -> Iterator[Part]:
    """What was sent: campaigns of each year by channel, and how many recipients were prepared."""
    columns = (campaign.c.prepared_on, campaign.c.channel, campaign.c.recipients)
    campaigns, recipients = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for prepared_on, channel, count in made_of.view.connection.execute(select(*columns)):
        campaigns[prepared_on[:4], channel] += 1
        recipients[prepared_on[:4], channel] += count
    labels = vocabularies.get("consent_channel")
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (year, labels.label(channel), campaigns[year, channel], made_of.published(recipients[year, channel]))
        for year, channel in sorted(campaigns, reverse=True)
    )
    if rows:
        head = (_("Year"), _("Channel"), _("Campaigns"), _("Recipients"))
        yield Table(_("Campaigns by year and channel"), Data(head, rows))


def _concerns(made_of: Material) -> Iterator[Part]:
    """How many concerns there are and how many of them wait; by theme where that may be shown."""
    if made_of.public and by_name(PEOPLE)["activity.theme"].sensitivity >= RESTRICTED:
        return
    try:
        found = list_concerns(made_of.view, ListConcerns(everybody=made_of.everybody))
    except NotAllowed:
        return
    if not found.total:
        return
    answered = found.total - found.waiting
    if not made_of.public or min(found.total, found.waiting, answered) >= LEAST:
        said = ngettext(
            "Members told the office {count} concern.", "Members told the office {count} concerns.", found.total
        )
        yield Paragraph(f"{said} " + _("Of these {waiting} wait for an answer.", waiting=number(found.waiting)))
    counts = {theme: count for theme, (_label, count, _waiting) in found.themes.items()}
    hidden = withheld(counts) if made_of.public else set()
    rows: list[tuple[Value, ...]] = []
    for theme, (label, count, waiting) in found.themes.items():
        line: tuple[Value, ...] = (label, None if theme in hidden else count)
        # Beside a theme's count, how many of it wait would tell how many do not.
        rows.append(line if made_of.public else (*line, waiting))
    if any(row[1] is not None for row in rows):
        head = (_("Theme"), _("Concerns"), *(() if made_of.public else (_("Waiting for an answer"),)))
        yield Table(_("Concerns of members by theme"), Data(head, tuple(rows)), 25)


def _demographics(made_of: Material) -> Iterator[Part]:
    ages = made_of.count("age", "sex")
    if ages is not None:
        yield made_of.picture(ages, "pyramid")
    yield from made_of.charts("generation", "migration_reason", "education", "occupation.1", "sector.section")
    yield from made_of.charts("skill.group", "language")


def _willingness(made_of: Material) -> Iterator[Part]:
    yield from made_of.charts("return_intention", "willing", "engagement_form", "obstacle", "availability")
    yield from made_of.charts("remittance", "remittance.use")
    finding = Finding(Columns(made_of.view), PEOPLE)
    counting = belonging.definition(made_of.view, everybody=made_of.everybody)
    total = many(finding.of(counting.within(EVERYBODY)))
    labels, rows = vocabularies.get("consent_channel"), []
    for channel in CHANNELS:
        agreed = many(finding.of(counting.within(consented(channel))))
        hidden = made_of.public and (0 < agreed < LEAST or 0 < total - agreed < LEAST)
        rows.append((labels.label(channel), None if hidden else agreed))
    if total:
        caption = _("Who agreed to hear of the diaspora's affairs, by channel")
        yield Table(caption, Data((_("Channel"), _("People")), tuple(rows)))


def _method(made_of: Material) -> Iterator[Part]:
    yield Paragraph(
        _(
            "This report counts the records of the register on the day it was made. People register by their own "
            "choice: it tells of those who did, and of others only where official estimates stand beside them."
        )
    )
    yield Paragraph(_(SEVERAL_MEANS))
    yield Paragraph(_("Groups of whom something is not known are shown as such and left out of no total."))
    if made_of.public:
        yield Paragraph(_(WITHHELD_MEANS, least=LEAST))
        yield Paragraph(_("Protected and restricted fields are left out."))
    found = data_quality(made_of.view, DataQuality(everybody=made_of.everybody))
    if not found.total:
        return
    score = tenths(round(found.score * 10))
    yield Paragraph(
        _(
            "The records reach {score} of 100 points of quality on average. Each loses points for what is missing, "
            "old, wrong, not coded or perhaps entered twice.",
            score=score,
        )
    )
    head = (_("Part"), _("Points"), _("Of"))
    parts = tuple((part.title, tenths(round(part.points * 10)), str(part.of)) for part in found.parts)
    yield Table(_("Quality of the data by part"), Data(head, parts))
    lines: list[tuple[Value, ...]] = []
    for line in found.lines:
        hidden = made_of.public and (0 < line.count < LEAST or 0 < found.total - line.count < LEAST)
        if line.count:
            lines.append((line.title, _(WITHHELD) if hidden else share(line.count / found.total)))
    heading = (_("To be put right"), _("Share of records"))
    yield Table(_("What records lack, what costs most first"), Data(heading, tuple(lines)), 12)
