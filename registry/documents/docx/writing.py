"""Letters of one mailing as one Word document, a section a letter; and a template as a document to be edited."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from registry.documents.days import placed
from registry.documents.docx.body import Body
from registry.documents.docx.package import write_package
from registry.documents.flat import flat_blocks
from registry.documents.layout import direction_of
from registry.documents.letters import Letter, Sender, said_alike
from registry.documents.stationery import Stationery, window
from registry.documents.templates import Template, letterhead
from registry.documents.tree import Run, Tree, resolve
from registry.errors import Invalid
from registry.i18n import N_
from registry.whole_file import whole_file

OTHER_ENDING = N_("A template is written for Word. Give the file the ending .docx.")
#: Twentieths of a point in a millimetre.
_DXA = 1440 / 25.4
#: Millimetres: the upper margin, the two names at its head, and each line under them. Characters of an address.
_TOP, _NAMES, _LINE = 16, 12, 3.9
_LONGEST_ADDRESS = 1_000
_RIGHT = '<w:jc w:val="right"/>'


def write_docx(
    file: IO[bytes],
    letters: Iterable[Letter],
    *,
    template: Template,
    sender: Sender,
    day: datetime.date,
    variables: Mapping[str, str],
    images: Mapping[str, bytes],
    window_code: str = "",
) -> int:
    """Write every letter to one Word document; returns how many there are.

    Args:
        variables, images: as of `letters.write_letters`.
        window_code: of the envelope's window; "" = what is usual in the posting country.
    """
    sheet = window(window_code, sender.country)
    body, count = Body(images), 0
    for letter in letters:
        if count:
            body.raw(f"<w:p><w:pPr>{_section(sheet)}</w:pPr></w:p>")
        _letter(body, letter, template, sender, day, variables, sheet)
        count += 1
    # The title says nothing of what the letters are about.
    _write(file, body, sheet, template.languages[0], "Letters")
    return count


def write_template(file: IO[bytes], tree: Tree, *, language: str, title: str, images: Mapping[str, bytes]) -> None:
    """Write a template as a Word document, its fields and conditions as `{{markers}}`."""
    body = Body(images)
    body.add(flat_blocks(tree.blocks), rtl=direction_of(language) == "rtl")
    _write(file, body, window("", ""), language, title)


def save_template(path: Path, template: Template, language: str, content_of: Callable[[str], bytes]) -> None:
    """Write one language of a template to a Word file, whole or not at all. Raises `Invalid` and `StorageTrouble`.

    Args:
        content_of: the content of a picture by its name.
    """
    if path.suffix.casefold() != ".docx":
        raise Invalid(OTHER_ENDING)
    title = template.titles.get(language) or next(iter(template.titles.values()), template.id)
    images = {name: content_of(name) for name in template.files}
    with whole_file(path) as file:
        write_template(file, template.trees[language], language=language, title=title, images=images)


def _write(file: IO[bytes], body: Body, sheet: Stationery, language: str, title: str) -> None:
    xml = body.xml + _section(sheet)
    write_package(file, body=xml, title=title, language=language, lists=body.lists, pictures=body.pictures)


def _letter(
    body: Body,
    letter: Letter,
    template: Template,
    sender: Sender,
    day: datetime.date,
    variables: Mapping[str, str],
    sheet: Stationery,
) -> None:
    language = template.language_for(letter.language)
    rtl = direction_of(language) == "rtl"
    alike = said_alike(template, sender, day, variables, language)
    values = {**alike, "address_block": "\n".join(letter.address_lines), **letter.values}
    direction = "<w:bidi/>" if rtl else ""
    own = letterhead(language)
    if own is not None:
        body.add(flat_blocks(resolve(own, values)), rtl=rtl)
    else:
        body.paragraph([Run(sender.home(language), bold=True, size=13.0)], properties=_tight(direction), rtl=rtl)
        body.paragraph([Run(sender.post(language))], properties=_tight(direction), rtl=rtl)
        # Addresses and numbers run from left to right in every language.
        body.paragraph([Run("\n".join(_head(sender)), size=8.5)], properties=_tight("") + (_RIGHT if rtl else ""))
    body.paragraph([Run("\n".join(letter.address_lines)[:_LONGEST_ADDRESS])], properties=_framed(sheet))
    place = placed(sender.city, alike["date"], language)
    # The address stands in a frame of its own: the text leaves room for it.
    over = round((sheet.body - _TOP - _NAMES - _LINE * len([*_head(sender)])) * _DXA)
    properties = f'<w:spacing w:before="{max(240, over)}"/>'
    body.paragraph([Run(place)], properties=properties + _end_side(rtl), rtl=rtl)
    body.add(flat_blocks(resolve(template.trees[language], values)), rtl=rtl)


def _head(sender: Sender) -> Iterator[str]:
    yield from (line for line in (*sender.address_lines, sender.phone, sender.email) if line)


def _tight(direction: str) -> str:
    return f'{direction}<w:spacing w:after="0"/>'


def _end_side(rtl: bool) -> str:
    return f"<w:bidi/>{_RIGHT}" if rtl else _RIGHT


def _framed(sheet: Stationery) -> str:
    """The place of the address: in the window, wherever the text goes."""
    left, top, width, height = (round(measure * _DXA) for measure in sheet.address)
    return (
        f'<w:framePr w:w="{width}" w:h="{height}" w:hRule="atLeast" w:hSpace="0" w:wrap="notBeside" '
        f'w:vAnchor="page" w:hAnchor="page" w:x="{left}" w:y="{top}"/>'
        '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
    )


def _section(sheet: Stationery) -> str:
    """The end of a section: the next one begins a page."""
    wide, high = (round(points * 20) for points in sheet.size)
    left, right, bottom = (round(measure * _DXA) for measure in (sheet.left, sheet.right, sheet.bottom))
    return (
        f'<w:sectPr><w:type w:val="nextPage"/><w:pgSz w:w="{wide}" w:h="{high}"/>'
        f'<w:pgMar w:top="{round(_TOP * _DXA)}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        'w:header="400" w:footer="400" w:gutter="0"/><w:pgNumType w:start="1"/></w:sectPr>'
    )
