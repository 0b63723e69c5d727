"""The document tree: strict to read, the same after writing, resolved for one recipient."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.documents.templates import template, template_ids
from registry.documents.tree import (
    Block,
    Bullets,
    Condition,
    Field,
    Image,
    Inline,
    PageBreak,
    Paragraph,
    Run,
    Section,
    Table,
    Tree,
    fields_used,
    resolve,
)
from registry.documents.tree_json import from_json, to_json
from registry.errors import Invalid

_text = st.text(min_size=1, max_size=12).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text))
_size = st.one_of(st.none(), st.integers(4, 72).map(float))
_flag = st.booleans()
_leaf = st.one_of(
    st.builds(Run, _text, _flag, _flag, _flag, _size), st.builds(Field, _text, _flag, _flag, _flag, _size)
)
_align = st.sampled_from(["start", "left", "center", "right", "justify"])


def _tests(make: Any, inside: Any) -> Any:
    return st.one_of(
        st.builds(
            lambda field, test, parts: make(field, test, parts), _text, st.sampled_from(["filled", "empty"]), inside
        ),
        st.builds(lambda field, parts, value: make(field, "equals", parts, (value,)), _text, inside, _text),
        st.builds(
            lambda field, parts, values: make(field, "in", parts, tuple(values)),
            _text,
            inside,
            st.lists(_text, min_size=1, max_size=3),
        ),
    )


_inline = st.recursive(_leaf, lambda inner: _tests(Condition, st.lists(inner, max_size=2).map(tuple)), max_leaves=4)
_inlines = st.lists(_inline, max_size=3).map(tuple)
_plain_block = st.one_of(
    st.builds(Paragraph, _inlines, _align, st.sampled_from(["body", "subject", "heading", "signature", "small"])),
    st.builds(Bullets, st.lists(_inlines, max_size=2).map(tuple), _flag),
    st.builds(lambda row, header: Table((row,), (1.0, 2.5), header), st.tuples(_inlines, _inlines), _flag),
    st.builds(Image, _text, st.integers(1, 600).map(float), _align),
    st.just(PageBreak()),
)
_block = st.recursive(_plain_block, lambda inner: _tests(Section, st.lists(inner, max_size=2).map(tuple)), max_leaves=4)


@given(st.lists(_block, max_size=4).map(lambda blocks: Tree(tuple(blocks))))
def test_reading_what_was_written_gives_the_same_tree(tree: Tree) -> None:
    assert from_json(json.loads(json.dumps(to_json(tree)))) == tree


def _document(*blocks: Any) -> dict[str, Any]:
    return {"version": 1, "blocks": list(blocks)}


def _paragraph(*inlines: Any, **more: Any) -> dict[str, Any]:
    return {"type": "paragraph", "inlines": list(inlines), **more}


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"version": 2, "blocks": []},
        {"version": 1, "blocks": {}},
        {"version": 1, "blocks": [], "script": "x"},
        _document({"type": "script"}),
        _document({"type": "paragraph"}),
        _document(_paragraph(align="middle")),
        _document(_paragraph(style="huge")),
        _document(_paragraph({"type": "text"})),
        _document(_paragraph({"type": "text", "text": ""})),
        _document(_paragraph({"type": "text", "text": "x", "size": 500})),
        _document(_paragraph({"type": "text", "text": "x", "bold": "yes"})),
        _document(_paragraph({"type": "text", "text": "x", "link": "http://example.org"})),
        _document(_paragraph({"type": "field", "name": "password"})),
        _document(_paragraph({"type": "condition", "field": "city", "test": "like", "inlines": []})),
        _document(_paragraph({"type": "condition", "field": "city", "test": "equals", "inlines": []})),
        _document(_paragraph({"type": "condition", "field": "city", "test": "filled", "values": ["x"], "inlines": []})),
        _document({"type": "table", "widths": [1, 2], "rows": [[[]]]}),
        _document({"type": "image", "name": "x", "width": 0}),
        _document({"type": "page_break", "twice": True}),
    ],
)
def test_what_is_not_understood_is_refused_with_a_sentence(data: object) -> None:
    with pytest.raises(Invalid) as caught:
        from_json(data, {"city"})
    assert str(caught.value).endswith(".")
    assert "{" not in str(caught.value)


def test_endless_nesting_is_refused() -> None:
    data: dict[str, Any] = {"type": "text", "text": "x"}
    for _level in range(500):
        data = {"type": "condition", "field": "city", "test": "filled", "inlines": [data]}
    with pytest.raises(Invalid):
        from_json(_document(_paragraph(data)))


def _words(blocks: tuple[Block, ...]) -> str:
    def text(inlines: tuple[Inline, ...]) -> str:
        return "".join(run.text for run in inlines if isinstance(run, Run))

    return "|".join(text(block.inlines) for block in blocks if isinstance(block, Paragraph))


def test_fields_and_conditions_resolve_for_a_recipient() -> None:
    tree = Tree((
        Paragraph((Run("Dear "), Field("full_name"), Run(","))),
        Paragraph((Condition("city", "filled", (Run("You live in "), Field("city"), Run("."))),)),
        Section("sex", "equals", (Paragraph((Run("her"),)),), ("female",)),
        Section("country", "in", (Paragraph((Run("near"),)),), ("DEU", "FRA")),
        Section("association", "empty", (Paragraph((Run("none"),)),)),
        Paragraph((Field("number"),)),
    ))  # fmt: skip
    assert fields_used(tree) == {"full_name", "city", "sex", "country", "association", "number"}
    ada = {"full_name": "Ada", "city": "Lyon", "sex": "female", "country": "FRA", "number": "7"}
    assert _words(resolve(tree, ada)) == "Dear Ada,|You live in Lyon.|her|near|none|7"
    assert _words(resolve(tree, {"full_name": "Bo", "association": "x"})) == "Dear Bo,"


def test_a_value_is_never_read_as_a_template() -> None:
    tree = Tree((Paragraph((Field("full_name"), Field("city"))),))
    values = {"full_name": "{{city}} {city} <b>%s</b>", "city": "{full_name}"}
    assert _words(resolve(tree, values)) == "{{city}} {city} <b>%s</b>{full_name}"


def test_a_value_is_capped() -> None:
    (paragraph,) = resolve(Tree((Paragraph((Field("full_name"),)),)), {"full_name": "x" * 200_000})
    assert isinstance(paragraph, Paragraph)
    (run,) = paragraph.inlines
    assert isinstance(run, Run)
    assert run.text == "x" * 2_000 + "…"


@pytest.mark.parametrize("name", template_ids())
def test_shipped_templates_are_complete(name: str) -> None:
    shipped = template(name)
    assert shipped.id == name
    assert shipped.languages[:2] == ("en", "fr")
    assert set(shipped.titles) >= {"en", "fr"}
    used = [fields_used(shipped.trees[language]) for language in shipped.languages]
    assert all(fields == used[0] for fields in used)
    for variable in shipped.variables:
        assert variable.name in shipped.fields
        assert set(variable.defaults) >= set(shipped.languages)


def test_an_unknown_template_is_one_sentence() -> None:
    with pytest.raises(Invalid, match="annual-forum"):
        template("../../etc")
