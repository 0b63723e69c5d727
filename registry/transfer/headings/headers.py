"""Which fields a header may stand for: by name, label or alias in any of the languages, nearly spelled or in part."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from registry import fields, foreign_words
from registry.additions import remembered
from registry.fields import ASSOCIATIONS, CONSENT, PEOPLE, Field, title_in
from registry.i18n import LANGUAGES, PAPER_LANGUAGES
from registry.search.folding import fold
from registry.transfer.headings import wordings
from registry.vocabularies.suggesting import key as in_own_script

EXACT = 1.0
ALIAS = 0.98
#: The header says more than the field's name: "Role (e.g. chair)", "Phone of the office".
TIDIED = 0.95
#: Confidence of a header of which all words are the field's, and of one where only few are.
PART_MOST, _PART_LEAST = 0.9, 0.55
_CLOSE = 86
_CLOSE_LEAST_LETTERS = 5
#: Any of these names a record.
NAMES = {
    PEOPLE: ("full_name", "family_name", "given_name", "native_name"),
    ASSOCIATIONS: ("name",),
}

#: Words by which a header is about somebody else: the phone of the mother is not the person's own. Associations have
#: telephones, and schools are some.
_OTHERS = {PEOPLE: ("relatives", "others"), ASSOCIATIONS: ("relatives",)}
#: How others are reached is nothing that the register keeps under their name.
_REACHED = frozenset({"phone", "email", "address", "document", "birth_date", "birth_place"})

#: The field name of a profile template's question, with the number of the answer.
_QUESTION = re.compile(r"profile(?:\.\w+){2,3}")

#: Between the groups of a question and its name, in exports of KoboToolbox and of ODK.
_GROUPS = re.compile(r"[/-]")
_ELIDED = re.compile(r"\b([LlDdJj])['’](?=\w)")
#: Between two words for one thing: "Mobile/WhatsApp".
_ALTERNATIVES = re.compile(r"\s*/\s*")
#: What may end a group in a heading; within a label a space follows a point.
GROUP_ENDS = re.compile(r"[/.-](?=\S)")
#: Letters that keyboards of Arabic and of Persian write differently.
_ARABIC = str.maketrans("يىكة", "ییکه")
_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_PLACE = re.compile(r"^(.*?[^\d\s.])[\s._#-]*\(?(\d{1,2})\)?$")


@dataclass(frozen=True)
class Candidate:
    """A field that a header may stand for.

    Attributes:
        field: canonical name without number.
        score: 0 to 1.
        place: the number that the header names, 1 = first; 0 = none.
    """

    field: str
    score: float
    place: int = 0


@lru_cache(maxsize=10_000)
def key(text: str) -> str:
    """A header as it is compared: folded words, also those behind an elided article: "l'association"."""
    return fold(_ELIDED.sub(r"\1 ", text.replace("_", " ").replace(".", " ")))


@lru_cache(maxsize=10_000)
def spelled(text: str) -> str:
    """A header as words of further languages are compared: in its own script, as few Latin letters stand for many."""
    return in_own_script(text.replace("_", " ").replace(".", " ").translate(_ARABIC))


@remembered
def words(kind: str) -> dict[str, dict[str, float]]:
    """Folded name, label or alias of fields' own descriptions -> the fields it stands for, with how surely."""
    found: dict[str, dict[str, float]] = {}
    for field in fields.of(kind):
        for word in (field.name, *field.titles):
            found.setdefault(key(word), {})[field.name] = EXACT
        for word in field.aliases:
            found.setdefault(key(word), {}).setdefault(field.name, ALIAS)
    found.pop("", None)
    return found


@remembered
def _further_words(kind: str) -> dict[str, dict[str, float]]:
    """The same of words in further languages; of these a part or what is nearly spelled so says nothing."""
    found: dict[str, dict[str, float]] = {}
    for name, word in foreign_words.words_of_fields():
        if name in fields.by_name(kind):
            found.setdefault(spelled(word), {})[name] = ALIAS
    return found


def named_by(kind: str, text: str) -> dict[str, float]:
    """The fields that a whole text stands for, in any language, with how surely; {} = none."""
    return words(kind).get(key(text)) or _further_words(kind).get(spelled(text), {})


def may_be_kept(header: str) -> bool:
    """Whether a header says anything, and nothing that the register does not keep."""
    said = key(header)
    return bool(said) and wordings.pattern("not_ours").search(said) is None


def is_about_another(kind: str, header: str) -> bool:
    """Whether a header names somebody else than the person, such as the mother, a child or the employer."""
    return bool(_others_in(kind, key(header)))


def is_former(header: str) -> bool:
    """Whether a header says of an address that it is the one before: nobody lives there any more."""
    return wordings.pattern("former").search(key(header)) is not None


def is_of_passport(header: str) -> bool:
    """Whether a header is about passports, whose dates stand beside them, and not a person's other numbers."""
    return wordings.pattern("passport").search(key(header)) is not None


def is_of_another_calendar(header: str) -> bool:
    """Whether a header says that its days are not of the Gregorian calendar."""
    return wordings.pattern("other_calendars").search(key(header)) is not None


def is_of_another_day(header: str) -> bool:
    """Whether a header names a day and says which, without a word on birth: "Date of the marriage"."""
    said = key(header)
    rest, days = wordings.pattern("day").subn(" ", said)
    return bool(days and rest.strip()) and wordings.pattern("birth").search(said) is None


def _others_in(kind: str, folded: str) -> list[str]:
    return wordings.pattern(*_OTHERS[kind]).findall(folded)


def is_asked_elsewhere(kind: str, header: str) -> bool:
    """Whether a header names a question of a profile template that this registry does not have."""
    name = header.strip().replace("__", ".")
    return _QUESTION.fullmatch(name) is not None and fields.find(kind, name) is None


def question_name(name: str) -> str:
    """A canonical name as questionnaires and forms can use it: points mean something else to them."""
    return name.replace(".", "__")


def named(kind: str, header: str) -> tuple[Field, int] | None:
    """The field that a header names to the letter, and the place of its value: by its name, or as our forms ask."""
    name = header.strip()
    found = fields.find(kind, name) or fields.find(kind, name.replace("__", "."))
    return found or fields.find(kind, _consent_labels(kind).get(key(header), ""))


def is_our_question(heading: str) -> bool:
    """Whether the last part of a heading, below its groups, is a question of our own forms."""
    return _is_named(own_part(heading))


def is_labelled_as_ours(heading: str) -> bool:
    """Whether a heading, or what stands in it behind groups, is the label of a field, in any language."""
    return bool(labelled_fields(heading))


def labelled_fields(heading: str) -> list[Field]:
    """The fields, of either kind of record, of which a heading is the label, alone or behind its groups."""
    behind = (heading, *(heading[sign.end() :] for sign in GROUP_ENDS.finditer(heading)))
    return [field for text in behind for kind in fields.KINDS for field in _labelled(kind, text)]


def _labelled(kind: str, text: str) -> list[Field]:
    if found := named(kind, text):
        return [found[0]]
    return [field for label in {key(text), key(without_number(text)[0])} for field in _labels(kind).get(label, ())]


@remembered
def _labels(kind: str) -> dict[str, list[Field]]:
    """What stands above a field in a form, in any language that one can be made in."""
    found: dict[str, list[Field]] = {}
    for field in fields.of(kind):
        languages = dict(field.asked.labels) if field.asked is not None else PAPER_LANGUAGES
        for label in {key(title_in(field, language)) for language in languages} - {""}:
            found.setdefault(label, []).append(field)
    return found


def own_part(heading: str) -> str:
    """A heading without its groups; a point is part of a canonical name, or ends a group."""
    last = _GROUPS.split(heading)[-1]
    return last if _is_named(last) else last.rpartition(".")[2]


def _is_named(text: str) -> bool:
    return any(named(kind, text) is not None for kind in fields.KINDS)


@remembered
def _consent_labels(kind: str) -> dict[str, str]:
    """What stands above consents in a form, in any language -> the field; too long to look for in other headers."""
    keyed = [f for f in fields.of(kind) if f.table == CONSENT]
    return {key(title_in(f, language)): f.name for f in keyed for language in LANGUAGES}


def is_known(text: str) -> bool:
    """Whether a cell reads exactly as a field's name, label or alias, of either kind of record."""
    return any(named_by(kind, reading) for kind in fields.KINDS for reading, _ in _readings(text))


@remembered
def candidates(kind: str, header: str) -> tuple[Candidate, ...]:
    """The fields of `kind` that `header` may stand for, best first; empty if it says nothing."""
    if not may_be_kept(header):
        return ()
    exact = named(kind, header)
    if exact is not None:
        return (Candidate(exact[0].name, EXACT, exact[1] + 1), *_by_reading(kind, header, exact[0].name))
    return _by_reading(kind, header)


def _by_reading(kind: str, header: str, known: str = "") -> tuple[Candidate, ...]:
    best: dict[str, Candidate] = {}
    for text, most in _readings(header):
        plain, place = (text, 0) if named_by(kind, text) else without_number(text)
        for name, score in _by_words(kind, plain):
            _keep(best, Candidate(name, score * most, place))
    for name in _of_alternatives(kind, header):
        _keep(best, Candidate(name, TIDIED))
    best.pop(known, None)
    return tuple(sorted(best.values(), key=lambda c: -c.score))


def _of_alternatives(kind: str, header: str) -> set[str]:
    """The fields that every known part of "Mobile/WhatsApp" stands for; "City/Country" names none."""
    parts = _ALTERNATIVES.split(label_of(header))
    named = [{*found} for part in parts if len(parts) > 1 and (found := named_by(kind, part))]
    return set.intersection(*named) if named else set()


def within(kind: str, header: str, names: Collection[str]) -> list[str]:
    """Which of some fields have a header's words in one of their names: in a list of degrees, "Level" says enough."""
    readings = [mine for text, _score in _readings(header) if (mine := key(text).split())]
    said = {
        name
        for word, named in words(kind).items()
        if any(_contains([*word.split(), ""], mine) for mine in readings)
        for name in named
    }
    return [name for name in names if name in said]


def label_of(header: str) -> str:
    """A header without line breaks, doubled spaces and marks of duty."""
    return " ".join(header.split()).strip(" *:")


def _readings(header: str) -> list[tuple[str, float]]:
    plain = label_of(header)
    bare = _BRACKETS.sub(" ", plain).strip()
    readings = [(plain, EXACT)]
    if bare and bare != plain:
        readings.append((bare, TIDIED))
    return readings


def without_number(text: str) -> tuple[str, int]:
    """A heading without the number at its end, and that number; 0 = it has none."""
    match = _PLACE.match(text)
    return (match[1], int(match[2])) if match and 0 < int(match[2]) < 40 else (text, 0)


def _by_words(kind: str, text: str) -> list[tuple[str, float]]:
    if names := named_by(kind, text):
        return list(names.items())
    folded = key(text)
    if len(folded) < 3:
        return []
    known = words(kind)
    parts = _in_part(kind, folded)
    if whose := _others_in(kind, folded):
        rest = wordings.pattern(*_OTHERS[kind]).sub(" ", folded)
        if any(name.partition(".")[0] in _REACHED for word, _score in _in_part(kind, rest) for name in known[word]):
            return []
        known = {word: names for word, names in known.items() if not {*whose}.isdisjoint(_others_in(kind, word))}
    near = (*parts, *_close(known, folded))
    return [(name, score) for word, score in near for name in known.get(word, ())]


def _in_part(kind: str, folded: str) -> list[tuple[str, float]]:
    """The words of fields that stand in a heading, or in which it stands, with what that is worth."""
    mine, several = f" {folded} ", " " in folded
    found: list[tuple[str, float]] = []
    by_part = _by_part(kind)
    for _place, word in sorted({one for part in folded.split() for one in by_part.get(part, ())}):
        theirs = f" {word} "
        if len(word) >= 3 and theirs in mine and word != folded:
            share = len(word) / len(folded)
        elif several and mine in theirs and word != folded:
            share = len(folded) / len(word) * 0.8
        else:
            continue
        found.append((word, _PART_LEAST + (PART_MOST - _PART_LEAST) * share))
    return found


@remembered
def _by_part(kind: str) -> dict[str, list[tuple[int, str]]]:
    """What fields are called in their descriptions, in their order, by each word of it."""
    found: dict[str, list[tuple[int, str]]] = {}
    for place, word in enumerate(words(kind)):
        for part in {*word.split()}:
            found.setdefault(part, []).append((place, word))
    return found


def _contains(longer: list[str], shorter: list[str]) -> bool:
    size = len(shorter)
    return size < len(longer) and any(longer[i : i + size] == shorter for i in range(len(longer) - size + 1))


def _close(known: Collection[str], folded: str) -> list[tuple[str, float]]:
    """Words that are nearly spelled like a heading, with what that is worth."""
    if len(folded) < _CLOSE_LEAST_LETTERS:
        return []
    from rapidfuzz import fuzz, process

    near = process.extract(folded, list(known), scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=3)
    return [(word, score / 100 * 0.9) for word, score, _ in near]


def _keep(best: dict[str, Candidate], candidate: Candidate) -> None:
    before = best.get(candidate.field)
    if before is None or candidate.score > before.score:
        best[candidate.field] = candidate
