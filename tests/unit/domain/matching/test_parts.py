"""The parts of model resolution: slips by kind, trees, and an index that grows."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from random import Random

import pytest

from app.domain.matching import fields, traits
from app.domain.matching.alignment import said_of
from app.domain.matching.evidence import ANSWER, FEATURES
from app.domain.matching.index import CatalogIndex
from app.domain.matching.packed import Postings, bases
from app.domain.matching.reading import readings, words_of
from app.domain.matching.resolution import resolve
from app.domain.matching.slips import KINDS, slips
from app.domain.matching.trees import Forest, Tree
from app.services.resolving import coefficients, spoken_words


@pytest.mark.parametrize(
    ("said", "model", "kinds"),
    [
        ("vd640x", "dry640vd640x", {"cut_before": 6}),
        ("kudk03dt", "kudk03ct", {"neighbour": 1}),
        ("dus2500", "dus2400", {"digit_near": 1}),
        ("dus2900", "dus2400", {"digit": 1}),
        ("sc655", "cs655pro", {"swapped": 1, "cut_after": 3}),
        ("mbs26", "mb526", {"confused": 1}),
        ("vii77", "velnavi77", {"doubled": 1, "cut_before": 5}),
        ("12345678", "456", {"outside": 5}),
        ("", "456", {}),
    ],
)
def test_slips_are_counted_by_kind(said: str, model: str, kinds: dict[str, int]) -> None:
    found = dict(zip(KINDS, slips(said, model), strict=True))
    assert {kind: count for kind, count in found.items() if count} == kinds


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("aitch ar sixty two hundred you", ("hr6200u",)),
        ("double you eff four oh nine", ("wf409",)),
        ("oh es 5", ("os5",)),
        ("5 hundred ee", ("500e",)),
        ("kenmore 4o4i", ("kenmore", "4041")),
    ],
)
def test_words_are_also_read_as_they_may_be_meant(said: str, words: tuple[str, ...]) -> None:
    assert words in [reading.words for reading in readings(said, spoken_words())]


def test_a_reading_counts_the_letters_it_took_for_digits() -> None:
    found = readings("kenmore 4o4i", spoken_words())
    assert [(one.words[1], one.folded) for one in found] == [("4o4i", 0), ("4041", 2)]


@pytest.mark.parametrize(
    ("said", "met"),
    [
        ("velna dry 640", {"as_name", "as_field", "field_whole", "field_begins"}),
        ("dry640", {"as_name", "as_field", "field_whole", "field_begins"}),
        ("velna vd-640x", {"as_number", "as_field", "field_whole", "field_begins"}),
        ("velna dry 640 vd640x", {"as_all", "as_field", "field_whole", "field_begins"}),
        ("velna vd640", {"field_begins"}),
        ("velna 640x", set()),
    ],
)
def test_what_was_said_is_known_as_the_name_or_the_number(said: str, met: set[str]) -> None:
    index = CatalogIndex([("a", "Velna", "Dry 640", "VD640X")])
    reading = readings(said, spoken_words())[0]
    found = fields.read_as(said_of(reading, index, ()), index.model(0))
    assert {name for name, value in zip(fields.FEATURES, found, strict=True) if value == 1} == met


@pytest.mark.parametrize(
    ("said", "model", "counts"),
    [
        ("Case for Vista black", "Vista grau", {"colour_other": 2, "apart_said": 2}),
        ("Vista weiss", "Vista white", {"colour_same": 1}),
        ("Vista grau", "Vista charcoal", {"colour_same": 1}),
        ("Drive 500GB", "Drive 500 GB 5 pack", {"unit_same": 1, "apart_known": 1}),
        ("Drive 500 gb", "Drive 250 GB", {"unit_other": 1}),
        ("Vista", "Remanufactured Vista red", {"colour_other": 1, "apart_known": 1}),
    ],
)
def test_colours_measures_and_accessories_are_compared(
    said: str, model: str, counts: dict[str, int]
) -> None:
    found = traits.compared(traits.traits_of(words_of(said)), words_of(model))
    assert {
        name: value for name, value in zip(traits.FEATURES, found, strict=True) if value
    } == counts


def test_spelled_words_are_known_as_such() -> None:
    typed, spelled = readings("velna vee dee 640", spoken_words())[:2]
    assert (typed.spelled, spelled.spelled) == (False, True)


def test_a_tree_is_walked_by_its_thresholds() -> None:
    tree = Tree((0, 1, 1), (0.5, 0.5, 2.5), (-2.0, -1.0, 1.0, 2.0))
    one = Forest(0.0, (tree,))
    assert [one.value(at) for at in ((0, 0), (0.5, 0.6), (1, 2.5), (1, 3))] == [-2, -1, 1, 2]
    assert Forest(0.0, (tree, tree)).probability((1, 3)) == pytest.approx(0.982, abs=1e-3)
    assert Forest(0.25, ()).value(()) == 0.25


def test_trees_walked_at_once_lead_where_each_walked_alone_leads() -> None:
    known, chance = coefficients(), Random(3)
    for forest, width in ((known.corrections, len(FEATURES)), (known.confidence, len(ANSWER))):
        met = [one for tree in forest.trees for one in tree.thresholds]
        for _ in range(20):
            values = [chance.choice((0.0, 1.0, chance.choice(met))) for _ in range(width)]
            alone = forest.constant + sum(_walked(tree, values) for tree in forest.trees)
            assert forest.value(values) == pytest.approx(alone)


def _walked(tree: Tree, values: Sequence[float]) -> float:
    node = 0
    while node < len(tree.features):
        node = 2 * node + (1 if values[tree.features[node]] <= tree.thresholds[node] else 2)
    return tree.leaves[node - len(tree.features)]


def test_what_was_fitted_fits_the_features() -> None:
    known = coefficients()
    for weights in (known.said, known.titled):
        assert len(weights.rank) == len(FEATURES)
    for forest, names in ((known.corrections, FEATURES), (known.confidence, ANSWER)):
        assert max(max(tree.features) for tree in forest.trees) < len(names)
    assert 0 < known.absent_below < known.linked_from < 1


def test_an_entry_is_found_once_added_and_not_once_hidden() -> None:
    index = CatalogIndex([("a", "Velna", "Dry 640", "VD640X"), ("b", "Velna", "Dry 650", "")])

    def ids(text: str) -> list[str]:
        return [one.id for one in resolve(text, index, spoken_words(), coefficients()).candidates]

    index.add("c", "Velna", "Iron 77", "VI-77")
    assert ids("velna vi77")[0] == "c"
    index.add("a", "Solway", "Vista 12", "SV12")
    assert "a" not in ids("velna dry 640")
    assert ids("solway sv12")[0] == "a"
    index.hide("c")
    assert "c" not in ids("velna vi77")
    assert len(index) == 2


def test_what_is_added_is_found_as_what_it_began_with_is() -> None:
    entries = [(f"é{at}", "Velna", f"Dry {at % 70}", f"VD{at * 7919 % 9973}X") for at in range(600)]
    whole, grown = CatalogIndex(entries), CatalogIndex(entries[:400])
    for entry in entries[400:]:
        grown.add(*entry)
    for at in (3, 399, 400, 599):
        words = words_of(f"velna {entries[at][3]}")
        found = whole.candidates(words, 20)
        assert found[0] == at
        assert whole.model(at) == grown.model(at)
        assert found == grown.candidates(words, 20)
        assert whole.weight(words[1]) == grown.weight(words[1])
        assert whole.gram_weight("^ve") == grown.gram_weight("^ve")
    assert len(whole) == len(grown) == 600
    assert whole.size < 250 * len(whole) < grown.size


@pytest.mark.parametrize(
    "name", ["a", "5", "ab", "abc", "a1", "1ab", "ab1", "vd640x", "dry64dry64"]
)
def test_trigrams_with_a_digit_are_counted(name: str) -> None:
    model = CatalogIndex([("a", "", name, "")]).model(0)
    assert model.digit_grams == sum(any(map(str.isdigit, gram)) for gram in model.grams)


def test_places_are_kept_over_blocks() -> None:
    held = {"a": [0, 65_535, 65_536, 140_000], "b": [65_537], "c": [140_001]}
    packed = Postings({key: array("I", places) for key, places in held.items()}, 140_002)
    for key, places in held.items():
        found = zip(bases(140_002), packed.of(key), strict=True)
        assert [base + place for base, block in found for place in block] == places
        assert packed.count(key) == len(places)
        assert key in packed
    assert "d" not in packed
    assert [len(block) for block in packed.of("d")] == [0, 0, 0]


def test_of_two_entries_of_one_id_the_later_counts() -> None:
    index = CatalogIndex([("a", "Velna", "Dry 640", ""), ("a", "Solway", "Vista 12", "")])
    assert len(index) == 1
    assert [index.model(place).words[0] for place in index.candidates(["vista", "640"], 9)] == [
        "solway"
    ]
    index.hide("a")
    assert (len(index), index.candidates(["vista", "640"], 9)) == (0, [])


def test_an_entry_left_out_is_as_if_it_were_not_there() -> None:
    index = CatalogIndex([("a", "Velna", "Dry 640", ""), ("b", "Velna", "Dry 650", "")])
    found = resolve("velna dry 640", index, spoken_words(), coefficients(), without={"a"})
    assert [one.id for one in found.candidates] == ["b"]
