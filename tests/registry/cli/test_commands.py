"""Each command on a real registry."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.registry.cli.conftest import STRONG, Run


def test_init_makes_a_registry_that_opens(run: Run, tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text(STRONG + "\n", encoding="utf-8")
    place = tmp_path / "new"
    named = ["--post", "GVA", "--country", "CHE", "--home", "ETH", "--admin", "almaz", "--password-file", password]
    ended = run("init", place, *named, "--json")
    assert ended.status == 0
    assert ended.json["registry"] == str(place)
    assert len(set(ended.json["recovery_keys"])) == 2
    assert {file.name for file in place.iterdir()} <= {"registry.db", "keys.json", "backups"}
    assert run("check", "--registry", place, "--user", "almaz", "--password-file", password).status == 0
    again = run("init", place, *named)
    assert again.status == 2
    password.write_text("short\n", encoding="utf-8")
    assert run("init", tmp_path / "weak", *named).status == 2
    assert not (tmp_path / "weak").exists()


def test_search_prints_the_best_first(run: Run, folder: Path) -> None:
    everybody = run("search", "", "--json", "--limit", "3")
    assert set(everybody.json) >= {"total", "results", "milliseconds"}
    assert everybody.json["total"] == 80
    first = everybody.json["results"][0]
    assert set(first) == {"id", "number", "name", "external_id", "score", "why"}
    found = run("search", first["name"], "--json").json["results"][0]
    assert (found["name"], found["score"]) == (first["name"], 1.0)
    assert run("search", first["number"], "--json").json["results"][0]["id"] == first["id"]
    assert run("search", "zzzzzz", "--json").json["total"] == 0
    assert run("search", "zzzzzz").status == 0
    assert first["number"] in run("search", "", "--limit", "3").out
    assert run("search", "-sex:female", "--json").json["total"] < 80
    assert run("search", "", "--kind", "associations", "--json").json["total"] == 5


def test_a_batch_answers_row_by_row(run: Run, folder: Path, tmp_path: Path) -> None:
    name = run("search", "", "--limit", "1", "--json").json["results"][0]["name"]
    rows = [["1", name], ["2", ""], ["3", "country:FR"], ["4", "nobody at all"]]
    with (tmp_path / "q.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["case", "query"], *rows])
    ended = run("search", "--batch", tmp_path / "q.csv", "--limit", "2")
    assert ended.status == 0
    lines = [json.loads(line) for line in ended.out.splitlines()]
    assert [line["case"] for line in lines] == ["1", "2", "3", "4"]
    assert [line["query"] for line in lines] == [row[1] for row in rows]
    assert lines[0]["results"][0]["name"] == name
    assert "error" in lines[1]
    assert lines[2]["results"] == lines[3]["results"] == []
    assert all("milliseconds" in line for line in lines if "error" not in line)
    assert run("search", "--batch", tmp_path / "q.csv", "--column", "name").status == 2
    assert run("search", "--batch", tmp_path / "missing.csv").status == 2


def test_add_edit_undo_erase(run: Run, folder: Path) -> None:
    added = run("add", "family_name=Nowhereman", "given_name=Jo", "phone=01 99 00 12 34", "--json")
    assert set(added.json) >= {"id", "number"}
    number = added.json["number"]
    assert run("search", "nowhereman jo", "--json").json["total"] == 1
    edited = run("edit", number, "given_name=Joan", "--json")
    assert edited.json == {"id": added.json["id"], "number": number, "changed": True}
    assert run("edit", number, "given_name=Joan", "--json").json["changed"] is False
    assert run("search", "joan", "--json").json["total"] == 1
    past = run("history", "--record", number, "--json").json["entries"]
    assert {"field": "given_name", "old": "Jo", "new": "Joan"} in [c for e in past for c in e["changes"]]
    batch = next(e["batch"] for e in past if e["operation"] == "edit_record")
    undone = run("undo", str(batch), "--json")
    assert set(undone.json) >= {"undone", "records", "left"}
    assert (undone.status, undone.json["undone"], undone.json["records"]) == (0, batch, 1)
    assert run("search", "joan", "--json").json["total"] == 0
    assert run("erase", number, "--reason", "asked", "--json").json == {"done": True}
    assert run("search", "nowhereman", "--json").json["total"] == 0
    assert run("history", "--verify").status == 0


def test_export_writes_what_is_found(run: Run, folder: Path, tmp_path: Path) -> None:
    women = run("search", "sex:female", "--json").json["total"]
    ended = run("export", "sex:female", "-o", tmp_path / "women.csv", "--json")
    assert ended.json == {"records": women, "file": str(tmp_path / "women.csv")}
    with (tmp_path / "women.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == women + 1
    last = run("history", "--limit", "1", "--json").json["entries"][0]
    assert (last["operation"], last["note"]["reason"]) == ("export", "command line")
    run("export", "", "-o", tmp_path / "all.xlsx", "--reason", "yearly report")
    assert run("history", "--limit", "1", "--json").json["entries"][0]["note"]["reason"] == "yearly report"
    assert run("export", "", "-o", tmp_path / "all.docx").status == 2


def test_letters_and_campaigns(run: Run, folder: Path, tmp_path: Path) -> None:
    tried = run("letters", "", "--template", "annual-forum", "--dry-run", "--json")
    keys = {"selected", "letters", "excluded", "campaign", "file", "seconds"}
    assert set(tried.json) >= keys
    assert tried.json["selected"] == 80 == tried.json["letters"] + sum(tried.json["excluded"].values())
    assert tried.json["letters"] > 0
    assert run("campaign", "list", "--json").json["campaign"] == []
    file = tmp_path / "letters.pdf"
    written = run("letters", "", "--template", "annual-forum", "-o", file, "--lang", "fr", "--json")
    assert (written.status, written.json["letters"]) == (0, tried.json["letters"])
    assert written.json["excluded"] == tried.json["excluded"]
    assert file.read_bytes().startswith(b"%PDF")
    (listed,) = run("campaign", "list", "--json").json["campaign"]
    assert listed["code"] == written.json["campaign"]
    shown = run("campaign", "show", listed["code"], "--json").json
    assert set(shown) >= {"campaign", "changed"}
    assert shown["campaign"]["states"]["printed"] == written.json["letters"]
    assert run("letters", "", "--template", "no-such", "--dry-run").status == 2
    assert run("letters", "", "--template", "annual-forum").status == 2


def test_check_history_anchor(run: Run, folder: Path, tmp_path: Path) -> None:
    checked = run("check", "--json")
    assert (checked.status, checked.json["ok"]) == (0, True)
    assert {"check", "ok", "label", "detail", "count"} <= set(checked.json["checks"][0])
    quality = run("check", "--by", "country", "--json").json["quality"]
    assert quality["score"] == pytest.approx(sum(part["points"] for part in quality["parts"]), abs=0.3)
    line = quality["lines"][0]
    assert line["count"] == run("search", line["query"], "--json").json["total"]
    assert sum(group["lines"]["sex"] for group in quality["groups"]) >= 0
    assert "of 100 points" in run("check", "--by", "country").out
    number = run("search", line["query"], "--json").json["results"][0]["number"]
    one = run("check", "--record", number, "--json").json
    assert line["measure"] in {loss["measure"] for loss in one["losses"]}
    assert one["score"] == 100 - sum(loss["points"] for loss in one["losses"])
    anchor = tmp_path / "anchor.json"
    written = run("anchor", "-o", anchor, "--json")
    assert (written.status, written.json["file"]) == (0, str(anchor))
    run("add", "full_name=Someone New")
    verified = run("history", "--verify", "--anchor", anchor, "--json")
    assert set(verified.json) >= {"entries", "verified", "head"}
    assert (verified.status, verified.json["verified"]) == (0, True)
    assert verified.json["head"] != written.json["head"]
    other = json.loads(anchor.read_text(encoding="utf-8")) | {"head": "0" * 64}
    anchor.write_text(json.dumps(other), encoding="utf-8")
    wrong = run("history", "--anchor", anchor, "--json")
    assert (wrong.status, wrong.json["verified"]) == (1, False)
    assert run("anchor", "-o", tmp_path / "no" / "such" / "folder").status == 4


def test_users_and_protected(run: Run, folder: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text(STRONG, encoding="utf-8")
    second.write_text(STRONG[::-1], encoding="utf-8")
    assert run("users", "add", "ana", "--role", "clerk", "--new-password-file", first, "--json").json == {"done": True}
    mine = ["--user", "ana", "--password-file"]
    assert run("search", "", *mine, first).status == 0
    assert run("users", "password", "ana", "--new-password-file", second, *mine, first).status == 0
    assert run("search", "", *mine, first).status == 3
    assert run("users", "role", "ana", "auditor").status == 0
    assert run("search", "", *mine, second).status == 3
    assert run("users", "role", "ana").status == 2
    assert run("users", "add", "bob", "--role", "king", "--new-password-file", first).status == 2
    assert run("users", "disable", "ana").status == 0
    assert run("check", *mine, second).status == 3
    listed = run("users", "list", "--json").json["users"]
    assert [(u["name"], u["role"], u["disabled"]) for u in listed] == [
        ("ana", "auditor", True),
        ("demo", "administrator", False),
    ]
    assert run("users", "disable", "demo").status == 2
    assert run("protected", "on", "--json").json == {"done": True}
    assert run("protected", "maybe").status == 2


@pytest.mark.parametrize("language", ["en", "fr"])
def test_tables_speak_the_language(run: Run, folder: Path, language: str) -> None:
    for arguments in (["check"], ["history"], ["users", "list"], ["search", ""], ["campaign", "list"]):
        ended = run(*arguments, "--lang", language)
        assert ended.status == 0
        assert ended.out
        assert "{" not in ended.out


def test_an_anchor_replaces_only_an_older_anchor(run: Run, folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "anchor.json"
    assert run("anchor", "-o", place).status == run("anchor", "-o", place).status == 0
    keys = (folder / "keys.json").read_bytes()
    assert run("anchor", "-o", folder / "keys.json").status == 2
    assert run("anchor", "-o", folder / "registry.db").status == 2
    assert (folder / "keys.json").read_bytes() == keys
    assert run("check").status == 0


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"sequence": %s, "head": "x", "registry": "{id}"}' % ("9" * 30), "null"]
)
def test_a_bad_anchor_is_a_sentence(run: Run, folder: Path, tmp_path: Path, content: str) -> None:
    registry_id = json.loads((folder / "keys.json").read_text(encoding="utf-8"))["registry"]
    (tmp_path / "anchor.json").write_text(content.replace("{id}", registry_id), encoding="utf-8")
    ended = run("history", "--anchor", tmp_path / "anchor.json")
    assert (ended.status, ended.out) == (2, "")
    assert "written by “anchor”" in ended.err
