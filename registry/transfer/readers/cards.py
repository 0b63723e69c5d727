"""Contact cards (vCard 2.1, RFC 2426, RFC 6350) as a table: a row a card, under our names of fields.

The libraries that read cards log what they cannot read, and that is somebody's data.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from quopri import decodestring
from typing import NamedTuple

from registry import fields
from registry.errors import BadFile
from registry.transfer.readers import preflight
from registry.transfer.readers.encodings import find_encoding

_NAME = re.compile(r"(?:([\w-]+)\.)?([A-Za-z][\w-]*)((?:;(?:\"[^\"]*\"|[^:;\"])*)*):(.*)", re.DOTALL)
_PARAMETER = re.compile(r";((?:\"[^\"]*\"|[^;\"])*)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PARTED = re.compile(r"(?<!\\);")
_COMPACT_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T.*)?")
#: A label of one's own beside a value: Apple's stands in a line of the same group, around those that it offers stand
#: signs; Android's is a parameter.
_LABEL, _OFFERED = "X-ABLABEL", re.compile(r"_\$!<(.*)>!\$_")
_CUSTOM = re.compile(r"x-custom\((?:[^()]*,)?([^(),]*)\)", re.IGNORECASE)
#: Year of a birthday whose year Apple does not know.
_OMITTED_YEAR = "x-apple-omit-year"
#: A relative who is another card and not a name.
_URI = re.compile(r"(?:urn|https?|mailto|tel|data):", re.IGNORECASE)
#: Before an account of a messenger; a web address stays whole.
_SCHEME = re.compile(r"([A-Za-z][\w.+-]*):(?=\S)(?!//)")
_KINDS = ("cell", "mobile", "fax", "home", "work")
_SEXES = {"M": "male", "F": "female", "O": "other"}
#: Lines of a card at most, and characters of one.
_LINES, _LONGEST = 2_000, 400_000
#: Pictures and the like are long and not kept.
_LEFT_OUT = re.compile(r"(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]", re.IGNORECASE)
#: What a card may say several times, and how often it is taken.
_MOST = 9

#: How our exports write each field of a record (`FIELD=phone.2`), beside what every address book reads.
OWN_FIELD = "X-DIASPORA-REGISTRY"
_OWN_NAME = re.compile(r";FIELD=([^;:]+)", re.IGNORECASE)

Card = dict[str, str]


class _Line(NamedTuple):
    """A line of a card.

    Attributes:
        parameters: what they say, in small letters; of those with a name also "name=value".
        own: the field of ours that it says.
        label: what the owner of the address book calls the value.
    """

    name: str
    parameters: frozenset[str]
    value: str
    own: str = ""
    label: str = ""
    group: str = ""

    def said(self, parameter: str) -> str:
        """What a parameter says; "" = it is not there."""
        found = (text.partition("=")[2] for text in self.parameters if text.startswith(f"{parameter}="))
        return next(found, "")


def read(path: Path) -> list[list[str]]:
    """The header and a row for each card; raises `BadFile` if there is none."""
    cards = [card for lines in _cards(path) if (card := _card(lines))]
    if not cards:
        raise BadFile(preflight.EMPTY)
    names = sorted({name for card in cards for name in card}, key=_order)
    return [names, *([card.get(name, "") for name in names] for card in cards)]


def _order(name: str) -> tuple[int, int, str]:
    head, place = fields.split(name)
    first = head.partition(".")[0]
    return _HEADS.index(first) if first in _HEADS else len(_HEADS), place, name


_HEADS = ("full_name", "name", "family_name", "given_name", "patronymic", "title", "phone", "email", "address")


def _cards(path: Path) -> Iterator[list[_Line]]:
    """The cards of a file; one may stand in another (an agent), or not end."""
    begun: list[list[_Line]] = []
    for text in _unfolded(path):
        line = _line(text)
        if line is None:
            continue
        if line.name == "BEGIN":
            begun.append([])
        elif line.name == "END":
            if begun:
                yield begun.pop()
        elif begun and len(begun[-1]) < _LINES:
            begun[-1].append(line)
    yield from begun


def _unfolded(path: Path) -> Iterator[str]:
    """Whole lines: continued ones begin with a blank, or end with = where they are quoted-printable."""
    pending = ""
    with path.open(encoding=find_encoding(path), errors="replace", newline=None) as lines:
        for line in map(_without_end, lines):
            if pending.endswith("=") and "QUOTED-PRINTABLE" in pending.upper():
                pending = pending[:-1] + line
            elif line[:1] in (" ", "\t"):
                pending += "" if _LEFT_OUT.match(pending) else line[1:]
            else:
                yield pending
                pending = line
            if len(pending) > _LONGEST and not _LEFT_OUT.match(pending):
                raise BadFile(preflight.LONG_CELL, characters=preflight.CELL_CHARACTERS)
    yield pending


def _without_end(line: str) -> str:
    return line.rstrip("\r\n")


def _line(text: str) -> _Line | None:
    match = _NAME.fullmatch(text)
    if match is None:
        return None
    parameters: set[str] = set()
    encoding = "utf-8"
    for parameter in _PARAMETER.findall(match[3]):
        # 2.1 writes HOME for TYPE=home; 4.0 writes TYPE="home,work".
        name, _equals, said = parameter.rpartition("=")
        parameters.update(part.strip().casefold() for part in said.strip('"').split(","))
        if name.strip():
            parameters.add(f"{name}={said}".strip().casefold())
        if name.strip().upper() == "CHARSET":
            encoding = said.strip().strip('"')
    value = match[4]
    if "quoted-printable" in parameters:
        value = _decoded(decodestring(value.encode("ascii", "ignore")), encoding)
    own = _OWN_NAME.search(match[3]) if match[2].upper() == OWN_FIELD else None
    custom = _CUSTOM.search(match[3])
    label = _decoded(decodestring(custom[1].encode("ascii", "ignore")), "utf-8") if custom else ""
    return _Line(match[2].upper(), frozenset(parameters), value, own[1] if own else "", label, match[1] or "")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return codecs.lookup(encoding).incrementaldecoder("replace").decode(content, final=True)
    except (LookupError, TypeError, ValueError):  # nobody's encoding, or none of text
        return content.decode("utf-8", "replace")


def _card(lines: Iterable[_Line]) -> Card:
    """What a card says, by our names; "" and pictures left out."""
    lines = _labelled(lines)
    if own := {line.own: _unescaped(line.value) for line in lines if line.own}:
        return own
    card: Card = {}
    counts: dict[str, int] = {}
    for line in lines:
        for name, text in _fields(line):
            if not text.strip():
                continue
            head = name.partition(".")[0]
            if name == _NOTES:
                card[name] = f"{card[name]}\n{text}" if name in card else text
                continue
            if name == head:
                counts[head] = counts.get(head, 0) + 1
            place = counts.get(head, 1) - 1
            if name != _ADDRESS and place < (_MOST if head in _SEVERAL else 1):
                card.setdefault(fields.numbered(name, place), text)
    return _named(card)


def _labelled(lines: Iterable[_Line]) -> list[_Line]:
    """The lines, each with the label that stands in another of its group."""
    lines = list(lines)
    labels = {
        line.group: _OFFERED.sub(r"\1", _plain(line.value)) for line in lines if line.group and line.name == _LABEL
    }
    said = (line for line in lines if line.name != _LABEL and line.value.strip())
    return [line._replace(label=line.label or labels.get(line.group, "")) for line in said]


#: Begins an address; no field of ours.
_ADDRESS = "address"
_NOTES = "notes"
_SEVERAL = frozenset({"phone", "email", "messenger", "relative", _ADDRESS})


def _named(card: Card) -> Card:
    """The card of an organisation is called by it; one without a formatted name by its parts."""
    own = [card.get(name, "") for name in ("given_name", "patronymic", "family_name")]
    if "full_name" not in card and any(own):
        card["full_name"] = " ".join(part for part in own if part)
    if "full_name" not in card and "employer" in card:
        card["full_name"] = card["employer"]
    return card if "full_name" in card else {}


def _fields(line: _Line) -> Iterator[tuple[str, str]]:
    plain = _plain(line.value)
    if line.name in _PLAIN:
        yield _PLAIN[line.name], plain
    elif line.name == "N":
        parts = ("family_name", "given_name", "patronymic", "title")
        yield from zip(parts, (_plain(part).replace(",", " ") for part in _PARTED.split(line.value)), strict=False)
    elif line.name == "TEL":
        yield "phone", plain.removeprefix("tel:").partition(";")[0]
        yield "phone.kind", next((kind for kind in _KINDS if kind in line.parameters), line.label)
    elif line.name == "ADR":
        yield from _address(line)
    elif line.name == "ORG":
        yield "employer", ", ".join(_plain(part) for part in _PARTED.split(line.value) if part)
    elif line.name == "BDAY":
        yield "birth_date", _birthday(line, plain)
    elif line.name in ("GENDER", "X-GENDER"):
        yield "sex", _SEXES.get(plain[:1].upper(), "")
    elif line.name in ("RELATED", "X-ABRELATEDNAMES") and not _URI.match(plain):
        yield "relative", plain
        yield "relative.kind", line.label or line.said("type")
    elif line.name == "IMPP":
        scheme = _SCHEME.match(plain)
        yield "messenger", plain[scheme.end() :] if scheme else plain
        yield "messenger.service", line.said("x-service-type") or (scheme[1] if scheme else "")
    elif line.name == "X-ANDROID-CUSTOM":
        kind, said, *_more = [*plain.rpartition("/")[2].split(";"), ""]
        yield _NOTES, f"{kind.capitalize()}: {said}" if said else ""
    elif line.name in _NOTED:
        yield _NOTES, f"{line.name.removeprefix('X-').capitalize()}: {plain}" if plain else ""


def _birthday(line: _Line, plain: str) -> str:
    day = _COMPACT_DAY.fullmatch(plain)
    text = "-".join(day.groups()) if day else plain.partition("T")[0]
    year = line.said(_OMITTED_YEAR)
    return f"-{text.removeprefix(year)}" if year and text.startswith(year) else text


#: What has no field here and is somebody's all the same; what programs say for themselves is left out.
_NOTED = frozenset({
    "NICKNAME", "CATEGORIES", "ANNIVERSARY", "ROLE", "HOBBY", "INTEREST", "EXPERTISE", "X-SOCIALPROFILE", "X-SPOUSE",
    "X-ANNIVERSARY", "X-ASSISTANT", "X-MANAGER", "X-SKYPE", "X-SKYPE-USERNAME", "X-JABBER", "X-ICQ", "X-AIM", "X-MSN",
    "X-YAHOO",
})  # fmt: skip


#: Properties of which the whole value is one field.
_PLAIN = {
    "FN": "full_name",
    "EMAIL": "email",
    "URL": "website",
    "NOTE": "notes",
    "TITLE": "occupation",
    "UID": "external_id",
    "BIRTHPLACE": "birth_place",
    "LANG": "language",
}


def _address(line: _Line) -> Iterator[tuple[str, str]]:
    box, more, street, city, region, code, country = ([*map(_plain, _PARTED.split(line.value)), *[""] * 7])[:7]
    whole = ", ".join(part for part in (box, more, street) if part)
    yield _ADDRESS, whole or city or region or code or country
    for name, text in (("street", whole), ("city", city), ("region", region), ("postal_code", code)):
        yield f"address.{name}", text
    yield "address.country", country
    yield "address.kind", next((kind for kind in ("home", "work", "postal") if kind in line.parameters), "")


def _plain(text: str) -> str:
    return _unescaped(text).strip()


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], text)
