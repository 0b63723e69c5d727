"""What a template may be: every mistake is found and said where it stands, and a document comes back the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import i18n, vocabularies
from registry.errors import BadFile, Invalid
from registry.fields import ASSOCIATIONS, PEOPLE
from registry.profiles import arranging, exchanging
from registry.profiles.checking import check
from registry.profiles.definition import ANSWERS, VOCABULARIES, Condition, Question, Section, Template
from registry.profiles.shipped import shipped
from tests.registry.profiles.templates import GUILD, HOURS, MENTORING, MOTTO, TOPICS, words

Change = Callable[[Any], object]


def with_question(question: Question, place: int = 2) -> Template:
    """The guild's template with another question in its first section."""
    section = GUILD.sections[0]
    questions = (*section.questions[:place], question, *section.questions[place + 1 :])
    return replace(GUILD, sections=(replace(section, questions=questions), *GUILD.sections[1:]))


WRONG = {
    "name": (replace(GUILD, name="Guild"), "", "cannot be a code"),
    "kind": (replace(GUILD, kind="ships"), "", "people, associations"),
    "titles": (replace(GUILD, titles=()), "", "no words"),
    "nothing": (replace(GUILD, sections=()), "", "asks nothing"),
    "section code": (replace(GUILD, sections=(replace(GUILD.sections[0], code="1a"), GUILD.sections[1])), "1", "code"),
    "section twice": (replace(GUILD, sections=(GUILD.sections[0], replace(GUILD.sections[1], code="teaching"))), "2",
                      "twice"),
    "question twice": (with_question(replace(HOURS, code="mentoring")), "1.3", "twice"),
    "unknown answer": (with_question(replace(HOURS, kind="colour")), "1.3", "not a kind of answer"),
    "several texts": (with_question(replace(HOURS, several=True)), "1.3", "Several answers"),
    "no choices": (with_question(replace(TOPICS, choices=()), 1), "1.2", "needs answers"),
    "needless choices": (with_question(replace(HOURS, choices=TOPICS.choices)), "1.3", "list of its own"),
    "choice twice": (with_question(replace(TOPICS, choices=(*TOPICS.choices, TOPICS.choices[0])), 1), "1.2", "twice"),
    "no list": (with_question(replace(HOURS, kind="vocabulary")), "1.3", "standard list"),
    "needless list": (with_question(replace(HOURS, vocabulary="isco")), "1.3", "standard list"),
    "sensitivity": (with_question(replace(HOURS, sensitivity=3)), "1.3", "sensitivity"),
    "no language": (with_question(replace(HOURS, labels=(("English", "Hours"),))), "1.3", "language"),
    "too long": (with_question(replace(HOURS, labels=(("en", "x" * 301),))), "1.3", "longer than"),
    "later": (with_question(replace(MENTORING, shown_when=Condition("hours", ("1",))), 0), "1.1", "before"),
    "not deciding": (with_question(replace(MENTORING, code="m2", shown_when=Condition("hours", ("1",))), 3), "1.4",
                     "depends on"),
    "no value": (with_question(replace(HOURS, shown_when=Condition("mentoring", ()))), "1.3", "which answers"),
    "other value": (with_question(replace(HOURS, shown_when=Condition("mentoring", ("maybe",)))), "1.3", "maybe"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_where_it_is(case: str) -> None:
    template, place, words_of_it = WRONG[case]
    with pytest.raises(Invalid) as wrong:
        check(template)
    assert wrong.value.field == place
    assert words_of_it in str(wrong.value)
    with i18n.in_language("fr"):
        assert str(wrong.value)


def test_the_invented_templates_can_be_used() -> None:
    check(GUILD)
    check(with_question(replace(HOURS, shown_when=Condition("mentoring", ("yes", "no")))))


def test_a_document_comes_back_the_same(tmp_path: Path) -> None:
    assert exchanging.from_json(json.loads(exchanging.as_text(GUILD))) == GUILD
    path = tmp_path / "guild.json"
    exchanging.save(GUILD, path)
    assert exchanging.load(path) == GUILD


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.pop("name"), "Template: “name” is missing"),
        (lambda d: d.update(colour="red"), "“colour” is not known here"),
        (lambda d: d.update(sections={}), "“sections” is to be a list"),
        (lambda d: d.update(titles={"en": 1}), "“titles” is to be an object"),
        (lambda d: d["sections"].append("x"), "Section 3"),
        (lambda d: d["sections"][0]["questions"][1].update(several="yes"), "Section 1, question 2: “several” is to be"),
        (lambda d: d["sections"][0]["questions"][1]["choices"].append({"code": 5}), "Section 1, question 2"),
        (lambda d: d["sections"][0]["questions"][1].update(sensitivity=True), "whole number"),
        (
            lambda d: d["sections"][0]["questions"][1].update(shown_when={"question": "mentoring"}),
            "“values” is missing",
        ),
        (lambda d: d["sections"][0]["questions"][1]["shown_when"].update(values=[1]), "“values” is to be a text"),
    ],
)
def test_a_document_of_another_shape_is_refused_where_it_is_wrong(tmp_path: Path, change: Change, said: str) -> None:
    document = json.loads(exchanging.as_text(GUILD))
    change(document)
    path = tmp_path / "template.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(Invalid) as wrong:
        exchanging.load(path)
    assert said in str(wrong.value)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b" " * 4_000_001])
def test_what_is_no_document_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "template.json"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=r"template\.json"):
        exchanging.load(path)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "kind", "titles", "sections", "questions", "code", "en"]), inner, max_size=5
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_any_document_is_read_or_refused(document: object) -> None:
    try:
        read: object = exchanging.from_json(document)
    except Invalid as refused:
        read = str(refused)
    assert read


@pytest.mark.parametrize("template", shipped(), ids=lambda template: str(template.name))
def test_what_ships_can_be_used_in_both_languages(template: Template) -> None:
    check(template)
    assert template.kind in (PEOPLE, ASSOCIATIONS)
    every = [template.titles, *(s.titles for s in template.sections)]
    for question in template.questions:
        every += [question.labels, *(c.labels for c in question.choices), *([question.help] if question.help else [])]
    assert [some for some in every if [language for language, _text in some] != ["en", "fr"]] == []
    assert template.version == 0


def test_two_ship() -> None:
    assert [(t.name, t.kind) for t in shipped()] == [("association_mapping", ASSOCIATIONS), ("diaspora_skills", PEOPLE)]


def test_every_kind_of_answer_and_list_is_there() -> None:
    assert set(ANSWERS) >= {q.kind for q in GUILD.questions}
    assert {q.kind for q in GUILD.questions} == set(ANSWERS)
    for name in VOCABULARIES:
        assert vocabularies.get(name).codes


# --- arranging --------------------------------------------------------------------------------------------------


def test_parts_are_moved_through_sections_and_stay_at_the_ends() -> None:
    first = arranging.moved(GUILD, (0, 0), -1)
    assert first == (GUILD, (0, 0))
    down, path = arranging.moved(GUILD, (0, 4), 1)
    assert path == (1, 0)
    assert [len(s.questions) for s in down.sections] == [4, 6]
    assert arranging.moved(down, path, -1) == (GUILD, (0, 4))
    sections, where = arranging.moved(GUILD, (0,), 1)
    assert [s.code for s in sections.sections] == ["workshop", "teaching"]
    assert where == (1,)
    assert arranging.moved(GUILD, (), 1) == (GUILD, ())


def test_parts_are_added_changed_and_taken_out() -> None:
    added = arranging.with_question(GUILD, MOTTO, (0, 1))
    assert added.sections[0].questions[1] == MOTTO
    assert arranging.without(added, (0, 1)) == GUILD
    assert arranging.without(GUILD, (1,)).sections == GUILD.sections[:1]
    more = arranging.with_section(GUILD, Section("more", words("More", "Plus"), ()), 1)
    assert arranging.part_at(more, (1,)) == more.sections[1]
    assert arranging.part_at(more, ()) is more
    renamed = arranging.renamed(GUILD, "mentoring", "would_mentor")
    assert renamed.sections[0].questions[1].shown_when == Condition("would_mentor", ("yes",))
    assert arranging.path_of("2.3") == (1, 2)
    assert arranging.path_of("") == ()


def test_codes_are_made_of_words() -> None:
    assert arranging.code_of("Années d’expérience", (), "question") == "annees_dexperience"
    assert arranging.code_of("年", ("x",), "question")
    assert arranging.code_of("", ("question", "question_2"), "question") == "question_3"
    assert arranging.code_of("12 months", (), "question") == "question"
    assert len(arranging.code_of("long " * 30, (), "question")) <= 40
