"""A map as a file: a page, a drawing or a picture, by the file's ending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

from registry.commands import WriteHomeMap, WriteMap
from registry.context import Context
from registry.errors import Invalid
from registry.figures.pdf import to_pdf
from registry.figures.png import to_png
from registry.figures.shapes import Figure
from registry.figures.svg import to_svg
from registry.i18n import N_, current_language
from registry.mapping.figure import country_figure, world_figure
from registry.mapping.home import Home, home_map
from registry.mapping.home_figure import home_figure
from registry.mapping.world import World, world_map
from registry.whole_file import whole_file

OTHER_ENDING = N_("Maps are written as .pdf, .svg or .png. Give the file one of these endings.")
NO_CITIES = N_("Cities are not published: their counts are small. Write the map of the world.")
FORMS: dict[str, Callable[[Figure, str], bytes]] = {".pdf": to_pdf, ".svg": to_svg, ".png": to_png}


def write_map(context: Context, command: WriteMap) -> World:
    """Count, and write the map of the world.

    Raises:
        Invalid: as `world_map`, another ending, or no reason given.
        ConfirmationNeeded: counts of many people leave, small ones among them.
        StorageTrouble: the file can't be written; what was there before stays.
    """
    form = form_of(command.path)
    if command.country and command.asked.public:
        raise Invalid(NO_CITIES)
    world = world_map(context, command.asked)
    _allow(context, command, world)
    country = command.country
    figure = country_figure(world, country) if country else world_figure(world)
    _write(context, command, form(figure, current_language()))
    return world


def write_home_map(context: Context, command: WriteHomeMap) -> Home:
    """Count, and write the map of the home state; raises as `write_map`."""
    form = form_of(command.path)
    home = home_map(context, command.asked)
    _allow(context, command, home)
    _write(context, command, form(home_figure(home), current_language()))
    return home


def _allow(context: Context, command: WriteMap | WriteHomeMap, made: World | Home) -> None:
    context.require_confirmation(0 if command.asked.public else made.total or 0, command.reason)


def _write(context: Context, command: WriteMap | WriteHomeMap, drawn: bytes) -> None:
    with whole_file(command.path) as file:
        file.write(drawn)
        context.progress.committing()
    context.on_failure.append(partial(command.path.unlink, missing_ok=True))
    context.note.update(asdict(command.asked))


def form_of(path: Path) -> Callable[[Figure, str], bytes]:
    """What makes a file of that ending; raises `Invalid` for another one."""
    form = FORMS.get(path.suffix.casefold())
    if form is None:
        raise Invalid(OTHER_ENDING)
    return form
