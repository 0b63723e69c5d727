"""Families of the invented diaspora, some entered twice: relatives, twins and namesakes are no duplicates."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random

from registry.app import Registry
from registry.commands import LoadDemonstration
from registry.demo.people import people
from tests.bench.duplicates import groups, run, score
from tests.bench.registers import PASSWORD, new_registry
from tests.bench.rows import Row, row

Person = dict[str, str]
#: One person in so many is entered twice.
_EVERY = 12
_AT_A_TIME = 10_000


def main(small: bool = False) -> list[Row]:
    """Precision and recall among families, then how many pairs are told where nobody is entered twice."""
    lines = []
    for every, said in ((_EVERY, "families"), (0, "families, nobody twice")):
        with tempfile.TemporaryDirectory() as place:
            registry, listed = new_registry(Path(place) / "registry"), Path(place, "pairs.csv")
            gold = fill(registry, 400 if small else 20_000, every)
            run(registry, "duplicates", "-o", str(listed))
            found = groups(listed)
            f1, precision, recall = score(gold, found)
        if every:
            lines += [row(f"{said}: F1 of groups", f1, 0, ""), row(f"{said}: precision", precision, 0, ">= 0.985")]
            lines.append(row(f"{said}: recall", recall, 0, ""))
        else:
            lines.append(row(f"{said}: people in groups, of 1,000", len(found) * 1000 / len(gold), 0, "<= 2"))
    return lines


def fill(folder: Path, count: int, every: int) -> dict[str, str]:
    """A registry of `entries`; external id -> who it is."""
    gold: dict[str, str] = {}

    def told() -> Iterator[Person]:
        for who, person in entries(count, every):
            gold[person["external_id"]] = who
            yield person

    rows = told()
    with Registry.open(folder, "demo", PASSWORD) as registry:
        while some := tuple(islice(rows, _AT_A_TIME)):
            registry.execute(LoadDemonstration("people", some))
    return gold


def entries(count: int, every: int) -> Iterator[tuple[str, Person]]:
    """`count` people and who they are, each `every`th of them (0 = none) entered again by somebody else."""
    random = Random(10)
    for number, person in enumerate(people(count, 11)):
        yield str(number), person | {"external_id": f"F{number:07}"}
        if every and number % every == 0:
            yield str(number), again(person, random) | {"external_id": f"G{number:07}"}


def again(person: Person, random: Random) -> Person:
    """The same person as another officer writes them down, years later."""
    heads = sorted({name.split(".")[0] for name in person} - {"full_name", "sex", "state"})
    left_out = {head for head in heads if random.random() < 0.1}
    twice = {name: text for name, text in person.items() if name.split(".")[0] not in left_out}
    changes = random.sample(_CHANGES, random.randint(1, 3))
    for change in changes:
        change(twice, random)
    return twice


def _slip(person: Person, random: Random) -> None:
    name = random.choice(("given_name", "family_name"))
    text = person.get(name, "")
    if len(text) > 3:
        at = random.randrange(1, len(text) - 1)
        written = random.choice((text[:at] + text[at + 1 :], text[:at] + text[at + 1] + text[at] + text[at + 2 :]))
        person[name] = written
        person["full_name"] = person["full_name"].replace(text, written)


def _other_script(person: Person, random: Random) -> None:
    if native := person.pop("native_name", ""):
        person["full_name"] = native
        for name in ("given_name", "family_name", "patronymic"):
            person.pop(name, None)


def _in_one(person: Person, random: Random) -> None:
    parts = [person.pop(name, "") for name in ("family_name", "given_name")]
    if all(parts):
        person["full_name"] = " ".join(parts).upper()


def _turned(person: Person, random: Random) -> None:
    if person.get("family_name") and person.get("given_name"):
        person["family_name"], person["given_name"] = person["given_name"], person["family_name"]


def _birth(person: Person, random: Random) -> None:
    year, month, day = ([*person.get("birth_date", "").split("-"), "", "", ""])[:3]
    if not day:
        return
    other = f"{year}-{day}-{month}" if int(day) <= 12 else f"{year[:2]}{year[3]}{year[2]}-{month}-{day}"
    person["birth_date"] = random.choice((other, year, f"{int(year) + 1}-{month}-{day}"))


def _moved(person: Person, random: Random) -> None:
    _without(person, "address", "phone")
    if random.random() < 0.5:
        person["phone"] = f"+3319900{random.randrange(10_000):04}"


def _renewed(person: Person, random: Random) -> None:
    if person.get("document.number"):
        issued = int(person.get("document.issued", "2015")[:4]) + 5
        person |= {"document.number": f"VE{random.randrange(10**7):07}", "document.issued": str(issued)}


def _other_mail(person: Person, random: Random) -> None:
    _without(person, "email")


def _without(person: Person, *heads: str) -> None:
    for name in [name for name in person if name.split(".")[0] in heads]:
        del person[name]


_CHANGES: list[Callable[[Person, Random], None]] = [
    *(_slip, _other_script, _in_one, _turned, _birth, _moved, _renewed, _other_mail)
]
