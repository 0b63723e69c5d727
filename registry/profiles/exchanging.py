"""A template as a JSON document, as it is kept and as ministries exchange it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

from registry.errors import BadFile
from registry.fields import Words
from registry.i18n import N_, _
from registry.kinds import clean
from registry.profiles.checking import check, wrong
from registry.profiles.definition import Choice, Condition, Question, Section, Template
from registry.whole_file import whole_file

NO_TEMPLATE = N_("“{name}” is not a file of a profile template. Choose one that was written by “Save as file”.")
MISSING = N_("“{key}” is missing.")
OTHER_TYPE = N_("“{key}” is to be {what}.")
UNKNOWN_KEY = N_("“{key}” is not known here. Known: {known}.")
_WHAT = {
    str: N_("a text"),
    int: N_("a whole number"),
    bool: N_("true or false"),
    list: N_("a list"),
    dict: N_("an object, such as words by language"),
}
_OF_QUESTION = (
    *("code", "kind", "labels", "help", "several", "vocabulary", "choices"),
    *("required", "sensitivity", "shown_when"),
)
#: No questionnaire is larger, in bytes.
_LARGEST = 4_000_000

Type = TypeVar("Type", str, int, bool, list[object], dict[str, object])


def to_json(template: Template) -> dict[str, object]:
    """The document of a template; what is not said is left out."""
    return {
        "name": template.name,
        "kind": template.kind,
        "version": template.version,
        "titles": dict(template.titles),
        "sections": [
            {"code": s.code, "titles": dict(s.titles), "questions": [_question_json(q) for q in s.questions]}
            for s in template.sections
        ],
    }


def from_json(document: object) -> Template:
    """The template of a document; `Invalid` says where it has another shape. What it says is not checked."""
    reader = _Object(document, "", ("name", "kind", "version", "titles", "sections"))
    sections = tuple(_section(each, str(i)) for i, each in enumerate(reader.take("sections", list), 1))
    name, kind = reader.take("name", str), reader.take("kind", str)
    return Template(name, kind, reader.words("titles"), sections, reader.take("version", int, 0))


def as_text(template: Template) -> str:
    """The document as it is kept and written to files."""
    return json.dumps(to_json(template), ensure_ascii=False, indent=1) + "\n"


def load(path: Path) -> Template:
    """The template in a file. Raises `BadFile`, or `Invalid` with what is wrong in it."""
    try:
        text = path.read_text(encoding="utf-8-sig") if path.stat().st_size <= _LARGEST else ""
        document = json.loads(text)
    except (OSError, ValueError, RecursionError):
        raise BadFile(NO_TEMPLATE, name=path.name) from None
    template = from_json(document)
    check(template)
    return template


def save(template: Template, path: Path) -> None:
    """Write a template to a file, whole or not at all. Raises `StorageTrouble`."""
    with whole_file(path) as file:
        file.write(as_text(template).encode("utf-8"))


def _question_json(question: Question) -> dict[str, object]:
    condition = question.shown_when
    said: dict[str, object] = {
        "help": dict(question.help),
        "several": question.several,
        "vocabulary": question.vocabulary,
        "choices": [{"code": c.code, "labels": dict(c.labels)} for c in question.choices],
        "required": question.required,
        "shown_when": {"question": condition.question, "values": list(condition.values)} if condition else None,
    }
    head: dict[str, object] = {"code": question.code, "kind": question.kind, "labels": dict(question.labels)}
    return head | {k: v for k, v in said.items() if v} | {"sensitivity": question.sensitivity}


def _section(document: object, at: str) -> Section:
    reader = _Object(document, at, ("code", "titles", "questions"))
    questions = enumerate(reader.take("questions", list), 1)
    return Section(
        reader.take("code", str), reader.words("titles"), tuple(_question(each, f"{at}.{i}") for i, each in questions)
    )


def _question(document: object, at: str) -> Question:
    reader = _Object(document, at, _OF_QUESTION)
    choices = (_Object(each, at, ("code", "labels")) for each in reader.take("choices", list, []))
    condition = reader.take("shown_when", dict, {})
    return Question(
        reader.take("code", str),
        reader.take("kind", str),
        reader.words("labels"),
        reader.words("help", needed=False),
        reader.take("several", bool, False),
        reader.take("vocabulary", str, ""),
        tuple(Choice(c.take("code", str), c.words("labels")) for c in choices),
        reader.take("required", bool, False),
        reader.take("sensitivity", int, 1),
        _condition(condition, at) if condition else None,
    )


def _condition(document: object, at: str) -> Condition:
    reader = _Object(document, at, ("question", "values"))
    values = reader.take("values", list)
    if not all(isinstance(value, str) for value in values):
        raise wrong(at, OTHER_TYPE, key="values", what=_(_WHAT[str]))
    return Condition(reader.take("question", str), tuple(map(str, values)))


class _Object:
    """Reads one object key by key; whatever is wrong leaves with its place."""

    def __init__(self, document: object, at: str, keys: tuple[str, ...]) -> None:
        if not isinstance(document, dict):
            raise wrong(at, OTHER_TYPE, key="…", what=_(_WHAT[dict]))
        for key in document:
            if key not in keys:
                raise wrong(at, UNKNOWN_KEY, key=str(key)[:40], known=", ".join(keys))
        self._document, self._at = document, at

    def take(self, key: str, kind: type[Type], default: Type | None = None) -> Type:
        """The value of a key; without a default it must be there."""
        value = self._document.get(key)
        if value is None and default is not None:
            return default
        if value is None:
            raise wrong(self._at, MISSING, key=key)
        if type(value) is not kind:
            raise wrong(self._at, OTHER_TYPE, key=key, what=_(_WHAT[kind]))
        found: Type = value
        return found

    def words(self, key: str, *, needed: bool = True) -> Words:
        """Words by language, cleaned; those left empty are not said."""
        found = self.take(key, dict, None if needed else {})
        if not all(isinstance(text, str) for text in found.values()):
            raise wrong(self._at, OTHER_TYPE, key=key, what=_(_WHAT[dict]))
        cleaned = ((str(language), clean(str(text), lines=key == "help")) for language, text in found.items())
        return tuple((language, text) for language, text in cleaned if text)
