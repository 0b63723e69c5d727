"""What officers' answers teach is shown before it counts, counts only when told so, and is taken back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from registry.app import Registry
from registry.commands import (
    AddRecord,
    CompareChanged,
    FindDuplicates,
    KeepApart,
    MergeRecords,
    Undo,
    UnmergeRecord,
    UseAnswers,
)
from registry.errors import Invalid, NotAllowed
from registry.fields import PEOPLE
from registry.matching import judging, running
from registry.matching.judging import NOBODY_LOOKED, UNKNOWN_WEIGHTS, Effect
from registry.matching.review import DuplicatePair
from registry.queries import ListDuplicates, SimilarRecords, WeighAnswers
from tests.bench.families import fill
from tests.bench.registers import PASSWORD, new_registry
from tests.registry.post import Post

_COUNT = 400


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = new_registry(tmp_path_factory.mktemp("families") / "registry")
    fill(folder, _COUNT, 6)
    with Registry.open(folder, "demo", PASSWORD) as registry, pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "FEW", 100)
        registry.execute(FindDuplicates())
    return folder


@pytest.fixture
def families(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    """Families of which some are entered twice, compared once, with enough of them to learn from."""
    import shutil

    monkeypatch.setattr(running, "FEW", 100)
    return Registry.open(Path(shutil.copytree(template, tmp_path / "registry")), "demo", PASSWORD)


def pairs(registry: Registry) -> dict[tuple[int, int], DuplicatePair]:
    return {(one.one.id, one.other.id): one for one in registry.read(ListDuplicates(PEOPLE, 0.1, 1_000))}


def answer(registry: Registry, apart_by: str, count: int = 30) -> None:
    """Say of pairs that share something that they are not the same, of the others that they are."""
    said = {"same": 0, "apart": 0}
    gone: set[int] = set()
    for (one, other), pair in pairs(registry).items():
        if gone & {one, other} or sum(said.values()) >= count:
            continue
        shares = any(reason.words == apart_by for reason in pair.evidence)
        how = "apart" if shares else "same"
        if said[how] >= count // 2:
            continue
        said[how] += 1
        gone |= {one, other}
        registry.execute(KeepApart((one, other)) if shares else MergeRecords(one, (other,)))


def weighed(registry: Registry) -> Effect:
    return registry.read(WeighAnswers())


def test_nothing_is_learned_of_few_answers(families: Registry) -> None:
    with families as registry:
        assert weighed(registry) == Effect(0, 0, False, None)
        answer(registry, "same telephone", 8)
        found = weighed(registry)
        assert found.same + found.apart == 8
        assert found.taught is None


def test_answers_change_nothing_until_somebody_says_so_and_then_as_was_shown(families: Registry) -> None:
    with families as registry:
        answer(registry, "same telephone")
        before = {key: pair.likelihood for key, pair in pairs(registry).items()}
        found = weighed(registry)
        assert found.taught is not None
        taught = found.taught
        assert taught.weights["phone"] < 0, "they were told apart although they share it"
        assert taught.right_after >= taught.right_before
        assert dict(taught.changed)["same telephone"] < 1
        assert taught.pairs == sum(
            pair.likelihood >= 0.5 or pair.cluster is not None for pair in pairs(registry).values()
        )
        assert {key: pair.likelihood for key, pair in pairs(registry).items()} == before, "to ask changes nothing"
        registry.execute(FindDuplicates(everything=True))
        looked = weighed(registry).taught
        assert looked is not None, "what was said counts after another look too"
        assert not weighed(registry).used

        registry.execute(UseAnswers(looked.weights))
        after = {key: pair.likelihood for key, pair in pairs(registry).items()}
        again = weighed(registry)
        assert again.used
        assert again.taught is not None
        assert (again.taught.appear, again.taught.vanish, again.taught.rise, again.taught.fall) == (0, 0, 0, 0)
        assert after != before
        assert looked.appear + looked.vanish + looked.rise + looked.fall >= 1


def test_the_effect_that_was_shown_is_the_one_that_comes(families: Registry) -> None:
    with families as registry:
        answer(registry, "same telephone")
        before = pairs(registry)
        found = weighed(registry).taught
        assert found is not None
        registry.execute(UseAnswers(found.weights))
        after = pairs(registry)
        grouped = {key for some in (before, after) for key, pair in some.items() if pair.cluster is not None}

        def shown(some: dict[tuple[int, int], DuplicatePair]) -> set[tuple[int, int]]:
            return {key for key, pair in some.items() if pair.likelihood >= 0.5} - grouped

        assert len(shown(after) - shown(before)) <= found.appear
        assert len(shown(before) - shown(after)) <= found.vanish
        moved = [
            round((after[key].likelihood - before[key].likelihood) * 10_000)
            for key in before.keys() & after.keys()
            if before[key].likelihood >= 0.5 and after[key].likelihood >= 0.5
        ]
        assert sum(by >= 100 for by in moved) == pytest.approx(found.rise, abs=2)
        assert sum(by <= -100 for by in moved) == pytest.approx(found.fall, abs=2)


def test_what_counts_counts_wherever_two_are_compared_and_is_taken_back(families: Registry) -> None:
    with families as registry:
        answer(registry, "same telephone")
        found = weighed(registry).taught
        assert found is not None
        texts = {"full_name": "Zeno Quintal", "birth_date": "1971-04-05", "phone": "+33199001199"}
        registry.execute(AddRecord(PEOPLE, texts))
        asked = SimilarRecords(PEOPLE, texts | {"full_name": "Zeno Q."})
        registry.execute(CompareChanged())
        plain = registry.read(asked)[0]
        for weights in (found.weights, {}):  # what a pair says is read from the indexes from now on
            registry.execute(UseAnswers(weights))
        before = {key: (pair.likelihood, pair.evidence) for key, pair in pairs(registry).items()}
        batch = registry.execute(UseAnswers(found.weights)).batch
        judged = registry.read(asked)[0]
        assert judged.likelihood != plain.likelihood
        registry.execute(Undo(batch))
        assert registry.read(asked)[0].likelihood == pytest.approx(plain.likelihood, abs=0.02)
        registry.execute(CompareChanged())  # as the window does by itself, and every look
        assert not weighed(registry).used
        back = {key: (pair.likelihood, pair.evidence) for key, pair in pairs(registry).items()}
        assert back == before


def test_a_look_over_everybody_weighs_as_the_queue_was_weighed(families: Registry) -> None:
    with families as registry:
        answer(registry, "same telephone")
        registry.execute(FindDuplicates(everything=True))
        before = pairs(registry)
        found = weighed(registry).taught
        assert found is not None
        registry.execute(UseAnswers(found.weights))
        weighed_anew = pairs(registry)
        registry.execute(FindDuplicates(everything=True))
        looked = pairs(registry)
        assert weighed(registry).used
        compared = before.keys() & weighed_anew.keys() & looked.keys()
        both = [key for key in compared if 0.05 < before[key].likelihood < 0.999]
        assert both
        assert [key for key in both if abs(weighed_anew[key].likelihood - looked[key].likelihood) > 0.05] == []


def test_a_merge_that_was_taken_apart_teaches_nothing_any_more(families: Registry) -> None:
    with families as registry:
        answer(registry, "same telephone", 6)
        before = weighed(registry)
        (one, other) = next(iter(pairs(registry)))
        number = registry.execute(MergeRecords(one, (other,))).value.number
        assert weighed(registry).same == before.same + 1
        registry.execute(UnmergeRecord(number))
        assert weighed(registry) == before


def test_only_what_was_shown_can_count(families: Registry, post: Post) -> None:
    with families as registry:
        for weights in ({"phone": 0.9}, {"shoe_size": 0.1}, {"": 5.0}):
            with pytest.raises(Invalid, match=UNKNOWN_WEIGHTS[:20]):
                registry.execute(UseAnswers(weights))
    clerk = post.open("clara")
    with pytest.raises(NotAllowed):
        clerk.execute(UseAnswers({}))
    with pytest.raises(Invalid, match=NOBODY_LOOKED[:20]):
        clerk.read(WeighAnswers())


def test_answers_that_agree_with_the_program_move_little() -> None:
    weights = np.r_[np.full(40, 6.0), np.full(40, -6.0)]
    says = np.tile(np.linspace(-1, 1, 10), (80, 1)) * np.sign(weights)[:, None]
    found = judging._fitted(judging._Answers(weights, says, weights > 0))
    assert np.abs(found).max() < 0.05
