"""A letter on paper: letterhead, window, date, body; measures by the envelopes of the posting country."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import IO

from registry.documents.days import placed
from registry.documents.fitting import fitted
from registry.documents.layout import Part, direction_of, flow, height_of, place
from registry.documents.letterhead import draw_letterhead
from registry.documents.letters import Letter, Printing, Sender, said_alike
from registry.documents.marks import draw_mark
from registry.documents.paper import Paper
from registry.documents.stationery import MARK, MM, window
from registry.documents.templates import Template, letterhead
from registry.documents.text import Block, Span, Style, draw, lay_out
from registry.documents.tree import Block as TreeBlock
from registry.documents.tree import Enclosure, resolve
from registry.postal import alpha2

_CONTACT = Style(8)
_RETURN = Style(7)
_BODY = Style(10.5)
_LARGEST_ADDRESS, _SMALLEST_ADDRESS = 10.5, 6.5
#: Millimetres above a head of the registry's own.
_HEAD_TOP = 14.0
_SCALES = (1.0, 0.95, 0.9)


class Press:
    """Prints letters of one mailing to one file, one after the other."""

    def __init__(
        self,
        file: IO[bytes],
        template: Template,
        sender: Sender,
        day: datetime.date,
        variables: Mapping[str, str],
        images: Mapping[str, bytes],
        language: str,
        printing: Printing,
    ) -> None:
        self._template, self._sender, self._images = template, sender, images
        self._sheet = window(printing.window, alpha2(sender.country))
        self._duplex = printing.duplex
        self._paper = Paper(file, title="Letters", language=language, size=self._sheet.size)
        self._language = language
        self._shared = {each: said_alike(template, sender, day, variables, each) for each in template.languages}
        self._dates = {each: self._date_line(each) for each in template.languages}
        width, height = self._sheet.size
        self._height = height
        self._left = self._sheet.left * MM
        self._width = width - (self._sheet.left + self._sheet.right) * MM

    def print(self, letter: Letter) -> None:
        """Print one letter, on as many pages as it needs."""
        if self._duplex and self._paper.pages % 2:
            self._paper.end_page()
        language = self._template.language_for(letter.language)
        values = {**self._shared[language], "address_block": "\n".join(letter.address_lines), **letter.values}
        blocks = resolve(self._template.trees[language], values)
        self._begin_page(language)
        self._draw_head(language)
        top = min(self._height - self._sheet.body * MM, self._draw_address(letter, language) - 14)
        top -= self._draw_block(self._dates[language], self._left, top) + 12
        self._draw_body(self._fitted(blocks, language, top - self._sheet.bottom * MM), top, language)
        for block in blocks:
            if isinstance(block, Enclosure) and block.name in self._images:
                self._paper.enclose(self._images[block.name])

    def _fitted(self, blocks: tuple[TreeBlock, ...], language: str, room: float) -> list[Part]:
        """The body set a little smaller where that keeps the letter on one page, else at its usual size."""
        usual: list[Part] = []
        for scale in _SCALES:
            parts = flow(blocks, self._width, language=language, images=self._images, scale=scale)
            usual = usual or parts
            if height_of(parts) <= room:
                return parts
        return usual

    def close(self) -> tuple[int, str]:
        """Finish the file; the number of pages and the characters no font had."""
        if not self._paper.pages:
            self._paper.end_page()
        self._paper.close()
        return self._paper.pages, "".join(sorted(self._paper.missing))

    def _date_line(self, language: str) -> Block:
        text = placed(self._sender.city, self._shared[language]["date"], language)
        width = self._sheet.size[0] - (self._sheet.left + self._sheet.right) * MM
        direction = direction_of(language)
        return lay_out([Span(text, _BODY)], width, align="left" if direction == "rtl" else "right", direction=direction)

    def _begin_page(self, language: str) -> None:
        if language != self._language:
            self._paper.code(f"/Span<</Lang({language})>>BDC")

    def _end_page(self, language: str) -> None:
        if language != self._language:
            self._paper.code("EMC")
        self._paper.end_page()

    def _draw_body(self, parts: list[Part], top: float, language: str) -> None:
        number = 1
        margin = self._height - 20 * MM

        def next_page() -> float:
            nonlocal number
            self._end_page(language)
            number += 1
            self._begin_page(language)
            folio = lay_out([Span(str(number), _CONTACT)], self._width, align="center")
            self._draw_block(folio, self._left, 14 * MM)
            return margin

        place(self._paper, parts, self._left, top, self._sheet.bottom * MM, next_page)
        self._end_page(language)

    def _draw_head(self, language: str) -> None:
        own = letterhead(language)
        if own is None:
            draw_letterhead(self._paper, self._sender, language, self._left, self._width)
            return
        blocks = resolve(own, self._shared[language])
        parts = flow(blocks, self._width, language=language, images=self._images)
        place(self._paper, parts, self._left, self._height - _HEAD_TOP * MM, 0, lambda: self._height)

    def _draw_block(self, block: Block, left: float, top: float) -> float:
        draw(self._paper, block, left, top)
        return block.height

    def _draw_address(self, letter: Letter, language: str) -> float:
        """Put the address into the window; where it ends. Many or long lines are set smaller, never cut."""
        left, top, width, height = (measure * MM for measure in self._sheet.address)
        if self._sheet.return_line is not None:
            self._draw_return_line(left, self._height - self._sheet.return_line * MM, width, language)
        if letter.code:
            across, down = self._sheet.mark
            draw_mark(self._paper, letter.code, across * MM, self._height - down * MM, MARK * MM)
            width = across * MM - left
        block = fitted(
            letter.address_lines, width, height, largest=_LARGEST_ADDRESS, smallest=_SMALLEST_ADDRESS, cut=False
        )
        return block.draw(self._paper, left, self._height - top)

    def _draw_return_line(self, left: float, top: float, width: float, language: str) -> None:
        sender = self._sender
        text = " · ".join(line for line in (sender.post(language), *sender.address_lines) if line)
        block = lay_out([Span(text, _RETURN)], width, direction="ltr")
        if len(block.lines) > 1:
            block = lay_out([Span(text, Style(5.5))], width, direction="ltr")
        bottom = top - block.height
        self._draw_block(block, left, top)
        self._paper.code(f"q 0.3 w {left:.2f} {bottom:.2f} m {left + width:.2f} {bottom:.2f} l S Q")
