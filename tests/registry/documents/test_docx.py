"""Letters as a Word document, and a Word document as a template: the same tree, nothing of a stranger's done."""

from __future__ import annotations

import io
import json
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from registry.documents.docx.reading import NO_DOCUMENT, TOO_LONG, read
from registry.documents.docx.writing import write_template
from registry.documents.flat import joined
from registry.documents.letters import Letter, Sender, write_letters
from registry.documents.templates import Template, template, template_ids
from registry.documents.tree import Bullets, Field, Image, PageBreak, Paragraph, Run, Section, Table, Tree
from registry.documents.tree_json import from_json
from registry.errors import BadFile
from tests.registry.documents.letters_kept import picture
from tests.registry.documents.trees import one_of_each, trees


def written(tree: Tree, language: str = "en", images: dict[str, bytes] | None = None) -> bytes:
    file = io.BytesIO()
    write_template(file, tree, language=language, title="A title", images=images or {})
    return file.getvalue()


def read_back(content: bytes) -> tuple[Tree, list[str], str, dict[str, bytes]]:
    ((tree, lost, title, *pictures),) = read(content)
    return from_json(json.loads(tree)), lost, title, dict(zip(pictures[::2], pictures[1::2], strict=True))


def shares(tree: Tree) -> Tree:
    """Widths of columns are relative: as shares of a hundred they are the same."""

    def same(block: Any) -> Any:
        if isinstance(block, Table):
            total = sum(block.widths)
            return Table(block.rows, tuple(round(100 * w / total, 1) for w in block.widths), block.header)
        if isinstance(block, Section):
            return Section(block.field, block.test, tuple(map(same, block.blocks)), block.values)
        return block

    return Tree(tuple(map(same, tree.blocks)))


@settings(max_examples=60, deadline=None)
@given(trees)
def test_word_gives_the_tree_back(tree: Tree) -> None:
    for language in ("en", "ar"):
        assert shares(read_back(written(tree, language))[0]) == shares(joined(tree))


def test_every_kind_of_part_comes_back_with_its_picture() -> None:
    tree, logo = one_of_each(), picture()
    came, lost, title, pictures = read_back(written(tree, images={"logo": logo}))
    assert shares(came) == shares(joined(tree))
    assert (lost, title, pictures) == ([], "A title", {"logo": logo})


@pytest.mark.parametrize("name", template_ids())
def test_every_letter_that_ships_comes_back(name: str) -> None:
    for language, tree in template(name).trees.items():
        assert shares(read_back(written(tree, language))[0]) == shares(joined(tree))


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(body: str, **parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def test_a_marker_that_word_cut_into_runs_is_one_field() -> None:
    runs = "".join(f"<w:r><w:t xml:space='preserve'>{part}</w:t></w:r>" for part in ("Dear {{", "full", "_name}", "},"))
    tree = read_back(document(f"<w:p>{runs}</w:p>"))[0]
    assert tree.blocks == (Paragraph((Run("Dear "), Field("full_name"), Run(","))),)


def test_words_own_merge_fields_are_fields() -> None:
    simple = "<w:fldSimple w:instr=' MERGEFIELD \"Last name\" '><w:r><w:t>«Last name»</w:t></w:r></w:fldSimple>"
    parts = ["<w:fldChar w:fldCharType='begin'/>", "<w:instrText> MERGEFIELD City </w:instrText>"]
    parts += ["<w:fldChar w:fldCharType='separate'/>", "<w:t>«City»</w:t>", "<w:fldChar w:fldCharType='end'/>"]
    whole = "".join(f"<w:r><w:rPr><w:b/></w:rPr>{part}</w:r>" for part in parts)
    page = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
    page += "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>7</w:t></w:r>"
    page += "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    tree = read_back(document(f"<w:p>{simple}{whole}{page}</w:p>"))[0]
    assert tree.blocks == (Paragraph((Field("Last name"), Field("City", bold=True), Run("7"))),)


def test_what_cannot_be_kept_is_named() -> None:
    body = (
        "<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:color w:val='FF0000'/></w:rPr><w:t> red</w:t></w:r><w:r><w:footnoteReference/></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>wide</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl><w:sectPr><w:headerReference/></w:sectPr>"
    )
    tree, lost, _title, _pictures = read_back(document(body))
    assert lost == ["changes", "colour", "header", "merged_cells", "notes"]
    assert tree.blocks[0] == Paragraph((Run("new red"),))
    assert tree.blocks[1] == Table((((Run("wide"),), ()), ((), ())), (50.0, 50.0))


def test_a_page_that_ends_inside_a_paragraph_cuts_it() -> None:
    body = "<w:p><w:r><w:t>one</w:t><w:br w:type='page'/><w:t>two</w:t></w:r></w:p>"
    assert read_back(document(body))[0].blocks == (Paragraph((Run("one"),)), PageBreak(), Paragraph((Run("two"),)))


HOSTILE = [
    "<w:p/></w:t></w:r><w:drawing>",
    "{{city}} {{end}} {{if city}}",
    "&lt; &#0; ]]> <!-- <?x?>",
    "a\x00b\x1b[31m\u202ec\ufffe",
    "x\r\ny\fz",
    'MERGEFIELD "x" INCLUDEPICTURE "file:///etc/passwd"',
    "w" * 200_000,
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_text_in_a_letter_of_word(value: str, tmp_path: Path) -> None:
    tree = Tree((Paragraph((Run("Dear "), Field("full_name"))), Bullets(((Field("full_name"),),))))
    letter = Letter("en", (value, "69000 LYON"), {"full_name": value})
    made = Template("t", "outreach_news", {"en": "T"}, (), {"en": tree})
    path, sender = tmp_path / "letters.docx", Sender("Republic", value[:1000], "FRA", city="Lyon")
    started = time.process_time()
    write_letters(path, [letter, letter], template=made, sender=sender, day=date(2027, 1, 2))
    assert time.process_time() - started < 2
    came, lost, _title, pictures = read_back(path.read_bytes())
    assert (lost, pictures) == ([], {})
    assert not any(isinstance(block, Image | Table | Section) for block in came.blocks)
    shown = [run for block in came.blocks if isinstance(block, Paragraph) for run in block.inlines]
    assert all(isinstance(run, Run) for run in shown), "nothing became a field"
    with zipfile.ZipFile(path) as package:
        assert b"TargetMode" not in package.read("word/_rels/document.xml.rels")


BOMB = f'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 cut off",
        document("<w:p>")[:-30],
        document("<w:p></w:q>"),
        document("", **{"word/document.xml2": ""}).replace(b"word/document.xml", b"word/elsewhere.xm"),
    ],
)
def test_a_damaged_document_is_refused(content: bytes) -> None:
    with pytest.raises(BadFile) as refused:
        list(read(content))
    assert refused.value.message == NO_DOCUMENT


def test_a_document_that_is_no_letter_is_refused() -> None:
    with pytest.raises(BadFile) as refused:
        list(read(document(f"<w:p><w:r><w:t>{'word ' * 5_000}</w:t></w:r></w:p>")))
    assert refused.value.message == TOO_LONG


def test_a_document_with_entities_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", BOMB)
    with pytest.raises(BadFile):
        list(read(file.getvalue()))


def test_a_picture_that_is_none_is_left_out_and_said() -> None:
    content = written(Tree((Image("logo", 100.0), Bullets(((Run("a"),),)))), images={"logo": picture()})
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(file, "w") as changed:
        for part in package.infolist():
            changed.writestr(part.filename, b"MZ nothing" if "media" in part.filename else package.read(part))
    tree, lost, _title, pictures = read_back(file.getvalue())
    assert (lost, pictures) == (["pictures"], {})
    assert tree.blocks == (Bullets(((Run("a"),),)),)
