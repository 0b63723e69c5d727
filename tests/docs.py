"""The parts of the documentation that come from the program: `python -m tests.docs` writes them anew.

`python -m tests.docs build/screenshots` also takes over the pictures, after `make screenshots`.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from registry import fields, kinds, vocabularies
from registry.access import RIGHTS, ROLE_LABELS, SEES, Right, Role
from registry.documents.templates import RECIPIENT_FIELDS, person_fields
from registry.fields import ASSOCIATIONS, PEOPLE, Field
from registry.i18n import in_language
from registry.protecting import PROTECTED_FIELDS
from registry.vocabularies import Vocabulary

DOCS = Path(__file__).resolve().parents[1] / "docs"
FIELDS_PAGE = DOCS / "fields.md"
STAFF_PAGE = DOCS / "staff-and-rights.md"
IMAGES = DOCS / "images"

#: Picture of the documentation -> the scene it is taken from.
PICTURES = {
    "people.png": "people-en-light.png",
    "people-dark.png": "people-en-dark.png",
    "card.png": "people-card-en-light.png",
    "import-plan.png": "import-plan-en-light.png",
    "letters.png": "letters-preview-en-light.png",
    "labels.png": "labels-en-light.png",
    "sign-in.png": "sign-in-en-light.png",
    "quality-overview.png": "quality-overview-en-light.png",
    "mapping-report.png": "map-report-en-light.png",
}

#: What each right lets somebody do, in the order of the table.
RIGHTS_IN_WORDS = {
    Right.READ: "Find and read people and associations",
    Right.EDIT: "Add, change and delete records",
    Right.EDIT_OUTREACH: "Write down consent, activities and states of contacts",
    Right.IMPORT: "Import lists",
    Right.EXPORT: "Export",
    Right.WRITE_LETTERS: "Write templates, print letters, see campaigns",
    Right.MERGE: "Merge records, take them apart",
    Right.KEEP_SEGMENTS: "Save segments and views, keep lists",
    Right.ESTIMATE: "Enter and import official estimates",
    Right.UNDO: "Take back one's own operations",
    Right.UNDO_OTHERS: "Take back somebody else's operations",
    Right.SEE_HISTORY: "See the history",
    Right.CHECK: "Check that everything is sound",
    Right.BACKUP: "Make and check backups",
    Right.STAFF: "Manage accounts",
    Right.SETTINGS: "Change settings",
    Right.ERASE: "Erase a person for good",
    Right.OWN_ACCOUNT: "Change one's own password",
    Right.PROTECTED: "Open and change protected values",
}
SENSITIVITY_IN_WORDS = {0: "office", 1: "personal", 2: "restricted"}
_HOLDS = {
    kinds.TEXT: "text",
    kinds.NAME: "name",
    kinds.LONG_TEXT: "text with line breaks",
    kinds.COUNTRY: "country",
    kinds.LANGUAGE: "language",
    kinds.PARTIAL_DATE: "date, may be partial",
    kinds.INTEGER: "whole number",
    kinds.PHONE: "telephone number",
    kinds.EMAIL: "e-mail address",
}
_LETTER_FIELDS = {*RECIPIENT_FIELDS, *person_fields()}

_HEAD = """# Fields

Every field of every record, written by `python -m tests.docs` from the program itself. A field has the same name
everywhere: in the search box, in mapping files and on the command line. Its label is what the window shows. Every field
can be searched, imported and exported by those who may see it.

- **Sensitivity** says who may see it: [Staff and rights](staff-and-rights.md) has the table of roles.
- **Short card**: it is on the short form for a new person or association.
- **Repeats**: a record can have several; the second is `phone.2`, the third `phone.3`.
- **Search box**: a word typed without a field's name is looked for there.
- **Letters**: a letter can print it.
"""


def fields_page() -> str:
    """The whole text of docs/fields.md."""
    with in_language("en"):
        parts = [_HEAD]
        for kind, title in ((PEOPLE, "People"), (ASSOCIATIONS, "Associations and institutions")):
            parts.append(f"## {title}\n")
            parts.extend(_section(kind, section) for section in fields.sections(kind))
        parts.append("## Protected values\n")
        parts.append("Sealed apart from everything else; no list, search, export or letter has them.\n")
        parts.append(_table(("Name", "Label"), ((f"`{n}`", label) for n, label in PROTECTED_FIELDS.items())))
        parts.append("## Values of the lists\n")
        parts.append("Write the code or the label, in any language the program knows.\n")
        parts.append(_table(("List", "Values: code (label)"), _lists()))
        return "\n".join(parts)


def rights_table() -> str:
    """The table of rights by role for docs/staff-and-rights.md."""
    with in_language("en"):
        rows = [
            (words, *("yes" if right in RIGHTS[role] else "" for role in Role))
            for right, words in RIGHTS_IN_WORDS.items()
            if right is not Right.PROTECTED
        ]
        rows.append(("See fields of the sensitivity", *(_seen(role) for role in Role)))
        rows.append((RIGHTS_IN_WORDS[Right.PROTECTED], *("by grant" for _ in Role)))
        return _table(("", *(ROLE_LABELS[role] for role in Role)), rows)


def _section(kind: str, section: str) -> str:
    described = [f for f in fields.of(kind) if f.section == section]
    plain = [(f"`{f.name}`", f.title, _holds(f), _level(f), _where(kind, f)) for f in described if f.key is None]
    if any(f.key for f in described):
        consent = next(f for f in described if f.key)
        name = "`consent.<purpose>.<channel>`"
        plain.append((name, "One field for each purpose and channel", _holds(consent), _level(consent), ""))
    return f"### {section}\n\n" + _table(("Name", "Label", "Holds", "Sensitivity", "Where"), plain)


def _holds(field: Field) -> str:
    return _HOLDS.get(field.kind) or f"one of: {_list_name(field.vocabulary)}"


def _level(field: Field) -> str:
    return f"{field.sensitivity} {SENSITIVITY_IN_WORDS[field.sensitivity]}"


def _where(kind: str, field: Field) -> str:
    said = {
        "short card": field.minimal,
        "repeats": field.repeats,
        "search box": bool(field.index),
        "letters": kind == PEOPLE and field.name in _LETTER_FIELDS,
        "given by the program": not field.editable,
    }
    return ", ".join(words for words, true in said.items() if true)


def _lists() -> Iterator[tuple[str, str]]:
    described = (*fields.of(PEOPLE), *fields.of(ASSOCIATIONS))
    names = dict.fromkeys(f.vocabulary for f in described if f.kind is kinds.CODE)
    for name in (*names, "consent_purpose"):
        yield _list_name(name), _values(vocabularies.get(name))
    yield "country", "ISO 3166-1, two or three letters (FR, FRA), or the country's name"
    yield "language", "ISO 639, two or three letters (fr), or the language's name"


def _list_name(vocabulary: str) -> str:
    return "CEFR" if vocabulary == "cefr" else vocabulary.replace("_", " ")


def _values(vocabulary: Vocabulary) -> str:
    return ", ".join(f"`{code}` ({label})" for code, label in vocabulary.choices())


def _seen(role: Role) -> str:
    if SEES[role] < 0:
        return "none"
    return ", ".join(str(level) for level in range(SEES[role] + 1))


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def with_rights_table(page: str) -> str:
    """The text of docs/staff-and-rights.md with its table anew."""
    before, _, rest = page.partition("<!-- rights -->\n")
    _, _, after = rest.partition("<!-- end of rights -->")
    return f"{before}<!-- rights -->\n{rights_table()}<!-- end of rights -->{after}"


def main() -> None:
    """Write both pages; with a folder of screenshots the pictures too."""
    FIELDS_PAGE.write_text(fields_page(), encoding="utf-8")
    STAFF_PAGE.write_text(with_rights_table(STAFF_PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    for folder in sys.argv[1:]:
        IMAGES.mkdir(exist_ok=True)
        for picture, scene in PICTURES.items():
            shutil.copyfile(Path(folder, scene), IMAGES / picture)


if __name__ == "__main__":
    main()
