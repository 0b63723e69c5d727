"""The search for names, measured on names of which it is known whom they mean, beside trigrams over folded text.

The data stand outside the project, in the folder that `DIASPORA_DATA` names (else `../shared/data`): a list of names
`search_index.csv` (person_id, name), questions `search_queries.csv` (query_id, query, person_id with | between several
right answers, category), and `score_search.py`, which scores. Without them the invented people are asked for.

They have no Amharic. `DIASPORA_AMHARIC` may name the list of Ethiopian authors in both scripts by the Ge'ez Frontier
Foundation (github.com/geezorg/data, amharic/toponymic/SGC-FullNames-20071123.txt, CC BY-SA 4.0): half of them stand in
the index in Latin letters and are asked for in Ethiopic ones, the other half the other way round.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from registry.app import Registry
from registry.commands import ImportRecords
from registry.queries import PlanImport
from registry.search.folding import fold
from registry.transfer.options import ImportOptions
from tests.bench.registers import PASSWORD, new_registry, rows
from tests.bench.rows import Row, measure, row

DATA = Path(os.environ.get("DIASPORA_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data") / "matching"
#: What is to be reached at least: recall among the first ten, recall at the first place, by category.
_BARS = {"cross_script_real": 0.74, "spelling_real": 0.93}
_FIRST_TEN, _FIRST = 0.95, 0.89
_TRIGRAMS_OF = 600
#: A rank or title, as that list writes it beside a name.
_TITLE = re.compile(r"/[^/]*/?|[፤፣,].*")


@dataclass(frozen=True)
class Question:
    """One question and the people whom it may mean."""

    id: str
    text: str
    people: frozenset[str]
    category: str


def questions(path: Path) -> list[Question]:
    """All questions of a file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            Question(line["query_id"], line["query"], frozenset(line["person_id"].split("|")), line["category"])
            for line in csv.DictReader(file)
        ]


def named_registry(folder: Path, index: Path) -> Path:
    """A registry with these names, by the import; their ids are external ids."""
    made = new_registry(folder / "registry")
    listed = folder / "names.csv"
    with index.open(encoding="utf-8-sig", newline="") as names, listed.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(["external_id", "full_name"])
        lines.writerows([line["person_id"], line["name"]] for line in csv.DictReader(names))
    with Registry.open(made, "demo", PASSWORD) as registry:
        registry.execute(ImportRecords(registry.read(PlanImport(listed, ImportOptions(duplicates="create")))))
    return made


def with_amharic(folder: Path, index: Path, asked: Path, authors: Path) -> tuple[Path, Path]:
    """Index and questions with the authors of that list whose names are Ethiopian."""
    names = folder / "names_too.csv"
    queries = folder / "queries_too.csv"
    names.write_bytes(index.read_bytes())
    queries.write_bytes(asked.read_bytes())
    known = set()
    with (
        names.open("a", encoding="utf-8", newline="") as listed,
        queries.open("a", encoding="utf-8", newline="") as put,
    ):
        for number, line in enumerate(authors.read_text(encoding="utf-8").splitlines()[1:]):
            parts = [_TITLE.sub("", part).strip() for part in line.split("\t")]
            if len(parts) == 3 and len(parts[0].split()) > 1 and parts[0] not in known:  # a fourth says: a foreigner
                known.add(parts[0])
                kept, asked_for = (parts[2], parts[0]) if number % 2 else (parts[0], parts[2])
                category = "amharic_asked" if number % 2 else "amharic_kept"
                csv.writer(listed).writerow([f"am{number}", kept])
                csv.writer(put).writerow([f"qam{number}", asked_for, f"am{number}", category])
    return names, queries


def main(small: bool = False) -> list[Row]:
    """Import, ask by the command, score; then trigrams on some of the same questions."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        index, asked = (
            (DATA / "search_index.csv", DATA / "search_queries.csv") if not small and DATA.exists() else _few(folder)
        )
        if not small and (authors := os.environ.get("DIASPORA_AMHARIC")):
            index, asked = with_amharic(folder, index, asked, Path(authors))
        named_registry(folder, index)
        lines = _ask(folder, asked)
        times = sorted(float(line["milliseconds"]) for line in lines)
        listed = questions(asked)
        found = {str(line["query_id"]): [str(hit["external_id"]) for hit in line["results"]] for line in lines}
        if not small and (DATA / "score_search.py").exists():
            _print_scores(folder, asked, found)
        trigrams = _trigrams(index, listed)
    scored = [q for q in listed if q.category != "nickname" and not q.category.startswith("amharic")]
    categories = sorted({q.category for q in listed})
    return [
        row("names: right one among ten, all but nicknames", _recall(scored, found, 10), 0, f">= {_FIRST_TEN}"),
        row("names: right one first, all but nicknames", _recall(scored, found, 1), 0, f">= {_FIRST}"),
        *(_of_category(category, listed, found, trigrams) for category in categories),
        row("names: one question, p95 ms", times[int(len(times) * 0.95)], 0, "<= 40"),
        row("names: one question, median ms", times[len(times) // 2], 0, "-"),
    ]


def _of_category(category: str, listed: Sequence[Question], found: Answers, trigrams: Answers) -> Row:
    """Of those questions that trigrams were asked, too; what is printed above is of all."""
    some = [q for q in listed if q.category == category and q.id in trigrams]
    bar = f">= {_BARS[category]}" if category in _BARS else ">= 1.0 x"
    return row(
        f"names: {category}, among ten (peer: trigrams)", _recall(some, found, 10), _recall(some, trigrams, 10), bar
    )


Answers = dict[str, list[str]]


def _ask(folder: Path, asked: Path) -> list[dict[str, Any]]:
    options = ["--registry", str(folder / "registry"), "--user", "demo", "--password-file", str(folder / "password")]
    done = measure(["-m", "ui.main", *options, "--json", "search", "--batch", str(asked), "--limit", "10"])
    return [json.loads(line) for line in done.output.splitlines() if line.startswith("{")]


def _recall(listed: Sequence[Question], found: Answers, first: int) -> float:
    return sum(bool(q.people & set(found.get(q.id, [])[:first])) for q in listed) / max(1, len(listed))


def _print_scores(folder: Path, asked: Path, found: Answers) -> None:
    results = folder / "results.jsonl"
    results.write_text("".join(json.dumps({"query_id": i, "ids": ids}) + "\n" for i, ids in found.items()))
    command = [sys.executable, str(DATA / "score_search.py"), "--gold", str(asked), "--results", str(results)]
    print(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _trigrams(index: Path, listed: Sequence[Question]) -> Answers:
    """What FTS5's trigrams over folded text find, of a part of the questions: every n-th."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("CREATE VIRTUAL TABLE names USING fts5(person UNINDEXED, name, tokenize='trigram')")
        with index.open(encoding="utf-8-sig", newline="") as file:
            people = ((r["person_id"], fold(r["name"])) for r in csv.DictReader(file))
            base.executemany("INSERT INTO names VALUES (?, ?)", people)
        found = {}
        for question in listed[:: max(1, len(listed) // (2 * _TRIGRAMS_OF))]:
            text = fold(question.text)
            triples = " OR ".join(f'"{t}"' for t in dict.fromkeys(text[n : n + 3] for n in range(len(text) - 2)))
            sql = "SELECT person FROM names WHERE names MATCH ? ORDER BY rank LIMIT 10"
            found[question.id] = [str(r[0]) for r in base.execute(sql, (triples,))] if triples else []
    return found


def _few(folder: Path) -> tuple[Path, Path]:
    """Some invented people, and questions for them by another order of their names."""
    names = [texts[1] for texts in islice(rows(400), 300) if texts[1]]
    index, asked = folder / "search_index.csv", folder / "search_queries.csv"
    with index.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("person_id", "name"), *((f"p{n}", name) for n, name in enumerate(names))])
    turned = (" ".join(reversed(name.split())) for name in names[:20])
    with asked.open("w", encoding="utf-8", newline="") as file:
        listed = [(f"q{n}", query, f"p{n}", "word_order") for n, query in enumerate(turned)]
        csv.writer(file).writerows([("query_id", "query", "person_id", "category"), *listed])
    return index, asked
