"""Posts: written down, changed, taken in from a list, and whom each serves."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry import commands as c
from registry import queries as q
from registry.coverage.planning import CHANGED, NEW, UNCHANGED
from registry.errors import BadFile, Invalid, NotAllowed
from registry.posts import jurisdiction
from tests.registry.post import Post

LYON = 2996944


def test_a_post_is_written_down_changed_removed_and_brought_back(post: Post) -> None:
    admin = post.open("amel")
    asked = c.SavePost("tst", "Consulate in Lyon", "France", "Lyon", jurisdiction="Auvergne-Rhône-Alpes; FR-BFC")
    made = admin.execute(asked)
    (one,) = admin.read(q.ListPosts())
    assert (one.code, one.name, one.country, one.city_id, one.city) == ("TST", "Consulate in Lyon", "FRA", LYON, "Lyon")
    assert (one.areas, one.own, one.honorary, one.active) == (("FR-ARA", "FR-BFC"), True, False, True)
    assert (round(one.latitude, 2), round(one.longitude, 2), one.own_coordinates) == (45.75, 4.85, "")
    assert made.changes.touch("posts")
    admin.execute(c.SavePost("HON", "Honorary consul", "FRA", coordinates="43.30, 5.37", honorary=True, active=False))
    assert [(each.code, each.own) for each in admin.read(q.ListPosts())] == [("TST", True), ("HON", False)]
    honorary = admin.read(q.ListPosts())[1]
    assert (honorary.city_id, honorary.latitude, honorary.own_coordinates) == (None, 43.3, "43.3, 5.37")
    removed = admin.execute(c.RemovePosts((one.id, honorary.id, 99)))
    assert (removed.value, admin.read(q.ListPosts())) == (2, ())
    admin.execute(c.Undo(removed.batch))
    assert len(admin.read(q.ListPosts())) == 2
    assert admin.read(q.VerifyHistory()).ok


@pytest.mark.parametrize(
    ("command", "field", "words"),
    [
        (c.SavePost("T", "Name", "FRA", "Lyon"), "code", "two to six"),
        (c.SavePost("LYS", " ", "FRA", "Lyon"), "name", "needs a name"),
        (c.SavePost("LYS", "Name", "Nowhere", "Lyon"), "country", "is not a country"),
        (c.SavePost("LYS", "Name", "FRA", "Atlantis"), "city", "is not a city of France"),
        (c.SavePost("LYS", "Name", "FRA"), "city", "in which city"),
        (c.SavePost("LYS", "Name", "FRA", coordinates="north"), "coordinates", "no latitude and longitude"),
        (c.SavePost("LYS", "Name", "FRA", coordinates="95, 4"), "coordinates", "no latitude and longitude"),
        (c.SavePost("LYS", "Name", "FRA", "Lyon", jurisdiction="Atlantis"), "jurisdiction", "no region or city of"),
        (c.SavePost("LYS", "Name", "FRA", "Lyon", id=7), None, "not there any more"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(post: Post, command: c.SavePost, field: str | None, words: str) -> None:
    admin = post.open("amel")
    with pytest.raises(Invalid, match=words) as caught:
        admin.execute(command)
    assert caught.value.field == field
    assert admin.read(q.ListPosts()) == ()


def test_a_code_stands_once_and_only_administrators_write_posts(post: Post) -> None:
    admin = post.open("amel")
    admin.execute(c.SavePost("LYS", "Name", "FRA", "Lyon"))
    with pytest.raises(Invalid, match="LYS already"):
        admin.execute(c.SavePost("lys", "Other", "FRA", "Paris"))
    with pytest.raises(NotAllowed):
        post.open("mara").execute(c.SavePost("PAR", "Other", "FRA", "Paris"))
    assert len(post.open("mara").read(q.ListPosts())) == 1


def test_a_jurisdiction_is_written_as_it_is_read() -> None:
    areas = jurisdiction.read("Switzerland; Bavaria\nHamburg; Munich; DE-BE; Liechtenstein; Bavaria", "DEU")
    assert areas == ("CHE", "DE-BY", "DE-HH", "2867714", "DE-BE", "LIE")
    assert jurisdiction.read(jurisdiction.written(areas), "DEU") == areas


def test_what_another_post_has_inside_is_not_served_by_the_one_around(post: Post) -> None:
    admin = post.open("amel")
    for name, city, region in (("Dee", "Paris", ""), ("Eli", "Grenoble", "Rhône-Alpes"), ("Fay", "Annecy", "FR-ARA")):
        texts = {"full_name": f"{name} Example", "address.city": city, "address.country": "FRA"}
        admin.execute(c.AddRecord("people", texts | {"address.region": region}))
    admin.execute(c.SavePost("PAR", "Embassy", "FRA", "Paris", jurisdiction="France; Monaco"))
    admin.execute(c.SavePost("GRE", "Consulate", "FRA", "Grenoble", jurisdiction="FR-ARA"))
    admin.execute(c.SavePost("LYS", "Consulate", "FRA", "Lyon", jurisdiction="Lyon"))
    admin.execute(c.SavePost("OLD", "Closed", "FRA", "Lyon", jurisdiction="Paris", active=False))
    served = {}
    for each in admin.read(q.Distances()).posts:
        found = {hit.name for hit in admin.read(q.Search(each.query)).results}
        assert len(found) == each.served
        served[each.post.code] = found
    assert served == {
        "PAR": {"Dee Example", "Eli Example"},  # a region of old that is called otherwise today
        "GRE": {"Fay Example"},
        "LYS": {"Ana Exemple", "Bo Sample"},
    }


def test_a_list_of_posts_is_taken_in_once_and_taken_back_as_one(post: Post, tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(
        "Code;Nom;Pays;Ville;Circonscription;Type\n"
        "TST;Consulat;France;Lyon;Auvergne-Rhône-Alpes;career\n"
        "GVA;Consul honoraire;Suisse;Genève;;honoraire\n"
        "ATL;Ailleurs;Atlantide;;;\n"
        "GVA;Encore;Suisse;Genève;;\n",
        encoding="utf-8",
    )
    admin = post.open("amel")
    plan = admin.read(q.PlanPosts(path))
    assert [(line.post.code, line.post.honorary, line.action) for line in plan.lines] == [
        ("TST", False, NEW),
        ("GVA", True, NEW),
    ]
    assert [left.row for left in plan.left_out] == [4, 5]
    done = admin.execute(c.ImportPosts(plan))
    assert len(admin.read(q.ListPosts())) == 2
    again = admin.read(q.PlanPosts(path))
    assert [line.action for line in again.lines] == [UNCHANGED, UNCHANGED]
    assert admin.execute(c.ImportPosts(again)).batch == 0
    path.write_text("code,name,country,city,active\nGVA,Consulate,CHE,Geneva,no\n", encoding="utf-8")
    changed = admin.read(q.PlanPosts(path))
    assert [line.action for line in changed.lines] == [CHANGED]
    admin.execute(c.ImportPosts(changed))
    assert {each.code: each.active for each in admin.read(q.ListPosts())} == {"TST": True, "GVA": False}
    admin.execute(c.Undo())
    admin.execute(c.Undo(done.batch))
    assert admin.read(q.ListPosts()) == ()


def test_a_file_about_something_else_is_refused_in_a_sentence(post: Post, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Full name,Notes\nEve Other,a note\n", encoding="utf-8")
    with pytest.raises(BadFile, match="no list of posts"):
        post.open("amel").read(q.PlanPosts(path))
