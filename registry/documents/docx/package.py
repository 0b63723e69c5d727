"""The parts of a Word document that are the same in all: types, relations, styles, the two kinds of list."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"

#: Style of a paragraph -> its id and name in Word.
STYLES = {
    "subject": ("LetterSubject", "Letter subject"),
    "heading": ("Heading1", "heading 1"),
    "signature": ("LetterSignature", "Letter signature"),
    "small": ("LetterSmall", "Letter small"),
}
#: The two kinds of list in numbering.xml.
BULLETED, NUMBERED = 0, 1

_NO_TIME = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/>'
    + "".join(
        f'<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-{kind}+xml"/>'
        for part, kind in (
            ("word/document.xml", "officedocument.wordprocessingml.document.main"),
            ("word/styles.xml", "officedocument.wordprocessingml.styles"),
            ("word/numbering.xml", "officedocument.wordprocessingml.numbering"),
            ("docProps/core.xml", "package.core-properties"),
        )
    )
    + "</Types>"
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)


def _style(code: str, name: str, looks: str, spacing: str = "", more: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{code}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{spacing}{more}</w:pPr><w:rPr>{looks}</w:rPr></w:style>"
    )


_BOLD = "<w:b/><w:bCs/>"
_STYLE_SHEET = (
    f'{_HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Noto Sans" w:hAnsi="Noto Sans" w:cs="Noto Sans" w:eastAsia="Noto Sans"/>'
    '<w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="110" w:line="254" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    + _style("LetterSubject", "Letter subject", f'{_BOLD}<w:sz w:val="23"/><w:szCs w:val="23"/>', "<w:keepNext/>")
    + _style(
        "Heading1",
        "heading 1",
        f'{_BOLD}<w:sz w:val="24"/><w:szCs w:val="24"/>',
        '<w:keepNext/><w:spacing w:before="120" w:after="100"/>',
        '<w:outlineLvl w:val="0"/>',
    )
    + _style("LetterSignature", "Letter signature", "", '<w:spacing w:before="560" w:after="0"/>')
    + _style("LetterSmall", "Letter small", '<w:sz w:val="17"/><w:szCs w:val="17"/>', '<w:spacing w:after="80"/>')
    + "</w:styles>"
)


def write_package(
    file: IO[bytes], *, body: str, title: str, language: str, lists: list[int], pictures: Mapping[str, bytes]
) -> None:
    """Write the whole document.

    Args:
        body: the content of `w:body`.
        lists: of each list in its order `BULLETED` or `NUMBERED`; the first is number 1 in the text.
        pictures: file name in `word/media` -> content; the first is `rId10` in the text, the second `rId11` …
    """
    related = [
        f'<Relationship Id="rId1" Type="{R}/styles" Target="styles.xml"/>',
        f'<Relationship Id="rId2" Type="{R}/numbering" Target="numbering.xml"/>',
        *(
            f'<Relationship Id="rId{number}" Type="{R}/image" Target="media/{name}"/>'
            for number, name in enumerate(pictures, 10)
        ),
    ]
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "docProps/core.xml": _core(title, language),
        "word/document.xml": (
            f'{_HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}">'
            f"<w:body>{body}</w:body></w:document>"
        ),
        "word/styles.xml": _STYLE_SHEET,
        "word/numbering.xml": _numbering(lists),
        "word/_rels/document.xml.rels": (
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(related)}</Relationships>'
        ),
    }
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(_part(name), content.encode())
        for name, data in pictures.items():
            package.writestr(_part(f"word/media/{name}"), data)


def _part(name: str) -> ZipInfo:
    part = ZipInfo(name, _NO_TIME)
    part.compress_type = ZIP_DEFLATED
    return part


def _core(title: str, language: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>{escape(language)}</dc:language></cp:coreProperties>"
    )


def _numbering(lists: list[int]) -> str:
    """Each list is one of its own, so that every numbered one begins with 1."""
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{code}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{mark}"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
        for code, kind, mark in ((BULLETED, "bullet", "•"), (NUMBERED, "decimal", "%1."))
    )
    numbers = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for number, kind in enumerate(lists, 1)
    )
    return f'{_HEAD}<w:numbering xmlns:w="{W}">{kinds}{numbers}</w:numbering>'
