"""Words: how a question is cut up, what its parts stand for, and how much of it a reading explains."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.words.english import Op
from orchestration.words.lexicon import Lexicon, Sense, Vocabulary, singular
from orchestration.words.question import Part, Question, parse
from orchestration.words.reading import Reading, left_out
from orchestration.words.tokens import Shape, tokens_of
from sources.catalog import Kind
from sources.types import CATALOG

LEXICON = Lexicon(
    Vocabulary(
        CATALOG,
        {
            "dcim.site": [("Frankfurt 3", "fra3"), ("Saint-Étienne", "saint-etienne"), ("New York", "ny-dc")],
            "dcim.devicerole": [("Leaf switch", "leaf-switch"), ("Spine switch", "spine-switch")],
            "circuits.provider": [("Colt", "colt")],
        },
        {"dcim.device": {"status": ["active", "offline"], "cf_tier": ["gold"]}},
        {"tier": (Kind.TEXT, ["dcim.device"]), "leased": (Kind.BOOL, ["dcim.device"])},
    ),
    cues={"impact"},
    words={"happen"},
)


def asked(text: str) -> Question:
    return parse(text, LEXICON)


def part(text: str, key: str) -> Part:
    return next(each for each in asked(text).parts if each.key == key)


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("sw1 10.0.0.1 10.0.0.0/24 /26 48", ["name", "address", "prefix", "length", "number"]),
        ("2001:db8::1 2001:db8::/32 aa:bb:cc:dd:ee:ff", ["address", "prefix", "mac"]),
        ("since 2026-11-01, please", ["word", "date", "mark", "word"]),
        ("the \"Site 12\" of 'HQ'", ["word", "quoted", "word", "quoted"]),
        ("what's O'Hare?", ["word", "word", "word"]),
        ("Gi1/0/48 -> sw2", ["name", "word", "name"]),
        ("non-Cisco devices", ["word", "word", "word"]),
    ],
)
def test_tokens_tell_what_they_look_like(text: str, shapes: list[str]) -> None:
    assert [token.shape.value for token in tokens_of(text)] == shapes


@given(st.text(max_size=200))
def test_any_text_is_cut_up(text: str) -> None:
    for token in tokens_of(text):
        assert token.text
    assert len(asked(text).parts) <= len(text) + 10


@pytest.mark.parametrize(
    ("text", "key", "name"),
    [
        ("devices at Frankfurt 3", "frankfurt 3", "Frankfurt 3"),
        ("devices at FRA3", "fra3", "Frankfurt 3"),
        ("devices in frankfurt", "frankfurt", "Frankfurt 3"),
        ("devices in saint etienne", "saint etienne", "Saint-Étienne"),
        ("devices in NY", "ny", "New York"),
        ("devices in Frnakfurt", "frankfurt", "Frankfurt 3"),
        ("devices in frankf", "frankf", "Frankfurt 3"),
    ],
)
def test_names_are_known_whole_in_part_shortened_and_misspelled(text: str, key: str, name: str) -> None:
    assert [each.value for each in part(text, key).senses(Sense.NAME)] == [name]


def test_a_word_of_several_names_stands_for_all_of_them() -> None:
    assert [each.value for each in part("the switches", "switch").senses(Sense.NAME)] == [
        "Leaf switch",
        "Spine switch",
    ]


def test_a_typo_is_less_sure_than_the_name() -> None:
    [sure], [typo] = part("Colt", "colt").meanings, part("from Collt", "colt").meanings
    assert typo.sure < sure.sure == 1.0


def test_words_of_the_language_are_no_typos_of_names() -> None:
    assert not part("impact of", "impact").meanings
    assert part("what happens", "happen").unknown


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("how many devices", Op.COUNT),
        ("without a rack", Op.ABSENT),
        ("devices that are not active", Op.NOT),
        ("more than 40 ports", Op.GT),
        ("at least 2", Op.GTE),
        ("per site", Op.PER),
        ("whose name starts with sw", Op.STARTS),
    ],
)
def test_phrases_are_known_as_a_whole(text: str, op: Op) -> None:
    assert op in [each.op for each in asked(text).parts]


def test_abbreviations_are_written_out() -> None:
    assert part("leaf sw in use", "leaf switch").senses(Sense.NAME)


def test_choices_and_custom_fields_have_meanings() -> None:
    [gold] = part("gold devices", "gold").meanings
    assert (gold.sense, gold.field) == (Sense.CHOICE, "cf_tier")
    [leased] = part("leased devices", "leased").meanings
    assert (leased.sense, leased.field, leased.value) == (Sense.FIELD, "cf_leased", Kind.BOOL)


def test_unknown_words_alone_and_together_may_be_names() -> None:
    found = asked("devices in Hall B at Frankfurt 3").candidates()
    assert "Hall B" in found
    assert not any("Frankfurt" in each for each in found)


def test_a_reading_loses_confidence_with_every_word_that_it_leaves_out() -> None:
    question = asked("active devices without xyzzy at Frankfurt 3")
    all_parts = frozenset(each.at for each in question.parts)
    whole = Reading("list_objects", {}, all_parts)
    [unknown] = [each for each in question.parts if each.key == "xyzzy"]
    less = Reading("list_objects", {}, all_parts - {unknown.at})
    least = Reading("list_objects", {}, all_parts - {unknown.at, unknown.at - 1})
    assert left_out(question, less.used) == [unknown]
    assert 1.0 == whole.confidence(question) > less.confidence(question) > least.confidence(question)


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_the_singular_of_a_singular_is_itself_once_more(word: str) -> None:
    assert len(singular(word)) <= len(word)
    assert singular(word)[:1] == word[:1]


def test_quoted_text_is_a_name_whatever_it_says() -> None:
    [quoted] = [each for each in asked('what is "not active"').parts if each.shape is Shape.QUOTED]
    assert quoted.op is None
    assert quoted.named
