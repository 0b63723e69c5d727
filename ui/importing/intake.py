"""What the officer has decided about a list that is being taken in."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from registry import fields
from registry.access import Session
from registry.errors import BadFile
from registry.i18n import N_, _
from registry.kinds import PARTIAL_DATE
from registry.transfer.columns.mapping import Given, Match, has_name
from registry.transfer.options import ImportOptions
from registry.transfer.readers.cells import BETWEEN

if TYPE_CHECKING:
    from registry.transfer.lists.source import Source
    from registry.transfer.planning.plan import Entry, Plan

#: Values of a repeated field that a list is asked to fill at most.
_PLACES = 3
#: Different values shown of a column, and rows looked at for them.
_EXAMPLES, _LOOKED_AT = 3, 2_000

KIND_WORDS = {fields.PEOPLE: N_("People"), fields.ASSOCIATIONS: N_("Associations")}
#: Outcome -> words, icon, colour; "review" are those among the others that look like somebody known,
#: "decided" those of which the officer said what becomes of them.
OUTCOME_WORDS = {
    "created": (N_("Created"), "add_circle", "success"),
    "updated": (N_("Updated"), "edit", "accent_text"),
    "unchanged": (N_("Unchanged"), "check", "quiet"),
    "skipped": (N_("Skipped"), "block", "warning"),
    "rejected": (N_("Rejected"), "error", "danger"),
    "review": (N_("To review"), "content_copy", "warning"),
    "decided": (N_("Decided by you"), "person", "accent_text"),
}
EXISTING_WORDS = {
    "update": N_("Take the values of the list"),
    "fill": N_("Fill only what is empty"),
    "keep": N_("Leave the records as they are"),
}
DUPLICATE_WORDS = {
    "review": N_("Add, and mark for review"),
    "skip": N_("Leave out"),
    "update": N_("Fill what is empty in the record found"),
    "create": N_("Add without review"),
}


@dataclass
class Intake:
    """A list on its way into the register.

    Attributes:
        path: the file.
        password: of a protected workbook; it is kept nowhere else.
        source: what was read of it.
        chosen: header -> canonical names with commas, or None = not taken in; only what the officer changed.
        orders: header -> "dmy" or "mdy", how the officer says that its dates are read.
        form, refused: of a questionnaire's export its form, and whether those come in who do not want to be kept.
        sheets: further sheet -> heading of the column that says whom its rows are about, or None = not taken in.
        texts: field -> text in the file -> what it is read as, where the officer decided.
        rows: what the officer decided of single rows (see `ImportOptions`).
        found: of those rows, what would become of them if nothing were decided.
        plan: what would happen, once it was worked out.
        worked: what was decided when it was.
    """

    path: Path = field(default_factory=Path)
    password: str = field(default="", repr=False)
    source: Source | None = None
    chosen: dict[str, str | None] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    existing: str = "update"
    duplicates: str = "review"
    form: Path | None = None
    refused: bool = False
    sheets: dict[str, str | None] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    found: dict[int, Entry] = field(default_factory=dict)
    plan: Plan | None = None
    worked: frozenset[tuple[object, ...]] = frozenset()

    def begin(self, path: Path, source: Source) -> None:
        """Begin with a file that was read."""
        self.source, self.form, self.refused = None, None, False
        self.texts.clear()
        self.sheets.clear()
        self.take(path, source)

    def take(self, path: Path, source: Source) -> None:
        """Go on with what was read, perhaps anew; what was chosen for the same list stays."""
        before = self.source
        self.path, self.source, self.plan = path, source, None
        if before is None or _list_of(before) != _list_of(source):
            # In another sheet the same headings are other columns, and the same numbers other rows.
            self.chosen.clear()
            self.orders.clear()
            self.rows.clear()
            self.found.clear()
        headers = {m.header for m in source.matches}
        self.chosen = {header: target for header, target in self.chosen.items() if header in headers}
        known = {header: order for header, order in source.dates.items() if header in headers}
        self.orders = known | {header: order for header, order in self.orders.items() if header in headers}

    def options(self) -> ImportOptions:
        """How the file is to be taken in."""
        assert self.source is not None
        # What was shown is what is done: every match is told, not found once more.
        columns: dict[str, str | None] = {m.header: ", ".join(m.targets) or None for m in self.source.matches}
        sheets = {further.sheet: further.key if further.joined else None for further in self.source.further}
        given = Given(
            columns | self.chosen,
            self.texts,
            self.source.header_row,
            self.source.sheet,
            dict(self.orders),
            sheets,
        )
        return ImportOptions(
            self.source.kind,
            self.source.sheet,
            given,
            self.existing,
            self.duplicates,
            self.form,
            self.refused,
            dict(self.rows),
        )

    @property
    def decided(self) -> frozenset[tuple[object, ...]]:
        """All that is decided: rows and what becomes of them, texts of fields and what they are read as."""
        texts = ((name, *told) for name, each in self.texts.items() for told in each.items())
        return frozenset((*self.rows.items(), *texts))

    @property
    def pending(self) -> bool:
        """Whether something was decided that the plan does not have yet."""
        return self.plan is not None and self.decided != self.worked

    def take_plan(self, plan: Plan) -> None:
        """Go on with a plan that was worked out with all that is decided."""
        self.plan, self.worked = plan, self.decided

    def decide(self, row: int, what: int | None) -> None:
        """Let a row of the plan become something else, or None = what it is if nothing is decided."""
        assert self.plan is not None
        place = self.plan.place(row)
        if row not in self.rows:
            self.found[row] = self.plan.entry(place)
        if what is None:
            self.rows.pop(row, None)
        else:
            self.rows[row] = what
        self.plan.tell(place, self.found[row], what)

    def check_file(self) -> None:
        """Raise `BadFile` if the file is not the one any more whose columns were shown."""
        from registry.transfer.lists.source import digest
        from registry.transfer.readers.table_files import CHANGED

        if self.source is not None and digest(self.path) != self.source.sha256:
            raise BadFile(CHANGED)

    def target(self, match: Match) -> str:
        """What a column is taken in as, "" = not."""
        chosen = self.chosen.get(match.header, ", ".join(match.targets))
        return chosen or ""

    def asks_order(self, match: Match) -> bool:
        """Whether a column holds dates of which nothing in the list says whether day or month comes first."""
        if self.source is None or match.column not in self.source.undecided:
            return False
        found = fields.find(self.source.kind, self.target(match).partition(", ")[0])
        return found is not None and found[0].kind is PARTIAL_DATE

    @property
    def names_somebody(self) -> bool:
        """Whether some column says what the records are called, or of an export of ours which they are."""
        if self.source is None:
            return False
        now = [Match(m.column, m.header, tuple(self.target(m).split(", "))) for m in self.source.matches]
        numbered = self.source.own and any(m.targets == ("number",) for m in now)
        return numbered or has_name(self.source.kind, now)


def _list_of(source: Source) -> tuple[str, str, int]:
    """Which list of its file was read, and as what."""
    return source.kind, source.sheet, source.header_row


def headings(source: Source) -> dict[int, str]:
    """Column -> what it is called: as in the file, or in words where all are fields' own names, as in a filled form."""
    ours = all(fields.find(source.kind, match.header) for match in source.matches)
    return {m.column: words_of(source.kind, m.header) if ours else m.header for m in source.matches}


def examples(source: Source, column: int) -> str:
    """Some different values of a column."""
    found: list[str] = []
    for cell in source.rows.columns[column][:_LOOKED_AT]:
        text = " ".join(cell.replace(BETWEEN, "; ").split()).strip("; ")
        if text and text not in found:
            found.append(text)
            if len(found) == _EXAMPLES:
                break
    return " · ".join(found)


def choices(kind: str, session: Session) -> list[tuple[str, str]]:
    """(canonical name, words) of every field that a column can be taken in as."""
    usable = [f for f in fields.of(kind) if session.edits(f) or f.name == "number"]
    titles = [f.title for f in usable]
    found = []
    for each in usable:
        words = each.title if titles.count(each.title) == 1 else f"{each.title} ({each.heading})"
        found.append((each.name, words))
        for place in range(1, _PLACES if each.repeats else 1):
            found.append((fields.numbered(each.name, place), f"{words} {place + 1}"))
    return found


def words_of(kind: str, target: str) -> str:
    """A target in words; several fields that share a column are joined."""
    return " + ".join(filter(None, (fields.title(kind, name) for name in target.split(", "))))


def confidence_words(match: Match, target: str, *, changed: bool, refusing: bool) -> tuple[str, str, str]:
    """How sure a match is: words, icon, colour. `refusing`: whether a no in the column counts in any case."""
    if refusing and not target:
        return _("Not taken in, but a no counts"), "block", "quiet"
    if changed:
        return _("Your choice"), "person", "accent_text"
    if not target:
        return _("Not taken in"), "block", "quiet"
    share = round(100 * match.confidence)
    if match.recalled:
        return _("As last time"), "history", "success"
    if match.confidence >= 0.9:
        return _("Sure · {share} %", share=share), "check_circle", "success"
    if match.confidence >= 0.7:
        return _("Likely · {share} %", share=share), "check", "success"
    return _("Please check · {share} %", share=share), "help", "warning"
