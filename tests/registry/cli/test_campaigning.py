"""`campaign` from its preparation to the answers, as a script runs it."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from tests.registry.cli.conftest import Run


def test_a_campaign_from_preparation_to_answers(run: Run, folder: Path, tmp_path: Path) -> None:
    prepared = run("campaign", "prepare", "", "--template", "annual-forum", "--title", "Forum", "--json")
    assert (prepared.status, set(prepared.json) >= {"campaign", "changed", "recipients", "excluded"}) == (0, True)
    code = prepared.json["campaign"]
    printing = ("--window", "c5", "--duplex", "--json")
    assert run("campaign", "print", code, "-o", str(tmp_path / "no.pdf"), "--window", "c7").status == 2
    printed = run("campaign", "print", code, "-o", str(tmp_path / "letters.pdf"), *printing)
    assert printed.json["letters"] == prepared.json["recipients"]
    assert len(PdfReader(tmp_path / "letters.pdf").pages) >= 2 * printed.json["letters"] - 1
    assert (tmp_path / "letters.pdf").exists()
    assert run("campaign", "posted", code, "--json").json["changed"] == printed.json["letters"]
    shown = run("campaign", "show", code, "--people", "posted", "--json").json
    letters = [one["letter"] for one in shown["people"]]
    assert len(letters) == printed.json["letters"]
    came = run("campaign", "returned", letters[0], "--why", "moved", "--json")
    assert (came.status, came.json["changed"], came.json["codes"][0]["result"]) == (0, 1, "returned")
    assert run("campaign", "returned", "0000-0", "--json").status == 1
    table = tmp_path / "answers.csv"
    table.write_text(f"code,answer\n{letters[-1]},yes\n", encoding="utf-8")
    read = run("campaign", "answers", str(table), "--json")
    assert (read.status, read.json["changed"], read.json["unknown"]) == (0, 1, [])
    states = run("campaign", "show", code, "--json").json["campaign"]["states"]
    assert states["returned"] == 1


def test_a_poll_is_asked_and_its_answers_are_counted(run: Run, folder: Path, tmp_path: Path) -> None:
    asked = ("--question", "Will you come?", "--answers", "1=Yes, 2=No, later")
    code = run("campaign", "prepare", "", "--template", "annual-forum", *asked, "--json").json["campaign"]
    run("campaign", "print", code, "-o", str(tmp_path / "letters.pdf"), "--json")
    people = run("campaign", "show", code, "--people", "printed", "--json").json["people"]
    table = tmp_path / "answers.csv"
    table.write_text(f"code,answer\n{people[0]['letter']},yes\n{people[1]['letter']},1\n", encoding="utf-8")
    assert run("campaign", "answers", str(table), "--json").json["changed"] == 2
    shown = run("campaign", "show", code, "--json").json["campaign"]
    assert (shown["question"], shown["answers"]) == ("Will you come?", {"1": 2})
    assert shown["meanings"] == {"1": "Yes", "2": "No", "later": "later"}
    told = [line.split() for line in run("campaign", "show", code).out.splitlines()]
    at = told.index(["Question", "Will", "you", "come?"])
    assert told[at + 1 : at + 4] == [["Yes", "2"], ["No", "0"], ["later", "0"]]


def test_a_poll_without_a_question_or_with_one_code_twice_is_refused(run: Run, folder: Path) -> None:
    prepare = ("campaign", "prepare", "", "--template", "annual-forum", "--json", "--answers")
    nothing, twice = run(*prepare, "yes,no"), run(*prepare, "yes,no,Yes=Of course", "--question", "Will you come?")
    assert (nothing.status, twice.status) == (2, 2)
    assert "no question" in nothing.json["error"]
    assert "“Yes”" in twice.json["error"]
    assert run("campaign", "list", "--json").json["campaign"] == []


def test_messages_are_written_and_what_is_wrong_is_said(run: Run, folder: Path, tmp_path: Path) -> None:
    calls = run("campaign", "prepare", "", "--channel", "phone", "--basis", "vital", "--json")
    assert calls.status == 0
    written = run("campaign", "write", calls.json["campaign"], "-o", str(tmp_path / "calls.csv"), "--json")
    assert written.json["messages"] == calls.json["recipients"]
    again = run("campaign", "write", calls.json["campaign"], "-o", str(tmp_path / "again.csv"), "--json")
    assert again.status == 2
    assert run("campaign", "send", calls.json["campaign"], "--json").status == 2
    assert run("campaign", "prepare", "", "--json").status == 2
    assert run("campaign", "answers", str(tmp_path / "nothing.csv"), "--json").status == 2
